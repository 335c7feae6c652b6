//! CSL-JSON, as Zotero, Mendeley and other programs give items to citation processors.
//!
//! Goes in: the text of an export, an array of items, or an object that holds it or is one item. Comes out: its records,
//! the text that is no item, diagnostics. The array is cut into its items before any is read, so that one that is no JSON
//! costs one item. Tags are the keys; below the first level, their paths ("custom/x").

mod fields;
mod node;
mod scan;
mod values;

pub(super) use scan::repaired;

use super::origin::Origin;
use super::text::line_at;
use super::{Content, OutsideText, quoted};
use crate::diagnostic::{Code, Span};
use crate::record::{Database, Dialect, Field, Kind, Pmid, RecordBuilder, Source};
use fields::{LABELS, Reading};
use node::Node;
use scan::{Items, Piece};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use values::Name;

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 64 * 1024;
/// How much of a file is looked at to tell where it came from.
const SAMPLE: usize = 256 * 1024;

/// Keys that say that an object is an item of CSL, or of Zotero.
const KEYS_OF_ITEMS: [&str; 8] =
    ["\"container-title\"", "\"issued\"", "\"title\"", "\"DOI\"", "\"author\"", "\"creators\"", "\"abstract\"", "\"citation-key\""];
/// Keys of the answers of other services, whose items are not CSL.
const KEYS_OF_OTHERS: [&str; 6] =
    ["\"authorships\"", "\"_source\"", "\"hits\"", "\"esearchresult\"", "\"esummaryresult\"", "\"protocolSection\""];

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(HEAD)];
    let has =
        |keys: &[&str]| keys.iter().any(|key| head.match_indices(key).any(|(at, _)| head[at + key.len()..].trim_start().starts_with(':')));
    let is_item = has(&KEYS_OF_ITEMS) && has(&["\"type\"", "\"itemType\"", "\"id\""]);
    let is_bare_item = head.starts_with('[') && has(&["\"type\""]) && has(&["\"id\""]);
    head.starts_with(['[', '{']) && (is_item || is_bare_item) && !has(&KEYS_OF_OTHERS)
}

