//! The text of an export is cut into the elements that are its records, before any of them is read.

use super::super::tally::Tally;
use super::super::text::line_at;
use super::Grammar;
use crate::diagnostic::{Code, Span};
use std::ops::Range;

/// One record element: its bytes, and the lines it starts and ends on.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) lines: (u32, u32),
    /// How long the name of the element is, prefix included.
    name_len: usize,
}

impl Piece {
    /// The name of the element, with its prefix, in the text that the piece was cut from.
    pub(super) fn name<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.start + 1..self.range.start + 1 + self.name_len).unwrap_or_default()
    }
}

/// Sections of a record in which nothing is markup: where they open and where they close.
pub(super) const OPAQUE: [(&str, &str); 2] = [("<!--", "-->"), ("<![CDATA[", "]]>")];

/// No prefix of a namespace is longer.
const LONGEST_PREFIX: usize = 24;

/// The record elements of the stretch `range` of `text`, in order.
pub(super) fn pieces(text: &str, range: Range<usize>, grammar: &Grammar, tally: &mut Tally) -> Vec<Piece> {
    let (offset, text) = (range.start, &text[range]);
    let bytes = text.as_bytes();
    let opaque = opaque(text);
    let is_markup = |at: usize| {
        let after = opaque.partition_point(|range| range.start <= at);
        !opaque[..after].last().is_some_and(|range| range.contains(&at))
    };
    let starts = starts(text, grammar, is_markup);
    let mut counted = LineCounter::default();
    let mut out = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map(|next| next.start);
        let limit = next.unwrap_or(text.len());
        let name = &text[start.start + 1..start.end];
        let end = end_of(text, start.start..limit, name, is_markup);
        if end.is_none() && next.is_some() && !(grammar.holds_record)(&text[start.start..limit]) {
            continue;
        }
        let first_line = counted.line_at(text, start.start);
        if end.is_none() && !is_empty_element(&text[start.start..limit]) {
            match next {
                Some(_) => tally.add(Code::MissingRecordEnd, first_line, Span::default(), || format!("the next <{name}>")),
                None => tally.add(Code::TruncatedFile, first_line, Span::default(), || format!("a <{name}> without </{name}>")),
            }
        }
        let end = end.unwrap_or(limit);
        debug_assert!(bytes.get(start.start) == Some(&b'<'), "a piece begins with its tag");
        let lines = (first_line, counted.line_at(text, end));
        out.push(Piece { range: offset + start.start..offset + end, lines, name_len: name.len() });
    }
    out
}

/// Where record elements begin: each from the `<` to the end of the name.
fn starts(text: &str, grammar: &Grammar, is_markup: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    for name in grammar.records {
        for at in memchr::memmem::find_iter(bytes, name) {
            let end = at + name.len();
            let is_whole = bytes.get(end).is_some_and(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace());
            if is_whole
                && let Some(start) = tag_start(bytes, at)
                && is_markup(start)
            {
                out.push(start..end);
            }
        }
    }
    out.sort_unstable_by_key(|range| range.start);
    out
}

/// The `<` of the start tag whose name, behind a prefix or none, begins at `at`.
fn tag_start(bytes: &[u8], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    match bytes[before] {
        b'<' => Some(before),
        b':' => {
            let from = before.saturating_sub(LONGEST_PREFIX);
            let prefix =
                bytes[from..before].iter().rposition(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')))?;
            (bytes[from + prefix] == b'<' && from + prefix + 1 < before).then_some(from + prefix)
        }
        _ => None,
    }
}

/// Where the element ends whose start tag, of that name, `range` begins with.
fn end_of(text: &str, range: Range<usize>, name: &str, is_markup: impl Fn(usize) -> bool) -> Option<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    let closer = format!("</{name}");
    let mut places = memchr::memmem::find_iter(bytes, &closer).filter_map(|at| {
        let behind = &bytes[at + closer.len()..];
        let blanks = behind.iter().position(|byte| !byte.is_ascii_whitespace())?;
        (behind[blanks] == b'>' && is_markup(range.start + at)).then_some(range.start + at + closer.len() + blanks + 1)
    });
    places.next()
}

/// Comments and CDATA sections, in which nothing is markup. One that is opened again before it ends was never closed, and
/// hides nothing: it must not cost the records behind it.
fn opaque(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    // Both begin alike, and with what is rare: one search finds them.
    let opens: Vec<(usize, usize)> = memchr::memmem::find_iter(bytes, "<!")
        .filter_map(|at| Some((at, OPAQUE.iter().position(|(open, _)| text[at..].starts_with(open))?)))
        .collect();
    let mut next_alike = vec![text.len(); OPAQUE.len()];
    let mut out: Vec<Range<usize>> = Vec::new();
    for (start, sort) in opens.into_iter().rev() {
        let close = OPAQUE[sort].1;
        let limit = std::mem::replace(&mut next_alike[sort], start);
        if let Some(end) = memchr::memmem::find(&bytes[start..limit], close.as_bytes()) {
            out.push(start..start + end + close.len());
        }
    }
    out.reverse();
    // What stands inside of a section is no section.
    out.dedup_by(|next, before| next.end <= before.end);
    out
}

fn is_empty_element(text: &str) -> bool {
    text.find('>').is_some_and(|at| text[..at].ends_with('/'))
}

/// Counts line ends while walking down a text.
#[derive(Default)]
struct LineCounter {
    at: usize,
    n_ends: u32,
}

impl LineCounter {
    fn line_at(&mut self, text: &str, at: usize) -> u32 {
        self.n_ends += line_at(&text[self.at..], at - self.at) - 1;
        self.at = at;
        self.n_ends + 1
    }
}
