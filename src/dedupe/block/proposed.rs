//! Pairs that blocks propose.
//!
//! Goes in: lists of pairs, one of each few blocks. Comes out: all of them in order, each once.

use super::Pair;
use crate::dedupe::sort::in_groups;
use rayon::prelude::*;
use std::ops::Range;

/// A pair of a block in one number, by which pairs are in order: the smaller index, the greater, and how many quarters of the
/// words of their titles must be common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Proposed(u64);

impl Proposed {
    /// Bits of an index: two of them and the quarters are one number.
    pub(super) const BITS: u32 = 31;

    pub(super) fn new(left: u32, right: u32, quarters: usize) -> Self {
        Self((u64::from(left.min(right)) << Self::BITS | u64::from(left.max(right))) << 2 | quarters as u64)
    }

    pub(super) fn pair(self) -> Pair {
        (self.left() as u32, (self.0 >> 2) as u32 & ((1 << Self::BITS) - 1))
    }

    fn left(self) -> usize {
        (self.0 >> (Self::BITS + 2)) as usize
    }

    pub(super) fn quarters(self) -> usize {
        (self.0 & 3) as usize
    }
}

/// The pairs of `lists` among so many records, in order and each once: where several keys propose one, with the fewest words that
/// any asks for, since whoever has more has these.
pub(super) fn in_order(lists: &[Vec<Proposed>], n_records: usize) -> Vec<Proposed> {
    let of_share = |records: Range<usize>| {
        let of_these = lists.iter().flatten().copied().filter(|proposed| records.contains(&proposed.left()));
        let mut pairs = in_groups(of_these, records.len(), |proposed| proposed.left() - records.start);
        pairs.dedup_by_key(|proposed| proposed.pair());
        pairs
    };
    shares(lists, n_records, rayon::current_num_threads()).into_par_iter().with_max_len(1).map(of_share).collect::<Vec<_>>().concat()
}

/// The records in `n_shares` ranges, with about as many pairs in each.
fn shares(lists: &[Vec<Proposed>], n_records: usize, n_shares: usize) -> Vec<Range<usize>> {
    /// Of so many pairs one is looked at.
    const STEP: usize = 61;
    let mut some: Vec<usize> = lists.iter().flatten().step_by(STEP).map(|proposed| proposed.left()).collect();
    some.sort_unstable();
    let cut = |share: usize| match share {
        0 => 0,
        last if last == n_shares => n_records,
        share => some.get(share * some.len() / n_shares).copied().unwrap_or(0),
    };
    (0..n_shares).map(|share| cut(share)..cut(share + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_proposed_is_in_the_order_of_its_pairs_and_then_of_its_quarters(
            pairs in prop::collection::vec((0_u32..1 << 31, 0_u32..1 << 31, 0_usize..4), 0..20),
        ) {
            let mut expected: Vec<(Pair, usize)> =
                pairs.iter().map(|(left, right, quarters)| ((*left.min(right), *left.max(right)), *quarters)).collect();
            expected.sort_unstable();
            let mut proposed: Vec<Proposed> = pairs.iter().map(|(left, right, quarters)| Proposed::new(*left, *right, *quarters)).collect();
            proposed.sort_unstable();
            let proposed: Vec<(Pair, usize)> = proposed.iter().map(|proposed| (proposed.pair(), proposed.quarters())).collect();
            prop_assert_eq!(proposed, expected);
        }

        #[test]
        fn pairs_are_in_order_and_each_is_the_most_lenient(
            lists in prop::collection::vec(prop::collection::vec((0_u32..40, 0_u32..40, 0_usize..4), 0..90), 0..5),
        ) {
            let lists: Vec<Vec<Proposed>> =
                lists.iter().map(|list| list.iter().map(|(left, right, quarters)| Proposed::new(*left, *right, *quarters)).collect()).collect();
            let mut expected: Vec<Proposed> = lists.concat();
            expected.sort_unstable();
            expected.dedup_by_key(|proposed| proposed.pair());
            prop_assert_eq!(in_order(&lists, 40), expected);
        }

        #[test]
        fn each_record_has_one_share(lefts in prop::collection::vec(0_u32..1_000, 0..900), n_shares in 1_usize..9) {
            let list: Vec<Proposed> = lefts.iter().map(|left| Proposed::new(*left, 1_000, 0)).collect();
            let records: Vec<usize> = shares(&[list], 1_001, n_shares).into_iter().flatten().collect();
            prop_assert_eq!(records, (0..1_001).collect::<Vec<_>>());
        }
    }
}
