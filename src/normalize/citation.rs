//! Whole citations in the field of the journal or of the volume: "Molecular Harbours.9 (3) ()(pp 224-230) 2004.Date of Publication:
//! March 2004."
//!
//! Goes in: a value, as Ovid's Embase or PsycInfo or Primo write sources, which an import with the filter of another database left in one
//! piece. Comes out: [`Citation`]; nothing where the value does not speak of pages, and so is no more than a name or a volume.

use super::journal::{self, Journal};
use crate::record::{Field, Kind, Record};

/// The parts of a citation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Citation<'a> {
    /// Empty where a citation stands in the place of a volume.
    pub(super) journal: &'a str,
    pub(super) volume: &'a str,
    pub(super) issue: Option<&'a str>,
    /// The pages or the number of the article.
    pub(super) pages: Option<&'a str>,
}

impl<'a> Citation<'a> {
    /// The citation that the name of a journal is.
    pub(super) fn parse(value: &'a str) -> Option<Self> {
        /// Bytes of the longest: what is longer is another field's text.
        const LONGEST: usize = 1_000;
        if value.len() > LONGEST {
            return None;
        }
        Self::with_brackets(value).or_else(|| Self::with_words(value))
    }

    /// The citation in the place of a volume: "9 (3) ()(pp 224) 2004".
    fn of_volume(value: &'a str) -> Option<Self> {
        let mark = pages_mark(value).filter(|_| value.starts_with(|c: char| c.is_ascii_digit()))?;
        Some(Self::of_numbers("", &value[..mark], &value[mark..]))
    }

    /// "Peer Health.9 (3) ()(pp 224-230) 2004": the pages stand in brackets.
    fn with_brackets(value: &'a str) -> Option<Self> {
        let mark = pages_mark(value)?;
        let head = &value[..mark];
        // Names have full stops before digits, too ("Vital Statistics. 10"); the volume is what stands before the brackets.
        let is_before_brackets = |dot: &usize| head[dot + 1..].split('(').next().is_some_and(is_volume);
        let dot = memchr::memchr_iter(b'.', head.as_bytes()).find(is_before_brackets)?;
        Some(Self::of_numbers(&head[..dot], &head[dot + 1..], &value[mark..]))
    }

    /// Of "9 (3) ()" and "(pp 224-230) 2004.Article Number: …".
    fn of_numbers(journal: &'a str, numbers: &'a str, behind: &'a str) -> Self {
        let (volume, issue) = numbers.split_once('(').unwrap_or((numbers, ""));
        let issue = issue.split(')').next().map(str::trim).filter(|issue| !issue.is_empty());
        let pages = behind.strip_prefix(PAGES).and_then(|pages| pages.split(')').next());
        let article = || behind.split_once("Article Number:").and_then(|(_, number)| number.split('.').next());
        Self { journal: journal.trim(), volume: volume.trim(), issue, pages: pages.or_else(article).map(str::trim) }
    }

    /// "Peer Health, 2004, Vol.9 (3), p.224-230", "Peer Health Vol 9 Mar 2004, ArtID 11", "Peer Health, Mar2004, Vol. 9 Issue 3, p224":
    /// words stand before the numbers.
    fn with_words(value: &'a str) -> Option<Self> {
        let mut words = memchr::memchr2_iter(b'V', b'v', value.as_bytes()).filter(|at| value[..*at].ends_with(' '));
        let (at, behind) = words.find_map(|at| Some((at, behind_volume_word(&value[at..])?)))?;
        let (volume, behind) = split_digits(behind);
        let pages = behind.match_indices(", ").find_map(|(at, mark)| labelled_pages(&behind[at + mark.len()..]))?;
        let issue = behind.trim_start().strip_prefix("Issue ").map(|issue| split_digits(issue).0);
        let issue = issue.or_else(|| behind.trim_start().strip_prefix('(').and_then(|inside| inside.split(')').next()).map(str::trim));
        let journal = value[..at].trim_end_matches([',', '.', ' ']);
        let is_date = |date: &str| date.trim().len() >= 4 && date.bytes().rev().take(4).all(|byte| byte.is_ascii_digit());
        let journal = journal.rsplit_once(',').filter(|(_, date)| is_date(date)).map_or(journal, |(journal, _)| journal);
        Some(Self { journal, volume, issue: issue.filter(|issue| !issue.is_empty()), pages: Some(pages) })
    }

    /// The citation in a field of a record that should hold less; `journal` is what the record calls what it stands in.
    pub(super) fn of(record: &'a Record, journal: &Journal) -> Option<Self> {
        // The volumes of books are those of a series as well.
        let is_article = || !matches!(record.kind(), Kind::Book | Kind::Chapter);
        let fields = if journal.is_citation() && is_article() { journal::FIELDS } else { &[] };
        let named = fields.iter().flat_map(|field| record.values(*field)).find_map(Self::parse);
        named.or_else(|| record.values(Field::Volume).find_map(Self::of_volume))
    }
}

/// Whether a text is no more than a volume: "9", "12 Suppl. 2", "20 Spec No 4"; "10. 9" is more.
fn is_volume(text: &str) -> bool {
    const WORDS: [&str; 7] = ["suppl", "supplement", "spec", "special", "no", "pt", "part"];
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = text.split_whitespace();
    let is_word = |word: &str| is_number(word) || WORDS.iter().any(|known| word.trim_end_matches('.').eq_ignore_ascii_case(known));
    words.next().is_some_and(is_number) && words.all(is_word)
}

