//! Where the header of a table stands, what divides its cells, and what its columns mean.
//!
//! Goes in: the start of a text. Comes out: a [`Layout`], or nothing where the text is no table of records. Lines before
//! the header (a search query, notes of the platform) are passed over.

use super::cells::{Row, Rows};
use super::columns::{self, Program, Shape, fold_name};
use super::map::ColumnMap;
use crate::record::{Dialect, Field};
use std::ops::Range;

/// The delimiters that are tried, the rarer ones in text first.
const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// How much of a text is looked at for the header.
const HEAD: usize = 128 * 1024;
/// How many rows before the header there may be.
const MOST_ROWS_BEFORE: usize = 40;
/// The longest name of a column, in bytes; cells of records are longer.
const LONGEST_NAME: usize = 120;
/// Of the names of a small table that no program is known for, one in so many must be understood.
const NAMES_PER_UNDERSTOOD: usize = 3;

/// How a table is laid out.
pub(super) struct Layout {
    pub(super) delimiter: u8,
    pub(super) program: Option<&'static Program>,
    pub(super) columns: Vec<Column>,
    /// Where what stands before the header begins: behind Excel's line `sep=;`, if there is one.
    pub(super) start: usize,
    /// The header in the text.
    pub(super) header: Range<usize>,
    /// Where the row below the header begins.
    pub(super) body: usize,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) field: Field,
    pub(super) shape: Shape,
    pub(super) is_understood: bool,
}

/// A row that may be the header, and how good it is.
struct Candidate {
    layout: Layout,
    n_understood: usize,
    row_number: usize,
}

impl Layout {
    /// The layout of the table that `text` begins with.
    pub(super) fn find(text: &str, map: Option<&ColumnMap>) -> Option<Layout> {
        let (start, delimiters) = match stated_delimiter(text) {
            Some((delimiter, start)) => (start, vec![delimiter]),
            None => (0, DELIMITERS.to_vec()),
        };
        let head = head(text);
        let candidates = delimiters.iter().filter_map(|delimiter| candidate(head, start, *delimiter, map));
        // The earliest header; of several ways to cut the same row, the one in which most names are understood.
        let best = candidates.min_by_key(|found| (found.row_number, usize::MAX - found.n_understood));
        best.map(|found| Layout { start, ..found.layout })
    }

    /// Whether its header is that of a program that is known.
    pub(super) fn is_certain(&self) -> bool {
        self.program.is_some()
    }
}

/// Whether `text` begins with two rows of equally many cells, three or more: perhaps a table whose names say nothing.
pub(super) fn is_even_table(text: &str) -> bool {
    let head = head(text);
    DELIMITERS.iter().any(|delimiter| {
        let n_cells: Vec<usize> = rows(head, 0, *delimiter).take(2).map(|row| row.cells.len()).collect();
        n_cells.len() == 2 && n_cells[0] > 2 && n_cells[0] == n_cells[1]
    })
}

/// The row of `text` that comes nearest to having the columns of `map`, as names that it lacks; `None` where there is one
/// that has them all.
pub(super) fn missing_columns<'m>(text: &str, map: &'m ColumnMap) -> Option<(Vec<&'m str>, Vec<String>)> {
    let head = head(text);
    let mut best: Option<(Vec<&str>, Vec<String>)> = None;
    for delimiter in DELIMITERS {
        for row in rows(head, 0, delimiter) {
            let names = names(head, &row);
            let missing = map.missing(&names.iter().map(|name| fold_name(name)).collect::<Vec<_>>());
            if missing.is_empty() {
                return None;
            }
            if best.as_ref().is_none_or(|(least, found)| (missing.len(), found.len()) < (least.len(), names.len())) && names.len() > 1 {
                best = Some((missing, names));
            }
        }
    }
    Some(best.unwrap_or_else(|| (map.missing(&[]), Vec::new())))
}

/// The start of `text`, in which its header stands.
pub(super) fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(HEAD)]
}

/// Excel's first line `sep=;`: the delimiter, and where the line behind it begins.
fn stated_delimiter(text: &str) -> Option<(u8, usize)> {
    let line_end = text.find(['\n', '\r'])?;
    let line = text[..line_end].trim().trim_matches('"');
    let value = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &line.as_bytes()[4..])?;
    let delimiter = match *value {
        // A tab at the end of the line was trimmed away.
        [] => b'\t',
        [delimiter] => delimiter,
        _ => return None,
    };
    let behind = &text[line_end..];
    Some((delimiter, line_end + if behind.starts_with("\r\n") { 2 } else { 1 }))
}

