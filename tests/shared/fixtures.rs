//! Real exports give exactly the records they hold. The exports stand outside of the repository: see `shared/mod.rs`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used)]

use crate::shared;
use refsieve::formats::{self, Audience, Keys, Parsed, Target};
use refsieve::normalize::content_hash;
use refsieve::record::{Doi, Entry, Field, Format, PartialDate, Pmid, Record};
use refsieve::{Error, ErrorKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The formats of the manifest that are read, by their names there.
const READ: &[&str] = &[
    "ris",
    "ris-wiley",
    "ris-ovid",
    "nbib",
    "enw",
    "endnote-xml",
    "ovid-tagged-cgi",
    "ovid-tagged-ovd",
    "wos-tagged",
    "csv",
    "csv-cochrane",
    "csv-ebsco",
    "csv-embase",
    "csv-scholar",
    "csv-lens",
    "csv-openalex",
    "csv-pubmed",
    "csv-scopus",
    "tsv",
    "ovid-tagged-cgi",
    "ovid-tagged-ovd",
    "wos-tagged",
    "bibtex",
];

/// Tables that the manifest has under no format of their own: the end of the path, and how many records they hold.
const OTHER_TABLES: &[(&str, &str)] =
    &[("XLSX___baseline_eppireviewer.xlsx", "10"), ("XLSX___baseline.xlsx", "100"), ("ASySD__tests__testthat__test_export.txt", "3")];

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
        let other_table = OTHER_TABLES.iter().find(|(end, _)| path.ends_with(end));
        let expected = other_table.map_or(expected, |(_, n_records)| n_records);
        if READ.contains(&format) || other_table.is_some() {
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
            let raw = undivided(&after.raw()) + &doi(after);
            for value in wanted_values(before) {
                assert!(raw.contains(&value), "{}: {value} is lost", columns[0]);
            }
        }
    }
}

