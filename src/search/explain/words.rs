//! Words of a strategy against the words of one record: what matches, or what comes nearest.
//!
//! Goes in: a text leaf and what the index holds of the record. All fields that the leaf is searched in are laid one behind
//! the other, so far apart that no distance reaches across: the smallest distance over all fields is then the smallest
//! one there is.

use super::fields::{joined, name};
use crate::index::{Contents, ENTRY_GAP, Phrase, Place, PositionSpan, Term, counted_words, phrase_count, phrase_spans};
use crate::search::exec::written;
use crate::search::plan::Leaf;
use crate::search::text::{counted, leaves, phrase};
use crate::strategy::lint::patterns;
use crate::strategy::{Text, TextLeaf};

/// Positions between two fields: more than any field has, and few enough that all fields fit.
const FIELD_GAP: u32 = 90_000_000;
/// So many matches, alternatives or entries are shown.
const MOST_SHOWN: usize = 4;
/// Rank of a leaf of which a word is absent; below it stands what is there and too far apart.
const ABSENT: u32 = 1_000;

/// More absent words are all alike.
const MOST_ABSENT: u32 = ABSENT / 2 - 1;

/// What keeps words from matching.
#[derive(Debug, Clone, PartialEq)]
enum Miss {
    /// Of each of these lists of alternatives no word is there.
    Absent(Vec<Vec<String>>),
    /// Both sides are there, but not as they must stand.
    Apart { left: String, right: String, nearest: Nearest, needs: u32, is_ordered: bool },
}

/// How near two sides stand.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Nearest {
    /// The difference of positions, in an order that is allowed; where the nearer one begins.
    Distance(u32, u32),
    /// The same in the order that is not.
    Reversed(u32, u32),
    /// One word stands for both.
    Same,
}

/// What of the record matches `leaf`, field by field: `title: "peer support"`.
pub(super) fn matches(leaf: &TextLeaf, contents: &Contents, skips_stopwords: bool) -> Vec<String> {
    let mut found: Vec<(Place, Vec<String>)> = Vec::new();
    for leaf in leaves(leaf, skips_stopwords) {
        let (place, here) = match &leaf {
            Leaf::Phrase(place @ (Place::Words(_) | Place::QualifierWords), phrase) => {
                let words = contents.terms(*place);
                let (counted, written): (Vec<Term>, Vec<u32>) = counted_words(words, &phrase.uncounted).into_iter().unzip();
                let as_written =
                    |position: u32| counted.iter().position(|word| word.position == position).and_then(|at| written.get(at)).copied();
                let spans = phrase_spans(phrase, &counted);
                let spans =
                    shortest(&spans).filter_map(|span| Some(PositionSpan { first: as_written(span.first)?, last: as_written(span.last)? }));
                (*place, spans.map(|span| words_in(words, span)).collect())
            }
            Leaf::Phrase(place, phrase) => (*place, entries_like(phrase, contents.terms(*place))),
            Leaf::AnyOf(place, terms) => (*place, terms.iter().filter(|term| contents.has(*place, term)).cloned().collect::<Vec<_>>()),
            Leaf::Between(..) | Leaf::Present(_) => continue,
        };
        match found.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => known.extend(here),
            None => found.push((place, here)),
        }
    }
    found.retain(|(_, here)| !here.is_empty());
    let shown = found.into_iter().map(|(place, mut here)| {
        here.sort_unstable();
        here.dedup();
        format!("{}: {}", name(place), joined(&here.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>(), "and", MOST_SHOWN))
    });
    shown.collect()
}

