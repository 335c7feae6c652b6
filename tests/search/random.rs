//! Random records and random strategies over a small vocabulary, so that matches happen.

use proptest::prelude::*;
use proptest::sample::select;
use refsieve::diagnostic::Span;
use refsieve::record::{Field, Record, RecordBuilder, Source};
use refsieve::strategy::{
    Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy as Lines, Text, TextLeaf,
};
use std::sync::Arc;

const WORDS: &[&str] = &[
    "peer",
    "peer",
    "Peers",
    "support",
    "supports",
    "supported",
    "worker",
    "workers",
    "worker's",
    "co",
    "production",
    "coproduction",
    "health",
    "care",
    "naïve",
    "β",
    "TNFα",
    "2",
    "service",
    "l’étude",
];
const SEPARATORS: &[&str] = &[" ", " ", " ", " ", "-", ", ", ". ", "/", " (", "’s ", "; ", " – "];
const HEADINGS: &[&str] = &[
    "Peer Group",
    "*Peer Group",
    "Peer Group/psychology",
    "Peer Group/*px",
    "Peer Influence",
    "Humans",
    "Animals",
    "Mental Health Services",
    "*Mental Health Services/organization & administration",
    "Community Mental Health Services",
    "Health Services",
    "Delivery of Health Care",
    "Telemedicine/th",
    "Humans; Animals",
    "Peer Group/strange",
    "peer support",
    "Slaughterhouses",
    "Abattoirs",
    "Adult",
];
const LANGUAGES: &[&str] = &["eng", "English", "en", "nor", "Norwegian", "English, French", "ger", "German; English"];
const TYPES: &[&str] = &["Journal Article", "Randomized Controlled Trial", "Clinical Trial", "Review; Journal Article"];
const YEARS: &[&str] = &["2009", "2010", "2011", "2015//", "n.d."];
const DAYS: &[&str] = &["2009/12/31 06:00", "2010-05-01", "201005", "2011", "soon"];
const DATABASES: &[&str] = &["Ovid MEDLINE(R)", "Embase", "APA PsycInfo <2002 to 2020>"];
const AUTHORS: &[&str] = &["Burroughs, John", "Burroughs, J.", "Ness, Ottar; Berg, J", "Åkerblom KB"];

fn running_text() -> impl Strategy<Value = String> {
    prop::collection::vec((select(WORDS), select(SEPARATORS)), 1..12)
        .prop_map(|words| words.into_iter().flat_map(|(word, separator)| [word, separator]).collect())
}

/// One to three records' worth of entries.
pub(crate) fn records() -> impl Strategy<Value = Vec<Record>> {
    let entry = prop_oneof![
        4 => running_text().prop_map(|text| (Field::Title, text)),
        4 => running_text().prop_map(|text| (Field::Abstract, text)),
        1 => running_text().prop_map(|text| (Field::OriginalTitle, text)),
        3 => select(HEADINGS).prop_map(|heading| (Field::Heading, heading.to_owned())),
        2 => select(HEADINGS).prop_map(|heading| (Field::Keyword, heading.to_owned())),
        2 => running_text().prop_map(|text| (Field::Keyword, text)),
        1 => running_text().prop_map(|text| (Field::AuthorKeyword, text)),
        2 => select(LANGUAGES).prop_map(|language| (Field::Language, language.to_owned())),
        1 => select(TYPES).prop_map(|kind| (Field::PublicationType, kind.to_owned())),
        2 => select(YEARS).prop_map(|year| (Field::Year, year.to_owned())),
        1 => select(AUTHORS).prop_map(|author| (Field::Author, author.to_owned())),
        1 => select(DAYS).prop_map(|day| (Field::OtherDate, day.to_owned())),
        1 => select(DATABASES).prop_map(|name| (Field::Database, name.to_owned())),
    ];
    prop::collection::vec(prop::collection::vec(entry, 2..10), 0..12)
        .prop_map(|all| all.iter().enumerate().map(|(at, entries)| record(at, entries)).collect())
}

/// The record number `at` with these entries.
pub(crate) fn record<T: AsRef<str>>(at: usize, entries: &[(Field, T)]) -> Record {
    let mut builder = RecordBuilder::default();
    for (field, value) in entries {
        builder.push_text(if *field == Field::OtherDate { "EDAT" } else { "X" }, *field, value.as_ref());
    }
    let ordinal = u32::try_from(at).unwrap() + 1;
    builder.finish(&Arc::new(Source::default()), 0..0, (ordinal, ordinal), ordinal)
}

