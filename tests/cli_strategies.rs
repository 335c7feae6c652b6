//! Commands that read a strategy, from outside: what they refuse, what they say about it, how they read it.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;

const RECORDS: &str =
    "PMID- 1\nTI  - Tutors of pupils.\nLA  - eng\nMH  - Asthma\nDP  - 2019\n\nPMID- 2\nTI  - Boilers.\nMH  - Starvation\nDP  - 2009\n";

#[test]
fn what_is_no_text_is_no_strategy() {
    let noise: Vec<u8> = (0_u32..3000).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let files: [(&str, &[u8], &str); 4] = [
        ("s.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        ("s.docx", b"PK\x03\x04\x14\0\0\0", "an Office document"),
        ("s.rtf", b"{\\rtf1 1 asthma.ti.}", "save it as plain text"),
        ("s.bin", &noise, "no text"),
    ];
    let desk = Desk::with(&[("medline.nbib", RECORDS.as_bytes()), ("s.txt", b"1 tutors.ti.")]);
    for (name, bytes, found) in files {
        desk.write(name, bytes);
        for arguments in [
            vec!["check", name],
            vec!["translate", name, "--to", "ebsco"],
            vec!["search", "medline.nbib", "--strategy", name],
            vec!["explain", name, "medline.nbib", "--record", "1"],
            vec!["evaluate", "search", "s.txt", "medline.nbib", "--relevant", name],
            vec!["run", "medline.nbib", "--strategy", name, "--out", "out"],
        ] {
            desk.expect_refusal(&arguments, &[name, "expected plain text", found]);
        }
    }
}

#[test]
fn a_strategy_without_lines_is_said_to_have_none() {
    let desk = Desk::with(&[("empty.txt", b"\n")]);
    let output = desk.run(&["translate", "empty.txt", "--to", "ebsco"]);
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("[empty-strategy]") && !err.contains("nothing is lost"), "{err}");
    assert_eq!(output.status.code(), Some(1));
    assert!(desk.expect(1, &["check", "empty.txt"]).ends_with("\n0 lines: 1 error, 0 warnings, 0 notes\n"));
}

