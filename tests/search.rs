//! Searching: named cases for the rules, and agreement with a twin that scans all records.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(clippy::disallowed_methods)]

#[path = "search/deleting.rs"]
mod deleting;
#[path = "search/explaining.rs"]
mod explaining;
#[path = "search/notation.rs"]
mod notation;
#[path = "search/random.rs"]
mod random;
#[path = "search/twin.rs"]
mod twin;

use proptest::prelude::*;
use refsieve::index::Index;
use refsieve::record::Record;
use refsieve::search::{Run, Settings, run};
use refsieve::strategy::{Language, Readings, Strategy as Lines, parse, parse_in};
use refsieve::thesaurus::Thesaurus;
use std::collections::BTreeSet;

/// As by default, with duplicates two by two.
fn with_groups() -> Settings {
    Settings { groups: Some((0..5000).map(twin::group).collect()), ..Settings::default() }
}

fn search(strategy: &Lines, records: &[Record], settings: &Settings) -> Run {
    let index = Index::build(records, &()).unwrap();
    run(strategy, "strategy.ovid", &index, Thesaurus::mesh(), settings, &()).unwrap()
}

fn hits(run: &Run) -> Vec<Option<BTreeSet<u32>>> {
    run.lines.iter().map(|line| line.hits.as_ref().map(|hits| hits.iter().collect())).collect()
}

