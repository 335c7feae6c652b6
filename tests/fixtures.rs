//! Real exports give exactly the records they hold. The exports stand outside of the repository; where they do not stand,
//! this test says so and passes.
//!
//! The folder is that of the environment variable `REFSIEVE_SHARED`, else `../shared` beside the crate.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, missing_docs)]

use refsieve::formats::{self, Parsed};
use refsieve::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// The formats of the manifest that are read, by their names there.
const READ: &[&str] = &["ris", "ris-wiley", "ris-ovid", "nbib", "enw", "endnote-xml"];

fn fixtures() -> Option<PathBuf> {
    let shared = std::env::var_os("REFSIEVE_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let fixtures = shared.join("fixtures");
    if fixtures.join("MANIFEST.tsv").is_file() {
        return Some(fixtures);
    }
    println!("no exports under {}: nothing was checked", fixtures.display());
    None
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
            let found = found.map(|parsed| parsed.records.len().to_string()).unwrap_or_else(|error| error.to_string());
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

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
