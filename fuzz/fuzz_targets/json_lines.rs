//! Fuzzes the reader of json lines.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"{\"refsieve\":1,\"id\":\"1\",", data));
