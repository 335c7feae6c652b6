//! The evidence of two titles: how alike they are, how much what they share says, and what their difference means.
//!
//! A slip of the scanner, a missing subtitle and a lost formula change nothing; one real word or number in the place of
//! another does, however long the rest ("… in adults", "… in adolescents").

use super::super::{corpus::Corpus, similarity};
use super::look_alikes::are_look_alikes;
use super::opposites;
use crate::normalize::{NormalForm, Title, Translation, is_stop_word, word_hash};

/// How two titles relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleLevel {
    /// A side has none, or one is a translation that shares nothing with the other.
    Silent,
    /// Different titles.
    Different,
    /// Much in common, and real differences on both sides.
    Similar,
    /// Alike but for one or two words, or a number, that stand in the place of others.
    Substituted,
    /// One has words that the other lacks, inside.
    Inserted,
    /// One is the beginning, the end or the main title of the other.
    Extended,
    /// The same but for slips.
    Close,
    /// The same letters and digits.
    Same,
}

/// What two titles say.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a plain fact about the pair")]
pub struct TitleEvidence {
    /// How they relate.
    pub level: TitleLevel,
    /// The share of letters in common, in 0..=1, where both have a title.
    pub similarity: Option<f32>,
    /// The information of what they share, in bits.
    pub bits: f32,
    /// In how many settings the more common of both titles stands.
    pub settings: u32,
    /// Both name a part, and not the same.
    pub parts_differ: bool,
    /// Each has a number that the other lacks.
    pub numbers_differ: bool,
    /// One has a number that the other lacks.
    pub number_missing: bool,
    /// One is the main title of the other, whose subtitle it lacks.
    pub subtitle_missing: bool,
    /// One is a translation, or both are: by whoever made the record.
    pub translated: bool,
    /// A word stands against its opposite ("hypo-", "hyper-"), only one side denies ("without"), or words have changed places.
    pub opposed: bool,
    /// What the titles differ in may be a slip as well as another word ("maternal", "paternal").
    pub doubtful: bool,
    /// The words that only one has name another text than the other: "… : rationale and design", "… : executive summary".
    pub names_another: bool,
}

const SILENT: TitleEvidence = TitleEvidence {
    level: TitleLevel::Silent,
    similarity: None,
    bits: 0.0,
    settings: 0,
    parts_differ: false,
    numbers_differ: false,
    number_missing: false,
    subtitle_missing: false,
    translated: false,
    opposed: false,
    doubtful: false,
    names_another: false,
};

impl TitleEvidence {
    /// The evidence; `measured` is the similarity of the titles where it is known.
    pub(super) fn of(left: &NormalForm, right: &NormalForm, measured: Option<f32>, corpus: &Corpus) -> Self {
        let (Some(left_title), Some(right_title)) = (&left.title, &right.title) else { return SILENT };
        let mut best = two_titles(left_title, right_title, measured, corpus);
        if best.level < TitleLevel::Extended && (left.other_title.is_some() || right.other_title.is_some()) {
            let lefts = std::iter::once(left_title).chain(left.other_title.as_deref());
            for left in lefts {
                for right in std::iter::once(right_title).chain(right.other_title.as_deref()) {
                    let other = two_titles(left, right, None, corpus);
                    if other.level > best.level {
                        best = other;
                    }
                }
            }
        }
        // Titles that have little in common have little in common without their surroundings too: most pairs end here.
        let is_near = best.level > TitleLevel::Different || best.similarity > Some(0.0);
        if is_near
            && best.level < TitleLevel::Close
            && let Some(cited) = as_cited(left, right, corpus).filter(|cited| cited.level > best.level)
        {
            best = cited;
        }
        let translated = left_title.translation != right_title.translation || left_title.translation == Translation::Translated;
        best.translated = translated;
        if translated && best.level == TitleLevel::Different {
            best.level = TitleLevel::Silent;
        }
        best
    }
}

