//! What the names of two journals say: equal, abbreviated, partly alike or different.

use super::super::similarity;
use super::{JournalLevel, common};
use crate::normalize::{Journal, NormalForm};

/// What the journals say, ISSNs included.
pub(super) fn journals(left: &NormalForm, right: &NormalForm) -> JournalLevel {
    if common(&left.identifiers.issns, &right.identifiers.issns).is_some() {
        return JournalLevel::Same;
    }
    if left.journal.is_empty() || right.journal.is_empty() {
        return JournalLevel::Silent;
    }
    if left.journal == right.journal {
        return JournalLevel::Same;
    }
    journal_names(&left.journal, &right.journal)
}

fn journal_names(left: &Journal, right: &Journal) -> JournalLevel {
    let mut best = JournalLevel::Different;
    for left in left.names() {
        for right in right.names() {
            match two_journal_names(left, right) {
                JournalLevel::Same => return JournalLevel::Same,
                JournalLevel::Abbreviated => best = JournalLevel::Abbreviated,
                JournalLevel::Partial if best == JournalLevel::Different => best = JournalLevel::Partial,
                _ => {}
            }
        }
    }
    best
}

fn two_journal_names(left: &str, right: &str) -> JournalLevel {
    if left == right {
        return JournalLevel::Same;
    }
    let (left_count, right_count) = (left.split_ascii_whitespace().count(), right.split_ascii_whitespace().count());
    let (shorter, longer, few, many) = if (left_count, left) <= (right_count, right) {
        (left, right, left_count, right_count)
    } else {
        (right, left, right_count, left_count)
    };
    if few == 1 && many >= 3 && initials(longer).eq(shorter.chars()) {
        return JournalLevel::Abbreviated;
    }
    if begins_with_initials(left, right) || begins_with_initials(right, left) {
        return JournalLevel::Abbreviated;
    }
    let mut rest = longer.split_ascii_whitespace();
    let aligned = shorter
        .split_ascii_whitespace()
        .filter(|word| rest.clone().any(|other| words_abbreviate(word, other)) && rest.any(|other| words_abbreviate(word, other)))
        .count();
    let shared =
        shorter.split_ascii_whitespace().filter(|word| longer.split_ascii_whitespace().any(|other| words_abbreviate(word, other))).count();
    if aligned == few && few * 2 >= many {
        JournalLevel::Abbreviated
    } else if shared * 2 > few || (aligned == few && few > 1) {
        JournalLevel::Partial
    } else {
        JournalLevel::Different
    }
}

fn initials(name: &str) -> impl Iterator<Item = char> {
    name.split_ascii_whitespace().filter_map(|word| word.chars().next())
}

/// Whether `name` begins with what `full` is called for short: "ICIS: transforming society" and "International Conference
/// on Information Systems".
fn begins_with_initials(name: &str, full: &str) -> bool {
    /// Shorter ones are words, and many societies have them.
    const FEWEST_LETTERS: usize = 4;
    let Some((first, _)) = name.split_once(' ') else { return false };
    first.len() >= FEWEST_LETTERS && initials(full).eq(first.chars())
}

fn words_abbreviate(left: &str, right: &str) -> bool {
    if left.len() <= right.len() { similarity::abbreviates(left, right) } else { similarity::abbreviates(right, left) }
}
