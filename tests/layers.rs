//! The layer table and the one-door rule of the crate, enforced.
//!
//! Goes in: the source files under `src/`. What fails: a use of a module that the table does not allow, a package used
//! away from its door, a module that the table does not name.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each module may use of the crate. The order is that of the layers.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("diagnostic", &[]),
    ("progress", &[]),
    ("record", &["error", "diagnostic", "progress"]),
    ("text", &["error", "diagnostic", "progress"]),
    ("formats", &["error", "diagnostic", "progress", "record", "text"]),
    ("normalize", &["error", "diagnostic", "progress", "record", "text"]),
    ("strategy", &["error", "diagnostic", "progress", "record::field", "record::Field", "record::qualifier", "text"]),
    ("thesaurus", &["error", "diagnostic", "progress", "record", "text"]),
    ("dedupe", &["error", "diagnostic", "progress", "record", "text", "normalize"]),
    ("index", &["error", "diagnostic", "progress", "record", "text"]),
    ("search", &["error", "diagnostic", "progress", "record", "text", "strategy", "thesaurus", "index"]),
    ("translate", &["error", "diagnostic", "progress", "record", "text", "strategy", "thesaurus", "index"]),
    ("evaluate", &UP_TO_SEARCH),
    ("report", &UP_TO_SEARCH),
    ("cli", &["*"]),
    ("lib", &["error"]),
    ("main", &[]),
];

const UP_TO_SEARCH: [&str; 12] =
    ["error", "diagnostic", "progress", "record", "text", "formats", "normalize", "strategy", "thesaurus", "dedupe", "index", "search"];

/// Where each package or part of the standard library may be named: files or folders under `src/`.
const DOORS: &[(&str, &[&str])] = &[
    ("tantivy", &["index/"]),
    ("nom", &["strategy/lexer.rs", "formats/"]),
    ("quick_xml", &["formats/", "thesaurus/own.rs"]),
    ("calamine", &["formats/table/workbook.rs", "formats/write/workbook.rs"]),
    ("rust_xlsxwriter", &["formats/write/"]),
    ("zip", &["formats/archive.rs"]),
    ("encoding_rs", &["formats/text.rs", "text/mojibake.rs"]),
    ("flate2", &["thesaurus/", "formats/archive.rs"]),
    ("html_escape", &["text/", "report/html.rs"]),
    ("unicode_normalization", &["text/"]),
    ("rapidfuzz", &["dedupe/similarity.rs"]),
    ("csv", &["report/table.rs", "formats/write/"]),
    ("csv_core", &["formats/table/"]),
    ("clap", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("ratatui", &["cli/review/"]),
    ("tempfile", &["cli/"]),
    ("walkdir", &["cli/"]),
    ("std::fs", &["cli/"]),
    ("std::env", &["cli/"]),
    ("std::process", &["cli/", "main.rs"]),
    ("std::time", &["cli/"]),
];

#[test]
fn every_use_follows_the_layer_table() {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, code) in sources() {
        let module = top_module(&path);
        let Some(may_use) = allowed.get(module.as_str()) else {
            faults.push(format!("{path}: the layer table does not name the module {module}"));
            continue;
        };
        for used in crate_paths(&code) {
            let first = used.split("::").next().unwrap_or_default();
            let fine = first == module
                || may_use.iter().any(|rule| *rule == "*" || *rule == first || used == *rule || used.starts_with(&format!("{rule}::")));
            if !fine {
                faults.push(format!("{path}: {module} may not use crate::{used}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_package_goes_through_its_door() {
    let mut faults = Vec::new();
    for (path, code) in sources() {
        for (name, doors) in DOORS {
            if names_path(&code, name) && !doors.iter().any(|door| path.starts_with(door)) {
                faults.push(format!("{path}: {name} belongs to {}", doors.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_one_idea() {
    let mut faults = Vec::new();
    for (path, _) in sources() {
        let text = std::fs::read_to_string(root().join(&path)).unwrap();
        if !text.starts_with("//!") {
            faults.push(format!("{path}: does not open with //!"));
        }
        if text.lines().count() > 700 {
            faults.push(format!("{path}: {} lines, more than 700", text.lines().count()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_scanner_finds_uses_in_all_their_forms() {
    for (code, expected) in [
        ("use crate::record::Record;", vec!["record::Record"]),
        ("use crate::{error::Error, text::{fold_into, plain}};", vec!["error::Error", "text::fold_into", "text::plain"]),
        ("let x = crate::dedupe::dedupe(y);", vec!["dedupe::dedupe"]),
        ("use refsieve::cli;", vec![]),
    ] {
        assert_eq!(crate_paths(code), expected, "{code}");
    }
    assert!(names_path("use nom::bytes;", "nom"));
    assert!(!names_path("let autonom::x = 1; nominal", "nom"));
    assert!(names_path("std::fs::read(p)", "std::fs"));
    assert!(names_path("use std::{fs, io};", "std::fs"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file under `src/` in name order: its path below `src/`, its text without comments.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                files.push((below, code));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the sources were found");
    files
}

fn top_module(path: &str) -> String {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs").to_owned()
}

/// Every path that begins with `crate::`, braces expanded, without the `crate::`.
fn crate_paths(code: &str) -> Vec<String> {
    code.match_indices("crate::")
        .filter(|(at, _)| !preceded_by_name(code, *at))
        .flat_map(|(at, found)| expand(&code[at + found.len()..]))
        .collect()
}

/// The paths that a use tree at the start of `text` names: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn expand(text: &str) -> Vec<String> {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('{') {
        return split_group(inside).iter().flat_map(|part| expand(part)).collect();
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    match rest.strip_prefix("::") {
        Some(deeper) if !name.is_empty() => {
            let below = expand(deeper);
            if below.is_empty() { vec![name.to_owned()] } else { below.iter().map(|path| format!("{name}::{path}")).collect() }
        }
        _ if name.is_empty() => Vec::new(),
        _ => vec![name.to_owned()],
    }
}

fn split_group(inside: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for character in inside.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(character);
        }
    }
    parts
}

/// Whether `code` names the path `name`, as `name::…`, `use name;` or inside `use std::{…}`.
fn names_path(code: &str, name: &str) -> bool {
    let direct = code.match_indices(name).any(|(at, found)| {
        let after = &code[at + found.len()..];
        let is_path = after.starts_with("::") || (code[..at].ends_with("use ") && after.starts_with(';'));
        !preceded_by_name(code, at) && (is_path || (name.contains("::") && after.starts_with(';')))
    });
    let grouped = name.strip_prefix("std::").is_some_and(|module| {
        code.match_indices("std::{")
            .any(|(at, found)| split_group(&code[at + found.len()..]).iter().any(|part| part.trim().split("::").next() == Some(module)))
    });
    direct || grouped
}

fn preceded_by_name(code: &str, at: usize) -> bool {
    code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}
