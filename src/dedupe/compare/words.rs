//! How the words of two titles differ: in slips, in words that one lacks, or in real words on both sides.
//!
//! Goes in: two titles whose letters are not the same. Comes out: [`Difference`]. A plural, a spelling of another country, words
//! written together or apart and what a scanner misreads are slips; so are a few letters, unless a table or this set knows
//! both as words. Words that have changed places are none.

use super::look_alikes::{are_common_look_alikes, are_look_alikes};
use super::opposites;
use crate::dedupe::corpus::Corpus;
use crate::dedupe::similarity;
use crate::normalize::{Title, Translation, is_stop_word, word_hash};

/// How the words of two titles differ.
#[allow(clippy::struct_excessive_bools, reason = "each is a plain fact about the pair")]
pub(super) struct Difference {
    /// Of what sort it is.
    pub(super) kind: DifferenceKind,
    /// Each has a number that the other lacks.
    pub(super) numbers_on_both: bool,
    /// One has a number that the other lacks.
    pub(super) numbers_on_one: bool,
    /// A word stands against its opposite, or in the place of another.
    pub(super) opposed: bool,
    /// A slip may be another word.
    pub(super) doubtful: bool,
    /// A slip is one by what else is in the set.
    pub(super) slip_by_count: bool,
    /// Only one says that it is an update, or puts a word before another that makes something else of it.
    pub(super) names_another: bool,
}

/// Why two words count as one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// No other word looks like this: a plural, a spelling of another country, letters in another order or misread.
    Certain,
    /// A common word, written so once in this set.
    ByCount,
    /// Another word may.
    Doubtful,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DifferenceKind {
    /// Stop words, blanks and misspellings only.
    Slips,
    /// Words of one side that the other lacks.
    OneSided,
    /// Real words on both sides.
    BothSides,
}

/// Small words that say how others belong together.
const RELATIONS: [&str; 22] = [
    "of", "in", "on", "for", "to", "with", "from", "by", "at", "and", "or", "as", "is", "do", "via", "after", "during", "between", "among",
    "versus", "vs", "into",
];

/// Small words in the place of each other that turn a title round, by what they say: "plus" and "versus", "with" and "after".
const TURNING: [(&str, u8); 12] = [
    ("and", 0),
    ("plus", 0),
    ("with", 0),
    ("versus", 1),
    ("vs", 1),
    ("or", 1),
    ("against", 1),
    ("before", 2),
    ("during", 3),
    ("after", 4),
    ("following", 4),
    ("without", 5),
];

/// Titles that differ in more words on both sides are different in earnest, slips or not.
const MOST_SLIPS: usize = 5;

impl Difference {
    /// Of more words than slips are made of: nothing else is asked of them.
    const IN_EARNEST: Self = Self {
        kind: DifferenceKind::BothSides,
        numbers_on_both: false,
        numbers_on_one: false,
        opposed: false,
        doubtful: false,
        slip_by_count: false,
        names_another: false,
    };

