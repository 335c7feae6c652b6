//! What a copy loses or bends on its way through a database: one small function per kind of noise, and their table.

use crate::random::{Random, below, between, chance, one_of, weighted};
use crate::works::{Author, Pages, Work};

/// The part of a record a noise touches; no part is touched twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Doi,
    Journal,
    Place,
    Volume,
    Authors,
    Abstract,
}

/// Whether a noise takes away what tells a work from its like. A copy bears one heavy noise at most.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Light,
    Heavy,
}

struct Noise {
    part: Part,
    weight: Weight,
    /// How often it comes, against the others.
    share: u32,
    apply: fn(&mut Work, &mut Random),
}

use Part::{Abstract, Authors, Doi, Journal, Place, Title, Volume};
use Weight::{Heavy, Light};

const fn noise(part: Part, weight: Weight, share: u32, apply: fn(&mut Work, &mut Random)) -> Noise {
    Noise { part, weight, share, apply }
}

const NOISES: [Noise; 42] = [
    noise(Title, Light, 6, title_in_capitals),
    noise(Title, Light, 8, title_with_capitals),
    noise(Title, Light, 6, title_with_markup),
    noise(Title, Light, 5, title_with_typography),
    noise(Title, Light, 6, title_with_slip),
    noise(Title, Light, 4, title_with_affix),
    noise(Title, Heavy, 9, title_without_subtitle),
    noise(Title, Heavy, 3, title_cut),
    noise(Title, Light, 14, title_translated),
    noise(Title, Heavy, 14, title_original),
    noise(Doi, Light, 16, doi_missing),
    noise(Doi, Light, 9, doi_as_url),
    noise(Doi, Light, 4, doi_as_old_url),
    noise(Doi, Light, 3, doi_percent_encoded),
    noise(Doi, Light, 3, doi_in_capitals),
    noise(Doi, Light, 3, doi_with_prefix),
    noise(Journal, Light, 16, journal_abbreviated),
    noise(Journal, Light, 4, journal_with_ampersand),
    noise(Journal, Light, 3, journal_with_article),
    noise(Journal, Light, 3, journal_with_place),
    noise(Journal, Light, 4, journal_in_capitals),
    noise(Place, Heavy, 5, pages_missing),
    noise(Place, Light, 10, pages_shortened),
    noise(Place, Light, 4, pages_with_prefix),
    noise(Place, Light, 6, pages_first_only),
    noise(Place, Heavy, 4, pages_as_number),
    noise(Place, Heavy, 1, pages_as_date),
    noise(Place, Heavy, 6, ahead_of_print),
    noise(Volume, Heavy, 4, year_off_by_one),
    noise(Volume, Heavy, 1, year_missing),
    noise(Volume, Light, 4, volume_with_prefix),
    noise(Volume, Light, 8, issue_missing),
    noise(Volume, Light, 2, issue_doubled),
    noise(Authors, Light, 5, authors_cut),
    noise(Authors, Heavy, 4, authors_first_only),
    noise(Authors, Light, 4, authors_without_particle),
    noise(Authors, Light, 4, authors_plain_letters),
    noise(Authors, Heavy, 2, authors_missing),
    noise(Abstract, Light, 5, abstract_missing),
    noise(Abstract, Light, 6, abstract_with_copyright),
    noise(Abstract, Light, 4, abstract_cut),
    noise(Abstract, Light, 4, abstract_with_entities),
];

/// Bends `count` parts of a copy; heavy noise only where the copy can bear it.
pub fn apply(work: &mut Work, random: &mut Random, count: u32, bears_heavy: bool) {
    let mut touched: Vec<Part> = Vec::new();
    let mut bears_heavy = bears_heavy;
    for _ in 0..count {
        let noise = &NOISES[weighted(random, NOISES.iter().map(|noise| noise.share))];
        if touched.contains(&noise.part) || (noise.weight == Heavy && !bears_heavy) {
            continue;
        }
        touched.push(noise.part);
        bears_heavy &= noise.weight == Light;
        (noise.apply)(work, random);
    }
}

