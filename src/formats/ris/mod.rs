//! Reads RIS in the dialects of databases, reference managers and people with text editors.
//!
//! Goes in: the text of an export. Comes out: its records, the text that stood outside of them, diagnostics.
//!
//! A record starts at `TY` and ends at `ER`; either may be missing. After `ER`, tags up to the next blank line still
//! belong to the record (Ovid's `NL` and `XT`). Between records any text may stand (Ovid's numbers and links, Cochrane's
//! headings): it is no record, and kept apart. Inside a record a line that is no tag line goes on with the value before,
//! blank lines too. A misshapen tag line counts where its record began with one just as misshapen, or where the text
//! before it is not the sort of text that might contain such a line by chance.

pub(super) mod fields;
pub(super) mod line;

use super::draft::{Draft, DraftEntry, Joining};
use super::lines::{Line, Lines, lines};
use super::origin::{self, Origin};
use super::{Content, OutsideText, detect, quoted, stretches};
use crate::diagnostic::{Code, Span};
use crate::record::{Dialect, Field, Source};
use line::{Shape, TagLine};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Texts longer than this are read in chunks of at least this size, in parallel. Below it, threads cost more than they
/// save, and the caller has other files to read.
const CHUNK_SIZE: usize = 4 * 1024 * 1024;

/// The records of the stretch `range` of `source`, read in parallel where it is large; lines and ordinals count from its
/// start. The result does not depend on the chunks.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, origin: Origin) -> Content {
    read_in_chunks(source, range, origin, CHUNK_SIZE)
}

/// As [`read`], with chunks of at least `chunk_size` bytes.
fn read_in_chunks(source: &Arc<Source>, range: Range<usize>, origin: Origin, chunk_size: usize) -> Content {
    let chunks = chunks(&source.text, range, chunk_size);
    let parts: Vec<Part> = match chunks.as_slice() {
        [only] => vec![Reader::new(source, origin).read(only.clone())],
        many => many.par_iter().map(|chunk| Reader::new(source, origin).read(chunk.clone())).collect(),
    };
    let n_records = parts.iter().map(|part| part.content.records.len()).sum();
    let mut content = Content { records: Vec::with_capacity(n_records), ..Content::default() };
    let mut n_lines = 0;
    for part in parts {
        content.append(part.content, n_lines);
        n_lines += part.n_lines;
    }
    content
}

/// Cuts a text between records, where the state of the reader is certain: after an `ER` line that a blank line or a
/// well-formed `TY` follows, no record is open.
fn chunks(text: &str, range: Range<usize>, chunk_size: usize) -> Vec<Range<usize>> {
    let finder = memchr::memmem::Finder::new("\nER  -");
    let mut out = Vec::new();
    let mut start = range.start;
    while range.end - start > chunk_size {
        let mut from = start + chunk_size.max(1);
        let cut = loop {
            let Some(at) = text.as_bytes().get(from..range.end).and_then(|rest| finder.find(rest)) else { break None };
            let end_line_start = from + at + 1;
            let mut after = lines(text, end_line_start, range.end);
            let end_line = after.next();
            let rest = after.rest();
            let is_end = end_line.is_some_and(|line| line.text["ER  -".len()..].trim_matches([' ', '\t']).is_empty());
            let follows = after.next().is_some_and(|line| line.is_blank() || line.text.starts_with("TY  - "));
            if is_end && follows {
                break Some(range.end - rest.len());
            }
            from = end_line_start;
        };
        let Some(cut) = cut else { break };
        out.push(start..cut);
        start = cut;
    }
    out.push(start..range.end);
    out
}

/// What one chunk gave; lines and ordinals count from the chunk's start.
struct Part {
    content: Content,
    n_lines: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// No record is open.
    Between,
    /// Inside a record.
    Open,
    /// After a record's `ER`, before a blank line.
    Ended,
}

#[expect(clippy::struct_excessive_bools, reason = "what is known of the open record; none excludes another")]
struct Reader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    origin: Origin,
    content: Content,
    draft: Draft,
    state: State,
    /// Whether the open record has had its `TY`.
    has_type: bool,
    /// Whether the open record has a title.
    has_title: bool,
    /// Whether the open record began with a misshapen `TY`.
    is_lenient: bool,
    /// Meaning of the last tag, `None` where it was unknown.
    last_field: Option<Field>,
    /// Whether only blank lines and numbers stand between the last line of the record and this one.
    after_blank: bool,
    /// The tags of the open record that stood before its `TY`.
    orphans: Option<Orphans>,
}

