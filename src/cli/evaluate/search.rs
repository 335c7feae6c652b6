//! `refsieve evaluate search`: a strategy, exports (or an index) and known records in; what each line finds of them, which
//! are missed and why, and what each line and term adds, out.

use crate::cli::args::{Common, EvaluateSearchArguments};
use crate::cli::language::Language;
use crate::cli::outcome::Outcome;
use crate::cli::output::Staged;
use crate::cli::progress::Bars;
use crate::cli::search::{Corpus, Searched};
use crate::cli::{inputs, show, target};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{self, Contribution, Known, LineScore, Names};
use crate::formats;
use crate::record::{Format, Record};
use crate::report::table::grouped;
use crate::report::{Cell, Table};
use crate::search::{Explainer, Loss, LossKind};
use roaring::RoaringBitmap;
use serde::{Serialize, Serializer};

/// Longest query shown beside its many numbers, in characters.
const WIDEST_QUERY: usize = 44;

/// Everything there is to tell, as JSON has it.
#[derive(Serialize)]
struct Evaluation<'a> {
    /// Records searched.
    records: usize,
    /// Known records, those that are not among the records searched included.
    known: usize,
    lines: Vec<LineRow>,
    /// The last line again; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<LineRow>,
    not_in_corpus: Vec<KnownRow>,
    missed: Vec<MissedRow>,
    contributions: Vec<ContributionRow>,
    diagnostics: Vec<&'a Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

/// One line in numbers; shares lie between 0 and 1.
#[derive(Clone, Serialize)]
struct LineRow {
    line: u32,
    query: String,
    records: Option<u64>,
    known: Option<u64>,
    recall: Option<Rounded>,
    recall_low: Option<Rounded>,
    recall_high: Option<Rounded>,
    precision: Option<Rounded>,
    precision_low: Option<Rounded>,
    precision_high: Option<Rounded>,
    number_to_read: Option<Rounded>,
    number_to_read_low: Option<Rounded>,
    number_to_read_high: Option<Rounded>,
}

/// A number that is written with four decimal places.
#[derive(Clone, Copy)]
struct Rounded(f64);

#[derive(Serialize)]
struct KnownRow {
    known: String,
    title: Option<String>,
}

#[derive(Serialize)]
struct MissedRow {
    known: String,
    title: Option<String>,
    /// The ids of its copies.
    records: Vec<String>,
    /// The copy that comes nearest to being found, which `lost_by` is about.
    nearest_record: Option<String>,
    /// What loses it, the first first.
    lost_by: Vec<Loss>,
}

#[derive(Serialize)]
struct ContributionRow {
    line: u32,
    /// What is deleted: `line` or `term`.
    deleted: &'static str,
    text: String,
    records_lost: Option<u64>,
    known_lost: Option<u64>,
    records_gained: Option<u64>,
    known_gained: Option<u64>,
}

