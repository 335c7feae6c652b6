//! What the columns of tables mean: names in general, and the tables of the databases and programs that are told apart.
//!
//! Names are compared folded: letters and digits only, in lower case, so that "Author(s)", "Author/s" and "authors" are one.
//! A program is known by columns that only its tables have together; its own table then comes before the general one.

use crate::record::{Database, Dialect, Field};
use databases::{
    COCHRANE, DIMENSIONS, EBSCO, EMBASE, ERIC, LENS, OPENALEX, PROQUEST, PUBLISH_OR_PERISH, PUBMED, SCHOLAR, SCOPUS, WOS, WOS_TAGS,
};
use general::{GENERAL, TAGS};
use programs::{ABSTRACKR, ASREVIEW, COVIDENCE, ENDNOTE, JABREF, R_PACKAGE, RAYYAN, REFWORKS, ZOTERO};

mod databases;
mod general;
mod programs;

/// A row of these tables: the folded name, the meaning, and how the values stand in a cell.
pub(super) type ColumnRow = (&'static str, Field, Shape);

/// How the values of a column stand in its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value, whatever stands in it.
    One,
    /// Values with this character between them.
    By(char),
    /// Names in "Ek A, Lie B." with commas between people and none inside names.
    Commas,
    /// PubMed: the same with a point behind the last, and with groups behind semicolons.
    CommasAndPoint,
    /// Names with " and " between them.
    Ands,
    /// Names in whatever way: semicolons, " and ", bars, lines, or commas between people.
    People,
    /// Words in whatever way: semicolons, bars, lines, commas outside of brackets.
    Terms,
    /// Numbers of serials and books: semicolons, commas, bars, lines, blanks before a digit.
    Serials,
    /// Links, with blanks or semicolons between them.
    Links,
    /// Scopus: "Ek, Anna (57204042290); …", the number being that of the author's profile, which has a column of its own.
    FullNames,
    /// The same where it has none.
    NumberedNames,
    /// PubMed: "J Inv. 2020 Feb;63(2):103-9. doi: …", the whole of it kept, and its parts.
    Citation,
    /// Embase.com: "Journal (2014) 3:3 (152-160). Date of Publication: 2014", likewise.
    Source,
    /// Zotero: "PMID: 123" among other notes.
    Extra,
    /// Rayyan: notes, and behind them what people decided.
    Decisions,
    /// Publish or Perish: an abstract, but Google Scholar's snippets are only pieces of text.
    Snippet,
}

use Shape::By;

const LIST: Shape = By(';');
const BARS: Shape = By('|');

/// A database or program whose tables are known by their header.
pub(super) struct Program {
    pub(super) dialect: Dialect,
    pub(super) database: Option<Database>,
    /// Folded names that its header always has, and that no other program's header has together.
    pub(super) marks: &'static [&'static str],
    /// Columns that mean something else here than in general.
    pub(super) columns: &'static [ColumnRow],
}

const fn program(dialect: Dialect, database: Option<Database>, marks: &'static [&'static str], columns: &'static [ColumnRow]) -> Program {
    Program { dialect, database, marks, columns }
}

