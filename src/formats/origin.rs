//! Which database and platform an export came from, told by cheap marks in its text.
//!
//! Goes in: the format, the text, the name of the file. Comes out: an [`Origin`]. Marks in a sample of the file vote; a
//! database needs more than half of the votes, so that a merged library of many databases has none. The name of the file
//! is asked only where the text has no mark at all (Google Scholar's exports have none).

use super::lines::lines;
use crate::record::{Database, Format};

/// Where an export came from, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Origin {
    pub(super) database: Option<Database>,
    pub(super) platform: Platform,
}

/// The platforms whose dialects differ from the format in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Platform {
    Ovid,
    EbscoHost,
    EmbaseCom,
    Scopus,
    #[default]
    Other,
}

/// How much of a file is looked at: some hundreds of records.
const SAMPLE: usize = 256 * 1024;
/// The share of the marks that a platform needs, in percent: Embase.com has one mark of its own in three.
const PLATFORM_SHARE_PERCENT: usize = 25;

/// A mark: the tag it stands under ("" for a line without tag), what its value holds in lower case, what it votes for.
struct Mark(&'static str, Place, &'static str, Option<Database>, Platform);

/// Where in the value the mark must stand.
enum Place {
    Start,
    Anywhere,
    Whole,
    /// As the start of the code of the database in a link to Ovid.
    OvidCode,
}

use Database as Db;
use Place::{Anywhere, OvidCode, Start, Whole};

