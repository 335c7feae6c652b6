//! `refsieve search`: a strategy and exports (or an index) in, the history of its lines out.

use super::args::{Common, CountedBy, InputArguments, SearchArguments, WorkArguments};
use super::inputs::Inputs;
use super::language::Language;
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{index_folder, inputs, show, target, works};
use crate::dedupe;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::Target;
use crate::index::Index;
use crate::record::{Database, Format, Record};
use crate::report::summary::lines_table;
use crate::report::{LineRow, Shown, ShownText};
use crate::search::{self, Highlighter};
use crate::strategy::{self, ExprKind, Strategy};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

/// The JSON of a search: one object a line, and everything that was odd.
#[derive(Serialize)]
struct Json<'a> {
    lines: &'a [LineRow],
    diagnostics: &'a [Diagnostic],
    /// How the language was read where guides to it differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    readings: Option<BTreeMap<&'static str, &'static str>>,
    /// The records of the line that was asked for, with what is marked in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<&'a [Shown]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

/// What stands around a word that is marked: bold on a terminal, brackets elsewhere.
const BOLD: [&str; 2] = ["\u{1b}[1m", "\u{1b}[0m"];
const BRACKETS: [&str; 2] = ["[", "]"];

/// What is searched, as the arguments say it.
pub(super) struct Corpus<'a> {
    pub(super) input: &'a InputArguments,
    /// Whether the duplicates are removed first.
    pub(super) unique: bool,
    pub(super) works: &'a WorkArguments,
    /// How records are wanted that are written.
    pub(super) target: Target,
}

/// A strategy that was read and run: what all commands that run one share.
pub(super) struct Searched {
    pub(super) strategy: Strategy,
    pub(super) run: search::Run,
    /// What it was run with.
    pub(super) settings: search::Settings,
    /// Diagnostics of reading the strategy and of running it, in the order of its lines.
    pub(super) diagnostics: Vec<Diagnostic>,
    attribution: Option<&'static str>,
}

pub(super) fn run(arguments: &SearchArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let result = search(arguments, common, bars);
    if let (Err(error), true) = (&result, arguments.format.json) {
        // Whoever asked for JSON gets JSON, whatever happens.
        let file = Arc::from(error.subject());
        let diagnostics = [Diagnostic::new(Code::CannotBeDone, &file, 0, Span::default(), format!("\"{error}\""))];
        show::print_json(&Json { lines: &[], diagnostics: &diagnostics, readings: None, shown: None, attribution: None })?;
    }
    result
}

fn search(arguments: &SearchArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.input.files.iter().chain([&arguments.strategy]))?;
    let shows_lines = arguments.format.json || arguments.format.csv || arguments.show.is_some();
    let to_standard_output = target::is_standard_output(arguments.output.as_deref());
    let results = [("the records (-o)", to_standard_output), ("what the lines find (--json, --csv, --show)", shows_lines)];
    target::refuse_two_on_standard_output(&results)?;
    let text = inputs::read_text(&arguments.strategy)?;
    let language = Language::new(&arguments.reading)?;
    let target = match &arguments.output {
        Some(output) => target::of_result(output, &arguments.write)?,
        None => target::with_provenance(Format::default()),
    };
    let corpus = Corpus { input: &arguments.input, unique: arguments.unique, works: &arguments.works, target };
    let needs_records = arguments.records || arguments.by.is_some() || arguments.show.is_some() || arguments.output.is_some();
    let (inputs, index) = if needs_records { corpus.records_and_index(bars)? } else { corpus.index(bars)? };
    let groups = || {
        // Of an index the records are read only where they are needed.
        if inputs.records.is_empty() && !index.is_empty() {
            return corpus.groups(&records(&arguments.input, bars)?.records, bars);
        }
        corpus.groups(&inputs.records, bars)
    };
    let searched = Searched::new(&arguments.strategy, &text, &index, &language, groups, bars)?;
    bars.finish();
    inputs.notes.print(common.quiet);
    let mut lines = searched.line_rows(arguments.records.then_some(&inputs.records));
    if arguments.by == Some(CountedBy::Database) {
        searched.count_databases(&mut lines, &inputs.records);
    }
    let shown = match arguments.show {
        Some(label) => Some(searched.shown(label, &inputs.records, &language)?),
        None => None,
    };
    // What was found odd in the records comes first, then what was found odd in the strategy.
    let diagnostics: Vec<Diagnostic> = inputs.diagnostics.iter().chain(&searched.diagnostics).cloned().collect();
    if let Some(output) = &arguments.output {
        searched.require_line(arguments.line)?;
        let (input, works, reading) = (&arguments.input.files, arguments.works.files(), arguments.reading.files());
        let mut staged = Staged::beside(&inputs.sources).and(input.iter().chain([&arguments.strategy]).chain(works).chain(reading));
        let (_, losses) = target::stage(&mut staged, output, &searched.hits(arguments.line, &inputs.records), &target)?;
        target::print_losses(&losses, &target, common.quiet);
        inputs.notes.print_left_out(common.quiet);
        staged.commit()?;
    }
    if to_standard_output {
        // Records on standard output are the result, and nothing may stand among them.
        inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
        searched.print_diagnostics(&text, common.quiet);
    } else if arguments.format.json {
        show::print_json(&Json {
            lines: &lines,
            diagnostics: &diagnostics,
            readings: Some(language.table()),
            shown: shown.as_deref(),
            attribution: searched.attribution(),
        })?;
    } else {
        inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
        searched.print_diagnostics(&text, common.quiet);
        show::print_table(&lines_table(&lines), arguments.format)?;
        let is_terminal = std::io::stdout().is_terminal();
        for record in shown.iter().flatten() {
            show::print(&record.to_text(if is_terminal { BOLD } else { BRACKETS }))?;
        }
        if !arguments.format.csv {
            show::print(&language.sentence())?;
            if let Some(attribution) = searched.attribution() {
                show::print(&format!("{attribution}\n"))?;
            }
        }
    }
    Ok(searched.outcome())
}

