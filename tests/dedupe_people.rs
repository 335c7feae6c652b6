//! What people answered: it holds for the clusters that were asked about, tears none apart in silence, and is asked for once.

#![allow(clippy::disallowed_methods, reason = "tests may fail")]

use refsieve::dedupe::rules::Verdict;
use refsieve::dedupe::{Deduplication, Settings, dedupe, dedupe_against};
use refsieve::formats::{Keys, Target};
use refsieve::normalize::{Key, content_hash};
use refsieve::record::{Format, Record};

const SAME: Verdict = Verdict::Same;
const DIFFERENT: Verdict = Verdict::Different;

fn read(text: &str) -> Vec<Record> {
    refsieve::formats::read("case.ris", text.as_bytes().to_vec()).expect("an export").records
}

/// A paper, with the note by which copies of it differ.
fn paper(note: &str) -> String {
    article("Peer workers in acute psychiatric wards of three towns", "SP  - 211\nEP  - 224", note)
}

/// The reply to it, which no rule takes for the paper.
fn reply(note: &str) -> String {
    article("Reply: Peer workers in acute psychiatric wards of three towns", "SP  - 230\nEP  - 231", note)
}

fn article(title: &str, pages: &str, note: &str) -> String {
    format!(
        "TY  - JOUR\nAU  - Hagen, Solveig\nAU  - Moe, Tor\nTI  - {title}\nJO  - Nordic Journal of Peer Support\nPY  - 2012\nVL  - 12\nIS  - 3\n{pages}\nN1  - {note}\nER  - \n\n"
    )
}

/// Deduplicates with answers about pairs of `records`, by their places.
fn with(records: &[Record], n_new: usize, answers: &[(usize, usize, Verdict)]) -> Deduplication {
    let mut settings = Settings::default();
    for (left, right, verdict) in answers {
        let [left, right] = [*left, *right].map(|at| content_hash(&records[at]));
        settings.decisions.insert("case", left, right, *verdict, "").expect("the answers agree");
    }
    dedupe_against(records, n_new, &settings, &())
}

#[test]
fn who_calls_two_records_the_same_joins_their_clusters_whole() {
    let records = read(&[paper("a"), paper("b"), reply("c"), reply("d")].concat());
    let apart = dedupe(&records, &Settings::default(), &());
    assert_eq!((apart.cluster_of[0] == apart.cluster_of[1], apart.cluster_of[2] == apart.cluster_of[3]), (true, true));
    assert_ne!(apart.cluster_of[0], apart.cluster_of[2], "{apart:?}");

    let joined = with(&records, 4, &[(1, 2, SAME)]);
    assert_eq!((joined.counts.kept, joined.unsure.len()), (1, 0), "{joined:?}");

    // Where somebody else's word stands between the clusters, the two that were named are one and those two are not.
    let torn = with(&records, 4, &[(1, 2, SAME), (0, 3, DIFFERENT)]);
    assert_eq!(torn.cluster_of[1], torn.cluster_of[2], "{torn:?}");
    assert_ne!(torn.cluster_of[0], torn.cluster_of[3], "{torn:?}");
    // The copy that was torn off is asked about: what a rule has against the reply, the answer has settled.
    assert!(!torn.unsure.is_empty(), "{torn:?}");
}

#[test]
fn an_answer_about_records_of_another_run_changes_nothing() {
    let many = |n: usize| (0..n).map(|at| article("Lanterns in small northern towns", "SP  - 1\nEP  - 9", &at.to_string()));
    let others = (0..5).map(|at| article("Lanterns in small northern towns", "SP  - 40\nEP  - 49", &format!("x{at}")));
    let records = read(&many(5).chain(others).collect::<String>());
    let mut settings = Settings::default();
    settings.decisions.insert("case", 1, 2, DIFFERENT, "").expect("one answer");
    assert_eq!(dedupe(&records, &settings, &()), dedupe(&records, &Settings::default(), &()));
}

