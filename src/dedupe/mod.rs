//! Many records -> clusters of records of one work, every step with its reason.
//!
//! Goes in: records of any sources, in any order. Comes out: a [`Deduplication`]: which record is kept for each, why each
//! other was removed, and the pairs that a person should look at. The stages are [`NormalForm`] → [`block`] →
//! [`compare`] → [`weigh`] and [`rules`] → [`cluster`] → [`merge`]. The same records give the same clusters at any number
//! of threads and in any order.

pub mod block;
pub mod cluster;
pub mod compare;
pub mod corpus;
pub mod decisions;
mod evidence;
pub mod merge;
pub mod rules;
pub mod settings;
pub mod similarity;
mod sort;
pub mod weigh;

use crate::normalize::{AtWork, NormalForm, Normalizers, content_hash};
use crate::progress::Progress;
use crate::record::Record;
use block::AT_ONCE;
use cluster::{Edge, Link};
use compare::{Comparison, Glance};
use corpus::Corpus;
pub use decisions::Decisions;
use rayon::prelude::*;
use rules::{Judgement, Verdict};
pub use settings::{Keep, Level, Policies, Policy, Settings};
use sort::sort;
use std::collections::{BTreeMap, BTreeSet};

/// The result of deduplicating. All numbers are indices into the records that were given.
#[derive(Debug, Clone, PartialEq)]
pub struct Deduplication {
    /// For each record the record that is kept for its cluster; itself where it is kept.
    pub cluster_of: Vec<u32>,
    /// One row for each record that is not kept, in the order of the records; none where [`Settings::reasons`] asks for none.
    pub removed: Vec<Removed>,
    /// Pairs for a person, the most likely duplicates first; at most one for each two clusters.
    pub unsure: Vec<Unsure>,
    /// Records that say too little to name a work ([`NormalForm::identifies`]): they are never merged.
    pub nameless: Vec<u32>,
    /// What was looked at and what came out.
    pub counts: Counts,
}

/// Why a record is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The record.
    pub record: u32,
    /// The record that is kept for its cluster.
    pub kept: u32,
    /// The member of the cluster that it was joined through.
    pub matched: u32,
    /// The id of the rule.
    pub rule: &'static str,
    /// What agrees and what does not, in words.
    pub evidence: String,
    /// Whether a person decided it and no rule did.
    pub by_person: bool,
}

/// A pair that was not merged and that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsure {
    /// One record.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// The id of the rule that kept them apart or did not suffice to join them.
    pub rule: &'static str,
    /// What agrees and what does not, in words.
    pub evidence: String,
    /// How likely one work is by the evidence alone, the rule aside, in 0..=1.
    pub likelihood: f32,
}

/// What was looked at and what came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Records given.
    pub records: usize,
    /// Records kept.
    pub kept: usize,
    /// Records that say the same as another in all but id and origin.
    pub identical: usize,
    /// Candidate pairs compared.
    pub candidates: usize,
    /// Candidate pairs judged the same.
    pub same: usize,
    /// Candidate pairs judged different.
    pub different: usize,
    /// Candidate pairs left open.
    pub unsure: usize,
}

/// Steps between two words to whoever follows the progress: it may take a lock, and a pair takes less than a lock.
const STEP: usize = 1024;

/// Pairs that one thread takes at a time at least: few, so that none waits long for the last to end.
const SHARE: usize = 64;

/// Records that one thread takes at a time at least: as few, and enough that some stand in one journal.
const SHARE_OF_RECORDS: usize = 64;

/// Says that a step of `total` has begun, once in [`STEP`].
fn advance(progress: &dyn Progress, at: usize, total: usize) {
    if at.is_multiple_of(STEP) {
        progress.advance(STEP.min(total - at) as u64);
    }
}

/// What deduplication knows of each record before any two are compared.
struct Known<'a> {
    forms: &'a [NormalForm],
    distinct: Distinct,
}

impl<'a> Known<'a> {
    fn of(records: &[Record], forms: &'a [NormalForm], keep: &Preference<'_>) -> Self {
        Self { forms, distinct: distinct(records, forms, keep) }
    }

