//! Records become RIS that Zotero, EndNote, Mendeley, Rayyan and Covidence accept.
//!
//! A record that was read from RIS keeps its tags and values, known or not, in their order: read again, it has the same
//! entries. Records of other formats are written by what their values are about, and what RIS has no tag for becomes a
//! note that begins with its tag. For one certain program every record is written that way (see
//! [`ris_profile`](super::ris_profile)). Nothing is left out in either case, and the record keeps its id.
//!
//! An entry with an empty tag was adopted from another record of the same work: it is written by its field.

use super::reference_type::ReferenceType;
use super::ris_profile::Profile;
use super::statement::{Item, Place, Statement};
use super::{Losses, Target};
use crate::record::{Dialect, Entry, Field, Format, PartialDate, Record};
use crate::text::trimmed;
use smallvec::SmallVec;

/// The tag for each field in records that did not have RIS tags; fields that are not listed become notes.
pub(super) const FIELD_TAGS: &[(Field, &str)] = &[
    (Field::Title, "TI"),
    (Field::OriginalTitle, "TT"),
    (Field::ShortTitle, "ST"),
    (Field::Abstract, "AB"),
    (Field::Author, "AU"),
    (Field::CorporateAuthor, "AU"),
    (Field::Editor, "ED"),
    (Field::Journal, "JF"),
    (Field::JournalAbbreviation, "JA"),
    (Field::ContainerTitle, "T2"),
    (Field::BookTitle, "BT"),
    (Field::SeriesTitle, "T3"),
    (Field::Year, "PY"),
    (Field::Date, "DA"),
    (Field::OtherDate, "Y2"),
    (Field::Volume, "VL"),
    (Field::Issue, "IS"),
    (Field::Pages, "SP"),
    (Field::LastPage, "EP"),
    (Field::ArticleNumber, "C7"),
    (Field::Doi, "DO"),
    (Field::Pmcid, "C2"),
    (Field::Accession, "AN"),
    (Field::SerialNumber, "SN"),
    (Field::Keyword, "KW"),
    (Field::AuthorKeyword, "KW"),
    (Field::Heading, "KW"),
    (Field::Language, "LA"),
    (Field::PublicationType, "M3"),
    (Field::Publisher, "PB"),
    (Field::Place, "CY"),
    (Field::Affiliation, "AD"),
    (Field::Url, "UR"),
    (Field::Database, "DB"),
    (Field::Provider, "DP"),
    (Field::Edition, "ET"),
];

/// [`FIELD_TAGS`] by field; an empty tag where it has none.
const TAGS: [&str; Field::ALL.len()] = {
    let mut tags = [""; Field::ALL.len()];
    let mut at = 0;
    while at < FIELD_TAGS.len() {
        tags[FIELD_TAGS[at].0 as usize] = FIELD_TAGS[at].1;
        at += 1;
    }
    tags
};

fn general_tag(field: Field) -> Option<&'static str> {
    Some(TAGS[field as usize]).filter(|tag| !tag.is_empty())
}

/// Appends the lines of `record`, from `TY` to `ER`.
pub(super) fn push_lines(record: &Record, target: &Target, out: &mut String, losses: &mut Losses) {
    let mut page = Page { body: out, notes: String::with_capacity(NOTES), losses };
    match Profile::of(target.audience) {
        Some(profile) => push_for(&Statement::for_target(record, target), profile, &mut page),
        None if record.format() == Format::Ris => push_ris_record(record, target, &mut page),
        None => push_statement(Statement::for_target(record, target), &mut page),
    }
    let Page { body, notes, .. } = page;
    body.push_str(&notes);
    body.push_str("ER  - \n");
}

/// Bytes that notes mostly take.
const NOTES: usize = 512;

/// The lines of one record. Notes about what RIS has no tag for follow the others.
struct Page<'p> {
    body: &'p mut String,
    notes: String,
    losses: &'p mut Losses,
}

fn push_ris_record(record: &Record, target: &Target, page: &mut Page<'_>) {
    let is_type = |entry: &Entry<'_>| entry.tag.eq_ignore_ascii_case("TY");
    let kind = record.entries().position(|entry| is_type(&entry));
    match kind.and_then(|at| record.entries().nth(at)) {
        Some(entry) => push_as_it_was(page.body, "TY", entry.value),
        None => push_line(page.body, "TY", ReferenceType::of(record).ris()),
    }
    let has_authors = record.first(Field::Author).is_some();
    for (_, entry) in record.entries().enumerate().filter(|(at, _)| Some(*at) != kind) {
        if entry.tag.is_empty() {
            let item = Item::adopted(entry, has_authors);
            // Ovid and EBSCOhost have another title of the article there.
            let is_other_title =
                item.field == Field::ContainerTitle && matches!(record.source().dialect, Dialect::Ovid | Dialect::EbscoHost);
            push_item(&item, if is_other_title { Some("JF") } else { general_tag(item.field) }, page);
        } else if entry.tag.bytes().any(|byte| byte.is_ascii_lowercase()) {
            push_as_it_was(page.body, &entry.tag.to_ascii_uppercase(), entry.value);
        } else {
            push_as_it_was(page.body, entry.tag, entry.value);
        }
    }
    if let Some(line) = target.line_of(record) {
        push_line(&mut page.notes, "N1", &line);
    }
}

