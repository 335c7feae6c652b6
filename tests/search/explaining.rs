//! Why a record is found or not: the words for each way, and laws on random records and strategies.

use super::{notation, random, with_groups};
use proptest::prelude::*;
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search::{Explainer, Explanation, LossKind, Reason, Settings, run};
use refsieve::strategy::{Language, Readings, Strategy as Lines, parse, parse_in};
use refsieve::thesaurus::Thesaurus;

fn explain(strategy: &Lines, records: &[Record], at: usize, settings: &Settings) -> Explanation {
    let index = Index::build(records, &()).unwrap();
    let explainer = Explainer::new(strategy, &index, Thesaurus::mesh(), settings, &()).unwrap();
    explainer.explain(u32::try_from(at).unwrap(), &records[at])
}

/// The reasons of the last line, each with the part it is about where there are several.
fn in_words(reasons: &[Reason]) -> String {
    let shown = |reason: &Reason| if reasons.len() == 1 { reason.why.clone() } else { format!("{}: {}", reason.part, reason.why) };
    reasons.iter().map(shown).collect::<Vec<_>>().join(" | ")
}

/// Strategy, record, whether the last line finds it, and why.
const CASES: &[(&str, &str, bool, &str)] = &[
    // What matches, field by field.
    ("peer support*.ti,ab.", "TI: Peer-supported | AB: x", true, "title: \"peer supported\""),
    (
        "(peer adj3 support*).ti,ab.",
        "TI: Peers | AB: Support for the peer. Peer support",
        true,
        "abstract: \"peer support\" and \"support for the peer\"",
    ),
    ("clinical trial.pt.", "PT: Clinical Trial", true, "publication type: \"clinical trial\""),
    ("german.lg.", "LA: ger", true, "language: \"ger\""),
    ("px.fs.", "MH: Peer Group/psychology", true, "qualifiers: \"px\""),
    ("parkinson disease.ti.", "TI: Parkinson's disease", true, "title: \"parkinsons disease\""),
    ("exp Health Services/", "MH: *Mental Health Services/px", true, "heading: *Mental Health Services/px"),
    ("Peer Group/px", "KW: Hope; Peer Group/psychology", true, "heading: Peer Group/psychology"),
    ("exp Clinical Trial/", "PT: Randomized Controlled Trial", true, "publication type: \"randomized controlled trial\""),
    ("peer.ti. or hope.ti. or carer.ti.", "TI: Hope of a peer", true, "peer.ti.: title: \"peer\" | hope.ti.: title: \"hope\""),
    ("1 a1.ti.\n2 b1.ti.\n3 c1.ti.\n4 d1.ti.\n5 or/1-4", "TI: a1 b1 c1", true, "lines 1 to 3"),
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1 | LA: eng", true, "line 1; language: eng"),
    // A word is absent.
    ("psw.ti.", "TI: Peer", false, "no word \"psw\" in title"),
    ("support*.ti,ab.", "TI: Peer", false, "no word like \"support*\" in title or abstract"),
    ("(peer adj3 support*).ti,ab.", "TI: Peer", false, "no word like \"support*\" in title or abstract"),
    ("(peer adj (provid* or support* or help)).ti.", "TI: Peer", false, "no word like \"provid*\", \"support*\" or \"help\" in title"),
    ("(peer adj support).ti.", "AB: peer support", false, "no word \"peer\" and no word \"support\" in title"),
    // The words are there, and too far apart.
    ("(peer adj3 support*).ti,ab.", "AB: peer one two three support", false, "peer … support*: distance 4 in abstract, needs at most 3"),
    ("(peer adj3 support*).ti.", "TI: supports one two three four peer", false, "peer … support*: distance 5 in title, needs at most 3"),
    (
        "(peer adj3 support*).ti,ab.",
        "TI: peer 1 2 3 4 5 support | AB: support 1 2 3 peer",
        false,
        "peer … support*: distance 4 in abstract, needs at most 3",
    ),
    ("peer support.ti.", "TI: peer one two support", false, "peer … support: distance 3 in title, needs 1 in this order"),
    ("peer support.ti.", "TI: support peer", false, "peer … support: distance 1 in the other order in title, needs 1 in this order"),
    (
        "peer support worker*.ti.",
        "TI: peer support of workers",
        false,
        "peer support … worker*: distance 2 in title, needs 1 in this order",
    ),
    (
        "(acute adj3 peer support team).ti.",
        "TI: acute 1 2 3 peer support team",
        false,
        "acute … peer support team: distance 4 in title, needs at most 3",
    ),
    (
        "((peer or carer) adj2 support).ti.",
        "TI: carer 1 2 3 support",
        false,
        "(peer or carer) … support: distance 4 in title, needs at most 2",
    ),
    ("(peer adj3 support).ti,ab.", "TI: peer | AB: support", false, "peer … support: only in different fields"),
    ("(peer adj9 support).kf.", "AK: peer | AK: support", false, "peer … support: only in different entries of author keyword"),
    ("(peer adj3 peer).ti.", "TI: peer", false, "peer … peer: one word stands for both, needs two"),
    ("peer.ab./freq=3", "AB: peer to peer", false, "stands 2 times in abstract, needs 3"),
    // Fields that are indexed whole.
    ("trial.pt.", "PT: Clinical Trial", false, "no publication type or kind \"trial\"; there is clinical trial"),
    ("trial.pt.", "TI: x", false, "no publication type or kind in this record"),
    ("german.lg.", "LA: eng", false, "no language \"german\"; there is eng"),
    ("x.sy.", "TI: x", false, "no export carries this field"),
    // Headings.
    ("*Peer Group/", "MH: Peer Group/px", false, "heading present, not as a major topic (Peer Group/px)"),
    ("Peer Group/px", "MH: Peer Group", false, "heading present without the qualifier px (Peer Group)"),
    ("Peer Group/px", "MH: Peer Group/ed", false, "heading present without the qualifier px (Peer Group/ed)"),
    ("*Peer Group/px", "MH: Peer Group/ed", false, "heading present, neither as a major topic nor with the qualifier px (Peer Group/ed)"),
    ("Peer Group/", "MH: Peer Influence", false, "a narrower heading present (Peer Influence); write exp"),
    ("*Peer Group/", "MH: Peer Influence", false, "only a narrower heading present (Peer Influence), not as a major topic"),
    ("*Peer Group/", "MH: *Peer Influence", false, "a narrower heading present (*Peer Influence); write exp"),
    ("Peer Group/", "MH: Humans", false, "not among the record's headings"),
    ("exp Peer Group/", "MH: Humans", false, "not among the record's headings, nor is one below it"),
    ("Peer Group/", "TI: Peer group", false, "no headings in this record"),
    (
        "1 peer work\n2 peer.ti.\n3 4.ti.\n4 peer work",
        "TI: Peer",
        false,
        "no word \"work\" in title, original title, book title, abstract or 7 more",
    ),
    // Sets.
    (
        "peer.ti. and hope.ti. and carer.ti.",
        "TI: Hope",
        false,
        "peer.ti.: no word \"peer\" in title | carer.ti.: no word \"carer\" in title",
    ),
    ("peer.ti. not hope.ti.", "TI: Peer hope", false, "taken out by not: title: \"hope\""),
    ("peer.ti. not hope.ti.", "TI: Hope", false, "no word \"peer\" in title"),
    ("1 a1.ti.\n2 b1.ti.\n3 c1.ti.\n4 or/1-2", "TI: c1", false, "in none of lines 1, 2"),
    ("1 a1.ti.\n2 b1.ti.\n3 c1.ti.\n4 and/1-3", "TI: c1", false, "not in lines 1, 2"),
    // Limits.
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1", false, "no language in this record"),
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1 | LA: nor", false, "language nor, needs english"),
    ("1 a1.ti.\n2 limit 1 to yr=2008-2014", "TI: a1 | DP: 2007 Dec", false, "year 2007, needs 2008 to 2014"),
    ("1 a1.ti.\n2 limit 1 to yr=2008-2014", "TI: a1", false, "no year in this record"),
    ("1 a1.ti.\n2 limit 1 to yr=\"2008 -Current\"", "TI: a1 | DP: 2007", false, "year 2007, needs 2008 or later"),
    ("1 a1.ti.\n2 limit 1 to (english and yr=2008-2014)", "TI: a1 | LA: nor | DP: 2010", false, "language nor, needs english"),
    ("1 a1.ti.\n2 limit 1 to review", "TI: a1 | PT: Journal Article", false, "publication type journal article, needs review"),
    ("1 a1.ti.\n2 limit 1 to humans", "TI: a1 | MH: Animals", false, "no heading for humans"),
    ("1 a1.ti.\n2 limit 1 to humans", "TI: a1", false, "no headings in this record, so no check tags"),
    ("1 a1.ti.\n2 limit 1 to abstracts", "TI: a1", false, "no abstract in this record"),
    ("1 a1.ti.\n2 limit 1 to ed=20080101-20141021", "TI: a1", false, "no such date in this record"),
    ("1 a1.ti.\n2 limit 1 to english", "TI: b1 | LA: eng", false, "not in line 1"),
    ("1 a1.ti.\n2 1 use oemezd", "TI: a1 | DB: Ovid MEDLINE(R) ALL", false, "database ovid medline r all, needs oemezd"),
];

