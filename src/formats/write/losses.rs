//! What a target could not hold of the records that were written to it, counted.
//!
//! Nothing is lost in silence: a value that the target has no field for goes to its notes and is counted; what it cannot
//! hold at all is counted too.

use crate::record::Field;

/// How many values, by field, did not find a field of their own in the target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Losses {
    by_field: Vec<FieldLosses>,
    /// Lines that stood outside of records and that the target has no place for.
    pub outside_lines: usize,
    /// Characters that the target forbids and that were replaced.
    pub replaced_characters: usize,
}

/// The losses of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldLosses {
    /// What the values are about.
    pub field: Field,
    /// Values that stand in the target's notes, since it has no field for them.
    pub moved_to_notes: usize,
    /// Values that the target cannot hold at all, or only cut off.
    pub lost: usize,
}

impl Losses {
    /// Whether every value found a field of its own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_field.is_empty() && self.outside_lines == 0 && self.replaced_characters == 0
    }

    /// The fields with losses, in the order of [`Field::ALL`].
    pub fn by_field(&self) -> impl ExactSizeIterator<Item = FieldLosses> + '_ {
        self.by_field.iter().copied()
    }

    /// How many values stand in the target's notes.
    #[must_use]
    pub fn n_moved_to_notes(&self) -> usize {
        self.by_field.iter().map(|of_field| of_field.moved_to_notes).sum()
    }

    /// How many values the target could not hold.
    #[must_use]
    pub fn n_lost(&self) -> usize {
        self.by_field.iter().map(|of_field| of_field.lost).sum()
    }

    /// Counts a value that went to the target's notes.
    pub(super) fn move_to_notes(&mut self, field: Field) {
        self.of(field).moved_to_notes += 1;
    }

    /// Adds the losses of another part of the same whole.
    pub fn add(&mut self, part: &Losses) {
        for of_part in part.by_field() {
            let sum = self.of(of_part.field);
            sum.moved_to_notes += of_part.moved_to_notes;
            sum.lost += of_part.lost;
        }
        self.outside_lines += part.outside_lines;
        self.replaced_characters += part.replaced_characters;
    }

    fn of(&mut self, field: Field) -> &mut FieldLosses {
        let at = match self.by_field.binary_search_by_key(&field, |of_field| of_field.field) {
            Ok(at) => at,
            Err(at) => {
                self.by_field.insert(at, FieldLosses { field, moved_to_notes: 0, lost: 0 });
                at
            }
        };
        &mut self.by_field[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_of_parts_add_up() {
        let mut whole = Losses::default();
        assert!(whole.is_empty());
        let mut part = Losses { outside_lines: 2, ..Losses::default() };
        part.move_to_notes(Field::Url);
        part.of(Field::Abstract).lost += 1;
        whole.add(&part);
        whole.add(&part);
        let rows: Vec<_> = whole.by_field().map(|row| (row.field, row.moved_to_notes, row.lost)).collect();
        assert_eq!(rows, [(Field::Abstract, 0, 2), (Field::Url, 2, 0)]);
        assert_eq!((whole.n_moved_to_notes(), whole.n_lost(), whole.outside_lines), (2, 2, 4));
        assert!(!whole.is_empty());
    }
}
