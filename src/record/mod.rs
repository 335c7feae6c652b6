//! What one database said about one work, unchanged.
//!
//! A [`Source`] keeps the text of one export once; a [`Record`] is the range of its own bytes in it plus a list of
//! entries (tag, field, value), each a range too. Only values that had to be joined, decoded or repaired have text of
//! their own. Records come from `formats` and are never altered afterwards.

pub mod accession;
pub mod database;
pub mod date;
pub mod decision;
pub mod dialect;
pub mod field;
pub mod heading;
pub mod ident;
pub mod kind;
pub mod milestone;
pub mod name;
pub mod pages;
pub mod provenance;
pub mod qualifier;
pub mod registry;
pub mod serial;
pub mod source;

mod notes;
mod rayyan;
mod typed;

pub use database::Database;
pub use date::PartialDate;
pub use decision::{Decision, Verdict};
pub use dialect::Dialect;
pub use field::Field;
pub(crate) use field::FieldSet;
pub use heading::Heading;
pub use ident::{Doi, Pmid};
pub use kind::Kind;
pub use milestone::Milestone;
pub use name::Name;
pub use pages::Pages;
pub use provenance::Provenance;
pub use registry::RegistryId;
pub use serial::{Isbn, Issn, SerialNumber};
pub use source::{Folds, Format, Source};

use rayon::prelude::*;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

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
    /// Whether its entries are those of its raw text, no more and no fewer.
    is_as_read: bool,
    format: Format,
    /// A hash of the accession, 0 where there is none: equal ones are repeated in the file.
    accession_hash: u64,
    /// The fields of its entries: of the most that are asked for, a record has none.
    fields: FieldSet,
    /// Text of values (and tags) that do not stand in the source as they are. Offsets in `entries` count from `start`;
    /// those at or past `end - start` point here.
    own_text: Box<str>,
    /// Shared, so that a record is cheap to clone.
    entries: Arc<[PackedEntry]>,
}

/// The tags whose value is the export's own identifier wherever they stand; other accessions (RIS `AN`, `%M`) come second.
/// Web of Science has `UT`, Ovid `UI` or, with long labels, the words for it; RefWorks, like RIS, `ID`.
const BEST_ACCESSION_TAGS: [&str; 8] = ["ID", "PMID", "rec-number", "UT", "UI", "Unique Identifier", "001", "TrialID"];

/// The tags whose value is what another database or an earlier export called the record (EndNote XML), or that one
/// database only uses so (Embase.com): such a record is called by its number.
const OTHER_ACCESSION_TAGS: [&str; 2] = ["accession-num", "U2"];

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

/// Sixteen bytes, since there are many: a million records have twenty times as many of these.
#[derive(Clone, Copy)]
struct PackedEntry {
    tag_start: u32,
    tag_len: u16,
    field: Field,
    value: PackedRange,
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

/// A piece of text: a range of the source's bytes, of the source's shared tags, or of the builder's own text.
#[derive(Clone)]
enum Text {
    Source(Range<usize>),
    Shared(Range<usize>),
    Own(Range<usize>),
}

impl Text {
    /// The part of it that `range`, counted from its start, is.
    fn part(&self, range: &Range<usize>) -> Self {
        let within = |all: &Range<usize>| all.start + range.start..all.start + range.end;
        match self {
            Text::Source(all) => Text::Source(within(all)),
            Text::Shared(all) => Text::Shared(within(all)),
            Text::Own(all) => Text::Own(within(all)),
        }
    }
}

impl PackedEntry {
    /// No format has tags that are longer than a length of sixteen bits says; `tag` was cut where one is.
    fn new(tag: PackedRange, field: Field, value: PackedRange) -> Self {
        Self { tag_start: tag.start, tag_len: u16::try_from(tag.len).unwrap_or(u16::MAX), field, value }
    }

    fn tag(&self) -> PackedRange {
        PackedRange { start: self.tag_start, len: u32::from(self.tag_len) }
    }
}

/// The longest beginning of `tag` whose length has sixteen bits.
fn longest_tag(tag: &str) -> &str {
    let end = tag.len().min(usize::from(u16::MAX));
    (0..=end).rev().find_map(|end| tag.get(..end)).unwrap_or_default()
}

/// Set in the start of a packed tag that is a range of the source's shared tags.
const SHARED: u32 = 1 << 31;

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

