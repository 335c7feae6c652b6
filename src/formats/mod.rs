//! Exports of bibliographic databases, read without losing anything.
//!
//! Goes in: the bytes of one file. Comes out: its records, each with every tag in its order, the text that stood outside
//! of records, and diagnostics. The format is told by the content, never by the name. Content never fails a file: only
//! what is no export at all is an [`Error`]. Nothing here compares or interprets records.

mod detect;
mod draft;
mod endnote_xml;
mod enw;
mod lines;
mod medline;
mod origin;
mod ris;
mod tagged;
mod tally;
mod text;

pub use detect::detect;
pub use ris::write_ris;

use crate::diagnostic::{Diagnostic, Span};
use crate::error::{Error, ErrorKind};
use crate::record::{Format, Record, Source};
use origin::Origin;
use std::ops::Range;
use std::sync::Arc;
use tally::Tally;

/// What one file gave.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The file: its text, format, encoding and database.
    pub source: Arc<Source>,
    /// Its records, in order; never empty.
    pub records: Vec<Record>,
    /// Lines that belong to no record and are not blank, in order.
    pub outside: Vec<OutsideText>,
    /// What was repaired, guessed or passed over, by line.
    pub diagnostics: Vec<Diagnostic>,
}

/// A stretch of a file that belongs to no record: a number or link between records, a heading of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideText {
    /// The physical line it begins on, counted from 1.
    pub line: u32,
    /// Its bytes in the source's text.
    pub range: Range<usize>,
}

/// What a reader of one format gives.
#[derive(Default)]
struct Content {
    records: Vec<Record>,
    outside: Vec<OutsideText>,
    tally: Tally,
}

/// Reads one export. `name` is the path as the user named it, `-` for standard input.
///
/// ```
/// use refsieve::formats::read;
/// let parsed = read("a.txt", b"TY  - JOUR\nID  - 7\nTI  - A title\nER  - \n".to_vec()).unwrap();
/// assert_eq!((parsed.records.len(), parsed.records[0].title(), parsed.records[0].id()), (1, Some("A title"), "7".into()));
/// ```
///
/// # Errors
///
/// [`ErrorKind::NotAnExport`] where the content has not one record of a known format: a web page, a blank file, a
/// picture, a format that is not read. The message says what was found.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<Parsed, Error> {
    if bytes.is_empty() {
        return Err(not_an_export(name, "an empty file"));
    }
    if let Some(kind) = detect::binary_kind(&bytes) {
        return Err(not_an_export(name, kind));
    }
    let decoded = text::decode(bytes);
    let Some(format) = detect(&decoded.text) else {
        return Err(not_an_export(name, detect::looks_like(&decoded.text).unwrap_or("content in no format that is known")));
    };
    let mut source = Source { name: name.to_owned(), text: decoded.text, format, database: None, encoding: decoded.encoding };
    let origin = origin::detect(format, &source.text, source.file_name());
    source.database = origin.database;
    let source = Arc::new(source);
    let mut content = read_format(&source, origin);
    if content.records.is_empty() {
        return Err(not_an_export(name, &format!("text that looks like {format} but holds no record")));
    }
    Record::mark_repeated_ids(&mut content.records);
    for remark in decoded.remarks {
        content.tally.add(remark.code, remark.line, Span::default(), || remark.found);
    }
    let diagnostics = content.tally.finish(&Arc::from(name));
    Ok(Parsed { source, records: content.records, outside: content.outside, diagnostics })
}

fn read_format(source: &Arc<Source>, origin: Origin) -> Content {
    match source.format {
        Format::Ris => ris::read(source, origin),
        Format::Medline => medline::read(source),
        Format::EndNoteTagged => enw::read(source),
        Format::EndNoteXml => endnote_xml::read(source),
    }
}

fn not_an_export(name: &str, found: &str) -> Error {
    let message = format!("expected an export in RIS, MEDLINE (.nbib), EndNote tagged (.enw) or EndNote XML, found {found}");
    Error::new(ErrorKind::NotAnExport, name, message)
}

/// The start of `text` in quotes, short enough for a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?} …", &text[..end]),
        None => format!("{text:?}"),
    }
}
