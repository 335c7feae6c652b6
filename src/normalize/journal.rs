//! What a work stands in (journal, proceedings, book), under each name that a record gives.
//!
//! Goes in: "JPEN: Journal of Parenteral & Enteral Nutrition", "Aizheng = Chinese Journal of Cancer", "Psychiatr Neurol
//! (Basel)". Comes out: [`Journal`], whose names are the folded words without articles, prepositions and the place in
//! brackets. Comparing them is no business of this file.

use super::citation::Citation;
use super::class::{self, Class, Classes};
use super::registrations;
use crate::record::{Field, Record};
use crate::text::mended;
use crate::text::{self, Folded};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// The names of what a work stands in. One string holds them all, one name a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about the names by itself")]
pub struct Journal {
    text: Arc<str>,
    is_meeting: bool,
    is_cut: bool,
    is_citation: bool,
    prints_dissertations: bool,
    classes: Classes,
}

pub(super) const FIELDS: &[Field] = &[Field::Journal, Field::JournalAbbreviation, Field::ContainerTitle, Field::BookTitle];
/// What meetings are called, in full and for short.
pub(crate) const MEETINGS: [&str; 9] = ["workshop", "conference", "symposium", "congress", "meeting", "conf", "symp", "sympos", "wkshp"];

/// Whether `word` is one that abbreviations leave out and that catalogues add and drop at will.
fn is_unsaid(word: &str) -> bool {
    super::is_function_word(word)
        || matches!(
            word,
            "fur" | "della" | "da" | "dos" | "van" | "het" | "och" | "og" | "i" | "online" | "print" | "electronic" | "official" | "organ"
        )
}

/// Journals by what records call them: of the records of an export, many stand in one.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<u128, Journal>);

impl Known {
    /// [`Journal::of`].
    pub(super) fn of(&mut self, record: &Record) -> Journal {
        // Each hash begins where that before ended: "A" and "B" are not "AB".
        let called = values(record).fold(0, |before: u128, value| xxh3_128_with_seed(value.as_bytes(), before as u64));
        self.0.entry(called).or_insert_with(|| Journal::of(record)).clone()
    }
}

fn values(record: &Record) -> impl Iterator<Item = &str> {
    FIELDS.iter().flat_map(|field| record.values(*field))
}

impl Journal {
    fn of(record: &Record) -> Self {
        let mut text = String::with_capacity(100);
        let (mut is_registration, mut is_cut, mut is_citation) = (false, false, false);
        for value in values(record) {
            if registrations::is_page(value) {
                is_registration = true;
                continue;
            }
            is_cut |= value.ends_with('\u{2026}') || value.ends_with("...");
            let mended = mended(value);
            let plain = text::plain(&mended);
            if let Some(name) = before_tail(&plain) {
                push_name(name, &mut text);
            }
            let citation = Citation::parse(&plain);
            is_citation |= citation.is_some();
            let bare = without_brackets(without_meeting(citation.map_or(&*plain, |citation| citation.journal)));
            if memchr::memchr2(b'=', b':', bare.as_bytes()).is_none() {
                push_name(bare, &mut text);
                continue;
            }
            for name in bare.split(" = ") {
                push_name(name, &mut text);
                // "Journal : official journal of the society" is also known by its first half.
                if let Some((name, _)) = name.split_once(" : ").filter(|(name, _)| name.contains(' ')) {
                    push_name(name, &mut text);
                }
            }
        }
        let is_meeting = text.split([' ', '\n']).any(|word| MEETINGS.contains(&word)) || text.split_terminator('\n').any(is_year_of_series);
        let mut classes = Classes::default();
        text.split_terminator('\n').for_each(|name| classes.insert_all(class::of_journal(name)));
        if is_registration {
            classes.note(Class::TrialRegistration);
        }
        let is_of_theses = |name: &str| ["dissertation abstracts", "diss abstr"].iter().any(|start| name.starts_with(start));
        let prints_dissertations = text.split_terminator('\n').any(is_of_theses);
        Self { text: text.into(), is_meeting, is_cut, is_citation, prints_dissertations, classes }
    }

    /// Whether it is "Dissertation Abstracts International", which some databases call a journal: what stands there are theses.
    pub(crate) fn prints_dissertations(&self) -> bool {
        self.prints_dissertations
    }

    /// Whether a record has a whole citation in the place of its name.
    pub(super) fn is_citation(&self) -> bool {
        self.is_citation
    }

