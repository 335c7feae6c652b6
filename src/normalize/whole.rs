//! What tells two works apart that stand in nothing, and may have one title: the number and the day of a report, the number of a patent.
//!
//! Goes in: a [`Record`]. Comes out: [`OfWhole`], as small as can be, since most records are articles and have none of it.

use super::hash;
use crate::record::{Field, Kind, Record, SerialNumber};

/// The number and the day of what stands in nothing; each 0 where it is not known, or the record is of another sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfWhole {
    /// Hash of the digits of its number.
    number: u32,
    /// Month and day of its date: 32 times the month, and the day, or 0.
    day: u16,
}

impl OfWhole {
    /// Those of `record`, which stands in nothing.
    pub(super) fn of(record: &Record, kind: Kind) -> Self {
        if !matches!(kind, Kind::Report | Kind::Other) {
            return Self::default();
        }
        let is_number = |value: &&str| SerialNumber::all(value).next().is_none();
        let mut of_series = record.values(Field::SerialNumber).filter(is_number);
        // RIS has the number of a report in M1, which holds anything in other sorts of works; that of a patent stands for the volume.
        let mut others = record.entries().filter(|entry| match kind {
            Kind::Report => entry.tag == "M1",
            _ => entry.field == Field::Volume,
        });
        let number = of_series.find_map(digits).or_else(|| others.find_map(|entry| digits(entry.value)));
        let date = record.date();
        let month = date.and_then(|date| date.month).map_or(0, u16::from);
        let day = date.and_then(|date| date.day).map_or(0, u16::from);
        Self { number: number.unwrap_or_default(), day: if month == 0 { 0 } else { 32 * month + day } }
    }

    /// Whether both have numbers, and these are two.
    #[must_use]
    pub fn numbers_differ(self, other: Self) -> bool {
        self.number != 0 && other.number != 0 && self.number != other.number
    }

    /// Whether both have dates, and these are of two months, or two days of one.
    #[must_use]
    pub fn days_differ(self, other: Self) -> bool {
        let [left, right] = [self.day, other.day];
        let months_differ = left / 32 != right / 32;
        let both_have_days = !left.is_multiple_of(32) && !right.is_multiple_of(32);
        left != 0 && right != 0 && (months_differ || (both_have_days && left != right))
    }

    /// Both as one number.
    pub(super) fn bits(self) -> u64 {
        u64::from(self.number) | u64::from(self.day) << 32
    }
}

/// The hash of the digits of a number; never 0.
fn digits(value: &str) -> Option<u32> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| (hash(&digits) as u32).max(1))
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
