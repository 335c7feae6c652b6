//! Joins records into clusters without blind transitive closure.
//!
//! Goes in: the pairs judged the same, with their weights. Comes out: clusters and the pairs that joined them. The
//! heaviest pairs join first; two clusters are not joined where a rule forbids any pair across them; a record that says
//! little joins one cluster and is no bridge to another. The order of the input changes nothing: ties are broken by what
//! the records say.

/// A pair judged the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One record.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// The weight of its evidence.
    pub weight: f32,
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

/// Members of a cluster that are compared with those of another before the two are joined. Larger clusters are of records
/// so alike that more would only repeat the answer.
const COMPARED: usize = 24;

/// Joins `edges` over records `0..count`.
///
/// `order` gives what breaks ties (equal for no two records); `is_poor` tells records that say little; `forbidden` tells
/// whether a rule keeps two records apart.
pub fn join(
    count: usize,
    mut edges: Vec<Edge>,
    order: impl Fn(u32) -> u64,
    is_poor: impl Fn(u32) -> bool,
    forbidden: impl Fn(u32, u32) -> bool,
) -> Clusters {
    let rank = |edge: &Edge| {
        let (left, right) = (order(edge.left), order(edge.right));
        (left.min(right), left.max(right))
    };
    edges.sort_unstable_by(|left, right| right.weight.total_cmp(&left.weight).then_with(|| rank(left).cmp(&rank(right))));
    let mut root: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut clusters = Clusters::default();
    for edge in edges {
        let (left, right) = (root[edge.left as usize], root[edge.right as usize]);
        if left == right {
            continue;
        }
        let of = |at: u32| if members[at as usize].is_empty() { vec![at] } else { members[at as usize].clone() };
        let (lefts, rights) = (of(left), of(right));
        let settled = |at: u32, group: &[u32]| is_poor(at) && group.iter().any(|member| !is_poor(*member));
        let bridges = settled(edge.left, &lefts) || settled(edge.right, &rights);
        if bridges || any_pair(&lefts, &rights, &order, &forbidden) {
            clusters.refused.push(edge);
            continue;
        }
        clusters.joined.push(edge);
        let (keep, lose, moved) = if lefts.len() >= rights.len() { (left, right, rights) } else { (right, left, lefts) };
        for member in &moved {
            root[*member as usize] = keep;
        }
        members[lose as usize] = Vec::new();
        let kept = &mut members[keep as usize];
        if kept.is_empty() {
            kept.push(keep);
        }
        kept.extend(moved);
    }
    clusters.root = root;
    clusters
}

/// Whether a rule forbids any pair across two clusters.
fn any_pair(lefts: &[u32], rights: &[u32], order: impl Fn(u32) -> u64, forbidden: impl Fn(u32, u32) -> bool) -> bool {
    if lefts.len() == 1 && rights.len() == 1 {
        return false;
    }
    let sample = |group: &[u32]| {
        let mut group = group.to_vec();
        if group.len() > COMPARED {
            group.sort_unstable_by_key(|member| order(*member));
            group.truncate(COMPARED);
        }
        group
    };
    let rights = sample(rights);
    sample(lefts).into_iter().any(|left| rights.iter().any(|right| forbidden(left, *right)))
}
