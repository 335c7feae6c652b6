//! A cluster -> one record.
//!
//! Goes in: the members of a cluster, the kept one first. Comes out: the kept record, with what the others add. A field
//! that holds one thing (title, abstract, volume, the authors as a whole) is taken from another member where the kept
//! record lacks it or has only a placeholder ("[No abstract available]", "n/a"), which then gives way, as does an abstract
//! beside which another is longer by half. The issue and pages of another volume, the last page of another range, and the place in
//! another journal become notes. A field that
//! holds many (headings, keywords, links, serial numbers, notes, decisions, tags only this format knows) is united. What
//! comes from a member of another format has the empty tag, so that a writer writes it by its field; a tag that only its
//! own format knows becomes a note "TAG: value", and a decision the note that says the same.
//!
//! An id is not adopted, since it would name another record. Instead the merged record carries one line of
//! [`Provenance`] for each member, its ids in it. A member that was itself merged in an earlier run stands there with the
//! lines that it carries; with one of its own only where it has an id that none of them has and no format gave it.

use super::compare;
use crate::normalize::{NormalForm, content_hash, is_added_later, is_placeholder};
use crate::record::{Dialect, Doi, Entry, Field, FieldSet, Format, PartialDate, Provenance, Record, decision};
use crate::text::{Folded, trimmed};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet, btree_map};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Fields of which a work has any number: each different value of any member is kept.
const MANY: FieldSet = FieldSet::of(&[
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
]);

/// Fields that say a part of a place or a time, which is another beside another volume, first page or year.
const PLACES: FieldSet =
    FieldSet::of(&[Field::Volume, Field::Issue, Field::Pages, Field::LastPage, Field::ArticleNumber, Field::Year, Field::Date]);

/// Fields that name the journal, the best name first.
const JOURNALS_IN_ORDER: &[Field] = &[Field::Journal, Field::ContainerTitle, Field::JournalAbbreviation];
const JOURNALS: FieldSet = FieldSet::of(JOURNALS_IN_ORDER);

/// What an entry that a merged record may adopt is: its tag there, its field there, its value there.
type Adopted<'a> = (&'a str, Field, Cow<'a, str>);

/// The kept record (the first of `members`) with what the others add; `None` where there is no member.
#[must_use]
pub fn merge(members: &[&Record]) -> Option<Record> {
    let (kept, others) = members.split_first()?;
    Some(if others.is_empty() { (*kept).clone() } else { merge_into(kept, others, &|at| content_hash(members[at])) })
}

/// The record of the cluster of `records` that has these members, the kept one first; as it is where there is no other. `None`
/// where there is no member. `content_of` gives the [`content_hash`] of the record with that index.
#[must_use]
pub fn record_of<'a>(cluster: &[u32], records: &'a [Record], content_of: impl Fn(u32) -> u64) -> Option<Cow<'a, Record>> {
    let mut members = cluster.iter().filter_map(|at| records.get(*at as usize));
    let kept = members.next()?;
    let others: Vec<&Record> = members.collect();
    Some(if others.is_empty() { Cow::Borrowed(kept) } else { Cow::Owned(merge_into(kept, &others, &|at| content_of(cluster[at]))) })
}

