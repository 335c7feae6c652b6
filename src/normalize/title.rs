//! Titles as comparable words.
//!
//! Goes in: the title as an export wrote it, with markup, "[Review] [33 refs]" behind, "Short report:" in front,
//! "[Translated title]" in brackets, Greek letters, Roman numerals. Comes out: [`Title`], the folded words in order with
//! the length of the main title, the number of a part, and whether it is a translation. Notes are dropped, a second title
//! in brackets becomes a title of its own. A placeholder ("Unknown", the journal's own name) is no title.

mod notes;
mod signs;
mod two;

pub(super) use self::notes::place_in_brackets;
use self::notes::{without_format, without_notes, without_responsibility, without_site, without_trade_marks};
use self::signs::signs;
use self::two::{Two, two_titles};
use super::class::{self, Class, Classes};
use super::numbers::roman;
use super::{Journal, hash, parts_of};
use crate::record::{Field, Kind, Record};
use crate::text::{self, Folded, greek_name, mended};
use smallvec::SmallVec;
use std::borrow::Cow;

/// The comparable form of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    text: Box<str>,
    main: u16,
    /// Hash of all letters and digits, blanks left out.
    pub key: u64,
    /// The hash of the first 12 letters, blanks left out: variants of one title mostly agree in them, titles of different works
    /// seldom. Made while the title is at hand, since it is asked for more than once.
    pub start: u64,
    /// The same of the first 25.
    pub beginning: u64,
    /// The same of the last 40.
    pub ending: u64,
    /// Hashes of the words that say something (no articles, no prepositions), each once, sorted.
    pub words: Box<[u32]>,
    /// The signs that say something about what they stand at ("HER2+", "CD4-", "<65"), in order, a few bits for each; 0 where there is
    /// none.
    pub signs: u16,
    /// The number of a part, volume or phase, where the title names one; letters count from 1,001.
    pub part: Option<u16>,
    /// Whether it is a translation made by a database.
    pub translation: Translation,
    /// Whether a search engine has cut it off: it ends with an ellipsis.
    pub is_cut: bool,
}

/// Whether a title is the authors' own or an indexer's translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translation {
    /// As printed, as far as is known.
    Original,
    /// In square brackets: translated by the database.
    Translated,
    /// Seems to stand in front of its original in one title, which is compared as a whole, too.
    InFront,
}

impl Title {
    /// The folded words with single blanks between.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a sign of one stands against one of the other: what only one of them has, an export of the other may have lost.
    #[must_use]
    pub(crate) fn signs_against(&self, other: &Self) -> bool {
        self.signs != other.signs && signs::are_against(self.signs, other.signs)
    }

    /// The words before the subtitle; all of them where there is none.
    #[must_use]
    pub fn main(&self) -> &str {
        self.text.get(..usize::from(self.main)).unwrap_or(&self.text)
    }

