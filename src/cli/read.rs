//! `refsieve read`: exports in; for each file what it is, how many records and which fields it holds, and what was odd.

use super::args::{Common, ReadArguments};
use super::inputs::{self, ReadFile};
use super::notes::Notes;
use super::outcome::Outcome;
use super::progress::Bars;
use super::{notes, show};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::Parsed;
use crate::record::Field;
use crate::report::{Cell, Table};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// What is said of one file. What could not be told is null, and missing in tables.
#[derive(Serialize)]
struct FileRow {
    path: String,
    format: Option<&'static str>,
    dialect: Option<&'static str>,
    database: Option<&'static str>,
    encoding: Option<&'static str>,
    records: usize,
    /// How many values each field has, by its name.
    fields: BTreeMap<&'static str, usize>,
    diagnostics: Vec<Diagnostic>,
    /// The hash of its text.
    #[serde(skip)]
    text: Option<u128>,
    /// What kept a file that was named from being read.
    #[serde(skip)]
    error: Option<Error>,
}

#[derive(Serialize)]
struct Json<'a> {
    files: &'a [FileRow],
}

pub(super) fn run(arguments: &ReadArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let groups = inputs::read_each(&arguments.input, bars, FileRow::of)?;
    bars.finish();
    let mut files: Vec<FileRow> = Vec::new();
    for group in groups {
        if group.files.is_empty() {
            let message = "expected a folder with exports, found an empty one";
            files.push(FileRow::unread(group.path.display().to_string(), Error::new(ErrorKind::NotAnExport, "", message), true));
        }
        files.extend(group.files);
    }
    let copies = notes::copies(files.iter().filter_map(|file| Some((file.text?, file.path.as_str()))));
    Notes { copies, ..Notes::default() }.print(common.quiet);
    if arguments.format.json {
        show::print_json(&Json { files: &files })?;
    } else {
        for file in &files {
            inputs::print_diagnostics(&file.diagnostics, common.quiet);
        }
        show::print_table(&table(&files), arguments.format)?;
        if !arguments.format.csv {
            show::print("\n")?;
            show::print_table(&fields_table(&files), arguments.format)?;
        }
    }
    // The rows of the files that could be read are the result all the same; the first error says how the command ends.
    match files.into_iter().find_map(|file| file.error) {
        Some(error) => Err(error),
        None => Ok(Outcome::Done),
    }
}

impl FileRow {
    fn of(file: ReadFile) -> Self {
        match file.result {
            Ok(parsed) => Self::read(file.name, parsed),
            Err(error) => Self::unread(file.name, error, file.is_named),
        }
    }

    fn read(path: String, parsed: Parsed) -> Self {
        let counts = || vec![0_usize; Field::ALL.len()];
        let counted = parsed.records.par_iter().fold(counts, |mut counts, record| {
            for entry in record.entries().filter(|entry| !entry.value.trim().is_empty()) {
                counts[entry.field as usize] += 1;
            }
            counts
        });
        let counts = counted.reduce(counts, |left, right| left.iter().zip(right).map(|(left, right)| left + right).collect());
        let fields = Field::ALL.iter().zip(counts).filter(|(_, count)| *count > 0).map(|(field, count)| (field.name(), count));
        Self {
            path,
            format: Some(parsed.source.format.id()),
            dialect: Some(parsed.source.dialect.name()),
            database: parsed.source.database.map(crate::record::Database::name),
            encoding: Some(parsed.source.encoding),
            records: parsed.records.len(),
            fields: fields.collect(),
            diagnostics: parsed.diagnostics,
            text: Some(xxh3_128(parsed.source.text.as_bytes())),
            error: None,
        }
    }

    /// A file that is no export: an error where it was named, else a warning, since folders hold other things too.
    fn unread(path: String, error: Error, is_named: bool) -> Self {
        let code = if is_named { Code::NotAnExport } else { Code::SkippedFile };
        let diagnostics = vec![Diagnostic::new(code, &Arc::from(path.as_str()), 0, Span::default(), notes::found(&error))];
        let error = is_named.then_some(error);
        Self {
            path,
            format: None,
            dialect: None,
            database: None,
            encoding: None,
            records: 0,
            fields: BTreeMap::new(),
            diagnostics,
            text: None,
            error,
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }
}

fn table(files: &[FileRow]) -> Table {
    let mut table = Table::new(&["file", "format", "dialect", "database", "encoding", "records", "errors", "warnings", "notes"]);
    for file in files {
        table.push(vec![
            file.path.as_str().into(),
            file.format.into(),
            file.dialect.into(),
            file.database.into(),
            file.encoding.into(),
            file.records.into(),
            file.count(Severity::Error).into(),
            file.count(Severity::Warning).into(),
            file.count(Severity::Note).into(),
        ]);
    }
    table
}

/// How many values each field has, in all files together.
fn fields_table(files: &[FileRow]) -> Table {
    let mut table = Table::new(&["field", "values", "files"]);
    for field in Field::ALL {
        let counts: Vec<usize> = files.iter().filter_map(|file| file.fields.get(field.name()).copied()).collect();
        if !counts.is_empty() {
            table.push(vec![Cell::from(field.name()), counts.iter().sum::<usize>().into(), counts.len().into()]);
        }
    }
    table
}
