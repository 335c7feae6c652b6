//! The dialects of RIS that receiving programs take: which tags they read, and what each expects in which.
//!
//! Sources: Rayyan's help (4406426903825) and the tags of its importer; the importers of EndNote and Zotero; Covidence's
//! help on citation imports; ASReview's documentation of labels in RIS. What a program's importer does not read becomes a
//! note, since Rayyan for one glues an unknown tag to the value before it.

use super::Audience;
use super::ris::FIELD_TAGS;
use super::statement::{Item, Place};
use crate::record::{Field, Format, Record, Verdict};

/// What one program takes.
pub(super) struct Profile {
    audience: Audience,
    /// The tag for each field; fields that are not listed become notes.
    pub(super) field_tags: &'static [(Field, &'static str)],
    /// The tags that a RIS record may keep for values that no table of ours knows.
    own_tags: &'static [&'static str],
    /// Whether year, month and day stand on three tags.
    pub(super) dates_in_parts: bool,
}

/// The journal in `T2`, its abbreviation in `J2`: what EndNote, Zotero and Mendeley write themselves.
const MANAGER_TAGS: &[(Field, &str)] = &with(&[(Field::Journal, "T2"), (Field::JournalAbbreviation, "J2")]);

const RAYYAN_TAGS: &[(Field, &str)] =
    &with(&[(Field::Title, "T1"), (Field::Journal, "T2"), (Field::JournalAbbreviation, "J2"), (Field::BookTitle, "BT")]);

/// [`FIELD_TAGS`] with other tags for some of the fields.
const fn with<const N: usize>(others: &[(Field, &'static str); N]) -> [(Field, &'static str); FIELD_TAGS.len()] {
    let mut tags = [(Field::Other, ""); FIELD_TAGS.len()];
    let mut at = 0;
    while at < tags.len() {
        tags[at] = FIELD_TAGS[at];
        let mut other = 0;
        while other < N {
            if others[other].0 as usize == tags[at].0 as usize {
                tags[at].1 = others[other].1;
            }
            other += 1;
        }
        at += 1;
    }
    tags
}

/// Tags of the specification of 2011 that hold something of a program's own.
const CUSTOM_TAGS: &[&str] = &[
    "AV", "C1", "C2", "C3", "C4", "C5", "C6", "C8", "CA", "CN", "LB", "M1", "M2", "NV", "OP", "RI", "RN", "RP", "SE", "TA", "U1", "U2",
    "U3", "U4", "U5",
];

/// Those of them that Rayyan's importer reads.
const RAYYAN_CUSTOM_TAGS: &[&str] =
    &["AV", "C1", "C2", "C3", "C4", "C5", "C6", "C8", "CA", "CN", "LB", "M1", "M2", "NV", "OP", "RI", "RN", "RP", "SE", "TA", "U1", "U5"];

const PROFILES: &[Profile] = &[
    Profile { audience: Audience::EndNote, field_tags: MANAGER_TAGS, own_tags: CUSTOM_TAGS, dates_in_parts: false },
    Profile { audience: Audience::Zotero, field_tags: MANAGER_TAGS, own_tags: &[], dates_in_parts: false },
    Profile { audience: Audience::Mendeley, field_tags: MANAGER_TAGS, own_tags: &[], dates_in_parts: false },
    Profile { audience: Audience::Covidence, field_tags: MANAGER_TAGS, own_tags: &[], dates_in_parts: false },
    Profile { audience: Audience::AsReview, field_tags: MANAGER_TAGS, own_tags: CUSTOM_TAGS, dates_in_parts: false },
    Profile { audience: Audience::Rayyan, field_tags: RAYYAN_TAGS, own_tags: RAYYAN_CUSTOM_TAGS, dates_in_parts: true },
];

impl Profile {
    /// The profile of a program; `None` where any program is to read the file.
    pub(super) fn of(audience: Audience) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.audience == audience)
    }

    /// The tag that a value of a RIS record keeps, though we do not know what it is about.
    pub(super) fn tag_of(&self, record: &Record, item: &Item<'_>) -> Option<&'static str> {
        let is_unknown = record.format() == Format::Ris && item.field == Field::Other && item.place == Place::Field;
        is_unknown.then(|| self.own_tags.iter().find(|tag| **tag == item.label).copied()).flatten()
    }

    /// Whether the program keeps only a part of the value: Rayyan makes whole numbers of volume and issue ("12A" is 12).
    pub(super) fn is_cut(&self, item: &Item<'_>) -> bool {
        let is_number = matches!(item.field, Field::Volume | Field::Issue) && item.place == Place::Field;
        self.audience == Audience::Rayyan && is_number && !item.value.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The note by which ASReview knows what was decided, where the record does not carry it already: what all who decided
    /// agree on, else that the record has not been seen. `None` where nobody decided anything.
    pub(super) fn label_of(&self, record: &Record) -> Option<&'static str> {
        if self.audience != Audience::AsReview || record.values(Field::Decision).any(|value| value.trim_start().starts_with("ASReview_")) {
            return None;
        }
        asreview_verdict(record).map(|verdict| match verdict {
            Verdict::Included => "ASReview_relevant",
            Verdict::Excluded => "ASReview_irrelevant",
            Verdict::Maybe | Verdict::NotSeen => "ASReview_not_seen",
        })
    }
}

