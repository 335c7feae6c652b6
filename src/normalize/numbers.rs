//! Volumes, issues and pages as numbers.
//!
//! Goes in: "34.", "XXXIV", "88 Suppl 1", "Conference: … 143", "123-7", "e12724", "pp. 322-331.". What a spreadsheet
//! made of a range ("01-Aug") and what is no number at all ("#NAME?", "No") is `None`.

use super::citation::Citation;
use crate::record::pages::is_spreadsheet_damage;
use crate::record::{Field, Record};
use crate::text::trimmed;
use std::borrow::Cow;

/// A volume or an issue: its number, and whether it is a supplement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// The number; Roman numerals are read.
    pub number: u32,
    /// The second number of a double one ("1-2", "3/4"), else the same.
    pub last: u32,
    /// Whether it is that of a supplement: "Suppl 1", "S1", "4S"; one that has no number is 0.
    pub supplement: bool,
    /// Whether it has one number and no other.
    pub is_alone: bool,
}

/// One page, or an article number: the letters before the digits, and the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page {
    /// Up to four letters before the digits, in lower case; zeros where there is none. Of an article number with letters between
    /// digits, what stands before the last digits.
    pub letters: [u8; 4],
    /// The digits; the last nine of a longer number.
    pub number: u32,
}

/// Where a work stands in its volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    /// First page or article number.
    pub first: Page,
    /// Last page, where it is given and not before the first.
    pub last: Option<Page>,
    /// The article number, where it is given beside pages.
    pub article: Option<Page>,
}

impl Numeral {
    /// Whether the number is that of a supplement, and not of the issue that this belongs to.
    #[must_use]
    pub fn is_supplement_number(&self) -> bool {
        self.supplement && self.is_alone
    }

    /// The number in `value`: the first, or the last where words other than "volume" stand before it, since these then
    /// name a conference.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = trimmed(value);
        // As nearly all are.
        if (1..=9).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = last_digits(value);
            return Some(Self { number, last: number, supplement: false, is_alone: true });
        }
        if is_spreadsheet_damage(value) {
            return None;
        }
        let lower = value.to_ascii_lowercase();
        let (supplement, is_of_issue) = supplement_in(&lower);
        let starts_with_words = lower.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.len() > 3 && !is_label(word));
        let mut numbers = numbers_in(value);
        let chosen = if starts_with_words { numbers.last() } else { numbers.next().map(|first| first.with_partner(numbers.next())) };
        let Some(chosen) = chosen else {
            let word = lower.trim_matches(|c: char| !c.is_alphanumeric());
            let unnumbered = supplement.then_some(Self { number: 0, last: 0, supplement, is_alone: false });
            return roman(word).map(|number| Self { number, last: number, supplement, is_alone: true }).or(unnumbered);
        };
        Some(Self { number: chosen.number, last: chosen.last, supplement, is_alone: !is_of_issue && numbers_in(value).nth(1).is_none() })
    }
}

/// Whether an issue or a volume in lower case is that of a supplement, and whether its number is that of the issue that this belongs
/// to: "4S" is the supplement of issue 4, and "S4" the fourth.
fn supplement_in(lower: &str) -> (bool, bool) {
    if ["sup", "beil", "meeting abs"].iter().any(|mark| lower.contains(mark)) {
        return (true, false);
    }
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    // "Women's issue 4" is none.
    let words = || lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'));
    let is_of_issue = words().any(|word| word.len() > 1 && word.strip_suffix('s').is_some_and(is_number));
    (is_of_issue || words().any(|word| word.strip_prefix('s').is_some_and(is_number)), is_of_issue)
}

/// A run of digits and where it stands.
#[derive(Clone, Copy)]
struct Digits {
    number: u32,
    last: u32,
    start: usize,
    end: usize,
}

impl Digits {
    /// With the number behind a dash or slash, when it follows at once and is larger: "1-2".
    fn with_partner(self, next: Option<Digits>) -> Self {
        match next {
            Some(next) if next.start == self.end + 1 && next.number > self.number && next.number <= self.number + 12 => {
                Self { last: next.number, ..self }
            }
            _ => self,
        }
    }
}

