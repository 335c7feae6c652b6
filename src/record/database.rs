//! The databases that exports come from.

use std::fmt;

/// A database (not a platform): what the librarian searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Database {
    /// MEDLINE, on any platform, PubMed included.
    Medline,
    /// APA PsycInfo.
    PsycInfo,
    /// Embase.
    Embase,
    /// Oria, the Norwegian library catalogue, or another Primo catalogue.
    Oria,
    /// WorldCat.
    WorldCat,
    /// Google Scholar.
    GoogleScholar,
    /// Scopus.
    Scopus,
    /// Academic Search (Elite, Premier, Complete, Ultimate).
    AcademicSearch,
    /// CINAHL.
    Cinahl,
    /// Web of Science.
    WebOfScience,
    /// Cochrane CENTRAL or the Cochrane Library.
    Cochrane,
    /// A database on ProQuest.
    ProQuest,
    /// Another database on EBSCOhost.
    EbscoHost,
    /// Dimensions.
    Dimensions,
    /// The Lens.
    Lens,
}

impl Database {
    /// Every database that can be told from its exports.
    pub const ALL: &'static [Database] = &[
        Database::Medline,
        Database::PsycInfo,
        Database::Embase,
        Database::Oria,
        Database::WorldCat,
        Database::GoogleScholar,
        Database::Scopus,
        Database::AcademicSearch,
        Database::Cinahl,
        Database::WebOfScience,
        Database::Cochrane,
        Database::ProQuest,
        Database::EbscoHost,
        Database::Dimensions,
        Database::Lens,
    ];

    /// The name as it is shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Database::Medline => "Medline",
            Database::PsycInfo => "PsycINFO",
            Database::Embase => "Embase",
            Database::Oria => "Oria",
            Database::WorldCat => "WorldCat",
            Database::GoogleScholar => "Google Scholar",
            Database::Scopus => "Scopus",
            Database::AcademicSearch => "Academic Search",
            Database::Cinahl => "CINAHL",
            Database::WebOfScience => "Web of Science",
            Database::Cochrane => "Cochrane",
            Database::ProQuest => "ProQuest",
            Database::EbscoHost => "EBSCOhost",
            Database::Dimensions => "Dimensions",
            Database::Lens => "Lens",
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
