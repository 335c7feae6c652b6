//! How good a result is, against labelled data.
//!
//! Goes in: labels (which record belongs to which work) and clusters; or records that are known to be relevant, and what a
//! strategy finds; or two runs of one strategy. Comes out: counts, from which the usual shares follow. Deduplication is counted in the two ways of the
//! literature: by pairs of records, and by records removed; a strategy by its lines, and by what it would lose without
//! each line and term.

mod dedupe;
mod difference;
mod known;
mod matching;
mod search;
mod share;

pub use dedupe::{DedupeCounts, dedupe, wrong_pairs};
pub use difference::{Difference, differences};
pub use known::{Known, Names, known_in_list, known_in_records};
pub use search::{Change, Contribution, LineScore, contributions, score};
pub use share::{Share, wilson};

use crate::error::{Error, ErrorKind};
use std::collections::BTreeSet;

/// Reads labels: `record id <TAB> cluster id` in each line, further columns ignored, blank lines skipped. `name` is for
/// messages.
///
/// ```
/// let labels = refsieve::evaluate::parse_labels("gold.tsv", "a\t1\nb\t1\n")?;
/// assert_eq!(labels, [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "1".to_owned())]);
/// # Ok::<(), refsieve::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Labels`] where a line has no tab or repeats an id.
pub fn parse_labels(name: &str, text: &str) -> Result<Vec<(String, String)>, Error> {
    let mut labels = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut columns = line.trim_end_matches('\r').split('\t');
        match (columns.next(), columns.next()) {
            (Some(record), Some(_)) if !seen.insert(record) => {
                let message = format!("expected each record id once, found {record:?} again in line {}", at + 1);
                return Err(Error::new(ErrorKind::Labels, name, message));
            }
            (Some(record), Some(cluster)) => labels.push((record.to_owned(), cluster.to_owned())),
            _ => {
                let message = format!("expected a record id, a tab and a cluster id in line {}, found {line:?}", at + 1);
                return Err(Error::new(ErrorKind::Labels, name, message));
            }
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_two_columns() {
        let labels = parse_labels("x", "a\t1\r\n\nb\t2\tnote\n").unwrap();
        assert_eq!(labels, [("a".into(), "1".into()), ("b".into(), "2".into())]);
        let error = parse_labels("x.tsv", "a\t1\nb 2\n").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Labels);
        assert!(error.to_string().contains("line 2"), "{error}");
        let error = parse_labels("x.tsv", "a\t1\na\t2\n").unwrap_err();
        assert!(error.to_string().contains("again in line 2"), "{error}");
    }
}
