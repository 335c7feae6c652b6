//! What in the lines of a strategy is worth a second look, by the text alone.
//!
//! Goes in: a [`Strategy`]. Comes out: diagnostics of severity warning or note; every line runs as it is. What needs the
//! thesaurus or records is looked at by `search`.

mod concepts;

use super::Language;
use super::ast::{Combination, Expr, ExprKind, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf};
use super::check::references;
use super::fields::{CodeKind, field_code};
use super::lexer::{TokenKind, tokens};
use super::pubmed::tag_of;
use super::typography::plain_lower;
use super::variants;
use crate::diagnostic::{Code, Diagnostic, Span};
use concepts::{Words, is_of_design, words};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Words that Ovid drops from unquoted phrases of MEDLINE.
pub(crate) const STOPWORDS: &[&str] = &["and", "as", "for", "from", "is", "of", "that", "the", "this", "to", "was", "were"];
/// A distance from which adj is hardly more than and.
const WIDE: u8 = 10;
/// With fewer letters before it, unlimited truncation stands for much that is not meant.
const SHORTEST_ROOT: usize = 4;
/// Endings of plurals that are no stems of other words.
const PLURALS: &[&str] = &["ers", "ors", "ents", "ants", "ists", "ions", "ings", "ments"];
/// Publication types that are excluded for what they are.
const TYPES: &[&str] =
    &["letter", "editorial", "comment", "news", "historical article", "case reports", "case report", "newspaper article"];
/// Codes of fields of running text.
const TEXT_CODES: &[&str] = &["ti", "ab", "tw", "kf", "kw", "mp", "af", "ot", "id", "tc"];

/// Looks through `strategy`; `name` is the file as the user named it.
///
/// ```
/// use refsieve::strategy::{lint, parse};
/// let (strategy, _) = parse("x", "1 peer*.ti,ab.\n2 carer*.ti,ab.\n3 worker*.ti,ab.\n4 1 or 3");
/// let codes: Vec<_> = lint("x", &strategy).iter().map(|found| (found.line, found.code.name())).collect();
/// assert_eq!(codes, [(1, "keywords-not-searched"), (2, "unused-line")]);
/// ```
#[must_use]
pub fn lint(name: &str, strategy: &Strategy) -> Vec<Diagnostic> {
    let mut linter = Linter { strategy, file: Arc::from(name), found: Vec::new() };
    linter.combinations();
    linter.repeated_lines();
    linter.fields();
    for line in &strategy.lines {
        if let Some(tree) = &line.tree {
            linter.sets(line, tree);
            linter.spellings(line, tree);
            linter.written(line, tree);
        }
    }
    linter.found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span, diagnostic.code));
    linter.found.dedup();
    linter.found
}

struct Linter<'a> {
    strategy: &'a Strategy,
    file: Arc<str>,
    found: Vec<Diagnostic>,
}

impl<'a> Linter<'a> {
    /// What is Ovid's alone is not looked for elsewhere: PubMed has no adj1, truncates between quotation marks, and says by
    /// itself what is truncated too short.
    fn add(&mut self, code: Code, line: &Line, span: Span, found: impl Into<String>) {
        const OF_OVID: &[Code] = &[Code::AdjOne, Code::ShortTruncation, Code::QuotedTruncation, Code::StopwordInPhrase];
        if self.strategy.language == Language::PubMed && OF_OVID.contains(&code) {
            return;
        }
        let (number, span) = line.place(span);
        self.found.push(Diagnostic::new(code, &self.file, number, span, found));
    }

