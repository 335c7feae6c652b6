//! Markup that exports left in their values: `<i>`, `<sup>`, `<p>`, `<jats:title>` …

use std::borrow::Cow;

/// Elements that stand inside a word or a line: taken out without a trace.
const INLINE: &[&str] = &["b", "bold", "em", "font", "i", "inf", "italic", "sc", "small", "span", "strong", "sub", "sup", "tt", "u"];
/// Elements that separate words: a blank takes their place.
const BLOCK: &[&str] = &["br", "div", "h1", "h2", "h3", "h4", "li", "list", "ol", "p", "sec", "section", "title", "ul"];
/// No tag of these elements is longer; what is longer is text.
const LONGEST_TAG: usize = 120;

/// `text` without the tags of the known inline and block elements. Anything else in angle brackets is text and stays
/// ("p < .05 and n > 30", "<1946 to 2020>"). Borrowed where nothing was taken out.
#[must_use]
pub fn strip(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut kept_to = 0;
    for start in memchr::memchr_iter(b'<', text.as_bytes()) {
        if start < kept_to {
            continue;
        }
        let Some((length, blank)) = tag_at(&text[start..]) else { continue };
        out.push_str(&text[kept_to..start]);
        if blank {
            out.push(' ');
        }
        kept_to = start + length;
    }
    if kept_to == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept_to..]);
    Cow::Owned(out)
}

/// The length of the known tag that `text` begins with, and whether a blank takes its place.
fn tag_at(text: &str) -> Option<(usize, bool)> {
    let window = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
    let end = memchr::memchr(b'>', window)?;
    let inside = text[1..end].trim_start_matches('/').trim_start_matches("jats:");
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let name = inside[..name_end].to_ascii_lowercase();
    if INLINE.contains(&name.as_str()) {
        Some((end + 1, false))
    } else if BLOCK.contains(&name.as_str()) {
        Some((end + 1, true))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_go_and_comparisons_stay() {
        for (input, expected) in [
            ("H<sub>2</sub>O", "H2O"),
            ("<jats:p>One.</jats:p><p class=\"x\">Two.</p>", " One.  Two. "),
            ("p < .05 and n > 30", "p < .05 and n > 30"),
            ("Embase <1974 to 2020>", "Embase <1974 to 2020>"),
            ("a <b", "a <b"),
            ("<I>Candida</I> spp", "Candida spp"),
        ] {
            assert_eq!(strip(input), expected, "{input}");
        }
    }
}
