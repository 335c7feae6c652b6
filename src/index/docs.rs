//! A set of the documents of one chunk, one bit each: fast to fill in any order, to unite and to intersect.

use roaring::RoaringBitmap;

/// A set of document numbers below a fixed bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Docs {
    words: Vec<u64>,
}

impl Docs {
    /// The empty set of documents below `bound`.
    pub(super) fn new(bound: u32) -> Self {
        Self { words: vec![0; (bound as usize).div_ceil(64)] }
    }

    /// Adds a document; one at or past the bound is ignored.
    pub(super) fn insert(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    pub(super) fn contains(&self, doc: u32) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word & (1 << (doc % 64)) != 0)
    }

    pub(super) fn unite(&mut self, other: &Docs) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    pub(super) fn intersect(&mut self, other: &Docs) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The documents, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.words).flat_map(|(number, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(number * 64 + bit)
            })
        })
    }

    /// The same set with `base` added to every number.
    pub(super) fn to_bitmap(&self, base: u32) -> RoaringBitmap {
        let bytes: Vec<u8> = self.words.iter().flat_map(|word| word.to_le_bytes()).collect();
        RoaringBitmap::from_lsb0_bytes(base, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn agrees_with_a_tree_of_numbers(a in prop::collection::btree_set(0u32..300, 0..60), b in prop::collection::btree_set(0u32..300, 0..60), base in 0u32..5000) {
            let docs = |numbers: &BTreeSet<u32>| {
                let mut docs = Docs::new(300);
                for doc in numbers {
                    docs.insert(*doc);
                }
                docs
            };
            let (mut both, mut any) = (docs(&a), docs(&a));
            both.intersect(&docs(&b));
            any.unite(&docs(&b));
            prop_assert_eq!(both.iter().collect::<Vec<_>>(), a.intersection(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(any.iter().collect::<Vec<_>>(), a.union(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(any.len(), a.union(&b).count());
            prop_assert!((0..300).all(|doc| any.contains(doc) == (a.contains(&doc) || b.contains(&doc))));
            prop_assert_eq!(docs(&a).to_bitmap(base), a.iter().map(|doc| doc + base).collect::<RoaringBitmap>());
        }
    }
}
