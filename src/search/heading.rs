//! A heading as written -> the terms of the index it stands for.
//!
//! Goes in: a [`HeadingLeaf`]. Comes out: the terms of the heading, of the narrower ones that `exp` adds, and of its
//! qualifiers; or the words themselves, where a bare line turns out to be no heading. What the thesaurus does not know
//! is looked for exactly as written, since records carry headings of other databases too.

use super::plan::Leaf;
use super::{HeadingReading, Notes};
use crate::diagnostic::{Code, Span};
use crate::index::{HeadingTerm, Place};
use crate::record::{Field, qualifier};
use crate::strategy::{HeadingCertainty, HeadingLeaf, Line, Pattern, PatternPart, Text, TextLeaf};
use crate::text::Folded;
use crate::thesaurus::{Descriptor, ResolvedBy, Thesaurus};

/// What a heading leaf turns out to be.
pub(super) enum Reading {
    /// A heading.
    Heading {
        /// What to look up.
        leaves: Vec<Leaf>,
        /// What to tell.
        reading: HeadingReading,
    },
    /// Words for the default fields.
    Words(TextLeaf),
}

/// MeSH keeps its publication types in this branch; records carry them as publication types, not as headings.
const PUBLICATION_TYPES: &str = "V";

pub(super) fn read(leaf: &HeadingLeaf, line: &Line, span: Span, thesaurus: &Thesaurus, notes: &mut Notes) -> Reading {
    let name = leaf.name.trim();
    let resolution = thesaurus.resolve(name);
    match (&resolution, leaf.certainty) {
        (None, HeadingCertainty::IfKnown) => return Reading::Words(words(name)),
        (Some(_), HeadingCertainty::IfKnown) => {
            notes.add(Code::AssumedHeading, line, span, format!("\"{name}\", the name of a heading"));
        }
        (None, _) if !thesaurus.is_empty() => notes.add(Code::UnknownHeading, line, span, format!("\"{name}\"")),
        _ => {}
    }
    if let Some(resolution) = resolution.filter(|resolution| resolution.by == ResolvedBy::EntryTerm) {
        let found = format!("\"{name}\", another name of \"{}\"", resolution.descriptor.heading());
        notes.add(Code::EntryTerm, line, span, found);
    }
    let descriptors: Vec<Descriptor<'_>> = match resolution {
        Some(resolution) if leaf.explode => resolution.descriptor.explode(),
        Some(resolution) => vec![resolution.descriptor],
        None => Vec::new(),
    };
    // As written too: a record of another database may carry it under this name.
    let mut names: Vec<Folded> =
        std::iter::once(name).chain(descriptors.iter().map(|descriptor| descriptor.heading())).map(Folded::words).collect();
    names.sort_unstable();
    names.dedup();
    let mut leaves = vec![Leaf::AnyOf(Place::Headings, terms(leaf, &names, line, span, notes))];
    let is_type = |descriptor: &Descriptor<'_>| descriptor.tree_numbers().any(|number| number.starts_with(PUBLICATION_TYPES));
    let types: Vec<_> = descriptors.iter().filter(|descriptor| is_type(descriptor)).collect();
    if !types.is_empty() && !leaf.focus && leaf.qualifiers.is_empty() {
        let names = types.iter().map(|descriptor| Folded::words(descriptor.heading()).as_str().to_owned()).collect();
        leaves.push(Leaf::AnyOf(Place::Entries(Field::PublicationType), names));
    }
    let reading = HeadingReading {
        label: line.label,
        written: name.to_owned(),
        heading: resolution.map(|resolution| resolution.descriptor.heading().to_owned()),
        narrower: (leaf.explode && resolution.is_some()).then(|| descriptors.len() - 1),
    };
    Reading::Heading { leaves, reading }
}

/// The terms of these headings: as a major topic only, and with any of the qualifiers, as the leaf asks.
fn terms(leaf: &HeadingLeaf, names: &[Folded], line: &Line, span: Span, notes: &mut Notes) -> Vec<String> {
    let mut qualifiers = Vec::new();
    for written in &leaf.qualifiers {
        if let Some(code) = qualifier::code(written) {
            qualifiers.push(code.to_owned());
        } else {
            notes.add(Code::UnknownQualifier, line, span, format!("\"{written}\""));
            qualifiers.push(Folded::words(written).as_str().to_owned());
        }
    }
    let term = |descriptor, qualifier| HeadingTerm { descriptor, major: leaf.focus, qualifier }.text();
    names
        .iter()
        .flat_map(|name| match qualifiers.as_slice() {
            [] => vec![term(name, None)],
            qualifiers => qualifiers.iter().map(|qualifier| term(name, Some(qualifier))).collect(),
        })
        .collect()
}

/// The words of `name` as a phrase in the default fields.
fn words(name: &str) -> TextLeaf {
    let folded = Folded::words(name);
    let words = folded.as_str().split(' ').filter(|word| !word.is_empty());
    let words = words.map(|word| Text::Word(Pattern { parts: vec![PatternPart::Literal(word.to_owned())] })).collect();
    TextLeaf { text: Text::Sequence(words), codes: Vec::new(), at_least: 1 }
}
