//! What every fuzz target of a reader checks: nothing panics, nothing takes forever, and what was read can be written and
//! read again.
//!
//! Goes in: the beginning that makes the content one of the format, and random bytes. Run one with
//! `cargo fuzz run ris` (needs a nightly toolchain, or `RUSTC_BOOTSTRAP=1` and `--sanitizer none`).

use refsieve::formats::{self, Target};
use refsieve::record::Format;

/// Reads `beginning` and `data` behind it, in one piece, and writes what comes out in every format.
pub fn check(beginning: &[u8], data: &[u8]) {
    let Ok(parsed) = formats::read("fuzz", [beginning, data].concat()) else { return };
    assert!(!parsed.records.is_empty(), "an export has a record");
    for record in &parsed.records {
        assert!(record.lines().0 <= record.lines().1 && record.lines().0 > 0, "lines are counted from 1");
        std::hint::black_box((record.id(), record.title(), record.container(), record.date(), record.doi(), record.pmid()));
    }
    // A workbook is too slow to be written each time, and has a crate of its own to be fuzzed.
    for format in Target::FORMATS.iter().filter(|format| **format != Format::Xlsx) {
        let target = Target::new(*format);
        let mut written = Vec::new();
        let result = formats::write(&parsed.records, &target, &mut written);
        assert!(result.is_ok(), "writing to memory cannot fail");
        let again = formats::read("again", written).map(|again| again.records.len());
        assert_eq!(again.ok(), Some(parsed.records.len()), "{format} loses or makes records");
    }
}
