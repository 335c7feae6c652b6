//! Reading: bytes to records, MB a second for each format, one file at a time (one core), and all files at once.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Export, SIZES, corpus, measure};
use rayon::prelude::*;
use refsieve::formats;

/// One export of each format.
const ONE_OF_EACH: [(&str, &str); 5] = [
    ("ris-scopus", "scopus.ris"),
    ("ris-ovid", "psycinfo.ris"),
    ("medline", "medline.nbib"),
    ("endnote-tagged", "google-scholar.enw"),
    ("endnote-xml", "cinahl.xml"),
];

fn main() {
    for n_records in SIZES {
        let exports = corpus(n_records);
        for (format, name) in ONE_OF_EACH {
            let export = exports.iter().find(|export| export.name == name).unwrap();
            let bytes = export.bytes.len() as u64;
            measure("parse", &format!("{format}-{n_records}"), bytes, "bytes", &n_read(export), || n_read(export));
        }
        let bytes = exports.iter().map(|export| export.bytes.len() as u64).sum();
        let all = || exports.par_iter().map(n_read).sum::<usize>() as u64;
        measure("parse", &format!("all-{n_records}"), bytes, "bytes", &n_records, all);
    }
}

fn n_read(export: &Export) -> usize {
    formats::read(&export.name, export.bytes.clone()).unwrap().records.len()
}
