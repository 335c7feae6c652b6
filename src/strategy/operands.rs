//! Operands that are whole in themselves: line numbers, groups of lines, headings; and commands, which are whole lines.
//!
//! Goes in: the tokens of a line (without blanks) and a place among them. Comes out: the operand that begins there and the
//! place after it, or `None` where words begin.

use super::ast::{Combination, ExprKind, HeadingCertainty, HeadingLeaf, Pattern, PatternPart};
use super::foreign::ends_operand;
use super::lexer::{Token, TokenKind, is_operator, tokens};
use super::parser::{NodeKind, Problem};
use super::typography::{is_blank, number, plain, plain_lower};
use crate::diagnostic::{Code, Span};

/// An operand and where the tokens go on.
pub(super) struct Operand {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
    pub(super) next: usize,
    pub(super) remark: Option<Problem>,
}

/// A line that is a command.
pub(super) enum Command {
    /// `limit 48 to`; what follows are its limits.
    Limit(u32),
    /// `..l/48`; what follows are its limits.
    OldLimit(u32),
    /// `remove duplicates from 48`.
    Unique(u32),
    /// One that cannot be run.
    Unsupported(Problem),
}

/// No strategy has more lines; a range beyond is a slip.
const MOST_LINES: usize = 10_000;

/// No heading has so many words; looking further for its slash would only cost time.
const MOST_NAME_TOKENS: usize = 60;

