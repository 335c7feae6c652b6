//! Names of authors and editors, taken apart for those formats that need their parts.

use std::borrow::Cow;

/// One author or editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A person.
    Person {
        /// The family name with the particles before it ("van den Berg"), or the whole name where it has one part.
        family: String,
        /// Given names or initials as written; empty where there are none.
        given: String,
        /// "Jr.", "III".
        suffix: Option<String>,
    },
    /// A body or group: "World Health Organization".
    Collective(String),
    /// The list is cut here: "and others", "et al.".
    Others,
}

/// What exports write where there is no author, in lower case, without brackets and final stop.
const NOBODY: &[&str] = &[
    "anonymous",
    "anon",
    "no authors listed",
    "no author listed",
    "no author name available",
    "no author",
    "no authors",
    "author unknown",
    "unknown",
    "not available",
    "n/a",
    "na",
    "nan",
    "none",
    "null",
];

/// Words for the rest of a list, in lower case without final stop.
const OTHERS: &[&str] = &["and others", "others", "et al", "et. al", "u.a", "m.fl"];

/// Suffixes, in lower case without stops.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "4th", "junior", "senior"];

/// What catalogues and databases put behind a name and is no part of it, in lower case without stops.
const ROLES: &[&str] = &[
    "author",
    "editor",
    "ed",
    "eds",
    "edt",
    "aut",
    "translator",
    "trans",
    "illustrator",
    "compiler",
    "contributor",
    "forfatter",
    "redaktør",
    "md",
    "phd",
    "mph",
    "msc",
    "rn",
];

/// Words that only names of bodies hold, in lower case.
const BODIES: &[&str] = &[
    "academy",
    "agency",
    "alliance",
    "association",
    "authority",
    "board",
    "bureau",
    "center",
    "centers",
    "centre",
    "centres",
    "clinic",
    "collaboration",
    "collaborative",
    "collaborators",
    "college",
    "commission",
    "committee",
    "consortium",
    "corporation",
    "council",
    "department",
    "directorate",
    "federation",
    "foundation",
    "fund",
    "gmbh",
    "government",
    "group",
    "hospital",
    "inc",
    "initiative",
    "institute",
    "institutes",
    "institution",
    "investigators",
    "laboratory",
    "library",
    "ltd",
    "ministry",
    "nations",
    "network",
    "office",
    "organisation",
    "organization",
    "panel",
    "program",
    "programme",
    "project",
    "registry",
    "school",
    "secretariat",
    "service",
    "services",
    "society",
    "taskforce",
    "team",
    "trust",
    "union",
    "universität",
    "université",
    "universitet",
    "universitetet",
    "university",
];

/// Particles before family names, which are written small.
const PARTICLES: &[&str] = &[
    "af", "al", "ap", "av", "bin", "d'", "da", "dal", "das", "de", "del", "della", "dem", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "los", "op", "ten", "ter", "thoe", "van", "vom", "von", "y", "zu", "zum", "zur", "'t",
];