fn numbers_in(value: &str) -> impl Iterator<Item = Digits> {
    let bytes = value.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
        let len = bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len() - start);
        at = start + len;
        let number = last_digits(&value[start..at]);
        Some(Digits { number, last: number, start, end: at })
    })
}

/// The number of the last nine digits, which fits where an accession of thirty does not.
fn last_digits(digits: &str) -> u32 {
    digits[digits.len().saturating_sub(9)..].parse().unwrap_or(0)
}

fn is_label(word: &str) -> bool {
    ["volume", "band", "issue", "number", "part", "suppl", "supplement", "tome", "heft"].contains(&word)
}

/// The value of a Roman numeral in lower case, from 1 to 399, where it is written as Romans did.
#[must_use]
pub(super) fn roman(word: &str) -> Option<u32> {
    const PARTS: [(&str, u32); 9] = [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];
    if word.is_empty() || word.len() > 9 || !word.bytes().all(|byte| b"ivxlc".contains(&byte)) {
        return None;
    }
    let mut rest = word;
    let mut number = 0;
    for (part, value) in PARTS {
        let most = if part.len() == 2 || part == "v" || part == "l" { 1 } else { 3 };
        for _ in 0..most {
            if let Some(behind) = rest.strip_prefix(part) {
                rest = behind;
                number += value;
            }
        }
    }
    // "ivi" adds up too, but nobody wrote six so.
    let repeats = ["ivi", "ixi", "ixv", "xlx", "xcx", "xcl"].iter().any(|wrong| word.contains(wrong));
    (rest.is_empty() && !repeats).then_some(number)
}

/// The number of an edition: "2nd ed.", "Third edition", "3. utg.", "2"; 0 where it says none ("Rev. ed.", "Online first") or
/// says more than that, such as the day on which EndNote has a paper published ahead of print.
pub(super) fn edition(value: &str) -> u8 {
    const WORDS: [&[&str]; 10] = [
        &["first", "erste", "forste", "første", "första", "première", "primera", "primeira", "prima", "eerste"],
        &["second", "zweite", "annen", "andre", "anden", "andra", "deuxième", "seconde", "segunda", "seconda", "tweede"],
        &["third", "dritte", "tredje", "troisième", "tercera", "terza", "terceira", "derde"],
        &["fourth", "vierte", "fjerde", "fjärde", "quatrième", "cuarta", "quarta", "vierde"],
        &["fifth", "fünfte", "femte", "cinquième", "quinta", "vijfde"],
        &["sixth", "sechste", "sjette", "sjätte", "sixième", "sexta", "sesta", "zesde"],
        &["seventh"],
        &["eighth"],
        &["ninth"],
        &["tenth"],
    ];
    const NOUNS: [&str; 10] = ["ed", "éd", "utg", "uppl", "udg", "aufl", "ausg", "druk", "изд", "版"];
    const LARGEST: u8 = 60;
    /// The number of the edition of a year is this and the last two digits of the year.
    const FIRST_OF_YEARS: u8 = 100;
    let lowered = value.to_lowercase();
    let words: Vec<&str> = lowered.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| {
        let digits = word.trim_matches(char::is_alphabetic);
        let named = || WORDS.iter().zip(1_u8..).find(|(names, _)| names.contains(&word)).map(|(_, number)| number);
        // "2016 ed." of what comes out each year.
        let of_year = || {
            let year = word.parse::<u16>().ok().filter(|year| words.len() > 1 && (1950..2050).contains(year))?;
            Some(FIRST_OF_YEARS + (year % 100) as u8)
        };
        digits.parse::<u8>().ok().or_else(named).filter(|number| (1..=LARGEST).contains(number)).or_else(of_year)
    };
    let is_noun = |word: &&str| NOUNS.iter().any(|noun| word.starts_with(noun));
    // "2-е изд." has an ending between.
    let is_ending = |word: &&str| word.chars().count() <= 2;
    let stands = |at: usize| {
        words.len() == 1
            || words.get(at + 1).is_some_and(is_noun)
            || (words.get(at + 1).is_some_and(is_ending) && words.get(at + 2).is_some_and(is_noun))
    };
    words.iter().enumerate().find_map(|(at, word)| number(word).filter(|_| stands(at))).unwrap_or(0)
}

