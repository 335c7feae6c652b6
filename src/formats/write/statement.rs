//! What a record says, for a format other than its own.
//!
//! Goes in: a record. Comes out: its reference type, its id, and its values field by field, each once: of two forms of
//! the authors' names the one that all authors have, a DOI without what databases write beside it. A value that no field
//! of another format should hold, since it would be taken for something else there, is marked as a note; its label says
//! what it is. Nothing is left out.

use super::Target;
use super::reference_type::ReferenceType;
use crate::record::{Dialect, Doi, Entry, Field, Format, PartialDate, Pmid, Record, decision};
use crate::text::trimmed;
use std::borrow::Cow;

/// What one record says.
pub(in crate::formats) struct Statement<'a> {
    /// The record itself.
    pub(in crate::formats) record: &'a Record,
    pub(in crate::formats) reference_type: ReferenceType,
    /// The accession by which its export knows it; no item has it.
    pub(in crate::formats) accession: Option<&'a str>,
    /// Whether that is the number of the record in somebody's library (EndNote), and none of a database.
    pub(in crate::formats) accession_is_number: bool,
    /// Everything else, in the order of the record.
    pub(in crate::formats) items: Vec<Item<'a>>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) struct Item<'a> {
    /// What it is about. Authors are [`Field::Author`], whichever form of their names was chosen; the other form is a note.
    pub(in crate::formats) field: Field,
    /// The value, trimmed, never blank; may have several lines.
    pub(in crate::formats) value: Cow<'a, str>,
    /// What a note that holds the value begins with: its tag in the export ("STAT"), or that of MEDLINE.
    pub(in crate::formats) label: &'a str,
    pub(in crate::formats) place: Place,
}

/// Where a value belongs in another format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Place {
    /// In the field for it, or in a note where the format has none.
    Field,
    /// In a note, whatever the format has: a second accession, the short forms of names.
    Note,
}

impl<'a> Statement<'a> {
    /// What `record` says and, where `target` asks for it and the record does not say it yet, where it came from.
    pub(in crate::formats) fn for_target(record: &'a Record, target: &Target) -> Self {
        let mut statement = Self::of(record);
        if let Some(line) = target.line_of(record) {
            let value = Cow::Owned(line);
            statement.items.push(Item { field: Field::Provenance, value, label: "", place: Place::Note });
        }
        statement
    }

    pub(in crate::formats) fn of(record: &'a Record) -> Self {
        let accession = record.accession();
        let mut reading = Reading {
            statement: Statement {
                record,
                reference_type: ReferenceType::of(record),
                accession,
                accession_is_number: false,
                items: Vec::with_capacity(record.entries().len()),
            },
            names: Names::of(record),
            own_accession: accession,
            year_is_said: record.first(Field::Year).is_some(),
        };
        for entry in record.entries() {
            reading.entry(entry);
        }
        reading.short_names();
        reading.statement.put_first(Field::Doi, |value| Doi::parse(value).is_some());
        reading.statement.put_first(Field::Pmid, |value| Pmid::parse(value).is_some());
        reading
            .statement
            .put_first(Field::Date, |value| record.date().is_some_and(|date| PartialDate::parse_in(value, date.year) == Some(date)));
        reading.statement
    }

    /// For formats with one field for pages: first and last page become one value, an article number the pages where
    /// there are none. What then has no place of its own is a note.
    pub(in crate::formats) fn join_pages(&mut self) {
        let last = self.take_first(Field::LastPage);
        let pages = self.items.iter_mut().find(|item| item.field == Field::Pages && item.place == Place::Field);
        match (pages, last) {
            (Some(pages), Some(last)) if !pages.value.contains(['-', '\u{2010}', '\u{2011}', '\u{2013}']) => {
                pages.value = Cow::Owned(format!("{}-{}", pages.value, last.value));
            }
            (Some(_), Some(last)) => self.items.push(Item { place: Place::Note, ..last }),
            (None, Some(last)) => self.items.push(Item { field: Field::Pages, ..last }),
            (_, None) => {}
        }
        if self.first(Field::Pages).is_none()
            && let Some(number) = self.items.iter_mut().find(|item| item.field == Field::ArticleNumber)
        {
            number.field = Field::Pages;
        }
    }

