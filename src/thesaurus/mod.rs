//! Subject headings: what a heading is called, and which headings are narrower.
//!
//! Goes in: a table of descriptors (MeSH 2024, reduced, is built in). Comes out: the descriptor a name means, and the
//! headings that `exp` adds to it. Knows nothing of records; a heading no thesaurus knows is the searcher's business.

use crate::text::Folded;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

mod mesh;
mod own;

pub use own::Builder;

/// What must be shown wherever a heading of MeSH was exploded.
pub const ATTRIBUTION: &str = "MeSH 2024, courtesy of the U.S. National Library of Medicine; reduced; not the most current";

/// A set of descriptors with their names and their places in a tree.
pub struct Thesaurus {
    /// Empty in the built-in thesaurus until somebody asks it something.
    content: OnceLock<Content>,
}

struct Content {
    text: String,
    rows: Vec<Row>,
    headings: HashMap<Folded, u32>,
    /// Built when a name is no heading: folding all entry terms costs more than all the rest.
    entry_terms: OnceLock<HashMap<Folded, u32>>,
    /// Every tree number with its descriptor, sorted by number.
    tree: Vec<(Span, u32)>,
}

/// One descriptor of a [`Thesaurus`].
#[derive(Clone, Copy)]
pub struct Descriptor<'a> {
    content: &'a Content,
    index: u32,
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub struct Resolution<'a> {
    /// The descriptor.
    pub descriptor: Descriptor<'a>,
    /// How the name led to it.
    pub by: ResolvedBy,
}

/// How a name led to a descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResolvedBy {
    /// It is the heading, but for case, accents and punctuation.
    Exact,
    /// It is an entry term of the heading: another name, which points to it.
    EntryTerm,
}

/// Bytes of the thesaurus's text.
type Span = Range<u32>;

struct Row {
    id: Span,
    heading: Span,
    tree_numbers: Span,
    entry_terms: Span,
}

impl Thesaurus {
    /// MeSH 2024, reduced; unpacked and read when it is first asked something. Show [`ATTRIBUTION`] with what is made of it.
    #[must_use]
    pub fn mesh() -> &'static Thesaurus {
        static MESH: Thesaurus = Thesaurus { content: OnceLock::new() };
        &MESH
    }

    /// A thesaurus without descriptors: every heading means itself and nothing is narrower.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_table(String::new())
    }

    /// Reads a table: one descriptor a line; identifier, heading, tree numbers, entry terms between tabs; several tree
    /// numbers or entry terms with `|` between them. A line without a heading is passed over.
    ///
    /// ```
    /// use refsieve::thesaurus::Thesaurus;
    /// let thesaurus = Thesaurus::from_table("D1\tCare\tN1\t\nD2\tHome Care\tN1.2\tDomestic Care\n".into());
    /// let care = thesaurus.resolve("care").unwrap().descriptor;
    /// assert_eq!(care.explode().iter().map(|d| d.heading()).collect::<Vec<_>>(), ["Care", "Home Care"]);
    /// ```
    #[must_use]
    pub fn from_table(text: String) -> Self {
        Self { content: OnceLock::from(Content::read(text)) }
    }

    /// The number of descriptors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.content().rows.len()
    }

    /// Whether there is no descriptor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.content().rows.is_empty()
    }

    /// The descriptor that `name` is the heading of, else the one it is an entry term of. Case, accents and punctuation
    /// do not matter ("Diabetes Mellitus Type 2" is "Diabetes Mellitus, Type 2").
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<Resolution<'_>> {
        let name = Folded::words(name);
        let content = self.content();
        let descriptor = |index: &u32| Descriptor { content, index: *index };
        if let Some(index) = content.headings.get(&name) {
            return Some(Resolution { descriptor: descriptor(index), by: ResolvedBy::Exact });
        }
        let index = content.entry_terms.get_or_init(|| content.fold_entry_terms()).get(&name)?;
        Some(Resolution { descriptor: descriptor(index), by: ResolvedBy::EntryTerm })
    }

    fn content(&self) -> &Content {
        self.content.get_or_init(|| Content::read(mesh::table()))
    }
}

