//! Folding: upper and lower case, accents, ligatures, dashes, quotes and blanks become one form.

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Words folded for comparison: lower-case letters and digits without accents, single blanks between words, no blank at
/// either end, no punctuation. Only this module makes one, so holding one is proof that the text is folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Folded(String);

impl Folded {
    /// The words of `text`. Apostrophes inside a word vanish ("Alzheimer's" is one word), all other punctuation separates.
    ///
    /// ```
    /// use refsieve::text::Folded;
    /// assert_eq!(Folded::words("  Peer-Support: the «naïve» approach ").as_str(), "peer support the naive approach");
    /// assert_eq!(Folded::words("Alzheimer’s").as_str(), "alzheimers");
    /// ```
    #[must_use]
    pub fn words(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        Self::push_words(text, &mut out);
        Self(out)
    }

    /// Appends the words of `text` to `out`, as [`Folded::words`] gives them, and says how many bytes they take.
    pub(crate) fn push_words(text: &str, out: &mut String) -> usize {
        let before = out.len();
        if text.is_ascii() {
            push_words_of(text, out);
        } else {
            let mut folded = String::with_capacity(text.len());
            fold_into(text, &mut folded);
            if !folded.is_ascii() {
                let is_sign = |character: char| !character.is_ascii() && !is_word_char(character);
                folded = folded.replace(is_sign, " ");
            }
            push_words_of(&folded, out);
            put_marks_in_order(out, before);
        }
        out.len() - before
    }

    /// How many words [`Folded::words`] of `text` has.
    pub(crate) fn count(text: &str) -> usize {
        if !text.is_ascii() {
            return Self::words(text).0.split([' ']).filter(|word| !word.is_empty()).count();
        }
        let mut count = 0;
        let mut is_within = false;
        for byte in text.bytes().map(|byte| IN_WORD[usize::from(byte)]) {
            count += usize::from(byte > APOSTROPHE && !is_within);
            is_within = byte > APOSTROPHE || (is_within && byte == APOSTROPHE);
        }
        count
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether no word is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Folded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// [`Folded::push_words`] of text that is plain ASCII, or folded and without signs beyond ASCII: many bytes are looked at
/// together, and a word is copied as one.
fn push_words_of(text: &str, out: &mut String) {
    /// Bytes that are copied together: most words have fewer.
    const COPIED: usize = 16;
    if text.len() <= SHORT && text.is_ascii() {
        return push_few_words_of(text, out);
    }
    let start = out.len();
    out.reserve(text.len());
    let mut is_within = false;
    let mut rest_of_text = text;
    while !rest_of_text.is_empty() {
        // What an apostrophe stands between is one word.
        let end = rest_of_text.floor_char_boundary(BLOCK);
        let end = memchr::memchr(b'\'', &rest_of_text.as_bytes()[..end]).unwrap_or(end);
        let bytes = &rest_of_text.as_bytes()[..end];
        rest_of_text = rest_of_text[end..].strip_prefix('\'').unwrap_or(&rest_of_text[end..]);
        if bytes.is_empty() {
            continue;
        }
        let mut folded = [0; BLOCK + COPIED];
        let Some(block) = folded.first_chunk_mut() else { break };
        let letters = fold_block(bytes, block);
        let mut page = [0; BLOCK + 1 + COPIED];
        let mut len = 0;
        let mut rest = letters;
        is_within &= letters & 1 == 1;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            let n_letters = (!(rest >> at)).trailing_zeros() as usize;
            page[len] = b' ';
            len += usize::from(!is_within && (len > 0 || out.len() > start));
            for step in (0..n_letters).step_by(COPIED) {
                page[len + step..][..COPIED].copy_from_slice(&folded[at + step..][..COPIED]);
            }
            len += n_letters;
            is_within = false;
            // Without its lowest bits up to the first that is not set.
            rest &= rest.wrapping_add(1 << at);
        }
        is_within = letters >> (bytes.len() - 1) & 1 == 1;
        out.push_str(std::str::from_utf8(&page[..len]).unwrap_or_default());
    }
}

/// Bytes of a text, a name or a keyword, that is sooner folded byte by byte than as a block.
const SHORT: usize = 32;

/// [`push_words_of`] of text that is plain ASCII and no longer than [`SHORT`].
fn push_few_words_of(text: &str, out: &mut String) {
    // One word, as most names are.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let start = out.len();
        out.push_str(text);
        return out[start..].make_ascii_lowercase();
    }
    let mut page = [0; 2 * SHORT];
    let (mut len, mut is_within) = (0, false);
    for byte in text.bytes().map(|byte| IN_WORD[usize::from(byte)]) {
        let is_letter = byte > APOSTROPHE;
        page[len] = b' ';
        len += usize::from(is_letter && !is_within && len > 0);
        page[len] = byte;
        len += usize::from(is_letter);
        is_within = is_letter || (is_within && byte == APOSTROPHE);
    }
    out.push_str(std::str::from_utf8(&page[..len]).unwrap_or_default());
}