#[test]
fn nothing_is_lost_by_writing_an_export_for_any_program() {
    let mut wrong = Vec::new();
    for (path, parsed) in exports() {
        let wanted: Vec<Vec<String>> = parsed.records.iter().map(wanted_values).collect();
        for format in
            [Format::Ris, Format::Medline, Format::EndNoteTagged, Format::EndNoteXml, Format::BibTex, Format::CslJson, Format::Csv]
        {
            let audiences = if format == Format::Ris { Audience::ALL } else { &[Audience::General] };
            for audience in audiences {
                let target = Target { audience: *audience, ..Target::new(format) };
                if let Err(problem) = check_writing(&parsed, &wanted, &target) {
                    wrong.push(format!("{path} for {audience} as {format}: {problem}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn decisions_know_every_record_in_whatever_format_it_was_written() {
    let mut wrong = Vec::new();
    for (path, parsed) in exports() {
        for format in Target::FORMATS {
            let target = Target { provenance: true, keys: Keys::Made(content_hash), ..Target::new(*format) };
            let mut written = Vec::new();
            formats::write(&parsed.records, &target, &mut written).unwrap();
            let again = formats::read(&format!("unique.{}", format.extensions()[0]), written).unwrap().records;
            let key = |record: &Record| record.provenance().first().and_then(|line| line.key);
            let is_lost = |(before, after): &(&Record, &Record)| before.provenance().is_empty() && key(after) != Some(content_hash(before));
            let n_lost = parsed.records.iter().zip(&again).filter(is_lost).count();
            if n_lost > 0 || again.len() != parsed.records.len() {
                wrong.push(format!("{path} as {format}: {n_lost} of {} keys are lost", parsed.records.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same number of records with the same ids and DOIs, and each value in them somewhere.
fn check_writing(parsed: &Parsed, wanted: &[Vec<String>], target: &Target) -> Result<(), String> {
    let mut written = Vec::new();
    let losses = formats::write(&parsed.records, target, &mut written).unwrap();
    let again = formats::read(&parsed.source.name, written).map_err(|error| error.to_string())?;
    if losses.n_lost() > 0 || again.records.len() != parsed.records.len() {
        return Err(format!("{} of {} records, {} values lost", again.records.len(), parsed.records.len(), losses.n_lost()));
    }
    for ((before, after), wanted) in parsed.records.iter().zip(&again.records).zip(wanted) {
        // MEDLINE knows records by their PMID, whatever other databases called them.
        let keeps_id = before.accession().is_some() && (target.format != Format::Medline || after.pmid().is_none());
        if (keeps_id && after.id() != before.id()) || after.doi() != before.doi() {
            return Err(format!("{} and {:?} became {} and {:?}", before.id(), before.doi(), after.id(), after.doi()));
        }
        let values = undivided(&after.entries().map(|entry| entry.value).collect::<Vec<_>>().join(" ")) + &doi(after);
        if let Some(lost) = wanted.iter().find(|wanted| !values.contains(*wanted)) {
            return Err(format!("{}: {lost} is lost", before.id()));
        }
    }
    Ok(())
}

/// The letters and digits of the DOI, however it is encoded.
fn doi(record: &Record) -> String {
    record.doi().map(|doi| bare(doi.as_str())).unwrap_or_default()
}

/// The letters and digits that must be found again, value by value.
fn wanted_values(record: &Record) -> Vec<String> {
    let wanted = |entry: Entry<'_>| match entry.field {
        Field::Doi => Doi::parse(entry.value).map_or(entry.value.to_owned(), |doi| doi.to_string()),
        Field::Pmid => Pmid::parse(entry.value).map_or(entry.value.to_owned(), |pmid| pmid.to_string()),
        // Dates change their form.
        Field::Year | Field::Date => PartialDate::parse(entry.value).map_or(entry.value.to_owned(), |date| date.year.to_string()),
        _ => entry.value.to_owned(),
    };
    record.entries().filter(|entry| entry.field != Field::Kind).map(|entry| undivided(&wanted(entry))).collect()
}

#[test]
fn well_formed_exports_come_out_byte_for_byte() {
    let (mut n_exact, mut inexact) = (0, Vec::new());
    for (path, parsed) in exports() {
        if ![Format::Ris, Format::Medline, Format::EndNoteTagged].contains(&parsed.source.format) {
            continue;
        }
        let mut written = Vec::new();
        formats::write_exports(std::slice::from_ref(&parsed), &Target::new(parsed.source.format), &mut written).unwrap();
        let text = String::from_utf8(written.clone()).unwrap();
        let original = parsed.source.raw(0..parsed.source.text.len());
        if text == original {
            n_exact += 1;
        } else {
            let codes: BTreeSet<&str> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
            let differs = text.lines().zip(original.lines()).position(|(a, b)| a != b);
            inexact.push(format!("{path} {codes:?} from line {:?}", differs.map(|at| at + 1)));
        }
        let again = formats::read(&path, written).unwrap();
        let pairs = |parsed: &Parsed| -> Vec<Vec<(String, String)>> {
            let mut pairs: Vec<_> = parsed.records.iter().map(entries).collect();
            // What begins a record comes first when it is written anew.
            if parsed.source.format != Format::Ris {
                for pairs in &mut pairs {
                    pairs.sort();
                }
            }
            pairs
        };
        assert_eq!(pairs(&again), pairs(&parsed), "{path}");
    }
    let unexpected: Vec<&String> = inexact.iter().filter(|line| !NOT_WELL_FORMED.iter().any(|path| line.starts_with(path))).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    if fixtures().is_some() {
        assert_eq!(inexact.len(), NOT_WELL_FORMED.len(), "{n_exact} byte for byte, the others: {inexact:#?}");
    }
}

/// Exports with line ends of several kinds, records without their start, and tags before the one that begins a record.
const NOT_WELL_FORMED: &[&str] = &[
    "citavi/citation-file-formatting__Datasets__RIS___baseline_citavi.ris",
    "citesource-mixed/CiteSource__tests__shinytest__test_1.ris",
    "citesource-mixed/CiteSource__vignettes__vignette_exports__analysis_across_phases_shiny_export.ris",
    "pubmed/nbib__tests__resources__pmc_medlars.txt",
    "rayyan/rayyan-formats-plugins__spec__support__example1.nbib",
    "rayyan/ref_parsers__spec__support__example.ris",
    "wos/CiteSource__vignettes__valid_data__WoS_79.ris",
    "zotero/ASySD__tests__testthat__zotero_export.ris",
];

/// The exports of the manifest that are read, by their paths.
fn exports() -> impl Iterator<Item = (String, Parsed)> {
    let manifest = fixtures().map(|fixtures| std::fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap()).unwrap_or_default();
    let rows: Vec<(String, String)> = manifest
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect::<Vec<_>>())
        .map(|columns| (columns[0].to_owned(), columns[1].to_owned()))
        .collect();
    let is_read = |format: &str| READ.contains(&format);
    rows.into_iter().filter(move |(_, format)| is_read(format)).filter_map(|(path, _)| {
        let parsed = read(&fixtures()?.join(&path)).unwrap();
        Some((path, parsed))
    })
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

/// The same without the "and" that divides people in some formats, where a list in one value becomes several.
fn undivided(text: &str) -> String {
    bare(&text.split_whitespace().filter(|word| *word != "and").collect::<String>())
}

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
