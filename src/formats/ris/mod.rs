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
mod line;
mod write;

pub use write::write_ris;

use super::draft::{Draft, Joining};
use super::lines::{Line, Lines, lines};
use super::origin::Origin;
use super::{Content, OutsideText, quoted};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Source};
use line::{Shape, TagLine};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Texts longer than this are read in chunks of at least this size, in parallel. Below it, threads cost more than they
/// save, and the caller has other files to read.
const CHUNK_SIZE: usize = 4 * 1024 * 1024;

/// The records of a RIS text, read in parallel where it is large. The result does not depend on the chunks.
pub(super) fn read(source: &Arc<Source>, origin: Origin) -> Content {
    read_in_chunks(source, origin, CHUNK_SIZE)
}

/// As [`read`], with chunks of at least `chunk_size` bytes.
pub(super) fn read_in_chunks(source: &Arc<Source>, origin: Origin, chunk_size: usize) -> Content {
    let chunks = chunks(&source.text, chunk_size);
    let parts: Vec<Part> = match chunks.as_slice() {
        [only] => vec![Reader::new(source, origin).read(only.clone())],
        many => many.par_iter().map(|chunk| Reader::new(source, origin).read(chunk.clone())).collect(),
    };
    let n_records = parts.iter().map(|part| part.content.records.len()).sum();
    let mut content = Content { records: Vec::with_capacity(n_records), ..Content::default() };
    let mut n_lines = 0;
    for mut part in parts {
        let n_before = u32::try_from(content.records.len()).unwrap_or(u32::MAX);
        part.content.records.iter_mut().for_each(|record| record.shift(n_before, n_lines));
        part.content.outside.iter_mut().for_each(|outside| outside.line += n_lines);
        content.records.append(&mut part.content.records);
        content.outside.append(&mut part.content.outside);
        content.tally.append(part.content.tally, n_lines);
        n_lines += part.n_lines;
    }
    content
}

