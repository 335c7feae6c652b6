//! What stands in XML by mistake and would cost the rest of its record: bare brackets, unknown and illegal references.

use super::pieces::OPAQUE;
use quick_xml::events::BytesRef;
use std::borrow::Cow;

/// `text` with every `<` that begins no markup ("A < b") written as an entity; `None` where there is none.
pub(super) fn without_bare_brackets(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut kept_to = 0;
    let mut at = 0;
    // The sections that were not closed once are not looked for again.
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        if let Some(length) = markup_len(&text[start..], &mut unclosed) {
            at = start + length;
        } else {
            out.push_str(&text[kept_to..start]);
            out.push_str("&lt;");
            kept_to = start + 1;
            at = kept_to;
        }
    }
    if kept_to == 0 {
        return None;
    }
    out.push_str(&text[kept_to..]);
    Some(out)
}

/// The length of the tag, comment, section or instruction that `text` begins with, if it is one.
fn markup_len(text: &str, unclosed: &mut Vec<&str>) -> Option<usize> {
    let bytes = text.as_bytes();
    let name_start = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    match bytes.get(name_start)? {
        b'!' | b'?' => {
            let (_, close) = OPAQUE.into_iter().chain([("<?", "?>")]).find(|(open, _)| text.starts_with(open))?;
            if unclosed.contains(&close) {
                return None;
            }
            let end = memchr::memmem::find(text.as_bytes(), close.as_bytes()).map(|at| at + close.len());
            if end.is_none() {
                unclosed.push(close);
            }
            return end;
        }
        byte if byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii() => {}
        _ => return None,
    }
    let name_end = name_start + bytes[name_start..].iter().position(|byte| matches!(byte, b'>' | b'<') || byte.is_ascii_whitespace())?;
    if bytes[name_end] == b'>' {
        return Some(name_end + 1);
    }
    let end = name_end + memchr::memchr2(b'<', b'>', &bytes[name_end..])?;
    // "x<y & z > 1": what follows a name is attributes, or nothing.
    let behind_name = text[name_end..end].trim_end_matches('/').trim();
    let is_tag = behind_name.is_empty() || behind_name.contains('=');
    (bytes[end] == b'>' && is_tag).then_some(end + 1)
}

/// What a reference between `&` and `;` stands for.
pub(super) enum Resolved<'t> {
    Text(Cow<'t, str>),
    /// A character that no text may have; it is left out.
    Illegal,
}

/// Character references, the entities of XML and those of HTML; an unknown entity stays as it is written.
pub(super) fn resolve(name: &str) -> Resolved<'static> {
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(character)) if character >= ' ' || matches!(character, '\t' | '\n' | '\r') => {
            Resolved::Text(Cow::Owned(character.to_string()))
        }
        Ok(Some(_)) => Resolved::Illegal,
        _ => Resolved::Text(match name {
            "amp" => Cow::Borrowed("&"),
            "lt" => Cow::Borrowed("<"),
            "gt" => Cow::Borrowed(">"),
            "quot" => Cow::Borrowed("\""),
            "apos" => Cow::Borrowed("'"),
            _ => Cow::Owned(crate::text::unescape(&format!("&{name};")).into_owned()),
        }),
    }
}

/// An attribute's value with its references resolved.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let mut parts = text.split('&');
    let Some(first) = parts.next().filter(|first| first.len() < text.len()) else { return Cow::Borrowed(text) };
    let mut out = String::from(first);
    for part in parts {
        match part.split_once(';') {
            Some((name, behind)) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') => {
                if let Resolved::Text(text) = resolve(name) {
                    out.push_str(&text);
                }
                out.push_str(behind);
            }
            _ => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_begin_no_markup_become_entities() {
        for (text, expected) in [
            ("<a>1 < 2</a>", Some("<a>1 &lt; 2</a>")),
            ("<a>x<y & z > 1</a>", Some("<a>x&lt;y & z > 1</a>")),
            ("<a b=\"1\"/><c />", None),
            ("<a><!-- 1 < 2 --><![CDATA[3 < 4]]></a>", None),
            ("<a>p<.05</a>", Some("<a>p&lt;.05</a>")),
            ("<a>x<b c</a>", Some("<a>x&lt;b c</a>")),
            ("<a>x <!-- open</a>", Some("<a>x &lt;!-- open</a>")),
        ] {
            assert_eq!(without_bare_brackets(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn references_of_attributes() {
        for (text, expected) in
            [("plain", "plain"), ("R&amp;D &#233;&nbsp;", "R&D é\u{a0}"), ("a & b; c", "a & b; c"), ("&amp;lt;", "&lt;")]
        {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
