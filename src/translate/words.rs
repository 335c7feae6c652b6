//! One word with wildcards -> the words that a platform is given for it.
//!
//! Goes in: a [`Pattern`]. Comes out: its text, or several texts any of which will do. Where the platform lacks a wildcard
//! and others say the same (`colo?r` as `color or colo` and one character and `r`), nothing is lost. Where none does, the words
//! that the records at hand have are listed; else the word is spelled out letter by letter, or widened, or written bare.

use super::rules::Wildcards;
use super::{Effect, Loss};
use crate::error::Result;
use crate::index::{Index, Piece, Place, TermPattern};
use crate::record::Field;
use crate::strategy::{Pattern, PatternPart, field_code};

/// A word as a platform reads it.
pub(super) struct Spelled {
    /// Any of these.
    pub(super) forms: Vec<String>,
    /// Whether one of them has a wildcard.
    pub(super) has_wildcard: bool,
    pub(super) loss: Option<Loss>,
}

/// So many words of the records are listed for one word of the strategy; more would make a line that no platform takes.
const MOST_LISTED: usize = 60;
/// A limited truncation of more characters is not written out.
const MOST_WRITTEN_OUT: u8 = 6;
/// So many texts are written for one word at most.
const MOST_FORMS: usize = 120;
/// A word that is widened keeps at least so many characters before its truncation: PubMed's own rule, and `ca*` for
/// anything that begins with "ca" is never meant.
const SHORTEST_WIDENED: usize = 4;

/// The texts of `pattern`. `codes` are those of the fields it is searched in.
pub(super) fn spell(pattern: &Pattern, signs: &Wildcards, words: Option<&Index>, codes: &[String]) -> Result<Spelled> {
    if let Some(forms) = exactly(pattern, signs) {
        return Ok(Spelled { has_wildcard: pattern.parts.len() > 1, forms, loss: None });
    }
    if let Some(index) = words {
        let forms = listed(pattern, index, codes)?;
        match forms.as_deref() {
            Some([]) | None => {}
            Some(forms) => {
                let sentence = format!("\"{pattern}\" is written out as the words that the records given have for it ({})", forms.len());
                let loss = Some(Loss { effect: Effect::Narrower, sentence });
                return Ok(Spelled { forms: forms.to_vec(), has_wildcard: false, loss });
            }
        }
    }
    Ok(by_letters(pattern, signs).or_else(|| widened(pattern, signs)).unwrap_or_else(|| bare(pattern, signs)))
}

/// What says the same with the signs of the platform.
fn exactly(pattern: &Pattern, signs: &Wildcards) -> Option<Vec<String>> {
    let mut forms = vec![String::new()];
    for (at, part) in pattern.parts.iter().enumerate() {
        let is_last = at + 1 == pattern.parts.len();
        let endings: Vec<String> = match part {
            PatternPart::Literal(text) | PatternPart::Stopword(text) => vec![text.clone()],
            PatternPart::Any(None) if is_last || signs.inside => vec!["*".to_owned()],
            PatternPart::Any(None) => return None,
            PatternPart::One => vec![signs.one?.to_owned()],
            PatternPart::OneOrNone => up_to(1, signs)?,
            PatternPart::Any(Some(most)) => up_to(*most, signs)?,
        };
        forms = forms.iter().flat_map(|form| endings.iter().map(move |ending| format!("{form}{ending}"))).collect();
        if forms.len() > MOST_FORMS {
            return None;
        }
    }
    let is_long_enough = |form: &String| form.find('*').is_none_or(|at| form[..at].chars().count() >= signs.shortest);
    forms.iter().all(is_long_enough).then_some(forms)
}

/// At most so many characters.
fn up_to(most: u8, signs: &Wildcards) -> Option<Vec<String>> {
    match (most, signs.at_most, signs.one_or_none, signs.one) {
        (0, ..) => Some(vec![String::new()]),
        (_, Some((before, behind)), ..) => Some(vec![format!("{before}{most}{behind}")]),
        (..=MOST_WRITTEN_OUT, None, Some(sign), _) => Some(vec![sign.repeat(usize::from(most))]),
        (..=MOST_WRITTEN_OUT, None, None, Some(sign)) => Some((0..=usize::from(most)).map(|count| sign.repeat(count)).collect()),
        _ => None,
    }
}

