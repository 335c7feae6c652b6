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
        let from = self.peek().map_or(self.end, |token| token.span.start);
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
            let [Limit::Language(names)] = alternative.as_slice() else {
                let to = self.peek().map_or(self.end, |token| token.span.start);
                let found = "an or between limits that are not languages";
                return Err(Problem::new(Code::UnsupportedLimit, Span::new(from, to.max(from)), found));
            };
            languages.extend(names.iter().cloned());
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
        let ends = |token: &Token<'_>| matches!(token.kind, TokenKind::Close | TokenKind::Open) || is_and_or(token.text);
        while self.tokens.get(self.at).is_some_and(|token| !ends(token)) {
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
fn limit(written: &str) -> Option<Limit> {
    let text: String = plain_lower(written).chars().filter(|&c| c != '"').collect();
    let text = text.trim();
    if let Some((key, value)) = text.split_once('=') {
        return if key.trim() == "yr" { years(value) } else { None };
    }
    let language = text.strip_suffix(" language").unwrap_or(text);
    match text {
        "human" | "humans" => Some(Limit::Humans),
        "animal" | "animals" => Some(Limit::Animals),
        _ if LANGUAGES.contains(&language) => Some(Limit::Language(vec![language.to_owned()])),
        _ if PUBLICATION_TYPES.contains(&text) => Some(Limit::PublicationType(text.to_owned())),
        _ => None,
    }
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
    "clinical trial, phase i",
    "clinical trial, phase ii",
    "clinical trial, phase iii",
    "clinical trial, phase iv",
    "comment",
    "comparative study",
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
        ] {
            assert_eq!(limit(written).map(|limit| limit.to_string()).as_deref(), Some(expected), "{written}");
        }
        for written in ["ed=20100101-20110101", "yr=\"last 5 years\"", "yr=2010-2001", "female", "yr=-", "language"] {
            assert_eq!(limit(written), None, "{written}");
        }
    }
}
