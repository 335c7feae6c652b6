//! All spans of a positional expression in one document.
//!
//! Goes in: the shape of the expression and, for each of its words, the positions where it stands. Comes out: every span
//! (first and last position) that fits. All spans are kept, not the shortest ones: an OR group of phrases of different
//! lengths loses matches otherwise. Plain slices; nothing here knows of an index.

/// How the words of an expression must stand; words are numbers in a list beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// The word with this number.
    Word(usize),
    /// Each part begins right after the one before ends.
    Sequence(Vec<Shape>),
    /// Between parts of a sequence: so many words, whatever they are.
    Skip(u32),
    /// Any of the alternatives.
    Or(Vec<Shape>),
    /// Both, in either order, without sharing a position, their nearest edges at most `n` positions apart. The span
    /// covers both.
    Near {
        /// Ovid's n: 1 is "side by side".
        n: u8,
        /// One operand.
        left: Box<Shape>,
        /// The other.
        right: Box<Shape>,
    },
}

/// First and last position, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionSpan {
    /// Position of the first word.
    pub first: u32,
    /// Position of the last word.
    pub last: u32,
}

/// Every span of `shape`, ascending, each once. `positions[i]` are those of word `i`, ascending.
pub fn spans<P: AsRef<[u32]>>(shape: &Shape, positions: &[P]) -> Vec<PositionSpan> {
    match shape {
        Shape::Word(word) => {
            let positions = positions.get(*word).map(AsRef::as_ref).unwrap_or_default();
            let mut spans: Vec<_> = positions.iter().map(|at| PositionSpan { first: *at, last: *at }).collect();
            spans.dedup();
            spans
        }
        Shape::Or(alternatives) => {
            let mut found: Vec<_> = alternatives.iter().flat_map(|shape| spans(shape, positions)).collect();
            sort(&mut found);
            found
        }
        Shape::Sequence(parts) => {
            let mut parts = parts.iter();
            let mut found = parts.next().map(|part| spans(part, positions)).unwrap_or_default();
            for part in parts {
                if found.is_empty() {
                    break;
                }
                if let Shape::Skip(words) = part {
                    for span in &mut found {
                        span.last += words;
                    }
                } else {
                    found = one_after_the_other(&found, &spans(part, positions));
                }
            }
            found
        }
        Shape::Skip(_) => Vec::new(),
        Shape::Near { n, left, right } => {
            let left = spans(left, positions);
            if left.is_empty() {
                return left;
            }
            near(&left, &spans(right, positions), u32::from(*n))
        }
    }
}

/// The largest number of spans that do not overlap.
pub(super) fn count_apart(mut spans: Vec<PositionSpan>) -> usize {
    // Of the spans that are left, taking the one that ends first leaves the most room.
    spans.sort_unstable_by_key(|span| span.last);
    let mut free_from = 0;
    let mut count = 0;
    for span in spans {
        if span.first >= free_from {
            count += 1;
            free_from = span.last + 1;
        }
    }
    count
}

fn one_after_the_other(left: &[PositionSpan], right: &[PositionSpan]) -> Vec<PositionSpan> {
    let mut found = Vec::new();
    for span in left {
        let next = span.last + 1;
        let from = right.partition_point(|other| other.first < next);
        found.extend(
            right[from..].iter().take_while(|other| other.first == next).map(|other| PositionSpan { first: span.first, last: other.last }),
        );
    }
    sort(&mut found);
    found
}

fn near(left: &[PositionSpan], right: &[PositionSpan], n: u32) -> Vec<PositionSpan> {
    let longest = right.iter().map(|span| span.last - span.first).max().unwrap_or(0);
    let mut found = Vec::new();
    for span in left {
        // No span that begins earlier can still end near enough.
        let from = right.partition_point(|other| other.first + longest + n < span.first);
        for other in right[from..].iter().take_while(|other| other.first <= span.last + n) {
            let fits = other.first > span.last || (other.last < span.first && span.first - other.last <= n);
            if fits {
                found.push(PositionSpan { first: span.first.min(other.first), last: span.last.max(other.last) });
            }
        }
    }
    sort(&mut found);
    found
}

