//! The databases that exports come from.

use std::fmt;

macro_rules! databases {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// A database (not a platform): what the librarian searched.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Database { $($(#[$doc])* $variant,)* }

        impl Database {
            /// Every database that can be told from its exports.
            pub const ALL: &'static [Database] = &[$(Database::$variant,)*];

            /// The name as it is shown.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Database::$variant => $name,)* }
            }
        }
    };
}

databases! {
    /// MEDLINE, on any platform, PubMed included.
    Medline = "Medline";
    /// APA PsycInfo.
    PsycInfo = "PsycINFO";
    /// Embase.
    Embase = "Embase";
    /// Oria, the Norwegian library catalogue, or another Primo catalogue.
    Oria = "Oria";
    /// WorldCat.
    WorldCat = "WorldCat";
    /// Google Scholar.
    GoogleScholar = "Google Scholar";
    /// Scopus.
    Scopus = "Scopus";
    /// Academic Search (Elite, Premier, Complete, Ultimate).
    AcademicSearch = "Academic Search";
    /// CINAHL.
    Cinahl = "CINAHL";
    /// Web of Science.
    WebOfScience = "Web of Science";
    /// Cochrane CENTRAL or the Cochrane Library.
    Cochrane = "Cochrane";
    /// A database on ProQuest.
    ProQuest = "ProQuest";
    /// Another database on EBSCOhost.
    EbscoHost = "EBSCOhost";
    /// Dimensions.
    Dimensions = "Dimensions";
    /// The Lens.
    Lens = "Lens";
    /// PubMed Central.
    Pmc = "PubMed Central";
    /// ERIC.
    Eric = "ERIC";
    /// OpenAlex.
    OpenAlex = "OpenAlex";
    /// The trial search portal of the World Health Organization.
    Ictrp = "ICTRP";
    /// ClinicalTrials.gov.
    ClinicalTrials = "ClinicalTrials.gov";
    /// CAB Abstracts.
    CabAbstracts = "CAB Abstracts";
    /// EconLit.
    EconLit = "EconLit";
    /// A library catalogue other than those above.
    Catalogue = "library catalogue";
}

impl Database {
    /// The database that `name` names, whatever its case, blanks and hyphens: "web of science" and "WebOfScience" alike.
    ///
    /// ```
    /// use refsieve::record::Database;
    /// assert_eq!(Database::named("psyc-info"), Some(Database::PsycInfo));
    /// assert_eq!(Database::named("somewhere"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = bare(name);
        Self::ALL.iter().copied().find(|database| bare(database.name()) == wanted)
    }
}

impl fmt::Display for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
