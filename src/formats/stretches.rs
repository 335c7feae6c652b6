//! Where a file that was joined from several formats goes from one to the next.
//!
//! Goes in: the whole text. Comes out: its stretches, each in one format. A stretch begins at a line that starts a record
//! of its format and that a further tag line of that format follows, so that a number in an abstract cuts nothing.

use super::detect;
use super::lines::lines;
use super::ris;
use crate::record::Format;
use std::ops::Range;

/// A part of a text that is in one format.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) format: Format,
    pub(super) range: Range<usize>,
}

/// The first characters of records, or of files, of each format.
const STARTS: &[(&str, Format)] = &[
    ("TY  - ", Format::Ris),
    ("PMID- ", Format::Medline),
    ("%0 ", Format::EndNoteTagged),
    ("<?xml", Format::EndNoteXml),
    ("<xml>", Format::EndNoteXml),
    ("<records>", Format::EndNoteXml),
];

/// What may stand before a start on the same line, where a file did not end with a line end.
const ENDS: &[&str] = &["</xml>", "</records>", "ER  -"];

/// The format that `line` begins a record of, by its first characters.
pub(super) fn starts_record_of(line: &str) -> Option<Format> {
    STARTS.iter().find(|(start, _)| line.starts_with(start)).map(|(_, format)| *format)
}

/// The stretches of `text`, which as a whole was found to be in `format`; one where nothing was joined.
pub(super) fn stretches(text: &str, format: Format) -> Vec<Stretch> {
    let mut starts: Vec<(usize, Format)> = STARTS.iter().flat_map(|(start, format)| places(text, start).map(|at| (at, *format))).collect();
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

/// The places where `start` begins a line, or follows the end of a file that had no line end.
fn places<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = usize> + 't {
    memchr::memmem::find_iter(text.as_bytes(), start).filter(|at| {
        let before = &text[..*at];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let on_line = before[line_start..].trim_matches([' ', '\t']);
        on_line.is_empty() || ENDS.iter().any(|end| on_line.ends_with(end))
    })
}

/// Whether a record is open at the end of `stretch` that ends behind it: what stands there is a part of its text.
fn is_inside_record(text: &str, stretch: Range<usize>, format: Format) -> bool {
    let (before, behind) = (&text[stretch.clone()], &text[stretch.end..]);
    match format {
        Format::EndNoteXml => {
            let start = before.rfind("<record>").max(before.rfind("<record "));
            start.is_some() && before.rfind("</record>") < start
        }
        Format::Ris => {
            let last_line = before.trim_end().rsplit(['\n', '\r']).next().unwrap_or_default();
            let next = lines(behind, 0, behind.len()).find(|line| line.text.starts_with("TY  - ") || is_end(line.text));
            // Text behind "ER  -" may be that of an abstract.
            let has_ended = is_end(last_line) && last_line.trim_end().len() == "ER  -".len();
            !has_ended && next.is_some_and(|line| is_end(line.text))
        }
        Format::Medline | Format::EndNoteTagged => false,
    }
}

fn is_end(line: &str) -> bool {
    line.starts_with("ER  -")
}

/// Whether a record of `format` goes on behind the start that `text` begins with.
fn is_record(text: &str, format: Format) -> bool {
    let mut following = lines(text, 0, text.len());
    let Some(first) = following.next() else { return false };
    let next = following.find(|line| !line.is_blank());
    match format {
        Format::EndNoteXml => detect::detect(text) == Some(format),
        Format::Ris => {
            let type_name = &first.text["TY  - ".len()..];
            type_name.split_whitespace().count() <= 1 && next.is_some_and(|line| ris::is_tag_line(line.text))
        }
        Format::Medline | Format::EndNoteTagged => next.is_some_and(|line| detect::is_tag_line_of(line.text, format)),
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
    const XML: &str = "<?xml version=\"1.0\"?><xml><records><record><titles><title>D</title></titles></record></records></xml>\n";

    #[test]
    fn joined_files_are_cut_where_the_next_begins() {
        let parts = [(Format::Ris, RIS), (Format::Medline, MEDLINE), (Format::EndNoteTagged, ENDNOTE), (Format::EndNoteXml, XML)];
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
            ("%0 Journal Article\n%X a\nTY  - JOUR\n%K b\n", Format::EndNoteTagged),
            ("<xml><records><record><titles><title>D\nTY  - JOUR\nTI  - A\n</title></titles></record></records></xml>", Format::EndNoteXml),
        ] {
            assert_eq!(stretches(text, format).len(), 1, "{text}");
        }
    }
}