/// Marks between which an apostrophe stood have become neighbours, and neighbours have one order.
fn put_marks_in_order(out: &mut String, start: usize) {
    let is_mark = |character: char| !character.is_ascii() && unicode_normalization::char::is_combining_mark(character);
    if !out.as_bytes()[start..].is_ascii() && out[start..].chars().any(is_mark) {
        let ordered: String = out[start..].nfkd().collect();
        out.truncate(start);
        out.push_str(&ordered);
    }
}

/// Bytes that [`fold_block`] takes at a time: a bit for each fits into a number.
pub(crate) const BLOCK: usize = 64;

/// Writes `bytes`, at most [`BLOCK`], into `folded` as they stand in a word, [`SEPARATOR`] where they do not; a bit for each
/// says whether it does, the first the lowest. They may have been folded, and have no apostrophes; `folded` is [`SEPARATOR`]
/// behind them.
#[inline]
pub(crate) fn fold_block(bytes: &[u8], folded: &mut [u8; BLOCK]) -> u64 {
    for (folded, byte) in folded.iter_mut().zip(bytes) {
        *folded = in_word(*byte);
    }
    folded.as_chunks().0.iter().rev().fold(0, |letters, eight| letters << 8 | letters_of(*eight))
}

/// Which of eight bytes are not [`SEPARATOR`], the first as the lowest bit.
fn letters_of(eight: [u8; 8]) -> u64 {
    /// The highest bit of each byte.
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let bytes = u64::from_le_bytes(eight);
    let marks = (((bytes & !HIGH) + !HIGH) | bytes) & HIGH;
    // Each mark is shifted to a place of its own in the highest byte.
    (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// [`IN_WORD`] for text that may have been folded and has no apostrophes, without a table, so that many bytes are taken at
/// once: beyond ASCII stand only letters.
fn in_word(byte: u8) -> u8 {
    let small = byte | 0x20;
    let is_letter = small.wrapping_sub(b'a') < 26;
    let stands = byte.wrapping_sub(b'0') < 10 || byte >= 0x80;
    let other = if stands { byte } else { SEPARATOR };
    if is_letter { small } else { other }
}

/// What stands for each byte in [`IN_WORD`] where it is no letter or digit.
pub(crate) const SEPARATOR: u8 = 0;
/// As [`SEPARATOR`]: it is passed over.
pub(crate) const APOSTROPHE: u8 = 1;

/// Each byte of ASCII as it stands in a word: small where it is a letter.
pub(crate) const IN_WORD: [u8; 256] = {
    let mut table = [SEPARATOR; 256];
    let mut byte = 0;
    while byte < 128 {
        let small = (byte as u8).to_ascii_lowercase();
        if small.is_ascii_alphanumeric() {
            table[byte] = small;
        }
        byte += 1;
    }
    table[b'\'' as usize] = APOSTROPHE;
    table
};

/// Whether a folded character is part of a word: a letter or a digit of any script, or a mark of a script whose vowels
/// are marks.
#[must_use]
pub fn is_word_char(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii() && (character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)))
}

/// Appends `text` to `out`, folded character by character: compatibility forms decomposed, case lowered, Latin, Greek,
/// Cyrillic, Hebrew and Arabic marks dropped, ligatures and struck letters spelled out, every dash `-`, every single
/// quote `'`, every double quote `"`, every blank and line end one `' '`, soft hyphens and zero-width characters gone.
/// Punctuation stays. Folding what is folded changes nothing.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        return fold_ascii(text, out);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len() - at);
        fold_ascii(&text[at..at + run], out);
        at += run;
        if at < bytes.len() {
            let run = bytes[at..].iter().position(u8::is_ascii).unwrap_or(bytes.len() - at);
            // What decomposes into a blank and an accent is typed for an apostrophe.
            for (nth, piece) in text[at..at + run].split('\u{b4}').enumerate() {
                if nth > 0 {
                    out.push('\'');
                }
                piece.nfkd().for_each(|character| fold_char(character, out));
            }
            at += run;
        }
    }
}

/// Nine of ten texts are nothing else: a page at a time, so that many bytes are lowered at once.
#[expect(clippy::needless_bitwise_bool, reason = "with a branch the bytes are taken one by one")]
fn fold_ascii(text: &str, out: &mut String) {
    let mut page = [0; 256];
    for bytes in text.as_bytes().chunks(page.len()) {
        let page = &mut page[..bytes.len()];
        for (folded, byte) in page.iter_mut().zip(bytes) {
            let is_other_blank = (*byte == b'\t') | (*byte == b'\n') | (*byte == b'\x0c') | (*byte == b'\r');
            *folded = if is_other_blank { b' ' } else { byte.to_ascii_lowercase() };
        }
        out.push_str(std::str::from_utf8(page).unwrap_or_default());
    }
}