    /// Adds an entry whose tag is the range `tag` of the source's shared tags (see [`Source`]) and whose value stands in the
    /// source's text as it is.
    pub(crate) fn push_shared_range(&mut self, tag: Range<usize>, field: Field, value: Range<usize>) {
        self.entries.push(Pending { tag: Text::Shared(tag), field, value: Text::Source(value) });
    }

    /// Adds an entry whose tag is the range `tag` of the source's shared tags and whose value had to be joined, decoded or
    /// repaired.
    pub(crate) fn push_shared_value(&mut self, tag: Range<usize>, field: Field, value: &str) {
        let value = self.own(value);
        self.entries.push(Pending { tag: Text::Shared(tag), field, value });
    }

    /// Whether no entry has been added since the last [`RecordBuilder::finish`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The record whose raw text is `range` of `source`, from physical line `lines.0` to `lines.1` (both counted from 1),
    /// the `ordinal`th (from 1) of its file. Leaves the builder empty, its memory ready for the next record.
    ///
    /// A note that holds decisions of screening programs, or provenance, becomes several entries with the same tag: the note,
    /// the decisions ([`Field::Decision`]), the provenance ([`Field::Provenance`]), in the order of its text.
    ///
    /// Every range that was pushed must lie inside `range`; a record's raw text must be shorter than 2 GiB.
    #[must_use]
    pub fn finish(&mut self, source: &Arc<Source>, range: Range<usize>, lines: (u32, u32), ordinal: u32) -> Record {
        self.divide_notes(source);
        let own_base = range.len();
        let pack = |text: &Text| {
            let (start, len) = match text {
                // Nothing is nothing wherever it stands, also behind the blanks that a record does not end with.
                Text::Source(at) if at.is_empty() => (0, 0),
                Text::Source(at) => {
                    debug_assert!(at.start >= range.start && at.end <= range.end, "an entry lies inside its record");
                    (at.start.saturating_sub(range.start), at.len())
                }
                Text::Shared(at) => (at.start | SHARED as usize, at.len()),
                Text::Own(at) => (own_base + at.start, at.len()),
            };
            PackedRange { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(0) }
        };
        let pack_tag = |tag: &Text| {
            let packed = pack(tag);
            let is_short = u16::try_from(packed.len).is_ok();
            if is_short { packed } else { pack(&tag.part(&(0..longest_tag(self.text(source, tag)).len()))) }
        };
        let entries: Arc<[_]> =
            self.entries.iter().map(|entry| PackedEntry::new(pack_tag(&entry.tag), entry.field, pack(&entry.value))).collect();
        let mut record = Record {
            source: Arc::clone(source),
            start: range.start,
            end: range.end,
            ordinal,
            first_line: lines.0,
            last_line: lines.1,
            id_is_repeated: false,
            is_as_read: true,
            format: source.format,
            accession_hash: 0,
            fields: entries.iter().map(|entry| entry.field).collect(),
            own_text: self.own_text.as_str().into(),
            entries,
        };
        // Now, while the record is at hand: later, each would have to be fetched from memory again.
        record.hash_accession();
        self.own_text.clear();
        self.entries.clear();
        record
    }

    fn text<'t>(&'t self, source: &'t Source, text: &Text) -> &'t str {
        let text = match text {
            Text::Source(at) => source.text.get(at.clone()),
            Text::Shared(at) => source.shared_tag(at.clone()),
            Text::Own(at) => self.own_text.get(at.clone()),
        };
        text.unwrap_or_default()
    }

    fn divide_notes(&mut self, source: &Source) {
        let notes = self.entries.iter().enumerate().filter(|(_, entry)| entry.field == Field::Note);
        let divided: Vec<_> = notes.filter_map(|(at, entry)| Some((at, notes::split(self.text(source, &entry.value))?))).collect();
        if divided.is_empty() {
            return;
        }
        let mut divided = divided.into_iter().peekable();
        for (at, entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            match divided.next_if(|(note, _)| *note == at) {
                Some((_, pieces)) => self.entries.extend(pieces.into_iter().map(|(field, range)| Pending {
                    tag: entry.tag.clone(),
                    field,
                    value: entry.value.part(&range),
                })),
                None => self.entries.push(entry),
            }
        }
    }

