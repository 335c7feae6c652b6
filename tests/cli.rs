//! The program from outside: arguments, files and standard input in; exit codes, messages and files out.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Three works in four records: the first and the last are the same article, once from each of two sources.
const SCOPUS: &str = "\
TY  - JOUR\nAU  - Lindqvist, Maja\nTI  - Peer support in a rural recovery service: what helpers and helped say\nT2  - Nordic Notes on Care\n\
PY  - 2019\nVL  - 7\nIS  - 2\nSP  - 101\nEP  - 117\nDO  - 10.5555/nnc.2019.0101\nAB  - Peer supporters told of co-creation with nurses.\nLA  - English\nER  - \n\n\
TY  - JOUR\nAU  - Okafor, Ben\nTI  - Boiler maintenance in municipal swimming halls\nT2  - Annals of Warm Water\nPY  - 2011\nVL  - 3\nSP  - 9\nEP  - 12\n\
AB  - Nothing about peers.\nLA  - English\nER  - \n\n\
TY  - JOUR\nAU  - Ruiz, Ana\nTI  - La coproducción con expertos por experiencia\nT2  - Cuadernos Inventados\nPY  - 2020\nVL  - 1\nSP  - 1\nEP  - 8\nLA  - Spanish\nER  - \n";
const MEDLINE: &str = "\
PMID- 99000001\nTI  - Peer support in a rural recovery service: what helpers and helped say.\nPG  - 101-17\nAB  - Peer supporters told of co-creation with nurses.\n\
FAU - Lindqvist, Maja\nAU  - Lindqvist M\nLA  - eng\nPT  - Journal Article\nMH  - Peer Group\nMH  - Cooperative Behavior\nTA  - Nord Notes Care\n\
JT  - Nordic notes on care\nVI  - 7\nIP  - 2\nDP  - 2019 Mar\n";
const STRATEGY: &str = "1\tPeer Group/\n2\t(peer adj support*).ti,ab.\n3\t1 or 2\n4\tlimit 3 to english\n";

/// The records above and the strategy, as files.
fn desk() -> Desk {
    Desk::with(&[("scopus.ris", SCOPUS.as_bytes()), ("medline.nbib", MEDLINE.as_bytes()), ("strategy.ovid", STRATEGY.as_bytes())])
}

fn counts(json: &Value) -> Vec<Option<u64>> {
    json["lines"].as_array().unwrap().iter().map(|line| line["count"].as_u64()).collect()
}

fn n_records(ris: &str) -> usize {
    ris.lines().filter(|line| line.starts_with("TY  - ")).count()
}

#[test]
fn run_does_the_main_job_and_its_numbers_add_up() {
    let desk = desk();
    let out = desk.expect(0, &["run", "scopus.ris", "medline.nbib", "--strategy", "strategy.ovid", "--out", "made/out"]);
    assert!(out.contains("4 read = 3 unique + 1 removed"), "{out}");
    assert!(out.contains("MeSH 2024, courtesy of the U.S. National Library of Medicine"), "a heading was looked up: {out}");
    let expected = ["duplicates.csv", "hits.ris", "lines.csv", "report.html", "sources.csv", "summary.json", "unique.ris", "unsure.csv"];
    assert_eq!(desk.names("made/out"), expected);
    let summary: Value = serde_json::from_str(&desk.read("made/out/summary.json")).unwrap();
    assert_eq!((summary["read"].as_u64(), summary["unique"].as_u64(), summary["removed"].as_u64()), (Some(4), Some(3), Some(1)));
    for source in summary["sources"].as_array().unwrap() {
        assert_eq!(source["records"].as_u64().unwrap(), source["unique"].as_u64().unwrap() + source["removed"].as_u64().unwrap());
    }
    assert_eq!(summary["overlap"], serde_json::json!([[3, 1], [1, 1]]));
    assert_eq!(counts(&summary), [Some(1), Some(1), Some(1), Some(1)]);
    assert_eq!(n_records(&desk.read("made/out/unique.ris")), 3);
    assert_eq!(n_records(&desk.read("made/out/hits.ris")), 1);
    let duplicates = desk.read("made/out/duplicates.csv");
    assert_eq!(duplicates.lines().count(), 2, "{duplicates}");
    assert!(duplicates.starts_with("id,file,ordinal,"), "{duplicates}");
    let page = desk.read("made/out/report.html");
    assert!(page.contains("<svg") && !page.contains("src=") && !page.contains("href=") && !page.contains("@import"), "self-contained");
    assert!(page.contains("<mark>Peer support</mark>") || page.contains("<mark>Peer</mark> <mark>support</mark>"), "words are marked");
}

