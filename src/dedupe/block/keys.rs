//! Blocking keys with the records that have them.
//!
//! Goes in: the keys of one recipe, record after record. Comes out: those that more than one record has, equal ones together.

use crate::dedupe::sort::{by_key, place};

/// A key and a record that has it, in one number.
pub(super) fn keyed(key: u64, at: u32) -> u128 {
    u128::from(key) << 32 | u128::from(at)
}

/// The blocks of keys of which equal ones stand together: the members of each of more than one.
pub(super) fn blocks(keys: &[u128]) -> impl Iterator<Item = &[u128]> {
    keys.chunk_by(|left, right| left >> 32 == right >> 32).filter(|block| block.len() > 1)
}

fn key(keyed: u128) -> u64 {
    (keyed >> 32) as u64
}

/// All keys of `pieces` that more than one record has, and few others, since most keys have a record of their own and make no
/// pair. Equal ones stand together, in the order of their records, each record once.
pub(super) fn shared(pieces: &[&[u128]]) -> Vec<u128> {
    let mut keys = by_key(&without_most_lone_ones(pieces), key);
    keys.dedup();
    keys
}

fn without_most_lone_ones(pieces: &[&[u128]]) -> Vec<u128> {
    const PLACES_PER_KEY: usize = 8;
    let n_keys: usize = pieces.iter().map(|keys| keys.len()).sum();
    let bits = (PLACES_PER_KEY * n_keys).next_power_of_two().ilog2().max(6);
    // For each place whether a key fell on it, and whether another did.
    let mut places = vec![[0_u64; 2]; 1 << (bits - 6)];
    for keys in pieces {
        for keyed in *keys {
            let place = place(key(*keyed), bits);
            let [once, again] = &mut places[place >> 6];
            let bit = 1 << (place & 63);
            *again |= *once & bit;
            *once |= bit;
        }
    }
    let is_shared = |keyed: &u128| {
        let place = place(key(*keyed), bits);
        places[place >> 6][1] >> (place & 63) & 1 == 1
    };
    let mut shared = Vec::new();
    for keys in pieces {
        shared.extend(keys.iter().filter(|keyed| is_shared(keyed)));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_of_shared_keys_are_those_of_all(keys in prop::collection::vec((0_u64..60, 0_u32..9), 0..200)) {
            let keys: Vec<u128> = keys.iter().map(|(key, at)| keyed(key.wrapping_mul(0x2545_f491_4f6c_dd1d), *at)).collect();
            let (left, right) = keys.split_at(keys.len() / 3);
            let shared = shared(&[left, right]);
            let mut found: Vec<&[u128]> = blocks(&shared).collect();
            found.sort_unstable();
            let mut all = keys.clone();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(found, blocks(&all).collect::<Vec<_>>());
        }
    }

    #[test]
    fn most_keys_that_nobody_shares_are_dropped() {
        let alone: Vec<u128> = (0_u32..1_000).map(|at| keyed(u64::from(at) * 7_919, at)).collect();
        let left = without_most_lone_ones(&[&alone]);
        assert!(left.len() * 4 < alone.len(), "{} of {} keys that nobody shares", left.len(), alone.len());
    }
}
