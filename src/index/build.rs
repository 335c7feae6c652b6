//! Records -> chunks of an index, in memory or in a folder; and a folder -> an index.
//!
//! Each chunk becomes one segment, written by one thread. All segments lie in one directory; the list that orders them
//! is written last, together with the version of the format and the number of records.

use super::document::Texts;
use super::schema::{ENTRY_TOKENIZER, Place, WORD_TOKENIZER, schema};
use super::tokenizer::{Entries, Words};
use super::{Chunk, Index};
use crate::error::{Error, ErrorKind, Result};
use crate::progress::Progress;
use crate::record::Record;
use rayon::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use tantivy::directory::{CompositeFile, Directory, MmapDirectory, RamDirectory};
use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::schema::Field;
use tantivy::store::Compressor;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{IndexBuilder, IndexMeta, IndexSettings, SegmentReader, TantivyDocument};

/// Changes whenever an index written before can no longer be searched: the places, the tokenizer, the terms.
const FORMAT: u32 = 2;
/// The name of the list of segments, given by the search library.
const LIST: &str = "meta.json";
/// Chunks of a small set: enough for four threads, few enough that a search need not look into many dictionaries.
const FEWEST_CHUNKS: usize = 4;
/// Below so many records a chunk costs more than it saves.
const SMALLEST_CHUNK: usize = 1_000;
/// The largest chunk: a thread's memory for it stays below a quarter of a gigabyte.
const LARGEST_CHUNK: usize = 50_000;
/// Chunks are whole machine words of bits, so that their sets can be put side by side without shifting.
const WORD_BITS: usize = 64;
/// Nor may the records of a chunk have more text than this, in bytes.
const LARGEST_CHUNK_TEXT: usize = 256 << 20;
/// Memory that the table of terms starts from; it grows.
const STARTING_MEMORY: usize = 15 << 20;
/// Progress is told after so many records.
const STEP: usize = 500;

pub(super) fn in_memory(records: &[Record], progress: &dyn Progress) -> Result<Index> {
    let directory = RamDirectory::create();
    write(records, directory.clone(), progress).and_then(|()| read(directory)).map_err(|cause| failed("", "could not be built", cause))
}

pub(super) fn in_folder(records: &[Record], folder: &Path, progress: &dyn Progress) -> Result<Index> {
    let subject = folder.display().to_string();
    let directory = MmapDirectory::open(folder).map_err(|cause| failed(&subject, "expected a folder for the index", cause))?;
    if directory.exists(Path::new(LIST)).unwrap_or(true) {
        return Err(Error::new(ErrorKind::Index, subject, "expected a folder without an index, found one that has one"));
    }
    write(records, directory.clone(), progress)
        .and_then(|()| read(directory))
        .map_err(|cause| failed(&subject, "the index could not be written", cause))
}

pub(super) fn open(folder: &Path) -> Result<Index> {
    let subject = folder.display().to_string();
    let directory = MmapDirectory::open(folder).map_err(|cause| failed(&subject, "expected a folder with an index", cause))?;
    if !directory.exists(Path::new(LIST)).unwrap_or(false) {
        return Err(Error::new(ErrorKind::Index, subject, "expected a search index, found none; build it again"));
    }
    let payload = list(&directory).map_err(|cause| failed(&subject, "the list of the index could not be read; build it again", cause))?;
    let Some(records) = payload.strip_prefix(&format!("refsieve {FORMAT} ")).and_then(|count| count.parse::<u32>().ok()) else {
        let found = if payload.is_empty() { "another" } else { &payload };
        let message = format!("expected an index of format \"refsieve {FORMAT}\", found {found:?}; build it again");
        return Err(Error::new(ErrorKind::Index, subject, message));
    };
    let index = read(directory).map_err(|cause| failed(&subject, "the search index is damaged; build it again", cause))?;
    if index.records != records {
        let message = format!("expected an index of {records} records, found {}; build it again", index.records);
        return Err(Error::new(ErrorKind::Index, subject, message));
    }
    Ok(index)
}

fn failed(subject: &str, message: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Index, subject, if subject.is_empty() { format!("the index {message}") } else { message.to_owned() })
        .because(cause)
}

