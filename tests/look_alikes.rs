//! The table of look-alikes is what the descriptors of MeSH give.
//!
//! Two words are look-alikes where a slip of the keyboard makes one of the other and both are words: "nitrate" and "nitrite",
//! "prednisone" and "prednisolone". With `REFSIEVE_WRITE_LOOK_ALIKES` set, the table is written anew.

#![allow(
    clippy::unwrap_used,
    clippy::iter_over_hash_type,
    clippy::disallowed_methods,
    reason = "a test that writes and reads its table; pairs are sorted later"
)]

use refsieve::dedupe::similarity::is_misspelling;
use refsieve::text::Folded;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Read as _;

const MESH: &[u8] = include_bytes!("../corpora/mesh/mesh2024.tsv.gz");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/mesh/look-alikes.tsv");

/// Endings that make another form of a word and no other word.
const FORMS: &[&str] = &[
    "", "s", "es", "d", "ed", "r", "er", "ers", "e", "a", "as", "ae", "ing", "ings", "ion", "ions", "ive", "ives", "or", "ors", "al",
    "als", "ally", "ly", "ic", "ics", "ical", "is", "sis", "ses", "tic", "tics", "ous", "us", "um", "ums", "i", "y", "ies", "ity", "ities",
    "ment", "ments", "ation", "ations", "ated", "ating", "ar", "ars", "ary", "able", "ible", "ia", "ias", "ian", "ians", "oid", "oids",
    "ist", "ists", "ism", "isms", "ant", "ants", "ent", "ents", "ance", "ence", "ances", "ences", "ancy", "ency", "ness", "ate", "ates",
    "ator", "ators", "ery", "ry",
];

/// The words of the heading and the entry terms of each descriptor, term by term.
fn descriptors() -> Vec<Vec<Vec<String>>> {
    let mut table = String::new();
    flate2::read::GzDecoder::new(MESH).read_to_string(&mut table).unwrap();
    let words_of = |term: &str| Folded::words(term).as_str().split(' ').map(str::to_owned).collect();
    let terms_of = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        std::iter::once(columns[1]).chain(columns[3].split('|')).map(words_of).collect()
    };
    table.lines().map(terms_of).collect()
}

fn is_word(word: &str) -> bool {
    word.len() >= 5 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What is left of `word` when up to two letters behind the first are taken out.
fn neighbours(word: &str) -> HashSet<String> {
    let without_one = |word: &str| (1..word.len()).map(|at| [&word[..at], &word[at + 1..]].concat()).collect::<HashSet<String>>();
    let once = without_one(word);
    let twice: HashSet<String> = once.iter().flat_map(|word| without_one(word)).collect();
    once.into_iter().chain(twice).chain([word.to_owned()]).collect()
}

/// A word with each letter that is doubled written once.
fn once(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.dedup();
    letters
}

/// A word without its plural, in the spelling of America.
fn plain(word: &str) -> String {
    let singular = match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(word).to_owned(),
    };
    let spelled = [
        ("our", "or"),
        ("ae", "e"),
        ("oe", "e"),
        ("is", "iz"),
        ("ys", "yz"),
        ("ll", "l"),
        ("sulph", "sulf"),
        ("ci", "cy"),
        ("k", "c"),
        ("tre", "ter"),
    ];
    let american = spelled.iter().fold(singular, |word, (british, american)| word.replace(british, american));
    american.trim_end_matches('e').to_owned()
}

/// Whether both are forms of one word.
fn are_forms(left: &str, right: &str) -> bool {
    let shared = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    once(left) == once(right)
        || plain(left) == plain(right)
        || (4.min(shared)..=shared).any(|at| FORMS.contains(&&left[at..]) && FORMS.contains(&&right[at..]))
}

fn look_alikes() -> BTreeSet<(String, String)> {
    let descriptors = descriptors();
    let words: BTreeSet<&String> = descriptors.iter().flatten().flatten().filter(|word| is_word(word)).collect();
    let mut near: HashMap<String, Vec<&str>> = HashMap::new();
    for word in &words {
        for neighbour in neighbours(word) {
            near.entry(neighbour).or_default().push(word);
        }
    }
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for alike in near.values() {
        for (at, left) in alike.iter().enumerate() {
            for right in &alike[at + 1..] {
                if left.as_bytes()[0] == right.as_bytes()[0] && is_misspelling(left, right) && !are_forms(left, right) {
                    pairs.insert(((*left.min(right)).to_owned(), (*left.max(right)).to_owned()));
                }
            }
        }
    }
    // One descriptor gives two spellings of a word where two of its terms are otherwise the same words.
    let mut partners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (left, right) in &pairs {
        partners.entry(left).or_default().push(right);
        partners.entry(right).or_default().push(left);
    }
    let mut spellings: BTreeSet<(String, String)> = BTreeSet::new();
    for terms in &descriptors {
        let sorted = |mut words: Vec<String>| {
            words.sort_unstable();
            words.join(" ")
        };
        let known: HashSet<String> = terms.iter().map(|term| sorted(term.iter().map(|word| plain(word)).collect())).collect();
        for (term, at) in terms.iter().flat_map(|term| (0..term.len()).map(move |at| (term, at))) {
            for partner in partners.get(term[at].as_str()).into_iter().flatten() {
                let mut other: Vec<String> = term.iter().map(|word| plain(word)).collect();
                other[at] = plain(partner);
                if known.contains(&sorted(other)) {
                    let (left, right) = (term[at].as_str(), *partner);
                    spellings.insert((left.min(right).to_owned(), left.max(right).to_owned()));
                }
            }
        }
    }
    pairs.difference(&spellings).cloned().collect()
}

#[test]
fn the_table_is_what_the_descriptors_give() {
    let expected: String = look_alikes().into_iter().map(|(left, right)| format!("{left}\t{right}\n")).collect();
    if std::env::var_os("REFSIEVE_WRITE_LOOK_ALIKES").is_some() {
        std::fs::write(TABLE, &expected).unwrap();
    }
    let table = std::fs::read_to_string(TABLE).unwrap();
    assert!(table == expected, "{TABLE} is not what the descriptors give; set REFSIEVE_WRITE_LOOK_ALIKES and look at the change");
    assert!(table.lines().any(|line| line == "nitrate\tnitrite"));
    for one_word in ["amoxicillin\tamoxycillin", "behavior\tbehaviours", "center\tcentre", "leucocyte\tleukocytes", "midwife\tmidwifery"] {
        assert!(!table.lines().any(|line| line == one_word), "{one_word}");
    }
}
