//! Files out: each is written whole beside its place and then renamed into it, so that no half-written file passes for
//! a whole one, whatever happens meanwhile.

use super::sheet;
use super::target::{STANDARD_OUTPUT, is_standard_output};
use crate::error::{Error, ErrorKind, Result};
use crate::record::Source;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::{Builder, NamedTempFile, TempDir};

/// Files that are complete but do not stand in their places yet.
pub(super) struct Staged {
    files: Vec<(NamedTempFile, Place)>,
    /// Files that were read: they are never written over.
    inputs: Vec<PathBuf>,
}

/// Where a finished file goes.
#[derive(PartialEq, Eq)]
enum Place {
    /// Renamed to this path.
    File(PathBuf),
    /// Copied into what stands at this path and is no ordinary file: a pipe, a terminal, `/dev/stdout`.
    Device(PathBuf),
    /// Copied to standard output.
    Standard,
}

impl Staged {
    /// No file yet, for a command that has read `inputs`.
    pub(super) fn beside<'a>(inputs: impl IntoIterator<Item = &'a Arc<Source>>) -> Self {
        Self { files: Vec::new(), inputs: inputs.into_iter().filter_map(|source| fs::canonicalize(&source.name).ok()).collect() }
    }

    /// Counts `paths` among the files that were read.
    pub(super) fn and<'a>(mut self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        self.inputs.extend(paths.into_iter().filter_map(|path| fs::canonicalize(path).ok()));
        self
    }

    /// Writes `content` beside `target`; [`Staged::commit`] puts it there.
    pub(super) fn add(&mut self, target: &Path, content: &[u8]) -> Result<()> {
        self.add_with(target, |out| out.write_all(content))
    }

    /// The same with content that is written piece by piece.
    ///
    /// # Errors
    ///
    /// Where it cannot be written; or where a person's answers stand there.
    pub(super) fn add_with(&mut self, target: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
        if let Some(found) = sheet::answered(target) {
            let message = format!("expected another file to write to than one with a person's answers, found {found}; nothing was written");
            return Err(Error::new(ErrorKind::Settings, target.display().to_string(), message));
        }
        self.add_over(target, write)
    }

    /// The same where it is known that no answers are lost that stand there.
    pub(super) fn add_over(&mut self, target: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
        let place = Place::of(target)?;
        if let Place::File(file) = &place
            && self.inputs.contains(file)
        {
            let message = "expected another file to write to than those that are read; nothing was written";
            return Err(Error::new(ErrorKind::Settings, target.display().to_string(), message));
        }
        if self.files.iter().any(|(_, other)| *other == place) {
            let message = "expected a file of its own for each result, found one named twice; nothing was written";
            return Err(Error::new(ErrorKind::Settings, target.display().to_string(), message));
        }
        let file = place.temporary_file().map_err(|error| cannot_write(target, error))?;
        let mut buffered = std::io::BufWriter::with_capacity(1 << 16, file);
        write(&mut buffered).map_err(|error| cannot_write(target, error))?;
        let file = buffered.into_inner().map_err(|error| cannot_write(target, error.into_error()))?;
        self.files.push((file, place));
        Ok(())
    }

    /// Puts every file in its place, in the order in which they were added.
    pub(super) fn commit(self) -> Result<()> {
        for (file, place) in self.files {
            match place {
                Place::File(target) => {
                    file.persist(&target).map_err(|error| cannot_write(&target, error.error))?;
                }
                Place::Device(target) => {
                    let mut device = fs::OpenOptions::new().write(true).open(&target).map_err(|error| cannot_write(&target, error))?;
                    let mut finished = file.reopen().map_err(|error| cannot_write(&target, error))?;
                    std::io::copy(&mut finished, &mut device).map_err(|error| cannot_write(&target, error))?;
                }
                Place::Standard => {
                    let mut finished = file.reopen().map_err(|error| cannot_write(Path::new(STANDARD_OUTPUT), error))?;
                    match std::io::copy(&mut finished, &mut std::io::stdout().lock()) {
                        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                            return Err(Error::new(ErrorKind::Io, "standard output", "could not be written").because(error));
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }
}

impl Place {
    fn of(target: &Path) -> Result<Self> {
        let name = target.display().to_string();
        if is_standard_output(Some(target)) {
            return Ok(Self::Standard);
        }
        if target.is_dir() {
            return Err(Error::new(ErrorKind::Io, name, "expected the name of a file to write, found a folder"));
        }
        let folder = folder_of(target);
        if !folder.is_dir() {
            return Err(Error::new(ErrorKind::Io, name, format!("could not be written, because there is no folder {}", folder.display())));
        }
        // What a link points to is replaced, not the link; a new file is named by its folder, however that was written.
        let target = fs::canonicalize(target).unwrap_or_else(|_| {
            let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
            target.file_name().map_or_else(|| target.to_owned(), |name| folder.join(name))
        });
        match fs::metadata(&target) {
            Ok(metadata) if !metadata.is_file() => Ok(Self::Device(target)),
            _ => Ok(Self::File(target)),
        }
    }

    fn temporary_file(&self) -> std::io::Result<NamedTempFile> {
        match self {
            Place::File(target) => temporary_file(folder_of(target)),
            Place::Device(_) | Place::Standard => NamedTempFile::new(),
        }
    }
}

fn cannot_write(target: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, target.display().to_string(), "could not be written; what stood there is as it was").because(error)
}

/// A new file in `folder` with the permissions of any new file; temporary files are private by default.
fn temporary_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".refsieve-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes the folder and those above it, where they do not stand yet.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::new(ErrorKind::Io, folder.display().to_string(), "the folder could not be made").because(error))
}

/// A new empty folder beside `target`, removed again unless [`put_in_place`] takes it.
pub(super) fn folder_beside(target: &Path) -> Result<TempDir> {
    let above = folder_of(target);
    make_folder(above)?;
    Builder::new().prefix(".refsieve-").suffix(".tmp").tempdir_in(above).map_err(|error| cannot_write(target, error))
}

/// Renames the finished folder `made` to `target`; what stands at `target` is put aside first and removed afterwards.
pub(super) fn put_in_place(made: TempDir, target: &Path) -> Result<()> {
    let cannot =
        |error| Error::new(ErrorKind::Io, target.display().to_string(), "the finished folder could not be put in its place").because(error);
    let made = made.keep();
    if target.exists() {
        let aside = folder_beside(target)?;
        let old = aside.path().join("old");
        fs::rename(target, &old).map_err(cannot)?;
        if let Err(error) = fs::rename(&made, target) {
            // Best effort: the old folder goes back to where it was; the first error is the one to report.
            let _ = fs::rename(&old, target);
            return Err(cannot(error));
        }
        return Ok(());
    }
    fs::rename(&made, target).map_err(cannot)
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
