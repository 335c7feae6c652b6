//! Makes works: the things in the world that databases then describe, each from the seed and its number alone.
//!
//! Titles, abstracts and names are invented; nothing here knows of databases, copies or noise.

use crate::grammar::{Grammar, split};
use crate::parts;
use crate::random::{Purpose, Random, below, between, chance, early_of, numbered, one_of, rarely, skewed, weighted};
use crate::{headings, names, words};

/// What a work is; databases name it differently and hold different kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Article,
    /// An editorial or another column under a title that returns in every issue.
    Column,
    /// An abstract in a supplement of a journal.
    MeetingAbstract,
    Book,
    Thesis,
}

/// A person, or a group (which has no given name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub family: String,
    pub given: String,
    /// The initial of a second given name.
    pub middle: Option<char>,
}

/// Where a work stands in its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// First and last page.
    Range(u32, u32),
    /// The same with a letter in front, as in supplements.
    Lettered(char, u32, u32),
    /// An article number in place of pages.
    Number(String),
    /// As a copy's noise left it.
    Raw(String),
}

/// A work, or what a copy says of it: noise turns fields to `None` or bends them.
#[derive(Clone, Debug)]
pub struct Work {
    /// The number of the work, from 0; the cluster of all its copies.
    pub number: u64,
    pub kind: Kind,
    pub title: String,
    pub subtitle: Option<String>,
    /// The title in the work's own language, when that is not English.
    pub original_title: Option<String>,
    pub authors: Vec<Author>,
    pub institution: String,
    /// The journal's name and its abbreviation; empty for books and theses.
    pub journal: String,
    pub journal_abbreviation: String,
    /// Digits of the journal's print and electronic ISSN, or of a book's two ISBNs.
    pub serials: [String; 2],
    pub publisher: &'static (&'static str, &'static str, &'static str),
    /// The year it appeared.
    pub year: Option<u32>,
    /// Months count from 1.
    pub month: u32,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<Pages>,
    pub doi: Option<String>,
    pub abstract_text: Option<String>,
    pub headings: Vec<&'static str>,
    pub keywords: Vec<String>,
    /// The language's English name and its MARC code.
    pub language: (&'static str, &'static str),
    /// PubMed's number, which other databases quote.
    pub pmid: u64,
    /// A cited work as reference lists give it, DOI and all: not an identifier of this work.
    pub cited: Option<String>,
}

/// The tables of `words`, `names` and `headings`, split once.
pub struct Library {
    pub seed: u64,
    /// One grammar per field of `words::FIELDS`.
    pub fields: Vec<Grammar>,
    /// One grammar per language of `words::LANGUAGES`.
    pub languages: Vec<Grammar>,
    /// One list per field, in the order of `words::FIELDS`.
    pub headings: Vec<Vec<&'static str>>,
    pub check_tags: Vec<&'static str>,
    pub columns: Vec<&'static str>,
    pub surnames: Vec<&'static str>,
    pub surname_heads: Vec<&'static str>,
    pub surname_tails: Vec<&'static str>,
    pub particles: Vec<&'static str>,
    pub given_names: Vec<&'static str>,
    pub groups: Vec<&'static str>,
    pub institutions: Vec<&'static str>,
}

/// Works in a hundred that are in English.
const ENGLISH_PERCENT: u32 = 90;
/// Works in a hundred that have a DOI at all; databases that give none bring the share of records to 65.
const DOI_PERCENT: u32 = 77;
/// Works in a hundred that have an abstract; databases that give none bring the share of records to 90.
const ABSTRACT_PERCENT: u32 = 99;
/// Works in a thousand that are books, theses, meeting abstracts, columns.
const KINDS: [(Kind, u32); 5] =
    [(Kind::Article, 915), (Kind::Book, 30), (Kind::Thesis, 15), (Kind::MeetingAbstract, 25), (Kind::Column, 15)];
/// The tables, ready for a seed.
pub fn library(seed: u64) -> Library {
    let fields = words::FIELDS.iter();
    let languages = words::LANGUAGES.iter();
    Library {
        seed,
        fields: fields.map(|field| Grammar::new(&[words::COMMON, field.table])).collect(),
        languages: languages.map(|language| Grammar::new(&[language.table])).collect(),
        headings: headings::BY_FIELD.iter().map(|list| split(list)).collect(),
        check_tags: split(headings::CHECK_TAGS),
        columns: split(words::COLUMNS),
        surnames: split(names::SURNAMES),
        surname_heads: split(names::SURNAME_HEADS),
        surname_tails: split(names::SURNAME_TAILS),
        particles: split(names::PARTICLES),
        given_names: split(names::GIVEN_NAMES),
        groups: split(names::GROUPS),
        institutions: split(names::INSTITUTIONS),
    }
}

/// The work of a number.
pub fn work(library: &Library, number: u64) -> Work {
    let random = &mut numbered(library.seed, Purpose::Work, number);
    let kind = KINDS[weighted(random, KINDS.iter().map(|(_, weight)| *weight))].0;
    let foreign = !chance(random, ENGLISH_PERCENT) && kind != Kind::Column;
    let language = foreign.then(|| below(random, words::LANGUAGES.len() as u32) as usize);
    make(library, random, number, kind, language)
}

/// The work of a number, made an article in English.
pub fn article(library: &Library, number: u64) -> Work {
    let random = &mut numbered(library.seed, Purpose::Work, number);
    make(library, random, number, Kind::Article, None)
}

/// PubMed's number of a work: eight digits, no two alike below thirty million works.
pub fn pmid(number: u64) -> u64 {
    10_000_000 + (number * 7_368_787 + 3_141_593) % 29_999_999
}

fn make(library: &Library, random: &mut Random, number: u64, kind: Kind, language: Option<usize>) -> Work {
    let field = weighted(random, words::FIELDS.iter().map(|field| field.share));
    let grammar = &library.fields[field];
    let (title, subtitle) = match kind {
        Kind::Column => (early_of(random, &library.columns).to_string(), None),
        _ => parts::title(grammar, random),
    };
    let institution = one_of(random, &library.institutions);
    let mut work = Work {
        number,
        kind,
        title,
        subtitle,
        original_title: language.map(|place| library.languages[place].sentence(random, b'T')),
        authors: parts::authors(library, random, kind),
        institution: grammar.grow(random, institution),
        journal: String::new(),
        journal_abbreviation: String::new(),
        serials: [String::new(), String::new()],
        publisher: &names::PUBLISHERS[0],
        year: Some(2022 - skewed(random, 30)),
        month: between(random, 1, 12),
        volume: None,
        issue: None,
        pages: None,
        doi: None,
        abstract_text: None,
        headings: parts::headings(library, random, field),
        keywords: parts::keywords(grammar, random),
        language: ("English", "eng"),
        pmid: pmid(number),
        cited: None,
    };
    let language = language.map(|place| &words::LANGUAGES[place]);
    if let Some(language) = language {
        work.language = (language.name, language.code);
    }
    match kind {
        Kind::Book | Kind::Thesis => parts::give_isbns(&mut work, random),
        _ => parts::place_in_journal(&mut work, random, language),
    }
    if matches!(kind, Kind::Article | Kind::MeetingAbstract) && chance(random, DOI_PERCENT) {
        work.doi = Some(parts::doi(library, number));
    }
    if kind != Kind::Column && chance(random, ABSTRACT_PERCENT) {
        work.abstract_text = Some(parts::abstract_text(grammar, random));
    }
    if number > 0 && rarely(random, 60) {
        work.cited = Some(parts::citation(library, random, number));
    }
    work
}
