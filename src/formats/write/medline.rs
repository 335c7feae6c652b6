//! Records become MEDLINE as PubMed writes it (.nbib).
//!
//! Each record begins with its `PMID`, which stays empty where none is known, since programs know the start of a record by
//! it. A record that was MEDLINE keeps its tags and values in their order; others are written by what their values are
//! about, and what MEDLINE has no tag for becomes a general note (`GN`) that begins with its tag.

use super::reference_type::ReferenceType;
use super::statement::{Item, Place, Statement};
use super::{Losses, Target};
use crate::formats::stretches;
use crate::record::{Field, Format, PartialDate, Record};
use std::fmt::Write as _;

/// The tag for each field; fields that are not listed become notes.
const FIELD_TAGS: &[(Field, &str)] = &[
    (Field::Title, "TI"),
    (Field::OriginalTitle, "TT"),
    (Field::BookTitle, "BTI"),
    (Field::SeriesTitle, "CTI"),
    (Field::Abstract, "AB"),
    (Field::CorporateAuthor, "CN"),
    (Field::Editor, "ED"),
    (Field::Affiliation, "AD"),
    (Field::Journal, "JT"),
    (Field::JournalAbbreviation, "TA"),
    (Field::Volume, "VI"),
    (Field::Issue, "IP"),
    (Field::Pages, "PG"),
    (Field::Pmcid, "PMC"),
    (Field::Keyword, "OT"),
    (Field::AuthorKeyword, "OT"),
    (Field::Heading, "MH"),
    (Field::Substance, "RN"),
    (Field::Language, "LA"),
    (Field::PublicationType, "PT"),
    (Field::Publisher, "PB"),
    (Field::Place, "PL"),
    (Field::RegistryNumber, "SI"),
    (Field::Edition, "EN"),
    (Field::Note, "GN"),
];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const MONTH_NAMES: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// How long lines are in PubMed's files, in characters.
const WIDTH: usize = 88;

/// Appends the lines of `record`.
pub(super) fn push_lines(record: &Record, target: &Target, out: &mut String, losses: &mut Losses) {
    let mut page = Page { out, losses };
    if record.format() == Format::Medline {
        page.medline_record(record, target);
    } else {
        page.statement(Statement::for_target(record, target));
    }
}

struct Page<'p> {
    out: &'p mut String,
    losses: &'p mut Losses,
}

