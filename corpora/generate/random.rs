//! Chance, in whole numbers only: the same seed gives the same choices on every machine.
//!
//! Neither floating-point arithmetic nor `usize` draws are used, as both may differ between machines.

use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// The generator all choices are drawn from.
pub type Random = ChaCha8Rng;

/// What a generator is for; each purpose has streams of its own, so that one can be redrawn without the others.
#[derive(Clone, Copy)]
pub enum Purpose {
    Work,
    Doi,
    Pair,
    Sizes,
    Copies,
    Order,
}

/// The generator for one numbered thing (a work, a block of works): independent of all other numbers.
pub fn numbered(seed: u64, purpose: Purpose, number: u64) -> Random {
    let mut random = Random::seed_from_u64(seed);
    random.set_stream((purpose as u64) << 60 | number);
    random
}

/// A whole number in `0..limit`, all equally likely; 0 for an empty range.
pub fn below(random: &mut Random, limit: u32) -> u32 {
    ((u64::from(random.next_u32()) * u64::from(limit)) >> 32) as u32
}

/// A whole number in `low..=high`.
pub fn between(random: &mut Random, low: u32, high: u32) -> u32 {
    low + below(random, high - low + 1)
}

/// True `percent` times in a hundred.
pub fn chance(random: &mut Random, percent: u32) -> bool {
    below(random, 100) < percent
}

/// True `mille` times in a thousand.
pub fn rarely(random: &mut Random, mille: u32) -> bool {
    below(random, 1000) < mille
}

/// A number in `0..limit` where small ones are likelier: the product of two even draws.
pub fn skewed(random: &mut Random, limit: u32) -> u32 {
    let product = (u64::from(random.next_u32()) * u64::from(random.next_u32())) >> 32;
    ((product * u64::from(limit)) >> 32) as u32
}

/// A rank from 1 below two to the power of `bits`, taken about as often as one in its value: words of a language.
pub fn zipf_rank(random: &mut Random, bits: u32) -> u32 {
    let low = 1 << below(random, bits);
    low + below(random, low)
}

/// One of the items, all equally likely. The list must not be empty.
pub fn one_of<'a, T>(random: &mut Random, items: &'a [T]) -> &'a T {
    &items[below(random, items.len() as u32) as usize]
}

/// One of the items, the first ones likelier. The list must not be empty.
pub fn early_of<'a, T>(random: &mut Random, items: &'a [T]) -> &'a T {
    &items[skewed(random, items.len() as u32) as usize]
}

/// The place of one weight, taken in proportion to it.
pub fn weighted(random: &mut Random, weights: impl Iterator<Item = u32> + Clone) -> usize {
    let mut left = below(random, weights.clone().sum());
    for (place, weight) in weights.enumerate() {
        if left < weight {
            return place;
        }
        left -= weight;
    }
    0
}

/// Puts the items in random order (Fisher and Yates).
pub fn shuffle<T>(random: &mut Random, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(random, last as u32 + 1) as usize);
    }
}