/// `content_of` gives the [`content_hash`] of the kept record (0) and of the others (from 1).
fn merge_into(kept: &Record, others: &[&Record], content_of: &dyn Fn(usize) -> u64) -> Record {
    let mut order: Vec<(usize, &Record)> = (1..).zip(others.iter().copied()).collect();
    // The fullest member gives first; between equals what they say decides, not where they stood.
    order.sort_by_cached_key(|(_, record)| {
        let is_said = |(field, value): &(Field, &str)| !trimmed(value).is_empty() && !is_added_later(*field);
        let filled = record.fields().filter(is_said).count();
        (std::cmp::Reverse(filled), xxh3_64(record.raw().as_bytes()))
    });
    let (numbers, order): (Vec<usize>, Vec<&Record>) = order.into_iter().unzip();
    let mut merged = Merged::new(kept);
    merged.longer_abstract = with_longer_abstract(kept, &order);
    for (at, other) in order.iter().enumerate() {
        merged.adopt(kept, other, at);
    }
    merged.adopt_placeholders(kept);
    merged.adopt_origins(kept, &order, |at| content_of(if at == 0 { 0 } else { numbers[at - 1] }));
    let has_better = |field| merged.single.has(field) || merged.many.iter().any(|said| said.field == field);
    let gives_way = |entry: Entry<'_>| {
        (entry.field == Field::Abstract && merged.longer_abstract.is_some())
            || (merged.has_placeholders && is_placeholder_of(entry.field, entry.value) && has_better(entry.field))
    };
    let added = merged.adopted.iter().map(|(tag, field, value)| Entry { tag, field: *field, value });
    // Of most records nothing gives way, and then no entry need be looked at.
    let may_give_way = merged.has_placeholders || merged.longer_abstract.is_some();
    if may_give_way { kept.with_changes(|entry| !gives_way(entry), added) } else { kept.with_added(added) }
}

