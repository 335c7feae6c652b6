//! Searching: the 49 lines of Table 1 on an index that stands, warm and just opened, and shapes that cost most, beside plain
//! queries of the search library of the same shape on an index of titles and abstracts alone.
//!
//! `cargo bench --bench search -- 1000000` measures other numbers of records; `REFSIEVE_SIZES` does so too.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use common::plain::plain_index;
use common::{SIZES, measure, records};
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search::{LineHits, Settings, run};
use refsieve::strategy::{self, Strategy};
use refsieve::thesaurus::Thesaurus;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

const TABLE_1: &str = include_str!("../queries/peer-workers.ovid");
/// The widest truncation that a person would write, near a common word or another wide truncation.
const WORST: &str = "(wa* adj5 (peer or he*)).ti,ab.";

fn main() {
    // The number of records may be named, for machines that have the time.
    let named: Vec<u64> =
        std::env::var("REFSIEVE_SIZES").map_or_else(|_| Vec::new(), |sizes| sizes.split(' ').map(|n| n.parse().unwrap()).collect());
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    let (table_1, _) = strategy::parse("peer-workers.ovid", TABLE_1);
    let (worst, _) = strategy::parse("worst", WORST);
    for n_records in sizes {
        let records = records(n_records);
        let folder = tempfile::tempdir().unwrap();
        Index::create(&records, folder.path(), &()).unwrap();
        size(&records, folder.path());
        let open = || Index::open(folder.path()).unwrap();
        let index = open();
        let answer = counts(&table_1, &index);
        assert_eq!(answer.len(), 49);
        assert!(answer.iter().all(Option::is_some), "every line can be run");
        assert!(answer[48].is_some_and(|count| count > 0), "the last line finds something");
        assert_eq!(answer, counts(&table_1, &Index::build(&records, &()).unwrap()), "a folder finds what memory finds");
        // The thesaurus is read once a program.
        Thesaurus::mesh().resolve("Peer Group").unwrap();
        measure("search", &format!("open-{n_records}"), 1, "indexes", &(n_records as u32), || open().len());
        measure("search", &format!("table-1-just-opened-{n_records}"), 49, "lines", &answer, || counts(&table_1, &open()));
        measure("search", &format!("table-1-{n_records}"), 49, "lines", &answer, || counts(&table_1, &index));
        let answer = counts(&worst, &index);
        measure("search", &format!("wide-adj-{n_records}"), 1, "lines", &answer, || counts(&worst, &index));
        shapes(n_records, &records, &index);
    }
}

fn counts(strategy: &Strategy, index: &Index) -> Vec<Option<u64>> {
    let settings = Settings::default();
    run(strategy, "", index, Thesaurus::mesh(), &settings, &()).unwrap().lines.iter().map(LineHits::count).collect()
}

/// Prints what the index takes beside the text of its records.
fn size(records: &[Record], folder: &std::path::Path) {
    let text: usize = records.iter().flat_map(Record::entries).map(|entry| entry.value.len()).sum();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let bytes: u64 = files.map(|file| file.metadata().unwrap().len()).sum();
    println!("{} records: index {bytes} bytes, text {text} bytes, {:.2}", records.len(), bytes as f64 / text as f64);
}

/// One shape in Ovid's language, and the same as a plain query.
fn shapes(n_records: u64, records: &[Record], index: &Index) {
    let (plain, text) = plain_index(records);
    let searcher = plain.reader().unwrap().searcher();
    let term = |word: &str| -> Box<dyn Query> { Box::new(TermQuery::new(Term::from_field_text(text, word), IndexRecordOption::Basic)) };
    let any = |words: &[&str]| -> Box<dyn Query> { Box::new(BooleanQuery::union(words.iter().map(|word| term(word)).collect())) };
    let phrase: Box<dyn Query> =
        Box::new(PhraseQuery::new(vec![Term::from_field_text(text, "mental"), Term::from_field_text(text, "health")]));
    let prefix: Box<dyn Query> = Box::new(RegexQuery::from_pattern("s.*", text).unwrap());
    let words = [
        "peer",
        "support",
        "health",
        "mental",
        "care",
        "service",
        "services",
        "community",
        "recovery",
        "social",
        "people",
        "study",
        "group",
    ];
    for (name, ovid, query) in [
        ("term", "health.ab.", term("health")),
        ("or-of-13", &*format!("({}).ab.", words.join(" or ")), any(&words)),
        ("phrase", "mental health.ab.", phrase),
        ("prefix", "s*.ab.", prefix),
    ] {
        let (strategy, _) = strategy::parse(name, ovid);
        let ours = counts(&strategy, index);
        let theirs = || searcher.search(&*query, &Bits).unwrap();
        measure("search", &format!("{name}-{n_records}"), 1, "lines", &ours, || counts(&strategy, index));
        measure("search", &format!("{name}-plain-{n_records}"), 1, "lines", &theirs(), theirs);
    }
}

/// Collects into one bit a document, as fast as a set can be filled; the number of documents comes out.
struct Bits;

struct SegmentBits(Vec<u64>);

impl Collector for Bits {
    type Fruit = u64;
    type Child = SegmentBits;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentBits> {
        Ok(SegmentBits(vec![0; (segment.max_doc() as usize).div_ceil(64)]))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<u64>) -> tantivy::Result<u64> {
        Ok(fruits.into_iter().sum())
    }
}

impl SegmentCollector for SegmentBits {
    type Fruit = u64;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    fn harvest(self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}
