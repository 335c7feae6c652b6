//! What in a strategy is worth a second look, by the thesaurus and by the records.
//!
//! Goes in: a strategy, what it found ([`Run`]), the index and the thesaurus. Comes out: diagnostics of severity warning or
//! note. An index without records says nothing about words and lines.

use super::{Notes, Run, text};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::error::Result;
use crate::index::{Index, Piece, Place, TermPattern};
use crate::record::Field;
use crate::strategy::lint::{patterns, text_leaves};
use crate::strategy::{Expr, ExprKind, HeadingLeaf, Language, Line, Pattern, Strategy, Text, TextLeaf};
use crate::text::Folded;
use crate::thesaurus::{Descriptor, Thesaurus};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The fields whose words a spelling is compared with.
const SPELLED: &[Place] = &[Place::Words(Field::Title), Place::Words(Field::Abstract)];
/// Shorter words are near too many others, and have irregular plurals.
const SHORTEST: usize = 4;

/// Looks through `strategy`, which `run` has run on `index`.
///
/// # Errors
///
/// Those of the index.
pub fn check(strategy: &Strategy, file: &str, index: &Index, thesaurus: &Thesaurus, run: &Run) -> Result<Vec<Diagnostic>> {
    let notes = Notes { file: file.into(), diagnostics: Vec::new() };
    let mut checker = Checker { strategy, index, thesaurus, notes };
    let words = checker.words_searched();
    checker.explosions()?;
    for (line, found) in strategy.lines.iter().zip(&run.lines) {
        let Some(tree) = &line.tree else { continue };
        checker.headings(line, tree, &words)?;
        checker.missing_headings(line, tree);
        if index.is_empty() {
            continue;
        }
        checker.words(line, tree)?;
        if found.count() == Some(0) {
            checker.notes.add(Code::LineWithoutRecords, line, Span::new(0, line.query.len()), "none");
        }
    }
    let mut found = checker.notes.diagnostics;
    found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span, diagnostic.code));
    found.dedup();
    Ok(found)
}

struct Checker<'a> {
    strategy: &'a Strategy,
    index: &'a Index,
    thesaurus: &'a Thesaurus,
    notes: Notes,
}

