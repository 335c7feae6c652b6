//! Ovid's tagged formats (.cgi, .ovd, .txt), with short and with long labels.
//!
//! A record begins at its head, `<1. >` or `<1>`, above a blank line; files whose heads were left out begin it at the
//! first tag again, after a blank line. What is short (`TI  - A title`) is read by [`short`], what is long ("Title" on a
//! line of its own, the value below) by [`long`]. The source (`SO`) packs journal, volume, issue, pages and date into one
//! sentence: it stays as it is, and its parts follow as entries of the same tag that point into it.

mod long;
mod short;
mod source;

use super::Content;
use super::draft::{DraftEntry, Joining};
use super::lines::lines;
use super::origin::Origin;
use crate::record::{self, Database, Field, Pmid, Source};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// How many lines at the start of a file are looked at.
const N_FIRST_LINES: usize = 60;

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    short::is(start) || long::is(start)
}

/// The first lines of a text that are not blank.
fn first_lines(start: &str) -> impl Iterator<Item = &str> {
    lines(start, 0, start.len()).filter(|line| !line.is_blank()).take(N_FIRST_LINES).map(|line| line.text)
}

/// Whether `line` is the head of a record: `<1. >` or `<1>`.
pub(super) fn is_head(line: &str) -> bool {
    let Some(number) = line.trim_end().strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else { return false };
    let digits = number.trim_end().trim_end_matches('.');
    !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `line`, below the head of a record, belongs to one.
pub(super) fn is_tag_line(line: &str) -> bool {
    short::tag_line(line).is_some() || long::label(line).is_some()
}

/// The names of databases, in lower case; a part of the name is enough. Asked in this order.
const DATABASES: &[(&str, Option<Database>)] = &[
    ("journals@ovid", None),
    ("medline", Some(Database::Medline)),
    ("pubmed", Some(Database::Medline)),
    ("embase", Some(Database::Embase)),
    ("psycinfo", Some(Database::PsycInfo)),
    ("psycarticles", Some(Database::PsycInfo)),
    ("cochrane", Some(Database::Cochrane)),
    ("ebm reviews", Some(Database::Cochrane)),
    ("central register of controlled", Some(Database::Cochrane)),
    ("cab abstracts", Some(Database::CabAbstracts)),
    ("global health", Some(Database::CabAbstracts)),
    ("econlit", Some(Database::EconLit)),
    ("cinahl", Some(Database::Cinahl)),
    ("eric", Some(Database::Eric)),
];

fn database_named(name: &str) -> Option<Database> {
    let name = name.to_lowercase();
    DATABASES.iter().find(|(known, _)| name.contains(known)).and_then(|(_, database)| *database)
}

/// Which database and program the export `text` comes from: the database where all records name the same.
pub(super) fn origin(text: &str) -> Origin {
    let behind = |mark: &'static str| {
        let begins_line = |at: &usize| *at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r');
        memchr::memmem::find_iter(text.as_bytes(), mark).filter(begins_line).map(move |at| at + mark.len())
    };
    let first_line = |at: usize| lines(text, at, text.len()).next().map_or("", |line| line.text);
    let short = ["DB  -", "DB -"].into_iter().flat_map(behind).map(first_line);
    // The value stands below its label.
    let long = behind("Database\n").chain(behind("Database\r\n")).chain(behind("Database\r")).map(first_line);
    let mut names = short.chain(long).map(str::trim).filter(|name| !name.is_empty()).map(database_named);
    let first = names.next().flatten();
    Origin::new(first.filter(|_| names.all(|other| other == first)), record::Dialect::Ovid)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    if short::is(&source.text[range.clone()]) { short::read(source, range) } else { long::read(source, range) }
}

/// What both sorts of records need when they are whole: numbers of PubMed, dates that stand for editors, parts of sources.
fn settle(text: &str, entries: &mut Vec<DraftEntry>) {
    let value = |entry: &DraftEntry| text[entry.value.clone()].trim();
    let database = entries.iter().find(|entry| entry.field == Field::Database).map(|entry| value(entry).to_lowercase());
    let names = |name: &str| database.as_ref().is_some_and(|database| database.contains(name));
    let (is_medline, is_cab) = (names("medline") || names("pubmed"), names("cab abstracts"));
    for entry in entries.iter_mut() {
        entry.field = match (&text[entry.tag.clone()], entry.field) {
            ("UI" | "Unique Identifier", Field::Accession) if is_medline && Pmid::parse(value(entry)).is_some() => Field::Pmid,
            // MEDLINE: the day of entry.
            ("ED", Field::Editor) if value(entry).starts_with(|c: char| c.is_ascii_digit()) => Field::OtherDate,
            // CAB: broader terms.
            ("BT", Field::BookTitle) if is_cab => Field::Other,
            (_, field) => field,
        };
    }
    push_pmids(text, entries);
    push_parts_of_source(text, entries);
}

