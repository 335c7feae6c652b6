//! One export as a whole: its name, its decoded text, its format and where it came from.

use super::{Database, Dialect};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::OnceLock;

/// One file (or standard input) that records were read from. Its text is kept once; records are ranges in it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The path as the user named it; `-` for standard input.
    pub name: String,
    /// The whole text, decoded to UTF-8, line ends as they were but for those at `folds`.
    pub text: String,
    /// Where values that the file has on several lines stand on one in `text`.
    pub folds: Folds,
    /// The format that the content was found to have.
    pub format: Format,
    /// The platform or program that wrote the export, where it can be told.
    pub dialect: Dialect,
    /// The database the export came from, where it can be told.
    pub database: Option<Database>,
    /// The character encoding the bytes had, by its WHATWG name, with "with BOM" where there was one.
    pub encoding: &'static str,
    /// Text of tags that stand once for all records: the header row of a table, the paths of elements.
    pub tag_text: TagText,
}

/// Where lines of a file ended within values that its text has on one line: at each place the text has a blank, the file a
/// line end and a margin. What was only too long for the page is kept once and yet comes back as it was.
#[derive(Debug, Clone, Default)]
pub struct Folds {
    /// The places of the blanks, rising.
    at: Vec<usize>,
    /// What the file has there.
    line_end: &'static str,
    margin: &'static str,
}

/// Text of tags that stand once for all records of a source; filled by the reader of its format.
#[derive(Debug, Clone, Default)]
pub struct TagText(OnceLock<Box<str>>);

impl Source {
    /// Keeps `text`, ranges of which are the tags of the entries that
    /// [`RecordBuilder::push_shared_range`](super::RecordBuilder::push_shared_range) and its kin add. The first text that
    /// is given stays; says whether `text` is what is kept.
    pub(crate) fn keep_tag_text(&self, text: &str) -> bool {
        &**self.tag_text.0.get_or_init(|| text.into()) == text
    }

    /// The tag at `range` of that text.
    pub(super) fn shared_tag(&self, range: Range<usize>) -> Option<&str> {
        self.tag_text.0.get()?.get(range)
    }

    /// The same source with no text but that at `ranges`, one after the other.
    pub(super) fn part(&self, ranges: &[Range<usize>]) -> Self {
        let mut text = String::with_capacity(ranges.iter().map(Range::len).sum());
        let mut folds = Folds { at: Vec::new(), ..self.folds };
        for range in ranges {
            folds.at.extend(self.folds.within(range).iter().map(|at| at - range.start + text.len()));
            text.push_str(self.text.get(range.clone()).unwrap_or_default());
        }
        Self {
            name: self.name.clone(),
            text,
            folds,
            format: self.format,
            dialect: self.dialect,
            database: self.database,
            encoding: self.encoding,
            tag_text: self.tag_text.clone(),
        }
    }

    /// The bytes `range` of the text as the file has them, decoded; borrowed where nothing was folded in it.
    #[must_use]
    pub fn raw(&self, range: Range<usize>) -> Cow<'_, str> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let folds = self.folds.within(&range);
        if folds.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut raw = String::with_capacity(text.len() + folds.len() * self.folds.width());
        for piece in self.folds.pieces(text, range.start, folds) {
            raw.push_str(piece);
        }
        Cow::Owned(raw)
    }

    /// Writes the whole text as the file has it, decoded.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_raw(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.folds.pieces(&self.text, 0, &self.folds.at).try_for_each(|piece| out.write_all(piece.as_bytes()))
    }

    /// Makes the text what the file has, line by line.
    pub(crate) fn unfold(&mut self) {
        let whole = 0..self.text.len();
        self.unfold_within(std::slice::from_ref(&whole));
    }

    /// Makes the stretches `ranges` of the text, which begin in rising order, what the file has, line by line.
    pub(crate) fn unfold_within(&mut self, ranges: &[Range<usize>]) {
        self.text = self.folds.undo_within(std::mem::take(&mut self.text), ranges);
    }

    /// The last component of the name: "exports/medline.nbib" is "medline.nbib".
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// The place of a fold that has been undone; no text is so long.
const UNDONE: usize = usize::MAX;

