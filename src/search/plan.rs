//! A strategy -> what to search and how to combine it.
//!
//! Goes in: the lines' trees, with open references, codes and headings. Comes out: a [`Plan`]: leaves, each different one
//! once, and for every line a set over leaves and earlier lines. Nothing is searched here.

use super::heading::{self, Reading};
use super::language::spellings;
use super::{HeadingReading, Notes, Settings, database, text};
use crate::diagnostic::{Code, Span};
use crate::index::{Phrase, Place, milestone_term};
use crate::record::{Field, Milestone};
use crate::strategy::{Combination, Expr, ExprKind, Limit, Line, Strategy, group_headings, phrase};
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
    /// One record of each group of duplicates in the set; the place that asks for it.
    Unique(Box<Set>, Span),
}

/// One limit.
pub(super) struct Filter {
    /// The records that pass.
    pub(super) passing: Set,
    /// The records that say anything about it.
    pub(super) present: Set,
    /// What they say: "a language".
    pub(super) what: &'static str,
    pub(super) span: Span,
}

/// The plan of `strategy`.
pub(super) fn plan(strategy: &Strategy, thesaurus: &Thesaurus, settings: &Settings, notes: &mut Notes) -> Plan {
    let skips_stopwords = settings.adj_skips_stopwords;
    let mut planner =
        Planner { strategy, thesaurus, skips_stopwords, notes, leaves: Vec::new(), numbers: HashMap::new(), headings: Vec::new() };
    let lines = strategy.lines.iter().enumerate().map(|(at, line)| planner.set(at, line, line.tree.as_ref()?)).collect();
    Plan { lines, leaves: planner.leaves, headings: planner.headings }
}

