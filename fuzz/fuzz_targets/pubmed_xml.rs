//! Fuzzes the reader of pubmed xml.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| refsieve_fuzz::check(b"<?xml version=\"1.0\"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>", data));
