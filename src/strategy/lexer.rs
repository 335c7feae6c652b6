//! One logical line -> tokens with spans, nothing lost: the texts of the tokens, one after the other, are the line.
//!
//! Goes in: a line as written, without its number. Comes out: [`Token`]s. Which words are operators, which numbers are
//! references and which slashes belong to headings is the parser's business; here it is only decided where a field
//! suffix stands, because a dot may also be part of `0.5 mg` or `St. John*`.

use super::fields::field_code;
use super::typography::{is_blank, is_invisible, is_word, plain, plain_lower};
use crate::diagnostic::Span;
use nom::branch::alt;
use nom::bytes::complete::{take_till, take_while, take_while1};
use nom::character::complete::{anychar, satisfy};
use nom::combinator::{map, opt, peek, recognize, value, verify};
use nom::multi::many0_count;
use nom::{IResult, Parser};

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Blanks, visible or not.
    Blank,
    /// Letters, digits, apostrophes and wildcards: a word, a number, an operator, `*` alone.
    Word,
    /// A quoted text with both of its quotation marks.
    Quoted,
    /// A quotation mark without a partner.
    StrayQuote,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `/`
    Slash,
    /// `,`
    Comma,
    /// A hyphen or dash of any length.
    Dash,
    /// A field suffix: `.ti,ab.`, `.tw`, ` .ti. ab .`; its codes may be unknown.
    Suffix,
    /// A text in square brackets.
    Note,
    /// Any other character.
    Mark,
}

/// A piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As written.
    pub text: &'a str,
    /// Its bytes in the line.
    pub span: Span,
}

/// The tokens of `line`; their texts joined are `line`.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let attached = out.last().is_some_and(|token| token.kind != TokenKind::Blank);
        let Ok((after, kind)) = token(attached)(rest) else { break };
        let start = line.len() - rest.len();
        let text = &rest[..rest.len() - after.len()];
        out.push(Token { kind, text, span: Span::new(start, start + text.len()) });
        rest = after;
    }
    out
}

/// The codes of a suffix token, as written but lower case, and whether dots stood where commas belong.
pub(super) fn suffix_codes(suffix: &str) -> (Vec<String>, bool) {
    let plain = plain_lower(suffix);
    let inside = plain.trim_matches(['.', ' ']);
    (inside.split(['.', ',']).map(|code| code.trim().to_owned()).collect(), inside.contains('.'))
}

/// Whether `word`, as written, is an operator: `and`, `or`, `not`, `adj`, `adj3`, in any case.
pub(super) fn is_operator(word: &str) -> bool {
    let word = plain_lower(word);
    matches!(word.as_str(), "and" | "or" | "not" | "freq")
        || word.strip_prefix("adj").is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()))
}

type Lexed<'a, T> = IResult<&'a str, T>;

/// One token. A suffix whose dot follows a blank must be surer of itself than one that is `attached` to what it qualifies.
fn token<'a>(attached: bool) -> impl Fn(&'a str) -> Lexed<'a, TokenKind> {
    move |input| {
        alt((
            value(TokenKind::Blank, take_while1(is_blank)),
            value(TokenKind::Quoted, quoted),
            value(TokenKind::StrayQuote, quote),
            value(TokenKind::Suffix, |input| suffix(input, attached)),
            value(TokenKind::Note, recognize((meant('['), take_till(|c| plain(c) == ']'), meant(']')))),
            value(TokenKind::Word, word),
            map(anychar, |character| match plain(character) {
                '(' => TokenKind::Open,
                ')' => TokenKind::Close,
                '/' => TokenKind::Slash,
                ',' => TokenKind::Comma,
                '-' => TokenKind::Dash,
                _ => TokenKind::Mark,
            }),
        ))
        .parse(input)
    }
}

/// One character that is meant as `wanted`.
fn meant<'a>(wanted: char) -> impl Parser<&'a str, Output = char, Error = nom::error::Error<&'a str>> {
    satisfy(move |character| plain(character) == wanted)
}