    /// The difference of two titles of which neither says what the other does letter by letter.
    pub(super) fn of(left: &Title, right: &Title, corpus: &Corpus) -> Self {
        let shared = left.words.iter().filter(|word| right.words.binary_search(word).is_ok()).count();
        if left.words.len().min(right.words.len()) - shared > MOST_SLIPS {
            return Self::IN_EARNEST;
        }
        let is_translated = [left, right].iter().any(|title| title.translation == Translation::Translated);
        // Words find their partners one after the other: from either side the same.
        let (left, right) = (left.text().min(right.text()), left.text().max(right.text()));
        let (mut left_only, mut right_only) = words_apart(left, right);
        if left_only.len().min(right_only.len()) > MOST_SLIPS {
            return Self::IN_EARNEST;
        }
        let negated = denies(&left_only, left, right) || denies(&right_only, right, left);
        drop_parted(&mut left_only, &mut right_only, right, corpus);
        drop_parted(&mut right_only, &mut left_only, left, corpus);
        drop_glued(&mut left_only, right);
        drop_glued(&mut right_only, left);
        // Words written apart on one side: "delta 1" and "delta1", "health care" and "healthcare".
        let glued = |words: &[&str]| words.concat();
        let are_numbers = left_only.iter().chain(&right_only).all(|word| is_number(word));
        if glued(&left_only) == glued(&right_only) && !are_numbers {
            left_only.clear();
            right_only.clear();
        }
        drop_cut_off(&mut left_only, &mut right_only, left, right);
        // Whoever translates chooses the small words.
        let is_opposed =
            |word: &str, other: &str| opposites::are_opposed(word, other) || (!is_translated && opposites::are_turned(word, other));
        // "Hepatitis A" and "hepatitis E": a letter in the place of another is no article.
        let has_letter = |words: &[&str]| words.iter().any(|word| is_letter(word));
        let mut opposed = negated
            || left_only.iter().any(|word| right_only.iter().any(|other| is_opposed(word, other)))
            || (has_letter(&left_only) && has_letter(&right_only))
            || (!is_translated && are_turned(&left_only, &right_only));
        let (mut doubtful, mut slip_by_count) = (false, false);
        let mut at = 0;
        while at < left_only.len() {
            let partner = (0..).zip(&right_only).find_map(|(partner, other)| Some((partner, slip(left_only[at], other, corpus)?)));
            match partner {
                Some((partner, slip)) => {
                    doubtful |= slip == Slip::Doubtful;
                    slip_by_count |= slip == Slip::ByCount;
                    left_only.swap_remove(at);
                    right_only.swap_remove(partner);
                }
                None => at += 1,
            }
        }
        // A lone 1 at the end of one title is a footnote's, unless the other has a number in its place; 2 may be that of a second part.
        let is_footnote = |only: &[&str], text: &str| only == ["1"] && text.ends_with(" 1");
        if right_only.is_empty() && is_footnote(&left_only, left) {
            left_only.clear();
        } else if left_only.is_empty() && is_footnote(&right_only, right) {
            right_only.clear();
        }
        let (left_numbers, right_numbers) = (left_only.iter().any(|word| is_number(word)), right_only.iter().any(|word| is_number(word)));
        let says = |word: &&str| !is_stop_word(word) || is_english(word, left, right);
        let left_letter = right_only.is_empty() && names_letter(&left_only, left);
        let right_letter = left_only.is_empty() && names_letter(&right_only, right);
        // "0.2 %" in the place of "2 %" is another number, and no number more.
        let is_in_number = splits_number(&left_only, &right_only, left, right);
        // Nor is "off" in the place of "on" a word more, or "etter" in that of "før", which looks like a small word.
        let is_replaced = is_in_number || (!is_translated && is_small_word_replaced(&left_only, &right_only, left, right, corpus));
        let left_says = left_letter || is_replaced || left_only.iter().any(says);
        let right_says = right_letter || is_replaced || right_only.iter().any(says);
        let kind = match (left_says, right_says) {
            (false, false) => DifferenceKind::Slips,
            (true, true) => DifferenceKind::BothSides,
            _ => DifferenceKind::OneSided,
        };
        let is_update = |word: &&str| ["update", "updated"].contains(word);
        let modifies = |only: &[&str], text: &str, other: &[&str]| other.is_empty() && are_modified(only, text);
        let names_another = left_only.iter().any(is_update) != right_only.iter().any(is_update)
            || modifies(&left_only, left, &right_only)
            || modifies(&right_only, right, &left_only);
        // Small words may be an export's, and may be meant: "trust among nurses", "trust between nurses".
        let is_relation = |word: &&str| RELATIONS.contains(word);
        doubtful |= left_only.iter().any(is_relation) || right_only.iter().any(is_relation);
        opposed |= kind == DifferenceKind::Slips && have_changed_places(left, right);
        Self {
            kind,
            numbers_on_both: (left_numbers && right_numbers) || is_in_number,
            numbers_on_one: left_numbers != right_numbers || left_letter || right_letter,
            opposed,
            doubtful,
            slip_by_count,
            names_another,
        }
    }
}

