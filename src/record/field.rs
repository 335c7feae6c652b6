//! The closed vocabulary of fields: what a value is about, whatever tag a database gave it.
//!
//! Readers map their tags to it, the index and the strategies' field codes are defined on it.

/// What a value of a record is about.
///
/// The order is that of the table below. The place of a field in it is part of the key under which people's decisions are kept: a
/// new field stands behind the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// Type of reference as the export names it (RIS `TY`, EndNote `%0`).
    Kind,
    /// Title of the work.
    Title,
    /// Title in the original language (MEDLINE `TT`).
    OriginalTitle,
    /// A short or alternative title; never the title where there is a better one (RIS `ST`).
    ShortTitle,
    /// Abstract.
    Abstract,
    /// An author, as written, one entry a person where the export allows it.
    Author,
    /// The full form of an author's name where the export gives both (MEDLINE `FAU`, Web of Science `AF`).
    FullAuthor,
    /// An editor or other secondary author (RIS `A2`).
    Editor,
    /// A collective author (MEDLINE `CN`).
    CorporateAuthor,
    /// Full journal name.
    Journal,
    /// Abbreviated journal name.
    JournalAbbreviation,
    /// Title of what the work stands in, of either sort: a journal, a book, proceedings, a series (RIS `T2`).
    ContainerTitle,
    /// Title of a book or of proceedings (RIS `BT`, MEDLINE `BTI`).
    BookTitle,
    /// Title of a series (RIS `T3`).
    SeriesTitle,
    /// Year of publication (RIS `PY`).
    Year,
    /// Date of publication, in any of the exports' spellings (RIS `Y1`, `DA`; MEDLINE `DP`).
    Date,
    /// A date that is not that of the printed publication: electronic publication, early access, entry (RIS `Y2`, MEDLINE `DEP`).
    OtherDate,
    /// Volume.
    Volume,
    /// Issue.
    Issue,
    /// First page, or the whole range, or an article number where the export puts it there (RIS `SP`, MEDLINE `PG`).
    Pages,
    /// Last page (RIS `EP`).
    LastPage,
    /// Article number (Scopus `C7`, Web of Science `AR`).
    ArticleNumber,
    /// DOI, or a value that holds one in a place meant for it.
    Doi,
    /// PubMed identifier.
    Pmid,
    /// PubMed Central identifier.
    Pmcid,
    /// The identifier by which the export itself knows the record (RIS `ID`, `AN`; `%M`; rec-number).
    Accession,
    /// ISSN or ISBN, possibly several in one value.
    SerialNumber,
    /// A keyword, where the export does not tell author keywords from headings (RIS `KW`).
    Keyword,
    /// An author keyword (MEDLINE `OT`, Web of Science `DE`).
    AuthorKeyword,
    /// A subject heading with its qualifiers (MEDLINE `MH`, Ovid `KW`).
    Heading,
    /// Name of a substance or supplementary concept (MEDLINE `RN`, `NM`).
    Substance,
    /// Language.
    Language,
    /// Publication type (MEDLINE `PT`, RIS `M3`).
    PublicationType,
    /// Publisher.
    Publisher,
    /// Place or country of publication.
    Place,
    /// Affiliation of an author.
    Affiliation,
    /// Link.
    Url,
    /// Note.
    Note,
    /// Table of contents (PsycINFO).
    Contents,
    /// Name or code of the database (RIS `DB`).
    Database,
    /// Name of the platform (RIS `DP`).
    Provider,
    /// A work that this one cites; its identifiers are never those of the record.
    CitedReference,
    /// Number in a trial registry or other secondary source (MEDLINE `SI`).
    RegistryNumber,
    /// Edition.
    Edition,
    /// What people or a machine decided about the record while screening it (Rayyan, Covidence, ASReview).
    Decision,
    /// Where the record and those merged into it came from, as refsieve wrote it.
    Provenance,
    /// Anything else: kept, not interpreted.
    Other,
}

impl Field {
    /// Every field, in order.
    pub const ALL: &'static [Field] = &[
        Field::Kind,
        Field::Title,
        Field::OriginalTitle,
        Field::ShortTitle,
        Field::Abstract,
        Field::Author,
        Field::FullAuthor,
        Field::Editor,
        Field::CorporateAuthor,
        Field::Journal,
        Field::JournalAbbreviation,
        Field::ContainerTitle,
        Field::BookTitle,
        Field::SeriesTitle,
        Field::Year,
        Field::Date,
        Field::OtherDate,
        Field::Volume,
        Field::Issue,
        Field::Pages,
        Field::LastPage,
        Field::ArticleNumber,
        Field::Doi,
        Field::Pmid,
        Field::Pmcid,
        Field::Accession,
        Field::SerialNumber,
        Field::Keyword,
        Field::AuthorKeyword,
        Field::Heading,
        Field::Substance,
        Field::Language,
        Field::PublicationType,
        Field::Publisher,
        Field::Place,
        Field::Affiliation,
        Field::Url,
        Field::Note,
        Field::Contents,
        Field::Database,
        Field::Provider,
        Field::CitedReference,
        Field::RegistryNumber,
        Field::Edition,
        Field::Decision,
        Field::Provenance,
        Field::Other,
    ];
}

impl Field {
    /// The name as it is shown and as JSON has it: the variant's, in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().position(|known| *known == name).map(|at| Self::ALL[at])
    }
}

/// A set of fields, a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FieldSet(u64);

impl FieldSet {
    /// These fields.
    pub(crate) const fn of(fields: &[Field]) -> Self {
        const { assert!(Field::ALL.len() <= u64::BITS as usize) };
        let mut set = Self(0);
        let mut at = 0;
        while at < fields.len() {
            set.insert(fields[at]);
            at += 1;
        }
        set
    }

    pub(crate) const fn has(self, field: Field) -> bool {
        self.0 >> field as u64 & 1 == 1
    }

    pub(crate) const fn insert(&mut self, field: Field) {
        self.0 |= 1 << field as u64;
    }
}

impl FromIterator<Field> for FieldSet {
    fn from_iter<T: IntoIterator<Item = Field>>(fields: T) -> Self {
        let mut set = Self::default();
        fields.into_iter().for_each(|field| set.insert(field));
        set
    }
}

/// The names of the fields, in their order.
const NAMES: [&str; Field::ALL.len()] = [
    "kind",
    "title",
    "original-title",
    "short-title",
    "abstract",
    "author",
    "full-author",
    "editor",
    "corporate-author",
    "journal",
    "journal-abbreviation",
    "container-title",
    "book-title",
    "series-title",
    "year",
    "date",
    "other-date",
    "volume",
    "issue",
    "pages",
    "last-page",
    "article-number",
    "doi",
    "pmid",
    "pmcid",
    "accession",
    "serial-number",
    "keyword",
    "author-keyword",
    "heading",
    "substance",
    "language",
    "publication-type",
    "publisher",
    "place",
    "affiliation",
    "url",
    "note",
    "contents",
    "database",
    "provider",
    "cited-reference",
    "registry-number",
    "edition",
    "decision",
    "provenance",
    "other",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_variants() {
        for (at, field) in Field::ALL.iter().enumerate() {
            assert_eq!(*field as usize, at);
            let name: String = field.name().split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
            assert_eq!(format!("{field:?}"), name);
            assert_eq!(Field::named(field.name()), Some(*field));
        }
    }
}
