//! One line of PubMed -> tokens with spans. Blanks are left out; everything else is in a token.

use super::super::typography::{is_blank, plain};
use crate::diagnostic::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything without blanks, brackets, quotation marks and colons: a word, an operator, `#3`.
    Word,
    /// A quoted text with both of its marks.
    Quoted,
    /// A quotation mark without a partner.
    StrayQuote,
    Open,
    Close,
    /// A text in square brackets with both of them.
    Tag,
    /// A square bracket without a partner.
    StrayBracket,
    Colon,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) span: Span,
}

/// The tokens of `line`.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let rest = &line[at..];
        let after = first.len_utf8();
        let until = |wanted: char| rest[after..].char_indices().find(|&(_, c)| plain(c) == wanted).map(|(to, c)| after + to + c.len_utf8());
        let (kind, length) = match plain(first) {
            ' ' => {
                at += after;
                continue;
            }
            '"' => until('"').map_or((Kind::StrayQuote, after), |length| (Kind::Quoted, length)),
            '[' => until(']').map_or((Kind::StrayBracket, after), |length| (Kind::Tag, length)),
            ']' => (Kind::StrayBracket, after),
            '(' => (Kind::Open, after),
            ')' => (Kind::Close, after),
            ':' => (Kind::Colon, after),
            _ => (Kind::Word, rest.char_indices().find(|&(_, c)| ends_word(c)).map_or(rest.len(), |(to, _)| to)),
        };
        out.push(Token { kind, text: &rest[..length], span: Span::new(at, at + length) });
        at += length;
    }
    out
}

fn ends_word(character: char) -> bool {
    is_blank(character) || matches!(plain(character), '"' | '[' | ']' | '(' | ')' | ':')
}

impl<'a> Token<'a> {
    /// What stands between the marks of a quoted text or a tag; the text itself of any other.
    pub(super) fn inside(&self) -> &'a str {
        match self.kind {
            Kind::Quoted | Kind::Tag => {
                let mut characters = self.text.chars();
                characters.next();
                characters.next_back();
                characters.as_str()
            }
            _ => self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_quotes_and_colons_are_tokens() {
        for (line, expected) in [
            ("peer worker*[tiab]", "Word:peer Word:worker* Tag:[tiab]"),
            ("“a b\"[MeSH Terms:noexp]", "Quoted:“a b\" Tag:[MeSH Terms:noexp]"),
            ("(#1 OR a)", "Open:( Word:#1 Word:OR Word:a Close:)"),
            ("2010/01/01:2020[dp]", "Word:2010/01/01 Colon:: Word:2020 Tag:[dp]"),
            ("a\"[tw", "Word:a StrayQuote:\" StrayBracket:[ Word:tw"),
            ("self-help, b", "Word:self-help, Word:b"),
        ] {
            let found: Vec<String> = tokens(line).iter().map(|token| format!("{:?}:{}", token.kind, token.text)).collect();
            assert_eq!(found.join(" "), expected, "{line}");
        }
    }
}
