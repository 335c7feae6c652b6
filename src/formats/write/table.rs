//! Records become rows of a table: CSV, TSV, and the sheet of a workbook.
//!
//! Goes in: records. Comes out: a header and a row a record. Every value has a cell; what a table has no column for goes to
//! its notes, one a line, each beginning with its tag. Several values of one cell have `; ` between them; a term that has a
//! semicolon itself stands in quotation marks there, where no certain program is to divide the cell. Notes stand on lines of
//! their own, or, for Rayyan, have ` | ` between them.
//!
//! A cell of CSV or TSV that begins with `=`, `+`, `-` or `@` has a blank before it, so that no spreadsheet program runs it as
//! a formula; readers drop the blank. There is no byte order mark.

use super::ris_profile::asreview_verdict;
use super::statement::{Item, Place, Statement};
use super::{Audience, Losses, Records, Target};
use crate::formats::table::would_not_stand_alone;
use crate::record::{Field, Format, PartialDate, Record, Verdict};
use std::borrow::Cow;
use std::io::{self, Write};

/// One column.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    holds: Holds,
}

/// What the cells of a column hold.
#[derive(Clone, Copy)]
enum Holds {
    /// The record's id: an accession, or file and number.
    Id,
    /// EndNote's name of the reference type.
    Kind,
    /// One value, of the first of these fields that has one.
    First(&'static [Field]),
    /// All values of these fields.
    All(&'static [Field]),
    /// All values of this field, told apart whatever signs they have.
    Terms(Field),
    /// A part of the date of publication.
    DatePart(DatePart),
    /// What was decided: 1 included, 0 excluded.
    Included,
    /// Whatever has no column.
    Notes,
    /// The file that the record was read from.
    File,
    /// Its number in that file, from 1.
    Ordinal,
}

#[derive(Clone, Copy)]
enum DatePart {
    Year,
    Month,
    Day,
}

use DatePart::{Day, Month, Year};
use Holds::{All, DatePart as Part, First, Id, Included, Kind, Notes, Terms};

/// For any program.
const GENERAL: &[Column] = &[
    column("id", Id),
    column("item_type", Kind),
    column("title", First(&[Field::Title])),
    column("original_title", First(&[Field::OriginalTitle])),
    column("short_title", First(&[Field::ShortTitle])),
    column("authors", All(&[Field::Author])),
    column("corporate_author", Terms(Field::CorporateAuthor)),
    column("editors", All(&[Field::Editor])),
    column("year", First(&[Field::Year])),
    column("date", First(&[Field::Date])),
    column("journal", First(&[Field::Journal])),
    column("journal_abbreviation", First(&[Field::JournalAbbreviation])),
    column("publication_title", First(&[Field::ContainerTitle])),
    column("book_title", First(&[Field::BookTitle])),
    column("series_title", First(&[Field::SeriesTitle])),
    column("volume", First(&[Field::Volume])),
    column("issue", First(&[Field::Issue])),
    column("pages", First(&[Field::Pages])),
    column("end_page", First(&[Field::LastPage])),
    column("article_number", First(&[Field::ArticleNumber])),
    column("doi", First(&[Field::Doi])),
    column("pmid", First(&[Field::Pmid])),
    column("pmcid", First(&[Field::Pmcid])),
    column("issn_isbn", All(&[Field::SerialNumber])),
    column("abstract", First(&[Field::Abstract])),
    column("keywords", Terms(Field::Keyword)),
    column("author_keywords", Terms(Field::AuthorKeyword)),
    column("mesh_headings", Terms(Field::Heading)),
    column("language", First(&[Field::Language])),
    column("publication_type", Terms(Field::PublicationType)),
    column("publisher", First(&[Field::Publisher])),
    column("place", First(&[Field::Place])),
    column("affiliations", All(&[Field::Affiliation])),
    column("url", All(&[Field::Url])),
    column("edition", First(&[Field::Edition])),
    column("database", First(&[Field::Database])),
    column("provider", First(&[Field::Provider])),
    column("notes", Notes),
    column("file", Holds::File),
    column("record", Holds::Ordinal),
];

/// What Rayyan itself writes, and reads.
const RAYYAN: &[Column] = &[
    column("key", Id),
    column("title", First(&[Field::Title, Field::BookTitle])),
    column("year", Part(Year)),
    column("month", Part(Month)),
    column("day", Part(Day)),
    column("journal", First(&[Field::Journal, Field::ContainerTitle, Field::JournalAbbreviation])),
    column("issn", All(&[Field::SerialNumber])),
    column("volume", First(&[Field::Volume])),
    column("issue", First(&[Field::Issue])),
    column("pages", First(&[Field::Pages])),
    column("authors", All(&[Field::Author, Field::CorporateAuthor])),
    column("url", All(&[Field::Url])),
    column("language", First(&[Field::Language])),
    column("publisher", First(&[Field::Publisher])),
    column("location", First(&[Field::Place])),
    column("abstract", First(&[Field::Abstract])),
    column("notes", Notes),
    column("doi", First(&[Field::Doi])),
    column("keywords", All(&[Field::Keyword, Field::AuthorKeyword, Field::Heading])),
    column("pubmed_id", First(&[Field::Pmid])),
    column("pmc_id", First(&[Field::Pmcid])),
];

/// The columns that ASReview knows, and the record's id.
const ASREVIEW: &[Column] = &[
    column("id", Id),
    column("title", First(&[Field::Title, Field::BookTitle])),
    column("abstract", First(&[Field::Abstract])),
    column("authors", All(&[Field::Author, Field::CorporateAuthor])),
    column("keywords", All(&[Field::Keyword, Field::AuthorKeyword, Field::Heading])),
    column("year", First(&[Field::Year])),
    column("journal", First(&[Field::Journal, Field::ContainerTitle, Field::JournalAbbreviation])),
    column("volume", First(&[Field::Volume])),
    column("issue", First(&[Field::Issue])),
    column("pages", First(&[Field::Pages])),
    column("doi", First(&[Field::Doi])),
    column("url", All(&[Field::Url])),
    column("pmid", First(&[Field::Pmid])),
    column("notes", Notes),
    column("included", Included),
];

const fn column(name: &'static str, holds: Holds) -> Column {
    Column { name, holds }
}

/// The columns of a table for `audience`.
pub(super) fn columns(audience: Audience) -> &'static [Column] {
    match audience {
        Audience::Rayyan => RAYYAN,
        Audience::AsReview => ASREVIEW,
        _ => GENERAL,
    }
}

/// Writes `records` as CSV or TSV, in their order.
pub(super) fn write(records: Records<'_, '_>, target: &Target, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
    let delimiter = if target.format == Format::Tsv { b'\t' } else { b',' };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    table.write_record(columns(target.audience).iter().map(|column| column.name))?;
    for record in records {
        let row = row(record, target, losses);
        table.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    table.flush()
}

/// A cell that no spreadsheet program takes for a formula.
fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@']) { Cow::Owned(format!(" {cell}")) } else { Cow::Borrowed(cell) }
}

/// The cells of one record, in the order of [`columns`].
pub(super) fn row(record: &Record, target: &Target, losses: &mut Losses) -> Vec<String> {
    let mut statement = Statement::for_target(record, target);
    let columns = columns(target.audience);
    if !columns.iter().any(|column| column.name == "end_page") {
        statement.join_pages();
    }
    let date = record.date();
    let mut has_cell = vec![false; statement.items.len()];
    let mut row: Vec<String> = Vec::with_capacity(columns.len());
    for column in columns {
        let cell = match column.holds {
            Id => record.id(),
            Kind => statement.reference_type.endnote().to_owned(),
            First(fields) => first(&statement, fields, &mut has_cell),
            All(fields) => joined(&all(&statement, fields, |_| true, &mut has_cell)),
            Terms(field) => {
                joined(&all(&statement, &[field], has_place_among_terms, &mut has_cell).into_iter().map(quoted).collect::<Vec<_>>())
            }
            Part(part) => date_part(date, part),
            Included => asreview_verdict(record).map(included).unwrap_or_default().to_owned(),
            Notes => String::new(),
            Holds::File => record.source().file_name().to_owned(),
            Holds::Ordinal => record.ordinal().to_string(),
        };
        row.push(cell);
    }
    if columns.iter().any(|column| matches!(column.holds, Part(_))) {
        for (item, has_cell) in statement.items.iter().zip(&mut has_cell) {
            *has_cell |= item.is_said_by(date);
        }
    }
    let mut notes: Vec<Cow<'_, str>> = Vec::new();
    for (item, _) in statement.items.iter().zip(&has_cell).filter(|(_, has_cell)| !**has_cell) {
        notes.push(item.as_note());
        if !item.is_note() {
            losses.move_to_notes(item.field);
        }
    }
    let glue = if target.audience == Audience::Rayyan { " | " } else { "\n" };
    if let Some(at) = columns.iter().position(|column| matches!(column.holds, Notes)) {
        row[at] = notes.join(glue);
    }
    row
}

fn first(statement: &Statement<'_>, fields: &[Field], has_cell: &mut [bool]) -> String {
    let of_field = |field: &Field| statement.items.iter().position(|item| item.field == *field && item.place == Place::Field);
    let Some(at) = fields.iter().find_map(of_field) else { return String::new() };
    has_cell[at] = true;
    statement.items[at].value.clone().into_owned()
}

fn all<'s>(statement: &'s Statement<'_>, fields: &[Field], fits: impl Fn(&str) -> bool, has_cell: &mut [bool]) -> Vec<Cow<'s, str>> {
    let belongs = |item: &Item<'_>| fields.contains(&item.field) && item.place == Place::Field && fits(&item.value);
    let mut values = Vec::new();
    for (item, has_cell) in statement.items.iter().zip(has_cell).filter(|(item, _)| belongs(item)) {
        values.push(Cow::Borrowed(&*item.value));
        *has_cell = true;
    }
    values
}

fn joined(values: &[Cow<'_, str>]) -> String {
    match values {
        // Without a semicolon the comma would be taken for what divides the values.
        [one] if one.contains(',') => format!("{one};"),
        _ => values.join("; "),
    }
}

/// Whether a term can be told from others in one cell: one that has semicolons is quoted, so it may have no quotation
/// marks, and none may open a quotation that ends in another.
fn has_place_among_terms(term: &str) -> bool {
    match memchr::memchr_iter(b'"', term.as_bytes()).count() {
        0 => true,
        n_marks => !would_not_stand_alone(term) && (n_marks > 1 || !term.starts_with('"')),
    }
}

fn quoted(term: Cow<'_, str>) -> Cow<'_, str> {
    if would_not_stand_alone(&term) { Cow::Owned(format!("\"{term}\"")) } else { term }
}

fn date_part(date: Option<PartialDate>, part: DatePart) -> String {
    let Some(PartialDate { year, month, day }) = date else { return String::new() };
    match part {
        Year => Some(year),
        Month => month.map(u16::from),
        Day => day.map(u16::from),
    }
    .map_or(String::new(), |number| number.to_string())
}

fn included(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Included => "1",
        Verdict::Excluded => "0",
        Verdict::Maybe | Verdict::NotSeen => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    fn check(audience: Audience, input: &str, expected: &[(&str, &str)], n_moved: usize) {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        let target = Target { audience, ..Target::new(Format::Csv) };
        let losses = write(&parsed.records, &target, &mut out).unwrap();
        let mut table = csv::Reader::from_reader(out.as_slice());
        let header = table.headers().unwrap().clone();
        let row = table.records().next().unwrap().unwrap();
        let cells: Vec<(&str, &str)> = header.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty()).collect();
        assert_eq!(cells, expected);
        assert_eq!((losses.n_moved_to_notes(), losses.n_lost()), (n_moved, 0), "{losses:?}");
    }

    const RIS: &str = "TY  - JOUR\nID  - 7\nTI  - =A, \"b\"\nAU  - Ek, Anna\nAU  - Ny, Bo\nT2  - Journal\nDA  - 2020/05/17/\nSP  - 1\nEP  - 9\nKW  - x, y\n\
                       AB  - One\ntwo\nC1  - odd\nN1  - Mine\nN1  - ASReview_relevant\nN1  - PMID: 77\nER  - \n\n";

    #[test]
    fn a_table_for_any_program() {
        check(
            Audience::General,
            RIS,
            &[
                ("id", "7"),
                ("item_type", "Journal Article"),
                ("title", " =A, \"b\""),
                ("authors", "Ek, Anna; Ny, Bo"),
                ("year", "2020"),
                ("date", "2020/05/17/"),
                ("publication_title", "Journal"),
                ("pages", "1"),
                ("end_page", "9"),
                ("pmid", "77"),
                ("abstract", "One\ntwo"),
                ("keywords", "x, y;"),
                ("notes", "C1: odd\nMine\nASReview_relevant"),
                ("file", "a.txt"),
                ("record", "1"),
            ],
            1,
        );
    }

    #[test]
    fn tables_for_rayyan_and_asreview() {
        check(
            Audience::Rayyan,
            RIS,
            &[
                ("key", "7"),
                ("title", " =A, \"b\""),
                ("year", "2020"),
                ("month", "5"),
                ("day", "17"),
                ("journal", "Journal"),
                ("pages", "1-9"),
                ("authors", "Ek, Anna; Ny, Bo"),
                ("abstract", "One\ntwo"),
                ("notes", "C1: odd | Mine | ASReview_relevant"),
                ("keywords", "x, y;"),
                ("pubmed_id", "77"),
            ],
            1,
        );
        check(
            Audience::AsReview,
            "TY  - JOUR\nTI  - A\nY1  - 2020/05//\nN1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Excluded\"}\nER  - \n",
            &[
                ("id", "a.txt#1"),
                ("title", "A"),
                ("year", "2020"),
                ("notes", "Y1: 2020/05//\nRAYYAN-INCLUSION: {\"Ana\"=>\"Excluded\"}"),
                ("included", "0"),
            ],
            1,
        );
    }

    #[test]
    fn terms_with_semicolons_are_read_again_as_they_were() {
        let terms = ["0410:groups; social", "x, y", "a \"b\" c", "R&D", "\"d\"", "Peers"];
        let text = terms.iter().fold("TY  - JOUR\nTI  - A\n".to_owned(), |text, term| text + "KW  - " + term + "\n") + "ER  - \n";
        let parsed = crate::formats::read("a.ris", text.into()).unwrap();
        for format in [Format::Csv, Format::Tsv, Format::Xlsx] {
            let mut out = Vec::new();
            let losses = write(&parsed.records, &Target::new(format), &mut out).unwrap();
            assert!(losses.is_empty(), "{losses:?}");
            let again = crate::formats::read("a", out).unwrap();
            let record = &again.records[0];
            assert_eq!(record.values(Field::Keyword).collect::<Vec<_>>(), terms, "{format}");
        }
        for (terms, cell, n_moved) in [
            ("KW  - a; b\nKW  - c", "\"a; b\"; c", 0),
            ("KW  - a; b", "\"a; b\"", 0),
            ("KW  - a; \"b\"\nKW  - c", "c", 1),
            ("KW  - \"a\nKW  - b\"", "b\"", 1),
        ] {
            let parsed = crate::formats::read("a.ris", format!("TY  - JOUR\nTI  - A\n{terms}\nER  - \n").into()).unwrap();
            let mut losses = Losses::default();
            let row = row(&parsed.records[0], &Target::new(Format::Csv), &mut losses);
            let at = GENERAL.iter().position(|column| column.name == "keywords").unwrap();
            assert_eq!((row[at].as_str(), losses.n_moved_to_notes()), (cell, n_moved), "{terms}");
        }
    }

    #[test]
    fn the_header_of_rayyan_is_its_own() {
        let names: Vec<&str> = columns(Audience::Rayyan).iter().map(|column| column.name).collect();
        let expected = "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords,\
                        pubmed_id,pmc_id";
        assert_eq!(names.join(","), expected);
    }
}