#[test]
fn a_new_record_that_is_called_an_old_one_leaves_the_old_one_it_was_taken_for() {
    let records = read(&[paper("new"), paper("old"), reply("old")].concat());
    assert_eq!(with(&records, 1, &[]).cluster_of, [1, 1, 2]);
    assert_eq!(with(&records, 1, &[(0, 2, SAME)]).cluster_of, [2, 1, 2]);
}

#[test]
fn what_an_answer_tears_from_its_cluster_is_asked_about() {
    let records = read(&[paper("a"), paper("b"), paper("c")].concat());
    let torn = with(&records, 3, &[(0, 1, DIFFERENT)]);
    assert_eq!(torn.counts.kept, 2);
    // The third went with one of them; whether it is the other is not answered yet.
    let other = usize::from(torn.cluster_of[2] == torn.cluster_of[0]);
    let asked: Vec<_> = torn.unsure.iter().map(|pair| (pair.left as usize, pair.right as usize, pair.rule)).collect();
    assert_eq!(asked, [(other, 2, "clusters-contradict")]);

    let answered = with(&records, 3, &[(0, 1, DIFFERENT), (other, 2, DIFFERENT)]);
    assert_eq!((answered.counts.kept, answered.unsure.len()), (2, 0), "{answered:?}");
    let answered = with(&records, 3, &[(0, 1, DIFFERENT), (other, 2, SAME), (1 - other, 2, DIFFERENT)]);
    assert_eq!((answered.counts.kept, answered.unsure.len()), (2, 0), "{answered:?}");
    assert_eq!(answered.cluster_of[other], answered.cluster_of[2]);
}

#[test]
fn nobody_is_asked_about_two_clusters_that_were_called_different() {
    // A record that fits both, and of which the clusters differ by rule.
    let records = read(&[paper("a"), paper("b"), reply("c"), reply("d")].concat());
    let answered = with(&records, 4, &[(1, 2, DIFFERENT)]);
    assert_eq!((answered.counts.kept, answered.unsure.len()), (2, 0), "{answered:?}");
}

#[test]
fn duplicates_among_old_records_ask_nothing() {
    let records = read(&[paper("new"), paper("old"), paper("old, again")].concat());
    let result = with(&records, 1, &[]);
    assert!([1, 2].contains(&result.cluster_of[0]), "{result:?}");
    assert_eq!((&result.cluster_of[1..], result.unsure.len()), (&[1, 2][..], 0), "{result:?}");
}

#[test]
fn what_is_identical_is_so_whoever_spoke_of_it() {
    let records = read(&[paper("a"), paper("a"), reply("c")].concat());
    let result = with(&records, 3, &[(0, 2, DIFFERENT)]);
    let rows: Vec<_> = result.removed.iter().map(|row| (row.rule, row.by_person)).collect();
    assert_eq!(rows, [("identical", false)]);
}

/// What is read again of the unique records, written as `format`.
fn written_and_read(records: &[Record], format: Format) -> Vec<Record> {
    let unique = dedupe(records, &Settings::default(), &()).unique(records);
    let target = Target { provenance: true, keys: Keys::Made(content_hash), ..Target::new(format) };
    let mut out = Vec::new();
    refsieve::formats::write(&unique, &target, &mut out).expect("memory takes it");
    refsieve::formats::read(&format!("unique.{}", format.extensions()[0]), out).expect("an export").records
}

fn decided(records: &[Record], left: u64, right: u64, verdict: Verdict) -> Deduplication {
    let mut settings = Settings::default();
    settings.decisions.insert("case", left, right, verdict, "").expect("one answer");
    dedupe(records, &settings, &())
}

