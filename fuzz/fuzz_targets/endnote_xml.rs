//! Fuzzes the reader of endnote xml.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"<?xml version=\"1.0\"?><xml><records><record><titles><title>", data));
