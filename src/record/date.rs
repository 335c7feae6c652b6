//! Publication dates as far as an export gives them.

/// A date of which at least the year is known. Months and days count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 1000 to 2999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// The beginnings of months' names: English first, then those of other languages of exports that begin otherwise.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "maj", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott"],
    &["nov"],
    &["dec", "dez", "des", "dic", "déc"],
];

impl PartialDate {
    /// Year, month and day as one number of eight digits, 0 for what is not said: 20100501, 20100000.
    #[must_use]
    pub fn number(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month.unwrap_or(0)) * 100 + u32::from(self.day.unwrap_or(0))
    }

    /// Reads "2020", "2020/05//", "2020/05/17/", "2020-05-17", "20200517", "2020 Jan-Feb", "May 2020", "1995,",
    /// "2000 Spring", "7 December 2022", "Sept. 30, 2004", "2012.", "c2006" and the like; of a range its beginning, of a season the
    /// year. `None` where no year of four digits stands alone, for a negative year and for a year cut in two ("20 20").
    ///
    /// ```
    /// use refsieve::record::PartialDate;
    /// assert_eq!(PartialDate::parse("2020/05//"), Some(PartialDate { year: 2020, month: Some(5), day: None }));
    /// assert_eq!(PartialDate::parse("NOV 3"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if is_negative(text) {
            return None;
        }
        let mut year = None;
        let mut month = None;
        let mut day = None;
        // A number that a month's name may follow at once: "7 December".
        let mut before = None;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = without_mark(word);
            let number: Option<u16> = if word.bytes().all(|byte| byte.is_ascii_digit()) { word.parse().ok() } else { None };
            let small = number.filter(|_| word.len() <= 2).and_then(|number| u8::try_from(number).ok());
            match (number, small) {
                (Some(number), _) if word.len() == 4 && (1000..3000).contains(&number) => year = year.or(Some(number)),
                (_, Some(small)) if year.is_some() && month.is_none() && (1..=12).contains(&small) => month = Some(small),
                (_, Some(small)) if month.is_some() && day.is_none() && (1..=31).contains(&small) => day = Some(small),
                (None, None) if month.is_none() && year.is_none() && is_compact(word) => {
                    if let Some(date) = compact(word) {
                        return Some(date);
                    }
                }
                (None, None) if month.is_none() => {
                    month = month_named(word);
                    day = before.filter(|_| month.is_some());
                }
                _ => {}
            }
            before = small.filter(|small| year.is_none() && (1..=31).contains(small));
        }
        Some(Self { year: year?, month, day })
    }
}

impl PartialDate {
    /// Reads what [`parse`](Self::parse) reads, and what names no year (Web of Science: "NOV 3"; "3. november") as a date in
    /// `year`.
    #[must_use]
    pub fn parse_in(text: &str, year: u16) -> Option<Self> {
        // A day stands before or behind the name of its month; a month without a name stands behind the year.
        let with_year = || if text.contains(char::is_alphabetic) { format!("{text} {year}") } else { format!("{year} {text}") };
        Self::parse(text).or_else(|| Self::parse(&with_year()))
    }
}

/// "c2006", "p2006": a year that libraries mark as that of a copyright.
fn without_mark(word: &str) -> &str {
    let year = word.strip_prefix(['c', 'p', 'C', 'P']);
    year.filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(word)
}

fn is_compact(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "20200517".
fn compact(word: &str) -> Option<PartialDate> {
    let number: u32 = word.parse().ok()?;
    let year = u16::try_from(number / 10_000).ok().filter(|year| (1000..3000).contains(year))?;
    let part = |number: u32, largest: u8| u8::try_from(number % 100).ok().filter(|number| (1..=largest).contains(number));
    let month = part(number / 100, 12)?;
    Some(PartialDate { year, month: Some(month), day: Some(part(number, 31)?) })
}

/// A minus sign before a number at the beginning.
fn is_negative(text: &str) -> bool {
    let behind = text.trim_start().strip_prefix(['-', '\u{2212}']);
    behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
}

fn month_named(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_a_year_are_of_a_year() {
        for (input, month, day) in [
            ("NOV", Some(11), None),
            ("NOV 3", Some(11), Some(3)),
            ("3. november", Some(11), Some(3)),
            ("NOV-DEC", Some(11), None),
            ("11", Some(11), None),
            ("11/3", Some(11), Some(3)),
            ("FAL", None, None),
        ] {
            assert_eq!(PartialDate::parse_in(input, 2018), Some(PartialDate { year: 2018, month, day }), "{input}");
        }
        assert_eq!(PartialDate::parse_in("May 2017", 2018), PartialDate::parse("May 2017"));
    }

    #[test]
    fn dates_of_real_exports() {
        for (input, expected) in [
            ("2020", Some((2020, None, None))),
            ("2020//", Some((2020, None, None))),
            ("2022/08/26/", Some((2022, Some(8), Some(26)))),
            ("2020/09//abr-jun2018", Some((2020, Some(9), None))),
            ("2020 Jan-Feb", Some((2020, Some(1), None))),
            ("2000 Spring", Some((2000, None, None))),
            ("May 2020", Some((2020, Some(5), None))),
            ("1995,", Some((1995, None, None))),
            ("7 December 2022", Some((2022, Some(12), Some(7)))),
            ("Sept. 30, 2004", Some((2004, Some(9), Some(30)))),
            ("2020 Mar 15-21", Some((2020, Some(3), Some(15)))),
            ("2019 Dec-2020 Jan", Some((2019, Some(12), None))),
            ("1999-2000", Some((1999, None, None))),
            ("Spring 2000", Some((2000, None, None))),
            ("2000 Winter", Some((2000, None, None))),
            ("Oktober 2001", Some((2001, Some(10), None))),
            ("15. mai 2020", Some((2020, Some(5), Some(15)))),
            ("20200517", Some((2020, Some(5), Some(17)))),
            ("20201345", None),
            ("05/17/2020", Some((2020, None, None))),
            ("-2020", None),
            ("\u{2212}2020", None),
            ("20 20", None),
            ("02020", None),
            ("NOV 3", None),
            ("", None),
            ("20201", None),
            ("c2006", Some((2006, None, None))),
            ("[c2006]", Some((2006, None, None))),
            ("p2006.", Some((2006, None, None))),
            ("2006, c2005", Some((2006, None, None))),
            ("c20061", None),
            ("d2006", None),
        ] {
            let expected = expected.map(|(year, month, day)| PartialDate { year, month, day });
            assert_eq!(PartialDate::parse(input), expected, "{input}");
        }
    }
}
