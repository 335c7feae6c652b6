//! Dates of a record beside that of its publication: when a database took it in, when it was changed.

use super::date::PartialDate;

/// What happened to a record on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// It came into the database (MEDLINE's `EDAT`, Ovid's `ED` and `EZ`).
    Entered,
    /// It was made or delivered (MEDLINE's `CRDT`, Ovid's `DA`, `DC` and `DD`).
    Created,
    /// The work appeared electronically (`DEP`, Ovid's `EP`).
    Electronic,
    /// It was last changed (`LR`, Ovid's `UP` and `RD`).
    Revised,
    /// The work was published: [`Record::date`](super::Record::date), of no tag of its own.
    Published,
    /// The week of its entry (Ovid's `EM`): year and week.
    Week,
}

/// The tags of exports that date a milestone. EDAT and CRDT: "MEDLINE/PubMed Data Element (Field) Descriptions" of the
/// National Library of Medicine; two letters and their long names: Ovid's field guides.
const TAGS: &[(&str, Milestone)] = &[
    ("EDAT", Milestone::Entered),
    ("ED", Milestone::Entered),
    ("EZ", Milestone::Entered),
    ("Entry Date", Milestone::Entered),
    ("Entrez Date", Milestone::Entered),
    ("PubmedData/History/PubMedPubDate[entrez]", Milestone::Entered),
    ("PubmedBookData/History/PubMedPubDate[entrez]", Milestone::Entered),
    ("CRDT", Milestone::Created),
    ("CDAT", Milestone::Created),
    ("DA", Milestone::Created),
    ("DC", Milestone::Created),
    ("DD", Milestone::Created),
    ("Create Date", Milestone::Created),
    ("DateCreated", Milestone::Created),
    ("DEP", Milestone::Electronic),
    ("EP", Milestone::Electronic),
    ("EA", Milestone::Electronic),
    ("Electronic Date of Publication", Milestone::Electronic),
    ("Article/ArticleDate", Milestone::Electronic),
    ("LR", Milestone::Revised),
    ("UP", Milestone::Revised),
    ("RD", Milestone::Revised),
    ("Update Date", Milestone::Revised),
    ("Revision Date", Milestone::Revised),
    ("DateRevised", Milestone::Revised),
    ("EM", Milestone::Week),
    ("Entry Week", Milestone::Week),
];

impl Milestone {
    /// The milestone that an entry with this tag dates; none for other tags.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        TAGS.iter().find(|(known, _)| *known == tag).map(|(_, milestone)| *milestone)
    }

    /// The date in `value` as a number of eight digits, 0 for a month or day that is not said: 20100501, 20230000. Of a
    /// week ("202338") the number is year, week and two zeros.
    ///
    /// ```
    /// use refsieve::record::Milestone;
    /// assert_eq!(Milestone::Entered.date("2010/05/01 06:00"), Some(20_100_501));
    /// assert_eq!(Milestone::Entered.date("201005"), Some(20_100_500));
    /// assert_eq!(Milestone::Week.date("202338"), Some(20_233_800));
    /// ```
    #[must_use]
    pub fn date(self, value: &str) -> Option<u32> {
        let value = value.trim();
        // "202338" is a week, "201005" a month.
        if value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: u32 = value.parse().ok()?;
            let is_month = (1..=12).contains(&(number % 100)) && (1000..3000).contains(&(number / 100));
            return (self == Milestone::Week || is_month).then_some(number * 100);
        }
        PartialDate::parse(value).map(PartialDate::number)
    }
}
