//! One record as a tree of its elements, flat in memory and used again for the next record.

use super::super::lines::lines;
use super::repair::{Resolved, decoded, resolve};
use super::scan::{Scanner, Tag, Token};
use super::{Breaks, Grammar, in_one_line};
use quick_xml::events::BytesStart;
use std::borrow::Cow;
use std::ops::Range;

/// Elements that are nested deeper are read as typography of the one around them: no format nests so deep, only damage does.
const DEEPEST: usize = 100;
/// Among how many open elements, from the innermost outwards, the start of one that ends is looked for.
const FARTHEST: usize = 1000;

/// The elements of one record, in the order of their starts; typography ([`Grammar::is_inline`]) is none of them.
#[derive(Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The values that do not stand in the text as they are.
    own: String,
    open: Vec<Open>,
    /// How many of `open` are in use; the others keep their memory.
    depth: usize,
    /// The first thing that was wrong.
    problem: Option<String>,
}

struct Node {
    name: Range<usize>,
    /// What stands between the brackets of its start tag.
    tag: Range<usize>,
    parent: usize,
    /// One past the last element inside of it.
    end: usize,
    value: Value,
}

/// The text of an element itself, trimmed, that of inline elements included.
enum Value {
    Range(Range<usize>),
    Own(Range<usize>),
}

/// An element that has not ended yet.
#[derive(Default)]
struct Open {
    name: Range<usize>,
    /// Its place among the nodes; none for inline elements, whose text goes to those around them.
    node: Option<usize>,
    range: Option<Range<usize>>,
    own: String,
}

/// One element of a record.
#[derive(Clone, Copy)]
pub(in super::super) struct Element<'t> {
    tree: &'t Tree,
    text: &'t str,
    at: usize,
}

impl Tree {
    /// Reads the record that `text` is. Says what was wrong, if anything was.
    pub(super) fn read(&mut self, text: &str, grammar: &Grammar) -> Option<String> {
        self.nodes.clear();
        self.own.clear();
        self.depth = 0;
        self.problem = None;
        let mut scanner = Scanner::new(text);
        for token in &mut scanner {
            match token {
                Token::Start(tag) => self.open(text, tag, grammar),
                Token::Empty(tag) => {
                    self.open(text, tag, grammar);
                    self.close(text, grammar);
                }
                Token::End(name) => self.close_named(text, local(name), grammar),
                Token::Text(piece) => self.text(text, piece, grammar),
                Token::Reference(name) => self.reference(text, name),
            }
        }
        while self.depth > 0 {
            self.close(text, grammar);
        }
        scanner.problem().map(str::to_owned).or(self.problem.take())
    }

    /// The record's element; `text` is what was read.
    pub(super) fn root<'t>(&'t self, text: &'t str) -> Option<Element<'t>> {
        (!self.nodes.is_empty()).then_some(Element { tree: self, text, at: 0 })
    }

    fn open(&mut self, text: &str, tag: Tag<'_>, grammar: &Grammar) {
        let name = place(text, local(tag.name));
        let is_inline = self.depth >= DEEPEST || (self.depth > 0 && (grammar.is_inline)(tag.name));
        let node = (!is_inline).then(|| {
            let parent = self.innermost().and_then(|at| self.open[at].node).unwrap_or(0);
            let value = Value::Own(0..0);
            self.nodes.push(Node { name: name.clone(), tag: place(text, tag.content), parent, end: 0, value });
            self.nodes.len() - 1
        });
        if self.depth == self.open.len() {
            self.open.push(Open::default());
        }
        let open = &mut self.open[self.depth];
        open.name = name;
        open.node = node;
        open.range = None;
        open.own.clear();
        self.depth += 1;
    }

    /// Closes the innermost element of that name and those inside of it, which have no end of their own.
    fn close_named(&mut self, text: &str, name: &str, grammar: &Grammar) {
        let near = self.depth.saturating_sub(FARTHEST);
        let found = self.open[near..self.depth].iter().rposition(|open| &text[open.name.clone()] == name);
        let Some(at) = found.map(|at| near + at) else {
            self.problem.get_or_insert_with(|| format!("</{name}> without its start"));
            return;
        };
        if at + 1 < self.depth {
            let inner = &text[self.open[at + 1].name.clone()];
            self.problem.get_or_insert_with(|| format!("<{inner}> without its end"));
        }
        while self.depth > at {
            self.close(text, grammar);
        }
    }

