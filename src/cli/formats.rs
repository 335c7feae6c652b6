//! `refsieve formats`: what can be read and written, which dialects and databases are told from their exports, and which
//! programs records can be written for.

use super::args::FormatsArguments;
use super::outcome::Outcome;
use super::show;
use crate::error::Result;
use crate::formats::{Audience, Target};
use crate::record::{Database, Dialect, Format};
use crate::report::{Cell, Table};
use serde::Serialize;

#[derive(Serialize)]
struct Json {
    formats: Vec<FormatRow>,
    dialects: Vec<&'static str>,
    databases: Vec<&'static str>,
    programs: Vec<&'static str>,
}

#[derive(Serialize)]
struct FormatRow {
    id: &'static str,
    name: &'static str,
    extensions: &'static [&'static str],
    /// Whether it can be written too; all can be read.
    written: bool,
}

pub(super) fn run(arguments: &FormatsArguments) -> Result<Outcome> {
    let lists = lists();
    if arguments.format.json {
        show::print_json(&lists)?;
    } else {
        show::print_table(&table(&lists), arguments.format)?;
    }
    Ok(Outcome::Done)
}

fn lists() -> Json {
    let format = |format: &Format| FormatRow {
        id: format.id(),
        name: format.name(),
        extensions: format.extensions(),
        written: Target::FORMATS.contains(format),
    };
    Json {
        formats: Format::ALL.iter().map(format).collect(),
        dialects: Dialect::ALL.iter().map(|dialect| dialect.name()).collect(),
        databases: Database::ALL.iter().map(|database| database.name()).collect(),
        programs: Audience::ALL.iter().map(|audience| audience.name()).collect(),
    }
}

fn table(lists: &Json) -> Table {
    let mut table = Table::new(&["sort", "name", "id", "endings", "read", "written"]);
    for row in &lists.formats {
        let endings = row.extensions.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ");
        let written = if row.written { "yes" } else { "no" };
        table.push(vec!["format".into(), row.name.into(), row.id.into(), endings.into(), "yes".into(), written.into()]);
    }
    for (sort, names) in [("dialect", &lists.dialects), ("database", &lists.databases), ("program", &lists.programs)] {
        for name in names {
            table.push(vec![sort.into(), (*name).into(), Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing]);
        }
    }
    table
}