    /// The tree of the one line with this label.
    fn tree(&self, label: u32) -> Option<&'a Expr> {
        let mut lines = self.strategy.lines.iter().filter(|line| line.label == label);
        lines.next().filter(|_| lines.next().is_none())?.tree.as_ref()
    }

    /// Lines that are not used, or never combined.
    fn combinations(&mut self) {
        let Some((last, others)) = self.strategy.lines.split_last() else { return };
        let used: BTreeSet<u32> =
            self.strategy.lines.iter().filter_map(|line| line.tree.as_ref()).flat_map(references).map(|(label, _)| label).collect();
        if used.is_empty() {
            if !others.is_empty() {
                self.add(Code::NotCombined, last, whole(last), format!("{} lines and no combination", others.len() + 1));
            }
            return;
        }
        for line in others.iter().filter(|line| !used.contains(&line.label) && line.tree.is_some()) {
            self.add(Code::UnusedLine, line, whole(line), format!("line {}, which none uses", line.label));
        }
    }

    fn repeated_lines(&mut self) {
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for line in &self.strategy.lines {
            let Some(tree) = &line.tree else { continue };
            match known.get(&tree.to_string()) {
                Some(first) => self.add(Code::RepeatedLine, line, whole(line), format!("the search of line {first}")),
                None => {
                    known.insert(tree.to_string(), line.label);
                }
            }
        }
    }

    /// What the suffixes of the whole strategy say.
    fn fields(&mut self) {
        let mut leaves: Vec<(&Line, Span, BTreeSet<&str>)> = Vec::new();
        let mut bare: Vec<(&Line, Span)> = Vec::new();
        for line in &self.strategy.lines {
            for (leaf, span) in line.tree.iter().flat_map(text_leaves) {
                let codes: BTreeSet<&str> = leaf.codes.iter().map(String::as_str).collect();
                self.redundant_fields(line, leaf, span);
                if leaf.codes.is_empty() {
                    bare.push((line, span));
                } else if codes.iter().all(|code| TEXT_CODES.contains(code)) {
                    leaves.push((line, span, codes));
                }
            }
        }
        let is_nowhere_bare = bare.is_empty();
        if !leaves.is_empty() {
            for (line, span) in bare {
                self.add(Code::NoSuffix, line, span, format!("\"{}\" without one", written(line, span)));
            }
        }
        let has_keywords = |codes: &BTreeSet<&str>| ["kf", "kw", "mp", "af", "id"].iter().any(|code| codes.contains(code));
        if let Some((line, span, _)) = leaves.first().filter(|_| is_nowhere_bare && !leaves.iter().any(|(_, _, codes)| has_keywords(codes)))
        {
            self.add(Code::KeywordsNotSearched, line, *span, "no line that does");
        }
        self.title_alone();
        self.uneven_fields();
    }

    /// Words that are searched in the title alone, once a line. A filter for a kind of study wants that, and so does who takes
    /// away as little as possible; and the same words may be searched in abstracts beside.
    fn title_alone(&mut self) {
        let words = words(self.strategy);
        let is_wide = |words: &&Words<'_>| words.leaf.codes.iter().any(|code| matches!(code.as_str(), "ab" | "tw" | "mp" | "af"));
        let elsewhere: BTreeSet<String> = words.iter().filter(is_wide).map(|words| words.leaf.text.to_string()).collect();
        let mut told = BTreeSet::new();
        for Words { line, leaf, span, is_excluded, .. } in &words {
            let is_meant = *is_excluded || is_of_design(&leaf.text) || elsewhere.contains(&leaf.text.to_string());
            if leaf.codes == ["ti"] && !is_meant && told.insert((line.physical_line, line.offset)) {
                self.add(Code::TitleOnly, line, *span, format!("\"{}\"", written(line, *span)));
            }
        }
    }

    /// Words of one concept that are searched in other fields than most of it: once for each concept, with the lines.
    fn uneven_fields(&mut self) {
        let mut concepts: BTreeMap<usize, Vec<(Words<'a>, BTreeSet<&'a str>)>> = BTreeMap::new();
        for words in words(self.strategy) {
            let codes: BTreeSet<&str> = words.leaf.codes.iter().map(String::as_str).collect();
            let is_text = !codes.is_empty() && codes.iter().all(|code| TEXT_CODES.contains(code));
            if is_text && !is_of_design(&words.leaf.text) {
                concepts.entry(words.concept).or_default().push((words, codes));
            }
        }
        for leaves in concepts.into_values() {
            let mut counts: BTreeMap<&BTreeSet<&str>, usize> = BTreeMap::new();
            for (_, codes) in &leaves {
                *counts.entry(codes).or_default() += 1;
            }
            let Some((usual, _)) = counts.iter().find(|(_, count)| **count * 2 > leaves.len() && **count < leaves.len()) else { continue };
            // The other sets of fields in the order of the strategy, each with its lines.
            let mut odd: Vec<(&BTreeSet<&str>, Vec<u32>)> = Vec::new();
            for (words, codes) in leaves.iter().filter(|(_, codes)| codes != *usual) {
                match odd.iter_mut().find(|(known, _)| *known == codes) {
                    Some((_, lines)) if lines.contains(&words.line.label) => {}
                    Some((_, lines)) => lines.push(words.line.label),
                    None => odd.push((codes, vec![words.line.label])),
                }
            }
            let Some((first, _)) = leaves.iter().find(|(_, codes)| codes != *usual) else { continue };
            let found = match odd.as_slice() {
                [(codes, lines)] if lines.len() == 1 => self.shown(codes),
                odd => {
                    let lines = |lines: &[u32]| {
                        let noun = if lines.len() == 1 { "line" } else { "lines" };
                        format!("{noun} {}", lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
                    };
                    odd.iter().map(|(codes, at)| format!("{} in {}", self.shown(codes), lines(at))).collect::<Vec<_>>().join(", ")
                }
            };
            let found = format!("{found} where most lines have {}", self.shown(usual));
            self.add(Code::UnevenFields, first.line, first.span, found);
        }
    }

    /// Codes as the strategy's language writes them: `.ab,ti.`, `[tiab]`.
    fn shown(&self, codes: &BTreeSet<&str>) -> String {
        let tag = || tag_of(codes).filter(|_| self.strategy.language == Language::PubMed);
        let suffix = || format!(".{}.", codes.iter().copied().collect::<Vec<_>>().join(","));
        tag().map_or_else(suffix, |tag| format!("[{tag}]"))
    }

    fn redundant_fields(&mut self, line: &Line, leaf: &TextLeaf, span: Span) {
        for (at, code) in leaf.codes.iter().enumerate() {
            let others = leaf.codes.iter().enumerate().filter(|(other, _)| *other != at);
            let covers = |other: usize, wide: &str| match (code.as_str(), wide) {
                (same, wide) if same == wide => other < at,
                ("ti" | "ab", "tw" | "mp" | "af") | ("tw" | "kf" | "hw" | "ot" | "nm" | "sh", "mp" | "af") | ("mp", "af") => true,
                _ => false,
            };
            if let Some((_, wide)) = others.into_iter().find(|(other, wide)| covers(*other, wide)) {
                self.add(Code::RedundantField, line, span, format!("\"{code}\" beside \"{wide}\""));
            }
        }
    }

    /// What the tree of one line combines, and how.
    fn sets(&mut self, line: &Line, expr: &Expr) {
        match &expr.kind {
            ExprKind::And(parts) => parts.iter().for_each(|part| self.sets(line, part)),
            ExprKind::Or(parts) => {
                self.or(line, parts);
                for part in parts {
                    self.sets(line, part);
                }
            }
            ExprKind::Not(left, right) => {
                self.not(line, right);
                self.sets(line, left);
                self.sets(line, right);
            }
            ExprKind::Database(inner, _) => self.sets(line, inner),
            ExprKind::Group(combination, labels) => {
                if labels.len() == 1 {
                    self.add(Code::GroupOfOne, line, expr.span, format!("\"{}\"", written(line, expr.span)));
                }
                let members: Vec<(u32, Span)> = labels.iter().map(|label| (*label, expr.span)).collect();
                self.members(line, &members, *combination);
            }
            ExprKind::Text(leaf) => self.text(line, &leaf.text, expr.span),
            ExprKind::Heading(leaf) => self.heading(line, leaf, expr.span),
            ExprKind::Limit(_, limits) | ExprKind::Passing(limits) => {
                if limits.iter().any(|limit| matches!(limit, Limit::Language(_))) {
                    self.add(Code::LanguageLimit, line, expr.span, format!("\"{}\"", written(line, expr.span)));
                }
            }
            ExprKind::Reference(_) | ExprKind::Unique(_) => {}
        }
    }

    fn or(&mut self, line: &Line, parts: &[Expr]) {
        let members: Vec<(u32, Span)> = parts
            .iter()
            .filter_map(|part| if let ExprKind::Reference(label) = part.kind { Some((label, part.span)) } else { None })
            .collect();
        self.members(line, &members, Combination::Or);
        for (at, part) in parts.iter().enumerate() {
            let ExprKind::Text(leaf) = &part.kind else { continue };
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let wider = others.into_iter().find(|(other, wide)| {
                let ExprKind::Text(wide) = &wide.kind else { return false };
                let same_fields = wide.codes == leaf.codes && wide.at_least == leaf.at_least;
                let by_words = is_of_words(leaf);
                same_fields && covers(&wide.text, &leaf.text, by_words) && !(*other > at && covers(&leaf.text, &wide.text, by_words))
            });
            if let Some((_, wide)) = wider {
                let found = format!("\"{}\", which \"{}\" finds too", written(line, part.span), written(line, wide.span));
                self.add(Code::RedundantTerm, line, part.span, found);
            }
        }
    }

    /// The numbers of one combination.
    fn members(&mut self, line: &Line, members: &[(u32, Span)], combination: Combination) {
        let mut seen = BTreeSet::new();
        for (label, span) in members {
            if !seen.insert(*label) {
                self.add(Code::RepeatedReference, line, *span, format!("{label} twice"));
            }
        }
        if combination == Combination::And {
            return;
        }
        for (label, span) in members {
            if let Some((wide, _)) = members.iter().find(|(wide, _)| wide != label && self.alternatives(*wide).contains(label)) {
                self.add(Code::RedundantReference, line, *span, format!("{label} beside {wide}, which holds it"));
            }
        }
    }

    /// The lines that line `label` joins with or, at any depth.
    fn alternatives(&self, label: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut open = vec![label];
        while let Some(label) = open.pop() {
            let direct: Vec<u32> = match self.tree(label).map(|tree| &tree.kind) {
                Some(ExprKind::Group(Combination::Or, labels)) => labels.clone(),
                Some(ExprKind::Reference(label)) => vec![*label],
                Some(ExprKind::Or(parts)) => {
                    parts.iter().filter_map(|part| if let ExprKind::Reference(label) = part.kind { Some(label) } else { None }).collect()
                }
                _ => Vec::new(),
            };
            // Numbers refer to lines above only, so this ends.
            open.extend(direct.into_iter().filter(|label| found.insert(*label)));
        }
        found
    }

    fn not(&mut self, line: &Line, right: &Expr) {
        let resolved = match &right.kind {
            ExprKind::Reference(label) => self.tree(*label).map(|tree| &tree.kind),
            kind => Some(kind),
        };
        let is_heading =
            |kind: &ExprKind, names: &[&str]| matches!(kind, ExprKind::Heading(leaf) if names.contains(&leaf.name.to_lowercase().as_str()));
        match resolved {
            Some(kind) if is_heading(kind, &["animals", "animal"]) => {
                self.add(Code::AnimalExclusion, line, right.span, format!("\"{}\" alone", written(line, right.span)));
            }
            // Animals that are not humans; types of publication.
            Some(kind) if is_heading(kind, &["humans", "human"]) => {}
            Some(ExprKind::Not(..) | ExprKind::And(_)) => {}
            Some(kind) if is_heading(kind, TYPES) => {}
            Some(ExprKind::Or(parts)) if parts.iter().all(|part| is_heading(&part.kind, TYPES)) => {}
            Some(ExprKind::Text(leaf)) if leaf.codes == ["pt"] => {}
            Some(ExprKind::Or(parts)) if parts.iter().all(|part| matches!(&part.kind, ExprKind::Text(leaf) if leaf.codes == ["pt"])) => {}
            _ => self.add(Code::NotExcludes, line, right.span, format!("not \"{}\"", written(line, right.span))),
        }
    }

    fn heading(&mut self, line: &Line, leaf: &HeadingLeaf, span: Span) {
        if leaf.name.contains(['*', '$', '?', '#']) {
            self.add(Code::WildcardInHeading, line, span, format!("\"{}\"", leaf.name));
        }
        if leaf.focus {
            let found = match self.strategy.language {
                Language::Ovid => format!("\"*{}\"", leaf.name),
                Language::PubMed => written(line, span).to_owned(),
            };
            self.add(Code::Focus, line, span, found);
        }
    }

    fn text(&mut self, line: &Line, text: &Text, span: Span) {
        match text {
            Text::Word(pattern) => self.word(line, pattern, span),
            Text::Sequence(parts) => parts.iter().for_each(|part| self.text(line, part, span)),
            Text::Or(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
                    let wider =
                        others.into_iter().find(|(other, wide)| covers(wide, part, false) && !(*other > at && covers(part, wide, false)));
                    if let Some((_, wide)) = wider {
                        self.add(Code::RedundantTerm, line, span, format!("\"{part}\", which \"{wide}\" finds too"));
                    }
                    self.text(line, part, span);
                }
            }
            Text::Near { n, left, right } => {
                if *n >= WIDE {
                    let found = match self.strategy.language {
                        Language::Ovid => format!("adj{n}"),
                        Language::PubMed => format!("~{}", n - 1),
                    };
                    self.add(Code::WideAdj, line, span, found);
                }
                if *n == 1 {
                    self.add(Code::AdjOne, line, span, format!("\"{left} adj1 {right}\""));
                }
                self.text(line, left, span);
                self.text(line, right, span);
            }
        }
    }

    fn word(&mut self, line: &Line, pattern: &Pattern, span: Span) {
        let [PatternPart::Literal(root), PatternPart::Any(None)] = pattern.parts.as_slice() else { return };
        if root.chars().count() < SHORTEST_ROOT {
            self.add(Code::ShortTruncation, line, span, format!("\"{pattern}\""));
        } else if PLURALS.iter().any(|ending| root.ends_with(ending)) {
            self.add(Code::TruncatedPlural, line, span, format!("\"{pattern}\""));
        }
    }

    /// Spellings whose other form no term of the line finds.
    fn spellings(&mut self, line: &Line, tree: &Expr) {
        let leaves = text_leaves(tree);
        let all: Vec<&Pattern> = leaves.iter().flat_map(|(leaf, _)| patterns(&leaf.text)).collect();
        let is_text = |leaf: &TextLeaf| leaf.codes.iter().all(|code| TEXT_CODES.contains(&code.as_str()));
        for (leaf, span) in leaves.iter().filter(|(leaf, _)| is_text(leaf)) {
            for pattern in patterns(&leaf.text) {
                let Some(PatternPart::Literal(root)) = pattern.parts.first() else { continue };
                let Some(other) = variants::other_spelling(root) else { continue };
                if !all.iter().any(|known| known.matches_beginning(&other)) {
                    self.add(Code::SpellingVariant, line, *span, format!("\"{pattern}\" without \"{other}\""));
                }
            }
        }
    }

    /// What only the writing tells: quotation marks.
    fn written(&mut self, line: &Line, tree: &Expr) {
        let words: BTreeSet<String> = text_leaves(tree)
            .iter()
            .filter(|(leaf, _)| matches!(leaf.text, Text::Sequence(_) | Text::Near { .. } | Text::Or(_)))
            .flat_map(|(leaf, _)| patterns(&leaf.text))
            .map(ToString::to_string)
            .collect();
        for token in tokens(&line.query) {
            match token.kind {
                TokenKind::Quoted if !words.is_empty() && token.text.contains(['*', '$']) => {
                    self.add(Code::QuotedTruncation, line, token.span, token.text);
                }
                TokenKind::Word => {
                    let word = plain_lower(token.text);
                    if word != "and" && STOPWORDS.contains(&word.as_str()) && words.contains(&word) {
                        self.add(Code::StopwordInPhrase, line, token.span, format!("\"{word}\""));
                    }
                }
                _ => {}
            }
        }
    }
}

