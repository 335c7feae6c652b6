//! How much the weights owe to the labelled sets: each set is measured with weights tuned on all the others.
//!
//! Not run by default, since it takes some minutes:
//! `REFSIEVE_SHARED=… cargo test --release --test shared tuning -- --ignored --nocapture`.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and print tables")]

use crate::shared;
use refsieve::dedupe::weigh::{Scales, TERMS};
use refsieve::dedupe::{Settings, dedupe};
use refsieve::evaluate::{self, DedupeCounts};
use refsieve::record::Record;
use std::cell::RefCell;
use std::collections::BTreeMap;

const SETS: [&str; 8] = ["cytology_screening", "haematology", "respiratory", "cardiac", "diabetes", "digital_work", "misq_pdf", "cora"];

struct Set {
    records: Vec<Record>,
    gold: Vec<(String, String)>,
    /// Folds try the same settings: what each gave.
    known: RefCell<BTreeMap<Vec<u32>, DedupeCounts>>,
}

impl Set {
    fn counts(&self, settings: &Settings) -> DedupeCounts {
        let key: Vec<u32> = settings.scales.0.iter().chain([&settings.same_at]).map(|value| value.to_bits()).collect();
        if let Some(counts) = self.known.borrow().get(&key) {
            return *counts;
        }
        let result = dedupe(&self.records, settings, &());
        let clusters: Vec<(String, String)> =
            self.records.iter().zip(&result.cluster_of).map(|(record, kept)| (record.id(), kept.to_string())).collect();
        let counts = evaluate::dedupe(&self.gold, &clusters).expect("ids are those of the labels");
        self.known.borrow_mut().insert(key, counts);
        counts
    }
}

/// The mean F1 of the sets, so that the largest does not outvote the others, with wrong pairs counted tenfold: a wrong merge loses a
/// study, a missed one a minute.
fn worth(sets: &[&Set], settings: &Settings) -> f64 {
    const OF_WRONG_PAIR: f64 = 10.0;
    let of_set = |set: &&Set| {
        let counts = set.counts(settings);
        let (hits, wrong) = (counts.pairs_true_positive as f64, counts.pairs_false_positive as f64);
        2.0 * hits / (2.0 * hits + OF_WRONG_PAIR * wrong + counts.pairs_false_negative as f64)
    };
    sets.iter().map(of_set).sum::<f64>() / sets.len() as f64
}

/// Coordinate ascent: the scale of each term, and the threshold, one step up or down, as long as that helps.
fn tune(sets: &[&Set], start: Settings) -> Settings {
    /// As a share of the committed weight, and in bits.
    const STEPS: (f32, f32) = (0.25, 1.0);
    const MOST_STEPS: usize = 3;
    let mut best = start;
    let mut best_worth = worth(sets, &best);
    for at in 0..=TERMS.len() {
        'direction: for sign in [1.0, -1.0] {
            for n_steps in 0..MOST_STEPS {
                let mut other = best.clone();
                match other.scales.0.get_mut(at) {
                    Some(scale) => *scale += sign * STEPS.0,
                    None => other.same_at += sign * STEPS.1,
                }
                let other_worth = worth(sets, &other);
                if other_worth <= best_worth + 1e-6 {
                    if n_steps > 0 {
                        break 'direction;
                    }
                    break;
                }
                (best, best_worth) = (other, other_worth);
            }
        }
    }
    best
}

/// Weights that know nothing of the sets: each is half as much again as the committed one, or half of it, in turn.
fn spoilt() -> Settings {
    let mut settings = Settings::default();
    for (at, scale) in settings.scales.0.iter_mut().enumerate() {
        *scale = if at % 2 == 0 { 0.5 } else { 1.5 };
    }
    settings
}

#[test]
#[ignore = "makes a table, in some minutes, and asserts nothing"]
fn each_set_by_weights_tuned_on_the_others() {
    let Some(folder) = shared::folder("sets") else { return };
    let sets = SETS.map(|set| {
        let bytes = std::fs::read(folder.join(set).join("records.ris")).expect("the set's records");
        let records = refsieve::formats::read("records.ris", bytes).expect("the set is an export").records;
        let gold = std::fs::read_to_string(folder.join(set).join("gold.tsv")).expect("the set's labels");
        let gold = evaluate::parse_labels("gold.tsv", &gold).expect("labels are well formed");
        Set { records, gold, known: RefCell::default() }
    });
    println!(
        "| set left out | F1 | wrong | missed | tuned on the others | wrong | missed | spoilt | wrong | missed | spoilt, then tuned | wrong | missed |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (at, name) in SETS.iter().enumerate() {
        let others: Vec<&Set> = sets.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, set)| set).collect();
        let cells = |settings: &Settings| {
            let counts = sets[at].counts(settings);
            let f1 = counts.pair_f1().unwrap_or(0.0);
            format!("{f1:.4} | {} | {}", counts.pairs_false_positive, counts.pairs_false_negative)
        };
        let (tuned, retuned) = (tune(&others, Settings::default()), tune(&others, spoilt()));
        let all = [&Settings::default(), &tuned, &spoilt(), &retuned].map(cells);
        println!("| {name} | {} |", all.join(" | "));
        for settings in [tuned, retuned] {
            let Scales(scales) = settings.scales;
            let changed = TERMS.iter().zip(scales).filter(|(_, scale)| (scale - 1.0).abs() > 0.01);
            let changed: Vec<String> = changed.map(|(term, scale)| format!("{term} {scale:.2}")).collect();
            eprintln!("{name}: same at {:.1}; {}", settings.same_at, changed.join(", "));
        }
    }
}