/// Which of `others` has an abstract beside which that of the kept record is a stub, or was cut off: the longest, if it is longer by
/// half and has nearly all of its words. Another text, or one in another language, gives way to none.
fn with_longer_abstract(kept: &Record, others: &[&Record]) -> Option<usize> {
    let says_it = |value: &&str| says_something(Field::Abstract, value);
    let len = |record: &Record| record.values(Field::Abstract).filter(says_it).map(str::len).sum::<usize>();
    let own = len(kept);
    let longer = others.iter().map(|record| len(record)).enumerate().filter(|(_, len)| own > 0 && *len > own + own / 2);
    let fitting = longer.filter(|(at, _)| has_words_of(others[*at], kept));
    fitting.max_by_key(|(at, len)| (*len, std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// Whether nearly all words of the abstracts of `kept` stand in that of `other`, or `kept` has but a stub of one.
fn has_words_of(other: &Record, kept: &Record) -> bool {
    /// A notice of copyright, a sentence that was left.
    const MOST_OF_STUB: usize = 25;
    /// Bytes that two texts do not have in common by chance.
    const BEGINNING: usize = 80;
    let only = |record: &'_ Record| record.values(Field::Abstract).nth(1).is_none();
    let begins_alike = |own: &str, other: &str| {
        let beginning = own.get(..own.floor_char_boundary(BEGINNING)).filter(|beginning| beginning.len() < own.len());
        beginning.is_some_and(|beginning| memchr::memmem::find(other.as_bytes(), beginning.as_bytes()).is_some())
    };
    // Most were cut off.
    let texts = kept.first(Field::Abstract).zip(other.first(Field::Abstract));
    if only(kept) && texts.is_some_and(|(own, other)| begins_alike(trimmed(own), other)) {
        return true;
    }
    let words = |record: &Record| record.values(Field::Abstract).map(Folded::words).collect::<Vec<_>>();
    let (kept, other) = (words(kept), words(other));
    let own: Vec<&str> = kept.iter().flat_map(|text| text.as_str().split(' ')).collect();
    if own.len() <= MOST_OF_STUB {
        return true;
    }
    let known: HashSet<&str> = other.iter().flat_map(|text| text.as_str().split(' ')).collect();
    let n_known = own.iter().filter(|word| known.contains(*word)).count();
    n_known * 10 >= own.len() * 8
}

/// A merged record as it grows. Its lists are short, and walking over them costs less than any tree.
struct Merged<'a> {
    adopted: Vec<Adopted<'a>>,
    /// Fields that hold one thing and have it.
    single: FieldSet,
    /// Values of fields that hold many.
    many: Vec<Said<'a>>,
    /// Whether a value of the kept record only stands where one is missing.
    has_placeholders: bool,
    /// What only stands where a value is missing in the other members, in order.
    placeholders: Vec<Adopted<'a>>,
    /// Where a value is brought into the form in which it is compared.
    page: String,
    /// Of many values, those that are said, as they are compared: looking through a list takes too long then.
    seen: HashSet<(Field, u128)>,
    /// Which of the other members has the abstract that takes the place of the kept record's.
    longer_abstract: Option<usize>,
    /// The member whose journal is the merged record's.
    in_journal: Option<&'a Record>,
}

/// Values of fields that hold many which are looked through one by one.
const FEW_VALUES: usize = 64;

/// One value of a field that holds many.
struct Said<'a> {
    field: Field,
    tag: &'a str,
    value: Cow<'a, str>,
    /// As it is compared; made when that is asked for, since most values of two databases are the same letters.
    hash: Option<u128>,
}

impl<'a> Merged<'a> {
    fn new(kept: &'a Record) -> Self {
        let many = Vec::with_capacity(2 * kept.entries().len());
        let mut merged = Self {
            adopted: Vec::new(),
            single: FieldSet::default(),
            many,
            has_placeholders: false,
            placeholders: Vec::new(),
            page: String::new(),
            seen: HashSet::new(),
            longer_abstract: None,
            in_journal: names_journal(kept).then_some(kept),
        };
        for entry in kept.entries() {
            if !says_something(entry.field, entry.value) {
                merged.has_placeholders |= !trimmed(entry.value).is_empty();
            } else if MANY.has(entry.field) {
                merged.many.push(Said { field: entry.field, tag: entry.tag, value: Cow::Borrowed(entry.value), hash: None });
            } else {
                merged.single.insert(entry.field);
            }
        }
        merged
    }

    /// Whether a field that holds many does not have `value` yet; from now on it has.
    fn is_new(&mut self, field: Field, tag: &'a str, value: Cow<'a, str>) -> bool {
        if self.many.len() > FEW_VALUES {
            return self.is_new_of_many(field, tag, value);
        }
        // As in `comparable`.
        let tag_counts = matches!(field, Field::Other | Field::Decision);
        let is_same = |said: &Said<'_>| said.field == field && said.value == value && (!tag_counts || said.tag == tag);
        if self.many.iter().any(is_same) {
            return false;
        }
        let hash = comparable(field, tag, &value, &mut self.page);
        for said in self.many.iter_mut().filter(|said| said.field == field) {
            let known = *said.hash.get_or_insert_with(|| comparable(field, said.tag, &said.value, &mut self.page));
            if known == hash {
                return false;
            }
        }
        self.many.push(Said { field, tag, value, hash: Some(hash) });
        true
    }

    /// [`Merged::is_new`] where there are many values.
    fn is_new_of_many(&mut self, field: Field, tag: &'a str, value: Cow<'a, str>) -> bool {
        if self.seen.is_empty() {
            for said in &mut self.many {
                let hash = *said.hash.get_or_insert_with(|| comparable(said.field, said.tag, &said.value, &mut self.page));
                self.seen.insert((said.field, hash));
            }
        }
        let hash = comparable(field, tag, &value, &mut self.page);
        let is_new = self.seen.insert((field, hash));
        if is_new {
            self.many.push(Said { field, tag, value, hash: Some(hash) });
        }
        is_new
    }

    /// Takes what `other`, which is the `at`th of the members but the kept one, says and neither the kept record nor a member before
    /// has said.
    fn adopt(&mut self, kept: &Record, other: &'a Record, at: usize) {
        let same_format = kept.format() == other.format();
        // Platforms give some tags of one format meanings of their own, and one file may hold records of several: what an earlier run
        // wrote does, and one that names no platform may be joined from their exports.
        let dialect = other.source().dialect;
        let same_platform = kept.source().dialect == dialect && dialect != Dialect::Refsieve;
        let is_read_alike = |entry: &Entry<'_>| {
            let is_platforms_own = dialect == Dialect::General && matches!(entry.field, Field::Pmid | Field::Affiliation);
            (same_platform && !is_platforms_own) || !PLATFORMS_TAGS.contains(&entry.tag)
        };
        let single = self.single;
        // Asked for where a part of the place is missing, which it is in few.
        let mut in_another_journal = None;
        for entry in other.entries() {
            // Most of what holds one thing is there already.
            let is_better = entry.field == Field::Abstract && self.longer_abstract == Some(at);
            if entry.field == Field::Abstract && self.longer_abstract.is_some() && !is_better {
                continue;
            }
            if !MANY.has(entry.field) && single.has(entry.field) && !is_better {
                continue;
            }
            if !says_something(entry.field, entry.value) {
                if !trimmed(entry.value).is_empty() {
                    let tag = if same_format { entry.tag } else { "" };
                    self.placeholders.push((tag, entry.field, Cow::Borrowed(entry.value)));
                }
                continue;
            }
            let same_format = same_format && is_read_alike(&entry);
            let (tag, field, value) = match entry.field {
                Field::Accession => continue,
                Field::Provenance if Provenance::find(entry.value).next().is_some() => continue,
                Field::Other if !same_format => ("", Field::Note, Cow::Owned(format!("{}: {}", entry.tag, entry.value.trim()))),
                field if PLACES.has(field) && self.is_of_another_place(field, kept, other, &mut in_another_journal) => {
                    ("", Field::Note, Cow::Owned(format!("{}: {}", field.name(), entry.value.trim())))
                }
                Field::Decision if !same_format => ("", Field::Decision, decision::in_note(entry.tag, entry.value)),
                field if same_format => (entry.tag, field, Cow::Borrowed(entry.value)),
                field => ("", field, Cow::Borrowed(entry.value)),
            };
            if field == Field::CorporateAuthor && is_among_authors(kept, &value) {
                continue;
            }
            // What stands in another journal or volume says in which.
            if field == Field::Note && PLACES.has(entry.field) {
                if in_another_journal == Some(true) {
                    self.note_once(other, JOURNALS_IN_ORDER, Field::Journal);
                }
                if !matches!(entry.field, Field::Year | Field::Date) && self.is_of_another_volume(kept, other) {
                    self.note_once(other, &[Field::Volume], Field::Volume);
                }
            }
            if self.in_journal.is_none() && JOURNALS.has(field) {
                self.in_journal = Some(other);
            }
            if !MANY.has(field) {
                self.single.insert(field);
            } else if !self.is_new(field, tag, value.clone()) {
                continue;
            }
            self.adopted.push((tag, field, value));
        }
    }

    /// Takes the journal or volume of `other`, which is not the merged record's, as a note, unless there is that note.
    fn note_once(&mut self, other: &'a Record, fields: &[Field], name: Field) {
        if let Some(value) = fields.iter().find_map(|field| other.first(*field)) {
            let note: Cow<'a, str> = Cow::Owned(format!("{}: {}", name.name(), trimmed(value)));
            if self.is_new(Field::Note, "", note.clone()) {
                self.adopted.push(("", Field::Note, note));
            }
        }
    }

    /// Whether the value of `field` in `other` belongs to a place that is not the merged record's: the last page of another range, the
    /// issue or the pages of another volume, any of another journal, a date of another year. Beside the merged record's own it would
    /// name a place that is nowhere. `in_another_journal` is what is known of the journal of `other`.
    fn is_of_another_place(&self, field: Field, kept: &Record, other: &Record, in_another_journal: &mut Option<bool>) -> bool {
        let beside: &[Field] = match field {
            Field::LastPage => &[Field::Pages, Field::Volume],
            Field::Issue | Field::Pages | Field::ArticleNumber => &[Field::Volume],
            Field::Volume => &[],
            Field::Year | Field::Date => {
                let is_date = |field: Field| matches!(field, Field::Year | Field::Date);
                let adopted =
                    || self.adopted.iter().filter(|(_, field, _)| is_date(*field)).find_map(|(.., value)| PartialDate::parse(value));
                let own = kept.year().or_else(|| adopted().map(|date| date.year));
                return own.zip(other.year()).is_some_and(|(own, other)| own != other);
            }
            _ => return false,
        };
        let both = |beside: Field| self.numbers_of_both(beside, kept, other);
        if beside.iter().any(|beside| both(*beside).is_some_and(|(own, other)| own != other)) {
            return true;
        }
        // A journal has names in several languages, and one volume.
        let in_one_place = beside.iter().any(|beside| both(*beside).is_some());
        !in_one_place && *in_another_journal.get_or_insert_with(|| self.in_journal.is_some_and(|own| are_in_two_journals(own, other)))
    }

    /// The numbers that the merged record so far and `other` have in `field`.
    fn numbers_of_both(&self, field: Field, kept: &Record, other: &Record) -> Option<(u64, u64)> {
        let number = |value: &str| {
            let digits = value.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?;
            digits.parse::<u64>().ok()
        };
        let adopted = || self.adopted.iter().find(|(_, adopted, _)| *adopted == field).map(|(.., value)| &**value);
        kept.first(field).or_else(adopted).and_then(number).zip(other.first(field).and_then(number))
    }

    fn is_of_another_volume(&self, kept: &Record, other: &Record) -> bool {
        self.numbers_of_both(Field::Volume, kept, other).is_some_and(|(own, other)| own != other)
    }

    /// Takes a line of provenance for each member, none twice; `content_of` gives the content of the kept record (0) and of the
    /// others (from 1).
    fn adopt_origins(&mut self, kept: &Record, others: &[&Record], content_of: impl Fn(usize) -> u64) {
        // With the path of the file where the line is the member's own.
        let mut known: BTreeMap<Provenance, &str> = BTreeMap::new();
        for (at, member) in std::iter::once(&kept).chain(others).enumerate() {
            let carried = member.provenance();
            let own = has_line_of_its_own(member, &carried).then(|| Provenance::of(member));
            for line in carried {
                if let btree_map::Entry::Vacant(place) = known.entry(line.without_key()) {
                    if at > 0 {
                        self.adopted.push(("", Field::Provenance, Cow::Owned(line.to_line())));
                    }
                    place.insert("");
                }
            }
            let Some(mut line) = own else { continue };
            let path = member.source().name.as_str();
            // Two files of one name in different folders are told apart by their paths.
            if known.get(&line).is_some_and(|other| !other.is_empty() && *other != path) {
                path.clone_into(&mut line.file);
            }
            if let btree_map::Entry::Vacant(place) = known.entry(line) {
                let line = place.key().line_with(Some(content_of(at)));
                self.adopted.push(("", Field::Provenance, Cow::Owned(line)));
                place.insert(path);
            }
        }
    }

    /// Takes the placeholders of fields of which no member says more: what any member has, the merged record has.
    fn adopt_placeholders(&mut self, kept: &Record) {
        for placeholder in std::mem::take(&mut self.placeholders) {
            if kept.first(placeholder.1).is_none() && self.adopted.iter().all(|(_, field, _)| *field != placeholder.1) {
                self.adopted.push(placeholder);
            }
        }
    }
}

