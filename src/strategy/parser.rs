//! Tokens of one line -> tree, by precedence: brackets; words joined by blanks; adj and adjN, left to right; and; not; or.
//!
//! Goes in: a line's query. Comes out: its tree, or none and the one place that stopped it, and remarks. Whether the lines
//! it refers to exist is for [`super::check`]; what a bare phrase means, for [`super::parse`].

use super::ast::{Expr, ExprKind, Pattern, PatternPart, Text, TextLeaf};
use super::check;
use super::fields::{field_code, nearest_codes};
use super::foreign;
use super::leaves;
use super::lexer::{Token, TokenKind, is_operator, suffix_codes, tokens};
use super::limits::limits;
use super::lint::STOPWORDS;
use super::operands::{self, Operand};
use super::typography::{is_damage, number, plain, plain_lower};
use super::words::{patterns, truncates_inside};
use super::{Precedence, Readings};
use crate::diagnostic::{Code, Span};

/// Something to report about a line; the span is bytes of its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) span: Span,
    pub(super) found: String,
}

impl Problem {
    pub(super) fn new(code: Code, span: Span, found: impl Into<String>) -> Self {
        Self { code, span, found: found.into() }
    }
}

/// What a line was understood as.
pub(super) struct Parsed {
    /// `None` where a problem of severity error is among the problems.
    pub(super) tree: Option<Expr>,
    pub(super) problems: Vec<Problem>,
    /// The name of a heading that the line may be: words or one quoted text, without operator, suffix, wildcard or bracket.
    pub(super) bare: Option<String>,
}

/// A tree in which suffixes still stand where they were written and words are single.
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
    /// Levels below and including this one.
    depth: usize,
}

pub(super) enum NodeKind {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>, Box<Node>),
    /// Each part directly after the one before.
    Chain(Vec<Node>),
    Near(u8, Box<Node>, Box<Node>),
    Word(Pattern),
    /// A number alone: a reference, or a word where a suffix or adj makes it one.
    Number(u32, Pattern),
    Suffixed(Box<Node>, Vec<String>),
    /// What must stand so often, under its suffix.
    Frequent(u32, Box<Node>),
    /// A set, and the database its records came from.
    Database(Box<Node>, String),
    /// A heading or a group of lines: whole in itself.
    Whole(ExprKind),
}

/// No person nests deeper; every later stage may walk a tree by recursion.
pub(super) const MAX_DEPTH: usize = 100;

impl Node {
    fn new(kind: NodeKind, span: Span) -> Result<Self, Problem> {
        let below = match &kind {
            NodeKind::And(parts) | NodeKind::Or(parts) | NodeKind::Chain(parts) => parts.iter().map(|part| part.depth).max(),
            NodeKind::Not(left, right) | NodeKind::Near(_, left, right) => Some(left.depth.max(right.depth)),
            NodeKind::Suffixed(inner, _) | NodeKind::Frequent(_, inner) | NodeKind::Database(inner, _) => Some(inner.depth),
            NodeKind::Word(_) | NodeKind::Number(..) | NodeKind::Whole(_) => None,
        };
        let depth = below.unwrap_or(0) + 1;
        if depth > MAX_DEPTH { Err(Problem::new(Code::TooDeep, span, "more")) } else { Ok(Self { kind, span, depth }) }
    }
}

/// Parses one line.
pub(super) fn parse_line(query: &str, readings: Readings) -> Parsed {
    let all = tokens(query);
    let significant: Vec<Token<'_>> = all.iter().copied().filter(|token| token.kind != TokenKind::Blank).collect();
    let mut parser = Parser { query, readings, tokens: &significant, at: 0, level: 0, problems: Vec::new() };
    let tree = match parser.line() {
        Ok(tree) => Some(tree),
        Err(problem) => {
            // Remarks about a line that is not run would only hide what stopped it.
            parser.problems.clear();
            parser.problems.push(problem);
            None
        }
    };
    Parsed { tree, bare: operands::bare_name(query, &significant), problems: parser.problems }
}

/// The first character of `text` that a word processor put in place of a plain one.
pub(super) fn damage(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, character)| is_damage(character))
}

