//! Records become EndNote XML, in the order and with the styles that EndNote itself writes.
//!
//! A record that was EndNote XML, is as it was read, and is valid by itself stands in the file as its own `<record>`
//! element, byte for byte; one that is not keeps its elements and values in their order. Others are written by what their values are about; what EndNote has no field for, and lines of
//! provenance, go to the research notes, one a line. Line ends in values are `&#xD;`, as EndNote has them; characters that
//! XML forbids become U+FFFD and are counted.

use super::reference_type::ReferenceType;
use super::statement::{Item, Place, Statement};
use super::{Losses, Records, Target};
use crate::record::{Field, Format, Record};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><xml><records>";
const FOOT: &str = "</records></xml>\n";

/// What EndNote puts around every value.
const STYLE: (&str, &str) = ("<style face=\"normal\" font=\"default\" size=\"100%\">", "</style>");

/// One field of EndNote.
struct Element {
    /// The elements it stands in, from the outermost inwards. What neighbours share is opened once.
    path: &'static [&'static str],
    fields: &'static [Field],
    holds: Holds,
}

/// How many values an element holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// One; further ones go to the research notes.
    One,
    /// All, one a line.
    Lines,
    /// All, each in an element of its own.
    Many,
}

/// In the order of EndNote's own files. The number of the record and its type stand before them.
const ELEMENTS: &[Element] = &[
    Element { path: &["contributors", "authors", "author"], fields: &[Field::Author, Field::CorporateAuthor], holds: Holds::Many },
    Element { path: &["contributors", "secondary-authors", "author"], fields: &[Field::Editor], holds: Holds::Many },
    Element { path: &["auth-address"], fields: &[Field::Affiliation], holds: Holds::Lines },
    Element { path: &["titles", "title"], fields: &[Field::Title], holds: Holds::One },
    Element { path: &["titles", "secondary-title"], fields: &[Field::ContainerTitle], holds: Holds::One },
    Element { path: &["titles", "tertiary-title"], fields: &[Field::SeriesTitle], holds: Holds::One },
    Element { path: &["titles", "short-title"], fields: &[Field::ShortTitle], holds: Holds::One },
    Element { path: &["titles", "translated-title"], fields: &[Field::OriginalTitle], holds: Holds::One },
    Element { path: &["periodical", "full-title"], fields: &[Field::Journal], holds: Holds::One },
    Element { path: &["periodical", "abbr-1"], fields: &[Field::JournalAbbreviation], holds: Holds::One },
    Element { path: &["pages"], fields: &[Field::Pages], holds: Holds::One },
    Element { path: &["volume"], fields: &[Field::Volume], holds: Holds::One },
    Element { path: &["number"], fields: &[Field::Issue], holds: Holds::One },
    Element { path: &["edition"], fields: &[Field::Edition], holds: Holds::One },
    Element { path: &["keywords", "keyword"], fields: &[Field::Keyword, Field::AuthorKeyword, Field::Heading], holds: Holds::Many },
    Element { path: &["dates", "year"], fields: &[Field::Year], holds: Holds::One },
    Element { path: &["dates", "pub-dates", "date"], fields: &[Field::Date], holds: Holds::One },
    Element { path: &["pub-location"], fields: &[Field::Place], holds: Holds::One },
    Element { path: &["publisher"], fields: &[Field::Publisher], holds: Holds::One },
    Element { path: &["isbn"], fields: &[Field::SerialNumber], holds: Holds::Lines },
    Element { path: &["accession-num"], fields: &[], holds: Holds::One },
    Element { path: &["electronic-resource-num"], fields: &[Field::Doi], holds: Holds::One },
    Element { path: &["abstract"], fields: &[Field::Abstract], holds: Holds::One },
    Element { path: &["notes"], fields: &[Field::Note, Field::Decision], holds: Holds::Lines },
    Element { path: &["research-notes"], fields: &[], holds: Holds::Lines },
    Element { path: &["work-type"], fields: &[Field::PublicationType], holds: Holds::Lines },
    Element { path: &["urls", "related-urls", "url"], fields: &[Field::Url], holds: Holds::Many },
    Element { path: &["custom2"], fields: &[Field::Pmcid], holds: Holds::One },
    Element { path: &["remote-database-name"], fields: &[Field::Database], holds: Holds::One },
    Element { path: &["remote-database-provider"], fields: &[Field::Provider], holds: Holds::One },
    Element { path: &["language"], fields: &[Field::Language], holds: Holds::One },
];

