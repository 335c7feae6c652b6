//! Pages and article numbers as exports write them.

use std::borrow::Cow;

/// Where a work stands in its volume. At least one of the two, first page and article number, is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pages {
    /// The first page, with the letters before its number: "123", "S12", "xiv".
    pub first: Option<String>,
    /// The last page, in full: "127" for "123-7"; `None` where it is not given, or would stand before the first.
    pub last: Option<String>,
    /// The article number: "e0123456".
    pub article: Option<String>,
}

/// What exports write where there are no pages, in lower case without signs around it. "No" and "Specified" are PsycINFO's
/// "No Pagination Specified", cut in two.
const PLACEHOLDERS: &[&str] = &[
    "no",
    "specified",
    "no pagination",
    "no pagination specified",
    "no page",
    "no pages",
    "not specified",
    "not available",
    "unpaginated",
    "n/a",
    "na",
    "nan",
    "none",
    "null",
    "np",
    "n.p",
    "n. pag",
    "unknown",
];

/// Labels before a page, in lower case.
const LABELS: &[&str] = &["pages", "page", "pp", "pg", "p"];

/// Labels before an article number, in lower case.
const ARTICLE_LABELS: &[&str] = &["article number", "article no", "article id", "article", "art. no", "art no", "art", "unsp"];

/// Digits from which on a number without letters is an article number and no page.
const ARTICLE_DIGITS: usize = 6;

impl Pages {
    /// Reads "123-127", "123-7", "pp. 322–331.", "S12-S18", "33--42", "e0123456", "xi-xiv"; of several ranges the first.
    /// `None` for placeholders ("No", "(no pagination)") and what a spreadsheet made a date of ("1-Feb").
    ///
    /// ```
    /// use refsieve::record::Pages;
    /// let pages = Pages::parse("S123-7").unwrap();
    /// assert_eq!((pages.first.as_deref(), pages.last.as_deref()), (Some("S123"), Some("S127")));
    /// assert_eq!(Pages::parse("1-Feb"), None);
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if is_missing(value) || is_spreadsheet_damage(value) {
            return None;
        }
        if let Some(number) = ARTICLE_LABELS.iter().find_map(|label| behind_label(value, label)) {
            return Self::article(number);
        }
        let (first, last) = ends(value)?;
        let first = page(first)?;
        match last {
            None if is_article_number(first) => Self::article(first),
            None => Some(Self { first: Some(first.to_owned()), ..Self::default() }),
            Some(last) => {
                let last = page(last).and_then(|last| completed(first, last));
                Some(Self { first: Some(first.to_owned()), last: last.map(Cow::into_owned), article: None })
            }
        }
    }

    /// The same with the last page that another field of the export gives, where this one gives none. EBSCO gives the number
    /// of pages there: "14p".
    #[must_use]
    pub fn with_last(mut self, value: &str) -> Self {
        let value = value.trim();
        if self.last.is_some() || is_missing(value) || is_spreadsheet_damage(value) {
            return self;
        }
        if let Some(first) = self.first.take().or_else(|| self.article.take()) {
            self.last = match page_count(value) {
                Some(count) => last_of(&first, count),
                None => page(value).and_then(|last| completed(&first, last)).map(Cow::into_owned),
            };
            if self.last.is_none() && is_article_number(&first) {
                self.article = Some(first);
            } else {
                self.first = Some(first);
            }
        }
        self
    }

    /// An article number that stands in a field meant for it.
    #[must_use]
    pub fn article(value: &str) -> Option<Self> {
        let value = value.trim().trim_end_matches('.');
        (!is_missing(value) && !is_spreadsheet_damage(value)).then(|| Self { article: Some(value.to_owned()), ..Self::default() })
    }
}

/// Whether a value only stands for missing pages.
fn is_missing(value: &str) -> bool {
    let bare = value.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty() || (bare.len() < 30 && PLACEHOLDERS.contains(&bare.to_ascii_lowercase().as_str())) || value.contains("no pagination")
}

