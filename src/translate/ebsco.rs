//! EBSCOhost, as MEDLINE and CINAHL are searched on it. By its help: `N3` and `W3` count the words between, so that adjN is
//! N(N-1) and `adj` is W0; `?` is one character, `#` one or none, `*` any number; headings are `(MH "X+")` and `(MM "X")`.

use super::Effect;
use super::dates::{Milestone, days};
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Qualifier, Rules, Wildcards, Written, named, row, span};
use crate::strategy::{Limit, group_headings};
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: None,
    name: "EBSCOhost",
    reference: "S",
    not: " NOT ",
    quote: '"',
    proximity: Proximity::Infix { near: "N", less: 1, next: Some("W0") },
    wildcards: Wildcards { one: Some("?"), one_or_none: Some("#"), at_most: None, inside: true, in_phrases: false, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Before { open: " (", comma: None },
        together: &[],
        alone: &[
            row("ti", &["TI"], Fit::Same),
            row("ab", &["AB"], Fit::Same),
            row("tw", &["TI", "AB"], Fit::Same),
            row("mp", &[""], Fit::Note("without a field, EBSCOhost searches the default fields of each database")),
            row("af", &["TX"], Fit::Note("TX finds the full text too, where a database has it")),
            row("kf", &["KW"], Fit::Same),
            row("kw", &["KW"], Fit::Same),
            row("id", &["KW"], Fit::Same),
            row("hw", &["MW"], Fit::Same),
            row("mf", &["MW"], Fit::Same),
            row("dw", &["MW"], Fit::Same),
            row("sh", &["MH"], Fit::Same),
            row("mh", &["MH"], Fit::Same),
            row("de", &["MH"], Fit::Same),
            row("nm", &["NM"], Fit::Same),
            row("rn", &["RN"], Fit::Same),
            row("pt", &["PT"], Fit::Note("CINAHL has publication types of its own")),
            row("au", &["AU"], Fit::Same),
            row("fa", &["AU"], Fit::Same),
            row("ax", &["AU"], Fit::Same),
            row("in", &["AF"], Fit::Same),
            row("jn", &["SO"], Fit::Same),
            row("jw", &["SO"], Fit::Same),
            row("jx", &["SO"], Fit::Same),
            row("ja", &["SO"], Fit::Same),
            row("nj", &["SO"], Fit::Same),
            row("is", &["IS"], Fit::Same),
            row("vo", &["VI"], Fit::Same),
            row("ip", &["IP"], Fit::Same),
            row("ui", &["AN"], Fit::Same),
            row("an", &["AN"], Fit::Same),
            row("pm", &["PM"], Fit::Same),
        ],
        everywhere: &["TX"],
        merged: &[],
    },
    heading,
    qualifier: |qualifier| Some(format!("(MW \"{}\")", qualifier.name)),
    limit,
};

fn heading(heading: &Heading) -> Written {
    let tag = if heading.focus { "MM" } else { "MH" };
    let explode = if heading.explode { "+" } else { "" };
    let name = |qualifier: Option<&Qualifier>| match qualifier {
        None => format!("({tag} \"{}{explode}\")", heading.name),
        Some(qualifier) => format!("({tag} \"{}{explode}/{}\")", heading.name, qualifier.code.to_uppercase()),
    };
    heading.each(name).knowing("a heading of MeSH: MEDLINE has it by this name, CINAHL and other databases may have another")
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    let any = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("(MH \"{name}\")")).collect();
        Written::joined(&names, " OR ")
    };
    Some(match limit {
        Limit::Language(names) => Written::joined(&names.iter().map(|name| format!("LA {}", named(name))).collect::<Vec<_>>(), " OR "),
        Limit::Years(Some(from), Some(to)) => Written::whole(format!("PY {}", span(*from, '-', *to))),
        Limit::Years(Some(from), None) => Written::whole(format!("PY {from}-")),
        Limit::Years(None, Some(to)) => Written::whole(format!("PY 1000-{to}")),
        Limit::Dates(..) => {
            let (milestone, from, to) = days(limit)?;
            let (from, to) = [from, to].map(|day| day.map_or_else(String::new, |day| day.written(""))).into();
            match milestone {
                Milestone::Published => Written::whole(format!("DT {from}-{to}")),
                Milestone::Entered => Written::whole(format!("EM {from}-{to}"))
                    .but(Effect::Other, "EM is the day on which EBSCOhost took a record: each platform has days of its own"),
            }
        }
        Limit::Humans => any(&["Humans", "Human"]),
        Limit::Animals => any(&["Animals"]),
        Limit::PublicationType(name) => Written::whole(format!("PT \"{name}\""))
            .but(Effect::Other, format!("\"{name}\" is a publication type of MEDLINE; CINAHL has its own")),
        Limit::Group(name) if !group_headings(name).is_empty() => any(group_headings(name)),
        _ => return None,
    })
}
