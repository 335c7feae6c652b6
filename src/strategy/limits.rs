//! What stands after `limit 48 to`: languages, years, humans, animals, publication types, and how they are combined.
//!
//! Goes in: the tokens after `to`. Comes out: the limits that must all hold, or the place of one that cannot be applied
//! yet: a limit that is passed over in silence would find too much.

use super::ast::Limit;
use super::lexer::{Token, TokenKind};
use super::parser::Problem;
use super::typography::{plain, plain_lower};
use crate::diagnostic::{Code, Span};

/// The limits of `tokens` (without blanks), all of which must hold. `end` is the place after the last token.
pub(super) fn limits(query: &str, tokens: &[Token<'_>], end: usize) -> Result<Vec<Limit>, Problem> {
    let mut reader = Reader { query, tokens, at: 0, end };
    let limits = reader.combination(0)?;
    match reader.peek() {
        None => Ok(limits),
        Some(token) => Err(Problem::new(Code::UnbalancedBracket, token.span, "a closing bracket that none opens")),
    }
}

struct Reader<'a> {
    query: &'a str,
    tokens: &'a [Token<'a>],
    at: usize,
    end: usize,
}

/// Limits nest one or two levels; more is damage.
const MOST_LEVELS: usize = 10;

impl Reader<'_> {
    fn peek(&self) -> Option<&Token<'_>> {
        self.tokens.get(self.at)
    }

    /// Items joined by and, or by or, up to a closing bracket.
    fn combination(&mut self, level: usize) -> Result<Vec<Limit>, Problem> {
        let mut alternatives = vec![self.item(level)?];
        let mut has_or = false;
        while let Some(token) = self.peek() {
            match plain_lower(token.text).as_str() {
                "and" => {
                    self.at += 1;
                    let more = self.item(level)?;
                    if let Some(last) = alternatives.last_mut() {
                        last.extend(more);
                    }
                }
                "or" => {
                    has_or = true;
                    self.at += 1;
                    let more = self.item(level)?;
                    alternatives.push(more);
                }
                _ => break,
            }
        }
        if !has_or {
            return Ok(alternatives.into_iter().flatten().collect());
        }
        let mut languages = Vec::new();
        for alternative in &alternatives {
            match alternative.as_slice() {
                [Limit::Language(names)] => languages.extend(names.iter().cloned()),
                _ => return Ok(vec![Limit::Any(alternatives)]),
            }
        }
        Ok(vec![Limit::Language(languages)])
    }

    /// One limit, or several in brackets.
    fn item(&mut self, level: usize) -> Result<Vec<Limit>, Problem> {
        let Some(first) = self.tokens.get(self.at) else {
            return Err(Problem::new(Code::UnsupportedLimit, Span::new(self.end, self.end), "the end of the line"));
        };
        if first.kind == TokenKind::Open && level < MOST_LEVELS {
            self.at += 1;
            let inside = self.combination(level + 1)?;
            return match self.tokens.get(self.at) {
                Some(token) if token.kind == TokenKind::Close => {
                    self.at += 1;
                    Ok(inside)
                }
                _ => Err(Problem::new(Code::UnbalancedBracket, first.span, "an opening bracket that is not closed")),
            };
        }
        let begin = self.at;
        let ends = |token: &Token<'_>| token.kind == TokenKind::Close || is_and_or(token.text);
        while self.tokens.get(self.at).is_some_and(|token| !ends(token)) {
            if self.tokens[self.at].kind == TokenKind::Open {
                // The years of an age group: "adult (19 to 44 years)".
                let close = self.tokens[self.at..].iter().position(|token| token.kind == TokenKind::Close);
                let Some(close) = close.filter(|_| self.at > begin) else { break };
                self.at += close;
            }
            self.at += 1;
        }
        let taken = &self.tokens[begin..self.at];
        let span = taken.iter().map(|token| token.span).reduce(Span::to).unwrap_or(first.span);
        if taken.is_empty() {
            return Err(Problem::new(Code::UnsupportedLimit, first.span, format!("\"{}\"", first.text)));
        }
        let written = &self.query[span.start..span.end];
        match limit(written) {
            Some(limit) => Ok(vec![limit]),
            None => Err(Problem::new(Code::UnsupportedLimit, span, format!("\"{}\"", plain_lower(written).replace('"', "")))),
        }
    }
}

fn is_and_or(text: &str) -> bool {
    matches!(plain_lower(text).as_str(), "and" | "or")
}

