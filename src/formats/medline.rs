//! MEDLINE as PubMed writes it (.nbib, "PubMed format" .txt), and its imitations: PubMed Central, ERIC, KoreaMed.
//!
//! A tag of up to four letters, padded with blanks, then `- ` and the value; continuation lines are indented by six.
//! Field definitions: the "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.

use super::Content;
use super::draft::{DraftEntry, Joining};
use super::lines::lines;
use super::tagged::{self, Dialect, Row, TagLine, Tags};
use crate::record::{Doi, Field, Folds, Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// Tags and their meanings. What is not listed under a meaning of its own is kept as it is.
static ROWS: &[Row] = &[
    ("PMID", Field::Pmid, Joining::Wrapped),
    ("PMC", Field::Pmcid, Joining::Wrapped),
    ("OID", Field::Accession, Joining::Wrapped),
    ("TI", Field::Title, Joining::Wrapped),
    ("TT", Field::OriginalTitle, Joining::Wrapped),
    ("BTI", Field::BookTitle, Joining::Wrapped),
    ("CTI", Field::SeriesTitle, Joining::Wrapped),
    ("AB", Field::Abstract, Joining::Wrapped),
    ("FAU", Field::FullAuthor, Joining::Wrapped),
    ("AU", Field::Author, Joining::Wrapped),
    ("CN", Field::CorporateAuthor, Joining::Wrapped),
    ("ED", Field::Editor, Joining::Wrapped),
    ("AD", Field::Affiliation, Joining::Wrapped),
    ("JT", Field::Journal, Joining::Wrapped),
    ("TA", Field::JournalAbbreviation, Joining::Wrapped),
    ("DP", Field::Date, Joining::Wrapped),
    ("DEP", Field::OtherDate, Joining::Wrapped),
    ("VI", Field::Volume, Joining::Wrapped),
    ("IP", Field::Issue, Joining::Wrapped),
    ("PG", Field::Pages, Joining::Wrapped),
    ("IS", Field::SerialNumber, Joining::Wrapped),
    ("ISBN", Field::SerialNumber, Joining::Wrapped),
    ("ISSN", Field::SerialNumber, Joining::Wrapped),
    ("LID", Field::Other, Joining::Wrapped),
    ("AID", Field::Other, Joining::Wrapped),
    ("MH", Field::Heading, Joining::Wrapped),
    ("OT", Field::AuthorKeyword, Joining::Wrapped),
    ("RN", Field::Substance, Joining::Wrapped),
    ("NM", Field::Substance, Joining::Wrapped),
    ("LA", Field::Language, Joining::Wrapped),
    ("PT", Field::PublicationType, Joining::Wrapped),
    ("PL", Field::Place, Joining::Wrapped),
    ("PB", Field::Publisher, Joining::Wrapped),
    ("SI", Field::RegistryNumber, Joining::Wrapped),
    ("EN", Field::Edition, Joining::Wrapped),
    ("GN", Field::Note, Joining::Wrapped),
    ("OAB", Field::Other, Joining::Wrapped),
    ("OABL", Field::Other, Joining::Wrapped),
    ("OWN", Field::Other, Joining::Wrapped),
    ("STAT", Field::Other, Joining::Wrapped),
    ("DA", Field::Other, Joining::Wrapped),
    ("DCOM", Field::Other, Joining::Wrapped),
    ("LR", Field::Other, Joining::Wrapped),
    ("SB", Field::Other, Joining::Wrapped),
    ("AUID", Field::Other, Joining::Wrapped),
    ("CI", Field::Other, Joining::Wrapped),
    ("CIN", Field::Other, Joining::Wrapped),
    ("CON", Field::Other, Joining::Wrapped),
    ("COI", Field::Other, Joining::Wrapped),
    ("COIS", Field::Other, Joining::Wrapped),
    ("CRDT", Field::Other, Joining::Wrapped),
    ("CRF", Field::Other, Joining::Wrapped),
    ("CRI", Field::Other, Joining::Wrapped),
    ("CDAT", Field::Other, Joining::Wrapped),
    ("CTDT", Field::Other, Joining::Wrapped),
    ("DDIN", Field::Other, Joining::Wrapped),
    ("DRIN", Field::Other, Joining::Wrapped),
    ("DRDT", Field::Other, Joining::Wrapped),
    ("ECI", Field::Other, Joining::Wrapped),
    ("ECF", Field::Other, Joining::Wrapped),
    ("EDAT", Field::Other, Joining::Wrapped),
    ("EFR", Field::Other, Joining::Wrapped),
    ("EIN", Field::Other, Joining::Wrapped),
    ("FED", Field::Other, Joining::Wrapped),
    ("FIR", Field::Other, Joining::Wrapped),
    ("FPS", Field::Other, Joining::Wrapped),
    ("GR", Field::Other, Joining::Wrapped),
    ("GS", Field::Other, Joining::Wrapped),
    ("IR", Field::Other, Joining::Wrapped),
    ("IRAD", Field::Other, Joining::Wrapped),
    ("IRID", Field::Other, Joining::Wrapped),
    ("JC", Field::Other, Joining::Wrapped),
    ("JID", Field::Other, Joining::Wrapped),
    ("MHDA", Field::Other, Joining::Wrapped),
    ("MID", Field::Other, Joining::Wrapped),
    ("MIS", Field::Other, Joining::Wrapped),
    ("ORI", Field::Other, Joining::Wrapped),
    ("OTO", Field::Other, Joining::Wrapped),
    ("OCI", Field::Other, Joining::Wrapped),
    ("PHST", Field::Other, Joining::Wrapped),
    ("PMCR", Field::Other, Joining::Wrapped),
    ("PRIN", Field::Other, Joining::Wrapped),
    ("PROF", Field::Other, Joining::Wrapped),
    ("PS", Field::Other, Joining::Wrapped),
    ("PST", Field::Other, Joining::Wrapped),
    ("PUBM", Field::Other, Joining::Wrapped),
    ("RF", Field::Other, Joining::Wrapped),
    ("RIN", Field::Other, Joining::Wrapped),
    ("ROF", Field::Other, Joining::Wrapped),
    ("RPF", Field::Other, Joining::Wrapped),
    ("RPI", Field::Other, Joining::Wrapped),
    ("RRF", Field::Other, Joining::Wrapped),
    ("RRI", Field::Other, Joining::Wrapped),
    ("SFM", Field::Other, Joining::Wrapped),
    ("SO", Field::Other, Joining::Wrapped),
    ("SPIN", Field::Other, Joining::Wrapped),
    ("UIN", Field::Other, Joining::Wrapped),
    ("UOF", Field::Other, Joining::Wrapped),
];

static TAGS: Tags = Tags::new(ROWS);

const DIALECT: Dialect = Dialect {
    format: Format::Medline,
    tag_line,
    loose_line,
    meaning: |tag| TAGS.get(tag),
    settle: |text, entries| settle(text, entries),
    starts: &["PMID", "OWN"],
    margin: "      ",
    ..Dialect::PLAIN
};

/// Whether the export `text` is one of PubMed Central: its records begin with their number there.
pub(super) fn is_pmc(text: &str) -> bool {
    let mut tags = lines(text, 0, text.len()).filter_map(|line| tag_line(line.text).map(|(tag, _)| &line.text[tag]));
    tags.next() == Some("PMC")
}

/// `text` with its wrapped values on one line.
pub(super) fn fold(text: String) -> (String, Folds) {
    tagged::fold(text, &DIALECT)
}

pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

fn tag_line(line: &str) -> Option<TagLine> {
    let (tag, rest) = line.as_bytes().split_first_chunk::<4>()?;
    let length = tag.iter().position(|byte| *byte == b' ').unwrap_or(tag.len());
    let is_tag = length >= 2
        && tag[0].is_ascii_uppercase()
        && tag[..length].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && tag[length..].iter().all(|byte| *byte == b' ');
    // ERIC writes "ISSN - " with a blank too many.
    let separator = match rest {
        [b'-'] | [b'-', b' ' | b'\t', ..] => 1,
        [b' ', b'-', b' ', ..] if length == tag.len() => 2,
        _ => return None,
    };
    is_tag.then(|| (0..length, tag.len() + separator..line.len()))
}

/// A tag of two letters with one blank where two belong: "GN - KIE: x", as Rayyan passes it on.
fn loose_line(line: &str) -> Option<TagLine> {
    match line.as_bytes() {
        [first, second, b' ', b'-', rest @ ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => {
            matches!(rest, [] | [b' ' | b'\t', ..]).then_some((0..2, 4..line.len()))
        }
        _ => None,
    }
}

/// Locations say in brackets what they are: "10.1000/1 [doi]", "S0140-6736(20)1 [pii]".
fn settle(text: &str, entries: &mut [DraftEntry]) {
    for entry in entries.iter_mut().filter(|entry| entry.field == Field::Other) {
        if matches!(&text[entry.tag.clone()], "LID" | "AID") {
            let value = text[entry.value.clone()].trim();
            if Doi::parse(value).is_some() {
                entry.field = Field::Doi;
            } else if value.starts_with("http") {
                entry.field = Field::Url;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_lines() {
        for (line, expected) in [
            ("PMID- 123", Some(("PMID", " 123"))),
            ("TI  - A title", Some(("TI", " A title"))),
            ("AB  -", Some(("AB", ""))),
            ("      wrapped - text", None),
            ("ISSN - EISSN-1111-1119", Some(("ISSN", " EISSN-1111-1119"))),
            ("PMID-123", None),
            ("T I - x", None),
            ("Abcd- x", None),
            ("ABCDE- x", None),
            ("ÅÅ- x", None),
        ] {
            assert_eq!(tag_line(line).map(|(tag, value)| (&line[tag], &line[value])), expected, "{line}");
        }
    }

    #[test]
    fn an_owner_begins_a_record_that_has_no_pmid() {
        for (text, expected) in [
            ("PMID- 1\nLID - x\n\nOWN - NLM\nTI  - B\n", 2),
            ("PMID- 1\n\nOWN - NLM\n\nTI  - B\n", 1),
            ("PMID- 1\nTI  - A\nOWN - NLM\n", 1),
            ("OWN - NLM\nTI  - A\nOWN - NLM\nTI  - B\n", 2),
        ] {
            assert_eq!(crate::formats::read("a", text.into()).unwrap().records.len(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_tag_with_a_blank_too_few_is_a_tag() {
        for (lines, expected, n_loose) in [
            ("SO  - J 2018\nGN - KIE: x\n      y\nGN  - z", &["J 2018", "KIE: x y", "z"][..], 1),
            ("AB  - a\n      b\nOT - c\nOT -", &["a b", "c", ""], 2),
            ("SO  - J 2018\n      GN - x", &["J 2018 GN - x"], 0),
            ("AB  - a\nZZ - b", &["a ZZ - b"], 0),
            ("AB  - a\nGN -b", &["a GN -b"], 0),
            ("AB  - a\nlost margin\nOT - c\nSO  - J\nGN - x", &["a lost margin OT - c", "J", "x"], 1),
        ] {
            let parsed = crate::formats::read("a.nbib", format!("PMID- 7\n{lines}\n").into()).unwrap();
            assert_eq!(parsed.records[0].entries().skip(1).map(|entry| entry.value).collect::<Vec<_>>(), expected, "{lines}");
            let n_found = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.code == crate::diagnostic::Code::LooseTag).count();
            assert_eq!(n_found, n_loose, "{lines}");
        }
        let parsed = crate::formats::read("a.nbib", "PMID- 7\nTI  - A\n\nGN - x\n\nPMID- 8\nTI  - B\n".into()).unwrap();
        assert_eq!(parsed.records.len(), 2);
    }

    #[test]
    fn other_formats_behind_it_are_not_folded() {
        let parsed = crate::formats::read("a", "PMID- 7\nTI  - A\n      b\n\nTY  - JOUR\nSO  - J.\n      2018\nER  - \n".into()).unwrap();
        let values: Vec<&str> = parsed.records.iter().flat_map(|record| record.entries().map(|entry| entry.value)).collect();
        assert_eq!(values, ["7", "A b", "JOUR", "J.\n      2018"]);
        assert_eq!(parsed.records[1].lines(), (5, 8));
    }

    #[test]
    fn pubmed_central_is_told_by_its_first_tag() {
        assert!(is_pmc("\nPMC - PMC6000001\nPMID- 30000003\n"));
        assert!(!is_pmc("PMID- 30000003\nPMC - PMC6000001\n"));
        assert!(!is_pmc("PMC and more\n"));
    }

    #[test]
    fn every_tag_is_listed_once() {
        for (at, (tag, field, joining)) in ROWS.iter().enumerate() {
            assert!(ROWS[at + 1..].iter().all(|(other, _, _)| other != tag), "{tag}");
            assert_eq!(TAGS.get(tag), Some((*field, *joining)));
        }
    }
}
