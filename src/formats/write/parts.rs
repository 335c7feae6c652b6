//! Where records must be divided, since a program takes only so many in one file.

use super::{Audience, Target, write};
use crate::record::{Format, Record};
use std::io;
use std::ops::Range;

/// What one file of a program may hold: records, and bytes.
struct Limits {
    audience: Audience,
    n_records: usize,
    n_bytes: usize,
}

const MEGABYTE: usize = 1_000_000;

/// Sources: guides of libraries on imports into Covidence; Rayyan's help (17216953358353).
const LIMITS: &[Limits] = &[
    Limits { audience: Audience::Covidence, n_records: 15_000, n_bytes: 50 * MEGABYTE },
    Limits { audience: Audience::Rayyan, n_records: usize::MAX, n_bytes: 100 * MEGABYTE },
];

/// Rows of an Excel sheet below its header.
const LONGEST_SHEET: usize = 1_048_575;

/// Whether records for `target` may have to be divided.
#[must_use]
pub fn is_limited(target: &Target) -> bool {
    target.format == Format::Xlsx || LIMITS.iter().any(|limits| limits.audience == target.audience)
}

/// The ranges of `records` that make one file each for the target's program, in order: the fewest that it takes. A record
/// that is larger than a file may be stands alone. One range where there is no limit, and an empty one where there are no
/// records: that there are none is written too.
///
/// # Errors
///
/// Those of [`write()`].
pub fn parts(records: &[Record], target: &Target) -> io::Result<Vec<Range<usize>>> {
    let limits = LIMITS.iter().find(|limits| limits.audience == target.audience);
    let n_rows = if target.format == Format::Xlsx { LONGEST_SHEET } else { usize::MAX };
    let n_records = limits.map_or(usize::MAX, |limits| limits.n_records).min(n_rows);
    // The bytes of a workbook are packed; nobody knows how well before it is written.
    let n_bytes = limits.filter(|_| target.format != Format::Xlsx).map(|limits| limits.n_bytes);
    parts_within(records, target, n_records, n_bytes)
}

fn parts_within(records: &[Record], target: &Target, n_records: usize, n_bytes: Option<usize>) -> io::Result<Vec<Range<usize>>> {
    let mut out = Vec::new();
    let frame = size([], target)?;
    let (mut start, mut bytes) = (0, frame);
    for (at, record) in records.iter().enumerate() {
        let of_record = match n_bytes {
            Some(_) => size([record], target)?.saturating_sub(frame),
            None => 0,
        };
        let is_full = at - start >= n_records || n_bytes.is_some_and(|most| bytes + of_record > most);
        if is_full && at > start {
            out.push(start..at);
            (start, bytes) = (at, frame);
        }
        bytes += of_record;
    }
    if start < records.len() || out.is_empty() {
        out.push(start..records.len());
    }
    Ok(out)
}

/// How many bytes `records` are when they are written.
fn size<'a>(records: impl IntoIterator<Item = &'a Record>, target: &Target) -> io::Result<usize> {
    let mut counter = Counter(0);
    write(records, target, &mut counter)?;
    Ok(counter.0)
}

struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(n_records: usize, abstract_size: usize) -> Vec<Record> {
        let text = format!("TY  - JOUR\nAB  - {}\nER  - \n\n", "a".repeat(abstract_size)).repeat(n_records);
        crate::formats::read("a.ris", text.into_bytes()).unwrap().records
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one file is one range")]
    fn covidence_takes_so_many_records() {
        let records = records(15_001, 1);
        let of = |audience| parts(&records, &Target { audience, ..Target::default() }).unwrap();
        assert_eq!(of(Audience::General), [0..15_001]);
        assert_eq!(of(Audience::Covidence), [0..15_000, 15_000..15_001]);
        assert_eq!(parts(&[], &Target::default()).unwrap(), [0..0]);
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one file is one range")]
    fn files_are_as_large_as_they_may_be() {
        let records = records(5, 100);
        for format in Target::FORMATS.iter().filter(|format| **format != Format::Xlsx) {
            let target = Target::new(*format);
            // Of JSON Lines, which say the lines that a record stood on, no two records are as long.
            let Ok(two) = records.windows(2).map(|two| size(two, &target)).collect::<io::Result<Vec<_>>>() else { continue };
            let two = two.into_iter().max().unwrap_or_default();
            for (n_bytes, expected) in [(two, vec![0..2, 2..4, 4..5]), (1, vec![0..1, 1..2, 2..3, 3..4, 4..5]), (usize::MAX, vec![0..5])] {
                let parts = parts_within(&records, &target, usize::MAX, Some(n_bytes)).unwrap();
                assert_eq!(parts, expected, "{format} {n_bytes}");
                assert!(n_bytes == 1 || parts.iter().all(|part| size(&records[part.clone()], &target).unwrap() <= n_bytes), "{format}");
            }
        }
    }
}
