//! ISSNs and ISBNs: values that have passed their check, found in whatever way an export packs them.

use std::fmt;

/// An ISSN whose check digit is right (ISO 3297).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issn(u32);

/// An ISBN whose check digit is right (ISO 2108); one of ten digits is the same as its form of thirteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isbn(u64);

/// One of either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SerialNumber {
    /// Of a journal or series.
    Issn(Issn),
    /// Of a book.
    Isbn(Isbn),
}

/// The ISSNs and ISBNs in one value, in order; made by [`SerialNumber::all`].
#[derive(Debug, Clone)]
pub struct SerialNumbers<'a> {
    rest: &'a str,
}

impl Issn {
    /// "1234-567X" or "1234567X", where the check digit is right.
    ///
    /// ```
    /// use refsieve::record::Issn;
    /// assert_eq!(Issn::parse("0954012x"), None);
    /// assert_eq!(Issn::parse("09540121").unwrap().to_string(), "0954-0121");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 8] = digits_of(text)?;
        let sum: u32 = digits.iter().zip((1..=8).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        sum.is_multiple_of(11).then(|| Self(digits[..7].iter().fold(0, |number, digit| number * 10 + u32::from(*digit))))
    }
}

impl Isbn {
    /// Ten or thirteen digits, with hyphens or without, where the check digit is right.
    ///
    /// ```
    /// use refsieve::record::Isbn;
    /// assert_eq!(Isbn::parse("0-306-40615-2").unwrap().to_string(), "9780306406157");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        /// What the form of ten digits has before it in that of thirteen.
        const BOOKLAND: u64 = 978;
        let number = |start: u64, digits: &[u8]| Self(digits.iter().fold(start, |number, digit| number * 10 + u64::from(*digit)));
        if let Some(digits) = digits_of::<10>(text) {
            let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
            return sum.is_multiple_of(11).then(|| number(BOOKLAND, &digits[..9]));
        }
        let digits: [u8; 13] = digits_of(text)?;
        let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        (sum.is_multiple_of(10) && !digits.contains(&10)).then(|| number(0, &digits[..12]))
    }

    /// Its first twelve digits, in the form of thirteen.
    #[must_use]
    pub fn key(&self) -> u64 {
        self.0
    }
}

impl fmt::Display for Issn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum: u32 = (0..7).map(|place| self.0 / 10_u32.pow(place) % 10 * (place + 2)).sum();
        let check = (11 - sum % 11) % 11;
        write!(out, "{:04}-{:03}", self.0 / 1000, self.0 % 1000)?;
        if check == 10 { out.write_str("X") } else { check.fmt(out) }
    }
}

impl fmt::Display for Isbn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum: u64 = (0..12).map(|place| self.0 / 10_u64.pow(place) % 10 * if place % 2 == 0 { 3 } else { 1 }).sum();
        write!(out, "{:012}{}", self.0, (10 - sum % 10) % 10)
    }
}

impl SerialNumber {
    /// The numbers in `value`, in order, whatever stands between and beside them: blanks, commas, semicolons, line ends,
    /// backslashes, the brackets of a list, "(ISSN)", "(pbk.)", "EISSN-". What fails its check is passed over.
    ///
    /// ```
    /// use refsieve::record::SerialNumber;
    /// assert_eq!(SerialNumber::all("09540121 (ISSN); EISSN-1360-0451; 2020").count(), 2);
    /// ```
    #[must_use]
    pub fn all(value: &str) -> SerialNumbers<'_> {
        SerialNumbers { rest: value }
    }

    fn parse(text: &str) -> Option<Self> {
        Issn::parse(text).map(Self::Issn).or_else(|| Isbn::parse(text).map(Self::Isbn))
    }
}

impl Iterator for SerialNumbers<'_> {
    type Item = SerialNumber;

    fn next(&mut self) -> Option<SerialNumber> {
        loop {
            let start = self.rest.find(|c: char| c.is_ascii_alphanumeric())?;
            let text = &self.rest[start..];
            let len = text.find(|c| !is_of_number(c)).unwrap_or(text.len());
            let found = SerialNumber::parse(&text[..len]).or_else(|| SerialNumber::parse(without_label(&text[..len])));
            let (found, len) = match found {
                Some(found) => (Some(found), len),
                None => spaced_isbn(text).map_or((None, len), |(isbn, len)| (Some(SerialNumber::Isbn(isbn)), len)),
            };
            self.rest = &text[len..];
            if found.is_some() {
                return found;
            }
        }
    }
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_alphanumeric() || is_dash(character)
}

