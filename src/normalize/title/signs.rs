//! The signs of a title that say something about what they stand at: "HER2+", "CD4-", "<65".

/// Bits that each of [`signs`] takes.
pub(super) const BITS_OF_SIGN: u32 = 3;

/// The signs of a title, in order, a few bits for each: plus and minus behind a letter or digit where no letter follows, minus only
/// behind a digit or a capital, since it is a hyphen or a dash elsewhere; less and more than a number.
pub(super) fn signs(title: &str) -> u16 {
    let bytes = title.as_bytes();
    // Most titles end here.
    let may_be_minus = |at: usize| {
        let is_behind_number =
            at > 0 && (bytes[at - 1].is_ascii_digit() || matches!(bytes[at - 1], b'A'..=b'Z' | b'(') || !bytes[at - 1].is_ascii());
        is_behind_number && bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric())
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
        let next = rest.clone().find(|c| *c != ' ').unwrap_or(' ');
        let is_end = rest.clone().next().is_none_or(|next| !next.is_alphanumeric());
        let found = match sign {
            '+' if before.is_alphanumeric() && is_end => 1,
            '-' | '\u{2212}' if (before.is_ascii_digit() || before.is_uppercase()) && is_end && next != '+' => 2,
            '<' | '\u{2264}' if next.is_ascii_digit() => 3,
            '>' | '\u{2265}' if next.is_ascii_digit() => 4,
            _ => 0,
        };
        if found > 0 && signs < 1 << 12 {
            signs = signs << BITS_OF_SIGN | found;
        }
        // "Na(+)" is how some databases write "Na+".
        if sign != '(' || !rest.as_str().starts_with(['+', '-', '\u{2212}']) {
            before = sign;
        }
    }
    signs
}
