//! One record while its lines are being read: tags and the stretches of text that belong to them.
//!
//! A value may run over several lines; how those lines make one value, or several, is decided when the record is
//! finished. Values that stand in one piece stay ranges of the file; only joined ones get text of their own.

use super::lines::{Line, lines};
use super::text::line_at;
use crate::record::{Field, Record, RecordBuilder, Source};
use std::ops::Range;
use std::sync::Arc;

/// The record being read. Emptied, with its memory kept, by [`Draft::finish`].
#[derive(Default)]
pub(super) struct Draft {
    pub(super) entries: Vec<DraftEntry>,
    range: Range<usize>,
    lines: (u32, u32),
    builder: RecordBuilder,
    /// Where values are joined, so that each does not need memory of its own.
    page: String,
}

/// A tag and its value, which reaches from the first to the last of its lines, line ends and margins included.
pub(super) struct DraftEntry {
    pub(super) tag: Range<usize>,
    pub(super) value: Range<usize>,
    pub(super) field: Field,
    pub(super) joining: Joining,
    /// Whether the value has more than one line.
    pub(super) is_long: bool,
}

/// What further lines of a value mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Joining {
    /// They are its text; the line ends are kept, as `\n`.
    Text,
    /// Each is a further value of the same tag, but for indented ones, which go on with the line before.
    List,
    /// They go on with the text after a blank: the line was only too long for the page.
    Wrapped,
    /// Each is a further value of the same tag, whatever its margin.
    Lines,
    /// They go on with the text after a blank, and a semicolon before a blank ends a value.
    Semicolons,
    /// They are its text; their margins are left out and the line ends are kept, as `\n`.
    Paragraphs,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry of `line`; `tag` and `value` are absolute ranges.
    pub(super) fn push(&mut self, line: &Line<'_>, tag: Range<usize>, value: Range<usize>, field: Field, joining: Joining) {
        self.cover(line);
        self.entries.push(DraftEntry { tag, value, field, joining, is_long: false });
    }

    /// Adds `line` to the value of the last entry.
    pub(super) fn continue_value(&mut self, line: &Line<'_>) {
        self.cover(line);
        if let Some(entry) = self.entries.last_mut() {
            entry.value.end = line.end();
            entry.is_long = true;
        }
    }

    /// Lets the record's raw text reach over `line`, which gives no entry.
    pub(super) fn cover(&mut self, line: &Line<'_>) {
        if self.lines.0 == 0 {
            self.lines.0 = line.number;
            self.range.start = line.start;
        }
        self.lines.1 = line.number;
        self.range.end = line.end();
    }

    /// Where the record's raw text starts and the line it starts on.
    pub(super) fn start(&self) -> (usize, u32) {
        (self.range.start, self.lines.0)
    }

    /// The line that byte `at` of the record's raw text stands on.
    pub(super) fn line_of(&self, text: &str, at: usize) -> u32 {
        self.lines.0 + line_at(&text[self.range.start..], at - self.range.start) - 1
    }

    /// Where the record's raw text ends so far: the byte and the line.
    pub(super) fn end(&self) -> (usize, u32) {
        (self.range.end, self.lines.1)
    }

    /// The record that the first `n_entries` entries make, whose raw text ends at `end`; the draft goes on with the rest.
    pub(super) fn finish_first(&mut self, n_entries: usize, end: (usize, u32), source: &Arc<Source>, ordinal: u32) -> Record {
        let text = source.text.as_str();
        let (range, lines) = (self.range.start..end.0, (self.lines.0, end.1));
        for entry in self.entries.drain(..n_entries) {
            push_entry(&mut self.builder, &mut self.page, text, &entry);
        }
        if let Some(next) = self.entries.first() {
            self.lines.0 += line_at(&text[self.range.start..], next.tag.start - self.range.start) - 1;
            self.range.start = next.tag.start;
        }
        self.builder.finish(source, range, lines, ordinal)
    }

    /// The record; the draft is empty afterwards.
    pub(super) fn finish(&mut self, source: &Arc<Source>, ordinal: u32) -> Record {
        let text = source.text.as_str();
        for entry in self.entries.drain(..) {
            push_entry(&mut self.builder, &mut self.page, text, &entry);
        }
        let (range, lines) = (self.range.clone(), self.lines);
        self.forget();
        self.builder.finish(source, range, lines, ordinal)
    }

    /// Drops the draft and says which text it was: its range and first line.
    pub(super) fn forget(&mut self) -> (Range<usize>, u32) {
        self.entries.clear();
        let covered = (self.range.clone(), self.lines.0);
        self.range = 0..0;
        self.lines = (0, 0);
        covered
    }
}

fn push_entry(builder: &mut RecordBuilder, page: &mut String, text: &str, entry: &DraftEntry) {
    let value = trimmed(text, entry.value.clone());
    let is_long = entry.is_long && has_line_end(text, &value);
    let tag = || entry.tag.clone();
    match entry.joining {
        Joining::Semicolons => push_items(builder, page, text, entry, value),
        _ if !is_long => builder.push_range(tag(), entry.field, value),
        Joining::Text if memchr::memchr(b'\r', &text.as_bytes()[value.clone()]).is_none() => builder.push_range(tag(), entry.field, value),
        Joining::Text => builder.push_value(tag(), entry.field, joined(page, text, value)),
        Joining::Paragraphs => builder.push_value(tag(), entry.field, paragraphs(page, text, value)),
        Joining::Wrapped => builder.push_value(tag(), entry.field, wrapped(page, text, value)),
        Joining::List => push_list(builder, page, text, entry, value),
        Joining::Lines => {
            for line in lines(text, value.start, value.end).filter(|line| !line.is_blank()) {
                builder.push_range(tag(), entry.field, trimmed(text, line.start..line.end()));
            }
        }
    }
}