/// How far the record is from matching `leaf`, the smaller the nearer, and in words.
pub(super) fn miss(leaf: &TextLeaf, contents: &Contents, skips_stopwords: bool) -> (u32, String) {
    let shorter = skips_stopwords.then(|| counted(leaf));
    let (leaf, uncounted) = shorter.as_ref().map_or((leaf, &[][..]), |(leaf, uncounted)| (leaf, uncounted));
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    for leaf in leaves(leaf, false) {
        match leaf {
            Leaf::Phrase(place @ (Place::Words(_) | Place::QualifierWords), _) => places.push(place),
            Leaf::Phrase(place, phrase) => entries.push((place, phrase.words.iter().map(written).collect())),
            Leaf::AnyOf(place, terms) => entries.push((place, terms.first().cloned().unwrap_or_default())),
            Leaf::Between(..) | Leaf::Present(_) => {}
        }
    }
    let mut said = Vec::new();
    let mut rank = 2 * ABSENT;
    if !places.is_empty() {
        let (of_words, why) = miss_of_words(leaf, &places, contents, uncounted);
        rank = of_words;
        said.push(why);
    }
    if !entries.is_empty() {
        said.push(miss_of_entries(&entries, contents));
    }
    if said.is_empty() {
        said.push("no export carries this field".to_owned());
    }
    (rank, said.join("; "))
}

fn miss_of_words(leaf: &TextLeaf, places: &[Place], contents: &Contents, uncounted: &[String]) -> (u32, String) {
    let mut words: Vec<Term> = Vec::new();
    for (number, place) in (0u32..).zip(places) {
        let shifted =
            |term: &Term| Term { text: term.text.clone(), position: number * FIELD_GAP + term.position.min(FIELD_GAP - ENTRY_GAP as u32) };
        words.extend(counted_words(contents.terms(*place), uncounted).iter().map(|(word, _)| shifted(word)));
    }
    let names: Vec<String> = places.iter().map(|place| name(*place)).collect();
    match nearest(&leaf.text, &words) {
        Ok(_) => {
            let phrase = phrase(&leaf.text, 1);
            let counted =
                |place: &Place| counted_words(contents.terms(*place), uncounted).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
            let times = places.iter().map(|place| phrase_count(&phrase, &counted(place))).max().unwrap_or(0);
            let s = if times == 1 { "" } else { "s" };
            (1, format!("stands {times} time{s} in {}, needs {}", joined(&names, "or", MOST_SHOWN), leaf.at_least))
        }
        Err(Miss::Absent(groups)) => {
            let none: Vec<String> = groups.iter().map(|words| no_word(words)).collect();
            // A phrase of which some words are there is nearer than one of which none is.
            let is_part_there = patterns(&leaf.text).into_iter().any(|pattern| words.iter().any(|word| pattern.matches(&word.text)));
            let absent = u32::try_from(groups.len()).unwrap_or(MOST_ABSENT).min(MOST_ABSENT);
            let rank = ABSENT + 2 * absent + u32::from(!is_part_there);
            (rank, format!("{} in {}", joined(&none, "and", MOST_SHOWN), joined(&names, "or", MOST_SHOWN)))
        }
        Err(Miss::Apart { left, right, nearest, needs, is_ordered }) => {
            let order = if is_ordered { " in this order" } else { "" };
            let needs = if is_ordered { needs.to_string() } else { format!("at most {needs}") };
            let field_of = |position: u32| names.get((position / FIELD_GAP) as usize).map_or("", String::as_str);
            let (rank, why) = match nearest {
                Nearest::Distance(distance, _) | Nearest::Reversed(distance, _) if distance >= FIELD_GAP / 2 => {
                    (ABSENT - 1, "only in different fields".to_owned())
                }
                Nearest::Distance(distance, at) | Nearest::Reversed(distance, at) if distance >= ENTRY_GAP as u32 => {
                    (ABSENT - 2, format!("only in different entries of {}", field_of(at)))
                }
                Nearest::Distance(distance, at) => (distance, format!("distance {distance} in {}, needs {needs}{order}", field_of(at))),
                Nearest::Reversed(distance, at) => {
                    (distance, format!("distance {distance} in the other order in {}, needs {needs}{order}", field_of(at)))
                }
                Nearest::Same => (2, "one word stands for both, needs two".to_owned()),
            };
            (rank, format!("{left} … {right}: {why}"))
        }
    }
}

