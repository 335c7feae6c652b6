//! Where the entries of a BibTeX file and their fields stand.
//!
//! Goes in: the text from the `@` of an entry on. Comes out: the ranges of its parts. Values are found by their braces, and
//! a value ends only where something follows that can follow a value, so that a brace too many is text. An entry ends
//! before the next one at the latest: where braces are missing, its values are cut where a line looks like a field.

use std::cell::Cell;
use std::ops::Range;

/// One entry: `@article{key, name = {value}, …}`.
#[derive(Debug, Default)]
pub(super) struct RawEntry {
    /// Of the whole entry, from its `@` to behind its closing brace.
    pub(super) range: Range<usize>,
    pub(super) kind: Range<usize>,
    /// Empty where there is none.
    pub(super) key: Range<usize>,
    pub(super) fields: Vec<RawField>,
    pub(super) damage: Damage,
}

/// A field and the pieces of its value, which `#` joins. The name is empty for text that belongs to no field.
#[derive(Debug)]
pub(super) struct RawField {
    pub(super) name: Range<usize>,
    pub(super) value: Piece,
    pub(super) more: Vec<Piece>,
}

#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// What stands between braces or quotation marks, or a number.
    Text(Range<usize>),
    /// The name of a macro.
    Macro(Range<usize>),
}

/// What was wrong with an entry.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    #[default]
    None,
    /// The comma after a value or the key is missing, a value has a brace or quotation mark too many, or stands without.
    Repaired,
    /// The closing brace is missing, of the entry or of a value.
    Unclosed,
}

/// The longest name of a field, blanks included.
const LONGEST_NAME: usize = 80;
/// The longest key and type.
const LONGEST_KEY: usize = 400;
/// How many starts of entries inside a value are taken for text of it, where its braces say so.
const MOST_INSIDE: usize = 4;

/// Where the next entry, comment, preamble or definition starts at or after `from`: at an `@`, a word, and a bracket.
pub(super) fn next_start(text: &str, from: usize, end: usize) -> Option<usize> {
    memchr::memchr_iter(b'@', &text.as_bytes()[from..end]).map(|at| from + at).find(|at| {
        let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
        before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'_' | b'-')) && head(text, *at, end).is_some()
    })
}

/// The word and the place of the bracket of `@word{` at `at`.
pub(super) fn head(text: &str, at: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let bytes = &text.as_bytes()[..end];
    let start = skip(bytes, at + 1, |byte| matches!(byte, b' ' | b'\t'));
    let word_end = skip(bytes, start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).min(start + LONGEST_NAME);
    let open = skip(bytes, word_end, |byte| byte.is_ascii_whitespace());
    let is_word = bytes.get(start).is_some_and(u8::is_ascii_alphabetic);
    (is_word && matches!(bytes.get(open), Some(b'{' | b'('))).then_some((start..word_end, open))
}

/// Where entries begin lines, asked in rising order.
pub(super) struct Boundaries<'a> {
    text: &'a str,
    end: usize,
    /// The last answer: the boundaries at and after `from` begin with `found`.
    last: Cell<(usize, usize)>,
}

impl<'a> Boundaries<'a> {
    pub(super) fn new(text: &'a str, end: usize) -> Self {
        Self { text, end, last: Cell::new((usize::MAX, 0)) }
    }

    /// The first start of an entry at the start of a line after `from`, or the end of the text.
    pub(super) fn after(&self, from: usize) -> usize {
        let (asked, found) = self.last.get();
        if asked <= from && from < found {
            return found;
        }
        let found = memchr::memchr_iter(b'@', &self.text.as_bytes()[from + 1..self.end])
            .map(|at| from + 1 + at)
            .find(|at| starts_line(self.text, *at) && self.is_entry(*at))
            .unwrap_or(self.end);
        self.last.set((from, found));
        found
    }

