//! What a merged record takes from its members: one place, one line for each origin.

#![allow(clippy::disallowed_methods, reason = "tests may fail")]

use refsieve::dedupe::merge::merge;
use refsieve::dedupe::{Keep, Settings, dedupe};
use refsieve::formats::{self, Target};
use refsieve::record::{Database, Field, Format, Record};

fn read(name: &str, text: &str) -> Vec<Record> {
    formats::read(name, text.as_bytes().to_vec()).expect("an export").records
}

fn merged(members: &[Record]) -> Record {
    merge(&members.iter().collect::<Vec<_>>()).expect("members")
}

/// `records` as they are read again from another format.
fn through(format: Format, name: &str, records: &[Record]) -> Vec<Record> {
    let mut written = Vec::new();
    formats::write(records, &Target { provenance: true, ..Target::new(format) }, &mut written).expect("written");
    formats::read(name, written).expect("an export").records
}

fn paper(id: &str, lines: &str) -> String {
    format!(
        "TY  - JOUR\nID  - {id}\nTI  - Letters of nurses from acute psychiatric wards in three towns\nAU  - Hagen, Solveig\nPY  - 2016\n{lines}ER  - \n\n"
    )
}

const PLACE: [Field; 5] = [Field::Volume, Field::Issue, Field::Pages, Field::LastPage, Field::ArticleNumber];

/// What stands in the kept record and in the other, the place that the merged record has, and the notes that it takes.
#[test]
fn a_place_comes_from_one_record() {
    let of_journal = "JF  - Nordic Journal of Peer Support\n";
    let whole = "VL  - 12\nIS  - 4\nSP  - 101\nEP  - 110\n";
    let in_another = ["journal: Nordic Journal of Peer Support", "volume: 12", "issue: 4", "pages: 101", "last-page: 110"];
    for (kept, other, place, notes) in [
        // Another journal, and no place beside it.
        ("JF  - Quiet Wards\n".to_owned(), format!("{of_journal}{whole}"), [None; 4], &in_another[..]),
        // Under one DOI it is another name of the journal, unless one is a server of preprints.
        (
            "JF  - Stille poster\nDO  - 10.5555/a\n".to_owned(),
            format!("{of_journal}{whole}DO  - 10.5555/a\n"),
            [Some("12"), Some("4"), Some("101"), Some("110")],
            &[],
        ),
        ("JF  - medRxiv\nDO  - 10.5555/a\n".to_owned(), format!("{of_journal}{whole}DO  - 10.5555/a\n"), [None; 4], &in_another[..]),
        // The same journal, in short: its place is taken.
        ("JF  - Nord J Peer Support\n".to_owned(), format!("{of_journal}{whole}"), [Some("12"), Some("4"), Some("101"), Some("110")], &[]),
        // The kept record names none.
        (String::new(), format!("{of_journal}{whole}"), [Some("12"), Some("4"), Some("101"), Some("110")], &[]),
        // A journal under another name, and one volume.
        (
            "JF  - Quiet Wards\nVL  - 12\n".to_owned(),
            format!("{of_journal}{whole}"),
            [Some("12"), Some("4"), Some("101"), Some("110")],
            &[],
        ),
        // The same of a first page.
        (
            "JF  - Quiet Wards\nSP  - 101\n".to_owned(),
            format!("{of_journal}SP  - 101\nEP  - 110\n"),
            [None, None, Some("101"), Some("110")],
            &[],
        ),
        // Pages of another volume.
        (
            format!("{of_journal}VL  - 13\n"),
            format!("{of_journal}{whole}"),
            [Some("13"), None, None, None],
            &["volume: 12", "issue: 4", "pages: 101", "last-page: 110"],
        ),
    ] {
        let records = read("a.ris", &(paper("a", &kept) + &paper("b", &other)));
        let merged = merged(&records);
        assert_eq!(PLACE.map(|field| merged.first(field))[..4], place, "{kept} | {other}");
        let taken: Vec<&str> = merged.values(Field::Note).collect();
        assert_eq!(taken, notes, "{kept} | {other}");
    }
}

#[test]
fn an_id_that_a_format_gave_is_no_second_origin() {
    let text = paper("", "JO  - Nordic Journal of Peer Support\nVL  - 12\nC2  - 29268658\nDB  - Scopus\n").replace("ID  - \n", "");
    let other = read("b.ris", &paper("b", "VL  - 12\n"));
    for (format, name) in [(Format::BibTex, "a.bib"), (Format::Medline, "a.nbib"), (Format::EndNoteTagged, "a.enw")] {
        let converted = through(format, name, &read("a.ris", &text));
        let merged = merged(&[converted[0].clone(), other[0].clone()]);
        let files: Vec<String> = merged.provenance().into_iter().map(|line| line.file).collect();
        assert_eq!(files, ["a.ris", "b.ris"], "{name}");
    }
    // Another program's id is one that the record was given later.
    let entry = "TY  - JOUR\nID  - later-7\nTI  - Letters of nurses\nN1  - [refsieve-origin: ordinal=1; id=a; file=a.ris]\nER  - \n\n";
    let merged = merged(&[read("later.ris", entry)[0].clone(), other[0].clone()]);
    let files: Vec<String> = merged.provenance().into_iter().map(|line| line.file).collect();
    assert_eq!(files, ["a.ris", "later.ris", "b.ris"]);
}

#[test]
fn the_database_of_a_record_travels_with_it() {
    let medline = "PMID- 99000001\nTI  - Letters of nurses from acute psychiatric wards in three towns\nFAU - Hagen, Solveig\nDP  - 2016\nOWN - NLM\n\n";
    let converted = through(Format::Ris, "a.ris", &read("a.nbib", medline));
    assert_eq!((converted[0].source().database, converted[0].database()), (None, Some(Database::Medline)));
    // What a person says of the file goes first.
    let settings = formats::Settings { database: Some(Database::Embase), ..Default::default() };
    let named = formats::read_with("a.ris", converted[0].source().text.as_bytes().to_vec(), &settings).expect("an export").records;
    assert_eq!(named[0].database(), Some(Database::Embase));
    let fuller = read("b.ris", &paper("b", "JO  - Nordic Journal of Peer Support\nVL  - 12\nIS  - 4\nSP  - 101\nAB  - Nurses wrote.\n"));
    let records = [fuller[0].clone(), converted[0].clone()];
    let kept = |keep: Keep| dedupe(&records, &Settings { keep, ..Settings::default() }, &()).removed[0].kept;
    assert_eq!((kept(Keep::MostComplete), kept(Keep::Databases(vec![Database::Medline]))), (0, 1));
}
