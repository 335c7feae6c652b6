//! The values of a cell: people, words and numbers that stand in one cell become one value each.
//!
//! Goes in: the text of a cell and how its column holds values. Come out: ranges of that text, each with its meaning. What
//! cannot be told apart safely stays one value.

use super::columns::Shape;
use super::entries::trimmed;
use super::packed;
use crate::record::Field;
use std::ops::Range;

/// A value of a cell: what it is about, and where it stands in the cell's text.
pub(super) type Value = (Field, Range<usize>);

/// Adds the values of `text`, a cell of a column about `field`, to `out`.
pub(super) fn values(text: &str, field: Field, shape: Shape, out: &mut Vec<Value>) {
    let first = out.len();
    match shape {
        Shape::One => out.push((field, 0..text.len())),
        Shape::By(';') => items(text, field, out),
        Shape::By(separator) => by(text, separator, field, out),
        Shape::Commas => commas(text, field, Unpaired::Apart, out),
        Shape::CommasAndPoint => names_and_groups(text.strip_suffix('.').unwrap_or(text), field, out),
        Shape::Ands => ands(text, field, out),
        Shape::People => people(text, field, out),
        Shape::Terms => terms(text, field, out),
        Shape::Serials => serials(text, field, out),
        Shape::Links => links(text, field, out),
        Shape::FullNames | Shape::NumberedNames => full_names(text, field, shape, out),
        Shape::Citation => packed::citation(text, out),
        Shape::Source => packed::source(text, out),
        Shape::Extra => packed::extra(text, out),
        Shape::Decisions => decisions(text, field, out),
        Shape::Snippet => out.push((if is_snippet(text) { Field::Note } else { field }, 0..text.len())),
    }
    // A cell of nothing but separators is kept as what it is.
    if out.len() == first {
        out.push((Field::Other, 0..text.len()));
    }
}

/// Adds `range` of `text` without the blanks around it, if there is anything else.
fn push(text: &str, range: Range<usize>, field: Field, out: &mut Vec<Value>) {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (range.start, range.end);
    while start < end && bytes[start] == b' ' {
        start += 1;
    }
    while start < end && bytes[end - 1] == b' ' {
        end -= 1;
    }
    // Nearly all values begin and end in letters and digits.
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    if start < end && !(is_plain(start) && is_plain(end - 1)) {
        Range { start, end } = trimmed(text, &(start..end));
    }
    if start < end {
        out.push((field, start..end));
    }
}

fn by(text: &str, separator: char, field: Field, out: &mut Vec<Value>) {
    let mut start = 0;
    let mut cut = |at: usize, len: usize| {
        if separator != ';' || !ends_entity(&text[start..at]) {
            push(text, start..at, field, out);
            start = at + len;
        }
    };
    match u8::try_from(separator) {
        Ok(byte) if byte.is_ascii() => memchr::memchr_iter(byte, text.as_bytes()).for_each(|at| cut(at, 1)),
        _ => text.match_indices(separator).for_each(|(at, found)| cut(at, found.len())),
    }
    push(text, start..text.len(), field, out);
}

/// What stands between semicolons; an item that has some itself stands in quotation marks, as refsieve writes it.
fn items(text: &str, field: Field, out: &mut Vec<Value>) {
    if !text.contains('"') {
        return by(text, ';', field, out);
    }
    let mut start = 0;
    while start < text.len() {
        let begin = start + text[start..].len() - text[start..].trim_start().len();
        let quoted = quoted(&text[begin..]).map(|inner| begin + inner.start..begin + inner.end);
        let from = quoted.as_ref().map_or(start, |inner| inner.end);
        let ends_item = |at: &usize| quoted.is_some() || !ends_entity(&text[start..*at]);
        let end = memchr::memchr_iter(b';', &text.as_bytes()[from..]).map(|at| from + at).find(ends_item).unwrap_or(text.len());
        push(text, quoted.unwrap_or(start..end), field, out);
        start = end + 1;
    }
}

/// What stands in quotation marks at the beginning of `text`, where that is an item as a whole and needs them.
fn quoted(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('"')?;
    let len = memchr::memchr(b'"', inner.as_bytes())?;
    let behind = inner[len + 1..].trim_start();
    ((behind.is_empty() || behind.starts_with(';')) && would_not_stand_alone(&inner[..len])).then_some(1..1 + len)
}

