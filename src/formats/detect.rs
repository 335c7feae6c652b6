//! Which export format a text is in, told by its content; and, where it is none, what it looks like instead.

use super::lines::lines;
use super::{bibtex, csl_json, ictrp, json_lines, marcxml, ovid, pubmed_xml, refworks, table, wos, xml};
use crate::record::Format;

/// How many undecided tag lines make a format where no line of the text is decisive.
const ENOUGH_TAG_LINES: usize = 2;

/// The format of `text`, whatever its file is called; `None` where it is no export that can be read.
///
/// ```
/// use refsieve::formats::detect;
/// use refsieve::record::Format;
/// assert_eq!(detect("%0 Journal Article\n%T A title\n"), Some(Format::EndNoteTagged));
/// assert_eq!(detect("<html><body>Your session has expired</body></html>"), None);
/// ```
#[must_use]
pub fn detect(text: &str) -> Option<Format> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let first = first_document(start);
    if let Some((format, _)) = BEGINNINGS.iter().find(|(_, is)| is(first)) {
        return Some(*format);
    }
    if another_format(start).is_some() {
        return None;
    }
    let tagged = tagged(text);
    if let Tagged::Surely(format) = tagged {
        return Some(format);
    }
    if let Some(format) = table::format(start) {
        return Some(format);
    }
    match tagged {
        Tagged::Perhaps(format) if other_content(start).is_none() => Some(format),
        _ => None,
    }
}

/// Whether a text that begins so is in a format.
type Beginning = fn(&str) -> bool;

/// Formats that are told by how a file begins, whatever follows; asked in this order.
const BEGINNINGS: &[(Format, Beginning)] = &[
    // Whatever their values quote.
    (Format::Ris, |text| text.starts_with("TY  - ")),
    (Format::Medline, |text| text.starts_with("PMID- ")),
    (Format::EndNoteTagged, |text| text.starts_with("%0 ")),
    (Format::BibTex, |text| bibtex::starts_entry(text.lines().next().unwrap_or_default())),
    (Format::Tsv, |text| !begins_with_markup(text) && table::is_known_tsv(first_line(head(text)))),
    (Format::Csv, |text| !begins_with_markup(text) && table::is_known_csv(first_line(head(text)))),
    // EndNote's root, and nobody else's.
    (Format::EndNoteXml, |text| xml::root(head(text)) == Some("xml") && is_endnote_xml(text)),
    (Format::PubMedXml, pubmed_xml::is),
    (Format::MarcXml, marcxml::is),
    (Format::IctrpXml, ictrp::is),
    (Format::EndNoteXml, is_endnote_xml),
    (Format::OvidTagged, ovid::is),
    (Format::WosTagged, wos::is),
    (Format::RefWorksTagged, refworks::is),
    (Format::JsonLines, json_lines::is),
    (Format::CslJson, csl_json::is),
    // A cell may quote an entry of BibTeX.
    (Format::Tsv, |text| !begins_with_tags(text) && table::is_known_tsv(text)),
    (Format::Csv, |text| !begins_with_tags(text) && table::is_known_csv(text)),
    (Format::BibTex, bibtex::is),
];

/// Whether the first line, which may be the whole file, is no row of a table, whatever stands in it.
fn begins_with_markup(text: &str) -> bool {
    text.starts_with(['<', '{', '[', '@', '%'])
}

/// Whether the first two lines are tag lines: a header of a table further down is quoted in a value.
fn begins_with_tags(text: &str) -> bool {
    let first = lines(text, 0, text.len()).filter(|line| !line.is_blank()).take(2);
    first.filter(|line| is_tag_line(line.text)).count() == 2
}

/// Whether `line` is a tag line of one of the formats, in its usual form.
pub(super) fn is_tag_line(line: &str) -> bool {
    !matches!(hint(line), Hint::Nothing)
}

