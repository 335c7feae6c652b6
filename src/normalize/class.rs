//! Classes of texts that share a title with another work: a reply with the paper it answers, an erratum with what it
//! corrects, a conference abstract with the paper that followed.
//!
//! A class comes from the title, where both sides would show it, or from other fields, which many databases leave out:
//! there, only its presence says something.

use super::title;
use crate::text::Folded;
pub(super) use noted::{of_journal, of_record};

mod noted;

/// What sort of text a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// "Erratum", "Corrigendum", "Correction to".
    Erratum,
    /// A notice that a paper is retracted; not the paper itself, marked as retracted.
    Retraction,
    /// A comment on another work.
    Comment,
    /// The authors' answer to a comment.
    Reply,
    /// A letter to the editor.
    Letter,
    /// A paper that is marked as retracted: the paper itself and not the notice.
    Retracted,
    /// The protocol of a study or review.
    Protocol,
    /// The entry of a trial in a registry.
    TrialRegistration,
    /// A conference abstract.
    Abstract,
    /// A manuscript before review.
    Preprint,
    /// A thesis.
    Thesis,
    /// The review of a book.
    BookReview,
    /// Data, slides or a recording: no text.
    Dataset,
    /// A title that a journal prints again and again: "Editorial", "In this issue", "Book reviews".
    Column,
}

/// A set of [`Class`]es, those that the title states apart from those that other fields note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes {
    stated: u16,
    noted: u16,
}

impl Class {
    /// Every class.
    pub const ALL: &'static [Class] = &[
        Class::Erratum,
        Class::Retraction,
        Class::Comment,
        Class::Reply,
        Class::Letter,
        Class::Retracted,
        Class::Protocol,
        Class::TrialRegistration,
        Class::Abstract,
        Class::Preprint,
        Class::Thesis,
        Class::BookReview,
        Class::Dataset,
        Class::Column,
    ];

    /// The word that evidence shows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Erratum => "erratum",
            Class::Retraction => "retraction notice",
            Class::Comment => "comment",
            Class::Reply => "reply",
            Class::Letter => "letter",
            Class::Retracted => "paper marked as retracted",
            Class::Protocol => "protocol",
            Class::TrialRegistration => "trial registration",
            Class::Abstract => "conference abstract",
            Class::Preprint => "preprint",
            Class::Thesis => "thesis",
            Class::BookReview => "book review",
            Class::Dataset => "dataset or recording",
            Class::Column => "column",
        }
    }
}

impl Classes {
    /// Whether the title says that the record is of this class.
    #[must_use]
    pub fn states(self, class: Class) -> bool {
        self.stated & (1 << class as u16) != 0
    }

    /// Whether the title or another field says so.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        (self.stated | self.noted) & (1 << class as u16) != 0
    }

    pub(super) fn state(&mut self, class: Class) {
        self.stated |= 1 << class as u16;
    }

    pub(super) fn is_empty(self) -> bool {
        (self.stated | self.noted) == 0
    }

    pub(super) fn note(&mut self, class: Class) {
        self.noted |= 1 << class as u16;
    }

    pub(super) fn insert_all(&mut self, other: Self) {
        self.stated |= other.stated;
        self.noted |= other.noted;
    }
}

/// Where in the folded title a mark stands.
#[derive(Clone, Copy)]
enum Place {
    Start,
    /// At the start, and set off from what follows: "Re: …", and not "Re-examining …".
    SetOff,
    /// At the start, as the label of a section: before a colon, a full stop or a dash with blanks, and not in capitals, as the name
    /// of a trial is ("RESPONSE: …").
    Label,
    End,
    Whole,
}

