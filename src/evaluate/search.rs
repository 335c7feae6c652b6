//! A strategy against records that are known to be relevant.
//!
//! Goes in: what the lines find, and the known records. Comes out: for each line how many of the known ones it finds
//! (relative recall) and how many of what it finds are known (precision); and for each line and each alternative of an OR
//! what the last line would find without it.
//!
//! Relative recall: Sampson M et al. An alternative to the hand searching gold standard: validating methodological search
//! filters using relative recall. *BMC Medical Research Methodology* 2006;6:33. doi 10.1186/1471-2288-6-33

use super::{Known, Share};
use crate::error::Result;
use crate::index::Index;
use crate::progress::Progress;
use crate::search::{self, Extended};
use crate::strategy::{Expr, Strategy, members, references, relabelled};
use crate::thesaurus::Thesaurus;
use rayon::prelude::*;
use roaring::RoaringBitmap;
use std::collections::BTreeMap;

/// What a line finds of the known records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineScore {
    /// Known records of which it finds a copy, of those that stand among the records searched.
    pub recall: Share,
    /// Records that are copies of a known one, of those it finds.
    pub precision: Share,
}

/// What a line, or an alternative of an OR in it, does for the last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The number of the line.
    pub label: u32,
    /// The alternative; `None` for the line as a whole.
    pub member: Option<String>,
    /// What the last line finds with it and not without it. `None` where the last line does not go back to it.
    pub lost: Option<Change>,
    /// What the last line finds without it and not with it: where it narrows (an operand of AND, what NOT takes out).
    pub gained: Option<Change>,
}

/// Records that a line finds more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Records.
    pub records: u64,
    /// Known records.
    pub known: u64,
}

/// So many variants of a strategy are run in one pass: each costs some sets of records that stay in memory to its end.
const VARIANTS_A_PASS: usize = 64;

/// What a line that finds `hits` finds of the known records; those that have no copy among the records searched do not
/// count.
#[must_use]
pub fn score(hits: &RoaringBitmap, known: &[Known]) -> LineScore {
    let copies: RoaringBitmap = known.iter().flat_map(|known| &known.records).collect();
    LineScore {
        recall: Share { part: n_found(hits, known), whole: known.iter().filter(|known| !known.records.is_empty()).count() as u64 },
        precision: Share { part: hits.intersection_len(&copies), whole: hits.len() },
    }
}

/// What each line but the last, and each alternative of an OR, does for the last line, in the order of the strategy: a line
/// first, then its alternatives. Nothing where the last line cannot be run.
///
/// A line is deleted everywhere: an OR goes on without it, an AND without that condition, a NOT takes nothing out, and a
/// line of which nothing is left is deleted with it.
pub fn contributions(
    strategy: &Strategy,
    index: &Index,
    thesaurus: &Thesaurus,
    settings: &search::Settings,
    known: &[Known],
    progress: &dyn Progress,
) -> Result<Vec<Contribution>> {
    let deletions = deletions(strategy);
    progress.stage("without each term", deletions.len() as u64);
    let passes: Vec<Vec<Contribution>> = deletions
        .par_chunks(VARIANTS_A_PASS)
        .map(|deletions| {
            let made = pass(strategy, deletions, index, thesaurus, settings, known);
            progress.advance(deletions.len() as u64);
            made
        })
        .collect::<Result<_>>()?;
    Ok(passes.concat())
}

/// A line that is not as it was.
struct Deletion {
    /// The line, by its place in the strategy.
    line: usize,
    member: Option<String>,
    /// What is left of it.
    rest: Option<Expr>,
}

fn deletions(strategy: &Strategy) -> Vec<Deletion> {
    let last = strategy.lines.len().saturating_sub(1);
    let used = used_by_last(strategy);
    let mut deletions = Vec::new();
    for (at, line) in strategy.lines.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        if at != last {
            deletions.push(Deletion { line: at, member: None, rest: None });
        }
        if used[at] {
            deletions.extend(members(tree).into_iter().map(|it| Deletion { line: at, member: Some(it.text), rest: Some(it.rest) }));
        }
    }
    deletions
}

/// For each line whether the last line is it or goes back to it.
fn used_by_last(strategy: &Strategy) -> Vec<bool> {
    let mut used = vec![false; strategy.lines.len()];
    if let Some(last) = used.last_mut() {
        *last = true;
    }
    for at in (0..used.len()).rev().filter(|at| *at > 0) {
        if used[at] {
            for label in strategy.lines[at].tree.iter().flat_map(references) {
                if let Some(above) = (0..at).find(|above| strategy.lines[*above].label == label) {
                    used[above] = true;
                }
            }
        }
    }
    used
}

fn pass(
    strategy: &Strategy,
    deletions: &[Deletion],
    index: &Index,
    thesaurus: &Thesaurus,
    settings: &search::Settings,
    known: &[Known],
) -> Result<Vec<Contribution>> {
    let mut extended = Extended::beside(strategy);
    strategy.lines.iter().for_each(|line| extended.push(line));
    let Some(last) = strategy.lines.len().checked_sub(1) else { return Ok(Vec::new()) };
    let finals: Vec<Final> = deletions.iter().map(|deletion| add_variant(&mut extended, strategy, deletion)).collect();
    let run = search::run(extended.strategy(), "", index, thesaurus, settings, &())?;
    let nothing = RoaringBitmap::new();
    let Some(before) = &run.lines[last].hits else { return Ok(Vec::new()) };
    let contribution = |(deletion, variant): (&Deletion, Final)| {
        let after = match variant {
            Final::Same => None,
            Final::Gone => Some(&nothing),
            Final::Line(at) => run.lines[at].hits.as_ref(),
        };
        let change = |more: &RoaringBitmap, less: &RoaringBitmap| Change {
            records: (more - less).len(),
            known: n_found(more, known).saturating_sub(n_found(&(more & less), known)),
        };
        Contribution {
            label: strategy.lines[deletion.line].label,
            member: deletion.member.clone(),
            lost: after.map(|after| change(before, after)),
            gained: after.map(|after| change(after, before)),
        }
    };
    Ok(deletions.iter().zip(finals).map(contribution).collect())
}

/// The last line of a variant.
enum Final {
    /// It is as it was.
    Same,
    /// Nothing of it is left.
    Gone,
    /// That of the extended strategy at this place.
    Line(usize),
}

/// Adds the lines that are not as they were: the one that the deletion changes, and those that go back to it.
fn add_variant(extended: &mut Extended, strategy: &Strategy, deletion: &Deletion) -> Final {
    // The labels of changed lines, and those of the lines that stand for them.
    let mut changed: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    let mut last = Final::Same;
    for (at, line) in strategy.lines.iter().enumerate().skip(deletion.line) {
        let Some(tree) = &line.tree else { continue };
        let rest = if at == deletion.line {
            deletion.rest.clone()
        } else if references(tree).iter().any(|label| changed.contains_key(label)) {
            relabelled(tree, &|label| changed.get(&label).copied().unwrap_or(Some(label)))
        } else {
            continue;
        };
        let is_last = at + 1 == strategy.lines.len();
        match rest {
            Some(rest) => {
                let label = extended.push_tree(line, rest);
                changed.insert(line.label, Some(label));
                last = if is_last { Final::Line(extended.len() - 1) } else { last };
            }
            None => {
                changed.insert(line.label, None);
                last = if is_last { Final::Gone } else { last };
            }
        }
    }
    last
}

/// The number of known records that have a copy in `hits`.
fn n_found(hits: &RoaringBitmap, known: &[Known]) -> u64 {
    known.iter().filter(|known| !known.records.is_disjoint(hits)).count() as u64
}
