//! What is asked first about a pair of a block: a few numbers of each record, fetched at once.
//!
//! Goes in: two normal forms, as a line of the processor's cache each. Comes out: whether the pair may be worth comparing, and the most
//! that comparing may find. A no here is a no there: laws hold it.

use crate::dedupe::compare::{self, Agreement, DoiLevel, Glance, PageLevel, abstracts_at_most};
use crate::normalize::{NormalForm, Pages, Sketch, Translation};

/// What is asked first about a pair of a block, in one line of the processor's cache.
#[derive(Debug)]
pub struct Brief {
    /// The words of the title that say something, as bits.
    words: u64,
    authors: [u64; 4],
    title: u32,
    /// The DOI without its version, and the PubMed identifier; 0 where there is none.
    doi: u32,
    pmid: u32,
    page: u32,
    volume: u16,
    /// The second number of a double volume, else the same.
    last_volume: u16,
    year: u16,
    /// How many words of the title say something.
    n_words: u8,
    /// Facts about it, a bit each: [`HAS_ODD_TITLE`] and those that follow it.
    facts: u8,
}

/// The title is not known, not the only one, or a translation: another need not be like it.
const HAS_ODD_TITLE: u8 = 1;
/// It has identifiers that are not here: several DOIs or PubMed identifiers, the number of a Cochrane review.
const HAS_MORE_IDENTIFIERS: u8 = 2;
/// It has ISBNs or is registered: as [`HAS_MORE_IDENTIFIERS`], where both are.
const HAS_OTHER_IDENTIFIERS: u8 = 4;
/// It has pages at all.
const HAS_PAGES: u8 = 8;
/// It has an article number, by which pages that begin with other numbers may be the same.
const HAS_ARTICLE_NUMBER: u8 = 16;
/// Its pages may be a range without its dash ("148156"), which is the same as one with it.
const MAY_BE_RANGE: u8 = 32;
/// It has a last page.
const IS_RANGE: u8 = 64;
/// Its volume may be the issue of another.
const VOLUME_MAY_BE_SUPPLEMENT: u8 = 128;

/// What is asked of the abstracts of a pair before the forms are fetched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    halves: [u64; 3],
    /// Half of the key, with its lowest bit set; 0 where there is no abstract.
    key: u32,
}

impl Opening {
    pub(super) fn of(form: &NormalForm) -> Self {
        let key = form.sketch.map_or(0, |sketch| sketch.key as u32 | 1);
        Self { halves: form.sketch.map_or([0; 3], |sketch| sketch.halves()), key }
    }

    /// As [`Brief::fetch`].
    pub(super) fn fetch(&self) -> u32 {
        self.key
    }
}

impl Brief {
    /// What `form` says at a glance.
    #[must_use]
    pub fn of(form: &NormalForm) -> Self {
        let title = form.title.as_ref();
        let is_foreign = title.is_none_or(|title| title.translation == Translation::Translated);
        let identifiers = &form.identifiers;
        let number = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let facts = [
            (HAS_ODD_TITLE, is_foreign || form.other_title.is_some()),
            (HAS_MORE_IDENTIFIERS, identifiers.dois.len() > 1 || identifiers.pmids.len() > 1 || identifiers.cochrane.is_some()),
            (HAS_OTHER_IDENTIFIERS, !identifiers.isbns.is_empty() || !identifiers.registry.is_empty()),
            (HAS_PAGES, form.pages.is_some()),
            (HAS_ARTICLE_NUMBER, form.pages.is_some_and(|pages| pages.article.is_some())),
            (MAY_BE_RANGE, form.pages.is_some_and(may_be_range)),
            (IS_RANGE, form.pages.is_some_and(|pages| pages.last.is_some())),
            (VOLUME_MAY_BE_SUPPLEMENT, compare::volume_may_be_supplement(form)),
        ];
        Self {
            words: title.map_or(0, |title| title.words.iter().fold(0, |bits, word| bits | 1 << (word & 63))),
            authors: form.authors.bits(),
            title: title.map_or(0, |title| title.key as u32),
            doi: identifiers.work_doi.map_or(0, |doi| doi as u32 | 1),
            pmid: identifiers.pmids.first().copied().unwrap_or(0),
            page: form.pages.map_or(0, |pages| pages.first.number),
            volume: form.volume.map_or(0, |volume| number(volume.number)),
            last_volume: form.volume.map_or(0, |volume| number(volume.last)),
            year: form.year.unwrap_or(0),
            n_words: title.map_or(0, |title| u8::try_from(title.words.len()).unwrap_or(u8::MAX)),
            facts: facts.iter().filter(|(_, is_so)| *is_so).fold(0, |facts, (fact, _)| facts | fact),
        }
    }

