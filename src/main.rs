//! The program: hands the arguments to [`refsieve::cli::run`] and its outcome to the system as an exit code.

use std::process::ExitCode;

// That of the program only: whoever uses the library chooses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    refsieve::cli::run()
}
