//! Reading and deduplicating beside another program: refsieve and the crate biblib on the same bytes, in one process, turn
//! about.
//!
//! Deduplicating runs on all cores, on the RIS exports of the generated corpus and on the labelled sets joined, and is
//! appended to `benches/record/peers-dedupe.csv`. Both are given the records as each has read them; what counts is the
//! ratio of the medians, and how many records each keeps stands beside it. Reading runs on one core.
//!
//! On the generated corpus, and on real exports where `REFSIEVE_SHARED` names the folder that has them: the files of one
//! format, one after the other, repeated to about 60 MB. What counts is the ratio of the medians, since both run under
//! the same load; it is appended to `benches/record/peers.csv`. How many records each found stands beside it: they differ
//! where one of the two loses some.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use biblib::dedupe::Deduplicator;
use biblib::{Citation, CitationParser, EndNoteXmlParser, EnwParser, PubMedParser, RisParser};
use common::{corpus, real, stamp};
use refsieve::dedupe::{Settings, dedupe};
use refsieve::formats;
use refsieve::record::Record;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Rounds in which both read each input once.
const ROUNDS: usize = 7;

/// Reads with biblib; the number of records, or why there are none.
type Peer = fn(&str) -> Result<usize, String>;

fn main() {
    // `cargo test --benches` only wants to know whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    deduplicating();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| {
        let exports = corpus(13_178);
        for (name, peer) in [("scopus.ris", ris as Peer), ("medline.nbib", nbib), ("google-scholar.enw", enw), ("cinahl.xml", xml)] {
            let export = exports.iter().find(|export| export.name == name).unwrap();
            compare(&format!("generated-{name}"), &export.bytes, peer);
        }
        let Some(shared) = std::env::var_os("REFSIEVE_SHARED") else { return };
        let fixtures = PathBuf::from(shared).join("fixtures");
        for (format, peer) in [("ris", ris as Peer), ("nbib", nbib)] {
            compare(&format!("real-{format}"), &real::joined(&fixtures, format), peer);
        }
        // Nobody to compare with: biblib counts the lines before each element of XML again, which takes minutes here, and
        // wants each header of a table stated.
        compare("real-endnote-xml", &real::one_document(&fixtures), |_| Err("not compared".into()));
        compare("real-endnote-xml-joined", &real::joined(&fixtures, "endnote-xml"), |_| Err("not compared".into()));
        compare("real-csv", &real::largest(&fixtures, "csv"), |_| Err("not compared".into()));
    });
}

fn deduplicating() {
    let exports = corpus(13_178).into_iter().filter(|export| Path::new(&export.name).extension().is_some_and(|ending| ending == "ris"));
    compare_deduplicating("dedupe-generated", &exports.map(|export| export.bytes).collect::<Vec<_>>());
    let Some(shared) = std::env::var_os("REFSIEVE_SHARED") else { return };
    let mut sets: Vec<PathBuf> = fs::read_dir(PathBuf::from(shared).join("sets")).unwrap().map(|set| set.unwrap().path()).collect();
    sets.sort();
    let records = sets.iter().map(|set| set.join("records.ris")).filter(|path| path.exists());
    compare_deduplicating("dedupe-labelled-sets", &records.map(|path| fs::read(path).unwrap()).collect::<Vec<_>>());
}

fn compare_deduplicating(input: &str, files: &[Vec<u8>]) {
    if !is_wanted(input) {
        return;
    }
    let records: Vec<Record> = files.iter().flat_map(|bytes| formats::read(input, bytes.clone()).unwrap().records).collect();
    let citations: Vec<Citation> =
        files.iter().flat_map(|bytes| RisParser::new().parse(&String::from_utf8_lossy(bytes)).unwrap()).collect();
    let peer = Deduplicator::builder().parallel(true).build();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut n_ours, mut n_theirs) = (0, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        n_ours = dedupe(&records, &Settings::default(), &()).kept().count();
        ours.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        n_theirs = peer.find_duplicates(&citations).len();
        theirs.push(start.elapsed().as_secs_f64());
    }
    let (ours, theirs) = (median(ours) * 1e3, median(theirs) * 1e3);
    let (n_records, ratio) = (records.len(), theirs / ours);
    println!(
        "{input}: {n_records} records; refsieve {ours:.0} ms, {n_ours} kept; biblib {theirs:.0} ms, {n_theirs} kept; ratio {ratio:.1}"
    );
    let (date, commit) = stamp();
    let row = format!("{date},{commit},{input},{n_records},{ours:.1},{n_ours},{theirs:.1},{n_theirs},{ratio:.2}");
    append("peers-dedupe.csv", "date,commit,input,records,refsieve_ms,refsieve_kept,biblib_ms,biblib_kept,ratio", &row);
}

/// Adds a row to a file of `benches/record/`, which begins with `header`.
fn append(name: &str, header: &str, row: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/record").join(name);
    let is_new = !path.exists();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    if is_new {
        writeln!(file, "{header}").unwrap();
    }
    writeln!(file, "{row}").unwrap();
}

/// Whether `input` is measured: `cargo bench --bench peers -- real-ris` measures that one alone.
fn is_wanted(input: &str) -> bool {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    wanted.is_empty() || wanted.iter().any(|name| input.contains(name.as_str()))
}

fn ris(text: &str) -> Result<usize, String> {
    RisParser::new().parse(text).map(|found| found.len()).map_err(|error| error.to_string())
}

fn nbib(text: &str) -> Result<usize, String> {
    PubMedParser::new().parse(text).map(|found| found.len()).map_err(|error| error.to_string())
}

fn enw(text: &str) -> Result<usize, String> {
    EnwParser::new().parse(text).map(|found| found.len()).map_err(|error| error.to_string())
}

fn xml(text: &str) -> Result<usize, String> {
    EndNoteXmlParser::new().parse(text).map(|found| found.len()).map_err(|error| error.to_string())
}

fn compare(input: &str, bytes: &[u8], peer: Peer) {
    if !is_wanted(input) {
        return;
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut found = (0, Ok(0));
    for _ in 0..ROUNDS {
        let copy = bytes.to_vec();
        let start = Instant::now();
        let parsed = formats::read(input, copy).unwrap();
        ours.push(start.elapsed().as_secs_f64());
        found.0 = parsed.records.len();
        drop(parsed);
        let start = Instant::now();
        found.1 = peer(&text);
        theirs.push(start.elapsed().as_secs_f64());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let megabytes = bytes.len() as f64 / 1e6;
    let (n_theirs, ratio) = match &found.1 {
        Ok(n_theirs) => (n_theirs.to_string(), format!("{:.2}", theirs / ours)),
        Err(_) => (String::new(), String::new()),
    };
    print!("{input}: {megabytes:.1} MB; refsieve {:.0} MB/s, {} records", megabytes / ours, found.0);
    match &found.1 {
        Ok(n_theirs) => println!("; biblib {:.0} MB/s, {n_theirs} records; ratio {ratio}", megabytes / theirs),
        Err(error) => println!("; biblib: {error}"),
    }
    let (date, commit) = stamp();
    let theirs = if found.1.is_ok() { format!("{:.0}", megabytes / theirs) } else { String::new() };
    let row = format!("{date},{commit},{input},{},{:.0},{},{theirs},{n_theirs},{ratio}", bytes.len(), megabytes / ours, found.0);
    append("peers.csv", "date,commit,input,bytes,refsieve_mb_per_second,refsieve_records,biblib_mb_per_second,biblib_records,ratio", &row);
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