    /// For formats with a field for journals and one for books: the container becomes the one that the type speaks for,
    /// where the record does not name it already.
    pub(in crate::formats) fn settle_container(&mut self) {
        let field = if self.reference_type.is_part_of_book() { Field::BookTitle } else { Field::Journal };
        if self.first(field).is_none()
            && let Some(container) = self.items.iter_mut().find(|item| item.field == Field::ContainerTitle)
        {
            container.field = field;
        }
    }

    /// Makes notes of all values about `field` but the first: the format holds one.
    pub(in crate::formats) fn keep_first(&mut self, field: Field) {
        let others = self.items.iter_mut().filter(|item| item.field == field && item.place == Place::Field).skip(1);
        others.for_each(|item| item.place = Place::Note);
    }

    /// Says the record's DOI in a field of its own where only a link has it: of several links a format may hold one.
    pub(in crate::formats) fn state_doi(&mut self) {
        if let (None, Some(doi)) = (self.first(Field::Doi), self.record.doi()) {
            let value = Cow::Owned(doi.to_string());
            self.items.push(Item { field: Field::Doi, value, label: "DOI", place: Place::Field });
        }
    }

    /// Moves the first value about `field` that is good before those that are not: where a format holds one, it is that.
    fn put_first(&mut self, field: Field, is_good: impl Fn(&str) -> bool) {
        let is_one = |item: &Item<'_>| item.field == field && item.place == Place::Field;
        let first = self.items.iter().position(is_one);
        let good = self.items.iter().position(|item| is_one(item) && is_good(&item.value));
        if let (Some(first), Some(good)) = (first, good)
            && first < good
        {
            self.items[first..=good].rotate_right(1);
        }
    }

    /// Takes what a database called the record from the notes, where its accession is but the number in a library.
    pub(in crate::formats) fn take_database_accession(&mut self) -> Option<Cow<'a, str>> {
        let record = self.record;
        // What was adopted from another record of the work is that record's.
        let own = || record.entries().filter(|entry| entry.field == Field::Accession && !entry.tag.is_empty());
        let is_own = |value: &str| own().any(|entry| trimmed(entry.value) == value);
        let at = self.items.iter().position(|item| self.accession_is_number && item.field == Field::Accession && is_own(&item.value))?;
        Some(self.items.remove(at).value)
    }

    fn take_first(&mut self, field: Field) -> Option<Item<'a>> {
        let at = self.items.iter().position(|item| item.field == field && item.place == Place::Field)?;
        Some(self.items.remove(at))
    }

    /// The values about `field` that belong in a field, in the order of the record.
    pub(in crate::formats) fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.items.iter().filter(move |item| item.field == field && item.place == Place::Field).map(|item| &*item.value)
    }

    /// The first of them.
    pub(in crate::formats) fn first(&self, field: Field) -> Option<&str> {
        self.values(field).next()
    }
}

impl<'a> Item<'a> {
    /// An entry that was adopted from another record of the same work by one that has authors, or none yet.
    pub(in crate::formats) fn adopted(entry: Entry<'a>, has_authors: bool) -> Self {
        let value = entry.value.trim();
        let (field, value, place) = match entry.field {
            Field::Doi => (Field::Doi, bare_doi(value), Place::Field),
            Field::Pmid if !value.contains(',') => (Field::Pmid, Cow::Borrowed(bare_pmid(value)), Place::Field),
            Field::Pmid => (Field::Pmid, Cow::Borrowed(value), Place::Note),
            Field::FullAuthor if !has_authors => (Field::Author, Cow::Borrowed(value), Place::Field),
            Field::FullAuthor | Field::Accession | Field::Kind => (entry.field, Cow::Borrowed(value), Place::Note),
            Field::Decision => (entry.field, decision::in_note(entry.tag, value), Place::Note),
            field => (field, Cow::Borrowed(value), Place::Field),
        };
        Self { field, value, label: label(entry), place }
    }

    /// Whether the value is meant for the notes of any format.
    pub(in crate::formats) fn is_note(&self) -> bool {
        matches!(self.field, Field::Note | Field::Provenance | Field::Decision)
    }

