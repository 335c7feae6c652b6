//! What the tags of RIS mean, database by database.
//!
//! One table for RIS in general; where a database uses a tag for something of its own, [`refined`] and [`settle`] decide
//! by the database and by the value. Cited works hide in several tags (Ovid `M1` and `A2`, Scopus `N1`): they become
//! cited references here, so that nothing of theirs is ever taken for the record's own.

use super::line::{self, Shape};
use crate::formats::draft::{DraftEntry, Joining};
use crate::formats::origin::Origin;
use crate::record::{Database, Dialect, Doi, Field, PartialDate, Pmid};
use crate::text::trimmed;

/// Tag, meaning, and what untagged lines after it are.
///
/// Sources: the RIS specification (1996 and 2011 tag lists) and the exports of the databases.
pub(in crate::formats) const TAGS: &[(&str, Field, Joining)] = &[
    ("TY", Field::Kind, Joining::Text),
    ("TI", Field::Title, Joining::Text),
    ("T1", Field::Title, Joining::Text),
    ("CT", Field::BookTitle, Joining::Text),
    ("BT", Field::BookTitle, Joining::Text),
    ("ST", Field::ShortTitle, Joining::Text),
    ("TT", Field::OriginalTitle, Joining::Text),
    ("T2", Field::ContainerTitle, Joining::Text),
    ("T3", Field::SeriesTitle, Joining::Text),
    ("JF", Field::Journal, Joining::Text),
    ("JO", Field::Journal, Joining::Text),
    ("JA", Field::JournalAbbreviation, Joining::Text),
    ("J1", Field::JournalAbbreviation, Joining::Text),
    ("J2", Field::JournalAbbreviation, Joining::Text),
    ("J9", Field::JournalAbbreviation, Joining::Text),
    ("JI", Field::JournalAbbreviation, Joining::Text),
    ("AU", Field::Author, Joining::List),
    ("A1", Field::Author, Joining::List),
    ("A2", Field::Editor, Joining::List),
    ("A3", Field::Editor, Joining::List),
    ("A4", Field::Editor, Joining::List),
    ("ED", Field::Editor, Joining::List),
    ("AB", Field::Abstract, Joining::Text),
    ("N2", Field::Abstract, Joining::Text),
    ("PY", Field::Year, Joining::Text),
    ("Y1", Field::Date, Joining::Text),
    ("DA", Field::Date, Joining::Text),
    ("Y2", Field::OtherDate, Joining::Text),
    ("Y3", Field::OtherDate, Joining::Text),
    ("EA", Field::OtherDate, Joining::Text),
    ("U3", Field::OtherDate, Joining::Text),
    ("U4", Field::OtherDate, Joining::Text),
    ("VL", Field::Volume, Joining::Text),
    ("IS", Field::Issue, Joining::Text),
    ("CP", Field::Issue, Joining::Text),
    ("SP", Field::Pages, Joining::Text),
    ("PG", Field::Pages, Joining::Text),
    ("EP", Field::LastPage, Joining::Text),
    ("C7", Field::ArticleNumber, Joining::Text),
    ("AR", Field::ArticleNumber, Joining::Text),
    ("DO", Field::Doi, Joining::List),
    ("DI", Field::Doi, Joining::List),
    ("ID", Field::Accession, Joining::Text),
    ("AN", Field::Accession, Joining::Text),
    ("SN", Field::SerialNumber, Joining::List),
    ("BN", Field::SerialNumber, Joining::List),
    ("EI", Field::SerialNumber, Joining::List),
    ("KW", Field::Keyword, Joining::List),
    ("LA", Field::Language, Joining::List),
    ("M3", Field::PublicationType, Joining::List),
    ("PB", Field::Publisher, Joining::Text),
    ("PU", Field::Publisher, Joining::Text),
    ("CY", Field::Place, Joining::Text),
    ("PP", Field::Place, Joining::Text),
    ("PI", Field::Place, Joining::Text),
    ("AD", Field::Affiliation, Joining::Text),
    ("AV", Field::Other, Joining::Text),
    ("UR", Field::Url, Joining::List),
    ("L1", Field::Url, Joining::List),
    ("L2", Field::Url, Joining::List),
    ("L3", Field::Url, Joining::List),
    ("L4", Field::Url, Joining::List),
    ("LK", Field::Url, Joining::List),
    ("N1", Field::Note, Joining::Text),
    ("RN", Field::Note, Joining::Text),
    ("DB", Field::Database, Joining::List),
    ("DP", Field::Provider, Joining::Text),
    ("ET", Field::Edition, Joining::Text),
    ("C1", Field::Other, Joining::Text),
    ("C2", Field::Other, Joining::Text),
    ("C3", Field::Other, Joining::Text),
    ("C4", Field::Other, Joining::Text),
    ("C5", Field::Other, Joining::Text),
    ("C6", Field::Other, Joining::Text),
    ("C8", Field::Other, Joining::Text),
    ("M1", Field::Other, Joining::Text),
    ("M2", Field::Other, Joining::Text),
    ("U1", Field::Other, Joining::Text),
    ("U2", Field::Other, Joining::Text),
    ("U5", Field::Other, Joining::Text),
    ("CA", Field::Other, Joining::Text),
    ("CN", Field::Other, Joining::Text),
    ("H1", Field::Other, Joining::Text),
    ("H2", Field::Other, Joining::Text),
    ("LB", Field::Other, Joining::Text),
    ("NV", Field::Other, Joining::Text),
    ("OP", Field::Other, Joining::Text),
    ("RI", Field::Other, Joining::Text),
    ("RP", Field::Other, Joining::Text),
    ("SE", Field::Other, Joining::Text),
    ("TA", Field::Other, Joining::Text),
    // Web of Science, through other programs.
    ("CR", Field::CitedReference, Joining::Text),
    ("FU", Field::Other, Joining::Text),
    ("FX", Field::Other, Joining::Text),
    ("MA", Field::Other, Joining::Text),
    ("PA", Field::Other, Joining::Text),
    ("WE", Field::Other, Joining::Text),
    // Ovid: identifiers of authors; tags after the end of the record.
    ("AI", Field::Other, Joining::Text),
    ("NL", Field::Other, Joining::Text),
    ("XT", Field::Other, Joining::Text),
    // Cochrane: review group. Citavi: table of contents and its kin. Covidence: empty tags.
    ("CC", Field::Other, Joining::Text),
    ("M4", Field::Other, Joining::Text),
    ("TS", Field::Other, Joining::Text),
    ("NS", Field::Other, Joining::Text),
    ("PD", Field::Other, Joining::Text),
    ("ER", Field::Other, Joining::Text),
];

