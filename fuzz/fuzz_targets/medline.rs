//! Fuzzes the reader of medline.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"PMID- 1\n", data));
