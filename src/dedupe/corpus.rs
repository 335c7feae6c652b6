//! What is common and what is rare in this very set of records.
//!
//! Goes in: all normal forms. Comes out: [`Corpus`], from which the information of a word, how many works share a title
//! and how many titles share a DOI can be read. Counts are kept in tables addressed by hash, without the words: two words
//! in one place make both look a little more common, which errs towards caution. Sums do not depend on any order.

use super::sort::sort;
use crate::normalize::{NormalForm, Title, Translation};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Titles of a library that stands behind every set: a word nobody has seen yet is expected once among so many, so that
/// two records alone can be compared as well as a million.
const BACKGROUND: f32 = 1_000.0;
/// Table places for each record: a title has about ten words, most of them seen before.
const PLACES_PER_RECORD: usize = 16;

/// Counts over one set of records.
#[derive(Debug, Clone)]
pub struct Corpus {
    records: u32,
    words: Counts,
    /// For each title key, in how many different settings (first author and volume) it stands; a volume that is left out is no further one.
    titles: ExactCounts,
    /// For each DOI, how many different titles have it.
    dois: ExactCounts,
    /// The keys of two titles that one record gives for its work, the original and a translation; sorted.
    translations: Vec<(u64, u64)>,
}

/// Counts in which two keys in one place are told apart: whether a DOI has two titles must not hang on what else is in the set.
#[derive(Debug, Clone)]
struct ExactCounts {
    counts: Counts,
    /// The keys that count more than once, sorted.
    several: Vec<(u64, u32)>,
}

impl ExactCounts {
    /// The counts of `keys`, which are sorted, each with how often it counts.
    fn of(places: usize, keys: impl Iterator<Item = (u64, u32)>) -> Self {
        let mut counts = Counts::new(places);
        let len = counts.0.len();
        let mut several = Vec::new();
        for (key, count) in keys {
            if let Some(all) = counts.0.get_mut(place(key, len)) {
                *all += count;
            }
            if count > 1 {
                several.push((key, count));
            }
        }
        Self { counts, several }
    }

    fn get(&self, key: u64) -> u32 {
        // Most stand once, and in a place of their own.
        let all = self.counts.get(key);
        if all <= 1 {
            return all;
        }
        self.several.binary_search_by_key(&key, |(key, _)| *key).map_or(1, |at| self.several[at].1)
    }
}

/// Counts addressed by hash; the length is a power of two.
#[derive(Debug, Clone)]
struct Counts(Box<[u32]>);

impl Counts {
    fn new(keys: usize) -> Self {
        Self(vec![0; keys.next_power_of_two().clamp(1 << 10, 1 << 24)].into_boxed_slice())
    }

    /// Adds one for every key that `keys` gives for each form.
    fn count<'a, I: Iterator<Item = u64>>(self, forms: &[&'a NormalForm], keys: impl Fn(&'a NormalForm) -> I + Sync) -> Self {
        let places: Vec<AtomicU32> = self.0.into_iter().map(AtomicU32::new).collect();
        forms.par_iter().with_min_len(1_024).for_each(|form| {
            for key in keys(form) {
                places[place(key, places.len())].fetch_add(1, Ordering::Relaxed);
            }
        });
        Self(places.into_iter().map(AtomicU32::into_inner).collect())
    }

    fn get(&self, key: u64) -> u32 {
        self.0.get(place(key, self.0.len())).copied().unwrap_or(0)
    }
}

/// For each first half, the number of different second halves.
fn count_distinct(places: usize, mut pairs: Vec<(u64, u64)>) -> ExactCounts {
    sort(&mut pairs);
    pairs.dedup();
    let keys = pairs.chunk_by(|left, right| left.0 == right.0);
    ExactCounts::of(places, keys.map(|pairs| (pairs[0].0, u32::try_from(pairs.len()).unwrap_or(u32::MAX))))
}

/// For each first part, the number of different pairs of the others; 0 in the third place is one of its kind only where nothing else
/// stands there: who leaves the volume out names no further one.
fn count_settings(places: usize, mut settings: Vec<(u64, u64, u64)>) -> ExactCounts {
    sort(&mut settings);
    settings.dedup();
    let of_title = |settings: &[(u64, u64, u64)]| {
        let of_authors = settings.chunk_by(|left, right| left.1 == right.1);
        let count = of_authors.map(|settings| settings.len() - usize::from(settings.len() > 1 && settings[0].2 == 0)).sum::<usize>();
        (settings[0].0, u32::try_from(count).unwrap_or(u32::MAX))
    };
    ExactCounts::of(places, settings.chunk_by(|left, right| left.0 == right.0).map(of_title))
}

fn ordered(left: u64, right: u64) -> (u64, u64) {
    if left <= right { (left, right) } else { (right, left) }
}

