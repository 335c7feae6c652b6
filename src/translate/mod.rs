//! A strategy -> the text of another platform, and what of each line is lost.
//!
//! Goes in: the tree of a [`Strategy`], a [`Platform`], a [`Thesaurus`], and, where there are records, the words of their
//! [`Index`]. Comes out: for each line the text that the platform reads, and a sentence for everything that it finds more,
//! fewer or otherwise. The text of the strategy is never looked at, so that a tree of any language can be translated. What
//! a platform cannot say is widened, spelled out or left out, and each of these is said.
//!
//! The rules of a platform stand in a table of its own (`pubmed.rs`, `embase.rs`, …); `write.rs` walks the tree by that
//! table. The distances between words follow the documentation of the platforms, as librarians' guides to proximity
//! collect it: `adjN` of Ovid and `NEAR/N` of Embase.com and the Cochrane Library count the step from word to word, all
//! others the words between, which is one less.

mod cochrane;
mod dates;
mod ebsco;
mod embase;
mod proquest;
mod pubmed;
mod rules;
mod scopus;
mod text;
mod words;
mod wos;
mod write;

use crate::error::Result;
use crate::index::Index;
use crate::strategy::{Language, Strategy};
use crate::thesaurus::Thesaurus;
use serde::Serialize;
use std::fmt;

/// Where a strategy is to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// PubMed.
    PubMed,
    /// Embase.com.
    Embase,
    /// EBSCOhost, as CINAHL and MEDLINE are searched on it.
    Ebsco,
    /// Web of Science, Core Collection.
    Wos,
    /// Scopus, Advanced search.
    Scopus,
    /// The Cochrane Library, Search manager.
    Cochrane,
    /// ProQuest.
    ProQuest,
}

impl Platform {
    /// Every platform, in the order of the documentation.
    pub const ALL: &'static [Platform] =
        &[Platform::PubMed, Platform::Embase, Platform::Ebsco, Platform::Wos, Platform::Scopus, Platform::Cochrane, Platform::ProQuest];

    /// The word by which it is chosen.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Platform::PubMed => "pubmed",
            Platform::Embase => "embase",
            Platform::Ebsco => "ebsco",
            Platform::Wos => "wos",
            Platform::Scopus => "scopus",
            Platform::Cochrane => "cochrane",
            Platform::ProQuest => "proquest",
        }
    }

    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }

    /// The platform with this id, whatever its case.
    ///
    /// ```
    /// use refsieve::translate::Platform;
    /// assert_eq!(Platform::named("PubMed"), Some(Platform::PubMed));
    /// assert_eq!(Platform::named("google"), None);
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|platform| platform.id().eq_ignore_ascii_case(id.trim()))
    }

    /// The language in which refsieve can read a strategy of the platform, and so run it; `None` where it reads none of its.
    ///
    /// ```
    /// use refsieve::strategy::Language;
    /// use refsieve::translate::Platform;
    /// assert_eq!(Platform::PubMed.language(), Some(Language::PubMed));
    /// assert_eq!(Platform::Scopus.language(), None);
    /// ```
    #[must_use]
    pub fn language(self) -> Option<Language> {
        match self {
            Platform::PubMed => Some(Language::PubMed),
            Platform::Embase | Platform::Ebsco | Platform::Wos | Platform::Scopus | Platform::Cochrane | Platform::ProQuest => None,
        }
    }

    fn rules(self) -> &'static rules::Rules {
        match self {
            Platform::PubMed => &pubmed::RULES,
            Platform::Embase => &embase::RULES,
            Platform::Ebsco => &ebsco::RULES,
            Platform::Wos => &wos::RULES,
            Platform::Scopus => &scopus::RULES,
            Platform::Cochrane => &cochrane::RULES,
            Platform::ProQuest => &proquest::RULES,
        }
    }
}

/// What a loss does to the set that a line finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// It finds more than it should.
    Wider,
    /// It finds fewer than it should.
    Narrower,
    /// It may find others, or nothing at all.
    Other,
    /// There is no text for the line.
    Missing,
}

/// Something that the text of a line does not say as the line did.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// What it does to the set.
    pub effect: Effect,
    /// What was lost, and what was done, in plain words without a final stop.
    pub sentence: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = match self.effect {
            Effect::Wider => "finds more",
            Effect::Narrower => "finds fewer",
            Effect::Other => "may find others",
            Effect::Missing => "not written",
        };
        write!(out, "{effect}: {}", self.sentence)
    }
}

/// One line of a strategy, as a platform reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TranslatedLine {
    /// Its number, as it was.
    pub label: u32,
    /// The text for the platform; `None` where there is none, and then the losses say why.
    pub text: Option<String>,
    /// What is lost; empty where nothing is.
    pub losses: Vec<Loss>,
}

/// A strategy, as a platform reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The platform.
    pub platform: Platform,
    /// The lines, in the order of the strategy.
    pub lines: Vec<TranslatedLine>,
    /// What holds for several lines and is known of the platform rather than lost: each said once, in order.
    pub notes: Vec<String>,
}

impl Translation {
    /// The number of lines of which nothing is lost.
    #[must_use]
    pub fn n_exact(&self) -> usize {
        self.lines.iter().filter(|line| line.text.is_some() && line.losses.is_empty()).count()
    }
}

/// One line each: its number, a tab, its text. What could not be written stands in square brackets with the reason.
impl fmt::Display for Translation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            match (&line.text, line.losses.first()) {
                (Some(text), _) => writeln!(out, "{}\t{text}", line.label)?,
                (None, Some(loss)) => writeln!(out, "{}\t[not translated: {}]", line.label, loss.sentence.replace(['[', ']'], ""))?,
                (None, None) => writeln!(out, "{}\t[not translated]", line.label)?,
            }
        }
        Ok(())
    }
}

/// Translates every line of `strategy` for `platform`. A word that the platform cannot truncate as the strategy does is
/// listed from `words`, the words of the records at hand, where they are given; else it is widened or spelled out, which
/// is a loss. The error is one of the index.
///
/// ```
/// use refsieve::strategy::parse;
/// use refsieve::thesaurus::Thesaurus;
/// use refsieve::translate::{Platform, translate};
/// let (strategy, _) = parse("x", "1 Peer Group/\n2 (peer adj3 worker*).ti,ab.\n3 or/1-2");
/// let ebsco = translate(&strategy, Platform::Ebsco, Thesaurus::mesh(), None).unwrap();
/// assert_eq!(ebsco.to_string(), "1\t(MH \"Peer Group\")\n2\tTI (peer N2 worker*) OR AB (peer N2 worker*)\n3\tS1 OR S2\n");
/// ```
pub fn translate(strategy: &Strategy, platform: Platform, thesaurus: &Thesaurus, words: Option<&Index>) -> Result<Translation> {
    let mut writer = write::Writer::new(platform.rules(), thesaurus, words);
    let lines = strategy.lines.iter().map(|line| writer.line(line)).collect();
    let notes = writer.finish()?;
    Ok(Translation { platform, lines, notes })
}
