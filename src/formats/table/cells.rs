//! A line of a delimited table becomes cells: ranges of its text, quotation marks taken off.
//!
//! Goes in: the text, where a row begins, the delimiter. Comes out: a [`Row`]. The grammar is RFC 4180 with what real files
//! do to it: quotation marks that are not doubled, cells that are never closed, Excel's `="123"`. `csv-core` is the twin in
//! the tests and not the reader: it copies every cell, and an unclosed quotation mark takes the rest of the file with it.

use std::ops::Range;

/// One cell: its content without the quotation marks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) range: Range<usize>,
    /// Whether quotation marks stand around it.
    pub(super) is_quoted: bool,
    /// Whether it holds doubled quotation marks, which mean one.
    pub(super) has_doubled: bool,
}

/// One row of a table, which may run over several lines.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// From the row's first byte to its last, without the line end.
    pub(super) range: Range<usize>,
    /// Where the next row begins.
    pub(super) next: usize,
    pub(super) damage: Damage,
}

/// What was wrong with the quotation marks of a row; the graver one counts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Damage {
    #[default]
    None,
    /// Marks inside a quoted cell that are not doubled.
    Stray,
    /// A cell that begins with a mark and is never closed.
    Unclosed,
    /// The text ends within a quoted cell.
    Truncated,
}

/// Cuts rows out of a text.
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// How many cells a row should have; 0 where that is not known.
    width: usize,
    /// Up to here no quoted cell is closed: what keeps the reading of damaged text linear.
    unclosed_to: usize,
    /// The same where marks are read as those of prose.
    unclosed_prose_to: usize,
}

/// How quotation marks are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As RFC 4180 has it, single marks inside a cell being text.
    Usual,
    /// The first mark that may close a cell does, doubled or not; where another cell begins before it, none does.
    Least,
    /// A mark before a comma and a blank is one of prose.
    Prose,
}

/// How a quoted cell ends.
struct Closing {
    /// Where its closing mark stands.
    at: usize,
    /// Where the delimiter or line end behind it stands.
    after: usize,
    has_doubled: bool,
    is_stray: bool,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, which ends where the table ends.
    pub(super) fn new(text: &'a str, delimiter: u8, width: usize) -> Self {
        Self { bytes: text.as_bytes(), delimiter, width, unclosed_to: 0, unclosed_prose_to: 0 }
    }

    /// Reads the row that begins at `start` into `row`. A row whose marks are damaged is read again in other ways; the first
    /// that gives the right number of cells counts.
    pub(super) fn read(&mut self, start: usize, row: &mut Row) {
        self.read_as(start, row, Reading::Usual);
        let is_doubtful = row.damage >= Damage::Unclosed || (row.damage == Damage::Stray && row.cells.len() != self.width);
        if !is_doubtful || self.width == 0 {
            return;
        }
        for reading in [Reading::Least, Reading::Prose] {
            let mut other = Row::default();
            self.read_as(start, &mut other, reading);
            if other.cells.len() == self.width {
                other.damage = other.damage.max(Damage::Stray);
                *row = other;
                return;
            }
        }
    }

    fn read_as(&mut self, start: usize, row: &mut Row, reading: Reading) {
        row.cells.clear();
        row.damage = Damage::None;
        let mut at = self.cell(start, row, reading);
        while self.bytes.get(at) == Some(&self.delimiter) {
            at = self.cell(at + 1, row, reading);
        }
        row.range = start..at;
        row.next = after_line_end(self.bytes, at);
    }

    /// Reads the cell at `start`; gives the place of the delimiter or line end behind it.
    fn cell(&mut self, start: usize, row: &mut Row, reading: Reading) -> usize {
        let bytes = self.bytes;
        let mut open = start;
        while bytes.get(open) == Some(&b' ') {
            open += 1;
        }
        // Excel's guard: ="0123" is the text 0123.
        let is_guarded = bytes[open..].starts_with(b"=\"");
        let open = open + usize::from(is_guarded);
        if bytes.get(open) == Some(&b'"') && (reading != Reading::Usual || open >= self.unclosed_to) {
            let closing = match reading {
                Reading::Usual => self.closing(open + 1, row),
                Reading::Least | Reading::Prose => self.nearest_closing(open + 1, reading),
            };
            if let Some(closing) = closing {
                if closing.is_stray {
                    row.damage = row.damage.max(Damage::Stray);
                }
                row.cells.push(Cell { range: open + 1..closing.at, is_quoted: true, has_doubled: closing.has_doubled });
                return closing.after;
            }
            // Tables with tabs are often written without any quoting: a second mark in the cell says that both are text.
            let end = self.plain_end(start);
            let is_text = self.delimiter == b'\t' && memchr::memchr(b'"', &bytes[open + 1..end]).is_some();
            if !is_text {
                row.damage = row.damage.max(Damage::Unclosed);
            }
        }
        let end = self.plain_end(start);
        row.cells.push(Cell { range: start..end, is_quoted: false, has_doubled: false });
        end
    }

