//! Which files are read, passed over, written and never written over: the program from outside.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::Value;

/// One record of RIS with this title.
fn ris(title: &str) -> String {
    format!("TY  - JOUR\nAU  - Ek, Anna\nTI  - {title}\nPY  - 2019\nER  - \n\n")
}

/// A strategy that finds nothing.
const NOTHING: &str = "1\tzebra.ti.\n";

#[test]
fn an_empty_result_is_written_too() {
    let desk = Desk::with(&[("a.ris", ris("Lanterns and their keepers").as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    for name in ["n.ris", "n.nbib", "n.enw", "n.xml", "n.bib", "n.json", "n.csv", "n.tsv", "n.xlsx", "n.jsonl"] {
        for arguments in [&["dedupe", "a.ris", "--against", "a.ris"][..], &["search", "a.ris", "--strategy", "s.ovid", "--line", "1"]] {
            desk.write(name, ris("What was found in January").as_bytes());
            desk.expect(0, &[arguments, &["-o", name]].concat());
            let bytes = std::fs::read(desk.path(name)).unwrap();
            assert!(!bytes.windows(7).any(|window| window == b"January"), "{name} is the old one");
        }
    }
    let json: Value = serde_json::from_str(&desk.read("n.json")).unwrap();
    assert_eq!(json, serde_json::json!([]));
    assert!(desk.read("n.xml").contains("<records>") && desk.read("n.csv").starts_with("id,"), "{}", desk.read("n.csv"));
    desk.write("out/hits.ris", ris("What was found in January").as_bytes());
    desk.expect(0, &["run", "a.ris", "--strategy", "s.ovid", "--out", "out"]);
    assert_eq!(desk.read("out/hits.ris"), "");
    desk.write("n.ris", ris("What was found in January").as_bytes());
    desk.expect(0, &["search", "a.ris", "--strategy", "s.ovid", "--for", "covidence", "-o", "n.ris"]);
    assert_eq!(desk.read("n.ris"), "");
}

/// What is said on standard error.
fn said(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{said}");
    said
}

#[test]
fn every_command_says_which_files_of_a_folder_it_passes_over() {
    let desk = Desk::with(&[("x/a.ris", ris("Lanterns and their keepers").as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    desk.write("gold.tsv", b"a.ris#1\tA\n");
    desk.write("known.txt", b"a.ris#1\n");
    desk.expect(0, &["dedupe", "x", "-o", "unique.ris", "-q"]);
    for number in 10..22 {
        desk.write(&format!("x/log{number}.html"), b"<html><body>Your session has expired</body></html>");
    }
    for arguments in [
        &["run", "x", "--strategy", "s.ovid", "--out", "out"][..],
        &["dedupe", "x"],
        &["dedupe", "x", "--low-memory", "-o", "new.ris"],
        &["dedupe", "unique.ris", "--against", "x"],
        &["split", "unique.ris", "--from", "x", "-o", "apart.ris"],
        &["pairs", "x"],
        &["search", "x", "--strategy", "s.ovid"],
        &["search", "x", "--strategy", "s.ovid", "--json"],
        &["search", "x", "--strategy", "s.ovid", "--unique"],
        &["check", "s.ovid", "x"],
        &["explain", "s.ovid", "x", "--record", "a.ris#1"],
        &["translate", "s.ovid", "--to", "pubmed", "--using", "x"],
        &["index", "x", "--out", "idx"],
        &["convert", "x", "-o", "out.csv"],
        &["evaluate", "dedupe", "x", "gold.tsv"],
        &["evaluate", "search", "s.ovid", "x", "--relevant", "known.txt"],
    ] {
        let said_of_it = said(&desk, arguments);
        let told: Vec<&str> = said_of_it.lines().filter(|line| line.contains("passed over, no export")).collect();
        assert_eq!(told.len(), 11, "{arguments:?}: {said_of_it}");
        assert!(told[0].starts_with("x/log10.html: passed over, no export: ") && told[10].starts_with("and 2 more files"), "{told:?}");
        assert!(!said(&desk, &[arguments, &["-q"]].concat()).contains("passed over"), "{arguments:?}");
    }
}

/// Two records of one text and of two kinds, about which a person has to decide.
fn open_pair() -> [String; 2] {
    let article = "TY  - JOUR\nAU  - Lindqvist, Maja\nTI  - Peer support in a rural recovery service: what helpers and helped say\n\
                   T2  - Nordic Notes on Care\nPY  - 2019\nVL  - 7\nIS  - 2\nSP  - 101\nEP  - 117\nER  - \n\n";
    [article.to_owned(), article.replace("JOUR", "THES")]
}

#[test]
fn what_was_read_is_never_written_over() {
    let [article, thesis] = open_pair();
    let decisions = "# by hand\nsame\t0000000000000003\t0000000000000007\tx\n";
    let files = [("a.ris", article.as_str()), ("b.ris", &thesis), ("d.tsv", decisions), ("s.ovid", NOTHING), ("gold.tsv", "a.ris#1\tA\n")];
    let desk = Desk::with(&files.map(|(name, content)| (name, content.as_bytes())));
    let with_decisions = ["a.ris", "b.ris", "--decisions", "d.tsv"];
    for arguments in [
        &["dedupe", "--to", "ris", "-o", "d.tsv"][..],
        &["dedupe", "--clusters", "./d.tsv"],
        &["dedupe", "--low-memory", "--clusters", "d.tsv"],
        &["dedupe", "--against", "a.ris", "--clusters", "d.tsv"],
        &["search", "--strategy", "s.ovid", "--to", "ris", "-o", "d.tsv"],
        &["search", "--strategy", "s.ovid", "--to", "ris", "-o", "s.ovid"],
    ] {
        desk.expect_refusal(&[arguments, &with_decisions].concat(), &["another file to write to", "nothing was written"]);
    }
    desk.write("d.csv", decisions.as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "--decisions", "d.csv", "-o", "d.csv"], &["d.csv", "another file"]);
    desk.expect_refusal(&["dedupe", "a.ris", "b.ris", "--decisions", "d.csv", "--duplicates", "d.csv"], &["d.csv", "another file"]);
    desk.expect_refusal(&["evaluate", "dedupe", "a.ris", "gold.tsv", "--errors", "gold.tsv"], &["gold.tsv", "another file"]);
    for (name, content) in files {
        assert_eq!(desk.read(name), content);
    }
}

#[test]
fn a_sheet_with_answers_is_not_written_over() {
    let [article, thesis] = open_pair();
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", thesis.as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    let pairs = ["pairs", "a.ris", "b.ris", "-o", "sheet.csv"];
    desk.expect(0, &pairs);
    desk.expect(0, &pairs);
    let answered = desk.read("sheet.csv").replace("\n,1,", "\nsame,1,");
    desk.write("sheet.csv", answered.as_bytes());
    desk.expect_refusal(&pairs, &["sheet.csv", "row 2", "\"same\"", "refsieve decide", "nothing was written"]);
    desk.expect_refusal(&["dedupe", "a.ris", "b.ris", "--duplicates", "sheet.csv"], &["sheet.csv", "row 2"]);
    assert_eq!(desk.read("sheet.csv"), answered);
    // Whatever case a program gives the header, and whatever Excel is told above it.
    let capital = format!("sep=,\r\n{}", answered.replacen("decision", "Decision", 1));
    desk.write("capital.csv", capital.as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "capital.csv"], &["capital.csv", "row 3", "\"same\""]);
    assert!(desk.expect(0, &["decide", "capital.csv", "--decisions", "c.tsv"]).starts_with("1 new decisions"));
    // However a program wrote that line again, or where none of it can be made out.
    for above in ["\"sep=,\"\r\n", "sep=,,,,,,,,\n", "SEP = ,\n", "\nsep=,\n", "\n"] {
        desk.write("above.csv", [above, &answered].concat().as_bytes());
        desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "above.csv"], &["above.csv", "\"same\""]);
        assert!(desk.expect(0, &["decide", "above.csv", "--decisions", "c.tsv"]).contains("decisions"), "{above:?}");
    }
    desk.write("lines.csv", ["sep=,\n", &answered].concat().replace("\r\n", "\n").replace('\n', "\r").as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "lines.csv"], &["lines.csv", "\"same\""]);
    desk.write("bars.csv", answered.replace(',', "|").as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "bars.csv"], &["bars.csv", "no column \"decision\"", "nothing was written"]);
    desk.write("twice.csv", answered.replace("decision,", "decision,decision,").replace("same,", ",same,").as_bytes());
    desk.expect_refusal(&["decide", "twice.csv", "--decisions", "c.tsv"], &["twice.csv", "one column", "nothing was changed"]);
    desk.write("out/unsure.csv", answered.as_bytes());
    desk.expect_refusal(&["run", "a.ris", "b.ris", "--strategy", "s.ovid", "--out", "out"], &["unsure.csv", "row 2"]);
    assert_eq!(desk.names("out"), ["unsure.csv"]);
    // Nor by any other result.
    desk.write("records.csv", answered.as_bytes());
    for arguments in [
        &["dedupe", "a.ris", "b.ris", "-o", "records.csv"][..],
        &["dedupe", "a.ris", "b.ris", "--clusters", "records.csv"],
        &["convert", "a.ris", "-o", "records.csv"],
    ] {
        desk.expect_refusal(arguments, &["records.csv", "row 2", "nothing was written"]);
        assert_eq!(desk.read("records.csv"), answered);
    }
    // What was taken over is not lost.
    desk.expect(0, &["decide", "sheet.csv", "--decisions", "d.tsv"]);
    desk.expect_refusal(&["dedupe", "a.ris", "b.ris", "--clusters", "d.tsv"], &["d.tsv", "decisions", "nothing was written"]);
    for (name, text) in [
        ("bom.txt", format!("\u{feff}{}", desk.read("d.tsv"))),
        ("lines.tsv", desk.read("d.tsv").replace('\n', "\r\n")),
        ("d.decisions", desk.read("d.tsv").lines().skip(1).collect::<Vec<_>>().join("\n")),
    ] {
        desk.write(name, text.as_bytes());
        desk.expect_refusal(&["dedupe", "a.ris", "b.ris", "--clusters", name], &[name, "decisions", "nothing was written"]);
    }
    let wide: Vec<u8> = [0xfeff].into_iter().chain(desk.read("d.tsv").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    desk.write("wide.tsv", &wide);
    desk.expect_refusal(&["dedupe", "a.ris", "b.ris", "--clusters", "wide.tsv"], &["wide.tsv", "decisions"]);
    // Records as a table are no sheet.
    desk.expect(0, &["convert", "a.ris", "-o", "table.csv"]);
    desk.expect(0, &["convert", "a.ris", "-o", "table.csv"]);
    desk.expect(0, &["run", "a.ris", "b.ris", "--strategy", "s.ovid", "--out", "out", "--decisions", "d.tsv"]);
    desk.expect(0, &[&pairs[..], &["--decisions", "d.tsv"]].concat());
    assert_eq!(desk.read("sheet.csv").lines().count(), 1, "answered");
    desk.expect(0, &["pairs", "a.ris", "b.ris", "-o", "sheet.json"]);
    desk.write("sheet.json", desk.read("sheet.json").replace("\"decision\": null", "\"decision\": \"different\"").as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "sheet.json"], &["row 1", "different"]);
    desk.write("sheet.json", desk.read("sheet.json").replace("\"decision\"", "\"Decision\"").as_bytes());
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "sheet.json"], &["row 1", "different"]);
    assert!(desk.expect(0, &["decide", "sheet.json", "--decisions", "j.tsv"]).starts_with("1 new decisions"));
    desk.write("none.json", b"\xef\xbb\xbf[]");
    assert!(desk.expect(0, &["decide", "none.json", "--decisions", "j.tsv"]).starts_with("0 new decisions"));
    desk.write("other.json", br#"[{"id": "a", "type": "book"}]"#);
    desk.expect_refusal(&["decide", "other.json", "--decisions", "j.tsv"], &["other.json", "column \"decision\"", "nothing was changed"]);
    desk.write("two.json", br#"[{"Decision": "", "left_key": "k0000000000000001", "right_key": "k0000000000000002"}, {"decision": "same", "LEFT_KEY": "k0000000000000003", "right_key": "k0000000000000004"}]"#);
    desk.expect_refusal(&["pairs", "a.ris", "b.ris", "-o", "two.json"], &["two.json", "row 2", "same"]);
    desk.write("odd.json", br#"[{"decision": "perhaps", "left_key": "k0", "right_key": "k1"}]"#);
    desk.expect_refusal(&["decide", "odd.json", "--decisions", "j.tsv"], &["odd.json", "row 1", "perhaps"]);
}

#[test]
fn hidden_files_of_a_folder_are_passed_over() {
    let record = ris("Lanterns and their keepers");
    let desk = Desk::with(&[("x/a.ris", record.as_bytes()), ("x/.refsieve-Ab12.tmp", record.as_bytes()), ("x/._a.ris", b"\0\x05\x16\x07")]);
    desk.write("x/.trash/b.ris", record.as_bytes());
    desk.write(".y/a.ris", record.as_bytes());
    assert!(desk.expect(0, &["dedupe", "x"]).contains("1 read = 1 unique"));
    assert!(desk.expect(0, &["dedupe", "x", "--low-memory"]).contains("1 read = 1 unique"));
    assert_eq!(said(&desk, &["dedupe", "x"]), "");
    assert!(desk.expect(0, &["dedupe", "x", "x/.refsieve-Ab12.tmp", ".y"]).contains("3 read = 1 unique"), "what is named is read");
}

#[test]
fn without_provenance_only_the_lines_of_the_files_themselves_stay() {
    let line = "[refsieve-origin: database=Medline; ordinal=12; id=31234567; file=medline.nbib]";
    let with = |lines: &str| ris("Lanterns and their keepers in towns").replace("ER  - ", &format!("DO  - 10.5555/lk.1\n{lines}ER  - "));
    let plain = with("");
    let desk = Desk::with(&[("a.ris", with("KW  - lamps\n").as_bytes()), ("b.ris", plain.as_bytes()), ("s.ovid", b"1\tlanterns.ti.\n")]);
    desk.write("c.ris", with(&format!("N1  - {line}\n")).as_bytes());
    let origins = |name: &str| desk.read(name).matches("refsieve-origin").count();
    for (index, arguments) in [
        &["dedupe"][..],
        &["dedupe", "--low-memory"],
        &["dedupe", "--against", "s.ris"],
        &["search", "--strategy", "s.ovid", "--unique"],
        &["dedupe", "--for", "covidence"],
    ]
    .into_iter()
    .enumerate()
    {
        desk.write("s.ris", ris("Sieves of the north").as_bytes());
        let name = format!("n{index}.ris");
        let run = |more: &[&str]| desk.expect(0, &[&arguments[..1], more, &arguments[1..], &["-q", "-o", &name]].concat());
        run(&["a.ris", "b.ris"]);
        assert_eq!(origins(&name), 2, "{arguments:?}");
        run(&["a.ris", "b.ris", "--no-provenance"]);
        assert_eq!(origins(&name), 0, "{arguments:?}");
        assert_eq!(desk.read(&name).matches("TY  - ").count(), 1, "{arguments:?}");
        for files in [["a.ris", "c.ris"], ["c.ris", "a.ris"]] {
            run(&[&files[..], &["--no-provenance"]].concat());
            assert!(desk.read(&name).contains(line) && origins(&name) == 1, "{arguments:?} {files:?}: {}", desk.read(&name));
        }
    }
    // A record to which the others add nothing stands as it was read.
    desk.write("d.ris", plain.replace("PY  - 2019\nDO", "PY  - 2019\nXX  - odd\nDO").as_bytes());
    desk.expect(0, &["dedupe", "d.ris", "b.ris", "--no-provenance", "-o", "n.ris"]);
    assert_eq!(desk.read("n.ris"), desk.read("d.ris"));
}

#[test]
fn records_of_a_file_that_has_changed_are_found_by_their_ids() {
    let record = |id: &str, title: &str, more: &str| {
        format!("TY  - JOUR\n{id}AU  - Ek, Anna\nTI  - {title}\nPY  - 2019\nVL  - 7\nSP  - 3\n{more}ER  - \n\n")
    };
    let lanterns = |id: &str, more: &str| record(id, "Lanterns and their keepers in northern towns", more);
    let sieves = |id: &str| record(id, "Sieves of the south, a history", "");
    let a = lanterns("ID  - 11\n", "KW  - lamps\n") + &sieves("ID  - 12\n");
    let desk = Desk::with(&[("a.ris", a.as_bytes()), ("b.ris", lanterns("", "KW  - light\n").as_bytes())]);
    desk.expect(0, &["dedupe", "a.ris", "b.ris", "-o", "unique.ris"]);
    let split = ["split", "unique.ris", "--from", "a.ris", "b.ris", "-o", "apart.ris", "--no-provenance"];
    desk.expect(0, &split);
    let apart = desk.read("apart.ris");
    assert_eq!((apart.matches("lamps").count(), apart.matches("light").count(), apart.matches("Sieves").count()), (1, 1, 1), "{apart}");
    // In another order it is the same record all the same.
    desk.write("a.ris", (sieves("ID  - 12\n") + &lanterns("ID  - 11\n", "KW  - lamps\n")).as_bytes());
    assert_eq!(said(&desk, &split), "");
    assert_eq!(desk.read("apart.ris"), apart);
    // Under its id it may say something else by now.
    desk.write("a.ris", (sieves("ID  - 12\n") + &lanterns("ID  - 11\n", "KW  - lanterns\n")).as_bytes());
    assert_eq!(said(&desk, &split).lines().next(), Some("11: warning: says something else than when it went into 11"));
    // A record that is not there is an error, and what has no id is told from its place with a warning.
    desk.write("a.ris", (sieves("ID  - 12\n") + &sieves("ID  - 13\n")).as_bytes());
    desk.expect_refusal(&split, &["a.ris", "expected record 1 (11)", "found 12 there, and none with that id", "nothing was written"]);
    desk.write("a.ris", a.as_bytes());
    desk.write("b.ris", (sieves("") + &lanterns("", "")).as_bytes());
    assert!(said(&desk, &split).contains("b.ris#1: warning: has no id of its own, and may be another record"));
    desk.write("a.ris", lanterns("ID  - 11\nAN  - 77\n", "").as_bytes());
    desk.expect(0, &["dedupe", "a.ris", "b.ris", "-o", "unique.ris"]);
    desk.write("a.ris", sieves("ID  - 11\nAN  - 78\n").as_bytes());
    desk.expect_refusal(&split, &["found 11 there, with other accession numbers"]);
}

#[test]
fn lines_outside_of_records_are_not_lost_without_a_word() {
    let record = "TY  - JOUR\nID  - 1\nTI  - Lanterns and their keepers\nPY  - 2019\nER  - \n";
    let text = format!("{record}Reviewer: exclude\nLink to the full text:\n\n{}", record.replace("Lanterns", "Sieves"));
    let desk = Desk::with(&[("a.ris", text.as_bytes()), ("s.ovid", b"1. lanterns.ti.\n")]);
    let left_out = "a.ris: 2 lines outside of its records are not written; `refsieve convert` keeps them within a format";
    for arguments in [
        &["dedupe", "a.ris", "-o", "u.ris"][..],
        &["dedupe", "a.ris", "-o", "u.ris", "--low-memory"],
        &["dedupe", "a.ris", "--against", "a.ris", "-o", "u.ris"],
        &["run", "a.ris", "--strategy", "s.ovid", "--out", "out"],
        &["search", "a.ris", "--strategy", "s.ovid", "-o", "u.ris"],
        &["split", "a.ris", "--from", "a.ris", "-o", "u.ris"],
    ] {
        assert_eq!(said(&desk, arguments).lines().filter(|line| *line == left_out).count(), 1, "{arguments:?}");
    }
    assert!(!said(&desk, &["dedupe", "a.ris"]).contains("outside"), "nothing is written");
    assert!(!said(&desk, &["dedupe", "a.ris", "-o", "u.ris", "-q"]).contains("outside"));
    assert_eq!(said(&desk, &["convert", "a.ris", "-o", "c.ris"]), "");
    assert_eq!(desk.read("c.ris"), text);
}

#[test]
fn a_record_that_shares_its_id_is_told_from_its_place_with_a_warning() {
    let record = |title: &str, more: &str| {
        format!("TY  - JOUR\nID  - 7\nAU  - Ek, Anna\nTI  - {title}\nPY  - 2019\nVL  - 7\nSP  - 3\n{more}ER  - \n\n")
    };
    let [lamps, light] = ["KW  - lamps\n", "KW  - light\n"].map(|more| record("Lanterns and their keepers in northern towns", more));
    let desk = Desk::with(&[("a.ris", (lamps.clone() + &light).as_bytes())]);
    desk.expect(0, &["dedupe", "a.ris", "-o", "unique.ris"]);
    let split = ["split", "unique.ris", "--from", "a.ris", "-o", "apart.ris"];
    assert_eq!(said(&desk, &split), "");
    desk.write("a.ris", (record("Sieves of the south, a history", "") + &lamps + &light).as_bytes());
    assert!(said(&desk, &split).contains("7#1: warning: has no id of its own, and may be another record"));
}

#[test]
fn another_doi_than_the_one_that_a_format_keeps_is_no_other_record() {
    let record = |id: &str, doi: &str| {
        format!(
            "TY  - JOUR\nAU  - Ek, Anna\nAU  - Moe, Tor\nTI  - Lanterns and their keepers in northern towns\nJO  - Journal of Lamps\nPY  - 2019\nVL  - 7\nIS  - 2\nSP  - 3\nEP  - 9\n{id}DO  - {doi}\nER  - \n\n"
        )
    };
    let desk =
        Desk::with(&[("a.ris", record("", "10.5555/lk.1").as_bytes()), ("b.ris", record("KW  - light\n", "10.5555/s007.1").as_bytes())]);
    assert!(desk.expect(0, &["dedupe", "a.ris", "b.ris", "-o", "unique.csv"]).contains("1 unique"));
    assert_eq!(said(&desk, &["split", "unique.csv", "--from", "a.ris", "b.ris", "-o", "apart.csv"]), "");
}

/// A sheet with a column `decision` behind the others, which says the same in each row.
fn decided(sheet: &str, decision: &str) -> String {
    let rows = sheet.lines().zip(0..).map(|(row, number)| format!("{row},{}\n", if number == 0 { "decision" } else { decision }));
    rows.collect()
}

#[test]
fn a_wrong_merge_is_decided_against_in_the_list_of_duplicates() {
    let [article, thesis] = open_pair();
    let copy = article.replace("VL  - 7", "VL  - 7\nLA  - English");
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", copy.as_bytes()), ("c.ris", thesis.as_bytes())]);
    desk.write("s.ovid", NOTHING.as_bytes());
    desk.expect(0, &["run", "a.ris", "b.ris", "--strategy", "s.ovid", "--out", "out"]);
    desk.expect(0, &["dedupe", "a.ris", "b.ris", "--duplicates", "why.csv"]);
    desk.expect(0, &["dedupe", "a.ris", "b.ris", "--duplicates", "lean.csv", "--low-memory"]);
    desk.expect(0, &["dedupe", "a.ris", "--against", "b.ris", "--duplicates", "against.csv"]);
    assert_eq!((desk.read("why.csv"), desk.read("why.csv")), (desk.read("lean.csv"), desk.read("out/duplicates.csv")));
    for list in ["why.csv", "against.csv"] {
        let _ = std::fs::remove_file(desk.path("d.tsv"));
        desk.write(list, decided(&desk.read(list), "different").as_bytes());
        assert!(desk.expect(0, &["decide", list, "--decisions", "d.tsv"]).starts_with("1 new decisions"));
        assert!(
            desk.read("d.tsv").ends_with("\tPeer support in a rural recovery service: what helpers and helped say\n"),
            "{}",
            desk.read("d.tsv")
        );
        assert!(desk.expect(0, &["dedupe", "a.ris", "b.ris", "--decisions", "d.tsv"]).contains("2 read = 2 unique"));
    }
    desk.expect(0, &["run", "a.ris", "c.ris", "--strategy", "s.ovid", "--out", "unsure"]);
    desk.write("sheet.csv", decided(&desk.read("unsure/unsure.csv"), "same").as_bytes());
    desk.expect(0, &["decide", "sheet.csv", "--decisions", "d.tsv"]);
    assert!(desk.expect(0, &["dedupe", "a.ris", "c.ris", "--decisions", "d.tsv"]).contains("2 read = 1 unique"));
}

#[test]
fn decisions_that_fit_no_records_are_counted() {
    let [article, thesis] = open_pair();
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", thesis.as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    desk.write("gold.tsv", b"a.ris#1\tA\nb.ris#1\tA\n");
    desk.expect(0, &["pairs", "a.ris", "b.ris", "-o", "sheet.csv"]);
    desk.write("sheet.csv", desk.read("sheet.csv").replace("\n,1,", "\nsame,1,").as_bytes());
    desk.write("d.tsv", b"same\t0000000000000003\t0000000000000007\tx\n");
    desk.expect(0, &["decide", "sheet.csv", "--decisions", "d.tsv"]);
    for arguments in [
        &["dedupe", "a.ris", "b.ris"][..],
        &["dedupe", "a.ris", "b.ris", "--low-memory"],
        &["dedupe", "a.ris", "--against", "b.ris"],
        &["pairs", "a.ris", "b.ris"],
        &["search", "a.ris", "b.ris", "--strategy", "s.ovid", "--unique"],
        &["run", "a.ris", "b.ris", "--strategy", "s.ovid", "--out", "out"],
        &["evaluate", "dedupe", "a.ris", "b.ris", "gold.tsv"],
    ] {
        let with = [arguments, &["--decisions", "d.tsv"]].concat();
        assert!(said(&desk, &with).contains("d.tsv: 1 of 2 decisions fit no two records here"), "{arguments:?}");
        assert_eq!(said(&desk, &[&with[..], &["-q"]].concat()), "");
    }
    assert!(said(&desk, &["dedupe", "a.ris", "--decisions", "d.tsv"]).contains("2 of 2 decisions"));
    desk.expect(0, &["pairs", "a.ris", "b.ris", "-o", "again.csv"]);
    desk.expect(0, &["decide", "sheet.csv", "--decisions", "own.tsv"]);
    assert_eq!(said(&desk, &["dedupe", "a.ris", "b.ris", "--decisions", "own.tsv"]), "");
}

#[test]
fn a_file_that_is_given_twice_is_named_with_its_copy() {
    let record = ris("Lanterns and their keepers");
    let desk = Desk::with(&[("x/a.ris", record.as_bytes()), ("x/copy.ris", record.as_bytes()), ("b.ris", ris("Sieves").as_bytes())]);
    desk.write("s.ovid", NOTHING.as_bytes());
    for arguments in [
        &["dedupe", "x", "b.ris"][..],
        &["dedupe", "x", "b.ris", "--low-memory"],
        &["dedupe", "x/a.ris", "--against", "b.ris", "x/copy.ris"],
        &["read", "x"],
        &["convert", "x", "-o", "out.ris"],
        &["search", "x", "--strategy", "s.ovid"],
        &["run", "x", "--strategy", "s.ovid", "--out", "out"],
    ] {
        assert_eq!(said(&desk, arguments), "x/copy.ris: the same text as x/a.ris; its records are read twice\n", "{arguments:?}");
        assert_eq!(said(&desk, &[arguments, &["-q"]].concat()), "");
    }
    assert_eq!(said(&desk, &["dedupe", "b.ris", "b.ris"]), "b.ris: given twice; its records are read twice\n");
}

#[test]
fn sheets_are_what_their_names_end_with() {
    let [article, thesis] = open_pair();
    let copy = article.replace("VL  - 7", "VL  - 7\nLA  - English");
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", thesis.as_bytes()), ("c.ris", copy.as_bytes())]);
    for arguments in [&["pairs", "a.ris", "b.ris", "-o"][..], &["dedupe", "a.ris", "c.ris", "--duplicates"]] {
        desk.expect(0, &[arguments, &["x.XLSX"]].concat());
        assert!(std::fs::read(desk.path("x.XLSX")).unwrap().starts_with(b"PK"));
        desk.expect(0, &[arguments, &["x.Json"]].concat());
        let rows: Value = serde_json::from_str(&desk.read("x.Json")).unwrap();
        assert!(rows[0]["left_key"].as_str().unwrap().starts_with('k'), "{rows}");
        desk.expect(0, &[arguments, &["sheet"]].concat());
        assert!(desk.read("sheet").lines().next().unwrap().ends_with("left_key,right_key"));
        for name in ["x.tsv", "x.ods"] {
            desk.expect_refusal(&[arguments, &[name]].concat(), &[name, ".csv, .xlsx or .json"]);
            assert!(!desk.path(name).exists());
        }
    }
}

#[test]
fn a_tab_in_an_id_breaks_no_row_of_clusters() {
    let record = "{\"type\": \"book\", \"title\": \"Lanterns\", \"id\": \"a\\tb\"}";
    let desk = Desk::with(&[("a.json", format!("[{record}]").as_bytes())]);
    desk.expect(0, &["dedupe", "a.json", "--clusters", "c.tsv"]);
    assert_eq!(desk.read("c.tsv"), "a b\ta b\ta.json\t1\n");
}

#[test]
fn what_has_no_name_is_listed_as_far_as_it_is_listed() {
    let nameless = "TY  - JOUR\nPY  - 2019\nER  - \n\n".repeat(12);
    let desk = Desk::with(&[("a.ris", nameless.as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    assert!(desk.expect(0, &["dedupe", "a.ris"]).ends_with("a.ris#10 and 2 more\n"));
    assert!(
        desk.expect(0, &["run", "a.ris", "--strategy", "s.ovid", "--out", "out"]).contains("a.ris#10 and 2 more (summary.json has all)\n")
    );
}

#[test]
fn one_result_stands_alone_on_standard_output() {
    let [article, thesis] = open_pair();
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", thesis.as_bytes()), ("s.ovid", NOTHING.as_bytes())]);
    desk.write("gold.tsv", b"a.ris#1\tA\n");
    for more in [&[][..], &["--low-memory"], &["--against", "b.ris"]] {
        for (option, begins) in
            [("-o", "TY  - JOUR\n"), ("--clusters", "a.ris#1\ta.ris#1\ta.ris\t1\n"), ("--duplicates", "id,file,ordinal,")]
        {
            let arguments = [&["dedupe", "a.ris", option, "-"], more].concat();
            let output = desk.run(&arguments);
            let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(out.starts_with(begins) && !out.contains(" read = "), "{arguments:?}: {out}");
            assert!(err.starts_with("file") && err.contains("1 read = 1 "), "{arguments:?}: {err}");
            assert!(said(&desk, &[&arguments[..], &["-q"]].concat()).is_empty(), "{arguments:?}");
        }
    }
    for arguments in [
        &["dedupe", "a.ris", "-o", "-", "--clusters", "-"][..],
        &["dedupe", "a.ris", "--duplicates", "-", "--clusters", "-"],
        &["dedupe", "a.ris", "--low-memory", "--clusters", "-", "--csv"],
        &["dedupe", "a.ris", "-o", "-", "--json"],
        &["search", "a.ris", "--strategy", "s.ovid", "-o", "-", "--csv"],
        &["search", "a.ris", "--strategy", "s.ovid", "-o", "-", "--show", "1"],
        &["convert", "a.ris", "-o", "-", "--json"],
        &["translate", "s.ovid", "--to", "pubmed", "-o", "-", "--json"],
        &["evaluate", "dedupe", "a.ris", "gold.tsv", "--errors", "-"],
    ] {
        desk.expect_refusal(arguments, &["standard output", "expected one result", " and "]);
    }
}

#[test]
fn sheets_of_exports_and_of_what_was_made_of_them_name_the_same_keys() {
    let [article, thesis] = open_pair();
    let desk = Desk::with(&[("a.ris", article.as_bytes()), ("b.ris", thesis.as_bytes())]);
    desk.expect(0, &["convert", "a.ris", "-o", "a.nbib", "--no-provenance"]);
    let keys = |files: &[&str]| -> Vec<String> {
        let sheet = desk.expect(0, &[&["pairs"][..], files].concat());
        let mut keys: Vec<String> = sheet.lines().nth(1).expect("one pair").rsplit(',').take(2).map(str::to_owned).collect();
        keys.sort();
        keys
    };
    let of_exports = keys(&["a.nbib", "b.ris"]);
    for name in ["unique.ris", "unique.enw", "unique.csv"] {
        desk.expect(0, &["dedupe", "a.nbib", "b.ris", "-o", name]);
        assert_eq!(keys(&[name]), of_exports, "{name}");
    }
    desk.expect(0, &["dedupe", "a.nbib", "b.ris", "-o", "lean.ris", "--low-memory"]);
    assert_eq!(desk.read("lean.ris"), desk.read("unique.ris"));
}
