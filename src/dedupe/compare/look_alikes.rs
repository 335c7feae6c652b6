//! Words that look like slips of each other and are two words: "nitrate" and "nitrite", "prednisone" and "prednisolone".
//!
//! Goes in: two folded words. Comes out: whether a table has both. The table is made of the headings and entry terms of
//! MeSH (`tests/look_alikes.rs` says how, and that it is so), without spellings and forms of one word; to it come common words
//! that MeSH has not.

use std::cmp::Ordering;

/// One pair a line, a tab between the words, the lines in order.
const TABLE: &str = include_str!("../../../corpora/mesh/look-alikes.tsv");

/// Pairs of common words; the first of each comes first in order.
const COMMON: &[(&str, &str)] = &[
    ("adaption", "adoption"),
    ("arthritis", "arthrosis"),
    ("career", "carer"),
    ("careers", "carers"),
    ("casual", "causal"),
    ("conservation", "conversation"),
    ("country", "county"),
    ("marital", "martial"),
    ("moral", "mortal"),
    ("morality", "mortality"),
    ("personal", "personnel"),
    ("police", "policy"),
    ("sensible", "sensitive"),
    ("statue", "statute"),
    ("thorough", "through"),
];

/// Whether both are words of MeSH, for all that they look like a slip.
pub(super) fn are_look_alikes(left: &str, right: &str) -> bool {
    is_in_table(left.min(right), left.max(right))
}

/// Whether both are common words, for all that they look like a slip.
pub(super) fn are_common_look_alikes(left: &str, right: &str) -> bool {
    COMMON.contains(&(left.min(right), left.max(right)))
}

fn is_in_table(first: &str, second: &str) -> bool {
    let (mut from, mut to) = (0, TABLE.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = TABLE[from..middle].rfind('\n').map_or(from, |at| from + at + 1);
        let end = TABLE[start..to].find('\n').map_or(to, |at| start + at);
        let line = TABLE[start..end].split_once('\t').unwrap_or_default();
        match line.cmp(&(first, second)) {
            Ordering::Equal => return true,
            Ordering::Less => from = end + 1,
            Ordering::Greater => to = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_the_table_is_found_and_no_other() {
        for line in TABLE.lines() {
            let (left, right) = line.split_once('\t').unwrap();
            assert!(are_look_alikes(left, right) && are_look_alikes(right, left), "{line}");
            assert!(!are_look_alikes(left, left), "{line}");
        }
        for (left, right, expected) in [
            ("nitrite", "nitrate", true),
            ("planing", "planning", false),
            ("behaviour", "behavior", false),
            ("aa", "aaa", false),
            ("zzz", "zzzz", false),
            ("", "nitrate", false),
        ] {
            assert_eq!(are_look_alikes(left, right), expected, "{left} {right}");
        }
        assert!(COMMON.iter().all(|(first, second)| first < second && are_common_look_alikes(second, first)));
    }
}
