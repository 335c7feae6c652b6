//! Sheets that a person fills in: written as the ending of their name says, never over one in which somebody has answered.

use super::output::Staged;
use super::{inputs, show};
use crate::dedupe::Decisions;
use crate::dedupe::rules::Verdict;
use crate::error::{Error, ErrorKind, Result};
use crate::formats;
use crate::record::provenance::key_of;
use crate::report::duplicates::KEY_MARK;
use crate::report::{Table, table};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

/// The column that a person fills, and those that say about which two records.
pub(super) const COLUMNS: [&str; 3] = ["decision", "left_key", "right_key"];

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
pub(super) fn stage(staged: &mut Staged, path: &Path, sheet: &Table, decisions: &Decisions) -> Result<()> {
    refuse_answered(path, decisions)?;
    match SheetFormat::of(path)? {
        SheetFormat::Csv => staged.add_over(path, |out| out.write_all(sheet.to_csv().as_bytes())),
        SheetFormat::Workbook => staged.add_over(path, |out| formats::write_sheet(&sheet.columns, &sheet.text_rows(), out)),
        SheetFormat::Json => {
            let text = show::to_json(&sheet.to_json())?;
            staged.add_over(path, |out| out.write_all(text.as_bytes()))
        }
    }
}

/// An error where no sheet can be written to `path`: told before all the work.
pub(super) fn check(path: &Path, decisions: &Decisions) -> Result<()> {
    SheetFormat::of(path)?;
    refuse_answered(path, decisions)
}

/// An error where a sheet stands at `path` in which somebody has written a decision that is not among `decisions`.
pub(super) fn refuse_answered(path: &Path, decisions: &Decisions) -> Result<()> {
    match answer(path, decisions) {
        Some(found) => {
            let message = format!(
                "expected a sheet without answers to write over, found {found}; name another file, or take \
                 the answers over with `refsieve decide` and give them with --decisions; nothing was written"
            );
            Err(Error::new(ErrorKind::Settings, path.display().to_string(), message))
        }
        None => Ok(()),
    }
}

/// What stands at `path` that a person has answered, where other results are to be written there: a sheet of pairs or duplicates with
/// a decision, or a file of decisions.
pub(super) fn answered(path: &Path) -> Option<String> {
    /// Bytes of a file that are looked at first: most are neither, and large.
    const BEGINNING: u64 = 64 * 1024;
    let mut beginning = Vec::new();
    std::fs::File::open(path).ok().filter(|_| path.is_file())?.take(BEGINNING).read_to_end(&mut beginning).ok()?;
    let is_workbook = beginning.starts_with(b"PK");
    // Some programs write two bytes for each letter.
    beginning.retain(|byte| *byte != 0);
    let text = String::from_utf8_lossy(&beginning).to_lowercase();
    // Of a byte order mark of such programs nothing is left that can be read.
    let text = text.trim_start_matches(['\u{feff}', '\u{fffd}']);
    let is_decision = |line: &str| {
        let mut parts = line.trim().split('\t');
        matches!(parts.next(), Some("same" | "different")) && parts.by_ref().take(2).filter(|part| key_of(part).is_some()).count() == 2
    };
    if text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).is_some_and(is_decision) {
        return Some("decisions".to_owned());
    }
    if !is_workbook && !COLUMNS.iter().all(|column| text.contains(column)) {
        return None;
    }
    let bytes = inputs::bytes_of(path).ok()?;
    let has_columns = |(rows, _): (Vec<Vec<String>>, usize)| {
        rows.first().is_some_and(|header| COLUMNS.iter().all(|wanted| column(header, wanted).is_some()))
    };
    if !rows(path, bytes).is_ok_and(has_columns) {
        return None;
    }
    answer(path, &Decisions::default())
}

/// The first answer in the sheet at `path` that is not among `decisions`, with its row (of a table the header is row 1), or a header
/// that cannot be made out, behind which answers may stand; none where there is no sheet.
fn answer(path: &Path, decisions: &Decisions) -> Option<String> {
    if !path.is_file() {
        return None;
    }
    // The decision and both keys of a row.
    let lost = |cells: [&str; 3]| {
        let [decision, left, right] = cells.map(str::trim);
        let answer = verdict(decision);
        let keys = key(left).zip(key(right));
        // What leaves the question open, or calls what says the same the same, is no answer that a file of decisions keeps.
        let says_nothing =
            answer == Some(Verdict::Unsure) || (answer == Some(Verdict::Same) && keys.is_some_and(|(left, right)| left == right));
        let is_kept = keys.and_then(|(left, right)| decisions.get(left, right)).is_some_and(|kept| Some(kept) == answer);
        (!says_nothing && !is_kept).then(|| decision.to_owned())
    };
    let shown = |number: usize, decision: &str| format!("{decision:?} as decision in row {number}");
    let bytes = inputs::bytes_of(path).ok()?;
    let (rows, first) = rows(path, bytes).ok()?;
    let [decision, ..] = COLUMNS;
    let is_in_another = |header: &[String]| column(header, decision).is_none() && header.join(" ").to_lowercase().contains(decision);
    if let Some(header) = rows.first().filter(|header| is_in_another(header)) {
        return Some(format!("no column \"{decision}\" in row {first}, {:?}", header.join(" ")));
    }
    let places = COLUMNS.map(|name| rows.first().and_then(|header| column(header, name)));
    let cells = |row: &Vec<String>| lost(places.map(|at| at.and_then(|at| row.get(at)).map_or("", String::as_str)));
    rows.iter().zip(first..).skip(1).find_map(|(row, number)| Some(shown(number, &cells(row)?)))
}

