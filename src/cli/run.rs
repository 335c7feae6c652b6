//! `refsieve run`, the main job: exports and a strategy in; unique records, hits and a report out.

use super::args::{Common, RunArguments};
use super::language::Language;
use super::outcome::Outcome;
use super::output::{self, Staged};
use super::progress::Bars;
use super::search::Searched;
use super::{dedupe::totals, inputs, sheet, show, target, works};
use crate::dedupe;
use crate::error::{Error, ErrorKind, Result};
use crate::index::Index;
use crate::normalize::Key;
use crate::progress::Progress as _;
use crate::record::Format;
use crate::report::{Summary, duplicates, html};
use std::path::Path;

/// How many records of each line the page shows, and of the last line.
const MOST_SHOWN: usize = 20;
const MOST_SHOWN_LAST: usize = 500;
/// The last file to be put in its place: where it stands, the others are those of the same run.
const LAST_FILE: &str = "summary.json";

pub(super) fn run(arguments: &RunArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    if arguments.out.exists() && !arguments.out.is_dir() {
        return Err(Error::new(ErrorKind::Settings, arguments.out.display().to_string(), "expected a folder to write to, found a file"));
    }
    inputs::refuse_standard_input_twice(arguments.input.files.iter().chain([&arguments.strategy]))?;
    let text = inputs::read_text(&arguments.strategy)?;
    let language = Language::new(&arguments.reading)?;
    let settings = works::settings(&arguments.works)?;
    for name in ["duplicates.csv", "unsure.csv"] {
        sheet::refuse_answered(&arguments.out.join(name), &settings.decisions)?;
    }
    let mut inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &settings, bars);
    inputs.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, || works::keys(&inputs.records));
    let unique = result.unique(&inputs.records);
    let index = Index::build(&unique, bars)?;
    let searched = Searched::new(&arguments.strategy, &text, &index, &language, || Ok((0..).take(unique.len()).collect()), bars)?;
    bars.stage("writing", 0);

    let mut summary = Summary::new(&inputs.sources, &inputs.records, &result, inputs.diagnostics);
    inputs::print_diagnostics(&summary.diagnostics, common.quiet);
    inputs.notes.print(common.quiet);
    inputs.notes.print_left_out(common.quiet);
    summary.skipped = inputs.notes.skipped.into_iter().map(|skipped| skipped.path).collect();
    summary.strategy = Some(arguments.strategy.display().to_string());
    summary.lines = searched.line_rows(None);
    let last = summary.lines.len().saturating_sub(1);
    for (at, row) in summary.lines.iter_mut().enumerate() {
        let most = if at == last { MOST_SHOWN_LAST } else { MOST_SHOWN };
        row.shown = searched.shown_of(at, &unique, &language, most);
    }
    summary.readings = language.table();
    summary.attribution = searched.attribution();
    summary.diagnostics.extend(searched.diagnostics.iter().cloned());

    output::make_folder(&arguments.out)?;
    let place = |name: &str| arguments.out.join(name);
    let (input, works, reading) = (&arguments.input.files, arguments.works.files(), arguments.reading.files());
    let mut staged = Staged::beside(&inputs.sources).and(input.iter().chain([&arguments.strategy]).chain(works).chain(reading));
    let target = target::with_provenance(Format::Ris);
    for (name, records) in [("unique.ris", &unique), ("hits.ris", &searched.hits(None, &unique))] {
        target::stage(&mut staged, &place(name), records, &target)?;
    }
    let removed = duplicates::removed(&inputs.records, &result, |at| Key::of(&inputs.records[at as usize]));
    for (name, sheet) in [("duplicates.csv", removed), ("unsure.csv", duplicates::unsure(&inputs.records, &result))] {
        staged.add_over(&place(name), |out| out.write_all(sheet.to_csv().as_bytes()))?;
    }
    staged.add(&place("sources.csv"), summary.sources_table().to_csv().as_bytes())?;
    staged.add(&place("lines.csv"), summary.lines_table().to_csv().as_bytes())?;
    staged.add(&place("report.html"), html::page(&summary).as_bytes())?;
    staged.add(&place(LAST_FILE), show::to_json(&summary)?.as_bytes())?;
    staged.commit()?;
    bars.finish();

    searched.print_diagnostics(&text, common.quiet);
    print(&summary, &language.sentence(), arguments, common.quiet)?;
    Ok(searched.outcome())
}

fn print(summary: &Summary, readings: &str, arguments: &RunArguments, quiet: bool) -> Result<()> {
    if arguments.format.json {
        return show::print_json(summary);
    }
    show::print_table(&summary.sources_table(), arguments.format)?;
    if arguments.format.csv {
        show::print("\n")?;
        return show::print_table(&summary.lines_table(), arguments.format);
    }
    show::print(&format!("{}\n", totals(summary, " (summary.json has all)")))?;
    show::print_table(&summary.lines_table(), arguments.format)?;
    show::print(readings)?;
    if let Some(attribution) = summary.attribution {
        show::print(&format!("{attribution}\n"))?;
    }
    if !quiet {
        show::print(&written_to(&arguments.out))?;
    }
    Ok(())
}

fn written_to(folder: &Path) -> String {
    format!(
        "\nwritten to {}: unique.ris hits.ris duplicates.csv unsure.csv sources.csv lines.csv summary.json report.html\n",
        folder.display()
    )
}
