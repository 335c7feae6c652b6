//! Sheets that a person fills in: written as the ending of their name says, never over one in which somebody has answered.

use super::output::Staged;
use super::{inputs, show};
use crate::error::{Error, ErrorKind, Result};
use crate::formats;
use crate::report::{Table, table};
use std::path::Path;

/// The column that a person fills.
pub(super) const DECISION: &str = "decision";

/// How a sheet is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum SheetFormat {
    Csv,
    Workbook,
    Json,
}

impl SheetFormat {
    /// What the ending of `path` speaks for, whatever its case; CSV where there is none.
    ///
    /// # Errors
    ///
    /// Any other ending: its file would not be what it seems.
    pub(super) fn of(path: &Path) -> Result<Self> {
        let Some(ending) = path.extension().map(|ending| ending.to_string_lossy()) else { return Ok(Self::Csv) };
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Workbook),
            "json" => Ok(Self::Json),
            _ => {
                let message = format!("expected a sheet that ends with .csv, .xlsx or .json, found \".{ending}\"; nothing was written");
                Err(Error::new(ErrorKind::Settings, path.display().to_string(), message))
            }
        }
    }
}

/// Stages `sheet` to be written to `path`.
///
/// # Errors
///
/// An ending that speaks for no sheet; a sheet with answers that stands there.
pub(super) fn stage(staged: &mut Staged, path: &Path, sheet: &Table) -> Result<()> {
    refuse_answered(path)?;
    match SheetFormat::of(path)? {
        SheetFormat::Csv => staged.add(path, sheet.to_csv().as_bytes()),
        SheetFormat::Workbook => staged.add_with(path, |out| formats::write_sheet(&sheet.columns, &sheet.text_rows(), out)),
        SheetFormat::Json => staged.add(path, show::to_json(&sheet.to_json())?.as_bytes()),
    }
}

/// An error where a sheet stands at `path` in which somebody has written a decision.
pub(super) fn refuse_answered(path: &Path) -> Result<()> {
    match answer(path) {
        Some((number, answer)) => {
            let message = format!(
                "expected a sheet without answers to write over, found {answer:?} as decision in row {number}; take the answers over with \
                 `refsieve decide` and name another file, or remove this one; nothing was written"
            );
            Err(Error::new(ErrorKind::Settings, path.display().to_string(), message))
        }
        None => Ok(()),
    }
}

/// The first answer in the sheet at `path`, and its row (the header is row 1); none where there is no sheet.
fn answer(path: &Path) -> Option<(usize, String)> {
    if !path.is_file() {
        return None;
    }
    let said = |cell: &str| Some(cell.trim().to_owned()).filter(|cell| !cell.is_empty());
    let bytes = inputs::bytes_of(path).ok()?;
    if let Ok(serde_json::Value::Array(rows)) = serde_json::from_slice(&bytes) {
        let decision = |row: &serde_json::Value| said(row.get(DECISION)?.as_str()?);
        return rows.iter().zip(1..).find_map(|(row, number)| Some((number, decision(row)?)));
    }
    let rows = table::rows(&formats::sheet_text(&path.display().to_string(), bytes).ok()?);
    let at = column(rows.first()?, DECISION)?;
    let cell = |row: &Vec<String>| said(row.get(at)?);
    rows.iter().zip(1..).skip(1).find_map(|(row, number)| Some((number, cell(row)?)))
}

/// Where the column `wanted` stands in a sheet.
pub(super) fn column(header: &[String], wanted: &str) -> Option<usize> {
    header.iter().position(|name| name.trim().trim_start_matches('\u{feff}') == wanted)
}