    /// The comparable form of `raw`; `None` where no word is left.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        Self::of_plain(&notes::without_designation(&text::plain(&mended(beginning_of(raw)))))
    }

    /// [`Title::parse`] of text without entities and markup.
    fn of_plain(plain: &str) -> Option<Self> {
        Self::of_bare(without_notes(plain.trim()))
    }

    /// [`Title::parse`] of text without entities, markup and notes.
    fn of_bare(bare: &str) -> Option<Self> {
        let (inside, translation) = match bracketed(bare) {
            Some(inside) => (inside, Translation::Translated),
            None => (bare, Translation::Original),
        };
        Self::of_words(inside, translation)
    }

    fn of_words(plain: &str, translation: Translation) -> Option<Self> {
        let plain = without_trade_marks(plain);
        let plain = long_marks_as_dashes(&plain);
        let spelled = spell_greek(&plain);
        let mut folded = String::with_capacity(spelled.len());
        Folded::push_words(&spelled, &mut folded);
        // Most titles have fewer words, which then take no memory of their own.
        let mut words: SmallVec<[&str; 32]> = parts_of(&folded, b' ').filter(|word| !word.is_empty()).collect();
        let mut main_count = subtitle_mark(&spelled).map_or(words.len(), |at| Folded::count(&spelled[..at]));
        let skipped = class_notes_in_front(&words);
        if skipped < words.len() {
            words.drain(..skipped);
            main_count = if skipped >= main_count { words.len() } else { main_count - skipped };
        }
        // Text taken from a PDF often has the running head before the title: the same words twice.
        let half = words.len() / 2;
        if half >= 2 && words.len() == half * 2 && words[..half] == words[half..] {
            words.truncate(half);
            main_count = main_count.min(half);
        }
        if words.is_empty() {
            return None;
        }
        let mut text = String::with_capacity(folded.len());
        let mut letters = String::with_capacity(folded.len());
        let mut main = 0;
        let mut hashes: SmallVec<[u32; 32]> = SmallVec::new();
        let mut part = None;
        let mut behind_part = false;
        for (at, word) in words.iter().enumerate() {
            let number = number_of(word, behind_part);
            if at > 0 {
                text.push(' ');
            }
            let start = text.len();
            match number {
                Some(number) if !word.as_bytes()[0].is_ascii_digit() => text.push_str(&number.to_string()),
                _ => text.push_str(one_form(word)),
            }
            letters.push_str(&text[start..]);
            if is_run_of_ideographs(word) {
                let ends = text[start..].char_indices().map(|(at, _)| start + at).skip(2).chain([text.len()]);
                let pairs = text[start..].char_indices().map(|(at, _)| start + at).zip(ends);
                hashes.extend(pairs.map(|(start, end)| word_hash(&text[start..end])));
            } else if !is_stop_word(word) {
                hashes.push(word_hash(&text[start..]));
            }
            if part.is_none() && behind_part {
                part = number.and_then(|number| u16::try_from(number).ok()).or_else(|| part_letter(word));
            }
            if at + 1 == main_count {
                main = text.len();
            }
            behind_part = is_part_word(word);
        }
        hashes.sort_unstable();
        hashes.dedup();
        let main = u16::try_from(if main == 0 { text.len() } else { main }).unwrap_or(u16::MAX);
        Some(Self {
            key: hash(&letters),
            start: hash(first(12, &letters)),
            beginning: hash(first(25, &letters)),
            ending: hash(last(40, &letters)),
            main,
            words: hashes.as_slice().into(),
            signs: signs(&spelled),
            part,
            translation,
            is_cut: is_cut(&plain),
            text: text.into_boxed_str(),
        })
    }
}

/// Whether a search engine has cut a title off: it does so between words of long titles, while "… falls in love with the sea..." is whole.
fn is_cut(title: &str) -> bool {
    /// Bytes of titles that are shown as a whole.
    const LONGEST_WHOLE: usize = 50;
    let before = title.strip_suffix('\u{2026}').or_else(|| title.strip_suffix("..."));
    before.is_some_and(|before| before.ends_with(' ') || before.len() > LONGEST_WHOLE)
}

/// The first `n` of `letters`, or all of them.
fn first(n: usize, letters: &str) -> &str {
    let end = if letters.is_ascii() { n } else { letters.char_indices().nth(n).map_or(letters.len(), |(at, _)| at) };
    letters.get(..end).unwrap_or(letters)
}

/// The last `n` of `letters`, or all of them.
fn last(n: usize, letters: &str) -> &str {
    let start =
        if letters.is_ascii() { letters.len().saturating_sub(n) } else { letters.char_indices().nth_back(n - 1).map_or(0, |(at, _)| at) };
    letters.get(start..).unwrap_or(letters)
}

/// The hash of one folded word, as [`Title::words`] holds it.
#[must_use]
pub(crate) fn word_hash(word: &str) -> u32 {
    (hash(word) >> 32) as u32
}

/// Whether a folded word is of a script that writes no blanks, and so may be a whole title: Chinese, Japanese, Thai and their
/// neighbours. Each two of its characters count as a word.
fn is_run_of_ideographs(word: &str) -> bool {
    const FEWEST: usize = 4;
    let is_of_script = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    !word.is_ascii() && word.chars().filter(|c| is_of_script(*c)).count() >= FEWEST
}

/// The one form of a word that has two, of which one printer sets this and the next that.
fn one_form(word: &str) -> &str {
    match word {
        "towards" => "toward",
        "amongst" => "among",
        "whilst" => "while",
        "vs" => "versus",
        _ => word,
    }
}

