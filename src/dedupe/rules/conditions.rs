//! What the rules ask of a pair, where that is more than a few words.
//!
//! Goes in: a [`Comparison`]. Comes out: yes or no.

use crate::dedupe::compare::{AbstractLevel, Agreement, AuthorLevel, Comparison, DoiLevel, JournalLevel, PageLevel, TitleLevel, YearLevel};
use crate::dedupe::weigh;
use crate::normalize::Class;

/// Whether other fields show that both titles are of one text, however they differ: a PMID; a DOI, a place or an abstract
/// with the authors.
pub(super) fn same_text(pair: &Comparison) -> bool {
    let people = matches!(pair.authors, AuthorLevel::All | AuthorLevel::First | AuthorLevel::FirstOnly | AuthorLevel::Silent);
    // Some journals begin each issue at page 1, and some exports give a number of their own for the issue: a whole paper under
    // another wording of its title is in one place all the same.
    let reworded = pair.title.translated || !matches!(pair.title.level, TitleLevel::Different | TitleLevel::Substituted);
    let one_issue = pair.issue != Agreement::Contradicts || (reworded && pair.same_range());
    let place = pair.same_place() && one_issue && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated);
    let whole_place = place && pair.pages == PageLevel::Same;
    let text = pair.sketch == AbstractLevel::Same && !may_be_twins(pair);
    let doi = pair.doi == DoiLevel::Same;
    let other_text = is_other_text(pair);
    let one_title = pair.title.level > TitleLevel::Different && !pair.title.numbers_differ && !pair.title.opposed;
    // Abstracts of one meeting have its DOI, and some a page.
    let is_other_title = matches!(pair.title.level, TitleLevel::Substituted | TitleLevel::Similar);
    let of_neighbours = !pair.both_long && is_other_title && !pair.title.translated && !text;
    let other_pages = matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent);
    let neighbours = pair.in_supplement && !matches!(pair.pages, PageLevel::Same | PageLevel::First);
    // Whole pages of one journal and year, where no volume is given; and a translation is anybody's.
    let same_pages = pair.pages == PageLevel::Same
        && pair.year == YearLevel::Same
        && pair.authors == AuthorLevel::All
        && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated)
        && pair.volume != Agreement::Contradicts
        && one_issue
        && pair.doi != DoiLevel::Different
        && one_title
        && !of_neighbours;
    let translation = pair.title.translated
        && pair.same_place()
        && one_issue
        && pair.journal != JournalLevel::Different
        && people
        && one_title
        && pair.year == YearLevel::Same;
    pair.pmid == Agreement::Agrees
        || same_pages
        || (translation && !other_text)
        || (doi
            && people
            && !(of_neighbours && pair.in_supplement)
            && ((one_title && !other_text && !neighbours && !other_pages) || whole_place))
        || (doi && text)
        || (text && place && !(pair.issue == Agreement::Contradicts && pair.title.level == TitleLevel::Different))
        || (whole_place && pair.authors == AuthorLevel::All && (pair.both_long || pair.title.translated))
        || (whole_place && people && pair.title.level > TitleLevel::Different && !of_neighbours && !pair.both_about_another)
}

/// Whether two abstracts that begin alike may be of two parts of one programme, which share what stands in front of their results: the
/// titles differ in more than slips, and the abstracts in some words, or there are two identifiers, or it is a supplement, which has one
/// beside the other. Under one DOI on one range of pages there is one paper.
fn may_be_twins(pair: &Comparison) -> bool {
    let other_title = matches!(pair.title.level, TitleLevel::Different | TitleLevel::Similar | TitleLevel::Substituted)
        || pair.title.numbers_differ
        || pair.title.opposed;
    let named_apart = pair.doi == DoiLevel::Different || [pair.pmid, pair.registry].contains(&Agreement::Contradicts);
    // Nor do two texts of one issue with one abstract begin on one page, but for those of a meeting.
    let one_page = !named_apart
        && pair.same_issue()
        && matches!(pair.pages, PageLevel::Same | PageLevel::First)
        && pair.authors == AuthorLevel::All
        && pair.year == YearLevel::Same
        && !pair.in_supplement
        && !pair.count_from_one;
    let one_paper = (pair.doi == DoiLevel::Same && pair.same_range()) || one_page;
    other_title && !one_paper && (named_apart || pair.in_supplement || !pair.verbatim)
}