    fn plain_end(&self, start: usize) -> usize {
        memchr::memchr3(self.delimiter, b'\n', b'\r', &self.bytes[start..]).map_or(self.bytes.len(), |at| start + at)
    }

    /// The end of the quoted cell whose content begins at `from`: the first mark that a delimiter or line end follows.
    fn closing(&mut self, from: usize, row: &mut Row) -> Option<Closing> {
        let bytes = self.bytes;
        let is_tabbed = self.delimiter == b'\t';
        let (mut has_doubled, mut is_stray) = (false, false);
        // What stands between the opening mark and the stray ones, looked at once.
        let (mut seen_to, mut has_break, mut has_tab) = (from, false, false);
        let mut at = from;
        while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
            let mark = at + found;
            if bytes.get(mark + 1) == Some(&b'"') {
                has_doubled = true;
                at = mark + 2;
                continue;
            }
            let end = self.cell_end(mark + 1);
            if let Some(after) = end
                && !(is_stray && is_tabbed)
            {
                return Some(Closing { at: mark, after, has_doubled, is_stray });
            }
            has_break |= memchr::memchr2(b'\n', b'\r', &bytes[seen_to..mark]).is_some();
            has_tab |= is_tabbed && memchr::memchr(b'\t', &bytes[seen_to..mark]).is_some();
            seen_to = mark;
            // Hardly an export quotes cells for the tabs in them: marks on both sides of a tab are parts of two titles.
            let is_of_another = has_tab || (has_break && (is_tabbed || self.is_cell_start(mark)));
            if is_of_another {
                self.unclosed_to = self.unclosed_to.max(mark);
                return None;
            }
            if let Some(after) = end {
                return Some(Closing { at: mark, after, has_doubled, is_stray });
            }
            is_stray = true;
            at = mark + 1;
        }
        if self.is_cut_off(from, row.cells.len()) {
            row.damage = Damage::Truncated;
            let end = from + bytes[from..].trim_ascii_end().len();
            return Some(Closing { at: end, after: end, has_doubled, is_stray });
        }
        self.unclosed_to = bytes.len();
        None
    }

    /// The same where marks have been found damaged: the first mark that a delimiter or line end follows, doubled or not.
    fn nearest_closing(&mut self, from: usize, reading: Reading) -> Option<Closing> {
        if reading == Reading::Prose && from < self.unclosed_prose_to {
            return None;
        }
        let mut has_doubled = false;
        let mut at = from;
        while let Some(found) = memchr::memchr(b'"', &self.bytes[at..]) {
            let mark = at + found;
            if memchr::memchr2(b'\n', b'\r', &self.bytes[at..mark]).is_some() {
                break;
            }
            let closes = |after: &usize| reading == Reading::Least || self.bytes.get(after + 1) != Some(&b' ');
            if let Some(after) = self.cell_end(mark + 1).filter(closes) {
                return Some(Closing { at: mark, after, has_doubled, is_stray: true });
            }
            if reading == Reading::Least && self.is_cell_start(mark) {
                return None;
            }
            has_doubled |= self.bytes.get(mark + 1) == Some(&b'"');
            at = mark + 1;
        }
        if reading == Reading::Prose {
            self.unclosed_prose_to = at;
        }
        None
    }

    /// Where the delimiter or line end stands that follows `at`, blanks between.
    fn cell_end(&self, at: usize) -> Option<usize> {
        let blanks = self.bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        let after = at + blanks;
        match self.bytes.get(after) {
            None | Some(b'\n' | b'\r') => Some(after),
            Some(byte) if *byte == self.delimiter => Some(after),
            Some(_) => None,
        }
    }

    /// Whether the mark at `at` stands where a cell begins.
    fn is_cell_start(&self, at: usize) -> bool {
        let before = self.bytes[..at].strip_suffix(b"=").unwrap_or(&self.bytes[..at]);
        let before = before.iter().rev().find(|byte| **byte != b' ');
        before.is_none_or(|byte| matches!(byte, b'\n' | b'\r') || *byte == self.delimiter)
    }

    /// Whether the text from `from` on, in which no quoted cell ends, is the last cell of a file that was cut off, and not
    /// a cell with a mark too many: no whole row follows, and without the mark the row itself would not be whole.
    fn is_cut_off(&self, from: usize, n_before: usize) -> bool {
        let cells_of = |line: &[u8]| memchr::memchr_iter(self.delimiter, line).count() + 1;
        let rest = &self.bytes[from..];
        let line_end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        if self.width == 0 {
            return rest[line_end..].iter().all(u8::is_ascii_whitespace);
        }
        if n_before + cells_of(&rest[..line_end]) == self.width {
            return false;
        }
        let behind = after_line_end(self.bytes, from + line_end);
        let next = &self.bytes[behind..];
        let next = &next[..memchr::memchr2(b'\n', b'\r', next).unwrap_or(next.len())];
        next.is_empty() || self.width == 1 || cells_of(next) != self.width
    }
}

