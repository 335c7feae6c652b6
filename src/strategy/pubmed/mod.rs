//! PubMed's language -> the same tree as Ovid's.
//!
//! Goes in: a strategy as PubMed takes it or prints it. Comes out: a [`Strategy`] and what is to be said about it. By PubMed's
//! User Guide: operators from left to right without precedence, brackets first; words side by side are anded; a tag in
//! square brackets belongs to the term right before it; `[mh]` explodes and takes a subheading with those below it, unless
//! `:noexp` stands in it; `*` truncates; `"two words"[tiab:~N]` finds words with at most N between, in any order. Automatic
//! term mapping, which turns untagged words into headings, cannot be copied: such words are searched in all fields, and
//! that is said.

mod lexer;
mod parser;
mod tags;
mod terms;

pub use tags::nearest_tags;

use super::check::{Labels, bad_references};
use super::parser::Problem;
use super::{Line, Strategy, reader};
use crate::diagnostic::{Code, Diagnostic, Span};
use std::sync::Arc;

/// Reads a strategy in PubMed's language. `name` is the file as the user named it; places are as those of
/// [`super::parse`].
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
    let file: Arc<str> = Arc::from(name);
    let (logical, mut diagnostics) = reader::read(&file, text, super::Language::PubMed);
    if logical.is_empty() {
        diagnostics.push(Diagnostic::new(Code::EmptyStrategy, &file, 0, Span::default(), "none"));
    }
    let mut labels = Labels::new();
    for (index, line) in logical.iter().enumerate() {
        labels.entry(line.label).or_default().push(index);
    }
    let mut lines = Vec::with_capacity(logical.len());
    for (index, logical) in logical.into_iter().enumerate() {
        let mut line = Line {
            label: logical.label,
            query: text[logical.query.start..logical.query.end].to_owned(),
            physical_line: logical.physical_line,
            offset: logical.offset,
            published: logical.published,
            tree: None,
        };
        let is_above = |label: u32| labels.get(&label).is_some_and(|lines| lines.iter().all(|at| *at < index));
        let (tree, mut problems) = parser::parse_line(&line.query, &is_above);
        if let Some(tree) = tree {
            let bad = bad_references(&tree, index, &labels);
            line.tree = Some(tree).filter(|_| bad.is_empty());
            problems.extend(bad);
        }
        for Problem { code, span, found } in problems {
            let (physical_line, span) = line.place(span);
            diagnostics.push(Diagnostic::new(code, &file, physical_line, span, found));
        }
        lines.push(line);
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span.start));
    (Strategy { lines }, diagnostics)
}
