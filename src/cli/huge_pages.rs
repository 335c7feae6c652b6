//! Huge pages: memory that Linux hands out by two megabytes instead of by four kilobytes.

use std::fs;
use std::path::Path;

/// The most bytes of exports that are read into huge pages. So much takes a tenth to an eighth less time with them, since the
/// system is asked for memory a few hundred times instead of ten thousand times. Beyond it the gain is uncertain, and a million
/// records take longer wherever such pages must first be sought, as in virtual machines that give back what they do not use.
const MOST_BYTES: u64 = 100_000_000;

/// How many times its size the text in an archive mostly has; copies of one record have more.
const PACKED: u64 = 4;

/// Does without huge pages from here on if `files` together are too large for them. They are not turned on again: of several
/// groups of files that are read, the largest counts.
pub(super) fn suit<'a>(files: impl Iterator<Item = &'a Path>) {
    let unpacked = |file: &Path| {
        let is_packed = file.extension().is_some_and(|ending| ["gz", "zip"].iter().any(|packed| ending.eq_ignore_ascii_case(packed)));
        fs::metadata(file).map_or(0, |metadata| metadata.len()) * if is_packed { PACKED } else { 1 }
    };
    let n_bytes: u64 = files.map(unpacked).sum();
    if n_bytes > MOST_BYTES {
        turn_off();
    }
}

#[cfg(target_os = "linux")]
fn turn_off() {
    // Nothing but time depends on it: a system that refuses goes on as it is.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Other systems give none unasked.
#[cfg(not(target_os = "linux"))]
fn turn_off() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::thread::transparent_huge_pages_are_disabled;

    #[test]
    fn only_large_files_do_without() {
        let folder = tempfile::tempdir().unwrap();
        let file_of = |n_bytes: u64| {
            let path = folder.path().join(format!("{n_bytes}.ris"));
            fs::File::create(&path).unwrap().set_len(n_bytes).unwrap();
            path
        };
        let [small, half] = [1_000, MOST_BYTES / 2].map(file_of);
        let before = transparent_huge_pages_are_disabled();
        suit([small.as_path(), half.as_path()].into_iter());
        assert_eq!(transparent_huge_pages_are_disabled(), before);
        let packed = folder.path().join("exports.GZ");
        fs::File::create(&packed).unwrap().set_len(MOST_BYTES / PACKED).unwrap();
        suit([packed.as_path()].into_iter());
        assert_eq!(transparent_huge_pages_are_disabled(), before);
        suit([packed.as_path(), small.as_path()].into_iter());
        assert_eq!(transparent_huge_pages_are_disabled(), Ok(true));
    }
}
