//! Works that look like one and are two: what a program must not merge. The last two works of every 26 are such a pair.
//!
//! Columns (editorials and their like) are traps too; they are ordinary works of kind `Column`.

use crate::random::{Purpose, Random, below, between, chance, numbered, one_of, weighted};
use crate::words::ONE_WORD_PAIRS;
use crate::works::{Kind, Library, Pages, Work, article, work};

/// Every so many works, the last two are a pair.
const CYCLE: u64 = 26;

/// Makes two works alike: takes two articles that have nothing in common.
type Trap = fn(&mut Random, &mut Work, &mut Work);

/// The kinds of pairs and how often they come.
const TRAPS: [(u32, Trap); 9] = [
    (18, two_parts),
    (18, one_word),
    (12, erratum),
    (12, comment),
    (14, next_pages),
    (8, reissue),
    (6, second_journal),
    (6, meeting_abstract),
    (6, shared_doi),
];

/// The work of a number, and whether it has a near double: then noise must leave what tells them apart.
pub fn work_or_trap(library: &Library, number: u64) -> (Work, bool) {
    let place = number % CYCLE;
    if place < CYCLE - 2 {
        let work = work(library, number);
        let guarded = work.kind == Kind::Column;
        return (work, guarded);
    }
    let first_number = number - (place - (CYCLE - 2));
    let random = &mut numbered(library.seed, Purpose::Pair, first_number);
    let mut first = article(library, first_number);
    let mut second = article(library, first_number + 1);
    let trap = TRAPS[weighted(random, TRAPS.iter().map(|(weight, _)| *weight))].1;
    trap(random, &mut first, &mut second);
    (if number == first_number { first } else { second }, true)
}

/// Part 1 and Part 2, or Part I and Part II, a few issues apart.
fn two_parts(random: &mut Random, first: &mut Work, second: &mut Work) {
    let [one, two] = *one_of(random, &[["Part 1", "Part 2"], ["Part I", "Part II"], ["part 1", "part 2"]]);
    let title = first.title.clone();
    for (work, part) in [(&mut *first, one), (&mut *second, two)] {
        work.title.clone_from(&title);
        work.subtitle = Some(match &work.subtitle {
            Some(subtitle) if work.number.is_multiple_of(3) => format!("{part}. {subtitle}"),
            _ => part.to_string(),
        });
    }
    share_journal(first, second);
    second.authors.clone_from(&first.authors);
    second.pages = pages_after(first, between(random, 20, 300));
    second.issue = first.issue.as_deref().and_then(|issue| issue.parse::<u32>().ok()).map(|issue| (issue + 1).to_string());
}

/// Two trials of one programme, whose titles differ by a word.
fn one_word(random: &mut Random, first: &mut Work, second: &mut Work) {
    let (one, two) = *one_of(random, ONE_WORD_PAIRS);
    first.subtitle = Some(format!("results from the {one} arm of a multicentre trial"));
    second.title.clone_from(&first.title);
    second.subtitle = Some(format!("results from the {two} arm of a multicentre trial"));
    second.authors.clone_from(&first.authors);
    if chance(random, 50) {
        share_journal(first, second);
        second.pages = pages_after(first, between(random, 1, 3));
    }
}

/// A correction that repeats the title it corrects.
fn erratum(random: &mut Random, first: &mut Work, second: &mut Work) {
    let label = one_of(random, &["Erratum to", "Correction to", "Erratum", "Correction", "Corrigendum"]);
    echo_title(label, first, second);
    second.authors.clone_from(&first.authors);
    share_journal(first, second);
    second.pages = pages_after(first, between(random, 90, 400));
    second.abstract_text = None;
    second.keywords.clear();
    second.cited = None;
}

/// A comment by others or the authors' reply, on the next pages.
fn comment(random: &mut Random, first: &mut Work, second: &mut Work) {
    let labels = ["Comment on", "Commentary on", "Reply to", "Response to", "Invited commentary"];
    let label = *one_of(random, &labels);
    echo_title(label, first, second);
    if label == "Reply to" {
        second.authors.clone_from(&first.authors);
        second.abstract_text.clone_from(&first.abstract_text);
    } else {
        second.abstract_text = None;
    }
    share_journal(first, second);
    second.pages = pages_after(first, 1);
}

