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
use crate::record::{Field, Folds, Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// What tells one line-tagged format from another.
pub(super) struct Dialect {
    pub(super) format: Format,
    /// The tag line that a line is, if it is one.
    pub(super) tag_line: fn(&str) -> Option<TagLine>,
    /// The tag line that any other line is if its tag is known: one that is not formed as it should be.
    pub(super) loose_line: fn(&str) -> Option<TagLine>,
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
    /// What lines that go on with a wrapped value begin with, where all programs write the same; else nothing.
    pub(super) margin: &'static str,
    /// Whether a wrapped value is not over behind a line of it, for what stands on the line.
    pub(super) keeps_open: fn(&str) -> bool,
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
        loose_line: |_| None,
        meaning: |_| None,
        settle: |_, _| {},
        starts: &[],
        is_head: |_| false,
        end: None,
        file_tags: &[],
        unindented: Unindented::GoesOn,
        margin: "",
        keeps_open: |_| true,
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
    /// A key and one more than its row, 0 where none; the next places follow where two keys lead to one.
    places: [(u32, u8); N_PLACES],
}

/// Four times the rows of the longest table, so that few keys meet.
const N_PLACES: usize = 512;

impl Tags {
    pub(super) const fn new(rows: &'static [Row]) -> Self {
        let mut places = [(0, 0); N_PLACES];
        let mut row = 0;
        while row < rows.len() {
            assert!(rows[row].0.len() <= LONGEST, "a tag is its key");
            let key = key(rows[row].0.as_bytes());
            let mut place = place(key);
            while places[place].1 != 0 {
                place = (place + 1) % N_PLACES;
            }
            places[place] = (key, row as u8 + 1);
            row += 1;
        }
        Self { rows, places }
    }

    /// What `tag` means, and what further lines of its value are.
    #[inline]
    pub(super) fn get(&self, tag: &str) -> Option<(Field, Joining)> {
        if tag.len() > LONGEST {
            return None;
        }
        let key = key(tag.as_bytes());
        let mut at = place(key);
        loop {
            let (known, row) = self.places[at];
            let row = usize::from(row).checked_sub(1)?;
            let (name, field, joining) = self.rows[row];
            if known == key && name.len() == tag.len() {
                return Some((field, joining));
            }
            at = (at + 1) % N_PLACES;
        }
    }
}

/// Bytes of the longest tag.
const LONGEST: usize = 4;

/// The bytes of a tag of at most [`LONGEST`], as one number: tags as long as each other have different ones.
const fn key(tag: &[u8]) -> u32 {
    let mut key = 0_u32;
    let mut at = 0;
    while at < tag.len() {
        key = key << 8 | tag[at] as u32;
        at += 1;
    }
    key
}

/// Where the search for a key begins.
const fn place(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

/// `text` with the values on one line that programs have wrapped, and where their lines ended. Only what [`read`] would join
/// all the same is folded: a line behind the first of a tag that begins no record, that begins with the margin and no more,
/// and follows a line that ends as the first such line does (PubMed leaves the blank there at which it wraps).
pub(super) fn fold(text: String, dialect: &Dialect) -> (String, Folds) {
    let bytes = text.as_bytes();
    let has_returns = first_line_end(&text) == "\r\n";
    let mut line_end = None;
    let mut at = Vec::new();
    // Where the last line that was folded starts.
    let mut folded = None;
    for feed in memchr::memmem::find_iter(bytes, format!("\n{}", dialect.margin).as_bytes()) {
        let start = memchr::memrchr(b'\n', &bytes[..feed]).map_or(0, |before| before + 1);
        let end = feed - usize::from(has_returns && bytes[..feed].ends_with(b"\r"));
        let from = end - usize::from(bytes[start..end].ends_with(b" "));
        let before = &text[start..from];
        let this_end = match (has_returns, from < end) {
            (false, false) => "\n",
            (false, true) => " \n",
            (true, false) => "\r\n",
            (true, true) => " \r\n",
        };
        let ends_so =
            text[from..=feed] == *this_end && !before.ends_with([' ', '\t']) && memchr::memchr(b'\r', before.as_bytes()).is_none();
        let goes_on = || {
            let rest = lines(&text, feed + 1 + dialect.margin.len(), text.len()).next().map_or("", |line| line.text);
            !rest.is_empty() && !rest.starts_with([' ', '\t', '@']) && stretches::starts_record_of(rest).is_none()
        };
        let is_open = || if folded == Some(start) { (dialect.keeps_open)(before) } else { may_be_folded(before, dialect) };
        if ends_so && goes_on() && is_open() && *line_end.get_or_insert(this_end) == this_end {
            at.push(from);
            folded = Some(feed + 1);
        }
    }
    Folds::fold(text, at, line_end.unwrap_or_default(), dialect.margin)
}

/// Whether further lines go on with the text of `line` and mean nothing else.
fn may_be_folded(line: &str, dialect: &Dialect) -> bool {
    (dialect.tag_line)(line).is_some_and(|(tag, value)| {
        let name = line[tag].trim_end();
        let is_wrapped = (dialect.meaning)(name).is_some_and(|(_, joining)| joining == Joining::Wrapped);
        is_wrapped && !dialect.starts.contains(&name) && !line[value.clone()].trim().is_empty() && (dialect.keeps_open)(&line[value])
    })
}

/// How the first line of `text` ends.
fn first_line_end(text: &str) -> &str {
    let mut lines = lines(text, 0, text.len());
    lines.next().map_or("", |first| &text[first.end()..text.len() - lines.rest().len()])
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, dialect: &Dialect) -> Content {
    let mut reader = Reader {
        source,
        dialect,
        content: Content::with_room(&range),
        draft: Draft::default(),
        after_blank: false,
        has_lost_margin: false,
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
    /// Whether the last value goes on without a margin, so that any line may be text.
    has_lost_margin: bool,
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
            None => match self.loose_line(line.text) {
                Some((tag, value)) => {
                    self.content.tally.add(Code::LooseTag, line.number, Span::new(0, tag.end), || super::quoted(&line.text[..tag.end]));
                    self.tag_line(line, &tag, &value);
                }
                None => self.text_line(line),
            },
        }
        self.after_blank = false;
    }

    /// The tag line that a line inside of a record is, though it is not formed as one.
    fn loose_line(&self, text: &str) -> Option<TagLine> {
        let is_known = |tag: &str| (self.dialect.meaning)(tag).is_some();
        (self.dialect.loose_line)(text).filter(|(tag, _)| !self.draft.is_empty() && !self.has_lost_margin && is_known(&text[tag.clone()]))
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
        self.has_lost_margin = false;
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
            // "OWN" stands right below "PMID", or begins a record that has none.
            let says_more = || self.draft.entries.iter().any(|entry| !self.dialect.starts.contains(&&text[entry.tag.clone()]));
            let begins = is_main && (self.after_blank || self.title == Title::Read);
            return has(tag) || begins || (self.after_blank && says_more());
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
        self.has_lost_margin |= !is_indented;
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
    use proptest::collection::vec;
    use proptest::prelude::*;

    #[test]
    fn every_tag_is_found() {
        static ROWS: &[Row] =
            &[("AB", Field::Abstract, Joining::Text), ("PMID", Field::Pmid, Joining::Text), ("%A", Field::Author, Joining::List)];
        static TAGS: Tags = Tags::new(ROWS);
        for (tag, field, joining) in ROWS {
            assert_eq!(TAGS.get(tag), Some((*field, *joining)));
        }
        for unknown in ["", "A", "\0AB", "PMIDS", "PMI", "é", "%B"] {
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

    /// What is read of `text` as it stands, or folded: records, text outside of them, and diagnostics but for what they quote.
    fn seen(text: &str, format: Format, is_folded: bool) -> Vec<String> {
        let (text, folds) = if is_folded { crate::formats::fold(text.to_owned(), format) } else { (text.to_owned(), Folds::default()) };
        let mut source = Arc::new(Source { text, folds, format, ..Source::default() });
        let read = |source: &Arc<Source>| match format {
            Format::Medline => crate::formats::medline::read(source, 0..source.text.len()),
            Format::BibTex => crate::formats::bibtex::read(source, 0..source.text.len()),
            _ => crate::formats::wos::read(source, 0..source.text.len()),
        };
        let content = read(&source);
        let mut content = crate::formats::read_by_lines(&mut source, content, read);
        content.unfold_lines(&source);
        let record = |record: &crate::record::Record| format!("{record:?} {:?} {:?} {}", record.raw(), record.lines(), record.ordinal());
        let outside = |outside: &OutsideText| format!("{:?} {}", source.raw(outside.range.clone()), outside.line);
        let mut seen: Vec<String> = content.records.iter().map(record).chain(content.outside.iter().map(outside)).collect();
        seen.extend(
            content.tally.finish(&Arc::from("a")).iter().map(|problem| format!("{:?}", (problem.code, problem.line, &problem.span))),
        );
        seen
    }

    #[test]
    fn values_are_folded() {
        for (text, format, folded) in [
            ("PMID- 1\nTI  - a\n      b\n      c\n", Format::Medline, "PMID- 1\nTI  - a b c\n"),
            ("PMID- 1\r\nTI  - a\r\n      b\n      c", Format::Medline, "PMID- 1\r\nTI  - a b\n      c"),
            ("TI  - a\n       b", Format::Medline, "TI  - a\n       b"),
            ("TI  - a \n      b\n      c", Format::Medline, "TI  - a b\n      c"),
            ("TI  - a\n      b \n      c", Format::Medline, "TI  - a b \n      c"),
            ("TI  - a \r\n      b  \r\n      c", Format::Medline, "TI  - a b  \r\n      c"),
            ("TI  - a\n      TY  - JOUR", Format::Medline, "TI  - a\n      TY  - JOUR"),
            ("XX  - a\n      b", Format::Medline, "XX  - a\n      b"),
            ("TI  -\n      b", Format::Medline, "TI  -\n      b"),
            (
                "@article{ k,\nTitle = {A\n   b {C}\n   = d},\n   e},\nCited-References = {a\n   b},\nNote = {}\n   x},\n",
                Format::BibTex,
                "@article{ k,\nTitle = {A b {C} = d},\n   e},\nCited-References = {a\n   b},\nNote = {}\n   x},\n",
            ),
            ("Title = {A\n   @b\n   c},\n", Format::BibTex, "Title = {A\n   @b\n   c},\n"),
            ("TI a\n   b\nAU c\n   d\nAB e\n\n   f", Format::WosTagged, "TI a b\nAU c\n   d\nAB e\n\n   f"),
        ] {
            let (found, _) = crate::formats::fold(text.to_owned(), format);
            assert_eq!(found, folded, "{text:?}");
        }
    }

    const MEDLINE_LINES: &[&str] = &[
        "PMID- 1",
        "OWN - NLM",
        "TI  - A title",
        "TI  - ",
        "AB  - An abstract ",
        "AB  - \u{e9}",
        "XX  - unknown",
        "GN - loose",
        "      goes on",
        "      goes on ",
        "       deeper",
        "      TY  - JOUR",
        "no margin",
        "",
        "TY  - JOUR",
        "      \u{e9}",
        "FAU - A, B",
        "      ",
    ];
    const WOS_LINES: &[&str] = &[
        "FN Clarivate",
        "PT J",
        "AU A, B",
        "TI A title",
        "AB An abstract",
        "XX unknown",
        "   goes on",
        "   goes on ",
        "    deeper",
        "   PT J",
        "no margin",
        "",
        "ER",
        "EF",
        "   \u{e9}",
        "CR A, 2001",
        "DE a; b;",
        "UT WOS:1",
    ];

    const BIBTEX_FIELDS: &[&str] = &[
        "Title = {A title",
        "Title = {{A title}",
        "Abstract = {Some of",
        "Author = {A and",
        "Keywords = {a; b;",
        "Cited-References = {a, 2001",
        "Month = may # {x",
        "Note = \"x",
        "Year = {2001",
    ];
    const BIBTEX_REST: &[&str] =
        &["goes on", "goes {o}n \\& on", "B and C", "{C", "C}", "\\{D", "x = {y}", "@misc{k, note = {x", " deeper", "% comment", "\u{e9}"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn folded_text_reads_as_it_stands(is_medline: bool, picks in vec((any::<prop::sample::Index>(), 0..8_u8), 1..24)) {
            let (format, pool) = if is_medline { (Format::Medline, MEDLINE_LINES) } else { (Format::WosTagged, WOS_LINES) };
            let mut text = String::new();
            for (pick, ending) in picks {
                text.push_str(pool[pick.index(pool.len())]);
                text.push_str(["\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r"][usize::from(ending)]);
            }
            prop_assert_eq!(seen(&text, format, true), seen(&text, format, false));
            let with_returns = text.replace('\n', "\r\n");
            prop_assert_eq!(seen(&with_returns, format, true), seen(&with_returns, format, false));
        }

        #[test]
        fn folded_bibtex_reads_as_it_stands(parts in vec((0..BIBTEX_FIELDS.len(), vec(0..BIBTEX_REST.len(), 0..4), 0..12_u8), 1..12)) {
            let mut text = "@article{ k,\n".to_owned();
            for (field, rest, ending) in parts {
                text.push_str(BIBTEX_FIELDS[field]);
                for rest in rest {
                    text.push_str("\n   ");
                    text.push_str(BIBTEX_REST[rest]);
                }
                // Most entries are whole.
                text.push_str(match ending {
                    0 => "}\n}\n\n@article{ k,\n",
                    1 => "}\n}\n@comment{x\n@book{k,\n",
                    2 => ",\n",
                    3 => "\n",
                    4 => "},\n   % comment, x\n   goes on\n",
                    5 => "},\r\n",
                    _ => "},\n",
                });
            }
            text.push_str("}\n");
            prop_assert_eq!(seen(&text, Format::BibTex, true), seen(&text, Format::BibTex, false));
        }
    }
}
