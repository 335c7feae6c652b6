//! What is to be said about files as a whole, on standard error and not with `--quiet`: those that were passed over,
//! those that were given twice, what stands outside of records, and decisions that are about none of their records.

use crate::error::Error;
use crate::formats::Parsed;
use crate::record::{Format, Source};
use std::collections::{BTreeMap, btree_map};

/// What reading files gave beside their records.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) skipped: Vec<Skipped>,
    pub(super) copies: Vec<Repeated>,
    /// Decisions that fit no records here, in words.
    pub(super) idle: Option<String>,
    /// Files with text outside of their records, and of how many lines.
    pub(super) outside: Vec<(String, usize)>,
}

/// A file of a given folder or archive that is no export.
pub(super) struct Skipped {
    pub(super) path: String,
    /// What was found in place of an export.
    found: String,
}

/// A file with the same text as another.
pub(super) struct Repeated {
    path: String,
    /// The first file that has it.
    of: String,
}

/// How many notes of one kind are printed.
const SHOWN: usize = 10;

impl Notes {
    /// Prints them, of each kind the first few, and how many more there are.
    pub(super) fn print(&self, quiet: bool) {
        if quiet {
            return;
        }
        for Skipped { path, found } in self.skipped.iter().take(SHOWN) {
            complain!("{path}: passed over, no export: {found}");
        }
        say_more(self.skipped.len(), "files are passed over, no exports; `refsieve read` lists them all");
        for Repeated { path, of } in self.copies.iter().take(SHOWN) {
            if path == of {
                complain!("{path}: given twice; its records are read twice");
            } else {
                complain!("{path}: the same text as {of}; its records are read twice");
            }
        }
        say_more(self.copies.len(), "files have the text of another");
        if let Some(idle) = &self.idle {
            complain!("{idle}");
        }
    }

    /// Remembers what stands outside of the records of `export`.
    pub(super) fn add_outside(&mut self, export: &Parsed) {
        let n_lines = export.n_outside_lines();
        // Web of Science puts its name and an end into each file.
        if n_lines > 0 && export.source.format != Format::WosTagged {
            self.outside.push((export.source.name.clone(), n_lines));
        }
    }

    /// Says what is left out where records are written in another order, or not all of them: the text outside of records.
    pub(super) fn print_left_out(&self, quiet: bool) {
        if quiet {
            return;
        }
        for (path, n_lines) in self.outside.iter().take(SHOWN) {
            complain!("{path}: {n_lines} lines outside of its records are not written; `refsieve convert` keeps them within a format");
        }
        say_more(self.outside.len(), "files have lines outside of their records");
    }
}

/// The files that have the same `text` as one before; each with its path.
pub(super) fn copies<'a, T: Ord>(files: impl IntoIterator<Item = (T, &'a str)>) -> Vec<Repeated> {
    let mut first: BTreeMap<T, &str> = BTreeMap::new();
    let copy = |(text, path): (T, &'a str)| match first.entry(text) {
        btree_map::Entry::Vacant(place) => {
            place.insert(path);
            None
        }
        btree_map::Entry::Occupied(place) => Some(Repeated { path: path.to_owned(), of: (*place.get()).to_owned() }),
    };
    files.into_iter().filter_map(copy).collect()
}

/// The text of a source, as [`copies`] compares it: the length first, which mostly tells.
pub(super) fn text_of(source: &Source) -> (usize, &str) {
    (source.text.len(), &source.text)
}

fn say_more(n_all: usize, what: &str) {
    if n_all > SHOWN {
        complain!("and {} more {what}", n_all - SHOWN);
    }
}

impl Skipped {
    /// A file that could not be read as an export.
    pub(super) fn no_export(path: String, error: &Error) -> Self {
        Self { path, found: found(error) }
    }

    /// A link that leads nowhere, or back.
    pub(super) fn link(path: String) -> Self {
        Self { path, found: "a link that leads nowhere".to_owned() }
    }
}

/// What an error about a file says was found there.
pub(super) fn found(error: &Error) -> String {
    let text = error.to_string();
    text.rsplit_once(", found ").map_or(text.as_str(), |(_, found)| found).to_owned()
}
