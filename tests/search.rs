//! Searching: named cases for the rules, and agreement with a twin that scans all records.

#[path = "search/notation.rs"]
mod notation;
#[path = "search/random.rs"]
mod random;
#[path = "search/twin.rs"]
mod twin;

use proptest::prelude::*;
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search::{Run, Settings, run};
use refsieve::strategy::Strategy as Lines;
use refsieve::thesaurus::Thesaurus;
use std::collections::BTreeSet;

fn search(strategy: &Lines, records: &[Record], settings: &Settings) -> Run {
    let index = Index::build(records, &()).unwrap();
    run(strategy, "strategy.ovid", &index, Thesaurus::mesh(), settings, &()).unwrap()
}

fn hits(run: &Run) -> Vec<Option<BTreeSet<u32>>> {
    run.lines.iter().map(|line| line.hits.as_ref().map(|hits| hits.iter().collect())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_a_scan_of_all_records(records in random::records(), strategy in random::strategies()) {
        let found = hits(&search(&strategy, &records, &Settings::default()));
        prop_assert_eq!(found, twin::run(&strategy, &records, Thesaurus::mesh()), "{}", strategy);
    }
}

/// Guards the test above against agreeing about nothing: of the random lines that are run, many must find some records
/// and not all.
#[test]
fn random_strategies_find_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut lines, mut telling) = (0, 0);
    for _ in 0..200 {
        let (records, strategy) = (random::records(), random::strategies()).new_tree(&mut runner).unwrap().current();
        for hits in twin::run(&strategy, &records, Thesaurus::mesh()).into_iter().flatten() {
            lines += 1;
            telling += usize::from(!hits.is_empty() && hits.len() < records.len());
        }
    }
    assert!(lines > 300 && telling * 4 > lines, "{telling} of {lines}");
}
