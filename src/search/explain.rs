//! Why a line finds a record, or does not.
//!
//! Goes in: a strategy, its index, and one of the indexed records. Comes out: for each line whether it finds the record and
//! by what, or what comes nearest; and, where the last line does not find it, the lines that lose it. Whether a line or a
//! part of one finds the record is asked of the index; the words that come near are looked for in the record itself.

mod fields;
mod heading;
mod limit;
mod words;

use super::{Extended, Run, Settings, run};
use crate::error::Result;
use crate::index::{Contents, Index};
use crate::progress::Progress;
use crate::record::Record;
use crate::strategy::{Combination, Expr, ExprKind, Line, Strategy};
use crate::thesaurus::Thesaurus;
use serde::Serialize;
use std::collections::BTreeSet;

/// A strategy that has been run with every part of its lines, to be asked about records.
pub struct Explainer<'a> {
    strategy: &'a Strategy,
    thesaurus: &'a Thesaurus,
    /// [`Settings::adj_skips_stopwords`]
    skips_stopwords: bool,
    /// What the lines and their parts find.
    run: Run,
    /// For each line its tree, with the lines of `run`.
    roots: Vec<Option<Node<'a>>>,
}

/// Why a record is found or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// One a line, in the order of the strategy.
    pub lines: Vec<ExplainedLine>,
    /// What loses the record, where the last line can be run and does not find it.
    pub losses: Vec<Loss>,
}

/// Why a line finds a record or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedLine {
    /// The number of the line.
    pub label: u32,
    /// The query as written.
    pub query: String,
    /// Whether it finds the record; `None` where it cannot be run.
    pub found: Option<bool>,
    /// By what it finds the record, or what comes nearest to it.
    pub because: Vec<Reason>,
}

/// One part of a line, and why it finds a record or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The number of the line it is a part of.
    pub label: u32,
    /// The part, as refsieve writes it.
    pub part: String,
    /// Why, in words that can follow the part and a colon.
    pub why: String,
    /// How far the record is from the part: 0 where it is found or only its value is another, then by the distance of the
    /// words, then by how many are absent. Of several records the one with the least comes nearest.
    #[serde(skip)]
    pub distance: u32,
}

/// Where a record is lost on its way to the last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The number of the line.
    pub label: u32,
    /// The line, or the part of it, that does not let the record through.
    pub part: String,
    /// In which way.
    pub kind: LossKind,
    /// What would have found it and does not, the nearest first; for [`LossKind::Excluded`] what takes it out.
    pub because: Vec<Reason>,
}

/// In which way a record is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// It is not found.
    NotFound,
    /// It is found behind a NOT.
    Excluded,
    /// It does not pass a limit.
    Limited,
    /// It was removed as the duplicate of another.
    Duplicate,
}

/// A part of a line.
struct Node<'a> {
    expr: std::borrow::Cow<'a, Expr>,
    /// The line of the run that finds what it finds.
    at: usize,
    /// Operands; for several limits one node each.
    parts: Vec<Node<'a>>,
}

impl<'a> Explainer<'a> {
    /// Runs every line of `strategy`, and every part of one.
    pub fn new(
        strategy: &'a Strategy,
        index: &Index,
        thesaurus: &'a Thesaurus,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let mut extended = Extended::beside(strategy);
        let mut roots = Vec::with_capacity(strategy.lines.len());
        for line in &strategy.lines {
            let at = extended.len();
            extended.push(line);
            roots.push(line.tree.as_ref().map(|tree| node(&mut extended, line, std::borrow::Cow::Borrowed(tree), at)));
        }
        let run = run(extended.strategy(), "", index, thesaurus, settings, progress)?;
        Ok(Self { strategy, thesaurus, skips_stopwords: settings.adj_skips_stopwords, run, roots })
    }

    /// Why the lines find the record with this number in the index, or not.
    #[must_use]
    pub fn explain(&self, number: u32, record: &Record) -> Explanation {
        let asked = Asked { all: self, number, record, contents: Contents::of(record) };
        let lines = self.strategy.lines.iter().zip(&self.roots).map(|(line, root)| asked.line(line, root.as_ref()));
        Explanation { lines: lines.collect(), losses: asked.losses() }
    }

    /// Where the record is lost on its way to the last line: [`Explanation::losses`] alone.
    #[must_use]
    pub fn losses(&self, number: u32, record: &Record) -> Vec<Loss> {
        Asked { all: self, number, record, contents: Contents::of(record) }.losses()
    }

