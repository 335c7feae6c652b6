//! The tables of an Excel workbook (.xlsx) as text: a row a line, tabs between cells, quotation marks where needed.
//!
//! Goes in: the bytes of the file. Comes out: the text of its sheets, values as people see them (2020 and not 2020.0, dates
//! in ISO order). Cells are read one by one, so that a lone cell far down does not cost the memory of all before it.
//! Formulas give their last results; formats other than dates, colours and notes are left out. The only door to `calamine`.

use super::SHEET;
use crate::error::Error;
use crate::formats::not_an_export;
use crate::formats::text::Decoded;
use crate::formats::write::LONGEST_CELL;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

/// Named in the archive as it is: names of files are not compressed.
const MARK: &[u8] = b"xl/workbook.xml";
/// Rows are filled up to the width of the table as long as that stays below this number of cells.
const MOST_CELLS: usize = 50_000_000;
/// In so many rows at the top the width of the table shows.
const HEAD_ROWS: usize = 40;

/// Whether `bytes` are an Excel workbook.
pub(in crate::formats) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, MARK).is_some()
}

/// The text of the workbook `bytes`, in the file `name`.
///
/// # Errors
///
/// [`crate::ErrorKind::NotAnExport`] where the file is damaged or no sheet has a cell.
pub(in crate::formats) fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Error> {
    let damaged = |cause: calamine::XlsxError| not_an_export(name, "an Excel workbook that cannot be read").because(cause);
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut tables: Vec<(String, String)> = Vec::new();
    for sheet in names {
        let text = sheet_text(&mut workbook, &sheet).map_err(damaged)?;
        if !text.is_empty() {
            tables.push((sheet, text));
        }
    }
    let text = match tables.len() {
        0 => return Err(not_an_export(name, "an Excel workbook without any content")),
        1 => tables.remove(0).1,
        // Several: each begins with a line of its name.
        _ => tables.iter().map(|(sheet, text)| format!("{SHEET}{sheet}\n{text}")).collect(),
    };
    Ok(Decoded { text, encoding: "Excel workbook", remarks: Vec::new() })
}

/// The rows of a sheet, as lines of tabs.
fn sheet_text(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<String, calamine::XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    // How many cells each has, and its text.
    let mut rows: Vec<(usize, String)> = Vec::new();
    let mut row: Vec<(u32, String)> = Vec::new();
    let mut row_number = 0;
    let mut continued = None;
    while let Some(cell) = cells.next_cell()? {
        let (number, column) = cell.get_position();
        if number != row_number && !row.is_empty() {
            rows.push(line_of(&mut row, &mut continued));
        }
        row_number = number;
        let mut value = String::new();
        show(cell.get_value(), &mut value);
        if !value.is_empty() {
            row.push((column, value));
        }
    }
    if !row.is_empty() {
        rows.push(line_of(&mut row, &mut continued));
    }
    let width = rows.iter().take(HEAD_ROWS).map(|(n_cells, _)| *n_cells).max().unwrap_or(0);
    let is_filled = width.saturating_mul(rows.len()) < MOST_CELLS;
    let mut out = String::with_capacity(rows.iter().map(|(_, text)| text.len() + width + 1).sum());
    for (n_cells, text) in rows {
        out.push_str(&text);
        if is_filled {
            out.extend((n_cells..width).map(|_| '\t'));
        }
        out.push('\n');
    }
    Ok(out)
}

/// The cells of a row, each with its column, as one line, and how many there are. What goes on in a further column is put together
/// again; `continued` says which column goes on in which, once the first row is known.
fn line_of(row: &mut Vec<(u32, String)>, continued: &mut Option<BTreeMap<u32, u32>>) -> (usize, String) {
    // The header keeps its names: a second column of that name may be somebody's own.
    let columns = continued.get_or_insert_with(|| continuations(row));
    if !columns.is_empty() {
        for (column, rest) in std::mem::take(row) {
            let first = columns.get(&column).and_then(|first| row.iter_mut().find(|(column, _)| column == first));
            match first {
                Some((_, value)) if is_full(value) => value.push_str(&rest),
                _ => row.push((column, rest)),
            }
        }
    }
    let (mut n_cells, mut text) = (1, String::new());
    for (column, value) in row.drain(..) {
        while n_cells <= column as usize {
            text.push('\t');
            n_cells += 1;
        }
        push_quoted(trimmed(&value), &mut text);
    }
    (n_cells, text)
}

/// The columns in which others go on, by their names in `header`: "abstract 2" and "abstract 3" are the rest of "abstract".
fn continuations(header: &[(u32, String)]) -> BTreeMap<u32, u32> {
    let of = |name: &str| {
        let (name, number) = name.rsplit_once(' ')?;
        let is_continuation = number.parse().is_ok_and(|number: u32| number > 1);
        header.iter().find(|(_, known)| is_continuation && known == name).map(|(column, _)| *column)
    };
    header.iter().filter_map(|(column, name)| Some((*column, of(name)?))).collect()
}

