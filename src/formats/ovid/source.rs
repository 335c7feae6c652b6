//! The source of a record of Ovid, one sentence, in its parts.
//!
//! Goes in: "J Abbr. 12(3):4-9, 2018 Jan." and its kin. Comes out: where journal, volume, issue, pages and date stand in
//! it. What has none of the known shapes gives no parts: a wrong volume is worse than none.
//!
//! Shapes, from the databases' guides at ospguides.ovid.com and real exports:
//!
//! | database | source |
//! |---|---|
//! | MEDLINE, CENTRAL | `J. 12(3):4-9, 2018 Jan.` · `J. 12 Suppl 1:S4, 2018 01 05.` · `J. 2018 May 04` · `J. 2018, 2018 Mar 05.` |
//! | Embase | `J. 12 (3) (pp 4-9), 2018. Date of Publication: 01 Jan 2018.` · `J. Conference: … Spain. 12 (Supplement 3) (no pagination), 2018.` |
//! | PsycInfo | `J. Vol.12(3), Mar 2018, pp. 4-9.` · `Ek, A [Ed]; (2018). Book. (pp. 4-9). xi, 99 pp. Oslo: Ny.` |
//! | CAB Abstracts | `J; 2018. 12(3):4-9. 20 ref.` |
//! | Journals@Ovid | `J May 2018;12(3):4-9` |
//! | others | `J, 12(3): 4-9.` · `J 12, Winter 2007: 7-14.` · `Ek, A [Editor]. Book.:4-9, 2018.` |

use crate::record::PartialDate;
use std::ops::Range;

/// A part of a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Journal,
    Book,
    Volume,
    Issue,
    Pages,
    ArticleNumber,
    Date,
}

/// Where the parts stand in a source.
#[derive(Default, Debug)]
pub(super) struct Parts(Vec<(Part, Range<usize>)>);

impl Parts {
    /// Where `part` stands, if the source has it.
    pub(super) fn get(&self, part: Part) -> Option<Range<usize>> {
        self.0.iter().find(|(known, _)| *known == part).map(|(_, range)| range.clone())
    }

    fn add(&mut self, part: Part, source: &str, range: Range<usize>) {
        let range = trimmed(source, range);
        if !range.is_empty() && self.get(part).is_none() {
            self.0.push((part, range));
        }
    }
}

/// Labels behind the numbers, and what follows them up to the next full stop.
const LABELS: &[(&str, Option<Part>)] = &[
    ("Date of Publication:", Some(Part::Date)),
    ("Article Number:", Some(Part::ArticleNumber)),
    ("Series Information:", None),
    ("Conference Start:", None),
];

/// What stands between the journal and the numbers of a conference abstract.
const CONFERENCE: &str = "Conference:";

/// Numbers of an issue, and where in the source they stand.
struct Numbers {
    start: usize,
    volume: Range<usize>,
    issue: Option<Range<usize>>,
    pages: Option<Range<usize>>,
    date: Option<Range<usize>>,
    /// Whether pages, or the word that there are none, stand with them: then they are not the day of a conference.
    is_certain: bool,
}

/// The parts of `source`, which stands on one line.
pub(super) fn parts(source: &str) -> Parts {
    let mut parts = Parts::default();
    let labels = LABELS.iter().filter_map(|(label, part)| source.find(label).map(|at| (at, at + label.len(), *part)));
    let mut body_end = source.len();
    for (at, value, part) in labels {
        body_end = body_end.min(at);
        if let Some(part) = part {
            let value_end = source[value..].find(". ").map_or(source.len(), |end| value + end);
            parts.add(part, source, value..value_end);
        }
    }
    let body = &source[..body_end];
    if !(chapter(source, body, &mut parts) || book_with_editors(source, body, &mut parts)) {
        article(source, body, &mut parts);
    }
    parts
}

