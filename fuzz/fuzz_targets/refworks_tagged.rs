//! Fuzzes the reader of refworks tagged.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"RT Journal Article\nSR Electronic(1)\nID 1\n", data));