/// A quotation mark: any double one, or two single ones.
fn quote(input: &str) -> Lexed<'_, &str> {
    alt((recognize(meant('"')), recognize((meant('\''), meant('\''))))).parse(input)
}

fn quoted(input: &str) -> Lexed<'_, &str> {
    let inside = many0_count((nom::combinator::not(quote), anychar));
    recognize((quote, inside, quote)).parse(input)
}

/// A word with its wildcards. `:` counts only where it can be truncation: after letters, and not before one.
fn word(input: &str) -> Lexed<'_, &str> {
    let mut end = 0;
    let mut has_letter = false;
    for (at, character) in input.char_indices() {
        let rest = &input[at + character.len_utf8()..];
        let next = rest.chars().find(|&c| !is_invisible(c)).map(plain);
        let belongs = match plain(character) {
            '*' | '$' | '#' | '?' => true,
            '\'' => next != Some('\'') && !(at > 0 && input[..at].chars().next_back().map(plain) == Some('\'')),
            ':' => has_letter && !next.is_some_and(char::is_alphabetic),
            _ if is_invisible(character) => at > 0 && next.is_some_and(|c| is_word(c) || matches!(c, '*' | '$' | '#' | '?' | '\'')),
            _ => is_word(character),
        };
        if !belongs {
            break;
        }
        has_letter |= character.is_alphabetic();
        end = at + character.len_utf8();
    }
    if end == 0 {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::TakeWhile1)))
    } else {
        Ok((&input[end..], &input[..end]))
    }
}

/// A field suffix. With known codes, attached to what it qualifies, it needs nothing after it; with unknown codes, or with
/// blanks around its first dot, it must be followed by what follows an operand.
fn suffix(input: &str, attached: bool) -> Lexed<'_, &str> {
    let known = |code: &str| field_code(&plain_lower(code)).is_some();
    let blanks = || take_while(is_blank);
    let (after_dot, (_, gap)) = (meant('.'), blanks()).parse(input)?;
    let tight = attached && gap.is_empty();
    let (mut rest, first) = if tight { code(after_dot)? } else { verify(code, known).parse(after_dot)? };
    let mut all_known = known(first);
    loop {
        let by_comma: Lexed<'_, &str> = map((blanks(), meant(','), blanks(), code), |(_, _, _, code)| code).parse(rest);
        if let Ok((after, code)) = by_comma {
            all_known &= known(code);
            rest = after;
            continue;
        }
        // `.ti. ab .`: only what is surely a code, and surely the end of the suffix, goes on after a dot.
        let by_dot: Lexed<'_, &str> = map(
            (
                blanks(),
                meant('.'),
                blanks(),
                verify(code, known),
                peek(alt((recognize((blanks(), meant('.'))), end_of_operand, by_dot_again))),
            ),
            |(_, _, _, code, _)| code,
        )
        .parse(rest);
        let Ok((after, _)) = by_dot else { break };
        rest = after;
    }
    let closed: Lexed<'_, _> = recognize((blanks(), meant('.'))).parse(rest);
    match closed {
        Ok((after, _)) if all_known || end_of_operand(after).is_ok() => return Ok((after, &input[..input.len() - after.len()])),
        _ => {}
    }
    if !(tight && all_known) {
        peek(end_of_operand).parse(rest)?;
    }
    Ok((rest, &input[..input.len() - rest.len()]))
}

/// A comma after a code that follows a dot: `.ti.ab,kf.`
fn by_dot_again(input: &str) -> Lexed<'_, &str> {
    recognize((take_while(is_blank), meant(','))).parse(input)
}

