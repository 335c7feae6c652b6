//! Two titles in one: "Title. [Translated title]", "Titel = Title", "Title. German Titel".
//!
//! Goes in: a title without notes. Comes out: [`Two`], or nothing. How they are compared is no matter of this file.

use super::Translation;
use super::notes::is_sort_of_text;
use crate::text::Folded;

/// Two titles that stand in one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Two<'a> {
    /// The title, a second one, and whether that is a translation: a mark says that they are two.
    Apart(&'a str, &'a str, Translation),
    /// A title in front of its original: so it seems.
    InFront(&'a str),
}

/// The titles in one without notes: "Original title. [Translated title]", "Title = Titel" and "Title. <ORIGINAL> TITEL" are two, "Title
/// [33 refs]" is one.
pub(super) fn two_titles(bare: &str) -> Option<Two<'_>> {
    // Most titles have none of these signs.
    let has_mark = memchr::memchr2(b'=', b'<', bare.as_bytes()).is_some();
    let parted = [" = ", "<ORIGINAL>"].into_iter().filter(|_| has_mark).find_map(|mark| bare.split_once(mark));
    if let Some((left, right)) = parted.filter(|(left, right)| left.len() > 15 && right.len() > 15) {
        return Some(Two::Apart(left, right.trim_start(), Translation::Original));
    }
    if let Some(start) = bare.rfind('[').filter(|start| *start > 15 && bare.trim_end_matches(['.', ' ']).ends_with(']')) {
        let inside = bare[start + 1..].trim_end_matches(['.', ' ', ']']);
        if inside.split_whitespace().count() >= 3 && !is_sort_of_text(inside) {
            return Some(Two::Apart(&bare[..start], inside, Translation::Translated));
        }
    }
    if let Some(end) = bare.find(']').filter(|end| bare.starts_with('[') && bare.len() > end + 15) {
        let (inside, rest) = (&bare[1..end], bare[end + 1..].trim_start_matches(['.', ' ', '=']));
        if inside.split_whitespace().count() >= 3 && rest.split_whitespace().count() >= 3 {
            return Some(Two::Apart(rest, inside, Translation::Translated));
        }
    }
    in_front_of_original(bare).map(Two::InFront)
}

/// The title in front of the original that Embase puts behind it, with its language: "Effect of opioids upon the heart. Spanish Efecto de
/// los opiáceos sobre el corazón". "Suicide. German data of the last century" goes on in English and is one title.
fn in_front_of_original(title: &str) -> Option<&str> {
    /// Bytes that a title has at least.
    const FEWEST: usize = 15;
    let ends = memchr::memchr2_iter(b'.', b'?', title.as_bytes()).filter(|at| *at > FEWEST);
    ends.map(|at| title.split_at(at + 1)).find_map(|(before, rest)| {
        let (language, original) = rest.strip_prefix(' ')?.split_once(' ')?;
        let (_, small_words) = SMALL_WORDS.iter().find(|(name, _)| *name == language)?;
        is_in(small_words, original).then_some(before)
    })
}

/// Whether a text is in a language, by its small words or because it is in other letters, and not in English, as far as small words
/// say. What English has too ("in") shows neither, and a letter by itself ("type I diabetes") only beside another.
fn is_in(small_words: &[&str], text: &str) -> bool {
    const ENGLISH: [&str; 30] = [
        "the", "of", "and", "with", "from", "by", "in", "on", "for", "at", "to", "or", "is", "as", "a", "an", "die", "no", "do", "per",
        "among", "during", "between", "before", "after", "versus", "vs", "adults", "patients", "version",
    ];
    /// Words of two languages that stand in every English subtitle ("… Las Palmas hospital: a survey").
    const SHARED: [&str; 2] = ["a", "no"];
    /// What stands behind "de" or "en" in English.
    const BORROWED: [&str; 3] = ["novo", "route", "facto"];
    const FIRST_OTHER_LETTER: char = '\u{370}';
    let folded = Folded::words(text);
    let words = || folded.as_str().split(' ');
    let pairs = words().zip(words().skip(1).chain([""]));
    let mut shown: Vec<&str> = pairs.filter(|(_, next)| !BORROWED.contains(next)).map(|(word, _)| word).collect();
    shown.retain(|word| small_words.contains(word) && !ENGLISH.contains(word));
    shown.sort_unstable();
    shown.dedup();
    let is_said = shown.len() > 1 || shown.iter().any(|word| word.len() > 1);
    let is_other = text.contains(|c: char| c >= FIRST_OTHER_LETTER && c.is_alphabetic());
    // What both languages have goes beside much that English has not.
    let may_be = |word: &str| !ENGLISH.contains(&word) || (small_words.contains(&word) && (!SHARED.contains(&word) || shown.len() > 2));
    words().nth(1).is_some() && (is_said || is_other) && words().all(may_be)
}

