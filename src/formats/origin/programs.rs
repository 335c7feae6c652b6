//! Programs that leave no name in the RIS they write, told by the shape of their records: which tags, in which order.
//!
//! Goes in: the tag lines of one record, or the sample of a file. Comes out: the program. A shape must be one that no
//! other program is known to have; a record that has none says nothing.

use super::super::lines::lines;
use super::tag::Tag;
use crate::record::Dialect;

/// The tag and value of each tag line of one record, in order, its `ER` left out.
pub(super) type TagLines<'t> = [(Tag, &'t str)];

/// Whether the lines of a sample have the shape of a program's exports.
type Shape = fn(&TagLines<'_>) -> bool;

/// The shapes, in order of certainty.
const SHAPES: &[(Dialect, Shape)] = &[
    (Dialect::Covidence, is_covidence),
    (Dialect::EppiReviewer, is_eppi),
    (Dialect::Rayyan, is_rayyan),
    (Dialect::RPackage, is_r_package),
    (Dialect::OpenAlex, is_openalex),
    (Dialect::EndNote, is_endnote),
    (Dialect::Zotero, is_zotero),
    (Dialect::Mendeley, is_mendeley),
    (Dialect::Ovid, is_ovid),
];

/// The program that writes records of this shape.
pub(super) fn by_shape(record: &TagLines<'_>) -> Option<Dialect> {
    SHAPES.iter().find(|(_, is)| is(record)).map(|(dialect, _)| *dialect)
}

fn has(record: &TagLines<'_>, tag: &str) -> bool {
    let tag = Tag::of(tag);
    record.iter().any(|(known, _)| *known == tag)
}

/// Whether the tag `second` stands directly behind `first`.
fn has_pair(record: &TagLines<'_>, first: &str, second: &str) -> bool {
    let (first, second) = (Tag::of(first), Tag::of(second));
    record.windows(2).any(|pair| pair[0].0 == first && pair[1].0 == second)
}

fn value<'t>(record: &TagLines<'t>, tag: &str) -> Option<&'t str> {
    let tag = Tag::of(tag);
    record.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value)
}

/// Every record has the same tags, empty or not, three of them of its own.
fn is_covidence(record: &TagLines<'_>) -> bool {
    ["PD", "PG", "NS"].iter().all(|tag| has(record, tag))
}

/// A keyword that names the program, beside "Ek (2020)" for a short title.
fn is_eppi(record: &TagLines<'_>) -> bool {
    let names_itself = |(tag, value): &(Tag, &str)| *tag == Tag::of("KW") && value.starts_with("eppi-reviewer");
    has(record, "T1") && has(record, "ST") && record.iter().any(names_itself)
}

/// Year, month and day on three tags.
fn is_rayyan(record: &TagLines<'_>) -> bool {
    let number = |tag| value(record, tag).and_then(|value| value.parse::<u16>().ok());
    let is_part = |tag, most| number(tag).is_some_and(|part| (1..=most).contains(&part));
    has(record, "AN") && number("Y1").is_some_and(|year| year > 999) && is_part("Y2", 12) && is_part("Y3", 31)
}

/// CiteSource keeps its own columns in custom tags and writes no type; ASySD writes its column "source" as `SO`.
fn is_r_package(record: &TagLines<'_>) -> bool {
    let is_citesource = !has(record, "TY") && ["C1", "C2", "C7", "C8"].iter().all(|tag| has(record, tag));
    is_citesource || ["SO", "DB", "JO", "TI"].iter().all(|tag| has(record, tag))
}

/// The affiliations of each author follow it, and the date is that of ISO.
fn is_openalex(record: &TagLines<'_>) -> bool {
    let is_iso = |date: &str| matches!(date.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _]);
    value(record, "DA").is_some_and(is_iso) && has_pair(record, "AU", "C1")
}

/// The number of the record in the library stands last.
fn is_endnote(record: &TagLines<'_>) -> bool {
    let is_number = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    record.last().is_some_and(|(tag, value)| *tag == Tag::of("ID") && is_number(value)) && has(record, "ST") && has(record, "TI")
}

/// Year, month and day between slashes, with any text behind a third one: "2020/05//May-June".
fn is_zotero(record: &TagLines<'_>) -> bool {
    let is_part = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = |date: &str| {
        let parts: Vec<&str> = date.splitn(4, '/').collect();
        matches!(parts[..], [year, month, day, _] if year.len() == 4 && is_part(year, 4) && is_part(month, 2) && is_part(day, 2))
    };
    has(record, "TI") && has(record, "PY") && !has(record, "T1") && value(record, "DA").is_some_and(is_date)
}

/// In the order of the alphabet, but for the last page behind the first and the journal behind the title.
fn is_mendeley(record: &TagLines<'_>) -> bool {
    const FEWEST_TAGS: usize = 6;
    let has_others = ["ST", "ID", "DA", "AN", "T1"].iter().any(|tag| has(record, tag));
    if has_others || !has_pair(record, "TI", "T2") || !has(record, "TY") {
        return false;
    }
    let mut tags: Vec<Tag> = record.iter().skip(1).map(|(tag, _)| *tag).collect();
    tags.retain(|tag| ![Tag::of("EP"), Tag::of("T2")].contains(tag));
    let is_sorted = tags.is_sorted();
    tags.dedup();
    is_sorted && tags.len() >= FEWEST_TAGS
}

