//! The grammar of one RIS line: tag, separator, value.
//!
//! Goes in: a physical line. Comes out: where its tag and value are, and how well the line is formed. Whether a loosely
//! formed line really is a tag line depends on what stands around it; that is for the reader to decide.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::combinator::{eof, peek, recognize, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// A line that may be a tag line. Ranges count from the start of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) struct TagLine {
    pub(in crate::formats) tag: Range<usize>,
    /// Up to the end of the line, margins included.
    pub(in crate::formats) value: Range<usize>,
    pub(in crate::formats) shape: Shape,
}

/// How well a tag line is formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Shape {
    /// `AU  - value`, with any number of blanks before the value, or with no value.
    Strict,
    /// `AU  -value`: the blank after the hyphen is missing.
    Tight,
    /// Three or four characters before a well-formed separator: `DOI  - value`.
    LongTag,
    /// One blank, a tab, no-break blanks, another dash, lower case, an indented tag.
    Loose,
}

/// Where a tag may sit: indentation and quoting of e-mail are no longer than this.
const LONGEST_MARGIN: usize = 12;

/// The well-formed tag line that `text` is. By hand, since this runs once for every line of every file.
#[inline]
pub(in crate::formats) fn strict(text: &str) -> Option<TagLine> {
    let bytes = text.as_bytes();
    let (&[first, second, b' ', b' ', b'-'], rest) = bytes.split_first_chunk::<5>()? else { return None };
    let is_tag = first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second.is_ascii_digit());
    if !is_tag {
        return None;
    }
    let shape = if rest.first().is_none_or(|byte| matches!(byte, b' ' | b'\t')) { Shape::Strict } else { Shape::Tight };
    Some(TagLine { tag: 0..2, value: 5..bytes.len(), shape })
}

/// The tag line that `text` may be, in any of the deformations that copying and e-mail produce; `None` for well-formed
/// ones too, which [`strict`] reads.
pub(in crate::formats) fn loose(text: &str) -> Option<TagLine> {
    if !text.bytes().take(LONGEST_MARGIN + 8).any(|byte| byte == b'-' || !byte.is_ascii()) {
        return None;
    }
    let (rest, name) = preceded(margin, name).parse(text).ok()?;
    let start = name.as_ptr() as usize - text.as_ptr() as usize;
    let (value, _) = separator(rest).ok()?;
    let is_long = name.len() > 2;
    let shape = if is_long { Shape::LongTag } else { Shape::Loose };
    let well_formed = start == 0 && rest.starts_with("  - ") && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    if is_long && !well_formed {
        return None;
    }
    // No-break blanks around the value belong to the separator.
    let value = value.trim_start();
    Some(TagLine { tag: start..start + name.len(), value: text.len() - value.len()..text.len(), shape })
}

/// Whether `text` is a lone `ER`, without its separator.
pub(in crate::formats) fn is_bare_end(text: &str) -> bool {
    text.starts_with("ER") && text.trim_end() == "ER"
}

fn margin(text: &str) -> IResult<&str, &str> {
    take_while_m_n(0, LONGEST_MARGIN, |c: char| c.is_whitespace() || matches!(c, '>' | '|' | '\u{feff}' | '*')).parse(text)
}

fn name(text: &str) -> IResult<&str, &str> {
    verify(take_while_m_n(2, 4, |c: char| c.is_ascii_alphanumeric()), |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .parse(text)
}

/// At least one blank, a dash, and then a blank or the end.
fn separator(text: &str) -> IResult<&str, &str> {
    recognize(terminated(
        (take_while_m_n(1, 3, is_blank), alt((tag("-"), tag("–"), tag("—"), tag("‐"), tag("‑"), tag("−")))),
        peek(alt((eof, take_while(is_blank).and_then(verify(take_while(is_blank), |blanks: &str| !blanks.is_empty()))))),
    ))
    .parse(text)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: Option<(&str, &str, Shape)>) {
        let line = strict(input).or_else(|| loose(input));
        let found = line.map(|line| (&input[line.tag], input[line.value].trim(), line.shape));
        assert_eq!(found, expected, "{input:?}");
    }

    #[test]
    fn tag_lines_of_all_shapes() {
        check("TY  - JOUR", Some(("TY", "JOUR", Shape::Strict)));
        check("TY  -  JOUR", Some(("TY", "JOUR", Shape::Strict)));
        check("ER  -", Some(("ER", "", Shape::Strict)));
        check("T2  - a - b", Some(("T2", "a - b", Shape::Strict)));
        check("A1  -Bergel, F", Some(("A1", "Bergel, F", Shape::Tight)));
        check("DOI  - 10.1000/1", Some(("DOI", "10.1000/1", Shape::LongTag)));
        check("TY - JOUR", Some(("TY", "JOUR", Shape::Loose)));
        check("TY\t- JOUR", Some(("TY", "JOUR", Shape::Loose)));
        check("TY\u{a0}\u{a0}- JOUR", Some(("TY", "JOUR", Shape::Loose)));
        check("TY  – JOUR", Some(("TY", "JOUR", Shape::Loose)));
        check("ty  - JOUR", Some(("ty", "JOUR", Shape::Loose)));
        check("  > AU  - Ek, A", Some(("AU", "Ek, A", Shape::Loose)));
        check("ER -", Some(("ER", "", Shape::Loose)));
    }

    #[test]
    fn text_is_no_tag_line() {
        for text in ["", "IL-6 was high", "T2-weighted images", "Long - word", "3D  - print", "AU", "é - x", "Abc - d"] {
            check(text, None);
        }
        assert!(is_bare_end("ER  "));
        assert!(!is_bare_end("ERA"));
    }
}
