//! The elements of PubMed XML by their tags, and what they are about.

use crate::record::Field;

/// Tags (paths, see the module above) and their meanings.
pub(super) const ELEMENTS: &[(&str, Field)] = &[
    ("PMID", Field::Pmid),
    ("PMID/@Version", Field::Other),
    ("@Status", Field::Other),
    ("@Owner", Field::Other),
    ("@IndexingMethod", Field::Other),
    ("DateCreated", Field::Other),
    ("DateCompleted", Field::Other),
    ("DateRevised", Field::Other),
    ("Article/@PubModel", Field::Other),
    ("Article/Journal/ISSN", Field::SerialNumber),
    ("Article/Journal/ISSN[Print]", Field::SerialNumber),
    ("Article/Journal/ISSN[Electronic]", Field::SerialNumber),
    ("Article/Journal/ISSN[Undetermined]", Field::SerialNumber),
    ("Article/Journal/JournalIssue/Volume", Field::Volume),
    ("Article/Journal/JournalIssue/Issue", Field::Issue),
    ("Article/Journal/JournalIssue/PubDate", Field::Date),
    ("Article/Journal/Title", Field::Journal),
    ("Article/Journal/ISOAbbreviation", Field::JournalAbbreviation),
    ("Article/ArticleTitle", Field::Title),
    ("Article/VernacularTitle", Field::OriginalTitle),
    ("Article/Pagination/StartPage", Field::Pages),
    ("Article/Pagination/EndPage", Field::LastPage),
    ("Article/Pagination/MedlinePgn", Field::Pages),
    ("Article/ELocationID[doi]", Field::Doi),
    ("Article/ELocationID[pii]", Field::Other),
    ("Article/Abstract/AbstractText", Field::Abstract),
    ("Article/Abstract/CopyrightInformation", Field::Other),
    ("Article/AuthorList/Author", Field::FullAuthor),
    ("Article/AuthorList/Author/Initials", Field::Author),
    ("Article/AuthorList/Author/CollectiveName", Field::CorporateAuthor),
    ("Article/AuthorList/Author/Identifier[ORCID]", Field::Other),
    ("Article/AuthorList/Author/AffiliationInfo/Affiliation", Field::Affiliation),
    ("Article/AuthorList/Author/Affiliation", Field::Affiliation),
    ("Article/Affiliation", Field::Affiliation),
    ("Article/Language", Field::Language),
    ("Article/DataBankList/DataBank", Field::RegistryNumber),
    ("Article/GrantList/Grant", Field::Other),
    ("Article/PublicationTypeList/PublicationType", Field::PublicationType),
    ("Article/ArticleDate", Field::OtherDate),
    ("MedlineJournalInfo/Country", Field::Place),
    ("MedlineJournalInfo/MedlineTA", Field::JournalAbbreviation),
    ("MedlineJournalInfo/NlmUniqueID", Field::Other),
    ("MedlineJournalInfo/ISSNLinking", Field::SerialNumber),
    ("ChemicalList/Chemical", Field::Substance),
    ("SupplMeshList/SupplMeshName", Field::Substance),
    ("CitationSubset", Field::Other),
    ("CommentsCorrectionsList/CommentsCorrections", Field::Other),
    ("GeneSymbolList/GeneSymbol", Field::Other),
    ("MeshHeadingList/MeshHeading", Field::Heading),
    ("NumberOfReferences", Field::Other),
    ("PersonalNameSubjectList/PersonalNameSubject", Field::Other),
    ("OtherID", Field::Other),
    ("OtherAbstract", Field::Other),
    ("OtherAbstract/CopyrightInformation", Field::Other),
    ("KeywordList/Keyword", Field::AuthorKeyword),
    ("CoiStatement", Field::Other),
    ("SpaceFlightMission", Field::Other),
    ("InvestigatorList/Investigator", Field::Other),
    ("InvestigatorList/Investigator/AffiliationInfo/Affiliation", Field::Other),
    ("GeneralNote", Field::Note),
    ("PubmedData/History/PubMedPubDate[received]", Field::Other),
    ("PubmedData/History/PubMedPubDate[revised]", Field::Other),
    ("PubmedData/History/PubMedPubDate[accepted]", Field::Other),
    ("PubmedData/History/PubMedPubDate[pubmed]", Field::Other),
    ("PubmedData/History/PubMedPubDate[medline]", Field::Other),
    ("PubmedData/History/PubMedPubDate[entrez]", Field::Other),
    ("PubmedData/History/PubMedPubDate[pmc-release]", Field::Other),
    ("PubmedData/PublicationStatus", Field::Other),
    ("PubmedData/ArticleIdList/ArticleId[pubmed]", Field::Other),
    ("PubmedData/ArticleIdList/ArticleId[doi]", Field::Doi),
    ("PubmedData/ArticleIdList/ArticleId[pmc]", Field::Pmcid),
    ("PubmedData/ArticleIdList/ArticleId[pmcid]", Field::Other),
    ("PubmedData/ArticleIdList/ArticleId[pii]", Field::Other),
    ("PubmedData/ArticleIdList/ArticleId[mid]", Field::Other),
    ("PubmedData/ReferenceList/Reference", Field::CitedReference),
    // Books and their chapters.
    ("Book", Field::Kind),
    ("ArticleIdList/ArticleId[bookaccession]", Field::Other),
    ("ArticleIdList/ArticleId[doi]", Field::Doi),
    ("ArticleIdList/ArticleId[pmc]", Field::Pmcid),
    ("Book/Publisher/PublisherName", Field::Publisher),
    ("Book/Publisher/PublisherLocation", Field::Place),
    ("Book/BookTitle", Field::BookTitle),
    ("Book/PubDate", Field::Date),
    ("Book/BeginningDate", Field::Other),
    ("Book/EndingDate", Field::Other),
    ("Book/AuthorList/Author", Field::FullAuthor),
    ("Book/AuthorList/Author/Initials", Field::Author),
    ("Book/AuthorList/Author/CollectiveName", Field::CorporateAuthor),
    ("Book/AuthorList/Author/AffiliationInfo/Affiliation", Field::Affiliation),
    ("Book/Volume", Field::Volume),
    ("Book/VolumeTitle", Field::Other),
    ("Book/Edition", Field::Edition),
    ("Book/CollectionTitle", Field::SeriesTitle),
    ("Book/Isbn", Field::SerialNumber),
    ("Book/ELocationID[doi]", Field::Doi),
    ("Book/Medium", Field::Other),
    ("Book/ReportNumber", Field::Other),
    ("LocationLabel", Field::Other),
    ("ArticleTitle", Field::Title),
    ("VernacularTitle", Field::OriginalTitle),
    ("Pagination/StartPage", Field::Pages),
    ("Pagination/EndPage", Field::LastPage),
    ("Pagination/MedlinePgn", Field::Pages),
    ("Language", Field::Language),
    ("AuthorList/Author", Field::FullAuthor),
    ("AuthorList/Author/Initials", Field::Author),
    ("AuthorList/Author/CollectiveName", Field::CorporateAuthor),
    ("AuthorList/Author/AffiliationInfo/Affiliation", Field::Affiliation),
    ("PublicationType", Field::PublicationType),
    ("Abstract/AbstractText", Field::Abstract),
    ("Abstract/CopyrightInformation", Field::Other),
    ("Sections/Section/LocationLabel", Field::Other),
    ("Sections/Section/SectionTitle", Field::Contents),
    ("ContributionDate", Field::OtherDate),
    ("GrantList/Grant", Field::Other),
    ("ReferenceList/Reference", Field::CitedReference),
    ("PubmedBookData/PublicationStatus", Field::Other),
    ("PubmedBookData/ArticleIdList/ArticleId[pubmed]", Field::Other),
    ("PubmedBookData/ArticleIdList/ArticleId[doi]", Field::Doi),
    ("PubmedBookData/History/PubMedPubDate[pubmed]", Field::Other),
    ("PubmedBookData/History/PubMedPubDate[medline]", Field::Other),
    ("PubmedBookData/History/PubMedPubDate[entrez]", Field::Other),
];

/// What a tag is about that the table does not list: an element inside of one that has lost its end, or a new one.
pub(super) fn meaning(tag: &str) -> Field {
    let fits = |known: &str| tag.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    // An element of one name may say something else where it belongs to another ("Language", "Title").
    let longest = ELEMENTS.iter().filter(|(known, _)| fits(known)).max_by_key(|(known, _)| known.len());
    longest.filter(|(known, _)| *known == tag || known.contains('/')).map_or(Field::Other, |(_, field)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_listed_once() {
        for (at, (tag, _)) in ELEMENTS.iter().enumerate() {
            assert!(ELEMENTS[at + 1..].iter().all(|(other, _)| other != tag), "{tag}");
        }
    }

    #[test]
    fn unlisted_paths_mean_what_their_end_means() {
        for (tag, expected) in [
            ("PMID", Field::Pmid),
            ("CommentsCorrectionsList/PMID", Field::Other),
            ("Article/ArticleTitle/Article/Abstract/AbstractText", Field::Abstract),
            ("Article/Novelty", Field::Other),
        ] {
            assert_eq!(meaning(tag), expected, "{tag}");
        }
    }
}
