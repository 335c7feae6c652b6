//! What counts as one work, as the arguments say it.

use super::args::{LevelName, PolicyName, WorkArguments};
use super::inputs;
use crate::dedupe::{Decisions, Keep, Level, Policy, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::{NormalForm, content_hash, member_keys};
use crate::record::{Database, Record};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
    settings.keep = keep(&arguments.keep)?;
    if let Some(file) = &arguments.decisions {
        settings.decisions = decisions(file)?;
    }
    Ok(settings)
}

impl WorkArguments {
    /// The files that they name.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.decisions.iter()
    }
}

/// In words, how many of the `decisions` in `file` are about two records that are not both among those with `keys`; none where all
/// are.
pub(super) fn idle(file: Option<&Path>, decisions: &Decisions, keys: impl FnOnce() -> Vec<u64>) -> Option<String> {
    let file = file.filter(|_| !decisions.is_empty())?;
    let keys: BTreeSet<u64> = keys().into_iter().collect();
    let n_idle = decisions.iter().filter(|(left, right, _)| !(keys.contains(left) && keys.contains(right))).count();
    let n_all = decisions.len();
    (n_idle > 0).then(|| {
        let why = "a decision holds while what both records say stays as it is";
        format!("{}: {n_idle} of {n_all} decisions fit no two records here ({why})", file.display())
    })
}

/// All keys by which decisions may speak of records.
pub(super) fn keys(records: &[Record]) -> Vec<u64> {
    records.par_iter().flat_map_iter(|record| member_keys(record).chain([content_hash(record)])).collect()
}

/// The same of records whose normal forms are known.
pub(super) fn keys_of_forms(forms: &[NormalForm]) -> Vec<u64> {
    forms.iter().flat_map(|form| form.members.iter().copied().chain([form.content])).collect()
}

fn keep(rule: &str) -> Result<Keep> {
    let databases = || rule.split(',').map(|name| Database::named(name.trim())).collect::<Option<Vec<Database>>>();
    match rule {
        "most-complete" => Ok(Keep::MostComplete),
        "first" => Ok(Keep::First),
        _ => databases().map(Keep::Databases).ok_or_else(|| {
            let message = format!("expected most-complete, first, or names of databases as `refsieve formats` lists them, found {rule:?}");
            Error::new(ErrorKind::Settings, "--keep", message)
        }),
    }
}

/// The decisions in `file`.
pub(super) fn decisions(file: &Path) -> Result<Decisions> {
    Decisions::parse(&file.display().to_string(), &inputs::read_text(file)?)
}