/// Writes `records`, in their order.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let mut text = String::new();
    for record in records {
        text.clear();
        match verbatim(record, target) {
            Some(raw) => text.push_str(&raw),
            None if record.format() == Format::EndNoteXml => push_endnote_record(record, target, &mut text, losses),
            None => push_record(Statement::for_target(record, target), &mut text, losses),
        }
        out.write_all(text.as_bytes())?;
    }
    out.write_all(FOOT.as_bytes())
}

/// The raw text of a record that may stand in a file as it is: an EndNote record as it was read, with an end for every
/// start, without bare brackets and without entities that XML does not define.
fn verbatim<'a>(record: &'a Record, target: &Target) -> Option<Cow<'a, str>> {
    let is_as_read = record.format() == Format::EndNoteXml && record.is_as_read() && target.is_general();
    if !is_as_read || target.adds_line_to(record) {
        return None;
    }
    Some(record.raw()).filter(|raw| raw.ends_with("</record>") && raw.chars().all(is_allowed) && is_valid(raw))
}

fn is_valid(raw: &str) -> bool {
    let mut reader = Reader::from_str(raw);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if start.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::GeneralRef(reference)) => {
                let name: &str = &reference;
                let is_defined = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                    || matches!(reference.resolve_char_ref(), Ok(Some(c)) if is_allowed(c));
                if !is_defined {
                    return false;
                }
            }
            // A bare "&" or "]]>" is no markup, and no text either.
            Ok(Event::Text(text)) if text.contains("]]>") => return false,
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fn push_endnote_record(record: &Record, target: &Target, out: &mut String, losses: &mut Losses) {
    let mut page = Page::open(out, losses);
    let has_authors = record.first(Field::Author).is_some();
    let (mut pmids, mut notes): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for entry in record.entries().filter(|entry| !entry.value.trim().is_empty()) {
        let path: Vec<&str> = entry.tag.split('/').collect();
        if entry.tag == "ref-type" {
            page.reference_type(entry.value, ReferenceType::named(entry.value, record.format()).unwrap_or_default());
        } else if path.iter().all(|name| is_name(name)) {
            page.element(&path, entry.value);
        } else {
            let item = Item::adopted(entry, has_authors);
            let element = ELEMENTS.iter().find(|element| element.fields.contains(&item.field) && item.place == Place::Field);
            match element {
                Some(element) => page.element(element.path, &as_text(&item)),
                None => {
                    page.count_note(&item);
                    let is_pmid = item.field == Field::Pmid;
                    if is_pmid { &mut pmids } else { &mut notes }.push(item.as_note().into_owned());
                }
            }
        }
    }
    notes.extend(target.line_of(record));
    // PMIDs are read again from the beginning of the notes.
    pmids.append(&mut notes);
    if !pmids.is_empty() {
        page.element(&["research-notes"], &pmids.join("\n"));
    }
    page.close();
}

/// Elements with which a record, or a file of this or another format, begins: inside of a record they would begin another.
const BEGINNINGS: &[&str] =
    &["record", "records", "xml", "PubmedArticle", "PubmedArticleSet", "collection", "Trial", "Trials_downloaded_from_ICTRP"];

/// Whether an element inside of a record may be called that.
fn is_name(name: &str) -> bool {
    !BEGINNINGS.contains(&name)
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn push_record(mut statement: Statement<'_>, out: &mut String, losses: &mut Losses) {
    statement.join_pages();
    settle(&mut statement);
    // PMIDs are read again from the beginning of the notes.
    statement.items.sort_by_key(|item| item.field != Field::Pmid);
    let mut page = Page::open(out, losses);
    let mut values: Vec<Vec<String>> = ELEMENTS.iter().map(|_| Vec::new()).collect();
    let at = |last: &str| ELEMENTS.iter().position(|element| element.path.last() == Some(&last)).unwrap_or_default();
    if let Some(own) = statement.accession {
        // The number of the record is what it is known by; what a database gave stands in its own field too.
        page.plain_element("rec-number", own);
        let given = if statement.accession_is_number { statement.take_database_accession() } else { Some(own.into()) };
        values[at("accession-num")].extend(given.map(Cow::into_owned));
    }
    page.reference_type(statement.reference_type.endnote(), statement.reference_type);
    for item in &statement.items {
        let place = ELEMENTS.iter().position(|element| element.fields.contains(&item.field));
        let has_room = |place: &usize| ELEMENTS[*place].holds != Holds::One || values[*place].is_empty();
        match place.filter(|_| item.place == Place::Field || item.is_note()).filter(has_room) {
            Some(place) => values[place].push(as_text(item)),
            None => {
                values[at("research-notes")].push(item.as_note().into_owned());
                page.count_note(item);
            }
        }
    }
    // EndNote shows the journal of an article from the titles, and keeps its list of journals from the periodical.
    if values[at("secondary-title")].is_empty() {
        let title = values[at("full-title")].clone();
        values[at("secondary-title")] = title;
    }
    for (element, values) in ELEMENTS.iter().zip(&values).filter(|(_, values)| !values.is_empty()) {
        if element.holds == Holds::Lines {
            page.element(element.path, &values.join("\n"));
        } else {
            for value in values {
                page.element(element.path, value);
            }
        }
    }
    page.close();
}

/// The container of a part of a book is the book; of anything else its own name stays.
fn settle(statement: &mut Statement<'_>) {
    for item in &mut statement.items {
        if item.field == Field::BookTitle && item.place == Place::Field {
            item.field = Field::ContainerTitle;
        }
    }
    if statement.first(Field::Title).is_none()
        && !statement.reference_type.is_part_of_book()
        && let Some(item) = statement.items.iter_mut().find(|item| item.field == Field::ContainerTitle && item.label == "BTI")
    {
        item.field = Field::Title;
    }
}

fn as_text(item: &Item<'_>) -> String {
    // A comma at the end says that a name has no parts.
    match item.field {
        Field::CorporateAuthor if !item.value.contains(',') => format!("{},", item.value),
        _ => item.value.clone().into_owned(),
    }
}

/// One record that is being written.
struct Page<'p> {
    out: &'p mut String,
    losses: &'p mut Losses,
    /// The elements that are open inside the record.
    open: Vec<String>,
}

