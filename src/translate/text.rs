//! Words at positions -> text: phrases, distances, alternatives.
//!
//! Where a platform has operators between words, the tree is written as it stands. Where it only has phrases, alternatives
//! inside of them are multiplied out; where a distance takes plain words only, others become `AND`, which is a loss.

use super::Effect;
use super::rules::{Proximity, Written};
use super::words::Spelled;
use super::write::Writer;
use crate::strategy::{Pattern, PatternPart, Text};

/// So many phrases are written for one text at most: platforms refuse longer lines.
const MOST_PHRASES: usize = 250;

/// Where a text is searched, for the words of it.
pub(super) struct Searched<'a> {
    /// The codes of Ovid.
    pub(super) codes: &'a [String],
    /// The tags behind each term, where the platform writes them there.
    pub(super) tags: &'a [&'a str],
}

impl Writer<'_> {
    /// The text as the platform reads it, without the fields that stand around a group.
    pub(super) fn text(&mut self, text: &Text, searched: &Searched<'_>) -> Written {
        match &self.rules.proximity {
            Proximity::Infix { near, less, next } => self.infix(text, searched, (near, *less, *next)),
            Proximity::Tag { tags } => self.tagged(text, searched, tags),
        }
    }

    fn infix(&mut self, text: &Text, searched: &Searched<'_>, signs: (&str, u8, Option<&str>)) -> Written {
        let (near, less, next) = signs;
        match text {
            Text::Word(pattern) => {
                let spelled = self.spelled(pattern, searched);
                Written::joined(&self.single(&spelled), " OR ")
            }
            Text::Or(alternatives) => {
                let parts: Vec<String> = alternatives.iter().map(|part| self.infix(part, searched, signs)).map(bracketed).collect();
                Written::joined(&parts, " OR ")
            }
            Text::Near { n, left, right } => {
                let (left, right) = (self.infix(left, searched, signs), self.infix(right, searched, signs));
                let n = n.saturating_sub(less);
                Written { text: format!("{} {near}{n} {}", bracketed(left), bracketed(right)), ..Written::default() }
            }
            Text::Sequence(parts) => {
                if let Some(phrase) = self.one_phrase(parts, searched) {
                    return Written::whole(phrase);
                }
                if let Some(next) = next {
                    let parts: Vec<String> = parts.iter().map(|part| self.infix(part, searched, signs)).map(bracketed).collect();
                    return Written::joined(&parts, &format!(" {next} "));
                }
                if let Some(phrases) = self.all_phrases(text, searched) {
                    return Written::joined(&phrases, " OR ");
                }
                self.loss(Effect::Wider, format!("\"{text}\": the order of its words is lost"));
                let parts: Vec<String> = parts.iter().map(|part| self.infix(part, searched, signs)).map(bracketed).collect();
                Written::joined(&parts, &format!(" {near}{} ", 1_u8.saturating_sub(less)))
            }
        }
    }

    /// Plain words as one phrase; `None` where they are more than that.
    fn one_phrase(&mut self, parts: &[Text], searched: &Searched<'_>) -> Option<String> {
        let mut words = Vec::with_capacity(parts.len());
        for part in parts {
            let Text::Word(pattern) = part else { return None };
            let has_wildcard = pattern.parts.len() > 1;
            if has_wildcard && !self.rules.wildcards.in_phrases {
                return None;
            }
            // Several forms are multiplied out elsewhere, and what is lost is said there.
            let n_losses = self.n_losses();
            let spelled = self.spelled(pattern, searched);
            let [only] = spelled.forms.as_slice() else {
                self.forget_losses(n_losses);
                return None;
            };
            words.push(only.clone());
        }
        let quote = self.rules.quote;
        Some(format!("{quote}{}{quote}", words.join(" ")))
    }

    /// Every phrase that a text without distances stands for, between quotation marks where it has several words.
    fn all_phrases(&mut self, text: &Text, searched: &Searched<'_>) -> Option<Vec<String>> {
        let patterns = phrases(text)?;
        let mut out: Vec<String> = Vec::new();
        let before = self.n_losses();
        for phrase in patterns {
            let mut texts = vec![String::new()];
            for pattern in phrase {
                let spelled = self.spelled(pattern, searched);
                let longer = |text: &String| {
                    let blank = if text.is_empty() { "" } else { " " };
                    spelled.forms.iter().map(|form| format!("{text}{blank}{form}")).collect::<Vec<_>>()
                };
                texts = texts.iter().flat_map(longer).collect();
                if texts.len() + out.len() > MOST_PHRASES {
                    self.forget_losses(before);
                    return None;
                }
            }
            out.extend(texts.into_iter().map(|text| self.quoted(&text)));
        }
        let mut seen = std::collections::BTreeSet::new();
        out.retain(|phrase| seen.insert(phrase.clone()));
        Some(out)
    }

    /// For PubMed: every phrase with its tag, and plain words with a distance behind them.
    fn tagged(&mut self, text: &Text, searched: &Searched<'_>, near_tags: &[&str]) -> Written {
        if searched.tags.iter().all(|tag| AUTHORS.contains(tag))
            && let Some(names) = authors(text)
        {
            return Written::joined(&each_tag(&names, searched.tags, ""), " OR ");
        }
        if let Some(phrases) = self.all_phrases(text, searched) {
            return Written::joined(&each_tag(&phrases, searched.tags, ""), " OR ");
        }
        match text {
            Text::Near { n, left, right } => {
                let has_distance = searched.tags.iter().all(|tag| near_tags.contains(tag));
                if let Some(pairs) = self.pairs(left, right, searched).filter(|_| has_distance) {
                    return Written::joined(&each_tag(&pairs, searched.tags, &format!(":~{}", n.saturating_sub(1))), " OR ");
                }
                let reason = if has_distance { "a distance is between two plain words only" } else { "this field takes no distance" };
                self.loss(Effect::Wider, format!("\"{text}\" becomes AND: {reason}"));
                let parts = [bracketed(self.tagged(left, searched, near_tags)), bracketed(self.tagged(right, searched, near_tags))];
                Written::joined(&parts, " AND ")
            }
            Text::Or(alternatives) => {
                let parts: Vec<String> = alternatives.iter().map(|part| self.tagged(part, searched, near_tags)).map(bracketed).collect();
                Written::joined(&parts, " OR ")
            }
            Text::Sequence(parts) => {
                self.loss(Effect::Wider, format!("\"{text}\" becomes AND: it is no phrase"));
                let parts: Vec<String> = parts.iter().map(|part| self.tagged(part, searched, near_tags)).map(bracketed).collect();
                Written::joined(&parts, " AND ")
            }
            // A word that stands for too many.
            Text::Word(pattern) => {
                let spelled = self.spelled(pattern, searched);
                Written::joined(&each_tag(&self.single(&spelled), searched.tags, ""), " OR ")
            }
        }
    }

    /// Every pair of plain words, one of each side, between quotation marks; `None` where a side has more than plain words.
    fn pairs(&mut self, left: &Text, right: &Text, searched: &Searched<'_>) -> Option<Vec<String>> {
        let before = self.n_losses();
        let sides = (self.plain_words(left, searched), self.plain_words(right, searched));
        let pairs: Option<Vec<String>> = match sides {
            (Some(left), Some(right)) if left.len() * right.len() <= MOST_PHRASES => {
                Some(left.iter().flat_map(|left| right.iter().map(move |right| format!("\"{left} {right}\""))).collect())
            }
            _ => None,
        };
        if pairs.is_none() {
            self.forget_losses(before);
        }
        pairs
    }

    /// The words of a text that is one word or several any of which will do. A truncated word is one only where the words
    /// of the records can be listed for it.
    fn plain_words(&mut self, text: &Text, searched: &Searched<'_>) -> Option<Vec<String>> {
        let mut words = Vec::new();
        for phrase in phrases(text)? {
            let [pattern] = phrase.as_slice() else { return None };
            let spelled = self.without_wildcards(pattern, searched)?;
            words.extend(spelled.forms);
        }
        Some(words)
    }

    /// The forms of a word, each between quotation marks where it would be an operator.
    fn single(&self, spelled: &Spelled) -> Vec<String> {
        spelled.forms.iter().map(|form| self.quoted(form)).collect()
    }

    fn quoted(&self, text: &str) -> String {
        let quote = self.rules.quote;
        if text.contains(' ') || is_reserved(text) { format!("{quote}{text}{quote}") } else { text.to_owned() }
    }
}

