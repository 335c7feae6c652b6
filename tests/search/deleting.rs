//! What the last line loses without a line or a term, against the slow way: each variant written anew and run by itself.

use super::{notation, random, with_groups};
use proptest::prelude::*;
use refsieve::evaluate::{Change, Contribution, Known, contributions};
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search::{Settings, run};
use refsieve::strategy::{Strategy as Lines, members, parse, relabelled};
use refsieve::thesaurus::Thesaurus;
use roaring::RoaringBitmap;
use std::collections::BTreeSet;

fn all_contributions(strategy: &Lines, records: &[Record], known: &[Known], settings: &Settings) -> Vec<Contribution> {
    let index = Index::build(records, &()).unwrap();
    contributions(strategy, &index, Thesaurus::mesh(), settings, known, &()).unwrap()
}

fn known(records: &[u32]) -> Vec<Known> {
    records.iter().map(|record| Known { name: record.to_string(), title: None, records: [*record].into_iter().collect() }).collect()
}

/// The contributions as "line member -records/known +records/known".
fn check(text: &str, records: &[&str], known_records: &[u32], expected: &[&str]) {
    let records: Vec<Record> = records.iter().enumerate().map(|(at, record)| notation::record(at, record).unwrap()).collect();
    let (strategy, diagnostics) = parse("strategy.ovid", text);
    let found = all_contributions(&strategy, &records, &known(known_records), &Settings::default());
    let shown = |it: &Contribution| {
        let change = |change: Option<Change>| change.map_or("-".to_owned(), |change| format!("{}/{}", change.records, change.known));
        format!("{} {} -{} +{}", it.label, it.member.as_deref().unwrap_or("all"), change(it.lost), change(it.gained))
    };
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{text}: {diagnostics:?}");
}

#[test]
fn a_term_is_worth_what_nothing_else_finds() {
    let records = ["TI: a1", "TI: a1 b1", "TI: b1 c1", "TI: d1"];
    check(
        "1 a1.ti.\n2 (b1 or c1).ti.\n3 or/1-2",
        &records,
        &[0, 2],
        &["1 all -1/1 +0/0", "2 all -1/1 +0/0", "2 b1.ti. -0/0 +0/0", "2 c1.ti. -0/0 +0/0"],
    );
    // Without an operand of AND more is found; without what NOT takes out, too.
    check("1 a1.ti.\n2 b1.ti.\n3 1 and 2", &records, &[1, 2], &["1 all -0/0 +1/1", "2 all -0/0 +1/0"]);
    check("1 a1.ti.\n2 b1.ti.\n3 1 not 2", &records, &[1], &["1 all -1/0 +0/0", "2 all -0/0 +1/1"]);
    // A line of which nothing is left goes, too; a line that is not used adds nothing.
    check("1 a1.ti.\n2 1\n3 d1.ti.\n4 2", &records, &[0], &["1 all -2/1 +0/0", "2 all -2/1 +0/0", "3 all -- +-"]);
    check("1 a1.ti.\n2 limit 1 to english", &records, &[], &["1 all -0/0 +0/0"]);
    // Where more and less is found at once, neither pays for the other.
    check(
        "1 a1.ti.\n2 b1.ti.\n3 c1.ti.\n4 d1.ti.\n5 ((1 or 2) and 3) or (4 not 1)",
        &["TI: a1 c1", "TI: a1 d1"],
        &[0, 1],
        &["1 all -1/1 +1/1", "2 all -0/0 +0/0", "3 all -0/0 +1/1", "4 all -0/0 +0/0", "5 (1 or 2) and 3 -1/1 +0/0", "5 4 not 1 -0/0 +0/0"],
    );
    // Alternatives between words.
    check("((a1 or c1) adj b1).ti.", &records, &[1], &["1 a1 -1/1 +0/0", "1 c1 -0/0 +0/0"]);
    check("1 a1.zz.\n2 1", &records, &[0], &[]);
}

#[test]
fn known_records_with_several_copies_are_lost_with_the_last_copy() {
    let records: Vec<Record> = ["TI: a1", "TI: b1"].iter().enumerate().map(|(at, it)| notation::record(at, it).unwrap()).collect();
    let (strategy, _) = parse("x", "1 a1.ti.\n2 b1.ti.\n3 1 or 2");
    let both = [Known { name: "x".into(), title: None, records: [0, 1].into_iter().collect() }];
    let found = all_contributions(&strategy, &records, &both, &Settings::default());
    assert_eq!(found.iter().map(|it| it.lost).collect::<Vec<_>>(), [Some(Change { records: 1, known: 0 }); 2]);
}

/// The hits of the last line of a strategy; nothing where it has none left.
fn last_hits(strategy: &Lines, index: &Index, settings: &Settings) -> Option<RoaringBitmap> {
    run(strategy, "x", index, Thesaurus::mesh(), settings, &()).unwrap().lines.pop()?.hits
}

/// The strategy without line `at`, or with another tree there; lines of which nothing is left are gone.
fn variant(strategy: &Lines, at: usize, rest: Option<&refsieve::strategy::Expr>) -> (Lines, bool) {
    let mut gone = BTreeSet::new();
    let mut variant = Lines::default();
    let mut last_is_gone = false;
    for (number, line) in strategy.lines.iter().enumerate() {
        let mut line = line.clone();
        let had_tree = line.tree.is_some();
        line.tree = if number == at {
            rest.cloned()
        } else {
            line.tree.and_then(|tree| relabelled(&tree, &|label| (!gone.contains(&label)).then_some(label)))
        };
        last_is_gone = had_tree && line.tree.is_none();
        if last_is_gone {
            gone.insert(line.label);
        }
        variant.lines.push(line);
    }
    (variant, last_is_gone)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn all_variants_in_one_pass_find_what_each_finds_by_itself(records in random::records(), strategy in random::strategies()) {
        let (index, settings) = (Index::build(&records, &()).unwrap(), with_groups());
        let found = contributions(&strategy, &index, Thesaurus::mesh(), &settings, &known(&[0, 2, 5]), &()).unwrap();
        let Some(before) = last_hits(&strategy, &index, &settings) else {
            prop_assert!(found.is_empty());
            return Ok(());
        };
        for contribution in found {
            let at = strategy.lines.iter().position(|line| line.label == contribution.label).unwrap();
            let tree = strategy.lines[at].tree.as_ref().unwrap();
            let rests: Vec<_> = match &contribution.member {
                None => vec![None],
                // Alternatives may be alike; one of them it is.
                Some(text) => members(tree).into_iter().filter(|member| member.text == *text).map(|member| Some(member.rest)).collect(),
            };
            let expected: Vec<_> = rests
                .into_iter()
                .map(|rest| {
                    let (variant, is_gone) = variant(&strategy, at, rest.as_ref());
                    let after = if is_gone { Some(RoaringBitmap::new()) } else { last_hits(&variant, &index, &settings) };
                    after.map(|after| ((&before - &after).len(), (&after - &before).len()))
                })
                .collect();
            let said = contribution.lost.zip(contribution.gained).map(|(lost, gained)| (lost.records, gained.records));
            // A line that the last one does not go back to changes nothing.
            let is_said = expected.contains(&said) || (said.is_none() && expected.contains(&Some((0, 0))));
            prop_assert!(is_said, "{} without {:?}: {:?} in {:?}", strategy, contribution, said, expected);
            if let (Some(lost), Some(gained)) = (contribution.lost, contribution.gained) {
                prop_assert!(lost.known <= lost.records && gained.known <= gained.records);
            }
        }
    }
}