/// Whether two records under titles that are not quite the same may be of neighbours in one issue, or of one series: no
/// identifier, page or abstract is common, and a field contradicts, or it is the abstracts of a meeting of which no pages are known.
pub(super) fn may_be_neighbours(pair: &Comparison) -> bool {
    let other_text = is_other_text(pair);
    // Abstracts share pages.
    let same_page = matches!(pair.pages, PageLevel::Same | PageLevel::First)
        && pair.volume != Agreement::Contradicts
        && pair.journal != JournalLevel::Different
        && !(pair.in_supplement && pair.title.level == TitleLevel::Inserted && !pair.both_long);
    let of_supplement = pair.in_supplement && pair.title.level == TitleLevel::Inserted;
    let other_pages = matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent);
    let same_abstract = pair.sketch == AbstractLevel::Same && (pair.verbatim || !other_pages);
    // A range of pages of one issue holds one paper, whatever DOIs two exports have for it.
    let whole_paper = pair.same_issue()
        && pair.pages == PageLevel::Same
        && pair.both_long
        && pair.authors == AuthorLevel::All
        && pair.year == YearLevel::Same
        && !pair.title.numbers_differ
        && !other_text;
    let vouched = pair.pmid == Agreement::Agrees
        || whole_paper
        || (matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
            && !(of_supplement && pair.sketch != AbstractLevel::Same && !same_page))
        || (pair.doi != DoiLevel::Different && ((same_page && !other_text) || same_abstract));
    let contradicts = pair.doi == DoiLevel::Different
        || other_pages
        || other_text
        || pair.isbn == Agreement::Contradicts
        || pair.issue == Agreement::Contradicts
        || (pair.title.number_missing && pair.title.level == TitleLevel::Inserted && !pair.same_issue());
    let share_place_only = pair.in_supplement && matches!(pair.pages, PageLevel::Silent | PageLevel::Same | PageLevel::First);
    !vouched && (contradicts || share_place_only || pair.title.names_another)
}

/// Whether one paper was printed in two places of one journal: abstracts are printed again by each meeting, and are apart; papers
/// are not. Where nothing says that there are two places, this is no reason.
pub(super) fn printed_twice(pair: &Comparison) -> bool {
    let elsewhere = [pair.volume, pair.issue].contains(&Agreement::Contradicts)
        || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap)
        || pair.doi == DoiLevel::Different
        || pair.year == YearLevel::OneApart;
    // What is issued anew each year has another number each time.
    let anew = pair.volume == Agreement::Contradicts && pair.pmid == Agreement::Contradicts;
    elsewhere
        && !anew
        && pair.title.level >= TitleLevel::Close
        && !pair.title.doubtful
        && weigh::title_information(&pair.title) >= ENOUGH_OF_TITLE
        && pair.authors == AuthorLevel::All
        && pair.sketch == AbstractLevel::Same
        && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated)
        && matches!(pair.year, YearLevel::Same | YearLevel::OneApart)
        && pair.both_long
        && pair.class_doubt.is_none()
        && !pair.both_about_another
}

pub(super) fn class_differs(pair: &Comparison) -> bool {
    let named = pair.class_conflict.is_some();
    let noted_only = pair.same_place() && pair.title.level >= TitleLevel::Close;
    let contradicts = [pair.volume, pair.issue].contains(&Agreement::Contradicts);
    let same_pages = matches!(pair.pages, PageLevel::Same | PageLevel::First | PageLevel::Silent);
    let nobody_in_common = pair.pages == PageLevel::Silent && pair.authors == AuthorLevel::None;
    // The label of a section stands in front of a title in one export only.
    let is_label = pair.class_conflict == Some(Class::Comment)
        && pair.same_issue()
        && pair.same_range()
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First);
    // A protocol and the paper that followed share no page: one export only leaves out "… : protocol for a trial".
    let is_without_subtitle = pair.class_conflict == Some(Class::Protocol)
        && pair.title.subtitle_missing
        && pair.same_place()
        && pair.issue != Agreement::Contradicts
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First);
    let same = is_label
        || is_without_subtitle
        || (pair.doi == DoiLevel::Same && same_pages && !contradicts && !nobody_in_common)
        || (pair.pmid == Agreement::Agrees && pair.pages != PageLevel::Different);
    named && !noted_only && !same
}