fn article(source: &str, body: &str, parts: &mut Parts) {
    let journal_end = |end: usize| body.find(CONFERENCE).map_or(end, |conference| conference.min(end));
    if let Some(numbers) = numbers(body) {
        let mut end = journal_end(numbers.start);
        let mut date = numbers.date;
        if date.is_none() {
            date = last_date(&body[..end]);
            end = date.as_ref().map_or(end, |date| date.start);
        }
        parts.add(Part::Journal, source, 0..end);
        parts.add(Part::Volume, source, numbers.volume);
        for (part, range) in [(Part::Issue, numbers.issue), (Part::Pages, numbers.pages), (Part::Date, date)] {
            if let Some(range) = range {
                parts.add(part, source, range);
            }
        }
        return;
    }
    // Ahead of print: a journal and a date, or a journal alone.
    match last_date(body) {
        Some(date) if body[date.end..].trim_matches(is_margin).is_empty() => {
            parts.add(Part::Journal, source, 0..journal_end(date.start));
            parts.add(Part::Date, source, date);
        }
        None if !body.contains(|c: char| c.is_ascii_digit()) => parts.add(Part::Journal, source, 0..journal_end(body.len())),
        _ => {}
    }
}

/// "Ek, A [Ed]; (2018). Book. (pp. 4-9). xi, 99 pp.": whether the source is that of a chapter.
fn chapter(source: &str, body: &str, parts: &mut Parts) -> bool {
    let Some(pages_at) = body.find("(pp") else { return false };
    let Some(close) = body[..pages_at].find("). ") else { return false };
    let Some(year) = close.checked_sub(4).filter(|year| body.is_char_boundary(*year) && body[..*year].ends_with('(')) else { return false };
    if PartialDate::parse(&body[year..close]).is_none() {
        return false;
    }
    parts.add(Part::Book, source, close + "). ".len()..pages_at);
    if let Some((pages, _)) = bracketed_pages(body, pages_at) {
        parts.add(Part::Pages, source, pages);
    }
    parts.add(Part::Date, source, year..close);
    true
}

/// "Ek, A [Editor]. Book.:4-9, 2018.": whether the source is that of a part of a book with editors.
fn book_with_editors(source: &str, body: &str, parts: &mut Parts) -> bool {
    let Some(editor) = body.rfind("[Editor").or_else(|| body.rfind("[Ed]")) else { return false };
    let Some(names_end) = body[editor..].find("]. ").map(|end| editor + end + "]. ".len()) else { return false };
    let Some(colon) = body[names_end..].find(".:").map(|at| names_end + at + 1) else { return false };
    let Some(pages) = pages(body, colon + 1) else { return false };
    parts.add(Part::Book, source, names_end..colon);
    if let Some(date) = date_behind(body, pages.end) {
        parts.add(Part::Date, source, date);
    }
    parts.add(Part::Pages, source, pages);
    true
}

/// The numbers of `body`: the first certain ones, else the first. The name of a conference may hold numbers of its own,
/// and stands before those that count.
fn numbers(body: &str) -> Option<Numbers> {
    let is_start = |at: &usize| *at == 0 || matches!(body.as_bytes()[at - 1], b' ' | b';' | b'.' | b',');
    let mut found = body.char_indices().map(|(at, _)| at).filter(is_start).filter_map(|start| numbers_at(body, start));
    if body.contains(CONFERENCE) {
        return found.rfind(|numbers| numbers.is_certain);
    }
    let first = found.next()?;
    if first.is_certain { Some(first) } else { found.find(|numbers| numbers.is_certain).or(Some(first)) }
}

/// What may stand before a volume.
const VOLUME_LABELS: [&str; 6] = ["Vol. ", "Vol.", "Vol ", "vol. ", "vol.", "v."];
/// What a supplement or part begins with, behind a volume.
const SUPPLEMENTS: [&str; 6] = [" Suppl", " Pt ", " Part ", " Spec No", " Special Issue", " Supplement"];
/// What says in brackets that there are no pages.
const NO_PAGES: [&str; 2] = ["(no pagination)", "(var.pagings)"];
/// The longest volume or issue.
const LONGEST_NUMBER: usize = 40;