pub(in crate::cli) fn run(arguments: &EvaluateSearchArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.input.files.iter().chain([&arguments.strategy, &arguments.relevant]))?;
    target::refuse_two_on_standard_output(&[
        ("the contributions (--contributions)", target::is_standard_output(arguments.contributions.as_deref())),
        ("the missed records (--missed)", target::is_standard_output(arguments.missed.as_deref())),
        ("the counts", true),
    ])?;
    let text = inputs::read_text(&arguments.strategy)?;
    let language = Language::new(&arguments.reading)?;
    let corpus = Corpus {
        input: &arguments.input,
        unique: arguments.unique,
        works: &arguments.works,
        target: target::with_provenance(Format::default()),
    };
    let (inputs, index) = corpus.records_and_index(bars)?;
    let known = known(arguments, &inputs.records)?;
    let searched = Searched::new(&arguments.strategy, &text, &index, &language, || corpus.groups(&inputs.records, bars), bars)?;
    let strategy = &searched.strategy;
    let thesaurus = language.thesaurus();
    let explainer = Explainer::new(strategy, &index, thesaurus, &searched.settings, bars)?;
    let contributions = evaluate::contributions(strategy, &index, thesaurus, &searched.settings, &known, bars)?;
    bars.finish();
    inputs.notes.print(common.quiet);
    let last_hits = searched.run.lines.last().and_then(|line| line.hits.as_ref());
    let lines: Vec<LineRow> = searched.run.lines.iter().map(|line| line_row(line.label, &line.query, line.hits.as_ref(), &known)).collect();
    let evaluation = Evaluation {
        records: inputs.records.len(),
        known: known.len(),
        strategy: lines.last().cloned(),
        lines,
        not_in_corpus: known.iter().filter(|known| known.records.is_empty()).map(known_row).collect(),
        missed: last_hits.map_or_else(Vec::new, |hits| missed(hits, &known, &explainer, &inputs.records)),
        contributions: contributions.iter().map(|contribution| contribution_row(contribution, &searched)).collect(),
        diagnostics: inputs.diagnostics.iter().chain(&searched.diagnostics).collect(),
        attribution: searched.attribution(),
    };
    let read = arguments.input.files.iter().chain([&arguments.strategy, &arguments.relevant]);
    let mut staged = Staged::beside(&inputs.sources).and(read.chain(arguments.works.files()).chain(arguments.reading.files()));
    if let Some(file) = &arguments.contributions {
        staged.add(file, contributions_table(&evaluation.contributions).to_csv().as_bytes())?;
    }
    if let Some(file) = &arguments.missed {
        staged.add(file, missed_table(&evaluation).to_csv().as_bytes())?;
    }
    staged.commit()?;
    if arguments.format.json {
        show::print_json(&evaluation)?;
        return Ok(searched.outcome());
    }
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    searched.print_diagnostics(&text, common.quiet);
    if arguments.format.csv {
        show::print(&lines_table(&evaluation.lines).to_csv())?;
    } else {
        show::print(&in_words(&evaluation))?;
    }
    Ok(searched.outcome())
}

/// The known records of an export, or of a list where the file is no export.
fn known(arguments: &EvaluateSearchArguments, records: &[Record]) -> Result<Vec<Known>> {
    let file = arguments.relevant.display().to_string();
    let bytes = inputs::bytes_of(&arguments.relevant)?;
    let names = Names::of(records);
    let known = match formats::read(&file, bytes.clone()) {
        Ok(parsed) => evaluate::known_in_records(&parsed.records, &names, records),
        Err(error) if error.kind() == ErrorKind::NotAnExport => evaluate::known_in_list(&formats::decode(&file, bytes)?, &names, records),
        Err(error) => return Err(error),
    };
    if known.is_empty() {
        let message = "expected known records, one a line by id, PMID, DOI or accession number, or an export of them, found none";
        return Err(Error::new(ErrorKind::Labels, file, message));
    }
    Ok(known)
}

fn line_row(label: u32, query: &str, hits: Option<&RoaringBitmap>, known: &[Known]) -> LineRow {
    let LineScore { recall, precision } = hits.map(|hits| evaluate::score(hits, known)).unwrap_or_default();
    let (recalled, precise) = (recall.interval(), precision.interval());
    let to_read = precision.number_needed_interval();
    LineRow {
        line: label,
        query: query.split_whitespace().collect::<Vec<_>>().join(" "),
        records: hits.map(RoaringBitmap::len),
        known: hits.map(|_| recall.part),
        recall: recall.value().map(Rounded),
        recall_low: recalled.map(|(low, _)| Rounded(low)),
        recall_high: recalled.map(|(_, high)| Rounded(high)),
        precision: precision.value().map(Rounded),
        precision_low: precise.map(|(low, _)| Rounded(low)),
        precision_high: precise.map(|(_, high)| Rounded(high)),
        number_to_read: precision.number_needed().map(Rounded),
        number_to_read_low: to_read.map(|(low, _)| Rounded(low)),
        number_to_read_high: to_read.and_then(|(_, high)| high).map(Rounded),
    }
}

fn known_row(known: &Known) -> KnownRow {
    KnownRow { known: known.name.clone(), title: known.title.clone() }
}

