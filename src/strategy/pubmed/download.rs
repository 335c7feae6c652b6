//! PubMed's "History and Search Details", downloaded as a table -> lines.
//!
//! Goes in: the text of a file. Comes out: for each row a line without a tree: its number, its query with its filters behind
//! it, as PubMed's history prints them, and its count of results; or nothing where the first line is not the header of such a
//! table. The newest row stands first there, and lines are put in the order of their numbers.

use super::super::ast::{Cell, Line, physical_lines};
use super::super::typography::is_blank;
use crate::diagnostic::{Code, Diagnostic, Span};
use std::sync::Arc;

/// What the columns are called, in lower case: the number, the query, the filters, the count.
const COLUMNS: [&str; 4] = ["search number", "query", "filters", "results"];
/// What divides cells: as downloaded, as some spreadsheet programs save it, as it is pasted from one.
const SEPARATORS: &[char] = &[',', ';', '\t'];
/// What stands between a query and its filters, as the parser knows it.
const FILTERS: &str = " Filters: ";

/// One cell of a row.
#[derive(Debug, Clone, Default)]
struct Written {
    /// Its text, quotation marks undoubled.
    text: String,
    /// The physical line on which it begins, from 1.
    line: u32,
    /// Where its text begins on that line.
    offset: usize,
    /// [`Cell::marks`]
    marks: Vec<usize>,
}

/// The lines of a downloaded history; `None` where `text` is none.
pub(in crate::strategy) fn read(file: &Arc<str>, text: &str) -> Option<(Vec<Line>, Vec<Diagnostic>)> {
    let (header, _) = physical_lines(text).find(|(line, _)| !line.trim_matches(is_blank).is_empty())?;
    let separator = SEPARATORS.iter().copied().find(|separator| {
        let names: Vec<String> = header.split(*separator).map(name).collect();
        COLUMNS.iter().take(2).all(|column| names.iter().any(|name| name == column))
    })?;
    let mut rows = rows(text, separator).into_iter();
    let names: Vec<String> = rows.next()?.iter().map(|cell| name(&cell.text)).collect();
    let [number, query, filters, results] = COLUMNS.map(|column| names.iter().position(|name| name == column));
    let mut lines: Vec<Line> = Vec::new();
    let mut diagnostics = Vec::new();
    for row in rows {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).filter(|cell| !cell.text.trim().is_empty());
        let Some(first) = row.first() else { continue };
        let label = cell(number).and_then(|cell| cell.text.trim().trim_start_matches('#').parse::<u32>().ok());
        let (Some(label), Some(query)) = (label, cell(query)) else {
            let found = if label.is_some() { "a row without a query" } else { "a row without a number" };
            diagnostics.push(Diagnostic::new(Code::UnnumberedLine, file, first.line, Span::new(first.offset, first.offset), found));
            continue;
        };
        lines.push(line(label, query, cell(filters), cell(results)));
    }
    lines.sort_by_key(|line| line.label);
    for pair in lines.windows(2) {
        let [before, line] = pair else { continue };
        let found = if line.label == before.label {
            (Code::DuplicateLabel, format!("{} again, which is on line {} of the file", line.label, before.physical_line))
        } else if line.label > before.label + 1 {
            (Code::MissingLabel, format!("{} after {}", line.label, before.label))
        } else {
            continue;
        };
        diagnostics.push(Diagnostic::new(found.0, file, line.physical_line, Span::new(line.offset, line.offset), found.1));
    }
    Some((lines, diagnostics))
}

/// The name of a column as it is compared.
fn name(written: &str) -> String {
    written.trim_matches(|c: char| is_blank(c) || matches!(c, '"' | '\u{feff}')).to_lowercase()
}

fn line(label: u32, query: &Written, filters: Option<&Written>, results: Option<&Written>) -> Line {
    let mut text = query.text.clone();
    let cell = |text: &str, cell: &Written| Cell {
        part: Span::new(text.len() - cell.text.len(), text.len()),
        physical_line: cell.line,
        offset: cell.offset,
        marks: cell.marks.clone(),
    };
    let mut cells = vec![cell(&text, query)];
    if let Some(filters) = filters {
        text.push_str(FILTERS);
        text.push_str(&filters.text);
        cells.push(cell(&text, filters));
    }
    let digits = results.map(|cell| cell.text.chars().filter(char::is_ascii_digit).collect::<String>());
    let published = digits.and_then(|digits| digits.parse().ok());
    Line { label, query: text, physical_line: query.line, offset: query.offset, published, cells, tree: None }
}

