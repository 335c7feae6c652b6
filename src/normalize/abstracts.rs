//! Abstracts as sketches: small arrays whose share of equal places estimates the share of common word triples.
//!
//! Only the beginning counts, since many exports cut abstracts short. Nobody reads a sketch: it only compares.

use crate::text::{self, APOSTROPHE, IN_WORD, SEPARATOR};
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
        let mut words = [0; WORDS];
        let mut letters = Letters::default();
        let n_words = hash_words(&plain, &mut words, &mut letters);
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
        Some(Self { places, key: letters.key() })
    }

    /// The estimated share of common word triples, in 0..=1.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let equal = self.places.iter().zip(&other.places).filter(|(left, right)| left == right).count();
        equal as f32 / PLACES as f32
    }
}

/// The offset basis and the prime of the 64-bit FNV-1a hash.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The first letters and digits of a text, small.
struct Letters {
    bytes: [u8; KEY_LETTERS.end],
    len: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self { bytes: [0; KEY_LETTERS.end], len: 0 }
    }
}

impl Letters {
    /// The hash of those that [`KEY_LETTERS`] names; of fewer where the text ends before.
    fn key(&self) -> u64 {
        xxh3_64(&self.bytes[KEY_LETTERS.start.min(self.len)..self.len])
    }
}

/// The words of a text while it is read: as folding it first would give them. This is the longest text of a record, and a
/// copy of it would cost more than all the rest.
struct Reader<'w> {
    words: &'w mut [u64; WORDS],
    n_words: usize,
    word: u64,
    letters: &'w mut Letters,
}

impl Reader<'_> {
    /// What separates words.
    fn end_word(&mut self) {
        if self.word != BASIS && self.n_words < WORDS {
            self.words[self.n_words] = self.word;
            self.n_words += 1;
        }
        self.word = BASIS;
    }

    /// Plain ASCII: nearly all of nearly every abstract.
    fn ascii(&mut self, bytes: &[u8]) {
        let Self { letters, .. } = self;
        let room = &mut letters.bytes[letters.len..];
        let mut n_letters = 0;
        for byte in bytes.iter().map(|byte| IN_WORD[usize::from(*byte)]).filter(|byte| *byte > APOSTROPHE).take(room.len()) {
            room[n_letters] = byte;
            n_letters += 1;
        }
        letters.len += n_letters;
        let (mut word, mut n_words) = (self.word, self.n_words);
        for byte in bytes {
            let byte = IN_WORD[usize::from(*byte)];
            if byte > APOSTROPHE {
                word = (word ^ u64::from(byte)).wrapping_mul(PRIME);
            } else if byte == SEPARATOR && word != BASIS {
                let Some(place) = self.words.get_mut(n_words) else { break };
                *place = word;
                n_words += 1;
                word = BASIS;
            }
        }
        (self.word, self.n_words) = (word, n_words);
    }

    /// Letters and signs of any other script.
    fn any(&mut self, text: &str) {
        let mut folded = String::new();
        text::fold_into(text, &mut folded);
        for character in folded.chars() {
            if character.is_ascii() {
                self.ascii(&[character as u8]);
            } else if text::is_word_char(character) {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    self.word = (self.word ^ u64::from(byte)).wrapping_mul(PRIME);
                    if let Some(place) = self.letters.bytes.get_mut(self.letters.len) {
                        *place = byte;
                        self.letters.len += 1;
                    }
                }
            } else {
                self.end_word();
            }
        }
    }
}

/// The hashes of the first words of `text`, in `words`, and its first letters; how many words there are.
fn hash_words(text: &str, words: &mut [u64; WORDS], letters: &mut Letters) -> usize {
    let mut reader = Reader { words, n_words: 0, word: BASIS, letters };
    let mut rest = text;
    while !rest.is_empty() && reader.n_words < WORDS {
        let n_ascii = if rest.is_ascii() { rest.len() } else { rest.bytes().take_while(u8::is_ascii).count() };
        let (ascii, behind) = rest.split_at(n_ascii);
        reader.ascii(ascii.as_bytes());
        let n_others = behind.bytes().position(|byte| byte.is_ascii()).unwrap_or(behind.len());
        let (others, behind) = behind.split_at(n_others);
        if !others.is_empty() {
            reader.any(others);
        }
        rest = behind;
    }
    reader.end_word();
    reader.n_words
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
    use proptest::prelude::*;

    const TEXT: &str = "Peer workers are people with lived experience who are employed to support others in services. We asked forty \
        of them in three towns how they see their role, what they are paid, and whether colleagues listen to them when plans are made.";

    proptest! {
        #[test]
        fn words_are_those_of_the_folded_text(text in "([A-Za-z0-9 .,'-]|é|β|–|’|ﬁ|Ø|中){0,700}") {
            let (mut words, mut folded_words) = ([0; WORDS], [0; WORDS]);
            let (mut letters, mut folded_letters) = (Letters::default(), Letters::default());
            let folded = text::Folded::words(&text);
            let n_words = hash_words(&text, &mut words, &mut letters);
            prop_assert_eq!(n_words, hash_words(folded.as_str(), &mut folded_words, &mut folded_letters));
            prop_assert_eq!(words, folded_words);
            if n_words < WORDS {
                prop_assert_eq!(n_words, folded.as_str().split_ascii_whitespace().count());
                prop_assert_eq!(letters.key(), folded_letters.key());
            }
        }
    }

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
