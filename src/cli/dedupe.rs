//! `refsieve dedupe`: exports in, unique records and the list of clusters out.

use super::args::{Common, DedupeArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, lean, notes, sheet, show, target, works};
use crate::dedupe::{self, Deduplication, Settings};
use crate::error::Result;
use crate::normalize::{Key, content_hash};
use crate::record::{Database, Record};
use crate::report::table::grouped;
use crate::report::{Cell, Summary, Table, duplicates};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) fn run(arguments: &DedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    target::refuse_two_on_standard_output(&arguments.results())?;
    if !arguments.against.is_empty() {
        return against(arguments, common, bars);
    }
    if arguments.low_memory {
        return lean::run(arguments, common, bars);
    }
    let settings = Settings { reasons: arguments.duplicates.is_some(), ..works::settings(&arguments.works)? };
    check_lists(arguments, &settings)?;
    // Behind this the program ends, and the system takes its memory back at once: faster than freeing record by record.
    let mut inputs = ManuallyDrop::new(inputs::read(&arguments.input, bars)?);
    let forms = ManuallyDrop::new(dedupe::forms_of(&inputs.records, bars));
    let result = dedupe::dedupe_forms(&inputs.records, &forms, inputs.records.len(), &settings, bars);
    bars.finish();
    let keys = || works::keys_of_forms(&forms);
    inputs.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, keys);
    inputs.notes.print(common.quiet);
    let diagnostics = std::mem::take(&mut inputs.diagnostics);
    let mut staged = Staged::beside(&inputs.sources).and(arguments.files());
    let stage = || {
        if let Some(output) = &arguments.output {
            let target = target::of_result(output, &arguments.write)?;
            let record_of = |cluster: &Vec<u32>| target::record_of(cluster, &inputs.records, |at| forms[at as usize].content, &target);
            // A merged record has lines of its members, and no key is asked for.
            let key_of = |cluster: &Vec<u32>| Some(forms[*cluster.first()? as usize].content);
            let (_, losses) = target::stage_made(&mut staged, output, &result.clusters(), record_of, key_of, &target)?;
            target::print_losses(&losses, &target, common.quiet);
            inputs.notes.print_left_out(common.quiet);
        }
        stage_lists(&mut staged, arguments, (&inputs.records, |at| forms[at as usize].key()), (&result, &settings))
    };
    let (outcome, summary) = rayon::join(stage, || Summary::new(&inputs.sources, &inputs.records, &result, diagnostics));
    outcome?;
    staged.commit()?;
    finish(&summary, arguments, common)
}

impl DedupeArguments {
    /// The files that they name to be read.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.input.files.iter().chain(&self.against).chain(self.works.files())
    }

    /// What may be asked for on standard output, and whether it is.
    fn results(&self) -> [(&'static str, bool); 4] {
        let is_there = |path: &Option<PathBuf>| target::is_standard_output(path.as_deref());
        [
            ("the records (-o)", is_there(&self.output)),
            ("the duplicates (--duplicates)", is_there(&self.duplicates)),
            ("the clusters (--clusters)", is_there(&self.clusters)),
            ("the table of files (--json, --csv)", self.format.json || self.format.csv),
        ]
    }
}

/// Prints what one run found.
pub(super) fn finish(summary: &Summary, arguments: &DedupeArguments, common: Common) -> Result<Outcome> {
    inputs::print_diagnostics(&summary.diagnostics, common.quiet);
    print_counts(&summary.sources_table(), &totals(summary, ""), arguments, common)
}

/// Prints the table of files, and the totals below it for a person: on standard error where standard output has something else,
/// among which nothing may stand.
fn print_counts(table: &Table, totals: &str, arguments: &DedupeArguments, common: Common) -> Result<Outcome> {
    if arguments.results().iter().any(|(_, is_there)| *is_there) && !(arguments.format.json || arguments.format.csv) {
        if !common.quiet {
            complain_as_it_is!("{}{totals}", table.to_text(show::WIDEST));
        }
        return Ok(Outcome::Done);
    }
    show::print_table(table, arguments.format)?;
    if !arguments.format.json && !arguments.format.csv {
        show::print(totals)?;
    }
    Ok(Outcome::Done)
}

/// An error where a list that is asked for cannot be written.
pub(super) fn check_lists(arguments: &DedupeArguments, settings: &Settings) -> Result<()> {
    arguments.duplicates.as_ref().map_or(Ok(()), |duplicates| sheet::check(duplicates, &settings.decisions))
}

/// Stages the lists of clusters and duplicates that are asked for; of the records only outlines are needed, and their keys.
pub(super) fn stage_lists(
    staged: &mut Staged,
    arguments: &DedupeArguments,
    (records, key_of): (&[Record], impl Fn(u32) -> Key),
    (result, settings): (&Deduplication, &Settings),
) -> Result<()> {
    if let Some(clusters) = &arguments.clusters {
        staged.add(clusters, clusters_text(records, result, records.len()).as_bytes())?;
    }
    if let Some(duplicates) = &arguments.duplicates {
        sheet::stage(staged, duplicates, &duplicates::removed(records, result, key_of), &settings.decisions)?;
    }
    Ok(())
}

