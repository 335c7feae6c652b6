//! EndNote XML, as EndNote, Zotero and Mendeley write it.
//!
//! Goes in: the text of an export. Comes out: one record for each `<record>`, an entry for each element that holds text,
//! tagged with its path inside the record ("titles/title"). No DTD and no network are used. The text is cut at the
//! starts of records first and each piece read by itself, so that a broken record costs at most itself.

use super::lines::lines;
use super::tally::Tally;
use super::{Content, OutsideText, detect};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Pmid, Record, RecordBuilder, Source};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use rayon::prelude::*;
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
    ("periodical/full-title", Field::Journal),
    ("periodical/abbr-1", Field::JournalAbbreviation),
    ("periodical/abbr-2", Field::JournalAbbreviation),
    ("abstract", Field::Abstract),
    ("dates/year", Field::Year),
    ("dates/pub-dates/date", Field::Date),
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
    ("notes", Field::Note),
    ("research-notes", Field::Note),
    ("edition", Field::Edition),
    ("remote-database-name", Field::Database),
    ("remote-database-provider", Field::Provider),
    ("custom2", Field::Other),
    ("custom7", Field::Other),
];

/// Fields of which one element may hold several values, one a line.
const LISTS: &[Field] = &[Field::SerialNumber, Field::Keyword, Field::Url, Field::Author];

/// Typography inside of a value; never part of a path.
const STYLE: &str = "style";
const REF_TYPE: &str = "ref-type";

/// How many records are read as one piece of parallel work.
const BATCH: usize = 512;

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    let mut tally = Tally::default();
    let pieces = pieces(&source.text, range.clone(), &mut tally);
    let batches: Vec<(Vec<Record>, Tally)> = pieces.par_chunks(BATCH).map(|batch| read_batch(source, batch)).collect();
    let mut content = Content::default();
    for (records, of_batch) in batches {
        content.records.extend(records);
        tally.append(of_batch, 0);
    }
    // An element without content is no record; those after it move up.
    let mut ordinal = 0;
    for record in &mut content.records {
        ordinal += 1;
        record.shift(ordinal, 0);
    }
    content.tally = tally;
    let (tail_start, tail_line) = pieces.last().map_or((range.start, 1), |last| (last.range.end, last.lines.1));
    text_after(&source.text, tail_start..range.end, tail_line, &mut content);
    content
}

/// Keeps the lines behind the last record that are no markup.
fn text_after(text: &str, range: Range<usize>, first_line: u32, content: &mut Content) {
    for line in lines(text, range.start, range.end).filter(|line| !line.is_blank() && !line.text.trim_start().starts_with('<')) {
        let number = first_line + line.number - 1;
        let code = if detect::is_tag_line(line.text) { Code::OutsideTags } else { Code::OutsideText };
        content.tally.add(code, number, Span::new(0, line.text.len()), || super::quoted(line.text));
        content.outside.push(OutsideText { line: number, range: line.start..line.end() });
    }
}

/// One `<record>` element: its bytes, and the lines it starts and ends on.
struct Piece {
    range: Range<usize>,
    lines: (u32, u32),
}

fn pieces(text: &str, range: Range<usize>, tally: &mut Tally) -> Vec<Piece> {
    let (offset, text) = (range.start, &text[range]);
    let bytes = text.as_bytes();
    let opaque = opaque(text);
    let is_markup = |at: &usize| {
        let after = opaque.partition_point(|range| range.start <= *at);
        !opaque[..after].last().is_some_and(|range| range.contains(at))
    };
    let is_start =
        |at: &usize| bytes.get(at + "<record".len()).is_some_and(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace());
    let starts: Vec<usize> = memchr::memmem::find_iter(bytes, "<record").filter(is_start).filter(is_markup).collect();
    let mut counted = LineCounter::default();
    let mut out = Vec::with_capacity(starts.len());
    for (index, &start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied();
        let limit = next.unwrap_or(text.len());
        let first_line = counted.line_at(text, start);
        let mut ends = memchr::memmem::find_iter(&bytes[start..limit], b"</record>").map(|at| start + at);
        let end = ends.find(is_markup).map(|at| at + "</record>".len());
        if end.is_none() && !is_empty_element(&text[start..limit]) {
            match next {
                Some(_) => tally.add(Code::MissingRecordEnd, first_line, Span::default(), || "the next <record>".into()),
                None => tally.add(Code::TruncatedFile, first_line, Span::default(), || "a <record> without </record>".into()),
            }
        }
        let end = end.unwrap_or(limit);
        out.push(Piece { range: offset + start..offset + end, lines: (first_line, counted.line_at(text, end)) });
    }
    out
}

