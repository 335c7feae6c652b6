//! How the search language is read, as the arguments say it: readings, thesaurus.

use super::args::{LanguageName, PrecedenceName, ReadingArguments};
use super::inputs;
use crate::diagnostic::{Advice, Code, Diagnostic};
use crate::error::Result;
use crate::search;
use crate::strategy::{self, Precedence, Readings};
use crate::thesaurus::{self, Builder, Thesaurus};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What decides what a strategy finds, beside the records.
pub(super) struct Language {
    from: strategy::Language,
    pub(super) readings: Readings,
    pub(super) settings: search::Settings,
    /// The user's own thesaurus.
    own: Option<Thesaurus>,
}

impl Language {
    /// # Errors
    ///
    /// A thesaurus that cannot be read.
    pub(super) fn new(arguments: &ReadingArguments) -> Result<Self> {
        let precedence = match arguments.precedence {
            PrecedenceName::AndNotOr => Precedence::AndNotOr,
            PrecedenceName::AndNotEqual => Precedence::AndNotEqual,
            PrecedenceName::LeftToRight => Precedence::LeftToRight,
        };
        let readings = Readings { precedence, stopwords_stand_for_any: arguments.ovid_stopwords || arguments.adj_skips_stopwords };
        let settings = search::Settings { adj_skips_stopwords: arguments.adj_skips_stopwords, ..search::Settings::default() };
        let mut builder = Builder::default();
        for path in &arguments.mesh {
            builder.add_mesh(&path.display().to_string(), &inputs::read_text(path)?)?;
        }
        for path in &arguments.narrower {
            builder.add_narrower(&path.display().to_string(), &inputs::read_text(path)?)?;
        }
        let is_own = !arguments.mesh.is_empty() || !arguments.narrower.is_empty();
        let own = if is_own { Some(builder.finish()?) } else { None };
        Ok(Self { from: arguments.from.language(), readings, settings, own })
    }

    pub(super) fn thesaurus(&self) -> &Thesaurus {
        self.own.as_ref().unwrap_or_else(|| Thesaurus::mesh())
    }

    /// What must be shown where a heading of the built-in thesaurus was looked up.
    pub(super) fn attribution(&self, run: &search::Run) -> Option<&'static str> {
        (run.used_mesh && self.own.is_none()).then_some(thesaurus::ATTRIBUTION)
    }

    /// Why a finding matters and what to do, in the terms of the strategy's language.
    pub(super) fn advice(&self, code: Code) -> Option<Advice> {
        match self.from {
            strategy::Language::Ovid => code.advice(),
            strategy::Language::PubMed => code.advice_for_pubmed(),
        }
    }

    /// The strategy `text` of the file `name`, and what is to be said about it.
    pub(super) fn parse(&self, name: &str, text: &str) -> (strategy::Strategy, Vec<Diagnostic>) {
        strategy::parse_in(self.from, name, text, self.readings)
    }

    fn readings(&self) -> Vec<(&'static str, &'static str)> {
        let mut readings = search::readings(self.readings, &self.settings);
        if self.from == strategy::Language::PubMed {
            // Its manual leaves no doubt.
            readings.retain(|(name, _)| *name != "precedence");
            readings.insert(0, ("precedence", "left-to-right"));
        }
        readings
    }

    /// The readings by name.
    pub(super) fn table(&self) -> BTreeMap<&'static str, &'static str> {
        self.readings().into_iter().collect()
    }

    /// "readings: precedence=AND>NOT>OR, …".
    pub(super) fn sentence(&self) -> String {
        let parts: Vec<String> = self.readings().iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("readings: {}\n", parts.join(", "))
    }
}

impl ReadingArguments {
    /// The files that they name.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.mesh.iter().chain(&self.narrower)
    }
}

impl LanguageName {
    pub(super) fn language(self) -> strategy::Language {
        match self {
            LanguageName::Ovid => strategy::Language::Ovid,
            LanguageName::Pubmed => strategy::Language::PubMed,
        }
    }
}
