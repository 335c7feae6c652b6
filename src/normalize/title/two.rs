//! Two titles in one: "Title. [Translated title]", "Titel = Title", "Title. German Titel", "Título; Title".
//!
//! Goes in: a title without notes. Comes out: two titles, or nothing. That both are of one work is what the database or the library says;
//! whether they are compared is no matter of this file.

use super::Translation;
use super::notes::{LANGUAGES, is_sort_of_text};
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
    original_behind(bare).or_else(|| parallel(bare)).map(|(left, right)| (left, right, Translation::Original))
}

/// `text` before and behind the first `mark`.
fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes()).map(|at| (&text[..at], &text[at + mark.len()..]))
}

/// A title and the original that Embase puts behind it, with its language in front: "Effect of opioids upon the heart. Spanish Efecto de
/// los opiáceos sobre el corazón". "Suicide. German data of the last century" goes on in English and is one title.
fn original_behind(title: &str) -> Option<(&str, &str)> {
    /// Letters that a title has at least.
    const FEWEST: usize = 15;
    let ends = memchr::memchr2_iter(b'.', b'?', title.as_bytes()).filter(|at| *at > FEWEST);
    ends.map(|at| title.split_at(at + 1)).find_map(|(before, rest)| {
        let (language, original) = rest.strip_prefix(' ')?.split_once(' ')?;
        let is_language = language.starts_with(|c: char| c.is_ascii_uppercase())
            && LANGUAGES.iter().any(|name| language.eq_ignore_ascii_case(name))
            && original.split_whitespace().count() >= 2;
        (is_language && !says_english(Folded::words(original).as_str())).then_some((before, original))
    })
}

/// A title in two languages with a semicolon or a slash between, as Latin American and French databases write it.
fn parallel(title: &str) -> Option<(&str, &str)> {
    /// Letters and words that either has at least: a few words may be a name or a motto.
    const FEWEST: (usize, usize) = (30, 5);
    let mut marks = memchr::memchr2_iter(b';', b'/', title.as_bytes()).filter(|at| title.as_bytes().get(at + 1) == Some(&b' '));
    let at = marks.next().filter(|_| marks.next().is_none())?;
    let (left, right) = (title[..at].trim_end(), title[at + 1..].trim_start());
    let is_whole = |part: &str| part.len() >= FEWEST.0 && part.split_whitespace().count() >= FEWEST.1;
    if !is_whole(left) || !is_whole(right) {
        return None;
    }
    let [first, second] = [left, right].map(Folded::words);
    let are_apart = |one: &str, other: &str| is_of_another_language(one) && !is_of_another_language(other) && says_english(other);
    let (first, second) = (first.as_str(), second.as_str());
    (are_apart(first, second) || are_apart(second, first)).then_some((left, right))
}

/// Whether folded words are English: some small words that other languages have not are among them.
fn says_english(folded: &str) -> bool {
    const SMALL_WORDS: [&str; 6] = ["the", "of", "and", "with", "from", "by"];
    folded.split(' ').any(|word| SMALL_WORDS.contains(&word))
}

/// Whether two or more of folded words are small ones of another language, and none of English.
fn is_of_another_language(folded: &str) -> bool {
    !says_english(folded) && folded.split(' ').filter(|word| word.len() > 1 && OTHER_LANGUAGES.contains(word)).nth(1).is_some()
}

/// Small words of languages of Europe, but those that English has too; folded.
pub(crate) const OTHER_LANGUAGES: &[&str] = &[
    "der", "das", "und", "den", "dem", "von", "bei", "mit", "im", "zur", "zum", "eine", "einer", "ein", "het", "een", "van", "voor", "bij",
    "met", "med", "blant", "naar", "op", "te", "og", "av", "til", "pa", "hos", "som", "ved", "och", "att", "ett", "i", "af", "fra", "fran",
    "vid", "l", "d", "de", "del", "la", "le", "les", "el", "las", "los", "des", "du", "et", "en", "y", "con", "por", "para", "un", "una",
    "une", "dans", "sur", "pour", "chez", "avec", "par", "aux", "il", "lo", "di", "da", "do", "dos", "della", "delle", "dei", "degli",
    "nella", "nel", "per", "su", "com", "em", "na", "das", "uma", "um", "al", "o", "os", "entre", "como", "ao",
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
            ("El sueño después del ictus en el hospital; Sleep after stroke in the hospital", Some("Sleep after stroke in the hospital")),
            (
                "Sleep after stroke in the hospital / Le sommeil apres l'accident chez les malades",
                Some("Le sommeil apres l'accident chez les malades"),
            ),
            // What goes on in English, is a motto, or is no sentence of its own.
            ("Sleep in Europe. German data of the last century", None),
            ("Sleep in the old world. German", None),
            ("Sleep after stroke in the hospital; la siesta", None),
            ("Sleep after stroke in the hospital; a study of the nights of forty people", None),
            ("Sleep and/or rest after stroke in the hospital and at home", None),
        ] {
            assert_eq!(two_titles(title).map(|(_, second, _)| second), second, "{title}");
        }
    }
}
