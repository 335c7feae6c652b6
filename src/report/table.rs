//! A table that can be shown as aligned text, as CSV and as JSON, always with the same content.

use serde_json::{Map, Value};

/// A table: named columns, rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Column names, as they stand in CSV headers and as keys in JSON: lower case, words joined by `_`.
    pub columns: Vec<&'static str>,
    /// Rows; each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// There is no value: empty in CSV, null in JSON, a dash for the eye.
    Missing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Cell::Count(count)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Cell::Count(count as u64)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, which must have one cell a column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row has one cell a column");
        self.rows.push(row);
    }

    /// The table for a person: columns aligned, counts to the right with thousands separated, no column wider than
    /// `widest` characters (longer text is cut at its end, a path in the column `file` at its beginning, with "…").
    #[must_use]
    pub fn to_text(&self, widest: usize) -> String {
        let header: Vec<String> = self.columns.iter().map(|name| name.replace('_', " ")).collect();
        let body: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| row.iter().zip(&self.columns).map(|(cell, column)| cell.shown(widest, *column == "file")).collect())
            .collect();
        let widths: Vec<usize> = (0..header.len())
            .map(|column| body.iter().map(|row| row[column].chars().count()).chain([header[column].chars().count()]).max().unwrap_or(0))
            .collect();
        let is_count: Vec<bool> = (0..header.len())
            .map(|column| !self.rows.is_empty() && self.rows.iter().all(|row| !matches!(row[column], Cell::Text(_))))
            .collect();
        let mut out = String::new();
        for row in std::iter::once(&header).chain(&body) {
            let mut line = String::new();
            for (column, text) in row.iter().enumerate() {
                let padding = " ".repeat(widths[column].saturating_sub(text.chars().count()));
                let (before, after) = if is_count[column] { (padding.as_str(), "") } else { ("", padding.as_str()) };
                for piece in [if column == 0 { "" } else { "  " }, before, text, after] {
                    line.push_str(piece);
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The table as CSV with a header row, UTF-8, lines ended by LF, quoted where needed.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header = self.columns.iter().map(|name| (*name).to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::plain).collect::<Vec<_>>());
        for row in std::iter::once(header).chain(rows) {
            let written = writer.write_record(&row);
            debug_assert!(written.is_ok(), "writing to memory works and rows have equal lengths");
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The rows as they stand in CSV.
    #[must_use]
    pub fn text_rows(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(Cell::plain).collect()).collect()
    }

    /// The table as a JSON array of objects, one a row, keys in the order of the columns.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            Value::Object(self.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.json())).collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }
}

/// The rows of a table in text, the header first: separated by commas, semicolons or tabs, whichever the header has most of
/// (spreadsheets write either, by country).
#[must_use]
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

impl Cell {
    /// The cell for a person. Of a long path the end tells most, of other text the beginning.
    fn shown(&self, widest: usize, is_path: bool) -> String {
        match self {
            Cell::Text(text) if is_path => shorten_front(text, widest),
            Cell::Text(text) => shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "), widest),
            Cell::Count(count) => grouped(*count),
            Cell::Missing => "-".to_owned(),
        }
    }

    fn plain(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.to_string(),
            Cell::Missing => String::new(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Count(count) => Value::from(*count),
            Cell::Missing => Value::Null,
        }
    }
}

/// `13178` as "13,178".
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn shorten(text: &str, widest: usize) -> String {
    if text.chars().count() <= widest { text.to_owned() } else { text.chars().take(widest.saturating_sub(1)).chain(['…']).collect() }
}

fn shorten_front(text: &str, widest: usize) -> String {
    let length = text.chars().count();
    if length <= widest {
        text.to_owned()
    } else {
        ['…'].into_iter().chain(text.chars().skip(length - widest.saturating_sub(1))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["file", "records"]);
        table.push(vec!["a, \"b\".ris".into(), 13_178_usize.into()]);
        table.push(vec!["é".into(), Cell::Missing]);
        table
    }

    #[test]
    fn text_is_aligned() {
        assert_eq!(table().to_text(40), "file        records\na, \"b\".ris   13,178\né                 -\n");
        assert_eq!(table().to_text(4).lines().nth(1), Some("…ris   13,178"), "of a path the end is kept, and counts are never cut");
    }

    #[test]
    fn csv_quotes_and_json_has_null() {
        assert_eq!(table().to_csv(), "file,records\n\"a, \"\"b\"\".ris\",13178\né,\n");
        assert_eq!(table().to_json(), serde_json::json!([{"file": "a, \"b\".ris", "records": 13178}, {"file": "é", "records": null}]));
    }

    #[test]
    fn thousands() {
        for (count, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(count), expected);
        }
    }
}