    /// Every name, as folded words with single blanks between.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.text.split_terminator(['\n'])
    }

    /// All of them in one string.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether no name is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether a name says that it is a workshop, conference, symposium, congress or meeting.
    #[must_use]
    pub fn is_meeting(&self) -> bool {
        self.is_meeting
    }

    /// Whether a name was cut off ("Osteoporosis …"), as Google Scholar does: more words may follow.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What the names note about all that stands in it: that of a registry, that of a server of preprints.
    pub(super) fn classes(&self) -> Classes {
        self.classes
    }

    /// Whether one of the names holds `word`.
    #[must_use]
    pub fn holds_word(&self, word: &str) -> bool {
        self.text.as_bytes().split(|byte| matches!(byte, b' ' | b'\n')).any(|own| own == word.as_bytes())
    }
}

/// "eurocolt95", "chi2003": what a series of meetings is called for short, and a year.
fn is_year_of_series(name: &str) -> bool {
    let series = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = &name[series.len()..];
    let is_year = (year.len() == 2 && year > "50") || (year.len() == 4 && matches!(&year[..2], "19" | "20"));
    is_year && series.len() >= 3 && series.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What proceedings add to the name of a meeting and lists of references leave out.
const OF_PROCEEDINGS: [&str; 9] = ["proceedings", "proc", "annual", "vol", "vols", "volume", "volumes", "part", "parts"];

/// Whether `word` counts a meeting, or a book of its proceedings: "2007", "50th", "proceedings", "vols 1-3".
fn counts_meeting(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th")) || OF_PROCEEDINGS.contains(&word) || is_ordinal(word)
}

/// Ordinal numbers in words, up to the twentieth and by tens.
pub(crate) const ORDINALS: [&str; 23] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
];

/// "third", "thirteenth", "twentyfifth", and the "twenty" of "twenty-fifth".
fn is_ordinal(word: &str) -> bool {
    const TENS: [&str; 4] = ["twenty", "thirty", "forty", "fifty"];
    let behind_tens = TENS.iter().find_map(|tens| word.strip_prefix(tens)).unwrap_or(word);
    behind_tens.is_empty() || ORDINALS.contains(&behind_tens)
}

/// Hosts and publishers that programs write in the place of a journal: they say nothing of what a work stands in.
const HOSTS: &[&str] = &[
    "pubmed",
    "pubmed central",
    "europe pmc",
    "europe pmc pubmed central",
    "doaj",
    "hal",
    "repec",
    "bibsys brage",
    "eric",
    "elsevier",
    "wiley",
    "wiley online library",
    "springer",
    "springerlink",
    "sciencedirect",
    "taylor francis",
    "taylor francis ebooks",
    "jstor",
    "researchgate",
    "oxford academic",
    "sage publications",
    "oxford university press",
    "cambridge university press",
    "semantic scholar",
    "google books",
    "zenodo",
    "proquest",
    "proquest llc",
    "proquest dissertations theses",
];

/// "journals.sagepub.com": where Google Scholar found it.
fn is_address(name: &str) -> bool {
    let name = name.trim();
    !name.contains(' ') && [".com", ".org", ".net", ".edu", ".gov"].iter().any(|end| name.ends_with(end))
}

/// "L'Encéphale" and "Encéphale", "Annales d'urologie" and "Ann Urol" are one: what stands before the apostrophe is a word of its own.
/// But "J Urol" is the "Journal of Urology" sooner than the "Journal d'Urologie".
fn without_elisions(name: &str) -> Cow<'_, str> {
    const ELIDED: [&str; 9] = ["l", "d", "dell", "nell", "all", "dall", "sull", "un", "qu"];
    // Nearly all names end here.
    if name.is_ascii() && memchr::memchr(b'\'', name.as_bytes()).is_none() {
        return Cow::Borrowed(name);
    }
    let start_of_word = |end: usize| {
        let before = name[..end].char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
        before.map_or(0, |(at, c)| at + c.len_utf8())
    };
    let marks = name.match_indices(['\'', '\u{2019}', '\u{b4}', '\u{2bc}']).map(|(at, mark)| (start_of_word(at), at, mark.len()));
    let mut out = String::new();
    let mut done = 0;
    for (start, at, len) in marks {
        let of_journal = || name[..start].trim_end().ends_with("ournal");
        if start >= done && !of_journal() && ELIDED.iter().any(|word| name[start..at].eq_ignore_ascii_case(word)) {
            out.push_str(&name[done..start]);
            done = at + len;
        }
    }
    if done == 0 { Cow::Borrowed(name) } else { Cow::Owned(out + &name[done..]) }
}

