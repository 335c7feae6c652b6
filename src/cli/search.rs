//! `refsieve search`: a strategy and exports (or an index) in, the history of its lines out.

use super::args::{Common, InputArguments, LanguageName, SearchArguments};
use super::inputs::Inputs;
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{index_folder, inputs, show, target, works};
use crate::dedupe;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::error::{Error, ErrorKind, Result};
use crate::index::Index;
use crate::record::Record;
use crate::report::LineRow;
use crate::report::summary::lines_table;
use crate::search;
use crate::strategy::{self, ExprKind, Language, Strategy};
use crate::thesaurus::{self, Thesaurus};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The JSON of a search: one object a line, and everything that was odd.
#[derive(Serialize)]
struct Json<'a> {
    lines: &'a [LineRow],
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

/// A strategy that was read and run: what `search` and `run` share.
pub(super) struct Searched {
    pub(super) strategy: Strategy,
    pub(super) run: search::Run,
    /// Diagnostics of reading the strategy and of running it, in the order of its lines.
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn run(arguments: &SearchArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let result = search(arguments, common, bars);
    if let (Err(error), true) = (&result, arguments.format.json) {
        // Whoever asked for JSON gets JSON, whatever happens.
        let file = Arc::from(error.subject());
        let diagnostics = [Diagnostic::new(Code::CannotBeDone, &file, 0, Span::default(), format!("\"{error}\""))];
        show::print_json(&Json { lines: &[], diagnostics: &diagnostics, attribution: None })?;
    }
    result
}

fn search(arguments: &SearchArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.input.files.iter().chain([&arguments.strategy]))?;
    let text = inputs::read_text(&arguments.strategy)?;
    let (inputs, index) = records_and_index(arguments, bars)?;
    let groups = || Ok(groups(&inputs.records, &works::settings(&arguments.works)?, bars));
    let searched = Searched::new(&arguments.strategy, &text, arguments.from.language(), &index, groups, bars)?;
    bars.finish();
    let lines = searched.line_rows(arguments.records.then_some(&inputs.records));
    // What was found odd in the records comes first, then what was found odd in the strategy.
    let diagnostics: Vec<Diagnostic> = inputs.diagnostics.iter().chain(&searched.diagnostics).cloned().collect();
    if let Some(output) = &arguments.output {
        searched.require_line(arguments.line)?;
        let mut staged = Staged::beside(&inputs.sources);
        let target = target::of_result(output, &arguments.write)?;
        let (_, losses) = target::stage(&mut staged, output, &searched.hits(arguments.line, &inputs.records), &target)?;
        target::print_losses(&losses, &target, common.quiet);
        staged.commit()?;
    }
    if target::is_standard_output(arguments.output.as_deref()) {
        // Records on standard output are the result, and nothing may stand among them.
        inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
        searched.print_diagnostics(&text, common.quiet);
    } else if arguments.format.json {
        show::print_json(&Json { lines: &lines, diagnostics: &diagnostics, attribution: searched.attribution() })?;
    } else {
        inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
        searched.print_diagnostics(&text, common.quiet);
        show::print_table(&lines_table(&lines), arguments.format)?;
        if let (Some(attribution), false) = (searched.attribution(), arguments.format.csv) {
            show::print(&format!("{attribution}\n"))?;
        }
    }
    Ok(searched.outcome())
}

/// For each record the number of its group of duplicates.
fn groups(records: &[Record], settings: &dedupe::Settings, bars: &Bars) -> Arc<[u32]> {
    dedupe::dedupe(records, settings, bars).cluster_of.into()
}

/// The records to search and their index: an index that was built before, or one built now.
fn records_and_index(arguments: &SearchArguments, bars: &Bars) -> Result<(Inputs, Index)> {
    if !arguments.unique {
        return given_records_and_index(&arguments.input, bars);
    }
    let mut inputs = match prepared(&arguments.input)? {
        Some(folder) => index_folder::read_records(folder)?,
        None => inputs::read(&arguments.input, bars)?,
    };
    inputs.records = dedupe::dedupe(&inputs.records, &works::settings(&arguments.works)?, bars).unique(&inputs.records);
    let index = Index::build(&inputs.records, bars)?;
    Ok((inputs, index))
}

/// The same of files or an index as they are given.
pub(super) fn given_records_and_index(input: &InputArguments, bars: &Bars) -> Result<(Inputs, Index)> {
    match prepared(input)? {
        Some(folder) => Ok((index_folder::read_records(folder)?, index_folder::open_terms(folder)?)),
        None => {
            let inputs = inputs::read(input, bars)?;
            let index = Index::build(&inputs.records, bars)?;
            Ok((inputs, index))
        }
    }
}

/// The folder of the index that is given in place of exports.
fn prepared(input: &InputArguments) -> Result<Option<&PathBuf>> {
    Ok(match input.files.as_slice() {
        [folder] if index_folder::is_index(folder) => Some(folder),
        files if files.iter().any(|file| index_folder::is_index(file)) => {
            return Err(Error::new(ErrorKind::Settings, "", "expected exports, or one index alone, found an index among other files"));
        }
        _ => None,
    })
}

