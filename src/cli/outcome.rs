//! How a command ends: an exit code, and what is printed when it could not be done.

use crate::error::Error;
use std::process::ExitCode;

/// How a command that could be done has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: done, but a line of the strategy cannot be run.
    Findings,
}

/// The exit code of a finished command; prints the error and its causes where it could not be done.
pub(super) fn exit_code(result: Result<Outcome, Error>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            complain!("refsieve: {error}");
            let mut cause = std::error::Error::source(&error);
            while let Some(deeper) = cause {
                complain!("  because: {deeper}");
                cause = deeper.source();
            }
            ExitCode::from(2)
        }
    }
}
