//! Abstracts as sketches: small arrays whose share of equal places estimates the share of common word triples.
//!
//! Only the beginning counts, since many exports cut abstracts short. Nobody reads a sketch: it only compares.

use crate::text::{self, BLOCK, fold_block};
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
    /// How many words it is made of, 90 at most.
    pub n_words: u8,
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
        let words = page.hash_words(&mut words);
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let mut smallest = [u64::MAX; PLACES];
        let [mut first, mut second] = [words[0], words[1]];
        for third in &words[2..] {
            let mixed = mix(first ^ second.rotate_left(21) ^ third.rotate_left(42));
            (first, second) = (second, *third);
            let place = &mut smallest[(mixed % PLACES as u64) as usize];
            *place = (*place).min(mixed);
        }
        // An empty place borrows from the next that is not, the last from the first: both sides of a comparison borrow alike.
        let mut next = smallest.iter().find(|value| **value != u64::MAX).copied().unwrap_or(0);
        let mut places = [0; PLACES];
        for (place, value) in places.iter_mut().zip(smallest).rev() {
            next = if value == u64::MAX { next } else { value };
            *place = (next >> 40) as u16;
        }
        Some(Self { places, key: page.key(), n_words: words.len() as u8 })
    }

    /// The estimated share of common word triples, in 0..=1.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let equal = self.places.iter().zip(&other.places).filter(|(left, right)| left == right).count();
        equal as f32 / PLACES as f32
    }

    /// The lower halves of its places, eight a number: less to fetch than the whole, and enough to tell nearly all strangers.
    #[must_use]
    pub fn halves(&self) -> [u64; PLACES / 8] {
        let mut halves = [0; PLACES / 8];
        for (at, place) in self.places.iter().enumerate() {
            halves[at / 8] |= u64::from(place & 0xff) << (8 * (at % 8));
        }
        halves
    }

    /// The most that [`Sketch::similarity`] can be of two sketches with these [`Sketch::halves`].
    #[must_use]
    pub fn similarity_at_most(left: &[u64; PLACES / 8], right: &[u64; PLACES / 8]) -> f32 {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        // The highest bit of each byte says whether the byte is another.
        let other = |(left, right): (&u64, &u64)| ((((left ^ right) & LOW) + LOW) | (left ^ right)) & !LOW;
        let n_others: u32 = left.iter().zip(right).map(|pair| other(pair).count_ones()).sum();
        (PLACES as u32 - n_others) as f32 / PLACES as f32
    }
}

/// Bytes of a page: what a text of [`BYTES`] is when folded, and room behind it.
const PAGE: usize = 1_088;
/// Bytes behind the text of a page that are no word's.
const MARGIN: usize = 64;

/// A folded text as bytes: letters and digits as they stand in a word, 0 where there is none. It is the longest text of a
/// record, and so it is taken many bytes at a time, and only as far as its first [`WORDS`].
struct Page {
    bytes: [u8; PAGE],
    /// Where each word begins and where it ends; a block has no more than half as many as bytes.
    starts: [u16; WORDS + BLOCK / 2],
    ends: [u16; WORDS + BLOCK / 2],
    n_words: usize,
}

impl Page {
    /// The page of text that is plain ASCII, or folded; what does not fit on it does not count.
    fn of(text: &str) -> Self {
        let text = &text.as_bytes()[..text.len().min(PAGE - MARGIN)];
        let mut without = [0; PAGE - MARGIN];
        let text = if memchr::memchr(b'\'', text).is_some() { without_apostrophes(text, &mut without) } else { text };
        let mut page = Self { bytes: [0; PAGE], starts: [0; WORDS + BLOCK / 2], ends: [0; WORDS + BLOCK / 2], n_words: 0 };
        page.find_words(text);
        page
    }