    /// The forms of records of different content.
    fn heads(&self) -> Vec<&'a NormalForm> {
        self.distinct.heads.iter().map(|at| &self.forms[*at as usize]).collect()
    }

    /// What is concluded about two records, and the evidence in words.
    fn explain(&self, left: u32, right: u32, corpus: &Corpus, settings: &Settings) -> (Judgement, String) {
        let (left, right) = (&self.forms[left as usize], &self.forms[right as usize]);
        let comparison = Comparison::of(left, right, corpus);
        let judgement = rules::judge(&comparison, settings);
        (judgement, evidence::in_words(left, right, &comparison))
    }
}

/// The normal forms of `records`.
pub fn forms_of(records: &[Record], progress: &dyn Progress) -> Vec<NormalForm> {
    progress.stage("normalising", records.len() as u64);
    let normalizers = Normalizers::default();
    let form_of = |normalizer: &mut AtWork<'_>, (at, record): (usize, &Record)| {
        advance(progress, at, records.len());
        normalizer.form_of(record)
    };
    let shared = records.par_iter().with_min_len(SHARE_OF_RECORDS).with_max_len(2 * SHARE_OF_RECORDS);
    shared.enumerate().map_init(|| normalizers.take_up(), form_of).collect()
}

/// What is concluded about each of `pairs`, indices into `records`, and the evidence in words, whether or not the pair
/// would have been compared.
#[must_use]
pub fn explain(records: &[Record], settings: &Settings, pairs: &[block::Pair], progress: &dyn Progress) -> Vec<(Judgement, String)> {
    let forms = forms_of(records, progress);
    let known = Known::of(records, &forms, &Preference { keep: &settings.keep, n_new: records.len() });
    let corpus = Corpus::of(&known.heads());
    pairs.par_iter().map(|(left, right)| known.explain(*left, *right, &corpus, settings)).collect()
}

/// Finds the records of one work among `records`.
pub fn dedupe(records: &[Record], settings: &Settings, progress: &dyn Progress) -> Deduplication {
    dedupe_against(records, records.len(), settings, progress)
}

/// Finds the records of one work among `records`, of which those from the `n_new`th on are old: each of them is kept, no
/// two of them are joined, and a new record that describes the work of an old one belongs to it.
pub fn dedupe_against(records: &[Record], n_new: usize, settings: &Settings, progress: &dyn Progress) -> Deduplication {
    dedupe_forms(records, &forms_of(records, progress), n_new, settings, progress)
}

