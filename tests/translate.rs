//! Strategies for other platforms: tree -> text and losses.
//!
//! Each `queries/translate/NAME.ovid` is translated for every platform and compared with `NAME.expected`: the lines, below each
//! what is lost, and at the end what is to be known of the platform. With `REFSIEVE_BLESS=1` the expectations are written
//! instead: read them in the diff.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

#[path = "search/random.rs"]
mod random;
mod trees;

use proptest::prelude::*;
use refsieve::formats;
use refsieve::index::Index;
use refsieve::search::{self, Settings};
use refsieve::strategy::{Expr, ExprKind, HeadingLeaf, PatternPart, Strategy as Search, Text, TextLeaf, parse, parse_pubmed};
use refsieve::thesaurus::Thesaurus;
use refsieve::translate::{Effect, Platform, Translation, translate};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/translate");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ovid"));
    paths.sort();
    paths
}

fn shown(translation: &Translation) -> String {
    let mut out = format!("== {}\n", translation.platform.name());
    for (line, text) in translation.lines.iter().zip(translation.to_string().lines()) {
        let _ = writeln!(out, "{text}");
        for loss in &line.losses {
            let _ = writeln!(out, "\t! {loss}");
        }
    }
    for note in &translation.notes {
        let _ = writeln!(out, "note: {note}");
    }
    out
}

fn translated(text: &str, platform: Platform) -> Translation {
    translate(&parse("x", text).0, platform, Thesaurus::mesh(), None).unwrap()
}

