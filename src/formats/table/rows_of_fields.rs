//! Embase.com's other table: one row a field, the name of the field in the first cell and its values in those behind it,
//! and blank lines between records.

use super::cells::{Damage, Row, Rows};
use super::columns::{self, Shape, fold_name};
use super::entries::{Entries, Place, Tags};
use super::layout::{Column, head};
use super::rows::outside;
use crate::diagnostic::{Code, Span};
use crate::formats::text::line_at;
use crate::formats::{Content, quoted};
use crate::record::{Dialect, Field, Source};
use std::ops::Range;
use std::sync::Arc;

/// How many lines may stand before the first record.
const MOST_LINES_BEFORE: usize = 20;

/// Whether `text` is such a table: two fields in rows of their own, one below the other.
pub(super) fn is(text: &str) -> bool {
    start(text).is_some()
}

/// Where the first record begins.
fn start(text: &str) -> Option<usize> {
    if !text.trim_start().starts_with('"') {
        return None;
    }
    let text = head(text);
    let mut rows = Rows::new(text, b',', 0);
    let mut row = Row::default();
    let (mut at, mut first_field) = (0, None);
    for _ in 0..MOST_LINES_BEFORE {
        if at >= text.len() {
            return None;
        }
        rows.read(at, &mut row);
        first_field = match (first_field, is_field(text, &row)) {
            (Some(start), true) => return Some(start),
            (None, true) => Some(at),
            (_, false) => None,
        };
        at = row.next;
    }
    None
}

/// Whether `row` begins with the name of a field, in capitals and quoted, and has a value, which is no such name.
fn is_field(text: &str, row: &Row) -> bool {
    let Some(name) = row.cells.first().filter(|cell| cell.is_quoted) else { return false };
    let name = &text[name.range.clone()];
    let is_upper = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    let value = row.cells.get(1).map(|cell| &text[cell.range.clone()]);
    is_upper && meaning(name).is_some() && value.is_some_and(|value| meaning(value).is_none())
}

fn meaning(name: &str) -> Option<(Field, Shape)> {
    let embase = columns::PROGRAMS.iter().find(|program| program.dialect == Dialect::EmbaseCom);
    columns::meaning(&fold_name(name), embase)
}

/// The records of `part` of the source's text, whose first line has the number `line`.
pub(super) fn read(source: &Arc<Source>, part: Range<usize>, line: u32, content: &mut Content) {
    let text = &source.text[..part.end];
    let first = part.start + start(&text[part.clone()]).unwrap_or(part.len());
    let mut line = line + outside(text, part.start..first, line, content);
    let mut entries = Entries::new(text, Tags::InRow(0..0), Dialect::EmbaseCom);
    let mut rows = Rows::new(text, b',', 0);
    let mut row = Row::default();
    let mut open: Option<Open> = None;
    let mut at = first;
    while at < text.len() {
        rows.read(at, &mut row);
        at = row.next;
        let raw = &text[row.range.clone()];
        let last_line = line + line_at(raw, raw.len()) - 1;
        let is_gap = raw.trim_matches([' ', '\t', ',', '-']).is_empty();
        let name = row.cells.first().map_or("", |cell| &text[cell.range.clone()]);
        let (name_field, shape) = meaning(name).unwrap_or((Field::Other, Shape::One));
        let starts_another = name_field == Field::Title && open.as_ref().is_some_and(|open| open.has_title);
        if is_gap || starts_another {
            finish(source, &mut entries, open.take(), content);
        }
        if !is_gap && row.cells.len() == 1 && open.is_none() {
            outside(text, row.range.clone(), line, content);
        } else if !is_gap {
            let open = open.get_or_insert_with(|| Open { range: row.range.clone(), lines: (line, last_line), has_title: false });
            (open.range.end, open.lines.1) = (row.range.end, last_line);
            open.has_title |= name_field == Field::Title;
            field(&mut entries, &row, (name_field, shape), line, content);
        }
        line = last_line + 1;
    }
    finish(source, &mut entries, open, content);
}

/// A record while its rows are being read.
struct Open {
    range: Range<usize>,
    lines: (u32, u32),
    has_title: bool,
}

/// Adds the values of one row: each cell behind the first is one.
fn field(entries: &mut Entries<'_>, row: &Row, (field, shape): (Field, Shape), line: u32, content: &mut Content) {
    let text = entries.text;
    let Some(name) = row.cells.first() else { return };
    match row.damage {
        Damage::None => {}
        Damage::Stray => content.tally.add(Code::StrayQuote, line, Span::default(), || quoted(&text[row.range.clone()])),
        Damage::Unclosed => content.tally.add(Code::UnclosedCell, line, Span::default(), || quoted(&text[row.range.clone()])),
        Damage::Truncated => {
            content.tally.add(Code::TruncatedFile, line, Span::default(), || "the end of the file in a quoted cell".into());
        }
    }
    // A row without a name in front: its first cell is a value, too.
    let (tag, n_skipped) = if row.cells.len() > 1 { (name.range.clone(), 1) } else { (name.range.start..name.range.start, 0) };
    entries.tags = Tags::InRow(tag);
    let shape = if shape == Shape::Source { shape } else { Shape::One };
    for cell in &row.cells[n_skipped..] {
        // Behind an identifier stands the link to it.
        let is_link = text[cell.range.clone()].starts_with("http") && field != Field::Abstract;
        let field = if is_link { Field::Url } else { field };
        let column = Column { name: String::new(), field, shape, is_understood: true };
        entries.cell(Place { column: &column, tag: 0, line }, cell, &mut content.tally);
    }
}

fn finish(source: &Arc<Source>, entries: &mut Entries<'_>, open: Option<Open>, content: &mut Content) {
    let Some(open) = open else { return };
    if entries.builder.is_empty() {
        outside(entries.text, open.range, open.lines.0, content);
        return;
    }
    let ordinal = u32::try_from(content.records.len() + 1).unwrap_or(u32::MAX);
    content.records.push(entries.builder.finish(source, open.range, open.lines, ordinal));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn such_tables_are_told_from_others() {
        for (text, expected) in [
            ("\"TITLE\",\"A\"\n\"AUTHOR NAMES\",\"Ek A.\",\"Lie B.\"\n", true),
            ("\"SEARCH QUERY\",\"x:ti\"\n-----\n\n\"TITLE\",\"A\"\n\"PUI\",\"L1\"\n", true),
            ("\"TITLE\",\"AUTHORS\"\n\"A\",\"Ek A.\"\n", false),
            ("\"TITLE\",\"YEAR\"\n\"ABSTRACT\",\"2000\"\n\"A\",\"B\"\n", false),
            ("TITLE,A\nDOI,B\n", false),
            ("", false),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }

    #[test]
    fn rows_without_values_are_no_record() {
        let parsed = crate::formats::read("a.csv", b"\"TITLE\",\"A\"\n\"AUTHOR NAMES\",\"Ek A.\"\n\nodd,\n".to_vec()).unwrap();
        assert_eq!(parsed.records.len(), 1);
        assert_eq!(parsed.outside.iter().map(|outside| outside.line).collect::<Vec<_>>(), [4]);
    }
}
