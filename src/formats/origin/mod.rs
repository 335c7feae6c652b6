//! Which database and dialect an export came from, told by cheap marks in its text.
//!
//! Goes in: the format, the text, the name of the file. Comes out: an [`Origin`]. Marks in a sample of the file vote; a
//! database needs nearly all of the votes, so that a merged library of many databases has none. The name of the file is
//! asked only where the text has no mark at all (Google Scholar's exports have none).

mod marks;
mod programs;
mod tag;

use super::lines::lines;
use super::{bibtex, csl_json, endnote_xml, enw, ictrp, json_lines, marcxml, medline, ovid, pubmed_xml, refworks, table, wos};
use crate::record::database::Database as Db;
use crate::record::{Database, Dialect, Format, Provenance};
use tag::Tag;

/// Where an export came from, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Origin {
    pub(super) database: Option<Database>,
    pub(super) dialect: Dialect,
    /// Whether records of several platforms stand in one file, so that each record's tags mean what its own marks say.
    pub(super) is_joined: bool,
}

impl Origin {
    /// One database's export, or one that does not say.
    pub(super) fn new(database: Option<Database>, dialect: Dialect) -> Self {
        Self { database, dialect, is_joined: false }
    }
}

/// How much of a file is looked at: some hundreds of records.
const SAMPLE: usize = 256 * 1024;
/// The share of the records with a mark that a database needs, in percent. A search of one database gives records of one
/// database; where more than a slip differ, the file is a library.
const DATABASE_SHARE_PERCENT: usize = 90;
/// The share of all records that the marks of a database or dialect must stand in, in percent: a few of a library's
/// records say nothing of the others.
const MARKED_SHARE_PERCENT: usize = 50;

/// Databases that are only the dialect: they count where no mark names a database proper.
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
    let by_content = match format {
        Format::Medline if medline::is_pmc(text) => Origin::new(Some(Db::Pmc), Dialect::Pmc),
        Format::EndNoteTagged if enw::is_google_scholar(text) => Origin::new(Some(Db::GoogleScholar), Dialect::GoogleScholar),
        Format::Ris | Format::Medline | Format::EndNoteTagged => return by_marks(format, text, file_name),
        Format::EndNoteXml => endnote_xml::origin(text),
        Format::OvidTagged => ovid::origin(text),
        Format::WosTagged => wos::origin(text),
        Format::RefWorksTagged => refworks::origin(text),
        Format::PubMedXml => pubmed_xml::origin(text),
        Format::MarcXml => marcxml::origin(text),
        Format::IctrpXml => ictrp::origin(text),
        Format::BibTex => bibtex::origin(text),
        Format::Csv | Format::Tsv | Format::Xlsx => table::origin(text),
        Format::CslJson => csl_json::origin(text),
        Format::JsonLines => json_lines::origin(text),
    };
    Origin { database: by_content.database.or_else(|| named(file_name)), ..by_content }
}

/// The same by the marks that the records of a tagged format carry.
fn by_marks(format: Format, text: &str, file_name: &str) -> Origin {
    let samples = samples(text);
    if format == Format::Ris && programs::is_google_scholar(samples[0]) {
        return Origin::new(Some(Db::GoogleScholar), Dialect::GoogleScholar);
    }
    let mut votes = Votes::default();
    for sample in samples {
        votes.count_all(format, sample);
    }
    let database = votes.database().or_else(|| if votes.has_marks() { None } else { named(file_name) });
    let is_joined = votes.are_of_several_platforms();
    Origin { database, dialect: if is_joined { Dialect::General } else { votes.dialect() }, is_joined }
}

/// The tags that a record begins with.
const STARTS: [Tag; 3] = [Tag::of("TY"), Tag::of("PMID"), Tag::of("%0")];

/// Whether `record` has more than lines before its start: Cochrane's heading, `OWN` before `PMID`.
fn has_started(record: &[(Tag, &str)]) -> bool {
    record.iter().any(|(tag, _)| ![Tag::of(""), Tag::of("OWN")].contains(tag))
}

