//! The entries of one MARC record: leader, control fields, and data fields by their rules.

use super::super::xml::{Element, Sink};
use super::fields::{CONTROL, Making, kind, rule};
use super::{host, names};
use crate::record::{Doi, Field, PartialDate, Pmid};

/// A data field with its subfields.
pub(super) struct DataField<'t> {
    number: String,
    second: char,
    first: char,
    subfields: Vec<Subfield<'t>>,
}

struct Subfield<'t> {
    code: String,
    element: Element<'t>,
}

impl<'t> DataField<'t> {
    fn of(element: Element<'t>) -> Self {
        let indicator = |name| element.attribute(name).and_then(|value| value.chars().next()).unwrap_or(' ');
        // One that has lost its end has the next inside of it.
        let inner = element.descendants().take_while(|inner| inner.name() != "datafield").filter(|inner| inner.name() == "subfield");
        let subfields = inner.map(|inner| Subfield { code: inner.attribute("code").unwrap_or_default().into_owned(), element: inner });
        Self {
            number: element.attribute("tag").unwrap_or_default().into_owned(),
            first: indicator("ind1"),
            second: indicator("ind2"),
            subfields: subfields.collect(),
        }
    }

    pub(super) fn number(&self) -> &str {
        &self.number
    }

    /// The values of the subfields with these codes, in order.
    pub(super) fn values<'a>(&'a self, codes: &'a str) -> impl Iterator<Item = &'t str> + 'a {
        self.all(codes).map(|subfield| subfield.element.value())
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.values(code).any(|value| !value.is_empty())
    }

    fn all<'a>(&'a self, codes: &'a str) -> impl Iterator<Item = &'a Subfield<'t>> + 'a {
        self.subfields.iter().filter(move |subfield| !subfield.code.is_empty() && codes.contains(&subfield.code))
    }

    fn first(&self, code: &str) -> &'t str {
        self.values(code).find(|value| !value.is_empty()).unwrap_or_default()
    }

    fn tag(&self, code: &str) -> String {
        format!("{}${code}", self.number)
    }
}

/// What is known of the whole record before its fields are read.
struct Marks {
    /// Position 07 of the leader: whether it is a part of something, and of what.
    level: u8,
    /// The tag of the date that is taken for the year of publication.
    year_from: YearFrom,
    has_language: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum YearFrom {
    Publication,
    Host,
    FixedField,
    Copyright,
}

/// Hands the entries of `record` to `sink`.
pub(super) fn entries(record: Element<'_>, sink: &mut Sink<'_>) {
    let fields: Vec<DataField<'_>> = record.descendants().filter(|element| element.name() == "datafield").map(DataField::of).collect();
    let is_bibliographic = |element: Element<'_>| matches!(element.name(), "leader" | "controlfield" | "datafield");
    if !record.descendants().any(is_bibliographic) {
        // The shell of a record that was deleted.
        return;
    }
    let leader = leader(record);
    let marks = Marks {
        level: leader.map_or(b' ', |(_, level)| level),
        year_from: year_from(record, &fields),
        has_language: fields.iter().any(|field| field.number == "041" && field.has("a")),
    };
    let mut fields = fields.iter();
    for element in record.descendants() {
        match element.name() {
            "leader" => {
                sink.push_element("leader", Field::Other, element);
                let is_thesis =
                    fields.as_slice().iter().any(|field| field.number == "502" && field.values("abcdgo").any(|value| !value.is_empty()));
                let kind = leader.and_then(|(material, level)| kind(material, level));
                sink.push("leader/06-07", Field::Kind, if is_thesis { "Thesis" } else { kind.unwrap_or_default() });
            }
            "controlfield" => control_field(element, &marks, sink),
            "datafield" => {
                if let Some(field) = fields.next() {
                    data_field(field, &marks, sink);
                    sink.push_element(&field.number, Field::Other, element);
                }
            }
            "subfield" if element.parent().is_some_and(|parent| matches!(parent.name(), "datafield" | "subfield")) => {}
            _ => sink.push_element(&element.path(), Field::Other, element),
        }
    }
}

/// Positions 06 and 07 of the leader. Blanks before it are gone: the length of the record, which XML has no use for.
fn leader(record: Element<'_>) -> Option<(u8, u8)> {
    let leader = record.descendants().find(|element| element.name() == "leader")?.value().as_bytes();
    let start = if leader.first()?.is_ascii_alphabetic() { 1 } else { 6 };
    Some((*leader.get(start)?, *leader.get(start + 1)?))
}

/// The best date that there is: that of the publication, else of the host's issue, else the coded one, else the copyright's.
fn year_from(record: Element<'_>, fields: &[DataField<'_>]) -> YearFrom {
    let has = |fits: &dyn Fn(&DataField<'_>) -> bool| fields.iter().any(fits);
    if has(&|field| is_publication(field) && field.values("c").any(|date| year_in(date).is_some())) {
        YearFrom::Publication
    } else if has(&|field| field.number == "773" && field.values("g").any(|place| host::parse(place).year.is_some())) {
        YearFrom::Host
    } else if record.descendants().any(|element| is_control(element, "008") && coded_year(element.value()).is_some()) {
        YearFrom::FixedField
    } else {
        YearFrom::Copyright
    }
}

fn is_control(element: Element<'_>, number: &str) -> bool {
    element.name() == "controlfield" && element.attribute("tag").is_some_and(|tag| tag == number)
}

fn control_field(element: Element<'_>, marks: &Marks, sink: &mut Sink<'_>) {
    let number = element.attribute("tag").unwrap_or_default();
    let value = element.value();
    sink.push_element(&number, if number == "001" { Field::Accession } else { Field::Other }, element);
    if number != "008" {
        return;
    }
    if marks.year_from == YearFrom::FixedField
        && let Some(year) = coded_year(value)
    {
        sink.push_part("008/07-10", Field::Year, element, year);
    }
    let language = value.get(35..38).filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase()) && !matches!(*code, "und" | "zxx"));
    if let Some(language) = language.filter(|_| !marks.has_language) {
        sink.push_part("008/35-37", Field::Language, element, language);
    }
}

