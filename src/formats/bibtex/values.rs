//! Values: lines that were wrapped, lists, macros.

use crate::formats::lines::lines;
use std::borrow::Cow;

/// `value` in one line: line ends and the blanks around them become one blank.
pub(super) fn in_one_line(value: &str) -> Cow<'_, str> {
    unwrapped(value, |_, _| " ")
}

/// `value` with its paragraphs: a line that is indented goes on with the one before, other line ends stay.
pub(super) fn in_paragraphs(value: &str) -> Cow<'_, str> {
    unwrapped(value, |line, after_blank| if after_blank || !line.starts_with([' ', '\t']) { "\n" } else { " " })
}

/// The lines of `value`, each with what `glue` says for it, and for whether a blank line stands before it, before it.
fn unwrapped(value: &str, glue: impl Fn(&str, bool) -> &'static str) -> Cow<'_, str> {
    let value = value.trim_matches([' ', '\t', '\n', '\r']);
    if memchr::memchr2(b'\n', b'\r', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut after_blank = false;
    for line in lines(value, 0, value.len()) {
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        if line.number > 1 {
            out.push_str(glue(line.text, after_blank));
        }
        out.push_str(line.text.trim_matches([' ', '\t']));
        after_blank = false;
    }
    Cow::Owned(out)
}

/// The stretches of `value` between the separators that stand outside of braces and brackets; the semicolon of an entity
/// ("&amp;") separates nothing.
pub(super) fn split_outside_braces(value: &str, separator: u8) -> impl Iterator<Item = &str> {
    let bytes = value.as_bytes();
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let mut depth = 0_usize;
        let mut after_backslash = false;
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            match byte {
                _ if after_backslash => {}
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ if *byte == separator && depth == 0 && !ends_entity(&value[start..at], separator) => {
                    rest = Some(at + 1);
                    return Some(&value[start..at]);
                }
                _ => {}
            }
            after_backslash = *byte == b'\\' && !after_backslash;
        }
        rest = None;
        Some(&value[start..])
    })
}

/// Whether a semicolon behind `before` is that of an entity.
fn ends_entity(before: &str, separator: u8) -> bool {
    if separator != b';' {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
    word.rsplit_once('&').is_some_and(|(_, name)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.len() <= 8 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The items of a list: between its semicolons where it has any or may have no commas between, else between its commas.
pub(super) fn items(value: &str, only_semicolons: bool) -> impl Iterator<Item = &str> {
    let has_semicolon = split_outside_braces(value, b';').nth(1).is_some();
    let separator = if has_semicolon || only_semicolons { b';' } else { b',' };
    joined_brackets(value, split_outside_braces(value, separator), separator).map(str::trim).filter(|item| !item.is_empty())
}

/// `parts` of `value`, with those put together again between which a comma stands in round brackets: "a (b, c)".
fn joined_brackets<'a>(value: &'a str, parts: impl Iterator<Item = &'a str>, separator: u8) -> impl Iterator<Item = &'a str> {
    let mut parts = parts.scan(0, |next, part| {
        let start = *next;
        *next = start + part.len() + 1;
        Some((start, start + part.len()))
    });
    let is_open = |text: &str| text.matches('(').count() > text.matches(')').count();
    std::iter::from_fn(move || {
        let (start, mut end) = parts.next()?;
        // A bracket that is never closed joins nothing.
        if separator == b',' && is_open(&value[start..end]) && value[end..].contains(')') {
            for (_, further) in parts.by_ref() {
                end = further;
                if !is_open(&value[start..end]) {
                    break;
                }
            }
        }
        Some(&value[start..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined() {
        for (value, line, paragraphs) in
            [("a\n   b", "a b", "a b"), (" a\r\nb\r\rc ", "a b c", "a\nb\nc"), ("a\n\n  b", "a b", "a\nb"), ("", "", "")]
        {
            assert_eq!((&*in_one_line(value), &*in_paragraphs(value)), (line, paragraphs), "{value:?}");
        }
    }

    #[test]
    fn lists_are_divided() {
        for (value, only_semicolons, expected) in [
            ("a, b c,d", false, "a|b c|d"),
            ("a; b, c;  d", false, "a|b, c|d"),
            ("Law, old", true, "Law, old"),
            ("Maturity (TMA, TPI), b", false, "Maturity (TMA, TPI)|b"),
            ("a (b, c", false, "a (b|c"),
            ("R&amp;D; b", false, "R&amp;D|b"),
            ("{a, b}, c", false, "{a, b}|c"),
            ("a\\,b, c", false, "a\\,b|c"),
            (" ,; ", false, ","),
        ] {
            assert_eq!(items(value, only_semicolons).collect::<Vec<_>>().join("|"), expected, "{value}");
        }
    }
}