/// The evidence of two titles without what a list of references puts around them, if one has it: the last of the authors or the
/// year in front ("vazirani (1995). an introduction to …"), what it stands in behind.
fn as_cited(left: &NormalForm, right: &NormalForm, corpus: &Corpus) -> Option<TitleEvidence> {
    let (left_title, right_title) = (left.title.as_ref()?, right.title.as_ref()?);
    let (left_front, left_year) = citation_in_front(left, right);
    let (right_front, right_year) = citation_in_front(right, left);
    // The year in front of "2012 guidelines" is what tells them from those of 2010.
    if left_year.is_some() && right_year.is_some() && left_year != right_year {
        return None;
    }
    let (left_text, right_text) = (left_title.text().get(left_front..)?, right_title.text().get(right_front..)?);
    let (left_end, right_end) = (place_behind(left_text, right_text, left, right), place_behind(right_text, left_text, left, right));
    if (left_front, right_front, left_end, right_end) == (0, 0, None, None) {
        return None;
    }
    let bare = |text: &str, end: Option<usize>| Title::parse(text.get(..end.unwrap_or(text.len()))?);
    let evidence = two_titles(&bare(left_text, left_end)?, &bare(right_text, right_end)?, None, corpus);
    // What was cut off is no part of the title, but the letters are not those that both records give.
    Some(TitleEvidence { level: evidence.level.min(TitleLevel::Close), ..evidence })
}

