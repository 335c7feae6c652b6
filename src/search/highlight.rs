//! Where in a record the words stand that a line of a strategy has found.
//!
//! Goes in: a strategy, one of its lines, a record. Comes out: the record's texts with the ranges to be marked. What stands
//! behind a `not` is not marked.

use super::heading::{self, Reading};
use super::plan::Leaf;
use super::{Notes, Settings, text};
use crate::index::{Phrase, Place, PlacedWord, placed_words, spans};
use crate::record::{Field, Heading, Record};
use crate::strategy::{Expr, ExprKind, Strategy};
use crate::text::{Folded, plain};
use crate::thesaurus::Thesaurus;
use std::collections::BTreeSet;
use std::ops::Range;

/// A text of a record and what in it is to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// What the text is.
    pub field: Field,
    /// The text, entities resolved.
    pub text: String,
    /// The bytes to be marked: rising, apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// Finds what the lines of one strategy mark in records.
pub struct Highlighter {
    phrases: Vec<(Field, Phrase)>,
    headings: BTreeSet<String>,
}

impl Highlighter {
    /// For the line at `at` (counted from 0) of `strategy`, with the lines it refers to.
    #[must_use]
    pub fn new(strategy: &Strategy, at: usize, thesaurus: &Thesaurus, settings: &Settings) -> Self {
        let mut highlighter = Self { phrases: Vec::new(), headings: BTreeSet::new() };
        let mut seen = BTreeSet::new();
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let Some(line) = strategy.lines.get(at).filter(|_| seen.insert(at)) else { continue };
            if let Some(tree) = &line.tree {
                let mut labels = Vec::new();
                highlighter.add(tree, line, thesaurus, settings, &mut labels);
                open.extend((0..at).filter(|above| labels.contains(&strategy.lines[*above].label)));
            }
        }
        highlighter
    }

    fn add(&mut self, expr: &Expr, line: &crate::strategy::Line, thesaurus: &Thesaurus, settings: &Settings, labels: &mut Vec<u32>) {
        let leaves = match &expr.kind {
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                return parts.iter().for_each(|part| self.add(part, line, thesaurus, settings, labels));
            }
            ExprKind::Not(left, _) => return self.add(left, line, thesaurus, settings, labels),
            ExprKind::Database(inner, _) => return self.add(inner, line, thesaurus, settings, labels),
            ExprKind::Reference(label) | ExprKind::Limit(label, _) | ExprKind::Unique(label) => return labels.push(*label),
            ExprKind::Passing(_) => return,
            ExprKind::Group(_, group) => return labels.extend(group),
            ExprKind::Text(leaf) => text::leaves(leaf, settings.adj_skips_stopwords),
            ExprKind::Heading(leaf) => {
                let mut notes = Notes { file: "".into(), diagnostics: Vec::new() };
                match heading::read(leaf, line, expr.span, thesaurus, &mut notes) {
                    Reading::Heading { leaves, .. } => leaves,
                    Reading::Words(leaf) => text::leaves(&leaf, settings.adj_skips_stopwords),
                }
            }
        };
        for leaf in leaves {
            match leaf {
                Leaf::Phrase(Place::Words(field), phrase) => self.phrases.push((field, phrase)),
                Leaf::AnyOf(Place::Headings, terms) => {
                    // Without the signs for major topics and qualifiers.
                    self.headings
                        .extend(terms.iter().map(|term| term.trim_start_matches('*').split('/').next().unwrap_or_default().to_owned()));
                }
                _ => {}
            }
        }
    }

    /// The texts of `record` in which something is marked, and its title and abstract in any case, in the order of the
    /// record.
    #[must_use]
    pub fn marks(&self, record: &Record) -> Vec<Marked> {
        let mut found = Vec::new();
        for entry in record.entries() {
            let text = plain(entry.value).into_owned();
            let marks = self.in_text(entry.field, &text);
            if !marks.is_empty() || matches!(entry.field, Field::Title | Field::Abstract) {
                found.push(Marked { field: entry.field, text, marks });
            }
        }
        found
    }

    fn in_text(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        let mut marks: Vec<Range<usize>> = Vec::new();
        let phrases: Vec<&Phrase> = self.phrases.iter().filter(|(of, _)| *of == field).map(|(_, phrase)| phrase).collect();
        if !phrases.is_empty() {
            let words = placed_words(text);
            for phrase in phrases {
                in_words(phrase, &words, &mut marks);
            }
        }
        if matches!(field, Field::Heading | Field::Keyword) {
            for part in text.split([';', '\n']) {
                let named = Heading::parse(part).is_some_and(|heading| self.headings.contains(Folded::words(heading.descriptor).as_str()))
                    || self.headings.contains(Folded::words(part).as_str());
                if named {
                    let start = part.as_ptr() as usize - text.as_ptr() as usize;
                    let trimmed = part.trim_start();
                    let start = start + part.len() - trimmed.len();
                    marks.push(start..start + trimmed.trim_end().len());
                }
            }
        }
        joined(marks)
    }
}