    /// Folds `text` block by block until there are words enough.
    fn find_words(&mut self, text: &[u8]) {
        let (mut n_starts, mut before) = (0, 0);
        // The empty block ends a word that the text ends with.
        let blocks = text.chunks(BLOCK).chain([&[][..]]);
        for ((at, block), folded) in (0_u16..).step_by(BLOCK).zip(blocks).zip(self.bytes.as_chunks_mut::<BLOCK>().0) {
            let letters = fold_block(block, folded);
            // Where a word begins or ends, its neighbour before is another sort of byte.
            let behind_letters = letters << 1 | before;
            before = letters >> 63;
            n_starts += push_places(letters & !behind_letters, at, &mut self.starts[n_starts..]);
            self.n_words += push_places(behind_letters & !letters, at, &mut self.ends[self.n_words..]);
            if self.n_words >= WORDS {
                self.n_words = WORDS;
                return;
            }
        }
    }

    fn words(&self) -> impl Iterator<Item = (usize, usize)> {
        self.starts.iter().zip(&self.ends).take(self.n_words).map(|(start, end)| (usize::from(*start), usize::from(*end)))
    }

    /// The hashes of its first words, in `words`.
    fn hash_words<'a>(&self, words: &'a mut [u64; WORDS]) -> &'a [u64] {
        for (word, (start, end)) in words.iter_mut().zip(self.words()) {
            *word = self.hash_word(start, end);
        }
        &words[..self.n_words]
    }

    /// A hash of the bytes from `start` to `end`: two numbers of eight bytes each, most words are no longer.
    fn hash_word(&self, start: usize, end: usize) -> u64 {
        let sixteen = |hash: u64, at: usize, len: usize| {
            let bytes: &[u8; 16] = self.bytes.get(at..).and_then(<[u8]>::first_chunk).unwrap_or(&[0; 16]);
            let [low, high] = [0, 1].map(|half| u64::from_le_bytes(bytes.as_chunks().0[half]) & OF_BYTES[half][len]);
            (hash ^ low).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(32)
        };
        let len = end - start;
        if len <= 16 {
            return sixteen(0, start, len);
        }
        (start..end).step_by(16).fold(0, |hash, at| sixteen(hash, at, (end - at).min(16)))
    }

    /// The hash of the letters and digits of its words that [`KEY_LETTERS`] names; of fewer where these end before.
    fn key(&self) -> u64 {
        let mut letters = [0; KEY_LETTERS.end];
        let mut n_letters = 0;
        for (start, end) in self.words() {
            let word = &self.bytes[start..end.min(start + KEY_LETTERS.end - n_letters)];
            letters[n_letters..n_letters + word.len()].copy_from_slice(word);
            n_letters += word.len();
            if n_letters == KEY_LETTERS.end {
                break;
            }
        }
        xxh3_64(&letters[KEY_LETTERS.start.min(n_letters)..n_letters])
    }
}

/// The bits of the first so many of sixteen bytes, as two numbers.
const OF_BYTES: [[u64; 17]; 2] = {
    let mut bits = [[0; 17]; 2];
    let mut len = 1;
    while len <= 16 {
        let all = u128::MAX >> (128 - 8 * len);
        (bits[0][len], bits[1][len]) = (all as u64, (all >> 64) as u64);
        len += 1;
    }
    bits
};

/// `text` without its apostrophes, in `out`.
fn without_apostrophes<'a>(text: &[u8], out: &'a mut [u8; PAGE - MARGIN]) -> &'a [u8] {
    let mut len = 0;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\'', text).chain([text.len()]) {
        let piece = &text[start..end];
        out[len..len + piece.len()].copy_from_slice(piece);
        len += piece.len();
        start = end + 1;
    }
    &out[..len]
}

