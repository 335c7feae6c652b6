//! `refsieve split`: merged records in, the records that went into them out, as their exports have them.

use super::args::{Common, InputArguments, SplitArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, target};
use crate::error::{Error, ErrorKind};
use crate::normalize::content_hash;
use crate::record::{Doi, Field, Provenance, Record};
use crate::report::table::grouped;
use crate::text::Folded;
use std::collections::{BTreeSet, HashMap};

pub(super) fn run(arguments: &SplitArguments, common: Common, bars: &Bars) -> crate::error::Result<Outcome> {
    let target = target::of_result(&arguments.output, &arguments.write)?;
    let merged = inputs::read(&arguments.input, bars)?;
    let from = InputArguments { files: arguments.from.clone(), databases: Vec::new(), columns: arguments.input.columns.clone() };
    let originals = inputs::read(&from, bars)?;
    bars.finish();
    merged.notes.print(common.quiet);
    originals.notes.print(common.quiet);
    merged.notes.print_left_out(common.quiet);
    let wanted: BTreeSet<&str> = arguments.records.iter().map(String::as_str).collect();
    refuse_unmerged(&wanted, &merged.records)?;
    let places = Places::of(&originals.records);
    let mut records: Vec<Record> = Vec::new();
    let mut n_split = 0_u64;
    let mut doubts: Vec<String> = Vec::new();
    for record in &merged.records {
        let origins = origins(record);
        if origins.len() < 2 || !(wanted.is_empty() || wanted.contains(record.id().as_str())) {
            records.push(record.clone());
            continue;
        }
        n_split += 1;
        for origin in &origins {
            let original = places.find(origin, &origins).map_err(|found| {
                let message = format!(
                    "expected record {} ({}), which went into {}, among the records of --from, found {found}; nothing was written",
                    origin.ordinal,
                    origin.id,
                    record.id()
                );
                Error::new(ErrorKind::Settings, origin.file.clone(), message)
            })?;
            let is_doubtful = is_known_by_place(origin) && seems_another(original, record);
            if is_doubtful {
                doubts.push(format!(
                    "{}: warning: has no id of its own, and may be another record than when it went into {}",
                    origin.id,
                    record.id()
                ));
            }
            if !is_doubtful && says_another(origin, original) {
                doubts.push(format!("{}: warning: says something else than when it went into {}", origin.id, record.id()));
            }
            records.push(original.clone());
        }
    }
    let mut staged =
        Staged::beside(merged.sources.iter().chain(&originals.sources)).and(arguments.input.files.iter().chain(&arguments.from));
    let (_, losses) = target::stage(&mut staged, &arguments.output, &records, &target)?;
    staged.commit()?;
    inputs::print_diagnostics(&merged.diagnostics, common.quiet);
    for doubt in doubts.iter().filter(|_| !common.quiet) {
        complain!("{doubt}");
    }
    target::print_losses(&losses, &target, common.quiet);
    if !common.quiet && !target::is_standard_output(Some(&arguments.output)) {
        let (n_merged, n_records) = (grouped(merged.records.len() as u64), grouped(records.len() as u64));
        show::print(&format!("{} of {n_merged} records split; {n_records} written to {}\n", grouped(n_split), arguments.output.display()))?;
    }
    Ok(Outcome::Done)
}

/// The lines that say what went into a record.
fn origins(record: &Record) -> Vec<Provenance> {
    record.values(Field::Provenance).filter_map(Provenance::parse).collect()
}

/// An error unless each of `wanted` is the id of a merged record.
fn refuse_unmerged(wanted: &BTreeSet<&str>, records: &[Record]) -> crate::error::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let are_merged: HashMap<String, bool> = records.iter().map(|record| (record.id(), origins(record).len() > 1)).collect();
    let wrong = |id: &&str| match are_merged.get(*id) {
        Some(true) => None,
        Some(false) => Some(format!("{id:?}, which is the id of a record that nothing was merged into")),
        None => Some(format!("{id:?}, which no record has")),
    };
    match wanted.iter().find_map(wrong) {
        Some(found) => {
            let message = format!("expected the id of a merged record, found {found}; nothing was written");
            Err(Error::new(ErrorKind::Settings, "--record", message))
        }
        None => Ok(()),
    }
}

