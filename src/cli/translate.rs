//! `refsieve translate`: a strategy in, its lines for another platform out, and what each of them loses.

use super::args::{Common, InputArguments, PlatformName, TranslateArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, search, show};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::strategy;
use crate::thesaurus::Thesaurus;
use crate::translate::{Platform, TranslatedLine, Translation, translate};
use serde::Serialize;

/// The JSON of a translation.
#[derive(Serialize)]
struct Json<'a> {
    platform: &'static str,
    /// The number of lines of which nothing is lost.
    exact: usize,
    lines: &'a [TranslatedLine],
    notes: &'a [String],
    diagnostics: &'a [Diagnostic],
}

pub(super) fn run(arguments: &TranslateArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.using.iter().chain([&arguments.strategy]))?;
    let text = inputs::read_text(&arguments.strategy)?;
    let (strategy, diagnostics) = strategy::parse_in(arguments.from.language(), &arguments.strategy.display().to_string(), &text);
    let (records, index) = if arguments.using.is_empty() {
        (inputs::Inputs::default(), None)
    } else {
        let input = InputArguments { files: arguments.using.clone(), databases: Vec::new(), columns: None };
        let (records, index) = search::inputs_and_index(&input, bars)?;
        (records, Some(index))
    };
    bars.finish();
    let translation = translate(&strategy, arguments.to.platform(), Thesaurus::mesh(), index.as_ref())?;
    if let Some(output) = &arguments.output {
        let mut staged = Staged::beside(&records.sources);
        staged.refuse(&arguments.strategy);
        staged.add(output, translation.to_string().as_bytes())?;
        staged.commit()?;
    }
    if arguments.json && !super::target::is_standard_output(arguments.output.as_deref()) {
        show::print_json(&Json {
            platform: translation.platform.id(),
            exact: translation.n_exact(),
            lines: &translation.lines,
            notes: &translation.notes,
            diagnostics: &diagnostics,
        })?;
        return Ok(search::outcome(&diagnostics));
    }
    search::print_diagnostics(&diagnostics, &text, common.quiet);
    if arguments.output.is_none() {
        show::print(&translation.to_string())?;
    }
    if !common.quiet {
        print_losses(&translation);
    }
    Ok(search::outcome(&diagnostics))
}

/// Says on standard error what each line loses, and that nothing is lost where that is so.
fn print_losses(translation: &Translation) {
    let (exact, all) = (translation.n_exact(), translation.lines.len());
    let name = translation.platform.name();
    if exact == all {
        eprintln!("{name}: nothing is lost in any of the {all} lines");
    } else {
        eprintln!("{name}: nothing is lost in {exact} of the {all} lines; of the others:");
    }
    for line in &translation.lines {
        for loss in &line.losses {
            eprintln!("  {}: {loss}", line.label);
        }
    }
    if !translation.notes.is_empty() {
        eprintln!("Worth knowing:");
    }
    for note in &translation.notes {
        eprintln!("  {note}");
    }
}

impl PlatformName {
    fn platform(self) -> Platform {
        match self {
            PlatformName::Pubmed => Platform::PubMed,
            PlatformName::Embase => Platform::Embase,
            PlatformName::Ebsco => Platform::Ebsco,
            PlatformName::Wos => Platform::Wos,
            PlatformName::Scopus => Platform::Scopus,
            PlatformName::Cochrane => Platform::Cochrane,
            PlatformName::Proquest => Platform::ProQuest,
        }
    }
}
