//! Files in: paths, folders and standard input -> parsed exports, in a fixed order.

use super::args::InputArguments;
use super::notes::{Notes, Skipped};
use super::{huge_pages, index_folder, notes};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::{self, ColumnMap, Parsed, Unpacked};
use crate::progress::Progress;
use crate::record::{Database, Record, Source};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Everything that was read: the sources in the order they were given, their records one after the other.
#[derive(Default)]
pub(super) struct Inputs {
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) records: Vec<Record>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is to be said about the files themselves.
    pub(super) notes: Notes,
    /// The map of columns that tables were read with.
    pub(super) columns: Option<String>,
}

/// One file to read; in a folder, files that are no exports are skipped, elsewhere they are an error.
struct Candidate {
    path: PathBuf,
    in_folder: bool,
}

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads what was found earlier, `files`; columns with unknown headers mean what they do in the new exports.
///
/// # Errors
///
/// Those of [`read_exports`].
pub(super) fn read_earlier(files: &[PathBuf], new: &InputArguments, progress: &dyn Progress) -> Result<Inputs> {
    read(&InputArguments { files: files.to_vec(), databases: Vec::new(), columns: new.columns.clone() }, progress)
}

/// Reads all that is given, in parallel, in a fixed order.
///
/// # Errors
///
/// Those of [`read_exports`].
pub(super) fn read(arguments: &InputArguments, progress: &dyn Progress) -> Result<Inputs> {
    let (exports, notes) = read_exports(arguments, progress)?;
    let records = Vec::with_capacity(exports.iter().map(|parsed| parsed.records.len()).sum());
    let mut inputs = Inputs { records, notes, columns: arguments.columns.clone(), ..Inputs::default() };
    for parsed in exports {
        inputs.notes.add_outside(&parsed);
        inputs.add(parsed);
    }
    Ok(inputs)
}

/// The same, export by export; and what is to be said about the files themselves.
///
/// # Errors
///
/// A path that cannot be read or changes while it is read; a named file that is no export; a folder or archive without
/// any export; a setting about a file that was not given.
pub(super) fn read_exports(arguments: &InputArguments, progress: &dyn Progress) -> Result<(Vec<Parsed>, Notes)> {
    let (mut exports, mut skipped) = (Vec::new(), Vec::new());
    for group in read_each(arguments, progress, |file| file)? {
        let n_before = exports.len();
        let n_files = group.files.len();
        skipped.extend(group.links.into_iter().map(Skipped::link));
        for file in group.files {
            match file.result {
                Ok(parsed) => exports.push(parsed),
                Err(error) if file.is_named || error.kind() != ErrorKind::NotAnExport => return Err(error),
                Err(error) => skipped.push(Skipped::no_export(file.name, &error)),
            }
        }
        if exports.len() == n_before {
            return Err(no_exports(&group.path, n_files));
        }
    }
    let copies = notes::copies(exports.iter().map(|export| (notes::text_of(&export.source), export.source.name.as_str())));
    Ok((exports, Notes { skipped, copies, ..Notes::default() }))
}

/// The files that are to be read, listed once: what comes into a folder while they are read is none of them.
pub(super) struct Listing<'a> {
    groups: Vec<(&'a Path, Vec<Candidate>)>,
    /// Links that lead nowhere.
    links: Vec<String>,
    known: Known,
}

impl<'a> Listing<'a> {
    /// Lists what `arguments` stand for.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed, settings that make no sense, and standard input, which cannot be read again.
    pub(super) fn of(arguments: &'a InputArguments) -> Result<Self> {
        if arguments.files.iter().any(|path| path.as_os_str() == STANDARD_INPUT) {
            let message = "expected files, which are read more than once, found standard input";
            return Err(Error::new(ErrorKind::Settings, STANDARD_INPUT, message));
        }
        let mut links = Vec::new();
        let group = |path: &'a PathBuf| Ok((path.as_path(), candidates(path, &mut links)?));
        let groups: Vec<(&Path, Vec<Candidate>)> = arguments.files.iter().map(group).collect::<Result<_>>()?;
        huge_pages::suit(groups.iter().flat_map(|(_, candidates)| candidates).map(|candidate| candidate.path.as_path()));
        Ok(Self { groups, links, known: Known::of(arguments)? })
    }

