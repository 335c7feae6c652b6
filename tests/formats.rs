//! The boundary of the formats: each case of `corpora/formats` gives what its `.expected` file says, and laws that hold
//! for any export.
//!
//! After a change that is meant, `UPDATE_EXPECTED=1 cargo test --test formats` rewrites the expectations; read the diff.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use proptest::prelude::*;
use refsieve::diagnostic::Code;
use refsieve::formats::{self, Audience, ColumnMap, Parsed, Target};
use refsieve::record::{Database, Dialect, Doi, Entry, Field, Format, PartialDate, Pmid, Record};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
fn detached_records_and_outlines_are_what_they_were() {
    let says = |record: &Record| {
        let entries: Vec<_> = record.entries().map(|entry| (entry.tag.to_owned(), entry.field, entry.value.to_owned())).collect();
        (entries, record.raw().into_owned(), record.is_as_read())
    };
    let stands = |record: &Record| {
        let (id, title) = (record.id(), record.title().map(str::to_owned));
        (id, title, record.source().name.clone(), record.ordinal(), record.lines(), record.format())
    };
    let folded = b"PMID- 1\nTI  - A title that\n      goes on\n\nPMID- 2\nTI  - B\n      and on\nAB  - And\n      on\n".to_vec();
    let files = cases().into_iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()));
    let mut n_folded = 0;
    for (name, bytes) in files.chain([("folded.nbib".to_owned(), folded)]) {
        let Ok(parsed) = formats::read(&name, bytes) else { continue };
        for kept in [&parsed.records[..], parsed.records.get(1..).unwrap_or_default()] {
            let detached = Record::detached(&kept.iter().collect::<Vec<_>>());
            assert_eq!(detached.iter().map(says).collect::<Vec<_>>(), kept.iter().map(says).collect::<Vec<_>>(), "{name}");
            assert_eq!(detached.iter().map(stands).collect::<Vec<_>>(), kept.iter().map(stands).collect::<Vec<_>>(), "{name}");
            let n_bytes = kept.iter().map(|record| record.range().len()).sum::<usize>();
            assert!(detached.iter().all(|record| record.source().text.len() == n_bytes), "{name}");
            n_folded += detached.iter().filter(|record| record.raw().len() > record.range().len()).count();
        }
        let (source, outlines) = Record::outlines(&parsed.records, &parsed.source, true);
        assert_eq!(outlines.iter().map(stands).collect::<Vec<_>>(), parsed.records.iter().map(stands).collect::<Vec<_>>(), "{name}");
        assert!(source.text.is_empty() && outlines.iter().all(|outline| Arc::ptr_eq(&source, outline.source())));
    }
    assert!(n_folded > 2, "records whose text is folded are among them");
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
            check_writing_everywhere(&parsed);
            if [Format::Ris, Format::Medline, Format::EndNoteTagged].contains(&parsed.source.format) {
                check_export(&parsed);
            }
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

#[test]
fn long_cells_and_damaged_tables_are_read_in_linear_time() {
    let line = "word ".repeat(1_000_000);
    let authors: Vec<String> = (0..5000).map(|number| format!("Author{number}, A.")).collect();
    let text = format!("Title,Authors,Abstract,Year\nA,\"{}\",\"{line}\",2020\nB,,\"{}\n", authors.join("; "), "\"x,".repeat(300_000));
    let parsed = formats::read("a.csv", text.into_bytes()).unwrap();
    assert_eq!(parsed.records.len(), 2);
    assert_eq!(parsed.records[0].values(Field::Author).count(), 5000);
    assert_eq!(parsed.records[0].first(Field::Abstract).map(str::len), Some(line.trim_end().len()));
}