struct Parser<'a> {
    query: &'a str,
    readings: Readings,
    tokens: &'a [Token<'a>],
    at: usize,
    level: usize,
    problems: Vec<Problem>,
}

/// A set operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetOperator {
    And,
    Or,
    Not,
}

/// A positional operator.
enum Adjacency {
    /// `adj`: right after, in this order.
    Next,
    /// `adjN`: at most so far, in either order.
    Within(u8),
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// The operator that stands next: its lower-case word.
    fn operator(&self) -> Option<String> {
        self.peek().filter(|token| token.kind == TokenKind::Word && is_operator(token.text)).map(|token| plain_lower(token.text))
    }

    fn set_operator(&self) -> Option<SetOperator> {
        match self.operator()?.as_str() {
            "and" => Some(SetOperator::And),
            "or" => Some(SetOperator::Or),
            "not" => Some(SetOperator::Not),
            _ => None,
        }
    }

    fn line(&mut self) -> Result<Expr, Problem> {
        if let Some(command) = operands::command(self.tokens) {
            return match command {
                operands::Command::Limit(label) | operands::Command::OldLimit(label) => {
                    let span = Span::new(0, self.query.len());
                    let begin = if matches!(command, operands::Command::Limit(_)) { 3 } else { 5 };
                    let limits = limits(self.query, self.tokens.get(begin..).unwrap_or_default(), self.query.len())?;
                    Ok(Expr { kind: ExprKind::Limit(label, limits), span })
                }
                operands::Command::Unique(label) => Ok(Expr { kind: ExprKind::Unique(label), span: Span::new(0, self.query.len()) }),
                operands::Command::Unsupported(problem) => Err(problem),
            };
        }
        if let Some(years) = operands::years(self.query) {
            let span = Span::new(0, self.query.len());
            let word = |year: u16| Text::Word(operands::digits(&year.to_string()));
            let text = Text::Or(years.map(word).collect());
            return Ok(Expr { kind: ExprKind::Text(TextLeaf { text, codes: vec!["yr".to_owned()], at_least: 1 }), span });
        }
        if let Some((kind, problem)) = operands::group_without_slash(self.tokens)? {
            self.problems.push(problem);
            return Ok(Expr { kind, span: Span::new(0, self.query.len()) });
        }
        let database = operands::database(self.tokens);
        if database.is_some() {
            self.tokens = &self.tokens[..self.tokens.len() - 2];
        }
        let mut node = self.level()?;
        if let (Some(name), None) = (database, self.peek()) {
            node = Node::new(NodeKind::Database(Box::new(node), name), Span::new(0, self.query.len()))?;
        }
        match self.peek() {
            None => leaves::resolve(node, &[]),
            Some(token) if token.kind == TokenKind::Close => {
                Err(Problem::new(Code::UnbalancedBracket, token.span, "a closing bracket that none opens"))
            }
            Some(token) => Err(unexpected(Code::ExpectedOperator, token)),
        }
    }

    /// Operands and set operators up to the end or a closing bracket.
    fn level(&mut self) -> Result<Node, Problem> {
        let mut operands = vec![self.proximity()?];
        let mut operators = Vec::new();
        while let Some(operator) = self.set_operator() {
            let written = self.tokens[self.at];
            self.at += 1;
            let mut operator = operator;
            if operator == SetOperator::And && self.set_operator() == Some(SetOperator::Not) {
                let span = written.span.to(self.tokens[self.at].span);
                self.problems.push(Problem::new(Code::AndNot, span, "\"and not\""));
                self.at += 1;
                operator = SetOperator::Not;
            }
            // "or or/1-3" is an operator and a group.
            let is_group = |parser: &Self| parser.tokens.get(parser.at + 1).is_some_and(|token| token.kind == TokenKind::Slash);
            while self.set_operator() == Some(operator) && !is_group(self) {
                self.problems.push(Problem::new(Code::DoubledOperator, written.span.to(self.tokens[self.at].span), "two"));
                self.at += 1;
            }
            operators.push(operator);
            operands.push(self.proximity()?);
        }
        if check::order_matters(&operators) {
            let span = operands.iter().map(|operand| operand.span).reduce(Span::to).unwrap_or_default();
            self.problems.push(Problem::new(Code::MixedOperators, span, "different operators without brackets"));
        }
        match self.readings.precedence {
            Precedence::AndNotOr => by_precedence(operands, &operators),
            Precedence::AndNotEqual => from_left(operands, &operators, true),
            Precedence::LeftToRight => from_left(operands, &operators, false),
        }
    }

