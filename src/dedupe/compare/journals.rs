//! What the names of two journals say: equal, abbreviated, partly alike or different.

use super::super::similarity;
use super::{JournalLevel, common};
use crate::normalize::{Journal, MEETINGS, NormalForm};
use crate::record::Kind;

/// What the journals say, ISSNs included.
pub(super) fn journals(left: &NormalForm, right: &NormalForm) -> JournalLevel {
    if common(&left.identifiers.issns, &right.identifiers.issns).is_some() {
        return JournalLevel::Same;
    }
    if left.journal.is_empty() || right.journal.is_empty() {
        return JournalLevel::Silent;
    }
    let is_cut = left.journal.is_cut() || right.journal.is_cut();
    if left.journal == right.journal {
        return if is_cut { JournalLevel::Partial } else { JournalLevel::Same };
    }
    match journal_names(&left.journal, &right.journal) {
        // "Thoracic and Cardiovascular …" may go on as a journal does that begins so, and not as "J Thorac Cardiovasc Surg".
        JournalLevel::Abbreviated if is_cut && !begin_alike(&left.journal, &right.journal) => JournalLevel::Partial,
        // Each list calls a meeting by another of its names: that of the series, of the society, of what the letters stand for.
        JournalLevel::Different if left.journal.is_meeting() && right.journal.is_meeting() => JournalLevel::Silent,
        level => level,
    }
}

/// Whether the first words of two journals' names may be one.
fn begin_alike(left: &Journal, right: &Journal) -> bool {
    fn first(name: &str) -> &str {
        name.split(' ').next().unwrap_or_default()
    }
    left.names().any(|left| right.names().any(|right| words_abbreviate(first(left), first(right))))
}

fn journal_names(left: &Journal, right: &Journal) -> JournalLevel {
    let mut best = JournalLevel::Different;
    for left in left.names() {
        for right in right.names() {
            match two_journal_names(left, right) {
                JournalLevel::Same => return JournalLevel::Same,
                JournalLevel::Abbreviated => best = JournalLevel::Abbreviated,
                JournalLevel::Partial if best == JournalLevel::Different => best = JournalLevel::Partial,
                _ => {}
            }
        }
    }
    best
}

fn two_journal_names(left: &str, right: &str) -> JournalLevel {
    let (left, right) = (without_society(left), without_society(right));
    if left == right {
        return JournalLevel::Same;
    }
    let (left_count, right_count) = (left.split_ascii_whitespace().count(), right.split_ascii_whitespace().count());
    let (shorter, longer, few, many) = if (left_count, left) <= (right_count, right) {
        (left, right, left_count, right_count)
    } else {
        (right, left, right_count, left_count)
    };
    if few == 1 && are_same_letters(shorter, longer) {
        return JournalLevel::Same;
    }
    // "PNAS" leaves out whose academy it is.
    let are_initials = |mut letters: std::str::Chars<'_>| {
        initials(longer).take(shorter.len()).all(|letter| letters.next() == Some(letter)) && letters.next().is_none()
    };
    if is_initials(shorter, longer) || (few == 1 && many >= 3 && shorter.len() >= 4 && are_initials(shorter.chars())) {
        return JournalLevel::Abbreviated;
    }
    if begins_with_initials(left, right) || begins_with_initials(right, left) {
        return JournalLevel::Abbreviated;
    }
    if is_acronym_of_meeting(left, right) || is_acronym_of_meeting(right, left) {
        return JournalLevel::Abbreviated;
    }
    // "Hepatology" and "Journal of Hepatology" are two journals.
    if few == 1 && many == 2 && longer.split_once(' ').is_some_and(|(before, last)| last == shorter && before != shorter) {
        return JournalLevel::Different;
    }
    let mut rest = longer.split_ascii_whitespace();
    let aligned = shorter
        .split_ascii_whitespace()
        .filter(|word| rest.clone().any(|other| words_abbreviate(word, other)) && rest.any(|other| words_abbreviate(word, other)))
        .count();
    let shared = || {
        shorter.split_ascii_whitespace().filter(|word| longer.split_ascii_whitespace().any(|other| words_abbreviate(word, other))).count()
    };
    // "Diabetes" and "Diabetes Care": whoever abbreviates shortens words, and leaves out none that count.
    let is_shortened = shorter.split_ascii_whitespace().any(|word| !longer.split_ascii_whitespace().any(|other| other == word));
    if aligned == few && (few == many || (few * 2 >= many && is_shortened)) {
        JournalLevel::Abbreviated
    } else if (aligned == few && few > 1) || (shared() * 2 > few && !each_has_its_own(shorter, longer)) {
        JournalLevel::Partial
    } else {
        JournalLevel::Different
    }
}

