//! The boundary of the formats: each case of `corpora/formats` gives what its `.expected` file says, and laws that hold
//! for any export.
//!
//! After a change that is meant, `UPDATE_EXPECTED=1 cargo test --test formats` rewrites the expectations; read the diff.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use proptest::prelude::*;
use refsieve::formats::{self, Parsed};
use refsieve::record::{Field, Format, Record};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn every_case_gives_what_is_expected() {
    let cases = cases();
    assert!(cases.len() > 40, "the cases stand in corpora/formats");
    let mut wrong = Vec::new();
    for path in cases {
        let found = describe(&path.file_name().unwrap().to_string_lossy(), std::fs::read(&path).unwrap());
        let expected_path = PathBuf::from(format!("{}.expected", path.display()));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected_path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn line_ends_and_encodings_do_not_change_the_records() {
    for path in cases() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(plain) = formats::read(&name, std::fs::read(&path).unwrap()) else { continue };
        let text = plain.source.text.replace("\r\n", "\n").replace('\r', "\n");
        let expected = contents(&plain);
        for ending in ["\n", "\r\n", "\r"] {
            let text = text.replace('\n', ending);
            let utf16: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let variants = [
                ("UTF-8", text.clone().into_bytes()),
                ("UTF-8 with BOM", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
                ("UTF-16LE", little.clone()),
                ("UTF-16BE", big.clone()),
                ("UTF-16LE with BOM", [b"\xff\xfe".to_vec(), little].concat()),
                ("UTF-16BE with BOM", [b"\xfe\xff".to_vec(), big].concat()),
            ];
            for (encoding, bytes) in variants {
                let parsed = formats::read(&name, bytes).unwrap();
                assert_eq!(parsed.source.encoding, encoding, "{name}");
                assert_eq!(contents(&parsed), expected, "{name} as {encoding} with {ending:?}");
            }
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    for path in cases() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Ok(parsed) = formats::read(&name, std::fs::read(&path).unwrap()) {
            check_writing(&parsed);
        }
    }
}

#[test]
fn time_is_linear_where_lines_and_records_are_long() {
    let line = "word ".repeat(1_000_000);
    let mut authors = String::new();
    for number in 0..5000 {
        writeln!(authors, "AU  - Author{number}, A.").unwrap();
    }
    let text = format!("TY  - JOUR\n{authors}AB  - {line}\nER  - \n\nTY  - JOUR\nTI  - Beta\nER  - \n");
    let parsed = formats::read("a.ris", text.into_bytes()).unwrap();
    assert_eq!(parsed.records.len(), 2);
    assert_eq!(parsed.records[0].values(Field::Author).count(), 5000);
    assert_eq!(parsed.records[0].first(Field::Abstract).map(str::len), Some(line.trim_end().len()));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = formats::read("a.ris", bytes);
    }

    #[test]
    fn no_mixture_of_lines_loses_a_byte_or_panics(parts in proptest::collection::vec(0..PARTS.len(), 0..40), cut in any::<u16>()) {
        let mut bytes: Vec<u8> = parts.into_iter().flat_map(|part| PARTS[part].bytes()).collect();
        bytes.truncate(bytes.len() - usize::from(cut) % (bytes.len() + 1) / 4);
        let Ok(parsed) = formats::read("a.ris", bytes) else { return Ok(()) };
        prop_assert!(!parsed.records.is_empty());
        check_writing(&parsed);
        if parsed.source.format == Format::Ris && parsed.records.iter().all(|record| record.format() == Format::Ris) {
            check_coverage(&parsed)?;
        }
    }

    #[test]
    fn what_a_plain_writer_wrote_is_read(records in proptest::collection::vec(plain_record(), 1..6), ending in 0_usize..3) {
        let ending = ["\n", "\r\n", "\r"][ending];
        let mut text = String::new();
        for record in &records {
            for (tag, value) in record {
                write!(text, "{tag}  - {value}{ending}").unwrap();
            }
            write!(text, "ER  - {ending}{ending}").unwrap();
        }
        let parsed = formats::read("a.ris", text.into_bytes()).unwrap();
        let found: Vec<Vec<(String, String)>> = parsed.records.iter().map(pairs).collect();
        prop_assert_eq!(found, records);
        prop_assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    }
}

/// Tags and values as any RIS writer makes them: the slow, obvious twin of the reader is the loop that prints them.
fn plain_record() -> impl Strategy<Value = Vec<(String, String)>> {
    let entry = ("(AU|TI|AB|PY|KW|SN|DO|N1|T2|ID)", "[A-Za-zåé0-9.,:()-]([ A-Za-zåé0-9.,:()-]{0,30}[A-Za-zåé0-9.,:()-])?");
    proptest::collection::vec(entry, 1..12).prop_map(|mut entries| {
        entries.insert(0, ("TY".to_owned(), "JOUR".to_owned()));
        entries
    })
}

const PARTS: &[&str] = &[
    "TY  - JOUR\n",
    "TY  - JOUR\r\n",
    "TY - BOOK\n",
    "ER  - \n",
    "ER  - \n\n",
    "ER\n\n",
    "ER  - TY  - CHAP\n",
    "TI  - A title\n",
    "ti - loose\n",
    "AB  - Text\r\nmore text\n\n",
    "KW  - a\nb\n   c\n",
    "AU\u{a0}- Ek, A\n",
    "DOI  - 10.5555/1\n",
    "AN  - 7\n",
    "ZZ  - odd\r",
    "  > SN  – 1111-1119\n",
    "1. \n",
    "ER  - of the text\n",
    "Link to the text - here\n",
    "PMID- 7\n",
    "FAU - Ek, Anna\nAU  - Ek A\n",
    "LID - 10.5555/1 [doi]\n",
    "DP  - 2020 Jan-Feb\n",
    "      wrapped\n",
    "%0 Journal Article\n",
    "%T A title\n",
    "%X Text\n\nmore\n",
    "<record><titles><title>A &amp; b</title></titles>",
    "</record>\n",
    "\u{feff}",
    "\0",
    "é\n",
];

/// Writing keeps ids, and entries (RIS) or at least every value (other formats).
fn check_writing(parsed: &Parsed) {
    let mut written = Vec::new();
    formats::write_ris(&parsed.records, &mut written).unwrap();
    let text = String::from_utf8(written.clone()).unwrap();
    assert!(text.starts_with("TY  - ") && text.ends_with("\nER  - \n\n"), "{text}");
    let again = formats::read(&parsed.source.name, written).unwrap();
    assert_eq!(again.records.len(), parsed.records.len(), "{text}");
    for (before, after) in parsed.records.iter().zip(&again.records) {
        if before.accession().is_some() {
            assert_eq!(after.id(), before.id(), "{text}");
        }
        if before.format() == Format::Ris {
            assert_eq!(written_pairs(after), written_pairs(before), "{text}");
            continue;
        }
        let values = bare(&after.entries().map(|entry| entry.value).collect::<String>());
        for entry in before.entries().filter(|entry| entry.field != Field::Kind) {
            assert!(values.contains(&bare(entry.value.trim_end_matches("[doi]"))), "{entry:?} is lost in\n{text}");
        }
    }
}

/// Every byte of a RIS text that is not blank is in a record's raw text or in the text outside of records.
fn check_coverage(parsed: &Parsed) -> Result<(), TestCaseError> {
    let text = parsed.source.text.as_str();
    let mut is_covered = vec![false; text.len()];
    let start_of = |record: &Record| record.raw().as_ptr() as usize - text.as_ptr() as usize;
    let of_records = parsed.records.iter().map(|record| start_of(record)..start_of(record) + record.raw().len());
    for range in of_records.chain(parsed.outside.iter().map(|outside| outside.range.clone())) {
        is_covered[range].fill(true);
    }
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let lost = (start..start + line.len()).any(|at| !is_covered[at] && !text.as_bytes()[at].is_ascii_whitespace());
        // A stray "ER  -" is no text.
        prop_assert!(!lost || line.starts_with("ER"), "{line:?} of {text:?}");
        start += line.len();
    }
    Ok(())
}

fn pairs(record: &Record) -> Vec<(String, String)> {
    record.entries().map(|entry| (entry.tag.to_owned(), entry.value.to_owned())).collect()
}

/// Tags and values as writing leaves them: the type first, tags in capitals.
fn written_pairs(record: &Record) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = pairs(record).into_iter().map(|(tag, value)| (tag.to_uppercase(), value)).collect();
    match pairs.iter().position(|(tag, _)| tag == "TY") {
        Some(at) => pairs[..=at].rotate_right(1),
        None => pairs.insert(0, ("TY".into(), "GEN".into())),
    }
    // A record without a type is written with one that is guessed.
    if matches!(pairs[0].1.as_str(), "GEN" | "JOUR" | "BOOK" | "CHAP") {
        pairs[0].1 = "(any)".into();
    }
    pairs
}

