//! The largest matching between two sorts of things: how many on the left can each have one of their choices on the right,
//! no two the same (Kuhn's augmenting paths, walked without recursion).

/// The size of a maximum matching; `choices[left]` lists what on the right, below `rights`, may go with `left`.
pub(super) fn maximum(choices: &[Vec<usize>], rights: usize) -> usize {
    let mut partner: Vec<Option<usize>> = vec![None; rights];
    let mut seen = vec![usize::MAX; rights];
    // Who has fewer choices goes first: most are then matched without a search.
    let mut order: Vec<usize> = (0..choices.len()).collect();
    order.sort_by_key(|left| choices[*left].len());
    order.into_iter().filter(|left| augment(*left, choices, &mut partner, &mut seen)).count()
}

/// Finds a partner for `start`, moving those that are matched to other choices of theirs.
fn augment(start: usize, choices: &[Vec<usize>], partner: &mut [Option<usize>], seen: &mut [usize]) -> bool {
    // The path so far: a left side, the next choice to try, and the right side through which the path came to it.
    let mut path: Vec<(usize, usize, Option<usize>)> = vec![(start, 0, None)];
    while let Some((left, next, _)) = path.last_mut() {
        let left = *left;
        let Some(right) = choices[left].get(*next).copied() else {
            path.pop();
            continue;
        };
        *next += 1;
        if seen[right] == start {
            continue;
        }
        seen[right] = start;
        match partner[right] {
            Some(other) => path.push((other, 0, Some(right))),
            None => {
                let mut free = right;
                for (left, _, came_through) in path.into_iter().rev() {
                    partner[free] = Some(left);
                    match came_through {
                        Some(right) => free = right,
                        None => break,
                    }
                }
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The slow twin: every assignment is tried.
    fn twin(choices: &[Vec<usize>], taken: u32) -> usize {
        let Some((first, rest)) = choices.split_first() else { return 0 };
        let without = twin(rest, taken);
        let with = first.iter().filter(|right| taken & (1 << **right) == 0).map(|right| 1 + twin(rest, taken | 1 << right)).max();
        without.max(with.unwrap_or(0))
    }

    proptest! {
        #[test]
        fn agrees_with_trying_everything(choices in prop::collection::vec(prop::collection::vec(0_usize..6, 0..4), 0..7)) {
            prop_assert_eq!(maximum(&choices, 6), twin(&choices, 0));
        }
    }
}
