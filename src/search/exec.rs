//! A plan -> the hits of every line.
//!
//! Goes in: a [`Plan`]. Comes out: one bitmap a line. Every leaf is searched once, all leaves in parallel; the lines are
//! then combined in order. What is found does not depend on the number of threads.

use super::plan::{Filter, Leaf, Plan, Set};
use super::{Notes, Settings};
use crate::diagnostic::{Code, Span};
use crate::error::Result;
use crate::index::{Found, Index, Phrase, Piece, Place, TermPattern};
use crate::progress::Progress;
use crate::strategy::{Line, Strategy};
use rayon::prelude::*;
use roaring::RoaringBitmap;
use std::collections::HashSet;

/// What a leaf finds.
struct LeafHits {
    /// `None` where a word stands for too many others.
    records: Option<RoaringBitmap>,
    /// The widest truncation, as written, and how many words it stands for, where that is to be pointed out.
    wide: Option<(String, usize)>,
}

/// One bitmap a line, `None` where it cannot be run.
pub(super) fn exec(
    strategy: &Strategy,
    plan: &Plan,
    index: &Index,
    settings: &Settings,
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<Vec<Option<RoaringBitmap>>> {
    progress.stage("search", plan.leaves.len() as u64);
    let leaves: Vec<LeafHits> = plan
        .leaves
        .par_iter()
        .map(|leaf| {
            let hits = search(leaf, index, settings);
            progress.advance(1);
            hits
        })
        .collect::<Result<_>>()?;
    let mut runner = Runner { strategy, leaves: &leaves, settings, notes, done: Vec::with_capacity(plan.lines.len()) };
    for (line, set) in strategy.lines.iter().zip(&plan.lines) {
        let hits = set.as_ref().and_then(|set| runner.records(line, set));
        runner.done.push(hits);
    }
    Ok(runner.done)
}

fn search(leaf: &Leaf, index: &Index, settings: &Settings) -> Result<LeafHits> {
    let records = match leaf {
        Leaf::Phrase(place, phrase) => return search_phrase(*place, phrase, index, settings),
        Leaf::AnyOf(place, terms) => index.find_any(*place, terms)?,
        Leaf::Between(place, first, last) => index.find_between(*place, first, last)?,
        Leaf::Present(place) => index.present(*place)?,
    };
    Ok(LeafHits { records: Some(records), wide: None })
}

fn search_phrase(place: Place, phrase: &Phrase, index: &Index, settings: &Settings) -> Result<LeafHits> {
    match index.find(place, phrase, settings.most_forms)? {
        Found::TooManyForms(word) => Ok(LeafHits { records: None, wide: phrase.words.get(word).map(|word| (written(word), 0)) }),
        Found::Records { records, forms } => {
            let mut wide: Option<(String, usize)> = None;
            for (word, _) in phrase.words.iter().zip(forms).filter(|(_, forms)| *forms > settings.wide_truncation) {
                let forms = index.count_forms(place, word)?;
                if forms > wide.as_ref().map_or(settings.wide_truncation, |(_, most)| *most) {
                    wide = Some((written(word), forms));
                }
            }
            Ok(LeafHits { records: Some(records), wide })
        }
    }
}

/// A pattern in Ovid's own signs.
pub(super) fn written(pattern: &TermPattern) -> String {
    let sign = |piece: &Piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::One => "#".to_owned(),
        Piece::UpTo(1) => "?".to_owned(),
        Piece::UpTo(most) => format!("${most}"),
        Piece::Any => "*".to_owned(),
    };
    pattern.pieces.iter().map(sign).collect()
}

struct Runner<'a> {
    strategy: &'a Strategy,
    leaves: &'a [LeafHits],
    settings: &'a Settings,
    notes: &'a mut Notes,
    done: Vec<Option<RoaringBitmap>>,
}

impl Runner<'_> {
    /// The records of `set`; `None`, with a diagnostic, where a part of it cannot be run.
    fn records(&mut self, line: &Line, set: &Set) -> Option<RoaringBitmap> {
        match set {
            Set::Leaf(number, span) => self.leaf(line, *number, *span),
            Set::And(parts) => self.all(line, parts)?.into_iter().reduce(|a, b| a & b),
            Set::Or(parts) => Some(self.all(line, parts)?.into_iter().fold(RoaringBitmap::new(), |a, b| a | b)),
            Set::Not(left, right) => {
                let (left, right) = (self.records(line, left), self.records(line, right));
                Some(left? - right?)
            }
            Set::Line(at, span) => {
                let hits = self.done.get(*at).cloned().flatten();
                if hits.is_none() {
                    let label = self.strategy.lines.get(*at).map_or(0, |line| line.label);
                    self.notes.add(Code::BrokenReference, line, *span, format!("{label}, a line that cannot be run"));
                }
                hits
            }
            Set::Unique(whole, span) => {
                let whole = self.records(line, whole)?;
                let Some(groups) = &self.settings.groups else {
                    self.notes.add(Code::DuplicatesUnknown, line, *span, "none");
                    return Some(whole);
                };
                let mut seen = HashSet::new();
                Some(whole.into_iter().filter(|record| groups.get(*record as usize).is_none_or(|group| seen.insert(*group))).collect())
            }
            Set::Limited(whole, filters) => {
                let whole = self.records(line, whole)?;
                let mut left = whole.clone();
                for filter in filters {
                    left &= self.records(line, &filter.passing)?;
                    let present = self.records(line, &filter.present)?;
                    self.tell_lacking(line, filter, &whole, &present);
                }
                Some(left)
            }
        }
    }

    fn all(&mut self, line: &Line, parts: &[Set]) -> Option<Vec<RoaringBitmap>> {
        // All of them, so that every part that cannot be run is named.
        let parts: Vec<_> = parts.iter().map(|part| self.records(line, part)).collect();
        parts.into_iter().collect()
    }

    fn leaf(&mut self, line: &Line, number: usize, span: Span) -> Option<RoaringBitmap> {
        let leaf = self.leaves.get(number)?;
        match (&leaf.records, &leaf.wide) {
            (Some(_), Some((word, forms))) => {
                self.notes.add(Code::WideTruncation, line, span, format!("\"{word}\", which stands for {forms} words"));
            }
            (None, Some((word, _))) => {
                let most = self.settings.most_forms;
                self.notes.add(Code::TooManyForms, line, span, format!("\"{word}\", which stands for more than {most}"));
            }
            (_, None) => {}
        }
        leaf.records.clone()
    }

    fn tell_lacking(&mut self, line: &Line, filter: &Filter, whole: &RoaringBitmap, present: &RoaringBitmap) {
        let lacking = whole.len() - whole.intersection_len(present);
        if lacking > 0 {
            let found = format!("{lacking} of {} records without {}", whole.len(), filter.what);
            self.notes.add(Code::LimitWithoutData, line, filter.span, found);
        }
    }
}
