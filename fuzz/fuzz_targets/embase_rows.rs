//! Fuzzes the reader of embase rows.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"\"TITLE\",\"A title\"\n\"AUTHOR NAMES\",\"Ek A.\"\n", data));
