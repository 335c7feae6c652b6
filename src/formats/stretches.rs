//! Where a file that was joined from several formats goes from one to the next.
//!
//! Goes in: the whole text. Comes out: its stretches, each in one format. A stretch begins at a line that starts a record
//! of its format and that a further tag line of that format follows, so that a number in an abstract cuts nothing.

use super::lines::lines;
use super::{bibtex, detect, ovid, refworks, ris, wos};
use crate::record::Format;
use std::ops::Range;

/// A part of a text that is in one format.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) format: Format,
    pub(super) range: Range<usize>,
}

/// What records, or files, of a format begin with.
struct Start {
    /// The first characters.
    mark: &'static str,
    /// Whether a line that begins with them is a start, where they alone do not tell.
    is: fn(&str) -> bool,
    format: Format,
    /// Whether it is also looked for behind the end of another file on the same line.
    may_be_glued: bool,
}

const fn start(mark: &'static str, format: Format) -> Start {
    Start { mark, is: |_| true, format, may_be_glued: true }
}

const fn line_start(mark: &'static str, is: fn(&str) -> bool, format: Format) -> Start {
    Start { mark, is, format, may_be_glued: false }
}

const STARTS: &[Start] = &[
    start("TY  - ", Format::Ris),
    start("PMID- ", Format::Medline),
    start("%0 ", Format::EndNoteTagged),
    start("<?xml", Format::EndNoteXml),
    start("<xml>", Format::EndNoteXml),
    start("<records>", Format::EndNoteXml),
    start("<?xml", Format::PubMedXml),
    start("<PubmedArticleSet", Format::PubMedXml),
    start("<PubmedArticle>", Format::PubMedXml),
    start("<?xml", Format::MarcXml),
    start("<collection", Format::MarcXml),
    start("<marc:collection", Format::MarcXml),
    start("<?xml", Format::IctrpXml),
    start("<Trials_downloaded_from_ICTRP", Format::IctrpXml),
    line_start("FN ", wos::is_start, Format::WosTagged),
    line_start("PT ", wos::is_start, Format::WosTagged),
    line_start("RT ", refworks::is_start, Format::RefWorksTagged),
    line_start("<", ovid::is_head, Format::OvidTagged),
    line_start("@", bibtex::starts_entry, Format::BibTex),
];

/// The elements that are records of the XML formats, and the ends of those that are a whole file.
const XML_ELEMENTS: &[(Format, &str, &[&str])] = &[
    (Format::EndNoteXml, "record", &["</xml>", "</records>"]),
    (Format::PubMedXml, "PubmedArticle", &["</PubmedArticleSet>"]),
    (Format::MarcXml, "record", &["</collection>", "</marc:collection>"]),
    (Format::IctrpXml, "Trial", &["</Trials_downloaded_from_ICTRP>"]),
];

/// What may stand before a start on the same line, where a file did not end with a line end.
const ENDS: &[&str] =
    &["</xml>", "</records>", "</PubmedArticleSet>", "</collection>", "</marc:collection>", "</Trials_downloaded_from_ICTRP>", "ER  -"];

/// The format that `line` begins a record of, by its first characters.
#[inline]
pub(super) fn starts_record_of(line: &str) -> Option<Format> {
    // Few lines begin with one of these.
    if !matches!(line.as_bytes().first(), Some(b'T' | b'P' | b'%' | b'<' | b'F' | b'R' | b'@')) {
        return None;
    }
    STARTS.iter().find(|start| line.starts_with(start.mark) && (start.is)(line)).map(|start| start.format)
}

/// The stretches of `text`, which as a whole was found to be in `format`; one where nothing was joined.
pub(super) fn stretches(text: &str, format: Format) -> Vec<Stretch> {
    if is_one_document(text, format) {
        return vec![Stretch { format, range: 0..text.len() }];
    }
    let mut starts: Vec<(usize, Format)> = STARTS.iter().flat_map(|start| places(text, start).map(|at| (at, start.format))).collect();
    starts.sort_unstable();
    let before = starts.first().and_then(|(at, _)| detect::detect(&text[..*at]));
    let mut current = before.or(starts.first().map(|(_, format)| *format)).unwrap_or(format);
    let mut out = Vec::new();
    let mut start = 0;
    for (at, format) in starts {
        if format == current || is_inside_record(text, start..at, current) || !is_record(&text[at..], format) {
            continue;
        }
        let cut = if format == Format::Ris { before_numbers(text, at) } else { at };
        if cut > start {
            out.push(Stretch { format: current, range: start..cut });
        }
        start = cut;
        current = format;
    }
    out.push(Stretch { format: current, range: start..text.len() });
    out
}