/// Tags before the `TY` of the record that they may belong to.
#[derive(Clone, Copy)]
struct Orphans {
    n_entries: usize,
    /// The byte and the line that they end at.
    end: (usize, u32),
}

impl<'a> Reader<'a> {
    fn new(source: &'a Arc<Source>, origin: Origin) -> Self {
        Self {
            source,
            text: &source.text,
            origin,
            content: Content::default(),
            draft: Draft::default(),
            state: State::Between,
            has_type: false,
            has_title: false,
            is_lenient: false,
            last_field: None,
            after_blank: false,
            orphans: None,
        }
    }

    fn read(mut self, chunk: Range<usize>) -> Part {
        self.content = Content::with_room(&chunk);
        let mut lines = lines(self.text, chunk.start, chunk.end);
        while let Some(line) = lines.next() {
            self.line(&line, &lines);
        }
        self.end_of_text();
        Part { content: self.content, n_lines: lines.number() }
    }

    #[inline]
    fn line(&mut self, line: &Line<'a>, rest: &Lines<'a>) {
        match line::strict(line.text) {
            Some(tag_line) if tag_line.shape == Shape::Strict => self.tag_line(line, &tag_line, rest),
            Some(tag_line) => self.doubtful_line(line, &tag_line, rest),
            None if line.is_blank() => {
                self.after_blank = true;
                if self.state == State::Ended {
                    self.finish_record();
                }
            }
            None => match line::loose(line.text) {
                Some(tag_line) => self.doubtful_line(line, &tag_line, rest),
                None if line::is_bare_end(line.text) && self.state == State::Open && ends_here(rest) => {
                    self.loose_tag(line, &(0..2));
                    self.tag_line(line, &TagLine { tag: 0..2, value: line.text.len()..line.text.len(), shape: Shape::Loose }, rest);
                }
                None => self.text_line(line, rest),
            },
        }
    }

    fn tag_line(&mut self, line: &Line<'a>, tag_line: &TagLine, rest: &Lines<'a>) {
        let tag = &line.text[tag_line.tag.clone()];
        match tag.as_bytes() {
            b"TY" => self.start_record(line, tag_line),
            b"ER" => self.end_record(line, tag_line, rest),
            _ if tag.eq_ignore_ascii_case("TY") => self.start_record(line, tag_line),
            _ if tag.eq_ignore_ascii_case("ER") => self.end_record(line, tag_line, rest),
            _ => self.entry(line, tag_line),
        }
    }

    /// A line that has the look of a tag line but not its form.
    fn doubtful_line(&mut self, line: &Line<'a>, tag_line: &TagLine, rest: &Lines<'a>) {
        let tag = &line.text[tag_line.tag.clone()];
        let is_known = fields::known(tag).is_some();
        let is_type = tag.eq_ignore_ascii_case("TY");
        let value_is_blank = line.text[tag_line.value.clone()].trim().is_empty();
        let in_free_text = self.last_field.is_some_and(fields::is_free_text);
        let is_tag_line = match (self.state, tag_line.shape) {
            (State::Between | State::Ended, Shape::Strict | Shape::Tight) => is_known,
            (State::Between | State::Ended, _) => is_type && !value_is_blank && starts_plainly(line.text, tag_line),
            (State::Open, _) if tag.eq_ignore_ascii_case("ER") => value_is_blank || self.is_lenient,
            (State::Open, Shape::LongTag) => is_known || !in_free_text,
            (State::Open, _) => is_known && (self.is_lenient || !in_free_text),
        };
        if is_tag_line {
            self.loose_tag(line, &tag_line.tag);
            if is_type {
                self.start_record(line, tag_line);
                self.is_lenient = true;
            } else {
                self.tag_line(line, tag_line, rest);
            }
        } else if is_known && self.state != State::Open {
            self.outside(line, Code::OutsideTags);
        } else {
            self.text_line(line, rest);
        }
    }

