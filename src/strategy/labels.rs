//! The number before a line, and the hit column after it.
//!
//! Goes in: one physical line. Comes out: the parts of it that are not query. Whether a number that could be a label is
//! one, and whether a column is a column, only the other lines can tell: that is [`super::reader`]'s business.

use super::lexer::{TokenKind, is_operator, tokens};
use super::operands;
use super::typography::{is_blank, is_invisible, number, plain, plain_lower};

/// How a label is set off from its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LabelStyle {
    /// `1<TAB>x`
    Tab,
    /// `1. x`
    Stop,
    /// `1) x`
    Bracket,
    /// `1: x`
    Colon,
    /// `#1 x`
    Hash,
    /// `1 x`
    Blank,
    /// The number alone; the query stands on the next physical line.
    Alone,
}

/// A number at the beginning of a line that may be its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) number: u32,
    pub(super) style: LabelStyle,
    /// Where the query begins, in bytes of the physical line.
    pub(super) rest: usize,
}

/// Line numbers have at most this many digits; longer numbers are something else (a PMID, a hit count).
const MOST_DIGITS: usize = 4;

/// The label that `line` may begin with. `1 or 2` has none, `1 or/2-3` has one, and so has `1. or 2`, whose stop says so.
pub(super) fn label(line: &str) -> Option<Label> {
    any_label(line).filter(|label| {
        let is_set_off = matches!(label.style, LabelStyle::Tab | LabelStyle::Stop | LabelStyle::Colon | LabelStyle::Alone);
        is_set_off || !continues_an_operand(&line[label.rest..])
    })
}

/// The label that `line` begins with, if its first number is one, whatever stands after it.
pub(super) fn any_label(line: &str) -> Option<Label> {
    let mut at = skip(line, 0, is_blank);
    let hash = line[at..].starts_with('#');
    if hash {
        at = skip(line, at + 1, is_blank);
    }
    let digits_end = skip(line, at, |character| character.is_ascii_digit());
    let value: u32 = line[at..digits_end].parse().ok()?;
    if digits_end - at > MOST_DIGITS {
        return None;
    }
    let blanks_end = skip(line, digits_end, is_blank);
    let mark = line[blanks_end..].chars().next().map(plain);
    let after_mark = blanks_end + line[blanks_end..].chars().next().map_or(0, char::len_utf8);
    let (style, rest) = match mark {
        None => (LabelStyle::Alone, line.len()),
        Some('.') if blanks_end == digits_end => (LabelStyle::Stop, after_mark),
        Some(')') if blanks_end == digits_end => (LabelStyle::Bracket, after_mark),
        Some(':') => (LabelStyle::Colon, after_mark),
        Some(_) if hash && blanks_end > digits_end => (LabelStyle::Hash, blanks_end),
        Some(_) if line[digits_end..blanks_end].contains('\t') => (LabelStyle::Tab, blanks_end),
        Some(_) if blanks_end > digits_end => (LabelStyle::Blank, blanks_end),
        Some(_) => return None,
    };
    let style = if hash && style != LabelStyle::Alone { LabelStyle::Hash } else { style };
    let begin = skip(line, rest, is_blank);
    let query = &line[begin..];
    if query.is_empty() {
        return Some(Label { number: value, style: LabelStyle::Alone, rest: line.len() });
    }
    // `2018:2023.(sa_year).`: a range of years.
    if style == LabelStyle::Colon && begin == rest && operands::years(line).is_some() {
        return None;
    }
    // `2019.yr.`: the number is what is searched.
    if style == LabelStyle::Stop && begin == rest && tokens(&line[at..]).get(1).is_some_and(|token| token.kind == TokenKind::Suffix) {
        return None;
    }
    // `0.5 mg`
    if style == LabelStyle::Stop && begin == rest && query.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    Some(Label { number: value, style, rest: begin })
}

