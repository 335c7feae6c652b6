//! What databases, search engines and libraries put around a title: notes in brackets, marks of formats, statements of responsibility.
//!
//! Goes in: a title as it was written. Comes out: the title proper, a part of it.

use crate::record::{Field, Kind, Record};
use crate::text::Folded;
use std::borrow::Cow;

/// Notes that databases put behind a title in brackets; each is the beginning of what the brackets hold.
const NOTES: &[&str] = &[
    "review",
    "refs",
    "ref",
    "references",
    "see comment",
    "comment",
    "erratum",
    "published erratum",
    "corrected",
    "retracted",
    "abstract",
    "letter",
    "editorial",
    "article in",
    "in french",
    "in german",
    "in spanish",
    "in chinese",
    "in japanese",
    "in russian",
    "conference",
    "proceedings",
    "meeting",
    "poster",
    "electronic resource",
    "internet",
    "online",
    "news",
    "summary",
    "with discussion",
    "see comments",
    "reprint",
    "republished",
    "microform",
    "book review",
    "thesis",
    "in process",
    "record supplied",
    "text in",
    "unpublished",
    "masters",
    "master\u{2019}s",
    "master's",
    "doctoral",
    "electronic book",
];

/// `title` without the notes in brackets behind it.
pub(super) fn without_notes(title: &str) -> &str {
    let mut title = title.trim_end();
    loop {
        // Tables put quotation marks around values, and some stay there.
        let bare = title.trim_end_matches(['.', ' ', '"']);
        let noted = match bare.as_bytes().last() {
            // Cut off within a note, at the length that a program allows.
            _ if bare.rfind('[').is_some_and(|at| !bare[at..].contains(']') && is_note(&bare[at + 1..])) => bare.rfind('['),
            _ if cut_within_brackets(bare).is_some() => cut_within_brackets(bare),
            Some(b']') => bare.match_indices('[').map(|(at, _)| at).find(|at| *at > 0 && is_note(&bare[at + 1..])),
            Some(b')') => {
                let is_note = |at: &usize| is_place_note(&bare[at + 1..]) || is_note_in_round_brackets(&bare[at + 1..bare.len() - 1]);
                bare.rfind('(').filter(is_note).or_else(|| place_in_brackets(bare))
            }
            _ => memchr::memrchr(b' ', bare.as_bytes()).and_then(|blank| bare[..blank].ends_with('.').then_some(blank - 1)).filter(|at| {
                let last = &bare[at + 2..];
                // "French vs. German" ends with what it is about.
                !bare[..*at].ends_with(" vs") && LANGUAGES.iter().any(|language| last.eq_ignore_ascii_case(language))
            }),
        };
        let Some(start) = noted.filter(|at| *at > 0) else { return title };
        title = title[..start].trim_end();
    }
}

/// Languages that stand behind a title, in brackets or after a full stop, to say what the text is written in.
const LANGUAGES: [&str; 14] = [
    "french",
    "german",
    "spanish",
    "italian",
    "chinese",
    "japanese",
    "russian",
    "polish",
    "portuguese",
    "dutch",
    "danish",
    "norwegian",
    "swedish",
    "english",
];

/// Where a note in brackets begins that says where the work stands that this one corrects or answers, as Embase writes it:
/// "(New England Journal of Medicine (2009) 360 (542-544))".
pub(in crate::normalize) fn place_in_brackets(title: &str) -> Option<usize> {
    let bare = title.trim_end_matches(['.', ' ']);
    if !bare.ends_with(')') || memchr::memchr2(b'1', b'2', bare.as_bytes()).is_none() {
        return None;
    }
    let mut depth = 0_u32;
    let start = bare.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' => depth += 1,
            '(' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let is_year = |inside: &str| {
        let bytes = inside.as_bytes();
        bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b')' && matches!(&bytes[..2], b"19" | b"20")
    };
    bare[start + 1..].match_indices('(').any(|(at, _)| is_year(&bare[start + 1 + at + 1..])).then_some(start).filter(|at| *at > 0)
}

/// Where the outer of two brackets begins that are never closed: the title was cut off within such a note.
fn cut_within_brackets(title: &str) -> Option<usize> {
    memchr::memchr(b'(', title.as_bytes())?;
    let mut open = Vec::new();
    for (at, c) in title.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => drop(open.pop()),
            _ => {}
        }
    }
    open.first().copied().filter(|at| open.len() > 1 && *at > 0)
}

