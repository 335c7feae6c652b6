//! People, as BibTeX writes them: "First von Last", "von Last, First", "von Last, Jr, First", with "and" between them.
//!
//! Goes in: the value of a field, before its LaTeX is decoded, since braces say what belongs together. Comes out: one
//! [`Person`] each, family name first, as the other formats have it.

use super::values::split_outside_braces;
use crate::text::latex;
use std::borrow::Cow;

/// One name of a list.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::formats) enum Person<'a> {
    /// A person, or whatever else stands between two "and".
    Name(Cow<'a, str>),
    /// A name in braces of its own: an institution.
    Collective(Cow<'a, str>),
    /// "and others": there are more.
    Others(Cow<'a, str>),
}

/// The people that `value`, in one line, names.
pub(in crate::formats) fn people(value: &str) -> Vec<Person<'_>> {
    let value = without_outer_braces(value);
    let mut out = Vec::new();
    for name in split_at_and(value) {
        // Programs of databases put semicolons where BibTeX has "and".
        for name in split_outside_braces(name, b';') {
            push_names(name.trim(), &mut out);
        }
    }
    out
}

fn push_names<'a>(name: &'a str, out: &mut Vec<Person<'a>>) {
    if name.is_empty() {
        return;
    }
    if matches!(name.to_ascii_lowercase().trim_end_matches('.'), "others" | "et al") {
        out.push(Person::Others(Cow::Borrowed(name)));
        return;
    }
    if is_one_group(name) && !name.contains(", ") {
        out.push(Person::Collective(latex::decode(name[1..name.len() - 1].trim())));
        return;
    }
    let parts: Vec<&str> = split_outside_braces(name, b',').map(str::trim).collect();
    if is_comma_list(&parts) {
        out.extend(parts.chunks(2).map(|pair| Person::Name(Cow::Owned(latex::decode(&pair.join(", ")).into_owned()))));
        return;
    }
    out.push(Person::Name(match parts.as_slice() {
        [only] => family_first(only),
        // "von Last, Jr, First"; elsewhere the suffix stands last.
        [family, suffix, given] if is_suffix(suffix) => Cow::Owned(latex::decode(&format!("{family}, {given}, {suffix}")).into_owned()),
        _ => latex::decode(name),
    }));
}

/// "Ek, A., Ny, B., Li, C.": families and initials by turns, where a list should have "and".
fn is_comma_list(parts: &[&str]) -> bool {
    parts.len() >= 4 && parts.len().is_multiple_of(2) && parts.chunks(2).all(|pair| is_initials(pair[1]) && !is_initials(pair[0]))
}

fn is_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    !text.is_empty() && letters.clone().count() <= 4 && letters.clone().next().is_some() && letters.clone().all(char::is_uppercase)
}

fn is_suffix(text: &str) -> bool {
    let bare = text.trim_matches(['.', '{', '}', ' ']).to_ascii_lowercase();
    matches!(bare.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "v" | "junior" | "senior" | "2nd" | "3rd")
}

/// "Anna van der Berg" as "van der Berg, Anna". A name that stands family first already ("Ek AB") stays.
fn family_first(name: &str) -> Cow<'_, str> {
    let words: Vec<&str> = split_words(name).collect();
    let [first, .., last] = words.as_slice() else { return latex::decode(name) };
    if is_initials(last) && last.chars().count() <= 4 && !is_initials(first) {
        return latex::decode(name);
    }
    let is_particle =
        |word: &&str| latex::decode(word).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) && !word.starts_with('{');
    // Everything before the first small word is given; the family name is the last word where there is none.
    let family_at = words[..words.len() - 1].iter().position(is_particle).unwrap_or(words.len() - 1);
    if family_at == 0 {
        return latex::decode(name);
    }
    // "Anna Ek Jr."
    let (family, suffix) = match words[family_at..].split_last() {
        Some((suffix, [])) if is_suffix(suffix) && family_at >= 2 => {
            let family = words[family_at - 1].to_owned();
            let given = words[..family_at - 1].join(" ");
            return Cow::Owned(latex::decode(&format!("{family}, {given}, {suffix}")).into_owned());
        }
        _ => (words[family_at..].join(" "), words[..family_at].join(" ")),
    };
    Cow::Owned(latex::decode(&format!("{family}, {suffix}")).into_owned())
}

