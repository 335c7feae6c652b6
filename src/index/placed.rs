//! The words of a text as it is shown, each with its bytes and the forms and position that the index gives it.
//!
//! Goes in: one entry of a record. Comes out: its words, so that what a search found can be marked in it.

use super::tokenizer::{ENTRY_END, Words};
use crate::text::{fold_into, is_word_char};
use std::ops::Range;
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedWord {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// One of the terms it is indexed under.
    pub form: String,
    /// Its position among the words of the entry, from 0; the forms of one word share it.
    pub position: u32,
}

/// The words of `text`, one entry of a record, in order.
#[must_use]
pub fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut found = Vec::new();
    let mut tokenizer = Words::default();
    let (mut folded, mut next) = (String::new(), 0);
    for range in stretches(text) {
        folded.clear();
        fold_into(&text[range.clone()], &mut folded);
        folded.push(ENTRY_END);
        let mut stream = tokenizer.token_stream(&folded);
        let base = next;
        while stream.advance() {
            let token = stream.token();
            let position = base + u32::try_from(token.position).unwrap_or(u32::MAX);
            next = position + 1;
            found.push(PlacedWord { range: range.clone(), form: token.text.clone(), position });
        }
    }
    found
}

/// The longest stretches of characters that make words, apostrophes inside of them included.
fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = characters.by_ref().find(|(_, character)| is_of_word(*character))?;
        let mut end = start + first.len_utf8();
        while let Some((at, character)) = characters.peek().copied() {
            let behind = at + character.len_utf8();
            let joins = is_apostrophe(character) && text[behind..].starts_with(is_of_word);
            if !(joins || is_of_word(character)) {
                break;
            }
            end = behind;
            characters.next();
        }
        Some(start..end)
    })
}

/// Whether folding makes a part of a word of a character ("№" is "no").
fn is_of_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    let mut folded = String::new();
    fold_into(character.encode_utf8(&mut [0; 4]), &mut folded);
    is_word_char(character) || folded.contains(is_word_char) || (folded.is_empty() && !character.is_whitespace())
}

fn is_apostrophe(character: char) -> bool {
    if character.is_ascii() {
        return character == '\'';
    }
    let mut folded = String::new();
    fold_into(character.encode_utf8(&mut [0; 4]), &mut folded);
    folded == "'"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn indexed(text: &str) -> Vec<(String, u32)> {
        let mut folded = String::new();
        fold_into(text, &mut folded);
        folded.push(ENTRY_END);
        let mut tokenizer = Words::default();
        let mut stream = tokenizer.token_stream(&folded);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position as u32));
        }
        found
    }

    #[test]
    fn words_stand_where_they_are_shown() {
        let text = "Parkinson’s (naïve) TNFα – № 5²";
        let found: Vec<(&str, String, u32)> =
            placed_words(text).into_iter().map(|word| (&text[word.range.clone()], word.form, word.position)).collect();
        let expected = [
            ("Parkinson’s", "parkinsons", 0),
            ("Parkinson’s", "parkinson", 0),
            ("naïve", "naive", 1),
            ("TNFα", "tnfα", 2),
            ("TNFα", "tnfalpha", 2),
            ("№", "no", 3),
            ("5²", "52", 4),
        ];
        assert_eq!(found, expected.map(|(word, form, position)| (word, form.to_owned(), position)));
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_index(text in "([a-zé’' αβ.,()/-]|№|²|ß|ﬁ|[A-Z]){0,40}") {
            let placed: Vec<(String, u32)> = placed_words(&text).into_iter().map(|word| (word.form, word.position)).collect();
            prop_assert_eq!(placed, indexed(&text));
        }
    }
}
