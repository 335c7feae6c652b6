//! EndNote tagged (refer, .enw): `%0 Journal Article`, one letter a tag, as EndNote and Google Scholar write it.
//!
//! Tags: "Tagged EndNote Import Format" in the EndNote manual.

use super::Content;
use super::draft::{DraftEntry, Joining, trimmed};
use super::lines::lines;
use super::pmids::leading_pmids;
use super::tagged::{self, Dialect, Row, TagLine, Tags};
use crate::record::{Field, Format, Pmid, Source};
use std::ops::Range;
use std::sync::Arc;

/// The tag, its meaning, and what untagged lines after it are.
static ROWS: &[Row] = &[
    ("%0", Field::Kind, Joining::Wrapped),
    ("%A", Field::Author, Joining::List),
    ("%B", Field::ContainerTitle, Joining::Wrapped),
    ("%C", Field::Place, Joining::Wrapped),
    ("%D", Field::Year, Joining::Wrapped),
    ("%E", Field::Editor, Joining::List),
    ("%F", Field::Other, Joining::Text),
    ("%G", Field::Language, Joining::Wrapped),
    ("%H", Field::Other, Joining::List),
    ("%I", Field::Publisher, Joining::Wrapped),
    ("%J", Field::Journal, Joining::Wrapped),
    ("%K", Field::Keyword, Joining::List),
    ("%L", Field::Other, Joining::Text),
    ("%M", Field::Accession, Joining::Wrapped),
    ("%N", Field::Issue, Joining::Wrapped),
    ("%O", Field::Other, Joining::Text),
    ("%P", Field::Pages, Joining::Wrapped),
    ("%Q", Field::OriginalTitle, Joining::Wrapped),
    ("%R", Field::Doi, Joining::List),
    ("%S", Field::SeriesTitle, Joining::Wrapped),
    ("%T", Field::Title, Joining::Wrapped),
    ("%U", Field::Url, Joining::List),
    ("%V", Field::Volume, Joining::Wrapped),
    ("%W", Field::Provider, Joining::Wrapped),
    ("%X", Field::Abstract, Joining::Text),
    ("%Y", Field::Editor, Joining::List),
    ("%Z", Field::Note, Joining::Text),
    ("%1", Field::Other, Joining::Text),
    ("%2", Field::Other, Joining::Text),
    ("%3", Field::Other, Joining::Text),
    ("%4", Field::Other, Joining::Text),
    ("%6", Field::Other, Joining::Text),
    ("%7", Field::Edition, Joining::Wrapped),
    ("%8", Field::Date, Joining::Wrapped),
    ("%9", Field::PublicationType, Joining::Wrapped),
    ("%?", Field::Other, Joining::List),
    ("%@", Field::SerialNumber, Joining::List),
    ("%!", Field::ShortTitle, Joining::Wrapped),
    ("%#", Field::Other, Joining::Text),
    ("%$", Field::Other, Joining::Text),
    ("%&", Field::Other, Joining::Text),
    ("%(", Field::Other, Joining::Text),
    ("%)", Field::Other, Joining::Text),
    ("%*", Field::Other, Joining::Text),
    ("%+", Field::Affiliation, Joining::Text),
    ("%^", Field::Other, Joining::Text),
    ("%>", Field::Url, Joining::List),
    ("%<", Field::Note, Joining::Text),
    ("%[", Field::OtherDate, Joining::Wrapped),
    ("%=", Field::OtherDate, Joining::Wrapped),
    ("%~", Field::Database, Joining::Wrapped),
    ("%|", Field::Other, Joining::Text),
];

static TAGS: Tags = Tags::new(ROWS);

const DIALECT: Dialect = Dialect {
    format: Format::EndNoteTagged,
    tag_line,
    meaning: |tag| TAGS.get(tag),
    settle: |text, entries| settle(text, entries),
    starts: &["%0"],
    ..Dialect::PLAIN
};

/// The tags that Google Scholar writes.
const SCHOLAR_TAGS: &[u8] = b"0TAEBJVNPDI@C7S";
/// How many lines of a file are looked at.
const N_SAMPLE_LINES: u32 = 2000;

/// Whether the export `text` is one of Google Scholar, which leaves no name in it: the title follows the type, no tags but
/// its few are there, and two blank lines stand between records.
pub(super) fn is_google_scholar(text: &str) -> bool {
    let mut after_type = false;
    let (mut n_records, mut n_blank) = (0, 2);
    for line in lines(text, 0, text.len()) {
        if line.number > N_SAMPLE_LINES {
            return n_records > 0;
        }
        if line.is_blank() {
            n_blank += 1;
            continue;
        }
        let Some((tag, _)) = tag_line(line.text) else { return false };
        let letter = line.text.as_bytes()[tag.end - 1];
        let is_type = letter == b'0';
        if !SCHOLAR_TAGS.contains(&letter) || (after_type && letter != b'T') || (n_blank > 0) != is_type || (is_type && n_blank < 2) {
            return false;
        }
        n_records += usize::from(is_type);
        after_type = is_type;
        n_blank = 0;
    }
    n_records > 1 || (n_records == 1 && n_blank >= 2)
}

pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    tagged::read(source, range, &DIALECT)
}

fn tag_line(line: &str) -> Option<TagLine> {
    match line.as_bytes() {
        [b'%', tag, rest @ ..] if tag.is_ascii_graphic() && matches!(rest, [] | [b' ' | b'\t', ..]) => Some((0..2, 2..line.len())),
        _ => None,
    }
}

/// EndNote keeps the PMCID in custom 2, and what it has no field for in notes.
fn settle(text: &str, entries: &mut Vec<DraftEntry>) {
    let is_pmcid = |value: &str| value.trim().strip_prefix("PMC").is_some_and(|number| Pmid::parse(number).is_some());
    for entry in entries.iter_mut().filter(|entry| &text[entry.tag.clone()] == "%2" && is_pmcid(&text[entry.value.clone()])) {
        entry.field = Field::Pmcid;
    }
    let note_of = |entry: &DraftEntry| trimmed(text, entry.value.clone());
    let pmids_of = |entry: &DraftEntry| if entry.field == Field::Note { leading_pmids(&text[note_of(entry)]) } else { Vec::new() };
    if entries.iter().all(|entry| pmids_of(entry).is_empty()) {
        return;
    }
    for entry in std::mem::take(entries) {
        let note = note_of(&entry);
        let mut rest = note.clone();
        for pmid in pmids_of(&entry) {
            let value = note.start + pmid.start..note.start + pmid.end;
            rest = trimmed(text, value.end..note.end);
            entries.push(DraftEntry { tag: entry.tag.clone(), value, field: Field::Pmid, joining: entry.joining, is_long: false });
        }
        if rest == note {
            entries.push(entry);
        } else if !rest.is_empty() {
            entries.push(DraftEntry { value: rest, ..entry });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn google_scholar_is_told_by_its_habits() {
        for (text, expected) in [
            ("%0 Book\n%T A\n%A Ek, A\n\n\n%0 Journal Article\n%T B\n%D 2020\n\n\n", true),
            ("%0 Book\r\n%T A\r\n\r\n\r\n", true),
            ("%0 Book\n%T A\n\n\n%0 Book\n%T B\n", true),
            ("%0 Book\n%T A\n%D 2020\n", false),
            ("%0 Book\n%T A\n\n%0 Book\n%T B\n\n\n", false),
            ("%0 Book\n%A Ek, A\n%T A\n\n\n", false),
            ("%0 Book\n%T A\n%X Text\n\n\n", false),
            ("%T A\n%A Ek, A\n\n\n", false),
            ("", false),
        ] {
            assert_eq!(is_google_scholar(text), expected, "{text:?}");
        }
        let long = "%0 Book\n%T A\n%A Ek, A\n%D 2020\n%J J\n\n\n".repeat(300);
        assert!(is_google_scholar(&long), "a sample may end within a record");
    }

    #[test]
    fn the_pmid_is_read_from_the_beginning_of_a_note() {
        for (lines, expected) in [
            ("%Z PMID: 7", &[("%Z", Field::Pmid, "PMID: 7")][..]),
            (
                "%Z PMID: 7\nPMID: 8\nOWN: NLM\nx",
                &[("%Z", Field::Pmid, "PMID: 7"), ("%Z", Field::Pmid, "PMID: 8"), ("%Z", Field::Note, "OWN: NLM\nx")],
            ),
            ("%< PMID: 7\r\nx", &[("%<", Field::Pmid, "PMID: 7"), ("%<", Field::Note, "x")]),
            ("%Z x\nPMID: 7", &[("%Z", Field::Note, "x\nPMID: 7")]),
            ("%1 PMID: 7", &[("%1", Field::Other, "PMID: 7")]),
        ] {
            let parsed = crate::formats::read("a.enw", format!("%0 Book\n%T A\n{lines}\n").into()).unwrap();
            let found: Vec<_> = parsed.records[0].entries().skip(2).map(|entry| (entry.tag, entry.field, entry.value)).collect();
            assert_eq!(found, expected, "{lines}");
        }
    }

    #[test]
    fn tag_lines() {
        for (line, expected) in [
            ("%0 Journal Article", Some(("%0", " Journal Article"))),
            ("%@ 1234-5678", Some(("%@", " 1234-5678"))),
            ("%X", Some(("%X", ""))),
            ("% of patients", None),
            ("%5 of", Some(("%5", " of"))),
            ("%ab", None),
        ] {
            assert_eq!(tag_line(line).map(|(tag, value)| (&line[tag], &line[value])), expected, "{line}");
        }
        assert_eq!(TAGS.get("%5"), None);
        for (at, row) in ROWS.iter().enumerate() {
            assert!(ROWS[at + 1..].iter().all(|other| other.0 != row.0), "{}", row.0);
        }
    }
}
