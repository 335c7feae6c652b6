//! Cells become entries of a record: quotation marks undone, lists taken apart, fillers and damage told from values.

use super::cells::Cell;
use super::columns::Shape;
use super::damage;
use super::layout::Column;
use super::lists::{self, Value};
use crate::diagnostic::{Code, Span};
use crate::formats::quoted;
use crate::formats::tally::Tally;
use crate::record::{Dialect, Field, RecordBuilder};
use std::ops::Range;

/// Words that stand where a database has nothing to say. They are kept, but as no value.
const FILLERS: [&str; 8] =
    ["NA", "N/A", "null", "NULL", "nan", "[No abstract available]", "[No author name available]", "[No author id available]"];

/// Names of columns as the tags of entries.
pub(super) enum Tags {
    /// Ranges of the text of tags that the source keeps.
    Shared(Vec<Range<usize>>),
    /// The names themselves, where the source keeps another text.
    Own(Vec<String>),
    /// A range of the source's text: a name that stands in the row itself.
    InRow(Range<usize>),
}

/// Makes entries of the cells of one table.
pub(super) struct Entries<'a> {
    pub(super) text: &'a str,
    pub(super) builder: RecordBuilder,
    pub(super) tags: Tags,
    dialect: Dialect,
    own: String,
    values: Vec<Value>,
}

/// Where a cell stands among the columns, and on which line.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) column: &'c Column,
    /// The number of its tag.
    pub(super) tag: usize,
    pub(super) line: u32,
}

impl<'a> Entries<'a> {
    pub(super) fn new(text: &'a str, tags: Tags, dialect: Dialect) -> Self {
        Self { text, builder: RecordBuilder::default(), tags, dialect, own: String::new(), values: Vec::new() }
    }

    /// Adds the values of one cell.
    pub(super) fn cell(&mut self, place: Place<'_>, cell: &Cell, tally: &mut Tally) {
        let text = self.text;
        let range = trimmed(text, &cell.range);
        if range.is_empty() {
            return;
        }
        let plain = &text[range.clone()];
        if !cell.has_doubled && memchr::memchr(b'\r', plain.as_bytes()).is_none() {
            self.values_of(place, plain, Some(range.start), tally);
            return;
        }
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        unescape(plain, cell.has_doubled, &mut own);
        // Excel's guard around a number, quoted as a whole: "=""0123""".
        let value = own.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(&own).trim();
        if !value.is_empty() {
            self.values_of(place, value, None, tally);
        }
        self.own = own;
    }

    /// Adds the values of `value`, which stands in the source at byte `start`, or nowhere as it is.
    fn values_of(&mut self, place: Place<'_>, value: &str, start: Option<usize>, tally: &mut Tally) {
        let Column { field, shape, .. } = *place.column;
        if damage::is_damaged(field, value) {
            let found = || format!("{} in the column {:?}", quoted(value), place.column.name);
            tally.add(Code::SpreadsheetDamage, place.line, Span::default(), found);
            self.push(place.tag, Field::Other, value, start, &(0..value.len()));
            return;
        }
        // Every record has an id, whatever it may be.
        let is_id = field == Field::Accession && ["id", "key"].iter().any(|name| place.column.name.eq_ignore_ascii_case(name));
        if !is_id && is_filler(field, value, self.dialect) {
            self.push(place.tag, Field::Other, value, start, &(0..value.len()));
            return;
        }
        let glued = if self.dialect == Dialect::Rayyan { glued_tag(value) } else { None };
        if let Some(at) = glued {
            let found = || quoted(value[at..].trim_start());
            tally.add(Code::GluedTags, place.line, Span::default(), found);
            self.split(place, field, shape, value[..at].trim_end(), start);
            let tail = trimmed(value, &(at..value.len()));
            self.push(place.tag, Field::Other, value, start, &tail);
            return;
        }
        match field {
            Field::Pmid if value.contains('/') => {
                let number = value.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                let at = value.trim_end_matches('/').len() - number.len();
                self.push(place.tag, field, value, start, &(at..at + number.len()));
            }
            _ => self.split(place, field, shape, without_fraction(field, value), start),
        }
    }

