//! A strategy -> what to search and how to combine it.
//!
//! Goes in: the lines' trees, with open references, codes and headings. Comes out: a [`Plan`]: leaves, each different one
//! once, and for every line a set over leaves and earlier lines. Nothing is searched here.

use super::heading::{self, Reading};
use super::language::spellings;
use super::{HeadingReading, Notes, text};
use crate::diagnostic::{Code, Span};
use crate::index::{Phrase, Place};
use crate::record::Field;
use crate::strategy::{Combination, Expr, ExprKind, Limit, Line, Strategy};
use crate::text::Folded;
use crate::thesaurus::Thesaurus;
use std::collections::HashMap;

/// What to search, and how to combine it.
pub(super) struct Plan {
    /// The different leaves.
    pub(super) leaves: Vec<Leaf>,
    /// One a line; `None` where the line has no tree.
    pub(super) lines: Vec<Option<Set>>,
    pub(super) headings: Vec<HeadingReading>,
}

/// Something that is looked up in the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Leaf {
    /// Words at positions, or entries that match a pattern.
    Phrase(Place, Phrase),
    /// Any of these terms.
    AnyOf(Place, Vec<String>),
    /// Any term from the first to the last.
    Between(Place, String, String),
    /// Anything.
    Present(Place),
}

/// How the set of a line is made.
pub(super) enum Set {
    /// The leaf with this number, and the place of the line it was written at.
    Leaf(usize, Span),
    And(Vec<Set>),
    Or(Vec<Set>),
    Not(Box<Set>, Box<Set>),
    /// The set of the line at this index, referred to at this place.
    Line(usize, Span),
    /// The set without the records outside every filter.
    Limited(Box<Set>, Vec<Filter>),
}

/// One limit.
pub(super) struct Filter {
    /// The records that pass.
    pub(super) passing: Set,
    /// The records that say anything about it: a leaf.
    pub(super) present: usize,
    /// What they say: "a language".
    pub(super) what: &'static str,
    pub(super) span: Span,
}

/// The plan of `strategy`.
pub(super) fn plan(strategy: &Strategy, thesaurus: &Thesaurus, notes: &mut Notes) -> Plan {
    let mut planner = Planner { strategy, thesaurus, notes, leaves: Vec::new(), numbers: HashMap::new(), headings: Vec::new() };
    let lines = strategy.lines.iter().enumerate().map(|(at, line)| planner.set(at, line, line.tree.as_ref()?)).collect();
    Plan { lines, leaves: planner.leaves, headings: planner.headings }
}

struct Planner<'a> {
    strategy: &'a Strategy,
    thesaurus: &'a Thesaurus,
    notes: &'a mut Notes,
    leaves: Vec<Leaf>,
    /// Only asked, never iterated.
    numbers: HashMap<Leaf, usize>,
    headings: Vec<HeadingReading>,
}

impl Planner<'_> {
    /// The set of `expr`; `None` where it refers to a line that is not there, which is then said.
    fn set(&mut self, at: usize, line: &Line, expr: &Expr) -> Option<Set> {
        Some(match &expr.kind {
            ExprKind::And(parts) => Set::And(self.sets(at, line, parts)?),
            ExprKind::Or(parts) => Set::Or(self.sets(at, line, parts)?),
            ExprKind::Not(left, right) => {
                let (left, right) = (self.set(at, line, left), self.set(at, line, right));
                Set::Not(Box::new(left?), Box::new(right?))
            }
            ExprKind::Reference(label) => self.reference(at, line, *label, expr.span)?,
            ExprKind::Group(combination, labels) => {
                let sets: Vec<_> = labels.iter().map(|label| self.reference(at, line, *label, expr.span)).collect();
                let sets = sets.into_iter().collect::<Option<_>>()?;
                match combination {
                    Combination::And => Set::And(sets),
                    Combination::Or => Set::Or(sets),
                }
            }
            ExprKind::Text(leaf) => {
                for code in text::empty_codes(leaf) {
                    self.notes.add(Code::EmptyField, line, expr.span, format!("the field code \"{}\" ({})", code.code, code.name));
                }
                self.any_of(text::leaves(leaf), expr.span)
            }
            ExprKind::Heading(leaf) => match heading::read(leaf, line, expr.span, self.thesaurus, self.notes) {
                Reading::Heading { leaves, reading } => {
                    self.headings.push(reading);
                    self.any_of(leaves, expr.span)
                }
                Reading::Words(leaf) => self.any_of(text::leaves(&leaf), expr.span),
            },
            ExprKind::Limit(label, limits) => {
                let whole = self.reference(at, line, *label, expr.span)?;
                Set::Limited(Box::new(whole), limits.iter().map(|limit| self.filter(limit, expr.span)).collect())
            }
        })
    }

    fn sets(&mut self, at: usize, line: &Line, parts: &[Expr]) -> Option<Vec<Set>> {
        // All of them, so that every broken reference is named.
        let sets: Vec<_> = parts.iter().map(|part| self.set(at, line, part)).collect();
        sets.into_iter().collect()
    }

    /// The one line above that carries this label.
    fn reference(&mut self, at: usize, line: &Line, label: u32, span: Span) -> Option<Set> {
        let mut above = (0..at).filter(|above| self.strategy.lines[*above].label == label);
        let (first, second) = (above.next(), above.next());
        match (first, second) {
            (Some(above), None) => Some(Set::Line(above, span)),
            (Some(_), Some(_)) => {
                self.notes.add(Code::AmbiguousReference, line, span, format!("{label}, which several lines carry"));
                None
            }
            (None, _) => {
                self.notes.add(Code::UnknownReference, line, span, format!("{label}"));
                None
            }
        }
    }

    fn filter(&mut self, limit: &Limit, span: Span) -> Filter {
        let (place, what, leaf) = match limit {
            Limit::Language(names) => {
                let place = Place::Entries(Field::Language);
                (place, "a language", Leaf::AnyOf(place, names.iter().flat_map(|name| spellings(name)).collect()))
            }
            Limit::Years(from, to) => {
                let place = Place::Entries(Field::Year);
                let year = |year: &Option<u16>, open: u16| format!("{:04}", year.unwrap_or(open));
                (place, "a year", Leaf::Between(place, year(from, 0), year(to, 9999)))
            }
            Limit::Humans => check_tag(["humans", "human"]),
            Limit::Animals => check_tag(["animals", "animal"]),
            Limit::PublicationType(name) => {
                let place = Place::Entries(Field::PublicationType);
                (place, "a publication type", Leaf::AnyOf(place, vec![Folded::words(name).as_str().to_owned()]))
            }
        };
        let passing = self.any_of(vec![leaf], span);
        Filter { passing, present: self.leaf(Leaf::Present(place)), what, span }
    }

    fn any_of(&mut self, leaves: Vec<Leaf>, span: Span) -> Set {
        Set::Or(leaves.into_iter().map(|leaf| Set::Leaf(self.leaf(leaf), span)).collect())
    }

    fn leaf(&mut self, leaf: Leaf) -> usize {
        if let Some(number) = self.numbers.get(&leaf) {
            return *number;
        }
        self.leaves.push(leaf.clone());
        self.numbers.insert(leaf, self.leaves.len() - 1);
        self.leaves.len() - 1
    }
}

/// MEDLINE's check tags are in the plural, those of Embase and PsycInfo in the singular.
fn check_tag(names: [&str; 2]) -> (Place, &'static str, Leaf) {
    (Place::Headings, "headings", Leaf::AnyOf(Place::Headings, names.map(str::to_owned).to_vec()))
}
