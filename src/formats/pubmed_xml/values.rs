//! The values of one record of PubMed XML: those that stand in one element, and those that several make.

use super::super::xml::{Element, Sink};
use super::elements::meaning;
use crate::record::Field;
use std::fmt::Write as _;

/// Elements that there is one of in a record, and that are no part of tags.
const OMITTED: &[&str] = &["MedlineCitation", "BookDocument"];

/// Attributes that say something of the record, and the value that says nothing.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("MedlineCitation", "Status", ""),
    ("MedlineCitation", "Owner", ""),
    ("MedlineCitation", "IndexingMethod", ""),
    ("PMID", "Version", "1"),
    ("Article", "PubModel", ""),
];

/// Attributes that say what sort of value an element holds: they stand in brackets in its tag.
const SORTS: &[(&str, &str)] = &[
    ("ISSN", "IssnType"),
    ("ELocationID", "EIdType"),
    ("ArticleId", "IdType"),
    ("PubMedPubDate", "PubStatus"),
    ("CommentsCorrections", "RefType"),
    ("OtherAbstract", "Type"),
    ("OtherID", "Source"),
    ("Identifier", "Source"),
];

/// Makes the entries of an element whose value is put together from its children.
type Compose = fn(Element<'_>, &Place, &mut Sink<'_>);

/// Elements whose children make one value, or values that belong together.
const COMPOSED: &[(&str, Compose)] = &[
    ("Author", author),
    ("Investigator", other_person),
    ("PersonalNameSubject", other_person),
    ("PubDate", worded_date),
    ("BeginningDate", worded_date),
    ("EndingDate", worded_date),
    ("ArticleDate", numeric_date),
    ("DateCreated", numeric_date),
    ("DateCompleted", numeric_date),
    ("DateRevised", numeric_date),
    ("ContributionDate", numeric_date),
    ("PubMedPubDate", numeric_date),
    ("Abstract", abstract_texts),
    ("OtherAbstract", abstract_texts),
    ("MeshHeading", heading),
    ("Chemical", chemical),
    ("DataBank", data_bank),
    ("Grant", grant),
    ("CommentsCorrections", correction),
    ("Reference", reference),
    ("Pagination", pagination),
    ("ELocationID", location),
];

/// Where an element stands: the tag of it, and of what contains it.
struct Place {
    tag: String,
    /// Whether a chapter's book is meant, and not the chapter.
    is_book_around: bool,
}

impl Place {
    fn field(&self, sink: &Sink<'_>) -> Field {
        field_of(&self.tag, sink)
    }

    fn inside(&self, name: &str) -> String {
        format!("{}/{name}", self.tag)
    }
}

/// Hands the entries of `record` to `sink`.
pub(super) fn entries(record: Element<'_>, sink: &mut Sink<'_>) {
    let mut place = Place { tag: String::new(), is_book_around: false };
    inner_entries(record, &mut place, sink);
}

fn inner_entries(element: Element<'_>, place: &mut Place, sink: &mut Sink<'_>) {
    for child in element.children() {
        let name = child.name();
        let (parent_len, was_around) = (place.tag.len(), place.is_book_around);
        if !OMITTED.contains(&name) {
            if !place.tag.is_empty() {
                place.tag.push('/');
            }
            place.tag.push_str(name);
            push_sort(child, &mut place.tag);
        }
        for (_, attribute, plain) in ATTRIBUTES.iter().filter(|(of, _, _)| *of == name) {
            if let Some(value) = child.attribute(attribute).filter(|value| value != plain) {
                let separator = if place.tag.is_empty() { "" } else { "/" };
                sink.push(&format!("{}{separator}@{attribute}", place.tag), Field::Other, &value);
            }
        }
        if name == "Book" {
            let is_chapter = !element.value_of("ArticleTitle").is_empty();
            place.is_book_around = is_chapter;
            sink.push(&place.tag, Field::Kind, if is_chapter { "Book Section" } else { "Book" });
        }
        match COMPOSED.iter().find(|(composed, _)| *composed == name) {
            Some((_, compose)) => compose(child, place, sink),
            None => {
                inner_entries(child, place, sink);
                sink.push_element(&place.tag, place.field(sink), child);
            }
        }
        place.tag.truncate(parent_len);
        place.is_book_around = was_around;
    }
}