/// A title of less information is that of a subject, on which one author writes more than once.
const ENOUGH_OF_TITLE: f32 = 0.5;

/// A title of so much information is that of a work, however many settings it stands in.
pub(super) const ENOUGH_OF_TITLE_ALONE: f32 = 0.6;

/// A title of so much information is that of one text, and no heading under which one author writes letters.
pub(super) const MUCH_OF_TITLE: f32 = 0.9;

/// Whether no more than a title that says little, by one author, speaks for one work; or the page on which a column always stands.
pub(super) fn is_by_title_alone(pair: &Comparison) -> bool {
    let on_one_page = matches!(pair.pages, PageLevel::Same | PageLevel::First) && !pair.both_long;
    (on_one_page || (pair.pages == PageLevel::Silent && pair.authors == AuthorLevel::First))
        && weigh::title_information(&pair.title) < ENOUGH_OF_TITLE_ALONE
}

/// Whether DOIs, pages or abstracts are those of two texts.
fn is_elsewhere(pair: &Comparison) -> bool {
    pair.doi == DoiLevel::Different || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent) || is_other_text(pair)
}

/// Whether the abstracts are of two texts.
pub(super) fn is_other_text(pair: &Comparison) -> bool {
    matches!(pair.sketch, AbstractLevel::Unlike | AbstractLevel::Different)
}

/// Whether two records that have no word in common may be of one text in two languages: under one DOI or on one range of pages of one
/// issue, by all the same people in one year, and not among the abstracts of a meeting.
pub(super) fn may_be_in_two_languages(pair: &Comparison) -> bool {
    let one_doi = pair.doi == DoiLevel::Same && !matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent);
    let one_range = pair.same_range() && pair.same_issue() && !pair.count_from_one;
    (one_doi || one_range) && pair.authors == AuthorLevel::All && pair.year == YearLevel::Same && !pair.in_supplement
}

/// Whether an identifier, a page, an issue or an abstract speaks for one work, and not only the title and who wrote it where and
/// when.
pub(super) fn is_vouched_for(pair: &Comparison) -> bool {
    matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
        || [pair.pmid, pair.isbn].contains(&Agreement::Agrees)
        || matches!(pair.pages, PageLevel::Same | PageLevel::First)
        || matches!(pair.sketch, AbstractLevel::Same | AbstractLevel::Similar)
        || (pair.same_issue() && !is_elsewhere(pair))
}

fn is_column(pair: &Comparison) -> bool {
    /// A title in so many settings is a column's, whatever its words.
    const SETTINGS: u32 = 4;
    pair.both_columns || (pair.title.settings >= SETTINGS && weigh::title_information(&pair.title) < ENOUGH_OF_TITLE_ALONE)
}

pub(super) fn column_apart(pair: &Comparison) -> bool {
    if !is_column(pair) || pair.pmid == Agreement::Agrees {
        return false;
    }
    let contradicts = pair.volume == Agreement::Contradicts
        || pair.issue == Agreement::Contradicts
        || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Provisional)
        || pair.doi == DoiLevel::Different
        || pair.authors == AuthorLevel::None
        || matches!(pair.year, YearLevel::Apart | YearLevel::TwoApart | YearLevel::OneApart);
    let is_place = pair.same_place() && !pair.on_first_pages;
    let place = pair.volume == Agreement::Agrees && (pair.issue == Agreement::Agrees || is_place);
    let named =
        pair.doi == DoiLevel::Same || place || (pair.title.level == TitleLevel::Same && weigh::title_information(&pair.title) > 0.4);
    (contradicts && pair.doi != DoiLevel::Same) || !named
}

