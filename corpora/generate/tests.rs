//! What the corpus promises: the same bytes for a seed, the exact number of records, ids that are unique, a third duplicates.

use crate::corpus::{gold_path, write_corpus};
use crate::databases::DATABASES;
use crate::noise::plain_letters;
use crate::traps::work_or_trap;
use crate::works::{library, pmid};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The ten files and the labels, in the order of the table.
fn written(folder: &Path, n_records: u64, seed: u64) -> Vec<String> {
    write_corpus(folder, n_records, seed).expect("a temporary folder is writable");
    let exports = DATABASES.iter().map(|database| folder.join(database.file));
    let paths = exports.chain([gold_path(folder)]);
    paths.map(|path| fs::read_to_string(path).expect("the corpus is UTF-8")).collect()
}

fn corpus(n_records: u64, seed: u64) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    written(&folder.path().join("corpus"), n_records, seed)
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(corpus(500, 7), corpus(500, 7));
    assert_ne!(corpus(500, 7), corpus(500, 8));
}

#[test]
fn the_number_of_records_is_exact() {
    for n_records in [1, 2, 399, 400, 1234] {
        let files = corpus(n_records, 1);
        let starts = ["\nPMID- ", "TY  - ", "%0 ", "<rec-number>"];
        let count = |text: &String| starts.iter().map(|start| text.matches(start).count()).sum::<usize>();
        let first_of_medline = usize::from(files[0].starts_with("PMID- "));
        let n_found = files[..10].iter().map(count).sum::<usize>() + first_of_medline;
        assert_eq!(n_found as u64, n_records);
        assert_eq!(files[10].lines().count() as u64, n_records);
    }
}

#[test]
fn ids_are_unique_and_a_third_of_the_records_redundant() {
    let labels = corpus(4000, 3).pop().expect("the labels come last");
    let rows: Vec<_> = labels.lines().filter_map(|line| line.split_once('\t')).collect();
    let ids: BTreeSet<_> = rows.iter().map(|(id, _)| id).collect();
    let clusters: BTreeSet<_> = rows.iter().map(|(_, cluster)| cluster).collect();
    assert_eq!(ids.len(), 4000);
    assert_eq!(clusters.len(), 2600);
}

#[test]
fn the_labels_stand_beside_the_folder() {
    assert_eq!(gold_path(Path::new("out/corpus/")), Path::new("out/corpus.gold.tsv"));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    let error = write_corpus(&file.path().join("corpus"), 10, 1).expect_err("a file is no folder");
    assert!(error.path.ends_with("corpus"));
}

#[test]
fn near_doubles_are_two_works_that_keep_their_own_numbers() {
    let library = library(1);
    for first in (24..26 * 40).step_by(26) {
        let (one, guarded) = work_or_trap(&library, first);
        let (two, _) = work_or_trap(&library, first + 1);
        assert!(guarded && one.number != two.number && one.pmid != two.pmid);
        assert!(
            (&one.title, &one.subtitle, &one.journal, &one.pages, &one.volume)
                != (&two.title, &two.subtitle, &two.journal, &two.pages, &two.volume)
        );
    }
}

#[test]
fn pubmed_numbers_do_not_repeat() {
    let numbers: BTreeSet<_> = (0..100_000).map(pmid).collect();
    assert_eq!(numbers.len(), 100_000);
    assert!(numbers.iter().all(|number| number.to_string().len() == 8));
}

#[test]
fn marks_are_taken_off_the_right_letters() {
    assert_eq!(plain_letters("Sørensen Mäkinen Åsberg Yılmaz Horváth ‘x’ – ñ"), "Sorensen Makinen Asberg Yilmaz Horvath 'x' - n");
}
