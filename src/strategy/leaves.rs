//! Suffixes pushed down to the leaves; words joined into positional texts.
//!
//! Goes in: a [`Node`], as written. Comes out: an [`Expr`], in which every text has its own field codes. An inner suffix
//! wins over an outer one; under a suffix a number is a word.

use super::ast::{Expr, ExprKind, Text, TextLeaf};
use super::parser::{Node, NodeKind, Problem};
use crate::diagnostic::{Code, Span};

/// The set that `node` describes, searched in `codes` where it has none of its own.
pub(super) fn resolve(node: Node, codes: &[String]) -> Result<Expr, Problem> {
    let span = node.span;
    let all = |nodes: Vec<Node>| nodes.into_iter().map(|node| resolve(node, codes)).collect::<Result<Vec<_>, _>>();
    let kind = match node.kind {
        NodeKind::And(nodes) => ExprKind::And(all(nodes)?),
        NodeKind::Or(nodes) => ExprKind::Or(all(nodes)?),
        NodeKind::Not(left, right) => ExprKind::Not(Box::new(resolve(*left, codes)?), Box::new(resolve(*right, codes)?)),
        NodeKind::Suffixed(inner, codes) => {
            let mut expr = resolve(*inner, &codes)?;
            // The suffix belongs to what it qualifies.
            expr.span = span;
            return Ok(expr);
        }
        NodeKind::Frequent(count, inner) => {
            let NodeKind::Suffixed(inner, codes) = inner.kind else {
                return Err(Problem::new(Code::Frequency, span, "words without a field"));
            };
            let text = positional(inner.kind, inner.span)?;
            return Ok(Expr { kind: ExprKind::Text(TextLeaf { text, codes, at_least: count }), span });
        }
        NodeKind::Database(inner, name) => ExprKind::Database(Box::new(resolve(*inner, codes)?), name),
        NodeKind::Number(label, _) if codes.is_empty() => ExprKind::Reference(label),
        NodeKind::Whole(kind @ ExprKind::Group(..)) if !codes.is_empty() => {
            drop(kind);
            return Err(Problem::new(Code::SuffixOnSet, span, "one on a group of lines"));
        }
        NodeKind::Whole(kind) => kind,
        kind if codes.is_empty() && is_numbers(&kind) => {
            return Err(Problem::new(Code::LineRange, span, "numbers without an operator between them"));
        }
        kind => ExprKind::Text(TextLeaf { text: positional(kind, span)?, codes: codes.to_vec(), at_least: 1 }),
    };
    Ok(Expr { kind, span })
}

/// Whether only unquoted numbers stand here: `1-13`, `1 2`. Somebody meant lines, and nobody can know how combined.
fn is_numbers(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Number(..) => true,
        NodeKind::Chain(parts) | NodeKind::Or(parts) => parts.iter().all(|part| is_numbers(&part.kind)),
        NodeKind::Near(_, left, right) => is_numbers(&left.kind) && is_numbers(&right.kind),
        _ => false,
    }
}

/// What must stand at a place.
fn positional(kind: NodeKind, span: Span) -> Result<Text, Problem> {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(|node| positional(node.kind, node.span)).collect::<Result<Vec<_>, _>>();
    match kind {
        NodeKind::Word(pattern) | NodeKind::Number(_, pattern) => Ok(Text::Word(pattern)),
        NodeKind::Chain(nodes) => Ok(Text::Sequence(all(nodes)?)),
        NodeKind::Or(nodes) => Ok(Text::Or(all(nodes)?)),
        NodeKind::Near(n, left, right) => {
            let (left, right) = (positional(left.kind, left.span)?, positional(right.kind, right.span)?);
            Ok(Text::Near { n, left: Box::new(left), right: Box::new(right) })
        }
        NodeKind::Suffixed(..) | NodeKind::Frequent(..) => Err(Problem::new(Code::SuffixInsideAdj, span, "one inside it")),
        NodeKind::And(_) => Err(Problem::new(Code::SetInsideAdj, span, "the operator \"and\" inside an adjacency")),
        NodeKind::Not(..) => Err(Problem::new(Code::SetInsideAdj, span, "the operator \"not\" inside an adjacency")),
        NodeKind::Whole(ExprKind::Heading(_)) => Err(Problem::new(Code::SetInsideAdj, span, "a heading inside an adjacency")),
        NodeKind::Whole(_) | NodeKind::Database(..) => Err(Problem::new(Code::SetInsideAdj, span, "a group of lines inside an adjacency")),
    }
}
