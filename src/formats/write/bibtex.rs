//! Records become BibTeX that BibTeX, biblatex, Zotero, JabRef and Mendeley read.
//!
//! A record that was an entry of BibTeX, is as it was read, and needs neither repair nor the definition of a macro stands in
//! the file as its own text. One that does keeps its fields and values in their order. Others are written by what their
//! values are about: UTF-8, with the characters escaped that LaTeX takes for commands; a key of author, year and word; what
//! BibTeX has no field for, and decisions and provenance, one a line in `annote`. Fields that only databases have
//! (`accession`, `affiliation`, `references`, `chemicals_cas`, `source`) are written under the names that those give them:
//! programs pass over names that they do not know.

use super::reference_type::ReferenceType;
use super::statement::{Item, Place, Statement};
use super::{Losses, Records, Target};
use crate::formats::bibtex::fields::{self, MONTHS, Reading};
use crate::formats::bibtex::names::{self, Person};
use crate::formats::bibtex::{KEY, SHORTEST_TYPE, TYPE, stands_alone};
use crate::record::{Entry, Field, Format, PartialDate, Record, Source};
use crate::text::{Folded, latex};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

/// A field that is written, and what goes into it.
struct Column {
    name: &'static str,
    fields: &'static [Field],
    holds: Holds,
}

/// How a field holds several values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The first; further ones go to the notes.
    One,
    /// All, with this between them.
    Joined(&'static str),
    /// All, as the reader divides them again.
    List(Reading),
}

const fn column(name: &'static str, fields: &'static [Field], holds: Holds) -> Column {
    Column { name, fields, holds }
}

use Holds::{Joined, List, One};

/// In the order in which they are written.
const COLUMNS: &[Column] = &[
    column("author", &[Field::Author, Field::CorporateAuthor], List(Reading::People)),
    column("title", &[Field::Title], One),
    column("origtitle", &[Field::OriginalTitle], One),
    column("shorttitle", &[Field::ShortTitle], One),
    column("journal", &[Field::Journal], One),
    column("shortjournal", &[Field::JournalAbbreviation], One),
    column("booktitle", &[Field::BookTitle], One),
    column("maintitle", &[Field::ContainerTitle], One),
    column("series", &[Field::SeriesTitle], One),
    column("editor", &[Field::Editor], List(Reading::People)),
    column("year", &[Field::Year], One),
    column("volume", &[Field::Volume], One),
    column("number", &[Field::Issue], One),
    column("pages", &[Field::Pages], One),
    column("eid", &[Field::ArticleNumber], One),
    column("publisher", &[Field::Publisher], One),
    column("address", &[Field::Place], One),
    column("edition", &[Field::Edition], One),
    column("doi", &[Field::Doi], One),
    column("pmid", &[Field::Pmid], One),
    column("pmcid", &[Field::Pmcid], One),
    column("issn", &[Field::SerialNumber], Joined(", ")),
    column("isbn", &[], Joined(", ")),
    column("url", &[Field::Url], One),
    column("language", &[Field::Language], Joined(", ")),
    column("type", &[Field::PublicationType], Joined("; ")),
    column("keywords", &[Field::Keyword, Field::AuthorKeyword, Field::Heading], List(Reading::List)),
    column("abstract", &[Field::Abstract], Joined("\n")),
    column("affiliation", &[Field::Affiliation], List(Reading::Lines)),
    column("chemicals_cas", &[Field::Substance], List(Reading::Semicolons)),
    column("contents", &[Field::Contents], Joined("\n")),
    column("references", &[Field::CitedReference], List(Reading::Lines)),
    column("source", &[Field::Database], One),
    column("accession", &[], One),
    column("note", &[Field::Note], Joined("\n")),
    column("annote", &[], Joined("\n")),
];

/// What would end a key; only damaged entries have it in one.
const IN_NO_KEY: &[char] = &[',', '=', '"', '{', '}', '\n', '\r'];

/// Words that say nothing of a title; also those that are too short to.
const SMALL_WORDS: [&str; 8] = ["from", "into", "over", "that", "this", "what", "with", "does"];

