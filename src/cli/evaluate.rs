//! `refsieve evaluate dedupe`: labelled records in, how many pairs and removals are right out.

pub(super) mod search;

use super::args::{Common, EvaluateDedupeArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, target, works};
use crate::dedupe::{self, Deduplication, Settings};
use crate::error::Result;
use crate::evaluate;
use crate::record::Record;
use crate::report::{Cell, Table};
use std::collections::HashMap;

pub(super) fn run(arguments: &EvaluateDedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let to_standard_output = target::is_standard_output(arguments.errors.as_deref());
    target::refuse_two_on_standard_output(&[("the wrong pairs (--errors)", to_standard_output), ("the counts", true)])?;
    let gold = evaluate::parse_labels(&arguments.gold.display().to_string(), &inputs::read_text(&arguments.gold)?)?;
    let settings = works::settings(&arguments.works)?;
    let mut inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &settings, bars);
    bars.finish();
    inputs.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, || works::keys(&inputs.records));
    inputs.notes.print(common.quiet);
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    let predicted: Vec<(String, String)> =
        inputs.records.iter().map(Record::id).zip(result.cluster_of.iter().map(ToString::to_string)).collect();
    let counts = evaluate::dedupe(&gold, &predicted)?;
    if let Some(errors) = &arguments.errors {
        let read = arguments.input.files.iter().chain([&arguments.gold]).chain(arguments.works.files());
        let mut staged = Staged::beside(&inputs.sources).and(read);
        staged.add(errors, wrong_pairs(&inputs.records, &gold, &result, &settings, bars).to_csv().as_bytes())?;
        staged.commit()?;
    }
    show::print_table(&table(&counts), arguments.format)?;
    Ok(Outcome::Done)
}

/// One row a pair: what is wrong with it, both ids and titles, and what was concluded from which evidence.
fn wrong_pairs(records: &[Record], gold: &[(String, String)], result: &Deduplication, settings: &Settings, bars: &Bars) -> Table {
    let works: HashMap<&str, &str> = gold.iter().map(|(id, work)| (id.as_str(), work.as_str())).collect();
    let ids: Vec<String> = records.iter().map(Record::id).collect();
    let work = |id: &String| works.get(id.as_str()).copied().unwrap_or_default();
    let labels: Vec<(&str, u32)> = ids.iter().map(work).zip(result.cluster_of.iter().copied()).collect();
    let (merged, missed) = evaluate::wrong_pairs(&labels);
    let mut table = Table::new(&["error", "left_id", "right_id", "verdict", "rule", "weight", "evidence", "left_title", "right_title"]);
    for (error, pairs) in [("false positive", merged), ("false negative", missed)] {
        let explained = dedupe::explain(records, settings, &pairs, bars);
        for ((left, right), (judgement, evidence)) in pairs.into_iter().zip(explained) {
            let title = |at: u32| records[at as usize].title().map(str::to_owned);
            table.push(vec![
                error.into(),
                ids[left as usize].clone().into(),
                ids[right as usize].clone().into(),
                judgement.verdict.name().into(),
                judgement.rule.id.into(),
                format!("{:.1}", judgement.weight).into(),
                evidence.into(),
                title(left).into(),
                title(right).into(),
            ]);
        }
    }
    bars.finish();
    table
}

fn table(counts: &evaluate::DedupeCounts) -> Table {
    let mut table = Table::new(&[
        "counted",
        "true_positive",
        "false_positive",
        "false_negative",
        "true_negative",
        "precision",
        "recall",
        "specificity",
        "f1",
    ]);
    table.push(vec![
        "pairs".into(),
        counts.pairs_true_positive.into(),
        counts.pairs_false_positive.into(),
        counts.pairs_false_negative.into(),
        Cell::Missing,
        share(counts.pair_precision()),
        share(counts.pair_recall()),
        Cell::Missing,
        share(counts.pair_f1()),
    ]);
    table.push(vec![
        "records removed".into(),
        counts.removed_true_positive.into(),
        counts.removed_false_positive.into(),
        counts.removed_false_negative.into(),
        counts.removed_true_negative.into(),
        share(counts.removal_precision()),
        share(counts.sensitivity()),
        share(counts.specificity()),
        share(counts.removal_f1()),
    ]);
    table
}

fn share(value: Option<f64>) -> Cell {
    value.map(|value| format!("{value:.4}")).into()
}
