//! Other languages and platforms, from outside: `translate`, and `--from pubmed` of the commands that read a strategy.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::Value;

const RECORDS: &str = "\
PMID- 99000001\nTI  - Home tutors of young women: a trial.\nAB  - A woman tutors a pupil.\nLA  - eng\nPT  - Journal Article\nMH  - Asthma/psychology\n\
JT  - Annals of warm water\nDP  - 2019 Mar\n\nPMID- 99000002\nTI  - Boilers.\nAB  - Pupils and their tutors.\nLA  - dan\nPT  - Letter\n\
JT  - Annals of warm water\nDP  - 2009\n";
const OVID: &str = "1\t(tutor* adj3 pupil*).ti,ab.\n2\twom#n.ti,ab.\n3\texp Asthma/\n4\t(1 or 2) and 3\n5\tlimit 4 to english\n";
const PUBMED: &str = "#1 tutor*[tiab] OR \"Asthma\"[Mesh]\n#2 #1 AND english[la]\n#3 #2 AND 2010:2020[dp]\n#4 tutors[tibb]\n";

fn desk() -> Desk {
    Desk::with(&[("medline.nbib", RECORDS.as_bytes()), ("ovid.txt", OVID.as_bytes()), ("pubmed.txt", PUBMED.as_bytes())])
}

fn stderr(desk: &Desk, arguments: &[&str]) -> String {
    String::from_utf8(desk.run(arguments).stderr).unwrap()
}

#[test]
fn lines_go_to_standard_output_and_what_is_lost_to_standard_error() {
    let desk = desk();
    let arguments = ["translate", "ovid.txt", "--to", "ebsco"];
    let out = desk.expect(0, &arguments);
    let expected = "1\tTI (tutor* N2 pupil*) OR AB (tutor* N2 pupil*)\n2\tTI (wom?n) OR AB (wom?n)\n3\t(MH \"Asthma+\")\n4\t(S1 OR S2) AND S3\n5\tS4 AND LA english\n";
    assert_eq!(out, expected);
    assert!(stderr(&desk, &arguments).contains("EBSCOhost: nothing is lost in any of the 5 lines"), "said, too");
    let err = stderr(&desk, &["translate", "ovid.txt", "--to", "pubmed"]);
    assert!(
        err.contains("PubMed: nothing is lost in 3 of the 5 lines; of the others:\n  1: finds more: \"tutor* adj3 pupil*\" becomes AND"),
        "{err}"
    );
    assert_eq!(stderr(&desk, &["translate", "ovid.txt", "--to", "pubmed", "--quiet"]), "");
}

#[test]
fn words_of_records_are_listed_with_using() {
    let desk = desk();
    let json = desk.expect_json(0, &["translate", "ovid.txt", "--to", "pubmed", "--using", "medline.nbib", "--json"]);
    assert_eq!(json["lines"][0]["text"], "\"tutors pupil\"[tiab:~2] OR \"tutors pupils\"[tiab:~2]");
    assert_eq!(json["lines"][1]["text"], "woman[tiab] OR women[tiab]");
    assert_eq!(json["lines"][1]["losses"][0]["effect"], "narrower");
    assert_eq!((json["platform"].as_str(), json["exact"].as_u64()), (Some("pubmed"), Some(3)));
    desk.expect(0, &["index", "medline.nbib", "--out", "index"]);
    assert_eq!(desk.expect_json(0, &["translate", "ovid.txt", "--to", "pubmed", "--using", "index", "--json"])["lines"], json["lines"]);
}

#[test]
fn a_file_is_written_and_no_file_that_was_read_is_written_over() {
    let desk = desk();
    assert_eq!(desk.expect(0, &["translate", "ovid.txt", "--to", "wos", "-o", "wos.txt"]), "");
    assert!(desk.read("wos.txt").starts_with("1\tTI=(tutor* NEAR/2 pupil*) OR AB="));
    desk.expect_refusal(&["translate", "ovid.txt", "--to", "wos", "-o", "ovid.txt"], &["ovid.txt", "nothing was written"]);
    desk.expect_refusal(&["translate", "missing.txt", "--to", "wos"], &["missing.txt", "could not be read"]);
    desk.expect_refusal(&["translate", "ovid.txt", "--to", "google"], &["google", "embase"]);
}

