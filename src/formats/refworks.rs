//! RefWorks tagged: `RT Journal Article`.
//!
//! Two characters a tag, one blank, the value; one line a name or keyword. A record begins at `RT`, mostly after a blank
//! line; values may go on over further lines, blank ones too, without any margin.
//!
//! Tags: "RefWorks Tagged Format" of Ex Libris
//! (knowledge.exlibrisgroup.com/RefWorks/Legacy_RefWorks/05Managing_References/020RefWorks_Tagged_Format). Traps: `IS` is
//! the issue, `OP` ("other pages") the last page, `ED` the edition, `AN` is of the database and `ID` of RefWorks.

use super::draft::{DraftEntry, Joining};
use super::lines::lines;
use super::origin::Origin;
use super::tagged::{self, Dialect, Row, Tags, Unindented, two_letter_line};
use super::{Content, detect};
use crate::record::{self, Database, Field, Format, Pmid, Source};
use std::ops::Range;
use std::sync::Arc;

static ROWS: &[Row] = &[
    ("RT", Field::Kind, Joining::Wrapped),
    ("SR", Field::Other, Joining::Wrapped),
    ("ID", Field::Accession, Joining::Wrapped),
    ("A1", Field::Author, Joining::Lines),
    ("A2", Field::Editor, Joining::Lines),
    ("A3", Field::Editor, Joining::Lines),
    ("A4", Field::Editor, Joining::Lines),
    ("A5", Field::Editor, Joining::Lines),
    ("A6", Field::Editor, Joining::Lines),
    ("T1", Field::Title, Joining::Wrapped),
    ("T2", Field::ContainerTitle, Joining::Wrapped),
    ("T3", Field::SeriesTitle, Joining::Wrapped),
    ("OT", Field::OriginalTitle, Joining::Wrapped),
    ("ST", Field::ShortTitle, Joining::Wrapped),
    ("JF", Field::Journal, Joining::Wrapped),
    ("JO", Field::JournalAbbreviation, Joining::Wrapped),
    ("YR", Field::Year, Joining::Wrapped),
    ("FD", Field::Date, Joining::Wrapped),
    ("RD", Field::OtherDate, Joining::Wrapped),
    ("VO", Field::Volume, Joining::Wrapped),
    ("IS", Field::Issue, Joining::Wrapped),
    ("SP", Field::Pages, Joining::Wrapped),
    ("OP", Field::LastPage, Joining::Wrapped),
    ("K1", Field::Keyword, Joining::Lines),
    ("AB", Field::Abstract, Joining::Text),
    ("NO", Field::Note, Joining::Text),
    ("ED", Field::Edition, Joining::Wrapped),
    ("PB", Field::Publisher, Joining::Wrapped),
    ("PP", Field::Place, Joining::Wrapped),
    ("AD", Field::Affiliation, Joining::Text),
    ("AV", Field::Other, Joining::Wrapped),
    ("SN", Field::SerialNumber, Joining::Lines),
    ("AN", Field::Accession, Joining::Wrapped),
    ("LA", Field::Language, Joining::Wrapped),
    ("OL", Field::Other, Joining::Wrapped),
    ("CL", Field::Other, Joining::Wrapped),
    ("CN", Field::Other, Joining::Wrapped),
    ("SF", Field::Other, Joining::Wrapped),
    ("DB", Field::Database, Joining::Wrapped),
    ("DS", Field::Provider, Joining::Wrapped),
    ("IP", Field::Other, Joining::Wrapped),
    ("LK", Field::Url, Joining::Lines),
    ("UL", Field::Url, Joining::Lines),
    ("DO", Field::Doi, Joining::Wrapped),
    ("CR", Field::CitedReference, Joining::Lines),
    ("LL", Field::Other, Joining::Wrapped),
    ("SL", Field::Other, Joining::Wrapped),
    ("WT", Field::ContainerTitle, Joining::Wrapped),
    ("WV", Field::Other, Joining::Wrapped),
    ("WP", Field::OtherDate, Joining::Wrapped),
    ("PM", Field::Pmid, Joining::Wrapped),
    ("U1", Field::Other, Joining::Text),
    ("U2", Field::Other, Joining::Text),
    ("U3", Field::Other, Joining::Text),
    ("U4", Field::Other, Joining::Text),
    ("U5", Field::Other, Joining::Text),
    ("U6", Field::Other, Joining::Text),
    ("U7", Field::Other, Joining::Text),
    ("U8", Field::Other, Joining::Text),
    ("U9", Field::Other, Joining::Text),
    ("ER", Field::Other, Joining::Wrapped),
];

static TAGS: Tags = Tags::new(ROWS);