impl Folds {
    /// Folds `text` at the places `at`, rising: each is where `line_end` stands, with `margin` behind it.
    pub(crate) fn fold(text: String, mut at: Vec<usize>, line_end: &'static str, margin: &'static str) -> (String, Self) {
        let mut folds = Self { at: Vec::new(), line_end, margin };
        let Some(first) = at.first().copied() else { return (text, folds) };
        let width = folds.width();
        let mut bytes = text.into_bytes();
        let mut to = first;
        for number in 0..at.len() {
            let from = at[number] + width;
            let end = at.get(number + 1).copied().unwrap_or(bytes.len());
            at[number] = to;
            bytes[to] = b' ';
            bytes.copy_within(from..end, to + 1);
            to += 1 + end - from;
        }
        bytes.truncate(to);
        bytes.shrink_to_fit();
        at.shrink_to_fit();
        folds.at = at;
        (String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()), folds)
    }

    /// `text`, which was folded at these places, as it was in `ranges`, which begin in rising order; in its own memory, since
    /// two copies of a large file are one too many.
    fn undo_within(&mut self, text: String, ranges: &[Range<usize>]) -> String {
        let (line_end, margin) = (self.line_end.as_bytes(), self.margin.as_bytes());
        let width = self.width();
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range.clone()),
            }
        }
        let is_within = |at: usize| apart[..apart.partition_point(|range| range.start <= at)].last().is_some_and(|last| at < last.end);
        let n_undone = self.at.iter().filter(|at| is_within(**at)).count();
        let mut bytes = text.into_bytes();
        let mut from = bytes.len();
        // A fold takes one byte in the text.
        let mut to = from + n_undone * width.saturating_sub(1);
        bytes.reserve_exact(to - from);
        bytes.resize(to, 0);
        for fold in self.at.iter_mut().rev() {
            if to == from {
                break;
            }
            let at = *fold;
            let length = from - (at + 1);
            bytes.copy_within(at + 1..from, to - length);
            to -= length;
            from = at;
            if is_within(at) {
                to -= width;
                bytes[to..to + line_end.len()].copy_from_slice(line_end);
                bytes[to + line_end.len()..to + width].copy_from_slice(margin);
                *fold = UNDONE;
            } else {
                to -= 1;
                bytes[to] = b' ';
                *fold = to;
            }
        }
        self.at.retain(|at| *at != UNDONE);
        String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Whether the text is as the file has it.
    pub(crate) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// How many lines of the file before byte `end` of the text are no lines of the text.
    pub(crate) fn count_before(&self, end: usize) -> u32 {
        u32::try_from(self.at.partition_point(|at| *at < end)).unwrap_or(u32::MAX)
    }

    /// The first place in `range` of the text.
    pub(crate) fn first_within(&self, range: Range<usize>) -> Option<usize> {
        self.within(&range).first().copied()
    }

    /// How long a line end and a margin are.
    fn width(&self) -> usize {
        self.line_end.len() + self.margin.len()
    }

    fn within(&self, range: &Range<usize>) -> &[usize] {
        let (start, end) = (self.at.partition_point(|at| *at < range.start), self.at.partition_point(|at| *at < range.end));
        &self.at[start..end.max(start)]
    }

    /// The pieces that make the file's text of `text`, which starts at byte `start` of the source's and has `folds` in it.
    fn pieces<'a>(&'a self, text: &'a str, start: usize, folds: &'a [usize]) -> impl Iterator<Item = &'a str> {
        let ends = folds.iter().copied().chain([start + text.len()]);
        let starts = std::iter::once(start).chain(folds.iter().map(|at| at + 1));
        let lines = starts.zip(ends).map(move |(from, to)| &text[from - start..to - start]);
        lines.enumerate().flat_map(|(number, line)| {
            let (line_end, margin) = if number == 0 { ("", "") } else { (self.line_end, self.margin) };
            [line_end, margin, line]
        })
    }
}

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $name:literal, [$($extension:literal),*];)*) => {
        /// An export format, told by content and not by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[non_exhaustive]
        pub enum Format { $($(#[$doc])* $variant,)* }

        impl Format {
            /// Every format that can be read.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            /// The name as it is shown.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// The name as it is typed (`--to`) and as JSON has it.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Format::$variant => $id,)* }
            }

            /// The endings that files of this format usually have, the best one first, without the dot.
            #[must_use]
            pub fn extensions(self) -> &'static [&'static str] {
                match self { $(Format::$variant => &[$($extension),*],)* }
            }
        }
    };
}