/// Strategy, record, whether the last line finds it; and the rule.
const CASES: &[(&str, &str, bool)] = &[
    // A phrase is the very next word, in that order; a hyphen is a blank on both sides.
    ("peer support.ti.", "TI: Online peer-support", true),
    ("peer-support.ti.", "TI: Peer support", true),
    ("peer support.ti.", "TI: Support for peer", false),
    ("peersupport.ti.", "TI: Peer-support", false),
    // adjN: either order, at most N-1 words between; adj: ordered.
    ("(trained adj1 peer).ti.", "TI: Peer trained", true),
    ("(trained adj peer).ti.", "TI: Peer trained", false),
    ("(trained adj2 peer).ti.", "TI: Peer well trained", true),
    ("(trained adj2 peer).ti.", "TI: Peer very well trained", false),
    ("(trained adj3 peer).ti.", "TI: Peer very well trained", true),
    // Stopwords count as words.
    ("(work adj2 hope).ti.", "TI: Work in the hope", false),
    ("work in hope.ti.", "TI: Work of hope", false),
    // Distance to a phrase is measured from its nearest edge.
    ("(acute adj3 peer support team).ti.", "TI: Peer support team, acute", true),
    ("(acute adj3 peer support team).ti.", "TI: Acute in and out of peer support team", false),
    ("(acute adj3 peer support team).ti.", "TI: Acute, support team of peer", false),
    // Chains group to the left; the span so far counts from its nearest edge.
    ("(co adj2 design adj2 team).ti.", "TI: team co and design", true),
    ("(co adj2 design adj2 team).ti.", "TI: co design with a big team", false),
    // A word is not near itself.
    ("(peer adj5 peer).ti.", "TI: Peer", false),
    ("(peer adj5 peer).ti.", "TI: Peer to peer", true),
    ("(peer* adj peer*).ti.", "TI: peers", false),
    // The longer alternative reaches further than the shorter one.
    ("((peer or peer support) adj worker).ti.", "TI: peer support worker", true),
    // Neither fields, nor keywords, nor headings, nor values run into each other.
    ("peer support.ti,ab.", "TI: the peer | AB: support", false),
    ("(peer adj9 support).kf.", "KW: peer; support", false),
    ("(peer adj9 support).kf.", "AK: peer | AK: support", false),
    ("(peer adj99 support).ti.", "TI: peer | TI: support", false),
    // But a set of two words may: each is its own search.
    ("(peer and support).ti,ab.", "TI: the peer | AB: support", true),
    // Truncation and wildcards count characters after folding.
    ("dog$1.ti.", "TI: dogs", true),
    ("dog$1.ti.", "TI: dogma", false),
    ("wom#n.ti.", "TI: Women", true),
    ("dog#.ti.", "TI: dog", false),
    ("colo?r.ti.", "TI: colour color", true),
    ("na#ve.ti.", "TI: naïve", true),
    ("hip*.ti.", "TI: worship", false),
    // Accents, ligatures, apostrophes, Greek, markup, entities.
    ("muller.ti.", "TI: Müller", true),
    ("Müller.ti.", "TI: Muller", true),
    ("parkinsons.ti.", "TI: Parkinson’s disease", true),
    ("parkinson disease.ti.", "TI: Parkinson's disease", true),
    ("parkinson's disease.ti.", "TI: Parkinson's disease", true),
    ("beta blocker*.ti.", "TI: β-blockers", true),
    ("β blocker*.ti.", "TI: β-blockers", true),
    ("h2o.ti.", "TI: H&lt;sub&gt;2&lt;/sub&gt;O", true),
    // Fields: text words are title and abstract; the default fields also reach words of headings and qualifiers.
    ("neoplasms.tw.", "MH: Lung Neoplasms", false),
    ("neoplasms.mp.", "MH: Lung Neoplasms", true),
    ("neoplasms", "MH: Lung Neoplasms", true),
    ("psychology.mp.", "MH: Peer Group/px", true),
    ("peer.hw.", "AK: peer", false),
    ("oslo.mp.", "IN: Oslo", false),
    ("oslo.af.", "IN: Oslo", true),
    // Fields that are indexed whole.
    ("resilience.kw.", "KW: Psychological resilience", false),
    ("psychological resilience.kw.", "KW: Hope; Psychological resilience", true),
    ("burroughs j$.au.", "AU: Burroughs, John", true),
    ("burroughs j$.au.", "AU: Burroughs, A; Jones, J", false),
    ("trial.pt.", "PT: Clinical Trial", false),
    ("clinical trial.pt.", "PT: Clinical Trial", true),
    ("2020.yr.", "DP: 2020 May", true),
    ("german.lg.", "LA: ger", true),
    ("humans.sh.", "MH: Humans", true),
    // Headings.
    ("peer group/", "MH: *Peer Group/px", true),
    ("*Peer Group/", "MH: Peer Group", false),
    ("*Peer Group/", "MH: Peer Group/*psychology", true),
    ("Peer Group/px", "MH: Peer Group/psychology", true),
    ("Peer Group/px, ed", "MH: Peer Group/es; Humans/px", false),
    ("exp Health Services/", "MH: Mental Health Services", true),
    ("exp Health Services/px", "MH: Mental Health Services/px", true),
    ("exp Health Services/px", "MH: Mental Health Services", false),
    ("exp *Health Services/", "MH: Mental Health Services", false),
    ("Health Services/", "MH: Mental Health Services", false),
    ("Health Services/", "TI: Health Services", false),
    ("exp Health Services/", "KW: mental health services", true),
    ("HIV/", "KW: HIV/AIDS", false),
    ("Diabetes Mellitus Type 2/", "MH: Diabetes Mellitus, Type 2", true),
    ("Slaughterhouses/", "MH: Abattoirs", true),
    ("peer work/", "KW: Peer work", true),
    ("peer work/", "TI: Peer work", false),
    ("exp Clinical Trial/", "PT: Randomized Controlled Trial", true),
    ("px.fs.", "MH: Peer Group/psychology", true),
    ("psychology.fs.", "MH: Peer Group/px", true),
    // A bare line is a heading where the thesaurus knows it, and words where it does not.
    ("1 Peer Group\n2 peer.ti.\n3 1", "MH: Peer Group", true),
    ("1 Peer Group\n2 peer.ti.\n3 1", "TI: Peer group", false),
    ("1 peer work\n2 peer.ti.\n3 1", "TI: Peer work", true),
    // Lines and limits.
    ("1 a1.ti.\n2 b1.ti.\n3 or/1-2", "TI: b1", true),
    ("1 a1.ti.\n2 b1.ti.\n3 1 not 2", "TI: a1 b1", false),
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1 | LA: eng", true),
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1 | LA: Norwegian; English", true),
    ("1 a1.ti.\n2 limit 1 to english", "TI: a1", false),
    ("1 a1.ti.\n2 limit 1 to yr=2010-2012", "TI: a1 | DP: 2012 Dec", true),
    ("1 a1.ti.\n2 limit 1 to yr=2010-2012", "TI: a1 | DP: 2013", false),
    ("1 a1.ti.\n2 limit 1 to humans", "TI: a1 | MH: Humans", true),
    ("1 a1.ti.\n2 limit 1 to review", "TI: a1 | PT: Review", true),
    // Dates of entry and of publication; age groups, sexes, abstracts, databases; any of several.
    ("1 a1.ti.\n2 limit 1 to ed=20080101-20141021", "TI: a1 | EDAT: 2010/05/01 06:00", true),
    ("1 a1.ti.\n2 limit 1 to ed=20080101-20141021", "TI: a1 | EDAT: 2014/10/22 06:00", false),
    ("1 a1.ti.\n2 limit 1 to ed=20080101-20141021", "TI: a1 | DP: 2010", false),
    ("1 a1.ti.\n2 limit 1 to dp=2010-201405", "TI: a1 | DP: 2014 May", true),
    ("1 a1.ti.\n2 limit 1 to dp=2010-201405", "TI: a1 | DP: 2014 Jun", false),
    ("1 a1.ti.\n2 limit 1 to \"all adult (19 plus years)\"", "TI: a1 | MH: Middle Aged", true),
    ("1 a1.ti.\n2 limit 1 to all child (0 to 18 years)", "TI: a1 | MH: Middle Aged", false),
    ("1 a1.ti.\n2 limit 1 to female", "TI: a1 | MH: Female", true),
    ("1 a1.ti.\n2 limit 1 to abstracts", "TI: a1", false),
    ("1 a1.ti.\n2 limit 1 to clinical trial/all", "TI: a1 | PT: Clinical Trial, Phase II", true),
    ("1 a1.ti.\n2 limit 1 to (embase or conference abstracts)", "TI: a1 | PT: Conference Abstract", true),
    ("1 a1.ti.\n2 limit 1 to (embase or conference abstracts)", "TI: a1 | DB: Embase", true),
    ("1 a1.ti.\n2 limit 1 to (embase or conference abstracts)", "TI: a1 | DB: Ovid MEDLINE(R)", false),
    ("1 a1.ti.\n2 ..l/1 yr=2010-2012", "TI: a1 | DP: 2012 Dec", true),
    ("1 a1.ti.\n2 1 use medall", "TI: a1 | DB: Ovid MEDLINE(R) ALL", true),
    ("1 a1.ti.\n2 1 use oemezd", "TI: a1 | DB: Ovid MEDLINE(R) ALL", false),
    ("(a1.ti. or b1.ti.) use oemezd", "TI: b1 | DB: Embase", true),
    ("1 a1.ti.\n2 remove duplicates from 1", "TI: a1", true),
    // Dates as words, and years as a range.
    ("2010*.ed.", "TI: a1 | EDAT: 2010/05/01 06:00", true),
    ("20100501.ed.", "TI: a1 | EDAT: 2010/05/01 06:00", true),
    ("2011*.ed.", "TI: a1 | EDAT: 2010/05/01 06:00", false),
    ("2010*.dt.", "TI: a1 | EDAT: 2010/05/01 06:00", false),
    ("2018:2023.(sa_year).", "TI: a1 | DP: 2020 May", true),
    ("2018:2023.yr", "TI: a1 | DP: 2024", false),
    // How often.
    ("peer.ab./freq=2", "AB: peer to peer", true),
    ("peer.ab. /freq=3", "AB: peer to peer", false),
    ("(peer or carer).ab./freq=2", "AB: a peer, a carer", true),
    ("(peer adj2 work).ti,ab./freq=2", "TI: peer work | AB: peer work", false),
    ("(peer adj2 work).ti,ab./freq=2", "AB: peer work and work of peer", true),
    // Postqualification.
    ("1 Asthma/\n2 1/dt", "MH: Asthma/drug therapy", true),
    ("1 Asthma/\n2 *1/", "MH: Asthma/drug therapy", false),
    // Qualifiers, alone and with those below them.
    ("dt.fs.", "MH: Asthma/drug therapy", true),
    ("th.fs.", "MH: Asthma/drug therapy", false),
    ("th.xs.", "MH: Asthma/drug therapy", true),
    ("therapy.xs.", "MH: Asthma/drug therapy", true),
    ("(ae or to).fs.", "MH: Asthma/toxicity", true),
];

