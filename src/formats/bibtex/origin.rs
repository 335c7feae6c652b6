//! Which database and program a BibTeX export comes from, told by what its entries hold.

use crate::formats::origin::Origin;
use crate::record::{Database, Dialect};

/// How much of a file is looked at.
const SAMPLE: usize = 256 * 1024;

/// What stands in the entries of an export, whom it votes for. The first of a line that fits counts.
const MARKS: &[(&str, Option<Database>, Dialect)] = &[
    ("{WOS:", Some(Database::WebOfScience), Dialect::WebOfScience),
    ("{ISI:", Some(Database::WebOfScience), Dialect::WebOfScience),
    ("{MEDLINE:", Some(Database::Medline), Dialect::WebOfScience),
    ("Unique-ID", None, Dialect::WebOfScience),
    ("source={Scopus}", Some(Database::Scopus), Dialect::Scopus),
    ("source = {Scopus}", Some(Database::Scopus), Dialect::Scopus),
    ("search.ebscohost.com", Some(Database::EbscoHost), Dialect::EbscoHost),
    ("search.proquest.com", Some(Database::ProQuest), Dialect::ProQuest),
    ("www.proquest.com", Some(Database::ProQuest), Dialect::ProQuest),
    ("app.dimensions.ai", Some(Database::Dimensions), Dialect::Dimensions),
    ("lens.org/lens", Some(Database::Lens), Dialect::Lens),
    ("{Query date:", Some(Database::GoogleScholar), Dialect::PublishOrPerish),
    ("RAYYAN-", None, Dialect::Rayyan),
    ("mendeley-", None, Dialect::Mendeley),
    ("Zotero/storage", None, Dialect::Zotero),
    ("Zotero\\\\storage", None, Dialect::Zotero),
];

/// The codes by which EBSCOhost's links name their database.
const EBSCO_CODES: &[(&str, Database)] = &[
    ("ccm", Database::Cinahl),
    ("rzh", Database::Cinahl),
    ("c8h", Database::Cinahl),
    ("cul", Database::Cinahl),
    ("jlh", Database::Cinahl),
    ("psyh", Database::PsycInfo),
    ("mdc", Database::Medline),
    ("cmedm", Database::Medline),
    ("aph", Database::AcademicSearch),
    ("afh", Database::AcademicSearch),
    ("a9h", Database::AcademicSearch),
    ("asx", Database::AcademicSearch),
    ("eric", Database::Eric),
    ("ecn", Database::EconLit),
];

/// Which database and program the export `text` comes from: what more than half of its entries say.
pub(in crate::formats) fn origin(text: &str) -> Origin {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let mut n_entries = 0_usize;
    let mut databases = vec![0_usize; Database::ALL.len()];
    let mut dialects = vec![0_usize; Dialect::ALL.len()];
    for entry in sample.split("\n@").flat_map(|part| part.split("\r@")).filter(|entry| entry.contains('=')) {
        n_entries += 1;
        let marks = MARKS.iter().filter(|mark| entry.contains(mark.0));
        let Some((_, database, dialect)) = marks.clone().find(|mark| mark.1.is_some()).or_else(|| marks.clone().next()) else { continue };
        let database = if *database == Some(Database::EbscoHost) { ebsco_database(entry).or(*database) } else { *database };
        if let Some(at) = Database::ALL.iter().position(|known| Some(*known) == database) {
            databases[at] += 1;
        }
        if let Some(at) = Dialect::ALL.iter().position(|known| known == dialect) {
            dialects[at] += 1;
        }
    }
    let majority = |votes: &[usize]| votes.iter().position(|count| count * 2 > n_entries);
    Origin::new(majority(&databases).map(|at| Database::ALL[at]), majority(&dialects).map_or(Dialect::General, |at| Dialect::ALL[at]))
}

fn ebsco_database(entry: &str) -> Option<Database> {
    let (_, behind) = entry.split_once("db=")?;
    let code = behind.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    EBSCO_CODES.iter().find(|(known, _)| *known == code).map(|(_, database)| *database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_entries_say() {
        for (text, database, dialect) in [
            ("@article{ WOS:1,\nUnique-ID = {WOS:1},\n}\n", Some(Database::WebOfScience), Dialect::WebOfScience),
            ("@article{a,\nUnique-ID = {BIOSIS:1},\n}\n", None, Dialect::WebOfScience),
            (
                "Scopus\nx\n@A{a,\nsource={Scopus},\n}\n@B{b,\ntitle={x}}\n@A{c,\nsource={Scopus},\n}\n",
                Some(Database::Scopus),
                Dialect::Scopus,
            ),
            ("@A{a,\nsource={Scopus},\n}\n@B{b,\ntitle={x}}\n", None, Dialect::General),
            ("@A{a,\nURL = {http://search.ebscohost.com/login.aspx?db=psyh&AN=1}}", Some(Database::PsycInfo), Dialect::EbscoHost),
            ("@A{a,\nURL = {http://search.ebscohost.com/login.aspx?db=foh&AN=1}}", Some(Database::EbscoHost), Dialect::EbscoHost),
            ("@A{a, title = {Alpha}}", None, Dialect::General),
        ] {
            assert_eq!(origin(text), Origin::new(database, dialect), "{text}");
        }
    }
}