#[test]
fn an_answer_about_the_exports_holds_for_what_was_made_of_them() {
    let exports = read(&[paper("a"), paper("b"), reply("c")].concat());
    let of_exports: Vec<u64> = exports.iter().map(content_hash).collect();
    for format in [Format::Ris, Format::Medline, Format::EndNoteTagged, Format::Csv, Format::JsonLines] {
        let unique = written_and_read(&exports, format);
        let of_unique: Vec<u64> = unique.iter().map(content_hash).collect();
        assert_eq!(unique.len(), 2, "{format}");
        assert!(!of_exports.contains(&of_unique[0]), "the merged record says more: {format}");
        // Whichever of the two copies was spoken of.
        for copy in [0, 1] {
            let joined = decided(&unique, of_exports[copy], of_exports[2], SAME);
            assert_eq!(joined.counts.kept, 1, "{format} {copy}");
            assert_eq!(joined.removed.first().map(|row| row.by_person), Some(true), "{format} {copy}");
        }
        // And an answer about them holds for the exports: it calls them by what they were kept from.
        let keys = Key::both(Key::of(&unique[0]), Key::of(&unique[1]));
        assert!(of_exports[..2].contains(&keys[0]) && keys[1] == of_exports[2], "{format}");
        assert_eq!(decided(&exports, keys[0], keys[1], SAME).counts.kept, 1, "{format}");
    }
}

#[test]
fn an_answer_that_denies_an_earlier_merge_holds_although_the_merged_record_is_here() {
    let exports = read(&[paper("a"), paper("b")].concat());
    let merged = written_and_read(&exports, Format::Ris);
    assert_eq!(merged.len(), 1);
    let keys: Vec<u64> = exports.iter().map(content_hash).collect();
    let first = merged[0].provenance().first().and_then(|line| line.key);
    let apart = decided(&[exports, merged].concat(), keys[0], keys[1], DIFFERENT);
    assert_ne!(apart.cluster_of[0], apart.cluster_of[1], "{apart:?}");
    // It goes with the one it was kept from.
    let kept = keys.iter().position(|key| Some(*key) == first).expect("one of the two was kept");
    assert_eq!(apart.cluster_of[2], apart.cluster_of[kept], "{apart:?}");
}

#[test]
fn two_that_were_kept_from_one_record_are_called_by_what_they_say_now() {
    let exports = read(&[paper("a"), paper("b")].concat());
    let merged = written_and_read(&exports, Format::Ris);
    let [third] = &read(&reply("c"))[..] else { unreachable!("one record") };
    let first = Key::both(Key::of(&merged[0]), Key::of(third))[0];
    let kept = exports.iter().find(|record| content_hash(record) == first).expect("one of the two was kept");
    assert_eq!(Key::both(Key::of(kept), Key::of(&merged[0])), [kept, &merged[0]].map(content_hash));
    let other = exports.iter().find(|record| content_hash(record) != content_hash(kept)).expect("two");
    assert_eq!(Key::both(Key::of(other), Key::of(&merged[0])), [other, kept].map(content_hash));
}

#[test]
fn an_answer_about_one_record_joins_no_others_by_what_they_carry() {
    // Merged by an earlier run of two that no rule joins, one of which somebody called different from a third.
    let exports = read(&[paper("a"), reply("b"), article("Lanterns in small northern towns", "SP  - 1\nEP  - 9", "c")].concat());
    let keys: Vec<u64> = exports.iter().map(content_hash).collect();
    let lines = format!(
        "N1  - [refsieve-origin: ordinal=1; id=1; key={:016x}; file=a.ris]\nN1  - [refsieve-origin: ordinal=2; id=2; key={:016x}; file=a.ris]\nER  - ",
        keys[0], keys[1]
    );
    let merged = read(&paper("a\nN1  - b").replace("ER  - ", &lines));
    let records = [exports, merged].concat();
    let told = decided(&records, keys[1], keys[2], DIFFERENT);
    assert_ne!(told.cluster_of[1], told.cluster_of[3], "{told:?}");
    assert!(told.removed.iter().all(|row| !row.by_person), "{told:?}");
    // Nobody is asked about the third and what carries the second either.
    let asked = decided(&records, keys[1], keys[2], SAME);
    assert_eq!(asked.cluster_of[2], asked.cluster_of[3], "{asked:?}");
}
