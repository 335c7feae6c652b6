//! Reading: bytes to records, MB a second for each format, one file at a time (one core), and all files at once.
//!
//! On the generated corpus, and on one core on real exports where `REFSIEVE_SHARED` names the folder that has them: those
//! of one format, one after the other, repeated to about 60 MB.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Export, SIZES, corpus, measure, measure_with, real};
use rayon::prelude::*;
use refsieve::formats::{self, Target};
use refsieve::record::Format;
use std::path::{Path, PathBuf};

/// One export of each format.
const ONE_OF_EACH: [(&str, &str); 5] = [
    ("ris-scopus", "scopus.ris"),
    ("ris-ovid", "psycinfo.ris"),
    ("medline", "medline.nbib"),
    ("endnote-tagged", "google-scholar.enw"),
    ("endnote-xml", "cinahl.xml"),
];

fn main() {
    generated();
    if let Some(shared) = std::env::var_os("REFSIEVE_SHARED") {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        pool.install(|| real_exports(&PathBuf::from(shared).join("fixtures")));
    }
}

fn real_exports(fixtures: &Path) {
    let inputs = [
        ("ris", real::joined(fixtures, "ris")),
        ("nbib", real::joined(fixtures, "nbib")),
        ("endnote-xml", real::one_document(fixtures)),
        ("csv", real::largest(fixtures, "csv")),
    ];
    for (format, bytes) in inputs {
        let n_records = formats::read(format, bytes.clone()).unwrap().records.len();
        let (input, size) = (format!("real-{format}-1-core"), bytes.len() as u64);
        let read = |bytes| formats::read(format, bytes).unwrap();
        measure_with("parse", &input, size, "bytes", || bytes.clone(), read, |found| assert_eq!(found.records.len(), n_records));
    }
}

fn generated() {
    for n_records in SIZES {
        let exports = corpus(n_records);
        for (format, name) in ONE_OF_EACH {
            let export = exports.iter().find(|export| export.name == name).unwrap();
            let bytes = export.bytes.len() as u64;
            measure("parse", &format!("{format}-{n_records}"), bytes, "bytes", &n_read(export), || n_read(export));
        }
        // The formats that the generator does not write, made of its largest export by our own writers.
        let scopus = exports.iter().find(|export| export.name == "scopus.ris").unwrap();
        for format in [Format::Csv, Format::BibTex, Format::CslJson, Format::JsonLines] {
            let export = rewritten(scopus, format);
            let bytes = export.bytes.len() as u64;
            measure("parse", &format!("{}-{n_records}", format.id()), bytes, "bytes", &n_read(scopus), || n_read(&export));
        }
        let bytes = exports.iter().map(|export| export.bytes.len() as u64).sum();
        let all = || exports.par_iter().map(n_read).sum::<usize>() as u64;
        measure("parse", &format!("all-{n_records}"), bytes, "bytes", &n_records, all);
    }
}

fn rewritten(export: &Export, format: Format) -> Export {
    let parsed = formats::read(&export.name, export.bytes.clone()).unwrap();
    let mut bytes = Vec::new();
    formats::write(&parsed.records, &Target::new(format), &mut bytes).unwrap();
    Export { name: format!("scopus.{}", format.id()), bytes }
}

fn n_read(export: &Export) -> usize {
    formats::read(&export.name, export.bytes.clone()).unwrap().records.len()
}
