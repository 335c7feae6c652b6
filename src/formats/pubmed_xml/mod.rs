//! PubMed XML, as PubMed and E-utilities (efetch) give it: `<PubmedArticle>` and `<PubmedBookArticle>`.
//!
//! Goes in: the text of an export, also of several that were joined. Comes out: one record for each article or book. A tag
//! is the path of an element inside its record, without `MedlineCitation` and `BookDocument`, of which there is one each;
//! where an attribute says what sort of value it is, it stands in brackets ("ArticleId[doi]"). What MEDLINE's own format
//! says in one line is one entry here too: a name, a date, a heading with its qualifiers. Elements: "MEDLINE PubMed XML
//! Element Descriptions and their Attributes" of the National Library of Medicine.

mod elements;
mod values;

use super::Content;
use super::origin::Origin;
use super::xml::{self, Breaks, Grammar, Tags};
use crate::record::{Database, Dialect, Source};
use std::ops::Range;
use std::sync::Arc;

/// How far into a file its root element is looked for.
const HEAD: usize = 4096;

/// Typography in titles and abstracts.
const INLINE: &[&str] = &["i", "b", "u", "sub", "sup", "em", "strong", "sc", "DispFormula"];

const GRAMMAR: Grammar = Grammar {
    records: &["PubmedArticle", "PubmedBookArticle"],
    holds_record: |_| true,
    is_inline: |name| INLINE.contains(&name) || name.starts_with("mml:"),
    breaks: Breaks::Blanks,
    entries: values::entries,
};

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(HEAD)];
    let is_xml = ["<?xml", "<!DOCTYPE Pubmed", "<Pubmed", "<!--"].iter().any(|mark| head.starts_with(mark));
    is_xml && (head.contains("<PubmedArticle") || head.contains("<PubmedBookArticle"))
}

/// Which database and program the export `text` comes from.
pub(super) fn origin(_text: &str) -> Origin {
    Origin::new(Some(Database::Medline), Dialect::PubMed)
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    xml::read(source, range, &GRAMMAR, &Tags::new(source, elements::ELEMENTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_the_root_or_the_first_record() {
        for (text, expected) in [
            ("<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"x\">\n<PubmedArticleSet><PubmedArticle>", true),
            ("<PubmedArticle>", true),
            ("<PubmedBookArticle>", true),
            ("<html><body>&lt;PubmedArticle&gt; <PubmedArticle>", false),
            ("<?xml version=\"1.0\"?><eFetchResult><ERROR>no ids</ERROR></eFetchResult>", false),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }
}
