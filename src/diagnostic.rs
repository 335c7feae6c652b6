//! Problems of content, as values that travel beside the result.
//!
//! Goes in: a [`Code`], the place, what was found. Comes out: a [`Diagnostic`] whose message says what was expected,
//! what was found and what was done about it. Nothing here prints: [`Diagnostic::render`] returns text.

mod advice;
mod codes;

pub use advice::Advice;
pub use codes::Code;

use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was altered or lost.
    Note,
    /// Something was repaired, guessed or set aside; the message says what.
    Warning,
    /// Something could not be done: a line that cannot be run, a file that is no export.
    Error,
}

/// A range of bytes within one physical line, `start` inclusive, `end` exclusive; an empty one marks the place before `start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte, from 0.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One problem of content: where it is, what was expected, what was found, what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code; it decides the severity and the words for "expected" and "done".
    pub code: Code,
    /// The file, as the user named it; empty where the text came from nowhere in particular.
    pub file: Arc<str>,
    /// The physical line, counted from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The bytes of that line that are meant.
    pub span: Span,
    /// What stood there, in words that can follow "found".
    pub found: String,
}

impl Diagnostic {
    /// A diagnostic about `span` of line `line` of `file`.
    pub fn new(code: Code, file: &Arc<str>, line: u32, span: Span, found: impl Into<String>) -> Self {
        Self { code, file: Arc::clone(file), line, span, found: found.into() }
    }

    /// How bad it is: the severity of its code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// One sentence: "expected …, found …; what was done".
    #[must_use]
    pub fn message(&self) -> String {
        format!("expected {}, found {}; {}", self.code.expected(), self.found, self.code.done())
    }

    /// The diagnostic for a person: `file:line: severity[code]: message`, and, where `source_line` is the text of that
    /// physical line, the line with a caret under the place.
    #[must_use]
    pub fn render(&self, source_line: Option<&str>) -> String {
        use std::fmt::Write as _;
        let mut out = self.to_string();
        if let Some(text) = source_line {
            let start = text.floor_char_boundary(self.span.start);
            let end = text.floor_char_boundary(self.span.end).max(start);
            let indent: String = text[..start].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            let carets = "^".repeat(text[start..end].chars().count().max(1));
            let _ = write!(out, "\n    {text}\n    {indent}{carets}");
        }
        out
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        if !self.file.is_empty() {
            write!(out, "{}:", self.file)?;
        }
        if self.line > 0 {
            write!(out, "{}:", self.line)?;
        }
        if !self.file.is_empty() || self.line > 0 {
            out.write_str(" ")?;
        }
        write!(out, "{severity}[{}]: {}", self.code.name(), self.message())
    }
}

/// The one JSON shape of a diagnostic: code, severity, file, line, start, end, message.
impl Serialize for Diagnostic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Diagnostic", 7)?;
        out.serialize_field("code", self.code.name())?;
        out.serialize_field("severity", &self.severity())?;
        out.serialize_field("file", &*self.file)?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("start", &self.span.start)?;
        out.serialize_field("end", &self.span.end)?;
        out.serialize_field("message", &self.message())?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn render_puts_the_caret_under_the_place() {
        let diagnostic = Diagnostic::new(Code::UnknownTag, &Arc::from("a.ris"), 3, Span::new(3, 5), "the tag \"ZZ\"");
        let text = diagnostic.render(Some("é  ZZ"));
        assert!(text.starts_with("a.ris:3: note[unknown-tag]: expected "), "{text}");
        assert!(text.ends_with("\n    é  ZZ\n      ^^"), "{text}");
    }

    #[test]
    fn json_has_the_one_shape() {
        let diagnostic = Diagnostic::new(Code::UnknownTag, &Arc::from("a.ris"), 3, Span::new(3, 5), "x");
        let json = serde_json::to_value(&diagnostic).unwrap();
        for key in ["code", "severity", "file", "line", "start", "end", "message"] {
            assert!(json.get(key).is_some(), "{key}");
        }
        assert_eq!(json["severity"], "note");
    }
}
