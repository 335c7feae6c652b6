//! The qualifiers (subheadings) of MeSH: their names and the two-letter codes by which Ovid knows them.
//!
//! MEDLINE writes "Peer Group/psychology" where Ovid writes "Peer Group/px"; both are the code `px` here.

/// Code and name of each of the 76 qualifiers of MeSH 2024.
pub const QUALIFIERS: &[(&str, &str)] = &[
    ("aa", "analogs & derivatives"),
    ("ab", "abnormalities"),
    ("ad", "administration & dosage"),
    ("ae", "adverse effects"),
    ("ag", "agonists"),
    ("ah", "anatomy & histology"),
    ("ai", "antagonists & inhibitors"),
    ("an", "analysis"),
    ("bi", "biosynthesis"),
    ("bl", "blood"),
    ("bs", "blood supply"),
    ("cf", "cerebrospinal fluid"),
    ("ch", "chemistry"),
    ("ci", "chemically induced"),
    ("cl", "classification"),
    ("cn", "congenital"),
    ("co", "complications"),
    ("cs", "chemical synthesis"),
    ("cy", "cytology"),
    ("de", "drug effects"),
    ("df", "deficiency"),
    ("dg", "diagnostic imaging"),
    ("dh", "diet therapy"),
    ("di", "diagnosis"),
    ("dt", "drug therapy"),
    ("ec", "economics"),
    ("ed", "education"),
    ("eh", "ethnology"),
    ("em", "embryology"),
    ("en", "enzymology"),
    ("ep", "epidemiology"),
    ("es", "ethics"),
    ("et", "etiology"),
    ("gd", "growth & development"),
    ("ge", "genetics"),
    ("hi", "history"),
    ("im", "immunology"),
    ("in", "injuries"),
    ("ip", "isolation & purification"),
    ("ir", "innervation"),
    ("is", "instrumentation"),
    ("lj", "legislation & jurisprudence"),
    ("me", "metabolism"),
    ("mi", "microbiology"),
    ("mo", "mortality"),
    ("mt", "methods"),
    ("nu", "nursing"),
    ("og", "organization & administration"),
    ("pa", "pathology"),
    ("pc", "prevention & control"),
    ("pd", "pharmacology"),
    ("ph", "physiology"),
    ("pk", "pharmacokinetics"),
    ("po", "poisoning"),
    ("pp", "physiopathology"),
    ("ps", "parasitology"),
    ("px", "psychology"),
    ("py", "pathogenicity"),
    ("re", "radiation effects"),
    ("rh", "rehabilitation"),
    ("rt", "radiotherapy"),
    ("sc", "secondary"),
    ("sd", "supply & distribution"),
    ("sn", "statistics & numerical data"),
    ("st", "standards"),
    ("su", "surgery"),
    ("td", "trends"),
    ("th", "therapy"),
    ("tm", "transmission"),
    ("to", "toxicity"),
    ("tr", "transplantation"),
    ("tu", "therapeutic use"),
    ("ul", "ultrastructure"),
    ("ur", "urine"),
    ("ve", "veterinary"),
    ("vi", "virology"),
];

/// Code and name of qualifiers that MeSH no longer has and older exports still carry.
pub const RETIRED: &[(&str, &str)] = &[
    ("ct", "contraindications"),
    ("du", "diagnostic use"),
    ("ma", "manpower"),
    ("ra", "radiography"),
    ("ri", "radionuclide imaging"),
    ("se", "secretion"),
    ("us", "ultrasonography"),
    ("ut", "utilization"),
];

/// The code of the qualifier that `text` is the code or the name of, whatever its case; `and` may stand for `&`.
///
/// ```
/// use refsieve::record::qualifier;
/// assert_eq!(qualifier::code("Psychology"), Some("px"));
/// assert_eq!(qualifier::code("organization and administration"), Some("og"));
/// assert_eq!(qualifier::code("AIDS"), None);
/// ```
#[must_use]
pub fn code(text: &str) -> Option<&'static str> {
    let text = text.trim();
    find(text).or_else(|| find(&text.replace(" and ", " & ")))
}

/// The name of the qualifier with this code.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    all().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, name)| *name)
}

/// The codes of `code` itself and of every qualifier below it in MeSH's hierarchy, each once.
///
/// ```
/// use refsieve::record::qualifier;
/// assert_eq!(qualifier::explode("su"), ["su", "tr"]);
/// assert!(qualifier::explode("th").contains(&"tr"));
/// ```
#[must_use]
pub fn explode(code: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = find(code).into_iter().collect();
    let mut at = 0;
    while let Some(code) = found.get(at).copied() {
        at += 1;
        let narrower = HIERARCHY.iter().filter(|(broader, _)| *broader == code).flat_map(|(_, narrower)| narrower.split(' '));
        for code in narrower {
            if !found.contains(&code) {
                found.push(code);
            }
        }
    }
    found
}

/// Qualifiers and those directly below them: the National Library of Medicine's "Qualifiers by hierarchical arrangement",
/// with the places that retired ones had.
const HIERARCHY: &[(&str, &str)] = &[
    ("ae", "po to"),
    ("ah", "bs cy em ir"),
    ("an", "bl cf ip ur"),
    ("ch", "ag aa ai cs"),
    ("co", "sc"),
    ("cy", "pa ul"),
    ("dg", "ra ri us"),
    ("di", "dg pa"),
    ("em", "ab"),
    ("ep", "eh mo"),
    ("et", "ci co cn em ge im mi ps tm"),
    ("me", "bi bl cf df en pk ur"),
    ("mi", "vi"),
    ("og", "ec lj ma st sd td ut"),
    ("pd", "ad ae ag ai ct du pk"),
    ("ph", "ge gd im me pp se"),
    ("sn", "ep sd ut"),
    ("su", "tr"),
    ("th", "dh dt nu pc rt rh su"),
    ("tu", "ad ae ct po"),
];

fn find(text: &str) -> Option<&'static str> {
    all().find(|(code, name)| name.eq_ignore_ascii_case(text) || code.eq_ignore_ascii_case(text)).map(|(code, _)| *code)
}

fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    QUALIFIERS.iter().chain(RETIRED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_seventy_six_and_no_code_or_name_twice() {
        assert_eq!(QUALIFIERS.len(), 76);
        assert!(QUALIFIERS.is_sorted());
        let codes: BTreeSet<_> = all().map(|(code, _)| code).collect();
        let names: BTreeSet<_> = all().map(|(_, name)| name).collect();
        assert_eq!((codes.len(), names.len()), (84, 84));
    }

    #[test]
    fn codes_and_names_find_each_other() {
        for (text, expected) in [("px", Some("px")), ("PX", Some("px")), (" drug therapy ", Some("dt")), ("therapies", None), ("", None)] {
            assert_eq!(code(text), expected, "{text}");
        }
        assert_eq!(name("dt"), Some("drug therapy"));
        assert_eq!(name("zz"), None);
    }
}
