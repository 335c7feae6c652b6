//! Files in: paths, folders and standard input -> parsed exports, in a fixed order.

use super::index_folder;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::{self, Parsed};
use crate::progress::Progress;
use crate::record::{Record, Source};
use rayon::prelude::*;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything that was read: the sources in the order they were given, their records one after the other.
pub(super) struct Inputs {
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) records: Vec<Record>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Files of given folders that are no exports.
    pub(super) skipped: Vec<String>,
}

/// One file to read; in a folder, files that are no exports are skipped, elsewhere they are an error.
struct Candidate {
    path: PathBuf,
    in_folder: bool,
}

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads all of `paths`, in parallel, in a fixed order.
///
/// # Errors
///
/// A path that cannot be read or changes while it is read; a named file that is no export; a folder without any export.
pub(super) fn read(paths: &[PathBuf], progress: &dyn Progress) -> Result<Inputs> {
    refuse_standard_input_twice(paths)?;
    let mut groups = Vec::new();
    let mut unreadable = Vec::new();
    for path in paths {
        groups.push(candidates(path, &mut unreadable)?);
    }
    progress.stage("reading", 0);
    let files: Vec<&Candidate> = groups.iter().flatten().collect();
    let read: Vec<Result<Option<Parsed>>> = files.par_iter().map(|file| read_one(file, progress)).collect();
    let mut inputs = Inputs { sources: Vec::new(), records: Vec::new(), diagnostics: Vec::new(), skipped: unreadable };
    let mut results = read.into_iter();
    for (path, group) in paths.iter().zip(&groups) {
        let sources_before = inputs.sources.len();
        for (file, result) in group.iter().zip(results.by_ref()) {
            match result? {
                Some(parsed) => inputs.add(parsed),
                None => inputs.skipped.push(file.path.display().to_string()),
            }
        }
        if inputs.sources.len() == sources_before {
            let found = if group.is_empty() { "an empty one".to_owned() } else { format!("{} files that are none", group.len()) };
            return Err(Error::new(
                ErrorKind::NotAnExport,
                path.display().to_string(),
                format!("expected a folder with exports, found {found}"),
            ));
        }
    }
    Ok(inputs)
}

/// The whole text of a small file: a strategy, labels. Windows-1252 and UTF-16 are understood, as in exports.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let bytes = if path.as_os_str() == STANDARD_INPUT { standard_input()? } else { whole_file(path)? };
    Ok(formats::decode(bytes))
}

/// Prints what was found odd to standard error: for each file the first few diagnostics, and how many more there are.
pub(super) fn print_diagnostics(diagnostics: &[Diagnostic], quiet: bool) {
    const SHOWN_A_FILE: usize = 5;
    let least = if quiet { Severity::Error } else { Severity::Warning };
    let mut rest = diagnostics;
    while let Some(first) = rest.first() {
        let n_of_file = rest.iter().take_while(|diagnostic| diagnostic.file == first.file).count();
        let (of_file, others) = rest.split_at(n_of_file);
        let worth: Vec<&Diagnostic> = of_file.iter().filter(|diagnostic| diagnostic.severity() >= least).collect();
        for diagnostic in worth.iter().take(SHOWN_A_FILE) {
            eprintln!("{diagnostic}");
        }
        if worth.len() > SHOWN_A_FILE {
            eprintln!("{}: {} more like these", first.file, worth.len() - SHOWN_A_FILE);
        }
        rest = others;
    }
}

impl Inputs {
    pub(super) fn add(&mut self, parsed: Parsed) {
        self.sources.push(parsed.source);
        self.records.extend(parsed.records);
        self.diagnostics.extend(parsed.diagnostics);
    }
}

/// The files that `path` stands for. Links of a folder that lead nowhere, or back, go to `skipped`.
fn candidates(path: &Path, skipped: &mut Vec<String>) -> Result<Vec<Candidate>> {
    if !path.is_dir() {
        return Ok(vec![Candidate { path: path.to_owned(), in_folder: false }]);
    }
    if index_folder::is_index(path) {
        let message =
            "expected exports, found an index; `refsieve search` searches it, and the exports it was made from are where they were";
        return Err(Error::new(ErrorKind::NotAnExport, path.display().to_string(), message));
    }
    let mut files = Vec::new();
    let folders = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    for entry in folders.filter_entry(|entry| !(entry.file_type().is_dir() && index_folder::is_index(entry.path()))) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(Candidate { path: entry.into_path(), in_folder: true }),
            Ok(_) => {}
            Err(error) => match error.path() {
                Some(link) if leads_nowhere(&error) => skipped.push(format!("{} (a link that leads nowhere)", link.display())),
                _ => {
                    let message = "the folder could not be read whole";
                    return Err(Error::new(ErrorKind::Io, path.display().to_string(), message).because(error));
                }
            },
        }
    }
    Ok(files)
}

fn leads_nowhere(error: &walkdir::Error) -> bool {
    error.loop_ancestor().is_some() || error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// An error where more than one of `paths` is standard input.
pub(super) fn refuse_standard_input_twice<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<()> {
    if paths.into_iter().filter(|path| path.as_os_str() == STANDARD_INPUT).count() > 1 {
        return Err(Error::new(ErrorKind::Settings, STANDARD_INPUT, "standard input can be given once only"));
    }
    Ok(())
}

/// `None` for a file of a folder that is no export.
fn read_one(file: &Candidate, progress: &dyn Progress) -> Result<Option<Parsed>> {
    let bytes = if file.path.as_os_str() == STANDARD_INPUT { standard_input()? } else { whole_file(&file.path)? };
    match formats::read(&file.path.display().to_string(), bytes) {
        Ok(parsed) => {
            progress.advance(parsed.records.len() as u64);
            Ok(Some(parsed))
        }
        Err(error) if file.in_folder && error.kind() == ErrorKind::NotAnExport => Ok(None),
        Err(error) => Err(error),
    }
}

fn standard_input() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(ErrorKind::Io, "standard input", "could not be read").because(error))?;
    Ok(bytes)
}

/// The bytes of a file that stayed the same while it was read.
fn whole_file(path: &Path) -> Result<Vec<u8>> {
    let cannot_read = |error| Error::new(ErrorKind::Io, path.display().to_string(), "could not be read").because(error);
    let stamp = |metadata: fs::Metadata| (metadata.len(), metadata.modified().ok());
    let before = fs::metadata(path).map(stamp).map_err(cannot_read)?;
    let bytes = fs::read(path).map_err(cannot_read)?;
    if fs::metadata(path).map(stamp).map_err(cannot_read)? != before {
        return Err(Error::new(
            ErrorKind::Io,
            path.display().to_string(),
            "the file changed while it was read; nothing was written, please run again",
        ));
    }
    Ok(bytes)
}
