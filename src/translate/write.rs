//! The walk over a tree, by the table of a platform.
//!
//! Goes in: a line. Comes out: its text and its losses. A part that a platform cannot say at all is left out of `and`
//! (which finds more), of `or` (fewer), of what is taken away (more); and on the right of `not` more becomes fewer.

use super::dates::{in_words, years};
use super::rules::{FieldStyle, Fit, Heading, Qualifier, Rules, Written};
use super::text::{Searched, bracketed, phrases};
use super::words::{Spelled, spell};
use super::{Effect, Loss, TranslatedLine};
use crate::error::{Error, Result};
use crate::index::Index;
use crate::record::qualifier;
use crate::strategy::lint::text_leaves;
use crate::strategy::{
    Combination, DEFAULT_CODE, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Text, TextLeaf,
    field_code, phrase,
};
use crate::text::Folded;
use crate::thesaurus::{ResolvedBy, Thesaurus};

/// Codes of headings that are not exploded: a name under them is a heading.
const HEADING_CODES: &[&str] = &["sh", "mh", "de"];
/// Codes of qualifiers of any heading.
const QUALIFIER_CODES: &[&str] = &["fs", "xs", "fx"];
/// Codes of qualifiers with those below them.
const EXPLODED_QUALIFIER_CODES: &[&str] = &["xs", "fx"];
const LANGUAGE_CODES: &[&str] = &["la", "lg"];
const YEAR_CODES: &[&str] = &["yr", "dp"];

pub(super) struct Writer<'a> {
    pub(super) rules: &'static Rules,
    thesaurus: &'a Thesaurus,
    words: Option<&'a Index>,
    losses: Vec<Loss>,
    notes: Vec<String>,
    /// Whether what is written now is taken away from something.
    is_negated: bool,
    error: Option<Error>,
}

/// Text, or why there is none.
type Part = std::result::Result<Written, String>;

impl<'a> Writer<'a> {
    pub(super) fn new(rules: &'static Rules, thesaurus: &'a Thesaurus, words: Option<&'a Index>) -> Self {
        Self { rules, thesaurus, words, losses: Vec::new(), notes: Vec::new(), is_negated: false, error: None }
    }