/// Whether `line` is a tag line of `format`, or of one whose tag lines are alike.
pub(super) fn is_tag_line_of(line: &str, format: Format) -> bool {
    match format {
        Format::OvidTagged => return ovid::is_tag_line(line),
        Format::WosTagged => return wos::is_tag_line(line),
        Format::RefWorksTagged => return refworks::is_tag_line(line),
        _ => {}
    }
    match hint(line) {
        Hint::Is(found) => found == format,
        Hint::MaybeEndNote => format == Format::EndNoteTagged,
        Hint::MaybeMedline => format == Format::Medline,
        Hint::MaybeRis => matches!(format, Format::Ris | Format::Medline),
        Hint::Nothing => false,
    }
}

enum Tagged {
    /// A line stands in the text that only this format has.
    Surely(Format),
    /// Most tag lines fit this format.
    Perhaps(Format),
    No,
}

fn tagged(text: &str) -> Tagged {
    let mut n_ris = 0;
    let mut n_medline = 0;
    let mut n_endnote = 0;
    for line in lines(text, 0, text.len()) {
        let text = line.text.trim_start_matches([' ', '\t', '>', '\u{feff}']);
        match hint(text) {
            Hint::Is(format) => return Tagged::Surely(format),
            Hint::MaybeRis => n_ris += 1,
            Hint::MaybeMedline => n_medline += 1,
            Hint::MaybeEndNote => n_endnote += 1,
            Hint::Nothing => {}
        }
    }
    // The two-letter lines of MEDLINE and of RIS are alike; only MEDLINE has tags of three and four letters.
    let n_hyphenated = n_ris + n_medline;
    if n_hyphenated.max(n_endnote) < ENOUGH_TAG_LINES {
        Tagged::No
    } else if n_endnote >= n_hyphenated {
        Tagged::Perhaps(Format::EndNoteTagged)
    } else if n_medline > 0 {
        Tagged::Perhaps(Format::Medline)
    } else {
        Tagged::Perhaps(Format::Ris)
    }
}

enum Hint {
    Is(Format),
    MaybeRis,
    MaybeMedline,
    MaybeEndNote,
    Nothing,
}

fn hint(line: &str) -> Hint {
    let bytes = line.as_bytes();
    let is_tag_char = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    match bytes {
        [b'T' | b't', b'Y' | b'y', rest @ ..] if is_type(rest) => Hint::Is(Format::Ris),
        [b'E', b'R', b' ', b' ', b'-', ..] => Hint::Is(Format::Ris),
        [b'P', b'M', b'I', b'D', b'-', b' ', ..] | [b'O', b'W', b'N', b' ', b'-', b' ', ..] => Hint::Is(Format::Medline),
        [b'%', b'0', b' ', ..] => Hint::Is(Format::EndNoteTagged),
        [b'%', _, b' ', ..] => Hint::MaybeEndNote,
        [a, b, b' ', b' ', b'-', ..] if is_tag_char(a) && is_tag_char(b) => Hint::MaybeRis,
        [a, b, c, d, b'-', b' ', ..] if is_tag_char(a) && is_tag_char(b) && is_tag_char(c) && (is_tag_char(d) || *d == b' ') => {
            Hint::MaybeMedline
        }
        _ => Hint::Nothing,
    }
}

/// Whether what follows "TY" is a separator, of whatever shape, and one word.
fn is_type(rest: &[u8]) -> bool {
    let Some(rest) = std::str::from_utf8(rest).ok() else { return false };
    let trimmed = rest.trim_start();
    let Some(value) = trimmed.strip_prefix(['-', '–', '—', '‐', '‑', '−']) else { return false };
    let has_gap = trimmed.len() < rest.len();
    has_gap && (value.is_empty() || value.starts_with(char::is_whitespace)) && value.split_whitespace().count() <= 1
}

/// How far into a file its root elements are looked for.
const HEAD: usize = 4096;

/// `<records>`, or a `<record>` with EndNote's elements: MARC and OAI have records of their own kinds.
fn is_endnote_xml(text: &str) -> bool {
    let head = head(text);
    let has = |element: &str| head.contains(element);
    let has_record = has("<record>") || has("<record ");
    xml::begins(head) && (has("<records>") || has("<records ") || (has_record && (has("<ref-type") || has("<titles>"))))
}

