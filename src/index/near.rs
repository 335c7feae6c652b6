//! Runs patterns and positional expressions over one chunk of the index.
//!
//! Goes in: a [`Phrase`] or a [`TermPattern`] and the dictionary and postings of one place. Comes out: the documents of
//! the chunk that match. Documents come first, by uniting and intersecting; positions are read only for the documents
//! that have all the words an expression needs, and only for words that stand in one with distances.

use super::docs::Docs;
use super::occurrences::{OpenPlace, doc_of, docs_with_span};
use super::spans::{Shape, count_apart, spans};
use super::terms::{Expansion, TermPattern, expand};
use std::io;
use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

/// A positional expression: its words, and how they must stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The words, possibly truncated; the shape refers to them by number.
    pub words: Vec<TermPattern>,
    /// How they must stand.
    pub shape: Shape,
    /// How often, at least; in a place without positions once is all that can be told.
    pub at_least: u32,
    /// Words that take no place in the counting of distances, where there are any.
    pub uncounted: Vec<String>,
}

/// What one chunk finds.
pub(super) struct ChunkHits {
    pub(super) docs: Docs,
    /// For each word the number of terms it stands for in this chunk.
    pub(super) forms: Vec<usize>,
}

/// The documents that `phrase` matches; `Err` of the inner result names the word that has more forms than `limit`.
pub(super) fn find(place: &OpenPlace, bound: u32, phrase: &Phrase, limit: usize) -> io::Result<Result<ChunkHits, usize>> {
    let dictionary = &*place.dictionary;
    let mut words = Vec::with_capacity(phrase.words.len());
    for (number, word) in phrase.words.iter().enumerate() {
        match expand(dictionary, word, limit)? {
            Expansion::Terms(terms) => words.push(terms),
            Expansion::TooMany => return Ok(Err(number)),
        }
    }
    let mut uncounted = Vec::new();
    for word in &phrase.uncounted {
        uncounted.extend(dictionary.terms().get(word)?);
    }
    let chunk = Chunk { place, bound, words: &words, uncounted: &uncounted };
    let mut lists = words.clone();
    let shape = &merged(&phrase.shape, &mut lists);
    let chunk = Chunk { words: &lists, ..chunk };
    let docs = if phrase.at_least > 1 {
        chunk.at_positions(shape, &chunk.candidates(shape)?, phrase.at_least as usize)?
    } else if !phrase.uncounted.is_empty() && !matches!(shape, Shape::Word(_)) {
        chunk.at_positions(shape, &chunk.candidates(shape)?, 1)?
    } else {
        chunk.matching(shape)?
    };
    Ok(Ok(ChunkHits { docs, forms: words.iter().map(Vec::len).collect() }))
}

/// `shape` with each OR of words alone in it as one word, whose terms, added to `words`, are those of all of them: their
/// positions are then put in order once a chunk and not once a document.
fn merged(shape: &Shape, words: &mut Vec<Vec<TermInfo>>) -> Shape {
    let mut all = |shapes: &[Shape]| shapes.iter().map(|shape| merged(shape, words)).collect::<Vec<Shape>>();
    match shape {
        Shape::Word(_) | Shape::Skip(_) => shape.clone(),
        Shape::Sequence(parts) => Shape::Sequence(all(parts)),
        Shape::Near { n, left, right } => Shape::Near { n: *n, left: Box::new(merged(left, words)), right: Box::new(merged(right, words)) },
        Shape::Or(parts) => {
            let mut parts = all(parts);
            let alone: Vec<usize> = parts.iter().filter_map(|part| if let Shape::Word(word) = part { Some(*word) } else { None }).collect();
            if alone.len() < 2 {
                return Shape::Or(parts);
            }
            let mut terms: Vec<TermInfo> = alone.iter().filter_map(|word| words.get(*word)).flatten().cloned().collect();
            // Two truncations may stand for the same term.
            terms.sort_unstable_by_key(|term| term.postings_range.start);
            terms.dedup_by_key(|term| term.postings_range.start);
            words.push(terms);
            parts.retain(|part| !matches!(part, Shape::Word(_)));
            let word = Shape::Word(words.len() - 1);
            if parts.is_empty() {
                return word;
            }
            parts.push(word);
            Shape::Or(parts)
        }
    }
}

/// The documents that have any of `terms`.
pub(super) fn union(dictionary: &InvertedIndexReader, bound: u32, terms: &[TermInfo]) -> io::Result<Docs> {
    let mut docs = Docs::new(bound);
    let mut terms = terms.iter();
    let Some(first) = terms.next() else { return Ok(docs) };
    let mut block = dictionary.read_block_postings_from_terminfo(first, IndexRecordOption::Basic)?;
    loop {
        while block.block_len() > 0 {
            block.docs().iter().for_each(|doc| docs.insert(*doc));
            block.advance();
        }
        let Some(term) = terms.next() else { return Ok(docs) };
        dictionary.reset_block_postings_from_terminfo(term, &mut block)?;
    }
}

struct Chunk<'a> {
    place: &'a OpenPlace,
    bound: u32,
    /// For each word of the phrase its terms.
    words: &'a [Vec<TermInfo>],
    uncounted: &'a [TermInfo],
}

/// Where one word stands: document and position in one number, ascending.
struct Occurrences {
    places: Vec<u64>,
    read_to: usize,
}

