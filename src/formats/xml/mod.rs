//! What the XML formats share: records cut out of the text, each walked by itself, damage repaired.
//!
//! Goes in: the text of an export and a [`Grammar`]. Comes out: one record for each record element. No DTD and no network
//! are used. The text is cut at the starts of records first and each piece read by itself, so that a broken record costs
//! at most itself. What the elements of a format mean is said by the format, which is handed each record as a [`Tree`].

mod pieces;
mod repair;
mod scan;
mod sink;
mod tree;

pub(super) use sink::{Sink, Step, Tags};
pub(super) use tree::Element;

use super::lines::lines;
use super::tally::Tally;
use super::{Content, OutsideText, detect};
use crate::diagnostic::{Code, Span};
use crate::record::{Field, Record, RecordBuilder, Source};
use pieces::{Piece, pieces};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use tree::Tree;

/// How records of a format are told and walked.
pub(super) struct Grammar {
    /// The names of the elements that are records, without prefix.
    pub(super) records: &'static [&'static str],
    /// Whether the text from the start of such an element to the start of the next holds a record; else the element is a
    /// wrapper of the protocol it was fetched with, and has the record inside of it.
    pub(super) holds_record: fn(&str) -> bool,
    /// Whether an element is typography, whose text belongs to the element around it. Takes the name with its prefix.
    pub(super) is_inline: fn(&str) -> bool,
    /// What line ends inside of a value mean.
    pub(super) breaks: Breaks,
    /// Hands the entries of one record to the sink.
    pub(super) entries: fn(Element<'_>, &mut Sink<'_>),
}

/// What line ends inside of a value mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// They are part of it, as `\n`.
    Kept,
    /// The page was too narrow: a blank.
    Blanks,
}

/// Whether `text` begins with markup: "<1. >" is none.
pub(super) fn begins(text: &str) -> bool {
    text.strip_prefix('<').is_some_and(|behind| behind.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '!' | '?')))
}

/// The name of the first element of `text`; `None` where anything but a prolog stands before it.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let close = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        rest = rest.split_once(close)?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).map(|end| &name[..end])
}

/// The tag of text that stands in a record outside of its elements; not that of the record, which would begin another one
/// where it is written.
const STRAY_TEXT: &str = "stray-text";

/// How many records are read as one piece of parallel work.
const BATCH: usize = 512;

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, grammar: &Grammar, tags: &Tags) -> Content {
    let mut tally = Tally::default();
    let pieces = pieces(&source.text, range.clone(), grammar, &mut tally);
    let read_batch = |batch: &[Piece]| read_batch(source, batch, grammar, tags);
    let batches: Vec<(Vec<Record>, Tally)> = pieces.par_chunks(BATCH).map(read_batch).collect();
    let mut content = Content::default();
    content.records.reserve_exact(batches.iter().map(|(records, _)| records.len()).sum());
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

fn read_batch(source: &Arc<Source>, pieces: &[Piece], grammar: &Grammar, tags: &Tags) -> (Vec<Record>, Tally) {
    let mut tally = Tally::default();
    let mut builder = RecordBuilder::default();
    let mut tree = Tree::default();
    let mut records = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let text = &source.text[piece.range.clone()];
        if let Some(problem) = tree.read(text, grammar) {
            tally.add(Code::BrokenRecord, piece.lines.0, Span::default(), || problem);
        }
        if let Some(root) = tree.root(text) {
            let mut sink = Sink::new(&mut builder, tags, piece.range.start);
            (grammar.entries)(root, &mut sink);
            if !root.value().is_empty() {
                tally.add(Code::BrokenRecord, piece.lines.0, Span::default(), || "text outside of the record's elements".into());
                sink.push_element(STRAY_TEXT, Field::Other, root);
            }
        }
        if builder.is_empty() {
            tally.add(Code::EmptyRecord, piece.lines.0, Span::default(), || format!("a <{}> without content", piece.name(&source.text)));
            continue;
        }
        // The ordinal is given when all batches are done.
        records.push(builder.finish(source, piece.range.clone(), piece.lines, 0));
    }
    (records, tally)
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

/// `text` without line ends: each, and the blanks around it, becomes one blank.
fn in_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in lines(text, 0, text.len()).filter(|line| !line.is_blank()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line.text.trim_matches([' ', '\t']));
    }
    out
}
