//! Which pairs are worth comparing.
//!
//! Goes in: the normal forms of records of different content. Comes out: the candidate pairs, sorted, each once: every two
//! records that share a blocking key of at least one [`Recipe`]. A block of more than [`LARGEST`] records (a column's
//! title, a supplement's DOI) is not compared as a whole: its records are compared where they also share one of
//! `REFINEMENTS`, and each with its neighbours in the order of their titles, so that the work grows with the number of
//! records and not with its square. Nothing depends on the order of the records.

use super::compare::Glance;
use super::corpus::Corpus;
use super::sort::sort;
use crate::normalize::{NormalForm, Title, Translation};
use crate::record::Isbn;
pub use brief::Brief;
use brief::Opening;
use rayon::prelude::*;
use smallvec::SmallVec;

mod brief;

/// A candidate pair: two indices, the smaller first.
pub type Pair = (u32, u32);

/// Half of the words, in quarters.
const HALF: usize = 2;

/// Blocks up to this size are compared as a whole: the largest clusters of the labelled sets have 64 records.
pub const LARGEST: usize = 100;
/// In blocks up to this size every pair is a candidate, or, by the recipe, those whose titles have half their words in
/// common; in larger ones titles must have words in common in any case.
pub const SMALL: usize = 6;
/// In blocks up to this size half of the words must be common, in larger ones three quarters.
pub const MIDDLING: usize = 16;
/// Recipes whose keys are made at one look at each form: these stand all over memory, while more keys at a time would fill it.
const RECIPES_AT_ONCE: usize = 5;
/// Pairs or blocks whose records are fetched before any of them is looked at: they stand anywhere in memory.
pub(super) const AT_ONCE: usize = 16;
/// Neighbours that each record of a block that stays too large is compared with.
pub const NEIGHBOURS: usize = 8;

/// One way to make blocking keys: records that have a key in common become a candidate pair.
pub struct Recipe {
    /// Its stable name.
    pub name: &'static str,
    /// Blocks up to this size are compared as a whole.
    pub largest: usize,
    /// How many quarters of the words of two titles must be common in the smallest blocks: half where the key is a
    /// part of a title, a quarter where strangers share it by chance (one author is enough then), none where it speaks of
    /// anything else, since titles may be damaged, translated or missing.
    pub quarters: usize,
    /// Whether the rest of two records that share a key lets them be one work: asked before anything else, since most pairs of
    /// a large set share a key by chance.
    pub may_match: fn(&Brief, &Brief) -> bool,
    /// Appends the keys of a record.
    pub keys: fn(&NormalForm, &Corpus, &mut Vec<u64>),
}

/// The recipes. Each was kept because it finds pairs of the labelled sets that the others miss.
pub const RECIPES: &[Recipe] = &[
    Recipe {
        name: "doi",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.dois.iter()),
    },
    Recipe {
        name: "work-doi",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.work_doi.filter(|doi| form.identifiers.dois.binary_search(doi).is_err())),
    },
    Recipe {
        name: "pmid",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.pmids.iter().map(|pmid| u64::from(*pmid))),
    },
    Recipe {
        name: "cochrane",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.cochrane.map(u64::from)),
    },
    Recipe {
        name: "isbn",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.isbns.iter().map(Isbn::key)),
    },
    Recipe {
        name: "registry",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.identifiers.registry.iter()),
    },
    Recipe {
        name: "title-start",
        largest: LARGEST,
        quarters: HALF,
        may_match: Brief::are_no_strangers,
        keys: |form, _, out| out.extend(titles(form).map(|title| title.beginning)),
    },
    Recipe { name: "title-end", largest: LARGEST, quarters: HALF, may_match: Brief::are_no_strangers, keys: title_end },
    Recipe { name: "rare-words", largest: 24, quarters: HALF, may_match: Brief::are_no_strangers, keys: rare_words },
    Recipe {
        name: "abstract",
        largest: LARGEST,
        quarters: 0,
        may_match: |_, _| true,
        keys: |form, _, out| out.extend(form.sketch.map(|sketch| sketch.key)),
    },
    Recipe { name: "volume-page-year", largest: LARGEST, quarters: 1, may_match: Brief::share_people_or_words, keys: volume_page_year },
    Recipe { name: "author-page", largest: LARGEST, quarters: 0, may_match: Brief::are_of_one_time, keys: author_page },
    Recipe { name: "author-volume-issue", largest: LARGEST, quarters: 0, may_match: Brief::are_of_one_time, keys: author_volume_issue },
    Recipe { name: "author-year", largest: 40, quarters: 0, may_match: Brief::share_words_or_place, keys: author_year },
];

