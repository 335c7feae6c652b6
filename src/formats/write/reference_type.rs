//! Types of reference, by the names that each format has for them.
//!
//! Sources: the RIS specification of 2011, EndNote's list of reference types and their numbers, the entry types of BibTeX,
//! the types of CSL 1.0.2, the item types of Zotero.

use crate::record::{Field, Format, Record};

macro_rules! reference_types {
    ($($(#[$doc:meta])* $variant:ident = $ris:literal, $endnote:literal $number:literal, $bibtex:literal, $csl:literal, $zotero:literal,
        [$($other:literal),*];)*) => {
        /// What sort of publication a record describes, as reference managers tell them apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(in crate::formats) enum ReferenceType { $($(#[$doc])* $variant,)* }

        /// The names of each type, in the order of the variants.
        const NAMES: &[Names] = &[
            $(Names {
                variant: ReferenceType::$variant,
                ris: $ris,
                endnote: $endnote,
                number: $number,
                bibtex: $bibtex,
                csl: $csl,
                zotero: $zotero,
                others: &[$($other),*],
            },)*
        ];
    };
}

struct Names {
    variant: ReferenceType,
    ris: &'static str,
    endnote: &'static str,
    /// EndNote's number of the type, which its XML carries beside the name.
    number: u8,
    bibtex: &'static str,
    csl: &'static str,
    zotero: &'static str,
    /// Names that are read and never written: codes of Web of Science, entry types that BibTeX has besides.
    others: &'static [&'static str],
}

