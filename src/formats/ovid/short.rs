//! Ovid's short labels: a tag of two characters, two blanks, a hyphen; further lines are indented by six.
//!
//! Tags: the database guides of Ovid (ospguides.ovid.com: medline, embase, psycdb, cctr, cabadb), Zotero's "OVID Tagged"
//! translator, and real exports. Traps: `IS` is the ISSN and no issue, `ID` key concepts and no identifier, `ST` a status
//! and no title, `CR` the copyright and `OD` the headings once more.

use super::super::draft::Joining;
use super::super::tagged::{self, Dialect, Row, TagLine, Tags, Unindented};
use super::super::{Content, detect};
use crate::record::{Field, Format, Source};
use std::ops::Range;
use std::sync::Arc;

static ROWS: &[Row] = &[
    ("VN", Field::Provider, Joining::Wrapped),
    ("DB", Field::Database, Joining::Wrapped),
    ("UI", Field::Accession, Joining::Wrapped),
    ("AN", Field::Accession, Joining::Wrapped),
    ("PM", Field::Pmid, Joining::Wrapped),
    ("TI", Field::Title, Joining::Wrapped),
    ("OT", Field::OriginalTitle, Joining::Wrapped),
    ("TT", Field::OriginalTitle, Joining::Wrapped),
    ("TO", Field::OriginalTitle, Joining::Wrapped),
    ("FT", Field::OriginalTitle, Joining::Wrapped),
    ("AU", Field::Author, Joining::Wrapped),
    ("FA", Field::FullAuthor, Joining::Wrapped),
    ("CA", Field::CorporateAuthor, Joining::Wrapped),
    ("ED", Field::Editor, Joining::Wrapped),
    ("AI", Field::Other, Joining::Wrapped),
    ("IN", Field::Affiliation, Joining::Lines),
    ("AD", Field::Affiliation, Joining::Lines),
    ("SO", Field::Other, Joining::Wrapped),
    ("AS", Field::Other, Joining::Wrapped),
    ("JN", Field::Journal, Joining::Wrapped),
    ("JT", Field::Journal, Joining::Wrapped),
    ("JA", Field::JournalAbbreviation, Joining::Wrapped),
    ("TA", Field::JournalAbbreviation, Joining::Wrapped),
    ("NJ", Field::JournalAbbreviation, Joining::Wrapped),
    ("BT", Field::BookTitle, Joining::Wrapped),
    ("VO", Field::Volume, Joining::Wrapped),
    ("VI", Field::Volume, Joining::Wrapped),
    ("IP", Field::Issue, Joining::Wrapped),
    ("PG", Field::Pages, Joining::Wrapped),
    ("YR", Field::Year, Joining::Wrapped),
    ("PY", Field::Year, Joining::Wrapped),
    ("DP", Field::Date, Joining::Wrapped),
    ("DG", Field::Date, Joining::Wrapped),
    ("EP", Field::OtherDate, Joining::Wrapped),
    ("EZ", Field::OtherDate, Joining::Wrapped),
    ("DA", Field::OtherDate, Joining::Wrapped),
    ("DD", Field::OtherDate, Joining::Wrapped),
    ("DC", Field::OtherDate, Joining::Wrapped),
    ("EM", Field::OtherDate, Joining::Wrapped),
    ("RD", Field::OtherDate, Joining::Wrapped),
    ("UP", Field::OtherDate, Joining::Wrapped),
    ("AB", Field::Abstract, Joining::Paragraphs),
    ("CN", Field::RegistryNumber, Joining::Wrapped),
    ("SI", Field::RegistryNumber, Joining::Wrapped),
    ("MH", Field::Heading, Joining::Lines),
    ("SH", Field::Heading, Joining::Lines),
    ("OD", Field::Keyword, Joining::Lines),
    ("DE", Field::Keyword, Joining::Semicolons),
    ("ID", Field::Keyword, Joining::Semicolons),
    ("KW", Field::AuthorKeyword, Joining::Semicolons),
    ("KF", Field::AuthorKeyword, Joining::Semicolons),
    ("RN", Field::Substance, Joining::Lines),
    ("NM", Field::Substance, Joining::Lines),
    ("LG", Field::Language, Joining::Wrapped),
    ("PT", Field::PublicationType, Joining::Lines),
    ("DT", Field::PublicationType, Joining::Lines),
    ("PB", Field::Publisher, Joining::Wrapped),
    ("PU", Field::Publisher, Joining::Wrapped),
    ("CP", Field::Place, Joining::Wrapped),
    ("CY", Field::Place, Joining::Wrapped),
    ("PL", Field::Place, Joining::Wrapped),
    ("IS", Field::SerialNumber, Joining::Wrapped),
    ("ES", Field::SerialNumber, Joining::Wrapped),
    ("IL", Field::SerialNumber, Joining::Wrapped),
    ("IB", Field::SerialNumber, Joining::Wrapped),
    ("SN", Field::SerialNumber, Joining::Wrapped),
    ("DO", Field::Doi, Joining::Wrapped),
    ("DI", Field::Doi, Joining::Wrapped),
    ("EN", Field::Edition, Joining::Wrapped),
    ("XL", Field::Url, Joining::Wrapped),
    ("JL", Field::Url, Joining::Wrapped),
    ("IU", Field::Url, Joining::Wrapped),
    ("NT", Field::Note, Joining::Paragraphs),
    ("RF", Field::CitedReference, Joining::Lines),
    ("TC", Field::Contents, Joining::Paragraphs),
    ("ST", Field::Other, Joining::Wrapped),
    ("CR", Field::Other, Joining::Wrapped),
    ("RO", Field::Other, Joining::Wrapped),
    ("CM", Field::Other, Joining::Wrapped),
    ("NC", Field::Other, Joining::Wrapped),
    ("JC", Field::Other, Joining::Wrapped),
    ("SB", Field::Other, Joining::Wrapped),
    ("CS", Field::Other, Joining::Wrapped),
    ("CE", Field::Other, Joining::Wrapped),
    ("CF", Field::Other, Joining::Wrapped),
    ("CD", Field::Other, Joining::Wrapped),
    ("CC", Field::Other, Joining::Wrapped),
    ("CL", Field::Other, Joining::Wrapped),
    ("CT", Field::Other, Joining::Wrapped),
    ("CU", Field::Other, Joining::Wrapped),
    ("DJ", Field::Other, Joining::Wrapped),
    ("SL", Field::Other, Joining::Wrapped),
    ("SU", Field::Other, Joining::Wrapped),
    ("SS", Field::Other, Joining::Wrapped),
    ("SY", Field::Other, Joining::Paragraphs),
    ("GI", Field::Other, Joining::Wrapped),
    ("GS", Field::Other, Joining::Wrapped),
    ("GE", Field::Other, Joining::Wrapped),
    ("AG", Field::Other, Joining::Wrapped),
    ("PO", Field::Other, Joining::Wrapped),
    ("MD", Field::Other, Joining::Wrapped),
    ("LO", Field::Other, Joining::Wrapped),
    ("PH", Field::Other, Joining::Wrapped),
    ("PS", Field::Other, Joining::Wrapped),
    ("PN", Field::Other, Joining::Wrapped),
    ("TN", Field::Other, Joining::Wrapped),
    ("MV", Field::Other, Joining::Wrapped),
    ("MF", Field::Other, Joining::Wrapped),
    ("DV", Field::Other, Joining::Wrapped),
    ("DM", Field::Other, Joining::Wrapped),
    ("EC", Field::Other, Joining::Wrapped),
    ("OA", Field::Other, Joining::Wrapped),
];

