//! The evidence of two titles: how alike they are, how much what they share says, and what their difference means.
//!
//! A slip of the scanner, a missing subtitle and a lost formula change nothing; one real word or number in the place of
//! another does, however long the rest ("… in adults", "… in adolescents").

use super::super::{corpus::Corpus, similarity};
use super::words::{Difference, DifferenceKind, have_same_numbers};
use crate::normalize::{NormalForm, Title, Translation, is_stop_word};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

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

/// What two titles say. The greater says more, the level first.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
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
    /// One is the main title of the other, whose subtitle it lacks, or a search engine has cut it off.
    pub subtitle_missing: bool,
    /// One is a translation, or both are: by whoever made the record.
    pub translated: bool,
    /// A word stands against its opposite ("hypo-", "hyper-"), only one side denies ("without"), or words have changed places.
    pub opposed: bool,
    /// What the titles differ in may be a slip as well as another word ("maternal", "paternal").
    pub doubtful: bool,
    /// A slip is one only by what else is in the set: a common word against one that is nearly nowhere else.
    pub slip_by_count: bool,
    /// The words that only one has name another text than the other: "… : executive summary", "… : an update".
    pub names_another: bool,
    /// They name what another paper of the same study may be about: "… : rationale and design", "… : a 20-year follow-up".
    pub names_study: bool,
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
    slip_by_count: false,
    names_another: false,
    names_study: false,
};