#[test]
fn a_merged_record_has_what_any_member_has() {
    let desk = desk();
    desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "-o", "unique.ris"]);
    let unique = desk.read("unique.ris");
    for value in ["10.5555/nnc.2019.0101", "99000001", "Peer Group", "Boiler maintenance", "coproducción"] {
        assert!(unique.contains(value), "{value} in\n{unique}");
    }
}

#[test]
fn clusters_name_record_cluster_file_and_ordinal() {
    let desk = desk();
    desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "--clusters", "clusters.tsv"]);
    let rows: Vec<Vec<String>> = desk.read("clusters.tsv").lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids, ["scopus.ris#1", "scopus.ris#2", "scopus.ris#3", "99000001"]);
    assert_eq!(rows[0][1], rows[3][1], "the first and the last are one work");
    assert_ne!(rows[0][1], rows[1][1]);
    assert_eq!((rows[3][2].as_str(), rows[3][3].as_str()), ("medline.nbib", "1"));
}

#[test]
fn what_is_no_export_is_an_error_before_anything_is_written() {
    let desk = desk();
    desk.write("page.ris", b"<!DOCTYPE html>\n<html><body><h1>Session expired</h1></body></html>\n");
    desk.write("empty.ris", b"");
    desk.write("blank.ris", b"  \n\n\t\n");
    desk.write("noise.ris", &[0, 159, 146, 150, 0, 1, 2, 3]);
    for name in ["page.ris", "empty.ris", "blank.ris", "noise.ris"] {
        desk.expect_refusal(&["run", "scopus.ris", name, "--strategy", "strategy.ovid", "--out", "out"], &[name, "expected"]);
        desk.expect_refusal(&["dedupe", name, "-o", "unique.ris"], &[name]);
    }
    assert!(!desk.path("out").exists() && !desk.path("unique.ris").exists(), "nothing was written");
    desk.expect_refusal(&["dedupe", "missing.ris"], &["missing.ris", "could not be read"]);
}

