//! What two lists of authors say: how many people they have in common, whatever way each export wrote the names.

use super::super::similarity;
use super::AuthorLevel;
use crate::normalize::{Authors, Name};

/// What the authors say.
pub(super) fn authors(left: &Authors, right: &Authors) -> AuthorLevel {
    /// The share of the shorter list that makes it nearly all.
    const NEARLY_ALL: f32 = 0.7;
    if left.is_empty() || right.is_empty() {
        return AuthorLevel::Silent;
    }
    let fewer = left.count().min(right.count());
    if left.is_same(right) {
        // A body whose name is so long is no namesake of another.
        return if fewer > 1 || left.first().is_some_and(is_long_body) { AuthorLevel::All } else { AuthorLevel::First };
    }
    let (left_names, right_names): (Vec<Name<'_>>, Vec<Name<'_>>) = (left.iter().collect(), right.iter().collect());
    let found = n_found(&left_names, &right_names);
    let matched = if found == 0 { 0 } else { found.min(n_found(&right_names, &left_names)) };
    let first = left.first().zip(right.first()).is_some_and(|(left, right)| same_person(left, right));
    let share = matched as f32 / fewer as f32;
    match (first, matched) {
        (_, 0) if abbreviates_body(&left_names, &right_names) || abbreviates_body(&right_names, &left_names) => AuthorLevel::First,
        (_, 0) if !are_comparable(&left_names, &right_names) => AuthorLevel::Silent,
        (_, 0) => AuthorLevel::None,
        (true, _) if fewer == 1 => AuthorLevel::First,
        (true, _) if share >= NEARLY_ALL => AuthorLevel::All,
        (true, _) => AuthorLevel::FirstOnly,
        (false, _) if share >= NEARLY_ALL && (fewer > 2 || left_names.len() == right_names.len()) => AuthorLevel::All,
        (false, _) => AuthorLevel::Some,
    }
}

/// Whether the given names of both first authors are spelled out, and are two: they begin with one letter, but not alike, as a name and
/// its short form do, and neither is the other misspelt. "K. Anne" beside "Kari A." spells out another of two names.
pub(super) fn given_names_differ(left: &Authors, right: &Authors) -> bool {
    const ALIKE: usize = 3;
    let [left, right] = [left, right].map(|authors| authors.first().map_or("", |name| name.given));
    let n_alike = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
    (1..ALIKE).contains(&n_alike) && n_alike < left.len().min(right.len()) && !similarity::is_misspelling(left, right)
}

/// Whether the first authors of two lists are called the same, given name and all initials included: "Ek, Solveig M." and "Ek, S. M." are
/// not, as the other may be Sigrid.
pub(super) fn is_one_name(left: &Authors, right: &Authors) -> bool {
    left.first().zip(right.first()).is_some_and(|(left, right)| !left.given.is_empty() && left == right)
}

/// Whether two lists of two people and more have the first and nobody else in common.
pub(super) fn others_differ(left: &Authors, right: &Authors) -> bool {
    const FEWEST: usize = 2;
    let people = |authors: &'_ Authors| -> usize { authors.iter().filter(|name| !is_body(*name)).count() };
    let are_lists = people(left).min(people(right)) >= FEWEST;
    let (left, right): (Vec<Name<'_>>, Vec<Name<'_>>) = (left.iter().collect(), right.iter().collect());
    are_lists && n_found(&left[1..], &right[1..]) == 0
}