/// "Review", "33 refs", "Erratum appears in …": the beginning of what square brackets hold.
fn is_note(inside: &str) -> bool {
    /// Bytes that the beginning of a note has at most.
    const LONGEST: usize = 64;
    let inside = inside.trim_start();
    let inside = inside[..inside.floor_char_boundary(LONGEST)].to_lowercase();
    let counted = inside.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with("ref");
    // "[German version]" says which of two.
    let is_of_text = |rest: &str| {
        let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| ["text", "article", "language", "abstract", "summary", "and"].contains(&word) || LANGUAGES.contains(&word))
            && !rest.starts_with(char::is_alphabetic)
    };
    counted
        || NOTES.iter().any(|note| inside.strip_prefix(note).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
        || LANGUAGES.iter().any(|language| inside.split(']').next().unwrap_or_default().strip_prefix(language).is_some_and(is_of_text))
}

/// Whether brackets say of what sort a text is, in more words than a note: "[a double-blind controlled trial]", "[report of three cases]".
pub(super) fn is_sort_of_text(inside: &str) -> bool {
    const STARTS: [&str; 8] = ["a", "an", "the", "report", "study", "results", "preliminary", "case"];
    const SORTS: [&str; 11] =
        ["study", "trial", "report", "reports", "case", "cases", "review", "survey", "analysis", "series", "experience"];
    let inside = Folded::words(inside);
    let mut words = inside.as_str().split(' ');
    let begins = |start: &str| inside.as_str().starts_with(start);
    let is_sort = words.next().is_some_and(|first| STARTS.contains(&first)) && words.next_back().is_some_and(|last| SORTS.contains(&last));
    // "[German language version]"
    let is_in_language = LANGUAGES.iter().any(|language| begins(language));
    is_sort || is_in_language || begins("original article") || begins("images in ")
}

/// Notes that stand in round brackets as well; in these, titles have words of their own too, so that a note is all that they hold.
fn is_note_in_round_brackets(inside: &str) -> bool {
    const NOTES: [&str; 14] = [
        "letter",
        "letter to the editor",
        "comment",
        "review",
        "abstract",
        "english summary",
        "english abstract",
        "authors transl",
        "authors translation",
        "cochrane review",
        "structured abstract",
        "provisional abstract",
        "brief record",
        "project record",
    ];
    const LONGEST: usize = 24;
    inside.len() <= LONGEST && NOTES.contains(&Folded::words(inside).as_str())
}

/// "vol 12, pg 3, 2001)": where Web of Science says what an erratum corrects.
fn is_place_note(inside: &str) -> bool {
    inside.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("vol ")) && inside.contains("pg ")
}

/// A title without what a catalogue says of the form of the text, between the title and its subtitle or behind both (the general
/// material designation of AACR2): "Coping with illness [electronic resource] : a guide".
pub(super) fn without_designation(title: &str) -> Cow<'_, str> {
    const FORMS: [&str; 14] = [
        "electronic resource",
        "elektronisk ressurs",
        "elektronisk resurs",
        "elektronische ressource",
        "ressource electronique",
        "recurso electronico",
        "risorsa elettronica",
        "microform",
        "internet",
        "online",
        "text",
        "print",
        "e book",
        "ebook",
    ];
    let form = memchr::memchr_iter(b'[', title.as_bytes()).find_map(|start| {
        let end = start + memchr::memchr(b']', &title.as_bytes()[start..])?;
        let is_last =
            title[end + 1..].trim_start().chars().next().is_none_or(|c| matches!(c, ':' | ';' | '/' | '=' | '.' | '-' | '\u{2013}'));
        (is_last && FORMS.contains(&Folded::words(&title[start + 1..end]).as_str())).then_some(start..end + 1)
    });
    // A title that is nothing else keeps it.
    match form.filter(|form| form.start > 0) {
        Some(form) => Cow::Owned(format!("{} {}", title[..form.start].trim_end(), title[form.end..].trim_start())),
        None => Cow::Borrowed(title),
    }
}

