//! Makes the parts of a work: title, authors, place in a journal, DOI, abstract, headings, citation.

use crate::grammar::Grammar;
use crate::random::{Purpose, Random, below, between, chance, early_of, numbered, one_of, rarely, skewed};
use crate::words::Language;
use crate::works::{Author, Kind, Library, Pages, Work};
use crate::{names, random};

/// Characters of an abstract: the even spread round their mean.
const ABSTRACT_CHARACTERS: (u32, u32) = (785, 1665);

/// The parts of an abstract: their letter, their label, and where they end in per cent of its characters.
const SECTIONS: [(u8, &str, usize); 5] =
    [(b'B', "BACKGROUND: ", 20), (b'O', "AIMS: ", 30), (b'M', "METHODS: ", 55), (b'R', "RESULTS: ", 86), (b'Q', "CONCLUSIONS: ", 100)];

/// How many authors a work has, in the order of how usual that is.
const AUTHOR_COUNTS: [u32; 8] = [3, 2, 1, 4, 5, 6, 7, 13];

/// A title and, for half of the works, a subtitle.
pub fn title(grammar: &Grammar, random: &mut Random) -> (String, Option<String>) {
    let title = grammar.sentence(random, b'T');
    // A short title nearly always needs a second half to say what the work is about.
    let wanted = if title.len() < 60 { 85 } else { 35 };
    let subtitle = chance(random, wanted).then(|| grammar.phrase(random, b'S'));
    (title, subtitle)
}

/// The authors of a work.
pub fn authors(library: &Library, random: &mut Random, kind: Kind) -> Vec<Author> {
    let n_authors = match kind {
        Kind::Column => below(random, 2),
        Kind::Book | Kind::Thesis => 1 + skewed(random, 3),
        _ => *early_of(random, &AUTHOR_COUNTS),
    };
    let mut authors: Vec<Author> = (0..n_authors).map(|_| person(library, random)).collect();
    if kind == Kind::Article && rarely(random, 15) {
        let pattern = one_of(random, &library.groups);
        let family = library.fields[0].grow(random, pattern);
        authors.push(Author { family, given: String::new(), middle: None });
    }
    authors
}

/// A person with a surname of the world's frequent ones or, more often, a rare one put together.
pub fn person(library: &Library, random: &mut Random) -> Author {
    let mut family = if chance(random, 35) {
        early_of(random, &library.surnames).to_string()
    } else {
        let head = *one_of(random, &library.surname_heads);
        format!("{head}{}", one_of(random, &library.surname_tails))
    };
    if chance(random, 4) {
        family = format!("{} {family}", one_of(random, &library.particles));
    }
    let middle = chance(random, 40).then(|| char::from(b'A' + below(random, 24) as u8));
    Author { family, given: early_of(random, &library.given_names).to_string(), middle }
}

/// Gives journal, ISSNs, volume, issue and pages.
pub fn place_in_journal(work: &mut Work, random: &mut Random, language: Option<&Language>) {
    // Works in another language than English appear in its own journals.
    let number = if let Some(language) = language {
        let place = below(random, language.journals.len() as u32);
        let (name, abbreviation) = language.journals[place as usize];
        work.journal = name.to_string();
        work.journal_abbreviation = abbreviation.to_string();
        900 + place + 10 * u32::from(language.code.as_bytes()[0])
    } else {
        let form = skewed(random, names::JOURNAL_FORMS.len() as u32);
        // Columns come from few journals, so that their titles meet within one.
        let n_subjects = if work.kind == Kind::Column { 6 } else { names::JOURNAL_SUBJECTS.len() as u32 };
        let subject = skewed(random, n_subjects);
        let (form_name, form_abbreviation) = names::JOURNAL_FORMS[form as usize];
        let (name, abbreviation) = names::JOURNAL_SUBJECTS[subject as usize];
        work.journal = form_name.replace("{}", name);
        work.journal_abbreviation = form_abbreviation.replace("{}", abbreviation);
        form * 40 + subject
    };
    work.serials = [issn(100_003 + number * 997), issn(200_017 + number * 997)];
    work.publisher = &names::PUBLISHERS[number as usize % names::PUBLISHERS.len()];
    work.volume = work.year.map(|year| (year - 1950 - number * 7 % 40).to_string());
    let first = 1 + skewed(random, 1800);
    let last = first + between(random, 4, 24);
    if work.kind == Kind::MeetingAbstract {
        work.issue = Some(format!("Suppl {}", between(random, 1, 3)));
        work.pages = Some(Pages::Lettered('S', first % 400 + 1, first % 400 + 1));
        return;
    }
    work.issue = chance(random, 85).then(|| (1 + (work.month - 1) / 2).to_string());
    work.pages = match below(random, 100) {
        0..80 if work.kind == Kind::Column => Some(Pages::Range(first, first + below(random, 3))),
        0..75 => Some(Pages::Range(first, last)),
        75..90 => Some(Pages::Number(format!("e{}", between(random, 10_000, 999_999)))),
        90..97 => Some(Pages::Number(between(random, 100_000, 999_999).to_string())),
        _ => Some(Pages::Lettered('S', first, last)),
    };
}

