//! The evidence about one pair of records, field by field.
//!
//! Goes in: two [`NormalForm`]s and the [`Corpus`] they stand in. Comes out: a [`Comparison`]. Each field agrees with some
//! strength, contradicts, or is silent; silence is never a match. Comparing (a, b) equals comparing (b, a). Nothing is
//! decided here.

use super::corpus::Corpus;
use crate::normalize::{Class, Journal, NormalForm, Page, Title, are_of_one_registry};
use crate::record::Kind;

mod abstracts;
mod authors;
mod journals;
mod look_alikes;
mod numerals;
mod opposites;
mod pages;
mod titles;
mod words;

pub(super) use abstracts::abstracts_at_most;
pub(super) use numerals::{LARGEST_SUPPLEMENT, volume_may_be_supplement};
use numerals::{numerals, supplements_differ, volumes};
use pages::{begin_at_one, on_first_pages, only_one_is_of_supplement, pages, pages_far_apart};
use titles::FirstLook;
pub use titles::{TitleEvidence, TitleLevel};

/// What a field that can only be equal or not says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// A side does not say.
    Silent,
    /// Both say the same.
    Agrees,
    /// They say different things.
    Contradicts,
}

/// What the DOIs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoiLevel {
    /// A side has none.
    Silent,
    /// A common DOI.
    Same,
    /// A common DOI that other titles have too: a supplement's, a mistake.
    Shared,
    /// Two versions of one DOI (".pub2" and ".pub3"), or two updates of one Cochrane review.
    Versions,
    /// None in common.
    Different,
}

/// What the authors say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorLevel {
    /// A side names none.
    Silent,
    /// At least two, and nearly all of the shorter list, are on the other: the first among them, or at least three, or both of
    /// two and two.
    All,
    /// The first agrees and no more can be known, since one side names only one.
    First,
    /// The first agrees, most others do not.
    FirstOnly,
    /// The first differs, others agree.
    Some,
    /// Nobody in common.
    None,
}

/// What the years say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearLevel {
    /// A side has none.
    Silent,
    /// The same.
    Same,
    /// One year apart: ahead of print, proceedings.
    OneApart,
    /// Two years apart.
    TwoApart,
    /// More.
    Apart,
}

/// What the journals say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalLevel {
    /// A side has none.
    Silent,
    /// The same words, or the same ISSN.
    Same,
    /// One abbreviates the other.
    Abbreviated,
    /// Some words in common.
    Partial,
    /// Nothing in common; foreign names of one journal also look like this.
    Different,
}

/// What the pages say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageLevel {
    /// A side has none.
    Silent,
    /// Both ends agree, or the article number.
    Same,
    /// The first page agrees; the last does not or is not known.
    First,
    /// Not comparable: an article number against pages.
    Incomparable,
    /// One begins at page 1, as versions ahead of print do: comparable only where none is to be expected.
    Provisional,
    /// Different first pages, but ranges that overlap.
    Overlap,
    /// One range begins where the other ends.
    Adjacent,
    /// Different.
    Different,
}

/// What the abstracts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbstractLevel {
    /// A side has none.
    Silent,
    /// The same text, labels and cuts aside.
    Same,
    /// Much in common.
    Similar,
    /// Little in common.
    Unlike,
    /// Nothing in common.
    Different,
}