/// The volume of a record, or of the citation that it has in the place of a journal or a volume; the year in its place (an issue of a
/// magazine) is no volume.
pub(super) fn volume_of(record: &Record, year: Option<u16>, cited: Option<&Citation<'_>>) -> Option<Numeral> {
    let is_volume = |volume: &Numeral| year.is_none_or(|year| volume.number != u32::from(year));
    let named = record.values(Field::Volume).find_map(|value| Numeral::parse(without_year(value, year)));
    let named = named.or_else(|| record.values(Field::Pages).find_map(volume_before_pages).and_then(|(volume, _)| Numeral::parse(volume)));
    named.or_else(|| cited.and_then(|citation| Numeral::parse(citation.volume))).filter(is_volume)
}

/// The issue of a record or its citation: where it gives none, what stands behind its volume, as in "24(1)", "24:1", "24, no. 1".
pub(super) fn issue_of(record: &Record, year: Option<u16>, cited: Option<&Citation<'_>>) -> Option<Numeral> {
    let volume = || record.values(Field::Volume).find_map(Numeral::parse);
    let named = record.values(Field::Issue).find_map(|value| Numeral::parse(without_volume(without_year(value, year), volume)));
    let named = named.or_else(|| record.values(Field::Volume).find_map(behind_volume).and_then(Numeral::parse));
    named.or_else(|| cited.and_then(|citation| citation.issue).and_then(Numeral::parse))
}

/// "57-1" of volume 57 without the volume: the issue.
fn without_volume(value: &str, volume: impl Fn() -> Option<Numeral>) -> &str {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let parts = value.split_once('-').and_then(|(before, behind)| Some((number(before)?, number(behind)?, behind)));
    // "1-2" of volume 1 is a double issue.
    let issue = parts.filter(|(before, issue, _)| before.abs_diff(*issue) > 1);
    issue.filter(|(before, ..)| volume().is_some_and(|volume| volume.number == *before)).map_or(value, |(.., issue)| issue)
}