/// The same where the normal forms are known: of `records` themselves only ids and sources are asked, so that outlines of
/// them suffice ([`Record::outlines`]).
pub fn dedupe_forms(records: &[Record], forms: &[NormalForm], n_new: usize, settings: &Settings, progress: &dyn Progress) -> Deduplication {
    let preference = Preference { keep: &settings.keep, n_new };
    let known = Known::of(records, forms, &preference);
    let heads = known.heads();
    let distinct = &known.distinct;

    progress.stage("finding candidates", 0);
    let corpus = Corpus::of(&heads);
    let is_old = |head: u32| preference.is_old(distinct.heads[head as usize]);
    let is_hopeless = |glance: &Glance| rules::is_hopeless(glance, settings);
    let mut pairs = block::candidates_unless(&heads, &corpus, is_hopeless);
    if n_new < records.len() {
        pairs.retain(|(left, right)| !(is_old(*left) && is_old(*right)));
    }

    progress.stage("comparing", pairs.len() as u64);
    // What is hopeless is forgotten at once: of a million records there are more such pairs than records.
    let judge = |(left, right): &block::Pair| {
        let (left_form, right_form) = (heads[*left as usize], heads[*right as usize]);
        let comparison = Comparison::unless_hopeless(left_form, right_form, &corpus, is_hopeless)?;
        Some(Judged { left: *left, right: *right, judgement: rules::judge(&comparison, settings) })
    };
    let judge_few = |(at, few): (usize, &'_ [block::Pair])| {
        advance(progress, at * AT_ONCE, pairs.len());
        std::hint::black_box(few.iter().fold(0, |fetched, (_, right)| fetched ^ heads[*right as usize].fetch()));
        few.iter().filter_map(judge).collect::<Vec<Judged>>()
    };
    let few = pairs.par_chunks(AT_ONCE).with_min_len(SHARE / AT_ONCE).with_max_len(16 * SHARE / AT_ONCE);
    let judged: Vec<Judged> = few.enumerate().flat_map_iter(judge_few).collect();
    let n_candidates = pairs.len();
    drop(pairs);

    progress.stage("joining", 0);
    let decided = Decided::of(settings, forms, &heads, is_old);
    let edges = judged.par_iter().filter(|pair| pair.judgement.verdict == Verdict::Same);
    let edges = edges.filter(|pair| !decided.is_different(pair.left, pair.right));
    let link = |judgement: &Judgement| if judgement.is_by_identifier() { Link::Identifier } else { Link::Evidence };
    let edges = edges.map(|Judged { left, right, judgement }| Edge {
        left: *left,
        right: *right,
        weight: judgement.weight,
        link: link(judgement),
        is_doubtful: judgement.years_apart,
    });
    let edges: Vec<Edge> = edges.collect();
    // Where the pairs of each left record begin.
    let mut starts = vec![0; heads.len() + 1];
    for pair in &judged {
        starts[pair.left as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let contents: Vec<u64> = heads.par_iter().map(|form| form.content).collect();
    let order = |at: u32| contents[at as usize];
    let is_named = |at: u32| is_old(at) || decided.class(at).is_some();
    // Most were compared before; what was given up as hopeless was not looked at as a whole.
    let separates = |left: u32, right: u32, edge: &Edge| {
        let (left, right) = in_order(left, right);
        let of_left = &judged[starts[left as usize]..starts[left as usize + 1]];
        let known = of_left.binary_search_by_key(&right, |pair| pair.right).ok().map(|at| of_left[at].judgement);
        let whole = || rules::judge(&Comparison::of(heads[left as usize], heads[right as usize], &corpus), settings);
        known.unwrap_or_else(whole).separates(edge.link == Link::Identifier)
    };
    let forbidden = |left: u32, right: u32, edge: &Edge| {
        if (is_old(left) && is_old(right)) || decided.is_different(left, right) {
            return true;
        }
        edge.link != Link::Person && !decided.is_vouched(left, right, edge) && separates(left, right, edge)
    };
    let poor: Vec<bool> = heads.par_iter().map(|form| is_poor(form)).collect();
    let join = |edges: &[Edge]| {
        cluster::join(heads.len(), edges, order, |at| poor[at as usize], is_named, |at| heads[at as usize].place_hash(), forbidden)
    };
    let clusters = decided.join(&edges, join);

    progress.stage("reporting", 0);
    let count = |verdict| judged.iter().filter(|pair| pair.judgement.verdict == verdict).count();
    let mut counts = Counts {
        records: records.len(),
        kept: 0,
        identical: distinct.twins.len(),
        candidates: n_candidates,
        same: count(Verdict::Same),
        different: n_candidates - judged.len() + count(Verdict::Different),
        unsure: count(Verdict::Unsure),
    };
    let mut cluster_of = keepers(&clusters.root, &distinct.heads, records, forms, &preference);
    for (twin, head) in &distinct.twins {
        cluster_of[*twin as usize] = cluster_of[*head as usize];
    }
    counts.kept = cluster_of.iter().enumerate().filter(|(at, kept)| **kept as usize == *at).count();
    let explain = |left: u32, right: u32| {
        let (judgement, evidence) = known.explain(left, right, &corpus, settings);
        let contents = [left, right].map(|at| forms[at as usize].content);
        let is_decided = contents[0] != contents[1] && decided.called_same(contents[0], contents[1]);
        (if is_decided { Judgement { rule: &rules::DECIDED, ..judgement } } else { judgement }, evidence)
    };
    let answered = decided.between_clusters(&distinct.heads, &cluster_of);
    let refused = decided.open_of_refused(&clusters, order, separates);
    let removed = if settings.reasons { removed(&clusters.joined, distinct, &cluster_of, &explain) } else { Vec::new() };
    let asked = Asked { judged: &judged, refused: &refused, answered: &answered, preference: &preference };
    let unsure = unsure(&asked, &distinct.heads, forms, &cluster_of, settings, &explain);
    let nameless = (0..).zip(forms).filter(|(_, form)| !form.identifies()).map(|(at, _)| at).collect();
    Deduplication { cluster_of, removed, unsure, nameless, counts }
}

impl Deduplication {
    /// For each pair of the unsure list the number of its group, counted from 0 in the order of the list: pairs that have a
    /// cluster in common, directly or through other pairs, ask about one group of records.
    #[must_use]
    pub fn groups(&self) -> Vec<usize> {
        let kept = |at: u32| self.cluster_of.get(at as usize).copied().unwrap_or(at);
        // Every cluster with its group; the lists are short, and so are the ways through them.
        let mut group_of: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, pair) in self.unsure.iter().enumerate() {
            let sides = [kept(pair.left), kept(pair.right)];
            let known: Vec<usize> = sides.iter().filter_map(|side| group_of.get(side).copied()).collect();
            let group = known.iter().copied().min().unwrap_or(at);
            if known.iter().any(|other| *other != group) {
                group_of.values_mut().filter(|other| known.contains(other)).for_each(|other| *other = group);
            }
            group_of.extend(sides.map(|side| (side, group)));
        }
        let firsts: Vec<usize> = self.unsure.iter().filter_map(|pair| group_of.get(&kept(pair.left)).copied()).collect();
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        firsts
            .into_iter()
            .map(|first| {
                let next = numbers.len();
                *numbers.entry(first).or_insert(next)
            })
            .collect()
    }

    /// The records that are kept, in order.
    pub fn kept(&self) -> impl Iterator<Item = u32> {
        (0_u32..).zip(&self.cluster_of).filter(|(at, kept)| at == *kept).map(|(at, _)| at)
    }

    /// The clusters, each with the kept record first and the others in order; clusters in the order of their kept records.
    #[must_use]
    pub fn clusters(&self) -> Vec<Vec<u32>> {
        let mut members: Vec<(u32, bool, u32)> = (0_u32..).zip(&self.cluster_of).map(|(at, kept)| (*kept, at != *kept, at)).collect();
        sort(&mut members);
        members.par_chunk_by(|left, right| left.0 == right.0).map(|cluster| cluster.iter().map(|(_, _, at)| *at).collect()).collect()
    }

    /// The kept records, each with what the other members of its cluster add; `records` are those that were given.
    #[must_use]
    pub fn unique(&self, records: &[Record]) -> Vec<Record> {
        self.unique_of(records, |_| true)
    }

    /// The same of the clusters that `is_wanted` says yes to; the first of each is the kept record.
    #[must_use]
    pub fn unique_of(&self, records: &[Record], is_wanted: impl Fn(&[u32]) -> bool) -> Vec<Record> {
        let merged = |cluster: Vec<u32>| Some(merge::record_of(&cluster, records, |at| content_hash(&records[at as usize]))?.into_owned());
        let wanted: Vec<Vec<u32>> = self.clusters().into_iter().filter(|cluster| is_wanted(cluster)).collect();
        wanted.into_par_iter().with_max_len(SHARE_OF_RECORDS).filter_map(merged).collect()
    }
}

/// What people decided, as far as it is about the records of this run.
///
/// Records that people called the same are of one class, also where they said so by way of records that are not here.
struct Decided {
    /// The heads that a decision speaks of, each with its class; sorted.
    class_of: Vec<(u32, u64)>,
    /// For each record that people called the same as another, by its content, what they called so: by way of all records that
    /// went into it.
    called_same: BTreeMap<u64, BTreeSet<u64>>,
    /// Pairs of heads that are of one class, enough to join all of it.
    same: Vec<block::Pair>,
    /// Classes that are different; sorted.
    different: Vec<(u64, u64)>,
}

impl Decided {
    fn of(settings: &Settings, forms: &[NormalForm], heads: &[&NormalForm], is_old: impl Fn(u32) -> bool) -> Self {
        let mut decided = Self { class_of: Vec::new(), called_same: BTreeMap::new(), same: Vec::new(), different: Vec::new() };
        if settings.decisions.is_empty() {
            return decided;
        }
        let merged = forms.iter().filter(|form| !form.members.is_empty());
        let classes = settings.decisions.classes(merged.map(|form| (form.content, &*form.members)));
        let class = |key: u64| classes.get(&key).copied();
        decided.class_of = (0..).zip(heads).filter_map(|(at, form)| Some((at, class(form.content)?))).collect();
        let mut members: Vec<(u64, bool, u64, u32)> =
            decided.class_of.iter().map(|(at, class)| (*class, !is_old(*at), heads[*at as usize].content, *at)).collect();
        members.sort_unstable();
        let called_same = settings.decisions.called_same();
        for form in forms {
            let said = form.members.iter().chain([&form.content]).filter_map(|key| called_same.get(key).copied());
            for class in said {
                decided.called_same.entry(form.content).or_default().insert(class);
            }
        }
        let mut joined: Vec<(u64, bool, u64, u32)> = Vec::new();
        for (at, form) in (0..).zip(heads) {
            let said = decided.called_same.get(&form.content).into_iter().flatten();
            joined.extend(said.map(|class| (*class, !is_old(at), form.content, at)));
        }
        joined.sort_unstable();
        for class in joined.chunk_by(|left, right| left.0 == right.0) {
            // The old one, if there is one, is the first; others that are old stay as they are.
            let others = class[1..].iter().filter(|(_, is_new, ..)| *is_new);
            decided.same.extend(others.map(|(.., at)| in_order(class[0].3, *at)));
        }
        let different = settings.decisions.iter().filter(|(_, _, is_same)| !is_same);
        let pair = |(left, right, _)| {
            let (left, right) = (class(left)?, class(right)?);
            Some((left.min(right), left.max(right)))
        };
        // Those of which no record is here say nothing about this run.
        let is_here = |class: u64| members.binary_search_by_key(&class, |(of, ..)| *of).is_ok();
        decided.different = different.filter_map(pair).filter(|(left, right)| is_here(*left) && is_here(*right)).collect();
        decided.different.sort_unstable();
        decided
    }

    /// The clusters that `join` makes of `edges` and of what people called the same. A person is asked about two clusters and
    /// shown a record of each, so that the answer joins them whole: it comes when the others have joined. Where it would
    /// break another person's word, or join two old records, it goes before them, and they join as far as it lets them.
    fn join(&self, edges: &[Edge], join: impl Fn(&[Edge]) -> cluster::Clusters) -> cluster::Clusters {
        if self.same.is_empty() {
            return join(edges);
        }
        let mut goes_before: BTreeSet<block::Pair> = BTreeSet::new();
        loop {
            let by_person = |(left, right): &block::Pair| {
                let is_doubtful = !goes_before.contains(&(*left, *right));
                let weight = if is_doubtful { f32::NEG_INFINITY } else { f32::INFINITY };
                Edge { left: *left, right: *right, weight, link: Link::Person, is_doubtful }
            };
            let mut clusters = join(&self.same.iter().map(by_person).chain(edges.iter().copied()).collect::<Vec<Edge>>());
            let n_before = goes_before.len();
            goes_before.extend(clusters.refused.iter().filter(|edge| edge.link == Link::Person).map(|edge| (edge.left, edge.right)));
            if goes_before.len() == n_before {
                clusters.refused.retain(|edge| edge.link != Link::Person);
                return clusters;
            }
        }
    }

    /// Whether people called two records the same, by their contents, be it by way of others.
    fn called_same(&self, left: u64, right: u64) -> bool {
        let said = |content: u64| self.called_same.get(&content);
        said(left).zip(said(right)).is_some_and(|(left, right)| !left.is_disjoint(right))
    }

    fn class(&self, at: u32) -> Option<u64> {
        let found = self.class_of.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(self.class_of[found].1)
    }

    /// Whether people called two records the same.
    fn is_same(&self, left: u32, right: u32) -> bool {
        left == right || self.class(left).is_some_and(|class| self.class(right) == Some(class))
    }

    /// Whether people called two records different.
    fn is_different(&self, left: u32, right: u32) -> bool {
        let (Some(left), Some(right)) = (self.class(left), self.class(right)) else { return false };
        self.different.binary_search(&(left.min(right), left.max(right))).is_ok()
    }

    /// Whether people called the records of `edge` the same as `left` and `right`: that answers what a rule has against these.
    fn is_vouched(&self, left: u32, right: u32, edge: &Edge) -> bool {
        let is_for = |one: u32, other: u32| self.is_same(one, left) && self.is_same(other, right);
        is_for(edge.left, edge.right) || is_for(edge.right, edge.left)
    }

    /// The edges that `clusters` refused and about which a person is still to be asked: not where somebody called members of
    /// both clusters different, unless that alone tore them apart and no rule would have. Of a large cluster those members are
    /// looked at of whom somebody spoke, and the first others by `order`.
    fn open_of_refused(
        &self,
        clusters: &cluster::Clusters,
        order: impl Fn(u32) -> u64,
        separates: impl Fn(u32, u32, &Edge) -> bool,
    ) -> Vec<Edge> {
        if self.different.is_empty() {
            return clusters.refused.clone();
        }
        let root = |at: u32| clusters.root[at as usize];
        let mut spoken_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, _) in &self.class_of {
            spoken_of.entry(root(*at)).or_default().push(*at);
        }
        let across = |members: &BTreeMap<u32, Vec<u32>>, sides: [u32; 2], is_found: &mut dyn FnMut(u32, u32) -> bool| {
            let [lefts, rights] = sides.map(|side| members.get(&side).map_or(&[][..], Vec::as_slice));
            lefts.iter().any(|left| rights.iter().any(|right| is_found(*left, *right)))
        };
        let sides = |edge: &Edge| [root(edge.left), root(edge.right)];
        let is_answered = |edge: &Edge| across(&spoken_of, sides(edge), &mut |left, right| self.is_different(left, right));
        let answered: BTreeSet<u32> = clusters.refused.iter().filter(|edge| is_answered(edge)).flat_map(sides).collect();
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, root) in (0..).zip(&clusters.root).filter(|(_, root)| answered.contains(root)) {
            members.entry(*root).or_default().push(at);
        }
        for members in members.values_mut() {
            members.sort_by_cached_key(|at| (self.class(*at).is_none(), order(*at)));
            let n_spoken_of = members.partition_point(|at| self.class(*at).is_some());
            members.truncate(n_spoken_of + cluster::COMPARED);
        }
        // Edges between the same clusters whose ends people called the same are told apart by nothing.
        let mut known: BTreeMap<_, bool> = BTreeMap::new();
        let mut is_open = |edge: &Edge| {
            let classes = [self.class(edge.left), self.class(edge.right)];
            let ends = if classes == [None; 2] { [None; 2] } else { [edge.left, edge.right].map(Some) };
            let of = |at: usize| (sides(edge)[at], classes[at], ends[at].filter(|_| classes[at].is_none()));
            *known.entry((of(0), of(1), edge.link == Link::Identifier)).or_insert_with(|| {
                let mut is_apart =
                    |left, right| !self.is_different(left, right) && !self.is_vouched(left, right, edge) && separates(left, right, edge);
                !is_answered(edge) || !across(&members, sides(edge), &mut is_apart)
            })
        };
        clusters.refused.iter().copied().filter(|edge| is_open(edge)).collect()
    }

    /// The clusters, by their kept records, about which somebody decided that they are different; sorted.
    fn between_clusters(&self, heads: &[u32], cluster_of: &[u32]) -> Vec<block::Pair> {
        let mut members: Vec<(u64, u32)> =
            self.class_of.iter().map(|(at, class)| (*class, cluster_of[heads[*at as usize] as usize])).collect();
        members.sort_unstable();
        members.dedup();
        let of = |class: u64| {
            let start = members.partition_point(|(other, _)| *other < class);
            members[start..].iter().take_while(move |(other, _)| *other == class).map(|(_, cluster)| *cluster)
        };
        let pairs =
            self.different.iter().flat_map(|(left, right)| of(*left).flat_map(|left| of(*right).map(move |right| in_order(left, right))));
        let mut pairs: Vec<block::Pair> = pairs.collect();
        pairs.sort_unstable();
        pairs
    }
}

