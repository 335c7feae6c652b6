//! Classes that other fields than the title note: types, journals, servers, DOIs, the beginning of an abstract.
//!
//! Goes in: a record, its kind, and what it stands in. Comes out: [`Classes`]. Many databases leave such notes out, so that only
//! their presence says something.

use super::{Class, Classes};
use crate::normalize::Journal;
use crate::normalize::identifiers::complete_doi;
use crate::record::{Database, Field, Kind, Record};
use crate::text::trimmed;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// The classes of what stands under the folded name of a journal, a server or a registry.
pub(in crate::normalize) fn of_journal(name: &str) -> Classes {
    const SERVERS: [&str; 3] = ["research square", "authorea", "corr"];
    const PAPERS: [&str; 2] = ["working paper", "discussion paper"];
    let mut classes = Classes::default();
    if SERVERS.contains(&name) || PAPERS.iter().any(|papers| memchr::memmem::find(name.as_bytes(), papers.as_bytes()).is_some()) {
        classes.note(Class::Preprint);
    }
    for word in name.split_ascii_whitespace() {
        match word {
            "clinicaltrials" | "ictrp" | "isrctn" | "prospero" => classes.note(Class::TrialRegistration),
            "ssrn" | "preprint" | "preprints" => classes.note(Class::Preprint),
            _ if word.ends_with("rxiv") => classes.note(Class::Preprint),
            _ => {}
        }
    }
    classes
}

/// What the DOIs of servers of preprints begin with, in lower case.
const DOIS_OF_PREPRINTS: &[&str] = &[
    "10.31234/",
    "10.31235/",
    "10.31219/",
    "10.31222/",
    "10.31223/",
    "10.26434/chemrxiv",
    "10.21203/rs",
    "10.20944/preprints",
    "10.2139/ssrn",
    "10.48550/arxiv",
    "10.36227/techrxiv",
    "10.22541/au",
    "10.35542/",
    "10.3386/w",
];

/// What the addresses of servers of preprints have in them, and their names.
const SERVERS_OF_PREPRINTS: &[&str] =
    &["medrxiv", "biorxiv", "psyarxiv", "socarxiv", "arxiv.org", "researchsquare", "research square", "preprints.org"];

/// What the types of the formats call data, slides and recordings.
const NO_TEXTS: &[&str] = &[
    "DATA",
    "SLIDE",
    "VIDEO",
    "SOUND",
    "MPCT",
    "ADVS",
    "Dataset",
    "Film or Broadcast",
    "Audiovisual Material",
    "Online Multimedia",
    "motion_picture",
    "song",
    "speech",
];

/// What the DOIs of repositories of data begin with, in lower case.
const DOIS_OF_DATA: &[&str] = &["10.5061/dryad", "10.17632/", "10.7910/dvn/"];

/// The same of repositories that have papers and theses as well: figshare, Zenodo.
const DOIS_OF_ANYTHING: &[&str] = &["10.6084/m9.figshare", "10.5281/zenodo"];

/// What the types of the formats call works that nobody has published.
const UNPUBLISHED: &[&str] = &["UNPB", "MANSCPT", "Unpublished Work", "Manuscript"];

