//! The table of doubts: what keeps two records apart until somebody decides.
//!
//! Goes in: a [`Comparison`](super::Comparison) that no rule of the [table before](super::table) joins or forbids. Comes out: which doubts
//! apply to it. They are asked in their order; what more than a few words ask stands in [`conditions`](super::conditions).

use super::conditions::{
    MUCH_OF_TITLE, identifiers_differ, is_extended, is_in_another_journal, is_other_text, is_vouched_for, issues_differ, may_be_neighbours,
    may_be_translation, printed_by_two_meetings, venues_differ,
};
use super::{Effect, Rule};
use crate::dedupe::compare::{AbstractLevel, Agreement, AuthorLevel, DoiLevel, JournalLevel, PageLevel, TitleLevel, YearLevel};
use crate::dedupe::settings::Policy;
use crate::dedupe::weigh;
use crate::normalize::Class;

/// The doubts, in the order in which they are asked.
pub static DOUBTS: &[Rule] = &[
    Rule {
        id: "printed-by-two-journals",
        reason: "the same title and abstract in two journals, and neither identifier nor place in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| is_in_another_journal(pair) && pair.journal == JournalLevel::Different && pair.sketch == AbstractLevel::Same,
    },
    Rule {
        id: "other-journal",
        reason: "the same title in a journal that is not surely the same, and neither identifier nor place in common",
        effect: Effect::Ask,
        policy: None,
        applies: is_in_another_journal,
    },
    Rule {
        id: "printed-again",
        reason: "another volume of another year, and neither DOI nor PMID in common: printed again, be it on the same pages",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.volume == Agreement::Contradicts
                && matches!(pair.year, YearLevel::OneApart | YearLevel::TwoApart | YearLevel::Apart)
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "supplements-differ",
        reason: "different supplements of one volume, and neither DOI, PMID nor page in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.supplements_differ
                && pair.doi != DoiLevel::Same
                && pair.pmid != Agreement::Agrees
                && !matches!(pair.pages, PageLevel::Same | PageLevel::First)
                && pair.sketch != AbstractLevel::Same
        },
    },
    Rule {
        id: "printed-by-two-meetings",
        reason: "abstracts in supplements, on pages far apart, and neither issue nor identifier in common",
        effect: Effect::Hold,
        policy: None,
        applies: printed_by_two_meetings,
    },
    Rule {
        id: "issues-differ",
        reason: "different issues of one volume, and another DOI or abstract, or little more in common than a title that says little",
        effect: Effect::Hold,
        policy: None,
        applies: issues_differ,
    },
    Rule {
        id: "identifiers-differ",
        reason: "different DOIs, and different PMIDs or pages of another sort, or a title that says little on one page: two texts of one issue",
        effect: Effect::Hold,
        policy: None,
        applies: identifiers_differ,
    },
    Rule {
        id: "dois-and-years-differ",
        reason: "different DOIs and years, and neither PMID nor place in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.doi == DoiLevel::Different
                && pair.year == YearLevel::OneApart
                && pair.pmid != Agreement::Agrees
                && pair.isbn != Agreement::Agrees
                && !matches!(pair.pages, PageLevel::Same | PageLevel::First)
                && !pair.same_issue()
        },
    },
    Rule {
        id: "people-differ",
        reason: "the same title by different people, and neither identifier nor the range of a paper in common; nor an abstract, unless DOIs differ",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| {
            // Letters under one heading stand on one range of pages.
            let one_paper = pair.same_range() && pair.doi != DoiLevel::Different && pair.pmid != Agreement::Contradicts;
            pair.authors == AuthorLevel::None
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
                && !one_paper
                // A reply may have the abstract of what it answers.
                && (pair.sketch != AbstractLevel::Same || pair.doi == DoiLevel::Different)
        },
    },
    Rule {
        id: "namesakes-elsewhere",
        reason: "one first author and others, none of them in common, in another place or under another identifier, and no abstract in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.others_differ
                && !is_vouched_for(pair)
                && (matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                    || pair.doi == DoiLevel::Different
                    || [pair.pmid, pair.volume, pair.issue].contains(&Agreement::Contradicts))
        },
    },
    Rule {
        id: "co-authors-differ",
        reason: "one first author and others, none of them in common, and neither identifier, place nor abstract",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| pair.others_differ && !is_vouched_for(pair),
    },
    Rule {
        id: "erratum-and-paper",
        reason: "one is noted to be an erratum or a retraction, and neither identifier nor place nor abstract in common, or another one",
        effect: Effect::Ask,
        policy: Some(Policy::Errata),
        applies: |pair| {
            let elsewhere = pair.pmid == Agreement::Contradicts
                || pair.doi == DoiLevel::Different
                || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                || !is_vouched_for(pair);
            matches!(pair.class_doubt, Some(Class::Erratum | Class::Retraction))
                && !pair.both_state_notice
                && elsewhere
                && pair.doi != DoiLevel::Same
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "letter-and-paper",
        reason: "one is noted to be a letter or a comment and stands on other pages",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.one_is_letter
                && matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                && pair.sketch != AbstractLevel::Same
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "protocol-and-review",
        reason: "one is noted to be a protocol, and the other is not",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| pair.class_doubt == Some(Class::Protocol) && !(is_vouched_for(pair) && pair.doi != DoiLevel::Versions),
    },
    Rule {
        id: "data-and-paper",
        reason: "data, slides or a recording, and what was written of them",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| pair.class_doubt == Some(Class::Dataset) && pair.one_is_text && !is_vouched_for(pair),
    },
    Rule {
        id: "reports-of-two-years",
        reason: "two reports, websites, or books of one series, of one title a year apart, or reports of two days, and neither identifier, abstract nor pages in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            (pair.both_reports || pair.both_annual || (pair.both_books && pair.journal == JournalLevel::Same))
                && (pair.year == YearLevel::OneApart || pair.days_of_wholes_differ)
                && pair.isbn != Agreement::Agrees
                && pair.doi != DoiLevel::Same
                && pair.sketch != AbstractLevel::Same
                && !matches!(pair.pages, PageLevel::Same | PageLevel::First)
        },
    },
    Rule {
        id: "numbers-of-reports-differ",
        reason: "two reports or patents of one title under two numbers, and neither identifier nor abstract in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            ((pair.both_reports && pair.issue == Agreement::Contradicts) || pair.numbers_of_wholes_differ)
                && pair.isbn != Agreement::Agrees
                && pair.doi != DoiLevel::Same
                && pair.sketch != AbstractLevel::Same
        },
    },
    Rule {
        id: "theses-differ",
        reason: "two theses of one title by people whose given names differ, or with different abstracts, and neither DOI nor ISBN in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            pair.both_theses
                && (pair.given_names_differ || is_other_text(pair))
                && pair.sketch != AbstractLevel::Same
                && pair.isbn != Agreement::Agrees
                && pair.doi != DoiLevel::Same
        },
    },
    Rule {
        id: "isbns-and-years-differ",
        reason: "different ISBNs and different years: another edition, or the book of another year",
        effect: Effect::Hold,
        policy: Some(Policy::Editions),
        applies: |pair| {
            pair.isbn == Agreement::Contradicts
                && !matches!(pair.year, YearLevel::Same | YearLevel::Silent)
                && !pair.has_chapter
                && pair.edition != Agreement::Agrees
                && pair.sketch != AbstractLevel::Same
                && pair.doi != DoiLevel::Same
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "retracted-and-paper",
        reason: "a paper marked as retracted and one that is not: a person should see the mark",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| pair.class_doubt == Some(Class::Retracted) && pair.doi != DoiLevel::Same && pair.pmid != Agreement::Agrees,
    },
    Rule {
        id: "slip-or-word",
        reason: "otherwise alike titles differ in letters that may be a slip or make another word, and another field is against one text",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            let elsewhere = pair.doi == DoiLevel::Different || matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent);
            let may_be_word = pair.title.doubtful || (pair.title.slip_by_count && elsewhere);
            pair.title.level == TitleLevel::Close && may_be_word && may_be_neighbours(pair)
        },
    },
    Rule {
        id: "words-inserted",
        reason: "one title has words inside that the other lacks, and another field is against one text",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| pair.title.level == TitleLevel::Inserted && may_be_neighbours(pair),
    },
    Rule {
        id: "words-more",
        reason: "one title has words inside that the other lacks, and neither identifier, page, issue nor abstract speaks for one text",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| pair.title.level == TitleLevel::Inserted && !is_vouched_for(pair),
    },
    Rule {
        id: "title-extended",
        reason: "a title with more words behind or before, and neither identifier nor page in common; nor an abstract, unless DOIs or pages differ",
        effect: Effect::Ask,
        policy: None,
        applies: is_extended,
    },
    Rule {
        id: "translation-or-other",
        reason: "a translated title that has nothing in common with the other, and neither identifier, abstract nor a whole place in common",
        effect: Effect::Hold,
        policy: None,
        applies: may_be_translation,
    },
    Rule {
        id: "pages-differ",
        reason: "two ranges of pages of one volume or year, one behind the other, and neither identifier nor abstract in common",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            matches!(pair.pages, PageLevel::Different | PageLevel::Adjacent)
                && pair.both_long
                && pair.volume != Agreement::Contradicts
                && pair.sketch != AbstractLevel::Same
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "short-texts-apart",
        reason: "short texts under a title of few words or in no known volume, or a paper and a short text, on pages far apart, and neither DOI, PMID nor the same abstract",
        effect: Effect::Hold,
        policy: None,
        applies: |pair| {
            let in_volume = pair.volume == Agreement::Agrees && (pair.one_long || weigh::title_information(&pair.title) < MUCH_OF_TITLE);
            let in_year = pair.volume == Agreement::Silent && pair.year == YearLevel::Same && pair.journal == JournalLevel::Same;
            pair.pages == PageLevel::Different
                && pair.pages_far_apart
                && !pair.both_long
                && (in_volume || in_year)
                && pair.sketch != AbstractLevel::Same
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
        },
    },
    Rule {
        id: "paper-and-article",
        reason: "a paper in proceedings and an article of another year or journal, or of one that is not named, and neither identifier nor place in common",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| {
            let elsewhere = matches!(pair.year, YearLevel::OneApart | YearLevel::TwoApart | YearLevel::Apart)
                || pair.journal == JournalLevel::Different
                || (pair.journal == JournalLevel::Silent && pair.sketch != AbstractLevel::Same);
            pair.proceedings_doubt
                && elsewhere
                && !matches!(pair.doi, DoiLevel::Same | DoiLevel::Versions)
                && pair.pmid != Agreement::Agrees
                && !pair.same_place()
                && !matches!(pair.pages, PageLevel::Same | PageLevel::First)
        },
    },
    Rule {
        id: "meetings-of-two-years",
        reason: "talks or abstracts of meetings of two years, and neither identifier, issue, pages nor abstract in common",
        effect: Effect::Ask,
        policy: None,
        applies: |pair| {
            // A paper of proceedings has the year of the meeting or of the volume.
            let of_proceedings = pair.one_long || pair.both_long;
            pair.both_of_meetings
                && pair.year == YearLevel::OneApart
                && pair.journal == JournalLevel::Same
                && pair.volume != Agreement::Agrees
                && !of_proceedings
                && !is_vouched_for(pair)
        },
    },
    Rule {
        id: "venues-differ",
        reason: "the same title and authors in a journal and at a conference, or in two years of one",
        effect: Effect::Weigh,
        policy: None,
        applies: venues_differ,
    },
];
