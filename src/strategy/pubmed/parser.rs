//! One line of PubMed -> its tree: operators from left to right, brackets first, words side by side anded.

use super::super::ast::{Expr, ExprKind, physical_lines};
use super::super::check::order_matters;
use super::super::history::is_lettered;
use super::super::parser::{MAX_DEPTH, Problem, SetOperator};
use super::super::typography::{number, plain_lower};
use super::lexer::{Kind, Token, tokens};
use super::tags::{self, Meaning, Modifiers, nearest_tags};
use super::terms::{self, Term};
use crate::diagnostic::{Code, Span};

/// Parses one line; `is_above` tells whether a number is that of a line above it. No tree where one of the problems is an
/// error.
pub(in crate::strategy) fn parse_line(query: &str, is_above: &dyn Fn(u32) -> bool) -> (Option<Expr>, Vec<Problem>) {
    let mut begin = 0;
    for (line, next) in physical_lines(query) {
        // A term on a line of its own is no label: the query would be nothing else.
        if is_lettered(line) && line.len() < query.len() {
            let span = Span::new(begin, begin + line.len());
            return (None, vec![Problem::new(Code::LetteredLine, span, format!("\"{}\"", line.trim()))]);
        }
        begin = next;
    }
    let (searched, filters) = split_filters(query);
    let tokens = tokens(searched);
    let mut parser = Parser { query: searched, tokens: &tokens, at: 0, level: 0, is_above, remarks: Vec::new() };
    match parser.line().and_then(|built| with_filters(built, query, filters)) {
        Ok(tree) => (Some(tree), parser.remarks),
        // Remarks about a line that is not run would only hide what stopped it.
        Err(problem) => (None, vec![problem]),
    }
}

/// How PubMed's history writes its filters behind a query.
const FILTERS: &[&str] = &["filters:", "filters activated:", "filters applied:"];

/// The query, and where its filters begin: "#4 Filters: English, Humans".
fn split_filters(query: &str) -> (&str, Option<usize>) {
    let lower = query.to_ascii_lowercase();
    let found = FILTERS.iter().filter_map(|word| Some((lower.find(word)?, word.len()))).min();
    match found {
        Some((at, length)) => (&query[..at], Some(at + length)),
        None => (query, None),
    }
}

fn with_filters(built: Built, query: &str, filters: Option<usize>) -> Result<Expr, Problem> {
    let Some(begin) = filters else { return Ok(built.expr) };
    let mut limits = Vec::new();
    let mut at = begin;
    for piece in query[begin..].split_inclusive([',', ';']) {
        let name = piece.trim_end_matches([',', ';']);
        let start = at + (name.len() - name.trim_start().len());
        at += piece.len();
        if !name.trim().is_empty() {
            limits.push(terms::filter(name, Span::new(start, start + name.trim().len()))?);
        }
    }
    let span = Span::new(0, query.len());
    if limits.is_empty() {
        return Ok(built.expr);
    }
    let filters = Expr { kind: ExprKind::Passing(limits), span: Span::new(begin, query.len()) };
    Ok(Expr { kind: ExprKind::And(vec![built.expr, filters]), span })
}

/// An expression and how deep it is.
struct Built {
    expr: Expr,
    depth: usize,
}

impl Built {
    fn leaf(kind: ExprKind, span: Span) -> Self {
        Self { expr: Expr { kind, span }, depth: 1 }
    }
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Token<'a>],
    at: usize,
    level: usize,
    is_above: &'a dyn Fn(u32) -> bool,
    remarks: Vec<Problem>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn line(&mut self) -> Result<Built, Problem> {
        let built = self.level()?;
        match self.peek() {
            None => Ok(built),
            Some(token) if token.kind == Kind::Close => {
                Err(Problem::new(Code::UnbalancedBracket, token.span, "a closing bracket that none opens"))
            }
            Some(token) => Err(unexpected(Code::ExpectedOperator, token)),
        }
    }

