//! What the fields of BibTeX and biblatex are about, and those that databases and programs added.

use crate::record::Field;

/// How a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Reading {
    /// LaTeX in one line.
    Line,
    /// LaTeX with paragraphs.
    Text,
    /// A link or identifier.
    Link,
    /// People, with "and" between them.
    People,
    /// A list with semicolons or commas between.
    List,
    /// A list with semicolons between.
    Semicolons,
    /// One item a line.
    Lines,
}

use Reading::{Line, Lines, Link, List, People, Semicolons, Text};

/// The names of fields, in lower case without blanks, hyphens and underscores, sorted; what is not listed is kept as it is.
const FIELDS: &[(&str, Field, Reading)] = &[
    ("abbrevsourcetitle", Field::JournalAbbreviation, Line),
    ("abstract", Field::Abstract, Text),
    ("abstractnote", Field::Abstract, Text),
    ("accession", Field::Accession, Link),
    ("accessionnumber", Field::Accession, Link),
    ("address", Field::Place, Line),
    ("affiliation", Field::Affiliation, Lines),
    ("affiliations", Field::Affiliation, Semicolons),
    ("annotation", Field::Note, Text),
    ("annote", Field::Note, Text),
    ("articleno", Field::ArticleNumber, Line),
    ("articlenumber", Field::ArticleNumber, Line),
    ("artnumber", Field::ArticleNumber, Line),
    ("author", Field::Author, People),
    ("authorkeywords", Field::AuthorKeyword, List),
    ("bdskurl1", Field::Url, Link),
    ("bookauthor", Field::Editor, People),
    ("booktitle", Field::BookTitle, Line),
    ("chemicalscas", Field::Substance, Semicolons),
    ("citedreferences", Field::CitedReference, Lines),
    ("comment", Field::Note, Text),
    ("contents", Field::Contents, Text),
    ("corporateauthor", Field::CorporateAuthor, People),
    ("database", Field::Database, Line),
    ("date", Field::Date, Line),
    ("documenttype", Field::PublicationType, Line),
    ("doi", Field::Doi, Link),
    ("earlyaccessdate", Field::OtherDate, Line),
    ("edition", Field::Edition, Line),
    ("editor", Field::Editor, People),
    ("eid", Field::ArticleNumber, Line),
    ("eisbn", Field::SerialNumber, Link),
    ("eissn", Field::SerialNumber, Link),
    ("file", Field::Other, Link),
    ("institution", Field::Publisher, Line),
    ("isbn", Field::SerialNumber, Link),
    ("isbnonline", Field::SerialNumber, Link),
    ("isbnprint", Field::SerialNumber, Link),
    ("issn", Field::SerialNumber, Link),
    ("issnonline", Field::SerialNumber, Link),
    ("issnprint", Field::SerialNumber, Link),
    ("issue", Field::Issue, Line),
    ("journal", Field::Journal, Line),
    ("journalabbr", Field::JournalAbbreviation, Line),
    ("journalabbreviation", Field::JournalAbbreviation, Line),
    ("journaliso", Field::JournalAbbreviation, Line),
    ("journaltitle", Field::Journal, Line),
    ("keyword", Field::Keyword, List),
    ("keywords", Field::Keyword, List),
    ("keywordsplus", Field::Keyword, Semicolons),
    ("langid", Field::Language, Line),
    ("language", Field::Language, Line),
    ("link", Field::Url, Link),
    ("location", Field::Place, Line),
    ("maintitle", Field::ContainerTitle, Line),
    ("mesh", Field::Heading, Semicolons),
    ("meshterms", Field::Heading, Semicolons),
    ("month", Field::Date, Line),
    ("note", Field::Note, Text),
    ("notes", Field::Note, Text),
    ("number", Field::Issue, Line),
    ("organization", Field::Publisher, Line),
    ("originaltitle", Field::OriginalTitle, Line),
    ("origtitle", Field::OriginalTitle, Line),
    ("pages", Field::Pages, Line),
    ("pmc", Field::Pmcid, Link),
    ("pmcid", Field::Pmcid, Link),
    ("pmid", Field::Pmid, Link),
    ("publicationtype", Field::PublicationType, Line),
    ("publisher", Field::Publisher, Line),
    ("pubmedid", Field::Pmid, Link),
    ("references", Field::CitedReference, Lines),
    ("review", Field::Note, Text),
    ("school", Field::Publisher, Line),
    ("series", Field::SeriesTitle, Line),
    ("shortjournal", Field::JournalAbbreviation, Line),
    ("shorttitle", Field::ShortTitle, Line),
    ("source", Field::Database, Line),
    ("subtitle", Field::Other, Line),
    ("tableofcontents", Field::Contents, Text),
    ("title", Field::Title, Line),
    ("type", Field::PublicationType, Line),
    ("uniqueid", Field::Accession, Link),
    ("url", Field::Url, Link),
    ("urldate", Field::OtherDate, Line),
    ("volume", Field::Volume, Line),
    ("year", Field::Year, Line),
];

/// The months that every style of BibTeX defines as macros.
pub(in crate::formats) const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What a field of this name is about and how it is read.
pub(in crate::formats) fn meaning(name: &str) -> (Field, Reading) {
    let mut bare = [0_u8; 32];
    let mut length = 0;
    for byte in name.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'-' | b'_')) {
        let Some(place) = bare.get_mut(length) else { return (Field::Other, Text) };
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    match FIELDS.binary_search_by(|row| row.0.as_bytes().cmp(&bare[..length])) {
        Ok(at) => (FIELDS[at].1, FIELDS[at].2),
        Err(_) => (Field::Other, Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_all_their_spellings() {
        assert!(FIELDS.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted");
        for (name, expected) in [
            ("Unique-ID", Field::Accession),
            ("AUTHOR_KEYWORDS", Field::AuthorKeyword),
            ("Keywords-Plus", Field::Keyword),
            ("journaltitle", Field::Journal),
            ("funding_text 1", Field::Other),
            ("", Field::Other),
            ("a-name-that-is-longer-than-any-field-can-be", Field::Other),
        ] {
            assert_eq!(meaning(name).0, expected, "{name}");
        }
    }
}
