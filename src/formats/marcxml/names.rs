//! Persons, bodies and meetings in fields 100 to 111 and 700 to 711, by their roles.

use super::record::{DataField, plain};
use crate::record::Field;

/// Words and codes of roles (MARC relators, in the languages of our catalogues), in lower case without final stop.
const ROLES: &[(&[&str], Field)] = &[
    (
        &[
            "aut",
            "author",
            "cre",
            "creator",
            "joint author",
            "writer",
            "ctb",
            "contributor",
            "dis",
            "forfatter",
            "forf",
            "författare",
            "verfasser",
        ],
        Field::Author,
    ),
    (&["isb", "issuing body", "utgiver"], Field::Author),
    (
        &[
            "edt",
            "editor",
            "ed",
            "eds",
            "edc",
            "com",
            "compiler",
            "pbd",
            "redaktør",
            "redaktör",
            "red",
            "herausgeber",
            "hrsg",
            "joint editor",
        ],
        Field::Editor,
    ),
];

/// What the name in `field` is: an author where nothing is said; neither author nor editor in any other role.
pub(super) fn role(field: &DataField<'_>) -> Field {
    let is_body = matches!(field.number(), "110" | "111" | "710" | "711");
    let author = if is_body { Field::CorporateAuthor } else { Field::Author };
    if field.number().starts_with('1') {
        return author;
    }
    if field.has("t") {
        // A work that is related to this one.
        return Field::Other;
    }
    // In the fields of meetings, `e` is a part of the body.
    let codes = if is_meeting(field) { "j4" } else { "e4" };
    // A code may be an address.
    let role = |value: &str| value.rsplit('/').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut roles = field.values(codes).map(role).filter(|role| !role.is_empty());
    let Some(first) = roles.next() else { return author };
    let known = |role: &String| ROLES.iter().find(|(names, _)| names.contains(&role.as_str())).map(|(_, field)| *field);
    match std::iter::once(first).chain(roles).find_map(|role| known(&role)) {
        Some(Field::Author) => author,
        Some(field) => field,
        None => Field::Other,
    }
}

fn is_meeting(field: &DataField<'_>) -> bool {
    field.number().ends_with("11")
}

/// Words behind a name that are a part of it, in lower case.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// The subfields that make the name: dates, roles and numbers of authority files are no part of it.
pub(super) fn codes(field: &DataField<'_>) -> &'static str {
    let is_suffix = |title: &str| SUFFIXES.contains(&title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str());
    if field.has("t") {
        "abcnpqt"
    } else if is_meeting(field) {
        "acdeng"
    } else if field.has("c") && field.values("c").all(is_suffix) {
        "abc"
    } else {
        "ab"
    }
}

/// "Ek, Anna," is "Ek, Anna"; the point of an initial stays.
pub(super) fn plain_name(name: &str) -> &str {
    let name = plain(name);
    let Some(without) = name.strip_suffix('.') else { return name };
    let last_word = without.rsplit([' ', '-', '.']).next().unwrap_or_default();
    let is_abbreviation = last_word.chars().count() < 3 || matches!(last_word, "Inst" | "Univ" | "Dept" | "Inc" | "Ltd");
    if is_abbreviation { name } else { without }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_names() {
        for (name, expected) in [
            ("Ek, Anna,", "Ek, Anna"),
            ("Ek, Anna.", "Ek, Anna"),
            ("Ek, A. B.", "Ek, A. B."),
            ("Ek, Anna, Jr.", "Ek, Anna, Jr."),
            ("Invented University.", "Invented University"),
            ("Invented Inc.", "Invented Inc."),
        ] {
            assert_eq!(plain_name(name), expected, "{name}");
        }
    }
}
