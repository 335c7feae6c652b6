//! A cluster -> one record.
//!
//! Goes in: the members of a cluster, the kept one first. Comes out: the kept record, with what the others add. A field
//! that holds one thing (title, abstract, volume, the authors as a whole) is taken from another member where the kept
//! record lacks it or has only a placeholder ("[No abstract available]", "n/a"), which then gives way. A field that
//! holds many (headings, keywords, links, serial numbers, notes, decisions, tags only this format knows) is united. What
//! comes from a member of another format has the empty tag, so that a writer writes it by its field; a tag that only its
//! own format knows becomes a note "TAG: value", and a decision the note that says the same.
//!
//! An id is not adopted, since it would name another record. Instead the merged record carries one line of
//! [`Provenance`] for each member, its ids in it. A member that was itself merged in an earlier run stands there with the
//! lines that it carries; with one of its own only where it has an id that none of them has.

use crate::normalize::is_placeholder;
use crate::record::{Doi, Entry, Field, Provenance, Record, decision};
use crate::text::Folded;
use std::collections::{BTreeMap, BTreeSet, btree_map};
use xxhash_rust::xxh3::xxh3_64;

/// Fields of which a work has any number: each different value of any member is kept.
const MANY: &[Field] = &[
    Field::Keyword,
    Field::AuthorKeyword,
    Field::Heading,
    Field::Substance,
    Field::Url,
    Field::Doi,
    Field::Pmid,
    Field::Pmcid,
    Field::SerialNumber,
    Field::RegistryNumber,
    Field::PublicationType,
    Field::Note,
    Field::CitedReference,
    Field::Database,
    Field::Decision,
    Field::Provenance,
    Field::Other,
];

/// Fields that people and programs add after the database: they make no record fuller.
const ADDED_LATER: &[Field] = &[Field::Decision, Field::Provenance];

/// What an entry that a merged record may adopt is: its tag there, its field there, its value there.
type Adopted = (String, Field, String);

/// The kept record (the first of `members`) with what the others add; `None` where there is no member.
#[must_use]
pub fn merge(members: &[&Record]) -> Option<Record> {
    let (kept, others) = members.split_first()?;
    if others.is_empty() {
        return Some((*kept).clone());
    }
    let mut order: Vec<&Record> = others.to_vec();
    // The fullest member gives first; between equals what they say decides, not where they stood.
    order.sort_by_cached_key(|record| {
        let is_said = |entry: &Entry<'_>| !entry.value.trim().is_empty() && !ADDED_LATER.contains(&entry.field);
        let filled = record.entries().filter(is_said).count();
        (std::cmp::Reverse(filled), xxh3_64(record.raw().as_bytes()))
    });
    let mut merged = Merged::new(kept);
    for other in &order {
        merged.adopt(kept, other);
    }
    for other in &order {
        merged.adopt_placeholders(kept, other);
    }
    merged.adopt_origins(kept, &order);
    let has_better = |field| merged.single.contains(&field) || merged.many.iter().any(|(known, _)| *known == field);
    let gives_way =
        |entry: Entry<'_>| !entry.value.trim().is_empty() && !says_something(entry.field, entry.value) && has_better(entry.field);
    let added = merged.adopted.iter().map(|(tag, field, value)| Entry { tag, field: *field, value });
    Some(kept.with_changes(|entry| !gives_way(entry), added))
}

/// A merged record as it grows.
struct Merged {
    adopted: Vec<Adopted>,
    /// Fields that hold one thing and have it.
    single: BTreeSet<Field>,
    /// Values of fields that hold many, as they are compared.
    many: BTreeSet<(Field, String)>,
}

impl Merged {
    fn new(kept: &Record) -> Self {
        let (many, single): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
            kept.entries().filter(|entry| says_something(entry.field, entry.value)).partition(|entry| MANY.contains(&entry.field));
        Self {
            adopted: Vec::new(),
            single: single.into_iter().map(|entry| entry.field).collect(),
            many: many.into_iter().map(|entry| (entry.field, comparable(entry.field, entry.tag, entry.value))).collect(),
        }
    }

