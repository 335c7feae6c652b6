//! What people's and programs' decisions and refsieve's own lines look like inside a note, and how it is divided at them.
//!
//! Goes in: the value of one note, into which a program may have glued several. Comes out: which stretches of it are
//! ordinary notes, which decisions, which provenance. Only blanks and separators between two stretches belong to none.

use super::{Field, Provenance, decision, provenance, rayyan};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// A stretch of a note that is no ordinary text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// Who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// refsieve: a line of provenance.
    Provenance,
    /// refsieve: a decision that was a column.
    Own,
    /// Rayyan: one or several of its parts, one behind the other.
    Rayyan,
    /// ASReview: one label.
    AsReview,
    /// Covidence: the reason of an exclusion.
    Covidence,
}

/// What ASReview's labels begin with.
pub(super) const ASREVIEW: &str = "ASReview_";

/// What Covidence's reasons begin with, but for the first letter, which may be small.
const COVIDENCE: &str = "xclusion reason:";

/// One of these stands in every note that holds a mark.
const NEEDLES: [&str; 5] = ["[refsieve-", "RAYYAN-", "USER-NOTES:", ASREVIEW, COVIDENCE];

/// Finds them in one pass.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(NEEDLES).ok());

/// The stretches of a note by what they are about, in order; `None` where all of it is an ordinary note.
pub(super) fn split(value: &str) -> Option<Vec<(Field, Range<usize>)>> {
    let marks = marks(value);
    let mut pieces = Vec::new();
    let mut end = 0;
    for mark in &marks {
        pieces.extend(text_between(value, end..mark.range.start, end > 0, true).map(|range| (Field::Note, range)));
        let field = if mark.kind == Kind::Provenance { Field::Provenance } else { Field::Decision };
        pieces.push((field, mark.range.clone()));
        end = mark.range.end;
    }
    pieces.extend(text_between(value, end..value.len(), end > 0, false).map(|range| (Field::Note, range)));
    match pieces.as_mut_slice() {
        _ if marks.is_empty() => return None,
        // Nothing else stands there: the value stays as it is.
        [(_, range)] => *range = 0..value.len(),
        _ => {}
    }
    Some(pieces)
}

/// The marks in `text`, in order; none overlap.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    if FINDER.as_ref().is_some_and(|finder| !finder.is_match(bytes)) {
        return Vec::new();
    }
    let of = |kind| move |range| Mark { kind, range };
    let origins = Provenance::find(text).filter(|range| Provenance::parse(&text[range.clone()]).is_some());
    let mut found: Vec<Mark> = origins.map(of(Kind::Provenance)).collect();
    found.extend(provenance::bracketed(text, decision::OWN_MARK).map(of(Kind::Own)));
    found.extend(rayyan::find(text).into_iter().map(of(Kind::Rayyan)));
    found.extend(memchr::memmem::find_iter(bytes, ASREVIEW).filter_map(|start| asreview(text, start)).map(of(Kind::AsReview)));
    found.extend(memchr::memmem::find_iter(bytes, COVIDENCE).filter_map(|at| covidence(text, at)).map(of(Kind::Covidence)));
    found.sort_by_key(|mark| mark.range.start);
    let mut marks: Vec<Mark> = Vec::new();
    for mark in found {
        match marks.last_mut() {
            Some(last) if mark.range.start < last.range.end => {}
            Some(last) if last.kind == Kind::Rayyan && mark.kind == last.kind && is_separator(&text[last.range.end..mark.range.start]) => {
                last.range.end = mark.range.end;
            }
            _ => marks.push(mark),
        }
    }
    marks
}

/// A whole word "ASReview_…".
fn asreview(text: &str, start: usize) -> Option<Range<usize>> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if text[..start].ends_with(is_word) {
        return None;
    }
    let name = &text[start + ASREVIEW.len()..];
    let len = name.find(|c| !is_word(c)).unwrap_or(name.len());
    (len > 0).then_some(start..start + ASREVIEW.len() + len)
}

/// "Exclusion reason: …" at the beginning of a part of the note, to the end of the part; `at` is that of [`COVIDENCE`].
fn covidence(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at.checked_sub(1).filter(|start| text.as_bytes()[*start].eq_ignore_ascii_case(&b'e'))?;
    let before = text[..start].trim_end_matches([' ', '\t', '\u{a0}']);
    if !before.is_empty() && !before.ends_with([';', '|', '\n', '\r', '>', ']', '}']) {
        return None;
    }
    let reason = &text[at + COVIDENCE.len()..];
    let len = reason.find([';', '\n', '\r', '|', '<', '[', '>', ']', '}']).unwrap_or(reason.len());
    let reason = reason[..len].trim_end();
    (!reason.trim().is_empty()).then_some(start..at + COVIDENCE.len() + reason.len())
}