/// The rows of `head` from `start` on, blank ones left out.
fn rows(head: &str, start: usize, delimiter: u8) -> impl Iterator<Item = Row> + '_ {
    let mut reader = Rows::new(head, delimiter, 0);
    let mut at = start;
    let next = move || {
        while at < head.len() {
            let mut row = Row::default();
            reader.read(at, &mut row);
            at = row.next;
            if !head[row.range.clone()].trim_matches([' ', '\t', '\n', '\r']).is_empty() {
                return Some(row);
            }
        }
        None
    };
    std::iter::from_fn(next).take(MOST_ROWS_BEFORE)
}

fn names(head: &str, row: &Row) -> Vec<String> {
    let cells = row.cells.iter().map(|cell| (&head[cell.range.clone()], cell.has_doubled));
    cells.map(|(name, has_doubled)| if has_doubled { name.replace("\"\"", "\"") } else { name.trim().to_owned() }).collect()
}

fn candidate(head: &str, start: usize, delimiter: u8, map: Option<&ColumnMap>) -> Option<Candidate> {
    let mut rows = rows(head, start, delimiter).enumerate().peekable();
    while let Some((row_number, row)) = rows.next() {
        if row.cells.len() < 2 || row.cells.iter().any(|cell| cell.range.len() > LONGEST_NAME) {
            continue;
        }
        let below = rows.peek().map(|(_, below)| below);
        if let Some(found) = as_header(head, &row, below, delimiter, map) {
            return Some(Candidate { row_number, ..found });
        }
    }
    None
}

/// `row` as the header of a table, with the row `below` it.
fn as_header(head: &str, row: &Row, below: Option<&Row>, delimiter: u8, map: Option<&ColumnMap>) -> Option<Candidate> {
    let names = names(head, row);
    let folded: Vec<String> = names.iter().map(|name| fold_name(name)).collect();
    let program = columns::program_of(&folded);
    let mut columns = columns_of(names, &folded, program, map);
    settle(&mut columns, &folded);
    let has = |columns: &[Column], field: Field| columns.iter().any(|column| column.field == field);
    let n_named = folded.iter().filter(|name| !name.is_empty()).count();
    let n_understood = columns.iter().filter(|column| column.is_understood).count();
    let fits = match map {
        Some(map) => map.missing(&folded).is_empty(),
        None if program.is_some() => true,
        None => {
            let is_even = || below.is_some_and(|below| is_even(head, row, below));
            // "Title, abstract, and keywords": in prose a blank follows each comma.
            let is_spaced = row.cells.iter().skip(1).all(|cell| head[cell.range.clone()].starts_with(' '));
            let is_usual = match n_understood {
                0 | 1 => false,
                2 => n_named <= 2 * NAMES_PER_UNDERSTOOD && is_even(),
                3 | 4 => n_understood * 2 >= n_named || is_even(),
                _ => true,
            };
            has(&columns, Field::Title) && is_usual && (!is_spaced || n_understood * 2 > n_named)
        }
    };
    if !fits {
        return None;
    }
    insert_row_names(head, &mut columns, below);
    let layout = Layout { delimiter, program, columns, start: 0, header: row.range.clone(), body: row.next };
    Some(Candidate { layout, n_understood, row_number: 0 })
}

