//! Counts of a deduplication against labels.
//!
//! *Pairs*: two records in one cluster are a pair; a pair of both sides is a true positive. *Records removed*, as Hair et
//! al. count (BMC Biology 2023;21:189): one record of each predicted cluster is kept; a work of which none is kept is a
//! false positive (a study is lost), each further kept record of a work is a false negative (a copy is left). Which record
//! a cluster keeps is chosen so that as few works as possible are lost (maximum bipartite matching).

use super::matching;
use crate::error::{Error, ErrorKind};
use std::collections::BTreeMap;

/// The counts of one deduplication against one set of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct DedupeCounts {
    /// Labelled records.
    pub records: u64,
    /// Pairs that are in one cluster on both sides.
    pub pairs_true_positive: u64,
    /// Pairs that only the prediction has: wrong merges.
    pub pairs_false_positive: u64,
    /// Pairs that only the labels have: misses.
    pub pairs_false_negative: u64,
    /// Records removed rightly.
    pub removed_true_positive: u64,
    /// Works of which no record is kept: lost.
    pub removed_false_positive: u64,
    /// Copies that are left.
    pub removed_false_negative: u64,
    /// Works that are kept.
    pub removed_true_negative: u64,
}

impl DedupeCounts {
    /// The share of predicted pairs that are right; `None` where none is predicted.
    #[must_use]
    pub fn pair_precision(&self) -> Option<f64> {
        share(self.pairs_true_positive, self.pairs_true_positive + self.pairs_false_positive)
    }

    /// The share of labelled pairs that are found; `None` where there is none.
    #[must_use]
    pub fn pair_recall(&self) -> Option<f64> {
        share(self.pairs_true_positive, self.pairs_true_positive + self.pairs_false_negative)
    }

    /// The harmonic mean of precision and recall; `None` where neither side has a pair.
    #[must_use]
    pub fn pair_f1(&self) -> Option<f64> {
        share(2 * self.pairs_true_positive, 2 * self.pairs_true_positive + self.pairs_false_positive + self.pairs_false_negative)
    }

    /// The share of removed records that are rightly removed; `None` where none is.
    #[must_use]
    pub fn removal_precision(&self) -> Option<f64> {
        share(self.removed_true_positive, self.removed_true_positive + self.removed_false_positive)
    }

    /// The harmonic mean of removal precision and sensitivity; `None` where nothing is removed and nothing redundant.
    #[must_use]
    pub fn removal_f1(&self) -> Option<f64> {
        share(2 * self.removed_true_positive, 2 * self.removed_true_positive + self.removed_false_positive + self.removed_false_negative)
    }

    /// The share of redundant records that are removed; `None` where none is redundant.
    #[must_use]
    pub fn sensitivity(&self) -> Option<f64> {
        share(self.removed_true_positive, self.removed_true_positive + self.removed_false_negative)
    }

