//! Two runs of the same lines on the same records -> what each line finds alike, and what otherwise.
//!
//! Goes in: a strategy's [`Run`], and that of its translation. Comes out: for each line the records of each, and those that
//! only one of them finds. It does not know why they differ.

use crate::search::{LineHits, Run};
use roaring::RoaringBitmap;

/// One line, run in two languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The number of the line.
    pub label: u32,
    /// What the line finds as it was; `None` where it cannot be run.
    pub original: Option<RoaringBitmap>,
    /// What its translation finds; `None` where there is none, or where it cannot be run.
    pub translation: Option<RoaringBitmap>,
}

impl Difference {
    /// The records that the line as it was finds alone; `None` where one of the two cannot be run.
    #[must_use]
    pub fn only_original(&self) -> Option<RoaringBitmap> {
        Some(self.original.as_ref()? - self.translation.as_ref()?)
    }

    /// The records that the translation finds alone; `None` where one of the two cannot be run.
    #[must_use]
    pub fn only_translation(&self) -> Option<RoaringBitmap> {
        Some(self.translation.as_ref()? - self.original.as_ref()?)
    }

    /// Whether both can be run and find the same records.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.original.is_some() && self.original == self.translation
    }
}

/// The lines of `original`, each beside the line of the same place and number in `translation`.
#[must_use]
pub fn differences(original: &Run, translation: &Run) -> Vec<Difference> {
    let same = |at: usize, line: &LineHits| translation.lines.get(at).filter(|other| other.label == line.label);
    let difference = |(at, line): (usize, &LineHits)| Difference {
        label: line.label,
        original: line.hits.clone(),
        translation: same(at, line).and_then(|other| other.hits.clone()),
    };
    original.lines.iter().enumerate().map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(lines: &[(u32, Option<&[u32]>)]) -> Run {
        let line = |(label, hits): &(u32, Option<&[u32]>)| LineHits {
            label: *label,
            query: String::new(),
            physical_line: 1,
            published: None,
            hits: hits.map(|hits| hits.iter().copied().collect()),
        };
        Run { lines: lines.iter().map(line).collect(), diagnostics: Vec::new(), headings: Vec::new(), used_mesh: false }
    }

    #[test]
    fn lines_are_compared_with_those_of_their_number() {
        let original = run(&[(1, Some(&[1, 2])), (2, Some(&[1])), (3, None), (4, Some(&[5])), (5, Some(&[1]))]);
        let translation = run(&[(1, Some(&[2, 3])), (2, Some(&[1])), (3, Some(&[1])), (7, Some(&[5]))]);
        let found: Vec<_> = differences(&original, &translation)
            .iter()
            .map(|line| {
                (line.label, line.only_original().map(|hits| hits.len()), line.only_translation().map(|hits| hits.len()), line.is_none())
            })
            .collect();
        let unknown = |label| (label, None, None, false);
        assert_eq!(found, [(1, Some(1), Some(1), false), (2, Some(0), Some(0), true), unknown(3), unknown(4), unknown(5)]);
    }
}
