//! What is measured on folders outside of the repository: real exports, labelled sets, published strategies. One program,
//! since each links all of the library; skipped where `REFSIEVE_SHARED` is not set.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used, reason = "tests read files and print tables")]

#[path = "shared/fixtures.rs"]
mod fixtures;
#[path = "shared/lines.rs"]
mod lines;
#[path = "shared/sets.rs"]
mod sets;
#[path = "shared/folder.rs"]
mod shared;
#[path = "shared/strategies.rs"]
mod strategies;
#[path = "shared/tuning.rs"]
mod tuning;
#[path = "shared/vectors.rs"]
mod vectors;