    /// Whether `@type{key, name =`, or a definition or comment, stands at `at`.
    fn is_entry(&self, at: usize) -> bool {
        let Some((word, open)) = head(self.text, at, self.end) else { return false };
        let bytes = &self.text.as_bytes()[..self.end];
        if matches!(aside(&self.text[word]), Some(Aside::Comment | Aside::Preamble)) {
            return at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
        }
        let window = &bytes[..bytes.len().min(open + LONGEST_KEY)];
        let key_end = skip(window, open + 1, |byte| !matches!(byte, b',' | b'{' | b'}' | b'"' | b'=' | b'@'));
        match bytes.get(key_end) {
            Some(b',') => field_name(self.text, key_end + 1, self.end).is_some(),
            Some(b'=') => field_name(self.text, open + 1, self.end).is_some(),
            _ => false,
        }
    }
}

/// Blocks that are no entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    Comment,
    Preamble,
    Definition,
}

/// The block that is no entry and has this word after its `@`.
pub(super) fn aside(word: &str) -> Option<Aside> {
    [("comment", Aside::Comment), ("preamble", Aside::Preamble), ("string", Aside::Definition)]
        .into_iter()
        .find_map(|(known, aside)| known.eq_ignore_ascii_case(word).then_some(aside))
}

/// Where a block that is no entry, and whose bracket stands at `open`, ends: behind its closing bracket, or before `limit`.
pub(super) fn aside_end(text: &str, open: usize, limit: usize) -> usize {
    let bytes = &text.as_bytes()[..limit];
    let mut depth = 0_usize;
    for at in memchr::memchr2_iter(b'{', b'}', &bytes[open..]).map(|at| open + at) {
        if bytes[at] == b'{' {
            depth += 1;
        } else {
            depth = depth.saturating_sub(1);
            if depth == 0 && bytes[open] == b'{' {
                return at + 1;
            }
        }
    }
    match memchr::memchr(b')', &bytes[open..]) {
        Some(at) if bytes[open] == b'(' => open + at + 1,
        _ => limit,
    }
}

/// The macros that `@string{name = {value}}` defines, whose bracket stands at `open`.
pub(super) fn definitions(text: &str, open: usize, end: usize) -> Vec<RawField> {
    let mut scanner = Scanner::new(text, end, false);
    scanner.closer = if scanner.bytes[open] == b'{' { b'}' } else { b')' };
    let mut fields = Vec::new();
    let mut at = scanner.skip_separators(open + 1);
    while let Some((name, value_at)) = field_name(text, at, end) {
        let (field, behind) = scanner.field(name, value_at);
        fields.push(field);
        at = scanner.skip_separators(behind);
    }
    fields
}

/// The entry whose `@` stands at `start`; it ends before the end of the text.
pub(super) fn entry(text: &str, start: usize, boundaries: &Boundaries<'_>) -> Option<RawEntry> {
    let first_limit = boundaries.after(start);
    let strict = Scanner::new(text, first_limit, false).entry(start)?;
    if strict.damage != Damage::Unclosed {
        return Some(strict);
    }
    // A note may quote an entry: its braces close further down, and text stands before the `@`.
    let mut limit = first_limit;
    for _ in 0..MOST_INSIDE {
        let is_quoted = limit < boundaries.end && !text[..limit].trim_end().ends_with(['}', ')', '"', ',']);
        if !is_quoted {
            break;
        }
        limit = boundaries.after(limit);
        match Scanner::new(text, limit, false).entry(start) {
            Some(whole) if whole.damage == Damage::None => return Some(whole),
            _ => {}
        }
    }
    Scanner::new(text, first_limit, true).entry(start)
}

