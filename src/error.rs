//! The errors of the library: what keeps a step from giving any result at all.
//!
//! Goes in: a kind, what was being worked on, the cause. Comes out: [`Error`], with its message and its chain of causes.
//! Problems of content (a broken record, an unknown field code) are never errors: they are
//! [`Diagnostic`](crate::diagnostic::Diagnostic)s beside the result.

use std::fmt;

/// The result of a step that may not be possible at all.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a step could give no result.
///
/// The message says what was expected and what was found, in lower case and without a final stop;
/// the cause, where there is one, is chained through [`std::error::Error::source`] and not repeated in the message.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    subject: String,
    message: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What sort of obstacle an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be read or written.
    Io,
    /// A file that was named is no export that refsieve reads: a web page, an empty file, a picture.
    NotAnExport,
    /// A setting or a combination of settings that makes no sense.
    Settings,
    /// A search index that is damaged, of another version, or not an index.
    Index,
    /// Labels (gold clusters) that cannot be used: malformed, repeated or unknown ids.
    Labels,
    /// Decisions of people that cannot be used: malformed, or denying each other.
    Decisions,
}

impl Error {
    /// An error about `subject` (a path, an option), without a deeper cause.
    pub(crate) fn new(kind: ErrorKind, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind, subject: subject.into(), message: message.into(), cause: None }
    }

    /// The same error with the cause that led to it.
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// What sort of obstacle this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What was being worked on: a path, an option, a file of labels.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.subject.is_empty() { out.write_str(&self.message) } else { write!(out, "{}: {}", self.subject, self.message) }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_names_the_subject_and_chains_the_cause() {
        let error = Error::new(ErrorKind::Io, "a.ris", "could not be read").because(std::io::Error::other("disk on fire"));
        assert_eq!(error.to_string(), "a.ris: could not be read");
        assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("disk on fire"));
        assert_eq!(Error::new(ErrorKind::Settings, "", "no files").to_string(), "no files");
    }
}