/// What folded titles say about their class. A mark is a run of whole words.
const MARKS: &[(Place, &str, Class)] = &[
    (Place::Start, "erratum", Class::Erratum),
    (Place::Start, "errata", Class::Erratum),
    (Place::Start, "corrigendum", Class::Erratum),
    (Place::Start, "corrigenda", Class::Erratum),
    (Place::Start, "correction to", Class::Erratum),
    (Place::Start, "corrections to", Class::Erratum),
    (Place::SetOff, "correction", Class::Erratum),
    (Place::Start, "author correction", Class::Erratum),
    (Place::Start, "publisher correction", Class::Erratum),
    (Place::Start, "published erratum", Class::Erratum),
    (Place::Start, "addendum", Class::Erratum),
    (Place::Start, "berichtigung", Class::Erratum),
    (Place::Start, "rettelse", Class::Erratum),
    (Place::Start, "korrigering", Class::Erratum),
    (Place::Start, "rattelse", Class::Erratum),
    (Place::Start, "fe de errores", Class::Erratum),
    (Place::Start, "fe de erratas", Class::Erratum),
    (Place::Start, "comentario a", Class::Comment),
    (Place::Start, "kommentar til", Class::Comment),
    (Place::Start, "kommentar zu", Class::Comment),
    (Place::Start, "antwort auf", Class::Reply),
    (Place::Start, "tilsvar", Class::Reply),
    (Place::Start, "svar pa", Class::Reply),
    (Place::Start, "risposta a", Class::Reply),
    (Place::Start, "reponse a", Class::Reply),
    (Place::Start, "respuesta a", Class::Reply),
    (Place::Start, "leserbrief", Class::Letter),
    (Place::End, "erratum", Class::Erratum),
    (Place::End, "errata corrige", Class::Erratum),
    (Place::End, "corrigendum", Class::Erratum),
    (Place::Start, "retraction", Class::Retraction),
    (Place::Start, "retraction note", Class::Retraction),
    (Place::Start, "notice of retraction", Class::Retraction),
    (Place::Start, "statement of retraction", Class::Retraction),
    (Place::Start, "expression of concern", Class::Retraction),
    (Place::Start, "comment on", Class::Comment),
    (Place::Start, "comments on", Class::Comment),
    (Place::Start, "commentary on", Class::Comment),
    (Place::SetOff, "commentary", Class::Comment),
    (Place::SetOff, "comment", Class::Comment),
    (Place::Start, "invited commentary", Class::Comment),
    (Place::Start, "editorial comment", Class::Comment),
    (Place::Start, "discussion of", Class::Comment),
    (Place::SetOff, "re", Class::Comment),
    (Place::Label, "infographic", Class::Comment),
    (Place::Label, "podcast", Class::Comment),
    (Place::Label, "front cover", Class::Comment),
    (Place::Label, "back cover", Class::Comment),
    (Place::Label, "inside front cover", Class::Comment),
    (Place::Label, "cover image", Class::Comment),
    (Place::Label, "cover picture", Class::Comment),
    (Place::Label, "video", Class::Comment),
    (Place::Label, "video abstract", Class::Comment),
    (Place::Label, "visual abstract", Class::Comment),
    (Place::Label, "graphical abstract", Class::Comment),
    (Place::Label, "journal club", Class::Comment),
    (Place::Label, "summaries for patients", Class::Comment),
    (Place::Label, "summary for patients", Class::Comment),
    (Place::Label, "patient page", Class::Comment),
    (Place::Label, "response", Class::Reply),
    (Place::Label, "answer", Class::Reply),
    (Place::Label, "author interview", Class::Comment),
    (Place::Label, "cme quiz", Class::Comment),
    (Place::Label, "highlights", Class::Comment),
    (Place::Label, "news", Class::Comment),
    (Place::Label, "discussion", Class::Comment),
    (Place::Label, "counterpoint", Class::Comment),
    (Place::Start, "faculty opinions recommendation of", Class::Comment),
    (Place::Start, "peer review of", Class::Comment),
    (Place::Start, "critique of", Class::Comment),
    (Place::Start, "supplemental material for", Class::Comment),
    (Place::Start, "supplementary material for", Class::Comment),
    (Place::End, "comment", Class::Comment),
    (Place::End, "a comment", Class::Comment),
    (Place::End, "commentary", Class::Comment),
    (Place::End, "invited commentary", Class::Comment),
    (Place::SetOff, "reply", Class::Reply),
    (Place::Start, "reply to", Class::Reply),
    (Place::Start, "response to", Class::Reply),
    (Place::Start, "in reply", Class::Reply),
    (Place::Start, "in response", Class::Reply),
    (Place::Start, "author reply", Class::Reply),
    (Place::Start, "authors reply", Class::Reply),
    (Place::Start, "author response", Class::Reply),
    (Place::Start, "authors response", Class::Reply),
    (Place::Start, "rejoinder", Class::Reply),
    (Place::End, "reply", Class::Reply),
    (Place::End, "a reply", Class::Reply),
    (Place::End, "author reply", Class::Reply),
    (Place::End, "authors reply", Class::Reply),
    (Place::End, "the authors reply", Class::Reply),
    (Place::End, "rejoinder", Class::Reply),
    (Place::End, "authors response", Class::Reply),
    (Place::Start, "study protocol", Class::Protocol),
    (Place::Start, "protocol for", Class::Protocol),
    (Place::Start, "protocol of", Class::Protocol),
    (Place::End, "study protocol", Class::Protocol),
    (Place::End, "trial protocol", Class::Protocol),
    (Place::End, "protocol", Class::Protocol),
    (Place::End, "a protocol", Class::Protocol),
    (Place::Start, "book review", Class::BookReview),
    (Place::Start, "book reviews", Class::BookReview),
    (Place::End, "book review", Class::BookReview),
    (Place::SetOff, "editorial", Class::Column),
    (Place::Start, "guest editorial", Class::Column),
    (Place::Start, "editorials", Class::Column),
    (Place::Start, "editors comments", Class::Column),
    (Place::Start, "editors comment", Class::Column),
    (Place::Start, "editors introduction", Class::Column),
    (Place::End, "editors comments", Class::Column),
    (Place::End, "editorial", Class::Column),
    (Place::Start, "remarks from", Class::Column),
    (Place::Start, "editorial notes", Class::Column),
    (Place::Start, "editors note", Class::Column),
    (Place::Start, "from the editor", Class::Column),
    (Place::Start, "from the editors", Class::Column),
    (Place::Start, "introduction to the special issue", Class::Column),
    (Place::Start, "introduction to the minitrack", Class::Column),
    (Place::Start, "introduction to the special section", Class::Column),
    (Place::Start, "special issue", Class::Column),
    (Place::Start, "issues and opinions", Class::Column),
    (Place::Start, "message from the", Class::Column),
    (Place::Start, "letter from the editor", Class::Column),
    (Place::Whole, "book review column", Class::Column),
    (Place::Whole, "book reviews", Class::Column),
    (Place::Whole, "chairs message", Class::Column),
    (Place::Whole, "chairmans message", Class::Column),
    (Place::Whole, "presidents message", Class::Column),
    (Place::Whole, "presidents page", Class::Column),
    (Place::Whole, "editors notes", Class::Column),
    (Place::Whole, "images in clinical medicine", Class::Column),
    (Place::Whole, "images in medicine", Class::Column),
    (Place::Whole, "images in cardiology", Class::Column),
    (Place::Whole, "images in cardiovascular medicine", Class::Column),
    (Place::Whole, "images in neurology", Class::Column),
    (Place::Whole, "images in psychiatry", Class::Column),
    (Place::Whole, "images in emergency medicine", Class::Column),
    (Place::Start, "highlights of this issue", Class::Column),
    (Place::Start, "highlights of the issue", Class::Column),
    (Place::Start, "highlights from this issue", Class::Column),
    (Place::Whole, "journal club", Class::Column),
    (Place::Whole, "clinical pearls", Class::Column),
    (Place::Whole, "announcements", Class::Column),
    (Place::Whole, "calendar of events", Class::Column),
    (Place::Whole, "news and notes", Class::Column),
    (Place::Whole, "notes and news", Class::Column),
    (Place::Whole, "introduction", Class::Column),
    (Place::Whole, "preface", Class::Column),
    (Place::Whole, "foreword", Class::Column),
    (Place::Whole, "prologue", Class::Column),
    (Place::Whole, "epilogue", Class::Column),
    (Place::Whole, "conclusion", Class::Column),
    (Place::Whole, "abstracts", Class::Column),
    (Place::Start, "keynote address", Class::Column),
    (Place::Whole, "keynote", Class::Column),
    (Place::Start, "in this issue", Class::Column),
    (Place::Start, "table of contents", Class::Column),
    (Place::SetOff, "contents", Class::Column),
    (Place::Whole, "letter to the editor", Class::Column),
    (Place::Whole, "letters to the editor", Class::Column),
    (Place::Whole, "letters", Class::Column),
    (Place::Whole, "news", Class::Column),
    (Place::Start, "call for papers", Class::Column),
    (Place::Start, "front matter", Class::Column),
    (Place::Start, "back matter", Class::Column),
    (Place::Whole, "index", Class::Column),
    (Place::Start, "list of reviewers", Class::Column),
    (Place::Whole, "reviewers", Class::Column),
    (Place::Start, "acknowledgment of reviewers", Class::Column),
    (Place::Start, "acknowledgement of reviewers", Class::Column),
    (Place::Start, "annual index", Class::Column),
    (Place::Start, "author index", Class::Column),
    (Place::Start, "subject index", Class::Column),
    (Place::Start, "about the authors", Class::Column),
];

