//! Searching: the 49 lines of Table 1 on an index that stands, warm.

#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{SIZES, measure, records};
use refsieve::index::Index;
use refsieve::search::{Settings, run};
use refsieve::strategy;
use refsieve::thesaurus::Thesaurus;

const TABLE_1: &str = include_str!("../queries/peer-workers.ovid");

fn main() {
    let (strategy, _) = strategy::parse("peer-workers.ovid", TABLE_1);
    for n_records in SIZES {
        let index = Index::build(&records(n_records), &()).unwrap();
        let counts = || {
            let run = run(&strategy, "peer-workers.ovid", &index, Thesaurus::mesh(), &Settings::default(), &()).unwrap();
            run.lines.iter().map(refsieve::search::LineHits::count).collect::<Vec<_>>()
        };
        let answer = counts();
        assert_eq!(answer.len(), 49);
        assert!(answer.iter().all(Option::is_some), "every line can be run");
        assert!(answer[48].is_some_and(|count| count > 0), "the last line finds something");
        measure("search", &format!("table-1-{n_records}"), 49, "lines", &answer, counts);
    }
}
