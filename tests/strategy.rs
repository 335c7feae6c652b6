//! Strategies: text -> tree -> text, and what is said about slips.
//!
//! Each `queries/valid/NAME.ovid` is printed again as it was understood, with its remarks, and compared with
//! `NAME.expected`; each `queries/invalid/NAME.ovid` with its diagnostics as a person sees them; the same for
//! PubMed's language in `queries/pubmed`. With `REFSIEVE_BLESS=1` the
//! expectations are written instead: read them in the diff.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod trees;

use proptest::prelude::*;
use refsieve::diagnostic::{Diagnostic, Severity, Span};
use refsieve::strategy::{
    ExprKind, HeadingCertainty, HeadingLeaf, Language, Readings, Strategy as Search, parse, parse_in, parse_pubmed, physical_lines, tokens,
};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use trees::{any_line, line, without_spans};

fn cases(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    paths
}

/// Compares what `show` makes of each case with the file beside it.
fn check(folder: &str, show: impl Fn(&Search, &[Diagnostic], &str) -> String) {
    let (language, ending) = if folder.starts_with("pubmed") { (Language::PubMed, "pubmed") } else { (Language::Ovid, "ovid") };
    let paths = cases(folder, ending);
    assert!(paths.len() >= 10, "only {} cases in {folder}", paths.len());
    let mut failures = String::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (strategy, diagnostics) = parse_in(language, &path.file_name().unwrap().to_string_lossy(), &text, Readings::default());
        let shown = show(&strategy, &diagnostics, &text);
        let expected_path = path.with_extension("expected");
        if std::env::var("REFSIEVE_BLESS").is_ok() {
            std::fs::write(&expected_path, &shown).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if shown != expected {
            let _ = writeln!(failures, "== {}\n-- expected\n{expected}\n-- found\n{shown}", path.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn rendered(diagnostics: &[Diagnostic], text: &str) -> String {
    let lines: Vec<&str> = physical_lines(text).map(|(line, _)| line).collect();
    let mut out = String::new();
    for diagnostic in diagnostics {
        let line = (diagnostic.line as usize).checked_sub(1).and_then(|index| lines.get(index)).copied();
        let _ = writeln!(out, "{}", diagnostic.render(line));
    }
    out
}

/// The strategy as it was understood, with the published hit counts, and its remarks.
fn understood(strategy: &Search, diagnostics: &[Diagnostic], text: &str) -> String {
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.severity() < Severity::Error), "{diagnostics:#?}");
    assert!(strategy.lines.iter().all(|line| line.tree.is_some()));
    let mut out = String::new();
    for line in &strategy.lines {
        let _ = match line.published {
            Some(hits) => writeln!(out, "{line}\t({hits})"),
            None => writeln!(out, "{line}"),
        };
    }
    out + &rendered(diagnostics, text)
}

#[test]
fn valid_strategies_are_understood() {
    check("valid", understood);
}

#[test]
fn valid_strategies_of_pubmed_are_understood() {
    check("pubmed/valid", understood);
}

#[test]
fn invalid_strategies_are_explained() {
    check("invalid", explained);
}

#[test]
fn invalid_strategies_of_pubmed_are_explained() {
    check("pubmed/invalid", explained);
}

/// The diagnostics of a strategy with lines that are not run, each of which has an error.
fn explained(strategy: &Search, diagnostics: &[Diagnostic], text: &str) -> String {
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error), "{text}");
    for line in &strategy.lines {
        let explained = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error && diagnostic.line >= line.physical_line;
        assert!(line.tree.is_some() || diagnostics.iter().any(|d| explained(&d)), "{text}");
    }
    rendered(diagnostics, text)
}

#[test]
fn table_1_is_understood_line_by_line() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/peer-workers.ovid")).unwrap();
    let (strategy, diagnostics) = parse("peer-workers.ovid", &text);
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.severity() == Severity::Note), "{diagnostics:#?}");
    let labels: Vec<u32> = strategy.lines.iter().map(|line| line.label).collect();
    assert_eq!(labels, (1..=49).collect::<Vec<u32>>());
    for (label, expected) in [
        (1, "Peer Group"),
        (2, "(peer adj (provid* or support*)).ti,ab."),
        (4, "psw.ti,ab."),
        (5, "(expert adj by adj experienc*).ti,ab."),
        (14, "or/1-13"),
        (18, "((collaborat* or social) adj innovat*).ti,ab."),
        (24, "exp Cooperative Behavior/"),
        (26, "exp Public Sector"),
        (32, "exp Delivery of Health Care"),
        (38, "(peer adj recovery adj support adj service*).ti,ab."),
        (48, "14 and 25 and 47"),
        (49, "limit 48 to english language"),
    ] {
        assert_eq!(strategy.lines[label - 1].to_string(), format!("{label}\t{expected}"));
    }
    let heading = |name: &str, explode, certainty| {
        ExprKind::Heading(HeadingLeaf { name: name.to_owned(), explode, focus: false, qualifiers: Vec::new(), certainty })
    };
    assert_eq!(strategy.lines[0].tree.as_ref().unwrap().kind, heading("Peer Group", false, HeadingCertainty::IfKnown));
    assert_eq!(strategy.lines[23].tree.as_ref().unwrap().kind, heading("Cooperative Behavior", true, HeadingCertainty::Written));
    assert_eq!(strategy.lines[25].tree.as_ref().unwrap().kind, heading("Public Sector", true, HeadingCertainty::ByExp));
    assert_eq!(strategy.lines[47].tree.as_ref().unwrap().span, Span::new(0, 16));
}

