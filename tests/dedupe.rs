//! Deduplication: labelled pairs with the rule that must decide them, and laws on random records.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read their cases from files")]

use proptest::prelude::*;
use refsieve::dedupe::compare::Comparison;
use refsieve::dedupe::corpus::Corpus;
use refsieve::dedupe::merge::merge;
use refsieve::dedupe::rules::Effect;
use refsieve::dedupe::{Counts, Deduplication, Keep, Level, Policy, Settings, Unsure, block, dedupe, dedupe_against, rules, weigh};
use refsieve::normalize::{NormalForm, content_hash};
use refsieve::record::{Database, Field, Format, Record, RecordBuilder, Source, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

fn read(ris: &str) -> Vec<Record> {
    refsieve::formats::read("case.ris", ris.as_bytes().to_vec()).expect("the case is RIS").records
}

fn run(records: &[Record]) -> Deduplication {
    dedupe(records, &Settings::default(), &())
}

// --- labelled pairs ---

#[test]
fn labelled_pairs_are_judged_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/pairs");
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).expect("the table of pairs");
    let mut wrong = String::new();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut count = 0;
    for line in expected.lines().filter(|line| !line.starts_with('#')) {
        let [file, name, verdict, rule] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("four columns: {line}") };
        named.insert(rule);
        let records = read(&std::fs::read_to_string(folder.join(format!("{file}.ris"))).expect("the file of a pair"));
        let pair: Vec<Record> = ["a", "b"]
            .iter()
            .map(|side| records.iter().find(|record| record.id() == format!("{name}/{side}")).expect("both sides of a pair").clone())
            .collect();
        let result = run(&pair);
        let found = match (result.removed.len(), result.unsure.len()) {
            (0, 0) => "different",
            (0, _) => "unsure",
            _ => "same",
        };
        let found = if verdict == "apart" && found != "same" { "apart" } else { found };
        let forms: Vec<NormalForm> = pair.iter().map(NormalForm::of).collect();
        let comparison = Comparison::of(&forms[0], &forms[1], &Corpus::of(&forms.iter().collect::<Vec<_>>()));
        let turned = Comparison::of(&forms[1], &forms[0], &Corpus::of(&forms.iter().collect::<Vec<_>>()));
        assert_eq!(comparison, turned, "{name} from the other side");
        let judgement = rules::judge(&comparison, &Settings::default());
        if found != verdict || (!rule.is_empty() && judgement.rule.id != rule) {
            let _ = writeln!(
                wrong,
                "{file}/{name}: expected {verdict} {rule}, found {found} by {} ({:.1})\n  {comparison:?}",
                judgement.rule.id, judgement.weight
            );
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 120, "{count} pairs");
    let is_of_no_pair = |rule: &&rules::Rule| {
        let of_settings = rule.policy.is_some_and(|policy| policy == Policy::CochraneVersions || rule.effect == Effect::Join);
        of_settings || ["too-little-agrees", "clusters-contradict", "decided"].contains(&rule.id)
    };
    let without: Vec<&str> = rules::all().filter(|rule| !is_of_no_pair(rule) && !named.contains(rule.id)).map(|rule| rule.id).collect();
    assert!(without.is_empty(), "rules without a pair: {without:?}");
}

#[test]
fn rule_ids_are_unique_and_kebab() {
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    assert!(rules::all().all(|rule| !rule.reason.is_empty()));
}

#[test]
fn what_forbids_or_shows_holds_clusters_apart() {
    for rule in rules::all() {
        let verdict = rules::Verdict::Unsure;
        let judgement = rules::Judgement { verdict, rule, weight: 9.0, yields: true, years_apart: false, by_identifier: false };
        let (without, with_identifier) = match rule.effect {
            Effect::Forbid | Effect::Settle | Effect::Show => (true, true),
            Effect::Yield | Effect::Hold => (true, false),
            Effect::Join | Effect::Ask | Effect::Weigh => (false, false),
        };
        assert_eq!((judgement.separates(false), judgement.separates(true)), (without, with_identifier), "{}", rule.id);
        let judgement = rules::Judgement { yields: false, ..judgement };
        assert_eq!(judgement.separates(true), with_identifier || rule.effect == Effect::Yield, "{}", rule.id);
    }
    let forbids = |rule: &rules::Rule| matches!(rule.effect, Effect::Forbid | Effect::Settle | Effect::Show | Effect::Yield);
    let last = rules::RULES.iter().rposition(forbids).expect("rules that forbid");
    for rule in &rules::RULES[..last] {
        let holds_none = matches!(rule.effect, Effect::Ask | Effect::Weigh);
        assert!(!holds_none, "{} hides what forbids behind it, and holds no clusters apart", rule.id);
    }
    assert!(!rules::DOUBTS.iter().any(forbids), "doubts stand behind all rules that forbid");
}

#[test]
fn a_slip_that_only_the_set_tells_gives_way_to_other_pages() {
    let record = |title: &str, rest: &str| format!("TY  - JOUR\nTI  - {title}\nPY  - 2012\n{rest}ER  - \n");
    let northern = ["wards", "schools", "harbours", "farms"].map(|place| record(&format!("Night walks in {place} of the northwest"), ""));
    let by = "AU  - Ek, K.\nAU  - Moe, T.\nAU  - Ruud, P.\nJO  - Nordic Journal of Sleep\nVL  - 42\nIS  - 3\n";
    let title = "Sleep and lanterns among pregnant women in hospitals of the";
    let n_removed = |pages: [&str; 2]| {
        let pair = [("northeast", pages[0]), ("northwest", pages[1])];
        let pair = pair.map(|(place, pages)| record(&format!("{title} {place}"), &format!("{by}{pages}")));
        run(&read(&(northern.concat() + &pair.concat()))).removed.len()
    };
    assert_eq!(n_removed(["SP  - 145\nEP  - 147\n", "SP  - 161\nEP  - 163\n"]), 0, "two short papers");
    assert_eq!(n_removed(["SP  - 145\nEP  - 147\n", "SP  - 145\nEP  - 147\n"]), 1, "one, misspelt");
    let abstracts =
        ["lamp", "bell"].map(|word| (0..40).fold("SP  - 145\nEP  - 151\nAB  - ".to_owned(), |text, at| format!("{text}{word}{at} ")));
    let [one, other] = abstracts.map(|text| text + "\n");
    assert_eq!(n_removed([&one, &other]), 1, "one, with an abstract of the database's own");
}

#[test]
fn what_contradicts_is_held_apart_however_many_say_less() {
    let bare = "TY  - JOUR\nTI  - Peer workers in acute psychiatric wards of three northern towns\nAU  - Hagen, S.\nAU  - Moe, T.\nJO  - Nord J Peer Support\n";
    for places in [
        ["VL  - 3\nIS  - 1\nSP  - 5\nEP  - 14\n", "VL  - 9\nIS  - 4\nSP  - 505\nEP  - 514\n"],
        ["PY  - 2005\nVL  - 3\n", "PY  - 2012\nVL  - 10\n"],
    ] {
        // Which of many copies are compared hangs on what their notes say.
        for (n_thin, round) in [1, 23].map(|n_thin| (n_thin, 0)).into_iter().chain((0..12).map(|round| (60, round))) {
            let thin = (0..n_thin).map(|at| format!("{bare}N1  - copy {at} of round {round}\nER  - \n\n"));
            let full = places.iter().map(|place| format!("{bare}{place}ER  - \n\n"));
            let records = read(&thin.chain(full).collect::<String>());
            let result = run(&records);
            let [first, second] = [n_thin, n_thin + 1].map(|at| result.cluster_of[at]);
            assert_ne!(first, second, "{n_thin} {round} {places:?}");
        }
    }
}