/// Whether the words that two titles differ in are, but for articles, a small word and another in its place: "on", "off".
fn is_small_word_replaced(left_only: &[&str], right_only: &[&str], left: &str, right: &str, corpus: &Corpus) -> bool {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    /// Two that say the same.
    const ALIKE: [(&str, &str); 4] = [("on", "upon"), ("in", "within"), ("among", "amongst"), ("while", "whilst")];
    fn single<'a>(only: &[&'a str]) -> Option<&'a str> {
        let mut words = only.iter().filter(|word| !ARTICLES.contains(word));
        words.next().filter(|_| words.next().is_none()).copied()
    }
    /// What stands before `word` and behind it, articles aside, wherever it stands in `text`.
    fn neighbours<'a>(text: &'a str, word: &str) -> Vec<[&'a str; 2]> {
        let words: Vec<&str> = text.split_ascii_whitespace().filter(|word| !ARTICLES.contains(word)).collect();
        let at = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
        (0..words.len()).filter(|here| words[*here] == word).map(|here| [at(here.checked_sub(1)), at(Some(here + 1))]).collect()
    }
    let (Some(word), Some(other)) = (single(left_only), single(right_only)) else { return false };
    if is_stop_word(word) == is_stop_word(other) || ALIKE.contains(&(word, other)) || ALIKE.contains(&(other, word)) {
        return false;
    }
    // Slips elsewhere do not matter, nor beside it on one side.
    let is_same = |word: &str, other: &str| word == other || is_slip(word, other, corpus);
    let others = neighbours(right, other);
    neighbours(left, word).iter().any(|[before, behind]| {
        others.iter().any(|[other_before, other_behind]| is_same(before, other_before) || is_same(behind, other_behind))
    })
}

/// Whether neighbouring numbers of one title are in the other fewer, although both have some there: "0.2" and "2", "2.5mg" and
/// "5mg", where only one title has one of these numbers.
fn splits_number(left_only: &[&str], right_only: &[&str], left: &str, right: &str) -> bool {
    if !left_only.iter().chain(right_only).any(|word| is_number(word)) {
        return false;
    }
    let (mut left, mut right) = (runs_of_numbers(left), runs_of_numbers(right));
    left.retain(|run| match right.iter().position(|other| other == run) {
        Some(at) => {
            right.swap_remove(at);
            false
        }
        None => true,
    });
    let is_within = |short: &Vec<&str>, long: &Vec<&str>| short.len() < long.len() && (long.starts_with(short) || long.ends_with(short));
    left.iter().any(|run| right.iter().any(|other| is_within(run, other) || is_within(other, run)))
}

/// The numbers of `text` that stand side by side; the last of each may have its unit behind it.
fn runs_of_numbers(text: &str) -> Vec<Vec<&str>> {
    let has_unit = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < word.len() && !["st", "nd", "rd", "th"].contains(&unit)
    };
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for word in text.split_ascii_whitespace() {
        if has_unit(word) {
            run.push(word);
        }
        if !is_number(word) && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// Whether no number of two titles of the same letters is several numbers of the other: "2.5" is no "25", while "1 000" is "1000".
pub(super) fn have_same_numbers(left: &str, right: &str) -> bool {
    left == right || (has_numbers_of(left, right) && has_numbers_of(right, left))
}

/// Whether each number of `text` is one in `other`, which has the same letters, too.
fn has_numbers_of(text: &str, other: &str) -> bool {
    let starts: Vec<usize> = other
        .split_ascii_whitespace()
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at)
        })
        .collect();
    let mut at = 0;
    text.split_ascii_whitespace().all(|word| {
        let range = at..at + word.len();
        at = range.end;
        let parts = || starts.iter().filter(|start| range.contains(start) && **start > range.start);
        let is_grouped = || parts().all(|start| (range.end - start).is_multiple_of(3));
        !is_number(word) || parts().next().is_none() || is_grouped()
    })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase()
}