/// Writes `records`, in their order.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    let records: Vec<&Record> = records.collect();
    // Keys and accessions that records bring with them are not given to others: two records would have one id.
    let brought = |record: &&Record| [own_key(record).map(str::to_lowercase), record.accession().map(str::to_lowercase)];
    let mut keys: BTreeSet<String> = records.iter().flat_map(brought).flatten().collect();
    // What one file calls twice by one key stays as it is; of two files the second has to give way.
    let mut owners: BTreeMap<String, &Arc<Source>> = BTreeMap::new();
    let mut page = Page { text: String::new(), losses };
    for record in records {
        page.text.clear();
        let keeps_key =
            own_key(record).is_none_or(|key| Arc::ptr_eq(owners.entry(key.to_lowercase()).or_insert(record.source()), record.source()));
        if keeps_key && is_verbatim(record, target) {
            page.text.push_str(&record.raw());
        } else if record.format() == Format::BibTex {
            page.own_record(record, target, keeps_key, &mut keys);
        } else {
            let key = new_key(record, &mut keys);
            let mut statement = Statement::for_target(record, target);
            statement.state_doi();
            page.statement(statement, &key);
        }
        page.text.push_str("\n\n");
        out.write_all(page.text.as_bytes())?;
    }
    Ok(())
}

/// Whether a record's own text may stand in the file.
fn is_verbatim(record: &Record, target: &Target) -> bool {
    record.format() == Format::BibTex && record.is_as_read() && !target.adds_line_to(record) && stands_alone(&record.raw())
}

/// The key of an entry of BibTeX.
fn own_key(record: &Record) -> Option<&str> {
    record.entries().find(|entry| record.format() == Format::BibTex && entry.tag == KEY).map(|entry| entry.value)
}

/// A key that no other record has: "ek2020alpha", "ek2020alphaa".
fn new_key(record: &Record, keys: &mut BTreeSet<String>) -> String {
    let words = |text: &str| -> Vec<String> {
        let ascii = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        Folded::words(text).as_str().split(' ').map(ascii).filter(|word| !word.is_empty()).collect()
    };
    let author =
        [Field::FullAuthor, Field::Author, Field::CorporateAuthor, Field::Editor].into_iter().find_map(|field| record.first(field));
    let family = author.map(|name| words(name.split(',').next().unwrap_or(name)).concat()).filter(|family| !family.is_empty());
    let title = words(record.title().unwrap_or_default());
    let word = title.iter().find(|word| word.len() > 3 && !SMALL_WORDS.contains(&word.as_str())).or(title.first());
    let mut base: String = family.unwrap_or_default().chars().take(30).collect();
    base.extend(record.date().map(|date| date.year.to_string()));
    base.extend(word.map(|word| word.chars().take(20).collect::<String>()));
    if !base.starts_with(|c: char| c.is_ascii_alphabetic()) {
        base.insert_str(0, "record");
    }
    let mut key = base.clone();
    let mut number = 0;
    while !keys.insert(key.clone()) {
        number += 1;
        key = format!("{base}{}", letters(number));
    }
    key
}

/// "a" to "z", "aa" and so on, for numbers from 1.
fn letters(mut number: usize) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(b'a' + u8::try_from(number % 26).unwrap_or(0));
        number /= 26;
    }
    out.iter().rev().map(|byte| char::from(*byte)).collect()
}

struct Page<'p> {
    text: String,
    losses: &'p mut Losses,
}

/// What the columns hold, in their order.
type Values<'v> = Vec<Vec<Cow<'v, str>>>;

