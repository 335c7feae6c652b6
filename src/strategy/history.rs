//! What PubMed's history and those who print it put around the queries.
//!
//! Goes in: physical lines and queries as written. Comes out: which of them are no query, and which part of one is.

use super::labels::{self, Hits, Label, LabelStyle};
use super::lexer::is_operator;
use super::typography::{is_blank, plain, plain_lower};
use crate::diagnostic::Span;

/// How headings of the table and of sections begin.
const HEADER_STARTS: &[&str] = &["search number", "search combination", "searches", "final search", "search terms", "pubmed", "database"];
/// What the columns of the table are called.
const COLUMNS: &[&str] = &["search", "query", "history", "items found", "time"];

/// Whether a physical line without a number is a heading of the table or of a section.
pub(super) fn is_header(line: &str) -> bool {
    let text = plain_lower(line);
    let text = text.trim_end_matches(':');
    !has_syntax(line) && (HEADER_STARTS.iter().any(|start| text.starts_with(start)) || COLUMNS.contains(&text))
}

/// Whether the label is the first half of `2010:2020[dp]`.
pub(super) fn is_date(line: &str, label: &Label) -> bool {
    label.style == LabelStyle::Colon && line[label.rest..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line is a number and a letter, as authors name the parts of a line: `4a`.
pub(super) fn is_lettered(line: &str) -> bool {
    let line = line.trim_matches(|c| is_blank(c) || matches!(c, '.' | ')'));
    let digits = line.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    line.len() == digits.len() + 1 && (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line combines others and is nothing else: `1 AND 2 NOT #3`.
pub(super) fn is_combination(line: &str) -> bool {
    let mut n_numbers = 0;
    let is_part = line.split(|c: char| is_blank(c) || matches!(plain(c), '(' | ')')).filter(|word| !word.is_empty()).all(|word| {
        let digits = word.trim_start_matches('#');
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        n_numbers += usize::from(is_number);
        is_number || is_operator(word)
    });
    is_part && n_numbers > 1
}

/// The heading of a section that stands before a query, and the query itself: without "Search" before it and the time behind.
pub(super) fn strip(query: &str) -> (Option<Span>, Span) {
    let mut rest = Span::new(0, query.len());
    let mut remark = None;
    // "Population: low-back pain", and the query on the next line.
    if let Some(end) = query.find(['\n', '\r'])
        && query[..end].contains(": ")
        && !has_syntax(&query[..end])
        && has_syntax(&query[end..])
    {
        remark = Some(Span::new(0, end));
        rest.start = end + (query[end..].len() - query[end..].trim_start_matches(is_blank).len());
    }
    let begins = |word: &str| query[rest.start..].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if let Some(word) = ["search: ", "search ", "search\t"].into_iter().find(|word| begins(word)) {
        let after = &query[rest.start + word.len()..];
        let trimmed = after.trim_start_matches(is_blank);
        // "search strateg*[tiab]" is a query.
        if trimmed.starts_with(|c: char| matches!(plain(c), '(' | '"' | '#')) || word == "search: " || ends_in_time(query) {
            rest.start = query.len() - trimmed.len();
        }
    }
    if ends_in_time(query) {
        let end = query.trim_end_matches(is_blank);
        rest.end = end[..end.len() - "00:00:00".len()].trim_end_matches(is_blank).len().max(rest.start);
    }
    (remark, rest)
}

/// `12:34:56`, when a search was made.
fn ends_in_time(query: &str) -> bool {
    let bytes = query.trim_end_matches(is_blank).as_bytes();
    let Some(time) = bytes.len().checked_sub(9).and_then(|from| bytes.get(from..)) else { return false };
    let is_time = (1..9).all(|at| if at % 3 == 0 { time[at] == b':' } else { time[at].is_ascii_digit() });
    is_time && time[0].is_ascii_whitespace()
}

/// The count of hits that a query may end with. Behind a field tag, or behind lines that are combined by `#`, a number can be
/// nothing else.
pub(super) fn hits(query: &str) -> Option<Hits> {
    let trimmed = query.trim_end_matches(is_blank);
    let inside = trimmed.strip_suffix(')').unwrap_or(trimmed);
    let before_digits = inside.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}'));
    let digits: String = inside[before_digits.len()..].chars().filter(char::is_ascii_digit).collect();
    let before = before_digits.trim_end_matches(is_blank);
    let before = if inside.len() < trimmed.len() { before.strip_suffix('(').unwrap_or("").trim_end_matches(is_blank) } else { before };
    let is_set_off = before.len() < before_digits.len();
    let is_complete =
        before.ends_with(']') || (before.starts_with(['#', '(']) && is_combination(before) && !before.ends_with(is_operator_end));
    match digits.parse() {
        Ok(count) if is_set_off && is_complete => Some(Hits { count, end: before.len(), certain: true }),
        _ => labels::hits(query),
    }
}

fn is_operator_end(character: char) -> bool {
    !character.is_ascii_digit() && character != ')'
}

/// Whether a text has anything that only a query has.
fn has_syntax(text: &str) -> bool {
    text.chars().any(|c| matches!(plain(c), '[' | ']' | '"' | '*' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_query_is_no_part_of_it() {
        for (query, expected) in [
            ("asthma[tiab]", "asthma[tiab]"),
            ("Search (asthma[tiab]) 12:01:59", "(asthma[tiab])"),
            ("Search: asthma", "asthma"),
            ("search strateg*[tiab]", "search strateg*[tiab]"),
            ("Population: pupils\npupil*[tiab]", "pupil*[tiab]"),
            ("lung\ncancer[tiab]", "lung\ncancer[tiab]"),
        ] {
            let (_, rest) = strip(query);
            assert_eq!(&query[rest.start..rest.end], expected);
        }
        for (query, expected) in [
            ("asthma[tiab] 1,234", Some((1234, "asthma[tiab]"))),
            ("#1 AND #2 (89)", Some((89, "#1 AND #2"))),
            ("#1 AND #2 89", Some((89, "#1 AND #2"))),
            ("#1 AND 2", None),
            ("covid 2019", None),
            ("(asthma[tiab] OR 2019)", None),
        ] {
            assert_eq!(hits(query).filter(|hits| hits.certain).map(|hits| (hits.count, &query[..hits.end])), expected, "{query}");
        }
        assert!(is_combination("1 AND (2 or #3)") && !is_combination("1") && !is_combination("1 AND asthma"));
        assert!(is_header("Search combination") && !is_header("searches[tiab]"));
    }
}