/// Which database and program the export `text` comes from: what more than half of its items say.
pub(super) fn origin(text: &str) -> Origin {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let n_items = sample.matches("\"type\"").count() + sample.matches("\"itemType\"").count();
    let is_most = |count: usize| count * 2 > n_items;
    let sources: Vec<Database> = sample
        .match_indices("\"source\"")
        .chain(sample.match_indices("\"libraryCatalog\""))
        .filter_map(|(at, key)| {
            let value = sample[at + key.len()..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
            let name = value.split(['"', '(']).next()?.trim();
            if name.starts_with("PubMed") && !name.contains("Central") { Some(Database::Medline) } else { Database::named(name) }
        })
        .collect();
    let database = sources.iter().copied().find(|database| is_most(sources.iter().filter(|other| *other == database).count()));
    let n_of = |marks: &[&str]| marks.iter().map(|mark| sample.matches(mark).count()).sum::<usize>();
    let dialect = if is_most(n_of(&["zotero.org", "\"citation-key\"", "\"itemType\""])) {
        Dialect::Zotero
    } else if is_most(n_of(&["mendeley.com"])) {
        Dialect::Mendeley
    } else {
        Dialect::General
    };
    Origin::new(database, dialect)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    let line = (range.start, 1);
    let mut reader = Reader { source, text: &source.text, content: Content::default(), builder: RecordBuilder::default(), line };
    reader.read(range);
    reader.content
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    content: Content,
    builder: RecordBuilder,
    /// A place and the line it stands on; places are asked for in rising order.
    line: (usize, u32),
}

impl Reader<'_> {
    fn read(&mut self, range: Range<usize>) {
        let end = range.end;
        let mut items = Items::new(self.text, range);
        while let Some(piece) = items.next() {
            match piece {
                Piece::Item(at) => {
                    if let Err(problem) = self.item(at.clone()) {
                        let end = items.give_up(at.start, at.end);
                        self.broken(at.start..end, &problem);
                    }
                }
                Piece::Stray(at) if self.text[at.clone()].starts_with('{') => self.broken(at, "an item without its end"),
                Piece::Stray(at) => {
                    let line = self.line_of(at.start);
                    self.content.tally.add(Code::LooseJson, line, Span::default(), || quoted(&self.text[at.clone()]));
                    self.content.outside.push(OutsideText { line, range: at });
                }
            }
        }
        let outside = std::mem::take(&mut items.outside);
        if !items.is_closed {
            let line = self.line_of(end);
            self.content.tally.add(Code::TruncatedFile, line, Span::default(), || "the end of the file".to_owned());
        }
        for at in outside.into_iter().filter(|at| !at.is_empty()) {
            let line = if at.start < self.line.0 { 1 } else { self.line_of(at.start) };
            self.content.outside.push(OutsideText { line, range: at });
        }
        self.content.outside.sort_by_key(|outside| outside.range.start);
    }

    fn broken(&mut self, at: Range<usize>, problem: &str) {
        let line = self.line_of(at.start);
        self.content.tally.add(Code::BrokenItem, line, Span::default(), || format!("{problem} in {}", quoted(&self.text[at.clone()])));
        self.content.outside.push(OutsideText { line, range: at });
    }

    /// The physical line that byte `at` stands on, counted from the start of the stretch.
    fn line_of(&mut self, at: usize) -> u32 {
        let (known, line) = self.line;
        if at > known {
            self.line = (at, line + line_at(&self.text[known..], at - known) - 1);
        }
        self.line.1
    }

    /// Reads the item at `at`; fails, with what is wrong with it, where it is no JSON.
    fn item(&mut self, at: Range<usize>) -> Result<(), String> {
        let raw = &self.text[at.clone()];
        let repaired;
        let node: Node<'_> = match serde_json::from_str(raw) {
            Ok(node) => node,
            Err(error) => {
                repaired = scan::repaired(raw);
                let node = serde_json::from_str(&repaired).map_err(|_| without_place(&error))?;
                let line = self.line_of(at.start);
                self.content.tally.add(Code::LooseJson, line, Span::default(), || without_place(&error));
                node
            }
        };
        let lines = (self.line_of(at.start), self.line_of(at.end));
        self.push_item(&node);
        if self.builder.is_empty() {
            self.content.tally.add(Code::EmptyRecord, lines.0, Span::default(), || quoted(raw));
            self.content.outside.push(OutsideText { line: lines.0, range: at });
            return Ok(());
        }
        let ordinal = u32::try_from(self.content.records.len() + 1).unwrap_or(u32::MAX);
        self.content.records.push(self.builder.finish(self.source, at, lines, ordinal));
        Ok(())
    }

    fn push_item(&mut self, node: &Node<'_>) {
        // Zotero's API has the item one level down.
        let Node::Map(pairs) = node.get("data").filter(|data| data.get("itemType").is_some()).unwrap_or(node) else { return };
        let kind = node_text(node, &["type", "itemType"]).map_or(Kind::Other, Kind::named);
        for (key, value) in pairs {
            let (field, reading) = fields::meaning(key, kind);
            match reading {
                Reading::Names => self.names(key, field, value),
                Reading::Date => self.dates(key, field, value),
                Reading::Keywords => self.keywords(key, field, value),
                Reading::Note => self.note(key, value),
                _ => self.leaves(key, key, field, value),
            }
        }
    }

    /// Every leaf of `value`, below `path`.
    fn leaves(&mut self, key: &str, path: &str, field: Field, value: &Node<'_>) {
        match value {
            Node::Nothing => {}
            Node::Text(text) => self.push(key, path, field, text),
            Node::List(items) => items.iter().for_each(|item| self.leaves(key, path, field, item)),
            Node::Map(pairs) => {
                for (name, inner) in pairs {
                    let deeper = format!("{path}/{name}");
                    // A DOI inside of something that is no DOI is not the record's.
                    let field = if matches!(field, Field::CitedReference | Field::Affiliation) { field } else { Field::Other };
                    self.leaves(key, &deeper, field, inner);
                }
            }
        }
    }

    fn names(&mut self, key: &str, field: Field, value: &Node<'_>) {
        for node in value.items() {
            let field = match node.get("creatorType").and_then(Node::text) {
                None | Some("author") => field,
                Some("editor" | "seriesEditor" | "bookAuthor") => Field::Editor,
                Some(_) => Field::Other,
            };
            match values::name(node) {
                Some(Name::Person(name)) => self.push(key, key, field, &name),
                Some(Name::Collective(name)) => {
                    let field = if field == Field::Author { Field::CorporateAuthor } else { field };
                    self.push(key, key, field, &name);
                }
                None => {}
            }
            let Node::Map(pairs) = node else { continue };
            for (name, inner) in pairs.iter().filter(|(name, _)| !values::NAME_KEYS.contains(&&**name)) {
                let field = if name == "affiliation" { Field::Affiliation } else { Field::Other };
                self.leaves(key, &format!("{key}/{name}"), field, inner);
            }
        }
    }

    /// A year is the year; a date with more, the date. The last date of a range is another one.
    fn dates(&mut self, key: &str, field: Field, value: &Node<'_>) {
        for (at, date) in values::dates(value).iter().enumerate() {
            let is_year = date.len() == 4 && date.bytes().all(|byte| byte.is_ascii_digit());
            let field = match field {
                Field::Date if at > 0 => Field::OtherDate,
                Field::Date if is_year => Field::Year,
                other => other,
            };
            self.push(key, key, field, date);
        }
    }

    fn keywords(&mut self, key: &str, field: Field, value: &Node<'_>) {
        for node in value.items() {
            let Some(text) = node.get("tag").unwrap_or(node).text() else {
                self.leaves(key, key, field, node);
                continue;
            };
            // Keywords of a list are whole; those in one string have semicolons, or commas, between.
            let separator = if matches!(value, Node::List(_)) {
                '\n'
            } else if text.contains(';') {
                ';'
            } else {
                ','
            };
            text.split(separator).filter(|keyword| !keyword.trim().is_empty()).for_each(|keyword| self.push(key, key, field, keyword));
        }
    }

    /// What lines with the labels of Zotero's notes hold, and the rest as a note.
    fn note(&mut self, key: &str, value: &Node<'_>) {
        let Some(text) = value.text() else { return self.leaves(key, key, Field::Note, value) };
        let labelled = |line: &str| {
            let (label, value) = line.split_once(':')?;
            let field = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label.trim()))?.1;
            let is_good = field != Field::Pmid || Pmid::parse(value).is_some();
            is_good.then(|| (field, value.trim().to_owned()))
        };
        if !text.lines().any(|line| labelled(line).is_some()) {
            return self.push(key, key, Field::Note, text);
        }
        let mut rest = String::new();
        for line in text.lines() {
            if let Some((field, value)) = labelled(line) {
                self.push(key, key, field, &value);
            } else {
                rest.push_str(line);
                rest.push('\n');
            }
        }
        self.push(key, key, Field::Note, &rest);
    }

    /// Adds a value, as a range of the source where it and its key stand there.
    fn push(&mut self, key: &str, path: &str, field: Field, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let value: Cow<'_, str> = if value.contains('\r') { value.replace("\r\n", "\n").replace('\r', "\n").into() } else { value.into() };
        let tag = self.range_of(key).filter(|_| key == path);
        match (tag, self.range_of(&value)) {
            (Some(tag), Some(range)) => self.builder.push_range(tag, field, range),
            (Some(tag), None) => self.builder.push_value(tag, field, &value),
            (None, _) => self.builder.push_text(path, field, &value),
        }
    }

    /// Where `part` stands in the source, if it is a part of it and no copy.
    fn range_of(&self, part: &str) -> Option<Range<usize>> {
        let start = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start + part.len();
        (end <= self.text.len() && self.text.is_char_boundary(start) && self.text.is_char_boundary(end)).then_some(start..end)
    }
}

fn node_text<'n>(node: &'n Node<'_>, keys: &[&str]) -> Option<&'n str> {
    keys.iter().find_map(|key| node.get(key).or_else(|| node.get("data")?.get(key))?.text())
}

/// What is wrong, without the place: it is counted from the start of the item.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
