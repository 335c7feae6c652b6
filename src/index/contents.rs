//! What the index holds of one record, without an index.
//!
//! Goes in: a record. Comes out: for each place the terms that indexing the record puts there, with their positions, made
//! by the same folding and the same tokenizers. For those who must say why a record is found or not.

use super::document::Texts;
use super::schema::Place;
use super::spans::{PositionSpan, spans};
use super::tokenizer::{Entries, Words, cut};
use super::{Phrase, spans::count_apart};
use crate::record::Record;
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// The terms of one record, place by place.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    places: Vec<(Place, Vec<Term>)>,
}

/// One term of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word, or the whole entry, folded.
    pub text: String,
    /// In a place of words: its position, from 0; forms of one word share it, and the words of another entry begin
    /// [`super::ENTRY_GAP`] further on. In a place of whole entries 0.
    pub position: u32,
}

impl Contents {
    /// What the index would hold of `record`.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut texts = Texts::new();
        texts.fill(record);
        let place = |(number, text): (usize, &str)| {
            let place = Place::all().nth(number)?;
            Some((place, if place.has_positions() { terms(Words::default(), text) } else { terms(Entries::default(), text) }))
        };
        Self { places: texts.filled().filter_map(place).collect() }
    }

    /// The terms of `place`, in the order of the record.
    #[must_use]
    pub fn terms(&self, place: Place) -> &[Term] {
        self.places.iter().find(|(known, _)| *known == place).map_or(&[], |(_, terms)| terms.as_slice())
    }

    /// Whether `term` stands in `place`.
    #[must_use]
    pub fn has(&self, place: Place, term: &str) -> bool {
        self.terms(place).iter().any(|known| known.text == cut(term))
    }
}

/// The words without those that take no place, at the positions they have then; beside each the position it had.
#[must_use]
pub fn counted_words(words: &[Term], uncounted: &[String]) -> Vec<(Term, u32)> {
    let is_uncounted = |word: &&Term| uncounted.contains(&word.text);
    let mut skipped: Vec<u32> = words.iter().filter(is_uncounted).map(|word| word.position).collect();
    skipped.dedup();
    let before = |position: u32| u32::try_from(skipped.partition_point(|at| *at < position)).unwrap_or(0);
    let counted = |word: &Term| (Term { position: word.position - before(word.position), ..word.clone() }, word.position);
    words.iter().filter(|word| !is_uncounted(word)).map(counted).collect()
}

/// Every span of `phrase` in `words`, ascending; none where so many as it asks for do not stand apart.
#[must_use]
pub fn phrase_spans(phrase: &Phrase, words: &[Term]) -> Vec<PositionSpan> {
    let found = all_spans(phrase, words);
    if phrase.at_least > 1 && count_apart(found.clone()) < phrase.at_least as usize { Vec::new() } else { found }
}

/// How often `phrase` stands in `words`, without overlap.
#[must_use]
pub fn phrase_count(phrase: &Phrase, words: &[Term]) -> usize {
    count_apart(all_spans(phrase, words))
}

fn all_spans(phrase: &Phrase, words: &[Term]) -> Vec<PositionSpan> {
    let positions: Vec<Vec<u32>> = phrase
        .words
        .iter()
        .map(|pattern| words.iter().filter(|word| pattern.matches(&word.text)).map(|word| word.position).collect())
        .collect();
    spans(&phrase.shape, &positions)
}

fn terms(mut tokenizer: impl Tokenizer, text: &str) -> Vec<Term> {
    let mut stream = tokenizer.token_stream(text);
    let mut terms = Vec::new();
    while stream.advance() {
        let token = stream.token();
        terms.push(Term { text: token.text.clone(), position: u32::try_from(token.position).unwrap_or(u32::MAX) });
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, RecordBuilder, Source};
    use std::sync::Arc;

    #[test]
    fn terms_are_those_of_the_index() {
        let mut builder = RecordBuilder::default();
        builder.push_text("TI", Field::Title, "Parkinson's peers");
        builder.push_text("KW", Field::Keyword, "Peer support; Hope");
        let contents = Contents::of(&builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1));
        let shown = |place| contents.terms(place).iter().map(|term| (term.text.as_str(), term.position)).collect::<Vec<_>>();
        assert_eq!(shown(Place::Words(Field::Title)), [("parkinsons", 0), ("parkinson", 0), ("peers", 1)]);
        assert_eq!(shown(Place::Words(Field::Keyword)), [("peer", 0), ("support", 1), ("hope", 1002)]);
        assert_eq!(shown(Place::Headings), [("peer support", 0), ("hope", 0)]);
        assert!(contents.has(Place::Headings, "hope") && !contents.has(Place::Headings, "hop"));
        assert_eq!(shown(Place::Words(Field::Abstract)), []);
    }
}
