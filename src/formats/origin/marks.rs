//! The marks that exports carry of their database and of the platform or program that wrote them.
//!
//! Three tables that a librarian can correct: marks in the values of tags, the codes that EBSCOhost has for its databases,
//! and those of Ovid. The codes stand in the links of the platforms (`db=`, `D=`) and, at EBSCOhost, in `DB`.

use super::tag::Tag;
use crate::record::{Database as Db, Dialect};
use Place::{Anywhere, Start, Whole};

/// A mark: the tag it stands under ("" for a line without tag), what its value holds in lower case, what it votes for.
///
/// A mark of no database and no dialect says that its record has come from several databases.
pub(super) struct Mark(pub(super) &'static str, Place, &'static str, Option<Db>, Dialect);

/// Where in the value the mark must stand.
enum Place {
    Start,
    Anywhere,
    Whole,
}

/// The marks, in order: of the marks of one line only the first counts.
pub(super) const MARKS: &[Mark] = &[
    Mark("DB", Start, "ovid medline", Some(Db::Medline), Dialect::Ovid),
    Mark("DB", Start, "ovid embase", Some(Db::Embase), Dialect::Ovid),
    Mark("DB", Start, "ovid", None, Dialect::Ovid),
    Mark("DB", Anywhere, ", ", None, Dialect::General),
    Mark("DB", Anywhere, "cinahl", Some(Db::Cinahl), Dialect::General),
    Mark("DB", Anywhere, "medline", Some(Db::Medline), Dialect::General),
    Mark("DB", Whole, "pubmed", Some(Db::Medline), Dialect::General),
    Mark("DB", Anywhere, "psycinfo", Some(Db::PsycInfo), Dialect::General),
    Mark("DB", Start, "embase", Some(Db::Embase), Dialect::General),
    Mark("DB", Start, "scopus", Some(Db::Scopus), Dialect::Scopus),
    Mark("DB", Anywhere, "wcorg", Some(Db::WorldCat), Dialect::WorldCat),
    Mark("DB", Start, "worldcat", Some(Db::WorldCat), Dialect::General),
    Mark("DB", Anywhere, "academic search", Some(Db::AcademicSearch), Dialect::EbscoHost),
    Mark("DB", Whole, "wos", Some(Db::WebOfScience), Dialect::General),
    Mark("DB", Start, "web of science", Some(Db::WebOfScience), Dialect::General),
    Mark("DB", Start, "cochrane", Some(Db::Cochrane), Dialect::General),
    Mark("DB", Whole, "dimensions", Some(Db::Dimensions), Dialect::General),
    Mark("DB", Whole, "lens", Some(Db::Lens), Dialect::General),
    Mark("DB", Whole, "openalex", Some(Db::OpenAlex), Dialect::General),
    Mark("DB", Whole, "google scholar", Some(Db::GoogleScholar), Dialect::General),
    Mark("DB", Whole, "eric", Some(Db::Eric), Dialect::General),
    Mark("DB", Start, "econlit", Some(Db::EconLit), Dialect::General),
    Mark("DB", Anywhere, "cab abstracts", Some(Db::CabAbstracts), Dialect::General),
    Mark("DB", Anywhere, "clinicaltrials.gov", Some(Db::ClinicalTrials), Dialect::General),
    Mark("DB", Anywhere, "proquest", Some(Db::ProQuest), Dialect::ProQuest),
    Mark("AN", Start, "wos:", Some(Db::WebOfScience), Dialect::WebOfScience),
    Mark("AN", Start, "isi:", Some(Db::WebOfScience), Dialect::WebOfScience),
    Mark("AN", Start, "pub.1", Some(Db::Dimensions), Dialect::Dimensions),
    Mark("AN", Start, "cn-0", Some(Db::Cochrane), Dialect::General),
    Mark("AN", Start, "rayyan-", None, Dialect::Rayyan),
    Mark("ID", Start, "cn-0", Some(Db::Cochrane), Dialect::General),
    Mark("ID", Start, "tn_cdi_", Some(Db::Oria), Dialect::Primo),
    Mark("ID", Start, "bibsys_ils", Some(Db::Oria), Dialect::Primo),
    Mark("ID", Start, "cdi_", Some(Db::Oria), Dialect::Primo),
    Mark("ID", Start, "alma", Some(Db::Oria), Dialect::Primo),
    Mark("ID", Start, "refid:", None, Dialect::RefWorks),
    Mark("UR", Anywhere, "www.scopus.com/", Some(Db::Scopus), Dialect::Scopus),
    Mark("UR", Anywhere, "/inward/record.ur", Some(Db::Scopus), Dialect::Scopus),
    Mark("UR", Anywhere, "www.embase.com/", Some(Db::Embase), Dialect::EmbaseCom),
    Mark("UR", Anywhere, "/search/results?subaction=viewrecord&id=l", Some(Db::Embase), Dialect::EmbaseCom),
    Mark("UR", Anywhere, "://lens.org/", Some(Db::Lens), Dialect::Lens),
    Mark("UR", Anywhere, "app.dimensions.ai/", Some(Db::Dimensions), Dialect::Dimensions),
    Mark("UR", Anywhere, "://openalex.org/", Some(Db::OpenAlex), Dialect::OpenAlex),
    Mark("UR", Anywhere, "cochranelibrary.com/central/", Some(Db::Cochrane), Dialect::CochraneLibrary),
    Mark("UR", Anywhere, "search.proquest.com", Some(Db::ProQuest), Dialect::ProQuest),
    Mark("UR", Anywhere, "www.proquest.com", Some(Db::ProQuest), Dialect::ProQuest),
    Mark("UR", Start, "<go to isi>", Some(Db::WebOfScience), Dialect::General),
    Mark("L2", Anywhere, "proquest.com", Some(Db::ProQuest), Dialect::ProQuest),
    Mark("DP", Start, "ebscohost", Some(Db::EbscoHost), Dialect::EbscoHost),
    Mark("DP", Start, "google scholar", Some(Db::GoogleScholar), Dialect::General),
    Mark("DP", Anywhere, "worldcat.org", Some(Db::WorldCat), Dialect::WorldCat),
    Mark("DP", Whole, "nlm", Some(Db::Medline), Dialect::General),
    Mark("M4", Whole, "citavi", None, Dialect::Citavi),
    Mark("N1", Anywhere, "[refsieve-origin:", None, Dialect::Refsieve),
    Mark("N1", Start, "asreview_", None, Dialect::AsReview),
    Mark("N1", Anywhere, "rayyan-inclusion", None, Dialect::Rayyan),
    Mark("N1", Anywhere, "query date: ", None, Dialect::PublishOrPerish),
    Mark("M1", Start, "query date: ", None, Dialect::PublishOrPerish),
    Mark("", Start, "provider: john wiley", Some(Db::Cochrane), Dialect::CochraneLibrary),
    // MEDLINE.
    Mark("OWN", Whole, "eric", Some(Db::Eric), Dialect::Eric),
    Mark("OWN", Whole, "nlm", Some(Db::Medline), Dialect::PubMed),
    Mark("PMID", Anywhere, "", Some(Db::Medline), Dialect::General),
    // EndNote tagged: name of the database, its provider, label.
    Mark("%~", Start, "google scholar", Some(Db::GoogleScholar), Dialect::General),
    Mark("%W", Start, "google scholar", Some(Db::GoogleScholar), Dialect::General),
    Mark("%~", Anywhere, "medline", Some(Db::Medline), Dialect::EndNote),
    Mark("%~", Anywhere, "psycinfo", Some(Db::PsycInfo), Dialect::EndNote),
    Mark("%~", Start, "embase", Some(Db::Embase), Dialect::EndNote),
    Mark("%~", Start, "scopus", Some(Db::Scopus), Dialect::EndNote),
    Mark("%~", Start, "cinahl", Some(Db::Cinahl), Dialect::EndNote),
    Mark("%~", Start, "cochrane", Some(Db::Cochrane), Dialect::EndNote),
    Mark("%~", Start, "web of science", Some(Db::WebOfScience), Dialect::EndNote),
    Mark("%~", Anywhere, "", None, Dialect::EndNote),
    Mark("%W", Anywhere, "", None, Dialect::EndNote),
    Mark("%F", Anywhere, "", None, Dialect::EndNote),
];