/// What stands behind "Vol", "Vol.", "vol." or "Volume", where it is a number.
fn behind_volume_word(text: &str) -> Option<&str> {
    const WORDS: [&str; 3] = ["volume", "vol.", "vol"];
    let begins = |word: &&&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let behind = WORDS.iter().find(begins).map(|word| text[word.len()..].trim_start())?;
    behind.starts_with(|c: char| c.is_ascii_digit()).then_some(behind)
}

/// The pages of "p.224-230", "pp. 224-230", "p224-230, 7p" or "ArtID 11".
fn labelled_pages(text: &str) -> Option<&str> {
    let behind = text.strip_prefix("ArtID ").or_else(|| text.strip_prefix("pp").or_else(|| text.strip_prefix('p')))?;
    let pages = behind.trim_start_matches(['.', ' ']).split([',', ';']).next()?.trim_end_matches(['.', ' ']);
    pages.trim_start_matches(['e', 'S']).starts_with(|c: char| c.is_ascii_digit()).then_some(pages)
}

/// The digits in front of a text, and the rest.
fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// What stands before pages in brackets.
const PAGES: &str = "(pp ";

/// Where the brackets begin that hold the pages, or say that there are none.
fn pages_mark(value: &str) -> Option<usize> {
    let mut brackets = memchr::memchr_iter(b'(', value.as_bytes());
    brackets.find(|at| [PAGES, "(no pagination)"].iter().any(|mark| value[*at..].starts_with(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_in_one_piece_are_taken_apart() {
        for (value, expected) in [
            (
                "Peer Health.9 (3) ()(pp 224-230) 2004.Date of Publication: March 2004.",
                Some(("Peer Health", "9", Some("3"), Some("224-230"))),
            ),
            ("Peer Health. 9 (3) (pp 224), 2004. Date of Publication: 2004.", Some(("Peer Health", "9", Some("3"), Some("224")))),
            ("L'Havn.20 Spec No 4 ()(pp 619-712) 1994.", Some(("L'Havn", "20 Spec No 4", None, Some("619-712")))),
            (
                "Peer Health (Oslo).9 (DEC) (no pagination) 2015.Article Number: 490.",
                Some(("Peer Health (Oslo)", "9", Some("DEC"), Some("490"))),
            ),
            ("Proc. Harb. Soc.87 (1) ()(pp 54-57) 1954.", Some(("Proc. Harb. Soc", "87", Some("1"), Some("54-57")))),
            ("2D Harbours.9 (3) ()(pp 224-225) 2004.", Some(("2D Harbours", "9", Some("3"), Some("224-225")))),
            ("Acta Peer. 3. Lamps. 10. 9 (3) ()(pp 224-225) 2004.", Some(("Acta Peer. 3. Lamps. 10", "9", Some("3"), Some("224-225")))),
            ("Peer Health.9 (Suppl. 1) (pp 4), 2004.", Some(("Peer Health", "9", Some("Suppl. 1"), Some("4")))),
            ("Peer Health.12 Suppl. 2 ()(pp S1-105) 1989.", Some(("Peer Health", "12 Suppl. 2", None, Some("S1-105")))),
            ("Peer Health. 3 Lamps. (pp 4), 2004.", None),
            ("9 (3) ()(pp 224) 2004", None),
            ("Peer Health, 2004, Vol.9 (3), p.224-230", Some(("Peer Health", "9", Some("3"), Some("224-230")))),
            ("Peers, Health & Harbours, March 2004, Vol. 9, pp. 224-230.", Some(("Peers, Health & Harbours", "9", None, Some("224-230")))),
            ("Peer Health Vol 9 Apr 2004, ArtID 11", Some(("Peer Health", "9", None, Some("11")))),
            ("Peer Health. Vol.9(3), Mar 2004, pp. 224-230.", Some(("Peer Health", "9", Some("3"), Some("224-230")))),
            ("Peer Health, Mar2004, Vol. 9 Issue 3, p224-230, 7p", Some(("Peer Health", "9", Some("3"), Some("224-230")))),
            ("Peer Health, 2004, volume 9, pp e12", Some(("Peer Health", "9", None, Some("e12")))),
            ("Peers in Harbours, Vol 3", None),
            ("Peers in Harbours, vol 3, peers and lamps", None),
            ("Peers and Volcanoes, p.12", None),
            ("Peer Health", None),
            ("Peer Health (pp.)", None),
            ("Peers in (pp 3) words", None),
        ] {
            let expected = expected.map(|(journal, volume, issue, pages)| Citation { journal, volume, issue, pages });
            assert_eq!(Citation::parse(value), expected, "{value}");
        }
    }

    #[test]
    fn a_volume_may_be_a_whole_citation() {
        let expected = Citation { journal: "", volume: "9", issue: Some("3"), pages: Some("224") };
        assert_eq!(Citation::of_volume("9 (3) ()(pp 224) 2004"), Some(expected));
        assert_eq!(Citation::of_volume("9 (3)"), None);
        assert_eq!(Citation::of_volume("Harbours (pp 3)"), None);
    }
}