/// Whether `text` is one XML document and nothing more: only ends of elements follow the first end of a root.
fn is_one_document(text: &str, format: Format) -> bool {
    let Some((_, _, roots)) = XML_ELEMENTS.iter().find(|(known, _, _)| *known == format) else { return false };
    let ends = roots.iter().filter_map(|root| memchr::memmem::find(text.as_bytes(), root.as_bytes()));
    let Some(end) = ends.min() else { return false };
    let mut behind = text[end..].trim();
    while let Some(rest) = behind.strip_prefix("</") {
        let Some((_, rest)) = rest.split_once('>') else { return false };
        behind = rest.trim_start();
    }
    behind.is_empty()
}

/// The places where `start` begins a line, or follows the end of a file that had no line end.
fn places<'t>(text: &'t str, start: &'t Start) -> impl Iterator<Item = usize> + 't {
    let begins_line = |at: usize| at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r');
    // Markup may be one line, and is full of what may begin another: it is only looked back where the mark is rare.
    memchr::memmem::find_iter(text.as_bytes(), start.mark)
        .filter(move |at| (begins_line(*at) || (start.may_be_glued && follows_end(text, *at))) && (start.is)(line_at(text, *at)))
}

/// Whether only blanks, or the end of a file, stand before `at` on its line. Looks back no further than it must: markup may
/// be one line.
fn follows_end(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r']) || ENDS.iter().any(|end| before.ends_with(end))
}

/// No line that alone tells a start is longer.
const LONGEST_HEAD: usize = 512;

/// The rest of the line that `at` stands on, or the start of it.
fn line_at(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + LONGEST_HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    lines(text, at, end).next().map_or("", |line| line.text)
}

/// Whether a record is open at the end of `stretch` that ends behind it: what stands there is a part of its text.
fn is_inside_record(text: &str, stretch: Range<usize>, format: Format) -> bool {
    let (before, behind) = (&text[stretch.clone()], &text[stretch.end..]);
    match format {
        Format::EndNoteXml | Format::PubMedXml | Format::MarcXml | Format::IctrpXml => {
            let element = XML_ELEMENTS.iter().find(|(known, _, _)| *known == format).map_or("", |(_, element, _)| element);
            let start = before.rfind(&format!("<{element}>")).max(before.rfind(&format!("<{element} ")));
            start.is_some() && before.rfind(&format!("</{element}>")) < start
        }
        Format::Ris => {
            let last_line = before.trim_end().rsplit(['\n', '\r']).next().unwrap_or_default();
            let next = lines(behind, 0, behind.len()).find(|line| line.text.starts_with("TY  - ") || is_end(line.text));
            // Text behind "ER  -" may be that of an abstract.
            let has_ended = is_end(last_line) && last_line.trim_end().len() == "ER  -".len();
            !has_ended && next.is_some_and(|line| is_end(line.text))
        }
        Format::BibTex => bibtex::is_open(before),
        _ => false,
    }
}

fn is_end(line: &str) -> bool {
    line.starts_with("ER  -")
}

/// Whether a record of `format` goes on behind the start that `text` begins with.
fn is_record(text: &str, format: Format) -> bool {
    if matches!(format, Format::EndNoteXml | Format::PubMedXml | Format::MarcXml | Format::IctrpXml) {
        return detect::detect(text) == Some(format);
    }
    let mut following = lines(text, 0, text.len());
    let Some(first) = following.next() else { return false };
    let next = following.find(|line| !line.is_blank());
    match format {
        Format::Ris => {
            let type_name = &first.text["TY  - ".len()..];
            type_name.split_whitespace().count() <= 1 && next.is_some_and(|line| ris::is_tag_line(line.text))
        }
        Format::BibTex => bibtex::starts_entry(first.text),
        _ => next.is_some_and(|line| detect::is_tag_line_of(line.text, format)),
    }
}