fn sort(spans: &mut Vec<PositionSpan>) {
    spans.sort_unstable();
    spans.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(number: usize) -> Shape {
        Shape::Word(number)
    }

    fn near_by(n: u8, left: Shape, right: Shape) -> Shape {
        Shape::Near { n, left: Box::new(left), right: Box::new(right) }
    }

    fn check(shape: &Shape, positions: &[&[u32]], expected: &[(u32, u32)]) {
        let found: Vec<_> = spans(shape, positions).iter().map(|span| (span.first, span.last)).collect();
        assert_eq!(found, expected, "{shape:?} {positions:?}");
    }

    #[test]
    fn distances_are_ovids_n() {
        check(&near_by(1, word(0), word(1)), &[&[5], &[4, 6, 7]], &[(4, 5), (5, 6)]);
        check(&near_by(3, word(0), word(1)), &[&[0], &[3, 4]], &[(0, 3)]);
        check(&near_by(3, word(0), word(1)), &[&[4], &[0, 1]], &[(1, 4)]);
    }

    #[test]
    fn operands_do_not_overlap() {
        check(&near_by(3, word(0), word(1)), &[&[2], &[2]], &[]);
        check(&near_by(3, word(0), word(0)), &[&[2, 4]], &[(2, 4)]);
    }

    #[test]
    fn distance_counts_from_the_nearest_edge() {
        let phrase = Shape::Sequence(vec![word(1), word(2), word(3)]);
        check(&near_by(3, word(0), phrase), &[&[0, 6, 9], &[3], &[4], &[5]], &[(0, 5), (3, 6)]);
    }

    #[test]
    fn all_spans_are_kept_not_the_shortest() {
        // "a b" or "a", then c: the longer alternative reaches c where the shorter one does not.
        let either = Shape::Or(vec![word(0), Shape::Sequence(vec![word(0), word(1)])]);
        check(&Shape::Sequence(vec![either.clone(), word(2)]), &[&[0], &[1], &[2]], &[(0, 2)]);
        check(&near_by(1, either, word(2)), &[&[0], &[1], &[2]], &[(0, 2)]);
    }

    #[test]
    fn spans_apart_are_counted() {
        for (spans, expected) in [(&[][..], 0), (&[(0, 0), (1, 1)], 2), (&[(0, 3), (1, 2), (3, 4)], 2), (&[(0, 5), (1, 2), (2, 3)], 1)] {
            let spans = spans.iter().map(|(first, last)| PositionSpan { first: *first, last: *last }).collect();
            assert_eq!(count_apart(spans), expected);
        }
    }

    #[test]
    fn chains_group_to_the_left() {
        let chain = near_by(2, near_by(2, word(0), word(1)), word(2));
        check(&chain, &[&[0], &[2], &[4]], &[(0, 4)]);
        check(&chain, &[&[2], &[0], &[4]], &[(0, 4)]);
        check(&chain, &[&[0], &[2], &[5]], &[]);
    }

    #[test]
    fn the_same_position_twice_is_one() {
        check(&word(0), &[&[1, 1, 2]], &[(1, 1), (2, 2)]);
        check(&Shape::Sequence(vec![]), &[], &[]);
    }

    /// The slow twin: tries every pair of operands' spans.
    fn slow(shape: &Shape, positions: &[Vec<u32>]) -> Vec<PositionSpan> {
        let mut found = match shape {
            Shape::Word(word) => positions[*word].iter().map(|at| PositionSpan { first: *at, last: *at }).collect(),
            Shape::Or(alternatives) => alternatives.iter().flat_map(|shape| slow(shape, positions)).collect(),
            Shape::Skip(_) => Vec::new(),
            Shape::Sequence(parts) => parts[1..]
                .iter()
                .fold(slow(&parts[0], positions), |found, part| pairs(&found, &slow(part, positions), |a, b| b.first == a.last + 1)),
            Shape::Near { n, left, right } => pairs(&slow(left, positions), &slow(right, positions), |a, b| {
                let n = u32::from(*n);
                (b.first > a.last && b.first - a.last <= n) || (a.first > b.last && a.first - b.last <= n)
            }),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    fn pairs(left: &[PositionSpan], right: &[PositionSpan], fits: impl Fn(&PositionSpan, &PositionSpan) -> bool) -> Vec<PositionSpan> {
        let mut found = Vec::new();
        for a in left {
            for b in right.iter().filter(|b| fits(a, b)) {
                found.push(PositionSpan { first: a.first.min(b.first), last: a.last.max(b.last) });
            }
        }
        found
    }

    fn shapes() -> impl Strategy<Value = Shape> {
        (0usize..4).prop_map(Shape::Word).prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Shape::Sequence),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Shape::Or),
                (1u8..5, inner.clone(), inner).prop_map(|(n, left, right)| near_by(n, left, right)),
            ]
        })
    }

    proptest! {
        #[test]
        fn agrees_with_trying_every_pair(shape in shapes(), words in prop::collection::vec(prop::collection::btree_set(0u32..14, 0..5), 4)) {
            let positions: Vec<Vec<u32>> = words.into_iter().map(|positions| positions.into_iter().collect()).collect();
            prop_assert_eq!(spans(&shape, &positions), slow(&shape, &positions));
        }
    }
}
