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

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl PartialDate {
    /// Reads "2020", "2020/05//", "2020/05/17/", "2020-05-17", "2020 Jan-Feb", "May 2020", "1995,", "2000 Spring",
    /// "Sept. 30, 2004", "2012." and the like; `None` where no year of four digits stands alone.
    ///
    /// ```
    /// use refsieve::record::PartialDate;
    /// assert_eq!(PartialDate::parse("2020/05//"), Some(PartialDate { year: 2020, month: Some(5), day: None }));
    /// assert_eq!(PartialDate::parse("NOV 3"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut year = None;
        let mut month = None;
        let mut day = None;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let number: Option<u16> = if word.bytes().all(|byte| byte.is_ascii_digit()) { word.parse().ok() } else { None };
            match number {
                Some(number) if word.len() == 4 && (1000..3000).contains(&number) => year = year.or(Some(number)),
                Some(number) if word.len() <= 2 && year.is_some() && month.is_none() && (1..=12).contains(&number) => {
                    month = u8::try_from(number).ok();
                }
                Some(number) if word.len() <= 2 && month.is_some() && day.is_none() && (1..=31).contains(&number) => {
                    day = u8::try_from(number).ok();
                }
                None if month.is_none() => month = month_named(word),
                _ => {}
            }
        }
        Some(Self { year: year?, month, day })
    }
}

fn month_named(word: &str) -> Option<u8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).and_then(|index| u8::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("7 December 2022", Some((2022, Some(12), None))),
            ("NOV 3", None),
            ("", None),
            ("20201", None),
        ] {
            let expected = expected.map(|(year, month, day)| PartialDate { year, month, day });
            assert_eq!(PartialDate::parse(input), expected, "{input}");
        }
    }
}
