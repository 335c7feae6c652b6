//! Whether the raw text of a record can stand in a file as it is.
//!
//! A piece of text that is well formed and stands alone between blank lines is read by any program, and read again gives
//! the record that it was. What is read only because our readers are lenient is not well formed: it is written anew.

use super::Target;
use crate::formats::lines::lines;
use crate::formats::ris::line::{self, Shape};
use crate::formats::stretches;
use crate::record::{Format, Record};
use std::borrow::Cow;

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LineEnd {
    #[default]
    Lf,
    CrLf,
}

impl LineEnd {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        }
    }

    /// The one way in which the lines of `text` end; `None` where they end in several ways or with CR alone.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if memchr::memchr(b'\r', bytes).is_none() {
            return Some(LineEnd::Lf);
        }
        let returns_have_feeds = memchr::memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
        let feeds_have_returns = memchr::memchr_iter(b'\n', bytes).all(|at| at > 0 && bytes[at - 1] == b'\r');
        (returns_have_feeds && feeds_have_returns).then_some(LineEnd::CrLf)
    }
}

/// The raw text of a record that may stand in a file as it is.
pub(super) struct Verbatim<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) ending: LineEnd,
}

/// The raw text of `record`, where it may stand in a file for `target` as it is.
pub(super) fn verbatim<'a>(record: &'a Record, target: &Target) -> Option<Verbatim<'a>> {
    if record.format() != target.format || !record.is_as_read() || !target.is_general() {
        return None;
    }
    if target.adds_line_to(record) {
        return None;
    }
    let is_well_formed = match target.format {
        Format::Ris => is_ris,
        Format::Medline => is_medline,
        Format::EndNoteTagged => is_endnote_tagged,
        _ => return None,
    };
    let text = record.raw();
    let ending = LineEnd::of(&text).filter(|_| is_well_formed(&text))?;
    Some(Verbatim { text, ending })
}

/// Well-formed RIS: the first line is `TY  - ` with a type; each further line has a tag of two characters (a capital, and a
/// capital or digit), two blanks, a hyphen and, before any value, a blank; or it goes on with the value before and could
/// not be taken for a tag line. No blank line stands before a tag. One `ER  -` without a value ends the record; behind it
/// there may be further tags (Ovid's `NL` and `XT`), but neither text nor blank lines. The lines end with LF or all of them
/// with CRLF.
fn is_ris(raw: &str) -> bool {
    let mut has_ended = false;
    let mut after_blank = false;
    for line in lines(raw, 0, raw.len()) {
        let Some(tag_line) = line::strict(line.text) else {
            after_blank = line.is_blank();
            if has_ended || line.number == 1 || !(after_blank || is_ris_text(line.text)) {
                return false;
            }
            continue;
        };
        let (tag, value) = (&line.text[tag_line.tag], &line.text[tag_line.value]);
        let is_right = match tag {
            "TY" => line.number == 1 && !value.trim().is_empty(),
            "ER" => !std::mem::replace(&mut has_ended, true) && value.trim().is_empty(),
            _ => line.number > 1,
        };
        if !is_right || after_blank || tag_line.shape != Shape::Strict {
            return false;
        }
    }
    has_ended
}

fn is_ris_text(line: &str) -> bool {
    line::loose(line).is_none() && !line::is_bare_end(line) && stretches::starts_record_of(line).is_none()
}

/// Well-formed MEDLINE: the first tag is `PMID` or `OWN`, `PMID` stands once; each line has a tag of up to four characters
/// in four columns, a hyphen and a blank, or six blanks and more of the value before. There are no blank lines and no `TY`,
/// with which a record of RIS begins. The lines end with LF or all of them with CRLF.
fn is_medline(raw: &str) -> bool {
    let mut n_pmids = 0;
    for line in lines(raw, 0, raw.len()) {
        let is_right = match medline_tag(line.text) {
            Some(tag) => {
                n_pmids += usize::from(tag == "PMID");
                (line.number > 1 || matches!(tag, "PMID" | "OWN")) && n_pmids < 2 && tag != "TY"
            }
            None => line.number > 1 && line.text.starts_with("      ") && !line.is_blank(),
        };
        if !is_right {
            return false;
        }
    }
    !raw.is_empty()
}

