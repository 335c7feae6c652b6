//! What the columns are called in the tables of reference managers and screening programs, one table each.

use super::Shape::{Ands, Decisions, Extra, Links, One, People, Terms};
use super::{ColumnRow, LIST};
use crate::record::Field::{
    self, Abstract, Accession, Affiliation, Author, BookTitle, CitedReference, ContainerTitle, Decision, Editor, Journal,
    JournalAbbreviation, Keyword, Kind, LastPage, Note, OriginalTitle, Other, OtherDate, Place, Pmid, Provider, PublicationType,
    SeriesTitle, ShortTitle, Title, Url, Year,
};

pub(super) const RAYYAN: &[ColumnRow] = &[
    ("key", Accession, One),
    ("authors", Author, Ands),
    ("month", Other, One),
    ("day", Other, One),
    ("location", Place, One),
    ("notes", Note, Decisions),
    ("keywords", Keyword, LIST),
];

pub(super) const COVIDENCE: &[ColumnRow] = &[
    ("authors", Author, LIST),
    ("covidence", Accession, One),
    // What the database called the record, and not what Covidence does.
    ("accessionnumber", Other, One),
    ("publishedmonth", Other, One),
    ("ref", Other, One),
    ("study", Other, One),
    ("notes", Decision, One),
    ("tags", Decision, LIST),
];

pub(super) const REFWORKS: &[ColumnRow] = &[
    ("referencetype", Kind, One),
    ("referenceid", Accession, One),
    ("authorsprimary", Author, LIST),
    ("titleprimary", Title, One),
    ("periodicalfull", Journal, One),
    ("periodicalabbrev", JournalAbbreviation, One),
    ("pubyear", Year, One),
    ("pubmonthday", Other, One),
    ("pubdatefreefrom", Field::Date, One),
    ("otherpages", LastPage, One),
    ("personalnotes", Note, One),
    ("authorssecondary", Editor, LIST),
    ("authorstertiary", Other, LIST),
    ("authorsquaternary", Other, LIST),
    ("authorsquinary", Other, LIST),
    ("titlesecondary", ContainerTitle, One),
    ("titletertiary", SeriesTitle, One),
    ("placeofpublication", Place, One),
    ("availability", Other, One),
    ("authoraddress", Affiliation, One),
    ("accessionnumber", Other, One),
    ("outputlanguage", Other, One),
    ("subfiledatabase", Field::Database, One),
    ("originalforeigntitle", OriginalTitle, One),
    ("links", Url, Links),
    ("database", Field::Database, One),
    ("datasource", Provider, One),
    ("retrieveddate", OtherDate, One),
    ("shortenedtitle", ShortTitle, One),
    ("keywords", Keyword, LIST),
];

pub(super) const ZOTERO: &[ColumnRow] = &[
    ("key", Accession, One),
    ("itemtype", Kind, One),
    ("author", Author, LIST),
    ("publicationtitle", ContainerTitle, One),
    ("abstractnote", Abstract, One),
    ("dateadded", OtherDate, One),
    ("datemodified", OtherDate, One),
    ("accessdate", OtherDate, One),
    ("numpages", Other, One),
    ("numberofvolumes", Other, One),
    ("series", SeriesTitle, One),
    ("seriesnumber", Other, One),
    ("seriestext", Other, One),
    ("rights", Other, One),
    ("type", PublicationType, One),
    ("archive", Other, One),
    ("archivelocation", Other, One),
    ("librarycatalog", Provider, One),
    ("callnumber", Other, One),
    ("extra", Note, Extra),
    ("notes", Note, One),
    ("fileattachments", Other, One),
    ("linkattachments", Other, One),
    ("manualtags", Keyword, LIST),
    ("automatictags", Keyword, LIST),
    ("editor", Editor, LIST),
    ("serieseditor", Editor, LIST),
    ("translator", Other, LIST),
    ("contributor", Other, LIST),
    ("number", Other, One),
    ("references", CitedReference, One),
    ("version", Other, One),
];

pub(super) const ABSTRACKR: &[ColumnRow] = &[
    ("internalid", Accession, One),
    ("sourceid", Other, One),
    ("pubmedid", Pmid, One),
    ("authors", Author, Ands),
    ("tags", Decision, Terms),
    ("consensus", Decision, One),
    ("labeledat", Other, One),
];

pub(super) const ASREVIEW: &[ColumnRow] = &[
    ("primarytitle", Title, One),
    ("recordid", Accession, One),
    ("included", Decision, One),
    ("labelincluded", Decision, One),
    ("asreviewlabel", Decision, One),
    ("asreviewranking", Decision, One),
    ("asreviewprior", Decision, One),
    ("asreviewnote", Decision, One),
    ("asreviewtime", Other, One),
    ("asreviewtags", Decision, One),
];

/// EndNote's tab-delimited tables; two slashes stand between authors.
pub(super) const ENDNOTE: &[ColumnRow] = &[
    ("referencetype", Kind, One),
    ("recordnumber", Accession, One),
    ("recordid", Accession, One),
    ("author", Author, People),
    ("secondaryauthor", Editor, People),
    ("secondarytitle", ContainerTitle, One),
    ("placepublished", Place, One),
    ("nameofdatabase", Field::Database, One),
    ("databaseprovider", Provider, One),
    ("alternatetitle", JournalAbbreviation, One),
    ("accessionnumber", Other, One),
    ("custom", Other, One),
    ("label", Other, One),
    ("authoraddress", Affiliation, One),
    ("researchnotes", Note, One),
];

pub(super) const R_PACKAGE: &[ColumnRow] = &[
    ("recordid", Accession, One),
    ("duplicateid", Accession, One),
    ("source", Field::Database, One),
    ("citesource", Field::Database, One),
    ("recordids", Other, One),
    ("label", Other, One),
    ("citelabel", Other, One),
    ("citestring", Other, One),
];

pub(super) const JABREF: &[ColumnRow] = &[
    ("bibliographytype", Kind, One),
    ("identifier", Accession, One),
    ("author", Author, People),
    ("address", Place, One),
    ("booktitle", BookTitle, One),
    ("month", Other, One),
    ("series", SeriesTitle, One),
    ("note", Note, One),
    ("custom", Other, One),
];