/// "ISSN", "EISSN-", "ISBN-" (ERIC) before a number in one word with it.
fn without_label(word: &str) -> &str {
    let letters = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let label = word.as_bytes()[..letters].last_chunk::<4>();
    if label.is_some_and(|label| label.eq_ignore_ascii_case(b"issn") || label.eq_ignore_ascii_case(b"isbn")) {
        word[letters..].trim_start_matches(is_dash)
    } else {
        word
    }
}

/// "978 0 306 40615 7": an ISBN of thirteen digits in groups with blanks between, at the start of `text`; with its length.
fn spaced_isbn(text: &str) -> Option<(Isbn, usize)> {
    let is_bookland = text.starts_with("978 ") || text.starts_with("979 ");
    let is_inside = |c: char| c.is_ascii_digit() || c == ' ' || is_dash(c);
    let run = text.chars().take(17).take_while(|c| is_bookland && is_inside(*c));
    let (digits, len) = run.fold((String::new(), 0), |(mut digits, len), character| {
        if digits.len() < 13 && character.is_ascii_digit() {
            digits.push(character);
            return (digits, len + 1);
        }
        let len = if digits.len() < 13 { len + character.len_utf8() } else { len };
        (digits, len)
    });
    Isbn::parse(&digits).filter(|_| digits.len() == 13).map(|isbn| (isbn, len))
}

/// Exactly `N` digits, dashes aside; an X at the end is ten.
fn digits_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut digits = [0; N];
    let mut count = 0;
    for character in text.chars().filter(|c| !is_dash(*c)) {
        let digit = match character {
            '0'..='9' => character.to_digit(10).and_then(|digit| u8::try_from(digit).ok())?,
            'x' | 'X' if count + 1 == N => 10,
            _ => return None,
        };
        *digits.get_mut(count)? = digit;
        count += 1;
    }
    (count == N).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(value: &str) -> String {
        let numbers = SerialNumber::all(value).map(|number| match number {
            SerialNumber::Issn(issn) => issn.to_string(),
            SerialNumber::Isbn(isbn) => isbn.to_string(),
        });
        numbers.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_pass_their_check_or_are_nothing() {
        assert_eq!(Issn::parse("1361-6137"), Issn::parse("13616137"));
        assert!(Issn::parse("0957-9672").is_some());
        assert!(Issn::parse("0957-9673").is_none(), "check digit");
        assert_eq!(Isbn::parse("0-306-40615-2"), Isbn::parse("978-0-306-40615-7"));
        assert!(Isbn::parse("0306406152").is_some());
        assert!(Isbn::parse("0306406153").is_none(), "check digit");
        assert!(Issn::parse("2020").is_none());
    }

    #[test]
    fn numbers_are_found_however_they_are_packed() {
        for (input, expected) in [
            ("1361-6137", "1361-6137"),
            ("2434-561x", "2434-561X"),
            ("09540121 (ISSN) ", "0954-0121"),
            ("0954-0121 1360-0451", "0954-0121 1360-0451"),
            ("09540121, 13600451", "0954-0121 1360-0451"),
            ("0954-0121;1360-0451", "0954-0121 1360-0451"),
            ("0954-0121\n1360-0451", "0954-0121 1360-0451"),
            ("0954-0121\\1360-0451", "0954-0121 1360-0451"),
            (r#"["0954-0121","1360-0451"]"#, "0954-0121 1360-0451"),
            ("EISSN-0954-0121", "0954-0121"),
            ("ISSN0954-0121", "0954-0121"),
            ("ISBN-978-0-306-40615-7", "9780306406157"),
            ("ISBN: 0-306-40615-2 (pbk.)", "9780306406157"),
            ("9780306406157  0306406152", "9780306406157 9780306406157"),
            ("978 0 306 40615 7 (hbk)", "9780306406157"),
            ("978-0\u{2010}306\u{2010}40615\u{2010}7", "9780306406157"),
            ("0954‐0121", "0954-0121"),
            ("979-10-90636-07-1", "9791090636071"),
            ("0954-0122; 2020; No", ""),
            ("978 0 306 40615 8", ""),
            ("", ""),
        ] {
            assert_eq!(all(input), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(issn in 0_u32..10_000_000, isbn in 0_u64..1_000_000_000, odd in "[-0-9 xX\u{2010}()a]{0,40}") {
            prop_assert_eq!(Issn::parse(&Issn(issn).to_string()), Some(Issn(issn)));
            let isbn = Isbn(978_000_000_000 + isbn);
            prop_assert_eq!(Isbn::parse(&isbn.to_string()), Some(isbn));
            let _ = all(&odd);
        }
    }
}