    /// What is to be known of the platform; or the error of the index.
    pub(super) fn finish(self) -> Result<Vec<String>> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.notes),
        }
    }

    pub(super) fn line(&mut self, line: &Line) -> TranslatedLine {
        self.losses.clear();
        let written = match &line.tree {
            Some(tree) => self.expr(tree),
            None => Err("the line could not be read".to_owned()),
        };
        let text = match written {
            Ok(written) => Some(written.text),
            Err(reason) => {
                self.losses.insert(0, Loss { effect: Effect::Missing, sentence: reason });
                None
            }
        };
        if let Some(text) = &text {
            self.punctuation(line);
            if let Some(doubt) = self.rules.doubt.and_then(|doubt| doubt(text)) {
                self.loss(Effect::Other, doubt);
            }
        }
        let mut losses: Vec<Loss> = Vec::new();
        for loss in self.losses.drain(..) {
            if !losses.contains(&loss) {
                losses.push(loss);
            }
        }
        TranslatedLine { label: line.label, text, losses }
    }

    /// Says that signs inside of words are not written: the tree has the words alone.
    fn punctuation(&mut self, line: &Line) {
        // Codes of identifiers, whose signs count.
        const IDENTIFIERS: &[&str] = &["rn", "do", "is", "ui", "an", "pm", "si"];
        let leaves = line.tree.as_ref().map(text_leaves).unwrap_or_default();
        for (leaf, span) in leaves {
            let written = line.query.get(span.start..span.end).unwrap_or_default();
            let has_apostrophe = written.char_indices().any(|(at, sign)| {
                matches!(sign, '\'' | '\u{2019}')
                    && written[..at].ends_with(char::is_alphanumeric)
                    && written[at + sign.len_utf8()..].starts_with(char::is_alphanumeric)
            });
            if has_apostrophe {
                self.loss(
                    Effect::Other,
                    format!("the apostrophe in \"{}\" is left out: put it back where the platform keeps it", written.trim()),
                );
            }
            let is_identifier = leaf.codes.iter().any(|code| IDENTIFIERS.contains(&code.as_str()));
            if is_identifier && !matches!(leaf.text, Text::Word(_)) {
                self.loss(
                    Effect::Other,
                    format!("the signs between the parts of \"{}\" are blanks: put them back by hand", written.trim()),
                );
            }
        }
    }

    /// Says that something is lost, as the whole line sees it.
    pub(super) fn loss(&mut self, effect: Effect, sentence: impl Into<String>) {
        let effect = match (effect, self.is_negated) {
            (Effect::Wider, true) => Effect::Narrower,
            (Effect::Narrower, true) => Effect::Wider,
            (effect, _) => effect,
        };
        self.losses.push(Loss { effect, sentence: sentence.into() });
    }

    pub(super) fn n_losses(&self) -> usize {
        self.losses.len()
    }

    /// Takes back what was said since there were so many: another way is tried.
    pub(super) fn forget_losses(&mut self, count: usize) {
        self.losses.truncate(count);
    }

    /// The forms of a word; what is lost is said.
    pub(super) fn spelled(&mut self, pattern: &Pattern, searched: &Searched<'_>) -> Spelled {
        let spelled = spell(pattern, &self.rules.wildcards, self.words, searched.codes).unwrap_or_else(|error| {
            self.error.get_or_insert(error);
            Spelled { forms: vec![pattern.to_string()], has_wildcard: true, loss: None }
        });
        if let Some(loss) = &spelled.loss {
            self.loss(loss.effect, loss.sentence.clone());
        }
        spelled
    }

    /// The forms of a word that have no wildcard; `None` where they cannot be listed.
    pub(super) fn without_wildcards(&mut self, pattern: &Pattern, searched: &Searched<'_>) -> Option<Spelled> {
        let spelled = self.spelled(pattern, searched);
        if !spelled.has_wildcard {
            return Some(spelled);
        }
        // A platform without wildcards at all would have them listed.
        let none = super::rules::Wildcards { shortest: usize::MAX, ..self.rules.wildcards };
        let listed = spell(pattern, &none, Some(self.words?), searched.codes).ok().filter(|listed| !listed.has_wildcard)?;
        if let Some(loss) = &listed.loss {
            self.loss(loss.effect, loss.sentence.clone());
        }
        Some(listed)
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Takes over what the table's functions say.
    fn take(&mut self, mut written: Written) -> Written {
        for loss in std::mem::take(&mut written.losses) {
            self.loss(loss.effect, loss.sentence);
        }
        for note in std::mem::take(&mut written.notes) {
            self.note(note);
        }
        written
    }

    fn expr(&mut self, expr: &Expr) -> Part {
        match &expr.kind {
            ExprKind::And(parts) => self.operands(parts, " AND ", Effect::Wider),
            ExprKind::Or(parts) => self.operands(&united(parts), " OR ", Effect::Narrower),
            ExprKind::Not(left, right) => {
                let left = self.expr(left)?;
                self.is_negated = !self.is_negated;
                let right = self.expr(right);
                self.is_negated = !self.is_negated;
                match right {
                    Ok(right) => Ok(Written::joined(&[bracketed(left), bracketed(right)], self.rules.not)),
                    Err(reason) => {
                        self.loss(Effect::Wider, reason);
                        Ok(left)
                    }
                }
            }
            ExprKind::Reference(label) => Ok(Written::whole(self.reference(*label))),
            ExprKind::Group(combination, labels) => {
                let labels: Vec<String> = labels.iter().map(|label| self.reference(*label)).collect();
                let operator = match combination {
                    Combination::And => " AND ",
                    Combination::Or => " OR ",
                };
                Ok(Written::joined(&labels, operator))
            }
            ExprKind::Text(leaf) => self.leaf(leaf),
            ExprKind::Heading(leaf) => self.heading_leaf(leaf),
            ExprKind::Limit(label, limits) => {
                let reference = self.reference(*label);
                let (passing, left_out) = self.limits(limits);
                for sentence in left_out {
                    self.loss(Effect::Wider, sentence);
                }
                let parts: Vec<String> = std::iter::once(reference).chain(passing).collect();
                Ok(Written::joined(&parts, " AND "))
            }
            ExprKind::Passing(limits) => {
                let (passing, left_out) = self.limits(limits);
                // Of all records nothing is left to write; what that does, the operator around it tells.
                if passing.is_empty() {
                    return Err(left_out.join("; "));
                }
                for sentence in left_out {
                    self.loss(Effect::Wider, sentence);
                }
                Ok(Written::joined(&passing, " AND "))
            }
            ExprKind::Unique(label) => {
                self.loss(Effect::Wider, "duplicates are not removed");
                Ok(Written::whole(self.reference(*label)))
            }
            ExprKind::Database(inner, name) => {
                self.loss(Effect::Wider, format!("\"use {name}\" is left out: here each database is searched by itself"));
                self.expr(inner)
            }
        }
    }

    fn operands(&mut self, parts: &[Expr], operator: &str, missing: Effect) -> Part {
        let mut written = Vec::new();
        let mut reasons = Vec::new();
        for part in parts {
            match self.expr(part) {
                // The same set twice is the same set.
                Ok(part) if written.iter().any(|other: &Written| other.text == part.text) => {}
                Ok(part) => written.push(part),
                Err(reason) => reasons.push(reason),
            }
        }
        if written.is_empty() {
            return Err(reasons.join("; "));
        }
        for reason in reasons {
            self.loss(missing, reason);
        }
        if let [_] = written.as_slice() {
            return written.pop().ok_or_else(String::new);
        }
        Ok(Written::joined(&written.into_iter().map(bracketed).collect::<Vec<_>>(), operator))
    }

    fn reference(&self, label: u32) -> String {
        format!("{}{label}", self.rules.reference)
    }

    /// Texts for the limits that have one, and sentences for the others, which are left out.
    fn limits(&mut self, limits: &[Limit]) -> (Vec<String>, Vec<String>) {
        let (mut texts, mut left_out) = (Vec::new(), Vec::new());
        for limit in limits {
            match self.limit(limit) {
                Some(written) => texts.push(bracketed(written)),
                None => left_out.push(format!("{} is left out: set it by hand in {}", in_words(limit), self.rules.name)),
            }
        }
        (texts, left_out)
    }

    fn limit(&mut self, limit: &Limit) -> Option<Written> {
        let Limit::Any(alternatives) = limit else {
            if let Some((years, true)) = years(limit) {
                return self.limit(&years);
            }
            if let Some(written) = (self.rules.limit)(limit, self.thesaurus) {
                return Some(self.take(written));
            }
            // Years are better than nothing.
            let (years, _) = years(limit)?;
            let written = (self.rules.limit)(&years, self.thesaurus)?;
            self.loss(Effect::Wider, format!("{} is written by whole years", in_words(limit)));
            return Some(self.take(written));
        };
        let mut texts = Vec::new();
        for limits in alternatives {
            let parts = limits.iter().map(|limit| self.limit(limit).map(bracketed)).collect::<Option<Vec<_>>>()?;
            texts.push(bracketed(Written::joined(&parts, " AND ")));
        }
        Some(Written::joined(&texts, " OR "))
    }

    fn heading_leaf(&mut self, leaf: &HeadingLeaf) -> Part {
        let name = leaf.name.trim();
        if leaf.certainty == HeadingCertainty::IfKnown && self.thesaurus.resolve(name).is_none() {
            return match phrase(name) {
                Some(text) => self.leaf(&TextLeaf { text, codes: Vec::new(), at_least: 1 }),
                None => Err(format!("\"{name}\" has no words")),
            };
        }
        let qualifiers = leaf.qualifiers.iter().map(|code| Qualifier::of(code)).collect();
        Ok(self.heading(name, leaf.explode, leaf.focus, qualifiers))
    }

    fn heading(&mut self, name: &str, explode: bool, focus: bool, qualifiers: Vec<Qualifier>) -> Written {
        let resolution = self.thesaurus.resolve(name);
        if let Some(resolution) = resolution.filter(|resolution| resolution.by == ResolvedBy::EntryTerm) {
            self.note(format!("\"{name}\" is written as the heading it points to, \"{}\"", resolution.descriptor.heading()));
        }
        let known = resolution.map(|resolution| resolution.descriptor.heading());
        let name = known.unwrap_or(name).replace(['"', '[', ']'], " ").trim().to_owned();
        // Records carry a publication type as one, and refsieve looks for it there too.
        let is_type = resolution.is_some_and(|found| found.descriptor.tree_numbers().any(|number| number.starts_with('V')));
        if is_type && !focus && qualifiers.is_empty() {
            self.loss(Effect::Narrower, format!("\"{name}\" is a publication type too, which is not searched here: add it as one"));
        }
        let written = (self.rules.heading)(&Heading { name, is_known: known.is_some(), explode, focus, qualifiers });
        self.take(written)
    }

    fn leaf(&mut self, leaf: &TextLeaf) -> Part {
        if leaf.at_least > 1 {
            self.loss(Effect::Wider, format!("\"/freq={}\" is left out", leaf.at_least));
        }
        let mut codes = leaf.codes.clone();
        if codes.is_empty() {
            codes.push(DEFAULT_CODE.to_owned());
        }
        let mut parts = Vec::new();
        let mut reasons = Vec::new();
        // Codes under which a name is more than words are written by themselves.
        if let Some(names) = names(&leaf.text) {
            let mut rest = Vec::new();
            for code in codes {
                match self.named(&code, &names) {
                    Some(Ok(written)) => parts.extend(written),
                    Some(Err(reason)) => reasons.push(reason),
                    None => rest.push(code),
                }
            }
            codes = rest;
        }
        if !codes.is_empty() {
            parts.extend(self.in_fields(leaf, &codes));
        }
        if parts.is_empty() {
            return Err(reasons.join("; "));
        }
        for reason in reasons {
            self.loss(Effect::Narrower, reason);
        }
        if let [_] = parts.as_slice() {
            return parts.pop().ok_or_else(String::new);
        }
        Ok(Written::joined(&parts.into_iter().map(bracketed).collect::<Vec<_>>(), " OR "))
    }

    /// Names under a code that takes names: headings, qualifiers, languages, years; `None` for other codes.
    fn named(&mut self, code: &str, names: &[String]) -> Option<std::result::Result<Vec<Written>, String>> {
        if HEADING_CODES.contains(&code) {
            return Some(Ok(names.iter().map(|name| self.heading(name, false, false, Vec::new())).collect()));
        }
        if QUALIFIER_CODES.contains(&code) {
            let explode = EXPLODED_QUALIFIER_CODES.contains(&code);
            return Some(names.iter().map(|name| self.qualifier(name, explode)).collect());
        }
        let limits: Vec<Limit> = if LANGUAGE_CODES.contains(&code) {
            names.iter().map(|name| Limit::Language(vec![name.clone()])).collect()
        } else if YEAR_CODES.contains(&code) {
            let years: Option<Vec<u16>> = names.iter().map(|name| name.parse().ok().filter(|_| name.len() == 4)).collect();
            years?.into_iter().map(|year| Limit::Years(Some(year), Some(year))).collect()
        } else {
            return None;
        };
        Some(
            limits
                .iter()
                .map(|limit| {
                    self.limit(limit).ok_or_else(|| format!("\"{limit}\" has no text in {}: set it by hand there", self.rules.name))
                })
                .collect(),
        )
    }

    fn qualifier(&mut self, name: &str, explode: bool) -> Part {
        let qualifier = Qualifier::of(name);
        let has_narrower = qualifier::explode(&qualifier.code).len() > 1;
        let text = (self.rules.qualifier)(&qualifier);
        let Some(text) = text else { return Err(format!("the subheading \"{}\" cannot be searched by itself", qualifier.name)) };
        if explode && has_narrower {
            let texts: Vec<String> =
                qualifier::explode(&qualifier.code).into_iter().filter_map(|code| (self.rules.qualifier)(&Qualifier::of(code))).collect();
            return Ok(Written::joined(&texts, " OR "));
        }
        Ok(Written::whole(text))
    }

    /// The text in the fields that the codes become: any of these.
    fn in_fields(&mut self, leaf: &TextLeaf, codes: &[String]) -> Vec<Written> {
        let tags = self.tags(codes);
        let written = self.text(&leaf.text, &Searched { codes, tags: &tags });
        // No tag is all fields, whatever others stand beside it.
        let is_everywhere = tags.iter().any(|tag| tag.is_empty());
        match self.rules.fields.style {
            FieldStyle::EachTerm => vec![written],
            _ if is_everywhere => vec![written],
            FieldStyle::Behind => vec![Written::whole(format!("{}:{}", bracketed(written), tags.join(",")))],
            FieldStyle::Before { open, comma: Some(comma) } => vec![Written::whole(format!("{}{open}{})", tags.join(comma), written.text))],
            FieldStyle::Before { open, comma: None } => {
                tags.iter().map(|tag| Written::whole(format!("{tag}{open}{})", written.text))).collect()
            }
        }
    }

    /// The tags that codes become; how well they fit is said.
    fn tags(&mut self, codes: &[String]) -> Vec<&'static str> {
        let fields = &self.rules.fields;
        let mut rest: Vec<&str> = codes.iter().map(String::as_str).collect();
        let mut tags: Vec<&'static str> = Vec::new();
        for row in fields.together {
            if row.codes.iter().all(|code| rest.contains(code)) {
                rest.retain(|code| !row.codes.contains(code));
                tags.extend(row.tags);
                self.fit(&format!(".{}.", row.codes.join(",")), row.fit);
            }
        }
        for code in rest {
            match fields.alone.iter().find(|row| row.codes == code) {
                Some(row) => {
                    tags.extend(row.tags);
                    self.fit(&format!(".{code}."), row.fit);
                }
                None => {
                    tags.extend(fields.everywhere);
                    let name = field_code(code).map_or("a field", |row| row.name);
                    self.loss(Effect::Wider, format!("\".{code}.\" ({name}) is no field of {}: all fields are searched", self.rules.name));
                }
            }
        }
        let mut kept: Vec<&'static str> = Vec::new();
        for tag in tags {
            if !kept.contains(&tag) {
                kept.push(tag);
            }
        }
        for (first, second, both) in fields.merged {
            if kept.contains(first) && kept.contains(second) {
                let at = kept.iter().position(|tag| tag == first || tag == second).unwrap_or(0);
                kept.retain(|tag| tag != first && tag != second);
                kept.insert(at, both);
            }
        }
        kept
    }

    fn fit(&mut self, codes: &str, fit: Fit) {
        match fit {
            Fit::Same => {}
            Fit::Note(what) => self.note(format!("\"{codes}\": {what}")),
            Fit::Wider(what) => self.loss(Effect::Wider, format!("\"{codes}\": {what}")),
            Fit::Narrower(what) => self.loss(Effect::Narrower, format!("\"{codes}\": {what}")),
        }
    }
}

