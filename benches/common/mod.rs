//! What the benches share: the generated corpus, the measuring, the dated row in `benches/record/`.
//!
//! A bench names its input, checks its answer, and records the median. Compare rows only where the machine is the same;
//! compare two versions in one run.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, dead_code)]

use criterion::{Criterion, Throughput};
use refsieve::formats;
use refsieve::record::Record;
use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub mod plain;
pub mod real;

#[path = "../../corpora/generate"]
mod generate {
    #![allow(unreachable_pub, dead_code)]
    pub mod corpus;
    pub mod databases;
    pub mod dialects;
    pub mod fields;
    pub mod grammar;
    pub mod headings;
    pub mod names;
    pub mod noise;
    pub mod parts;
    pub mod random;
    pub mod traps;
    pub mod words;
    pub mod works;
}

/// The sizes at which every stage is measured: the demo review's number of records, and one that is far larger.
pub const SIZES: [u64; 2] = [13_178, 100_000];
/// The seed of every generated corpus.
const SEED: u64 = 1;

/// One export of a generated corpus.
pub struct Export {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The ten exports of the generated corpus of `n_records` records, in name order; made once and kept in the target folder.
pub fn corpus(n_records: u64) -> Vec<Export> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{n_records}-{SEED}"));
    if !generate::corpus::gold_path(&folder).exists() || !folder.exists() {
        generate::corpus::write_corpus(&folder, n_records, SEED).map_err(|error| error.cause).unwrap();
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| Export { name: path.file_name().unwrap().to_string_lossy().into_owned(), bytes: fs::read(path).unwrap() })
        .collect()
}

/// The records of that corpus.
pub fn records(n_records: u64) -> Vec<Record> {
    let exports = corpus(n_records);
    let records: Vec<Record> = exports.into_iter().flat_map(|export| formats::read(&export.name, export.bytes).unwrap().records).collect();
    assert_eq!(records.len() as u64, n_records);
    records
}

/// Measures `work` as `stage`/`input`, checks each answer, and appends the median to `benches/record/<stage>.csv`.
/// `size` is what one call handles, in `unit` (records, bytes).
pub fn measure<T: PartialEq + std::fmt::Debug>(stage: &str, input: &str, size: u64, unit: &str, answer: &T, mut work: impl FnMut() -> T) {
    measure_with(stage, input, size, unit, || (), |()| work(), |found| assert_eq!(found, answer, "the answer of {stage}/{input}"));
}

/// As [`measure`], where each call of `work` needs an input of its own, which `prepare` makes, and its answer takes time to
/// be thrown away: neither is counted.
pub fn measure_with<I, T>(
    stage: &str,
    input: &str,
    size: u64,
    unit: &str,
    mut prepare: impl FnMut() -> I,
    mut work: impl FnMut(I) -> T,
    check: impl Fn(&T),
) {
    let mut criterion = Criterion::default().configure_from_args().without_plots();
    let mut group = criterion.benchmark_group(stage);
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.throughput(if unit == "bytes" { Throughput::Bytes(size) } else { Throughput::Elements(size) });
    let mut n_calls = 0;
    group.bench_function(input, |bencher| {
        bencher.iter_custom(|n_rounds| {
            let mut taken = Duration::ZERO;
            for _ in 0..n_rounds {
                n_calls += 1;
                let prepared = prepare();
                let start = Instant::now();
                let found = black_box(work(prepared));
                taken += start.elapsed();
                check(&found);
            }
            taken
        });
    });
    group.finish();
    if n_calls > 1 {
        record(stage, input, size, unit);
    }
}

fn record(stage: &str, input: &str, size: u64, unit: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let estimates = fs::read(target.join("criterion").join(stage).join(input).join("new/estimates.json")).unwrap();
    let estimates: serde_json::Value = serde_json::from_slice(&estimates).unwrap();
    let seconds = estimates["median"]["point_estimate"].as_f64().unwrap() / 1e9;
    let path = root.join("benches/record").join(format!("{stage}.csv"));
    let is_new = !path.exists();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    if is_new {
        writeln!(file, "date,commit,cores,input,size,unit,median_ms,per_second").unwrap();
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (date, commit) = stamp();
    writeln!(file, "{date},{commit},{cores},{input},{size},{unit},{:.3},{:.0}", seconds * 1e3, size as f64 / seconds).unwrap();
}

/// The date and the commit, for a row of the record.
pub fn stamp() -> (String, String) {
    (said("date", &["-u", "+%F"]), said("git", &["rev-parse", "--short", "HEAD"]))
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    output.ok().and_then(|output| String::from_utf8(output.stdout).ok()).map_or_else(String::new, |text| text.trim().to_owned())
}