// A name that several types have means the first of them.
reference_types! {
    /// Anything else, or not said.
    #[default]
    Generic = "GEN", "Generic" 13, "misc", "document", "document", ["other", "unknown"];
    /// An article in a journal.
    JournalArticle = "JOUR", "Journal Article" 17, "article", "article-journal", "journalArticle", ["J", "Journal", "journal-article"];
    /// An article in a magazine.
    MagazineArticle = "MGZN", "Magazine Article" 19, "article", "article-magazine", "magazineArticle", [];
    /// An article in a newspaper.
    NewspaperArticle = "NEWS", "Newspaper Article" 23, "article", "article-newspaper", "newspaperArticle", [];
    /// An article that exists only on line.
    ElectronicArticle = "EJOUR", "Electronic Article" 43, "article", "article-journal", "journalArticle", [];
    /// An article in press.
    ArticleInPress = "INPR", "Journal Article" 17, "article", "article-journal", "journalArticle", ["In Press"];
    /// An abstract.
    Abstract = "ABST", "Journal Article" 17, "article", "article-journal", "journalArticle", [];
    /// A paper at a conference.
    ConferencePaper = "CPAPER", "Conference Paper" 47, "inproceedings", "paper-conference", "conferencePaper",
        ["conference", "proceedings-article"];
    /// Proceedings, or a paper in them.
    ConferenceProceedings = "CONF", "Conference Proceedings" 10, "inproceedings", "paper-conference", "conferencePaper",
        ["proceedings", "S"];
    /// A whole book.
    Book = "BOOK", "Book" 6, "book", "book", "book", ["B", "mvbook", "monograph", "Book, Whole", "Whole book"];
    /// A book of which the parts have authors of their own.
    EditedBook = "EDBOOK", "Edited Book" 28, "book", "book", "book", ["collection", "Book, Edited"];
    /// A book on line.
    ElectronicBook = "EBOOK", "Electronic Book" 44, "book", "book", "book", [];
    /// A chapter or other part of a book.
    BookSection = "CHAP", "Book Section" 5, "incollection", "chapter", "bookSection", ["inbook", "Book Chapter", "suppbook", "Book, Section"];
    /// A part of a book on line.
    ElectronicBookSection = "ECHAP", "Electronic Book Section" 60, "incollection", "chapter", "bookSection", [];
    /// A thesis or dissertation.
    Thesis = "THES", "Thesis" 32, "phdthesis", "thesis", "thesis",
        ["mastersthesis", "dissertation", "Dissertation/Thesis", "Dissertation/Thesis, Unpublished"];
    /// A report.
    Report = "RPRT", "Report" 27, "techreport", "report", "report", ["manual"];
    /// A document of a government.
    GovernmentDocument = "GOVDOC", "Government Document" 46, "techreport", "report", "report", [];
    /// A page of the web.
    WebPage = "ELEC", "Web Page" 12, "misc", "webpage", "webpage", ["online", "electronic", "www", "ICOMM", "Electronic Source", "Trial Registration"];
    /// An entry of a blog.
    Blog = "BLOG", "Blog" 56, "misc", "post-weblog", "blogPost", [];
    /// Data.
    Dataset = "DATA", "Dataset" 59, "misc", "dataset", "dataset", [];
    /// A database on line.
    OnlineDatabase = "DBASE", "Online Database" 45, "misc", "dataset", "webpage", [];
    /// A database that aggregates others.
    AggregatedDatabase = "AGGR", "Aggregated Database" 55, "misc", "dataset", "webpage", [];
    /// Work that is not published.
    UnpublishedWork = "UNPB", "Unpublished Work" 34, "unpublished", "manuscript", "manuscript", ["Unpublished Material"];
    /// A manuscript.
    Manuscript = "MANSCPT", "Manuscript" 36, "unpublished", "manuscript", "manuscript", [];
    /// A preprint.
    Preprint = "UNPB", "Unpublished Work" 34, "unpublished", "article", "preprint", ["posted-content"];
    /// A journal as a whole.
    Serial = "SER", "Serial" 57, "book", "periodical", "book", ["JFULL", "Journal, Electronic"];
    /// A patent.
    Patent = "PAT", "Patent" 25, "misc", "patent", "patent", ["P"];
    /// A standard.
    Standard = "STAND", "Standard" 58, "misc", "standard", "standard", [];
    /// An encyclopedia, or an article in one.
    Encyclopedia = "ENCYC", "Encyclopedia" 53, "incollection", "entry-encyclopedia", "encyclopediaArticle", ["inreference", "reference"];
    /// A dictionary, or an entry in one.
    Dictionary = "DICT", "Dictionary" 52, "incollection", "entry-dictionary", "dictionaryEntry", ["entry"];
    /// A program.
    ComputerProgram = "COMP", "Computer Program" 9, "misc", "software", "computerProgram", [];
    /// A film or broadcast.
    Film = "MPCT", "Film or Broadcast" 21, "misc", "motion_picture", "film", ["movie", "tvBroadcast", "radioBroadcast", "broadcast"];
    /// Pictures and sound.
    Audiovisual = "ADVS", "Audiovisual Material" 3, "misc", "motion_picture", "videoRecording", ["VIDEO", "SLIDE"];
    /// Music and other sound.
    Music = "MUSIC", "Music" 61, "misc", "song", "audioRecording", ["SOUND", "audio", "podcast"];
    /// Several media on line.
    OnlineMultimedia = "MULTI", "Online Multimedia" 48, "misc", "webpage", "webpage", [];
    /// A work of art.
    Artwork = "ART", "Artwork" 2, "misc", "graphic", "artwork", [];
    /// A figure.
    Figure = "FIGURE", "Figure" 37, "misc", "figure", "artwork", [];
    /// A chart or table.
    Chart = "CHART", "Chart or Table" 38, "misc", "graphic", "artwork", [];
    /// An equation.
    Equation = "EQUA", "Equation" 39, "misc", "document", "document", [];
    /// A map.
    Map = "MAP", "Map" 20, "misc", "map", "map", [];
    /// What one person told another.
    PersonalCommunication = "PCOMM", "Personal Communication" 26, "misc", "personal_communication", "letter",
        ["email", "instantMessage", "interview"];
    /// A talk.
    Presentation = "SLIDE", "Conference Paper" 47, "misc", "speech", "presentation", [];
    /// A pamphlet.
    Pamphlet = "PAMP", "Pamphlet" 24, "booklet", "pamphlet", "document", [];
    /// A hearing.
    Hearing = "HEAR", "Hearing" 14, "misc", "hearing", "hearing", [];
    /// A bill.
    Bill = "BILL", "Bill" 4, "misc", "bill", "bill", ["UNBILL"];
    /// A case at court.
    Case = "CASE", "Case" 7, "misc", "legal_case", "case", [];
    /// A statute.
    Statute = "STAT", "Statute" 31, "misc", "legislation", "statute", [];
    /// A rule or regulation.
    LegalRule = "LEGAL", "Legal Rule or Regulation" 50, "misc", "regulation", "statute", [];
    /// A classical work.
    ClassicalWork = "CLSWK", "Classical Work" 49, "book", "classic", "book", [];
    /// An ancient text.
    AncientText = "ANCIENT", "Ancient Text" 51, "book", "classic", "book", [];
    /// A catalogue.
    Catalog = "CTLG", "Catalog" 8, "book", "book", "book", [];
    /// A grant.
    Grant = "GRANT", "Grant" 54, "misc", "document", "document", [];
}

