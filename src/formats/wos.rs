//! Web of Science tagged (.txt, .ciw), also joined downloads: `FN`, `PT J`, `UT WOS:…`, `ER`, `EF`.
//!
//! Two characters a tag, one blank, the value; lines that go on are indented by three. Such a line is a further value
//! (`AU`, `AF`, `C1`, `CR`) or the rest of a text that was too long for the page. `PT` begins a record and `ER` ends it;
//! `FN`, `VR` and `EF` are about the file and stand once for each download in it.
//!
//! Tags: "Web of Science Core Collection Field Tags" and those of the other databases on the platform, in its help
//! (images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html), and real exports. Traps: `ID` is KeyWords Plus and
//! no identifier, `DA` the day of the download, `D2` the DOI of the book, `CR` the works that this one cites, and the
//! date in `PD` has no year.

use super::draft::{DraftEntry, Joining};
use super::lines::lines;
use super::origin::Origin;
use super::tagged::{self, Dialect, Row, Tags, Unindented, two_letter_line};
use super::{Content, detect};
use crate::record::{self, Database, Field, Folds, Format, Source};
use std::ops::Range;
use std::sync::Arc;

static ROWS: &[Row] = &[
    ("PT", Field::Kind, Joining::Wrapped),
    ("AU", Field::Author, Joining::Lines),
    ("AF", Field::FullAuthor, Joining::Lines),
    ("CA", Field::CorporateAuthor, Joining::Lines),
    ("BA", Field::Other, Joining::Lines),
    ("BF", Field::Other, Joining::Lines),
    ("GP", Field::Other, Joining::Lines),
    ("BE", Field::Editor, Joining::Lines),
    ("ED", Field::Editor, Joining::Lines),
    ("TI", Field::Title, Joining::Wrapped),
    ("FT", Field::OriginalTitle, Joining::Wrapped),
    ("X1", Field::OriginalTitle, Joining::Wrapped),
    ("Z1", Field::OriginalTitle, Joining::Wrapped),
    ("SO", Field::Journal, Joining::Wrapped),
    ("SE", Field::SeriesTitle, Joining::Wrapped),
    ("BS", Field::Other, Joining::Wrapped),
    ("LA", Field::Language, Joining::Semicolons),
    ("DT", Field::PublicationType, Joining::Semicolons),
    ("CT", Field::Other, Joining::Wrapped),
    ("CY", Field::Other, Joining::Wrapped),
    ("CL", Field::Other, Joining::Wrapped),
    ("SP", Field::Other, Joining::Wrapped),
    ("HO", Field::Other, Joining::Wrapped),
    ("DE", Field::AuthorKeyword, Joining::Semicolons),
    ("ID", Field::Keyword, Joining::Semicolons),
    ("MH", Field::Heading, Joining::Semicolons),
    ("AB", Field::Abstract, Joining::Wrapped),
    ("X4", Field::Abstract, Joining::Wrapped),
    ("Z4", Field::Abstract, Joining::Wrapped),
    ("C1", Field::Affiliation, Joining::Lines),
    ("C3", Field::Other, Joining::Wrapped),
    ("RP", Field::Affiliation, Joining::Wrapped),
    ("EM", Field::Other, Joining::Wrapped),
    ("RI", Field::Other, Joining::Wrapped),
    ("OI", Field::Other, Joining::Wrapped),
    ("FU", Field::Other, Joining::Wrapped),
    ("FP", Field::Other, Joining::Wrapped),
    ("FX", Field::Other, Joining::Wrapped),
    ("CR", Field::CitedReference, Joining::Lines),
    ("NR", Field::Other, Joining::Wrapped),
    ("TC", Field::Other, Joining::Wrapped),
    ("Z8", Field::Other, Joining::Wrapped),
    ("Z9", Field::Other, Joining::Wrapped),
    ("ZA", Field::Other, Joining::Wrapped),
    ("ZB", Field::Other, Joining::Wrapped),
    ("ZR", Field::Other, Joining::Wrapped),
    ("ZS", Field::Other, Joining::Wrapped),
    ("U1", Field::Other, Joining::Wrapped),
    ("U2", Field::Other, Joining::Wrapped),
    ("PU", Field::Publisher, Joining::Wrapped),
    ("PI", Field::Place, Joining::Wrapped),
    ("PA", Field::Other, Joining::Wrapped),
    ("SN", Field::SerialNumber, Joining::Wrapped),
    ("EI", Field::SerialNumber, Joining::Wrapped),
    ("BN", Field::SerialNumber, Joining::Semicolons),
    ("J9", Field::JournalAbbreviation, Joining::Wrapped),
    ("JI", Field::JournalAbbreviation, Joining::Wrapped),
    ("PD", Field::Date, Joining::Wrapped),
    ("PY", Field::Year, Joining::Wrapped),
    ("EA", Field::OtherDate, Joining::Wrapped),
    ("EY", Field::OtherDate, Joining::Wrapped),
    ("VL", Field::Volume, Joining::Wrapped),
    ("IS", Field::Issue, Joining::Wrapped),
    ("PN", Field::Other, Joining::Wrapped),
    ("SU", Field::Other, Joining::Wrapped),
    ("SI", Field::Other, Joining::Wrapped),
    ("MA", Field::Other, Joining::Wrapped),
    ("BP", Field::Pages, Joining::Wrapped),
    ("EP", Field::LastPage, Joining::Wrapped),
    ("PS", Field::Other, Joining::Wrapped),
    ("AR", Field::ArticleNumber, Joining::Wrapped),
    ("DI", Field::Doi, Joining::Semicolons),
    ("D2", Field::Other, Joining::Semicolons),
    ("PG", Field::Other, Joining::Wrapped),
    ("P2", Field::Other, Joining::Wrapped),
    ("WC", Field::Other, Joining::Wrapped),
    ("WE", Field::Other, Joining::Wrapped),
    ("SC", Field::Other, Joining::Wrapped),
    ("GA", Field::Other, Joining::Wrapped),
    ("UT", Field::Accession, Joining::Wrapped),
    ("PM", Field::Pmid, Joining::Wrapped),
    ("UR", Field::Url, Joining::Wrapped),
    ("DL", Field::Url, Joining::Wrapped),
    ("OA", Field::Other, Joining::Wrapped),
    ("HC", Field::Other, Joining::Wrapped),
    ("HP", Field::Other, Joining::Wrapped),
    ("DA", Field::Other, Joining::Wrapped),
];