#[test]
fn a_record_that_says_less_joins_no_namesakes() {
    let theses = ["AU  - Hansen, Anne\n", "AU  - Hansen, Arne\n", "AU  - Hansen, A.\n"]
        .map(|author| format!("TY  - THES\nTI  - Night walks of children with lanterns in long stays\nPY  - 2012\nPB  - University of Oslo\n{author}ER  - \n\n"));
    let with = |own: [&str; 2]| {
        let authors = ["AU  - Ek, J.\nAU  - Tan, K.\n", "AU  - Ek, J.\nAU  - Fox, M.\n", "AU  - Ek, J.\n"];
        let own = [own[0], own[1], ""];
        [0, 1, 2].map(|at| {
            format!("TY  - JOUR\nTI  - Lanterns and falls in the very old of northern towns\nJO  - Nordic Journal of Sleep\nPY  - 2014\n{}{}ER  - \n\n", authors[at], own[at])
        })
    };
    let reports = with(["SP  - 200\nEP  - 209\n", "SP  - 410\nEP  - 419\n"]);
    let issues = with(["VL  - 3\nIS  - 1\n", "VL  - 3\nIS  - 4\n"]);
    let volumes = with(["VL  - 3\n", "VL  - 4\n"]);
    let pmids = with(["C2  - PMID: 21234567\n", "C2  - PMID: 22345678\n"]);
    for three in [theses, reports, issues, volumes, pmids] {
        let result = run(&read(&three.concat()));
        assert_ne!(result.cluster_of[0], result.cluster_of[1], "{three:?}");
    }
}

#[test]
fn a_row_says_that_a_person_decided_also_by_way_of_others() {
    let body = |at: u32| {
        format!("TY  - JOUR\nTI  - A title of number {at} that is like no other {}\nPY  - {}\nER  - \n\n", at * 77, 1990 + at * 5)
    };
    let records = read(&(1..4).map(body).collect::<String>());
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    for decided in [[(0, 1), (0, 2)], [(0, 1), (1, 2)], [(0, 2), (1, 2)]] {
        let mut settings = Settings::default();
        for (left, right) in decided {
            settings.decisions.insert("case", keys[left], keys[right], rules::Verdict::Same, "").expect("no contradiction");
        }
        let result = dedupe(&records, &settings, &());
        assert_eq!(result.removed.len(), 2);
        assert!(result.removed.iter().all(|row| row.rule == "decided"), "{decided:?} {:?}", result.removed);
    }
}

#[test]
fn the_key_of_a_record_stays_what_it_is() {
    // People's answers are kept under it: another number loses them all.
    let records = read(PAPER_OF_ALL_SORTS);
    assert_eq!(format!("{:016x}", content_hash(&records[0])), "fc261e8efb0a5271");
}

const PAPER_OF_ALL_SORTS: &str = "TY  - JOUR\nAU  - Hagen, S.\nTI  - Peer workers\nPY  - 2016\nJO  - Nord J Peer Support\nVL  - 3\nIS  - 1\nSP  - 5\nEP  - 9\nDO  - 10.5555/a\nSN  - 0954-0121\n\
    KW  - Humans\nUR  - https://example.org/1\nN1  - a note\nLA  - English\nPB  - Fjord\nZZ  - odd\nER  - \n\n";

#[test]
fn a_merged_record_takes_the_longer_abstract_and_no_half_of_a_place() {
    let text = "Peer workers are people with lived experience who are employed to support others in mental health services; we asked forty of them.";
    let kept = "TY  - JOUR\nID  - a\nAU  - Hagen, S.\nTI  - Peer workers in acute psychiatric wards of three northern towns\nPY  - 2016\nJO  - Nord J Peer Support\nVL  - 3\nSP  - e12\nDO  - 10.5555/a\nAB  - Short.\nPB  - Fjord\nKW  - a\nKW  - b\nER  - \n\n";
    let other = format!(
        "TY  - JOUR\nID  - b\nTI  - Peer workers in acute psychiatric wards of three northern towns\nVL  - 4\nIS  - 7\nSP  - 100\nEP  - 110\nDO  - 10.5555/a\nAB  - {text}\nER  - \n\n"
    );
    let records = read(&format!("{kept}{other}"));
    let merged = merge(&records.iter().collect::<Vec<_>>()).expect("two members");
    assert_eq!(merged.values(Field::Abstract).collect::<Vec<_>>(), [text]);
    assert_eq!(
        [Field::Volume, Field::Issue, Field::Pages, Field::LastPage].map(|field| merged.first(field)),
        [Some("3"), None, Some("e12"), None]
    );
    let notes: Vec<&str> = merged.values(Field::Note).collect();
    assert!(notes.contains(&"issue: 7") && notes.contains(&"last-page: 110"), "{notes:?}");
}

/// Abstracts, volumes and issues of the kept record and of others, and what the merged record has.
#[test]
fn a_merged_record_has_one_abstract_and_one_place() {
    let long = "Peer workers are people with lived experience who are employed to support others; we asked forty of them about their days.";
    let short = "Peer workers are people with lived experience.";
    let title = "TY  - JOUR\nTI  - Peer workers in acute psychiatric wards of three northern towns\n";
    for (members, expected) in [
        (["AB  - See the text.\n", "AB  - Abstract not available.\n", ""], ("See the text.", None, None)),
        (["AB  - No abstract available.\nPB  - a\n", &format!("AB  - {short}\n"), &format!("AB  - {long}\n")], (short, None, None)),
        ([&format!("AB  - {short}\n"), &format!("AB  - {long}\n"), "AB  - No abstract available.\n"], (long, None, None)),
        ([&format!("AB  - {short}\n"), &format!("AB  - {short} Of three towns.\n"), ""], (short, None, None)),
        (["AB  - A\nVL  - 3\n", "VL  - Vol. 3\nIS  - 4\n", ""], ("A", Some("3"), Some("4"))),
        (["AB  - A\n", "VL  - 12\nKW  - a\nKW  - b\nKW  - c\n", "VL  - 13\nIS  - 4\n"], ("A", Some("12"), None)),
    ] {
        let records = read(&members.iter().map(|member| format!("{title}{member}ER  - \n\n")).collect::<String>());
        let merged = merge(&records.iter().collect::<Vec<_>>()).expect("three members");
        assert_eq!(merged.values(Field::Abstract).count(), 1, "{members:?}");
        let found = (merged.first(Field::Abstract).unwrap_or_default(), merged.first(Field::Volume), merged.first(Field::Issue));
        assert_eq!(found, expected, "{members:?}");
    }
}

#[test]
fn an_abstract_in_another_language_gives_way_to_none() {
    let norwegian = "Lamper på sykehus brenner om natten, og ingen vet om de som arbeider der, sover dårligere av dem. Vi spurte fire hundre \
        sykepleiere i fire byer om søvn, lys og vakter, og målte lyset på alle postene.";
    let english = "Lamps in hospitals burn at night, and nobody knows whether those who work there sleep worse for them. We asked four hundred \
        nurses in four towns about sleep, light and shifts, measured the light on all wards, and compared it with what the same nurses had \
        said of their sleep a year before the lamps were changed, and with that of their colleagues who work by day on the same wards.";
    let body = |abstracts: &[&str]| {
        let abstracts: String = abstracts.iter().map(|text| format!("AB  - {text}\n")).collect();
        format!("TY  - JOUR\nTI  - Evening lamps and the sleep of nurses\n{abstracts}ER  - \n\n")
    };
    for kept in [&[norwegian][..], &["Lamps in hospitals burn at night.", norwegian]] {
        let records = read(&[body(kept), body(&[english])].concat());
        let merged = merge(&records.iter().collect::<Vec<_>>()).expect("two members");
        assert_eq!(merged.values(Field::Abstract).collect::<Vec<_>>(), kept);
    }
    let cut = english.get(..200).unwrap_or_default();
    let records = read(&[body(&[cut]), body(&[english])].concat());
    assert_eq!(merge(&records.iter().collect::<Vec<_>>()).expect("two members").values(Field::Abstract).collect::<Vec<_>>(), [english]);
}

#[test]
fn a_merged_record_keeps_its_own_year_and_day() {
    for (kept, other, date, note) in [
        ("Y1  - 2020/05//", "PY  - 2019", (2020, Some(5), None), Some("year: 2019")),
        ("PY  - 2020", "DA  - 2019/05/04", (2020, None, None), Some("date: 2019/05/04")),
        ("DA  - 2020/05/04", "PY  - 2020/05//", (2020, Some(5), Some(4)), None),
        ("PY  - 2020", "DA  - 2020/05/04", (2020, Some(5), Some(4)), None),
    ] {
        let body = |date: &str| format!("TY  - JOUR\nTI  - Evening lamps and the sleep of nurses\n{date}\nER  - \n\n");
        let records = read(&[body(kept), body(other)].concat());
        let merged = merge(&records.iter().collect::<Vec<_>>()).expect("two members");
        assert_eq!(merged.date().map(|date| (date.year, date.month, date.day)), Some(date), "{kept} {other}");
        assert_eq!(merged.first(Field::Note), note, "{kept} {other}");
    }
}