/// The issue that stands behind a volume; "37 (2005)" is the year, and "37 (Suppl 1)" is told by what the volume says of itself.
fn behind_volume(value: &str) -> Option<&str> {
    let rest = trimmed(value).trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches([' ', ',']);
    let issue = rest.strip_prefix(['(', ':']).or_else(|| rest.strip_prefix("no"))?.trim_start_matches(['.', ' ']);
    let is_volume = value.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_number = issue.starts_with(|c: char| c.is_ascii_digit());
    let number = &issue[..issue.len() - issue.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    (is_volume && is_number && number.len() < 4).then(|| issue.split(')').next().unwrap_or(issue))
}

/// "5/16", "2016:5" and "7/2016" of 2016 without the year: the number of a report in its series. All of it where the year is not
/// half of it.
pub(super) fn without_year(value: &str, year: Option<u16>) -> &str {
    let (Some(year), Some((before, behind))) = (year, value.split_once(['/', ':'])) else { return value };
    let is_year = |part: &str| match part.len() {
        2 => part.parse() == Ok(year % 100),
        4 => part.parse() == Ok(year),
        _ => false,
    };
    let is_number = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (before, behind) = (before.trim(), behind.trim());
    match (is_year(before), is_year(behind)) {
        (true, false) if is_number(behind) => behind,
        (false, true) if is_number(before) => before,
        _ => value,
    }
}

/// "22, 705-726": the volume and the pages, as lists of references have them. Pages of one work that are so far apart are rare.
fn volume_before_pages(value: &str) -> Option<(&str, &str)> {
    /// "12, 14-15" are pages of a magazine.
    const FEWEST_BETWEEN: u32 = 20;
    let (volume, pages) = value.split_once(',')?;
    let (volume, pages) = (volume.trim(), pages.trim());
    let is_number = !volume.is_empty() && volume.len() <= 3 && volume.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = pages.split_once(['-', '\u{2013}'])?;
    let is_range = first.trim().bytes().all(|byte| byte.is_ascii_digit()) && last.trim().starts_with(|c: char| c.is_ascii_digit());
    let apart = first.trim().parse::<u32>().ok()?.checked_sub(volume.parse().ok()?)?;
    (is_number && is_range && apart >= FEWEST_BETWEEN).then_some((volume, pages))
}

/// The pages of a record or its citation, from the fields for first and last page and for article numbers.
pub(super) fn pages_of(record: &Record, cited: Option<&Citation<'_>>) -> Option<Pages> {
    let article = record.values(Field::ArticleNumber).find_map(Page::parse);
    let has_volume = record.values(Field::Volume).any(|volume| Numeral::parse(volume).is_some());
    let behind_volume = |value| volume_before_pages(value).filter(|_| !has_volume).map_or(value, |(_, pages)| pages);
    let mut pages = record.values(Field::Pages).map(behind_volume).find_map(Pages::parse);
    if let Some(pages) = &mut pages {
        if pages.last.is_none() {
            let last = record.values(Field::LastPage).filter(|value| !is_spreadsheet_damage(value)).find_map(Page::parse);
            pages.last = last.and_then(|last| pages.first.completed(last));
        }
        pages.article = article;
    }
    let cited = || cited.and_then(|citation| citation.pages).and_then(Pages::parse);
    pages.or_else(|| article.map(|first| Pages { first, last: None, article: Some(first) })).or_else(cited)
}

impl Pages {
    /// Reads "123-7" (123 to 127), "pp. 322-331.", "S12-S15", "e12724", "1165.e1-1165.e7", "p1-"; takes the first of
    /// several ranges.
    ///
    /// ```
    /// use refsieve::normalize::Pages;
    /// let pages = Pages::parse("123-7").unwrap();
    /// assert_eq!(pages.last.unwrap().number, 127);
    /// assert_eq!(Pages::parse("01-Aug"), None);
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = trimmed(value);
        // As nearly all are.
        if let (Some(first), rest) = Page::split_plain(value)
            && let Some(last) = if rest.is_empty() { Some(None) } else { rest.strip_prefix('-').and_then(Page::plain).map(Some) }
        {
            return Some(Self { first, last: last.and_then(|last| first.completed(last)), article: None });
        }
        if is_spreadsheet_damage(value) || value.contains("no pagination") {
            return None;
        }
        let value = value.split([',', ';']).find(|part| part.bytes().any(|byte| byte.is_ascii_digit()))?;
        let mut parts = value
            .split(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'])
            .filter(|part| !part.trim().is_empty());
        // "S4-76-S4-101": pages 76 to 101 of supplement 4.
        let mut four = parts.clone().map(str::trim);
        if let (Some(supplement), Some(first), Some(same), Some(last), None) =
            (four.next(), four.next(), four.next(), four.next(), four.next())
            && supplement == same
            && supplement.starts_with(|c: char| c.is_ascii_alphabetic())
            && supplement.len() > 1
        {
            let letters = Page::parse(supplement)?.letters;
            let first = Page { letters, ..Page::parse(first)? };
            let last = Page::parse(last).and_then(|last| first.completed(last));
            return Some(Self { first, last, article: None });
        }
        // "S-620", "S-620-S-621": the letter of the page stands by itself.
        let is_letter = |part: &str| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_alphabetic());
        let page = |parts: &mut dyn Iterator<Item = &str>| {
            let part = parts.next()?;
            if is_letter(part.trim()) { Page::parse(&format!("{}{}", part.trim(), parts.next()?.trim())) } else { Page::parse(part) }
        };
        let first = page(&mut parts)?;
        let last = page(&mut parts).and_then(|last| first.completed(last));
        Some(Self { first, last, article: None })
    }

    /// Whether it is a page or two on which abstracts of a meeting stand: "S12", "A284"; "a1754" is an article of the BMJ.
    #[must_use]
    pub fn is_of_abstract(&self) -> bool {
        const MOST_OF_A: u32 = 999;
        let is_lettered = match self.first.letters {
            [b's', 0, 0, 0] => true,
            [b'a', 0, 0, 0] => self.first.number <= MOST_OF_A,
            _ => false,
        };
        is_lettered && self.article.is_none() && self.count().is_none_or(|count| count <= 2)
    }

    /// How many pages it has, where both ends are known.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.last.map(|last| last.number - self.first.number + 1)
    }
}

