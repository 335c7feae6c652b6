//! `refsieve evaluate search` and `refsieve explain` from outside.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::{Value, json};
use std::path::Path;

/// The first and the last record are one article.
const SCOPUS: &str = "\
TY  - JOUR\nAU  - Lindqvist, Maja\nTI  - Peer support in a rural recovery service: what helpers and helped say\nT2  - Nordic Notes on Care\n\
PY  - 2019\nVL  - 7\nIS  - 2\nSP  - 101\nEP  - 117\nDO  - 10.5555/nnc.2019.0101\nAB  - Peer supporters told of co-creation with nurses.\nLA  - English\nER  - \n\n\
TY  - JOUR\nAU  - Okafor, Ben\nTI  - Boiler maintenance in municipal swimming halls\nT2  - Annals of Warm Water\nPY  - 2011\nVL  - 3\nSP  - 9\nEP  - 12\n\
AB  - Nothing about peers, and no support.\nLA  - English\nER  - \n\n\
TY  - JOUR\nAU  - Ruiz, Ana\nTI  - Peer support con expertos por experiencia\nT2  - Cuadernos Inventados\nPY  - 2020\nVL  - 1\nSP  - 1\nEP  - 8\nLA  - Spanish\nER  - \n";
const MEDLINE: &str = "\
PMID- 99000001\nTI  - Peer support in a rural recovery service: what helpers and helped say.\nPG  - 101-17\nAB  - Peer supporters told of co-creation with nurses.\n\
FAU - Lindqvist, Maja\nAU  - Lindqvist M\nLA  - eng\nPT  - Journal Article\nMH  - Peer Group\nTA  - Nord Notes Care\n\
JT  - Nordic notes on care\nVI  - 7\nIP  - 2\nDP  - 2019 Mar\n";
const STRATEGY: &str = "1\tPeer Group/\n2\t(peer adj (support* or worker*)).ti,ab.\n3\tboiler*.ti.\n4\t1 or 2\n5\tlimit 4 to english\n";
const KNOWN: &str =
    "# seed articles\n99000001\tLindqvist 2019\n\nhttps://doi.org/10.5555/NNC.2019.0101\nscopus.ris#2\nscopus.ris#3\n10.5555/none\n";

fn desk() -> Desk {
    Desk::with(&[
        ("scopus.ris", SCOPUS.as_bytes()),
        ("medline.nbib", MEDLINE.as_bytes()),
        ("strategy.ovid", STRATEGY.as_bytes()),
        ("known.txt", KNOWN.as_bytes()),
    ])
}

const EVALUATE: [&str; 7] = ["evaluate", "search", "strategy.ovid", "scopus.ris", "medline.nbib", "--relevant", "known.txt"];
const EXPLAIN: [&str; 5] = ["explain", "strategy.ovid", "scopus.ris", "medline.nbib", "--record"];

/// These columns of each object of a list.
fn columns(list: &Value, names: &[&str]) -> Vec<Vec<Value>> {
    list.as_array().unwrap().iter().map(|row| names.iter().map(|name| row[*name].clone()).collect()).collect()
}

#[test]
fn each_line_is_counted_against_the_known_records() {
    let json = desk().expect_json(0, &[&EVALUATE[..], &["--unique", "--json"]].concat());
    assert_eq!((&json["records"], &json["known"]), (&json!(3), &json!(4)), "two names of one work are one known record");
    let found = columns(&json["lines"], &["line", "records", "known", "recall", "precision", "number_to_read"]);
    let expected = [
        [json!(1), json!(1), json!(1), json!(0.3333), json!(1.0), json!(1.0)],
        [json!(2), json!(2), json!(2), json!(0.6667), json!(1.0), json!(1.0)],
        [json!(3), json!(1), json!(1), json!(0.3333), json!(1.0), json!(1.0)],
        [json!(4), json!(2), json!(2), json!(0.6667), json!(1.0), json!(1.0)],
        [json!(5), json!(1), json!(1), json!(0.3333), json!(1.0), json!(1.0)],
    ];
    assert_eq!(found, expected);
    assert_eq!(json["strategy"], json["lines"][4]);
    let interval = ["recall_low", "recall_high", "precision_low", "precision_high", "number_to_read_low", "number_to_read_high"];
    let found = interval.map(|name| json["strategy"][name].clone());
    assert_eq!(found, [json!(0.0615), json!(0.7923), json!(0.2065), json!(1.0), json!(1.0), json!(4.8415)]);
}

