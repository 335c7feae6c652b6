//! Exports of bibliographic databases, read without losing anything.
//!
//! Goes in: the bytes of one file. Comes out: its records, each with every tag in its order, the text that stood outside
//! of records, and diagnostics. The format is told by the content, never by the name. Content never fails a file: only
//! what is no export at all is an [`Error`]. Nothing here compares or interprets records.

mod archive;
mod bibtex;
mod csl_json;
mod detect;
mod draft;
mod endnote_xml;
mod enw;
mod ictrp;
mod json_lines;
mod lines;
mod marcxml;
mod medline;
mod origin;
mod ovid;
mod pmids;
mod pubmed_xml;
mod refworks;
mod ris;
mod stretches;
mod table;
mod tagged;
mod tally;
mod text;
mod wos;
mod write;
mod xml;

pub use archive::{File, Unpacked, unpack};
pub use detect::detect;
pub use table::ColumnMap;
pub use write::{Appender, Audience, FieldLosses, Keys, Losses, Target, is_limited, parts, write, write_exports, write_ris, write_sheet};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::error::{Error, ErrorKind};
use crate::record::{Database, Dialect, Folds, Format, Record, Source};
use origin::Origin;
use std::ops::Range;
use std::sync::Arc;
use stretches::Stretch;
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

impl Parsed {
    /// How many lines belong to no record and are not blank.
    #[must_use]
    pub fn n_outside_lines(&self) -> usize {
        let n_lines = |outside: &OutsideText| {
            let text = self.source.raw(outside.range.clone());
            lines::lines(&text, 0, text.len()).filter(|line| !line.is_blank()).count()
        };
        self.outside.iter().map(n_lines).sum()
    }
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
    /// What may read otherwise from the file's own lines than from the text in which they are folded.
    by_lines: Vec<Range<usize>>,
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
    read_with(name, bytes, &Settings::default())
}

/// What a person knows about a file and its content does not say.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The database it came from; overrules what its content says.
    pub database: Option<Database>,
    /// What the columns of tables are whose names do not say it; files that are no tables are read as ever.
    pub columns: Option<ColumnMap>,
}

/// [`read`] with what is known of the file beforehand.
///
/// # Errors
///
/// Those of [`read`], and [`ErrorKind::Settings`] where a table lacks columns that the column map names.
pub fn read_with(name: &str, bytes: Vec<u8>, settings: &Settings) -> Result<Parsed, Error> {
    if bytes.is_empty() {
        return Err(not_an_export(name, "an empty file"));
    }
    let is_workbook = table::workbook::is(&bytes);
    if let Some(kind) = detect::binary_kind(&bytes).filter(|_| !is_workbook) {
        return Err(not_an_export(name, kind));
    }
    let decoded = if is_workbook { table::workbook::decode(name, &bytes)? } else { text::decode(bytes) };
    let format = if is_workbook { table::format(&decoded.text) } else { detect(&decoded.text) };
    let format = match &settings.columns {
        Some(map) if format.is_none_or(|format| matches!(format, Format::Csv | Format::Tsv)) => {
            Some(table::format_by_map(name, &decoded.text, map)?)
        }
        _ => format,
    };
    let Some(format) = format else {
        let found = if is_workbook { Some("an Excel workbook without a table of records") } else { detect::looks_like(&decoded.text) };
        return Err(not_an_export(name, found.unwrap_or("content in no format that is known")));
    };
    let format = if is_workbook { Format::Xlsx } else { format };
    let (text, folds) = fold(decoded.text, format);
    let mut source = Source { name: name.to_owned(), text, folds, format, encoding: decoded.encoding, ..Source::default() };
    let mut origin = origin::detect(format, &source.text, source.file_name());
    origin.database = settings.database.or(origin.database);
    source.database = origin.database;
    source.dialect = origin.dialect;
    let mut source = Arc::new(source);
    let read_whole = |source: &Arc<Source>| read_stretch(source, &Stretch { format, range: 0..source.text.len() }, origin, settings);
    let mut content = read_whole(&source);
    // Readers of lines notice where another format begins; markup hides it.
    let is_xml = matches!(format, Format::EndNoteXml | Format::PubMedXml | Format::MarcXml | Format::IctrpXml);
    if is_xml || content.tally.has(Code::MixedFormats) {
        let mut stretches = stretches::stretches(&source.text, format);
        if stretches.len() > 1 {
            drop(content);
            if let Some(source) = Arc::get_mut(&mut source).filter(|source| !source.folds.is_empty()) {
                // In another format a line that goes on may mean something else.
                source.unfold();
                stretches = stretches::stretches(&source.text, format);
            }
            content = read_stretches(&mut source, &stretches, settings);
        }
    }
    let mut content = read_by_lines(&mut source, content, read_whole);
    if content.records.is_empty() {
        return Err(not_an_export(name, &format!("text that looks like {format} but holds no record")));
    }
    Record::mark_repeated_ids(&mut content.records);
    content.unfold_lines(&source);
    for remark in decoded.remarks {
        content.tally.add(remark.code, remark.line, Span::default(), || remark.found);
    }
    let diagnostics = content.tally.finish(&Arc::from(name));
    Ok(Parsed { source, records: content.records, outside: content.outside, diagnostics })
}

