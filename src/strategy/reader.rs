//! Pasted text -> logical lines: numbers, hit counts, wrapped lines, headers, remarks.
//!
//! Goes in: the text of a file or a clipboard, from Ovid, a word processor or an article. Comes out: which bytes are the
//! query of which line, and what was left out. It decides nothing about syntax but where a line may be wrapped.

use super::Language;
use super::ast::{Line, physical_lines, place};
use super::history;
use super::labels::{Label, LabelStyle, any_label, count_alone, hits, label};
use super::layout::{Shape, begins_inside, closing_distance, dominant_style, is_header};
use super::lexer::{TokenKind, tokens};
use super::operands;
use super::parser::damage;
use super::typography::is_blank;
use crate::diagnostic::{Code, Diagnostic, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One line of the strategy, which may run over several physical lines.
#[derive(Debug, Clone)]
struct LogicalLine {
    label: u32,
    /// Bytes of the text that are the query.
    query: Span,
    /// The physical line on which the query begins, from 1.
    physical_line: u32,
    /// Where the query begins on it.
    offset: usize,
    published: Option<u64>,
    /// Where the number is written: physical line and bytes on it.
    label_place: Option<(u32, Span)>,
}

/// A physical line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Physical<'a> {
    pub(super) number: u32,
    /// Where it begins in the whole text.
    pub(super) begin: usize,
    pub(super) text: &'a str,
    pub(super) label: Option<Label>,
}

/// If at least this share of the lines ends in a number set off like a hit count, the numbers are a column of hit counts.
/// Below it, a line may merely end in a number (`covid  2019`).
const COLUMN_SHARE: f64 = 0.8;
/// A number that far above the one before is no label: it is a year, a dose, the rest of a wrapped line.
const LARGEST_GAP: u32 = 50;

/// The lines of `text`, without trees.
pub(super) fn read(file: &Arc<str>, text: &str, language: Language) -> (Vec<Line>, Vec<Diagnostic>) {
    let mut reader = Reader { file, text, language, lines: Vec::new(), shape: Shape::default(), diagnostics: Vec::new() };
    let content = reader.content();
    match numbering(&content) {
        Numbering::None => reader.unnumbered(&content),
        Numbering::Inline { first } => reader.numbered(&content, first),
        Numbering::Cells { first } => reader.cells(&content, first),
    }
    if language == Language::PubMed {
        reader.strip_history();
    }
    reader.strip_columns();
    reader.check_labels();
    reader.note_damage();
    let line = |line: LogicalLine| Line {
        label: line.label,
        query: text[line.query.start..line.query.end].to_owned(),
        physical_line: line.physical_line,
        offset: line.offset,
        published: line.published,
        cells: Vec::new(),
        tree: None,
    };
    (reader.lines.into_iter().map(line).collect(), reader.diagnostics)
}

/// How a strategy is numbered; `first` is the index of the line with the first number.
enum Numbering {
    None,
    Inline { first: usize },
    Cells { first: usize },
}

