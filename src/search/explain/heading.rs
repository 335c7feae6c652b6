//! A heading of a strategy against the headings of one record.
//!
//! Goes in: a heading leaf and what the index holds of the record. Comes out: the headings that match, or which condition
//! fails: the focus, the qualifier, the want of `exp`, or the heading itself. Each is tried by reading the heading again
//! with that condition taken away.

use super::fields::joined;
use super::words;
use crate::diagnostic::Span;
use crate::index::{Contents, HeadingTerm, Place};
use crate::record::{Field, Heading, Record, qualifier};
use crate::search::Notes;
use crate::search::heading::{Reading, read};
use crate::search::plan::Leaf;
use crate::strategy::{HeadingLeaf, Line, TextLeaf};
use crate::text::{Folded, plain};
use crate::thesaurus::Thesaurus;

/// So many headings are shown.
const MOST_SHOWN: usize = 4;

/// The headings that match, as the record writes them.
pub(super) fn matches(
    leaf: &HeadingLeaf,
    line: &Line,
    thesaurus: &Thesaurus,
    record: &Record,
    (contents, skips_stopwords): (&Contents, bool),
) -> String {
    match terms(leaf, line, thesaurus) {
        Terms::Words(leaf) => words::matches(&leaf, contents, skips_stopwords).join("; "),
        Terms::Headings { headings, types } => {
            let mut said = Vec::new();
            let found = present(&headings, record, contents);
            if !found.is_empty() {
                said.push(format!("heading: {}", joined(&found, "and", MOST_SHOWN)));
            }
            let types: Vec<String> = types.into_iter().filter(|name| contents.has(TYPES, name)).map(|name| format!("\"{name}\"")).collect();
            if !types.is_empty() {
                said.push(format!("publication type: {}", joined(&types, "and", MOST_SHOWN)));
            }
            said.join("; ")
        }
    }
}

/// How far the record is from having the heading, the smaller the nearer, and in words.
pub(super) fn miss(
    leaf: &HeadingLeaf,
    line: &Line,
    thesaurus: &Thesaurus,
    record: &Record,
    (contents, skips_stopwords): (&Contents, bool),
) -> (u32, String) {
    let found_by = |leaf: &HeadingLeaf| match terms(leaf, line, thesaurus) {
        Terms::Headings { headings, .. } => present(&headings, record, contents),
        Terms::Words(_) => Vec::new(),
    };
    if let Terms::Words(leaf) = terms(leaf, line, thesaurus) {
        return words::miss(&leaf, contents, skips_stopwords);
    }
    let without = |focus: bool, qualifiers: bool| HeadingLeaf {
        focus: leaf.focus && focus,
        qualifiers: if qualifiers { leaf.qualifiers.clone() } else { Vec::new() },
        ..leaf.clone()
    };
    let any = found_by(&without(false, false));
    let which = joined(&any, "and", MOST_SHOWN);
    let codes = joined(&leaf.qualifiers, "or", MOST_SHOWN);
    if leaf.focus && !found_by(&without(false, true)).is_empty() {
        return (1, format!("heading present, not as a major topic ({which})"));
    }
    if !leaf.qualifiers.is_empty() && !found_by(&without(true, false)).is_empty() {
        return (1, format!("heading present without the qualifier {codes} ({which})"));
    }
    if !any.is_empty() {
        return (2, format!("heading present, neither as a major topic nor with the qualifier {codes} ({which})"));
    }
    if !leaf.explode {
        let narrower = found_by(&HeadingLeaf { explode: true, ..leaf.clone() });
        if !narrower.is_empty() {
            return (3, format!("a narrower heading present ({}); write exp", joined(&narrower, "and", MOST_SHOWN)));
        }
    }
    let narrower = found_by(&HeadingLeaf { explode: true, ..without(false, false) });
    if !narrower.is_empty() {
        let lacks = if leaf.qualifiers.is_empty() { "not as a major topic".to_owned() } else { format!("without the qualifier {codes}") };
        return (4, format!("only a narrower heading present ({}), {lacks}", joined(&narrower, "and", MOST_SHOWN)));
    }
    let has_none = contents.terms(Place::Headings).is_empty();
    let why = match (has_none, leaf.explode) {
        (true, _) => "no headings in this record",
        (false, true) => "not among the record's headings, nor is one below it",
        (false, false) => "not among the record's headings",
    };
    (if has_none { 3_000 } else { 1_500 }, why.to_owned())
}

const TYPES: Place = Place::Entries(Field::PublicationType);

/// What a heading is looked for by.
enum Terms {
    Headings { headings: Vec<String>, types: Vec<String> },
    Words(TextLeaf),
}

fn terms(leaf: &HeadingLeaf, line: &Line, thesaurus: &Thesaurus) -> Terms {
    // What is to be said about the heading was said when the line was run.
    let mut notes = Notes { file: "".into(), diagnostics: Vec::new() };
    match read(leaf, line, Span::default(), thesaurus, &mut notes) {
        Reading::Words(leaf) => Terms::Words(leaf),
        Reading::Heading { leaves, .. } => {
            let (mut headings, mut types) = (Vec::new(), Vec::new());
            for leaf in leaves {
                match leaf {
                    Leaf::AnyOf(Place::Headings, terms) => headings.extend(terms),
                    Leaf::AnyOf(_, terms) => types.extend(terms),
                    _ => {}
                }
            }
            Terms::Headings { headings, types }
        }
    }
}

/// Which of these terms the record has, as it writes them.
fn present(terms: &[String], record: &Record, contents: &Contents) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for term in terms.iter().filter(|term| contents.has(Place::Headings, term)) {
        let shown = as_written(term, record).unwrap_or_else(|| term.clone());
        if !found.contains(&shown) {
            found.push(shown);
        }
    }
    found
}

/// The heading of the record that stands under `term` in the index.
fn as_written(term: &str, record: &Record) -> Option<String> {
    let entries = record.entries().filter(|entry| matches!(entry.field, Field::Heading | Field::Keyword));
    entries.into_iter().find_map(|entry| {
        let value = plain(entry.value);
        value.split([';', '\n', '\r']).find(|part| stands_under(part, term)).map(|part| part.trim().to_owned())
    })
}

fn stands_under(part: &str, term: &str) -> bool {
    let Some(heading) = Heading::parse(part) else { return false };
    let descriptor = Folded::words(heading.descriptor);
    let text = |major: bool, qualifier: Option<&str>| HeadingTerm { descriptor: &descriptor, major, qualifier }.text();
    let qualifiers = heading.qualifiers.iter().map(|written| match qualifier::code(written.name) {
        Some(code) => code.to_owned(),
        None => Folded::words(written.name).as_str().to_owned(),
    });
    let qualifiers: Vec<Option<String>> = [None].into_iter().chain(qualifiers.map(Some)).collect();
    let degrees = [false, true].into_iter().filter(|major| !major || heading.major);
    degrees.into_iter().any(|major| qualifiers.iter().any(|qualifier| text(major, qualifier.as_deref()) == term))
}
