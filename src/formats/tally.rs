//! Collects the diagnostics of one file, so that ten thousand equal ones become a few.
//!
//! Warnings are kept one by one up to a limit, notes only once; whatever is past the limit is counted and the count
//! stands in the last one. The result is the same whether a file was read whole or in chunks.

use super::lines::lines;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::record::Source;
use std::sync::Arc;

/// How many warnings of one code are shown one by one before the rest is only counted.
const SHOWN_WARNINGS: usize = 10;

#[derive(Default)]
pub(super) struct Tally {
    rows: Vec<Row>,
}

struct Row {
    code: Code,
    shown: Vec<(u32, Span, String)>,
    count: usize,
}

impl Tally {
    /// One more problem. `found` is only called where the text will be shown.
    pub(super) fn add(&mut self, code: Code, line: u32, span: Span, found: impl FnOnce() -> String) {
        let row = self.row(code);
        row.count += 1;
        if row.shown.len() < shown_at_most(code) {
            row.shown.push((line, span, found()));
        }
    }

    /// Whether there has been a problem of that code.
    pub(super) fn has(&self, code: Code) -> bool {
        self.rows.iter().any(|row| row.code == code)
    }

    /// Adds what another chunk of the same file, which begins `lines` lines further down, has collected.
    pub(super) fn append(&mut self, other: Tally, lines: u32) {
        for theirs in other.rows {
            let row = self.row(theirs.code);
            row.count += theirs.count;
            let room = shown_at_most(theirs.code).saturating_sub(row.shown.len());
            row.shown.extend(theirs.shown.into_iter().take(room).map(|(line, span, found)| (line + lines, span, found)));
        }
    }

    /// Makes the numbers of lines, which were counted in the text of `source`, those of its file.
    pub(super) fn unfold_lines(&mut self, source: &Source) {
        let mut shown: Vec<_> = self.rows.iter_mut().flat_map(|row| &mut row.shown).collect();
        shown.sort_by_key(|(line, _, _)| *line);
        let mut shown = shown.into_iter().peekable();
        for line in lines(&source.text, 0, source.text.len()) {
            if shown.peek().is_none() {
                return;
            }
            while let Some((number, span, _)) = shown.next_if(|(number, _, _)| *number <= line.number) {
                *number += source.folds.count_before(line.start);
                let first = source.folds.first_within(line.start..line.end()).map_or(line.text.len(), |at| at - line.start);
                *span = Span::new(span.start.min(first), span.end.min(first));
            }
        }
    }

    /// The diagnostics, by line and then by code.
    pub(super) fn finish(self, file: &Arc<str>) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for row in self.rows {
            let more = row.count - row.shown.len();
            let last = row.shown.len().saturating_sub(1);
            for (index, (line, span, mut found)) in row.shown.into_iter().enumerate() {
                if index == last && more > 0 {
                    found = format!("{found} (and {more} more like it)");
                }
                out.push(Diagnostic::new(row.code, file, line, span, found));
            }
        }
        out.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.code));
        out
    }

    fn row(&mut self, code: Code) -> &mut Row {
        let at = self.rows.iter().position(|row| row.code == code).unwrap_or_else(|| {
            self.rows.push(Row { code, shown: Vec::new(), count: 0 });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }
}

fn shown_at_most(code: Code) -> usize {
    if code.severity() == Severity::Note { 1 } else { SHOWN_WARNINGS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floods_are_counted_and_chunks_add_up() {
        let whole = |lines: std::ops::Range<u32>| {
            let mut tally = Tally::default();
            for line in lines {
                tally.add(Code::UnknownTag, line, Span::default(), || format!("n{line}"));
                tally.add(Code::MissingRecordEnd, line, Span::default(), || format!("w{line}"));
            }
            tally
        };
        let file = Arc::from("a.ris");
        let serial = whole(1..31).finish(&file);
        let mut first = whole(1..8);
        first.append(whole(1..24), 7);
        assert_eq!(serial.len(), 1 + SHOWN_WARNINGS);
        assert_eq!(serial[0].found, "n1 (and 29 more like it)");
        assert_eq!(serial[1].found, "w1");
        assert_eq!(serial.last().unwrap().found, "w10 (and 20 more like it)");
        let chunked = first.finish(&file);
        assert_eq!(
            serial.iter().map(|d| (d.code, d.line)).collect::<Vec<_>>(),
            chunked.iter().map(|d| (d.code, d.line)).collect::<Vec<_>>()
        );
    }
}
