//! Abstracts as sketches: small arrays whose share of equal places estimates the share of common word triples.
//!
//! Only the beginning counts, since many exports cut abstracts short. Nobody reads a sketch: it only compares.

use crate::text::{self, APOSTROPHE, SEPARATOR};
use xxhash_rust::xxh3::xxh3_64;

/// Words of the abstract that count: enough to tell texts apart, few enough that most cut abstracts still have them.
const WORDS: usize = 90;
/// An abstract of fewer words ("No abstract available", "Copyright 2009 Elsevier") says nothing.
const FEWEST_WORDS: usize = 20;
/// Bytes of the raw text that are looked at: about twice what [`WORDS`] need.
const BYTES: usize = 1_000;
/// Places of a sketch: similarities are known to about a tenth.
const PLACES: usize = 24;
/// The letters and digits that the blocking key is made of, counted from 0: behind headings such as "Background:".
const KEY_LETTERS: std::ops::Range<usize> = 40..140;

/// A sketch of the beginning of an abstract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch {
    places: [u16; PLACES],
    /// Hash of a stretch of the text, for blocking.
    pub key: u64,
}

impl Sketch {
    /// The sketch of `text`; `None` where it is too short to be an abstract.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let end = text.floor_char_boundary(BYTES);
        let plain = text::plain(&text[..end]);
        let folded;
        let plain = if plain.is_ascii() {
            &*plain
        } else {
            folded = text::Folded::words(&plain);
            folded.as_str()
        };
        let page = Page::of(plain);
        let mut words = [0; WORDS];
        let n_words = page.hash_words(&mut words);
        if n_words < FEWEST_WORDS {
            return None;
        }
        let mut smallest = [u64::MAX; PLACES];
        for triple in words[..n_words].windows(3) {
            let mixed = mix(triple[0] ^ triple[1].rotate_left(21) ^ triple[2].rotate_left(42));
            let place = &mut smallest[(mixed % PLACES as u64) as usize];
            *place = (*place).min(mixed);
        }
        let mut places = [0; PLACES];
        for (at, place) in places.iter_mut().enumerate() {
            // An empty place borrows from the next that is not: both sides of a comparison borrow alike.
            let filled = (0..PLACES).map(|step| smallest[(at + step) % PLACES]).find(|value| *value != u64::MAX);
            *place = (filled.unwrap_or(0) >> 40) as u16;
        }
        Some(Self { places, key: page.key() })
    }

    /// The estimated share of common word triples, in 0..=1.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let equal = self.places.iter().zip(&other.places).filter(|(left, right)| left == right).count();
        equal as f32 / PLACES as f32
    }
}

/// Bytes of a page: what a text of [`BYTES`] is when folded, and room behind it.
const PAGE: usize = 1_088;
/// Bytes behind the text of a page that are no word's.
const MARGIN: usize = 64;

/// A folded text as bytes: letters and digits as they stand in a word, 0 where there is none. It is the longest text of a
/// record, and so it is taken many bytes at a time.
struct Page {
    bytes: [u8; PAGE],
    len: usize,
}

impl Page {
    /// The page of text that is plain ASCII, or folded; what does not fit on it does not count.
    fn of(text: &str) -> Self {
        let mut page = Self { bytes: [0; PAGE], len: text.len().min(PAGE - MARGIN) };
        for (folded, byte) in page.bytes.iter_mut().zip(&text.as_bytes()[..page.len]) {
            *folded = in_word(*byte);
        }
        if memchr::memchr(APOSTROPHE, &page.bytes[..page.len]).is_some() {
            page.pass_over_apostrophes();
        }
        page
    }

    fn pass_over_apostrophes(&mut self) {
        let mut kept = 0;
        for at in 0..self.len {
            self.bytes[kept] = self.bytes[at];
            kept += usize::from(self.bytes[at] != APOSTROPHE);
        }
        self.bytes[kept..self.len].fill(SEPARATOR);
        self.len = kept;
    }

    /// The hashes of its first words, in `words`; how many there are.
    fn hash_words(&self, words: &mut [u64; WORDS]) -> usize {
        let (mut n_words, mut start) = (0, None);
        let mut before = 0;
        for (block, bytes) in self.bytes[..self.len + 8].chunks(64).enumerate() {
            let letters = bytes.as_chunks().0.iter().enumerate().fold(0, |letters, (at, eight)| letters | letters_of(*eight) << (8 * at));
            // Where a word begins or ends, its neighbour before is another sort of byte.
            let mut turns = letters ^ (letters << 1 | before);
            before = letters >> 63;
            while turns != 0 {
                let at = block * 64 + turns.trailing_zeros() as usize;
                turns &= turns - 1;
                let Some(start) = start.take() else {
                    start = Some(at);
                    continue;
                };
                words[n_words] = self.hash_word(start, at);
                n_words += 1;
                if n_words == WORDS {
                    return n_words;
                }
            }
        }
        n_words
    }

