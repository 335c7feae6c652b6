//! Where a record came from, as one line of text that survives in the notes of every format and program.
//!
//! A merged record carries one line for each record that went into it:
//!
//! ```text
//! [refsieve-origin: database=Medline; ordinal=12; id=12345; key=0123456789abcdef; file=medline.nbib]
//! ```
//!
//! The keys are `database` (absent where it is not known), `ordinal` (the record's number in its file, counted from 1),
//! `id`, any number of `accession` (further identifiers that the export gave), `key` (sixteen hexadecimal digits, absent where it
//! is not known: what decisions call the record by) and `file` (its name without folders), in this order; a reader passes over
//! keys it does not know. The line begins and ends with square brackets and holds neither
//! line ends nor anything that programs take for markup, so that it is found again in whatever several notes were glued to.
//! What a value must not hold (`;`, brackets, quotes, a second blank) is written as the bytes of its UTF-8, percent-encoded
//! as in URLs. Backslashes and braces that a program of the BibTeX family put in, and line ends that one wrapped lines
//! with, are taken out when the line is read.

use super::{Database, Record};
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Where one record came from: its export and its place in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provenance {
    /// The name of the export.
    pub file: String,
    /// The database the export came from, where it is known.
    pub database: Option<Database>,
    /// The record's number in the export, counted from 1.
    pub ordinal: u32,
    /// The id it had there, as [`Record::id`] gives it.
    pub id: String,
    /// The accession numbers it had there besides its id, in order.
    pub accessions: Vec<String>,
    /// The hash of what it said there, where it is known: people's decisions name it by this, whatever was made of it since.
    pub key: Option<u64>,
}

/// What a line of provenance begins with.
const MARK: &str = "[refsieve-origin:";

impl Provenance {
    /// Where `record` itself was read, without its key; not what it carries of records that were merged into it.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let accession = record.accession();
        let id = record.id_by(accession);
        let mut accessions: Vec<String> = Vec::new();
        for accession in accession.map(Cow::Borrowed).into_iter().chain(record.accessions()) {
            if *accession != *id && accessions.iter().all(|known| **known != *accession) {
                accessions.push(accession.into_owned());
            }
        }
        let source = record.source();
        Self { file: source.file_name().to_owned(), database: source.database, ordinal: record.ordinal(), id, accessions, key: None }
    }

    /// The line.
    ///
    /// ```
    /// use refsieve::record::{Database, Provenance};
    /// let origin = Provenance {
    ///     file: "a; b.ris".into(), database: Some(Database::Medline), ordinal: 12, id: "7".into(), accessions: vec![], key: None,
    /// };
    /// let line = origin.to_line();
    /// assert_eq!(line, "[refsieve-origin: database=Medline; ordinal=12; id=7; file=a%3B b.ris]");
    /// assert_eq!(Provenance::parse(&line), Some(origin));
    /// ```
    #[must_use]
    pub fn to_line(&self) -> String {
        self.line_with(self.key)
    }

    /// The line with another key.
    pub(crate) fn line_with(&self, key: Option<u64>) -> String {
        let mut line = String::with_capacity(160);
        line.push_str(MARK);
        if let Some(database) = self.database {
            line.push_str(" database=");
            line.push_str(&escaped(database.name()));
            line.push(';');
        }
        line.push_str(" ordinal=");
        line.push_str(&self.ordinal.to_string());
        let mut push = |key: &str, value: &str| {
            line.push_str(key);
            line.push_str(&escaped(value));
        };
        push("; id=", &self.id);
        for accession in &self.accessions {
            push("; accession=", accession);
        }
        if let Some(key) = key {
            line.push_str("; key=");
            let digit = |at: u32| char::from_digit((key >> (4 * at)) as u32 & 0xf, 16).unwrap_or('0');
            line.extend((0..16).rev().map(digit));
        }
        line.push_str("; file=");
        line.push_str(&escaped(&self.file));
        line.push(']');
        line
    }

    /// Reads one line, blanks around it aside.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let mut origin = Self { file: String::new(), database: None, ordinal: 0, id: String::new(), accessions: Vec::new(), key: None };
        let mut has_name = false;
        for (key, value) in pairs(line.strip_prefix(MARK)?.strip_suffix(']')?) {
            match &*key {
                "database" => origin.database = Database::named(&value),
                "ordinal" => origin.ordinal = value.parse().unwrap_or(0),
                "accession" => origin.accessions.push(value),
                "key" => origin.key = key_of(&value),
                "id" => (origin.id, has_name) = (value, true),
                "file" => (origin.file, has_name) = (value, true),
                _ => {}
            }
        }
        has_name.then_some(origin)
    }

    /// Where lines of provenance stand in `text`, whatever stands between them.
    pub fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
        bracketed(text, MARK)
    }

    /// The lines of provenance in `text`, read.
    pub fn all_in(text: &str) -> impl Iterator<Item = Self> {
        Self::find(text).filter_map(|range| Self::parse(&text[range]))
    }

    /// The same without the key: two lines that agree in all else speak of one record.
    #[must_use]
    pub(crate) fn without_key(&self) -> Self {
        Self { key: None, ..self.clone() }
    }

    /// Whether the record had this identifier there.
    #[must_use]
    pub fn has_accession(&self, accession: &str) -> bool {
        self.id == accession || self.accessions.iter().any(|known| known == accession)
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_line())
    }
}