/// Whether a list would divide `item`, or take the semicolon behind it for its own.
pub(in crate::formats) fn would_not_stand_alone(item: &str) -> bool {
    item.contains(';') || ends_entity(item)
}

/// Whether a semicolon behind `text` is the end of "&amp;" and the like.
fn ends_entity(text: &str) -> bool {
    const LONGEST: usize = 8;
    let tail = &text.as_bytes()[text.len().saturating_sub(LONGEST)..];
    if tail.last().is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
        return false;
    }
    let Some(start) = memchr::memrchr(b'&', tail) else { return false };
    let name = &tail[start + 1..];
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
}

fn lines(text: &str, field: Field, out: &mut Vec<Value>) {
    let mut start = 0;
    for (at, found) in text.match_indices(['\n', '\r']) {
        push(text, start..at, field, out);
        start = at + found.len();
    }
    push(text, start..text.len(), field, out);
}

/// Where the word "and" stands between blanks.
fn and_places(text: &str) -> impl Iterator<Item = usize> + '_ {
    let is_blank = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_whitespace);
    memchr::memmem::find_iter(text.as_bytes(), "and").filter(move |at| is_blank(at.checked_sub(1)) && is_blank(Some(at + 3)))
}

fn ands(text: &str, field: Field, out: &mut Vec<Value>) {
    let mut start = 0;
    for at in and_places(text) {
        push(text, start..at, field, out);
        start = at + "and".len();
    }
    push(text, start..text.len(), field, out);
}

fn people(text: &str, field: Field, out: &mut Vec<Value>) {
    if text.contains(';') {
        by(text, ';', field, out);
    } else if text.contains("//") {
        slashes(text, field, out);
    } else if text.contains('|') {
        by(text, '|', field, out);
    } else if is_family_names_first(text) {
        ands(text, field, out);
    } else if text.contains('\n') {
        lines(text, field, out);
    } else {
        commas(text, field, Unpaired::OnlyFullNames, out);
    }
}

/// EndNote: "Ek, Anna//Lie, Bo".
fn slashes(text: &str, field: Field, out: &mut Vec<Value>) {
    let mut start = 0;
    for (at, found) in text.match_indices("//") {
        push(text, start..at, field, out);
        start = at + found.len();
    }
    push(text, start..text.len(), field, out);
}

/// Rayyan: a note of the database, and behind it what people decided: "A note | RAYYAN-INCLUSION: …".
fn decisions(text: &str, field: Field, out: &mut Vec<Value>) {
    let at = memchr::memmem::find(text.as_bytes(), b"RAYYAN-").unwrap_or(text.len());
    push(text, 0..text[..at].trim_end_matches([' ', '|', '\n']).len(), field, out);
    push(text, at..text.len(), Field::Decision, out);
}

/// Whether " and " stands between names of the form "Family, Given".
fn is_family_names_first(text: &str) -> bool {
    let mut parts = Vec::new();
    ands(text, Field::Author, &mut parts);
    parts.len() > 1 && parts.iter().all(|(_, range)| text[range.clone()].trim_end_matches(',').matches(',').count() == 1)
}

/// What parts between commas are where they are not "family, initials" by turns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unpaired {
    /// Each is a person.
    Apart,
    /// Each is a person where each has more than one word; otherwise nobody can tell and all of it is one value.
    OnlyFullNames,
}

