//! A record -> the folded texts of its places, ready for the tokenizers.

use super::schema::{Place, is_list};
use super::tokenizer::ENTRY_END;
use crate::record::{Field, Heading, Milestone, Record, qualifier};
use crate::text::{Folded, fold_into, plain};

/// The term of a heading in [`Place::Headings`]: `peer group`, `*peer group` (major topic), `peer group/px`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingTerm<'a> {
    /// The descriptor, folded.
    pub descriptor: &'a Folded,
    /// Only where it is a major topic.
    pub major: bool,
    /// Only with this qualifier: its two-letter code, or its folded name where it has no code.
    pub qualifier: Option<&'a str>,
}

impl HeadingTerm<'_> {
    /// The term as it stands in the index.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_to(&mut text);
        text
    }

    fn push_to(&self, out: &mut String) {
        // Neither mark occurs in folded words, so no term can be mistaken for another.
        if self.major {
            out.push('*');
        }
        out.push_str(self.descriptor.as_str());
        if let Some(qualifier) = self.qualifier {
            out.push('/');
            out.push_str(qualifier);
        }
    }
}

/// The term of a milestone in [`Place::Milestones`]: terms of one milestone sort by date. `date` has eight digits; without
/// it the beginning of all terms of the milestone.
#[must_use]
pub fn milestone_term(milestone: Milestone, date: Option<u32>) -> String {
    date.map_or_else(|| format!("{milestone:?} "), |date| format!("{milestone:?} {date:08}"))
}

/// The texts of one record, one buffer a place, used again for the next record.
pub(super) struct Texts {
    buffers: Vec<String>,
    words: Vec<Option<usize>>,
    entries: Vec<Option<usize>>,
    headings: usize,
    qualifiers: usize,
    qualifier_words: usize,
    milestones: usize,
}

impl Texts {
    pub(super) fn new() -> Self {
        let number = |place: Place| place.number().unwrap_or_default();
        Self {
            buffers: Place::all().map(|_| String::new()).collect(),
            words: Field::ALL.iter().map(|field| Place::Words(*field).number()).collect(),
            entries: Field::ALL.iter().map(|field| Place::Entries(*field).number()).collect(),
            headings: number(Place::Headings),
            qualifiers: number(Place::Qualifiers),
            qualifier_words: number(Place::QualifierWords),
            milestones: number(Place::Milestones),
        }
    }

    /// The texts that are not empty, with the numbers of their places.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.buffers.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(number, text)| (number, text.as_str()))
    }

    /// Replaces the texts by those of `record`.
    pub(super) fn fill(&mut self, record: &Record) {
        self.buffers.iter_mut().for_each(String::clear);
        for entry in record.entries() {
            if let Some((milestone, date)) = Milestone::of_tag(entry.tag).and_then(|it| Some((it, it.date(entry.value)?))) {
                self.add_milestone(milestone, date);
            }
            let value = plain(entry.value);
            if is_list(entry.field) && memchr::memchr3(b';', b'\n', b'\r', value.as_bytes()).is_some() {
                value.split([';', '\n', '\r']).for_each(|part| self.add(entry.field, part));
            } else {
                self.add(entry.field, &value);
            }
        }
        if let Some(database) = record.database() {
            self.add(Field::Database, database.name());
        }
        if let (Some(date), Some(number)) = (record.date(), self.entries[Field::Year as usize]) {
            self.buffers[number].push_str(&date.year.to_string());
            self.buffers[number].push(ENTRY_END);
            self.add_milestone(Milestone::Published, date.number());
        }
    }

    fn add(&mut self, field: Field, entry: &str) {
        if entry.trim().is_empty() {
            return;
        }
        match field {
            Field::Heading => {
                if let Some(heading) = Heading::parse(entry) {
                    self.add_words(field, heading.descriptor);
                    self.add_heading(field, &heading);
                }
            }
            Field::Keyword => {
                self.add_words(field, entry);
                self.add_whole(field, entry);
                // Exports that do not tell keywords from headings write both into one tag. "HIV/AIDS" is one keyword;
                // "HIV/drug effects" is a heading, known by its qualifier.
                match Heading::parse(entry) {
                    Some(heading) if heading.qualifiers.iter().all(|qualifier| qualifier::code(qualifier.name).is_some()) => {
                        self.add_heading(field, &heading);
                    }
                    _ => self.add_heading(field, &Heading { descriptor: entry, major: false, qualifiers: Vec::new() }),
                }
            }
            Field::Year => self.add_words(field, entry),
            Field::Language => {
                self.add_words(field, entry);
                // Also "English, French" and "en-US".
                for name in entry.split([',', '/', '|']) {
                    self.add_whole(field, name);
                    if let Some((language, _)) = name.trim().split_once(['-', '_']).filter(|(language, _)| language.len() == 2) {
                        self.add_whole(field, language);
                    }
                }
            }
            _ => {
                self.add_words(field, entry);
                self.add_whole(field, entry);
            }
        }
    }

    fn add_milestone(&mut self, milestone: Milestone, date: u32) {
        let buffer = &mut self.buffers[self.milestones];
        buffer.push_str(&milestone_term(milestone, Some(date)));
        buffer.push(ENTRY_END);
    }

    fn add_words(&mut self, field: Field, text: &str) {
        if let Some(number) = self.words[field as usize] {
            push_words(&mut self.buffers[number], text);
        }
    }

    fn add_whole(&mut self, field: Field, text: &str) {
        if let Some(number) = self.entries[field as usize] {
            let buffer = &mut self.buffers[number];
            if Folded::push_words(text, buffer) > 0 {
                buffer.push(ENTRY_END);
            }
        }
    }

    fn add_heading(&mut self, field: Field, heading: &Heading<'_>) {
        let descriptor = Folded::words(heading.descriptor);
        if descriptor.is_empty() {
            return;
        }
        if let Some(number) = self.entries[field as usize] {
            push_entry(&mut self.buffers[number], descriptor.as_str());
        }
        self.add_heading_terms(&descriptor, heading.major, None);
        for written in &heading.qualifiers {
            let code = qualifier::code(written.name);
            let folded = Folded::words(written.name);
            let term = code.unwrap_or(folded.as_str());
            self.add_heading_terms(&descriptor, heading.major, Some(term));
            let name = code.and_then(qualifier::name).unwrap_or(written.name);
            push_entry(&mut self.buffers[self.qualifiers], term);
            push_entry(&mut self.buffers[self.qualifiers], Folded::words(name).as_str());
            push_words(&mut self.buffers[self.qualifier_words], name);
        }
    }

    fn add_heading_terms(&mut self, descriptor: &Folded, is_major: bool, qualifier: Option<&str>) {
        let degrees: &[bool] = if is_major { &[false, true] } else { &[false] };
        let buffer = &mut self.buffers[self.headings];
        for major in degrees {
            HeadingTerm { descriptor, major: *major, qualifier }.push_to(buffer);
            buffer.push(ENTRY_END);
        }
    }
}

