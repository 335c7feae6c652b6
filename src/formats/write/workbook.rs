//! Records become an Excel workbook of one sheet, with the columns of [`table`](super::table).
//!
//! Every cell is text, so that nothing is run as a formula or made a date. Excel cuts off what is longer than 32,767
//! characters: the rest goes on in further columns at the end, named "abstract 2", "abstract 3" and so on.

use super::table::{columns, row};
use super::{Losses, Records, Target};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::{self, Write};

/// How long a cell may be, in units of UTF-16.
pub(in crate::formats) const LONGEST_CELL: usize = 32_767;

/// Writes `records`, in their order.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    let bytes = workbook(records, target, losses).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// Writes a sheet of `rows` under the names of its columns, every cell as text. What does not fit into a cell is cut off.
///
/// # Errors
///
/// Those of `out`, and where there are more rows than a sheet can have.
pub fn write_sheet(columns: &[&str], rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let bytes = sheet(columns, rows).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn sheet(columns: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet();
    for (name, at) in columns.iter().zip(0..) {
        sheet.write_string(0, at, *name)?;
    }
    for (row, line) in rows.iter().zip(1..) {
        for (cell, at) in row.iter().zip(0..) {
            if let Some(part) = parts(cell).next() {
                sheet.write_string(line, at, part)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

fn workbook(records: Records<'_, '_>, target: &Target, losses: &mut Losses) -> Result<Vec<u8>, XlsxError> {
    let mut names: Vec<String> = columns(target.audience).iter().map(|column| column.name.to_owned()).collect();
    let mut workbook = Workbook::new();
    // The same records give the same bytes, whatever the time of day.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet();
    for (record, line) in records.zip(1..) {
        let cells = row(record, target, losses);
        for (at, cell) in cells.iter().enumerate() {
            for (number, part) in parts(cell).enumerate() {
                let column = if number == 0 { at } else { continuation(&mut names, at, number + 1) };
                sheet.write_string(line, u16::try_from(column).unwrap_or(u16::MAX), part)?;
            }
        }
    }
    for (name, at) in names.iter().zip(0..) {
        sheet.write_string(0, at, name)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// The column in which the cells of column `at` go on for the `number`th time.
fn continuation(names: &mut Vec<String>, at: usize, number: usize) -> usize {
    let name = format!("{} {number}", names[at]);
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// `cell` in pieces that Excel does not cut off; nothing for an empty one.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let mut rest = cell;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut length = 0;
        let end = rest.char_indices().find(|(_, character)| {
            length += character.len_utf16();
            length > LONGEST_CELL
        });
        let (part, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = behind;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::record::Format;
    use calamine::{Data, Reader, Xlsx};

    fn cells(input: &str) -> Vec<Vec<String>> {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        write(&parsed.records, &Target::new(Format::Xlsx), &mut out).unwrap();
        let mut workbook: Xlsx<_> = Xlsx::new(io::Cursor::new(out)).unwrap();
        let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
        sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    }

    #[test]
    fn cells_are_text_and_none_is_cut_off() {
        let long = "å".repeat(LONGEST_CELL) + &"😀".repeat(LONGEST_CELL);
        let rows = cells(&format!("TY  - JOUR\nID  - 0012\nTI  - =1+1\nAB  - {long}\nER  - \n"));
        let value = |name: &str| rows[0].iter().position(|known| known == name).map(|at| rows[1][at].as_str());
        assert_eq!((value("id"), value("title")), (Some("0012"), Some("=1+1")));
        let whole: String = ["abstract", "abstract 2", "abstract 3", "abstract 4"].iter().filter_map(|name| value(name)).collect();
        assert_eq!(whole, long);
        assert_eq!(rows[0].len(), columns(crate::formats::Audience::General).len() + 3);
    }
}
