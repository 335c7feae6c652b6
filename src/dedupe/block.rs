//! Which pairs are worth comparing.
//!
//! Goes in: the normal forms of records of different content. Comes out: the candidate pairs, sorted, each once: every two
//! records that share a blocking key of at least one [`Recipe`]. A block of more than [`LARGEST`] records (a column's
//! title, a supplement's DOI) is not compared as a whole: its records are compared where they also share one of
//! `REFINEMENTS`, and each with its neighbours in the order of their titles, so that the work grows with the number of
//! records and not with its square. Nothing depends on the order of the records.

use super::corpus::Corpus;
use crate::normalize::{NormalForm, Title, hash};
use crate::record::Isbn;
use rayon::prelude::*;

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
    /// Appends the keys of a record.
    pub keys: fn(&NormalForm, &Corpus, &mut Vec<u64>),
}

/// The recipes. Each was kept because it finds pairs of the labelled sets that the others miss.
pub const RECIPES: &[Recipe] = &[
    Recipe { name: "doi", largest: LARGEST, quarters: 0, keys: |form, _, out| out.extend(form.identifiers.dois.iter()) },
    Recipe {
        name: "work-doi",
        largest: LARGEST,
        quarters: 0,
        keys: |form, _, out| out.extend(form.identifiers.work_doi.filter(|doi| form.identifiers.dois.binary_search(doi).is_err())),
    },
    Recipe {
        name: "pmid",
        largest: LARGEST,
        quarters: 0,
        keys: |form, _, out| out.extend(form.identifiers.pmids.iter().map(|pmid| u64::from(*pmid))),
    },
    Recipe { name: "cochrane", largest: LARGEST, quarters: 0, keys: |form, _, out| out.extend(form.identifiers.cochrane.map(u64::from)) },
    Recipe { name: "isbn", largest: LARGEST, quarters: 0, keys: |form, _, out| out.extend(form.identifiers.isbns.iter().map(Isbn::key)) },
    Recipe { name: "registry", largest: LARGEST, quarters: 0, keys: |form, _, out| out.extend(form.identifiers.registry.iter()) },
    Recipe {
        name: "title-start",
        largest: LARGEST,
        quarters: HALF,
        keys: |form, _, out| out.extend(titles(form).map(|title| hash(&squeezed(title.text().chars(), 25)))),
    },
    Recipe { name: "title-end", largest: LARGEST, quarters: HALF, keys: title_end },
    Recipe { name: "rare-words", largest: 24, quarters: HALF, keys: rare_words },
    Recipe { name: "abstract", largest: LARGEST, quarters: 0, keys: |form, _, out| out.extend(form.sketch.map(|sketch| sketch.key)) },
    Recipe { name: "volume-page-year", largest: LARGEST, quarters: 1, keys: volume_page_year },
    Recipe { name: "author-page", largest: LARGEST, quarters: 0, keys: author_page },
    Recipe { name: "author-volume-issue", largest: LARGEST, quarters: 0, keys: author_volume_issue },
    Recipe { name: "author-year", largest: 40, quarters: 0, keys: author_year },
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

/// The candidate pairs among `forms`, as indices into it.
#[must_use]
pub fn candidates(forms: &[&NormalForm], corpus: &Corpus) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for recipe in RECIPES {
        pairs.extend(pairs_of(recipe, forms, corpus));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The candidate pairs of one recipe, not sorted, possibly repeated.
fn pairs_of(recipe: &Recipe, forms: &[&NormalForm], corpus: &Corpus) -> Vec<Pair> {
    let keys_of = |(at, form): (usize, &&NormalForm)| {
        let mut keys = Vec::new();
        (recipe.keys)(form, corpus, &mut keys);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        keys.into_iter().map(move |key| (key, at))
    };
    let mut keys: Vec<(u64, u32)> = forms.par_iter().enumerate().flat_map_iter(keys_of).collect();
    keys.par_sort_unstable();
    keys.dedup();
    let blocks: Vec<&[(u64, u32)]> = keys.chunk_by(|left, right| left.0 == right.0).filter(|block| block.len() > 1).collect();
    let pairs_of_block = |block: &&[(u64, u32)]| {
        let members: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
        let mut pairs = Vec::new();
        if members.len() <= recipe.largest {
            all_pairs(&members, recipe.quarters, forms, &mut pairs);
        } else {
            refined_pairs(members, forms, &mut pairs);
        }
        pairs
    };
    blocks.par_iter().with_min_len(256).flat_map_iter(pairs_of_block).collect()
}

fn all_pairs(members: &[u32], fewest: usize, forms: &[&NormalForm], pairs: &mut Vec<Pair>) {
    let quarters = match members.len() {
        few if few <= SMALL => fewest,
        some if some <= MIDDLING => HALF,
        _ => 3,
    };
    for (at, left) in members.iter().enumerate() {
        let rest = members[at + 1..]
            .iter()
            .filter(|right| quarters == 0 || may_be_alike(forms[*left as usize], forms[**right as usize], quarters));
        pairs.extend(rest.map(|right| (*left.min(right), *left.max(right))));
    }
}

/// Whether two records of a block are worth comparing: so many quarters of the words of the shorter title are in the other, or
/// a title is not known or not comparable, or they share a page.
pub fn may_be_alike(left: &NormalForm, right: &NormalForm, quarters: usize) -> bool {
    let (Some(left_title), Some(right_title)) = (&left.title, &right.title) else { return true };
    let page = |form: &NormalForm| form.pages.map(|pages| pages.first.number);
    let same_page = page(left).is_some() && page(left) == page(right);
    let same_people = left.authors.first_key().zip(right.authors.first_key()).is_none_or(|(left, right)| left == right);
    if left.other_title.is_some() || right.other_title.is_some() || (same_page && same_people) {
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
fn refined_pairs(mut members: Vec<u32>, forms: &[&NormalForm], pairs: &mut Vec<Pair>) {
    for refinement in REFINEMENTS {
        let mut keys: Vec<(u64, u32)> = members.iter().filter_map(|at| Some((refinement(forms[*at as usize])?, *at))).collect();
        keys.sort_unstable();
        for block in keys.chunk_by(|left, right| left.0 == right.0).filter(|block| block.len() > 1) {
            let mut members: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
            if members.len() <= LARGEST { all_pairs(&members, 0, forms, pairs) } else { neighbours(&mut members, forms, pairs) }
        }
    }
    neighbours(&mut members, forms, pairs);
}

/// Each member with the next few in the order of title, authors and content.
fn neighbours(members: &mut [u32], forms: &[&NormalForm], pairs: &mut Vec<Pair>) {
    let order = |at: u32| {
        let form = forms[at as usize];
        (form.title.as_ref().map(Title::text), form.year, form.authors.first_key(), form.content)
    };
    members.sort_unstable_by(|left, right| order(*left).cmp(&order(*right)));
    for (at, left) in members.iter().enumerate() {
        let next = members[at + 1..].iter().take(NEIGHBOURS);
        let alike = next.filter(|right| may_be_alike(forms[*left as usize], forms[**right as usize], 3));
        pairs.extend(alike.map(|right| (*left.min(right), *left.max(right))));
    }
}

fn titles(form: &NormalForm) -> impl Iterator<Item = &Title> {
    form.title.iter().chain(&form.other_title)
}

fn squeezed(letters: impl Iterator<Item = char>, most: usize) -> String {
    letters.filter(|c| *c != ' ').take(most).collect()
}

fn title_end(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    /// Shorter endings are those of a kind of study: "a systematic review and meta-analysis".
    const LETTERS: usize = 40;
    let long = |title: &&Title| title.text().len() > LETTERS + 6;
    out.extend(titles(form).filter(long).map(|title| hash(&squeezed(title.text().chars().rev(), LETTERS))));
}

/// The rarest words of the title, so many at a time that one damaged or missing word leaves a key whole: of six words and
/// more, the four rarest by threes; of fewer, the three rarest by twos.
fn rare_words(form: &NormalForm, corpus: &Corpus, out: &mut Vec<u64>) {
    /// Two rare words of so many suffice to be few; a longer title has more that are common.
    const LONG: usize = 6;
    for title in titles(form) {
        let mut words: Vec<(u32, u32)> = title.words.iter().map(|word| (corpus.word_count(*word), *word)).collect();
        words.sort_unstable();
        let rarest = if words.len() < LONG { 3 } else { 4 };
        words.truncate(rarest);
        if words.len() < 2 {
            continue;
        }
        for left_out in 0..words.len() {
            let kept =
                words.iter().enumerate().filter(|(at, _)| words.len() == 2 || *at != left_out).map(|(_, (_, word))| u64::from(*word));
            // A sum of mixed words is the same in any order.
            out.push(
                kept.map(|word| (word + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9))
                    .fold(0, u64::wrapping_add),
            );
        }
    }
}

/// Volume, first page and either of the two bienniums that hold the year: years off by one share one of them.
fn volume_page_year(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(volume), Some(pages), Some(year)) = (form.volume, form.pages, form.year) {
        let place = u64::from(volume.number).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(pages.first.number) << 16;
        out.extend([place ^ u64::from(year / 2) << 1, place ^ (u64::from(year.div_ceil(2)) << 1 | 1)]);
    }
}

fn author_page(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(author), Some(pages)) = (form.authors.first_key(), form.pages) {
        out.push(author ^ u64::from(pages.first.number));
    }
}

fn author_volume_issue(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(author), Some(volume), Some(issue)) = (form.authors.first_key(), form.volume, form.issue) {
        out.push(author ^ (u64::from(volume.number) << 32 | u64::from(issue.number)));
    }
}

fn author_year(form: &NormalForm, _: &Corpus, out: &mut Vec<u64>) {
    if let (Some(name), Some(author), Some(year)) = (form.authors.first(), form.authors.first_key(), form.year) {
        let initial = name.initials.chars().next().map_or(0, u64::from);
        out.push(author ^ u64::from(year) << 32 ^ initial);
    }
}
