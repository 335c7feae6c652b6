//! `refsieve dedupe`: exports in, unique records and the list of clusters out.

use super::args::{Common, DedupeArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, target, works};
use crate::dedupe::{self, Deduplication};
use crate::error::Result;
use crate::record::Record;
use crate::report::Summary;
use crate::report::table::grouped;
use std::collections::HashMap;
use std::fmt::Write as _;

pub(super) fn run(arguments: &DedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &works::settings(&arguments.works)?, bars);
    bars.finish();
    let mut staged = Staged::beside(&inputs.sources);
    if let Some(output) = &arguments.output {
        let target = target::of_result(output, &arguments.write)?;
        let (_, losses) = target::stage(&mut staged, output, &result.unique(&inputs.records), &target)?;
        target::print_losses(&losses, &target, common.quiet);
    }
    if let Some(clusters) = &arguments.clusters {
        staged.add(clusters, clusters_text(&inputs.records, &result).as_bytes())?;
    }
    let summary = Summary::new(&inputs.sources, &inputs.records, &result, inputs.diagnostics);
    staged.commit()?;
    inputs::print_diagnostics(&summary.diagnostics, common.quiet);
    // Records on standard output are the result, and nothing may stand among them.
    if target::is_standard_output(arguments.output.as_deref()) {
        return Ok(Outcome::Done);
    }
    show::print_table(&summary.sources_table(), arguments.format)?;
    if !arguments.format.json && !arguments.format.csv {
        show::print(&totals(&summary))?;
    }
    Ok(Outcome::Done)
}

/// "1,000 read = 800 unique + 200 removed; 1,500 pairs compared, 3 to look at".
pub(super) fn totals(summary: &Summary) -> String {
    debug_assert!(summary.adds_up(), "read = unique + removed");
    let mut text = format!(
        "{} read = {} unique + {} removed; {} pairs compared, {} to look at\n",
        grouped(summary.read),
        grouped(summary.unique),
        grouped(summary.removed),
        grouped(summary.compared),
        grouped(summary.unsure)
    );
    if !summary.nameless.is_empty() {
        const SHOWN: usize = 10;
        let n_more = summary.nameless.len().saturating_sub(SHOWN);
        let more = if n_more > 0 { format!(" and {} more (summary.json has all)", grouped(n_more as u64)) } else { String::new() };
        let shown = summary.nameless.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "kept without a look, having neither title nor identifier: {shown}{more}");
    }
    text
}

/// One line a record, without a header: record id, cluster id, file, ordinal. A cluster's id is that of the record kept
/// for it, or `<file>#<ordinal>` where another kept record has the same id.
pub(super) fn clusters_text(records: &[Record], result: &Deduplication) -> String {
    let mut uses: HashMap<String, u32> = HashMap::new();
    for kept in result.kept() {
        *uses.entry(records[kept as usize].id()).or_default() += 1;
    }
    let mut out = String::new();
    for (record, kept) in records.iter().zip(&result.cluster_of) {
        let kept = &records[*kept as usize];
        let id = kept.id();
        let cluster = if uses.get(&id) == Some(&1) { id } else { format!("{}#{}", kept.source().name, kept.ordinal()) };
        let _ = writeln!(out, "{}\t{cluster}\t{}\t{}", record.id(), record.source().name, record.ordinal());
    }
    out
}
