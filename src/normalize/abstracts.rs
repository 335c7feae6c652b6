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
        let folded;
        let plain = if plain.is_ascii() {
            &*plain
        } else {
            folded = text::Folded::words(&plain);
            folded.as_str()
        };
        let mut words = [0; WORDS];
        let n_words = hash_words(plain, &mut words);
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
        Some(Self { places, key: key(plain) })
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

/// [`IN_WORD`] for text that has been folded: beyond ASCII stand only letters.
const IN_FOLDED_WORD: [u8; 256] = {
    let mut table = IN_WORD;
    let mut byte = 128;
    while byte < 256 {
        table[byte] = byte as u8;
        byte += 1;
    }
    table
};

/// The hashes of the first words of `text`, in `words`; how many there are. As folding the text first would give them: this is
/// the longest text of a record, and a copy of it would cost more than all the rest.
fn hash_words(text: &str, words: &mut [u64; WORDS]) -> usize {
    let mut n_words = 0;
    let mut word = BASIS;
    for byte in text.bytes() {
        let byte = IN_FOLDED_WORD[usize::from(byte)];
        if byte > APOSTROPHE {
            word = (word ^ u64::from(byte)).wrapping_mul(PRIME);
        } else if byte == SEPARATOR && word != BASIS {
            words[n_words] = word;
            n_words += 1;
            word = BASIS;
            if n_words == WORDS {
                return n_words;
            }
        }
    }
    if word != BASIS {
        words[n_words] = word;
        n_words += 1;
    }
    n_words
}

/// The hash of the letters and digits of `text` that [`KEY_LETTERS`] names, small; of fewer where the text ends before.
fn key(text: &str) -> u64 {
    let mut letters = [0; KEY_LETTERS.end];
    let mut n_letters = 0;
    for byte in text.bytes() {
        let byte = IN_FOLDED_WORD[usize::from(byte)];
        if byte > APOSTROPHE {
            letters[n_letters] = byte;
            n_letters += 1;
            if n_letters == letters.len() {
                break;
            }
        }
    }
    xxh3_64(&letters[KEY_LETTERS.start.min(n_letters)..n_letters])
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
