//! Words and the codes of their suffix -> the places of the index to look in, and what to look for there.
//!
//! Goes in: a [`TextLeaf`]. Comes out: one leaf for each place, any of which suffices. In a field that is indexed whole,
//! the words become the beginning or the whole of an entry.

use super::language::spellings;
use super::plan::Leaf;
use crate::index::{Phrase, Piece, Place, Shape, TermPattern, milestone_term};
use crate::record::{Field, Milestone, qualifier};
use crate::strategy::lint::STOPWORDS;
use crate::strategy::{CodeKind, DEFAULT_CODE, FieldCode, Pattern, PatternPart, Text, TextLeaf, field_code};
use crate::text::Folded;

/// Codes that are about headings' qualifiers: `dt.fs.`
const QUALIFIER_CODES: &[&str] = &["fs", "xs", "fx"];
/// Codes that are about headings as major topics.
const MAJOR_CODES: &[&str] = &["dj", "mj"];
/// Codes that cover the words of qualifiers beside their fields.
const CODES_WITH_QUALIFIERS: &[&str] = &[DEFAULT_CODE, "af"];
/// So many ways of writing an entry are tried; an expression with more is searched by its words.
const MOST_ENTRIES: usize = 1_000;

/// The codes of `leaf` whose data no export carries.
pub(super) fn empty_codes(leaf: &TextLeaf) -> impl Iterator<Item = &'static FieldCode> {
    leaf.codes.iter().filter_map(|code| field_code(code)).filter(|row| {
        row.fields.is_empty() && milestone(row.code).is_none() && !QUALIFIER_CODES.contains(&row.code) && !MAJOR_CODES.contains(&row.code)
    })
}

/// What to look up; a record that any of these finds is found.
pub(super) fn leaves(leaf: &TextLeaf, skips_stopwords: bool) -> Vec<Leaf> {
    if skips_stopwords {
        let (shorter, uncounted) = counted(leaf);
        let mut leaves = leaves(&shorter, false);
        for leaf in &mut leaves {
            if let Leaf::Phrase(Place::Words(_), phrase) = leaf {
                phrase.uncounted.clone_from(&uncounted);
            }
        }
        return leaves;
    }
    let codes: Vec<&str> = if leaf.codes.is_empty() { vec![DEFAULT_CODE] } else { leaf.codes.iter().map(String::as_str).collect() };
    let mut leaves: Vec<Leaf> = Vec::new();
    for row in codes.into_iter().filter_map(field_code) {
        for found in of_code(leaf, row) {
            if !leaves.contains(&found) {
                leaves.push(found);
            }
        }
    }
    leaves
}

/// The text where stopwords take no place: without those it has itself, and the words that take none. A word that is
/// searched for itself takes its place.
pub(super) fn counted(leaf: &TextLeaf) -> (TextLeaf, Vec<String>) {
    let shorter = TextLeaf { text: without_stopwords(&leaf.text), ..leaf.clone() };
    let wanted = phrase(&shorter.text, 1).words;
    let is_wanted = |word: &str| wanted.iter().any(|pattern| pattern.matches(word));
    let uncounted = STOPWORDS.iter().filter(|word| !is_wanted(word)).map(|word| (*word).to_owned()).collect();
    (shorter, uncounted)
}

fn of_code(leaf: &TextLeaf, row: &FieldCode) -> Vec<Leaf> {
    let (text, at_least) = (&leaf.text, leaf.at_least);
    if QUALIFIER_CODES.contains(&row.code) {
        return match entries(text) {
            Some(entries) => entries.into_iter().map(|entry| of_qualifier(entry, row.code != "fs")).collect(),
            None => vec![Leaf::Phrase(Place::QualifierWords, phrase(text, at_least))],
        };
    }
    if MAJOR_CODES.contains(&row.code) {
        let major = |mut entry: TermPattern| {
            entry.pieces.insert(0, Piece::Literal("*".to_owned()));
            whole(Place::Headings, entry)
        };
        return entries(text).map_or_else(Vec::new, |entries| entries.into_iter().map(major).collect());
    }
    if let (Some(milestone), Some(entries)) = (milestone(row.code).filter(|_| at_least == 1), entries(text)) {
        let dated = |mut entry: TermPattern| {
            entry.pieces.insert(0, Piece::Literal(milestone_term(milestone, None)));
            whole(Place::Milestones, entry)
        };
        return entries.into_iter().map(dated).collect();
    }
    let mut leaves = Vec::new();
    match (row.kind, entries(text)) {
        (CodeKind::Phrase | CodeKind::Date, Some(entries)) if at_least == 1 => {
            for field in row.fields.iter().filter(|field| Place::has_entries(**field)) {
                leaves.extend(entries.iter().map(|entry| of_entry(*field, entry.clone())));
            }
        }
        // Distances and counts have no meaning for entries that are one term.
        _ => {
            let phrase = phrase(text, at_least);
            let fields = row.fields.iter().filter(|field| Place::has_words(**field));
            leaves.extend(fields.map(|field| Leaf::Phrase(Place::Words(*field), phrase.clone())));
            if CODES_WITH_QUALIFIERS.contains(&row.code) {
                leaves.push(Leaf::Phrase(Place::QualifierWords, phrase));
            }
        }
    }
    leaves
}