/// Whether a folded word is an article, a preposition or the like, which stands in too many titles to say anything.
#[must_use]
pub(crate) fn is_stop_word(word: &str) -> bool {
    super::is_function_word(word)
        || matches!(
            word,
            "by" | "from"
                | "at"
                | "as"
                | "is"
                | "are"
                | "or"
                | "its"
                | "their"
                | "into"
                | "using"
                | "via"
                | "von"
                | "bei"
                | "las"
                | "that"
                | "this"
                | "be"
                | "was"
                | "were"
                | "does"
                | "between"
                | "among"
                | "after"
                | "during"
                | "versus"
                | "vs"
        )
}

/// The title of a record, a second title where it gives one, and the classes that the title states.
pub(super) fn titles_of(record: &Record, journal: &Journal) -> (Option<Title>, Option<Title>, Classes) {
    let Some(raw) = record.title() else { return (None, None, Classes::default()) };
    let mended = mended(beginning_of(raw));
    let plain = text::plain(&mended);
    let plain = notes::without_designation(&plain);
    let bare = without_notes(without_site(without_format(plain.trim())));
    let bare = without_responsibility(bare, record);
    let (title, second) = match two_titles(bare) {
        Some(Two::Apart(main, second, translation)) => {
            (Title::of_plain(main), Title::of_plain(second).map(|second| Title { translation, ..second }))
        }
        Some(Two::InFront(first)) => {
            (Title::of_bare(bare), Title::of_plain(first).map(|first| Title { translation: Translation::InFront, ..first }))
        }
        None => (Title::of_bare(bare), None),
    };
    let mut classes = Classes::default();
    // "[Response to stress]" behind a title is a translation as well as a note.
    for title in title.iter().chain(second.iter().filter(|second| second.translation == Translation::Original)) {
        classes.insert_all(class::of_title(title.text(), &plain));
    }
    if title.is_some() {
        let ending = class::of_ending(&plain);
        // Behind "Reply to …", the note in brackets only says where the other work stands.
        if classes.is_empty() {
            classes.insert_all(ending);
        }
        class::note_retracted(&plain, &mut classes);
        class::note_abstract(&plain, &mut classes);
    }
    let kind = record.kind();
    let is_name = title.as_ref().is_some_and(|title| kind != Kind::Book && is_name_of_journal(title, journal));
    // A chapter that is called what the book is called may be the book.
    let is_of_book = is_name && kind == Kind::Chapter;
    let names_nothing = |title: &Title| is_placeholder(title) || (is_name && adds_place(title, journal));
    let title = title.filter(|title| !is_of_book && !names_nothing(title));
    if is_name && title.is_some() {
        classes.state(Class::Column);
    }
    let original = || record.first(Field::OriginalTitle).and_then(Title::parse);
    let other = second.or_else(original).filter(|other| Some(other.key) != title.as_ref().map(|title| title.key));
    (title, other, classes)
}

/// So much of a title as is compared: what is longer is another field's text, and comparing it word by word takes seconds.
fn beginning_of(raw: &str) -> &str {
    const LONGEST: usize = 4_096;
    &raw[..raw.floor_char_boundary(LONGEST)]
}

/// The inside of a title that stands in square brackets as a whole.
fn bracketed(title: &str) -> Option<&str> {
    // Tables put quotation marks around values that hold a comma, and some stay there.
    let inside = title.trim_matches(['.', ' ', '"']).strip_prefix('[')?;
    let end = inside.find(']').unwrap_or(inside.len());
    (inside[end..].trim_matches([']', '.', ' ']).is_empty()).then(|| &inside[..end])
}

/// How many words in front name the sort of article and not its subject; a title that would be left with fewer than three words
/// keeps them.
fn class_notes_in_front(words: &[&str]) -> usize {
    match words {
        ["short" | "brief", "report" | "communication", _, _, _, ..]
        | ["original", "article" | "research", _, _, _, ..]
        | ["research", "article" | "note", _, _, _, ..]
        | ["review" | "retracted", "article", _, _, _, ..]
        | ["case", "report", _, _, _, ..]
        | ["clinical", "trial", _, _, _, ..]
        | ["rapid", "communication", _, _, _, ..] => 2,
        ["retracted" | "withdrawn", _, _, _, ..] => 1,
        _ => 0,
    }
}

