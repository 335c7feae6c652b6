//! One export as a whole: its name, its decoded text, its format and where it came from.

use super::{Database, Dialect};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// One file (or standard input) that records were read from. Its text is kept once; records are ranges in it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The path as the user named it; `-` for standard input.
    pub name: String,
    /// The whole text, decoded to UTF-8, line ends as they were.
    pub text: String,
    /// The format that the content was found to have.
    pub format: Format,
    /// The platform or program that wrote the export, where it can be told.
    pub dialect: Dialect,
    /// The database the export came from, where it can be told.
    pub database: Option<Database>,
    /// The character encoding the bytes had, by its WHATWG name, with "with BOM" where there was one.
    pub encoding: &'static str,
    /// Text of tags that stand once for all records: the header row of a table, the paths of elements.
    pub tag_text: TagText,
}

/// Text of tags that stand once for all records of a source; filled by the reader of its format.
#[derive(Debug, Clone, Default)]
pub struct TagText(OnceLock<Box<str>>);

impl Source {
    /// Keeps `text`, ranges of which are the tags of the entries that
    /// [`RecordBuilder::push_shared_range`](super::RecordBuilder::push_shared_range) and its kin add. The first text that
    /// is given stays; says whether `text` is what is kept.
    pub(crate) fn keep_tag_text(&self, text: &str) -> bool {
        &**self.tag_text.0.get_or_init(|| text.into()) == text
    }

    /// The tag at `range` of that text.
    pub(super) fn shared_tag(&self, range: Range<usize>) -> Option<&str> {
        self.tag_text.0.get()?.get(range)
    }

    /// The last component of the name: "exports/medline.nbib" is "medline.nbib".
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $name:literal, [$($extension:literal),*];)*) => {
        /// An export format, told by content and not by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[non_exhaustive]
        pub enum Format { $($(#[$doc])* $variant,)* }

        impl Format {
            /// Every format that can be read.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            /// The name as it is shown.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// The name as it is typed (`--to`) and as JSON has it.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Format::$variant => $id,)* }
            }

            /// The endings that files of this format usually have, the best one first, without the dot.
            #[must_use]
            pub fn extensions(self) -> &'static [&'static str] {
                match self { $(Format::$variant => &[$($extension),*],)* }
            }
        }
    };
}

formats! {
    /// RIS: `TY  - JOUR` … `ER  - `.
    #[default]
    Ris = "ris", "RIS", ["ris", "txt"];
    /// MEDLINE as PubMed writes it (.nbib, "PubMed format" .txt): `PMID- 123`.
    Medline = "nbib", "MEDLINE", ["nbib", "txt"];
    /// Ovid's tagged formats, with short and with long labels: `<1. >`.
    OvidTagged = "ovid", "Ovid tagged", ["cgi", "ovd", "txt"];
    /// EndNote tagged (refer, .enw): `%0 Journal Article`.
    EndNoteTagged = "enw", "EndNote tagged", ["enw", "txt"];
    /// Web of Science tagged: `FN Clarivate …`, `PT J`, `UT WOS:…`.
    WosTagged = "wos", "Web of Science tagged", ["ciw", "txt"];
    /// RefWorks tagged: `RT Journal Article`.
    RefWorksTagged = "refworks", "RefWorks tagged", ["txt"];
    /// EndNote XML: `<xml><records><record>`.
    EndNoteXml = "endnote-xml", "EndNote XML", ["xml"];
    /// PubMed XML: `<PubmedArticle>`.
    PubMedXml = "pubmed-xml", "PubMed XML", ["xml"];
    /// MARCXML of library catalogues: `<datafield tag="245">`.
    MarcXml = "marcxml", "MARCXML", ["xml"];
    /// XML of the ICTRP search portal: `<Trial><TrialID>`.
    IctrpXml = "ictrp-xml", "ICTRP XML", ["xml"];
    /// BibTeX: `@article{key, …}`.
    BibTex = "bibtex", "BibTeX", ["bib"];
    /// A table with commas or semicolons between its cells.
    Csv = "csv", "CSV", ["csv"];
    /// A table with tabs between its cells.
    Tsv = "tsv", "TSV", ["tsv", "tab", "txt"];
    /// A table in an Excel workbook.
    Xlsx = "xlsx", "Excel", ["xlsx"];
    /// CSL-JSON: an array of items as citation processors take them.
    CslJson = "csl-json", "CSL-JSON", ["json"];
    /// refsieve's own JSON Lines, which hold everything that a record is.
    JsonLines = "jsonl", "JSON Lines", ["jsonl", "ndjson"];
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
