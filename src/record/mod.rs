//! What one database said about one work, unchanged.
//!
//! A [`Source`] keeps the text of one export once; a [`Record`] is the range of its own bytes in it plus a list of
//! entries (tag, field, value), each a range too. Only values that had to be joined, decoded or repaired have text of
//! their own. Records come from `formats` and are never altered afterwards.

pub mod database;
pub mod date;
pub mod field;
pub mod heading;
pub mod ident;
pub mod kind;
pub mod qualifier;
pub mod source;

mod typed;

pub use database::Database;
pub use date::PartialDate;
pub use field::Field;
pub use heading::Heading;
pub use ident::{Doi, Pmid};
pub use kind::Kind;
pub use source::{Format, Source};

use rayon::prelude::*;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// What one database said about one work: its bytes and its entries, in the order of the file.
///
/// Cloning is cheap in text: the file's text is shared.
#[derive(Clone)]
pub struct Record {
    source: Arc<Source>,
    start: usize,
    end: usize,
    ordinal: u32,
    first_line: u32,
    last_line: u32,
    id_is_repeated: bool,
    format: Format,
    /// Text of values (and tags) that do not stand in the source as they are. Offsets in `entries` count from `start`;
    /// those at or past `end - start` point here.
    own_text: Box<str>,
    entries: Box<[PackedEntry]>,
}

/// The tags whose value is the export's own identifier wherever they stand; other accessions (RIS `AN`, `%M`) come second.
const BEST_ACCESSION_TAGS: [&str; 3] = ["ID", "PMID", "rec-number"];

/// One tag and value of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The tag as the export wrote it ("AU", "%A", "titles/title").
    pub tag: &'a str,
    /// What the value is about.
    pub field: Field,
    /// The value: decoded, continuation lines joined, otherwise as written. May be empty.
    pub value: &'a str,
}

#[derive(Clone, Copy)]
struct PackedEntry {
    tag: PackedRange,
    value: PackedRange,
    field: Field,
}

#[derive(Clone, Copy)]
struct PackedRange {
    start: u32,
    len: u32,
}

/// Collects the entries of one record while its file is read; [`RecordBuilder::finish`] makes the [`Record`].
#[derive(Default)]
pub struct RecordBuilder {
    own_text: String,
    entries: Vec<Pending>,
}

struct Pending {
    tag: Text,
    field: Field,
    value: Text,
}

/// A piece of text: a range of the source's bytes, or of the builder's own text.
enum Text {
    Source(Range<usize>),
    Own(Range<usize>),
}

impl RecordBuilder {
    /// Adds an entry whose tag and value stand in the source's text as they are, as absolute byte ranges of it.
    pub fn push_range(&mut self, tag: Range<usize>, field: Field, value: Range<usize>) {
        self.entries.push(Pending { tag: Text::Source(tag), field, value: Text::Source(value) });
    }

    /// Adds an entry whose tag stands in the source's text and whose value had to be joined, decoded or repaired.
    pub fn push_value(&mut self, tag: Range<usize>, field: Field, value: &str) {
        let value = self.own(value);
        self.entries.push(Pending { tag: Text::Source(tag), field, value });
    }

    /// Adds an entry of which neither the tag nor the value stands in the source's text as it is (XML).
    pub fn push_text(&mut self, tag: &str, field: Field, value: &str) {
        let tag = self.own(tag);
        let value = self.own(value);
        self.entries.push(Pending { tag, field, value });
    }

