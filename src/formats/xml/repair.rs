//! What references stand for, unknown and illegal ones too.

use quick_xml::events::BytesRef;
use std::borrow::Cow;

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
    fn references_of_attributes() {
        for (text, expected) in
            [("plain", "plain"), ("R&amp;D &#233;&nbsp;", "R&D é\u{a0}"), ("a & b; c", "a & b; c"), ("&amp;lt;", "&lt;")]
        {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