/// A candidate pair that is not hopeless, the smaller index first, and what is concluded about it.
struct Judged {
    left: u32,
    right: u32,
    judgement: Judgement,
}

fn in_order(left: u32, right: u32) -> block::Pair {
    (left.min(right), left.max(right))
}

/// Records of different content, and those that repeat one of them.
struct Distinct {
    /// One record for each content, in order; records without a name are left out.
    heads: Vec<u32>,
    /// A record and the head that says the same.
    twins: Vec<(u32, u32)>,
}

fn distinct(records: &[Record], forms: &[NormalForm], preference: &Preference<'_>) -> Distinct {
    let named = forms.par_iter().enumerate().filter(|(_, form)| form.identifies());
    let mut order: Vec<(u64, u32)> = named.map(|(at, form)| (form.content, u32::try_from(at).unwrap_or(u32::MAX))).collect();
    sort(&mut order);
    let mut distinct = Distinct { heads: Vec::with_capacity(order.len()), twins: Vec::new() };
    let mut is_head = vec![false; records.len()];
    for block in order.chunk_by(|left, right| left.0 == right.0) {
        // Which of equals is kept shows only in its id, so the id decides where nothing else does.
        let best = |(_, at): &&(u64, u32)| (preference.rank(records, *at), records[*at as usize].id(), *at);
        let head = if block.len() == 1 { block.first() } else { block.iter().min_by_key(best) };
        let Some((_, head)) = head.copied() else { continue };
        is_head[head as usize] = true;
        // Old records that say the same stay as they were, and what is compared with one is compared with all.
        let twins = block.iter().filter(|(_, at)| *at != head && !preference.is_old(*at));
        distinct.twins.extend(twins.map(|(_, at)| (*at, head)));
    }
    distinct.heads.extend((0_u32..).zip(&is_head).filter(|(_, is_head)| **is_head).map(|(at, _)| at));
    distinct.twins.sort_unstable();
    distinct
}

