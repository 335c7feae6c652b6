//! Joins records into clusters without blind transitive closure.
//!
//! Goes in: the pairs judged the same, with their weights. Comes out: clusters and the pairs that joined them. The
//! heaviest pairs join first, but for those whose years are apart, which join last: a misprint must not keep the others from
//! their cluster; what people called the same comes behind them, or before all. Two clusters are not joined where a rule
//! forbids any pair across them; a record that says little joins one cluster and is no bridge to another. The order of the
//! input changes nothing: ties are broken by what the records say.

use super::sort::sort;
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A number for each weight, in the order of [`f32::total_cmp`].
fn in_order(weight: f32) -> i32 {
    let bits = weight.to_bits().cast_signed();
    bits ^ (bits >> 31).cast_unsigned().wrapping_shr(1).cast_signed()
}

/// A pair judged the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One record.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// The weight of its evidence.
    pub weight: f32,
    /// What it rests on.
    pub link: Link,
    /// Whether it joins only after all others.
    pub is_doubtful: bool,
}

/// What a pair that is judged the same rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// What both records say.
    Evidence,
    /// An identifier in common.
    Identifier,
    /// The word of a person, against which no rule counts.
    Person,
}

/// The result of joining.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clusters {
    /// For each record, a record that stands for its cluster.
    pub root: Vec<u32>,
    /// The edges that joined two clusters: a forest, one tree a cluster.
    pub joined: Vec<Edge>,
    /// The edges that would have joined two clusters and were refused.
    pub refused: Vec<Edge>,
}

/// Members of a cluster, besides those that are named, that are compared with those of another before the two are joined: of a
/// larger cluster the first that say each thing, and then others, which only repeat the answer.
pub const COMPARED: usize = 24;

/// Joins `edges` over records `0..count`.
///
/// `order` gives what breaks ties (equal for no two records); `is_poor` tells records that say little; `is_named` tells
/// records that are always compared, however large their clusters; `says` gives the same for records that contradict the same;
/// `forbidden` tells whether two records are kept apart although an edge would join their clusters.
pub fn join(
    count: usize,
    edges: &[Edge],
    order: impl Fn(u32) -> u64 + Sync,
    is_poor: impl Fn(u32) -> bool,
    is_named: impl Fn(u32) -> bool,
    says: impl Fn(u32) -> u64,
    forbidden: impl Fn(u32, u32, &Edge) -> bool,
) -> Clusters {
    let rank = |edge: &Edge| {
        let (left, right) = (order(edge.left), order(edge.right));
        (left.min(right), left.max(right))
    };
    // The heaviest first, and those that may be misprinted last.
    let key = |(at, edge): (usize, &Edge)| (edge.is_doubtful, Reverse(in_order(edge.weight)), rank(edge), at);
    let mut keyed: Vec<_> = edges.par_iter().enumerate().map(key).collect();
    sort(&mut keyed);
    let mut parent: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    let mut groups: Vec<Group> = parent.iter().map(|at| Group { size: 1, says_more: !is_poor(*at), sample: Vec::new() }).collect();
    let mut clusters = Clusters::default();
    for edge in keyed.iter().map(|(.., at)| edges[*at]) {
        let (left, right) = (find(&mut parent, edge.left), find(&mut parent, edge.right));
        if left == right {
            continue;
        }
        let (lefts, rights) = (&groups[left as usize], &groups[right as usize]);
        let by_person = edge.link == Link::Person;
        let bridges = !by_person && ((is_poor(edge.left) && lefts.says_more) || (is_poor(edge.right) && rights.says_more));
        if bridges || any_pair(&lefts.members(left), &rights.members(right), |left, right| forbidden(left, right, &edge)) {
            clusters.refused.push(edge);
            continue;
        }
        clusters.joined.push(edge);
        let (keep, lose) = if lefts.size >= rights.size { (left, right) } else { (right, left) };
        let (size, says_more) = (lefts.size + rights.size, lefts.says_more || rights.says_more);
        let mut sample: Vec<u32> = [lefts.members(left), rights.members(right)].concat();
        sample.sort_unstable_by_key(|member| (!is_named(*member), order(*member)));
        let n_named = sample.iter().take_while(|member| is_named(**member)).count();
        if sample.len() > n_named + COMPARED {
            let mut said = BTreeSet::new();
            let mut others: Vec<(bool, u32)> = sample.drain(n_named..).map(|member| (!said.insert(says(member)), member)).collect();
            others.sort_by_key(|(is_repeated, _)| *is_repeated);
            sample.extend(others.into_iter().take(COMPARED).map(|(_, member)| member));
        }
        groups[keep as usize] = Group { size, says_more, sample };
        groups[lose as usize].sample = Vec::new();
        parent[lose as usize] = keep;
    }
    clusters.root = (0..u32::try_from(count).unwrap_or(u32::MAX)).map(|at| find(&mut parent, at)).collect();
    clusters
}

/// What is kept of a cluster while it grows: the work for one edge must not grow with it.
struct Group {
    size: u32,
    /// Whether any member is more than poor.
    says_more: bool,
    /// The first members by order, as many as are compared; empty where the cluster is one record.
    sample: Vec<u32>,
}

impl Group {
    fn members(&self, root: u32) -> Cow<'_, [u32]> {
        if self.sample.is_empty() { Cow::Owned(vec![root]) } else { Cow::Borrowed(&self.sample) }
    }
}

/// The record that stands for the cluster of `at`; the path to it is halved on the way.
fn find(parent: &mut [u32], mut at: u32) -> u32 {
    while parent[at as usize] != at {
        parent[at as usize] = parent[parent[at as usize] as usize];
        at = parent[at as usize];
    }
    at
}

/// Whether a rule forbids any pair across two clusters; two single records have been judged already.
fn any_pair(lefts: &[u32], rights: &[u32], forbidden: impl Fn(u32, u32) -> bool) -> bool {
    (lefts.len() > 1 || rights.len() > 1) && lefts.iter().any(|left| rights.iter().any(|right| forbidden(*left, *right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_in_their_order() {
        let weights = [f32::NEG_INFINITY, -10.5, -0.25, -0.0, 0.0, 0.25, 10.5, 11.0, f32::INFINITY];
        for (left, right) in weights.iter().flat_map(|left| weights.map(|right| (*left, right))) {
            assert_eq!(in_order(left).cmp(&in_order(right)), left.total_cmp(&right), "{left} {right}");
        }
    }

    #[test]
    fn of_a_large_cluster_what_says_another_thing_is_compared() {
        /// Alike but for the last, which is the only one to contradict the newcomer.
        const ALIKE: u32 = 60;
        let edge = |left, right, weight| Edge { left, right, weight, link: Link::Evidence, is_doubtful: false };
        let edges: Vec<Edge> = (0..ALIKE - 1).map(|at| edge(at, at + 1, 20.0)).chain([edge(0, ALIKE, 10.0)]).collect();
        let says = |at: u32| u64::from(at == ALIKE - 1);
        let forbidden = |left: u32, right: u32, _: &Edge| (left.min(right), left.max(right)) == (ALIKE - 1, ALIKE);
        let clusters = join(ALIKE as usize + 1, &edges, u64::from, |_| false, |_| false, says, forbidden);
        assert_eq!(clusters.joined.len(), ALIKE as usize - 1);
        assert_eq!(clusters.refused.len(), 1);
    }
}
