//! Folded text -> words with positions, or whole entries.
//!
//! Goes in: text that [`crate::text::fold_into`] has folded, a line end after each entry. Comes out: tokens. A word is a
//! run of letters and digits; everything else separates, hyphens too. Words that have a second form are given under
//! each form at one position: `parkinson's` as `parkinsons` and `parkinson`, `β` as `β` and `beta`. The next entry
//! begins [`ENTRY_GAP`] positions on, so that no distance reaches across. Nothing is stemmed and no word is left out.

use crate::text::{APOSTROPHE, IN_WORD, greek_name, is_word_char};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Positions between the last word of an entry and the first of the next: more than any distance (adj99 is the largest).
pub const ENTRY_GAP: usize = 1000;
/// Ends an entry. Folded text has no line ends of its own.
pub(super) const ENTRY_END: char = '\n';
/// The search library leaves out terms of more than 65,530 bytes without a word; they are cut to this length instead,
/// and so are the words that are searched for.
pub(super) const LONGEST_TERM: usize = 65_000;
/// Greek letters side by side that are still symbols ("αβ T cells") and not the beginning of a Greek word.
const GREEK_SYMBOLS: usize = 2;
/// The shortest part of a word with an apostrophe that is a word by itself: `parkinson` of `parkinson's`, not `s`.
const SHORTEST_PART: usize = 2;

/// Splits folded text into words.
#[derive(Clone, Default)]
pub(super) struct Words {
    token: Token,
    others: Vec<String>,
}

/// Takes each entry as one token.
#[derive(Clone, Default)]
pub(super) struct Entries {
    token: Token,
}

/// The words of one text.
pub(super) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    next_position: usize,
    token: &'a mut Token,
    /// Further forms of the present word, last one first.
    others: &'a mut Vec<String>,
}

/// The entries of one text.
pub(super) struct EntryStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.others.clear();
        self.token.reset();
        WordStream { text, at: 0, next_position: 0, token: &mut self.token, others: &mut self.others }
    }
}