/// The verdict that all who decided agree on, [`Verdict::NotSeen`] where they do not; `None` where nobody decided.
pub(super) fn asreview_verdict(record: &Record) -> Option<Verdict> {
    let decisions = record.decisions();
    let mut verdicts = decisions.iter().filter_map(|decision| decision.verdict);
    let first = verdicts.next()?;
    Some(if verdicts.all(|verdict| verdict == first) { first } else { Verdict::NotSeen })
}

#[cfg(test)]
mod tests {
    use super::super::{Losses, Target, write};
    use super::*;

    fn check(audience: Audience, input: &str, expected: &str, n_moved: usize) -> Losses {
        let parsed = crate::formats::read("a.txt", input.as_bytes().to_vec()).unwrap();
        let mut out = Vec::new();
        let losses = write(&parsed.records, &Target { audience, ..Target::default() }, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!((losses.n_moved_to_notes(), losses.n_lost()), (n_moved, 0), "{losses:?}");
        losses
    }

    const RIS: &str = "TY  - JOUR\nID  - 7\nTI  - A\nJF  - Journal\nJO  - J\nVL  - 12A\nDA  - 2020/05/17/\nLK  - http://x.example/1\nU2  - L1\nC3  - y\n\
                       N1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n\n";

    #[test]
    fn rayyan_gets_only_tags_that_it_knows() {
        check(
            Audience::Rayyan,
            RIS,
            "TY  - JOUR\nAN  - 7\nT1  - A\nT2  - Journal\nT2  - J\nVL  - 12A\nUR  - http://x.example/1\nC3  - y\nY1  - 2020\nY2  - 5\nY3  - 17\n\
             N1  - VL: 12A\nN1  - U2: L1\nN1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n\n",
            2,
        );
        check(
            Audience::Rayyan,
            "TY  - JOUR\nTI  - A\nPY  - 2020\nY1  - 2020/05//Spring\nER  - \n",
            "TY  - JOUR\nT1  - A\nY1  - 2020\nY2  - 5\nN1  - Y1: 2020/05//Spring\nER  - \n\n",
            1,
        );
    }

    #[test]
    fn asreview_gets_its_labels() {
        check(
            Audience::AsReview,
            RIS,
            "TY  - JOUR\nAN  - 7\nTI  - A\nT2  - Journal\nT2  - J\nVL  - 12A\nPY  - 2020\nDA  - 2020/05/17/\nUR  - http://x.example/1\nU2  - L1\nC3  - y\n\
             N1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nN1  - ASReview_relevant\nER  - \n\n",
            0,
        );
        check(
            Audience::AsReview,
            "TY  - JOUR\nTI  - A\nN1  - ASReview_irrelevant\nER  - \n",
            "TY  - JOUR\nTI  - A\nN1  - ASReview_irrelevant\nER  - \n\n",
            0,
        );
    }

    #[test]
    fn managers_get_the_journal_in_t2() {
        check(
            Audience::Zotero,
            RIS,
            "TY  - JOUR\nAN  - 7\nTI  - A\nT2  - Journal\nT2  - J\nVL  - 12A\nPY  - 2020\nDA  - 2020/05/17/\nUR  - http://x.example/1\n\
             N1  - U2: L1\nN1  - C3: y\nN1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n\n",
            2,
        );
    }

    #[test]
    fn every_program_has_a_profile() {
        for audience in Audience::ALL {
            assert_eq!(Profile::of(*audience).is_some(), *audience != Audience::General, "{audience}");
        }
    }
}