static TAGS: Tags = Tags::new(ROWS);

const DIALECT: Dialect = Dialect {
    format: Format::OvidTagged,
    tag_line,
    meaning: |tag| TAGS.get(tag),
    settle: super::settle,
    starts: &["VN"],
    is_head: super::is_head,
    unindented: Unindented::OnlyText,
    ..Dialect::PLAIN
};

/// The tags without which a file that has neither heads nor `VN` is not taken for one of Ovid's.
const NEEDED: [&str; 3] = ["UI", "TI", "SO"];

/// Whether a text that begins with `start` has short labels of Ovid: below a head, with the name of Ovid, or, where both
/// were left out, with what every full record has and no other format has together.
pub(super) fn is(start: &str) -> bool {
    let mut after_head = false;
    let mut found = [false; NEEDED.len()];
    for line in super::first_lines(start) {
        let tag = tag_line(line);
        if let Some((name, value)) = tag {
            let name = &line[name];
            if after_head || (name == "VN" && line[value].trim_start().starts_with("Ovid")) {
                return true;
            }
            // RIS and MEDLINE have tags like these.
            if matches!(name, "TY" | "ER") {
                return false;
            }
            NEEDED.iter().zip(&mut found).filter(|(needed, _)| **needed == name).for_each(|(_, found)| *found = true);
        } else if detect::is_tag_line(line) {
            return false;
        }
        after_head = super::is_head(line);
    }
    found.iter().all(|found| *found)
}

/// `TI  - A title`, `TI  -` or, in copies, `TI - A title`.
pub(super) fn tag_line(line: &str) -> Option<TagLine> {
    let bytes = line.as_bytes();
    let (tag, rest) = bytes.split_first_chunk::<2>()?;
    let is_tag = tag[0].is_ascii_uppercase() && (tag[1].is_ascii_uppercase() || tag[1].is_ascii_digit());
    let separator = match rest {
        [b' ', b' ', b'-'] | [b' ', b' ', b'-', b' ' | b'\t', ..] => 3,
        [b' ', b'-'] | [b' ', b'-', b' ', ..] => 2,
        _ => return None,
    };
    is_tag.then(|| (0..2, 2 + separator..line.len()))
}

pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_its_first_lines() {
        for (start, expected) in [
            ("<1. >\nTI  - A\n", true),
            ("Search history\n\n<12. >\r\nUI  - 7\r\n", true),
            ("VN  - Ovid Technologies\nDB  - Embase\n", true),
            ("UI  - 7\nTI  - A\nSO  - J. 1(2):3, 2018.\n", true),
            ("UI  - 7\nTI  - A\n", false),
            ("TY  - JOUR\nUI  - 7\nTI  - A\nSO  - J\n", false),
            ("PMID- 7\nUI  - 7\nTI  - A\nSO  - J\n", false),
            ("<1>\nTitle\n  A\n", false),
        ] {
            assert_eq!(is(start), expected, "{start:?}");
        }
    }

    #[test]
    fn tag_lines() {
        for (line, expected) in [
            ("TI  - A title", Some(("TI", " A title"))),
            ("AB  -", Some(("AB", ""))),
            ("TI - A title", Some(("TI", " A title"))),
            ("IL-6 was high", None),
            ("IL -6", None),
            ("Method(s): x", None),
            ("      x", None),
            ("å", None),
        ] {
            assert_eq!(tag_line(line).map(|(tag, value)| (&line[tag], &line[value])), expected, "{line}");
        }
    }

    #[test]
    fn every_tag_is_listed_once() {
        for (at, (tag, field, joining)) in ROWS.iter().enumerate() {
            assert!(ROWS[at + 1..].iter().all(|(other, _, _)| other != tag), "{tag}");
            assert_eq!(TAGS.get(tag), Some((*field, *joining)));
        }
    }
}