/// Whether one title has a small word in the place of one that says something else, and no more of them.
fn are_turned(left_only: &[&str], right_only: &[&str]) -> bool {
    let said = |only: &[&str]| {
        let mut said = TURNING.iter().filter(|(word, _)| only.contains(word)).map(|(_, what)| *what);
        said.next().filter(|_| said.next().is_none())
    };
    said(left_only).zip(said(right_only)).is_some_and(|(left, right)| left != right)
}

/// Whether a word that is a small one in German or a Romance language is none in two titles ("people who die in hospital", "LOS after
/// surgery", "E-cigarettes", "DES daughters"): neither has another small word of that language.
fn is_english(word: &str, left: &str, right: &str) -> bool {
    let neighbours: &[&str] = match word {
        "die" => &["der", "das", "und", "des", "dem", "den", "von", "bei", "fur", "mit", "im", "zur", "zum", "eine", "auf"],
        "los" | "des" | "et" | "du" | "en" | "e" | "di" | "y" => OTHER_LANGUAGES,
        _ => return false,
    };
    left.split_ascii_whitespace().chain(right.split_ascii_whitespace()).all(|other| other == word || !neighbours.contains(&other))
}

/// Small words of the languages that these are small words of, but those that English has too.
const OTHER_LANGUAGES: &[&str] = &[
    "der", "das", "und", "den", "dem", "von", "bei", "mit", "im", "zur", "zum", "eine", "einer", "ein", "het", "een", "van", "voor", "bij",
    "met", "med", "blant", "naar", "op", "te", "og", "av", "til", "pa", "hos", "som", "ved", "och", "att", "ett", "i", "af", "fra", "fran",
    "vid", "l", "d", "de", "del", "la", "le", "les", "el", "las", "los", "des", "du", "et", "en", "y", "con", "por", "para", "un", "una",
    "une", "dans", "sur", "pour", "chez", "avec", "par", "aux", "il", "lo", "di", "da", "do", "dos", "della", "delle", "dei", "degli",
    "nella", "nel", "per", "su", "com", "em", "na", "das", "uma", "um", "al", "o", "os", "entre", "como", "ao",
];

/// Whether `only`, the words that one title has besides those of the other, names a letter that is no article: "hepatitis A and B"
/// beside "hepatitis B", "vitamin A" beside "vitamin".
fn names_letter(only: &[&str], text: &str) -> bool {
    const DESIGNATED: [&str; 18] = [
        "protein",
        "cyclosporin",
        "cyclosporine",
        "ciclosporin",
        "hepatitis",
        "vitamin",
        "influenza",
        "haemophilia",
        "hemophilia",
        "group",
        "type",
        "toxin",
        "grade",
        "class",
        "phase",
        "part",
        "factor",
        "cluster",
    ];
    let listed = only.iter().any(|word| is_letter(word)) && only.iter().any(|word| ["and", "or", "y", "et", "og", "und"].contains(word));
    let mut before = "";
    let designated = text.split_ascii_whitespace().any(|word| {
        let found = is_letter(word) && only.contains(&word) && DESIGNATED.contains(&before);
        before = word;
        found
    });
    listed || designated
}

/// Whether words that say something stand in another order, as in "the effect of pain on sleep" and "… of sleep on pain". A
/// subtitle in front of its title is the same order, begun elsewhere.
fn have_changed_places(left_text: &str, right_text: &str) -> bool {
    let say_something =
        |text: &'_ str| -> Vec<u32> { text.split_ascii_whitespace().filter(|word| !is_stop_word(word)).map(word_hash).collect() };
    let (mut left, mut right) = (say_something(left_text), say_something(right_text));
    // Most stand in one order but for the words that differ.
    if left.len() == right.len() && left.iter().zip(&right).all(|(left, other)| left == other || !right.contains(left)) {
        return false;
    }
    let lefts = left.clone();
    left.retain(|word| right.contains(word));
    right.retain(|word| lefts.contains(word));
    if left == right || left.len() != right.len() {
        return false;
    }
    // Where both say how the words belong together, also with the small words: "heart failure in asthma" is not begun elsewhere in
    // "asthma in heart failure".
    let has = |text: &str, relation: &str| text.split_ascii_whitespace().any(|word| word == relation);
    let is_related = RELATIONS.iter().any(|relation| has(left_text, relation) && has(right_text, relation));
    !(1..left.len()).any(|start| left[start..].iter().chain(&left[..start]).eq(&right)) || (is_related && !is_turned(left_text, right_text))
}

