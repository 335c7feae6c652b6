//! Ovid's names of databases -> the words by which records name theirs.

/// The names (segments) of one database in Ovid, in lower case, and the words that exports call it by.
struct Row {
    segments: &'static [&'static str],
    words: &'static [&'static str],
}

/// The databases of the field. Segment names: Ovid's database guides and the multi-file searches of published strategies.
const ROWS: &[Row] = &[
    Row {
        segments: &[
            "medline", "medall", "medl", "mesz", "medz", "medf", "med", "ppez", "ppezv", "prem", "premz", "prmz", "pmoz", "pmnm", "pubmed",
        ],
        words: &["medline", "pubmed"],
    },
    Row {
        segments: &["embase", "oemezd", "oemez", "oemezf", "emez", "emezd", "emed", "emef", "emcz", "emczd", "emedx", "emzd"],
        words: &["embase"],
    },
    Row { segments: &["psycinfo", "psyh", "psyc", "psyb", "psyf", "psyg", "psycab", "apa"], words: &["psycinfo", "apa psycinfo"] },
    Row { segments: &["cochrane", "cctr", "coch", "cctrd", "central", "dare", "clhta"], words: &["cochrane", "central"] },
    Row { segments: &["cinahl", "nursing", "cina"], words: &["cinahl"] },
    Row { segments: &["caba", "cabz", "caby", "cab"], words: &["cab abstracts"] },
    Row { segments: &["econlit", "econ", "econz"], words: &["econlit"] },
    Row { segments: &["eric", "ericz"], words: &["eric"] },
    Row { segments: &["amed"], words: &["amed"] },
    Row { segments: &["hmic"], words: &["hmic"] },
    Row { segments: &["ghez", "glbh"], words: &["global health"] },
];

/// The words, any of which name the database that Ovid calls `segment`; `None` where that is not known.
pub(super) fn of_segment(segment: &str) -> Option<&'static [&'static str]> {
    ROWS.iter().find(|row| row.segments.contains(&segment)).map(|row| row.words)
}