/// The ends of XML documents.
const ROOT_ENDS: &[&str] =
    &["</xml>", "</records>", "</PubmedArticleSet>", "</collection>", "</marc:collection>", "</Trials_downloaded_from_ICTRP>"];

/// `text` up to the end of the XML document that it begins with: another may be joined to it.
fn first_document(text: &str) -> &str {
    if !text.starts_with('<') {
        return text;
    }
    let head = head(text);
    ROOT_ENDS.iter().filter_map(|end| head.find(end)).min().map_or(text, |end| &text[..end])
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(HEAD)]
}

const UNKNOWN_TABLE: &str = "a table in which no column is known to hold titles; say what its columns are (--columns)";

/// What a text that is no export looks like, in words that can follow "found"; `None` where nothing is recognised.
pub(super) fn looks_like(text: &str) -> Option<&'static str> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let table = || table::is_perhaps(start).then_some(UNKNOWN_TABLE);
    another_format(start).or_else(|| other_content(start)).or_else(table)
}

/// Formats that are known by their first characters, whatever follows.
fn another_format(text: &str) -> Option<&'static str> {
    let lowered = head(text).to_ascii_lowercase();
    let has = |mark: &str| lowered.contains(mark);
    if lowered.is_empty() {
        Some("a blank file")
    } else if !lowered.starts_with('<') {
        None
    } else if ["<html", "<!doctype html", "<head", "<body"].iter().any(|mark| has(mark)) {
        Some("a web page (HTML), perhaps a notice that the session had expired")
    } else if has("<pubmedarticle") {
        Some("PubMed XML; choose the format PubMed (.nbib) instead")
    } else if lowered.starts_with("<?xml") {
        Some("XML that is not EndNote's")
    } else {
        None
    }
}

/// Content that tag lines may still stand in by chance, or after it.
fn other_content(text: &str) -> Option<&'static str> {
    let lowered = head(text).to_ascii_lowercase();
    let first_line = first_line(&lowered);
    if lowered.starts_with(['{', '[']) {
        Some("JSON")
    } else if is_bibtex(&lowered) {
        Some("BibTeX; choose the format RIS instead")
    } else if first_line.matches('\t').count() >= 3 || first_line.matches("\",\"").count() >= 3 || header_commas(first_line) >= 4 {
        Some(UNKNOWN_TABLE)
    } else {
        None
    }
}

fn first_line(text: &str) -> &str {
    lines(text, 0, text.len()).next().map_or("", |line| line.text)
}

fn is_bibtex(lowered: &str) -> bool {
    lowered.lines().take(20).any(|line| {
        let Some(rest) = line.trim_start().strip_prefix('@') else { return false };
        let name_end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        name_end >= 3 && rest[name_end..].trim_start().starts_with('{')
    })
}

/// The separators of a line that has the look of a header row: short names between commas or semicolons.
fn header_commas(line: &str) -> usize {
    [',', ';']
        .iter()
        .map(|separator| if line.split(*separator).all(|name| name.len() <= 40) { line.matches(*separator).count() } else { 0 })
        .max()
        .unwrap_or(0)
}