fn whole(line: &Line) -> Span {
    Span::new(0, line.query.len())
}

/// What stands at `span` of the line.
fn written(line: &Line, span: Span) -> &str {
    line.query.get(span.start..span.end).unwrap_or_default().trim()
}

/// The text leaves of a tree and their places, from left to right.
pub(crate) fn text_leaves(expr: &Expr) -> Vec<(&TextLeaf, Span)> {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(text_leaves).collect(),
        ExprKind::Not(left, right) => [text_leaves(left), text_leaves(right)].concat(),
        ExprKind::Database(inner, _) => text_leaves(inner),
        ExprKind::Text(leaf) => vec![(leaf, expr.span)],
        _ => Vec::new(),
    }
}

/// The words of a text, from left to right.
pub(crate) fn patterns(text: &Text) -> Vec<&Pattern> {
    match text {
        Text::Word(pattern) => vec![pattern],
        Text::Sequence(parts) | Text::Or(parts) => parts.iter().flat_map(patterns).collect(),
        Text::Near { left, right, .. } => [patterns(left), patterns(right)].concat(),
    }
}

/// Whether all fields that the leaf is searched in are indexed word by word.
fn is_of_words(leaf: &TextLeaf) -> bool {
    leaf.codes.iter().filter_map(|code| field_code(code)).all(|row| row.kind == CodeKind::Word)
}

