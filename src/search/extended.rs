//! A strategy with further lines: sets that nobody asked for, run in the same pass as those that somebody did.
//!
//! Goes in: a strategy, and trees over its lines. Comes out: a strategy that has its lines, in their order, and one for
//! each tree, under a number that no line carries. Leaves that are equal are searched once however many lines have them,
//! so that many variants of one strategy cost little more than the strategy.

use crate::strategy::{Expr, Line, Strategy};
use std::collections::BTreeSet;

/// A strategy and further lines.
#[derive(Debug, Clone)]
pub struct Extended {
    strategy: Strategy,
    /// Labels that lines carry.
    taken: BTreeSet<u32>,
    next: u32,
}

impl Extended {
    /// No lines; the labels of `strategy` are not given to further lines.
    #[must_use]
    pub fn beside(strategy: &Strategy) -> Self {
        Self { strategy: Strategy::default(), taken: strategy.lines.iter().map(|line| line.label).collect(), next: u32::MAX }
    }

    /// Adds a line as it is.
    pub fn push(&mut self, line: &Line) {
        self.strategy.lines.push(line.clone());
    }

    /// Adds a line with this tree, in other things like `line`; gives back its label.
    pub fn push_tree(&mut self, line: &Line, tree: Expr) -> u32 {
        while self.taken.contains(&self.next) {
            self.next -= 1;
        }
        let label = self.next;
        self.next -= 1;
        self.strategy.lines.push(Line { label, tree: Some(tree), published: None, ..line.clone() });
        label
    }

    /// The number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.strategy.lines.len()
    }

    /// Whether there are no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.strategy.lines.is_empty()
    }

    /// The strategy, to be run.
    #[must_use]
    pub fn strategy(&self) -> &Strategy {
        &self.strategy
    }
}