/// How many letters at the beginning of a title are authors' names and the year, and that year: names that the record lacks and
/// the other has, or any that stand before the year of either.
fn citation_in_front(own: &NormalForm, other: &NormalForm) -> (usize, Option<u16>) {
    /// Fewer words are no title.
    const FEWEST_WORDS: usize = 3;
    const NOTHING: (usize, Option<u16>) = (0, None);
    let Some(title) = &own.title else { return NOTHING };
    let is_name_of = |form: &NormalForm, word: &str| {
        form.authors.iter().any(|name| name.given == word || name.family.split_ascii_whitespace().any(|part| part == word))
    };
    let (mut is_lost_author, mut year, mut stranger) = (false, None, None);
    let mut front = 0;
    for word in title.text().split_ascii_whitespace() {
        let number = (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten().filter(|number| (1_800..2_100).contains(number));
        if let Some(number) = number {
            if own.year.is_some_and(|own| own != number) && other.year != Some(number) {
                return NOTHING;
            }
            year = Some(number);
            front += word.len() + 1;
            break;
        }
        if is_name_of(other, word) && !is_name_of(own, word) {
            is_lost_author = true;
        } else if word.len() > 1 && word != "and" && !is_name_of(own, word) {
            // The given name of the last author, which other records do not spell out.
            if stranger.is_some() {
                break;
            }
            stranger = Some(front);
        }
        front += word.len() + 1;
    }
    if year.is_none() {
        front = stranger.unwrap_or(front);
    }
    let rest = title.text().get(front..).unwrap_or_default();
    let is_citation = front > 0 && (year.is_some() || is_lost_author) && rest.split_ascii_whitespace().count() >= FEWEST_WORDS;
    if is_citation { (front, year) } else { NOTHING }
}

/// Where, behind all letters of `short`, the title `long` goes on with what it stands in: a journal of either record, "in
/// proceedings of …", "technical report".
fn place_behind(long: &str, short: &str, left: &NormalForm, right: &NormalForm) -> Option<usize> {
    /// What follows a title in a list of references and is no subtitle.
    const PLACES: [&str; 9] = [
        "in proceedings",
        "in proc",
        "proceedings of",
        "to appear",
        "technical report",
        "tech rep",
        "phd thesis",
        "in press",
        "extended abstract",
    ];
    let letters = short.bytes().filter(|byte| *byte != b' ');
    let mut rest = long.bytes().enumerate().filter(|(_, byte)| *byte != b' ');
    if long.len() <= short.len()
        || !letters.eq(rest.by_ref().take(short.bytes().filter(|byte| *byte != b' ').count()).map(|(_, byte)| byte))
    {
        return None;
    }
    let start = rest.next().map(|(at, _)| at).filter(|at| long.as_bytes()[at - 1] == b' ')?;
    let rest = &long[start..];
    let is_place = PLACES.iter().any(|place| rest.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    let edited = rest.starts_with("in ") && rest.split_ascii_whitespace().any(|word| ["ed", "eds", "editor", "editors"].contains(&word));
    let abbreviates = |word: &str, other: &str| word == other || (word.len() > 3 && other.starts_with(word));
    let begins_with = |name: &str| {
        let mut words = rest.split_ascii_whitespace().filter(|word| !is_stop_word(word));
        let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        name.contains(' ')
            && name
                .split_ascii_whitespace()
                .filter(|word| !is_number(word))
                .all(|word| words.next().is_some_and(|other| abbreviates(word, other)))
    };
    (is_place || edited || left.journal.names().chain(right.journal.names()).any(begins_with)).then_some(start - 1)
}

/// What a first look at two titles shows.
pub(super) enum FirstLook {
    /// Both are in a language of their own, less alike than needed, and neither is part of the other.
    Apart,
    /// They are so alike, at least as much as needed.
    Alike(f32),
    /// Nothing that would settle it.
    Open,
}

/// Looks at the titles of two records, which need be alike by `needed`.
pub(super) fn first_look(left: &NormalForm, right: &NormalForm, needed: f32) -> FirstLook {
    let (Some(left_title), Some(right_title)) = (&left.title, &right.title) else { return FirstLook::Open };
    if is_foreign(left_title)
        || is_foreign(right_title)
        || left.other_title.is_some()
        || right.other_title.is_some()
        || left_title.key == right_title.key
    {
        return FirstLook::Open;
    }
    match similarity::title_from(left_title.text(), right_title.text(), f64::from(needed)) {
        Some(similarity) => FirstLook::Alike(similarity),
        None if is_extension(left_title, right_title) || is_extension(right_title, left_title) => FirstLook::Open,
        None => FirstLook::Apart,
    }
}

/// Whether a title is a translation, so that it need not be like the original.
pub(super) fn is_foreign(title: &Title) -> bool {
    title.translation == Translation::Translated
}

/// Titles more alike than this, and not part of each other, may differ in one word only.
pub(super) const NEARLY_ALIKE: f32 = 0.8;

/// Titles less alike than this are different, unless one is part of the other.
pub(super) const ALIKE: f32 = 0.6;

fn two_titles(left: &Title, right: &Title, measured: Option<f32>, corpus: &Corpus) -> TitleEvidence {
    if left.key == right.key {
        // The words can only be others where blanks are; asking twice takes twice as long, far away in memory.
        let bits = corpus.title_bits(left);
        let bits = if left.words == right.words { bits } else { bits.max(corpus.title_bits(right)) };
        // "HER2+" and "HER2-" are the same letters.
        let opposed = left.signs != 0 && right.signs != 0 && left.signs != right.signs;
        let level = if opposed { TitleLevel::Substituted } else { TitleLevel::Same };
        return TitleEvidence { level, similarity: Some(1.0), bits, settings: corpus.title_settings(left), opposed, ..SILENT };
    }
    let settings = corpus.title_settings(left).max(corpus.title_settings(right));
    let parts_differ = left.part.is_some() && right.part.is_some() && left.part != right.part;
    let similarity = measured.unwrap_or_else(|| similarity::title(left.text(), right.text()));
    let bits = shared_bits(&left.words, &right.words, corpus);
    let evidence = TitleEvidence { level: TitleLevel::Different, similarity: Some(similarity), bits, settings, parts_differ, ..SILENT };
    let contained = is_extension(left, right) || is_extension(right, left);
    if similarity < ALIKE && !contained {
        return evidence;
    }
    let difference = Difference::of(left, right, corpus);
    let level = match difference.kind {
        DifferenceKind::Slips if !difference.opposed => TitleLevel::Close,
        // "…: with or without?" behind a title is a subtitle; in front or inside, it turns the title round.
        _ if contained && (!difference.opposed || begins(left, right)) => TitleLevel::Extended,
        _ if difference.opposed && similarity >= NEARLY_ALIKE => TitleLevel::Substituted,
        _ if difference.opposed => TitleLevel::Similar,
        DifferenceKind::BothSides if similarity >= NEARLY_ALIKE => TitleLevel::Substituted,
        DifferenceKind::BothSides => TitleLevel::Similar,
        DifferenceKind::OneSided | DifferenceKind::Slips => TitleLevel::Inserted,
    };
    TitleEvidence {
        level,
        numbers_differ: difference.numbers_on_both,
        number_missing: difference.numbers_on_one,
        subtitle_missing: level == TitleLevel::Extended && (lacks_subtitle(left, right) || lacks_subtitle(right, left)),
        opposed: difference.opposed && level < TitleLevel::Extended,
        doubtful: difference.doubtful && level == TitleLevel::Close,
        names_another: match level {
            TitleLevel::Extended => names_another(left, right),
            TitleLevel::Inserted => difference.is_updated,
            _ => false,
        },
        ..evidence
    }
}

/// Whether the words that only the longer of two titles has name another text than the one of the shorter title.
fn names_another(left: &Title, right: &Title) -> bool {
    /// What a text is called that stands beside another under the same title.
    const OTHER_TEXTS: &[&str] = &[
        "post hoc",
        "posthoc",
        "secondary analysis",
        "secondary analyses",
        "subgroup",
        "subgroups",
        "substudy",
        "sub study",
        "pooled",
        "cost effectiveness",
        "cost utility",
        "economic evaluation",
        "cost analysis",
        "rationale",
        "study design",
        "and design",
        "design and",
        "statistical analysis plan",
        "process evaluation",
        "follow up",
        "followup",
        "long term",
        "year results",
        "month results",
        "week results",
        "extension study",
        "interim",
        "update",
        "pharmacokinetic",
        "pharmacokinetics",
        "executive summary",
        "summary",
        "summary of recommendations",
        "policy brief",
        "appendix",
        "appendices",
        "supplementary",
        "supplement",
        "data set",
        "dataset",
        "workbook",
        "solutions manual",
        "instructors manual",
        "teachers guide",
        "study guide",
        "sammendrag",
        "vedlegg",
        "zusammenfassung",
        "anhang",
        "resume",
        "annexe",
        "resumen",
        "anexo",
        "replik",
        "svar",
        "kommentar",
        "erwiderung",
        "commentaire",
        "reponse",
        "respuesta",
        "comentario",
        "fe de erratas",
        "rettelse",
        "berichtigung",
    ];
    let (shorter, longer) = if left.text().len() < right.text().len() { (left.text(), right.text()) } else { (right.text(), left.text()) };
    let rest = longer.strip_prefix(shorter).or_else(|| longer.strip_suffix(shorter)).or_else(|| longer.get(shorter.len()..));
    let rest = format!(" {} ", rest.unwrap_or_default().trim());
    OTHER_TEXTS
        .iter()
        .any(|text| rest.match_indices(text).any(|(at, _)| rest[..at].ends_with(' ') && rest[at + text.len()..].starts_with(' ')))
}

/// Whether `short` is the main title of `long`.
fn lacks_subtitle(short: &Title, long: &Title) -> bool {
    long.main().len() < long.text().len() && long.main() == short.text()
}

/// Whether one title begins with the other.
fn begins(left: &Title, right: &Title) -> bool {
    left.text().starts_with(right.text()) || right.text().starts_with(left.text())
}

/// The information of the words that both titles hold.
fn shared_bits(left: &[u32], right: &[u32], corpus: &Corpus) -> f32 {
    left.iter().filter(|word| right.binary_search(word).is_ok()).map(|word| corpus.word_bits(*word)).sum()
}

/// Whether `short` is the main title, the beginning (it may end within a word) or the end of `long`.
fn is_extension(short: &Title, long: &Title) -> bool {
    /// Shorter beginnings are common to many titles.
    const FEWEST_LETTERS: usize = 12;
    let (short_text, long_text) = (short.text(), long.text());
    if short_text.len() >= long_text.len() || short_text.len() < FEWEST_LETTERS {
        return false;
    }
    let ends = long_text.strip_suffix(short_text).is_some_and(|before| before.ends_with(' '));
    begins_with_letters(long_text, short_text)
        || ends
        || long.main() == short_text
        || (long.main().len() < long_text.len()
            && long.main().len().abs_diff(short_text.len()) * 20 <= short_text.len()
            && similarity::title(long.main(), short_text) >= 0.96)
}

/// Whether `long` begins with the letters of `short`, wherever lines were broken in it.
fn begins_with_letters(long: &str, short: &str) -> bool {
    let mut letters = long.bytes().filter(|byte| *byte != b' ');
    short.bytes().filter(|byte| *byte != b' ').all(|byte| letters.next() == Some(byte))
}

/// A title without the lone digit that a footnote left behind it in text taken from a PDF.
fn without_footnote(text: &str) -> &str {
    match text.as_bytes() {
        [.., b' ', b'0'..=b'9'] => &text[..text.len() - 2],
        _ => text,
    }
}

struct Difference {
    kind: DifferenceKind,
    numbers_on_both: bool,
    numbers_on_one: bool,
    opposed: bool,
    doubtful: bool,
    /// Only one says that it is an update.
    is_updated: bool,
}

/// Why two words count as one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// No other word looks like this: a plural, a spelling of another country, letters doubled, in another order or misread, a common
    /// word written so once.
    Certain,
    /// Another word may.
    Doubtful,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum DifferenceKind {
    /// Stop words, blanks and misspellings only.
    Slips,
    /// Words of one side that the other lacks.
    OneSided,
    /// Real words on both sides.
    BothSides,
}

/// Titles that differ in more words on both sides are different in earnest, slips or not.
const MOST_SLIPS: usize = 5;

impl Difference {
    fn of(left: &Title, right: &Title, corpus: &Corpus) -> Self {
        let shared = left.words.iter().filter(|word| right.words.binary_search(word).is_ok()).count();
        if left.words.len().min(right.words.len()) - shared > MOST_SLIPS {
            return Self {
                kind: DifferenceKind::BothSides,
                numbers_on_both: false,
                numbers_on_one: false,
                opposed: false,
                doubtful: false,
                is_updated: false,
            };
        }
        let (left, right) = (left.text(), right.text());
        let (mut left_only, mut right_only) = words_apart(left, right);
        if left_only.len().min(right_only.len()) > MOST_SLIPS {
            return Self {
                kind: DifferenceKind::BothSides,
                numbers_on_both: false,
                numbers_on_one: false,
                opposed: false,
                doubtful: false,
                is_updated: false,
            };
        }
        let negated = denies(&left_only, left, right) || denies(&right_only, right, left);
        drop_parted(&mut left_only, &mut right_only, right, corpus);
        drop_parted(&mut right_only, &mut left_only, left, corpus);
        drop_glued(&mut left_only, right);
        drop_glued(&mut right_only, left);
        // Words written apart on one side: "delta 1" and "delta1", "health care" and "healthcare".
        let glued = |words: &[&str]| words.concat();
        if glued(&left_only) == glued(&right_only) {
            left_only.clear();
            right_only.clear();
        }
        drop_cut_off(&mut left_only, &mut right_only, left, right);
        // "Hepatitis A" and "hepatitis E": a letter in the place of another is no article.
        let lone_letter = |words: &[&str]| words.iter().any(|word| word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase());
        let mut opposed = negated
            || left_only.iter().any(|word| right_only.iter().any(|other| opposites::are_opposed(word, other)))
            || (lone_letter(&left_only) && lone_letter(&right_only));
        let mut doubtful = false;
        let mut at = 0;
        while at < left_only.len() {
            let partner = (0..).zip(&right_only).find_map(|(partner, other)| Some((partner, slip(left_only[at], other, corpus)?)));
            match partner {
                Some((partner, slip)) => {
                    doubtful |= slip == Slip::Doubtful;
                    left_only.swap_remove(at);
                    right_only.swap_remove(partner);
                }
                None => at += 1,
            }
        }
        // A lone 1 at the end of one title is a footnote's, unless the other has a number in its place; 2 may be that of a second part.
        let is_footnote = |only: &[&str], text: &str| only == ["1"] && without_footnote(text).len() < text.len() && text.ends_with('1');
        if right_only.is_empty() && is_footnote(&left_only, left) {
            left_only.clear();
        } else if left_only.is_empty() && is_footnote(&right_only, right) {
            right_only.clear();
        }
        let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        let (left_numbers, right_numbers) = (left_only.iter().any(is_number), right_only.iter().any(is_number));
        let says = |word: &&str| !is_stop_word(word);
        let (left_says, right_says) = (left_only.iter().any(says), right_only.iter().any(says));
        let kind = match (left_says, right_says) {
            (false, false) => DifferenceKind::Slips,
            (true, true) => DifferenceKind::BothSides,
            _ => DifferenceKind::OneSided,
        };
        let is_update = |word: &&str| ["update", "updated"].contains(word);
        let is_updated = left_only.iter().any(is_update) != right_only.iter().any(is_update);
        opposed |= kind == DifferenceKind::Slips && have_changed_places(left, right);
        Self {
            kind,
            numbers_on_both: left_numbers && right_numbers,
            numbers_on_one: left_numbers != right_numbers,
            opposed,
            doubtful,
            is_updated,
        }
    }
}

/// Whether words that say something stand in another order, as in "the effect of pain on sleep" and "… of sleep on pain". A
/// subtitle in front of its title is the same order, begun elsewhere.
fn have_changed_places(left: &str, right: &str) -> bool {
    let say_something =
        |text: &'_ str| -> Vec<u32> { text.split_ascii_whitespace().filter(|word| !is_stop_word(word)).map(word_hash).collect() };
    let (mut left, mut right) = (say_something(left), say_something(right));
    let lefts = left.clone();
    left.retain(|word| right.contains(word));
    right.retain(|word| lefts.contains(word));
    if left == right || left.len() != right.len() {
        return false;
    }
    !(1..left.len()).any(|start| left[start..].iter().chain(&left[..start]).eq(&right))
}

/// The words that each side has more of than the other, sorted.
fn words_apart<'a>(left: &'a str, right: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let sorted = |text: &'a str| {
        let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
        words.sort_unstable();
        words
    };
    let (left, right) = (sorted(left), sorted(right));
    let (mut left_only, mut right_only) = (Vec::new(), Vec::new());
    let (mut at, mut other) = (0, 0);
    while at < left.len() || other < right.len() {
        match (left.get(at), right.get(other)) {
            (Some(a), Some(b)) if a == b => {
                at += 1;
                other += 1;
            }
            (Some(a), Some(b)) if a < b => {
                left_only.push(*a);
                at += 1;
            }
            (_, Some(b)) => {
                right_only.push(*b);
                other += 1;
            }
            (Some(a), None) => {
                left_only.push(*a);
                at += 1;
            }
            (None, None) => break,
        }
    }
    (left_only, right_only)
}