fn numbers_at(body: &str, start: usize) -> Option<Numbers> {
    let label = VOLUME_LABELS.iter().find(|label| body[start..].starts_with(*label));
    let volume_start = start + label.map_or(0, |label| label.len());
    let volume_len = body[volume_start..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '–')))?;
    let volume = volume_start..volume_start + volume_len;
    if volume_len > LONGEST_NUMBER || !body[volume.clone()].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut at = volume.end;
    let mut issue = None;
    if SUPPLEMENTS.iter().any(|supplement| body[at..].starts_with(supplement)) {
        let len = near(body, at).find([':', ',', '(']).filter(|len| *len <= LONGEST_NUMBER)?;
        issue = Some(at + 1..at + len);
        at += len;
    } else if let Some(bracket) = bracket(body, at) {
        issue = Some(bracket.start + 1..bracket.end - 1);
        at = bracket.end;
    }
    let numbers = Numbers { start, volume, issue, pages: None, date: None, is_certain: true };
    at = skip_blanks(body, at);
    let rest = &body[at..];
    if rest.starts_with(':') {
        let pages = pages(body, at + 1)?;
        let date = date_behind(body, pages.end);
        Some(Numbers { pages: Some(pages), date, ..numbers })
    } else if let Some((pages, end)) = bracketed_pages(body, at) {
        Some(Numbers { pages: Some(pages), date: date_behind(body, end), ..numbers })
    } else if let Some(none) = NO_PAGES.iter().find(|none| rest.starts_with(*none)) {
        Some(Numbers { date: date_behind(body, at + none.len()), ..numbers })
    } else {
        with_date_before_pages(body, at, label.is_some(), numbers)
    }
}

/// "12(3), Mar 2018, pp. 4-9", "12, Winter 2007: 7-14", "12(3), 2018".
fn with_date_before_pages(body: &str, at: usize, has_label: bool, numbers: Numbers) -> Option<Numbers> {
    let is_separated = body[at..].starts_with([',', ';']);
    let date = if is_separated || has_label { date_at(body, at + usize::from(is_separated)) } else { None };
    let Some(date) = date else {
        let is_end = body[at..].trim_matches(is_margin).is_empty();
        return ((has_label || numbers.issue.is_some()) && is_end).then_some(Numbers { is_certain: false, ..numbers });
    };
    let behind = skip_blanks(body, date.end);
    let mark = [", pp.", ", pp", ", p.", ":"].into_iter().find(|mark| body[behind..].starts_with(mark));
    let mark = mark.or_else(|| Some(",").filter(|mark| has_label && body[behind..].starts_with(mark)));
    let pages = mark.and_then(|mark| pages(body, behind + mark.len()));
    let is_certain = pages.is_some() || (has_label && mark.is_some());
    Some(Numbers { date: Some(date), pages, is_certain, ..numbers })
}

