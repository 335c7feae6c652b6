//! Records become refsieve's own JSON Lines; what an object holds is said in `formats::json_lines`.

use super::{Losses, Records, Target};
use crate::formats::json_lines::VERSION;
use crate::record::{Field, Name, Record};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Object<'a> {
    refsieve: u32,
    id: String,
    format: &'static str,
    origin: Origin<'a>,
    entries: Vec<Entry<'a>>,
    typed: Typed<'a>,
}

#[derive(Serialize)]
struct Origin<'a> {
    file: &'a str,
    database: Option<&'static str>,
    dialect: &'static str,
    encoding: &'static str,
    /// Counted from 1.
    ordinal: u32,
    /// The first and the last, counted from 1.
    lines: (u32, u32),
}

#[derive(Serialize)]
struct Entry<'a> {
    tag: &'a str,
    field: &'static str,
    value: &'a str,
}

/// What the entries say, as values that have passed their check.
#[derive(Serialize)]
struct Typed<'a> {
    kind: String,
    title: Option<&'a str>,
    authors: Vec<Author>,
    container: Option<&'a str>,
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    volume: Option<&'a str>,
    issue: Option<&'a str>,
    first_page: Option<String>,
    last_page: Option<String>,
    article: Option<String>,
    doi: Option<String>,
    pmid: Option<u32>,
    issn: Vec<String>,
    isbn: Vec<String>,
    registry: Vec<String>,
    languages: Vec<&'a str>,
    headings: Vec<Heading<'a>>,
    decisions: Vec<Decision>,
}

/// A person by the parts of the name, or a body by its whole name.
#[derive(Serialize, Default)]
struct Author {
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

impl From<Name> for Author {
    fn from(name: Name) -> Self {
        match name {
            Name::Person { family, given, suffix } => {
                Self { family: Some(family), given: Some(given).filter(|given| !given.is_empty()), suffix, literal: None }
            }
            Name::Collective(name) => Self { literal: Some(name), ..Self::default() },
            Name::Others => Self { literal: Some("and others".to_owned()), ..Self::default() },
        }
    }
}

#[derive(Serialize)]
struct Heading<'a> {
    descriptor: &'a str,
    qualifiers: Vec<&'a str>,
    major: bool,
}

#[derive(Serialize)]
struct Decision {
    who: Option<String>,
    verdict: Option<&'static str>,
    labels: Vec<String>,
    reasons: Vec<String>,
    notes: Vec<String>,
}

/// Writes `records`, in their order. Nothing is lost: `losses` stays as it is.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, _losses: &mut Losses) -> io::Result<()> {
    for record in records {
        let line = target.line_of(record);
        serde_json::to_writer(&mut *out, &object(record, line.as_deref()))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The object of a record; `provenance` is the line that says where it came from, where it is to be added.
fn object<'a>(record: &'a Record, provenance: Option<&'a str>) -> Object<'a> {
    let source = record.source();
    let entries = record.entries().map(|entry| Entry { tag: entry.tag, field: entry.field.name(), value: entry.value });
    let said = provenance.map(|line| Entry { tag: "", field: Field::Provenance.name(), value: line });
    Object {
        refsieve: VERSION,
        id: record.id(),
        format: record.format().id(),
        origin: Origin {
            file: &source.name,
            database: source.database.map(crate::record::Database::name),
            dialect: source.dialect.name(),
            encoding: source.encoding,
            ordinal: record.ordinal(),
            lines: record.lines(),
        },
        entries: entries.chain(said).collect(),
        typed: typed(record),
    }
}

fn typed(record: &Record) -> Typed<'_> {
    let date = record.date();
    let pages = record.pages();
    Typed {
        kind: format!("{:?}", record.kind()),
        title: record.title(),
        authors: record.names().into_iter().map(Author::from).collect(),
        container: record.container(),
        year: date.map(|date| date.year),
        month: date.and_then(|date| date.month),
        day: date.and_then(|date| date.day),
        volume: record.first(Field::Volume),
        issue: record.first(Field::Issue),
        first_page: pages.as_ref().and_then(|pages| pages.first.clone()),
        last_page: pages.as_ref().and_then(|pages| pages.last.clone()),
        article: pages.and_then(|pages| pages.article),
        doi: record.doi().map(|doi| doi.to_string()),
        pmid: record.pmid().map(crate::record::Pmid::get),
        issn: record.issns().iter().map(ToString::to_string).collect(),
        isbn: record.isbns().iter().map(ToString::to_string).collect(),
        registry: record.registry_ids().iter().map(ToString::to_string).collect(),
        languages: record.languages(),
        headings: record
            .headings()
            .into_iter()
            .map(|heading| Heading {
                descriptor: heading.descriptor,
                qualifiers: heading.qualifiers.iter().map(|qualifier| qualifier.name).collect(),
                major: heading.major,
            })
            .collect(),
        decisions: record
            .decisions()
            .into_iter()
            .map(|decision| Decision {
                who: decision.who,
                verdict: decision.verdict.map(crate::record::Verdict::name),
                labels: decision.labels,
                reasons: decision.reasons,
                notes: decision.notes,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::formats::{Target, read, write};
    use crate::record::{Format, Record};
    use proptest::prelude::*;

    fn entries(record: &Record) -> Vec<(String, String, String)> {
        record.entries().map(|entry| (entry.tag.to_owned(), format!("{:?}", entry.field), entry.value.to_owned())).collect()
    }

    /// Written and read again, the records have the same entries, ids and formats.
    fn check(name: &str, bytes: &[u8]) {
        let before = read(name, bytes.to_vec()).unwrap();
        let mut written = Vec::new();
        let losses = write(&before.records, &Target::new(Format::JsonLines), &mut written).unwrap();
        assert!(losses.is_empty());
        let after = read("b.jsonl", written).unwrap();
        assert_eq!(after.records.len(), before.records.len());
        // Values may look like text that was decoded wrongly, and stay as they are.
        let repairs: Vec<_> = after.diagnostics.iter().filter(|diagnostic| diagnostic.code != Code::Mojibake).collect();
        assert!(repairs.is_empty(), "{repairs:?}");
        for (before, after) in before.records.iter().zip(&after.records) {
            assert_eq!(entries(after), entries(before));
            assert_eq!(after.format(), before.format());
            assert_eq!(after.accession(), before.accession());
        }
    }

    #[test]
    fn records_of_all_sorts_come_back_as_they_were() {
        check("a.ris", b"TY  - JOUR\nAN  - 7\nZZ  - odd\nAB  - One\n\n  \"two\" \\ \xc3\xa9\nKW  - a\nb\nER  - \nNL  - after\n\n");
        check("a.nbib", b"PMID- 7\nTI  - A\n      title\nMH  - Peer Group/*psychology\nLID - 10.5555/1 [doi]\n\n");
        check("a.enw", b"%0 Journal Article\n%T A\n%A Ek, A\n%@ 1234-5679\n\n");
        check("a.ris", b"TY  - JOUR\nN1  - see RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n");
    }

    proptest! {
        #[test]
        fn any_value_comes_back(values in proptest::collection::vec("[^\\r\\n\\x00\\x1a\u{feff}]{1,30}", 1..8)) {
            let text: String = values.iter().map(|value| format!("TY  - JOUR\nTI  - x\nC1  - {value}\nER  - \n\n")).collect();
            check("a.ris", text.as_bytes());
        }
    }
}