/// PubMed's tags of authors.
const AUTHORS: &[&str] = &["au", "fau", "1au"];

/// Names of authors whose initials may go on: PubMed truncates these where the name is not quoted. `None` where a name is
/// anything else.
fn authors(text: &Text) -> Option<Vec<String>> {
    let name = |phrase: Vec<&Pattern>| {
        let (initials, names) = phrase.split_last().filter(|(_, names)| !names.is_empty())?;
        let [PatternPart::Literal(initials), PatternPart::Any(None)] = initials.parts.as_slice() else { return None };
        let names = names.iter().map(|name| match name.parts.as_slice() {
            [PatternPart::Literal(name)] if !is_reserved(name) => Some(name.as_str()),
            _ => None,
        });
        Some(format!("{} {initials}", names.collect::<Option<Vec<_>>>()?.join(" ")))
    };
    phrases(text)?.into_iter().map(name).collect()
}

/// Words that one platform or another takes for an operator.
fn is_reserved(word: &str) -> bool {
    let is = |start: &str| word.strip_prefix(start).is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(word, "and" | "or" | "not" | "near" | "next" | "adj" | "pre" | "same" | "exact" | "to")
        || is("n")
        || is("w")
        || is("p")
        || is("s")
}

/// Each phrase with each tag behind it.
fn each_tag(phrases: &[String], tags: &[&str], distance: &str) -> Vec<String> {
    phrases.iter().flat_map(|phrase| tags.iter().map(move |tag| format!("{phrase}[{tag}{distance}]"))).collect()
}

/// As one operand.
pub(super) fn bracketed(written: Written) -> String {
    if written.is_whole { written.text } else { format!("({})", written.text) }
}

/// The phrases that a text without distances stands for; `None` where it has one, or where they are too many.
pub(super) fn phrases(text: &Text) -> Option<Vec<Vec<&Pattern>>> {
    let phrases = match text {
        Text::Word(pattern) => vec![vec![pattern]],
        Text::Or(alternatives) => alternatives.iter().map(phrases).collect::<Option<Vec<_>>>()?.concat(),
        Text::Sequence(parts) => {
            let mut so_far = vec![Vec::new()];
            for part in parts {
                let endings = phrases(part)?;
                if so_far.len() * endings.len() > MOST_PHRASES {
                    return None;
                }
                so_far = so_far.iter().flat_map(|start| endings.iter().map(move |end| [start.as_slice(), end].concat())).collect();
            }
            so_far
        }
        Text::Near { .. } => return None,
    };
    (phrases.len() <= MOST_PHRASES).then_some(phrases)
}
