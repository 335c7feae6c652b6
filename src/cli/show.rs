//! Results on standard output: tables as text, CSV or JSON; never a panic when the reader goes away.

use super::args::TableFormat;
use crate::error::{Error, ErrorKind, Result};
use crate::report::Table;
use serde::Serialize;
use std::io::Write as _;

/// Longest text shown in a column of a table on a terminal, in characters.
pub(super) const WIDEST: usize = 72;

/// Prints `text`; a closed pipe (`| head`) is no error.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(ErrorKind::Io, "standard output", "could not be written").because(error))
        }
        _ => Ok(()),
    }
}

/// Prints `table` as the user asked for it.
pub(super) fn print_table(table: &Table, format: TableFormat) -> Result<()> {
    if format.json {
        print_json(&table.to_json())
    } else if format.csv {
        print(&table.to_csv())
    } else {
        print(&table.to_text(WIDEST))
    }
}

/// Prints `value` as JSON, ended by a line end.
pub(super) fn print_json(value: &impl Serialize) -> Result<()> {
    print(&to_json(value)?)
}

/// `value` as JSON, indented, ended by a line end.
pub(super) fn to_json(value: &impl Serialize) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| Error::new(ErrorKind::Io, "", "the result could not be written as JSON").because(error))?;
    text.push('\n');
    Ok(text)
}