#[test]
fn a_person_says_what_columns_are() {
    let text = "Navn på tekst,Hvem,Ord,Year\nA,\"Ek, A + Lie, B\",x|y,2020\n";
    let read = |map: &str| {
        let columns = Some(ColumnMap::parse(map).unwrap());
        formats::read_with("a.csv", text.as_bytes().to_vec(), &formats::Settings { columns, ..Default::default() })
    };
    assert!(formats::read("a.csv", text.as_bytes().to_vec()).is_err());
    let parsed = read("Navn på tekst=title, hvem=author:+, Ord=keyword").unwrap();
    let entries: Vec<_> = parsed.records[0].entries().map(|entry| (entry.field, entry.value)).collect();
    let expected = [(Field::Author, "Ek, A"), (Field::Author, "Lie, B"), (Field::Keyword, "x"), (Field::Keyword, "y")];
    assert_eq!(entries, [&[(Field::Title, "A")][..], &expected, &[(Field::Year, "2020")]].concat());
    let error = read("Hvem=author, Hva=title").unwrap_err();
    assert_eq!(error.kind(), refsieve::ErrorKind::Settings);
    assert!(error.to_string().contains("none called Hva among Navn på tekst, Hvem, Ord, Year"), "{error}");
}

/// What may be wrong with an export, and the case that tries it: see `corpora/malformed.tsv`.
#[test]
fn every_malformed_case_is_tried() {
    const LAST: u32 = 62;
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let table = std::fs::read_to_string(corpora.join("malformed.tsv")).unwrap();
    let tests: String = ["tests/formats.rs", "tests/cli.rs", "src/formats/ris/mod.rs"]
        .map(|path| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default())
        .concat();
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    for row in &rows {
        let [_, _, place] = row[..] else { panic!("three columns: {row:?}") };
        match place.strip_prefix("test ") {
            Some(test) => assert!(tests.contains(&format!("fn {test}(")), "{row:?}"),
            None => {
                assert!(corpora.join(place).exists(), "{row:?}");
                assert!(corpora.join(format!("{place}.expected")).exists(), "{row:?}");
            }
        }
    }
    let missing: Vec<u32> = (1..=LAST).filter(|number| rows.iter().all(|row| row[0] != number.to_string())).collect();
    assert_eq!(missing, [0; 0]);
}