#[test]
fn a_line_that_cannot_be_read_is_an_exit_code_of_1_and_a_line_of_its_own() {
    let desk = desk();
    let out = desk.expect(1, &["translate", "pubmed.txt", "--from", "pubmed", "--to", "embase"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "1\ttutor*:ti,ab,kw OR 'asthma'/exp");
    assert_eq!(lines[3], "4\t[not translated: the line could not be read]");
    let err = stderr(&desk, &["translate", "pubmed.txt", "--from", "pubmed", "--to", "embase"]);
    assert!(err.contains("[unknown-field-code]") && err.contains("[tiab]"), "{err}");
}

#[test]
fn a_strategy_of_pubmed_is_run() {
    let desk = desk();
    let json: Value =
        desk.expect_json(1, &["search", "--strategy", "pubmed.txt", "--from", "pubmed", "medline.nbib", "--json", "--records"]);
    let counts: Vec<Option<u64>> = json["lines"].as_array().unwrap().iter().map(|line| line["count"].as_u64()).collect();
    assert_eq!(counts, [Some(2), Some(1), Some(1), None]);
    assert_eq!(json["lines"][2]["records"], serde_json::json!(["99000001"]));
    desk.expect(1, &["run", "medline.nbib", "--strategy", "pubmed.txt", "--from", "pubmed", "--out", "out"]);
    assert!(desk.read("out/lines.csv").contains("english[la]"));
}

#[test]
fn what_is_pubmeds_in_a_strategy_of_ovid_is_answered_with_a_hint() {
    let desk = desk();
    let err = stderr(&desk, &["search", "--strategy", "pubmed.txt", "medline.nbib"]);
    assert!(err.contains("--from pubmed"), "{err}");
    assert!(!stderr(&desk, &["search", "--strategy", "ovid.txt", "medline.nbib"]).contains("--from pubmed"));
}

/// Records that PubMed's text finds and Ovid's line does not: a distance that becomes AND, and author keywords.
const MEASURED: &str = "\
PMID- 1\nTI  - Tutors of pupils.\n\nPMID- 2\nTI  - Tutors.\nAB  - Somewhere far behind, after many words, a pupil.\n\n\
PMID- 3\nTI  - Boilers.\nOT  - colour\n\nPMID- 4\nTI  - A coloured chart, without any colr.\nOT  - paint\n";

fn measured_desk() -> Desk {
    let ovid = "1\t(tutor* adj3 pupil*).ti,ab.\n2\tcolo#r.ti,kf.\n3\tpaint.kw.\n4\t1 or 2\n";
    Desk::with(&[("medline.nbib", MEASURED.as_bytes()), ("ovid.txt", ovid.as_bytes())])
}

#[test]
fn a_translation_is_measured_line_by_line() {
    let desk = measured_desk();
    let arguments = ["translate", "ovid.txt", "--to", "pubmed", "--using", "medline.nbib", "--measure"];
    let json = desk.expect_json(0, &[&arguments[..], &["--json"]].concat());
    let measured = &json["measured"];
    assert_eq!((measured["records"].as_u64(), measured["same"].as_u64()), (Some(4), Some(4)), "{measured:#}");
    // Without the words of the records the distance becomes AND.
    desk.write(
        "more.txt",
        b"1\t(tutor* adj3 (pupil* adj2 x)).ti,ab.\n2\t(tutors adj2 (pupils or a pupil)).ti,ab.\n3\t1 or 2\n4\tboilers.ti.\n",
    );
    let arguments = ["translate", "more.txt", "--to", "pubmed", "--using", "medline.nbib", "--measure"];
    let json = desk.expect_json(0, &[&arguments[..], &["--json"]].concat());
    let line = &json["measured"]["lines"][1];
    assert_eq!((line["original_records"].as_u64(), line["translation_records"].as_u64()), (Some(1), Some(2)), "{line:#}");
    assert_eq!(line["only_translation"], serde_json::json!([{"id": "2", "title": "Tutors."}]));
    assert_eq!(line["only_original"], serde_json::json!([]));
    let csv = desk.expect(0, &[&arguments[..], &["--csv"]].concat());
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("line,query,translation,original_records,translation_records,only_original"), "{csv}");
    assert!(rows[2].ends_with(",1,2,0,1,,2") && rows[4].ends_with(",boilers.ti.,boilers[ti],1,1,0,0,,"), "{csv}");
    let text = desk.expect(0, &arguments);
    for part in
        ["\n2     (tutors adj2 (pupils or a pupil)).ti,ab.", "\n2     the translation  2       Tutors.\n", "2 of 4 lines find the same"]
    {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
    assert!(text.starts_with("1\t"), "the lines stand first: {text}");
    desk.expect(0, &[&arguments[..], &["-o", "lines.txt"]].concat());
    assert_eq!(desk.expect(0, &["translate", "more.txt", "--to", "pubmed", "--using", "medline.nbib"]), desk.read("lines.txt"));
}

#[test]
fn what_cannot_be_run_cannot_be_measured() {
    let desk = measured_desk();
    let arguments = ["translate", "ovid.txt", "--to", "embase", "--using", "medline.nbib", "--measure", "-o", "lines.txt"];
    desk.expect_refusal(&arguments, &["--measure", "pubmed", "found embase", "without --measure"]);
    assert!(!desk.path("lines.txt").exists());
    desk.expect_refusal(&["translate", "ovid.txt", "--to", "pubmed", "--measure"], &["--using"]);
    let arguments = ["translate", "ovid.txt", "--to", "pubmed", "--using", "medline.nbib", "--measure", "-o", "-"];
    desk.expect_refusal(&arguments, &["-o", "standard output"]);
    desk.expect_refusal(&["translate", "ovid.txt", "--to", "pubmed", "--using", "medline.nbib", "--csv"], &["--measure"]);
    desk.write("half.txt", b"1\ttutors.ti.\n2\tpupils.zz.\n3\tchemical.px. not dt.fs.\n");
    let json = desk.expect_json(1, &["translate", "half.txt", "--to", "pubmed", "--using", "medline.nbib", "--measure", "--json"]);
    let lines = json["measured"]["lines"].as_array().unwrap();
    assert_eq!(lines[0]["translation_records"], 2);
    assert!(lines[1]["original_records"].is_null() && lines[1]["only_original"].is_null(), "{:#}", lines[1]);
    let text = desk.expect(1, &["translate", "half.txt", "--to", "pubmed", "--using", "medline.nbib", "--measure"]);
    assert!(text.contains("\n2     pupils.zz.                      -            -              -                 -\n"), "{text}");
}

#[test]
fn the_order_of_operators_is_that_which_was_asked_for() {
    let desk = Desk::with(&[("s.txt", b"1\ta1.ti. or b1.ti. and c1.ti.\n")]);
    assert_eq!(desk.expect(0, &["translate", "s.txt", "--to", "pubmed"]), "1\ta1[ti] OR (b1[ti] AND c1[ti])\n");
    let out = desk.expect(0, &["translate", "s.txt", "--to", "pubmed", "--precedence", "left-to-right"]);
    assert_eq!(out, "1\t(a1[ti] OR b1[ti]) AND c1[ti]\n");
}
