//! Real exports give exactly the records they hold. The exports stand outside of the repository: see `shared/mod.rs`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used)]

mod shared;

use refsieve::formats::{self, Parsed};
use refsieve::record::{Field, Format, Record};
use refsieve::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// The formats of the manifest that are read, by their names there.
const READ: &[&str] = &["ris", "ris-wiley", "ris-ovid", "nbib", "enw", "endnote-xml"];

fn fixtures() -> Option<PathBuf> {
    shared::folder("fixtures")
}

fn read(path: &Path) -> Result<Parsed, Error> {
    formats::read(&path.to_string_lossy(), std::fs::read(path).unwrap())
}

#[test]
fn every_export_gives_its_number_of_records() {
    let Some(fixtures) = fixtures() else { return };
    let manifest = std::fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap();
    let mut wrong = Vec::new();
    for row in manifest.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let (path, format, expected) = (columns[0], columns[1], columns[4]);
        let found = read(&fixtures.join(path));
        if READ.contains(&format) {
            let found = found.map_or_else(|error| error.to_string(), |parsed| parsed.records.len().to_string());
            if found != expected {
                wrong.push(format!("{path}: {expected} expected, {found} found"));
            }
        } else if let Ok(parsed) = found {
            wrong.push(format!("{path} ({format}): read as {} with {} records", parsed.source.format, parsed.records.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn malformed_exports_give_what_can_be_read() {
    let Some(fixtures) = fixtures() else { return };
    let cases = std::fs::read_to_string(fixtures.join("malformed/cases.json")).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&cases).unwrap();
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let file = case["file"].as_str().unwrap();
        let expected = case["expect"].as_u64().unwrap();
        match read(&fixtures.join("malformed").join(file)) {
            Ok(parsed) => {
                if parsed.records.len() as u64 != expected {
                    wrong.push(format!("{file}: {expected} expected, {} found", parsed.records.len()));
                }
                let values: String =
                    parsed.records.iter().flat_map(|record| record.entries().map(|entry| bare(entry.value)).collect::<Vec<_>>()).collect();
                for must in case["must"].as_array().unwrap() {
                    let must = bare(must.as_str().unwrap());
                    if !values.contains(&must) {
                        wrong.push(format!("{file}: {must:?} is lost"));
                    }
                }
            }
            Err(error) if expected == 0 => assert_eq!(error.kind(), ErrorKind::NotAnExport, "{file}"),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_lost_by_writing_an_export_as_ris() {
    let Some(fixtures) = fixtures() else { return };
    let manifest = std::fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap();
    for row in manifest.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        if !READ.contains(&columns[1]) {
            continue;
        }
        let parsed = read(&fixtures.join(columns[0])).unwrap();
        let mut written = Vec::new();
        formats::write_ris(&parsed.records, &mut written).unwrap();
        assert!(written.starts_with(b"TY  - "));
        let again = formats::read(columns[0], written).unwrap();
        assert_eq!(again.records.len(), parsed.records.len(), "{}", columns[0]);
        for (before, after) in parsed.records.iter().zip(&again.records) {
            if before.accession().is_some() {
                assert_eq!(after.id(), before.id(), "{}", columns[0]);
            }
            if parsed.source.format == Format::Ris {
                assert_eq!(entries(after), entries(before), "{}", columns[0]);
                continue;
            }
            let raw = bare(after.raw());
            for entry in before.entries().filter(|entry| entry.field != Field::Kind && entry.tag != "ref-type") {
                assert!(raw.contains(&bare(entry.value.trim_end_matches("[doi]"))), "{}: {:?} is lost", columns[0], entry);
            }
        }
    }
}

/// Tags and values as they are after writing: the type first, with one made up where there was none.
fn entries(record: &Record) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = record.entries().map(|entry| (entry.tag.to_uppercase(), entry.value.to_owned())).collect();
    match entries.iter().position(|(tag, _)| tag == "TY") {
        Some(at) => entries[..=at].rotate_right(1),
        None => entries.insert(0, ("TY".into(), String::new())),
    }
    if entries[0].1.is_empty() || entries[0].1 == "GEN" || entries[0].1 == "JOUR" {
        entries[0].1 = "(any)".into();
    }
    entries
}

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