fn of_entry(field: Field, entry: TermPattern) -> Leaf {
    match literal(&entry) {
        Some(text) if field == Field::Language => Leaf::AnyOf(Place::Entries(field), spellings(&text)),
        _ => whole(Place::Entries(field), entry),
    }
}

/// The milestone whose dates a code is about.
pub(super) fn milestone(code: &str) -> Option<Milestone> {
    Some(match code {
        "ed" | "ez" => Milestone::Entered,
        "ep" => Milestone::Electronic,
        "rd" | "up" => Milestone::Revised,
        "em" => Milestone::Week,
        "dt" | "da" | "dc" | "dd" | "cd" => Milestone::Created,
        _ => return None,
    })
}

/// The text without the stopwords that stand outside of quotation marks in its sequences, but for sequences that are nothing
/// else.
fn without_stopwords(text: &Text) -> Text {
    let is_stopword = |part: &Text| {
        let Text::Word(pattern) = part else { return false };
        matches!(pattern.parts.as_slice(), [PatternPart::Stopword(_)])
    };
    match text {
        Text::Word(_) => text.clone(),
        Text::Or(parts) => Text::Or(parts.iter().map(without_stopwords).collect()),
        Text::Near { n, left, right } => {
            Text::Near { n: *n, left: Box::new(without_stopwords(left)), right: Box::new(without_stopwords(right)) }
        }
        Text::Sequence(parts) => {
            let kept: Vec<Text> = parts.iter().filter(|part| !is_stopword(part)).map(without_stopwords).collect();
            if kept.is_empty() { text.clone() } else { Text::Sequence(kept) }
        }
    }
}

/// A qualifier by its code or name; with those below it, where it has a code and they are wanted too.
fn of_qualifier(entry: TermPattern, explode: bool) -> Leaf {
    let code =
        literal(&entry).filter(|_| explode).and_then(|name| qualifier::code(&name.replace(" and ", " & ")).or_else(|| folded_code(&name)));
    match code {
        Some(code) => Leaf::AnyOf(Place::Qualifiers, qualifier::explode(code).into_iter().map(str::to_owned).collect()),
        None => whole(Place::Qualifiers, entry),
    }
}

/// The code of the qualifier whose folded name this is ("organization administration").
fn folded_code(name: &str) -> Option<&'static str> {
    qualifier::QUALIFIERS.iter().find(|(_, known)| Folded::words(known).as_str() == name).map(|(code, _)| *code)
}

fn whole(place: Place, entry: TermPattern) -> Leaf {
    Leaf::Phrase(place, Phrase { words: vec![entry], shape: Shape::Word(0), at_least: 1, uncounted: Vec::new() })
}

/// The text of a pattern without wildcards.
fn literal(pattern: &TermPattern) -> Option<String> {
    (!pattern.has_wildcard())
        .then(|| pattern.pieces.iter().map(|piece| if let Piece::Literal(text) = piece { text.as_str() } else { "" }).collect())
}

/// The entries that `text` can be as a whole; `None` where it has distances or stands for too many.
fn entries(text: &Text) -> Option<Vec<TermPattern>> {
    let entries = match text {
        Text::Word(pattern) => vec![convert(pattern)],
        Text::Or(alternatives) => alternatives.iter().map(entries).collect::<Option<Vec<_>>>()?.concat(),
        Text::Sequence(parts) => {
            let mut so_far: Vec<TermPattern> = Vec::new();
            for part in parts {
                let part = entries(part)?;
                so_far = if so_far.is_empty() {
                    part
                } else {
                    so_far.iter().flat_map(|start| part.iter().map(|end| joined(start, end))).collect()
                };
                if so_far.len() > MOST_ENTRIES {
                    return None;
                }
            }
            so_far
        }
        Text::Near { .. } => return None,
    };
    (entries.len() <= MOST_ENTRIES).then_some(entries)
}

