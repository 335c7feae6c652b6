//! Where a file that was joined from several formats goes from one to the next.
//!
//! Goes in: the whole text. Comes out: its stretches, each in one format. A stretch begins at a line that starts a record
//! of its format and that a further tag line of that format follows, so that a number in an abstract cuts nothing.

use super::lines::lines;
use super::{bibtex, detect, ovid, refworks, ris, wos};
use crate::record::Format;
use aho_corasick::AhoCorasick;
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

/// Those with the same mark stand side by side.
const STARTS: &[Start] = &[
    start("TY  - ", Format::Ris),
    start("PMID- ", Format::Medline),
    start("%0 ", Format::EndNoteTagged),
    start("<?xml", Format::EndNoteXml),
    start("<?xml", Format::PubMedXml),
    start("<?xml", Format::MarcXml),
    start("<?xml", Format::IctrpXml),
    start("<xml>", Format::EndNoteXml),
    start("<records>", Format::EndNoteXml),
    start("<PubmedArticleSet", Format::PubMedXml),
    start("<PubmedArticle>", Format::PubMedXml),
    start("<collection", Format::MarcXml),
    start("<marc:collection", Format::MarcXml),
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
    let starts = starts(text);
    let before = starts.first().and_then(|(at, _)| detect::detect(&text[..*at]));
    let mut current = before.or(starts.first().map(|(_, format)| *format)).unwrap_or(format);
    let mut out = Vec::new();
    let mut start = 0;
    let mut open = OpenRecord::default();
    for (at, format) in starts {
        if format == current || !is_record(&text[at..], format) || open.is_at(text, start..at, current) {
            continue;
        }
        let cut = if format == Format::Ris { before_numbers(text, at) } else { at };
        if cut > start {
            out.push(Stretch { format: current, range: start..cut });
        }
        start = cut;
        current = format;
        open = OpenRecord::default();
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

/// The places where one of [`STARTS`] begins a line, or follows the end of a file that had no line end, in rising order.
fn starts(text: &str) -> Vec<(usize, Format)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let rare: Vec<&Start> = STARTS.iter().filter(|start| start.may_be_glued).collect();
    let mut marks: Vec<&str> = rare.iter().map(|start| start.mark).collect();
    marks.dedup();
    if let Ok(finder) = AhoCorasick::new(&marks) {
        for found in finder.find_iter(bytes).filter(|found| follows_end(text, found.start())) {
            let mark = marks[found.pattern().as_usize()];
            out.extend(rare.iter().filter(|start| start.mark == mark).map(|start| (found.start(), start.format)));
        }
    }
    // Markup is full of what may begin a line.
    let common: Vec<&Start> = STARTS.iter().filter(|start| !start.may_be_glued).collect();
    for at in std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', bytes).map(|end| end + 1)) {
        let begins_here = |start: &&&Start| bytes[at..].starts_with(start.mark.as_bytes()) && (start.is)(line_at(text, at));
        out.extend(common.iter().filter(begins_here).map(|start| (at, start.format)));
    }
    out.sort_unstable();
    out
}

/// Whether nothing but blanks, or the end of a file, stands before `at` on its line. Looks back no further than it must:
/// markup may be one line.
fn follows_end(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r']) || ENDS.iter().any(|end| before.ends_with(end))
}

/// No line that alone tells a start is longer.
const LONGEST_HEAD: usize = 512;

/// What begins a file of XML is told by no more than this.
const LONGEST_PROLOG: usize = 4 * 1024;

/// The rest of the line that `at` stands on, or the start of it.
fn line_at(text: &str, at: usize) -> &str {
    let head = &text[at..text.floor_char_boundary(at + LONGEST_HEAD)];
    lines(head, 0, head.len()).next().map_or("", |line| line.text)
}

/// Whether a record is open at places of one stretch, which are asked for in rising order: what was looked at once is not
/// looked at again, since there may be as many places as lines.
#[derive(Default)]
struct OpenRecord {
    /// XML: up to where, from the start of the stretch, the text was looked at.
    looked_to: usize,
    /// XML: whether a record was open there.
    was_open: bool,
    /// RIS: the next line that ends or begins a record, and whether it is an end.
    next_bound: Option<(usize, bool)>,
    /// BibTeX: the end of the entry that was last found to be open.
    open_to: usize,
}