    /// Whether no entry has been added since the last [`RecordBuilder::finish`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The record whose raw text is `range` of `source`, from physical line `lines.0` to `lines.1` (both counted from 1),
    /// the `ordinal`th (from 1) of its file. Leaves the builder empty, its memory ready for the next record.
    ///
    /// Every range that was pushed must lie inside `range`; a record's raw text must be shorter than 4 GiB.
    #[must_use]
    pub fn finish(&mut self, source: &Arc<Source>, range: Range<usize>, lines: (u32, u32), ordinal: u32) -> Record {
        let own_base = range.len();
        let pack = |text: &Text| {
            let (start, len) = match text {
                Text::Source(at) => {
                    debug_assert!(at.start >= range.start && at.end <= range.end, "an entry lies inside its record");
                    (at.start.saturating_sub(range.start), at.len())
                }
                Text::Own(at) => (own_base + at.start, at.len()),
            };
            PackedRange { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(0) }
        };
        let entries =
            self.entries.iter().map(|entry| PackedEntry { tag: pack(&entry.tag), value: pack(&entry.value), field: entry.field }).collect();
        let record = Record {
            source: Arc::clone(source),
            start: range.start,
            end: range.end,
            ordinal,
            first_line: lines.0,
            last_line: lines.1,
            id_is_repeated: false,
            format: source.format,
            own_text: self.own_text.as_str().into(),
            entries,
        };
        self.own_text.clear();
        self.entries.clear();
        record
    }

    fn own(&mut self, text: &str) -> Text {
        let start = self.own_text.len();
        self.own_text.push_str(text);
        Text::Own(start..self.own_text.len())
    }
}

