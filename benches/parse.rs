//! Reading: bytes to records, MB a second for each format, one file at a time (one core), and all files at once.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Export, SIZES, corpus, measure};
use rayon::prelude::*;
use refsieve::formats::{self, Target};
use refsieve::record::Format;

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