#[test]
fn what_is_not_found_is_told_apart_by_whether_it_is_there() {
    let json = desk().expect_json(0, &[&EVALUATE[..], &["--unique", "--json"]].concat());
    assert_eq!(columns(&json["not_in_corpus"], &["known"]), [[json!("10.5555/none")]]);
    let missed: Vec<_> = json["missed"].as_array().unwrap().iter().map(|row| (&row["known"], &row["lost_by"][0])).collect();
    let expected = [("scopus.ris#2", 4, "1 or 2", "not-found"), ("scopus.ris#3", 5, "limit 4 to english", "limited")];
    assert_eq!(missed.len(), expected.len(), "{missed:?}");
    for ((known, loss), (name, label, part, kind)) in missed.iter().zip(expected) {
        assert_eq!((**known).clone(), json!(name));
        assert_eq!((&loss["label"], &loss["part"], &loss["kind"]), (&json!(label), &json!(part), &json!(kind)));
    }
}

#[test]
fn each_line_and_term_has_what_the_last_line_would_lose_without_it() {
    let desk = desk();
    let json = desk.expect_json(0, &[&EVALUATE[..], &["--json"]].concat());
    let found = columns(&json["contributions"], &["line", "deleted", "text", "records_lost", "known_lost", "records_gained"]);
    let expected = [
        // What it finds, line 2 finds too.
        [json!(1), json!("line"), json!("Peer Group/"), json!(0), json!(0), json!(0)],
        [json!(2), json!("line"), json!("(peer adj (support* or worker*)).ti,ab."), json!(1), json!(1), json!(0)],
        [json!(2), json!("term"), json!("support*"), json!(1), json!(1), json!(0)],
        [json!(2), json!("term"), json!("worker*"), json!(0), json!(0), json!(0)],
        [json!(3), json!("line"), json!("boiler*.ti."), Value::Null, Value::Null, Value::Null],
        [json!(4), json!("line"), json!("1 or 2"), json!(2), json!(2), json!(0)],
    ];
    assert_eq!(found, expected);
    // Every table as CSV.
    let csv = desk.expect(0, &[&EVALUATE[..], &["--csv", "-q", "--contributions", "terms.csv", "--missed", "missed.csv"]].concat());
    let head = "line,query,records,known,recall,recall_low,recall_high,precision,precision_low,precision_high,\
                number_to_read,number_to_read_low,number_to_read_high";
    assert_eq!(csv.lines().next(), Some(head));
    assert_eq!(csv.lines().count(), 6);
    assert!(desk.read("terms.csv").contains("\n2,term,worker*,0,0,0,0\n3,line,boiler*.ti.,,,,\n"), "{}", desk.read("terms.csv"));
    let missed = desk.read("missed.csv");
    assert!(missed.contains("\n10.5555/none,,,not in the files,,,,\n"), "{missed}");
    assert!(
        missed.contains("\nscopus.ris#3,Peer support con expertos por experiencia,scopus.ris#3,line 5,limit 4 to english,,\"line 5: language spanish, needs english\",scopus.ris#3\n"),
        "{missed}"
    );
}

#[test]
fn a_person_reads_the_same_numbers() {
    let out = desk().expect(0, &[&EVALUATE[..], &["--unique"]].concat());
    for words in [
        "66.7 % (20.8 to 93.9)",
        "The whole strategy (line 5) finds 1 of 3 records, and 1 of the 3 known records that are among them.",
        "Not among the records searched, and not counted above: 1 of 4 known records.",
        "Missed by the last line: 2 known records that are there; `refsieve explain` tells more of each.",
        "scopus.ris#3  Peer support con expertos por experiencia\n    lost by line 5, limit 4 to english; nearest: language spanish, needs english\n",
        "MeSH 2024, courtesy of the U.S. National Library of Medicine",
    ] {
        assert!(out.contains(words), "{words} in\n{out}");
    }
}

