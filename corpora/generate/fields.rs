//! Tags and the forms of values that dialects share: names, pages, titles, numbers. Values go in as a `Work` holds them.

use crate::works::{Author, Kind, Pages, Work};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Column behind which PubMed wraps a line.
const NBIB_WIDTH: usize = 88;

/// Appends the parts one behind the other.
pub fn put(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

/// A RIS line.
pub fn ris(out: &mut String, tag: &str, value: &str) {
    put(out, &[tag, "  - ", value, "\n"]);
}

/// A RIS line if there is a value.
pub fn ris_some(out: &mut String, tag: &str, value: Option<&str>) {
    if let Some(value) = value {
        ris(out, tag, value);
    }
}

/// A RIS line if the value is not empty.
pub fn ris_filled(out: &mut String, tag: &str, value: &str) {
    ris_some(out, tag, Some(value).filter(|value| !value.is_empty()));
}

/// The year, with what a database writes behind it.
pub fn ris_year(out: &mut String, tag: &str, work: &Work, tail: &str) {
    if let Some(year) = work.year {
        ris(out, tag, &format!("{year}{tail}"));
    }
}

/// Both serial or book numbers, each on its line.
pub fn serials(out: &mut String, work: &Work) {
    for serial in &work.serials {
        ris(out, "SN", &hyphenated(serial));
    }
}

/// SP and EP; what is no range stands whole in SP.
pub fn first_and_last(out: &mut String, pages: &Pages) {
    match pages {
        Pages::Range(first, last) => {
            ris(out, "SP", &first.to_string());
            ris(out, "EP", &last.to_string());
        }
        Pages::Lettered(letter, first, last) => {
            ris(out, "SP", &format!("{letter}{first}"));
            ris(out, "EP", &format!("{letter}{last}"));
        }
        Pages::Number(whole) | Pages::Raw(whole) => ris(out, "SP", whole),
    }
}

/// SP and EP, or the article number in C7.
pub fn pages_or_number(out: &mut String, work: &Work) {
    match &work.pages {
        Some(Pages::Number(number)) => ris(out, "C7", number),
        Some(pages) => first_and_last(out, pages),
        None => {}
    }
}

/// The pages as one value.
pub fn range(work: &Work) -> Option<String> {
    Some(match work.pages.as_ref()? {
        Pages::Range(first, last) => format!("{first}-{last}"),
        Pages::Lettered(letter, first, last) => format!("{letter}{first}-{letter}{last}"),
        Pages::Number(whole) | Pages::Raw(whole) => whole.clone(),
    })
}

/// A MEDLINE field, wrapped at blanks; as PubMed does, the blank stays at the end of the line.
pub fn nbib(out: &mut String, tag: &str, value: &str) {
    put(out, &[tag, &"    "[tag.len()..], "- "]);
    let mut column = 6;
    for word in value.split_inclusive(' ') {
        if column > 6 && column + word.trim_end().len() > NBIB_WIDTH {
            out.push_str("\n      ");
            column = 6;
        }
        out.push_str(word);
        column += word.len();
    }
    out.push('\n');
}

/// A MEDLINE field if there is a value.
pub fn nbib_some(out: &mut String, tag: &str, value: Option<&str>) {
    if let Some(value) = value {
        nbib(out, tag, value);
    }
}

/// An EndNote tagged line if there is a value.
pub fn enw(out: &mut String, tag: &str, value: Option<&str>) {
    if let Some(value) = value {
        put(out, &[tag, " ", value, "\n"]);
    }
}

/// An element of EndNote's XML with the style it puts round every value, if there is one.
pub fn styled(out: &mut String, element: &str, value: Option<&str>) {
    let Some(value) = value else {
        return;
    };
    put(out, &["<", element, "><style face=\"normal\" font=\"default\" size=\"100%\">"]);
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(letter),
        }
    }
    put(out, &["</style></", element, ">"]);
}

/// Title and subtitle with what stands between them.
pub fn title(work: &Work, between: &str) -> String {
    match &work.subtitle {
        Some(subtitle) => format!("{}{between}{subtitle}", work.title),
        None => work.title.clone(),
    }
}

/// The month's English abbreviation.
pub fn month(work: &Work) -> &'static str {
    MONTHS[(work.month as usize + 11) % 12]
}

/// "Hansen, Kari B", with what stands behind an initial; a group as it is.
pub fn full_name(author: &Author, stop: &str) -> String {
    let Author { family, given, middle } = author;
    match middle {
        _ if given.is_empty() => family.clone(),
        Some(middle) => format!("{family}, {given} {middle}{stop}"),
        None => format!("{family}, {given}"),
    }
}

/// "Hansen KB" or "Hansen, KB", by what stands between; a group as it is.
pub fn joined_initials(author: &Author, between: &str) -> String {
    let initials: String = initials(author).collect();
    if initials.is_empty() { author.family.clone() } else { format!("{}{between}{initials}", author.family) }
}

/// "Hansen, K.B."; a group as it is.
pub fn spaced_initials(author: &Author) -> String {
    let initials: String = initials(author).flat_map(|initial| [initial, '.']).collect();
    if initials.is_empty() { author.family.clone() } else { format!("{}, {initials}", author.family) }
}

/// `12345679` as `1234-5679`; an ISBN as it is.
pub fn hyphenated(serial: &str) -> String {
    match serial.len() {
        8 => format!("{}-{}", &serial[..4], &serial[4..]),
        _ => serial.to_string(),
    }
}

/// "J Ment Health" as "J. Ment. Health": a stop behind words that look shortened.
pub fn dotted(abbreviation: &str) -> String {
    const WHOLE: [&str; 10] = ["Health", "Work", "Care", "Public", "Policy", "Community", "Psychiatry", "Open", "Topics", "Law"];
    let words = abbreviation.split(' ').map(|word| {
        let whole = word.is_empty() || WHOLE.contains(&word);
        format!("{word}{}", if whole { "" } else { "." })
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a database calls a kind of work.
pub fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "Journal Article",
        Kind::Column => "Editorial",
        Kind::MeetingAbstract => "Meeting Abstract",
        Kind::Book => "Book",
        Kind::Thesis => "Dissertation",
    }
}

/// The RIS type of a kind of work.
pub fn ris_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Column => "JOUR",
        Kind::MeetingAbstract => "CONF",
        Kind::Book => "BOOK",
        Kind::Thesis => "THES",
    }
}

fn initials(author: &Author) -> impl Iterator<Item = char> {
    let parts = author.given.split([' ', '-']).filter_map(|part| part.chars().next());
    parts.filter(|letter| letter.is_uppercase()).chain(author.middle)
}
