//! A term and its tag -> a set.
//!
//! Goes in: the words of one term and the meaning of its tag. Comes out: the kind of expression, and remarks; or the problem
//! that stops the line.

use super::super::ast::{ExprKind, HeadingCertainty, HeadingLeaf, Limit, Pattern, PatternPart, Text, TextLeaf};
use super::super::limits;
use super::super::parser::Problem;
use super::super::typography::{plain, plain_lower};
use super::super::words::{patterns, truncates_inside};
use super::tags::{Meaning, Modifiers};
use crate::diagnostic::{Code, Span};
use crate::record::qualifier;

/// A term as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'a> {
    /// Its words; without the quotation marks.
    pub(super) text: &'a str,
    pub(super) is_quoted: bool,
    pub(super) span: Span,
}

/// What a term is, and what is to be said of it.
pub(super) type Set = Result<ExprKind, Problem>;

/// The word for all records with an abstract.
const HAS_ABSTRACT: &str = "hasabstract";
/// Whether an untagged word is one that stands for a filter.
pub(super) fn is_filter_word(text: &str) -> bool {
    plain_lower(text) == HAS_ABSTRACT
}

/// PubMed truncates behind at least so many characters.
const SHORTEST_TRUNCATED: usize = 4;

/// The term under its tag, whose text in brackets is `tag`.
pub(super) fn tagged(term: Term<'_>, meaning: Meaning, modifiers: Modifiers, tag: &str, remarks: &mut Vec<Problem>) -> Set {
    match meaning {
        Meaning::Words(codes) => {
            if is_filter_word(term.text) {
                return Ok(ExprKind::Passing(vec![Limit::Abstracts]));
            }
            let text = match modifiers.between {
                Some(between) => near(term, between, remarks)?,
                None => sequence(term, remarks)?,
            };
            Ok(leaf(text, codes))
        }
        Meaning::Name(codes) => {
            if codes.contains(&"pt") && !modifiers.no_explosion {
                remarks.push(Problem::new(Code::PublicationTypeAlone, term.span, format!("\"{}\"", term.text.trim())));
            }
            Ok(leaf(sequence(term, remarks)?, codes))
        }
        Meaning::Author(code) => {
            let mut text = sequence(term, remarks)?;
            match &mut text {
                Text::Sequence(words) if !term.is_quoted => {
                    if let Some(Text::Word(initials)) = words.last_mut()
                        && !matches!(initials.parts.last(), Some(PatternPart::Any(_)))
                    {
                        initials.parts.push(PatternPart::Any(None));
                    }
                }
                Text::Word(pattern) if !term.is_quoted && pattern.parts.len() == 1 => {
                    remarks.push(Problem::new(Code::AuthorWithoutInitials, term.span, format!("\"{}\"", term.text.trim())));
                }
                _ => {}
            }
            Ok(leaf(text, &[code]))
        }
        Meaning::Heading { focus } => heading(term, focus, modifiers, remarks),
        Meaning::Subheading => {
            let code = if modifiers.no_explosion { "fs" } else { "xs" };
            Ok(leaf(sequence(term, remarks)?, &[code]))
        }
        Meaning::Date(code) => Ok(ExprKind::Passing(vec![dates(code, term, term)?])),
        Meaning::Filter => Ok(ExprKind::Passing(vec![filter(term.text, term.span)?])),
        Meaning::Absent(name) => {
            Err(Problem::new(Code::UnknownFieldCode, term.span, format!("\"[{tag}]\" ({name}), which exports do not carry as a field")))
        }
    }
}

/// An untagged word or phrase: in all fields.
pub(super) fn untagged(term: Term<'_>, remarks: &mut Vec<Problem>) -> Set {
    if is_filter_word(term.text) {
        return Ok(ExprKind::Passing(vec![Limit::Abstracts]));
    }
    Ok(leaf(sequence(term, remarks)?, &["af"]))
}

fn leaf(text: Text, codes: &[&str]) -> ExprKind {
    ExprKind::Text(TextLeaf { text, codes: codes.iter().map(|code| (*code).to_owned()).collect(), at_least: 1 })
}