/// What members of a block that is too large must share besides.
const REFINEMENTS: &[fn(&NormalForm) -> Option<u64>] = &[
    |form| form.authors.first_key(),
    |form| form.pages.map(|pages| u64::from(pages.first.number)),
    |form| form.sketch.map(|sketch| sketch.key),
    |form| form.identifiers.dois.first().copied(),
    |form| Some(u64::from(form.volume?.number) << 32 | u64::from(form.issue?.number)),
    |form| Some(form.title.as_ref()?.key ^ u64::from(form.year?)),
];

/// A pair of a block in one number, by which pairs are in order: the smaller index, the greater, and how many quarters of the
/// words of their titles must be common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Proposed(u64);

impl Proposed {
    /// Bits of an index: two of them and the quarters are one number.
    const BITS: u32 = 31;

    fn new(left: u32, right: u32, quarters: usize) -> Self {
        Self((u64::from(left.min(right)) << Self::BITS | u64::from(left.max(right))) << 2 | quarters as u64)
    }

    fn pair(self) -> Pair {
        ((self.0 >> (Self::BITS + 2)) as u32, (self.0 >> 2) as u32 & ((1 << Self::BITS) - 1))
    }

    fn quarters(self) -> usize {
        (self.0 & 3) as usize
    }
}

/// The candidate pairs among `forms`, as indices into it.
///
/// # Panics
///
/// If there are 2^31 forms or more.
#[must_use]
pub fn candidates(forms: &[&NormalForm], corpus: &Corpus) -> Vec<Pair> {
    candidates_unless(forms, corpus, |_| false)
}

/// [`candidates`] without some that are seen to be hopeless before anything is fetched for them: those about which `is_hopeless` says
/// yes at a glance that speaks at least as much for one work as the true one. No two `forms` have the same content.
///
/// # Panics
///
/// As [`candidates`].
#[must_use]
pub fn candidates_unless(forms: &[&NormalForm], corpus: &Corpus, is_hopeless: impl Fn(&Glance) -> bool + Sync) -> Vec<Pair> {
    assert!(forms.len() < 1 << Proposed::BITS, "fewer than 2^31 records");
    let briefs: Vec<Brief> = forms.par_iter().map(|form| Brief::of(form)).collect();
    let of_some = |recipes: &[Recipe]| {
        let keys = keys_of(recipes, forms, corpus);
        // As many recipes at a time as there are threads.
        let of_recipe = |(at, recipe)| pairs_of(recipe, shared_keys(&pieces_of(&keys, at)), forms, &briefs);
        recipes.par_iter().enumerate().with_max_len(1).map(of_recipe).collect::<Vec<_>>()
    };
    let mut proposed: Vec<Proposed> = RECIPES.chunks(RECIPES_AT_ONCE).flat_map(of_some).collect::<Vec<_>>().concat();
    sort(&mut proposed);
    // Of those that several keys propose the first asks for the fewest words, and whoever has more has these.
    proposed.dedup_by_key(|proposed| proposed.pair());
    let openings: Vec<Opening> = forms.par_iter().map(|form| Opening::of(form)).collect();
    let may_be_one = |proposed: &&Proposed| {
        let (left, right) = proposed.pair();
        let (left, right) = (left as usize, right as usize);
        !briefs[left].at_most(&briefs[right], (&openings[left], &openings[right])).is_some_and(|glance| is_hopeless(&glance))
    };
    let is_candidate = |proposed: &&Proposed| {
        let (left, right) = proposed.pair();
        may_be_alike(forms[left as usize], forms[right as usize], proposed.quarters())
    };
    let of_few = |few: &'_ [Proposed]| {
        let right = |proposed: &Proposed| proposed.pair().1 as usize;
        std::hint::black_box(few.iter().map(right).fold(0, |fetched, at| fetched ^ briefs[at].fetch() ^ openings[at].fetch()));
        let few: SmallVec<[Proposed; AT_ONCE]> = few.iter().filter(may_be_one).copied().collect();
        std::hint::black_box(few.iter().map(right).fold(0, |fetched, at| fetched ^ forms[at].fetch_title()));
        few.iter().filter(is_candidate).map(|proposed| proposed.pair()).collect::<Vec<Pair>>()
    };
    proposed.par_chunks(AT_ONCE).with_min_len(64).flat_map_iter(of_few).collect()
}

/// A key and a record that has it, in one number.
fn keyed(key: u64, at: u32) -> u128 {
    u128::from(key) << 32 | u128::from(at)
}

