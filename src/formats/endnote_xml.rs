//! EndNote XML, as EndNote, Zotero and Mendeley write it.
//!
//! Goes in: the text of an export. Comes out: one record for each `<record>`, an entry for each element that holds text,
//! tagged with its path inside the record ("titles/title").

use super::Content;
use super::origin::Origin;
use super::pmids::leading_pmids;
use super::xml::{self, Breaks, Element, Grammar, Sink, Step, Tags};
use crate::record::{Database, Dialect, Field, Pmid, Source};
use std::ops::Range;
use std::sync::Arc;

/// Elements by their path inside the record, and their meanings. `style` is never part of a path.
const ELEMENTS: &[(&str, Field)] = &[
    ("rec-number", Field::Accession),
    ("ref-type", Field::Kind),
    ("accession-num", Field::Accession),
    ("titles/title", Field::Title),
    ("titles/secondary-title", Field::ContainerTitle),
    ("titles/tertiary-title", Field::SeriesTitle),
    ("titles/short-title", Field::ShortTitle),
    ("titles/translated-title", Field::OriginalTitle),
    ("titles/alt-title", Field::Other),
    ("contributors/authors/author", Field::Author),
    ("contributors/secondary-authors/author", Field::Editor),
    ("contributors/tertiary-authors/author", Field::Editor),
    ("contributors/subsidiary-authors/author", Field::Other),
    ("contributors/translated-authors/author", Field::Other),
    ("periodical/full-title", Field::Journal),
    ("periodical/abbr-1", Field::JournalAbbreviation),
    ("periodical/abbr-2", Field::JournalAbbreviation),
    ("periodical/abbr-3", Field::JournalAbbreviation),
    ("alt-periodical/full-title", Field::Other),
    ("alt-periodical/abbr-1", Field::Other),
    ("abstract", Field::Abstract),
    ("dates/year", Field::Year),
    ("dates/pub-dates/date", Field::Date),
    ("dates/copyright-dates/date", Field::OtherDate),
    ("volume", Field::Volume),
    ("number", Field::Issue),
    ("issue", Field::Issue),
    ("pages", Field::Pages),
    ("isbn", Field::SerialNumber),
    ("issn", Field::SerialNumber),
    ("electronic-resource-num", Field::Doi),
    ("keywords/keyword", Field::Keyword),
    ("language", Field::Language),
    ("work-type", Field::PublicationType),
    ("publisher", Field::Publisher),
    ("pub-location", Field::Place),
    ("auth-address", Field::Affiliation),
    ("urls/related-urls/url", Field::Url),
    ("urls/web-urls/url", Field::Url),
    ("urls/pdf-urls/url", Field::Url),
    ("urls/text-urls/url", Field::Url),
    ("notes", Field::Note),
    ("research-notes", Field::Note),
    ("edition", Field::Edition),
    ("remote-database-name", Field::Database),
    ("remote-database-provider", Field::Provider),
    ("database", Field::Other),
    ("source-app", Field::Other),
    ("foreign-keys/key", Field::Other),
    ("num-vols", Field::Other),
    ("section", Field::Other),
    ("reprint-edition", Field::Other),
    ("reprint-status", Field::Other),
    ("orig-pub", Field::Other),
    ("label", Field::Other),
    ("call-num", Field::Other),
    ("caption", Field::Other),
    ("access-date", Field::Other),
    ("modified-date", Field::Other),
    ("size", Field::Other),
    ("custom1", Field::Other),
    ("custom2", Field::Other),
    ("custom3", Field::Other),
    ("custom4", Field::Other),
    ("custom5", Field::Other),
    ("custom6", Field::Other),
    ("custom7", Field::Other),
    ("misc1", Field::Other),
    ("misc2", Field::Other),
    ("misc3", Field::Other),
];

/// Fields of which one element may hold several values, one a line.
const LISTS: &[Field] = &[Field::SerialNumber, Field::Keyword, Field::Url, Field::Author];

const REF_TYPE: &str = "ref-type";

const GRAMMAR: Grammar =
    Grammar { records: &["record"], holds_record: |_| true, is_inline: |name| name == "style", breaks: Breaks::Kept, entries };

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    xml::read(source, range, &GRAMMAR, &Tags::new(source, ELEMENTS))
}

fn entries(record: Element<'_>, sink: &mut Sink<'_>) {
    inner_entries(record, record, Some(Step::ROOT), sink);
}