    /// A hash of the bytes from `start` to `end`: two numbers of eight bytes each, most words are no longer.
    fn hash_word(&self, start: usize, end: usize) -> u64 {
        let mut hash = 0_u64;
        for at in (start..end).step_by(16) {
            let eight = |at: usize| {
                let bytes = self.bytes[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
                bytes & !u64::MAX.checked_shl(8 * end.saturating_sub(at) as u32).unwrap_or(0)
            };
            hash =
                (hash ^ eight(at)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ eight(at + 8).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(32);
        }
        hash
    }

    /// The hash of the letters and digits that [`KEY_LETTERS`] names; of fewer where the text ends before.
    fn key(&self) -> u64 {
        let mut letters = [0; KEY_LETTERS.end + 1];
        let mut n_letters = 0;
        for byte in &self.bytes[..self.len] {
            letters[n_letters] = *byte;
            n_letters += usize::from(*byte != SEPARATOR);
            if n_letters == KEY_LETTERS.end {
                break;
            }
        }
        xxh3_64(&letters[KEY_LETTERS.start.min(n_letters)..n_letters])
    }
}

/// Which of eight bytes are not [`SEPARATOR`], the first as the lowest bit.
fn letters_of(eight: [u8; 8]) -> u64 {
    /// The highest bit of each byte.
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let bytes = u64::from_le_bytes(eight);
    let marks = (((bytes & !HIGH) + !HIGH) | bytes) & HIGH;
    // Each mark is shifted to a place of its own in the highest byte.
    (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// [`IN_WORD`] for text that may have been folded, without a table, so that many bytes are taken at once: beyond ASCII stand
/// only letters.
fn in_word(byte: u8) -> u8 {
    let small = byte | 0x20;
    let is_letter = small.wrapping_sub(b'a') < 26;
    let stands = byte.wrapping_sub(b'0') < 10 || byte >= 0x80;
    let other = if byte == b'\'' { APOSTROPHE } else { SEPARATOR };
    let other = if stands { byte } else { other };
    if is_letter { small } else { other }
}

/// The finishing steps of SplitMix64: every bit of the result depends on every bit of `value`.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Folded, IN_WORD};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_of_a_page_are_those_of_the_folded_text(text in "([a-zA-Z0-9' .,-]|[a-z]{17,40}|β){0,1200}") {
            let folded = Folded::words(&text);
            let text = if text.is_ascii() { &text } else { folded.as_str() };
            let text = &text[..text.floor_char_boundary(PAGE - MARGIN)];
            let of_one = |word: &str| {
                let mut words = [0; WORDS];
                assert_eq!(Page::of(word).hash_words(&mut words), 1);
                words[0]
            };
            let folded = Folded::words(text);
            let expected: Vec<u64> = folded.as_str().split_ascii_whitespace().map(of_one).take(WORDS).collect();
            let mut words = [0; WORDS];
            let page = Page::of(text);
            let n_words = page.hash_words(&mut words);
            prop_assert_eq!(&words[..n_words], &expected[..]);
            let letters: Vec<u8> = folded.as_str().bytes().filter(|byte| *byte != b' ').take(KEY_LETTERS.end).collect();
            prop_assert_eq!(page.key(), xxh3_64(letters.get(KEY_LETTERS.start..).unwrap_or_default()));
        }
    }

    #[test]
    fn bytes_stand_in_words_as_in_folded_text() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii() { IN_WORD[usize::from(byte)] } else { byte };
            assert_eq!(in_word(byte), expected, "{byte}");
        }
    }

    #[test]
    fn words_that_differ_have_different_hashes() {
        let words =
            ["a", "b", "ab", "ba", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "baaaaaaaaaaaaaaaa"];
        let mut hashes = [0; WORDS];
        let n_words = Page::of(&words.join(" ")).hash_words(&mut hashes);
        let different: std::collections::BTreeSet<u64> = hashes[..n_words].iter().copied().collect();
        assert_eq!((n_words, different.len()), (words.len(), words.len()));
    }

    const TEXT: &str = "Peer workers are people with lived experience who are employed to support others in services. We asked forty \
        of them in three towns how they see their role, what they are paid, and whether colleagues listen to them when plans are made.";

    #[test]
    fn sketches_tell_texts_apart() {
        let sketch = Sketch::of(TEXT).unwrap();
        let labelled = Sketch::of(&format!("BACKGROUND: {}", TEXT.replace("We asked", "METHODS: We asked"))).unwrap();
        let cut = Sketch::of(&TEXT[..190]).unwrap();
        let other = Sketch::of(&TEXT.split_ascii_whitespace().rev().collect::<Vec<_>>().join(" ")).unwrap();
        assert!((sketch.similarity(&sketch) - 1.0).abs() < f32::EPSILON);
        assert!(sketch.similarity(&labelled) > 0.6, "{}", sketch.similarity(&labelled));
        assert!(sketch.similarity(&cut) > 0.5, "{}", sketch.similarity(&cut));
        assert!(sketch.similarity(&other) < 0.2, "{}", sketch.similarity(&other));
        assert!(Sketch::of("No abstract available.").is_none());
    }
}