struct Planner<'a> {
    strategy: &'a Strategy,
    thesaurus: &'a Thesaurus,
    skips_stopwords: bool,
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
                self.any_of(text::leaves(leaf, self.skips_stopwords), expr.span)
            }
            ExprKind::Heading(leaf) => match heading::read(leaf, line, expr.span, self.thesaurus, self.notes) {
                Reading::Heading { leaves, reading } => {
                    self.headings.push(reading);
                    self.any_of(leaves, expr.span)
                }
                Reading::Words(leaf) => self.any_of(text::leaves(&leaf, self.skips_stopwords), expr.span),
            },
            ExprKind::Limit(label, limits) => {
                let whole = self.reference(at, line, *label, expr.span)?;
                let filters: Option<_> = limits.iter().map(|limit| self.filter(line, limit, expr.span)).collect();
                Set::Limited(Box::new(whole), filters?)
            }
            ExprKind::Passing(limits) => {
                let filters: Option<Vec<Filter>> = limits.iter().map(|limit| self.filter(line, limit, expr.span)).collect();
                Set::And(filters?.into_iter().map(|filter| filter.passing).collect())
            }
            ExprKind::Unique(label) => Set::Unique(Box::new(self.reference(at, line, *label, expr.span)?), expr.span),
            ExprKind::Database(inner, name) => {
                let whole = self.set(at, line, inner)?;
                Set::Limited(Box::new(whole), vec![self.of_database(line, name, expr.span)?])
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

    /// What passes `limit`; `None` where that cannot be told, which is then said.
    fn filter(&mut self, line: &Line, limit: &Limit, span: Span) -> Option<Filter> {
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
            Limit::Humans => any_heading(&["humans", "human"]),
            Limit::Animals => any_heading(&["animals", "animal"]),
            Limit::Group(name) => any_heading(group_headings(name)),
            Limit::PublicationType(name) => {
                let place = Place::Entries(Field::PublicationType);
                (place, "a publication type", Leaf::AnyOf(place, publication_types(name)))
            }
            Limit::Abstracts => {
                let place = Place::Words(Field::Abstract);
                (place, "an abstract", Leaf::Present(place))
            }
            Limit::Dates(code, from, to) => return Some(self.of_dates(code, *from, *to, span)),
            Limit::Database(name) => return self.of_database(line, name, span),
            Limit::Filter(name) => {
                self.notes.add(Code::UnsupportedLimit, line, span, format!("\"{name}\", a filter of Ovid's own"));
                return None;
            }
            Limit::Any(alternatives) => {
                let (mut passing, mut present) = (Vec::new(), Vec::new());
                for limits in alternatives {
                    let filters: Option<Vec<Filter>> = limits.iter().map(|limit| self.filter(line, limit, span)).collect();
                    let (pass, say): (Vec<Set>, Vec<Set>) = filters?.into_iter().map(|filter| (filter.passing, filter.present)).unzip();
                    passing.push(Set::And(pass));
                    present.extend(say);
                }
                return Some(Filter { passing: Set::Or(passing), present: Set::Or(present), what: "any of what it asks for", span });
            }
        };
        let passing = self.any_of(vec![leaf], span);
        let present = self.any_of(vec![Leaf::Present(place)], span);
        Some(Filter { passing, present, what, span })
    }

    /// Dates from `from` to `to`, of eight digits: those of publication, or those of the milestone that the code names.
    fn of_dates(&mut self, code: &str, from: Option<u32>, to: Option<u32>, span: Span) -> Filter {
        let milestone = text::milestone(code).unwrap_or(Milestone::Published);
        let what = match milestone {
            Milestone::Entered => "a date of entry",
            Milestone::Created => "a date of creation",
            Milestone::Electronic => "a date of electronic publication",
            Milestone::Revised => "a date of revision",
            Milestone::Week => "a week of entry",
            Milestone::Published => "a date of publication",
        };
        let between =
            |from, to| Leaf::Between(Place::Milestones, milestone_term(milestone, Some(from)), milestone_term(milestone, Some(to)));
        let passing = self.any_of(vec![between(from.unwrap_or(0), to.unwrap_or(LAST_DAY))], span);
        let present = self.any_of(vec![between(0, LAST_DAY)], span);
        Filter { passing, present, what, span }
    }

    /// Records of the database that Ovid calls `name`.
    fn of_database(&mut self, line: &Line, name: &str, span: Span) -> Option<Filter> {
        let Some(known) = database::of_segment(name) else {
            self.notes.add(Code::UnknownDatabase, line, span, format!("\"{name}\""));
            return None;
        };
        let place = Place::Words(Field::Database);
        let phrases = known.iter().filter_map(|words| phrase(words)).map(|words| Leaf::Phrase(place, text::phrase(&words, 1)));
        let passing = self.any_of(phrases.collect(), span);
        let present = self.any_of(vec![Leaf::Present(place)], span);
        Some(Filter { passing, present, what: "the name of their database", span })
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

/// The last date that a term can have.
const LAST_DAY: u32 = 99_999_999;

/// Any of these headings. MEDLINE's check tags are in the plural, those of Embase and PsycInfo in the singular.
fn any_heading(names: &[&str]) -> (Place, &'static str, Leaf) {
    let names = names.iter().map(|name| Folded::words(name).as_str().to_owned()).collect();
    (Place::Headings, "headings", Leaf::AnyOf(Place::Headings, names))
}

/// The folded names that a publication type of a limit stands for.
fn publication_types(name: &str) -> Vec<String> {
    const CLINICAL_TRIALS: &[&str] = &[
        "adaptive clinical trial",
        "clinical trial",
        "clinical trial, phase i",
        "clinical trial, phase ii",
        "clinical trial, phase iii",
        "clinical trial, phase iv",
        "controlled clinical trial",
        "equivalence trial",
        "pragmatic clinical trial",
        "randomized controlled trial",
    ];
    let names = if name == "clinical trial, all" { CLINICAL_TRIALS } else { &[name][..] };
    names.iter().map(|name| Folded::words(name).as_str().to_owned()).collect()
}