    /// One operand of a set operator: a reference, a group, a heading, or words joined by adj, with the suffix of them all.
    fn proximity(&mut self) -> Result<Node, Problem> {
        if let Some(operand) = operands::whole(self.query, self.tokens, self.at)? {
            return self.whole(operand);
        }
        let mut left = self.phrase()?;
        while let Some(adjacency) = self.adjacency()? {
            let right = self.phrase()?;
            left = match adjacency {
                Adjacency::Next => chain(vec![left, right])?,
                Adjacency::Within(n) => {
                    let span = left.span.to(right.span);
                    Node::new(NodeKind::Near(n, Box::new(left), Box::new(right)), span)?
                }
            };
        }
        let node = self.suffix(left)?;
        self.after_operand(&node)?;
        Ok(node)
    }

    fn whole(&mut self, operand: Operand) -> Result<Node, Problem> {
        let Operand { kind, span, next, remark } = operand;
        self.at = next;
        self.problems.extend(remark);
        let node = Node::new(kind, span)?;
        self.after_operand(&node)?;
        Ok(node)
    }

    /// Drops what Ovid displays after an operand, and says plainly what may not stand there.
    fn after_operand(&mut self, node: &Node) -> Result<(), Problem> {
        let is_loose = |token: Token<'_>, end: usize| match token.kind {
            TokenKind::Note => {
                token.span.start > end || matches!(node.kind, NodeKind::Suffixed(..) | NodeKind::Frequent(..) | NodeKind::Whole(_))
            }
            TokenKind::Mark => matches!(plain(token.text.chars().next().unwrap_or(' ')), '.' | ';'),
            _ => false,
        };
        while let Some(token) = self.peek() {
            let end = self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |before| before.span.end);
            if !is_loose(token, end) {
                break;
            }
            self.at += 1;
        }
        let Some(token) = self.peek() else { return Ok(()) };
        if let [open, count] = &self.tokens[self.at..]
            && self.level == 0
            && matches!(node.kind, NodeKind::Suffixed(..) | NodeKind::Whole(_))
            && open.kind == TokenKind::Open
            && number(count.text).is_some()
        {
            let span = open.span.to(count.span);
            self.problems.push(Problem::new(Code::CutHitCount, span, format!("\"{}\"", &self.query[span.start..span.end])));
            self.at += 2;
            return Ok(());
        }
        if let Some(problem) = foreign::after_operand(self.tokens, self.at) {
            return Err(problem);
        }
        match token.kind {
            TokenKind::Close => Ok(()),
            TokenKind::Word if self.set_operator().is_some() => Ok(()),
            TokenKind::Word if self.operator().is_some() => {
                let code = if matches!(node.kind, NodeKind::Suffixed(..) | NodeKind::Frequent(..)) {
                    Code::SuffixInsideAdj
                } else {
                    Code::SetInsideAdj
                };
                Err(Problem::new(code, node.span, format!("\"{}\" before {}", &self.query[node.span.start..node.span.end], token.text)))
            }
            _ => Err(unexpected(Code::ExpectedOperator, token)),
        }
    }

    /// Takes `adj` or `adjN`, if it stands here. `adj 3` with a blank is `adj3`.
    fn adjacency(&mut self) -> Result<Option<Adjacency>, Problem> {
        let Some(operator) = self.operator() else { return Ok(None) };
        let Some(digits) = operator.strip_prefix("adj") else { return Ok(None) };
        let mut span = self.tokens[self.at].span;
        let mut digits = digits.to_owned();
        self.at += 1;
        if digits.is_empty()
            && let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Word && number(token.text).is_some())
            && self.tokens.get(self.at + 1).is_some_and(|after| matches!(after.kind, TokenKind::Word | TokenKind::Open | TokenKind::Quoted))
            && self.tokens.get(self.at + 1).is_some_and(|after| after.kind != TokenKind::Word || !is_operator(after.text))
        {
            digits = plain_lower(token.text);
            span = span.to(token.span);
            self.at += 1;
        }
        if digits.is_empty() {
            return Ok(Some(Adjacency::Next));
        }
        match digits.parse::<u8>() {
            Ok(n @ 1..=99) => Ok(Some(Adjacency::Within(n))),
            _ => Err(Problem::new(Code::AdjDistance, span, format!("\"{digits}\""))),
        }
    }

    /// Units joined by blanks or punctuation.
    fn phrase(&mut self) -> Result<Node, Problem> {
        let mut units = Vec::new();
        let mut numbers: Vec<Span> = Vec::new();
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Word if is_operator(token.text) => break,
                TokenKind::Word => {
                    if let Some(span) = operands::misplaced_command(self.tokens, self.at) {
                        let found = format!("\"{}\"", &self.query[span.start..span.end]);
                        return Err(Problem::new(Code::CommandNotAlone, span, found));
                    }
                    if let Some(problem) = foreign::at_word(self.tokens, self.at) {
                        return Err(problem);
                    }
                    if let Some(label) = number(token.text) {
                        if self.stands_free() {
                            numbers.push(token.span);
                        }
                        units.push(Node::new(NodeKind::Number(label, operands::digits(token.text)), token.span)?);
                    } else if self.readings.stopwords_stand_for_any && STOPWORDS.contains(&plain_lower(token.text).as_str()) {
                        let pattern = Pattern { parts: vec![PatternPart::Stopword(plain_lower(token.text))] };
                        units.push(Node::new(NodeKind::Word(pattern), token.span)?);
                    } else {
                        units.extend(self.words(token.text, token.span)?);
                    }
                }
                TokenKind::Quoted => units.extend(self.quoted(token)?),
                TokenKind::Open => {
                    units.push(self.brackets(token)?);
                    continue;
                }
                TokenKind::StrayQuote => return Err(Problem::new(Code::UnclosedQuote, token.span, "one without a partner")),
                TokenKind::Blank | TokenKind::Comma | TokenKind::Dash => {}
                TokenKind::Slash | TokenKind::Mark => {
                    if let Some(problem) = foreign::at_mark(self.tokens, self.at) {
                        return Err(problem);
                    }
                    if token.kind == TokenKind::Slash {
                        if !foreign::is_inside_word(self.tokens, self.at) {
                            break;
                        }
                        self.problems.push(Problem::new(Code::SlashInPhrase, token.span, "one between two words"));
                    }
                }
                TokenKind::Note if units.is_empty() => {
                    return Err(foreign::note_for_operand(&token));
                }
                TokenKind::Suffix | TokenKind::Close | TokenKind::Note => break,
            }
            self.at += 1;
        }
        if units.len() > 1 {
            self.problems.extend(numbers.into_iter().map(|span| {
                let digits = &self.query[span.start..span.end];
                Problem::new(Code::UnquotedNumber, span, format!("\"{digits}\" without them"))
            }));
        }
        match units.len() {
            0 => Err(match self.peek() {
                Some(token) => unexpected(Code::ExpectedOperand, token),
                None => Problem::new(Code::ExpectedOperand, Span::new(self.query.len(), self.query.len()), "the end of the line"),
            }),
            _ => chain(units),
        }
    }

    /// Whether the token here has a blank, a bracket or an end on both sides.
    fn stands_free(&self) -> bool {
        let Some(token) = self.peek() else { return false };
        let is_bracket = |other: &Token<'_>| matches!(other.kind, TokenKind::Open | TokenKind::Close | TokenKind::Suffix);
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let after = self.tokens.get(self.at + 1);
        before.is_none_or(|before| before.span.end < token.span.start || is_bracket(before))
            && after.is_none_or(|after| after.span.start > token.span.end || is_bracket(after))
    }

    /// The words that one word as written is.
    fn words(&mut self, text: &str, span: Span) -> Result<Vec<Node>, Problem> {
        let Ok(patterns) = patterns(text) else {
            return Err(Problem::new(Code::LeadingWildcard, span, format!("\"{text}\"")));
        };
        if patterns.iter().any(truncates_inside) {
            self.problems.push(Problem::new(Code::InternalTruncation, span, format!("\"{text}\"")));
        }
        patterns.into_iter().map(|pattern| Node::new(NodeKind::Word(pattern), span)).collect()
    }

    /// The words of a quoted text; nothing in it is syntax but the wildcards.
    fn quoted(&mut self, token: Token<'_>) -> Result<Vec<Node>, Problem> {
        let mut words = Vec::new();
        let (before, inside) = operands::inside_quotes(token.text);
        for inner in tokens(inside) {
            if matches!(inner.kind, TokenKind::Blank | TokenKind::Mark) {
                continue;
            }
            // What looks like a suffix or a note is words like any others.
            let mut start = token.span.start + before + inner.span.start;
            for piece in inner.text.split_inclusive(separates) {
                let word = piece.trim_end_matches(separates);
                words.extend(self.words(word, Span::new(start, start + word.len()))?);
                start += piece.len();
            }
        }
        if words.is_empty() {
            return Err(Problem::new(Code::ExpectedOperand, token.span, "quotation marks with nothing between them"));
        }
        Ok(words)
    }

    fn brackets(&mut self, open: Token<'_>) -> Result<Node, Problem> {
        if self.level >= MAX_DEPTH {
            return Err(Problem::new(Code::TooDeep, open.span, "more"));
        }
        self.at += 1;
        self.level += 1;
        let mut node = self.level()?;
        self.level -= 1;
        let Some(close) = self.peek().filter(|token| token.kind == TokenKind::Close) else {
            return Err(match self.peek() {
                None => Problem::new(Code::UnbalancedBracket, open.span, "an opening bracket that is not closed"),
                Some(token) => unexpected(Code::ExpectedOperator, token),
            });
        };
        self.at += 1;
        node.span = open.span.to(close.span);
        Ok(node)
    }

    /// The suffix that stands next, around `node`.
    fn suffix(&mut self, node: Node) -> Result<Node, Problem> {
        let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Suffix) else { return Ok(node) };
        let (codes, dotted) = suffix_codes(token.text);
        if let Some(unknown) = codes.iter().find(|code| field_code(code).is_none()) {
            let near = nearest_codes(unknown);
            let hint = if near.is_empty() { String::new() } else { format!(" (near to it: {})", near.join(", ")) };
            let at = token
                .text
                .to_ascii_lowercase()
                .find(unknown.as_str())
                .map(|at| Span::new(token.span.start + at, token.span.start + at + unknown.len()));
            return Err(Problem::new(Code::UnknownFieldCode, at.unwrap_or(token.span), format!("\"{unknown}\"{hint}")));
        }
        if dotted {
            self.problems.push(Problem::new(Code::SuffixSeparator, token.span, format!("\"{}\"", token.text.trim())));
        }
        self.at += 1;
        let span = node.span.to(token.span);
        let suffixed = Node::new(NodeKind::Suffixed(Box::new(node), codes), span)?;
        self.frequency(suffixed)
    }

    /// `/freq=3`, if it stands next, around `node`.
    fn frequency(&mut self, node: Node) -> Result<Node, Problem> {
        let is = |at: usize, text: &str| self.tokens.get(at).is_some_and(|token| plain_lower(token.text) == text);
        if !(is(self.at, "/") && is(self.at + 1, "freq")) {
            return Ok(node);
        }
        let written = self.tokens[self.at].span.to(self.tokens[self.at + 1].span);
        let count = self.tokens.get(self.at + 3).filter(|_| is(self.at + 2, "="));
        let Some((count, token)) = count.and_then(|token| Some((number(token.text).filter(|count| *count > 0)?, token))) else {
            let end = self.tokens.get(self.at + 3).or_else(|| self.tokens.get(self.at + 2)).map_or(written, |token| token.span);
            let span = written.to(end);
            return Err(Problem::new(Code::Frequency, span, format!("\"{}\"", &self.query[span.start..span.end])));
        };
        self.at += 4;
        let span = node.span.to(token.span);
        Node::new(NodeKind::Frequent(count, Box::new(node)), span)
    }
}