/// `start`, a blank, `end`, as one pattern.
fn joined(start: &TermPattern, end: &TermPattern) -> TermPattern {
    let mut pieces = Vec::new();
    for piece in start.pieces.iter().chain(&[Piece::Literal(" ".to_owned())]).chain(&end.pieces) {
        match (pieces.last_mut(), piece) {
            (Some(Piece::Literal(text)), Piece::Literal(more)) => text.push_str(more),
            _ => pieces.push(piece.clone()),
        }
    }
    TermPattern { pieces }
}

pub(super) fn phrase(text: &Text, at_least: u32) -> Phrase {
    let mut words = Vec::new();
    let shape = shape(text, &mut words);
    Phrase { words, shape, at_least, uncounted: Vec::new() }
}

fn shape(text: &Text, words: &mut Vec<TermPattern>) -> Shape {
    match text {
        Text::Word(pattern) => {
            let pattern = convert(pattern);
            let number = words.iter().position(|known| *known == pattern).unwrap_or_else(|| {
                words.push(pattern);
                words.len() - 1
            });
            Shape::Word(number)
        }
        Text::Sequence(parts) => {
            let mut shapes: Vec<Shape> = Vec::new();
            let is_any =
                |part: &Text| matches!(part, Text::Word(pattern) if matches!(pattern.parts.as_slice(), [PatternPart::Stopword(_)]));
            // Any word at all stands before and behind nearly every place.
            let inner = parts.iter().skip_while(|part| is_any(part));
            let mut skip = 0;
            for part in inner {
                if is_any(part) {
                    skip += 1;
                    continue;
                }
                if skip > 0 {
                    shapes.push(Shape::Skip(std::mem::take(&mut skip)));
                }
                shapes.push(shape(part, words));
            }
            if shapes.is_empty() {
                // Nothing but such words: they are what is searched for.
                shapes = parts.iter().map(|part| shape(part, words)).collect();
            }
            Shape::Sequence(shapes)
        }
        Text::Or(alternatives) => Shape::Or(alternatives.iter().map(|part| shape(part, words)).collect()),
        Text::Near { n, left, right } => {
            let (left, right) = (Box::new(shape(left, words)), Box::new(shape(right, words)));
            Shape::Near { n: *n, left, right }
        }
    }
}

pub(super) fn convert(pattern: &Pattern) -> TermPattern {
    let piece = |part: &PatternPart| match part {
        PatternPart::Literal(text) | PatternPart::Stopword(text) => Piece::Literal(text.clone()),
        PatternPart::One => Piece::One,
        PatternPart::OneOrNone => Piece::UpTo(1),
        PatternPart::Any(None) => Piece::Any,
        PatternPart::Any(Some(most)) => Piece::UpTo(*most),
    };
    TermPattern { pieces: pattern.parts.iter().map(piece).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::{ExprKind, parse};

    /// The leaves of `query` as "place pattern", a blank between words, `/` between alternatives.
    fn check(query: &str, expected: &[&str]) {
        let (strategy, _) = parse("x", query);
        let Some(ExprKind::Text(leaf)) = strategy.lines[0].tree.as_ref().map(|tree| &tree.kind) else { panic!("{query} is no text") };
        let found: Vec<String> = leaves(leaf, false).iter().map(show).collect();
        assert_eq!(found, expected, "{query}");
    }

    fn show(leaf: &Leaf) -> String {
        match leaf {
            Leaf::Phrase(place, phrase) => {
                let words: Vec<_> = phrase.words.iter().map(|word| word.pieces.iter().map(piece).collect::<String>()).collect();
                format!("{place:?} {}", words.join("+"))
            }
            Leaf::AnyOf(place, terms) => format!("{place:?} = {}", terms.join("/")),
            other => format!("{other:?}"),
        }
    }

    fn piece(piece: &Piece) -> String {
        match piece {
            Piece::Literal(text) => text.clone(),
            Piece::One => "#".into(),
            Piece::UpTo(most) => format!("${most}"),
            Piece::Any => "*".into(),
        }
    }

    #[test]
    fn codes_become_places() {
        check("peer support*.ti,ab.", &["Words(Title) peer+support*", "Words(Abstract) peer+support*"]);
        check("colo?r.ti,tw.", &["Words(Title) colo$1r", "Words(Abstract) colo$1r"]);
        check("burroughs j$.pt.", &["Entries(PublicationType) burroughs j*", "Entries(Kind) burroughs j*"]);
        check("drug therapy.fs.", &["Qualifiers drug therapy"]);
        check("(drug adj2 therapy).fs.", &["QualifierWords drug+therapy"]);
        check("peer group.dj.", &["Headings *peer group"]);
        check("(peer adj2 carer).kw.", &["Words(AuthorKeyword) peer+carer", "Words(Keyword) peer+carer"]);
        check("german.lg.", &["Entries(Language) = german/ger/deu/de/deutsch/tysk"]);
    }
}
