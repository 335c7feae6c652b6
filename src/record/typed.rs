//! The questions that several stages ask of a record, answered from its entries by one rule each.

use super::accession;
use super::{
    Database, Decision, Doi, Field, Heading, Isbn, Issn, Kind, Name, Pages, PartialDate, Pmid, Provenance, Record, RegistryId,
    SerialNumber, decision,
};

/// Where a DOI may stand, best place first. Values elsewhere (notes, cited references) are never looked at.
const DOI_PLACES: &[Field] = &[Field::Doi, Field::Url];

impl Record {
    /// The title: that of the work, else that of the book, else the short one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        [Field::Title, Field::BookTitle, Field::ShortTitle].into_iter().find_map(|field| self.first(field))
    }

    /// What the work stands in. For an article the full journal name, then the container, then the abbreviation;
    /// for a chapter or a conference paper the container or book first.
    #[must_use]
    pub fn container(&self) -> Option<&str> {
        let order = match self.kind() {
            Kind::Chapter | Kind::ConferencePaper => [Field::ContainerTitle, Field::BookTitle, Field::Journal, Field::JournalAbbreviation],
            _ => [Field::Journal, Field::ContainerTitle, Field::JournalAbbreviation, Field::BookTitle],
        };
        order.into_iter().find_map(|field| self.first(field))
    }

    /// The kind of publication: by the type of reference; where the format has none (MEDLINE), or one that leaves it open
    /// (Web of Science `S`, and `B` for books and their parts), by the publication types.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let by_publication_type = |fits: fn(Kind) -> bool| self.values(Field::PublicationType).map(Kind::named).find(|kind| fits(*kind));
        let is_part = |kind| matches!(kind, Kind::Chapter | Kind::ConferencePaper);
        match self.first(Field::Kind).map(Kind::named).filter(|kind| *kind != Kind::Other) {
            Some(kind) if kind != Kind::Book => kind,
            open => {
                let any = || by_publication_type(|kind| kind != Kind::Other);
                by_publication_type(is_part).or(open).or_else(any).unwrap_or(Kind::Other)
            }
        }
    }

    /// The date of publication: the year field, else the first date that has a year; where that is no more than a year,
    /// completed by a date of the same year, or by one without a year (Web of Science: "NOV 3").
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        let year = self.first_date();
        let mut dates = self.values(Field::Date).filter_map(|value| match (PartialDate::parse(value), year) {
            (None, Some(year)) => PartialDate::parse_in(value, year.year),
            (date, _) => date,
        });
        match year {
            Some(year) if year.month.is_none() => Some(dates.find(|date| date.year == year.year && date.month.is_some()).unwrap_or(year)),
            Some(year) if year.day.is_none() => {
                let is_day = |date: &PartialDate| (date.year, date.month) == (year.year, year.month) && date.day.is_some();
                Some(dates.find(is_day).unwrap_or(year))
            }
            year => year,
        }
    }

    /// The year of [`Record::date`], without looking for what completes it.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.first_date().map(|date| date.year)
    }

    fn first_date(&self) -> Option<PartialDate> {
        [Field::Year, Field::Date].into_iter().find_map(|field| self.values(field).find_map(PartialDate::parse))
    }

    /// The DOI: of the DOI field, else of a link that is nothing but one.
    #[must_use]
    pub fn doi(&self) -> Option<Doi> {
        DOI_PLACES.iter().find_map(|field| self.values(*field).find_map(Doi::parse))
    }

    /// The PubMed identifier: of its field, else the one that EBSCOhost's packed note or Primo's id says is the record's.
    #[must_use]
    pub fn pmid(&self) -> Option<Pmid> {
        self.values(Field::Pmid).find_map(Pmid::parse).or_else(|| accession::pmid_beside_its_field(self))
    }

    /// What was decided about the record while it was screened, in the order of its entries; see [`decision::parse`].
    #[must_use]
    pub fn decisions(&self) -> Vec<Decision> {
        let decisions = self.entries().filter(|entry| entry.field == Field::Decision);
        decisions.flat_map(|entry| decision::parse(entry.tag, entry.value)).collect()
    }

    /// Where the records came from that were merged into this one, as it carries it; empty for a record as a database gave
    /// it (whose own place [`Provenance::of`] tells).
    #[must_use]
    pub fn provenance(&self) -> Vec<Provenance> {
        self.values(Field::Provenance).flat_map(Provenance::all_in).collect()
    }

    /// The database that it came from: that of its file, or as its first line of provenance says where the file is of none.
    #[must_use]
    pub fn database(&self) -> Option<Database> {
        let told = || self.values(Field::Provenance).flat_map(Provenance::all_in).next().and_then(|line| line.database);
        self.source().database.or_else(told)
    }

    /// The ISSNs, in order, with repetitions.
    #[must_use]
    pub fn issns(&self) -> Vec<Issn> {
        let of = |number| if let SerialNumber::Issn(issn) = number { Some(issn) } else { None };
        self.serial_numbers().filter_map(of).collect()
    }

    /// The ISBNs, in order, with repetitions.
    #[must_use]
    pub fn isbns(&self) -> Vec<Isbn> {
        let of = |number| if let SerialNumber::Isbn(isbn) = number { Some(isbn) } else { None };
        self.serial_numbers().filter_map(of).collect()
    }

    /// The ISSNs and ISBNs, in order, with repetitions.
    pub(crate) fn serial_numbers(&self) -> impl Iterator<Item = SerialNumber> {
        self.values(Field::SerialNumber).flat_map(SerialNumber::all)
    }

    /// First and last page and the article number, as far as their fields say anything that is one.
    #[must_use]
    pub fn pages(&self) -> Option<Pages> {
        let article = self.values(Field::ArticleNumber).find_map(Pages::article);
        let pages = self.values(Field::Pages).find_map(Pages::parse);
        let pages = pages.map(|pages| self.values(Field::LastPage).fold(pages, Pages::with_last));
        match (pages, article) {
            (Some(pages), Some(article)) => Some(Pages { article: article.article, ..pages }),
            (pages, article) => pages.or(article),
        }
    }

    /// The authors: persons and bodies, in order; the short form of the names only where the export does not give the full
    /// form for as many. A body that is an author in both ways stands there once.
    #[must_use]
    pub fn names(&self) -> Vec<Name> {
        let names = |field| self.values(field).flat_map(Name::all).collect::<Vec<_>>();
        let (full, short) = (names(Field::FullAuthor), names(Field::Author));
        let mut names = if full.len() >= short.len() { full } else { short };
        for body in self.values(Field::CorporateAuthor).filter_map(Name::collective) {
            if !names.contains(&body) {
                names.push(body);
            }
        }
        names
    }

    /// The subject headings that were assigned.
    #[must_use]
    pub fn headings(&self) -> Vec<Heading<'_>> {
        self.values(Field::Heading).filter_map(Heading::parse).collect()
    }

    /// The numbers of trials that the record gives as its own, in order; not those in its text.
    #[must_use]
    pub fn registry_ids(&self) -> Vec<RegistryId> {
        self.values(Field::RegistryNumber).flat_map(|value| value.split([';', ',', '\n'])).filter_map(RegistryId::parse).collect()
    }

    /// The languages as the export names or codes them, in order.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let values = self.values(Field::Language).flat_map(|value| value.split([';', ',', '\n']));
        values.map(str::trim).filter(|language| !language.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{RecordBuilder, Source};
    use std::sync::Arc;

    fn made(entries: &[(Field, &str)]) -> Record {
        let mut builder = RecordBuilder::default();
        for (field, value) in entries {
            builder.push_text("x", *field, value);
        }
        builder.finish(&Arc::new(Source::default()), 0..0, (1, 1), 1)
    }

    #[test]
    fn values_are_read_from_the_fields_meant_for_them() {
        let record = made(&[
            (Field::SerialNumber, "0954-0121 (ISSN); 1360-0451 (ISSN)"),
            (Field::SerialNumber, "9780306406157"),
            (Field::Pages, "No"),
            (Field::Pages, "123"),
            (Field::LastPage, "7"),
            (Field::ArticleNumber, "e55"),
            (Field::Heading, "*Peer Group/px [Psychology]"),
            (Field::Heading, " "),
            (Field::RegistryNumber, "ClinicalTrials.gov/NCT01234567; GENBANK/X1"),
            (Field::Language, "eng; nor"),
            (Field::Language, "English, Norwegian"),
            (Field::Note, "ISSN 1361-6137, NCT00000001"),
        ]);
        assert_eq!(record.issns().iter().map(ToString::to_string).collect::<Vec<_>>(), ["0954-0121", "1360-0451"]);
        assert_eq!(record.isbns().iter().map(ToString::to_string).collect::<Vec<_>>(), ["9780306406157"]);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(record.pages(), Some(Pages { first: text("123"), last: text("127"), article: text("e55") }));
        assert_eq!(record.headings().len(), 1);
        assert_eq!(record.registry_ids().iter().map(RegistryId::as_str).collect::<Vec<_>>(), ["NCT01234567"]);
        assert_eq!(record.languages(), ["eng", "nor", "English", "Norwegian"]);
        assert_eq!(made(&[(Field::ArticleNumber, "12")]).pages(), Some(Pages { first: None, last: None, article: text("12") }));
        assert_eq!(made(&[(Field::Pages, "Specified"), (Field::LastPage, "7")]).pages(), None);
    }

    #[test]
    fn names_are_full_where_all_are_and_bodies_stand_once() {
        let person = |family: &str, given: &str| Name::Person { family: family.into(), given: given.into(), suffix: None };
        let body = Name::Collective("Peer Work Group".into());
        let full = [(Field::FullAuthor, "Moe, Tor"), (Field::Author, "Moe T"), (Field::CorporateAuthor, "Peer Work Group")];
        assert_eq!(made(&full).names(), [person("Moe", "Tor"), body.clone()]);
        let some =
            [(Field::FullAuthor, "Moe, Tor"), (Field::Author, "Moe T"), (Field::Author, "Lund K"), (Field::Author, "Peer Work Group,")];
        assert_eq!(made(&some).names(), [person("Moe", "T"), person("Lund", "K"), body.clone()]);
        let twice = [(Field::Author, "Peer Work Group"), (Field::CorporateAuthor, "Peer Work Group")];
        assert_eq!(made(&twice).names(), [body]);
    }

    #[test]
    fn decisions_and_provenance_come_from_notes() {
        let record = made(&[
            (Field::Note, "Seen | ASReview_relevant | [refsieve-origin: ordinal=2; id=7; file=a.ris]"),
            (Field::Abstract, "ASReview_irrelevant"),
        ]);
        assert_eq!(record.values(Field::Note).collect::<Vec<_>>(), ["Seen"]);
        assert_eq!(record.decisions().iter().map(|decision| decision.verdict).collect::<Vec<_>>(), [Some(decision::Verdict::Included)]);
        assert_eq!(record.provenance().iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["7"]);
        assert_eq!(Provenance::of(&record).ordinal, 1);
    }

    #[test]
    fn kinds_that_the_type_of_reference_leaves_open() {
        for (kind, publication_types, expected) in [
            (Some("J"), &["Article", "Proceedings Paper"][..], Kind::Article),
            (Some("S"), &["Article", "Book Chapter"], Kind::Chapter),
            (Some("S"), &["Proceedings Paper"], Kind::ConferencePaper),
            (Some("B"), &["Article", "Book Chapter"], Kind::Chapter),
            (Some("B"), &["Book"], Kind::Book),
            (Some("P"), &[], Kind::Other),
            (Some("GEN"), &["Journal Article"], Kind::Article),
            (None, &["Review", "Journal Article"], Kind::Article),
            (None, &["Book", "Chapter"], Kind::Chapter),
            (None, &[], Kind::Other),
        ] {
            let mut entries: Vec<(Field, &str)> = publication_types.iter().map(|name| (Field::PublicationType, *name)).collect();
            entries.extend(kind.map(|kind| (Field::Kind, kind)));
            assert_eq!(made(&entries).kind(), expected, "{kind:?} {publication_types:?}");
        }
    }

    #[test]
    fn dates_are_put_together() {
        let at = |month, day| Some(PartialDate { year: 2018, month, day });
        for (year, dates, expected) in [
            (Some("2018"), &["NOV 3"][..], at(Some(11), Some(3))),
            (Some("2018"), &["NOV"], at(Some(11), None)),
            (Some("2018"), &["FAL"], at(None, None)),
            (Some("2018"), &["2017/05//", "2018/06//"], at(Some(6), None)),
            (None, &["NOV 3", "2018 Jan"], at(Some(1), None)),
            (None, &["NOV 3"], None),
            (Some("2018"), &["3. november"], at(Some(11), Some(3))),
            (None, &["2018", "NOV"], at(Some(11), None)),
            (None, &["2018//", "2018/05//"], at(Some(5), None)),
            (None, &["2018//", "2017/05//"], at(None, None)),
        ] {
            let mut entries: Vec<(Field, &str)> = dates.iter().map(|date| (Field::Date, *date)).collect();
            entries.extend(year.map(|year| (Field::Year, year)));
            assert_eq!(made(&entries).date(), expected, "{year:?} {dates:?}");
        }
    }
}