    /// Reads a little of it, so that its memory is fetched.
    pub(super) fn fetch(&self) -> u32 {
        self.title
    }

    fn is(&self, fact: u8) -> bool {
        self.facts & fact != 0
    }

    fn names_authors(&self) -> bool {
        self.authors.iter().any(|bits| *bits != 0)
    }

    fn share_author(&self, other: &Self) -> bool {
        self.authors.iter().zip(&other.authors).any(|(left, right)| left & right != 0)
    }

    /// Whether somebody is in both lists of authors, or a list is not known.
    fn may_share_author(&self, other: &Self) -> bool {
        self.share_author(other) || !self.names_authors() || !other.names_authors()
    }

    fn share_page(&self, other: &Self) -> bool {
        self.page != 0 && self.page == other.page
    }

    fn share_volume(&self, other: &Self) -> bool {
        self.volume != 0 && self.volume == other.volume
    }

    /// Whether so many quarters of the words of the shorter title seem to be in the other, or nothing can be said.
    fn share_words(&self, other: &Self, quarters: u32) -> bool {
        let fewer = self.words.count_ones().min(other.words.count_ones());
        self.is(HAS_ODD_TITLE) || other.is(HAS_ODD_TITLE) || 4 * (self.words & other.words).count_ones() >= quarters * fewer
    }

    /// Whether [`may_be_alike`](super::may_be_alike) may say yes: each bit of the shorter title that the other has not is a word that it
    /// has not.
    #[must_use]
    pub fn may_be_alike(&self, other: &Self, quarters: usize) -> bool {
        let (shorter, longer) = if self.n_words <= other.n_words { (self, other) } else { (other, self) };
        let n_missing = (shorter.words & !longer.words).count_ones() as usize;
        let n_words = usize::from(shorter.n_words);
        quarters == 0
            || 4 * (n_words - n_missing.min(n_words)) >= quarters * n_words
            || shorter.n_words == u8::MAX
            || self.title == other.title
            || self.share_page(other)
            || self.is(HAS_ODD_TITLE)
            || other.is(HAS_ODD_TITLE)
    }

    /// Unless both name their authors, with nobody in common, under different titles and on different pages.
    pub(super) fn are_no_strangers(&self, other: &Self) -> bool {
        self.title == other.title || self.may_share_author(other) || self.share_page(other)
    }

    pub(super) fn share_people_or_words(&self, other: &Self) -> bool {
        self.may_share_author(other) || self.share_words(other, 2)
    }

    pub(super) fn share_words_or_place(&self, other: &Self) -> bool {
        self.share_words(other, 1) || self.share_page(other) || self.share_volume(other)
    }

    /// Whether the years are one apart at most, or not known, or the volumes or titles say the same.
    pub(super) fn are_of_one_time(&self, other: &Self) -> bool {
        let unknown = self.year == 0 || other.year == 0;
        unknown || self.year.abs_diff(other.year) <= 1 || (self.share_volume(other) && self.share_page(other)) || self.share_words(other, 2)
    }

    /// Whether the volumes are known to contradict: without that, a place may speak for one work. What is too large for its number here
    /// contradicts no more than it does.
    fn volumes_contradict(&self, other: &Self) -> bool {
        let are_known = self.volume != 0 && other.volume != 0 && !self.may_have_issue_of(other) && !other.may_have_issue_of(self);
        are_known && (self.last_volume < other.volume || other.last_volume < self.volume)
    }