struct Scanner<'a> {
    text: &'a str,
    /// The text up to where the entry ends at the latest.
    bytes: &'a [u8],
    /// Whether braces are not to be believed.
    is_lenient: bool,
    closer: u8,
    damage: Damage,
    /// The first line at or after the first number that looks like a field begins at the second.
    next_field_line: Option<(usize, Option<usize>)>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, limit: usize, is_lenient: bool) -> Self {
        let bytes = &text.as_bytes()[..limit];
        Self { text, bytes, is_lenient, closer: b'}', damage: Damage::None, next_field_line: None }
    }

    fn entry(mut self, start: usize) -> Option<RawEntry> {
        let (kind, open) = head(self.text, start, self.bytes.len())?;
        self.closer = if self.bytes[open] == b'{' { b'}' } else { b')' };
        let (key, mut at) = self.key(open + 1);
        let mut fields = Vec::new();
        loop {
            at = self.skip_separators(at);
            let Some(byte) = self.bytes.get(at) else {
                self.damage = Damage::Unclosed;
                break;
            };
            if *byte == self.closer {
                at += 1;
                break;
            }
            if *byte == b'@' && starts_line(self.text, at) {
                self.damage = Damage::Unclosed;
                break;
            }
            match field_name(self.text, at, self.bytes.len()) {
                Some((name, value_at)) => {
                    let (field, end) = self.field(name, value_at);
                    fields.push(field);
                    at = end;
                }
                None => {
                    self.repaired();
                    let end = self.stray_text_end(at);
                    fields.push(RawField { name: at..at, value: Piece::Text(at..end), more: Vec::new() });
                    at = end;
                }
            }
        }
        let end = self.text[..at].trim_ascii_end().len().max(open + 1);
        Some(RawEntry { range: start..end, kind, key, fields, damage: self.damage })
    }

    fn repaired(&mut self) {
        if self.damage == Damage::None {
            self.damage = Damage::Repaired;
        }
    }

    /// The key, and where the fields begin.
    fn key(&mut self, from: usize) -> (Range<usize>, usize) {
        let start = skip(self.bytes, from, |byte| byte.is_ascii_whitespace());
        let closer = self.closer;
        let window = &self.bytes[..self.bytes.len().min(start + LONGEST_KEY)];
        let end = skip(window, start, |byte| !matches!(byte, b',' | b'\n' | b'\r' | b'=' | b'"') && byte != closer);
        // The window may end within a letter.
        let end = self.text.floor_char_boundary(end);
        let key = trimmed(self.text, start..end);
        match window.get(end) {
            Some(b',') => (key, end + 1),
            Some(b'=') if field_name(self.text, start, self.bytes.len()).is_some_and(|(_, value)| self.is_value_start(value)) => {
                self.repaired();
                (start..start, start)
            }
            // A key with an equals sign.
            Some(b'=' | b'"') => {
                let end = skip(window, start, |byte| !matches!(byte, b',' | b'\n' | b'\r') && byte != closer);
                let end = self.text.floor_char_boundary(end);
                (trimmed(self.text, start..end), end)
            }
            Some(b'\n' | b'\r') => {
                let next = skip(self.bytes, end, |byte| byte.is_ascii_whitespace());
                if self.bytes.get(next) != Some(&b',') {
                    self.repaired();
                }
                (key, next)
            }
            _ => (key, end),
        }
    }

    /// Behind blanks, commas and comments.
    fn skip_separators(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            at = skip(self.bytes, at, |byte| byte.is_ascii_whitespace() || byte == b',');
            if self.bytes.get(at) != Some(&b'%') {
                return at;
            }
            at = self.line_end(at);
        }
    }

    fn line_end(&self, from: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[from..]).map_or(self.bytes.len(), |at| from + at)
    }

    /// Where text ends that belongs to no field: before the next line that looks like one, or the end of the entry.
    fn stray_text_end(&mut self, from: usize) -> usize {
        let line_end = self.line_end(from);
        let on_line = skip(&self.bytes[..line_end], from + 1, |byte| byte != self.closer);
        on_line.min(line_end).max(from + 1)
    }

    fn field(&mut self, name: Range<usize>, value_at: usize) -> (RawField, usize) {
        let (value, mut at) = self.piece(value_at);
        let mut more = Vec::new();
        loop {
            let next = skip(self.bytes, at, |byte| byte.is_ascii_whitespace());
            if self.bytes.get(next) != Some(&b'#') {
                break;
            }
            let (piece, end) = self.piece(next + 1);
            more.push(piece);
            at = end;
        }
        let next = skip(self.bytes, at, |byte| byte.is_ascii_whitespace());
        if self.bytes.get(next).is_some_and(|byte| *byte != b',' && *byte != self.closer) {
            self.repaired();
        }
        (RawField { name, value, more }, at)
    }

    fn piece(&mut self, from: usize) -> (Piece, usize) {
        let at = skip(self.bytes, from, |byte| byte.is_ascii_whitespace());
        match self.bytes.get(at) {
            Some(b'{') => self.braced(at),
            Some(b'"') => self.quoted(at),
            Some(_) => self.bare(at),
            None => (Piece::Text(at..at), at),
        }
    }

    fn braced(&mut self, open: usize) -> (Piece, usize) {
        let mut depth = 0_usize;
        for at in memchr::memchr2_iter(b'{', b'}', &self.bytes[open..]).map(|at| open + at) {
            if self.bytes[at] == b'{' {
                depth += 1;
                continue;
            }
            depth -= 1;
            if depth > 0 {
                continue;
            }
            if self.can_end_value(at + 1) {
                return self.closed(open, at);
            }
            self.repaired();
            depth = 1;
        }
        self.unclosed(open, b'}')
    }

    fn quoted(&mut self, open: usize) -> (Piece, usize) {
        let mut depth = 0_usize;
        for at in memchr::memchr3_iter(b'{', b'}', b'"', &self.bytes[open + 1..]).map(|at| open + 1 + at) {
            match self.bytes[at] {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                _ => {
                    if self.can_end_value(at + 1) {
                        return self.closed(open, at);
                    }
                    self.repaired();
                }
            }
        }
        self.unclosed(open, b'"')
    }

    /// The value between `open` and `close`; where braces are not to be believed, only up to the next line that looks like
    /// a field.
    fn closed(&mut self, open: usize, close: usize) -> (Piece, usize) {
        if self.is_lenient {
            let cut = self.field_line_after(open + 1).filter(|cut| *cut < close);
            let is_last = skip(self.bytes, close + 1, |byte| byte.is_ascii_whitespace()) >= self.bytes.len();
            // The brace of the entry was taken for that of its last value.
            let inside = self.text[open + 1..close].trim_end_matches([' ', '\t']);
            let takes_entry_brace = is_last && inside.ends_with(['\n', '\r']) && inside.trim_end().ends_with(['}', '"']);
            if cut.is_some() || takes_entry_brace {
                return self.unclosed(open, self.bytes[close]);
            }
        }
        (Piece::Text(open + 1..close), close + 1)
    }

    /// A value that has no end of its own: up to the next line that looks like a field, or the end of the entry.
    fn unclosed(&mut self, open: usize, close: u8) -> (Piece, usize) {
        self.damage = Damage::Unclosed;
        let cut = self.field_line_after(open + 1);
        let end = cut.unwrap_or(self.bytes.len());
        let mut value = self.text[open + 1..end].trim_end();
        if cut.is_some() {
            value = value.strip_suffix(',').unwrap_or(value).trim_end();
        } else if let Some(before) = value.strip_suffix(char::from(self.closer)) {
            // The last brace is the entry's, where there are two.
            let before = before.trim_end().trim_end_matches(',').trim_end();
            if before.ends_with(char::from(close)) || before.len() + 1 < value.len() {
                value = before;
            }
        }
        let value = value.strip_suffix(char::from(close)).unwrap_or(value);
        (Piece::Text(open + 1..open + 1 + value.len()), end)
    }

    /// A number, the name of a macro, or text without braces.
    fn bare(&mut self, start: usize) -> (Piece, usize) {
        let closer = self.closer;
        let end = skip(self.bytes, start, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'#') && byte != closer);
        if self.can_end_value(end) {
            let is_macro = self.text[start..end].bytes().any(|byte| !byte.is_ascii_digit());
            return (if is_macro { Piece::Macro(start..end) } else { Piece::Text(start..end) }, end);
        }
        self.repaired();
        let line = self.text[start..self.line_end(start)].trim_end();
        (Piece::Text(start..start + line.trim_end_matches(',').len()), start + line.len())
    }

    /// Whether what stands at `from` can follow a value.
    fn can_end_value(&mut self, from: usize) -> bool {
        let at = skip(self.bytes, from, |byte| byte.is_ascii_whitespace());
        let is_behind_line = self.bytes[from..at].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        match self.bytes.get(at) {
            None | Some(b'#') => true,
            Some(b',') => {
                let next = self.skip_separators(at);
                match self.bytes.get(next) {
                    None => true,
                    Some(byte) if *byte == self.closer => self.can_end_entry(next + 1),
                    Some(b'@') => starts_line(self.text, next),
                    Some(_) => field_name(self.text, next, self.bytes.len()).is_some() || self.is_stray_line(at),
                }
            }
            Some(byte) if *byte == self.closer => self.can_end_entry(at + 1),
            Some(b'@' | b'%') => is_behind_line,
            Some(_) => at > from && field_name(self.text, at, self.bytes.len()).is_some_and(|(_, value)| self.is_value_start(value)),
        }
    }

    fn is_value_start(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b'{' | b'"' | b'0'..=b'9'))
    }

    /// Whether a line begins behind the comma at `at` that has no part of a value.
    fn is_stray_line(&self, at: usize) -> bool {
        let line_end = self.line_end(at);
        let start = skip(self.bytes, line_end, |byte| byte.is_ascii_whitespace());
        let is_last_on_line = self.text[at + 1..line_end].trim().is_empty();
        is_last_on_line && !self.text[start..self.line_end(start)].contains(['{', '}', '"'])
    }

    /// Whether the entry can end before `from`: not where its line goes on and fields follow.
    fn can_end_entry(&mut self, from: usize) -> bool {
        let at = skip(self.bytes, from, |byte| matches!(byte, b' ' | b'\t'));
        matches!(self.bytes.get(at), None | Some(b'\n' | b'\r' | b'@' | b'%' | b',')) || self.field_line_after(from).is_none()
    }

    /// Where, after `from`, a line begins that looks like a field and stands behind a comma, a brace or a quotation mark.
    fn field_line_after(&mut self, from: usize) -> Option<usize> {
        if let Some((asked, found)) = self.next_field_line
            && asked <= from
            && found.is_none_or(|found| found >= from)
        {
            return found;
        }
        let found = memchr::memchr2_iter(b'\n', b'\r', &self.bytes[from..]).map(|at| from + at).find_map(|end| {
            let start = skip(self.bytes, end, |byte| byte.is_ascii_whitespace());
            let is_behind_value = self.text[from..end].trim_end().ends_with(',') || self.text[from..end].trim_end().ends_with(['}', '"']);
            let (_, value) = field_name(self.text, start, self.bytes.len()).filter(|_| is_behind_value)?;
            self.is_value_start(value).then_some(start)
        });
        self.next_field_line = Some((from, found));
        found
    }
}

