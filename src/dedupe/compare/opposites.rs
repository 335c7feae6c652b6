//! Words that differ by a few letters and mean the opposite: no slip of the keyboard makes one of the other.
//!
//! Goes in: two folded words. Comes out: whether a prefix or a number turns one into the other's opposite. It knows no
//! meaning beyond its tables.

use super::super::similarity;
use crate::normalize::ORDINALS;

/// Words that deny what follows them.
const NEGATIONS: &[&str] = &[
    "without", "not", "no", "non", "never", "neither", "nor", "nicht", "ohne", "kein", "keine", "ikke", "uten", "uden", "inte", "utan",
    "sans", "sin", "sem", "senza", "не", "без", "niet", "zonder",
];

/// Those that mean something else in English ("PLS-SEM"), and small words that stand beside them in their own languages.
const ROMANCE_NEGATIONS: [&str; 2] = ["sin", "sem"];
const ROMANCE_WORDS: [&str; 16] =
    ["de", "del", "la", "el", "los", "las", "en", "con", "com", "para", "por", "da", "do", "dos", "em", "uma"];

/// Whether `word` denies what follows it in `title`; "nitric oxide (NO)" is an abbreviation.
pub(super) fn denies(word: &str, title: &str) -> bool {
    let words = || title.split_ascii_whitespace();
    let abbreviates = || {
        let letters = word.chars().count();
        let before: Vec<&str> = words().take_while(|other| *other != word).collect();
        let spelled = before.get(before.len().saturating_sub(letters)..).unwrap_or_default();
        letters > 1 && spelled.len() == letters && spelled.iter().zip(word.chars()).all(|(word, letter)| word.starts_with(letter))
    };
    let is_meant = || !ROMANCE_NEGATIONS.contains(&word) || words().any(|other| ROMANCE_WORDS.contains(&other));
    NEGATIONS.contains(&word) && is_meant() && !abbreviates()
}

/// Prefixes of which each names another thing than the others of its row.
const PREFIXES: &[&[&str]] = &[
    &["hypo", "hyper", "normo"],
    &["ab", "ad"],
    &["af", "ef"],
    &["pre", "post", "peri"],
    &["intra", "inter", "extra"],
    &["micro", "macro"],
    &["over", "under"],
    &["mono", "bi", "tri", "multi", "poly"],
    &["uni", "bi", "tri", "multi"],
    &["homo", "hetero"],
    &["endo", "exo"],
    &["anti", "pro"],
    &["in", "ex"],
    &["sub", "super", "supra"],
    &["ante", "post"],
    &["hipo", "hiper"],
    &["ipo", "iper"],
    &["гипо", "гипер"],
    &["pre", "pos"],
    &["hjerte", "hjerne"],
    &["hjart", "hjarn"],
    &["herz", "hirn"],
];

/// Endings of which each makes another person of the same stem than the other.
const PERSONS: &[(&str, &str)] = &[
    ("er", "ee"),
    ("ers", "ees"),
    ("or", "ee"),
    ("ors", "ees"),
    ("os", "as"),
    ("ores", "oras"),
    ("ants", "antes"),
    ("ents", "entes"),
    ("eurs", "euses"),
];

/// Endings of which each makes another substance or operation of the same stem than the other.
const SUBSTANCES: &[(&str, &str)] =
    &[("pril", "prilat"), ("otomy", "ectomy"), ("otomies", "ectomies"), ("oxia", "oxemia"), ("oxia", "oxaemia")];

/// Words that look like a slip of each other and are none, beside those that the table of descriptors has.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("selenite", "selenate"),
    ("sulfite", "sulfate"),
    ("sulphite", "sulphate"),
    ("phosphite", "phosphate"),
    ("chlorite", "chlorate"),
    ("lactose", "lactase"),
    ("sucrose", "sucrase"),
    ("hexane", "hexene"),
    ("facial", "fascial"),
    ("cystine", "cysteine"),
    ("perineal", "peroneal"),
    ("ureteric", "urethric"),
    ("ureteral", "urethral"),
    ("palpation", "palpitation"),
    ("tropic", "trophic"),
    ("delhi", "delphi"),
    ("laos", "lagos"),
];

/// Prefixes that deny the word that they are put before.
const DENIALS: &[&str] = &["un", "non", "in", "im", "ir", "il", "dis", "anti", "de", "a", "mal", "hypo", "hyper", "pre", "post", "sub"];

/// Small words of which each turns a title round that has another of its row in the same place.
const TURNS: &[&[&str]] = &[
    &["during", "after", "before"],
    &["from", "to"],
    &["by", "on"],
    &["by", "of"],
    &["by", "for"],
    &["by", "with"],
    &["by", "against"],
    &["by", "to"],
    &["for", "against"],
    &["with", "against"],
    &["for", "from"],
    &["and", "or", "versus", "vs"],
    &["with", "versus", "vs"],
    &["in", "after", "before"],
    &["at", "after", "before"],
];