    /// Whether it is a date or year that says no more than `date`.
    pub(in crate::formats) fn is_said_by(&self, date: Option<PartialDate>) -> bool {
        let is_date = self.place == Place::Field && matches!(self.field, Field::Year | Field::Date);
        let (Some(own), Some(date)) = (PartialDate::parse(&self.value).filter(|_| is_date), date) else { return false };
        let is_of_numbers = self.value.bytes().all(|byte| byte.is_ascii_digit() || b"/-. ".contains(&byte));
        is_of_numbers
            && own.year == date.year
            && own.month.is_none_or(|_| own.month == date.month)
            && own.day.is_none_or(|_| own.day == date.day)
    }

    /// What a note that holds the value begins with, before a colon; what is a note already has no label.
    pub(in crate::formats) fn note_label(&self) -> Option<&'a str> {
        Some(self.label).filter(|label| !self.is_note() && !label.is_empty())
    }

    /// The value as a note: "STAT: MEDLINE", with its lines as they are.
    pub(in crate::formats) fn as_note(&self) -> Cow<'_, str> {
        match self.note_label() {
            Some(label) => Cow::Owned(format!("{label}: {}", self.value)),
            None => Cow::Borrowed(&*self.value),
        }
    }
}

/// Which form of the authors' names stands for them, so that a program that reads the file sees each author once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// The full form of every author is there; the short forms go into one note.
    FullOnes,
    /// It is missing for some: the short form is the author, the full ones become notes.
    ShortOnes,
}

impl Names {
    fn of(record: &Record) -> Self {
        let n_full = record.values(Field::FullAuthor).count();
        let n_short = record.values(Field::Author).count();
        let is_enough = n_short == 0 || (n_full >= n_short && record.format() != Format::Ris);
        if n_full > 0 && is_enough { Names::FullOnes } else { Names::ShortOnes }
    }
}

struct Reading<'a> {
    statement: Statement<'a>,
    names: Names,
    /// The record's accession until the entry that gives it has been seen.
    own_accession: Option<&'a str>,
    year_is_said: bool,
}

impl<'a> Reading<'a> {
    fn entry(&mut self, entry: Entry<'a>) {
        let value = trimmed(entry.value);
        if value.is_empty() {
            return;
        }
        let is_own = !entry.tag.is_empty() && self.own_accession == Some(value);
        match entry.field {
            Field::Accession | Field::Pmid if is_own => {
                self.own_accession = None;
                self.statement.accession_is_number = is_library_number(self.statement.record, entry);
                if entry.field == Field::Pmid {
                    self.push(entry, bare_pmid(value), Place::Field);
                }
            }
            // Another accession must not be taken for the record's id.
            Field::Accession => self.push(entry, value, Place::Note),
            // EndNote XML may have it as accession and in a note.
            Field::Pmid if !value.contains(',') && self.statement.values(Field::Pmid).any(|pmid| pmid == bare_pmid(value)) => {}
            Field::Pmid => {
                self.push(entry, bare_pmid(value), Place::Field);
                // CENTRAL lists the numbers of several databases in one value.
                if value.contains(',') {
                    self.push(entry, value, Place::Note);
                }
            }
            Field::Kind => {
                let named = ReferenceType::named(value, self.statement.record.format());
                if named != Some(self.statement.reference_type) {
                    self.push(entry, value, Place::Note);
                }
            }
            Field::FullAuthor if self.names == Names::FullOnes => self.push(Entry { field: Field::Author, ..entry }, value, Place::Field),
            Field::FullAuthor => self.push(entry, value, Place::Note),
            // These follow in one note.
            Field::Author if self.names == Names::FullOnes => {}
            Field::Date => self.date(entry, value),
            Field::Decision => {
                let value = decision::in_note(entry.tag, value);
                self.statement.items.push(Item { field: Field::Decision, value, label: label(entry), place: Place::Note });
            }
            // MEDLINE gives a DOI twice, with " [doi]" behind; others with and without the address of the resolver.
            Field::Doi => self.doi(entry, bare_doi(value)),
            // Zotero's XML gives the issue twice.
            Field::Issue if self.statement.values(Field::Issue).any(|issue| issue == value) => {}
            _ => self.push(entry, value, Place::Field),
        }
    }