/// The rows of a sheet, the header first, and the number of the header's row in it: Excel may say above it what separates the cells.
/// Of JSON the first object is row 1.
pub(super) fn rows(path: &Path, bytes: Vec<u8>) -> Result<(Vec<Vec<String>>, usize)> {
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if let Ok(objects) = serde_json::from_slice::<Vec<serde_json::Map<String, serde_json::Value>>>(bare) {
        return Ok((rows_of_objects(&objects), 0));
    }
    let text = formats::sheet_text(&path.display().to_string(), bytes)?;
    // The first line that says something, and where it ends.
    let mut at = 0;
    let mut lines = text.split_inclusive(['\r', '\n']);
    let line = lines.by_ref().inspect(|line| at += line.len()).find(|line| !trimmed_line(line).is_empty()).unwrap_or_default();
    let behind = text[at..].strip_prefix('\n').filter(|_| line.ends_with('\r')).unwrap_or(&text[at..]);
    let row_behind = |text: &str| text.split('\n').count().max(text.split('\r').count());
    if names_separator(line) {
        return Ok((table::rows(behind), row_behind(&text[..text.len() - behind.len()])));
    }
    let start = at - line.len();
    Ok((table::rows(&text[start..]), row_behind(&text[..start])))
}

/// A header of all the names, and a row for each object.
fn rows_of_objects(objects: &[serde_json::Map<String, serde_json::Value>]) -> Vec<Vec<String>> {
    let name = |key: &String| key.trim().to_lowercase();
    // What `pairs` writes where no pair is open.
    let own = COLUMNS.iter().filter(|_| objects.is_empty()).map(|column| (*column).to_owned());
    let header: BTreeSet<String> = own.chain(objects.iter().flat_map(serde_json::Map::keys).map(name)).collect();
    let cell = |value: Option<&serde_json::Value>| match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row = |object: &serde_json::Map<String, serde_json::Value>| {
        let value = |column: &String| object.iter().find(|(key, _)| name(key) == *column).map(|(_, value)| value);
        header.iter().map(|column| cell(value(column))).collect()
    };
    std::iter::once(header.iter().cloned().collect()).chain(objects.iter().map(row)).collect()
}

fn trimmed_line(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim()
}

/// Whether a line is that in which Excel is told what separates the cells, however a program wrote it again: `sep=;`, `"SEP = ,",,,`.
fn names_separator(line: &str) -> bool {
    let bare: String = trimmed_line(line).chars().filter(|c| *c != '"' && *c != ' ').collect();
    let rest = bare.get(..4).filter(|name| name.eq_ignore_ascii_case("sep=")).map(|_| &bare[4..]);
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|first| rest.chars().all(|c| c == first)))
}

/// Where the column `wanted` stands in a sheet, whatever the case of its header.
pub(super) fn column(header: &[String], wanted: &str) -> Option<usize> {
    columns(header, wanted).next()
}

/// Every column of that name.
pub(super) fn columns<'h>(header: &'h [String], wanted: &'h str) -> impl Iterator<Item = usize> + 'h {
    let is_wanted = move |name: &str| name.trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted);
    header.iter().enumerate().filter(move |(_, name)| is_wanted(name)).map(|(at, _)| at)
}

/// What a person wrote, in the words that come to mind; none where it is no answer.
pub(super) fn verdict(cell: &str) -> Option<Verdict> {
    match cell.to_lowercase().as_str() {
        "" | "?" | "unsure" | "skip" => Some(Verdict::Unsure),
        "same" | "s" | "yes" | "y" | "duplicate" | "1" | "true" => Some(Verdict::Same),
        "different" | "d" | "no" | "n" | "not a duplicate" | "0" | "false" => Some(Verdict::Different),
        _ => None,
    }
}

/// A key of a record as it stands in a sheet; none where it is no key.
pub(super) fn key(cell: &str) -> Option<u64> {
    key_of(cell.strip_prefix(KEY_MARK).unwrap_or(cell))
}