/// The words of a term.
fn words(term: Term<'_>, remarks: &mut Vec<Problem>) -> Result<Vec<Pattern>, Problem> {
    let mut strange = false;
    let readable: String = term
        .text
        .chars()
        .map(|character| match plain(character) {
            '?' | '#' | '$' | ':' => {
                strange |= plain(character) != ':';
                ' '
            }
            _ => character,
        })
        .collect();
    if strange {
        remarks.push(Problem::new(Code::PubmedCharacter, term.span, format!("\"{}\"", term.text.trim())));
    }
    let mut found = Vec::new();
    for word in readable.split_whitespace() {
        // `*` with digits behind it is no limited truncation here.
        let written = patterns(word).map_err(|_| Problem::new(Code::LeadingWildcard, term.span, format!("\"{word}\"")))?;
        for mut pattern in written {
            for at in 0..pattern.parts.len() {
                if let PatternPart::Any(Some(digits)) = pattern.parts[at] {
                    pattern.parts[at] = PatternPart::Any(None);
                    pattern.parts.push(PatternPart::Literal(digits.to_string()));
                }
            }
            if truncates_inside(&pattern) {
                remarks.push(Problem::new(Code::InternalTruncation, term.span, format!("\"{word}\"")));
            }
            let before: usize = pattern
                .parts
                .iter()
                .map_while(|part| match part {
                    PatternPart::Literal(text) => Some(text.chars().count()),
                    _ => None,
                })
                .sum();
            if pattern.parts.len() > 1 && before < SHORTEST_TRUNCATED {
                remarks.push(Problem::new(Code::PubmedTruncation, term.span, format!("\"{word}\"")));
            }
            found.push(pattern);
        }
    }
    if found.is_empty() {
        return Err(Problem::new(Code::ExpectedOperand, term.span, format!("\"{}\", which has no word", term.text)));
    }
    Ok(found)
}

/// The words one after the other.
fn sequence(term: Term<'_>, remarks: &mut Vec<Problem>) -> Result<Text, Problem> {
    let mut words: Vec<Text> = words(term, remarks)?.into_iter().map(Text::Word).collect();
    match words.pop() {
        Some(only) if words.is_empty() => Ok(only),
        last => {
            words.extend(last);
            Ok(Text::Sequence(words))
        }
    }
}

/// The words near each other, in any order. Three and more are read as a chain: each at most so far from those before it,
/// which may be farther in all than PubMed goes.
fn near(term: Term<'_>, between: u32, remarks: &mut Vec<Problem>) -> Result<Text, Problem> {
    let n = u8::try_from(between.saturating_add(1)).ok().filter(|n| (1..=99).contains(n));
    let n = n.ok_or_else(|| Problem::new(Code::AdjDistance, term.span, format!("a distance of {between} words between")))?;
    let words = words(term, remarks)?;
    if words.len() > 2 {
        remarks.push(Problem::new(Code::NearMany, term.span, format!("{} words", words.len())));
    }
    if words.iter().any(|word| word.parts.len() > 1) {
        remarks.push(Problem::new(Code::PubmedTruncation, term.span, format!("\"{}\" with a distance", term.text)));
    }
    let near = |left: Text, right: Text| Text::Near { n, left: Box::new(left), right: Box::new(right) };
    words.into_iter().map(Text::Word).reduce(near).ok_or_else(|| Problem::new(Code::ExpectedOperand, term.span, "a distance without words"))
}

fn heading(term: Term<'_>, focus: bool, modifiers: Modifiers, remarks: &mut Vec<Problem>) -> Set {
    let collapsed = term.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = collapsed.trim_matches(|c: char| plain(c) == '\'' || plain(c) == '"' || c == ' ' || c == ',');
    if let Some(rest) = name.get(..4).filter(|start| start.eq_ignore_ascii_case("exp ")).and(name.get(4..)) {
        remarks.push(Problem::new(Code::ExpBeforeTag, term.span, format!("\"{name}\"")));
        name = rest.trim();
    }
    if name.contains('*') {
        // Every heading that begins so.
        return Ok(leaf(sequence(term, remarks)?, &["mh"]));
    }
    let (name, written) = match name.rsplit_once('/') {
        Some((name, qualifier)) => (name.trim(), Some(qualifier.trim())),
        None => (name, None),
    };
    if !name.chars().any(char::is_alphanumeric) {
        return Err(Problem::new(Code::ExpectedOperand, term.span, format!("\"{}\", which has no word", term.text)));
    }
    let qualifiers = match written {
        None => Vec::new(),
        Some(written) => match qualifier::code(written) {
            Some(code) if !modifiers.no_explosion => qualifier::explode(code).into_iter().map(str::to_owned).collect(),
            Some(code) => vec![code.to_owned()],
            None => vec![plain_lower(written)],
        },
    };
    Ok(ExprKind::Heading(HeadingLeaf {
        name: name.to_owned(),
        explode: !modifiers.no_explosion,
        focus,
        qualifiers,
        certainty: HeadingCertainty::Written,
    }))
}