/// Which record of a cluster is kept.
struct Preference<'a> {
    keep: &'a Keep,
    /// Records from this one on are old.
    n_new: usize,
}

impl Preference<'_> {
    fn is_old(&self, at: u32) -> bool {
        at as usize >= self.n_new
    }

    /// Less is better.
    fn rank(&self, records: &[Record], at: u32) -> (bool, usize) {
        (!self.is_old(at), self.keep.rank(&records[at as usize], at as usize))
    }
}

/// Whether a record says so little that it must not connect two clusters: no title, or a title and nothing else.
fn is_poor(form: &NormalForm) -> bool {
    let place = form.pages.is_some() || (form.volume.is_some() && form.issue.is_some());
    form.title.is_none() || (form.authors.is_empty() && !form.identifiers.any() && !place)
}

/// For each record the kept record of its cluster; records that are in no cluster keep themselves.
fn keepers(root: &[u32], heads: &[u32], records: &[Record], forms: &[NormalForm], preference: &Preference<'_>) -> Vec<u32> {
    let mut best: Vec<u32> = heads.to_vec();
    let worth = |at: u32| {
        let form = &forms[at as usize];
        (std::cmp::Reverse(preference.rank(records, at)), form.completeness, form.content)
    };
    for (at, root) in root.iter().enumerate() {
        let best = &mut best[*root as usize];
        // Most clusters are one record.
        if heads[at] != *best && worth(heads[at]) > worth(*best) {
            *best = heads[at];
        }
    }
    let mut cluster_of: Vec<u32> = (0..u32::try_from(forms.len()).unwrap_or(u32::MAX)).collect();
    for (at, root) in root.iter().enumerate() {
        cluster_of[heads[at] as usize] = best[*root as usize];
    }
    cluster_of
}

