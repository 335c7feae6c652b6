//! Records become files that other programs read.
//!
//! Goes in: records and a [`Target`]. Comes out: the bytes of one file, and [`Losses`]: what the target could not hold in
//! a field of its own. A record that is of the target's format and as it was read is written as it stood, byte for byte,
//! where it is well formed (each format's module says what that means); everything else is written by what its values are
//! about, and what the format has no field for goes to its notes.

mod bibtex;
mod csl_json;
mod endnote_xml;
mod enw;
mod json_lines;
mod losses;
mod medline;
mod parts;
mod pieces;
mod reference_type;
mod ris;
mod ris_profile;
mod statement;
mod table;
mod well_formed;
mod workbook;

pub use losses::{FieldLosses, Losses};
pub use parts::{is_limited, parts};
pub use pieces::Appender;
pub(in crate::formats) use workbook::LONGEST_CELL;
pub use workbook::write_sheet;

use super::Parsed;
use crate::diagnostic::Severity;
use crate::record::{Field, Format, Provenance, Record};
use std::fmt;
use std::io::{self, Write};

/// What is written, and for whom.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target {
    /// The format of the file.
    pub format: Format,
    /// The program that will read it.
    pub audience: Audience,
    /// Whether each record says in its notes which file and database it came from, as the how manieth, and its id.
    pub provenance: bool,
    /// The key that decisions know a record by, where it says that as well: written in another format it says other things.
    pub keys: Keys,
}

/// Where the key of a record that is written comes from.
#[derive(Debug, Clone, Copy, Default)]
pub enum Keys {
    /// None is written.
    #[default]
    Unsaid,
    /// It is made of the record.
    Made(fn(&Record) -> u64),
    /// It is known: that of the one record that is to be written.
    Known(u64),
}

impl Keys {
    fn of(self, record: &Record) -> Option<u64> {
        match self {
            Keys::Unsaid => None,
            Keys::Made(key_of) => Some(key_of(record)),
            Keys::Known(key) => Some(key),
        }
    }
}

/// The program that will read a file. Each takes a dialect of its own of the formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Audience {
    /// Any program: the format as its specification has it.
    #[default]
    General,
    /// EndNote.
    EndNote,
    /// Zotero.
    Zotero,
    /// Rayyan.
    Rayyan,
    /// Covidence.
    Covidence,
    /// Mendeley.
    Mendeley,
    /// ASReview.
    AsReview,
}

impl Audience {
    /// Every audience.
    pub const ALL: &'static [Audience] = &[
        Audience::General,
        Audience::EndNote,
        Audience::Zotero,
        Audience::Rayyan,
        Audience::Covidence,
        Audience::Mendeley,
        Audience::AsReview,
    ];

    /// The name as it is typed (`--for`) and as JSON has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Audience::General => "general",
            Audience::EndNote => "endnote",
            Audience::Zotero => "zotero",
            Audience::Rayyan => "rayyan",
            Audience::Covidence => "covidence",
            Audience::Mendeley => "mendeley",
            Audience::AsReview => "asreview",
        }
    }

    /// The audience of that name, whatever its case.
    ///
    /// ```
    /// use refsieve::formats::Audience;
    /// assert_eq!(Audience::named("Rayyan"), Some(Audience::Rayyan));
    /// assert_eq!(Audience::named("somebody"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|audience| audience.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

impl Target {
    /// The formats that can be written.
    pub const FORMATS: &'static [Format] = &[
        Format::Ris,
        Format::Medline,
        Format::EndNoteTagged,
        Format::EndNoteXml,
        Format::BibTex,
        Format::CslJson,
        Format::Csv,
        Format::Tsv,
        Format::Xlsx,
        Format::JsonLines,
    ];

    /// A file of `format` for any program, without provenance.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self { format, ..Self::default() }
    }

    /// The target that a file's ending speaks for, with or without its dot and whatever its case: ".bib" is BibTeX.
    /// "xml" is EndNote XML, "txt" RIS.
    ///
    /// ```
    /// use refsieve::formats::Target;
    /// use refsieve::record::Format;
    /// assert_eq!(Target::of_extension(".bib").map(|target| target.format), Some(Format::BibTex));
    /// assert!(Target::of_extension("docx").is_none());
    /// ```
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        let extension = extension.trim_start_matches('.').to_ascii_lowercase();
        Self::FORMATS.iter().find(|format| format.extensions().contains(&extension.as_str())).map(|format| Self::new(*format))
    }

    /// Whether the file is for any program.
    fn is_general(&self) -> bool {
        self.audience == Audience::General
    }

    /// Whether `record` is to say where it came from, and does not yet.
    fn adds_line_to(&self, record: &Record) -> bool {
        self.provenance && record.first(Field::Provenance).is_none()
    }

    /// The line that says where `record` came from, where it is to be added.
    fn line_of(&self, record: &Record) -> Option<String> {
        if !self.adds_line_to(record) {
            return None;
        }
        Some(Provenance::of(record).line_with(self.keys.of(record)))
    }

    /// Whether files of this format are written at all.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        Self::FORMATS.contains(&self.format)
    }
}

