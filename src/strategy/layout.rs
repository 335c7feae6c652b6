//! How physical lines look: which are headers, which are wrapped, which number style rules.
//!
//! Goes in: physical lines. Comes out: answers for [`super::reader`].

use super::labels::{LabelStyle, continues_an_operand, ends_complete};
use super::lexer::{TokenKind, is_operator, tokens};
use super::reader::Physical;
use super::typography::{is_blank, number, plain, plain_lower};

/// What a piece of a query leaves open at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Round and square brackets that are open; negative where more are closed.
    brackets: i32,
    quote_is_open: bool,
    end: End,
}

/// How a piece of a query ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum End {
    /// It is empty.
    #[default]
    Nothing,
    /// In an operator, a comma or an opening bracket.
    Open,
    /// In a word, with nothing that says it is whole.
    Word,
    /// In anything else.
    Whole,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let mut shape = Shape::default();
        for token in &tokens {
            match token.kind {
                TokenKind::Open => shape.brackets += 1,
                TokenKind::Close => shape.brackets -= 1,
                TokenKind::Mark if token.text == "[" => shape.brackets += 1,
                TokenKind::Mark if token.text == "]" => shape.brackets -= 1,
                TokenKind::StrayQuote => shape.quote_is_open = !shape.quote_is_open,
                _ => {}
            }
        }
        let Some(last) = tokens.iter().rev().find(|token| token.kind != TokenKind::Blank) else { return shape };
        shape.end = match last.kind {
            TokenKind::Comma | TokenKind::Open => End::Open,
            TokenKind::Word if is_operator(last.text) => End::Open,
            TokenKind::Word if number(last.text.trim_start_matches('#')).is_none() && !is_command(text) => End::Word,
            _ => End::Whole,
        };
        shape
    }

    /// The shape of this piece and the one after it.
    pub(super) fn then(self, next: Shape) -> Shape {
        if next.end == End::Nothing {
            return self;
        }
        Shape { brackets: self.brackets + next.brackets, quote_is_open: self.quote_is_open != next.quote_is_open, end: next.end }
    }

    /// Whether it ends in an operator, a comma or an opening bracket.
    pub(super) fn ends_open(self) -> bool {
        self.end == End::Open
    }

    /// Whether something must follow.
    pub(super) fn is_open(self) -> bool {
        self.brackets > 0 || self.quote_is_open || self.ends_open()
    }

    /// Whether a line without a number belongs to what this is the shape of.
    pub(super) fn awaits_more(self) -> bool {
        self.is_open() || matches!(self.end, End::Nothing | End::Word)
    }
}

fn is_command(text: &str) -> bool {
    let text = plain_lower(text);
    text.starts_with("limit ") || text.starts_with("remove ")
}

/// Whether a physical line can only be the rest of a wrapped one.
pub(super) fn begins_inside(text: &str) -> bool {
    continues_an_operand(text.trim_matches(is_blank))
}

/// A wrapped line of an unnumbered strategy is looked for so many physical lines on.
const FARTHEST_CLOSING: usize = 200;

/// How many lines after the first of `lines` it takes until its brackets are closed: 0 where none is open, or where they
/// never are, or where a line that is whole in itself comes first; then it is a slip and not a wrapped line.
pub(super) fn closing_distance(lines: &[Physical<'_>]) -> usize {
    let Some((first, rest)) = lines.split_first() else { return 0 };
    let mut shape = Shape::of(first.text);
    for (distance, line) in (1..).zip(rest.iter().take(FARTHEST_CLOSING)) {
        if shape.brackets <= 0 && !shape.quote_is_open {
            return distance - 1;
        }
        let own = Shape::of(line.text);
        if own.brackets == 0 && !shape.ends_open() && !begins_inside(line.text) && ends_complete(line.text) {
            return 0;
        }
        shape = shape.then(own);
    }
    if shape.brackets <= 0 && !shape.quote_is_open { rest.len().min(FARTHEST_CLOSING) } else { 0 }
}

/// The way in which most labels are set off.
pub(super) fn dominant_style(lines: &[Physical<'_>]) -> LabelStyle {
    let styles = [LabelStyle::Tab, LabelStyle::Stop, LabelStyle::Bracket, LabelStyle::Colon, LabelStyle::Hash, LabelStyle::Blank];
    let count = |style: LabelStyle| lines.iter().filter_map(|line| line.label).filter(|label| label.style == style).count();
    styles.into_iter().rev().max_by_key(|&style| count(style)).unwrap_or(LabelStyle::Blank)
}

/// How the lines begin that Ovid, Word and authors put around a strategy.
const HEADER_STARTS: &[&str] = &[
    "database:",
    "databases:",
    "database(s):",
    "search strategy",
    "search history",
    "date searched",
    "date of search",
    "date run",
    "searched on",
    "search date",
    "search name",
    "interface:",
    "platform:",
    "provider:",
    "host:",
    "key:",
    "ovid medline",
    "ovid embase",
    "ovid psycinfo",
    "medline(r)",
    "medline (ovid",
    "medline via ovid",
    "embase (ovid",
    "embase via ovid",
    "psycinfo (ovid",
    "appendix ",
    "//",
];
/// Lines that are a header by themselves.
const HEADER_LINES: &[&str] =
    &["#", "searches", "results", "type", "actions", "annotations", "display", "advanced", "basic", "medline", "embase", "psycinfo"];

/// Whether a physical line, trimmed and without a label, is a header, a rule or a comment.
pub(super) fn is_header(line: &str) -> bool {
    let text = plain_lower(line);
    let is_rule = text.len() > 2 && text.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '#' | ' '));
    let is_comment = line.starts_with('#') && !line[1..].trim_start_matches(is_blank).starts_with(|c: char| plain(c).is_ascii_digit());
    let names_columns = text.contains("searches") && text.contains("results");
    // "Embase <1974 to 2020 October 09>"
    let has_coverage =
        text.split('<').skip(1).any(|part| part.get(..4).is_some_and(|year| number(year).is_some()) && part.contains(" to "));
    let is_known = HEADER_LINES.contains(&text.as_str()) || HEADER_STARTS.iter().any(|start| text.starts_with(start));
    is_rule || is_comment || names_columns || has_coverage || (is_known && !ends_complete(line))
}
