//! BibTeX and biblatex, entry by entry, so that one bad entry costs one entry.
//!
//! Goes in: the text of an export. Comes out: its records, the text that stood outside of them (comments, preambles and
//! definitions too), diagnostics. Each record begins with the type of its entry and its key; then come its fields in the
//! order of the file, people and keywords one entry each. LaTeX is decoded ([`latex`]), macros are replaced, wrapped lines
//! joined. The key is the record's id where it has no accession of a database. Formats of the entry: the BibTeX manual
//! (Patashnik, 1988) and the manual of biblatex.

pub(super) mod fields;
pub(super) mod names;
mod origin;
mod scan;
mod values;

pub(super) use origin::origin;

use super::draft::Joining;
use super::lines::lines;
use super::tagged::{self, Dialect, TagLine};
use super::text::line_at;
use super::{Content, OutsideText, detect, quoted, stretches};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Folds, Format, Kind, RecordBuilder, Source};
use crate::text::latex;
use fields::{MONTHS, Reading};
use names::Person;
use scan::{Aside, Boundaries, Damage, Piece, RawEntry, RawField};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// How many lines may stand before the first entry: Scopus writes three, JabRef a comment.
const HEAD_LINES: usize = 60;

/// A shorter word behind an at sign is no type of an entry, unless others stand in the file.
pub(super) const SHORTEST_TYPE: usize = 3;

/// How far behind the first entry inside of it the end of a comment is looked for, in bytes.
const LONGEST_COMMENT: usize = 64 * 1024;

/// The tags of what has none: the type of the entry, its key, text in an entry that belongs to no field.
const OWN_TAGS: &str = "entrytype citekey stray";
/// The tag of an entry's type.
pub(super) const TYPE: &str = "entrytype";
/// The tag of an entry's key.
pub(super) const KEY: &str = "citekey";
const TYPE_TAG: Range<usize> = 0..9;
const KEY_TAG: Range<usize> = 10..17;
const STRAY_TAG: Range<usize> = 18..23;

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    for line in lines(start, 0, start.len()).filter(|line| !line.is_blank()).take(HEAD_LINES) {
        let text = line.text.trim_start();
        if text.starts_with('@') && is_start(start, line.end() - text.len()) {
            return true;
        }
        if text.starts_with(['<', '{', '[']) || detect::is_tag_line(text) {
            return false;
        }
    }
    false
}

/// Whether `line` begins an entry, by its form alone: `@article{key,`.
pub(super) fn starts_entry(line: &str) -> bool {
    let Some((word, open)) = line.strip_prefix('@').and_then(|_| scan::head(line, 0, line.len())) else { return false };
    let key = line[open + 1..].split(',').next().unwrap_or_default();
    let is_key = key.len() < line.len() - open - 1 && !key.contains(['{', '}', '"', '=']);
    is_key && word.len() >= SHORTEST_TYPE && scan::aside(&line[word]).is_none()
}

/// Where the entry ends that is open at `at`, if one is; one without an end goes on to the next entry.
pub(super) fn open_entry_end(text: &str, at: usize) -> Option<usize> {
    let before = &text[..at];
    let last = memchr::memrchr_iter(b'@', before.as_bytes())
        .find(|at| scan::starts_line(text, *at) && starts_entry(before[*at..].lines().next().unwrap_or_default()));
    let boundaries = Boundaries::new(text, text.len());
    let entry = scan::entry(text, last?, &boundaries)?;
    let end = if entry.damage == Damage::Unclosed { boundaries.after(entry.range.start) } else { entry.range.end };
    (end > at).then_some(end)
}

/// Whether an entry, comment, preamble or definition begins at `at`, with what must follow.
fn is_start(text: &str, at: usize) -> bool {
    let Some((word, open)) = scan::head(text, at, text.len()) else { return false };
    let behind = text[open + 1..].trim_start();
    let first_line = behind.lines().next().unwrap_or_default();
    let has_key = || {
        let key = first_line.split([',', '}']).next().unwrap_or_default();
        key.len() <= 200 && !key.contains(['{', '"']) && (first_line.contains([',', '}', '=']) || behind.len() > first_line.len())
    };
    scan::aside(&text[word.clone()]).is_some() || (word.len() >= SHORTEST_TYPE && has_key())
}

/// How Web of Science wraps: a field begins its line, and further lines of its value are indented by three.
const FOLDED: Dialect = Dialect {
    format: Format::BibTex,
    tag_line: field_line,
    meaning: folded_meaning,
    margin: "   ",
    keeps_open: closes_no_brace,
    ..Dialect::PLAIN
};

