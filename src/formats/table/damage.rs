//! What spreadsheet programs do to values: pages that became dates, long numbers in powers of ten, failed formulas.

use crate::record::Field;

const MONTHS: [&str; 16] = ["jan", "feb", "mar", "apr", "mai", "may", "maj", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "des", "dec"];

/// Results of formulas that failed, in English.
const FAILED: [&str; 7] = ["#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!"];

/// Whether a spreadsheet has put `value`, which is about `field`, in the place of what stood there.
pub(super) fn is_damaged(field: Field, value: &str) -> bool {
    let bytes = value.as_bytes();
    match field {
        _ if bytes.first() == Some(&b'#') => FAILED.contains(&value) || (bytes.len() > 2 && bytes.iter().all(|byte| *byte == b'#')),
        Field::Pages | Field::LastPage | Field::Issue | Field::Volume | Field::ArticleNumber | Field::Doi => is_date(value),
        Field::Pmid | Field::Accession | Field::SerialNumber => is_power_of_ten(value),
        _ => false,
    }
}

/// "1-Feb", "Feb-01", "01.feb", "2024-02-01", "1/2/2024".
fn is_date(value: &str) -> bool {
    const LONGEST: usize = 20;
    if value.len() > LONGEST {
        return false;
    }
    let mut parts = value.split(' ').next().unwrap_or_default().split(['-', '.', '/', '–']);
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    let third = parts.next();
    if parts.next().is_some() {
        return false;
    }
    let is_number = |part: &str, longest: usize| (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &str| {
        let lowered = part.to_ascii_lowercase();
        (3..=4).contains(&part.len()) && MONTHS.iter().any(|month| lowered.starts_with(month))
    };
    match third {
        // The point behind a month's name: "1.feb." of Norwegian spreadsheets.
        None | Some("") => (is_number(first, 2) && is_month(second)) || (is_month(first) && is_number(second, 2)),
        Some(third) => {
            let is_iso = first.len() == 4 && is_number(first, 4) && is_number(second, 2) && is_number(third, 2);
            let is_local = is_number(first, 2) && (is_number(second, 2) || is_month(second)) && third.len() == 4 && is_number(third, 4);
            is_iso || is_local
        }
    }
}

/// "9.78E+12".
fn is_power_of_ten(value: &str) -> bool {
    let Some((number, power)) = value.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    power.strip_prefix('+').is_some_and(digits) && digits(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_seen_and_values_are_not_taken_for_it() {
        for (field, value, expected) in [
            (Field::Pages, "1-Feb", true),
            (Field::Pages, "Feb-01", true),
            (Field::Pages, "01.feb", true),
            (Field::Pages, "1.feb.", true),
            (Field::Pages, "2024-02-01", true),
            (Field::Pages, "2024-02-01 00:00:00", true),
            (Field::Pages, "1/2/2024", true),
            (Field::Doi, "Oct-00", true),
            (Field::Title, "#NAME?", true),
            (Field::Abstract, "########", true),
            (Field::SerialNumber, "9.78E+12", true),
            (Field::Pages, "1-2", false),
            (Field::Pages, "1234-1250", false),
            (Field::Pages, "S1-S9", false),
            (Field::Pages, "12-18, 20", false),
            (Field::Pages, "e2024-02", false),
            (Field::Doi, "10.5555/2024-02-01", false),
            (Field::Title, "1-Feb", false),
            (Field::Title, "#metoo", false),
            (Field::Date, "2024-02-01", false),
            (Field::Issue, "Jan-Feb", false),
            (Field::Accession, "2E5", false),
        ] {
            assert_eq!(is_damaged(field, value), expected, "{field:?} {value}");
        }
    }
}