/// Strategy, record, and whether the last line finds it with the usual readings, with stopwords that stand for any word,
/// and with stopwords that are skipped.
const READINGS: &[(&str, &str, [bool; 3])] = &[
    ("quality of life.ti.", "TI: Quality of life", [true, true, true]),
    ("quality of life.ti.", "TI: Quality in life", [false, true, false]),
    ("quality of life.ti.", "TI: Quality life", [false, false, true]),
    ("\"quality of life\".ti.", "TI: Quality in life", [false, false, false]),
    ("quality of the life.ti.", "TI: Quality of the life", [true, true, true]),
    ("(heart adj2 disease).ti.", "TI: Disease of the heart", [false, false, true]),
    ("(heart adj2 disease).ti.", "TI: Disease near my heart", [false, false, false]),
    ("(heart adj3 disease).ti.", "TI: Disease of the heart", [true, true, true]),
    ("(the adj2 heart).ti.", "TI: Disease of the heart", [true, true, true]),
    ("(th* adj1 heart).ti.", "TI: Disease of the heart", [true, true, true]),
    ("\"for profit\".ti.", "TI: Profit is good", [false, false, false]),
    ("the.ti.", "TI: the end", [true, true, true]),
    ("(the adj2 of).ti.", "TI: the end of", [true, true, true]),
];