/// "Ek A, Lie B", and "Ek, A., Lie, B." likewise.
fn commas(text: &str, field: Field, unpaired: Unpaired, out: &mut Vec<Value>) {
    let first = out.len();
    by(text, ',', field, out);
    let parts = &mut out[first..];
    let part = |value: &Value| &text[value.1.clone()];
    let is_pair = |pair: &[Value]| is_initials(part(&pair[1])) && !ends_in_initials(part(&pair[0]));
    if parts.len() > 1 && parts.chunks_exact(2).remainder().is_empty() && parts.chunks_exact(2).all(is_pair) {
        let n_pairs = parts.len() / 2;
        for at in 0..n_pairs {
            parts[at] = (field, parts[2 * at].1.start..parts[2 * at + 1].1.end);
        }
        out.truncate(first + n_pairs);
        return;
    }
    let is_person = |word: &str| word.contains(char::is_whitespace) || is_suffix(word) || is_ellipsis(word);
    if unpaired == Unpaired::OnlyFullNames && !parts.iter().all(|value| is_person(part(value))) {
        out.truncate(first);
        push(text, 0..text.len(), field, out);
        return;
    }
    // Publish or Perish: "A Ek, B Lie...".
    let last = parts.last_mut().filter(|(_, range)| !is_ellipsis(&text[range.clone()]));
    let dots = last.and_then(|(_, range)| {
        let name = text[range.clone()].trim_end_matches(['.', '…']).len();
        let dots = range.start + name..range.end;
        let is_cut = matches!(&text[dots.clone()], "..." | "…");
        range.end = if is_cut { dots.start } else { range.end };
        is_cut.then_some(dots)
    });
    let mut kept = 0;
    for at in 0..parts.len() {
        let (mut field, mut range) = parts[at].clone();
        let word = &text[range.clone()];
        if kept > 0 && is_suffix(word) {
            parts[kept - 1].1.end = range.end;
            continue;
        }
        if is_ellipsis(word) {
            field = Field::Other;
        } else if let Some(name) = word.strip_prefix("and ").or_else(|| word.strip_prefix("& ")) {
            range.start = range.end - name.len();
        }
        parts[kept] = (field, range);
        kept += 1;
    }
    out.truncate(first + kept);
    out.extend(dots.map(|dots| (Field::Other, dots)));
}

/// PubMed: "Ek A, Lie B; Some Study Group", groups and people in parts between semicolons.
fn names_and_groups(text: &str, field: Field, out: &mut Vec<Value>) {
    let mut start = 0;
    for at in memchr::memchr_iter(b';', text.as_bytes()).chain([text.len()]) {
        let part = trimmed(text, &(start..at));
        let first = out.len();
        commas(&text[part.clone()], field, Unpaired::Apart, out);
        if start > 0 && out[first..].iter().all(|value| !ends_in_initials(&text[part.clone()][value.1.clone()])) {
            out.truncate(first);
            push(text, part, Field::CorporateAuthor, out);
        } else {
            out[first..].iter_mut().for_each(|value| value.1 = value.1.start + part.start..value.1.end + part.start);
        }
        start = at + 1;
    }
}

/// "J.", "J.-P.", "AB", "M C".
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' ' | '\u{2010}'))
        && (letters <= 2 || word.contains(['.', ' ']))
}

fn ends_in_initials(name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(_, last)| is_initials(last) || last.chars().all(char::is_uppercase))
}

fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "2nd" | "3rd")
}

fn is_ellipsis(word: &str) -> bool {
    matches!(word, "..." | "…" | "et al." | "et al" | "and others")
}

fn terms(text: &str, field: Field, out: &mut Vec<Value>) {
    // A list as Python prints it.
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|inner| inner.starts_with(['\'', '"']));
    if let Some(inner) = inner {
        let mut parts = Vec::new();
        by(inner, ',', field, &mut parts);
        for (_, range) in parts {
            let part = &inner[range.clone()];
            let start = 1 + range.start + (part.len() - part.trim_start_matches(['\'', '"']).len());
            push(text, start..start + part.trim_matches(['\'', '"']).len(), field, out);
        }
    } else if text.contains(';') {
        items(text, field, out);
    } else if text.contains("//") && !text.contains("://") {
        slashes(text, field, out);
    } else if text.contains('|') {
        by(text, '|', field, out);
    } else if text.contains('\n') {
        lines(text, field, out);
    } else {
        let (mut start, mut depth) = (0, 0_usize);
        for (at, found) in text.match_indices([',', '(', ')', '[', ']']) {
            match found {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ if depth == 0 => {
                    push(text, start..at, field, out);
                    start = at + 1;
                }
                _ => {}
            }
        }
        push(text, start..text.len(), field, out);
    }
}

/// A number of a serial has eight characters or more.
const SHORTEST_SERIAL: usize = 8;