/// Whether `text` can only follow an operand: it begins with an operator (not `or/1-3`, nor `or 1-3`, which is the same
/// with a slip), a suffix, a closing bracket.
pub(super) fn continues_an_operand(text: &str) -> bool {
    let tokens = tokens(text);
    let Some(first) = tokens.first() else { return false };
    let mut following = tokens.iter().skip(1).filter(|token| token.kind != TokenKind::Blank);
    match first.kind {
        TokenKind::Word if is_operator(first.text) => match (following.next(), following.next()) {
            (Some(slash), _) if slash.kind == TokenKind::Slash => false,
            (Some(label), Some(dash)) if dash.kind == TokenKind::Dash => number(label.text).is_none(),
            _ => true,
        },
        TokenKind::Word => plain_lower(first.text) == "use" && tokens.len() == 3,
        TokenKind::Close | TokenKind::Comma | TokenKind::Dash | TokenKind::Suffix | TokenKind::Slash => true,
        _ => false,
    }
}

/// A number at the end of a line that may be its count of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hits {
    pub(super) count: u64,
    /// Where the query ends, in bytes of the text.
    pub(super) end: usize,
    /// Whether the number cannot be part of the query, whatever the other lines look like.
    pub(super) certain: bool,
}

/// The hit count that `query` may end with: `(397350)`, `<TAB>397,350`, several blanks and a number, or a number after
/// what can only be the end of an operand.
pub(super) fn hits(query: &str) -> Option<Hits> {
    let mut text = query.trim_end_matches(is_blank);
    for word in ["Advanced", "Basic"] {
        if let Some(shorter) = text.strip_suffix(word).filter(|shorter| shorter.ends_with(is_blank)) {
            text = shorter.trim_end_matches(is_blank);
        }
    }
    let (inside, bracketed) = match text.strip_suffix(')') {
        Some(inside) => (inside.trim_end_matches(is_blank), true),
        None => (text, false),
    };
    // `1 and 2 350` may end in a reference and a count; only where no reference can stand is a blank part of the count.
    let with_blanks = grouped_digits(inside, BLANK_SEPARATORS)?;
    let digits = if bracketed || ends_complete(inside[..with_blanks].trim_end_matches(is_blank)) {
        with_blanks
    } else {
        grouped_digits(inside, SEPARATORS)?
    };
    let count = digits_of(&inside[digits..])?;
    let mut end = digits;
    if bracketed {
        end = inside[..digits].trim_end_matches(is_blank).strip_suffix('(')?.len();
    }
    let before = query[..end].trim_end_matches(is_blank);
    let gap = &query[before.len()..end];
    if before.is_empty() || (gap.is_empty() && !bracketed) {
        return None;
    }
    let is_limit = || plain_lower(before).starts_with("limit ") && before.ends_with(|end| matches!(plain(end), '"' | ')'));
    let certain = ends_complete(before) || (bracketed && (is_limit() || is_only_references(before)));
    let wide = gap.contains('\t') || gap.chars().filter(|&character| !is_invisible(character)).count() > 1;
    (certain || bracketed || wide).then_some(Hits { count, end: before.len(), certain })
}

/// The number that a whole line may be: a hit count in a table copied cell by cell.
pub(super) fn count_alone(line: &str) -> Option<u64> {
    let text = line.trim_matches(is_blank);
    if grouped_digits(text, BLANK_SEPARATORS)? == 0 { digits_of(text) } else { None }
}

/// What sets off thousands, besides an ordinary blank.
const SEPARATORS: &[char] = &[',', '.', '\'', '’', '\u{a0}', '\u{2009}', '\u{202f}'];
const BLANK_SEPARATORS: &[char] = &[',', '.', '\'', '’', '\u{a0}', '\u{2009}', '\u{202f}', ' '];

