//! Tables: CSV and TSV of databases and programs, and the tables of workbooks.
//!
//! Goes in: a text with a header row, or Embase.com's rows of fields. Comes out: a record a row, each value under the name
//! of its column. The program that wrote a table is told by its header; any other table with a column of titles is read by
//! the names of its columns, or as a person says ([`ColumnMap`]).

mod cells;
mod columns;
mod damage;
mod entries;
mod layout;
mod lists;
mod map;
mod packed;
mod rows;
mod rows_of_fields;
pub(super) mod workbook;

pub(super) use lists::would_not_stand_alone;
pub use map::ColumnMap;

use super::origin::Origin;
use super::text::line_at;
use super::{Content, not_an_export};
use crate::error::{Error, ErrorKind};
use crate::record::{Database, Dialect, Format, Source};
use entries::Tags;
use layout::Layout;
use std::ops::Range;
use std::sync::Arc;

/// Begins the line with the name of a sheet, where a text holds several.
const SHEET: char = '\u{c}';
/// How much of a text is searched for the codes of databases.
const SAMPLE: usize = 256 * 1024;

/// The format of a text that begins with `start`, where it is a table.
pub(super) fn format(start: &str) -> Option<Format> {
    if rows_of_fields::is(start) {
        return Some(Format::Csv);
    }
    Layout::find(start, None).map(|layout| format_of(&layout))
}

/// Whether `start` begins a table with commas or semicolons whose program is known by its header.
pub(super) fn is_known_csv(start: &str) -> bool {
    rows_of_fields::is(start) || is_known(start, Format::Csv)
}

/// The same with tabs.
pub(super) fn is_known_tsv(start: &str) -> bool {
    is_known(start, Format::Tsv)
}

/// Whether `start` has the look of a table, if one that is not understood.
pub(super) fn is_perhaps(start: &str) -> bool {
    layout::is_even_table(start)
}

fn is_known(start: &str, format: Format) -> bool {
    // Most files are no tables at all: their first line tells.
    Layout::find(start, None).is_some_and(|layout| layout.is_certain() && format_of(&layout) == format)
}

fn format_of(layout: &Layout) -> Format {
    if layout.delimiter == b'\t' { Format::Tsv } else { Format::Csv }
}

/// The format of `text` where a person says what its columns are.
///
/// # Errors
///
/// [`ErrorKind::Settings`] where the table has no such columns.
pub(super) fn format_by_map(name: &str, text: &str, map: &ColumnMap) -> Result<Format, Error> {
    if let Some((missing, found)) = layout::missing_columns(text, map) {
        let found = if found.is_empty() { "no table".to_owned() } else { found.join(", ") };
        let message = format!("expected the columns that the column map names, found none called {} among {found}", missing.join(", "));
        return Err(Error::new(ErrorKind::Settings, name, message));
    }
    Layout::find(text, Some(map)).map(|layout| format_of(&layout)).ok_or_else(|| not_an_export(name, "no table"))
}

/// Which database and program the export `text` comes from.
pub(super) fn origin(text: &str) -> Origin {
    let mut origin = Origin::default();
    for part in parts(text, &(0..text.len())) {
        let part = &text[part];
        if rows_of_fields::is(part) {
            return Origin::new(Some(Database::Embase), Dialect::EmbaseCom);
        }
        if let Some(program) = Layout::find(part, None).and_then(|layout| layout.program) {
            origin = Origin::new(program.database, program.dialect);
            break;
        }
    }
    match origin.dialect {
        Dialect::EbscoHost => origin.database = ebsco_database(text).or(origin.database),
        // It asks many sources; Google Scholar is the one that links to itself.
        Dialect::PublishOrPerish if sample(text).contains("scholar.google.") => origin.database = Some(Database::GoogleScholar),
        _ => {}
    }
    origin
}

