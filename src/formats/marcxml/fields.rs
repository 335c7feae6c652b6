//! The fields of MARC 21 whose subfields are values as they stand, and what they are about.

use crate::record::Field;

/// How the subfields of a field become values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Making {
    /// Those that are listed make one value, in their order, with blanks between.
    One,
    /// Each of those that are listed is a value.
    Each,
}

/// A field, the subfields of it that count ("" for all), and what they are about. Subfields that are not listed are kept
/// one by one, uninterpreted.
pub(super) struct Rule {
    pub(super) field: &'static str,
    pub(super) codes: &'static str,
    pub(super) making: Making,
    pub(super) meaning: Field,
}

const fn one(field: &'static str, codes: &'static str, meaning: Field) -> Rule {
    Rule { field, codes, making: Making::One, meaning }
}

const fn each(field: &'static str, codes: &'static str, meaning: Field) -> Rule {
    Rule { field, codes, making: Making::Each, meaning }
}

/// Fields; those that names, dates, headings and host items stand in have code of their own. An `x` stands for any digit,
/// and the first row that fits counts.
pub(super) const RULES: &[Rule] = &[
    each("022", "al", Field::SerialNumber),
    each("035", "a", Field::Accession),
    one("210", "ab", Field::ShortTitle),
    one("222", "ab", Field::ShortTitle),
    one("242", "abnp", Field::ShortTitle),
    one("245", "abfgknps", Field::Title),
    one("246", "abfgnp", Field::ShortTitle),
    one("250", "ab", Field::Edition),
    one("440", "anp", Field::SeriesTitle),
    one("490", "a", Field::SeriesTitle),
    one("505", "agrt", Field::Contents),
    one("520", "ab", Field::Abstract),
    one("5xx", "", Field::Note),
    each("653", "a", Field::Keyword),
    one("830", "anp", Field::SeriesTitle),
];

/// The rule for the field of that number.
pub(super) fn rule(number: &str) -> Option<&'static Rule> {
    let fits = |pattern: &str| pattern.len() == number.len() && pattern.bytes().zip(number.bytes()).all(|(p, n)| p == n || p == b'x');
    RULES.iter().find(|rule| fits(rule.field))
}

/// Subfields that link a field to others or to authority files, wherever they stand.
pub(super) const CONTROL: &str = "0156789";

/// The tags that most records have. They stand once for all records; the meanings are those that tags have most often.
pub(super) const TAGS: &[(&str, Field)] = &[
    ("leader", Field::Other),
    ("leader/06-07", Field::Kind),
    ("001", Field::Accession),
    ("003", Field::Other),
    ("005", Field::Other),
    ("006", Field::Other),
    ("007", Field::Other),
    ("008", Field::Other),
    ("008/07-10", Field::Year),
    ("008/35-37", Field::Language),
    ("010$a", Field::Other),
    ("015$a", Field::Other),
    ("015$2", Field::Other),
    ("016$a", Field::Other),
    ("020", Field::SerialNumber),
    ("020$c", Field::Other),
    ("020$z", Field::Other),
    ("022$a", Field::SerialNumber),
    ("022$l", Field::SerialNumber),
    ("024$a", Field::Doi),
    ("024$2", Field::Other),
    ("035$a", Field::Accession),
    ("035$z", Field::Other),
    ("040$a", Field::Other),
    ("040$b", Field::Other),
    ("040$c", Field::Other),
    ("040$d", Field::Other),
    ("040$e", Field::Other),
    ("041$a", Field::Language),
    ("041$h", Field::Other),
    ("050$a", Field::Other),
    ("050$b", Field::Other),
    ("080$a", Field::Other),
    ("082$a", Field::Other),
    ("082$2", Field::Other),
    ("100", Field::Author),
    ("100$d", Field::Other),
    ("100$e", Field::Other),
    ("100$4", Field::Other),
    ("100$0", Field::Other),
    ("110", Field::CorporateAuthor),
    ("111", Field::CorporateAuthor),
    ("245", Field::Title),
    ("245$c", Field::Other),
    ("245$h", Field::Other),
    ("246", Field::ShortTitle),
    ("250", Field::Edition),
    ("260$a", Field::Place),
    ("260$b", Field::Publisher),
    ("260$c", Field::Year),
    ("264$a", Field::Place),
    ("264$b", Field::Publisher),
    ("264$c", Field::Year),
    ("300$a", Field::Other),
    ("300$b", Field::Other),
    ("300$c", Field::Other),
    ("336$a", Field::Other),
    ("336$b", Field::Other),
    ("336$2", Field::Other),
    ("337$a", Field::Other),
    ("337$b", Field::Other),
    ("337$2", Field::Other),
    ("338$a", Field::Other),
    ("338$b", Field::Other),
    ("338$2", Field::Other),
    ("490", Field::SeriesTitle),
    ("490$v", Field::Other),
    ("500", Field::Note),
    ("502", Field::Note),
    ("504", Field::Note),
    ("505", Field::Contents),
    ("520", Field::Abstract),
    ("600", Field::Heading),
    ("610", Field::Heading),
    ("650", Field::Heading),
    ("650$0", Field::Other),
    ("650$2", Field::Other),
    ("651", Field::Heading),
    ("651$0", Field::Other),
    ("651$2", Field::Other),
    ("653$a", Field::Keyword),
    ("655", Field::PublicationType),
    ("655$2", Field::Other),
    ("700", Field::Author),
    ("700$d", Field::Other),
    ("700$e", Field::Other),
    ("700$4", Field::Other),
    ("700$0", Field::Other),
    ("710", Field::CorporateAuthor),
    ("773$t", Field::ContainerTitle),
    ("773$g", Field::Other),
    ("773$x", Field::SerialNumber),
    ("776$z", Field::Other),
    ("830", Field::SeriesTitle),
    ("856$u", Field::Url),
    ("856$3", Field::Other),
];

/// The type of reference that positions 06 and 07 of the leader say: the type of the material and its level.
pub(super) fn kind(material: u8, level: u8) -> Option<&'static str> {
    Some(match (material, level) {
        (b'a', b'a') => "Book Section",
        (b'a', b'b') => "Journal Article",
        (b'a', b's') => "Serial",
        (b'a', b'i') => "Web Page",
        (b'a', _) => "Book",
        (b't', _) => "Manuscript",
        (b'e' | b'f', _) => "Map",
        (b'g', _) => "Film or Broadcast",
        (b'c' | b'd' | b'i' | b'j', _) => "Music",
        (b'k', _) => "Figure",
        (b'm', _) => "Computer Program",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_listed_once() {
        for (at, (tag, _)) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|(other, _)| other != tag), "{tag}");
        }
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        for (number, expected) in
            [("505", Some(Field::Contents)), ("588", Some(Field::Note)), ("245", Some(Field::Title)), ("300", None), ("5", None)]
        {
            assert_eq!(rule(number).map(|rule| rule.meaning), expected, "{number}");
        }
    }
}
