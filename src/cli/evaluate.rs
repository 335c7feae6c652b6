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
    let inputs = inputs::read(&arguments.files, bars)?;
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
    let (pairs, removal) = (&counts.pairs, &counts.removal);
    for (name, count, true_negative) in [("pairs", pairs, None), ("records removed", removal, counts.removal_true_negative)] {
        let specificity = true_negative.map(|_| counts.specificity());
        table.push(vec![
            name.into(),
            count.true_positive.into(),
            count.false_positive.into(),
            count.false_negative.into(),
            true_negative.into(),
            share(Some(count.precision())),
            share(Some(count.recall())),
            share(specificity),
            share(Some(count.f1())),
        ]);
    }
    table
}

fn share(value: Option<f64>) -> Cell {
    value.filter(|value| value.is_finite()).map(|value| format!("{value:.4}")).into()
}
