//! LaTeX in values: accents, symbols, braces, small formulas become the characters they print, and back.
//!
//! Goes in: text as BibTeX files have it. Comes out: the same as plain text. What is not understood stays as it stands:
//! unknown commands, formulas with one, a brace without its partner. Most files are no LaTeX but text of a database, so
//! what both have is decoded only where it cannot be meant as itself: `~` between words and not in "~50", `$` around a
//! formula and not before an amount.

mod formula;
mod symbols;

use std::borrow::Cow;
use symbols::{COMMANDS, Meaning};

/// Arguments of accents and links that are longer are none.
const LONGEST_ARGUMENT: usize = 2000;
/// Accents upon accents.
const DEEPEST: usize = 4;

/// The characters that `text` prints. Borrowed where nothing had to be decoded.
///
/// ```
/// use refsieve::text::latex;
/// assert_eq!(latex::decode(r#"{M\"u}ller \& {\O}rsted: {DNA} at $\alpha$~= 5\%"#), "Müller & Ørsted: DNA at α = 5%");
/// assert_eq!(latex::decode(r"~50 for $5, \unknown{x}"), r"~50 for $5, \unknown{x}");
/// ```
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if text.bytes().zip(text.bytes().skip(1).chain([0])).any(|(byte, next)| is_special(byte, next)) {
        Cow::Owned(Decoder::new(text, Sort::Text, 0).run())
    } else {
        Cow::Borrowed(text)
    }
}

/// As [`decode`], for links and identifiers, in which dashes, tildes and dollars are themselves.
#[must_use]
pub fn decode_link(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'\\', b'{', b'}', text.as_bytes()).is_some() {
        Cow::Owned(Decoder::new(text, Sort::Link, 0).run())
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` with everything written as a command that [`decode`] or a LaTeX program would take for one.
///
/// ```
/// use refsieve::text::latex;
/// assert_eq!(latex::encode("R&D -- 5 % {x}"), r"R\&D -{}- 5 \% {\textbraceleft}x{\textbraceright}");
/// ```
#[must_use]
pub fn encode(text: &str) -> Cow<'_, str> {
    let is_plain =
        |byte: u8| !matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'&' | b'%' | b'#' | b'_' | b'~' | b'^' | b'-' | b'`' | b'\'' | b'@');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut last = '\0';
    let mut starts_line = true;
    for character in text.chars() {
        match character {
            // It would begin another entry.
            '@' if starts_line => out.push_str("{@}"),
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '$' | '&' | '%' | '#' | '_' => out.extend(['\\', character]),
            // Two of these would become a dash or a quotation mark.
            '-' | '`' | '\'' if last == character => out.extend(['{', '}', character]),
            _ => out.push(character),
        }
        last = character;
        starts_line = matches!(character, '\n' | '\r') || (starts_line && character.is_whitespace());
    }
    Cow::Owned(out)
}