    /// Reads each export, one after the other, and hands it on; only what `work` keeps stays in memory. Gives what is to be said
    /// about the files themselves.
    ///
    /// # Errors
    ///
    /// Those of [`read_exports`], and that of `work`.
    pub(super) fn read_in_turn(&self, progress: &dyn Progress, mut work: impl FnMut(Parsed) -> Result<()>) -> Result<Notes> {
        let mut notes = Notes { skipped: self.links.iter().cloned().map(Skipped::link).collect(), ..Notes::default() };
        for (path, candidates) in &self.groups {
            let (mut n_files, mut n_exports) = (0, 0);
            for candidate in candidates {
                progress.stage("reading", 0);
                for file in read_one(candidate, &self.known, progress, &|file| file) {
                    n_files += 1;
                    match file.result {
                        Ok(parsed) => {
                            n_exports += 1;
                            notes.add_outside(&parsed);
                            work(parsed)?;
                        }
                        Err(error) if file.is_named || error.kind() != ErrorKind::NotAnExport => return Err(error),
                        Err(error) => notes.skipped.push(Skipped::no_export(file.name, &error)),
                    }
                }
            }
            if n_exports == 0 {
                return Err(no_exports(path, n_files));
            }
        }
        self.known.refuse_unused()?;
        Ok(notes)
    }
}

fn no_exports(path: &Path, n_files: usize) -> Error {
    let found = if n_files == 0 { "an empty one".to_owned() } else { format!("{n_files} files that are none") };
    let message = format!("expected {} with exports, found {found}", if path.is_dir() { "a folder" } else { "an archive" });
    Error::new(ErrorKind::NotAnExport, path.display().to_string(), message)
}

/// One path that was given, and the files it stands for.
pub(super) struct Group<T> {
    pub(super) path: PathBuf,
    /// What was made of each file: the path itself, or those of the folder or archive, in name order.
    pub(super) files: Vec<T>,
    /// Links of the folder that lead nowhere.
    pub(super) links: Vec<String>,
}

/// One file and what reading it gave.
pub(super) struct ReadFile {
    pub(super) name: String,
    /// Whether it was named by the user; else it was found in a folder or an archive, and need not be an export.
    pub(super) is_named: bool,
    pub(super) result: Result<Parsed>,
}

/// Reads each file that is given, in parallel, and gives what `work` makes of it, in a fixed order. Only what `work` keeps
/// stays in memory.
///
/// # Errors
///
/// A folder that cannot be listed; settings that make no sense. What is wrong with a file is in its [`ReadFile`].
pub(super) fn read_each<T: Send>(
    arguments: &InputArguments,
    progress: &dyn Progress,
    work: impl Fn(ReadFile) -> T + Sync,
) -> Result<Vec<Group<T>>> {
    refuse_standard_input_twice(&arguments.files)?;
    let known = Known::of(arguments)?;
    let mut groups = Vec::new();
    for path in &arguments.files {
        let mut links = Vec::new();
        let candidates = candidates(path, &mut links)?;
        groups.push((path, candidates, links));
    }
    huge_pages::suit(groups.iter().flat_map(|(_, candidates, _)| candidates).map(|candidate| candidate.path.as_path()));
    progress.stage("reading", 0);
    let mut files: Vec<(usize, &Candidate)> = groups.iter().flat_map(|(_, candidates, _)| candidates).enumerate().collect();
    // The largest first: begun last, it would keep one thread busy when all others are done.
    files.sort_by_cached_key(|(_, candidate)| Reverse(fs::metadata(&candidate.path).map_or(0, |metadata| metadata.len())));
    let read = files.into_iter().par_bridge().map(|(at, candidate)| (at, read_one(candidate, &known, progress, &work)));
    let mut read: Vec<(usize, Vec<T>)> = read.collect();
    read.sort_unstable_by_key(|(at, _)| *at);
    let mut read = read.into_iter().map(|(_, files)| files);
    known.refuse_unused()?;
    let group = |(path, candidates, links): (&PathBuf, Vec<Candidate>, Vec<String>)| Group {
        path: path.clone(),
        files: read.by_ref().take(candidates.len()).flatten().collect(),
        links,
    };
    Ok(groups.into_iter().map(group).collect())
}