#[test]
fn a_body_among_the_authors_is_no_further_author() {
    let kept = "TY  - JOUR\nTI  - Evening lamps\nA1  - Ek, S\nA1  - LAMP Study Group\nER  - \n\n";
    let ris = read(kept);
    let medline = b"PMID- 1\nTI  - Evening lamps\nAU  - Ek S\nCN  - LAMP Study Group\nCN  - Night Committee\n".to_vec();
    let medline = refsieve::formats::read("a.nbib", medline).expect("MEDLINE").records;
    let merged = merge(&[&ris[0], &medline[0]]).expect("two members");
    assert_eq!(merged.values(Field::CorporateAuthor).collect::<Vec<_>>(), ["Night Committee"]);
    assert_eq!(merged.values(Field::Author).count(), 2);
}

#[test]
fn values_of_many_members_stand_once_each() {
    let keywords = |range: std::ops::Range<u32>| range.map(|at| format!("KW  - Word {at}\nKW  - WORD {at}\n")).collect::<String>();
    let body = |id: &str, range| format!("TY  - JOUR\nID  - {id}\nTI  - Peer workers\n{}ER  - \n\n", keywords(range));
    let records = read(&format!("{}{}{}", body("a", 0..50), body("b", 25..100), body("c", 0..120)));
    let merged = merge(&records.iter().collect::<Vec<_>>()).expect("three members");
    let words: BTreeSet<String> = merged.values(Field::Keyword).map(str::to_lowercase).collect();
    assert_eq!(words.len(), 120);
    // Those of the kept record stand as they are, those of others once.
    assert_eq!(merged.values(Field::Keyword).count(), 100 + 70);
}

#[test]
fn words_find_their_partners_from_either_side() {
    let opening =
        "TY  - JOUR\nTI  - Care of people who live alone in the nine northern towns that have neither wards nor hostels and where";
    let records =
        records_of(&[format!("{opening} tgeatment tmmmmmmmmmm tmmmnnmmmaa\n"), format!("{opening} tmmmmmmmmaa treatment tzzmmmmmmmm\n")]);
    let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
    let corpus = Corpus::of(&[&forms[0], &forms[1]]);
    assert_eq!(Comparison::of(&forms[0], &forms[1], &corpus), Comparison::of(&forms[1], &forms[0], &corpus));
}

/// Each policy, a pair that it is about, and how many records are kept where it says "apart" and where "merge".
#[test]
fn policies_have_a_default_and_a_switch() {
    let full = format!("{PAPER}ID  - a\nER  - \n\n");
    let thin = PAPER.replace("VL  - 12\nIS  - 3\nSP  - 211\nEP  - 224\n", "");
    let book = "TY  - BOOK\nAU  - Hagen, S.\nAU  - Moe, T.\nTI  - Peer workers in acute psychiatric wards of three towns\nPY  - 2016\nPB  - Fjord\n";
    let review = |version: &str| format!("{thin}DO  - 10.1002/14651858.CD009999.pub{version}\nER  - \n\n");
    for (policy, default, left, right) in [
        (Policy::Preprints, 2, full.clone(), format!("{}ER  - \n\n", thin.replace("Nord J Peer Support", "medRxiv"))),
        (Policy::Abstracts, 2, full.clone(), format!("{thin}M3  - Conference Abstract\nER  - \n\n")),
        (Policy::Errata, 2, full.clone(), format!("{}ER  - \n\n", PAPER.replace("TI  - Peer", "TI  - Erratum: Peer"))),
        (Policy::CochraneVersions, 1, review("2"), review("3")),
        (Policy::Editions, 2, format!("{book}ET  - 1st ed.\nER  - \n\n"), format!("{book}ET  - Second edition\nER  - \n\n")),
    ] {
        let records = read(&format!("{left}{right}"));
        assert_eq!(run(&records).counts.kept, default, "{policy:?} by default");
        for (is_one_work, expected) in [(true, 1), (false, 2)] {
            let mut settings = Settings::default();
            settings.policies.set(policy, is_one_work);
            let result = dedupe(&records, &settings, &());
            assert_eq!(result.counts.kept, expected, "{policy:?} {is_one_work} {:?}", result.unsure);
            assert!(is_one_work || policy == Policy::Errata || result.unsure.len() == 1, "{policy:?}: {:?}", result.unsure);
        }
    }
}

/// What a policy that merges joins, however far years, journals and identifiers are apart, and what it leaves apart.
#[test]
fn policies_that_merge_join_one_study_and_no_other() {
    let thin = PAPER.replace("VL  - 12\nIS  - 3\nSP  - 211\nEP  - 224\n", "");
    let preprint = thin.replace("Nord J Peer Support", "medRxiv").replace("2016", "2015") + "DO  - 10.1101/2015.01.01\n";
    let paper = format!("{PAPER}DO  - 10.5555/a\n");
    let book = "TY  - BOOK\nAU  - Hagen, S.\nAU  - Moe, T.\nTI  - Peer workers in acute psychiatric wards of three towns\nPY  - 2016\n";
    let second = format!("{}ET  - 2nd ed.\n", book.replace("2016", "2021"));
    let trial = |number: u32| format!("AN  - NCT0000000{number}\n");
    for (name, policy, left, right, expected) in [
        ("a preprint a year before, with a DOI of its own", Policy::Preprints, preprint.clone(), paper.clone(), 1),
        ("by other people", Policy::Preprints, preprint.replace("Hagen, S.", "Berg, E.").replace("Moe, T.", "Vik, O."), paper.clone(), 2),
        ("five years before", Policy::Preprints, preprint.replace("2015\n", "2011\n"), paper.clone(), 2),
        ("of another trial", Policy::Preprints, preprint + &trial(1), paper.clone() + &trial(2), 2),
        (
            "an abstract on a page of a supplement, and the paper ahead of print",
            Policy::Abstracts,
            PAPER.replace("IS  - 3\nSP  - 211\nEP  - 224\n", "IS  - Suppl 1\nSP  - S12\n"),
            format!("{thin}DO  - 10.5555/a\n"),
            1,
        ),
        ("an erratum of the same title", Policy::Errata, PAPER.replace("TI  - ", "TI  - Erratum: "), paper.clone(), 1),
        (
            "an erratum in another journal",
            Policy::Errata,
            thin.replace("TI  - ", "TI  - Erratum: ").replace("Nord J Peer Support", "Boats"),
            paper,
            2,
        ),
        ("two editions, years apart", Policy::Editions, format!("{book}ET  - 1st ed.\n"), second.clone(), 1),
        ("two volumes", Policy::Editions, format!("{book}ET  - 1st ed.\nVL  - 1\n"), format!("{second}VL  - 2\n"), 2),
        ("a thesis", Policy::Editions, format!("{}ET  - 1st ed.\n", book.replace("BOOK", "THES")), second, 2),
    ] {
        let records = read(&format!("{left}ER  - \n\n{right}ER  - \n\n"));
        let mut settings = Settings::default();
        settings.policies.set(policy, true);
        let result = dedupe(&records, &settings, &());
        assert_eq!(result.counts.kept, expected, "{name}: {:?} {:?}", result.removed, result.unsure);
    }
}

#[test]
fn levels_are_more_or_less_strict() {
    let thin = |year: &str| {
        format!("TY  - JOUR\nAU  - Hagen, S.\nTI  - Peer workers in psychiatric wards of three northern towns\nPY  - {year}\nER  - \n\n")
    };
    let whole = |id: &str| format!("{PAPER}ID  - {id}\nN1  - {id}\nER  - \n\n");
    let kept = |text: &str, level: Level| dedupe(&read(text), &level.into(), &()).counts.kept;
    let poor = thin("2016") + &thin("2017");
    assert_eq!([Level::Cautious, Level::Balanced, Level::Thorough].map(|level| kept(&poor, level)), [2, 2, 1]);
    let rich = whole("a") + &whole("b");
    assert_eq!([Level::Cautious, Level::Balanced, Level::Thorough].map(|level| kept(&rich, level)), [1, 1, 1]);
}

