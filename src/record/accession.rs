//! By which numbers databases know a record: its accession numbers, wherever an export has put them.
//!
//! Most exports have a tag for it. EBSCOhost packs it into a note together with much else, Scopus has it in its link only,
//! Primo hides those of other databases in its own. These places are read here, and nothing is taken from running text.

use super::{Field, Pmid, Record};
use std::borrow::Cow;

/// What EBSCOhost's packed note begins with.
const PACKED: &str = "Accession Number: ";

impl Record {
    /// The accession numbers that the record gives as its own, in the order of its entries, each once: the values of the
    /// tags for it, the number in EBSCOhost's packed note, the number (EID) in Scopus' link, and the number of Web of
    /// Science in Primo's.
    ///
    /// ```
    /// let text = b"TY  - JOUR\nN1  - Accession Number: 123; Ek, A. 1; Issue Info: 2020\nER  - \n".to_vec();
    /// let parsed = refsieve::formats::read("a.ris", text).unwrap();
    /// assert_eq!(parsed.records[0].accessions(), ["123"]);
    /// ```
    #[must_use]
    pub fn accessions(&self) -> Vec<Cow<'_, str>> {
        let mut accessions: Vec<Cow<'_, str>> = Vec::new();
        let is_place = |field: Field| matches!(field, Field::Accession | Field::Note | Field::Url);
        for accession in self.values_of(is_place).flat_map(|(field, value)| of_value(field, value)) {
            if !accessions.contains(&accession) {
                accessions.push(accession);
            }
        }
        accessions
    }
}

fn of_value(field: Field, value: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let value = value.trim();
    let found = match field {
        Field::Accession => {
            let end = memchr::memchr(b'\n', value.as_bytes()).unwrap_or(value.len());
            let own = value[..end].trim();
            [Some(Cow::Borrowed(own)), of_feed_number(own, "webofscience").map(|number| Cow::Owned(format!("WOS:{number}")))]
        }
        Field::Note => [packed_parts(value).next().and_then(|part| part.strip_prefix(PACKED)).map(Cow::Borrowed), None],
        Field::Url => [eid(value).map(Cow::Borrowed), None],
        _ => [None, None],
    };
    found.into_iter().flatten().filter(|accession| !accession.is_empty())
}

/// The PMID that a note of EBSCOhost or the id of Primo says is that of the record.
pub(super) fn pmid_beside_its_field(record: &Record) -> Option<Pmid> {
    record.values_of(|field| matches!(field, Field::Note | Field::Accession)).find_map(|(field, value)| match field {
        Field::Note => packed_parts(value.trim()).find_map(|part| {
            let number = part.strip_prefix("PMID: ").or_else(|| part.strip_prefix("PubMed ID: "))?;
            Pmid::parse(number.strip_prefix("NLM").unwrap_or(number))
        }),
        Field::Accession => of_feed_number(value.trim(), "pubmed").and_then(Pmid::parse),
        _ => None,
    })
}

/// The parts of EBSCOhost's packed note, the first being the accession number; none where `note` is another one.
fn packed_parts(note: &str) -> impl Iterator<Item = &str> {
    let note = note.starts_with(PACKED).then_some(note);
    note.into_iter().flat_map(|note| note.split(';').map(str::trim))
}

/// The number that a database has given the record, in Primo's `TN_cdi_<feed>_primary_<number>`.
fn of_feed_number<'v>(id: &'v str, feed: &str) -> Option<&'v str> {
    let id = id.strip_prefix("TN_").unwrap_or(id);
    let number = id.strip_prefix("cdi_")?.strip_prefix(feed)?.strip_prefix("_primary_")?;
    let end = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    (end == number.len() && end > 0).then_some(number)
}

/// The EID in a link of Scopus.
fn eid(link: &str) -> Option<&str> {
    let mut parts = std::iter::once(link).chain(memchr::memchr2_iter(b'?', b'&', link.as_bytes()).map(|at| &link[at + 1..]));
    let value = parts.find_map(|part| part.strip_prefix("eid="))?;
    let end = memchr::memchr2(b'?', b'&', value.as_bytes()).unwrap_or(value.len());
    value.starts_with("2-s2.0-").then_some(&value[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(lines: &str) -> Record {
        let text = format!("TY  - JOUR\n{lines}\nER  - \n");
        let source = std::sync::Arc::new(super::super::Source { text, ..Default::default() });
        let mut builder = super::super::RecordBuilder::default();
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let field = match &line[..2] {
                "AN" | "ID" | "U2" => Field::Accession,
                "N1" => Field::Note,
                "UR" => Field::Url,
                _ => Field::Other,
            };
            builder.push_range(start..start + 2, field, start + 5..start + line.len());
            start += line.len();
        }
        builder.finish(&source, 0..source.text.len(), (1, 1), 1)
    }

    #[test]
    fn numbers_of_databases() {
        for (lines, expected, pmid) in [
            ("AN  - WOS:0001", &["WOS:0001"][..], None),
            ("N1  - Accession Number: 123; Ek, A. 1; PMID: NLM7", &["123"], Some(7)),
            ("N1  - Accession Number: 123; Ek, A. 1; Comment on PMID: 7", &["123"], None),
            ("N1  - See Accession Number: 123; PMID: 7", &[], None),
            ("N1  - PMID: 7", &[], None),
            ("UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-850&doi=10.5555%2f1", &["2-s2.0-850"], None),
            ("UR  - https://example.org/?eid=7", &[], None),
            (
                "ID  - TN_cdi_webofscience_primary_000734919000008",
                &["TN_cdi_webofscience_primary_000734919000008", "WOS:000734919000008"],
                None,
            ),
            ("ID  - cdi_pubmed_primary_35957633", &["cdi_pubmed_primary_35957633"], Some(35_957_633)),
            ("ID  - TN_cdi_wiley_primary_10_1111_1468_229X_1", &["TN_cdi_wiley_primary_10_1111_1468_229X_1"], None),
            ("ID  - 7\nAN  - 7\nU2  - L8", &["7", "L8"], None),
            ("AN  - ", &[], None),
        ] {
            let record = record(lines);
            assert_eq!(record.accessions(), expected, "{lines}");
            assert_eq!(pmid_beside_its_field(&record).map(Pmid::get), pmid, "{lines}");
        }
    }
}
