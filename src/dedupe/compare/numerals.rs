//! What the volumes and issues of two records say.

use super::Agreement;
use crate::normalize::{NormalForm, Numeral};

/// What two numbers of volumes, or of issues, say.
pub(super) fn numerals(left: Option<Numeral>, right: Option<Numeral>) -> Agreement {
    let numbered = |numeral: Option<Numeral>| numeral.filter(|numeral| numeral.number > 0);
    let (Some(left), Some(right)) = (numbered(left), numbered(right)) else { return Agreement::Silent };
    let overlap = left.number <= right.last && right.number <= left.last;
    if overlap { Agreement::Agrees } else { Agreement::Contradicts }
}

/// What the volumes say: nothing where that of one is the supplement of the other, or its issue on the same page, in one year.
pub(super) fn volumes(left: &NormalForm, right: &NormalForm) -> Agreement {
    match numerals(left.volume, right.volume) {
        Agreement::Contradicts if has_issue_as_volume(left, right) || has_issue_as_volume(right, left) => Agreement::Silent,
        agreement => agreement,
    }
}

/// The largest number that counts as one of a supplement where it stands in the field of the volume.
pub(in crate::dedupe) const LARGEST_SUPPLEMENT: u32 = 9;

/// Whether the volume of a record may be the number of a supplement: a small one, and no issue is given. A program that cuts
/// "58 (1 Suppl. 1)" into its parts leaves "1)" for the volume, and the next one "1".
pub(in crate::dedupe) fn volume_may_be_supplement(form: &NormalForm) -> bool {
    form.issue.is_none() && form.volume.is_some_and(|volume| volume.number <= LARGEST_SUPPLEMENT)
}

fn has_issue_as_volume(form: &NormalForm, other: &NormalForm) -> bool {
    let page = |form: &NormalForm| form.pages.map(|pages| pages.first);
    let dois = [form, other].map(|form| form.identifiers.work_doi);
    volume_may_be_supplement(form)
        && other.volume.is_some_and(|volume| volume.number > LARGEST_SUPPLEMENT)
        && numerals(form.volume, other.issue) == Agreement::Agrees
        && form.year.is_some()
        && form.year == other.year
        && (dois.contains(&None) || dois[0] == dois[1])
        && (other.issue.is_some_and(|issue| issue.supplement) || (page(form).is_some() && page(form) == page(other)))
}

/// Whether two issues are supplements by number and by nothing else, and these numbers differ: in "3 Suppl 1" and "Suppl. 1" they
/// are those of other things.
pub(super) fn supplements_differ(left: Option<Numeral>, right: Option<Numeral>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    left.is_supplement_number() && right.is_supplement_number() && numerals(Some(left), Some(right)) == Agreement::Contradicts
}
