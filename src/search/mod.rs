//! A strategy and an index -> the hits of every line.
//!
//! Goes in: a parsed [`Strategy`], an [`Index`], a [`Thesaurus`]. Comes out: for each line a set of record numbers, or
//! none where the line cannot be run, with diagnostics that say why. First `plan` resolves references, fields and
//! headings into sets over leaves; then `exec` searches each different leaf once and combines them line by line.

mod check;
mod database;
mod exec;
mod explain;
mod extended;
mod heading;
mod highlight;
mod language;
mod plan;
mod text;

pub use check::check;
pub use explain::{ExplainedLine, Explainer, Explanation, Loss, LossKind, Reason};
pub use extended::Extended;
pub use highlight::{Highlighter, Marked};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::error::Result;
use crate::index::Index;
use crate::progress::Progress;
use crate::strategy::{Line, Precedence, Readings, Strategy};
use crate::thesaurus::Thesaurus;
use roaring::RoaringBitmap;
use std::sync::Arc;

/// How far truncation may go, and what is known about the records beside the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A truncated word that stands for more different words of a field than this is pointed out. OVID guides call a root
    /// of one or two letters legal and unwise; 5,000 forms is far beyond any that was meant.
    pub wide_truncation: usize,
    /// A truncated word that stands for more different words of a field than this makes its line an error. A bound on
    /// memory (about 40 bytes a form), not a matter of taste: `a*` in the abstracts of a million records stays below it.
    pub most_forms: usize,
    /// For each record the number of the group of duplicates it is in, for `remove duplicates from`; a record past the end
    /// is a group of its own.
    pub groups: Option<Arc<[u32]>>,
    /// Whether words that Ovid drops from unquoted phrases take no place between two words: "help in the home" is then
    /// `help adj2 home`. Such words are then left out of unquoted phrases too, where the strategy was read with
    /// [`Readings::stopwords_stand_for_any`].
    pub adj_skips_stopwords: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wide_truncation: 5_000, most_forms: 500_000, groups: None, adj_skips_stopwords: false }
    }
}

/// What a strategy finds.
#[derive(Debug, Clone)]
pub struct Run {
    /// The lines, in the order of the strategy.
    pub lines: Vec<LineHits>,
    /// What was assumed and what could not be run; in the order of the lines.
    pub diagnostics: Vec<Diagnostic>,
    /// How each heading was read, in the order of the lines.
    pub headings: Vec<HeadingReading>,
    /// Whether a heading was looked up in the thesaurus and found; [`crate::thesaurus::ATTRIBUTION`] must then be shown
    /// where that is MeSH.
    pub used_mesh: bool,
}

/// One line and what it finds.
#[derive(Debug, Clone)]
pub struct LineHits {
    /// The number other lines refer to it by.
    pub label: u32,
    /// The query as written.
    pub query: String,
    /// The physical line on which it begins, from 1.
    pub physical_line: u32,
    /// The number of records that the pasted text gave for it.
    pub published: Option<u64>,
    /// The numbers of the records it finds, counted from 0; `None` where it cannot be run.
    pub hits: Option<RoaringBitmap>,
}

/// How a heading was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingReading {
    /// The number of the line.
    pub label: u32,
    /// The heading as written.
    pub written: String,
    /// The heading of the thesaurus; `None` where it has none of this name.
    pub heading: Option<String>,
    /// The number of narrower headings that `exp` added; `None` where it was not exploded.
    pub narrower: Option<usize>,
}

impl LineHits {
    /// The number of records; `None` where the line cannot be run.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.hits.as_ref().map(RoaringBitmap::len)
    }
}

/// The readings that decide where guides to the language differ, as they are shown beside a result.
#[must_use]
pub fn readings(readings: Readings, settings: &Settings) -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "precedence",
            match readings.precedence {
                Precedence::AndNotOr => "AND>NOT>OR",
                Precedence::AndNotEqual => "AND=NOT>OR",
                Precedence::LeftToRight => "left-to-right",
            },
        ),
        (
            "stopwords",
            match (readings.stopwords_stand_for_any, settings.adj_skips_stopwords) {
                (_, true) => "skipped",
                (true, false) => "any-word",
                (false, false) => "counted",
            },
        ),
        ("adj-chains", "left"),
        ("phrase-distance", "nearest-edge"),
        ("hyphen", "blank"),
        ("apostrophe", "with-and-without"),
        ("accents", "folded"),
        ("greek", "letter-and-name"),
        ("mp", "union-of-databases"),
        ("headings", "thesaurus-then-as-written"),
        ("limit-without-data", "fails"),
    ]
}

/// Runs every line of `strategy`. `file` is what diagnostics call it. The error is one of the index: nothing about the
/// strategy is an error.
pub fn run(
    strategy: &Strategy,
    file: &str,
    index: &Index,
    thesaurus: &Thesaurus,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Run> {
    let mut notes = Notes { file: file.into(), diagnostics: Vec::new() };
    let plan = plan::plan(strategy, thesaurus, settings, &mut notes);
    let hits = exec::exec(strategy, &plan, index, settings, progress, &mut notes)?;
    notes.diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span));
    notes.diagnostics.dedup();
    let lines = strategy.lines.iter().zip(hits).map(|(line, hits)| LineHits {
        label: line.label,
        query: line.query.clone(),
        physical_line: line.physical_line,
        published: line.published,
        hits,
    });
    Ok(Run {
        lines: lines.collect(),
        diagnostics: notes.diagnostics,
        used_mesh: plan.headings.iter().any(|reading| reading.heading.is_some()),
        headings: plan.headings,
    })
}

/// Collects diagnostics about places of lines.
struct Notes {
    file: Arc<str>,
    diagnostics: Vec<Diagnostic>,
}

impl Notes {
    fn add(&mut self, code: Code, line: &Line, span: Span, found: impl Into<String>) {
        let (number, span) = line.place(span);
        self.diagnostics.push(Diagnostic::new(code, &self.file, number, span, found));
    }
}
