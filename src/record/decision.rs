//! What people or a machine decided about a record while screening it.
//!
//! An entry of [`Field::Decision`](super::Field::Decision) is text as a screening program wrote it, of one of these kinds:
//!
//! - a column of a table that is a decision by itself: the name of the column is the tag, what the cell holds is the value
//!   (`included` 1, `Tags` "Hospital; ML"; see [`COLUMNS`]);
//! - Rayyan's part of a note: `RAYYAN-INCLUSION: {"Kofi"=>"Excluded"} | RAYYAN-LABELS: ML | …`;
//! - Covidence's: `Exclusion reason: Wrong population`;
//! - ASReview's: `ASReview_relevant`;
//! - refsieve's own, for a column that had to become a note: `[refsieve-decision: included=1]`, escaped as lines of
//!   [`Provenance`](super::Provenance) are.

use super::{notes, provenance, rayyan};
use std::borrow::Cow;

/// What one person (or nobody named) decided about a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Who decided, where the program says so.
    pub who: Option<String>,
    /// What was decided; `None` where there are only labels or notes.
    pub verdict: Option<Verdict>,
    /// Labels, tags, topics.
    pub labels: Vec<String>,
    /// Why it was excluded.
    pub reasons: Vec<String>,
    /// What was noted, also a decision that could not be read, as it stands.
    pub notes: Vec<String>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Included, relevant.
    Included,
    /// Excluded, irrelevant.
    Excluded,
    /// Neither yet: to be looked at again.
    Maybe,
    /// Nobody has looked at it.
    NotSeen,
}

/// The words that programs have for verdicts, in lower case.
const VERDICTS: &[(&str, Verdict)] = &[
    ("included", Verdict::Included),
    ("include", Verdict::Included),
    ("relevant", Verdict::Included),
    ("yes", Verdict::Included),
    ("true", Verdict::Included),
    ("1", Verdict::Included),
    ("1.0", Verdict::Included),
    ("excluded", Verdict::Excluded),
    ("exclude", Verdict::Excluded),
    ("irrelevant", Verdict::Excluded),
    ("not relevant", Verdict::Excluded),
    ("no", Verdict::Excluded),
    ("false", Verdict::Excluded),
    ("0", Verdict::Excluded),
    ("0.0", Verdict::Excluded),
    ("maybe", Verdict::Maybe),
    ("unsure", Verdict::Maybe),
    ("unclear", Verdict::Maybe),
    ("not seen", Verdict::NotSeen),
    ("not_seen", Verdict::NotSeen),
    ("undecided", Verdict::NotSeen),
    ("-1", Verdict::NotSeen),
    ("-1.0", Verdict::NotSeen),
];

impl Verdict {
    /// The verdict that a word of a screening program is, whatever its case.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        VERDICTS.iter().find(|(known, _)| *known == word).map(|(_, verdict)| *verdict)
    }

    /// The word that Rayyan has for it; "Not seen" is ours.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Included => "Included",
            Verdict::Excluded => "Excluded",
            Verdict::Maybe => "Maybe",
            Verdict::NotSeen => "Not seen",
        }
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A verdict: "1", "Excluded".
    Verdict,
    /// Labels with semicolons or line ends between.
    Labels,
    /// Labels with commas between, as Rayyan has them.
    CommaLabels,
    /// Reasons for an exclusion, with semicolons or line ends between.
    Reasons,
    /// Reasons with commas between, as Rayyan has them.
    CommaReasons,
    /// A note.
    Note,
    /// One of the parts of Rayyan's notes that name people, in a column of its own.
    People,
}

/// The columns that are decisions by themselves. `Tags`, `Labels` and `label` are that only in tables of screening
/// programs: a reader of tables must know that it has one.
pub const COLUMNS: &[(&str, Column)] = &[
    ("included", Column::Verdict),
    ("include", Column::Verdict),
    ("included_label", Column::Verdict),
    ("included_flag", Column::Verdict),
    ("label_included", Column::Verdict),
    ("final_label", Column::Verdict),
    ("asreview_label", Column::Verdict),
    ("asreview_label_to_validate", Column::Verdict),
    ("label", Column::Verdict),
    ("decision", Column::Verdict),
    ("verdict", Column::Verdict),
    ("screening_decision", Column::Verdict),
    ("asreview_note", Column::Note),
    ("user_note", Column::Note),
    ("asreview_tags", Column::Labels),
    ("tags", Column::Labels),
    ("labels", Column::Labels),
    ("exclusion_reason", Column::Reasons),
    ("exclusion_reasons", Column::Reasons),
    ("RAYYAN-INCLUSION", Column::People),
    ("RAYYAN-LABELS", Column::CommaLabels),
    ("RAYYAN-EXCLUSION-REASONS", Column::CommaReasons),
    ("USER-NOTES", Column::People),
];