/// Which marks may stand in a title, by the pair of letters at its start or end: most titles have none of these pairs. Places in
/// [`MARKS`] are counted from 1, and 0 is none.
struct Lists {
    /// For each pair of letters the first mark that begins with it, and the first that stands at the end and ends with it.
    first: [[u8; 26 * 26]; 2],
    /// For each mark the next of the same list.
    next: [u8; MARKS.len()],
}

static LISTS: Lists = {
    assert!(MARKS.len() < 256, "a place is one byte");
    let mut lists = Lists { first: [[0; 26 * 26]; 2], next: [0; MARKS.len()] };
    let mut at = 0;
    while at < MARKS.len() {
        let (place, mark, _) = MARKS[at];
        let (mark, is_end) = (mark.as_bytes(), matches!(place, Place::End));
        let letters = if is_end { mark.len() - 2 } else { 0 };
        let first = &mut lists.first[is_end as usize][pair(mark[letters], mark[letters + 1])];
        lists.next[at] = *first;
        *first = at as u8 + 1;
        at += 1;
    }
    lists
};

/// The number of two letters; that of "aa" for what are none.
const fn pair(first: u8, second: u8) -> usize {
    if first.is_ascii_lowercase() && second.is_ascii_lowercase() { (first - b'a') as usize * 26 + (second - b'a') as usize } else { 0 }
}

