//! Thin records, as lists of references give them: which of them are one work, and what a cluster of them outvotes.

#![allow(clippy::disallowed_methods, reason = "tests may fail")]

use refsieve::dedupe::{Settings, dedupe};
use refsieve::record::Record;

fn read(text: &str) -> Vec<Record> {
    refsieve::formats::read("references.ris", text.as_bytes().to_vec()).expect("an export").records
}

/// A reference in a list of references: authors, title, and what else is given.
fn reference(id: &str, title: &str, rest: &str) -> String {
    format!("TY  - JOUR\nID  - {id}\nAU  - Hagen, Solveig\nAU  - Moe, Tor\nTI  - {title}\n{rest}ER  - \n\n")
}

#[test]
fn a_misprinted_year_joins_last_and_keeps_no_other_away() {
    let title = "Letters of nurses from acute psychiatric wards in three towns";
    let place = "JO  - Nordic Journal of Peer Support\nVL  - 12\nIS  - 3\nSP  - 211\nEP  - 224\n";
    let right = reference("right", title, &format!("PY  - 2012\n{place}"));
    let misprinted = reference("misprinted", title, &format!("PY  - 2016\n{place}"));
    let thin = reference("thin", title, "PY  - 2012\n");
    let clusters = |text: &str| dedupe(&read(text), &Settings::default(), &()).cluster_of;
    let pair = clusters(&(right.clone() + &misprinted));
    assert_eq!(pair[0], pair[1], "one place in a journal");
    let pair = clusters(&(thin.clone() + &misprinted));
    assert_ne!(pair[0], pair[1], "years apart and no place in common");
    let three = clusters(&(right + &misprinted + &thin));
    assert_eq!(three[0], three[2]);
    assert_ne!(three[0], three[1], "no cluster holds years apart without a place in common");
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_found_in_a_crowd() {
    let crowd = |id: usize| reference(&id.to_string(), "The learnability of wards", &format!("PY  - 2012\nN1  - {id}\n"));
    let broken = reference("broken", "The learn-ability of wards", "PY  - 2012\n");
    let records = read(&((0..40).map(crowd).collect::<String>() + &broken));
    assert_eq!(dedupe(&records, &Settings::default(), &()).counts.kept, 1);
}

#[test]
fn a_title_is_no_column_because_some_lists_leave_out_the_volume() {
    let title = "Trust in wards";
    let volume = |id: usize, volume: &str| {
        reference(&format!("{id}{volume}"), title, &format!("PY  - 2012\nJO  - Nordic Journal of Peer Support\n{volume}N1  - {id}\n"))
    };
    let records =
        read(&((0..6).map(|id| volume(id, "VL  - 12\n")).collect::<String>() + &(0..6).map(|id| volume(id, "")).collect::<String>()));
    assert_eq!(dedupe(&records, &Settings::default(), &()).counts.kept, 1);
    // Two records alone are one work; so they are beside those that say less.
    let other = reference("other", title, "PY  - 2012\nJO  - Nordic Journal of Peer Support\nVL  - 99\nIS  - 3\nSP  - 5\n");
    let result = dedupe(&read(&(volume(0, "VL  - 12\nIS  - 1\nSP  - 300\n") + &other)), &Settings::default(), &());
    assert_eq!(result.counts.kept, 2);
}

#[test]
fn two_dois_and_two_pmids_are_those_of_two_texts() {
    let record = |pmid: u32, doi: &str| {
        format!(
            "PMID- {pmid}\nTI  - Night lamps on wards: guidance for the harbours of the north\nFAU - Hagen, Solveig\nJT  - Nordic Journal of Sleep\nVI  - 128\nIP  - 5\nDP  - 2011\nLID - {doi} [doi]\n\n"
        )
    };
    let n_removed = |pmids: [u32; 2], dois: [&str; 2]| {
        let text = record(pmids[0], dois[0]) + &record(pmids[1], dois[1]);
        let records = refsieve::formats::read("a.nbib", text.into_bytes()).expect("an export").records;
        let result = dedupe(&records, &Settings::default(), &());
        (result.removed.len(), result.unsure.iter().map(|pair| pair.rule).collect::<Vec<_>>())
    };
    let [first, second] = ["10.5555/njs.2011-2284", "10.5555/njs.2011-2285"];
    assert_eq!(n_removed([99_000_001, 99_000_002], [first, second]), (0, vec!["identifiers-differ"]));
    assert_eq!(n_removed([99_000_001, 99_000_001], [first, second]).0, 1, "one PMID outweighs a DOI");
}

#[test]
fn a_record_without_a_journal_is_no_bridge_between_two_that_print_one_text() {
    let title = "Letters of nurses from acute psychiatric wards in three towns";
    let text = "Nurses of three towns wrote four hundred letters to each other in one winter. We read what they say of their wards, of \
        those who are ill there and of the towns around, and asked the writers who are still alive what became of them when the wards \
        were closed and the towns grew.";
    let of = |id: &str, rest: &str| reference(id, title, &format!("PY  - 2012\n{rest}AB  - {text}\n"));
    let records =
        read(&(of("one", "JO  - Nordic Journal of Peer Support\n") + &of("two", "JO  - Annals of Wards\nVL  - 7\n") + &of("thin", "")));
    let result = dedupe(&records, &Settings::default(), &());
    assert_ne!(result.cluster_of[0], result.cluster_of[1]);
    assert!(!result.unsure.is_empty());
}

#[test]
fn an_original_and_its_translation_are_one_where_a_record_gives_both() {
    let (original, translation) =
        ("Kveldslamper og søvn blant nattsykepleiere", "Evening lamps and the sleep of night nurses in four towns");
    let place = "PY  - 2012\nJO  - Nordic Journal of Peer Support\nVL  - 12\nIS  - 3\nSP  - 211\nDO  - 10.5555/njps.2012.211\n";
    let norwegian = reference("norwegian", original, place);
    let english = reference("english", translation, place);
    let both = reference("both", &format!("{original} [{translation}]"), place);
    let clusters = |text: &str| dedupe(&read(text), &Settings::default(), &()).cluster_of;
    let two = clusters(&(norwegian.clone() + &english));
    assert_ne!(two[0], two[1], "nothing says that one title translates the other");
    for three in [norwegian.clone() + &english + &both, both.clone() + &english + &norwegian] {
        let three = clusters(&three);
        assert_eq!([three[1], three[2]], [three[0]; 2]);
    }
    // Other pages and another DOI stay those of another work.
    let other = reference("other", translation, &place.replace("211", "311"));
    let three = clusters(&(norwegian + &both + &other));
    assert_eq!(three[0], three[1]);
    assert_ne!(three[0], three[2]);
}