    /// The one line that carries this label, and its tree.
    fn line(&self, label: u32) -> Option<(&Line, &Node<'a>)> {
        let (line, root) = self.strategy.lines.iter().zip(&self.roots).find(|(line, _)| line.label == label)?;
        Some((line, root.as_ref()?))
    }
}

/// Adds a line for each part of `expr`, which itself is the line at `at`.
fn node<'a>(extended: &mut Extended, line: &Line, expr: std::borrow::Cow<'a, Expr>, at: usize) -> Node<'a> {
    let mut part = |expr: Expr| {
        let at = extended.len();
        extended.push_tree(line, expr.clone());
        node(extended, line, std::borrow::Cow::Owned(expr), at)
    };
    let parts = match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().map(|expr| part(expr.clone())).collect(),
        ExprKind::Not(left, right) => vec![part((**left).clone()), part((**right).clone())],
        ExprKind::Database(inner, _) => vec![part((**inner).clone())],
        ExprKind::Limit(label, limits) if limits.len() > 1 => {
            limits.iter().map(|limit| part(Expr { kind: ExprKind::Limit(*label, vec![limit.clone()]), span: expr.span })).collect()
        }
        ExprKind::Passing(limits) if limits.len() > 1 => {
            limits.iter().map(|limit| part(Expr { kind: ExprKind::Passing(vec![limit.clone()]), span: expr.span })).collect()
        }
        _ => Vec::new(),
    };
    Node { expr, at, parts }
}

/// One record, and what is asked about it.
struct Asked<'a> {
    all: &'a Explainer<'a>,
    number: u32,
    record: &'a Record,
    contents: Contents,
}