pub(super) fn column_same_issue(pair: &Comparison) -> bool {
    pair.both_columns
        && pair.title.level >= TitleLevel::Extended
        && pair.volume == Agreement::Agrees
        && pair.issue == Agreement::Agrees
        && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated)
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
}

/// Whether two texts under one title are of one study: by the same people, within two years.
pub(super) fn is_one_study(pair: &Comparison) -> bool {
    pair.title.level >= TitleLevel::Close
        && !pair.title.doubtful
        && !pair.title.parts_differ
        && weigh::title_information(&pair.title) >= ENOUGH_OF_TITLE
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
        && matches!(pair.year, YearLevel::Same | YearLevel::OneApart | YearLevel::TwoApart | YearLevel::Silent)
        && pair.sketch != AbstractLevel::Different
        && pair.registry != Agreement::Contradicts
        && pair.class_conflict.is_none()
        && !pair.kinds_differ
        && !pair.both_columns
}

/// Whether Dissertation Abstracts printed the abstract of a thesis in the year behind it, and nothing contradicts. "Burnout among nurses"
/// is the title of many, also by namesakes. Such a pair weighs enough to be looked at, however little else the two say.
pub(super) fn is_one_thesis(pair: &Comparison) -> bool {
    pair.thesis_and_abstract
        && pair.title.level == TitleLevel::Same
        && weigh::title_information(&pair.title) >= MUCH_OF_TITLE
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
        && !matches!(pair.sketch, AbstractLevel::Different | AbstractLevel::Unlike)
        && ![pair.volume, pair.issue, pair.isbn, pair.pmid, pair.registry].contains(&Agreement::Contradicts)
        && pair.doi != DoiLevel::Different
        && pair.class_conflict.is_none()
        && pair.class_doubt.is_none()
}

/// A main title of less information is that of a subject ("Coping with illness"), on which one author writes more than once.
pub(super) const ENOUGH_OF_MAIN_TITLE: f32 = 0.4;

/// Whether a title says enough to name one work without the words that the other has besides: a main title whose subtitle
/// many databases leave out, or a title of the same issue with a running head or a footnote; by the same people, and
/// nothing contradicts.
pub(super) fn extension_is_harmless(pair: &Comparison) -> bool {
    /// Words that are no subtitle may narrow the subject ("… in pregnancy"), also within one issue.
    const ENOUGH_IN_ISSUE: f32 = 0.5;
    let information = weigh::title_information(&pair.title);
    let main_title = pair.title.subtitle_missing
        && information >= ENOUGH_OF_MAIN_TITLE
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
        && matches!(pair.year, YearLevel::Same | YearLevel::Silent);
    let in_issue = pair.same_issue() && information >= ENOUGH_IN_ISSUE && pair.authors != AuthorLevel::None;
    let of_meeting = pair.in_supplement && pair.pages == PageLevel::Silent;
    (main_title || in_issue)
        && !of_meeting
        && !pair.title.names_another
        && (!pair.title.names_study || pair.isbn == Agreement::Agrees)
        && pair.volume != Agreement::Contradicts
        && pair.issue != Agreement::Contradicts
        && pair.doi != DoiLevel::Different
        && pair.journal != JournalLevel::Different
        && !matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap)
        && !is_other_text(pair)
}

/// A record that gives a DOI and no title says which work it is, unless another field denies it.
pub(super) fn same_doi_alone(pair: &Comparison) -> bool {
    pair.title.similarity.is_none()
        && pair.doi == DoiLevel::Same
        && pair.doi_of_one_title
        && !pair.has_chapter
        && !matches!(pair.authors, AuthorLevel::None | AuthorLevel::Some)
        && !matches!(pair.year, YearLevel::TwoApart | YearLevel::Apart)
        && pair.volume != Agreement::Contradicts
        && !matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent | PageLevel::Overlap)
        && !is_other_text(pair)
        && pair.pmid != Agreement::Contradicts
}