#[test]
fn a_folder_gives_its_exports_in_name_order_and_lists_the_rest() {
    let desk = desk();
    desk.write("exports/b/one.nbib", MEDLINE.as_bytes());
    desk.write("exports/a.ris", SCOPUS.as_bytes());
    desk.write("exports/readme.html", b"<html><body>hello</body></html>");
    let out = desk.expect_json(0, &["run", "exports", "--strategy", "strategy.ovid", "--out", "out", "--json"]);
    let paths: Vec<&str> = out["sources"].as_array().unwrap().iter().map(|source| source["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["exports/a.ris", "exports/b/one.nbib"]);
    assert_eq!(out["skipped"], serde_json::json!(["exports/readme.html"]));
    desk.write("nothing/readme.html", b"<html><body>hello</body></html>");
    desk.expect_refusal(&["dedupe", "nothing"], &["nothing", "expected a folder with exports"]);
}

#[cfg(unix)]
#[test]
fn links_of_a_folder_that_lead_nowhere_are_listed() {
    let desk = desk();
    desk.write("exports/a.ris", SCOPUS.as_bytes());
    std::os::unix::fs::symlink("missing", desk.path("exports/dangling.ris")).unwrap();
    std::os::unix::fs::symlink("../exports", desk.path("exports/loop")).unwrap();
    let json = desk.expect_json(0, &["run", "exports", "--strategy", "strategy.ovid", "--out", "out", "--json"]);
    let skipped: Vec<&str> = json["skipped"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(skipped, ["exports/dangling.ris", "exports/loop"]);
    assert_eq!(json["read"].as_u64(), Some(3));
}

#[test]
fn a_strategy_without_a_line_is_a_finding() {
    let desk = desk();
    desk.write("empty.ovid", b"");
    let json = desk.expect_json(1, &["search", "--strategy", "empty.ovid", "scopus.ris", "--json"]);
    assert_eq!((counts(&json).len(), json["diagnostics"][0]["severity"].as_str()), (0, Some("error")));
}

#[test]
fn standard_input_is_a_file_named_dash() {
    let desk = desk();
    let output = desk.run_with(&["dedupe", "-", "--clusters", "clusters.tsv"], SCOPUS.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(desk.read("clusters.tsv").lines().next(), Some("-#1\t-#1\t-\t1"));
    desk.expect_refusal(&["dedupe", "-", "-"], &["once"]);
    desk.expect_refusal(&["search", "--strategy", "-", "-"], &["once"]);
}

#[test]
fn utf_16_reads_like_utf_8() {
    let desk = desk();
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(SCOPUS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    desk.write("wide/scopus.ris", &utf_16);
    desk.expect(0, &["convert", "scopus.ris", "-o", "a.ris"]);
    desk.expect(0, &["convert", "wide/scopus.ris", "-o", "b.ris"]);
    assert_eq!(desk.read("a.ris"), desk.read("b.ris"));
    assert_eq!(n_records(&desk.read("a.ris")), 3);
}

#[test]
fn search_prints_json_of_the_one_shape_whatever_happens() {
    let desk = desk();
    desk.write("broken.ovid", b"1. (peer adj support*).ti,ab.\n2. (peer adj .ti,ab.\n3. 1 or 2\n4. 1 not 99\n5. boiler.ti.\n");
    let json = desk.expect_json(1, &["search", "--strategy", "broken.ovid", "scopus.ris", "--json", "--records"]);
    assert_eq!(counts(&json), [Some(1), None, None, None, Some(1)]);
    assert_eq!(json["lines"][0]["label"], "1");
    assert_eq!(json["lines"][0]["query"], "(peer adj support*).ti,ab.");
    assert_eq!(json["lines"][4]["records"], serde_json::json!(["scopus.ris#2"]));
    let errors: Vec<u64> =
        json["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] == "error").map(|d| d["line"].as_u64().unwrap()).collect();
    assert_eq!(errors, [2, 3, 4], "the line that cannot be run, the line that refers to it, the line with a missing reference");
    for diagnostic in json["diagnostics"].as_array().unwrap() {
        for key in ["code", "severity", "file", "line", "start", "end", "message"] {
            assert!(!diagnostic[key].is_null(), "{key} in {diagnostic}");
        }
    }
    let output = desk.run(&["search", "--strategy", "broken.ovid", "missing.ris", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["lines"], &json["diagnostics"][0]["code"]), (&serde_json::json!([]), &serde_json::json!("cannot-be-done")));
    let output = desk.run(&["search", "--strategy", "broken.ovid", "scopus.ris"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains('^'), "a caret stands under the place");
}

#[test]
fn an_index_answers_as_its_files_do() {
    let desk = desk();
    desk.expect(0, &["index", "scopus.ris", "medline.nbib", "--out", "idx"]);
    let arguments = |target: &[&'static str]| [&["search", "--strategy", "strategy.ovid", "--json", "--records"], target].concat();
    let from_files = desk.expect_json(0, &arguments(&["scopus.ris", "medline.nbib"]));
    let from_index = desk.expect_json(0, &arguments(&["idx"]));
    assert_eq!(from_files, from_index);
    assert_eq!(counts(&from_index), [Some(1), Some(2), Some(2), Some(2)], "duplicates are searched too");
    let unique = desk.expect_json(0, &[&arguments(&["idx"])[..], &["--unique"]].concat());
    assert_eq!(counts(&unique), [Some(1), Some(1), Some(1), Some(1)]);
    desk.expect(0, &["search", "--strategy", "strategy.ovid", "idx", "--line", "2", "-o", "hits.ris"]);
    assert_eq!(n_records(&desk.read("hits.ris")), 2);
    desk.expect(0, &["index", "scopus.ris", "--out", "idx"]);
    assert_eq!(counts(&desk.expect_json(0, &arguments(&["idx"]))), [Some(0), Some(1), Some(1), Some(1)], "an index is replaced whole");
    desk.expect_refusal(&["index", "scopus.ris", "--out", "."], &["expected a new or empty folder"]);
    desk.expect_refusal(&["dedupe", "idx"], &["idx", "found an index"]);
    desk.expect_refusal(&["search", "--strategy", "strategy.ovid", "idx", "scopus.ris"], &["index"]);
}

#[test]
fn a_damaged_index_says_so() {
    let desk = desk();
    desk.expect(0, &["index", "scopus.ris", "--out", "idx"]);
    let kept = std::fs::read(desk.path("idx/sources/000001.lz4")).unwrap();
    let mut turned = kept.clone();
    turned[kept.len() / 2] ^= 1;
    for damaged in [turned.as_slice(), &kept[..kept.len() / 2], b""] {
        desk.write("idx/sources/000001.lz4", damaged);
        desk.expect_refusal(&["search", "--strategy", "strategy.ovid", "idx", "-o", "hits.ris"], &["damaged", "build it again"]);
    }
    desk.write("idx/refsieve-index.json", b"{\"version\": 999, \"records\": 3, \"sources\": []}");
    desk.expect_refusal(&["search", "--strategy", "strategy.ovid", "idx"], &["version", "999", "refsieve index"]);
    desk.write("idx/refsieve-index.json", b"{");
    desk.expect_refusal(&["search", "--strategy", "strategy.ovid", "idx"], &["damaged"]);
}

#[test]
fn a_line_that_is_not_there_is_not_written() {
    let desk = desk();
    desk.expect_refusal(&["search", "--strategy", "strategy.ovid", "scopus.ris", "--line", "77", "-o", "hits.ris"], &["line 77"]);
    assert!(!desk.path("hits.ris").exists());
}

#[test]
fn nobody_has_to_read_what_is_complained_of() {
    let desk = desk();
    desk.write("odd.ris", b"TY  - JOUR\nZZ  - a\nTI  - A title\nTY  - JOUR\nTI  - Another\n");
    for arguments in [&["read", "odd.ris"][..], &["read", "nothing.ris"], &["translate", "strategy.ovid", "--to", "pubmed"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status =
            Command::new(env!("CARGO_BIN_EXE_refsieve")).args(arguments).current_dir(desk.path(".")).stderr(writer).output().unwrap();
        assert_eq!(status.status.code(), desk.run(arguments).status.code(), "{arguments:?}");
    }
}

#[test]
fn a_misspelt_option_names_the_nearest_one() {
    let desk = desk();
    desk.expect_refusal(&["run", "scopus.ris", "--strateg", "strategy.ovid", "--out", "out"], &["--strategy"]);
    desk.expect_refusal(&["serch", "--strategy", "strategy.ovid", "scopus.ris"], &["search"]);
}

#[test]
fn places_that_cannot_be_written_leave_everything_as_it_was() {
    let desk = desk();
    desk.write("file", b"kept");
    desk.expect_refusal(&["run", "scopus.ris", "--strategy", "strategy.ovid", "--out", "file"], &["file", "expected a folder"]);
    desk.expect_refusal(&["convert", "scopus.ris", "-o", "no/such/folder/out.ris"], &["could not be written", "no folder no/such/folder"]);
    desk.expect_refusal(&["convert", "scopus.ris", "-o", "./scopus.ris"], &["another file", "nothing was written"]);
    desk.expect_refusal(&["dedupe", "scopus.ris", "-o", "x.ris", "--clusters", "./x.ris"], &["named twice"]);
    assert!(!desk.path("x.ris").exists());
    assert_eq!(desk.read("scopus.ris"), SCOPUS, "an input is never written over");
    desk.write("folder/x", b"");
    desk.expect_refusal(&["convert", "scopus.ris", "-o", "folder"], &["found a folder"]);
    assert_eq!(desk.read("file"), "kept");
    assert_eq!(desk.names("folder"), ["x"], "no leftovers");
}

#[test]
fn any_number_of_threads_gives_the_same_files() {
    let desk = desk();
    for (threads, out) in [("1", "one"), ("3", "three")] {
        desk.expect(0, &["run", "scopus.ris", "medline.nbib", "--strategy", "strategy.ovid", "--out", out, "--threads", threads]);
    }
    for name in desk.names("one") {
        assert_eq!(desk.read(&format!("one/{name}")), desk.read(&format!("three/{name}")), "{name}");
    }
}

#[test]
fn evaluate_counts_pairs_and_removals() {
    let desk = desk();
    desk.write("gold.tsv", b"scopus.ris#1\tA\nscopus.ris#2\tB\nscopus.ris#3\tC\n99000001\tA\n");
    let json = desk.expect_json(0, &["evaluate", "dedupe", "scopus.ris", "medline.nbib", "gold.tsv", "--json"]);
    assert_eq!(
        (json[0]["true_positive"].as_u64(), json[0]["false_positive"].as_u64(), json[0]["false_negative"].as_u64()),
        (Some(1), Some(0), Some(0))
    );
    assert_eq!((json[1]["true_positive"].as_u64(), json[1]["true_negative"].as_u64()), (Some(1), Some(3)));
    desk.write("bad.tsv", b"scopus.ris#1\tA\nscopus.ris#1\tB\n");
    desk.expect_refusal(&["evaluate", "dedupe", "scopus.ris", "bad.tsv"], &["bad.tsv"]);
}

#[test]
fn quiet_prints_results_only_and_help_names_the_exit_codes() {
    let desk = desk();
    let output = desk.run(&["dedupe", "scopus.ris", "--quiet", "--csv"]);
    assert!(output.stderr.is_empty());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("file,format,database,records,unique,removed,"));
    assert!(desk.expect(0, &["--help"]).contains("Exit codes"));
}

#[test]
fn the_demo_review_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = desk();
    let (corpus, strategy) = (root.join("corpora/peer-workers"), root.join("queries/peer-workers.ovid"));
    let json = desk.expect_json(0, &["run", corpus.to_str().unwrap(), "--strategy", strategy.to_str().unwrap(), "--out", "out", "--json"]);
    assert_eq!(json["sources"].as_array().unwrap().len(), 10);
    assert_eq!(json["lines"].as_array().unwrap().len(), 49);
    assert_eq!(n_records(&desk.read("out/unique.ris")) as u64, json["unique"].as_u64().unwrap());
    assert_eq!(Some(n_records(&desk.read("out/hits.ris")) as u64), json["lines"][48]["count"].as_u64());
    assert!(json["attribution"].as_str().unwrap().contains("U.S. National Library of Medicine"));
    assert!(desk.read("out/report.html").contains("U.S. National Library of Medicine"));
}

#[test]
fn a_person_decides_in_a_sheet_and_the_decision_lasts() {
    let thesis = SCOPUS.split("\n\n").next().unwrap().replace("JOUR", "THES").replace("DO  - 10.5555/nnc.2019.0101\n", "");
    let desk = desk();
    desk.write("thesis.ris", format!("{thesis}\n").as_bytes());
    let files = ["scopus.ris", "thesis.ris"];
    let run = |arguments: &[&str]| desk.expect(0, &[arguments, &files].concat());
    assert!(run(&["dedupe"]).contains("4 read = 4 unique + 0 removed; "));
    run(&["pairs", "-o", "sheet.csv"]);
    run(&["pairs", "-o", "sheet.xlsx"]);
    let sheet = desk.read("sheet.csv");
    let rows: Vec<&str> = sheet.lines().collect();
    assert_eq!(rows.len(), 2, "{sheet}");
    assert!(rows[0].starts_with("decision,group,likelihood,rule,evidence,left_title,") && rows[1].starts_with(",1,1.00,"), "{sheet}");
    assert!(rows[1].contains("kinds-differ") && rows[1].contains("Nordic Notes on Care 2019;7(2):101-117"), "{sheet}");
    // Nothing filled in: nothing decided; a workbook is read as well.
    let answer = desk.expect(0, &["decide", "sheet.xlsx", "--decisions", "decisions.tsv"]);
    assert_eq!(answer, "0 new decisions, 0 in decisions.tsv; 1 pairs left open\n");
    // A row of blanks is no pair.
    let blanks = ",".repeat(rows[0].matches(',').count());
    desk.write("blanks.csv", format!("{sheet}{blanks}\n{blanks}\n").as_bytes());
    assert_eq!(desk.expect(0, &["decide", "blanks.csv", "--decisions", "decisions.tsv"]), answer);
    for (word, unique) in [("same", 3), ("different", 4)] {
        let _ = std::fs::remove_file(desk.path("decisions.tsv"));
        desk.write("sheet.csv", format!("{}\n{word}{}\n", rows[0], rows[1]).as_bytes());
        let answer = desk.expect(0, &["decide", "sheet.csv", "--decisions", "decisions.tsv"]);
        assert!(answer.starts_with("1 new decisions, 1 in decisions.tsv"), "{answer}");
        let counts = run(&["dedupe", "--decisions", "decisions.tsv"]);
        assert!(counts.contains(&format!("4 read = {unique} unique")) && counts.contains(" 0 to look at"), "{counts}");
        assert_eq!(desk.expect(0, &[&["pairs", "--decisions", "decisions.tsv"][..], &files].concat()).lines().count(), 1, "answered");
    }
    // The other answer is an error that names both, and the file stays as it was.
    desk.write("sheet.csv", format!("{}\nyes{}\n", rows[0], rows[1]).as_bytes());
    let before = desk.read("decisions.tsv");
    desk.expect_refusal(&["decide", "sheet.csv", "--decisions", "decisions.tsv"], &["\"different ", "\"same "]);
    assert_eq!(desk.read("decisions.tsv"), before);
    desk.write("sheet.csv", format!("{}\nperhaps{}\n", rows[0], rows[1]).as_bytes());
    desk.expect_refusal(&["decide", "sheet.csv", "--decisions", "decisions.tsv"], &["row 2", "\"perhaps\""]);
}

#[test]
fn a_later_search_is_told_from_an_earlier_one() {
    let desk = desk();
    desk.write("january.ris", SCOPUS.split_inclusive("\n\n").next().unwrap().as_bytes());
    let out =
        desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "--against", "january.ris", "-o", "new.ris", "--duplicates", "why.csv"]);
    assert!(out.contains("4 read = 2 new + 0 duplicates of each other + 2 duplicates of 1 old records"), "{out}");
    assert_eq!(n_records(&desk.read("new.ris")), 2);
    let why = desk.read("why.csv");
    assert_eq!(why.lines().filter(|line| line.contains(",january.ris,1,")).count(), 2, "{why}");
    let table: Vec<Value> =
        serde_json::from_str(&desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "--against", "january.ris", "--json"])).unwrap();
    let counts = |at: usize| ["records", "new", "duplicates_within", "duplicates_of_old"].map(|name| table[at][name].as_u64().unwrap());
    assert_eq!([counts(0), counts(1)], [[3, 2, 0, 1], [1, 0, 0, 1]]);
    // What is open between new and old is counted, and asked about.
    let thin = "TY  - JOUR\nAU  - Hagen, S.\nTI  - Peer workers in psychiatric wards of three northern towns\nPY  - ";
    desk.write("old.ris", format!("{thin}2016\nID  - o\nER  - \n\n{thin}2018\nID  - p\nER  - \n\n").as_bytes());
    desk.write("later.ris", format!("{thin}2017\nID  - n\nER  - \n\nTY  - JOUR\nID  - x\nER  - \n\n").as_bytes());
    let out = desk.expect(0, &["dedupe", "later.ris", "--against", "old.ris"]);
    assert!(out.contains("duplicates of 2 old records; 2 to look at") && out.contains("neither title nor identifier: x"), "{out}");
    let sheet = desk.expect(0, &["pairs", "later.ris", "--against", "old.ris"]);
    assert_eq!(
        sheet.lines().filter(|line| line.contains(",later.ris,old.ris,") || line.contains(",old.ris,later.ris,")).count(),
        2,
        "{sheet}"
    );
    assert_eq!(sheet.lines().count(), 3, "no pair of two old records: {sheet}");
    // Without an earlier search the two are duplicates of each other; the order of files and the rule say which is kept.
    for (rule, kept) in [("first", "DO  - 10.5555"), ("medline", "99000001"), ("scopus,medline", "DO  - 10.5555")] {
        desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "--keep", rule, "--clusters", "clusters.tsv", "-o", "unique.ris", "-q"]);
        let clusters = desk.read("clusters.tsv");
        assert!(
            clusters.contains(if kept.starts_with("DO") { "99000001\tscopus.ris#1" } else { "scopus.ris#1\t99000001" }),
            "{rule}: {clusters}"
        );
    }
    desk.expect_refusal(&["dedupe", "scopus.ris", "--keep", "best"], &["--keep", "most-complete", "\"best\""]);
}

#[test]
fn merged_records_are_taken_apart_again() {
    let desk = desk();
    desk.expect(0, &["dedupe", "scopus.ris", "medline.nbib", "-o", "unique.ris", "-q"]);
    let split = |extra: &[&str]| {
        desk.expect(
            0,
            &[&["split", "unique.ris", "--from", "scopus.ris", "medline.nbib", "-o", "again.ris", "--no-provenance"][..], extra].concat(),
        )
    };
    assert_eq!(split(&[]), "1 of 3 records split; 4 written to again.ris\n");
    let again = desk.read("again.ris");
    assert_eq!(n_records(&again), 4);
    for value in ["Nordic Notes on Care", "Nordic notes on care", "DO  - 10.5555/nnc.2019.0101", "AN  - 99000001", "KW  - Peer Group"] {
        assert_eq!(again.matches(value).count(), 1, "{value} in {again}");
    }
    let id = refsieve::formats::read("unique.ris", desk.read("unique.ris").into()).unwrap().records[1].id();
    let wrong = ["split", "unique.ris", "--from", "scopus.ris", "-o", "x.ris", "--record", &id];
    desk.expect_refusal(&wrong, &["--record", &id, "nothing was merged into"]);
    let id = refsieve::formats::read("unique.ris", desk.read("unique.ris").into()).unwrap().records[0].id();
    assert_eq!(split(&["--record", &id]), "1 of 3 records split; 4 written to again.ris\n");
    desk.expect_refusal(
        &["split", "unique.ris", "--from", "scopus.ris", "-o", "x.ris"],
        &["medline.nbib", "99000001", "nothing was written"],
    );
    desk.expect_refusal(&["split", "unique.ris", "--from", "scopus.ris", "--record", "none", "-o", "x.ris"], &["--record", "\"none\""]);
    assert!(!desk.path("x.ris").exists());
}

#[test]
fn a_record_that_may_be_of_either_of_two_files_is_not_guessed() {
    let record = |title: &str| {
        format!(
            "TY  - JOUR\nAU  - Ek, A.\nTI  - {title} of three northern towns and what they say\nPY  - 2016\nVL  - 3\nSP  - 7\nER  - \n\n"
        )
    };
    let desk = Desk::with(&[("c.ris", (record("Peer workers") + &record("Boilers")).as_bytes())]);
    for (folder, title) in [("a", "Peer workers"), ("b", "Boilers")] {
        std::fs::create_dir(desk.path(folder)).unwrap();
        desk.write(&format!("{folder}/export.ris"), record(title).as_bytes());
    }
    let files = ["a/export.ris", "b/export.ris", "c.ris"];
    desk.expect(0, &[&["dedupe", "-o", "unique.ris", "-q"][..], &files].concat());
    desk.expect_refusal(
        &[&["split", "unique.ris", "-o", "apart.ris", "--from"][..], &files].concat(),
        &["several, in files of one name (a/export.ris#1, b/export.ris#1)", "a name of its own"],
    );
}

#[test]
fn with_little_memory_the_same_is_written() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/peer-workers").display().to_string();
    let desk = desk();
    for output in ["unique.ris", "unique.nbib", "unique.enw"] {
        let run = |folder: &str, more: &[&str]| {
            std::fs::create_dir_all(desk.path(folder)).unwrap();
            let [unique, clusters, why] = [output, "clusters.tsv", "why.csv"].map(|name| format!("{folder}/{name}"));
            let arguments = ["dedupe", &corpus, "scopus.ris", "-q", "-o", &unique, "--clusters", &clusters, "--duplicates", &why];
            let printed = desk.expect(0, &[&arguments[..], more].concat());
            [printed, desk.read(&unique), desk.read(&clusters), desk.read(&why)]
        };
        let (whole, lean) = (run("whole", &[]), run("lean", &["--low-memory"]));
        assert!(n_records(&whole[1]) > 100 || output != "unique.ris", "{output}");
        assert!(whole == lean, "{output}");
    }
    // What is written into a folder that is read is none of its files: not the finished file, nor its beginnings.
    std::fs::create_dir_all(desk.path("read")).unwrap();
    desk.write("read/export.ris", SCOPUS.as_bytes());
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/gold").display().to_string();
    desk.expect(0, &["dedupe", &gold, "read", "-q", "-o", "whole.ris"]);
    desk.expect(0, &["dedupe", &gold, "read", "-q", "--low-memory", "-o", "read/unique.ris"]);
    assert!(desk.read("read/unique.ris") == desk.read("whole.ris"));
    assert!(desk.read("whole.ris").len() > 1 << 20, "more than is collected before it is handed on");
    let lean = ["dedupe", "scopus.ris", "--low-memory"];
    desk.expect_refusal(&[&lean[..], &["-o", "x.csv"]].concat(), &["x.csv", "RIS, MEDLINE or EndNote tagged"]);
    desk.expect_refusal(&[&lean[..], &["-o", "x.ris", "--for", "zotero"]].concat(), &["--for", "--low-memory"]);
    desk.expect_refusal(&["dedupe", "-", "--low-memory"], &["read more than once", "standard input"]);
    desk.expect_refusal(&[&lean[..], &["strategy.ovid"]].concat(), &["strategy.ovid"]);
}

