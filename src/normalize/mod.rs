//! The comparable face of a record, computed once.
//!
//! Goes in: a [`Record`]. Comes out: a [`NormalForm`], compact enough that a million of them stay in memory. It holds
//! folded values, numbers and hashes only: it is never shown as the record and never written into an export. What a
//! field does not say, or says in a damaged way ("#NAME?", pages "01-Aug"), is `None`: silence is never evidence.

mod abstracts;
mod citation;
mod class;
mod identifiers;
mod journal;
mod names;
mod numbers;
mod registrations;
mod title;
mod whole;

pub use abstracts::Sketch;
pub use class::{Class, Classes};
pub use identifiers::{Few, Identifiers};
pub use journal::Journal;
pub(crate) use journal::{MEETINGS, ORDINALS};
pub use names::{Authors, Name};
pub use numbers::{Numeral, Page, Pages};
pub(crate) use registrations::are_of_one_registry;
pub use title::{Title, Translation};
pub(crate) use title::{is_stop_word, word_hash};
pub use whole::OfWhole;

use self::citation::Citation;
use crate::record::{Field, Isbn, Kind, Provenance, Record};
use crate::text::trimmed;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// What deduplication knows of one record.
#[derive(Debug, Clone)]
pub struct NormalForm {
    /// Hash of every value but those that say where the record comes from: equal for records that say the same.
    pub content: u64,
    /// The [`NormalForm::content`] of each record that went into it in an earlier run, as its lines of provenance have them.
    pub members: Box<[u64]>,
    /// The title, where there is one that is more than a placeholder.
    pub title: Option<Title>,
    /// The title in another language or under another name, where the record gives two, as few do.
    pub other_title: Option<Box<Title>>,
    /// DOIs, PMIDs, ISSNs, ISBNs, registry numbers.
    pub identifiers: Identifiers,
    /// The people (or bodies) who wrote it, in order.
    pub authors: Authors,
    /// What it stands in, under each of the names that the record gives.
    pub journal: Journal,
    /// Volume.
    pub volume: Option<Numeral>,
    /// Issue.
    pub issue: Option<Numeral>,
    /// First and last page, or the article number.
    pub pages: Option<Pages>,
    /// Year of publication.
    pub year: Option<u16>,
    /// Sketch of the abstract, where there is one of some length.
    pub sketch: Option<Sketch>,
    /// What sort of text the record says it is.
    pub classes: Classes,
    /// The number of the edition of a book; 0 where none is given.
    pub edition: u8,
    /// Type of publication.
    pub kind: Kind,
    /// The number and the day of what stands in nothing: a report, a patent.
    pub of_whole: OfWhole,
    /// How much the record says: the number of its values that are not blank, weighed by use to a reader.
    pub completeness: u32,
}

/// Brings one record after another into normal form, and remembers what many of them have in common.
#[derive(Debug, Default)]
pub struct Normalizer {
    journals: journal::Known,
}

impl Normalizer {
    /// [`NormalForm::of`].
    #[must_use]
    pub fn form_of(&mut self, record: &Record) -> NormalForm {
        NormalForm::with(record, self)
    }
}

/// Normalizers that wait for work: whoever takes one up has what those before have remembered.
#[derive(Debug, Default)]
pub struct Normalizers(Mutex<Vec<Normalizer>>);

/// A normalizer that goes back to the others when its work is done.
#[derive(Debug)]
pub struct AtWork<'a> {
    normalizer: Normalizer,
    others: &'a Normalizers,
}

impl Normalizers {
    /// One of them; a new one where all are at work.
    #[must_use]
    pub fn take_up(&self) -> AtWork<'_> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        AtWork { normalizer: waiting.unwrap_or_default(), others: self }
    }
}

impl AtWork<'_> {
    /// [`NormalForm::of`].
    #[must_use]
    pub fn form_of(&mut self, record: &Record) -> NormalForm {
        self.normalizer.form_of(record)
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let normalizer = std::mem::take(&mut self.normalizer);
        self.others.0.lock().unwrap_or_else(PoisonError::into_inner).push(normalizer);
    }
}

