//! What tells two works apart that stand in nothing, and may have one title: the number and the day of a report, the number of a patent.
//!
//! Goes in: a [`Record`]. Comes out: [`OfWhole`], as small as can be, since most records are articles and have none of it.

use crate::record::{Field, Kind, Record, SerialNumber};
use crate::text::trimmed;

/// The number and the day of what stands in nothing; each 0 where it is not known, or the record is of another sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfWhole {
    /// The runs of digits of its number, without zeros in front: the first few, in order.
    numbers: [u32; MOST_RUNS],
    /// Where the number stood: numbers of two sorts are not compared.
    sort: Sort,
    /// Month and day of its date: 32 times the month, and the day, or 0.
    day: u16,
}

/// Runs of digits of a number that count.
const MOST_RUNS: usize = 3;

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sort {
    #[default]
    None,
    /// Beside ISSNs and ISBNs.
    Serial,
    /// In a tag that has the number of a report in RIS.
    Report,
    /// For the volume of a patent.
    Patent,
}

impl OfWhole {
    /// Those of `record`, which stands in nothing.
    pub(super) fn of(record: &Record, kind: Kind) -> Self {
        let is_patent = || {
            record.first(Field::Kind).is_some_and(|value| ["PAT", "Patent"].iter().any(|name| trimmed(value).eq_ignore_ascii_case(name)))
        };
        if !(kind == Kind::Report || (kind == Kind::Other && is_patent())) {
            return Self::default();
        }
        let is_serial = |value: &&str| SerialNumber::all(value).next().is_none() && value.bytes().filter(u8::is_ascii_digit).count() < 10;
        let serial = record.values(Field::SerialNumber).filter(|value| is_serial(value)).map(|value| (value, Sort::Serial));
        // RIS has the number of a report in M1, which holds anything in other sorts of works; that of a patent stands for the volume.
        let others = record.entries().filter_map(|entry| match kind {
            Kind::Report if entry.tag == "M1" && !trimmed(entry.value).ends_with("p.") => Some((entry.value, Sort::Report)),
            Kind::Other if entry.field == Field::Volume => Some((entry.value, Sort::Patent)),
            _ => None,
        });
        let found = serial.chain(others).map(|(value, sort)| (runs(value), sort)).find(|(numbers, _)| numbers[0] != 0);
        let (numbers, sort) = found.unwrap_or_default();
        let date = record.date();
        let month = date.and_then(|date| date.month).map_or(0, u16::from);
        let day = date.and_then(|date| date.day).map_or(0, u16::from);
        // The first of January stands for a day that nobody knows.
        let is_known = month != 0 && (month, day) != (1, 1);
        Self { numbers, sort, day: if is_known { 32 * month + day } else { 0 } }
    }

    /// Whether both have numbers of one sort, and each has a run of digits that the other lacks: "3" and "2012-03" may be one.
    #[must_use]
    pub fn numbers_differ(self, other: Self) -> bool {
        let lacks = |one: Self, other: Self| one.numbers.iter().any(|number| *number != 0 && !other.numbers.contains(number));
        self.sort == other.sort && lacks(self, other) && lacks(other, self)
    }

    /// Whether both have dates, and these are of two months, or two days of one.
    #[must_use]
    pub fn days_differ(self, other: Self) -> bool {
        let [left, right] = [self.day, other.day];
        let months_differ = left / 32 != right / 32;
        let both_have_days = !left.is_multiple_of(32) && !right.is_multiple_of(32);
        left != 0 && right != 0 && (months_differ || (both_have_days && left != right))
    }

    /// All of it as one number.
    pub(super) fn bits(self) -> u64 {
        let numbers = self.numbers.iter().fold(0_u64, |bits, number| bits.rotate_left(21) ^ u64::from(*number));
        numbers ^ u64::from(self.day) << 48
    }
}

