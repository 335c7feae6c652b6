//! Indexing: records to a search index in memory, ready to be searched.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{SIZES, measure, records};
use refsieve::index::Index;

fn main() {
    for n_records in SIZES {
        let records = records(n_records);
        let work = || -> u64 { Index::build(&records, &()).unwrap().len().into() };
        measure("index", &format!("generated-{n_records}"), n_records, "records", &n_records, work);
    }
}
