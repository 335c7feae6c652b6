//! How much each piece of evidence weighs, in bits: one bit more makes a common work twice as likely.
//!
//! Goes in: a [`Comparison`]. Comes out: its weight, the sum over the fields. Silence weighs nothing. The weights are
//! round numbers: the logarithms of how much more often a level occurs among duplicates than among other candidate pairs
//! of labelled sets, damped, because fields are not independent (who shares the volume mostly shares the page), and with
//! the sign that reason demands.

use super::compare::{
    AbstractLevel, Agreement, AuthorLevel, Comparison, DoiLevel, Glance, JournalLevel, PageLevel, TitleEvidence, TitleLevel, YearLevel,
};

/// From this weight on, two records describe one work, unless a rule forbids it.
pub const SAME_AT: f32 = 10.5;
/// From this weight on, a pair is worth a person's look.
pub const UNSURE_AT: f32 = 8.5;

/// Information from which on a title names one work and no more is gained.
const FULL_TITLE_BITS: f32 = 60.0;
/// What each doubling of the settings of a title beyond two takes from its information: a column's title says little.
const BITS_PER_DOUBLING: f32 = 12.0;
/// Volume and first page together say more than each alone.
const SAME_PLACE: f32 = 1.0;
/// Journal, volume and issue together, where the pages are not known on both sides: an issue has a few dozen works.
const SAME_ISSUE: f32 = 2.0;
/// One side is noted to be of a class that the other is not.
const CLASS_DOUBT: f32 = -1.0;

/// A common PubMed identifier, and different ones.
const PMID: (f32, f32) = (10.0, -5.0);
/// Numbers in registries, as [`PMID`].
const REGISTRY: (f32, f32) = (5.0, -6.0);
/// ISBNs, as [`PMID`].
const ISBN: (f32, f32) = (3.0, -1.0);
/// Volumes, as [`PMID`].
const VOLUME: (f32, f32) = (1.5, -3.0);
/// Issues, as [`PMID`].
const ISSUE: (f32, f32) = (0.5, -1.0);

/// What a title weighs at most, and authors, and a journal.
const TITLE_AT_MOST: f32 = 10.5;
/// As [`TITLE_AT_MOST`].
const AUTHORS_AT_MOST: f32 = 4.0;
/// As [`TITLE_AT_MOST`].
const JOURNAL_AT_MOST: f32 = 2.0;

/// What the weight is the sum of.
pub const TERMS: [&str; 15] = [
    "title",
    "DOI",
    "PMID",
    "registry",
    "ISBN",
    "authors",
    "year",
    "journal",
    "volume",
    "issue",
    "pages",
    "abstract",
    "place",
    "same issue",
    "class",
];

/// How much each term counts, as a multiple of its weight here: one, but where somebody tries other weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales(pub [f32; TERMS.len()]);

impl Default for Scales {
    fn default() -> Self {
        Self([1.0; TERMS.len()])
    }
}

/// The weight of all evidence, in bits.
#[must_use]
pub fn weight(comparison: &Comparison, scales: &Scales) -> f32 {
    terms(comparison).iter().zip(&scales.0).map(|(term, scale)| term * scale).sum()
}

fn terms(comparison: &Comparison) -> [f32; TERMS.len()] {
    let place = if comparison.same_place() { SAME_PLACE } else { 0.0 };
    let issue = if comparison.same_issue() && comparison.pages == PageLevel::Silent { SAME_ISSUE } else { 0.0 };
    let doubt = if comparison.class_doubt.is_some() { CLASS_DOUBT } else { 0.0 };
    [
        title(&comparison.title),
        doi(comparison.doi),
        agreement(comparison.pmid, PMID),
        agreement(comparison.registry, REGISTRY),
        agreement(comparison.isbn, ISBN),
        authors(comparison.authors),
        year(comparison.year),
        journal(comparison.journal),
        agreement(comparison.volume, VOLUME),
        agreement(comparison.issue, ISSUE),
        pages(comparison.pages),
        sketch(comparison.sketch),
        place,
        issue,
        doubt,
    ]
}