impl Page<'_> {
    fn medline_record(&mut self, record: &Record, target: &Target) {
        let first = ["PMID", "OWN"].iter().find_map(|tag| record.entries().position(|entry| entry.tag == *tag));
        match first.and_then(|at| record.entries().nth(at)) {
            Some(entry) => self.line(entry.tag, entry.value),
            None => self.line("PMID", ""),
        }
        let has_authors = record.first(Field::Author).is_some();
        for (_, entry) in record.entries().enumerate().filter(|(at, _)| Some(*at) != first) {
            if entry.tag.is_empty() {
                self.item(&Item::adopted(entry, has_authors));
            } else if begins_other_record(entry.tag) {
                self.line("GN", &format!("{}: {}", entry.tag, entry.value));
                self.losses.move_to_notes(entry.field);
            } else {
                self.line(entry.tag, entry.value);
            }
        }
        if let Some(line) = target.line_of(record) {
            self.line("GN", &line);
        }
    }

    fn statement(&mut self, mut statement: Statement<'_>) {
        statement.join_pages();
        statement.settle_container();
        statement.keep_first(Field::Pmid);
        self.line("PMID", statement.first(Field::Pmid).unwrap_or_default());
        if let Some(accession) = statement.accession.filter(|accession| statement.first(Field::Pmid) != Some(accession)) {
            self.line("OID", accession);
        }
        let names = Names::of(&statement);
        for item in &statement.items {
            match (item.field, item.place) {
                (Field::Pmid | Field::Year | Field::Date, Place::Field) => {}
                (Field::Author, Place::Field) => self.author(&item.value, names),
                // Both forms of the names stand side by side.
                (Field::Author, Place::Note) if names == Names::Both => {}
                _ => self.item(item),
            }
        }
        if names == Names::Both {
            for entry in statement.record.entries() {
                match entry.field {
                    Field::FullAuthor if !entry.value.trim().is_empty() => self.line("FAU", entry.value),
                    Field::Author if !entry.value.trim().is_empty() => self.line("AU", entry.value),
                    _ => {}
                }
            }
        }
        // MEDLINE has no field for links, and notes are not searched for DOIs.
        if let (None, Some(doi)) = (statement.first(Field::Doi), statement.record.doi()) {
            self.line("AID", &format!("{doi} [doi]"));
        }
        self.dates(&statement);
        let name = statement.reference_type.endnote();
        let is_said = statement.values(Field::PublicationType).any(|said| said.eq_ignore_ascii_case(name));
        if !is_said && statement.reference_type != ReferenceType::Generic {
            self.line("PT", name);
        }
    }

    fn author(&mut self, name: &str, names: Names) {
        match names {
            Names::Both => {}
            Names::Inverted => {
                self.line("FAU", name);
                self.line("AU", &short_name(name));
            }
            Names::AsTheyAre => self.line("AU", name),
        }
    }

    fn item(&mut self, item: &Item<'_>) {
        let tag = FIELD_TAGS.iter().find(|(field, _)| *field == item.field).map(|(_, tag)| *tag);
        match (item.field, item.place, tag) {
            (Field::Doi, Place::Field, _) => self.line("AID", &format!("{} [doi]", item.value)),
            (Field::SerialNumber, Place::Field, _) => self.line(if is_isbn(&item.value) { "ISBN" } else { "IS" }, &item.value),
            // Adopted from another record; a record of its own has its authors and dates elsewhere.
            (Field::Author, Place::Field, _) => self.line("AU", &item.value),
            (Field::Date | Field::Year, Place::Field, _) => self.line("DP", &item.value),
            (_, Place::Field, Some(tag)) => self.line(tag, &item.value),
            _ => self.note(item),
        }
    }

    fn note(&mut self, item: &Item<'_>) {
        self.line("GN", &item.as_note());
        if !item.is_note() {
            self.losses.move_to_notes(item.field);
        }
    }

    /// One date of publication, that of the record, in PubMed's form where it is one of numbers; what it leaves unsaid of
    /// the others becomes notes.
    fn dates(&mut self, statement: &Statement<'_>) {
        let is_date = |item: &&Item<'_>| item.place == Place::Field && matches!(item.field, Field::Year | Field::Date);
        let dates = || statement.items.iter().filter(is_date);
        let date = statement.record.date();
        let is_whole = |item: &&Item<'_>| PartialDate::parse(&item.value) == date;
        let whole = dates().filter(|item| item.field == Field::Date).find(is_whole).or_else(|| dates().find(is_whole));
        let (chosen, text) = match (whole.or_else(|| dates().next()), date) {
            (None, _) => return,
            // One of several without a year.
            (Some(first), None) => (Some(first), first.value.clone().into_owned()),
            (Some(whole), Some(date)) if is_whole(&whole) => (Some(whole), in_words(&whole.value, date)),
            // A year and a month in fields of their own.
            (Some(_), Some(date)) => match dates().find_map(|item| Some((item, behind_year(&item.value, date)?))) {
                Some((months, text)) => (Some(months), text),
                None => (None, words_of(date)),
            },
        };
        self.line("DP", &text);
        let said = PartialDate::parse(&text);
        for other in dates().filter(|item| Some(*item) != chosen && !item.is_said_by(said)) {
            self.note(other);
        }
    }

    /// A tag line, wrapped at blanks that stand alone, since the reader of it knows no others; line ends of the value become
    /// blanks.
    fn line(&mut self, tag: &str, value: &str) {
        let _ = write!(self.out, "{tag:<4}- ");
        let mut width = 6;
        for (number, part) in
            value.split(['\n', '\r']).map(|line| line.trim_matches([' ', '\t'])).filter(|line| !line.is_empty()).flat_map(words).enumerate()
        {
            let length = part.chars().count();
            if number > 0 && width + 1 + length > WIDTH {
                self.out.push_str("\n      ");
                width = 6;
            } else if number > 0 {
                self.out.push(' ');
                width += 1;
            }
            self.out.push_str(part);
            width += length;
        }
        self.out.push('\n');
    }
}