/// The dialect and the database of exports whose own content tells them.
#[test]
fn the_program_that_wrote_an_export_is_told() {
    for (case, dialect, database) in [
        ("asreview.ris", Dialect::AsReview, None),
        ("citavi.ris", Dialect::Citavi, None),
        ("cochrane-wiley.ris", Dialect::CochraneLibrary, Some(Database::Cochrane)),
        ("covidence-empty-tags.ris", Dialect::Covidence, None),
        ("dimensions-structured-abstract.ris", Dialect::Dimensions, Some(Database::Dimensions)),
        ("ebsco-cinahl-through-zotero.ris", Dialect::Zotero, Some(Database::Cinahl)),
        ("ebsco-native-translated-title.ris", Dialect::EbscoHost, Some(Database::AcademicSearch)),
        ("ebsco-packed-note.ris", Dialect::EbscoHost, Some(Database::Cinahl)),
        ("embase-com.ris", Dialect::EmbaseCom, Some(Database::Embase)),
        ("endnote-lists-by-line.ris", Dialect::EndNote, Some(Database::Embase)),
        ("eppi-reviewer.ris", Dialect::EppiReviewer, None),
        ("google-scholar.ris", Dialect::GoogleScholar, Some(Database::GoogleScholar)),
        ("lens.ris", Dialect::Lens, Some(Database::Lens)),
        ("mendeley.ris", Dialect::Mendeley, None),
        ("openalex.ris", Dialect::OpenAlex, Some(Database::OpenAlex)),
        ("oria-primo.ris", Dialect::Primo, Some(Database::Oria)),
        ("ovid-central-registry-record.ris", Dialect::Ovid, Some(Database::Cochrane)),
        ("ovid-medline.ris", Dialect::Ovid, Some(Database::Medline)),
        ("ovid-medline-notices.ris", Dialect::Ovid, Some(Database::Medline)),
        ("ovid-psycinfo-no-pagination.ris", Dialect::Ovid, Some(Database::PsycInfo)),
        ("proquest.ris", Dialect::ProQuest, Some(Database::ProQuest)),
        ("publish-or-perish.ris", Dialect::PublishOrPerish, None),
        ("rayyan-glued-tags.ris", Dialect::Rayyan, Some(Database::Embase)),
        ("refworks.ris", Dialect::RefWorks, None),
        ("scopus-packed-note.ris", Dialect::Scopus, Some(Database::Scopus)),
        ("web-of-science.ris", Dialect::WebOfScience, Some(Database::WebOfScience)),
        ("worldcat-isbns-in-one-line.ris", Dialect::WorldCat, Some(Database::WorldCat)),
        ("zotero.ris", Dialect::Zotero, None),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/formats").join(case);
        let parsed = formats::read("a.ris", std::fs::read(path).unwrap()).unwrap();
        assert_eq!((parsed.source.dialect, parsed.source.database), (dialect, database), "{case}");
    }
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
        // Lines of one format inside a record of another may be taken for records when they stand in other company.
        let is_joined = parsed.diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, Code::MixedFormats | Code::JoinedFormats));
        let is_mixed = is_joined || STARTS.iter().filter(|start| parsed.source.text.contains(**start)).count() > 1;
        if !is_mixed {
            check_writing_everywhere(&parsed);
        }
        if parsed.source.format == Format::Ris && parsed.records.iter().all(|record| record.format() == Format::Ris) {
            check_coverage(&parsed)?;
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written(
        rows in proptest::collection::vec(proptest::collection::vec("[abcåé][abcåé,;|\t\"'\r\n .]{0,12}|", 3), 1..6),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t'), Just('|')],
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        quotes_all in any::<bool>(),
    ) {
        let quoted = |cell: &str| {
            let needs = quotes_all || cell.contains(['"', '\r', '\n', delimiter]);
            if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
        };
        let columns = ["Title", "Abstract", "Journal", "Notes"];
        let mut text = columns.join(&delimiter.to_string()) + ending;
        for (number, row) in rows.iter().enumerate() {
            let cells = [format!("t{number}")].into_iter().chain(row.iter().map(|cell| quoted(cell)));
            text += &(cells.collect::<Vec<_>>().join(&delimiter.to_string()) + ending);
        }
        let parsed = formats::read("a.csv", text.clone().into_bytes()).unwrap();
        prop_assert!(parsed.diagnostics.is_empty(), "{:?} {:?}", parsed.diagnostics, text);
        let found: Vec<Vec<(String, String)>> = parsed.records.iter().map(pairs).collect();
        let shown = |cell: &String| cell.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
        let expected: Vec<Vec<(String, String)>> = rows.iter().enumerate().map(|(number, row)| {
            let cells = [format!("t{number}")].into_iter().chain(row.iter().map(shown));
            columns.iter().map(ToString::to_string).zip(cells).filter(|(_, cell)| !cell.is_empty()).collect()
        }).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
        for (record, row) in parsed.records.iter().zip(&rows) {
            prop_assert!(row.iter().all(|cell| record.raw().contains(&quoted(cell))), "{:?}", record.raw());
        }
    }

    #[test]
    fn damaged_tables_lose_no_letter(cells in proptest::collection::vec("[abc,\"\n \t]{0,8}", 1..40)) {
        let text = format!("Title,Abstract,Journal,Notes\n{}", cells.join(","));
        let Ok(parsed) = formats::read("a.csv", text.into_bytes()) else { return Ok(()) };
        let values: String = parsed.records.iter().flat_map(|record| record.entries().map(|entry| bare(entry.value)).collect::<Vec<_>>()).collect();
        let outside: String = parsed.outside.iter().map(|outside| bare(&parsed.source.text[outside.range.clone()])).collect();
        let mut found: Vec<char> = (values + &outside).chars().collect();
        let mut expected: Vec<char> = bare(&cells.concat()).chars().collect();
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected, "{:?}", parsed);
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
        check_writing_everywhere(&parsed);
        check_export(&parsed);
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
    "FN Clarivate Analytics Web of Science\nVR 1.0\n",
    "PT J\nAU Ek, A\n   Ny, B\n",
    "DE a; b;\n   c\n",
    "UT WOS:1\nER\n\n",
    "EF\n",
    "RT Journal Article\nT1 A title\n",
    "K1 a\nID 7\n",
    "<1. >\n",
    "VN  - Ovid Technologies\n",
    "UI  - 7\nSO  - J. 1(2):3-4,\n      2018 Jan.\n",
    "Unique Identifier\n  7\nAuthors\n  Ek A;  Ny B\n",
    "Source\n  J. 1(2):3-4, 2018 Jan.\n",
    "@article{ek2020,\n",
    "  title = {A {B}},\n",
    "  author = \"Ek, A and {B} C\"\n",
    "  abstract = {a { b } \\'{e} % c,\n",
    "}\n",
    "[{\"id\": 1, \"type\": \"book\", \"title\": \"A\"},\n",
    "{\"type\": \"article\", \"issued\": {\"date-parts\": [[2020]]}, \"note\": \"x",
    "\"}]\n",
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
    assert!(text.starts_with("TY  - ") && (text.ends_with("\n\n") || text.ends_with("\r\n\r\n")), "{text}");
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
        let values = undivided(&after.entries().map(|entry| entry.value).collect::<Vec<_>>().join(" "));
        for entry in before.entries().filter(|entry| entry.field != Field::Kind) {
            assert!(values.contains(&undivided(&wanted(entry))), "{entry:?} is lost in\n{text}");
        }
    }
}