    /// The share of works that are kept; `None` where there is none.
    #[must_use]
    pub fn specificity(&self) -> Option<f64> {
        share(self.removed_true_negative, self.removed_true_negative + self.removed_false_positive)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts `predicted` against `gold`; both give the cluster of a record by its id. Records that `predicted` leaves out
/// are clusters of their own.
///
/// # Errors
///
/// [`ErrorKind::Labels`] where an id occurs twice on one side, or `predicted` has an id that `gold` does not know.
pub fn dedupe(gold: &[(String, String)], predicted: &[(String, String)]) -> Result<DedupeCounts, Error> {
    let gold = by_id("gold labels", gold)?;
    let predicted = by_id("predicted clusters", predicted)?;
    if let Some(unknown) = predicted.keys().find(|id| !gold.contains_key(*id)) {
        return Err(Error::new(ErrorKind::Labels, "predicted clusters", format!("expected ids of the gold labels, found {unknown:?}")));
    }
    // A record on its own gets a cluster that no other can have.
    let rows: Vec<(&str, Cluster<'_>)> =
        gold.iter().map(|(id, work)| (*work, predicted.get(id).map_or(Cluster::Alone(id), |cluster| Cluster::Named(cluster)))).collect();
    let works = sizes(rows.iter().map(|(work, _)| *work));
    let clusters = sizes(rows.iter().map(|(_, cluster)| *cluster));
    let both = sizes(rows.iter().copied());
    let pairs = |count: &u64| count * (count - 1) / 2;
    let true_positive: u64 = both.values().map(pairs).sum();

    let work_index: BTreeMap<&str, usize> = works.keys().enumerate().map(|(at, work)| (*work, at)).collect();
    let mut choices: BTreeMap<Cluster<'_>, Vec<usize>> = BTreeMap::new();
    for (work, cluster) in both.keys() {
        choices.entry(*cluster).or_default().extend(work_index.get(work));
    }
    let choices: Vec<Vec<usize>> = choices.into_values().collect();
    let matched = matching::maximum(&choices, works.len()) as u64;
    let (records, n_works, n_clusters) = (gold.len() as u64, works.len() as u64, clusters.len() as u64);
    let lost = n_works - matched;
    Ok(DedupeCounts {
        records,
        pairs_true_positive: true_positive,
        pairs_false_positive: clusters.values().map(pairs).sum::<u64>() - true_positive,
        pairs_false_negative: works.values().map(pairs).sum::<u64>() - true_positive,
        removed_true_positive: (records - n_clusters) - lost,
        removed_false_positive: lost,
        removed_false_negative: n_clusters - matched,
        removed_true_negative: n_works - lost,
    })
}

/// Two records, as indices, the smaller first.
type Pair = (u32, u32);

/// The pairs that are judged wrongly, as indices into `labels`, each of which is a record's work and its predicted cluster:
/// those in one cluster and of two works, and those of one work and in two clusters.
#[must_use]
pub fn wrong_pairs(labels: &[(&str, u32)]) -> (Vec<Pair>, Vec<Pair>) {
    fn split<K: Ord, L: PartialEq>(count: usize, key: impl Fn(usize) -> K, other: impl Fn(usize) -> L) -> Vec<Pair> {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|at| key(*at));
        let mut pairs = Vec::new();
        for group in order.chunk_by(|left, right| key(*left) == key(*right)) {
            for (at, left) in group.iter().enumerate() {
                let apart = group[at + 1..].iter().filter(|right| other(*left) != other(**right));
                pairs.extend(apart.map(|right| (u32::try_from(*left).unwrap_or(u32::MAX), u32::try_from(*right).unwrap_or(u32::MAX))));
            }
        }
        pairs.sort_unstable();
        pairs
    }
    let (work, cluster) = (|at: usize| labels[at].0, |at: usize| labels[at].1);
    (split(labels.len(), cluster, work), split(labels.len(), work, cluster))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cluster<'a> {
    Named(&'a str),
    Alone(&'a str),
}

fn by_id<'a>(side: &str, labels: &'a [(String, String)]) -> Result<BTreeMap<&'a str, &'a str>, Error> {
    let mut map = BTreeMap::new();
    for (id, cluster) in labels {
        if map.insert(id.as_str(), cluster.as_str()).is_some() {
            return Err(Error::new(ErrorKind::Labels, side, format!("expected each id once, found {id:?} twice")));
        }
    }
    Ok(map)
}

fn sizes<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut sizes = BTreeMap::new();
    for key in keys {
        *sizes.entry(key).or_insert(0) += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(text: &str) -> Vec<(String, String)> {
        text.split(' ').filter_map(|pair| pair.split_once('=')).map(|(id, cluster)| (id.to_owned(), cluster.to_owned())).collect()
    }

    /// Pairs TP, FP, FN; removed TP, FP, FN, TN.
    fn check(gold: &str, predicted: &str, expected: [u64; 7]) {
        let counts = dedupe(&labels(gold), &labels(predicted)).unwrap();
        let found = [
            counts.pairs_true_positive,
            counts.pairs_false_positive,
            counts.pairs_false_negative,
            counts.removed_true_positive,
            counts.removed_false_positive,
            counts.removed_false_negative,
            counts.removed_true_negative,
        ];
        assert_eq!(found, expected, "{gold} | {predicted}");
    }

    #[test]
    fn counted_by_hand() {
        // All right.
        check("a=1 b=1 c=2", "a=x b=x c=y", [1, 0, 0, 1, 0, 0, 2]);
        // Nothing found: one copy is left.
        check("a=1 b=1 c=2", "", [0, 0, 1, 0, 0, 1, 2]);
        // Everything in one: work 2 is lost; of the two records removed one was a copy.
        check("a=1 b=1 c=2", "a=x b=x c=x", [1, 2, 0, 1, 1, 0, 1]);
        // Two works swapped: {a, c} and {b}: keeping c or a for x, b for y loses nothing when c is kept.
        check("a=1 b=1 c=2", "a=x c=x b=y", [0, 1, 1, 1, 0, 0, 2]);
        // A chain of three works in two clusters: {a1, b1}, {b2, c1}: one of three works is lost.
        check("a1=A b1=B b2=B c1=C", "a1=x b1=x b2=y c1=y", [0, 2, 1, 1, 1, 0, 2]);
        // Four copies of one work in two clusters: 1 + 1 of 6 pairs, one copy left.
        check("a=1 b=1 c=1 d=1", "a=x b=x c=y d=y", [2, 0, 4, 2, 0, 1, 1]);
        // A cluster's name is not a record's id.
        check("a=1 b=1", "a=b", [0, 0, 1, 0, 0, 1, 1]);
        check("", "", [0; 7]);
    }

    #[test]
    fn shares() {
        let counts = dedupe(&labels("a=1 b=1 c=2 d=2 e=3"), &labels("a=x b=x c=y d=z e=y")).unwrap();
        assert_eq!(counts.pair_precision(), Some(0.5));
        assert_eq!(counts.pair_recall(), Some(0.5));
        assert_eq!(counts.pair_f1(), Some(0.5));
        assert_eq!(counts.sensitivity(), Some(1.0), "keeping e for y and d for z, both copies are gone");
        assert_eq!(counts.specificity(), Some(1.0));
        assert_eq!(dedupe(&[], &[]).unwrap().pair_f1(), None);
    }

    #[test]
    fn ids_are_known_and_occur_once() {
        for (gold, predicted, found) in [("a=1 a=2", "", "\"a\" twice"), ("a=1", "a=x a=x", "\"a\" twice"), ("a=1", "b=x", "\"b\"")] {
            let error = dedupe(&labels(gold), &labels(predicted)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Labels);
            assert!(error.to_string().contains(found), "{error}");
        }
    }

    proptest! {
        #[test]
        fn counts_add_up(rows in prop::collection::vec((0_u8..6, 0_u8..6), 0..20)) {
            let gold: Vec<_> = rows.iter().enumerate().map(|(at, (work, _))| (at.to_string(), work.to_string())).collect();
            let predicted: Vec<_> = rows.iter().enumerate().map(|(at, (_, cluster))| (at.to_string(), cluster.to_string())).collect();
            let counts = dedupe(&gold, &predicted).unwrap();
            // The slow twin: every pair looked at.
            let mut twin = [0; 3];
            for (at, left) in rows.iter().enumerate() {
                for right in &rows[at + 1..] {
                    match (left.0 == right.0, left.1 == right.1) {
                        (true, true) => twin[0] += 1,
                        (false, true) => twin[1] += 1,
                        (true, false) => twin[2] += 1,
                        (false, false) => {}
                    }
                }
            }
            let labels: Vec<(&str, u32)> = gold.iter().zip(&rows).map(|((_, work), row)| (work.as_str(), u32::from(row.1))).collect();
            let (merged, missed) = wrong_pairs(&labels);
            prop_assert_eq!([merged.len() as u64, missed.len() as u64], [twin[1], twin[2]]);
            let is_wrong = |(left, right): &(u32, u32)| left < right && {
                let (left, right) = (rows[*left as usize], rows[*right as usize]);
                (left.0 == right.0) != (left.1 == right.1)
            };
            prop_assert!(merged.iter().chain(&missed).all(is_wrong));
            prop_assert_eq!([counts.pairs_true_positive, counts.pairs_false_positive, counts.pairs_false_negative], twin);
            let all = counts.removed_true_positive + counts.removed_false_positive + counts.removed_false_negative + counts.removed_true_negative;
            prop_assert_eq!(all, rows.len() as u64);
        }
    }
}
