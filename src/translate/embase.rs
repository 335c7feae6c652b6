//! Embase.com. By its search guide: `NEAR/n` and `NEXT/n` count steps from word to word, as Ovid does, so that adjN is NEAR/N;
//! `?` is one character, `$` one or none, `*` any number; fields stand behind, as in `(peer OR support):ti,ab`; headings are
//! `'x'/exp`, `'x'/de`, `'x'/mj`. Emtree is not MeSH: a heading may have another name there.

use super::Effect;
use super::dates::{Day, Milestone, days};
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Row, Rules, Wildcards, Written, row};
use crate::strategy::Limit;
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: None,
    name: "Embase.com",
    reference: "#",
    not: " NOT ",
    quote: '\'',
    proximity: Proximity::Infix { near: "NEAR/", less: 0, next: Some("NEXT/1") },
    wildcards: Wildcards { one: Some("?"), one_or_none: Some("$"), at_most: None, inside: true, in_phrases: true, shortest: 0 },
    fields: Fields {
        style: FieldStyle::Behind,
        together: &[Row { codes: &["ti", "ab", "kf"], tags: &["ti", "ab", "kw"], fit: Fit::Same }],
        alone: &[
            row("ti", &["ti"], Fit::Same),
            row("ab", &["ab"], Fit::Same),
            row("tw", &["ti", "ab"], Fit::Same),
            row("mp", &["ti", "ab", "kw", "de", "tn"], Fit::Note("it becomes title, abstract, keywords, headings and trade names")),
            row("af", &[""], Fit::Same),
            row("ot", &["tt"], Fit::Same),
            row("kf", &["kw"], Fit::Same),
            row("kw", &["kw"], Fit::Same),
            row("id", &["kw"], Fit::Same),
            row("hw", &["de"], Fit::Same),
            row("dw", &["de"], Fit::Same),
            row("mf", &["de"], Fit::Same),
            row("sh", &["de"], Fit::Wider("words of headings are found, not whole headings only")),
            row("mh", &["de"], Fit::Wider("words of headings are found, not whole headings only")),
            row("de", &["de"], Fit::Wider("words of headings are found, not whole headings only")),
            row("pt", &["it"], Fit::Note("Embase.com has publication types of its own")),
            row("au", &["au"], Fit::Same),
            row("fa", &["au"], Fit::Same),
            row("ax", &["au"], Fit::Same),
            row("in", &["ff"], Fit::Same),
            row("jn", &["jt"], Fit::Same),
            row("jw", &["jt"], Fit::Same),
            row("jx", &["jt"], Fit::Same),
            row("ja", &["ta"], Fit::Same),
            row("is", &["is"], Fit::Same),
            row("rn", &["rn"], Fit::Same),
            row("tn", &["tn"], Fit::Same),
            row("do", &["do"], Fit::Same),
            row("an", &["an"], Fit::Same),
        ],
        everywhere: &[""],
        merged: &[],
    },
    heading,
    qualifier: |qualifier| Some(format!("'{}':lnk", qualifier.name)),
    limit,
};

fn heading(heading: &Heading) -> Written {
    let name = heading.name.to_lowercase().replace('\'', " ");
    let text = match (heading.focus, heading.explode) {
        (false, true) => format!("'{name}'/exp"),
        (false, false) => format!("'{name}'/de"),
        (true, true) => format!("'{name}'/exp/mj"),
        (true, false) => format!("'{name}'/mj"),
    };
    let mut written = Written::whole(text);
    if heading.is_known {
        written = written.but(Effect::Other, format!("\"{}\" is a heading of MeSH: look up what Emtree calls it", heading.name));
    }
    if !heading.qualifiers.is_empty() {
        written = written.but(Effect::Wider, format!("\"{}\" is written without its subheadings", heading.shown()));
    }
    written
}

fn limit(limit: &Limit, _: &Thesaurus) -> Option<Written> {
    const TYPES: &[&str] = &[
        "controlled clinical trial",
        "editorial",
        "letter",
        "meta analysis",
        "randomized controlled trial",
        "review",
        "systematic review",
        "conference abstract",
        "conference paper",
        "conference review",
    ];
    const GROUPS: &[(&str, &str)] = &[
        ("newborn infant", "newborn"),
        ("infant", "infant"),
        ("preschool child", "preschool"),
        ("school child", "school"),
        ("child", "child"),
        ("adolescent", "adolescent"),
        ("adult", "adult"),
        ("aged", "aged"),
        ("female", "female"),
        ("male", "male"),
    ];
    let set = |name: &str| Written::whole(format!("[{name}]/lim"));
    Some(match limit {
        Limit::Language(names) => Written::joined(&names.iter().map(|name| format!("[{name}]/lim")).collect::<Vec<_>>(), " OR "),
        Limit::Years(from, to) => Written::whole(format!("[{}-{}]/py", from.unwrap_or(1800), to.unwrap_or(3000))),
        Limit::Humans => set("humans"),
        Limit::Animals => set("animals"),
        Limit::Abstracts => set("abstracts"),
        Limit::Database(name) => set(name),
        Limit::PublicationType(name) => {
            let name = name.replace('-', " ");
            TYPES.contains(&name.as_str()).then(|| set(&name))?
        }
        // "Since" takes a first day; what came since the day behind the last is taken out.
        Limit::Dates(..) => match days(limit)? {
            (Milestone::Entered, from, to) => {
                let since = |day: Day| format!("[{:02}-{:02}-{:04}]/sd", day.day, day.month, day.year);
                let from = since(from.unwrap_or(Day { year: 1900, month: 1, day: 1 }));
                match to {
                    Some(to) => Written::joined(&[from, since(to.next())], " NOT "),
                    None => Written::whole(from),
                }
                .but(Effect::Other, "/sd is the day on which Embase.com took a record: each platform has days of its own")
            }
            (Milestone::Published, ..) => return None,
        },
        Limit::Group(name) => set(GROUPS.iter().find(|(known, _)| known == name)?.1),
        _ => return None,
    })
}