impl<'p> Page<'p> {
    fn open(out: &'p mut String, losses: &'p mut Losses) -> Self {
        out.push_str("<record>");
        Self { out, losses, open: Vec::new() }
    }

    fn close(mut self) {
        self.close_to(0);
        self.out.push_str("</record>");
    }

    fn reference_type(&mut self, name: &str, reference_type: ReferenceType) {
        self.close_to(0);
        self.out.push_str("<ref-type name=\"");
        self.escaped(name);
        let _ = write!(self.out, "\">{}</ref-type>", reference_type.endnote_number());
    }

    /// An element with EndNote's style inside; the elements that it stands in stay open for the next.
    fn element(&mut self, path: &[&str], text: &str) {
        let Some((name, parents)) = path.split_last() else { return };
        self.close_to(self.open.iter().zip(parents).take_while(|(open, parent)| open == *parent).count());
        for parent in &parents[self.open.len()..] {
            let _ = write!(self.out, "<{parent}>");
            self.open.push((*parent).to_owned());
        }
        if matches!(*name, "rec-number") {
            return self.plain_element(name, text);
        }
        let _ = write!(self.out, "<{name}>{}", STYLE.0);
        self.escaped(text);
        let _ = write!(self.out, "{}</{name}>", STYLE.1);
    }

    fn plain_element(&mut self, name: &str, text: &str) {
        let _ = write!(self.out, "<{name}>");
        self.escaped(text);
        let _ = write!(self.out, "</{name}>");
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                let _ = write!(self.out, "</{name}>");
            }
        }
    }

    fn count_note(&mut self, item: &Item<'_>) {
        if !item.is_note() {
            self.losses.move_to_notes(item.field);
        }
    }

    fn escaped(&mut self, text: &str) {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\r' if characters.peek() == Some(&'\n') => {}
                '\n' | '\r' => self.out.push_str("&#xD;"),
                character if is_allowed(character) => self.out.push(character),
                _ => {
                    self.losses.replaced_characters += 1;
                    self.out.push('\u{fffd}');
                }
            }
        }
    }
}

