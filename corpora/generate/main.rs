//! Writes a corpus of any size: ten database exports in ten dialects, a third of it duplicates, with gold labels beside it.
//!
//! `cargo run --release --example generate -- --records 13178 --seed 1 --out DIR` writes ten files to DIR
//! and `DIR.gold.tsv` (record id, tab, cluster id). A seed gives the same bytes on every machine. It does
//! not read, deduplicate or search anything; all titles, people and journals are invented.

// An example has no layers: it writes files and speaks to its user itself, and `pub` means the other files here.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, unreachable_pub)]

mod corpus;
mod databases;
mod dialects;
mod fields;
mod grammar;
mod headings;
mod names;
mod noise;
mod parts;
mod random;
#[cfg(test)]
mod tests;
mod traps;
mod words;
mod works;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Most records a corpus may have: beyond, PubMed numbers would repeat.
const MOST_RECORDS: u64 = 40_000_000;

/// Write ten made-up database exports with gold labels.
#[derive(Parser)]
#[command(name = "generate")]
struct Arguments {
    /// Number of records in all ten files together.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=MOST_RECORDS))]
    records: u64,
    /// Another seed gives another corpus.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for the exports; the labels go beside it, to FOLDER.gold.tsv.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match corpus::write_corpus(&arguments.out, arguments.records, arguments.seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: cannot write {}: {}", error.path.display(), error.cause);
            ExitCode::from(2)
        }
    }
}
