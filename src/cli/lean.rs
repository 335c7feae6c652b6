//! `refsieve dedupe --low-memory`: for sets whose text does not fit into memory.
//!
//! The files are read three times, one after the other. First only the normal forms and outlines of the records are kept;
//! then the members of clusters that give way to another record; then each file's unique records are written before the
//! next is read. Nothing else differs: what is written is the same, byte for byte. A file that is another one when it is read
//! again is an error.

use super::args::{Common, DedupeArguments};
use super::dedupe::{check_lists, finish, stage_lists};
use super::inputs::Listing;
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{notes, target, works};
use crate::dedupe::{self, Deduplication, Settings, merge};
use crate::error::{Error, ErrorKind, Result};
use crate::formats::{Appender, Losses, Parsed, Target};
use crate::normalize::{Key, NormalForm};
use crate::record::{Record, Source};
use crate::report::Summary;
use rayon::prelude::*;
use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

pub(super) fn run(arguments: &DedupeArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    let settings = Settings { reasons: arguments.duplicates.is_some(), ..works::settings(&arguments.works)? };
    check_lists(arguments, &settings)?;
    let output = arguments.output.as_deref();
    let target = output.map(|output| target::of_result(output, &arguments.write)).transpose()?;
    let appender = output.zip(target).map(|(output, target)| appender(output, &target, arguments)).transpose()?;
    let listing = Listing::of(&arguments.input)?;
    let mut files = Files::default();
    let mut forms: Vec<NormalForm> = Vec::new();
    let (mut sources, mut records, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    let mut notes = listing.read_in_turn(bars, |parsed| {
        files.add(&parsed);
        forms.extend(dedupe::forms_of(&parsed.records, bars));
        let (source, outlines) = Record::outlines(&parsed.records, &parsed.source, arguments.duplicates.is_some());
        sources.push(source);
        records.extend(outlines);
        diagnostics.extend(parsed.diagnostics);
        Ok(())
    })?;
    let result = dedupe::dedupe_forms(&records, &forms, records.len(), &settings, bars);
    let keys: Vec<Key> = if settings.reasons { forms.iter().map(NormalForm::key).collect() } else { Vec::new() };
    notes.copies = notes::copies(files.0.iter().map(|file| (file.text, file.name.as_str())));
    let all_keys = || works::keys_of_forms(&forms);
    notes.idle = works::idle(arguments.works.decisions.as_deref(), &settings.decisions, all_keys);
    // What follows needs the memory for the records that give way to others.
    drop(forms);
    let mut staged = Staged::beside(&sources).and(arguments.files());
    if let (Some(output), Some(target), Some(mut appender)) = (output, target, appender) {
        let members = members(&listing, &files, &result, bars)?;
        let mut outcome = Ok(Losses::default());
        let added = staged.add_with(output, |out| {
            let write = |unique: &[Record]| {
                let failed = |error| Error::new(ErrorKind::Io, output.display().to_string(), "could not be written").because(error);
                appender.write(unique, out).map_err(failed)
            };
            outcome = write_unique(&listing, &files, &result, &members, (&target, write), bars);
            outcome.as_ref().map(|_| ()).map_err(|error| io::Error::other(error.to_string()))
        });
        // That a file has changed says more than that another could not be written.
        let losses = outcome?;
        added?;
        target::print_losses(&losses, &target, common.quiet);
    }
    bars.finish();
    notes.print(common.quiet);
    if arguments.output.is_some() {
        notes.print_left_out(common.quiet);
    }
    stage_lists(&mut staged, arguments, (&records, |at| keys[at as usize]), (&result, &settings))?;
    let summary = Summary::new(&sources, &records, &result, diagnostics);
    staged.commit()?;
    finish(&summary, arguments, common)
}

fn appender(output: &Path, target: &Target, arguments: &DedupeArguments) -> Result<Appender> {
    let wrong = |message: String| Error::new(ErrorKind::Settings, output.display().to_string(), message);
    if arguments.write.audience.is_some() {
        let message = "expected no --for with --low-memory: a program's limits on its files are known only when all is in memory";
        return Err(wrong(message.to_owned()));
    }
    let found = target.format;
    let message = || format!("expected a file of RIS, MEDLINE or EndNote tagged records with --low-memory, found {found}");
    Appender::new(target).ok_or_else(|| wrong(message()))
}

/// The files that were read, as far as it takes to know them again.
#[derive(Default)]
struct Files(Vec<File>);

struct File {
    name: String,
    text: u64,
    /// The indices of its records.
    records: Range<usize>,
}

impl Files {
    fn add(&mut self, parsed: &Parsed) {
        let start = self.0.last().map_or(0, |file| file.records.end);
        let Source { name, text, .. } = &*parsed.source;
        self.0.push(File { name: name.clone(), text: xxh3_64(text.as_bytes()), records: start..start + parsed.records.len() });
    }

    /// Reads the files once more, and hands each on with the indices of its records.
    fn again(&self, listing: &Listing<'_>, bars: &Bars, mut work: impl FnMut(&Range<usize>, &[Record]) -> Result<()>) -> Result<()> {
        let mut files = self.0.iter();
        let changed = |name: &str| {
            let message = "the file is another one than when it was read first; nothing was written, please run again";
            Error::new(ErrorKind::Io, name.to_owned(), message)
        };
        listing.read_in_turn(bars, |parsed| {
            let is_same = |file: &&File| {
                file.name == parsed.source.name
                    && file.records.len() == parsed.records.len()
                    && file.text == xxh3_64(parsed.source.text.as_bytes())
            };
            let file = files.next().filter(is_same).ok_or_else(|| changed(&parsed.source.name))?;
            work(&file.records, &parsed.records)
        })?;
        files.next().map_or(Ok(()), |file| Err(changed(&file.name)))
    }
}

/// The records that are not kept, with their indices, in order.
fn members(listing: &Listing<'_>, files: &Files, result: &Deduplication, bars: &Bars) -> Result<Vec<(usize, Record)>> {
    let mut members = Vec::new();
    files.again(listing, bars, |range, records| {
        let given_up: Vec<usize> = range.clone().filter(|at| result.cluster_of[*at] as usize != *at).collect();
        let of_file: Vec<&Record> = given_up.iter().map(|at| &records[at - range.start]).collect();
        members.extend(given_up.into_iter().zip(Record::detached(&of_file)));
        Ok(())
    })?;
    Ok(members)
}

/// Hands the unique records of each file, as the target wants them, to `write`.
fn write_unique(
    listing: &Listing<'_>,
    files: &Files,
    result: &Deduplication,
    members: &[(usize, Record)],
    (target, mut write): (&Target, impl FnMut(&[Record]) -> Result<Losses>),
    bars: &Bars,
) -> Result<Losses> {
    let mut losses = Losses::default();
    let clusters = result.clusters();
    let mut rest = clusters.as_slice();
    files.again(listing, bars, |range, records| {
        let n_of_file = rest.partition_point(|cluster| cluster.first().is_some_and(|kept| (*kept as usize) < range.end));
        let (of_file, behind) = rest.split_at(n_of_file);
        rest = behind;
        let record = |at: usize| {
            let member = || members.binary_search_by_key(&at, |(at, _)| *at).ok().map(|place| &members[place].1);
            if range.contains(&at) { records.get(at - range.start) } else { member() }
        };
        let merged = |cluster: &Vec<u32>| {
            let members: Vec<&Record> = cluster.iter().filter_map(|at| record(*at as usize)).collect();
            let merged = merge::merge(&members)?;
            Some(target::as_wanted(Cow::Owned(merged), &members, target).into_owned())
        };
        let unique: Vec<Record> = of_file.par_iter().filter_map(merged).collect();
        losses.add(&write(&unique)?);
        Ok(())
    })?;
    Ok(losses)
}

#[cfg(test)]
mod tests {
    use super::super::args::{Arguments, Command};
    use super::*;
    use clap::Parser as _;

    #[test]
    fn a_file_that_is_another_one_the_second_time_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ris");
        let of = |title: &str| format!("TY  - JOUR\nTI  - {title}\nER  - \n");
        let name = path.display().to_string();
        let Command::Dedupe(arguments) = Arguments::parse_from(["refsieve", "dedupe", &name, "--low-memory"]).command else { panic!() };
        let bars = Bars::new(true);
        let mut files = Files::default();
        std::fs::write(&path, of("One")).unwrap();
        let listing = Listing::of(&arguments.input).unwrap();
        let first = listing.read_in_turn(&bars, |parsed| {
            files.add(&parsed);
            Ok(())
        });
        first.unwrap();
        files.again(&listing, &bars, |_, _| Ok(())).unwrap();
        std::fs::write(&path, of("Two")).unwrap();
        let error = files.again(&listing, &bars, |_, _| Ok(())).unwrap_err().to_string();
        assert!(error.contains("a.ris") && error.contains("another one than when it was read first"), "{error}");
    }
}