/// "#NAME?", "#REF!", and numbers that a spreadsheet turned into a date: "01-Aug", "Oct-06".
#[must_use]
pub fn is_spreadsheet_damage(value: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let value = value.trim();
    if value.starts_with('#') {
        return true;
    }
    let Some((left, right)) = value.split_once(['-', ' ', '.']) else { return false };
    let is_month = |word: &str| word.len() == 3 && MONTHS.contains(&word.to_ascii_lowercase().as_str());
    let is_day = |word: &str| word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    (is_day(left) && is_month(right)) || (is_month(left) && is_day(right))
}

/// The hyphens, dashes and minus signs that stand in ranges.
const DASHES: [char; 7] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'];

/// First and last page of the first range in `value`, as they are written there.
fn ends(value: &str) -> Option<(&str, Option<&str>)> {
    let is_range = |part: &&str| part.contains(char::is_alphanumeric);
    let range = value.split([',', ';']).find(is_range)?.trim();
    let dashes: Vec<(usize, &str)> = range.match_indices(DASHES).collect();
    // "A-12-A-15": the dash in the middle.
    if let [first, middle, last] = dashes[..] {
        let start = |text: &str| text.trim().to_owned();
        if start(&range[..first.0]) == start(&range[middle.0 + middle.1.len()..last.0]) {
            return Some((&range[..middle.0], Some(&range[middle.0 + middle.1.len()..])));
        }
    }
    let mut parts = range.split(DASHES).map(str::trim).filter(|part| !part.is_empty());
    Some((parts.next()?, parts.next()))
}

/// A page without its label and the signs around it; `None` where it is no number of any sort.
fn page(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(|c: char| !c.is_alphanumeric());
    let text = LABELS.iter().find_map(|label| behind_label(text, label)).unwrap_or(text);
    // "211-224. 14p", "12 (4 pages)": what follows says something else.
    let text = text.split([' ', '(', '[']).next().unwrap_or(text).trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_roman = || !text.is_empty() && text.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
    (text.contains(|c: char| c.is_ascii_digit()) || is_roman()).then_some(text)
}

/// What follows a label and the dot, colon or blank behind it; the label "p" may touch its number.
fn behind_label<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(label.len())?;
    if !start.eq_ignore_ascii_case(label) {
        return None;
    }
    let number = rest.trim_start_matches(['.', ':', ' ']);
    let touches = number.len() == rest.len();
    let may_touch = label.len() <= 2 && number.starts_with(|c: char| c.is_ascii_digit());
    (number.contains(|c: char| c.is_ascii_alphanumeric()) && (!touches || may_touch)).then_some(number)
}

/// A page as the letters before its last number, and that number.
fn parts_of(page: &str) -> (&str, &str) {
    let end = page.rfind(|c: char| c.is_ascii_digit()).map_or(page.len(), |at| at + 1);
    let start = page[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + page[at..].chars().next().map_or(1, char::len_utf8));
    (&page[..start], &page[start..end])
}

/// `last` in full, as the end of a range that begins with `first`; `None` where it would stand before it.
fn completed<'a>(first: &str, last: &'a str) -> Option<Cow<'a, str>> {
    let (first_letters, first_digits) = parts_of(first);
    let (last_letters, last_digits) = parts_of(last);
    if first_digits.is_empty() || last_digits.is_empty() {
        // Roman numerals, and a preface that runs on into the book.
        return Some(Cow::Borrowed(last));
    }
    if !last_letters.is_empty() && !last_letters.eq_ignore_ascii_case(first_letters) {
        return Some(Cow::Borrowed(last));
    }
    let is_before = |last: &str| {
        (last.trim_start_matches('0').len(), last.trim_start_matches('0'))
            < (first_digits.trim_start_matches('0').len(), first_digits.trim_start_matches('0'))
    };
    if !is_before(last_digits) {
        let is_whole = last_letters.len() == first_letters.len();
        return Some(if is_whole { Cow::Borrowed(last) } else { Cow::Owned(format!("{first_letters}{last_digits}")) });
    }
    let kept = first_digits.len().checked_sub(last_digits.len())?;
    let digits = format!("{}{last_digits}", &first_digits[..kept]);
    (!is_before(&digits)).then(|| Cow::Owned(format!("{first_letters}{digits}")))
}