/// The known records of which the last line finds no copy; of several copies the one tells why that the fewest lines lose, and
/// that comes nearest to being found by the first of them.
fn missed(hits: &RoaringBitmap, known: &[Known], explainer: &Explainer<'_>, records: &[Record]) -> Vec<MissedRow> {
    let is_missed = |known: &&Known| !known.records.is_empty() && known.records.is_disjoint(hits);
    let row = |known: &Known| {
        let copies = known.records.iter().filter_map(|number| Some((number, records.get(number as usize)?)));
        let copies: Vec<(u32, &Record)> = copies.collect();
        let distance = |losses: &[Loss]| losses.first().and_then(|loss| loss.because.first()).map(|reason| reason.distance);
        let nearest = copies
            .iter()
            .map(|(number, record)| (record.id(), explainer.losses(*number, record)))
            .min_by_key(|(_, losses)| (losses.len(), distance(losses)));
        let (nearest_record, losses) = nearest.unzip();
        MissedRow {
            known: known.name.clone(),
            title: known.title.clone(),
            records: copies.iter().map(|(_, record)| record.id()).collect(),
            nearest_record,
            lost_by: losses.unwrap_or_default(),
        }
    };
    known.iter().filter(is_missed).map(row).collect()
}

fn contribution_row(contribution: &Contribution, searched: &Searched) -> ContributionRow {
    let query = || searched.strategy.lines.iter().find(|line| line.label == contribution.label).map(|line| line.query.clone());
    ContributionRow {
        line: contribution.label,
        deleted: if contribution.member.is_some() { "term" } else { "line" },
        text: contribution.member.clone().or_else(query).unwrap_or_default(),
        records_lost: contribution.lost.map(|change| change.records),
        known_lost: contribution.lost.map(|change| change.known),
        records_gained: contribution.gained.map(|change| change.records),
        known_gained: contribution.gained.map(|change| change.known),
    }
}

fn lines_table(lines: &[LineRow]) -> Table {
    let mut table = Table::new(&[
        "line",
        "query",
        "records",
        "known",
        "recall",
        "recall_low",
        "recall_high",
        "precision",
        "precision_low",
        "precision_high",
        "number_to_read",
        "number_to_read_low",
        "number_to_read_high",
    ]);
    for row in lines {
        let shares = [row.recall, row.recall_low, row.recall_high, row.precision, row.precision_low, row.precision_high];
        let to_read = [row.number_to_read, row.number_to_read_low, row.number_to_read_high];
        let mut cells: Vec<Cell> = vec![row.line.to_string().into(), row.query.as_str().into(), row.records.into(), row.known.into()];
        cells.extend(shares.into_iter().chain(to_read).map(|number| number.map(Rounded::text).into()));
        table.push(cells);
    }
    table
}

fn contributions_table(contributions: &[ContributionRow]) -> Table {
    let mut table = Table::new(&["line", "deleted", "text", "records_lost", "known_lost", "records_gained", "known_gained"]);
    for row in contributions {
        table.push(vec![
            row.line.to_string().into(),
            row.deleted.into(),
            row.text.as_str().into(),
            row.records_lost.into(),
            row.known_lost.into(),
            row.records_gained.into(),
            row.known_gained.into(),
        ]);
    }
    table
}

/// One row a known record that is not found: where it is lost.
fn missed_table(evaluation: &Evaluation<'_>) -> Table {
    let mut table = Table::new(&["known", "title", "records", "lost_by", "text", "also_lost_by", "nearest", "nearest_record"]);
    for row in &evaluation.not_in_corpus {
        let mut cells: Vec<Cell> = vec![row.known.as_str().into(), row.title.clone().into(), Cell::Missing, "not in the files".into()];
        cells.extend([Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing]);
        table.push(cells);
    }
    for row in &evaluation.missed {
        let first = row.lost_by.first();
        let others: Vec<String> = row.lost_by.iter().skip(1).map(|loss| loss.label.to_string()).collect();
        table.push(vec![
            row.known.as_str().into(),
            row.title.clone().into(),
            row.records.join(" ").into(),
            first.map(|loss| format!("line {}", loss.label)).into(),
            first.map(loss_in_words).into(),
            (!others.is_empty()).then(|| others.join(" ")).into(),
            first.and_then(|loss| loss.because.first()).map(|reason| format!("line {}: {}", reason.label, reason.why)).into(),
            row.nearest_record.clone().into(),
        ]);
    }
    table
}

/// The part that loses a record, and how where that is not plain.
fn loss_in_words(loss: &Loss) -> String {
    match loss.kind {
        LossKind::Excluded => format!("taken out by not: {}", loss.part),
        LossKind::Duplicate => format!("removed as a duplicate: {}", loss.part),
        LossKind::NotFound | LossKind::Limited => loss.part.clone(),
    }
}