#[test]
fn of_several_copies_the_one_tells_why_that_comes_nearest() {
    let copy = |title: &str| format!("TY  - JOUR\nTI  - {title}\nDO  - 10.5555/a.1\nER  - \n");
    // All of them are lost by line 1 alone: by an absent word, by a distance of 7, by one of 2.
    let files =
        [copy("Peers of the ward"), copy("Peer ward and some more of these support"), copy("Peer ward support"), copy("Support, a ward")];
    let desk = Desk::with(&[
        ("a.ris", files[0].as_bytes()),
        ("b.ris", files[1].as_bytes()),
        ("c.ris", files[2].as_bytes()),
        ("d.ris", files[3].as_bytes()),
        ("s.ovid", b"1 (peer adj support).ti.\n2 1 and ward.ti.\n"),
        ("known.txt", b"10.5555/a.1\n"),
    ]);
    let arguments = ["evaluate", "search", "s.ovid", "a.ris", "b.ris", "c.ris", "d.ris", "--relevant", "known.txt"];
    let json = desk.expect_json(0, &[&arguments[..], &["--json"]].concat());
    assert_eq!(json["missed"][0]["nearest_record"], "c.ris#1", "{:#}", json["missed"]);
    let out = desk.expect(0, &[&arguments[..], &["--missed", "missed.csv"]].concat());
    assert!(out.contains("; nearest: c.ris#1, peer … support: distance 2 in title, needs 1 in this order\n"), "{out}");
    assert!(desk.read("missed.csv").ends_with(",c.ris#1\n"), "{}", desk.read("missed.csv"));
}