/// What records of the formats begin with.
const STARTS: &[&str] =
    &["TY", "PMID", "%0 ", "%T ", "<record>", "PT J", "FN ", "RT ", "<1. >", "Unique Identifier", "VN  - ", "@article", "[{\"", "UT WOS"];

/// What must be found again of a value, whatever a format writes beside it and in whatever form it has dates.
fn wanted(entry: Entry<'_>) -> String {
    match entry.field {
        Field::Doi => Doi::parse(entry.value).map_or(entry.value.to_owned(), |doi| doi.to_string()),
        Field::Pmid => Pmid::parse(entry.value).map_or(entry.value.to_owned(), |pmid| pmid.to_string()),
        Field::Year | Field::Date => PartialDate::parse(entry.value).map_or(entry.value.to_owned(), |date| date.year.to_string()),
        _ => entry.value.to_owned(),
    }
}

/// Formats that a record may come back from with other tags: RIS, whose deformed lines are mended, and tables, whose columns
/// are ours.
const LOOSE: [Format; 4] = [Format::Ris, Format::Csv, Format::Tsv, Format::Xlsx];

/// Writing in any format, for any program, keeps the number of records, their ids and every value, or counts what is lost.
fn check_writing_everywhere(parsed: &Parsed) {
    for format in [
        Format::Ris,
        Format::Medline,
        Format::EndNoteTagged,
        Format::EndNoteXml,
        Format::BibTex,
        Format::CslJson,
        Format::Csv,
        Format::Tsv,
        Format::Xlsx,
    ] {
        let audiences = if matches!(format, Format::Ris | Format::Csv) { Audience::ALL } else { &[Audience::General] };
        for audience in audiences {
            check_writing_as(parsed, &Target { audience: *audience, ..Target::new(format) });
        }
    }
}