impl OpenRecord {
    /// Whether a record is open at the end of `stretch`: what stands behind it is a part of the record's text.
    fn is_at(&mut self, text: &str, stretch: Range<usize>, format: Format) -> bool {
        let at = stretch.end;
        match format {
            Format::EndNoteXml | Format::PubMedXml | Format::MarcXml | Format::IctrpXml => {
                let element = XML_ELEMENTS.iter().find(|(known, _, _)| *known == format).map_or("", |(_, element, _)| element);
                let new = &text.as_bytes()[stretch.start + self.looked_to..at];
                if let Some(is_start) = memchr::memrchr_iter(b'<', new).find_map(|bracket| starts_or_ends(&new[bracket + 1..], element)) {
                    self.was_open = is_start;
                }
                // A tag that the place cuts in two is looked at again.
                self.looked_to = memchr::memrchr(b'<', new).map_or(at - stretch.start, |bracket| self.looked_to + bracket);
                self.was_open
            }
            Format::Ris => {
                if self.next_bound.is_none_or(|(bound, _)| bound < at) {
                    let bound = lines(text, at, text.len()).find(|line| line.text.starts_with("TY  - ") || is_end(line.text));
                    self.next_bound = Some(bound.map_or((text.len(), false), |line| (line.start, is_end(line.text))));
                }
                let last_line = text[stretch].trim_end().rsplit(['\n', '\r']).next().unwrap_or_default();
                // Text behind "ER  -" may be that of an abstract.
                let has_ended = is_end(last_line) && last_line.trim_end().len() == "ER  -".len();
                !has_ended && self.next_bound.is_some_and(|(_, is_end)| is_end)
            }
            Format::BibTex => {
                if self.open_to <= at {
                    let end = bibtex::open_entry_end(&text[stretch.start..], at - stretch.start);
                    self.open_to = end.map_or(at, |end| stretch.start + end);
                }
                self.open_to > at
            }
            _ => false,
        }
    }
}

/// Whether the tag whose bracket `behind` follows starts (`true`) or ends (`false`) an `element`.
fn starts_or_ends(behind: &[u8], element: &str) -> Option<bool> {
    let (name, is_start) = behind.strip_prefix(b"/").map_or((behind, true), |name| (name, false));
    let after = name.strip_prefix(element.as_bytes())?;
    matches!(after.first(), Some(b'>' | b' ')).then_some(is_start)
}

fn is_end(line: &str) -> bool {
    line.starts_with("ER  -")
}

/// Whether a record of `format` goes on behind the start that `text` begins with.
fn is_record(text: &str, format: Format) -> bool {
    if matches!(format, Format::EndNoteXml | Format::PubMedXml | Format::MarcXml | Format::IctrpXml) {
        return detect::detect(&text[..text.floor_char_boundary(LONGEST_PROLOG)]) == Some(format);
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
    fn many_places_cost_linear_time() {
        let n = 10_000;
        let inside = |start: &str| format!("<xml><records><record><notes>{}</notes></record></records></xml>", start.repeat(n));
        for (text, format, expected) in [
            (XML.repeat(n), Format::EndNoteXml, 1),
            (PUBMED.trim_end().repeat(n), Format::PubMedXml, 1),
            (inside("\n<?xml version=\"1.0\"?>"), Format::EndNoteXml, 1),
            (inside(&PUBMED.replace("</PubmedArticleSet>\n", "\n")), Format::EndNoteXml, 1),
            (format!("{RIS}TY  - JOUR\n{}ER  - \n", "PMID- 1\nOWN - NLM\n".repeat(n)), Format::Ris, 1),
            (format!("@article{{a,\n  title = {{B\n{}", "PMID- 1\nOWN - NLM\n".repeat(n)), Format::BibTex, 1),
            (format!("{XML}{MARC}").repeat(n / 10), Format::EndNoteXml, n / 5),
            (format!("{RIS}{MEDLINE}").repeat(n / 10), Format::Ris, n / 5),
        ] {
            let found = stretches(&text, format);
            assert_eq!(found.len(), expected, "{}", &text[..100]);
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
