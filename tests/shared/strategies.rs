//! Published strategies, where they are at hand: how many of their lines are understood.
//!
//! They are not part of the repository: see `shared/mod.rs`. `REFSIEVE_SHOW=1` with `--nocapture` prints every line that is not understood.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::unwrap_used)]

use crate::shared;
use refsieve::diagnostic::Severity;
use refsieve::strategy::{parse, parse_pubmed, physical_lines};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Of the lines of the published strategies, at least this share must parse.
/// What does not is a slip, an elision, another platform's syntax, or a limit or command that is not built.
const FLOOR: f64 = 0.984;

/// Files that are no strategies of Ovid, or not whole: prose, another platform, lines left out in print, references to lines
/// that are missing.
const NOT_WHOLE: &[&str] = &[
    "01_records_1_search_wos",
    "02_records_1_search_embase",
    "02_records_1_search_pubmed",
    "03_records_0_search_pubmed",
    "03_records_1_search_embase",
    "04_records_1_search_embase",
    "04_records_2_search_embase",
    "04_records_2_search_pubmed",
    "06_records_0_search_embase",
    "06_records_0_search_pubmed",
    "06_records_1_search_embase",
    "06_records_2_search_embase",
    "07_records_1_search_embase",
    "08_records_1_search_pubmed",
    "CD007868",
    "CD012930",
];

fn folder() -> Option<PathBuf> {
    shared::folder("strategies")
}

#[test]
fn published_strategies_are_understood() {
    let Some(folder) = folder() else { return };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("real")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ovid"));
    paths.sort();
    let (mut lines, mut parsed) = (0, 0);
    let (mut whole_lines, mut whole_parsed, mut whole, mut sound) = (0, 0, 0_u32, 0_usize);
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (strategy, diagnostics) = parse(&path.file_name().unwrap().to_string_lossy(), &text);
        lines += strategy.lines.len();
        parsed += strategy.lines.iter().filter(|line| line.tree.is_some()).count();
        let n_parsed = strategy.lines.iter().filter(|line| line.tree.is_some()).count();
        if !NOT_WHOLE.iter().any(|name| path.file_stem().is_some_and(|stem| stem == *name)) {
            whole += 1;
            whole_lines += strategy.lines.len();
            whole_parsed += n_parsed;
            sound += usize::from(n_parsed == strategy.lines.len());
        }
        let physical: Vec<&str> = physical_lines(&text).map(|(line, _)| line).collect();
        for diagnostic in diagnostics {
            *codes.entry(diagnostic.code.name()).or_default() += 1;
            let level = std::env::var("REFSIEVE_SHOW").map_or(9, |level| level.parse().unwrap_or(1));
            if diagnostic.severity() >= [Severity::Note, Severity::Warning, Severity::Error, Severity::Error][level.min(3)] && level < 3 {
                println!("{}", diagnostic.render(physical.get(diagnostic.line.saturating_sub(1) as usize).copied()));
            }
        }
    }
    println!("{parsed} of {lines} lines; {codes:?}");
    assert!(parsed as f64 >= FLOOR * lines as f64, "{parsed} of {lines} lines");
    println!("of those that are whole and of Ovid: {whole_parsed} of {whole_lines} lines, {sound} of {whole} strategies");
    assert!(whole_parsed as f64 >= 0.995 * whole_lines as f64 && f64::from(sound as u32) >= 0.97 * f64::from(whole));
}

#[test]
fn the_queries_of_the_test_vectors_are_understood() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("vectors.tsv")).unwrap();
    let mut failures = Vec::new();
    for row in text.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let query = columns[0].replace("\\n", "\n");
        let expects_error = columns[3].contains("error");
        let (strategy, _) = parse("", &query);
        let runs = strategy.lines.iter().all(|line| line.tree.is_some());
        println!("{}{}", if runs { "" } else { "NOT RUN " }, strategy.to_string().trim_end());
        if runs == expects_error {
            failures.push(columns[0].to_owned());
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Of the lines of the strategies for PubMed, at least this share must parse.
/// What does not has a bracket, quotation mark or star too many, text glued to its end, or parts that are named by letters.
const PUBMED_FLOOR: f64 = 0.857;

#[test]
fn published_strategies_for_pubmed_are_understood() {
    let Some(folder) = folder() else { return };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("pubmed")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pubmed"));
    paths.sort();
    let (mut lines, mut parsed, mut whole) = (0, 0, 0);
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let (strategy, diagnostics) = parse_pubmed(&path.file_name().unwrap().to_string_lossy(), &text);
        let n_parsed = strategy.lines.iter().filter(|line| line.tree.is_some()).count();
        lines += strategy.lines.len();
        parsed += n_parsed;
        whole += usize::from(n_parsed == strategy.lines.len());
        let physical: Vec<&str> = physical_lines(&text).map(|(line, _)| line).collect();
        let is_shown = |severity| severity == Severity::Error || std::env::var("REFSIEVE_SHOW").is_ok();
        for diagnostic in diagnostics.iter().filter(|diagnostic| is_shown(diagnostic.severity())) {
            println!("{}", diagnostic.render(physical.get(diagnostic.line.saturating_sub(1) as usize).copied()));
        }
        println!("{}: {n_parsed} of {} lines", path.display(), strategy.lines.len());
    }
    println!("{parsed} of {lines} lines, {whole} of {} strategies", paths.len());
    assert!(parsed as f64 >= PUBMED_FLOOR * lines as f64, "{parsed} of {lines} lines");
}