/// A text that two journals print is two records of a review; a journal that is called by another name mostly agrees in the place.
pub(super) fn is_in_another_journal(pair: &Comparison) -> bool {
    let named = matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions) || [pair.pmid, pair.isbn].contains(&Agreement::Agrees);
    let place = pair.same_place() || pair.pages == PageLevel::Same;
    let other_doi = pair.doi == DoiLevel::Different;
    // Abstracts of one study are printed by each meeting.
    let other_meeting = pair.in_supplement && pair.pages != PageLevel::Silent;
    // Proceedings go by the name of the meeting and by that of the series.
    let other_name = pair.journal == JournalLevel::Different && !pair.has_chapter && !pair.venue_types_differ;
    let text = pair.sketch == AbstractLevel::Same && !other_doi && !other_meeting && !other_name;
    // What a catalogue says that a book, a thesis or a report stands in is a series, a publisher or a host.
    let is_whole = pair.both_whole;
    // Journals have names in several languages, and one volume.
    let renamed = pair.volume == Agreement::Agrees
        && pair.title.level >= TitleLevel::Close
        && pair.authors == AuthorLevel::All
        && pair.year == YearLevel::Same
        && !pair.in_supplement
        && !other_doi;
    // Whether these are one work is a matter of policy, and asked before.
    let by_policy = matches!(pair.class_doubt, Some(Class::Preprint | Class::Abstract));
    let elsewhere = pair.journal == JournalLevel::Different
        || ((pair.sister_journals || pair.journal_left_words_out) && pair.volume != Agreement::Agrees)
        || (other_doi && !matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated));
    elsewhere && !by_policy && !is_whole && !renamed && !named && !place && !text
}

/// Whether two texts under one DOI are by other people: letters under one heading, abstracts of a meeting, chapters of a book. Papers
/// of some length are one, whatever an export made of the names.
pub(super) fn other_people_under_one_doi(pair: &Comparison) -> bool {
    let are_short = pair.pages != PageLevel::Silent && !pair.both_long;
    pair.doi == DoiLevel::Same
        && pair.authors == AuthorLevel::None
        && pair.pmid != Agreement::Agrees
        && pair.sketch != AbstractLevel::Same
        && (pair.pmid == Agreement::Contradicts || are_short || pair.has_chapter)
}

/// Whether two abstracts stand on pages of one volume or year that are far apart: each of two meetings prints one study anew.
pub(super) fn printed_by_two_meetings(pair: &Comparison) -> bool {
    pair.both_in_supplements
        && pair.pages == PageLevel::Different
        && pair.pages_far_apart
        && !pair.both_long
        && pair.issue != Agreement::Agrees
        && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
        && pair.pmid != Agreement::Agrees
}

pub(super) fn venues_differ(pair: &Comparison) -> bool {
    let named = matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions) || pair.pmid == Agreement::Agrees;
    let place = pair.same_place() || pair.pages == PageLevel::Same;
    let journal = matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated);
    // A supplement is cited by the journal that printed it and by the congress whose abstracts it holds.
    let same_supplement = pair.volume == Agreement::Agrees
        && pair.sketch == AbstractLevel::Same
        && pair.title.level >= TitleLevel::Close
        && pair.year == YearLevel::Same;
    !named && !place && !journal && !same_supplement && pair.venue_types_differ
}

/// Whether titles that have little in common stand under one DOI or on the same pages, by the same people: one text under another name or
/// in another language, or two.
pub(super) fn differs_in_one_place(pair: &Comparison) -> bool {
    let one_doi = pair.doi == DoiLevel::Same && !pair.in_supplement;
    // One export may lack the last page; nobody writes twice on one page of an issue.
    let one_page = pair.pages == PageLevel::First && pair.authors == AuthorLevel::All && !pair.in_supplement && !pair.count_from_one;
    let one_place = pair.same_issue() && (pair.pages == PageLevel::Same || one_page);
    // What is in two languages need not be in brackets.
    let in_two_languages = may_be_in_two_languages(pair) && (is_other_text(pair) || pair.doi == DoiLevel::Different);
    pair.title.level == TitleLevel::Different
        && (one_doi || one_place)
        && (matches!(pair.authors, AuthorLevel::All | AuthorLevel::First) || (pair.in_two_scripts && pair.authors == AuthorLevel::Silent))
        && (pair.year == YearLevel::Same || (one_doi && pair.year == YearLevel::OneApart))
        && !pair.title.parts_differ
        && (!same_text(pair) || in_two_languages)
}