impl Chunk<'_> {
    /// The documents that match `shape`.
    fn matching(&self, shape: &Shape) -> io::Result<Docs> {
        match shape {
            Shape::Word(word) => self.with_word(*word),
            Shape::Skip(_) => Ok(Docs::new(self.bound)),
            Shape::Or(alternatives) => self.united(alternatives, Self::matching),
            Shape::Sequence(parts) if parts.len() == 1 => self.united(parts, Self::matching),
            Shape::Sequence(_) | Shape::Near { .. } => self.at_positions(shape, &self.candidates(shape)?, 1),
        }
    }

    /// The documents that have the words `shape` needs, wherever they stand: a superset of the matching ones.
    fn candidates(&self, shape: &Shape) -> io::Result<Docs> {
        match shape {
            Shape::Word(word) => self.with_word(*word),
            Shape::Skip(_) => Ok(Docs::new(self.bound)),
            Shape::Or(alternatives) => self.united(alternatives, Self::candidates),
            Shape::Sequence(parts) => self.intersected(parts.iter().filter(|part| !matches!(part, Shape::Skip(_)))),
            Shape::Near { left, right, .. } => self.intersected([&**left, &**right].into_iter()),
        }
    }

    fn with_word(&self, word: usize) -> io::Result<Docs> {
        union(&self.place.dictionary, self.bound, self.words.get(word).map(Vec::as_slice).unwrap_or_default())
    }

    fn united(&self, shapes: &[Shape], docs_of: impl Fn(&Self, &Shape) -> io::Result<Docs>) -> io::Result<Docs> {
        let mut docs = Docs::new(self.bound);
        for shape in shapes {
            docs.unite(&docs_of(self, shape)?);
        }
        Ok(docs)
    }

    fn intersected<'s>(&self, mut shapes: impl Iterator<Item = &'s Shape>) -> io::Result<Docs> {
        let Some(first) = shapes.next() else { return Ok(Docs::new(self.bound)) };
        let mut docs = self.candidates(first)?;
        for shape in shapes {
            docs.intersect(&self.candidates(shape)?);
        }
        Ok(docs)
    }

    /// Those of `candidates` in which `shape` has a span, or so many that do not overlap.
    fn at_positions(&self, shape: &Shape, candidates: &Docs, at_least: usize) -> io::Result<Docs> {
        let mut docs = Docs::new(self.bound);
        if candidates.len() == 0 {
            return Ok(docs);
        }
        // Leaving words out of the count brings others nearer to each other than they stand.
        let candidates = &if self.uncounted.is_empty() { self.narrowed(shape, candidates)? } else { candidates.clone() };
        let mut used = vec![false; self.words.len()];
        mark_words(shape, &mut used);
        let mut occurrences = Vec::with_capacity(self.words.len());
        for (terms, used) in self.words.iter().zip(used) {
            occurrences.push(if used { self.place.occurrences(terms, candidates)? } else { Vec::new() });
        }
        if at_least == 1
            && self.uncounted.is_empty()
            && let Some(found) = docs_with_span(shape, &occurrences, self.bound)
        {
            return Ok(found);
        }
        let mut occurrences: Vec<Occurrences> = occurrences.into_iter().map(Occurrences::new).collect();
        let mut uncounted = Occurrences::new(self.place.occurrences(self.uncounted, candidates)?);
        let mut positions: Vec<Vec<u32>> = vec![Vec::new(); self.words.len()];
        let mut skipped = Vec::new();
        for doc in candidates.iter() {
            for (positions, occurrences) in positions.iter_mut().zip(&mut occurrences) {
                occurrences.read(doc, positions);
            }
            if !self.uncounted.is_empty() {
                uncounted.read(doc, &mut skipped);
                positions.iter_mut().flatten().for_each(|at| *at -= skipped.partition_point(|skipped| skipped < at) as u32);
            }
            if count_apart(spans(shape, &positions)) >= at_least {
                docs.insert(doc);
            }
        }
        Ok(docs)
    }

    /// Those of `candidates` in which every part of `shape` has a span that is itself about positions: one pair of a chain
    /// rules out most documents before the positions of the rest are read.
    fn narrowed(&self, shape: &Shape, candidates: &Docs) -> io::Result<Docs> {
        let parts: Vec<&Shape> = match shape {
            Shape::Near { left, right, .. } => vec![left, right],
            Shape::Sequence(parts) => parts.iter().collect(),
            Shape::Word(_) | Shape::Skip(_) | Shape::Or(_) => Vec::new(),
        };
        let mut left = candidates.clone();
        for part in parts.into_iter().filter(|part| matches!(part, Shape::Near { .. } | Shape::Sequence(_))) {
            left = self.at_positions(part, &left, 1)?;
        }
        Ok(left)
    }
}

impl Occurrences {
    fn new(places: Vec<u64>) -> Self {
        Self { places, read_to: 0 }
    }

    /// Replaces `positions` by those in `doc`; documents must be asked for in ascending order.
    fn read(&mut self, doc: u32, positions: &mut Vec<u32>) {
        positions.clear();
        let rest = &self.places[self.read_to..];
        let here = rest.iter().take_while(|place| doc_of(**place) == doc);
        positions.extend(here.map(|place| *place as u32));
        self.read_to += positions.len();
    }
}

fn mark_words(shape: &Shape, used: &mut [bool]) {
    match shape {
        Shape::Word(word) => {
            if let Some(used) = used.get_mut(*word) {
                *used = true;
            }
        }
        Shape::Skip(_) => {}
        Shape::Sequence(parts) | Shape::Or(parts) => parts.iter().for_each(|part| mark_words(part, used)),
        Shape::Near { left, right, .. } => {
            mark_words(left, used);
            mark_words(right, used);
        }
    }
}