/// Whether a record names its journal.
fn names_journal(record: &Record) -> bool {
    record.fields().any(|(field, value)| JOURNALS.has(field) && !trimmed(value).is_empty())
}

/// Whether two records stand in journals that are two. Under one identifier it is two names of one journal, or a server of preprints.
fn are_in_two_journals(own: &Record, other: &Record) -> bool {
    let name = |record: &Record| JOURNALS_IN_ORDER.iter().find_map(|field| record.first(*field)).map(|name| trimmed(name).to_lowercase());
    names_journal(other) && name(own) != name(other) && compare::are_in_two_journals(&NormalForm::of(own), &NormalForm::of(other))
}

/// Whether the kept record has a body among its people.
fn is_among_authors(kept: &Record, body: &str) -> bool {
    let body = Folded::words(body);
    kept.values(Field::Author).any(|author| Folded::words(author) == body)
}

/// Tags of RIS that mean one thing in the exports of one platform and another elsewhere: in a record that was kept from another
/// platform they would be read with its meaning.
const PLATFORMS_TAGS: [&str; 16] = ["T2", "A2", "C1", "C2", "C3", "C5", "C6", "C7", "M1", "M2", "M3", "U1", "U2", "U3", "U4", "CP"];

/// Whether the lines that a record carries leave out an id of it, or are none. An entry of BibTeX and a record of MEDLINE must have an
/// id: where one has none, its writer takes the first author and year, or the PMID.
fn has_line_of_its_own(record: &Record, carried: &[Provenance]) -> bool {
    if carried.is_empty() || record.format() == Format::BibTex {
        return carried.is_empty();
    }
    let pmid = record.pmid().map(|pmid| pmid.to_string());
    let is_given = |id: &str| pmid.as_deref() == Some(id);
    let mut ids = record.accession().into_iter().chain(record.values(Field::Accession).map(str::trim)).filter(|id| !is_given(id));
    ids.any(|id| !carried.iter().any(|line| line.has_accession(id)))
}

