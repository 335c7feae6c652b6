//! The field codes of Ovid's databases: what each is called, how it is indexed, and which values of a record it covers.
//!
//! Goes in: a code of a suffix. Comes out: a row of [`FIELD_CODES`]. What a code covers is the union over MEDLINE, Embase
//! and PsycInfo where they agree, and MEDLINE's reading where they do not; a code whose data no export carries is known
//! and covers nothing, which is not the same as unknown.

use crate::record::field::Field;

/// How a field is indexed, and so what a query in it must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// Word by word: a query matches anywhere in an entry.
    Word,
    /// As a whole: a query must match an entire entry (`trial.pt.` does not find "Clinical Trial").
    Phrase,
    /// A date or a number.
    Date,
}

/// One field code.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldCode {
    /// Two letters, lower case.
    pub code: &'static str,
    /// What Ovid calls the field.
    pub name: &'static str,
    /// How it is indexed.
    pub kind: CodeKind,
    /// The fields of a record it covers; empty where no export carries them.
    pub fields: &'static [Field],
}

/// The row of a code, whatever its case; `None` for a code that no Ovid database has.
///
/// ```
/// use refsieve::strategy::field_code;
/// assert_eq!(field_code("TI").map(|code| code.name), Some("title"));
/// assert!(field_code("zz").is_none());
/// ```
#[must_use]
pub fn field_code(code: &str) -> Option<&'static FieldCode> {
    FIELD_CODES.iter().find(|row| row.code.eq_ignore_ascii_case(code))
}

/// The code whose fields an expression without a suffix is searched in.
pub const DEFAULT_CODE: &str = "mp";

/// The known codes that a person may have meant by `unknown`, the likeliest first, at most three: those it begins or
/// contains (`tiab` holds `ti` and `ab`), then those one letter away.
#[must_use]
pub fn nearest_codes(unknown: &str) -> Vec<&'static str> {
    let unknown = unknown.to_ascii_lowercase();
    let pieces = unknown.as_bytes().chunks(2).filter_map(|piece| std::str::from_utf8(piece).ok());
    let mut near: Vec<&'static str> = pieces.filter_map(field_code).map(|row| row.code).collect();
    near.extend(COMMON.iter().copied().filter(|code| unknown.contains(code)));
    let letters = |code: &str| code.bytes().zip(unknown.bytes()).filter(|(a, b)| a == b).count();
    near.extend(COMMON.iter().copied().filter(|code| letters(code) > 0));
    near.extend(FIELD_CODES.iter().map(|row| row.code).filter(|code| letters(code) > 0));
    let mut kept: Vec<&'static str> = Vec::new();
    for code in near {
        if !kept.contains(&code) {
            kept.push(code);
        }
    }
    kept.truncate(3);
    kept
}

/// The codes that published strategies use most, most frequent first: a slip is likelier to be one of these.
const COMMON: &[&str] = &["tw", "mp", "ti", "ab", "pt", "sh", "kf", "ot", "fs", "kw", "af", "au", "hw"];

use CodeKind::{Date, Phrase, Word};

const fn row(code: &'static str, kind: CodeKind, name: &'static str, fields: &'static [Field]) -> FieldCode {
    FieldCode { code, name, kind, fields }
}

/// Exports that do not tell author keywords from headings put both into `Keyword`, so it counts as either.
const HEADINGS: &[Field] = &[Field::Heading, Field::Keyword];
const KEYWORDS: &[Field] = &[Field::AuthorKeyword, Field::Keyword];
const JOURNALS: &[Field] = &[Field::Journal, Field::JournalAbbreviation, Field::ContainerTitle];
const AUTHORS: &[Field] = &[Field::Author, Field::FullAuthor, Field::CorporateAuthor];
/// What Ovid MEDLINE prints after `.mp.`: title, abstract, original title, name of substance word, subject heading word,
/// floating sub-heading word, keyword heading word, supplementary concept words, unique identifier.
const MULTI_PURPOSE: &[Field] = &[
    Field::Title,
    Field::OriginalTitle,
    Field::BookTitle,
    Field::Abstract,
    Field::Substance,
    Field::Heading,
    Field::Keyword,
    Field::AuthorKeyword,
    Field::Accession,
    Field::Pmid,
];
/// Everything a person may search for; not links, types of the export, or works that are merely cited.
const ALL_FIELDS: &[Field] = &[
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
    Field::Note,
    Field::Contents,
    Field::RegistryNumber,
    Field::Edition,
];