/// One limit as written: `english language`, `yr="1990 -Current"`, `"humans"`.
pub(super) fn limit(written: &str) -> Option<Limit> {
    let text: String = plain_lower(written).chars().filter(|&c| c != '"').collect();
    let text = text.trim();
    if let Some((key, value)) = text.split_once('=') {
        return match key.trim() {
            "yr" => years(value),
            key if DATE_CODES.contains(&key) => dates(key, value),
            _ => None,
        };
    }
    let language = text.strip_suffix(" language").unwrap_or(text);
    // "adult (19 to 44 years)", "adult <18 to 64 years>".
    let group = text.split(['(', '<']).next().unwrap_or(text).trim();
    match text {
        "human" | "humans" => Some(Limit::Humans),
        "animal" | "animals" => Some(Limit::Animals),
        "abstracts" => Some(Limit::Abstracts),
        "embase" | "medline" => Some(Limit::Database(text.to_owned())),
        _ if LANGUAGES.contains(&language) => Some(Limit::Language(vec![language.to_owned()])),
        _ if AGE_GROUPS.iter().any(|(name, _)| *name == group) => Some(Limit::Group(group.to_owned())),
        // A filter in MEDLINE, not the publication type.
        "systematic reviews" => Some(Limit::Filter(text.to_owned())),
        _ if FILTER_AIMS.iter().any(|aim| text.ends_with(&format!("({aim})"))) => Some(Limit::Filter(text.to_owned())),
        _ => publication_type(text).map(|name| Limit::PublicationType(name.to_owned())),
    }
}

/// The publication type by the name that the table has; limits have other names for some.
fn publication_type(text: &str) -> Option<&'static str> {
    let text = match text {
        "clinical trial/all" => "clinical trial, all",
        "review articles" => "review",
        "conference abstracts" => "conference abstract",
        "conference papers" => "conference paper",
        "conference reviews" => "conference review",
        _ => text,
    };
    PUBLICATION_TYPES.iter().find(|name| **name == text).copied()
}

/// What the names of Ovid's clinical filters end with.
const FILTER_AIMS: &[&str] = &[
    "maximizes sensitivity",
    "maximizes specificity",
    "best balance of sensitivity and specificity",
    "optimized",
    "sensitivity",
    "specificity",
];

/// The codes of dates by which a limit can be set.
const DATE_CODES: &[&str] = &["ed", "dt", "em", "dc", "da", "dd", "dp", "ep", "ez", "up", "rd", "cd"];

/// `20080101-20141021`, `2008 -Current`, `201005`: years, months or days, each from its beginning to its end.
fn dates(code: &str, text: &str) -> Option<Limit> {
    let date = |text: &str, filler: u32| {
        let is_date = matches!(text.len(), 4 | 6 | 8) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = text.parse().ok().filter(|_| is_date)?;
        Some(match text.len() {
            4 => number * 10_000 + filler * 100 + filler,
            6 => number * 100 + filler,
            _ => number,
        })
    };
    let text: String = text.chars().map(plain).collect();
    let (from, to) = text.split_once('-').unwrap_or((&text, &text));
    let (from, to) = (from.trim(), to.trim());
    let first = if from.is_empty() { None } else { Some(date(from, 0)?) };
    let last = if matches!(to, "current" | "") { None } else { Some(date(to, 99)?) };
    match (first, last) {
        (None, None) => None,
        (Some(first), Some(last)) if first > last => None,
        _ => Some(Limit::Dates(code.to_owned(), first, last)),
    }
}

/// The names of age groups and sexes in limits, without their years, and the headings that tell them: MEDLINE's check
/// tags (the age groups of MeSH), and Embase's and PsycInfo's headings where they have others.
const AGE_GROUPS: &[(&str, &[&str])] = &[
    ("all infant", &["infant, newborn", "infant"]),
    ("all child", &["infant, newborn", "infant", "child, preschool", "child", "adolescent"]),
    ("all adult", &["young adult", "adult", "middle aged", "aged", "aged, 80 and over"]),
    ("newborn infant", &["infant, newborn", "newborn"]),
    ("infant", &["infant"]),
    ("preschool child", &["child, preschool", "preschool child"]),
    ("child", &["child"]),
    ("school child", &["school child", "child"]),
    ("adolescent", &["adolescent"]),
    ("adolescence", &["adolescent"]),
    ("childhood", &["infant, newborn", "infant", "child, preschool", "child"]),
    ("young adult", &["young adult"]),
    ("young adult and adult", &["young adult", "adult"]),
    ("adult", &["adult"]),
    ("adulthood", &["young adult", "adult", "middle aged", "aged", "aged, 80 and over"]),
    ("middle age", &["middle aged"]),
    ("middle aged", &["middle aged", "aged", "aged, 80 and over"]),
    ("all aged", &["aged", "aged, 80 and over", "very elderly"]),
    ("aged", &["aged", "aged, 80 and over"]),
    ("female", &["female"]),
    ("male", &["male"]),
];

/// The headings, any of which tells the age group or sex `name` of a limit; none for a name that is none.
#[must_use]
pub fn group_headings(name: &str) -> &'static [&'static str] {
    AGE_GROUPS.iter().find(|(known, _)| *known == name).map_or(&[], |(_, headings)| headings)
}