impl Page<'_> {
    fn head(&mut self, kind: &str, key: &str) {
        self.text.extend(["@", kind, "{", key]);
    }

    /// A field whose value is already written as LaTeX.
    fn field(&mut self, name: &str, value: &str) {
        self.text.extend([",\n  ", name, " = {", value, "}"]);
    }

    fn foot(&mut self) {
        // Behind a key stands a comma, also where no field follows.
        if self.text.starts_with('@') && !self.text.contains('\n') {
            self.text.push(',');
        }
        self.text.push_str("\n}");
    }

    /// The fields of an entry of BibTeX under their names; entries adopted from other formats behind them. Where it does not
    /// keep its key, that becomes an accession.
    fn own_record(&mut self, record: &Record, target: &Target, keeps_key: bool, keys: &mut BTreeSet<String>) {
        let entries: Vec<Entry<'_>> = record.entries().collect();
        let own_kind = entries.iter().find(|entry| entry.tag == TYPE).map(|entry| entry.value);
        let is_type = |kind: &&str| kind.len() >= SHORTEST_TYPE;
        let kind = own_kind.filter(is_type).unwrap_or(ReferenceType::of(record).bibtex());
        let old_key = own_key(record).or(record.accession());
        match old_key.filter(|key| keeps_key && !key.contains(IN_NO_KEY)) {
            Some(key) => self.head(kind, key),
            None => {
                let key = new_key(record, keys);
                self.head(kind, &key);
                if let Some(old_key) = old_key {
                    self.field("accession", &encoded(Field::Accession, Reading::Line, old_key));
                }
            }
        }
        if let Some(kind) = own_kind.filter(|kind| !is_type(kind)) {
            self.field(TYPE, &encoded(Field::Kind, Reading::Line, kind));
        }
        let (own, adopted): (Vec<Entry<'_>>, Vec<Entry<'_>>) = entries.into_iter().partition(|entry| !entry.tag.is_empty());
        let subtitle = own.iter().find(|entry| entry.tag.eq_ignore_ascii_case("subtitle")).map(|entry| entry.value);
        let own: Vec<Entry<'_>> = own.into_iter().filter(|entry| entry.tag != TYPE && entry.tag != KEY).collect();
        for group in own.chunk_by(are_one_value) {
            let (first, reading) = (group[0], fields::meaning(group[0].tag).1);
            let whole = |value: &str| {
                let title =
                    subtitle.filter(|_| first.field == Field::Title).and_then(|subtitle| value.strip_suffix(subtitle)?.strip_suffix(": "));
                title.unwrap_or(value).to_owned()
            };
            let value = match reading {
                Reading::Line | Reading::Text | Reading::Link => {
                    group.iter().map(|entry| encoded(first.field, reading, &whole(entry.value)).into_owned()).collect::<Vec<_>>().join("\n")
                }
                _ => list(reading, &group.iter().map(|entry| (entry.field, entry.value)).collect::<Vec<_>>()),
            };
            self.field(first.tag, &value);
        }
        let has_authors = record.first(Field::Author).is_some();
        let mut items: Vec<Item<'_>> = adopted.into_iter().map(|entry| Item::adopted(entry, has_authors)).collect();
        if let Some(line) = target.line_of(record) {
            let value = Cow::Owned(line);
            items.push(Item { field: Field::Provenance, value, label: "", place: Place::Note });
        }
        let values = self.sorted(&items);
        self.columns(&items, &values, ReferenceType::of(record));
        self.foot();
    }

    fn statement(&mut self, mut statement: Statement<'_>, key: &str) {
        statement.join_pages();
        statement.settle_container();
        // An article has a journal; the abbreviation stands in for its name.
        if statement.first(Field::Journal).is_none()
            && statement.reference_type.bibtex() == "article"
            && let Some(item) = statement.items.iter_mut().find(|item| item.field == Field::JournalAbbreviation)
        {
            item.field = Field::Journal;
        }
        self.head(statement.reference_type.bibtex(), key);
        let date = statement.record.date();
        statement.items.retain(|item| item.field != Field::Date || !item.is_said_by(date));
        let mut values = self.sorted(&statement.items);
        values[at("accession")].extend(statement.accession.map(Cow::Borrowed));
        self.columns(&statement.items, &values, statement.reference_type);
        self.date(date);
        self.foot();
    }

    /// Each item in the column for it, or in the notes.
    fn sorted<'v>(&mut self, items: &'v [Item<'_>]) -> Values<'v> {
        let mut values: Values<'v> = COLUMNS.iter().map(|_| Vec::new()).collect();
        for item in items {
            let place = match item.field {
                Field::SerialNumber if is_isbn(&item.value) => Some(at("isbn")),
                Field::Note => Some(at("note")),
                field => COLUMNS.iter().position(|column| column.fields.contains(&field)),
            };
            let has_room = |place: &usize| COLUMNS[*place].holds != One || values[*place].is_empty();
            match place.filter(|_| item.place == Place::Field || item.field == Field::Note).filter(has_room) {
                Some(place) => values[place].push(Cow::Borrowed(&*item.value)),
                None => {
                    values[at("annote")].push(item.as_note());
                    if !item.is_note() {
                        self.losses.move_to_notes(item.field);
                    }
                }
            }
        }
        values
    }

    fn columns(&mut self, items: &[Item<'_>], values: &Values<'_>, reference_type: ReferenceType) {
        for (column, values) in COLUMNS.iter().zip(values).filter(|(_, values)| !values.is_empty()) {
            let reading = fields::meaning(column.name).1;
            let field = column.fields.first().copied().unwrap_or(Field::Other);
            let value = match column.holds {
                One | Joined(_) => {
                    let glue = if let Joined(glue) = column.holds { glue } else { "" };
                    values.iter().map(|value| encoded(field, reading, value)).collect::<Vec<_>>().join(glue)
                }
                List(reading) => {
                    let field_of = |value: &str| {
                        items
                            .iter()
                            .find(|item| item.value == value && column.fields.contains(&item.field))
                            .map_or(field, |item| item.field)
                    };
                    // A thousand authors would be looked for a thousand times; only bodies differ.
                    let bodies: Vec<&str> =
                        items.iter().filter(|item| item.field == Field::CorporateAuthor).map(|item| &*item.value).collect();
                    let pairs = values.iter().map(|value| (if bodies.contains(&&**value) { field_of(value) } else { field }, &**value));
                    list(reading, &pairs.collect::<Vec<_>>())
                }
            };
            self.field(name_in(column.name, reference_type), &value);
        }
    }

    /// The month for BibTeX and the whole date for biblatex, where more than the year is known.
    fn date(&mut self, date: Option<PartialDate>) {
        let Some(PartialDate { year, month: Some(month), day }) = date else { return };
        if let Some(name) = MONTHS.get(usize::from(month).wrapping_sub(1)) {
            self.text.extend([",\n  month = ", name]);
        }
        let day = day.map_or(String::new(), |day| format!("-{day:02}"));
        self.field("date", &format!("{year}-{month:02}{day}"));
    }
}

/// Whether two neighbours stand in one field: people, items of a list, the parts of a note.
fn are_one_value(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let is_list = || !matches!(fields::meaning(a.tag).1, Reading::Line | Reading::Text | Reading::Link);
    let is_part = |entry: &Entry<'_>| matches!(entry.field, Field::Decision | Field::Provenance);
    a.tag == b.tag && (is_list() || is_part(a) || is_part(b))
}

/// The place of the column of that name.
fn at(name: &str) -> usize {
    COLUMNS.iter().position(|column| column.name == name).unwrap_or_default()
}

/// The name that a column has in entries of a type.
fn name_in(name: &'static str, reference_type: ReferenceType) -> &'static str {
    match (name, reference_type.bibtex()) {
        ("publisher", "phdthesis") => "school",
        ("publisher", "techreport") => "institution",
        _ => name,
    }
}

fn is_isbn(value: &str) -> bool {
    let n_digits = value.bytes().filter(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X')).count();
    n_digits == 10 || n_digits >= 13
}

/// One value as LaTeX.
fn encoded(field: Field, reading: Reading, value: &str) -> Cow<'_, str> {
    match reading {
        // Links are verbatim in biblatex.
        Reading::Link if !value.contains(['\\', '{', '}']) => Cow::Borrowed(value),
        Reading::Line if field == Field::Pages && !value.contains("--") => {
            let encoded = latex::encode(value);
            // Only between pages, not in the middle of an article number.
            let is_range = value.split('-').filter(|part| !part.is_empty()).count() == 2 && value.split('-').count() == 2;
            if is_range { Cow::Owned(encoded.replacen('-', "--", 1)) } else { encoded }
        }
        _ => latex::encode(value),
    }
}

/// Several values as the reader divides them again.
fn list(reading: Reading, values: &[(Field, &str)]) -> String {
    match reading {
        Reading::People => values.iter().map(|(field, name)| person(*field, name)).collect::<Vec<_>>().join(" and "),
        Reading::Lines => {
            let lines = values.iter().map(|(_, value)| latex::encode(&value.replace(['\r', '\n'], " ")).into_owned());
            lines.collect::<Vec<_>>().join("\n   ")
        }
        _ => {
            let needs_semicolon = reading == Reading::Semicolons || values.iter().any(|(_, value)| value.contains([',', ';', '(', ')']));
            let in_braces = |value: &str| {
                let encoded = latex::encode(value);
                if value.contains(';') { format!("{{{encoded}}}") } else { encoded.into_owned() }
            };
            let items: Vec<String> = values.iter().filter(|(_, value)| !value.is_empty()).map(|(_, value)| in_braces(value)).collect();
            // One keyword with a comma would be two.
            let end = if needs_semicolon && items.len() == 1 && reading == Reading::List { ";" } else { "" };
            items.join(if needs_semicolon { "; " } else { ", " }) + end
        }
    }
}

/// A name as the reader takes it apart again, in braces where it would become another.
fn person(field: Field, name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let encoded = latex::encode(&name).into_owned();
    let braced = format!("{{{encoded}}}");
    if field == Field::Other {
        return encoded;
    }
    if field == Field::CorporateAuthor {
        return braced;
    }
    let parts: Vec<&str> = encoded.split(',').map(str::trim).collect();
    let candidates = match parts.as_slice() {
        // BibTeX has the suffix in the middle.
        [family, given, suffix] => vec![format!("{family}, {suffix}, {given}"), encoded.clone()],
        // "Ek AB": the last word are initials.
        [_] if is_family_first(&name) => {
            let (family, initials) = encoded.rsplit_once(' ').unwrap_or((&encoded, ""));
            return format!("{family}, {initials}");
        }
        _ => vec![encoded.clone()],
    };
    let reads_alike = |candidate: &String| matches!(names::people(candidate).as_slice(), [Person::Name(read)] if **read == *name);
    candidates.into_iter().find(reads_alike).unwrap_or(braced)
}

/// Whether a name without a comma ends with initials.
fn is_family_first(name: &str) -> bool {
    let Some((family, initials)) = name.rsplit_once(' ') else { return false };
    let is_initials = !initials.is_empty() && initials.len() <= 3 && initials.bytes().all(|byte| byte.is_ascii_uppercase());
    is_initials && family.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    fn written(input: &str) -> String {
        let parsed = formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        formats::write(&parsed.records, &Target::new(Format::BibTex), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_made_up_key_is_nobodys_accession() {
        let text = "TY  - GEN\nTI  - Sieves\nER  - \n\nTY  - GEN\nID  - sieves\nTI  - Other\nER  - \n";
        let parsed = crate::formats::read("a.ris", text.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        crate::formats::write(&parsed.records, &Target::new(Format::BibTex), &mut out).unwrap();
        let again = crate::formats::read("b.bib", out).unwrap();
        assert_eq!(again.records.iter().map(Record::id).collect::<Vec<_>>(), ["sievesa", "sieves"]);
    }

    #[test]
    fn records_of_other_formats_are_written_by_their_fields() {
        let text = "TY  - JOUR\nID  - 7\nAU  - Ek, Anna\nAU  - Ny, Bo, Jr.\nAU  - Li C\nTI  - R&D {x} -- 5%\nJF  - A_B\nPY  - 2020\nDA  - 2020/05/07/\nSP  - 1\nEP  - 9\nKW  - a, b\nKW  - c\nSN  - 1111-1119\nSN  - 978-0-00-000000-2\nUR  - http://x.org/a_b~c\nZZ  - odd\nER  - \n";
        let expected = r"@article{ek2020r,
  author = {Ek, Anna and Ny, Jr., Bo and Li, C},
  title = {R\&D {\textbraceleft}x{\textbraceright} -{}- 5\%},
  journal = {A\_B},
  year = {2020},
  pages = {1--9},
  issn = {1111-1119},
  isbn = {978-0-00-000000-2},
  url = {http://x.org/a_b~c},
  keywords = {a, b; c},
  accession = {7},
  annote = {ZZ: odd},
  month = may,
  date = {2020-05-07}
}

";
        assert_eq!(written(text), expected);
    }

    #[test]
    fn entries_stand_as_they_are_where_they_stand_alone() {
        let text = "@string{j = \"Journal\"}\n@article{a, title={A  {B}}, month=may}\n@article{b, journal = j # { of X}, author={Ek, A and others}}\n";
        let expected =
            "@article{a, title={A  {B}}, month=may}\n\n@article{b,\n  journal = {Journal of X},\n  author = {Ek, A and others}\n}\n\n";
        assert_eq!(written(text), expected);
    }

    #[test]
    fn damaged_entries_are_written_whole() {
        let parsed = crate::formats::read("a.bib", b"@article{a,\n@Az(}".to_vec()).unwrap();
        let mut out = Vec::new();
        super::super::write(&parsed.records, &Target::new(Format::BibTex), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "@article{a,\n}\n\n@misc{record,\n  accession = {{\\textbraceright}},\n  entrytype = {Az}\n}\n\n"
        );
    }

    #[test]
    fn keys_are_unique() {
        let text = "TY  - JOUR\nAU  - Øk, A\nTI  - The alpha\nPY  - 2020\nER  - \n";
        let three = written(&text.repeat(3));
        let keys: Vec<&str> = three.lines().filter(|line| line.starts_with('@')).collect();
        assert_eq!(keys, ["@article{ok2020alpha,", "@article{ok2020alphaa,", "@article{ok2020alphab,"]);
        assert_eq!([1, 26, 27, 702, 703].map(letters), ["a", "z", "aa", "zz", "aaa"]);
        assert!(written("TY  - JOUR\nTI  - Альфа\nER  - \n").starts_with("@article{record"));
    }

    #[test]
    fn of_two_files_with_one_key_both_records_can_be_cited() {
        let read = |name, text: &str| crate::formats::read(name, text.as_bytes().to_vec()).unwrap().records;
        let twice = "@article{Ek2020, title = {Alpha}, year = {2020}}\n\n@article{Ek2020, title = {Beta}, year = {2020}}\n\n";
        let records = [read("a.bib", twice), read("b.bib", "@book{ek2020, title = {Gamma}, year = {2020}}\n")].concat();
        let mut out = Vec::new();
        super::super::write(&records, &Target::new(Format::BibTex), &mut out).unwrap();
        let added = "@book{record2020gamma,\n  accession = {ek2020},\n  title = {Gamma},\n  year = {2020}\n}\n\n";
        assert_eq!(String::from_utf8(out).unwrap(), format!("{twice}{added}"));
    }

    #[test]
    fn names_become_the_same_names() {
        for (field, name, expected) in [
            (Field::Author, "Ek, Anna", "Ek, Anna"),
            (Field::Author, "van den Berg, A., Jr.", "van den Berg, Jr., A."),
            (Field::Author, "Smith JA", "Smith, JA"),
            (Field::Author, "Omulo Sylvia", "{Omulo Sylvia}"),
            (Field::Author, "Plato", "Plato"),
            (Field::Author, "Barnes and Noble", "{Barnes and Noble}"),
            (Field::Author, "others", "{others}"),
            (Field::CorporateAuthor, "WHO", "{WHO}"),
            (Field::Other, "others", "others"),
        ] {
            assert_eq!(person(field, name), expected, "{name}");
        }
    }
}
