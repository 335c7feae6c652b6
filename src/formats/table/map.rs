//! Which columns of a table are what, said by a person: `Tittel=title, Forfatter=author:;`.

use super::columns::{Shape, fold_name};
use crate::error::{Error, ErrorKind};
use crate::record::Field;

/// What columns of a table mean, in a person's words.
///
/// Columns that it does not name keep the meaning their names have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap {
    rows: Vec<MapRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct MapRow {
    column: String,
    folded: String,
    field: Field,
    shape: Shape,
}

/// Separators that have a name besides being written as they are.
const SEPARATORS: &[(&str, Shape)] = &[
    ("comma", Shape::By(',')),
    ("semicolon", Shape::By(';')),
    ("bar", Shape::By('|')),
    ("line", Shape::By('\n')),
    ("and", Shape::Ands),
    ("none", Shape::One),
];

impl ColumnMap {
    /// Reads `column=field` or `column=field:separator`, with commas between such pairs. A column whose name holds a comma
    /// or an equals sign stands in double quotes; `field` is a name of a [`Field`]; the separator between several values of
    /// one cell is a character or one of the words comma, semicolon, bar, line, and, none. Without one, values are told
    /// apart as in a table that nobody explained.
    ///
    /// ```
    /// use refsieve::formats::ColumnMap;
    /// assert!(ColumnMap::parse("Tittel=title, Forfatter=author:;, \"Stikkord, emne\"=keyword:bar").is_ok());
    /// assert!(ColumnMap::parse("Tittel=headline").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Settings`] where a pair is malformed or names no field.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut rows = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (column, after) = column_name(rest).ok_or_else(|| fault(format!("expected column=field, found {rest:?}")))?;
            let field_len = after.find([',', ':']).unwrap_or(after.len());
            let name = after[..field_len].trim();
            let field = Field::named(&name.to_lowercase())
                .ok_or_else(|| fault(format!("expected the name of a field for the column {column:?}, found {name:?}")))?;
            let mut shape = shape_of(field);
            rest = &after[field_len..];
            if let Some(separated) = rest.strip_prefix(':') {
                let len = separated.char_indices().skip(1).find(|(_, c)| *c == ',').map_or(separated.len(), |(at, _)| at);
                shape = separator(separated[..len].trim())
                    .ok_or_else(|| fault(format!("expected one character between values of {column:?}, found {:?}", &separated[..len])))?;
                rest = &separated[len..];
            }
            rest = rest.trim_start().strip_prefix(',').unwrap_or(rest).trim_start();
            rows.push(MapRow { folded: fold_name(&column), column, field, shape });
        }
        if rows.is_empty() {
            return Err(fault("expected column=field, found nothing".into()));
        }
        Ok(Self { rows })
    }

    /// What the column of that (folded) name was said to be.
    pub(super) fn meaning(&self, folded: &str) -> Option<(Field, Shape)> {
        self.rows.iter().find(|row| row.folded == folded).map(|row| (row.field, row.shape))
    }

    /// The columns it names that are not among `folded`.
    pub(super) fn missing(&self, folded: &[String]) -> Vec<&str> {
        self.rows.iter().filter(|row| !folded.contains(&row.folded)).map(|row| row.column.as_str()).collect()
    }
}

fn column_name(text: &str) -> Option<(String, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (name, rest) = quoted.split_once('"')?;
        return Some((name.to_owned(), rest.trim_start().strip_prefix('=')?));
    }
    let (name, rest) = text.split_once('=')?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.to_owned(), rest))
}

fn separator(text: &str) -> Option<Shape> {
    let named = SEPARATORS.iter().find(|(name, _)| *name == text).map(|(_, shape)| *shape);
    let mut characters = text.chars();
    named.or_else(|| characters.next().filter(|_| characters.as_str().is_empty()).map(Shape::By))
}

/// How values of a field usually stand in a cell.
fn shape_of(field: Field) -> Shape {
    match field {
        Field::Author | Field::FullAuthor | Field::Editor => Shape::People,
        Field::Keyword | Field::AuthorKeyword | Field::Heading | Field::Substance => Shape::Terms,
        Field::SerialNumber => Shape::Serials,
        Field::Url => Shape::Links,
        _ => Shape::One,
    }
}

fn fault(message: String) -> Error {
    Error::new(ErrorKind::Settings, "the column map", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_read() {
        let map = ColumnMap::parse("Tittel=title, Forfatter=author:;,\"Emne, ord\"=Keyword:comma, S=pages,K=keyword:,").unwrap();
        for (column, expected) in [
            ("tittel", Some((Field::Title, Shape::One))),
            ("forfatter", Some((Field::Author, Shape::By(';')))),
            ("emneord", Some((Field::Keyword, Shape::By(',')))),
            ("s", Some((Field::Pages, Shape::One))),
            ("k", Some((Field::Keyword, Shape::By(',')))),
            ("x", None),
        ] {
            assert_eq!(map.meaning(column), expected, "{column}");
        }
        assert_eq!(map.missing(&["tittel".into(), "s".into(), "k".into()]), ["Forfatter", "Emne, ord"]);
    }

    #[test]
    fn faults_say_what_is_wrong() {
        for (text, expected) in [
            ("", "the column map: expected column=field, found nothing"),
            ("Tittel", "the column map: expected column=field, found \"Tittel\""),
            ("Tittel=headline", "the column map: expected the name of a field for the column \"Tittel\", found \"headline\""),
            ("A=author:; ;", "the column map: expected one character between values of \"A\", found \"; ;\""),
        ] {
            let error = ColumnMap::parse(text).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Settings, expected));
        }
    }
}