/// Whether a value says something that only stands where a value is missing.
fn is_placeholder_of(field: Field, value: &str) -> bool {
    !trimmed(value).is_empty() && !says_something(field, value)
}

/// Whether a value is more than blank and more than the sign for a missing one.
fn says_something(field: Field, value: &str) -> bool {
    let value = trimmed(value);
    match field {
        _ if value.is_empty() => false,
        // "Journal", "Title" and "no" are words that other fields may hold: only short values are worth a look.
        Field::Title | Field::Abstract | Field::Author | Field::Doi | Field::Pages | Field::LastPage | Field::Year => {
            // Nothing longer only stands for a missing value, and abstracts are long; nor does anything with a digit.
            if value.len() > LONGEST_PLACEHOLDER || value.bytes().any(|byte| byte.is_ascii_digit()) {
                return true;
            }
            let folded = Folded::words(value);
            !(is_placeholder(folded.as_str()) || NO_ABSTRACT.contains(&folded.as_str()))
        }
        _ => true,
    }
}

/// Bytes of the longest value that is looked at as a placeholder, brackets and blanks included.
const LONGEST_PLACEHOLDER: usize = 40;

/// What databases write where there is no abstract or no author, folded.
const NO_ABSTRACT: &[&str] = &["no abstract available", "abstract not available", "no author name available", "no abstract", "n a"];

/// The hash of a value as it is compared with others of its field: two spellings of one DOI, link or keyword are one
/// value. It has 128 bits, so that no two values have the same by chance.
fn comparable(field: Field, tag: &str, value: &str, page: &mut String) -> u128 {
    page.clear();
    let value = trimmed(value);
    match field {
        Field::Decision => page.push_str(&decision::in_note(tag, value)),
        Field::Doi => match Doi::parse(value) {
            Some(doi) => page.push_str(doi.as_str()),
            None => page.push_str(&value.to_lowercase()),
        },
        Field::Other => {
            page.push_str(tag);
            page.push('\u{1f}');
            page.push_str(value);
        }
        Field::Note | Field::CitedReference | Field::Url => page.push_str(value),
        Field::Heading => {
            Folded::push_words(value, page);
            // The mark of a major heading is no part of its words, and matters.
            if value.contains('*') {
                page.push('*');
            }
        }
        _ => {
            if Folded::push_words(value, page) == 0 {
                page.push_str(value);
            }
        }
    }
    xxh3_128(page.as_bytes())
}
