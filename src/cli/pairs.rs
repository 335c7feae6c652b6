//! `refsieve pairs`: exports in, a sheet of the pairs that a person should decide about out.

use super::args::{Common, PairsArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::sheet;
use super::{inputs, works};
use crate::dedupe;
use crate::error::Result;
use crate::report::duplicates;

pub(super) fn run(arguments: &PairsArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let settings = works::settings(&arguments.works)?;
    sheet::check(&arguments.output, &settings.decisions)?;
    let mut inputs = inputs::read(&arguments.input, bars)?;
    let n_new = inputs.records.len();
    let earlier = (!arguments.against.is_empty()).then(|| inputs::read_earlier(&arguments.against, &arguments.input, bars)).transpose()?;
    if let Some(earlier) = earlier {
        inputs.records.extend(earlier.records);
        inputs.sources.extend(earlier.sources);
    }
    let result = dedupe::dedupe_against(&inputs.records, n_new, &settings, bars);
    bars.finish();
    inputs.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, || works::keys(&inputs.records));
    inputs.notes.print(common.quiet);
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    let pairs = duplicates::pairs_to_decide(&inputs.records, &result);
    let read = arguments.input.files.iter().chain(&arguments.against).chain(arguments.works.files());
    let mut staged = Staged::beside(&inputs.sources).and(read);
    sheet::stage(&mut staged, &arguments.output, &pairs, &settings.decisions)?;
    staged.commit()?;
    Ok(Outcome::Done)
}