/// The evidence about one pair.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a plain fact about the pair")]
pub struct Comparison {
    /// Titles.
    pub title: TitleEvidence,
    /// DOIs.
    pub doi: DoiLevel,
    /// PubMed identifiers.
    pub pmid: Agreement,
    /// Registry numbers.
    pub registry: Agreement,
    /// ISBNs.
    pub isbn: Agreement,
    /// Authors.
    pub authors: AuthorLevel,
    /// Years.
    pub year: YearLevel,
    /// Journals, ISSNs included.
    pub journal: JournalLevel,
    /// Volumes.
    pub volume: Agreement,
    /// Issues.
    pub issue: Agreement,
    /// Editions of books.
    pub edition: Agreement,
    /// Pages.
    pub pages: PageLevel,
    /// Abstracts.
    pub sketch: AbstractLevel,
    /// Whether the abstracts are the same word by word, or nearly so.
    pub verbatim: bool,
    /// A class that one title states and the other does not.
    pub class_conflict: Option<Class>,
    /// A class that only one side is noted to be.
    pub class_doubt: Option<Class>,
    /// Whether both are columns, printed again and again under one title.
    pub both_columns: bool,
    /// Whether both are registrations of trials or reviews.
    pub both_registrations: bool,
    /// Whether both titles say that they answer or judge another work: there is one such title for each who does.
    pub both_about_another: bool,
    /// Whether the common DOI stands with one title at most in this set.
    pub doi_of_one_title: bool,
    /// Whether one stands in a journal and the other in proceedings.
    pub venue_types_differ: bool,
    /// Whether one is an article and the other a chapter, a book, a thesis or a report, or one a thesis and the other what comes of one.
    pub kinds_differ: bool,
    /// Whether one is an article or a report and the other a paper in proceedings.
    pub proceedings_doubt: bool,
    /// Whether both have the pages of a paper, and neither those of an abstract or a letter.
    pub both_long: bool,
    /// Whether both have the pages of a paper, and more than a column has.
    pub many_pages: bool,
    /// Whether a side is an abstract of a meeting, or stands in a supplement, as these do.
    pub in_supplement: bool,
    /// Whether both are.
    pub both_in_supplements: bool,
    /// Whether both stand in numbered supplements, and not of one number.
    pub supplements_differ: bool,
    /// Whether both are books, theses or reports, which stand in nothing but a series.
    pub both_whole: bool,
    /// Whether both are books.
    pub both_books: bool,
    /// Whether both are theses: of one title there may be one at each university.
    pub both_theses: bool,
    /// Whether one is a thesis, and the other what Dissertation Abstracts printed of a thesis by that name in the next year.
    pub thesis_and_abstract: bool,
    /// Whether the first authors of two theses have one initial, and given names that are two.
    pub given_names_differ: bool,
    /// Whether both are papers or abstracts of a meeting.
    pub both_of_meetings: bool,
    /// Whether both are reports, of which some series bring one of the same title each year.
    pub both_reports: bool,
    /// Whether the numbers of two works that stand in nothing are two: of reports, of patents.
    pub numbers_of_wholes_differ: bool,
    /// Whether their months or days are.
    pub days_of_wholes_differ: bool,
    /// Whether the titles are written in two scripts.
    pub in_two_scripts: bool,
    /// Whether a side is a chapter: its DOI and ISBN may be those of the book.
    pub has_chapter: bool,
    /// Whether one journal is called by one word, and the other by that and one or two more: "Lancet" and "Lancet Oncology".
    pub sister_journals: bool,
    /// Whether one journal's name abbreviates the other, but leaves words out: "J Periodontol" and "Journal of Clinical Periodontology".
    pub journal_left_words_out: bool,
    /// Whether both are whole works of which there may be one each year.
    pub both_annual: bool,
    /// Whether one stands where the abstracts of a meeting do, and the other on the pages of a paper elsewhere, or has a DOI of its own
    /// and no place yet.
    pub abstract_or_paper: bool,
    /// Whether one is noted to be a letter or a comment, and the other is not.
    pub one_is_letter: bool,
    /// Whether both titles say that they are an erratum or a retraction notice, whatever a type says.
    pub both_state_notice: bool,
    /// Whether a side is a text, and noted to be no data and no recording.
    pub one_is_text: bool,
    /// Whether one is a book and the other a chapter.
    pub book_and_chapter: bool,
    /// Whether one has the pages of a paper, and the other a page or two.
    pub one_long: bool,
    /// Whether the pages of both are counted from 1, be it those of a supplement: many begin so.
    pub count_from_one: bool,
    /// Whether the first author is the only one of several that both name.
    pub others_differ: bool,
    /// Whether the pages are more than a few apart: those of two abstracts, where each has one.
    pub pages_far_apart: bool,
    /// Whether both stand where every issue of a journal has its editorial.
    pub on_first_pages: bool,
    /// Whether the records say the same in all but id and origin.
    pub identical: bool,
}

