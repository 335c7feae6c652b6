//! What counts as one work, as the arguments say it.

use super::args::{LevelName, PolicyName, WorkArguments};
use super::inputs;
use crate::dedupe::{Decisions, Level, Policy, Settings};
use crate::error::Result;
use std::path::Path;

pub(super) fn settings(arguments: &WorkArguments) -> Result<Settings> {
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
    if let Some(file) = &arguments.decisions {
        settings.decisions = decisions(file)?;
    }
    Ok(settings)
}

/// The decisions in `file`.
pub(super) fn decisions(file: &Path) -> Result<Decisions> {
    Decisions::parse(&file.display().to_string(), &inputs::read_text(file)?)
}
