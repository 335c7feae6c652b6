//! Limits by days -> what platforms write for them.
//!
//! Goes in: dates as a strategy has them, of eight digits, where 00 and 99 stand for a month or a day that is not said.
//! Comes out: whole days, the days before and after them, and words for a sentence.

use crate::strategy::{Limit, field_code};

/// Codes of the dates on which a database took a record.
const ENTRY_CODES: &[&str] = &["ed", "dt", "em", "dc", "da", "dd", "ez"];

/// A day of the calendar; months and days count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_field_names, reason = "a day has no other word for its day")]
pub(super) struct Day {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// What the dates of a limit are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Milestone {
    /// When a work was published.
    Published,
    /// When a database took its record: each platform has a day of its own for this.
    Entered,
}

/// The dates of a limit: what they are about, the first day and the last.
pub(super) fn days(limit: &Limit) -> Option<(Milestone, Option<Day>, Option<Day>)> {
    let Limit::Dates(code, from, to) = limit else { return None };
    let milestone = match code.as_str() {
        "dp" => Milestone::Published,
        code if ENTRY_CODES.contains(&code) => Milestone::Entered,
        _ => return None,
    };
    Some((milestone, from.map(Day::first), to.map(Day::last)))
}

/// The years that dates of publication lie in, and whether they are those years as a whole.
pub(super) fn years(limit: &Limit) -> Option<(Limit, bool)> {
    let Limit::Dates(code, from, to) = limit else { return None };
    let year = |date: u32| u16::try_from(date / 10_000).ok();
    let begins = |date: u32| Day::first(date) == Day { year: date / 10_000, month: 1, day: 1 };
    let ends = |date: u32| Day::last(date) == Day { year: date / 10_000, month: 12, day: 31 };
    let is_whole = from.is_none_or(begins) && to.is_none_or(ends);
    (code == "dp").then(|| (Limit::Years(from.and_then(year), to.and_then(year)), is_whole))
}

/// The limit for a sentence: dates as they were written, by year, month and day.
pub(super) fn in_words(limit: &Limit) -> String {
    match limit {
        Limit::Dates(code, from, to) => {
            let name = field_code(code).map_or("date", |row| row.name);
            let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'E']) { "an" } else { "a" };
            format!("the limit to {article} {name} {}", span_in_words(from.map(shown), to.map(shown)))
        }
        Limit::Years(from, to) => {
            format!(
                "the limit to a year of publication {}",
                span_in_words(from.map(|year| year.to_string()), to.map(|year| year.to_string()))
            )
        }
        limit => format!("the limit \"{limit}\""),
    }
}

fn span_in_words(from: Option<String>, to: Option<String>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("of {from}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("up to {to}"),
        (None, None) => "of any time".to_owned(),
    }
}

/// `20101231` as `2010/12/31`; a year or a month alone where no more is said.
pub(super) fn shown(date: u32) -> String {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    match (month, day) {
        (0 | 99, _) => format!("{year:04}"),
        (_, 0 | 99) => format!("{year:04}/{month:02}"),
        _ => format!("{year:04}/{month:02}/{day:02}"),
    }
}

impl Day {
    /// The first day that is meant.
    fn first(date: u32) -> Self {
        let (month, day) = (date / 100 % 100, date % 100);
        Self { year: date / 10_000, month: if month == 99 { 1 } else { month.max(1) }, day: if day == 99 { 1 } else { day.max(1) } }
    }

    /// The last day that is meant.
    fn last(date: u32) -> Self {
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let month = if (1..=12).contains(&month) { month } else { 12 };
        let last = days_of(year, month);
        Self { year, month, day: if day == 0 { last } else { day.min(last) } }
    }

    pub(super) fn next(self) -> Self {
        match (self.month, self.day) {
            (12, 31) => Self { year: self.year + 1, month: 1, day: 1 },
            (month, day) if day >= days_of(self.year, month) => Self { month: month + 1, day: 1, ..self },
            _ => Self { day: self.day + 1, ..self },
        }
    }

    pub(super) fn before(self) -> Self {
        match (self.month, self.day) {
            (1, 1) => Self { year: self.year.saturating_sub(1), month: 12, day: 31 },
            (month, 1) => Self { month: month - 1, day: days_of(self.year, month - 1), ..self },
            _ => Self { day: self.day - 1, ..self },
        }
    }

    /// Year, month and day with a sign between.
    pub(super) fn written(self, between: &str) -> String {
        format!("{:04}{between}{:02}{between}{:02}", self.year, self.month, self.day)
    }
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_whole_days_and_words() {
        for (from, to, days, words) in [
            (20_100_000, 20_129_999, "2010-01-01 2012-12-31", "from 2010 to 2012"),
            (20_120_200, 20_120_299, "2012-02-01 2012-02-29", "of 2012/02"),
            (19_000_200, 19_000_299, "1900-02-01 1900-02-28", "of 1900/02"),
            (20_100_315, 20_100_430, "2010-03-15 2010-04-30", "from 2010/03/15 to 2010/04/30"),
        ] {
            let limit = Limit::Dates("ed".to_owned(), Some(from), Some(to));
            let Some((Milestone::Entered, Some(first), Some(last))) = super::days(&limit) else { panic!("{limit}") };
            assert_eq!(format!("{} {}", first.written("-"), last.written("-")), days);
            assert_eq!(in_words(&limit), format!("the limit to an entry date {words}"));
            assert_eq!(first.before().next(), first);
            assert_eq!(last.next().before(), last);
        }
    }
}