formats! {
    /// RIS: `TY  - JOUR` … `ER  - `.
    #[default]
    Ris = "ris", "RIS", ["ris", "txt"];
    /// MEDLINE as PubMed writes it (.nbib, "PubMed format" .txt): `PMID- 123`.
    Medline = "nbib", "MEDLINE", ["nbib", "txt"];
    /// Ovid's tagged formats, with short and with long labels: `<1. >`.
    OvidTagged = "ovid", "Ovid tagged", ["cgi", "ovd", "txt"];
    /// EndNote tagged (refer, .enw): `%0 Journal Article`.
    EndNoteTagged = "enw", "EndNote tagged", ["enw", "txt"];
    /// Web of Science tagged: `FN Clarivate …`, `PT J`, `UT WOS:…`.
    WosTagged = "wos", "Web of Science tagged", ["ciw", "txt"];
    /// RefWorks tagged: `RT Journal Article`.
    RefWorksTagged = "refworks", "RefWorks tagged", ["txt"];
    /// EndNote XML: `<xml><records><record>`.
    EndNoteXml = "endnote-xml", "EndNote XML", ["xml"];
    /// PubMed XML: `<PubmedArticle>`.
    PubMedXml = "pubmed-xml", "PubMed XML", ["xml"];
    /// MARCXML of library catalogues: `<datafield tag="245">`.
    MarcXml = "marcxml", "MARCXML", ["xml"];
    /// XML of the ICTRP search portal: `<Trial><TrialID>`.
    IctrpXml = "ictrp-xml", "ICTRP XML", ["xml"];
    /// BibTeX: `@article{key, …}`.
    BibTex = "bibtex", "BibTeX", ["bib"];
    /// A table with commas or semicolons between its cells.
    Csv = "csv", "CSV", ["csv"];
    /// A table with tabs between its cells.
    Tsv = "tsv", "TSV", ["tsv", "tab", "txt"];
    /// A table in an Excel workbook.
    Xlsx = "xlsx", "Excel", ["xlsx"];
    /// CSL-JSON: an array of items as citation processors take them.
    CslJson = "csl-json", "CSL-JSON", ["json"];
    /// refsieve's own JSON Lines, which hold everything that a record is.
    JsonLines = "jsonl", "JSON Lines", ["jsonl", "ndjson"];
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_text_comes_back_as_it_was() {
        for (raw, line_end, folded) in [
            ("AB  - a\n   b\n   é\nTI  - c\n   d", "\n", "AB  - a b é\nTI  - c d"),
            ("a\r\n   b\r\nc", "\r\n", "a b\r\nc"),
            ("a\nb", "\n", "a\nb"),
        ] {
            let fold = format!("{line_end}   ");
            let at = raw.match_indices(&fold).map(|(at, _)| at).collect();
            let (text, folds) = Folds::fold(raw.to_owned(), at, line_end, "   ");
            let source = Source { text, folds, ..Source::default() };
            assert_eq!(source.text, folded);
            let mut written = Vec::new();
            source.write_raw(&mut written).unwrap();
            assert_eq!(written, raw.as_bytes());
            let mut unfolded = source.clone();
            unfolded.unfold();
            assert_eq!((unfolded.text.as_str(), unfolded.folds.is_empty()), (raw, true));
            for start in 0..=folded.len() {
                for end in (start..=folded.len()).filter(|end| folded.get(start..*end).is_some()) {
                    let n_folds = source.folds.count_before(end) - source.folds.count_before(start);
                    let raw = source.raw(start..end);
                    assert_eq!(raw.matches(&fold).count(), n_folds as usize);
                    assert_eq!(raw.replace(&fold, " "), folded[start..end]);
                    let mut partly = source.clone();
                    let half = folded.floor_char_boundary(start / 2);
                    partly.unfold_within(&[0..half, start..end, start..start]);
                    let mut written = Vec::new();
                    partly.write_raw(&mut written).unwrap();
                    assert_eq!(written, source.raw(0..folded.len()).as_bytes());
                    let n_left = source.folds.count_before(folded.len()) - n_folds - source.folds.count_before(half);
                    assert_eq!(partly.folds.at.len(), n_left as usize);
                    let expected = [&source.raw(0..half), &folded[half..start], &raw, &folded[end..]].concat();
                    assert_eq!(partly.text, expected);
                }
            }
        }
    }
}
