//! Truncation and wildcards -> the terms of the dictionary that match: all of them, or word that there are too many.
//!
//! Goes in: a [`TermPattern`]. A literal beginning becomes a range of the sorted dictionary; only inside that range are
//! terms looked at one by one. Characters are counted, not bytes. Nothing is ever cut short in silence.

use super::tokenizer::cut;
use std::io;
use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;

/// A term with wildcards: the pieces must match one after the other, from the first to the last character.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TermPattern {
    /// The pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`TermPattern`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// These characters, folded.
    Literal(String),
    /// Exactly one character.
    One,
    /// At most so many characters.
    UpTo(u8),
    /// Any number of characters.
    Any,
}

impl TermPattern {
    /// The pattern that matches `term` alone.
    #[must_use]
    pub fn exact(term: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Literal(term.into())] }
    }

    /// Whether the pattern has a wildcard.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        self.pieces.iter().any(|piece| !matches!(piece, Piece::Literal(_)))
    }

    /// Whether `term` as a whole matches.
    #[must_use]
    pub fn matches(&self, term: &str) -> bool {
        match self.pieces.as_slice() {
            [Piece::Literal(word)] => term == word,
            [Piece::Literal(start), Piece::Any] => term.starts_with(start.as_str()),
            [Piece::Literal(start), rest @ ..] => term.strip_prefix(start.as_str()).is_some_and(|term| Matcher::new(rest).matches(term)),
            pieces => Matcher::new(pieces).matches(term),
        }
    }

    /// The literal beginning, cut as terms are, and the pieces after it.
    fn split(&self) -> (String, &[Piece]) {
        let literals = self.pieces.iter().take_while(|piece| matches!(piece, Piece::Literal(_))).count();
        let (start, rest) = self.pieces.split_at(literals);
        let start: String = start.iter().map(|piece| if let Piece::Literal(text) = piece { text.as_str() } else { "" }).collect();
        (cut(&start).to_owned(), rest)
    }
}

/// What the dictionary of one chunk holds for a pattern.
pub(super) enum Expansion {
    /// Every matching term.
    Terms(Vec<TermInfo>),
    /// More matching terms than the limit.
    TooMany,
}

/// Every term of the dictionary that matches.
pub(super) fn expand(dictionary: &InvertedIndexReader, pattern: &TermPattern, limit: usize) -> io::Result<Expansion> {
    let mut terms = Vec::new();
    let is_complete = visit(dictionary, pattern, |_, info| {
        terms.push(info.clone());
        terms.len() <= limit
    })?;
    Ok(if is_complete { Expansion::Terms(terms) } else { Expansion::TooMany })
}