// --- what the result says ---

const PAPER: &str = "TY  - JOUR\nAU  - Hagen, S.\nAU  - Moe, T.\nTI  - Peer workers in acute psychiatric wards of three towns\nPY  - 2016\nJO  - Nord J Peer Support\nVL  - 12\nIS  - 3\nSP  - 211\nEP  - 224\n";

#[test]
fn each_removed_record_has_a_row_with_rule_and_evidence() {
    let records = read(&format!(
        "{PAPER}ID  - short\nER  - \n\n{PAPER}ID  - full\nAB  - Forty peer workers were asked.\nDO  - 10.5555/a\nER  - \n\n{}ID  - later\nDO  - 10.5555/a\nER  - \n\n",
        PAPER.replace("2016", "2017")
    ));
    let result = run(&records);
    assert_eq!(result.cluster_of, [1, 1, 1], "the fullest record is kept");
    let rows: Vec<_> = result.removed.iter().map(|removed| (removed.record, removed.kept, removed.matched, removed.rule)).collect();
    assert_eq!(rows, [(0, 1, 1, "same-title-and-place"), (2, 1, 1, "same-doi")]);
    assert_eq!(
        result.removed[1].evidence,
        "title 1.0, same DOI, same authors, same journal, volume 12, issue 3, first page 211 = 211, year 2017/2016"
    );
    assert_eq!(result.kept().collect::<Vec<_>>(), [1]);
    assert_eq!(result.clusters(), [vec![1, 0, 2]]);
    assert_eq!((result.counts.records, result.counts.kept), (3, 1));
}

#[test]
fn records_without_title_and_identifier_are_listed_and_never_merge() {
    let records = read(
        "TY  - JOUR\nER  - \n\nTY  - JOUR\nER  - \n\nTY  - JOUR\nAU  - Hagen, S.\nPY  - 2016\nER  - \n\nTY  - JOUR\nAU  - Hagen, S.\nPY  - 2016\nER  - \n\n",
    );
    let result = run(&records);
    assert_eq!(result.cluster_of, [0, 1, 2, 3]);
    assert_eq!(result.nameless, [0, 1, 2, 3]);
}

#[test]
fn a_poor_record_joins_one_cluster_and_is_no_bridge() {
    // The middle record has the title of both others and nothing else; these contradict each other.
    let paper = |id: &str, volume: &str, page: &str| {
        format!(
            "TY  - JOUR\nID  - {id}\nAU  - Hagen, S.\nAU  - Moe, T.\nTI  - Annual statistics of peer employment in Norwegian hospitals\nJO  - Nord J Peer Support\nVL  - {volume}\nIS  - {volume}\nSP  - {page}\nPY  - 2016\nER  - \n\n"
        )
    };
    let records = read(&format!(
        "{}TY  - JOUR\nID  - poor\nTI  - Annual statistics of peer employment in Norwegian hospitals\nPY  - 2016\nJO  - Nord J Peer Support\nER  - \n\n{}",
        paper("one", "3", "17"),
        paper("two", "4", "93")
    ));
    let result = run(&records);
    assert_ne!(result.cluster_of[0], result.cluster_of[2], "{result:?}");
}

#[test]
fn a_record_that_says_less_does_not_join_what_policy_keeps_apart() {
    let book = |id: &str, edition: &str| {
        let title = "Handbook of peer work in acute psychiatric wards of three towns";
        format!("TY  - BOOK\nID  - {id}\nAU  - Hagen, S.\nAU  - Moe, T.\nTI  - {title}\nPY  - 2016\n{edition}ER  - \n\n")
    };
    let editions = [book("second", "ET  - 2nd ed.\n"), book("none", ""), book("third", "ET  - 3rd ed.\n")].concat();
    let result = run(&read(&editions));
    assert_eq!((result.counts.kept, result.removed.len()), (2, 1), "{:?}", result.removed);
    assert_ne!(result.cluster_of[0], result.cluster_of[2], "two editions");
    assert_eq!(result.unsure.len(), 1, "a person is asked about the two clusters");
}

#[test]
fn an_identifier_outweighs_a_place_that_other_copies_give() {
    // Two copies of each of two records that stand on neighbouring pages with abstracts of their own; one copy of each may
    // give the DOI that both have.
    let copy = |id: &str, page: &str, text: &str, doi: &str| {
        let paper = PAPER.replace("SP  - 211\nEP  - 224\n", "");
        format!("{paper}ID  - {id}\nSP  - {page}\nAB  - {}\n{doi}ER  - \n\n", format!("{text} ").repeat(12))
    };
    let (first, second) = ("Forty wards were visited by day and night", "Letters from ninety families lay in an archive");
    for (doi, expected) in [("DO  - 10.5555/a\n", 1), ("", 2)] {
        let records = read(
            &[
                copy("a", "51", first, doi),
                copy("b", "51", first, "N1  - copy\n"),
                copy("c", "52", second, doi),
                copy("d", "52", second, "N1  - copy\n"),
            ]
            .concat(),
        );
        assert_eq!(run(&records).counts.kept, expected, "{doi:?}");
    }
}

#[test]
fn the_word_of_a_person_goes_before_all_rules_and_lasts() {
    use refsieve::normalize::content_hash;
    let other = PAPER.replace("Peer workers in acute", "Letters of nurses from").replace("211", "9").replace("12", "40");
    let records = read(&format!("{PAPER}ID  - a\nN1  - x\nER  - \n\n{PAPER}ID  - b\nER  - \n\n{other}ID  - c\nER  - \n\n"));
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    let kept = |records: &[Record], decisions: &[(u64, u64, rules::Verdict)]| {
        let mut settings = Settings::default();
        for (left, right, verdict) in decisions {
            settings.decisions.insert("test", *left, *right, *verdict, "").expect("the decisions agree");
        }
        let result = dedupe(records, &settings, &());
        assert!(result.unsure.iter().all(|pair| pair.rule != "decided"));
        (result.counts.kept, result.removed.iter().filter(|row| row.by_person).count())
    };
    let (same, different) = (rules::Verdict::Same, rules::Verdict::Different);
    assert_eq!(kept(&records, &[]), (2, 0));
    assert_eq!(kept(&records, &[(keys[0], keys[1], different)]), (3, 0));
    assert_eq!(kept(&records, &[(keys[1], keys[2], same)]), (1, 1));
    assert_eq!(kept(&records, &[(keys[1], keys[2], same), (keys[0], keys[1], different)]), (2, 1));
    // In another order, under other ids, beside other records, and about records that are not there.
    let later = read(&format!("{other}ID  - q\nER  - \n\n{PAPER}ID  - r\nER  - \n\n{PAPER}ID  - s\nN1  - x\nER  - \n\n"));
    assert_eq!(kept(&later, &[(keys[0], keys[1], different), (7, 8, same)]), (3, 0));
    assert_eq!(kept(&later, &[(keys[2], keys[0], same)]), (1, 1));
    // "b" is "c" and "a" is not "c": so "a", which looks like "b", is not "b".
    assert_eq!(kept(&records, &[(keys[1], keys[2], same), (keys[0], keys[2], different)]), (2, 1));
}

/// Settings with these decisions about keys.
fn decided(decisions: &[(u64, u64, rules::Verdict)]) -> Settings {
    let mut settings = Settings::default();
    for (left, right, verdict) in decisions {
        settings.decisions.insert("test", *left, *right, *verdict, "").expect("the decisions agree");
    }
    settings
}