/// Takes out the long words that the other title writes apart: they stand in it once its blanks are left out, and not within
/// one word ("chloroquine" in "hydroxychloroquine").
fn drop_glued(words: &mut Vec<&str>, other: &str) {
    if !words.iter().any(|word| word.len() >= 8) {
        return;
    }
    let mut squeezed = String::with_capacity(other.len());
    let mut starts = Vec::new();
    for part in other.split_ascii_whitespace() {
        starts.push(squeezed.len());
        squeezed.push_str(part);
    }
    let is_parted = |word: &str| {
        let is_within = |at: usize| starts.iter().all(|start| *start <= at || *start >= at + word.len());
        squeezed.match_indices(word).any(|(at, _)| !is_within(at))
    };
    let opposed = |word: &str| other.split_ascii_whitespace().any(|other| opposites::are_opposed(word, other));
    words.retain(|word| word.len() < 8 || !is_parted(word) || opposed(word));
}

/// Takes out the last words of two long titles of which one begins like the other: both were cut off at the length that a program
/// allows.
fn drop_cut_off(left_only: &mut Vec<&str>, right_only: &mut Vec<&str>, left: &str, right: &str) {
    /// Shorter titles are whole.
    const SHORTEST: usize = 150;
    let (Some(left_last), Some(right_last)) = (left.rsplit(' ').next(), right.rsplit(' ').next()) else { return };
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let is_cut = left.len().min(right.len()) >= SHORTEST
        && (left_last.starts_with(right_last) || right_last.starts_with(left_last))
        && !is_number(left_last)
        && !is_number(right_last);
    let at = |words: &[&str], last: &str| words.iter().position(|word| *word == last);
    if let (true, Some(left_at), Some(right_at)) = (is_cut, at(left_only, left_last), at(right_only, right_last)) {
        left_only.swap_remove(left_at);
        right_only.swap_remove(right_at);
    }
}

