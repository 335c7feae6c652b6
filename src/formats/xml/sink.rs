//! Entries on their way from the elements of a record to its builder, under tags that all records share.

use super::tree::Element;
use crate::record::{Field, RecordBuilder, Source};
use std::ops::Range;

/// The tags that the table of a format lists. They stand once for all records, where their source has room for them, and
/// are found step by step, element by element.
pub(in super::super) struct Tags {
    table: &'static [(&'static str, Field)],
    /// Where each stands in the text that the source keeps; empty where it keeps another text.
    places: Vec<Range<usize>>,
    steps: Vec<TagStep>,
}

struct TagStep {
    name: &'static str,
    children: Vec<usize>,
    row: Option<usize>,
}

/// How far down the path of a listed tag an element is; [`Step::ROOT`] is the record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Step(usize);

impl Step {
    pub(in super::super) const ROOT: Step = Step(0);
}

impl Tags {
    /// The tags of `table`, kept by `source`.
    pub(in super::super) fn new(source: &Source, table: &'static [(&'static str, Field)]) -> Self {
        let mut text = String::new();
        let mut places = Vec::with_capacity(table.len());
        let mut steps = vec![TagStep { name: "", children: Vec::new(), row: None }];
        for (row, (tag, _)) in table.iter().enumerate() {
            places.push(text.len()..text.len() + tag.len());
            text.push_str(tag);
            let mut at = 0;
            for name in tag.split('/') {
                at = match steps[at].children.iter().copied().find(|child| steps[*child].name == name) {
                    Some(child) => child,
                    None => {
                        steps.push(TagStep { name, children: Vec::new(), row: None });
                        let child = steps.len() - 1;
                        steps[at].children.push(child);
                        child
                    }
                };
            }
            steps[at].row = Some(row);
        }
        if !source.keep_tag_text(&text) {
            places.clear();
        }
        Self { table, places, steps }
    }

    /// From the element at `step` to the one of that name inside of it, if a listed tag goes that way.
    pub(in super::super) fn step(&self, step: Step, name: &str) -> Option<Step> {
        self.steps[step.0].children.iter().copied().find(|child| self.steps[*child].name == name).map(Step)
    }

    /// The tag that ends at `step`, and its meaning.
    pub(in super::super) fn row(&self, step: Step) -> Option<(&'static str, Field)> {
        self.steps[step.0].row.map(|row| self.table[row])
    }

    /// The meaning of `tag`, if it is listed.
    pub(in super::super) fn field(&self, tag: &str) -> Option<Field> {
        self.row(self.find(tag)?).map(|(_, field)| field)
    }

    fn find(&self, tag: &str) -> Option<Step> {
        tag.split('/').try_fold(Step::ROOT, |step, name| self.step(step, name))
    }

    fn place(&self, tag: &str) -> Option<Range<usize>> {
        self.place_at(self.find(tag)?)
    }

    fn place_at(&self, step: Step) -> Option<Range<usize>> {
        self.places.get(self.steps[step.0].row?).cloned()
    }
}

/// Takes the entries of one record.
pub(in super::super) struct Sink<'a> {
    builder: &'a mut RecordBuilder,
    pub(in super::super) tags: &'a Tags,
    /// Where the record begins in its source.
    start: usize,
}

impl<'a> Sink<'a> {
    pub(super) fn new(builder: &'a mut RecordBuilder, tags: &'a Tags, start: usize) -> Self {
        Self { builder, tags, start }
    }

    /// Adds the value of `element` under the tag that ends at `step`. Blank values are none.
    pub(in super::super) fn push_at(&mut self, step: Step, field: Field, element: Element<'_>) {
        self.push_part_at(step, field, element, element.value());
    }

    /// Adds `part` of the value of `element` under the tag that ends at `step`.
    pub(in super::super) fn push_part_at(&mut self, step: Step, field: Field, element: Element<'_>, part: &str) {
        if part.is_empty() {
            return;
        }
        match (self.tags.place_at(step), self.range(element, part)) {
            (Some(tag), Some(range)) => self.builder.push_shared_range(tag, field, range),
            (Some(tag), None) => self.builder.push_shared_value(tag, field, part),
            (None, _) => self.builder.push_text(&self.tag_at(step, element), field, part),
        }
    }

    /// Adds the value of `element` under `tag`.
    pub(in super::super) fn push_element(&mut self, tag: &str, field: Field, element: Element<'_>) {
        self.push_part(tag, field, element, element.value());
    }

    /// Adds `part` of the value of `element` under `tag`.
    pub(in super::super) fn push_part(&mut self, tag: &str, field: Field, element: Element<'_>, part: &str) {
        if part.is_empty() {
            return;
        }
        match (self.tags.place(tag), self.range(element, part)) {
            (Some(tag), Some(range)) => self.builder.push_shared_range(tag, field, range),
            (Some(tag), None) => self.builder.push_shared_value(tag, field, part),
            (None, _) => self.builder.push_text(tag, field, part),
        }
    }

    /// Adds a value that was put together under `tag`. Blank values are none.
    pub(in super::super) fn push(&mut self, tag: &str, field: Field, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.tags.place(tag) {
            Some(tag) => self.builder.push_shared_value(tag, field, value),
            None => self.builder.push_text(tag, field, value),
        }
    }

    fn tag_at(&self, step: Step, element: Element<'_>) -> String {
        self.tags.row(step).map_or_else(|| element.path(), |(tag, _)| tag.to_owned())
    }

    /// Where `part`, which was borrowed from the value of `element`, stands in the source, if it does.
    fn range(&self, element: Element<'_>, part: &str) -> Option<Range<usize>> {
        let range = element.range()?;
        let before = (part.as_ptr() as usize).checked_sub(element.value().as_ptr() as usize)?;
        (before + part.len() <= range.len()).then(|| self.start + range.start + before..self.start + range.start + before + part.len())
    }
}