/// `text` with its wrapped values on one line. What is no whole and sound entry has to be read again as it stands.
pub(super) fn fold(text: String) -> (String, Folds) {
    tagged::fold(text, &FOLDED)
}

/// Name and value of a line that begins a braced one: `Title = {A title`.
fn field_line(line: &str) -> Option<TagLine> {
    let end = line.find(" = {").filter(|_| line.starts_with(|first: char| first.is_ascii_alphabetic()))?;
    Some((0..end, end + " = {".len()..line.len()))
}

/// Whether `line`, inside of braces, closes none that it has not opened, however escaped ones are counted.
fn closes_no_brace(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut depth = 0_usize;
    memchr::memchr2_iter(b'{', b'}', bytes).all(|at| {
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        if bytes[at] == b'{' {
            depth += 1;
            return !is_escaped;
        }
        let is_closed = depth == 0;
        depth = depth.saturating_sub(1);
        !(is_closed || is_escaped)
    })
}

/// Lists with an item a line are not folded.
fn folded_meaning(name: &str) -> Option<(Field, Joining)> {
    let (field, reading) = fields::meaning(name);
    (reading != Reading::Lines).then_some((field, Joining::Wrapped))
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    let mut reader = Reader::new(source, range);
    reader.read();
    reader.content
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    end: usize,
    content: Content,
    builder: RecordBuilder,
    /// The values of `@string`, by their names in lower case, before their LaTeX is decoded.
    macros: BTreeMap<String, String>,
    /// Whether the tags of [`OWN_TAGS`] are those of the source.
    has_own_tags: bool,
    /// A place and the line it stands on; places are asked for in rising order.
    line: (usize, u32),
}

/// Whether `raw` is an entry that reads the same wherever it stands: nothing had to be repaired, and it needs no
/// definition of a macro.
pub(super) fn stands_alone(raw: &str) -> bool {
    let Some(entry) = scan::entry(raw, 0, &Boundaries::new(raw, raw.len())) else { return false };
    let is_plain = |piece: &Piece| match piece {
        Piece::Text(_) => true,
        Piece::Macro(name) => MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&raw[name.clone()])),
    };
    let has_macros = entry.fields.iter().any(|field| !is_plain(&field.value) || !field.more.iter().all(is_plain));
    let is_type = entry.kind.len() >= SHORTEST_TYPE;
    entry.damage == Damage::None && entry.range == (0..raw.len()) && is_type && !entry.key.is_empty() && !has_macros
}

