//! Cells that pack several facts: PubMed's citation, Embase.com's source, Zotero's extra. The whole is kept, its parts are
//! added behind it.

use super::lists::Value;
use crate::record::Field;
use std::ops::Range;

/// "J Inv. 2020 Feb;63(2):103-9. doi: 10.5555/1. Epub 2019 Mar 25."
pub(super) fn citation(text: &str, out: &mut Vec<Value>) {
    out.push((Field::Other, 0..text.len()));
    // What follows is about other editions and identifiers.
    let before = |end: usize, mark: &str| memchr::memmem::find(&text.as_bytes()[..end], mark.as_bytes()).unwrap_or(end);
    let end = [" doi:", " pii:", " Epub ", " eCollection "].into_iter().fold(text.len(), before);
    let Some(date_start) = text[..end].find(". ").map(|at| at + 2) else { return };
    let facts = &text[date_start..end];
    let date_len = facts.find([';', ':', '.']).unwrap_or(facts.len());
    push(text, Field::Date, date_start..date_start + date_len, out);
    let mut at = date_start + date_len;
    let stop = text[at..end].find(". ").map_or(end, |dot| at + dot);
    let stop = at + text[at..stop].trim_end_matches([' ', '.']).len();
    if text[at..stop].starts_with(';') {
        at += 1;
        let volume_len = text[at..stop].find(['(', ':']).unwrap_or(stop - at);
        push(text, Field::Volume, at..at + volume_len, out);
        at += volume_len;
        if text[at..stop].starts_with('(') {
            let issue_len = text[at..stop].find(')').unwrap_or(stop - at);
            push(text, Field::Issue, at + 1..at + issue_len, out);
            at = (at + issue_len + 1).min(stop);
        }
    }
    if text[at..stop].starts_with(':') {
        push(text, Field::Pages, at + 1..stop, out);
    }
}

/// "Journal (2014) 3:3 (152-160) Article Number: 7. Date of Publication: 1 May 2014"
pub(super) fn source(text: &str, out: &mut Vec<Value>) {
    out.push((Field::Other, 0..text.len()));
    let Some(year) = year_in_brackets(text) else { return };
    push(text, Field::Journal, 0..year.start - 1, out);
    push(text, Field::Year, year.clone(), out);
    let rest_start = year.end + 1;
    let rest = &text[rest_start..];
    let labelled = |label: &str, until: &str| {
        let start = rest.find(label)? + label.len();
        let len = rest[start..].find(until).unwrap_or(rest.len() - start);
        Some(rest_start + start..rest_start + start + len)
    };
    let numbers_end = [" (", " Article Number:", ". Date of Publication:"].iter().filter_map(|mark| rest.find(mark)).min();
    let numbers = rest[..numbers_end.unwrap_or(rest.len())].trim_end_matches(['.', ' ']);
    let colon = numbers.find(':').unwrap_or(numbers.len());
    push(text, Field::Volume, rest_start..rest_start + colon, out);
    push(text, Field::Issue, rest_start + (colon + 1).min(numbers.len())..rest_start + numbers.len(), out);
    if let Some(pages) = rest.find(" (").filter(|at| Some(*at) == numbers_end) {
        let len = rest[pages..].find(')').unwrap_or(rest.len() - pages);
        push(text, Field::Pages, rest_start + (pages + 2).min(pages + len)..rest_start + pages + len, out);
    }
    if let Some(number) = labelled("Article Number: ", ". ") {
        let len = text[number.clone()].trim_end_matches('.').len();
        push(text, Field::ArticleNumber, number.start..number.start + len, out);
    }
    if let Some(date) = labelled("Date of Publication: ", "\n") {
        push(text, Field::Date, date, out);
    }
}

/// "Place: Norway PMID: 516334"
pub(super) fn extra(text: &str, out: &mut Vec<Value>) {
    out.push((Field::Note, 0..text.len()));
    for (label, field) in [("PMID: ", Field::Pmid), ("PMCID: ", Field::Pmcid), ("DOI: ", Field::Doi)] {
        let starts_word = |at: &usize| *at == 0 || text[..*at].ends_with(char::is_whitespace);
        let Some(at) = memchr::memmem::find_iter(text.as_bytes(), label).find(starts_word) else { continue };
        let start = at + label.len();
        let len = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
        push(text, field, start..start + len, out);
    }
}

