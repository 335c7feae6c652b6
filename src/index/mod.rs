//! The only door to the search library: records in, sets of record numbers out.
//!
//! Goes in: records, once; then words, phrases with distances, whole entries. Comes out: bitmaps of record numbers,
//! counted from 0 in the order of the records. Knows nothing of strategies, field codes or thesauri; stores no record.
//!
//! The records are indexed in contiguous chunks, each a segment of its own built by one thread, so that document
//! numbers follow record numbers and the same records give the same index at any number of threads.

mod build;
mod contents;
mod docs;
mod document;
mod near;
mod occurrences;
mod placed;
mod schema;
mod spans;
mod terms;
mod tokenizer;

pub use contents::{Contents, Term, counted_words, phrase_count, phrase_spans};
pub use document::{HeadingTerm, milestone_term};
pub use near::Phrase;
pub use placed::{PlacedWord, placed_words};
pub use schema::Place;
pub use spans::{PositionSpan, Shape, spans};
pub use terms::{Piece, TermPattern};
pub use tokenizer::ENTRY_GAP;

use crate::error::{Error, ErrorKind, Result};
use crate::progress::Progress;
use crate::record::Record;
use near::ChunkHits;
use occurrences::OpenPlace;
use roaring::RoaringBitmap;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::OnceLock;
use tantivy::directory::CompositeFile;
use tantivy::{InvertedIndexReader, SegmentReader};

/// A searchable index of records, in memory or in a folder.
pub struct Index {
    chunks: Vec<Chunk>,
    records: u32,
}

/// The records from `base` on, to the next chunk.
struct Chunk {
    base: u32,
    records: u32,
    /// One a place, in the order of the schema; each is opened when it is first asked.
    places: Vec<OnceLock<OpenPlace>>,
    segment: SegmentReader,
    /// The positions of the terms of all places.
    positions: CompositeFile,
}

/// What a search of the index finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// All records that match.
    Records {
        /// Their numbers.
        records: RoaringBitmap,
        /// For each word of the phrase an upper bound of the number of different terms it stands for.
        forms: Vec<usize>,
    },
    /// The word with this number stands for more terms than the limit; nothing was searched.
    TooManyForms(usize),
}

impl Index {
    /// Indexes `records` in memory.
    pub fn build(records: &[Record], progress: &dyn Progress) -> Result<Self> {
        build::in_memory(records, progress)
    }

    /// Indexes `records` into `folder`, which must exist and hold no index. The records themselves are not kept there.
    pub fn create(records: &[Record], folder: &Path, progress: &dyn Progress) -> Result<Self> {
        build::in_folder(records, folder, progress)
    }

    /// Opens the index in `folder`. An error of kind [`ErrorKind::Index`] says where it is missing, damaged or of another
    /// version of the format.
    pub fn open(folder: &Path) -> Result<Self> {
        build::open(folder)
    }

    /// The number of records.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.records
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// All records.
    #[must_use]
    pub fn all(&self) -> RoaringBitmap {
        (0..self.records).collect()
    }

    /// The records in which `phrase` stands in one entry of `place`. A word that stands for more than `limit`
    /// different terms of the place is not searched. In a place of whole entries, a phrase is one word: the entry.
    pub fn find(&self, place: Place, phrase: &Phrase, limit: usize) -> Result<Found> {
        let Some(number) = place.number() else { return Ok(Found::nothing(phrase.words.len())) };
        let mut all = RoaringBitmap::new();
        let mut forms = vec![0; phrase.words.len()];
        for chunk in &self.chunks {
            match near::find(chunk.place(number)?, chunk.records, phrase, limit).map_err(damaged)? {
                Err(word) => return Ok(Found::TooManyForms(word)),
                Ok(ChunkHits { docs, forms: here }) => {
                    all |= docs.to_bitmap(chunk.base);
                    forms.iter_mut().zip(here).for_each(|(sum, here)| *sum += here);
                }
            }
        }
        for (word, sum) in forms.iter().enumerate() {
            // Chunks share most of their terms: the sum is only an upper bound.
            if *sum > limit && self.count_forms(place, &phrase.words[word])? > limit {
                return Ok(Found::TooManyForms(word));
            }
        }
        Ok(Found::Records { records: all, forms })
    }

    /// The records that have any of `terms` in `place`, as they stand there.
    pub fn find_any<T: AsRef<str>>(&self, place: Place, terms: &[T]) -> Result<RoaringBitmap> {
        self.united(place, |dictionary| {
            let mut found = Vec::new();
            for term in terms {
                found.extend(dictionary.terms().get(tokenizer::cut(term.as_ref()))?);
            }
            Ok(found)
        })
    }