/// The most that [`weight`] can be, given what is known of the pair.
#[must_use]
pub fn at_most(glance: &Glance, scales: &Scales) -> f32 {
    let agree = |one: bool, other: bool, weight: f32| if one && other { weight } else { 0.0 };
    let same_volume = glance.volume == Agreement::Agrees;
    let terms = [
        glance.title.as_ref().map_or(TITLE_AT_MOST, title),
        doi(glance.doi),
        agreement(glance.pmid, PMID),
        agreement(glance.registry, REGISTRY),
        agreement(glance.isbn, ISBN),
        glance.authors.map_or(AUTHORS_AT_MOST, authors),
        year(glance.year),
        JOURNAL_AT_MOST,
        agreement(glance.volume, VOLUME),
        agreement(glance.issue, ISSUE),
        pages(glance.pages),
        sketch(glance.sketch),
        agree(same_volume, matches!(glance.pages, PageLevel::Same | PageLevel::First), SAME_PLACE),
        agree(same_volume && glance.issue == Agreement::Agrees, glance.pages == PageLevel::Silent, SAME_ISSUE),
        0.0,
    ];
    terms.iter().zip(&scales.0).map(|(term, scale)| term * scale).sum()
}

/// How much of a whole title's information a title has, in 0..=1.
#[must_use]
pub fn title_information(title: &TitleEvidence) -> f32 {
    let doublings = (title.settings.max(1) as f32).log2() - 1.0;
    (title.bits - BITS_PER_DOUBLING * doublings.max(0.0)).clamp(0.0, FULL_TITLE_BITS) / FULL_TITLE_BITS
}

fn title(title: &TitleEvidence) -> f32 {
    let information = title_information(title);
    match title.level {
        TitleLevel::Silent => 0.0,
        TitleLevel::Same => 2.5 + 8.0 * information,
        TitleLevel::Close => 2.0 + 8.0 * information,
        TitleLevel::Extended => 1.0 + 5.5 * information,
        TitleLevel::Inserted => 3.5 * information,
        TitleLevel::Substituted => 2.5 * information - 1.0,
        TitleLevel::Similar => 3.5 * information - 2.0,
        TitleLevel::Different => -6.0,
    }
}

fn doi(level: DoiLevel) -> f32 {
    match level {
        DoiLevel::Silent | DoiLevel::Shared => 0.0,
        DoiLevel::Same => 8.0,
        DoiLevel::Versions => 6.0,
        DoiLevel::Different => -3.0,
    }
}

fn agreement(level: Agreement, (agrees, contradicts): (f32, f32)) -> f32 {
    match level {
        Agreement::Silent => 0.0,
        Agreement::Agrees => agrees,
        Agreement::Contradicts => contradicts,
    }
}

fn authors(level: AuthorLevel) -> f32 {
    match level {
        AuthorLevel::Silent => 0.0,
        AuthorLevel::All => 4.0,
        AuthorLevel::First => 2.5,
        AuthorLevel::FirstOnly => 1.0,
        AuthorLevel::Some => 0.5,
        AuthorLevel::None => -4.0,
    }
}

fn year(level: YearLevel) -> f32 {
    match level {
        YearLevel::Silent => 0.0,
        YearLevel::Same => 1.5,
        YearLevel::OneApart => -2.75,
        YearLevel::TwoApart => -3.5,
        YearLevel::Apart => -4.0,
    }
}

fn journal(level: JournalLevel) -> f32 {
    match level {
        JournalLevel::Silent => 0.0,
        JournalLevel::Same | JournalLevel::Abbreviated => 2.0,
        JournalLevel::Partial => 0.5,
        JournalLevel::Different => -2.0,
    }
}

fn pages(level: PageLevel) -> f32 {
    match level {
        PageLevel::Silent | PageLevel::Incomparable | PageLevel::Provisional => 0.0,
        PageLevel::Same => 4.5,
        PageLevel::First => 3.0,
        PageLevel::Overlap => -1.0,
        PageLevel::Adjacent | PageLevel::Different => -3.0,
    }
}

fn sketch(level: AbstractLevel) -> f32 {
    match level {
        AbstractLevel::Silent => 0.0,
        AbstractLevel::Same => 4.0,
        AbstractLevel::Similar => 1.0,
        AbstractLevel::Unlike => -2.0,
        AbstractLevel::Different => -3.0,
    }
}