    fn loose_tag(&mut self, line: &Line<'a>, tag: &Range<usize>) {
        self.content.tally.add(Code::LooseTag, line.number, Span::new(0, tag.end), || quoted(&line.text[..tag.end]));
    }

    fn start_record(&mut self, line: &Line<'a>, tag_line: &TagLine) {
        match self.state {
            State::Between => {}
            State::Ended => self.finish_record(),
            State::Open if self.has_type || self.has_title => {
                self.content.tally.add(Code::MissingRecordEnd, line.number, Span::new(0, line.text.len()), || "the next \"TY\"".into());
                self.finish_record();
            }
            State::Open if self.after_blank => self.finish_untyped(),
            // Whether they belong to the record is seen when it has ended.
            State::Open => self.orphans = Some(Orphans { n_entries: self.draft.entries.len(), end: self.draft.end() }),
        }
        self.has_type = true;
        self.is_lenient = false;
        self.state = State::Open;
        self.push(line, tag_line, Field::Kind, Joining::Text);
    }

    fn end_record(&mut self, line: &Line<'a>, tag_line: &TagLine, rest: &Lines<'a>) {
        let value = &line.text[tag_line.value.clone()];
        let after = value.trim_start();
        let next = line::strict(after).or_else(|| line::loose(after)).filter(|next| after[next.tag.clone()].eq_ignore_ascii_case("TY"));
        // In a list of names or keywords such a line is no item: the record ends, and tags behind it still belong to it.
        let in_text = self.draft.entries.last().is_some_and(|entry| entry.joining == Joining::Text);
        let is_end = || next.is_some() || stretches::starts_record_of(after).is_some() || ends_here(rest);
        if self.state == State::Open && in_text && !after.is_empty() && !is_end() {
            self.content.tally.add(Code::EndInText, line.number, Span::new(0, line.text.len()), || quoted(line.text));
            self.continue_value(line);
            return;
        }
        if self.state == State::Open {
            self.draft.cover(line);
            self.state = State::Ended;
            self.last_field = Some(Field::Kind);
        } else {
            self.content.tally.add(Code::StrayRecordEnd, line.number, Span::new(0, 2), || "\"ER\" after none".into());
        }
        if after.is_empty() {
            return;
        }
        let rest = Line { text: after, start: line.end() - after.len(), number: line.number };
        if let Some(next) = next {
            self.content.tally.add(Code::GluedRecords, line.number, Span::new(0, line.text.len()), || quoted(line.text.trim_end()));
            self.start_record(&rest, &next);
            return;
        }
        if stretches::starts_record_of(after).is_some() {
            self.content.tally.add(Code::MixedFormats, line.number, Span::new(0, line.text.len()), || quoted(after));
        }
        self.outside(&rest, Code::OutsideText);
    }

    fn entry(&mut self, line: &Line<'a>, tag_line: &TagLine) {
        let meaning = fields::known(&line.text[tag_line.tag.clone()]);
        let (field, joining) = meaning.unwrap_or((Field::Other, Joining::Text));
        if self.state == State::Ended && (!self.has_type || (field == Field::Title && self.has_title)) {
            self.finish_record();
        }
        if self.state == State::Between {
            self.has_type = false;
            self.state = State::Open;
        }
        if meaning.is_none() {
            let code = if self.last_field.is_some_and(fields::is_free_text) { Code::TagInText } else { Code::UnknownTag };
            let tag = tag_line.tag.clone();
            self.content.tally.add(code, line.number, Span::new(tag.start, tag.end), || format!("the tag {:?}", &line.text[tag]));
        }
        self.has_title |= matches!(field, Field::Title | Field::BookTitle);
        self.push(line, tag_line, field, joining);
        self.last_field = meaning.map(|(field, _)| field);
    }

    #[inline]
    fn push(&mut self, line: &Line<'a>, tag_line: &TagLine, field: Field, joining: Joining) {
        let at = |range: &Range<usize>| line.start + range.start..line.start + range.end;
        self.draft.push(line, at(&tag_line.tag), at(&tag_line.value), field, joining);
        self.last_field = Some(field);
        self.after_blank = false;
    }

