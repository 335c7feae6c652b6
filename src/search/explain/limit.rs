//! A limit against one record: what of the record passes it, or what it lacks.

use super::fields::joined;
use crate::index::{Contents, Place};
use crate::record::Field;
use crate::strategy::Limit;

/// So many values are shown.
const MOST_SHOWN: usize = 4;

/// What of the record passes a limit, for the limits that show it in a value.
pub(super) fn passes(limit: &Limit, contents: &Contents) -> Option<String> {
    match limit {
        Limit::Language(_) => Some(format!("language: {}", values(Place::Entries(Field::Language), contents)?)),
        Limit::Years(..) => Some(format!("year: {}", values(Place::Entries(Field::Year), contents)?)),
        _ => None,
    }
}

/// Why the record does not pass a limit.
pub(super) fn miss(limit: &Limit, contents: &Contents) -> String {
    let not = |place: Place, what: &str, needs: &str| match values(place, contents) {
        Some(values) => format!("{what} {values}, needs {needs}"),
        None => format!("no {what} in this record"),
    };
    match limit {
        Limit::Language(names) => not(Place::Entries(Field::Language), "language", &joined(names, "or", MOST_SHOWN)),
        Limit::Years(from, to) => not(Place::Entries(Field::Year), "year", &years(*from, *to)),
        Limit::PublicationType(name) => not(Place::Entries(Field::PublicationType), "publication type", name),
        Limit::Abstracts => "no abstract in this record".to_owned(),
        Limit::Database(name) => of_database(name, contents),
        Limit::Humans | Limit::Animals | Limit::Group(_) if contents.terms(Place::Headings).is_empty() => {
            "no headings in this record, so no check tags".to_owned()
        }
        Limit::Humans | Limit::Animals | Limit::Group(_) => format!("no heading for {limit}"),
        Limit::Dates(..) if contents.terms(Place::Milestones).is_empty() => "no such date in this record".to_owned(),
        Limit::Dates(..) | Limit::Any(_) | Limit::Filter(_) => format!("does not pass {limit}"),
    }
}

/// Why the record is not one of the database that Ovid calls `name`.
pub(super) fn of_database(name: &str, contents: &Contents) -> String {
    match values(Place::Entries(Field::Database), contents) {
        Some(values) => format!("database {values}, needs {name}"),
        None => "no database in this record".to_owned(),
    }
}

fn years(from: Option<u16>, to: Option<u16>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} or later"),
        (None, Some(to)) => format!("{to} or earlier"),
        (None, None) => "any".to_owned(),
    }
}

/// What stands in a place, each value once; `None` where nothing does.
fn values(place: Place, contents: &Contents) -> Option<String> {
    let mut values: Vec<String> = contents.terms(place).iter().map(|term| term.text.clone()).collect();
    values.sort_unstable();
    values.dedup();
    (!values.is_empty()).then(|| joined(&values, "and", MOST_SHOWN))
}