fn push_statement(mut statement: Statement<'_>, page: &mut Page<'_>) {
    push_line(page.body, "TY", statement.reference_type.ris());
    if let Some(accession) = statement.accession {
        // Readers of RIS prefer ID to AN, as EndNote does with its record numbers.
        push_line(page.body, if statement.accession_is_number { "ID" } else { "AN" }, accession);
    }
    if let Some(given) = statement.take_database_accession() {
        push_line(page.body, "AN", &given);
    }
    for item in &statement.items {
        push_item(item, general_tag(item.field), page);
    }
}

fn push_for(statement: &Statement<'_>, profile: &Profile, page: &mut Page<'_>) {
    push_line(page.body, "TY", statement.reference_type.ris());
    if let Some(accession) = statement.accession {
        push_line(page.body, "AN", accession);
    }
    for item in &statement.items {
        match profile.tag_of(statement.record, item) {
            Some(tag) => push_line(page.body, tag, &item.value),
            None if profile.dates_in_parts && item.place == Place::Field && matches!(item.field, Field::Year | Field::Date) => {}
            None => {
                let tag = profile.field_tags.iter().find(|(field, _)| *field == item.field);
                push_item(item, tag.map(|(_, tag)| *tag), page);
            }
        }
        if profile.is_cut(item) {
            push_line(&mut page.notes, "N1", &format!("{}: {}", item.label, item.value));
            page.losses.move_to_notes(item.field);
        }
    }
    if profile.dates_in_parts {
        push_date_in_parts(statement, page);
    }
    if let Some(label) = profile.label_of(statement.record) {
        push_line(&mut page.notes, "N1", label);
    }
}

fn push_item(item: &Item<'_>, tag: Option<&'static str>, page: &mut Page<'_>) {
    match (item.field, item.place, tag) {
        (Field::Date, Place::Field, Some(tag)) => push_date(page.body, tag, &item.value),
        (_, Place::Field, Some(tag)) => push_line(page.body, tag, &item.value),
        _ => push_note(item, page),
    }
}

fn push_note(item: &Item<'_>, page: &mut Page<'_>) {
    push_tag(&mut page.notes, "N1");
    if let Some(label) = item.note_label() {
        page.notes.push_str(label);
        page.notes.push_str(": ");
    }
    push_value(&mut page.notes, &item.value);
    if !item.is_note() {
        page.losses.move_to_notes(item.field);
    }
}

/// Year, month and day on tags of their own; a date that says more than these becomes a note too.
fn push_date_in_parts(statement: &Statement<'_>, page: &mut Page<'_>) {
    let dates = || statement.items.iter().filter(|item| item.place == Place::Field && matches!(item.field, Field::Year | Field::Date));
    let date = statement.record.date();
    if let Some(PartialDate { year, month, day }) = date {
        push_line(page.body, "Y1", &year.to_string());
        for (tag, part) in [("Y2", month), ("Y3", day)] {
            if let Some(part) = part {
                push_line(page.body, tag, &part.to_string());
            }
        }
    }
    for item in dates().filter(|item| !item.is_said_by(date)) {
        push_note(item, page);
    }
}

/// Writes a date in the form of RIS, year/month/day/as it was, without the last part where it says no more.
fn push_date(out: &mut String, tag: &str, value: &str) {
    let date = PartialDate::parse(value).filter(|_| !is_ris_date(value));
    let Some(PartialDate { year, month, day }) = date else { return push_line(out, tag, value) };
    let mut date = year.to_string();
    for part in [month, day] {
        date.push('/');
        if let Some(number) = part {
            date.push_str(if number < 10 { "0" } else { "" });
            date.push_str(&number.to_string());
        }
    }
    date.push('/');
    let digits = |text: &'_ str| text.bytes().filter(u8::is_ascii_digit).collect::<SmallVec<[u8; 8]>>();
    let says_no_more = value.bytes().all(|byte| byte.is_ascii_digit() || b"-/.".contains(&byte)) && digits(value) == digits(&date);
    if !says_no_more {
        date.push_str(value);
    }
    push_line(out, tag, &date);
}

/// "2020/05/17/", "2020///Spring".
fn is_ris_date(value: &str) -> bool {
    let mut parts = value.splitn(4, '/');
    let year_is_right = parts.next().is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let is_number = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    year_is_right && parts.next().is_some_and(is_number) && parts.next().is_some_and(is_number)
}

