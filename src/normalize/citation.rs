//! Whole citations in the field of the journal or of the volume: "Molecular Harbours.9 (3) ()(pp 224-230) 2004.Date of Publication:
//! March 2004."
//!
//! Goes in: a value, as Ovid's Embase or PsycInfo or Primo write sources, which an import with the filter of another database left in one
//! piece. Comes out: [`Citation`], or nothing, where the value says nothing of pages and is what its field says.

use super::journal;
use crate::record::{Field, Record};

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
        let is_before_brackets = |dot: &usize| {
            let (numbers, _) = head[dot + 1..].split_once('(').unwrap_or((&head[dot + 1..], ""));
            let numbers = numbers.trim();
            numbers.starts_with(|c: char| c.is_ascii_digit()) && !numbers.contains('.')
        };
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

    /// "Peer Health, 2004, Vol.9 (3), p.224-230", "Peer Health Vol 9 Mar 2004, ArtID 11": words stand before the numbers.
    fn with_words(value: &'a str) -> Option<Self> {
        const MARKS: [&str; 4] = [", p.", ", pp.", ", pp ", ", ArtID "];
        let is_digit = |c: char| c.is_ascii_digit();
        let mut volumes =
            memchr::memmem::find_iter(value.as_bytes(), b" Vol").map(|at| (at, value[at + 4..].trim_start_matches('.').trim_start()));
        let (at, behind) = volumes.find(|(_, behind)| behind.starts_with(is_digit))?;
        let volume = &behind[..behind.find(|c| !is_digit(c)).unwrap_or(behind.len())];
        let issue = behind[volume.len()..].trim_start().strip_prefix('(').and_then(|inside| inside.split(')').next()).map(str::trim);
        let pages = MARKS.iter().find_map(|mark| behind.split_once(mark)).and_then(|(_, pages)| pages.split([',', ';']).next())?;
        let journal = value[..at].trim_end_matches([',', '.', ' ']);
        let is_date = |date: &str| date.trim().len() >= 4 && date.bytes().rev().take(4).all(|byte| byte.is_ascii_digit());
        let journal = journal.rsplit_once(',').filter(|(_, date)| is_date(date)).map_or(journal, |(journal, _)| journal);
        Some(Self { journal, volume, issue: issue.filter(|issue| !issue.is_empty()), pages: Some(pages.trim().trim_end_matches('.')) })
    }

    /// The citation in a field of a record that should hold less.
    pub(super) fn of(record: &'a Record) -> Option<Self> {
        let named = journal::FIELDS.iter().flat_map(|field| record.values(*field)).find_map(Self::parse);
        named.or_else(|| record.values(Field::Volume).find_map(Self::of_volume))
    }
}

/// What stands before pages in brackets.
const PAGES: &str = "(pp ";

/// Where the brackets begin that hold the pages, or say that there are none.
fn pages_mark(value: &str) -> Option<usize> {
    let find = |mark: &str| memchr::memmem::find(value.as_bytes(), mark.as_bytes());
    find(PAGES).or_else(|| find("(no pagination)"))
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
            ("9 (3) ()(pp 224) 2004", None),
            ("Peer Health, 2004, Vol.9 (3), p.224-230", Some(("Peer Health", "9", Some("3"), Some("224-230")))),
            ("Peers, Health & Harbours, March 2004, Vol. 9, pp. 224-230.", Some(("Peers, Health & Harbours", "9", None, Some("224-230")))),
            ("Peer Health Vol 9 Apr 2004, ArtID 11", Some(("Peer Health", "9", None, Some("11")))),
            ("Peer Health. Vol.9(3), Mar 2004, pp. 224-230.", Some(("Peer Health", "9", Some("3"), Some("224-230")))),
            ("Peers in Harbours, Vol 3", None),
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