/// Numbers are labels where they count 1, 2, …, or where nearly every line has one.
fn numbering(content: &[Physical<'_>]) -> Numbering {
    let one = content.iter().position(|line| line.label.is_some_and(|label| label.number == 1));
    if let Some(first) = one {
        let mut expected = 1_u32;
        for label in content.iter().skip(first).filter_map(|line| line.label) {
            expected += u32::from(label.number == expected);
        }
        if expected > 2 || first == 0 {
            return match content[first].label {
                Some(Label { style: LabelStyle::Alone, .. }) if content.len() > first + 1 => Numbering::Cells { first },
                _ => Numbering::Inline { first },
            };
        }
    }
    let labels: Vec<Label> = content.iter().filter_map(|line| line.label).collect();
    let is_rising = labels.windows(2).all(|pair| pair[0].number < pair[1].number);
    let all_set_off = labels.iter().all(|label| !matches!(label.style, LabelStyle::Blank | LabelStyle::Alone));
    let first = content.iter().position(|line| line.label.is_some());
    match first {
        Some(first) if labels.len() == content.len() && all_set_off => Numbering::Inline { first },
        Some(first) if is_rising && labels.len() > 2 && labels.len() * 5 >= content.len() * 4 => Numbering::Inline { first },
        _ => Numbering::None,
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    language: Language,
    lines: Vec<LogicalLine>,
    /// How the last of the lines ends.
    shape: Shape,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn report(&mut self, code: Code, line: u32, span: Span, found: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, self.file, line, span, found));
    }

    /// The physical lines that are neither blank nor a header or remark.
    fn content(&mut self) -> Vec<Physical<'a>> {
        let mut content = Vec::new();
        let mut begin = 0;
        let mut remark_is_open = false;
        for (number, (text, next)) in (1..).zip(physical_lines(self.text)) {
            let label = label(text).filter(|label| self.language == Language::Ovid || !history::is_date(text, label));
            let line = Physical { number, begin, text, label };
            begin = next;
            let trimmed = text.trim_matches(is_blank);
            if trimmed.is_empty() {
                continue;
            }
            // A remark over several lines is reported once.
            let is_reported = remark_is_open;
            let opens_remark = trimmed.starts_with('[') && !trimmed.trim_end_matches(']').contains(']');
            if remark_is_open || opens_remark || (line.label.is_none() && self.is_header(trimmed)) {
                remark_is_open = (remark_is_open || opens_remark) && !trimmed.ends_with(']');
                if !is_reported {
                    let start = text.len() - text.trim_start_matches(is_blank).len();
                    self.report(Code::SkippedLine, number, Span::new(start, start + trimmed.len()), "a header or a remark");
                }
            } else {
                content.push(line);
            }
        }
        content
    }

    fn is_header(&self, trimmed: &str) -> bool {
        match self.language {
            Language::Ovid => is_header(trimmed),
            Language::PubMed => history::is_header(trimmed) || is_header(trimmed),
        }
    }

    /// Begins a logical line with the rest of a physical one.
    fn begin(&mut self, number: u32, line: &Physical<'_>, rest: usize, label_place: Option<(u32, Span)>) {
        let trimmed = line.text[rest..].trim_matches(is_blank);
        let offset = line.text.len() - line.text[rest..].trim_start_matches(is_blank).len();
        self.lines.push(LogicalLine {
            label: number,
            query: Span::new(line.begin + offset, line.begin + offset + trimmed.len()),
            physical_line: line.number,
            offset,
            published: None,
            label_place,
        });
        self.shape = Shape::of(trimmed);
    }

    /// Adds a physical line to the last logical one.
    fn extend(&mut self, line: &Physical<'_>) {
        let trimmed = line.text.trim_end_matches(is_blank);
        let start = trimmed.len() - trimmed.trim_start_matches(is_blank).len();
        let Some(last) = self.lines.last_mut() else { return };
        if last.query.start == last.query.end {
            (last.query.start, last.physical_line, last.offset) = (line.begin + start, line.number, start);
        }
        last.query.end = line.begin + trimmed.len();
        self.shape = self.shape.then(Shape::of(trimmed));
    }

    fn query(&self, line: &LogicalLine) -> &'a str {
        &self.text[line.query.start..line.query.end]
    }

    /// Every line is one, unless it is plainly wrapped.
    fn unnumbered(&mut self, content: &[Physical<'a>]) {
        let mut index = 0;
        while let Some(line) = content.get(index) {
            let label = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
            self.begin(label, line, 0, None);
            index += 1;
            // Brackets that are never closed are a slip in this line, not a wrapped one.
            for _ in 0..closing_distance(&content[index - 1..]) {
                self.extend(&content[index]);
                index += 1;
            }
            while let Some(next) = content.get(index)
                && (self.shape.ends_open() || begins_inside(next.text))
            {
                self.extend(next);
                index += 1;
            }
        }
    }

    /// A number before each line; lines without one continue the line before, or are remarks.
    fn numbered(&mut self, content: &[Physical<'a>], first: usize) {
        self.remarks(&content[..first]);
        let style = dominant_style(content);
        let mut expected = content.get(first).and_then(|line| line.label).map_or(1, |label| label.number);
        let mut index = first;
        while let Some(line) = content.get(index) {
            // `7 or sleep.ti.` where 7 is expected is line 7 with a slip, unless something is open.
            let doubtful = || any_label(line.text).filter(|label| label.number == expected && !self.shape.awaits_more());
            if let Some(label) = line.label.filter(|label| self.is_label(label, expected, style)).or_else(doubtful) {
                let digits = line.text.len() - line.text.trim_start_matches(|c| is_blank(c) || c == '#').len();
                let place = Span::new(digits, digits + label.number.to_string().len());
                self.begin(label.number, line, label.rest, Some((line.number, place)));
                expected = label.number.saturating_add(1);
                index += 1;
                continue;
            }
            let is_lettered = self.language == Language::PubMed && history::is_lettered(line.text);
            if self.shape.awaits_more() || begins_inside(line.text) || is_lettered {
                self.extend(line);
                index += 1;
                continue;
            }
            // A run of lines without numbers: either exactly the missing ones, or remarks.
            let run =
                content[index..].iter().take_while(|line| line.label.is_none_or(|label| !self.is_label(&label, expected, style))).count();
            let run = run.max(1);
            let next = content.get(index + run).and_then(|line| line.label).map(|label| label.number);
            let missing = next.and_then(|next| next.checked_sub(expected)).and_then(|missing| usize::try_from(missing).ok());
            // A limit at the end that lost its number is still the last line.
            let is_last_limit = next.is_none()
                && match self.language {
                    Language::Ovid => operands::is_limit(line.text),
                    Language::PubMed => history::is_combination(line.text),
                };
            let run = if is_last_limit { 1 } else { run };
            let missing = if is_last_limit { Some(1) } else { missing };
            let lines = &content[index..index + run];
            index += run;
            if missing == Some(run) {
                for line in lines {
                    let span = Span::new(0, line.text.len());
                    self.report(
                        Code::NumberRestored,
                        line.number,
                        span,
                        format!("a line without one after {}", expected.saturating_sub(1)),
                    );
                    self.begin(expected, line, 0, None);
                    expected += 1;
                }
            } else if let Some(first) = lines.first() {
                let found = if run == 1 { "a line without one".to_owned() } else { format!("{run} lines without one") };
                self.report(Code::UnnumberedLine, first.number, Span::new(0, first.text.len()), found);
            }
        }
    }

    /// Whether a number is a label: it is the expected one, or it is set off as the other labels are and nothing is open.
    fn is_label(&self, label: &Label, expected: u32, style: LabelStyle) -> bool {
        if label.number == expected {
            return true;
        }
        let is_near = label.number < expected.saturating_add(LARGEST_GAP);
        label.style == style && is_near && !self.shape.is_open()
    }

    /// A table copied cell by cell: number, query, hit count, each on its own physical line.
    fn cells(&mut self, content: &[Physical<'a>], first: usize) {
        self.remarks(&content[..first]);
        let mut expected = 1;
        let mut index = first;
        let is_number_alone = |at: usize, wanted: u32| {
            content.get(at).and_then(|line| line.label).is_some_and(|label| label.style == LabelStyle::Alone && label.number == wanted)
        };
        let is_count = |at: usize| content.get(at).is_some_and(|line| count_alone(line.text).is_some());
        while let Some(line) = content.get(index) {
            let span = Span::new(0, line.text.len());
            if !is_number_alone(index, expected) {
                self.report(Code::UnnumberedLine, line.number, span, "a line without one");
                index += 1;
                continue;
            }
            self.begin(expected, line, line.text.len(), Some((line.number, span)));
            expected += 1;
            index += 1;
            let mut has_query = false;
            while let Some(line) = content.get(index) {
                // After the query, a number is the hit count, unless it is the next label and no count follows.
                let is_next_label = is_number_alone(index, expected) && !(is_count(index + 1) && is_number_alone(index + 1, expected));
                if has_query && is_next_label {
                    break;
                }
                if has_query && is_count(index) {
                    if let Some(last) = self.lines.last_mut() {
                        last.published = count_alone(line.text);
                    }
                    index += 1;
                    break;
                }
                self.extend(line);
                has_query = true;
                index += 1;
            }
        }
    }

    fn remarks(&mut self, lines: &[Physical<'_>]) {
        for line in lines {
            self.report(Code::SkippedLine, line.number, Span::new(0, line.text.len()), "text before the first number");
        }
    }

    /// Takes off what PubMed's history and authors put around a query, and turns a history with the newest line first round.
    fn strip_history(&mut self) {
        for at in 0..self.lines.len() {
            let query = self.query(&self.lines[at]);
            let (remark, rest) = history::strip(query);
            let line = self.lines[at].clone();
            if let Some(remark) = remark {
                let (number, span) = place(query, (line.physical_line, line.offset), remark);
                self.report(Code::SkippedLine, number, span, "a header or a remark");
            }
            let (physical_line, span) = place(query, (line.physical_line, line.offset), Span::new(rest.start, rest.start));
            let line = &mut self.lines[at];
            (line.physical_line, line.offset) = (physical_line, span.start);
            line.query = Span::new(line.query.start + rest.start, line.query.start + rest.end);
        }
        if self.lines.len() > 1 && self.lines.windows(2).all(|pair| pair[0].label > pair[1].label) {
            self.lines.reverse();
        }
    }

    /// Takes hit counts and searchers' remarks off the ends of the queries.
    fn strip_columns(&mut self) {
        let hits = |query| match self.language {
            Language::Ovid => hits(query),
            Language::PubMed => history::hits(query),
        };
        let found: Vec<_> = self.lines.iter().map(|line| hits(self.query(line))).collect();
        let counted = found.iter().flatten().count();
        let is_column = counted > 1 && counted as f64 >= COLUMN_SHARE * self.lines.len() as f64;
        for (line, hits) in self.lines.iter_mut().zip(found) {
            if let Some(hits) = hits.filter(|hits| line.published.is_none() && (hits.certain || is_column)) {
                line.published = Some(hits.count);
                line.query.end = line.query.start + hits.end;
            }
            // In PubMed what stands in square brackets is a field.
            if self.language == Language::PubMed {
                continue;
            }
            let query = &self.text[line.query.start..line.query.end];
            let tokens: Vec<_> = tokens(query).into_iter().filter(|token| token.kind != TokenKind::Blank).collect();
            if let [.., before, last] = tokens.as_slice()
                && last.kind == TokenKind::Note
                && (before.span.end < last.span.start || matches!(before.kind, TokenKind::Suffix | TokenKind::Slash))
            {
                line.query.end = line.query.start + before.span.end;
            }
        }
    }

    /// Numbers that stand twice, leave gaps or run backwards.
    fn check_labels(&mut self) {
        let mut first_lines: BTreeMap<u32, u32> = BTreeMap::new();
        let mut before: Option<u32> = None;
        for line in self.lines.clone() {
            let (physical_line, span) = line.label_place.unwrap_or((line.physical_line, Span::new(line.offset, line.offset)));
            if let Some(first) = first_lines.get(&line.label) {
                self.report(
                    Code::DuplicateLabel,
                    physical_line,
                    span,
                    format!("{} again, which is on line {first} of the file", line.label),
                );
            } else {
                let expected = before.map_or(1, |before| before.saturating_add(1));
                if line.label != expected {
                    let found = match before {
                        Some(before) => format!("{} after {before}", line.label),
                        None => format!("{} as the first number", line.label),
                    };
                    self.report(Code::MissingLabel, physical_line, span, found);
                }
                first_lines.insert(line.label, physical_line);
            }
            before = Some(line.label);
        }
    }

    /// One note, at the first place: a strategy from a word processor has hundreds.
    fn note_damage(&mut self) {
        let first = self.lines.iter().find_map(|line| damage(self.query(line)).map(|(at, character)| (line.clone(), at, character)));
        if let Some((line, at, character)) = first {
            let name = if is_blank(character) { "an invisible character".to_owned() } else { format!("{character}") };
            let span = Span::new(at, at + character.len_utf8());
            let (physical_line, span) = place(self.query(&line), (line.physical_line, line.offset), span);
            self.report(Code::PasteDamage, physical_line, span, format!("{name} (U+{:04X})", character as u32));
        }
    }
}