/// The blocks of the keys of [`keyed`], sorted: the members of each of more than one.
fn blocks(keys: &[u128]) -> impl Iterator<Item = &[u128]> {
    keys.chunk_by(|left, right| left >> 32 == right >> 32).filter(|block| block.len() > 1)
}

/// The keys of `forms` by each of `recipes`, not sorted: for some of the forms after others a list for each recipe, or none.
fn keys_of(recipes: &[Recipe], forms: &[&NormalForm], corpus: &Corpus) -> Vec<Vec<Vec<u128>>> {
    let add = |(mut keys, mut of_form): (Vec<Vec<u128>>, Vec<u64>), (at, form): (usize, &&NormalForm)| {
        keys.resize_with(recipes.len(), Vec::new);
        for (recipe, keys) in recipes.iter().zip(&mut keys) {
            (recipe.keys)(form, corpus, &mut of_form);
            keys.extend(of_form.drain(..).map(|key| keyed(key, at as u32)));
        }
        (keys, of_form)
    };
    let pieces = forms.par_iter().enumerate().with_min_len(1_024).fold(Default::default, add);
    pieces.map(|(keys, _)| keys).collect()
}

/// Of the keys that [`keys_of`] found those of the recipe at `at`.
fn pieces_of(keys: &[Vec<Vec<u128>>], at: usize) -> Vec<&[u128]> {
    keys.iter().filter_map(|keys| keys.get(at)).map(Vec::as_slice).collect()
}

/// All keys of `pieces` that more than one record has, and few others: most have a record of their own and make no pair.
fn shared_keys(pieces: &[&[u128]]) -> Vec<u128> {
    const PLACES_PER_KEY: usize = 8;
    let n_keys: usize = pieces.iter().map(|keys| keys.len()).sum();
    let bits = (PLACES_PER_KEY * n_keys).next_power_of_two().ilog2().max(6);
    // For each place whether a key fell on it, and whether another did.
    let mut places = vec![[0_u64; 2]; 1 << (bits - 6)];
    let place = |keyed: &u128| ((keyed >> 32) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits);
    for keys in pieces {
        for keyed in *keys {
            let place = place(keyed);
            let [once, again] = &mut places[(place >> 6) as usize];
            let bit = 1 << (place & 63);
            *again |= *once & bit;
            *once |= bit;
        }
    }
    let mut shared = Vec::new();
    for keys in pieces {
        shared.extend(keys.iter().filter(|keyed| places[(place(keyed) >> 6) as usize][1] >> (place(keyed) & 63) & 1 == 1));
    }
    shared
}

/// The pairs that one recipe proposes by its `keys`, not sorted, possibly repeated.
fn pairs_of(recipe: &Recipe, mut keys: Vec<u128>, forms: &[&NormalForm], briefs: &[Brief]) -> Vec<Proposed> {
    sort(&mut keys);
    keys.dedup();
    let blocks: Vec<&[u128]> = blocks(&keys).collect();
    let pairs_of_blocks = |(mut pairs, mut members): (Vec<Proposed>, Vec<u32>), few: &[&[u128]]| {
        let first_two = few.iter().flat_map(|block| &block[..2]);
        std::hint::black_box(first_two.fold(0, |fetched, keyed| fetched ^ briefs[*keyed as u32 as usize].fetch()));
        for block in few {
            members.clear();
            members.extend(block.iter().map(|keyed| *keyed as u32));
            if members.len() <= recipe.largest {
                all_pairs(&members, recipe, briefs, &mut pairs);
            } else {
                refined_pairs(&mut members, recipe, forms, briefs, &mut pairs);
            }
        }
        (pairs, members)
    };
    let pairs = blocks.par_chunks(AT_ONCE).with_min_len(16).fold(Default::default, pairs_of_blocks);
    pairs.map(|(pairs, _)| pairs).collect::<Vec<_>>().concat()
}

fn all_pairs(members: &[u32], recipe: &Recipe, briefs: &[Brief], pairs: &mut Vec<Proposed>) {
    let quarters = match members.len() {
        few if few <= SMALL => recipe.quarters,
        some if some <= MIDDLING => HALF,
        _ => 3,
    };
    for (at, left) in members.iter().enumerate() {
        let brief = &briefs[*left as usize];
        let may_match = |right: &&u32| {
            let other = &briefs[**right as usize];
            (recipe.may_match)(brief, other) && brief.may_be_alike(other, quarters)
        };
        pairs.extend(members[at + 1..].iter().filter(may_match).map(|right| Proposed::new(*left, *right, quarters)));
    }
}