/// Two to five letters and digits, a letter first, that no further word character follows. Codes have two; longer ones
/// (`.tiab.`) are taken so that they can be called unknown instead of being searched for as words.
fn code(input: &str) -> Lexed<'_, &str> {
    let is_code_char = |c: char| plain(c).is_ascii_alphanumeric() || plain(c) == '_';
    let mut whole = verify(take_while1(is_code_char), |code: &str| {
        (2..=5).contains(&code.chars().count()) && code.chars().next().is_some_and(char::is_alphabetic) && !is_operator(code)
    });
    let (rest, code) = whole.parse(input)?;
    let (_, more) = opt(peek(word)).parse(rest)?;
    if more.is_some() { Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))) } else { Ok((rest, code)) }
}

/// What may follow an operand: the end, a closing bracket, a note, a slash, an operator.
fn end_of_operand(input: &str) -> Lexed<'_, &str> {
    let (rest, _) = take_while(is_blank).parse(input)?;
    if rest.is_empty() {
        return Ok((rest, rest));
    }
    alt((
        recognize(meant(')')),
        recognize(meant('[')),
        recognize(meant('/')),
        verify(word, |word: &str| is_operator(word) || plain_lower(word) == "use"),
    ))
    .parse(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tokens that are not blank, each as `kind:text`.
    fn shown(line: &str) -> String {
        let tokens = tokens(line);
        let shown: Vec<String> =
            tokens.iter().filter(|token| token.kind != TokenKind::Blank).map(|token| format!("{:?}:{}", token.kind, token.text)).collect();
        shown.join(" | ")
    }

    #[test]
    fn a_dot_is_a_suffix_only_where_a_field_code_follows() {
        for (line, expected) in [
            ("psw.ti,ab", "Word:psw | Suffix:.ti,ab"),
            ("psw.ti, ab.", "Word:psw | Suffix:.ti, ab."),
            ("term .tw.", "Word:term | Suffix:.tw."),
            ("a.ti. ab . or b", "Word:a | Suffix:.ti. ab . | Word:or | Word:b"),
            ("a.tw.or b.ab", "Word:a | Suffix:.tw. | Word:or | Word:b | Suffix:.ab"),
            ("0.5 mg.tw.", "Word:0 | Mark:. | Word:5 | Word:mg | Suffix:.tw."),
            ("St. John*.ti.", "Word:St | Mark:. | Word:John* | Suffix:.ti."),
            ("R 121919.mp.", "Word:R | Word:121919 | Suffix:.mp."),
            ("U.S. troops.ti", "Word:U | Mark:. | Word:S | Mark:. | Word:troops | Suffix:.ti"),
            ("a.tiab.", "Word:a | Suffix:.tiab."),
            ("a.mp3", "Word:a | Suffix:.mp3"),
            ("a.ti b", "Word:a | Suffix:.ti | Word:b"),
            ("(a.ti)", "Open:( | Word:a | Suffix:.ti | Close:)"),
            ("\"a.ti.\"/", "Quoted:\"a.ti.\" | Slash:/"),
            ("“a b”.ti.", "Quoted:“a b” | Suffix:.ti."),
            ("\"a", "StrayQuote:\" | Word:a"),
            ("or/1–13", "Word:or | Slash:/ | Word:1 | Dash:– | Word:13"),
            ("disease:.ti", "Word:disease: | Suffix:.ti"),
            ("ti:foo", "Word:ti | Mark:: | Word:foo"),
            ("x.mp. [mp=title, abstract]", "Word:x | Suffix:.mp. | Note:[mp=title, abstract]"),
            ("''a b''.ti", "Quoted:''a b'' | Suffix:.ti"),
            ("parkinson’s gene$4", "Word:parkinson’s | Word:gene$4"),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn tokens_lose_nothing(line in "([a-z0-9 .,()/*$#?:\"'“”–\u{ad}\u{200b}-]|\\.ti|adj3|\\PC){0,40}") {
            let tokens = tokens(&line);
            let joined: String = tokens.iter().map(|token| token.text).collect();
            prop_assert_eq!(&joined, &line);
            for token in tokens {
                prop_assert_eq!(&line[token.span.start..token.span.end], token.text);
            }
        }
    }
}