impl Record {
    /// Every tag and value, in the order of the file.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.entries.iter().map(|entry| Entry { tag: self.text(entry.tag), field: entry.field, value: self.text(entry.value) })
    }

    /// The values about `field` that are not blank, in the order of the file.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.entries
            .iter()
            .filter(move |entry| entry.field == field)
            .map(|entry| self.text(entry.value))
            .filter(|value| !value.trim().is_empty())
    }

    /// The first value about `field` that is not blank.
    #[must_use]
    pub fn first(&self, field: Field) -> Option<&str> {
        self.values(field).next()
    }

    /// The same record with the entries that `stays` approves of, and others added behind them. Its raw text is that of
    /// the export and knows nothing of either.
    #[must_use]
    pub fn with_changes<'a>(&self, stays: impl Fn(Entry<'_>) -> bool, added: impl IntoIterator<Item = Entry<'a>>) -> Record {
        let own_base = self.end - self.start;
        let mut own_text = String::from(&*self.own_text);
        let packed = self.entries.iter().zip(self.entries());
        let mut entries: Vec<PackedEntry> = packed.filter(|(_, entry)| stays(*entry)).map(|(packed, _)| *packed).collect();
        let mut own = |text: &str| {
            let start = u32::try_from(own_base + own_text.len()).unwrap_or(u32::MAX);
            own_text.push_str(text);
            PackedRange { start, len: u32::try_from(text.len()).unwrap_or(0) }
        };
        entries.extend(added.into_iter().map(|entry| PackedEntry { tag: own(entry.tag), value: own(entry.value), field: entry.field }));
        Record { own_text: own_text.into(), entries: entries.into(), source: Arc::clone(&self.source), ..*self }
    }

    /// The record's own text in the export, tags after its end included.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.source.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The export it was read from.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The format it was read from: that of its source, but in files that were joined from several formats.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its number in its file, counted from 1.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }

    /// Its first and last physical line, counted from 1.
    #[must_use]
    pub fn lines(&self) -> (u32, u32) {
        (self.first_line, self.last_line)
    }

    /// The record's id: the accession its export gives, or `<file>#<ordinal>` where it gives none (`<file>` being the
    /// last component of the path); an accession that occurs more than once in its file has `#<ordinal>` appended.
    #[must_use]
    pub fn id(&self) -> String {
        match self.accession() {
            Some(accession) if self.id_is_repeated => format!("{accession}#{}", self.ordinal),
            Some(accession) => accession.to_owned(),
            None => format!("{}#{}", self.source.file_name(), self.ordinal),
        }
    }

    /// The identifier by which the export itself knows the record: the first RIS `ID`, else `AN`; PMID; `%M`; rec-number.
    #[must_use]
    pub fn accession(&self) -> Option<&str> {
        let mut second_best = None;
        for entry in self.entries.iter().filter(|entry| matches!(entry.field, Field::Accession | Field::Pmid)) {
            let (tag, value) = (self.text(entry.tag), self.text(entry.value));
            // An id is one line, whatever else stands with it.
            let Some(value) = value.lines().map(str::trim).find(|line| !line.is_empty()) else { continue };
            if BEST_ACCESSION_TAGS.contains(&tag) {
                return Some(value);
            }
            // A PMID under another tag (RIS `C5`) is what the record is about, not what the export calls it; and EndNote
            // XML has the number of the record for that, while accession-num is whatever a database once gave.
            if entry.field == Field::Accession && tag != "accession-num" && second_best.is_none() {
                second_best = Some(value);
            }
        }
        second_best
    }

    /// Marks every record whose accession occurs more than once among `records`, which are those of one file.
    pub fn mark_repeated_ids(records: &mut [Record]) {
        let mut accessions: Vec<(&str, usize)> =
            records.par_iter().enumerate().filter_map(|(at, record)| Some((record.accession()?, at))).collect();
        accessions.par_sort_unstable();
        let repeated: Vec<usize> =
            accessions.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1).flatten().map(|(_, at)| *at).collect();
        for at in repeated {
            records[at].id_is_repeated = true;
        }
    }

    /// Moves the record `ordinals` records and `lines` lines down its file: it was read in a chunk that starts there.
    pub(crate) fn shift(&mut self, ordinals: u32, lines: u32) {
        self.ordinal += ordinals;
        self.first_line += lines;
        self.last_line += lines;
    }

    /// Says that the record was read from a stretch of its file that has a format of its own.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = format;
    }

    fn text(&self, range: PackedRange) -> &str {
        let (start, len) = (range.start as usize, range.len as usize);
        let own_base = self.end - self.start;
        let text = if start < own_base || (start == own_base && len == 0) {
            self.source.text.get(self.start + start..self.start + start + len)
        } else {
            self.own_text.get(start - own_base..start - own_base + len)
        };
        debug_assert!(text.is_some(), "a packed range points into the record's text");
        text.unwrap_or_default()
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Record").field("id", &self.id()).field("entries", &self.entries().collect::<Vec<_>>()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source { name: "folder/a.ris".into(), text: text.into(), format: Format::Ris, ..Source::default() })
    }

    #[test]
    fn entries_come_from_the_source_or_from_own_text() {
        let source = source("xxTY  - JOUR\nTI  - A\n  B\n");
        let mut builder = RecordBuilder::default();
        builder.push_range(2..4, Field::Kind, 8..12);
        builder.push_value(13..15, Field::Title, "A B");
        builder.push_text("n", Field::Note, "own");
        let record = builder.finish(&source, 2..25, (1, 3), 1);
        let entries: Vec<_> = record.entries().map(|entry| (entry.tag, entry.value)).collect();
        assert_eq!(entries, [("TY", "JOUR"), ("TI", "A B"), ("n", "own")]);
        assert_eq!(record.raw(), "TY  - JOUR\nTI  - A\n  B\n");
        assert!(builder.is_empty());
    }

    #[test]
    fn added_entries_stand_behind_the_own() {
        let source = source("TI  - A");
        let mut builder = RecordBuilder::default();
        builder.push_range(0..2, Field::Title, 6..7);
        builder.push_text("n", Field::Note, "own");
        let record = builder.finish(&source, 0..7, (1, 1), 1);
        let more = record.with_changes(|_| true, [Entry { tag: "", field: Field::Abstract, value: "B" }]);
        let entries: Vec<_> = more.entries().map(|entry| (entry.tag, entry.field, entry.value)).collect();
        assert_eq!(entries, [("TI", Field::Title, "A"), ("n", Field::Note, "own"), ("", Field::Abstract, "B")]);
        assert_eq!(more.id(), record.id());
    }

    #[test]
    fn ids_are_accessions_or_ordinals() {
        let source = source("7 7 8");
        let mut builder = RecordBuilder::default();
        let mut records = Vec::new();
        for (ordinal, range) in [(1, 0..1), (2, 2..3), (3, 4..5)] {
            builder.push_range(range.clone(), Field::Accession, range.clone());
            records.push(builder.finish(&source, range, (1, 1), ordinal));
        }
        records.push(builder.finish(&source, 5..5, (1, 1), 4));
        Record::mark_repeated_ids(&mut records);
        let ids: Vec<_> = records.iter().map(Record::id).collect();
        assert_eq!(ids, ["7#1", "7#2", "8", "a.ris#4"]);
    }
}
