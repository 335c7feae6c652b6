//! Commands that read a strategy, from outside: what they refuse, what they say about it, how they read it.

// The helpers of tests are code of tests: a panic is how they say that a case is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;

const RECORDS: &str = "PMID- 1\nTI  - Tutors of pupils.\nLA  - eng\nMH  - Asthma\nDP  - 2019\n\nPMID- 2\nTI  - Boilers.\nDP  - 2009\n";

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