/// How many of [`NUMBERS`] and [`ORDINALS`] stand in order, from the first.
const IN_ORDER: usize = 20;

/// Whether one word is a number in letters and the other the same in digits: "four" and "4", "third" and "3rd".
pub(super) fn are_one_number(left: &str, right: &str) -> bool {
    let is_of = |word: &str, digits: &str| {
        let number = digits.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = &digits[number.len()..];
        let names: &[&str] = match ending {
            "" => &NUMBERS[..IN_ORDER],
            "st" | "nd" | "rd" | "th" => &ORDINALS[..IN_ORDER],
            _ => return false,
        };
        number.parse().is_ok_and(|number: usize| number > 0 && names.get(number - 1) == Some(&word))
    };
    let begins_with_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match (begins_with_digit(left), begins_with_digit(right)) {
        (false, true) => is_of(left, right),
        (true, false) => is_of(right, left),
        _ => false,
    }
}

/// The longest of [`TURNS`] has so many letters.
const LONGEST_TURN: usize = 7;

/// What the names of drugs of one kind end with (stems of international nonproprietary names): what stands before tells them
/// apart.
const STEMS_OF_DRUGS: &[&str] = &[
    "gliptin",
    "gliflozin",
    "glitazone",
    "prazole",
    "sartan",
    "dipine",
    "caine",
    "cillin",
    "statin",
    "tinib",
    "zumab",
    "ximab",
    "mumab",
    "oxetine",
    "floxacin",
    "mycin",
    "conazole",
    "azepam",
    "zolam",
    "triptan",
    "setron",
    "parin",
    "grel",
    "xaban",
    "gatran",
    "dronate",
    "thiazide",
    "lukast",
    "terol",
    "sone",
    "solone",
    "onide",
    "peridol",
    "azole",
    "barbital",
    "fentanil",
    "profen",
    "coxib",
    "olol",
    "pril",
    "vudine",
    "previr",
    "asvir",
    "buvir",
    "tegravir",
    "rubicin",
    "platin",
    "taxel",
    "citabine",
];

/// Two names of one drug.
const ONE_DRUG: (&str, &str) = ("lidocaine", "lignocaine");

/// Whether both are names of drugs of one kind, and not the same but for letters that have changed places.
fn are_kindred_drugs(left: &str, right: &str) -> bool {
    let differ_before = |stem: &str| match (left.strip_suffix(stem), right.strip_suffix(stem)) {
        (Some(left), Some(right)) => similarity::letters_apart(left, right) > 2 && left.len().min(right.len()) >= 2,
        _ => false,
    };
    // Every stem has four letters at least, and most words end in others.
    let end = |word: &'_ str| word.as_bytes().last_chunk::<4>().copied();
    let is_one = (left.min(right), left.max(right)) == ONE_DRUG;
    end(left).is_some() && end(left) == end(right) && !is_one && STEMS_OF_DRUGS.iter().any(|stem| differ_before(stem))
}

/// Numbers as words, but [`ORDINALS`]: near each other in letters or not, none is a slip for another.
const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "sixtieth",
    "seventieth",
    "single",
    "double",
    "triple",
];

/// Whether one word is the opposite of the other, or another of its kind ("monotherapy", "bitherapy").
pub(super) fn are_opposed(left: &str, right: &str) -> bool {
    if left == right {
        return false;
    }
    denied(left, right)
        || denied(right, left)
        || PREFIXES.iter().any(|row| row.iter().any(|prefix| prefixed_otherwise(left, right, prefix, row)))
        || (is_counted(left) && is_counted(right))
        || are_kindred_drugs(left, right)
        || PERSONS
            .iter()
            .chain(SUBSTANCES)
            .any(|(one, other)| end_otherwise(left, right, one, other) || end_otherwise(left, right, other, one))
        || OTHER_WORDS.iter().any(|pair| *pair == (left, right) || *pair == (right, left))
}

fn is_counted(word: &str) -> bool {
    NUMBERS.contains(&word) || ORDINALS.contains(&word)
}

/// Whether `left` ends with `one` and `right` with `other` behind the same stem.
fn end_otherwise(left: &str, right: &str, one: &str, other: &str) -> bool {
    const SHORTEST: usize = 3;
    let stem = left.strip_suffix(one).filter(|stem| stem.chars().count() >= SHORTEST);
    stem.is_some_and(|stem| right.strip_suffix(other) == Some(stem))
}

/// Whether both are small words of which one turns a title round that has the other in its place.
pub(super) fn are_turned(left: &str, right: &str) -> bool {
    left != right && left.len().max(right.len()) <= LONGEST_TURN && TURNS.iter().any(|row| row.contains(&left) && row.contains(&right))
}

