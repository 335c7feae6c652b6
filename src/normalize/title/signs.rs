//! The signs of a title that say something about what they stand at: "HER2+", "CD4-", "<65".

/// Bits that each of [`signs`] takes.
const BITS_OF_SIGN: u32 = 3;

/// The signs of a title, in order, a few bits for each: plus and minus behind a letter or digit where no letter follows, also in
/// brackets, doubled with a slash, raised, or before "ve"; less and more than a number. A hyphen behind a small letter is one of a
/// word that is cut off ("pre- and postnatal") or a dash, unless the word has a digit or a capital inside, or is as short as "Rh".
pub(super) fn signs(title: &str) -> u16 {
    const BEYOND_ASCII: [char; 6] = ['\u{2212}', '\u{2013}', '\u{207a}', '\u{207b}', '\u{2264}', '\u{2265}'];
    let bytes = title.as_bytes();
    // Most titles end here.
    let may_be_minus = |at: usize| {
        let is_behind_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'(' || !bytes[at - 1].is_ascii());
        let behind = &bytes[at + 1..];
        let is_end = behind.first().is_none_or(|next| !next.is_ascii_alphanumeric());
        (is_behind_word && is_end) || behind.starts_with(b"/") || behind.starts_with(b"ve")
    };
    if memchr::memchr3(b'+', b'<', b'>', bytes).is_none()
        && !memchr::memchr_iter(b'-', bytes).any(may_be_minus)
        && (title.is_ascii() || !title.contains(BEYOND_ASCII))
    {
        return 0;
    }
    let mut signs = 0;
    let mut before = ' ';
    let mut rest = title.chars();
    while let Some(sign) = rest.next() {
        // "EGFR (+)", "(-)-catechin", "TP53 -/-", "Rh +ve": a sign of its own, and "Na(+)" is how some databases write "Na+".
        if let Some((found, behind)) = lone_sign(sign, rest.as_str()) {
            push(&mut signs, found);
            (before, rest) = (')', behind.chars());
            continue;
        }
        let next = rest.clone().find(|c| *c != ' ').unwrap_or(' ');
        let is_end = rest.clone().next().is_none_or(|next| !next.is_alphanumeric());
        let word = || {
            let ahead = &title[..title.len() - rest.as_str().len() - sign.len_utf8()];
            ahead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
        };
        let found = match sign {
            '+' | '\u{207a}' if before.is_alphanumeric() && is_end => 1,
            '\u{207b}' if before.is_alphanumeric() && is_end => 2,
            '-' | '\u{2212}' if before.is_alphanumeric() && is_end && next != '+' && bears_minus(word(), rest.as_str()) => 2,
            '<' | '\u{2264}' if next.is_ascii_digit() => 3,
            '>' | '\u{2265}' if next.is_ascii_digit() => 4,
            _ => 0,
        };
        if found > 0 {
            push(&mut signs, found);
        }
        before = sign;
    }
    signs
}

/// Whether some of the signs of one title stand against those of another: neither has all that the other has, in its order, so
/// that none of them can be what an export has lost.
pub(super) fn are_against(left: u16, right: u16) -> bool {
    let at = |signs: u16, place: u32| signs >> (place * BITS_OF_SIGN) & ((1 << BITS_OF_SIGN) - 1);
    let has_all_of = |all: u16, some: u16| {
        let mut found = 0;
        for place in 0..u16::BITS / BITS_OF_SIGN {
            if at(some, found) != 0 && at(all, place) == at(some, found) {
                found += 1;
            }
        }
        at(some, found) == 0
    };
    !has_all_of(left, right) && !has_all_of(right, left)
}

/// Whether a hyphen behind `word` and before `rest` is a minus.
fn bears_minus(word: &str, rest: &str) -> bool {
    /// What joins a word that is cut off to the whole one.
    const JOINING: [&str; 9] = ["and", "or", "to", "und", "oder", "og", "och", "et", "y"];
    let is_bare = |letter: char| letter.is_alphabetic() && !letter.is_uppercase();
    if !word.ends_with(is_bare) {
        return true;
    }
    let is_name =
        word.chars().skip(1).any(|letter| !is_bare(letter)) || (word.chars().count() == 2 && word.starts_with(char::is_uppercase));
    let next = rest.split_ascii_whitespace().next().unwrap_or_default();
    is_name && !rest.starts_with([',', '/']) && !JOINING.contains(&next)
}

fn push(signs: &mut u16, found: u16) {
    if *signs < 1 << 12 {
        *signs = *signs << BITS_OF_SIGN | found;
    }
}

/// The sign that begins with `first`, by itself, before `rest`, and what is behind it: in brackets, two with a slash between, or
/// before "ve" for "positive".
fn lone_sign(first: char, rest: &str) -> Option<(u16, &str)> {
    const PLUS: u16 = 1;
    const MINUS: u16 = 2;
    const BOTH: u16 = 5;
    let sign = |mark: char| match mark {
        '+' | '\u{207a}' => Some(PLUS),
        '-' | '\u{2212}' | '\u{2013}' | '\u{207b}' => Some(MINUS),
        _ => None,
    };
    let after = |rest: &'_ str| rest.chars().next().and_then(|mark| Some((sign(mark)?, mark.len_utf8())));
    if first == '(' {
        let (found, length) = after(rest)?;
        return Some((found, rest[length..].strip_prefix(')')?));
    }
    let found = sign(first)?;
    if let Some(behind) = rest.strip_prefix('/') {
        let (other, length) = after(behind)?;
        return Some((if found == other { found } else { BOTH }, &behind[length..]));
    }
    let behind = rest.strip_prefix("ve")?;
    (!behind.starts_with(char::is_alphanumeric)).then_some((found, behind))
}