#[test]
fn a_review_needs_a_terminal() {
    desk().expect_refusal(&["review", "scopus.ris", "--to", "decisions.tsv"], &["a terminal", "refsieve pairs"]);
}

#[test]
fn a_strategy_is_checked_with_and_without_records() {
    let desk = desk();
    std::fs::write(desk.path("odd.ovid"), "1\tPeer Group/\n2\tpeer suport.ti,ab.\n3\tnurs*.ti,ab.\n4\t1 or 2\n").unwrap();
    let out = desk.expect(0, &["check", "odd.ovid"]);
    assert!(out.contains("odd.ovid:3: warning[unused-line]"), "{out}");
    assert!(out.contains("    3\tnurs*.ti,ab.\n     \t^^^^^^^^^^^^\n    why:    it was probably forgotten"), "{out}");
    assert!(!out.contains("unknown-word"), "nothing is known about words without records: {out}");
    let out = desk.expect(0, &["check", "odd.ovid", "scopus.ris", "medline.nbib"]);
    assert!(out.contains("found \"suport\" in none; near to it is \"support\", in 2 records"), "{out}");
    assert!(out.contains("warning[line-without-records]"), "{out}");
    assert!(out.ends_with("not the most current\n"), "MeSH was looked up: {out}");
    std::fs::write(desk.path("broken.ovid"), "1\tpeer.zz.\n").unwrap();
    let json: Value = serde_json::from_str(&desk.expect(1, &["check", "broken.ovid", "--json"])).unwrap();
    assert_eq!(json["lines"], serde_json::json!([{"label": "1", "query": "peer.zz."}]));
    let found = &json["diagnostics"][0];
    assert_eq!(
        (found["code"].as_str(), found["severity"].as_str(), found["line"].as_u64()),
        (Some("unknown-field-code"), Some("error"), Some(1))
    );
    let page = desk.expect(0, &["codes", "unused-line"]);
    assert!(page.contains("why:      it was probably forgotten") && page.contains("repair:   use it"), "{page}");
}

