//! The reader of the simple line-tagged formats (MEDLINE, EndNote, Web of Science, RefWorks and Ovid tagged), driven by a
//! [`Dialect`].
//!
//! A record starts at a tag, or at a head, that its format begins records with; blank lines do not end it, since they also
//! stand inside of records. RIS, which has many more deformations, has a reader of its own.

use super::detect;
use super::draft::{Draft, DraftEntry, Joining};
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
    /// Gives the entries of a whole record, in the text that is the first argument, the meaning that their values and the
    /// other entries allow, where their tags do not decide.
    pub(super) settle: fn(&str, &mut Vec<DraftEntry>),
    /// The tags that begin a record and stand in it once; the first is the usual one.
    pub(super) starts: &'static [&'static str],
    /// Whether a line is the head of a record, above its tags.
    pub(super) is_head: fn(&str) -> bool,
    /// The tag that ends a record, on a line without a value.
    pub(super) end: Option<&'static str>,
    /// The tags that are about the file and belong to no record.
    pub(super) file_tags: &'static [&'static str],
    pub(super) unindented: Unindented,
}

/// What lines without a tag and without a margin are, inside of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unindented {
    /// They go on with the value before; an unknown tag is a tag.
    GoesOn,
    /// They go on with the value before, whose margin is lost; so do, in free text, unknown tags.
    HasLostMargin,
    /// As the one before, but such lines are usual.
    IsText,
    /// They go on with free text, and are text outside of records behind anything else.
    OnlyText,
}

impl Dialect {
    /// A format without anything that only some formats have.
    pub(super) const PLAIN: Dialect = Dialect {
        format: Format::Medline,
        tag_line: |_| None,
        meaning: |_| None,
        settle: |_, _| {},
        starts: &[],
        is_head: |_| false,
        end: None,
        file_tags: &[],
        unindented: Unindented::GoesOn,
    };
}

/// Tag and value of a line, as ranges from its start.
pub(super) type TagLine = (Range<usize>, Range<usize>);

/// The tag line of formats whose tags are two characters and a blank; none where it may be one of RIS.
pub(super) fn two_letter_line(line: &str) -> Option<TagLine> {
    match line.as_bytes() {
        [first, second, rest @ ..] if first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second.is_ascii_digit()) => {
            let is_tag = match rest {
                [] => true,
                [b' ' | b'\t', rest @ ..] => !(rest.starts_with(b" -") || rest == b"-" || rest.starts_with(b"- ")),
                _ => false,
            };
            is_tag.then_some((0..2, 2..line.len()))
        }
        _ => None,
    }
}