#[test]
fn readings_of_stopwords() {
    for (text, record, expected) in READINGS {
        let records = [notation::record(0, record).expect(record)];
        let found = [(false, false), (true, false), (false, true)].map(|(any, skips)| {
            let readings = Readings { stopwords_stand_for_any: any || skips, ..Readings::default() };
            let (strategy, _) = parse_in(Language::Ovid, "x", text, readings);
            let settings = Settings { adj_skips_stopwords: skips, ..Settings::default() };
            search(&strategy, &records, &settings).lines.last().unwrap().count() == Some(1)
        });
        assert_eq!(found, *expected, "{text} on {record}");
    }
}

#[test]
fn readings_of_precedence() {
    use refsieve::strategy::Precedence::{AndNotEqual, AndNotOr, LeftToRight};
    for (text, expected) in [
        ("a.ti. or b.ti. and c.ti.", ["a.ti. or (b.ti. and c.ti.)", "a.ti. or (b.ti. and c.ti.)", "(a.ti. or b.ti.) and c.ti."]),
        ("a.ti. not b.ti. and c.ti.", ["a.ti. not (b.ti. and c.ti.)", "(a.ti. not b.ti.) and c.ti.", "(a.ti. not b.ti.) and c.ti."]),
        ("a.ti. or b.ti. not c.ti.", ["a.ti. or (b.ti. not c.ti.)", "a.ti. or (b.ti. not c.ti.)", "(a.ti. or b.ti.) not c.ti."]),
    ] {
        let read = |precedence| {
            let (strategy, _) = parse_in(Language::Ovid, "x", text, Readings { precedence, ..Readings::default() });
            strategy.lines[0].tree.as_ref().unwrap().to_string()
        };
        assert_eq!([AndNotOr, AndNotEqual, LeftToRight].map(read), expected, "{text}");
    }
}

#[test]
fn rules() {
    for (text, record, expected) in CASES {
        let records = [notation::record(0, record).expect(record)];
        let (strategy, diagnostics) = parse("strategy.ovid", text);
        let found = hits(&search(&strategy, &records, &Settings::default()));
        let last = found.last().and_then(Option::as_ref).unwrap_or_else(|| panic!("{text} cannot be run: {diagnostics:?}"));
        assert_eq!(!last.is_empty(), *expected, "{text} on {record}: {strategy}");
        assert_eq!(found, twin::run(&strategy, &records, Thesaurus::mesh()), "the twin on {text} on {record}");
    }
}

