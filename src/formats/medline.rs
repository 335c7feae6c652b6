//! MEDLINE as PubMed writes it (.nbib, "PubMed format" .txt), and its imitations: PubMed Central, ERIC, KoreaMed.
//!
//! A tag of up to four letters, padded with blanks, then `- ` and the value; continuation lines are indented by six.
//! Field definitions: the "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.

use super::Content;
use super::draft::Joining;
use super::tagged::{self, Dialect, TagLine};
use crate::record::{Doi, Field, Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// Tags and their meanings. What is not listed under a meaning of its own is kept as it is.
const TAGS: &[(&str, Field)] = &[
    ("PMID", Field::Pmid),
    ("PMC", Field::Pmcid),
    ("OID", Field::Accession),
    ("TI", Field::Title),
    ("TT", Field::OriginalTitle),
    ("BTI", Field::BookTitle),
    ("CTI", Field::SeriesTitle),
    ("AB", Field::Abstract),
    ("FAU", Field::FullAuthor),
    ("AU", Field::Author),
    ("CN", Field::CorporateAuthor),
    ("ED", Field::Editor),
    ("AD", Field::Affiliation),
    ("JT", Field::Journal),
    ("TA", Field::JournalAbbreviation),
    ("DP", Field::Date),
    ("DEP", Field::OtherDate),
    ("VI", Field::Volume),
    ("IP", Field::Issue),
    ("PG", Field::Pages),
    ("IS", Field::SerialNumber),
    ("ISBN", Field::SerialNumber),
    ("ISSN", Field::SerialNumber),
    ("LID", Field::Other),
    ("AID", Field::Other),
    ("MH", Field::Heading),
    ("OT", Field::AuthorKeyword),
    ("RN", Field::Substance),
    ("NM", Field::Substance),
    ("LA", Field::Language),
    ("PT", Field::PublicationType),
    ("PL", Field::Place),
    ("PB", Field::Publisher),
    ("SI", Field::RegistryNumber),
    ("EN", Field::Edition),
    ("GN", Field::Note),
    ("OAB", Field::Other),
    ("OABL", Field::Other),
    ("OWN", Field::Other),
    ("STAT", Field::Other),
    ("DA", Field::Other),
    ("DCOM", Field::Other),
    ("LR", Field::Other),
    ("SB", Field::Other),
    ("AUID", Field::Other),
    ("CI", Field::Other),
    ("CIN", Field::Other),
    ("CON", Field::Other),
    ("COI", Field::Other),
    ("COIS", Field::Other),
    ("CRDT", Field::Other),
    ("CRF", Field::Other),
    ("CRI", Field::Other),
    ("CDAT", Field::Other),
    ("CTDT", Field::Other),
    ("DDIN", Field::Other),
    ("DRIN", Field::Other),
    ("DRDT", Field::Other),
    ("ECI", Field::Other),
    ("ECF", Field::Other),
    ("EDAT", Field::Other),
    ("EFR", Field::Other),
    ("EIN", Field::Other),
    ("FED", Field::Other),
    ("FIR", Field::Other),
    ("FPS", Field::Other),
    ("GR", Field::Other),
    ("GS", Field::Other),
    ("IR", Field::Other),
    ("IRAD", Field::Other),
    ("IRID", Field::Other),
    ("JC", Field::Other),
    ("JID", Field::Other),
    ("MHDA", Field::Other),
    ("MID", Field::Other),
    ("MIS", Field::Other),
    ("ORI", Field::Other),
    ("OTO", Field::Other),
    ("OCI", Field::Other),
    ("PHST", Field::Other),
    ("PMCR", Field::Other),
    ("PRIN", Field::Other),
    ("PROF", Field::Other),
    ("PS", Field::Other),
    ("PST", Field::Other),
    ("PUBM", Field::Other),
    ("RF", Field::Other),
    ("RIN", Field::Other),
    ("ROF", Field::Other),
    ("RPF", Field::Other),
    ("RPI", Field::Other),
    ("RRF", Field::Other),
    ("RRI", Field::Other),
    ("SFM", Field::Other),
    ("SO", Field::Other),
    ("SPIN", Field::Other),
    ("UIN", Field::Other),
    ("UOF", Field::Other),
];

const DIALECT: Dialect = Dialect { format: Format::Medline, tag_line, meaning, refined, starts: &["PMID", "OWN"] };

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

fn meaning(tag: &str) -> Option<(Field, Joining)> {
    // A hundred short strings, the common ones first: cheaper than hashing the tag.
    TAGS.iter().find(|(known, _)| *known == tag).map(|(_, field)| (*field, Joining::Wrapped))
}

/// Locations say in brackets what they are: "10.1000/1 [doi]", "S0140-6736(20)1 [pii]".
fn refined(tag: &str, field: Field, value: &str) -> Field {
    match tag {
        "LID" | "AID" if Doi::parse(value).is_some() => Field::Doi,
        "LID" | "AID" if value.starts_with("http") => Field::Url,
        _ => field,
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
    fn every_tag_is_listed_once() {
        for (at, (tag, _)) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|(other, _)| other != tag), "{tag}");
        }
    }
}
