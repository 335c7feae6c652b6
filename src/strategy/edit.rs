//! Trees with something left out: what a strategy would be without one of its lines or terms.
//!
//! Goes in: the tree of a line. Comes out: the tree with other labels or without some, and for each alternative of an OR in
//! it the tree without that alternative. Where an operand goes, its operator goes with it: `a and b` without `b` is `a`.

use super::ast::{Expr, ExprKind, Text};

/// One alternative of an OR, and the tree without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The alternative, as the strategy prints it.
    pub text: String,
    /// The tree of the whole line without it.
    pub rest: Expr,
}

/// `expr` with `label_of` each label in place of the label, and without those that it has none for; `None` where nothing is
/// left.
#[must_use]
pub fn relabelled(expr: &Expr, label_of: &impl Fn(u32) -> Option<u32>) -> Option<Expr> {
    let all = |parts: &[Expr]| parts.iter().filter_map(|part| relabelled(part, label_of)).collect::<Vec<_>>();
    let kind = match &expr.kind {
        ExprKind::And(parts) => combined(all(parts), ExprKind::And)?,
        ExprKind::Or(parts) => combined(all(parts), ExprKind::Or)?,
        ExprKind::Not(left, right) => {
            let left = relabelled(left, label_of)?;
            match relabelled(right, label_of) {
                Some(right) => ExprKind::Not(Box::new(left), Box::new(right)),
                None => left.kind,
            }
        }
        ExprKind::Reference(label) => ExprKind::Reference(label_of(*label)?),
        ExprKind::Group(combination, labels) => {
            let labels: Vec<u32> = labels.iter().filter_map(|label| label_of(*label)).collect();
            if labels.is_empty() {
                return None;
            }
            ExprKind::Group(*combination, labels)
        }
        ExprKind::Limit(label, limits) => ExprKind::Limit(label_of(*label)?, limits.clone()),
        ExprKind::Unique(label) => ExprKind::Unique(label_of(*label)?),
        ExprKind::Database(inner, name) => ExprKind::Database(Box::new(relabelled(inner, label_of)?), name.clone()),
        ExprKind::Text(_) | ExprKind::Heading(_) | ExprKind::Passing(_) => expr.kind.clone(),
    };
    Some(Expr { kind, span: expr.span })
}

/// The labels that `expr` refers to, in order, with repetitions.
#[must_use]
pub fn references(expr: &Expr) -> Vec<u32> {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(references).collect(),
        ExprKind::Not(left, right) => [references(left), references(right)].concat(),
        ExprKind::Reference(label) | ExprKind::Limit(label, _) | ExprKind::Unique(label) => vec![*label],
        ExprKind::Group(_, labels) => labels.clone(),
        ExprKind::Database(inner, _) => references(inner),
        ExprKind::Text(_) | ExprKind::Heading(_) | ExprKind::Passing(_) => Vec::new(),
    }
}

/// Every alternative of every OR in `expr`, those between words too, in the order of the text; not those that are nothing
/// but the number of a line.
///
/// ```
/// use refsieve::strategy::{members, parse};
/// let (strategy, _) = parse("x", "(peer adj (worker* or mentor*)).ti. or Peer Group/");
/// let tree = strategy.lines[0].tree.as_ref().unwrap();
/// let rests: Vec<_> = members(tree).iter().map(|member| format!("{} -> {}", member.text, member.rest)).collect();
/// assert_eq!(rests, [
///     "(peer adj (worker* or mentor*)).ti. -> Peer Group/",
///     "worker* -> (peer adj mentor*).ti. or Peer Group/",
///     "mentor* -> (peer adj worker*).ti. or Peer Group/",
///     "Peer Group/ -> (peer adj (worker* or mentor*)).ti.",
/// ]);
/// ```
#[must_use]
pub fn members(expr: &Expr) -> Vec<Member> {
    let within = |kind: ExprKind| Expr { kind, span: expr.span };
    let found: Vec<(String, ExprKind)> = match &expr.kind {
        ExprKind::And(parts) => in_parts(parts, &members_of, &ExprKind::And),
        ExprKind::Or(parts) => {
            let mut found = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                if !matches!(part.kind, ExprKind::Reference(_))
                    && let Some(rest) = combined(without(parts, at), ExprKind::Or)
                {
                    found.push((part.to_string(), rest));
                }
                found.extend(in_part(parts, at, &members_of, &ExprKind::Or));
            }
            found
        }
        ExprKind::Not(left, right) => {
            let left_members = members(left).into_iter().map(|it| (it.text, ExprKind::Not(Box::new(it.rest), right.clone())));
            let right_members = members(right).into_iter().map(|it| (it.text, ExprKind::Not(left.clone(), Box::new(it.rest))));
            left_members.chain(right_members).collect()
        }
        ExprKind::Database(inner, name) => {
            members(inner).into_iter().map(|it| (it.text, ExprKind::Database(Box::new(it.rest), name.clone()))).collect()
        }
        ExprKind::Text(leaf) => {
            let of_leaf = |(text, rest)| {
                let mut leaf = leaf.clone();
                leaf.text = rest;
                (text, ExprKind::Text(leaf))
            };
            alternatives(&leaf.text).into_iter().map(of_leaf).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().map(|(text, kind)| Member { text, rest: within(kind) }).collect()
}

fn members_of(expr: &Expr) -> Vec<(String, Expr)> {
    members(expr).into_iter().map(|member| (member.text, member.rest)).collect()
}

/// Every alternative in `text`, and the text without it.
fn alternatives(text: &Text) -> Vec<(String, Text)> {
    match text {
        Text::Word(_) => Vec::new(),
        Text::Sequence(parts) => in_parts(parts, &alternatives, &Text::Sequence),
        Text::Or(parts) => {
            let mut found = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                let mut rest = without(parts, at);
                match rest.len() {
                    0 => {}
                    1 => found.extend(rest.pop().map(|rest| (part.to_string(), rest))),
                    _ => found.push((part.to_string(), Text::Or(rest))),
                }
                found.extend(in_part(parts, at, &alternatives, &Text::Or));
            }
            found
        }
        Text::Near { n, left, right } => {
            let near = |left: &Text, right: &Text| Text::Near { n: *n, left: Box::new(left.clone()), right: Box::new(right.clone()) };
            let of_left = alternatives(left).into_iter().map(|(text, rest)| (text, near(&rest, right)));
            let of_right = alternatives(right).into_iter().map(|(text, rest)| (text, near(left, &rest)));
            of_left.chain(of_right).collect()
        }
    }
}