fn serials(text: &str, field: Field, out: &mut Vec<Value>) {
    let is_serial = |word: &str| word.len() >= SHORTEST_SERIAL && word.starts_with(|c: char| c.is_ascii_digit());
    let separated = |c: char| matches!(c, ';' | ',' | '|' | '\n' | '\\');
    let mut start = 0;
    for (at, found) in text.match_indices(separated).chain([(text.len(), "")]) {
        let part = &text[start..at];
        if part.split_whitespace().count() > 1 && part.split_whitespace().all(is_serial) {
            let mut from = start;
            for (blank, found) in part.match_indices(char::is_whitespace) {
                push(text, from..start + blank, field, out);
                from = start + blank + found.len();
            }
            push(text, from..at, field, out);
        } else {
            push(text, start..at, field, out);
        }
        start = at + found.len();
    }
}

fn links(text: &str, field: Field, out: &mut Vec<Value>) {
    let separators = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|');
    let mut start = 0;
    let begins_another = |at: usize| at > 0 && text[..at].ends_with(separators);
    for at in memchr::memmem::find_iter(text.as_bytes(), "http").filter(|at| begins_another(*at)) {
        push(text, start..text[..at].trim_end_matches(separators).len().max(start), field, out);
        start = at;
    }
    push(text, start..text.len(), field, out);
}

fn full_names(text: &str, field: Field, shape: Shape, out: &mut Vec<Value>) {
    let mut parts = Vec::new();
    by(text, ';', field, &mut parts);
    for (_, range) in parts {
        let name = &text[range.clone()];
        let number = name.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
        match number.filter(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            Some((name, number)) => {
                push(text, range.start..range.start + name.len(), field, out);
                if shape == Shape::NumberedNames {
                    out.push((Field::Other, range.end - 1 - number.len()..range.end - 1));
                }
            }
            None => out.push((field, range)),
        }
    }
}