/// Whether `mark` stands in front of a title as it was written, apart from what follows.
fn is_set_off(plain: &str, mark: &str) -> bool {
    let title = plain.trim_start_matches(['[', ' ', '"']);
    let Some((start, rest)) = title.split_at_checked(mark.len()) else { return false };
    // "Re-examining": the hyphen of a compound is no dash.
    let is_compound = rest.starts_with(['-', '\u{2010}', '\u{2011}', '\u{ad}']);
    start.eq_ignore_ascii_case(mark) && !is_compound && !rest.trim_start().starts_with(char::is_alphanumeric)
}

/// Whether `mark` is the label of a section in front of a title.
fn is_label(plain: &str, mark: &str) -> bool {
    let title = plain.trim_start_matches(['[', ' ', '"']);
    let Some((start, rest)) = title.split_at_checked(mark.len()) else { return false };
    let is_in_capitals = !start.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_set_off = rest.is_empty() || [": ", ". ", " - ", " \u{2013} ", " \u{2014} "].iter().any(|sign| rest.starts_with(sign));
    start.eq_ignore_ascii_case(mark) && is_set_off && !is_in_capitals
}

/// The classes that a title states; `plain` is the same as it was written.
pub(super) fn of_title(folded: &str, plain: &str) -> Classes {
    let mut classes = Classes::default();
    let (Some([first, second]), Some([last_but_one, last])) = (folded.as_bytes().first_chunk(), folded.as_bytes().last_chunk()) else {
        return classes;
    };
    let places = [LISTS.first[0][pair(*first, *second)], LISTS.first[1][pair(*last_but_one, *last)]];
    let place_of = |at: u8| usize::from(at).checked_sub(1);
    let marks = places.into_iter().flat_map(|first| std::iter::successors(place_of(first), |at| place_of(LISTS.next[*at])));
    for (place, mark, class) in marks.map(|at| &MARKS[at]) {
        let found = match place {
            Place::Whole => folded == *mark,
            Place::Start => folded.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')),
            Place::SetOff => folded.starts_with(mark) && is_set_off(plain, mark),
            Place::Label => folded.starts_with(mark) && is_label(plain, mark),
            Place::End => folded.strip_suffix(mark).is_some_and(|rest| rest.ends_with(' ')),
        };
        if found {
            classes.state(*class);
        }
    }
    classes
}

