//! The built-in table: MeSH 2024, reduced (corpora/mesh/README.md), packed.

use std::io::Read;

const PACKED: &[u8] = include_bytes!("../../corpora/mesh/mesh2024.tsv.gz");
/// The unpacked table is a little smaller.
const UNPACKED_BYTES: usize = 4_000_000;

/// The table, unpacked.
pub(super) fn table() -> String {
    let mut text = String::with_capacity(UNPACKED_BYTES);
    let outcome = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
    debug_assert!(outcome.is_ok(), "the built-in table is whole; tests/thesaurus.rs counts its headings");
    text
}