static TAGS: Tags = Tags::new(ROWS);

const DIALECT: Dialect = Dialect {
    format: Format::WosTagged,
    tag_line: two_letter_line,
    meaning: |tag| TAGS.get(tag),
    settle: |text, entries| settle(text, entries),
    starts: &["PT"],
    end: Some("ER"),
    file_tags: &["FN", "VR", "EF"],
    unindented: Unindented::HasLostMargin,
    margin: "   ",
    ..Dialect::PLAIN
};

/// How many lines at the start of a file are looked at.
const N_FIRST_LINES: usize = 12;

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let first = lines(start, 0, start.len()).filter(|line| !line.is_blank()).take(N_FIRST_LINES).map(|line| line.text);
    let mut after_type = false;
    // What stands below tags of another format is text.
    for line in first.take_while(|line| !detect::is_tag_line(line)) {
        if is_file_name(line) || (after_type && is_tag_line(line)) {
            return true;
        }
        after_type = is_type(line);
    }
    false
}

/// Whether `line` begins a record, or a download.
pub(super) fn is_start(line: &str) -> bool {
    is_type(line) || is_file_name(line)
}

/// Whether `line` is a tag line of this format, with a tag that is known.
pub(super) fn is_tag_line(line: &str) -> bool {
    two_letter_line(line).is_some_and(|(tag, _)| DIALECT.file_tags.contains(&&line[tag.clone()]) || TAGS.get(&line[tag]).is_some())
}