/// What the records say, without places in the file.
fn contents(parsed: &Parsed) -> Vec<(String, Vec<String>)> {
    let entries =
        |record: &Record| record.entries().map(|entry| format!("{} {:?} {}", entry.tag, entry.field, entry.value)).collect::<Vec<_>>();
    parsed.records.iter().map(|record| (record.id(), entries(record))).collect()
}

/// A reading as text, for the `.expected` files.
fn describe(name: &str, bytes: Vec<u8>) -> String {
    let parsed = match formats::read(name, bytes) {
        Ok(parsed) => parsed,
        Err(error) => return format!("error: {error}\n"),
    };
    let mut out = String::new();
    let database = parsed.source.database.map_or("unknown database", refsieve::record::Database::name);
    writeln!(out, "{}, {database}, {}", parsed.source.format, parsed.source.encoding).unwrap();
    for diagnostic in &parsed.diagnostics {
        writeln!(out, "{diagnostic}").unwrap();
    }
    for outside in &parsed.outside {
        writeln!(out, "outside {}: {:?}", outside.line, &parsed.source.text[outside.range.clone()]).unwrap();
    }
    for record in &parsed.records {
        let (first, last) = record.lines();
        let joined = if record.format() == parsed.source.format { String::new() } else { format!(", {}", record.format()) };
        writeln!(out, "\nrecord {}: {} (lines {first}-{last}{joined})", record.ordinal(), record.id()).unwrap();
        for entry in record.entries() {
            writeln!(out, "  {} {:?}: {:?}", entry.tag, entry.field, entry.value).unwrap();
        }
    }
    out
}

/// The inputs of `corpora/formats`, in name order.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/formats");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "expected"));
    paths.sort();
    paths
}

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