#[test]
fn lines_are_counted_by_database_and_beside_the_published_numbers() {
    let desk = desk();
    desk.write("counted.ovid", b"1\tPeer Group/\t120\n2\t(peer adj support*).ti,ab.\t34\n3\t1 or 2\t150\n");
    let json = desk.expect_json(0, &["search", "scopus.ris", "medline.nbib", "--strategy", "counted.ovid", "--by", "database", "--json"]);
    let line = &json["lines"][1];
    assert_eq!((line["count"].as_u64(), line["published"].as_u64()), (Some(2), Some(34)));
    assert_eq!(line["by_database"], serde_json::json!({"Medline": 1, "Scopus": 1}));
    assert_eq!(json["readings"]["precedence"], "AND>NOT>OR");
    let table = desk.expect(0, &["search", "scopus.ris", "medline.nbib", "--strategy", "counted.ovid", "--by", "database"]);
    assert!(table.starts_with("line  query"), "{table}");
    assert!(table.lines().next().unwrap().ends_with("records  published  Medline  Scopus"), "{table}");
    assert!(table.contains("readings: precedence=AND>NOT>OR, stopwords=counted"), "{table}");
    let counted =
        desk.expect(0, &["search", "scopus.ris", "--strategy", "counted.ovid", "--precedence", "left-to-right", "--ovid-stopwords"]);
    assert!(counted.contains("precedence=left-to-right, stopwords=any-word"), "{counted}");
}