/// The first date of field 008, where it is known.
fn coded_year(value: &str) -> Option<&str> {
    value.get(7..11).filter(|year| PartialDate::parse(year).is_some())
}

fn data_field(field: &DataField<'_>, marks: &Marks, sink: &mut Sink<'_>) {
    match field.number.as_str() {
        "020" => serial_numbers(field, sink),
        "024" => standard_numbers(field, sink),
        "041" => languages(field, sink),
        "100" | "110" | "111" | "700" | "710" | "711" => {
            let codes = names::codes(field);
            made(field, codes, names::role(field), names::plain_name, sink);
            others(field, codes, sink);
        }
        "260" | "264" => publication(field, marks, sink),
        "240" => {
            // The uniform title of a translation is the title of the original.
            let meaning = if field.has("l") { Field::OriginalTitle } else { Field::Other };
            made(field, "anp", meaning, plain, sink);
            others(field, "anp", sink);
        }
        "520" if field.first == '4' => note(field, sink),
        "600" | "610" | "611" | "630" | "647" | "648" | "650" | "651" | "654" | "655" => heading(field, sink),
        "773" => host_item(field, marks, sink),
        "856" => {
            // A table of contents or another work has an address of its own.
            let meaning = if field.second == '2' { Field::Other } else { Field::Url };
            field.all("u").for_each(|subfield| sink.push_element(&field.tag("u"), meaning, subfield.element));
            others(field, "u", sink);
        }
        "880" if field.first("6").starts_with("245") => {
            made(field, "abnp", Field::OriginalTitle, plain_title, sink);
            others(field, "abnp", sink);
        }
        number => match rule(number) {
            Some(rule) if rule.making == Making::Each => {
                for subfield in field.all(rule.codes) {
                    sink.push_part(&field.tag(&subfield.code), rule.meaning, subfield.element, plain(subfield.element.value()));
                }
                others(field, rule.codes, sink);
            }
            Some(rule) if rule.codes.is_empty() => note(field, sink),
            Some(rule) => {
                let plain = if matches!(rule.meaning, Field::Title | Field::SeriesTitle | Field::ShortTitle) { plain_title } else { plain };
                made(field, rule.codes, rule.meaning, plain, sink);
                others(field, rule.codes, sink);
            }
            None => others(field, "", sink),
        },
    }
}

/// One value of the subfields with these codes, ends made plain.
fn made(field: &DataField<'_>, codes: &str, meaning: Field, plain: fn(&str) -> &str, sink: &mut Sink<'_>) {
    let parts: Vec<Element<'_>> = field.all(codes).map(|subfield| subfield.element).filter(|part| !part.value().is_empty()).collect();
    match parts.as_slice() {
        [] => {}
        [part] => sink.push_part(&field.number, meaning, *part, plain(part.value())),
        parts => {
            let value = parts.iter().map(|part| part.value()).collect::<Vec<_>>().join(" ");
            sink.push(&field.number, meaning, plain(&value));
        }
    }
}