#[test]
fn deep_nesting_of_pubmed_is_an_error_and_not_a_crash() {
    for (open, middle, close) in [("(", "a[ti]", ")"), ("a[ti] NOT ", "a[ti]", ""), ("a[ti] AND b[ti] OR ", "a[ti]", "")] {
        let text = format!("{}{middle}{}", open.repeat(20_000), close.repeat(20_000));
        let (strategy, diagnostics) = parse_pubmed("", &text);
        assert!(strategy.lines[0].tree.is_none());
        assert_eq!(diagnostics[0].code.name(), "too-deep", "{open}");
    }
}

#[test]
fn places_are_bytes_of_the_physical_line_even_in_wrapped_lines() {
    let text = "1 (asthma or\r\n   “wheeze” or ?nary).ti.\r\n2 1";
    let (strategy, diagnostics) = parse("", text);
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity() == Severity::Error).unwrap();
    let (line, _) = physical_lines(text).nth(error.line as usize - 1).unwrap();
    assert_eq!((error.line, &line[error.span.start..error.span.end]), (2, "?nary"));
    assert_eq!(strategy.lines.len(), 2);
    assert!(strategy.lines[0].tree.is_none());
    assert_eq!(strategy.lines[1].tree.as_ref().unwrap().kind, ExprKind::Reference(1));
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    for (open, middle, close) in [("(", "a", ")"), ("a adj2 ", "a", ""), ("a not ", "a", ""), ("(a adj2 ", "b", ")")] {
        let text = format!("{}{middle}{}", open.repeat(20_000), close.repeat(20_000));
        let (strategy, diagnostics) = parse("", &text);
        assert!(strategy.lines[0].tree.is_none());
        assert_eq!(diagnostics[0].code.name(), "too-deep", "{open}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn printing_and_parsing_again_gives_the_same_trees(trees in prop::collection::vec(any_line(), 1..6)) {
        let (first, _) = parse("", "1\ta.ti.\n2\tb.ti.\n3\tc.ti.");
        let mut strategy = Search { lines: first.lines, ..Search::default() };
        strategy.lines.extend((4..).zip(trees).map(|(label, tree)| line(label, tree)));
        let text = strategy.to_string();
        let (again, diagnostics) = parse("", &text);
        prop_assert_eq!(again.lines.len(), strategy.lines.len(), "{}", text);
        for (again, line) in again.lines.into_iter().zip(strategy.lines) {
            prop_assert_eq!(again.label, line.label);
            prop_assert_eq!(again.tree.map(without_spans), line.tree.map(without_spans), "{}\n{:?}", text, diagnostics);
        }
    }

    #[test]
    fn any_text_is_parsed_and_every_line_without_a_tree_is_explained(
        text in "([0-9]{1,2}[ .)\t:]|#|or/|and|or|not| adj3? |exp |\\*|/|\\.ti,ab\\.?|\\.zz\\.|limit 1 to|\\(|\\)|\"|“|”|[a-z]{1,4}|[0-9]{1,3}|[ \t\n\r–\u{ad}\u{a0}\u{2028},$?:\\[\\]=-]|\\PC){0,40}"
    ) {
        let (strategy, diagnostics) = parse("x", &text);
        let lines: Vec<&str> = physical_lines(&text).map(|(line, _)| line).collect();
        for diagnostic in &diagnostics {
            prop_assert!(!diagnostic.message().is_empty());
            if diagnostic.line > 0 {
                let line = lines[diagnostic.line as usize - 1];
                prop_assert!(line.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{:?} in {:?}", diagnostic, line);
            }
        }
        // A command that steers a session makes no set, and is passed over with a note.
        let explains = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error || diagnostic.code.name() == "session-command";
        let errors = diagnostics.iter().filter(explains).count();
        let broken = strategy.lines.iter().filter(|line| line.tree.is_none()).count();
        prop_assert!(errors >= broken);
        for line in &strategy.lines {
            prop_assert_eq!(line.query.trim(), line.query.as_str());
            let (physical, span) = line.place(Span::new(0, 1));
            let first: String = line.query.chars().take(1).filter(|c| !"\r\n".contains(*c)).collect();
            prop_assert!(lines[physical as usize - 1][span.start..].starts_with(&first));
            let joined: String = tokens(&line.query).iter().map(|token| token.text).collect();
            prop_assert_eq!(&joined, &line.query);
        }
    }

    #[test]
    fn any_text_is_parsed_as_pubmed_and_every_line_without_a_tree_is_explained(
        text in "(#[0-9]{1,2} |[0-9]{1,2}[ .)\t:]|#|AND|OR|NOT| or |\\[ti(ab)?(:~[0-9])?\\]|\\[mesh(:noexp)?\\]|\\[dp\\]|\\[pt\\]|\\[au\\]|\\[zz\\]|2010/01|2020|: |/px|Filters: English|\\(|\\)|\"|“|”|[a-z]{1,5}\\*?|exp |Search |12:00:01|[ \t\n\r–\u{ad}\u{a0}\u{2028},$?:\\[\\]=-]|\\PC){0,40}"
    ) {
        // As it is, and as what a table of PubMed's history has below its header.
        for text in [text.clone(), format!("Search number,Query,Filters,Results\n1,{text}"), format!("Search number\tQuery\n2\t\"{text}\"")] {
            let (strategy, diagnostics) = parse_pubmed("x", &text);
            let lines: Vec<&str> = physical_lines(&text).map(|(line, _)| line).collect();
            for diagnostic in &diagnostics {
                if diagnostic.line > 0 {
                    let line = lines[diagnostic.line as usize - 1];
                    prop_assert!(line.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{:?} in {:?}", diagnostic, line);
                }
            }
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
            prop_assert!(errors >= strategy.lines.iter().filter(|line| line.tree.is_none()).count());
            prop_assert!(!strategy.to_string().is_empty() || strategy.lines.is_empty());
        }
    }
}