/// EBSCOhost's codes of the databases that have a name here; any other is just of EBSCOhost.
///
/// Source: the "Database short names" of EBSCO Connect and the links of exports.
const EBSCO_CODES: &[(&str, Db)] = &[
    // Academic Search Premier, Elite, Complete, Ultimate, Alumni.
    ("aph", Db::AcademicSearch),
    ("afh", Db::AcademicSearch),
    ("a9h", Db::AcademicSearch),
    ("asn", Db::AcademicSearch),
    ("asx", Db::AcademicSearch),
    // CINAHL Complete, Ultimate, plain, Plus with Full Text, with Full Text, Plus.
    ("ccm", Db::Cinahl),
    ("cul", Db::Cinahl),
    ("c8h", Db::Cinahl),
    ("rzh", Db::Cinahl),
    ("jlh", Db::Cinahl),
    ("cin20", Db::Cinahl),
    // APA PsycInfo, PsycArticles.
    ("psyh", Db::PsycInfo),
    ("pdh", Db::PsycInfo),
    ("psyart", Db::PsycInfo),
    // MEDLINE, Complete, with Full Text, Ultimate.
    ("cmedm", Db::Medline),
    ("mdc", Db::Medline),
    ("mnh", Db::Medline),
    ("mdl", Db::Medline),
    ("eric", Db::Eric),
    // EconLit, with Full Text.
    ("ecn", Db::EconLit),
    ("eoh", Db::EconLit),
    ("lah", Db::CabAbstracts),
];