/// Strategy, and the codes of its diagnostics with the numbers of their lines and the words they point at.
fn check_diagnostics(text: &str, records: &[&str], settings: &Settings, expected: &[&str]) -> Run {
    let records: Vec<_> = records.iter().enumerate().map(|(at, record)| notation::record(at, record).expect(record)).collect();
    let (strategy, _) = parse("strategy.ovid", text);
    let run = search(&strategy, &records, settings);
    let found: Vec<String> = run
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let line = text.lines().nth(diagnostic.line as usize - 1).unwrap_or_default();
            let place = &line[diagnostic.span.start..diagnostic.span.end];
            format!("{} {} [{place}] {}", diagnostic.line, diagnostic.code.name(), diagnostic.found)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
    run
}

#[test]
fn a_line_that_cannot_be_run_breaks_those_that_refer_to_it_and_no_others() {
    let text = "1 peer.ti.\n2 peer.zz.\n3 1 or 2\n4 1 and (3 or 2)\n5 limit 3 to english\n6 1";
    let run = check_diagnostics(
        text,
        &["TI: peer", "TI: x"],
        &Settings::default(),
        &[
            "3 broken-reference [2] 2, a line that cannot be run",
            "4 broken-reference [3] 3, a line that cannot be run",
            "4 broken-reference [2] 2, a line that cannot be run",
            "5 broken-reference [limit 3 to english] 3, a line that cannot be run",
        ],
    );
    let counts: Vec<_> = run.lines.iter().map(refsieve::search::LineHits::count).collect();
    assert_eq!(counts, [Some(1), None, None, None, None, Some(1)]);
}

/// The parser leaves such lines without a tree; a tree may be made without it.
#[test]
fn only_the_one_line_above_can_be_referred_to() {
    use refsieve::diagnostic::Span;
    use refsieve::strategy::{Expr, ExprKind, Line};
    let line = |label, reference| Line {
        label,
        query: "x".into(),
        physical_line: label,
        offset: 0,
        published: None,
        cells: Vec::new(),
        tree: Some(Expr { kind: ExprKind::Reference(reference), span: Span::new(0, 1) }),
    };
    let strategy = Lines { lines: vec![line(1, 1), line(2, 3), line(3, 9), line(3, 1), line(4, 3)], ..Lines::default() };
    let run = search(&strategy, &[], &Settings::default());
    let found: Vec<_> = run.diagnostics.iter().map(|diagnostic| (diagnostic.line, diagnostic.code.name())).collect();
    let unknown = "unknown-reference";
    assert_eq!(found, [(1, unknown), (2, unknown), (3, unknown), (3, "broken-reference"), (4, "ambiguous-reference")]);
    assert!(run.lines.iter().all(|line| line.hits.is_none()));
}

#[test]
fn assumptions_are_said() {
    let settings = Settings::default();
    let run = check_diagnostics(
        "1 Peer Group\n2 Slaughterhouses/\n3 peer work/\n4 peer work\n5 Humans/zz\n6 x.sy.",
        &["MH: Peer Group"],
        &settings,
        &[
            "1 assumed-heading [Peer Group] \"Peer Group\", the name of a heading",
            "2 entry-term [Slaughterhouses/] \"Slaughterhouses\", another name of \"Abattoirs\"",
            "3 unknown-heading [peer work/] \"peer work\"",
            "5 unknown-qualifier [Humans/zz] \"zz\"",
            "6 empty-field [x.sy.] the field code \"sy\" (synonyms)",
        ],
    );
    assert!(run.used_mesh);
    assert_eq!(run.headings[0].heading.as_deref(), Some("Peer Group"));
    let run = check_diagnostics("exp Peer Group/", &["MH: Peer Group"], &settings, &[]);
    assert_eq!(run.headings[0].narrower, Some(1));
    assert!(!check_diagnostics("x.ti.", &["TI: x"], &settings, &[]).used_mesh);
}

#[test]
fn a_limit_says_how_many_records_are_silent() {
    check_diagnostics(
        "1 x.ti.\n2 limit 1 to (english and yr=2010-2011)",
        &["TI: x | LA: eng", "TI: x | DP: 2010", "TI: x", "TI: y"],
        &Settings::default(),
        &[
            "2 limit-without-data [limit 1 to (english and yr=2010-2011)] 2 of 3 records without a language",
            "2 limit-without-data [limit 1 to (english and yr=2010-2011)] 2 of 3 records without a year",
        ],
    );
}