impl Searched {
    /// Reads the strategy `text` of the file `path` and runs it on `index`.
    /// `groups` gives for each record the number of its group of duplicates; it is asked where a line removes them.
    pub(super) fn new(
        path: &Path,
        text: &str,
        language: Language,
        index: &Index,
        groups: impl FnOnce() -> Result<Arc<[u32]>>,
        bars: &Bars,
    ) -> Result<Self> {
        let name = path.display().to_string();
        let (strategy, mut diagnostics) = strategy::parse_in(language, &name, text);
        let mut settings = search::Settings::default();
        let removes = |line: &strategy::Line| matches!(&line.tree, Some(tree) if matches!(tree.kind, ExprKind::Unique(_)));
        if strategy.lines.iter().any(removes) {
            settings.groups = Some(groups()?);
        }
        let run = search::run(&strategy, &name, index, Thesaurus::mesh(), &settings, bars)?;
        diagnostics.extend(run.diagnostics.iter().cloned());
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span));
        Ok(Self { strategy, run, diagnostics })
    }

    /// One row a line, with the ids of its hits among `records` where these are given.
    pub(super) fn line_rows(&self, records: Option<&Vec<Record>>) -> Vec<LineRow> {
        let row = |(line, found): (&strategy::Line, &search::LineHits)| LineRow {
            label: line.label.to_string(),
            query: line.query.clone(),
            count: found.count(),
            records: match (records, &found.hits) {
                (Some(records), Some(hits)) => Some(hits.iter().filter_map(|hit| records.get(hit as usize)).map(Record::id).collect()),
                (Some(_), None) => Some(Vec::new()),
                (None, _) => None,
            },
        };
        self.strategy.lines.iter().zip(&self.run.lines).map(row).collect()
    }

    /// The records that line `label` (the last, where none is named) finds; none where it could not be run.
    pub(super) fn hits(&self, label: Option<u32>, records: &[Record]) -> Vec<Record> {
        let hits = self.line(label).and_then(|line| line.hits.as_ref());
        hits.into_iter().flatten().filter_map(|hit| records.get(hit as usize)).cloned().collect()
    }

    /// An error unless line `label` (the last, where none is named) exists and could be run.
    fn require_line(&self, label: Option<u32>) -> Result<()> {
        let name = label.map_or_else(|| "the last line".to_owned(), |label| format!("line {label}"));
        match self.line(label) {
            None => Err(Error::new(
                ErrorKind::Settings,
                "--line",
                format!("expected a line of the strategy, found {name}, which it does not have"),
            )),
            Some(line) if line.hits.is_none() => {
                Err(Error::new(ErrorKind::Settings, "--line", format!("{name} cannot be run; nothing was written")))
            }
            Some(_) => Ok(()),
        }
    }

    fn line(&self, label: Option<u32>) -> Option<&search::LineHits> {
        match label {
            Some(label) => self.run.lines.iter().find(|line| line.label == label),
            None => self.run.lines.last(),
        }
    }

    /// Where the tree of headings comes from, if one was exploded.
    pub(super) fn attribution(&self) -> Option<&'static str> {
        self.run.used_mesh.then_some(thesaurus::ATTRIBUTION)
    }

    /// Prints what was found odd in the strategy.
    pub(super) fn print_diagnostics(&self, text: &str, quiet: bool) {
        print_diagnostics(&self.diagnostics, text, quiet);
    }

    /// Exit code 1 if a line could not be run, or the strategy has none.
    pub(super) fn outcome(&self) -> Outcome {
        outcome(&self.diagnostics)
    }
}

/// Exit code 1 if one of the diagnostics is an error.
pub(super) fn outcome(diagnostics: &[Diagnostic]) -> Outcome {
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity() == Severity::Error;
    if diagnostics.iter().any(is_error) { Outcome::Findings } else { Outcome::Done }
}

impl LanguageName {
    pub(super) fn language(self) -> Language {
        match self {
            LanguageName::Ovid => Language::Ovid,
            LanguageName::Pubmed => Language::PubMed,
        }
    }
}

/// Prints what was found odd in the strategy: errors and warnings with the line of `text` they are about and a caret
/// under the place; notes once a code, with the other lines that have the same.
pub(super) fn print_diagnostics(diagnostics: &[Diagnostic], text: &str, quiet: bool) {
    let source_lines: Vec<&str> = strategy::physical_lines(text).map(|(line, _)| line).collect();
    let mut noted: Vec<Code> = Vec::new();
    for diagnostic in diagnostics {
        let source_line = (diagnostic.line as usize).checked_sub(1).and_then(|line| source_lines.get(line)).copied();
        match diagnostic.severity() {
            Severity::Error => eprintln!("{}", diagnostic.render(source_line)),
            _ if quiet => {}
            Severity::Warning => eprintln!("{}", diagnostic.render(source_line)),
            Severity::Note if noted.contains(&diagnostic.code) => {}
            Severity::Note => {
                noted.push(diagnostic.code);
                let same = diagnostics.iter().filter(|other| other.code == diagnostic.code && other.line != diagnostic.line);
                let mut others: Vec<String> = same.map(|other| other.line.to_string()).collect();
                others.dedup();
                let also = if others.is_empty() { String::new() } else { format!(" (also in {})", others.join(", ")) };
                eprintln!("{diagnostic}{also}");
            }
        }
    }
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
    let of_pubmed = errors.iter().filter(|error| error.code == Code::ForeignSyntax && error.found.contains("PubMed")).count();
    if !quiet && of_pubmed * 2 > errors.len() {
        eprintln!("most of these lines are in PubMed's language: if the strategy is PubMed's, add --from pubmed");
    }
}
