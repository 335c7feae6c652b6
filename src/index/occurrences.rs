//! Where the words of one place stand in one chunk.
//!
//! Goes in: terms of the place and the documents that matter. Comes out: every occurrence there, document and position
//! in one number, ascending; lists of such numbers are then walked side by side. Positions are read a block of postings
//! at a time: asking for them document by document adds up the frequencies of the block anew for each.

use super::docs::Docs;
use super::spans::Shape;
use std::io;
use std::sync::Arc;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::positions::PositionReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader};

/// Where seeking a candidate costs less than reading on: so many postings for each candidate.
const SEEK_WHEN_RARER: usize = 64;

/// One place of a chunk, opened.
pub(super) struct OpenPlace {
    pub(super) dictionary: Arc<InvertedIndexReader>,
    /// The positions of all its terms; empty where the place keeps none.
    positions: OwnedBytes,
}

impl OpenPlace {
    /// The place `field`, whose positions stand in `positions` if it has any.
    pub(super) fn open(dictionary: Arc<InvertedIndexReader>, positions: &CompositeFile, field: Field) -> io::Result<Self> {
        let positions = positions.open_read(field).map_or_else(|| Ok(OwnedBytes::empty()), |file| file.read_bytes())?;
        Ok(Self { dictionary, positions })
    }

    /// Every occurrence of `terms` in `candidates`, ascending, each once.
    pub(super) fn occurrences(&self, terms: &[TermInfo], candidates: &Docs) -> io::Result<Vec<u64>> {
        let mut found = Vec::new();
        let count = candidates.len();
        for term in terms {
            if count.saturating_mul(SEEK_WHEN_RARER) < term.doc_freq as usize {
                self.seek(term, candidates, &mut found)?;
            } else {
                self.read(term, candidates, &mut found)?;
            }
        }
        if terms.len() > 1 {
            sort_runs(&mut found);
            // Two forms of one word stand at one position.
            found.dedup();
        }
        Ok(found)
    }

    /// Looks up the candidates one by one.
    fn seek(&self, term: &TermInfo, candidates: &Docs, found: &mut Vec<u64>) -> io::Result<()> {
        let mut postings = self.dictionary.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
        let mut positions = Vec::new();
        for doc in candidates.iter() {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.positions(&mut positions);
                found.extend(positions.iter().map(|position| occurrence(doc, *position)));
            }
        }
        Ok(())
    }

    /// Goes through all documents of the term.
    fn read(&self, term: &TermInfo, candidates: &Docs, found: &mut Vec<u64>) -> io::Result<()> {
        if self.positions.is_empty() {
            return Ok(());
        }
        let mut block = self.dictionary.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
        let mut reader = PositionReader::open(self.positions.slice(term.positions_range.clone()))?;
        let mut steps = Vec::new();
        let mut first = 0;
        while block.block_len() > 0 {
            let length: u32 = block.freqs().iter().sum();
            if block.docs().iter().any(|doc| candidates.contains(*doc)) {
                steps.resize(length as usize, 0);
                reader.read(first, &mut steps);
                let mut rest = steps.as_slice();
                for (doc, count) in block.docs().iter().zip(block.freqs()) {
                    let here;
                    (here, rest) = rest.split_at(*count as usize);
                    if candidates.contains(*doc) {
                        let mut position = 0;
                        found.extend(here.iter().map(|step| {
                            position += step;
                            occurrence(*doc, position)
                        }));
                    }
                }
            }
            first += u64::from(length);
            block.advance();
        }
        Ok(())
    }
}

#[expect(clippy::stable_sort_primitive, reason = "that sort merges the ascending lists it finds, one a term")]
fn sort_runs(list: &mut [u64]) {
    list.sort();
}

fn occurrence(doc: u32, position: u32) -> u64 {
    u64::from(doc) << 32 | u64::from(position)
}

/// The document of an occurrence.
pub(super) fn doc_of(occurrence: u64) -> u32 {
    (occurrence >> 32) as u32
}

/// The documents in which `shape` has a span, for the shapes that most expressions have: two words near each other, or
/// words one after the other. `None` for any other shape. `occurrences[i]` are those of word `i`.
pub(super) fn docs_with_span(shape: &Shape, occurrences: &[Vec<u64>], bound: u32) -> Option<Docs> {
    let of = |word: &usize| occurrences.get(*word).map(Vec::as_slice).unwrap_or_default();
    let mut docs = Docs::new(bound);
    match shape {
        Shape::Near { n, left, right } => match (&**left, &**right) {
            (Shape::Word(left), Shape::Word(right)) => insert_near(of(left), of(right), u64::from(*n), &mut docs),
            _ => return None,
        },
        Shape::Sequence(parts) => {
            let mut parts = parts.iter();
            let Some(Shape::Word(first)) = parts.next() else { return None };
            let mut ends = of(first).to_vec();
            let mut skip = 0;
            for part in parts {
                match part {
                    Shape::Skip(words) => skip += u64::from(*words),
                    Shape::Word(word) => {
                        keep_next(&mut ends, of(word), 1 + std::mem::take(&mut skip));
                    }
                    _ => return None,
                }
            }
            for end in ends {
                docs.insert(doc_of(end));
            }
        }
        _ => return None,
    }
    Some(docs)
}

