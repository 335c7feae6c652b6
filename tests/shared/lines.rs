//! No line of a real RIS file is lost. The exports stand outside of the repository: see `shared/mod.rs`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used)]

use crate::shared;
use refsieve::formats;
use std::collections::HashSet;

/// Each line of a real RIS file stands, without its tag, in a value of the record that covers it or in the text outside of
/// records. The file is scanned anew here, in the plainest way.
#[test]
fn no_value_of_a_real_ris_file_is_lost() {
    let Some(fixtures) = shared::folder("fixtures") else { return };
    let manifest = std::fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap();
    let mut n_lines = 0;
    let mut lost = Vec::new();
    for row in manifest.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        if !matches!(columns[1], "ris" | "ris-wiley" | "ris-ovid") {
            continue;
        }
        let bytes = std::fs::read(fixtures.join(columns[0])).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
        let parsed = formats::read(columns[0], bytes).unwrap();
        let outside: HashSet<u32> = parsed.outside.iter().map(|outside| outside.line).collect();
        let mut records = parsed.records.iter().peekable();
        let mut values: HashSet<&str> = HashSet::new();
        let mut all = String::new();
        let mut last_line = 0;
        for (line, number) in text.lines().zip(1_u32..) {
            if let Some(record) = records.next_if(|record| record.lines().0 <= number) {
                last_line = record.lines().1;
                values = record.entries().map(|entry| entry.value).collect();
                all = record.entries().fold(String::new(), |all, entry| all + entry.value + "\n");
            }
            let line = line.trim_start_matches('\u{feff}');
            let is_tag = line.get(2..5) == Some("  -") && line.as_bytes()[0].is_ascii_uppercase();
            let value = if is_tag { line[5..].trim() } else { line.trim() };
            // The end of a record is none, also without its hyphen.
            if value.is_empty() || line.trim() == "ER" {
                continue;
            }
            n_lines += 1;
            let is_found = number <= last_line && (values.contains(value) || all.contains(value));
            if !is_found && !outside.contains(&number) {
                lost.push(format!("{}:{number}: {value}", columns[0]));
            }
        }
    }
    assert!(n_lines > 100_000, "{n_lines} lines");
    assert!(lost.is_empty(), "{} of {n_lines} are lost, first {:?}", lost.len(), lost.iter().take(20).collect::<Vec<_>>());
}