    fn split(&mut self, place: Place<'_>, field: Field, shape: Shape, value: &str, start: Option<usize>) {
        if shape == Shape::One {
            self.push(place.tag, field, value, start, &(0..value.len()));
            return;
        }
        let mut values = std::mem::take(&mut self.values);
        lists::values(value, field, shape, &mut values);
        for (field, range) in values.drain(..) {
            self.push(place.tag, field, value, start, &range);
        }
        self.values = values;
    }

    fn push(&mut self, tag: usize, field: Field, value: &str, start: Option<usize>, part: &Range<usize>) {
        match (&self.tags, start) {
            (Tags::Shared(tags), Some(start)) => {
                let tag = tags.get(tag).cloned().unwrap_or_default();
                self.builder.push_shared_range(tag, field, start + part.start..start + part.end);
            }
            (Tags::Shared(tags), None) => {
                self.builder.push_shared_value(tags.get(tag).cloned().unwrap_or_default(), field, &value[part.clone()]);
            }
            (Tags::InRow(tag), Some(start)) => self.builder.push_range(tag.clone(), field, start + part.start..start + part.end),
            (Tags::InRow(tag), None) => self.builder.push_value(tag.clone(), field, &value[part.clone()]),
            (Tags::Own(tags), _) => self.builder.push_text(tags.get(tag).map_or("", String::as_str), field, &value[part.clone()]),
        }
    }
}

/// Whether `value` says that there is none.
fn is_filler(field: Field, value: &str, dialect: Dialect) -> bool {
    match value.as_bytes() {
        [b'N' | b'n' | b'[', ..] => FILLERS.contains(&value),
        [b'0'] if dialect == Dialect::PublishOrPerish => {
            matches!(field, Field::Year | Field::Volume | Field::Issue | Field::Pages | Field::LastPage)
        }
        [b'0'] => field == Field::Pmid,
        _ => false,
    }
}

/// `range` of `text` without the blanks at its ends.
pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let left = part.trim_start();
    let start = range.end - left.len();
    start..start + left.trim_end().len()
}

/// `text` with one quotation mark for two, and line feeds for line ends of any sort.
fn unescape(text: &str, has_doubled: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'"', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        if rest.as_bytes()[at] == b'"' {
            out.push('"');
            rest = if has_doubled { behind.strip_prefix('"').unwrap_or(behind) } else { behind };
        } else {
            out.push('\n');
            rest = behind.strip_prefix('\n').unwrap_or(behind);
        }
    }
    out.push_str(rest);
}

/// Rayyan glues tags of RIS that it does not know to the value before: "10.5555/1     LK  - https://…".
fn glued_tag(value: &str) -> Option<usize> {
    let is_tag = |tag: &[u8]| tag[0].is_ascii_uppercase() && (tag[1].is_ascii_uppercase() || tag[1].is_ascii_digit());
    memchr::memmem::find_iter(value.as_bytes(), "  - ").filter_map(|at| at.checked_sub(4)).find(|at| {
        let before = &value.as_bytes()[*at..*at + 4];
        before.starts_with(b"  ") && is_tag(&before[2..])
    })
}

/// Programs that keep numbers in floating point write "2020.0" for 2020.
fn without_fraction(field: Field, value: &str) -> &str {
    let is_number = matches!(field, Field::Year | Field::Volume | Field::Issue | Field::Pmid);
    let whole = value.strip_suffix(".0").filter(|whole| is_number && whole.bytes().all(|byte| byte.is_ascii_digit()));
    whole.filter(|whole| !whole.is_empty()).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_line_ends_are_undone() {
        for (text, has_doubled, expected) in [
            ("a \"\"b\"\"", true, "a \"b\""),
            ("\"\"\"\"", true, "\"\""),
            ("a \"b\"\r\nc\rd\n", false, "a \"b\"\nc\nd\n"),
            ("a \"b \"\"c\"\"", true, "a \"b \"c\""),
        ] {
            let mut out = String::new();
            unescape(text, has_doubled, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }

    #[test]
    fn tags_of_ris_behind_a_value() {
        for (text, expected) in
            [("10.5555/1     LK  - https://a", Some("10.5555/1")), ("A title  - with dashes", None), ("  - ", None), ("é  - ", None)]
        {
            assert_eq!(glued_tag(text).map(|at| text[..at].trim_end()), expected, "{text}");
        }
    }
}
