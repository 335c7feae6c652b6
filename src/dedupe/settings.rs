//! What can be set about deduplicating: how strict it is, and what counts as one work by convention and not by evidence.

use super::decisions::Decisions;
use super::weigh;
use crate::record::{Database, Record};
use std::fmt;

/// What can be set about deduplicating.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The weight, in bits, from which on two records are called one work.
    pub same_at: f32,
    /// The weight from which on a pair that is not merged is listed for a person.
    pub unsure_at: f32,
    /// How much each field counts beside the others.
    pub scales: weigh::Scales,
    /// What is one work by convention.
    pub policies: Policies,
    /// What people decided; goes before all evidence.
    pub decisions: Decisions,
    /// Which record of a cluster is kept.
    pub keep: Keep,
    /// Whether each record that is not kept gets its row in [`Deduplication::removed`]: putting all reasons into words takes
    /// time, and who only wants the unique records reads none of them.
    ///
    /// [`Deduplication::removed`]: super::Deduplication::removed
    pub reasons: bool,
}

/// Which record of a cluster is kept; where the rule leaves several, the most complete of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Keep {
    /// The one that says most of what readers need.
    #[default]
    MostComplete,
    /// The first in the order of the files.
    First,
    /// One of these databases, those named first before the others.
    Databases(Vec<Database>),
}

impl Keep {
    /// How much better `record`, the `at`th, is to keep than others, apart from what it says; less is better.
    pub(super) fn rank(&self, record: &Record, at: usize) -> usize {
        match self {
            Keep::MostComplete => 0,
            Keep::First => at,
            Keep::Databases(databases) => {
                let of = record.database();
                databases.iter().position(|database| Some(*database) == of).unwrap_or(databases.len())
            }
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Level::Balanced.into()
    }
}

/// How much must agree before two records are called one work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Merges what an identifier or a place in a journal shows, and lists the rest.
    Cautious,
    /// What the README measures.
    #[default]
    Balanced,
    /// Merges thin records too: lists of references, catalogues, Google Scholar.
    Thorough,
}

impl From<Level> for Settings {
    fn from(level: Level) -> Self {
        let (same_at, unsure_at) = match level {
            Level::Cautious => (15.0, 10.0),
            Level::Balanced => (weigh::SAME_AT, weigh::UNSURE_AT),
            Level::Thorough => (9.25, 7.5),
        };
        let (scales, policies) = (weigh::Scales::default(), Policies::default());
        Self { same_at, unsure_at, scales, policies, decisions: Decisions::default(), keep: Keep::default(), reasons: true }
    }
}

/// A question that evidence does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// A preprint and the paper that followed.
    Preprints,
    /// A conference abstract and the paper of the same title.
    Abstracts,
    /// An erratum and the paper that it corrects.
    Errata,
    /// Two versions of one Cochrane review, or of one text by its DOI.
    CochraneVersions,
    /// Two editions of one book.
    Editions,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Policy; 5] = [Self::Preprints, Self::Abstracts, Self::Errata, Self::CochraneVersions, Self::Editions];
}

/// Which of them are one work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Policies(u8);

impl Default for Policies {
    /// Versions of a Cochrane review are one work; all else is apart.
    fn default() -> Self {
        let mut policies = Self(0);
        policies.set(Policy::CochraneVersions, true);
        policies
    }
}

impl Policies {
    /// Says whether what `policy` asks about is one work.
    pub fn set(&mut self, policy: Policy, is_one_work: bool) {
        let bit = 1 << policy as u8;
        self.0 = if is_one_work { self.0 | bit } else { self.0 & !bit };
    }

    /// Whether what `policy` asks about is one work.
    #[must_use]
    pub fn merge(self, policy: Policy) -> bool {
        self.0 & (1 << policy as u8) != 0
    }
}

impl fmt::Debug for Policies {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(Policy::ALL.iter().filter(|policy| self.merge(**policy))).finish()
    }
}
