//! Where notes say which PMID a record has.
//!
//! Goes in: the text of a note. Comes out: the lines at its beginning that are "PMID: 12345" and nothing else, as formats
//! without a field for the number have it (EndNote). Further below such a line may be about another work.

use crate::record::Pmid;
use std::ops::Range;

/// The ranges of these lines in `note`, without margins.
pub(super) fn leading_pmids(note: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for line in note.split_inclusive(['\n', '\r']) {
        let start = end + line.len() - line.trim_start().len();
        end += line.len();
        match line.trim() {
            "" => {}
            line if is_pmid(line) => found.push(start..start + line.len()),
            _ => break,
        }
    }
    found
}

fn is_pmid(line: &str) -> bool {
    let number = line.strip_prefix("PMID:").map(str::trim_start).filter(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()) && Pmid::parse(number).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_at_the_beginning() {
        for (note, expected) in [
            ("PMID: 7", &["PMID: 7"][..]),
            ("\n PMID:7 \r\nPMID: 80\nOWN: NLM\nPMID: 9", &["PMID:7", "PMID: 80"]),
            ("PMID: 12345.1", &["PMID: 12345.1"]),
            ("PMID: 7 is about the same trial", &[]),
            ("PMID: 7; see above", &[]),
            ("See PMID: 7", &[]),
            ("Comment in\nPMID: 7", &[]),
            ("PMID: 123456789", &[]),
            ("PMID: 0", &[]),
            ("PMID: PMID: 7", &[]),
            ("PMID 7", &[]),
            ("PMCID: 7", &[]),
            ("pmid: 7", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = leading_pmids(note).into_iter().map(|line| &note[line]).collect();
            assert_eq!(found, expected, "{note:?}");
        }
    }
}
