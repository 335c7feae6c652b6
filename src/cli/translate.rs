//! `refsieve translate`: a strategy in, its lines for another platform out, what each of them loses, and how much that is on
//! records at hand.

mod measure;

use super::args::{Common, InputArguments, PlatformName, TranslateArguments};
use super::language::Language;
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, search, show, target};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, ErrorKind, Result};
use crate::thesaurus::Thesaurus;
use crate::translate::{Platform, TranslatedLine, Translation, translate};
use measure::{Measured, language_of, measure};
use serde::Serialize;

/// The JSON of a translation.
#[derive(Serialize)]
struct Json<'a> {
    platform: &'static str,
    /// The number of lines of which nothing is lost.
    exact: usize,
    lines: &'a [TranslatedLine],
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<&'a Measured>,
    diagnostics: &'a [Diagnostic],
}

pub(super) fn run(arguments: &TranslateArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.using.iter().chain([&arguments.strategy]))?;
    let platform = arguments.to.platform();
    if arguments.measure && target::is_standard_output(arguments.output.as_deref()) {
        let message =
            "expected a file for the lines, found standard output, where what was measured is printed; without -o they stand above it";
        return Err(Error::new(ErrorKind::Settings, "-o", message));
    }
    let to_standard_output = target::is_standard_output(arguments.output.as_deref());
    target::refuse_two_on_standard_output(&[
        ("the lines (-o)", to_standard_output),
        ("the lines with their losses (--json)", arguments.json),
    ])?;
    let measured_in = if arguments.measure { Some(language_of(platform)?) } else { None };
    let text = inputs::read_text(&arguments.strategy)?;
    let name = arguments.strategy.display().to_string();
    let language = Language::new(&arguments.reading)?;
    let (strategy, mut diagnostics) = language.parse(&name, &text);
    let (records, index) = if arguments.using.is_empty() {
        (inputs::Inputs::default(), None)
    } else {
        let input = InputArguments { files: arguments.using.clone(), databases: Vec::new(), columns: None };
        let (records, index) = search::inputs_and_index(&input, bars)?;
        (records, Some(index))
    };
    // Headings of other thesauri are no headings of the platforms that have MeSH.
    let mesh = if arguments.reading.narrower.is_empty() { language.thesaurus() } else { Thesaurus::mesh() };
    let translation = translate(&strategy, platform, mesh, index.as_ref())?;
    let measured = match (measured_in, &index) {
        (Some(read_in), Some(index)) => {
            Some(measure((&name, &strategy), (&translation, read_in), (&records.records, index), &language, bars)?)
        }
        _ => None,
    };
    bars.finish();
    records.notes.print(common.quiet);
    if let Some(measured) = &measured {
        diagnostics.extend(measured.of_original.iter().cloned());
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span));
    }
    let outcome = match &measured {
        Some(measured) if !measured.is_whole() => Outcome::Findings,
        _ => search::outcome(&diagnostics),
    };
    if let Some(output) = &arguments.output {
        let read = arguments.using.iter().chain([&arguments.strategy]).chain(arguments.reading.files());
        let mut staged = Staged::beside(&records.sources).and(read);
        staged.add(output, translation.to_string().as_bytes())?;
        staged.commit()?;
    }
    if arguments.json {
        show::print_json(&Json {
            platform: translation.platform.id(),
            exact: translation.n_exact(),
            lines: &translation.lines,
            notes: &translation.notes,
            measured: measured.as_ref(),
            diagnostics: &diagnostics,
        })?;
        return Ok(outcome);
    }
    search::print_diagnostics(&diagnostics, &text, common.quiet);
    if arguments.output.is_none() && !arguments.csv {
        show::print(&translation.to_string())?;
    }
    if !common.quiet {
        print_losses(&translation);
    }
    if let Some(measured) = &measured {
        measured.print_diagnostics(common.quiet);
        print_measured(measured, arguments)?;
    }
    Ok(outcome)
}

/// What was measured, below the lines where these stand there too.
fn print_measured(measured: &Measured, arguments: &TranslateArguments) -> Result<()> {
    if arguments.csv {
        return show::print(&measured.table().to_csv());
    }
    let blank = if arguments.output.is_none() { "\n" } else { "" };
    let attribution = measured.attribution.map(|attribution| format!("{attribution}\n")).unwrap_or_default();
    show::print(&format!("{blank}{}{attribution}", measured.in_words()))
}

/// Says on standard error what each line loses, and that nothing is lost where that is so.
fn print_losses(translation: &Translation) {
    let (exact, all) = (translation.n_exact(), translation.lines.len());
    let name = translation.platform.name();
    if all == 0 {
        // That there are none is a diagnostic.
        return;
    }
    if exact == all {
        complain!("{name}: nothing is lost in any of the {all} lines");
    } else {
        complain!("{name}: nothing is lost in {exact} of the {all} lines; of the others:");
    }
    for line in &translation.lines {
        for loss in &line.losses {
            complain!("  {}: {loss}", line.label);
        }
    }
    if !translation.notes.is_empty() {
        complain!("Worth knowing:");
    }
    for note in &translation.notes {
        complain!("  {note}");
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
