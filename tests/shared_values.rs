//! Every value of a real RIS export stands in a record: authors, affiliations, cited works, continuation lines, all. The
//! exports stand outside of the repository: see `shared/mod.rs`.
//!
//! The scan here is the slow and obvious twin of the reader: lines between `TY` and `ER`, and those behind `ER` up to a
//! blank line, each without its tag.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used)]

mod shared;

use refsieve::formats;
use std::collections::HashSet;

/// The formats of the manifest that are RIS.
const RIS: &[&str] = &["ris", "ris-wiley", "ris-ovid"];

/// Made by hand for the tests of a program, with records whose type line the twin cannot see.
const MISSHAPEN: &[&str] = &["rayyan/ref_parsers__spec__support__example.ris"];

#[test]
fn every_value_of_a_real_ris_export_is_in_its_record() {
    let Some(fixtures) = shared::folder("fixtures") else { return };
    let manifest = std::fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap();
    let mut n_values = 0;
    let mut lost = Vec::new();
    for row in manifest.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        if !RIS.contains(&columns[1]) {
            continue;
        }
        let bytes = std::fs::read(fixtures.join(columns[0])).unwrap();
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let parsed = formats::read(columns[0], bytes).unwrap();
        let scanned = scan(text.trim_start_matches('\u{feff}'));
        if scanned.is_empty() {
            // No record of this file has a type (CiteSource): the twin cannot see them.
            assert!(!text.contains("TY  -"), "{}", columns[0]);
            continue;
        }
        if MISSHAPEN.contains(&columns[0]) {
            assert_ne!(scanned.len(), parsed.records.len(), "{} can be scanned", columns[0]);
            continue;
        }
        assert_eq!(scanned.len(), parsed.records.len(), "{}", columns[0]);
        for (values, record) in scanned.iter().zip(&parsed.records) {
            let found: HashSet<&str> = record.entries().map(|entry| entry.value).collect();
            let whole: String = record.entries().flat_map(|entry| [entry.value, "\n"]).collect();
            n_values += values.len();
            for value in values {
                if !found.contains(value.as_str()) && !whole.contains(value.as_str()) {
                    lost.push(format!("{} record {}: {value:?}", columns[0], record.ordinal()));
                }
            }
        }
    }
    println!("{n_values} values, {} lost", lost.len());
    assert!(n_values > 100_000, "the exports were found");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The values of each record of a RIS text.
fn scan(text: &str) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let (mut is_open, mut is_ended) = (false, false);
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let tag = line.get(..5).filter(|start| start.ends_with("  -") && start.as_bytes()[0].is_ascii_uppercase()).map(|start| &start[..2]);
        let value = line.get(if tag.is_some() { 5.. } else { 0.. }).unwrap_or_default().trim();
        match tag {
            Some("TY") => {
                records.push(Vec::new());
                (is_open, is_ended) = (true, false);
            }
            Some("ER") => is_ended = true,
            _ if is_ended && (line.trim().is_empty() || tag.is_none()) => (is_open, is_ended) = (false, false),
            _ => {}
        }
        if is_open
            && !value.is_empty()
            && let Some(record) = records.last_mut()
        {
            record.push(value.to_owned());
        }
    }
    records
}
