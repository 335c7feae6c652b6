//! Records as a search shows them: texts with the words that were found marked.

use crate::search::Marked;
use serde::Serialize;
use std::fmt::Write as _;
use std::ops::Range;

/// A record and its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The record's id.
    pub id: String,
    /// Its texts.
    pub texts: Vec<ShownText>,
}

/// A text of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownText {
    /// The name of its field.
    pub field: &'static str,
    /// The text.
    pub text: String,
    /// The bytes that are marked: rising, apart from each other; each a start and an end.
    #[serde(serialize_with = "as_pairs")]
    pub marks: Vec<Range<usize>>,
}

fn as_pairs<S: serde::Serializer>(marks: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(marks.iter().map(|mark| [mark.start, mark.end]))
}

impl ShownText {
    /// A text that a search has marked.
    #[must_use]
    pub fn of(marked: Marked) -> Self {
        Self { field: marked.field.name(), text: marked.text, marks: marked.marks }
    }

    /// The pieces of the text, each with whether it is marked.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let ends = self.marks.iter().flat_map(|mark| [(mark.start, false), (mark.end, true)]).chain([(self.text.len(), false)]);
        let mut from = 0;
        ends.filter_map(move |(to, is_marked)| {
            let piece = self.text.get(from..to).unwrap_or_default();
            from = to;
            (!piece.is_empty()).then_some((piece, is_marked))
        })
    }
}

impl Shown {
    /// The record for a terminal; `around` stands around what is marked.
    #[must_use]
    pub fn to_text(&self, around: [&str; 2]) -> String {
        let mut out = format!("{}\n", self.id);
        for text in &self.texts {
            let _ = write!(out, "    {}: ", text.field);
            for (piece, is_marked) in text.pieces() {
                let piece = piece.replace('\n', " ");
                if is_marked {
                    let _ = write!(out, "{}{piece}{}", around[0], around[1]);
                } else {
                    out.push_str(&piece);
                }
            }
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_pieces() {
        let text = |marks: &[(usize, usize)]| ShownText {
            field: "title",
            text: "peer é work".into(),
            marks: marks.iter().map(|(start, end)| *start..*end).collect(),
        };
        for (marks, expected) in [
            (&[][..], vec![("peer é work", false)]),
            (&[(0, 4), (8, 12)], vec![("peer", true), (" é ", false), ("work", true)]),
            (&[(5, 7)], vec![("peer ", false), ("é", true), (" work", false)]),
        ] {
            assert_eq!(text(marks).pieces().collect::<Vec<_>>(), expected);
        }
        let shown = Shown { id: "7".into(), texts: vec![text(&[(0, 4)])] };
        assert_eq!(shown.to_text(["[", "]"]), "7\n    title: [peer] é work\n");
    }
}