fn place(key: u64, len: usize) -> usize {
    (key ^ (key >> 32)) as usize & (len - 1)
}

impl Corpus {
    /// Counts over `forms`, of which no two should have the same content: a file read twice must not make its words
    /// look common.
    #[must_use]
    pub fn of<'a>(forms: &[&'a NormalForm]) -> Self {
        let words_of = |form: &'a NormalForm| form.title.iter().flat_map(|title| title.words.iter().map(|word| u64::from(*word)));
        let words = || Counts::new(forms.len() * PLACES_PER_RECORD).count(&one_of_each_title(forms), words_of);
        let settings = |form: &NormalForm| {
            let title = form.title.as_ref()?;
            let volume = form.volume.map_or(0, |volume| u64::from(volume.number) + 1);
            Some((title.key, form.authors.first_key().unwrap_or(0), volume))
        };
        let titles = || count_settings(forms.len() * 4, forms.par_iter().filter_map(|form| settings(form)).collect());
        let pairs = |form: &&'a NormalForm| {
            let title = form.title.iter().filter(|_| !form.identifiers.dois.is_empty());
            title.flat_map(|title| form.identifiers.dois.iter().map(|doi| (*doi, title.start)))
        };
        let dois = || count_distinct(forms.len() * 4, forms.par_iter().flat_map_iter(pairs).collect());
        let (words, (titles, dois)) = rayon::join(words, || rayon::join(titles, dois));
        let both_titles = |form: &&'a NormalForm| {
            let other = form.other_title.as_deref().filter(|other| other.translation != Translation::InFront)?;
            form.title.as_ref().map(|title| ordered(title.key, other.key))
        };
        let mut translations: Vec<(u64, u64)> = forms.par_iter().filter_map(both_titles).collect();
        sort(&mut translations);
        Self { records: u32::try_from(forms.len()).unwrap_or(u32::MAX), words, titles, dois, translations }
    }

    /// Whether some record gives both titles for one work: the original and a translation.
    #[must_use]
    pub fn are_translations(&self, left: &Title, right: &Title) -> bool {
        self.translations.binary_search(&ordered(left.key, right.key)).is_ok()
    }

    /// The information of a word, in bits: how surprising it is to meet it in a title.
    #[must_use]
    pub fn word_bits(&self, word: u32) -> f32 {
        let seen = self.words.get(u64::from(word)) as f32;
        let all = self.records as f32;
        ((all + BACKGROUND) / (seen.min(all) + 1.0)).log2()
    }

    /// In how many titles a word stands.
    #[must_use]
    pub fn word_count(&self, word: u32) -> u32 {
        self.words.get(u64::from(word))
    }

    /// The information of a whole title, in bits.
    #[must_use]
    pub fn title_bits(&self, title: &Title) -> f32 {
        title.words.iter().map(|word| self.word_bits(*word)).sum()
    }

    /// In how many settings (first author, volume) a title stands: a column has many, a work one or two.
    #[must_use]
    pub fn title_settings(&self, title: &Title) -> u32 {
        self.titles.get(title.key)
    }

    /// How many different titles have a DOI.
    #[must_use]
    pub fn doi_titles(&self, doi: u64) -> u32 {
        self.dois.get(doi)
    }
}

/// One form for each title, misspelt and cut ones by one author aside: the words of a title that many records share are no
/// more common for it.
fn one_of_each_title<'a>(forms: &[&'a NormalForm]) -> Vec<&'a NormalForm> {
    let key = |form: &NormalForm| {
        let title = form.title.as_ref()?;
        Some(form.authors.first_key().map_or(title.key, |author| title.start ^ author.rotate_left(32)))
    };
    let keyed = forms.par_iter().with_min_len(1_024).enumerate();
    let mut titled: Vec<(u64, u64, usize)> = keyed.filter_map(|(at, form)| Some((key(form)?, form.content, at))).collect();
    sort(&mut titled);
    titled.dedup_by_key(|(key, ..)| *key);
    titled.into_iter().map(|(_, _, at)| forms[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_the_volume_out_names_no_further_setting() {
        let counts = count_settings(64, vec![(1, 7, 13), (1, 7, 0), (1, 8, 13), (1, 8, 0), (1, 8, 14), (1, 7, 0), (2, 7, 0)]);
        assert_eq!([counts.get(1), counts.get(2), counts.get(3)], [3, 1, 0]);
    }

    #[test]
    fn keys_in_one_place_are_counted_apart() {
        let elsewhere = 1 + (1 << 20);
        let counts = count_distinct(64, vec![(1, 5), (1, 6), (elsewhere, 7)]);
        assert_eq!(place(1, counts.counts.0.len()), place(elsewhere, counts.counts.0.len()));
        assert_eq!([counts.get(1), counts.get(elsewhere), counts.get(2)], [2, 1, 0]);
    }
}