/// Whether a line of `tag` would begin a record of another format, as that of RIS does when lines of RIS stand in MEDLINE.
fn begins_other_record(tag: &str) -> bool {
    stretches::starts_record_of(&format!("{tag:<4}- ")).is_some_and(|format| format != Format::Medline)
}

/// The stretches of `text` between blanks that have no other blank beside them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let stands_alone = |at: &usize| {
            let beside = [text[..*at].chars().next_back(), text[at + 1..].chars().next()];
            beside.iter().all(|character| character.is_some_and(|character| !character.is_whitespace()))
        };
        match memchr::memchr_iter(b' ', text.as_bytes()).find(stands_alone) {
            Some(at) => {
                rest = Some(&text[at + 1..]);
                Some(&text[..at])
            }
            None => rest.take(),
        }
    })
}

/// How the authors' names are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// The record has full and short forms.
    Both,
    /// All names have the family name before a comma: these are full forms, and the short ones follow from them.
    Inverted,
    /// Neither.
    AsTheyAre,
}

impl Names {
    fn of(statement: &Statement<'_>) -> Self {
        let has_short = statement.items.iter().any(|item| item.field == Field::Author && item.place == Place::Note);
        let is_inverted = |name: &str| name.split_once(',').is_some_and(|(family, given)| !family.is_empty() && !given.trim().is_empty());
        if has_short {
            Names::Both
        } else if statement.values(Field::Author).all(is_inverted) {
            Names::Inverted
        } else {
            Names::AsTheyAre
        }
    }
}

/// "Ek A" for "Ek, Anna", "Ek AB" for "Ek, A.-B.".
fn short_name(name: &str) -> String {
    let (family, given) = name.split_once(',').unwrap_or((name, ""));
    let initials = given.split(|c: char| !c.is_alphanumeric()).filter_map(|part| part.chars().next()).flat_map(char::to_uppercase);
    format!("{} {}", family.trim(), initials.collect::<String>())
}

/// "2020 May 17" for "2020/05/17/" and "2020-05-17", which are `date`; other dates as they are.
fn in_words(value: &str, date: PartialDate) -> String {
    let is_of_numbers = value.bytes().all(|byte| byte.is_ascii_digit() || b"/-".contains(&byte));
    if is_of_numbers { words_of(date) } else { value.to_owned() }
}