impl NormalForm {
    /// The comparable face of `record`.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Normalizer::default().form_of(record)
    }

    fn with(record: &Record, normalizer: &mut Normalizer) -> Self {
        let (content, completeness) = content_and_completeness(record);
        let year = record.year();
        let journal = normalizer.journals.of(record);
        let kind = if journal.prints_dissertations() { Kind::Thesis } else { record.kind() };
        let (title, other_title, mut classes) = title::titles_of(record, &journal);
        classes.insert_all(class::of_record(record, kind, &journal));
        let cited = Citation::of(record, &journal);
        let pages = numbers::pages_of(record, cited.as_ref());
        let (volume, identifiers) = (numbers::volume_of(record, year, cited.as_ref()), Identifiers::of(record));
        // What gives the number of a registry and stands nowhere is the registration itself.
        let is_whole = matches!(kind, Kind::Book | Kind::Chapter | Kind::Thesis | Kind::Report);
        if !identifiers.registry.is_empty() && !identifiers.any() && journal.is_empty() && volume.is_none() && pages.is_none() && !is_whole
        {
            classes.note(Class::TrialRegistration);
        }
        let of_whole = if journal.is_empty() { OfWhole::of(record, kind) } else { OfWhole::default() };
        Self {
            content,
            members: member_keys(record).collect(),
            title,
            other_title: other_title.map(Box::new),
            identifiers,
            authors: Authors::of(record),
            journal,
            volume,
            issue: numbers::issue_of(record, year, cited.as_ref()),
            pages,
            year,
            sketch: record.first(Field::Abstract).and_then(Sketch::of),
            classes,
            edition: record.first(Field::Edition).map_or(0, numbers::edition),
            kind,
            of_whole,
            completeness,
        }
    }

    /// What decisions know the record by.
    #[must_use]
    pub fn key(&self) -> Key {
        Key { first: self.members.first().copied().unwrap_or(self.content), now: self.content }
    }

    /// Reads a little of everything that is compared, so that the memory of one form is fetched while that of the next is
    /// asked for: forms that are compared stand anywhere.
    pub(crate) fn fetch(&self) -> u64 {
        let first = |text: &str| text.bytes().next().map_or(0, u64::from);
        let texts = [self.title.as_ref().map_or("", Title::text), self.authors.text(), self.journal.text()];
        let of_texts = texts.into_iter().map(first).fold(0, u64::wrapping_add);
        self.content
            ^ self.fetch_title()
            ^ of_texts
            ^ self.sketch.map_or(0, |sketch| sketch.key)
            ^ self.identifiers.dois.first().map_or(0, |doi| *doi)
    }

    /// [`NormalForm::fetch`] of the title and the first page.
    pub(crate) fn fetch_title(&self) -> u64 {
        let of_title = self.title.as_ref().map_or(0, |title| title.key ^ title.words.first().map_or(0, |word| u64::from(*word)));
        of_title ^ self.pages.map_or(0, |pages| u64::from(pages.first.number))
    }

    /// A hash of where and when the work is said to have appeared, and of its first identifiers: records of one title and of the same
    /// people for which it is the same mostly contradict the same others.
    pub(crate) fn place_hash(&self) -> u64 {
        let numbers = [self.volume, self.issue].map(|numeral| numeral.map_or(0, |numeral| u64::from(numeral.number) + 1));
        let page =
            self.pages.map_or(0, |pages| u64::from(pages.first.number) + 1 + (u64::from(u32::from_le_bytes(pages.first.letters)) << 32));
        let [doi, pmid] = [self.identifiers.dois.first().copied(), self.identifiers.pmids.first().map(|pmid| u64::from(*pmid))]
            .map(Option::unwrap_or_default);
        let registry = self.identifiers.registry.first().copied().unwrap_or_default();
        let isbn = self.identifiers.isbns.first().map_or(0, Isbn::key);
        [
            numbers[0],
            numbers[1],
            page,
            doi,
            pmid,
            registry,
            isbn,
            u64::from(self.edition),
            self.year.map_or(0, u64::from),
            self.of_whole.bits(),
        ]
        .into_iter()
        .fold(0, |hash, part| (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
    }

    /// Whether the record says enough to be told from others: a title, an identifier, an abstract together with a place, or the
    /// range of pages of a volume of a journal and who wrote it. A record that says less never merges, not even with one that says
    /// the same.
    #[must_use]
    pub fn identifies(&self) -> bool {
        let has_range = self.pages.is_some_and(|pages| pages.count().is_some_and(|count| count > 1));
        let has_place = has_range && self.volume.is_some() && !self.journal.is_empty() && !self.authors.is_empty();
        self.title.is_some() || self.identifiers.any() || has_place || (self.sketch.is_some() && self.pages.is_some())
    }
}

/// Whether a field says where a record comes from or what became of it, and not what it describes.
fn is_origin(field: Field) -> bool {
    is_added_later(field) || matches!(field, Field::Accession | Field::Database | Field::Provider)
}

/// Whether people and programs add it later: it makes no record fuller.
pub(crate) fn is_added_later(field: Field) -> bool {
    matches!(field, Field::Decision | Field::Provenance)
}

/// The hash of everything that `record` says but for its id and where it comes from: [`NormalForm::content`].
#[must_use]
pub fn content_hash(record: &Record) -> u64 {
    content_and_completeness(record).0
}

/// What decisions know a record by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The [`content_hash`] of what it was when it was first read: a merged record, or one that was written in another format, carries
    /// that of the record it was kept from in its first line of provenance, so that a decision holds for it as for the exports.
    first: u64,
    /// That of what it says now.
    now: u64,
}

