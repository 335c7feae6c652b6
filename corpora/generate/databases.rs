//! The ten databases: their files, how much each holds, who writes its dialect and where it shows a record's id.

use crate::dialects;
use crate::works::{Kind, Work};

/// A database and its export file.
pub struct Database {
    pub file: &'static str,
    /// How many articles, and how many books and theses, it holds against the others.
    pub shares: (u32, u32),
    /// It says so little of a work that heavy noise would leave nothing to go by.
    pub thin: bool,
    /// It may list one work twice.
    pub repeats: bool,
    /// It ends lines as Windows does.
    pub crlf: bool,
    /// What stands before the first record and behind the last.
    pub frame: (&'static str, &'static str),
    /// Appends a record in the database's dialect, its lines ended by `\n`.
    pub write: fn(&mut String, &Work, u64),
    /// The accession number the export shows, where it shows one.
    pub accession: fn(&Work, u64) -> Option<String>,
}

const fn database(
    file: &'static str,
    shares: (u32, u32),
    write: fn(&mut String, &Work, u64),
    accession: fn(&Work, u64) -> Option<String>,
) -> Database {
    Database { file, shares, thin: false, repeats: false, crlf: false, frame: ("", ""), write, accession }
}

/// All ten. An id function and the writer beside it use the same number, so that the gold labels hold.
pub const DATABASES: [Database; 10] = [
    Database { crlf: true, ..database("medline.nbib", (200, 0), dialects::medline, |work, _| Some(work.pmid.to_string())) },
    database("psycinfo.ris", (130, 60), dialects::psycinfo, |work, _| Some(psycinfo_number(work))),
    database("embase.ris", (180, 0), dialects::embase, |_, _| None),
    Database { repeats: true, ..database("oria.ris", (95, 260), dialects::oria, |work, ordinal| Some(oria_number(work, ordinal))) },
    Database {
        repeats: true,
        thin: true,
        ..database("worldcat.ris", (10, 260), dialects::worldcat, |_, ordinal| Some(oclc_number(ordinal).to_string()))
    },
    Database { repeats: true, thin: true, ..database("google-scholar.enw", (32, 80), dialects::google_scholar, |_, _| None) },
    database("scopus.ris", (170, 40), dialects::scopus, |_, _| None),
    Database { crlf: true, ..database("academic-search-elite.ris", (34, 0), dialects::academic_search, |_, _| None) },
    Database {
        frame: (dialects::XML_OPENING, dialects::XML_CLOSING),
        ..database("cinahl.xml", (19, 0), dialects::cinahl, |_, ordinal| Some(ordinal.to_string()))
    },
    Database {
        frame: ("\u{feff}", ""),
        ..database("web-of-science.ris", (155, 20), dialects::web_of_science, |work, _| Some(web_of_science_number(work)))
    },
];

/// The id the gold labels use: the accession number, or the file and the record's place in it, counted from 1.
pub fn record_id(database: &Database, work: &Work, ordinal: u64) -> String {
    (database.accession)(work, ordinal).unwrap_or_else(|| format!("{}#{ordinal}", database.file))
}

/// How much a database holds of a kind of work.
pub fn share(database: &Database, kind: Kind) -> u32 {
    match kind {
        Kind::Book | Kind::Thesis => database.shares.1,
        _ => database.shares.0,
    }
}

/// APA's number: year of entry, running number, part.
pub fn psycinfo_number(work: &Work) -> String {
    format!("{}-{:05}-{:03}", 2000 + work.number % 23, work.number % 100_000, 1 + work.number / 100_000)
}

/// Embase's number, with its letter.
pub fn embase_number(work: &Work) -> String {
    format!("L{}", 2_000_000_000 + work.number * 7)
}

/// OCLC's number of ten digits.
pub fn oclc_number(ordinal: u64) -> u64 {
    1_000_000_000 + ordinal * 7_919 % 999_999_937
}

/// Clarivate's number with its prefix.
pub fn web_of_science_number(work: &Work) -> String {
    format!("WOS:000{:012}", 200_000_000_000 + work.number * 13)
}

/// Scopus' number, as its links hold it.
pub fn scopus_number(work: &Work) -> String {
    format!("2-s2.0-{}", 84_000_000_000 + work.number * 17)
}

/// Primo's number, which names the feed the record came by.
pub fn oria_number(work: &Work, ordinal: u64) -> String {
    if matches!(work.kind, Kind::Book | Kind::Thesis) {
        return format!("BIBSYS_ILS{}", 71_400_000_000_000 + ordinal * 31);
    }
    match ordinal % 4 {
        0 => format!("TN_cdi_proquest_miscellaneous_{}", 1_900_000_000 + ordinal),
        1 => format!("TN_cdi_webofscience_primary_{}", &web_of_science_number(work)[4..]) + &format!("_{ordinal}"),
        2 => format!("TN_cdi_scopus_primary_{}_{ordinal}", scopus_number(work).replace(['-', '.'], "_")),
        _ => format!("TN_cdi_doaj_primary_oai_doaj_org_article_{:016x}{ordinal:016x}", work.number.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
    }
}
