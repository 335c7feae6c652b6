//! `refsieve check`: a strategy in, and exports or an index if there are any; what is worth a second look out.

use super::args::{CheckArguments, Common, InputArguments};
use super::language::Language;
use super::outcome::Outcome;
use super::progress::Bars;
use super::search::inputs_and_index;
use super::{inputs, show};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::index::Index;
use crate::report::Table;
use crate::search;
use crate::strategy::{self, Strategy};
use serde::Serialize;
use std::fmt::Write as _;

/// The JSON of a check.
#[derive(Serialize)]
struct Json<'a> {
    lines: Vec<JsonLine<'a>>,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    label: String,
    query: &'a str,
    /// How many records it finds, where records were given and it can be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
}

pub(super) fn run(arguments: &CheckArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.files.iter().chain([&arguments.strategy]))?;
    let text = inputs::read_text(&arguments.strategy)?;
    let name = arguments.strategy.display().to_string();
    let language = Language::new(&arguments.reading)?;
    let index = if arguments.files.is_empty() {
        Index::build(&[], bars)?
    } else {
        let input = InputArguments { files: arguments.files.clone(), databases: Vec::new(), columns: None };
        let (inputs, index) = inputs_and_index(&input, bars)?;
        bars.finish();
        inputs.notes.print(common.quiet);
        inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
        index
    };
    let (strategy, mut diagnostics) = language.parse(&name, &text);
    let settings = search::Settings { groups: Some((0..index.len()).collect()), ..language.settings.clone() };
    let run = search::run(&strategy, &name, &index, language.thesaurus(), &settings, bars)?;
    diagnostics.extend(run.diagnostics.iter().cloned());
    diagnostics.extend(strategy::lint(&name, &strategy));
    diagnostics.extend(search::check(&strategy, &name, &index, language.thesaurus(), &run)?);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span, diagnostic.code));
    diagnostics.dedup();
    bars.finish();
    let attribution = language.attribution(&run);
    if arguments.format.json {
        let found = |line: usize| if index.is_empty() { None } else { run.lines.get(line).and_then(search::LineHits::count) };
        let lines = strategy.lines.iter().enumerate();
        let lines = lines.map(|(at, line)| JsonLine { label: line.label.to_string(), query: &line.query, records: found(at) }).collect();
        show::print_json(&Json { lines, diagnostics: &diagnostics, attribution })?;
    } else if arguments.format.csv {
        show::print(&table(&diagnostics, &language).to_csv())?;
    } else {
        show::print(&page(&diagnostics, &strategy, &text, (&language, common.quiet)))?;
        if let Some(attribution) = attribution {
            show::print(&format!("{attribution}\n"))?;
        }
    }
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity() == Severity::Error;
    Ok(if diagnostics.iter().any(is_error) { Outcome::Findings } else { Outcome::Done })
}

/// Every finding with its place, and after the first of each code why it matters and what to do.
fn page(diagnostics: &[Diagnostic], strategy: &Strategy, text: &str, (language, quiet): (&Language, bool)) -> String {
    let source_lines: Vec<&str> = strategy::physical_lines(text).map(|(line, _)| line).collect();
    let mut out = String::new();
    let mut told = Vec::new();
    let shown = diagnostics.iter().filter(|diagnostic| !quiet || diagnostic.severity() == Severity::Error);
    for diagnostic in shown {
        let source_line = (diagnostic.line as usize).checked_sub(1).and_then(|line| source_lines.get(line)).copied();
        out.push_str(&diagnostic.render(source_line));
        out.push('\n');
        if let Some(advice) = language.advice(diagnostic.code).filter(|_| !told.contains(&diagnostic.code)) {
            told.push(diagnostic.code);
            let _ = writeln!(out, "    why:    {}\n    repair: {}", advice.why, advice.repair);
        }
    }
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let counted = |count: usize, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
    let lines = counted(strategy.lines.len(), "line");
    let _ = writeln!(out, "{lines}: {}, {}, {}", counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note"));
    out
}

fn table(diagnostics: &[Diagnostic], language: &Language) -> Table {
    let mut table = Table::new(&["line", "start", "end", "severity", "code", "message", "why", "repair"]);
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let advice = language.advice(diagnostic.code);
        table.push(vec![
            u64::from(diagnostic.line).into(),
            diagnostic.span.start.into(),
            diagnostic.span.end.into(),
            severity.into(),
            diagnostic.code.name().into(),
            diagnostic.message().into(),
            advice.map_or("", |advice| advice.why).into(),
            advice.map_or("", |advice| advice.repair).into(),
        ]);
    }
    table
}