/// Whether names that abbreviate one another only do so where a word is left out that makes another journal, and no ISSN is in common.
pub(super) fn leave_words_out(left: &NormalForm, right: &NormalForm) -> bool {
    /// Words that make a sister journal's name of a journal's.
    const SISTERS: [&str; 24] = [
        "clinical",
        "experimental",
        "applied",
        "european",
        "american",
        "british",
        "geriatric",
        "pediatric",
        "surgical",
        "molecular",
        "basic",
        "translational",
        "advances",
        "letters",
        "reports",
        "open",
        "endovascular",
        "cognitive",
        "behavioral",
        "social",
        "community",
        "general",
        "comparative",
        "developmental",
    ];
    let has_own = |name: &str, other: &str| {
        let is_said = |word: &str| other.split_ascii_whitespace().any(|other| words_abbreviate(word, other));
        name.split_ascii_whitespace().any(|word| SISTERS.contains(&word) && !is_said(word))
    };
    let is_whole = |left: &str, right: &str| {
        let abbreviates = matches!(two_journal_names(left, right), JournalLevel::Same | JournalLevel::Abbreviated);
        // These initials leave no word out.
        let are_known = || CALLED_BY_INITIALS.contains(&(left, right)) || CALLED_BY_INITIALS.contains(&(right, left));
        abbreviates && (are_known() || (!has_own(left, right) && !has_own(right, left)))
    };
    let of_meeting = |form: &NormalForm| form.journal.is_meeting() || form.kind == Kind::ConferencePaper;
    !of_meeting(left)
        && !of_meeting(right)
        && common(&left.identifiers.issns, &right.identifiers.issns).is_none()
        && !left.journal.names().any(|left| right.journal.names().any(|right| is_whole(left, right)))
}

/// Whether each name has a word that is none of the other's, and says more than what sort of venue it is: "Journal of Clinical
/// Oncology", "Journal of Thoracic Oncology".
fn each_has_its_own(left: &str, right: &str) -> bool {
    let says_more = |word: &&str| !["journal", "j", "jnl", "proceedings", "proc"].contains(word) && !MEETINGS.contains(word);
    let has_own = |name: &str, other: &str| {
        let mut words = name.split_ascii_whitespace().filter(says_more);
        words.any(|word| !other.split_ascii_whitespace().any(|other| words_abbreviate(word, other)))
    };
    has_own(left, right) && has_own(right, left)
}

/// Whether one is called by one word, and the other by that and one or two more, as the sisters of journals are: "Lancet" and "Lancet
/// Oncology", "Blood" and "Blood Advances". More words are those of the society, or the name in another language.
pub(super) fn are_sisters(left: &Journal, right: &Journal) -> bool {
    let is_sister = |short: &str, long: &str| {
        let more = long.strip_prefix(short).filter(|more| more.starts_with(' '));
        // The proceedings or the journal of a series are no sister of it.
        let is_venue =
            |more: &str| more.split_ascii_whitespace().any(|word| ["journal", "proceedings"].contains(&word) || MEETINGS.contains(&word));
        !short.contains(' ') && more.is_some_and(|more| more.split_ascii_whitespace().count() <= 2 && !is_venue(more))
    };
    let is_cut = left.is_cut() || right.is_cut();
    !is_cut && left.names().any(|left| right.names().any(|right| is_sister(left, right) || is_sister(right, left)))
}

/// "ACM SIGMOD Record" and "SIGMOD Record" are one.
fn without_society(name: &str) -> &str {
    let bare = ["acm ", "ieee "].iter().find_map(|society| name.strip_prefix(society));
    bare.filter(|bare| bare.contains(' ')).unwrap_or(name)
}

/// Whether two names are the same letters but for blanks and an article in front, as of two of which one is written without blanks:
/// "TheScientificWorldJournal", "Scientific World Journal".
fn are_same_letters(left: &str, right: &str) -> bool {
    /// Shorter words begin with "the" themselves.
    const SHORTEST: usize = 15;
    fn letters(name: &str) -> impl Iterator<Item = u8> + '_ {
        let bare = name.strip_prefix("the").filter(|_| name.len() >= SHORTEST).unwrap_or(name);
        bare.bytes().filter(|byte| *byte != b' ')
    }
    letters(left).eq(letters(right))
}

/// Whether one word is made of the first letters of all the words of a name: "jama".
fn is_initials(word: &str, name: &str) -> bool {
    const FEWEST_LETTERS: usize = 3;
    word.chars().count() >= FEWEST_LETTERS && !word.contains(' ') && initials(name).eq(word.chars())
}

/// Journals that are called by the initials of their names; those of most names are the initials of other journals, too.
const CALLED_BY_INITIALS: [(&str, &str); 3] =
    [("jama", "journal american medical association"), ("bmj", "british medical journal"), ("jacc", "journal american college cardiology")];

