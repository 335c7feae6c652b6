//! The demo review: ten exports, their labels, the 49 lines of its strategy, and how many works each line must find.
//!
//! The expected counts (`corpora/peer-workers.counts.tsv`: line, tab, number of works) come from scans of the records
//! that are no part of this project, over the works as the labels have them; how, and which two lines were changed since,
//! stands in `corpora/README.md`. Accuracy on the labels is a table of its own here; a change of the rules shows as a diff.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

use refsieve::dedupe::{Settings, dedupe, merge};
use refsieve::evaluate;
use refsieve::formats;
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search;
use refsieve::strategy;
use refsieve::thesaurus::Thesaurus;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(corpora().join(name)).unwrap()
}

/// The records of the ten exports of the demo review, in name order.
fn records() -> Vec<Record> {
    records_in("peer-workers")
}

/// The records of the ten exports in a folder, in name order.
fn records_in(folder: &str) -> Vec<Record> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(corpora().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 10);
    paths.iter().flat_map(|path| formats::read(&path.to_string_lossy(), std::fs::read(path).unwrap()).unwrap().records).collect()
}

fn gold() -> Vec<(String, String)> {
    evaluate::parse_labels("gold", &read("peer-workers.gold.tsv")).unwrap()
}

/// How many records each line of Table 1 finds among `records`.
fn counts(records: &[Record]) -> Vec<(u32, u64)> {
    let text = std::fs::read_to_string(corpora().join("../queries/peer-workers.ovid")).unwrap();
    let (strategy, _) = strategy::parse("peer-workers.ovid", &text);
    let index = Index::build(records, &()).unwrap();
    let run = search::run(&strategy, "peer-workers.ovid", &index, Thesaurus::mesh(), &search::Settings::default(), &()).unwrap();
    run.lines.iter().map(|line| (line.label, line.count().unwrap())).collect()
}

#[test]
fn the_49_lines_find_what_they_must_among_the_labelled_works() {
    let records = records();
    let by_id: BTreeMap<String, &Record> = records.iter().map(|record| (record.id(), record)).collect();
    let mut works: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for (id, work) in gold() {
        works.entry(work).or_default().push(by_id[&id]);
    }
    let merged: Vec<Record> = works.values().map(|members| merge::merge(members).unwrap()).collect();
    let expected: Vec<(u32, u64)> = read("peer-workers.counts.tsv")
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(label, count)| (label.parse().unwrap(), count.parse().unwrap()))
        .collect();
    assert_eq!(expected.len(), 49);
    assert_eq!(counts(&merged), expected);
}

/// How the records are deduplicated, counted against their labels.
fn accuracy(records: &[Record], gold: &[(String, String)]) -> evaluate::DedupeCounts {
    let result = dedupe(records, &Settings::default(), &());
    let predicted: Vec<(String, String)> =
        records.iter().zip(&result.cluster_of).map(|(record, kept)| (record.id(), kept.to_string())).collect();
    evaluate::dedupe(gold, &predicted).unwrap()
}

#[test]
fn the_gold_corpus_is_met_without_a_wrong_merge() {
    let records = records_in("gold");
    assert_eq!(records.len(), 2_000);
    let counts = accuracy(&records, &evaluate::parse_labels("gold", &read("gold.gold.tsv")).unwrap());
    let table = format!("{counts:#?}");
    insta::assert_snapshot!(table);
    assert_eq!(counts.pairs_false_positive, 0, "no wrong merge");
    assert!(counts.pair_f1().unwrap() > 0.99, "{counts:?}");
}

#[test]
fn the_labels_are_met_without_a_wrong_merge() {
    let counts = accuracy(&records(), &gold());
    let table = format!("{counts:#?}");
    insta::assert_snapshot!(table);
    assert_eq!(counts.pairs_false_positive, 0, "no wrong merge");
}
