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

    /// Where the record's raw text ends so far: the byte and the line.
    pub(super) fn end(&self) -> (usize, u32) {
        (self.range.end, self.lines.1)
    }

    /// The record that the first `n_entries` entries make, whose raw text ends at `end`; the draft goes on with the rest.
    pub(super) fn finish_first(&mut self, n_entries: usize, end: (usize, u32), source: &Arc<Source>, ordinal: u32) -> Record {
        let text = source.text.as_str();
        let (range, lines) = (self.range.start..end.0, (self.lines.0, end.1));
        for entry in self.entries.drain(..n_entries) {
            push_entry(&mut self.builder, text, entry);
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
            push_entry(&mut self.builder, text, entry);
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

fn push_entry(builder: &mut RecordBuilder, text: &str, entry: DraftEntry) {
    let value = trimmed(text, entry.value.clone());
    if !entry.is_long {
        builder.push_range(entry.tag, entry.field, value);
        return;
    }
    match entry.joining {
        Joining::Text if memchr::memchr(b'\r', &text.as_bytes()[value.clone()]).is_none() => {
            builder.push_range(entry.tag, entry.field, value);
        }
        Joining::Text => builder.push_value(entry.tag, entry.field, &joined(text, value, "\n")),
        Joining::Wrapped => builder.push_value(entry.tag, entry.field, &wrapped(text, value)),
        Joining::List => push_list(builder, text, &entry, value),
    }
}

fn push_list(builder: &mut RecordBuilder, text: &str, entry: &DraftEntry, value: Range<usize>) {
    let mut item: Option<Range<usize>> = None;
    let mut flush = |item: Range<usize>| {
        let item = trimmed(text, item);
        if text[item.clone()].contains(['\n', '\r']) {
            builder.push_value(entry.tag.clone(), entry.field, &wrapped(text, item));
        } else {
            builder.push_range(entry.tag.clone(), entry.field, item);
        }
    };
    for line in lines(text, value.start, value.end).filter(|line| !line.is_blank()) {
        match &mut item {
            Some(item) if line.text.starts_with([' ', '\t']) => item.end = line.end(),
            other => {
                if let Some(done) = other.replace(line.start..line.end()) {
                    flush(done);
                }
            }
        }
    }
    flush(item.unwrap_or(value));
}

fn joined(text: &str, value: Range<usize>, glue: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for line in lines(text, value.start, value.end) {
        if line.number > 1 {
            out.push_str(glue);
        }
        out.push_str(line.text);
    }
    out
}

fn wrapped(text: &str, value: Range<usize>) -> String {
    let mut out = String::with_capacity(value.len());
    for line in lines(text, value.start, value.end).filter(|line| !line.is_blank()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line.text.trim_matches([' ', '\t']));
    }
    out
}

/// `range` without blanks, tabs and line ends at either end.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let is_margin = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let bytes = &text.as_bytes()[range.clone()];
    let Some(first) = bytes.iter().position(|byte| !is_margin(byte)) else { return range.start..range.start };
    let last = bytes.iter().rposition(|byte| !is_margin(byte)).unwrap_or(first);
    range.start + first..range.start + last + 1
}