/// The records of --from, by what a line of provenance says of them.
struct Places<'r> {
    /// By the name of the file without folders, and the number there.
    by_ordinal: HashMap<(&'r str, u32), Vec<&'r Record>>,
    /// By the name of the file, and the id.
    by_id: HashMap<(&'r str, String), Vec<&'r Record>>,
}

impl<'r> Places<'r> {
    fn of(records: &'r [Record]) -> Self {
        let mut places = Self { by_ordinal: HashMap::new(), by_id: HashMap::new() };
        for record in records {
            let file = record.source().file_name();
            places.by_ordinal.entry((file, record.ordinal())).or_default().push(record);
            places.by_id.entry((file, record.id())).or_default().push(record);
        }
        places
    }

    /// The original that `origin`, one of `origins` of a merged record, speaks of: the one with that id and those accession
    /// numbers, at its place or, where the file has changed, elsewhere in it. Or what there is instead.
    fn find(&self, origin: &Provenance, origins: &[Provenance]) -> Result<&'r Record, String> {
        let file = origin.file.rsplit(['/', '\\']).next().unwrap_or(&origin.file);
        let with_id = self.by_id.get(&(file, origin.id.clone())).map_or(&[][..], Vec::as_slice);
        let is_meant = |record: &&&Record| {
            let own = Provenance::of(record);
            origin.accessions.iter().all(|accession| own.has_accession(accession))
        };
        let mut candidates: Vec<&Record> = with_id.iter().filter(is_meant).copied().collect();
        let path_of = |record: &&Record| record.source().name.clone();
        if candidates.iter().any(|record| path_of(record) == origin.file) {
            candidates.retain(|record| path_of(record) == origin.file);
        } else if candidates.len() > 1 {
            // Several files have the name: one that another line names by its path is not meant here.
            candidates.retain(|record| origins.iter().all(|other| other == origin || other.file != path_of(record)));
        }
        if candidates.iter().any(|record| record.ordinal() == origin.ordinal) {
            candidates.retain(|record| record.ordinal() == origin.ordinal);
        }
        match candidates[..] {
            [original] => Ok(original),
            [] => Err(self.instead_of(file, origin)),
            _ => {
                let places: Vec<String> = candidates.iter().map(|record| format!("{}#{}", path_of(record), record.ordinal())).collect();
                let advice = "name only the one that is meant, or give each file a name of its own and deduplicate again";
                Err(format!("several, in files of one name ({}); {advice}", places.join(", ")))
            }
        }
    }

    /// What stands where `origin` should.
    fn instead_of(&self, file: &str, origin: &Provenance) -> String {
        if !self.by_ordinal.keys().any(|(name, _)| *name == file) {
            return "no file of that name".to_owned();
        }
        match self.by_ordinal.get(&(file, origin.ordinal)).and_then(|there| there.first()) {
            Some(other) if other.id() == origin.id => {
                format!("{} there, with other accession numbers; the file has changed", other.id())
            }
            Some(other) => format!("{} there, and none with that id; the file has changed", other.id()),
            None => "fewer records there, and none with that id; the file has changed".to_owned(),
        }
    }
}

/// Whether `original` says something else than the record that `origin` tells of: its export has changed.
fn says_another(origin: &Provenance, original: &Record) -> bool {
    origin.key.is_some_and(|key| key != content_hash(original))
}

/// Whether a record had no id, or shared it with others of its file, so that its place is all that is known of it.
fn is_known_by_place(origin: &Provenance) -> bool {
    origin.id.ends_with(&format!("#{}", origin.ordinal))
}

/// Whether `original` says nothing that would show that it went into `merged`, and says something else: another DOI, or a title
/// of other words.
fn seems_another(original: &Record, merged: &Record) -> bool {
    let is_among = |doi: &Doi| merged.values(Field::Doi).filter_map(Doi::parse).any(|other| other == *doi);
    let has_other_doi = match (original.doi(), merged.doi()) {
        (Some(doi), Some(_)) if is_among(&doi) => return false,
        (Some(_), Some(_)) => true,
        _ => false,
    };
    // Most formats keep one DOI of several, so that another one says nothing where the title is the same.
    let quarters = if has_other_doi { 4 } else { 2 };
    let titles = |record: &Record| -> Vec<BTreeSet<String>> {
        let titles = record.entries().filter(|entry| matches!(entry.field, Field::Title | Field::OriginalTitle));
        titles.map(|entry| Folded::words(entry.value).as_str().split(' ').map(str::to_owned).collect()).collect()
    };
    // A title in brackets is translated, and may have no word of the other.
    if !has_other_doi && [original, merged].iter().any(|record| record.title().is_some_and(|title| title.starts_with('['))) {
        return false;
    }
    let (left, right) = (titles(original), titles(merged));
    let is_alike = |left: &BTreeSet<String>, right: &BTreeSet<String>| {
        let n_common = left.intersection(right).count();
        n_common * 4 >= left.len().min(right.len()) * quarters
    };
    !left.is_empty() && !right.is_empty() && !left.iter().any(|left| right.iter().any(|right| is_alike(left, right)))
}