/// Calls `visitor` for every matching term, in order, until it returns false; whether it never did.
pub(super) fn visit(
    dictionary: &InvertedIndexReader,
    pattern: &TermPattern,
    mut visitor: impl FnMut(&[u8], &TermInfo) -> bool,
) -> io::Result<bool> {
    let (start, rest) = pattern.split();
    if rest.is_empty() {
        return Ok(dictionary.terms().get(&start)?.is_none_or(|info| visitor(start.as_bytes(), &info)));
    }
    let range = dictionary.terms().range().ge(&start);
    let mut stream = match after_prefix(&start) {
        Some(end) => range.lt(end).into_stream()?,
        None => range.into_stream()?,
    };
    let mut matcher = Matcher::new(rest);
    while stream.advance() {
        let is_match = matcher.takes_all || std::str::from_utf8(&stream.key()[start.len()..]).is_ok_and(|term| matcher.matches(term));
        if is_match && !visitor(stream.key(), stream.value()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether `term`, or with `begins` a beginning of it, differs from `word` in one letter: one more, one less, another, or
/// two neighbours exchanged.
pub(super) fn is_one_edit_away(word: &str, term: &str, begins: bool) -> bool {
    let (word, term): (Vec<char>, Vec<char>) = (word.chars().collect(), term.chars().collect());
    let same = word.iter().zip(&term).take_while(|(a, b)| a == b).count();
    let (word, term) = (&word[same..], &term[same..]);
    let matches = |word: &[char], term: &[char]| if begins { term.starts_with(word) } else { term == word };
    let skip = |part: &[char], count: usize| part.get(count..).map(<[char]>::to_vec);
    let is = |a: usize, b: usize| matches!((skip(word, a), skip(term, b)), (Some(word), Some(term)) if matches(&word, &term));
    let is_exchange = || matches!((word, term), ([a, b, ..], [c, d, ..]) if a == d && b == c) && is(2, 2);
    is(1, 0) || is(0, 1) || is(1, 1) || is_exchange()
}

/// The first byte string after all that begin with `prefix`; `None` where there is none. UTF-8 has no byte 255.
fn after_prefix(prefix: &str) -> Option<Vec<u8>> {
    let mut end = prefix.as_bytes().to_vec();
    *end.last_mut()? += 1;
    Some(end)
}

/// Pieces, taken apart into steps of one character, and the scratch space for walking them.
struct Matcher {
    steps: Vec<Step>,
    takes_all: bool,
    /// Which steps may come next, after each character.
    now: Vec<bool>,
    next: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Character(char),
    One,
    OneOrNone,
    Any,
}

impl Matcher {
    fn new(pieces: &[Piece]) -> Self {
        let mut steps = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => steps.extend(text.chars().map(Step::Character)),
                Piece::One => steps.push(Step::One),
                Piece::UpTo(count) => steps.extend((0..*count).map(|_| Step::OneOrNone)),
                Piece::Any => steps.push(Step::Any),
            }
        }
        let places = steps.len() + 1;
        Self { takes_all: steps == [Step::Any], steps, now: vec![false; places], next: vec![false; places] }
    }

    fn matches(&mut self, term: &str) -> bool {
        self.now.fill(false);
        if let Some(first) = self.now.first_mut() {
            *first = true;
        }
        skip_optional(&self.steps, &mut self.now);
        for character in term.chars() {
            self.next.fill(false);
            let mut is_alive = false;
            for (place, step) in self.steps.iter().enumerate().filter(|(place, _)| self.now[*place]) {
                let target = match step {
                    Step::Character(wanted) if *wanted != character => continue,
                    Step::Any => place,
                    Step::Character(_) | Step::One | Step::OneOrNone => place + 1,
                };
                self.next[target] = true;
                is_alive = true;
            }
            if !is_alive {
                return false;
            }
            skip_optional(&self.steps, &mut self.next);
            std::mem::swap(&mut self.now, &mut self.next);
        }
        self.now.last().copied().unwrap_or(false)
    }
}

/// Steps that may match nothing let the next step begin as well.
fn skip_optional(steps: &[Step], places: &mut [bool]) {
    for (place, step) in steps.iter().enumerate() {
        if places[place] && matches!(step, Step::OneOrNone | Step::Any) {
            places[place + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `#`, `?`, `*` and `$n` as in a strategy; anything else stands for itself.
    fn pattern(text: &str) -> TermPattern {
        let mut pieces = Vec::new();
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '#' => pieces.push(Piece::One),
                '?' => pieces.push(Piece::UpTo(1)),
                '*' => pieces.push(Piece::Any),
                '$' => pieces.push(Piece::UpTo(characters.next().and_then(|digit| digit.to_digit(10)).unwrap_or(0) as u8)),
                _ => match pieces.last_mut() {
                    Some(Piece::Literal(text)) => text.push(character),
                    _ => pieces.push(Piece::Literal(character.to_string())),
                },
            }
        }
        TermPattern { pieces }
    }

    #[test]
    fn wildcards_count_characters() {
        for (text, matching, other) in [
            ("dog", "dog", "dogs do adog"),
            ("dog*", "dog dogs dogma", "do adog"),
            ("dog$1", "dog dogs", "dogma do"),
            ("gene$4", "gene genes genetic", "generation"),
            ("wom#n", "woman women womжn", "womn womaan"),
            ("colo?r", "color colour", "colouur colr"),
            ("h*olog*", "haematology hematologic holog", "hematolo"),
            ("glycemi?", "glycemi glycemic", "glycemics"),
            ("a?b?c", "abc axbxc axbc", "axxbc ac"),
            ("ж#", "жж жa", "ж жжж"),
        ] {
            for word in matching.split(' ') {
                assert!(pattern(text).matches(word), "{text} should match {word}");
            }
            for word in other.split(' ') {
                assert!(!pattern(text).matches(word), "{text} should not match {word}");
            }
        }
    }

    #[test]
    fn one_letter_makes_a_neighbour() {
        for (word, term, begins, expected) in [
            ("suport", "support", false, true),
            ("supports", "support", false, true),
            ("sapport", "support", false, true),
            ("suppotr", "support", false, true),
            ("suppotr", "supported", false, false),
            ("suppotr", "supported", true, true),
            ("suport", "supporting", true, true),
            ("sport", "support", false, false),
            ("naïv", "naïve", false, true),
        ] {
            assert_eq!(is_one_edit_away(word, term, begins), expected, "{word} {term}");
        }
    }

    #[test]
    fn the_end_of_a_prefix_lies_after_all_it_begins() {
        assert_eq!(after_prefix("ab").as_deref(), Some(b"ac".as_slice()));
        assert_eq!(after_prefix(""), None);
        let end = after_prefix("ж").unwrap();
        assert!("жя\u{10ffff}".as_bytes() < end.as_slice() && end.as_slice() <= "з".as_bytes());
    }

    /// The slow twin: tries every length for every wildcard.
    fn slow(pieces: &[Piece], word: &[char]) -> bool {
        let Some((piece, rest)) = pieces.split_first() else { return word.is_empty() };
        let mut lengths = match piece {
            Piece::Literal(text) => {
                let text: Vec<char> = text.chars().collect();
                return word.starts_with(&text) && slow(rest, &word[text.len()..]);
            }
            Piece::One => 1..=1,
            Piece::UpTo(count) => 0..=usize::from(*count),
            Piece::Any => 0..=word.len(),
        };
        lengths.any(|length| length <= word.len() && slow(rest, &word[length..]))
    }

    proptest! {
        #[test]
        fn agrees_with_trying_every_length(text in "[ab#?*]{1,3}(\\$[0-3])?[ab#?*]{0,3}", word in "[ab]{0,6}") {
            let pattern = pattern(&text);
            prop_assert_eq!(pattern.matches(&word), slow(&pattern.pieces, &word.chars().collect::<Vec<_>>()), "{} {}", text, word);
        }
    }
}