/// What programs put between the notes that they glue together.
const SEPARATORS: &[&str] = &["|", ";", ",", "<br>", "<br/>", "<br />", "<p>", "</p>"];

fn is_separator(text: &str) -> bool {
    behind_separators(text).is_empty()
}

fn behind_separators(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(rest) = SEPARATORS.iter().find_map(|separator| text.strip_prefix(separator)) {
        text = rest.trim_start();
    }
    text
}

fn before_separators(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(rest) = SEPARATORS.iter().find_map(|separator| text.strip_suffix(separator)) {
        text = rest.trim_end();
    }
    text
}

/// The text in `range` without the separators towards the marks beside it; `None` where nothing else is there.
fn text_between(value: &str, range: Range<usize>, behind_mark: bool, before_mark: bool) -> Option<Range<usize>> {
    let text = &value[range.clone()];
    if is_separator(text) {
        return None;
    }
    let behind = if behind_mark { behind_separators(text) } else { text };
    let start = range.end - behind.len();
    let len = if before_mark { before_separators(behind).len() } else { behind.len() };
    Some(start..start + len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pieces of `input` with the first letter of their field.
    fn pieces(input: &str) -> Vec<String> {
        let pieces = split(input).unwrap_or_default();
        pieces.into_iter().map(|(field, range)| format!("{}:{}", &format!("{field:?}")[..1], &input[range])).collect()
    }

    #[test]
    fn notes_are_divided_at_marks() {
        let rayyan = r#"RAYYAN-INCLUSION: {"K"=>"Maybe"} | RAYYAN-LABELS: a, b"#;
        let origin = "[refsieve-origin: ordinal=1; id=7; file=a.ris]";
        for (input, expected) in [
            ("An ordinary note; with: signs_", vec![]),
            ("", vec![]),
            (rayyan, vec![format!("D:{rayyan}")]),
            (&format!("Read twice | {rayyan}"), vec!["N:Read twice".into(), format!("D:{rayyan}")]),
            (&format!("{rayyan}\nRead twice;"), vec![format!("D:{rayyan}"), "N:Read twice;".into()]),
            (&format!("<p>{origin}</p>"), vec![format!("P:<p>{origin}</p>")]),
            (&format!("{origin}; {origin} {rayyan}"), vec![format!("P:{origin}"), format!("P:{origin}"), format!("D:{rayyan}")]),
            (&format!("{rayyan}{origin}"), vec![format!("D:{rayyan}"), format!("P:{origin}")]),
            (&format!("a<br>{origin}<br>b"), vec!["N:a".into(), format!("P:{origin}"), "N:b".into()]),
            ("ASReview_relevant", vec!["D:ASReview_relevant".into()]),
            ("Seen, ASReview_not_seen", vec!["N:Seen".into(), "D:ASReview_not_seen".into()]),
            ("xASReview_relevant ASReview_ alone", vec![]),
            ("Exclusion reason: Wrong design; ", vec!["D:Exclusion reason: Wrong design; ".into()]),
            (
                "AB: see p. 2; Exclusion reason: Wrong design; x",
                vec!["N:AB: see p. 2".into(), "D:Exclusion reason: Wrong design".into(), "N:x".into()],
            ),
            ("They gave as exclusion reason: none", vec![]),
            ("Exclusion reason: ;", vec![]),
            ("[refsieve-decision: included=1]", vec!["D:[refsieve-decision: included=1]".into()]),
            ("[refsieve-origin: cut", vec![]),
        ] {
            assert_eq!(pieces(input), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_separators_is_left_out(
            value in "(RAYYAN-INCLUSION: |RAYYAN-LABELS: |\\{\"K\"=>\"Maybe\"\\}|Exclusion reason: |ASReview_|\\[refsieve-origin: id=1\\]|[|;,<>\\]é \na]|<br>|<p>){0,24}",
        ) {
            if let Some(pieces) = split(&value) {
                let mut end = 0;
                for (_, range) in pieces {
                    prop_assert!(is_separator(&value[end..range.start]) && !range.is_empty());
                    end = range.end;
                }
                prop_assert!(is_separator(&value[end..]));
            } else {
                prop_assert!(!value.contains("[refsieve-origin: id=1]"));
            }
        }
    }
}