/// Reads what one path stands for, an export or an archive of them, and gives what `work` makes of each file.
fn read_one<T: Send>(candidate: &Candidate, known: &Known, progress: &dyn Progress, work: &(impl Fn(ReadFile) -> T + Sync)) -> Vec<T> {
    let read = |file: formats::File, is_named: bool| {
        let result = formats::read_with(&file.name, file.bytes, &known.settings(&file.name));
        progress.advance(result.as_ref().map_or(0, |parsed| parsed.records.len() as u64));
        work(ReadFile { name: file.name, is_named, result })
    };
    let name = candidate.path.display().to_string();
    let is_named = !candidate.in_folder;
    match bytes_of(&candidate.path).and_then(|bytes| formats::unpack(&name, bytes)) {
        Ok(Unpacked::File(file)) => vec![read(file, is_named)],
        Ok(Unpacked::Archive(files)) if files.is_empty() => {
            let error = Error::new(ErrorKind::NotAnExport, name.as_str(), "expected an archive of exports, found an empty one");
            vec![work(ReadFile { name, is_named, result: Err(error) })]
        }
        Ok(Unpacked::Archive(files)) => files.into_par_iter().map(|file| read(file, false)).collect(),
        Err(error) => vec![work(ReadFile { name, is_named, result: Err(error) })],
    }
}

/// What the user says about files beforehand: `--database FILE=NAME`, `--columns`.
struct Known {
    databases: Vec<KnownDatabase>,
    columns: Option<ColumnMap>,
}

struct KnownDatabase {
    file: String,
    database: Database,
    is_used: AtomicBool,
}

impl Known {
    fn of(arguments: &InputArguments) -> Result<Self> {
        let columns = arguments.columns.as_deref().map(ColumnMap::parse).transpose()?;
        let databases = arguments.databases.iter().map(|argument| KnownDatabase::parse(argument)).collect::<Result<_>>()?;
        Ok(Self { databases, columns })
    }

    /// What is known of the file `name`. A file of a folder or archive may also be meant by its last component.
    fn settings(&self, name: &str) -> formats::Settings {
        let is_meant = |known: &&KnownDatabase| known.file == name || name.rsplit(['/', '\\']).next() == Some(known.file.as_str());
        let database = self.databases.iter().find(is_meant).map(|known| {
            known.is_used.store(true, Ordering::Relaxed);
            known.database
        });
        formats::Settings { database, columns: self.columns.clone() }
    }

    fn refuse_unused(&self) -> Result<()> {
        match self.databases.iter().find(|known| !known.is_used.load(Ordering::Relaxed)) {
            Some(known) => {
                let message = format!("expected the name of a file that is read, found {:?}, which is none of them", known.file);
                Err(Error::new(ErrorKind::Settings, "--database", message))
            }
            None => Ok(()),
        }
    }
}

impl KnownDatabase {
    fn parse(argument: &str) -> Result<Self> {
        let wrong = |found: String| Error::new(ErrorKind::Settings, "--database", format!("expected FILE=NAME, found {found}"));
        let (file, name) = argument.rsplit_once('=').ok_or_else(|| wrong(format!("{argument:?}")))?;
        let known = || Database::ALL.iter().map(|database| database.name()).collect::<Vec<_>>().join(", ");
        let database =
            Database::named(name).ok_or_else(|| wrong(format!("the name {name:?}; the names that are known are {}", known())))?;
        Ok(Self { file: file.to_owned(), database, is_used: AtomicBool::new(false) })
    }
}