/// Whether two records of a block are worth comparing: so many quarters of the words of the shorter title are in the other, or
/// both are the same letters, or a title is not known, not the only one or a translation, or they share a page and the first author.
pub fn may_be_alike(left: &NormalForm, right: &NormalForm, quarters: usize) -> bool {
    let (Some(left_title), Some(right_title)) = (&left.title, &right.title) else { return true };
    let page = |form: &NormalForm| form.pages.map(|pages| pages.first.number);
    let same_page = page(left).is_some() && page(left) == page(right);
    let same_people = left.authors.first_key().zip(right.authors.first_key()).is_none_or(|(left, right)| left == right);
    let same_letters = left_title.key == right_title.key;
    let is_odd = |form: &NormalForm, title: &Title| form.other_title.is_some() || title.translation == Translation::Translated;
    let has_odd_title = is_odd(left, left_title) || is_odd(right, right_title);
    if quarters == 0 || same_letters || has_odd_title || (same_page && same_people) {
        return true;
    }
    let (shorter, longer) =
        if left_title.words.len() <= right_title.words.len() { (left_title, right_title) } else { (right_title, left_title) };
    let mut others = longer.words.iter().peekable();
    let mut shared = 0;
    for word in &shorter.words {
        while others.next_if(|other| *other < word).is_some() {}
        shared += usize::from(others.next_if(|other| *other == word).is_some());
    }
    4 * shared >= quarters * shorter.words.len()
}

/// The pairs of a block that is too large: see the head of this file.
fn refined_pairs(members: &mut [u32], recipe: &Recipe, forms: &[&NormalForm], briefs: &[Brief], pairs: &mut Vec<Proposed>) {
    let of_any = Recipe { quarters: 0, ..*recipe };
    for refinement in REFINEMENTS {
        let mut keys: Vec<u128> = members.iter().filter_map(|at| Some(keyed(refinement(forms[*at as usize])?, *at))).collect();
        keys.sort_unstable();
        for block in blocks(&keys) {
            let mut members: Vec<u32> = block.iter().map(|keyed| *keyed as u32).collect();
            if members.len() <= LARGEST {
                all_pairs(&members, &of_any, briefs, pairs);
            } else {
                neighbours(&mut members, forms, briefs, pairs);
            }
        }
    }
    neighbours(members, forms, briefs, pairs);
}

/// Each member with the next few in the order of title, authors and content.
fn neighbours(members: &mut [u32], forms: &[&NormalForm], briefs: &[Brief], pairs: &mut Vec<Proposed>) {
    const QUARTERS: usize = 3;
    let order = |at: u32| {
        let form = forms[at as usize];
        (form.title.as_ref().map(Title::text), form.year, form.authors.first_key(), form.content)
    };
    members.sort_unstable_by(|left, right| order(*left).cmp(&order(*right)));
    for (at, left) in members.iter().enumerate() {
        let next = members[at + 1..].iter().take(NEIGHBOURS);
        let alike = next.filter(|right| briefs[*left as usize].may_be_alike(&briefs[**right as usize], QUARTERS));
        pairs.extend(alike.map(|right| Proposed::new(*left, *right, QUARTERS)));
    }
}

fn titles(form: &NormalForm) -> impl Iterator<Item = &Title> {
    form.title.iter().chain(form.other_title.as_deref())
}

fn title_end(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    /// Shorter titles end as those of a kind of study: "a systematic review and meta-analysis".
    const SHORTEST: usize = 47;
    out.extend(titles(form).filter(|title| title.text().len() >= SHORTEST).map(|title| title.ending));
}

