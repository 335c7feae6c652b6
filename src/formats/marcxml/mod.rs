//! MARCXML of library catalogues, bare or in the answers of OAI and SRU, with or without the prefix `marc:`.
//!
//! Goes in: the text of an export. Comes out: one record for each bibliographic record. A tag is the number of a field
//! ("245") where its subfields make one value, and the number with the code of a subfield ("264$b") where each is a value of
//! its own. The punctuation that cataloguing rules (ISBD) put between parts is taken off the ends of values, not out of
//! their middle. Fields: the "MARC 21 Format for Bibliographic Data" of the Library of Congress.

mod fields;
mod host;
mod names;
mod record;

use super::Content;
use super::origin::Origin;
use super::xml::{self, Breaks, Grammar, Tags};
use crate::record::{Database, Dialect, Source};
use std::ops::Range;
use std::sync::Arc;

/// How far into a file its first record is looked for.
const HEAD: usize = 4096;
/// How much of a file is looked at for its origin: some hundreds of records.
const SAMPLE: usize = 512 * 1024;

const GRAMMAR: Grammar = Grammar {
    records: &["record"],
    holds_record: |text| ["leader", "controlfield", "datafield"].iter().any(|mark| text.contains(mark)),
    is_inline: |_| false,
    breaks: Breaks::Blanks,
    entries: record::entries,
};

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(HEAD)];
    let has = |mark: &str| head.contains(mark);
    // Not in a value, where brackets are entities.
    let has_element = |name: &str| has(&format!("<{name}")) || has(&format!(":{name}"));
    xml::begins(head)
        && has_element("record")
        && (has("loc.gov/MARC21/slim\"")
            || has("loc.gov/MARC21/slim'")
            || has("marcxchange")
            || ((has("leader>") || has_element("controlfield")) && has_element("datafield")))
}

/// Which catalogue the export `text` comes from: the codes of cataloguing agencies tell.
pub(super) fn origin(text: &str) -> Origin {
    let sample = text[..text.floor_char_boundary(SAMPLE)].to_ascii_lowercase();
    let has = |mark: &str| memchr::memmem::find(sample.as_bytes(), mark.as_bytes()).is_some();
    let (database, dialect) = if has("47bibsys") || has("(no-trbib)") {
        (Database::Oria, Dialect::Primo)
    } else if has("tag=\"003\">ocolc<") || has("tag='003'>ocolc<") {
        (Database::WorldCat, Dialect::WorldCat)
    } else {
        (Database::Catalogue, Dialect::Catalogue)
    };
    Origin::new(Some(database), dialect)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    xml::read(source, range, &GRAMMAR, &Tags::new(source, fields::TAGS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_the_namespace_or_the_fields() {
        for (text, expected) in [
            ("<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>", true),
            ("<?xml version=\"1.0\"?><marc:collection><marc:record><marc:leader>x</marc:leader><marc:datafield", true),
            ("<record><leader>x</leader><controlfield tag=\"001\">1</controlfield><datafield", true),
            ("<xml><records><record><notes>&lt;leader&gt; &lt;controlfield tag=&quot;1&quot;&gt; &lt;datafield loc.gov/MARC21/slim", false),
            ("<xml><records><record><titles>", false),
            ("<collection><record><leader>0</leader></record>", false),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }

    #[test]
    fn catalogues_by_the_codes_of_agencies() {
        for (text, database, dialect) in [
            ("<subfield code=\"a\">(NO-TrBIB)1</subfield>", Database::Oria, Dialect::Primo),
            ("<controlfield tag=\"003\">OCoLC</controlfield>", Database::WorldCat, Dialect::WorldCat),
            ("<subfield code=\"a\">(OCoLC)1</subfield>", Database::Catalogue, Dialect::Catalogue),
        ] {
            assert_eq!(origin(text), Origin::new(Some(database), dialect), "{text}");
        }
    }
}
