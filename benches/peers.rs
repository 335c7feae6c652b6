//! Reading beside another reader: refsieve and the crate biblib on the same bytes, in one process, on one core, turn about.
//!
//! On the generated corpus, and on real exports where `REFSIEVE_SHARED` names the folder that has them: the files of one
//! format, one after the other, repeated to about 60 MB. What counts is the ratio of the medians, since both run under
//! the same load; it is appended to `benches/record/peers.csv`. How many records each found stands beside it: they differ
//! where one of the two loses some.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use biblib::{CitationParser, EndNoteXmlParser, EnwParser, PubMedParser, RisParser};
use common::{corpus, real, stamp};
use refsieve::formats;
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
    // `cargo bench --bench peers -- real-ris` measures that input alone.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if !wanted.is_empty() && !wanted.iter().any(|name| input.contains(name.as_str())) {
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/record/peers.csv");
    let is_new = !path.exists();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    if is_new {
        writeln!(file, "date,commit,input,bytes,refsieve_mb_per_second,refsieve_records,biblib_mb_per_second,biblib_records,ratio")
            .unwrap();
    }
    let (date, commit) = stamp();
    let theirs = if found.1.is_ok() { format!("{:.0}", megabytes / theirs) } else { String::new() };
    writeln!(file, "{date},{commit},{input},{},{:.0},{},{theirs},{n_theirs},{ratio}", bytes.len(), megabytes / ours, found.0).unwrap();
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