const TABLE_SIZE: usize = 26 * 36;

/// The table by tag, so that a line costs one look-up. Made when the crate is compiled.
static BY_TAG: [Option<(Field, Joining)>; TABLE_SIZE] = {
    let mut table = [None; TABLE_SIZE];
    let mut row = 0;
    while row < TAGS.len() {
        let tag = TAGS[row].0.as_bytes();
        if let Some(index) = index_of(tag[0], tag[1]) {
            table[index] = Some((TAGS[row].1, TAGS[row].2));
        }
        row += 1;
    }
    table
};

const fn index_of(first: u8, second: u8) -> Option<usize> {
    let second = match second {
        b'A'..=b'Z' => second - b'A',
        b'0'..=b'9' => second - b'0' + 26,
        _ => return None,
    };
    if first.is_ascii_uppercase() { Some((first - b'A') as usize * 36 + second as usize) } else { None }
}

/// What a tag means in RIS in general, and how its further lines are joined; `None` for tags that no table has.
/// The case of the tag does not matter.
#[inline]
pub(super) fn known(tag: &str) -> Option<(Field, Joining)> {
    let [first, second] = *tag.as_bytes() else {
        // The one longer tag that hand-made files have.
        return (tag == "DOI").then_some((Field::Doi, Joining::List));
    };
    BY_TAG[index_of(first.to_ascii_uppercase(), second.to_ascii_uppercase())?]
}

/// Whether a value of this field may run over many lines of free text, in which a dash after two letters means little.
pub(super) fn is_free_text(field: Field) -> bool {
    matches!(field, Field::Abstract | Field::Note | Field::CitedReference | Field::Contents)
}