#[test]
fn a_thesaurus_of_ones_own_is_exploded() {
    let desk = desk();
    desk.write("own.tsv", b"helping\tpeer group\nhelping\tnursing\n");
    desk.write("own.ovid", b"1 exp helping/\n2 exp Peer Group/\n");
    let json = desk.expect_json(0, &["search", "medline.nbib", "--strategy", "own.ovid", "--narrower", "own.tsv", "--json"]);
    assert_eq!(counts(&json), [Some(1), Some(1)]);
    assert!(json.get("attribution").is_none(), "no heading of the built-in table was looked up");
    let json = desk.expect_json(0, &["search", "medline.nbib", "--strategy", "own.ovid", "--json"]);
    assert_eq!(counts(&json), [Some(0), Some(1)]);
    desk.write("odd.tsv", b"helping\n");
    desk.expect_refusal(&["search", "medline.nbib", "--strategy", "own.ovid", "--narrower", "odd.tsv"], &["odd.tsv:1", "a heading, a tab"]);
}

#[test]
fn an_index_is_searched_without_its_records_where_only_numbers_are_wanted() {
    let desk = desk();
    desk.expect(0, &["index", "scopus.ris", "medline.nbib", "--out", "kept"]);
    let fresh = desk.expect_json(0, &["search", "kept", "--strategy", "strategy.ovid", "--json"]);
    std::fs::remove_dir_all(desk.path("kept/sources")).unwrap();
    assert_eq!(counts(&desk.expect_json(0, &["search", "kept", "--strategy", "strategy.ovid", "--json"])), counts(&fresh));
    desk.expect_refusal(&["search", "kept", "--strategy", "strategy.ovid", "-o", "hits.ris"], &["damaged", "build it again"]);
}

#[test]
fn records_of_a_line_are_shown_with_the_words_marked() {
    let desk = desk();
    let out = desk.expect(0, &["search", "scopus.ris", "medline.nbib", "--strategy", "strategy.ovid", "--show", "3"]);
    assert!(out.contains("    title: [Peer] [support] in a rural recovery service"), "{out}");
    assert!(out.contains("    heading: [Peer Group]"), "{out}");
    let json = desk.expect_json(0, &["search", "scopus.ris", "--strategy", "strategy.ovid", "--show", "2", "--json"]);
    assert_eq!(json["shown"][0]["texts"][0]["marks"], serde_json::json!([[0, 4], [5, 12]]));
    desk.expect_refusal(&["search", "scopus.ris", "--strategy", "strategy.ovid", "--show", "9"], &["line 9"]);
}