/// The first runs of digits of a number, as numbers; the last digit of "B2" says of which sort a patent is.
fn runs(value: &str) -> [u32; MOST_RUNS] {
    let mut numbers = [0; MOST_RUNS];
    let value = value.replace(',', "");
    let words = value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !is_code_of_kind(word));
    let runs = words.flat_map(|word| word.split(|c: char| !c.is_ascii_digit()));
    let parsed = runs.filter_map(|run| run.parse::<u64>().ok()).filter(|number| *number != 0);
    for (place, number) in numbers.iter_mut().zip(parsed) {
        *place = (number as u32).max(1);
    }
    numbers
}

/// "A1", "B2".
fn is_code_of_kind(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, digit] if letter.is_ascii_uppercase() && digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{RecordBuilder, Source};
    use std::sync::Arc;

    fn of(lines: &str) -> OfWhole {
        let mut builder = RecordBuilder::default();
        for (tag, value) in lines.lines().filter_map(|line| line.split_once("  - ")) {
            let field = match tag {
                "TY" => Field::Kind,
                "SN" => Field::SerialNumber,
                "VL" => Field::Volume,
                "DA" => Field::Date,
                _ => Field::Other,
            };
            builder.push_text(tag, field, value);
        }
        let record = builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1);
        OfWhole::of(&record, record.kind())
    }

    #[test]
    fn numbers_and_days_of_reports_and_patents() {
        for (left, right, numbers_differ, days_differ) in [
            ("TY  - RPRT\nM1  - 12-03", "TY  - RPRT\nM1  - 12-07", true, false),
            ("TY  - RPRT\nSN  - HARB-2012-03", "TY  - RPRT\nM1  - 2012/03", false, false),
            ("TY  - RPRT\nSN  - 1234-5679", "TY  - RPRT\nM1  - 2012/03", false, false),
            ("TY  - PAT\nVL  - NO 9000001 B2", "TY  - PAT\nVL  - NO 9100002 B2", true, false),
            ("TY  - PAT\nM1  - 1", "TY  - PAT\nM1  - 2", false, false),
            ("TY  - PAT\nVL  - NO 9000001 B2", "TY  - PAT\nVL  - NO9000001", false, false),
            ("TY  - PAT\nSN  - US 9,000,001 B2", "TY  - PAT\nSN  - 9000001", false, false),
            ("TY  - RPRT\nM1  - 03", "TY  - RPRT\nM1  - 3", false, false),
            ("TY  - RPRT\nM1  - 2012-03", "TY  - RPRT\nM1  - 3/2012", false, false),
            ("TY  - RPRT\nM1  - 3/2012", "TY  - RPRT\nM1  - 3", false, false),
            ("TY  - RPRT\nM1  - 112 p.", "TY  - RPRT\nM1  - 43", false, false),
            ("TY  - RPRT\nSN  - 978-82-99-00000-1", "TY  - RPRT\nSN  - 43", false, false),
            ("TY  - RPRT\nSN  - HARB 43", "TY  - RPRT\nM1  - 44", false, false),
            ("TY  - RPRT\nDA  - 2012/01/01", "TY  - RPRT\nDA  - 2012/06/15", false, false),
            ("TY  - JOUR\nVL  - 1\nDA  - 2021/07/06", "TY  - JOUR\nVL  - 2\nDA  - 2021/09/24", false, false),
            ("TY  - RPRT\nDA  - 2021/07/06", "TY  - RPRT\nDA  - 2021/09/24", false, true),
            ("TY  - RPRT\nDA  - 2021/07/06", "TY  - RPRT\nDA  - 2021/07/07", false, true),
            ("TY  - RPRT\nDA  - 2021/07/06", "TY  - RPRT\nDA  - 2021/07", false, false),
            ("TY  - RPRT\nDA  - 2021/07/06", "TY  - RPRT\nDA  - 2021", false, false),
        ] {
            let (of_left, of_right) = (of(left), of(right));
            assert_eq!(
                (of_left.numbers_differ(of_right), of_left.days_differ(of_right)),
                (numbers_differ, days_differ),
                "{left} | {right}"
            );
            assert_eq!(
                (of_right.numbers_differ(of_left), of_right.days_differ(of_left)),
                (numbers_differ, days_differ),
                "{right} | {left}"
            );
        }
    }
}