/// What the records of a file say of where they came from, each with one vote.
#[derive(Default)]
struct Votes {
    n_records: usize,
    databases: Vec<(Database, usize)>,
    /// Records that say that they come from several databases.
    n_mixed: usize,
    platforms: Vec<(Dialect, usize)>,
    programs: Vec<(Dialect, usize)>,
}

/// Programs that keep what they were given, marks of platforms included.
const PROGRAMS: &[Dialect] = &[
    Dialect::Zotero,
    Dialect::EndNote,
    Dialect::Mendeley,
    Dialect::RefWorks,
    Dialect::Citavi,
    Dialect::Rayyan,
    Dialect::Covidence,
    Dialect::EppiReviewer,
    Dialect::AsReview,
    Dialect::RPackage,
    Dialect::Refsieve,
];

impl Votes {
    /// Counts every record of `sample`.
    fn count_all(&mut self, format: Format, sample: &str) {
        let mut record: Vec<(Tag, &str)> = Vec::new();
        let mut has_ended = false;
        for line in lines(sample, 0, sample.len()) {
            let Some((tag, value)) = tag_and_value(format, line.text) else { continue };
            let tag = Tag::of(tag);
            // Behind the end of a record stand further tags of its own (Ovid), a heading (Cochrane), or the next, without type.
            let is_next = has_ended && (tag == Tag::of("") || record.iter().all(|(tag, _)| *tag != Tag::of("TY")));
            if is_next || (STARTS.contains(&tag) && has_started(&record)) {
                self.count(&record);
                record.clear();
                has_ended = false;
            }
            if tag == Tag::of("ER") {
                has_ended = true;
            } else {
                record.push((tag, value));
            }
        }
        self.count(&record);
    }

    fn count(&mut self, record: &[(Tag, &str)]) {
        if record.is_empty() {
            return;
        }
        self.n_records += 1;
        let mut databases: Vec<Database> = Vec::new();
        let mut dialects: Vec<Dialect> = programs::by_shape(record).into_iter().collect();
        let mut is_mixed = false;
        let mut lowered = String::new();
        for (tag, value) in record.iter().filter(|(tag, _)| marks::may_have_mark(*tag)) {
            let Some((database, dialect)) = mark_of(*tag, value, &mut lowered) else { continue };
            is_mixed |= database.is_none() && dialect == Dialect::General;
            databases.extend(database.filter(|database| !databases.contains(database)));
            dialects.extend(Some(dialect).filter(|dialect| *dialect != Dialect::General && !dialects.contains(dialect)));
        }
        if dialects.contains(&Dialect::OpenAlex) && databases.is_empty() {
            databases.push(Db::OpenAlex);
        }
        // Our own line stands last in what we wrote, and somewhere else in what another program made of it.
        if record.last().is_some_and(|(_, value)| Provenance::parse(value).is_some()) {
            dialects = vec![Dialect::Refsieve];
        }
        match one_of(&databases) {
            Some(database) if !is_mixed => add(&mut self.databases, database),
            None if databases.is_empty() && !is_mixed => {}
            _ => self.n_mixed += 1,
        }
        for dialect in dialects {
            add(if PROGRAMS.contains(&dialect) { &mut self.programs } else { &mut self.platforms }, dialect);
        }
    }

    fn has_marks(&self) -> bool {
        !self.databases.is_empty() || self.n_mixed > 0
    }

    fn database(&self) -> Option<Database> {
        let n_proper: usize = self.databases.iter().filter(|(database, _)| !GENERAL.contains(database)).map(|(_, count)| count).sum();
        let n_general: usize = self.databases.iter().filter(|(database, _)| GENERAL.contains(database)).map(|(_, count)| count).sum();
        let n_marked = n_proper + n_general + self.n_mixed;
        let (database, count) = most(&self.databases)?;
        let is_clear = count * 100 >= n_marked * DATABASE_SHARE_PERCENT && count * 100 >= self.n_records * MARKED_SHARE_PERCENT;
        is_clear.then_some(database)
    }