    fn own(&mut self, text: &str) -> Text {
        let start = self.own_text.len();
        self.own_text.push_str(text);
        Text::Own(start..self.own_text.len())
    }
}

/// The first line of `value` that is not blank: an id is one line, whatever else stands with it.
fn first_line(value: &str) -> Option<&str> {
    if memchr::memchr(b'\n', value.as_bytes()).is_none() {
        return Some(value.trim()).filter(|line| !line.is_empty());
    }
    value.lines().map(str::trim).find(|line| !line.is_empty())
}

/// Whether nothing but blanks stands in `value`; nearly every one begins with a sign that is seen.
fn is_blank(value: &str) -> bool {
    !value.as_bytes().first().is_some_and(u8::is_ascii_graphic) && value.trim().is_empty()
}

impl Record {
    /// Every tag and value, in the order of the file.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        let texts = self.texts();
        self.entries.iter().map(move |entry| Entry { tag: texts.of(entry.tag()), field: entry.field, value: texts.of(entry.value) })
    }

    /// Every field and value, in the order of the file, for those who do not ask for the tags.
    pub(crate) fn fields(&self) -> impl ExactSizeIterator<Item = (Field, &str)> {
        let texts = self.texts();
        self.entries.iter().map(move |entry| (entry.field, texts.of(entry.value)))
    }

    /// The fields and values of the fields that are wanted, in the order of the file.
    pub(crate) fn values_of(&self, is_wanted: impl Fn(Field) -> bool) -> impl Iterator<Item = (Field, &str)> {
        let texts = self.texts();
        self.entries.iter().filter(move |entry| is_wanted(entry.field)).map(move |entry| (entry.field, texts.of(entry.value)))
    }

    /// The tag of the entry at `at`, counted from 0.
    pub(crate) fn tag(&self, at: usize) -> &str {
        self.entries.get(at).map_or("", |entry| self.texts().of(entry.tag()))
    }

    /// The values about `field` that are not blank, in the order of the file.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        let (entries, texts) = if self.fields.has(field) { (&*self.entries, self.texts()) } else { Default::default() };
        entries.iter().filter(move |entry| entry.field == field).map(move |entry| texts.of(entry.value)).filter(|value| !is_blank(value))
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
        let packed = self.entries.iter().zip(self.entries());
        self.with_entries(packed.filter(|(_, entry)| stays(*entry)).map(|(packed, _)| *packed).collect(), added)
    }

    /// [`Record::with_changes`] where every entry stays.
    #[must_use]
    pub(crate) fn with_added<'a>(&self, added: impl IntoIterator<Item = Entry<'a>>) -> Record {
        self.with_entries(self.entries.to_vec(), added)
    }

    /// The same record with `entries` of its own, and others added behind them.
    fn with_entries<'a>(&self, mut entries: Vec<PackedEntry>, added: impl IntoIterator<Item = Entry<'a>>) -> Record {
        let own_base = self.end - self.start;
        let mut own_text = String::from(&*self.own_text);
        let n_left_out = self.entries.len() - entries.len();
        let added: Vec<Entry<'a>> = added.into_iter().collect();
        entries.reserve(added.len());
        own_text.reserve(added.iter().map(|entry| entry.tag.len() + entry.value.len()).sum());
        let mut own = |text: &str| {
            let start = u32::try_from(own_base + own_text.len()).unwrap_or(u32::MAX);
            own_text.push_str(text);
            PackedRange { start, len: u32::try_from(text.len()).unwrap_or(0) }
        };
        entries.extend(added.into_iter().map(|entry| PackedEntry::new(own(longest_tag(entry.tag)), entry.field, own(entry.value))));
        let is_as_read = self.is_as_read && n_left_out == 0 && entries.len() == self.entries.len();
        let fields = entries.iter().map(|entry| entry.field).collect();
        Record { is_as_read, fields, own_text: own_text.into(), entries: entries.into(), source: Arc::clone(&self.source), ..*self }
    }

    /// The same records of one source, with a source of their own that has their text and no other: what was read besides
    /// them can then be forgotten.
    #[must_use]
    pub fn detached(records: &[&Record]) -> Vec<Record> {
        let Some(first) = records.first() else { return Vec::new() };
        let ranges: Vec<Range<usize>> = records.iter().map(|record| record.range()).collect();
        let source = Arc::new(first.source.part(&ranges));
        let mut start = 0;
        let moved = |record: &&Record| {
            let len = record.end - record.start;
            let moved = Record { start, end: start + len, source: Arc::clone(&source), ..(*record).clone() };
            start += len;
            moved
        };
        records.iter().map(moved).collect()
    }

    /// Of the records of `source` what lists of them show: where each stands, its id, its title where `with_titles` asks for
    /// it. All else is left out, and with it the text of the source.
    #[must_use]
    pub fn outlines(records: &[Record], source: &Source, with_titles: bool) -> (Arc<Source>, Vec<Record>) {
        let source = Arc::new(source.part(&[]));
        let is_shown = |field: Field| match field {
            Field::Accession | Field::Pmid => true,
            Field::Title | Field::BookTitle | Field::ShortTitle => with_titles,
            _ => false,
        };
        let outline = |builder: &mut RecordBuilder, record: &Record| {
            for entry in record.entries().filter(|entry| is_shown(entry.field)) {
                builder.push_text(entry.tag, entry.field, entry.value);
            }
            let outline = builder.finish(&source, 0..0, record.lines(), record.ordinal);
            let mut outline = Record { id_is_repeated: record.id_is_repeated, is_as_read: false, ..outline };
            outline.set_format(record.format);
            outline
        };
        let outlines = records.par_iter().with_min_len(256).map_init(RecordBuilder::default, outline).collect();
        (source, outlines)
    }

    /// Whether the record says what its raw text says: nothing was left out or added by [`Record::with_changes`].
    #[must_use]
    pub fn is_as_read(&self) -> bool {
        self.is_as_read
    }

    /// The record's own text in the export, tags after its end included.
    #[must_use]
    pub fn raw(&self) -> Cow<'_, str> {
        self.source.raw(self.range())
    }

    /// Where its own text stands in the text of its source.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
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
        self.id_by(self.accession())
    }

    /// [`Record::id`] where [`Record::accession`] is known.
    fn id_by(&self, accession: Option<&str>) -> String {
        match accession {
            Some(accession) if self.id_is_repeated => [accession, "#", &self.ordinal.to_string()].concat(),
            Some(accession) => accession.to_owned(),
            None => [self.source.file_name(), "#", &self.ordinal.to_string()].concat(),
        }
    }

    /// The identifier by which the export itself knows the record: the first RIS `ID`, else `AN`; PMID; `%M`; rec-number;
    /// Web of Science `UT`; Ovid `UI`, else `AN`. In a table, whose columns stand in any order, the first column of
    /// accessions (`EID`, `UT`, `Lens ID`, `record_id`, …) that says something; the PMID only where there is none. So too in
    /// BibTeX (an accession of a database, else the key) and CSL-JSON (`id`).
    #[must_use]
    pub fn accession(&self) -> Option<&str> {
        let is_unordered = matches!(self.format, Format::Csv | Format::Tsv | Format::Xlsx | Format::BibTex | Format::CslJson);
        let mut second_best = None;
        let mut pmid = None;
        let texts = self.texts();
        for entry in self.entries.iter().filter(|entry| matches!(entry.field, Field::Accession | Field::Pmid)) {
            let (tag, value) = (texts.of(entry.tag()), texts.of(entry.value));
            let Some(value) = first_line(value) else { continue };
            if is_unordered && entry.field == Field::Pmid {
                pmid = pmid.or(Some(value));
                continue;
            }
            if is_unordered || BEST_ACCESSION_TAGS.contains(&tag) {
                return Some(value);
            }
            // A PMID under another tag (RIS `C5`) is what the record is about, not what the export calls it; and EndNote
            // XML has the number of the record for that, while accession-num is whatever a database once gave.
            if entry.field == Field::Accession && !OTHER_ACCESSION_TAGS.contains(&tag) && second_best.is_none() {
                second_best = Some(value);
            }
        }
        second_best.or(pmid)
    }

    /// Marks every record whose accession occurs more than once among `records`, which are those of one file.
    pub fn mark_repeated_ids(records: &mut [Record]) {
        // The hashes alone decide: a million accessions have equal ones by chance once in ten million files, and then two
        // ids are longer than they need be.
        let hashed = |(at, record): (usize, &Record)| (record.accession_hash != 0).then_some((record.accession_hash, at));
        let mut accessions: Vec<(u64, usize)> = records.par_iter().enumerate().filter_map(hashed).collect();
        accessions.par_sort_unstable();
        let same = accessions.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
        let repeated: Vec<usize> = same.flatten().map(|(_, at)| *at).collect();
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

    /// Makes its lines, which were counted in the text of its source, those of the file.
    pub(crate) fn unfold_lines(&mut self) {
        self.first_line += self.source.folds.count_before(self.start);
        self.last_line += self.source.folds.count_before(self.end);
    }

    /// Says that the record was read from a stretch of its file that has a format of its own.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = format;
        // Which entry is the accession depends on it.
        self.hash_accession();
    }

    fn hash_accession(&mut self) {
        self.accession_hash = self.accession().map_or(0, |accession| xxh3_64(accession.as_bytes()) | 1);
    }

    fn texts(&self) -> Texts<'_> {
        let of_source = self.source.text.get(self.range()).unwrap_or_default();
        Texts { of_source, own: &self.own_text, source: Some(&self.source) }
    }
}