impl Key {
    /// The key of `record`.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let now = content_hash(record);
        Self { first: member_keys(record).next().unwrap_or(now), now }
    }

    /// What a decision about two records calls them by.
    #[must_use]
    pub fn both(left: Self, right: Self) -> [u64; 2] {
        // Of two that were kept from one record, what they say now is what tells them apart.
        if left.first == right.first { [left.now, right.now] } else { [left.first, right.first] }
    }
}

/// The keys in the lines of provenance that `record` carries: the [`content_hash`] of each record that went into it.
pub(crate) fn member_keys(record: &Record) -> impl Iterator<Item = u64> {
    record.values(Field::Provenance).flat_map(Provenance::all_in).filter_map(|line| line.key)
}

/// What a kept record is most useful for: an abstract to screen by, an identifier to fetch by, a place to cite.
const USEFUL: &[(Field, u32)] = &[
    (Field::Abstract, 40),
    (Field::Title, 40),
    (Field::Doi, 20),
    (Field::Pmid, 10),
    (Field::Journal, 5),
    (Field::Volume, 5),
    (Field::Pages, 5),
    (Field::Year, 5),
];

/// For each field its place in [`USEFUL`].
const USEFUL_PLACE: [Option<u8>; Field::ALL.len()] = {
    let mut places = [None; Field::ALL.len()];
    let mut at = 0;
    while at < USEFUL.len() {
        places[USEFUL[at].0 as usize] = Some(at as u8);
        at += 1;
    }
    places
};

/// [`NormalForm::content`] and [`NormalForm::completeness`]: both ask every value whether it says anything.
fn content_and_completeness(record: &Record) -> (u64, u32) {
    let mut said = Vec::with_capacity(record.range().len() + record.range().len() / 8);
    let (mut n_values, mut useful) = (0, [0; USEFUL.len()]);
    for (at, (field, value)) in record.fields().enumerate() {
        let value = trimmed(value);
        if value.is_empty() {
            continue;
        }
        n_values += u32::from(!is_added_later(field));
        if let Some(at) = USEFUL_PLACE[field as usize] {
            useful[usize::from(at)] = USEFUL[usize::from(at)].1;
        }
        if is_origin(field) && !(field == Field::Accession && registrations::is_number(value)) {
            continue;
        }
        said.push(field as u8);
        if field == Field::Other {
            said.extend_from_slice(record.tag(at).as_bytes());
        }
        said.extend_from_slice(value.as_bytes());
        said.push(0);
    }
    (xxh3_64(&said), useful.iter().sum::<u32>() + n_values.min(100))
}

/// The 64-bit hash of folded text that keys and sets are made of; the same on every machine.
pub(crate) fn hash(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// `text` between each two of `mark`, which is one of ASCII. Byte by byte: on text this short, the standard library's search costs more.
fn parts_of(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == mark);
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Whether a folded word is an article, a preposition or a conjunction that says nothing about what it stands beside.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "in"
            | "a"
            | "an"
            | "for"
            | "on"
            | "to"
            | "with"
            | "der"
            | "die"
            | "das"
            | "und"
            | "de"
            | "la"
            | "le"
            | "les"
            | "des"
            | "du"
            | "et"
            | "el"
            | "los"
            | "y"
            | "en"
            | "del"
            | "di"
            | "e"
            | "do"
    )
}

/// Whether folded text only stands where a value is missing.
pub(crate) fn is_placeholder(folded: &str) -> bool {
    matches!(
        folded,
        "unknown"
            | "untitled"
            | "no title"
            | "no title available"
            | "not available"
            | "na"
            | "n a"
            | "none"
            | "null"
            | "nan"
            | "anonymous"
            | "anon"
            | "name"
            | "no author"
            | "no authors listed"
            | "no author listed"
            | "not specified"
            | "no specified"
            | "specified"
            | "no"
            | "undefined"
            | "title"
            | "et al"
            | "no title given"
            | "not given"
            | "missing"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{RecordBuilder, Source};

    #[test]
    fn places_that_contradict_have_different_hashes() {
        let hash = |entries: &[(Field, &str)]| {
            let mut builder = RecordBuilder::default();
            builder.push_text("TI", Field::Title, "Peer workers");
            for (field, value) in entries {
                builder.push_text("XX", *field, value);
            }
            NormalForm::of(&builder.finish(&std::sync::Arc::new(Source::default()), 0..0, (1, 1), 1)).place_hash()
        };
        let places = [
            (Field::Note, "nowhere"),
            (Field::Volume, "3"),
            (Field::Issue, "3"),
            (Field::Pages, "3"),
            (Field::Pages, "S3"),
            (Field::Year, "2003"),
            (Field::Doi, "10.5555/a"),
            (Field::SerialNumber, "9780306406157"),
            (Field::Edition, "3rd ed."),
        ];
        let different: std::collections::BTreeSet<u64> = places.iter().map(|place| hash(&[*place])).collect();
        assert_eq!(different.len(), places.len());
        assert_eq!(hash(&[(Field::Volume, "3"), (Field::Note, "a")]), hash(&[(Field::Volume, "3"), (Field::Note, "b")]));
    }
}
