//! Character entities that exports left in their values ("&amp;", "&#x3B2;", also escaped twice: "&amp;lt;").

use std::borrow::Cow;

/// `text` with its HTML character entities decoded, at most twice over, since exports escape twice but not thrice.
/// What is no entity stays as it is ("R&D"). Borrowed where there is no ampersand.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let once = html_escape::decode_html_entities(text);
    match once {
        Cow::Borrowed(same) => Cow::Borrowed(same),
        Cow::Owned(once) => Cow::Owned(html_escape::decode_html_entities(&once).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_twice_at_most() {
        for (input, expected) in [
            ("plain", "plain"),
            ("R&D", "R&D"),
            ("a &amp; b", "a & b"),
            ("&amp;lt;sup&amp;gt;", "<sup>"),
            ("&#946;-blocker &#x3b2;", "β-blocker β"),
        ] {
            assert_eq!(unescape(input), expected, "{input}");
        }
    }
}
