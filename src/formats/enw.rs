//! EndNote tagged (refer, .enw): `%0 Journal Article`, one letter a tag, as EndNote and Google Scholar write it.
//!
//! Tags: "Tagged EndNote Import Format" in the EndNote manual.

use super::Content;
use super::draft::Joining;
use super::tagged::{self, Dialect, TagLine};
use crate::record::{Field, Format, Pmid, Source};
use std::ops::Range;
use std::sync::Arc;

/// The character after the percent sign, its meaning, and what untagged lines after it are.
const TAGS: &[(char, Field, Joining)] = &[
    ('0', Field::Kind, Joining::Wrapped),
    ('A', Field::Author, Joining::List),
    ('B', Field::ContainerTitle, Joining::Wrapped),
    ('C', Field::Place, Joining::Wrapped),
    ('D', Field::Year, Joining::Wrapped),
    ('E', Field::Editor, Joining::List),
    ('F', Field::Other, Joining::Text),
    ('G', Field::Language, Joining::Wrapped),
    ('H', Field::Other, Joining::List),
    ('I', Field::Publisher, Joining::Wrapped),
    ('J', Field::Journal, Joining::Wrapped),
    ('K', Field::Keyword, Joining::List),
    ('L', Field::Other, Joining::Text),
    ('M', Field::Accession, Joining::Wrapped),
    ('N', Field::Issue, Joining::Wrapped),
    ('O', Field::Other, Joining::Text),
    ('P', Field::Pages, Joining::Wrapped),
    ('Q', Field::OriginalTitle, Joining::Wrapped),
    ('R', Field::Doi, Joining::List),
    ('S', Field::SeriesTitle, Joining::Wrapped),
    ('T', Field::Title, Joining::Wrapped),
    ('U', Field::Url, Joining::List),
    ('V', Field::Volume, Joining::Wrapped),
    ('W', Field::Provider, Joining::Wrapped),
    ('X', Field::Abstract, Joining::Text),
    ('Y', Field::Editor, Joining::List),
    ('Z', Field::Note, Joining::Text),
    ('1', Field::Other, Joining::Text),
    ('2', Field::Other, Joining::Text),
    ('3', Field::Other, Joining::Text),
    ('4', Field::Other, Joining::Text),
    ('6', Field::Other, Joining::Text),
    ('7', Field::Edition, Joining::Wrapped),
    ('8', Field::Date, Joining::Wrapped),
    ('9', Field::PublicationType, Joining::Wrapped),
    ('?', Field::Other, Joining::List),
    ('@', Field::SerialNumber, Joining::List),
    ('!', Field::ShortTitle, Joining::Wrapped),
    ('#', Field::Other, Joining::Text),
    ('$', Field::Other, Joining::Text),
    ('&', Field::Other, Joining::Text),
    ('(', Field::Other, Joining::Text),
    (')', Field::Other, Joining::Text),
    ('*', Field::Other, Joining::Text),
    ('+', Field::Affiliation, Joining::Text),
    ('^', Field::Other, Joining::Text),
    ('>', Field::Url, Joining::List),
    ('<', Field::Note, Joining::Text),
    ('[', Field::OtherDate, Joining::Wrapped),
    ('=', Field::OtherDate, Joining::Wrapped),
    ('~', Field::Database, Joining::Wrapped),
    ('|', Field::Other, Joining::Text),
];

const DIALECT: Dialect = Dialect { format: Format::EndNoteTagged, tag_line, meaning, refined, starts: &["%0"] };

pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

fn tag_line(line: &str) -> Option<TagLine> {
    match line.as_bytes() {
        [b'%', tag, rest @ ..] if tag.is_ascii_graphic() && matches!(rest, [] | [b' ' | b'\t', ..]) => Some((0..2, 2..line.len())),
        _ => None,
    }
}

fn meaning(tag: &str) -> Option<(Field, Joining)> {
    let letter = tag.chars().nth(1)?;
    TAGS.iter().find(|(known, _, _)| *known == letter).map(|(_, field, joining)| (*field, *joining))
}

/// EndNote keeps the PMCID in custom 2.
fn refined(tag: &str, field: Field, value: &str) -> Field {
    match tag {
        "%2" if value.strip_prefix("PMC").is_some_and(|number| Pmid::parse(number).is_some()) => Field::Pmcid,
        _ => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_lines() {
        for (line, expected) in [
            ("%0 Journal Article", Some(("%0", " Journal Article"))),
            ("%@ 1234-5678", Some(("%@", " 1234-5678"))),
            ("%X", Some(("%X", ""))),
            ("% of patients", None),
            ("%5 of", Some(("%5", " of"))),
            ("%ab", None),
        ] {
            assert_eq!(tag_line(line).map(|(tag, value)| (&line[tag], &line[value])), expected, "{line}");
        }
        assert_eq!(meaning("%5"), None);
        for (at, row) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|other| other.0 != row.0), "{}", row.0);
        }
    }
}
