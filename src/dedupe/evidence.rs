//! The evidence about a pair in words: "title .98, same DOI, first page 123 = 123, year 2019/2020".

use super::compare::{AbstractLevel, Agreement, AuthorLevel, Comparison, DoiLevel, JournalLevel, PageLevel, TitleLevel};
use crate::normalize::{NormalForm, Numeral};
use std::fmt::Write as _;

/// What agrees and what does not; what a side does not say is left out.
pub(super) fn in_words(left: &NormalForm, right: &NormalForm, pair: &Comparison) -> String {
    let mut out = String::with_capacity(120);
    if pair.identical {
        out.push_str("identical in all but id and origin");
        return out;
    }
    title(pair, &mut out);
    match pair.doi {
        DoiLevel::Silent => {}
        DoiLevel::Same => say(&mut out, "same DOI"),
        DoiLevel::Shared => say(&mut out, "a DOI that other titles share"),
        DoiLevel::Versions => say(&mut out, "versions of one DOI or review"),
        DoiLevel::Different => say(&mut out, "different DOIs"),
    }
    agreement(&mut out, pair.pmid, "PMID");
    agreement(&mut out, pair.registry, "registry number");
    agreement(&mut out, pair.isbn, "ISBN");
    match pair.authors {
        AuthorLevel::Silent => {}
        AuthorLevel::All => say(&mut out, "same authors"),
        AuthorLevel::First => say(&mut out, "same first author"),
        AuthorLevel::FirstOnly => say(&mut out, "same first author, others differ"),
        AuthorLevel::Some => say(&mut out, "another first author, some authors in common"),
        AuthorLevel::None => say(&mut out, "different authors"),
    }
    match pair.journal {
        JournalLevel::Silent => {}
        JournalLevel::Same => say(&mut out, "same journal"),
        JournalLevel::Abbreviated => say(&mut out, "journal abbreviated"),
        JournalLevel::Partial => say(&mut out, "journal alike"),
        JournalLevel::Different => say(&mut out, "different journals"),
    }
    numeral(&mut out, "volume", left.volume, right.volume);
    numeral(&mut out, "issue", left.issue, right.issue);
    if let (Some(left), Some(right)) = (left.pages, right.pages) {
        let sign = if matches!(pair.pages, PageLevel::Same | PageLevel::First) { "=" } else { "/" };
        let _ = write!(separated(&mut out), "first page {} {sign} {}", left.first, right.first);
    }
    match (left.year, right.year) {
        (Some(left), Some(right)) if left == right => {
            let _ = write!(separated(&mut out), "year {left}");
        }
        (Some(left), Some(right)) => {
            let _ = write!(separated(&mut out), "year {left}/{right}");
        }
        _ => {}
    }
    match pair.sketch {
        AbstractLevel::Silent => {}
        AbstractLevel::Same => say(&mut out, "same abstract"),
        AbstractLevel::Similar => say(&mut out, "similar abstract"),
        AbstractLevel::Unlike | AbstractLevel::Different => say(&mut out, "different abstracts"),
    }
    if let Some(class) = pair.class_conflict.or(pair.class_doubt) {
        let name = class.name();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let _ = write!(separated(&mut out), "only one is {article} {name}");
    }
    out
}

fn title(pair: &Comparison, out: &mut String) {
    let Some(similarity) = pair.title.similarity else { return };
    let note = match pair.title.level {
        TitleLevel::Extended => " (one extends the other)",
        TitleLevel::Substituted => " (a word differs)",
        TitleLevel::Inserted => " (a word is missing)",
        _ => "",
    };
    let hundredths = format!("{similarity:.2}");
    let _ = match hundredths.as_str() {
        "1.00" => write!(out, "title 1.0{note}"),
        "0.00" if pair.title.level == TitleLevel::Extended => write!(out, "one title extends the other"),
        "0.00" => write!(out, "different titles"),
        other => write!(out, "title {}{note}", other.trim_start_matches('0')),
    };
    if pair.title.parts_differ {
        say(out, "different parts");
    }
}

fn separated(out: &mut String) -> &mut String {
    if !out.is_empty() {
        out.push_str(", ");
    }
    out
}

fn say(out: &mut String, what: &str) {
    separated(out).push_str(what);
}

fn agreement(out: &mut String, level: Agreement, what: &str) {
    let _ = match level {
        Agreement::Silent => Ok(()),
        Agreement::Agrees => write!(separated(out), "same {what}"),
        Agreement::Contradicts => write!(separated(out), "different {what}"),
    };
}

fn numeral(out: &mut String, what: &str, left: Option<Numeral>, right: Option<Numeral>) {
    let (Some(left), Some(right)) = (left, right) else { return };
    if left.number == 0 || right.number == 0 {
        return;
    }
    let _ = if left.number == right.number {
        write!(separated(out), "{what} {}", left.number)
    } else {
        write!(separated(out), "{what} {}/{}", left.number, right.number)
    };
}
