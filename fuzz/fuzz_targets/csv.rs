//! Fuzzes the reader of csv.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"Title,Authors,Year,Journal,Abstract\n", data));