/// Writes records as one file, in their order.
///
/// ```
/// use refsieve::formats::{Target, read, write};
/// use refsieve::record::Format;
/// let parsed = read("a.nbib", b"PMID- 7\nTI  - A title\nPT  - Journal Article\n".to_vec()).unwrap();
/// let mut out = Vec::new();
/// let losses = write(&parsed.records, &Target::new(Format::Ris), &mut out).unwrap();
/// assert!(out.starts_with(b"TY  - JOUR\nAN  - 7\n"));
/// assert_eq!(losses.n_lost(), 0);
/// ```
///
/// # Errors
///
/// Those of `out`; [`io::ErrorKind::Unsupported`] where the format is none that [`Target::FORMATS`] lists.
pub fn write<'a>(records: impl IntoIterator<Item = &'a Record>, target: &Target, out: &mut dyn Write) -> io::Result<Losses> {
    let records = &mut records.into_iter();
    let mut losses = Losses::default();
    if let Some(lines) = lines_of(target.format) {
        pieces::write(records, target, lines, out, &mut losses)?;
        return Ok(losses);
    }
    match target.format {
        Format::EndNoteXml => endnote_xml::write(records, target, out, &mut losses)?,
        Format::Csv | Format::Tsv => table::write(records, target, out, &mut losses)?,
        Format::Xlsx => workbook::write(records, target, out, &mut losses)?,
        Format::BibTex => bibtex::write(records, target, out, &mut losses)?,
        Format::CslJson => csl_json::write(records, target, out, &mut losses)?,
        Format::JsonLines => json_lines::write(records, target, out, &mut losses)?,
        other => return Err(io::Error::new(io::ErrorKind::Unsupported, format!("{other} is read and not written"))),
    }
    Ok(losses)
}

/// Writes whole exports as one file, in their order: all their records, each perhaps with changes. Where an export is in the
/// target's format, which is for any program and in lines (RIS, MEDLINE, EndNote tagged), what stood outside of its records
/// stays in its place, so that a well-formed export comes out byte for byte, but for a byte order mark. So does a single
/// export in any other format but Excel's, about which there is no warning. Else the lines outside of records are counted
/// as lost.
///
/// # Errors
///
/// Those of [`write()`].
pub fn write_exports(exports: &[Parsed], target: &Target, out: &mut dyn Write) -> io::Result<Losses> {
    if let Some(lines) = lines_of(target.format) {
        let mut losses = Losses::default();
        pieces::write_exports(exports, target, lines, out, &mut losses)?;
        return Ok(losses);
    }
    if let [export] = exports
        && stands_as_it_is(export, target)
    {
        export.source.write_raw(out)?;
        return Ok(Losses::default());
    }
    let mut losses = write(exports.iter().flat_map(|export| &export.records), target, out)?;
    losses.outside_lines += exports.iter().map(Parsed::n_outside_lines).sum::<usize>();
    Ok(losses)
}

/// Whether the whole text of `export` is the file that `target` asks for: nothing is to be changed or added, nothing was
/// changed in a record, and nothing in it had to be repaired.
fn stands_as_it_is(export: &Parsed, target: &Target) -> bool {
    let is_text = target.format != Format::Xlsx && export.source.encoding.starts_with("UTF-8");
    let is_whole = |(index, record): (usize, &Record)| {
        record.ordinal() as usize == index + 1 && record.format() == target.format && record.is_as_read()
    };
    is_text
        && export.source.format == target.format
        && target.is_general()
        && !target.provenance
        && export.records.iter().enumerate().all(is_whole)
        && export.diagnostics.iter().all(|diagnostic| diagnostic.severity() < Severity::Warning)
}

/// How a record is written anew in a format of lines.
fn lines_of(format: Format) -> Option<pieces::Lines> {
    match format {
        Format::Ris => Some(ris::push_lines),
        Format::Medline => Some(medline::push_lines),
        Format::EndNoteTagged => Some(enw::push_lines),
        _ => None,
    }
}