/// A row of a table of tags.
pub(super) type Row = (&'static str, Field, Joining);

/// A table of tags of up to four ASCII characters, each found by one look-up. Made when the crate is compiled.
pub(super) struct Tags {
    rows: &'static [Row],
    /// One more than the row that a key leads to, 0 where none; the next places follow where two keys lead to one.
    places: [u8; N_PLACES],
}

/// Four times the rows of the longest table, so that few keys meet.
const N_PLACES: usize = 512;

impl Tags {
    pub(super) const fn new(rows: &'static [Row]) -> Self {
        let mut places = [0; N_PLACES];
        let mut row = 0;
        while row < rows.len() {
            let mut place = place(rows[row].0.as_bytes());
            while places[place] != 0 {
                place = (place + 1) % N_PLACES;
            }
            places[place] = row as u8 + 1;
            row += 1;
        }
        Self { rows, places }
    }

    /// What `tag` means, and what further lines of its value are.
    #[inline]
    pub(super) fn get(&self, tag: &str) -> Option<(Field, Joining)> {
        let mut at = place(tag.as_bytes());
        loop {
            let row = usize::from(self.places[at]).checked_sub(1)?;
            let (known, field, joining) = self.rows[row];
            if known == tag {
                return Some((field, joining));
            }
            at = (at + 1) % N_PLACES;
        }
    }
}

/// Where the search for a tag begins.
const fn place(tag: &[u8]) -> usize {
    let mut key = 0_u32;
    let mut at = 0;
    while at < tag.len() && at < 4 {
        key = key << 8 | tag[at] as u32;
        at += 1;
    }
    (key.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, dialect: &Dialect) -> Content {
    let mut reader = Reader {
        source,
        dialect,
        content: Content::default(),
        draft: Draft::default(),
        after_blank: false,
        has_head: false,
        title: Title::None,
    };
    for line in lines(&source.text, range.start, range.end) {
        reader.line(&line);
    }
    if !reader.draft.is_empty() && dialect.end.is_some() {
        let (_, first_line) = reader.draft.start();
        let found = || format!("a record without {:?}", dialect.end.unwrap_or_default());
        reader.content.tally.add(Code::TruncatedFile, first_line, Span::default(), found);
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
    /// Whether the open record has a head.
    has_head: bool,
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
            Some((tag, value)) => self.tag_line(line, &tag, &value),
            None if (self.dialect.is_head)(line.text) => self.head(line),
            None => self.text_line(line),
        }
        self.after_blank = false;
    }

    fn tag_line(&mut self, line: &Line<'a>, tag: &Range<usize>, value: &Range<usize>) {
        let name = line.text[tag.clone()].trim_end();
        if let Some((field, joining)) = (self.dialect.meaning)(name) {
            self.entry(line, name, value, field, joining);
        } else if self.dialect.end == Some(name) && line.text[value.clone()].trim().is_empty() {
            self.end(line);
        } else if self.dialect.file_tags.contains(&name) {
            self.finish_unended(line);
            self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
        } else if self.dialect.unindented != Unindented::GoesOn && (self.is_in_text() || (self.draft.is_empty() && !self.has_head)) {
            self.text_line(line);
        } else {
            self.entry(line, name, value, Field::Other, Joining::Wrapped);
            let found = || format!("the tag {name:?}");
            self.content.tally.add(Code::UnknownTag, line.number, Span::new(tag.start, tag.start + name.len()), found);
        }
    }

    fn entry(&mut self, line: &Line<'a>, name: &str, value: &Range<usize>, field: Field, joining: Joining) {
        if self.starts_record(name, field) {
            self.finish_unended(line);
        }
        if field == Field::Title {
            self.title = Title::Read;
        }
        self.draft.push(line, line.start..line.start + name.len(), line.start + value.start..line.start + value.end, field, joining);
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

    fn head(&mut self, line: &Line<'a>) {
        self.finish_unended(line);
        self.draft.cover(line);
        self.has_head = true;
    }

    fn end(&mut self, line: &Line<'a>) {
        if self.draft.is_empty() {
            self.content.tally.add(Code::StrayRecordEnd, line.number, Span::new(0, 2), || format!("{:?} after none", line.text.trim_end()));
            return;
        }
        self.draft.cover(line);
        self.finish_record();
    }

    /// A line that has no tag, or one that is no tag where it stands.
    fn text_line(&mut self, line: &Line<'a>) {
        let is_indented = line.text.starts_with([' ', '\t']);
        let goes_on = is_indented || self.dialect.unindented != Unindented::OnlyText || self.is_in_text();
        if self.draft.is_empty() || !goes_on {
            self.outside(line);
            return;
        }
        if !is_indented && self.dialect.unindented == Unindented::HasLostMargin {
            self.content.tally.add(Code::LostMargin, line.number, Span::new(0, line.text.len()), || super::quoted(line.text));
        }
        self.draft.continue_value(line);
    }

    /// Whether the last value is one that any text may stand in.
    fn is_in_text(&self) -> bool {
        let is_text = |field| matches!(field, Field::Abstract | Field::Title | Field::Note | Field::CitedReference | Field::Contents);
        self.draft.entries.last().is_some_and(|entry| is_text(entry.field))
    }

    fn outside(&mut self, line: &Line<'a>) {
        let code = if detect::is_tag_line(line.text) { Code::OutsideTags } else { Code::OutsideText };
        self.content.tally.add(code, line.number, Span::new(0, line.text.len()), || super::quoted(line.text));
        self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
    }

    /// Finishes the record, if one is open, because of `line`, which is not its end.
    fn finish_unended(&mut self, line: &Line<'a>) {
        if let Some(end) = self.dialect.end
            && !self.draft.is_empty()
        {
            let found = || format!("{} instead of {end:?}", super::quoted(line.text));
            self.content.tally.add(Code::MissingRecordEnd, line.number, Span::new(0, line.text.len()), found);
        }
        self.finish_record();
    }

    fn finish_record(&mut self) {
        if self.draft.is_empty() {
            if self.has_head {
                self.forget_head();
            }
            return;
        }
        let text = self.source.text.as_str();
        let is_start = |entry: &DraftEntry| self.dialect.starts.contains(&&text[entry.tag.clone()]);
        if !self.has_head && !self.draft.entries.iter().any(is_start) {
            let (_, first_line) = self.draft.start();
            let found = || format!("a record without {:?}", self.dialect.starts.first().copied().unwrap_or_default());
            self.content.tally.add(Code::MissingRecordStart, first_line, Span::default(), found);
        }
        (self.dialect.settle)(text, &mut self.draft.entries);
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.draft.finish(self.source, ordinal));
        self.title = Title::None;
        self.has_head = false;
    }

    /// A head without a record.
    fn forget_head(&mut self) {
        self.has_head = false;
        let (range, line) = self.draft.forget();
        self.content.tally.add(Code::EmptyRecord, line, Span::default(), || super::quoted(&self.source.text[range.clone()]));
        self.content.outside.push(OutsideText { line, range });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found() {
        static ROWS: &[Row] =
            &[("AB", Field::Abstract, Joining::Text), ("PMID", Field::Pmid, Joining::Text), ("%A", Field::Author, Joining::List)];
        static TAGS: Tags = Tags::new(ROWS);
        for (tag, field, joining) in ROWS {
            assert_eq!(TAGS.get(tag), Some((*field, *joining)));
        }
        for unknown in ["", "A", "PMIDS", "PMI", "é", "%B"] {
            assert_eq!(TAGS.get(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn two_letter_lines() {
        for (line, expected) in [
            ("PT J", Some(("PT", " J"))),
            ("ER", Some(("ER", ""))),
            ("Z9 0", Some(("Z9", " 0"))),
            ("TY  - JOUR", None),
            ("TY - JOUR", None),
            ("DNA was", None),
            ("   AU x", None),
            ("A1", Some(("A1", ""))),
            ("1A x", None),
            ("Å", None),
        ] {
            assert_eq!(two_letter_line(line).map(|(tag, value)| (&line[tag], &line[value])), expected, "{line}");
        }
    }
}