fn initials(name: &str) -> impl Iterator<Item = char> {
    name.split_ascii_whitespace().filter_map(|word| word.chars().next())
}

/// Whether `name` begins with what `full` is called for short: "ICIS: transforming society" and "International Conference
/// on Information Systems".
fn begins_with_initials(name: &str, full: &str) -> bool {
    /// Shorter ones are words, and many societies have them.
    const FEWEST_LETTERS: usize = 4;
    let Some((first, _)) = name.split_once(' ') else { return false };
    first.len() >= FEWEST_LETTERS && initials(full).eq(first.chars())
}

/// Whether `name` says no more than what the meeting `full` is called for short: "proc. 21st STOC" and "ACM Symposium on Theory
/// of Computing", "COLT '94" and "Conference on Computational Learning Theory".
fn is_acronym_of_meeting(name: &str, full: &str) -> bool {
    const SAYS_NOTHING: [&str; 6] = ["proc", "proceedings", "acm", "ieee", "annual", "p"];
    const FEWEST_LETTERS: usize = 4;
    let mut words =
        name.split_ascii_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()) && !SAYS_NOTHING.contains(word));
    let (Some(acronym), None) = (words.next(), words.next()) else { return false };
    let acronym = acronym.trim_end_matches(|c: char| c.is_ascii_digit());
    if acronym.len() < FEWEST_LETTERS
        || acronym.len() > 2 * FEWEST_LETTERS
        || !full.split_ascii_whitespace().any(|word| MEETINGS.contains(&word))
    {
        return false;
    }
    let words: Vec<&str> = full.split_ascii_whitespace().collect();
    (0..words.len().saturating_sub(2)).any(|start| spells(acronym, &words[start..]))
}

/// Whether beginnings of all `words`, three at least, spell `acronym`; the vowel of an "of" or "on" that names leave out may stand
/// between.
fn spells(acronym: &str, words: &[&str]) -> bool {
    const LONGEST_BEGINNING: usize = 3;
    let Some((word, rest)) = words.split_first() else { return acronym.is_empty() };
    let shared = acronym.bytes().zip(word.bytes()).take(LONGEST_BEGINNING).take_while(|(left, right)| left == right).count();
    let skipped = acronym.strip_prefix(['o', 'a', 'i', 'f']).filter(|_| shared == 0);
    (1..=shared).any(|len| acronym.get(len..).is_some_and(|acronym| spells(acronym, rest)))
        || skipped.is_some_and(|acronym| acronym.starts_with(|c| word.starts_with(c)) && spells(acronym, words))
}

fn words_abbreviate(left: &str, right: &str) -> bool {
    if left.len() <= right.len() { similarity::abbreviates(left, right) } else { similarity::abbreviates(right, left) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, RecordBuilder, Source};
    use std::sync::Arc;

    #[test]
    fn meetings_of_other_names_neither_agree_nor_contradict() {
        let form = |name: &str| {
            let mut builder = RecordBuilder::default();
            builder.push_text("T2", Field::ContainerTitle, name);
            NormalForm::of(&builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1))
        };
        for (left, right, expected) in [
            ("NORDPEER Conference", "International Congress on Management of Care", JournalLevel::Silent),
            ("NORDPEER Conference", "Conference of Nordpeer", JournalLevel::Partial),
            ("NORDPEER Conference", "Tidsskrift for psykologi", JournalLevel::Different),
            ("Tidsskrift for psykologi", "Annals of Care", JournalLevel::Different),
            ("Mentoring", "Journal of Mentoring", JournalLevel::Different),
            ("Mentoring", "Mentoring Quarterly", JournalLevel::Partial),
            ("Ment Q", "Mentoring Quarterly", JournalLevel::Abbreviated),
            ("NJM", "Nordic Journal of Mentoring", JournalLevel::Abbreviated),
            ("TheNordicMentorJournal", "Nordic Mentor Journal", JournalLevel::Same),
            ("Annales d'harbourologie et d'andrologie", "Ann Harbourol Androl", JournalLevel::Abbreviated),
            ("Nordic Therapy", "NordicTherapy", JournalLevel::Same),
            ("Therapie", "Rapie", JournalLevel::Different),
            ("Nord J Ment", "Nordic Journal of Mentoring and Care", JournalLevel::Abbreviated),
            ("Mentoring and Nordic …", "Nord J Mentor Nord Care", JournalLevel::Partial),
            ("Nordic Journal of Ment …", "Nord J Ment Care", JournalLevel::Abbreviated),
            ("Nordic Journal …", "Nordic Journal …", JournalLevel::Partial),
        ] {
            assert_eq!(journals(&form(left), &form(right)), expected, "{left} {right}");
        }
    }
}