/// Writes records as RIS for any program. Lines end as those of the first record do: with LF, or with CRLF.
///
/// # Errors
///
/// Those of `out`.
pub fn write_ris<'a>(records: impl IntoIterator<Item = &'a Record>, out: &mut dyn Write) -> io::Result<()> {
    write(records, &Target::new(Format::Ris), out).map(|_| ())
}

/// The records to be written, one after the other.
type Records<'r, 'a> = &'r mut dyn Iterator<Item = &'a Record>;

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn many_records_stand_in_their_order_with_the_line_ends_of_the_first() {
        // More than are made into lines at once, and by one thread.
        let text = |number: usize, ending: &str| format!("TY  - JOUR{ending}ID  - {number}{ending}ER  - {ending}{ending}");
        let export: String = (0..5_000).map(|number| text(number, if number == 0 { "\r\n" } else { "\n" })).collect();
        let parsed = super::super::read("a.ris", export.into_bytes()).unwrap();
        let mut out = Vec::new();
        write_ris(&parsed.records, &mut out).unwrap();
        assert!(String::from_utf8(out.clone()).unwrap() == (0..5_000).map(|number| text(number, "\r\n")).collect::<String>());
        let (mut appender, mut pieces) = (Appender::new(&Target::new(Format::Ris)).unwrap(), Vec::new());
        for some in parsed.records.chunks(1_700) {
            appender.write(some, &mut pieces).unwrap();
        }
        assert!(pieces == out);
        let mut made = Vec::new();
        let numbers: Vec<usize> = (0..parsed.records.len()).collect();
        let record_of = |at: &usize| Some(Cow::Borrowed(&parsed.records[*at]));
        Appender::new(&Target::new(Format::Ris)).unwrap().write_made(&numbers, record_of, |_| None, &mut made).unwrap();
        assert!(made == out);
        assert!(Appender::new(&Target::new(Format::Csv)).is_none());
    }

    #[test]
    fn endings_speak_for_formats() {
        for (extension, expected) in [
            ("ris", Some(Format::Ris)),
            (".NBIB", Some(Format::Medline)),
            ("txt", Some(Format::Ris)),
            ("xml", Some(Format::EndNoteXml)),
            ("json", Some(Format::CslJson)),
            ("ciw", None),
            ("", None),
        ] {
            assert_eq!(Target::of_extension(extension).map(|target| target.format), expected, "{extension}");
        }
    }

    #[test]
    fn names_of_audiences_are_read_back() {
        for audience in Audience::ALL {
            assert_eq!(Audience::named(audience.name()), Some(*audience));
        }
    }

    #[test]
    fn one_export_in_its_own_format_stands_as_it_is() {
        for (name, text) in [
            ("a.bib", "% by hand\n@string{j = {Journal}}\n@comment{x}\n\n@article{a,\n title={A},\n  odd = {1}, journal = j}\n"),
            ("a.json", "[ {\"id\": \"a\",\"type\":\"book\", \"title\":\"A\", \"odd\": {\"x\": [1]}} ]"),
            ("a.csv", "Title,Authors,Year,DOI,Odd\r\nA,\"Ek, A\",2019,10.5555/1,1\r\n"),
            (
                "a.xml",
                "<?xml version=\"1.0\"?>\n<xml><records>\n<record><titles><title>A</title></titles><odd>1</odd></record></records></xml>",
            ),
        ] {
            let export = super::super::read(name, text.as_bytes().to_vec()).unwrap();
            let write = |exports: &[Parsed], target: &Target| {
                let mut out = Vec::new();
                let losses = write_exports(exports, target, &mut out).unwrap();
                (String::from_utf8(out).unwrap(), losses)
            };
            let target = Target::new(export.source.format);
            let (written, losses) = write(std::slice::from_ref(&export), &target);
            assert_eq!(written, text);
            assert!(losses.is_empty());
            for other in [Target { provenance: true, ..target }, Target { audience: Audience::Zotero, ..target }] {
                assert_ne!(write(std::slice::from_ref(&export), &other).0, text, "{other:?}");
            }
            let twice = write(&[export.clone(), export], &target).0;
            assert_eq!(super::super::read(name, twice.into_bytes()).unwrap().records.len(), 2, "{name}");
        }
        let repaired = super::super::read("a.bib", b"@article{a, title = {A}\n@article{b, title = {B}}\n".to_vec()).unwrap();
        let mut out = Vec::new();
        write_exports(&[repaired], &Target::new(Format::BibTex), &mut out).unwrap();
        assert!(super::super::read("b.bib", out).unwrap().diagnostics.is_empty());
    }

    #[test]
    fn what_is_not_written_is_an_error() {
        let error = write([], &Target::new(Format::WosTagged), &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
    }
}