fn word() -> impl Strategy<Value = Pattern> {
    let literal = |text: &str| PatternPart::Literal(text.to_owned());
    let ends = prop_oneof![
        4 => Just(PatternPart::Any(None)),
        1 => (0u8..4).prop_map(|most| PatternPart::Any(Some(most))),
        1 => Just(PatternPart::One),
        1 => Just(PatternPart::OneOrNone),
    ];
    let starts: Vec<String> = WORDS
        .iter()
        .flat_map(|word| {
            let folded = refsieve::text::Folded::words(word).as_str().to_owned();
            let half: String = folded.chars().take(folded.chars().count().div_ceil(2)).collect();
            [folded.clone(), folded, half]
        })
        .collect();
    prop_oneof![
        3 => select(starts.clone()).prop_map(move |start| Pattern { parts: vec![literal(&start)] }),
        5 => (select(starts.clone()), ends.clone()).prop_map(move |(start, end)| Pattern { parts: vec![literal(&start), end] }),
        1 => (select(starts), ends.clone(), select(vec!["e", "s", "r", "ed"]), ends)
            .prop_map(move |(start, inner, rest, end)| Pattern { parts: vec![literal(&start), inner, literal(rest), end] }),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    word().prop_map(Text::Word).prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(Text::Sequence),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Text::Or),
            2 => (1u8..5, inner.clone(), inner).prop_map(|(n, left, right)| Text::Near { n, left: Box::new(left), right: Box::new(right) }),
        ]
    })
}

fn heading() -> impl Strategy<Value = HeadingLeaf> {
    let names = vec![
        "Peer Group",
        "peer group",
        "Mental Health Services",
        "Health Services",
        "Delivery of Health Care",
        "Humans",
        "Telemedicine",
        "peer support",
        "Slaughterhouses",
        "Abattoirs",
        "Clinical Trial",
        "Randomized Controlled Trial",
        "Groups, Peer",
        "mental health",
    ];
    let qualifiers = prop::collection::vec(select(vec!["px", "th", "og", "strange"]), 0..3);
    let certainty = select(vec![HeadingCertainty::Written, HeadingCertainty::ByExp, HeadingCertainty::IfKnown]);
    (select(names), any::<bool>(), prop::bool::weighted(0.2), prop_oneof![2 => Just(Vec::new()), 1 => qualifiers], certainty).prop_map(
        |(name, explode, focus, qualifiers, certainty)| HeadingLeaf {
            name: name.to_owned(),
            explode,
            focus,
            qualifiers: qualifiers.into_iter().map(str::to_owned).collect(),
            certainty,
        },
    )
}

fn codes() -> impl Strategy<Value = Vec<String>> {
    let codes: Vec<&[&str]> = vec![
        &["ti", "ab"],
        &["ti", "ab"],
        &["ti", "ab"],
        &["ti"],
        &["ab"],
        &["tw"],
        &["tw"],
        &["mp"],
        &["mp"],
        &["mp"],
        &[],
        &[],
        &["mp"],
        &["af"],
        &["ot"],
        &["kf"],
        &["kw"],
        &["hw"],
        &["sh"],
        &["fs"],
        &["pt"],
        &["yr"],
        &["au"],
        &["sy", "ti"],
    ];
    select(codes).prop_map(|codes| codes.iter().map(|code| (*code).to_owned()).collect())
}

fn limit() -> impl Strategy<Value = Limit> {
    let year = || prop::option::of(2008u16..2017);
    prop_oneof![
        select(vec!["english", "norwegian", "german", "klingon"]).prop_map(|name| Limit::Language(vec![name.to_owned()])),
        (year(), year()).prop_map(|(from, to)| Limit::Years(from, to)),
        Just(Limit::Humans),
        Just(Limit::Animals),
        select(vec!["review", "clinical trial", "clinical trial, all"]).prop_map(|name| Limit::PublicationType(name.to_owned())),
        select(vec![(None, Some(20_100_501)), (Some(20_100_502), None), (Some(20_100_000), Some(20_109_999))])
            .prop_map(|(from, to)| Limit::Dates("ed".to_owned(), from, to)),
        Just(Limit::Dates("dp".to_owned(), Some(20_100_000), None)),
        Just(Limit::Group("adult".to_owned())),
        Just(Limit::Abstracts),
        select(vec!["embase", "medline"]).prop_map(|name| Limit::Database(name.to_owned())),
        Just(Limit::Any(vec![vec![Limit::Humans, Limit::Years(Some(2010), None)], vec![Limit::Animals]])),
    ]
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::new(0, 1) }
}