/// Letters without their marks, as databases that know ASCII only print them.
pub fn plain_letters(text: &str) -> String {
    const MARKED: &str = "áàâäãåāçčéèêëēíìîïñóòôöõøśšúùûüýÿžıßæÁÀÂÄÃÅÇČÉÈÊËÍÎÏÑÓÔÖÕØŠÚÛÜÝŽÆőńğ’‘“”–—‐";
    const PLAIN: &str = "aaaaaaacceeeeeiiiinoooooossuuuuyyzisaAAAAAACCEEEEIIINOOOOOSUUUYZAong''\"\"---";
    if text.is_ascii() {
        return text.to_string();
    }
    let plain = |letter: char| {
        let mut pairs = MARKED.chars().zip(PLAIN.chars());
        pairs.find(|(marked, _)| *marked == letter).map_or(letter, |(_, plain)| plain)
    };
    text.chars().map(plain).filter(char::is_ascii).collect()
}

fn title_in_capitals(work: &mut Work, _: &mut Random) {
    work.title = work.title.to_uppercase();
    work.subtitle = work.subtitle.as_ref().map(|subtitle| subtitle.to_uppercase());
}

fn title_with_capitals(work: &mut Work, _: &mut Random) {
    work.title = with_capitals(&work.title);
    work.subtitle = work.subtitle.as_ref().map(|subtitle| with_capitals(subtitle));
}

/// Tags or entities round a word, and an ampersand for "and".
fn title_with_markup(work: &mut Work, random: &mut Random) {
    let [open, close] = *one_of(random, &[["<i>", "</i>"], ["&lt;i&gt;", "&lt;/i&gt;"], ["<b>", "</b>"], ["&quot;", "&quot;"]]);
    if let Some((first, rest)) = work.title.split_once(' ') {
        work.title = match rest.split_once(" and ") {
            Some((before, after)) => format!("{first} {before} &amp; {after}"),
            None => format!("{open}{first}{close} {rest}"),
        };
    }
}

fn title_with_typography(work: &mut Work, _: &mut Random) {
    work.title = work.title.replace('-', "\u{2010}").replace('\'', "\u{2019}") + ".";
}

/// One or two letters as a scanner misreads them.
fn title_with_slip(work: &mut Work, random: &mut Random) {
    const SLIPS: [(&str, &str); 10] = [
        ("rn", "m"),
        ("m", "rn"),
        ("l", "1"),
        ("e", "c"),
        ("cl", "d"),
        ("ti", "tl"),
        ("h", "b"),
        (" of ", " 0f "),
        ("nn", "n"),
        ("i", "l"),
    ];
    for _ in 0..between(random, 1, 2) {
        let (right, wrong) = *one_of(random, &SLIPS);
        let from = work.title.len() / 3;
        let from = (from..work.title.len()).find(|place| work.title.is_char_boundary(*place)).unwrap_or(0);
        let slipped = work.title[from..].replacen(right, wrong, 1);
        work.title.replace_range(from.., &slipped);
    }
}

fn title_with_affix(work: &mut Work, random: &mut Random) {
    match below(random, 4) {
        0 => work.title = format!("Short report: {}", work.title),
        1 => work.title = format!("Original article: {}", work.title),
        2 => append_to_title(work, " [Review] [33 refs]"),
        _ => append_to_title(work, "*"),
    }
}

fn title_without_subtitle(work: &mut Work, _: &mut Random) {
    // A short title says too little alone.
    if work.title.len() > 40 {
        work.subtitle = None;
    }
}

fn title_cut(work: &mut Work, _: &mut Random) {
    work.subtitle = None;
    if let Some((place, _)) = work.title.char_indices().nth(55) {
        work.title.truncate(place);
        work.title.push_str("...");
    }
}

/// The English title of a work in another language, in brackets.
fn title_translated(work: &mut Work, _: &mut Random) {
    if work.original_title.is_some() && !work.title.starts_with('[') {
        work.title.insert(0, '[');
        append_to_title(work, "]");
    }
}

