//! The markup of one record, token by token. Whatever begins like markup and is none is text.
//!
//! By hand and not by a library of XML, because every damage must be told and survived, a lone `<` above all, and because
//! one pass does both; that the two agree where the text is well formed is a law.

use super::pieces::OPAQUE;
use memchr::memmem;

/// One piece of a record's text. Tags are what stands between their brackets, without the slash of an empty element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Start(Tag<'t>),
    /// An element that has no content.
    Empty(Tag<'t>),
    /// The name of an element that ends, with its prefix.
    End(&'t str),
    /// Text as it stands, a section of CDATA without its marks.
    Text(&'t str),
    /// What stands between `&` and `;`.
    Reference(&'t str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// All of it, but for the brackets.
    pub(super) content: &'t str,
    /// The name, with its prefix.
    pub(super) name: &'t str,
}

/// Walks over the tokens of `text`; comments and instructions are none.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// The ends of sections that were looked for in vain: they need not be looked for again.
    unclosed: Vec<&'static str>,
    /// What was wrong first.
    problem: Option<&'static str>,
}

/// No name of an entity is longer.
const LONGEST_REFERENCE: usize = 40;

/// How long a piece of markup is, and what it says if it says anything.
type Markup<'t> = (usize, Option<Token<'t>>);

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, unclosed: Vec::new(), problem: None }
    }

    /// What was wrong first in what has been walked over.
    pub(super) fn problem(&self) -> Option<&'static str> {
        self.problem
    }

    /// The tag, comment, section or instruction that `rest` begins with, if it is one.
    fn markup(&mut self, rest: &'t str) -> Option<Markup<'t>> {
        let bytes = rest.as_bytes();
        let name_start = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
        match bytes.get(name_start)? {
            b'!' | b'?' => return self.section(rest),
            byte if byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii() => {}
            _ => return None,
        }
        let is_name_end = |byte: &u8| matches!(byte, b'>' | b'<') || byte.is_ascii_whitespace();
        let name_end = name_start + bytes[name_start..].iter().position(is_name_end)?;
        let end = if bytes[name_end] == b'>' { name_end } else { self.tag_end(rest, name_end)? };
        let name = &rest[name_start..name_end];
        if name_start == 2 {
            return Some((end + 1, Some(Token::End(name))));
        }
        let content = &rest[1..end];
        let token = match content.strip_suffix('/') {
            Some(content) => Token::Empty(Tag { content, name: name.get(..content.len()).unwrap_or(name) }),
            None => Token::Start(Tag { content, name }),
        };
        Some((end + 1, Some(token)))
    }

    /// Where the tag ends whose name ends at `name_end`. "x<y & z > 1" is none: what follows a name is attributes, or
    /// nothing.
    fn tag_end(&mut self, rest: &str, name_end: usize) -> Option<usize> {
        let bytes = rest.as_bytes();
        let nearest = name_end + memchr::memchr2(b'<', b'>', &bytes[name_end..])?;
        let behind_name = rest[name_end..nearest].trim_end_matches('/').trim();
        if bytes[nearest] != b'>' || !(behind_name.is_empty() || behind_name.contains('=')) {
            return None;
        }
        // A ">" may stand inside of quotation marks; one of them that is not closed before the next tag hides nothing.
        let mut quote = None;
        for (at, byte) in bytes.iter().enumerate().skip(name_end) {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'>') => return Some(at),
                (_, b'<') => break,
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        self.problem.get_or_insert("an attribute whose quotation mark is not closed");
        Some(nearest)
    }

    fn section(&mut self, rest: &'t str) -> Option<Markup<'t>> {
        let (open, close) = OPAQUE.into_iter().chain([("<?", "?>")]).find(|(open, _)| rest.starts_with(open))?;
        if self.unclosed.contains(&close) {
            return None;
        }
        let Some(end) = memmem::find(rest.as_bytes(), close.as_bytes()) else {
            self.unclosed.push(close);
            return None;
        };
        let is_text = open == OPAQUE[1].0;
        Some((end + close.len(), is_text.then(|| Token::Text(rest.get(open.len()..end).unwrap_or_default()))))
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let mut start = self.at;
        while let Some(found) = memchr::memchr2(b'<', b'&', &self.text.as_bytes()[self.at..]) {
            let at = self.at + found;
            let rest = &self.text[at..];
            let is_bracket = rest.starts_with('<');
            let markup = if is_bracket { self.markup(rest) } else { reference(rest) };
            match markup {
                // The text before it is a token of its own; then it is read again.
                Some(_) if at > start => {
                    self.at = at;
                    return Some(Token::Text(&self.text[start..at]));
                }
                Some((length, Some(token))) => {
                    self.at = at + length;
                    return Some(token);
                }
                Some((length, None)) => {
                    self.at = at + length;
                    start = self.at;
                }
                None => {
                    if is_bracket {
                        self.problem.get_or_insert("a \"<\" that begins no markup");
                    }
                    self.at = at + 1;
                }
            }
        }
        self.at = self.text.len();
        (start < self.at).then(|| Token::Text(&self.text[start..]))
    }
}

/// The reference that `rest` begins with, if it is one and not a mere `&`.
fn reference(rest: &str) -> Option<Markup<'_>> {
    let behind = &rest.as_bytes()[1..rest.len().min(LONGEST_REFERENCE + 2)];
    let len = behind.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#')?;
    (len > 0 && behind[len] == b';').then(|| (len + 2, Some(Token::Reference(&rest[1..=len]))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    /// The tokens in one line each, text that stands side by side joined.
    fn shown<'t>(tokens: impl Iterator<Item = Token<'t>>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for token in tokens {
            match (token, out.last_mut()) {
                (Token::Text(text), Some(last)) if last.starts_with('t') => last.push_str(text),
                (Token::Text(text), _) => out.push(format!("t{text}")),
                (Token::Start(tag), _) => out.push(format!("<{} {}", tag.name, tag.content)),
                (Token::Empty(tag), _) => out.push(format!("/{} {}", tag.name, tag.content)),
                (Token::End(name), _) => out.push(format!(">{name}")),
                (Token::Reference(name), _) => out.push(format!("&{name}")),
            }
        }
        out
    }

    /// The same by the library.
    fn obvious(text: &str) -> Vec<String> {
        let mut reader = Reader::from_str(text);
        let mut out: Vec<String> = Vec::new();
        let push_text = |out: &mut Vec<String>, text: &str| match out.last_mut() {
            Some(last) if last.starts_with('t') => last.push_str(text),
            _ => out.push(format!("t{text}")),
        };
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => out.push(format!("<{} {}", tag.name().as_ref(), &*tag)),
                Event::Empty(tag) => out.push(format!("/{} {}", tag.name().as_ref(), &*tag)),
                Event::End(tag) => out.push(format!(">{}", tag.name().as_ref())),
                Event::Text(text) => push_text(&mut out, &text.into_inner()),
                Event::CData(text) => push_text(&mut out, &text.into_inner()),
                Event::GeneralRef(name) => out.push(format!("&{}", &*name)),
                Event::Eof => break,
                _ => {}
            }
        }
        out
    }

    fn well_formed() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[a-z \n\"'=>/é]{1,8}",
            Just("&amp;".to_owned()),
            Just("&#233;".to_owned()),
            Just("<b/>".to_owned()),
            Just("<b />".to_owned()),
            Just("<n:b x='1>2' y=\"'\"/>".to_owned()),
            Just("<!-- a < b & c -->".to_owned()),
            Just("<?x a > b?>".to_owned()),
            "[a-z<>&;\\[\\]]{0,6}".prop_filter("no end", |text| !text.contains("]]")).prop_map(|text| format!("<![CDATA[{text}.]]>")),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let names = prop_oneof![Just("a"), Just("n:a-b"), Just("a \n x = \"1 > 2\""), Just("é")];
            (names, proptest::collection::vec(inner, 0..6)).prop_map(|(tag, content)| {
                let name = tag.split_whitespace().next().unwrap_or_default();
                format!("<{tag}>{}</{name}>", content.concat())
            })
        })
    }

    proptest! {
        #[test]
        fn well_formed_text_reads_as_the_library_reads_it(text in well_formed()) {
            let mut scanner = Scanner::new(&text);
            prop_assert_eq!(shown(&mut scanner), obvious(&text));
            prop_assert_eq!(scanner.problem(), None);
        }

        #[test]
        fn no_text_is_lost(parts in proptest::collection::vec(0..PARTS.len(), 0..30)) {
            let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
            let mut scanner = Scanner::new(&text);
            let found = shown(&mut scanner).concat();
            for letter in ['1', '2', '3'] {
                prop_assert_eq!(found.matches(letter).count(), text.matches(letter).count(), "{}", text);
            }
        }
    }

    const PARTS: &[&str] =
        &["<a>", "</a>", "1 < 2", "<", ">", "&", ";", "&amp;", "<![CDATA[", "]]>", "<b x=\"3\">", "<b x=\"", "</", "<!x", " "];

    #[test]
    fn what_begins_no_markup_is_text() {
        for (text, expected, problem) in [
            ("<a>1 < 2</a>", &["<a a", "t1 < 2", ">a"][..], true),
            ("<a>x<y & z > 1</a>", &["<a a", "tx<y & z > 1", ">a"], true),
            ("<a b=\"1\"/><c />", &["/a a b=\"1\"", "/c c "], false),
            ("<a><!-- 1 < 2 --><![CDATA[3 < &amp;]]></a>", &["<a a", "t3 < &amp;", ">a"], false),
            ("<a>p<.05</a>", &["<a a", "tp<.05", ">a"], true),
            ("<a>x<b c</a>", &["<a a", "tx<b c", ">a"], true),
            ("<a>x <!-- open</a>", &["<a a", "tx <!-- open", ">a"], true),
            ("<a b=\"1>x</a>", &["<a a b=\"1", "tx", ">a"], true),
            ("<a>R& D; &x y; &&lt;</a>", &["<a a", "tR& D; &x y; &", "&lt", ">a"], false),
            ("<a>x</a b='1'>", &["<a a", "tx", ">a"], false),
        ] {
            let mut scanner = Scanner::new(text);
            assert_eq!(shown(&mut scanner), expected, "{text}");
            assert_eq!(scanner.problem().is_some(), problem, "{text}");
        }
    }
}
