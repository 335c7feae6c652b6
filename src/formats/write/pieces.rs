//! Files of the formats in which a record is a piece of lines: RIS, MEDLINE, EndNote tagged.
//!
//! A record that is as it was read and well formed stands in the file as its own raw text; any other is written anew by
//! its format's writer. Between two records stands a blank line, or, where a whole export is written in its own format,
//! what stood there.

use super::well_formed::{LineEnd, Verbatim, verbatim};
use super::{Keys, Losses, Records, Target};
use crate::formats::Parsed;
use crate::formats::lines::lines;
use crate::record::{Format, Record};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Appends the lines of one record, each with LF, without a blank line behind.
pub(super) type Lines = fn(&Record, &Target, &mut String, &mut Losses);

/// How much text is collected before it is handed on.
const BUFFER: usize = 64 * 1024;

/// How many records are made into lines before these are handed on: few, so that the memory they take is used again for the
/// next, and enough that no thread waits long for another.
const BATCH: usize = 512;
/// How many of them by one thread at a time.
const CHUNK: usize = 64;
/// Bytes that they mostly take: text that grows is copied, and takes memory twice.
const CHUNK_BYTES: usize = CHUNK * 2_048;

/// Writes the records of one file, some at a time: not all of them need be in memory. Of the formats in which a record is a
/// piece of lines.
pub struct Appender {
    target: Target,
    lines: Lines,
    /// How the lines of the file end; `None` until the first is written.
    ending: Option<LineEnd>,
}

impl Appender {
    /// Nothing yet; `None` where the format of `target` is another one.
    #[must_use]
    pub fn new(target: &Target) -> Option<Self> {
        Some(Self { target: *target, lines: super::lines_of(target.format)?, ending: None })
    }

    /// Writes `records` behind those before.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>, out: &mut dyn Write) -> io::Result<Losses> {
        self.append(&mut records.into_iter(), |record| Some((Cow::Borrowed(*record), None)), out)
    }

    /// Writes what `record_of` makes of each of `items` behind those before: each record is made when its turn comes, by many
    /// threads, and forgotten when it is written. `key_of` gives its key where that is known, so that it need not be made.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_made<'a, T: Sync>(
        &mut self,
        items: &[T],
        record_of: impl Fn(&T) -> Option<Cow<'a, Record>> + Sync,
        key_of: impl Fn(&T) -> Option<u64> + Sync,
        out: &mut dyn Write,
    ) -> io::Result<Losses> {
        self.append(&mut items.iter(), |item| Some((record_of(item)?, key_of(item))), out)
    }

    fn append<'a, T: Send + Sync>(
        &mut self,
        items: &mut dyn Iterator<Item = T>,
        record_of: impl Fn(&T) -> Option<Keyed<'a>> + Sync,
        out: &mut dyn Write,
    ) -> io::Result<Losses> {
        let (target, lines) = (&self.target, self.lines);
        let mut losses = Losses::default();
        // Made and waiting; and those in which the next are made.
        let (mut ready, mut next): (Vec<Made>, Vec<Made>) = Default::default();
        loop {
            let batch: Vec<T> = (&mut *items).take(BATCH).collect();
            let ending_of = |first: &T| verbatim(&record_of(first)?.0, target).map(|verbatim| verbatim.ending);
            if let Some(first) = batch.first() {
                self.ending.get_or_insert_with(|| ending_of(first).unwrap_or_default());
            }
            let ending = self.ending.unwrap_or_default();
            // While one batch is handed on, the next is made.
            next.resize_with(batch.len().div_ceil(CHUNK), Made::default);
            rayon::in_place_scope(|scope| {
                let chunks = next.par_iter_mut().zip(batch.par_chunks(CHUNK)).with_max_len(1);
                let make = |(made, items): (&mut Made, &[T])| made.make(items.iter().filter_map(&record_of), target, lines, ending);
                scope.spawn(move |_| chunks.for_each(make));
                ready.iter().try_for_each(|made| {
                    losses.add(&made.losses);
                    out.write_all(made.text.as_bytes())
                })
            })?;
            if batch.is_empty() {
                return Ok(losses);
            }
            std::mem::swap(&mut ready, &mut next);
        }
    }
}