fn title_original(work: &mut Work, _: &mut Random) {
    if let Some(original) = work.original_title.clone() {
        work.title = original;
        work.subtitle = None;
    }
}

fn doi_missing(work: &mut Work, _: &mut Random) {
    work.doi = None;
}

fn doi_as_url(work: &mut Work, _: &mut Random) {
    work.doi = work.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
}

fn doi_as_old_url(work: &mut Work, _: &mut Random) {
    work.doi = work.doi.as_ref().map(|doi| format!("http://dx.doi.org/{doi}"));
}

fn doi_percent_encoded(work: &mut Work, _: &mut Random) {
    work.doi = work.doi.as_deref().map(percent_encoded);
}

fn doi_in_capitals(work: &mut Work, _: &mut Random) {
    work.doi = work.doi.as_ref().map(|doi| doi.to_uppercase());
}

fn doi_with_prefix(work: &mut Work, random: &mut Random) {
    let prefix = one_of(random, &["doi:", "DOI: ", "doi.org/"]);
    work.doi = work.doi.as_ref().map(|doi| format!("{prefix}{doi}"));
}

fn journal_abbreviated(work: &mut Work, _: &mut Random) {
    work.journal = work.journal_abbreviation.clone();
}

fn journal_with_ampersand(work: &mut Work, _: &mut Random) {
    work.journal = work.journal.replace(" and ", " & ");
}

fn journal_with_article(work: &mut Work, _: &mut Random) {
    if !work.journal.is_empty() {
        work.journal.insert_str(0, "The ");
    }
}

fn journal_with_place(work: &mut Work, _: &mut Random) {
    let (_, town, country) = work.publisher;
    if !work.journal.is_empty() {
        work.journal = format!("{} ({town}, {country})", work.journal);
    }
}

fn journal_in_capitals(work: &mut Work, _: &mut Random) {
    work.journal = work.journal.to_uppercase();
}

fn pages_missing(work: &mut Work, _: &mut Random) {
    work.pages = None;
}

/// `123-127` as `123-7`.
fn pages_shortened(work: &mut Work, _: &mut Random) {
    if let Some(Pages::Range(first, last)) = work.pages {
        let (from, to) = (first.to_string(), last.to_string());
        if from.len() == to.len() {
            let same = from.bytes().zip(to.bytes()).take_while(|(left, right)| left == right).count();
            work.pages = Some(Pages::Raw(format!("{from}-{}", &to[same.min(to.len() - 1)..])));
        }
    }
}

fn pages_with_prefix(work: &mut Work, random: &mut Random) {
    if let Some(Pages::Range(first, last)) = work.pages {
        let prefix = one_of(random, &["pp. ", "p. ", "p"]);
        work.pages = Some(Pages::Raw(format!("{prefix}{first}-{last}")));
    }
}

fn pages_first_only(work: &mut Work, _: &mut Random) {
    if let Some(Pages::Range(first, _)) = work.pages {
        work.pages = Some(Pages::Raw(first.to_string()));
    }
}

fn pages_as_number(work: &mut Work, _: &mut Random) {
    if work.pages.is_some() {
        work.pages = Some(Pages::Number(format!("e{}", 10_000 + work.number % 89_999)));
    }
}

/// What a spreadsheet makes of `6-10`.
fn pages_as_date(work: &mut Work, random: &mut Random) {
    let month = one_of(random, &["Oct", "Jan", "Dec", "May"]);
    work.pages = Some(Pages::Raw(format!("{:02}-{month}", between(random, 1, 28))));
}

fn ahead_of_print(work: &mut Work, _: &mut Random) {
    work.year = work.year.map(|year| year - 1);
    work.volume = None;
    work.issue = None;
    work.pages = None;
}

fn year_off_by_one(work: &mut Work, random: &mut Random) {
    let later = chance(random, 50);
    work.year = work.year.map(|year| if later { year + 1 } else { year - 1 });
}

