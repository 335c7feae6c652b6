//! Text that was read in the wrong encoding once: "PÃ¥rÃ¸rende" is "Pårørende".

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// What is left of a closing quotation mark, of which Windows-1252 does not show the last byte.
const CUT_QUOTATION_MARK: &[u8] = b"\xe2\x80";

/// `text` as it was before its UTF-8 was taken for Windows-1252; the same where it was not. All of it must be such, since only then is
/// nothing else meant.
pub fn mended(text: &str) -> Cow<'_, str> {
    // Nearly all text ends here: what two bytes became are two letters, of which the first is one of these.
    let mut before = 'a';
    let is_suspect = |c: char| {
        let is_start = ('\u{c2}'..='\u{f4}').contains(&before);
        before = c;
        is_start && !c.is_ascii()
    };
    if text.is_ascii() || !text.chars().any(is_suspect) {
        return Cow::Borrowed(text);
    }
    let (bytes, _, has_other_letters) = WINDOWS_1252.encode(text);
    if has_other_letters {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        read.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            CUT_QUOTATION_MARK => read.push('\u{201d}'),
            _ => return Cow::Borrowed(text),
        }
    }
    Cow::Owned(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_read_again() {
        for (text, expected) in [
            ("PÃ¥rÃ¸rende i psykisk helsearbeid", "Pårørende i psykisk helsearbeid"),
            ("patientsâ€™ views", "patients’ views"),
            ("â€œNothing about usâ€: views", "“Nothing about us”: views"),
            ("TNF-Î± in asthma", "TNF-α in asthma"),
            ("Pårørende", "Pårørende"),
            ("Ã", "Ã"),
            ("naïve çocuk", "naïve çocuk"),
            ("Å“ and å", "Å“ and å"),
            ("PÃ¥rÃ¸rende og søsken", "PÃ¥rÃ¸rende og søsken"),
            ("日本", "日本"),
        ] {
            assert_eq!(mended(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[a-zæøåéüñčα’“–]{0,20}") {
            // A letter and the quotation marks behind it may be a third letter, as nobody writes them.
            let letters = text.replace(['’', '“', '–'], "");
            prop_assert_eq!(mended(&letters), &*letters);
            let (misread, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            prop_assert_eq!(mended(&misread), &*text);
        }
    }
}