/// Where the tags and values of one record stand.
#[derive(Clone, Copy, Default)]
struct Texts<'a> {
    /// Its stretch of the text of its source.
    of_source: &'a str,
    own: &'a str,
    source: Option<&'a Source>,
}

impl<'a> Texts<'a> {
    #[inline]
    fn of(&self, range: PackedRange) -> &'a str {
        let (start, len) = (range.start as usize, range.len as usize);
        let text = if range.start & SHARED != 0 {
            let start = (range.start & !SHARED) as usize;
            self.source.and_then(|source| source.shared_tag(start..start + len))
        } else if start < self.of_source.len() || (start == self.of_source.len() && len == 0) {
            self.of_source.get(start..start + len)
        } else {
            self.own.get(start - self.of_source.len()..start - self.of_source.len() + len)
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

    #[test]
    fn in_tables_accessions_come_before_pmids_in_any_order() {
        for (format, entries, expected) in [
            (Format::Csv, [("PMID", Field::Pmid, "7"), ("Lens ID", Field::Accession, "000-1")], "000-1"),
            (Format::Csv, [("PubMed ID", Field::Pmid, "7"), ("Title", Field::Title, "A")], "7"),
            (Format::Tsv, [("UT", Field::Accession, "WOS:1"), ("ID", Field::Accession, "8")], "WOS:1"),
            (Format::Ris, [("AN", Field::Accession, "9"), ("ID", Field::Accession, "8")], "8"),
            (Format::Medline, [("PMID", Field::Pmid, "7"), ("OID", Field::Accession, "9")], "7"),
        ] {
            let source = Arc::new(Source { format, ..Source::default() });
            let mut builder = RecordBuilder::default();
            for (tag, field, value) in entries {
                builder.push_text(tag, field, value);
            }
            assert_eq!(builder.finish(&source, 0..0, (1, 1), 1).accession(), Some(expected), "{format}");
        }
    }

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
    fn tags_are_as_long_as_sixteen_bits_say() {
        let long = "é".repeat(40_000);
        let source = source("TI  - A");
        let mut builder = RecordBuilder::default();
        builder.push_text(&long, Field::Note, "own");
        let record = builder.finish(&source, 0..7, (1, 1), 1);
        let lengths: Vec<_> = record.entries().map(|entry| (entry.tag.len(), entry.value)).collect();
        assert_eq!(lengths, [(65_534, "own")]);
        let more = record.with_changes(|_| true, [Entry { tag: &long, field: Field::Note, value: "B" }]);
        assert_eq!(more.entries().map(|entry| entry.tag.len()).collect::<Vec<_>>(), [65_534, 65_534]);
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
        let with_added = record.with_added([Entry { tag: "", field: Field::Abstract, value: "B" }]);
        assert!(with_added.entries().eq(more.entries()) && !with_added.is_as_read());
        let fewer = record.with_changes(|entry| entry.field != Field::Note, []);
        let same = record.with_changes(|_| true, []);
        assert_eq!([&record, &more, &fewer, &same].map(Record::is_as_read), [true, false, false, true]);
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
