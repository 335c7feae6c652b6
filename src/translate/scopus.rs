//! Scopus, Advanced search. By Elsevier's help: `W/n` and `PRE/n` count the words between, so that adjN is W/(N-1) and `adj` is
//! PRE/0; `?` is one character, `*` any number, and one or none is written as both. It has no headings of its own: their
//! words are searched in `TITLE-ABS-KEY`.

use super::Effect;
use super::dates::{Milestone, days};
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Rules, Wildcards, Written, named, row};
use crate::strategy::Limit;
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: None,
    name: "Scopus",
    reference: "#",
    not: " AND NOT ",
    quote: '"',
    proximity: Proximity::Infix { near: "W/", less: 1, next: Some("PRE/0") },
    wildcards: Wildcards { one: Some("?"), one_or_none: None, at_most: None, inside: true, in_phrases: true, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Before { open: "(", comma: None },
        together: &[],
        alone: &[
            row("ti", &["TITLE"], Fit::Same),
            row("ab", &["ABS"], Fit::Same),
            row("tw", &["TITLE", "ABS"], Fit::Same),
            row("mp", &["TITLE-ABS-KEY"], Fit::Note("TITLE-ABS-KEY is title, abstract, author keywords and index terms")),
            row("af", &["ALL"], Fit::Note("ALL finds cited works too")),
            row("kf", &["AUTHKEY"], Fit::Same),
            row("kw", &["AUTHKEY"], Fit::Same),
            row("id", &["AUTHKEY"], Fit::Same),
            row("hw", &["INDEXTERMS"], Fit::Same),
            row("mf", &["INDEXTERMS"], Fit::Same),
            row("dw", &["INDEXTERMS"], Fit::Same),
            row("nm", &["CHEMNAME"], Fit::Same),
            row("rn", &["CASREGNUMBER"], Fit::Same),
            row("tn", &["TRADENAME"], Fit::Same),
            row("mn", &["MANUFACTURER"], Fit::Same),
            row("au", &["AUTH"], Fit::Same),
            row("fa", &["AUTH"], Fit::Same),
            row("ax", &["AUTHLASTNAME"], Fit::Same),
            row("pa", &["FIRSTAUTH"], Fit::Same),
            row("in", &["AFFIL"], Fit::Same),
            row("jn", &["SRCTITLE"], Fit::Same),
            row("jw", &["SRCTITLE"], Fit::Same),
            row("jx", &["SRCTITLE"], Fit::Same),
            row("is", &["ISSN"], Fit::Same),
            row("vo", &["VOLUME"], Fit::Same),
            row("ip", &["ISSUE"], Fit::Same),
            row("pg", &["PAGES"], Fit::Same),
            row("do", &["DOI"], Fit::Same),
            row("pm", &["PMID"], Fit::Same),
        ],
        everywhere: &["ALL"],
        merged: &[("TITLE", "ABS", "TITLE-ABS")],
    },
    heading,
    qualifier: |_| None,
    limit,
};

fn heading(heading: &Heading) -> Written {
    Written::whole(format!("TITLE-ABS-KEY({})", heading.words('"').join(" OR ")))
        .but(Effect::Other, format!("\"{}\": there are no headings; its words are searched", heading.shown()))
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    const TYPES: &[(&str, &str)] = &[
        ("review", "re"),
        ("letter", "le"),
        ("editorial", "ed"),
        ("journal article", "ar"),
        ("conference paper", "cp"),
        ("published erratum", "er"),
    ];
    Some(match limit {
        Limit::Language(names) => {
            Written::whole(format!("LANGUAGE({})", names.iter().map(|name| named(name)).collect::<Vec<_>>().join(" OR ")))
        }
        // Its years have no "from on": greater than the year before is.
        Limit::Years(Some(from), Some(to)) if from == to => Written::whole(format!("PUBYEAR = {from}")),
        Limit::Years(from, to) => {
            let from = from.map(|from| format!("PUBYEAR > {}", from.saturating_sub(1)));
            let to = to.map(|to| format!("PUBYEAR < {}", to.saturating_add(1)));
            Written::joined(&from.into_iter().chain(to).collect::<Vec<_>>(), " AND ")
        }
        Limit::Dates(..) => match days(limit)? {
            // Neither end is among what is found.
            (Milestone::Entered, from, to) => {
                let from = from.map(|day| format!("ORIG-LOAD-DATE AFT {}", day.before().written("")));
                let to = to.map(|day| format!("ORIG-LOAD-DATE BEF {}", day.next().written("")));
                Written::joined(&from.into_iter().chain(to).collect::<Vec<_>>(), " AND ")
                    .but(Effect::Other, "ORIG-LOAD-DATE is the day on which Scopus took a record: each platform has days of its own")
            }
            (Milestone::Published, ..) => return None,
        },
        Limit::PublicationType(name) => Written::whole(format!("DOCTYPE({})", TYPES.iter().find(|(known, _)| known == name)?.1)),
        _ => return None,
    })
}
