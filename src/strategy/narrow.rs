//! Postqualification: `*1/` and `1/px` narrow the headings of a line above to a focus or to qualifiers.
//!
//! Goes in: the tree of a line and the lines above. Comes out: the tree with the headings of those lines in place of the
//! numbers, or the place of a number whose line is not made of headings alone.

use super::ast::{Combination, Expr, ExprKind, HeadingLeaf, Line};
use super::parser::Problem;
use super::typography::number;
use crate::diagnostic::Code;

/// Puts narrowed headings in place of numbers of lines that are written like headings.
pub(super) fn apply(tree: &mut Expr, above: &[Line]) -> Result<(), Problem> {
    match &mut tree.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter_mut().try_for_each(|part| apply(part, above)),
        ExprKind::Not(left, right) => apply(left, above).and_then(|()| apply(right, above)),
        ExprKind::Database(inner, _) => apply(inner, above),
        ExprKind::Heading(leaf) if leaf.focus || !leaf.qualifiers.is_empty() => {
            let Some(label) = number(&leaf.name) else { return Ok(()) };
            let problem = || Problem::new(Code::Postqualification, tree.span, format!("line {label}"));
            let kind = line(label, above).filter(|_| !leaf.explode).and_then(|tree| narrowed(tree, leaf, above)).ok_or_else(problem)?;
            // Of the set itself: a heading of it may have had other qualifiers.
            let parts = [ExprKind::Reference(label), kind].map(|kind| Expr { kind, span: tree.span });
            tree.kind = ExprKind::And(parts.into());
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The tree of the one line above that has this number.
fn line(label: u32, above: &[Line]) -> Option<&Expr> {
    let mut lines = above.iter().filter(|line| line.label == label);
    lines.next().filter(|_| lines.next().is_none())?.tree.as_ref()
}

/// `expr` with every heading as `by` asks; `None` where it has anything but headings.
fn narrowed(expr: &Expr, by: &HeadingLeaf, above: &[Line]) -> Option<ExprKind> {
    let one = |expr: &Expr| narrowed(expr, by, above).map(|kind| Expr { kind, span: expr.span });
    let all = |parts: &[Expr]| parts.iter().map(one).collect::<Option<Vec<_>>>();
    Some(match &expr.kind {
        ExprKind::And(parts) => ExprKind::And(all(parts)?),
        ExprKind::Or(parts) => ExprKind::Or(all(parts)?),
        // What is taken out stays out by the set itself.
        ExprKind::Not(left, _) => one(left)?.kind,
        ExprKind::Reference(label) => narrowed(line(*label, above)?, by, above)?,
        ExprKind::Group(combination, labels) => {
            let parts: Vec<Expr> = labels.iter().map(|label| one(line(*label, above)?)).collect::<Option<_>>()?;
            match (combination, parts.len()) {
                (_, 1) => parts.into_iter().next()?.kind,
                (Combination::And, _) => ExprKind::And(parts),
                (Combination::Or, _) => ExprKind::Or(parts),
            }
        }
        ExprKind::Heading(leaf) => ExprKind::Heading(HeadingLeaf {
            focus: leaf.focus || by.focus,
            qualifiers: if by.qualifiers.is_empty() { leaf.qualifiers.clone() } else { by.qualifiers.clone() },
            ..leaf.clone()
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::strategy::parse;

    #[test]
    fn headings_of_lines_above_are_narrowed() {
        for (text, expected) in [
            ("1 Asthma/\n2 1/px", Some("1 and Asthma/px")),
            ("1 exp Asthma/\n2 Hope/dt\n3 or/1-2\n4 *3/", Some("3 and (exp *Asthma/ or *Hope/dt)")),
            ("1 Asthma/\n2 *1/px or hope.ti.", Some("(1 and *Asthma/px) or hope.ti.")),
            ("1 Asthma/ not Animals/\n2 *1/", Some("1 and *Asthma/")),
            ("1 Asthma/\n2 exp 1/px", None),
            ("1 asthma.ti.\n2 *1/", None),
            ("1 Asthma/ or asthma.ti.\n2 1/dt", None),
            ("1 Asthma/\n2 *3/", None),
        ] {
            let (strategy, diagnostics) = parse("x", text);
            let tree = strategy.lines.last().unwrap().tree.as_ref().map(ToString::to_string);
            assert_eq!(tree.as_deref(), expected, "{text}: {diagnostics:?}");
            assert_eq!(diagnostics.iter().any(|found| found.code.name() == "postqualification"), expected.is_none());
        }
    }
}
