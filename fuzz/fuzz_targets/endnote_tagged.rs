//! Fuzzes the reader of endnote tagged.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"%0 Journal Article\n", data));
