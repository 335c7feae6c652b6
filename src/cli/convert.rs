//! `refsieve convert`: exports in, their records in another format or for another program out.

use super::args::{Common, ConvertArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, target};
use crate::error::Result;
use crate::formats::{self, Audience, Losses, Parsed, Target};
use crate::record::Record;
use crate::report::table::grouped;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Json {
    records: usize,
    format: &'static str,
    files: Vec<String>,
    /// What the format could not hold: field, values moved to notes, values lost.
    losses: serde_json::Value,
    /// Lines outside of records that the format has no place for.
    lines_left_out: usize,
}

pub(super) fn run(arguments: &ConvertArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let to_standard_output = target::is_standard_output(Some(&arguments.output));
    target::refuse_two_on_standard_output(&[("the records (-o)", to_standard_output), ("what was written (--json)", arguments.json)])?;
    let mut target = target::target(&arguments.output, &arguments.write)?;
    let (mut exports, notes) = inputs::read_exports(&arguments.input, bars)?;
    // Of the same format nothing is changed: not even a note is added, unless it is asked for.
    let is_same = target.audience == Audience::General && exports.iter().all(|export| export.source.format == target.format);
    target.provenance = arguments.write.provenance || (!is_same && !arguments.write.no_provenance);
    bars.finish();
    notes.print(common.quiet);
    let n_records: usize = exports.iter().map(|export| export.records.len()).sum();
    let mut staged = Staged::beside(exports.iter().map(|export| &export.source)).and(&arguments.input.files);
    let (paths, losses) = stage(&mut staged, arguments, &mut exports, &target)?;
    staged.commit()?;
    for export in &exports {
        inputs::print_diagnostics(&export.diagnostics, common.quiet);
    }
    if arguments.json {
        let table = target::losses_table(&losses).to_json();
        let files = paths.iter().map(|path| path.display().to_string()).collect();
        let json = Json { records: n_records, format: target.format.id(), files, losses: table, lines_left_out: losses.outside_lines };
        show::print_json(&json)?;
        return Ok(Outcome::Done);
    }
    target::print_losses(&losses, &target, common.quiet);
    if !common.quiet && !to_standard_output {
        let names = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let (n_records, n_files) = (grouped(n_records as u64), exports.len());
        show::print(&format!("{n_records} records of {n_files} files written to {names} as {}\n", target.format))?;
    }
    Ok(Outcome::Done)
}

/// For any program everything is written to one file, and what stays in its format keeps the text between its records. For
/// a program that takes so much at once only, the records may need several files.
fn stage(staged: &mut Staged, arguments: &ConvertArguments, exports: &mut [Parsed], target: &Target) -> Result<(Vec<PathBuf>, Losses)> {
    if target.audience != Audience::General {
        let records: Vec<Record> = exports.iter_mut().flat_map(|export| std::mem::take(&mut export.records)).collect();
        let (paths, mut losses) = target::stage(staged, &arguments.output, &records, target)?;
        losses.outside_lines += exports.iter().map(Parsed::n_outside_lines).sum::<usize>();
        return Ok((paths, losses));
    }
    let mut losses = Losses::default();
    staged.add_with(&arguments.output, |out| {
        losses = formats::write_exports(exports, target, out)?;
        Ok(())
    })?;
    Ok((vec![arguments.output.clone()], losses))
}
