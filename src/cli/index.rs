//! `refsieve index`: exports in, a folder out that can be searched again and again.

use super::args::{Common, IndexArguments};
use super::outcome::Outcome;
use super::progress::Bars;
use super::{index_folder, inputs, show};
use crate::error::Result;
use crate::report::table::grouped;

pub(super) fn run(arguments: &IndexArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let inputs = inputs::read(&arguments.input, bars)?;
    index_folder::create(&arguments.out, &inputs, bars)?;
    bars.finish();
    inputs.notes.print(common.quiet);
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    if !common.quiet {
        let n_records = grouped(inputs.records.len() as u64);
        show::print(&format!("{n_records} records of {} files indexed in {}\n", inputs.sources.len(), arguments.out.display()))?;
    }
    Ok(Outcome::Done)
}