/// The four digits of the first " (2014)".
fn year_in_brackets(text: &str) -> Option<Range<usize>> {
    text.match_indices(" (").map(|(at, _)| at + 2).find_map(|start| {
        let year = text.get(start..start + 5)?;
        (year.ends_with(')') && year[..4].bytes().all(|byte| byte.is_ascii_digit())).then_some(start..start + 4)
    })
}

fn push(text: &str, field: Field, range: Range<usize>, out: &mut Vec<Value>) {
    let part = &text[range.clone()];
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let start = range.start + (part.len() - part.trim_start().len());
        out.push((field, start..start + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field::{ArticleNumber, Date, Doi, Issue, Journal, Note, Other, Pages, Pmid, Volume, Year};

    type Unpack = fn(&str, &mut Vec<Value>);

    /// The parts of `text`; the first, which is all of it, is left out.
    fn parts(unpack: Unpack, text: &str) -> Vec<(Field, &str)> {
        let mut out = Vec::new();
        unpack(text, &mut out);
        assert!(matches!(out[0].0, Other | Note) && out[0].1 == (0..text.len()), "{text}");
        out.into_iter().skip(1).map(|(field, range)| (field, &text[range])).collect()
    }

    #[test]
    fn citations_of_pubmed() {
        for (text, expected) in [
            (
                "J Inv. 2020 Feb;63(2):103-9. doi: 10.5555/1. Epub 2019.",
                vec![(Date, "2020 Feb"), (Volume, "63"), (Issue, "2"), (Pages, "103-9")],
            ),
            ("Inv. 2022 Nov 30;11:e80092. doi: 10.5555/1.", vec![(Date, "2022 Nov 30"), (Volume, "11"), (Pages, "e80092")]),
            ("J Inv. 2021;5(3 Suppl 1):S1-9.", vec![(Date, "2021"), (Volume, "5"), (Issue, "3 Suppl 1"), (Pages, "S1-9")]),
            ("J Inv. 2024 Jan 5:1-12. doi: 10.5555/1.", vec![(Date, "2024 Jan 5"), (Pages, "1-12")]),
            ("J Inv. 2024 Jan 5. doi: 10.5555/1. Online ahead of print.", vec![(Date, "2024 Jan 5")]),
            ("J Inv. 2020;7(2", vec![(Date, "2020"), (Volume, "7"), (Issue, "2")]),
            ("nothing of the sort", vec![]),
        ] {
            assert_eq!(parts(citation, text), expected, "{text}");
        }
    }

    #[test]
    fn sources_of_embase() {
        for (text, expected) in [
            (
                "J. Inv. (Oslo) (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004",
                vec![(Journal, "J. Inv. (Oslo)"), (Year, "2004"), (Volume, "102"), (Issue, "4"), (Pages, "253-258"), (Date, "25 Aug 2004")],
            ),
            (
                "Inv (2024) 15:1 Article Number: 4063. Date of Publication: 1 Dec 2024",
                vec![(Journal, "Inv"), (Year, "2024"), (Volume, "15"), (Issue, "1"), (ArticleNumber, "4063"), (Date, "1 Dec 2024")],
            ),
            ("Inv (2024) 7 SUPPL. 1 (S8)", vec![(Journal, "Inv"), (Year, "2024"), (Volume, "7 SUPPL. 1"), (Pages, "S8")]),
            ("Inv (2024). Date of Publication: 2024", vec![(Journal, "Inv"), (Year, "2024"), (Date, "2024")]),
            ("Inv (2024) (", vec![(Journal, "Inv"), (Year, "2024")]),
            ("nothing of the sort", vec![]),
        ] {
            assert_eq!(parts(source, text), expected, "{text}");
        }
    }

    #[test]
    fn extras_of_zotero() {
        assert_eq!(parts(extra, "Place: Oslo PMID: 77 DOI: 10.5555/1"), [(Pmid, "77"), (Doi, "10.5555/1")]);
        assert_eq!(parts(extra, "NPMID: 77"), []);
    }
}