/// Everything, for a person.
fn in_words(evaluation: &Evaluation<'_>) -> String {
    let mut table = Table::new(&["line", "query", "records", "known", "relative_recall", "precision", "to_read"]);
    for row in &evaluation.lines {
        table.push(vec![
            row.line.to_string().into(),
            row.query.as_str().into(),
            row.records.into(),
            row.known.into(),
            percent(row.recall, row.recall_low, row.recall_high),
            percent(row.precision, row.precision_low, row.precision_high),
            to_read(row),
        ]);
    }
    let mut paragraphs = vec![table.to_text(WIDEST_QUERY)];
    paragraphs.extend(evaluation.strategy.as_ref().map(|last| in_total(last, evaluation)));
    if !evaluation.not_in_corpus.is_empty() {
        let (n, known) = (evaluation.not_in_corpus.len(), evaluation.known);
        let mut table = Table::new(&["known", "title"]);
        for row in &evaluation.not_in_corpus {
            table.push(vec![row.known.as_str().into(), row.title.clone().into()]);
        }
        let table = table.to_text(show::WIDEST);
        paragraphs.push(format!("Not among the records searched, and not counted above: {n} of {known} known records.\n{table}"));
    }
    if !evaluation.missed.is_empty() {
        let head = "known records that are there; `refsieve explain` tells more of each.";
        let missed: String = evaluation.missed.iter().map(missed_in_words).collect();
        paragraphs.push(format!("Missed by the last line: {} {head}\n{missed}", evaluation.missed.len()));
    }
    if !evaluation.contributions.is_empty() {
        let table = contributions_table(&evaluation.contributions).to_text(WIDEST_QUERY);
        let head = "What the last line loses and gains without each line, and without each term of an OR (- where it does not go back to the line):";
        paragraphs.push(format!("{head}\n{table}"));
    }
    paragraphs.extend(evaluation.attribution.map(|attribution| format!("{attribution}\n")));
    paragraphs.join("\n")
}

/// A known record that is missed, on two lines: what loses it, and what comes nearest there.
fn missed_in_words(row: &MissedRow) -> String {
    let title = row.title.as_deref().unwrap_or("no title");
    let Some((first, others)) = row.lost_by.split_first() else { return format!("{}  {title}\n", row.known) };
    let others: Vec<String> = others.iter().map(|loss| loss.label.to_string()).collect();
    let others = if others.is_empty() { String::new() } else { format!(", and by {}", others.join(", ")) };
    let nearest = first.because.first().map(|reason| {
        let of_line = if reason.label == first.label { String::new() } else { format!("line {}, ", reason.label) };
        let of_copy = row.nearest_record.as_ref().filter(|_| row.records.len() > 1).map(|id| format!("{id}, ")).unwrap_or_default();
        format!("; nearest: {of_copy}{of_line}{}", reason.why)
    });
    let loss = loss_in_words(first);
    format!("{}  {title}\n    lost by line {}, {loss}{others}{}\n", row.known, first.label, nearest.unwrap_or_default())
}

/// The last line in numbers.
fn in_total(last: &LineRow, evaluation: &Evaluation<'_>) -> String {
    let (Some(records), Some(known)) = (last.records, last.known) else {
        return format!("The last line ({}) cannot be run.\n", last.line);
    };
    let in_corpus = evaluation.known - evaluation.not_in_corpus.len();
    let (records, all) = (grouped(records), grouped(evaluation.records as u64));
    format!(
        "The whole strategy (line {}) finds {records} of {all} records, and {known} of the {in_corpus} known records that are among them.\n",
        last.line
    )
}

fn percent(value: Option<Rounded>, low: Option<Rounded>, high: Option<Rounded>) -> Cell {
    match (value, low, high) {
        (Some(value), Some(low), Some(high)) => format!("{:.1} % ({:.1} to {:.1})", value.0 * 100.0, low.0 * 100.0, high.0 * 100.0).into(),
        _ => Cell::Missing,
    }
}

fn to_read(row: &LineRow) -> Cell {
    match (row.number_to_read, row.number_to_read_low, row.number_to_read_high) {
        (Some(value), Some(low), Some(high)) => format!("{:.1} ({:.1} to {:.1})", value.0, low.0, high.0).into(),
        _ => Cell::Missing,
    }
}

impl Rounded {
    fn text(self) -> String {
        format!("{:.4}", self.0)
    }
}

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_f64((self.0 * 10_000.0).round() / 10_000.0)
    }
}
