//! Names and dates of CSL as text.

use super::node::Node;
use std::fmt::Write as _;

/// A name, family name first.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    Person(String),
    Collective(String),
}

/// The name that `node` is: "van den Berg, Anna, Jr", or an institution. `None` where it has none.
pub(super) fn name(node: &Node<'_>) -> Option<Name> {
    if let Some(text) = node.text() {
        return (!text.trim().is_empty()).then(|| Name::Person(text.trim().to_owned()));
    }
    let part = |keys: &[&str]| keys.iter().filter_map(|key| node.get(key)?.text()).map(str::trim).find(|text| !text.is_empty());
    if let Some(literal) = part(&["literal", "name"]) {
        return Some(Name::Collective(literal.to_owned()));
    }
    let mut out = String::new();
    for word in [part(&["dropping-particle"]), part(&["non-dropping-particle"]), part(&["family", "lastName"])].into_iter().flatten() {
        if !out.is_empty() && !out.ends_with(['\'', '’', '-']) {
            out.push(' ');
        }
        out.push_str(word);
    }
    for word in [part(&["given", "firstName"]), part(&["suffix"])].into_iter().flatten() {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(word);
    }
    (!out.is_empty()).then_some(Name::Person(out))
}

/// The keys that [`name`] reads, and those that say only how a name is printed.
pub(super) const NAME_KEYS: [&str; 17] = [
    "literal",
    "name",
    "dropping-particle",
    "non-dropping-particle",
    "family",
    "lastName",
    "given",
    "firstName",
    "suffix",
    "creatorType",
    "parse-names",
    "comma-suffix",
    "static-ordering",
    "sequence",
    "isInstitution",
    "multi",
    "authenticated-orcid",
];

const SEASONS: [&str; 4] = ["Spring", "Summer", "Autumn", "Winter"];

/// The dates that `node` holds, first and last of a range: "2020-05-17", "2020 Spring", or as they are written.
pub(super) fn dates(node: &Node<'_>) -> Vec<String> {
    if let Some(text) = node.text() {
        return vec![text.trim().to_owned()];
    }
    let mut out = Vec::new();
    let season = node.get("season").and_then(Node::text).map(|season| {
        let number: Option<usize> = season.trim().parse().ok();
        number.and_then(|number| SEASONS.get(number.checked_sub(1)?)).map_or(season.trim(), |name| name)
    });
    for parts in node.get("date-parts").map(Node::items).unwrap_or_default() {
        let mut numbers = parts.items().iter().map_while(Node::text).map(str::trim).filter(|part| !part.is_empty());
        let Some(year) = numbers.next() else { continue };
        let mut date = year.to_owned();
        for number in numbers {
            date.push('-');
            let _ = write!(date, "{number:0>2}");
        }
        if let Some(season) = season.filter(|_| date.len() == year.len()) {
            date.push(' ');
            date.push_str(season);
        }
        out.push(date);
    }
    for key in ["raw", "literal"] {
        let text = node.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty());
        if let Some(text) = text.filter(|text| !out.iter().any(|date| date == text)) {
            out.push(text.to_owned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_family_first() {
        for (json, expected) in [
            (r#"{"family":"Ek","given":"Anna"}"#, Some(Name::Person("Ek, Anna".into()))),
            (
                r#"{"family":"Berg","given":"A.","non-dropping-particle":"van den","suffix":"Jr"}"#,
                Some(Name::Person("van den Berg, A., Jr".into())),
            ),
            (r#"{"family":"Aubigné","given":"T.","dropping-particle":"d'"}"#, Some(Name::Person("d'Aubigné, T.".into()))),
            (r#"{"literal":"World Health Organization"}"#, Some(Name::Collective("World Health Organization".into()))),
            (r#"{"creatorType":"author","lastName":"Ek","firstName":"Bo"}"#, Some(Name::Person("Ek, Bo".into()))),
            (r#"{"given":"Plato"}"#, Some(Name::Person("Plato".into()))),
            (r#""Ek, Anna""#, Some(Name::Person("Ek, Anna".into()))),
            (r#"{"family":" "}"#, None),
        ] {
            assert_eq!(name(&serde_json::from_str(json).unwrap()), expected, "{json}");
        }
    }

    #[test]
    fn dates_in_their_parts() {
        for (json, expected) in [
            (r#"{"date-parts":[[2020,5,7]]}"#, "2020-05-07"),
            (r#"{"date-parts":[["2020","5"],[2020,6]]}"#, "2020-05|2020-06"),
            (r#"{"date-parts":[[2020]],"season":"1"}"#, "2020 Spring"),
            (r#"{"raw":"May 2020"}"#, "May 2020"),
            (r#"{"date-parts":[[2020]],"literal":"Spring 2020"}"#, "2020|Spring 2020"),
            (r#"{"date-parts":[[null]]}"#, ""),
            (r#""2020-05""#, "2020-05"),
        ] {
            assert_eq!(dates(&serde_json::from_str(json).unwrap()).join("|"), expected, "{json}");
        }
    }
}