impl Corpus<'_> {
    /// For each record the number of its group of duplicates.
    pub(super) fn groups(&self, records: &[Record], bars: &Bars) -> Result<Arc<[u32]>> {
        Ok(dedupe::dedupe(records, &works::settings(self.works)?, bars).cluster_of.into())
    }

    /// The records to search and their index: an index that was built before, or one built now.
    pub(super) fn records_and_index(&self, bars: &Bars) -> Result<(Inputs, Index)> {
        if !self.unique {
            return inputs_and_index(self.input, bars);
        }
        let mut inputs = records(self.input, bars)?;
        let settings = works::settings(self.works)?;
        let result = dedupe::dedupe(&inputs.records, &settings, bars);
        inputs.notes.idle = works::idle(self.works.decisions.as_deref(), &settings.decisions, || works::keys(&inputs.records));
        inputs.records = target::unique(&result, &inputs.records, &self.target);
        let index = Index::build(&inputs.records, bars)?;
        Ok((inputs, index))
    }

    /// The same, without the records of an index that was built before.
    fn index(&self, bars: &Bars) -> Result<(Inputs, Index)> {
        match prepared(self.input)? {
            Some(folder) if !self.unique => Ok((Inputs::default(), index_folder::open_terms(folder)?)),
            _ => self.records_and_index(bars),
        }
    }
}

/// All records of the files, or of an index that was built before, and their index.
pub(super) fn inputs_and_index(input: &InputArguments, bars: &Bars) -> Result<(Inputs, Index)> {
    let inputs = records(input, bars)?;
    let index = match prepared(input)? {
        Some(folder) => index_folder::open_terms(folder)?,
        None => Index::build(&inputs.records, bars)?,
    };
    Ok((inputs, index))
}

fn records(input: &InputArguments, bars: &Bars) -> Result<Inputs> {
    match prepared(input)? {
        Some(folder) => index_folder::read_records(folder),
        None => inputs::read(input, bars),
    }
}

/// The index among the files, which must then be alone.
fn prepared(input: &InputArguments) -> Result<Option<&Path>> {
    match input.files.as_slice() {
        [folder] if index_folder::is_index(folder) => Ok(Some(folder)),
        files if files.iter().any(|file| index_folder::is_index(file)) => {
            Err(Error::new(ErrorKind::Settings, "", "expected exports, or one index alone, found an index among other files"))
        }
        _ => Ok(None),
    }
}