/// The rarest words of the title, so many at a time that one damaged or missing word leaves a key whole: of six words and
/// more, the four rarest by threes; of fewer, the three rarest by twos.
fn rare_words(form: &NormalForm, corpus: &Corpus, out: &mut Vec<u64>) {
    for title in titles(form) {
        let (rarest, n_words) = rarest_words(&title.words, |word| corpus.word_count(word));
        if n_words < 2 {
            continue;
        }
        for left_out in 0..n_words {
            let kept = rarest[..n_words].iter().enumerate().filter(|(at, _)| n_words == 2 || *at != left_out);
            // A sum of mixed words is the same in any order.
            let mixed = |word: u64| (word + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            out.push(kept.map(|(_, (_, word))| mixed(u64::from(*word))).fold(0, u64::wrapping_add));
        }
    }
}

/// The rarest of `words` with their counts, rarest first, and how many of them make keys.
fn rarest_words(words: &[u32], count: impl Fn(u32) -> u32) -> ([(u32, u32); 4], usize) {
    /// Two rare words of so many suffice to be few; a longer title has more that are common.
    const LONG: usize = 6;
    let mut rarest = [(u32::MAX, u32::MAX); 4];
    for some in words.chunks(16) {
        // All are asked for before any is needed: the counts stand all over memory.
        let mut counted = [(u32::MAX, u32::MAX); 16];
        counted.iter_mut().zip(some).for_each(|(counted, word)| *counted = (count(*word), *word));
        for word in &counted[..some.len()] {
            if *word < rarest[3] {
                rarest[3] = *word;
                rarest.sort_unstable();
            }
        }
    }
    (rarest, if words.len() < LONG { words.len().min(3) } else { 4 })
}

/// Volume, first page and either of the two bienniums that hold the year: years off by one share one of them.
fn volume_page_year(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    // Who gives no volume is found by the page alone, among those who give none either.
    let volume = form.volume.map_or(0, |volume| volume.number);
    if let (Some(pages), Some(year)) = (form.pages, form.year) {
        let place = u64::from(volume).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(pages.first.number) << 16;
        out.extend([place ^ u64::from(year / 2) << 1, place ^ (u64::from(year.div_ceil(2)) << 1 | 1)]);
    }
}

fn author_page(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(author), Some(pages)) = (form.authors.first_key(), form.pages) {
        out.push(author ^ u64::from(pages.first.number));
    }
}

fn author_volume_issue(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(author), Some(volume), Some(issue)) = (form.authors.first_key(), form.volume, form.issue.filter(|issue| issue.number > 0))
    {
        out.push(author ^ (u64::from(volume.number) << 32 | u64::from(issue.number)));
    }
}

fn author_year(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(name), Some(author), Some(year)) = (form.authors.first(), form.authors.first_key(), form.year) {
        let initial = name.initials.chars().next().map_or(0, u64::from);
        out.push(author ^ u64::from(year) << 32 ^ initial);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_proposed_is_in_the_order_of_its_pairs_and_then_of_its_quarters(
            pairs in prop::collection::vec((0_u32..1 << 31, 0_u32..1 << 31, 0_usize..4), 0..20),
        ) {
            let mut expected: Vec<(Pair, usize)> =
                pairs.iter().map(|(left, right, quarters)| ((*left.min(right), *left.max(right)), *quarters)).collect();
            expected.sort_unstable();
            let mut proposed: Vec<Proposed> = pairs.iter().map(|(left, right, quarters)| Proposed::new(*left, *right, *quarters)).collect();
            proposed.sort_unstable();
            let proposed: Vec<(Pair, usize)> = proposed.iter().map(|proposed| (proposed.pair(), proposed.quarters())).collect();
            prop_assert_eq!(proposed, expected);
        }

        #[test]
        fn only_keys_of_one_record_are_dropped(keys in prop::collection::vec(0_u64..60, 0..60)) {
            let keys: Vec<u128> = (0_u32..).zip(&keys).map(|(at, key)| keyed(*key, at)).collect();
            let is_shared = |keyed: &u128| keys.iter().filter(|other| **other >> 32 == keyed >> 32).count() > 1;
            let (left, right) = keys.split_at(keys.len() / 3);
            let kept = shared_keys(&[left, right]);
            prop_assert!(keys.iter().filter(|keyed| is_shared(keyed)).all(|keyed| kept.contains(keyed)));
            prop_assert!(kept.iter().all(|keyed| keys.contains(keyed)));
            let alone: Vec<u128> = (0_u32..1_000).map(|at| keyed(u64::from(at) * 7_919, at)).collect();
            let left = shared_keys(&[&alone]);
            prop_assert!(left.len() * 4 < alone.len(), "{} of {} keys that nobody shares", left.len(), alone.len());
        }

        #[test]
        fn the_rarest_words_are_the_first_of_all_by_count(words in prop::collection::btree_set(0_u32..90, 0..40)) {
            let words: Vec<u32> = words.into_iter().collect();
            let count = |word: u32| word % 5;
            let mut all: Vec<(u32, u32)> = words.iter().map(|word| (count(*word), *word)).collect();
            all.sort_unstable();
            all.truncate(if words.len() < 6 { 3 } else { 4 });
            let (rarest, n_words) = rarest_words(&words, count);
            prop_assert_eq!(&rarest[..n_words], &all[..]);
        }
    }
}