/// Whether a record says this once, under whatever tags of the same meaning.
pub(super) fn stands_once(field: Field) -> bool {
    matches!(field, Field::Kind | Field::Title | Field::Abstract | Field::Doi | Field::Pmid | Field::Year | Field::Volume | Field::Pages)
}

/// Whether a value of this field can say by itself which work is meant.
pub(super) fn names_work(field: Field) -> bool {
    matches!(field, Field::Title | Field::BookTitle | Field::OriginalTitle | Field::ShortTitle)
        || matches!(field, Field::Doi | Field::Pmid | Field::Pmcid | Field::Accession)
        || matches!(field, Field::Author | Field::FullAuthor | Field::CorporateAuthor)
}

/// Gives each entry of one record the meaning that this database's tags have and that its value allows.
pub(super) fn settle(text: &str, entries: &mut [DraftEntry], origin: Origin) {
    let mut has_journal = false;
    let mut has_publisher = false;
    let mut is_part_of_book = false;
    let mut is_without_pages = false;
    for entry in entries.iter_mut() {
        let value = || trimmed(&text[entry.value.clone()]);
        match entry.field {
            // Not J2: that comes from reference managers, which put the journal in T2.
            Field::Journal | Field::JournalAbbreviation => has_journal |= matches!(&text[entry.tag.clone()], "JF" | "JO" | "JA"),
            Field::Kind => is_part_of_book = matches!(value(), "CHAP" | "ECHAP" | "CPAPER" | "CONF" | "BOOK" | "EBOOK"),
            // "No Pagination Specified", cut in two by Ovid.
            Field::LastPage => is_without_pages |= value() == "Specified",
            _ => {}
        }
        let tag: Option<&[u8; 2]> = text.as_bytes()[entry.tag.clone()].first_chunk();
        if let Some(tag) = tag.filter(|tag| entry.tag.len() == 2 && is_refined(**tag)) {
            entry.field = refined(*tag, entry.field, value(), origin);
        }
        // Ovid PsycINFO names the publisher and then its country under one tag.
        if entry.field == Field::Publisher && origin.dialect == Dialect::Ovid {
            if has_publisher {
                entry.field = Field::Place;
            }
            has_publisher = true;
        }
    }
    if is_without_pages {
        let says_none = |entry: &&mut DraftEntry| matches!(text[entry.value.clone()].trim(), "No" | "Specified");
        let pages = entries.iter_mut().filter(|entry| matches!(entry.field, Field::Pages | Field::LastPage));
        pages.filter(says_none).for_each(|entry| entry.field = Field::Other);
    }
    // Ovid and EBSCO name the journal in JF, JO or JA, and then T2 is another title of the article itself.
    let second_title = match origin.dialect {
        Dialect::Ovid => Field::ShortTitle,
        Dialect::EbscoHost => Field::OriginalTitle,
        _ => return,
    };
    if has_journal && !is_part_of_book {
        for entry in entries.iter_mut().filter(|entry| entry.field == Field::ContainerTitle) {
            entry.field = second_title;
        }
    }
}

/// Where in the value of an entry a tag of RIS stands that was glued to it: Rayyan does so with tags that it does not
/// know, behind at least four blanks ("https://…     U2  - L2029880245").
pub(super) fn glued_tag(value: &str) -> Option<usize> {
    const GAP: &str = "    ";
    let mut from = 0;
    while let Some(gap) = memchr::memmem::find(&value.as_bytes()[from..], GAP.as_bytes()) {
        let behind = value[from + gap..].trim_start_matches(' ');
        let at = value.len() - behind.len();
        let tag_line = line::strict(behind).filter(|tag_line| tag_line.shape == Shape::Strict);
        if tag_line.is_some_and(|tag_line| known(&behind[tag_line.tag]).is_some()) {
            return Some(at);
        }
        from = at;
    }
    None
}

/// The tags that [`refined`] has more to say about.
const REFINED: &[[u8; 2]] = &[
    *b"KW", *b"AU", *b"A1", *b"A2", *b"AB", *b"N2", *b"M1", *b"M2", *b"M3", *b"L3", *b"T3", *b"U1", *b"U2", *b"U3", *b"U4", *b"N1", *b"C1",
    *b"C2", *b"C3", *b"C5", *b"C6", *b"C7", *b"CP",
];

