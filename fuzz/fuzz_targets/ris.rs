//! Fuzzes the reader of ris.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"TY  - JOUR\n", data));
