//! `refsieve split`: merged records in, the records that went into them out, as their exports have them.

use super::args::{Common, InputArguments, SplitArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, target};
use crate::error::{Error, ErrorKind};
use crate::record::{Field, Provenance, Record};
use crate::report::table::grouped;
use std::collections::{BTreeSet, HashMap};

pub(super) fn run(arguments: &SplitArguments, common: Common, bars: &Bars) -> crate::error::Result<Outcome> {
    let target = target::of_result(&arguments.output, &arguments.write)?;
    let merged = inputs::read(&arguments.input, bars)?;
    let from = InputArguments { files: arguments.from.clone(), databases: Vec::new(), columns: arguments.input.columns.clone() };
    let originals = inputs::read(&from, bars)?;
    bars.finish();
    merged.notes.print(common.quiet);
    originals.notes.print(common.quiet);
    let wanted: BTreeSet<&str> = arguments.records.iter().map(String::as_str).collect();
    let ids: BTreeSet<String> = merged.records.iter().map(Record::id).collect();
    if let Some(unknown) = wanted.iter().find(|id| !ids.contains(**id)) {
        let message = format!("expected the id of a merged record, found {unknown:?}; nothing was written");
        return Err(Error::new(ErrorKind::Settings, "--record", message));
    }
    let mut places: HashMap<(&str, u32), Vec<&Record>> = HashMap::new();
    for record in &originals.records {
        places.entry((record.source().file_name(), record.ordinal())).or_default().push(record);
    }
    let mut records: Vec<Record> = Vec::new();
    let mut n_split = 0_u64;
    for record in &merged.records {
        let origins: Vec<Provenance> = record.values(Field::Provenance).filter_map(Provenance::parse).collect();
        if origins.len() < 2 || !(wanted.is_empty() || wanted.contains(record.id().as_str())) {
            records.push(record.clone());
            continue;
        }
        n_split += 1;
        for origin in &origins {
            let original = find(&places, origin, &origins).map_err(|found| {
                let message = format!(
                    "expected record {} ({}), which went into {}, among the records of --from, found {found}; nothing was written",
                    origin.ordinal,
                    origin.id,
                    record.id()
                );
                Error::new(ErrorKind::Settings, origin.file.clone(), message)
            })?;
            records.push(original.clone());
        }
    }
    let mut staged =
        Staged::beside(merged.sources.iter().chain(&originals.sources)).and(arguments.input.files.iter().chain(&arguments.from));
    let (_, losses) = target::stage(&mut staged, &arguments.output, &records, &target)?;
    staged.commit()?;
    inputs::print_diagnostics(&merged.diagnostics, common.quiet);
    target::print_losses(&losses, &target, common.quiet);
    if !common.quiet && !target::is_standard_output(Some(&arguments.output)) {
        let (n_merged, n_records) = (grouped(merged.records.len() as u64), grouped(records.len() as u64));
        show::print(&format!("{} of {n_merged} records split; {n_records} written to {}\n", grouped(n_split), arguments.output.display()))?;
    }
    Ok(Outcome::Done)
}

/// The original that `origin`, one of `origins` of a merged record, speaks of; or what there is instead.
fn find<'r>(
    places: &HashMap<(&str, u32), Vec<&'r Record>>,
    origin: &Provenance,
    origins: &[Provenance],
) -> Result<&'r Record, &'static str> {
    let file_name = origin.file.rsplit(['/', '\\']).next().unwrap_or(&origin.file);
    let there = places.get(&(file_name, origin.ordinal)).map_or(&[][..], Vec::as_slice);
    let mut candidates: Vec<&Record> = there.iter().copied().filter(|record| record.id() == origin.id).collect();
    let path_of = |record: &&Record| record.source().name.clone();
    if candidates.iter().any(|record| path_of(record) == origin.file) {
        candidates.retain(|record| path_of(record) == origin.file);
    } else if candidates.len() > 1 {
        // Several files have the name: one that another line names by its path is not meant here.
        candidates.retain(|record| origins.iter().all(|other| other == origin || other.file != path_of(record)));
    }
    match candidates[..] {
        [original] => Ok(original),
        [] => Err("none there"),
        _ => Err("several, in files of one name"),
    }
}
