//! Fuzzes the reader of bibtex.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"@article{a,\n", data));