impl TitleEvidence {
    /// The evidence; `measured` is the similarity of the titles where it is known.
    pub(super) fn of(left: &NormalForm, right: &NormalForm, measured: Option<f32>, corpus: &Corpus) -> Self {
        let (Some(left_title), Some(right_title)) = (&left.title, &right.title) else { return SILENT };
        let mut best = two_titles(left_title, right_title, measured, corpus);
        let (left_other, right_other) = (left.other_title.as_deref(), right.other_title.as_deref());
        let is_in_front = |title: &Title| title.translation == Translation::InFront;
        let enough = if left_other.into_iter().chain(right_other).any(is_in_front) { TitleLevel::Close } else { TitleLevel::Extended };
        // Of each side whether it is the second title that is most alike.
        let mut of = (false, false);
        if best.level < enough && (left_other.is_some() || right_other.is_some()) {
            let pages = |form: &NormalForm| form.pages.map(|pages| pages.first.number);
            let are_elsewhere = pages(left).zip(pages(right)).is_some_and(|(left, right)| left != right);
            for (is_left_other, left) in [(false, Some(left_title)), (true, left_other)] {
                for (is_right_other, right) in [(false, Some(right_title)), (true, right_other)] {
                    let (Some(left), Some(right)) = (left, right) else { continue };
                    // What stands in brackets behind two titles may be a note on each, unless it is on one page.
                    if is_foreign(left) && is_foreign(right) && !is_foreign(left_title) && !is_foreign(right_title) && are_elsewhere {
                        continue;
                    }
                    let other = two_titles(left, right, None, corpus);
                    // What seems to stand in front of an original is a title where another record has no more than that.
                    let in_front = [left, right].iter().filter(|title| is_in_front(title)).count();
                    if in_front == 2 || (in_front == 1 && other.level < TitleLevel::Close) {
                        continue;
                    }
                    // Of two on one level the greater, so that it is the same from either side.
                    if other > best {
                        (best, of) = (other, (is_left_other, is_right_other));
                    }
                }
            }
        }
        // "Titel = Title, part 1" and "Titel = Title, part 2": what tells two works apart may stand in the other halves only.
        let mut tell_apart = false;
        if let (Some(left_other), Some(right_other)) = (left_other, right_other)
            && best.level >= TitleLevel::Extended
            && !is_in_front(left_other)
            && !is_in_front(right_other)
        {
            let halves = (if of.0 { left_title } else { left_other }, if of.1 { right_title } else { right_other });
            let others = two_titles(halves.0, halves.1, None, corpus);
            // Two translators choose other words, and the same numbers.
            let is_translated = is_foreign(halves.0) || is_foreign(halves.1);
            let is_apart = others.parts_differ || others.numbers_differ || (!is_translated && others.level == TitleLevel::Substituted);
            if is_apart && others < best {
                best = others;
                tell_apart = true;
            }
        }
        // Titles that have little in common have little in common without their surroundings too: most pairs end here.
        let is_near = best.level > TitleLevel::Different || best.similarity > Some(0.0);
        if is_near
            && !tell_apart
            && best.level < TitleLevel::Close
            && let Some(cited) = as_cited(left, right, corpus).filter(|cited| cited.level > best.level)
        {
            best = cited;
        }
        let translated = left_title.translation != right_title.translation || left_title.translation == Translation::Translated;
        best.translated = translated;
        let says_nothing = left_title.translation != right_title.translation || corpus.are_translations(left_title, right_title);
        if best.level == TitleLevel::Different && says_nothing {
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
        None if are_halves_swapped(left_title, right_title) => FirstLook::Open,
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
        let opposed = left.signs_against(right) || !have_same_numbers(left.text(), right.text());
        // What follows in two that were cut off may differ: "… 1. Methods", "… 2. Results".
        let are_cut = left.is_cut && right.is_cut;
        let level = match opposed {
            true => TitleLevel::Substituted,
            false if are_cut => TitleLevel::Extended,
            false => TitleLevel::Same,
        };
        let settings = corpus.title_settings(left);
        return TitleEvidence { level, similarity: Some(1.0), bits, settings, opposed, subtitle_missing: are_cut && !opposed, ..SILENT };
    }
    let settings = corpus.title_settings(left).max(corpus.title_settings(right));
    let parts_differ = left.part.is_some() && right.part.is_some() && left.part != right.part;
    let similarity = measured.unwrap_or_else(|| similarity::title(left.text(), right.text()));
    let bits = shared_bits(&left.words, &right.words, corpus);
    let evidence = TitleEvidence { level: TitleLevel::Different, similarity: Some(similarity), bits, settings, parts_differ, ..SILENT };
    let is_misspelled_main = |short: &Title, long: &Title| !is_part(short, long) && is_main_with_slips(short, long, corpus);
    let contained = is_part(left, right) || is_part(right, left) || is_misspelled_main(left, right) || is_misspelled_main(right, left);
    if similarity < ALIKE && !contained && !are_halves_swapped(left, right) {
        return evidence;
    }
    let mut difference = Difference::of(left, right, corpus);
    // A slip besides makes "HER2+" no "HER2-".
    let is_signed = left.signs_against(right);
    difference.opposed |= is_signed;
    let level = match difference.kind {
        DifferenceKind::Slips if !difference.opposed => TitleLevel::Close,
        _ if is_signed && (similarity >= NEARLY_ALIKE || contained) => TitleLevel::Substituted,
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
        subtitle_missing: level == TitleLevel::Extended
            && (lacks_subtitle(left, right) || lacks_subtitle(right, left) || is_cut_from(left, right) || is_cut_from(right, left)),
        opposed: difference.opposed && level < TitleLevel::Extended,
        doubtful: difference.doubtful && level == TitleLevel::Close,
        slip_by_count: difference.slip_by_count && level == TitleLevel::Close,
        names_another: (level == TitleLevel::Extended
            && (names(OTHER_TEXTS.as_ref(), left, right) || names_part(left, right) || names_answer(left, right)))
            || (level == TitleLevel::Inserted && difference.names_another),
        names_study: level == TitleLevel::Extended && names(OTHER_PAPERS.as_ref(), left, right),
        ..evidence
    }
}

/// What a text is called that stands beside another under the same title.
static OTHER_TEXTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marks = [
        "executive summary",
        "summary",
        "policy brief",
        "statistical analysis plan",
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
        "training manual",
        "facilitators guide",
        "facilitator guide",
        "toolkit",
        "fact sheet",
        "background paper",
        "ce test",
        "counterpoint",
        "rebuttal",
        "therapist notes",
        "therapist guide",
        "web annex",
        "answer to the quiz",
        "test bank",
        "answer key",
        "teachers edition",
        "selected readings",
        "fasit",
        "laererveiledning",
        "kortversjon",
        "kortversion",
        "tabellenband",
        "interim",
        "final results",
        "final report",
        "preliminary results",
        "preliminary report",
        "design of the trial",
        "trial registration",
        "authors respond",
        "reply to",
        "rejoinder to",
        "comment on",
        "letter to the editor",
        "authors closure",
        "author responds",
        "author replies",
        "sammendrag",
        "vedlegg",
        "zusammenfassung",
        "anhang",
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
    AhoCorasick::new(marks).ok()
});

