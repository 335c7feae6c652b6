//! Ovid's long labels: the label on a line of its own, its value on the indented lines below.
//!
//! Labels: the field names in Ovid's database guides, JabRef's OvidImporter, and real exports. A label that is not listed
//! is one where an indented line follows it; inside of an abstract or a list of references only listed ones are.

use super::super::draft::{Draft, DraftEntry, Joining};
use super::super::lines::{Line, lines};
use super::super::{Content, OutsideText, detect, quoted, stretches};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// A label, what it means, and what the lines of its value are.
const LABELS: &[(&str, Field, Joining)] = &[
    ("Unique Identifier", Field::Accession, Joining::Wrapped),
    ("Accession Number", Field::Accession, Joining::Wrapped),
    ("PMID", Field::Pmid, Joining::Wrapped),
    ("PubMed ID", Field::Pmid, Joining::Wrapped),
    ("Record Owner", Field::Other, Joining::Wrapped),
    ("Record Status", Field::Other, Joining::Wrapped),
    ("Status", Field::Other, Joining::Wrapped),
    ("Score", Field::Other, Joining::Wrapped),
    ("Database", Field::Database, Joining::Wrapped),
    ("Version ID", Field::Other, Joining::Wrapped),
    ("Author", Field::Author, Joining::Semicolons),
    ("Authors", Field::Author, Joining::Semicolons),
    ("Author Name", Field::Author, Joining::Semicolons),
    ("Author NameID", Field::Other, Joining::Wrapped),
    ("Authors Full Name", Field::FullAuthor, Joining::Semicolons),
    ("Full Author Name", Field::FullAuthor, Joining::Semicolons),
    ("Editor", Field::Editor, Joining::Semicolons),
    ("Editors", Field::Editor, Joining::Semicolons),
    ("Corporate Author", Field::CorporateAuthor, Joining::Wrapped),
    ("Institution", Field::Affiliation, Joining::Lines),
    ("Author Address", Field::Affiliation, Joining::Lines),
    ("Correspondence Address", Field::Affiliation, Joining::Lines),
    ("Author e-mail", Field::Other, Joining::Wrapped),
    ("Title", Field::Title, Joining::Wrapped),
    ("Chapter Title", Field::Title, Joining::Wrapped),
    ("Book Title", Field::BookTitle, Joining::Wrapped),
    ("Original Title", Field::OriginalTitle, Joining::Wrapped),
    ("Translated Title", Field::OriginalTitle, Joining::Wrapped),
    ("Source", Field::Other, Joining::Wrapped),
    ("Abbreviated Source", Field::Other, Joining::Wrapped),
    ("Journal Name", Field::Journal, Joining::Wrapped),
    ("NLM Journal Name", Field::JournalAbbreviation, Joining::Wrapped),
    ("NLM Journal Code", Field::Other, Joining::Wrapped),
    ("Volume", Field::Volume, Joining::Wrapped),
    ("Issue", Field::Issue, Joining::Wrapped),
    ("Issue/Part", Field::Issue, Joining::Wrapped),
    ("Page", Field::Pages, Joining::Wrapped),
    ("Pages", Field::Pages, Joining::Wrapped),
    ("Year of Publication", Field::Year, Joining::Wrapped),
    ("Publication Year", Field::Year, Joining::Wrapped),
    ("Year", Field::Year, Joining::Wrapped),
    ("Date of Publication", Field::Date, Joining::Wrapped),
    ("Publication Date", Field::Date, Joining::Wrapped),
    ("Issue Date", Field::Date, Joining::Wrapped),
    ("Electronic Date of Publication", Field::OtherDate, Joining::Wrapped),
    ("Create Date", Field::OtherDate, Joining::Wrapped),
    ("Entry Date", Field::OtherDate, Joining::Wrapped),
    ("Entrez Date", Field::OtherDate, Joining::Wrapped),
    ("Update Date", Field::OtherDate, Joining::Wrapped),
    ("Revision Date", Field::OtherDate, Joining::Wrapped),
    ("Abstract", Field::Abstract, Joining::Paragraphs),
    ("MeSH Subject Headings", Field::Heading, Joining::Lines),
    ("Subject Headings", Field::Heading, Joining::Lines),
    ("Emtree Heading", Field::Heading, Joining::Lines),
    ("Heading Word", Field::Keyword, Joining::Lines),
    ("Other Subject Headings", Field::Keyword, Joining::Lines),
    ("Key Concepts", Field::Keyword, Joining::Semicolons),
    ("Identifiers", Field::Keyword, Joining::Semicolons),
    ("Descriptors", Field::Keyword, Joining::Semicolons),
    ("Author Keywords", Field::AuthorKeyword, Joining::Semicolons),
    ("Keyword Heading", Field::AuthorKeyword, Joining::Semicolons),
    ("CAS Registry/EC Number/Name of Substance", Field::Substance, Joining::Lines),
    ("CAS Registry Number", Field::Substance, Joining::Lines),
    ("Registry Number/Name of Substance", Field::Substance, Joining::Lines),
    ("Name of Substance", Field::Substance, Joining::Lines),
    ("Secondary Source ID", Field::RegistryNumber, Joining::Lines),
    ("Clinical Trial Number", Field::RegistryNumber, Joining::Lines),
    ("Language", Field::Language, Joining::Wrapped),
    ("Summary Language", Field::Other, Joining::Wrapped),
    ("Publication Type", Field::PublicationType, Joining::Lines),
    ("Document Type", Field::PublicationType, Joining::Lines),
    ("Publisher", Field::Publisher, Joining::Wrapped),
    ("Country of Publication", Field::Place, Joining::Wrapped),
    ("Place of Publication", Field::Place, Joining::Wrapped),
    ("ISSN", Field::SerialNumber, Joining::Wrapped),
    ("ISSN Print", Field::SerialNumber, Joining::Wrapped),
    ("ISSN Electronic", Field::SerialNumber, Joining::Wrapped),
    ("ISSN Linking", Field::SerialNumber, Joining::Wrapped),
    ("ISBN", Field::SerialNumber, Joining::Wrapped),
    ("DOI", Field::Doi, Joining::Wrapped),
    ("DOI Number", Field::Doi, Joining::Wrapped),
    ("Digital Object Identifier", Field::Doi, Joining::Wrapped),
    ("URL", Field::Url, Joining::Wrapped),
    ("Link to the Ovid Full Text or citation", Field::Url, Joining::Wrapped),
    ("Link to the External Link Resolver", Field::Url, Joining::Wrapped),
    ("Notes", Field::Note, Joining::Paragraphs),
    ("Comments", Field::Note, Joining::Paragraphs),
    ("References", Field::CitedReference, Joining::Lines),
    ("Cited References", Field::CitedReference, Joining::Lines),
    ("Table of Contents", Field::Contents, Joining::Paragraphs),
    ("Copyright Information", Field::Other, Joining::Wrapped),
    ("Copyright", Field::Other, Joining::Wrapped),
    ("Journal Subset", Field::Other, Joining::Wrapped),
    ("Grant Information", Field::Other, Joining::Lines),
    ("Publication History Status", Field::Other, Joining::Lines),
];