    /// Takes what `other` says and neither the kept record nor a member before has said.
    fn adopt(&mut self, kept: &Record, other: &Record) {
        let same_format = kept.format() == other.format();
        let mut filled = BTreeSet::new();
        for entry in other.entries().filter(|entry| says_something(entry.field, entry.value)) {
            let note = || ("", Field::Note, format!("{}: {}", entry.tag, entry.value.trim()));
            let (tag, field, value) = match entry.field {
                Field::Accession => continue,
                Field::Provenance if Provenance::find(entry.value).next().is_some() => continue,
                Field::Other if !same_format => note(),
                Field::Decision if !same_format => ("", Field::Decision, decision::in_note(entry.tag, entry.value).into_owned()),
                field if same_format => (entry.tag, field, entry.value.to_owned()),
                field => ("", field, entry.value.to_owned()),
            };
            let is_new = if MANY.contains(&field) {
                self.many.insert((field, comparable(field, tag, &value)))
            } else {
                filled.contains(&field) || !self.single.contains(&field)
            };
            if is_new {
                self.adopted.push((tag.to_owned(), field, value));
                if !MANY.contains(&field) {
                    filled.insert(field);
                }
            }
        }
        self.single.extend(filled);
    }

    /// Takes a line of provenance for each member, none twice.
    fn adopt_origins<'a>(&mut self, kept: &'a Record, others: &[&'a Record]) {
        // With the path of the file where the line is the member's own.
        let mut known: BTreeMap<Provenance, &str> = BTreeMap::new();
        for (at, member) in std::iter::once(&kept).chain(others).enumerate() {
            let carried = member.provenance();
            let own = has_line_of_its_own(member, &carried).then(|| Provenance::of(member));
            for line in carried {
                if at > 0 && !known.contains_key(&line) {
                    self.adopted.push((String::new(), Field::Provenance, line.to_line()));
                }
                known.entry(line).or_default();
            }
            let Some(mut line) = own else { continue };
            let path = member.source().name.as_str();
            // Two files of one name in different folders are told apart by their paths.
            if known.get(&line).is_some_and(|other| !other.is_empty() && *other != path) {
                path.clone_into(&mut line.file);
            }
            if let btree_map::Entry::Vacant(place) = known.entry(line) {
                self.adopted.push((String::new(), Field::Provenance, place.key().to_line()));
                place.insert(path);
            }
        }
    }

    /// Takes the placeholders of fields of which no member says more: what any member has, the merged record has.
    fn adopt_placeholders(&mut self, kept: &Record, other: &Record) {
        let same_format = kept.format() == other.format();
        for entry in other.entries().filter(|entry| !entry.value.trim().is_empty() && !says_something(entry.field, entry.value)) {
            if kept.first(entry.field).is_none() && self.adopted.iter().all(|(_, field, _)| *field != entry.field) {
                let tag = if same_format { entry.tag } else { "" };
                self.adopted.push((tag.to_owned(), entry.field, entry.value.to_owned()));
            }
        }
    }
}

/// Whether the lines that a record carries leave out an id of it, or are none.
fn has_line_of_its_own(record: &Record, carried: &[Provenance]) -> bool {
    let mut ids = record.accession().into_iter().chain(record.values(Field::Accession).map(str::trim));
    carried.is_empty() || ids.any(|id| !carried.iter().any(|line| line.has_accession(id)))
}

/// Whether a value is more than blank and more than the sign for a missing one.
fn says_something(field: Field, value: &str) -> bool {
    let value = value.trim();
    match field {
        _ if value.is_empty() => false,
        // "Journal", "Title" and "no" are words that other fields may hold: only short values are worth a look.
        Field::Title | Field::Abstract | Field::Author | Field::Doi | Field::Pages | Field::LastPage | Field::Year => {
            // Nothing longer only stands for a missing value, and abstracts are long.
            let folded = if value.len() <= LONGEST_PLACEHOLDER { Folded::words(value) } else { return true };
            !(is_placeholder(folded.as_str()) || NO_ABSTRACT.contains(&folded.as_str()))
        }
        _ => true,
    }
}

/// Bytes of the longest value that is looked at as a placeholder, brackets and blanks included.
const LONGEST_PLACEHOLDER: usize = 40;

/// What databases write where there is no abstract or no author, folded.
const NO_ABSTRACT: &[&str] = &["no abstract available", "abstract not available", "no author name available", "no abstract", "n a"];

/// A value as it is compared with others of its field: two spellings of one DOI, link or keyword are one value.
fn comparable(field: Field, tag: &str, value: &str) -> String {
    match field {
        Field::Decision => decision::in_note(tag, value.trim()).into_owned(),
        Field::Doi => Doi::parse(value).map_or_else(|| value.trim().to_lowercase(), |doi| doi.as_str().to_owned()),
        Field::Other => format!("{tag}\u{1f}{}", value.trim()),
        Field::Note | Field::CitedReference | Field::Url => value.trim().to_owned(),
        // The mark of a major heading is no part of its words, and matters.
        Field::Heading => format!("{}{}", Folded::words(value), if value.contains('*') { "*" } else { "" }),
        _ => {
            let folded = Folded::words(value);
            if folded.is_empty() { value.trim().to_owned() } else { folded.as_str().to_owned() }
        }
    }
}
