//! Which export format a text is in, told by its content; and, where it is none, what it looks like instead.

use super::lines::lines;
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
    if start.starts_with('<') {
        return is_endnote_xml(start)
            .then_some(Format::EndNoteXml)
            .or_else(|| if looks_like(start).is_some() { None } else { tagged(text) });
    }
    if looks_like(start).is_some() { None } else { tagged(text) }
}

/// A line that only one format has decides; else the format that most lines could belong to.
fn tagged(text: &str) -> Option<Format> {
    let mut n_ris = 0;
    let mut n_medline = 0;
    let mut n_endnote = 0;
    for line in lines(text, 0, text.len()) {
        let text = line.text.trim_start_matches([' ', '\t', '>', '\u{feff}']);
        match hint(text) {
            Hint::Is(format) => return Some(format),
            Hint::MaybeRis => n_ris += 1,
            Hint::MaybeMedline => n_medline += 1,
            Hint::MaybeEndNote => n_endnote += 1,
            Hint::Nothing => {}
        }
    }
    // The two-letter lines of MEDLINE and of RIS are alike; only MEDLINE has tags of three and four letters.
    let n_hyphenated = n_ris + n_medline;
    if n_hyphenated.max(n_endnote) < ENOUGH_TAG_LINES {
        None
    } else if n_endnote >= n_hyphenated {
        Some(Format::EndNoteTagged)
    } else if n_medline > 0 {
        Some(Format::Medline)
    } else {
        Some(Format::Ris)
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

fn is_endnote_xml(text: &str) -> bool {
    let head = head(text);
    ["<records>", "<record>", "<records ", "<record "].iter().any(|element| head.contains(element))
        && !["PubmedArticle", "<!DOCTYPE html", "<html"].iter().any(|other| head.contains(other))
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a text that is no export looks like, in words that can follow "found"; `None` where nothing is recognised.
pub(super) fn looks_like(text: &str) -> Option<&'static str> {
    let head = head(text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}'));
    let lowered = head.to_ascii_lowercase();
    let first_line = lines(&lowered, 0, lowered.len()).next().map_or("", |line| line.text);
    if head.is_empty() {
        return Some("a blank file");
    }
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| lowered.starts_with(mark))
        || (lowered.starts_with('<') && lowered.contains("<html"))
    {
        return Some("a web page (HTML), perhaps a notice that the session had expired");
    }
    if lowered.contains("<pubmedarticle") {
        return Some("PubMed XML; choose the format PubMed (.nbib) instead");
    }
    if first_line.starts_with("fn clarivate") || first_line.starts_with("fn thomson") || first_line.starts_with("fn isi") {
        return Some("a tagged export of Web of Science; choose the format RIS instead");
    }
    if lowered.starts_with('<') && first_line.ends_with(". >") {
        return Some("a tagged export of Ovid; choose the format RIS instead");
    }
    if lowered.starts_with('{') || lowered.starts_with('[') {
        return Some("JSON");
    }
    if is_bibtex(&lowered) {
        return Some("BibTeX; choose the format RIS instead");
    }
    if first_line.matches('\t').count() >= 3 || first_line.matches("\",\"").count() >= 3 || header_commas(first_line) >= 4 {
        return Some("a table (CSV); choose the format RIS instead");
    }
    None
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
        (b"\xd0\xcf\x11\xe0", "an old Office document (.xls, .doc)"),
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
            ("junk\nOWN - ERIC", Some(Format::Medline)),
            ("FAU - Ek, A\nTI  - x", Some(Format::Medline)),
            ("%T x\n%A Ek, A\n", Some(Format::EndNoteTagged)),
            ("<?xml version=\"1.0\"?>\n<xml><records><record>", Some(Format::EndNoteXml)),
            ("<!DOCTYPE html><html>TY  - JOUR", None),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nER\n", None),
            ("<3001. >\nVN  - Ovid Technologies\nTI  - x\n", None),
            ("@article{a,\n title={TY}}\n", None),
            ("Authors,Title,Year,Journal,DOI\n\"TY  - JOUR\"\n", None),
            ("", None),
            (" \n\n", None),
            ("Dear colleague,\nTY for the paper - it is good.\n", None),
        ] {
            assert_eq!(detect(text), expected, "{text:?}");
        }
    }
}
