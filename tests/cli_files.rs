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
