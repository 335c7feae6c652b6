//! The tree of a strategy: set algebra over leaves; positions only inside text leaves.
//!
//! A plain value: it knows nothing of any index, and an unresolved heading or reference stays open in it until
//! `search::plan` asks the thesaurus and the lines above.

use super::Language;
use crate::diagnostic::Span;

/// A whole strategy: its lines, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strategy {
    /// Numbered lines. A line that could not be parsed is present, without a tree. A label that was written twice stands
    /// twice; no tree refers to it, because nobody can know which line is meant.
    pub lines: Vec<Line>,
    /// What the queries are written in; their trees have no language.
    pub language: Language,
}

/// One numbered line; it makes one set of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number other lines refer to it by, as written, or the physical position where none is written.
    pub label: u32,
    /// The query as written, without number, hit column and trailing comment. Where it was wrapped, the line ends are
    /// in it.
    pub query: String,
    /// The physical line on which the query begins, from 1.
    pub physical_line: u32,
    /// Where the query begins on that physical line, in bytes.
    pub offset: usize,
    /// The number of records that the pasted text itself gave for this line.
    pub published: Option<u64>,
    /// Where the query was put together from cells of a table: each of them, in the order of the query. Else none.
    pub cells: Vec<Cell>,
    /// The tree; `None` where the line could not be parsed (a diagnostic of severity error says why).
    pub tree: Option<Expr>,
}

/// Where a part of a query stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The bytes of the query that are its text.
    pub part: Span,
    /// The physical line on which its text begins, from 1.
    pub physical_line: u32,
    /// Where it begins on that physical line, in bytes.
    pub offset: usize,
    /// Bytes of its text, rising, before each of which a quotation mark stands in the table that is no part of it: the
    /// second one of a doubled mark.
    pub marks: Vec<usize>,
}

impl Line {
    /// The physical line (from 1) on which `span` of the query begins, and its bytes on that physical line: where a
    /// diagnostic about it points. A span that runs past a line end is cut there.
    #[must_use]
    pub fn place(&self, span: Span) -> (u32, Span) {
        let Some(cell) = self.cells.iter().rev().find(|cell| cell.part.start <= span.start) else {
            return place(&self.query, (self.physical_line, self.offset), span);
        };
        let text = self.query.get(cell.part.start..cell.part.end).unwrap_or_default();
        let begin = (cell.physical_line, cell.offset);
        let within = |at: usize| at.clamp(cell.part.start, cell.part.end) - cell.part.start;
        let (start, end) = (within(span.start), within(span.end));
        let mut written = String::with_capacity(text.len() + cell.marks.len());
        let mut from = 0;
        for mark in &cell.marks {
            written.push_str(text.get(from..*mark).unwrap_or_default());
            written.push('"');
            from = *mark;
        }
        written.push_str(text.get(from..).unwrap_or_default());
        let in_table = |at: usize| at + cell.marks.partition_point(|mark| *mark < at);
        place(&written, begin, Span::new(in_table(start), in_table(end)))
    }
}

/// The physical line and bytes of `span` of a query that begins at byte `begin.1` of physical line `begin.0`.
pub(super) fn place(query: &str, begin: (u32, usize), span: Span) -> (u32, Span) {
    let start = span.start.min(query.len());
    let (mut line, mut offset, mut from) = (begin.0, begin.1, 0);
    for (text, next) in physical_lines(query) {
        let to = from + text.len();
        if start <= to {
            let on_line = |at: usize| at.clamp(from, to) - from + offset;
            return (line, Span::new(on_line(start), on_line(span.end.max(start))));
        }
        (line, offset, from) = (line + 1, 0, next);
    }
    (line, Span::new(offset, offset))
}

/// The physical lines of `text`, as diagnostics count them, each with the byte at which the next one begins. A line ends
/// at LF, CR LF, CR, and at the line and paragraph separators that word processors put in place of them.
pub fn physical_lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut begin = Some(0);
    std::iter::from_fn(move || {
        let from = begin?;
        let rest = &text[from..];
        let Some((at, end)) = rest.match_indices(['\n', '\r', '\u{b}', '\u{2028}', '\u{2029}']).next() else {
            begin = None;
            return Some((rest, text.len()));
        };
        let length = if rest[at..].starts_with("\r\n") { 2 } else { end.len() };
        begin = Some(from + at + length);
        Some((&rest[..at], from + at + length))
    })
}

/// A set of records, and the bytes of the line's `query` that describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What the set is.
    pub kind: ExprKind,
    /// Bytes of [`Line::query`].
    pub span: Span,
}

/// How a set is made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExprKind {
    /// Records in all of the sets (two or more).
    And(Vec<Expr>),
    /// Records in any of the sets (two or more).
    Or(Vec<Expr>),
    /// Records in the first set and not in the second.
    Not(Box<Expr>, Box<Expr>),
    /// The set of an earlier line: `14`.
    Reference(u32),
    /// Several earlier lines combined: `or/1-13`, `and/1,3-5`; labels in the order written, ranges written out.
    Group(Combination, Vec<u32>),
    /// Words at positions, searched in one field (and one entry of it) at a time.
    Text(TextLeaf),
    /// A subject heading.
    Heading(HeadingLeaf),
    /// `limit 48 to English`: the records of an earlier line that pass every limit.
    Limit(u32, Vec<Limit>),
    /// `remove duplicates from 48`: one record of each group of duplicates among those of an earlier line.
    Unique(u32),
    /// All records that pass every limit: a range of dates as an operand, which PubMed has and Ovid has not.
    Passing(Vec<Limit>),
    /// `48 use medall`: the records of a set that came from a database, by Ovid's name of it in lower case.
    Database(Box<Expr>, String),
}

