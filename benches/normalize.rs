//! Normalising: records to their comparable face.

#![allow(missing_docs)]

mod common;

use common::{SIZES, measure, records};
use rayon::prelude::*;
use refsieve::normalize::NormalForm;

fn main() {
    for n_records in SIZES {
        let records = records(n_records);
        let work = || records.par_iter().map(NormalForm::of).collect::<Vec<_>>().len() as u64;
        measure("normalize", &format!("generated-{n_records}"), n_records, "records", &n_records, work);
    }
}
