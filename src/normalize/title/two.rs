//! Two titles in one: "Title. [Translated title]", "Titel = Title", "Title. German Titel".
//!
//! Goes in: a title without notes. Comes out: two titles, or nothing. That both are of one work is what the database or the library says;
//! whether they are compared is no matter of this file.

use super::Translation;
use super::notes::is_sort_of_text;
use crate::text::Folded;

/// The titles in one without notes: "Original title. [Translated title]", "Title = Titel" and "Title. <ORIGINAL> TITEL" are two, "Title
/// [33 refs]" is one.
pub(super) fn two_titles(bare: &str) -> Option<(&str, &str, Translation)> {
    let parted = [" = ", "<ORIGINAL>"].into_iter().find_map(|mark| split_once(bare, mark));
    if let Some((left, right)) = parted.filter(|(left, right)| left.len() > 15 && right.len() > 15) {
        return Some((left, right.trim_start(), Translation::Original));
    }
    if let Some(start) = bare.rfind('[').filter(|start| *start > 15 && bare.trim_end_matches(['.', ' ']).ends_with(']')) {
        let inside = bare[start + 1..].trim_end_matches(['.', ' ', ']']);
        if inside.split_whitespace().count() >= 3 && !is_sort_of_text(inside) {
            return Some((&bare[..start], inside, Translation::Translated));
        }
    }
    if let Some(end) = bare.find(']').filter(|end| bare.starts_with('[') && bare.len() > end + 15) {
        let (inside, rest) = (&bare[1..end], bare[end + 1..].trim_start_matches(['.', ' ', '=']));
        if inside.split_whitespace().count() >= 3 && rest.split_whitespace().count() >= 3 {
            return Some((rest, inside, Translation::Translated));
        }
    }
    original_behind(bare).map(|(left, right)| (left, right, Translation::Original))
}

/// `text` before and behind the first `mark`.
fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes()).map(|at| (&text[..at], &text[at + mark.len()..]))
}

/// A title and the original that Embase puts behind it, with its language in front: "Effect of opioids upon the heart. Spanish Efecto de
/// los opiáceos sobre el corazón". "Suicide. German data of the last century" goes on in English and is one title.
fn original_behind(title: &str) -> Option<(&str, &str)> {
    /// Bytes that a title has at least.
    const FEWEST: usize = 15;
    let ends = memchr::memchr2_iter(b'.', b'?', title.as_bytes()).filter(|at| *at > FEWEST);
    ends.map(|at| title.split_at(at + 1)).find_map(|(before, rest)| {
        let (language, original) = rest.strip_prefix(' ')?.split_once(' ')?;
        let (_, small_words) = SMALL_WORDS.iter().find(|(name, _)| *name == language)?;
        is_in(small_words, original).then_some((before, original))
    })
}

/// Whether a text is in a language by its small words, or has letters that English has not, and no small words of English.
fn is_in(small_words: &[&str], text: &str) -> bool {
    const ENGLISH: [&str; 24] = [
        "the", "of", "and", "with", "from", "by", "in", "on", "for", "at", "to", "or", "is", "as", "among", "during", "between", "before",
        "after", "versus", "vs", "adults", "patients", "version",
    ];
    let folded = Folded::words(text);
    let words = || folded.as_str().split(' ');
    let is_said = !text.is_ascii() || words().zip(words().skip(1)).any(|(word, next)| small_words.contains(&word) && next != "novo");
    words().nth(1).is_some() && is_said && !words().any(|word| ENGLISH.contains(&word) && !small_words.contains(&word))
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
        &[
            "le", "la", "les", "des", "du", "de", "et", "en", "un", "une", "dans", "sur", "pour", "chez", "avec", "par", "aux", "au", "l",
            "d",
        ],
    ),
    ("Spanish", &["el", "la", "los", "las", "del", "de", "en", "y", "con", "por", "para", "un", "una", "sobre", "al"]),
    ("Portuguese", &["o", "os", "as", "de", "da", "do", "das", "dos", "em", "na", "no", "e", "com", "por", "para", "um", "uma", "ao"]),
    (
        "Italian",
        &[
            "il", "lo", "la", "gli", "di", "del", "della", "delle", "dei", "degli", "nella", "nel", "con", "per", "un", "una", "e", "da",
            "in",
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
        let (main, second, _) = two_titles("Sopp som rusmiddel i Norge. [Mushrooms as narcotics in Norway]").unwrap();
        assert_eq!((Title::parse(main).unwrap().text(), second), ("sopp som rusmiddel i norge", "Mushrooms as narcotics in Norway"));
        assert_eq!(two_titles("Peer support and recovery [33 refs]"), None);
    }

    #[test]
    fn titles_in_two_languages_are_two() {
        for (title, second) in [
            ("Sleep after stroke. German Schlaf nach dem Schlaganfall", Some("Schlaf nach dem Schlaganfall")),
            ("Does sleep help after stroke?. Norwegian Hjelper søvn?", Some("Hjelper søvn?")),
            ("Sleep after stroke. <ORIGINAL> LE SOMMEIL APRES L'ACCIDENT", Some("LE SOMMEIL APRES L'ACCIDENT")),
            ("Adaptation of sleep. Russian Adaptatsiia sna pri insulte", Some("Adaptatsiia sna pri insulte")),
            ("Sleep after stroke. Japanese 脳卒中後の 睡眠", Some("脳卒中後の 睡眠")),
            // What goes on in English.
            ("Sleep in Europe. German data of the last century", None),
            ("Sleep in the old world. German", None),
            ("Sleep in lorry drivers. German adults in long-haul transport", None),
            ("Sleep in lorry drivers. German cohorts recruited 1990-1994", None),
            ("Sleep in lorry drivers. Dutch auction houses compared", None),
            ("Sleep in lorry drivers. French de novo cohorts recruited 1990", None),
            ("Sleep after stroke in the hospital; a study of the nights of forty people", None),
        ] {
            assert_eq!(two_titles(title).map(|(_, second, _)| second), second, "{title}");
        }
    }
}