/// What `deeper` finds in each of `parts`, as a whole again.
fn in_parts<T: Clone, W>(parts: &[T], deeper: &impl Fn(&T) -> Vec<(String, T)>, whole: &impl Fn(Vec<T>) -> W) -> Vec<(String, W)> {
    (0..parts.len()).flat_map(|at| in_part(parts, at, deeper, whole)).collect()
}

fn in_part<T: Clone, W>(
    parts: &[T],
    at: usize,
    deeper: &impl Fn(&T) -> Vec<(String, T)>,
    whole: &impl Fn(Vec<T>) -> W,
) -> Vec<(String, W)> {
    let with = |rest: T| {
        let mut parts = parts.to_vec();
        parts[at] = rest;
        whole(parts)
    };
    deeper(&parts[at]).into_iter().map(|(text, rest)| (text, with(rest))).collect()
}

fn without<T: Clone>(parts: &[T], at: usize) -> Vec<T> {
    parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part.clone()).collect()
}

/// Two or more under their operator, one by itself.
fn combined(mut parts: Vec<Expr>, operator: impl Fn(Vec<Expr>) -> ExprKind) -> Option<ExprKind> {
    if parts.len() > 1 { Some(operator(parts)) } else { parts.pop().map(|part| part.kind) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::parse;

    fn tree(query: &str) -> Expr {
        let above: String = (1..9).map(|label| format!("{label} x{label}.ti.\n")).collect();
        let (strategy, diagnostics) = parse("x", &format!("{above}9 {query}"));
        strategy.lines[8].tree.clone().unwrap_or_else(|| panic!("{query}: {diagnostics:?}"))
    }

    /// The query without line 2, with line 3 as line 7.
    fn check_relabelled(query: &str, expected: &str) {
        let label_of = |label| if label == 2 { None } else { Some(if label == 3 { 7 } else { label }) };
        let found = relabelled(&tree(query), &label_of).map(|tree| tree.to_string()).unwrap_or_default();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn operators_go_with_their_operands() {
        check_relabelled("1 and 2 and 3", "1 and 7");
        check_relabelled("1 and 2", "1");
        check_relabelled("2", "");
        check_relabelled("or/1-4", "or/1,7,4");
        check_relabelled("or/2-2", "");
        check_relabelled("1 not 2", "1");
        check_relabelled("2 not 1", "");
        check_relabelled("(1 or 2) not (3 and 2)", "1 not 7");
        check_relabelled("limit 2 to english", "");
        check_relabelled("limit 3 to english", "limit 7 to english language");
        check_relabelled("remove duplicates from 3", "remove duplicates from 7");
        check_relabelled("3 use medall", "7 use medall");
        check_relabelled("2 or peer.ti.", "peer.ti.");
    }

    /// What is left of the query without each member of its ORs.
    fn check_members(query: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = members(&tree(query)).into_iter().map(|member| (member.text, member.rest.to_string())).collect();
        let found: Vec<_> = found.iter().map(|(text, rest)| (text.as_str(), rest.as_str())).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn members_stand_between_words_and_between_sets() {
        check_members("peer.ti.", &[]);
        check_members("1 or 2", &[]);
        check_members("1 or peer.ti.", &[("peer.ti.", "1")]);
        check_members("(a1 or b1).ti. and 2", &[("a1.ti.", "b1.ti. and 2"), ("b1.ti.", "a1.ti. and 2")]);
        check_members(
            "((a1 or b1) adj3 (c1 or d1 or e1)).ti.",
            &[
                ("a1", "(b1 adj3 (c1 or d1 or e1)).ti."),
                ("b1", "(a1 adj3 (c1 or d1 or e1)).ti."),
                ("c1", "((a1 or b1) adj3 (d1 or e1)).ti."),
                ("d1", "((a1 or b1) adj3 (c1 or e1)).ti."),
                ("e1", "((a1 or b1) adj3 (c1 or d1)).ti."),
            ],
        );
        check_members("1 not (Asthma/ or Hope/)", &[("Asthma/", "1 not Hope/"), ("Hope/", "1 not Asthma/")]);
    }
}