/// An entry for each element inside of `element` that holds text. In a damaged record elements may stand deeper than
/// they should: then there is no step of a listed path for them.
fn inner_entries(record: Element<'_>, element: Element<'_>, step: Option<Step>, sink: &mut Sink<'_>) {
    for child in element.children() {
        let step = step.and_then(|step| sink.tags.step(step, child.name()));
        inner_entries(record, child, step, sink);
        match step.and_then(|step| Some((step, sink.tags.row(step)?))) {
            // The name of the type is an attribute, its number the text.
            Some((_, (REF_TYPE, _))) if child.attribute("name").is_some_and(|name| !name.is_empty()) => {
                sink.push(REF_TYPE, Field::Kind, &child.attribute("name").unwrap_or_default());
            }
            Some((step, (tag, field))) => push(step, refined(tag, field, child.value(), record), child, sink),
            None if child.value().is_empty() => {}
            None => {
                let path = child.path();
                sink.push(&path, refined(&path, meaning(&path), child.value(), record), child.value());
            }
        }
    }
}

fn push(step: Step, field: Field, element: Element<'_>, sink: &mut Sink<'_>) {
    let value = element.value();
    let pmids = if field == Field::Note { leading_pmids(value) } else { Vec::new() };
    if let Some(last) = pmids.last() {
        let rest = value[last.end..].trim();
        for pmid in pmids {
            sink.push_part_at(step, Field::Pmid, element, &value[pmid]);
        }
        sink.push_part_at(step, field, element, rest);
    } else if LISTS.contains(&field) && memchr::memchr(b'\n', value.as_bytes()).is_some() {
        for part in value.lines().map(str::trim) {
            sink.push_part_at(step, field, element, part);
        }
    } else {
        sink.push_at(step, field, element);
    }
}

/// What an element at an unlisted path is about: it may stand inside of one that has lost its end.
fn meaning(path: &str) -> Field {
    let fits = |known: &str| path.strip_suffix(known).is_some_and(|before| before.ends_with('/'));
    ELEMENTS.iter().find(|(known, _)| fits(known)).map_or(Field::Other, |(_, field)| *field)
}

/// Meanings that hang on other elements or on the value.
fn refined(tag: &str, field: Field, value: &str, record: Element<'_>) -> Field {
    match tag {
        "accession-num" if Pmid::parse(value).is_some() && is_from_pubmed(record) => Field::Pmid,
        "custom2" if value.strip_prefix("PMC").is_some_and(|number| Pmid::parse(number).is_some()) => Field::Pmcid,
        "custom7" if value.bytes().any(|byte| byte.is_ascii_digit()) => Field::ArticleNumber,
        _ => field,
    }
}

fn is_from_pubmed(record: Element<'_>) -> bool {
    let says_so = |element: &Element<'_>| {
        let value = element.value().to_lowercase();
        ["pubmed", "medline", "nlm"].iter().any(|name| value.contains(name))
    };
    record.descendants().filter(|element| element.name().starts_with("remote-database-")).any(|element| says_so(&element))
}

/// How much of a file is looked at for its origin: some hundreds of records.
const SAMPLE: usize = 512 * 1024;

/// What databases are called by those that EndNote asks, in lower case.
const DATABASES: &[(&str, Database)] = &[
    ("medline", Database::Medline),
    ("pubmed", Database::Medline),
    ("psycinfo", Database::PsycInfo),
    ("embase", Database::Embase),
    ("cinahl", Database::Cinahl),
    ("scopus", Database::Scopus),
    ("academic search", Database::AcademicSearch),
    ("web of science", Database::WebOfScience),
    ("cochrane", Database::Cochrane),
    ("worldcat", Database::WorldCat),
    ("econlit", Database::EconLit),
    ("cab abstracts", Database::CabAbstracts),
    ("eric", Database::Eric),
];

/// Which database and program the export `text` comes from: a database where more than half of the records of a sample
/// name it.
pub(super) fn origin(text: &str) -> Origin {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let count = |mark: &str| memchr::memmem::find_iter(sample.as_bytes(), mark).count();
    let n_records = count("<record>") + count("<record ");
    let mut votes: Vec<usize> = vec![0; DATABASES.len()];
    for at in memchr::memmem::find_iter(sample.as_bytes(), "<remote-database-name>") {
        let behind = &sample[at..];
        let value = behind.find("</remote-database-name>").map_or("", |end| &behind[..end]).to_lowercase();
        if let Some(vote) = DATABASES.iter().position(|(name, _)| value.contains(name)) {
            // Several names may stand for one database.
            let first = DATABASES.iter().position(|(_, database)| *database == DATABASES[vote].1).unwrap_or(vote);
            votes[first] += 1;
        }
    }
    let database = DATABASES.iter().zip(&votes).find(|(_, votes)| **votes * 2 > n_records).map(|((_, database), _)| *database);
    Origin::new(database, dialect(sample))
}