/// Where the subtitle begins: at the first ": ", "? ", ". ", "; " or dash between blanks that leaves words on both sides.
fn subtitle_mark(title: &str) -> Option<usize> {
    /// Fewer letters are no main title, and fewer than the second number no subtitle.
    const FEWEST: (usize, usize) = (10, 6);
    let bytes = title.as_bytes();
    let last = bytes.len().checked_sub(FEWEST.1)?;
    let is_dash = |rest: &[u8]| rest.starts_with(b"- ") || rest.starts_with("– ".as_bytes()) || rest.starts_with("— ".as_bytes());
    // Either mark has a blank, behind it or before it.
    let mark_at = |blank: usize| match bytes[..blank].last() {
        Some(b':' | b'?' | b'.' | b';') if blank > FEWEST.0 => Some(blank - 1),
        _ => (blank >= FEWEST.0 && is_dash(&bytes[blank + 1..])).then_some(blank),
    };
    let blanks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    blanks.map(|(at, _)| at).find_map(mark_at).filter(|at| *at < last)
}

const SHARP_S: char = 'ß';

/// The mark of a long vowel of Japanese, where no kana stands before it: there it is set for a dash ("効果ー無作為化比較試験ー").
fn long_marks_as_dashes(text: &str) -> Cow<'_, str> {
    const LONG_MARK: char = '\u{30fc}';
    if text.is_ascii() || !text.contains(LONG_MARK) {
        return Cow::Borrowed(text);
    }
    let mut before = ' ';
    let dashed = text.chars().map(|c| {
        let is_dash = c == LONG_MARK && !('\u{3041}'..='\u{30ff}').contains(&before);
        before = if is_dash { '-' } else { c };
        before
    });
    Cow::Owned(dashed.collect())
}

/// Greek letters that stand for themselves ("β-blocker", "TNFα") as their names with blanks around; Greek words stay.
fn spell_greek(text: &str) -> Cow<'_, str> {
    let is_latin = |text: &str| text.bytes().filter(u8::is_ascii_alphabetic).count() * 2 > text.chars().count();
    if text.is_ascii() || !text.chars().any(|c| c == SHARP_S || letter_name(c).is_some()) || !is_latin(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let characters: Vec<char> = text.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        let is_greek = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|c| ('\u{370}'..='\u{3ff}').contains(c));
        let is_letter = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|c| c.is_alphabetic());
        let name = letter_name(*character);
        // Where no word goes on before or behind it, it stands for a beta, which it looks like.
        let is_beta = *character == SHARP_S && !is_letter(at.checked_sub(1)) && !is_letter(Some(at + 1));
        match if is_beta { Some("beta") } else { name } {
            Some(name) if !is_greek(at.checked_sub(1)) && !is_greek(Some(at + 1)) => {
                out.push(' ');
                out.push_str(name);
                out.push(' ');
            }
            _ => out.push(*character),
        }
    }
    Cow::Owned(out)
}

fn letter_name(character: char) -> Option<&'static str> {
    match character {
        'µ' => Some("mu"),
        'Α'..='Ω' => character.to_lowercase().next().and_then(greek_name),
        _ => greek_name(character),
    }
}

/// Whether `word` stands before the number of a part.
fn is_part_word(word: &str) -> bool {
    matches!(
        word,
        "part"
            | "parts"
            | "pt"
            | "volume"
            | "vol"
            | "chapter"
            | "section"
            | "phase"
            | "study"
            | "paper"
            | "teil"
            | "partie"
            | "parte"
            | "report"
            | "supplement"
            | "stage"
            | "grade"
            | "type"
            | "class"
    )
}

/// The number that a word is: digits; Roman numerals of more than one letter; a single letter behind a word for a part.
fn number_of(word: &str, behind_part: bool) -> Option<u32> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    let is_numeral = word.bytes().all(|byte| b"ivx".contains(&byte)) && (word.len() > 1 || behind_part);
    let spelled =
        || ["one", "two", "three", "four", "five", "six"].iter().position(|name| *name == word).and_then(|at| u32::try_from(at + 1).ok());
    if is_numeral { roman(word) } else { behind_part.then(spelled).flatten() }
}

fn part_letter(word: &str) -> Option<u16> {
    match word.as_bytes() {
        [letter @ b'a'..=b'h'] => Some(1_001 + u16::from(letter - b'a')),
        _ => None,
    }
}

