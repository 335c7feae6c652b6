//! The outside world: arguments in, files and the terminal out. One file a command: read, call the library, write; no
//! decisions of its own.

// Files, environment, terminal: here and nowhere else (see clippy.toml).
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

/// `eprintln!`, but where nobody reads standard error any more ("2>&1 | head") nothing is said, and the work goes on.
macro_rules! complain {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($text)*);
    }};
}

/// As [`complain!`], without a line end.
macro_rules! complain_as_it_is {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stderr(), $($text)*);
    }};
}

mod args;
mod check;
mod codes;
mod convert;
mod decide;
mod dedupe;
mod evaluate;
mod explain;
mod formats;
mod huge_pages;
mod index;
mod index_folder;
mod inputs;
mod language;
mod lean;
mod notes;
mod outcome;
mod output;
mod pairs;
mod progress;
mod read;
mod review;
mod run;
mod search;
mod sheet;
mod show;
mod split;
mod target;
mod translate;
mod works;

use crate::error::{Error, ErrorKind, Result};
use args::{Arguments, Command, Common, EvaluateCommand};
use clap::Parser as _;
use outcome::Outcome;
use progress::Bars;
use std::process::ExitCode;

/// Runs the program with the arguments of the process. Exit code 0: done; 1: done, with findings (a line of the strategy
/// cannot be run); 2: could not be done, nothing was written.
#[must_use]
pub fn run() -> ExitCode {
    let Arguments { common, command } = Arguments::parse();
    outcome::exit_code(use_threads(common).and_then(|()| dispatch(command, common)))
}

fn dispatch(command: Command, common: Common) -> Result<Outcome> {
    let bars = Bars::new(common.quiet);
    match command {
        Command::Run(arguments) => run::run(&arguments, common, &bars),
        Command::Dedupe(arguments) => dedupe::run(&arguments, common, &bars),
        Command::Split(arguments) => split::run(&arguments, common, &bars),
        Command::Review(arguments) => review::run(&arguments, common, &bars),
        Command::Pairs(arguments) => pairs::run(&arguments, common, &bars),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Search(arguments) => search::run(&arguments, common, &bars),
        Command::Check(arguments) => check::run(&arguments, common, &bars),
        Command::Explain(arguments) => explain::run(&arguments, common, &bars),
        Command::Translate(arguments) => translate::run(&arguments, common, &bars),
        Command::Index(arguments) => index::run(&arguments, common, &bars),
        Command::Convert(arguments) => convert::run(&arguments, common, &bars),
        Command::Read(arguments) => read::run(&arguments, common, &bars),
        Command::Formats(arguments) => formats::run(&arguments),
        Command::Codes(arguments) => codes::run(&arguments),
        Command::Evaluate(EvaluateCommand::Dedupe(arguments)) => evaluate::run(&arguments, common, &bars),
        Command::Evaluate(EvaluateCommand::Search(arguments)) => evaluate::search::run(&arguments, common, &bars),
    }
}

fn use_threads(common: Common) -> Result<()> {
    // This thread is one of them: it has work of its own, and would wait for the others otherwise.
    rayon::ThreadPoolBuilder::new()
        .num_threads(common.threads.map_or(0, usize::from))
        .use_current_thread()
        .build_global()
        .map_err(|error| Error::new(ErrorKind::Settings, "--threads", "the threads could not be started").because(error))
}
