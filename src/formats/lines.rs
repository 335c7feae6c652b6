//! The physical lines of a text, with their numbers and byte ranges. LF, CR and CRLF end a line, in any mixture.

/// One physical line without its line end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Where the line starts in the whole text.
    pub(super) start: usize,
    /// Its number, from 1.
    pub(super) number: u32,
}

impl Line<'_> {
    /// One past the line's last byte in the whole text; the line end is not part of it.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        // Nearly every line begins with a letter.
        self.text.as_bytes().first().is_none_or(|byte| !byte.is_ascii_alphanumeric()) && self.text.trim().is_empty()
    }
}

/// Walks over the lines of `text[range]`; line numbers count from 1 at the start of the range.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    number: u32,
}

/// The lines of `text` from byte `start` to byte `end`, both of which must be starts of lines or the end.
pub(super) fn lines(text: &str, start: usize, end: usize) -> Lines<'_> {
    Lines { text, at: start, end: end.min(text.len()), number: 0 }
}

impl<'a> Lines<'a> {
    /// How many lines have been handed out.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// The text that has not been handed out yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..self.end];
        let (length, ending) = match memchr::memchr2(b'\n', b'\r', bytes) {
            Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => (at, 2),
            Some(at) => (at, 1),
            None => (bytes.len(), 0),
        };
        self.at = start + length + ending;
        self.number += 1;
        Some(Line { text: &self.text[start..start + length], start, number: self.number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_in_any_mixture() {
        for (input, expected) in [
            ("", &[][..]),
            ("a", &["a"]),
            ("a\n", &["a"]),
            ("a\r\nb\rc\n\nd", &["a", "b", "c", "", "d"]),
            ("\r\r\n\n", &["", "", ""]),
            ("a\u{2028}b\n", &["a\u{2028}b"]),
        ] {
            let found: Vec<_> = lines(input, 0, input.len()).collect();
            assert_eq!(found.iter().map(|line| line.text).collect::<Vec<_>>(), expected, "{input:?}");
            assert!(found.iter().enumerate().all(|(index, line)| line.number as usize == index + 1), "{input:?}");
            assert!(found.iter().all(|line| &input[line.start..line.end()] == line.text));
        }
    }
}