/// The payload of the list of segments.
fn list(directory: &MmapDirectory) -> std::result::Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let bytes = directory.atomic_read(Path::new(LIST))?;
    let list: serde_json::Value = serde_json::from_slice(&bytes)?;
    Ok(list.get("payload").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned())
}

/// Indexes all chunks into `directory`, then writes the list that orders them.
fn write<D: Directory>(records: &[Record], directory: D, progress: &dyn Progress) -> tantivy::Result<()> {
    progress.stage("index", records.len() as u64);
    let tokenizers = TokenizerManager::new();
    tokenizers.register(WORD_TOKENIZER, TextAnalyzer::from(Words::default()));
    tokenizers.register(ENTRY_TOKENIZER, TextAnalyzer::from(Entries::default()));
    let settings =
        IndexSettings { docstore_compression: Compressor::None, docstore_compress_dedicated_thread: false, ..Default::default() };
    let index = IndexBuilder::new()
        .schema(schema())
        .settings(settings)
        .tokenizers(tokenizers)
        .open_or_create(Box::new(directory) as Box<dyn Directory>)?;
    let segments = chunks(records)
        .into_par_iter()
        .enumerate()
        .map(|(number, chunk)| write_chunk(&index, number, chunk, progress))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let list = IndexMeta {
        index_settings: index.settings().clone(),
        persisted_custom_extensions: Vec::new(),
        segments,
        schema: index.schema(),
        opstamp: 0,
        payload: Some(format!("refsieve {FORMAT} {}", records.len())),
    };
    index.directory().atomic_write(Path::new(LIST), &serde_json::to_vec(&list)?)?;
    index.directory().sync_directory()?;
    Ok(())
}

/// Writes one chunk as the segment with this number; numbered, so that the same records give files of the same names.
fn write_chunk(index: &tantivy::Index, number: usize, records: &[Record], progress: &dyn Progress) -> tantivy::Result<SegmentMeta> {
    let id = SegmentId::from_uuid_string(&format!("{number:032x}"))
        .map_err(|_| tantivy::TantivyError::InvalidArgument(format!("no segment can have the number {number}")))?;
    let mut writer = SegmentWriter::for_segment(STARTING_MEMORY, index.segment(index.new_segment_meta(id, 0)))?;
    let mut texts = Texts::new();
    for step in records.chunks(STEP) {
        for record in step {
            texts.fill(record);
            let mut document = TantivyDocument::default();
            for (number, text) in texts.filled() {
                document.add_text(Field::from_field_id(number as u32), text);
            }
            writer.add_document(AddOperation { opstamp: 0, document })?;
        }
        progress.advance(step.len() as u64);
    }
    let count = writer.max_doc();
    writer.finalize()?;
    Ok(index.new_segment_meta(id, count))
}

/// Contiguous chunks, the same for the same records on every machine; at least one, which may be empty.
fn chunks(records: &[Record]) -> Vec<&[Record]> {
    let size = records.len().div_ceil(FEWEST_CHUNKS).clamp(SMALLEST_CHUNK, LARGEST_CHUNK).next_multiple_of(WORD_BITS);
    let mut chunks = Vec::new();
    let (mut start, mut text) = (0, 0);
    for (number, record) in records.iter().enumerate() {
        let is_full = number - start == size || text + record.range().len() > LARGEST_CHUNK_TEXT;
        if is_full && number > start {
            chunks.push(&records[start..number]);
            (start, text) = (number, 0);
        }
        text += record.range().len();
    }
    chunks.push(&records[start..]);
    chunks
}

fn read<D: Directory>(directory: D) -> tantivy::Result<Index> {
    let index = tantivy::Index::open(Box::new(directory) as Box<dyn Directory>)?;
    let mut chunks = Vec::new();
    let mut base = 0;
    for segment in index.searchable_segments()? {
        let reader = SegmentReader::open(&segment)?;
        let records = reader.max_doc();
        let places = Place::all().map(|_| OnceLock::new()).collect();
        let positions = CompositeFile::open(&segment.open_read(SegmentComponent::Positions)?)?;
        chunks.push(Chunk { base, records, places, segment: reader, positions });
        base += records;
    }
    Ok(Index { chunks, records: base })
}
