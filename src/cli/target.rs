//! What `-o`, `--to` and `--for` ask for: in which format, and for which program, records are written.

use super::args::WriteArguments;
use super::output::Staged;
use crate::dedupe::{Deduplication, merge};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::{self, Appender, Audience, Keys, Losses, Target};
use crate::normalize::content_hash;
use crate::record::{Entry, Field, Format, Provenance, Record};
use crate::report::{Cell, Table};
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The sign for standard output.
pub(super) const STANDARD_OUTPUT: &str = "-";
/// What some systems call it.
const DEVICE_OF_STANDARD_OUTPUT: &str = "/dev/stdout";

/// Whether a result goes to standard output.
pub(super) fn is_standard_output(output: Option<&Path>) -> bool {
    output.is_some_and(|output| output.as_os_str() == STANDARD_OUTPUT || output.as_os_str() == DEVICE_OF_STANDARD_OUTPUT)
}

/// An error where more than one of `things`, each with whether it goes to standard output, does so: nobody could tell them apart.
pub(super) fn refuse_two_on_standard_output(things: &[(&str, bool)]) -> Result<()> {
    let there: Vec<&str> = things.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| *name).collect();
    if there.len() < 2 {
        return Ok(());
    }
    let message = format!("expected one result, found {}; nothing was written", there.join(" and "));
    Err(Error::new(ErrorKind::Settings, "standard output", message))
}

/// The target that the arguments ask for: `--to`, else the ending of the file's name, else RIS.
///
/// # Errors
///
/// A format, an ending or a program that is not known, or a format that can only be read.
pub(super) fn target(output: &Path, arguments: &WriteArguments) -> Result<Target> {
    let audience = match &arguments.audience {
        None => Audience::General,
        Some(name) => Audience::named(name).ok_or_else(|| {
            let known = Audience::ALL.iter().map(|audience| audience.name()).collect::<Vec<_>>().join(", ");
            Error::new(ErrorKind::Settings, "--for", format!("expected one of {known}, found {name:?}"))
        })?,
    };
    let format = match &arguments.to {
        Some(name) => named(name)?,
        None => of_ending(output)?,
    };
    Ok(Target { audience, keys: Keys::Made(content_hash), ..Target::new(format) })
}

/// A file of `format` for any program, in which each record says where it came from.
pub(super) fn with_provenance(format: Format) -> Target {
    Target { provenance: true, keys: Keys::Made(content_hash), ..Target::new(format) }
}

/// [`target`] for the result of a job: where each record came from is said, unless it is not wanted.
pub(super) fn of_result(output: &Path, arguments: &WriteArguments) -> Result<Target> {
    Ok(Target { provenance: !arguments.no_provenance, ..target(output, arguments)? })
}

fn named(name: &str) -> Result<Format> {
    let is_meant = |format: &&Format| format.id().eq_ignore_ascii_case(name) || format.name().eq_ignore_ascii_case(name);
    Target::FORMATS.iter().find(is_meant).copied().ok_or_else(|| {
        let known = Target::FORMATS.iter().map(|format| format.id()).collect::<Vec<_>>().join(", ");
        Error::new(ErrorKind::Settings, "--to", format!("expected a format that can be written ({known}), found {name:?}"))
    })
}

fn of_ending(output: &Path) -> Result<Format> {
    let Some(ending) = output.extension().map(|ending| ending.to_string_lossy().into_owned()) else { return Ok(Format::Ris) };
    Target::of_extension(&ending).map(|target| target.format).ok_or_else(|| {
        let message = format!("expected an ending that names a format, or --to and a format, found \".{ending}\"");
        Error::new(ErrorKind::Settings, output.display().to_string(), message)
    })
}

/// Stages `records` to be written to `output`: in one file, or in several (`name-1.ris`, `name-2.ris`) where the program
/// takes no more than so many records or bytes at once. Gives the files and what they could not hold.
pub(super) fn stage(staged: &mut Staged, output: &Path, records: &[Record], target: &Target) -> Result<(Vec<PathBuf>, Losses)> {
    let parts = formats::parts(records, target)
        .map_err(|error| Error::new(ErrorKind::Io, output.display().to_string(), "the records could not be measured").because(error))?;
    if parts.len() > 1 && is_standard_output(Some(output)) {
        let message = format!("expected a file: the program takes so much at once only, and needs {} of them", parts.len());
        return Err(Error::new(ErrorKind::Settings, output.display().to_string(), message));
    }
    let mut losses = Losses::default();
    let mut paths = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let path = if parts.len() > 1 { numbered(output, number + 1) } else { output.to_owned() };
        staged.add_with(&path, |out| {
            losses.add(&formats::write(&records[part.clone()], target, out)?);
            Ok(())
        })?;
        paths.push(path);
    }
    Ok((paths, losses))
}

