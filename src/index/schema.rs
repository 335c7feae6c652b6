//! What of a record is indexed, and how: as words with positions, as whole entries, or both.
//!
//! One table decides it; the table is also what is asked when a field code names fields of the record.

use crate::record::Field;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// A part of the index: which entries of a record it holds, and whether it holds their words or the entries whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The words of this field's entries, with positions.
    Words(Field),
    /// The names of the qualifiers of all headings, word by word, with positions.
    QualifierWords,
    /// Each entry of this field as one term, folded: an author, a keyword, a publication type. For [`Field::Heading`]
    /// the descriptor alone, for [`Field::Year`] the year of publication wherever the record gives it.
    Entries(Field),
    /// The headings as [`super::HeadingTerm`] writes them: with and without qualifier, major topic or not.
    Headings,
    /// The qualifiers of all headings, each by its code and by its name.
    Qualifiers,
    /// The dates of milestones, as [`super::milestone_term`] writes them.
    Milestones,
}

/// The fields whose words are indexed, with positions.
const WORDS: &[Field] = &[
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
    Field::Database,
    Field::RegistryNumber,
    Field::Edition,
    Field::Other,
];

/// The fields whose entries are indexed whole.
const ENTRIES: &[Field] = &[
    Field::Kind,
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
    Field::Database,
    Field::Provider,
    Field::RegistryNumber,
    Field::Edition,
];

/// The fields of which one value may hold several entries, packed with semicolons or one a line. None of their entries
/// holds a semicolon itself.
const LISTS: &[Field] = &[
    Field::Author,
    Field::FullAuthor,
    Field::Editor,
    Field::CorporateAuthor,
    Field::SerialNumber,
    Field::Keyword,
    Field::AuthorKeyword,
    Field::Heading,
    Field::Substance,
    Field::Language,
    Field::PublicationType,
    Field::RegistryNumber,
];

/// The names under which the two tokenizers are registered.
pub(super) const WORD_TOKENIZER: &str = "words";
pub(super) const ENTRY_TOKENIZER: &str = "entries";

impl Place {
    /// Whether the words of this field are indexed.
    #[must_use]
    pub fn has_words(field: Field) -> bool {
        WORDS.contains(&field)
    }

    /// Whether the entries of this field are indexed whole.
    #[must_use]
    pub fn has_entries(field: Field) -> bool {
        ENTRIES.contains(&field)
    }

    /// Every place, in the order of the index's fields.
    pub(super) fn all() -> impl Iterator<Item = Place> {
        let words = WORDS.iter().map(|field| Place::Words(*field));
        let entries = ENTRIES.iter().map(|field| Place::Entries(*field));
        words.chain(entries).chain([Place::QualifierWords, Place::Headings, Place::Qualifiers, Place::Milestones])
    }

    /// The number of the index's field; `None` where this place is not indexed.
    pub(super) fn number(self) -> Option<usize> {
        Self::all().position(|place| place == self)
    }

    pub(super) fn has_positions(self) -> bool {
        matches!(self, Place::Words(_) | Place::QualifierWords)
    }
}

/// Whether one value of this field may hold several entries.
pub(super) fn is_list(field: Field) -> bool {
    LISTS.contains(&field)
}

/// The schema of the search library: one field a place, in order, nothing stored.
pub(super) fn schema() -> Schema {
    let mut builder = Schema::builder();
    for place in Place::all() {
        let (tokenizer, option) = if place.has_positions() {
            (WORD_TOKENIZER, IndexRecordOption::WithFreqsAndPositions)
        } else {
            (ENTRY_TOKENIZER, IndexRecordOption::Basic)
        };
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(false);
        builder.add_text_field(&format!("{place:?}"), TextOptions::default().set_indexing_options(indexing));
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_has_one_number_and_the_schema_follows_it() {
        let places: Vec<_> = Place::all().collect();
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
        let schema = schema();
        for (number, place) in places.iter().enumerate() {
            assert_eq!(place.number(), Some(number));
            assert_eq!(schema.get_field(&format!("{place:?}")).unwrap().field_id() as usize, number);
        }
        assert_eq!(Place::Words(Field::Url).number(), None);
        assert!(Field::ALL.iter().enumerate().all(|(number, field)| *field as usize == number));
    }
}