fn year_missing(work: &mut Work, _: &mut Random) {
    work.year = None;
}

fn volume_with_prefix(work: &mut Work, random: &mut Random) {
    let prefix = one_of(random, &["v.", "Vol. ", "volume "]);
    work.volume = work.volume.as_ref().map(|volume| format!("{prefix}{volume}"));
}

fn issue_missing(work: &mut Work, _: &mut Random) {
    work.issue = None;
}

fn issue_doubled(work: &mut Work, _: &mut Random) {
    if let (Some(volume), Some(issue)) = (&work.volume, &work.issue) {
        work.issue = Some(format!("{volume}-{issue}"));
    }
}

fn authors_cut(work: &mut Work, random: &mut Random) {
    let kept = between(random, 1, 3) as usize;
    if work.authors.len() > kept {
        work.authors.truncate(kept);
        work.authors.push(Author { family: "et al.".to_string(), given: String::new(), middle: None });
    }
}

fn authors_first_only(work: &mut Work, _: &mut Random) {
    work.authors.truncate(1);
}

/// "van der Berg" as "Berg", or the particle behind the given name.
fn authors_without_particle(work: &mut Work, random: &mut Random) {
    let moved = chance(random, 50);
    for author in &mut work.authors {
        if author.given.is_empty() || !author.family.contains(' ') {
            continue;
        }
        if let Some((particle, family)) = author.family.clone().rsplit_once(' ') {
            author.family = family.to_string();
            if moved {
                author.given = format!("{} {particle}", author.given);
            }
        }
    }
}

fn authors_plain_letters(work: &mut Work, _: &mut Random) {
    for author in &mut work.authors {
        author.family = plain_letters(&author.family);
        author.given = plain_letters(&author.given);
    }
}

fn authors_missing(work: &mut Work, _: &mut Random) {
    work.authors.clear();
}

fn abstract_missing(work: &mut Work, _: &mut Random) {
    work.abstract_text = None;
}

fn abstract_with_copyright(work: &mut Work, random: &mut Random) {
    let (publisher, _, _) = work.publisher;
    let year = work.year.unwrap_or(2020);
    let tail = match below(random, 3) {
        0 => format!(" \u{a9} {year} {publisher}. All rights reserved."),
        1 => format!(" Copyright (c) {year} {publisher}."),
        _ => " (PsycINFO Database Record (c) 2020 APA, all rights reserved)".to_string(),
    };
    if let Some(text) = &mut work.abstract_text {
        text.push_str(&tail);
    }
}

fn abstract_cut(work: &mut Work, _: &mut Random) {
    if let Some(text) = &mut work.abstract_text
        && let Some((place, _)) = text.char_indices().nth(500)
    {
        text.truncate(place);
        text.push_str("... [ABSTRACT FROM AUTHOR]");
    }
}

fn abstract_with_entities(work: &mut Work, _: &mut Random) {
    work.abstract_text =
        work.abstract_text.as_ref().map(|text| text.replacen(" = ", " &#61; ", 1).replacen(" and ", " &amp; ", 2).replace('\'', "&#39;"));
}

fn append_to_title(work: &mut Work, tail: &str) {
    work.subtitle.as_mut().unwrap_or(&mut work.title).push_str(tail);
}

fn with_capitals(text: &str) -> String {
    let mut capitals = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let start = capitals.len();
        capitals.push_str(word);
        if word.len() > 4 {
            crate::grammar::capitalise_at(&mut capitals, start);
        }
    }
    capitals
}

/// As in a link: all but letters, digits, `.`, `-` and the first slash by their codes.
pub fn percent_encoded(doi: &str) -> String {
    let mut encoded = String::new();
    for byte in doi.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => encoded.push(char::from(byte)),
            _ => encoded.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]),
        }
    }
    encoded
}

/// The digit of a number below 16.
fn hexadecimal(number: u8) -> char {
    char::from_digit(u32::from(number), 16).unwrap_or('0')
}
