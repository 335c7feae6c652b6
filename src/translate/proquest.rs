//! ProQuest. By its search tips: `NEAR/n` is "up to n words apart", in any order, and `PRE/n` the same in order; guides to
//! proximity read n as the words between, so that adjN is NEAR/(N-1) and `adj` PRE/0; `?` is one character, `[*n]` at most n,
//! `*` any number; fields stand before, as in `TI,AB(peer)`; headings of MEDLINE are `MESH.EXACT("X")`.

use super::dates::{Milestone, days};
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Qualifier, Rules, Wildcards, Written, named, row};
use crate::strategy::{Limit, group_headings};
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: None,
    name: "ProQuest",
    reference: "S",
    not: " NOT ",
    quote: '"',
    proximity: Proximity::Infix { near: "NEAR/", less: 1, next: Some("PRE/0") },
    wildcards: Wildcards { one: Some("?"), one_or_none: None, at_most: Some(("[*", "]")), inside: true, in_phrases: false, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Before { open: "(", comma: Some(",") },
        together: &[],
        alone: &[
            row("ti", &["TI"], Fit::Same),
            row("ab", &["AB"], Fit::Same),
            row("tw", &["TI", "AB"], Fit::Same),
            row("mp", &["NOFT"], Fit::Note("NOFT is everything but the full text")),
            row("af", &[""], Fit::Note("without a field, ProQuest searches the full text too, where there is one")),
            row("kf", &["IF"], Fit::Same),
            row("kw", &["IF"], Fit::Same),
            row("id", &["IF"], Fit::Same),
            row("hw", &["SU"], Fit::Same),
            row("mf", &["MESH"], Fit::Same),
            row("dw", &["SU"], Fit::Same),
            row("sh", &["SU"], Fit::Wider("words of headings are found, not whole headings only")),
            row("mh", &["MESH"], Fit::Wider("words of headings are found, not whole headings only")),
            row("de", &["SU"], Fit::Wider("words of headings are found, not whole headings only")),
            row("nm", &["SUBST"], Fit::Same),
            row("pt", &["DTYPE"], Fit::Note("each database of ProQuest has document types of its own")),
            row("au", &["AU"], Fit::Same),
            row("fa", &["AU"], Fit::Same),
            row("ax", &["AU"], Fit::Same),
            row("in", &["AF"], Fit::Same),
            row("jn", &["PUB"], Fit::Same),
            row("jw", &["PUB"], Fit::Same),
            row("jx", &["PUB"], Fit::Same),
            row("is", &["ISSN"], Fit::Same),
            row("pm", &["PMID"], Fit::Same),
            row("an", &["AN"], Fit::Same),
        ],
        everywhere: &["NOFT"],
        merged: &[],
    },
    heading,
    qualifier: |_| None,
    limit,
};

fn heading(heading: &Heading) -> Written {
    let focus = if heading.focus { "MJ" } else { "" };
    let explode = if heading.explode { ".EXPLODE" } else { "" };
    heading
        .each(|qualifier: Option<&Qualifier>| {
            let qualifier = qualifier.map(|qualifier| format!(" -- {}", qualifier.name)).unwrap_or_default();
            format!("{focus}MESH.EXACT{explode}(\"{}{qualifier}\")", heading.name)
        })
        .knowing("a heading of MeSH: MEDLINE has it by this name, other databases of ProQuest have headings of their own")
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    let any = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("MESH.EXACT(\"{name}\")")).collect();
        Written::joined(&names, " OR ")
    };
    Some(match limit {
        Limit::Language(names) => Written::whole(format!("LA({})", names.iter().map(|name| named(name)).collect::<Vec<_>>().join(" OR "))),
        Limit::Years(Some(from), Some(to)) if from == to => Written::whole(format!("YR({from})")),
        Limit::Years(Some(from), Some(to)) => Written::whole(format!("YR({from}-{to})")),
        Limit::Years(Some(from), None) => Written::whole(format!("YR(>={from})")),
        Limit::Years(None, Some(to)) => Written::whole(format!("YR(<={to})")),
        Limit::Dates(..) => match days(limit)? {
            (Milestone::Published, from, to) => Written::whole(match (from, to) {
                (Some(from), Some(to)) => format!("PD({}-{})", from.written(""), to.written("")),
                (Some(from), None) => format!("PD(>={})", from.written("")),
                (None, Some(to)) => format!("PD(<={})", to.written("")),
                (None, None) => return None,
            }),
            (Milestone::Entered, ..) => return None,
        },
        Limit::Humans => any(&["Humans"]),
        Limit::Animals => any(&["Animals"]),
        Limit::Group(name) if !group_headings(name).is_empty() => any(group_headings(name)),
        _ => return None,
    })
}