/// The column of [`COLUMNS`] with this name, whatever its case and whatever stands between its words.
fn column(tag: &str) -> Option<(&'static str, Column)> {
    let same = |known: &str| {
        let bare = |text: &str| text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect::<Vec<_>>();
        bare(known) == bare(tag)
    };
    COLUMNS.iter().find(|(known, _)| !tag.is_empty() && same(known)).copied()
}

/// The decisions that an entry of [`Field::Decision`](super::Field::Decision) is, by its tag and value; one for each
/// person, and one for what names nobody. Text that none of the programs writes is a note; blank text is no decision.
///
/// ```
/// use refsieve::record::decision::{self, Verdict};
/// let decisions = decision::parse("N1", r#"RAYYAN-INCLUSION: {"Kofi"=>"Excluded", "Ana"=>"Maybe"}"#);
/// assert_eq!((decisions[0].who.as_deref(), decisions[0].verdict), (Some("Kofi"), Some(Verdict::Excluded)));
/// assert_eq!(decision::parse("included", "1")[0].verdict, Some(Verdict::Included));
/// ```
#[must_use]
pub fn parse(tag: &str, value: &str) -> Vec<Decision> {
    if value.trim().is_empty() {
        return Vec::new();
    }
    match column(tag) {
        Some((name, column)) => of_column(name, column, value),
        None => of_text(value),
    }
}

/// The text that an entry of [`Field::Decision`](super::Field::Decision) has as a note, where its tag is lost: the value
/// where it says by itself what it is, else `[refsieve-decision: included=1]`. [`parse`] gives the same decisions for both.
#[must_use]
pub fn in_note<'a>(tag: &str, value: &'a str) -> Cow<'a, str> {
    match column(tag) {
        Some((name, _)) => Cow::Owned(format!("{OWN_MARK} {name}={}]", provenance::escaped(value))),
        None => Cow::Borrowed(value),
    }
}

/// What refsieve's own form of a decision begins with.
pub(super) const OWN_MARK: &str = "[refsieve-decision:";

fn of_column(name: &str, column: Column, value: &str) -> Vec<Decision> {
    let list = |separators: &[char]| -> Vec<String> {
        let items = value.split(separators).map(|item| item.trim().trim_matches('"').trim());
        items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
    };
    let decision = match column {
        Column::Verdict => match Verdict::named(value) {
            Some(verdict) => Decision { verdict: Some(verdict), ..Decision::default() },
            None => Decision { labels: vec![value.trim().to_owned()], ..Decision::default() },
        },
        Column::Labels => Decision { labels: list(&[';', '\n']), ..Decision::default() },
        Column::CommaLabels => rayyan::labelled(&list(&[','])),
        Column::Reasons => Decision { reasons: list(&[';', '\n']), ..Decision::default() },
        Column::CommaReasons => Decision { reasons: list(&[',']), ..Decision::default() },
        Column::Note => Decision { notes: vec![value.trim().to_owned()], ..Decision::default() },
        Column::People if value.trim_start().starts_with(name) => return rayyan::parse(value),
        Column::People => return rayyan::parse(&format!("{name}: {value}")),
    };
    vec![decision]
}

fn of_text(value: &str) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for mark in notes::marks(value) {
        let text = &value[mark.range];
        match mark.kind {
            notes::Kind::Provenance => {}
            notes::Kind::Rayyan => decisions.extend(rayyan::parse(text)),
            notes::Kind::Own => {
                let inside = text.strip_prefix(OWN_MARK).and_then(|text| text.strip_suffix(']')).unwrap_or_default();
                let columns = provenance::pairs(inside).filter_map(|(key, value)| Some((column(&key)?, value)));
                decisions.extend(columns.flat_map(|((name, column), value)| of_column(name, column, &value)));
            }
            notes::Kind::AsReview => decisions.push(of_asreview(text)),
            notes::Kind::Covidence => decisions.push(of_covidence(text)),
        }
    }
    if decisions.is_empty() {
        decisions.push(Decision { notes: vec![value.trim().to_owned()], ..Decision::default() });
    }
    decisions
}