/// Whether a text is pieces of a longer one.
fn is_snippet(text: &str) -> bool {
    ["…", "..."].iter().any(|dots| text.starts_with(dots) || text.ends_with(dots)) || text.contains(" … ") || text.contains(" ... ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field::{Abstract, Author, FullAuthor, Keyword, Note, Other, SerialNumber, Url};

    fn split(text: &str, field: Field, shape: Shape) -> Vec<(Field, &str)> {
        let mut out = Vec::new();
        values(text, field, shape, &mut out);
        out.into_iter().map(|(field, range)| (field, &text[range])).collect()
    }

    #[test]
    fn people_are_told_apart_where_that_is_safe() {
        for (text, shape, expected) in [
            ("Ek A., Lie B.", Shape::People, vec!["Ek A.", "Lie B."]),
            ("Ek, A., Lie, B.-C.", Shape::People, vec!["Ek, A.", "Lie, B.-C."]),
            ("Ek, A.; Lie, Bo", Shape::People, vec!["Ek, A.", "Lie, Bo"]),
            ("Ek, Anna and Lie, Bo", Shape::People, vec!["Ek, Anna", "Lie, Bo"]),
            ("Ek, A.\n and Lie, B.\n", Shape::Ands, vec!["Ek, A.", "Lie, B."]),
            ("Ek, Anna\nLie, Bo", Shape::People, vec!["Ek, Anna", "Lie, Bo"]),
            ("Ek, Anna|Lie, Bo", Shape::People, vec!["Ek, Anna", "Lie, Bo"]),
            ("Ek, Anna//Lie, Bo", Shape::People, vec!["Ek, Anna", "Lie, Bo"]),
            ("A Ek, B Lie, and C Moe", Shape::People, vec!["A Ek", "B Lie", "C Moe"]),
            ("Ek, Anna", Shape::People, vec!["Ek, Anna"]),
            ("Ek, Anna, Lie, Bo", Shape::People, vec!["Ek, Anna, Lie, Bo"]),
            ("Board of Care and Ageing", Shape::People, vec!["Board of Care and Ageing"]),
            ("Ek A, 3rd, van der Lie BC", Shape::Commas, vec!["Ek A, 3rd", "van der Lie BC"]),
            ("Ek A, Jr., Lie B", Shape::Commas, vec!["Ek A, Jr.", "Lie B"]),
            ("Ek A, WHO", Shape::Commas, vec!["Ek A", "WHO"]),
            ("Ek A, Lie B.", Shape::CommasAndPoint, vec!["Ek A", "Lie B"]),
            ("Ek, Anna; Lie, Bo; ", Shape::By(';'), vec!["Ek, Anna", "Lie, Bo"]),
            ("Care &amp; Cure; Ek, A", Shape::By(';'), vec!["Care &amp; Cure", "Ek, A"]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|name| (Author, name)).collect();
            assert_eq!(split(text, Author, shape), expected, "{text:?}");
        }
        assert_eq!(split("A Ek, B Lie...", Author, Shape::Commas), [(Author, "A Ek"), (Author, "B Lie"), (Other, "...")]);
        let groups = [(Author, "Ek A"), (Author, "Lie B"), (Field::CorporateAuthor, "Group of Care, Peers, and Others"), (Author, "Moe C")];
        assert_eq!(split("Ek A, Lie B; Group of Care, Peers, and Others; Moe C.", Author, Shape::CommasAndPoint), groups);
        assert_eq!(split("A Ek, B Lie, ...", Author, Shape::Commas), [(Author, "A Ek"), (Author, "B Lie"), (Other, "...")]);
        assert_eq!(split("Ek, A (1); Lie, B", FullAuthor, Shape::FullNames), [(FullAuthor, "Ek, A"), (FullAuthor, "Lie, B")]);
        assert_eq!(split("Ek, A (17)", FullAuthor, Shape::NumberedNames), [(FullAuthor, "Ek, A"), (Other, "17")]);
    }

    #[test]
    fn words_numbers_and_links() {
        for (text, field, shape, expected) in [
            ("a; b, c;d", Keyword, Shape::Terms, vec!["a", "b, c", "d"]),
            ("\"a; b\"; c", Keyword, Shape::Terms, vec!["a; b", "c"]),
            ("c; \"a;b;\" ", Keyword, Shape::By(';'), vec!["c", "a;b;"]),
            ("\"a\"; \"b; c\" d; e\"; f", Keyword, Shape::Terms, vec!["\"a\"", "\"b", "c\" d", "e\"", "f"]),
            ("\"a &amp; b\"; R&amp;D; \"c", Keyword, Shape::Terms, vec!["a &amp; b", "R&amp;D", "\"c"]),
            ("a (x, y), b", Keyword, Shape::Terms, vec!["a (x, y)", "b"]),
            ("['a b', 'c']", Keyword, Shape::Terms, vec!["a b", "c"]),
            ("a//b, c", Keyword, Shape::Terms, vec!["a", "b, c"]),
            ("[a, b] c, d", Keyword, Shape::Terms, vec!["[a, b] c", "d"]),
            ("a\nb", Keyword, Shape::Terms, vec!["a", "b"]),
            ("1111-1119 2222-2224", SerialNumber, Shape::Serials, vec!["1111-1119", "2222-2224"]),
            ("1111-1119 (electronic), 22222224", SerialNumber, Shape::Serials, vec!["1111-1119 (electronic)", "22222224"]),
            ("978 0 00 000000 2", SerialNumber, Shape::Serials, vec!["978 0 00 000000 2"]),
            ("https://a.org/x; http://b.org", Url, Shape::Links, vec!["https://a.org/x", "http://b.org"]),
            ("https://a.org/?u=http://b.org", Url, Shape::Links, vec!["https://a.org/?u=http://b.org"]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|value| (field, value)).collect();
            assert_eq!(split(text, field, shape), expected, "{text:?}");
        }
        assert_eq!(split("; ;", Keyword, Shape::By(';')), [(Other, "; ;")]);
        assert_eq!(split("… of text …", Abstract, Shape::Snippet), [(Note, "… of text …")]);
        let decided = [(Note, "A note"), (Field::Decision, "RAYYAN-INCLUSION: {} | RAYYAN-LABELS: x")];
        assert_eq!(split("A note | RAYYAN-INCLUSION: {} | RAYYAN-LABELS: x", Note, Shape::Decisions), decided);
        assert_eq!(split("A text.", Abstract, Shape::Snippet), [(Abstract, "A text.")]);
    }
}