/// Whether one text is the other, begun at another word.
fn is_turned(left: &str, right: &str) -> bool {
    let begins_behind =
        |blank: usize| right.strip_prefix(&left[blank + 1..]).and_then(|rest| rest.strip_prefix(' ')) == Some(&left[..blank]);
    left.len() == right.len() && left.match_indices(' ').any(|(blank, _)| begins_behind(blank))
}

/// The words that each side has more of than the other, sorted.
fn words_apart<'a>(left: &'a str, right: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let sorted = |text: &'a str| {
        let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
        words.sort_unstable();
        words
    };
    let (left, right) = (sorted(left), sorted(right));
    let (mut left_only, mut right_only) = (Vec::new(), Vec::new());
    let (mut at, mut other) = (0, 0);
    while at < left.len() || other < right.len() {
        match (left.get(at), right.get(other)) {
            (Some(a), Some(b)) if a == b => {
                at += 1;
                other += 1;
            }
            (Some(a), Some(b)) if a < b => {
                left_only.push(*a);
                at += 1;
            }
            (_, Some(b)) => {
                right_only.push(*b);
                other += 1;
            }
            (Some(a), None) => {
                left_only.push(*a);
                at += 1;
            }
            (None, None) => break,
        }
    }
    (left_only, right_only)
}

/// Takes out the long words that the other title writes apart: they stand in it once its blanks are left out, and not within
/// one word ("chloroquine" in "hydroxychloroquine").
fn drop_glued(words: &mut Vec<&str>, other: &str) {
    if !words.iter().any(|word| word.len() >= 8) {
        return;
    }
    let mut squeezed = String::with_capacity(other.len());
    let mut starts = Vec::new();
    for part in other.split_ascii_whitespace() {
        starts.push(squeezed.len());
        squeezed.push_str(part);
    }
    let is_parted = |word: &str| {
        let is_within = |at: usize| starts.iter().all(|start| *start <= at || *start >= at + word.len());
        squeezed.match_indices(word).any(|(at, _)| !is_within(at))
    };
    let opposed = |word: &str| other.split_ascii_whitespace().any(|other| opposites::are_opposed(word, other));
    words.retain(|word| word.len() < 8 || !is_parted(word) || opposed(word));
}

/// Takes out the last words of two long titles of which one begins like the other: both were cut off at the length that a program
/// allows.
fn drop_cut_off(left_only: &mut Vec<&str>, right_only: &mut Vec<&str>, left: &str, right: &str) {
    /// Shorter titles are whole.
    const SHORTEST: usize = 150;
    let (Some(left_last), Some(right_last)) = (left.rsplit(' ').next(), right.rsplit(' ').next()) else { return };
    let is_cut = left.len().min(right.len()) >= SHORTEST
        && (left_last.starts_with(right_last) || right_last.starts_with(left_last))
        && !has_digit(left_last)
        && !has_digit(right_last);
    let at = |words: &[&str], last: &str| words.iter().position(|word| *word == last);
    if let (true, Some(left_at), Some(right_at)) = (is_cut, at(left_only, left_last), at(right_only, right_last)) {
        left_only.swap_remove(left_at);
        right_only.swap_remove(right_at);
    }
}