/// The name of the field that begins at `from`, and where its value begins: `name = `, in one line, also with blanks in
/// the name (Scopus has "funding_text 1").
fn field_name(text: &str, from: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let bytes = &text.as_bytes()[..end];
    let start = skip(bytes, from, |byte| byte.is_ascii_whitespace());
    let window = &bytes[..end.min(start + LONGEST_NAME)];
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || b" \t-_.:/+".contains(&byte);
    let equals = skip(window, start, is_name);
    let is_first = bytes.get(start).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80);
    if !is_first || window.get(equals) != Some(&b'=') {
        return None;
    }
    let name = text[start..equals].trim_end();
    // Names are a word or two; text that happens to have an equals sign is more.
    (name.split([' ', '\t']).count() <= 3).then(|| (start..start + name.len(), skip(bytes, equals + 1, |byte| byte.is_ascii_whitespace())))
}

/// Whether only blanks stand before `at` on its line.
pub(super) fn starts_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r'])
}

fn skip(bytes: &[u8], from: usize, is_skipped: impl Fn(u8) -> bool) -> usize {
    bytes.get(from..).and_then(|rest| rest.iter().position(|byte| !is_skipped(*byte))).map_or(bytes.len().max(from), |at| from + at)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text[range.clone()].trim_end();
    range.start..range.start + inside.len()
}