/// Whether an abstract begins as Cochrane's protocols do.
fn is_of_protocol(text: &str) -> bool {
    const BEGINNINGS: [&str; 2] = ["This is the protocol for a", "This is a protocol for a"];
    let text = text.trim_start();
    let behind_label = text
        .split_once(|c: char| !c.is_alphabetic())
        .filter(|(label, _)| ["background", "objectives", "abstract"].iter().any(|known| label.eq_ignore_ascii_case(known)));
    let text = behind_label.map_or(text, |(_, text)| text.trim_start_matches(|c: char| !c.is_alphabetic()));
    BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

/// Whether `part`, in lower case, stands in `text`.
fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a DOI, in lower case, is that of a preprint.
fn is_of_preprint(doi: &str) -> bool {
    // Cold Spring Harbor has journals too, whose DOIs go on with letters.
    let is_of_cold_spring_harbor = doi.strip_prefix("10.1101/").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    is_of_cold_spring_harbor || DOIS_OF_PREPRINTS.iter().any(|start| doi.starts_with(start))
}

/// The classes that other fields than the title note.
pub(in crate::normalize) fn of_record(record: &Record, kind: Kind, journal: &Journal) -> Classes {
    const TYPES: &[(&str, Class)] = &[
        ("erratum", Class::Erratum),
        ("correction", Class::Erratum),
        ("retraction of publication", Class::Retraction),
        ("conference abstract", Class::Abstract),
        ("meeting abstract", Class::Abstract),
        // As CENTRAL calls the abstracts that it takes from Embase.
        ("journal article; conference proceeding", Class::Abstract),
        ("preprint", Class::Preprint),
        ("dissertation", Class::Thesis),
        ("thesis", Class::Thesis),
        ("trial registry", Class::TrialRegistration),
        ("trial registration", Class::TrialRegistration),
        ("review registration", Class::TrialRegistration),
        ("registry entry", Class::TrialRegistration),
        ("clinical trial protocol", Class::Protocol),
    ];
    /// What is said of a text where nothing else is.
    const WHOLE_TYPES: &[(&str, Class)] = &[
        ("protocol", Class::Protocol),
        ("retraction", Class::Retraction),
        ("retraction notice", Class::Retraction),
        ("letter", Class::Letter),
        ("comment", Class::Comment),
        // Beside "Journal Article" it is a paper about data.
        ("dataset", Class::Dataset),
        ("data set", Class::Dataset),
    ];
    static MARKS_OF_TYPES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(TYPES.iter().map(|(mark, _)| mark)).ok());
    let mut classes = Classes::default();
    for value in record.values(Field::PublicationType) {
        // "Evidence Synthesis" is no thesis.
        let is_word = |start: usize| !value.as_bytes()[..start].last().is_some_and(u8::is_ascii_alphanumeric);
        let found = MARKS_OF_TYPES.iter().flat_map(|marks| marks.find_overlapping_iter(value)).filter(|found| is_word(found.start()));
        found.for_each(|found| classes.note(TYPES[found.pattern().as_usize()].1));
        let is_only_type = record.values(Field::PublicationType).nth(1).is_none();
        let whole = WHOLE_TYPES.iter().filter(|(name, _)| trimmed(value).eq_ignore_ascii_case(name));
        whole.filter(|(_, class)| *class != Class::Dataset || is_only_type).for_each(|(_, class)| classes.note(*class));
    }
    classes.insert_all(journal.classes());
    if matches!(record.database(), Some(Database::ClinicalTrials | Database::Ictrp)) {
        classes.note(Class::TrialRegistration);
    }
    // What names a journal may have been a preprint once, and say so by its DOI.
    if journal.is_empty() {
        let is_server = |value: &str| SERVERS_OF_PREPRINTS.iter().any(|server| contains_ignoring_case(value, server));
        // Its press prints journals and books.
        let is_cold_spring_harbor = |value: &str| trimmed(value).eq_ignore_ascii_case("Cold Spring Harbor Laboratory");
        let is_unpublished = |value: &str| UNPUBLISHED.iter().any(|name| trimmed(value).eq_ignore_ascii_case(name));
        let is_on_server = record.values(Field::Url).chain(record.values(Field::Publisher)).any(is_server)
            || record.values(Field::Publisher).any(is_cold_spring_harbor);
        if is_on_server || record.first(Field::Kind).is_some_and(is_unpublished) {
            classes.note(Class::Preprint);
        }
        for doi in record.values(Field::Doi).chain(record.values(Field::Url)).filter_map(complete_doi) {
            if is_of_preprint(doi.as_str()) {
                classes.note(Class::Preprint);
            }
            let starts = |starts: &[&str]| starts.iter().any(|start| doi.as_str().starts_with(start));
            if starts(DOIS_OF_DATA) || (kind == Kind::Other && starts(DOIS_OF_ANYTHING)) {
                classes.note(Class::Dataset);
            }
        }
    }
    if record.first(Field::Abstract).is_some_and(is_of_protocol) {
        classes.note(Class::Protocol);
    }
    if record.first(Field::Kind).is_some_and(|value| trimmed(value).eq_ignore_ascii_case("ABST")) {
        classes.note(Class::Abstract);
    }
    if record.first(Field::Kind).is_some_and(|value| NO_TEXTS.iter().any(|name| trimmed(value).eq_ignore_ascii_case(name))) {
        classes.note(Class::Dataset);
    }
    if kind == Kind::Thesis {
        classes.note(Class::Thesis);
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preprints_are_noted_by_server_and_doi() {
        for (doi, expected) in
            [("10.1101/2020.01.02.20001", true), ("10.1101/gr.1", false), ("10.31234/osf.io/abc", true), ("10.1000/31234", false)]
        {
            assert_eq!(is_of_preprint(doi), expected, "{doi}");
        }
        for (name, expected) in [
            ("socarxiv", true),
            ("research square", true),
            ("nordic bank working papers", true),
            ("work", false),
            ("annals of care", false),
        ] {
            assert_eq!(of_journal(name).has(Class::Preprint), expected, "{name}");
        }
    }
}