#[test]
fn decisions_hold_by_way_of_absent_records_in_large_clusters_and_against_old_copies() {
    use refsieve::normalize::content_hash;
    let (same, different) = (rules::Verdict::Same, rules::Verdict::Different);
    let noted = |id: usize| format!("{PAPER}ID  - {id}\nN1  - {id}\nER  - \n\n");
    // "a" is "absent" and "absent" is not "x": so "a" is not "x"; and by way of another, "b" is "y".
    let other =
        |title: &str| format!("TY  - JOUR\nAU  - {title}, A.\nTI  - {title} of a long title that nobody else has\nPY  - 1999\nER  - \n\n");
    let records = read(&(noted(1) + &noted(2) + &other("Boilers") + &other("Letters")));
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    let settings = decided(&[(keys[0], 77, same), (77, keys[1], different), (keys[2], 88, same), (88, keys[3], same)]);
    let result = dedupe(&records, &settings, &());
    assert_ne!(result.cluster_of[0], result.cluster_of[1]);
    assert_eq!(result.cluster_of[2], result.cluster_of[3]);

    // In a cluster of many, any of whose members may be the one that somebody spoke of.
    let records = read(&(0..40).map(noted).collect::<String>());
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    for member in 0..39 {
        let result = dedupe(&records, &decided(&[(keys[39], keys[member], different)]), &());
        assert_ne!(result.cluster_of[39], result.cluster_of[member], "{member}");
    }

    // Of two likenesses, people's own and that of evidence, people's holds.
    let thin = |id: usize| {
        format!(
            "TY  - JOUR\nAU  - Ruiz, A.\nTI  - Another work with a title of its own\nPY  - 2001\nVL  - 5\nSP  - 6\nN1  - {id}\nER  - \n\n"
        )
    };
    let records = read(&(noted(1) + &noted(2) + &thin(3) + &thin(4)));
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    let result = dedupe(&records, &decided(&[(keys[0], keys[2], same), (keys[1], keys[3], different)]), &());
    assert_eq!(result.cluster_of[0], result.cluster_of[2]);
    assert_ne!(result.cluster_of[1], result.cluster_of[3]);

    // Copies of an old record: a new one that is not it is none of them, and no two of them are joined.
    let records = read(&(noted(1) + &noted(2) + &noted(2) + &noted(2) + &noted(3)));
    let keys: Vec<u64> = records.iter().map(content_hash).collect();
    let settings = decided(&[(keys[0], keys[1], different), (keys[0], keys[4], different), (keys[1], keys[4], same)]);
    let result = dedupe_against(&records, 1, &settings, &());
    assert_eq!(result.cluster_of, [0, 1, 2, 3, 4]);
    assert_eq!(dedupe_against(&records, 1, &Settings::default(), &()).cluster_of[1..], [1, 2, 3, 4]);
}

#[test]
fn old_records_stay_as_they_are_and_new_ones_belong_to_them() {
    let other = PAPER.replace("Peer workers in acute", "Letters of nurses from").replace("211", "9").replace("12", "40");
    let record = |text: &str, id: &str| format!("{text}ID  - {id}\nER  - \n\n");
    let noted = |id: &str| format!("{PAPER}ID  - {id}\nN1  - {id}\nER  - \n\n");
    // New: two of one old work, two of a new work. Old: the work twice, once word for word.
    let new = [record(PAPER, "n1"), noted("n2"), record(&other, "n3"), format!("{other}ID  - n4\nN1  - x\nER  - \n\n")].concat();
    let old = [record(PAPER, "o1"), record(PAPER, "o2"), noted("o3")].concat();
    let records = read(&(new + &old));
    let result = dedupe_against(&records, 4, &Settings::default(), &());
    assert_eq!(result.cluster_of[4..], [4, 5, 6], "no old record is touched");
    assert!(result.cluster_of[..2].iter().all(|kept| *kept >= 4), "{:?}", result.cluster_of);
    assert_eq!(result.cluster_of[2], result.cluster_of[3]);
    let unique = result.unique_of(&records, |cluster| cluster[0] < 4);
    assert_eq!(unique.len(), 1);
    assert!(result.unsure.iter().all(|pair| pair.left < 4), "{:?}", result.unsure);
}

#[test]
fn who_is_kept_can_be_said() {
    let source = |database, name: &str| Arc::new(Source { name: name.into(), database, ..Source::default() });
    let sources =
        [source(Some(Database::Scopus), "s"), source(None, "x"), source(Some(Database::Medline), "m"), source(Some(Database::Embase), "e")];
    let mut builder = RecordBuilder::default();
    let mut record = |at: usize, abstract_text: &str| {
        builder.push_text("TI", Field::Title, "Peer workers in acute psychiatric wards of three towns");
        builder.push_text("DO", Field::Doi, "10.5555/a");
        builder.push_text("AB", Field::Abstract, abstract_text);
        builder.finish(&sources[at], 0..0, (1, 1), 1)
    };
    let records = [record(0, ""), record(1, ""), record(2, "Text"), record(3, "")];
    for (keep, expected) in [
        (Keep::MostComplete, 2),
        (Keep::First, 0),
        (Keep::Databases(vec![Database::Embase, Database::Medline]), 3),
        (Keep::Databases(vec![Database::PsycInfo, Database::Medline]), 2),
    ] {
        let settings = Settings { keep: keep.clone(), ..Settings::default() };
        assert_eq!(dedupe(&records, &settings, &()).cluster_of, [expected; 4], "{keep:?}");
    }
}

#[test]
fn unsure_pairs_are_listed_once_for_each_two_clusters() {
    let ward = PAPER.replace("SP  - 211\nEP  - 224\n", "SP  - S40\n").replace("VL  - 12\nIS  - 3", "VL  - 11\nIS  - S1");
    let records = read(&format!(
        "{PAPER}ID  - a\nER  - \n\n{PAPER}ID  - b\nAB  - x\nER  - \n\n{ward}ID  - c\nER  - \n\n{ward}ID  - d\nAB  - x\nER  - \n\n"
    ));
    let result = run(&records);
    assert_eq!(result.counts.kept, 2, "{result:?}");
    assert!(result.unsure.len() <= 1, "{:?}", result.unsure);
}

#[test]
fn whoever_wants_no_reasons_gets_the_same_clusters() {
    let records = read(&format!("{PAPER}ID  - a\nER  - \n\n{PAPER}ID  - b\nAB  - x\nER  - \n\n"));
    let whole = run(&records);
    let bare = dedupe(&records, &Settings { reasons: false, ..Settings::default() }, &());
    assert_eq!((whole.removed.len(), bare.removed.len()), (1, 0));
    assert_eq!(Deduplication { removed: Vec::new(), ..whole }, bare);
}

// --- blocks ---

#[test]
fn a_block_of_any_size_stays_bounded_and_loses_no_pair_with_a_place() {
    const WORKS: usize = 2_000;
    let mut ris = String::new();
    for work in 0..WORKS {
        for copy in ["a", "b"] {
            let _ = write!(
                ris,
                "TY  - JOUR\nID  - {work}{copy}\nTI  - Editorial\nAU  - Author{}, {copy}.\nJO  - Nord J Peer Support\nVL  - {}\nIS  - {}\nSP  - {}\nPY  - {}\nER  - \n\n",
                work % 40,
                work / 40,
                work % 40 + 1,
                work % 40 + 1,
                1960 + work / 40
            );
        }
    }
    let records = read(&ris);
    let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
    let forms: Vec<&NormalForm> = forms.iter().collect();
    let candidates = block::candidates(&forms, &Corpus::of(&forms));
    assert!(candidates.len() < 150 * records.len(), "{} candidates of {} records", candidates.len(), records.len());
    let found: BTreeSet<_> = candidates.into_iter().collect();
    let lost = (0..WORKS).filter(|work| !found.contains(&((2 * work) as u32, (2 * work + 1) as u32))).count();
    assert_eq!(lost, 0);
}

// --- laws ---

fn pick(options: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(options)
}