    fn text_line(&mut self, line: &Line<'a>, rest: &Lines<'a>) {
        if stretches::starts_record_of(line.text).is_some() {
            let found = || quoted(line.text);
            self.content.tally.add(Code::MixedFormats, line.number, Span::new(0, line.text.len()), found);
        }
        match self.state {
            // The number that Ovid gives the next record; the end of this one is missing.
            State::Open if is_record_number(line.text) && starts_with_type(rest) => self.outside(line, Code::OutsideText),
            State::Open => self.continue_value(line),
            State::Ended | State::Between if detect::is_tag_line(line.text) => self.outside(line, Code::OutsideTags),
            State::Ended | State::Between => self.outside(line, Code::OutsideText),
        }
    }

    fn continue_value(&mut self, line: &Line<'a>) {
        self.draft.continue_value(line);
        self.after_blank = false;
    }

    fn outside(&mut self, line: &Line<'a>, code: Code) {
        self.content.tally.add(code, line.number, Span::new(0, line.text.len()), || quoted(line.text));
        self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
    }

    fn finish_record(&mut self) {
        if !self.has_type {
            let (_, first_line) = self.draft.start();
            let found = || "a record without \"TY\"".to_owned();
            self.content.tally.add(Code::MissingRecordStart, first_line, Span::default(), found);
        }
        if let Some(orphans) = self.orphans.take() {
            self.settle_orphans(orphans);
        }
        if self.origin.dialect == Dialect::Rayyan {
            self.unglue();
        }
        let origin = self.origin_of(&self.draft.entries);
        fields::settle(self.text, &mut self.draft.entries, origin);
        let ordinal = self.next_ordinal();
        self.content.records.push(self.draft.finish(self.source, ordinal));
        self.state = State::Between;
        self.has_type = false;
        self.has_title = false;
        self.is_lenient = false;
        self.last_field = None;
    }

    /// Where the record of `entries` came from: what an earlier run wrote, or somebody joined, holds records of many exports.
    fn origin_of(&self, entries: &[DraftEntry]) -> Origin {
        if self.origin.dialect != Dialect::Refsieve && !self.origin.is_joined {
            return self.origin;
        }
        origin::of_record(entries.iter().map(|entry| (&self.text[entry.tag.clone()], self.text[entry.value.clone()].trim())))
    }

    /// Makes entries of their own of tags that Rayyan has glued to the value before.
    fn unglue(&mut self) {
        let mut at = 0;
        while let Some(entry) = self.draft.entries.get_mut(at) {
            at += 1;
            let value = entry.value.clone();
            let is_candidate = !entry.is_long && !fields::is_free_text(entry.field);
            let Some(glued) = fields::glued_tag(&self.text[value.clone()]).filter(|_| is_candidate) else { continue };
            let start = value.start + glued;
            let tag = &self.text[start..start + 2];
            let Some((field, joining)) = fields::known(tag) else { continue };
            entry.value.end = start;
            let line = self.draft.line_of(self.text, start);
            self.content.tally.add(Code::GluedTags, line, Span::default(), || quoted(&self.text[start..value.end]));
            let value = start + "U2  -".len()..value.end;
            self.draft.entries.insert(at, DraftEntry { tag: start..start + 2, value, field, joining, is_long: false });
        }
    }