fn check_writing_as(parsed: &Parsed, target: &Target) {
    let mut written = Vec::new();
    let losses = formats::write(&parsed.records, target, &mut written).unwrap();
    assert_eq!(losses.n_lost(), 0, "{target:?} {losses:?}");
    let text = String::from_utf8_lossy(&written).into_owned();
    let again = formats::read(&parsed.source.name, written).unwrap();
    assert_eq!((again.source.format, again.records.len()), (target.format, parsed.records.len()), "{target:?}\n{text}");
    for (before, after) in parsed.records.iter().zip(&again.records) {
        // MEDLINE knows records by their PMID, whatever other databases called them.
        if before.accession().is_some() && (target.format != Format::Medline || after.pmid().is_none()) {
            assert_eq!(after.id(), before.id(), "{target:?}\n{text}");
        }
        assert_eq!(after.doi(), before.doi(), "{target:?}\n{text}");
        let year = |record: &Record| record.date().map(|date| date.year);
        // ASReview has a column for the year as it stands and none for dates.
        if target.audience != Audience::AsReview || before.values(Field::Year).all(|value| PartialDate::parse(value).is_some()) {
            assert_eq!(year(after), year(before), "{target:?}\n{text}");
        }
        let is_same_format = before.format() == target.format && target.audience == Audience::General;
        // Items of Zotero's and Crossref's kin become items of CSL.
        let is_other_kin =
            target.format == Format::CslJson && !before.entries().any(|entry| entry.tag == "type" && entry.value != "journal-article");
        if is_same_format && !LOOSE.contains(&target.format) && !is_other_kin {
            // An entry of BibTeX without a key is given one.
            let has_key = before.entries().any(|entry| entry.tag == "citekey");
            let mut pairs = sorted_pairs(after);
            pairs.retain(|(tag, _)| has_key || tag != "citekey");
            assert_eq!(pairs, sorted_pairs(before), "{target:?}\n{text}");
        }
        let values = undivided(&after.entries().map(|entry| entry.value).collect::<Vec<_>>().join(" "));
        for entry in before.entries().filter(|entry| entry.field != Field::Kind) {
            let wanted = wanted(entry);
            // A note of CSL is lines of labels and values, and some labels are fields.
            let is_labelled = target.format == Format::CslJson && entry.field == Field::Note;
            let is_found =
                |line: &str| values.contains(&undivided(line.split_once(": ").filter(|_| is_labelled).map_or(line, |(_, value)| value)));
            let is_kept = if is_labelled { wanted.lines().all(is_found) } else { is_found(&wanted) };
            assert!(is_kept, "{entry:?} is lost for {target:?} in\n{text}");
        }
    }
}

/// Tags and values that are not empty, in any order: the start of a record comes first when it is written.
fn sorted_pairs(record: &Record) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = pairs(record).into_iter().filter(|(_, value)| !value.is_empty()).collect();
    pairs.retain(|(tag, _)| tag != "%0");
    pairs.sort();
    pairs
}

