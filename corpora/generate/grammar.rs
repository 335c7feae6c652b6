//! Grows text from the tables of `words.rs`: a letter's slot becomes one of its alternatives, whose own slots grow in turn.
//!
//! Digits are made up on the spot: 1 a small number, 2 a large one, 3 a coefficient, 4 a p value, 5 a year,
//! 6 an invented word, 7 an invented place, 8 an invented acronym, 9 a surname. The invented ones follow
//! Zipf's law over four million ranks, so that the list of terms keeps growing with the corpus as it does in real text.

use crate::random::{Random, below, between, early_of, one_of, rarely, zipf_rank};
use crate::words::Table;
use std::fmt::Write;

/// Adjectives and nouns in a thousand that are invented, so that texts have rare words.
const RARE_WORDS: u32 = 60;
const RARE_ADJECTIVES: [&str; 4] = ["{6}al", "{6}ic", "{6}-like", "non-{6}al"];
const RARE_NOUNS: [&str; 4] = ["{6}ity", "{6}ism", "{6} {n}", "{6}isation"];

/// Alternatives by letter.
pub struct Grammar {
    alternatives: Vec<Vec<&'static str>>,
    surnames: Vec<&'static str>,
}

/// Alternatives that stand in one string.
pub fn split(list: &'static str) -> Vec<&'static str> {
    list.split('|').collect()
}

impl Grammar {
    /// Tables laid over each other: a letter in a later table replaces that of an earlier one.
    pub fn new(tables: &[Table]) -> Grammar {
        let mut alternatives = vec![Vec::new(); 128];
        for (letter, list) in tables.iter().flat_map(|table| table.iter()) {
            alternatives[usize::from(*letter)] = split(list);
        }
        let surnames = split(crate::names::SURNAMES);
        Grammar { alternatives, surnames }
    }

    /// One alternative of a letter, grown, with a capital at its start.
    pub fn sentence(&self, random: &mut Random, letter: u8) -> String {
        let mut text = String::new();
        self.append_sentence(random, letter, &mut text);
        text
    }

    /// One alternative of a letter, grown, as it stands.
    pub fn phrase(&self, random: &mut Random, letter: u8) -> String {
        let mut text = String::new();
        self.append_slot(random, letter, &mut text);
        text
    }

    /// A pattern from elsewhere, grown.
    pub fn grow(&self, random: &mut Random, pattern: &str) -> String {
        let mut text = String::new();
        self.append_pattern(random, pattern, &mut text);
        text
    }

    /// As `sentence`, behind what `text` holds already.
    pub fn append_sentence(&self, random: &mut Random, letter: u8, text: &mut String) {
        let start = text.len();
        self.append_slot(random, letter, text);
        capitalise_at(text, start);
    }

    fn append_slot(&self, random: &mut Random, letter: u8, text: &mut String) {
        if let b'0'..=b'9' = letter {
            self.append_invented(random, letter, text);
        } else {
            let list = &self.alternatives[usize::from(letter)];
            debug_assert!(!list.is_empty(), "no alternatives for a slot");
            let pattern = match letter {
                _ if list.is_empty() => return,
                b'a' if rarely(random, RARE_WORDS) => one_of(random, &RARE_ADJECTIVES),
                b'n' if rarely(random, RARE_WORDS) => one_of(random, &RARE_NOUNS),
                b'A'..=b'Z' => one_of(random, list),
                _ => early_of(random, list),
            };
            self.append_pattern(random, pattern, text);
        }
    }

    fn append_pattern(&self, random: &mut Random, pattern: &str, text: &mut String) {
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            append_words(&rest[..open], text);
            self.append_slot(random, rest.as_bytes()[open + 1], text);
            rest = &rest[open + 3..];
        }
        append_words(rest, text);
    }

    fn append_invented(&self, random: &mut Random, digit: u8, text: &mut String) {
        let _never_fails = match digit {
            b'1' => write!(text, "{}", between(random, 2, 99)),
            b'2' => write!(text, "{}", between(random, 100, 2999)),
            b'3' => write!(text, "0.{}", between(random, 11, 97)),
            b'4' => write!(text, "= 0.0{}", between(random, 1, 99)),
            b'5' => write!(text, "{}", between(random, 1985, 2021)),
            b'6' => {
                append_words(&invented_word(zipf_rank(random, 22)), text);
                Ok(())
            }
            b'7' => {
                let start = text.len();
                text.push_str(&invented_word(zipf_rank(random, 19) ^ 0x05a5));
                text.push_str(["ton", "stad", "vik", "ville", "burg", "a", "by"][below(random, 7) as usize]);
                capitalise_at(text, start);
                Ok(())
            }
            b'8' => {
                let word = invented_word(zipf_rank(random, 20) ^ 0x0333);
                text.extend(word.chars().take(5).map(|letter| letter.to_ascii_uppercase()));
                Ok(())
            }
            _ => {
                let surname: &str = early_of::<&str>(random, &self.surnames);
                text.push_str(surname);
                Ok(())
            }
        };
    }
}

/// Makes the first letter from `start` a capital; text may begin with a number, which stays.
pub fn capitalise_at(text: &mut String, start: usize) {
    let Some(first) = text[start..].chars().next() else {
        return;
    };
    if first.is_lowercase() {
        let capital: String = first.to_uppercase().collect();
        text.replace_range(start..start + first.len_utf8(), &capital);
    }
}

/// The word of a rank below 2^25: three syllables for frequent ones, four or five for the rest.
fn invented_word(rank: u32) -> String {
    const SYLLABLES: [&str; 32] = [
        "ra", "lo", "mi", "te", "su", "ka", "ne", "vi", "do", "pra", "cy", "gli", "ber", "ton", "xa", "zo", "fen", "hu", "qui", "ster",
        "mab", "ol", "rin", "tro", "pha", "ly", "sen", "dri", "cor", "ul", "we", "ba",
    ];
    let n_syllables = match rank {
        0..0x8000 => 3,
        0x8000..0x10_0000 => 4,
        _ => 5,
    };
    let mask = (1 << (5 * n_syllables)) - 1;
    // An odd factor and a shift lose nothing and keep neighbours in rank from beginning alike.
    let mut rest = rank.wrapping_mul(0x9E37_79B1) & mask;
    rest ^= rest >> 7;
    let mut word = String::new();
    for _ in 0..n_syllables {
        word.push_str(SYLLABLES[(rest % 32) as usize]);
        rest /= 32;
    }
    word
}

fn append_words(words: &str, text: &mut String) {
    let vowel = words.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) || words.starts_with("un");
    if vowel && (text.ends_with(" a ") || text == "a " || text.ends_with(" A ") || text == "A ") {
        text.truncate(text.len() - 1);
        text.push_str("n ");
    }
    text.push_str(words);
}