/// The findings of one code as "line message", without what follows the last semicolon.
fn findings(desk: &Desk, arguments: &[&str], code: &str) -> Vec<String> {
    let output = desk.run(&[&["check"], arguments, &["--csv"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect::<Vec<_>>();
    let said = |message: &str| message.split_once(", found ").unwrap().1.rsplit_once("; ").unwrap().0.to_owned();
    rows.iter().filter(|row| &row[4] == code).map(|row| format!("{} {}", &row[0], said(&row[5]))).collect()
}

#[test]
fn a_heading_that_should_be_exploded_is_named_where_that_matters() {
    let strategy = "\
1 Asthma/ or Lung Diseases, Obstructive/
2 Asthma, Aspirin-Induced/ or Asthma, Exercise-Induced/ or Status Asthmaticus/ or Asthma, Occupational/
3 Malnutrition/
4 Animals/ not Humans/
5 Randomized Controlled Trial/
6 exp Yoga/ or exp Lung Diseases/
7 exp Meditation/
8 or/1-7
";
    let lines: String = strategy.lines().filter(|line| !line.starts_with('6')).map(|line| format!("{line}\n")).collect();
    let records = "PMID- 1\nTI  - x\nMH  - Starvation\n\nPMID- 2\nTI  - y\nMH  - Asthma\n";
    let desk = Desk::with(&[("s.ovid", strategy.as_bytes()), ("t.ovid", lines.as_bytes()), ("medline.nbib", records.as_bytes())]);
    // Line 6 explodes what is above both headings of line 1; check tags and types of publication are no subjects.
    let malnutrition = findings(&desk, &["s.ovid"], "not-exploded");
    assert_eq!(malnutrition.len(), 1, "{malnutrition:?}");
    assert!(malnutrition[0].starts_with("3 \"Malnutrition\", which has "), "{malnutrition:?}");
    assert!(!malnutrition[0].contains("searched nowhere"), "{malnutrition:?}");
    let found = findings(&desk, &["t.ovid"], "not-exploded");
    assert_eq!(found.iter().map(|found| &found[..1]).collect::<Vec<_>>(), ["1", "3"], "{found:?}");
    assert!(
        found[0].contains("\"Asthma\", which has 6, 2 of them searched nowhere; \"Lung Diseases, Obstructive\", which has 13"),
        "{found:?}"
    );
    // With records it must be carried by one.
    let found = findings(&desk, &["t.ovid", "medline.nbib"], "not-exploded");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("3 \"Malnutrition\", which has ") && found[0].ends_with(", carried by 1 record"), "{found:?}");
    assert_eq!(findings(&desk, &["s.ovid"], "exploded-leaf"), ["6 none below \"Yoga\", \"Meditation\" (line 7)"]);
}

/// A strategy of PubMed in which much is worth a second look.
const PUBMED: &str = "\
#1 asthma*[tiab] OR behavior*[tiab]
#2 Asthma[majr:noexp] OR Animals[mh:noexp] OR asthma/zz[mh]
#3 tutor[ti]
#4 pe*[tiab] AND boilers OR “heater*”[tiab]
#5 boilers[ab]
#6 \"pupil of tutor*\"[tiab]
#7 \"tutors pupils\"[tiab:~20]
#8 (#1 OR #2) NOT #2
#9 (#1 OR #3)[ti]
#10 *asthma[tiab]
#11 asthma[tiab] AND full text[filter]
#12 pupil$[tiab] AND Ek[au] AND \"a b c\"[tiab:~3]
#13 #1 OR #5 OR Malnutrition[mh:noexp]
";

#[test]
fn repairs_of_a_strategy_of_pubmed_are_in_its_language() {
    let desk = Desk::with(&[("medline.nbib", RECORDS.as_bytes()), ("s.txt", PUBMED.as_bytes())]);
    let csv = desk.expect(1, &["check", "s.txt", "medline.nbib", "--from", "pubmed", "--csv"]);
    let mut codes = Vec::new();
    let mut rows = csv.lines();
    assert_eq!(rows.next(), Some("line,start,end,severity,code,message,why,repair"));
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        let row = row.unwrap();
        let (code, texts) = (row[4].to_owned(), [&row[5], &row[6], &row[7]].join(" | "));
        for sign in ["adj", ".ti", ".ab", ".kf", ".hw", ".mp", "or/1", "Heading/", "animals/", "?r", "Ovid", "suffix"] {
            assert!(!texts.contains(sign) || (code == "exp-before-tag"), "{sign} in {code}: {texts}");
        }
        assert!(!row[7].is_empty(), "{code} has no repair");
        codes.push(code);
    }
    for code in [
        "uneven-fields",
        "focus",
        "not-exploded",
        "spelling-variant",
        "title-only",
        "wide-adj",
        "suffix-on-set",
        "leading-wildcard",
        "unsupported-limit",
        "unknown-qualifier",
        "untagged-term",
        "pubmed-character",
        "pubmed-truncation",
        "near-many",
    ] {
        assert!(codes.iter().any(|found| found == code), "{code} is not among {codes:?}");
    }
    assert!(!codes.iter().any(|code| matches!(code.as_str(), "quoted-truncation" | "adj-one" | "exploded-leaf")), "{codes:?}");
    assert!(desk.expect(0, &["codes", "animal-exclusion"]).contains("repair: write: NOT (\"Animals\"[Mesh] NOT \"Humans\"[Mesh])"));
}

#[test]
fn what_the_thesaurus_and_the_records_say_is_found_and_nothing_else() {
    let strategy = "\
1 Asthma/ or Nursing Homes/
2 (asthma or wheezer or boilar* or mental health).ti,ab,kf.
3 (tutor or pupil or pupils).ti,ab,kf.
4 exp Yoga/
5 yoga.ti,ab,kf.
6 zebras.jn.
7 or/1-6
";
    let records = "PMID- 1\nTI  - Wheezers, tutors of pupils and boilers: mental health\nMH  - Asthma\n";
    let desk = Desk::with(&[("s.ovid", strategy.as_bytes()), ("medline.nbib", records.as_bytes())]);
    let without = |code| findings(&desk, &["s.ovid"], code);
    let with = |code| findings(&desk, &["s.ovid", "medline.nbib"], code);
    assert_eq!(without("heading-without-words"), ["1 \"Nursing Homes\" alone"]);
    assert_eq!(without("words-without-heading"), ["2 \"mental health\", which is \"Mental Health\""]);
    for code in ["plural-missing", "unknown-word", "heading-in-no-record", "line-without-records"] {
        assert_eq!(without(code), [""; 0], "{code} needs records");
    }
    assert_eq!(with("heading-in-no-record"), ["1 \"Nursing Homes\"", "4 \"Yoga\""]);
    assert_eq!(with("plural-missing"), ["2 \"wheezer\" without \"wheezers\"", "3 \"tutor\" without \"tutors\""]);
    let unknown = with("unknown-word");
    assert_eq!(unknown.len(), 6, "{unknown:?}");
    assert!(unknown.iter().any(|found| found.starts_with("2 \"boilar*\" in none; near to it is \"boilers\"")), "{unknown:?}");
    assert_eq!(with("line-without-records"), ["4 none", "5 none", "6 none"]);
    let json = desk.expect_json(0, &["check", "s.ovid", "medline.nbib", "--json"]);
    assert_eq!((&json["lines"][0]["records"], &json["lines"][5]["records"]), (&1.into(), &0.into()));
    assert_eq!(desk.expect_json(0, &["check", "s.ovid", "--json"])["lines"][0].get("records"), None);
}

#[test]
fn each_reading_of_the_language_changes_what_is_found() {
    let records = "\
PMID- 1\nTI  - Help in the home\n\nPMID- 2\nTI  - Help home\n\nPMID- 3\nTI  - Quality, any life\n\nPMID- 4\nTI  - Quality life\n\n\
PMID- 5\nTI  - a1\n\nPMID- 6\nTI  - b1 c1\n\nPMID- 7\nTI  - a1 c1\n\nPMID- 8\nTI  - Tales of the sea\n";
    let strategy =
        "1 (help adj2 home).ti.\n2 quality of life.ti.\n3 a1.ti. or b1.ti. and c1.ti.\n4 c1.ti. not a1.ti. and b1.ti.\n5 of the.ti.\n";
    let desk = Desk::with(&[("s.ovid", strategy.as_bytes()), ("medline.nbib", records.as_bytes())]);
    for (arguments, expected) in [
        (&[][..], [1, 0, 3, 2, 1]),
        (&["--ovid-stopwords"], [1, 1, 3, 2, 1]),
        (&["--adj-skips-stopwords"], [2, 1, 3, 2, 1]),
        (&["--precedence", "left-to-right"], [1, 0, 2, 1, 1]),
        (&["--precedence", "and-not-equal"], [1, 0, 3, 1, 1]),
    ] {
        let json = desk.expect_json(0, &[&["search", "medline.nbib", "--strategy", "s.ovid", "--json"], arguments].concat());
        let counts: Vec<u64> = json["lines"].as_array().unwrap().iter().map(|line| line["count"].as_u64().unwrap()).collect();
        assert_eq!(counts, expected, "{arguments:?}");
    }
    let shown =
        |arguments: &[&str]| desk.expect(0, &[&["search", "medline.nbib", "--strategy", "s.ovid", "-q", "--show"], arguments].concat());
    let out = shown(&["1", "--adj-skips-stopwords"]);
    assert!(out.contains("title: [Help] in the [home]") && out.contains("title: [Help] [home]"), "{out}");
    assert!(!shown(&["1"]).contains("in the"), "only what is found is shown");
    // What stands behind not is not marked.
    let out = shown(&["4"]);
    assert!(out.contains("title: b1 [c1]") && out.contains("title: a1 [c1]"), "{out}");
}

#[test]
fn a_file_of_mesh_takes_the_place_of_the_one_that_is_built_in() {
    let tree = "Helping;F01\nPeer Group;F01.100\nPeer Listening;F01.100.200\n";
    let records = "PMID- 1\nTI  - x\nMH  - Peer Listening\n\nPMID- 2\nTI  - y\nMH  - Asthma, Occupational\n";
    let strategy = "1 exp Helping/\n2 exp Asthma/\n3 Peer Group/\n";
    let desk = Desk::with(&[("s.ovid", strategy.as_bytes()), ("medline.nbib", records.as_bytes()), ("mtrees2030.bin", tree.as_bytes())]);
    let counts = |arguments: &[&str]| {
        let json = desk.expect_json(0, &[&["search", "medline.nbib", "--strategy", "s.ovid", "--json"], arguments].concat());
        json["lines"].as_array().unwrap().iter().map(|line| line["count"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(counts(&[]), [0, 1, 0]);
    assert_eq!(counts(&["--mesh", "mtrees2030.bin"]), [1, 0, 0]);
    let said = findings(&desk, &["s.ovid", "medline.nbib", "--mesh", "mtrees2030.bin"], "not-exploded");
    assert_eq!(said, [""; 0], "line 1 explodes what is above it");
    desk.write("t.ovid", b"1 Peer Group/\n");
    let said = findings(&desk, &["t.ovid", "medline.nbib", "--mesh", "mtrees2030.bin"], "not-exploded");
    assert_eq!(said, ["1 \"Peer Group\", which has 1, carried by 1 record"]);
}