/// Two articles of the same authors, one behind the other in one issue.
fn next_pages(_: &mut Random, first: &mut Work, second: &mut Work) {
    second.authors.clone_from(&first.authors);
    share_journal(first, second);
    second.pages = pages_after(first, 1);
}

/// A yearly report under the same title.
fn reissue(random: &mut Random, first: &mut Work, second: &mut Work) {
    second.title.clone_from(&first.title);
    second.subtitle.clone_from(&first.subtitle);
    second.authors.clone_from(&first.authors);
    share_journal(first, second);
    second.year = first.year.map(|year| year + 1);
    second.volume = next_number(first.volume.as_deref());
    second.pages = pages_after(first, between(random, 30, 500));
}

/// The same text in two journals.
fn second_journal(_: &mut Random, first: &mut Work, second: &mut Work) {
    second.title.clone_from(&first.title);
    second.subtitle.clone_from(&first.subtitle);
    second.authors.clone_from(&first.authors);
    second.abstract_text.clone_from(&first.abstract_text);
    second.year = first.year;
    second.volume = next_number(second.volume.as_deref());
}

/// A meeting's abstract, and the full paper a year later in another journal.
fn meeting_abstract(random: &mut Random, first: &mut Work, second: &mut Work) {
    second.title.clone_from(&first.title);
    second.subtitle.clone_from(&first.subtitle);
    second.authors.clone_from(&first.authors);
    second.kind = Kind::MeetingAbstract;
    second.year = first.year.map(|year| year - 1);
    second.issue = Some("Suppl 1".to_string());
    let page = between(random, 1, 300);
    second.pages = Some(Pages::Lettered('S', page, page));
}

/// Two abstracts of the same authors in one supplement, under the supplement's DOI.
fn shared_doi(random: &mut Random, first: &mut Work, second: &mut Work) {
    let page = between(random, 1, 300);
    first.kind = Kind::MeetingAbstract;
    second.kind = Kind::MeetingAbstract;
    first.issue = Some("Suppl 1".to_string());
    first.pages = Some(Pages::Lettered('S', page, page));
    second.authors.clone_from(&first.authors);
    share_journal(first, second);
    second.pages = Some(Pages::Lettered('S', page, page + below(random, 2)));
    second.doi.clone_from(&first.doi);
}

fn echo_title(label: &str, first: &Work, second: &mut Work) {
    second.title = format!("{label}: {}", first.title);
    second.subtitle.clone_from(&first.subtitle);
}

/// Puts the second work in the first one's journal and volume.
fn share_journal(first: &Work, second: &mut Work) {
    second.journal.clone_from(&first.journal);
    second.journal_abbreviation.clone_from(&first.journal_abbreviation);
    second.serials.clone_from(&first.serials);
    second.publisher = first.publisher;
    second.volume.clone_from(&first.volume);
    second.issue.clone_from(&first.issue);
    second.year = first.year;
}

/// Pages that begin so many pages after the end of a work's; another article number where it has one.
fn pages_after(work: &Work, distance: u32) -> Option<Pages> {
    match work.pages.as_ref()? {
        Pages::Range(_, last) => Some(Pages::Range(last + distance, last + distance + 4)),
        Pages::Lettered(letter, _, last) => Some(Pages::Lettered(*letter, last + distance, last + distance + 4)),
        Pages::Number(number) => {
            let digits: u32 = number.trim_start_matches('e').parse().unwrap_or_default();
            let letter = if number.starts_with('e') { "e" } else { "" };
            Some(Pages::Number(format!("{letter}{}", digits + distance)))
        }
        Pages::Raw(_) => None,
    }
}

fn next_number(number: Option<&str>) -> Option<String> {
    let number: u32 = number?.parse().ok()?;
    Some((number + 1).to_string())
}