/// Words beside numbers that say where something stands.
const PLACE_WORDS: &[&str] = &["volume", "vol", "issue", "number", "no", "paper", "article", "page", "pages"];

fn says_place(word: &str) -> bool {
    PLACE_WORDS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the title names nothing: a placeholder, or a volume and page.
fn is_placeholder(title: &Title) -> bool {
    super::is_placeholder(title.text())
        || !title.text().contains(char::is_alphabetic)
        || title.text().split_ascii_whitespace().all(says_place)
}

/// Whether a title adds a volume or a page to the name of the journal, as the pages of some hosts are called: it names nothing.
fn adds_place(title: &Title, journal: &Journal) -> bool {
    title.text().split_ascii_whitespace().any(|word| says_place(word) && !journal.holds_word(word))
}

/// Whether the title is the name of what the work stands in, with or without a volume: many texts there have no other.
fn is_name_of_journal(title: &Title, journal: &Journal) -> bool {
    let says_nothing_else = |word: &str| journal.holds_word(word) || is_stop_word(word) || says_place(word);
    // Most titles end at their first word.
    let words = || title.text().split_ascii_whitespace();
    !journal.is_empty() && words().all(says_nothing_else) && words().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_are_taken_from_either_end_of_any_script(raw in "([a-z0-9 ]|é|中){0,90}") {
            let Some(title) = Title::parse(&raw) else { return Ok(()) };
            let letters = || title.text().chars().filter(|letter| *letter != ' ');
            prop_assert_eq!(title.start, hash(&letters().take(12).collect::<String>()));
            prop_assert_eq!(title.beginning, hash(&letters().take(25).collect::<String>()));
            let n_letters = letters().count();
            prop_assert_eq!(title.ending, hash(&letters().skip(n_letters.saturating_sub(40)).collect::<String>()));
        }
    }

    proptest! {
        #[test]
        fn subtitles_begin_where_they_do_byte_by_byte(title in "[a-c]{0,12}([a ?:.;–—-]| - | – |: ){0,24}[a-c]{0,7}") {
            let bytes = title.as_bytes();
            let is_mark = |at: usize| match bytes[at] {
                b':' | b'?' | b'.' | b';' => bytes[at + 1] == b' ',
                b' ' => [" - ", " – ", " — "].iter().any(|dash| bytes[at..].starts_with(dash.as_bytes())),
                _ => false,
            };
            prop_assert_eq!(subtitle_mark(&title), (10..bytes.len().saturating_sub(6)).find(|at| is_mark(*at)));
        }
    }

    #[test]
    fn spellings_of_one_title_are_one_text() {
        for (input, expected) in [
            ("Peer support: a review. [Review] [33 refs]", "peer support a review"),
            ("[Mushrooms as narcotics].", "mushrooms as narcotics"),
            ("\"[Mushrooms as narcotics].\"", "mushrooms as narcotics"),
            ("Short report: peer workers in Oslo", "peer workers in oslo"),
            ("RETRACTED ARTICLE: Peer workers in Oslo", "peer workers in oslo"),
            ("Congress XXXIV of peer workers", "congress 34 of peer workers"),
            ("Peer work. Part II", "peer work part 2"),
            ("Peer work. Part two", "peer work part 2"),
            ("TNF-α and IFNγ", "tnf alpha and ifn gamma"),
            ("Ca<sup>2+</sup> in cells", "ca2 in cells"),
            ("Ca&lt;sup&gt;2+&lt;/sup&gt; in cells", "ca2 in cells"),
            ("Η ψυχική υγεία", "η ψυχικη υγεια"),
            ("Peer work (vol 12, pg 3, 2001)", "peer work"),
            ("Towards trust amongst peers whilst waiting", "toward trust among peers while waiting"),
        ] {
            assert_eq!(Title::parse(input).unwrap().text(), expected, "{input}");
        }
    }

    #[test]
    fn subtitles_and_parts() {
        let title = Title::parse("Peer workers in services: a scoping review, part B").unwrap();
        assert_eq!((title.main(), title.part), ("peer workers in services", Some(1_002)));
        assert_eq!(Title::parse("Vitamin C").unwrap().part, None);
        assert_eq!(Title::parse("\"[Vitamins].\"").unwrap().translation, Translation::Translated);
    }
}