impl Checker<'_> {
    /// Every word pattern that the lines search in texts.
    fn words_searched(&self) -> Vec<Pattern> {
        let trees = self.strategy.lines.iter().filter_map(|line| line.tree.as_ref());
        trees.flat_map(text_leaves).flat_map(|(leaf, _)| patterns(&leaf.text)).cloned().collect()
    }

    fn headings(&mut self, line: &Line, expr: &Expr, words: &[Pattern]) -> Result<()> {
        match &expr.kind {
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().try_for_each(|part| self.headings(line, part, words)),
            ExprKind::Not(left, right) => {
                self.headings(line, left, words)?;
                self.headings(line, right, words)
            }
            ExprKind::Database(inner, _) => self.headings(line, inner, words),
            ExprKind::Heading(leaf) => self.heading(line, leaf, expr.span, words),
            _ => Ok(()),
        }
    }

    /// Headings that are exploded for nothing, once for all; and once a line those whose narrower ones nothing in the strategy
    /// searches, where that loses records or, without records, might. Check tags and types of publication are told by themselves.
    fn explosions(&mut self) -> Result<()> {
        let mut leaves: Vec<(&Line, &HeadingLeaf, Span, Descriptor<'_>)> = Vec::new();
        for line in &self.strategy.lines {
            for (leaf, span) in line.tree.iter().flat_map(headings) {
                leaves.extend(self.thesaurus.resolve(&leaf.name).map(|found| (line, leaf, span, found.descriptor)));
            }
        }
        let mut searched: BTreeSet<&str> = BTreeSet::new();
        for (_, leaf, _, descriptor) in &leaves {
            let all = if leaf.explode { descriptor.explode() } else { vec![*descriptor] };
            searched.extend(all.iter().map(|descriptor| descriptor.heading()));
        }
        let mut not_exploded: Vec<(&Line, Span, String)> = Vec::new();
        let mut for_nothing: Vec<(&Line, Span, &str)> = Vec::new();
        for (line, leaf, span, descriptor) in leaves {
            let narrower = descriptor.explode().len() - 1;
            if leaf.explode && narrower == 0 {
                for_nothing.push((line, span, descriptor.heading()));
            }
            if leaf.explode || is_tag(descriptor) {
                continue;
            }
            let missing: Vec<Descriptor<'_>> =
                descriptor.explode().into_iter().filter(|below| !searched.contains(below.heading())).collect();
            if missing.is_empty() {
                continue;
            }
            let mut found = format!("\"{}\", which has {narrower}", descriptor.heading());
            if missing.len() < narrower {
                let _ = write!(found, ", {} of them searched nowhere", missing.len());
            }
            if !self.index.is_empty() {
                let carried = self.index.find_any(Place::Headings, &folded(missing))?.len();
                if carried == 0 {
                    continue;
                }
                let s = if carried == 1 { "" } else { "s" };
                let _ = write!(found, ", carried by {carried} record{s}");
            }
            match not_exploded.last_mut() {
                Some((known, _, said)) if (known.physical_line, known.offset) == (line.physical_line, line.offset) => {
                    let _ = write!(said, "; {found}");
                }
                _ => not_exploded.push((line, span, found)),
            }
        }
        for (line, span, found) in not_exploded {
            self.notes.add(Code::NotExploded, line, span, found);
        }
        // PubMed explodes without being asked.
        if self.strategy.language == Language::PubMed {
            return Ok(());
        }
        if let Some((line, span, name)) = for_nothing.first() {
            let others: Vec<String> = for_nothing[1..].iter().map(|(line, _, name)| format!("\"{name}\" (line {})", line.label)).collect();
            let others = if others.is_empty() { String::new() } else { format!(", {}", others.join(", ")) };
            self.notes.add(Code::ExplodedLeaf, line, *span, format!("none below \"{name}\"{others}"));
        }
        Ok(())
    }

    fn heading(&mut self, line: &Line, leaf: &HeadingLeaf, span: Span, words: &[Pattern]) -> Result<()> {
        let Some(resolution) = self.thesaurus.resolve(&leaf.name) else { return Ok(()) };
        let descriptor = resolution.descriptor;
        // Check tags are no words of a subject.
        let is_tag = is_tag(descriptor);
        let folded = Folded::words(descriptor.heading());
        let has_words = folded
            .as_str()
            .split(' ')
            .any(|word| word.len() >= SHORTEST && words.iter().any(|pattern| pattern.matches(word) || is_plural(pattern, word)));
        if !is_tag && !has_words {
            self.notes.add(Code::HeadingWithoutWords, line, span, format!("\"{}\" alone", descriptor.heading()));
        }
        if self.index.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = if leaf.explode { descriptor.explode() } else { vec![descriptor] }
            .into_iter()
            .map(|descriptor| Folded::words(descriptor.heading()).as_str().to_owned())
            .chain([Folded::words(&leaf.name).as_str().to_owned()])
            .collect();
        let carried =
            self.index.find_any(Place::Headings, &names)? | self.index.find_any(Place::Entries(Field::PublicationType), &names)?;
        if carried.is_empty() {
            self.notes.add(Code::HeadingInNoRecord, line, span, format!("\"{}\"", descriptor.heading()));
        }
        Ok(())
    }

    /// Phrases that are a heading which no line searches.
    fn missing_headings(&mut self, line: &Line, tree: &Expr) {
        let searched: BTreeSet<String> = self.strategy.lines.iter().filter_map(|line| line.tree.as_ref()).flat_map(heading_names).collect();
        let resolved: BTreeSet<&str> =
            searched.iter().filter_map(|name| self.thesaurus.resolve(name)).map(|found| found.descriptor.heading()).collect();
        let mut missing = Vec::new();
        for (leaf, span) in text_leaves(tree).into_iter().filter(|(leaf, _)| is_running_text(leaf)) {
            for phrase in phrases(&leaf.text) {
                if let Some(found) = self.thesaurus.resolve(&phrase)
                    && !resolved.contains(found.descriptor.heading())
                {
                    missing.push((span, format!("\"{phrase}\", which is \"{}\"", found.descriptor.heading())));
                }
            }
        }
        for (span, found) in missing {
            self.notes.add(Code::WordsWithoutHeading, line, span, found);
        }
    }

    /// Words that no record has, and plurals that no term finds.
    fn words(&mut self, line: &Line, tree: &Expr) -> Result<()> {
        let leaves = text_leaves(tree);
        let all: Vec<&Pattern> = leaves.iter().flat_map(|(leaf, _)| patterns(&leaf.text)).collect();
        for (leaf, span) in leaves.iter().filter(|(leaf, _)| is_running_text(leaf)) {
            for pattern in patterns(&leaf.text) {
                self.unknown_word(line, pattern, *span)?;
            }
            for word in last_words(&leaf.text) {
                let Some(plural) = word.literal().filter(|word| word.chars().count() >= SHORTEST).and_then(|word| other_number(&word))
                else {
                    continue;
                };
                let is_found = all.iter().any(|pattern| pattern.matches(&plural));
                if !is_found && self.forms(&TermPattern::exact(plural.as_str()))? > 0 {
                    self.notes.add(Code::PluralMissing, line, *span, format!("\"{word}\" without \"{plural}\""));
                }
            }
        }
        Ok(())
    }

    fn unknown_word(&mut self, line: &Line, pattern: &Pattern, span: Span) -> Result<()> {
        let term = text::convert(pattern);
        if self.forms(&term)? > 0 {
            return Ok(());
        }
        let root = match term.pieces.as_slice() {
            [Piece::Literal(root), ..] if root.chars().count() >= SHORTEST => root.clone(),
            _ => return Ok(()),
        };
        let mut near = None;
        for place in SPELLED {
            near = near.max(self.index.nearest(*place, &root, term.has_wildcard())?);
        }
        let hint = near.map_or_else(String::new, |(records, word)| format!("; near to it is \"{word}\", in {records} records"));
        self.notes.add(Code::UnknownWord, line, span, format!("\"{pattern}\" in none{hint}"));
        Ok(())
    }

    /// How many different words of titles and abstracts a pattern stands for.
    fn forms(&self, term: &TermPattern) -> Result<usize> {
        SPELLED.iter().try_fold(0, |sum, place| Ok(sum + self.index.count_forms(*place, term)?))
    }
}