/// A title without the name of the site that a browser's title ends with: "… - ScienceDirect", "… | Request PDF".
pub(super) fn without_site(title: &str) -> &str {
    const SITES: [&str; 16] = [
        "ScienceDirect",
        "PubMed",
        "PMC",
        "SpringerLink",
        "Springer",
        "Wiley Online Library",
        "JSTOR",
        "CORE Reader",
        "Google Scholar",
        "ResearchGate",
        "Request PDF",
        "NEJM",
        "Oxford Academic",
        "Semantic Scholar",
        "Cochrane Library",
        "Scientific Reports",
    ];
    // Nearly all titles end here.
    let Some(at) = memchr::memrchr2(b'|', b'-', title.as_bytes()) else { return title };
    let (before, site) = (title[..at].trim_end(), title[at + 1..].trim());
    let is_set_off = title[..at].ends_with(' ') && title[at + 1..].starts_with(' ');
    if SITES.contains(&site) && is_set_off && !before.is_empty() { before } else { title }
}

/// A title without what a search engine or the PDF of a publisher puts in front of it: "[HTML][HTML] …", "Author's personal copy …".
pub(super) fn without_format(mut title: &str) -> &str {
    const FORMATS: [&str; 6] = ["[PDF]", "[HTML]", "[CITATION]", "[BOOK]", "[B]", "[C]"];
    const COPIES: [&str; 2] = ["author's personal copy", "author\u{2019}s personal copy"];
    while let Some(rest) = FORMATS.iter().find_map(|format| title.strip_prefix(format)) {
        title = rest.trim_start();
    }
    let begins = |copy: &&str| title.get(..copy.len()).is_some_and(|start| start.eq_ignore_ascii_case(copy));
    let behind = COPIES.iter().find(|copy| begins(copy)).map(|copy| title[copy.len()..].trim_start_matches([':', '.', ' ']));
    behind.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// A title without the signs of trade marks: "Dimlamp™", "Dimlamp(TM)". Where "(TM)" abbreviates the words before it, it says no more than
/// they do; "(R)" is also the form of a molecule ("ketamine(R)") and a receptor, and stays.
pub(super) fn without_trade_marks(title: &str) -> Cow<'_, str> {
    const MARKS: [&str; 3] = ["\u{2122}", "(TM)", "(tm)"];
    // Nearly all titles end here.
    let may_begin = |at: usize| matches!(title.as_bytes().get(at + 1), Some(b'T' | b't'));
    let may_have = memchr::memchr_iter(b'(', title.as_bytes()).any(may_begin) || !title.is_ascii();
    if !may_have || !MARKS.iter().any(|mark| title.contains(mark)) {
        return Cow::Borrowed(title);
    }
    Cow::Owned(MARKS.iter().fold(title.to_owned(), |title, mark| title.replace(mark, "")))
}

/// A title without the statement of responsibility that libraries put behind those of books, theses, reports and what is of no known
/// sort, and which names somebody whom the record names: "Coping with illness / Kari Ek ... [et al.]", "… / edited by Kari Ek". Another
/// slash is the title's own: "Living with HIV / AIDS".
pub(super) fn without_responsibility<'a>(title: &'a str, record: &Record) -> &'a str {
    const MORE: [&str; 11] = ["vol", "volume", "volumes", "part", "bind", "band", "edition", "utg", "utgave", "aufl", "auflage"];
    /// People whose names are looked for.
    const MOST: usize = 24;
    // Nearly all titles end here.
    let has_slash = memchr::memchr(b'/', title.as_bytes()).is_some();
    if !has_slash || !matches!(record.kind(), Kind::Book | Kind::Thesis | Kind::Report | Kind::Other) {
        return title;
    }
    let people = [Field::Author, Field::Editor].into_iter().flat_map(|field| record.values(field)).take(MOST);
    let families: Vec<String> = people.filter_map(longest_word_of_family).collect();
    let names_somebody = |behind: &str| {
        let behind = Folded::words(behind);
        let words = || behind.as_str().split(' ');
        // "… / edited by Kari Ek. Vol. 2, Methods" says more than who wrote it.
        let says_more = words().any(|word| MORE.contains(&word) || word.bytes().any(|byte| byte.is_ascii_digit()));
        !says_more && words().any(|word| families.iter().any(|family| family == word))
    };
    let slash = title.rmatch_indices(" / ").map(|(at, _)| at).find(|at| names_somebody(&title[at + 3..]));
    slash.map(|at| without_notes(title[..at].trim_end())).filter(|before| !before.is_empty()).unwrap_or(title)
}

/// "berg" of "van den Berg, K." and of "Lie-Berg, Kari"; of a name without a comma any word may be the family's.
fn longest_word_of_family(name: &str) -> Option<String> {
    let family = Folded::words(name.split(',').next().unwrap_or(name));
    family.as_str().split(' ').max_by_key(|word| word.len()).filter(|word| word.len() > 1).map(str::to_owned)
}