/// One tag line; line ends in the value become blanks.
fn push_line(out: &mut String, tag: &str, value: &str) {
    push_tag(out, tag);
    push_value(out, value);
}

/// A value and the end of its line; line ends in it become blanks.
fn push_value(out: &mut String, value: &str) {
    if memchr::memchr2(b'\n', b'\r', value.as_bytes()).is_none() {
        out.push_str(trimmed(value));
        out.push('\n');
        return;
    }
    let mut is_first = true;
    for line in value.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
        if !is_first {
            out.push(' ');
        }
        is_first = false;
        out.push_str(line);
    }
    out.push('\n');
}

/// A tag line and its continuation lines, as they were.
fn push_as_it_was(out: &mut String, tag: &str, value: &str) {
    push_tag(out, tag);
    out.push_str(value);
    out.push('\n');
}

fn push_tag(out: &mut String, tag: &str) {
    out.push_str(tag);
    out.push_str("  - ");
}

#[cfg(test)]
mod tests {
    use super::super::write_ris;
    use super::*;
    use crate::record::{RecordBuilder, Source};
    use std::sync::Arc;

    fn check(input: &str, expected: &str) {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        write_ris(&parsed.records, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn ris_keeps_its_tags_values_and_lines() {
        check(
            "1.\nAN  - 7\nty  - JOUR\r\nZZ  - odd\r\nAB  - One\r\n\r\n  two\r\nKW  - a\r\nb\r\nER  -\r\nNL  - after\r\n",
            "TY  - JOUR\nAN  - 7\nZZ  - odd\nAB  - One\n\n  two\nKW  - a\nKW  - b\nNL  - after\nER  - \n\n",
        );
        check("TI  - No type\nJO  - J\nER  - \n", "TY  - JOUR\nTI  - No type\nJO  - J\nER  - \n\n");
    }

    #[test]
    fn medline_becomes_ris_with_each_author_once() {
        check(
            "PMID- 7\nSTAT- X\nDP  - 2020 Jan-Feb\nTI  - A\n      title\nFAU - Ek, Anna\nAU  - Ek A\nFAU - Ny, Bo\nAU  - Ny B\n\
             LID - 10.1000/1 [doi]\nAID - 10.1000/1 [doi]\nMH  - Humans\nPT  - Journal Article\n",
            "TY  - JOUR\nAN  - 7\nPY  - 2020\nDA  - 2020/01//2020 Jan-Feb\nTI  - A title\nAU  - Ek, Anna\nAU  - Ny, Bo\nDO  - 10.1000/1\n\
             KW  - Humans\nM3  - Journal Article\nN1  - PMID: 7\nN1  - STAT: X\nN1  - AU: Ek A; Ny B\nER  - \n\n",
        );
        check(
            "PMID- 7\nTI  - T\nFAU - Ek, Anna\nAU  - Ek A\nAU  - Ny B\nDP  - 2020\n",
            "TY  - GEN\nAN  - 7\nTI  - T\nAU  - Ek A\nAU  - Ny B\nPY  - 2020\nN1  - PMID: 7\nN1  - FAU: Ek, Anna\nER  - \n\n",
        );
    }

    #[test]
    fn endnote_types_and_numbers_become_those_of_ris() {
        check(
            "%0 Book Section\n%T T\n%B Book\n%M 12\n%X One\nTwo\n",
            "TY  - CHAP\nAN  - 12\nTI  - T\nT2  - Book\nAB  - One Two\nER  - \n\n",
        );
        check(
            "<xml><records><record><rec-number>5</rec-number><ref-type name=\"Thesis\">32</ref-type><titles><title>T</title></titles>\
             <number>3</number><issue>3</issue><label>x</label></record></records></xml>",
            "TY  - THES\nID  - 5\nTI  - T\nIS  - 3\nN1  - label: x\nER  - \n\n",
        );
    }

    #[test]
    fn adopted_entries_are_written_by_their_field() {
        let source = Arc::new(Source { text: "TY  - JOUR\n".into(), ..Source::default() });
        let mut builder = RecordBuilder::default();
        builder.push_range(0..2, Field::Kind, 6..10);
        for (field, value) in [
            (Field::Doi, "10.1000/1 [doi]"),
            (Field::Pmid, "7"),
            (Field::Abstract, "One\nTwo"),
            (Field::FullAuthor, "Ek, Anna"),
            (Field::CitedReference, "Ny (2001)"),
            (Field::Other, "anything"),
        ] {
            builder.push_text("", field, value);
        }
        let record = builder.finish(&source, 0..11, (1, 1), 1);
        let mut out = Vec::new();
        write_ris([&record], &mut out).unwrap();
        let expected = "TY  - JOUR\nDO  - 10.1000/1\nAB  - One Two\nAU  - Ek, Anna\nN1  - PMID: 7\nN1  - References: Ny (2001)\n\
                        N1  - anything\nER  - \n\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