/// The tag in the four columns of a MEDLINE line, if it is a tag line.
fn medline_tag(line: &str) -> Option<&str> {
    let (columns, rest) = line.as_bytes().split_first_chunk::<4>()?;
    let tag = line.get(..4)?.trim_end_matches(' ');
    let is_tag =
        tag.len() >= 2 && columns[0].is_ascii_uppercase() && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (is_tag && matches!(rest, [b'-'] | [b'-', b' ', ..])).then_some(tag)
}

/// Well-formed EndNote tagged: the first line is `%0` with a type, which stands once; each line is a percent sign, one
/// character and a blank, or goes on with the value before. No blank line stands before a tag. The lines end with LF or all
/// of them with CRLF.
fn is_endnote_tagged(raw: &str) -> bool {
    let mut after_blank = false;
    for line in lines(raw, 0, raw.len()) {
        let is_right = match line.text.as_bytes() {
            [b'%', b'0', b' ', value @ ..] => line.number == 1 && !value.trim_ascii().is_empty(),
            [b'%', tag, b' ', ..] | [b'%', tag] if tag.is_ascii_graphic() => line.number > 1 && !after_blank,
            [b'%', tag, b'\t', ..] if tag.is_ascii_graphic() => false,
            _ => line.number > 1 && stretches::starts_record_of(line.text).is_none(),
        };
        if !is_right {
            return false;
        }
        after_blank = line.is_blank();
    }
    !raw.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ris() {
        for (raw, expected) in [
            ("TY  - JOUR\nTI  - A\nER  - ", true),
            ("TY  - JOUR\r\nTI  - A\r\nmore\r\nER  -", true),
            ("TY  - JOUR\nAB  - A\n\nmore\nER  - \nNL  - x", true),
            ("TY  - JOUR\nKW  - a\nb\nZZ  -\nER  -  ", true),
            ("TY  - JOUR\nTI  - A", false),
            ("TY  - \nER  - ", false),
            ("TY  - JOUR\nTI  - A\n\nAB  - B\nER  - ", false),
            ("TY  - JOUR\r\nTI  - A\nER  - ", false),
            ("TY  - JOUR\rTI  - A\rER  - ", false),
            ("TY  - JOUR\nTI  -A\nER  - ", false),
            ("TY  - JOUR\nAB  - A\nCI - x\nER  - ", false),
            ("TY  - JOUR\nTY  - JOUR\nER  - ", false),
            ("TY  - JOUR\nER  - \nER  - ", false),
            ("TY  - JOUR\nER  - x", false),
            ("TY  - JOUR\nER  - \ntext\nNL  - x", false),
            ("TI  - A\nTY  - JOUR\nER  - ", false),
            ("1.\nTY  - JOUR\nER  - ", false),
            ("TY  - JOUR\nAB  - a\nER\nER  - ", false),
            ("", false),
        ] {
            assert_eq!(LineEnd::of(raw).is_some() && is_ris(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn medline_and_endnote_tagged() {
        for (raw, expected) in [
            ("PMID- 1\nTI  - A\n      b", true),
            ("OWN - ERIC\r\nTI  - A", true),
            ("TI  - A\nPMID- 1", false),
            ("PMID- 1\n\nTI  - A", false),
            ("PMID- 1\nTI  - A\nlost indent", false),
            ("PMID- 1\nISSN - 1111-1119", false),
            ("PMID- 1\nPMID- 2", false),
            ("PMID- 1\nTY  - JOUR\nTI  - A", false),
            ("", false),
        ] {
            assert_eq!(is_medline(raw), expected, "{raw:?}");
        }
        for (raw, expected) in [
            ("%0 Journal Article\n%T A\n%X b\n\nc", true),
            ("%0 \n%T A", false),
            ("%T A\n%0 Book", false),
            ("%0 Book\n\n%T A", false),
            ("%0 Book\n%0 Book", false),
        ] {
            assert_eq!(is_endnote_tagged(raw), expected, "{raw:?}");
        }
    }
}