/// Whatever children of a composed element its value is not made of, each under its own tag.
fn others(element: Element<'_>, tag: &str, made_of: &[&str], sink: &mut Sink<'_>) {
    for child in element.children().filter(|child| !made_of.contains(&child.name())) {
        let mut tag = format!("{tag}/{}", child.name());
        push_sort(child, &mut tag);
        others(child, &tag, &[], sink);
        // A PMID or a DOI in there is another work's, a language another text's.
        let field = match child.name() {
            "Affiliation" | "CopyrightInformation" => field_of(&tag, sink),
            _ => Field::Other,
        };
        sink.push_element(&tag, field, child);
    }
}

/// What sort of value `element` holds goes behind its tag, in brackets.
fn push_sort(element: Element<'_>, tag: &mut String) {
    let attribute = SORTS.iter().find(|(of, _)| *of == element.name()).and_then(|(_, attribute)| element.attribute(attribute));
    if let Some(sort) = attribute {
        let _ = write!(tag, "[{sort}]");
    }
}

fn field_of(tag: &str, sink: &Sink<'_>) -> Field {
    sink.tags.field(tag).unwrap_or_else(|| meaning(tag))
}

const NAME: &[&str] = &["LastName", "ForeName", "FirstName", "MiddleName", "Initials", "Suffix", "CollectiveName"];

/// "Ek, Anna Maria, Jr", as MEDLINE's `FAU` has it.
fn full_name(person: Element<'_>) -> String {
    let given = [person.value_of("ForeName"), person.value_of("FirstName"), person.value_of("Initials")];
    let given = given.into_iter().find(|given| !given.is_empty()).unwrap_or_default();
    joined(", ", &[person.value_of("LastName"), given, person.value_of("Suffix")])
}

/// "Ek AM Jr", as MEDLINE's `AU` has it.
fn short_name(person: Element<'_>) -> String {
    let initials = person.value_of("Initials");
    if initials.is_empty() {
        return full_name(person);
    }
    joined(" ", &[person.value_of("LastName"), initials, person.value_of("Suffix")])
}

fn author(person: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let list = place.tag.strip_suffix("/Author").unwrap_or(&place.tag);
    let is_editor = person.parent().and_then(|list| list.attribute("Type")).is_some_and(|sort| sort.eq_ignore_ascii_case("editors"));
    // The authors of the book that a chapter stands in are not those of the chapter.
    let is_other = is_editor || (place.is_book_around && list.ends_with("Book/AuthorList"));
    if person.attribute("ValidYN").is_some_and(|valid| valid == "N") {
        // A misspelt name, which was put right in another entry.
        sink.push(&place.tag, Field::Other, &full_name(person));
    } else if is_other {
        sink.push(&place.tag, Field::Editor, &full_name(person));
    } else {
        sink.push(&place.tag, Field::FullAuthor, &full_name(person));
        sink.push(&place.inside("Initials"), Field::Author, &short_name(person));
    }
    for body in person.all("CollectiveName") {
        let field = if is_other { Field::Editor } else { Field::CorporateAuthor };
        sink.push_element(&place.inside("CollectiveName"), field, body);
    }
    others(person, &place.tag, NAME, sink);
}

fn other_person(person: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    sink.push(&place.tag, Field::Other, &full_name(person));
    others(person, &place.tag, NAME, sink);
}

/// "2020 Jan-Feb", "2000 Spring", as MEDLINE's `DP` has it.
fn worded_date(date: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let parts = ["Year", "Season", "Month", "Day", "MedlineDate"].map(|name| date.value_of(name));
    let value = joined(" ", &parts);
    sink.push(&place.tag, place.field(sink), if value.is_empty() { date.value() } else { &value });
}

/// "2020-05-06", with the time where there is one.
fn numeric_date(date: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let padded = |name| match date.value_of(name) {
        digit if digit.len() == 1 => format!("0{digit}"),
        other => other.to_owned(),
    };
    let day = joined("-", &[date.value_of("Year"), &padded("Month"), &padded("Day")]);
    let time = match date.value_of("Hour") {
        "" => String::new(),
        _ => format!("{}:{}", padded("Hour"), padded("Minute")),
    };
    sink.push(&place.tag, place.field(sink), &joined(" ", &[&day, &time]));
}

