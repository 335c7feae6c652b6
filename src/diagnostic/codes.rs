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
    /// A tag line whose separator is misshapen: one blank, a tab, another dash, lower case, an indent.
    LooseTag = "loose-tag", Warning, "a tag, two blanks, a hyphen and a blank", "read as a tag line";
    /// An unknown tag straight after an abstract or note: perhaps a line of its text.
    TagInText = "tag-in-text", Warning, "text or a known tag after a long text", "kept as a tag of its own";
    /// A record starts before the one before has ended.
    MissingRecordEnd = "missing-record-end", Warning, "the end of the record", "the record ends here";
    /// The file ends within a record: perhaps the download was cut off.
    TruncatedFile = "truncated-file", Warning, "the end of the last record", "kept what there is of it; check whether the file is whole";
    /// A record that does not begin with its type.
    MissingRecordStart = "missing-record-start", Warning, "a line that starts the record", "read as a record all the same";
    /// An end of record where none is open.
    StrayRecordEnd = "stray-record-end", Note, "a record before its end", "passed over";
    /// A line that starts a record of another format: files of two formats were joined.
    MixedFormats = "mixed-formats", Warning, "one format in a file", "read as far as the formats are alike; cut the file in two and read both";
    /// A record whose markup is damaged.
    BrokenRecord = "broken-record", Warning, "well-formed XML", "kept what could be read of the record";
    /// A record without any content.
    EmptyRecord = "empty-record", Warning, "a record with content", "left out";
    /// The end of a record and the start of the next on one line.
    GluedRecords = "glued-records", Warning, "the next record on a line of its own", "separated";
    /// Text outside of records: numbers, links, headings of the platform.
    OutsideText = "outside-text", Note, "only records", "kept as text outside of records";
    /// NUL or Ctrl-Z.
    ControlCharacter = "control-character", Warning, "text", "left out";
    /// A byte order mark in mid-file: files were joined.
    ByteOrderMark = "byte-order-mark", Note, "it at the start of the file only", "left out";
    /// Bytes that are not UTF-8 in a file without another encoding's marks.
    NotUtf8 = "not-utf8", Warning, "UTF-8", "read as Windows-1252";
    /// Damaged UTF-16.
    UndecodableText = "undecodable-text", Warning, "whole characters", "shown as the replacement character";

    // --- reading strategies ---

    // --- running strategies ---
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