/// How Ovid's codes of databases begin. Sections of one database have numbers or letters behind (`med15`, `psyc16`).
///
/// Source: the database guides of Ovid ("Segments and Years of Coverage") and the links of exports.
const OVID_CODES: &[(&str, Db)] = &[
    // MEDLINE whole and by years; in process; ahead of print; not in MEDLINE.
    ("med", Db::Medline),
    ("mes", Db::Medline),
    ("mepx", Db::Medline),
    ("pre", Db::Medline),
    ("ppez", Db::Medline),
    ("pmnm", Db::Medline),
    ("psyc", Db::PsycInfo),
    ("psyh", Db::PsycInfo),
    ("psyb", Db::PsycInfo),
    ("psab", Db::PsycInfo),
    ("em", Db::Embase),
    ("oem", Db::Embase),
    ("cctr", Db::Cochrane),
    ("coch", Db::Cochrane),
    ("clcmr", Db::Cochrane),
    ("caba", Db::CabAbstracts),
    ("cabz", Db::CabAbstracts),
    ("econ", Db::EconLit),
    ("eric", Db::Eric),
];

/// What a line votes for, its value being in lower case; `None` where it has no mark.
pub(super) fn vote(tag: Tag, value: &str) -> Option<(Option<Db>, Dialect)> {
    if LINKS.contains(&tag) {
        // Not by the host: links go through the proxies of libraries.
        if value.contains("/ovidweb.cgi?") {
            let code = parameter(value, "d=").unwrap_or_default();
            let database = OVID_CODES.iter().find(|(start, _)| code.starts_with(start)).map(|(_, database)| *database);
            return Some((database, Dialect::Ovid));
        }
        if value.contains("ebscohost.com") || value.contains("/login.aspx?direct=true&") {
            let database = parameter(value, "db=").and_then(ebsco_database).unwrap_or(Db::EbscoHost);
            return Some((Some(database), Dialect::EbscoHost));
        }
    }
    let of_tag = MARKS.iter().zip(&MARK_TAGS).filter(|(_, of)| **of == tag).map(|(mark, _)| mark);
    if let Some(Mark(_, _, _, database, dialect)) = of_tag.into_iter().find(|mark| mark.fits(value)) {
        return Some((*database, *dialect));
    }
    let database = if tag == Tag::of("DB") { ebsco_database(value) } else { None };
    database.map(|database| (Some(database), Dialect::EbscoHost))
}

