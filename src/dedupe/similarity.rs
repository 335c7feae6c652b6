//! String measures, each symmetric, each in 0..=1. They know nothing of records.

use rapidfuzz::distance::{indel, osa};

/// Titles less alike than this are not compared further: nothing is concluded from how different they are.
pub const TITLE_CUT_OFF: f64 = 0.5;

/// The share of letters that two titles have in common, in order (normalised Indel similarity); 0 below
/// [`TITLE_CUT_OFF`].
#[must_use]
pub fn title(left: &str, right: &str) -> f32 {
    title_from(left, right, TITLE_CUT_OFF).unwrap_or(0.0)
}

/// The same, where it is at least `cut_off`; the higher that is, the sooner a pair that does not reach it is given up.
#[must_use]
pub fn title_from(left: &str, right: &str, cut_off: f64) -> Option<f32> {
    if left == right {
        return Some(1.0);
    }
    if f64::from(bag_bound(left.as_bytes(), right.as_bytes())) < cut_off {
        return None;
    }
    let args = indel::Args::default().score_cutoff(cut_off);
    indel::normalized_similarity_with_args(left.bytes(), right.bytes(), &args).map(|similarity| similarity as f32)
}

/// An upper bound of [`title`]: the similarity that two strings would have if order did not matter.
fn bag_bound(left: &[u8], right: &[u8]) -> f32 {
    let total = left.len() + right.len();
    if total == 0 { 1.0 } else { 1.0 - bag_distance(left, right) as f32 / total as f32 }
}

/// How many letters stand in only one of two words, order aside; what is not ASCII counts by its bytes.
#[must_use]
pub fn letters_apart(left: &str, right: &str) -> usize {
    bag_distance(left.as_bytes(), right.as_bytes())
}

/// How many bytes of each side the other lacks, order aside.
fn bag_distance(left: &[u8], right: &[u8]) -> usize {
    // Of texts with more of one letter than a count holds it says less, and never too much.
    let mut bag = [0_i16; 32];
    for byte in left {
        let count = &mut bag[usize::from(byte & 31)];
        *count = count.wrapping_add(1);
    }
    for byte in right {
        let count = &mut bag[usize::from(byte & 31)];
        *count = count.wrapping_sub(1);
    }
    bag.iter().map(|count| usize::from(count.unsigned_abs())).sum()
}

/// Whether two words are one word with slips of the keyboard or the scanner: one letter in five to eight, two in more.
#[must_use]
pub fn is_misspelling(left: &str, right: &str) -> bool {
    let longer = left.chars().count().max(right.chars().count());
    let allowed = match longer {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    if left == right {
        return true;
    }
    // Most pairs of words end here: each edit changes the bag of letters by two at most.
    let bytes_of_a_letter = if left.is_ascii() && right.is_ascii() { 1 } else { 4 };
    if allowed == 0 || bag_distance(left.as_bytes(), right.as_bytes()) > 2 * allowed * bytes_of_a_letter {
        return false;
    }
    osa::distance_with_args(left.chars(), right.chars(), &osa::Args::default().score_cutoff(allowed)).is_some()
}

/// Whether `short` can abbreviate `long`: its beginning, or some of its letters in order ("natl", "national").
#[must_use]
pub fn abbreviates(short: &str, long: &str) -> bool {
    // Most words begin otherwise.
    if short.as_bytes().first() != long.as_bytes().first() {
        return short.is_empty();
    }
    if long.starts_with(short) {
        return true;
    }
    // "psychol" is no "psychopharmacology": what leaves letters out within ends as the word does, or has half of it, or is a few letters.
    let is_contraction = short.len() <= 4 || short.len() * 2 >= long.len() || short.as_bytes().last() == long.as_bytes().last();
    let mut letters = long.chars();
    let is_subsequence = |letters: &mut std::str::Chars<'_>| short.chars().all(|letter| letters.any(|other| other == letter));
    short.len() >= 2 && is_contraction && short.chars().next() == long.chars().next() && is_subsequence(&mut letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_abbreviated_by_their_beginning_or_by_what_stands_for_all_of_them() {
        for (short, long, expected) in [
            ("psychol", "psychology", true),
            ("psychol", "psychopharmacology", false),
            ("natl", "national", true),
            ("intl", "international", true),
            ("jpn", "japanese", true),
            ("mgmt", "management", true),
            ("surg", "nursing", false),
        ] {
            assert_eq!(abbreviates(short, long), expected, "{short} {long}");
        }
    }

    proptest! {
        #[test]
        fn title_similarity_is_symmetric_and_bounded(left in "[a-f ]{0,40}", right in "[a-f ]{0,40}") {
            let similarity = title(&left, &right);
            prop_assert!((similarity - title(&right, &left)).abs() < 1e-6);
            prop_assert!((0.0..=1.0).contains(&similarity));
            // The slow twin: the longest common subsequence by the textbook matrix.
            let (a, b) = (left.as_bytes(), right.as_bytes());
            let mut row = vec![0_usize; b.len() + 1];
            for x in a {
                let mut diagonal = 0;
                for (at, y) in b.iter().enumerate() {
                    let above = row[at + 1];
                    row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
                    diagonal = above;
                }
            }
            let total = a.len() + b.len();
            let twin = if total == 0 { 1.0 } else { 2.0 * row[b.len()] as f32 / total as f32 };
            let expected = if twin < TITLE_CUT_OFF as f32 { 0.0 } else { twin };
            prop_assert!((similarity - expected).abs() < 1e-4, "{similarity} {expected}");
        }
    }

    #[test]
    fn misspellings_and_abbreviations() {
        for (left, right, expected) in [
            ("behaviour", "behavior", true),
            ("decisoin", "decision", true),
            ("adult", "adolescent", false),
            ("male", "mule", false),
            ("quintrec", "quintrcc", true),
            ("sensitive", "resistant", false),
        ] {
            assert_eq!(is_misspelling(left, right), expected, "{left} {right}");
        }
        for (short, long, expected) in
            [("natl", "national", true), ("j", "journal", true), ("sci", "sciences", true), ("int", "national", false)]
        {
            assert_eq!(abbreviates(short, long), expected, "{short} {long}");
        }
    }
}