prop_compose! {
    /// A record out of few values, so that every kind of agreement and contradiction occurs.
    fn any_record()(
        title in pick(&["", "Peer workers in acute psychiatric wards of three towns", "Peer workers in acute psychiatric wards", "Peer worker in acute psychiatric wards of three towns",
            "Recovery colleges and the use of hospital beds. Part I", "Recovery colleges and the use of hospital beds. Part II", "Editorial", "[Mushrooms as narcotics in Norway]", "Reply", "Erratum: Peer workers in acute psychiatric wards of three towns", "UNKNOWN",
            "Peer workers in acute psychiatric words of three towns: a study", "[Mushrooms as narcotics in Norway]. Sopp i norske byer", "Sopp i norske byer. [Mushrooms as narcotics in Norway]"]),
        author in pick(&["", "Hagen, S.", "Hagen, Solveig", "Moe, T.", "Hagen S.Moe T."]),
        second in pick(&["", "Moe, T.", "Lund, K."]),
        year in pick(&["", "2015", "2016", "2019"]),
        journal in pick(&["", "Nord J Peer Support", "Nordic Journal of Peer Support", "Ward Medicine", "medRxiv"]),
        volume in pick(&["", "12", "13"]),
        issue in pick(&["", "3", "4"]),
        pages in pick(&["", "211-224", "211", "225-230", "S12", "e100"]),
        doi in pick(&["", "10.5555/a", "10.5555/b", "https://doi.org/10.5555/A"]),
        text in pick(&["", "Peer workers are people with lived experience who are employed to support others in mental health services and we asked forty of them about their role and pay.",
            "Recovery colleges offer courses that are planned and taught together by people with experience of illness and by clinicians in six towns over five long years."]),
        kind in pick(&["JOUR", "CPAPER", "THES"]),
    ) -> String {
        let mut out = format!("TY  - {kind}\n");
        for (tag, value) in [("TI", title), ("AU", author), ("AU", second), ("PY", year), ("JO", journal), ("VL", volume), ("IS", issue), ("SP", pages), ("DO", doi), ("AB", text)] {
            if !value.is_empty() {
                let _ = writeln!(out, "{tag}  - {value}");
            }
        }
        out
    }
}

fn records_of(bodies: &[String]) -> Vec<Record> {
    read(&bodies.iter().enumerate().map(|(at, body)| format!("{body}ID  - r{at:02}\nER  - \n\n")).collect::<String>())
}

/// The clusters as sets of ids, whatever the order of the records.
fn clusters_by_id(records: &[Record], result: &Deduplication) -> BTreeSet<(String, BTreeSet<String>)> {
    let id = |at: u32| records[at as usize].id();
    result.clusters().iter().map(|cluster| (id(cluster[0]), cluster.iter().map(|at| id(*at)).collect())).collect()
}

fn rows_by_id(records: &[Record], result: &Deduplication) -> BTreeSet<(String, String, String, &'static str, String)> {
    let id = |at: u32| records[at as usize].id();
    result.removed.iter().map(|row| (id(row.record), id(row.kept), id(row.matched), row.rule, row.evidence.clone())).collect()
}

#[test]
fn open_pairs_with_clusters_in_common_are_one_group() {
    let pair = |left, right| Unsure { left, right, rule: "", evidence: String::new(), likelihood: 0.5 };
    // The third pair brings the first two together; records 6 and 7 are one cluster, and so are 4 and 8.
    let unsure = vec![pair(0, 1), pair(2, 3), pair(1, 3), pair(4, 5), pair(6, 9), pair(7, 8)];
    let result = Deduplication {
        cluster_of: vec![0, 1, 2, 3, 4, 5, 6, 6, 4, 9],
        removed: Vec::new(),
        unsure,
        nameless: Vec::new(),
        counts: Counts::default(),
    };
    assert_eq!(result.groups(), [0, 0, 0, 1, 1, 1]);
}

#[test]
fn what_a_rule_joins_whatever_it_weighs_is_not_given_up() {
    let column = |pmid: u32| format!("PMID- {pmid}\nTI  - Editorial\nFAU - Ek, Anna\nJT  - Nordic Notes on Care\nVI  - 3\nIP  - 2\n\n");
    let columns = refsieve::formats::read("a.nbib", (column(7_001) + &column(7_002)).into_bytes()).unwrap().records;
    let book = |year: u32| format!("TY  - BOOK\nID  - {year}\nAU  - Ek, Anna\nTI  - Walks\nPY  - {year}\nSN  - 9780306406157\nER  - \n\n");
    let paper = |title: &str| {
        format!(
            "TY  - JOUR\nID  - {title}\nAU  - Ek, Anna\nTI  - {title}\nJF  - Nordic Notes on Care\nPY  - 2014\nVL  - 3\nIS  - 2\nSP  - 15\nEP  - 28\nER  - \n\n"
        )
    };
    let papers =
        read(&(paper("Gemensamma promenader runt sj\u{f6}n om v\u{e5}ren") + &paper("Walking together around the lake in spring")));
    for (records, rule) in
        [(columns, "column-same-issue"), (read(&(book(2014) + &book(2015))), "same-isbn"), (papers, "same-pages-of-one-issue")]
    {
        is_joined_whatever_it_weighs(&records, rule);
    }
}