/// Cuts a text between records, where the state of the reader is certain: after an `ER` line that a blank line or a
/// well-formed `TY` follows, no record is open.
fn chunks(text: &str, chunk_size: usize) -> Vec<Range<usize>> {
    let finder = memchr::memmem::Finder::new("\nER  -");
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > chunk_size {
        let mut from = start + chunk_size.max(1);
        let cut = loop {
            let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) else { break None };
            let end_line_start = from + at + 1;
            let mut after = lines(text, end_line_start, text.len());
            let end_line = after.next();
            let rest = after.rest();
            let is_end = end_line.is_some_and(|line| line.text["ER  -".len()..].trim_matches([' ', '\t']).is_empty());
            let follows = after.next().is_some_and(|line| line.is_blank() || line.text.starts_with("TY  - "));
            if is_end && follows {
                break Some(text.len() - rest.len());
            }
            from = end_line_start;
        };
        let Some(cut) = cut else { break };
        out.push(start..cut);
        start = cut;
    }
    out.push(start..text.len());
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
        }
    }

    fn read(mut self, chunk: Range<usize>) -> Part {
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
            Some(tag_line) if tag_line.shape == Shape::Strict => self.tag_line(line, &tag_line),
            Some(tag_line) => self.doubtful_line(line, &tag_line),
            None if line.is_blank() => {
                if self.state == State::Ended {
                    self.finish_record();
                }
            }
            None => match line::loose(line.text) {
                Some(tag_line) => self.doubtful_line(line, &tag_line),
                None if line::is_bare_end(line.text) && self.state == State::Open && ends_here(rest) => {
                    self.loose_tag(line, &(0..2));
                    self.tag_line(line, &TagLine { tag: 0..2, value: line.text.len()..line.text.len(), shape: Shape::Loose });
                }
                None => self.text_line(line),
            },
        }
    }

    fn tag_line(&mut self, line: &Line<'a>, tag_line: &TagLine) {
        let tag = &line.text[tag_line.tag.clone()];
        match tag.as_bytes() {
            b"TY" => self.start_record(line, tag_line),
            b"ER" => self.end_record(line, tag_line),
            _ if tag.eq_ignore_ascii_case("TY") => self.start_record(line, tag_line),
            _ if tag.eq_ignore_ascii_case("ER") => self.end_record(line, tag_line),
            _ => self.entry(line, tag_line),
        }
    }

    /// A line that has the look of a tag line but not its form.
    fn doubtful_line(&mut self, line: &Line<'a>, tag_line: &TagLine) {
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
                self.tag_line(line, tag_line);
            }
        } else {
            self.text_line(line);
        }
    }

    fn loose_tag(&mut self, line: &Line<'a>, tag: &Range<usize>) {
        self.content.tally.add(Code::LooseTag, line.number, Span::new(0, tag.end), || quoted(&line.text[..tag.end]));
    }

    fn start_record(&mut self, line: &Line<'a>, tag_line: &TagLine) {
        match self.state {
            State::Between => {}
            State::Ended => self.finish_record(),
            // Tags before the TY: they are the record's own, if they are not a record by themselves.
            State::Open if !self.has_type && !self.has_title => {}
            State::Open => {
                self.content.tally.add(Code::MissingRecordEnd, line.number, Span::new(0, line.text.len()), || "the next \"TY\"".into());
                self.finish_record();
            }
        }
        self.has_type = true;
        self.is_lenient = false;
        self.state = State::Open;
        self.push(line, tag_line, Field::Kind, Joining::Text);
    }

    fn end_record(&mut self, line: &Line<'a>, tag_line: &TagLine) {
        if self.state == State::Open {
            self.draft.cover(line);
            self.state = State::Ended;
            self.last_field = Some(Field::Kind);
        } else {
            self.content.tally.add(Code::StrayRecordEnd, line.number, Span::new(0, 2), || "\"ER\" after none".into());
        }
        let value = &line.text[tag_line.value.clone()];
        let after = value.trim_start();
        if after.is_empty() {
            return;
        }
        let rest = Line { text: after, start: line.end() - after.len(), number: line.number };
        match line::strict(after).or_else(|| line::loose(after)) {
            Some(next) if after[next.tag.clone()].eq_ignore_ascii_case("TY") => {
                self.content.tally.add(Code::GluedRecords, line.number, Span::new(0, line.text.len()), || quoted(line.text.trim_end()));
                self.start_record(&rest, &next);
            }
            _ => self.outside(&rest),
        }
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
    }

    fn text_line(&mut self, line: &Line<'a>) {
        if super::detect::starts_record_of(line.text).is_some() {
            let found = || quoted(line.text);
            self.content.tally.add(Code::MixedFormats, line.number, Span::new(0, line.text.len()), found);
            if self.state != State::Between {
                self.finish_record();
            }
        }
        match self.state {
            State::Open => self.draft.continue_value(line),
            State::Ended | State::Between => self.outside(line),
        }
    }

    fn outside(&mut self, line: &Line<'a>) {
        self.content.tally.add(Code::OutsideText, line.number, Span::new(0, line.text.len()), || quoted(line.text));
        self.content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
    }

    fn finish_record(&mut self) {
        if !self.has_type {
            let (_, first_line) = self.draft.start();
            let found = || "a record without \"TY\"".to_owned();
            self.content.tally.add(Code::MissingRecordStart, first_line, Span::default(), found);
        }
        fields::settle(self.text, &mut self.draft.entries, self.origin);
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.draft.finish(self.source, ordinal));
        self.state = State::Between;
        self.has_type = false;
        self.has_title = false;
        self.is_lenient = false;
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
            // Tags after the last record that are no record by themselves, having neither type nor title nor end.
            State::Open => {
                let (range, first_line) = self.draft.forget();
                let text = &self.text[range.clone()];
                self.content.tally.add(Code::OutsideText, first_line, Span::default(), || quoted(text));
                self.content.outside.push(OutsideText { line: first_line, range });
            }
        }
    }
}

/// Whether a lone `ER` ends the record: what follows is the end of the text, a blank line, or the start of a record.
fn ends_here(rest: &Lines<'_>) -> bool {
    let rest = rest.rest();
    lines(rest, 0, rest.len()).next().is_none_or(|next| next.is_blank() || next.text.starts_with("TY"))
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
            let serial = read_in_chunks(&source, Origin::default(), usize::MAX);
            let chunked = read_in_chunks(&source, Origin::default(), chunk_size);
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
    ];
}
