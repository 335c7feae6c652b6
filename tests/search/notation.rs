//! Records in one line: `TI: Peer support | MH: Humans; Peer Group/px`.

use refsieve::record::{Field, Record};

const TAGS: &[(&str, Field)] = &[
    ("TI", Field::Title),
    ("OT", Field::OriginalTitle),
    ("AB", Field::Abstract),
    ("AU", Field::Author),
    ("JN", Field::Journal),
    ("KW", Field::Keyword),
    ("AK", Field::AuthorKeyword),
    ("MH", Field::Heading),
    ("NM", Field::Substance),
    ("LA", Field::Language),
    ("PT", Field::PublicationType),
    ("DP", Field::Date),
    ("EDAT", Field::OtherDate),
    ("DB", Field::Database),
    ("IN", Field::Affiliation),
    ("AN", Field::Accession),
];

/// The record that `text` describes; `None` where a tag is unknown.
pub(crate) fn record(at: usize, text: &str) -> Option<Record> {
    let mut entries = Vec::new();
    for part in text.split(" | ") {
        let (tag, value) = part.split_once(": ")?;
        let (_, field) = TAGS.iter().find(|(known, _)| *known == tag.trim())?;
        entries.push((*field, value.to_owned()));
    }
    Some(super::random::record(at, &entries))
}