/// Dates of the milestone `code`, from the first to the last.
pub(super) fn dates(code: &str, from: Term<'_>, to: Term<'_>) -> Result<Limit, Problem> {
    let span = from.span.to(to.span);
    let problem = || Problem::new(Code::UnsupportedLimit, span, format!("\"{}\"", plain_lower(from.text)));
    let (first, last) = (date(from.text, 0).ok_or_else(problem)?, date(to.text, 99).ok_or_else(problem)?);
    if first > last {
        return Err(problem());
    }
    // PubMed writes "3000" for open, and so does 1000 mean nothing.
    let (open_from, open_to) = (first < 10_010_000, last >= 30_000_000);
    let is_year = |text: &str| text.trim().len() == 4;
    let year = |date: u32| u16::try_from(date / 10_000).ok();
    if code == "dp" && is_year(from.text) && is_year(to.text) && !(open_from && open_to) {
        return Ok(Limit::Years(year(first).filter(|_| !open_from), year(last).filter(|_| !open_to)));
    }
    Ok(Limit::Dates(code.to_owned(), Some(first).filter(|_| !open_from), Some(last).filter(|_| !open_to)))
}

/// `2010/01/31` as 20100131; what is not said is `filler`.
pub(super) fn date(text: &str, filler: u32) -> Option<u32> {
    let mut parts = text.trim().split(['/', '-']);
    let year = parts.next().filter(|year| year.len() == 4)?;
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let year = number(year)?;
    let month = parts.next().map_or(Some(filler), |month| number(month).filter(|month| (1..=12).contains(month)))?;
    let day = parts.next().map_or(Some(filler), |day| number(day).filter(|day| (1..=31).contains(day)))?;
    if parts.next().is_some() { None } else { Some(year * 10_000 + month * 100 + day) }
}

/// A filter by the name that PubMed shows: "English", "Humans", "from 2010 - 2020", "Adult: 19+ years".
pub(super) fn filter(written: &str, span: Span) -> Result<Limit, Problem> {
    let name = plain_lower(written);
    let name = name.trim();
    let problem = || Problem::new(Code::UnsupportedLimit, span, format!("\"{name}\""));
    let range = name.strip_prefix("publication date from ").or_else(|| name.strip_prefix("from "));
    if let Some((from, to)) = range.and_then(|range| range.split_once(" to ").or_else(|| range.split_once(" - "))) {
        let term = |text| Term { text, is_quoted: true, span };
        return dates("dp", term(from), term(to));
    }
    if name == "abstract" || name == "hasabstract" {
        return Ok(Limit::Abstracts);
    }
    if let Some((_, known)) = GROUPS.iter().find(|(shown, _)| name.starts_with(shown)) {
        return Ok(Limit::Group((*known).to_owned()));
    }
    let spelled = GLUED.iter().find(|(glued, _)| *glued == name).map_or(name, |(_, spelled)| spelled);
    limits::limit(spelled).filter(|limit| !matches!(limit, Limit::Dates(..))).ok_or_else(problem)
}

/// PubMed's age filters, and what Ovid calls them.
const GROUPS: &[(&str, &str)] = &[
    ("child: birth-18", "all child"),
    ("allchild", "all child"),
    ("newborn: birth", "newborn infant"),
    ("infant: birth-23", "all infant"),
    ("infant: 1-23", "infant"),
    ("preschool child: 2-5", "preschool child"),
    ("child: 6-12", "child"),
    ("adolescent: 13-18", "adolescent"),
    ("adult: 19+", "all adult"),
    ("alladult", "all adult"),
    ("young adult: 19-24", "young adult"),
    ("adult: 19-44", "adult"),
    ("middle aged: 45-64", "middle age"),
    ("aged: 65+", "all aged"),
];

/// Filters that PubMed writes without blanks in `[Filter]`.
const GLUED: &[(&str, &str)] = &[
    ("randomizedcontrolledtrial", "randomized controlled trial"),
    ("clinicaltrial", "clinical trial"),
    ("systematicreview", "systematic review"),
    ("casereports", "case reports"),
    ("journalarticle", "journal article"),
    ("controlledclinicaltrial", "controlled clinical trial"),
    ("observationalstudy", "observational study"),
    ("practiceguideline", "practice guideline"),
];