impl Name {
    /// Reads one name: "Smith JA", "Smith, John A., Jr.", "J. A. Smith", "John Smith", "van den Berg, A", EndNote's
    /// "Collab Group,", ISBD's "Tocqueville, Alexis de, 1805-1859", "and others". `None` for `[Anonymous]` and its like.
    ///
    /// Without a comma the last word is taken for the family name where no initials show the order.
    ///
    /// ```
    /// use refsieve::record::Name;
    /// let person = |family: &str, given: &str| Some(Name::Person { family: family.into(), given: given.into(), suffix: None });
    /// assert_eq!(Name::parse("van den Berg, A"), person("van den Berg", "A"));
    /// assert_eq!(Name::parse("J. van den Berg"), person("van den Berg", "J."));
    /// assert_eq!(Name::parse("[Anonymous]"), None);
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        let plain = value.trim_matches(|c: char| c.is_whitespace() || "[](),.;".contains(c)).to_lowercase();
        if plain.is_empty() || NOBODY.contains(&plain.as_str()) {
            return None;
        }
        if OTHERS.contains(&plain.as_str()) {
            return Some(Name::Others);
        }
        let mut pieces = value.split(',').map(str::trim).filter(|piece| !piece.is_empty());
        let first = pieces.next()?;
        let (mut given, mut suffix) = (Vec::new(), None);
        for piece in pieces.filter(|piece| !is_dates(piece) && !is_one_of(piece, ROLES)) {
            if suffix.is_none() && is_one_of(piece, SUFFIXES) {
                suffix = Some(piece.to_owned());
            } else {
                given.push(piece);
            }
        }
        // A catalogue's "Ives, Peter," ends in a comma too, but has one before.
        let is_collective = names_a_body(value) || (given.is_empty() && suffix.is_none() && is_marked_whole(value));
        if is_collective {
            return Some(Name::Collective(value.trim_end_matches(',').trim_end().to_owned()));
        }
        if given.is_empty() {
            return Some(whole(first, suffix));
        }
        Some(Name::Person { family: first.to_owned(), given: without_stop(&given.join(", ")).to_owned(), suffix })
    }

    /// The name of a body, from a field that holds nothing else.
    #[must_use]
    pub fn collective(value: &str) -> Option<Self> {
        let value = value.trim().trim_end_matches(',').trim_end();
        (!value.is_empty()).then(|| Name::Collective(value.to_owned()))
    }

    /// The names that one value holds: one a line, or with semicolons or "and" (BibTeX, Rayyan) between.
    #[must_use]
    pub fn all(value: &str) -> Vec<Self> {
        if !value.contains([';', '\n']) && !value.contains(" and ") {
            return Self::parse(value).into_iter().collect();
        }
        let parts = value.split([';', '\n']).flat_map(|part| {
            // "Department of Health and Social Care" is one body, and so is what has a comma at its end (EndNote).
            let several = !is_marked_whole(part) && (!names_a_body(part) || part.contains(','));
            part.split(if several { " and " } else { "\n" })
        });
        parts.filter_map(|part| Self::parse(part.trim().trim_start_matches("and "))).collect()
    }

    /// The given names with the initials of a run apart, as citation programs need them: "J. A." for "JA"; as they are
    /// where they are no such run. Empty for what is no person.
    #[must_use]
    pub fn given_apart(&self) -> Cow<'_, str> {
        let Name::Person { given, .. } = self else { return Cow::Borrowed("") };
        let is_run = (2..=4).contains(&given.chars().count()) && given.chars().all(char::is_uppercase);
        if !is_run {
            return Cow::Borrowed(given);
        }
        Cow::Owned(given.chars().map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" "))
    }
}

/// Whether a comma at the end, and no other, says that a name has no parts.
fn is_marked_whole(name: &str) -> bool {
    let name = name.trim_end();
    name.ends_with(',') && name.matches(',').count() == 1
}

/// A name without a comma.
fn whole(name: &str, suffix: Option<String>) -> Name {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let mut suffix = suffix;
    // A lone "V" behind a family name is an initial.
    if words.len() > 2 && suffix.is_none() && words.last().is_some_and(|word| is_one_of(word, SUFFIXES) && word.len() > 1) {
        suffix = words.pop().map(str::to_owned);
    }
    let behind = words.iter().rev().take_while(|word| is_initial_word(word)).count();
    let before = words.iter().take_while(|word| is_initial_word(word)).count();
    let is_particle = |word: &&str| PARTICLES.contains(word);
    let (family, given) = if words.len() < 2 {
        (words.as_slice(), [].as_slice())
    } else if behind > 0 && behind < words.len() {
        words.split_at(words.len() - behind)
    } else {
        let at = words.iter().skip(1).position(is_particle).map_or(words.len() - 1, |at| at + 1);
        let at = if before > 0 && before < words.len() { before } else { at.min(words.len() - 1) };
        // A particle in front begins the family name: "von Hagen".
        let at = if is_particle(&words[0]) { 0 } else { at };
        (&words[at..], &words[..at])
    };
    // "J.A.Smith"
    if let ([word], []) = (family, given)
        && let Some((initials, rest)) = word.rsplit_once('.').filter(|(initials, rest)| are_initials(initials) && !rest.is_empty())
    {
        return Name::Person { family: rest.to_owned(), given: format!("{initials}."), suffix };
    }
    Name::Person { family: family.join(" "), given: given.join(" "), suffix }
}

/// "1805-1859", "1970-", "b. 1950", "active 12th century".
fn is_dates(piece: &str) -> bool {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 4 && letters <= 4 || piece.ends_with("century")
}

fn is_one_of(piece: &str, list: &[&str]) -> bool {
    let bare: String = piece.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    list.contains(&bare.as_str())
}

/// Whether a name holds a word that only bodies have, behind its first.
pub(crate) fn names_a_body(name: &str) -> bool {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() > 1
        && words().any(|word| BODIES.contains(&word.to_lowercase().as_str()))
        && !name.split(',').nth(1).is_some_and(are_initials)
}

/// Without the stop that ends a name in some catalogues and is not that of an initial.
fn without_stop(given: &str) -> &str {
    let Some(bare) = given.strip_suffix('.') else { return given };
    let last = bare.rsplit([' ', '.', '-']).next().unwrap_or(bare);
    if last.chars().count() > 2 { bare } else { given }
}

