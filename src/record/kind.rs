//! Types of reference.

/// What sort of publication a record says it describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// An article in a journal, magazine or newspaper.
    Article,
    /// A paper or abstract in proceedings.
    ConferencePaper,
    /// A whole book.
    Book,
    /// A chapter of a book.
    Chapter,
    /// A thesis or dissertation.
    Thesis,
    /// A report.
    Report,
    /// Anything else, or not said.
    Other,
}

/// The names that exports use (RIS types, names of EndNote and RefWorks, letters of Web of Science), in lower case.
const NAMES: &[(&str, Kind)] = &[
    ("jour", Kind::Article),
    ("ejour", Kind::Article),
    ("mgzn", Kind::Article),
    ("news", Kind::Article),
    ("inpr", Kind::Article),
    ("jfull", Kind::Article),
    ("abst", Kind::Article),
    ("journal article", Kind::Article),
    ("magazine article", Kind::Article),
    ("newspaper article", Kind::Article),
    ("electronic article", Kind::Article),
    ("conf", Kind::ConferencePaper),
    ("cpaper", Kind::ConferencePaper),
    ("conference paper", Kind::ConferencePaper),
    ("conference proceedings", Kind::ConferencePaper),
    ("book", Kind::Book),
    ("ebook", Kind::Book),
    ("edbook", Kind::Book),
    ("edited book", Kind::Book),
    ("electronic book", Kind::Book),
    ("chap", Kind::Chapter),
    ("echap", Kind::Chapter),
    ("book section", Kind::Chapter),
    ("electronic book section", Kind::Chapter),
    ("thes", Kind::Thesis),
    ("thesis", Kind::Thesis),
    ("rprt", Kind::Report),
    ("report", Kind::Report),
    ("government document", Kind::Report),
    ("govdoc", Kind::Report),
    ("j", Kind::Article),
    ("b", Kind::Book),
    ("journal, electronic", Kind::Article),
    ("abstract", Kind::Article),
    ("conference abstract", Kind::ConferencePaper),
    ("proceedings paper", Kind::ConferencePaper),
    ("book, whole", Kind::Book),
    ("book, edited", Kind::Book),
    ("monograph", Kind::Book),
    ("book, section", Kind::Chapter),
    ("book chapter", Kind::Chapter),
    ("chapter", Kind::Chapter),
    ("dissertation", Kind::Thesis),
    ("dissertation/thesis", Kind::Thesis),
    ("dissertation/thesis, unpublished", Kind::Thesis),
    ("thesis, unpublished", Kind::Thesis),
    // BibTeX and biblatex; "book", "thesis" and "report" stand above.
    ("article", Kind::Article),
    ("suppperiodical", Kind::Article),
    ("inproceedings", Kind::ConferencePaper),
    ("conference", Kind::ConferencePaper),
    ("incollection", Kind::Chapter),
    ("inbook", Kind::Chapter),
    ("suppbook", Kind::Chapter),
    ("inreference", Kind::Chapter),
    ("mvbook", Kind::Book),
    ("booklet", Kind::Book),
    ("collection", Kind::Book),
    ("mvcollection", Kind::Book),
    ("proceedings", Kind::Book),
    ("phdthesis", Kind::Thesis),
    ("mastersthesis", Kind::Thesis),
    ("techreport", Kind::Report),
    // CSL.
    ("article-journal", Kind::Article),
    ("article-magazine", Kind::Article),
    ("article-newspaper", Kind::Article),
    ("review", Kind::Article),
    ("review-book", Kind::Article),
    ("paper-conference", Kind::ConferencePaper),
    ("entry-dictionary", Kind::Chapter),
    ("entry-encyclopedia", Kind::Chapter),
    // Zotero and Crossref.
    ("journalarticle", Kind::Article),
    ("journal-article", Kind::Article),
    ("magazinearticle", Kind::Article),
    ("newspaperarticle", Kind::Article),
    ("conferencepaper", Kind::ConferencePaper),
    ("proceedings-article", Kind::ConferencePaper),
    ("booksection", Kind::Chapter),
    ("book-chapter", Kind::Chapter),
];

impl Kind {
    /// The kind of a type of reference, whatever its case; unknown names are [`Kind::Other`].
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = name.trim();
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or(Kind::Other, |(_, kind)| *kind)
    }
}