/// Where the line behind the line end at `at` begins.
fn after_line_end(bytes: &[u8], at: usize) -> usize {
    match &bytes[at.min(bytes.len())..] {
        [b'\r', b'\n', ..] => at + 2,
        [_, ..] => at + 1,
        [] => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rows of `text`: their cells as they stand, and the graver damage.
    fn rows(text: &str, delimiter: u8, width: usize) -> Vec<(Vec<&str>, Damage)> {
        let mut reader = Rows::new(text, delimiter, width);
        let mut row = Row::default();
        let (mut at, mut out) = (0, Vec::new());
        while at < text.len() {
            reader.read(at, &mut row);
            out.push((row.cells.iter().map(|cell| &text[cell.range.clone()]).collect(), row.damage));
            at = row.next;
        }
        out
    }

    #[test]
    fn rows_and_their_damage() {
        use Damage::{None, Stray, Truncated, Unclosed};
        for (text, delimiter, expected) in [
            ("a,b,c\n", b',', vec![(vec!["a", "b", "c"], None)]),
            ("a,,\r\n\"b\nb\",c,d", b',', vec![(vec!["a", "", ""], None), (vec!["b\nb", "c", "d"], None)]),
            ("=\"1\",\"b\" , \"c, c\"", b',', vec![(vec!["1", "b", "c, c"], None)]),
            ("\"a \"\"x\"\" b\";\"\";c", b';', vec![(vec!["a \"\"x\"\" b", "", "c"], None)]),
            ("\"a \"x\" b\",b,c", b',', vec![(vec!["a \"x\" b", "b", "c"], Stray)]),
            ("\"a \"x\"\",b,c\nd,e,f", b',', vec![(vec!["a \"x\"", "b", "c"], Stray), (vec!["d", "e", "f"], None)]),
            ("\"a, \"x\"\",b,c", b',', vec![(vec!["a, \"x\"", "b", "c"], Stray)]),
            ("\"a \"x\", y \"z\"\",b,c", b',', vec![(vec!["a \"x\", y \"z\"", "b", "c"], Stray)]),
            ("\"a\tb\tc\n", b'\t', vec![(vec!["\"a", "b", "c"], Unclosed)]),
            ("\"a,b,c\n\"d\",e,f", b',', vec![(vec!["\"a", "b", "c"], Unclosed), (vec!["d", "e", "f"], None)]),
            ("\"a,b,c\nd,e,f", b',', vec![(vec!["\"a", "b", "c"], Unclosed), (vec!["d", "e", "f"], None)]),
            ("\"a,b,\"c\"\nd,e,f", b',', vec![(vec!["\"a", "b", "c"], Unclosed), (vec!["d", "e", "f"], None)]),
            ("a,\"b, and, so\nmore, cut", b',', vec![(vec!["a", "b, and, so\nmore, cut"], Truncated)]),
            ("\"A\" b\tc\t\"d\" e\n\"f\"\tg\th", b'\t', vec![(vec!["\"A\" b", "c", "\"d\" e"], None), (vec!["f", "g", "h"], None)]),
        ] {
            assert_eq!(rows(text, delimiter, 3), expected, "{text:?}");
        }
    }

    #[test]
    fn damaged_text_is_read_in_linear_time() {
        for text in ["\"x,".repeat(700_000), "\"x \"y, ".repeat(300_000), "\"a\" b\n".repeat(300_000), ",\"a\nb".repeat(300_000)] {
            let n_bytes: usize = rows(&text, b',', 3).iter().flat_map(|(cells, _)| cells.iter().map(|cell| cell.len())).sum();
            assert!(n_bytes > text.len() / 4);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_properly_is_read_as_its_twin_reads_it(
            table in proptest::collection::vec(proptest::collection::vec("[a,;\t\"\n ]{0,6}", 2..4), 1..4),
            delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let lines: Vec<String> = table.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(&char::from(delimiter).to_string())).collect();
            let text = lines.join("\n");
            let found: Vec<Vec<String>> =
                rows(&text, delimiter, 0).iter().map(|(row, _)| row.iter().map(|cell| cell.replace("\"\"", "\"")).collect()).collect();
            prop_assert_eq!(&found, &twin(&text, delimiter));
            prop_assert_eq!(&found, &table);
        }
    }

    /// The same by `csv-core`.
    fn twin(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut input = text.as_bytes();
        let (mut out, mut row, mut cell) = (Vec::new(), Vec::new(), vec![0; text.len() + 1]);
        let mut filled = 0;
        loop {
            let (result, n_in, n_out) = reader.read_field(input, &mut cell[filled..]);
            input = &input[n_in..];
            filled += n_out;
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    row.push(String::from_utf8_lossy(&cell[..std::mem::take(&mut filled)]).into_owned());
                    if record_end {
                        out.push(std::mem::take(&mut row));
                    }
                }
                csv_core::ReadFieldResult::End => return out,
                _ => {}
            }
        }
    }
}