/// "J.", "JA", "J.-P.", "j": at most three letters, all large or followed by dots.
pub(crate) fn is_initial_word(word: &str) -> bool {
    if !word.is_ascii() {
        return false;
    }
    let (mut letters, mut small, mut dots) = (0, 0, 0);
    for byte in word.bytes() {
        letters += usize::from(byte.is_ascii_alphabetic());
        small += usize::from(byte.is_ascii_lowercase());
        dots += usize::from(byte == b'.');
    }
    letters == 1 || ((2..=3).contains(&letters) && ((small == 0 && (letters < 3 || dots == 0)) || dots >= letters))
}

/// Whether a piece of a name is nothing but initials.
pub(crate) fn are_initials(piece: &str) -> bool {
    !piece.trim().is_empty() && piece.split_whitespace().all(|word| word.split_inclusive('.').all(is_initial_word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(names: &[Name]) -> String {
        let show = |name: &Name| match name {
            Name::Person { family, given, suffix } => {
                format!("{family}|{given}{}", suffix.as_ref().map_or(String::new(), |suffix| format!("|{suffix}")))
            }
            Name::Collective(name) => format!("<{name}>"),
            Name::Others => "…".to_owned(),
        };
        names.iter().map(show).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn names_of_real_exports() {
        for (input, expected) in [
            ("Smith, John A.", "Smith|John A."),
            ("Smith, John.", "Smith|John"),
            ("Smith JA", "Smith|JA"),
            ("SMITH JA", "SMITH|JA"),
            ("J. Smith", "Smith|J."),
            ("J.A.Smith", "Smith|J.A."),
            ("J. A. van den Berg", "van den Berg|J. A."),
            ("John Smith", "Smith|John"),
            ("Ludwig van Beethoven", "van Beethoven|Ludwig"),
            ("van den Berg, A", "van den Berg|A"),
            ("van den Berg A", "van den Berg|A"),
            ("Le Quintrec, M.", "Le Quintrec|M."),
            ("Smith, John Adam, Jr.", "Smith|John Adam|Jr."),
            ("Smith, Jr., John", "Smith|John|Jr."),
            ("John Smith III", "Smith|John|III"),
            ("Ives, Peter,", "Ives|Peter"),
            ("Tocqueville, Alexis de, 1805-1859", "Tocqueville|Alexis de"),
            ("Hagen, Solveig, 1950- author.", "Hagen|Solveig, 1950- author"),
            ("Hagen, Solveig, 1950-, author.", "Hagen|Solveig"),
            ("Collab Group,", "<Collab Group>"),
            ("World Health Organization", "<World Health Organization>"),
            ("Peer Work Study Group", "<Peer Work Study Group>"),
            ("Service, R. F.", "Service|R. F."),
            ("Trust", "Trust|"),
            ("Dennis", "Dennis|"),
            ("王伟", "王伟|"),
            ("Бобков, В. Н.", "Бобков|В. Н."),
            ("O'Donnell C. P.", "O'Donnell|C. P."),
            ("and others", "…"),
            ("et al.", "…"),
            ("[Anonymous]", ""),
            ("[No authors listed]", ""),
            (",", ""),
            ("", ""),
        ] {
            assert_eq!(shown(&Name::all(input)), expected, "{input}");
        }
    }

    #[test]
    fn several_names_in_one_value() {
        for (input, expected) in [
            ("Smith, J.; Moe, T.; ", "Smith|J. / Moe|T."),
            ("Smith, John and Moe, Tor and others", "Smith|John / Moe|Tor / …"),
            ("Smith J\nMoe T", "Smith|J / Moe|T"),
            ("Department of Health and Social Care", "<Department of Health and Social Care>"),
            ("Consortium for Dunes and Fjords,", "<Consortium for Dunes and Fjords>"),
            ("Dunes and Fjords,\nMoe T", "<Dunes and Fjords> / Moe|T"),
            ("Smith, John and Moe, Tor,", "Smith|John / Moe|Tor"),
        ] {
            assert_eq!(shown(&Name::all(input)), expected, "{input}");
        }
    }

    #[test]
    fn runs_of_initials_are_set_apart() {
        for (input, expected) in
            [("Smith JA", "J. A."), ("Smith, John", "John"), ("Smith J", "J"), ("Smith, J. A.", "J. A."), ("A Group,", "")]
        {
            assert_eq!(Name::parse(input).unwrap().given_apart(), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn no_name_is_too_odd(value in "\\PC*|[A-Za-z.,; ]{0,24}") {
            for name in Name::all(&value) {
                if let Name::Person { family, .. } = name {
                    prop_assert!(!family.is_empty());
                }
            }
        }
    }
}
