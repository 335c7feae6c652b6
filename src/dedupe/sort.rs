//! Sorting on all threads.
//!
//! What is to be sorted is cut at its middle value, and each half is sorted by a thread of its own with the standard library's sort: pairs
//! of records, the longest lists, take a fifth less time so than with rayon's.

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

#[cfg(test)]
mod tests {
    use super::*;

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
