//! The audit trail: one row for each removed record, one for each pair that a person should look at.

use super::table::{Cell, Table};
use crate::dedupe::Deduplication;
use crate::normalize::Key;
use crate::record::{Field, Record};

/// One row for each removed record: which it is, which record is kept for it, through which member it was joined, by
/// which rule and on what evidence; and the keys of it and of that member, for a person who decides otherwise. In the order of
/// the records; `key_of` gives the key of the record with that index.
#[must_use]
pub fn removed(records: &[Record], result: &Deduplication, key_of: impl Fn(u32) -> Key) -> Table {
    let mut table = Table::new(&[
        "id",
        "file",
        "ordinal",
        "title",
        "kept_id",
        "kept_file",
        "kept_ordinal",
        "kept_title",
        "matched_id",
        "rule",
        "evidence",
        "decided_by",
        "left_key",
        "right_key",
    ]);
    for row in &result.removed {
        let (Some(record), Some(kept), Some(matched)) = (get(records, row.record), get(records, row.kept), get(records, row.matched))
        else {
            continue;
        };
        let mut cells = place(record);
        cells.extend(place(kept));
        let decided_by = if row.by_person { "person" } else { "rule" };
        cells.extend([matched.id().into(), row.rule.into(), row.evidence.as_str().into(), decided_by.into()]);
        cells.extend(Key::both(key_of(row.record), key_of(row.matched)).map(key));
        table.push(cells);
    }
    table
}

/// One row for each pair that is neither surely the same work nor surely not, worst doubt first, with the keys of both.
#[must_use]
pub fn unsure(records: &[Record], result: &Deduplication) -> Table {
    let mut table = Table::new(&[
        "left_id",
        "left_file",
        "left_ordinal",
        "left_title",
        "right_id",
        "right_file",
        "right_ordinal",
        "right_title",
        "rule",
        "evidence",
        "left_key",
        "right_key",
    ]);
    for pair in &result.unsure {
        let (Some(left), Some(right)) = (get(records, pair.left), get(records, pair.right)) else { continue };
        let mut cells = place(left);
        cells.extend(place(right));
        cells.extend([pair.rule.into(), pair.evidence.as_str().into()]);
        cells.extend(Key::both(Key::of(left), Key::of(right)).map(key));
        table.push(cells);
    }
    table
}

/// What stands before the key of a record in a sheet: spreadsheets would take "12345e67" for a number.
pub const KEY_MARK: char = 'k';

/// One row for each unsure pair, with an empty column for a person's decision and what there is to decide by.
#[must_use]
pub fn pairs_to_decide(records: &[Record], result: &Deduplication) -> Table {
    let mut table = Table::new(&[
        "decision",
        "group",
        "likelihood",
        "rule",
        "evidence",
        "left_title",
        "right_title",
        "left_authors",
        "right_authors",
        "left_source",
        "right_source",
        "left_doi",
        "right_doi",
        "left_abstract",
        "right_abstract",
        "left_id",
        "right_id",
        "left_file",
        "right_file",
        "left_key",
        "right_key",
    ]);
    let mut pairs: Vec<_> = result.groups().into_iter().zip(&result.unsure).collect();
    // What belongs together stands together, the most likely of each group first.
    pairs.sort_by_key(|(group, _)| *group);
    for (group, pair) in pairs {
        let (Some(left), Some(right)) = (get(records, pair.left), get(records, pair.right)) else { continue };
        let both = |cell: fn(&Record) -> Cell| [cell(left), cell(right)];
        let mut cells: Vec<Cell> = vec![
            Cell::Missing,
            (group + 1).into(),
            format!("{:.2}", pair.likelihood).into(),
            pair.rule.into(),
            pair.evidence.as_str().into(),
        ];
        cells.extend(both(|record| record.title().map(one_line).into()));
        cells.extend(both(|record| Cell::Text(record.values(Field::Author).collect::<Vec<_>>().join("; "))));
        cells.extend(both(|record| Cell::Text(published_in(record))));
        cells.extend(both(|record| record.doi().map(|doi| doi.to_string()).into()));
        cells.extend(both(|record| record.first(Field::Abstract).map(one_line).into()));
        cells.extend(both(|record| record.id().into()));
        cells.extend(both(|record| record.source().name.as_str().into()));
        cells.extend(Key::both(Key::of(left), Key::of(right)).map(key));
        table.push(cells);
    }
    table
}

/// A key as it stands in a sheet.
fn key(key: u64) -> Cell {
    format!("{KEY_MARK}{key:016x}").into()
}

/// "Nord J Peer Support 2016;12(3):211-224", as far as it is known.
fn published_in(record: &Record) -> String {
    let mut text = record.container().unwrap_or_default().to_owned();
    let mut add = |before: &str, value: Option<&str>, behind: &str| {
        if let Some(value) = value {
            text.push_str(before);
            text.push_str(value);
            text.push_str(behind);
        }
    };
    add(" ", record.date().map(|date| date.year.to_string()).as_deref(), "");
    add(";", record.first(Field::Volume), "");
    add("(", record.first(Field::Issue), ")");
    add(":", record.first(Field::Pages), "");
    add("-", record.first(Field::LastPage), "");
    one_line(&text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn get(records: &[Record], index: u32) -> Option<&Record> {
    let record = records.get(index as usize);
    debug_assert!(record.is_some(), "a result speaks of the records it was made from");
    record
}

fn place(record: &Record) -> Vec<Cell> {
    vec![record.id().into(), record.source().name.as_str().into(), u64::from(record.ordinal()).into(), record.title().map(one_line).into()]
}
