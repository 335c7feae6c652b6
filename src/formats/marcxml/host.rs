//! Where in its host a part stands: "Vol. 3, nr. 2 (2020), s. 12-20" of field 773.

/// The parts of such a statement, as slices of it.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Place<'t> {
    pub(super) volume: Option<&'t str>,
    pub(super) issue: Option<&'t str>,
    pub(super) pages: Option<&'t str>,
    pub(super) year: Option<&'t str>,
}

const VOLUMES: &[&str] = &["v", "vol", "volume", "bd", "band", "b", "årg", "årgang", "årgång", "jg", "jahrg", "jahrgang", "t", "tome"];
const ISSUES: &[&str] = &["n", "no", "nr", "num", "number", "nummer", "issue", "iss", "h", "heft", "hefte", "häfte", "pt"];
const PAGES: &[&str] = &["s", "p", "pp", "page", "pages", "side", "sider", "sidor", "seite", "seiten", "pag"];
const YEARS: &[&str] = &["year", "år", "jahr", "datum"];

/// Reads a statement of subfield `g`.
pub(super) fn parse(text: &str) -> Place<'_> {
    let mut place = Place::default();
    // A number belongs to the word before it.
    let mut word = "";
    for token in
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':' | '[' | ']')).filter(|token| !token.is_empty())
    {
        // "Vol.3" and "s.12" are two.
        let letters = token.find(|c: char| !c.is_alphabetic()).unwrap_or(token.len());
        let (letters, number) = token.split_at(letters);
        let number = number.trim_start_matches('.');
        let lowered = letters.to_lowercase();
        let names = |list: &[&str]| list.contains(&lowered.as_str());
        if !letters.is_empty() && (names(VOLUMES) || names(ISSUES) || names(PAGES) || names(YEARS)) {
            word = letters;
            if number.is_empty() {
                continue;
            }
        }
        let is_labelled = !letters.is_empty() && word == letters;
        let value = if is_labelled { number } else { token };
        if !value.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let value = value.trim_end_matches('.');
        let lowered = word.to_lowercase();
        let after = |list: &[&str]| list.contains(&lowered.as_str());
        let is_year = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()) && matches!(value.as_bytes()[0], b'1' | b'2');
        if after(VOLUMES) && place.volume.is_none() {
            place.volume = Some(value);
        } else if after(ISSUES) && place.issue.is_none() {
            place.issue = Some(value);
        } else if after(PAGES) && place.pages.is_none() {
            place.pages = Some(value);
        } else if (is_year || after(YEARS)) && place.year.is_none() {
            place.year = Some(value);
        }
        word = "";
    }
    place
}

/// Reads subfield `q`, "3:2<12": volume, issue and first page.
pub(super) fn parse_enumeration(text: &str) -> Place<'_> {
    let (numbers, page) = text.split_once('<').unwrap_or((text, ""));
    let mut numbers = numbers.split(':').map(str::trim).filter(|number| !number.is_empty());
    Place { volume: numbers.next(), issue: numbers.next(), pages: Some(page.trim()).filter(|page| !page.is_empty()), year: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<'t>(volume: &'t str, issue: &'t str, pages: &'t str, year: &'t str) -> Place<'t> {
        let some = |value: &'t str| Some(value).filter(|value| !value.is_empty());
        Place { volume: some(volume), issue: some(issue), pages: some(pages), year: some(year) }
    }

    #[test]
    fn statements_of_catalogues() {
        for (text, expected) in [
            ("Vol. 3, nr. 2 (2020), s. 12-20", place("3", "2", "12-20", "2020")),
            ("Vol.3, no.2 (Mar. 2020), p. 12-20.", place("3", "2", "12-20", "2020")),
            ("Årg. 45(2011)nr. 3, S. 7-9", place("45", "3", "7-9", "2011")),
            ("volume:12", place("12", "", "", "")),
            ("pages:1-10", place("", "", "1-10", "")),
            ("2019, 4, 33", place("", "", "", "2019")),
            ("in print", place("", "", "", "")),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse_enumeration("3:2<12"), place("3", "2", "12", ""));
        assert_eq!(parse_enumeration("96"), place("96", "", "", ""));
    }
}
