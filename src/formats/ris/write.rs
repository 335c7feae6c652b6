//! Records become RIS that Zotero, EndNote, Mendeley, Rayyan and Covidence accept.
//!
//! A record that was read from RIS keeps its tags and values, known or not, in their order: read again, it has the same
//! entries. Records of other formats are written by what their values are about, and what RIS has no tag for becomes a
//! note that begins with its tag. Nothing is left out in either case, and the record keeps its id.
//!
//! An entry with an empty tag was adopted from another record of the same work: it is written by its field.

use crate::record::{Entry, Field, Format, PartialDate, Record};
use std::io::{self, Write};

/// The tag for each field in records that did not have RIS tags; fields that are not listed become notes.
const FIELD_TAGS: &[(Field, &str)] = &[
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

/// EndNote's names of types and those of RIS.
const TYPES: &[(&str, &str)] = &[
    ("journal article", "JOUR"),
    ("electronic article", "EJOUR"),
    ("magazine article", "MGZN"),
    ("newspaper article", "NEWS"),
    ("book", "BOOK"),
    ("edited book", "EDBOOK"),
    ("electronic book", "EBOOK"),
    ("book section", "CHAP"),
    ("electronic book section", "ECHAP"),
    ("conference paper", "CPAPER"),
    ("conference proceedings", "CONF"),
    ("thesis", "THES"),
    ("report", "RPRT"),
    ("government document", "GOVDOC"),
    ("web page", "ELEC"),
    ("blog", "BLOG"),
    ("patent", "PAT"),
    ("dataset", "DATA"),
    ("manuscript", "UNPB"),
    ("unpublished work", "UNPB"),
    ("serial", "SER"),
    ("standard", "STAND"),
    ("encyclopedia", "ENCYC"),
    ("dictionary", "DICT"),
    ("computer program", "COMP"),
    ("audiovisual material", "ADVS"),
    ("map", "MAP"),
    ("personal communication", "PCOMM"),
    ("generic", "GEN"),
];

/// Writes records as RIS, each beginning with `TY` and ending with `ER` and a blank line; lines end with LF.
///
/// ```
/// use refsieve::formats::{read, write_ris};
/// let parsed = read("a.nbib", b"PMID- 7\nTI  - A title\nPT  - Journal Article\n".to_vec()).unwrap();
/// let mut out = Vec::new();
/// write_ris(&parsed.records, &mut out).unwrap();
/// assert!(out.starts_with(b"TY  - JOUR\nAN  - 7\n"));
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn write_ris<'a>(records: impl IntoIterator<Item = &'a Record>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::default();
    for record in records {
        page.body.clear();
        page.notes.clear();
        match record.format() {
            Format::Ris => push_ris_record(record, &mut page),
            _ => push_other_record(record, &mut page),
        }
        page.notes.push_str("ER  - \n\n");
        out.write_all(page.body.as_bytes())?;
        out.write_all(page.notes.as_bytes())?;
    }
    Ok(())
}

/// The lines of one record. Notes about what RIS has no tag for follow the others.
#[derive(Default)]
struct Page {
    body: String,
    notes: String,
}

fn push_ris_record(record: &Record, page: &mut Page) {
    let is_type = |entry: &Entry<'_>| entry.tag.eq_ignore_ascii_case("TY");
    let kind = record.entries().position(|entry| is_type(&entry));
    match kind.and_then(|at| record.entries().nth(at)) {
        Some(entry) => push_lines(&mut page.body, "TY", entry.value),
        None => push_line(&mut page.body, "TY", type_of(record)),
    }
    let names = Names::of(record);
    for (_, entry) in record.entries().enumerate().filter(|(at, _)| Some(*at) != kind) {
        if entry.tag.is_empty() {
            push_by_field(&entry, names, page);
        } else if entry.tag.bytes().any(|byte| byte.is_ascii_lowercase()) {
            push_lines(&mut page.body, &entry.tag.to_ascii_uppercase(), entry.value);
        } else {
            push_lines(&mut page.body, entry.tag, entry.value);
        }
    }
}

fn push_other_record(record: &Record, page: &mut Page) {
    push_line(&mut page.body, "TY", type_of(record));
    let names = Names::of(record);
    let mut year_is_written = record.first(Field::Year).is_some();
    let mut accession = record.accession();
    for entry in record.entries().filter(|entry| !entry.value.trim().is_empty()) {
        let is_own = !entry.tag.is_empty() && accession == Some(entry.value.trim());
        match entry.field {
            Field::Accession | Field::Pmid if is_own => {
                // Readers of RIS prefer ID to AN, as EndNote does with its record numbers.
                push_line(&mut page.body, if entry.tag == "rec-number" { "ID" } else { "AN" }, entry.value);
                accession = None;
                if entry.field == Field::Pmid {
                    push_note(page, "PMID", entry.value);
                }
            }
            // Another accession must not be taken for the record's id.
            Field::Accession => push_note(page, label(&entry), entry.value),
            Field::Date => year_is_written |= push_date(&mut page.body, entry.value, year_is_written),
            _ => push_by_field(&entry, names, page),
        }
    }
    if names == Names::FullOnes {
        push_short_names(record, page);
    }
}

