//! `refsieve convert`: exports in, one RIS file out, with every tag and value of every record.

use super::args::{Common, ConvertArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show};
use crate::error::Result;
use crate::formats;
use crate::report::table::grouped;

pub(super) fn run(arguments: &ConvertArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let inputs = inputs::read(&arguments.files, bars)?;
    bars.finish();
    let mut staged = Staged::beside(&inputs.sources);
    staged.add_with(&arguments.output, |out| formats::write_ris(&inputs.records, out))?;
    staged.commit()?;
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    if !common.quiet {
        let n_records = grouped(inputs.records.len() as u64);
        show::print(&format!("{n_records} records of {} files written to {}\n", inputs.sources.len(), arguments.output.display()))?;
    }
    Ok(Outcome::Done)
}