fn is_joined_whatever_it_weighs(records: &[Record], rule: &str) {
    let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
    let corpus = Corpus::of(&[&forms[0], &forms[1]]);
    let settings = Settings::default();
    let judgement = rules::judge(&Comparison::of(&forms[0], &forms[1], &corpus), &settings);
    assert_eq!((judgement.verdict, judgement.rule.id), (rules::Verdict::Same, rule));
    assert!(judgement.weight < settings.unsure_at, "the weight alone would give it up: {}", judgement.weight);
    let is_hopeless = |glance: &_| rules::is_hopeless(glance, &settings);
    assert!(Comparison::unless_hopeless(&forms[0], &forms[1], &corpus, is_hopeless).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn order_and_threads_change_nothing(bodies in prop::collection::vec(any_record(), 1..14), seed in any::<u64>()) {
        let records = records_of(&bodies);
        let result = run(&records);
        let mut shuffled = records.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let again = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap().install(|| run(&shuffled));
        prop_assert_eq!(clusters_by_id(&records, &result), clusters_by_id(&shuffled, &again));
        prop_assert_eq!(rows_by_id(&records, &result), rows_by_id(&shuffled, &again));
        prop_assert_eq!(result.unsure.len(), again.unsure.len());
        prop_assert_eq!(result.counts, again.counts);
    }

    #[test]
    fn comparing_is_symmetric(left in any_record(), right in any_record()) {
        let records = records_of(&[left, right]);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let corpus = Corpus::of(&[&forms[0], &forms[1]]);
        prop_assert_eq!(Comparison::of(&forms[0], &forms[1], &corpus), Comparison::of(&forms[1], &forms[0], &corpus));
    }

    #[test]
    fn comparing_titles_of_words_that_are_alike_is_symmetric(left in "(peers|peer|paers|wards|words|werds|work|wrok|wroks|in|on){6,9}( (of|on) (towns|twons|towels))?", right in "(peers|peer|paers|wards|words|werds|work|wrok|wroks|in|on){6,9}( (of|on) (towns|twons|towels))?") {
        let apart = |letters: &str| ["peers", "peer", "paers", "wards", "words", "werds", "work", "wrok", "wroks"].iter().fold(letters.to_owned(), |text, word| text.replace(word, &format!("{word} ")));
        let records = records_of(&[format!("TY  - JOUR\nTI  - {}\n", apart(&left)), format!("TY  - JOUR\nTI  - {}\n", apart(&right))]);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let corpus = Corpus::of(&[&forms[0], &forms[1]]);
        prop_assert_eq!(Comparison::of(&forms[0], &forms[1], &corpus), Comparison::of(&forms[1], &forms[0], &corpus));
    }

    #[test]
    fn what_is_hopeless_is_judged_different(left in any_record(), right in any_record()) {
        let records = records_of(&[left, right]);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let corpus = Corpus::of(&[&forms[0], &forms[1]]);
        let mut merging = Settings::default();
        for policy in Policy::ALL {
            merging.policies.set(policy, true);
        }
        for settings in [Level::Cautious, Level::Balanced, Level::Thorough].map(Settings::from).into_iter().chain([merging]) {
            let whole = Comparison::of(&forms[0], &forms[1], &corpus);
            let comparison = Comparison::unless_hopeless(&forms[0], &forms[1], &corpus, |glance| {
                let (most, weight) = (weigh::at_most(glance, &settings.scales), weigh::weight(&whole, &settings.scales));
                assert!(most + 0.01 >= weight, "{most} {weight} {glance:?} {whole:?}");
                rules::is_hopeless(glance, &settings)
            });
            match comparison {
                Some(comparison) => prop_assert_eq!(comparison, whole),
                None => prop_assert_eq!(rules::judge(&whole, &settings).verdict, rules::Verdict::Different, "{:?}", whole),
            }
        }
    }

    #[test]
    fn a_file_given_twice_gives_the_same_unique_set(bodies in prop::collection::vec(any_record(), 1..10)) {
        let once = records_of(&bodies);
        let twice: Vec<Record> = once.iter().chain(&once).cloned().collect();
        let (first, second) = (run(&once), run(&twice));
        let nameless = |result: &Deduplication| result.nameless.iter().copied().collect::<BTreeSet<u32>>();
        let named = |records: &[Record], result: &Deduplication| -> BTreeSet<String> {
            let nameless = nameless(result);
            result.kept().filter(|at| !nameless.contains(at)).map(|at| records[at as usize].id()).collect()
        };
        prop_assert_eq!(named(&once, &first), named(&twice, &second));
        prop_assert_eq!(second.nameless.len(), 2 * first.nameless.len());
    }

    #[test]
    fn identical_records_merge_where_they_name_something(bodies in prop::collection::vec(any_record(), 1..6)) {
        let doubled: Vec<String> = bodies.iter().flat_map(|body| [body.clone(), body.clone()]).collect();
        let records = records_of(&doubled);
        let result = run(&records);
        for at in (0..records.len()).step_by(2) {
            let named = NormalForm::of(&records[at]).identifies();
            prop_assert_eq!(result.cluster_of[at] == result.cluster_of[at + 1], named);
        }
    }

    #[test]
    fn no_cluster_holds_a_pair_that_a_rule_forbids(bodies in prop::collection::vec(any_record(), 2..12)) {
        let records = records_of(&bodies);
        let result = run(&records);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let mut distinct: BTreeMap<u64, &NormalForm> = BTreeMap::new();
        forms.iter().filter(|form| form.identifies()).for_each(|form| { distinct.entry(form.content).or_insert(form); });
        let corpus = Corpus::of(&distinct.into_values().collect::<Vec<_>>());
        for cluster in result.clusters() {
            for (at, left) in cluster.iter().enumerate() {
                for right in &cluster[at + 1..] {
                    let pair = Comparison::of(&forms[*left as usize], &forms[*right as usize], &corpus);
                    let judgement = rules::judge(&pair, &Settings::default());
                    prop_assert!(!judgement.separates(true), "{:?} {:?}", judgement, pair);
                }
            }
        }
    }

    #[test]
    fn every_record_is_kept_or_has_one_row(bodies in prop::collection::vec(any_record(), 1..14)) {
        let records = records_of(&bodies);
        let result = run(&records);
        let removed: Vec<u32> = result.removed.iter().map(|row| row.record).collect();
        let kept: Vec<u32> = result.kept().collect();
        let mut all: Vec<u32> = removed.iter().chain(&kept).copied().collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..records.len() as u32).collect::<Vec<_>>());
        prop_assert!(removed.is_sorted());
        for row in &result.removed {
            prop_assert_eq!(result.cluster_of[row.record as usize], row.kept);
            prop_assert_eq!(result.cluster_of[row.matched as usize], row.kept);
            prop_assert!(!row.evidence.is_empty());
        }
    }

    #[test]
    fn small_sets_have_the_candidates_that_looking_at_all_pairs_finds(bodies in prop::collection::vec(any_record(), 2..=block::SMALL)) {
        let records = records_of(&bodies);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let forms: Vec<&NormalForm> = forms.iter().collect();
        let corpus = Corpus::of(&forms);
        let keys = |form: &NormalForm, recipe: &block::Recipe| {
            let mut keys = Vec::new();
            (recipe.keys)(form, &corpus, &mut keys);
            keys
        };
        let mut twin = Vec::new();
        // A brief look never says no to what the whole look says yes to.
        for (left, right) in forms.iter().flat_map(|left| forms.iter().map(move |right| (left, right))) {
            let brief = |quarters| block::Brief::of(left).may_be_alike(&block::Brief::of(right), quarters);
            for quarters in 0..4 {
                prop_assert!(brief(quarters) || !block::may_be_alike(left, right, quarters), "{} quarters", quarters);
            }
        }
        for left in 0..forms.len() {
            for right in left + 1..forms.len() {
                let shared = block::RECIPES.iter().any(|recipe| {
                    let rights = keys(forms[right], recipe);
                    let common = keys(forms[left], recipe).iter().any(|key| rights.contains(key));
                    let (left_brief, right_brief) = (block::Brief::of(forms[left]), block::Brief::of(forms[right]));
                    common && (recipe.may_match)(&left_brief, &right_brief) && (recipe.quarters == 0 || block::may_be_alike(forms[left], forms[right], recipe.quarters))
                });
                if shared {
                    twin.push((left as u32, right as u32));
                }
            }
        }
        prop_assert_eq!(block::candidates(&forms, &corpus), twin);
    }

    #[test]
    fn a_look_passes_over_no_pair_that_is_one_work(bodies in prop::collection::vec(any_record(), 2..=block::SMALL)) {
        let records = records_of(&bodies);
        let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
        let heads: Vec<&NormalForm> = forms.iter().collect();
        let corpus = Corpus::of(&heads);
        let candidates = block::candidates(&heads, &corpus);
        for left in 0..forms.len() {
            for right in left + 1..forms.len() {
                let judgement = rules::judge(&Comparison::of(&forms[left], &forms[right], &corpus), &Settings::default());
                let pair = (left as u32, right as u32);
                prop_assert!(judgement.verdict != rules::Verdict::Same || candidates.contains(&pair), "{:?} {:?}", judgement, pair);
            }
        }
    }

    #[test]
    fn a_field_that_any_member_has_the_merged_record_has(bodies in prop::collection::vec(any_record(), 1..10)) {
        let records = records_of(&bodies);
        let result = run(&records);
        let merged = result.unique(&records);
        prop_assert_eq!(merged.len(), result.clusters().len());
        for (cluster, merged) in result.clusters().iter().zip(&merged) {
            prop_assert_eq!(merged.id(), records[cluster[0] as usize].id());
            for field in Field::ALL {
                let any = cluster.iter().any(|at| records[*at as usize].first(*field).is_some());
                // The issue of another volume and the last page of another range stand in a note.
                let noted = merged.values(Field::Note).any(|note| note.starts_with(&format!("{}: ", field.name())));
                prop_assert!(!any || merged.first(*field).is_some() || noted, "{:?}", field);
            }
            // The id of every member stays findable.
            let lines: Vec<String> = merged.provenance().into_iter().map(|line| line.id).collect();
            let ids: Vec<String> = cluster.iter().map(|at| records[*at as usize].id()).filter(|_| cluster.len() > 1).collect();
            prop_assert_eq!(lines.iter().collect::<BTreeSet<_>>(), ids.iter().collect::<BTreeSet<_>>());
            prop_assert_eq!(lines.len(), ids.len());
        }
    }
}

// --- merging ---

#[test]
fn lists_are_united_and_placeholders_give_way() {
    let kept = made(
        Format::Ris,
        &[
            ("ID", Field::Accession, "k"),
            ("TI", Field::Title, "A title"),
            ("AB", Field::Abstract, "[No abstract available]"),
            ("DO", Field::Doi, "n/a"),
            ("KW", Field::Keyword, "Peer Group"),
            ("C1", Field::Other, "5"),
        ],
    );
    let other = made(
        Format::Ris,
        &[
            ("ID", Field::Accession, "o"),
            ("AB", Field::Abstract, "Said at length."),
            ("DO", Field::Doi, "10.5555/a"),
            ("KW", Field::Keyword, "peer group"),
            ("KW", Field::Keyword, "Social Work"),
            ("C1", Field::Other, "5"),
            ("M2", Field::Other, "5"),
            ("N1", Field::Note, "A reader's note"),
        ],
    );
    let medline = made(Format::Medline, &[("STAT", Field::Other, "MEDLINE"), ("DOI", Field::Doi, "https://doi.org/10.5555/A")]);
    let values: Vec<(String, String)> = merged(&[&kept, &other, &medline]).into_iter().map(|(tag, _, value)| (tag, value)).collect();
    let expected = [
        ("ID", "k"),
        ("TI", "A title"),
        ("KW", "Peer Group"),
        ("C1", "5"),
        ("AB", "Said at length."),
        ("DO", "10.5555/a"),
        ("KW", "Social Work"),
        ("M2", "5"),
        ("N1", "A reader's note"),
        ("", "STAT: MEDLINE"),
        ("", "[refsieve-origin: ordinal=1; id=k; key=c4a28e4bed7ac83a; file=made]"),
        ("", "[refsieve-origin: ordinal=1; id=o; key=450d235722839fda; file=made]"),
        ("", "[refsieve-origin: ordinal=1; id=made#1; key=9cebb63225230275; file=made]"),
    ];
    assert_eq!(values, expected.map(|(tag, value)| (tag.to_owned(), value.to_owned())));
}

