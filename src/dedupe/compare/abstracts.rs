//! What two abstracts say.

use super::AbstractLevel;
use crate::normalize::Sketch;

/// Shares of common word triples: one text with labels, cuts and slips has at least the first; texts on one subject that quote each
/// other the second; a phrase in common makes the third.
const SAME: f32 = 0.6;
/// As [`SAME`].
const SIMILAR: f32 = 0.25;
/// As [`SAME`].
const UNLIKE: f32 = 0.08;

/// What two sketches say; silent where there is only one.
pub(super) fn abstracts(left: Option<&Sketch>, right: Option<&Sketch>) -> AbstractLevel {
    let (Some(left), Some(right)) = (left, right) else { return AbstractLevel::Silent };
    let similarity = left.similarity(right);
    if begin_alike(left, right, similarity) {
        return AbstractLevel::Same;
    }
    match abstracts_at_most(similarity) {
        AbstractLevel::Unlike | AbstractLevel::Different if left.key == right.key => AbstractLevel::Similar,
        level => level,
    }
}

/// Whether two abstracts are the same word by word, but for labels and slips: those of two trials of one drug share half of their words.
pub(super) fn are_verbatim(left: Option<&Sketch>, right: Option<&Sketch>) -> bool {
    const VERBATIM: f32 = 0.8;
    left.zip(right).is_some_and(|(left, right)| left.similarity(right) >= VERBATIM)
}

/// The most that two sketches say which have at most so much in common and do not begin with the same letters.
pub(in crate::dedupe) fn abstracts_at_most(similarity: f32) -> AbstractLevel {
    match similarity {
        similarity if similarity >= SAME => AbstractLevel::Same,
        similarity if similarity >= SIMILAR => AbstractLevel::Similar,
        similarity if similarity >= UNLIKE => AbstractLevel::Unlike,
        _ => AbstractLevel::Different,
    }
}

/// Whether two abstracts begin with the same letters, and go on alike or not at all: papers of one study have their first sentence
/// in common.
fn begin_alike(left: &Sketch, right: &Sketch, similarity: f32) -> bool {
    const WHOLE: u8 = 60;
    left.key == right.key && (similarity >= SIMILAR || left.n_words.min(right.n_words) < WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstracts_that_only_begin_alike_are_not_the_same() {
        let sketch = |text: &str| Sketch::of(text).unwrap();
        let level = |left: &Sketch, right: &Sketch| abstracts(Some(left), Some(right));
        let opening = "Experienced companions accompany inpatients through hospital treatments, understand difficulties, translate explanations, \
            encourage conversations, strengthen friendships, prevent loneliness, support recoveries, improve everyday communication. ";
        let rest = |word: &str| (0..70).map(|at| format!("{word}{at} ")).collect::<String>();
        let [one, other, cut] =
            [opening.to_owned() + &rest("one"), opening.to_owned() + &rest("other"), opening.to_owned() + "They like it."]
                .map(|text| sketch(&text));
        assert_eq!(level(&one, &one), AbstractLevel::Same);
        assert_eq!(level(&one, &other), AbstractLevel::Similar);
        assert_eq!(level(&one, &cut), AbstractLevel::Same);
    }
}