/// The rows of a table, blank ones left out: cells divided by `separator`, those in quotation marks as they stand between
/// them. A quotation mark that is never closed goes to the end of the text. By hand, since no library of CSV says where in the
/// file a cell and its doubled quotation marks stand, and carets have to point there.
fn rows(text: &str, separator: char) -> Vec<Vec<Written>> {
    let mut rows: Vec<Vec<Written>> = Vec::new();
    let mut row: Vec<Written> = Vec::new();
    let (mut line, mut line_begin) = (1, 0);
    let mut cell = Written { line, ..Written::default() };
    let (mut is_inside, mut begins) = (false, true);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = at + character.len_utf8();
        match character {
            '"' if begins => {
                (is_inside, begins) = (true, false);
                cell.offset = after - line_begin;
            }
            '"' if is_inside => {
                cell.marks.push(cell.text.len());
                match characters.next_if(|(_, next)| *next == '"') {
                    Some(_) => cell.text.push('"'),
                    None => is_inside = false,
                }
            }
            '\r' | '\n' | '\u{b}' | '\u{2028}' | '\u{2029}' => {
                let is_one_end = character == '\r' && characters.next_if(|(_, next)| *next == '\n').is_some();
                let end = after + usize::from(is_one_end);
                (line, line_begin) = (line + 1, end);
                // Only these end a row; every one ends a physical line.
                if is_inside || !matches!(character, '\r' | '\n') {
                    cell.text.push_str(text.get(at..end).unwrap_or_default());
                    continue;
                }
                row.push(std::mem::replace(&mut cell, Written { line, ..Written::default() }));
                rows.push(std::mem::take(&mut row));
                begins = true;
            }
            _ if character == separator && !is_inside => {
                row.push(std::mem::replace(&mut cell, Written { line, offset: after - line_begin, ..Written::default() }));
                begins = true;
            }
            // Blanks before a cell are no part of it.
            _ if begins && !is_inside && is_blank(character) => cell.offset = after - line_begin,
            _ => {
                begins = false;
                cell.text.push(character);
            }
        }
    }
    row.push(cell);
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.text.trim_matches(is_blank).is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const HISTORY: &str = "Search number,Query,Sort By,Filters,Search Details,Results,Time\n\
        7,\"#3 AND \"\"peer group\"\"[mh]\",Most Recent,\"English, Humans\",\"x, y\",\"1,204\",10:12:59\r\n\n\
        5,\"asthma*[tiab]\nOR wheez*[tiab]\",,,z,89,10:11:01\n\
        3, tutor*[tiab] ,,,,0,\n\
        ,lost[tiab],,,,,\n";

    #[test]
    fn rows_are_lines_in_the_order_of_their_numbers() {
        let (lines, diagnostics) = read(&Arc::from("x"), HISTORY).unwrap();
        let shown: Vec<_> = lines.iter().map(|line| (line.label, line.query.as_str(), line.published, line.physical_line)).collect();
        let expected = [
            (3, "tutor*[tiab] ", Some(0), 6),
            (5, "asthma*[tiab]\nOR wheez*[tiab]", Some(89), 4),
            (7, "#3 AND \"peer group\"[mh] Filters: English, Humans", Some(1204), 2),
        ];
        assert_eq!(shown, expected);
        let said: Vec<_> = diagnostics.iter().map(|said| (said.code, said.line)).collect();
        assert_eq!(said, [(Code::UnnumberedLine, 7), (Code::MissingLabel, 4), (Code::MissingLabel, 2)]);
    }

    #[test]
    fn places_are_those_of_the_table() {
        let (lines, _) = read(&Arc::from("x"), HISTORY).unwrap();
        let physical: Vec<&str> = physical_lines(HISTORY).map(|(line, _)| line).collect();
        for (line, part, expected) in [
            (2, "#3", "#3"),
            (2, "\"peer group\"", "\"\"peer group\"\""),
            (2, "[mh]", "[mh]"),
            (2, "Humans", "Humans"),
            (1, "wheez*", "wheez*"),
            (0, "tutor*", "tutor*"),
        ] {
            let line = &lines[line];
            let at = line.query.find(part).unwrap();
            let (number, span) = line.place(Span::new(at, at + part.len()));
            assert_eq!(&physical[number as usize - 1][span.start..span.end], expected, "{part}");
        }
    }

    #[test]
    fn only_a_table_with_this_header_is_one() {
        for (text, expected) in [
            ("\n\u{feff}\"Search number\";\"Query\";\"Results\"\n1;a[ti];5\n", Some(1)),
            ("Search number\tQuery\n#1\ta[ti]\n#2\tb[ti]\n", Some(2)),
            ("Search number,Query\n", Some(0)),
            ("1 a[ti]\n2 b[ti]\n", None),
            ("Search number\n1\na[ti]\n", None),
            ("", None),
        ] {
            assert_eq!(read(&Arc::from("x"), text).map(|(lines, _)| lines.len()), expected, "{text:?}");
        }
    }
}