/// The operator of a group of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combination {
    /// Records in all lines.
    And,
    /// Records in any line.
    Or,
}

/// A positional expression and where it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLeaf {
    /// What must stand there.
    pub text: Text,
    /// The codes of the suffix that applies (`ti`, `ab`), known and in lower case; empty means the default fields (`mp`).
    pub codes: Vec<String>,
    /// `/freq=3`: how often it must stand in one of the fields, at least; 1 where nothing is said.
    pub at_least: u32,
}

/// Words at positions. Distances are Ovid's own n: `adjN` allows at most N-1 words between, in either order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// One word, possibly truncated.
    Word(Pattern),
    /// Each part begins right after the one before ends: a phrase, a quoted phrase, `adj`.
    Sequence(Vec<Text>),
    /// Any of the alternatives at this place.
    Or(Vec<Text>),
    /// Both, in either order, not overlapping, nearest edges at most `n` apart (|distance of positions| <= n).
    Near {
        /// Ovid's n, 1 to 99.
        n: u8,
        /// What was written to the left of the operator.
        left: Box<Text>,
        /// What was written to the right.
        right: Box<Text>,
    },
}

/// One word of a query: folded characters and wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pattern {
    /// What must match, one after the other, from the first to the last character of the word.
    pub parts: Vec<PatternPart>,
}

impl Pattern {
    /// Whether the folded `word` as a whole matches, by trying every length for every wildcard.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        matches(&self.parts, word)
    }

    /// Whether a word that begins with the folded `beginning` can match.
    pub(super) fn matches_beginning(&self, beginning: &str) -> bool {
        let literal = if let Some(PatternPart::Literal(literal)) = self.parts.first() { literal.as_str() } else { "" };
        self.matches(beginning) || literal.starts_with(beginning)
    }
}

fn matches(parts: &[PatternPart], word: &str) -> bool {
    let Some((part, rest)) = parts.split_first() else { return word.is_empty() };
    let (fewest, most) = match part {
        PatternPart::Stopword(_) => return !word.is_empty(),
        PatternPart::Literal(text) => return word.strip_prefix(text.as_str()).is_some_and(|word| matches(rest, word)),
        PatternPart::One => (1, 1),
        PatternPart::OneOrNone => (0, 1),
        PatternPart::Any(most) => (0, most.map_or(usize::MAX, usize::from)),
    };
    let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    ends.enumerate().skip(fewest).take_while(|(count, _)| *count <= most).any(|(_, at)| matches(rest, &word[at..]))
}

/// A piece of a [`Pattern`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PatternPart {
    /// These characters, folded ([`crate::text::fold_into`]), word characters only.
    Literal(String),
    /// `#`: exactly one character.
    One,
    /// `?`: zero or one character.
    OneOrNone,
    /// `*`, `$`, `:`: any number of characters (`None`), or `$3`: at most so many.
    Any(Option<u8>),
    /// The whole word is one that Ovid drops outside of quotation marks ("of"): any one word stands for it. Only where
    /// [`Readings::stopwords_stand_for_any`](super::Readings) asks for it.
    Stopword(String),
}

/// A subject heading as written, not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingLeaf {
    /// The heading's words as written, without quotes and slash.
    pub name: String,
    /// `exp`: with every narrower heading.
    pub explode: bool,
    /// `*`: only where it is a major topic.
    pub focus: bool,
    /// Two-letter codes of qualifiers, lower case; the record's heading must carry one of them. Empty: any or none.
    pub qualifiers: Vec<String>,
    /// How sure it is that a heading is meant.
    pub certainty: HeadingCertainty,
}

/// How it is known that a leaf is a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingCertainty {
    /// A slash was written.
    Written,
    /// `exp` was written without a slash, as articles print it.
    ByExp,
    /// A whole line without operator, suffix or wildcard in a strategy whose other lines have suffixes (`Peer Group`):
    /// a heading if the thesaurus knows it by this name, else a phrase in the default fields.
    IfKnown,
}

/// One limit of `limit N to …`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// One of these languages, as written ("english"), lower case.
    Language(Vec<String>),
    /// Publication year from .. to, both inclusive, open where `None`.
    Years(Option<u16>, Option<u16>),
    /// Check tag `humans`.
    Humans,
    /// Check tag `animals`.
    Animals,
    /// A publication type, as written, lower case.
    PublicationType(String),
    /// A date (entry `ed`, creation `dt`, ...: the code) from .. to, both inclusive, of eight digits each (year, month,
    /// day), open where `None`.
    Dates(String, Option<u32>, Option<u32>),
    /// An age group or sex, as MEDLINE's check tags and Embase's and PsycInfo's headings tell it: the name as written,
    /// lower case, without its years.
    Group(String),
    /// Records that have an abstract.
    Abstracts,
    /// A filter of Ovid's own ("reviews (maximizes specificity)"), which is understood and cannot be applied: it is a
    /// search that only Ovid knows.
    Filter(String),
    /// Records of a database, by the name that Ovid's limits give it, lower case: `embase`.
    Database(String),
    /// Records that pass any of these, each a set of limits that must all hold.
    Any(Vec<Vec<Limit>>),
}