/// The program that wrote the sample: each says so or has habits of its own.
fn dialect(sample: &str) -> Dialect {
    let has = |mark: &str| memchr::memmem::find(sample.as_bytes(), mark.as_bytes()).is_some();
    if has("<source-app name=\"EndNote\"") || has("<style ") {
        Dialect::EndNote
    } else if has("<source-app name=\"Zotero\"") || (has("<number>") && has("<issue>")) {
        Dialect::Zotero
    } else if has("<source-app name=\"Mendeley\"") || has("\">0</ref-type>") || has("<issue>") {
        Dialect::Mendeley
    } else {
        Dialect::General
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_databases_by_their_marks() {
        let record = |inner: &str| format!("<xml><records><record>{inner}</record></records></xml>");
        for (text, database, dialect) in [
            (record("<titles><title><style face=\"normal\">A</style></title></titles>"), None, Dialect::EndNote),
            (record("<source-app name=\"Zotero\">Zotero</source-app>"), None, Dialect::Zotero),
            (record("<number>1</number><issue>1</issue>"), None, Dialect::Zotero),
            (record("<ref-type name=\"Journal Article\">0</ref-type><issue>1</issue>"), None, Dialect::Mendeley),
            (record("<number>1</number>"), None, Dialect::General),
            (
                record("<remote-database-name><style face=\"n\">Ovid MEDLINE(R)</style></remote-database-name>"),
                Some(Database::Medline),
                Dialect::EndNote,
            ),
            (record("<remote-database-name>Embase</remote-database-name></record><record>"), None, Dialect::General),
        ] {
            assert_eq!(origin(&text), Origin::new(database, dialect), "{text}");
        }
    }

    #[test]
    fn the_pmid_is_read_from_the_beginning_of_a_note() {
        for (notes, pmid, rest) in [
            ("<research-notes>PMID: 7&#xD;OWN: NLM&#xD;x</research-notes>", Some(7), &["OWN: NLM\nx"][..]),
            ("<notes><style>PMID: 7</style></notes>", Some(7), &[]),
            ("<notes>Comment in&#xD;PMID: 7</notes>", None, &["Comment in\nPMID: 7"]),
            ("<custom1>PMID: 7</custom1>", None, &[]),
        ] {
            let text = format!("<xml><records><record><titles><title>A</title></titles>{notes}</record></records></xml>");
            let parsed = crate::formats::read("a.xml", text.into()).unwrap();
            let record = &parsed.records[0];
            assert_eq!(record.pmid().map(Pmid::get), pmid, "{notes}");
            assert_eq!(record.values(Field::Note).collect::<Vec<_>>(), rest, "{notes}");
        }
    }

    #[test]
    fn text_outside_of_elements_is_kept() {
        let text = "<xml><records><record>stray &amp; <titles><title>A</title></titles> text</record></records></xml>";
        let parsed = crate::formats::read("a.xml", text.into()).unwrap();
        let values: Vec<_> = parsed.records[0].entries().map(|entry| (entry.tag, entry.value)).collect();
        assert_eq!(values, [("titles/title", "A"), ("stray-text", "stray &  text")]);
        assert_eq!(parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect::<Vec<_>>(), ["broken-record"]);
    }

    #[test]
    fn damage_costs_linear_time_and_no_text() {
        let n = 100_000;
        for (damage, kept) in [
            ("<a>".repeat(n) + "deep", "deep"),
            ("<a>".repeat(n) + "deep" + &"</b>".repeat(n), "deep"),
            ("<notes>".to_owned() + &"<!-- ".repeat(n) + "shown</notes>", "shown"),
            ("<notes>".to_owned() + &"<![CDATA[".repeat(n) + "shown</notes>", "shown"),
            ("<notes>".to_owned() + &"< ".repeat(n) + "shown</notes>", "shown"),
        ] {
            let text = format!(
                "<xml><records><record><titles><title>A</title></titles>{damage}</record><record><notes>B</notes></record></records></xml>"
            );
            let parsed = crate::formats::read("a.xml", text.into_bytes()).unwrap();
            assert_eq!(parsed.records.len(), 2);
            assert!(parsed.records[0].entries().any(|entry| entry.value.contains(kept)), "{kept}");
            assert_eq!(parsed.records[0].title(), Some("A"));
        }
    }

    #[test]
    fn every_element_is_listed_once() {
        for (at, (tag, _)) in ELEMENTS.iter().enumerate() {
            assert!(ELEMENTS[at + 1..].iter().all(|(other, _)| other != tag), "{tag}");
        }
    }
}