    /// Whether no program wrote the file, and a second platform has more of the records than slip in.
    fn are_of_several_platforms(&self) -> bool {
        let is_clear = |(_, count): &(Dialect, usize)| count * 100 >= self.n_records * MARKED_SHARE_PERCENT;
        let mut counts: Vec<usize> = self.platforms.iter().map(|(_, count)| *count).collect();
        counts.sort_unstable();
        let second = counts.len().checked_sub(2).map_or(0, |at| counts[at]);
        second * 100 > self.n_records * (100 - DATABASE_SHARE_PERCENT) && !most(&self.programs).is_some_and(|vote| is_clear(&vote))
    }

    /// The program that wrote the file, else the platform.
    fn dialect(&self) -> Dialect {
        let is_clear = |(_, count): &(Dialect, usize)| count * 100 >= self.n_records * MARKED_SHARE_PERCENT;
        let of = |votes| most(votes).filter(is_clear).map(|(dialect, _)| dialect);
        of(&self.programs).or_else(|| of(&self.platforms)).unwrap_or_default()
    }
}

/// What a line votes for; `lowered` is for its value in lower case.
fn mark_of(tag: Tag, value: &str, lowered: &mut String) -> Option<(Option<Database>, Dialect)> {
    lowered.clear();
    lowered.extend(value.chars().take(LOOKED_AT).map(|c| c.to_ascii_lowercase()));
    marks::vote(tag, lowered)
}

/// Where one record came from, of a file that an earlier run wrote, or that was joined from several exports: its tags mean what
/// they meant in the export it was kept from, which its first line of provenance names. Marks of other records that went into it
/// say nothing of its tags.
pub(super) fn of_record<'t>(lines: impl Iterator<Item = (&'t str, &'t str)>) -> Origin {
    let mut kept_from: Option<Option<Database>> = None;
    let mut is_merged = false;
    let mut platforms: Vec<(Option<Database>, Dialect)> = Vec::new();
    let mut databases: Vec<Database> = Vec::new();
    let mut lowered = String::new();
    for (tag, value) in lines.map(|(tag, value)| (Tag::of(tag), value)).filter(|(tag, _)| marks::may_have_mark(*tag)) {
        let Some((database, dialect)) = mark_of(tag, value, &mut lowered) else { continue };
        if dialect == Dialect::Refsieve {
            is_merged |= kept_from.is_some();
            kept_from = kept_from.or_else(|| Provenance::parse(value).map(|origin| origin.database));
        } else if !PROGRAMS.contains(&dialect) {
            databases.extend(database);
            platforms.extend((dialect != Dialect::General).then_some((database, dialect)));
        }
    }
    let database = kept_from.flatten().or_else(|| one_of(&databases).filter(|_| !is_merged));
    let own = platforms.iter().find(|(of, _)| database.is_some() && *of == database);
    let unmarked = if kept_from.flatten() == Some(Db::OpenAlex) { Dialect::OpenAlex } else { Dialect::Refsieve };
    let dialect = own.or(platforms.first().filter(|_| !is_merged)).map_or(unmarked, |(_, dialect)| *dialect);
    Origin::new(database, dialect)
}

/// How many characters of a value may hold a mark.
const LOOKED_AT: usize = 240;

/// The one database that a record came from, where its marks agree. Embase.com names MEDLINE beside itself.
fn one_of(databases: &[Database]) -> Option<Database> {
    let mut proper = databases.iter().filter(|database| !GENERAL.contains(database));
    match (proper.next(), proper.next(), proper.next()) {
        (None, ..) => databases.first().copied(),
        (Some(one), None, _) => Some(*one),
        (Some(Db::Embase), Some(Db::Medline), None) | (Some(Db::Medline), Some(Db::Embase), None) => Some(Db::Embase),
        _ => None,
    }
}

fn add<T: PartialEq>(votes: &mut Vec<(T, usize)>, vote: T) {
    match votes.iter_mut().find(|(known, _)| *known == vote) {
        Some((_, count)) => *count += 1,
        None => votes.push((vote, 1)),
    }
}

