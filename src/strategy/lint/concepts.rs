//! Which words of a strategy belong together, and what they are for.
//!
//! Goes in: a strategy. Comes out: its words in groups, each of which `or` makes one concept; which lines are only taken
//! away; and whether words are those of a filter for a kind of study, which has rules of its own.

use super::super::ast::{Combination, Expr, ExprKind, Line, Pattern, PatternPart, Strategy, Text, TextLeaf};
use super::super::check::references;
use super::patterns;
use crate::diagnostic::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One word, phrase or group of words of a strategy.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) line: &'a Line,
    pub(super) leaf: &'a TextLeaf,
    pub(super) span: Span,
    /// The same number for all words that `or` joins, within a line and across lines.
    pub(super) concept: usize,
    /// Whether they stand behind `not`, in a line or by its number.
    pub(super) is_excluded: bool,
}

/// All words of the strategy, in its order.
pub(super) fn words(strategy: &Strategy) -> Vec<Words<'_>> {
    let mut concepts = joined(strategy);
    let excluded = excluded(strategy);
    let mut next = strategy.lines.len();
    let mut out = Vec::new();
    for (at, line) in strategy.lines.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        let concept = root(&mut concepts, at);
        walk(line, tree, (concept, excluded.contains(&line.label)), &mut next, &mut out);
    }
    out
}

fn walk<'a>(line: &'a Line, expr: &'a Expr, (concept, is_excluded): (usize, bool), next: &mut usize, out: &mut Vec<Words<'a>>) {
    // What must all be found are different concepts.
    let mut apart = |part: &'a Expr, is_excluded: bool, out: &mut Vec<Words<'a>>| {
        *next += 1;
        let concept = *next;
        walk(line, part, (concept, is_excluded), next, out);
    };
    match &expr.kind {
        ExprKind::Or(parts) => parts.iter().for_each(|part| walk(line, part, (concept, is_excluded), next, out)),
        ExprKind::And(parts) => parts.iter().for_each(|part| apart(part, is_excluded, out)),
        ExprKind::Not(left, right) => {
            apart(left, is_excluded, out);
            apart(right, true, out);
        }
        ExprKind::Database(inner, _) => walk(line, inner, (concept, is_excluded), next, out),
        ExprKind::Text(leaf) => out.push(Words { line, leaf, span: expr.span, concept, is_excluded }),
        _ => {}
    }
}

/// For each line the place of another one that is joined with it by or, or its own.
fn joined(strategy: &Strategy) -> Vec<usize> {
    let mut places: BTreeMap<u32, Option<usize>> = BTreeMap::new();
    for (at, line) in strategy.lines.iter().enumerate() {
        // A number that stands twice is nobody's.
        places.entry(line.label).and_modify(|place| *place = None).or_insert(Some(at));
    }
    let mut above: Vec<usize> = (0..strategy.lines.len()).collect();
    for (at, line) in strategy.lines.iter().enumerate() {
        let labels = line.tree.as_ref().map(alternatives).unwrap_or_default();
        for other in labels.into_iter().filter_map(|label| places.get(&label).copied().flatten()) {
            let (a, b) = (root(&mut above, at), root(&mut above, other));
            above[a.max(b)] = a.min(b);
        }
    }
    above
}

