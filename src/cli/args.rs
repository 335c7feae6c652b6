//! The arguments, as plain structs. What they mean is decided by the command that takes them.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads the exports of bibliographic databases, removes the duplicates, runs search strategies of Ovid and PubMed on what is
/// left, and translates them for other platforms.
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
Files may be in any of the formats that `refsieve formats` lists; the format is told by content, never by name.
A folder or archive stands for every export in it that is not hidden, in name order; - is standard input.

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
    /// Take merged records apart again into those that went into them
    Split(SplitArguments),
    /// Decide about the open pairs on the terminal, two records side by side
    Review(ReviewArguments),
    /// Write the pairs that a person should decide about, to be filled in
    Pairs(PairsArguments),
    /// Add what a person filled in to a file of decisions
    Decide(DecideArguments),
    /// Run a strategy (Ovid's, or PubMed's) on exports or on an index, line by line
    Search(SearchArguments),
    /// Look through a strategy before it is run: what is wrong, unused, redundant, missing, and why
    Check(CheckArguments),
    /// Say of one record why each line of a strategy finds it or does not, and where it is lost
    Explain(ExplainArguments),
    /// Translate a strategy for another platform, line by line, and say what is lost
    Translate(TranslateArguments),
    /// Build a search index that keeps its records, to search it again later
    Index(IndexArguments),
    /// Read exports and write their records in another format, or for another program
    Convert(ConvertArguments),
    /// Tell of each export what it is and what it holds
    Read(ReadArguments),
    /// List the formats, dialects, databases and programs that refsieve knows
    Formats(FormatsArguments),
    /// List the codes of everything that refsieve can find odd, or explain one
    Codes(CodesArguments),
    /// Measure against labelled data
    #[command(subcommand)]
    Evaluate(EvaluateCommand),
}

/// What is read.
#[derive(Debug, Clone, Args)]
pub(super) struct InputArguments {
    /// Exports, archives (.zip, .gz) or folders of exports, or - for standard input; `search`, `explain` and
    /// `evaluate search` also take an index
    #[arg(required = true, value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    /// The database that a file came from, where its content does not say or says it wrongly; may be repeated
    #[arg(long = "database", value_name = "FILE=NAME")]
    pub(super) databases: Vec<String>,
    /// What the columns of tables with an unknown header mean, as "Tittel=title, Forfattere=author:;": name of the column,
    /// field, and after a colon what stands between several values in one cell
    #[arg(long, value_name = "MAP")]
    pub(super) columns: Option<String>,
}

/// In which format records are written.
#[derive(Debug, Clone, Args)]
pub(super) struct WriteArguments {
    /// The format to write: ris, nbib, enw, endnote-xml, bibtex, csl-json, csv, tsv, xlsx or jsonl (default: by the ending of
    /// the file's name, else ris)
    #[arg(long, value_name = "FORMAT")]
    pub(super) to: Option<String>,
    /// The program that will read it: endnote, zotero, rayyan, covidence, mendeley or asreview
    #[arg(long = "for", value_name = "PROGRAM")]
    pub(super) audience: Option<String>,
    /// Say in a note of each record where it came from, also where the format stays the same
    #[arg(long, conflicts_with = "no_provenance")]
    pub(super) provenance: bool,
    /// Write no notes about where records came from; those that the files themselves have stay
    #[arg(long)]
    pub(super) no_provenance: bool,
}

/// What counts as one work.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What is one work")]
pub(super) struct WorkArguments {
    /// How much must agree: cautious merges what an identifier or a place in a journal shows, thorough merges thin records too
    #[arg(long, value_name = "LEVEL", default_value = "balanced")]
    pub(super) level: LevelName,
    /// A preprint and the paper that followed, of the same title and people
    #[arg(long, value_name = "POLICY", default_value = "apart")]
    pub(super) preprints: PolicyName,
    /// A conference abstract and the paper that followed, of the same title and people
    #[arg(long, value_name = "POLICY", default_value = "apart")]
    pub(super) abstracts: PolicyName,
    /// An erratum and the paper that it corrects
    #[arg(long, value_name = "POLICY", default_value = "apart")]
    pub(super) errata: PolicyName,
    /// Two versions of one Cochrane review
    #[arg(long, value_name = "POLICY", default_value = "merge")]
    pub(super) cochrane_versions: PolicyName,
    /// Two editions of one book
    #[arg(long, value_name = "POLICY", default_value = "apart")]
    pub(super) editions: PolicyName,
    /// Which record of a cluster is kept: most-complete, first (in the order of the files), or one of the databases that are
    /// named, the best first, as "medline,embase"
    #[arg(long, value_name = "RULE", default_value = "most-complete")]
    pub(super) keep: String,
    /// What people decided about pairs of records (see `refsieve pairs` and `refsieve decide`); goes before everything else
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Option<PathBuf>,
}