/// Writes `start` plus the place of each bit of `bits` into `places`; how many there are.
fn push_places(mut bits: u64, start: u16, places: &mut [u16]) -> usize {
    let n_bits = bits.count_ones() as usize;
    for place in &mut places[..n_bits] {
        *place = start + bits.trailing_zeros() as u16;
        bits &= bits - 1;
    }
    n_bits
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
    use crate::text::Folded;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_of_a_page_are_those_of_the_folded_text(text in "([a-zA-Z0-9' .,-]|[a-z]{17,40}|β){0,1200}") {
            let folded = Folded::words(&text);
            let text = if text.is_ascii() { &text } else { folded.as_str() };
            let text = &text[..text.floor_char_boundary(PAGE - MARGIN)];
            let of_one = |word: &str| {
                let mut words = [0; WORDS];
                assert_eq!(Page::of(word).hash_words(&mut words).len(), 1);
                words[0]
            };
            let folded = Folded::words(text);
            let expected: Vec<u64> = folded.as_str().split_ascii_whitespace().map(of_one).take(WORDS).collect();
            let mut words = [0; WORDS];
            let page = Page::of(text);
            prop_assert_eq!(page.hash_words(&mut words), &expected[..]);
            let letters = folded.as_str().split_ascii_whitespace().take(WORDS).flat_map(str::bytes);
            let letters: Vec<u8> = letters.take(KEY_LETTERS.end).collect();
            prop_assert_eq!(page.key(), xxh3_64(letters.get(KEY_LETTERS.start..).unwrap_or_default()));
        }
    }

    proptest! {
        #[test]
        fn no_more_is_in_common_than_in_the_halves(left in prop::array::uniform24(0_u16..600), right in prop::array::uniform24(0_u16..600)) {
            let [left, right] = [left, right].map(|places| Sketch { places, key: 0, n_words: 90 });
            let most = Sketch::similarity_at_most(&left.halves(), &right.halves());
            let n_alike = left.places.iter().zip(&right.places).filter(|(left, right)| *left % 256 == *right % 256).count();
            prop_assert!((most - n_alike as f32 / 24.0).abs() < 1e-6);
            prop_assert!(most >= left.similarity(&right));
        }
    }

    proptest! {
        #[test]
        fn places_hold_the_least_of_their_triples_or_borrow_from_the_next(text in "([a-z]{1,9} ){20,120}") {
            let of_one = |word: &str| Page::of(word).hash_words(&mut [0; WORDS])[0];
            let words: Vec<u64> = text.split_whitespace().take(WORDS).map(of_one).collect();
            let mixed = words.windows(3).map(|three| mix(three[0] ^ three[1].rotate_left(21) ^ three[2].rotate_left(42)));
            let mixed: Vec<u64> = mixed.collect();
            let least = |place: usize| mixed.iter().filter(|value| **value % PLACES as u64 == place as u64).min();
            let expected: Vec<u16> = (0..PLACES)
                .map(|place| (0..PLACES).find_map(|step| least((place + step) % PLACES)).map_or(0, |value| (value >> 40) as u16))
                .collect();
            prop_assert_eq!(&Sketch::of(&text).unwrap().places[..], &expected[..]);
        }
    }

    #[test]
    fn words_that_differ_have_different_hashes() {
        let words =
            ["a", "b", "ab", "ba", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "baaaaaaaaaaaaaaaa"];
        let mut hashes = [0; WORDS];
        let page = Page::of(&words.join(" "));
        let hashes = page.hash_words(&mut hashes);
        let different: std::collections::BTreeSet<u64> = hashes.iter().copied().collect();
        assert_eq!((hashes.len(), different.len()), (words.len(), words.len()));
        // Every letter counts, wherever it stands.
        for (len, at) in (1..=40).flat_map(|len| (0..len).map(move |at| (len, at))) {
            let of = |letter: &str| {
                let word = format!("{}{letter}{}", "p".repeat(at), "p".repeat(len - at - 1));
                Page::of(&word).hash_words(&mut [0; WORDS])[0]
            };
            let different = std::collections::BTreeSet::from(["a", "p", "q", "0", "é"].map(of));
            assert_eq!(different.len(), 5, "letter {at} of {len}");
        }
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