/// [`REFINED`] by tag, as [`BY_TAG`].
static IS_REFINED: [bool; TABLE_SIZE] = {
    let mut table = [false; TABLE_SIZE];
    let mut row = 0;
    while row < REFINED.len() {
        if let Some(index) = index_of(REFINED[row][0], REFINED[row][1]) {
            table[index] = true;
        }
        row += 1;
    }
    table
};

fn is_refined(tag: [u8; 2]) -> bool {
    index_of(tag[0], tag[1]).is_some_and(|index| IS_REFINED[index])
}

/// The meaning of a tag that depends on the database or on the value.
fn refined(tag: [u8; 2], field: Field, value: &str, origin: Origin) -> Field {
    let is = |condition: bool, then: Field| if condition { then } else { field };
    let dialect = origin.dialect;
    match &tag {
        b"KW" if value == "No terms assigned" => Field::Other,
        b"KW" => is(dialect == Dialect::Ovid || is_heading(value), Field::Heading),
        // EBSCOhost's notice stands in an abstract of its own.
        b"AB" | b"N2" if is_copyright(value) => Field::Note,
        b"AB" | b"N2" | b"AU" | b"A1" => is(value.starts_with('[') && FILLERS.contains(&value), Field::Other),
        b"A2" => is(dialect == Dialect::Ovid && origin.database == Some(Database::PsycInfo), Field::CitedReference),
        // Ovid PsycINFO lists the cited works here; Ovid MEDLINE gives the number of the journal.
        b"M1" if dialect == Dialect::Ovid => is(is_reference(value), Field::CitedReference),
        b"M1" => is(dialect == Dialect::EmbaseCom, Field::Affiliation),
        b"M2" => is(dialect == Dialect::Ovid, Field::Affiliation),
        // PsycINFO's classification: "Psychological & Physical Disorders [3200]".
        b"M3" if dialect == Dialect::Ovid && is_classification(value) => Field::Other,
        b"M3" | b"L3" => is(Doi::parse(value).is_some(), Field::Doi),
        b"T3" => is(NOTICES.iter().any(|notice| starts_with_ignoring_case(value.trim_start_matches('['), notice)), Field::Note),
        b"U2" => is(dialect == Dialect::EmbaseCom && value.strip_prefix('L').is_some_and(is_number), Field::Accession),
        b"U3" | b"U4" => is(PartialDate::parse(value).is_none(), Field::Other),
        b"N1" if starts_with_ignoring_case(value, "references:") => Field::CitedReference,
        b"C1" => is(dialect == Dialect::OpenAlex, Field::Affiliation),
        b"C6" => is(dialect == Dialect::WebOfScience && PartialDate::parse(value).is_some(), Field::OtherDate),
        b"C3" if REGISTRIES.iter().any(|registry| starts_with_ignoring_case(value, registry)) => Field::RegistryNumber,
        b"C2" | b"C3" | b"C5" | b"N1" | b"U1" => {
            let bare = match &tag {
                b"C5" => dialect == Dialect::EmbaseCom,
                b"C2" => dialect == Dialect::Scopus,
                _ => false,
            };
            if (bare && is_number(value)) || is_labelled_pmid(value) { Field::Pmid } else { is(is_pmcid(value), Field::Pmcid) }
        }
        // Names and places of conferences stand in CP (Web of Science), labels of other programs in C7.
        b"CP" | b"C7" if !is_short_number(value) => Field::Other,
        _ => field,
    }
}

/// What databases write where they have no abstract or author.
const FILLERS: &[&str] = &["[No abstract available]", "[No author name available]", "[No author id available]"];

/// What Ovid MEDLINE puts beside the titles of series: links to other articles about this one.
const NOTICES: &[&str] = &[
    "comment in:",
    "comment on:",
    "erratum in:",
    "erratum for:",
    "retraction in:",
    "retraction of:",
    "republished in:",
    "republished from:",
    "update in:",
    "update of:",
    "expression of concern in:",
];

/// The registries of trials that CENTRAL names before a number.
const REGISTRIES: &[&str] = &["ctgov ", "ictrp "];