/// The bracket at `at`, or behind a blank there, as a number of an issue.
fn bracket(body: &str, at: usize) -> Option<Range<usize>> {
    let start = skip_blanks(body, at);
    let is_other = body[start..].starts_with("(pp") || NO_PAGES.iter().any(|none| body[start..].starts_with(none));
    if is_other || !body[start..].starts_with('(') {
        return None;
    }
    let mut depth = 0_usize;
    for (len, c) in body[start..].char_indices().take_while(|(len, _)| *len <= LONGEST_NUMBER) {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(start..start + len + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// "(pp 4-9)" at `at`: the pages, and where the bracket ends.
fn bracketed_pages(body: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let inside = near(body, at).strip_prefix("(pp")?;
    let start = at + "(pp".len();
    let end = start + inside.find(')')?;
    let start = start + usize::from(inside.starts_with('.'));
    let pages = trimmed(body, start..end);
    body[pages.clone()].contains(|c: char| c.is_ascii_digit()).then_some((pages, end + 1))
}

/// The pages at `at`: up to a comma or the end of the sentence, with a digit among them.
fn pages(body: &str, at: usize) -> Option<Range<usize>> {
    let rest = near(body, at);
    let comma = rest.find([',', ')']).unwrap_or(rest.len());
    let stop = rest.find(". ").unwrap_or(rest.len());
    let pages = trimmed(body, at..at + comma.min(stop));
    let first_word = body[pages.clone()].split(' ').next().unwrap_or_default();
    let has_digit = first_word.contains(|c: char| c.is_ascii_digit());
    (has_digit && pages.len() < NEAR).then_some(pages)
}

/// The date behind the comma, full stop or semicolon at `at`.
fn date_behind(body: &str, at: usize) -> Option<Range<usize>> {
    let rest = body[at..].trim_start_matches(' ');
    rest.starts_with([',', ';']).then(|| date_at(body, body.len() - rest.len() + 1)).flatten()
}

/// The date at `at`: words of dates, one of them a year; up to a full stop behind the year.
fn date_at(body: &str, at: usize) -> Option<Range<usize>> {
    /// "30 November - 2 December 2018" has six.
    const MOST_WORDS: usize = 8;
    let mut range: Option<Range<usize>> = None;
    let mut has_year = false;
    for word in body[at..].split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS) {
        let bare = word.trim_end_matches(['.', ',', ':', ';']);
        if !is_date_word(bare) || (has_year && is_year(bare)) {
            break;
        }
        has_year |= is_year(bare);
        let start = word.as_ptr() as usize - body.as_ptr() as usize;
        range = Some(range.map_or(start, |range| range.start)..start + bare.len());
        if has_year && bare.len() < word.len() {
            break;
        }
    }
    range.filter(|_| has_year)
}

/// The date that `text` ends with, full stops and the like behind it left out.
fn last_date(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end_matches(is_margin).len();
    let mut start = end;
    let mut has_year = false;
    for word in text[..end].rsplit([' ', ';']).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches([',', '.']);
        // A full stop behind anything but a month ends the journal.
        let is_end = word.ends_with('.') && !is_month(bare);
        if is_end && start < end || !is_date_word(bare) || (has_year && is_year(bare)) {
            break;
        }
        has_year |= is_year(bare);
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (has_year && start > 0).then_some(start..end)
}

fn is_date_word(word: &str) -> bool {
    const SEASONS: [&str; 5] = ["Spring", "Summer", "Autumn", "Fall", "Winter"];
    let is_day = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    !word.is_empty() && (is_year(word) || is_day || word.split(['/', '-']).all(|part| is_month(part) || SEASONS.contains(&part)))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) && (word.starts_with('1') || word.starts_with("20"))
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let lowered = word.trim_end_matches('.').to_ascii_lowercase();
    lowered.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&lowered))
}

fn is_margin(c: char) -> bool {
    matches!(c, ' ' | '.' | ',' | ';' | ':' | '\t')
}

/// How far, in bytes, the end of a number is looked for.
const NEAR: usize = 100;

/// The text of `body` at `at`, as far as the end of a number is looked for: so that time stays linear.
fn near(body: &str, at: usize) -> &str {
    &body[at..body.floor_char_boundary(at + NEAR)]
}