/// Writes records with a blank line behind each. The lines end as those of the first do, where that stands as it is.
pub(super) fn write(records: Records<'_, '_>, target: &Target, lines: Lines, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    losses.add(&Appender { target: *target, lines, ending: None }.write(records, out)?);
    Ok(())
}

/// A record to be written, and its key where that is known.
type Keyed<'a> = (Cow<'a, Record>, Option<u64>);

/// The lines of some records.
#[derive(Default)]
struct Made {
    text: String,
    losses: Losses,
    /// A record that is being written anew.
    anew: String,
}

impl Made {
    /// Makes the lines of `records`, which end with `ending`, with a blank line behind each record.
    fn make<'a>(&mut self, records: impl Iterator<Item = Keyed<'a>>, target: &Target, lines: Lines, ending: LineEnd) {
        self.text.clear();
        self.text.reserve(CHUNK_BYTES);
        self.losses = Losses::default();
        for (record, key) in records {
            let into = (&mut self.text, &mut self.anew, &mut self.losses);
            let target = Target { keys: key.map_or(target.keys, Keys::Known), ..*target };
            push_record(&record, verbatim(&record, &target), &target, lines, ending, into);
            self.text.push_str(ending.as_str());
            self.text.push_str(ending.as_str());
        }
    }
}

/// Appends a record to the text, the end of its last line not included; the second string is where it is written anew.
fn push_record(
    record: &Record,
    verbatim: Option<Verbatim<'_>>,
    target: &Target,
    lines: Lines,
    ending: LineEnd,
    (text, anew, losses): (&mut String, &mut String, &mut Losses),
) {
    if let Some(verbatim) = verbatim {
        push_with(text, &verbatim.text, ending, verbatim.ending);
        return;
    }
    if ending == LineEnd::Lf {
        let start = text.len();
        lines(record, target, text, losses);
        text.truncate(start + text[start..].trim_end_matches('\n').len());
        return;
    }
    anew.clear();
    lines(record, target, anew, losses);
    push_with(text, anew.trim_end_matches('\n'), ending, LineEnd::Lf);
}

/// Writes whole exports. Of one that is in the target's format, the text outside of records stays in its place; of others
/// it is counted as lost.
pub(super) fn write_exports(exports: &[Parsed], target: &Target, lines: Lines, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    let mut page = Page { target, lines, out, losses, ending: None, text: String::new(), anew: String::new() };
    for export in exports {
        // Text between records of another format could become a part of one.
        let is_of_target = export.records.iter().all(|record| record.format() == target.format);
        if is_of_target && target.is_general() {
            page.export(export)?;
        } else {
            page.losses.outside_lines += export.n_outside_lines();
            for record in &export.records {
                page.start_paragraph();
                page.record(record, verbatim(record, target));
                page.blank_line();
                page.flush_if_full()?;
            }
        }
    }
    page.flush()
}

struct Page<'p> {
    target: &'p Target,
    lines: Lines,
    out: &'p mut dyn Write,
    losses: &'p mut Losses,
    /// How the lines of the file end; `None` until the first is written.
    ending: Option<LineEnd>,
    /// What is not handed on yet: never empty once something was written, so that it tells how the file ends so far.
    text: String,
    /// A record that is being written anew.
    anew: String,
}

