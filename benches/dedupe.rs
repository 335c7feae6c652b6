//! Deduplicating: records to clusters, everything included.

#![allow(missing_docs)]

mod common;

use common::{SIZES, measure, records};
use refsieve::dedupe::{Settings, dedupe};

fn main() {
    for n_records in SIZES {
        let records = records(n_records);
        let n_kept = || dedupe(&records, &Settings::default(), &()).kept().count();
        let answer = n_kept();
        // 35 % of the records are duplicates of another one; most of them must be found, and no other record.
        assert!((65..=72).contains(&(answer * 100 / records.len())), "{answer} kept of {n_records}");
        measure("dedupe", &format!("generated-{n_records}"), n_records, "records", &answer, n_kept);
    }
}