fn push_name(name: &str, text: &mut String) {
    let name = without_elisions(name);
    let folded = Folded::words(&name);
    let start = text.len();
    let words = || folded.as_str().split([' ']).filter(|word| !word.is_empty() && !is_unsaid(word));
    let is_meeting = words().any(|word| MEETINGS.contains(&word)) && words().any(|word| !counts_meeting(word) && !MEETINGS.contains(&word));
    for word in words().filter(|word| !(is_meeting && counts_meeting(word))) {
        if text.len() > start {
            text.push(' ');
        }
        match american(word) {
            Some(spelled) => text.push_str(&spelled),
            None => text.push_str(word),
        }
    }
    if text.len() == start {
        return;
    }
    let (before, new) = text.split_at(start);
    if HOSTS.contains(&new) || is_address(&name) || before.split_terminator('\n').any(|known| known == new) {
        text.truncate(start);
    } else {
        text.push('\n');
    }
}

/// "Psychogeriatrics: The Official Journal of …", "JAMA-Journal of the …", "Trials [Electronic Resource]": what stands before the words
/// that say whose journal it is, or how it comes out. "Circulation: Heart Failure" is another journal than "Circulation".
fn before_tail(name: &str) -> Option<&str> {
    const TAILS: [&str; 12] = [
        "journal",
        "the journal",
        "official",
        "the official",
        "an official",
        "an international",
        "international",
        "the international",
        "electronic",
        "online",
        "zeitschrift",
        "revue",
    ];
    let mark = name.bytes().position(|byte| matches!(byte, b':' | b'[' | b'-' | b';'))?;
    let (front, tail) = (name[..mark].trim_end(), name[mark + 1..].trim_start().as_bytes());
    let begins = |words: &&str| {
        let ends = tail.get(words.len()).is_none_or(|next| !next.is_ascii_alphabetic());
        ends && tail.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
    };
    (front.len() > 2 && TAILS.iter().any(begins)).then_some(front)
}

/// "paediatrics" as Americans spell it, where it is spelled otherwise; letters that stand for words are no word.
fn american(word: &str) -> Option<String> {
    const SHORTEST: usize = 6;
    let is_british = word.len() >= SHORTEST && word.as_bytes().windows(2).any(|pair| matches!(pair, b"ae" | b"oe"));
    is_british.then(|| word.replace("ae", "e").replace("oe", "e"))
}

/// "Circulation. Conference: Scientific Sessions. Oslo" is the journal whose supplement printed the abstracts.
fn without_meeting(name: &str) -> &str {
    memchr::memmem::find(name.as_bytes(), b"Conference:").filter(|at| *at > 3).map_or(name, |at| &name[..at])
}

/// "Psychiatr Neurol (Basel)" without its brackets; all of it where nothing would be left.
fn without_brackets(name: &str) -> &str {
    match name.split_once('(') {
        Some((before, _)) if before.trim().len() > 2 => before,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_journal_it_is_stands_behind_its_name() {
        for (name, expected) in [
            ("Mentorics: The Official Journal of the Society", Some("Mentorics")),
            ("MENTOR-Journal of the Harbours", Some("MENTOR")),
            ("Mentors [Electronic Resource]", Some("Mentors")),
            ("Circulation: Heart Failure", None),
            ("Psycho-Oncology", None),
            ("Journalism: Journals of harbours", None),
            ("Nordic Journal of Mentors", None),
        ] {
            assert_eq!(before_tail(name), expected, "{name}");
        }
    }

    #[test]
    fn elided_words_are_left_out() {
        for (name, expected) in [
            ("L'Encéphale", "Encéphale"),
            ("Annales d\u{2019}urologie et d'andrologie", "Annales urologie et andrologie"),
            ("Biologie aujourd'hui", "Biologie aujourd'hui"),
            ("Langenbeck's archives", "Langenbeck's archives"),
            ("Journal d'Urologie", "Journal d'Urologie"),
            ("Giornale dell'Accademia", "Giornale Accademia"),
            ("«L\u{2019}Encéphale»", "«Encéphale»"),
            ("The \u{2018}New\u{2019} Harbour Health", "The \u{2018}New\u{2019} Harbour Health"),
            ("santé—l'Observatoire d\u{b4}été", "santé—Observatoire été"),
        ] {
            assert_eq!(without_elisions(name), expected, "{name}");
        }
    }

    #[test]
    fn words_are_spelled_as_americans_do() {
        for (word, expected) in [("paediatrics", Some("pediatrics")), ("oesophagus", Some("esophagus")), ("aer", None), ("mentors", None)] {
            assert_eq!(american(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn an_acronym_with_a_year_is_a_meeting() {
        for (name, expected) in
            [("colt95", true), ("chi2003", true), ("colt 95", false), ("icis12", false), ("a99", false), ("95", false), ("bmj", false)]
        {
            assert_eq!(is_year_of_series(name), expected, "{name}");
        }
    }
}
