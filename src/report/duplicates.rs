//! The audit trail: one row for each removed record, one for each pair that a person should look at.

use super::table::{Cell, Table};
use crate::dedupe::Deduplication;
use crate::record::Record;

/// One row for each removed record: which it is, which record is kept for it, through which member it was joined, by
/// which rule and on what evidence. In the order of the records.
#[must_use]
pub fn removed(records: &[Record], result: &Deduplication) -> Table {
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
    ]);
    for row in &result.removed {
        let (Some(record), Some(kept), Some(matched)) = (get(records, row.record), get(records, row.kept), get(records, row.matched))
        else {
            continue;
        };
        let mut cells = place(record);
        cells.extend(place(kept));
        cells.extend([matched.id().into(), row.rule.into(), row.evidence.as_str().into()]);
        table.push(cells);
    }
    table
}

/// One row for each pair that is neither surely the same work nor surely not, worst doubt first.
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
    ]);
    for pair in &result.unsure {
        let (Some(left), Some(right)) = (get(records, pair.left), get(records, pair.right)) else { continue };
        let mut cells = place(left);
        cells.extend(place(right));
        cells.extend([pair.rule.into(), pair.evidence.as_str().into()]);
        table.push(cells);
    }
    table
}

fn get(records: &[Record], index: u32) -> Option<&Record> {
    let record = records.get(index as usize);
    debug_assert!(record.is_some(), "a result speaks of the records it was made from");
    record
}

fn place(record: &Record) -> Vec<Cell> {
    vec![
        record.id().into(),
        record.source().name.as_str().into(),
        u64::from(record.ordinal()).into(),
        record.title().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")).into(),
    ]
}
