//! The Cochrane Library, Search manager. By its help: `NEAR/n` finds words within n of each other, counted as Ovid counts, so
//! that adjN is NEAR/N; `NEXT` is the next word, and takes the place of a phrase with truncation, which between quotation
//! marks does not work; `?` is one character, `*` any number, and one or none is written as both; headings are `[mh "X"]`,
//! with `^` not exploded.

use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Qualifier, Row, Rules, Wildcards, Written, row};
use crate::strategy::{Limit, group_headings};
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: None,
    name: "the Cochrane Library",
    reference: "#",
    not: " NOT ",
    quote: '"',
    proximity: Proximity::Infix { near: "NEAR/", less: 0, next: Some("NEXT") },
    wildcards: Wildcards { one: Some("?"), one_or_none: None, at_most: None, inside: true, in_phrases: false, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Behind,
        together: &[Row { codes: &["ti", "ab", "kf"], tags: &["ti", "ab", "kw"], fit: Fit::Note(KEYWORDS) }],
        alone: &[
            row("ti", &["ti"], Fit::Same),
            row("ab", &["ab"], Fit::Same),
            row("tw", &["ti", "ab"], Fit::Same),
            row("mp", &["ti", "ab", "kw"], Fit::Same),
            row("af", &[""], Fit::Same),
            row("kf", &["kw"], Fit::Note(KEYWORDS)),
            row("kw", &["kw"], Fit::Note(KEYWORDS)),
            row("id", &["kw"], Fit::Note(KEYWORDS)),
            row("hw", &["kw"], Fit::Note(KEYWORDS)),
            row("mf", &["kw"], Fit::Note(KEYWORDS)),
            row("dw", &["kw"], Fit::Note(KEYWORDS)),
            row("pt", &["pt"], Fit::Same),
            row("au", &["au"], Fit::Same),
            row("fa", &["au"], Fit::Same),
            row("ax", &["au"], Fit::Same),
            row("jn", &["so"], Fit::Same),
            row("jw", &["so"], Fit::Same),
            row("jx", &["so"], Fit::Same),
            row("ja", &["so"], Fit::Same),
            row("so", &["so"], Fit::Same),
            row("do", &["do"], Fit::Same),
            row("ui", &["an"], Fit::Same),
            row("an", &["an"], Fit::Same),
        ],
        everywhere: &[""],
        merged: &[],
    },
    heading,
    qualifier: |qualifier| Some(format!("[mh /{}]", qualifier.code.to_uppercase())),
    limit,
};

const KEYWORDS: &str = "kw of the Cochrane Library holds author keywords and headings alike";

fn heading(heading: &Heading) -> Written {
    let not_exploded = if heading.explode { "" } else { "^" };
    let focus = if heading.focus { "[mj]" } else { "" };
    heading.each(|qualifier: Option<&Qualifier>| {
        let qualifier = qualifier.map(|qualifier| format!("/{}", qualifier.code.to_uppercase())).unwrap_or_default();
        format!("[mh {not_exploded}\"{}\"{qualifier}{focus}]", heading.name)
    })
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    let any = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("[mh ^\"{name}\"]")).collect();
        Written::joined(&names, " OR ")
    };
    Some(match limit {
        Limit::Humans => any(&["Humans"]),
        Limit::Animals => any(&["Animals"]),
        Limit::PublicationType(name) => Written::whole(format!("\"{name}\":pt")),
        Limit::Group(name) if !group_headings(name).is_empty() => any(group_headings(name)),
        _ => return None,
    })
}
