//! The rules that name what the weight decides.
//!
//! Goes in: a [`Comparison`] to which no rule of the [table](super::table) applies. Comes out: the rule that names what weighs most.

use super::{Effect, Rule};
use crate::dedupe::compare::{AbstractLevel, Agreement, AuthorLevel, Comparison, DoiLevel, TitleLevel};

/// The rules that the weight alone decides, by what weighs most.
pub(super) static BY_WEIGHT: &[Rule] = &[
    Rule {
        id: "same-pmid",
        reason: "the same PubMed identifier",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.pmid == Agreement::Agrees,
    },
    Rule {
        id: "same-doi",
        reason: "the same DOI, and nothing that outweighs it",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.doi == DoiLevel::Same,
    },
    Rule {
        id: "same-version",
        reason: "two versions of one text",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.doi == DoiLevel::Versions,
    },
    Rule {
        id: "same-title-and-place",
        reason: "the same title in the same place of a journal",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.same_place() && pair.title.level >= TitleLevel::Inserted,
    },
    Rule {
        id: "same-place-and-abstract",
        reason: "the same place of a journal and the same abstract, whatever the title's language",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.same_place() && pair.sketch == AbstractLevel::Same,
    },
    Rule {
        id: "same-place",
        reason: "the same place of a journal, and nothing that outweighs it",
        effect: Effect::Weigh,
        policy: None,
        applies: Comparison::same_place,
    },
    Rule {
        id: "same-title-and-abstract",
        reason: "the same title and the same abstract",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.sketch == AbstractLevel::Same && pair.title.level >= TitleLevel::Inserted,
    },
    Rule {
        id: "same-title-and-authors",
        reason: "the same title by the same authors, and nothing that outweighs it",
        effect: Effect::Weigh,
        policy: None,
        applies: |pair| pair.title.level >= TitleLevel::Inserted && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First),
    },
    Rule { id: "much-agrees", reason: "enough agrees, and nothing outweighs it", effect: Effect::Weigh, policy: None, applies: |_| true },
];