    fn close(&mut self, text: &str, grammar: &Grammar) {
        let Some(depth) = self.depth.checked_sub(1) else { return };
        self.depth = depth;
        let open = &mut self.open[depth];
        let Some(node) = open.node else { return };
        let end = self.nodes.len();
        let node = &mut self.nodes[node];
        node.end = end;
        let (value, is_own) = match &open.range {
            Some(range) => (&text[range.clone()], false),
            None => (open.own.as_str(), true),
        };
        let trimmed = value.trim();
        let start = self.own.len();
        let plain = match grammar.breaks {
            Breaks::Kept if memchr::memchr(b'\r', trimmed.as_bytes()).is_some() => {
                Some(lines(trimmed, 0, trimmed.len()).map(|line| line.text).collect::<Vec<_>>().join("\n"))
            }
            Breaks::Blanks if memchr::memchr2(b'\n', b'\r', trimmed.as_bytes()).is_some() => Some(in_one_line(trimmed)),
            _ => None,
        };
        node.value = match plain {
            None if !is_own => Value::Range(place(text, trimmed)),
            plain => {
                self.own.push_str(plain.as_deref().unwrap_or(trimmed));
                Value::Own(start..self.own.len())
            }
        };
    }

    fn text(&mut self, text: &str, piece: &str, grammar: &Grammar) {
        let Some(at) = self.innermost() else { return };
        let open = &mut self.open[at];
        let has_text = open.range.is_some() || !open.own.is_empty();
        // The indentation of pretty-printed files is no text.
        if piece.starts_with(['\n', '\r', ' ', '\t']) && piece.trim_start().is_empty() && piece.contains(['\n', '\r']) {
            if has_text && grammar.breaks == Breaks::Blanks {
                open.own(text).push(' ');
            }
        } else if has_text {
            open.own(text).push_str(piece);
        } else {
            open.range = Some(place(text, piece));
        }
    }

    fn reference(&mut self, text: &str, name: &str) {
        let Some(at) = self.innermost() else { return };
        match resolve(name) {
            Resolved::Text(resolved) => self.open[at].own(text).push_str(&resolved),
            Resolved::Illegal => {
                self.problem.get_or_insert_with(|| format!("the character &{name};"));
            }
        }
    }

    /// The innermost open element that is not inline.
    fn innermost(&self) -> Option<usize> {
        self.open[..self.depth.min(DEEPEST)].iter().rposition(|open| open.node.is_some())
    }
}

impl Open {
    /// Its text as text of its own, to which more can be added.
    fn own(&mut self, text: &str) -> &mut String {
        if let Some(range) = self.range.take() {
            self.own.push_str(&text[range]);
        }
        &mut self.own
    }
}

impl<'t> Element<'t> {
    /// Its name, without prefix.
    pub(in super::super) fn name(self) -> &'t str {
        &self.text[self.node().name.clone()]
    }

    /// Its own text with that of inline elements, trimmed; not that of the elements inside of it.
    pub(in super::super) fn value(self) -> &'t str {
        match &self.node().value {
            Value::Range(range) => &self.text[range.clone()],
            Value::Own(range) => &self.tree.own[range.clone()],
        }
    }

    /// Where [`Element::value`] stands in the record's raw text, if it does.
    pub(super) fn range(self) -> Option<Range<usize>> {
        match &self.node().value {
            Value::Range(range) => Some(range.clone()),
            Value::Own(_) => None,
        }
    }

    /// The value of one of its attributes, trimmed.
    pub(in super::super) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let node = self.node();
        let tag = &self.text[node.tag.clone()];
        if tag.len() == node.name.len() {
            return None;
        }
        let name_len = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
        // The attribute borrows from a tag that ends here, so that its place in the text is what is kept.
        let start = BytesStart::from_content(tag, name_len);
        let value = start.try_get_attribute(name).ok().flatten()?.value;
        match value {
            Cow::Borrowed(value) => Some(decoded(self.text[place(self.text, value)].trim())),
            Cow::Owned(value) => Some(Cow::Owned(decoded(value.trim()).into_owned())),
        }
    }

    /// The elements directly inside of it.
    pub(in super::super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.node().end;
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = Element { at: next, ..self };
                next = child.node().end;
                child
            })
        })
    }

    /// The elements directly inside of it that have that name.
    pub(in super::super) fn all(self, name: &'static str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first of [`Element::all`].
    pub(in super::super) fn child(self, name: &'static str) -> Option<Element<'t>> {
        self.all(name).next()
    }

    /// The value of the first child of that name; empty where there is none.
    pub(in super::super) fn value_of(self, name: &'static str) -> &'t str {
        self.child(name).map_or("", Element::value)
    }

    /// Every element inside of it, however deep.
    pub(in super::super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        (self.at + 1..self.node().end).map(move |at| Element { at, ..self })
    }

    /// The element around it.
    pub(in super::super) fn parent(self) -> Option<Element<'t>> {
        (self.at > 0).then(|| Element { at: self.node().parent, ..self })
    }

    /// The names of the elements around it below the record and its own, with slashes between.
    pub(in super::super) fn path(self) -> String {
        let mut names = Vec::new();
        let mut at = self.at;
        while at > 0 {
            let node = &self.tree.nodes[at];
            names.push(&self.text[node.name.clone()]);
            at = node.parent;
        }
        names.reverse();
        names.join("/")
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.at]
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Where `part`, which was borrowed from `text`, stands in it.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    debug_assert!(start + part.len() <= text.len(), "a part lies inside its text");
    start..start + part.len()
}