/// The record of a cluster of `records` as `target` wants it: with the lines that say where its members came from, or without
/// those that merging has added. `content_of` gives the [`content_hash`] of the record with that index.
pub(super) fn record_of<'a>(
    cluster: &[u32],
    records: &'a [Record],
    content_of: impl Fn(u32) -> u64,
    target: &Target,
) -> Option<Cow<'a, Record>> {
    let merged = merge::record_of(cluster, records, content_of)?;
    if target.provenance || cluster.len() < 2 {
        return Some(merged);
    }
    let members: Vec<&Record> = cluster.iter().filter_map(|at| records.get(*at as usize)).collect();
    Some(as_wanted(merged, &members, target))
}

/// The record that was merged of `members` as `target` wants it; lines that a member had when it was read stay in any case.
pub(super) fn as_wanted<'a>(merged: Cow<'a, Record>, members: &[&'a Record], target: &Target) -> Cow<'a, Record> {
    let Some(kept) = members.first().filter(|_| !target.provenance && members.len() > 1) else { return merged };
    let carried: Vec<Provenance> = members.iter().flat_map(|member| member.provenance()).collect();
    let is_added = |entry: Entry<'_>| {
        let line = || Provenance::parse(entry.value).filter(|line| !carried.contains(line));
        entry.field == Field::Provenance && entry.tag.is_empty() && line().is_some()
    };
    let said = |entry: Entry<'_>| !is_added(entry);
    let parts = |entry: Entry<'a>| (entry.tag, entry.field, entry.value);
    // Where the others say nothing else, the kept record stands as it was read.
    if kept.entries().map(parts).eq(merged.entries().filter(|entry| said(*entry)).map(|entry| (entry.tag, entry.field, entry.value))) {
        return Cow::Borrowed(kept);
    }
    Cow::Owned(merged.with_changes(said, []))
}

/// The records of all clusters as `target` wants them.
pub(super) fn unique(result: &Deduplication, records: &[Record], target: &Target) -> Vec<Record> {
    let content_of = |at: u32| content_hash(&records[at as usize]);
    result.clusters().par_iter().filter_map(|cluster| Some(record_of(cluster, records, content_of, target)?.into_owned())).collect()
}

/// [`stage`] of what `record_of` makes of each of `items`. Where the format and the program allow it, each record is made when
/// it is written: not all of them are in memory at once. `key_of` gives its key where that is known.
pub(super) fn stage_made<'a, T: Sync>(
    staged: &mut Staged,
    output: &Path,
    items: &[T],
    record_of: impl Fn(&T) -> Option<Cow<'a, Record>> + Sync,
    key_of: impl Fn(&T) -> Option<u64> + Sync,
    target: &Target,
) -> Result<(Vec<PathBuf>, Losses)> {
    let Some(mut appender) = Appender::new(target).filter(|_| !formats::is_limited(target)) else {
        let records: Vec<Record> = items.par_iter().filter_map(|item| Some(record_of(item)?.into_owned())).collect();
        return stage(staged, output, &records, target);
    };
    let mut losses = Losses::default();
    staged.add_with(output, |out| {
        losses.add(&appender.write_made(items, record_of, key_of, out)?);
        Ok(())
    })?;
    Ok((vec![output.to_owned()], losses))
}

/// "out.ris" as "out-1.ris".
fn numbered(output: &Path, number: usize) -> PathBuf {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    let ending = output.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    output.with_file_name(format!("{stem}-{number}{ending}"))
}

/// What a target could not hold, field by field.
pub(super) fn losses_table(losses: &Losses) -> Table {
    let mut table = Table::new(&["field", "moved_to_notes", "lost"]);
    for row in losses.by_field() {
        table.push(vec![Cell::from(row.field.name()), row.moved_to_notes.into(), row.lost.into()]);
    }
    table
}

/// Says on standard error what a target could not hold.
pub(super) fn print_losses(losses: &Losses, target: &Target, quiet: bool) {
    if quiet || losses.is_empty() {
        return;
    }
    complain!("{} has no field of its own for some values:", target.format);
    complain_as_it_is!("{}", losses_table(losses).to_text(super::show::WIDEST));
    if losses.outside_lines > 0 {
        complain!("{} lines outside of records are left out", losses.outside_lines);
    }
    if losses.replaced_characters > 0 {
        complain!("{} characters that it forbids are replaced", losses.replaced_characters);
    }
}