/// "*Peer Group" or "Peer Group/px [Psychology]": a heading, whatever program passed it on.
fn is_heading(value: &str) -> bool {
    let is_qualifier = |text: &str| matches!(text.as_bytes(), [a, b, b' ', b'[', gloss, ..] if a.is_ascii_lowercase() && b.is_ascii_lowercase() && gloss.is_ascii_uppercase());
    let has_qualifier = || value.split_once('/').is_some_and(|(_, qualifier)| is_qualifier(qualifier));
    (value.starts_with('*') && value.len() > 1) || (value.ends_with(']') && has_qualifier())
}

fn is_copyright(value: &str) -> bool {
    value.starts_with("Copyright of ") && value.contains(" is the property of ")
}

fn is_classification(value: &str) -> bool {
    value.strip_suffix(']').and_then(|value| value.rsplit_once(" [")).is_some_and(|(_, code)| code.len() == 4 && is_number(code))
}

/// A work and not a number or code: several words and a year.
fn is_reference(value: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with('1') || word.starts_with("20")) && is_number(word);
    let is_separator = |c: char| !c.is_alphanumeric();
    value.split_whitespace().nth(2).is_some() && value.split(is_separator).any(|word| is_year(word.trim_end_matches(char::is_alphabetic)))
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of an issue or article: "12", "Suppl 2", "e0123456", "Unsp 14"; not a sentence.
fn is_short_number(value: &str) -> bool {
    value.len() <= 24 && value.bytes().any(|byte| byte.is_ascii_digit()) && !value.contains(", ")
}

fn is_labelled_pmid(value: &str) -> bool {
    let is_labelled = starts_with_ignoring_case(value, "pubmed")
        || starts_with_ignoring_case(value, "pmid")
        || value.ends_with("[PMID]")
        || value.ends_with("[pmid]");
    is_labelled && Pmid::parse(value).is_some()
}

fn is_pmcid(value: &str) -> bool {
    value.strip_prefix("PMC").is_some_and(is_number)
}

