//! Fuzzes the reader of csl json.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"[{\"id\":\"1\",\"type\":\"article-journal\",", data));