/// The subfields with other codes, each as it is.
fn others(field: &DataField<'_>, codes: &str, sink: &mut Sink<'_>) {
    for subfield in field.subfields.iter().filter(|subfield| subfield.code.is_empty() || !codes.contains(&subfield.code)) {
        sink.push_element(&field.tag(&subfield.code), Field::Other, subfield.element);
    }
}

/// A note is all of its field but for links.
fn note(field: &DataField<'_>, sink: &mut Sink<'_>) {
    let codes: String = field.subfields.iter().map(|subfield| subfield.code.as_str()).filter(|code| !CONTROL.contains(code)).collect();
    made(field, &codes, Field::Note, str::trim, sink);
    others(field, &codes, sink);
}

/// An ISBN with what is said of its edition: "9780000000019 (pbk.)". Numbers that are cancelled or wrong are none.
fn serial_numbers(field: &DataField<'_>, sink: &mut Sink<'_>) {
    let qualifiers: Vec<&str> =
        field.values("q").map(|value| plain(value).trim_matches(['(', ')'])).filter(|value| !value.is_empty()).collect();
    for subfield in field.all("a") {
        let number = plain(subfield.element.value());
        if qualifiers.is_empty() {
            sink.push_part("020", Field::SerialNumber, subfield.element, number);
        } else {
            sink.push("020", Field::SerialNumber, &format!("{number} ({})", qualifiers.join("; ")));
        }
    }
    others(field, if field.has("a") { "aq" } else { "a" }, sink);
}

/// Identifiers of the work, of the sort that subfield 2 names.
fn standard_numbers(field: &DataField<'_>, sink: &mut Sink<'_>) {
    let sort = field.first("2").to_lowercase();
    for subfield in field.all("a") {
        let value = subfield.element.value();
        let meaning = match sort.as_str() {
            "doi" if Doi::parse(value).is_some() => Field::Doi,
            "pmid" | "pubmed" if Pmid::parse(value).is_some() => Field::Pmid,
            _ if field.first == '7' && value.starts_with("http") => Field::Url,
            _ => Field::Other,
        };
        sink.push_element(&field.tag("a"), meaning, subfield.element);
    }
    others(field, "a", sink);
}

/// Codes of languages; older records have several in one subfield ("engfre").
fn languages(field: &DataField<'_>, sink: &mut Sink<'_>) {
    for subfield in field.all("a") {
        let value = subfield.element.value();
        let is_run = value.len() > 3 && value.len() % 3 == 0 && value.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_run {
            for at in (0..value.len()).step_by(3) {
                sink.push_part("041$a", Field::Language, subfield.element, &value[at..at + 3]);
            }
        } else {
            sink.push_element("041$a", Field::Language, subfield.element);
        }
    }
    others(field, "a", sink);
}

/// Whether the field says who published the work, and when: not who printed or sold it.
fn is_publication(field: &DataField<'_>) -> bool {
    field.number == "260" || (field.number == "264" && matches!(field.second, '1' | ' ' | '#'))
}

fn publication(field: &DataField<'_>, marks: &Marks, sink: &mut Sink<'_>) {
    let is_copyright = field.number == "264" && field.second == '4';
    if !is_publication(field) && !is_copyright {
        others(field, "", sink);
        return;
    }
    for subfield in field.all("abc") {
        let (tag, element) = (field.tag(&subfield.code), subfield.element);
        let value = plain(element.value());
        match subfield.code.as_str() {
            "a" => sink.push_part(&tag, Field::Place, element, without_brackets(value)),
            "b" => sink.push_part(&tag, Field::Publisher, element, value),
            _ => {
                let wanted = if is_copyright { YearFrom::Copyright } else { YearFrom::Publication };
                let year = year_in(value).filter(|_| marks.year_from == wanted);
                sink.push_part(&tag, Field::Year, element, year.unwrap_or_default());
                if year != Some(value) {
                    let says_month = PartialDate::parse(value).is_some_and(|date| date.month.is_some());
                    let meaning = if says_month && !is_copyright { Field::Date } else { Field::Other };
                    sink.push_part(&tag, meaning, element, value);
                }
            }
        }
    }
    others(field, "abc", sink);
}

/// "[Oslo]", which the cataloguer has from elsewhere, is "Oslo".
fn without_brackets(value: &str) -> &str {
    let inner = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(value)
}

