//! Records become EndNote tagged (refer, .enw).
//!
//! A record that was EndNote tagged keeps its tags and values in their order, its type first; others are written by what
//! their values are about, and what the format has no tag for becomes a note (`%Z`) that begins with its tag.

use super::reference_type::ReferenceType;
use super::statement::{Item, Place, Statement};
use super::{Losses, Target};
use crate::formats::stretches;
use crate::record::{Field, Format, Record};

/// The tag for each field; fields that are not listed become notes.
const FIELD_TAGS: &[(Field, char)] = &[
    (Field::Author, 'A'),
    (Field::CorporateAuthor, 'A'),
    (Field::Editor, 'E'),
    (Field::Title, 'T'),
    (Field::OriginalTitle, 'Q'),
    (Field::ShortTitle, '!'),
    (Field::Journal, 'J'),
    (Field::ContainerTitle, 'B'),
    (Field::BookTitle, 'B'),
    (Field::SeriesTitle, 'S'),
    (Field::Year, 'D'),
    (Field::Date, '8'),
    (Field::Volume, 'V'),
    (Field::Issue, 'N'),
    (Field::Pages, 'P'),
    (Field::Publisher, 'I'),
    (Field::Place, 'C'),
    (Field::SerialNumber, '@'),
    (Field::Doi, 'R'),
    (Field::Pmcid, '2'),
    (Field::Keyword, 'K'),
    (Field::AuthorKeyword, 'K'),
    (Field::Heading, 'K'),
    (Field::Abstract, 'X'),
    (Field::Language, 'G'),
    (Field::Edition, '7'),
    (Field::PublicationType, '9'),
    (Field::Affiliation, '+'),
    (Field::Url, 'U'),
    (Field::Database, '~'),
    (Field::Provider, 'W'),
];

/// Appends the lines of `record`.
pub(super) fn push_lines(record: &Record, target: &Target, out: &mut String, losses: &mut Losses) {
    let mut page = Page { out, notes: Vec::new(), losses };
    if record.format() == Format::EndNoteTagged {
        page.endnote_record(record, target);
    } else {
        page.statement(Statement::for_target(record, target));
    }
    for note in std::mem::take(&mut page.notes) {
        page.line('Z', &note);
    }
}

struct Page<'p> {
    out: &'p mut String,
    notes: Vec<String>,
    losses: &'p mut Losses,
}

impl Page<'_> {
    fn endnote_record(&mut self, record: &Record, target: &Target) {
        let kind = record.entries().position(|entry| entry.tag == "%0");
        match kind.and_then(|at| record.entries().nth(at)) {
            Some(entry) if !entry.value.is_empty() => self.line('0', entry.value),
            _ => self.line('0', ReferenceType::of(record).endnote()),
        }
        let has_authors = record.first(Field::Author).is_some();
        for (_, entry) in record.entries().enumerate().filter(|(at, _)| Some(*at) != kind) {
            if entry.tag.is_empty() {
                self.item(&Item::adopted(entry, has_authors));
            } else {
                self.out.push_str(entry.tag);
                self.out.push(' ');
                self.out.push_str(entry.value);
                self.out.push('\n');
            }
        }
        self.notes.extend(target.line_of(record));
    }

    fn statement(&mut self, mut statement: Statement<'_>) {
        statement.join_pages();
        self.line('0', statement.reference_type.endnote());
        if let Some(accession) = statement.accession {
            self.line('M', accession);
        }
        // EndNote has one field for the journal; the abbreviation stands in for the name.
        let has_journal = statement.first(Field::Journal).or(statement.first(Field::ContainerTitle)).is_some();
        if !has_journal && let Some(item) = statement.items.iter_mut().find(|item| item.field == Field::JournalAbbreviation) {
            item.field = Field::Journal;
        }
        // The container of an article is its journal.
        if !statement.reference_type.is_part_of_book() {
            statement.settle_container();
        }
        // Programs join notes; PMIDs are read again from the beginning of them.
        statement.items.sort_by_key(|item| item.field != Field::Pmid);
        for item in &statement.items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item<'_>) {
        let tag = FIELD_TAGS.iter().find(|(field, _)| *field == item.field).map(|(_, tag)| *tag);
        match (item.field, item.place, tag) {
            // A comma at the end says that a name has no parts.
            (Field::CorporateAuthor, Place::Field, Some(tag)) if !item.value.contains(',') => self.line(tag, &format!("{},", item.value)),
            (_, Place::Field, Some(tag)) => self.line(tag, &item.value),
            _ => {
                self.notes.push(item.as_note().into_owned());
                if !item.is_note() {
                    self.losses.move_to_notes(item.field);
                }
            }
        }
    }

    /// A tag line. Texts keep their lines, but for lines that would be taken for tags; values of other tags are one line.
    fn line(&mut self, tag: char, value: &str) {
        self.out.extend(['%', tag, ' ']);
        let keeps_lines = matches!(tag, 'X' | 'Z');
        for (number, line) in value.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            if number > 0 {
                let is_text = !line.starts_with('%') && stretches::starts_record_of(line).is_none();
                self.out.push(if keeps_lines && is_text { '\n' } else { ' ' });
            }
            self.out.push_str(line);
        }
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    fn check(input: &str, expected: &str, n_moved: usize) {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        let losses = write(&parsed.records, &Target::new(Format::EndNoteTagged), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!((losses.n_moved_to_notes(), losses.n_lost()), (n_moved, 0), "{losses:?}");
    }

    #[test]
    fn well_formed_records_stay_as_they_are() {
        let text = "%0 Journal Article\n%T A\n%X One\n\ntwo\n%5 odd\n\n%0 Book\n%T B\n\n";
        check(text, text, 0);
        check("%A Ek\nNy\n%0 Book\n\n%T A\n", "%0 Book\n%A Ek\n%A Ny\n%T A\n\n", 0);
    }

    #[test]
    fn ris_becomes_endnote_tagged() {
        check(
            "TY  - CHAP\nAN  - WOS:1\nTI  - A\nAU  - Ek, Anna\nT2  - Book\nPY  - 2020\nSP  - 1\nEP  - 9\nDO  - 10.1000/1\nLK  - http://x.example\n\
             AB  - One\n% two\nthree\nC1  - odd\nN1  - Mine\nER  - \n",
            "%0 Book Section\n%M WOS:1\n%T A\n%A Ek, Anna\n%B Book\n%D 2020\n%P 1-9\n%R 10.1000/1\n%U http://x.example\n%X One % two\nthree\n\
             %Z C1: odd\n%Z Mine\n\n",
            1,
        );
        check("TY  - JOUR\nTI  - A\nT2  - J\nJ2  - Abbr\nER  - \n", "%0 Journal Article\n%T A\n%J J\n%Z J2: Abbr\n\n", 1);
    }

    #[test]
    fn lines_that_would_begin_a_record_are_joined() {
        check("TY  - JOUR\nAB  - One\nPT J\nAU Ek, A\nER  - \n", "%0 Journal Article\n%X One PT J\nAU Ek, A\n\n", 0);
    }
}
