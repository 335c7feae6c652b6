//! Where the items of a JSON file stand.
//!
//! Goes in: the text. Comes out: the range of each item, by its brackets and strings, before anything is read of it: one
//! that is no JSON costs one item. Where quotation marks are damaged, brackets tell nothing; an item then ends where the
//! next begins by its look (`}, {"id":`).

use std::ops::Range;

/// How far an item without an end is followed, once one has been found in the file.
const LONGEST_DAMAGE: usize = 256 * 1024;

/// Keys that items begin with, and parts of items do not.
const FIRST_KEYS: [&str; 10] = [
    "\"id\"",
    "\"type\"",
    "\"title\"",
    "\"itemType\"",
    "\"DOI\"",
    "\"key\"",
    "\"indexed\"",
    "\"citation-key\"",
    "\"abstract\"",
    "\"container-title\"",
];
/// Keys of objects that hold the array of items.
const WRAPPERS: [&str; 3] = ["\"items\"", "\"references\"", "\"data\""];

/// One piece of the array.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Item(Range<usize>),
    /// Text that is no object, or an item without an end.
    Stray(Range<usize>),
}

/// Walks over the items.
#[expect(clippy::struct_excessive_bools, reason = "what is known of the place in the text; none excludes another")]
pub(super) struct Items<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    end: usize,
    /// Whether the text is one item that stands in no array.
    is_single: bool,
    is_done: bool,
    has_damage: bool,
    /// Whether the array was closed.
    pub(super) is_closed: bool,
    /// Where the array begins and ends: what stands outside is no item.
    pub(super) outside: Vec<Range<usize>>,
}

impl<'a> Items<'a> {
    pub(super) fn new(text: &'a str, range: Range<usize>) -> Self {
        let bytes = text.as_bytes();
        let start = skip_blanks(bytes, range.start);
        let mut items = Self {
            text,
            bytes,
            at: start,
            end: range.end,
            is_single: false,
            is_done: false,
            has_damage: false,
            is_closed: false,
            outside: Vec::new(),
        };
        match bytes.get(start) {
            Some(b'[') => items.at = start + 1,
            _ => match items.wrapped_array(start) {
                Some(array) => {
                    items.outside.push(start..array);
                    items.at = array + 1;
                }
                None => items.is_single = true,
            },
        }
        items
    }

    /// The bracket of the array that the object at `start` holds its items in.
    fn wrapped_array(&self, start: usize) -> Option<usize> {
        // Crossref has the items one level further down.
        let head = &self.text[start..self.text.floor_char_boundary(self.end.min(start + 2000))];
        let at = WRAPPERS.iter().filter_map(|key| head.find(key).map(|at| at + key.len())).min()?;
        let before = &head[..at];
        let colon = skip_blanks(self.bytes, start + at);
        let bracket = skip_blanks(self.bytes, colon + 1);
        let is_array = self.bytes.get(colon) == Some(&b':') && self.bytes.get(bracket) == Some(&b'[') && bracket < self.end;
        let holds_items = self.bytes.get(skip_blanks(self.bytes, bracket + 1)).is_some_and(|byte| matches!(byte, b'{' | b']'));
        (is_array && holds_items && !before.contains("\"title\"")).then_some(bracket)
    }

    /// Gives up the item that began at `start`: what follows is read from the next start of an item on, if there is one
    /// before `end`. Says where what is given up ends.
    pub(super) fn give_up(&mut self, start: usize, end: usize) -> usize {
        match next_item(self.text, start + 1, end) {
            Some((before, next)) => {
                self.at = next;
                self.is_done = false;
                before
            }
            None => end,
        }
    }

    fn object_end(&mut self, start: usize) -> Option<usize> {
        let limit = if self.has_damage { self.end.min(start + LONGEST_DAMAGE) } else { self.end };
        let mut depth = 0_usize;
        let mut at = start;
        while at < limit {
            match self.bytes[at] {
                b'"' => at = string_end(self.bytes, at, limit)?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn stray(&mut self) -> Piece {
        let start = self.at;
        let rest = &self.bytes[start..self.end];
        let length = rest.iter().position(|byte| matches!(byte, b'{' | b']')).unwrap_or(rest.len());
        self.at = start + length.max(1);
        let length = self.text[start..self.text.floor_char_boundary(self.at)].trim_end_matches([',', ' ', '\t', '\n', '\r']).len();
        Piece::Stray(start..start + length)
    }
}

impl Iterator for Items<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            self.at = skip_blanks(&self.bytes[..self.end], self.at);
            if self.at >= self.end {
                self.is_closed |= self.is_single && self.is_done;
                return None;
            }
            if self.is_done {
                self.outside.push(self.at..self.text[..self.end].trim_end().len());
                self.at = self.end;
                return None;
            }
            match self.bytes[self.at] {
                b',' if !self.is_single => self.at += 1,
                b']' if !self.is_single => {
                    self.is_closed = true;
                    self.is_done = true;
                    self.at += 1;
                }
                b'{' => {
                    let start = self.at;
                    self.is_done = self.is_single;
                    if let Some(end) = self.object_end(start) {
                        self.at = end;
                        return Some(Piece::Item(start..end));
                    }
                    self.has_damage = true;
                    self.at = self.end;
                    let end = self.give_up(start, self.end);
                    return Some(Piece::Stray(start..self.text[..end].trim_end().len()));
                }
                _ => return Some(self.stray()),
            }
        }
    }
}