/// What another paper of the same study may be about.
static OTHER_PAPERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marks = [
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
        "process evaluation",
        "follow up",
        "followup",
        "long term",
        "years later",
        "months later",
        "year results",
        "month results",
        "week results",
        "extension study",
        "open label extension",
        "update",
        "pharmacokinetic",
        "pharmacokinetics",
    ];
    AhoCorasick::new(marks).ok()
});

/// The words that only the longer of two titles has, of which one is part of the other.
fn rest_of_longer<'a>(left: &'a Title, right: &'a Title) -> &'a str {
    let (shorter, longer) = if left.text().len() < right.text().len() { (left.text(), right.text()) } else { (right.text(), left.text()) };
    let rest = longer.strip_prefix(shorter).or_else(|| longer.strip_suffix(shorter)).or_else(|| longer.get(shorter.len()..));
    rest.unwrap_or_default()
}

/// Whether the words that only the longer of two titles has begin with the number of a part: "… part 2", "… 2. Results".
fn names_part(left: &Title, right: &Title) -> bool {
    const PARTS: [&str; 6] = ["part", "pt", "teil", "partie", "parte", "del"];
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = rest_of_longer(left, right).split_ascii_whitespace();
    let Some(first) = words.next() else { return false };
    // Numbers behind a title may be those of footnotes.
    let is_section = |next: &str| is_number(first) && first != "1" && first.len() < 3 && !is_number(next);
    words.next().is_some_and(|next| is_section(next) || (PARTS.contains(&first) && (is_number(next) || next.len() == 1)))
}

/// Whether the words behind a title that only the longer of two has call it an answer to another text: "… a reply to Dr Ek", "… comment on
/// Ek et al.", "… a response". "… response rates by age" and "… correction of jet lag" are subtitles; "… response to light" may be one,
/// and is asked about.
fn names_answer(left: &Title, right: &Title) -> bool {
    const SKIPPED: [&str; 16] = [
        "a", "an", "the", "our", "author", "authors", "editors", "further", "in", "final", "some", "more", "second", "short", "brief",
        "invited",
    ];
    const ALWAYS: [&str; 6] = ["reply", "rejoinder", "addendum", "erratum", "corrigendum", "postscript"];
    const BEFORE_TO_OR_ON: [&str; 11] = [
        "replies",
        "comment",
        "comments",
        "commentary",
        "critique",
        "remarks",
        "correction",
        "corrections",
        "answer",
        "closure",
        "editorial",
    ];
    const TEXTS: [&str; 4] = ["paper", "article", "letter", "report"];
    /// More words than name a person are about a subject.
    const MOST_WORDS: usize = 6;
    if !begins(left, right) {
        return false;
    }
    let rest = rest_of_longer(left, right);
    let mut words = rest.split_ascii_whitespace().skip_while(|word| SKIPPED.contains(word));
    let (Some(first), next) = (words.next(), words.next()) else { return false };
    let of_text = || next == Some("of") && words.clone().take(2).any(|word| TEXTS.contains(&word));
    let to_somebody = next.is_none_or(|next| ["to", "on"].contains(&next));
    let is_response = ["response", "responses"].contains(&first) && to_somebody && rest.split(' ').count() <= MOST_WORDS;
    let is_discussion = first == "discussion" && (next.is_none() || of_text());
    ALWAYS.contains(&first) || (BEFORE_TO_OR_ON.contains(&first) && to_somebody) || is_response || is_discussion
}

/// Whether one of `marks` stands in the words that only the longer of two titles has.
fn names(marks: Option<&AhoCorasick>, left: &Title, right: &Title) -> bool {
    let rest = rest_of_longer(left, right);
    let is_whole = |start: usize, end: usize| {
        (start == 0 || rest.as_bytes()[start - 1] == b' ') && rest.as_bytes().get(end).is_none_or(|next| *next == b' ')
    };
    marks.into_iter().flat_map(|marks| marks.find_overlapping_iter(rest)).any(|found| is_whole(found.start(), found.end()))
}