/// Gives a book two ISBNs, no journal and no pages.
pub fn give_isbns(work: &mut Work, random: &mut Random) {
    work.publisher = one_of(random, names::PUBLISHERS);
    let title = between(random, 0, 999_999);
    work.serials = [isbn(title), isbn((title + 1) % 1_000_000)];
}

/// The DOI of a work, in one of the shapes publishers give them, under the prefix kept for examples.
pub fn doi(library: &Library, number: u64) -> String {
    let random = &mut numbered(library.seed, Purpose::Doi, number);
    let small = below(random, 100_000);
    match below(random, 100) {
        0..35 => format!("10.5555/s{small:05}-0{}-{number:05}-{}", between(random, 10, 22), small % 10),
        35..60 => format!("10.5555/j.jcop.{}.{number:06}", between(random, 2005, 2022)),
        60..85 => format!("10.5555/{:08}.{}.{number:07}", small + 1_000_000, between(random, 2005, 2022)),
        85..97 => format!("10.5555/S{small:05}({}){number:06}-X", between(random, 10, 22)),
        _ => format!("10.5555/(SICI)1099-{small:05}(1998{})<{number}::AID-CP{}>3.0.CO;2-7", small % 12, small % 900),
    }
}

/// An abstract of a few sentences per part, labelled in half of the works.
pub fn abstract_text(grammar: &Grammar, random: &mut Random) -> String {
    let (shortest, longest) = ABSTRACT_CHARACTERS;
    let wanted = between(random, shortest, longest) as usize;
    let labelled = chance(random, 50);
    let mut text = String::with_capacity(wanted + 200);
    for (letter, label, end) in SECTIONS {
        if text.len() * 100 >= wanted * end {
            continue;
        }
        if labelled {
            text.push_str(label);
        }
        while text.len() * 100 < wanted * end {
            grammar.append_sentence(random, letter, &mut text);
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Headings: some of the field, some that everything bears.
pub fn headings(library: &Library, random: &mut Random, field: usize) -> Vec<&'static str> {
    let mut headings = Vec::new();
    let n_headings = between(random, 1, 3);
    let n_check_tags = between(random, 0, 2);
    let lists = [(&library.headings[field], n_headings), (&library.check_tags, n_check_tags)];
    for (list, count) in lists {
        for _ in 0..count {
            let heading = *early_of(random, list);
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
    }
    headings
}

/// The authors' own keywords; many works have none.
pub fn keywords(grammar: &Grammar, random: &mut Random) -> Vec<String> {
    let n_keywords = if chance(random, 60) { 0 } else { between(random, 2, 5) };
    let mut keywords: Vec<String> = Vec::new();
    for _ in 0..n_keywords {
        let keyword = grammar.phrase(random, b'K');
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// A line of a reference list that cites an earlier work with its DOI.
pub fn citation(library: &Library, random: &mut Random, number: u64) -> String {
    let cited = number - 1 - u64::from(skewed(random, number.min(5000) as u32));
    let author = person(library, random);
    let title = library.fields[random::below(random, 4) as usize].sentence(random, b'T');
    let year = between(random, 1988, 2019);
    let (volume, page) = (between(random, 2, 60), between(random, 1, 900));
    format!("{}, {title}. ({year}) {volume}, pp. {page}-{}. https://doi.org/{}", author.family, page + 9, doi(library, cited))
}

/// An ISSN with its check digit, from up to seven digits.
fn issn(number: u32) -> String {
    let digits = format!("{:07}", number % 10_000_000);
    let sum: u32 = digits.bytes().zip((2..=8).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => format!("{digits}X"),
        check => format!("{digits}{check}"),
    }
}

/// An ISBN of 13 digits with its check digit, from a number below a million.
fn isbn(number: u32) -> String {
    let digits = format!("978029{number:06}");
    let sum: u32 = digits.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