/// A whole export in its own format comes out byte for byte where every record is well formed, and gives the same records
/// in any case.
fn check_export(parsed: &Parsed) {
    let target = Target::new(parsed.source.format);
    let mut written = Vec::new();
    let losses = formats::write_exports(std::slice::from_ref(parsed), &target, &mut written).unwrap();
    let is_of_one_format = parsed.records.iter().all(|record| record.format() == parsed.source.format);
    assert!(losses.is_empty() || !is_of_one_format, "{losses:?}");
    let text = String::from_utf8(written.clone()).unwrap();
    let has_lone_returns = parsed.source.text.replace("\r\n", "").contains('\r');
    if parsed.diagnostics.is_empty() && !has_lone_returns && parsed.source.format == Format::Ris {
        assert_eq!(text, parsed.source.text);
    }
    let again = formats::read(&parsed.source.name, written).unwrap();
    assert_eq!(again.records.len(), parsed.records.len(), "{text}");
    if !is_of_one_format {
        return;
    }
    let outside = |parsed: &Parsed| -> Vec<String> {
        let lines = parsed.outside.iter().flat_map(|outside| parsed.source.text[outside.range.clone()].lines());
        lines.map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(outside(&again), outside(parsed), "{text}");
}

/// Every byte of a RIS text that is not blank is in a record's raw text or in the text outside of records.
fn check_coverage(parsed: &Parsed) -> Result<(), TestCaseError> {
    let text = parsed.source.text.as_str();
    let mut is_covered = vec![false; text.len()];
    let of_records = parsed.records.iter().map(Record::range);
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

/// The same without the "and" that divides people in some formats, where a list in one value becomes several.
fn undivided(text: &str) -> String {
    bare(&text.split_whitespace().filter(|word| *word != "and").collect::<String>())
}

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Three exports of one format that somebody joined: more than is looked at of a file's beginning.
#[test]
fn exports_that_were_joined_are_of_no_one_database() {
    let of =
        |link: &str, n: usize| format!("TY  - JOUR\nTI  - {}\nUR  - {link}\nDB  - {{}}\nER  - \n\n", "Peer workers ".repeat(20)).repeat(n);
    let embase = of("https://www.embase.com/search/results?id=L1", 1_500).replace("{}", "Embase");
    let scopus = of("https://www.scopus.com/inward/record.uri?eid=2-s2.0-1", 1_500).replace("{}", "Scopus");
    let read = |text: String| formats::read("library.ris", text.into_bytes()).expect("RIS").source.database;
    assert_eq!(read(embase.clone()), Some(Database::Embase));
    assert_eq!(read(embase + &scopus), None);
}

/// Of exports of two platforms in one file each record's tags mean what its own platform means by them.
#[test]
fn tags_of_exports_that_were_joined_mean_what_their_own_marks_say() {
    let scopus =
        "TY  - JOUR\nTI  - Trust\nC2  - 31234567\nM1  - 7\nUR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-1\nER  - \n\n";
    let embase = "TY  - JOUR\nT1  - Peer workers\nU2  - L2000040019\nC5  - 31234568\nUR  - https://www.embase.com/search/results?subaction=viewrecord&id=L2000040019\nER  - \n\n";
    let text = [scopus.repeat(3), embase.repeat(3), "TY  - JOUR\nTI  - Hope\nC2  - 7\nER  - \n".to_owned()].concat();
    let parsed = formats::read("library.ris", text.into_bytes()).expect("RIS");
    assert_eq!((parsed.source.dialect, parsed.source.database), (Dialect::General, None));
    let pmids: Vec<Option<u32>> = parsed.records.iter().map(|record| record.pmid().map(Pmid::get)).collect();
    assert_eq!(pmids, [[Some(31_234_567); 3], [Some(31_234_568); 3]].concat().into_iter().chain([None]).collect::<Vec<_>>());
    assert!(parsed.records[3].entries().any(|entry| (entry.tag, entry.field) == ("U2", Field::Accession)));
    assert!(parsed.records[0].entries().any(|entry| (entry.tag, entry.field) == ("M1", Field::Other)));
}

/// What a record was given by one of another platform is read again as what it was, and tags of its own are not read as that
/// platform's.
#[test]
fn what_a_merged_record_has_of_another_platform_stays_what_it_was() {
    let embase = "TY  - JOUR\nT1  - Peer workers in towns\nPY  - 2012\nDO  - 10.5555/a\nUR  - https://www.embase.com/search/results?subaction=viewrecord&id=L2000040019\nU2  - L2000040019\nC5  - 31234567\nER  - \n\n";
    let own = "TY  - JOUR\nTI  - Peer workers in towns\nPY  - 2012\nDO  - 10.5555/a\nC5  - 9988\nU2  - L77\nM1  - 3456\nER  - \n\n";
    let ovid = "TY  - JOUR\nTI  - Peer workers in towns\nPY  - 2012\nDO  - 10.5555/a\nL2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med1&AN=1\nER  - \n\n";
    let read = |name: &str, text: &str| formats::read(name, text.as_bytes().to_vec()).expect("RIS").records;
    let line = |record: &str, database: &str| {
        record.replace("ER  - ", &format!("N1  - [refsieve-origin: database={database}; ordinal=1; id=1; file=a.ris]\nER  - "))
    };
    for records in [
        [read("a.ris", own), read("b.ris", embase)].concat(),
        [read("a.ris", ovid), read("b.ris", embase)].concat(),
        // In one file: joined by hand, and written by an earlier run.
        read("joined.ris", &[ovid, embase].concat()),
        read("unique.ris", &[line(ovid, "Medline"), line(embase, "Embase")].concat()),
    ] {
        let merged = refsieve::dedupe::merge::record_of(&[0, 1], &records, |_| 0).expect("both are there").into_owned();
        let mut written = Vec::new();
        formats::write_ris([&merged], &mut written).expect("memory takes all");
        let written = String::from_utf8(written).expect("text");
        let again = read("unique.ris", &written);
        assert_eq!(again[0].pmid().map(Pmid::get), Some(31_234_567), "{written}");
        assert!(again[0].entries().all(|entry| entry.tag != "U2" || entry.value != "L77" || entry.field == Field::Other), "{written}");
        assert!(again[0].entries().all(|entry| entry.tag != "M1" || entry.field == Field::Other), "{written}");
    }
}

/// The journal that a record of Ovid or EBSCOhost was given is no other title of the article.
#[test]
fn a_journal_by_another_name_is_read_again_as_one() {
    let body = |more: &str| format!("TY  - JOUR\nTI  - Peer workers in towns\nPY  - 2012\nDO  - 10.5555/a\n{more}ER  - \n\n");
    let scopus = body("T2  - The Journal of Night Work\nUR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-1\n");
    for kept in [
        body("JF  - Night Work\nL2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med1&AN=1\n"),
        body("JO  - Night Work\nDP  - EBSCOhost\nDB  - rzh\nUR  - https://search.ebscohost.com/login.aspx?direct=true&db=rzh&AN=1\n"),
    ] {
        let read = |name: &str, text: &str| formats::read(name, text.as_bytes().to_vec()).expect("RIS").records;
        let records = [read("a.ris", &kept), read("b.ris", &scopus)].concat();
        let merged = refsieve::dedupe::merge::record_of(&[0, 1], &records, |_| 0).expect("both are there").into_owned();
        let mut written = Vec::new();
        formats::write_ris([&merged], &mut written).expect("memory takes all");
        let again = read("unique.ris", &String::from_utf8(written).expect("text"));
        let of = |field: Field| again[0].values(field).collect::<Vec<_>>();
        assert!([Field::OriginalTitle, Field::ShortTitle].map(of).concat().is_empty(), "{again:?}");
        assert!([Field::Journal, Field::ContainerTitle].map(of).concat().contains(&"The Journal of Night Work"), "{again:?}");
    }
}

/// What a run wrote is read with the tags of the exports that its records were kept from.
#[test]
fn records_of_an_earlier_run_mean_what_they_meant_in_their_exports() {
    let origin = |database: &str| format!("N1  - [refsieve-origin: database={database}; ordinal=1; id=1; file=a.ris]\n");
    let embase = "TY  - JOUR\nT1  - Peer workers\nUR  - https://www.embase.com/search/results?subaction=viewrecord&id=L2000040019\nU2  - L2000040019\nC5  - 31234567\nM1  - (Hagen S.) Oslo\n";
    let ovid = "TY  - JOUR\nT1  - Hope\nL2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med1&AN=1\nKW  - Peer Group\n";
    let unknown = "TY  - JOUR\nT1  - Trust\nU2  - L2000040020\nKW  - Peer Group\n";
    let text =
        [embase, &origin("Embase"), "ER  - \n\n", ovid, &origin("Medline"), "ER  - \n\n", unknown, &origin("Oria"), "ER  - \n"].concat();
    let parsed = formats::read("unique.ris", text.into_bytes()).expect("RIS");
    assert_eq!(parsed.source.dialect, Dialect::Refsieve);
    let fields = |at: usize, tag: &str| -> Vec<Field> {
        parsed.records[at].entries().filter(|entry| entry.tag == tag).map(|entry| entry.field).collect()
    };
    assert_eq!([fields(0, "U2"), fields(0, "C5"), fields(0, "M1")], [[Field::Accession], [Field::Pmid], [Field::Affiliation]]);
    assert_eq!(fields(1, "KW"), [Field::Heading]);
    assert_eq!((fields(2, "U2"), fields(2, "KW")), (vec![Field::Other], vec![Field::Keyword]));

    // Of a merged record the tags are those of the record that was kept.
    let merged = [
        embase,
        "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med1&AN=1\n",
        &origin("Embase"),
        &origin("Medline"),
        "ER  - \n",
    ];
    let parsed = formats::read("unique.ris", merged.concat().into_bytes()).expect("RIS");
    assert!(parsed.records[0].entries().any(|entry| (entry.tag, entry.field) == ("U2", Field::Accession)));
}
