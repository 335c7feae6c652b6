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

/// The names that exports use (RIS types, EndNote's names), in lower case.
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
];

impl Kind {
    /// The kind of a type of reference, whatever its case; unknown names are [`Kind::Other`].
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = name.trim().to_ascii_lowercase();
        NAMES.iter().find(|(known, _)| *known == name).map_or(Kind::Other, |(_, kind)| *kind)
    }
}
