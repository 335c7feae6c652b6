//! What counts as one work, as the arguments say it.

use super::args::{LevelName, PolicyName, WorkArguments};
use crate::dedupe::{Level, Policy, Settings};

pub(super) fn settings(arguments: WorkArguments) -> Settings {
    let level = match arguments.level {
        LevelName::Cautious => Level::Cautious,
        LevelName::Balanced => Level::Balanced,
        LevelName::Thorough => Level::Thorough,
    };
    let mut settings = Settings::from(level);
    for (policy, name) in [
        (Policy::Preprints, arguments.preprints),
        (Policy::Abstracts, arguments.abstracts),
        (Policy::Errata, arguments.errata),
        (Policy::CochraneVersions, arguments.cochrane_versions),
        (Policy::Editions, arguments.editions),
    ] {
        settings.policies.set(policy, name == PolicyName::Merge);
    }
    settings
}
