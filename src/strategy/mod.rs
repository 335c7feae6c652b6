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
    Cell, Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf,
    physical_lines,
};
pub use edit::{Member, members, references, relabelled};
pub use fields::{CodeKind, DEFAULT_CODE, FIELD_CODES, FieldCode, field_code, nearest_codes};
pub use lexer::{Token, TokenKind, tokens};
pub use limits::group_headings;
pub use lint::lint;
pub use pubmed::nearest_tags;

use crate::diagnostic::{Code, Diagnostic, Span};
use check::{Labels, bad_references};
use parser::Problem;
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

/// The language that a strategy is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Ovid's.
    #[default]
    Ovid,
    /// PubMed's.
    PubMed,
}

/// Reads a strategy in Ovid's language with the usual [`Readings`]; see [`parse_in`].
///
/// ```
/// use refsieve::strategy::parse;
/// let (strategy, diagnostics) = parse("peer.ovid", "1 (peer adj support*).ti,ab\n2 Peer Group/\n3 or/1-2");
/// assert!(diagnostics.is_empty());
/// assert_eq!(strategy.to_string(), "1\t(peer adj support*).ti,ab.\n2\tPeer Group/\n3\tor/1,2\n");
/// ```
#[must_use]
pub fn parse(name: &str, text: &str) -> (Strategy, Vec<Diagnostic>) {
    parse_in(Language::Ovid, name, text, Readings::default())
}

/// Reads a strategy in PubMed's language; see [`parse_in`].
///
/// ```
/// use refsieve::strategy::parse_pubmed;
/// let text = "#1 \"peer group\"[mh] OR peer worker*[tiab]\n#2 #1 AND english[la]";
/// let (strategy, diagnostics) = parse_pubmed("peer.txt", text);
/// assert!(diagnostics.is_empty());
/// assert_eq!(strategy.to_string(), "1\texp peer group/ or (peer adj worker*).ti,ab,kf.\n2\t1 and english.la.\n");
/// ```
#[must_use]
pub fn parse_pubmed(name: &str, text: &str) -> (Strategy, Vec<Diagnostic>) {
    parse_in(Language::PubMed, name, text, Readings::default())
}

/// Reads a strategy in the language that it is written in. `name` is the file as the user named it, for the diagnostics;
/// their lines are physical lines of `text` ([`physical_lines`]) from 1, their spans bytes of that line. The readings are
/// those of Ovid's language: PubMed's manual leaves nothing to read in one way or another.
#[must_use]
pub fn parse_in(language: Language, name: &str, text: &str, readings: Readings) -> (Strategy, Vec<Diagnostic>) {
    match language {
        Language::Ovid => {
            let mut bare_names = Vec::new();
            let (mut strategy, diagnostics) = assemble(language, name, text, |query, _| {
                let parsed = parser::parse_line(query, readings);
                bare_names.push(parsed.bare);
                (parsed.tree, parsed.problems)
            });
            assume_headings(&mut strategy.lines, bare_names);
            (strategy, diagnostics)
        }
        Language::PubMed => assemble(language, name, text, pubmed::parse_line),
    }
}

/// Cuts the text into lines and gives each the tree that `parse_line` makes of it: it is called once a line, in their order,
/// with the query and whether a number is that of a line above.
fn assemble(
    language: Language,
    name: &str,
    text: &str,
    mut parse_line: impl FnMut(&str, &dyn Fn(u32) -> bool) -> (Option<Expr>, Vec<Problem>),
) -> (Strategy, Vec<Diagnostic>) {
    let file: Arc<str> = Arc::from(name);
    let table = if language == Language::PubMed { pubmed::read_download(&file, text) } else { None };
    let (unread, mut diagnostics) = table.unwrap_or_else(|| reader::read(&file, text, language));
    if unread.is_empty() {
        diagnostics.push(Diagnostic::new(Code::EmptyStrategy, &file, 0, Span::default(), "none"));
    }
    let mut labels = Labels::new();
    for (index, line) in unread.iter().enumerate() {
        labels.entry(line.label).or_default().push(index);
    }
    let mut lines = Vec::with_capacity(unread.len());
    for (index, mut line) in unread.into_iter().enumerate() {
        let is_above = |label: u32| labels.get(&label).is_some_and(|lines| lines.iter().all(|at| *at < index));
        let (tree, mut problems) = parse_line(&line.query, &is_above);
        let bad_references = tree.as_ref().map(|tree| bad_references(tree, index, &labels)).unwrap_or_default();
        line.tree = tree.filter(|_| bad_references.is_empty());
        problems.extend(bad_references);
        if language == Language::Ovid
            && let Some(tree) = &mut line.tree
            && let Err(problem) = narrow::apply(tree, &lines)
        {
            line.tree = None;
            problems.push(problem);
        }
        for problem in problems {
            let (physical_line, span) = line.place(problem.span);
            diagnostics.push(Diagnostic::new(problem.code, &file, physical_line, span, problem.found));
        }
        lines.push(line);
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span.start));
    (Strategy { lines, language }, diagnostics)
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