impl Searched {
    /// Reads the strategy `text` of the file `path` and runs it on `index`.
    /// `groups` gives for each record the number of its group of duplicates; it is asked where a line removes them.
    pub(super) fn new(
        path: &Path,
        text: &str,
        index: &Index,
        language: &Language,
        groups: impl FnOnce() -> Result<Arc<[u32]>>,
        bars: &Bars,
    ) -> Result<Self> {
        let name = path.display().to_string();
        let (strategy, mut diagnostics) = language.parse(&name, text);
        let mut settings = language.settings.clone();
        let removes = |line: &strategy::Line| matches!(&line.tree, Some(tree) if matches!(tree.kind, ExprKind::Unique(_)));
        if strategy.lines.iter().any(removes) {
            settings.groups = Some(groups()?);
        }
        let run = search::run(&strategy, &name, index, language.thesaurus(), &settings, bars)?;
        diagnostics.extend(run.diagnostics.iter().cloned());
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.span));
        Ok(Self { attribution: language.attribution(&run), strategy, run, settings, diagnostics })
    }

    /// One row a line, with the ids of its hits among `records` where these are given.
    pub(super) fn line_rows(&self, records: Option<&Vec<Record>>) -> Vec<LineRow> {
        let row = |(line, found): (&strategy::Line, &search::LineHits)| LineRow {
            label: line.label.to_string(),
            query: line.query.clone(),
            count: found.count(),
            published: line.published,
            by_database: None,
            shown: Vec::new(),
            records: match (records, &found.hits) {
                (Some(records), Some(hits)) => Some(hits.iter().filter_map(|hit| records.get(hit as usize)).map(Record::id).collect()),
                (Some(_), None) => Some(Vec::new()),
                (None, _) => None,
            },
        };
        self.strategy.lines.iter().zip(&self.run.lines).map(row).collect()
    }

    /// The records of line `label` with what it found in them.
    fn shown(&self, label: u32, records: &[Record], language: &Language) -> Result<Vec<Shown>> {
        let Some(at) = self.strategy.lines.iter().position(|line| line.label == label) else {
            let message = format!("expected a line of the strategy, found line {label}, which it does not have");
            return Err(Error::new(ErrorKind::Settings, "--show", message));
        };
        Ok(self.shown_of(at, records, language, usize::MAX))
    }

    /// The records of the line at `at` with what it found in them, at most `most`.
    pub(super) fn shown_of(&self, at: usize, records: &[Record], language: &Language, most: usize) -> Vec<Shown> {
        let highlighter = Highlighter::new(&self.strategy, at, language.thesaurus(), &language.settings);
        let hits = self.run.lines.get(at).and_then(|line| line.hits.as_ref()).into_iter().flatten().take(most);
        let found: Vec<&Record> = hits.filter_map(|hit| records.get(hit as usize)).collect();
        let shown = |record: &&Record| Shown { id: record.id(), texts: highlighter.marks(record).into_iter().map(ShownText::of).collect() };
        found.par_iter().map(shown).collect()
    }

    /// Counts the hits of each line by database: that of the record's export.
    fn count_databases(&self, lines: &mut [LineRow], records: &[Record]) {
        const UNKNOWN: &str = "not told";
        let name = |record: &Record| record.database().map_or(UNKNOWN, Database::name);
        let all: BTreeSet<&'static str> = records.iter().map(name).collect();
        for (row, found) in lines.iter_mut().zip(&self.run.lines) {
            let mut counts: BTreeMap<&'static str, u64> = all.iter().map(|name| (*name, 0)).collect();
            for record in found.hits.iter().flatten().filter_map(|hit| records.get(hit as usize)) {
                *counts.entry(name(record)).or_default() += 1;
            }
            row.by_database = found.hits.is_some().then_some(counts);
        }
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
        self.attribution
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

/// Prints what was found odd in the strategy: errors and warnings with the line of `text` they are about and a caret
/// under the place; notes once a code, with the other lines that have the same.
pub(super) fn print_diagnostics(diagnostics: &[Diagnostic], text: &str, quiet: bool) {
    let source_lines: Vec<&str> = strategy::physical_lines(text).map(|(line, _)| line).collect();
    let mut noted: Vec<Code> = Vec::new();
    for diagnostic in diagnostics {
        let source_line = (diagnostic.line as usize).checked_sub(1).and_then(|line| source_lines.get(line)).copied();
        match diagnostic.severity() {
            Severity::Error => complain!("{}", diagnostic.render(source_line)),
            _ if quiet => {}
            Severity::Warning => complain!("{}", diagnostic.render(source_line)),
            Severity::Note if noted.contains(&diagnostic.code) => {}
            Severity::Note => {
                noted.push(diagnostic.code);
                let same = diagnostics.iter().filter(|other| other.code == diagnostic.code && other.line != diagnostic.line);
                let mut others: Vec<String> = same.map(|other| other.line.to_string()).collect();
                others.dedup();
                let also = if others.is_empty() { String::new() } else { format!(" (also in {})", others.join(", ")) };
                complain!("{diagnostic}{also}");
            }
        }
    }
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
    let of_pubmed = errors.iter().filter(|error| error.code == Code::ForeignSyntax && error.found.contains("PubMed")).count();
    if !quiet && of_pubmed * 2 > errors.len() {
        complain!("most of these lines are in PubMed's language: if the strategy is PubMed's, add --from pubmed");
    }
}