type Explain<'a> = dyn Fn(u32, u32) -> (Judgement, String) + Sync + 'a;

/// One row for each record that is not kept: walks the trees that joined the clusters from their kept records outwards.
fn removed(joined: &[Edge], distinct: &Distinct, cluster_of: &[u32], explain: &Explain<'_>) -> Vec<Removed> {
    let mut neighbours: Vec<(u32, u32)> = joined
        .iter()
        .flat_map(|edge| [(edge.left, edge.right), (edge.right, edge.left)])
        .map(|(from, to)| (distinct.heads[from as usize], distinct.heads[to as usize]))
        .collect();
    sort(&mut neighbours);
    let mut links: Vec<(u32, u32)> = distinct.twins.clone();
    for kept in distinct.heads.iter().filter(|at| cluster_of[**at as usize] == **at) {
        let mut stack = vec![(*kept, *kept)];
        while let Some((at, from)) = stack.pop() {
            if at != from {
                links.push((at, from));
            }
            let start = neighbours.partition_point(|(left, _)| *left < at);
            let next = neighbours[start..].iter().take_while(|(left, _)| *left == at).filter(|(_, to)| *to != from);
            stack.extend(next.map(|(_, to)| (*to, at)));
        }
    }
    // A twin whose head is not kept hangs on its head; the head of a twin that is kept cannot be removed before it.
    sort(&mut links);
    let row = |(record, matched): &(u32, u32)| {
        let (judgement, evidence) = explain(*record, *matched);
        let by_person = *judgement.rule == rules::DECIDED;
        Removed { record: *record, kept: cluster_of[*record as usize], matched: *matched, rule: judgement.rule.id, evidence, by_person }
    };
    links.par_iter().with_min_len(SHARE).with_max_len(4 * SHARE).map(row).collect()
}