/// "2020 Nov-Dec" for "NOV-DEC" of 2020, where that begins on `date`.
fn behind_year(value: &str, date: PartialDate) -> Option<String> {
    let is_separator = |c: char| matches!(c, ' ' | '-');
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |word: &str| word.len() >= 3 && MONTH_NAMES.iter().any(|month| month.starts_with(&word.to_ascii_lowercase()));
    if PartialDate::parse(value).is_some() || !value.split(is_separator).all(|word| is_number(word) || is_month(word)) {
        return None;
    }
    let mut text = format!("{} ", date.year);
    for letter in value.chars() {
        let is_first = text.ends_with(is_separator);
        text.push(if is_first { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
    }
    Some(text).filter(|text| value.contains(char::is_alphabetic) && PartialDate::parse(text) == Some(date))
}

fn words_of(PartialDate { year, month, day }: PartialDate) -> String {
    let month_name = month.and_then(|month| MONTHS.get(usize::from(month) - 1));
    match (month_name, day) {
        (Some(month), Some(day)) => format!("{year} {month} {day}"),
        (Some(month), None) => format!("{year} {month}"),
        (None, _) => year.to_string(),
    }
}

fn is_isbn(value: &str) -> bool {
    matches!(value.bytes().filter(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X')).count(), 10 | 13)
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    fn check(input: &str, expected: &str, n_moved: usize) {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        let losses = write(&parsed.records, &Target::new(Format::Medline), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!((losses.n_moved_to_notes(), losses.n_lost()), (n_moved, 0), "{losses:?}");
    }

    #[test]
    fn well_formed_medline_stays_as_it_is() {
        let text = "PMID- 1\nTI  - A title that\n      goes on\nXYZ - odd\n\nPMID- 2\nTI  - B\n\n";
        check(text, text, 0);
    }

    #[test]
    fn the_type_of_ris_among_its_lines_begins_no_record() {
        let text = "AN  - 1\nTI  - A\n\nPMID- 2\nTY  - JOUR\nTI  - B\n";
        check(text, "PMID- \nAN  - 1\nTI  - A\n\nPMID- 2\nGN  - TY: JOUR\nTI  - B\n\n", 1);
    }

    #[test]
    fn the_pmid_comes_first_and_long_values_are_wrapped() {
        let word = "longish ".repeat(12);
        check(
            &format!("STAT- x\nPMID- 1\nTI  - {word}\n\nAB  - One\n"),
            "PMID- 1\nSTAT- x\nTI  - longish longish longish longish longish longish longish longish longish longish\n      longish longish\nAB  - One\n\n",
            0,
        );
    }

    #[test]
    fn lines_are_not_wrapped_where_blanks_would_be_lost() {
        for (text, expected) in
            [("a b", vec!["a", "b"]), ("a  b c", vec!["a  b", "c"]), (" a", vec![" a"]), ("a\u{a0} b", vec!["a\u{a0} b"]), ("", vec![""])]
        {
            assert_eq!(words(text).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn ris_becomes_medline() {
        check(
            "TY  - JOUR\nAN  - WOS:1\nTI  - A\nAU  - Ek, Anna\nAU  - Ny, B.-C.\nT2  - Journal\nPY  - 2020\nDA  - 2020/05/17/\nSP  - 1\nEP  - 9\nDO  - 10.1000/1\n\
             SN  - 9780000000001\nC2  - PMC7\nN1  - PMID: 7\nKW  - x\nUR  - http://x.example\nN1  - Mine\nER  - \n",
            "PMID- 7\nOID - WOS:1\nTI  - A\nFAU - Ek, Anna\nAU  - Ek A\nFAU - Ny, B.-C.\nAU  - Ny BC\nJT  - Journal\nPG  - 1-9\nAID - 10.1000/1 [doi]\n\
             ISBN- 9780000000001\nPMC - PMC7\nOT  - x\nGN  - UR: http://x.example\nGN  - Mine\nDP  - 2020 May 17\nPT  - Journal Article\n\n",
            1,
        );
        check(
            "TY  - GEN\nTI  - A\nUR  - https://doi.org/10.1000/1\nER  - \n",
            "PMID- \nTI  - A\nGN  - UR: https://doi.org/10.1000/1\nAID - 10.1000/1 [doi]\n\n",
            1,
        );
        check("TY  - GEN\nTI  - A\nAU  - Anna Ek\nY1  - May 2020\nER  - \n", "PMID- \nTI  - A\nAU  - Anna Ek\nDP  - May 2020\n\n", 0);
    }

    #[test]
    fn year_and_month_of_two_fields_are_one_date() {
        for (dates, expected, n_moved) in [
            ("Y1  - 2008\nDA  - NOV", "DP  - 2008 Nov\n", 0),
            ("PY  - 2008\nDA  - NOV 3", "DP  - 2008 Nov 3\n", 0),
            ("DA  - November\nPY  - 2008", "DP  - 2008 November\n", 0),
            ("PY  - 2008\nDA  - NOV-DEC", "DP  - 2008 Nov-Dec\n", 0),
            ("PY  - 2008\nDA  - 11", "DP  - 2008 Nov\nGN  - DA: 11\n", 1),
            ("PY  - 2008\nDA  - 3. november", "DP  - 2008 Nov 3\nGN  - DA: 3. november\n", 1),
            ("DA  - FAL\nPY  - 2008", "DP  - 2008\nGN  - DA: FAL\n", 1),
            ("DA  - 2007/05//\nPY  - 2008", "DP  - 2008\nGN  - DA: 2007/05//\n", 1),
            ("DA  - 2007/05//\nDA  - JUN\nPY  - 2008", "DP  - 2008 Jun\nGN  - DA: 2007/05//\n", 1),
            ("PY  - 2008\nDA  - 2008/05//\nDA  - 2008/05/17/", "DP  - 2008 May\nGN  - DA: 2008/05/17/\n", 1),
            ("DA  - NOV", "DP  - NOV\n", 0),
        ] {
            check(&format!("TY  - GEN\nTI  - A\n{dates}\nER  - \n"), &format!("PMID- \nTI  - A\n{expected}\n"), n_moved);
        }
    }
}