/// Whether a byte, before another, may have a meaning in LaTeX text.
fn is_special(byte: u8, next: u8) -> bool {
    matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~') || (byte == next && matches!(byte, b'-' | b'`'))
}

/// What sort of text is decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Link,
}

/// What the end of a group prints, and the start where it stays open.
enum Group {
    /// Nothing; where it is never closed, its opening brace, which belongs at this place of what is printed.
    Plain(usize),
    /// A brace.
    Kept,
    /// This text.
    Ends(&'static str),
}

struct Decoder<'a> {
    text: &'a str,
    sort: Sort,
    /// How many accents this text is inside of.
    depth: usize,
    at: usize,
    out: String,
    groups: Vec<Group>,
    /// Quotations opened with two grave accents.
    n_open_quotes: usize,
}

impl<'a> Decoder<'a> {
    fn new(text: &'a str, sort: Sort, depth: usize) -> Self {
        Self { text, sort, depth, at: 0, out: String::with_capacity(text.len()), groups: Vec::new(), n_open_quotes: 0 }
    }

    fn run(mut self) -> String {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            let is_text = self.sort == Sort::Text;
            match byte {
                b'\\' => self.command(),
                b'{' => {
                    self.groups.push(Group::Plain(self.out.len()));
                    self.at += 1;
                }
                b'}' => self.close(),
                b'$' if is_text => self.formula(),
                b'~' if is_text => self.tilde(),
                b'-' if is_text => self.dashes(),
                b'`' | b'\'' if is_text => self.quote(),
                _ => self.plain(),
            }
        }
        self.finish()
    }

    /// Puts back the braces that were never closed.
    fn finish(self) -> String {
        let mut open = self.groups.iter().filter_map(|group| if let Group::Plain(at) = group { Some(*at) } else { None }).peekable();
        if open.peek().is_none() {
            return self.out;
        }
        let mut out = String::with_capacity(self.out.len() + self.groups.len());
        let mut start = 0;
        for at in open {
            let at = at.min(self.out.len());
            out.push_str(&self.out[start..at]);
            out.push('{');
            start = at;
        }
        out.push_str(&self.out[start..]);
        out
    }

    /// Text up to the next byte that may mean something.
    fn plain(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..];
        let is_stop = |byte: &u8| matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~' | b'-' | b'`' | b'\'');
        let end = bytes.iter().skip(1).position(is_stop).map_or(bytes.len(), |at| at + 1);
        self.out.push_str(&self.text[self.at..self.at + end]);
        self.at += end;
    }

    fn push_byte(&mut self) {
        self.out.push_str(&self.text[self.at..=self.at]);
        self.at += 1;
    }

    fn close(&mut self) {
        self.at += 1;
        match self.groups.pop() {
            Some(Group::Plain(_)) => {}
            Some(Group::Ends(end)) => self.out.push_str(end),
            Some(Group::Kept) => {
                self.out.push('}');
                self.keep_argument();
            }
            None => self.out.push('}'),
        }
    }

    /// A blank that does not break a line, where it stands between words; an "about", a home folder otherwise.
    fn tilde(&mut self) {
        let before = self.text[..self.at].chars().next_back().unwrap_or(' ');
        let after = self.text[self.at + 1..].chars().next().unwrap_or(' ');
        let joins = (before.is_alphanumeric() || matches!(before, '.' | ',' | ';' | ':' | ')' | '}' | '$'))
            && (after.is_alphanumeric() || matches!(after, '(' | '{' | '\\' | '$' | '=' | '<' | '>'))
            && !(before.is_ascii_digit() && after.is_ascii_digit());
        if joins {
            self.out.push(' ');
            self.at += 1;
        } else {
            self.push_byte();
        }
    }

    /// Two hyphens are an en dash, three an em dash; more are a line.
    fn dashes(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().take_while(|byte| **byte == b'-').count();
        let is_comment = self.text[..self.at].ends_with('!') || rest.get(count) == Some(&b'>');
        match count {
            2 if !is_comment => self.out.push('–'),
            3 if !is_comment => self.out.push('—'),
            _ => self.out.push_str(&self.text[self.at..self.at + count]),
        }
        self.at += count;
    }

    fn quote(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("``") {
            self.n_open_quotes += 1;
            self.out.push('“');
            self.at += 2;
        } else if rest.starts_with("''") && self.n_open_quotes > 0 {
            self.n_open_quotes -= 1;
            self.out.push('”');
            self.at += 2;
        } else {
            self.push_byte();
        }
    }

    fn formula(&mut self) {
        match formula::at(&self.text[self.at..]) {
            Some((length, printed)) => {
                let formula = &self.text[self.at..self.at + length];
                self.out.push_str(printed.as_deref().unwrap_or(formula));
                self.at += length;
            }
            None => self.push_byte(),
        }
    }

    fn command(&mut self) {
        let rest = &self.text[self.at + 1..];
        let name_length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if name_length == 0 {
            return self.sign(rest);
        }
        let name = &rest[..name_length];
        let after = self.at + 1 + name_length;
        let Ok(row) = COMMANDS.binary_search_by_key(&name, |(known, _)| known) else { return self.unknown(after) };
        match COMMANDS[row].1 {
            Meaning::Prints(printed) => {
                self.out.push_str(printed);
                self.at = self.behind_name(after);
            }
            Meaning::Accent(mark) => self.accent(mark, after, true),
            Meaning::Style if self.text[after..].starts_with('{') => self.at = after,
            Meaning::Switch => self.at = self.behind_name(after),
            Meaning::Quotes if self.text[after..].starts_with('{') => {
                self.out.push('“');
                self.groups.push(Group::Ends("”"));
                self.at = after + 1;
            }
            Meaning::Script(script) => match self.argument(after) {
                Some((inside, end)) => {
                    let inside = self.decoded(inside);
                    self.out.push_str(&script.of(&inside));
                    self.at = end;
                }
                None => self.unknown(after),
            },
            Meaning::Link => match self.argument(after) {
                Some((inside, end)) => {
                    self.out.push_str(&decode_link(inside));
                    self.at = end;
                }
                None => self.unknown(after),
            },
            Meaning::NamedLink => self.named_link(after),
            Meaning::Formula => match self.argument(after).and_then(|(inside, end)| Some((formula::printed(inside)?, end))) {
                Some((printed, end)) => {
                    self.out.push_str(&printed);
                    self.at = end;
                }
                None => self.unknown(after),
            },
            // Zotero balances a printed brace with one that is not printed.
            Meaning::Invisible if self.text[after..].starts_with(r"{\}}") || self.text[after..].starts_with(r"{\{}") => self.at = after + 4,
            Meaning::Invisible => match self.argument(after) {
                Some((_, end)) => self.at = end,
                None => self.unknown(after),
            },
            Meaning::Style | Meaning::Quotes => self.unknown(after),
        }
    }

    /// The command before `after` is not known: it stays, with the braces of its arguments.
    fn unknown(&mut self, after: usize) {
        self.out.push_str(&self.text[self.at..after]);
        self.at = after;
        self.keep_argument();
    }

    fn keep_argument(&mut self) {
        if self.text[self.at..].starts_with('{') {
            self.out.push('{');
            self.groups.push(Group::Kept);
            self.at += 1;
        }
    }

    /// Where the text goes on behind the name of a command: behind the blanks that end it, or its empty argument.
    fn behind_name(&self, after: usize) -> usize {
        let rest = &self.text[after..];
        if rest.starts_with("{}") {
            return after + 2;
        }
        after + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
    }

    /// A backslash and a sign.
    fn sign(&mut self, rest: &str) {
        let after = self.at + 2;
        match rest.as_bytes().first() {
            Some(sign @ (b'&' | b'%' | b'$' | b'#' | b'_' | b'{' | b'}')) => {
                self.out.push(char::from(*sign));
                self.at = after;
            }
            Some(b' ' | b',' | b';' | b':' | b'>' | b'\\') if self.sort == Sort::Text => {
                self.out.push(' ');
                self.at = after;
            }
            Some(b'/' | b'-' | b'!') if self.sort == Sort::Text => self.at = after,
            Some(b'\'') => self.accent('\u{301}', after, false),
            Some(b'`') => self.accent('\u{300}', after, false),
            Some(b'^') => self.accent('\u{302}', after, false),
            Some(b'"') => self.accent('\u{308}', after, false),
            Some(b'~') => self.accent('\u{303}', after, false),
            Some(b'=') => self.accent('\u{304}', after, false),
            Some(b'.') => self.accent('\u{307}', after, false),
            _ => {
                self.out.push('\\');
                self.at += 1;
            }
        }
    }

    /// Puts `mark` on the first letter of the argument at `after`.
    fn accent(&mut self, mark: char, after: usize, is_named: bool) {
        let skipped = self.text[after..].len() - self.text[after..].trim_start_matches([' ', '\t']).len();
        let start = if is_named { after + skipped } else { after };
        let braced = self.argument(start);
        let (base, end) = match braced {
            Some((inside, end)) => (self.decoded(inside), end),
            None => match self.one_letter(start) {
                Some((letter, end)) => (Cow::Owned(letter), end),
                None => (Cow::Borrowed(""), start),
            },
        };
        let mut letters = base.chars().map(|letter| match letter {
            'ı' => 'i',
            'ȷ' => 'j',
            other => other,
        });
        let first = letters.next();
        match first.map(|letter| (letter, unicode_normalization::char::compose(letter, mark))) {
            Some((_, Some(composed))) => self.out.push(composed),
            Some((letter, None)) if letter.is_alphabetic() && (braced.is_some() || is_named) => self.out.extend([letter, mark]),
            // `can\'t`: an apostrophe that a program protected.
            _ if !is_named => {
                self.out.push_str(&self.text[self.at + 1..after]);
                self.out.extend(first);
            }
            _ => return self.unknown(after),
        }
        self.out.push_str(base.get(first.map_or(0, char::len_utf8)..).unwrap_or_default());
        self.at = end;
    }

    /// The letter, or the command that prints one, at `start`, and where it ends.
    fn one_letter(&self, start: usize) -> Option<(String, usize)> {
        let rest = &self.text[start..];
        if let Some(command) = rest.strip_prefix('\\') {
            let length = command.bytes().take_while(u8::is_ascii_alphabetic).count();
            let row = COMMANDS.binary_search_by_key(&&command[..length], |(known, _)| known).ok()?;
            let Meaning::Prints(printed) = COMMANDS[row].1 else { return None };
            return Some((printed.to_owned(), self.behind_name(start + 1 + length)));
        }
        let letter = rest.chars().next().filter(|letter| letter.is_alphabetic())?;
        Some((letter.to_string(), start + letter.len_utf8()))
    }

    /// What stands in the braces that begin at `start`, and where it goes on behind them.
    fn argument(&self, start: usize) -> Option<(&'a str, usize)> {
        argument(self.text, start)
    }

    fn named_link(&mut self, after: usize) {
        let both = self.argument(after).and_then(|(link, end)| Some((link, self.argument(end)?)));
        let Some((link, (name, end))) = both else { return self.unknown(after) };
        let (link, name) = (decode_link(link), self.decoded(name));
        self.out.push_str(&name);
        if name != link {
            self.out.extend([" (", &link, ")"]);
        }
        self.at = end;
    }

    fn decoded(&self, inside: &'a str) -> Cow<'a, str> {
        if self.depth >= DEEPEST { Cow::Borrowed(inside) } else { Cow::Owned(Decoder::new(inside, self.sort, self.depth + 1).run()) }
    }
}

