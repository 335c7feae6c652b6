//! Records become CSL-JSON that citation processors, Zotero and pandoc read.
//!
//! A record that was an item of CSL and is as it was read stands in the file as its own text; others are written by
//! what their values are about: names in their parts, dates as numbers. What CSL has no variable for stands in `note`, one
//! line "Label: value" each, as Zotero keeps it; PMID and PMCID have variables of their own.

use super::statement::{self, Place, Statement};
use super::{Losses, Records, Target};
use crate::formats::csl_json::{self, repaired};
use crate::record::{Field, Format, PartialDate, Record};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{self, Write};

/// The variable for each field; what is not listed goes to the note.
const VARIABLES: &[(Field, &str, Holds)] = &[
    (Field::Title, "title", Holds::One),
    (Field::OriginalTitle, "original-title", Holds::One),
    (Field::ShortTitle, "title-short", Holds::One),
    (Field::Author, "author", Holds::Names),
    (Field::CorporateAuthor, "author", Holds::Names),
    (Field::Editor, "editor", Holds::Names),
    (Field::Journal, "container-title", Holds::One),
    (Field::BookTitle, "container-title", Holds::One),
    (Field::ContainerTitle, "container-title", Holds::One),
    (Field::JournalAbbreviation, "container-title-short", Holds::One),
    (Field::SeriesTitle, "collection-title", Holds::One),
    (Field::Volume, "volume", Holds::One),
    (Field::Issue, "issue", Holds::One),
    (Field::Pages, "page", Holds::One),
    (Field::Doi, "DOI", Holds::One),
    (Field::Pmid, "PMID", Holds::One),
    (Field::Pmcid, "PMCID", Holds::One),
    (Field::Url, "URL", Holds::One),
    (Field::Abstract, "abstract", Holds::Joined("\n")),
    (Field::Language, "language", Holds::One),
    (Field::Keyword, "keyword", Holds::Keywords),
    (Field::AuthorKeyword, "keyword", Holds::Keywords),
    (Field::Heading, "keyword", Holds::Keywords),
    (Field::Publisher, "publisher", Holds::One),
    (Field::Place, "publisher-place", Holds::One),
    (Field::Edition, "edition", Holds::One),
    (Field::PublicationType, "genre", Holds::One),
    (Field::Database, "source", Holds::One),
    (Field::Provider, "source", Holds::One),
];

/// How a variable holds several values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The first; further ones go to the note.
    One,
    /// All, with this between them.
    Joined(&'static str),
    /// All, each a name.
    Names,
    /// All in one string, with semicolons between.
    Keywords,
}

/// Writes `records`, in their order.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    let mut glue = "[\n";
    for record in records {
        out.write_all(glue.as_bytes())?;
        if let Some(own) = verbatim(record, target) {
            out.write_all(own.as_bytes())?;
        } else {
            let item = item_of(Statement::for_target(record, target), losses);
            serde_json::to_writer_pretty(&mut *out, &item)?;
        }
        glue = ",\n";
    }
    out.write_all(if glue == ",\n" { b"\n]\n" } else { b"[]\n" })
}

/// A record's own text, if it may stand in the file: a valid item of CSL (not of Zotero's or Crossref's kin), or one that
/// was read as if a slip were put right, put right.
fn verbatim<'a>(record: &'a Record, target: &Target) -> Option<Cow<'a, str>> {
    if record.format() != Format::CslJson || !record.is_as_read() || target.adds_line_to(record) {
        return None;
    }
    let is_csl = |text: &str| {
        let item: Option<Value> = serde_json::from_str(text).ok();
        // An item that says little, and has no id, is not told from other JSON where it stands alone.
        let is_told = || item.as_ref().is_some_and(|item| item.get("id").is_some()) || csl_json::is(&format!("[{text}]"));
        is_told()
            && item
                .as_ref()
                .is_some_and(|item| item.get("type").is_some_and(Value::is_string) && !item.get("title").is_some_and(Value::is_array))
    };
    let own = record.raw();
    if is_csl(&own) {
        return Some(own);
    }
    Some(repaired(&own)).filter(|repaired| is_csl(repaired)).map(Cow::Owned)
}

