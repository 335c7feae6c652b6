//! The named rules that turn evidence into a verdict.
//!
//! Goes in: a [`Comparison`]. Comes out: a [`Judgement`] with the id of the rule that gave it. The rules are asked in the
//! order of the table: first what forbids a merge whatever the weight, then what the weight decides. What is forbidden
//! although it weighs as much as a duplicate is left to a person.

use super::compare::{AbstractLevel, Agreement, AuthorLevel, Comparison, DoiLevel, Glance, JournalLevel, PageLevel, TitleLevel, YearLevel};
use super::settings::{Policy, Settings};
use super::weigh;
use by_policy::MERGED_BY_POLICY;
use by_weight::BY_WEIGHT;
pub use doubts::DOUBTS;
pub use table::RULES;

mod by_policy;
mod by_weight;
mod conditions;
mod doubts;
mod table;

/// What is concluded about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Two records of one work.
    Same,
    /// Records of two works.
    Different,
    /// A person should look.
    Unsure,
}

impl Verdict {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Unsure => "unsure",
        }
    }
}

/// A verdict, the rule that gave it, and the weight of the evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The rule.
    pub rule: &'static Rule,
    /// The weight of all evidence, in bits.
    pub weight: f32,
    /// Whether only the place speaks against one work, under one title, by the same people in one journal: an identifier
    /// that other records of both give outweighs that.
    pub yields: bool,
    /// Whether the years are two apart or more: one is misprinted, if it is one work.
    pub years_apart: bool,
    /// Whether both records have a DOI or a PubMed identifier in common.
    pub by_identifier: bool,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, in kebab case.
    pub id: &'static str,
    /// Why it holds, as a sentence for a person.
    pub reason: &'static str,
    /// What it does with the pairs it applies to.
    pub effect: Effect,
    /// The convention that it follows.
    pub policy: Option<Policy>,
    applies: fn(&Comparison) -> bool,
}

/// What a rule does with the pairs it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Joins, whatever the weight.
    Join,
    /// Keeps apart, whatever the weight, and keeps the clusters of both apart; asks a person where the weight is that of a
    /// duplicate.
    Forbid,
    /// The same, and asks nobody: no two records of one work look like this.
    Settle,
    /// The same as [`Effect::Forbid`], and asks a person whatever the weight.
    Show,
    /// The same as [`Effect::Forbid`], unless other records of both works have an identifier in common, and only the place is
    /// against that.
    Yield,
    /// Keeps apart until somebody decides, and asks a person where the weight is worth a look.
    Ask,
    /// The same as [`Effect::Ask`], and keeps the clusters of both apart unless an identifier joins them: a third record that says
    /// less is one work with either, and must not join them.
    Hold,
    /// Keeps apart, and asks a person where the weight is that of a duplicate.
    Weigh,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The rule of pairs about which a person decided.
pub static DECIDED: Rule = Rule { id: "decided", reason: "a person decided it", effect: Effect::Join, policy: None, applies: |_| false };

/// The rule of pairs that are one work by what both say, and whose clusters are held apart by other pairs.
pub(super) static CLUSTERS_CONTRADICT: Rule = Rule {
    id: "clusters-contradict",
    reason: "one work by what both say, but each has duplicates that are two works",
    effect: Effect::Ask,
    policy: None,
    applies: |_| false,
};

/// The rule for pairs that the evidence does not make likely.
static TOO_LITTLE: Rule = Rule {
    id: "too-little-agrees",
    reason: "too little agrees to call it one work",
    effect: Effect::Weigh,
    policy: None,
    applies: |_| true,
};

/// Every rule that a judgement can name, for reports and manuals.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(DOUBTS).chain(MERGED_BY_POLICY).chain(BY_WEIGHT).chain([&TOO_LITTLE, &CLUSTERS_CONTRADICT, &DECIDED])
}