/// The whole text of a small file: a strategy, labels. Windows-1252 and UTF-16 are understood, as in exports;
/// what is no text at all is an error.
pub(super) fn read_text(path: &Path) -> Result<String> {
    formats::decode(&path.display().to_string(), bytes_of(path)?)
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
            complain!("{diagnostic}");
        }
        if worth.len() > SHOWN_A_FILE {
            complain!("{}: {} more like these", first.file, worth.len() - SHOWN_A_FILE);
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

/// The files that `path` stands for; of a folder those that are not hidden. Links of a folder that lead nowhere, or back, go to `links`.
fn candidates(path: &Path, links: &mut Vec<String>) -> Result<Vec<Candidate>> {
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
    for entry in folders.filter_entry(is_wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(Candidate { path: entry.into_path(), in_folder: true }),
            Ok(_) => {}
            Err(error) => match error.path() {
                Some(link) if leads_nowhere(&error) => links.push(link.display().to_string()),
                _ => {
                    let message = "the folder could not be read whole";
                    return Err(Error::new(ErrorKind::Io, path.display().to_string(), message).because(error));
                }
            },
        }
    }
    Ok(files)
}

/// What programs put into a folder without being asked has a name that begins with a dot: beginnings of files, settings, and
/// what macOS keeps beside a file ("._x.ris"). The folder itself was named by the user.
fn is_wanted(entry: &walkdir::DirEntry) -> bool {
    let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_inner_index = entry.file_type().is_dir() && index_folder::is_index(entry.path());
    !is_hidden && !is_inner_index
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

pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() == STANDARD_INPUT { standard_input() } else { whole_file(path) }
}

fn standard_input() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(ErrorKind::Io, "standard input", "could not be read").because(error))?;
    Ok(bytes)
}

/// The bytes of a file; of a large one each thread fetches its share.
#[cfg(unix)]
fn in_shares(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt as _;
    const SHARE: usize = 4 * 1024 * 1024;
    let file = fs::File::open(path)?;
    let len = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    // Where there is no room for it, the usual way says so.
    if len < 2 * SHARE || Vec::<u8>::new().try_reserve_exact(len).is_err() {
        return fs::read(path);
    }
    let mut bytes = vec![0; len];
    let shares = bytes.par_chunks_mut(SHARE).enumerate();
    match shares.map(|(at, share)| file.read_exact_at(share, (at * SHARE) as u64)).collect::<std::io::Result<()>>() {
        // It has become shorter: what is left is another file, and whoever asked will say so.
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => fs::read(path),
        result => result.map(|()| bytes),
    }
}

/// The bytes of a file.
#[cfg(not(unix))]
fn in_shares(path: &Path) -> std::io::Result<Vec<u8>> {
    fs::read(path)
}

/// The bytes of a file that stayed the same while it was read.
fn whole_file(path: &Path) -> Result<Vec<u8>> {
    let cannot_read = |error| Error::new(ErrorKind::Io, path.display().to_string(), "could not be read").because(error);
    let stamp = |metadata: fs::Metadata| (metadata.len(), metadata.modified().ok());
    let before = fs::metadata(path).map(stamp).map_err(cannot_read)?;
    let bytes = in_shares(path).map_err(cannot_read)?;
    if fs::metadata(path).map(stamp).map_err(cannot_read)? != before {
        return Err(Error::new(
            ErrorKind::Io,
            path.display().to_string(),
            "the file changed while it was read; nothing was written, please run again",
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_is_the_sum_of_its_shares() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let bytes: Vec<u8> = (0..9 * 1024 * 1024 + 7_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for len in [0, 5, bytes.len()] {
            fs::write(&path, &bytes[..len]).unwrap();
            assert!(in_shares(&path).unwrap() == bytes[..len], "{len}");
        }
        assert!(in_shares(&folder.path().join("none")).is_err());
    }
}