/// The first year in a date as cataloguers write it: "c2010", "[2010?]", "©2010", "2010-2012".
fn year_in(date: &str) -> Option<&str> {
    let bytes = date.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + found;
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let run = &date[start..start + length];
        if PartialDate::parse(run).is_some() {
            return Some(run);
        }
        at = start + length;
    }
    None
}

/// "Peer groups -- Norway -- History"; a heading of MeSH as MEDLINE has it: "Peer Group/psychology".
fn heading(field: &DataField<'_>, sink: &mut Sink<'_>) {
    let is_mesh = field.second == '2' || field.first("2").eq_ignore_ascii_case("mesh");
    let subdivisions = "vxyz";
    let codes = "abcdefghklmnopqrstvxyz";
    let mut value = String::new();
    for subfield in field.all(codes).filter(|subfield| !subfield.element.value().is_empty()) {
        let part = plain_heading(subfield.element.value());
        if !value.is_empty() {
            value.push_str(match (subdivisions.contains(&subfield.code), is_mesh && subfield.code == "x") {
                (_, true) => "/",
                (true, _) => " -- ",
                (false, _) => " ",
            });
        }
        value.push_str(part);
    }
    let meaning = match field.number.as_str() {
        "655" => Field::PublicationType,
        // The source of the term is not known.
        _ if field.second == '4' => Field::Keyword,
        _ => Field::Heading,
    };
    match field.all(codes).collect::<Vec<_>>().as_slice() {
        [only] => sink.push_part(&field.number, meaning, only.element, plain_heading(only.element.value())),
        _ => sink.push(&field.number, meaning, &value),
    }
    others(field, codes, sink);
}

/// The journal or book that the work is a part of, and where in it.
fn host_item(field: &DataField<'_>, marks: &Marks, sink: &mut Sink<'_>) {
    let has_place = field.values("g").any(|value| host::parse(value) != host::Place::default());
    for subfield in &field.subfields {
        let (tag, element, value) = (field.tag(&subfield.code), subfield.element, subfield.element.value());
        let place = match subfield.code.as_str() {
            "t" => {
                let meaning = if marks.level == b'b' { Field::Journal } else { Field::ContainerTitle };
                sink.push_part(&tag, meaning, element, plain_title(value));
                continue;
            }
            "p" => {
                sink.push_element(&tag, Field::JournalAbbreviation, element);
                continue;
            }
            "x" | "z" => {
                sink.push_part(&tag, Field::SerialNumber, element, plain(value));
                continue;
            }
            "g" => host::parse(value),
            "q" if !has_place => host::parse_enumeration(value),
            _ => host::Place::default(),
        };
        let year = place.year.filter(|_| marks.year_from == YearFrom::Host);
        let parts = [(Field::Volume, place.volume), (Field::Issue, place.issue), (Field::Pages, place.pages), (Field::Year, year)];
        for (meaning, part) in parts {
            sink.push_part(&tag, meaning, element, part.unwrap_or_default());
        }
        sink.push_element(&tag, Field::Other, element);
    }
}

/// A value without the punctuation before the next part: "Title :", "Oslo :", "Universitetsforlaget,".
pub(super) fn plain(value: &str) -> &str {
    value.trim().trim_end_matches([' ', '/', ':', ';', '=', '+', ','])
}

/// [`plain`], and without the final stop that ends the statement.
fn plain_title(value: &str) -> &str {
    let value = plain(value);
    let Some(without) = value.strip_suffix('.') else { return value };
    let last_word = without.rsplit([' ', '-']).next().unwrap_or_default();
    if last_word.chars().count() < 4 || last_word.contains('.') { value } else { without }
}

fn plain_heading(value: &str) -> &str {
    plain_title(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_values() {
        for (value, expected) in [
            ("Title :", "Title"),
            ("Title : subtitle /", "Title : subtitle"),
            ("A whole statement.", "A whole statement"),
            ("2nd ed.", "2nd ed."),
            ("To be continued...", "To be continued..."),
            ("The U.S.A.", "The U.S.A."),
        ] {
            assert_eq!(plain_title(value), expected, "{value}");
        }
    }

    #[test]
    fn years_in_dates_of_cataloguers() {
        for (date, expected) in [
            ("c2010", Some("2010")),
            ("[2010?]", Some("2010")),
            ("MMX [2010]", Some("2010")),
            ("2010-2012", Some("2010")),
            ("20101", None),
            ("[19--]", None),
        ] {
            assert_eq!(year_in(date), expected, "{date}");
        }
    }
}