/// Marks the words of every place where the phrase stands.
fn in_words(phrase: &Phrase, words: &[PlacedWord], marks: &mut Vec<Range<usize>>) {
    let skipped: Vec<u32> = words.iter().filter(|word| phrase.uncounted.contains(&word.form)).map(|word| word.position).collect();
    let counted = |word: &PlacedWord| word.position - skipped.partition_point(|at| *at < word.position) as u32;
    let positions: Vec<Vec<u32>> =
        phrase.words.iter().map(|pattern| words.iter().filter(|word| pattern.matches(&word.form)).map(counted).collect()).collect();
    let wanted: BTreeSet<u32> = positions.iter().flatten().copied().collect();
    for span in spans(&phrase.shape, &positions) {
        let inside = words.iter().filter(|word| {
            let at = counted(word);
            (span.first..=span.last).contains(&at) && wanted.contains(&at) && !phrase.uncounted.contains(&word.form)
        });
        marks.extend(inside.map(|word| word.range.clone()));
    }
}

/// Sorted, and those that overlap or stand side by side as one.
fn joined(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match out.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => out.push(mark),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{RecordBuilder, Source};
    use crate::strategy::parse;
    use std::sync::Arc;

    fn check(strategy: &str, entries: &[(Field, &str)], expected: &[&str]) {
        let mut builder = RecordBuilder::default();
        for (field, value) in entries {
            builder.push_text("X", *field, value);
        }
        let record = builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1);
        let (strategy, _) = parse("x", strategy);
        let highlighter = Highlighter::new(&strategy, strategy.lines.len() - 1, Thesaurus::mesh(), &Settings::default());
        let found: Vec<String> = highlighter
            .marks(&record)
            .iter()
            .map(|marked| {
                let mut shown = marked.text.clone();
                for mark in marked.marks.iter().rev() {
                    shown.insert(mark.end, ']');
                    shown.insert(mark.start, '[');
                }
                shown
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_was_found_is_marked() {
        let title = (Field::Title, "Peer-led support for peers");
        check("(peer adj3 support*).ti.", &[title], &["[Peer]-led [support] for peers"]);
        check("1 peer*.ti.\n2 support.ti.\n3 1 not 2", &[title], &["[Peer]-led support for [peers]"]);
        check("support.ab.", &[title], &["Peer-led support for peers"]);
        check(
            "exp Health Services/",
            &[(Field::Heading, "*Mental Health Services/og"), (Field::Heading, "Humans")],
            &["[*Mental Health Services/og]"],
        );
        check("peer group/", &[(Field::Keyword, "Hope; Peer Group")], &["Hope; [Peer Group]"]);
        check("1 peer*.ti.\n2 limit 1 to english", &[title], &["[Peer]-led support for [peers]"]);
    }
}