/// Every known code, the most used first within each group.
pub const FIELD_CODES: &[FieldCode] = &[
    // Words of the text.
    row("ti", Word, "title", &[Field::Title]),
    row("ab", Word, "abstract", &[Field::Abstract]),
    row("tw", Word, "text word", &[Field::Title, Field::Abstract]),
    row("mp", Word, "multi-purpose", MULTI_PURPOSE),
    row("af", Word, "all searchable fields", ALL_FIELDS),
    row("ot", Word, "original title", &[Field::OriginalTitle]),
    row("bt", Word, "book title", &[Field::BookTitle, Field::ContainerTitle]),
    row("tc", Word, "table of contents", &[Field::Contents]),
    // Keywords and headings.
    row("kf", Word, "keyword heading word", KEYWORDS),
    row("kw", Phrase, "keyword heading", KEYWORDS),
    row("id", Word, "key concepts", KEYWORDS),
    row("sh", Phrase, "subject heading", HEADINGS),
    row("hw", Word, "subject heading word", HEADINGS),
    row("mh", Phrase, "MeSH heading", HEADINGS),
    row("mf", Word, "MeSH word", HEADINGS),
    row("de", Phrase, "descriptor", HEADINGS),
    row("dw", Word, "descriptor word", HEADINGS),
    row("fs", Phrase, "floating subheading", &[Field::Heading]),
    row("xs", Phrase, "floating subheading, exploded", &[Field::Heading]),
    row("fx", Phrase, "floating subheading, exploded", &[Field::Heading]),
    row("dj", Phrase, "major heading (Embase)", &[]),
    row("mj", Phrase, "major heading (PsycInfo)", &[]),
    row("dm", Word, "device manufacturer", &[]),
    row("dv", Word, "device trade name", &[]),
    row("tn", Word, "drug trade name", &[]),
    row("mn", Word, "drug manufacturer", &[]),
    row("dq", Word, "candidate term word", &[]),
    row("tm", Phrase, "tests and measures", &[]),
    row("md", Phrase, "methodology", &[]),
    row("po", Phrase, "population group", &[]),
    row("ag", Phrase, "age group", &[]),
    row("nm", Word, "name of substance word", &[Field::Substance]),
    row("rn", Phrase, "registry number", &[Field::Substance]),
    row("nw", Word, "journal name word (NLM)", JOURNALS),
    row("rs", Word, "rare disease supplementary concept word", &[Field::Substance]),
    row("px", Word, "protocol supplementary concept word", &[Field::Substance]),
    row("ox", Word, "organism supplementary concept word", &[Field::Substance]),
    row("ps", Word, "population supplementary concept word", &[Field::Substance]),
    row("rx", Word, "rare disease supplementary concept word", &[Field::Substance]),
    row("sy", Word, "synonyms", &[]),
    row("pt", Phrase, "publication type", &[Field::PublicationType, Field::Kind]),
    // People and places.
    row("au", Phrase, "author", AUTHORS),
    row("fa", Phrase, "full author name", AUTHORS),
    row("ax", Phrase, "author's last name", AUTHORS),
    row("pa", Phrase, "primary author", AUTHORS),
    row("in", Word, "institution", &[Field::Affiliation]),
    row("cp", Phrase, "country of publication", &[Field::Place]),
    row("pu", Word, "publisher", &[Field::Publisher]),
    // The journal and the place in it.
    row("jn", Phrase, "journal name", &[Field::Journal, Field::ContainerTitle]),
    row("jx", Word, "journal word", JOURNALS),
    row("jw", Word, "journal word", JOURNALS),
    row("ja", Phrase, "journal abbreviation", &[Field::JournalAbbreviation]),
    row("nj", Phrase, "journal name (NLM)", JOURNALS),
    row("jc", Phrase, "journal code", &[]),
    row(
        "so",
        Word,
        "source",
        &[
            Field::Journal,
            Field::JournalAbbreviation,
            Field::ContainerTitle,
            Field::Year,
            Field::Date,
            Field::Volume,
            Field::Issue,
            Field::Pages,
            Field::LastPage,
        ],
    ),
    row("vo", Phrase, "volume", &[Field::Volume]),
    row("ip", Phrase, "issue", &[Field::Issue]),
    row("pg", Phrase, "page", &[Field::Pages, Field::LastPage, Field::ArticleNumber]),
    row("is", Phrase, "ISSN", &[Field::SerialNumber]),
    // Dates. Those of entry, creation and change have a place of their own in the index, by the tags of exports.
    row("yr", Date, "year of publication", &[Field::Year, Field::Date]),
    row("dp", Date, "date of publication", &[Field::Date, Field::Year]),
    row("ed", Date, "entry date", &[]),
    row("ep", Date, "date of electronic publication", &[]),
    row("ez", Date, "Entrez date", &[]),
    row("da", Date, "date created", &[]),
    row("dc", Date, "date created", &[]),
    row("dd", Date, "date delivered", &[]),
    row("dt", Date, "create date", &[]),
    row("em", Date, "entry week", &[]),
    row("up", Date, "update code", &[]),
    row("rd", Date, "revision date", &[]),
    // Languages, identifiers, the rest.
    row("lg", Phrase, "language", &[Field::Language]),
    row("la", Phrase, "language", &[Field::Language]),
    row("ui", Phrase, "unique identifier", &[Field::Accession, Field::Pmid, Field::Doi]),
    row("an", Phrase, "accession number", &[Field::Accession]),
    row("pm", Phrase, "PubMed identifier", &[Field::Pmid]),
    row("do", Phrase, "DOI", &[Field::Doi]),
    row("si", Phrase, "secondary source identifier", &[Field::RegistryNumber]),
    row("sb", Phrase, "subset", &[]),
    row("st", Phrase, "status", &[]),
    row("gi", Word, "grant information", &[]),
    row("no", Word, "grant number", &[]),
    row("pi", Phrase, "publishing model", &[]),
    row("cm", Word, "comments", &[]),
    row("ci", Word, "citation links", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_two_letters_and_stand_once() {
        for (index, row) in FIELD_CODES.iter().enumerate() {
            assert!(row.code.len() == 2 && row.code.bytes().all(|byte| byte.is_ascii_lowercase()), "{}", row.code);
            assert!(FIELD_CODES[..index].iter().all(|other| other.code != row.code), "{}", row.code);
        }
        assert!(COMMON.iter().all(|code| field_code(code).is_some()));
    }

    #[test]
    fn text_words_do_not_reach_headings_and_the_default_fields_do() {
        let fields = |code| field_code(code).unwrap().fields;
        assert_eq!(fields("tw"), [Field::Title, Field::Abstract]);
        assert!(fields(DEFAULT_CODE).contains(&Field::Heading));
        assert!(fields(DEFAULT_CODE).iter().all(|field| fields("af").contains(field)));
    }

    #[test]
    fn slips_are_answered_with_the_codes_that_are_near() {
        for (unknown, expected) in [("tiab", "ti ab"), ("tx", "tw ti"), ("zz", "")] {
            let near = nearest_codes(unknown).join(" ");
            assert!(near.starts_with(expected), "{unknown}: {near}");
        }
    }
}