/// Whether a character ends a word inside quotation marks, even within what is a single token elsewhere.
fn separates(character: char) -> bool {
    matches!(plain(character), '.' | ',' | ' ' | '[' | ']' | '/' | '-' | '(' | ')')
}

/// A problem about a token that may not stand where it does.
fn unexpected(code: Code, token: Token<'_>) -> Problem {
    let found = match token.kind {
        TokenKind::Close => "a closing bracket".to_owned(),
        TokenKind::Open => "an opening bracket".to_owned(),
        TokenKind::Suffix => format!("the field suffix \"{}\"", token.text.trim()),
        TokenKind::Word if is_operator(token.text) => format!("the operator \"{}\"", token.text),
        TokenKind::Quoted => token.text.to_owned(),
        _ => format!("\"{}\"", token.text),
    };
    Problem::new(code, token.span, found)
}

/// Parts one after the other. Adjacency is associative, so a chain in a chain is one chain.
fn chain(parts: Vec<Node>) -> Result<Node, Problem> {
    let span = parts.iter().map(|part| part.span).reduce(Span::to).unwrap_or_default();
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part.kind {
            NodeKind::Chain(inner) => flat.extend(inner),
            _ => flat.push(part),
        }
    }
    match flat.pop() {
        Some(mut only) if flat.is_empty() => {
            only.span = span;
            Ok(only)
        }
        last => {
            flat.extend(last);
            Node::new(NodeKind::Chain(flat), span)
        }
    }
}