/// The languages of originals, with small words of each; folded.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    (
        "German",
        &[
            "der", "die", "das", "und", "den", "dem", "des", "von", "vom", "bei", "mit", "im", "in", "zu", "zur", "zum", "nach", "ein",
            "eine", "einer", "eines", "auf", "durch", "fur", "uber", "unter", "als", "oder", "ist", "an",
        ],
    ),
    (
        "French",
        &["le", "la", "les", "des", "du", "de", "et", "en", "un", "une", "dans", "sur", "pour", "chez", "avec", "par", "aux", "au", "a"],
    ),
    (
        "Spanish",
        &["el", "la", "los", "las", "del", "de", "en", "y", "con", "por", "para", "un", "una", "sobre", "al", "lo", "a", "no", "o"],
    ),
    ("Portuguese", &["o", "os", "as", "de", "da", "do", "das", "dos", "em", "na", "no", "e", "com", "por", "para", "um", "uma", "ao", "a"]),
    (
        "Italian",
        &[
            "il", "lo", "la", "gli", "di", "del", "della", "delle", "dei", "degli", "nella", "nel", "con", "per", "un", "una", "e", "da",
            "in", "a",
        ],
    ),
    ("Dutch", &["de", "het", "een", "van", "voor", "bij", "met", "en", "op", "in"]),
    ("Danish", &["og", "af", "til", "pa", "hos", "ved", "med", "for", "den", "det", "en", "et", "som", "i"]),
    ("Norwegian", &["og", "av", "til", "pa", "hos", "ved", "med", "for", "den", "det", "en", "et", "som", "i"]),
    ("Swedish", &["och", "av", "till", "pa", "hos", "vid", "med", "for", "den", "det", "en", "ett", "som", "i"]),
    ("Polish", &["w", "z", "i", "na", "do", "po", "u", "oraz", "przez", "dla", "od"]),
    ("Czech", &["u", "a", "v", "na", "pri", "s", "po", "pro", "k", "se"]),
    ("Russian", &["i", "v", "na", "pri", "s", "k", "u", "po", "iz", "dlia", "ot", "posle", "ikh"]),
    ("Japanese", &["no", "ni", "wo"]),
    ("Chinese", &[]),
];

#[cfg(test)]
mod tests {
    use super::super::Title;
    use super::*;

    #[test]
    fn two_titles_in_one() {
        let Some(Two::Apart(main, second, _)) = two_titles("Sopp som rusmiddel i Norge. [Mushrooms as narcotics in Norway]") else {
            panic!()
        };
        assert_eq!((Title::parse(main).unwrap().text(), second), ("sopp som rusmiddel i norge", "Mushrooms as narcotics in Norway"));
        assert_eq!(two_titles("Peer support and recovery [33 refs]"), None);
        let marked = two_titles("Sleep after stroke. <ORIGINAL> LE SOMMEIL APRES L'ACCIDENT");
        assert_eq!(marked, Some(Two::Apart("Sleep after stroke. ", "LE SOMMEIL APRES L'ACCIDENT", Translation::Original)));
    }

    #[test]
    fn originals_are_known_by_what_their_language_has() {
        for (title, in_front) in [
            ("Sleep after stroke. German Schlaf nach dem Schlaganfall", Some("Sleep after stroke.")),
            ("Does sleep help after stroke?. Norwegian Hjelper søvn hos eldre?", Some("Does sleep help after stroke?.")),
            ("Is sleep of use?. Spanish El sueño: de lo básico a lo clínico", Some("Is sleep of use?.")),
            ("Adaptation of sleep. Russian Adaptatsiia sna i vesa v bolnitse", Some("Adaptation of sleep.")),
            ("Sleep after stroke. Japanese 脳卒中後の 睡眠", Some("Sleep after stroke.")),
            // What goes on in English.
            ("Sleep in Europe. German data of the last century", None),
            ("Sleep in the old world. German", None),
            ("Sleep in lorry drivers. German adults in long-haul transport", None),
            ("Sleep in lorry drivers. German cohorts recruited 1990\u{2013}1994", None),
            ("Sleep in lorry drivers. Russian women\u{2019}s views", None),
            ("Sleep in prisons of four towns. German prisons in 2005", None),
            ("Sleep in prisons of four towns. Italian kitchens per prison", None),
            ("Sleep in prisons of four towns. Czech experience: a survey", None),
            ("Sleep in prisons of four towns. Swedish cohort, Malmö 1990", None),
            ("Sleep in lorry drivers. Dutch auction houses compared", None),
            ("Sleep in lorry drivers. French de novo cohorts recruited 1990", None),
            ("Sleep in lorry drivers. French girls en route", None),
            ("Sleep in lorry drivers. French vitamin D data", None),
            ("Sleep in lorry drivers. Russian type I diabetes", None),
            ("Sleep in harbour hospitals. Spanish Las Palmas hospital: a survey", None),
            ("Sleep in harbour hospitals. French series: a new en bloc technique", None),
        ] {
            assert_eq!(two_titles(title), in_front.map(Two::InFront), "{title}");
        }
    }
}