/// New records against old ones: what is new, and which old record each of the others belongs to.
fn against(arguments: &DedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let settings = works::settings(&arguments.works)?;
    check_lists(arguments, &settings)?;
    let mut new = inputs::read(&arguments.input, bars)?;
    let mut old = inputs::read_earlier(&arguments.against, &arguments.input, bars)?;
    let n_new = new.records.len();
    let records = [new.records, old.records].concat();
    let result = dedupe::dedupe_against(&records, n_new, &settings, bars);
    bars.finish();
    let sources = new.sources.iter().chain(&old.sources);
    new.notes.copies = notes::copies(sources.map(|source| (notes::text_of(source), source.name.as_str())));
    old.notes.copies.clear();
    new.notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, || works::keys(&records));
    new.notes.print(common.quiet);
    old.notes.print(common.quiet);
    let of_new = |kept: u32| (kept as usize) < n_new;
    let mut staged = Staged::beside(new.sources.iter().chain(&old.sources)).and(arguments.files());
    if let Some(output) = &arguments.output {
        let target = target::of_result(output, &arguments.write)?;
        let clusters = result.clusters();
        let unique: Vec<&Vec<u32>> = clusters.iter().filter(|cluster| of_new(cluster[0])).collect();
        let record_of = |cluster: &&Vec<u32>| target::record_of(cluster, &records, |at| content_hash(&records[at as usize]), &target);
        let (_, losses) = target::stage_made(&mut staged, output, &unique, record_of, |_| None, &target)?;
        target::print_losses(&losses, &target, common.quiet);
        new.notes.print_left_out(common.quiet);
    }
    if let Some(clusters) = &arguments.clusters {
        staged.add(clusters, clusters_text(&records, &result, n_new).as_bytes())?;
    }
    if let Some(duplicates) = &arguments.duplicates {
        let key_of = |at: u32| Key::of(&records[at as usize]);
        sheet::stage(&mut staged, duplicates, &duplicates::removed(&records, &result, key_of), &settings.decisions)?;
    }
    staged.commit()?;
    inputs::print_diagnostics(&new.diagnostics, common.quiet);
    inputs::print_diagnostics(&old.diagnostics, common.quiet);
    let mut table = Table::new(&["file", "database", "records", "new", "duplicates_within", "duplicates_of_old"]);
    let mut totals = [0_u64; 4];
    for source in &new.sources {
        let mut counts = [0_u64; 4];
        for (at, _) in records[..n_new].iter().enumerate().filter(|(_, record)| Arc::ptr_eq(record.source(), source)) {
            let kept = result.cluster_of[at] as usize;
            counts[0] += 1;
            counts[if kept == at {
                1
            } else if kept < n_new {
                2
            } else {
                3
            }] += 1;
        }
        let mut cells: Vec<Cell> = vec![source.name.as_str().into(), source.database.map(Database::name).into()];
        cells.extend(counts.map(Cell::from));
        table.push(cells);
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += count;
        }
    }
    let [read, new, within, of_old] = totals.map(grouped);
    let n_old = grouped((records.len() - n_new) as u64);
    let unsure = grouped(result.unsure.len() as u64);
    let mut totals = format!(
        "{read} read = {new} new + {within} duplicates of each other + {of_old} duplicates of {n_old} old records; {unsure} to look at\n"
    );
    let nameless: Vec<String> = result.nameless.iter().filter(|at| of_new(**at)).map(|at| records[*at as usize].id()).collect();
    push_nameless(&nameless, "", &mut totals);
    print_counts(&table, &totals, arguments, common)
}

/// "1,000 read = 800 unique + 200 removed; 1,500 pairs compared, 3 to look at"; `all_in` says where all is that does not stand
/// here, if anywhere.
pub(super) fn totals(summary: &Summary, all_in: &str) -> String {
    debug_assert!(summary.adds_up(), "read = unique + removed");
    let mut text = format!(
        "{} read = {} unique + {} removed; {} pairs compared, {} to look at\n",
        grouped(summary.read),
        grouped(summary.unique),
        grouped(summary.removed),
        grouped(summary.compared),
        grouped(summary.unsure)
    );
    push_nameless(&summary.nameless, all_in, &mut text);
    text
}

/// Names the records that identify nothing, the first of them.
fn push_nameless(nameless: &[String], all_in: &str, text: &mut String) {
    const SHOWN: usize = 10;
    if nameless.is_empty() {
        return;
    }
    let n_more = nameless.len().saturating_sub(SHOWN);
    let more = if n_more > 0 { format!(" and {} more{all_in}", grouped(n_more as u64)) } else { String::new() };
    let shown = nameless.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "kept without a look, having neither title nor identifier: {shown}{more}");
}

/// One line for each of the first `n_records` records, without a header: record id, cluster id, file, ordinal. A cluster's id is that of the record kept
/// for it, or `<file>#<ordinal>` where another kept record has the same id. A tab or a line end in one of them is a blank.
pub(super) fn clusters_text(records: &[Record], result: &Deduplication, n_records: usize) -> String {
    let mut uses: HashMap<String, u32> = HashMap::new();
    for kept in result.kept() {
        *uses.entry(records[kept as usize].id()).or_default() += 1;
    }
    let mut out = String::new();
    for (record, kept) in records.iter().zip(&result.cluster_of).take(n_records) {
        let kept = &records[*kept as usize];
        let id = kept.id();
        let cluster = if uses.get(&id) == Some(&1) { id } else { format!("{}#{}", kept.source().name, kept.ordinal()) };
        let (id, cluster, file) = (record.id(), in_line(&cluster), in_line(&record.source().name));
        let _ = writeln!(out, "{}\t{cluster}\t{file}\t{}", in_line(&id), record.ordinal());
    }
    out
}

/// `text` without what would end a column or a line.
fn in_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { Cow::Owned(text.replace(char::is_control, " ")) } else { Cow::Borrowed(text) }
}
