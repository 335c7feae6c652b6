//! The table of rules that join, that forbid, and that a convention holds apart.
//!
//! Goes in: a [`Comparison`](super::Comparison). Comes out: which rules apply to it. The order of the table is that in which
//! they are asked; what a rule asks that is more than a few words stands in [`conditions`](super::conditions).

use super::conditions::{
    ENOUGH_OF_MAIN_TITLE, ENOUGH_OF_TITLE_ALONE, class_differs, column_apart, column_same_issue, differs_in_one_place, is_one_thesis,
    is_other_text, may_be_abstract_and_paper, may_be_in_two_languages, other_people_under_one_doi, printed_twice, same_doi_alone,
    same_text,
};
use super::{Effect, Rule};
use crate::dedupe::compare::{AbstractLevel, Agreement, AuthorLevel, DoiLevel, JournalLevel, PageLevel, TitleLevel, YearLevel};
use crate::dedupe::settings::Policy;
use crate::dedupe::weigh;
use crate::normalize::Class;

/// The rules that are asked before those of doubt, in this order.
pub static RULES: &[Rule] = &[
    Rule {
        id: "identical",
        reason: "the records say the same in all but their id and origin",
        effect: Effect::Join,
        policy: None,
        applies: |pair| pair.identical,
    },
    Rule {
        id: "same-registration",
        reason: "two copies of one registration, by its number in the registry, whatever they call it",
        effect: Effect::Join,
        policy: None,
        applies: |pair| pair.both_registrations && pair.registry == Agreement::Agrees,
    },
    Rule {
        id: "parts-differ",
        reason: "the titles name different parts, volumes or phases",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.title.parts_differ && pair.title.level > TitleLevel::Different && !(pair.doi == DoiLevel::Same && pair.same_place())
        },
    },
    Rule {
        id: "class-differs",
        reason: "one title is that of an erratum, retraction notice, comment, reply, letter, protocol or book review, the other is not",
        effect: Effect::Forbid,
        policy: Some(Policy::Errata),
        applies: class_differs,
    },
    Rule {
        id: "column-apart",
        reason: "a title that is printed again and again, and not surely the same DOI, or place and year",
        effect: Effect::Forbid,
        policy: None,
        applies: column_apart,
    },
    Rule {
        id: "column-same-issue",
        reason: "the column of one issue: the same journal, volume, issue and author",
        effect: Effect::Join,
        policy: None,
        applies: column_same_issue,
    },
    Rule {
        id: "same-pages-of-one-issue",
        reason: "the same authors on the same range of pages of one issue, whatever the language of the title",
        effect: Effect::Join,
        policy: None,
        applies: |pair| {
            let other_text = is_other_text(pair);
            // One who reviews books or writes obituaries has several on a few pages.
            let is_of_some_length = pair.many_pages || (pair.both_long && pair.authors == AuthorLevel::All);
            let is_paper = is_of_some_length && !pair.both_about_another && !other_text;
            pair.same_issue()
                && pair.pages == PageLevel::Same
                && pair.year == YearLevel::Same
                && pair.doi != DoiLevel::Different
                && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
                && !pair.title.parts_differ
                && pair.title.level < TitleLevel::Inserted
                && (pair.title.translated || is_paper)
        },
    },
    Rule {
        id: "same-doi-alone",
        reason: "the same DOI, which no other title has, and one side gives no title",
        effect: Effect::Join,
        policy: None,
        applies: same_doi_alone,
    },
    Rule {
        id: "commentators-differ",
        reason: "two comments, replies, letters or book reviews by different people",
        effect: Effect::Settle,
        policy: None,
        applies: |pair| {
            pair.both_about_another && pair.authors == AuthorLevel::None && pair.doi != DoiLevel::Same && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "titles-and-abstracts-differ",
        reason: "neither the titles nor the abstracts have anything in common, whatever DOI or page a supplement gave both",
        effect: Effect::Settle,
        policy: None,
        applies: |pair| {
            pair.title.level == TitleLevel::Different
                && pair.sketch == AbstractLevel::Different
                && !same_text(pair)
                && !may_be_in_two_languages(pair)
        },
    },
    Rule {
        id: "numbers-differ",
        reason: "otherwise alike titles have different numbers",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.title.numbers_differ
                && matches!(pair.title.level, TitleLevel::Substituted | TitleLevel::Extended | TitleLevel::Similar)
                && !same_text(pair)
        },
    },
    Rule {
        id: "word-differs",
        reason: "otherwise alike titles differ in a real word, a sign, or the order of words",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| pair.title.level == TitleLevel::Substituted && !same_text(pair),
    },
    Rule {
        id: "titles-differ-in-one-place",
        reason: "titles that have little in common, under one DOI or on the same pages, by the same people",
        effect: Effect::Show,
        policy: None,
        applies: differs_in_one_place,
    },
    Rule {
        id: "translation-in-one-place",
        reason: "a translated title that has nothing in common with the other, on one range of pages of volumes of one number and year, where journals and authors are written in other letters",
        effect: Effect::Show,
        policy: None,
        applies: |pair| {
            pair.title.level == TitleLevel::Silent
                && pair.title.translated
                && pair.same_range()
                && pair.volume == Agreement::Agrees
                && pair.issue != Agreement::Contradicts
                && pair.year == YearLevel::Same
                && pair.authors == AuthorLevel::Silent
                && pair.journal == JournalLevel::Different
                && !same_text(pair)
        },
    },
    Rule {
        id: "book-without-subtitle",
        reason: "two books of one year by the same people, of which one lacks the subtitle, or is a companion of the other",
        effect: Effect::Show,
        policy: None,
        applies: |pair| {
            pair.both_books
                && pair.title.subtitle_missing
                && weigh::title_information(&pair.title) < ENOUGH_OF_MAIN_TITLE
                && pair.authors == AuthorLevel::All
                && pair.year == YearLevel::Same
                && pair.volume != Agreement::Contradicts
                && ![pair.isbn, pair.pmid].contains(&Agreement::Agrees)
                && pair.doi == DoiLevel::Silent
                && !same_text(pair)
        },
    },
    Rule {
        id: "titles-differ",
        reason: "the titles differ in more than a word",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| matches!(pair.title.level, TitleLevel::Different | TitleLevel::Similar) && !same_text(pair),
    },
    Rule {
        id: "registrations-differ",
        reason: "the records have different registry numbers",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| pair.registry == Agreement::Contradicts && pair.doi != DoiLevel::Same,
    },
    Rule {
        id: "preprint-and-paper",
        reason: "a preprint and the paper that followed are kept apart by policy",
        effect: Effect::Hold,
        policy: Some(Policy::Preprints),
        applies: |pair| pair.class_doubt == Some(Class::Preprint) && pair.doi != DoiLevel::Same,
    },
    Rule {
        id: "registration-and-paper",
        reason: "a trial's registration and its report are kept apart by policy",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| pair.class_doubt == Some(Class::TrialRegistration) && pair.doi != DoiLevel::Same,
    },
    Rule {
        id: "abstract-and-paper",
        reason: "a conference abstract and the paper that followed are kept apart by policy",
        effect: Effect::Hold,
        policy: Some(Policy::Abstracts),
        applies: |pair| {
            // What one export calls an abstract and the other does not, both of them in one supplement.
            let one_supplement = pair.both_in_supplements && pair.same_issue() && pair.title.level >= TitleLevel::Close;
            pair.class_doubt == Some(Class::Abstract)
                && pair.doi != DoiLevel::Same
                && pair.pmid != Agreement::Agrees
                && !pair.same_place()
                && !one_supplement
        },
    },
    Rule {
        id: "abstract-or-paper",
        reason: "one on a page of a supplement or a meeting, the other on the pages of a paper, or ahead of print under a DOI: an abstract and the paper that followed, or one of both",
        effect: Effect::Hold,
        policy: Some(Policy::Abstracts),
        applies: may_be_abstract_and_paper,
    },
    Rule {
        id: "versions-apart",
        reason: "two versions of one review are kept apart by policy",
        effect: Effect::Hold,
        policy: Some(Policy::CochraneVersions),
        applies: |pair| pair.doi == DoiLevel::Versions,
    },
    Rule {
        id: "editions-differ",
        reason: "two editions of one book are kept apart by policy",
        effect: Effect::Hold,
        policy: Some(Policy::Editions),
        applies: |pair| pair.edition == Agreement::Contradicts && pair.doi != DoiLevel::Same,
    },
    Rule {
        id: "kinds-differ",
        reason: "an article, and a chapter, book, thesis or report of the same title elsewhere; or a thesis and what was published of it",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            // Catalogues call the chapter of a series an article.
            let one_journal = matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated);
            // Of a volume of a series one database has the book, and another the journal.
            let one_range = pair.has_chapter && pair.same_range() && pair.year == YearLevel::Same && pair.title.level >= TitleLevel::Close;
            // A book that stands in something, or has the abstract of a chapter, is a chapter.
            let one_chapter = pair.book_and_chapter
                && (pair.sketch == AbstractLevel::Same || (one_journal && matches!(pair.pages, PageLevel::Same | PageLevel::First)));
            // What one export calls a report or a book, in a volume of a journal, is an article; a summary has another abstract.
            let one_volume = one_journal
                && pair.volume == Agreement::Agrees
                && pair.issue != Agreement::Contradicts
                && pair.year == YearLevel::Same
                && pair.doi != DoiLevel::Different
                && pair.sketch == AbstractLevel::Same
                && matches!(pair.pages, PageLevel::Silent | PageLevel::Same | PageLevel::First)
                && pair.title.level >= TitleLevel::Close;
            let one_page =
                pair.same_place() && (one_journal || (pair.journal == JournalLevel::Partial && pair.sketch == AbstractLevel::Same));
            let one_place = (one_page || one_range || one_volume || one_chapter) && pair.class_doubt != Some(Class::Thesis);
            pair.kinds_differ
                && pair.doi != DoiLevel::Same
                && pair.pmid != Agreement::Agrees
                && pair.isbn != Agreement::Agrees
                && !one_place
        },
    },
    Rule {
        id: "same-isbn",
        reason: "a book with the same ISBN, authors and title",
        effect: Effect::Join,
        policy: None,
        applies: |pair| {
            pair.isbn == Agreement::Agrees
                && !pair.has_chapter
                && pair.title.level >= TitleLevel::Extended
                && !pair.title.names_another
                && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
                && matches!(pair.year, YearLevel::Same | YearLevel::OneApart | YearLevel::Silent)
                && pair.doi != DoiLevel::Different
                && pair.class_doubt.is_none()
                && pair.volume != Agreement::Contradicts
                && !matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap)
        },
    },
    Rule {
        id: "printed-twice",
        reason: "one paper printed twice by one journal: the same title, authors and abstract, and the pages of a paper in both places",
        effect: Effect::Join,
        policy: None,
        applies: printed_twice,
    },
    Rule {
        id: "places-differ",
        reason: "another place: volume, issue and pages do not agree",
        effect: Effect::Yield,
        policy: None,
        applies: |pair| {
            pair.place_contradicts()
                && pair.pmid != Agreement::Agrees
                && !(pair.doi == DoiLevel::Same && pair.journal != JournalLevel::Different)
                && pair.doi != DoiLevel::Versions
        },
    },
    Rule {
        id: "journals-differ",
        reason: "the same text in two journals or volumes",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            let elsewhere = match pair.journal {
                JournalLevel::Different => {
                    pair.volume == Agreement::Contradicts
                        || (pair.doi == DoiLevel::Different && pair.class_doubt.is_none())
                        || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap)
                }
                JournalLevel::Partial => {
                    pair.volume == Agreement::Contradicts || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                }
                _ => false,
            };
            elsewhere && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "dois-and-pages-differ",
        reason: "different DOIs and different pages",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.doi == DoiLevel::Different
                && matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "dois-and-abstracts-differ",
        reason: "different DOIs and different abstracts",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.doi == DoiLevel::Different
                && is_other_text(pair)
                && pair.pmid != Agreement::Agrees
                && !(pair.same_place() && pair.issue != Agreement::Contradicts)
        },
    },
    Rule {
        id: "pages-and-abstracts-differ",
        reason: "different pages and different abstracts, whatever DOI a supplement gave both",
        effect: Effect::Yield,
        policy: None,
        applies: |pair| {
            matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                && is_other_text(pair)
                && pair.pmid != Agreement::Agrees
                && !(pair.doi == DoiLevel::Same && pair.title.level >= TitleLevel::Close)
        },
    },
    Rule {
        id: "people-and-pages-differ",
        reason: "different people on different pages, under a title that says little, whatever DOI a supplement gave both",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.authors == AuthorLevel::None
                && matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                && weigh::title_information(&pair.title) < ENOUGH_OF_TITLE_ALONE
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "other-people-under-one-doi",
        reason: "different people under one DOI, by their PubMed identifiers or on fewer pages than a paper has: letters under one heading, abstracts, chapters",
        effect: Effect::Forbid,
        policy: None,
        applies: other_people_under_one_doi,
    },
    Rule {
        id: "dois-and-volumes-differ",
        reason: "different DOIs and different volumes: printed again, a year or a journal later",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            pair.doi == DoiLevel::Different
                && pair.volume == Agreement::Contradicts
                && pair.pmid != Agreement::Agrees
                && (!matches!(pair.pages, PageLevel::Same | PageLevel::First) || pair.count_from_one)
        },
    },
    Rule {
        id: "years-differ",
        reason: "years apart, and neither DOI nor place in common",
        effect: Effect::Forbid,
        policy: None,
        applies: |pair| {
            matches!(pair.year, YearLevel::Apart | YearLevel::TwoApart)
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
                && !pair.same_place()
                && !pair.same_issue()
        },
    },
    Rule {
        id: "volumes-differ",
        reason: "different volumes, and neither DOI, PMID nor page in common",
        effect: Effect::Yield,
        policy: None,
        applies: |pair| {
            pair.volume == Agreement::Contradicts
                && (!pair.both_books || pair.isbn != Agreement::Agrees)
                && !pair.numbers_of_wholes_differ
                && (!matches!(pair.pages, PageLevel::Same | PageLevel::First)
                    || (pair.count_from_one && pair.journal != JournalLevel::Same))
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "one-thesis-in-two-years",
        reason: "a thesis, and what Dissertation Abstracts has of one by that name and title in the next year",
        effect: Effect::Join,
        policy: None,
        applies: is_one_thesis,
    },
];
