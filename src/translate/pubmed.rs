//! PubMed. Fields, truncation, distances and headings by its User Guide: proximity is `"two words"[field:~N]` with at most
//! N words between, in any order, in title, title/abstract and affiliation, and of words without truncation; truncation is
//! `*` behind four characters or more; `[Mesh]` explodes, `:NoExp` keeps from it, and takes a subheading with those below it.

use super::Effect;
use super::dates::shown;
use super::rules::{FieldStyle, Fields, Fit, Heading, Proximity, Qualifier, Row, Rules, Wildcards, Written, named, row, span};
use crate::record::qualifier;
use crate::strategy::{Limit, group_headings};
use crate::thesaurus::Thesaurus;

pub(super) const RULES: Rules = Rules {
    doubt: Some(doubt),
    name: "PubMed",
    reference: "#",
    not: " NOT ",
    quote: '"',
    proximity: Proximity::Tag { tags: &["ti", "tiab", "ad"] },
    wildcards: Wildcards { one: None, one_or_none: None, at_most: None, inside: false, in_phrases: true, shortest: 4 },
    fields: Fields {
        style: FieldStyle::EachTerm,
        together: &[
            Row { codes: &["ti", "ab", "kf"], tags: &["tiab"], fit: Fit::Same },
            Row { codes: &["ti", "ab"], tags: &["tiab"], fit: Fit::Note(TIAB) },
            Row { codes: &["tw", "kf"], tags: &["tiab"], fit: Fit::Same },
        ],
        alone: &[
            row("ti", &["ti"], Fit::Same),
            row("ab", &["tiab"], Fit::Wider("[tiab] finds titles and author keywords too")),
            row("tw", &["tiab"], Fit::Note(TIAB)),
            row("mp", &["tw"], Fit::Note("[tw] finds words of publication types too, and no words of journals")),
            row("af", &["all"], Fit::Same),
            row("ot", &["tt"], Fit::Same),
            row("bt", &["book"], Fit::Same),
            row("kf", &["ot"], Fit::Same),
            row("kw", &["ot"], Fit::Note(WHOLE)),
            row("id", &["ot"], Fit::Same),
            row("hw", &["tw"], Fit::Wider("PubMed has no words of headings alone: [tw] finds titles and abstracts too")),
            row("mf", &["tw"], Fit::Wider("PubMed has no words of headings alone: [tw] finds titles and abstracts too")),
            row("dw", &["tw"], Fit::Wider("PubMed has no words of headings alone: [tw] finds titles and abstracts too")),
            row("sh", &["mh:noexp"], Fit::Same),
            row("mh", &["mh:noexp"], Fit::Same),
            row("de", &["mh:noexp"], Fit::Same),
            row("nm", &["nm"], Fit::Note(WHOLE)),
            row("rs", &["nm"], Fit::Note(WHOLE)),
            row("px", &["nm"], Fit::Note(WHOLE)),
            row("ox", &["nm"], Fit::Note(WHOLE)),
            row("rx", &["nm"], Fit::Note(WHOLE)),
            row("rn", &["rn"], Fit::Same),
            row("pt", &["pt"], Fit::Note("[pt] finds narrower publication types too")),
            row("au", &["au"], Fit::Same),
            row("fa", &["fau"], Fit::Same),
            row("ax", &["au"], Fit::Same),
            row("pa", &["1au"], Fit::Same),
            row("in", &["ad"], Fit::Same),
            row("cp", &["pl"], Fit::Same),
            row("pu", &["pubn"], Fit::Same),
            row("jn", &["ta"], Fit::Same),
            row("jw", &["ta"], Fit::Narrower("[ta] takes whole names of journals")),
            row("jx", &["ta"], Fit::Narrower("[ta] takes whole names of journals")),
            row("nw", &["ta"], Fit::Narrower("[ta] takes whole names of journals")),
            row("ja", &["ta"], Fit::Same),
            row("nj", &["ta"], Fit::Same),
            row("vo", &["vi"], Fit::Same),
            row("ip", &["ip"], Fit::Same),
            row("pg", &["pg"], Fit::Same),
            row("is", &["ta"], Fit::Same),
            row("ui", &["pmid"], Fit::Same),
            row("pm", &["pmid"], Fit::Same),
            row("do", &["aid"], Fit::Same),
            row("si", &["si"], Fit::Same),
            row("sb", &["sb"], Fit::Same),
            row("gi", &["gr"], Fit::Same),
            row("no", &["gr"], Fit::Same),
        ],
        everywhere: &["all"],
        merged: &[("ti", "tiab", "tiab")],
    },
    heading,
    qualifier: |qualifier| Some(format!("\"{}\"[sh:noexp]", qualifier.name)),
    limit,
};