/// Comments and CDATA sections, in which nothing is markup. One that is opened again before it ends was never closed, and
/// hides nothing: it must not cost the records behind it.
fn opaque(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    for (open, close) in OPAQUE {
        let mut opens = memchr::memmem::find_iter(bytes, open).peekable();
        let closer = memchr::memmem::Finder::new(close);
        while let Some(start) = opens.next() {
            let limit = opens.peek().copied().unwrap_or(text.len());
            if let Some(end) = closer.find(&bytes[start..limit]) {
                out.push(start..start + end + close.len());
            }
        }
    }
    out.sort_unstable_by_key(|range| range.start);
    out
}

const OPAQUE: [(&str, &str); 2] = [("<!--", "-->"), ("<![CDATA[", "]]>")];

/// `text` with every `<` that begins no markup ("A < b") written as an entity; `None` where there is none.
fn without_bare_brackets(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut kept_to = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        if let Some(length) = markup_len(&text[start..]) {
            at = start + length;
        } else {
            out.push_str(&text[kept_to..start]);
            out.push_str("&lt;");
            kept_to = start + 1;
            at = kept_to;
        }
    }
    if kept_to == 0 {
        return None;
    }
    out.push_str(&text[kept_to..]);
    Some(out)
}

/// The length of the tag, comment, section or instruction that `text` begins with, if it is one.
fn markup_len(text: &str) -> Option<usize> {
    for (open, close) in OPAQUE.into_iter().chain([("<?", "?>")]) {
        if text.starts_with(open) {
            return text.find(close).map(|at| at + close.len());
        }
    }
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let end = 1 + memchr::memchr2(b'<', b'>', &text.as_bytes()[1..])?;
    // "x<y & z > 1": what follows a name is attributes, or nothing.
    let behind_name = text[1..end].trim_end_matches('/').split_once(char::is_whitespace).map_or("", |(_, behind)| behind.trim());
    let is_tag = behind_name.is_empty() || behind_name.contains('=');
    (text.as_bytes()[end] == b'>' && is_tag).then_some(end + 1)
}

fn is_empty_element(text: &str) -> bool {
    text.find('>').is_some_and(|at| text[..at].ends_with('/'))
}

/// Counts line ends while walking down a text.
#[derive(Default)]
struct LineCounter {
    at: usize,
    n_ends: u32,
}

impl LineCounter {
    fn line_at(&mut self, text: &str, at: usize) -> u32 {
        self.n_ends += super::text::line_at(&text[self.at..], at - self.at) - 1;
        self.at = at;
        self.n_ends + 1
    }
}

fn read_batch(source: &Arc<Source>, pieces: &[Piece]) -> (Vec<Record>, Tally) {
    let mut tally = Tally::default();
    let mut builder = RecordBuilder::default();
    let mut entries = Vec::new();
    let mut records = Vec::with_capacity(pieces.len());
    for piece in pieces {
        entries.clear();
        if let Some(problem) = read_entries(&source.text[piece.range.clone()], &mut entries) {
            tally.add(Code::BrokenRecord, piece.lines.0, Span::default(), || problem);
        }
        if entries.is_empty() {
            tally.add(Code::EmptyRecord, piece.lines.0, Span::default(), || "a <record> without content".into());
            continue;
        }
        settle(&mut entries);
        for entry in &entries {
            push(&mut builder, entry);
        }
        // The ordinal is given when all batches are done.
        records.push(builder.finish(source, piece.range.clone(), piece.lines, 0));
    }
    (records, tally)
}

struct Element {
    path: String,
    field: Field,
    value: String,
}

fn push(builder: &mut RecordBuilder, entry: &Element) {
    if LISTS.contains(&entry.field) && entry.value.contains('\n') {
        for value in entry.value.lines().map(str::trim).filter(|value| !value.is_empty()) {
            builder.push_text(&entry.path, entry.field, value);
        }
    } else {
        builder.push_text(&entry.path, entry.field, &entry.value);
    }
}

/// The elements that are open, from the record inwards, and what has been read so far.
struct Walk<'e> {
    open: Vec<Open>,
    /// The names of the open elements below the record, but for `style`, with slashes between.
    path: String,
    entries: &'e mut Vec<Element>,
    /// The first thing that was wrong.
    problem: Option<String>,
}

struct Open {
    name: String,
    /// How long the path was before this element.
    parent_path: usize,
    text: String,
}