    fn push(&mut self, entry: Entry<'a>, value: &'a str, place: Place) {
        let item = Item { field: entry.field, value: Cow::Borrowed(value), label: label(entry), place };
        self.statement.items.push(item);
    }

    /// A date gives the year where no other field does; a date that is no more than the year that is said says nothing new.
    fn date(&mut self, entry: Entry<'a>, value: &'a str) {
        if !self.year_is_said
            && let Some(PartialDate { year, .. }) = PartialDate::parse(value)
        {
            self.year_is_said = true;
            let value = Cow::Owned(year.to_string());
            self.statement.items.push(Item { field: Field::Year, value, label: "Year", place: Place::Field });
        }
        if !self.statement.record.values(Field::Year).chain(self.statement.values(Field::Year)).any(|year| year.trim() == value) {
            self.push(entry, value, Place::Field);
        }
    }

    fn doi(&mut self, entry: Entry<'a>, value: Cow<'a, str>) {
        let doi = Doi::parse(&value);
        let is_same = |other: &str| other == value || (doi.is_some() && Doi::parse(other) == doi);
        if !self.statement.values(Field::Doi).any(is_same) {
            self.statement.items.push(Item { field: entry.field, value, label: label(entry), place: Place::Field });
        }
    }

    fn short_names(&mut self) {
        if self.names != Names::FullOnes {
            return;
        }
        let names: Vec<&str> = self.statement.record.values(Field::Author).map(str::trim).collect();
        if !names.is_empty() {
            let value = Cow::Owned(names.join("; "));
            self.statement.items.push(Item { field: Field::Author, value, label: "AU", place: Place::Note });
        }
    }
}

/// The platforms that write their own number under `ID`; from others a bare number there is that of a library.
const PLATFORMS_WITH_ID: &[Dialect] = &[Dialect::Ovid, Dialect::EbscoHost, Dialect::ProQuest, Dialect::CochraneLibrary, Dialect::WorldCat];

/// Whether `entry`, an accession of `record`, is the number of the record in somebody's library (EndNote, RefWorks), which
/// another record has in the next one.
fn is_library_number(record: &Record, entry: Entry<'_>) -> bool {
    let number = trimmed(entry.value);
    // What was adopted from another record of the work says nothing about this one's.
    let others = || record.entries().filter(|other| !other.tag.is_empty() && other.tag != entry.tag);
    let given = || {
        others().find_map(|other| match other.field {
            Field::Accession => Some(trimmed(other.value)),
            Field::Note => other.value.strip_prefix("Accession Number: ").and_then(|packed| packed.split(';').next()),
            _ => None,
        })
    };
    match (record.format(), entry.tag) {
        (_, "rec-number") => true,
        (Format::RefWorksTagged | Format::Ris, "ID") if given() == Some(number) => false,
        (Format::RefWorksTagged, "ID") => true,
        (Format::Ris, "ID") if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            given().is_some() || !PLATFORMS_WITH_ID.contains(&record.source().dialect)
        }
        _ => false,
    }
}

/// `value` without what databases write beside a DOI: the address of the resolver, "doi:", MEDLINE's " [doi]".
fn bare_doi(value: &str) -> Cow<'_, str> {
    let Some(parsed) = Doi::parse(value) else { return Cow::Borrowed(value) };
    let value = value.trim_end_matches("[doi]").trim_end();
    let Some((before, doi)) = value.find("10.").map(|at| value.split_at(at)) else { return Cow::Borrowed(value) };
    let is_label = ["doi:", "doi: ", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"]
        .iter()
        .any(|label| label.eq_ignore_ascii_case(before));
    match is_label {
        // In an address "(1)" may be "%281%29"; without the address that would be another DOI.
        true if doi.contains(['%', '&', '?']) => Cow::Owned(parsed.to_string()),
        true => Cow::Borrowed(doi),
        false => Cow::Borrowed(value),
    }
}