#[test]
fn known_records_may_be_an_export_and_the_files_an_index() {
    let desk = desk();
    desk.expect(0, &["index", "scopus.ris", "medline.nbib", "--out", "idx"]);
    let evaluate = |files: &[&'static str], known: &'static str| {
        desk.expect_json(0, &[&["evaluate", "search", "strategy.ovid"], files, &["--relevant", known, "--json"]].concat())
    };
    assert_eq!(evaluate(&["idx"], "known.txt"), evaluate(&["scopus.ris", "medline.nbib"], "known.txt"));
    let json = evaluate(&["idx"], "medline.nbib");
    assert_eq!((&json["known"], &json["strategy"]["recall"]), (&json!(1), &json!(1.0)));
    // Of an export in which no record has an identifier none is among those searched, wherever it stands in its file.
    desk.write("scopus2/scopus.ris", SCOPUS.replace("DO  - 10.5555/nnc.2019.0101\n", "").as_bytes());
    let json = evaluate(&["idx"], "scopus2/scopus.ris");
    assert_eq!((json["not_in_corpus"].as_array().unwrap().len(), &json["strategy"]["recall"]), (3, &Value::Null));
}

#[test]
fn lists_that_name_nothing_and_lines_that_cannot_be_run_are_said() {
    let desk = desk();
    desk.write("empty.txt", b"# nothing yet\n");
    desk.expect_refusal(&["evaluate", "search", "strategy.ovid", "scopus.ris", "--relevant", "empty.txt"], &["empty.txt", "found none"]);
    desk.expect_refusal(&["evaluate", "search", "strategy.ovid", "scopus.ris", "--relevant", "no.txt"], &["no.txt", "could not be read"]);
    desk.expect_refusal(&["evaluate", "search", "strategy.ovid", "scopus.ris"], &["--relevant"]);
    desk.write("broken.ovid", b"1 peer.ti.\n2 1 and 7\n");
    let json = desk.expect_json(1, &["evaluate", "search", "broken.ovid", "scopus.ris", "--relevant", "known.txt", "--json"]);
    assert_eq!((&json["lines"][0]["known"], &json["lines"][1]["known"]), (&json!(2), &Value::Null));
    assert_eq!((&json["missed"], &json["contributions"]), (&json!([]), &json!([])));
}

#[test]
fn a_record_is_told_why_each_line_finds_it_or_not() {
    let desk = desk();
    let out = desk.expect(0, &[&EXPLAIN[..], &["scopus.ris#2", "-q"]].concat());
    let expected = "\
scopus.ris#2  Boiler maintenance in municipal swimming halls
scopus.ris, record 2

1  no   Peer Group/
        no headings in this record
2  no   (peer adj (support* or worker*)).ti,ab.
        no word \"peer\" in title or abstract
3  yes  boiler*.ti.
        title: \"boiler\"
4  no   1 or 2
        not in line 1; not in line 2
5  no   limit 4 to english
        not in line 4

The last line does not find it. It is lost by
  line 4: 1 or 2
    2  (peer adj (support* or worker*)).ti,ab.: no word \"peer\" in title or abstract
    1  Peer Group/: no headings in this record

MeSH 2024, courtesy of the U.S. National Library of Medicine; reduced; not the most current
";
    assert_eq!(out, expected);
    let json = desk.expect_json(0, &[&EXPLAIN[..], &["99000001", "--json"]].concat());
    assert_eq!((&json["id"], &json["found"], &json["losses"]), (&json!("99000001"), &json!(true), &json!([])));
    let because = &json["lines"][0]["because"];
    assert_eq!(*because, json!([{"label": 1, "part": "Peer Group/", "why": "heading: Peer Group"}]));
    assert_eq!(json["lines"][2]["found"], json!(false));
}

#[test]
fn a_record_is_named_by_id_place_or_identifier_and_never_guessed() {
    let desk = desk();
    let ordinal = |name: &str| desk.expect_json(0, &[&EXPLAIN[..], &[name, "--json"]].concat())["ordinal"].clone();
    for (name, expected) in
        [("scopus.ris#3", 3), ("https://doi.org/10.5555/nnc.2019.0101", 1), ("PMID: 99000001", 1), ("medline.nbib#1", 1)]
    {
        assert_eq!(ordinal(name), json!(expected), "{name}");
    }
    desk.expect_refusal(&[&EXPLAIN[..], &["12345"]].concat(), &["--record", "\"12345\"", "none of the records"]);
    desk.write("b/medline.nbib", MEDLINE.as_bytes());
    let two = ["explain", "strategy.ovid", "medline.nbib", "b/medline.nbib", "--record"];
    desk.expect_refusal(&[&two[..], &["99000001"]].concat(), &["2 records", "medline.nbib#1", "b/medline.nbib#1"]);
    desk.expect(0, &[&two[..], &["b/medline.nbib#1", "-q"]].concat());
    desk.write("broken.ovid", b"1 peer.ti.\n2 1 and 7\n");
    desk.expect(1, &["explain", "broken.ovid", "scopus.ris", "--record", "scopus.ris#1", "-q"]);
}

#[test]
fn the_demo_review_finds_its_known_records() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = desk();
    let path = |name: &str| root.join(name).display().to_string();
    let (strategy, corpus, known) =
        (path("queries/peer-workers.ovid"), path("corpora/peer-workers"), path("corpora/peer-workers.known.txt"));
    let json = desk.expect_json(0, &["evaluate", "search", &strategy, &corpus, "--relevant", &known, "--unique", "--json"]);
    assert_eq!(json["lines"].as_array().unwrap().len(), 49);
    let known_found = |line: usize| json["lines"][line]["known"].as_u64().unwrap();
    assert_eq!((json["known"].as_u64(), known_found(47), known_found(48)), (Some(12), 4, 4));
    assert_eq!(columns(&json["not_in_corpus"], &["known"]), [[json!("10.1007/s10488-022-01242-x")]]);
    let lost_by: Vec<u64> = json["missed"].as_array().unwrap().iter().map(|row| row["lost_by"][0]["label"].as_u64().unwrap()).collect();
    assert_eq!(lost_by, [25, 25, 25, 25, 47, 14, 25]);
}
