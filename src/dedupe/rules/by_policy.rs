//! The rules of what is one work by convention.
//!
//! Goes in: a [`Comparison`](super::Comparison). Comes out: which of them apply to it. Each is asked where its policy merges, before the
//! table of all others.

use super::conditions::is_one_study;
use super::{Effect, Rule};
use crate::dedupe::compare::{Agreement, AuthorLevel, JournalLevel, TitleLevel, YearLevel};
use crate::dedupe::settings::Policy;
use crate::normalize::Class;

/// What the settings call one work, and would be asked about or kept apart otherwise; each is asked where its policy merges.
pub(super) static MERGED_BY_POLICY: &[Rule] = &[
    Rule {
        id: "preprint-merged",
        reason: "a preprint and the paper that followed, with the same title and authors, are one work by policy",
        effect: Effect::Join,
        policy: Some(Policy::Preprints),
        applies: |pair| pair.class_doubt == Some(Class::Preprint) && is_one_study(pair),
    },
    Rule {
        id: "abstract-merged",
        reason: "a conference abstract and the paper that followed, with the same title and authors, are one work by policy",
        effect: Effect::Join,
        policy: Some(Policy::Abstracts),
        applies: |pair| (pair.class_doubt == Some(Class::Abstract) || pair.abstract_or_paper) && is_one_study(pair),
    },
    Rule {
        id: "erratum-merged",
        reason: "an erratum and the paper that it corrects are one work by policy",
        effect: Effect::Join,
        policy: Some(Policy::Errata),
        applies: |pair| {
            [pair.class_conflict, pair.class_doubt].contains(&Some(Class::Erratum))
                && pair.title.level >= TitleLevel::Extended
                && !pair.title.parts_differ
                && !pair.title.numbers_differ
                && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated)
                && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First | AuthorLevel::Silent)
                && matches!(pair.year, YearLevel::Same | YearLevel::OneApart)
        },
    },
    Rule {
        id: "edition-merged",
        reason: "two editions of one book, with the same title and authors, are one work by policy",
        effect: Effect::Join,
        policy: Some(Policy::Editions),
        applies: |pair| {
            let other_edition = pair.edition == Agreement::Contradicts
                || (pair.isbn == Agreement::Contradicts && !matches!(pair.year, YearLevel::Same | YearLevel::Silent));
            other_edition
                && !pair.has_chapter
                && pair.title.level >= TitleLevel::Close
                && !pair.title.parts_differ
                && !pair.kinds_differ
                && pair.volume != Agreement::Contradicts
                && pair.class_conflict.or(pair.class_doubt).is_none()
                && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
        },
    },
];