impl Page<'_> {
    /// One record, the end of its last line not included.
    fn record(&mut self, record: &Record, verbatim: Option<Verbatim<'_>>) {
        let of_record = verbatim.as_ref().map(|verbatim| verbatim.ending).unwrap_or_default();
        let ending = *self.ending.get_or_insert(of_record);
        push_record(record, verbatim, self.target, self.lines, ending, (&mut self.text, &mut self.anew, self.losses));
    }

    fn line_end(&mut self) {
        self.text.push_str(self.ending.unwrap_or_default().as_str());
    }

    fn blank_line(&mut self) {
        self.line_end();
        self.line_end();
    }

    /// Ends the line that was begun, if one was.
    fn start_line(&mut self) {
        if !(self.text.is_empty() || self.text.ends_with('\n')) {
            self.line_end();
        }
    }

    /// Sees to it that a blank line stands before what follows.
    fn start_paragraph(&mut self) {
        self.start_line();
        let is_start = self.text.trim_end_matches(['\n', '\r']).is_empty();
        let is_apart = is_start || self.text.ends_with("\n\n") || self.text.ends_with("\n\r\n");
        if !is_apart {
            self.line_end();
        }
    }

    fn export(&mut self, export: &Parsed) -> io::Result<()> {
        let text = export.source.text.as_str();
        if self.ending.is_none() {
            self.ending = LineEnd::of(text);
        }
        let mut outside: Vec<Range<usize>> = export.outside.iter().map(|outside| outside.range.clone()).collect();
        outside.sort_unstable_by_key(|range| range.start);
        let mut outside = outside.as_slice();
        if !self.text.is_empty() {
            self.start_paragraph();
        }
        let mut at = 0;
        let mut before_is_anew = false;
        for record in &export.records {
            let is_of_export = Arc::ptr_eq(record.source(), &export.source);
            let Some(range) = Some(record.range()).filter(|range| is_of_export && range.start >= at) else {
                // Not of this export: it was put in its place.
                self.start_paragraph();
                self.record(record, verbatim(record, self.target));
                self.blank_line();
                continue;
            };
            self.between(text, at..range.start, &mut outside);
            let verbatim = verbatim(record, self.target);
            let is_anew = verbatim.is_none();
            // RIS has an end for each record; the others may need the blank line.
            if (is_anew || before_is_anew) && self.target.format != Format::Ris {
                self.start_paragraph();
            } else {
                self.start_line();
            }
            self.record(record, verbatim);
            let n_inside = outside.iter().take_while(|outside| outside.start < range.end).count();
            if is_anew {
                for inside in &outside[..n_inside] {
                    self.start_line();
                    self.text.push_str(&export.source.raw(inside.clone()));
                }
            }
            outside = &outside[n_inside..];
            (at, before_is_anew) = (range.end, is_anew);
            self.flush_if_full()?;
        }
        self.between(text, at..text.len(), &mut outside);
        if before_is_anew {
            self.start_line();
        }
        Ok(())
    }

    /// What stands between two records: blank lines, and text outside of records. Anything else there is a stray end of a
    /// record, or a record that was left out.
    fn between(&mut self, text: &str, range: Range<usize>, outside: &mut &[Range<usize>]) {
        for line in lines(text, range.start, range.end) {
            let n_before = outside.iter().take_while(|outside| outside.end < line.start).count();
            *outside = &outside[n_before..];
            let is_outside = outside.first().is_some_and(|outside| outside.start <= line.end() && outside.end > line.start);
            if line.is_blank() || is_outside {
                self.text.push_str(line.text);
                let next = text.as_bytes().get(line.end()).filter(|_| line.end() < range.end);
                if next.is_some() {
                    self.line_end();
                }
            }
        }
        let n_done = outside.iter().take_while(|outside| outside.end <= range.end).count();
        *outside = &outside[n_done..];
    }

    fn flush_if_full(&mut self) -> io::Result<()> {
        if self.text.len() < BUFFER {
            return Ok(());
        }
        // The last character and the line ends behind it tell how to go on.
        let kept = self.text.trim_end_matches(['\n', '\r']).char_indices().next_back().map_or(0, |(at, _)| at);
        self.out.write_all(&self.text.as_bytes()[..kept])?;
        self.text.drain(..kept);
        Ok(())
    }

    fn flush(self) -> io::Result<()> {
        self.out.write_all(self.text.as_bytes())
    }
}

/// Appends `text`, the lines of which end with `from`, with line ends of `to`.
fn push_with(out: &mut String, text: &str, to: LineEnd, from: LineEnd) {
    if from == to {
        out.push_str(text);
        return;
    }
    let mut start = 0;
    for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let line = &text[start..at];
        out.push_str(if from == LineEnd::CrLf { line.strip_suffix('\r').unwrap_or(line) } else { line });
        out.push_str(to.as_str());
        start = at + 1;
    }
    out.push_str(&text[start..]);
}
