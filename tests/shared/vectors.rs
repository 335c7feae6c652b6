//! The worked examples of the search language, where a table of them stands beside the project.
//!
//! The folder is named by `REFSIEVE_SHARED`: see `shared/mod.rs`.
//! A row: query, record, yes or no, rule, certainty, note, with tabs between; `\n` in a query ends a line, and the last
//! line is the one that must find the record or not. A query that cannot be run finds nothing.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

#[path = "../search/notation.rs"]
mod notation;
#[path = "../search/random.rs"]
#[allow(dead_code)]
mod random;
use crate::shared;
use refsieve::index::Index;
use refsieve::search::{Settings, run};
use refsieve::strategy::parse;
use refsieve::thesaurus::Thesaurus;

/// Rows that agreed when this was written; fewer is a step back.
const FLOOR: usize = 92;

#[test]
fn worked_examples_are_answered_as_the_table_says() {
    let Some(path) = shared::folder("strategies/vectors.tsv") else { return };
    let table = std::fs::read_to_string(path).unwrap();
    let mut agreeing = 0;
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [query, text, expected, rule, ..] = columns.as_slice() else { panic!("a row without four columns: {row}") };
        let records: Vec<_> = notation::record(0, text).into_iter().collect();
        assert_eq!(records.len(), 1, "an unknown tag: {text}");
        let (strategy, diagnostics) = parse("vectors", &query.replace("\\n", "\n"));
        let index = Index::build(&records, &()).unwrap();
        let run = run(&strategy, "vectors", &index, Thesaurus::mesh(), &Settings::default(), &()).unwrap();
        let count = run.lines.last().and_then(refsieve::search::LineHits::count);
        if (count == Some(1)) == (*expected == "yes") {
            agreeing += 1;
        } else {
            println!("{rule}: {query} on {text}: {count:?}, expected {expected}; {diagnostics:?}");
        }
    }
    println!("{agreeing} of {} agree", table.lines().count() - 1);
    assert!(agreeing >= FLOOR);
}
