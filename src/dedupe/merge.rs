//! A cluster -> one record.
//!
//! Goes in: the members of a cluster, the kept one first. Comes out: the kept record, with every field that it lacks and
//! another member has. Nothing of the kept record is altered. What comes from a member of another format has the empty
//! tag, so that a writer writes it by its field; a tag that only its own format knows becomes a note "TAG: value". An id
//! is not adopted: it would name another record.

use crate::record::{Entry, Field, Record};
use xxhash_rust::xxh3::xxh3_64;

/// The kept record (the first of `members`) with what the others add; `None` where there is no member.
#[must_use]
pub fn merge(members: &[&Record]) -> Option<Record> {
    let (kept, others) = members.split_first()?;
    if others.is_empty() {
        return Some((*kept).clone());
    }
    let mut order: Vec<&Record> = others.to_vec();
    // The fullest member gives first; between equals what they say decides, not where they stood.
    order.sort_by_cached_key(|record| {
        let filled = record.entries().filter(|entry| !entry.value.trim().is_empty()).count();
        (std::cmp::Reverse(filled), xxh3_64(record.raw().as_bytes()))
    });
    let mut adopted: Vec<(String, Field, String)> = Vec::new();
    for other in order {
        adopt(kept, other, &mut adopted);
    }
    if adopted.is_empty() {
        return Some((*kept).clone());
    }
    Some(kept.with_added(adopted.iter().map(|(tag, field, value)| Entry { tag, field: *field, value })))
}

/// Adds to `adopted` what `other` has and neither `kept` nor `adopted` has.
fn adopt(kept: &Record, other: &Record, adopted: &mut Vec<(String, Field, String)>) {
    let same_format = kept.format() == other.format();
    let before = adopted.len();
    for entry in other.entries() {
        let value = entry.value.trim();
        if value.is_empty() {
            continue;
        }
        let (tag, field, value) = match entry.field {
            Field::Accession if kept.first(Field::Accession).is_some() => continue,
            Field::Accession => ("", Field::Note, format!("{}: {value}", entry.tag)),
            Field::Other if !same_format => ("", Field::Note, format!("{}: {value}", entry.tag)),
            field => (if same_format { entry.tag } else { "" }, field, entry.value.to_owned()),
        };
        let known = if field == Field::Other || (field == Field::Note && entry.field != Field::Note) {
            kept.entries().any(|own| own.field == field && own.tag == tag && own.value.trim() == value.trim())
                || adopted.iter().any(|(_, own, text)| *own == field && text.trim() == value.trim())
        } else {
            kept.first(field).is_some() || adopted[..before].iter().any(|(_, own, _)| *own == field)
        };
        if !known {
            adopted.push((tag.to_owned(), field, value));
        }
    }
}