/// Takes out each word of `words` that the other title, `text`, writes as two neighbours, and these: "on line" and "online", "fi
/// nite" and "finite".
fn drop_parted(words: &mut Vec<&str>, others: &mut Vec<&str>, text: &str, corpus: &Corpus) {
    if words.is_empty() || others.len() < 2 {
        return;
    }
    let neighbours = || text.split_ascii_whitespace().zip(text.split_ascii_whitespace().skip(1));
    words.retain(|word| {
        let is_parted = |(first, second): &(&str, &str)| {
            // Most neighbours end here.
            if (first.len() + second.len()).abs_diff(word.len()) > 1 || !others.contains(first) || !others.contains(second) {
                return false;
            }
            let same_letters = || first.len() + second.len() == word.len() && word.starts_with(first) && word.ends_with(second);
            let with_a_slip = || is_slip(word, &[*first, *second].concat(), corpus);
            // "in patients" may be meant, and "inpatients" are others.
            let is_opposed = is_stop_word(first) && opposites::are_opposed(word, second);
            !is_opposed && (same_letters() || with_a_slip())
        };
        let Some((first, second)) = neighbours().find(is_parted) else { return true };
        for part in [first, second] {
            if let Some(at) = others.iter().position(|other| *other == part) {
                others.swap_remove(at);
            }
        }
        false
    });
}