#[test]
fn truncation_is_complete_or_an_error() {
    let records = ["TI: ab ac", "TI: ad", "TI: b", "TI: ab"];
    let wide = Settings { wide_truncation: 2, most_forms: 3, groups: None, adj_skips_stopwords: false };
    let run = check_diagnostics("a*.ti.", &records, &wide, &["1 wide-truncation [a*.ti.] \"a*\", which stands for 3 words"]);
    assert_eq!(run.lines[0].count(), Some(3));
    let narrow = Settings { wide_truncation: 2, most_forms: 2, groups: None, adj_skips_stopwords: false };
    let run = check_diagnostics(
        "1 a*.ti.\n2 1",
        &records,
        &narrow,
        &["1 too-many-forms [a*.ti.] \"a*\", which stands for more than 2", "2 broken-reference [1] 1, a line that cannot be run"],
    );
    assert_eq!(run.lines[0].count(), None);
}

#[test]
fn an_index_in_a_folder_finds_what_one_in_memory_finds() {
    let records: Vec<_> = (0..3000).map(|at| notation::record(at, &format!("TI: peer {at} of {}", at % 7)).unwrap()).collect();
    let (strategy, _) = parse("x", "1 (peer adj1 12*).ti.\n2 (of adj 3).ti.");
    let folder = tempfile::tempdir().unwrap();
    Index::create(&records, folder.path(), &()).unwrap();
    let opened = Index::open(folder.path()).unwrap();
    let from_folder = run(&strategy, "x", &opened, &Thesaurus::empty(), &Settings::default(), &()).unwrap();
    assert_eq!(hits(&from_folder), hits(&search(&strategy, &records, &Settings::default())));
    assert_eq!(hits(&from_folder), twin::run(&strategy, &records, &Thesaurus::empty()));
    assert_eq!(from_folder.lines[0].count(), Some(111));
    assert_eq!(opened.len(), 3000);
}

#[test]
fn a_folder_without_a_whole_index_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let message = |folder: &std::path::Path| {
        let error = Index::open(folder).unwrap_err();
        assert_eq!(error.kind(), refsieve::ErrorKind::Index);
        error.to_string()
    };
    assert!(message(folder.path()).ends_with("expected a search index, found none; build it again"));
    assert!(message(&folder.path().join("missing")).ends_with("expected a folder with an index"));
    let records = [notation::record(0, "TI: peer").unwrap()];
    Index::create(&records, folder.path(), &()).unwrap();
    assert!(Index::create(&records, folder.path(), &()).is_err());
    let list = folder.path().join("meta.json");
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, text.replace("refsieve 2 1", "refsieve 0 1")).unwrap();
    assert!(message(folder.path()).contains("expected an index of format \"refsieve 2\", found \"refsieve 0 1\""));
    std::fs::write(&list, text.replace("refsieve 2 1", "refsieve 2 2")).unwrap();
    assert!(message(folder.path()).contains("expected an index of 2 records, found 1"));
    std::fs::write(&list, "{").unwrap();
    assert!(message(folder.path()).contains("could not be read"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut records = Vec::new();
    while records.len() < 2500 {
        records.extend(random::records().new_tree(&mut runner).unwrap().current());
    }
    let strategies: Vec<_> = (0..20).map(|_| random::strategies().new_tree(&mut runner).unwrap().current()).collect();
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let index = Index::build(&records, &()).unwrap();
            let run = |strategy| run(strategy, "x", &index, Thesaurus::mesh(), &with_groups(), &()).unwrap();
            strategies
                .iter()
                .map(|strategy| {
                    let run = run(strategy);
                    (hits(&run), run.diagnostics)
                })
                .collect::<Vec<_>>()
        })
    };
    let one = with_threads(1);
    assert_eq!(one, with_threads(4));
    for (strategy, (hits, _)) in strategies.iter().zip(&one) {
        assert_eq!(*hits, twin::run(strategy, &records, Thesaurus::mesh()), "{strategy}");
    }
}