fn miss_of_entries(wanted: &[(Place, String)], contents: &Contents) -> String {
    let mut names: Vec<String> = Vec::new();
    let (mut texts, mut there): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (place, text) in wanted {
        for (list, item) in [(&mut names, name(*place)), (&mut texts, format!("\"{text}\""))] {
            if !list.contains(&item) {
                list.push(item);
            }
        }
        for term in contents.terms(*place) {
            if !there.contains(&term.text) {
                there.push(term.text.clone());
            }
        }
    }
    let names = joined(&names, "or", MOST_SHOWN);
    if there.is_empty() {
        return format!("no {names} in this record");
    }
    format!("no {names} {}; there is {}", joined(&texts, "or", MOST_SHOWN), joined(&there, "and", MOST_SHOWN))
}

/// The spans of `text`, or what keeps it from having one.
fn nearest(text: &Text, words: &[Term]) -> Result<Vec<PositionSpan>, Miss> {
    let spans = phrase_spans(&phrase(text, 1), words);
    if !spans.is_empty() {
        return Ok(spans);
    }
    Err(match text {
        Text::Word(pattern) => Miss::Absent(vec![vec![pattern.to_string()]]),
        Text::Or(alternatives) => nearest_alternative(alternatives.iter().filter_map(|part| nearest(part, words).err()).collect()),
        Text::Sequence(parts) => match sides_missing(parts.iter(), words) {
            Some(miss) => miss,
            None => parts_apart(parts, words),
        },
        Text::Near { n, left, right } => match sides_missing([&**left, &**right].into_iter(), words) {
            Some(miss) => miss,
            None => apart(left, right, words, u32::from(*n), false),
        },
    })
}

