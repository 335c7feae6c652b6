//! Fuzzes the reader of wos tagged.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", data));