/// An item: its variables in the order in which they were added.
#[derive(Default)]
struct Item(Vec<(&'static str, Value)>);

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Item {
    /// The value of a variable, made by `make` where it has none yet.
    fn or_insert(&mut self, name: &'static str, make: Value) -> &mut Value {
        let at = self.0.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.0.push((name, make));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    fn insert(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    /// Gives a variable its value; says whether it had none.
    fn put(&mut self, name: &'static str, value: Value) -> bool {
        let is_free = self.0.iter().all(|(known, _)| *known != name);
        if is_free {
            self.insert(name, value);
        }
        is_free
    }

    /// Adds `text` behind what the variable has.
    fn join(&mut self, name: &'static str, text: &str, glue: &str) -> bool {
        if let Value::String(whole) = self.or_insert(name, json!("")) {
            if !whole.is_empty() {
                whole.push_str(glue);
            }
            whole.push_str(text);
        }
        true
    }
}

fn item_of(mut statement: Statement<'_>, losses: &mut Losses) -> Item {
    statement.join_pages();
    statement.state_doi();
    settle_container(&mut statement);
    let mut item = Item::default();
    item.insert("id", json!(statement.record.id()));
    item.insert("type", json!(statement.reference_type.csl()));
    let date = statement.record.date();
    if let Some(date) = date {
        item.insert("issued", json!({ "date-parts": [date_parts(date)] }));
    }
    let mut notes = Vec::new();
    let id = statement.record.id();
    // The id of a record whose accession occurs twice in its file has a number behind it.
    if let Some(accession) = statement.accession.filter(|accession| *accession != id) {
        notes.push(format!("accession: {accession}"));
    }
    for value in &statement.items {
        if value.is_said_by(date) || is_of_date(value, date) || push(&mut item, value) {
            continue;
        }
        notes.push(value.as_note().into_owned());
        if !value.is_note() {
            losses.move_to_notes(value.field);
        }
    }
    if !notes.is_empty() {
        item.insert("note", json!(notes.join("\n")));
    }
    item
}

/// CSL has one container: of a part of a book it is the book, of an article the journal.
fn settle_container(statement: &mut Statement<'_>) {
    statement.settle_container();
    let is_article = !statement.reference_type.is_part_of_book();
    let order = if is_article { [Field::Journal, Field::BookTitle] } else { [Field::BookTitle, Field::Journal] };
    let Some(first) = order.into_iter().find(|field| statement.first(*field).is_some()) else { return };
    let has_place = |item: &statement::Item<'_>| item.place == Place::Field;
    if let Some(at) = statement.items.iter().position(|item| item.field == first && has_place(item)) {
        statement.items[..=at].rotate_right(1);
    }
}

/// Whether a year says no more than the date.
fn is_of_date(item: &statement::Item<'_>, date: Option<PartialDate>) -> bool {
    let year = date.map(|date| date.year.to_string());
    item.place == Place::Field && item.field == Field::Year && year.as_deref() == Some(item.value.trim())
}

/// Adds a value to its variable; says whether there is one with room for it.
fn push(item: &mut Item, value: &statement::Item<'_>) -> bool {
    if value.place == Place::Note {
        return false;
    }
    let text = &*value.value;
    if value.field == Field::SerialNumber {
        let name = if is_isbn(text) { "ISBN" } else { "ISSN" };
        return item.join(name, text, ", ");
    }
    // Report numbers and the like have a variable of their own; so have articles that are numbered.
    if value.field == Field::ArticleNumber {
        return item.put("number", json!(text));
    }
    let Some((_, name, holds)) = VARIABLES.iter().find(|row| row.0 == value.field) else { return false };
    match holds {
        Holds::One => item.put(name, json!(text)),
        Holds::Joined(glue) => item.join(name, text, glue),
        // A semicolon would divide it.
        Holds::Keywords if text.contains(';') => false,
        Holds::Keywords => item.join(name, text, "; "),
        Holds::Names => {
            if let Value::Array(list) = item.or_insert(name, json!([])) {
                list.push(name_of(value.field, text));
            }
            true
        }
    }
}

fn date_parts(date: PartialDate) -> Vec<u16> {
    let mut parts = vec![date.year];
    parts.extend(date.month.map(u16::from));
    parts.extend(date.day.filter(|_| date.month.is_some()).map(u16::from));
    parts
}

/// A name in its parts: family and given name stand apart where a comma does.
fn name_of(field: Field, name: &str) -> Value {
    if field == Field::CorporateAuthor {
        return json!({ "literal": name });
    }
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [family, given] if !family.is_empty() && !given.is_empty() => json!({ "family": family, "given": given }),
        [family, given, suffix] if parts.iter().all(|part| !part.is_empty()) => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
        [only] if !only.contains(' ') => json!({ "family": only }),
        [only] => match only.rsplit_once(' ') {
            // "Ek AB": the last word are initials.
            Some((family, initials)) if initials.len() <= 3 && initials.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                json!({ "family": family, "given": initials })
            }
            _ => json!({ "literal": only }),
        },
        _ => json!({ "literal": name }),
    }
}

fn is_isbn(value: &str) -> bool {
    let n_digits = value.bytes().filter(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X')).count();
    n_digits == 10 || n_digits >= 13
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    fn written(input: &str) -> String {
        let parsed = formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        formats::write(&parsed.records, &Target::new(Format::CslJson), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn records_of_other_formats_are_written_by_their_fields() {
        let text = "TY  - JOUR\nID  - 7\nAU  - Ek, Anna\nAU  - Ny, Bo, Jr.\nAU  - Li C\nTI  - A \"title\"\nJF  - J\nPY  - 2020\nDA  - 2020/05/07/\nSP  - 1\nEP  - 9\nKW  - a\nKW  - b\nSN  - 1111-1119\nZZ  - odd\nER  - \n";
        let found: Value = serde_json::from_str(&written(text)).unwrap();
        let expected = json!([{
            "id": "7",
            "type": "article-journal",
            "title": "A \"title\"",
            "container-title": "J",
            "author": [
                {"family": "Ek", "given": "Anna"},
                {"family": "Ny", "given": "Bo", "suffix": "Jr."},
                {"family": "Li", "given": "C"},
            ],
            "issued": {"date-parts": [[2020, 5, 7]]},
            "page": "1-9",
            "keyword": "a; b",
            "ISSN": "1111-1119",
            "note": "ZZ: odd",
        }]);
        assert_eq!(found, expected);
    }

    #[test]
    fn an_item_without_an_id_gets_one() {
        let first = r#"[{"type":"book","title":"A"},{"indexed":{"date-parts":[[2021,1,2]]},"type":"book","note":"B"}]"#;
        let records = formats::read("a.json", first.into()).unwrap().records;
        let mut out = Vec::new();
        formats::write(&records[1..], &Target::new(Format::CslJson), &mut out).unwrap();
        assert_eq!(formats::read("b.json", out).unwrap().records.len(), 1);
    }

    #[test]
    fn items_stand_as_they_are() {
        let text = "[ {\"id\":1, \"title\":\"A\",  \"type\":\"book\"},\n{\"id\":2,\"type\":\"book\",\"title\":\"B\",} ]";
        let found = written(text);
        assert_eq!(found, "[\n{\"id\":1, \"title\":\"A\",  \"type\":\"book\"},\n{\"id\":2,\"type\":\"book\",\"title\":\"B\"}\n]\n");
    }
}
