//! Fuzzes the parsers of strategies, Ovid's and PubMed's, and the printing of what was read.
#![no_main]

use refsieve::strategy;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for language in [strategy::Language::Ovid, strategy::Language::PubMed] {
        let (strategy, _) = strategy::parse_in(language, "fuzz", text, strategy::Readings::default());
        std::hint::black_box(strategy.to_string());
    }
});