impl Asked<'_> {
    fn line(&self, line: &Line, root: Option<&Node<'_>>) -> ExplainedLine {
        let found = root.and_then(|root| self.found(root));
        let mut reasons = Vec::new();
        match (root, found) {
            (Some(root), Some(true)) => self.finds(line, root, &mut reasons),
            (Some(root), Some(false)) => self.lacks(line, root, &mut reasons),
            _ => {}
        }
        ExplainedLine { label: line.label, query: line.query.clone(), found, because: nearest_first(reasons) }
    }

    /// Whether a part finds the record; `None` where it cannot be run.
    fn found(&self, node: &Node<'_>) -> Option<bool> {
        let hits = self.all.run.lines.get(node.at)?.hits.as_ref()?;
        Some(hits.contains(self.number))
    }

    fn has(&self, node: &Node<'_>) -> bool {
        self.found(node) == Some(true)
    }

    fn line_has(&self, label: u32) -> bool {
        self.all.line(label).is_some_and(|(_, root)| self.has(root))
    }

    /// By what a part that finds the record does so.
    fn finds(&self, line: &Line, node: &Node<'_>, out: &mut Vec<Reason>) {
        let mut tell = |why: String| out.push(Reason { label: line.label, part: node.expr.to_string(), why, distance: 0 });
        match &node.expr.kind {
            ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Database(..) => {
                node.parts.iter().filter(|part| self.has(part)).for_each(|part| self.finds(line, part, out));
            }
            ExprKind::Not(..) => node.parts.iter().take(1).for_each(|part| self.finds(line, part, out)),
            ExprKind::Reference(label) | ExprKind::Unique(label) => tell(lines(&[*label])),
            ExprKind::Group(_, labels) => {
                let labels: Vec<u32> = labels.iter().copied().filter(|label| self.line_has(*label)).collect();
                tell(lines(&labels));
            }
            ExprKind::Text(leaf) => {
                tell(words::matches(leaf, &self.contents, self.all.skips_stopwords).join("; "));
            }
            ExprKind::Heading(leaf) => {
                tell(heading::matches(leaf, line, self.all.thesaurus, self.record, (&self.contents, self.all.skips_stopwords)));
            }
            ExprKind::Limit(label, limits) => {
                let passed: Vec<String> = limits.iter().filter_map(|limit| limit::passes(limit, &self.contents)).collect();
                tell([vec![lines(&[*label])], passed].concat().join("; "));
            }
            ExprKind::Passing(limits) => {
                let passed: Vec<String> = limits.iter().filter_map(|limit| limit::passes(limit, &self.contents)).collect();
                tell(if passed.is_empty() { format!("passes {}", node.expr) } else { passed.join("; ") });
            }
        }
    }

    /// What of a part that does not find the record comes nearest, without looking into the lines it refers to.
    fn lacks(&self, line: &Line, node: &Node<'_>, out: &mut Vec<Reason>) {
        let mut tell = |distance: u32, why: String| out.push(Reason { label: line.label, part: node.expr.to_string(), why, distance });
        match &node.expr.kind {
            ExprKind::And(_) | ExprKind::Or(_) => {
                node.parts.iter().filter(|part| !self.has(part)).for_each(|part| self.lacks(line, part, out));
            }
            ExprKind::Not(..) => match &node.parts[..] {
                [left, _] if !self.has(left) => self.lacks(line, left, out),
                [_, right] => {
                    let mut reasons = Vec::new();
                    self.finds(line, right, &mut reasons);
                    let taken_out = |reason: Reason| Reason { why: format!("taken out by not: {}", reason.why), ..reason };
                    out.extend(reasons.into_iter().map(taken_out));
                }
                _ => {}
            },
            ExprKind::Reference(label) => tell(0, format!("not in {}", lines(&[*label]))),
            ExprKind::Group(combination, labels) => {
                let lacking: Vec<u32> = labels.iter().copied().filter(|label| !self.line_has(*label)).collect();
                let why = match combination {
                    Combination::And => format!("not in {}", lines(&lacking)),
                    Combination::Or => format!("in none of {}", lines(&lacking)),
                };
                tell(0, why);
            }
            ExprKind::Text(leaf) => {
                let (distance, why) = words::miss(leaf, &self.contents, self.all.skips_stopwords);
                tell(distance, why);
            }
            ExprKind::Heading(leaf) => {
                let (distance, why) =
                    heading::miss(leaf, line, self.all.thesaurus, self.record, (&self.contents, self.all.skips_stopwords));
                tell(distance, why);
            }
            ExprKind::Limit(label, _) | ExprKind::Unique(label) if !self.line_has(*label) => {
                tell(0, format!("not in {}", lines(&[*label])));
            }
            ExprKind::Limit(_, limits) => {
                for (limit, part) in limits.iter().zip(single_limits(node)) {
                    if !self.has(part) {
                        let why = limit::miss(limit, &self.contents);
                        out.push(Reason { label: line.label, part: limit.to_string(), why, distance: 0 });
                    }
                }
            }
            ExprKind::Passing(limits) => {
                for (limit, part) in limits.iter().zip(single_limits(node)) {
                    if !self.has(part) {
                        let why = limit::miss(limit, &self.contents);
                        out.push(Reason { label: line.label, part: limit.to_string(), why, distance: 0 });
                    }
                }
            }
            ExprKind::Unique(_) => tell(0, "a duplicate of another record stands before it".to_owned()),
            ExprKind::Database(_, name) => match &node.parts[..] {
                [inner] if !self.has(inner) => self.lacks(line, inner, out),
                _ => tell(0, limit::of_database(name, &self.contents)),
            },
        }
    }

    fn losses(&self) -> Vec<Loss> {
        let mut losses = Vec::new();
        if let (Some(line), Some(Some(root))) = (self.all.strategy.lines.last(), self.all.roots.last())
            && self.found(root) == Some(false)
        {
            self.losses_of(line, root, &mut losses);
        }
        let mut kept: Vec<Loss> = Vec::new();
        for (mut loss, node) in losses {
            if kept.iter().any(|known| (known.label, &known.part) == (loss.label, &loss.part)) {
                continue;
            }
            if let Some((line, _)) = self.all.line(loss.label) {
                let mut reasons = Vec::new();
                if loss.kind == LossKind::Excluded {
                    self.finds(line, node, &mut reasons);
                } else {
                    self.lacks_deeply(line, node, &mut BTreeSet::new(), &mut reasons);
                }
                loss.because = nearest_first(reasons);
            }
            kept.push(loss);
        }
        kept
    }

    /// The operands that lose the record, down to the first that has no operands which must all be passed.
    fn losses_of<'n>(&'n self, line: &'n Line, node: &'n Node<'_>, out: &mut Vec<(Loss, &'n Node<'n>)>) {
        let mut lose = |line: &Line, node: &'n Node<'_>, kind: LossKind| {
            let is_line = self.all.line(line.label).is_some_and(|(_, root)| root.at == node.at);
            let part = if is_line { line.query.split_whitespace().collect::<Vec<_>>().join(" ") } else { node.expr.to_string() };
            out.push((Loss { label: line.label, part, kind, because: Vec::new() }, node));
        };
        match &node.expr.kind {
            ExprKind::And(_) => {
                node.parts.iter().filter(|part| !self.has(part)).for_each(|part| self.losses_of(line, part, out));
            }
            ExprKind::Not(..) => {
                if let [left, right] = &node.parts[..] {
                    if !self.has(left) {
                        self.losses_of(line, left, out);
                    } else if let ExprKind::Reference(label) = right.expr.kind
                        && let Some((line, root)) = self.all.line(label)
                    {
                        out.push((Loss { label, part: line.query.clone(), kind: LossKind::Excluded, because: Vec::new() }, root));
                    } else {
                        lose(line, right, LossKind::Excluded);
                    }
                }
            }
            ExprKind::Reference(label) => self.losses_of_lines(&[*label], out),
            ExprKind::Group(Combination::And, labels) => self.losses_of_lines(labels, out),
            ExprKind::Group(Combination::Or, labels) if labels.len() == 1 => self.losses_of_lines(labels, out),
            ExprKind::Limit(label, _) | ExprKind::Unique(label) if !self.line_has(*label) => self.losses_of_lines(&[*label], out),
            ExprKind::Limit(..) | ExprKind::Passing(_) => lose(line, node, LossKind::Limited),
            ExprKind::Unique(_) => lose(line, node, LossKind::Duplicate),
            ExprKind::Database(..) => match &node.parts[..] {
                [inner] if !self.has(inner) => self.losses_of(line, inner, out),
                _ => lose(line, node, LossKind::Limited),
            },
            ExprKind::Or(_) | ExprKind::Group(Combination::Or, _) | ExprKind::Text(_) | ExprKind::Heading(_) => {
                lose(line, node, LossKind::NotFound);
            }
        }
    }

    fn losses_of_lines<'n>(&'n self, labels: &[u32], out: &mut Vec<(Loss, &'n Node<'n>)>) {
        for (line, root) in labels.iter().filter_map(|label| self.all.line(*label)).filter(|(_, root)| !self.has(root)) {
            self.losses_of(line, root, out);
        }
    }

    /// What comes nearest in a part and in all lines it goes back to.
    fn lacks_deeply(&self, line: &Line, node: &Node<'_>, seen: &mut BTreeSet<u32>, out: &mut Vec<Reason>) {
        let mut follow = |labels: &[u32], out: &mut Vec<Reason>| {
            for label in labels {
                if let Some((line, root)) = self.all.line(*label).filter(|(_, root)| !self.has(root))
                    && seen.insert(*label)
                {
                    self.lacks_deeply(line, root, seen, out);
                }
            }
        };
        match &node.expr.kind {
            ExprKind::And(_) | ExprKind::Or(_) => {
                node.parts.iter().filter(|part| !self.has(part)).for_each(|part| self.lacks_deeply(line, part, seen, out));
            }
            ExprKind::Not(..) | ExprKind::Database(..) => match &node.parts[..] {
                [left, ..] if !self.has(left) => self.lacks_deeply(line, left, seen, out),
                _ => self.lacks(line, node, out),
            },
            ExprKind::Reference(label) => follow(&[*label], out),
            ExprKind::Group(_, labels) => follow(labels, out),
            ExprKind::Limit(label, _) | ExprKind::Unique(label) if !self.line_has(*label) => follow(&[*label], out),
            _ => self.lacks(line, node, out),
        }
    }
}

/// The nodes of the limits of a limit: where there is one, the node itself.
fn single_limits<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    if node.parts.is_empty() { std::slice::from_ref(node) } else { &node.parts }
}

fn nearest_first(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort_by_key(|reason| reason.distance);
    reasons
}

/// "line 3"; "lines 1 to 4, 9".
fn lines(labels: &[u32]) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut rest = labels;
    while let Some(&first) = rest.first() {
        let run = rest.iter().zip(first..).take_while(|&(&label, expected)| label == expected).count();
        let taken = if run > 2 { run } else { 1 };
        shown.push(if taken > 1 { format!("{first} to {}", rest[taken - 1]) } else { first.to_string() });
        rest = &rest[taken..];
    }
    format!("{} {}", if labels.len() == 1 { "line" } else { "lines" }, shown.join(", "))
}