/// How the search language is read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How the language is read")]
pub(super) struct ReadingArguments {
    /// The language that the strategy is written in
    #[arg(long, value_name = "LANGUAGE", default_value = "ovid")]
    pub(super) from: LanguageName,
    /// In which order and, or, not are applied where no brackets say it
    #[arg(long, value_name = "ORDER", default_value = "and-not-or")]
    pub(super) precedence: PrecedenceName,
    /// Let a word that Ovid drops from unquoted phrases (of, the, to, ...) stand for any one word there
    #[arg(long, conflicts_with = "adj_skips_stopwords")]
    pub(super) ovid_stopwords: bool,
    /// Do not count such words in the distance of adj, and leave them out of phrases
    #[arg(long)]
    pub(super) adj_skips_stopwords: bool,
    /// A MeSH file instead of the built-in table: descYYYY.xml or mtreesYYYY.bin; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) mesh: Vec<PathBuf>,
    /// A thesaurus instead of MeSH: a heading, a tab and a heading directly below it on each line; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) narrower: Vec<PathBuf>,
}

/// The names of the orders.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum PrecedenceName {
    /// And, then not, then or
    AndNotOr,
    /// And and not from left to right, then or
    AndNotEqual,
    /// All from left to right
    LeftToRight,
}

/// By what the records of each line are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CountedBy {
    /// The database each record came from
    Database,
}

/// The names of the levels.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LevelName {
    Cautious,
    Balanced,
    Thorough,
}

/// The two answers to the question of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PolicyName {
    Apart,
    Merge,
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
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The strategy, one numbered line a search
    #[arg(long, value_name = "FILE")]
    pub(super) strategy: PathBuf,
    /// The folder for unique.ris, hits.ris, duplicates.csv, unsure.csv, sources.csv, lines.csv, summary.json, report.html
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) format: TableFormat,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct DedupeArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// What was found and deduplicated earlier (exports, archives or folders): none of it is touched, and only what is not in it
    /// counts as new
    #[arg(long, value_name = "FILES", num_args = 1..)]
    pub(super) against: Vec<PathBuf>,
    /// Write the unique records (with --against: those that are new); - for standard output, as with the two lists below: one of
    /// the three, and the table of files then stands on standard error
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) write: WriteArguments,
    /// Write one row for each removed record (.csv, .xlsx or .json; without an ending, or - for standard output, CSV): which
    /// record was kept for it, by which rule, on what evidence
    #[arg(long, value_name = "FILE")]
    pub(super) duplicates: Option<PathBuf>,
    /// Write which record belongs to which cluster: record id, cluster id, file, ordinal, separated by tabs; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(super) clusters: Option<PathBuf>,
    /// For sets that do not fit into memory: keep only what is compared, and read the files again, twice, to write the unique
    /// records (.ris, .nbib or .enw)
    #[arg(long, conflicts_with = "against")]
    pub(super) low_memory: bool,
    #[command(flatten)]
    pub(super) format: TableFormat,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct SplitArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The exports (or archives or folders of them) that the merged records were made of
    #[arg(long, value_name = "FILES", num_args = 1.., required = true)]
    pub(super) from: Vec<PathBuf>,
    /// Only the merged record with this id; may be repeated (default: every merged record)
    #[arg(long = "record", value_name = "ID")]
    pub(super) records: Vec<String>,
    /// The file to write, or - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) write: WriteArguments,
}

#[derive(Debug, Args)]
pub(super) struct ReviewArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The file of decisions, which the answers are added to; what stands in it is not asked again
    #[arg(long, value_name = "FILE")]
    pub(super) to: PathBuf,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct PairsArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// What was found and deduplicated earlier, as with `dedupe`: no pair of two old records is asked about
    #[arg(long, value_name = "FILES", num_args = 1..)]
    pub(super) against: Vec<PathBuf>,
    /// The sheet to write: .csv, .xlsx or .json; without an ending, or - for standard output, CSV
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(super) output: PathBuf,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct DecideArguments {
    /// A sheet (.csv, .xlsx or .json) whose column "decision" a person filled with same or different: that of `refsieve pairs`, or a list
    /// of duplicates or of unsure pairs to which the column was added
    #[arg(value_name = "SHEET")]
    pub(super) sheet: PathBuf,
    /// The file of decisions; made where it does not exist
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: PathBuf,
}

/// The languages of strategies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageName {
    Ovid,
    Pubmed,
}

/// The platforms that a strategy can be translated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PlatformName {
    Pubmed,
    Embase,
    Ebsco,
    Wos,
    Scopus,
    Cochrane,
    Proquest,
}