impl Tokenizer for Entries {
    type TokenStream<'a> = EntryStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EntryStream<'a> {
        self.token.reset();
        EntryStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some(other) = self.others.pop() {
            self.token.text = other;
            return true;
        }
        let Some((start, end, is_plain)) = self.next_word() else { return false };
        self.token.position = self.next_position;
        self.next_position += 1;
        let word = &self.text[start..end];
        self.token.text.clear();
        if is_plain {
            self.token.text.push_str(cut(word));
        } else {
            self.token.text.extend(word.chars().filter(|character| *character != '\''));
            other_forms(word, &self.token.text, self.others);
            self.token.text.truncate(cut(&self.token.text).len());
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

impl WordStream<'_> {
    /// Bytes of the next word, and whether it is ASCII without an apostrophe.
    fn next_word(&mut self) -> Option<(usize, usize, bool)> {
        let bytes = self.text.as_bytes();
        let start = loop {
            let byte = *bytes.get(self.at)?;
            if is_word_byte(byte) {
                break self.at;
            }
            if byte.is_ascii() {
                if byte == ENTRY_END as u8 {
                    self.next_position += ENTRY_GAP;
                }
                self.at += 1;
            } else {
                let character = self.text[self.at..].chars().next()?;
                if is_word_char(character) {
                    break self.at;
                }
                self.at += character.len_utf8();
            }
        };
        let mut is_plain = true;
        while let Some(byte) = bytes.get(self.at) {
            if is_word_byte(*byte) {
                self.at += 1;
                continue;
            }
            if byte.is_ascii() {
                // An apostrophe inside a word belongs to it.
                if *byte != b'\'' || !self.text[self.at + 1..].starts_with(is_word_char) {
                    break;
                }
                self.at += 1;
            } else {
                match self.text[self.at..].chars().next() {
                    Some(character) if is_word_char(character) => self.at += character.len_utf8(),
                    _ => break,
                }
            }
            is_plain = false;
        }
        Some((start, self.at, is_plain))
    }
}

fn is_word_byte(byte: u8) -> bool {
    IN_WORD[usize::from(byte)] > APOSTROPHE
}

/// The forms that `word` has beside `main`, which is the word without its apostrophes.
fn other_forms(word: &str, main: &str, others: &mut Vec<String>) {
    let mut add = |form: &str| {
        let form = cut(form);
        if form != main && others.iter().all(|known| known != form) {
            others.push(form.to_owned());
        }
    };
    if word.contains('\'') {
        word.split('\'').filter(|part| part.chars().nth(SHORTEST_PART - 1).is_some()).for_each(&mut add);
    }
    if let Some(spelled) = with_greek_names(main) {
        add(&spelled);
    }
}

/// `word` with its Greek letters spelled out; `None` where there are none or where it is a Greek word.
fn with_greek_names(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut spelled = String::new();
    let (mut run, mut longest) = (0, 0);
    for character in word.chars() {
        if let Some(name) = greek_name(character) {
            run += 1;
            longest = longest.max(run);
            spelled.push_str(name);
        } else {
            run = 0;
            spelled.push(character);
        }
    }
    (1..=GREEK_SYMBOLS).contains(&longest).then_some(spelled)
}

/// At most the first [`LONGEST_TERM`] bytes of `term`, whole characters.
pub(super) fn cut(term: &str) -> &str {
    if term.len() <= LONGEST_TERM { term } else { &term[..term.floor_char_boundary(LONGEST_TERM)] }
}

impl TokenStream for EntryStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(end) = memchr::memchr(ENTRY_END as u8, self.rest.as_bytes()) {
            let entry = &self.rest[..end];
            self.rest = &self.rest[end + ENTRY_END.len_utf8()..];
            if !entry.is_empty() {
                self.token.position = 0;
                self.token.text.clear();
                self.token.text.push_str(cut(entry));
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, usize)]) {
        let mut folded = String::new();
        for entry in text.split('|') {
            crate::text::fold_into(entry, &mut folded);
            folded.push(ENTRY_END);
        }
        let mut tokenizer = Words::default();
        let mut stream = tokenizer.token_stream(&folded);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        let found: Vec<_> = found.iter().map(|(word, position)| (word.as_str(), *position)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_their_positions() {
        check("", &[]);
        check("Peer-support: the (naïve) approach", &[("peer", 0), ("support", 1), ("the", 2), ("naive", 3), ("approach", 4)]);
        check("il2 covid-19 0.5", &[("il2", 0), ("covid", 1), ("19", 2), ("0", 3), ("5", 4)]);
        check("Straße ﬁnding № 5²", &[("strasse", 0), ("finding", 1), ("no", 2), ("52", 3)]);
        check("исследование 研究", &[("исследование", 0), ("研究", 1)]);
    }

    #[test]
    fn apostrophes_give_forms_at_one_position() {
        check("Parkinson's disease", &[("parkinsons", 0), ("parkinson", 0), ("disease", 1)]);
        check("users’ views", &[("users", 0), ("views", 1)]);
        check("'quoted' l’étude", &[("quoted", 0), ("letude", 1), ("etude", 1)]);
        check("O'Brien 5'-end", &[("obrien", 0), ("brien", 0), ("5", 1), ("end", 2)]);
    }

    #[test]
    fn greek_letters_have_their_names_beside_them() {
        check("β-blocker", &[("β", 0), ("beta", 0), ("blocker", 1)]);
        check("TNFα αβ", &[("tnfα", 0), ("tnfalpha", 0), ("αβ", 1), ("alphabeta", 1)]);
        check("αγωνιστής", &[("αγωνιστησ", 0)]);
    }

    #[test]
    fn entries_are_far_apart() {
        check("a b|c||d", &[("a", 0), ("b", 1), ("c", 2 + ENTRY_GAP), ("d", 3 + 3 * ENTRY_GAP)]);
    }

    #[test]
    fn a_very_long_word_is_cut_between_characters_and_not_lost() {
        let mut tokenizer = Words::default();
        let text = format!("a{}", "ж".repeat(40_000));
        let mut stream = tokenizer.token_stream(&text);
        assert!(stream.advance());
        assert_eq!(stream.token().text.len(), LONGEST_TERM - 1);
        assert!(!stream.advance());
    }

    #[test]
    fn entries_are_one_token_each() {
        let mut tokenizer = Entries::default();
        let mut stream = tokenizer.token_stream("peer group\n\nmental health\n");
        let mut found = Vec::new();
        while stream.advance() {
            found.push(stream.token().text.clone());
        }
        assert_eq!(found, ["peer group", "mental health"]);
    }
}