fn push_words(buffer: &mut String, text: &str) {
    fold_into(text, buffer);
    buffer.push(ENTRY_END);
}

fn push_entry(buffer: &mut String, folded: &str) {
    if !folded.is_empty() {
        buffer.push_str(folded);
        buffer.push(ENTRY_END);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{RecordBuilder, Source};
    use std::sync::Arc;

    fn check(entries: &[(Field, &str)], place: Place, expected: &str) {
        let mut builder = RecordBuilder::default();
        for (field, value) in entries {
            builder.push_text("X", *field, value);
        }
        let record = builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1);
        let mut texts = Texts::new();
        texts.fill(&record);
        let number = place.number().unwrap();
        let found = texts.filled().find(|(filled, _)| *filled == number).map_or("", |(_, text)| text);
        assert_eq!(found.trim_end_matches('\n').replace('\n', "|"), expected, "{entries:?} {place:?}");
    }

    #[test]
    fn headings_stand_under_every_reading() {
        let heading = [(Field::Heading, "Peer Group/*psychology/ED")];
        check(&heading, Place::Headings, "peer group|*peer group|peer group/px|*peer group/px|peer group/ed|*peer group/ed");
        check(&heading, Place::Entries(Field::Heading), "peer group");
        check(&heading, Place::Words(Field::Heading), "peer group");
        check(&heading, Place::Qualifiers, "px|psychology|ed|education");
        check(&heading, Place::QualifierWords, "psychology|education");
        check(&[(Field::Heading, "A; B")], Place::Headings, "a|b");
    }

    #[test]
    fn keywords_are_split_and_may_be_headings() {
        let keywords = [(Field::Keyword, "Peer support; *Carers/px ;HIV/AIDS;")];
        check(&keywords, Place::Headings, "peer support|carers|*carers|carers/px|*carers/px|hiv aids");
        check(&keywords, Place::Words(Field::Keyword), "peer support| *carers/px |hiv/aids");
        check(&keywords, Place::Entries(Field::Keyword), "peer support|peer support|carers px|carers|hiv aids|hiv aids");
        check(&[(Field::Keyword, "R&amp;D; x")], Place::Entries(Field::Keyword), "r d|r d|x|x");
        check(&[(Field::AuthorKeyword, "Peer")], Place::Headings, "");
    }

    #[test]
    fn languages_and_years() {
        check(&[(Field::Language, "English, French")], Place::Entries(Field::Language), "english|french");
        check(&[(Field::Language, "en-US")], Place::Entries(Field::Language), "en us|en");
        check(&[(Field::Date, "May 2020")], Place::Entries(Field::Year), "2020");
        check(&[(Field::Year, "n.d.")], Place::Entries(Field::Year), "");
    }

    #[test]
    fn markup_and_entities_are_gone() {
        check(&[(Field::Title, "H<sub>2</sub>O &amp; <i>Ångström</i>")], Place::Words(Field::Title), "h2o & angstrom");
    }
}
