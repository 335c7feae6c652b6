//! Web of Science, Core Collection. By Clarivate's help: `NEAR/x` counts the words between, so that adjN is NEAR/(N-1); order is
//! said by phrases alone; `?` is one character, `$` one or none, `*` any number. It has no headings: their words are searched
//! in `TS=`.

use super::Effect;
use super::dates::{Day, Milestone, days};
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Rules, Wildcards, Written, named, row, span};
use crate::strategy::Limit;
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: Some(doubt),
    name: "Web of Science",
    reference: "#",
    not: " NOT ",
    quote: '"',
    proximity: Proximity::Infix { near: "NEAR/", less: 1, next: None },
    wildcards: Wildcards { one: Some("?"), one_or_none: Some("$"), at_most: None, inside: true, in_phrases: true, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Before { open: "=(", comma: None },
        together: &[],
        alone: &[
            row("ti", &["TI"], Fit::Same),
            row("ab", &["AB"], Fit::Same),
            row("tw", &["TI", "AB"], Fit::Same),
            row("mp", &["TS"], Fit::Note("TS= is title, abstract, author keywords and Keywords Plus; there are no headings")),
            row("af", &["ALL"], Fit::Same),
            row("kf", &["AK"], Fit::Same),
            row("kw", &["AK"], Fit::Same),
            row("id", &["AK"], Fit::Same),
            row("hw", &["TS"], Fit::Wider("there are no headings: TS= finds titles, abstracts and keywords")),
            row("mf", &["TS"], Fit::Wider("there are no headings: TS= finds titles, abstracts and keywords")),
            row("dw", &["TS"], Fit::Wider("there are no headings: TS= finds titles, abstracts and keywords")),
            row("pt", &["DT"], Fit::Narrower("Web of Science has document types of its own: look them up")),
            row("au", &["AU"], Fit::Same),
            row("fa", &["AU"], Fit::Same),
            row("ax", &["AU"], Fit::Same),
            row("in", &["AD"], Fit::Same),
            row("jn", &["SO"], Fit::Same),
            row("jw", &["SO"], Fit::Same),
            row("jx", &["SO"], Fit::Same),
            row("is", &["IS"], Fit::Same),
            row("do", &["DO"], Fit::Same),
            row("pm", &["PMID"], Fit::Same),
        ],
        everywhere: &["ALL"],
        merged: &[],
    },
    heading,
    qualifier: |_| None,
    limit,
};

/// Web of Science wants three letters before a wildcard, and takes no `$` in quotation marks (its help on wildcards).
fn doubt(text: &str) -> Option<String> {
    if let Some(phrase) = text.split('"').skip(1).step_by(2).find(|phrase| phrase.contains('$')) {
        return Some(format!("\"{phrase}\": Web of Science may not read $ in quotation marks"));
    }
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '*' | '$' | '?')));
    let short = |word: &&str| word.find(['*', '$', '?']).is_some_and(|at| word[..at].chars().count() < 3);
    words.into_iter().find(short).map(|word| format!("\"{word}\": Web of Science wants three letters before a wildcard"))
}

fn heading(heading: &Heading) -> Written {
    Written::whole(format!("TS=({})", heading.words('"').join(" OR ")))
        .but(Effect::Other, format!("\"{}\": there are no headings; its words are searched", heading.shown()))
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    const TYPES: &[(&str, &str)] = &[
        ("review", "Review"),
        ("letter", "Letter"),
        ("editorial", "Editorial Material"),
        ("journal article", "Article"),
        ("conference abstract", "Meeting Abstract"),
        ("conference paper", "Proceedings Paper"),
    ];
    Some(match limit {
        Limit::Language(names) => Written::whole(format!("LA=({})", names.iter().map(|name| named(name)).collect::<Vec<_>>().join(" OR "))),
        Limit::Years(from, to) => Written::whole(format!("PY=({})", span(from.unwrap_or(1800), '-', to.unwrap_or(2100)))),
        Limit::Dates(..) => {
            let (milestone, from, to) = days(limit)?;
            let from = from.unwrap_or(Day { year: 1800, month: 1, day: 1 }).written("-");
            let to = to.unwrap_or(Day { year: 2100, month: 12, day: 31 }).written("-");
            match milestone {
                Milestone::Published => Written::whole(format!("DOP={from}/{to}")),
                Milestone::Entered => Written::whole(format!("LD={from}/{to}"))
                    .but(Effect::Other, "LD= is the day on which Web of Science took a record: each platform has days of its own"),
            }
        }
        Limit::PublicationType(name) => Written::whole(format!("DT=({})", TYPES.iter().find(|(known, _)| known == name)?.1)),
        _ => return None,
    })
}