impl Pattern {
    /// The word, where it has no wildcard.
    fn literal(&self) -> Option<String> {
        let term = text::convert(self);
        (!term.has_wildcard()).then(|| self.to_string())
    }
}

/// Whether the pattern finds the plural of a heading's word, or the word is its plural.
fn is_plural(pattern: &Pattern, word: &str) -> bool {
    other_number(word).is_some_and(|other| pattern.matches(&other))
}

/// The plural of a word, or the singular of one in the plural, by the regular endings of English.
fn other_number(word: &str) -> Option<String> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if word.ends_with("ss") || word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh") {
        return Some(format!("{word}es"));
    }
    if word.ends_with("us") || word.ends_with("is") {
        return None;
    }
    if let Some(stem) = word.strip_suffix('s') {
        return Some(stem.to_owned());
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => Some(format!("{stem}ies")),
        _ => Some(format!("{word}s")),
    }
}

/// Check tags and types of publication, which are no subjects.
fn is_tag(descriptor: Descriptor<'_>) -> bool {
    let is_type = descriptor.tree_numbers().any(|number| number.starts_with('V'));
    is_type || matches!(descriptor.heading(), "Humans" | "Animals" | "Male" | "Female")
}

/// Headings as the index has them.
fn folded(descriptors: Vec<Descriptor<'_>>) -> Vec<String> {
    descriptors.into_iter().map(|descriptor| Folded::words(descriptor.heading()).as_str().to_owned()).collect()
}

/// The heading leaves of a tree and their places, from left to right.
fn headings(expr: &Expr) -> Vec<(&HeadingLeaf, Span)> {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(headings).collect(),
        ExprKind::Not(left, right) => [headings(left), headings(right)].concat(),
        ExprKind::Database(inner, _) => headings(inner),
        ExprKind::Heading(leaf) => vec![(leaf, expr.span)],
        _ => Vec::new(),
    }
}

fn is_running_text(leaf: &TextLeaf) -> bool {
    leaf.codes.is_empty() || leaf.codes.iter().any(|code| matches!(code.as_str(), "ti" | "ab" | "tw" | "mp" | "af"))
}

/// The names of all headings of a tree.
fn heading_names(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(heading_names).collect(),
        ExprKind::Not(left, right) => [heading_names(left), heading_names(right)].concat(),
        ExprKind::Database(inner, _) => heading_names(inner),
        ExprKind::Heading(leaf) => vec![leaf.name.clone()],
        ExprKind::Text(leaf) if leaf.codes.iter().any(|code| matches!(code.as_str(), "sh" | "hw" | "mh")) => phrases(&leaf.text),
        _ => Vec::new(),
    }
}

/// The phrases of two words and more without wildcards.
fn phrases(text: &Text) -> Vec<String> {
    match text {
        Text::Word(_) => Vec::new(),
        Text::Or(parts) => parts.iter().flat_map(phrases).collect(),
        Text::Near { left, right, .. } => [phrases(left), phrases(right)].concat(),
        Text::Sequence(parts) => {
            let words: Option<Vec<String>> =
                parts.iter().map(|part| if let Text::Word(pattern) = part { pattern.literal() } else { None }).collect();
            words.map(|words| words.join(" ")).into_iter().collect()
        }
    }
}

/// The words with which places of a text can end: those whose number may vary.
fn last_words(text: &Text) -> Vec<&Pattern> {
    match text {
        Text::Word(pattern) => vec![pattern],
        Text::Or(parts) => parts.iter().flat_map(last_words).collect(),
        Text::Sequence(parts) => parts.last().map(last_words).unwrap_or_default(),
        Text::Near { left, right, .. } => [last_words(left), last_words(right)].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_words() {
        for (word, expected) in [
            ("worker", Some("workers")),
            ("workers", Some("worker")),
            ("study", Some("studies")),
            ("studies", Some("study")),
            ("survey", Some("surveys")),
            ("illness", Some("illnesses")),
            ("analysis", None),
            ("virus", None),
            ("naïve", None),
        ] {
            assert_eq!(other_number(word).as_deref(), expected, "{word}");
        }
    }
}
