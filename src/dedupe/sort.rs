//! Sorting, and bringing together what belongs together.
//!
//! Where it is enough that values of one key stand together, or the groups of an order are known, values are counted into groups, and each
//! group is sorted. What needs one order is cut at its middle value, and each half is sorted by a thread of its own with the standard
//! library's sort, which takes less time than rayon's.

/// Sorts `values`, on all threads where there are many; equal ones must not be told apart.
pub(super) fn sort<T: Ord + Send>(values: &mut [T]) {
    sort_in_halves(values, rayon::current_num_threads());
}

fn sort_in_halves<T: Ord + Send>(values: &mut [T], n_threads: usize) {
    /// Fewer are not worth another thread.
    const FEW: usize = 1 << 14;
    if n_threads <= 1 || values.len() <= FEW {
        return values.sort_unstable();
    }
    let middle = values.len() / 2;
    values.select_nth_unstable(middle);
    let (low, high) = values.split_at_mut(middle);
    rayon::join(|| sort_in_halves(low, n_threads / 2), || sort_in_halves(high, n_threads.div_ceil(2)));
}

/// `values` with those of one key together and in order, keys in any: enough where one key is told from the next.
pub(super) fn by_key<T: Ord + Copy + Default>(values: &[T], key: impl Fn(T) -> u64) -> Vec<T> {
    /// Values of a group: few, so that each is sorted at once.
    const FEW: usize = 8;
    let bits = (values.len() / FEW).next_power_of_two().ilog2().max(1);
    in_groups(values.iter().copied(), 1 << bits, |value| place(key(value), bits))
}

/// A number of so many bits, 1 to 64, that few other keys have.
pub(super) fn place(key: u64, bits: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// `values` with those of one group together and sorted, and the groups, numbered from 0, in order: many groups of few values each
/// are sorted in a fraction of the steps that sorting all takes.
pub(super) fn in_groups<T: Ord + Copy + Default>(
    values: impl Iterator<Item = T> + Clone,
    n_groups: usize,
    group_of: impl Fn(T) -> usize,
) -> Vec<T> {
    // Of each group first where it begins, and at last where it ends.
    let mut ends = vec![0; n_groups + 1];
    values.clone().for_each(|value| ends[group_of(value) + 1] += 1);
    let mut n_values = 0;
    for end in &mut ends {
        n_values += *end;
        *end = n_values;
    }
    let mut grouped = vec![T::default(); n_values];
    for value in values {
        let end = &mut ends[group_of(value)];
        grouped[*end] = value;
        *end += 1;
    }
    let mut start = 0;
    for end in &ends[..n_groups] {
        grouped[start..*end].sort_unstable();
        start = *end;
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_in_order_and_so_are_their_values() {
        for (values, n_groups) in [(&[][..], 0), (&[], 3), (&[7, 1, 4, 4, 2], 3), (&[5, 8, 2], 9)] {
            let group_of = |value: usize| value % n_groups;
            let mut expected = values.to_vec();
            expected.sort_unstable_by_key(|value| (group_of(*value), *value));
            assert_eq!(in_groups(values.iter().copied(), n_groups, group_of), expected);
        }
    }

    #[test]
    fn values_of_one_key_stand_together_and_in_order() {
        let values: Vec<(u64, u32)> = (0..1_000).map(|at| (u64::from(at) * 7_919 % 90, at * 31 % 1_000)).collect();
        let mut by_key = by_key(&values, |(key, _)| key);
        assert_eq!(by_key.chunk_by(|left, right| left.0 == right.0).count(), 90);
        assert!(by_key.chunk_by(|left, right| left.0 == right.0).all(<[_]>::is_sorted));
        by_key.sort_unstable();
        let mut expected = values;
        expected.sort_unstable();
        assert_eq!(by_key, expected);
    }

    #[test]
    fn many_are_sorted_as_few_are() {
        for (n, n_threads) in [(0_u64, 2), (10, 2), (40_000, 1), (40_000, 2), (100_000, 7)] {
            let values: Vec<u64> = (0..n).map(|at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 45).collect();
            let mut sorted = values.clone();
            sort_in_halves(&mut sorted, n_threads);
            let mut expected = values;
            expected.sort_unstable();
            assert_eq!(sorted, expected, "{n} values on {n_threads} threads");
        }
    }
}