/// The start of the numbers of records ("1.", as Ovid has them) that stand directly before `at`.
fn before_numbers(text: &str, at: usize) -> usize {
    let mut cut = at;
    loop {
        let Some(before) = text[..cut].strip_suffix(['\n', '\r']) else { return cut };
        let before = before.strip_suffix('\r').unwrap_or(before);
        let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        if !ris::is_record_number(&before[line_start..]) {
            return cut;
        }
        cut = line_start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIS: &str = "1.\nTY  - JOUR\nTI  - A\nER  - \n\n";
    const MEDLINE: &str = "PMID- 1\nOWN - NLM\nTI  - B\n\n";
    const ENDNOTE: &str = "%0 Journal Article\n%T C\n\n";
    const OVID: &str = "<1. >\nVN  - Ovid Technologies\nTI  - E\n\n";
    const OVID_LONG: &str = "<1>\nUnique Identifier\n  7\nTitle\n  F\n\n";
    const WOS: &str = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI G\nER\n\nEF\n";
    const WOS_BARE: &str = "PT J\nTI G\nER\n\n";
    const REFWORKS: &str = "RT Journal Article\nT1 H\n\n";
    const BIBTEX: &str = "@article{a,\n  title = {B},\n}\n\n";
    const PUBMED: &str = "<?xml version=\"1.0\" ?><PubmedArticleSet><PubmedArticle><PMID>1</PMID></PubmedArticle></PubmedArticleSet>\n";
    const MARC: &str =
        "<?xml version=\"1.0\"?><collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><leader>x</leader></record></collection>\n";
    const ICTRP: &str = "<Trials_downloaded_from_ICTRP><Trial><TrialID>N1</TrialID></Trial></Trials_downloaded_from_ICTRP>\n";
    const XML: &str = "<?xml version=\"1.0\"?><xml><records><record><titles><title>D</title></titles></record></records></xml>\n";

    #[test]
    fn joined_files_are_cut_where_the_next_begins() {
        let parts = [
            (Format::Ris, RIS),
            (Format::Medline, MEDLINE),
            (Format::EndNoteTagged, ENDNOTE),
            (Format::EndNoteXml, XML),
            (Format::OvidTagged, OVID),
            (Format::OvidTagged, OVID_LONG),
            (Format::WosTagged, WOS),
            (Format::WosTagged, WOS_BARE),
            (Format::RefWorksTagged, REFWORKS),
            (Format::BibTex, BIBTEX),
            (Format::PubMedXml, PUBMED),
            (Format::MarcXml, MARC),
            (Format::IctrpXml, ICTRP),
        ];
        for (first, one) in parts {
            for (second, other) in parts {
                let text = format!("{one}{other}");
                let expected = if first == second {
                    vec![Stretch { format: first, range: 0..text.len() }]
                } else {
                    vec![Stretch { format: first, range: 0..one.len() }, Stretch { format: second, range: one.len()..text.len() }]
                };
                assert_eq!(stretches(&text, first), expected, "{text}");
            }
        }
    }

    #[test]
    fn lines_that_only_look_like_a_start_cut_nothing() {
        for (text, format) in [
            ("TY  - JOUR\nN1  - see\nPMID- 1\nKW  - a\nER  - \n", Format::Ris),
            ("TY  - JOUR\nPMID- 7\nAU  - Ek, A\nAB  - Text\n\nmore\nER  - \n", Format::Ris),
            ("TY  - JOUR\nAB  - of\n%0 and more\nKW  - a\nER  - \n", Format::Ris),
            ("PMID- 1\nTI  - a\nTY  - for the paper, we say\nKW  - a\n", Format::Medline),
            ("TY  - JOUR\nAB  - of\nPT J\nAU Ek\nKW  - a\nER  - \n", Format::Ris),
            ("TY  - JOUR\nAB  - of\n<1. >\nTI  - b\nKW  - a\nER  - \n", Format::Ris),
            ("PMID- 1\nAB  - a\nRT was slow\nA1 receptors\nTI  - b\n", Format::Medline),
            ("PT J\nAB a\nRT Journal Article\nas it says\nER\n", Format::WosTagged),
            ("RT Journal Article\nAB a\n<1. >\nand more\nK1 b\n", Format::RefWorksTagged),
            ("<1. >\nAB  - a\nPT J\nand more\nTI  - b\n", Format::OvidTagged),
            ("%0 Journal Article\n%X a\nTY  - JOUR\n%K b\n", Format::EndNoteTagged),
            ("@article{a,\n  abstract = {b\nTY  - JOUR\nTI  - c\n},\n}\n", Format::BibTex),
            ("TY  - JOUR\nAB  - b\n@article{a,\n  title = {c}}\nER  - \n", Format::Ris),
            ("<xml><records><record><titles><title>D\nTY  - JOUR\nTI  - A\n</title></titles></record></records></xml>", Format::EndNoteXml),
        ] {
            assert_eq!(stretches(text, format).len(), 1, "{text}");
        }
    }
}