const TIAB: &str = "[tiab] finds author keywords too";
const WHOLE: &str = "the field is searched by whole names and by their words alike";

/// PubMed looks up phrases in an index that truncation before the last word may not reach (Journal of the Medical Library
/// Association 105, 2017, doi 10.5195/jmla.2017.261).
fn doubt(text: &str) -> Option<String> {
    let phrase = text.split('"').skip(1).step_by(2).find(|phrase| phrase.contains("* "))?;
    Some(format!("\"{phrase}\": PubMed may not find phrases with truncation before their last word"))
}

fn heading(heading: &Heading) -> Written {
    let tag = match (heading.focus, heading.explode) {
        (false, true) => "Mesh",
        (false, false) => "Mesh:NoExp",
        (true, true) => "Majr",
        (true, false) => "Majr:NoExp",
    };
    let name = |qualifier: Option<&Qualifier>| match qualifier {
        None => format!("\"{}\"[{tag}]", heading.name),
        Some(qualifier) => format!("\"{}/{}\"[{tag}]", heading.name, qualifier.name),
    };
    let has_all_below = |qualifier: &Qualifier| {
        qualifier::explode(&qualifier.code).iter().all(|below| heading.qualifiers.iter().any(|other| other.code == *below))
    };
    // What a subheading brings with it need not be written.
    let is_below = |qualifier: &Qualifier| {
        let above = heading.qualifiers.iter().filter(|other| other.code != qualifier.code && has_all_below(other));
        heading.explode && above.into_iter().any(|above| qualifier::explode(&above.code).contains(&qualifier.code.as_str()))
    };
    let mut written = match heading.qualifiers.as_slice() {
        [] => Written::whole(name(None)),
        qualifiers => {
            let names: Vec<String> = qualifiers.iter().filter(|qualifier| !is_below(qualifier)).map(|one| name(Some(one))).collect();
            Written::joined(&names, " OR ")
        }
    };
    if let Some(qualifier) = heading.qualifiers.iter().find(|qualifier| heading.explode && !has_all_below(qualifier)) {
        let sentence = format!("\"{}\": [{tag}] adds the subheadings below \"{}\"", heading.shown(), qualifier.name);
        written = written.but(Effect::Wider, sentence);
    }
    if !heading.is_known {
        written = written.but(Effect::Other, format!("\"{}\" is no heading of MeSH as refsieve knows it", heading.name));
    }
    written
}

fn limit(limit: &Limit, thesaurus: &Thesaurus) -> Option<Written> {
    let check_tag = |name: &str| format!("\"{name}\"[Mesh:NoExp]");
    Some(match limit {
        Limit::Language(names) => Written::joined(&names.iter().map(|name| format!("{}[la]", named(name))).collect::<Vec<_>>(), " OR "),
        Limit::Years(from, to) => Written::whole(format!("{}[dp]", span(from.unwrap_or(1000), ':', to.unwrap_or(3000)))),
        Limit::Humans => Written::whole(check_tag("Humans")),
        Limit::Animals => Written::whole(check_tag("Animals")),
        Limit::PublicationType(name) => {
            let name = if name == "clinical trial, all" { "clinical trial" } else { name };
            Written::whole(format!("\"{name}\"[pt]")).knowing("a publication type: [pt] finds narrower types too")
        }
        Limit::Abstracts => Written::whole("hasabstract"),
        Limit::Dates(code, from, to) => {
            let tag = match code.as_str() {
                "dp" => "dp",
                "ep" => "epdat",
                "dt" | "dc" | "da" => "crdt",
                "ez" => "edat",
                "ed" => "mhda",
                "rd" | "up" => "lr",
                _ => return None,
            };
            Written::whole(format!("{}:{}[{tag}]", shown(from.unwrap_or(10_000_000)), shown(to.unwrap_or(30_000_000))))
        }
        Limit::Group(name) => {
            let known = group_headings(name).iter().filter_map(|name| thesaurus.resolve(name));
            let mut tags: Vec<String> = known.map(|known| check_tag(known.descriptor.heading())).collect();
            tags.dedup();
            if tags.is_empty() {
                return None;
            }
            Written::joined(&tags, " OR ")
        }
        _ => return None,
    })
}