/// Whether a title has more words behind or before, and nothing else speaks for one text.
pub(super) fn is_extended(pair: &Comparison) -> bool {
    // A page of a supplement has room for both.
    let two_abstracts = pair.in_supplement && !pair.both_long && (pair.doi == DoiLevel::Different || is_other_text(pair));
    let people = matches!(pair.authors, AuthorLevel::All | AuthorLevel::First);
    pair.title.level == TitleLevel::Extended
        && !extension_is_harmless(pair)
        && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
        && pair.pmid != Agreement::Agrees
        && (!matches!(pair.pages, PageLevel::Same | PageLevel::First) || two_abstracts)
        && (!(pair.sketch == AbstractLevel::Same || (pair.sketch == AbstractLevel::Similar && people))
            || pair.doi == DoiLevel::Different
            || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent))
}

/// Whether two issues of one volume are those of two texts, or two numbers of a series those of two works.
pub(super) fn issues_differ(pair: &Comparison) -> bool {
    let other_pages = pair.pages == PageLevel::Incomparable && pair.one_long;
    let in_volume = pair.volume == Agreement::Agrees
        && (is_by_title_alone(pair) || is_other_text(pair) || pair.doi == DoiLevel::Different || other_pages);
    // The numbers of a series that has no volumes.
    let in_series = pair.volume == Agreement::Silent && pair.count_from_one;
    pair.issue == Agreement::Contradicts
        && (in_volume || in_series)
        && pair.doi != DoiLevel::Same
        && pair.pmid != Agreement::Agrees
        && pair.sketch != AbstractLevel::Same
}

/// Whether two DOIs are those of two texts, since the PMIDs are two as well, or one has a page and the other an article number, or it is
/// replies or letters that share a heading and a page.
pub(super) fn identifiers_differ(pair: &Comparison) -> bool {
    /// A title of less information is a heading: "Author response".
    const HEADING: f32 = 0.3;
    let is_reply = !pair.both_long && (pair.both_about_another || weigh::title_information(&pair.title) < HEADING);
    let on_one_page = matches!(pair.pages, PageLevel::Same | PageLevel::First);
    pair.doi == DoiLevel::Different
        && ((pair.pmid == Agreement::Contradicts && !on_one_page)
            || (pair.pages == PageLevel::Incomparable && pair.pmid != Agreement::Agrees)
            || (on_one_page && is_reply && pair.pmid != Agreement::Agrees))
        && pair.sketch != AbstractLevel::Same
}

/// Whether one stands where abstracts do, and the other where papers do, or does so by its DOI.
pub(super) fn may_be_abstract_and_paper(pair: &Comparison) -> bool {
    let one_in_supplement = pair.in_supplement && !pair.both_in_supplements && pair.doi == DoiLevel::Different;
    (pair.abstract_or_paper || one_in_supplement)
        && !pair.same_place()
        && pair.doi != DoiLevel::Same
        && pair.pmid != Agreement::Agrees
        && pair.sketch != AbstractLevel::Same
}

/// Whether a translated title may be that of another text: nothing but the people is common.
pub(super) fn may_be_translation(pair: &Comparison) -> bool {
    pair.title.level == TitleLevel::Silent
        && pair.title.translated
        && (!matches!(pair.pages, PageLevel::Same | PageLevel::First)
            || (!pair.both_long && !matches!(pair.authors, AuthorLevel::All | AuthorLevel::First))
            || (pair.issue == Agreement::Contradicts && !pair.same_range()))
        && pair.sketch != AbstractLevel::Same
        && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
        && pair.pmid != Agreement::Agrees
}