/// The types of reference, as `RT` names them.
const TYPES: &[&str] = &[
    "Abstract",
    "Artwork",
    "Bills/Resolutions",
    "Book, Edited",
    "Book, Section",
    "Book, Whole",
    "Case/Court Decisions",
    "Computer Program",
    "Conference Proceedings",
    "Dissertation",
    "Dissertation/Thesis",
    "Dissertation/Thesis, Unpublished",
    "Generic",
    "Grant",
    "Hearing",
    "Journal Article",
    "Journal, Electronic",
    "Laws/Statutes",
    "Magazine Article",
    "Map",
    "Monograph",
    "Motion Picture",
    "Music Score",
    "Newspaper Article",
    "Online Discussion Forum",
    "Patent",
    "Personal Communication",
    "Report",
    "Sound Recording",
    "Thesis",
    "Thesis, Unpublished",
    "Unpublished Material",
    "Video",
    "Video/ DVD",
    "Web Page",
];

const DIALECT: Dialect = Dialect {
    format: Format::RefWorksTagged,
    tag_line: two_letter_line,
    meaning: |tag| TAGS.get(tag),
    settle: |text, entries| settle(text, entries),
    starts: &["RT"],
    unindented: Unindented::IsText,
    ..Dialect::PLAIN
};

/// How many lines at the start of a file are looked at: a page of its own may stand before the records.
const N_FIRST_LINES: usize = 40;

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let first = lines(start, 0, start.len()).filter(|line| !line.is_blank()).take(N_FIRST_LINES).map(|line| line.text);
    let mut after_type = false;
    // What stands below tags of another format is text.
    for line in first.take_while(|line| !detect::is_tag_line(line)) {
        if after_type && is_tag_line(line) {
            return true;
        }
        after_type = is_start(line);
    }
    false
}

/// Whether `line` begins a record.
pub(super) fn is_start(line: &str) -> bool {
    line.strip_prefix("RT ").is_some_and(|name| TYPES.iter().any(|known| known.eq_ignore_ascii_case(name.trim())))
}

/// Whether `line` is a tag line of this format, with a tag that is known.
pub(super) fn is_tag_line(line: &str) -> bool {
    two_letter_line(line).is_some_and(|(tag, _)| TAGS.get(&line[tag]).is_some())
}

/// Which database and program the export `text` comes from: RefWorks does not say it of the whole file, only where all
/// records name the same database.
pub(super) fn origin(text: &str) -> Origin {
    let begins_line = |at: &usize| *at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r');
    let name = |at: usize| lines(text, at + "DB ".len(), text.len()).next().map_or("", |line| line.text);
    let mut names = memchr::memmem::find_iter(text.as_bytes(), "DB ").filter(begins_line).map(|at| Database::named(name(at)));
    let first = names.next().flatten();
    Origin::new(first.filter(|_| names.all(|other| other == first)), record::Dialect::RefWorks)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

/// Notes say whose number they are: "PMID: 123".
fn settle(text: &str, entries: &mut [DraftEntry]) {
    let is_pmid = |value: &str| value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("PMID:")) && Pmid::parse(value).is_some();
    for entry in entries.iter_mut().filter(|entry| matches!(entry.field, Field::Note | Field::Other | Field::Accession)) {
        if is_pmid(text[entry.value.clone()].trim()) {
            entry.field = Field::Pmid;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_its_first_record() {
        for (start, expected) in [
            ("RT Journal Article\nSR Print(0)\n", true),
            ("RefWorks export\n\nRT Book, Whole\nA1 Ek, A\n", true),
            ("RT journal article\r\nT1 x\r\n", true),
            ("RT Journal Article\nwas read\n", false),
            ("RT was slow\nA1 Ek, A\n", false),
            ("PMID- 7\nAB  - a\nRT Generic\nA1 Ek, A\n", false),
            ("TY  - JOUR\nRT  - Journal Article\n", false),
        ] {
            assert_eq!(is(start), expected, "{start:?}");
        }
    }

    #[test]
    fn every_tag_is_listed_once() {
        for (at, (tag, field, joining)) in ROWS.iter().enumerate() {
            assert!(ROWS[at + 1..].iter().all(|(other, _, _)| other != tag), "{tag}");
            assert_eq!(TAGS.get(tag), Some((*field, *joining)));
        }
    }

    #[test]
    fn the_database_is_known_where_all_records_agree() {
        for (text, expected) in [
            ("RT Generic\nDB Scopus\nRT Generic\nDB Scopus\n", Some(Database::Scopus)),
            ("RT Generic\nDB Scopus\nRT Generic\nDB Embase\n", None),
            ("RT Generic\nT1 x\n", None),
        ] {
            assert_eq!(origin(text), Origin::new(expected, record::Dialect::RefWorks), "{text}");
        }
    }
}