fn skip_blanks(body: &str, at: usize) -> usize {
    body.len() - body[at..].trim_start_matches(' ').len()
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_start_matches(is_margin).len());
    start..start + text.trim_matches(is_margin).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts that are there, in a fixed order.
    fn told(source: &str) -> String {
        let parts = parts(source);
        let names = [
            ("j", Part::Journal),
            ("b", Part::Book),
            ("v", Part::Volume),
            ("i", Part::Issue),
            ("p", Part::Pages),
            ("a", Part::ArticleNumber),
            ("d", Part::Date),
        ];
        let told: Vec<String> = names.iter().filter_map(|(name, part)| Some(format!("{name}={}", &source[parts.get(*part)?]))).collect();
        told.join("|")
    }

    #[test]
    fn sources_of_all_databases() {
        for (source, expected) in [
            ("J Peer Stud. 12(3):4-9, 2018 Jan.", "j=J Peer Stud|v=12|i=3|p=4-9|d=2018 Jan"),
            ("J Peer Stud. 12:e0123, 2018 01 05.", "j=J Peer Stud|v=12|p=e0123|d=2018 01 05"),
            ("J Peer Stud. 378 Suppl 2:S12-8, 2011 Nov 26", "j=J Peer Stud|v=378|i=Suppl 2|p=S12-8|d=2011 Nov 26"),
            (
                "J Peer Stud. 12(3 Pt 1):4-9; discussion 10-2, 2018 Jan-Feb.",
                "j=J Peer Stud|v=12|i=3 Pt 1|p=4-9; discussion 10-2|d=2018 Jan-Feb",
            ),
            ("J Peer Stud. 2018, 2018 Mar 05.", "j=J Peer Stud|v=2018|d=2018 Mar 05"),
            ("J Peer Stud. 2018 May 04", "j=J Peer Stud|d=2018 May 04"),
            ("Peer Studies 2000. 78(1):12-34, 2018 10.", "j=Peer Studies 2000|v=78|i=1|p=12-34|d=2018 10"),
            ("J Peer Stud. 12 (3) (pp 4-9), 2018. Date of Publication: 01 Jan 2018.", "j=J Peer Stud|v=12|i=3|p=4-9|d=01 Jan 2018"),
            ("J Peer Stud. 12 (no pagination), 2018. Article Number: e123. Date of Publication: 2018.", "j=J Peer Stud|v=12|a=e123|d=2018"),
            (
                "J Peer Stud. Conference: 2nd Peer Meeting 2018: Part 2. May 12-15, 2018. Oslo Norway. Conference Publication: \
                 (var.pagings). 12 (Supplement 3) (pp A4), 2018. Date of Publication: June 2018.",
                "j=J Peer Stud|v=12|i=Supplement 3|p=A4|d=June 2018",
            ),
            ("J Peer Stud. Vol.12(3), Mar 2018, pp. 4-9.", "j=J Peer Stud|v=12|i=3|p=4-9|d=Mar 2018"),
            (
                "Dissertation Abstracts International: Section B. Vol.78(1-B(E)),2017, pp. No Pagination Specified.",
                "j=Dissertation Abstracts International: Section B|v=78|i=1-B(E)|d=2017",
            ),
            ("J Peer Stud. Vol 12(3) Mar 2018, 4-9.", "j=J Peer Stud|v=12|i=3|p=4-9|d=Mar 2018"),
            ("Ek, A [Ed]; (2018). Peers at work. (pp. 4-9). xi, 99 pp. Oslo: Ny.", "b=Peers at work|p=4-9|d=2018"),
            ("Ek, A [Editor], Ny, B [Editor]. Peers at work.:4-9, 2018. Series Information: P.", "b=Peers at work|p=4-9|d=2018"),
            ("Journal of Peers; 2018. 12(3):4-9. 20 ref.", "j=Journal of Peers|v=12|i=3|p=4-9|d=2018"),
            ("Journal of Peers. 2018; 12(3):4-9", "j=Journal of Peers|v=12|i=3|p=4-9|d=2018"),
            ("Journal of Peers January/February 2010;14(1):56", "j=Journal of Peers|v=14|i=1|p=56|d=January/February 2010"),
            ("Journal of Peers November 2010;6:611-613", "j=Journal of Peers|v=6|p=611-613|d=November 2010"),
            ("Journal of Peers 12, Winter 2007: 7-14.", "j=Journal of Peers|v=12|p=7-14|d=Winter 2007"),
            ("Journal of Peers, 2013(1): 3-28.", "j=Journal of Peers|v=2013|i=1|p=3-28"),
            ("Patents of Peers. 1288(3), Nov. 16, 2004.", "j=Patents of Peers|v=1288|i=3|d=Nov. 16, 2004"),
            ("Journal of Peers.   28(2):103-106, April 2015.", "j=Journal of Peers|v=28|i=2|p=103-106|d=April 2015"),
            ("Peer Reviews. 5:CD001234, 2018 05 12.", "j=Peer Reviews|v=5|p=CD001234|d=2018 05 12"),
            ("  School Peer Quarterly. ", "j=School Peer Quarterly"),
            ("Peer studies in 3 volumes, some of them lost", ""),
            ("ÅÄÖ é 12", ""),
            ("", ""),
        ] {
            assert_eq!(told(source), expected, "{source}");
        }
    }

    #[test]
    fn time_is_linear() {
        for part in ["1 (", "12, ", "12, May ", "1 (pp", "Vol. 1 Suppl ", "1:a ", "2018 May "] {
            parts(&part.repeat(100_000));
        }
    }
}