/// The verdict about a pair, and the rule that gave it.
#[must_use]
pub fn judge(pair: &Comparison, settings: &Settings) -> Judgement {
    let Settings { same_at, unsure_at, policies, .. } = *settings;
    let is_asked = |rule: &Rule| match rule.policy {
        Some(Policy::CochraneVersions) => !policies.merge(Policy::CochraneVersions),
        // What one of `MERGED_BY_POLICY` does not join is asked about whatever the policy.
        _ => true,
    };
    let is_merged = |rule: &&Rule| rule.policy.is_some_and(|policy| policies.merge(policy)) && (rule.applies)(pair);
    let weight = weigh::weight(pair, &settings.scales);
    let by_weight = || BY_WEIGHT.iter().find(|rule| (rule.applies)(pair)).unwrap_or(&TOO_LITTLE);
    let found =
        MERGED_BY_POLICY.iter().find(is_merged).or_else(|| RULES.iter().chain(DOUBTS).find(|rule| is_asked(rule) && (rule.applies)(pair)));
    let (verdict, rule) = match found {
        Some(rule) if rule.effect == Effect::Join => (Verdict::Same, rule),
        Some(rule) if rule.effect == Effect::Settle => (Verdict::Different, rule),
        Some(rule) if rule.effect == Effect::Show => (Verdict::Unsure, rule),
        Some(rule) if weight >= same_at || (matches!(rule.effect, Effect::Ask | Effect::Hold) && weight >= unsure_at) => {
            (Verdict::Unsure, rule)
        }
        Some(rule) => (Verdict::Different, rule),
        None if weight >= same_at => (Verdict::Same, by_weight()),
        None if weight >= unsure_at => (Verdict::Unsure, by_weight()),
        None => (Verdict::Different, &TOO_LITTLE),
    };
    Judgement {
        verdict,
        rule,
        weight,
        yields: rule.effect == Effect::Yield && differs_in_place_only(pair),
        years_apart: matches!(pair.year, YearLevel::TwoApart | YearLevel::Apart),
        by_identifier: pair.doi == DoiLevel::Same || pair.pmid == Agreement::Agrees,
    }
}

fn differs_in_place_only(pair: &Comparison) -> bool {
    pair.title.level >= TitleLevel::Close
        && matches!(pair.authors, AuthorLevel::All | AuthorLevel::First)
        && matches!(pair.journal, JournalLevel::Same | JournalLevel::Abbreviated)
        && pair.year == YearLevel::Same
        && pair.doi != DoiLevel::Different
        && pair.pmid != Agreement::Contradicts
}

/// Whether a pair is judged different whatever its titles, authors and journals say: its weight cannot reach that of a pair
/// worth a look, and no rule that joins or shows whatever the weight can apply.
#[must_use]
pub fn is_hopeless(glance: &Glance, settings: &Settings) -> bool {
    /// The weight is a sum in another order: what is too close to tell is looked at.
    const ROUNDING: f32 = 0.01;
    let one_page = glance.pages == PageLevel::First && glance.authors.is_none_or(|authors| authors == AuthorLevel::All);
    let same_issue =
        [glance.volume, glance.issue] == [Agreement::Agrees; 2] && (glance.both_columns || glance.pages == PageLevel::Same || one_page);
    let named = glance.doi == DoiLevel::Same || glance.isbn == Agreement::Agrees;
    let by_policy = Policy::ALL.iter().any(|policy| *policy != Policy::CochraneVersions && settings.policies.merge(*policy));
    let one_registration = glance.both_registrations && glance.registry == Agreement::Agrees;
    let one_book = glance.both_books
        && glance.volume != Agreement::Contradicts
        && glance.year == YearLevel::Same
        && glance.authors.is_none_or(|authors| authors == AuthorLevel::All);
    let may_join =
        one_book || glance.identical || same_issue || named || one_registration || by_policy || glance.sketch == AbstractLevel::Same;
    !may_join && weigh::at_most(glance, &settings.scales) + ROUNDING < settings.unsure_at.min(settings.same_at)
}

impl Judgement {
    /// Whether the two records must not stand in one cluster; `by_identifier` says that a pair would join it that has an
    /// identifier in common.
    #[must_use]
    pub fn separates(&self, by_identifier: bool) -> bool {
        let keeps_apart = match self.rule.effect {
            Effect::Forbid | Effect::Settle | Effect::Show => true,
            Effect::Yield => !(self.yields && by_identifier),
            Effect::Hold => !by_identifier,
            Effect::Join | Effect::Ask | Effect::Weigh => false,
        };
        self.verdict != Verdict::Same && keeps_apart
    }

    /// Whether an identifier in common joins the two records.
    #[must_use]
    pub fn is_by_identifier(&self) -> bool {
        self.verdict == Verdict::Same && self.by_identifier
    }
}