/// "123 [http://www.ncbi.nlm.nih.gov/pubmed/?term=123]", as Embase has it: the number is made an entry of its own.
fn push_pmids(text: &str, entries: &mut Vec<DraftEntry>) {
    let is_linked = |entry: &DraftEntry| entry.field == Field::Pmid && text[entry.value.clone()].contains(" [http");
    let Some(at) = entries.iter().position(is_linked) else { return };
    let value = &text[entries[at].value.clone()];
    let number = value.trim_start().split(' ').next().unwrap_or_default();
    if Pmid::parse(number).is_some() {
        let start = entries[at].value.start + (value.len() - value.trim_start().len());
        let part = part_of(&entries[at], start..start + number.len(), Field::Pmid);
        entries[at].field = Field::Other;
        entries.insert(at + 1, part);
    }
}

/// The fields that a source may say, and those whose tags say it better.
const PARTS: &[(source::Part, Field, &[Field])] = &[
    (source::Part::Journal, Field::Journal, &[Field::Journal]),
    (source::Part::Book, Field::BookTitle, &[Field::BookTitle]),
    (source::Part::Volume, Field::Volume, &[Field::Volume]),
    (source::Part::Issue, Field::Issue, &[Field::Issue]),
    (source::Part::Pages, Field::Pages, &[Field::Pages]),
    (source::Part::ArticleNumber, Field::ArticleNumber, &[Field::ArticleNumber]),
    (source::Part::Date, Field::Date, &[Field::Date]),
];

fn push_parts_of_source(text: &str, entries: &mut Vec<DraftEntry>) {
    let is_source = |entry: &DraftEntry| matches!(&text[entry.tag.clone()], "SO" | "Source");
    let Some(at) = entries.iter().position(is_source) else { return };
    let range = entries[at].value.clone();
    let line = one_line(&text[range.clone()]);
    let found = source::parts(&line);
    let has = |field: Field| entries.iter().any(|entry| entry.field == field && !text[entry.value.clone()].trim().is_empty());
    let is_new = |fields: &[Field]| !fields.iter().any(|field| has(*field));
    let parts: Vec<DraftEntry> = PARTS
        .iter()
        .filter(|(_, _, fields)| is_new(fields))
        .filter_map(|(part, field, _)| found.get(*part).map(|part| (part, *field)))
        .map(|(part, field)| part_of(&entries[at], range.start + part.start..range.start + part.end, field))
        .collect();
    let behind = at + 1;
    entries.splice(behind..behind, parts);
}

/// An entry of the same tag as `entry`, of which `range` is a part.
fn part_of(entry: &DraftEntry, range: Range<usize>, field: Field) -> DraftEntry {
    DraftEntry { tag: entry.tag.clone(), value: range, field, joining: Joining::Wrapped, is_long: entry.is_long }
}

/// `text` with blanks for line ends, so that places in it stay the same.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) { Cow::Owned(text.replace(['\n', '\r'], " ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        for (line, expected) in [
            ("<1. >", true),
            ("<3001. >  ", true),
            ("<8>", true),
            ("<8.>", true),
            ("<>", false),
            ("<0.05", false),
            ("<b>", false),
            ("p <1. >", false),
            ("<1. > and more", false),
        ] {
            assert_eq!(is_head(line), expected, "{line:?}");
        }
    }

    #[test]
    fn databases_are_told_where_all_records_agree() {
        for (text, expected) in [
            ("DB  - Ovid MEDLINE(R) ALL\nDB  - Ovid MEDLINE(R) and In-Process\n", Some(Database::Medline)),
            ("DB  - Embase\n", Some(Database::Embase)),
            ("DB  - APA PsycInfo\n", Some(Database::PsycInfo)),
            ("DB  - EBM Reviews - Cochrane Central Register of Controlled Trials\n", Some(Database::Cochrane)),
            ("DB  - CAB Abstracts\n", Some(Database::CabAbstracts)),
            ("Database\n  Ovid MEDLINE(R)\nTitle\n  x\n", Some(Database::Medline)),
            ("DB  - Journals@Ovid Full Text\n", None),
            ("DB  - Embase\nDB  - APA PsycInfo\n", None),
            ("TI  - x\n", None),
        ] {
            assert_eq!(origin(text), Origin::new(expected, record::Dialect::Ovid), "{text}");
        }
    }
}