/// Adds an entry for each element of one record that holds text. Says what was wrong, if anything was.
fn read_entries(text: &str, entries: &mut Vec<Element>) -> Option<String> {
    let repaired = without_bare_brackets(text);
    let mut reader = Reader::from_str(repaired.as_deref().unwrap_or(text));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walk = Walk { open: Vec::new(), path: String::new(), entries, problem: None };
    if repaired.is_some() {
        walk.problem = Some("a \"<\" that begins no markup".to_owned());
    }
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => walk.open(&start),
            Ok(Event::End(end)) => walk.close_named(end.local_name().as_ref()),
            Ok(Event::Text(text)) => walk.text(&text.into_inner()),
            Ok(Event::CData(text)) => walk.text(&text.into_inner()),
            Ok(Event::GeneralRef(reference)) => walk.reference(&reference),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                walk.problem.get_or_insert_with(|| format!("XML that cannot be read ({error})"));
                break;
            }
        }
    }
    while !walk.open.is_empty() {
        walk.close();
    }
    walk.problem
}

impl Walk<'_> {
    fn open(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        let name: &str = name.as_ref();
        let parent_path = self.path.len();
        if !self.open.is_empty() && name != STYLE {
            if !self.path.is_empty() {
                self.path.push('/');
            }
            self.path.push_str(name);
        }
        self.open.push(Open { name: name.to_owned(), parent_path, text: String::new() });
        // The name of the type is an attribute, its number the text.
        if self.path == REF_TYPE
            && let Ok(Some(attribute)) = start.try_get_attribute("name")
        {
            let value = attribute.value.trim().to_owned();
            self.entries.push(Element { path: self.path.clone(), field: Field::Kind, value });
        }
    }

    /// Closes the innermost element of that name and those inside of it, which have no end of their own.
    fn close_named(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            self.problem.get_or_insert_with(|| format!("</{name}> without its start"));
            return;
        };
        if let Some(inner) = self.open.get(at + 1) {
            let inner = &inner.name;
            self.problem.get_or_insert_with(|| format!("<{inner}> without its end"));
        }
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if element.name == STYLE {
            if let Some(parent) = self.open.last_mut() {
                parent.text.push_str(&element.text);
            }
            return;
        }
        let value = without_returns(&element.text);
        let value = value.trim();
        let has_type_already = self.path == REF_TYPE && self.entries.iter().any(|entry| entry.field == Field::Kind);
        if !value.is_empty() && !self.path.is_empty() && !has_type_already {
            self.entries.push(Element { path: self.path.clone(), field: meaning(&self.path), value: value.to_owned() });
        }
        self.path.truncate(element.parent_path);
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        // The indentation of pretty-printed files is no text.
        let is_indentation = text.contains(['\n', '\r']) && text.trim().is_empty();
        if !is_indentation {
            element.text.push_str(text);
        }
    }

    /// Character references, the entities of XML and those of HTML; an unknown entity stays as it is written.
    fn reference(&mut self, reference: &BytesRef<'_>) {
        let Some(element) = self.open.last_mut() else { return };
        match reference.resolve_char_ref() {
            Ok(Some(character)) if character >= ' ' || matches!(character, '\t' | '\n' | '\r') => element.text.push(character),
            Ok(Some(_)) => {
                self.problem.get_or_insert_with(|| format!("the character &{};", &**reference));
            }
            _ => element.text.push_str(&crate::text::unescape(&format!("&{};", &**reference))),
        }
    }
}

/// What an element is about. In a damaged record it may stand deeper than it should.
fn meaning(path: &str) -> Field {
    let fits = |known: &str| path.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    ELEMENTS.iter().find(|(known, _)| fits(known)).map_or(Field::Other, |(_, field)| *field)
}

/// EndNote breaks lines with `&#xD;`.
fn without_returns(text: &str) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    lines(text, 0, text.len()).map(|line| line.text).collect::<Vec<_>>().join("\n")
}

/// Meanings that hang on other elements or on the value.
fn settle(entries: &mut [Element]) {
    let says_pubmed = |entry: &Element| {
        matches!(entry.field, Field::Database | Field::Provider)
            && ["pubmed", "medline", "nlm"].iter().any(|name| entry.value.to_lowercase().contains(name))
    };
    let from_pubmed = entries.iter().any(says_pubmed);
    for entry in entries.iter_mut() {
        entry.field = match entry.path.as_str() {
            "accession-num" if from_pubmed && Pmid::parse(&entry.value).is_some() => Field::Pmid,
            "custom2" if entry.value.strip_prefix("PMC").is_some_and(|number| Pmid::parse(number).is_some()) => Field::Pmcid,
            "custom7" if entry.value.bytes().any(|byte| byte.is_ascii_digit()) => Field::ArticleNumber,
            _ => entry.field,
        };
    }
}