/// What stands behind the title proper, after a colon or a dash or in brackets, in folded words; as a whole, or as its
/// beginning where the third value says so.
const ENDINGS: &[(&str, Class, bool)] = &[
    ("erratum", Class::Erratum, false),
    ("corrigendum", Class::Erratum, false),
    ("correction", Class::Erratum, false),
    ("retraction", Class::Retraction, false),
    ("retraction notice", Class::Retraction, false),
    ("retraction note", Class::Retraction, false),
    ("comment", Class::Comment, false),
    ("comments", Class::Comment, false),
    ("commentary", Class::Comment, false),
    ("reply", Class::Reply, false),
    ("response", Class::Reply, false),
    ("author response", Class::Reply, false),
    ("authors response", Class::Reply, false),
    ("author reply", Class::Reply, false),
    ("authors reply", Class::Reply, false),
    ("letter", Class::Letter, false),
    ("letter to the editor", Class::Letter, false),
    ("protocol for", Class::Protocol, true),
    ("protocol of", Class::Protocol, true),
    ("a protocol for", Class::Protocol, true),
    ("a protocol of", Class::Protocol, true),
    ("study protocol", Class::Protocol, true),
    ("a study protocol", Class::Protocol, true),
    ("trial protocol", Class::Protocol, true),
    ("review protocol", Class::Protocol, true),
];

/// The pairs of letters that [`ENDINGS`] begin with, and that of "vol".
const LETTERS_OF_ENDINGS: [bool; 26 * 26] = {
    let mut starts = [false; 26 * 26];
    let mut at = 0;
    while at < ENDINGS.len() {
        let mark = ENDINGS[at].0.as_bytes();
        starts[pair(mark[0], mark[1])] = true;
        at += 1;
    }
    starts[pair(b'v', b'o')] = true;
    starts
};

/// Whether a title that ends with `ending` may state a class there.
fn may_be_ending(ending: &str) -> bool {
    match ending.as_bytes() {
        [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            LETTERS_OF_ENDINGS[pair(first.to_ascii_lowercase(), second.to_ascii_lowercase())]
        }
        _ => true,
    }
}

/// The class that the end of a title states, as it was written: "… - Response", "… (Letter)", "… [Erratum]", "…: a
/// protocol for a systematic review", "… (vol 24, pg 120, 2015)" where nothing else says what is corrected.
pub(super) fn of_ending(plain: &str) -> Classes {
    /// What stands between a title and what follows it, a blank behind.
    const SEPARATORS: [&str; 6] = [":", " -", ".", "?", "\u{2013}", "\u{2014}"];
    let mut classes = Classes::default();
    let bare = plain.trim_end_matches(['.', ' ']);
    let bracket = match bare.as_bytes().last() {
        Some(b']') => bare.rfind('[').filter(|at| *at > 0),
        Some(b')') => bare.rfind('(').filter(|at| *at > 0),
        _ => None,
    };
    let ends_title = |blank: &usize| {
        let before = &bare.as_bytes()[..*blank];
        // Most words end with a letter.
        !before.last().is_some_and(u8::is_ascii_alphanumeric) && SEPARATORS.iter().any(|mark| before.ends_with(mark.as_bytes()))
    };
    let behind_title = || memchr::memrchr_iter(b' ', bare.as_bytes()).find(ends_title).map(|blank| blank + 1);
    let start = bracket.map(|at| at + 1).or_else(behind_title);
    let Some(ending) = start.and_then(|start| bare.get(start..)) else { return classes };
    // Most end like no mark.
    let folded = if may_be_ending(ending) { Folded::words(ending) } else { Folded::default() };
    let folded = folded.as_str();
    for (mark, class, is_beginning) in ENDINGS.iter().filter(|_| !folded.is_empty()) {
        let rest = folded.strip_prefix(mark);
        if rest.is_some_and(|rest| rest.is_empty() || (*is_beginning && rest.starts_with(' '))) {
            classes.state(*class);
        }
    }
    let says_place = bracket.is_some() && folded.starts_with("vol ") && folded.contains(" pg ");
    if says_place || title::place_in_brackets(bare).is_some() {
        classes.state(Class::Erratum);
    }
    classes
}

