//! What the variables of CSL are about, and the keys that Zotero, Mendeley and Crossref have beside them.
//!
//! Sources: the CSL 1.0.2 specification, appendix IV; the item fields of Zotero's API; the works of Crossref's API.

use crate::record::{Field, Kind};

/// How a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A string or number, or a list of them.
    Plain,
    /// A list of names.
    Names,
    /// A date.
    Date,
    /// A list in one string, or of strings, or of `{"tag": …}`.
    Keywords,
    /// What the work stands in: what sort of thing that is depends on the type.
    Container,
    /// A number that means different things in different types.
    Number,
    /// Lines of "Label: value" and other text.
    Note,
}

use Reading::{Container, Date, Keywords, Names, Note, Number, Plain};

/// The keys, sorted; what is not listed is kept under its path.
const FIELDS: &[(&str, Field, Reading)] = &[
    ("DOI", Field::Doi, Plain),
    ("ISBN", Field::SerialNumber, Plain),
    ("ISSN", Field::SerialNumber, Plain),
    ("PMCID", Field::Pmcid, Plain),
    ("PMID", Field::Pmid, Plain),
    ("URL", Field::Url, Plain),
    ("abstract", Field::Abstract, Plain),
    ("abstractNote", Field::Abstract, Plain),
    ("accessDate", Field::OtherDate, Plain),
    ("accessed", Field::OtherDate, Date),
    ("annote", Field::Note, Plain),
    ("article-number", Field::ArticleNumber, Plain),
    ("author", Field::Author, Names),
    ("available-date", Field::OtherDate, Date),
    ("bookTitle", Field::BookTitle, Plain),
    ("collection-editor", Field::Editor, Names),
    ("collection-title", Field::SeriesTitle, Plain),
    ("container-author", Field::Editor, Names),
    ("container-title", Field::ContainerTitle, Container),
    ("container-title-short", Field::JournalAbbreviation, Plain),
    ("creators", Field::Author, Names),
    ("date", Field::Date, Plain),
    ("edition", Field::Edition, Plain),
    ("editor", Field::Editor, Names),
    ("encyclopediaTitle", Field::BookTitle, Plain),
    ("event-date", Field::OtherDate, Date),
    ("extra", Field::Note, Note),
    ("genre", Field::PublicationType, Plain),
    ("id", Field::Accession, Plain),
    ("issue", Field::Issue, Plain),
    ("issued", Field::Date, Date),
    ("itemType", Field::Kind, Plain),
    ("journalAbbreviation", Field::JournalAbbreviation, Plain),
    ("key", Field::Accession, Plain),
    ("keyword", Field::Keyword, Keywords),
    ("keywords", Field::Keyword, Keywords),
    ("language", Field::Language, Plain),
    ("libraryCatalog", Field::Provider, Plain),
    ("note", Field::Note, Note),
    ("number", Field::Other, Number),
    ("original-date", Field::OtherDate, Date),
    ("original-title", Field::OriginalTitle, Plain),
    ("page", Field::Pages, Plain),
    ("pages", Field::Pages, Plain),
    ("place", Field::Place, Plain),
    ("proceedingsTitle", Field::BookTitle, Plain),
    ("publicationTitle", Field::Journal, Plain),
    ("publisher", Field::Publisher, Plain),
    ("publisher-place", Field::Place, Plain),
    ("reference", Field::CitedReference, Plain),
    ("series", Field::SeriesTitle, Plain),
    ("short-container-title", Field::JournalAbbreviation, Plain),
    ("shortTitle", Field::ShortTitle, Plain),
    ("source", Field::Provider, Plain),
    ("subject", Field::Keyword, Keywords),
    ("submitted", Field::OtherDate, Date),
    ("tags", Field::Keyword, Keywords),
    ("title", Field::Title, Plain),
    ("title-short", Field::ShortTitle, Plain),
    ("type", Field::Kind, Plain),
    ("url", Field::Url, Plain),
    ("volume", Field::Volume, Plain),
];

/// Variables for people and dates that records have no field for.
const OTHER_NAMES: [&str; 22] = [
    "chair",
    "compiler",
    "composer",
    "contributor",
    "curator",
    "director",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "translator",
];

/// The labels that lines of a note may have, and what stands behind them is about.
pub(super) const LABELS: &[(&str, Field)] =
    &[("PMID", Field::Pmid), ("PMCID", Field::Pmcid), ("original-title", Field::OriginalTitle), ("article-number", Field::ArticleNumber)];

/// What a key is about and how it is read, in an item of `kind`.
pub(super) fn meaning(key: &str, kind: Kind) -> (Field, Reading) {
    let (field, reading) = match FIELDS.binary_search_by_key(&key, |row| row.0) {
        Ok(at) => (FIELDS[at].1, FIELDS[at].2),
        Err(_) if OTHER_NAMES.contains(&key) => (Field::Other, Names),
        Err(_) => (Field::Other, Plain),
    };
    match (reading, kind) {
        (Container, Kind::Article) => (Field::Journal, Plain),
        (Container, Kind::Chapter | Kind::ConferencePaper) => (Field::BookTitle, Plain),
        (Container, _) => (field, Plain),
        (Number, Kind::Article) => (Field::ArticleNumber, Plain),
        (Number, _) => (field, Plain),
        _ => (field, reading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_their_meanings() {
        assert!(FIELDS.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted");
        for (key, kind, expected) in [
            ("container-title", Kind::Article, (Field::Journal, Plain)),
            ("container-title", Kind::Chapter, (Field::BookTitle, Plain)),
            ("container-title", Kind::Other, (Field::ContainerTitle, Plain)),
            ("number", Kind::Article, (Field::ArticleNumber, Plain)),
            ("number", Kind::Report, (Field::Other, Plain)),
            ("translator", Kind::Book, (Field::Other, Names)),
            ("call-number", Kind::Book, (Field::Other, Plain)),
        ] {
            assert_eq!(meaning(key, kind), expected, "{key}");
        }
    }
}