/// `value` without "PMID:", "PubMed ID:", "[PMID]" and the like; of a list ("PUBMED 7,EMBASE 8") the number of PubMed.
fn bare_pmid(value: &str) -> &str {
    let value = value.split(',').find(|part| value.contains(',') && part.trim_start().starts_with("PUBMED ")).unwrap_or(value);
    let is_digit = |c: char| c.is_ascii_digit();
    match (Pmid::parse(value), value.find(is_digit), value.rfind(is_digit)) {
        (Some(_), Some(first), Some(last)) => &value[first..=last],
        _ => value,
    }
}

/// What a note about an entry begins with: the last part of its tag, or that of MEDLINE for what was adopted from elsewhere.
fn label(entry: Entry<'_>) -> &str {
    if entry.field == Field::Pmid {
        return "PMID";
    }
    if !entry.tag.is_empty() {
        return memchr::memrchr(b'/', entry.tag.as_bytes()).map_or(entry.tag, |slash| &entry.tag[slash + 1..]);
    }
    match entry.field {
        Field::FullAuthor => "FAU",
        Field::Substance => "RN",
        Field::RegistryNumber => "SI",
        Field::CitedReference => "References",
        Field::Accession => "AN",
        Field::Contents => "Contents",
        Field::Kind => "Type",
        Field::Other => "",
        field => field.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, accession: Option<&str>, expected: &[(Field, &str, Place)]) {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let statement = Statement::of(&parsed.records[0]);
        let items: Vec<_> = statement.items.iter().map(|item| (item.field, &*item.value, item.place)).collect();
        assert_eq!((statement.accession, items.as_slice()), (accession, expected), "{input}");
    }

    #[test]
    fn medline_says_each_thing_once() {
        check(
            "PMID- 7\nDP  - 2020 Jan-Feb\nFAU - Ek, Anna\nAU  - Ek A\nFAU - Ny, Bo\nAU  - Ny B\nLID - 10.1000/1 [doi]\nAID - 10.1000/1 [doi]\n",
            Some("7"),
            &[
                (Field::Pmid, "7", Place::Field),
                (Field::Year, "2020", Place::Field),
                (Field::Date, "2020 Jan-Feb", Place::Field),
                (Field::Author, "Ek, Anna", Place::Field),
                (Field::Author, "Ny, Bo", Place::Field),
                (Field::Doi, "10.1000/1", Place::Field),
                (Field::Author, "Ek A; Ny B", Place::Note),
            ],
        );
        check(
            "PMID- 7\nFAU - Ek, Anna\nAU  - Ek A\nAU  - Ny B\nDP  - 2020\n",
            Some("7"),
            &[
                (Field::Pmid, "7", Place::Field),
                (Field::FullAuthor, "Ek, Anna", Place::Note),
                (Field::Author, "Ek A", Place::Field),
                (Field::Author, "Ny B", Place::Field),
                (Field::Year, "2020", Place::Field),
            ],
        );
    }

    #[test]
    fn a_doi_without_its_address_is_the_same_doi() {
        for (value, expected) in [
            ("https://doi.org/10.1000/A(1)", "10.1000/A(1)"),
            ("http://dx.doi.org/10.1000/A%281%29", "10.1000/a(1)"),
            ("doi: 10.1000/A", "10.1000/A"),
            ("10.1000/A%28 [doi]", "10.1000/A%28"),
            ("https://example.org/doi/10.1000/A", "https://example.org/doi/10.1000/A"),
            ("LID - 10.1000/A [doi]", "LID - 10.1000/A [doi]"),
        ] {
            assert_eq!(bare_doi(value), expected);
            assert_eq!(Doi::parse(&bare_doi(value)), Doi::parse(value), "{value}");
        }
    }

    #[test]
    fn second_accessions_and_unknown_types_are_notes() {
        check(
            "TY  - OTHER_PUBTYPE\nID  - 1\nAN  - 2\nDO  - https://doi.org/10.1000/1\nDO  - 10.1000/1\nER  - \n",
            Some("1"),
            &[(Field::Kind, "OTHER_PUBTYPE", Place::Note), (Field::Accession, "2", Place::Note), (Field::Doi, "10.1000/1", Place::Field)],
        );
    }
}