    fn next_ordinal(&self) -> u32 {
        u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX)
    }

    /// Tags before a `TY` belong to its record, unless the record then says twice what a record says once: they are what
    /// is left of a record whose start and end are lost.
    fn settle_orphans(&mut self, orphans: Orphans) {
        let (_, first_line) = self.draft.start();
        let (before, own) = self.draft.entries.split_at(orphans.n_entries);
        let says = |entry: &&DraftEntry| fields::stands_once(entry.field) && !self.text[entry.value.clone()].trim().is_empty();
        let is_other = before.iter().filter(says).any(|entry| own.iter().filter(says).any(|other| other.field == entry.field));
        let found = || if is_other { "a record without \"TY\"" } else { "tags before \"TY\"" }.to_owned();
        self.content.tally.add(Code::MissingRecordStart, first_line, Span::default(), found);
        if is_other {
            let ordinal = self.next_ordinal();
            let origin = self.origin_of(&self.draft.entries[..orphans.n_entries]);
            fields::settle(self.text, &mut self.draft.entries[..orphans.n_entries], origin);
            self.content.records.push(self.draft.finish_first(orphans.n_entries, orphans.end, self.source, ordinal));
        }
    }

    /// Ends tags without type and title: a record where they name a work, and text outside of records where they do not.
    fn finish_untyped(&mut self) {
        if self.draft.entries.iter().any(|entry| fields::names_work(entry.field)) {
            self.finish_record();
            return;
        }
        let (range, first_line) = self.draft.forget();
        let text = &self.text[range.clone()];
        self.content.tally.add(Code::OutsideTags, first_line, Span::default(), || quoted(text));
        self.content.outside.push(OutsideText { line: first_line, range });
        self.state = State::Between;
        self.last_field = None;
    }

    fn end_of_text(&mut self) {
        match self.state {
            State::Between => {}
            State::Ended => self.finish_record(),
            State::Open if self.has_type || self.has_title => {
                let (_, first_line) = self.draft.start();
                self.content.tally.add(Code::TruncatedFile, first_line, Span::default(), || "a record without \"ER\"".into());
                self.finish_record();
            }
            State::Open => self.finish_untyped(),
        }
    }
}

/// Whether a doubtful `ER` ends the record: what follows is the end of the text, a blank line, or the start of a record.
fn ends_here(rest: &Lines<'_>) -> bool {
    let rest = rest.rest();
    lines(rest, 0, rest.len()).next().is_none_or(|next| next.is_blank() || next.text.starts_with("TY") || is_record_number(next.text))
}

/// Whether `text` is a well-formed tag line.
pub(super) fn is_tag_line(text: &str) -> bool {
    line::strict(text).is_some()
}

/// "12.", as Ovid numbers records.
pub(super) fn is_record_number(text: &str) -> bool {
    let digits = text.trim_end().strip_suffix('.').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn starts_with_type(rest: &Lines<'_>) -> bool {
    rest.rest().starts_with("TY  - ")
}

/// Whether a misshapen `TY` line outside of a record says a type in one word, and is not a sentence.
fn starts_plainly(text: &str, tag_line: &TagLine) -> bool {
    text[tag_line.value.clone()].split_whitespace().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Format, Record};
    use proptest::prelude::*;

    /// Everything that a reading says, so that two can be compared.
    fn told(content: Content) -> (Vec<String>, Vec<OutsideText>, Vec<String>) {
        let record = |record: &Record| format!("{} {:?} {:?} {record:?}", record.ordinal(), record.lines(), record.raw());
        let diagnostics = content.tally.finish(&Arc::from("a.ris"));
        (content.records.iter().map(record).collect(), content.outside, diagnostics.iter().map(ToString::to_string).collect())
    }

    proptest! {
        #[test]
        fn chunks_change_nothing(parts in proptest::collection::vec(0..PARTS.len(), 0..60), chunk_size in 0_usize..80, cr in any::<bool>()) {
            let mut text: String = parts.into_iter().map(|part| PARTS[part]).collect();
            if cr {
                text = text.replace('\n', "\r\n");
            }
            let source = Arc::new(Source { name: "a.ris".into(), text, format: Format::Ris, ..Source::default() });
            let serial = read_in_chunks(&source, 0..source.text.len(), Origin::default(), usize::MAX);
            let chunked = read_in_chunks(&source, 0..source.text.len(), Origin::default(), chunk_size);
            prop_assert_eq!(told(chunked), told(serial));
        }
    }

    const PARTS: &[&str] = &[
        "TY  - JOUR\n",
        "TY  - JOUR\n",
        "TI  - A title\n",
        "AB  - Some text\n",
        "more of it\n",
        "KW  - a\nb\n",
        "ER  - \n",
        "ER  - \n\n",
        "ER  - \n\n",
        "ER  -\nTY  - BOOK\n",
        "ER  - TY  - CHAP\n",
        "ER\n",
        "NL  - after the end\n",
        "ZZ  - odd\n",
        "\n",
        "1. \n",
        "Link to the full text\n",
        "TY - JOUR\n",
        "ti - loose\n",
        "AN  - 1\n",
        "2. \n",
        "ER  - of the text\n",
        "DO  - 10.5555/1\n",
    ];
}
