//! XML of the ICTRP search portal of the World Health Organization: registrations of trials, one `<Trial>` each.
//!
//! Goes in: the text of an export. Comes out: one record for each trial, an entry for each element that holds text, under
//! its own name. The number of the trial in its registry is what the record is known by. What registries say of methods,
//! participants and outcomes is no abstract: it is kept as it is.

use super::Content;
use super::origin::Origin;
use super::xml::{self, Breaks, Element, Grammar, Sink, Tags};
use crate::record::{Database, Dialect, Field, PartialDate, Source};
use std::ops::Range;
use std::sync::Arc;

/// Elements and their meanings. The portal has no list of them: these are what its exports hold.
const ELEMENTS: &[(&str, Field)] = &[
    (TRIAL, Field::Kind),
    ("Export_date", Field::Other),
    ("Internal_Number", Field::Other),
    ("TrialID", Field::RegistryNumber),
    ("Last_Refreshed_on", Field::Other),
    // A search of titles is to find the words of both.
    ("Public_title", Field::Title),
    ("Scientific_title", Field::Title),
    ("Acronym", Field::ShortTitle),
    ("Primary_sponsor", Field::Other),
    ("Secondary_Sponsor", Field::Other),
    ("Source_Support", Field::Other),
    ("Date_registration", Field::Date),
    ("Date_registration3", Field::Other),
    ("Date_enrollement", Field::Other),
    ("Source_Register", Field::Database),
    ("web_address", Field::Url),
    ("other_records", Field::Other),
    ("Secondary_ID", Field::RegistryNumber),
    ("Secondary_IDs", Field::RegistryNumber),
    ("SecondaryIDs", Field::RegistryNumber),
    ("Bridging_flag_TRUE_FALSE", Field::Other),
    ("Bridged_type", Field::Other),
    ("Prospective_registration", Field::Other),
    ("Retrospective_flag", Field::Other),
    ("Recruitment_Status", Field::Other),
    ("Inclusion_agemin", Field::Other),
    ("Inclusion_agemax", Field::Other),
    ("Inclusion_gender", Field::Other),
    ("Inclusion_Criteria", Field::Other),
    ("Exclusion_Criteria", Field::Other),
    ("Target_size", Field::Other),
    ("Study_type", Field::PublicationType),
    ("Study_design", Field::Other),
    ("Phase", Field::Other),
    ("Countries", Field::Other),
    ("Contact_Firstname", Field::Other),
    ("Contact_Lastname", Field::Other),
    ("Contact_Address", Field::Other),
    ("Contact_Email", Field::Other),
    ("Contact_Tel", Field::Other),
    ("Contact_Affiliation", Field::Other),
    ("Condition", Field::Keyword),
    ("Intervention", Field::Other),
    ("Primary_outcome", Field::Other),
    ("Secondary_outcome", Field::Other),
    ("Ethics_review_status", Field::Other),
    ("Ethics_review_approval_date", Field::Other),
    ("results_yes_no", Field::Other),
    ("results_date_posted", Field::Other),
    ("results_date_completed", Field::Other),
    ("results_url_link", Field::Other),
    ("results_summary", Field::Other),
    ("results_ipd_plan", Field::Other),
];

const TRIAL: &str = "Trial";
const ID: &str = "TrialID";
/// The day of registration as eight digits, year first.
const PLAIN_DATE: &str = "Date_registration3";

/// How far into a file its first trial is looked for.
const HEAD: usize = 4096;

const GRAMMAR: Grammar = Grammar {
    records: &[TRIAL],
    holds_record: |_| true,
    is_inline: |name| matches!(name, "br" | "p" | "b" | "i" | "sub" | "sup"),
    breaks: Breaks::Kept,
    entries,
};

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(HEAD)];
    xml::begins(head) && (head.contains("<Trials_downloaded_from_ICTRP") || (head.contains("<Trial>") && head.contains("<TrialID>")))
}

/// Which database and program the export `text` comes from.
pub(super) fn origin(_text: &str) -> Origin {
    Origin::new(Some(Database::Ictrp), Dialect::Ictrp)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    xml::read(source, range, &GRAMMAR, &Tags::new(source, ELEMENTS))
}

fn entries(trial: Element<'_>, sink: &mut Sink<'_>) {
    if trial.descendants().all(|element| element.value().is_empty()) {
        return;
    }
    sink.push(TRIAL, Field::Kind, "Trial Registration");
    let has_date = trial.all("Date_registration").any(|date| PartialDate::parse(date.value()).is_some());
    // An element that has lost its end has those behind it inside of it.
    for element in trial.descendants() {
        let name = element.name();
        let field = sink.tags.field(name).unwrap_or(Field::Other);
        if name == ID {
            sink.push_element(name, Field::Accession, element);
        }
        if name == PLAIN_DATE && !has_date {
            let year = element.value().get(..4).filter(|year| PartialDate::parse(year).is_some());
            sink.push_part(name, Field::Year, element, year.unwrap_or_default());
        }
        sink.push_element(name, field, element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_the_root_or_the_first_trial() {
        for (text, expected) in [
            ("<?xml version='1.0'?>\n<Trials_downloaded_from_ICTRP>\n<Trial>", true),
            ("<Trial>\n<Internal_Number>1</Internal_Number><TrialID>NCT1</TrialID>", true),
            ("<Trial><name>x</name></Trial>", false),
            ("Trials_downloaded_from_ICTRP", false),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }

    #[test]
    fn every_element_is_listed_once() {
        for (at, (tag, _)) in ELEMENTS.iter().enumerate() {
            assert!(ELEMENTS[at + 1..].iter().all(|(other, _)| other != tag), "{tag}");
        }
    }
}