/// What may be asked about.
struct Asked<'a> {
    judged: &'a [Judged],
    /// Edges that could not join, and which no answer stands for.
    refused: &'a [Edge],
    /// The clusters about which somebody decided that they are different; sorted.
    answered: &'a [block::Pair],
    preference: &'a Preference<'a>,
}

fn unsure(
    asked: &Asked<'_>,
    heads: &[u32],
    forms: &[NormalForm],
    cluster_of: &[u32],
    settings: &Settings,
    explain: &Explain<'_>,
) -> Vec<Unsure> {
    let both_clusters =
        |left: u32, right: u32| in_order(cluster_of[heads[left as usize] as usize], cluster_of[heads[right as usize] as usize]);
    let open = asked.judged.iter().filter(|pair| pair.judgement.verdict == Verdict::Unsure);
    let open = open.filter(|pair| asked.answered.binary_search(&both_clusters(pair.left, pair.right)).is_err());
    let open = open.map(|pair| (pair.judgement.weight, pair.left, pair.right));
    let refused = asked.refused.iter().map(|edge| (edge.weight, edge.left, edge.right));
    let mut open: Vec<(u32, u32, f32, u32, u32)> = open
        .chain(refused)
        .map(|(weight, left, right)| {
            let (a, b) = both_clusters(left, right);
            (a, b, weight, heads[left as usize], heads[right as usize])
        })
        // Old records are never joined, so that nothing follows from an answer about two of them.
        .filter(|(a, b, ..)| a != b && !(asked.preference.is_old(*a) && asked.preference.is_old(*b)))
        .collect();
    let content = |at: u32| forms[at as usize].content;
    let tie = |left: u32, right: u32| (content(left).min(content(right)), content(left).max(content(right)));
    open.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)).then_with(|| tie(x.3, x.4).cmp(&tie(y.3, y.4))));
    open.dedup_by(|later, earlier| (later.0, later.1) == (earlier.0, earlier.1));
    open.sort_unstable_by(|x, y| y.2.total_cmp(&x.2).then_with(|| tie(x.3, x.4).cmp(&tie(y.3, y.4))));
    let row = |(_, _, weight, left, right): &(u32, u32, f32, u32, u32)| {
        let (judgement, evidence) = explain(*left, *right);
        let rule = if judgement.verdict == Verdict::Same { rules::CLUSTERS_CONTRADICT.id } else { judgement.rule.id };
        let likelihood = 1.0 / (1.0 + (settings.same_at - weight).exp2());
        Unsure { left: *left.min(right), right: *left.max(right), rule, evidence, likelihood }
    };
    open.par_iter().map(row).collect()
}