/// Adds `value`, which may run over several lines, with blanks where they end.
fn push_wrapped(builder: &mut RecordBuilder, page: &mut String, text: &str, entry: &DraftEntry, value: Range<usize>) {
    let value = trimmed(text, value);
    if has_line_end(text, &value) {
        builder.push_value(entry.tag.clone(), entry.field, wrapped(page, text, value));
    } else {
        builder.push_range(entry.tag.clone(), entry.field, value);
    }
}

fn push_list(builder: &mut RecordBuilder, page: &mut String, text: &str, entry: &DraftEntry, value: Range<usize>) {
    let mut item: Option<Range<usize>> = None;
    for line in lines(text, value.start, value.end).filter(|line| !line.is_blank()) {
        match &mut item {
            Some(item) if line.text.starts_with([' ', '\t']) => item.end = line.end(),
            other => {
                if let Some(done) = other.replace(line.start..line.end()) {
                    push_wrapped(builder, page, text, entry, done);
                }
            }
        }
    }
    push_wrapped(builder, page, text, entry, item.unwrap_or(value));
}

fn push_items(builder: &mut RecordBuilder, page: &mut String, text: &str, entry: &DraftEntry, value: Range<usize>) {
    let bytes = &text.as_bytes()[..value.end];
    let mut start = value.start;
    let mut is_first = true;
    let ends = memchr::memchr_iter(b';', &bytes[value.clone()]).map(|at| value.start + at).filter(|at| {
        // Not within "CO;2-A" of a DOI, nor at the end of "&amp;".
        bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) && !ends_entity(&bytes[value.start..*at])
    });
    for end in ends.chain([value.end]) {
        let item = trimmed(text, start..end);
        start = (end + 1).min(value.end);
        if !item.is_empty() || (is_first && end == value.end) {
            push_wrapped(builder, page, text, entry, item);
            is_first = false;
        }
    }
}

/// Whether `before`, which a semicolon follows, ends with a character entity but for that: "R&amp".
fn ends_entity(before: &[u8]) -> bool {
    const LONGEST: usize = 8;
    let tail = &before[before.len().saturating_sub(LONGEST + 1)..];
    tail.iter().rposition(|byte| *byte == b'&').is_some_and(|at| {
        let name = &tail[at + 1..];
        !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
    })
}

fn has_line_end(text: &str, value: &Range<usize>) -> bool {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[value.clone()]).is_some()
}

/// The lines of `value`, `\n` between them, on an emptied `page`.
fn joined<'p>(page: &'p mut String, text: &str, value: Range<usize>) -> &'p str {
    page.clear();
    for line in lines(text, value.start, value.end) {
        if line.number > 1 {
            page.push('\n');
        }
        page.push_str(line.text);
    }
    page
}

fn paragraphs<'p>(page: &'p mut String, text: &str, value: Range<usize>) -> &'p str {
    page.clear();
    for line in lines(text, value.start, value.end) {
        if line.number > 1 {
            page.push('\n');
        }
        page.push_str(line.text.trim_matches([' ', '\t']));
    }
    page
}

fn wrapped<'p>(page: &'p mut String, text: &str, value: Range<usize>) -> &'p str {
    page.clear();
    for line in lines(text, value.start, value.end) {
        let line = &text[trimmed(text, line.start..line.end())];
        if line.is_empty() {
            continue;
        }
        if !page.is_empty() {
            page.push(' ');
        }
        page.push_str(line);
    }
    page
}

/// `range` without blanks, tabs and line ends at either end.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let is_margin = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let bytes = &text.as_bytes()[range.clone()];
    let Some(first) = bytes.iter().position(|byte| !is_margin(byte)) else { return range.start..range.start };
    let last = bytes.iter().rposition(|byte| !is_margin(byte)).unwrap_or(first);
    range.start + first..range.start + last + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Format;

    fn values(value: &str, joining: Joining) -> Vec<String> {
        let text = format!("KW {value}");
        let source = Arc::new(Source { text, format: Format::WosTagged, ..Source::default() });
        let mut draft = Draft::default();
        let mut lines = lines(&source.text, 0, source.text.len());
        draft.push(&lines.next().unwrap(), 0..2, 2..source.text.lines().next().unwrap().len(), Field::Keyword, joining);
        lines.for_each(|line| draft.continue_value(&line));
        let record = draft.finish(&source, 1);
        record.entries().map(|entry| entry.value.to_owned()).collect()
    }

    #[test]
    fn lines_of_a_value() {
        for (value, joining, expected) in [
            ("a\n   b", Joining::Text, &["a\n   b"][..]),
            ("a \n   b", Joining::Wrapped, &["a b"]),
            ("a\r\n\r\n   b", Joining::Paragraphs, &["a\n\nb"]),
            ("a\n   b\nc", Joining::List, &["a b", "c"]),
            ("a\n   b\nc", Joining::Lines, &["a", "b", "c"]),
            ("a; b c;\n   d\n   e;", Joining::Semicolons, &["a", "b c", "d e"]),
            ("10.1000/CO;2-A; R&amp; D", Joining::Semicolons, &["10.1000/CO;2-A", "R&amp; D"]),
            ("A & B; c", Joining::Semicolons, &["A & B", "c"]),
            ("", Joining::Semicolons, &[""]),
            (";", Joining::Semicolons, &[""]),
            ("\n   a", Joining::Wrapped, &["a"]),
        ] {
            assert_eq!(values(value, joining), expected, "{value:?} {joining:?}");
        }
    }
}