    /// Operands and operators up to the end or a closing bracket.
    fn level(&mut self) -> Result<Built, Problem> {
        let mut built = self.operand()?;
        let mut operators = Vec::new();
        while let Some(token) = self.peek() {
            if token.kind == Kind::Close {
                break;
            }
            let operator = match self.operator(self.at) {
                Some(operator) => {
                    self.at += 1;
                    self.remark_on_case(token);
                    // "a AND NOT b" is "a NOT b".
                    match (operator, self.operator(self.at)) {
                        (SetOperator::And, Some(SetOperator::Not)) => {
                            self.at += 1;
                            SetOperator::Not
                        }
                        _ => operator,
                    }
                }
                // Side by side is AND.
                None => SetOperator::And,
            };
            operators.push(operator);
            let right = self.operand()?;
            built = combined(built, operator, right)?;
        }
        if order_matters(&operators) {
            self.remarks.push(Problem::new(Code::LeftToRight, built.expr.span, "different operators without brackets"));
        }
        Ok(built)
    }

    /// The operator at `at`. In lower case it is one unless it stands within the name of a heading ("wounds and
    /// injuries[mh]").
    fn operator(&self, at: usize) -> Option<SetOperator> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        let operator = match plain_lower(token.text).as_str() {
            "and" => SetOperator::And,
            "or" => SetOperator::Or,
            "not" => SetOperator::Not,
            _ => return None,
        };
        let is_word = |token: &&Token<'_>| token.kind == Kind::Word && !is_capitals(token.text);
        let stands_within = !is_capitals(token.text)
            && at.checked_sub(1).and_then(|before| self.tokens.get(before)).as_ref().is_some_and(is_word)
            && self.tokens.get(at + 1).as_ref().is_some_and(is_word);
        let rest = self.tokens.get(at + 1..).unwrap_or_default();
        let tag = rest.iter().find(|token| !is_word(token)).filter(|token| token.kind == Kind::Tag);
        let is_of_name = tag
            .and_then(|tag| tags::read(tag.inside()))
            .is_some_and(|(meaning, _)| matches!(meaning, Meaning::Heading { .. } | Meaning::Name(_)));
        if stands_within && is_of_name { None } else { Some(operator) }
    }

    fn remark_on_case(&mut self, token: Token<'_>) {
        if !is_capitals(token.text) {
            self.remarks.push(Problem::new(Code::LowerCaseOperator, token.span, format!("\"{}\"", token.text)));
        }
    }

    fn operand(&mut self) -> Result<Built, Problem> {
        let Some(token) = self.peek() else {
            let end = self.query.trim_end().len();
            return Err(Problem::new(Code::ExpectedOperand, Span::new(end, end), "the end of the line"));
        };
        match token.kind {
            Kind::Open => self.brackets(token),
            Kind::Word if self.operator(self.at).is_some() => {
                Err(Problem::new(Code::ExpectedOperand, token.span, format!("the operator \"{}\"", token.text)))
            }
            Kind::Word if token.text.starts_with('#') => {
                let digits = number(token.text.trim_start_matches('#'));
                let label = digits.ok_or_else(|| Problem::new(Code::UnknownReference, token.span, format!("\"{}\"", token.text)))?;
                self.at += 1;
                self.no_tag_on_set(token.span)?;
                Ok(Built::leaf(ExprKind::Reference(label), token.span))
            }
            Kind::Word | Kind::Quoted => self.term(),
            Kind::StrayQuote => Err(Problem::new(Code::UnclosedQuote, token.span, "one without a partner")),
            Kind::Tag => Err(Problem::new(Code::ExpectedOperand, token.span, format!("the field tag \"{}\" without a term", token.text))),
            Kind::Close | Kind::StrayBracket | Kind::Colon => Err(unexpected(Code::ExpectedOperand, token)),
        }
    }

    fn brackets(&mut self, open: Token<'a>) -> Result<Built, Problem> {
        if self.level >= MAX_DEPTH {
            return Err(Problem::new(Code::TooDeep, open.span, "more"));
        }
        self.at += 1;
        self.level += 1;
        let mut built = self.level()?;
        self.level -= 1;
        let Some(close) = self.peek() else {
            return Err(Problem::new(Code::UnbalancedBracket, open.span, "an opening bracket that is not closed"));
        };
        self.at += 1;
        built.expr.span = open.span.to(close.span);
        self.no_tag_on_set(built.expr.span)?;
        Ok(built)
    }

    fn no_tag_on_set(&self, span: Span) -> Result<(), Problem> {
        match self.peek().filter(|token| token.kind == Kind::Tag) {
            Some(tag) => Err(Problem::new(Code::SuffixOnSet, span.to(tag.span), format!("the field tag \"{}\" on a group", tag.text))),
            None => Ok(()),
        }
    }

    /// A term with its tag, or untagged words up to what ends them; two dates with a colon between.
    fn term(&mut self) -> Result<Built, Problem> {
        let begin = self.at;
        let Some(first) = self.peek() else { return Err(Problem::new(Code::ExpectedOperand, Span::default(), "nothing")) };
        self.at += 1;
        if first.kind == Kind::Word {
            while self.peek().is_some_and(|token| token.kind == Kind::Word && !token.text.starts_with('#'))
                && self.operator(self.at).is_none()
            {
                self.at += 1;
            }
        }
        let last = self.tokens.get(self.at - 1).map_or(first.span, |last| last.span);
        let span = first.span.to(last);
        let is_quoted = first.kind == Kind::Quoted;
        let text = if is_quoted { first.inside() } else { self.query.get(span.start..span.end).unwrap_or_default() };
        let term = Term { text, is_quoted, span };
        if let Some(built) = self.range(term)? {
            return Ok(built);
        }
        if let Some(tag) = self.peek().filter(|token| token.kind == Kind::Tag) {
            self.at += 1;
            let (meaning, modifiers) = meaning_of(tag)?;
            let kind = terms::tagged(term, meaning, modifiers, tag.inside().trim(), &mut self.remarks)?;
            return Ok(Built::leaf(kind, span.to(tag.span)));
        }
        if let Some(stray) = self.peek().filter(|token| token.kind == Kind::StrayBracket) {
            return Err(unexpected(Code::ExpectedOperator, stray));
        }
        let is_number = |label: &u32| text.len() <= 4 && (self.is_above)(*label);
        if let Some(label) = number(text).filter(|_| !is_quoted).filter(is_number) {
            self.remarks.push(Problem::new(Code::NumberWithoutHash, span, format!("\"{text}\"")));
            return Ok(Built::leaf(ExprKind::Reference(label), span));
        }
        if let Some(strange) = text.find('=').filter(|_| !is_quoted) {
            let at = span.start + strange;
            return Err(Problem::new(Code::ExpectedOperator, Span::new(at, at + 1), "\"=\""));
        }
        if !terms::is_filter_word(text) {
            self.remarks.push(Problem::new(Code::UntaggedTerm, span, format!("\"{}\" without one", text.trim())));
        }
        let words: Vec<Token<'_>> = self.tokens.get(begin..self.at).unwrap_or_default().to_vec();
        let mut built: Option<Built> = None;
        for word in words {
            let one = Term { text: word.inside(), is_quoted: word.kind == Kind::Quoted, span: word.span };
            if !one.text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let next = Built::leaf(terms::untagged(one, &mut self.remarks)?, word.span);
            built = Some(match built {
                Some(built) => combined(built, SetOperator::And, next)?,
                None => next,
            });
        }
        built.ok_or_else(|| Problem::new(Code::ExpectedOperand, span, format!("\"{text}\", which has no word")))
    }

    /// `2010:2020[dp]`, `"2010/01/01"[dp] : "2020/12/31"[dp]`, where `from` is a date and a colon follows.
    fn range(&mut self, from: Term<'a>) -> Result<Option<Built>, Problem> {
        if terms::date(from.text, 0).is_none() {
            return Ok(None);
        }
        let first_tag = self.peek().filter(|token| token.kind == Kind::Tag);
        let colon = self.at + usize::from(first_tag.is_some());
        if self.tokens.get(colon).is_none_or(|token| token.kind != Kind::Colon) {
            return Ok(None);
        }
        let last = self.tokens.get(colon + 1).filter(|token| matches!(token.kind, Kind::Word | Kind::Quoted));
        let tag = self.tokens.get(colon + 2).filter(|token| token.kind == Kind::Tag);
        let (Some(last), Some(tag)) = (last, tag) else {
            let span = from.span.to(self.tokens[colon].span);
            return Err(Problem::new(Code::UnsupportedLimit, span, "a range of dates without an end and its field tag"));
        };
        let meanings = (first_tag.map(meaning_of).transpose()?, meaning_of(*tag)?.0);
        let Meaning::Date(code) = meanings.1 else {
            return Err(Problem::new(Code::UnsupportedLimit, from.span.to(tag.span), format!("a range in \"{}\"", tag.text)));
        };
        if meanings.0.is_some_and(|(first, _)| first != meanings.1) {
            return Err(Problem::new(Code::UnsupportedLimit, from.span.to(tag.span), "a range between different dates"));
        }
        let to = Term { text: last.inside(), is_quoted: true, span: last.span };
        let limit = terms::dates(code, from, to)?;
        self.at = colon + 3;
        Ok(Some(Built::leaf(ExprKind::Passing(vec![limit]), from.span.to(tag.span))))
    }
}