/// Whether two lists that have nobody in common are of people, or both of bodies, in one script: a database names the body that
/// another names the people of, or spells names in letters of its own.
fn are_comparable(left: &[Name<'_>], right: &[Name<'_>]) -> bool {
    let are_bodies = |names: &[Name<'_>]| names.iter().all(|name| is_body(*name));
    let script = |names: &[Name<'_>]| names.first().and_then(|name| name.family.chars().next()).map(|first| first.is_ascii());
    let (left_bodies, right_bodies) = (are_bodies(left), are_bodies(right));
    script(left) == script(right) && left_bodies == right_bodies && !abbreviates(left, right) && !abbreviates(right, left)
}

/// Whether the only author of one list is a word of the first letters of that of the other.
fn abbreviates(short: &[Name<'_>], long: &[Name<'_>]) -> bool {
    match (short, long) {
        ([short], [long]) => !short.family.contains(' ') && is_acronym(short.family, long.family),
        _ => false,
    }
}

/// The same, where the other is surely a body.
fn abbreviates_body(short: &[Name<'_>], long: &[Name<'_>]) -> bool {
    const FEWEST_LETTERS: usize = 4;
    let is_telling = || short[0].family.len() >= FEWEST_LETTERS || INITIALS_OF_BODIES.contains(&(short[0].family, long[0].family));
    abbreviates(short, long) && is_body(long[0]) && is_telling()
}

/// Whether a name is that of a body, in many words.
fn is_long_body(name: Name<'_>) -> bool {
    const FEWEST_WORDS: usize = 5;
    is_body(name) && name.family.split(' ').count() >= FEWEST_WORDS
}

/// Whether a name is that of a body: an organisation, a study group.
fn is_body(name: Name<'_>) -> bool {
    const OF_BODIES: [&str; 46] = [
        "beredning",
        "myndighet",
        "organization",
        "organisation",
        "ministry",
        "department",
        "institute",
        "institut",
        "instituttet",
        "center",
        "centre",
        "council",
        "group",
        "collaborators",
        "collaboration",
        "collaborative",
        "committee",
        "association",
        "society",
        "agency",
        "directorate",
        "direktoratet",
        "university",
        "bank",
        "network",
        "investigators",
        "consortium",
        "force",
        "commission",
        "federation",
        "foundation",
        "college",
        "academy",
        "team",
        "board",
        "panel",
        "party",
        "service",
        "services",
        "office",
        "trialists",
        "unit",
        "nations",
        "fund",
        "hospital",
        "initiative",
    ];
    // "Bank, Sven" is a person, "Organization, World Health" is none.
    let is_person = !name.family.contains(' ') && (name.initials.len() == 1 || (name.initials.len() > 1 && name.given.is_empty()));
    let family = if is_person { "" } else { name.family };
    family.split_ascii_whitespace().chain(name.given.split_ascii_whitespace()).any(|word| OF_BODIES.contains(&word))
        || ["direktoratet", "instituttet", "departementet"].iter().any(|ending| name.family.ends_with(ending))
}

/// Bodies that leave a word out of their initials, or are known by three letters.
const INITIALS_OF_BODIES: &[(&str, &str)] = &[
    ("nice", "national institute for health and care excellence"),
    ("nice", "national institute for health and clinical excellence"),
    ("nice", "national institute for clinical excellence"),
    ("oecd", "organisation for economic co operation and development"),
    ("oecd", "organization for economic co operation and development"),
    ("who", "world health organization"),
    ("who", "world health organisation"),
    ("nih", "national institutes of health"),
];

/// Whether `short` is made of the first letters of the words of `long`, small words aside.
fn is_acronym(short: &str, long: &str) -> bool {
    const SMALL: [&str; 6] = ["of", "for", "and", "the", "in", "on"];
    let initials = long.split_ascii_whitespace().filter(|word| !SMALL.contains(word)).filter_map(|word| word.chars().next());
    (short.len() >= 3 && initials.eq(short.chars())) || INITIALS_OF_BODIES.contains(&(short, long))
}

/// How many of `names` can be those of somebody among `others`.
fn n_found(names: &[Name<'_>], others: &[Name<'_>]) -> usize {
    // Most stand at the same place in both.
    let at_same_place = |at: usize| others.get(at).is_some_and(|other| same_person(names[at], *other));
    (0..names.len()).filter(|at| at_same_place(*at) || others.iter().any(|other| same_person(names[*at], *other))).count()
}

/// Whether two names can be those of one person: a common word of the family names (particles come and go, parts change
/// places), the same letters written apart, or a slip in one; and no initial against it.
fn same_person(left: Name<'_>, right: Name<'_>) -> bool {
    if swapped(left, right) || swapped(right, left) {
        return true;
    }
    if written_together(left, right) || written_together(right, left) {
        return true;
    }
    if particle_taken_for_given(left, right) || particle_taken_for_given(right, left) {
        return true;
    }
    let equal = left.family == right.family;
    (equal || families_match(left.family, right.family)) && initials_match(left.initials, right.initials)
}

/// Whether no initial is against one person: the first is the same, or one side has those of the other in any order ("J.A." and "A.",
/// but not "S.J." and "J.H.").
fn initials_match(left: &str, right: &str) -> bool {
    let holds = |all: &str, some: &str| some.chars().all(|letter| all.contains(letter));
    left.is_empty() || right.is_empty() || left.chars().next() == right.chars().next() || holds(left, right) || holds(right, left)
}

/// "Wang, X." and "Xiaoguang, Wang": the family name of one stands as the given name of the other.
fn swapped(left: Name<'_>, right: Name<'_>) -> bool {
    let first_letter = |text: &str| text.chars().next();
    left.family == right.given && left.initials.chars().next().is_some_and(|initial| first_letter(right.family) == Some(initial))
}

/// "de Ven, Van" and "Van de Ven, Andrew": a particle of the family name stands as the given name.
fn particle_taken_for_given(left: Name<'_>, right: Name<'_>) -> bool {
    !left.given.is_empty()
        && right.family.strip_prefix(left.given).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| rest == left.family)
}

/// "田中, 太郎" and "田中 太郎" or "田中太郎": where names are not spelled in letters, the family name begins the whole name.
fn written_together(parted: Name<'_>, whole: Name<'_>) -> bool {
    let ideograph = |c: char| c >= '\u{2e80}';
    whole.initials.is_empty()
        && parted.family.starts_with(ideograph)
        && whole.family.strip_prefix(parted.family).is_some_and(|rest| {
            let given = rest.trim_start().chars().next();
            given.is_none() || parted.initials.is_empty() || given == parted.initials.chars().next()
        })
}

fn families_match(left: &str, right: &str) -> bool {
    /// Shorter words ("de", "le", "van") are particles.
    const SHORTEST: usize = 3;
    const PARTICLES: [&str; 6] = ["van", "von", "der", "den", "del", "dos"];
    if !left.contains(' ') && !right.contains(' ') {
        // Two slips, one at each end, are no name any more.
        let (start, other_start) = (left.as_bytes(), right.as_bytes());
        let same_end = start.get(..2) == other_start.get(..2) || start.iter().rev().take(2).eq(other_start.iter().rev().take(2));
        return same_end && similarity::is_misspelling(left, right);
    }
    // "García López" and "García" may be one, "García López" and "López Ruiz" are two.
    let says = |word: &&str| word.chars().count() >= SHORTEST && !PARTICLES.contains(word);
    let has_all = |whole: &str, part: &str| {
        let mut words = part.split_ascii_whitespace().filter(says).peekable();
        words.peek().is_some() && words.all(|word| whole.split_ascii_whitespace().any(|other| other == word))
    };
    let same_letters = || left.chars().filter(|c| *c != ' ').eq(right.chars().filter(|c| *c != ' '));
    has_all(left, right) || has_all(right, left) || same_letters() || similarity::is_misspelling(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::NormalForm;
    use crate::record::{Field, RecordBuilder, Source};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn list(names: &[&str]) -> Authors {
        let mut builder = RecordBuilder::default();
        for name in names {
            builder.push_text("AU", Field::Author, name);
        }
        NormalForm::of(&builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1)).authors
    }

    #[test]
    fn people_are_found_wherever_they_stand() {
        let three = list(&["Ek, Anna", "Ny, Bo", "Li, Cai"]);
        for (names, expected) in [
            (&["Ek A", "Ny B", "Li C"][..], AuthorLevel::All),
            (&["Li, Cai", "Ek, Anna", "Ny, Bo"], AuthorLevel::All),
            (&["Ek, Anna", "Moe, Tor", "Ny, Bo"], AuthorLevel::FirstOnly),
            (&["Moe, Tor", "Ek, Anna", "Vik, Ola"], AuthorLevel::Some),
            (&["Moe, Tor", "Vik, Ola"], AuthorLevel::None),
            (&["Nordic Council of Peers"], AuthorLevel::Silent),
            (&["Эк, Анна"], AuthorLevel::Silent),
            (&[], AuthorLevel::Silent),
        ] {
            assert_eq!(authors(&three, &list(names)), expected, "{names:?}");
        }
    }

    #[test]
    fn a_particle_may_stand_as_a_given_name() {
        assert_eq!(authors(&list(&["de Ven, Van"]), &list(&["Van de Ven, Andrew H."])), AuthorLevel::First);
        assert_eq!(authors(&list(&["de Ven, Anna"]), &list(&["Van de Ven, Bo"])), AuthorLevel::None);
    }

    #[test]
    fn two_people_are_the_same_two_in_another_order() {
        let two = list(&["Ek, Anna", "Ny, Bo"]);
        assert_eq!(authors(&two, &list(&["Ny B", "Ek A"])), AuthorLevel::All);
        assert_eq!(authors(&two, &list(&["Ny B", "Ek A", "Moe T"])), AuthorLevel::Some);
    }

    const NAMES: &[&str] = &["Ek, Anna", "Ek A", "Ny, Bo", "Li, Cai", "Moe, Tor", "Vik, Ola", "Hagen, S", "Hagens, S"];

    proptest! {
        #[test]
        fn looking_at_the_same_place_first_changes_no_count(left in proptest::collection::vec(0..NAMES.len(), 0..8), right in proptest::collection::vec(0..NAMES.len(), 0..8)) {
            let lists = [left, right].map(|at| list(&at.into_iter().map(|at| NAMES[at]).collect::<Vec<_>>()));
            let [left, right] = lists.each_ref().map(|list| list.iter().collect::<Vec<_>>());
            let obvious = left.iter().filter(|name| right.iter().any(|other| same_person(**name, *other))).count();
            prop_assert_eq!(n_found(&left, &right), obvious);
        }
    }
}