/// What stands in the braces of `text` that begin at `start`, and where it goes on behind them.
fn argument(text: &str, start: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let window = bytes.get(start..bytes.len().min(start + LONGEST_ARGUMENT))?;
    if window.first() != Some(&b'{') {
        return None;
    }
    let mut depth = 0_usize;
    for at in memchr::memchr2_iter(b'{', b'}', window) {
        match window[at] {
            b'{' => depth += 1,
            _ => depth -= 1,
        }
        if depth == 0 {
            return Some((&text[start + 1..start + at], start + at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_letters() {
        for (input, expected) in [
            (r"{\'e}", "é"),
            (r"\'{e}", "é"),
            (r"\'e", "é"),
            (r#"M{\"u}ller, M\"uller, M\"{u}ller"#, "Müller, Müller, Müller"),
            (r"Stra{\ss}e, Stra\ss e, Stra\ss{}e", "Straße, Straße, Straße"),
            (r"{\o}re \O re \aa{}l {\L}\'od\'z", "øre Øre ål Łódź"),
            (r"Fran\c{c}ois, Fran\c cois", "François, François"),
            (r"\v{s}\v sa{\v{z}}", "ššaž"),
            (r"se\~nor, \~{n}", "señor, ñ"),
            (r"na\^{\i}ve, \^\i le, {\^\i}", "naîve, île, î"),
            (r"\H{o}\k{a}\r{a}\u{g}\.{z}\=o\d{h}", "őąåğżōḥ"),
            (r"\'{\^{e}}", "ế"),
            (r"\'{b}", "b\u{301}"),
            (r"can\'t \'{} \^{} \`", "can't ' ^ `"),
            (r"\i", "ı"),
        ] {
            assert_eq!(decode(input), expected, "{input}");
        }
    }

    #[test]
    fn signs_styles_and_formulas() {
        for (input, expected) in [
            (r"R\&D, 5\%, \$5, \#1, a\_b, \{x\}", "R&D, 5%, $5, #1, a_b, {x}"),
            ("1--2 --- 3 ---- 4 <!-- x -->", "1–2 — 3 ---- 4 <!-- x -->"),
            ("``quoted'' and 5'' of `one'", "“quoted” and 5'' of `one'"),
            (r"\textit{in vitro} \emph{and {DNA}} {\em so} {\bf on}", "in vitro and DNA so on"),
            ("{Protected} {C}ase {{Twice}}", "Protected Case Twice"),
            (r"$\alpha$-blocker, H$_2$O, 10$^{-3}$, $x_{max}$, \ensuremath{\beta}", "α-blocker, H₂O, 10⁻³, x<sub>max</sub>, β"),
            ("costs $5 and $10, or US$5/US$10", "costs $5 and $10, or US$5/US$10"),
            (r"$\frac{1}{2}$ of $n$, $p<0.05$", r"$\frac{1}{2}$ of n, p<0.05"),
            (r"a\textendash b \textemdash{} c\ldots{} 5\textdegree C {\textregistered}", "a–b — c… 5°C ®"),
            (r"\url{http://x.org/~a_b} \href{http://x.org}{here}", "http://x.org/~a_b here (http://x.org)"),
            ("Fig.~1, Ek,~A, ~50, a ~ b, 5~10, x/~user", "Fig. 1, Ek, A, ~50, a ~ b, 5~10, x/~user"),
            (r"CO\textsubscript{2} m\textsuperscript{2} n\textsuperscript{th}", "CO₂ m² n<sup>th</sup>"),
            (r"\unknown{a {b}}{c} \other", r"\unknown{a b}{c} \other"),
            ("a } b { c {d}", "a } b { c d"),
            (r"5\,mg\ x", "5 mg x"),
            (r"\mkbibquote{A \enquote{b}}", "“A “b””"),
            (r"{\textbackslash} {\textbraceleft}x{\textbraceright} \textasciitilde{}x", r"\ {x} ~x"),
            (r"\{\vphantom{\}}a", "{a"),
            ("", ""),
            ("\\", "\\"),
        ] {
            assert_eq!(decode(input), expected, "{input}");
        }
        assert!(matches!(decode("plain - text 'x'"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_line_begins_an_entry() {
        assert_eq!(encode("a@b\n @article{x"), "a@b\n {@}article{\\textbraceleft}x");
        assert_eq!(decode("a@b\n {@}article{\\textbraceleft}x"), "a@b\n @article{x");
    }

    #[test]
    fn links_keep_what_is_no_escape() {
        for (input, expected) in [
            (r"http://x.org/a\_b~c--d", "http://x.org/a_b~c--d"),
            (r"\url{http://x.org/\%20}", "http://x.org/%20"),
            (r"http://x.org/{\~{}}user", "http://x.org/~user"),
            (r"{10.1000/abc}", "10.1000/abc"),
        ] {
            assert_eq!(decode_link(input), expected, "{input}");
        }
    }

    #[test]
    fn deep_groups_take_no_stack() {
        let deep = format!("{}a{}", "{".repeat(200_000), "}".repeat(200_000));
        assert_eq!(decode(&deep), "a");
        let accents = format!("{}a{}", r"\'{".repeat(50_000), "}".repeat(50_000));
        assert!(decode(&accents).contains('a'));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in "[a-z0-9 \\\\{}$&%#_~^`'\"\\-.,éß–/<>]{0,40}") {
            let encoded = encode(&text);
            prop_assert_eq!(&*decode(&encoded), &*text);
            prop_assert_eq!(&*decode_link(&encoded), &*text);
        }

        #[test]
        fn no_text_is_too_odd(text in "(\\\\|[{}$~`'\"^_-]|textit|alpha|c|url|href|é|a| ){0,40}") {
            let _ = decode(&text);
            let _ = decode_link(&text);
        }
    }
}