#[test]
fn strategies_become_what_each_platform_reads() {
    let paths = cases();
    assert!(paths.len() >= 6, "only {} cases", paths.len());
    let mut failures = String::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let found: String = Platform::ALL.iter().map(|platform| shown(&translated(&text, *platform)) + "\n").collect();
        let expected_path = path.with_extension("expected");
        if std::env::var("REFSIEVE_BLESS").is_ok() {
            std::fs::write(&expected_path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if found != expected {
            let _ = writeln!(failures, "== {}\n-- expected\n{expected}\n-- found\n{found}", path.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// A record with words that PubMed cannot truncate to.
const RECORDS: &str = "TY  - JOUR\nTI  - Women and their tutors: colour charts, coloured and colored\nAB  - A woman, a pediatric ward, a paediatric ward. Pupils, peds.\nER  - \n";

fn index() -> Index {
    let records = formats::read("x.ris", RECORDS.as_bytes().to_vec()).unwrap().records;
    Index::build(&records, &()).unwrap()
}

#[test]
fn words_of_the_records_stand_for_what_pubmed_cannot_truncate() {
    let index = index();
    for (query, expected, sentence) in [
        ("wom#n.ti,ab.", "woman[tiab] OR women[tiab]", "\"wom#n\" is written out as the words that the records given have for it (2)"),
        ("wom#n.ti.", "women[ti]", "\"wom#n\" is written out as the words that the records given have for it (1)"),
        ("p?ediatric.tw.", "paediatric[tiab] OR pediatric[tiab]", "\"p?ediatric\" is written out"),
        ("ped*.ab.", "pediatric[tiab] OR peds[tiab]", "\"ped*\" is written out"),
        ("colo?r$2.ti.", "colored[ti] OR colour[ti] OR coloured[ti]", "\"colo?r$2\" is written out"),
        ("(tutor adj2 pupil*).ab.", "\"tutor pupils\"[tiab:~1]", "\"pupil*\" is written out"),
        ("zz#z.ti.", "zzaz[ti] OR", "\"zz#z\" is spelled out"),
    ] {
        let translation = translate(&parse("x", query).0, Platform::PubMed, Thesaurus::mesh(), Some(&index)).unwrap();
        let line = &translation.lines[0];
        let text = line.text.as_deref().unwrap();
        assert!(text == expected || (expected.ends_with("OR") && text.starts_with(expected)), "{query}: {text}");
        assert!(line.losses.iter().any(|loss| loss.sentence.starts_with(sentence)), "{query}: {:?}", line.losses);
    }
}

#[test]
fn what_is_lost_on_the_right_of_not_is_lost_the_other_way_round() {
    for (query, expected) in [
        ("1 tutor.ti.\n2 gene$9.ti.", Effect::Wider),
        ("1 tutor.ti.\n2 1 not gene$9.ti.", Effect::Narrower),
        ("1 tutor.ti.\n2 1 not (tutor.ti. not gene$9.ti.)", Effect::Wider),
        ("1 tutor.ti.\n2 1 or english.la.", Effect::Narrower),
        ("1 tutor.ti.\n2 1 and english.la.", Effect::Wider),
        ("1 tutor.ti.\n2 1 not english.la.", Effect::Wider),
    ] {
        let line = translated(query, Platform::Cochrane).lines.remove(1);
        assert_eq!(line.losses.iter().map(|loss| loss.effect).collect::<Vec<_>>(), [expected], "{query}: {:?}", line.losses);
    }
}

#[test]
fn ranges_of_dates_are_written_or_named_as_they_were_written() {
    for (query, platform, expected, losses) in [
        (
            "a1[ti] AND 2010/03/15:2012[dp]",
            Platform::Embase,
            "a1:ti AND [2010-2012]/py",
            "finds more: the limit to a date of publication from 2010/03/15 to 2012 is written by whole years",
        ),
        ("a1[ti] AND 2010/03/15:2012[dp]", Platform::Wos, "TI=(a1) AND DOP=2010-03-15/2012-12-31", ""),
        ("a1[ti] AND 2010/03/15:2012[dp]", Platform::Ebsco, "TI (a1) AND DT 20100315-20121231", ""),
        ("a1[ti] AND 2010/03/15:2012[dp]", Platform::ProQuest, "TI(a1) AND PD(20100315-20121231)", ""),
        ("a1[ti] AND 2010/03/15:2012[dp]", Platform::PubMed, "a1[ti] AND 2010/03/15:2012[dp]", ""),
        (
            "a1[ti] AND 2010/03/15:3000[dp]",
            Platform::Scopus,
            "TITLE(a1) AND PUBYEAR > 2009",
            "finds more: the limit to a date of publication from 2010/03/15 on is written by whole years",
        ),
        (
            "a1[ti] AND 2010/03:2012/02[crdt]",
            Platform::Cochrane,
            "a1:ti",
            "finds more: the limit to a create date from 2010/03 to 2012/02 is left out: set it by hand in the Cochrane Library",
        ),
        (
            "a1[ti] OR 2010/03/15:2012[crdt]",
            Platform::Cochrane,
            "a1:ti",
            "finds fewer: the limit to a create date from 2010/03/15 to 2012 is left out: set it by hand in the Cochrane Library",
        ),
        (
            "2010[dp]",
            Platform::Cochrane,
            "none",
            "not written: the limit to a year of publication of 2010 is left out: set it by hand in the Cochrane Library",
        ),
        (
            "a1[ti] AND 2012/02[edat]",
            Platform::Embase,
            "a1:ti AND ([01-02-2012]/sd NOT [01-03-2012]/sd)",
            "may find others: /sd is the day on which Embase.com took a record: each platform has days of its own",
        ),
        (
            "a1[ti] AND 2012/02[edat]",
            Platform::Scopus,
            "TITLE(a1) AND (ORIG-LOAD-DATE AFT 20120131 AND ORIG-LOAD-DATE BEF 20120301)",
            "may find others: ORIG-LOAD-DATE is the day on which Scopus took a record: each platform has days of its own",
        ),
    ] {
        let line = translate(&parse_pubmed("x", query).0, platform, Thesaurus::mesh(), None).unwrap().lines.remove(0);
        let found: Vec<String> = line.losses.iter().map(ToString::to_string).collect();
        assert_eq!((line.text.as_deref().unwrap_or("none"), found.join("; ").as_str()), (expected, losses), "{query}");
    }
}

/// Every literal of the words and the name of every heading of a tree, folded.
fn literals(expr: &Expr, found: &mut Vec<String>) {
    match &expr.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| literals(part, found)),
        ExprKind::Not(left, right) => {
            literals(left, found);
            literals(right, found);
        }
        ExprKind::Database(inner, _) => literals(inner, found),
        ExprKind::Text(leaf) => words(&leaf.text, found),
        ExprKind::Heading(HeadingLeaf { name, .. }) => {
            found.extend(name.split_whitespace().map(|word| word.trim_matches([',', '(', ')']).to_lowercase()));
        }
        _ => {}
    }
}

fn words(text: &Text, found: &mut Vec<String>) {
    match text {
        Text::Word(pattern) => found.extend(pattern.parts.iter().filter_map(|part| match part {
            PatternPart::Literal(text) => Some(text.clone()),
            _ => None,
        })),
        Text::Sequence(parts) | Text::Or(parts) => parts.iter().for_each(|part| words(part, found)),
        Text::Near { left, right, .. } => {
            words(left, found);
            words(right, found);
        }
    }
}

fn with_labels(trees: Vec<Expr>) -> Search {
    let (first, _) = parse("", "1\ta.ti.\n2\tb.ti.\n3\tc.ti.");
    let mut strategy = Search { lines: first.lines, ..Search::default() };
    strategy.lines.extend((4..).zip(trees).map(|(label, tree)| trees::line(label, tree)));
    strategy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_written_or_its_loss_is_said(trees in prop::collection::vec(trees::any_line(), 1..4)) {
        let strategy = with_labels(trees);
        for platform in Platform::ALL {
            let translation = translate(&strategy, *platform, Thesaurus::mesh(), None).unwrap();
            prop_assert_eq!(translation.lines.len(), strategy.lines.len());
            for (line, translated) in strategy.lines.iter().zip(&translation.lines) {
                prop_assert_eq!(line.label, translated.label);
                let tree = line.tree.as_ref().unwrap();
                let Some(text) = &translated.text else {
                    prop_assert!(!translated.losses.is_empty());
                    continue;
                };
                let (open, close) = (text.matches('(').count(), text.matches(')').count());
                prop_assert!(open == close || matches!(tree.kind, ExprKind::Heading(_)) || text.contains('"') || text.contains('\''), "{}", text);
                let mut wanted = Vec::new();
                literals(tree, &mut wanted);
                let text = text.to_lowercase();
                let is_said = translated.losses.iter().any(|loss| !loss.sentence.is_empty());
                let is_renamed = translation.notes.iter().any(|note| note.contains("the heading it points to"));
                for word in wanted {
                    prop_assert!(text.contains(&word) || is_said || is_renamed, "{} in {} for {}", word, text, platform.name());
                }
            }
        }
    }

    #[test]
    fn what_pubmed_is_given_without_a_loss_it_can_read(trees in prop::collection::vec(trees::any_line(), 1..6)) {
        let strategy = with_labels(trees);
        let translation = translate(&strategy, Platform::PubMed, Thesaurus::mesh(), None).unwrap();
        let text = translation.to_string();
        let (again, diagnostics) = parse_pubmed("x", &text);
        prop_assert_eq!(again.lines.len(), strategy.lines.len(), "{}", text);
        for (line, translated) in again.lines.iter().zip(&translation.lines) {
            prop_assert_eq!(line.label, translated.label);
            prop_assert!(line.tree.is_some() || !translated.losses.is_empty(), "{}\n{:?}", text, diagnostics);
        }
    }

    /// The direction of a loss is that of the records: what PubMed's text finds here is what the line finds, or more, or fewer.
    #[test]
    fn what_the_text_for_pubmed_finds_is_what_its_losses_say(records in random::records(), strategy in random::strategies(), seed in 0_usize..5) {
        let mut strategy = strategy;
        for line in &mut strategy.lines {
            line.tree = line.tree.take().map(|tree| in_pubmeds_fields(tree, seed));
        }
        let index = Index::build(&records, &()).unwrap();
        let found = |strategy: &Search| {
            let run = search::run(strategy, "x", &index, Thesaurus::mesh(), &Settings::default(), &()).unwrap();
            run.lines.into_iter().map(|line| line.hits.map(|hits| hits.iter().collect::<BTreeSet<u32>>())).collect::<Vec<_>>()
        };
        for words in [None, Some(&index)] {
            let translation = translate(&strategy, Platform::PubMed, Thesaurus::mesh(), words).unwrap();
            let (again, _) = parse_pubmed("x", &translation.to_string());
            let (before, after) = (found(&strategy), found(&again));
            let mut exact: BTreeSet<u32> = BTreeSet::new();
            for (at, translated) in translation.lines.iter().enumerate() {
                let (Some(text), Some(before), Some(after)) = (&translated.text, &before[at], &after[at]) else { continue };
                // PubMed's own narrower types are not added here; other lines may have lost something themselves.
                let references = text.split(|c: char| !(c == '#' || c.is_ascii_digit())).filter_map(|word| word.strip_prefix('#')?.parse().ok());
                // Records here may carry a heading by its former name, as PubMed's never do.
                let is_former = strategy.lines[at].to_string().contains("Slaughterhouses");
                if is_former || text.contains("[pt]") || !references.into_iter().all(|label| exact.contains(&label)) {
                    continue;
                }
                let effects: BTreeSet<Effect> = translated.losses.iter().map(|loss| loss.effect).collect();
                let shown = format!("{}\n{text}\n{:?}", strategy.lines[at], translated.losses);
                match effects.into_iter().collect::<Vec<_>>().as_slice() {
                    [] => {
                        exact.insert(translated.label);
                        prop_assert_eq!(before, after, "{}", shown);
                    }
                    [Effect::Wider] => prop_assert!(before.is_subset(after), "{before:?} {after:?} {shown}"),
                    [Effect::Narrower] => prop_assert!(after.is_subset(before), "{before:?} {after:?} {shown}"),
                    _ => {}
                }
            }
        }
    }
}

/// The same tree with its words in fields that PubMed has as Ovid has them.
fn in_pubmeds_fields(expr: Expr, seed: usize) -> Expr {
    const FIELDS: &[&[&str]] = &[&["ti"], &["ti", "ab", "kf"], &["mp"], &["af"], &["kf"]];
    let all = |parts: Vec<Expr>| parts.into_iter().zip(seed..).map(|(part, seed)| in_pubmeds_fields(part, seed)).collect();
    let one = |part: Box<Expr>| Box::new(in_pubmeds_fields(*part, seed + 1));
    let kind = match expr.kind {
        ExprKind::And(parts) => ExprKind::And(all(parts)),
        ExprKind::Or(parts) => ExprKind::Or(all(parts)),
        ExprKind::Not(left, right) => ExprKind::Not(one(left), one(right)),
        ExprKind::Database(inner, name) => ExprKind::Database(one(inner), name),
        ExprKind::Text(leaf) => {
            let codes = FIELDS[seed % FIELDS.len()].iter().map(|code| (*code).to_owned()).collect();
            ExprKind::Text(TextLeaf { codes, ..leaf })
        }
        kind => kind,
    };
    Expr { kind, ..expr }
}
