//! What the text of a strategy alone decides: operators whose order matters, references to lines that do not stand above.

use super::ast::{Expr, ExprKind};
use super::parser::{Problem, SetOperator};
use crate::diagnostic::{Code, Span};
use std::collections::BTreeMap;

/// Whether the operators of one level, without brackets, mean different sets to different readers: and before not before
/// or; and and not of equal rank before or; strictly from left to right.
pub(super) fn order_matters(operators: &[SetOperator]) -> bool {
    let Some((first, rest)) = operators.split_first() else { return false };
    if rest.iter().all(|operator| operator == first) {
        return false;
    }
    let ours = shape(operators, |operator| match operator {
        SetOperator::And => 3,
        SetOperator::Not => 2,
        SetOperator::Or => 1,
    });
    let equal_rank = shape(operators, |operator| if operator == SetOperator::Or { 1 } else { 2 });
    let left_to_right = shape(operators, |_| 1);
    ours != equal_rank || ours != left_to_right
}

/// The tree of the operators under a ranking, as the sequence in which a stack machine would apply them: operands are
/// numbers, operators follow their operands.
fn shape(operators: &[SetOperator], rank: fn(SetOperator) -> u8) -> Vec<(usize, Option<SetOperator>)> {
    let mut out = vec![(0, None)];
    let mut waiting: Vec<(usize, SetOperator)> = Vec::new();
    for (index, &operator) in operators.iter().enumerate() {
        while let Some(&(at, last)) = waiting.last().filter(|&&(_, last)| rank(last) >= rank(operator)) {
            out.push((at, Some(last)));
            waiting.pop();
        }
        waiting.push((index, operator));
        out.push((index + 1, None));
    }
    out.extend(waiting.into_iter().rev().map(|(at, operator)| (at, Some(operator))));
    out
}

/// The labels that `tree` refers to, each with the place where it does.
pub(super) fn references(tree: &Expr) -> Vec<(u32, Span)> {
    match &tree.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(references).collect(),
        ExprKind::Not(left, right) => references(left).into_iter().chain(references(right)).collect(),
        ExprKind::Database(inner, _) => references(inner),
        ExprKind::Reference(label) | ExprKind::Limit(label, _) | ExprKind::Unique(label) => vec![(*label, tree.span)],
        ExprKind::Group(_, labels) => labels.iter().map(|&label| (label, tree.span)).collect(),
        ExprKind::Text(_) | ExprKind::Heading(_) | ExprKind::Passing(_) => Vec::new(),
    }
}

/// Which lines (by index, rising) carry a label.
pub(super) type Labels = BTreeMap<u32, Vec<usize>>;

/// One problem for each place of line `index` that refers to a label which is not that of exactly one line, above it.
pub(super) fn bad_references(tree: &Expr, index: usize, labels: &Labels) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for (label, span) in references(tree) {
        let lines = labels.get(&label).map_or(&[][..], Vec::as_slice);
        let (code, found) = match lines {
            [only] if *only < index => continue,
            [] => (Code::UnknownReference, format!("{label}, which no line has")),
            [first, ..] if *first > index => (Code::UnknownReference, format!("{label}, which stands below")),
            [only] if *only == index => (Code::UnknownReference, format!("{label}, which is this line itself")),
            several => (Code::AmbiguousReference, format!("{label}, which {} lines have", several.len())),
        };
        // A range that misses several lines is one place.
        if problems.last().is_none_or(|last| last.span != span) {
            problems.push(Problem::new(code, span, found));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_order_that_changes_the_set_matters() {
        for (operators, expected) in [
            ("", false),
            ("or or", false),
            ("and and", false),
            ("not not", false),
            ("and or", false),
            ("and not", false),
            ("or and", true),
            ("not and", true),
            ("or not", true),
            ("not or", false),
            ("and or and", true),
        ] {
            let operators: Vec<SetOperator> = operators
                .split_whitespace()
                .map(|word| match word {
                    "and" => SetOperator::And,
                    "or" => SetOperator::Or,
                    _ => SetOperator::Not,
                })
                .collect();
            assert_eq!(order_matters(&operators), expected, "{operators:?}");
        }
    }
}
