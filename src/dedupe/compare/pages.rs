//! What the pages of two records say: the same, apart, or not to be compared.

use super::PageLevel;
use crate::normalize::{NormalForm, Page, Pages};

/// What the pages say.
pub(super) fn pages(left: Option<Pages>, right: Option<Pages>) -> PageLevel {
    let (Some(left), Some(right)) = (left, right) else { return PageLevel::Silent };
    if left.article.is_some() && left.article == right.article {
        return PageLevel::Same;
    }
    if lost_dash(left, right) || lost_dash(right, left) {
        return PageLevel::Same;
    }
    let same_letters = left.first.letters == right.first.letters;
    if left.first.number == right.first.number && (same_letters || !(left.first.has_letters() && right.first.has_letters())) {
        // One page can hold many abstracts and letters: only a range that agrees at both ends says more than its first page.
        let number = |page: Option<Page>| page.map(|page| page.number).filter(|last| *last > left.first.number);
        let both_ends = number(left.last).is_some() && number(left.last) == number(right.last);
        return if both_ends { PageLevel::Same } else { PageLevel::First };
    }
    if !same_letters || left.article.is_some() != right.article.is_some() || is_too_long(left) != is_too_long(right) {
        return PageLevel::Incomparable;
    }
    if begins_at_one(left) || begins_at_one(right) {
        return PageLevel::Provisional;
    }
    let (first, second) = if left.first <= right.first { (left, right) } else { (right, left) };
    match first.last {
        Some(last) if second.first.number == last.number + 1 || second.first.number == last.number => PageLevel::Adjacent,
        Some(last) if second.first.number < last.number => PageLevel::Overlap,
        None if second.first.number == first.first.number + 1 => PageLevel::Adjacent,
        _ => PageLevel::Different,
    }
}

/// Whether two first pages are more than a few apart, further than a slip or the end of a column takes them.
pub(super) fn pages_far_apart(left: Option<Pages>, right: Option<Pages>) -> bool {
    const FEW: u32 = 20;
    let are_pages = |pages: &(Pages, Pages)| !is_too_long(pages.0) && !is_too_long(pages.1);
    left.zip(right).filter(are_pages).is_some_and(|(left, right)| left.first.number.abs_diff(right.first.number) > FEW)
}

fn begins_at_one(pages: Pages) -> bool {
    pages.first.number == 1 && !pages.first.has_letters()
}

/// Whether only one has the first page of a supplement.
pub(super) fn only_one_is_of_supplement(left: &NormalForm, right: &NormalForm) -> bool {
    let is_of_supplement = |form: &NormalForm| form.pages.is_some_and(|pages| pages.first.letters == [b's', 0, 0, 0]);
    is_of_supplement(left) != is_of_supplement(right)
}

/// Whether both begin on one of the first pages of an issue or a volume, as every issue has them where each is counted from 1.
pub(super) fn on_first_pages(left: &NormalForm, right: &NormalForm) -> bool {
    const FIRST: u32 = 10;
    [left, right].iter().all(|form| form.pages.is_some_and(|pages| pages.first.number <= FIRST))
}

/// Whether the pages of both are counted from 1.
pub(super) fn begin_at_one(left: &NormalForm, right: &NormalForm) -> bool {
    [left, right].iter().all(|form| form.pages.is_some_and(begins_at_one))
}

/// Whether `run` is the range `pages` without its dash: "148156" and 148-156, or 148-56.
fn lost_dash(run: Pages, pages: Pages) -> bool {
    let Some(last) = pages.last.filter(|last| last.number > pages.first.number) else { return false };
    let first = pages.first.number;
    let joined = |end: u32, power: u32| first.checked_mul(power).and_then(|start| start.checked_add(end)) == Some(run.first.number);
    let digits = |number: u32| number.checked_ilog10().map_or(1, |log| log + 1);
    first >= 10
        && run.last.is_none()
        && !run.first.has_letters()
        && !pages.first.has_letters()
        && (1..=digits(last.number)).any(|kept| {
            let power = 10_u32.pow(kept);
            // "148-6" keeps the digits that differ, and no fewer.
            last.number / power * power <= first && first / power == last.number / power && joined(last.number % power, power)
                || kept == digits(last.number) && joined(last.number, power)
        })
}

/// Whether a page has more digits than a volume has pages: a range without its dash, or an article number.
fn is_too_long(pages: Pages) -> bool {
    const SMALLEST: u32 = 100_000;
    pages.first.number >= SMALLEST && !pages.first.has_letters()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_lost_their_dash() {
        for (run, range, expected) in [
            ("148156", "148-156", true),
            ("148156", "148-56", true),
            ("14856", "148-156", true),
            ("97105", "97-105", true),
            ("148156", "149-156", false),
            ("148157", "148-156", false),
            ("148", "148-156", false),
            ("19", "1-9", false),
            ("e148156", "148-156", false),
        ] {
            let parse = |value| Pages::parse(value).expect("pages");
            assert_eq!(lost_dash(parse(run), parse(range)), expected, "{run} {range}");
        }
    }
}