/// What an entry says about who wrote it, which decides what some of its fields mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    WebOfScience,
    Scopus,
    Other,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Arc<Source>, range: Range<usize>) -> Self {
        Self {
            source,
            text: &source.text,
            end: range.end,
            content: Content::default(),
            builder: RecordBuilder::default(),
            macros: BTreeMap::new(),
            has_own_tags: source.keep_tag_text(OWN_TAGS),
            line: (range.start, 1),
        }
    }

    fn read(&mut self) {
        let text = self.text;
        let boundaries = Boundaries::new(text, self.end);
        let mut at = self.line.0;
        while let Some(start) = scan::next_start(text, at, self.end) {
            self.outside(at..start);
            at = self.block(start, &boundaries);
        }
        self.outside(at..self.end);
    }

    /// Reads what begins at `start`, and says where it ends.
    fn block(&mut self, start: usize, boundaries: &Boundaries<'_>) -> usize {
        let Some((word, open)) = scan::head(self.text, start, self.end) else { return start + 1 };
        if let Some(aside) = scan::aside(&self.text[word]) {
            let end = scan::aside_end(self.text, open, self.aside_limit(aside, start, boundaries));
            self.aside(aside, start, open, end);
            return end;
        }
        let Some(entry) = scan::entry(self.text, start, boundaries) else { return start + 1 };
        let end = entry.range.end;
        self.entry(&entry);
        end
    }

    /// Where a block that is no entry ends at the latest: before the next entry, but for a comment around entries.
    fn aside_limit(&self, aside: Aside, start: usize, boundaries: &Boundaries<'_>) -> usize {
        let next = boundaries.after(start);
        if aside != Aside::Comment {
            return next;
        }
        let farthest = self.text.floor_char_boundary(self.end.min(next.saturating_add(LONGEST_COMMENT)));
        let (_, open) = scan::head(self.text, start, self.end).unwrap_or((start..start, start));
        if scan::aside_end(self.text, open, farthest) < farthest { farthest } else { next }
    }

    fn aside(&mut self, aside: Aside, start: usize, open: usize, end: usize) {
        let line = self.line_of(start);
        self.by_lines(start..end);
        match aside {
            Aside::Definition => {
                for field in scan::definitions(self.text, open, end) {
                    let value = self.raw_value(&field, line).into_owned();
                    self.macros.insert(self.text[field.name].to_lowercase(), value);
                }
            }
            Aside::Comment if scan::next_start(self.text, open, end).is_some() => {
                let found = || quoted(self.text[start..end].lines().nth(1).unwrap_or(&self.text[start..end]).trim());
                self.content.tally.add(Code::CommentedEntry, line, Span::default(), found);
            }
            Aside::Comment | Aside::Preamble => {}
        }
        self.content.outside.push(OutsideText { line, range: start..end });
    }

    /// The physical line that byte `at` stands on, counted from the start of the stretch.
    fn line_of(&mut self, at: usize) -> u32 {
        let (known, line) = self.line;
        if at > known {
            // Never between the two characters of a line end, since entries begin with an `@`.
            self.line = (at, line + line_at(&self.text[known..], at - known) - 1);
        }
        self.line.1
    }

    /// Says that what is made of `range` hangs on its lines.
    fn by_lines(&mut self, range: Range<usize>) {
        if self.source.folds.first_within(range.clone()).is_some() {
            self.content.by_lines.push(range);
        }
    }

    fn outside(&mut self, range: Range<usize>) {
        if self.text[range.clone()].trim().is_empty() {
            return;
        }
        self.by_lines(range.clone());
        let first = self.line_of(range.start);
        for line in lines(self.text, range.start, range.end).filter(|line| !line.is_blank()) {
            let number = first + line.number - 1;
            if stretches::starts_record_of(line.text).is_some_and(|format| format != Format::BibTex) {
                self.content.tally.add(Code::MixedFormats, number, Span::new(0, line.text.len()), || quoted(line.text));
            }
            if !line.text.trim_start().starts_with('%') && line.text.trim() != "," {
                self.content.tally.add(Code::OutsideText, number, Span::new(0, line.text.len()), || quoted(line.text));
            }
            self.content.outside.push(OutsideText { line: number, range: line.start..line.end() });
        }
    }

    fn entry(&mut self, entry: &RawEntry) {
        let first_line = self.line_of(entry.range.start);
        let last_line = self.line_of(entry.range.end);
        let found = || quoted(self.text[entry.range.clone()].lines().next().unwrap_or_default());
        if entry.key.is_empty() && entry.fields.iter().all(|field| field.name.is_empty()) {
            self.content.tally.add(Code::EmptyRecord, first_line, Span::default(), found);
            self.content.outside.push(OutsideText { line: first_line, range: entry.range.clone() });
            return;
        }
        if entry.damage != Damage::None {
            self.by_lines(entry.range.clone());
        }
        match entry.damage {
            Damage::None => {}
            Damage::Repaired => self.content.tally.add(Code::RepairedEntry, first_line, Span::default(), found),
            Damage::Unclosed if entry.range.end >= self.text[..self.end].trim_end().len() => {
                self.content.tally.add(Code::TruncatedFile, last_line, Span::default(), || "the end of the file".to_owned());
            }
            Damage::Unclosed => self.content.tally.add(Code::UnclosedEntry, first_line, Span::default(), found),
        }
        let writer = self.writer(entry);
        self.push_own(TYPE_TAG, Field::Kind, entry.kind.clone());
        if !entry.key.is_empty() {
            let has_accession = entry.fields.iter().any(|field| fields::meaning(&self.text[field.name.clone()]).0 == Field::Accession);
            self.push_own(KEY_TAG, if has_accession { Field::Other } else { Field::Accession }, entry.key.clone());
        }
        for field in &entry.fields {
            self.field(field, entry, writer, first_line);
        }
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.builder.finish(self.source, entry.range.clone(), (first_line, last_line), ordinal));
    }

    fn writer(&self, entry: &RawEntry) -> Writer {
        let name = |field: &RawField| &self.text[field.name.clone()];
        if entry.fields.iter().any(|field| name(field).eq_ignore_ascii_case("unique-id")) {
            Writer::WebOfScience
        } else if entry
            .fields
            .iter()
            .any(|field| name(field) == "source" && matches!(&field.value, Piece::Text(at) if &self.text[at.clone()] == "Scopus"))
        {
            Writer::Scopus
        } else {
            Writer::Other
        }
    }

    fn push_own(&mut self, tag: Range<usize>, field: Field, value: Range<usize>) {
        if self.has_own_tags {
            self.builder.push_shared_range(tag, field, value);
        } else {
            self.builder.push_text(&OWN_TAGS[tag], field, &self.text[value]);
        }
    }

    fn field(&mut self, field: &RawField, entry: &RawEntry, writer: Writer, line: u32) {
        if field.name.is_empty() {
            if let Piece::Text(at) = &field.value {
                let length = self.text[at.clone()].trim_end().len();
                self.push_own(STRAY_TAG, Field::Other, at.start..at.start + length);
            }
            return;
        }
        let name = &self.text[field.name.clone()];
        let (meaning, reading) = fields::meaning(name);
        let meaning = self.refined(meaning, field, entry, writer);
        let mut raw = self.raw_value(field, line);
        if meaning == Field::Title
            && let Some(subtitle) = entry.fields.iter().find(|other| self.text[other.name.clone()].eq_ignore_ascii_case("subtitle"))
        {
            raw = Cow::Owned(format!("{raw}: {}", self.raw_value(subtitle, line)));
        }
        let tag = &field.name;
        match reading {
            // A dash in TeX, the hyphen of all other formats.
            Reading::Line if meaning == Field::Pages && raw.contains("--") => {
                let raw = raw.replace("---", "--").replace("--", "-");
                self.push_decoded(tag, meaning, &raw, values::in_one_line, latex::decode);
            }
            Reading::Line => self.push_decoded(tag, meaning, &raw, values::in_one_line, latex::decode),
            Reading::Text => self.push_decoded(tag, meaning, &raw, values::in_paragraphs, latex::decode),
            Reading::Link => self.push_decoded(tag, meaning, &raw, values::in_one_line, latex::decode_link),
            Reading::People => self.people(tag, meaning, &raw, line),
            Reading::List | Reading::Semicolons => {
                let only_semicolons = writer != Writer::Other || reading == Reading::Semicolons;
                let is_wrapped = memchr::memchr2(b'\n', b'\r', raw.as_bytes()).is_some();
                let value = if is_wrapped { Cow::Owned(values::in_one_line(&raw).into_owned()) } else { raw };
                self.push_items(tag, meaning, values::items(names::ungrouped(&value), only_semicolons));
            }
            Reading::Lines => {
                for piece in std::iter::once(&field.value).chain(&field.more) {
                    if let Piece::Text(at) = piece {
                        self.by_lines(at.clone());
                    }
                }
                let items = lines(&raw, 0, raw.len()).map(|line| line.text.trim()).filter(|line| !line.is_empty());
                self.push_items(tag, meaning, items);
            }
        }
    }

    /// What a field means in this entry.
    fn refined(&self, meaning: Field, field: &RawField, entry: &RawEntry, writer: Writer) -> Field {
        let is = |name: &str| self.text[field.name.clone()].eq_ignore_ascii_case(name);
        match meaning {
            // Web of Science has the author's own in `Keywords`, its own in `Keywords-Plus`.
            Field::Keyword if writer == Writer::WebOfScience && is("keywords") => Field::AuthorKeyword,
            // The publisher of a thesis or report; where somebody works, in an article.
            Field::Publisher if is("institution") && Kind::named(&self.text[entry.kind.clone()]) == Kind::Article => Field::Affiliation,
            Field::Other if is("eprint") && self.is_pubmed(entry) => Field::Pmid,
            _ => meaning,
        }
    }

    fn is_pubmed(&self, entry: &RawEntry) -> bool {
        entry.fields.iter().any(|field| {
            let name = &self.text[field.name.clone()];
            let names_type = ["eprinttype", "archiveprefix"].iter().any(|known| known.eq_ignore_ascii_case(name));
            names_type && matches!(&field.value, Piece::Text(at) if self.text[at.clone()].trim().eq_ignore_ascii_case("pubmed"))
        })
    }

    fn people(&mut self, tag: &Range<usize>, meaning: Field, raw: &str, line: u32) {
        let mut value = values::in_one_line(raw);
        // In names a blank is a blank, however wide.
        if value.split(' ').any(|word| word.is_empty() || word.contains(char::is_whitespace)) {
            value = Cow::Owned(value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let people = names::people(&value);
        if people.is_empty() {
            self.builder.push_value(tag.clone(), meaning, "");
        }
        for person in people {
            match person {
                Person::Name(name) => self.push_part(tag, meaning, &name),
                Person::Collective(name) => {
                    let field = if meaning == Field::Author { Field::CorporateAuthor } else { meaning };
                    self.push_part(tag, field, &name);
                }
                Person::Others(name) => {
                    let found = || format!("{:?} in {:?}", name, &self.text[tag.clone()]);
                    self.content.tally.add(Code::MoreAuthors, line, Span::default(), found);
                    self.push_part(tag, Field::Other, &name);
                }
            }
        }
    }

    fn push_items<'v>(&mut self, tag: &Range<usize>, meaning: Field, items: impl Iterator<Item = &'v str>) {
        let mut is_empty = true;
        for item in items {
            is_empty = false;
            self.push_part(tag, meaning, &latex::decode(item));
        }
        if is_empty {
            self.builder.push_value(tag.clone(), meaning, "");
        }
    }

    /// Adds a whole value, its lines joined by `unwrap` and its LaTeX decoded.
    fn push_decoded(
        &mut self,
        tag: &Range<usize>,
        meaning: Field,
        raw: &str,
        unwrap: for<'v> fn(&'v str) -> Cow<'v, str>,
        decode: for<'v> fn(&'v str) -> Cow<'v, str>,
    ) {
        let value = unwrap(names::ungrouped(raw));
        let decoded = decode(&value);
        self.push_part(tag, meaning, decoded.trim_matches([' ', '\t', '\n']));
    }

    /// Adds `value`, as a range of the source where it stands there.
    fn push_part(&mut self, tag: &Range<usize>, meaning: Field, value: &str) {
        match self.range_of(value) {
            Some(range) => self.builder.push_range(tag.clone(), meaning, range),
            None => self.builder.push_value(tag.clone(), meaning, value),
        }
    }

    /// Where `value` stands in the source, if it is a part of it and no copy.
    fn range_of(&self, value: &str) -> Option<Range<usize>> {
        let start = (value.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start + value.len();
        (end <= self.end && self.text.is_char_boundary(start) && self.text.is_char_boundary(end)).then_some(start..end)
    }

    /// The value of a field before its LaTeX is decoded: its pieces, with macros replaced.
    fn raw_value(&mut self, field: &RawField, line: u32) -> Cow<'a, str> {
        let first = self.piece(&field.value, line);
        if field.more.is_empty() {
            return first;
        }
        let mut value = first.into_owned();
        for piece in &field.more {
            let piece = self.piece(piece, line);
            value.push_str(&piece);
        }
        Cow::Owned(value)
    }

    fn piece(&mut self, piece: &Piece, line: u32) -> Cow<'a, str> {
        let text = self.text;
        let name = match piece {
            Piece::Text(at) => return Cow::Borrowed(&text[at.clone()]),
            Piece::Macro(at) => &text[at.clone()],
        };
        if let Some(value) = self.macros.get(&name.to_lowercase()) {
            return Cow::Owned(value.clone());
        }
        if !MONTHS.iter().any(|month| month.eq_ignore_ascii_case(name)) {
            self.content.tally.add(Code::UnknownMacro, line, Span::default(), || quoted(name));
        }
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_end_with_a_whole_letter() {
        for start in ["", "a", "a = ", "a\" "] {
            let text = format!("@article{{{start}{}, title = {{B}}}}\n\n@article{{c, title = {{D}}}}\n", "\u{e5}".repeat(300));
            let titles: Vec<_> = crate::formats::read("a.bib", text.into_bytes())
                .unwrap()
                .records
                .iter()
                .map(|record| record.title().map(str::to_owned))
                .collect();
            assert_eq!(titles.last().unwrap().as_deref(), Some("D"), "{start} {titles:?}");
        }
    }

    #[test]
    fn a_blank_in_a_name_is_one_blank() {
        let text = "@article{a, author = {Ek,  Anna and {World  Health\u{a0}Organization}}, title = {A  B}}\n";
        let parsed = crate::formats::read("a.bib", text.as_bytes().to_vec()).unwrap();
        let values: Vec<_> = parsed.records[0].entries().map(|entry| entry.value).skip(2).collect();
        assert_eq!(values, ["Ek, Anna", "World Health Organization", "A  B"]);
    }

    #[test]
    fn a_blank_beyond_ascii_lies_inside_its_entry() {
        // Blanks are all that this one has.
        assert!(crate::formats::read("a.bib", "@iip(,;p\".iu1=\r\r\u{a0}".into()).is_err());
        for text in ["@article{a, title = \u{a0}\n", "@article{a,\n title = {A}, note = {\u{3000}"] {
            let parsed = crate::formats::read("a.bib", text.as_bytes().to_vec()).unwrap();
            let raw: Vec<_> = parsed.records.iter().map(crate::record::Record::raw).collect();
            assert_eq!(raw, [text.trim_ascii_end()]);
        }
    }
}
