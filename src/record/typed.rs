//! The questions that several stages ask of a record, answered from its entries by one rule each.

use super::{Doi, Field, Kind, PartialDate, Pmid, Record};

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

    /// The kind of publication: by the type of reference; where the format has none (MEDLINE), by the publication types.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.first(Field::Kind) {
            Some(name) => Kind::named(name),
            None => self.values(Field::PublicationType).map(Kind::named).find(|kind| *kind != Kind::Other).unwrap_or(Kind::Other),
        }
    }

    /// The date of publication: the year field, completed by a date of the same year; else the first date that has a year.
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        let year = self.values(Field::Year).find_map(PartialDate::parse);
        let mut dates = self.values(Field::Date).filter_map(PartialDate::parse);
        match year {
            Some(year) if year.month.is_none() => Some(dates.find(|date| date.year == year.year && date.month.is_some()).unwrap_or(year)),
            Some(year) => Some(year),
            None => dates.next(),
        }
    }

    /// The DOI: of the DOI field, else of a link that is nothing but one.
    #[must_use]
    pub fn doi(&self) -> Option<Doi> {
        DOI_PLACES.iter().find_map(|field| self.values(*field).find_map(Doi::parse))
    }

    /// The PubMed identifier.
    #[must_use]
    pub fn pmid(&self) -> Option<Pmid> {
        self.values(Field::Pmid).find_map(Pmid::parse)
    }
}
