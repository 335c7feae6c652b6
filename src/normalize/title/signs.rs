//! The signs of a title that say something about what they stand at: "HER2+", "CD4-", "<65".

/// Bits that each of [`signs`] takes.
pub(super) const BITS_OF_SIGN: u32 = 3;

/// The signs of a title, in order, a few bits for each: plus and minus behind a letter or digit where no letter follows, minus only
/// behind a digit or a capital, since it is a hyphen or a dash elsewhere; less and more than a number.
pub(super) fn signs(title: &str) -> u16 {
    let bytes = title.as_bytes();
    // Most titles end here.
    let may_be_minus = |at: usize| {
        let is_behind_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'(' || !bytes[at - 1].is_ascii());
        (is_behind_word || bytes[at + 1..].starts_with(b"/-")) && bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    if memchr::memchr3(b'+', b'<', b'>', bytes).is_none()
        && !memchr::memchr_iter(b'-', bytes).any(may_be_minus)
        && (title.is_ascii() || !title.contains(['\u{2212}', '\u{2264}', '\u{2265}']))
    {
        return 0;
    }
    let mut signs = 0;
    let mut before = ' ';
    let mut rest = title.chars();
    while let Some(sign) = rest.next() {
        // "EGFR (+)", "(-)-catechin", "TP53 -/-": a sign of its own, and "Na(+)" is how some databases write "Na+".
        if let Some((found, behind)) = lone_sign(sign, rest.as_str()) {
            push(&mut signs, found);
            (before, rest) = (')', behind.chars());
            continue;
        }
        let next = rest.clone().find(|c| *c != ' ').unwrap_or(' ');
        let is_end = rest.clone().next().is_none_or(|next| !next.is_alphanumeric());
        let found = match sign {
            '+' if before.is_alphanumeric() && is_end => 1,
            '-' | '\u{2212}' if before.is_alphanumeric() && is_end && next != '+' => 2,
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

fn push(signs: &mut u16, found: u16) {
    if *signs < 1 << 12 {
        *signs = *signs << BITS_OF_SIGN | found;
    }
}

/// The sign that stands in brackets from `first` on, or twice with a slash between, and what is behind it.
fn lone_sign(first: char, rest: &str) -> Option<(u16, &str)> {
    const MINUSES: [char; 3] = ['-', '\u{2212}', '\u{2013}'];
    let behind = |marks: &[char], end: &str| marks.iter().find_map(|mark| rest.strip_prefix(*mark)?.strip_prefix(end));
    let doubled = |marks: &[char]| marks.contains(&first).then(|| rest.strip_prefix('/')?.strip_prefix(marks)).flatten();
    match first {
        '(' => behind(&['+'], ")").map(|rest| (1, rest)).or_else(|| behind(&MINUSES, ")").map(|rest| (2, rest))),
        _ => doubled(&['+']).map(|rest| (1, rest)).or_else(|| doubled(&MINUSES).map(|rest| (2, rest))),
    }
}
