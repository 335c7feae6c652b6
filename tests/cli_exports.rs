//! `read`, `convert`, `formats` and `codes` from outside, and what all commands take: archives, `--database`, `--columns`.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::Value;
use std::io::Write as _;

const RIS: &str = "TY  - JOUR\nTI  - Lanterns and their keepers\nAU  - Ek, Anna\nPY  - 2019\nDO  - 10.5555/lk.1\nZZ  - odd\nER  - \n\n\
                   TY  - JOUR\nTI  - Sieves of the north\nPY  - 2020\nER  - \n\n";
const MEDLINE: &str = "PMID- 99000001\nOWN - NLM\nTI  - Lanterns and their keepers.\nLID - 10.5555/lk.1 [doi]\nFAU - Ek, Anna\nAU  - Ek A\nDP  - 2019 Mar\n\n";
const PAGE: &[u8] = b"<html><body>Your session has expired</body></html>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn file<'a>(json: &'a Value, path: &str) -> &'a Value {
    let files = json["files"].as_array().unwrap();
    files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("{path} in {json}"))
}

#[test]
fn read_tells_what_a_file_is_and_holds() {
    let desk = Desk::with(&[("a.ris", RIS.as_bytes()), ("b.txt", MEDLINE.as_bytes())]);
    let json = desk.expect_json(0, &["read", "a.ris", "b.txt", "--json"]);
    let ris = file(&json, "a.ris");
    assert_eq!((&ris["format"], &ris["records"], &ris["encoding"]), (&"ris".into(), &2.into(), &"UTF-8".into()));
    assert_eq!((&ris["fields"]["title"], &ris["fields"]["author"], &ris["fields"]["doi"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(ris["diagnostics"][0]["code"], "unknown-tag");
    assert_eq!(ris["diagnostics"][0]["line"], 6);
    assert_eq!(ris["database"], Value::Null);
    let medline = file(&json, "b.txt");
    assert_eq!((&medline["format"], &medline["dialect"], &medline["database"]), (&"nbib".into(), &"PubMed".into(), &"Medline".into()));
    let text = desk.expect(0, &["read", "a.ris", "b.txt"]);
    assert!(text.contains("a.ris") && text.contains("title"), "{text}");
    assert!(desk.expect(0, &["read", "a.ris", "--csv"]).starts_with("file,format,dialect,database,encoding,records,"));
}

#[test]
fn what_is_no_export_has_no_records_and_exit_code_2() {
    let desk = Desk::with(&[("page.ris", PAGE), ("empty.ris", b""), ("a.ris", RIS.as_bytes())]);
    for name in ["page.ris", "empty.ris"] {
        let output = desk.run(&["read", name, "a.ris", "--json"]);
        assert_eq!(output.status.code(), Some(2));
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let none = file(&json, name);
        assert_eq!((&none["records"], &none["format"]), (&0.into(), &Value::Null));
        assert_eq!((&none["diagnostics"][0]["code"], &none["diagnostics"][0]["severity"]), (&"not-an-export".into(), &"error".into()));
        assert_eq!(file(&json, "a.ris")["records"], 2);
    }
}

#[test]
fn archives_are_many_files() {
    let archive =
        zip(&[("exports/a.ris", RIS.as_bytes()), ("log.csv", b"when,what\nnow,that\n"), ("b.nbib.gz", &gzip(MEDLINE.as_bytes()))]);
    let desk = Desk::with(&[("all.zip", &archive), ("c.ris.gz", &gzip(RIS.as_bytes())), ("none.zip", &zip(&[("x.html", PAGE)]))]);
    let json = desk.expect_json(0, &["read", "all.zip", "c.ris.gz", "--json"]);
    let found = |path: &str| file(&json, path)["records"].as_u64().unwrap();
    assert_eq!((found("all.zip/exports/a.ris"), found("all.zip/b.nbib.gz"), found("all.zip/log.csv"), found("c.ris.gz")), (2, 1, 0, 2));
    assert_eq!(file(&json, "all.zip/log.csv")["diagnostics"][0]["code"], "skipped-file");
    let text = desk.expect(0, &["dedupe", "all.zip", "c.ris.gz"]);
    assert!(text.contains("5 read = "), "{text}");
    desk.expect_refusal(&["dedupe", "none.zip"], &["none.zip", "1 files that are none"]);
    let mut cut = gzip(RIS.as_bytes());
    cut.truncate(cut.len() / 2);
    desk.write("cut.gz", &cut);
    desk.expect_refusal(&["dedupe", "cut.gz"], &["cut.gz", "cut off"]);
    // An index keeps what stood in archives.
    desk.expect(0, &["index", "all.zip", "--out", "idx"]);
    desk.write("s.ovid", b"1\tlanterns.ti.\n");
    assert_eq!(desk.expect_json(0, &["search", "--strategy", "s.ovid", "idx", "--json"])["lines"][0]["count"], 2);
}

#[test]
fn a_database_that_is_named_overrules() {
    let desk = Desk::with(&[("x/a.ris", RIS.as_bytes()), ("b.nbib", MEDLINE.as_bytes())]);
    let json = desk
        .expect_json(0, &["read", "x/a.ris", "b.nbib", "--database", "x/a.ris=web of science", "--database", "b.nbib=Embase", "--json"]);
    assert_eq!(file(&json, "x/a.ris")["database"], "Web of Science");
    assert_eq!(file(&json, "b.nbib")["database"], "Embase");
    // In a folder the last component is enough.
    let json = desk.expect_json(0, &["read", "x", "--database", "a.ris=Oria", "--json"]);
    assert_eq!(file(&json, "x/a.ris")["database"], "Oria");
    desk.expect_refusal(&["dedupe", "b.nbib", "--database", "b.nbib=Nowhere"], &["Nowhere", "Medline, PsycINFO"]);
    desk.expect_refusal(&["dedupe", "b.nbib", "--database", "c.nbib=Embase"], &["c.nbib", "none of them"]);
    desk.expect_refusal(&["dedupe", "b.nbib", "--database", "Embase"], &["FILE=NAME"]);
    // An index remembers what it was told.
    desk.expect(0, &["index", "b.nbib", "--database", "b.nbib=Embase", "--out", "idx"]);
    assert!(desk.read("idx/refsieve-index.json").contains("Embase"));
}

#[test]
fn columns_that_are_stated_make_a_table_an_export() {
    let desk = Desk::with(&[("a.csv", b"Overskrift;Skrevet av;Aar\nSolskinn;Ek, A|Ny, B;2020\n")]);
    let json = desk.expect_json(0, &["read", "a.csv", "--columns", "Overskrift=title, Skrevet av=author:|, Aar=year", "--json"]);
    let fields = &file(&json, "a.csv")["fields"];
    assert_eq!((&fields["title"], &fields["author"], &fields["year"]), (&1.into(), &2.into(), &1.into()));
    desk.expect_refusal(&["convert", "a.csv", "-o", "b.ris", "--columns", "Overskrift=nothing"], &["nothing"]);
    // An index remembers the columns.
    desk.expect(0, &["index", "a.csv", "--columns", "Overskrift=title, Skrevet av=author:|, Aar=year", "--out", "idx"]);
    desk.write("s.ovid", b"1\tsolskinn.ti.\n");
    assert_eq!(desk.expect_json(0, &["search", "--strategy", "s.ovid", "idx", "--json"])["lines"][0]["count"], 1);
}

#[test]
fn the_format_is_that_of_the_ending_or_of_to() {
    let desk = Desk::with(&[("a.ris", RIS.as_bytes())]);
    for (arguments, start) in [
        (&["-o", "out.nbib"][..], "TI  - Lanterns"),
        (&["-o", "out.enw"], "%0 Journal Article"),
        (&["-o", "out.bib"], "@article{"),
        (&["-o", "out.json"], "["),
        (&["-o", "out.jsonl"], "{\"refsieve\":1"),
        (&["-o", "out.xml"], "<?xml"),
        (&["-o", "out", "--to", "enw"], "%0 Journal Article"),
        (&["-o", "out.ris"], "TY  - JOUR"),
    ] {
        desk.expect(0, &[&["convert", "a.ris"], arguments].concat());
        let text = desk.read(arguments[1]);
        assert!(text.trim_start_matches('\u{feff}').contains(start), "{arguments:?}: {text}");
        assert!(text.contains("Lanterns and their keepers"), "{text}");
    }
    desk.expect(0, &["convert", "a.ris", "-o", "out.xlsx"]);
    let json = desk.expect_json(0, &["read", "out.xlsx", "--json"]);
    assert_eq!(file(&json, "out.xlsx")["records"], 2);
    desk.expect_refusal(&["convert", "a.ris", "-o", "out.pdf"], &["out.pdf", "--to"]);
    desk.expect_refusal(&["convert", "a.ris", "-o", "out.ris", "--to", "pdf"], &["pdf", "jsonl"]);
    desk.expect_refusal(&["convert", "a.ris", "-o", "out.ris", "--for", "word"], &["word", "rayyan"]);
}

#[test]
fn the_same_format_comes_out_byte_for_byte() {
    let crlf = RIS.replace('\n', "\r\n");
    let ovid = "1. \nTY  - JOUR\nTI  - A\nER  -  \nNL  - after\n\nLink to the text: somewhere\n\n2. \nTY  - JOUR\nTI  - B\nER  -  \n\n";
    let desk =
        Desk::with(&[("a.ris", RIS.as_bytes()), ("b.ris", crlf.as_bytes()), ("c.ris", ovid.as_bytes()), ("d.nbib", MEDLINE.as_bytes())]);
    for name in ["a.ris", "b.ris", "c.ris", "d.nbib"] {
        let out = format!("out-{name}");
        desk.expect(0, &["convert", name, "-o", &out]);
        assert_eq!(desk.read(&out), desk.read(name), "{name}");
    }
    let output = desk.run(&["convert", "a.ris", "-o", "-"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), RIS);
}

#[test]
fn provenance_travels_and_is_read_back() {
    let desk = Desk::with(&[("a.ris", RIS.as_bytes()), ("b.nbib", MEDLINE.as_bytes())]);
    desk.expect(0, &["dedupe", "a.ris", "b.nbib", "-o", "unique.ris"]);
    let unique = desk.read("unique.ris");
    assert_eq!(unique.matches("TY  - ").count(), 2, "{unique}");
    assert!(unique.contains("99000001") && unique.contains("b.nbib") && unique.contains("a.ris"), "{unique}");
    let json = desk.expect_json(0, &["read", "unique.ris", "--json"]);
    assert_eq!(file(&json, "unique.ris")["fields"]["provenance"], 3, "{unique}");
    for target in ["x.enw", "x.xml", "x.bib", "x.json", "x.csv", "x.nbib", "x.jsonl", "x.xlsx"] {
        desk.expect(0, &["convert", "unique.ris", "-o", target]);
        let json = desk.expect_json(0, &["read", target, "--json"]);
        assert_eq!(file(&json, target)["fields"]["provenance"], 3, "{target}");
    }
    desk.expect(0, &["dedupe", "a.ris", "-o", "plain.ris", "--no-provenance"]);
    assert_eq!(desk.read("plain.ris"), RIS);
}

#[test]
fn losses_are_counted_and_large_sets_are_split_for_covidence() {
    let desk = Desk::with(&[("a.ris", RIS.as_bytes())]);
    let output = desk.run(&["convert", "a.ris", "-o", "out.ris", "--for", "rayyan"]);
    let err = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("other") && err.contains("notes"), "{err}");
    assert!(desk.read("out.ris").contains("N1  - ZZ: odd"), "{}", desk.read("out.ris"));
    let many: String = (0..15_001).map(|n| format!("TY  - JOUR\nTI  - Title number {n}\nER  - \n\n")).collect();
    desk.write("many.ris", many.as_bytes());
    desk.expect(0, &["convert", "many.ris", "-o", "cov.ris", "--for", "covidence"]);
    let parts = (desk.read("cov-1.ris").matches("TY  - ").count(), desk.read("cov-2.ris").matches("TY  - ").count());
    assert_eq!(parts, (15_000, 1));
    desk.expect_refusal(&["convert", "many.ris", "-o", "-", "--for", "covidence"], &["expected a file", "needs 2 of them"]);
}

#[test]
fn formats_and_codes_are_listed() {
    let desk = Desk::with(&[]);
    let json = desk.expect_json(0, &["formats", "--json"]);
    assert!(json["formats"].as_array().unwrap().iter().any(|format| format["id"] == "nbib" && format["written"] == true));
    for (list, name) in [("dialects", "Embase.com"), ("databases", "CINAHL"), ("programs", "rayyan")] {
        assert!(json[list].as_array().unwrap().iter().any(|known| known == name), "{name}");
    }
    assert!(desk.expect(0, &["formats"]).contains("Web of Science tagged"));
    assert!(desk.expect(0, &["codes"]).contains("unknown-tag"));
    assert!(desk.expect(0, &["codes", "unknown-tag"]).contains("kept in its place"));
    desk.expect_refusal(&["codes", "no-such-code"], &["no-such-code"]);
}