/// Takes out each word of `words` that the other title, `text`, writes as two neighbours, and these: "on line" and "online", "fi
/// nite" and "finite".
fn drop_parted(words: &mut Vec<&str>, others: &mut Vec<&str>, text: &str, corpus: &Corpus) {
    if words.is_empty() || others.len() < 2 {
        return;
    }
    let neighbours = || text.split_ascii_whitespace().zip(text.split_ascii_whitespace().skip(1));
    words.retain(|word| {
        let is_parted = |(first, second): &(&str, &str)| {
            // Most neighbours end here.
            if (first.len() + second.len()).abs_diff(word.len()) > 1 || !others.contains(first) || !others.contains(second) {
                return false;
            }
            let same_letters = || first.len() + second.len() == word.len() && word.starts_with(first) && word.ends_with(second);
            let with_a_slip = || is_slip(word, &[*first, *second].concat(), corpus);
            // "in patients" may be meant, and "inpatients" are others.
            let is_opposed = is_stop_word(first) && opposites::are_opposed(word, second);
            !is_opposed && (same_letters() || with_a_slip())
        };
        let Some((first, second)) = neighbours().find(is_parted) else { return true };
        for part in [first, second] {
            if let Some(at) = others.iter().position(|other| *other == part) {
                others.swap_remove(at);
            }
        }
        false
    });
}

/// Whether all that only `text` has is a word that makes another thing or place of what follows it, as it stands behind a blank or a
/// hyphen: "pre-eclampsia", "South Sudan".
fn are_modified(only: &[&str], text: &str) -> bool {
    const MODIFIERS: [&str; 19] = [
        "pre", "post", "co", "ex", "non", "anti", "peri", "semi", "pseudo", "neuro", "sub", "ante", "neo", "inter", "intra", "south",
        "north", "east", "west",
    ];
    let ([word], words) = (only, text.split_ascii_whitespace()) else { return false };
    MODIFIERS.contains(word) && words.last() != Some(*word)
}

/// Whether a word that only `text` has denies what follows it, and `other` does not deny it in one word ("nonsmall").
fn denies(only: &[&str], text: &str, other: &str) -> bool {
    let negations = only.iter().any(|word| opposites::denies(word, text));
    let squeezed = || other.chars().filter(|c| *c != ' ').collect::<String>();
    let words = || text.split_ascii_whitespace();
    negations
        && words().zip(words().skip(1).chain(["end"])).any(|(word, next)| {
            only.contains(&word) && opposites::denies(word, text) && !is_number(next) && !squeezed().contains(&format!("{word}{next}"))
        })
}

/// Why one word counts as a slip for the other, if it does: few letters differ, behind the first, and not both are words that
/// this set uses elsewhere.
fn slip(left: &str, right: &str, corpus: &Corpus) -> Option<Slip> {
    /// A word in so many titles is a real word and no slip.
    const REAL: u32 = 3;
    /// More letters than these are changed by no slip, plural or spelling.
    const LETTERS: usize = 4;
    // Where a sign is a word, or half of one, another sign is another word.
    let is_ideograph = |c: char| c >= '\u{2e80}';
    if (similarity::letters_apart(left, right) > LETTERS && !opposites::are_one_number(left, right))
        || left.contains(is_ideograph)
        || right.contains(is_ideograph)
    {
        return None;
    }
    let is_misread = same_but_for_scanner(left, right);
    if (is_misread && has_digit(left) != has_digit(right)) || opposites::are_one_number(left, right) {
        return Some(Slip::Certain);
    }
    if has_digit(left) || has_digit(right) || opposites::are_opposed(left, right) || opposites::are_turned(left, right) {
        return None;
    }
    if same_but_for_form(left, right) {
        return Some(Slip::Certain);
    }
    let counts = [left, right].map(|word| corpus.word_count(word_hash(word)));
    if counts.iter().all(|count| *count >= REAL) || are_common_look_alikes(left, right) {
        return None;
    }
    // "coma" and "comma", "modern" and "modem", "guest" and "gust": where this set does not know one of them well and the other
    // hardly, either may be meant.
    let misspells_common = counts.iter().any(|count| *count >= REAL) && counts.iter().any(|count| *count <= 1);
    let unless_meant = Some(if misspells_common { Slip::ByCount } else { Slip::Doubtful });
    if same_but_for_umlauts(left, right) {
        return unless_meant;
    }
    let once = |word: &str| -> Vec<char> {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    if once(left) == once(right) {
        return unless_meant;
    }
    if are_look_alikes(left, right) {
        return None;
    }
    if is_misread {
        return unless_meant;
    }
    let first = |word: &str| word.chars().next().unwrap_or_default();
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let is_same_start = first(left) == first(right) || (misspells_common && is_vowel(first(left)) && is_vowel(first(right)));
    if !is_same_start || !similarity::is_misspelling(left, right) {
        return None;
    }
    if similarity::letters_apart(left, right) == 0 { Some(Slip::Certain) } else { unless_meant }
}

/// Whether one word counts as a slip for the other.
fn is_slip(left: &str, right: &str, corpus: &Corpus) -> bool {
    slip(left, right, corpus).is_some()
}

/// Whether two words are the same but for letters that one spells out: "fuer" and "für", "paa" and "på", whose dots and rings
/// folding has taken away.
fn same_but_for_umlauts(left: &str, right: &str) -> bool {
    const SPELLINGS: [(&str, &str); 4] = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];
    let plain = |word: &str| SPELLINGS.iter().fold(word.to_owned(), |word, (spelled, plain)| word.replace(spelled, plain));
    left.len() != right.len()
        && left.len().min(right.len()) >= 2
        && left.as_bytes()[0] == right.as_bytes()[0]
        && plain(left) == plain(right)
}