/// Whether a word that only `text` has denies what follows it, and `other` does not deny it in one word ("nonsmall").
fn denies(only: &[&str], text: &str, other: &str) -> bool {
    let negations = only.iter().any(|word| opposites::NEGATIONS.contains(word));
    let squeezed = || other.chars().filter(|c| *c != ' ').collect::<String>();
    let words = || text.split_ascii_whitespace();
    negations
        && words().zip(words().skip(1).chain(["end"])).any(|(word, next)| {
            let is_number = next.bytes().all(|byte| byte.is_ascii_digit());
            only.contains(&word) && opposites::NEGATIONS.contains(&word) && !is_number && !squeezed().contains(&format!("{word}{next}"))
        })
}

/// Why one word counts as a slip for the other, if it does: few letters differ, behind the first, and not both are words that
/// this set uses elsewhere.
fn slip(left: &str, right: &str, corpus: &Corpus) -> Option<Slip> {
    /// A word in so many titles is a real word and no slip.
    const REAL: u32 = 3;
    /// More letters than these are changed by no slip, plural or spelling.
    const LETTERS: usize = 4;
    if similarity::letters_apart(left, right) > LETTERS {
        return None;
    }
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let is_misread = same_but_for_scanner(left, right);
    if is_misread && has_digit(left) != has_digit(right) {
        return Some(Slip::Certain);
    }
    if has_digit(left) || has_digit(right) || opposites::are_opposed(left, right) {
        return None;
    }
    let plural = |short: &str, long: &str| {
        let ending = long.strip_prefix(short).filter(|_| short.len() > 2);
        ending.is_some_and(|rest| ["s", "es", "d", "ed"].contains(&rest) || (rest == "e" && short.ends_with('a')))
    };
    if plural(left, right) || plural(right, left) || same_but_for_country(left, right) || same_but_for_umlauts(left, right) {
        return Some(Slip::Certain);
    }
    let counts = [left, right].map(|word| corpus.word_count(word_hash(word)));
    if counts.iter().all(|count| *count >= REAL) || are_look_alikes(left, right) {
        return None;
    }
    if is_misread {
        return Some(Slip::Certain);
    }
    if left.chars().next() != right.chars().next() || !similarity::is_misspelling(left, right) {
        return None;
    }
    let once = |word: &str| -> Vec<char> {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    let misspells_common = counts.iter().any(|count| *count >= REAL) && counts.iter().any(|count| *count <= 1);
    let is_certain = misspells_common || similarity::letters_apart(left, right) == 0 || once(left) == once(right);
    Some(if is_certain { Slip::Certain } else { Slip::Doubtful })
}

/// Whether one word counts as a slip for the other.
fn is_slip(left: &str, right: &str, corpus: &Corpus) -> bool {
    slip(left, right, corpus).is_some()
}

/// Whether two words are the same but for letters that one spells out: "fuer" and "für", "paa" and "på", whose dots and rings
/// folding has taken away.
fn same_but_for_umlauts(left: &str, right: &str) -> bool {
    const SPELLINGS: [(&str, &str); 4] = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];
    let plain = |word: &str| SPELLINGS.iter().fold(word.to_owned(), |word, (spelled, plain)| word.replace(spelled, plain));
    left.len() != right.len()
        && left.len().min(right.len()) >= 2
        && left.as_bytes()[0] == right.as_bytes()[0]
        && plain(left) == plain(right)
}