impl Content {
    fn read(text: String) -> Self {
        let mut rows = Vec::new();
        let mut headings = HashMap::new();
        let mut tree = Vec::new();
        for line in lines(&text) {
            let mut columns = columns(&text, line, b'\t');
            let mut next = || columns.next().unwrap_or_default();
            let row = Row { id: next(), heading: next(), tree_numbers: next(), entry_terms: next() };
            let name = Folded::words(&text[to_usize(&row.heading)]);
            if name.is_empty() {
                continue;
            }
            let index = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            headings.entry(name).or_insert(index);
            tree.extend(columns_of(&text, &row.tree_numbers).map(|number| (number, index)));
            rows.push(row);
        }
        tree.sort_unstable_by(|(a, _), (b, _)| text[to_usize(a)].cmp(&text[to_usize(b)]));
        Self { text, rows, headings, entry_terms: OnceLock::new(), tree }
    }

    fn fold_entry_terms(&self) -> HashMap<Folded, u32> {
        let mut names = HashMap::new();
        for (index, row) in (0..).zip(&self.rows) {
            for term in columns_of(&self.text, &row.entry_terms) {
                names.entry(Folded::words(&self.text[to_usize(&term)])).or_insert(index);
            }
        }
        names
    }
}

impl<'a> Descriptor<'a> {
    /// The heading, as the thesaurus writes it.
    #[must_use]
    pub fn heading(self) -> &'a str {
        self.part(|row| &row.heading)
    }

    /// The unique identifier ("D010380").
    #[must_use]
    pub fn id(self) -> &'a str {
        self.part(|row| &row.id)
    }

    /// The places in the tree.
    pub fn tree_numbers(self) -> impl Iterator<Item = &'a str> {
        self.part(|row| &row.tree_numbers).split('|').filter(|number| !number.is_empty())
    }

    /// The descriptor itself, then every narrower one, each once, in the order of the thesaurus: those with a tree number
    /// that is one of this descriptor's or lies below it.
    #[must_use]
    pub fn explode(self) -> Vec<Descriptor<'a>> {
        let content = self.content;
        let mut narrower = Vec::new();
        for number in self.tree_numbers() {
            let text_of = |place: &(Span, u32)| &content.text[to_usize(&place.0)];
            // In sorted order the number comes first; below it, everything that begins with it and a dot lies together.
            let below = format!("{number}.");
            let from = content.tree.partition_point(|place| text_of(place) < below.as_str());
            narrower.extend(content.tree[from..].iter().take_while(|place| text_of(place).starts_with(&below)).map(|(_, index)| *index));
        }
        narrower.sort_unstable();
        narrower.dedup();
        narrower.retain(|index| *index != self.index);
        std::iter::once(self.index).chain(narrower).map(|index| Descriptor { content, index }).collect()
    }

    fn part(self, of: impl Fn(&'a Row) -> &'a Span) -> &'a str {
        self.content.rows.get(self.index as usize).map_or("", |row| &self.content.text[to_usize(of(row))])
    }
}

impl std::fmt::Debug for Descriptor<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.id(), self.heading())
    }
}

impl std::fmt::Debug for Thesaurus {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Thesaurus").field("descriptors", &self.len()).finish_non_exhaustive()
    }
}

fn to_usize(span: &Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// The spans of the lines of `text`, line ends left out.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let whole = 0..u32::try_from(text.len()).unwrap_or(u32::MAX);
    columns(text, whole, b'\n').map(|line| {
        let ends_in_return = text[to_usize(&line)].ends_with('\r');
        line.start..line.end - u32::from(ends_in_return)
    })
}

/// The spans of what stands between `separator`s in `span`.
fn columns(text: &str, span: Span, separator: u8) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    text[to_usize(&span)].split(char::from(separator)).map(move |part| {
        let column = start..start + u32::try_from(part.len()).unwrap_or(u32::MAX);
        start = column.end + 1;
        column
    })
}

/// The spans of the members of a list.
fn columns_of(text: &str, list: &Span) -> impl Iterator<Item = Span> {
    columns(text, list.clone(), b'|').filter(|member| !member.is_empty())
}
