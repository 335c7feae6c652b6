//! One export as a whole: its name, its decoded text, its format and where it came from.

use super::Database;
use std::fmt;

/// One file (or standard input) that records were read from. Its text is kept once; records are ranges in it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The path as the user named it; `-` for standard input.
    pub name: String,
    /// The whole text, decoded to UTF-8, line ends as they were.
    pub text: String,
    /// The format that the content was found to have.
    pub format: Format,
    /// The database the export came from, where it can be told.
    pub database: Option<Database>,
    /// The character encoding the bytes had, by its WHATWG name, with "with BOM" where there was one.
    pub encoding: &'static str,
}

impl Source {
    /// The last component of the name: "exports/medline.nbib" is "medline.nbib".
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// An export format, told by content and not by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Format {
    /// RIS: `TY  - JOUR` … `ER  - `.
    #[default]
    Ris,
    /// MEDLINE as PubMed writes it (.nbib, "PubMed format" .txt): `PMID- 123`.
    Medline,
    /// EndNote tagged (refer, .enw): `%0 Journal Article`.
    EndNoteTagged,
    /// EndNote XML: `<xml><records><record>`.
    EndNoteXml,
}

impl Format {
    /// Every format that can be read.
    pub const ALL: &'static [Format] = &[Format::Ris, Format::Medline, Format::EndNoteTagged, Format::EndNoteXml];

    /// The name as it is shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Ris => "RIS",
            Format::Medline => "MEDLINE",
            Format::EndNoteTagged => "EndNote tagged",
            Format::EndNoteXml => "EndNote XML",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