/// What `line` means as a label, and what the lines of its value are; `None` where it is not a known one.
pub(super) fn label(line: &str) -> Option<(Field, Joining)> {
    // Headings of a database name it: "MeSH Subject Headings". Old exports end labels with a colon or a full stop.
    let name = line.trim_end().trim_end_matches([':', '.']);
    LABELS.iter().find(|(known, _, _)| *known == name).map(|(_, field, joining)| (*field, *joining))
}

/// How many known labels, with a value below, make a text without heads one of Ovid's.
const ENOUGH_LABELS: usize = 3;

/// Whether a text that begins with `start` has long labels of Ovid.
pub(super) fn is(start: &str) -> bool {
    let mut n_labels = 0;
    let (mut before, mut after_head) = ("", false);
    // What stands below tags of another format is text.
    for line in super::first_lines(start).take_while(|line| !detect::is_tag_line(line)) {
        if is_indented(line) && label(before).is_some() {
            n_labels += 1;
        }
        if (after_head && label(line).is_some()) || n_labels == ENOUGH_LABELS {
            return true;
        }
        after_head = super::is_head(line);
        before = line;
    }
    false
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    let mut reader = Reader { source, content: Content::default(), draft: Draft::default(), after_blank: false };
    let mut lines = lines(&source.text, range.start, range.end).peekable();
    while let Some(line) = lines.next() {
        let is_above_value = lines.peek().is_some_and(|next| is_indented(next.text) && !next.is_blank());
        reader.line(&line, is_above_value);
    }
    reader.finish_record();
    reader.content
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    content: Content,
    draft: Draft,
    /// Whether a blank line stands before this one.
    after_blank: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line<'a>, is_above_value: bool) {
        if line.is_blank() {
            self.after_blank = true;
            return;
        }
        if stretches::starts_record_of(line.text).is_some_and(|format| format != Format::OvidTagged) {
            self.content.tally.add(Code::MixedFormats, line.number, Span::new(0, line.text.len()), || quoted(line.text));
        }
        if super::is_head(line.text) {
            self.finish_record();
            self.draft.cover(line);
        } else if is_indented(line.text) {
            self.value_line(line);
        } else {
            self.unindented_line(line, is_above_value);
        }
        self.after_blank = false;
    }

    fn unindented_line(&mut self, line: &Line<'a>, is_above_value: bool) {
        let meaning = label(line.text);
        let is_in_text =
            self.draft.entries.last().is_some_and(|entry| matches!(entry.field, Field::Abstract | Field::CitedReference | Field::Contents));
        match meaning {
            Some((field, joining)) => self.label_line(line, field, joining),
            None if is_in_text => self.draft.continue_value(line),
            None if is_above_value && looks_like_label(line.text) => {
                self.content
                    .tally
                    .add(Code::UnknownTag, line.number, Span::new(0, line.text.len()), || format!("the label {:?}", line.text.trim_end()));
                self.label_line(line, Field::Other, Joining::Wrapped);
            }
            None => self.outside(line),
        }
    }

    fn label_line(&mut self, line: &Line<'a>, field: Field, joining: Joining) {
        let name = line.text.trim_end();
        let text = self.source.text.as_str();
        let begins_alike = self.draft.entries.first().is_some_and(|entry| text[entry.tag.clone()].trim_end() == name);
        // The heads were left out.
        if begins_alike && self.after_blank {
            self.finish_record();
        }
        let tag = line.start..line.start + name.trim_end_matches([':', '.']).len();
        self.draft.push(line, tag, line.end()..line.end(), field, joining);
    }

    fn value_line(&mut self, line: &Line<'a>) {
        if self.draft.is_empty() {
            self.outside(line);
        } else {
            self.draft.continue_value(line);
        }
    }

    fn outside(&mut self, line: &Line<'a>) {
        self.content.tally.add(Code::OutsideText, line.number, Span::new(0, line.text.len()), || quoted(line.text));
        self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
    }

    fn finish_record(&mut self) {
        if self.draft.is_empty() {
            let (range, line) = self.draft.forget();
            if line > 0 {
                self.content.tally.add(Code::EmptyRecord, line, Span::default(), || quoted(&self.source.text[range.clone()]));
                self.content.outside.push(OutsideText { line, range });
            }
            return;
        }
        let text = self.source.text.as_str();
        split_names(text, &mut self.draft.entries);
        super::settle(text, &mut self.draft.entries);
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.draft.finish(self.source, ordinal));
    }
}

