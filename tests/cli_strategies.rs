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