impl ReferenceType {
    /// The type of a record: what it says, else what its fields speak for.
    pub(in crate::formats) fn of(record: &Record) -> Self {
        if let Some(known) = record.values(Field::Kind).find_map(|name| Self::named(name, record.format())) {
            return known;
        }
        let has = |field| record.first(field).is_some();
        let is_article = |name: &str| name.trim().eq_ignore_ascii_case("journal article");
        if record.values(Field::PublicationType).any(is_article) {
            return ReferenceType::JournalArticle;
        }
        // MEDLINE has no types of reference; a publication type may be the name of one.
        let named = |name: &str| NAMES.iter().find(|names| names.endnote.eq_ignore_ascii_case(name.trim())).map(|names| names.variant);
        if let Some(known) = record.values(Field::PublicationType).find_map(named) {
            return known;
        }
        if has(Field::Journal) || has(Field::JournalAbbreviation) {
            ReferenceType::JournalArticle
        } else if has(Field::BookTitle) {
            if has(Field::Title) { ReferenceType::BookSection } else { ReferenceType::Book }
        } else {
            ReferenceType::Generic
        }
    }

    /// The type that `name` names in a record of `format`, whatever its case: by the names of that format first, then by
    /// those of all others, since exports of one program often carry the names of another.
    pub(in crate::formats) fn named(name: &str, format: Format) -> Option<Self> {
        let name = name.trim();
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let of_format = |names: &&Names| match format {
            Format::CslJson => is(names.csl),
            Format::BibTex => is(names.bibtex),
            Format::EndNoteXml | Format::EndNoteTagged => is(names.endnote),
            _ => is(names.ris),
        };
        let of_any = |names: &&Names| {
            [names.ris, names.endnote, names.bibtex, names.csl, names.zotero].into_iter().any(is)
                || names.others.iter().any(|other| is(other))
        };
        let found = NAMES.iter().find(of_format).or_else(|| NAMES.iter().find(of_any));
        found.map(|names| names.variant)
    }

    /// Whether such a work stands in a book or in proceedings.
    pub(in crate::formats) fn is_part_of_book(self) -> bool {
        matches!(
            self,
            ReferenceType::BookSection
                | ReferenceType::ElectronicBookSection
                | ReferenceType::ConferencePaper
                | ReferenceType::ConferenceProceedings
                | ReferenceType::Encyclopedia
                | ReferenceType::Dictionary
        )
    }

    /// The name in RIS (`TY`).
    pub(in crate::formats) fn ris(self) -> &'static str {
        self.names().ris
    }

    /// The name in EndNote.
    pub(in crate::formats) fn endnote(self) -> &'static str {
        self.names().endnote
    }

    /// EndNote's number of the type.
    pub(in crate::formats) fn endnote_number(self) -> u8 {
        self.names().number
    }

    /// The entry type in BibTeX.
    pub(in crate::formats) fn bibtex(self) -> &'static str {
        self.names().bibtex
    }

    /// The type in CSL.
    pub(in crate::formats) fn csl(self) -> &'static str {
        self.names().csl
    }

    fn names(self) -> &'static Names {
        &NAMES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_types() {
        for (at, names) in NAMES.iter().enumerate() {
            assert_eq!(names.variant as usize, at, "{}", names.ris);
        }
    }

    #[test]
    fn names_of_each_format_mean_their_type() {
        for (name, format, expected) in [
            ("JOUR", Format::Ris, Some(ReferenceType::JournalArticle)),
            ("jour", Format::Ris, Some(ReferenceType::JournalArticle)),
            ("Book Section", Format::EndNoteTagged, Some(ReferenceType::BookSection)),
            ("article", Format::BibTex, Some(ReferenceType::JournalArticle)),
            ("article", Format::CslJson, Some(ReferenceType::Preprint)),
            ("mastersthesis", Format::BibTex, Some(ReferenceType::Thesis)),
            ("bookSection", Format::Csv, Some(ReferenceType::BookSection)),
            ("J", Format::WosTagged, Some(ReferenceType::JournalArticle)),
            ("OTHER_PUBTYPE", Format::Ris, None),
            ("", Format::Ris, None),
        ] {
            assert_eq!(ReferenceType::named(name, format), expected, "{name}");
        }
    }

    #[test]
    fn names_in_ris_and_endnote_are_read_back() {
        for names in NAMES {
            let again = ReferenceType::named(names.ris, Format::Ris).unwrap();
            assert_eq!(again.ris(), names.ris);
            let again = ReferenceType::named(names.endnote, Format::EndNoteXml).unwrap();
            assert_eq!((again.endnote(), again.endnote_number()), (names.endnote, names.number));
            let again = ReferenceType::named(names.csl, Format::CslJson).unwrap();
            assert_eq!(again.csl(), names.csl);
        }
    }
}