/// The first of the lines that are joined with the one at `at`.
fn root(above: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

/// The numbers that a line joins with or.
fn alternatives(tree: &Expr) -> Vec<u32> {
    match &tree.kind {
        ExprKind::Or(parts) => parts.iter().flat_map(alternatives).collect(),
        ExprKind::Reference(label) => vec![*label],
        ExprKind::Group(Combination::Or, labels) => labels.clone(),
        _ => Vec::new(),
    }
}

/// The lines that others use behind not alone.
fn excluded(strategy: &Strategy) -> BTreeSet<u32> {
    let (mut taken, mut kept) = (BTreeSet::new(), BTreeSet::new());
    // From below: what an excluded line is made of is excluded too.
    for line in strategy.lines.iter().rev() {
        let Some(tree) = &line.tree else { continue };
        let is_taken = taken.contains(&line.label) && !kept.contains(&line.label);
        let mut sides = Vec::new();
        split(tree, is_taken, &mut sides);
        for (label, is_taken) in sides {
            if is_taken { &mut taken } else { &mut kept }.insert(label);
        }
    }
    taken.retain(|label| !kept.contains(label));
    taken
}

fn split(expr: &Expr, is_taken: bool, out: &mut Vec<(u32, bool)>) {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| split(part, is_taken, out)),
        ExprKind::Not(left, right) => {
            split(left, is_taken, out);
            split(right, true, out);
        }
        _ => out.extend(references(expr).into_iter().map(|(label, _)| (label, is_taken))),
    }
}

/// Words of filters for kinds of studies, as the Cochrane Handbook, SIGN and others publish them: words of five letters and
/// more stand for what begins so, shorter ones for themselves and their plural.
const OF_DESIGNS: &[&str] = &[
    "random",
    "rct",
    "placebo",
    "trial",
    "group",
    "blind",
    "mask",
    "dummy",
    "single",
    "singl",
    "double",
    "doubl",
    "treble",
    "trebl",
    "triple",
    "tripl",
    "sham",
    "control",
    "controlled",
    "cohort",
    "case",
    "study",
    "studies",
    "follow",
    "up",
    "longitudinal",
    "retrospective",
    "prospective",
    "cross",
    "over",
    "crossover",
    "sectional",
    "section",
    "observational",
    "comparative",
    "clinical",
    "evaluation",
    "volunteer",
    "assign",
    "allocat",
    "factorial",
    "latin",
    "square",
    "quasi",
    "experiment",
    "review",
    "systematic",
    "meta",
    "analy",
    "metaanaly",
    "multicent",
    "multi",
    "centre",
    "center",
    "epidemiologic",
    "open",
    "label",
    "phase",
    "comparison",
];

/// Whether the words are those of a filter for a kind of study, and nothing else.
pub(super) fn is_of_design(text: &Text) -> bool {
    let words = patterns(text);
    let is_known = |pattern: &&Pattern| {
        let Some(PatternPart::Literal(word)) = pattern.parts.first() else { return false };
        OF_DESIGNS.iter().any(|known| {
            if known.len() >= 5 {
                word.starts_with(known)
            } else {
                word.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest == "s")
            }
        })
    };
    !words.is_empty() && words.iter().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::parse;

    #[test]
    fn words_that_or_joins_are_one_concept() {
        let text = "1 a1.ti. or b1.ti.\n2 c1.ti.\n3 or/1-2\n4 d1.ti. and e1.ti.\n5 3 and 4\n6 f1.ti.\n7 g1.ti. or 6\n8 5 not 7";
        let (strategy, _) = parse("x", text);
        let words = words(&strategy);
        let of = |word: &str| words.iter().find(|words| words.leaf.text.to_string() == word).unwrap();
        for (a, b, is_same) in [("a1", "b1", true), ("a1", "c1", true), ("a1", "d1", false), ("d1", "e1", false), ("f1", "g1", true)] {
            assert_eq!(of(a).concept == of(b).concept, is_same, "{a} {b}");
        }
        let excluded: Vec<String> = words.iter().filter(|words| words.is_excluded).map(|words| words.leaf.text.to_string()).collect();
        assert_eq!(excluded, ["f1", "g1"]);
    }

    #[test]
    fn words_of_filters_are_known() {
        for (query, expected) in [
            ("randomi?ed.ab.", true),
            ("groups.ab.", true),
            ("((singl* or doubl*) adj3 (blind* or mask*)).tw.", true),
            ("case control.tw.", true),
            ("(peer adj trial).ti.", false),
            ("casein.ti.", false),
            ("up.ti.", true),
        ] {
            let (strategy, _) = parse("x", query);
            assert_eq!(is_of_design(&words(&strategy)[0].leaf.text), expected, "{query}");
        }
    }
}