    /// The records that have a term from `first` to `last`, both inclusive, in `place`.
    pub fn find_between(&self, place: Place, first: &str, last: &str) -> Result<RoaringBitmap> {
        self.united(place, |dictionary| {
            let mut found = Vec::new();
            let mut stream = dictionary.terms().range().ge(first).le(last).into_stream()?;
            while stream.advance() {
                found.push(stream.value().clone());
            }
            Ok(found)
        })
    }

    /// The records that have anything in `place`.
    pub fn present(&self, place: Place) -> Result<RoaringBitmap> {
        self.united(place, |dictionary| {
            let mut found = Vec::new();
            let mut stream = dictionary.terms().stream()?;
            while stream.advance() {
                found.push(stream.value().clone());
            }
            Ok(found)
        })
    }

    /// The number of different terms of `place` that `pattern` stands for.
    pub fn count_forms(&self, place: Place, pattern: &TermPattern) -> Result<usize> {
        let Some(number) = place.number() else { return Ok(0) };
        let mut forms = HashSet::new();
        for chunk in &self.chunks {
            let dictionary = &*chunk.place(number)?.dictionary;
            terms::visit(dictionary, pattern, |term, _| {
                forms.insert(term.to_vec());
                true
            })
            .map_err(damaged)?;
        }
        Ok(forms.len())
    }

    /// The word of `place` that differs from `word` in one letter (one more, one less, another, two exchanged) and stands
    /// in most records, with their number; of equally frequent ones the last by name. With `begins`, `word` is the
    /// beginning of the word.
    pub fn nearest(&self, place: Place, word: &str, begins: bool) -> Result<Option<(u32, String)>> {
        let Some(number) = place.number() else { return Ok(None) };
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        // The first letter is seldom wrong; looking at one letter's words is much faster than at all.
        let first = TermPattern { pieces: vec![Piece::Literal(word.chars().take(1).collect()), Piece::Any] };
        for chunk in &self.chunks {
            let dictionary = &*chunk.place(number)?.dictionary;
            terms::visit(dictionary, &first, |term, info| {
                if let Some(term) = std::str::from_utf8(term).ok().filter(|term| terms::is_one_edit_away(word, term, begins)) {
                    *counts.entry(term.to_owned()).or_default() += info.doc_freq;
                }
                true
            })
            .map_err(damaged)?;
        }
        Ok(counts.into_iter().map(|(term, count)| (count, term)).max())
    }

    /// The different terms of `place` that `pattern` stands for, in order; `None` where they are more than `limit`: a part
    /// of them would pass for all.
    pub fn forms(&self, place: Place, pattern: &TermPattern, limit: usize) -> Result<Option<Vec<String>>> {
        let Some(number) = place.number() else { return Ok(Some(Vec::new())) };
        let mut forms = BTreeSet::new();
        for chunk in &self.chunks {
            let dictionary = &*chunk.place(number)?.dictionary;
            let is_complete = terms::visit(dictionary, pattern, |term, _| {
                forms.insert(String::from_utf8_lossy(term).into_owned());
                forms.len() <= limit
            });
            if !is_complete.map_err(damaged)? {
                return Ok(None);
            }
        }
        Ok(Some(forms.into_iter().collect()))
    }

    fn united(
        &self,
        place: Place,
        terms_of: impl Fn(&InvertedIndexReader) -> std::io::Result<Vec<tantivy::postings::TermInfo>>,
    ) -> Result<RoaringBitmap> {
        let mut all = RoaringBitmap::new();
        let Some(number) = place.number() else { return Ok(all) };
        for chunk in &self.chunks {
            let dictionary = &*chunk.place(number)?.dictionary;
            let docs = terms_of(dictionary).and_then(|terms| near::union(dictionary, chunk.records, &terms)).map_err(damaged)?;
            all |= docs.to_bitmap(chunk.base);
        }
        Ok(all)
    }
}

impl Chunk {
    /// The place with this number.
    fn place(&self, number: usize) -> Result<&OpenPlace> {
        let (Some(place), Ok(field)) = (self.places.get(number), u32::try_from(number)) else {
            return Err(damaged(std::io::Error::other("a place that the index does not have")));
        };
        if let Some(known) = place.get() {
            return Ok(known);
        }
        let field = tantivy::schema::Field::from_field_id(field);
        let dictionary = self.segment.inverted_index(field).map_err(|cause| damaged(std::io::Error::other(cause)))?;
        let opened = OpenPlace::open(dictionary, &self.positions, field).map_err(damaged)?;
        Ok(place.get_or_init(|| opened))
    }
}

impl Found {
    fn nothing(words: usize) -> Self {
        Found::Records { records: RoaringBitmap::new(), forms: vec![0; words] }
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index").field("records", &self.records).field("chunks", &self.chunks.len()).finish()
    }
}

fn damaged(cause: std::io::Error) -> Error {
    Error::new(ErrorKind::Index, "", "the search index could not be read; build it again").because(cause)
}