impl Qualifier {
    /// The qualifier that `written` is the code or the name of, with or without its "&"; as written where MeSH has none such.
    pub(super) fn of(written: &str) -> Self {
        let folded = Folded::words(written);
        let all = || qualifier::QUALIFIERS.iter().chain(qualifier::RETIRED);
        let by_words = || all().find(|(_, name)| Folded::words(name) == folded).map(|(code, _)| *code);
        let code = qualifier::code(written).or_else(by_words).map_or_else(|| written.to_owned(), str::to_owned);
        let name = qualifier::name(&code).map_or_else(|| written.to_owned(), str::to_owned);
        Self { code, name }
    }
}

/// The alternatives, with those that stand side by side and are searched in the same fields as one text: a group is written
/// once for each field, and not each word of it.
fn united(parts: &[Expr]) -> Vec<Expr> {
    let mut united: Vec<Expr> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (ExprKind::Text(leaf), Some(Expr { kind: ExprKind::Text(before), .. })) = (&part.kind, united.last_mut())
            && leaf.codes == before.codes
            && leaf.at_least == 1
            && before.at_least == 1
        {
            match &mut before.text {
                Text::Or(alternatives) => alternatives.push(leaf.text.clone()),
                first => *first = Text::Or(vec![first.clone(), leaf.text.clone()]),
            }
        } else {
            united.push(part.clone());
        }
    }
    united
}

/// The names that a text without wildcards and distances stands for, each word as it is.
fn names(text: &Text) -> Option<Vec<String>> {
    let word = |pattern: &&Pattern| match pattern.parts.as_slice() {
        [PatternPart::Literal(text)] => Some(text.clone()),
        _ => None,
    };
    let name = |phrase: &Vec<&Pattern>| phrase.iter().map(word).collect::<Option<Vec<_>>>().map(|words| words.join(" "));
    phrases(text)?.iter().map(name).collect()
}