/// The key that `text` is: sixteen hexadecimal digits, and nothing that was cut off.
#[must_use]
pub fn key_of(text: &str) -> Option<u64> {
    let is_key = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_key.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// The stretches of `text` that begin with `mark` and end with the next closing bracket.
pub(super) fn bracketed<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(mark)?;
        at = start + memchr::memchr(b']', &text.as_bytes()[start..])? + 1;
        // Of a line that was cut off only the beginning stands before the next.
        Some(start + text[start..at].rfind(mark)?..at)
    })
}

/// The keys and values between the brackets, as they were before they were escaped.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split(';').filter_map(|part| {
        let (key, value) = part.split_once('=')?;
        Some((unescaped(key), unescaped(value)))
    })
}

/// Characters that end a value, or that a program may take for markup.
const RESERVED: &str = ";|%[]{}<>&\"'\\~^$";

/// The bytes that stand for themselves wherever they are.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let others = b"-_.:#/()+,";
    let mut at = 0;
    while at < plain.len() {
        plain[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < others.len() {
        plain[others[at] as usize] = true;
        at += 1;
    }
    plain
};

/// `value` with what a line must not hold percent-encoded.
pub(super) fn escaped(value: &str) -> Cow<'_, str> {
    let are_plain = |bytes: &[u8]| bytes.iter().all(|byte| PLAIN[usize::from(*byte)]);
    // A blank between two words stands for itself as well.
    let is_plain = |word: &[u8]| !word.is_empty() && are_plain(word);
    if are_plain(value.as_bytes()) || value.as_bytes().split(|byte| *byte == b' ').all(is_plain) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len() + 16);
    let mut characters = value.chars().peekable();
    let mut after_blank = true;
    while let Some(character) = characters.next() {
        let is_odd_blank = character == ' ' && (after_blank || characters.peek().is_none());
        after_blank = character == ' ';
        if is_odd_blank || RESERVED.contains(character) || is_unseen(character) {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Control characters, blanks other than the usual one, and what has no width: programs drop or change them.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
}

fn unescaped(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !bytes.is_empty() {
            bytes.push(b' ');
        }
        let mut rest = word.bytes().filter(|byte| !b"\\{}".contains(byte));
        while let Some(byte) = rest.next() {
            let decoded = (byte == b'%').then(|| {
                let mut after = rest.clone();
                let digits = [after.next()?, after.next()?].map(char::from);
                let number = digits[0].to_digit(16)? * 16 + digits[1].to_digit(16)?;
                rest = after;
                u8::try_from(number).ok()
            });
            bytes.push(decoded.flatten().unwrap_or(byte));
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn origin(file: &str, id: &str) -> Provenance {
        Provenance { file: file.into(), database: None, ordinal: 3, id: id.into(), accessions: Vec::new(), key: None }
    }

    #[test]
    fn lines_are_read_as_programs_leave_them() {
        let expected = Provenance { database: Some(Database::WebOfScience), ..origin("my_file [1].ris", "WOS:1#2") };
        for line in [
            "[refsieve-origin: database=Web of Science; ordinal=3; id=WOS:1#2; file=my_file %5B1%5D.ris]",
            "  [refsieve-origin: database=Web of\n  Science; ordinal=3; id=WOS:1#2; file=my_file %5b1%5D.ris]\n",
            r"[refsieve-origin: database=Web of Science; ordinal=3; id=WOS:1\#2; file=my{\_}file \%5B1\%5D.ris]",
            "[refsieve-origin: database=Web of Science; ordinal=3; id=WOS:1#2; new=x; file=my_file %5B1%5D.ris;]",
        ] {
            assert_eq!(Provenance::parse(line).as_ref(), Some(&expected), "{line}");
        }
        for line in ["", "refsieve-origin: id=1", "[refsieve-origin: id=1", "[refsieve-origin: ordinal=1]", "[refsieve-origin:]"] {
            assert_eq!(Provenance::parse(line), None, "{line}");
        }
    }

    #[test]
    fn lines_are_found_in_glued_notes() {
        let (a, b) = (origin("a.ris", "1").to_line(), origin("b.ris", "2").to_line());
        for glue in ["\n", " | ", "; ", "<br>", "<br/>", " ", "", ", ", "</p>\n<p>"] {
            let text = format!("A note{glue}{a}{glue}{b}{glue}Another [note]");
            let found: Vec<&str> = Provenance::find(&text).map(|range| &text[range]).collect();
            assert_eq!(found, [&a, &b], "{glue:?}");
        }
        assert_eq!(Provenance::find("[refsieve-origin: cut").count(), 0);
        assert_eq!(Provenance::find(&format!("[refsieve-origin: cut {a}")).next(), Some(22..22 + a.len()));
    }

    #[test]
    fn single_blanks_between_words_stand_for_themselves() {
        for (value, expected) in [
            ("", ""),
            ("my file.ris", "my file.ris"),
            (" a", "%20a"),
            ("a ", "a%20"),
            ("a  b", "a %20b"),
            (" ", "%20"),
            ("a;b c", "a%3Bb c"),
        ] {
            assert_eq!(escaped(value), expected, "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn every_line_is_read_as_it_was_written(
            file in "\\PC*|.*", id in ".*", accessions in prop::collection::vec("[ ;%\\]\\[a\\\\{}\n\u{a0}\u{e9}]*", 0..3),
            ordinal in any::<u32>(), database in prop::option::of(prop::sample::select(Database::ALL)), key in prop::option::of(any::<u64>()),
        ) {
            let origin = Provenance { file, database, ordinal, id, accessions, key };
            let line = origin.to_line();
            prop_assert_eq!(Provenance::parse(&line), Some(origin), "{}", &line);
            prop_assert!(!line.contains(['\n', '\r', '|', '<', '"']) && !line.contains("  "));
            prop_assert_eq!(Provenance::find(&format!("x{line}{line} y")).collect::<Vec<_>>(), [1..line.len() + 1, line.len() + 1..2 * line.len() + 1]);
        }

        #[test]
        fn no_text_is_too_odd(text in "[\\[\\]=;%a-f0-9 ]{0,20}") {
            let _ = Provenance::parse(&format!("[refsieve-origin:{text}]"));
        }
    }
}