/// What is known of a pair before titles and journals are compared: a handful of numbers on each side.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a plain fact about the pair")]
pub struct Glance {
    /// Titles, where they are the same letters or have been compared.
    pub title: Option<TitleEvidence>,
    /// DOIs; a common one may turn out to be that of a supplement or a book.
    pub doi: DoiLevel,
    /// PubMed identifiers.
    pub pmid: Agreement,
    /// Registry numbers.
    pub registry: Agreement,
    /// ISBNs.
    pub isbn: Agreement,
    /// Authors, once they are compared.
    pub authors: Option<AuthorLevel>,
    /// Years.
    pub year: YearLevel,
    /// Volumes.
    pub volume: Agreement,
    /// Issues.
    pub issue: Agreement,
    /// Pages.
    pub pages: PageLevel,
    /// Abstracts.
    pub sketch: AbstractLevel,
    /// Whether both are columns, printed again and again under one title.
    pub both_columns: bool,
    /// Whether both are registrations of trials or reviews.
    pub both_registrations: bool,
    /// Whether both are books.
    pub both_books: bool,
    /// Whether the records say the same in all but id and origin.
    pub identical: bool,
}

impl Glance {
    pub(super) fn of(left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> Self {
        Self {
            title: None,
            doi: dois(left, right, corpus),
            pmid: sets(&left.identifiers.pmids, &right.identifiers.pmids),
            registry: registrations(&left.identifiers.registry, &right.identifiers.registry),
            isbn: sets(&left.identifiers.isbns, &right.identifiers.isbns),
            authors: None,
            year: years(left.year, right.year),
            volume: volumes(left, right),
            issue: numerals(left.issue, right.issue),
            pages: match pages(left.pages, right.pages) {
                // How many pages a thesis has, and where its abstract is printed.
                PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap if both_are(left, right, Kind::Thesis) => {
                    PageLevel::Incomparable
                }
                level => level,
            },
            sketch: abstracts::abstracts(left.sketch.as_ref(), right.sketch.as_ref()),
            both_columns: left.classes.states(Class::Column) && right.classes.states(Class::Column),
            both_registrations: both_have(left, right, Class::TrialRegistration),
            both_books: both_are(left, right, Kind::Book),
            identical: left.content == right.content,
        }
    }

    /// The same with what takes longer to compare: the authors, and the titles where they are the same letters.
    fn closer(self, left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> Self {
        let key = |form: &NormalForm| form.title.as_ref().map(|title| title.key);
        let title = (key(left).is_some() && key(left) == key(right)).then(|| TitleEvidence::of(left, right, None, corpus));
        Self { title, authors: Some(authors::authors(&left.authors, &right.authors)), ..self }
    }
}

impl Comparison {
    /// The evidence about `left` and `right`, in the set that `corpus` describes.
    #[must_use]
    pub fn of(left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> Self {
        Self::with_glance(Glance::of(left, right, corpus).closer(left, right, corpus), left, right, corpus)
    }

    /// The same, unless `is_hopeless` says at a glance, a closer one or one that knows the titles, that nothing can join the two,
    /// or the titles differ and neither an identifier nor a place speaks for one work (where there is no author and no abstract in
    /// common either, titles that are alike suffice): then no rule can join the two, and nothing else need be looked at. Most
    /// candidate pairs end here.
    #[must_use]
    pub fn unless_hopeless(left: &NormalForm, right: &NormalForm, corpus: &Corpus, is_hopeless: impl Fn(&Glance) -> bool) -> Option<Self> {
        let glance = Some(Glance::of(left, right, corpus)).filter(|glance| !is_hopeless(glance))?;
        let glance = Some(glance.closer(left, right, corpus)).filter(|glance| !is_hopeless(glance))?;
        let mut measured = None;
        if glance.title.is_none() && only_titles_speak(&glance, left, right) {
            let shared = shares_author_or_abstract(&glance);
            let needed = if shared { titles::ALIKE } else { titles::NEARLY_ALIKE };
            if !shared && are_strangers(&glance, left, right) {
                return None;
            }
            match titles::first_look(left, right, needed) {
                FirstLook::Apart => return None,
                FirstLook::Alike(similarity) => measured = Some(similarity),
                FirstLook::Open => {}
            }
        }
        let title = glance.title.unwrap_or_else(|| TitleEvidence::of(left, right, measured, corpus));
        let glance = Some(Glance { title: Some(title), ..glance }).filter(|glance| !is_hopeless(glance))?;
        Some(Self::with_glance(glance, left, right, corpus))
    }

    /// The evidence, where `glance` is known.
    fn with_glance(glance: Glance, left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> Self {
        let title = glance.title.unwrap_or_else(|| TitleEvidence::of(left, right, None, corpus));
        let (class_conflict, class_doubt) = classes(left, right);
        let has_chapter = left.kind == Kind::Chapter || right.kind == Kind::Chapter;
        // On other pages of a book stands another chapter, however alike the titles.
        let other_pages = matches!(glance.pages, PageLevel::Different | PageLevel::Adjacent);
        let least = if other_pages { TitleLevel::Close } else { TitleLevel::Inserted };
        let of_the_book = has_chapter && (TitleLevel::Different..least).contains(&title.level);
        let journal = journals::journals(left, right);
        let common_doi = common(&left.identifiers.dois, &right.identifiers.dois);
        let both = |class: &Class| left.classes.states(*class) && right.classes.states(*class);
        Self {
            pages: match glance.pages {
                // A column is printed with its issue and has no version ahead of print.
                PageLevel::Provisional if both(&Class::Column) => PageLevel::Different,
                // "S101" of a supplement is no page 101 of another issue.
                PageLevel::Same | PageLevel::First if glance.issue == Agreement::Contradicts && only_one_is_of_supplement(left, right) => {
                    PageLevel::Different
                }
                // Some journals number the pages of each paper from 1: that is a length and no place.
                PageLevel::Same | PageLevel::First if title.level < TitleLevel::Close && begin_at_one(left, right) => {
                    PageLevel::Provisional
                }
                level => level,
            },
            title,
            doi: match glance.doi {
                DoiLevel::Same if of_the_book => DoiLevel::Shared,
                level => level,
            },
            pmid: glance.pmid,
            registry: glance.registry,
            isbn: glance.isbn,
            authors: glance.authors.unwrap_or_else(|| authors::authors(&left.authors, &right.authors)),
            year: glance.year,
            journal,
            sister_journals: journal == JournalLevel::Partial && journals::are_sisters(&left.journal, &right.journal),
            volume: glance.volume,
            issue: glance.issue,
            edition: match (left.edition, right.edition) {
                (0, _) | (_, 0) => Agreement::Silent,
                _ if left.kind == Kind::Article || right.kind == Kind::Article => Agreement::Silent,
                (left, right) if left == right => Agreement::Agrees,
                _ => Agreement::Contradicts,
            },
            sketch: glance.sketch,
            verbatim: glance.sketch == AbstractLevel::Same && abstracts::are_verbatim(left.sketch.as_ref(), right.sketch.as_ref()),
            class_conflict,
            class_doubt,
            both_columns: glance.both_columns,
            both_registrations: glance.both_registrations,
            venue_types_differ: venue_types_differ(&left.journal, &right.journal),
            both_about_another: [Class::Comment, Class::Reply, Class::Letter, Class::BookReview].iter().any(both),
            doi_of_one_title: common_doi.is_some_and(|doi| corpus.doi_titles(*doi) <= 1),
            kinds_differ: kinds_differ(left.kind, right.kind),
            proceedings_doubt: matches!(
                (left.kind, right.kind),
                (Kind::Article | Kind::Report, Kind::ConferencePaper) | (Kind::ConferencePaper, Kind::Article | Kind::Report)
            ),
            both_long: are_long(left) && are_long(right),
            many_pages: have_many_pages(left) && have_many_pages(right),
            in_supplement: is_in_supplement(left) || is_in_supplement(right),
            both_in_supplements: is_in_supplement(left) && is_in_supplement(right),
            supplements_differ: supplements_differ(left.issue, right.issue),
            both_whole: left.kind == right.kind && matches!(left.kind, Kind::Book | Kind::Thesis | Kind::Report),
            both_books: glance.both_books,
            both_theses: both_are(left, right, Kind::Thesis),
            thesis_and_abstract: is_abstract_of_thesis(left, right) || is_abstract_of_thesis(right, left),
            given_names_differ: both_are(left, right, Kind::Thesis) && authors::given_names_differ(&left.authors, &right.authors),
            both_of_meetings: both_are(left, right, Kind::ConferencePaper),
            both_reports: both_are(left, right, Kind::Report),
            numbers_of_wholes_differ: left.of_whole.numbers_differ(right.of_whole),
            days_of_wholes_differ: left.of_whole.days_differ(right.of_whole),
            in_two_scripts: are_in_two_scripts(left, right),
            has_chapter,
            journal_left_words_out: journal == JournalLevel::Abbreviated && journals::leave_words_out(left, right),
            both_annual: is_annual(left) && is_annual(right),
            abstract_or_paper: abstract_or_paper(left, right) || abstract_or_paper(right, left),
            one_is_letter: [Class::Letter, Class::Comment].iter().any(|class| left.classes.has(*class) != right.classes.has(*class)),
            both_state_notice: [left, right]
                .iter()
                .all(|form| [Class::Erratum, Class::Retraction].iter().any(|class| form.classes.states(*class))),
            one_is_text: is_text(left) || is_text(right),
            book_and_chapter: matches!((left.kind, right.kind), (Kind::Book, Kind::Chapter) | (Kind::Chapter, Kind::Book)),
            one_long: are_long(left) != are_long(right),
            count_from_one: [left, right].iter().all(|form| form.pages.is_some_and(|pages| pages.first.number == 1)),
            others_differ: glance.authors == Some(AuthorLevel::FirstOnly) && authors::others_differ(&left.authors, &right.authors),
            pages_far_apart: pages_far_apart(left.pages, right.pages),
            on_first_pages: on_first_pages(left, right),
            identical: glance.identical,
        }
    }

    /// Whether volume, and first page too, agree: the place in a journal.
    #[must_use]
    pub fn same_place(&self) -> bool {
        self.volume == Agreement::Agrees && matches!(self.pages, PageLevel::Same | PageLevel::First)
    }

    /// Whether both stand on the same range of pages, and that of a paper.
    #[must_use]
    pub fn same_range(&self) -> bool {
        self.pages == PageLevel::Same && self.both_long
    }

    /// Whether journal, volume and issue agree: an issue has a few dozen works, so that little more is needed.
    #[must_use]
    pub fn same_issue(&self) -> bool {
        let journal = matches!(self.journal, JournalLevel::Same | JournalLevel::Abbreviated);
        journal && self.volume == Agreement::Agrees && self.issue == Agreement::Agrees
    }

    /// Whether every part of the place that both name is different, two parts at least.
    #[must_use]
    pub fn place_contradicts(&self) -> bool {
        let pages = matches!(self.pages, PageLevel::Different | PageLevel::Adjacent);
        let agrees = [self.volume, self.issue].contains(&Agreement::Agrees) || matches!(self.pages, PageLevel::Same | PageLevel::First);
        let apart =
            [self.volume == Agreement::Contradicts, self.issue == Agreement::Contradicts, pages].into_iter().filter(|apart| *apart).count();
        // Numbers of two sorts ("2971", "e287") are two places all the same, where whole papers of different titles stand there.
        let other_pages = self.pages == PageLevel::Incomparable && self.both_long && self.title.level < TitleLevel::Close;
        let within_volume = self.issue == Agreement::Contradicts && (pages || other_pages);
        (!agrees && apart >= 2) || within_volume
    }
}

/// Whether one title is written in Latin letters, and the other begins in others.
fn are_in_two_scripts(left: &NormalForm, right: &NormalForm) -> bool {
    let (Some(left), Some(right)) = (&left.title, &right.title) else { return false };
    let begins_otherwise = |title: &Title| title.text().starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
    (left.text().is_ascii() && begins_otherwise(right)) || (right.text().is_ascii() && begins_otherwise(left))
}

/// Whether two records of one work stand in two journals. Under one identifier a journal has two names, unless one is a server of
/// preprints.
pub(super) fn are_in_two_journals(left: &NormalForm, right: &NormalForm) -> bool {
    let is_one = common(&left.identifiers.dois, &right.identifiers.dois).is_some()
        || common(&left.identifiers.pmids, &right.identifiers.pmids).is_some();
    let on_server = left.classes.has(Class::Preprint) != right.classes.has(Class::Preprint);
    journals::journals(left, right) == JournalLevel::Different && (!is_one || on_server)
}

/// An abstract, a letter or a note has fewer pages.
const FEWEST_PAGES_OF_PAPER: u32 = 4;

/// Whether a record is a whole work of which there may be one each year: a report, or a book or website whose title says so.
fn is_annual(form: &NormalForm) -> bool {
    const YEARLY: [&str; 7] = ["annual", "yearbook", "arsrapport", "jahresbericht", "report", "statistics", "survey"];
    let says_it = |words: &[&str]| form.title.as_ref().is_some_and(|title| title.text().split(' ').any(|word| words.contains(&word)));
    let is_one = match form.kind {
        Kind::Report => true,
        Kind::Book => says_it(&YEARLY[..4]),
        Kind::Other => says_it(&YEARLY),
        _ => false,
    };
    is_one && form.journal.is_empty()
}

/// Whether a record is that of a text, and not of data or a recording.
fn is_text(form: &NormalForm) -> bool {
    form.kind != Kind::Other && !form.classes.has(Class::Dataset)
}

/// Whether a record has the pages of a paper, and not those of all abstracts of a meeting.
fn are_long(form: &NormalForm) -> bool {
    const MOST_PAGES_IN_SUPPLEMENT: u32 = 100;
    let Some((pages, count)) = form.pages.and_then(|pages| Some((pages, pages.count()?))) else { return false };
    count >= FEWEST_PAGES_OF_PAPER && !(pages.first.letters == [b's', 0, 0, 0] && count > MOST_PAGES_IN_SUPPLEMENT)
}

/// Whether a record has more pages than a column of reviews or obituaries.
fn have_many_pages(form: &NormalForm) -> bool {
    const FEWEST: u32 = 7;
    are_long(form) && form.pages.and_then(|pages| pages.count()).is_some_and(|count| count >= FEWEST)
}

/// Whether a record is an abstract of a meeting, or stands in a supplement.
fn is_in_supplement(form: &NormalForm) -> bool {
    form.classes.has(Class::Abstract)
        || form.identifiers.in_supplement
        || [form.volume, form.issue].iter().flatten().any(|numeral| numeral.supplement)
        || form.pages.is_some_and(|pages| pages.is_of_abstract())
}

/// Pages of a meeting so large that its abstracts have four digits or five: "A2345".
const OF_LARGE_MEETING: std::ops::RangeInclusive<u32> = 1_000..=99_999;

/// Whether a journal numbers its articles "a1754".
fn numbers_articles_so(form: &NormalForm) -> bool {
    form.journal.names().any(|name| ["bmj", "british medical", "br med j", "cold spring harb"].iter().any(|known| name.contains(known)))
}

/// Whether `one` stands where the abstracts of a meeting do, and `other` on the pages of a paper that are none of a supplement, or is ahead
/// of print, by its DOI alone.
fn abstract_or_paper(one: &NormalForm, other: &NormalForm) -> bool {
    let has_place = other.volume.is_some() || other.issue.is_some() || other.pages.is_some();
    let Some(pages) = one.pages.filter(|pages| pages.count().is_none_or(|count| count <= 2)) else { return false };
    // "A2345" of a society of physicians; "a1754" is an article of the BMJ.
    let is_of_large_meeting =
        || pages.first.letters == [b'a', 0, 0, 0] && OF_LARGE_MEETING.contains(&pages.first.number) && !numbers_articles_so(one);
    let is_on_page = pages.is_of_abstract() || is_in_supplement(one) || is_of_large_meeting();
    // "S12" and "12-19" may be one place, and "A12" and "1-12" one article by its number and its length.
    let is_elsewhere = |other: Page| !other.has_letters() && ![1, pages.first.number].contains(&other.number);
    let is_paper = || are_long(other) && !is_in_supplement(other) && other.pages.is_some_and(|pages| is_elsewhere(pages.first));
    let is_lettered = || pages.first.has_letters() && is_paper();
    is_on_page && (is_lettered() || (!has_place && !other.identifiers.dois.is_empty()))
}

/// Whether authors or abstracts could speak for one work.
fn shares_author_or_abstract(glance: &Glance) -> bool {
    matches!(glance.sketch, AbstractLevel::Same | AbstractLevel::Similar)
        || !matches!(glance.authors, Some(AuthorLevel::Silent | AuthorLevel::None))
}

/// Whether two records that share neither an author nor an abstract also name their authors, stand in different volumes or
/// none, on different pages or none, under titles that are not the same letters: no slip in a title outweighs that.
fn are_strangers(glance: &Glance, left: &NormalForm, right: &NormalForm) -> bool {
    let is_comparable =
        |form: &NormalForm| form.other_title.is_none() && form.title.as_ref().is_some_and(|title| !titles::is_foreign(title));
    glance.title.is_none()
        && is_comparable(left)
        && is_comparable(right)
        && !left.authors.is_empty()
        && !right.authors.is_empty()
        && glance.volume != Agreement::Agrees
        && !matches!(glance.pages, PageLevel::Same | PageLevel::First)
        && glance.registry != Agreement::Agrees
        && glance.isbn != Agreement::Agrees
        && left.identifiers.work_doi.is_none_or(|doi| right.identifiers.work_doi != Some(doi))
        && left.identifiers.cochrane.is_none_or(|review| right.identifiers.cochrane != Some(review))
}

/// Whether neither an identifier nor a place could speak for one work.
fn only_titles_speak(glance: &Glance, left: &NormalForm, right: &NormalForm) -> bool {
    let one_registration = glance.both_registrations && glance.registry == Agreement::Agrees;
    let by_identifier = matches!(glance.doi, DoiLevel::Same | DoiLevel::Shared) || glance.pmid == Agreement::Agrees || one_registration;
    let same_place = glance.volume == Agreement::Agrees && matches!(glance.pages, PageLevel::Same | PageLevel::First);
    let of_one_journal = || matches!(journals::journals(left, right), JournalLevel::Same | JournalLevel::Abbreviated);
    !(glance.identical || by_identifier || glance.both_columns || (same_place && of_one_journal()))
}

fn dois(left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> DoiLevel {
    /// A DOI of more titles than this names no work.
    const MOST_TITLES: u32 = 2;
    let (left, right) = (&left.identifiers, &right.identifiers);
    if let Some(common) = common(&left.dois, &right.dois) {
        return if corpus.doi_titles(*common) > MOST_TITLES { DoiLevel::Shared } else { DoiLevel::Same };
    }
    let same_review = left.cochrane.is_some() && left.cochrane == right.cochrane;
    let versions = left.work_doi.is_some() && left.work_doi == right.work_doi;
    if same_review || versions {
        DoiLevel::Versions
    } else if left.dois.is_empty() || right.dois.is_empty() {
        DoiLevel::Silent
    } else {
        DoiLevel::Different
    }
}

fn sets<T: Ord>(left: &[T], right: &[T]) -> Agreement {
    if left.is_empty() || right.is_empty() {
        Agreement::Silent
    } else if common(left, right).is_some() {
        Agreement::Agrees
    } else {
        Agreement::Contradicts
    }
}

/// As [`sets`]; numbers of two registries are no contradiction, since many trials stand in both.
fn registrations(left: &[u64], right: &[u64]) -> Agreement {
    let of_one_registry = || left.iter().any(|left| right.iter().any(|right| are_of_one_registry(*left, *right)));
    match sets(left, right) {
        Agreement::Contradicts if !of_one_registry() => Agreement::Silent,
        agreement => agreement,
    }
}

fn both_are(left: &NormalForm, right: &NormalForm, kind: Kind) -> bool {
    left.kind == kind && right.kind == kind
}

fn both_have(left: &NormalForm, right: &NormalForm, class: Class) -> bool {
    left.classes.has(class) && right.classes.has(class)
}

/// The first value that both sorted lists hold.
fn common<'a, T: Ord>(left: &'a [T], right: &[T]) -> Option<&'a T> {
    left.iter().find(|value| right.binary_search(value).is_ok())
}

pub(super) fn years(left: Option<u16>, right: Option<u16>) -> YearLevel {
    let (Some(left), Some(right)) = (left, right) else { return YearLevel::Silent };
    match left.abs_diff(right) {
        0 => YearLevel::Same,
        1 => YearLevel::OneApart,
        2 => YearLevel::TwoApart,
        _ => YearLevel::Apart,
    }
}

/// "Journal of Digital Studies" and "Workshop of Digital Studies" share all words but the one that counts.
fn venue_types_differ(left: &Journal, right: &Journal) -> bool {
    !left.is_empty() && !right.is_empty() && left.is_meeting() != right.is_meeting()
}

/// Whether `printed` stands in Dissertation Abstracts, and `thesis` is of the year before, by somebody of that name, and stands nowhere.
fn is_abstract_of_thesis(thesis: &NormalForm, printed: &NormalForm) -> bool {
    both_are(thesis, printed, Kind::Thesis)
        && printed.journal.prints_dissertations()
        && thesis.journal.is_empty()
        && thesis.year.is_some_and(|year| printed.year == Some(year + 1))
        && authors::is_one_name(&thesis.authors, &printed.authors)
}

fn kinds_differ(left: Kind, right: Kind) -> bool {
    let apart = |one: Kind, other: Kind| match one {
        Kind::Article => matches!(other, Kind::Chapter | Kind::Book | Kind::Thesis | Kind::Report),
        Kind::Thesis => matches!(other, Kind::Chapter | Kind::ConferencePaper | Kind::Report),
        Kind::Book => other == Kind::Chapter,
        _ => false,
    };
    apart(left, right) || apart(right, left)
}

fn classes(left: &NormalForm, right: &NormalForm) -> (Option<Class>, Option<Class>) {
    let both_titled = left.title.is_some() && right.title.is_some();
    let conflict = Class::ALL
        .iter()
        .copied()
        .filter(|class| *class != Class::Column)
        .find(|class| both_titled && left.classes.states(*class) != right.classes.states(*class));
    // A series of working papers is a series of reports, and a thesis or a book may be a manuscript.
    let is_whole = |form: &NormalForm| matches!(form.kind, Kind::Report | Kind::Thesis | Kind::Book);
    let is_report = |class: Class| class == Class::Preprint && [left, right].iter().any(|form| !form.classes.has(class) && is_whole(form));
    // What one export types as a letter or a comment, the next types as nothing.
    let is_typed =
        |class: Class| matches!(class, Class::Letter | Class::Comment) && left.classes.states(class) == right.classes.states(class);
    let differs = |class: &Class| left.classes.has(*class) != right.classes.has(*class) && !is_report(*class) && !is_typed(*class);
    let doubt = Class::ALL.iter().copied().find(differs);
    (conflict, doubt)
}