/// A few words that begin with a capital and end with a letter: no sentence.
fn looks_like_label(line: &str) -> bool {
    const LONGEST: usize = 60;
    let name = line.trim_end();
    name.len() <= LONGEST && name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.ends_with(['.', ',', ';', ':', '?', '!'])
}

/// Old exports have two blanks between the names of authors, and no semicolon.
fn split_names(text: &str, entries: &mut Vec<DraftEntry>) {
    let is_packed = |entry: &DraftEntry| {
        let value = text[entry.value.clone()].trim();
        matches!(entry.field, Field::Author | Field::FullAuthor | Field::Editor) && !value.contains(';') && value.contains("  ")
    };
    let Some(at) = entries.iter().position(is_packed) else { return };
    let packed = entries.remove(at);
    let names = text[packed.value.clone()].split("  ").map(str::trim).filter(|name| !name.is_empty());
    let place = |name: &str| name.as_ptr() as usize - text.as_ptr() as usize;
    let names: Vec<DraftEntry> = names.map(|name| super::part_of(&packed, place(name)..place(name) + name.len(), packed.field)).collect();
    entries.splice(at..at, names);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_its_first_lines() {
        for (start, expected) in [
            ("<8>\nScore\n  *****\n", true),
            ("<1. >\r\nUnique Identifier\r\n  7\r\n", true),
            ("Unique Identifier\n  7\nAuthors\n  Ek A\nTitle\n  A\n", true),
            ("Title\n  A\nAbstract\n  B\n", false),
            ("Title\nAbstract\nSource\nLanguage\n", false),
            ("<8>\nan eight\n", false),
        ] {
            assert_eq!(is(start), expected, "{start:?}");
        }
    }

    #[test]
    fn every_label_is_listed_once() {
        for (at, (name, _, _)) in LABELS.iter().enumerate() {
            assert!(LABELS[at + 1..].iter().all(|(other, _, _)| other != name), "{name}");
        }
        assert_eq!(label("Abstract:").map(|(field, _)| field), Some(Field::Abstract));
        assert_eq!(label("Abstract of it"), None);
    }
}