/// Whether XML 1.0 allows a character (§2.2).
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    fn check(input: &str, expected: &str, n_moved: usize) -> Losses {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        let losses = write(&parsed.records, &Target::new(Format::EndNoteXml), &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        let bare = written.replace(STYLE.0, "").replace(STYLE.1, "");
        let inside = bare.strip_prefix(HEAD).and_then(|text| text.strip_suffix(FOOT)).unwrap();
        assert_eq!(inside, expected);
        assert!(is_valid(&written), "{written}");
        assert_eq!((losses.n_moved_to_notes(), losses.n_lost()), (n_moved, 0), "{losses:?}");
        losses
    }

    #[test]
    fn ris_becomes_endnote_xml() {
        let losses = check(
            "TY  - JOUR\nAN  - WOS:1\nTI  - A < b & \u{1f}c\nAU  - Ek, Anna\nAU  - Ny, Bo\nA2  - Ed, E\nJF  - Journal\nJA  - J\nPY  - 2020\nDA  - 2020/05/17/\n\
             SP  - 1\nEP  - 9\nSN  - 1111-1119\nSN  - 2222-2224\nDO  - 10.1000/1\nAB  - One\ntwo\nKW  - x\nKW  - y\nC1  - odd\nN1  - Mine\nER  - \n",
            "<record><rec-number>WOS:1</rec-number><ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author>Ek, Anna</author>\
             <author>Ny, Bo</author></authors><secondary-authors><author>Ed, E</author></secondary-authors></contributors>\
             <titles><title>A &lt; b &amp; \u{fffd}c</title><secondary-title>Journal</secondary-title></titles>\
             <periodical><full-title>Journal</full-title><abbr-1>J</abbr-1></periodical><pages>1-9</pages>\
             <keywords><keyword>x</keyword><keyword>y</keyword></keywords><dates><year>2020</year><pub-dates><date>2020/05/17/</date></pub-dates></dates>\
             <isbn>1111-1119&#xD;2222-2224</isbn><accession-num>WOS:1</accession-num><electronic-resource-num>10.1000/1</electronic-resource-num>\
             <abstract>One&#xD;two</abstract><notes>Mine</notes><research-notes>C1: odd</research-notes></record>",
            1,
        );
        assert_eq!(losses.replaced_characters, 1);
    }

    #[test]
    fn the_number_of_a_library_is_no_accession_of_a_database() {
        let with = |input: &str, number: &str, accession: Option<&str>, notes: Option<&str>| {
            let element = |name: &str, value: Option<&str>| value.map_or(String::new(), |value| format!("<{name}>{value}</{name}>"));
            let expected = format!(
                "<record><rec-number>{number}</rec-number><ref-type name=\"Journal Article\">17</ref-type><titles><title>A</title></titles>{}{}</record>",
                element("accession-num", accession),
                element("research-notes", notes),
            );
            check(input, &expected, usize::from(notes.is_some()));
        };
        with("TY  - JOUR\nAN  - 33012345\nID  - 17\nTI  - A\nER  - \n", "17", Some("33012345"), None);
        with("TY  - JOUR\nID  - 17\nTI  - A\nER  - \n", "17", None, None);
        with("TY  - JOUR\nID  - 17\nAN  - 17\nTI  - A\nER  - \n", "17", Some("17"), Some("AN: 17"));
        with("TY  - JOUR\nID  - CN-17\nTI  - A\nER  - \n", "CN-17", Some("CN-17"), None);
        with("RT Journal Article\nID 42\nT1 A\nAN 33012345\n", "42", Some("33012345"), None);
    }

    #[test]
    fn the_pmid_stands_first_in_the_notes() {
        check(
            "TY  - JOUR\nTI  - A\nC1  - x\nN1  - PMID: 7\nN1  - PMID: 8\nER  - \n",
            "<record><ref-type name=\"Journal Article\">17</ref-type><titles><title>A</title></titles>\
             <research-notes>PMID: 7&#xD;PMID: 8&#xD;C1: x</research-notes></record>",
            3,
        );
    }

    #[test]
    fn valid_records_stay_as_they_are() {
        let valid = "<record><database name=\"x\">x</database><titles><title>A &amp; <i>b</i>&#xD;</title></titles><odd/></record>";
        check(&format!("<xml><records>{valid}\n{valid}</records></xml>"), &[valid, valid].concat(), 0);
        check(
            "<xml><records><record><titles><title>A &nbsp; b</titles></record></records></xml>",
            "<record><titles><title>A \u{a0} b</title></titles></record>",
            0,
        );
        check(
            "<xml><records><record><rec-number>1</rec-number><ref-type name=\"Grant\">54</ref-type><titles><title>A</title><odd>&b</odd></titles>\
             <isbn>1&#xD;2</isbn></record></records></xml>",
            "<record><rec-number>1</rec-number><ref-type name=\"Grant\">54</ref-type><titles><title>A</title><odd>&amp;b</odd></titles>\
             <isbn>1</isbn><isbn>2</isbn></record>",
            0,
        );
    }

    #[test]
    fn an_element_that_begins_a_record_is_none_inside_of_one() {
        for (name, expected) in [("odd-1", true), ("record", false), ("PubmedArticle", false), ("1", false), ("", false), ("a b", false)] {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_valid() {
        for (raw, expected) in [
            ("<record><a>x</a></record>", true),
            ("<record><a>x</record>", false),
            ("<record>&amp;&#13;&#x41;</record>", true),
            ("<record>&nbsp;</record>", false),
            ("<record>&#x1f;</record>", false),
            ("<record>a & b</record>", false),
            ("<record>a < b</record>", false),
            ("<record>", false),
            ("<record/></record>", false),
        ] {
            assert_eq!(is_valid(raw), expected, "{raw}");
        }
    }
}