/// The vote that was cast most often, the first of equals.
fn most<T: Copy>(votes: &[(T, usize)]) -> Option<(T, usize)> {
    votes.iter().copied().reduce(|best, other| if other.1 > best.1 { other } else { best })
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
        Format::Ris => match line.get(2..5) {
            Some("  -") => Some((line.get(..2)?, line.get(5..)?.trim())),
            _ => line.starts_with("Provider:").then_some(("", line)),
        },
        _ => None,
    }
}

/// What is looked at of a file: all of it where it is short, else as much of the beginning as of the middle and the end together,
/// so that exports that were joined into one file are seen to be several. What is no beginning begins with a line.
fn samples(text: &str) -> Vec<&str> {
    if text.len() <= SAMPLE {
        return vec![text];
    }
    let line_from = |at: usize| memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
    let [middle, last] = [text.len() / 2, text.len() - SAMPLE / 4].map(line_from);
    vec![&text[..line_from(SAMPLE / 2)], &text[middle..line_from((middle + SAMPLE / 4).min(text.len()))], &text[last..]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_by_their_marks() {
        for (text, name, database, dialect) in [
            ("AN  - WOS:0001\n", "a.ris", Some(Db::WebOfScience), Dialect::WebOfScience),
            ("DB  - Scopus\nDB  - Embase\n", "a.ris", None, Dialect::Scopus),
            ("DP  - EBSCOhost\nDB  - rzh\n", "a.ris", Some(Db::Cinahl), Dialect::EbscoHost),
            ("DP  - EBSCOhost\nDB  - 8gh\n", "a.ris", Some(Db::EbscoHost), Dialect::EbscoHost),
            ("DB  - APA PsycInfo <2021>\n", "a.ris", Some(Db::PsycInfo), Dialect::General),
            ("DB  - Dimensions, LENS\n", "scopus.ris", None, Dialect::General),
            (
                "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=prem&NEWS=N&AN=1\n",
                "a.ris",
                Some(Db::Medline),
                Dialect::Ovid,
            ),
            ("Provider: John Wiley & Sons, Ltd.\n", "a.ris", Some(Db::Cochrane), Dialect::CochraneLibrary),
            ("TI  - x\n", "exports/Scopus_2.ris", Some(Db::Scopus), Dialect::General),
            ("TI  - x\n", "a.ris", None, Dialect::General),
            ("TI  - x\n", "editorial.ris", None, Dialect::General),
            ("TI  - x\n", "memorial.ris", None, Dialect::General),
            ("TI  - x\n", "Swosh-lenses-decentralised.ris", None, Dialect::General),
            ("TI  - x\n", "oria2.ris", Some(Db::Oria), Dialect::General),
            ("TI  - x\n", "WoS_1-500.ris", Some(Db::WebOfScience), Dialect::General),
            ("TI  - x\n", "wos.ris", Some(Db::WebOfScience), Dialect::General),
            ("TI  - x\n", "Web-of-Science.ris", Some(Db::WebOfScience), Dialect::General),
            ("TI  - x\n", "GoogleScholar.ris", Some(Db::GoogleScholar), Dialect::General),
            ("TI  - x\n", "PsycINFO.ris", Some(Db::PsycInfo), Dialect::General),
        ] {
            assert_eq!(detect(Format::Ris, text, name), Origin::new(database, dialect), "{text}");
        }
    }

    #[test]
    fn what_we_wrote_is_known_by_its_last_line() {
        let record = |before: &str, behind: &str| {
            let line = "N1  - [refsieve-origin: database=Scopus; ordinal=1; id=2-s2.0-1; file=a.ris]";
            format!("TY  - JOUR\nTI  - x\nPY  - 2020\nDA  - 2020/05//2020 May\nC2  - 3000\n{before}{line}\n{behind}ER  - \n\n")
        };
        let dialect = |text: &str| detect(Format::Ris, text, "a.ris").dialect;
        assert_eq!(dialect(&record("", "")), Dialect::Refsieve);
        assert_eq!(dialect(&record("N1  - RAYYAN-INCLUSION: {\"A\"=>\"Included\"}\n", "")), Dialect::Refsieve);
        // Zotero has given its own tags to it.
        assert_eq!(dialect(&record("", "KW  - lamps\n")), Dialect::Zotero);
    }
}
