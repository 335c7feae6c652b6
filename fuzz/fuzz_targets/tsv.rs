//! Fuzzes the reader of tsv.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"PT\tAU\tTI\tSO\tUT\n", data));
