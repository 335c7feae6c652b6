//! Fuzzes the reader of ictrp xml.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"<?xml version=\"1.0\"?><Trials_downloaded_from_ICTRP><Trial><TrialID>NCT00000001</TrialID>", data));