fn columns_of(names: Vec<String>, folded: &[String], program: Option<&'static Program>, map: Option<&ColumnMap>) -> Vec<Column> {
    let is_tag =
        |name: &String| (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let has_tags = program.is_none() && names.iter().filter(|name| is_tag(name)).count() * 2 > names.len();
    let columns = names.into_iter().zip(folded).enumerate().map(|(at, (name, folded))| {
        let by_tag = if has_tags { columns::tag_meaning(&name) } else { None };
        let meaning = map.and_then(|map| map.meaning(folded)).or(by_tag).or_else(|| columns::meaning(folded, program));
        let (field, shape) = meaning.unwrap_or((Field::Other, Shape::One));
        let name = if name.is_empty() { format!("column {}", at + 1) } else { name };
        Column { name, field, shape, is_understood: meaning.is_some() }
    });
    columns.collect()
}

/// Meanings that hang on which other columns there are.
fn settle(columns: &mut [Column], folded: &[String]) {
    let has_journal = columns.iter().any(|column| matches!(column.field, Field::Journal | Field::ContainerTitle | Field::BookTitle));
    let has_numbers = folded.iter().any(|name| name == "authorsid");
    for (column, folded) in columns.iter_mut().zip(folded) {
        match column.shape {
            // Where the parts have columns of their own, the packed cell says nothing more.
            Shape::Source if has_journal => column.shape = Shape::One,
            Shape::FullNames if !has_numbers => column.shape = Shape::NumberedNames,
            Shape::One if folded == "source" && !column.is_understood && !has_journal => {
                (column.field, column.is_understood) = (Field::ContainerTitle, true);
            }
            _ => {}
        }
    }
    // The first title is the title; a further column of that meaning is another form of it.
    let mut titles = columns.iter_mut().filter(|column| column.field == Field::Title);
    if titles.next().is_some() {
        titles.for_each(|column| column.field = Field::ShortTitle);
    }
}

/// Adds the column that R's `write.table` leaves out of its header: the names of the rows, which are "1", "2", ...
fn insert_row_names(head: &str, columns: &mut Vec<Column>, below: Option<&Row>) {
    if below.is_some_and(|below| has_row_name(head, below, columns.len())) {
        columns.insert(0, Column { name: "row".into(), field: Field::Other, shape: Shape::One, is_understood: true });
    }
}

/// Whether the row `below` a header has as many cells as it, or is cut off, or has a name besides.
fn is_even(head: &str, header: &Row, below: &Row) -> bool {
    let n_columns = header.cells.len();
    below.cells.len() == n_columns || below.range.end == head.len() || has_row_name(head, below, n_columns)
}

/// Whether the first row, with one cell more than there are columns, begins with its name.
fn has_row_name(head: &str, row: &Row, n_columns: usize) -> bool {
    row.cells.len() == n_columns + 1 && row.cells.first().is_some_and(|cell| &head[cell.range.clone()] == "1")
}

/// The program that wrote a table, as far as its header tells.
pub(super) fn dialect_of(layout: &Layout) -> Dialect {
    layout.program.map_or(Dialect::General, |program| program.dialect)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(char, Dialect, Vec<Field>)> {
        let layout = Layout::find(text, None)?;
        let fields = layout.columns.iter().map(|column| column.field).collect();
        Some((char::from(layout.delimiter), dialect_of(&layout), fields))
    }

    #[test]
    fn headers_are_found_and_understood() {
        use Field::{Abstract, Author, ContainerTitle, Doi, Other, ShortTitle, Title, Year};
        for (text, expected) in [
            ("Title,Authors,Year\nA,B,2000\n", Some((',', Dialect::General, vec![Title, Author, Year]))),
            ("title;doi\nA;10.5555/1\n", Some((';', Dialect::General, vec![Title, Doi]))),
            ("sep=;\r\ntitle;abstract\r\nA;B\r\n", Some((';', Dialect::General, vec![Title, Abstract]))),
            ("sep=\t\ntitle\tabstract\nA\tB\n", Some(('\t', Dialect::General, vec![Title, Abstract]))),
            ("\"A search, with commas\"\n\nTitle,Source\nA,J\n", Some((',', Dialect::General, vec![Title, ContainerTitle]))),
            ("TI\tAU\tZZ\nA\tB\tC\n", Some(('\t', Dialect::General, vec![Title, Author, Other]))),
            ("title,primary_title\nA,B\n", Some((',', Dialect::AsReview, vec![Title, ShortTitle]))),
            ("\"title\",\"year\"\n\"1\",\"A\",\"2000\"\n", Some((',', Dialect::General, vec![Other, Title, Year]))),
            ("cost,colour\n1,red\n", None),
            ("Dear all, the title, and the year\nof the book, we said, are wrong, I think.\n", None),
            ("Title, abstract, and keywords were screened.\nThen we wrote it.\n", None),
            ("Title, abstract, and, then\nwe read, on, and, on.\n", None),
            ("Title, Abstract\nA, B\n", Some((',', Dialect::General, vec![Title, Abstract]))),
            ("Title\nA\n", None),
            ("", None),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_map_says_what_no_name_says() {
        let map = ColumnMap::parse("what=title,who=author:+").unwrap();
        let layout = Layout::find("about: a, b\nwho,what,year\nA+B,T,2000\n", Some(&map)).unwrap();
        let columns: Vec<_> = layout.columns.iter().map(|column| (column.field, column.shape)).collect();
        assert_eq!(columns, [(Field::Author, Shape::By('+')), (Field::Title, Shape::One), (Field::Year, Shape::One)]);
        assert_eq!(missing_columns("who,when\nA,2000\n", &map), Some((vec!["what"], vec!["who".into(), "when".into()])));
        assert_eq!(missing_columns("who,what\nA,T\n", &map), None);
    }
}