/// "PT J": one of the letters for journals, books, series, conferences and patents.
fn is_type(line: &str) -> bool {
    line.strip_prefix("PT ").is_some_and(|kind| matches!(kind.trim(), "J" | "B" | "S" | "C" | "P"))
}

/// "FN Clarivate Analytics Web of Science", and what it was called under former owners.
fn is_file_name(line: &str) -> bool {
    line.strip_prefix("FN ")
        .is_some_and(|name| ["Clarivate", "Thomson", "ISI ", "Web of"].iter().any(|owner| name.trim().starts_with(owner)))
}

/// The databases that the platform has besides its own, by how their accession numbers begin.
const OTHER_DATABASES: &[(&str, Option<Database>)] =
    &[("MEDLINE:", Some(Database::Medline)), ("CABI:", Some(Database::CabAbstracts)), ("BIOSIS:", None), ("INSPEC:", None)];

/// Which database and program the export `text` comes from: that of its first record.
pub(super) fn origin(text: &str) -> Origin {
    let accession = |line: &str| OTHER_DATABASES.iter().find(|(start, _)| line.starts_with(start)).map(|(_, database)| *database);
    let first = lines(text, 0, text.len()).find_map(|line| line.text.strip_prefix("UT "));
    let database = first.and_then(accession).unwrap_or(Some(Database::WebOfScience));
    Origin::new(database, record::Dialect::WebOfScience)
}

/// `text` with its wrapped values on one line.
pub(super) fn fold(text: String) -> (String, Folds) {
    tagged::fold(text, &DIALECT)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

fn settle(text: &str, entries: &mut [DraftEntry]) {
    let value = |entry: &DraftEntry| text[entry.value.clone()].trim();
    let is_in_journal = entries.iter().find(|entry| entry.field == Field::Kind).is_none_or(|entry| value(entry) == "J");
    let mut has_author = false;
    for entry in entries.iter_mut() {
        match entry.field {
            // Nobody is no author.
            Field::Author | Field::FullAuthor if value(entry) == "[Anonymous]" => entry.field = Field::Other,
            Field::Author => has_author = true,
            // The book of a chapter, the proceedings of a paper.
            Field::Journal if !is_in_journal => entry.field = Field::ContainerTitle,
            _ => {}
        }
    }
    // The authors of a whole book.
    if !has_author {
        for entry in entries.iter_mut() {
            match &text[entry.tag.clone()] {
                "BA" => entry.field = Field::Author,
                "BF" => entry.field = Field::FullAuthor,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_its_first_lines() {
        for (start, expected) in [
            ("FN Clarivate Analytics Web of Science\nVR 1.0\n", true),
            ("FN Thomson Reuters Web of Science\u{2122}\n", true),
            ("FN ISI Export Format\n", true),
            ("PT J\nAU Ek, A\n", true),
            ("PT J\r\n\r\nTI A title\r\n", true),
            ("Saved records\nPT B\nBA Ek, A\n", true),
            ("PT J\nand nothing else\n", false),
            ("PT  - Journal Article\nAU  - Ek A\n", false),
            ("FN the paper is good\n", false),
            ("TY  - JOUR\nAB  - see\nFN Clarivate\nPT J\nAU Ek\n", false),
            ("PMID- 1\nPT  - J\n", false),
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
    fn other_databases_are_told_by_their_accession_numbers() {
        for (text, expected) in [
            ("PT J\nUT WOS:0001\nER\n", Some(Database::WebOfScience)),
            ("PT J\nTI A\nER\n", Some(Database::WebOfScience)),
            ("PT J\nUT MEDLINE:123\nER\n", Some(Database::Medline)),
            ("PT J\nUT BIOSIS:PREV1\nER\n", None),
        ] {
            assert_eq!(origin(text), Origin::new(expected, record::Dialect::WebOfScience), "{text}");
        }
    }
}