/// Whether `wide` stands wherever `narrow` does, as far as their form tells. A word finds the records of a phrase that has
/// it, where only the records count (`finds_phrases`); inside of adj the phrase reaches further than its word.
fn covers(wide: &Text, narrow: &Text, finds_phrases: bool) -> bool {
    match (wide, narrow) {
        (Text::Word(wide), Text::Word(narrow)) => word_covers(wide, narrow),
        (Text::Sequence(wide), Text::Sequence(narrow)) => {
            wide.len() == narrow.len() && wide.iter().zip(narrow).all(|(wide, narrow)| covers(wide, narrow, false))
        }
        // A word of a phrase finds the phrase.
        (Text::Word(_), Text::Sequence(narrow)) => finds_phrases && narrow.iter().any(|part| covers(wide, part, true)),
        (wide, narrow) => wide == narrow,
    }
}

fn word_covers(wide: &Pattern, narrow: &Pattern) -> bool {
    if wide == narrow {
        return true;
    }
    match (wide.parts.as_slice(), narrow.parts.as_slice()) {
        ([PatternPart::Literal(root), PatternPart::Any(None)], [PatternPart::Literal(word), ..]) => word.starts_with(root.as_str()),
        (_, [PatternPart::Literal(word)]) => wide.matches(word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::parse;

    /// The lints of a strategy as "line code [place] found", but for those that the test is not about.
    fn check(text: &str, expected: &[&str]) {
        let (strategy, _) = parse("x", text);
        let found: Vec<String> = lint("x", &strategy)
            .iter()
            .filter(|found| expected.iter().any(|line| line.contains(found.code.name())) || expected.is_empty())
            .map(|found| {
                let line = text.lines().nth(found.line as usize - 1).unwrap_or_default();
                format!("{} {} [{}] {}", found.line, found.code.name(), &line[found.span.start..found.span.end], found.found)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn nothing_is_said_about_a_sound_strategy() {
        check("1 exp Peer Group/\n2 (peer adj3 support*).ti,ab,kf.\n3 1 or 2", &[]);
    }

    #[test]
    fn combinations() {
        check("1 a1.ti.\n2 b1.ti.\n3 c1.ti.\n4 1 or 3", &["2 unused-line [b1.ti.] line 2, which none uses"]);
        check("1 a1.ti.\n2 b1.ti.", &["2 not-combined [b1.ti.] 2 lines and no combination"]);
        check("1 a1.ti.\n2 b1.ti.\n3 a1.ti\n4 or/1-3", &["3 repeated-line [a1.ti] the search of line 1"]);
        check("1 a1.ti.\n2 b1.ti.\n3 or/1-2,1", &["3 repeated-reference [or/1-2,1] 1 twice"]);
        check("1 a1.ti.\n2 b1.ti.\n3 or/1-2\n4 1 or 3\n5 1 and 3", &["4 redundant-reference [1] 1 beside 3, which holds it"]);
        check("1 a1.ti.\n2 or/1-1", &["2 group-of-one [or/1-1] \"or/1-1\""]);
    }

    #[test]
    fn terms() {
        check(
            "((support* or supports) adj2 peer).ti.",
            &["1 redundant-term [((support* or supports) adj2 peer).ti.] \"supports\", which \"support*\" finds too"],
        );
        check("peer*.ti. or peers.ti. or peer.ab.", &["1 redundant-term [peers.ti.] \"peers.ti.\", which \"peer*.ti.\" finds too"]);
        for text in ["((peer or peer support) adj worker*).ti.", "review.pt. or systematic review.pt."] {
            let (strategy, _) = parse("x", text);
            assert!(lint("x", &strategy).iter().all(|found| found.code != Code::RedundantTerm), "{text}");
        }
        check("peer.ti. or peer.ti.", &["1 redundant-term [peer.ti.] \"peer.ti.\", which \"peer.ti.\" finds too"]);
        check("wa*.ti.", &["1 short-truncation [wa*.ti.] \"wa*\""]);
        check("workers*.ti. or illness*.ti. or analysis*.ti.", &["1 truncated-plural [workers*.ti.] \"workers*\""]);
        check("(a1 adj1 b1).ti.", &["1 adj-one [(a1 adj1 b1).ti.] \"a1 adj1 b1\""]);
        check("(a1 adj15 b1).ti.", &["1 wide-adj [(a1 adj15 b1).ti.] adj15"]);
        check("\"peer support*\".ti.", &["1 quoted-truncation [\"peer support*\"] \"peer support*\""]);
        check("quality of life.ti. or \"quality of life\".ti.", &["1 stopword-in-phrase [of] \"of\""]);
        check(
            "behavior*.ti. or tumor*.ti. or tumour*.ti. or colo?r.ti.",
            &["1 spelling-variant [behavior*.ti.] \"behavior*\" without \"behaviour\""],
        );
    }

    #[test]
    fn fields() {
        check("1 a1.ti,ab.\n2 b1*\n3 1 or 2", &["2 no-suffix [b1*] \"b1*\" without one"]);
        check("a1.ti,tw.", &["1 redundant-field [a1.ti,tw.] \"ti\" beside \"tw\""]);
        check("a1.ti.", &["1 title-only [a1.ti.] \"a1.ti.\""]);
        check("a1.ti,ab.", &["1 keywords-not-searched [a1.ti,ab.] no line that does"]);
        check("1 a1.ti,ab.\n2 b1.ti,ab.\n3 c1.tw.\n4 or/1-3", &["3 uneven-fields [c1.tw.] .tw. where most lines have .ab,ti."]);
    }

    #[test]
    fn fields_are_uneven_within_a_concept_and_title_alone_only_where_it_matters() {
        // Concepts differ; a filter for trials has its own fields; what is taken away is taken from titles alone.
        let text = "1 a1.ti,ab.\n2 b1.ti,ab.\n3 c1.tw.\n4 or/1-2\n5 4 and 3\n6 randomized.ab.\n7 trial.ti.\n8 placebo.tw.\n9 or/6-8\n10 child.ti.\n11 (5 and 9) not 10";
        let (strategy, _) = parse("x", text);
        let found = lint("x", &strategy);
        assert!(!found.iter().any(|found| matches!(found.code, Code::UnevenFields | Code::TitleOnly)), "{found:?}");
        let text = "1 a1.ti,ab.\n2 b1.tw.\n3 c1.ti,ab.\n4 d1.ab. or e1.tw.\n5 f1.ti,ab. or g1.ti,ab.\n6 h1.ti,ab.\n7 or/1-6";
        check(text, &["2 uneven-fields [b1.tw.] .tw. in lines 2, 4, .ab. in line 4 where most lines have .ab,ti."]);
        check("1 a1.ti. or a1.ab.\n2 b1.ti. or c1.ti.", &["2 title-only [b1.ti.] \"b1.ti.\""]);
    }

    #[test]
    fn what_is_said_of_pubmed_is_in_its_own_words() {
        let text = "1 a1[tiab]\n2 b1[ti]\n3 \"wa* support*\"[tiab]\n4 \"c1 d1\"[tiab:~12]\n5 \"e1 of f1\"[tiab:~0]\n6 Asthma[majr]\n7 #1 OR #2 OR #4";
        let (strategy, _) = crate::strategy::parse_pubmed("x", text);
        let found: Vec<String> = lint("x", &strategy)
            .iter()
            .filter(|found| found.code != Code::UnusedLine)
            .map(|found| format!("{} {} {}", found.line, found.code.name(), found.found))
            .collect();
        let expected =
            ["2 title-only \"b1[ti]\"", "2 uneven-fields [ti] where most lines have [tiab]", "4 wide-adj ~12", "6 focus Asthma[majr]"];
        assert_eq!(found, expected);
    }

    #[test]
    fn sets() {
        check("1 a1.ti.\n2 exp animals/\n3 1 not 2", &["3 animal-exclusion [2] \"2\" alone"]);
        check(
            "1 a1.ti.\n2 1 not (exp animals/ not humans/)\n3 2 not comment.pt.\n4 3 not b1.ti.",
            &["4 not-excludes [b1.ti.] not \"b1.ti.\""],
        );
        check("1 a1.ti.\n2 limit 1 to english", &["2 language-limit [limit 1 to english] \"limit 1 to english\""]);
        check("child*/ or *Asthma/", &["1 wildcard-in-heading [child*/] \"child*\"", "1 focus [*Asthma/] \"*Asthma\""]);
    }
}