/// "ASReview_irrelevant"; what is no verdict (`ASReview_prior`) is a label.
fn of_asreview(text: &str) -> Decision {
    match text.strip_prefix(notes::ASREVIEW).and_then(Verdict::named) {
        Some(verdict) => Decision { verdict: Some(verdict), ..Decision::default() },
        None => Decision { labels: vec![text.to_owned()], ..Decision::default() },
    }
}

/// "Exclusion reason: Wrong population".
fn of_covidence(text: &str) -> Decision {
    let reason = text.split_once(':').map_or(text, |(_, reason)| reason).trim();
    Decision { verdict: Some(Verdict::Excluded), reasons: vec![reason.to_owned()], ..Decision::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(tag: &str, value: &str) -> String {
        let in_words = |decision: &Decision| {
            let mut out = decision.who.clone().unwrap_or_default();
            out.push_str(decision.verdict.map_or(" -", |verdict| &verdict.name()[..1]));
            for (mark, values) in [('L', &decision.labels), ('R', &decision.reasons), ('N', &decision.notes)] {
                out.extend(values.iter().map(|value| format!(" {mark}<{value}>")));
            }
            out
        };
        parse(tag, value).iter().map(in_words).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn columns_are_decisions() {
        for (tag, value, expected) in [
            ("included", "1", "I"),
            ("label_included", " 0 ", "E"),
            ("Label Included", "0.0", "E"),
            ("asreview_label", "-1", "N"),
            ("included", "", ""),
            ("included", "later", " - L<later>"),
            ("Tags", "Hospital; ML, AI;", " - L<Hospital> L<ML, AI>"),
            ("labels", "one\ntwo", " - L<one> L<two>"),
            ("exclusion_reason", "Wrong design", " - R<Wrong design>"),
            ("asreview_note", "look; again", " - N<look; again>"),
            ("RAYYAN-INCLUSION", r#"{"Kofi"=>"Maybe"}"#, "KofiM"),
            ("RAYYAN-LABELS", "ML,__EXR__foreign language", " - L<ML> R<foreign language>"),
            ("USER-NOTES", r#"USER-NOTES: {"Kofi"=>["a"]}"#, "Kofi - N<a>"),
            ("titles/included", "odd", " - N<odd>"),
        ] {
            assert_eq!(said(tag, value), expected, "{tag} {value}");
        }
    }

    #[test]
    fn notes_are_decisions() {
        for (value, expected) in [
            ("ASReview_relevant", "I"),
            ("ASReview_not_seen", "N"),
            ("ASReview_prior", " - L<ASReview_prior>"),
            ("Exclusion reason: Wrong population; ", "E R<Wrong population>"),
            ("[refsieve-decision: included=0]", "E"),
            ("[refsieve-decision: tags=a%3B b]", " - L<a> L<b>"),
            ("free text", " - N<free text>"),
            (" ", ""),
        ] {
            assert_eq!(said("N1", value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_column_means_the_same_as_a_note(
            tag in prop::sample::select(&["included", "Tags", "asreview_note", "exclusion reason", "RAYYAN-LABELS", "USER-NOTES"][..]),
            value in "[a-z;,\\]\n| 01\\\\{}\"]{1,12}",
        ) {
            let note = in_note(tag, &value);
            if !value.trim().is_empty() {
                prop_assert_eq!(parse("N1", &note), parse(tag, &value), "{}", note);
            }
        }

        #[test]
        fn no_text_is_too_odd(value in "(RAYYAN-INCLUSION: |USER-NOTES: |RAYYAN-LABELS: |Exclusion reason: |ASReview_|[{}\\[\\]\",|=>:;é\\\\a\n]|\\[refsieve-decision: ){0,24}") {
            let decisions = parse("N1", &value);
            prop_assert_eq!(decisions.is_empty(), value.trim().is_empty());
        }
    }
}
