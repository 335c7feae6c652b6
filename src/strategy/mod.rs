//! Search text -> tree -> text. Knows nothing of any index, record or thesaurus.
//!
//! Goes in: a strategy as people paste it. Comes out: a [`Strategy`], a plain value of numbered lines with a tree each, and
//! what is to be said about it. Parsing never fails: a line that cannot be parsed has no tree, and a diagnostic of severity
//! error says why and where; the other lines live.

pub mod ast;
mod check;
mod edit;
mod fields;
mod foreign;
mod history;
mod labels;
mod layout;
mod leaves;
mod lexer;
mod limits;
pub(crate) mod lint;
mod narrow;
mod operands;
mod parser;
mod print;
mod pubmed;
mod reader;
mod typography;
mod variants;
mod words;

pub use ast::{
    Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf, physical_lines,
};
pub use edit::{Member, members, references, relabelled};
pub use fields::{CodeKind, DEFAULT_CODE, FIELD_CODES, FieldCode, field_code, nearest_codes};
pub use lexer::{Token, TokenKind, tokens};
pub use limits::group_headings;
pub use lint::lint;
pub use pubmed::{nearest_tags, parse_pubmed};

use crate::diagnostic::{Code, Diagnostic, Span};
use std::sync::Arc;

/// How the language is read where guides to it differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    /// In which order and, or, not are applied where no brackets say it.
    pub precedence: Precedence,
    /// Whether a word that Ovid drops from unquoted phrases of MEDLINE ("quality of life") stands for any one word there;
    /// otherwise it must stand in the record as it is written.
    pub stopwords_stand_for_any: bool,
}

/// In which order set operators of one level are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precedence {
    /// And, then not, then or: Ovid's own course for a health service.
    #[default]
    AndNotOr,
    /// And and not from left to right, then or.
    AndNotEqual,
    /// All from left to right.
    LeftToRight,
}

/// Reads a strategy with the usual [`Readings`]; see [`parse_with`].
#[must_use]
pub fn parse(name: &str, text: &str) -> (Strategy, Vec<Diagnostic>) {
    parse_with(name, text, Readings::default())
}

/// The language that a strategy is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Ovid's.
    #[default]
    Ovid,
    /// PubMed's.
    PubMed,
}

/// Reads a strategy in the language that it is written in: [`parse_with`], or [`parse_pubmed`], which leaves nothing to read in
/// one way or another.
#[must_use]
pub fn parse_in(language: Language, name: &str, text: &str, readings: Readings) -> (Strategy, Vec<Diagnostic>) {
    match language {
        Language::Ovid => parse_with(name, text, readings),
        Language::PubMed => parse_pubmed(name, text),
    }
}

/// Reads a strategy in Ovid's language. `name` is the file as the user named it, for the diagnostics; their lines are
/// physical lines of `text` ([`physical_lines`]) from 1, their spans bytes of that line.
///
/// ```
/// use refsieve::strategy::parse;
/// let (strategy, diagnostics) = parse("peer.ovid", "1 (peer adj support*).ti,ab\n2 Peer Group/\n3 or/1-2");
/// assert!(diagnostics.is_empty());
/// assert_eq!(strategy.to_string(), "1\t(peer adj support*).ti,ab.\n2\tPeer Group/\n3\tor/1,2\n");
/// ```
#[must_use]
pub fn parse_with(name: &str, text: &str, readings: Readings) -> (Strategy, Vec<Diagnostic>) {
    let file: Arc<str> = Arc::from(name);
    let (logical, mut diagnostics) = reader::read(&file, text, Language::Ovid);
    if logical.is_empty() {
        diagnostics.push(Diagnostic::new(Code::EmptyStrategy, &file, 0, Span::default(), "none"));
    }
    let mut labels = check::Labels::new();
    for (index, line) in logical.iter().enumerate() {
        labels.entry(line.label).or_default().push(index);
    }
    let mut lines = Vec::with_capacity(logical.len());
    let mut bare_names = Vec::with_capacity(logical.len());
    for (index, logical) in logical.into_iter().enumerate() {
        let mut line = Line {
            label: logical.label,
            query: text[logical.query.start..logical.query.end].to_owned(),
            physical_line: logical.physical_line,
            offset: logical.offset,
            published: logical.published,
            tree: None,
        };
        let parsed = parser::parse_line(&line.query, readings);
        let bad_references = parsed.tree.as_ref().map(|tree| check::bad_references(tree, index, &labels)).unwrap_or_default();
        line.tree = parsed.tree.filter(|_| bad_references.is_empty());
        let mut not_headings = None;
        if let Some(tree) = &mut line.tree
            && let Err(problem) = narrow::apply(tree, &lines)
        {
            line.tree = None;
            not_headings = Some(problem);
        }
        for problem in parsed.problems.into_iter().chain(bad_references).chain(not_headings) {
            let (physical_line, span) = line.place(problem.span);
            diagnostics.push(Diagnostic::new(problem.code, &file, physical_line, span, problem.found));
        }
        lines.push(line);
        bare_names.push(parsed.bare);
    }
    assume_headings(&mut lines, bare_names);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span.start));
    (Strategy { lines }, diagnostics)
}

/// The words of `text` as a phrase, every one of them a word whatever else it may mean: what an assumed heading is searched
/// for in the default fields when no heading has that name. `None` where there is no word in it.
///
/// ```
/// use refsieve::strategy::phrase;
/// assert_eq!(phrase("Peer Group").map(|text| text.to_string()).as_deref(), Some("peer adj group"));
/// assert_eq!(phrase("-"), None);
/// ```
#[must_use]
pub fn phrase(text: &str) -> Option<Text> {
    let unquoted: String = text.chars().map(|character| if typography::plain(character) == '"' { ' ' } else { character }).collect();
    match parser::parse_line(&format!("\"{unquoted}\""), Readings::default()).tree {
        Some(Expr { kind: ExprKind::Text(leaf), .. }) => Some(leaf.text),
        _ => None,
    }
}

/// In a strategy whose other lines say where to search, a line of bare words is a heading that lost its slash, if the
/// thesaurus knows it.
fn assume_headings(lines: &mut [Line], bare_names: Vec<Option<String>>) {
    if !lines.iter().filter_map(|line| line.tree.as_ref()).any(has_suffix) {
        return;
    }
    for (line, name) in lines.iter_mut().zip(bare_names) {
        if let (Some(Expr { kind: kind @ ExprKind::Text(_), .. }), Some(name)) = (&mut line.tree, name) {
            *kind = ExprKind::Heading(HeadingLeaf {
                name,
                explode: false,
                focus: false,
                qualifiers: Vec::new(),
                certainty: HeadingCertainty::IfKnown,
            });
        }
    }
}

fn has_suffix(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().any(has_suffix),
        ExprKind::Not(left, right) => has_suffix(left) || has_suffix(right),
        ExprKind::Database(inner, _) => has_suffix(inner),
        ExprKind::Text(leaf) => !leaf.codes.is_empty(),
        _ => false,
    }
}