/// The text of a small file that is no export but comes from the same programs (a strategy, labels): UTF-8, UTF-16 or
/// Windows-1252, told by its bytes. `name` is the file as the user named it.
///
/// ```
/// use refsieve::formats::decode;
/// assert_eq!(decode("a.txt", b"1 caf\xe9.ti.".to_vec()).unwrap(), "1 café.ti.");
/// let error = decode("a.png", b"\x89PNG\r\n\x1a\n".to_vec()).unwrap_err();
/// assert_eq!(error.to_string(), "a.png: expected plain text, found a picture");
/// ```
///
/// # Errors
///
/// [`ErrorKind::NotAnExport`] where the bytes are no text: a picture, an archive, a document of a word processor.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let kind = detect::binary_kind(&bytes).or_else(|| text::is_binary(&bytes).then_some("bytes that are no text"));
    match kind {
        Some(kind) => Err(Error::new(ErrorKind::NotAnExport, name, format!("expected plain text, found {kind}"))),
        None => Ok(text::decode(bytes).text),
    }
}

/// `text` with the values on one line that its format has wrapped, where that can be undone.
fn fold(text: String, format: Format) -> (String, Folds) {
    match format {
        Format::Medline => medline::fold(text),
        Format::WosTagged => wos::fold(text),
        Format::BibTex => bibtex::fold(text),
        _ => (text, Folds::default()),
    }
}

/// How often what hangs on its lines is unfolded by itself before the whole text is.
const UNFOLDINGS: usize = 3;

/// `content`, which `read` gave for `source`, where nothing in it hangs on lines that are folded; else what `read` gives when
/// those are unfolded, and they alone, since a large file is small in memory only while it is folded.
fn read_by_lines(source: &mut Arc<Source>, mut content: Content, read: impl Fn(&Arc<Source>) -> Content) -> Content {
    let mut n_unfoldings = 0;
    while !content.by_lines.is_empty() {
        let mut by_lines = std::mem::take(&mut content.by_lines);
        // Its records hold the source.
        drop(content);
        match Arc::get_mut(source) {
            Some(source) if n_unfoldings < UNFOLDINGS => {
                by_lines.sort_unstable_by_key(|range| range.start);
                source.unfold_within(&by_lines);
            }
            Some(source) => source.unfold(),
            None => return read(source),
        }
        n_unfoldings += 1;
        content = read(source);
    }
    content
}

/// The text of a spreadsheet (.xlsx, .csv, .tsv) that is no export but was written and filled in: its rows, separated by
/// tabs or as they were.
///
/// # Errors
///
/// [`ErrorKind::NotAnExport`] where a workbook is damaged or empty, or where the bytes are no text.
pub fn sheet_text(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    if table::workbook::is(&bytes) { Ok(table::workbook::decode(name, &bytes)?.text) } else { decode(name, bytes) }
}

impl Content {
    /// Makes the numbers of lines, which were counted in the text of `source`, those of its file.
    fn unfold_lines(&mut self, source: &Source) {
        if source.folds.is_empty() {
            return;
        }
        self.records.iter_mut().for_each(Record::unfold_lines);
        self.outside.iter_mut().for_each(|outside| outside.line += source.folds.count_before(outside.range.start));
        self.tally.unfold_lines(source);
    }