/// The sections of an abstract, one a line, each behind its label.
fn abstract_texts(element: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    // Another abstract is one by another hand, or a translation; MEDLINE keeps it apart.
    let is_other = element.name() == "OtherAbstract";
    let tag = if is_other { place.tag.clone() } else { place.inside("AbstractText") };
    let field = if is_other { Field::Other } else { field_of(&tag, sink) };
    let sections: Vec<Element<'_>> = element.all("AbstractText").collect();
    match sections.as_slice() {
        [section] if section.attribute("Label").is_none() => sink.push_element(&tag, field, *section),
        sections => {
            let mut text = String::new();
            for section in sections.iter().filter(|section| !section.value().is_empty()) {
                if !text.is_empty() {
                    text.push('\n');
                }
                if let Some(label) = section.attribute("Label").filter(|label| !label.is_empty()) {
                    text.push_str(&label);
                    text.push_str(if label.ends_with(':') { " " } else { ": " });
                }
                text.push_str(section.value());
            }
            sink.push(&tag, field, &text);
        }
    }
    sink.push_element(&tag, field, element);
    others(element, &place.tag, &["AbstractText"], sink);
}

/// "Peer Group/*psychology", as MEDLINE's `MH` has it.
fn heading(heading: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let mut value = String::new();
    for part in heading.children().filter(|part| matches!(part.name(), "DescriptorName" | "QualifierName")) {
        if !value.is_empty() {
            value.push('/');
        }
        if part.attribute("MajorTopicYN").is_some_and(|major| major == "Y") {
            value.push('*');
        }
        value.push_str(part.value());
    }
    sink.push(&place.tag, place.field(sink), &value);
}

/// "0 (Interferons)", as MEDLINE's `RN` has it.
fn chemical(chemical: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let (number, name) = (chemical.value_of("RegistryNumber"), chemical.value_of("NameOfSubstance"));
    let value = if number.is_empty() { name.to_owned() } else { format!("{number} ({name})") };
    sink.push(&place.tag, place.field(sink), &value);
}

/// "ClinicalTrials.gov/NCT00000102", as MEDLINE's `SI` has it, one entry a number.
fn data_bank(bank: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let name = bank.value_of("DataBankName");
    let numbers: Vec<&str> = bank.descendants().filter(|inner| inner.name() == "AccessionNumber").map(Element::value).collect();
    if numbers.is_empty() {
        sink.push(&place.tag, Field::Other, name);
    }
    for number in numbers {
        sink.push(&place.tag, place.field(sink), &joined("/", &[name, number]));
    }
}

/// "R01 HD1/HD/NICHD NIH HHS/United States", as MEDLINE's `GR` has it.
fn grant(grant: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    sink.push(&place.tag, place.field(sink), &joined("/", &["GrantID", "Acronym", "Agency", "Country"].map(|name| grant.value_of(name))));
}

/// "Invent J. 2020;1(2):3. PMID: 4": another work, to which this one answers, or which it cites.
fn correction(correction: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let field = if place.tag.ends_with("[Cites]") { Field::CitedReference } else { Field::Other };
    let pmid = match correction.value_of("PMID") {
        "" => String::new(),
        pmid => format!("PMID: {pmid}"),
    };
    sink.push(&place.tag, field, &joined(" ", &[correction.value_of("RefSource"), &pmid]));
    others(correction, &place.tag, &["RefSource", "PMID"], sink);
}

/// A cited work with its identifiers: "Ek A. Invent J. 2010. pubmed: 4; doi: 10.5555/1".
fn reference(reference: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let ids: Vec<String> = reference
        .descendants()
        .filter(|inner| inner.name() == "ArticleId")
        .map(|id| format!("{}: {}", id.attribute("IdType").unwrap_or_default(), id.value()))
        .collect();
    let citation = [reference.value_of("Citation"), reference.value()].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    sink.push(&place.tag, Field::CitedReference, &joined(" ", &[citation, &ids.join("; ")]));
}

/// The range of pages; the single pages only where there is none.
fn pagination(pagination: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let has_range = !pagination.value_of("MedlinePgn").is_empty();
    for page in pagination.children() {
        let tag = place.inside(page.name());
        let field = if has_range && page.name() != "MedlinePgn" { Field::Other } else { field_of(&tag, sink) };
        sink.push_element(&tag, field, page);
    }
}

/// A DOI or the publisher's number; one that is known to be wrong is none.
fn location(location: Element<'_>, place: &Place, sink: &mut Sink<'_>) {
    let is_valid = location.attribute("ValidYN").is_none_or(|valid| valid != "N");
    sink.push_element(&place.tag, if is_valid { place.field(sink) } else { Field::Other }, location);
}

/// The parts that are not empty, with `glue` between.
fn joined(glue: &str, parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(glue)
}