fn starts_with_ignoring_case(value: &str, prefix: &str) -> bool {
    value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_tag_once() {
        for (at, row) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|other| other.0 != row.0), "{}", row.0);
            assert_eq!(known(row.0), Some((row.1, row.2)));
        }
        assert_eq!(known("ty").map(|row| row.0), Some(Field::Kind));
        assert_eq!(known("ZZ"), None);
        assert_eq!(known("TYX"), None);
    }

    #[test]
    fn the_second_title_is_the_journal_unless_the_dialect_names_it_elsewhere() {
        let settled = |text: &str, dialect| {
            let mut entries: Vec<DraftEntry> = Vec::new();
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let (field, joining) = known(&line[..2]).unwrap();
                entries.push(DraftEntry { tag: start..start + 2, value: start + 5..start + line.len(), field, joining, is_long: false });
                start += line.len();
            }
            settle(text, &mut entries, Origin::new(None, dialect));
            entries.iter().find(|entry| &text[entry.tag.clone()] == "T2").map(|entry| entry.field)
        };
        for (text, dialect, expected) in [
            ("TY  - JOUR\nT2  - Autre titre\nJF  - J\n", Dialect::EbscoHost, Field::OriginalTitle),
            ("TY  - JOUR\nT2  - Public title\nJA  - J\n", Dialect::Ovid, Field::ShortTitle),
            ("TY  - JOUR\nT2  - Journal\nJ2  - J\n", Dialect::EbscoHost, Field::ContainerTitle),
            ("TY  - CHAP\nT2  - Book\nJF  - J\n", Dialect::EbscoHost, Field::ContainerTitle),
            ("TY  - JOUR\nT2  - Journal\nJF  - J\n", Dialect::General, Field::ContainerTitle),
        ] {
            assert_eq!(settled(text, dialect), Some(expected), "{text}");
        }
    }

    #[test]
    fn tags_that_were_glued_to_a_value() {
        for (value, expected) in [
            ("https://example.org/a     U2  - L2029880245", Some("U2  - L2029880245")),
            ("https://example.org/a     LK  - https://example.org/b", Some("LK  - https://example.org/b")),
            ("https://example.org/a U2  - L2029880245", None),
            ("wide    gap", None),
            ("wide    ZZ  - gap", None),
        ] {
            assert_eq!(glued_tag(value).map(|at| &value[at..]), expected, "{value}");
        }
    }

    #[test]
    fn meanings_that_hang_on_database_and_value() {
        let at = |dialect, database| Origin::new(database, dialect);
        let ovid = at(Dialect::Ovid, Some(Database::PsycInfo));
        for (tag, value, origin, expected) in [
            ("KW", "*Peer Group/px [Psychology]", ovid, Field::Heading),
            ("KW", "peer group", Origin::default(), Field::Keyword),
            ("M1", "Ek, A. (2001). A title. 10.1000/cited", ovid, Field::CitedReference),
            ("M1", "101264945", ovid, Field::Other),
            ("M1", "7502386, id5", ovid, Field::Other),
            ("M1", "Ek, A., & Lie, B. (1998a). A title", ovid, Field::CitedReference),
            ("A2", "Attride-Stirling, Braun", ovid, Field::CitedReference),
            ("A2", "Ek, A.", Origin::default(), Field::Editor),
            ("M3", "doi: 10.1000/abc", Origin::default(), Field::Doi),
            ("M3", "Article", Origin::default(), Field::PublicationType),
            ("L3", "10.1000/abc", Origin::default(), Field::Doi),
            ("L3", "https://example.org/x", Origin::default(), Field::Url),
            ("N1", "References: Ek (2001)", Origin::default(), Field::CitedReference),
            ("N1", "PubMed ID: 123", Origin::default(), Field::Pmid),
            ("N1", "123", Origin::default(), Field::Note),
            ("C3", "PUBMED 21314913", Origin::default(), Field::Pmid),
            ("C5", "21314913", at(Dialect::EmbaseCom, None), Field::Pmid),
            ("C5", "21314913", Origin::default(), Field::Other),
            ("C2", "PMC12", Origin::default(), Field::Pmcid),
            ("U1", "35957633 [PMID]", Origin::default(), Field::Pmid),
            ("C3", "PUBMED 38407106,EMBASE 643589775", Origin::default(), Field::Pmid),
            ("C3", "EMBASE 643589775", Origin::default(), Field::Other),
            ("C3", "CTgov NCT09999901", Origin::default(), Field::RegistryNumber),
            ("C1", "University of Vestskaret", at(Dialect::OpenAlex, None), Field::Affiliation),
            ("C6", "AUG 2022", at(Dialect::WebOfScience, None), Field::OtherDate),
            ("C6", "AUG 2022", Origin::default(), Field::Other),
            ("U2", "L2029880245", at(Dialect::EmbaseCom, None), Field::Accession),
            ("U2", "Grant 7", at(Dialect::EbscoHost, None), Field::Other),
            ("U4", "2023-12-27", at(Dialect::EmbaseCom, None), Field::OtherDate),
            ("U4", "mine", Origin::default(), Field::Other),
            ("T3", "[Comment on: J Made Up. 2018;55:1-2; PMID: 1]", ovid, Field::Note),
            ("T3", "Commentaries on law", Origin::default(), Field::SeriesTitle),
            ("M3", "Health & Treatment [3300]", ovid, Field::Other),
            ("M3", "Journal Article", ovid, Field::PublicationType),
            ("KW", "No terms assigned", Origin::default(), Field::Other),
            ("KW", "Peer Group/px [Psychology]", Origin::default(), Field::Heading),
            ("KW", "*Peer Group", Origin::default(), Field::Heading),
            ("KW", "and/or [x]", Origin::default(), Field::Keyword),
            ("AB", "Copyright of Made Up is the property of X and its content may not be copied", Origin::default(), Field::Note),
            ("AB", "Copyright of texts: a study.", Origin::default(), Field::Abstract),
            ("AB", "[No abstract available]", Origin::default(), Field::Other),
            ("CP", "3", Origin::default(), Field::Issue),
            ("CP", "Symposium on Restoration", Origin::default(), Field::Other),
            ("C7", "e0123456", Origin::default(), Field::ArticleNumber),
            ("C7", "search, search", Origin::default(), Field::Other),
        ] {
            let (field, _) = known(tag).unwrap();
            let found = refined(*tag.as_bytes().first_chunk().unwrap(), field, value, origin);
            assert_eq!(found, expected, "{tag} {value}");
        }
    }
}