/// Codes of databases in EBSCO's links, as in `db=aph&AN=1`.
const EBSCO_CODES: &[(&str, Database)] = &[
    ("ccm", Database::Cinahl),
    ("cul", Database::Cinahl),
    ("c8h", Database::Cinahl),
    ("rzh", Database::Cinahl),
    ("jlh", Database::Cinahl),
    ("cin20", Database::Cinahl),
    ("psyh", Database::PsycInfo),
    ("psychinfo", Database::PsycInfo),
    ("aph", Database::AcademicSearch),
    ("afh", Database::AcademicSearch),
    ("a9h", Database::AcademicSearch),
    ("asx", Database::AcademicSearch),
    ("asn", Database::AcademicSearch),
    ("cmedm", Database::Medline),
    ("mdc", Database::Medline),
    ("mnh", Database::Medline),
    ("eric", Database::Eric),
    ("ecn", Database::EconLit),
    ("eoh", Database::EconLit),
    ("lah", Database::CabAbstracts),
];

/// The database that more than half of the links to EBSCO name.
fn ebsco_database(text: &str) -> Option<Database> {
    let codes = sample(text).match_indices("db=").map(|(at, mark)| {
        let code = &text[at + mark.len()..];
        let code = &code[..code.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(code.len())];
        EBSCO_CODES.iter().find(|(known, _)| *known == code).map(|(_, database)| *database)
    });
    let votes: Vec<Option<Database>> = codes.collect();
    let count = |database: Option<Database>| votes.iter().filter(|vote| **vote == database).count();
    votes.iter().copied().find(|vote| vote.is_some() && count(*vote) * 2 > votes.len())?
}

fn sample(text: &str) -> &str {
    &text[..text.floor_char_boundary(SAMPLE)]
}

/// The tables of `range` of `text`: the sheets of a workbook, or all of it.
fn parts(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let whole = &text[range.clone()];
    if !whole.starts_with(SHEET) {
        return vec![range.clone()];
    }
    let starts = whole.match_indices(SHEET).map(|(at, _)| at).filter(|at| *at == 0 || whole[..*at].ends_with(['\n', '\r']));
    let starts: Vec<usize> = starts.map(|at| range.start + at).collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start. `map` says what columns are
/// whose names do not.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>, map: Option<&ColumnMap>) -> Content {
    let text = source.text.as_str();
    let parts = parts(text, &range);
    let layouts: Vec<Option<Layout>> = parts.iter().map(|part| layout_of(text, part, map)).collect();
    // The names of all columns make one text, which the source keeps once.
    let mut tag_text = String::new();
    let mut tag_ranges: Vec<Vec<Range<usize>>> = Vec::new();
    for layout in layouts.iter().flatten() {
        let mut ranges = Vec::new();
        for name in layout.columns.iter().map(|column| column.name.as_str()).chain([rows::EXCESS]) {
            ranges.push(tag_text.len()..tag_text.len() + name.len());
            tag_text.push_str(name);
        }
        tag_ranges.push(ranges);
    }
    let is_kept = tag_ranges.is_empty() || source.keep_tag_text(&tag_text);
    let mut tag_ranges = tag_ranges.into_iter();
    let mut content = Content::default();
    for (part, layout) in parts.into_iter().zip(&layouts) {
        let line = line_at(&text[range.start..], part.start - range.start);
        match layout {
            Some(layout) => {
                let ranges = tag_ranges.next().unwrap_or_default();
                let own = |ranges: Vec<Range<usize>>| ranges.into_iter().map(|range| tag_text[range].to_owned()).collect();
                let tags = if is_kept { Tags::Shared(ranges) } else { Tags::Own(own(ranges)) };
                rows::read(source, part, line, layout, tags, &mut content);
            }
            None if rows_of_fields::is(&text[part.clone()]) => rows_of_fields::read(source, part, line, &mut content),
            None => {
                rows::outside(text, part, line, &mut content);
            }
        }
    }
    content
}

/// The layout of a part of `text`, its places counted from the start of the text.
fn layout_of(text: &str, part: &Range<usize>, map: Option<&ColumnMap>) -> Option<Layout> {
    if map.is_none() && rows_of_fields::is(&text[part.clone()]) {
        return None;
    }
    let mut layout = Layout::find(&text[part.clone()], map)?;
    layout.header = layout.header.start + part.start..layout.header.end + part.start;
    layout.start += part.start;
    layout.body += part.start;
    Some(layout)
}