/// The tags of links.
const LINKS: [Tag; 3] = [Tag::of("UR"), Tag::of("L1"), Tag::of("L2")];

/// The tags of the marks, in their order.
const MARK_TAGS: [Tag; MARKS.len()] = {
    let mut tags = [Tag::of(""); MARKS.len()];
    let mut at = 0;
    while at < MARKS.len() {
        tags[at] = Tag::of(MARKS[at].0);
        at += 1;
    }
    tags
};

/// Whether lines with this tag may have a mark.
pub(super) fn may_have_mark(tag: Tag) -> bool {
    MARKED.contains(&tag)
}

/// Every tag that a mark may stand under, once: this is asked of every line.
const MARKED: [Tag; 16] = [
    Tag::of(""),
    Tag::of("%F"),
    Tag::of("%W"),
    Tag::of("%~"),
    Tag::of("AN"),
    Tag::of("DB"),
    Tag::of("DP"),
    Tag::of("ID"),
    Tag::of("L1"),
    Tag::of("L2"),
    Tag::of("M1"),
    Tag::of("M4"),
    Tag::of("N1"),
    Tag::of("OWN"),
    Tag::of("PMID"),
    Tag::of("UR"),
];

fn ebsco_database(code: &str) -> Option<Db> {
    EBSCO_CODES.iter().find(|(known, _)| *known == code).map(|(_, database)| *database)
}

/// The value of a parameter of a link.
fn parameter<'v>(link: &'v str, name: &str) -> Option<&'v str> {
    link.split(['&', '?']).find_map(|part| part.strip_prefix(name))
}

impl Mark {
    fn fits(&self, value: &str) -> bool {
        match self.1 {
            Start => value.starts_with(self.2),
            Anywhere => value.contains(self.2),
            Whole => value == self.2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_links_and_names() {
        for (tag, value, expected) in [
            ("UR", "https://search.ebscohost.com/login.aspx?direct=true&db=cin20&an=1", Some((Some(Db::Cinahl), Dialect::EbscoHost))),
            (
                "UR",
                "https://p.example/login?url=http://search.ebscohost.com/login.aspx?db=i3h",
                Some((Some(Db::EbscoHost), Dialect::EbscoHost)),
            ),
            ("DB", "mdc", Some((Some(Db::Medline), Dialect::EbscoHost))),
            ("DB", "i3h", None),
            ("L2", "http://ovidsp.ovid.com/ovidweb.cgi?t=js&d=emczd&an=1", Some((Some(Db::Embase), Dialect::Ovid))),
            ("UR", "https://ovidsp.ovid.com/ovidweb.cgi?d=med15&an=1", Some((Some(Db::Medline), Dialect::Ovid))),
            ("L2", "http://ovidsp.ovid.com/ovidweb.cgi?t=js&d=cagh&an=1", Some((None, Dialect::Ovid))),
            ("UR", "https://example.org/?db=ccm", None),
            ("M4", "citavi", Some((None, Dialect::Citavi))),
            ("TI", "scopus", None),
        ] {
            assert_eq!(vote(Tag::of(tag), value), expected, "{tag} {value}");
        }
    }

    #[test]
    fn the_tags_with_marks_are_all_listed() {
        assert!(MARKED.is_sorted());
        assert!(MARK_TAGS.iter().chain(&LINKS).all(|tag| MARKED.contains(tag)));
        assert!(MARKED.iter().all(|tag| MARK_TAGS.contains(tag) || LINKS.contains(tag)));
    }

    #[test]
    fn no_code_stands_twice() {
        for (at, (code, _)) in EBSCO_CODES.iter().enumerate() {
            assert!(EBSCO_CODES[at + 1..].iter().all(|(other, _)| other != code), "{code}");
        }
    }
}