/// Whether `short` is the main title of `long`.
fn lacks_subtitle(short: &Title, long: &Title) -> bool {
    long.main().len() < long.text().len() && long.main() == short.text()
}

/// Whether `short` is what a search engine shows of `long`: that says no more about what follows than a subtitle that is left out.
fn is_cut_from(short: &Title, long: &Title) -> bool {
    /// Of fewer letters, whole titles go on in many ways.
    const FEWEST: usize = 40;
    short.is_cut && short.text().len() >= FEWEST && begins_with_letters(long.text(), short.text())
}

/// Whether the subtitle of one title stands in front of its main title in the other: "A cohort study: sleep after stroke".
fn are_halves_swapped(left: &Title, right: &Title) -> bool {
    /// "Depression: heart failure" is another subject than "Heart failure: depression".
    const FEWEST_WORDS: usize = 5;
    let is_turned = |one: &Title, other: &Title| {
        let subtitle = one.text().strip_prefix(one.main()).and_then(|rest| rest.strip_prefix(' '));
        let main = subtitle.and_then(|subtitle| other.text().strip_prefix(subtitle)).and_then(|rest| rest.strip_prefix(' '));
        main == Some(one.main())
    };
    left.words.len() >= FEWEST_WORDS && left.words == right.words && (is_turned(left, right) || is_turned(right, left))
}

/// Whether one title begins with the other.
fn begins(left: &Title, right: &Title) -> bool {
    left.text().starts_with(right.text()) || right.text().starts_with(left.text())
}

/// The information of the words that both titles hold.
fn shared_bits(left: &[u32], right: &[u32], corpus: &Corpus) -> f32 {
    left.iter().filter(|word| right.binary_search(word).is_ok()).map(|word| corpus.word_bits(*word)).sum()
}

/// Shorter beginnings are common to many titles.
const FEWEST_LETTERS: usize = 12;

/// Whether `short` is the main title, the beginning (it may end within a word) or the end of `long`.
fn is_part(short: &Title, long: &Title) -> bool {
    let (short_text, long_text) = (short.text(), long.text());
    if short_text.len() >= long_text.len() || short_text.len() < FEWEST_LETTERS {
        return false;
    }
    let ends = long_text.strip_suffix(short_text).is_some_and(|before| before.ends_with(' '));
    begins_with_letters(long_text, short_text) || ends || long.main() == short_text
}

/// Whether `short` is so like the main title of `long` that only slips may part them.
fn is_like_main(short: &Title, long: &Title) -> bool {
    /// A letter in twenty-five.
    const ALIKE: f32 = 0.96;
    /// The share of letters by which their lengths differ is no more than one in so many.
    const LETTERS: usize = 20;
    let (short, main) = (short.text(), long.main());
    short.len() >= FEWEST_LETTERS
        && short.len() < long.text().len()
        && main.len() < long.text().len()
        && main.len().abs_diff(short.len()) * LETTERS <= short.len()
        && similarity::title(main, short) >= ALIKE
}

/// Whether `short` is the main title of `long` but for slips: a real word or number in the place of another makes it that of another
/// work, however long the rest.
fn is_main_with_slips(short: &Title, long: &Title, corpus: &Corpus) -> bool {
    is_like_main(short, long)
        && Title::parse(long.main()).is_some_and(|main| {
            let difference = Difference::of(short, &main, corpus);
            difference.kind == DifferenceKind::Slips && !difference.opposed && !difference.doubtful
        })
}

/// Whether `short` may be part of `long`.
fn is_extension(short: &Title, long: &Title) -> bool {
    is_part(short, long) || is_like_main(short, long)
}

/// Whether `long` begins with the letters of `short`, wherever lines were broken in it.
fn begins_with_letters(long: &str, short: &str) -> bool {
    let mut letters = long.bytes().filter(|byte| *byte != b' ');
    short.bytes().filter(|byte| *byte != b' ').all(|byte| letters.next() == Some(byte))
}
