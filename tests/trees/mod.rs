//! Random trees of strategies, as the parser can make them.

// Each test file uses a part of it.
#![allow(dead_code)]

use proptest::prelude::*;
use refsieve::diagnostic::Span;
use refsieve::strategy::{Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Text, TextLeaf};

/// Every span empty, so that trees can be compared whatever text they came from.
pub fn without_spans(mut expr: Expr) -> Expr {
    expr.span = Span::default();
    expr.kind = match expr.kind {
        ExprKind::And(parts) => ExprKind::And(parts.into_iter().map(without_spans).collect()),
        ExprKind::Or(parts) => ExprKind::Or(parts.into_iter().map(without_spans).collect()),
        ExprKind::Not(left, right) => ExprKind::Not(Box::new(without_spans(*left)), Box::new(without_spans(*right))),
        ExprKind::Database(inner, name) => ExprKind::Database(Box::new(without_spans(*inner)), name),
        kind => kind,
    };
    expr
}

pub fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

pub fn any_pattern() -> impl Strategy<Value = Pattern> {
    let literal = prop_oneof![4 => "[a-z]{1,6}", 1 => "[a-z]{1,3}[0-9]{1,2}", 1 => "[0-9]{1,4}", 1 => "(and|or|not|adj|adj3|exp|limit|use|freq|naïve|β)"];
    let inside = prop_oneof![Just(PatternPart::One), Just(PatternPart::OneOrNone), Just(PatternPart::Any(None))];
    let end = prop_oneof![
        Just(PatternPart::One),
        Just(PatternPart::OneOrNone),
        Just(PatternPart::Any(None)),
        (0_u8..).prop_map(|most| PatternPart::Any(Some(most)))
    ];
    (literal, prop::option::of((inside, "[a-z]{1,4}")), prop::option::of(end)).prop_map(|(first, second, end)| {
        let mut parts = vec![PatternPart::Literal(first.replace('ï', "i"))];
        if let Some((wildcard, literal)) = second {
            parts.extend([wildcard, PatternPart::Literal(literal)]);
        }
        parts.extend(end);
        Pattern { parts }
    })
}

pub fn any_text() -> impl Strategy<Value = Text> {
    any_pattern().prop_map(Text::Word).prop_recursive(4, 16, 3, |inner| {
        let part = inner.clone().prop_filter("a chain in a chain is one chain", |text| !matches!(text, Text::Sequence(_)));
        prop_oneof![
            prop::collection::vec(part, 2..4).prop_map(Text::Sequence),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Text::Or),
            (1_u8..=99, inner.clone(), inner).prop_map(|(n, left, right)| Text::Near { n, left: Box::new(left), right: Box::new(right) }),
        ]
    })
}

pub fn any_heading() -> impl Strategy<Value = HeadingLeaf> {
    let name = prop_oneof![
        "[A-Z][a-z]{1,5}( [A-Za-z]{4,6}){0,2}",
        "[A-Z][a-z]{1,5}, [A-Z][a-z]{3,5} [0-9]",
        "[A-Z][a-z]{2} (and|or|of) [a-z]{3}",
        "[A-Z][a-z]{3} \\([A-Z]{3}\\)"
    ];
    (name, any::<bool>(), any::<bool>(), prop::collection::vec("[a-z]{2}", 0..3), any::<bool>()).prop_map(
        |(name, explode, focus, qualifiers, written)| {
            let qualifiers = qualifiers.into_iter().filter(|code| code != "or").collect();
            if written {
                HeadingLeaf { name, explode, focus, qualifiers, certainty: HeadingCertainty::Written }
            } else {
                HeadingLeaf { name, explode: true, focus: false, qualifiers: Vec::new(), certainty: HeadingCertainty::ByExp }
            }
        },
    )
}

/// Sets that refer to lines 1 to 3 at most.
pub fn any_expr() -> impl Strategy<Value = Expr> {
    let text = any_text().prop_filter("alternatives alone are a union of sets", |text| !matches!(text, Text::Or(_)));
    let codes = prop::collection::vec(prop::sample::select(vec!["ti", "ab", "mp", "kf", "au"]), 0..3);
    let leaf = prop_oneof![
        4 => (text, codes, 1_u32..4).prop_map(|(text, codes, at_least)| ExprKind::Text(TextLeaf {
            text,
            at_least: if codes.is_empty() { 1 } else { at_least },
            codes: codes.into_iter().map(str::to_owned).collect(),
        })),
        1 => any_heading().prop_map(ExprKind::Heading),
        1 => (1_u32..=3).prop_map(ExprKind::Reference),
        1 => (any::<bool>(), prop::collection::vec(1_u32..=3, 1..5))
            .prop_map(|(all, labels)| ExprKind::Group(if all { Combination::And } else { Combination::Or }, labels)),
    ];
    leaf.prop_map(expr).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| expr(ExprKind::And(parts))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| expr(ExprKind::Or(parts))),
            (inner.clone(), inner).prop_map(|(left, right)| expr(ExprKind::Not(Box::new(left), Box::new(right)))),
        ]
    })
}

pub fn any_line() -> impl Strategy<Value = Expr> {
    let limit = prop_oneof![
        prop::sample::subsequence(vec!["danish", "english", "french"], 1..=3)
            .prop_map(|names| Limit::Language(names.into_iter().map(str::to_owned).collect())),
        (1900_u16..1960, 1960_u16..2030).prop_map(|(from, to)| Limit::Years(Some(from), Some(to))),
        (1900_u16..2030).prop_map(|from| Limit::Years(Some(from), None)),
        (1900_u16..2030).prop_map(|to| Limit::Years(None, Some(to))),
        Just(Limit::Humans),
        Just(Limit::Animals),
        Just(Limit::PublicationType("clinical trial, phase ii".to_owned())),
        (1900_u32..1960, 1960_u32..2030).prop_map(|(from, to)| Limit::Dates("ed".to_owned(), Some(from * 10_000 + 101), Some(to * 10_000))),
        Just(Limit::Group("all adult".to_owned())),
        Just(Limit::Abstracts),
        Just(Limit::Database("embase".to_owned())),
        Just(Limit::Any(vec![vec![Limit::Humans, Limit::Abstracts], vec![Limit::Animals]])),
    ];
    prop_oneof![
        6 => any_expr(),
        1 => (1_u32..=3).prop_map(|label| expr(ExprKind::Unique(label))),
        1 => any_expr().prop_map(|inner| expr(ExprKind::Database(Box::new(inner), "medall".to_owned()))),
        1 => (1_u32..=3, prop::collection::vec(limit, 1..4)).prop_map(|(label, limits)| expr(ExprKind::Limit(label, limits))),
        1 => "[A-Z][a-z]{3,7}( [A-Z][a-z]{4,6}){0,2}".prop_map(|name| expr(ExprKind::Heading(HeadingLeaf {
            name,
            explode: false,
            focus: false,
            qualifiers: Vec::new(),
            certainty: HeadingCertainty::IfKnown,
        }))),
    ]
}

pub fn line(label: u32, tree: Expr) -> Line {
    Line { label, query: String::new(), physical_line: 0, offset: 0, published: None, cells: Vec::new(), tree: Some(tree) }
}
