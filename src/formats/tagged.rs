//! The reader of the two simple line-tagged formats, MEDLINE and EndNote tagged, driven by a [`Dialect`].
//!
//! A record starts at a tag that its format begins records with; blank lines do not end it, since they also stand inside
//! of records. RIS, which has ends of records and many more deformations, has a reader of its own.

use super::detect;
use super::draft::{Draft, Joining};
use super::lines::{Line, lines};
use super::{Content, OutsideText, stretches};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// What tells one line-tagged format from another.
pub(super) struct Dialect {
    pub(super) format: Format,
    /// The tag line that a line is, if it is one.
    pub(super) tag_line: fn(&str) -> Option<TagLine>,
    /// What a tag means, and what further lines of its value are.
    pub(super) meaning: fn(&str) -> Option<(Field, Joining)>,
    /// The meaning that the value of an entry allows, where its tag does not decide.
    pub(super) refined: fn(&str, Field, &str) -> Field,
    /// The tags that begin a record and stand in it once.
    pub(super) starts: &'static [&'static str],
}

/// Tag and value of a line, as ranges from its start.
pub(super) type TagLine = (Range<usize>, Range<usize>);

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, dialect: &Dialect) -> Content {
    let mut reader =
        Reader { source, dialect, content: Content::default(), draft: Draft::default(), after_blank: false, title: Title::None };
    for line in lines(&source.text, range.start, range.end) {
        reader.line(&line);
    }
    reader.finish_record();
    reader.content
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    dialect: &'a Dialect,
    content: Content,
    draft: Draft,
    /// Whether a blank line stands before this one.
    after_blank: bool,
    title: Title,
}

/// Whether the open record has a title.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Title {
    None,
    Read,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line<'a>) {
        if line.is_blank() {
            self.after_blank = true;
            return;
        }
        let starts_another = stretches::starts_record_of(line.text).is_some_and(|format| format != self.dialect.format);
        if starts_another {
            let found = || super::quoted(line.text);
            self.content.tally.add(Code::MixedFormats, line.number, Span::new(0, line.text.len()), found);
        }
        match (self.dialect.tag_line)(line.text) {
            Some((tag, value)) => self.entry(line, &tag, &value),
            None if self.draft.is_empty() => self.outside(line),
            None => self.draft.continue_value(line),
        }
        self.after_blank = false;
    }

    fn entry(&mut self, line: &Line<'a>, tag: &Range<usize>, value: &Range<usize>) {
        let name = line.text[tag.clone()].trim_end();
        let meaning = (self.dialect.meaning)(name);
        let (field, joining) = meaning.unwrap_or((Field::Other, Joining::Wrapped));
        if self.starts_record(name, field) {
            self.finish_record();
        }
        if meaning.is_none() {
            let found = || format!("the tag {name:?}");
            self.content.tally.add(Code::UnknownTag, line.number, Span::new(tag.start, tag.start + name.len()), found);
        }
        if field == Field::Title {
            self.title = Title::Read;
        }
        let at = |range: Range<usize>| line.start + range.start..line.start + range.end;
        self.draft.push(line, at(tag.start..tag.start + name.len()), at(value.clone()), field, joining);
    }

    /// Whether a line with this tag begins the next record.
    fn starts_record(&self, tag: &str, field: Field) -> bool {
        if self.draft.is_empty() {
            return false;
        }
        let text = self.source.text.as_str();
        let has = |tag: &str| self.draft.entries.iter().any(|entry| &text[entry.tag.clone()] == tag);
        if self.dialect.starts.contains(&tag) {
            let is_main = self.dialect.starts.first() == Some(&tag);
            return has(tag) || (is_main && (self.after_blank || self.title == Title::Read));
        }
        // Records without their usual start (ERIC has no PMID): they begin alike, after a blank line.
        let begins_alike = || self.draft.entries.first().is_some_and(|entry| &text[entry.tag.clone()] == tag);
        self.after_blank && ((field == Field::Title && self.title == Title::Read) || begins_alike())
    }

    fn outside(&mut self, line: &Line<'a>) {
        let code = if detect::is_tag_line(line.text) { Code::OutsideTags } else { Code::OutsideText };
        self.content.tally.add(code, line.number, Span::new(0, line.text.len()), || super::quoted(line.text));
        self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
    }

    fn finish_record(&mut self) {
        if self.draft.is_empty() {
            return;
        }
        let text = self.source.text.as_str();
        let starts_well = self.draft.entries.iter().any(|entry| self.dialect.starts.contains(&&text[entry.tag.clone()]));
        if !starts_well {
            let (_, first_line) = self.draft.start();
            let found = || format!("a record without {:?}", self.dialect.starts.first().copied().unwrap_or_default());
            self.content.tally.add(Code::MissingRecordStart, first_line, Span::default(), found);
        }
        for entry in &mut self.draft.entries {
            let tag = &text[entry.tag.clone()];
            entry.field = (self.dialect.refined)(tag, entry.field, text[entry.value.clone()].trim());
        }
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.draft.finish(self.source, ordinal));
        self.title = Title::None;
    }
}
