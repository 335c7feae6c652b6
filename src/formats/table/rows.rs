//! The rows of one table become records, the damaged ones repaired where the other rows show how.

use super::cells::{Cell, Damage, Row, Rows};
use super::entries::{Entries, Place, Tags};
use super::layout::{Column, Layout, dialect_of};
use crate::diagnostic::{Code, Span};
use crate::formats::text::line_at;
use crate::formats::{Content, OutsideText, lines, quoted};
use crate::record::{Field, Source};
use std::ops::Range;
use std::sync::Arc;

/// How many lines further on the rest of a row that was broken is looked for.
const MOST_PIECES: usize = 40;
/// Broken rows are mended where at most one row in so many is short for other reasons.
const ROWS_PER_SHORT: usize = 4;
/// So many rows further on are looked at for whole ones before the first broken row is mended.
const ROWS_AHEAD: usize = 200;
/// The name of cells that stand behind the last column.
pub(super) const EXCESS: &str = "excess";

/// Reads the table of `text`, which is the source's text up to the end of the table, into `content`. `start` is where its
/// header's part of the text begins, and `line` the number of that line.
pub(super) fn read(source: &Arc<Source>, part: Range<usize>, line: u32, layout: &Layout, tags: Tags, content: &mut Content) {
    let text = &source.text[..part.end];
    let excess = Column { name: EXCESS.into(), field: Field::Other, shape: super::columns::Shape::One, is_understood: true };
    let reader = Reader {
        source,
        text,
        layout,
        excess,
        entries: Entries::new(text, tags, dialect_of(layout)),
        rows: Rows::new(text, layout.delimiter, layout.columns.len()),
        n_whole: 0,
        n_short: 0,
        n_ahead: None,
        after_blank: false,
        has_values: vec![false; layout.columns.len()],
        content,
    };
    reader.read(part.start, line);
}

/// Adds the lines of `range` of the source's text to what stands outside of records; says how many lines they are.
pub(super) fn outside(text: &str, range: Range<usize>, first_line: u32, content: &mut Content) -> u32 {
    let mut n_lines = 0;
    for line in lines::lines(text, range.start, range.end) {
        n_lines = line.number;
        if line.is_blank() {
            continue;
        }
        let number = first_line + line.number - 1;
        content.tally.add(Code::OutsideText, number, Span::new(0, line.text.len()), || quoted(line.text));
        content.outside.push(OutsideText { line: number, range: line.start..line.end() });
    }
    n_lines
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    layout: &'a Layout,
    excess: Column,
    entries: Entries<'a>,
    rows: Rows<'a>,
    n_whole: usize,
    n_short: usize,
    /// How many whole rows stand ahead of the first broken one, where there has been one.
    n_ahead: Option<usize>,
    after_blank: bool,
    /// Which columns have held a value.
    has_values: Vec<bool>,
    content: &'a mut Content,
}