/// `2010 -Current`, `1990 - 2005`, `2003-2006`, `2010`, `-2005`.
fn years(text: &str) -> Option<Limit> {
    let year = |text: &str| if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse::<u16>().ok() } else { None };
    let text: String = text.chars().map(plain).collect();
    let Some((from, to)) = text.split_once('-') else {
        let only = year(text.trim())?;
        return Some(Limit::Years(Some(only), Some(only)));
    };
    let from = if from.trim().is_empty() { None } else { Some(year(from.trim())?) };
    let to = if matches!(to.trim(), "current" | "") { None } else { Some(year(to.trim())?) };
    match (from, to) {
        (None, None) => None,
        (Some(from), Some(to)) if from > to => None,
        _ => Some(Limit::Years(from, to)),
    }
}

/// The languages by which MEDLINE, Embase and PsycInfo can be limited, as their names are written in a limit.
const LANGUAGES: &[&str] = &[
    "afrikaans",
    "albanian",
    "arabic",
    "armenian",
    "azerbaijani",
    "basque",
    "belarusian",
    "bengali",
    "bosnian",
    "bulgarian",
    "burmese",
    "catalan",
    "chinese",
    "croatian",
    "czech",
    "danish",
    "dutch",
    "english",
    "esperanto",
    "estonian",
    "finnish",
    "french",
    "gaelic",
    "galician",
    "georgian",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "icelandic",
    "indonesian",
    "irish",
    "italian",
    "japanese",
    "kazakh",
    "korean",
    "latin",
    "latvian",
    "lithuanian",
    "macedonian",
    "malay",
    "maori",
    "mongolian",
    "multilingual",
    "norwegian",
    "persian",
    "polish",
    "portuguese",
    "romanian",
    "russian",
    "sanskrit",
    "scottish gaelic",
    "serbian",
    "serbo-croatian",
    "slovak",
    "slovene",
    "slovenian",
    "spanish",
    "swahili",
    "swedish",
    "tagalog",
    "thai",
    "turkish",
    "ukrainian",
    "undetermined",
    "urdu",
    "uzbek",
    "vietnamese",
    "welsh",
    "yiddish",
    "zulu",
];

/// MEDLINE's publication types that a limit can name.
const PUBLICATION_TYPES: &[&str] = &[
    "address",
    "adaptive clinical trial",
    "autobiography",
    "bibliography",
    "biography",
    "case reports",
    "classical article",
    "clinical conference",
    "clinical study",
    "clinical trial",
    "clinical trial protocol",
    "clinical trial, all",
    "clinical trial, phase i",
    "clinical trial, phase ii",
    "clinical trial, phase iii",
    "clinical trial, phase iv",
    "comment",
    "comparative study",
    "conference abstract",
    "conference paper",
    "conference review",
    "consensus development conference",
    "controlled clinical trial",
    "corrected and republished article",
    "dataset",
    "dictionary",
    "directory",
    "editorial",
    "equivalence trial",
    "evaluation study",
    "evaluation studies",
    "guideline",
    "historical article",
    "interview",
    "introductory journal article",
    "journal article",
    "lecture",
    "letter",
    "meta analysis",
    "meta-analysis",
    "multicenter study",
    "network meta-analysis",
    "news",
    "newspaper article",
    "observational study",
    "patient education handout",
    "periodical index",
    "personal narrative",
    "portrait",
    "practice guideline",
    "pragmatic clinical trial",
    "preprint",
    "published erratum",
    "randomized controlled trial",
    "retracted publication",
    "retraction of publication",
    "review",
    "scientific integrity review",
    "scoping review",
    "systematic review",
    "technical report",
    "twin study",
    "validation study",
    "validation studies",
    "video-audio media",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_librarians_write_them() {
        for (written, expected) in [
            ("English", "english language"),
            ("english language", "english language"),
            ("yr=\"2010 -Current\"", "yr=\"2010 -Current\""),
            ("YR = “1990 – 2005”", "yr=\"1990 -2005\""),
            ("yr=2003-2006", "yr=\"2003 -2006\""),
            ("yr=2010", "yr=\"2010 -2010\""),
            ("\"humans\"", "humans"),
            ("Randomized Controlled Trial", "randomized controlled trial"),
            ("clinical trial/all", "clinical trial, all"),
            ("conference abstracts", "conference abstract"),
            ("ed=20080101-20141021", "ed=\"20080101 -20141021\""),
            ("dt = \"2010 - 201403\"", "dt=\"2010 -201403\""),
            ("em=2012-current", "em=\"2012 -Current\""),
            ("female", "female"),
            ("all adult (19 plus years)", "all adult"),
            ("\"Adult <18 to 64 years>\"", "adult"),
            ("abstracts", "abstracts"),
            ("embase", "embase"),
            // A filter of Ovid's, and a publication type.
            ("systematic reviews", "\"systematic reviews\""),
            ("systematic review", "systematic review"),
            ("\"Reviews (maximizes specificity)\"", "\"reviews (maximizes specificity)\""),
        ] {
            assert_eq!(limit(written).map(|limit| limit.to_string()).as_deref(), Some(expected), "{written}");
        }
        for written in ["ed=20110101-20100101", "zz=2010", "yr=\"last 5 years\"", "yr=2010-2001", "full text", "yr=-", "language", "ed=201"]
        {
            assert_eq!(limit(written), None, "{written}");
        }
    }
}
