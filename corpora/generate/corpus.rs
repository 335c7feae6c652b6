//! Makes the corpus: one pass over the works, each copy to its database's file, gold labels beside the folder.
//!
//! A work needs nothing but its number, so a million records take no more memory than ten thousand: what
//! is kept is a window of records per file, from which the next one is taken at random, as exports are not
//! sorted alike.

use crate::databases::{DATABASES, Database, record_id, share};
use crate::noise;
use crate::random::{Purpose, Random, below, between, chance, numbered, shuffle, weighted};
use crate::traps::work_or_trap;
use crate::works::{Library, Work, library};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How many works of every `BLOCK` have so many copies: 400 records of 260 works, so that 35 % are redundant.
const CLUSTER_SIZES: [(usize, u32); 8] = [(171, 1), (60, 2), (18, 3), (6, 4), (2, 5), (1, 6), (1, 7), (1, 8)];
const BLOCK: u64 = 260;
/// Records a file holds back to shuffle them.
const WINDOW: usize = 1000;

/// A file of the corpus that could not be written.
#[derive(Debug)]
pub struct Unwritable {
    pub path: PathBuf,
    pub cause: io::Error,
}

/// Writes `n_records` records to ten files in `folder`, and their labels to the file that `gold_path` names.
pub fn write_corpus(folder: &Path, n_records: u64, seed: u64) -> Result<(), Unwritable> {
    std::fs::create_dir_all(folder).map_err(|cause| Unwritable { path: folder.to_path_buf(), cause })?;
    let mut gold = Output::create(gold_path(folder))?;
    let mut exports = Vec::new();
    for (place, database) in (0..).zip(&DATABASES) {
        exports.push(Export::create(database, folder, numbered(seed, Purpose::Order, place))?);
    }
    let library = library(seed);
    let mut n_left = n_records;
    for number in 0.. {
        if n_left == 0 {
            break;
        }
        for (place, copy) in copies(&library, number, n_left) {
            exports[place].take(copy, &mut gold)?;
            n_left -= 1;
        }
    }
    for export in exports {
        export.finish(&mut gold)?;
    }
    gold.finish()
}

/// Where the labels stand: beside the folder, not in it, so that the folder holds exports only.
pub fn gold_path(folder: &Path) -> PathBuf {
    let mut path = folder.components().collect::<PathBuf>().into_os_string();
    path.push(".gold.tsv");
    PathBuf::from(path)
}

/// The copies of a work, at most `limit`, each with the place of its database.
fn copies(library: &Library, number: u64, limit: u64) -> Vec<(usize, Work)> {
    let random = &mut numbered(library.seed, Purpose::Copies, number);
    let (work, guarded) = work_or_trap(library, number);
    let n_copies = u64::from(cluster_size(library.seed, number)).min(limit);
    let mut taken = [false; DATABASES.len()];
    let mut copies = Vec::new();
    while copies.len() < n_copies as usize {
        let place = weighted(random, DATABASES.iter().map(|database| share(database, work.kind)));
        let database = &DATABASES[place];
        if taken[place] && !database.repeats {
            continue;
        }
        taken[place] = true;
        let mut copy = work.clone();
        let further = !copies.is_empty();
        let n_noises = if further { between(random, 1, 4) } else { u32::from(chance(random, 40)) };
        noise::apply(&mut copy, random, n_noises, !guarded && !database.thin && further);
        copies.push((place, copy));
    }
    copies
}

/// How many records a work has: each block of works has the same sizes, in its own order.
fn cluster_size(seed: u64, number: u64) -> u32 {
    let mut sizes: Vec<u32> = CLUSTER_SIZES.iter().flat_map(|(count, size)| vec![*size; *count]).collect();
    shuffle(&mut numbered(seed, Purpose::Sizes, number / BLOCK), &mut sizes);
    sizes[(number % BLOCK) as usize]
}

/// A file with its path, for messages.
struct Output {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Output {
    fn create(path: PathBuf) -> Result<Output, Unwritable> {
        match File::create(&path) {
            Ok(file) => Ok(Output { path, file: BufWriter::with_capacity(1 << 18, file) }),
            Err(cause) => Err(Unwritable { path, cause }),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Unwritable> {
        self.file.write_all(text.as_bytes()).map_err(|cause| Unwritable { path: self.path.clone(), cause })
    }

    fn finish(mut self) -> Result<(), Unwritable> {
        self.file.flush().map_err(|cause| Unwritable { path: self.path, cause })
    }
}

/// A database's file as it grows.
struct Export {
    database: &'static Database,
    output: Output,
    random: Random,
    window: Vec<Work>,
    n_written: u64,
    text: String,
}

impl Export {
    fn create(database: &'static Database, folder: &Path, random: Random) -> Result<Export, Unwritable> {
        let mut output = Output::create(folder.join(database.file))?;
        output.write(database.frame.0)?;
        Ok(Export { database, output, random, window: Vec::new(), n_written: 0, text: String::new() })
    }

    /// Takes a record, and writes one of those held back when there are enough.
    fn take(&mut self, work: Work, gold: &mut Output) -> Result<(), Unwritable> {
        self.window.push(work);
        if self.window.len() > WINDOW { self.write_one(gold) } else { Ok(()) }
    }

    fn finish(mut self, gold: &mut Output) -> Result<(), Unwritable> {
        while !self.window.is_empty() {
            self.write_one(gold)?;
        }
        self.output.write(self.database.frame.1)?;
        self.output.finish()
    }

    fn write_one(&mut self, gold: &mut Output) -> Result<(), Unwritable> {
        let place = below(&mut self.random, self.window.len() as u32);
        let work = self.window.swap_remove(place as usize);
        self.n_written += 1;
        self.text.clear();
        (self.database.write)(&mut self.text, &work, self.n_written);
        if self.database.crlf {
            self.text = self.text.replace('\n', "\r\n");
        }
        self.output.write(&self.text)?;
        let id = record_id(self.database, &work, self.n_written);
        gold.write(&format!("{id}\tw{}\n", work.number))
    }
}
