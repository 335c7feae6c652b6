//! The folder with labelled sets, real exports and published strategies, which is no part of the repository.

use std::path::PathBuf;

/// The part `name` of the folder that the environment variable `REFSIEVE_SHARED` names; `None`, with a note, where the
/// variable is not set. A folder that is named must have the part: a measurement that does not happen is no success.
pub fn folder(name: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("REFSIEVE_SHARED") else {
        println!("REFSIEVE_SHARED is not set: nothing is measured");
        return None;
    };
    let part = PathBuf::from(shared).join(name);
    assert!(part.exists(), "REFSIEVE_SHARED has no {}", part.display());
    Some(part)
}