/// The programs, in the order in which their marks are tried.
pub(super) const PROGRAMS: &[Program] = &[
    program(Dialect::Scopus, Some(Database::Scopus), &["eid", "sourcetitle", "title"], SCOPUS),
    program(Dialect::WebOfScience, Some(Database::WebOfScience), &["pt", "au", "ti", "so"], WOS_TAGS),
    program(Dialect::WebOfScience, Some(Database::WebOfScience), &["utuniquewosid", "articletitle"], WOS),
    program(Dialect::WebOfScience, Some(Database::WebOfScience), &["utuniqueid", "articletitle"], WOS),
    program(Dialect::PubMed, Some(Database::Medline), &["pmid", "citation", "journalbook"], PUBMED),
    program(Dialect::EbscoHost, Some(Database::EbscoHost), &["articletitle", "plink"], EBSCO),
    program(Dialect::EmbaseCom, Some(Database::Embase), &["authornames", "source", "title"], EMBASE),
    program(Dialect::EmbaseCom, Some(Database::Embase), &["authornames", "pui"], EMBASE),
    program(Dialect::PublishOrPerish, None, &["cites", "gsrank", "title"], PUBLISH_OR_PERISH),
    program(Dialect::CochraneLibrary, Some(Database::Cochrane), &["centralid", "title"], COCHRANE),
    program(Dialect::CochraneLibrary, Some(Database::Cochrane), &["cochranereviewid", "title"], COCHRANE),
    program(Dialect::Rayyan, None, &["key", "title", "pubmedid", "pmcid"], RAYYAN),
    program(Dialect::Covidence, None, &["covidence", "title"], COVIDENCE),
    program(Dialect::Lens, Some(Database::Lens), &["lensid", "title"], LENS),
    program(Dialect::OpenAlex, Some(Database::OpenAlex), &["id", "displayname", "publicationyear"], OPENALEX),
    program(Dialect::Dimensions, Some(Database::Dimensions), &["publicationid", "pubyear"], DIMENSIONS),
    program(Dialect::ProQuest, Some(Database::ProQuest), &["storeid", "pubtitle"], PROQUEST),
    program(Dialect::Eric, Some(Database::Eric), &["publicationdateyear", "description", "title"], ERIC),
    program(Dialect::RefWorks, None, &["authorsprimary", "titleprimary"], REFWORKS),
    program(Dialect::Zotero, None, &["key", "itemtype", "abstractnote"], ZOTERO),
    program(Dialect::Abstrackr, None, &["internalid", "sourceid", "title"], ABSTRACKR),
    program(Dialect::AsReview, None, &["asreviewlabel"], ASREVIEW),
    program(Dialect::AsReview, None, &["asreviewranking"], ASREVIEW),
    program(Dialect::AsReview, None, &["asreviewprior"], ASREVIEW),
    program(Dialect::AsReview, None, &["primarytitle"], ASREVIEW),
    program(Dialect::AsReview, None, &["id", "title", "abstract", "authors", "pmid", "included"], ASREVIEW),
    // Our own, whose columns mean what they mean in general.
    program(Dialect::Refsieve, None, &["itemtype", "publicationtitle", "issnisbn", "file", "record"], &[]),
    program(Dialect::EndNote, None, &["secondarytitle", "referencetype"], ENDNOTE),
    program(Dialect::RPackage, None, &["citesource", "title"], R_PACKAGE),
    program(Dialect::RPackage, None, &["recordid", "label", "source", "author"], R_PACKAGE),
    program(Dialect::RPackage, None, &["duplicateid", "title"], R_PACKAGE),
    program(Dialect::General, None, &["bibliographytype", "title"], JABREF),
    program(Dialect::GoogleScholar, Some(Database::GoogleScholar), &["authors", "title", "publication", "number", "pages"], SCHOLAR),
];

/// The name of a column as names are compared: letters and digits, in lower case.
pub(super) fn fold_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The program whose marks are all among the folded `names`.
pub(super) fn program_of(names: &[String]) -> Option<&'static Program> {
    PROGRAMS.iter().find(|program| program.marks.iter().all(|mark| names.iter().any(|name| name == mark)))
}

/// What a column means by its folded name; the number behind "Author 2" or "Funding Text 1" may count it.
pub(super) fn meaning(folded: &str, program: Option<&Program>) -> Option<(Field, Shape)> {
    let own = program.map_or(&[][..], |program| program.columns);
    let find = |name: &str| own.iter().chain(GENERAL).find(|row| row.0 == name).map(|row| (row.1, row.2));
    find(folded).or_else(|| {
        let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        (bare.len() < folded.len() && !bare.is_empty()).then(|| find(bare))?
    })
}

/// What a column means whose name is a tag of a tagged format, in capitals.
pub(super) fn tag_meaning(name: &str) -> Option<(Field, Shape)> {
    TAGS.iter().find(|row| row.0 == name).map(|row| (row.1, row.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field::{Accession, ArticleNumber, Author, BookTitle, Title, Year};

    #[test]
    fn every_name_is_folded_and_listed_once_in_its_table() {
        for table in PROGRAMS.iter().map(|program| program.columns).chain([GENERAL]) {
            for (at, (name, ..)) in table.iter().enumerate() {
                assert_eq!(&fold_name(name), name);
                assert!(table[at + 1..].iter().all(|other| other.0 != *name), "{name}");
            }
        }
        for (at, (tag, ..)) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|other| other.0 != *tag), "{tag}");
        }
    }

    #[test]
    fn each_program_has_one_column_for_the_own_id_of_a_record_at_most() {
        let n_ids = |table: &[ColumnRow], except: &[&str]| {
            table.iter().filter(|(name, field, _)| *field == Accession && !except.contains(name)).count()
        };
        // Two names of one column, by the age of the export.
        let renamed = ["utuniqueid", "cochranereviewid", "recordnumber", "duplicateid"];
        for program in PROGRAMS {
            assert!(n_ids(program.columns, &renamed) <= 1, "{}", program.dialect);
        }
    }

    #[test]
    fn names_in_general() {
        for (name, expected) in [
            ("Author(s)", Some(Author)),
            ("Author 2", Some(Author)),
            ("Art. No.", Some(ArticleNumber)),
            ("Tittel", Some(Title)),
            ("År", Some(Year)),
            ("Book Title", Some(BookTitle)),
            ("Cost", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(meaning(&fold_name(name), None).map(|row| row.0), expected, "{name}");
        }
    }
}