impl Reader<'_> {
    fn read(mut self, start: usize, first_line: u32) {
        let header = &self.text[self.layout.header.clone()];
        let stated = n_breaks(&self.text[start..self.layout.start]);
        let first_line = first_line + stated;
        let header_line = first_line + outside(self.text, self.layout.start..self.layout.header.start, first_line, self.content);
        let mut line = header_line + n_breaks(header) + 1;
        let mut row = Row::default();
        let mut at = self.layout.body;
        while at < self.text.len() {
            self.rows.read(at, &mut row);
            if row.cells.len() < self.layout.columns.len() && self.mend(&mut row) {
                let found = || quoted(&self.text[row.range.clone()]);
                self.content.tally.add(Code::BrokenRow, line, Span::default(), found);
            }
            at = row.next;
            let raw = &self.text[row.range.clone()];
            let last_line = line + n_breaks(raw);
            if self.is_blank(&row) {
                self.after_blank = true;
            } else if raw == header {
                let found = || "the header once more".to_owned();
                self.content.tally.add(Code::RepeatedHeader, line, Span::default(), found);
            } else if self.is_remark(&row) {
                outside(self.text, row.range.clone(), line, self.content);
            } else {
                self.record(&row, (line, last_line));
                self.after_blank = false;
            }
            line = last_line + 1;
        }
        self.unknown_columns(header_line);
    }

    /// Names the columns that hold something and are not understood.
    fn unknown_columns(&mut self, line: u32) {
        let columns = self.layout.columns.iter().zip(&self.has_values);
        let unknown = columns.filter(|(column, has_values)| **has_values && !column.is_understood);
        let unknown: Vec<&str> = unknown.map(|(column, _)| column.name.as_str()).collect();
        if !unknown.is_empty() {
            self.content.tally.add(Code::UnknownColumn, line, Span::default(), || unknown.join(", "));
        }
    }

    fn is_blank(&self, row: &Row) -> bool {
        row.cells.iter().all(|cell| self.text[cell.range.clone()].trim().is_empty())
    }

    /// Whether a row of one cell says something about the table: no title, or one that stands apart from the other rows.
    fn is_remark(&self, row: &Row) -> bool {
        let text = self.text[row.range.clone()].trim();
        let is_lone = self.layout.columns.len() > 2 && row.cells.iter().skip(1).all(|cell| cell.range.is_empty());
        let is_title = self.layout.columns.first().is_some_and(|column| column.field == Field::Title);
        let is_rule = text.len() > 2 && text.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_'));
        is_rule || (is_lone && row.cells.len() == 1 && (!is_title || self.after_blank) && text.contains(char::is_whitespace))
    }

    /// Joins a row that has too few cells with the rows below, where a line break in a cell of text without quotation marks
    /// has cut it: together they must have as many cells as the header has names, and most other rows must be whole.
    fn mend(&mut self, row: &mut Row) -> bool {
        let width = self.layout.columns.len();
        if row.damage != Damage::None || self.is_blank(row) || !self.expects_whole_rows(row.next) {
            return false;
        }
        let mut mended = Row { cells: row.cells.clone(), range: row.range.clone(), next: row.next, damage: Damage::None };
        let mut piece = Row::default();
        for _ in 0..MOST_PIECES {
            if mended.next >= self.text.len() || mended.cells.len() >= width {
                break;
            }
            self.rows.read(mended.next, &mut piece);
            if !self.goes_on(&mended, &piece) {
                return false;
            }
            if let Some(last) = mended.cells.last_mut() {
                last.range.end = piece.cells[0].range.end;
            }
            mended.cells.extend(piece.cells.drain(1..));
            (mended.range.end, mended.next) = (piece.range.end, piece.next);
        }
        if mended.cells.len() != width {
            return false;
        }
        *row = mended;
        true
    }

    /// Whether nearly all rows, read and to come, are whole; `at` is where the next row begins.
    fn expects_whole_rows(&mut self, at: usize) -> bool {
        let n_ahead = *self.n_ahead.get_or_insert_with(|| {
            let mut next = Row::default();
            let (mut at, mut n_whole) = (at, 0);
            for _ in 0..ROWS_AHEAD {
                if at >= self.text.len() {
                    break;
                }
                self.rows.read(at, &mut next);
                n_whole += usize::from(next.cells.len() == self.layout.columns.len());
                at = next.next;
            }
            n_whole
        });
        let n_whole = self.n_whole.max(n_ahead);
        n_whole > 0 && self.n_short * ROWS_PER_SHORT <= n_whole
    }

    /// Whether the last cell of `row` may go on in the first cell of `piece`: both stand without quotation marks, in a
    /// column of text, and `piece` does not begin as records do where those begin with a number or code.
    fn goes_on(&self, row: &Row, piece: &Row) -> bool {
        let is_plain = |cell: Option<&Cell>| cell.is_some_and(|cell| !cell.is_quoted);
        let is_text = |column: Option<&Column>| column.is_some_and(|column| is_text(column.field));
        let start = piece.cells.first().map_or("", |cell| self.text[cell.range.clone()].trim());
        let begins_record = !is_text(self.layout.columns.first()) && !start.is_empty() && !start.contains(char::is_whitespace);
        let column = self.layout.columns.get(row.cells.len() - 1);
        piece.damage == Damage::None && is_plain(row.cells.last()) && is_plain(piece.cells.first()) && is_text(column) && !begins_record
    }

    fn record(&mut self, row: &Row, lines: (u32, u32)) {
        let width = self.layout.columns.len();
        let tally = &mut self.content.tally;
        match row.damage {
            Damage::None => {}
            Damage::Stray => tally.add(Code::StrayQuote, lines.0, Span::default(), || first_quote(self.text, row)),
            Damage::Unclosed => tally.add(Code::UnclosedCell, lines.0, Span::default(), || first_quote(self.text, row)),
            Damage::Truncated => tally.add(Code::TruncatedFile, lines.0, Span::default(), || "the end of the file in a quoted cell".into()),
        }
        let is_excess = row.cells.len() > width && row.cells[width..].iter().any(|cell| !self.text[cell.range.clone()].trim().is_empty());
        if row.cells.len() < width || is_excess {
            let found = || format!("{} cells under {width} names", row.cells.len());
            tally.add(Code::UnevenRow, lines.0, Span::default(), found);
        }
        if row.cells.len() < width {
            self.n_short += 1;
        } else {
            self.n_whole += 1;
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let column = self.layout.columns.get(at).unwrap_or(&self.excess);
            if let Some(has_values) = self.has_values.get_mut(at) {
                *has_values |= !cell.range.is_empty();
            }
            self.entries.cell(Place { column, tag: at.min(width), line: lines.0 }, cell, &mut self.content.tally);
        }
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        let record = self.entries.builder.finish(self.source, row.range.clone(), lines, ordinal);
        self.content.records.push(record);
    }
}

/// Whether values of this field are texts, in which a line may break.
fn is_text(field: Field) -> bool {
    matches!(field, Field::Title | Field::OriginalTitle | Field::ShortTitle | Field::Abstract | Field::Note | Field::Affiliation)
        || matches!(field, Field::Author | Field::FullAuthor | Field::Keyword | Field::AuthorKeyword | Field::Other)
}

/// The cell with the quotation marks that were found damaged, as far as a message shows it.
fn first_quote(text: &str, row: &Row) -> String {
    let cell = row.cells.iter().map(|cell| &text[cell.range.clone()]).find(|cell| cell.contains('"'));
    quoted(cell.unwrap_or_default())
}

/// How many line ends stand in `text`.
fn n_breaks(text: &str) -> u32 {
    line_at(text, text.len()) - 1
}
