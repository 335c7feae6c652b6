//! Fuzzes the reader of ovid tagged.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"<1. >\nUI  - 1\n", data));