/// Where the number at the end of `text` begins: digits, or groups of three digits after one of the `separators`.
fn grouped_digits(text: &str, separators: &[char]) -> Option<usize> {
    let digits_before = |end: usize| text[..end].len() - text[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let last = digits_before(text.len());
    if last == 0 {
        return None;
    }
    let mut begin = text.len() - last;
    let mut group = last;
    while group == 3 {
        let Some(separator) = text[..begin].chars().next_back() else { break };
        if !separators.contains(&separator) {
            break;
        }
        let end = begin - separator.len_utf8();
        group = digits_before(end);
        if group == 0 || group > 3 {
            break;
        }
        begin = end - group;
    }
    Some(begin)
}

fn digits_of(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Whether `text` combines lines and nothing else: `1 and (2 or 3)`, `or/1-3`. A number in brackets cannot go on after it.
fn is_only_references(text: &str) -> bool {
    tokens(text).iter().all(|token| match token.kind {
        TokenKind::Word => is_operator(token.text) || token.text.bytes().all(|byte| byte.is_ascii_digit()),
        TokenKind::Blank | TokenKind::Open | TokenKind::Close | TokenKind::Slash | TokenKind::Dash | TokenKind::Comma => true,
        _ => false,
    })
}

/// Whether nothing but an operator can follow `text`: it ends in a field suffix or in the slash of a heading.
pub(super) fn ends_complete(text: &str) -> bool {
    let tokens = tokens(text);
    tokens
        .iter()
        .rev()
        .find(|token| !matches!(token.kind, TokenKind::Blank | TokenKind::Note))
        .is_some_and(|last| last.kind == TokenKind::Suffix || (last.kind == TokenKind::Slash && tokens.len() > 1))
}

/// Where the characters that fulfil `wanted` end, from byte `from` on.
fn skip(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> usize {
    text[from..].char_indices().find(|&(_, character)| !wanted(character)).map_or(text.len(), |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_a_line_are_labels_where_no_operand_goes_on() {
        use LabelStyle::{Alone, Blank, Bracket, Colon, Hash, Stop, Tab};
        for (line, expected) in [
            ("1\tPeer Group", Some((1, Tab, "Peer Group"))),
            ("1. x", Some((1, Stop, "x"))),
            ("1.\tx", Some((1, Stop, "x"))),
            ("12.exp Asthma/", Some((12, Stop, "exp Asthma/"))),
            ("1) x", Some((1, Bracket, "x"))),
            ("1: x", Some((1, Colon, "x"))),
            ("#1 x", Some((1, Hash, "x"))),
            ("# 1. x", Some((1, Hash, "x"))),
            (" 14 or/1-13", Some((14, Blank, "or/1-13"))),
            ("14 1 and 2", Some((14, Blank, "1 and 2"))),
            ("14", Some((14, Alone, ""))),
            ("14.", Some((14, Alone, ""))),
            ("1. or 2", Some((1, Stop, "or 2"))),
            ("1 or 2", None),
            ("4 not (5 or 6)", None),
            ("2019.yr.", None),
            ("5 use medall", None),
            ("2020 or 2021).tw.", None),
            ("0.5 mg.tw.", None),
            ("12345 x", None),
            ("#1 and #2", None),
            ("asthma.ti.", None),
        ] {
            let found = label(line).map(|label| (label.number, label.style, &line[label.rest..]));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn numbers_after_a_line_are_hits_where_the_query_is_complete() {
        for (query, expected) in [
            ("asthma.ti. (1234)", Some((1234, "asthma.ti.", true))),
            ("exp Asthma/ 397,350", Some((397_350, "exp Asthma/", true))),
            ("exp Asthma/\t397 350", Some((397_350, "exp Asthma/", true))),
            ("exp Asthma/\t397350\tAdvanced", Some((397_350, "exp Asthma/", true))),
            ("1 or 2   397.350", Some((397_350, "1 or 2", false))),
            ("1 or 2 (5000)", Some((5000, "1 or 2", true))),
            ("limit 3 to yr=\"2012 -Current\" (2030)", Some((2030, "limit 3 to yr=\"2012 -Current\"", true))),
            ("type (2)", Some((2, "type", false))),
            ("covid 2019", None),
            ("1 or 2", None),
            ("covid  2019", Some((2019, "covid", false))),
            ("or/1-3", None),
            ("(a or b 12)", None),
        ] {
            let found = hits(query).map(|hits| (hits.count, &query[..hits.end], hits.certain));
            assert_eq!(found, expected, "{query}");
        }
    }
}
