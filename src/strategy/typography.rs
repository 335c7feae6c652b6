//! What a character of pasted text means: the damage that word processors do is read as the plain character.
//!
//! Goes in: a character as written. Comes out: the character that was meant, so that no copy of the text is needed and
//! every place is a place of the written text. Letters are not folded here ([`crate::text::fold_into`] does).

use crate::text::is_word_char;

/// The character that is meant, for syntax: dashes are `-`, quotation marks `"`, stars `*`, apostrophes `'`, every blank
/// and line end `' '`, full-width forms their ASCII twins. All others stand for themselves.
pub(super) fn plain(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
        '\u{201c}'..='\u{201f}' | '«' | '»' | '\u{2033}' => '"',
        '∗' | '⁎' | '✱' => '*',
        // Full-width ASCII lies at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        _ if is_invisible(character) || character.is_whitespace() => ' ',
        _ => character,
    }
}

/// Soft hyphen, zero-width blanks and joiners, direction marks, byte order mark: inside a word they are nothing, between
/// words they are a blank.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character as written belongs to a word.
pub(super) fn is_word(character: char) -> bool {
    is_word_char(character) && plain(character).is_alphanumeric() || !character.is_ascii() && is_mark(character)
}

fn is_mark(character: char) -> bool {
    is_word_char(character) && !character.is_alphanumeric()
}

/// Whether a character as written is a blank, visible or not.
pub(super) fn is_blank(character: char) -> bool {
    plain(character) == ' '
}

/// Whether a character is the sort of damage that is worth a note. Apostrophes and no-break blanks are not: they are
/// ordinary in any text.
pub(super) fn is_damage(character: char) -> bool {
    let meant = plain(character);
    meant != character && (matches!(meant, '"' | '-' | '*') || is_invisible(character) || ('\u{ff01}'..='\u{ff5e}').contains(&character))
}

/// `text` with every character as it is meant and invisible ones gone, lower case, runs of blanks one blank, trimmed:
/// for comparing keywords and numbers.
pub(super) fn plain_lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| !is_invisible(character)) {
        let meant = plain(character);
        if meant == ' ' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.extend(meant.to_lowercase());
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The number that `text` is, if it consists of ASCII digits (in any width) alone.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = plain_lower(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_read_as_what_was_meant() {
        for (written, meant) in
            [("“a”", "\"a\""), ("1–13", "1-13"), ("∗x", "*x"), ("a\u{a0} b", "a b"), ("co\u{ad}op", "coop"), ("ＴＩ", "ti")]
        {
            assert_eq!(plain_lower(written), meant, "{written}");
        }
        assert_eq!(number("1\u{200b}3"), Some(13));
        assert_eq!(number(""), None);
        assert_eq!(number("1a"), None);
    }
}