/// Whether two words are the same but for what scanners take for each other: "carc" and "care", "di1emma" and "dilemma",
/// "episternic" and "epistemic".
fn same_but_for_scanner(left: &str, right: &str) -> bool {
    /// Fewer letters are too few to tell a word by.
    const FEWEST: usize = 4;
    let read = |word: &str| word.replace("rn", "m").replace(['1', 'i'], "l").replace('0', "o").replace('c', "e");
    left.len().min(right.len()) >= FEWEST && read(left) == read(right)
}

/// British and American spellings of one word.
fn same_but_for_country(left: &str, right: &str) -> bool {
    const SPELLINGS: [(&str, &str); 9] = [
        ("our", "or"),
        ("ae", "e"),
        ("oe", "e"),
        ("is", "iz"),
        ("ll", "l"),
        ("sulph", "sulf"),
        ("mme", "m"),
        ("ogue", "og"),
        ("dgement", "dgment"),
    ];
    let american = |word: &str| SPELLINGS.iter().fold(word.to_owned(), |word, (british, american)| word.replace(british, american));
    let alike = left.len() > 4 && right.len() > 4 && left.len().abs_diff(right.len()) <= 3 && left.as_bytes()[0] == right.as_bytes()[0];
    alike && american(left) == american(right)
}