/// Letters before a long number, or a number longer than pages are: "e0123456", "CD002273", "1187654".
fn is_article_number(page: &str) -> bool {
    /// A page of a supplement or an electronic page has fewer.
    const DIGITS_BEHIND_LETTERS: usize = 4;
    let (letters, digits) = parts_of(page);
    digits.len() >= ARTICLE_DIGITS || (!letters.is_empty() && digits.len() >= DIGITS_BEHIND_LETTERS) || letters.eq_ignore_ascii_case("e")
}

/// "14p", "14 p.": how many pages there are.
fn page_count(value: &str) -> Option<u32> {
    let bare = value.trim_end_matches('.');
    let count = bare.strip_suffix("pp").or_else(|| bare.strip_suffix('p'))?.trim();
    count.parse().ok().filter(|count| *count > 0)
}

fn last_of(first: &str, count: u32) -> Option<String> {
    let (letters, digits) = parts_of(first);
    let last = digits.parse::<u64>().ok()?.checked_add(u64::from(count) - 1)?;
    Some(format!("{letters}{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pages: Option<Pages>) -> String {
        let Some(Pages { first, last, article }) = pages else { return String::new() };
        let mark = |sign: &str, text: Option<String>| text.map_or(String::new(), |text| format!("{sign}{text}"));
        format!("{}{}{}", mark("", first), mark("-", last), mark("#", article))
    }

    #[test]
    fn pages_of_real_exports() {
        for (input, expected) in [
            ("123-127", "123-127"),
            ("123-7", "123-127"),
            ("123–127", "123-127"),
            ("3‐12", "3-12"),
            ("33--42", "33-42"),
            ("38 - 44", "38-44"),
            ("pp. 322-331.", "322-331"),
            ("p. 12", "12"),
            ("p12", "12"),
            ("P12-P15", "12-15"),
            ("S12-S18", "S12-S18"),
            ("S12-8", "S12-S18"),
            ("1165.e1-1165.e7", "1165.e1-1165.e7"),
            ("1165.e1-7", "1165.e1-1165.e7"),
            ("A-12-A-15", "A-12-A-15"),
            ("xi-xiv", "xi-xiv"),
            ("ix-12", "ix-12"),
            ("199-03", "199"),
            ("123-", "123"),
            ("1-10, 15-18; 20", "1-10"),
            ("211-224. 14p", "211-224"),
            ("e0123456", "#e0123456"),
            ("e123", "#e123"),
            ("e123-e130", "e123-e130"),
            ("CD002273", "#CD002273"),
            ("1187654", "#1187654"),
            ("Article 12", "#12"),
            ("Art. No.: 123456", "#123456"),
            ("12", "12"),
            ("1-Feb", ""),
            ("Oct-06", ""),
            ("#NAME?", ""),
            ("No", ""),
            ("Specified", ""),
            ("No Pagination Specified", ""),
            ("(no pagination)", ""),
            ("4 (no pagination)", ""),
            ("N.PAG-N.PAG", ""),
            ("n/a", ""),
            ("-", ""),
            ("", ""),
        ] {
            assert_eq!(shown(Pages::parse(input)), expected, "{input}");
        }
    }

    #[test]
    fn last_pages_stand_in_fields_of_their_own() {
        for (first, last, expected) in [
            ("123", "127", "123-127"),
            ("123", "7", "123-127"),
            ("123", "14p.", "123-136"),
            ("e100", "14p", "e100-e113"),
            ("e100", "e105", "e100-e105"),
            ("e100", "", "#e100"),
            ("123-125", "130", "123-125"),
            ("123", "Specified", "123"),
            ("123", "2-Mar", "123"),
        ] {
            assert_eq!(shown(Pages::parse(first).map(|pages| pages.with_last(last))), expected, "{first} {last}");
        }
    }

    proptest! {
        #[test]
        fn a_full_range_stays_as_it_is(first in 1_u32..9_000, count in 0_u32..99) {
            let range = format!("{first}-{}", first + count);
            prop_assert_eq!(shown(Pages::parse(&range)), range);
        }

        #[test]
        fn no_text_is_too_odd(value in "[-p0-9eS. ,;é–()]{0,20}", last in "[-p0-9é.]{0,6}") {
            let _ = Pages::parse(&value).map(|pages| pages.with_last(&last));
        }
    }
}
