//! The closed list of diagnostic codes: name, severity, what is expected, what is done.
//!
//! A code's name is stable: scripts and decisions of users refer to it. To add one, add a row to the table.

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident, $expected:literal, $done:literal;)*) => {
        /// A stable name for one sort of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What is expected at such a place, in words that can follow "expected".
            #[must_use]
            pub fn expected(self) -> &'static str {
                match self { $(Code::$variant => $expected,)* }
            }

            /// What refsieve does about it: the last clause of the message.
            #[must_use]
            pub fn done(self) -> &'static str {
                match self { $(Code::$variant => $done,)* }
            }
        }
    };
}

codes! {
    // --- reading exports ---
    /// A tag that the dialect's table does not know.
    UnknownTag = "unknown-tag", Note, "a tag of this format", "kept in its place";

    // --- reading strategies ---

    // --- running strategies ---

    // --- at the edge ---
    /// A command could not be done at all: a file that cannot be read, a file that is no export, a setting that makes no sense.
    CannotBeDone = "cannot-be-done", Error, "files and settings that can be used", "nothing was done and nothing was written";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_kebab() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        }
    }
}