/// Adds the documents in which two different occurrences, one of each list, are at most `n` apart.
fn insert_near(mut left: &[u64], mut right: &[u64], n: u64, docs: &mut Docs) {
    let is_near = |at: u64, next: Option<&u64>| next.is_some_and(|next| *next != at && doc_of(*next) == doc_of(at) && next - at <= n);
    while let (Some((&a, left_rest)), Some((&b, right_rest))) = (left.split_first(), right.split_first()) {
        let is_found = if a == b {
            // The next of either side may be near the other one here.
            is_near(a, left_rest.first()) || is_near(a, right_rest.first())
        } else {
            doc_of(a) == doc_of(b) && a.abs_diff(b) <= n
        };
        if is_found {
            docs.insert(doc_of(a));
            (left, right) = (after_doc(left_rest, a), after_doc(right_rest, a));
        } else {
            if a <= b {
                left = left_rest;
            }
            if b <= a {
                right = right_rest;
            }
        }
    }
}

/// What of `list` lies behind the document of `occurrence`, before which nothing of it lies.
fn after_doc(list: &[u64], occurrence: u64) -> &[u64] {
    let here = list.iter().take_while(|next| doc_of(**next) == doc_of(occurrence)).count();
    &list[here..]
}

/// Replaces `ends` by those of `list` that stand `distance` after one of them.
fn keep_next(ends: &mut Vec<u64>, mut list: &[u64], distance: u64) {
    ends.retain_mut(|end| {
        let target = *end + distance;
        while list.first().is_some_and(|first| *first < target) {
            list = &list[1..];
        }
        *end = target;
        list.first() == Some(&target)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::spans::spans;
    use crate::index::{Contents, Found, Index, Phrase, Place, TermPattern, phrase_count};
    use crate::record::{Field, Record, RecordBuilder, Source};
    use proptest::prelude::*;

    fn shapes() -> impl Strategy<Value = Shape> {
        let word = || (0usize..3).prop_map(Shape::Word);
        let near = (1u8..4, word(), word()).prop_map(|(n, left, right)| Shape::Near { n, left: Box::new(left), right: Box::new(right) });
        let part = prop_oneof![3 => word(), 1 => (1u32..3).prop_map(Shape::Skip)];
        let sequence = (word(), prop::collection::vec(part, 0..3), word())
            .prop_map(|(first, inner, last)| Shape::Sequence([vec![first], inner, vec![last]].concat()));
        prop_oneof![near, sequence]
    }

    /// A thousand records in one chunk: lists of several blocks, and words so rare that their documents are sought.
    #[test]
    fn long_lists_are_read_and_sought_alike() {
        let source = Arc::new(Source::default());
        let record = |at: usize| {
            let mut builder = RecordBuilder::default();
            let front = match at % 250 {
                0 => "seldom",
                125 => "seldom or",
                odd if odd % 2 == 1 => "often",
                _ => "often or",
            };
            builder.push_text("TI", Field::Title, &format!("{}{front} common", "common then ".repeat(at % 4)));
            builder.finish(&source, 0..0, (1, 1), 1)
        };
        let records: Vec<Record> = (0..1_000).map(record).collect();
        let index = Index::build(&records, &()).unwrap();
        for rare in ["seldom", "often"] {
            let near = Shape::Near { n: 1, left: Box::new(Shape::Word(0)), right: Box::new(Shape::Word(1)) };
            for shape in [near, Shape::Sequence(vec![Shape::Word(0), Shape::Word(1)])] {
                let words = vec![TermPattern::exact(rare), TermPattern::exact("common")];
                let phrase = Phrase { words, shape, at_least: 1, uncounted: Vec::new() };
                let place = Place::Words(Field::Title);
                let Found::Records { records: found, .. } = index.find(place, &phrase, 100).unwrap() else { panic!("few forms") };
                let has = |at: &u32| phrase_count(&phrase, Contents::of(&records[*at as usize]).terms(place)) > 0;
                let expected: Vec<u32> = (0..1_000).filter(has).collect();
                assert!(expected.len() >= 4 && expected.len() < 1_000, "{rare}");
                assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{rare}");
            }
        }
    }

    proptest! {
        #[test]
        fn lists_walked_side_by_side_agree_with_all_spans(
            shape in shapes(),
            words in prop::collection::vec(prop::collection::btree_set((0u32..4, 0u32..9), 0..14), 3),
        ) {
            let lists: Vec<Vec<u64>> = words.iter().map(|word| word.iter().map(|(doc, at)| occurrence(*doc, *at)).collect()).collect();
            let mut expected = Docs::new(4);
            for doc in 0..4 {
                let of_doc = |word: &std::collections::BTreeSet<(u32, u32)>| word.iter().filter(|(of, _)| *of == doc).map(|(_, at)| *at).collect();
                let positions: Vec<Vec<u32>> = words.iter().map(of_doc).collect();
                if !spans(&shape, &positions).is_empty() {
                    expected.insert(doc);
                }
            }
            prop_assert_eq!(docs_with_span(&shape, &lists, 4), Some(expected), "{:?} {:?}", shape, words);
        }
    }
}