#[derive(Debug, Args)]
pub(super) struct TranslateArguments {
    /// The strategy, one numbered line a search; - is standard input
    #[arg(value_name = "STRATEGY")]
    pub(super) strategy: PathBuf,
    /// The platform to translate it for
    #[arg(long, value_name = "PLATFORM")]
    pub(super) to: PlatformName,
    /// Exports, or an index, whose words are listed where the platform cannot truncate as the strategy does
    #[arg(long, value_name = "FILES", num_args = 1..)]
    pub(super) using: Vec<PathBuf>,
    /// Run the strategy and its translation on the records of --using, and list for each line the records that only one of the
    /// two finds; exit code 1 if a line of one of them cannot be run. Only for a platform whose language refsieve reads
    /// (pubmed), else exit code 2
    #[arg(long, requires = "using")]
    pub(super) measure: bool,
    /// Print the lines with their losses, and what was measured, as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// With --measure: print what was measured as CSV, one row a line
    #[arg(long, requires = "measure", conflicts_with = "json")]
    pub(super) csv: bool,
    /// Write the lines to a file (default: standard output); what is lost is printed all the same
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The strategy, one numbered line a search
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
    /// Print the records of this line of the strategy, with the words that it found marked
    #[arg(long, value_name = "LINE", conflicts_with = "csv")]
    pub(super) show: Option<u32>,
    /// Count the records of each line by database too
    #[arg(long, value_name = "WHAT")]
    pub(super) by: Option<CountedBy>,
    /// With -o: the line whose records are written (default: the last)
    #[arg(long, value_name = "N", requires = "output")]
    pub(super) line: Option<u32>,
    /// Write the records that a line finds
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) write: WriteArguments,
    // The last, since their headings would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// The strategy, one numbered line a search
    #[arg(value_name = "STRATEGY")]
    pub(super) strategy: PathBuf,
    /// Exports, archives or folders of exports, or an index: with them words, headings and lines that find nothing are named
    #[arg(value_name = "FILES")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) format: TableFormat,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The strategy, one numbered line a search
    #[arg(value_name = "STRATEGY")]
    pub(super) strategy: PathBuf,
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The record: its id, file and ordinal (scopus.ris#3), PMID, DOI or accession number
    #[arg(long, value_name = "ID")]
    pub(super) record: String,
    /// Remove the duplicates first
    #[arg(long)]
    pub(super) unique: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub(super) json: bool,
    // The last, since their headings would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct IndexArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The folder of the index; an index that stands there is replaced
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// Print what was written, and what the format could not hold, as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// The file to write, or - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) write: WriteArguments,
}

#[derive(Debug, Args)]
pub(super) struct ReadArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[command(flatten)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct FormatsArguments {
    #[command(flatten)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct CodesArguments {
    /// The code to explain
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
    #[command(flatten)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum EvaluateCommand {
    /// Deduplicate labelled records and count what is right: pairs, and records removed
    Dedupe(EvaluateDedupeArguments),
    /// Run a strategy and count what it finds of records that are known to be relevant, line by line and without each term
    Search(EvaluateSearchArguments),
}

#[derive(Debug, Args)]
pub(super) struct EvaluateDedupeArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The labels: record id, tab, cluster id, one record a line
    #[arg(value_name = "GOLD")]
    pub(super) gold: PathBuf,
    /// Write the pairs that are judged wrongly, with rule and evidence, as CSV
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,
    #[command(flatten)]
    pub(super) format: TableFormat,
    // The last, since its heading would stand above all that follows.
    #[command(flatten)]
    pub(super) works: WorkArguments,
}

#[derive(Debug, Args)]
pub(super) struct EvaluateSearchArguments {
    /// The strategy, one numbered line a search
    #[arg(value_name = "STRATEGY")]
    pub(super) strategy: PathBuf,
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// The records that are known to be relevant: one a line by id, PMID, DOI or accession number (first column; # begins a
    /// comment), or an export of them
    #[arg(long, value_name = "KNOWN")]
    pub(super) relevant: PathBuf,
    /// Remove the duplicates first, so that each work counts once
    #[arg(long)]
    pub(super) unique: bool,
    /// Write what the last line would find without each line and each alternative of an OR, as CSV
    #[arg(long, value_name = "FILE")]
    pub(super) contributions: Option<PathBuf>,
    /// Write the known records that are not among FILES or that the last line misses, and what loses them, as CSV
    #[arg(long, value_name = "FILE")]
    pub(super) missed: Option<PathBuf>,
    #[command(flatten)]
    pub(super) format: TableFormat,
    // The last, since their headings would stand above all that follows.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    #[command(flatten)]
    pub(super) works: WorkArguments,
}