/// Notes the mark of a paper that was retracted: "RETRACTED ARTICLE: …", "Retracted: …", "WITHDRAWN: …".
pub(super) fn note_retracted(plain: &str, classes: &mut Classes) {
    let start = plain.trim_start_matches(['[', ' ']);
    let marked = ["retracted", "withdrawn"].iter().any(|mark| {
        start.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
            && !start[mark.len()..].starts_with(char::is_alphanumeric)
    });
    let end = plain.get(plain.len().saturating_sub(20)..).unwrap_or_default();
    let noted = ["[retracted]", "(retracted)", "retracted article"]
        .iter()
        .any(|note| end.as_bytes().windows(note.len()).any(|part| part.eq_ignore_ascii_case(note.as_bytes())));
    if marked || noted {
        classes.note(Class::Retracted);
    }
}

/// Notes that a title in mid-sentence says to be that of an abstract: "PEERVIEW (demo abstract): diaries". Extended abstracts are
/// papers.
pub(super) fn note_abstract(plain: &str, classes: &mut Classes) {
    const NOTES: [&str; 8] = [
        "(abstract",
        "(abstract only",
        "(demo abstract",
        "(poster abstract",
        "(meeting abstract",
        "(conference abstract",
        "[meeting abstract",
        "[proceedings",
    ];
    let noted = |end: usize| {
        NOTES.iter().any(|note| {
            let start = end.checked_sub(note.len());
            start.and_then(|start| plain.get(start..end)).is_some_and(|found| found.eq_ignore_ascii_case(note))
        })
    };
    if memchr::memchr2_iter(b')', b']', plain.as_bytes()).any(noted) {
        classes.note(Class::Abstract);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstracts_are_noted_in_mid_title() {
        for (title, expected) in [
            ("PEERVIEW (demo abstract): diaries", true),
            ("Diaries of peers (Abstract)", true),
            ("Diaries of peers [proceedings]", true),
            ("Diaries of peers (extended abstract)", false),
            ("Abstract diaries (of peers)", false),
            ("Åbstract) (é)", false),
        ] {
            let mut classes = Classes::default();
            note_abstract(title, &mut classes);
            assert_eq!(classes.has(Class::Abstract), expected, "{title}");
        }
    }

    #[test]
    fn every_ending_is_found_behind_a_title() {
        for (mark, class, is_beginning) in ENDINGS {
            let (first, rest) = mark.split_at(1);
            let more = if *is_beginning { " peers" } else { "" };
            for separator in [" - ", ": ", ". ", "? "] {
                let title = format!("Peer support in practice{separator}{}{rest}{more}", first.to_uppercase());
                assert!(of_ending(&title).states(*class), "{title}");
            }
        }
        for title in ["Peer support in practice (vol 24, pg 120, 2015)", "Peer support - author's reply", "Peer support. (Letter)"] {
            assert_ne!(of_ending(title), Classes::default(), "{title}");
        }
        assert_eq!(of_ending("Peer support - practice"), Classes::default());
    }

    #[test]
    fn titles_state_their_class() {
        for (title, class) in [
            ("erratum to peer support in practice", Class::Erratum),
            ("peer support in practice reply", Class::Reply),
            ("comment on peer support", Class::Comment),
            ("peer support in practice study protocol", Class::Protocol),
            ("editorial", Class::Column),
            ("introduction", Class::Column),
        ] {
            assert!(of_title(title, title).states(class), "{title}");
        }
        for title in ["peer support in practice", "introduction to peer support", "retracting peer support", "news from the ward"] {
            assert_eq!(of_title(title, title), Classes::default(), "{title}");
        }
    }

    #[test]
    fn labels_of_sections_are_told_from_titles() {
        for (title, expected) in [
            ("Video: peer support in practice", true),
            ("Journal club. Peer support in practice", true),
            ("News \u{2013} peer support in practice", true),
            ("Video & telephone in peer support", false),
            ("Video/telephone peer support", false),
            ("News, rumours and peer support", false),
            ("RESPONSE: peer support in practice", false),
            ("Video-based peer support", false),
        ] {
            let label = ["video", "journal club", "news", "response"].iter().find(|label| is_label(title, label));
            assert_eq!(label.is_some(), expected, "{title}");
        }
    }
}
