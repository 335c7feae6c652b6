//! What is not Ovid, or not all there: syntax of other platforms, ellipses, counts of occurrences.
//!
//! Goes in: the tokens of a line (without blanks) and a place among them. Comes out: the problem at that place, if any.
//! Each of these would otherwise be searched for as words, and find the wrong records in silence.

use super::fields::field_code;
use super::lexer::{Token, TokenKind, is_operator};
use super::parser::Problem;
use super::typography::{number, plain_lower};
use crate::diagnostic::{Code, Span};

/// Whether an operand may end before the token at `at`: the end, a closing bracket, a set operator, a note, a final stop.
pub(super) fn ends_operand(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    match token.kind {
        TokenKind::Close | TokenKind::Note => true,
        TokenKind::Word => matches!(plain_lower(token.text).as_str(), "and" | "or" | "not"),
        TokenKind::Mark => matches!(token.text, "." | ";") && at + 1 == tokens.len(),
        _ => false,
    }
}

/// Whether the token at `at` has a word right before and right after it, without a blank: `he/she`.
pub(super) fn is_inside_word(tokens: &[Token<'_>], at: usize) -> bool {
    let is_word = |token: &Token<'_>| matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
    attached_before(tokens, at).is_some_and(is_word) && attached_after(tokens, at).is_some_and(is_word)
}

/// What is wrong with a word because of what stands around it.
pub(super) fn at_word(tokens: &[Token<'_>], at: usize) -> Option<Problem> {
    let token = tokens.get(at)?;
    let word = plain_lower(token.text);
    let next = tokens.get(at + 1);
    let next_word = next.filter(|next| next.kind == TokenKind::Word).map(|next| plain_lower(next.text));
    let after = attached_after(tokens, at);
    let begins = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| before.kind == TokenKind::Open || is_operator(before.text));
    let is_mark = |mark: &str| after.is_some_and(|after| after.kind == TokenKind::Mark && after.text == mark);
    let through = |last: Option<&Token<'_>>| token.span.to(last.map_or(token.span, |last| last.span));
    if word == "mesh" && next_word.as_deref().is_some_and(|next| next.starts_with("descriptor")) {
        return Some(foreign("Cochrane Library", through(next), "MeSH descriptor"));
    }
    if matches!(word.as_str(), "near" | "next" | "w" | "n" | "pre")
        && after.is_some_and(|after| after.kind == TokenKind::Slash)
        && tokens.get(at + 2).is_some_and(|distance| number(distance.text).is_some())
    {
        return Some(foreign("Cochrane Library, Embase.com or ProQuest", through(tokens.get(at + 2)), &format!("{word}/")));
    }
    if begins
        && EBSCO_PREFIXES.contains(&token.text)
        && next.is_some_and(|next| next.kind == TokenKind::Quoted || (next.kind == TokenKind::Open && next.span.start > token.span.end))
    {
        return Some(foreign("EBSCOhost", token.span, token.text));
    }
    if begins
        && word == "title"
        && after.is_some_and(|after| after.kind == TokenKind::Dash)
        && tokens.get(at + 2).is_some_and(|t| t.text == "ABS")
    {
        return Some(foreign("Scopus", through(tokens.get(at + 2)), "TITLE-ABS"));
    }
    if begins && is_mark("=") {
        return Some(foreign("Web of Science", through(after), &format!("{}=", token.text)));
    }
    if begins && is_mark(":") && field_code(&word).is_some() && attached_after(tokens, at + 1).is_some() {
        return Some(foreign("another platform's", through(after), &format!("{}:", token.text)));
    }
    None
}

/// What is wrong with a mark or a slash between or after words.
pub(super) fn at_mark(tokens: &[Token<'_>], at: usize) -> Option<Problem> {
    let token = tokens.get(at)?;
    let dots = tokens.get(at..at + 3).is_some_and(|three| three.iter().all(|dot| dot.text == "."));
    if dots || token.text == "…" {
        return Some(Problem::new(Code::Elision, token.span, "an ellipsis"));
    }
    let next = attached_after(tokens, at)?;
    let next_word = plain_lower(next.text);
    match token.text {
        "/" if next_word == "freq" => Some(Problem::new(Code::Frequency, token.span.to(next.span), "one behind words without a field")),
        "/" if attached_before(tokens, at).is_some() && EMBASE_SUFFIXES.contains(&next_word.as_str()) => {
            Some(foreign("Embase.com", token.span.to(next.span), &format!("/{next_word}")))
        }
        ":" if attached_before(tokens, at).is_some_and(|before| before.kind != TokenKind::Word) && field_code(&next_word).is_some() => {
            Some(foreign("Cochrane Library or Embase.com", token.span.to(next.span), &format!(":{next_word}")))
        }
        _ => None,
    }
}

/// What is wrong with the token that follows an operand.
pub(super) fn after_operand(tokens: &[Token<'_>], at: usize) -> Option<Problem> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Note if attached_before(tokens, at).is_some() => Some(foreign("PubMed", token.span, token.text)),
        TokenKind::Slash | TokenKind::Mark => at_mark(tokens, at),
        _ => None,
    }
}

/// What a text in square brackets means where an operand should begin.
pub(super) fn note_for_operand(token: &Token<'_>) -> Problem {
    if plain_lower(token.text).starts_with("[mh ") {
        return foreign("Cochrane Library", token.span, token.text);
    }
    Problem::new(Code::Elision, token.span, format!("\"{}\"", token.text))
}

/// Field prefixes of EBSCOhost, in capitals as it writes them.
const EBSCO_PREFIXES: &[&str] = &["MH", "MM", "TI", "AB", "SU", "TX", "DE", "AU"];
/// What Embase.com writes after a slash.
const EMBASE_SUFFIXES: &[&str] = &["exp", "de", "lim", "mj", "br", "syn"];

fn foreign(platform: &str, span: Span, text: &str) -> Problem {
    Problem::new(Code::ForeignSyntax, span, format!("\"{text}\" ({platform} syntax)"))
}

fn attached_before<'a>(tokens: &'a [Token<'a>], at: usize) -> Option<&'a Token<'a>> {
    let before = tokens.get(at.checked_sub(1)?)?;
    (before.span.end == tokens.get(at)?.span.start).then_some(before)
}

fn attached_after<'a>(tokens: &'a [Token<'a>], at: usize) -> Option<&'a Token<'a>> {
    let after = tokens.get(at + 1)?;
    (after.span.start == tokens.get(at)?.span.end).then_some(after)
}
