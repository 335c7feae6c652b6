//! A word as written -> patterns: folded letters and wildcards.
//!
//! Goes in: the text of one word token. Comes out: one [`Pattern`], none (only apostrophes), or several where folding takes
//! a character apart (`½`). Punctuation inside a word is the lexer's and the parser's business.

use super::ast::{Pattern, PatternPart};
use super::typography::{is_invisible, plain};
use crate::text::{fold_into, is_word_char};

/// A wildcard stands before the first letter of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeadingWildcard;

/// The patterns of a word. Apostrophes vanish: `parkinson's` is `parkinsons`, a form under which the index keeps it too.
pub(super) fn patterns(word: &str) -> Result<Vec<Pattern>, LeadingWildcard> {
    let mut words = Words::default();
    let mut literal = String::new();
    let mut rest = word.chars();
    while let Some(character) = rest.next() {
        let wildcard = match plain(character) {
            '#' => Some(PatternPart::One),
            '?' => Some(PatternPart::OneOrNone),
            '*' | '$' | ':' => {
                let limit = limit(rest.as_str());
                if limit.is_some() {
                    rest = "".chars();
                }
                Some(PatternPart::Any(limit))
            }
            _ => None,
        };
        match wildcard {
            Some(part) => {
                words.literal(&mut literal);
                if words.open.is_empty() {
                    return Err(LeadingWildcard);
                }
                words.open.push(part);
            }
            None => literal.push(character),
        }
    }
    words.literal(&mut literal);
    words.close();
    Ok(words.done)
}

/// Whether a pattern truncates anywhere but at its end.
pub(super) fn truncates_inside(pattern: &Pattern) -> bool {
    pattern.parts.iter().rev().skip(1).any(|part| matches!(part, PatternPart::Any(_)))
}

/// The number of a limited truncation: digits up to the end of the word. No word is longer than 255 letters, so a greater
/// number means the same.
fn limit(rest: &str) -> Option<u8> {
    let digits: String = rest.chars().filter(|&character| !is_invisible(character)).map(plain).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u8::MAX))
}

#[derive(Default)]
struct Words {
    done: Vec<Pattern>,
    open: Vec<PatternPart>,
}

impl Words {
    fn literal(&mut self, literal: &mut String) {
        let mut folded = String::new();
        fold_into(literal, &mut folded);
        literal.clear();
        for character in folded.chars() {
            if is_word_char(character) {
                match self.open.last_mut() {
                    Some(PatternPart::Literal(text)) => text.push(character),
                    _ => self.open.push(PatternPart::Literal(character.to_string())),
                }
            } else if character != '\'' {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.done.push(Pattern { parts: std::mem::take(&mut self.open) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_patterns() {
        for (word, expected) in [
            ("Naïve", "naive"),
            ("parkinson’s", "parkinsons"),
            ("experienc*", "experienc*"),
            ("disease:", "disease*"),
            ("gene$4", "gene$4"),
            ("dog*1", "dog$1"),
            ("dog$999", "dog$255"),
            ("alpha*2a", "alpha*2a"),
            ("wom#n", "wom#n"),
            ("colo?r∗", "colo?r*"),
            ("co\u{ad}op", "coop"),
            ("½", "1 2"),
            ("''", ""),
        ] {
            let patterns = patterns(word).unwrap();
            let shown: Vec<String> = patterns.iter().map(ToString::to_string).collect();
            assert_eq!(shown.join(" "), expected, "{word}");
        }
    }

    #[test]
    fn a_word_does_not_begin_with_a_wildcard() {
        for word in ["*", "?estrogen", "'*a", "$1"] {
            assert_eq!(patterns(word), Err(LeadingWildcard), "{word}");
        }
    }
}