/// Writes a date in the form of RIS, year/month/day/as it was, and the year where it is not written yet.
/// Says whether it wrote the year.
fn push_date(out: &mut String, value: &str, year_is_written: bool) -> bool {
    let Some(PartialDate { year, month, day }) = PartialDate::parse(value) else {
        push_line(out, "DA", value);
        return false;
    };
    if !year_is_written {
        push_line(out, "PY", &year.to_string());
    }
    let is_only_year = value.trim().len() == 4;
    if !is_only_year || year_is_written {
        let part = |number: Option<u8>| number.map_or(String::new(), |number| format!("{number:02}"));
        push_line(out, "DA", &format!("{year}/{}/{}/{}", part(month), part(day), value.trim()));
    }
    !year_is_written
}

/// Which form of the authors' names becomes `AU`, so that a program that reads the file sees each author once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// The full form of every author is there: it becomes `AU`, the short forms go into one note.
    FullOnes,
    /// It is missing for some: the short form is `AU`, the full ones become notes.
    ShortOnes,
}

impl Names {
    fn of(record: &Record) -> Self {
        let n_full = record.values(Field::FullAuthor).count();
        let n_short = record.values(Field::Author).count();
        let is_enough = n_short == 0 || (n_full >= n_short && record.format() != Format::Ris);
        if n_full > 0 && is_enough { Names::FullOnes } else { Names::ShortOnes }
    }
}

fn push_by_field(entry: &Entry<'_>, names: Names, page: &mut Page) {
    match (entry.field, names) {
        (Field::FullAuthor, Names::FullOnes) => push_line(&mut page.body, "AU", entry.value),
        // These follow in one note.
        (Field::Author, Names::FullOnes) => {}
        (Field::Kind, _) if type_named(entry.value).is_some() => {}
        // MEDLINE gives a DOI twice, with " [doi]" behind; Zotero's XML gives the issue twice.
        (Field::Doi, _) => push_line_once(&mut page.body, "DO", entry.value.trim().trim_end_matches("[doi]")),
        (Field::Issue, _) => push_line_once(&mut page.body, "IS", entry.value),
        (Field::Pmid, _) => push_note(page, "PMID", entry.value),
        (Field::Note, _) => push_line(&mut page.notes, "N1", entry.value),
        (Field::Other, _) if entry.tag.is_empty() => push_line(&mut page.notes, "N1", entry.value),
        (field, _) => match FIELD_TAGS.iter().find(|(known, _)| *known == field) {
            Some((_, tag)) => push_line(&mut page.body, tag, entry.value),
            None => push_note(page, label(entry), entry.value),
        },
    }
}

fn push_short_names(record: &Record, page: &mut Page) {
    let names: Vec<&str> = record.values(Field::Author).collect();
    if !names.is_empty() {
        push_note(page, "AU", &names.join("; "));
    }
}

/// What a note about an entry begins with: its tag, or that of MEDLINE for what was adopted from elsewhere.
fn label<'a>(entry: &Entry<'a>) -> &'a str {
    if !entry.tag.is_empty() {
        return entry.tag.rsplit('/').next().unwrap_or(entry.tag);
    }
    match entry.field {
        Field::FullAuthor => "FAU",
        Field::Substance => "RN",
        Field::RegistryNumber => "SI",
        Field::CitedReference => "References",
        Field::Accession => "AN",
        Field::Contents => "Contents",
        Field::Kind => "Type",
        _ => "Note",
    }
}

/// The RIS type of a record that has none.
fn type_of(record: &Record) -> &'static str {
    if let Some(known) = record.values(Field::Kind).find_map(type_named) {
        return known;
    }
    let has = |field| record.first(field).is_some();
    let is_article = record.values(Field::PublicationType).any(|name| name.eq_ignore_ascii_case("journal article"));
    if is_article || has(Field::Journal) || has(Field::JournalAbbreviation) {
        "JOUR"
    } else if has(Field::BookTitle) {
        if has(Field::Title) { "CHAP" } else { "BOOK" }
    } else {
        "GEN"
    }
}

/// The RIS type that EndNote's name of a type means.
fn type_named(name: &str) -> Option<&'static str> {
    let name = name.trim();
    TYPES.iter().find(|(known, tag)| known.eq_ignore_ascii_case(name) || *tag == name).map(|(_, tag)| *tag)
}

fn push_note(page: &mut Page, label: &str, value: &str) {
    push_line(&mut page.notes, "N1", &format!("{label}: {value}"));
}

/// One tag line, unless the same line is there already.
fn push_line_once(out: &mut String, tag: &str, value: &str) {
    let start = out.len();
    push_line(out, tag, value);
    let (before, line) = out.split_at(start);
    if before.lines().any(|other| Some(other) == line.strip_suffix('\n')) {
        out.truncate(start);
    }
}

/// One tag line; line ends in the value become blanks.
fn push_line(out: &mut String, tag: &str, value: &str) {
    push_tag(out, tag);
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
fn push_lines(out: &mut String, tag: &str, value: &str) {
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
            "TY  - CHAP\nTI  - T\nT2  - Book\nAN  - 12\nAB  - One Two\nER  - \n\n",
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