/// Of several alternatives that all miss the one that comes nearest; words that are absent alike are named together.
fn nearest_alternative(misses: Vec<Miss>) -> Miss {
    let distance = |miss: &Miss| match miss {
        Miss::Apart { nearest: Nearest::Distance(distance, _) | Nearest::Reversed(distance, _), .. } => *distance,
        Miss::Apart { nearest: Nearest::Same, .. } => 0,
        Miss::Absent(_) => u32::MAX,
    };
    if let Some(nearest) = misses.iter().filter(|miss| matches!(miss, Miss::Apart { .. })).min_by_key(|miss| distance(miss)) {
        return nearest.clone();
    }
    let groups = misses.into_iter().filter_map(|miss| if let Miss::Absent(groups) = miss { Some(groups) } else { None });
    let groups: Vec<Vec<Vec<String>>> = groups.collect();
    let fewest = groups.iter().map(Vec::len).min().unwrap_or(0);
    let mut nearest = groups.into_iter().filter(|groups| groups.len() == fewest);
    let mut first = nearest.next().unwrap_or_default();
    if let [words] = &mut first[..] {
        for word in nearest.flatten().flatten() {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    Miss::Absent(first)
}

/// What is missing of parts that must all be there: absent words before distances inside of a part.
fn sides_missing<'t>(parts: impl Iterator<Item = &'t Text>, words: &[Term]) -> Option<Miss> {
    let misses: Vec<Miss> = parts.filter_map(|part| nearest(part, words).err()).collect();
    let mut absent: Vec<Vec<String>> = Vec::new();
    for miss in &misses {
        if let Miss::Absent(groups) = miss {
            absent.extend(groups.iter().filter(|group| !absent.contains(group)).cloned().collect::<Vec<_>>());
        }
    }
    if absent.is_empty() { misses.into_iter().next() } else { Some(Miss::Absent(absent)) }
}

/// The first two neighbours of a sequence that do not stand side by side.
fn parts_apart(parts: &[Text], words: &[Term]) -> Miss {
    let as_far = |to: usize| if to == 1 { parts[0].clone() } else { Text::Sequence(parts[..to].to_vec()) };
    let broken = (2..=parts.len()).find(|to| phrase_spans(&phrase(&as_far(*to), 1), words).is_empty());
    let at = broken.unwrap_or(parts.len()) - 1;
    apart(&as_far(at), &parts[at], words, 1, true)
}

fn apart(left: &Text, right: &Text, words: &[Term], needs: u32, is_ordered: bool) -> Miss {
    let spans = |text: &Text| phrase_spans(&phrase(text, 1), words);
    let (lefts, rights) = (spans(left), spans(right));
    // Distance, and where the nearer side begins.
    let mut forward: Option<(u32, u32)> = None;
    let mut backward: Option<(u32, u32)> = None;
    let nearer = |known: &mut Option<(u32, u32)>, found: (u32, u32)| {
        if known.is_none_or(|known| found < known) {
            *known = Some(found);
        }
    };
    for a in &lefts {
        for b in &rights {
            if b.first > a.last {
                nearer(&mut forward, (b.first - a.last, a.first));
            } else if a.first > b.last {
                nearer(&mut backward, (a.first - b.last, b.first));
            }
        }
    }
    let within_entry = |found: &(u32, u32)| found.0 < ENTRY_GAP as u32;
    let nearest = match (forward, backward) {
        (None, None) => Nearest::Same,
        (Some((distance, at)), None) => Nearest::Distance(distance, at),
        (None, Some((distance, at))) if is_ordered => Nearest::Reversed(distance, at),
        (None, Some((distance, at))) => Nearest::Distance(distance, at),
        // In the wrong order nearby says more than in the right one in another entry.
        (Some(a), Some(b)) if is_ordered && (within_entry(&a) || !within_entry(&b)) => Nearest::Distance(a.0, a.1),
        (Some(_), Some(b)) if is_ordered => Nearest::Reversed(b.0, b.1),
        (Some(a), Some(b)) => {
            let (distance, at) = a.min(b);
            Nearest::Distance(distance, at)
        }
    };
    Miss::Apart { left: shown(left), right: shown(right), nearest, needs, is_ordered }
}

/// A side of an operator: words as they are, anything else in brackets.
fn shown(text: &Text) -> String {
    match text {
        Text::Word(pattern) => pattern.to_string(),
        Text::Sequence(parts) if parts.iter().all(|part| matches!(part, Text::Word(_))) => {
            parts.iter().map(shown).collect::<Vec<_>>().join(" ")
        }
        _ => format!("({text})"),
    }
}

/// `no word "psw"`, `no word like "peer*" or "support*"`.
fn no_word(words: &[String]) -> String {
    let like = if words.iter().any(|word| word.contains(['*', '$', '#', '?'])) { "like " } else { "" };
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("no word {like}{}", joined(&words, "or", MOST_SHOWN))
}

/// The spans that have no other span within them.
fn shortest(spans: &[PositionSpan]) -> impl Iterator<Item = PositionSpan> {
    let is_within = |inner: &PositionSpan, outer: &PositionSpan| inner != outer && outer.first <= inner.first && inner.last <= outer.last;
    spans.iter().copied().filter(move |outer| !spans.iter().any(|inner| is_within(inner, outer)))
}

/// The words from the first to the last position of a span, each in its first form.
fn words_in(words: &[Term], span: PositionSpan) -> String {
    let mut shown: Vec<&str> = Vec::new();
    let mut last = None;
    for word in words.iter().filter(|word| (span.first..=span.last).contains(&word.position)) {
        if last.replace(word.position) != Some(word.position) {
            shown.push(&word.text);
        }
    }
    shown.join(" ")
}

fn entries_like(phrase: &Phrase, entries: &[Term]) -> Vec<String> {
    let is_like = |entry: &&Term| phrase.words.iter().any(|pattern| pattern.matches(&entry.text));
    entries.iter().filter(is_like).map(|entry| entry.text.clone()).collect()
}
