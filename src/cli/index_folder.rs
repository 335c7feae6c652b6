//! The folder of an index: the search index itself, and the texts its records came from, so that hits can be written.
//!
//! ```text
//! DIR/refsieve-index.json   what stands here: version, number of records, sources with name, encoding
//! DIR/sources/000001.lz4    the text of the first source, as UTF-8 in an LZ4 frame; read again by the same reader when its
//!                           records are wanted
//! DIR/terms/                the search index
//! ```

use super::inputs::Inputs;
use super::output;
use crate::error::{Error, ErrorKind, Result};
use crate::formats;
use crate::index::Index;
use crate::progress::Progress;
use crate::record::{Database, Source};
use lz4_flex::frame::{FrameDecoder, FrameEncoder, FrameInfo};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that makes a folder an index.
const MANIFEST: &str = "refsieve-index.json";
/// Changes whenever older programs could not read what this one writes.
const VERSION: u32 = 3;

#[derive(Serialize, Deserialize)]
struct Manifest {
    version: u32,
    records: usize,
    /// The map of columns that tables were read with, as `--columns` has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    columns: Option<String>,
    sources: Vec<ManifestSource>,
}

#[derive(Serialize, Deserialize)]
struct ManifestSource {
    name: String,
    records: usize,
    /// How long its text is, in bytes.
    bytes: usize,
    /// The database it came from, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    database: Option<String>,
}

/// Whether `path` is the folder of an index.
pub(super) fn is_index(path: &Path) -> bool {
    path.join(MANIFEST).is_file()
}

/// Builds an index of `inputs` at `target`: beside it first, then renamed into place.
///
/// # Errors
///
/// A folder that cannot be written, or one that stands there, is not empty and is no index.
pub(super) fn create(target: &Path, inputs: &Inputs, progress: &dyn Progress) -> Result<()> {
    if !may_be_replaced(target) {
        return Err(Error::new(
            ErrorKind::Settings,
            target.display().to_string(),
            "expected a new or empty folder or an older index, found something else; it was left alone",
        ));
    }
    let made = output::folder_beside(target)?;
    let cannot_write =
        |error| Error::new(ErrorKind::Io, target.display().to_string(), "could not be written; nothing was changed").because(error);
    output::make_folder(&made.path().join("sources"))?;
    output::make_folder(&made.path().join("terms"))?;
    let mut sources = Vec::new();
    for (number, source) in inputs.sources.iter().enumerate() {
        let file = BufWriter::new(fs::File::create(source_path(made.path(), number)).map_err(cannot_write)?);
        let bytes = compress(source, file).map_err(cannot_write)?;
        let records = inputs.records.iter().filter(|record| Arc::ptr_eq(record.source(), source)).count();
        let database = source.database.map(|database| database.name().to_owned());
        sources.push(ManifestSource { name: source.name.clone(), records, bytes, database });
    }
    Index::create(&inputs.records, &made.path().join("terms"), progress)?;
    let manifest =
        super::show::to_json(&Manifest { version: VERSION, records: inputs.records.len(), columns: inputs.columns.clone(), sources })?;
    fs::write(made.path().join(MANIFEST), manifest).map_err(cannot_write)?;
    output::put_in_place(made, target)
}

/// An error that says what of the index at `folder` is not as it was.
fn damaged(folder: &Path, what: &str) -> Error {
    let message = format!("the index is damaged: {what}; build it again with `refsieve index`");
    Error::new(ErrorKind::Index, folder.display().to_string(), message)
}

/// The list of contents of the index at `folder`.
fn manifest(folder: &Path) -> Result<Manifest> {
    let text =
        fs::read_to_string(folder.join(MANIFEST)).map_err(|error| damaged(folder, "its list of contents cannot be read").because(error))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| damaged(folder, "its list of contents is not what it was").because(error))?;
    if manifest.version != VERSION {
        let message =
            format!("expected an index of version {VERSION}, found version {}; build it again with `refsieve index`", manifest.version);
        return Err(Error::new(ErrorKind::Index, folder.display().to_string(), message));
    }
    Ok(manifest)
}

/// The records of the index at `folder`, read again from the texts it keeps.
pub(super) fn read_records(folder: &Path) -> Result<Inputs> {
    let damaged = |what: &str| damaged(folder, what);
    let manifest = manifest(folder)?;
    let columns = manifest.columns.as_deref().map(formats::ColumnMap::parse).transpose()?;
    let parsed: Vec<Result<formats::Parsed>> = manifest
        .sources
        .par_iter()
        .enumerate()
        .map(|(number, source)| {
            let bytes = decompressed(&source_path(folder, number), source.bytes)
                .map_err(|error| damaged("the text of a source cannot be read").because(error))?;
            let database = source.database.as_deref().and_then(Database::named);
            formats::read_with(&source.name, bytes, &formats::Settings { database, columns: columns.clone() })
        })
        .collect();
    let mut inputs = Inputs { columns: manifest.columns, ..Inputs::default() };
    for (source, parsed) in manifest.sources.iter().zip(parsed) {
        let parsed = parsed?;
        if parsed.records.len() != source.records {
            return Err(damaged(&format!("{} should have {} records and has {}", source.name, source.records, parsed.records.len())));
        }
        inputs.add(parsed);
    }
    Ok(inputs)
}

/// The search index itself, without its records.
pub(super) fn open_terms(folder: &Path) -> Result<Index> {
    let manifest = manifest(folder)?;
    let index = Index::open(&folder.join("terms"))?;
    if index.len() as usize != manifest.records {
        return Err(damaged(folder, &format!("it should have {} records and has {}", manifest.records, index.len())));
    }
    Ok(index)
}

/// Writes the text of a source as the file had it, decoded and compressed, with a checksum; says how long it is.
fn compress(source: &Source, file: impl Write) -> io::Result<usize> {
    let settings = FrameInfo::new().content_checksum(true);
    let mut frame = Counted { out: FrameEncoder::with_frame_info(settings, file), n_bytes: 0 };
    source.write_raw(&mut frame)?;
    frame.out.finish().map_err(io::Error::other)?.flush()?;
    Ok(frame.n_bytes)
}

/// Counts what is written.
struct Counted<W> {
    out: W,
    n_bytes: usize,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.out.write(bytes)?;
        self.n_bytes += n_bytes;
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What [`compress`] has written, which was `n_bytes` long. Of a file that is cut short the checksum may be missing, and
/// then the length tells.
fn decompressed(path: &Path, n_bytes: usize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    FrameDecoder::new(fs::File::open(path)?).read_to_end(&mut text)?;
    if text.len() == n_bytes { Ok(text) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn source_path(folder: &Path, number: usize) -> PathBuf {
    folder.join("sources").join(format!("{:06}.lz4", number + 1))
}

fn may_be_replaced(target: &Path) -> bool {
    match fs::read_dir(target) {
        Ok(mut entries) => is_index(target) || entries.next().is_none(),
        Err(_) => !target.exists(),
    }
}