/// What bytes that are no text at all look like, by the marks files begin with.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive or an Office document (.zip, .xlsx, .docx)"),
        (b"\x1f\x8b", "a compressed file (.gz)"),
        (b"%PDF", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "an old or encrypted Office document (.xls, .doc); save it as an unprotected .xlsx or as CSV"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3", "a SQLite database"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"{\\rtf", "a Rich Text document; save it as plain text"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_content() {
        for (text, expected) in [
            ("TY  - JOUR\nER  - \n", Some(Format::Ris)),
            ("\n\nC1  - 1\nTI  - x\nER  -\n", Some(Format::Ris)),
            ("1. \nTY  -  JOUR", Some(Format::Ris)),
            ("TY – JOUR", Some(Format::Ris)),
            ("PMID- 1\nTI  - x", Some(Format::Medline)),
            (
                "<xml><records><record><titles><title>A,PMID,Title,Authors,Citation,primarytitle,Journal/Book,</title></titles></record></records></xml>",
                Some(Format::EndNoteXml),
            ),
            (
                "<?xml version=\"1.0\"?>\n<xml><records><record><titles><title>&lt;record xmlns=\"http://www.loc.gov/MARC21/slim\"&gt;</title></titles></record></records></xml>",
                Some(Format::EndNoteXml),
            ),
            (
                "PMID,Title,Authors,Citation,Journal/Book\n1,\"A\nAccession Number\n  1\nTitle\n  B\nSource\n  C\nAbstract\n  D\n\",C,D,E\n",
                Some(Format::Csv),
            ),
            (
                "OWN - NLM\nDP  - 2021\nTI  - Beta.\nAB  - Rows\nPMID,Title,Authors,Citation,Journal/Book\n1,A,B,C,J\n",
                Some(Format::Medline),
            ),
            ("junk\nOWN - ERIC", Some(Format::Medline)),
            ("FAU - Ek, A\nTI  - x", Some(Format::Medline)),
            ("%T x\n%A Ek, A\n", Some(Format::EndNoteTagged)),
            ("<?xml version=\"1.0\"?>\n<xml><records><record>", Some(Format::EndNoteXml)),
            ("<!DOCTYPE html><html>TY  - JOUR", None),
            ("Search: a, b, c, d, e, f\nTY  - JOUR\n", Some(Format::Ris)),
            ("<?xml version=\"1.0\"?><collection><record><leader>0</leader></record>", None),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nER\n", Some(Format::WosTagged)),
            ("PT J\nAU Ek, A\nTI x\nER\n", Some(Format::WosTagged)),
            ("RT Journal Article\nA1 Ek, A\nT1 x\n", Some(Format::RefWorksTagged)),
            ("<8>\nUnique Identifier\n  7\nTitle\n  x\n", Some(Format::OvidTagged)),
            ("<3001. >\nVN  - Ovid Technologies\nTI  - x\n", Some(Format::OvidTagged)),
            ("Authors,Title,Year,Journal,DOI\n\"TY  - JOUR\"\n", Some(Format::Csv)),
            ("PMID,Title,Authors,Citation,Journal/Book\n1,\"A\nTY  - JOUR\",\"Ek A.\",\"\",J\n", Some(Format::Csv)),
            ("Year\tTitle\tCost\n2000\tA\t1\n", Some(Format::Tsv)),
            ("@article{a,\n title={TY}}\n", Some(Format::BibTex)),
            ("Scopus\nEXPORT DATE: 1 May 2020\n\n@ARTICLE{Ek2020,\nauthor={Ek, A.},\n}\n", Some(Format::BibTex)),
            ("TI  - x\n@article{a,\n title={TY}}\n", None),
            ("write to @ek {me}\n", None),
            ("@article{a,\n title={B}, note={\n<1. >\nVN  - Ovid Technologies\nTI  - x\n}}\n", Some(Format::BibTex)),
            (
                "PMID- \nTI  - x\n      \"author\",\"title\",\"year\",\"journal\",\"abstract\",\"doi\"\n      \"a\",\"b\"\n",
                Some(Format::Medline),
            ),
            ("TY  - JOUR\nAB  - x\n<1. >\nVN  - Ovid Technologies\nTI  - x\nER  - \n", Some(Format::Ris)),
            ("PMID,Title,Authors,Citation,Journal/Book\n1,\"A\n@article{a,\ntitle={B},\n}\",\"Ek A.\",\"\",J\n", Some(Format::Csv)),
            ("<1. >\nVN  - Ovid Technologies\nTI  - <?xml?><records><record><titles>\n", Some(Format::OvidTagged)),
            ("", None),
            (" \n\n", None),
            ("Dear colleague,\nTY for the paper - it is good.\n", None),
        ] {
            assert_eq!(detect(text), expected, "{text:?}");
        }
    }
}