impl Page {
    /// The number that `value` begins with, and what stands behind it.
    fn split_plain(value: &str) -> (Option<Self>, &str) {
        let len = value.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = value.split_at(len);
        ((len > 0).then(|| Self { letters: [0; 4], number: last_digits(digits) }), rest)
    }

    /// The number that `value` is.
    fn plain(value: &str) -> Option<Self> {
        Self::split_plain(value).0.filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Reads one page or article number; `None` where there is no digit.
    fn parse(value: &str) -> Option<Self> {
        if let Some(page) = Self::plain(value) {
            return Some(page);
        }
        if let Some(number) = Self::parse_article_number(value.trim()) {
            return Some(number);
        }
        let start = value.bytes().position(|byte| byte.is_ascii_digit())?;
        let end = value.as_bytes()[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(value.len(), |len| start + len);
        let mut letters = [0; 4];
        for (letter, byte) in letters.iter_mut().zip(without_page_label(&value[..start]).bytes().filter(u8::is_ascii_alphabetic)) {
            *letter = byte.to_ascii_lowercase();
        }
        // "ehaa946.0812": the supplement, and the abstract in it.
        let behind = value[end..].trim_end().strip_prefix('.').filter(|behind| behind.len() == 4 && letters[1] != 0);
        let abstract_of = behind.filter(|behind| behind.bytes().all(|byte| byte.is_ascii_digit()));
        let digits = abstract_of.map_or(Cow::Borrowed(&value[start..end]), |behind| Cow::Owned(format!("{}{behind}", &value[start..end])));
        Some(Self { letters, number: last_digits(&digits) })
    }

    /// "07D541", "04EJ01", "123A01": digits, letters and digits, as physicists number articles. All of it names the article; the
    /// number is what stands behind the letters. "1165e1" is the first electronic page behind page 1165, and none of these.
    fn parse_article_number(value: &str) -> Option<Self> {
        /// No issue or section of a journal that is numbered so has more digits.
        const MOST_DIGITS: usize = 3;
        let behind = value.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = value.trim_start_matches('0').len() - behind.len();
        let number = behind.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let inner = &behind[..behind.len() - number.len()];
        let is_one =
            digits <= MOST_DIGITS && (1..=2).contains(&inner.len()) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let is_electronic = inner.eq_ignore_ascii_case("e") && digits == MOST_DIGITS;
        if !is_one || behind.len() == value.len() || is_electronic {
            return None;
        }
        let mut letters = [0; 4];
        let before = &value.trim_start_matches('0')[..digits + inner.len()];
        // Of five signs the last four tell.
        for (letter, byte) in letters.iter_mut().zip(before.bytes().skip(before.len().saturating_sub(4))) {
            *letter = byte.to_ascii_lowercase();
        }
        Some(Self { letters, number: last_digits(number) })
    }

    /// `last` as the end of a range that begins here: "123-7" ends at 127. `None` where it would end before it begins.
    fn completed(self, last: Page) -> Option<Page> {
        let mut number = last.number;
        if number < self.number {
            let power = 10_u32.checked_pow(number.checked_ilog10().map_or(1, |log| log + 1))?;
            number = (self.number / power).checked_mul(power)?.checked_add(number)?;
        }
        let same_letters = last.letters == self.letters || last.letters == [0; 4];
        (number >= self.number && same_letters).then_some(Page { letters: self.letters, number })
    }

    /// Whether letters stand before the digits: an electronic or supplement page, an article number.
    #[must_use]
    pub fn has_letters(self) -> bool {
        self.letters != [0; 4]
    }
}

/// What stands before the digits of a page, without a word for it: nothing of "pp. ", "S" of "p. S" and of "pS", as EBSCO writes it.
fn without_page_label(before: &str) -> &str {
    const LABELS: [&str; 9] = ["p", "pp", "pages", "page", "pg", "article", "art", "no", "id"];
    let before = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = before.find(|c: char| !c.is_alphanumeric()).unwrap_or(before.len());
    if LABELS.iter().any(|label| before[..end].eq_ignore_ascii_case(label)) {
        return without_page_label(&before[end..]);
    }
    let glued = before.strip_prefix('p').filter(|letters| letters.bytes().all(|byte| byte.is_ascii_uppercase()));
    glued.unwrap_or(before)
}

impl std::fmt::Display for Page {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.letters.iter().take_while(|letter| **letter != 0) {
            write!(out, "{}", char::from(*letter))?;
        }
        write!(out, "{}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_stand_before_pages_and_abstracts_behind_supplements() {
        for (value, letters, first, last) in [
            ("S-620", "s", 620, None),
            ("S-620-S-621", "s", 620, Some(621)),
            ("S620-S621", "s", 620, Some(621)),
            ("A-12", "a", 12, None),
            ("ehaa946.0812", "ehaa", 9_460_812, None),
            ("ehaa946", "ehaa", 946, None),
            ("e12.5", "e", 12, None),
            ("p. S72", "s", 72, None),
            ("pS72", "s", 72, None),
            ("pp. S72-S75", "s", 72, Some(75)),
            ("article e124", "e", 124, None),
            ("Art. No.: e124", "e", 124, None),
            ("p72", "", 72, None),
            ("P72", "", 72, None),
            ("po12", "po", 12, None),
        ] {
            let pages = Pages::parse(value).unwrap();
            let found = pages.first.letters.iter().filter(|letter| **letter != 0).map(|letter| char::from(*letter)).collect::<String>();
            assert_eq!((found.as_str(), pages.first.number, pages.last.map(|last| last.number)), (letters, first, last), "{value}");
        }
    }

    #[test]
    fn issues_stand_behind_volumes() {
        for (value, expected) in [
            ("24(1)", Some("1")),
            ("24 (3)", Some("3")),
            ("24:12", Some("12")),
            ("24, no. 4", Some("4")),
            ("55 (10 Suppl 1)", Some("10 Suppl 1")),
            ("24 (2005)", None),
            ("24 (Suppl 1)", None),
            ("24", None),
            ("(1)", None),
            ("37-38 (2)", None),
            ("", None),
        ] {
            assert_eq!(behind_volume(value), expected, "{value}");
        }
    }

    #[test]
    fn a_year_is_no_number_of_a_series() {
        for (value, year, expected) in [
            ("5/16", Some(2016), "5"),
            ("2016:5", Some(2016), "5"),
            ("7/2016", Some(2016), "7"),
            ("3/4", Some(2016), "3/4"),
            ("16/16", Some(2016), "16/16"),
            ("2016:5", None, "2016:5"),
            ("n/16", Some(2016), "n/16"),
        ] {
            assert_eq!(without_year(value, year), expected, "{value}");
        }
    }

    #[test]
    fn abstracts_of_meetings_stand_on_a_page_or_two() {
        for (value, expected) in
            [("S12", true), ("A284", true), ("S12-S13", true), ("S12-S20", false), ("a1754", false), ("e12", false), ("12", false)]
        {
            assert_eq!(Pages::parse(value).unwrap().is_of_abstract(), expected, "{value}");
        }
    }

    #[test]
    fn the_number_of_a_supplement_is_its_own_or_that_of_the_issue() {
        for (value, expected) in [("S1", true), ("Suppl 1", true), ("4S", false), ("4 Suppl 1", false), ("SUPPL", false), ("4", false)] {
            assert_eq!(Numeral::parse(value).unwrap().is_supplement_number(), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn plain_pages_are_read_as_those_with_a_label(value in "[0-9]{1,12}(-[0-9]{1,12})?") {
            prop_assert_eq!(Pages::parse(&value), Pages::parse(&format!("pp. {value}")));
            let first = value.split('-').next().unwrap();
            prop_assert_eq!(Page::parse(first), Page::parse(&format!("p {first}")));
        }
    }

    #[test]
    fn numerals_of_volumes_and_issues() {
        for (input, expected) in [
            ("34", Some((34, 34, false))),
            ("34.", Some((34, 34, false))),
            ("XXXIV", Some((34, 34, false))),
            ("v74", Some((74, 74, false))),
            ("v1)", Some((1, 1, false))),
            ("Vol. 12", Some((12, 12, false))),
            ("88 Suppl 1", Some((88, 88, true))),
            ("S1", Some((1, 1, true))),
            ("4S", Some((4, 4, true))),
            ("4 S1", Some((4, 4, true))),
            ("Beil 1", Some((1, 1, true))),
            ("SUPPL", Some((0, 0, true))),
            ("Meeting Abstracts", Some((0, 0, true))),
            ("Spring", None),
            ("Women's issue 4", Some((4, 4, false))),
            ("4 (1) (no pagination)", Some((4, 4, false))),
            ("1-2", Some((1, 2, false))),
            ("Conference: 12th Congress of Oslo 143", Some((143, 143, false))),
            ("Suppl 2", Some((2, 2, true))),
            ("#NAME?", None),
            ("01-Aug", None),
            ("No", None),
            ("", None),
        ] {
            let found = Numeral::parse(input).map(|numeral| (numeral.number, numeral.last, numeral.supplement));
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn an_issue_may_have_its_volume_in_front() {
        for (value, volume, expected) in
            [("57-1", 57, "1"), ("57-1", 12, "57-1"), ("1-2", 1, "1-2"), ("7-8", 7, "7-8"), ("57-Suppl", 57, "57-Suppl")]
        {
            let volume = || Numeral::parse(&volume.to_string());
            assert_eq!(without_volume(value, volume), expected, "{value}");
        }
    }

    #[test]
    fn pages_are_expanded() {
        for (input, expected) in [
            ("123-7", Some(("123", Some("127")))),
            ("123–127", Some(("123", Some("127")))),
            ("pp. 322-331.", Some(("322", Some("331")))),
            ("S12-S15", Some(("s12", Some("s15")))),
            ("S12-5", Some(("s12", Some("s15")))),
            ("e12724", Some(("e12724", None))),
            ("07D541", Some(("7d541", None))),
            ("07C541-07C545", Some(("7c541", Some("7c545")))),
            ("04EJ01", Some(("4ej1", None))),
            ("123A01", Some(("123a1", None))),
            ("083E01", Some(("83e1", None))),
            ("1165e1", Some(("1165", None))),
            ("165e1", Some(("165", None))),
            ("123A", Some(("123", None))),
            ("p1-", Some(("1", None))),
            ("Cd002273", Some(("cd2273", None))),
            ("199-03", Some(("199", None))),
            ("pages 24.1-24.10", Some(("24", Some("24")))),
            ("1-10, 15", Some(("1", Some("10")))),
            ("S4-76-S4-101", Some(("s76", Some("s101")))),
            ("978-1-4244-0884", Some(("978", None))),
            ("01-Aug", None),
            ("06-Oct", None),
            ("#NAME?", None),
            ("(no pagination)", None),
            ("No", None),
        ] {
            let found = Pages::parse(input).map(|pages| (pages.first.to_string(), pages.last.map(|last| last.to_string())));
            let expected = expected.map(|(first, last): (&str, Option<&str>)| (first.to_owned(), last.map(str::to_owned)));
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn editions_have_numbers() {
        for (input, expected) in [
            ("2nd ed.", 2),
            ("Third edition, revised", 3),
            ("Zweite Auflage", 2),
            ("Tredje utgave", 3),
            ("3e édition", 3),
            ("2-е изд.", 2),
            ("第3版", 3),
            ("Cuarta edición", 4),
            ("Derde druk", 3),
            ("3. utg.", 3),
            ("Rev. ed.", 0),
            ("2016", 0),
            ("2016 edition", 116),
            ("Annen utgave", 2),
            ("Online first", 0),
            ("2016/05/12", 0),
            ("", 0),
        ] {
            assert_eq!(edition(input), expected, "{input}");
        }
    }

    #[test]
    fn roman_numerals_are_strict() {
        for (input, expected) in [
            ("i", Some(1)),
            ("iv", Some(4)),
            ("xxxiv", Some(34)),
            ("xcix", Some(99)),
            ("iiii", None),
            ("ivi", None),
            ("", None),
            ("mix", None),
        ] {
            assert_eq!(roman(input), expected, "{input}");
        }
    }
}