fn made(format: Format, entries: &[(&str, Field, &str)]) -> Record {
    let source = Arc::new(Source { name: "made".into(), format, ..Source::default() });
    let mut builder = RecordBuilder::default();
    for (tag, field, value) in entries {
        builder.push_text(tag, *field, value);
    }
    builder.finish(&source, 0..0, (1, 1), 1)
}

fn merged(members: &[&Record]) -> Vec<(String, Field, String)> {
    let merged = refsieve::dedupe::merge::merge(members).expect("a member");
    merged.entries().map(|entry| (entry.tag.to_owned(), entry.field, entry.value.to_owned())).collect()
}

#[test]
fn what_one_field_says_another_may_say_too() {
    let kept = made(Format::Ris, &[("KW", Field::Keyword, "Oslo"), ("XA", Field::Other, "Oslo")]);
    let other = made(
        Format::Ris,
        &[("KW", Field::Keyword, "oslo"), ("KW", Field::Keyword, "Oslo"), ("N1", Field::Note, "Oslo"), ("XB", Field::Other, "Oslo")],
    );
    let kept_and_added: Vec<String> = merged(&[&kept, &other]).into_iter().map(|(tag, ..)| tag).collect();
    assert_eq!(kept_and_added[..4], ["KW", "XA", "N1", "XB"]);
}

#[test]
fn what_another_format_adds_has_no_tag_of_its_own() {
    let kept = made(Format::Ris, &[("TI", Field::Title, "Peer workers"), ("ID", Field::Accession, "7")]);
    let other = made(
        Format::Medline,
        &[
            ("TI", Field::Title, "Peer workers."),
            ("PMID", Field::Pmid, "12"),
            ("XX", Field::Other, "odd"),
            ("MH", Field::Heading, "Humans"),
            ("MH", Field::Heading, "Peer Group"),
        ],
    );
    let expected = [
        ("TI", Field::Title, "Peer workers"),
        ("ID", Field::Accession, "7"),
        ("", Field::Pmid, "12"),
        ("", Field::Note, "XX: odd"),
        ("", Field::Heading, "Humans"),
        ("", Field::Heading, "Peer Group"),
        ("", Field::Provenance, "[refsieve-origin: ordinal=1; id=7; key=27417e0318e697fa; file=made]"),
        ("", Field::Provenance, "[refsieve-origin: ordinal=1; id=12; key=3ba3ab906acab247; file=made]"),
    ];
    assert_eq!(merged(&[&kept, &other]), expected.map(|(tag, field, value)| (tag.to_owned(), field, value.to_owned())));
}

#[test]
fn what_the_same_format_adds_keeps_its_tag() {
    let kept = made(Format::Ris, &[("TI", Field::Title, "Peer workers"), ("C1", Field::Other, "own")]);
    let other = made(
        Format::Ris,
        &[("AB", Field::Abstract, "Text"), ("C1", Field::Other, "own"), ("C1", Field::Other, "new"), ("ID", Field::Accession, "8")],
    );
    let expected = [
        ("TI", Field::Title, "Peer workers"),
        ("C1", Field::Other, "own"),
        ("AB", Field::Abstract, "Text"),
        ("C1", Field::Other, "new"),
        ("", Field::Provenance, "[refsieve-origin: ordinal=1; id=made#1; key=cea1ef00923b331f; file=made]"),
        ("", Field::Provenance, "[refsieve-origin: ordinal=1; id=8; key=83eaa99623561da7; file=made]"),
    ];
    assert_eq!(merged(&[&kept, &other]), expected.map(|(tag, field, value)| (tag.to_owned(), field, value.to_owned())));
}

#[test]
fn origins_of_an_earlier_run_are_carried_on_and_none_stands_twice() {
    let line = |id: &str| format!("[refsieve-origin: database=Medline; ordinal=4; id={id}; file=a.ris]");
    let carrying = |ids: &[(&str, Field, &str)], lines: &[&str]| {
        let mut entries = vec![("TI", Field::Title, "Peer workers")];
        entries.extend(ids);
        entries.extend(lines.iter().map(|line| ("N1", Field::Note, *line)));
        made(Format::Ris, &entries)
    };
    let glued = format!("{}; {}", line("1"), line("2"));
    let kept = carrying(&[("ID", Field::Accession, "1")], &[&glued]);
    let other = carrying(&[("ID", Field::Accession, "3"), ("AN", Field::Accession, "x")], &[&line("2"), &line("3")]);
    let third = carrying(&[], &[&line("3"), &line("4")]);
    let origins: Vec<String> =
        refsieve::dedupe::merge::merge(&[&kept, &other, &third]).unwrap().provenance().iter().map(|line| line.id.clone()).collect();
    assert_eq!(origins, ["1", "2", "3", "3", "4"], "the second 3 has the id x, which no line has");
}

#[test]
fn files_of_one_name_are_told_apart_by_their_paths() {
    let made = |path: &str| {
        let source = Arc::new(Source { name: path.into(), ..Source::default() });
        let mut builder = RecordBuilder::default();
        builder.push_text("TI", Field::Title, "Peer workers");
        builder.finish(&source, 0..0, (1, 1), 1)
    };
    let (first, second) = (made("medline/a.ris"), made("embase/a.ris"));
    let lines: Vec<(String, String)> = refsieve::dedupe::merge::merge(&[&first, &first, &second])
        .unwrap()
        .provenance()
        .into_iter()
        .map(|line| (line.id, line.file))
        .collect();
    assert_eq!(lines, [("a.ris#1".into(), "a.ris".into()), ("a.ris#1".into(), "embase/a.ris".into())]);
}

#[test]
fn decisions_of_all_members_are_kept_and_say_the_same() {
    let kept =
        made(Format::Ris, &[("TI", Field::Title, "Peer workers"), ("N1", Field::Note, r#"Read | RAYYAN-INCLUSION: {"Kofi"=>"Maybe"}"#)]);
    let table = made(Format::Csv, &[("title", Field::Title, "Peer workers"), ("included", Field::Decision, "1")]);
    let same = made(Format::Ris, &[("TI", Field::Title, "Peer workers"), ("N1", Field::Note, r#"RAYYAN-INCLUSION: {"Kofi"=>"Maybe"}"#)]);
    let merged = refsieve::dedupe::merge::merge(&[&kept, &table, &same]).unwrap();
    let verdicts: Vec<_> = merged.decisions().into_iter().map(|decision| (decision.who, decision.verdict)).collect();
    assert_eq!(verdicts, [(Some("Kofi".into()), Some(Verdict::Maybe)), (None, Some(Verdict::Included))]);
    assert!(merged.values(Field::Decision).any(|value| value == "[refsieve-decision: included=1]"));
}

#[test]
fn decisions_and_origins_are_no_content() {
    let body = format!("{PAPER}N1  - A note\n");
    let decided = format!("{body}N1  - ASReview_relevant\nN1  - [refsieve-origin: ordinal=1; id=9; file=a.ris]\n");
    let records = read(&format!("{body}ID  - a\nER  - \n\n{decided}ID  - b\nER  - \n\n"));
    let forms: Vec<NormalForm> = records.iter().map(NormalForm::of).collect();
    assert_eq!((forms[0].content, forms[0].completeness), (forms[1].content, forms[1].completeness));
    assert_eq!(run(&records).counts.identical, 1);
}