/// The words of the records that match, in the fields that the codes cover; `None` where they are too many.
fn listed(pattern: &Pattern, index: &Index, codes: &[String]) -> Result<Option<Vec<String>>> {
    let piece = |part: &PatternPart| match part {
        PatternPart::Literal(text) | PatternPart::Stopword(text) => Piece::Literal(text.clone()),
        PatternPart::One => Piece::One,
        PatternPart::OneOrNone => Piece::UpTo(1),
        PatternPart::Any(None) => Piece::Any,
        PatternPart::Any(Some(most)) => Piece::UpTo(*most),
    };
    let term = TermPattern { pieces: pattern.parts.iter().map(piece).collect() };
    let fields = codes.iter().filter_map(|code| field_code(code)).flat_map(|row| row.fields);
    let mut fields: Vec<Field> = fields.copied().filter(|field| Place::has_words(*field)).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut forms = Vec::new();
    for field in fields {
        let Some(more) = index.forms(Place::Words(field), &term, MOST_LISTED)? else { return Ok(None) };
        forms.extend(more);
    }
    forms.sort_unstable();
    forms.dedup();
    Ok((forms.len() <= MOST_LISTED).then_some(forms))
}

/// The beginning of the word, truncated, where it is long enough.
fn widened(pattern: &Pattern, signs: &Wildcards) -> Option<Spelled> {
    let Some(PatternPart::Literal(beginning)) = pattern.parts.first() else { return None };
    if beginning.chars().count() < signs.shortest.max(SHORTEST_WIDENED) {
        return None;
    }
    let loss = Loss { effect: Effect::Wider, sentence: format!("\"{pattern}\" becomes \"{beginning}*\"") };
    Some(Spelled { forms: vec![format!("{beginning}*")], has_wildcard: true, loss: Some(loss) })
}

/// The word with every letter from a to z in place of its one wildcard for a character: what it stands for, but for digits
/// and letters of other scripts.
fn by_letters(pattern: &Pattern, signs: &Wildcards) -> Option<Spelled> {
    let is_letter = |part: &&PatternPart| matches!(part, PatternPart::One | PatternPart::OneOrNone);
    if pattern.parts.iter().filter(is_letter).count() != 1 {
        return None;
    }
    let mut forms = Vec::new();
    for letter in std::iter::once(String::new()).chain(('a'..='z').map(String::from)) {
        let mut parts = pattern.parts.clone();
        let at = parts.iter().position(|part| is_letter(&part))?;
        if letter.is_empty() && parts[at] == PatternPart::One {
            continue;
        }
        parts[at] = PatternPart::Literal(letter);
        forms.extend(exactly(&Pattern { parts }, signs)?);
    }
    let loss = Loss { effect: Effect::Narrower, sentence: format!("\"{pattern}\" is spelled out with the letters from a to z") };
    Some(Spelled { has_wildcard: forms.iter().any(|form| form.contains('*')), forms, loss: Some(loss) })
}

/// The word without what may stand in place of its wildcards, but for truncation at its end.
fn bare(pattern: &Pattern, signs: &Wildcards) -> Spelled {
    let mut form = String::new();
    let mut effect = Effect::Narrower;
    for part in &pattern.parts {
        match part {
            PatternPart::Literal(text) | PatternPart::Stopword(text) => form.push_str(text),
            PatternPart::One => effect = Effect::Other,
            PatternPart::OneOrNone | PatternPart::Any(_) => {}
        }
    }
    let is_truncated = pattern.parts.last() == Some(&PatternPart::Any(None)) && form.chars().count() >= signs.shortest;
    if is_truncated {
        form.push('*');
    }
    let loss = Loss { effect, sentence: format!("\"{pattern}\" is written \"{form}\"") };
    Spelled { forms: vec![form], has_wildcard: is_truncated, loss: Some(loss) }
}
