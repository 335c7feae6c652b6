//! The dialects that exports are written in: who wrote the file, as far as its content tells.
//!
//! A [`Format`](super::Format) is the grammar of a file; a dialect is the habits of the platform or program that wrote it:
//! which tags it uses for what, and where it hides an accession number or a DOI.

use std::fmt;

macro_rules! dialects {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// The platform or program that wrote an export.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[non_exhaustive]
        pub enum Dialect { $($(#[$doc])* $variant,)* }

        impl Dialect {
            /// Every dialect that is told from others.
            pub const ALL: &'static [Dialect] = &[$(Dialect::$variant,)*];

            /// The name as it is shown.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Dialect::$variant => $name,)* }
            }
        }
    };
}

dialects! {
    /// The format as its specification has it, or a program that leaves no mark.
    #[default]
    General = "general";
    /// Ovid.
    Ovid = "Ovid";
    /// EBSCOhost.
    EbscoHost = "EBSCOhost";
    /// Embase.com.
    EmbaseCom = "Embase.com";
    /// Scopus.
    Scopus = "Scopus";
    /// Web of Science.
    WebOfScience = "Web of Science";
    /// Primo, the catalogue program behind Oria.
    Primo = "Primo";
    /// worldcat.org and WorldCat Discovery.
    WorldCat = "WorldCat";
    /// Google Scholar.
    GoogleScholar = "Google Scholar";
    /// Publish or Perish.
    PublishOrPerish = "Publish or Perish";
    /// PubMed.
    PubMed = "PubMed";
    /// PubMed Central.
    Pmc = "PubMed Central";
    /// ERIC.
    Eric = "ERIC";
    /// The Cochrane Library at Wiley.
    CochraneLibrary = "Cochrane Library";
    /// ProQuest.
    ProQuest = "ProQuest";
    /// Dimensions.
    Dimensions = "Dimensions";
    /// The Lens.
    Lens = "Lens";
    /// OpenAlex.
    OpenAlex = "OpenAlex";
    /// Trial search portal of the World Health Organization.
    Ictrp = "ICTRP";
    /// VuFind, Blacklight and other catalogues.
    Catalogue = "library catalogue";
    /// Zotero.
    Zotero = "Zotero";
    /// EndNote.
    EndNote = "EndNote";
    /// Mendeley.
    Mendeley = "Mendeley";
    /// RefWorks.
    RefWorks = "RefWorks";
    /// Citavi.
    Citavi = "Citavi";
    /// Rayyan.
    Rayyan = "Rayyan";
    /// Covidence.
    Covidence = "Covidence";
    /// EPPI-Reviewer.
    EppiReviewer = "EPPI-Reviewer";
    /// ASReview.
    AsReview = "ASReview";
    /// abstrackr.
    Abstrackr = "abstrackr";
    /// ASySD, CiteSource, revtools and other packages of R.
    RPackage = "R package";
    /// refsieve itself.
    Refsieve = "refsieve";
}

impl fmt::Display for Dialect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
