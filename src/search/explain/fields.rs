//! Places of the index in words, and lists in words.

use crate::index::Place;

/// What a place is called: "title", "headings".
pub(super) fn name(place: Place) -> String {
    match place {
        Place::Words(field) | Place::Entries(field) => field.name().replace('-', " "),
        Place::QualifierWords | Place::Qualifiers => "qualifiers".to_owned(),
        Place::Headings => "headings".to_owned(),
        Place::Milestones => "dates".to_owned(),
    }
}

/// "a", "a or b", "a, b or c"; of more than `most` the first ones and how many more there are.
pub(super) fn joined(items: &[String], last: &str, most: usize) -> String {
    if items.len() > most {
        return format!("{} {last} {} more", items[..most].join(", "), items.len() - most);
    }
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_in_words() {
        let items: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        for (n, expected) in [(0, ""), (1, "a"), (2, "a or b"), (3, "a, b or c"), (4, "a, b, c or 1 more")] {
            assert_eq!(joined(&items[..n], "or", 3), expected);
        }
    }
}