/// And first, then not, then or.
fn by_precedence(operands: Vec<Node>, operators: &[SetOperator]) -> Result<Node, Problem> {
    let mut alternatives = Vec::new();
    let mut left: Option<Node> = None;
    let mut together = Vec::new();
    let before = std::iter::once(SetOperator::Or).chain(operators.iter().copied());
    for (operator, operand) in before.zip(operands) {
        if operator != SetOperator::And && !together.is_empty() {
            left = Some(subtract(left, several(std::mem::take(&mut together), NodeKind::And)?)?);
        }
        if operator == SetOperator::Or {
            alternatives.extend(left.take());
        }
        together.push(operand);
    }
    alternatives.push(subtract(left, several(together, NodeKind::And)?)?);
    several(alternatives, NodeKind::Or)
}

/// From left to right; with `or_last`, or after and and not.
fn from_left(operands: Vec<Node>, operators: &[SetOperator], or_last: bool) -> Result<Node, Problem> {
    let mut alternatives: Vec<Node> = Vec::new();
    let mut operands = operands.into_iter();
    let mut left = operands.next();
    for (operator, right) in operators.iter().zip(operands) {
        let Some(so_far) = left.take() else { break };
        left = Some(match operator {
            SetOperator::Or if or_last => {
                alternatives.push(so_far);
                right
            }
            SetOperator::Or => several(vec![so_far, right], NodeKind::Or)?,
            SetOperator::And => several(vec![so_far, right], NodeKind::And)?,
            SetOperator::Not => subtract(Some(so_far), right)?,
        });
    }
    alternatives.extend(left);
    several(alternatives, NodeKind::Or)
}

fn subtract(left: Option<Node>, right: Node) -> Result<Node, Problem> {
    let Some(left) = left else { return Ok(right) };
    let span = left.span.to(right.span);
    Node::new(NodeKind::Not(Box::new(left), Box::new(right)), span)
}

/// One node alone, or all of them under an operator.
fn several(mut nodes: Vec<Node>, operator: fn(Vec<Node>) -> NodeKind) -> Result<Node, Problem> {
    let span = nodes.iter().map(|node| node.span).reduce(Span::to).unwrap_or_default();
    match nodes.pop() {
        Some(only) if nodes.is_empty() => Ok(only),
        last => {
            nodes.extend(last);
            Node::new(operator(nodes), span)
        }
    }
}