/// Where, from `from` on, an item ends and the next begins, by their look.
fn next_item(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = &text.as_bytes()[..end];
    memchr::memchr_iter(b'{', &bytes[from..]).map(|at| from + at).find_map(|at| {
        let before = text[..at].trim_end();
        let before = before.strip_suffix(',').unwrap_or(before).trim_end();
        let starts_line = text[..at].trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
        let key = skip_blanks(bytes, at + 1);
        let is_first_key = || FIRST_KEYS.iter().any(|first| text.get(key..).is_some_and(|rest| rest.starts_with(first)));
        ((before.ends_with('}') || starts_line) && before.len() >= from && is_first_key()).then_some((before.len(), at))
    })
}

/// The closing quotation mark of the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize, limit: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..limit)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    bytes.get(from..).and_then(|rest| rest.iter().position(|byte| !is_blank(byte))).map_or(bytes.len(), |at| from + at)
}

/// `item` with what JSON forbids and programs write all the same put right: commas before closing brackets, line ends and
/// tabs inside of strings, `NaN`.
pub(in crate::formats) fn repaired(item: &str) -> String {
    let bytes = item.as_bytes();
    let mut out = String::with_capacity(item.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at, bytes.len()).map_or(bytes.len(), |end| end + 1);
                for character in item[at..end].chars() {
                    match character {
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        '\0'..'\u{20}' => out.push(' '),
                        other => out.push(other),
                    }
                }
                at = end;
            }
            b',' if matches!(bytes.get(skip_blanks(bytes, at + 1)), Some(b'}' | b']' | b',')) => at += 1,
            b'N' if item[at..].starts_with("NaN") => {
                out.push_str("null");
                at += 3;
            }
            _ => {
                let end = at + item[at..].chars().next().map_or(1, char::len_utf8);
                out.push_str(&item[at..end]);
                at = end;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_by_their_brackets() {
        for (text, expected, closed) in [
            (r#"[{"a":1},{"b":"}"}]"#, r#"{"a":1}|{"b":"}"}"#, true),
            (r#" {"title":"x"} "#, r#"{"title":"x"}"#, true),
            (r#"{"items":[{"a":1}]}"#, r#"{"a":1}|-}"#, true),
            (r#"[{"a":1} {"b":2},,{"c":3},"#, r#"{"a":1}|{"b":2}|{"c":3}"#, false),
            (r#"[1, {"a":1}] x"#, r#"?1|{"a":1}|-x"#, true),
            (r#"[{"id":1,"a":"x}, {"id":2}]"#, r#"?{"id":1,"a":"x}|{"id":2}"#, true),
            (r#"[{"id":1},{"id":2,"t":"cut"#, r#"{"id":1}|?{"id":2,"t":"cut"#, false),
            ("[]", "", true),
            ("", "", false),
        ] {
            let mut items = Items::new(text, 0..text.len());
            let mut found: Vec<String> = items
                .by_ref()
                .map(|piece| match piece {
                    Piece::Item(range) => text[range].to_owned(),
                    Piece::Stray(range) => format!("?{}", &text[range]),
                })
                .collect();
            found.extend(items.outside.iter().filter(|range| range.start > 1).map(|range| format!("-{}", &text[range.clone()])));
            assert_eq!((found.join("|").as_str(), items.is_closed), (expected, closed), "{text}");
        }
    }

    #[test]
    fn slips_are_put_right() {
        for (item, expected) in [
            (r#"{"a":[1,],"b":2,}"#, r#"{"a":[1],"b":2}"#),
            ("{\"a\":\"x\n\ty, }\"}", r#"{"a":"x\n\ty, }"}"#),
            (r#"{"a":NaN,"b":"NaN é"}"#, r#"{"a":null,"b":"NaN é"}"#),
        ] {
            assert_eq!(repaired(item), expected);
        }
    }
}