    /// Whether its volume may be the issue of the other.
    fn may_have_issue_of(&self, other: &Self) -> bool {
        self.is(VOLUME_MAY_BE_SUPPLEMENT) && u32::from(other.volume) > compare::LARGEST_SUPPLEMENT && self.year == other.year
    }

    /// Whether pages that begin with other numbers may be the same.
    fn may_share_pages(&self, other: &Self) -> bool {
        (self.is(HAS_ARTICLE_NUMBER) && other.is(HAS_ARTICLE_NUMBER)) || (self.is(MAY_BE_RANGE) && other.is(IS_RANGE))
    }

    /// A glance at a pair that speaks at least as much for one work as [`Glance::of`] its forms does; `None` where these say more
    /// than what is here.
    pub(super) fn at_most(&self, other: &Self, (left, right): (&Opening, &Opening)) -> Option<Glance> {
        let has_more = self.is(HAS_MORE_IDENTIFIERS) || other.is(HAS_MORE_IDENTIFIERS);
        let may_share_others = self.is(HAS_OTHER_IDENTIFIERS) && other.is(HAS_OTHER_IDENTIFIERS);
        if !self.volumes_contradict(other) || has_more || may_share_others {
            return None;
        }
        let are_other = |left: u32, right: u32| if left == 0 || right == 0 { Some(false) } else { (left != right).then_some(true) };
        let (other_doi, other_pmid) = (are_other(self.doi, other.doi)?, are_other(self.pmid, other.pmid)?);
        let have_abstracts = left.key != 0 && right.key != 0;
        if have_abstracts && left.key == right.key {
            return None;
        }
        let known = |year: u16| (year > 0).then_some(year);
        Some(Glance {
            title: None,
            doi: if other_doi { DoiLevel::Different } else { DoiLevel::Silent },
            pmid: if other_pmid { Agreement::Contradicts } else { Agreement::Silent },
            registry: Agreement::Silent,
            isbn: Agreement::Silent,
            authors: None,
            year: compare::years(known(self.year), known(other.year)),
            volume: Agreement::Contradicts,
            issue: Agreement::Agrees,
            pages: if !self.is(HAS_PAGES) || !other.is(HAS_PAGES) {
                PageLevel::Silent
            } else if self.page == other.page || self.may_share_pages(other) || other.may_share_pages(self) {
                PageLevel::Same
            } else {
                PageLevel::Incomparable
            },
            sketch: if have_abstracts {
                abstracts_at_most(Sketch::similarity_at_most(&left.halves, &right.halves))
            } else {
                compare::AbstractLevel::Silent
            },
            both_columns: false,
            both_registrations: false,
            // Volumes of books are two books.
            both_books: false,
            identical: false,
        })
    }
}