/// Whether two words are the same but for what scanners take for each other: "carc" and "care", "di1emma" and "dilemma",
/// "episternic" and "epistemic".
fn same_but_for_scanner(left: &str, right: &str) -> bool {
    /// Fewer letters are too few to tell a word by.
    const FEWEST: usize = 4;
    let read = |word: &str| word.replace("rn", "m").replace(['1', 'i'], "l").replace('0', "o").replace('c', "e");
    left.len().min(right.len()) >= FEWEST && read(left) == read(right)
}

/// Forms of one word: its plural, its past, the adjective of a noun in "-ion", in the spelling of either side of the Atlantic.
fn same_but_for_form(left: &str, right: &str) -> bool {
    /// Plurals and spellings that no ending makes.
    const FORMS: [(&str, &str); 6] =
        [("child", "children"), ("foot", "feet"), ("tooth", "teeth"), ("woman", "women"), ("gray", "grey"), ("disk", "disc")];
    /// With the letters that stand before at least: "mourning" is no "morning", "filling" no "filing".
    const SPELLINGS: [(&str, &str, usize); 11] = [
        ("our", "or", 2),
        ("ae", "e", 0),
        ("oe", "e", 0),
        ("is", "iz", 0),
        ("ys", "yz", 0),
        ("ll", "l", 3),
        ("sulph", "sulf", 0),
        ("mme", "m", 0),
        ("ogue", "og", 0),
        ("dgement", "dgment", 0),
        ("ageing", "aging", 0),
    ];
    let is_form = |short: &str, long: &str| {
        let ending = long.strip_prefix(short).filter(|_| short.len() > 2);
        ending.is_some_and(|rest| {
            ["s", "es", "ed"].contains(&rest)
                || (rest == "d" && short.ends_with('e'))
                || (rest == "e" && short.ends_with('a'))
                || (rest == "al" && short.ends_with("ion"))
        }) || (long.len() > 5 && long.strip_suffix("ies").is_some_and(|stem| short.strip_suffix('y') == Some(stem)))
    };
    if FORMS.contains(&(left, right)) || FORMS.contains(&(right, left)) {
        return true;
    }
    let is_one = |left: &str, right: &str| left == right || is_form(left, right) || is_form(right, left);
    if is_one(left, right) {
        return true;
    }
    let american = |word: &str| {
        let respelled = |word: String, (british, american, before): &(&str, &str, usize)| match word.split_at_checked(*before) {
            Some((start, rest)) => format!("{start}{}", rest.replace(british, american)),
            None => word,
        };
        let word = SPELLINGS.iter().fold(word.to_owned(), respelled);
        match word.strip_suffix("tre").or_else(|| word.strip_suffix("tres")) {
            Some(stem) => format!("{stem}ter"),
            None => word,
        }
    };
    left.len() > 4 && right.len() > 4 && left.len().abs_diff(right.len()) <= 4 && is_one(&american(left), &american(right))
}
