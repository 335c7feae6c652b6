//! The arguments, as plain structs. What they mean is decided by the command that takes them.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads the exports of bibliographic databases, removes the duplicates, and runs Ovid search strategies on what is left.
/// Everything happens on this machine; no record leaves it.
#[derive(Debug, Parser)]
#[command(name = "refsieve", version, max_term_width = 100, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Files may be RIS, MEDLINE (PubMed .nbib/.txt), EndNote tagged (.enw) or EndNote XML; the format is told by content.
A folder stands for every export in it, in name order; - is standard input.

Exit codes:
  0  done
  1  done, with findings: a line of the strategy cannot be run
  2  could not be done; nothing was written";

/// Options of every command.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Common {
    /// Use so many threads (default: one a core); the result is the same for any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Print results and errors only: no progress, no notes, no warnings
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The main job: read exports, remove duplicates, run a strategy, write records and a report
    Run(RunArguments),
    /// Remove the duplicates of exports
    Dedupe(DedupeArguments),
    /// Run an Ovid strategy on exports or on an index, line by line
    Search(SearchArguments),
    /// Build a search index that keeps its records, to search it again later
    Index(IndexArguments),
    /// Read exports and write them as one RIS file
    Convert(ConvertArguments),
    /// Measure against labelled data
    #[command(subcommand)]
    Evaluate(EvaluateCommand),
}

/// How tables are printed on standard output.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub(super) struct TableFormat {
    /// Print the result as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Print the result as CSV
    #[arg(long)]
    pub(super) csv: bool,
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// Exports, folders of exports, or - for standard input
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// The strategy, one numbered line a search, in Ovid's language
    #[arg(long, value_name = "FILE")]
    pub(super) strategy: PathBuf,
    /// The folder for unique.ris, hits.ris, duplicates.csv, unsure.csv, sources.csv, lines.csv, summary.json, report.html
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct DedupeArguments {
    /// Exports, folders of exports, or - for standard input
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// Write the unique records as RIS
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Write which record belongs to which cluster: record id, cluster id, file, ordinal, separated by tabs
    #[arg(long, value_name = "FILE")]
    pub(super) clusters: Option<PathBuf>,
    #[command(flatten)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    /// Exports, folders of exports, an index made by `refsieve index`, or - for standard input
    #[arg(required = true, value_name = "FILES_OR_INDEX")]
    pub(super) files: Vec<PathBuf>,
    /// The strategy, one numbered line a search, in Ovid's language
    #[arg(long, value_name = "FILE")]
    pub(super) strategy: PathBuf,
    /// Remove the duplicates first
    #[arg(long)]
    pub(super) unique: bool,
    #[command(flatten)]
    pub(super) format: TableFormat,
    /// With --json: list the ids of the records that each line finds
    #[arg(long, requires = "json")]
    pub(super) records: bool,
    /// With -o: the line whose records are written (default: the last)
    #[arg(long, value_name = "N", requires = "output")]
    pub(super) line: Option<u32>,
    /// Write the records that a line finds as RIS
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct IndexArguments {
    /// Exports, folders of exports, or - for standard input
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// The folder of the index; an index that stands there is replaced
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArguments {
    /// Exports, folders of exports, or - for standard input
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// The RIS file to write
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum EvaluateCommand {
    /// Deduplicate labelled records and count what is right: pairs, and records removed
    Dedupe(EvaluateDedupeArguments),
}

#[derive(Debug, Args)]
pub(super) struct EvaluateDedupeArguments {
    /// Exports, or folders of exports, with the labelled records
    #[arg(required = true, value_name = "RECORDS")]
    pub(super) files: Vec<PathBuf>,
    /// The labels: record id, tab, cluster id, one record a line
    #[arg(value_name = "GOLD")]
    pub(super) gold: PathBuf,
    #[command(flatten)]
    pub(super) format: TableFormat,
}