fn tree() -> impl Strategy<Value = Expr> {
    let label = || 0u32..6;
    let leaf = prop_oneof![
        9 => (text(), codes(), prop_oneof![6 => Just(1u32), 1 => 2u32..4])
            .prop_map(|(text, codes, at_least)| ExprKind::Text(TextLeaf { text, codes, at_least })),
        1 => label().prop_map(ExprKind::Unique),
        1 => (label(), select(vec!["medall", "oemezd", "psyh"]))
            .prop_map(|(label, name)| ExprKind::Database(Box::new(expr(ExprKind::Reference(label))), name.to_owned())),
        2 => heading().prop_map(ExprKind::Heading),
        2 => label().prop_map(ExprKind::Reference),
        1 => (any::<bool>(), prop::collection::vec(label(), 1..4)).prop_map(|(and, labels)| {
            ExprKind::Group(if and { Combination::And } else { Combination::Or }, labels)
        }),
        1 => (label(), prop::collection::vec(limit(), 1..3)).prop_map(|(label, limits)| ExprKind::Limit(label, limits)),
        1 => prop::collection::vec(limit(), 1..3).prop_map(ExprKind::Passing),
    ];
    leaf.prop_map(expr).prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| expr(ExprKind::And(parts))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| expr(ExprKind::Or(parts))),
            (inner.clone(), inner).prop_map(|(left, right)| expr(ExprKind::Not(Box::new(left), Box::new(right)))),
        ]
    })
}

/// Lines numbered from 1. Labels that are referred to stand above, but for one in a while: line 1 refers to itself.
pub(crate) fn strategies() -> impl Strategy<Value = Lines> {
    prop::collection::vec(prop_oneof![25 => tree().prop_map(Some), 1 => Just(None)], 2..7).prop_map(|trees| {
        let lines = (1u32..).zip(trees).map(|(label, tree)| {
            let tree = tree.map(|tree| relabel(tree, label));
            Line { label, query: "x".into(), physical_line: label, offset: 0, published: None, cells: Vec::new(), tree }
        });
        Lines { lines: lines.collect(), ..Lines::default() }
    })
}

fn relabel(tree: Expr, at: u32) -> Expr {
    let is_alone = at == 1 && !matches!(tree.kind, ExprKind::Reference(0));
    if is_alone
        && matches!(
            tree.kind,
            ExprKind::Reference(_) | ExprKind::Group(..) | ExprKind::Limit(..) | ExprKind::Unique(_) | ExprKind::Database(..)
        )
    {
        let peer = Pattern { parts: vec![PatternPart::Literal("peer".into())] };
        return expr(ExprKind::Text(TextLeaf { text: Text::Word(peer), codes: vec!["ti".into()], at_least: 1 }));
    }
    let label = |label: u32| label % at.saturating_sub(1).max(1) + 1;
    let all = |parts: Vec<Expr>| parts.into_iter().map(|part| relabel(part, at)).collect();
    let kind = match tree.kind {
        ExprKind::And(parts) => ExprKind::And(all(parts)),
        ExprKind::Or(parts) => ExprKind::Or(all(parts)),
        ExprKind::Not(left, right) => ExprKind::Not(Box::new(relabel(*left, at)), Box::new(relabel(*right, at))),
        ExprKind::Unique(old) => ExprKind::Unique(label(old)),
        ExprKind::Database(inner, name) => ExprKind::Database(Box::new(relabel(*inner, at)), name),
        ExprKind::Reference(written) => ExprKind::Reference(label(written)),
        ExprKind::Group(combination, labels) => ExprKind::Group(combination, labels.into_iter().map(label).collect()),
        ExprKind::Limit(written, limits) => ExprKind::Limit(label(written), limits),
        other => other,
    };
    Expr { kind, span: tree.span }
}