#[test]
fn each_way_has_its_words() {
    let mut faults = Vec::new();
    for (text, record, found, expected) in CASES {
        let records = [notation::record(0, record).expect(record)];
        let (strategy, diagnostics) = parse("strategy.ovid", text);
        let explanation = explain(&strategy, &records, 0, &Settings::default());
        let last = explanation.lines.last().unwrap_or_else(|| panic!("{text} has no line: {diagnostics:?}"));
        let said = (last.found, in_words(&last.because));
        if said != (Some(*found), (*expected).to_owned()) {
            faults.push(format!("{text} on {record}\n  expected {expected}\n  found    {said:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Strategy, record, and the losses: line, part, and the parts of what comes near.
fn check_losses(text: &str, record: &str, expected: &[&str]) {
    let records = [notation::record(0, record).expect(record)];
    let (strategy, diagnostics) = parse("strategy.ovid", text);
    let explanation = explain(&strategy, &records, 0, &Settings::default());
    let found: Vec<String> = explanation
        .losses
        .iter()
        .map(|loss| {
            let parts: Vec<String> = loss.because.iter().map(|reason| format!("{} {}", reason.label, reason.part)).collect();
            format!("{} {} {:?} <- {}", loss.label, loss.part, loss.kind, parts.join(", "))
        })
        .collect();
    assert_eq!(found, expected, "{text} on {record}: {diagnostics:?}");
}

/// Stopwords that take no place are shown where they stand, and do not count where a distance is told.
#[test]
fn words_are_shown_and_counted_where_stopwords_take_no_place() {
    let record = notation::record(0, "TI: the tutors of the pupils | AB: pupils at home, tutors of boilers").unwrap();
    let records = [record];
    let settings = Settings { adj_skips_stopwords: true, ..Settings::default() };
    let readings = Readings { stopwords_stand_for_any: true, ..Readings::default() };
    for (text, found, expected) in [
        ("(tutors adj pupils).ti.", true, "title: \"tutors of the pupils\""),
        ("tutors of pupils.ti.", true, "title: \"tutors of the pupils\""),
        ("\"the pupils\".ti.", true, "title: \"the pupils\""),
        ("(tutors adj boilers).ab.", true, "abstract: \"tutors of boilers\""),
        ("(pupils adj tutors).ti,ab.", false, "pupils … tutors: distance 3 in abstract, needs 1 in this order"),
        ("(pupils adj tutors).ti.", false, "pupils … tutors: distance 1 in the other order in title, needs 1 in this order"),
    ] {
        let (strategy, _) = parse_in(Language::Ovid, "x", text, readings);
        let line = explain(&strategy, &records, 0, &settings).lines.remove(0);
        assert_eq!((line.found, in_words(&line.because).as_str()), (Some(found), expected), "{text}");
    }
}

#[test]
fn the_walk_stops_where_no_operand_must_be_passed() {
    let text = "1 a1.ti.\n2 b1 b2.ti.\n3 or/1-2\n4 c1.ti.\n5 d1.ti.\n6 3 and 4\n7 6 not 5\n8 limit 7 to english";
    check_losses(text, "TI: a1 c1 | LA: eng", &[]);
    check_losses(text, "TI: c1 | LA: eng", &["3 or/1-2 NotFound <- 1 a1.ti., 2 (b1 adj b2).ti."]);
    // The nearest comes first: both words are there, in the other order.
    check_losses(text, "TI: b2 b1 c1", &["3 or/1-2 NotFound <- 2 (b1 adj b2).ti., 1 a1.ti."]);
    check_losses(text, "TI: x", &["3 or/1-2 NotFound <- 1 a1.ti., 2 (b1 adj b2).ti.", "4 c1.ti. NotFound <- 4 c1.ti."]);
    // One of two words that are there comes before one that is not.
    check_losses(text, "TI: b1", &["3 or/1-2 NotFound <- 2 (b1 adj b2).ti., 1 a1.ti.", "4 c1.ti. NotFound <- 4 c1.ti."]);
    check_losses(text, "TI: a1 c1 d1 | LA: eng", &["5 d1.ti. Excluded <- 5 d1.ti."]);
    check_losses(text, "TI: a1 c1 | LA: nor", &["8 limit 7 to english Limited <- 8 english language"]);
    check_losses("1 a1.ti.\n2 1 and (b1.ti. or c1.ti.)", "TI: a1", &["2 b1.ti. or c1.ti. NotFound <- 2 b1.ti., 2 c1.ti."]);
    check_losses("1 a1.ti.\n2 1 not (b1.ti. or c1.ti.)", "TI: a1 c1", &["2 b1.ti. or c1.ti. Excluded <- 2 c1.ti."]);
    check_losses("1 a1.ti.\n2 and/1,1\n3 or/2-2", "TI: x", &["1 a1.ti. NotFound <- 1 a1.ti."]);
    check_losses("1 a1.ti.\n2 1 use oemezd", "TI: a1", &["2 1 use oemezd Limited <- 2 1 use oemezd"]);
}

#[test]
fn a_duplicate_that_was_removed_is_lost_as_one() {
    let records = [notation::record(0, "TI: a1").unwrap(), notation::record(1, "TI: a1").unwrap()];
    let (strategy, _) = parse("strategy.ovid", "1 a1.ti.\n2 remove duplicates from 1");
    let settings = Settings { groups: Some([7, 7].into()), ..Settings::default() };
    assert_eq!(explain(&strategy, &records, 0, &settings).losses, []);
    let explanation = explain(&strategy, &records, 1, &settings);
    assert_eq!(explanation.losses.iter().map(|loss| (loss.label, loss.kind)).collect::<Vec<_>>(), [(2, LossKind::Duplicate)]);
}

#[test]
fn a_line_that_cannot_be_run_has_no_reasons() {
    let records = [notation::record(0, "TI: a1").unwrap()];
    let (strategy, _) = parse("strategy.ovid", "1 a1.zz.\n2 a1.ti. or 1");
    let explanation = explain(&strategy, &records, 0, &Settings::default());
    assert!(explanation.lines.iter().all(|line| line.found.is_none() && line.because.is_empty()));
    assert_eq!(explanation.losses, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// A line is said to find a record where its hits have it, with a reason either way; and what the last line does not
    /// find is lost somewhere.
    #[test]
    fn what_is_said_is_what_the_lines_find(records in random::records(), strategy in random::strategies()) {
        let index = Index::build(&records, &()).unwrap();
        for settings in [with_groups(), Settings { adj_skips_stopwords: true, ..with_groups() }] {
        let hits = run(&strategy, "x", &index, Thesaurus::mesh(), &settings, &()).unwrap();
        let explainer = Explainer::new(&strategy, &index, Thesaurus::mesh(), &settings, &()).unwrap();
        for (number, record) in (0u32..).zip(&records) {
            let explanation = explainer.explain(number, record);
            for (line, said) in hits.lines.iter().zip(&explanation.lines) {
                prop_assert_eq!(said.found, line.hits.as_ref().map(|hits| hits.contains(number)), "{}", strategy);
                prop_assert_eq!(said.because.is_empty(), said.found.is_none(), "{} {:?}", strategy, said);
                for reason in &said.because {
                    prop_assert!(!reason.why.trim().is_empty(), "{} {:?}", strategy, said);
                }
            }
            let is_lost = explanation.lines.last().and_then(|line| line.found) == Some(false);
            prop_assert_eq!(!explanation.losses.is_empty(), is_lost, "{}", strategy);
            for loss in &explanation.losses {
                prop_assert!(!loss.because.is_empty(), "{} {:?}", strategy, loss);
            }
        }
        }
    }
}