/// The English name of a Greek letter (lower case, without accent), for texts that spell it out: β is "beta".
#[must_use]
pub fn greek_name(letter: char) -> Option<&'static str> {
    const NAMES: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi",
        "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];
    let index = (letter as u32).checked_sub('α' as u32)?;
    NAMES.get(usize::try_from(index).ok()?).copied()
}

fn fold_char(character: char, out: &mut String) {
    match character {
        // Marks that only decorate a letter: Latin, Greek and Cyrillic; Hebrew points; Arabic vowels.
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
        // Soft hyphen, zero-width blanks and joiners, direction marks, byte order mark.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' => out.push('\''),
        '\u{201c}'..='\u{201f}' | '«' | '»' => out.push('"'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.push_str("th"),
        'ħ' | 'Ħ' => out.push('h'),
        'ı' => out.push('i'),
        // Persian letters, and those that are written without their dots or with a bar of their own, as the Arabic ones.
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        'ٱ' => out.push('ا'),
        'ة' => out.push('ه'),
        // Ours: µ has decomposed to μ; the final sigma is a sigma.
        'ς' => out.push('σ'),
        _ if character.is_whitespace() => out.push(' '),
        _ if character.is_ascii() => out.push(character.to_ascii_lowercase()),
        _ => out.extend(character.to_lowercase().filter(|c| !('\u{300}'..='\u{36f}').contains(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_the_same_words_fold_to_the_same() {
        for (input, expected) in [
            ("Ångström—Øresund", "angstrom oresund"),
            ("STRAẞE straße", "strasse strasse"),
            ("ﬁnding № 5²", "finding no 52"),
            ("co\u{ad}production", "coproduction"),
            ("Alzheimer´s, co－op, 6″", "alzheimers co op 6"),
            ("A\u{a0}B\tC\r\nD", "a b c d"),
            ("“He is the same as me”", "he is the same as me"),
            ("Żółw, naïve, Ærø", "zolw naive aero"),
            ("β-αγωνιστής", "β αγωνιστησ"),
            ("Бобков, В. Н.", "бобков в н"),
            ("کریمی، علی", "كريمي علي"),
            ("مدرسة موسى ٱلأولى", "مدرسه موسي الاولي"),
            ("", ""),
            (" ' - ", ""),
            ("\u{6df}'\u{d4d}", "\u{d4d}\u{6df}"),
        ] {
            assert_eq!(Folded::words(input).as_str(), expected, "{input}");
        }
    }

    #[test]
    fn bytes_stand_in_words_as_in_folded_text() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii() { IN_WORD[usize::from(byte)] } else { byte };
            assert_eq!(in_word(byte), if expected == APOSTROPHE { SEPARATOR } else { expected }, "{byte}");
        }
    }

    #[test]
    fn greek_letters_have_names() {
        assert_eq!(greek_name('β'), Some("beta"));
        assert_eq!(greek_name('ω'), Some("omega"));
        assert_eq!(greek_name('a'), None);
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_obvious_way(
            text in "[ -~\t]{0,60}|[a' ]{120,140}|([a-z]{14,18}[' ]){0,10}|([ -~]|[aé’≥±–ß語\u{94d}\u{6df}']){0,150}|\\PC{0,90}",
        ) {
            let mut folded = String::new();
            fold_into(&text, &mut folded);
            let one_by_one = folded.chars().filter(|character| *character != '\'');
            let words: String = one_by_one.map(|character| if is_word_char(character) { character } else { ' ' }).collect();
            let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
            let expected: String = words.join(" ").nfkd().collect();
            let mut out = String::from("before ");
            prop_assert_eq!(Folded::push_words(&text, &mut out), expected.len());
            prop_assert_eq!(&out, &format!("before {expected}"));
        }

        #[test]
        fn words_are_counted_as_they_are_folded(text in "[a-c' .]{0,20}|([ -~\\t]|β|–){0,60}") {
            prop_assert_eq!(Folded::count(&text), Folded::words(&text).as_str().split_ascii_whitespace().count());
        }

        #[test]
        fn ascii_is_folded_byte_by_byte(text in "([ -~\t\n\r\x0b\x0c]|β){0,600}") {
            let mut folded = String::new();
            fold_into(&text, &mut folded);
            let slow = |letter: char| if letter.is_ascii_whitespace() { ' ' } else { letter.to_ascii_lowercase() };
            prop_assert_eq!(folded, text.chars().map(slow).collect::<String>());
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            let once = Folded::words(&text);
            prop_assert_eq!(&Folded::words(once.as_str()), &once);
        }
    }
}
