//! Indexing: records to a search index in memory, ready to be searched; beside it the search library with titles and
//! abstracts alone.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::plain::plain_index;
use common::{SIZES, measure, records};
use refsieve::index::Index;

fn main() {
    for n_records in SIZES {
        let records = records(n_records);
        let work = || -> u64 { Index::build(&records, &()).unwrap().len().into() };
        measure("index", &format!("generated-{n_records}"), n_records, "records", &n_records, work);
        let plain = || plain_index(&records).0.reader().unwrap().searcher().num_docs();
        measure("index", &format!("plain-{n_records}"), n_records, "records", &n_records, plain);
    }
}