/// Whether an operator is written in capitals, as PubMed wants it.
fn is_capitals(text: &str) -> bool {
    text.chars().all(char::is_uppercase)
}

fn meaning_of(tag: Token<'_>) -> Result<(Meaning, Modifiers), Problem> {
    tags::read(tag.inside()).ok_or_else(|| {
        let near = nearest_tags(tag.inside());
        let near: Vec<String> = near.iter().map(|tag| format!("[{tag}]")).collect();
        let hint = if near.is_empty() { String::new() } else { format!(" (near to it: {})", near.join(", ")) };
        Problem::new(Code::UnknownFieldCode, tag.span, format!("\"{}\"{hint}", tag.text))
    })
}

/// Left and right under an operator; what is under the same operator already is one set.
fn combined(left: Built, operator: SetOperator, right: Built) -> Result<Built, Problem> {
    let span = left.expr.span.to(right.expr.span);
    let depth = left.depth.max(right.depth) + 1;
    let several = |left: Expr, right: Expr, is_same: fn(ExprKind) -> Result<Vec<Expr>, ExprKind>| {
        let Expr { kind, span } = left;
        match is_same(kind) {
            Ok(mut parts) => {
                parts.push(right);
                parts
            }
            Err(kind) => vec![Expr { kind, span }, right],
        }
    };
    let is_flat = |kind: &ExprKind| matches!((kind, operator), (ExprKind::And(_), SetOperator::And) | (ExprKind::Or(_), SetOperator::Or));
    let depth = if is_flat(&left.expr.kind) { left.depth.max(right.depth + 1) } else { depth };
    if depth > MAX_DEPTH {
        return Err(Problem::new(Code::TooDeep, span, "more"));
    }
    let kind = match operator {
        SetOperator::And => ExprKind::And(several(left.expr, right.expr, |kind| match kind {
            ExprKind::And(parts) => Ok(parts),
            kind => Err(kind),
        })),
        SetOperator::Or => ExprKind::Or(several(left.expr, right.expr, |kind| match kind {
            ExprKind::Or(parts) => Ok(parts),
            kind => Err(kind),
        })),
        SetOperator::Not => ExprKind::Not(Box::new(left.expr), Box::new(right.expr)),
    };
    Ok(Built { expr: Expr { kind, span }, depth })
}

fn unexpected(code: Code, token: Token<'_>) -> Problem {
    let found = match token.kind {
        Kind::Close => "a closing bracket".to_owned(),
        _ => format!("\"{}\"", token.text),
    };
    Problem::new(code, token.span, found)
}
