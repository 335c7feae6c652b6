//! Registrations of trials and reviews: the numbers of registries, wherever an export has them.
//!
//! Goes in: an accession ("NCT01234567", "CTgov NCT01234567"), the page of a registry (`https://clinicaltrials.gov/show/NCT…`,
//! `…?TrialID=EUCTR2010-024529-18-GB`), or what CENTRAL has for the author ("Nct"). Comes out: a number that is equal where the
//! registration is, and says whose it is: two numbers of one registry are two registrations, one trial may stand in two registries.

use super::hash;
use crate::record::RegistryId;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// The bits of a number that are those of its registry; 0 for one that is not known.
const REGISTRY: u64 = 0xff;

/// Whether a value as a whole is the number of a trial or review in a registry: two of them are two registrations.
pub(super) fn is_number(value: &str) -> bool {
    /// What the numbers of registries begin with that no database begins its own with.
    const REGISTRIES: [&str; 16] = [
        "NCT", "ISRCTN", "ACTRN", "ChiCTR", "CTRI/", "DRKS", "EUCTR", "IRCT", "JPRN-", "UMIN", "jRCT", "KCT", "NTR", "PACTR", "RBR-",
        "TCTR",
    ];
    // Nearly all accessions end here, at their first letter or digit.
    let Some(first) = value.as_bytes().first() else { return false };
    let begins = |start: &str| {
        first.eq_ignore_ascii_case(&start.as_bytes()[0]) && value.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    is_of_prospero(value) || (REGISTRIES.iter().any(|start| begins(start)) && RegistryId::parse(value).is_some())
}

fn is_of_prospero(value: &str) -> bool {
    let digits = value.strip_prefix("CRD").unwrap_or_default();
    (8..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that `value` is or ends with ("ClinicalTrials.gov/…"), as a hash of its letters and digits.
pub(super) fn number(value: &str) -> Option<u64> {
    /// An EU number without the country, or the part behind it that a later register added.
    const DIGITS_OF_EU: usize = 12;
    // "CTgov NCT04100000" in CENTRAL.
    let known = RegistryId::parse(value).or_else(|| value.split_whitespace().find_map(RegistryId::parse));
    let number = known.as_ref().map_or_else(|| value.rsplit('/').next().unwrap_or(value), RegistryId::as_str);
    let letters = number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    let registry = match known.as_ref().map(RegistryId::registry) {
        None if is_of_prospero(number) => "PROSPERO",
        None => "",
        Some(registry) => registry,
    };
    let folded: String = match registry {
        "EU Clinical Trials Register" => letters.filter(char::is_ascii_digit).take(DIGITS_OF_EU).collect(),
        _ => letters.collect(),
    };
    let folded = folded.strip_prefix("jprn").unwrap_or(&folded);
    let whose = if registry.is_empty() { 0 } else { (hash(registry) & REGISTRY).max(1) };
    (folded.len() >= 7 && folded.bytes().any(|byte| byte.is_ascii_digit())).then(|| hash(folded) & !REGISTRY | whose)
}

/// Whether two numbers are those of one registry.
pub(crate) fn are_of_one_registry(left: u64, right: u64) -> bool {
    left & REGISTRY == right & REGISTRY
}

/// Where registries show their registrations.
static PAGES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let hosts = [
        "clinicaltrials.gov/",
        "clinicaltrialsregister.eu/",
        "trialsearch",
        "isrctn.com/",
        "isrctn.org/",
        "controlled-trials.com/",
        "anzctr.org.au/",
        "drks.de/",
        "chictr.org",
        "ctri.nic.in/",
        "irct.ir/",
        "irct.behdasht",
        "umin.ac.jp/",
        "jrct.",
        "cris.nih.go.kr/",
        "pactr.",
        "trialregister.nl/",
        "ensaiosclinicos.gov.br/",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(hosts).ok()
});

/// Whether `value` is the address of a page of a registry, and nothing else.
pub(super) fn is_page(value: &str) -> bool {
    // Most journals end here, and most addresses behind it.
    memchr::memchr(b'/', value.as_bytes()).is_some()
        && PAGES.as_ref().is_some_and(|pages| pages.is_match(value))
        && !value.contains(char::is_whitespace)
}

/// The number of the registration that the address `value` shows.
pub(super) fn number_of_page(value: &str) -> Option<u64> {
    if !is_page(value) {
        return None;
    }
    // "?TrialID=CTRI/2017/05/008555"
    let asked_for = || value.rsplit_once('=').map(|(_, last)| last).filter(|last| is_number(last));
    let part = value.split(['/', '?', '=', '&', '#']).map(|part| part.trim_end_matches(".aspx")).find(|part| is_number(part));
    part.or_else(asked_for).and_then(number)
}

/// Whether the folded name of an author is that of a registry, or the number itself: nobody.
pub(super) fn is_registry(folded: &str) -> bool {
    const NAMES: [&str; 15] =
        ["nct", "euctr", "isrctn", "actrn", "chictr", "ctri", "irct", "jprn", "jprn umin", "drks", "kct", "pactr", "tctr", "ntr", "rbr"];
    // Nearly every name ends here.
    match folded.as_bytes() {
        [
            b'n' | b'e' | b'i' | b'a' | b'c' | b'j' | b'd' | b'k' | b'p' | b't' | b'r',
            b'c' | b'u' | b's' | b't' | b'h' | b'r' | b'p' | b'a' | b'b',
            ..,
        ] => {
            let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            NAMES.contains(&letters)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_accessions() {
        for (value, expected) in [
            ("NCT04100000", true),
            ("ACTRN12612000123456", true),
            ("CTRI/2017/05/008555", true),
            ("CRD42020123456", true),
            ("NCT0410", false),
            ("CRD-7", false),
            ("2-s2.0-850", false),
        ] {
            assert_eq!(is_number(value), expected, "{value}");
        }
        assert_eq!(number("CTgov NCT04100000"), number("NCT04100000"));
        assert_ne!(number("CTRI/2017/05/008555"), number("CTRI/2017/11/010123"));
        assert!(number("CTRI/2017/05/008555").is_some());
    }

    #[test]
    fn one_registration_has_one_number_wherever_it_stands() {
        for (left, right) in [
            ("https://clinicaltrials.gov/show/NCT04100000", "NCT04100000"),
            ("https://clinicaltrials.gov/ct2/show/study/NCT04100000?term=x&rank=1", "nct04100000"),
            ("http://www.who.int/trialsearch/Trial2.aspx?TrialID=EUCTR2010-024529-18-GB", "EUCTR2010-024529-18-DE"),
            ("https://trialsearch.who.int/Trial2.aspx?TrialID=CTRI/2017/05/008555", "CTRI/2017/05/008555"),
            ("http://www.who.int/trialsearch/Trial2.aspx?TrialID=JPRN-UMIN000012345", "UMIN000012345"),
            ("https://www.isrctn.com/ISRCTN12345678", "ISRCTN12345678"),
            ("https://anzctr.org.au/ACTRN12612000123456.aspx", "ACTRN12612000123456"),
        ] {
            assert!(number(right).is_some(), "{right}");
            assert_eq!(number_of_page(left).or_else(|| number(left)), number(right), "{left} {right}");
        }
        for value in ["https://clinicaltrials.gov/", "https://example.org/NCT04100000", "see clinicaltrials.gov/show/NCT04100000"] {
            assert_eq!(number_of_page(value), None, "{value}");
        }
    }

    #[test]
    fn numbers_say_whose_they_are() {
        let are_of_one = |left, right| are_of_one_registry(number(left).unwrap(), number(right).unwrap());
        assert!(are_of_one("NCT04100000", "NCT04100001"));
        assert!(are_of_one("CRD42020123456", "CRD42020123457"));
        assert!(!are_of_one("NCT04100000", "EUCTR2010-024529-18-GB"));
    }

    #[test]
    fn registries_are_nobody() {
        for (name, expected) in [
            ("nct", true),
            ("nct04100000", true),
            ("euctr", true),
            ("jprn umin000012345", true),
            ("nctou", false),
            ("isrctn", true),
            ("ek", false),
            ("chen", false),
        ] {
            assert_eq!(is_registry(name), expected, "{name}");
        }
    }
}
