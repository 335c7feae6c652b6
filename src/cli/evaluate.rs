//! `refsieve evaluate dedupe`: labelled records in, how many pairs and removals are right out.

use super::args::{Common, EvaluateDedupeArguments};
use super::outcome::Outcome;
use super::progress::Bars;
use super::{inputs, show};
use crate::dedupe::{self, Settings};
use crate::error::Result;
use crate::evaluate;
use crate::record::Record;
use crate::report::{Cell, Table};

pub(super) fn run(arguments: &EvaluateDedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let gold = evaluate::parse_labels(&arguments.gold.display().to_string(), &inputs::read_text(&arguments.gold)?)?;
    let inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &Settings::default(), bars);
    bars.finish();
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    let predicted: Vec<(String, String)> =
        inputs.records.iter().map(Record::id).zip(result.cluster_of.iter().map(ToString::to_string)).collect();
    let counts = evaluate::dedupe(&gold, &predicted)?;
    show::print_table(&table(&counts), arguments.format)?;
    Ok(Outcome::Done)
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