/// The accession number first, the year with two slashes, and the names of the tags of old.
fn is_ovid(record: &TagLines<'_>) -> bool {
    let starts_well = matches!(record, [first, second, ..] if first.0 == Tag::of("TY") && second.0 == Tag::of("ID"));
    let is_year = |date: &str| date.len() == 6 && date.ends_with("//");
    let has_all = ["T1", "A1", "N2", "JF", "JA", "CY"].iter().all(|tag| has(record, tag));
    starts_well && has_all && value(record, "Y1").is_some_and(is_year) && !has(record, "RP")
}

/// The tags that Google Scholar has.
const SCHOLAR_TAGS: &[&str] = &["TY", "T1", "A1", "JO", "VL", "IS", "SP", "EP", "SN", "Y1", "PB", "ER"];

/// Whether all of `text` has the shape of Google Scholar's RIS: few tags, the title first, two blank lines after each
/// record.
pub(super) fn is_google_scholar(text: &str) -> bool {
    let mut n_records = 0;
    let mut n_blank = 2;
    let mut tag_before = "";
    for line in lines(text, 0, text.len()) {
        if line.is_blank() {
            n_blank += 1;
            continue;
        }
        let (Some(tag), Some("  - ")) = (line.text.get(..2), line.text.get(2..6)) else { return false };
        let starts = tag == "TY";
        if !SCHOLAR_TAGS.contains(&tag) || (tag_before == "TY" && tag != "T1") || (n_blank > 0) != starts || (starts && n_blank < 2) {
            return false;
        }
        n_records += usize::from(starts);
        n_blank = 0;
        tag_before = tag;
    }
    n_records > 0 && (n_blank >= 2 || n_records > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Vec<(Tag, &str)> {
        text.lines().map(|line| (Tag::of(&line[..2]), line[5..].trim())).collect()
    }

    #[test]
    fn programs_by_the_shape_of_their_records() {
        for (text, expected) in [
            ("TY  - JOUR\nPD  -\nPG  -\nNS  -\nT1  - A", Some(Dialect::Covidence)),
            ("TY  - JOUR\nT1  - A\nST  - Ek (2020)\nKW  - eppi-reviewer4", Some(Dialect::EppiReviewer)),
            ("TY  - JOUR\nTI  - A\nST  - A\nKW  - eppi-reviewer4\nID  - 7", Some(Dialect::EndNote)),
            ("TY  - JOUR\nAN  - key\nY1  - 2017\nY2  - 10\nY3  - 1", Some(Dialect::Rayyan)),
            ("TY  - JOUR\nTI  - A\nY1  - 2017\nY2  - 10", None),
            ("C1  - 1\nC2  - 1, 2\nC7  - search\nC8  - DB\nTI  - A", Some(Dialect::RPackage)),
            ("TY  - JOUR\nTI  - A\nJO  - J\nSO  - S\nDB  - 1", Some(Dialect::RPackage)),
            ("TY  - JOUR\nDA  - 2024-02-01\nAU  - Ek, A\nC1  - Oslo", Some(Dialect::OpenAlex)),
            ("TY  - JOUR\nST  - A\nTI  - A\nID  - 889", Some(Dialect::EndNote)),
            ("TY  - JOUR\nTI  - A\nDA  - 2020/05//May\nPY  - 2020", Some(Dialect::Zotero)),
            ("TY  - JOUR\nTI  - A\nDA  - 2020///\nPY  - 2020", Some(Dialect::Zotero)),
            ("TY  - JOUR\nTI  - A\nDA  - 2020/05/01\nPY  - 2020", None),
            ("TY  - JOUR\nT1  - A\nDA  - 2020/05//\nPY  - 2020", None),
            ("TY  - JOUR\nAU  - Ek, A\nDO  - 10.5555/1\nPY  - 2020\nSP  - 1\nEP  - 2\nTI  - A\nT2  - J\nUR  - u", Some(Dialect::Mendeley)),
            ("TY  - JOUR\nAU  - Ek, A\nTI  - A\nT2  - J\nPY  - 2020", None),
            ("TY  - JOUR\nID  - 1\nT1  - A\nA1  - Ek, A\nY1  - 2020//\nN2  - Text\nJF  - J\nJA  - J\nCY  - UK", Some(Dialect::Ovid)),
            ("TY  - JOUR\nID  - 1\nT1  - A\nA1  - Ek, A\nY1  - 2020\nN2  - Text\nJF  - J\nJA  - J\nCY  - UK", None),
        ] {
            assert_eq!(by_shape(&record(text)), expected, "{text}");
        }
    }

    #[test]
    fn google_scholar_says_little_and_leaves_two_blank_lines() {
        let one = "TY  - JOUR\nT1  - A\nA1  - Ek, A\nJO  - J\nY1  - 2020\nER  - \n\n\n";
        assert!(is_google_scholar(one));
        assert!(is_google_scholar(&one.repeat(2)));
        assert!(!is_google_scholar(&one.replace("Y1", "PY")));
        assert!(!is_google_scholar(&one.replace("\n\n\n", "\n\n").repeat(2)));
        assert!(!is_google_scholar("TY  - JOUR\nT1  - A\nER  - \n"));
        assert!(!is_google_scholar(""));
    }
}