/// The marks, in order: of the marks of one line only the first counts. Platforms that host many databases stand last.
const MARKS: &[Mark] = &[
    Mark("L2", OvidCode, "med", Some(Db::Medline), Platform::Ovid),
    Mark("L2", OvidCode, "pre", Some(Db::Medline), Platform::Ovid),
    Mark("L2", OvidCode, "pmnm", Some(Db::Medline), Platform::Ovid),
    Mark("L2", OvidCode, "ppez", Some(Db::Medline), Platform::Ovid),
    Mark("L2", OvidCode, "psyc", Some(Db::PsycInfo), Platform::Ovid),
    Mark("L2", OvidCode, "em", Some(Db::Embase), Platform::Ovid),
    Mark("L2", OvidCode, "oem", Some(Db::Embase), Platform::Ovid),
    Mark("L2", OvidCode, "cctr", Some(Db::Cochrane), Platform::Ovid),
    Mark("L2", OvidCode, "coch", Some(Db::Cochrane), Platform::Ovid),
    Mark("L2", Anywhere, "ovid.com/ovidweb", None, Platform::Ovid),
    Mark("UR", Anywhere, "ovid.com/ovidweb", None, Platform::Ovid),
    Mark("DB", Start, "ovid medline", Some(Db::Medline), Platform::Ovid),
    Mark("DB", Start, "ovid", None, Platform::Ovid),
    Mark("DB", Anywhere, ", ", None, Platform::Other),
    Mark("DB", Anywhere, "cinahl", Some(Db::Cinahl), Platform::Other),
    Mark("DB", Anywhere, "medline", Some(Db::Medline), Platform::Other),
    Mark("DB", Anywhere, "psycinfo", Some(Db::PsycInfo), Platform::Other),
    Mark("DB", Start, "embase", Some(Db::Embase), Platform::Other),
    Mark("DB", Start, "scopus", Some(Db::Scopus), Platform::Scopus),
    Mark("DB", Anywhere, "wcorg", Some(Db::WorldCat), Platform::Other),
    Mark("DB", Anywhere, "academic search", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("DB", Whole, "psyh", Some(Db::PsycInfo), Platform::EbscoHost),
    Mark("DB", Whole, "aph", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("DB", Whole, "afh", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("DB", Whole, "a9h", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("DB", Whole, "asx", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("DB", Whole, "ccm", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("DB", Whole, "cul", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("DB", Whole, "c8h", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("DB", Whole, "rzh", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("DB", Whole, "jlh", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("DB", Whole, "wos", Some(Db::WebOfScience), Platform::Other),
    Mark("DB", Start, "web of science", Some(Db::WebOfScience), Platform::Other),
    Mark("DB", Start, "cochrane", Some(Db::Cochrane), Platform::Other),
    Mark("DB", Whole, "dimensions", Some(Db::Dimensions), Platform::Other),
    Mark("DB", Whole, "lens", Some(Db::Lens), Platform::Other),
    Mark("DB", Anywhere, "proquest", Some(Db::ProQuest), Platform::Other),
    Mark("AN", Start, "wos:", Some(Db::WebOfScience), Platform::Other),
    Mark("AN", Start, "pub.1", Some(Db::Dimensions), Platform::Other),
    Mark("AN", Start, "cn-0", Some(Db::Cochrane), Platform::Other),
    Mark("ID", Start, "cn-0", Some(Db::Cochrane), Platform::Other),
    Mark("ID", Start, "tn_cdi_", Some(Db::Oria), Platform::Other),
    Mark("ID", Start, "bibsys_ils", Some(Db::Oria), Platform::Other),
    Mark("ID", Start, "cdi_", Some(Db::Oria), Platform::Other),
    Mark("ID", Start, "alma", Some(Db::Oria), Platform::Other),
    Mark("UR", Anywhere, "www.scopus.com/", Some(Db::Scopus), Platform::Scopus),
    Mark("UR", Anywhere, "www.embase.com/", Some(Db::Embase), Platform::EmbaseCom),
    Mark("UR", Anywhere, "://lens.org/", Some(Db::Lens), Platform::Other),
    Mark("UR", Anywhere, "db=psyh", Some(Db::PsycInfo), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=aph", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=afh", Some(Db::AcademicSearch), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=ccm", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=cul", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=rzh", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=c8h", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("UR", Anywhere, "db=jlh", Some(Db::Cinahl), Platform::EbscoHost),
    Mark("UR", Anywhere, "search.ebscohost.com", Some(Db::EbscoHost), Platform::EbscoHost),
    Mark("UR", Anywhere, "search.proquest.com", Some(Db::ProQuest), Platform::Other),
    Mark("UR", Anywhere, "www.proquest.com", Some(Db::ProQuest), Platform::Other),
    Mark("L2", Anywhere, "proquest.com", Some(Db::ProQuest), Platform::Other),
    Mark("DP", Start, "ebscohost", Some(Db::EbscoHost), Platform::EbscoHost),
    Mark("DP", Start, "google scholar", Some(Db::GoogleScholar), Platform::Other),
    Mark("DP", Anywhere, "worldcat.org", Some(Db::WorldCat), Platform::Other),
    Mark("", Start, "provider: john wiley", Some(Db::Cochrane), Platform::Other),
    Mark("PMID", Anywhere, "", Some(Db::Medline), Platform::Other),
    Mark("%~", Start, "google scholar", Some(Db::GoogleScholar), Platform::Other),
    Mark("%W", Start, "google scholar", Some(Db::GoogleScholar), Platform::Other),
];

/// Databases that are only the platform: they count where no mark names a database proper.
const GENERAL: &[Database] = &[Db::EbscoHost, Db::ProQuest];

/// Names in names of files, in lower case, that no other word contains.
const NAME_HINTS: &[(&str, Database)] = &[
    ("medline", Db::Medline),
    ("pubmed", Db::Medline),
    ("psycinfo", Db::PsycInfo),
    ("psychinfo", Db::PsycInfo),
    ("embase", Db::Embase),
    ("worldcat", Db::WorldCat),
    ("scopus", Db::Scopus),
    ("cinahl", Db::Cinahl),
    ("web-of-science", Db::WebOfScience),
    ("web_of_science", Db::WebOfScience),
    ("web of science", Db::WebOfScience),
    ("webofscience", Db::WebOfScience),
    ("cochrane", Db::Cochrane),
    ("proquest", Db::ProQuest),
    ("ebsco", Db::EbscoHost),
];

/// Words in names of files that must stand there by themselves: "editorial" is not from Oria.
const WORD_HINTS: &[(&str, Database)] = &[
    ("oria", Db::Oria),
    ("primo", Db::Oria),
    ("scholar", Db::GoogleScholar),
    ("googlescholar", Db::GoogleScholar),
    ("academic", Db::AcademicSearch),
    ("wos", Db::WebOfScience),
    ("central", Db::Cochrane),
    ("dimensions", Db::Dimensions),
    ("lens", Db::Lens),
];

/// Where the export `text`, in the file `name`, came from.
pub(super) fn detect(format: Format, text: &str, file_name: &str) -> Origin {
    let mut databases = vec![0_usize; Database::ALL.len()];
    let mut unnamed = 0_usize;
    let mut platforms: Vec<(Platform, usize)> = Vec::new();
    let sample_end = sample_end(text);
    let mut lowered = String::new();
    for line in lines(text, 0, sample_end) {
        let Some((tag, value)) = tag_and_value(format, line.text) else { continue };
        if !MARKS.iter().any(|mark| mark.0 == tag) {
            continue;
        }
        lowered.clear();
        lowered.extend(value.chars().take(240).map(|c| c.to_ascii_lowercase()));
        let Some(Mark(_, _, _, database, platform)) = MARKS.iter().find(|mark| mark.fits(tag, &lowered)) else { continue };
        match database.and_then(|database| Database::ALL.iter().position(|known| *known == database)) {
            Some(at) => databases[at] += 1,
            None => unnamed += usize::from(*platform == Platform::Other),
        }
        match platforms.iter_mut().find(|(known, _)| known == platform) {
            Some((_, count)) => *count += 1,
            None => platforms.push((*platform, 1)),
        }
    }
    let platform = platforms.iter().filter(|(platform, _)| *platform != Platform::Other).max_by_key(|(_, count)| *count);
    let has_marks = databases.iter().any(|count| *count > 0) || unnamed > 0;
    let database = majority(&databases, unnamed).or_else(|| if has_marks { None } else { named(file_name) });
    let n_marks: usize = platforms.iter().map(|(_, count)| count).sum();
    let platform = platform.filter(|(_, count)| count * 100 >= n_marks * PLATFORM_SHARE_PERCENT);
    Origin { database, platform: platform.map_or(Platform::Other, |(platform, _)| *platform) }
}

impl Mark {
    fn fits(&self, tag: &str, value: &str) -> bool {
        self.0 == tag
            && match self.1 {
                Start => value.starts_with(self.2),
                Anywhere => value.contains(self.2),
                Whole => value == self.2,
                OvidCode => {
                    value.contains("ovid.com/ovidweb")
                        && value.split(['&', '?']).any(|part| part.strip_prefix("d=").is_some_and(|code| code.starts_with(self.2)))
                }
            }
    }
}

fn majority(votes: &[usize], unnamed: usize) -> Option<Database> {
    let is_general = |database: &Database| GENERAL.contains(database);
    let has_proper = Database::ALL.iter().zip(votes).any(|(database, count)| *count > 0 && !is_general(database));
    let counted = || Database::ALL.iter().zip(votes).filter(|(database, _)| !(has_proper && is_general(database)));
    let total: usize = counted().map(|(_, count)| count).sum::<usize>() + unnamed;
    counted().find(|(_, count)| **count * 2 > total).map(|(database, _)| *database)
}

fn named(file_name: &str) -> Option<Database> {
    let name = file_name.to_lowercase();
    let has_word = |hint: &str| name.split(|c: char| !c.is_alphabetic()).any(|word| word == hint);
    let by_name = NAME_HINTS.iter().find(|(hint, _)| name.contains(hint));
    by_name.or_else(|| WORD_HINTS.iter().find(|(hint, _)| has_word(hint))).map(|(_, database)| *database)
}

/// Tag and value of a line that may carry a mark.
fn tag_and_value(format: Format, line: &str) -> Option<(&str, &str)> {
    match format {
        Format::EndNoteTagged => Some((line.get(..2)?, line.get(3..)?.trim())),
        Format::Medline => Some((line.get(..4)?.trim_end(), line.get(5..)?.trim())),
        Format::EndNoteXml => None,
        Format::Ris => match line.get(2..5) {
            Some("  -") => Some((line.get(..2)?, line.get(5..)?.trim())),
            _ => line.starts_with("Provider:").then_some(("", line)),
        },
    }
}

fn sample_end(text: &str) -> usize {
    if text.len() <= SAMPLE {
        return text.len();
    }
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[SAMPLE..]).map_or(text.len(), |at| SAMPLE + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_by_their_marks() {
        for (text, name, database, platform) in [
            ("AN  - WOS:0001\n", "a.ris", Some(Db::WebOfScience), Platform::Other),
            ("DB  - Scopus\nDB  - Embase\n", "a.ris", None, Platform::Scopus),
            ("DP  - EBSCOhost\nDB  - rzh\n", "a.ris", Some(Db::Cinahl), Platform::EbscoHost),
            ("DP  - EBSCOhost\nDB  - 8gh\n", "a.ris", Some(Db::EbscoHost), Platform::EbscoHost),
            ("DB  - APA PsycInfo <2021>\n", "a.ris", Some(Db::PsycInfo), Platform::Other),
            ("DB  - Dimensions, LENS\n", "scopus.ris", None, Platform::Other),
            (
                "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=prem&NEWS=N&AN=1\n",
                "a.ris",
                Some(Db::Medline),
                Platform::Ovid,
            ),
            ("Provider: John Wiley & Sons, Ltd.\n", "a.ris", Some(Db::Cochrane), Platform::Other),
            ("TI  - x\n", "exports/Scopus_2.ris", Some(Db::Scopus), Platform::Other),
            ("TI  - x\n", "a.ris", None, Platform::Other),
            ("TI  - x\n", "editorial.ris", None, Platform::Other),
            ("TI  - x\n", "memorial.ris", None, Platform::Other),
            ("TI  - x\n", "Swosh-lenses-decentralised.ris", None, Platform::Other),
            ("TI  - x\n", "oria2.ris", Some(Db::Oria), Platform::Other),
            ("TI  - x\n", "WoS_1-500.ris", Some(Db::WebOfScience), Platform::Other),
            ("TI  - x\n", "wos.ris", Some(Db::WebOfScience), Platform::Other),
            ("TI  - x\n", "Web-of-Science.ris", Some(Db::WebOfScience), Platform::Other),
            ("TI  - x\n", "GoogleScholar.ris", Some(Db::GoogleScholar), Platform::Other),
            ("TI  - x\n", "PsycINFO.ris", Some(Db::PsycInfo), Platform::Other),
        ] {
            assert_eq!(detect(Format::Ris, text, name), Origin { database, platform }, "{text}");
        }
    }
}