/// The 49 lines of the demonstration review on random records.
#[test]
fn the_engine_agrees_with_the_twin_on_the_demonstration_strategy() {
    use proptest::strategy::ValueTree;
    let (strategy, diagnostics) = parse("peer-workers.ovid", include_str!("../queries/peer-workers.ovid"));
    assert_eq!(strategy.lines.len(), 49, "{diagnostics:?}");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut records = Vec::new();
    while records.len() < 600 {
        records.extend(random::records().new_tree(&mut runner).unwrap().current());
    }
    let found = hits(&search(&strategy, &records, &Settings::default()));
    assert!(found.iter().all(Option::is_some));
    assert!(found[13].as_ref().is_some_and(|hits| hits.len() > 20) && found[46].as_ref().is_some_and(|hits| hits.len() > 20));
    assert_eq!(found, twin::run(&strategy, &records, Thesaurus::mesh()));
}

/// The records of the demonstration review, where its exports can be read.
fn demonstration() -> Vec<Record> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/peer-workers");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read =
        |path: &std::path::PathBuf| refsieve::formats::read(&path.display().to_string(), std::fs::read(path).unwrap()).unwrap().records;
    paths.iter().flat_map(read).collect()
}

/// What each of the 49 lines finds among the 313 records, duplicates counted; worked out by the twin.
const DEMONSTRATION: [u64; 49] = [
    48, 104, 37, 4, 6, 5, 3, 8, 7, 7, 2, 2, 9, 169, 35, 48, 33, 3, 21, 2, 12, 8, 22, 8, 156, 3, 3, 35, 1, 2, 12, 13, 1, 14, 66, 18, 51, 2,
    2, 37, 1, 3, 12, 5, 12, 3, 151, 96, 60,
];

#[test]
fn the_demonstration_strategy_finds_what_the_twin_finds_in_the_demonstration_review() {
    let records = demonstration();
    let (strategy, _) = parse("peer-workers.ovid", include_str!("../queries/peer-workers.ovid"));
    let run = search(&strategy, &records, &Settings::default());
    assert_eq!(hits(&run), twin::run(&strategy, &records, Thesaurus::mesh()));
    let counts: Vec<u64> = run.lines.iter().filter_map(refsieve::search::LineHits::count).collect();
    assert_eq!((records.len(), counts.as_slice()), (313, DEMONSTRATION.as_slice()));
    let codes: Vec<_> =
        run.diagnostics.iter().map(|diagnostic| (diagnostic.line, diagnostic.code.name(), diagnostic.found.as_str())).collect();
    let expected = [
        (1, "assumed-heading", "\"Peer Group\", the name of a heading"),
        (49, "limit-without-data", "27 of 96 records without a language"),
    ];
    assert_eq!(codes, expected);
    assert!(run.used_mesh);
}

proptest! {
    // Eight strategies of about four lines each: more than 10,000 random lines.
    #![proptest_config(ProptestConfig { cases: 384, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_a_scan_of_all_records(
        records in random::records(),
        strategies in prop::collection::vec(random::strategies(), 8),
    ) {
        let index = Index::build(&records, &()).unwrap();
        for strategy in strategies {
            let found = hits(&run(&strategy, "strategy.ovid", &index, Thesaurus::mesh(), &with_groups(), &()).unwrap());
            prop_assert_eq!(found, twin::run(&strategy, &records, Thesaurus::mesh()), "{}", strategy);
        }
    }
}

/// Guards the test above against agreeing about nothing: of the random lines that are run, many must find some records
/// and not all.
#[test]
fn random_strategies_find_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut lines, mut telling) = (0, 0);
    for _ in 0..200 {
        let (records, strategy) = (random::records(), random::strategies()).new_tree(&mut runner).unwrap().current();
        for hits in twin::run(&strategy, &records, Thesaurus::mesh()).into_iter().flatten() {
            lines += 1;
            telling += usize::from(!hits.is_empty() && hits.len() < records.len());
        }
    }
    assert!(lines > 300 && telling * 4 > lines, "{telling} of {lines}");
}