/// Whether `left` begins with `prefix` and `right` goes on alike behind another of the row.
fn prefixed_otherwise(left: &str, right: &str, prefix: &str, row: &[&str]) -> bool {
    behind(left, prefix).is_some_and(|stem| {
        row.iter().filter(|other| **other != prefix).any(|other| behind(right, other).is_some_and(|rest| is_stem(stem, rest)))
    })
}

/// What stands behind `prefix`; most words begin with another letter, and that is seen without comparing any further.
fn behind<'a>(word: &'a str, prefix: &str) -> Option<&'a str> {
    if word.as_bytes().first() == prefix.as_bytes().first() { word.strip_prefix(prefix) } else { None }
}

/// Whether `long` is `short` behind a prefix that denies it.
fn denied(long: &str, short: &str) -> bool {
    long.len() > short.len() && DENIALS.iter().any(|prefix| behind(long, prefix).is_some_and(|rest| is_stem(rest, short)))
}

/// Whether two endings are those of one word: the same letters, or a slip or a plural apart. Shorter ones are chance.
fn is_stem(left: &str, right: &str) -> bool {
    const SHORTEST: usize = 4;
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).len();
    left.len() >= SHORTEST
        && right.len() >= SHORTEST
        && (left == right
            || (bare(left) >= SHORTEST && left.as_bytes()[0] == right.as_bytes()[0] && similarity::is_misspelling(left, right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_as_the_quick_looks_take_them() {
        assert!(STEMS_OF_DRUGS.iter().all(|stem| stem.len() >= 4));
        assert_eq!(TURNS.iter().copied().flatten().map(|word| word.len()).max(), Some(LONGEST_TURN));
    }

    #[test]
    fn small_words_turn_a_title_round() {
        for (left, right, expected) in [("during", "after", true), ("from", "to", true), ("of", "in", false), ("by", "by", false)] {
            assert_eq!((are_turned(left, right), are_turned(right, left)), (expected, expected), "{left} {right}");
        }
    }

    #[test]
    fn opposites_are_told_from_slips() {
        for (left, right, expected) in [
            ("hypothyroidism", "hyperthyroidism", true),
            ("hypotension", "hypertension", true),
            ("treated", "untreated", true),
            ("absorption", "adsorption", true),
            ("afferent", "efferent", true),
            ("asymptomatic", "symptomatic", true),
            ("preoperative", "postoperative", true),
            ("inpatients", "outpatients", false),
            ("patient", "inpatient", true),
            ("intracellular", "intercellular", true),
            ("fourth", "fifth", true),
            ("posoperatoria", "postoperatoria", false),
            ("preoperatoria", "posoperatoria", true),
            ("employers", "employees", true),
            ("hipotension", "hipertension", true),
            ("thirteenth", "thirtieth", true),
            ("trainer", "trainers", false),
            ("sitagliptin", "saxagliptin", true),
            ("simvastatin", "sinvastatin", false),
            ("simvastatin", "simvastatn", false),
            ("behaviour", "behavior", false),
            ("hyperthyroidism", "hyperthyroidsm", false),
            ("decision", "decisions", false),
            ("addition", "adition", false),
            ("selenite", "selenate", true),
            ("ramipril", "ramiprilat", true),
            ("colotomy", "colectomy", true),
            ("supervisor", "supervisee", true),
            ("facial", "fascial", true),
            ("lactose", "lactase", true),
            ("disease", "diseose", false),
            ("definite", "definate", false),
            ("hygiene", "hygiane", false),
        ] {
            assert_eq!(are_opposed(left, right), expected, "{left} {right}");
            assert_eq!(are_opposed(right, left), expected, "{right} {left}");
        }
    }

    #[test]
    fn what_denies_is_told_from_abbreviations() {
        for (word, title, expected) in [
            ("no", "no effect of mentoring", true),
            ("no", "nitric oxide no in the lungs of mentors", false),
            ("sem", "adultos sem apoio de pares", true),
            ("sem", "pls sem in studies of wards", false),
            ("sin", "mayores sin apoyo en la costa", true),
            ("sin", "original sin among mentors", false),
            ("with", "mentors with support", false),
        ] {
            assert_eq!(denies(word, title), expected, "{word}: {title}");
        }
    }

    #[test]
    fn numbers_are_the_same_in_letters_and_digits() {
        for (left, right, expected) in [
            ("four", "4", true),
            ("3rd", "third", true),
            ("twenty", "20", true),
            ("four", "5", false),
            ("four", "4th", false),
            ("4", "4th", false),
            ("ward", "0", false),
        ] {
            assert_eq!(are_one_number(left, right), expected, "{left} {right}");
        }
    }
}