    /// Nothing yet of `range` of a file, with room for as many records as mostly stand in so many bytes: a list that grows is copied,
    /// and takes memory twice.
    fn with_room(range: &Range<usize>) -> Self {
        const BYTES_OF_RECORD: usize = 1_500;
        Self { records: Vec::with_capacity(range.len() / BYTES_OF_RECORD), ..Self::default() }
    }

    /// Adds what the part of the file that begins `n_lines` lines further down gave.
    fn append(&mut self, mut part: Content, n_lines: u32) {
        let n_before = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        part.records.iter_mut().for_each(|record| record.shift(n_before, n_lines));
        part.outside.iter_mut().for_each(|outside| outside.line += n_lines);
        self.records.append(&mut part.records);
        self.outside.append(&mut part.outside);
        self.tally.append(part.tally, n_lines);
    }
}

fn read_stretch(source: &Arc<Source>, stretch: &Stretch, origin: Origin, settings: &Settings) -> Content {
    let range = stretch.range.clone();
    match stretch.format {
        Format::Ris => ris::read(source, range, origin),
        Format::Medline => medline::read(source, range),
        Format::EndNoteTagged => enw::read(source, range),
        Format::EndNoteXml => endnote_xml::read(source, range),
        Format::OvidTagged => ovid::read(source, range),
        Format::WosTagged => wos::read(source, range),
        Format::RefWorksTagged => refworks::read(source, range),
        Format::PubMedXml => pubmed_xml::read(source, range),
        Format::MarcXml => marcxml::read(source, range),
        Format::IctrpXml => ictrp::read(source, range),
        Format::BibTex => bibtex::read(source, range),
        Format::Csv | Format::Tsv | Format::Xlsx => table::read(source, range, settings.columns.as_ref()),
        Format::CslJson => csl_json::read(source, range),
        Format::JsonLines => json_lines::read(source, range),
    }
}

/// Reads a file that was joined from several formats, each stretch as if it were a file of its own. The source takes the
/// format of the first; its database is known where all stretches come from the same.
fn read_stretches(source: &mut Arc<Source>, stretches: &[Stretch], settings: &Settings) -> Content {
    let origin = |stretch: &Stretch| {
        let origin = origin::detect(stretch.format, &source.text[stretch.range.clone()], source.file_name());
        Origin { database: settings.database.or(origin.database), ..origin }
    };
    let origins: Vec<Origin> = stretches.iter().map(origin).collect();
    if let (Some(source), [first, others @ ..]) = (Arc::get_mut(source), origins.as_slice()) {
        source.format = stretches.first().map_or(source.format, |stretch| stretch.format);
        source.database = first.database.filter(|database| others.iter().all(|origin| origin.database == Some(*database)));
        source.dialect = if others.iter().all(|origin| origin.dialect == first.dialect) { first.dialect } else { Dialect::General };
    }
    let mut content = Content::default();
    for (index, (stretch, origin)) in stretches.iter().zip(origins).enumerate() {
        let mut part = read_stretch(source, stretch, origin, settings);
        part.records.iter_mut().for_each(|record| record.set_format(stretch.format));
        if index > 0 {
            let found = || format!("{} records ({})", stretch.format, part.records.len());
            content.tally.add(Code::JoinedFormats, text::line_at(&source.text, stretch.range.start), Span::default(), found);
        }
        content.append(part, text::line_at(&source.text, stretch.range.start) - 1);
    }
    content
}

fn not_an_export(name: &str, found: &str) -> Error {
    let message = format!("expected an export in a format that `refsieve formats` lists, found {found}");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_damaged_entry_leaves_the_others_folded() {
        let entry = |key: &str, end: &str| {
            format!("@article{{ {key},\nTitle = {{A title of two\n   lines}},\nNote = {{of three\n   lines{end}\n\n")
        };
        let text = [entry("a", "},\n}"), entry("b", "}\nstray\n}"), entry("c", "},\n}")].concat();
        let parsed = read("a.bib", text.clone().into_bytes()).unwrap();
        assert_eq!(parsed.diagnostics.first().map(|found| found.code), Some(Code::UnclosedEntry));
        let folds: Vec<bool> = parsed.records.iter().map(|record| parsed.source.folds.first_within(record.range()).is_some()).collect();
        assert_eq!(folds, [true, false, true]);
        assert_eq!(parsed.source.raw(0..parsed.source.text.len()), text);
    }
}