/// The operand that begins at `at`, if it is one of these.
pub(super) fn whole(query: &str, tokens: &[Token<'_>], at: usize) -> Result<Option<Operand>, Problem> {
    if let Some(operand) = group(tokens, at)? {
        return Ok(Some(operand));
    }
    if let Some(operand) = heading(query, tokens, at) {
        return Ok(Some(operand));
    }
    Ok(line_number(tokens, at))
}

/// Whether the whole line is a command.
pub(super) fn command(tokens: &[Token<'_>]) -> Option<Command> {
    let word = |at: usize| tokens.get(at).filter(|token| token.kind == TokenKind::Word).map(|token| plain_lower(token.text));
    let is = |at: usize, wanted: &str| word(at).is_some_and(|word| word == wanted);
    let all = tokens.iter().map(|token| token.span).reduce(Span::to).unwrap_or_default();
    if is(0, "limit") && is(2, "to") && word(1).is_some() {
        let label = tokens.get(1)?;
        return Some(match reference(label.text) {
            Some(label) => Command::Limit(label),
            None => Command::Unsupported(Problem::new(Code::UnknownReference, label.span, format!("\"{}\"", label.text))),
        });
    }
    if is(0, "limit") && is(1, "to") {
        return Some(Command::Unsupported(Problem::new(Code::UnknownReference, tokens.get(1)?.span, "a limit without one")));
    }
    if is(0, "remove") && is(1, "duplicates") {
        let label = if is(2, "from") { tokens.get(3).filter(|_| tokens.len() == 4) } else { None };
        return Some(match label.and_then(|label| reference(label.text)) {
            Some(label) => Command::Unique(label),
            None => Command::Unsupported(Problem::new(Code::UnknownReference, all, "none that is clear")),
        });
    }
    let is_dot = |at: usize| tokens.get(at).is_some_and(|token| token.text == ".");
    let is_suffix = tokens.get(1).is_some_and(|token| token.kind == TokenKind::Suffix);
    if !is_dot(0) || !(is_suffix || is_dot(1)) || is_dot(2) {
        return None;
    }
    let name = if is_suffix { plain_lower(tokens[1].text.trim_matches('.')) } else { word(2).unwrap_or_default() };
    // The old form of a limit: `..l/3 yr=2010-2020`.
    let is_old_limit = matches!(name.as_str(), "l" | "limit") && tokens.get(3).is_some_and(|slash| slash.kind == TokenKind::Slash);
    if let Some(label) = tokens.get(4).filter(|_| is_old_limit).and_then(|label| reference(label.text)) {
        return Some(Command::OldLimit(label));
    }
    Some(Command::Unsupported(Problem::new(Code::SessionCommand, all, format!("the command \"..{name}\""))))
}

/// The place of a `limit 1`, `limit (1`, `1 use` or `use 1` at `at`, where no command can stand: its words would be searched
/// for.
pub(super) fn misplaced_command(tokens: &[Token<'_>], at: usize) -> Option<Span> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    let begins = at == 0 || tokens.get(at - 1).is_some_and(|before| before.kind == TokenKind::Open || is_operator(before.text));
    let is_number = |token: &Token<'_>| token.kind == TokenKind::Word && reference(token.text).is_some();
    let is = |token: &Token<'_>, word: &str| token.kind == TokenKind::Word && plain_lower(token.text) == word;
    let is_limit = is(token, "limit") && (is_number(next) || (at == 0 && next.kind == TokenKind::Open));
    let is_use = (is(token, "use") && is_number(next)) || (is_number(token) && is(next, "use"));
    (begins && (is_limit || is_use)).then(|| token.span.to(next.span))
}

/// The database of `48 use medall`, by its name in lower case: its last two tokens, behind a set.
pub(super) fn database(tokens: &[Token<'_>]) -> Option<String> {
    let [.., set, command, name] = tokens else { return None };
    let is_set = matches!(set.kind, TokenKind::Close | TokenKind::Suffix | TokenKind::Slash) || reference(set.text).is_some();
    let is_name = name.kind == TokenKind::Word && !is_operator(name.text);
    (is_set && is_name && plain_lower(command.text) == "use").then(|| plain_lower(name.text))
}

/// The years of `2018:2023.(sa_year).`, as the filters of Ovid's pages write them, and of `2018:2023.yr.`: the whole line.
pub(super) fn years(query: &str) -> Option<std::ops::RangeInclusive<u16>> {
    let text: String = plain_lower(query).chars().filter(|c| !matches!(c, ' ' | '"')).collect();
    let text = text.strip_suffix('.').unwrap_or(&text);
    let range = text.strip_suffix(".(sa_year)").or_else(|| text.strip_suffix(".yr").filter(|range| range.contains(':')))?;
    let (first, last) = range.split_once([':', '-'])?;
    let year = |text: &str| text.parse::<u16>().ok().filter(|year| text.len() == 4 && (1000..3000).contains(year));
    let (first, last) = (year(first)?, year(last)?);
    (first < last).then_some(first..=last)
}

/// Whether a physical line is a limit on an earlier line.
pub(super) fn is_limit(text: &str) -> bool {
    let tokens: Vec<Token<'_>> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Blank).collect();
    matches!(command(&tokens), Some(Command::Limit(_) | Command::OldLimit(_)))
}

/// The name of the heading that a whole line may be: words without operators and wildcards, or one quoted text.
pub(super) fn bare_name(query: &str, tokens: &[Token<'_>]) -> Option<String> {
    let is_name = |token: &Token<'_>| match token.kind {
        TokenKind::Word => !is_operator(token.text) && !has_wildcard(token.text),
        TokenKind::Comma | TokenKind::Dash => true,
        TokenKind::Quoted => tokens.len() == 1 && !has_wildcard(token.text),
        _ => false,
    };
    let name = collapsed(query, tokens);
    (tokens.iter().all(is_name) && name.chars().any(char::is_alphabetic)).then_some(name)
}

/// How many bytes the opening quotation mark of a quoted text takes, and what stands between the marks.
pub(super) fn inside_quotes(text: &str) -> (usize, &str) {
    let width = |mut characters: &mut dyn Iterator<Item = char>| {
        let first = (&mut characters).next();
        let second = characters.next();
        match (first, second) {
            // Two apostrophes are one mark.
            (Some(first), Some(second)) if plain(first) == '\'' && plain(second) == '\'' => first.len_utf8() + second.len_utf8(),
            (Some(first), _) => first.len_utf8(),
            (None, _) => 0,
        }
    };
    let (before, after) = (width(&mut text.chars()), width(&mut text.chars().rev()));
    (before, text.get(before..text.len() - after).unwrap_or_default())
}

/// A number as the word that it is where it is no reference.
pub(super) fn digits(text: &str) -> Pattern {
    Pattern { parts: vec![PatternPart::Literal(plain_lower(text))] }
}

fn has_wildcard(text: &str) -> bool {
    text.chars().any(|character| matches!(plain(character), '*' | '$' | '#' | '?' | ':'))
}

/// The number of a line, as `14` or `#14`.
fn reference(text: &str) -> Option<u32> {
    number(text.strip_prefix('#').unwrap_or(text))
}

fn line_number(tokens: &[Token<'_>], at: usize) -> Option<Operand> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let digits = plain_lower(token.text.strip_prefix('#').unwrap_or(token.text));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || !ends_operand(tokens, at + 1) {
        return None;
    }
    // A number past all numbers is a line that does not exist.
    let label = digits.parse().unwrap_or(u32::MAX);
    Some(Operand { kind: NodeKind::Number(label, self::digits(&digits)), span: token.span, next: at + 1, remark: None })
}

/// `or/1-13`, `and/1,3-5`.
fn group(tokens: &[Token<'_>], at: usize) -> Result<Option<Operand>, Problem> {
    let Some(operator) = tokens.get(at).filter(|token| token.kind == TokenKind::Word) else { return Ok(None) };
    let combination = match plain_lower(operator.text).as_str() {
        "and" => Combination::And,
        "or" => Combination::Or,
        _ => return Ok(None),
    };
    if tokens.get(at + 1).is_none_or(|token| token.kind != TokenKind::Slash)
        || tokens.get(at + 2).is_some_and(|token| is_operator(token.text))
    {
        return Ok(None);
    }
    let mut labels = Vec::new();
    let mut next = at + 2;
    loop {
        let (first, first_span) = label_at(tokens, next)?;
        next += 1;
        if tokens.get(next).is_some_and(|token| token.kind == TokenKind::Dash) {
            let (last, last_span) = label_at(tokens, next + 1)?;
            next += 2;
            let span = first_span.to(last_span);
            if last < first {
                return Err(Problem::new(Code::LineRange, span, format!("the falling range {first}-{last}")));
            }
            if (last - first) as usize >= MOST_LINES {
                return Err(Problem::new(Code::LineRange, span, format!("a range of more than {MOST_LINES} lines")));
            }
            labels.extend(first..=last);
        } else {
            labels.push(first);
        }
        if labels.len() > MOST_LINES {
            return Err(Problem::new(Code::LineRange, first_span, format!("more than {MOST_LINES} lines")));
        }
        if tokens.get(next).is_none_or(|token| token.kind != TokenKind::Comma) {
            break;
        }
        next += 1;
    }
    let span = tokens.get(at..next).unwrap_or_default().iter().map(|token| token.span).reduce(Span::to).unwrap_or(operator.span);
    Ok(Some(Operand { kind: NodeKind::Whole(ExprKind::Group(combination, labels)), span, next, remark: None }))
}

/// `or 1-13` as a whole line, which can be nothing but or/1-13.
pub(super) fn group_without_slash(tokens: &[Token<'_>]) -> Result<Option<(ExprKind, Problem)>, Problem> {
    let Some((operator, members)) = tokens.split_first() else { return Ok(None) };
    let is_member = |token: &Token<'_>| matches!(token.kind, TokenKind::Comma | TokenKind::Dash) || reference(token.text).is_some();
    let has_range = members.iter().any(|token| token.kind == TokenKind::Dash);
    let is_operator = operator.kind == TokenKind::Word && matches!(plain_lower(operator.text).as_str(), "and" | "or");
    if !is_operator || !has_range || !members.iter().all(is_member) {
        return Ok(None);
    }
    let slash = Token { kind: TokenKind::Slash, text: "/", span: Span::new(operator.span.end, operator.span.end) };
    let whole: Vec<Token<'_>> = [&[*operator, slash], members].concat();
    let Some(Operand { kind: NodeKind::Whole(kind), next, span, .. }) = group(&whole, 0)? else { return Ok(None) };
    Ok((next == whole.len()).then(|| (kind, Problem::new(Code::GroupWithoutSlash, span, "none"))))
}

fn label_at(tokens: &[Token<'_>], at: usize) -> Result<(u32, Span), Problem> {
    let Some(token) = tokens.get(at) else {
        let end = tokens.last().map_or(0, |token| token.span.end);
        return Err(Problem::new(Code::LineRange, Span::new(end, end), "the end of the line"));
    };
    let problem = || Problem::new(Code::LineRange, token.span, format!("\"{}\"", token.text));
    reference(token.text).map(|label| (label, token.span)).ok_or_else(problem)
}

/// `Heading/`, `exp *Heading/px, ed`, and `exp Heading` without its slash.
fn heading(query: &str, tokens: &[Token<'_>], at: usize) -> Option<Operand> {
    let &first = tokens.get(at)?;
    let is_name_start = |token: &Token<'_>| match token.kind {
        TokenKind::Word => !is_operator(token.text),
        TokenKind::Quoted => true,
        _ => false,
    };
    if !is_name_start(&first) {
        return None;
    }
    let (mut explode, mut focus, mut begin) = (false, false, at);
    let word = plain_lower(first.text);
    if matches!(word.as_str(), "exp" | "*exp") && tokens.get(at + 1).is_some_and(is_name_start) {
        (explode, focus, begin) = (true, word.starts_with('*'), at + 1);
    }
    let mut name_tokens: Vec<Token<'_>> = tokens.iter().skip(begin).take(MOST_NAME_TOKENS).copied().collect();
    if let Some(head) = name_tokens.first_mut()
        && let Some(star) = head.text.chars().next().filter(|&c| head.kind == TokenKind::Word && plain(c) == '*')
    {
        focus = true;
        head.text = head.text.get(star.len_utf8()..).unwrap_or_default();
        head.span.start += star.len_utf8();
        if head.text.is_empty() {
            name_tokens.remove(0);
            begin += 1;
        }
    }
    let length = name_length(&name_tokens);
    let name_end = begin + length;
    let written = name_tokens.get(length).filter(|token| token.kind == TokenKind::Slash).and_then(|_| qualifiers(tokens, name_end + 1));
    let name = collapsed(query, name_tokens.get(..length).unwrap_or_default());
    if name.is_empty() || (written.is_none() && !(explode && word == "exp" && !focus)) {
        return None;
    }
    let (qualifiers, next, certainty) = match written {
        Some((qualifiers, next)) => (qualifiers, next, HeadingCertainty::Written),
        None => (Vec::new(), name_end, HeadingCertainty::ByExp),
    };
    let is_behind = certainty == HeadingCertainty::Written
        && !explode
        && tokens.get(next).is_some_and(|token| plain_lower(token.text) == "exp")
        && ends_operand(tokens, next + 1);
    let next = next + usize::from(is_behind);
    let explode = explode || is_behind;
    let span = tokens.get(at..next).unwrap_or_default().iter().map(|token| token.span).reduce(Span::to).unwrap_or(first.span);
    let behind = is_behind.then(|| Problem::new(Code::ExpBehindHeading, span, format!("\"{}\"", &query[span.start..span.end])));
    let remark = behind.or_else(|| {
        (certainty == HeadingCertainty::ByExp)
            .then(|| Problem::new(Code::HeadingWithoutSlash, span, format!("\"{}\" without one", &query[span.start..span.end])))
    });
    let leaf = HeadingLeaf { name, explode, focus, qualifiers, certainty };
    Some(Operand { kind: NodeKind::Whole(ExprKind::Heading(leaf)), span, next, remark })
}

/// How many tokens the name of a heading takes: words, quoted text, commas, hyphens, and brackets without operators.
fn name_length(tokens: &[Token<'_>]) -> usize {
    let mut open = 0_usize;
    let mut before_bracket = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Word if is_operator(token.text) => return if open > 0 { before_bracket } else { index },
            TokenKind::Word | TokenKind::Quoted | TokenKind::Comma | TokenKind::Dash | TokenKind::Blank => {}
            TokenKind::Mark if matches!(token.text, "." | "&" | "'" | "+" | ":") => {}
            TokenKind::Open if index > 0 => {
                if open == 0 {
                    before_bracket = index;
                }
                open += 1;
            }
            TokenKind::Close if open > 0 => open -= 1,
            _ => return if open > 0 { before_bracket } else { index },
        }
    }
    if open > 0 { before_bracket } else { tokens.len() }
}

/// The qualifiers after a heading's slash, and where the tokens go on; `None` where the slash is not a heading's.
fn qualifiers(tokens: &[Token<'_>], after_slash: usize) -> Option<(Vec<String>, usize)> {
    let none = Some((Vec::new(), after_slash));
    if ends_operand(tokens, after_slash) {
        return none;
    }
    if let Some((codes, next)) = codes(tokens, after_slash).filter(|&(_, next)| ends_operand(tokens, next)) {
        return Some((codes, next));
    }
    // What follows is a slip, but not one of the heading: the parser will say so at its place.
    let slash = tokens.get(after_slash.checked_sub(1)?)?;
    let next = tokens.get(after_slash)?;
    if next.kind == TokenKind::Suffix || next.span.start > slash.span.end { none } else { None }
}

/// Two-letter codes with commas between them, and the place after the last.
fn codes(tokens: &[Token<'_>], begin: usize) -> Option<(Vec<String>, usize)> {
    let mut codes = Vec::new();
    let mut next = begin;
    loop {
        let code = tokens.get(next).filter(|token| token.kind == TokenKind::Word).map(|token| plain_lower(token.text))?;
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        codes.push(code);
        next += 1;
        if tokens.get(next).is_none_or(|token| token.kind != TokenKind::Comma) {
            return Some((codes, next));
        }
        next += 1;
    }
}

/// What stands in the query from the first to the last of the tokens, without quotation marks, runs of blanks as one.
fn collapsed(query: &str, tokens: &[Token<'_>]) -> String {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
    let text = match tokens {
        [only] if only.kind == TokenKind::Quoted => inside_quotes(only.text).1,
        _ => query.get(first.span.start..last.span.end).unwrap_or_default(),
    };
    let mut name = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| plain(character) != '"') {
        if !is_blank(character) {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with(' ') {
            name.push(' ');
        }
    }
    // Other platforms write headings between single quotes.
    name.trim_matches(|character| plain(character) == '\'' || character == ' ').to_owned()
}