/// The words of a name; ties are blanks, a group in braces is one word.
fn split_words(name: &str) -> impl Iterator<Item = &str> {
    split_outside_braces(name, b' ').flat_map(|word| split_outside_braces(word, b'~')).filter(|word| !word.trim().is_empty())
}

/// The stretches between the "and" that stand outside of braces.
fn split_at_and(value: &str) -> impl Iterator<Item = &str> {
    let bytes = value.as_bytes();
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let mut depth = 0_usize;
        let mut at = start;
        while at < bytes.len() {
            match bytes[at] {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b' ' if depth == 0 && is_and(&bytes[at..]) => {
                    rest = Some(at + " and".len());
                    return Some(&value[start..at]);
                }
                _ => {}
            }
            at += 1;
        }
        rest = None;
        Some(&value[start..])
    })
}

fn is_and(bytes: &[u8]) -> bool {
    matches!(bytes, [b' ', b'a' | b'A', b'n' | b'N', b'd' | b'D', rest @ ..] if matches!(rest, [] | [b' ', ..]))
}

/// Whether the braces that `text` begins and ends with belong together.
pub(super) fn is_one_group(text: &str) -> bool {
    if !(text.starts_with('{') && text.ends_with('}')) {
        return false;
    }
    let mut depth = 0_usize;
    for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
        match text.as_bytes()[at] {
            b'{' => depth += 1,
            _ => depth -= 1,
        }
        if depth == 0 {
            return at + 1 == text.len();
        }
    }
    false
}

/// `text` without the braces around the whole of it, and without blanks at its ends.
pub(super) fn ungrouped(text: &str) -> &str {
    let mut inside = text.trim_matches([' ', '\t', '\n', '\r']);
    while is_one_group(inside) {
        inside = inside[1..inside.len() - 1].trim_matches([' ', '\t', '\n', '\r']);
    }
    inside
}

/// "{Ek, Anna and Ny, Bo}" in braces as a whole is a list all the same.
fn without_outer_braces(value: &str) -> &str {
    let value = value.trim();
    if is_one_group(value) {
        let inside = &value[1..value.len() - 1];
        if split_at_and(inside).nth(1).is_some() && split_at_and(inside).all(|name| name.contains(',')) {
            return inside;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_all_their_forms() {
        for (value, expected) in [
            ("Ek, Anna and Ny, Bo", "Ek, Anna|Ny, Bo"),
            ("Anna Ek AND Bo van der Ny", "Ek, Anna|van der Ny, Bo"),
            ("Anna M. Ek and {van den} Berg, J.", "Ek, Anna M.|van den Berg, J."),
            ("de la Cruz, Jr, Ana and Ek, III, Bo", "de la Cruz, Ana, Jr|Ek, Bo, III"),
            ("Anna Ek Jr.", "Ek, Anna, Jr."),
            ("{World Health Organization} and Ek, A.", "[World Health Organization]|Ek, A."),
            ("{Barnes and Noble} and {\\'E}tienne Ek", "[Barnes and Noble]|Ek, Étienne"),
            ("{Ek, Anna and Ny, Bo}", "Ek, Anna|Ny, Bo"),
            ("Ek, Anna and others", "Ek, Anna|+others"),
            ("Ek, A., Ny, B., Li, C.", "Ek, A.|Ny, B.|Li, C."),
            ("Ek AB and Li W.", "Ek AB|Li W."),
            ("a1, b1 and a2, b2; a3, b3", "a1, b1|a2, b2|a3, b3"),
            ("O&apos;Brien, A. and R{\\o}e, B", "O&apos;Brien, A.|Røe, B"),
            ("M{\\\"u}ller, {\\AA}sa", "Müller, Åsa"),
            ("Plato", "Plato"),
            ("Anna~Ek", "Ek, Anna"),
            ("Anders, Andrea and Brand, Sandy", "Anders, Andrea|Brand, Sandy"),
            ("and Ek, A", "and Ek, A"),
            ("", ""),
        ] {
            let found: Vec<String> = people(value)
                .iter()
                .map(|person| match person {
                    Person::Name(name) => name.to_string(),
                    Person::Collective(name) => format!("[{name}]"),
                    Person::Others(name) => format!("+{name}"),
                })
                .collect();
            assert_eq!(found.join("|"), expected, "{value}");
        }
    }
}