/// Whether a cell holds as much as one can, in whole characters, and so may go on elsewhere.
fn is_full(value: &str) -> bool {
    value.len() >= LONGEST_CELL - 1 && value.encode_utf16().count() >= LONGEST_CELL - 1
}

fn push_quoted(value: &str, out: &mut String) {
    if value.contains(['\t', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}

/// Writes a value as people see it in its cell.
fn show(value: &DataRef<'_>, out: &mut String) {
    let written = match value {
        DataRef::Int(number) => write!(out, "{number}"),
        DataRef::Float(number) => write!(out, "{}", in_fifteen_digits(*number)),
        DataRef::SharedString(text) => return push_text(text, out),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return push_text(text, out),
        DataRef::Bool(is) => write!(out, "{}", if *is { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(date) => show_date(*date, out),
        DataRef::Error(error) => write!(out, "{error}"),
        DataRef::Empty => Ok(()),
    };
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}

/// A cell without what only stands around its text.
fn trimmed(text: &str) -> &str {
    text.trim_matches(['\n', '\r', ' '])
}

/// A sheet's mark must not stand in its cells. Blanks at the ends stay: the text may go on in another cell.
fn push_text(text: &str, out: &mut String) {
    if trimmed(text.trim_matches(SHEET)).is_empty() {
        return;
    }
    out.reserve(text.len());
    out.extend(text.chars().map(|c| if c == SHEET { '\n' } else { c }));
}

/// Excel shows fifteen digits and not the noise of binary fractions behind them.
fn in_fifteen_digits(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.14e}").parse().unwrap_or(number) }
}

fn show_date(date: ExcelDateTime, out: &mut String) -> std::fmt::Result {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let has_time = (hour, minute, second) != (0, 0, 0);
    // A time of day without a date, or a span of time.
    if date.is_duration() || date.as_f64() < 1.0 {
        let total = (date.as_f64() * 86_400.0).round();
        let (hours, rest) = ((total / 3600.0).floor(), total % 3600.0);
        return write!(out, "{hours}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    write!(out, "{year:04}-{month:02}-{day:02}")?;
    if has_time { write!(out, " {hour:02}:{minute:02}:{second:02}") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    #[test]
    fn values_stand_as_people_see_them() {
        for (value, expected) in [
            (DataRef::Float(2020.0), "2020"),
            (DataRef::Float(100_000.0), "100000"),
            (DataRef::Float(9_780_000_000_002.0), "9780000000002"),
            (DataRef::Float(0.1 + 0.2), "0.3"),
            (DataRef::Float(-1.5), "-1.5"),
            (DataRef::Int(7), "7"),
            (DataRef::Bool(true), "TRUE"),
            (DataRef::SharedString(" a\tb\u{c}\n"), "a\tb"),
            (DataRef::DateTime(ExcelDateTime::new(45_943.0, DateTime, false)), "2025-10-13"),
            (DataRef::DateTime(ExcelDateTime::new(45_943.541, DateTime, false)), "2025-10-13 12:59:02"),
            (DataRef::DateTime(ExcelDateTime::new(1.5, TimeDelta, false)), "36:00:00"),
            (DataRef::DateTime(ExcelDateTime::new(0.25, DateTime, false)), "6:00:00"),
            (DataRef::Error(calamine::CellErrorType::Name), "#NAME?"),
            (DataRef::Empty, ""),
        ] {
            let mut out = String::new();
            show(&value, &mut out);
            assert_eq!(trimmed(&out), expected, "{value:?}");
        }
    }

    #[test]
    fn what_goes_on_in_further_columns_is_put_together() {
        let row = |cells: &[&str]| (0..).zip(cells.iter().map(|cell| (*cell).to_owned())).collect::<Vec<(u32, String)>>();
        let full = "w ".repeat(LONGEST_CELL / 2 + 1)[..LONGEST_CELL].to_owned();
        let mut continued = None;
        let header = line_of(&mut row(&["id", "notes", "title 2", "notes 2", "notes 3"]), &mut continued);
        assert_eq!(header, (5, "id\tnotes\ttitle 2\tnotes 2\tnotes 3".to_owned()));
        for (cells, expected) in [
            (["1", &full, "B", " x", ""], format!("1\t{full} x\tB")),
            (["1", &full, "B", &full, "end"], format!("1\t{full}{full}end\tB")),
            // Somebody else's column of that name.
            (["1", "short", "B", "other", ""], "1\tshort\tB\tother".to_owned()),
        ] {
            let mut cells = row(&cells);
            cells.retain(|(_, cell)| !cell.is_empty());
            assert_eq!(line_of(&mut cells, &mut continued).1, expected);
        }
    }

    #[test]
    fn a_damaged_workbook_is_an_error_with_its_cause() {
        let bytes = [b"PK\x03\x04".as_slice(), MARK].concat();
        assert!(is(&bytes) && !is(b"PK\x03\x04 word/document.xml"));
        let error = decode("a.xlsx", &bytes).err().unwrap();
        assert!(error.to_string().contains("an Excel workbook that cannot be read"), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}
