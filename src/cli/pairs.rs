//! `refsieve pairs`: exports in, a sheet of the pairs that a person should decide about out.

use super::args::{Common, PairsArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, sheet, show, works};
use crate::dedupe;
use crate::error::Result;
use crate::formats;
use crate::report::duplicates;

pub(super) fn run(arguments: &PairsArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    sheet::refuse_answered(&arguments.output)?;
    let settings = works::settings(&arguments.works)?;
    let mut inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &settings, bars);
    bars.finish();
    inputs.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, || works::keys(&inputs.records));
    inputs.notes.print(common.quiet);
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    let sheet = duplicates::pairs_to_decide(&inputs.records, &result);
    let mut staged = Staged::beside(&inputs.sources).and(arguments.input.files.iter().chain(arguments.works.files()));
    match arguments.output.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx") => staged.add_with(&arguments.output, |out| formats::write_sheet(&sheet.columns, &sheet.text_rows(), out))?,
        Some("json") => staged.add(&arguments.output, show::to_json(&sheet.to_json())?.as_bytes())?,
        _ => staged.add(&arguments.output, sheet.to_csv().as_bytes())?,
    }
    staged.commit()?;
    Ok(Outcome::Done)
}