/// Whether pages may be a range without its dash.
fn may_be_range(pages: Pages) -> bool {
    /// A range without its dash has more digits.
    const LARGEST: u32 = 99;
    pages.last.is_none() && pages.first.number > LARGEST && !pages.first.has_letters()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::corpus::Corpus;
    use crate::dedupe::settings::{Level, Settings};
    use crate::dedupe::{rules, weigh};
    use crate::record::{Field, RecordBuilder, Source};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn form(entries: &[(Field, String)]) -> NormalForm {
        let mut builder = RecordBuilder::default();
        for (field, value) in entries {
            builder.push_text("XX", *field, value);
        }
        NormalForm::of(&builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1))
    }

    /// Of each field nothing, or one of a few values that others may have too.
    fn any_entries() -> impl Strategy<Value = Vec<(Field, String)>> {
        let some = |share: f64, field: Field, values: &'static [&'static str]| {
            let value = prop::option::weighted(share, prop::sample::select(values));
            value.prop_map(move |value| value.map(|value| (field, value.to_owned())))
        };
        let volume = some(0.95, Field::Volume, &["3", "4", "3-4", "5", "7", "9", "1", "2", "12", "58", "70000", "70001", "Suppl 1", "0"]);
        let pages = some(0.8, Field::Pages, &["12", "12-15", "1215", "148-156", "148156", "e12", "e148", "1-9", "3-9", "S12-S15", "10-19"]);
        let numbers = (
            some(0.5, Field::Doi, &["10.5555/abc", "10.5555/abc.pub2", "10.5555/abd", "10.5555/abf", "10.1002/14651858.cd000001.pub2"]),
            some(0.1, Field::Doi, &["10.5555/abc", "10.5555/abe"]),
            some(0.3, Field::Pmid, &["7", "8", "9"]),
            some(0.15, Field::SerialNumber, &["9780306406157", "9780131103627"]),
            some(0.1, Field::Accession, &["NCT04100000", "NCT04100001"]),
            some(0.15, Field::ArticleNumber, &["148", "e12"]),
        );
        let rest = (
            some(0.9, Field::Year, &["2002", "2019", "2020", "2021", "2015"]),
            some(0.5, Field::Issue, &["1", "2", "1 Suppl 1", "Suppl 2"]),
            some(0.9, Field::Title, &["Peer work", "Peers"]),
        );
        let words = prop::collection::vec(prop::sample::select(vec!["peer", "work", "ward", "care", "oslo"]), 0..70);
        (volume, pages, numbers, rest, words).prop_map(|(volume, pages, numbers, rest, words)| {
            let (doi, other_doi, pmid, isbn, registration, article) = numbers;
            let (year, issue, title) = rest;
            let text = Some((Field::Abstract, words.join(" ")));
            [volume, pages, doi, other_doi, pmid, isbn, registration, article, year, issue, title, text].into_iter().flatten().collect()
        })
    }

    proptest! {
        // Of a pair much must contradict before anything is hopeless.
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_is_hopeless_at_sight_is_hopeless_at_a_glance(entries in prop::collection::vec(any_entries(), 2), from_left in 0_usize..60) {
            // A stretch of one abstract in the other: some have all in common, most have some.
            let mut entries = entries;
            let text = |entries: &[(Field, String)]| entries.last().map_or(String::new(), |(_, text)| text.clone());
            let common: Vec<String> = text(&entries[0]).split(' ').take(from_left).map(str::to_owned).collect();
            if let Some((_, own)) = entries[1].last_mut() {
                *own = format!("{} {own}", common.join(" "));
            }
            let (left, right) = (form(&entries[0]), form(&entries[1]));
            prop_assume!(left.content != right.content);
            let corpus = Corpus::of(&[&left, &right]);
            let actual = Glance::of(&left, &right, &corpus);
            let openings = [&left, &right].map(Opening::of);
            let Some(bound) = Brief::of(&left).at_most(&Brief::of(&right), (&openings[0], &openings[1])) else { return Ok(()) };
            for level in [Level::Cautious, Level::Balanced, Level::Thorough] {
                let settings = Settings::from(level);
                prop_assert!(weigh::at_most(&bound, &settings.scales) >= weigh::at_most(&actual, &settings.scales), "{bound:?} {actual:?}");
                prop_assert!(!rules::is_hopeless(&bound, &settings) || rules::is_hopeless(&actual, &settings), "{bound:?} {actual:?}");
            }
        }
    }

    #[test]
    fn strangers_in_other_volumes_are_seen_at_once() {
        let of = |volume: &str, page: &str, year: &str, word: &str| {
            let text = (0..80).map(|at| format!("{word}{at} ")).collect::<String>();
            let entries =
                [(Field::Title, "Peer work"), (Field::Volume, volume), (Field::Pages, page), (Field::Year, year), (Field::Abstract, &text)];
            form(&entries.map(|(field, value)| (field, value.to_owned())))
        };
        let is_hopeless = |left: &NormalForm, right: &NormalForm| {
            let openings = [left, right].map(Opening::of);
            let glance = Brief::of(left).at_most(&Brief::of(right), (&openings[0], &openings[1]));
            glance.is_some_and(|glance| rules::is_hopeless(&glance, &Settings::default()))
        };
        let one = of("3", "12-15", "2010", "one");
        assert!(is_hopeless(&one, &of("9", "42-45", "2019", "other")));
        for other in [of("3", "42-45", "2019", "other"), of("9", "42-45", "2010", "other"), of("9", "42-45", "2019", "one")] {
            assert!(!is_hopeless(&one, &other));
        }
    }
}
