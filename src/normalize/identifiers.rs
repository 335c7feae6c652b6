//! Identifiers of a record as sets of numbers and hashes: DOIs, PMIDs, ISSNs, ISBNs, registry numbers, Cochrane reviews.
//!
//! Only values in places meant for an identifier are looked at; what fails its check is left out.

use super::{hash, registrations};
use crate::record::{Doi, Field, FieldSet, Isbn, Issn, Pmid, Record, SerialNumber};
use crate::text::trimmed;
use smallvec::SmallVec;

/// Values of which a record mostly has none or one, which then takes no memory of its own.
pub type Few<T> = SmallVec<[T; 1]>;

/// The identifiers of one record; each list is sorted and without repetitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Hashes of the DOIs.
    pub dois: Few<u64>,
    /// Hash of the first DOI without the version that some publishers put behind it (".pub2", "/v1").
    pub work_doi: Option<u64>,
    /// PubMed identifiers.
    pub pmids: Few<u32>,
    /// ISSNs.
    pub issns: Few<Issn>,
    /// ISBNs.
    pub isbns: Box<[Isbn]>,
    /// The registry numbers (NCT…, ISRCTN…) that the record gives as its own number, not in its text: as hashes that say whose they are.
    pub registry: Box<[u64]>,
    /// Number of the Cochrane review ("CD002273"), from DOI or pages.
    pub cochrane: Option<u32>,
    /// Whether a DOI says that it is of a supplement ("…30.15_suppl.8012", "…140.suppl_1.12345").
    pub in_supplement: bool,
}

impl Identifiers {
    pub(super) fn of(record: &Record) -> Self {
        let (mut dois, mut of_links): (Few<Doi>, Few<Doi>) = Default::default();
        let (mut pmids, mut registered): (Few<u32>, Few<u64>) = Default::default();
        for (field, value) in record.values_of(|field| WANTED.has(field)) {
            match field {
                Field::Doi => match complete_doi(value) {
                    Some(doi) => dois.push(doi),
                    None => dois.extend(doi_among_others(value)),
                },
                Field::Pmid => pmids.extend(Pmid::parse(value).map(Pmid::get)),
                Field::RegistryNumber => registered.extend(registrations::number(value)),
                Field::Url => {
                    of_links.extend(complete_doi(value));
                    pmids.extend(pmid_of_link(value).map(Pmid::get));
                    registered.extend(registrations::number_of_page(value));
                }
                Field::Author => {
                    if let Some(number) = number_for_author(value) {
                        registered.push(number);
                    }
                }
                Field::Journal | Field::JournalAbbreviation | Field::ContainerTitle => {
                    if let Some(number) = registrations::number_of_page(value) {
                        registered.push(number);
                    }
                }
                _ if registrations::is_number(value) => registered.extend(registrations::number(value)),
                _ if is_labelled(value) => pmids.extend(Pmid::parse(value).map(Pmid::get)),
                _ => {}
            }
        }
        dois.append(&mut of_links);
        let (mut of_series, mut of_books): (Few<Issn>, Few<Isbn>) = Default::default();
        for number in record.serial_numbers() {
            match number {
                SerialNumber::Issn(issn) => of_series.push(issn),
                SerialNumber::Isbn(isbn) => of_books.push(isbn),
            }
        }
        let cochrane = dois
            .iter()
            .find_map(|doi| doi.as_str().strip_prefix("10.1002/14651858.").and_then(cochrane_number))
            .or_else(|| [Field::Pages, Field::ArticleNumber].into_iter().flat_map(|field| record.values(field)).find_map(cochrane_number));
        Self {
            work_doi: dois.first().map(|doi| hash(without_version(without_view(doi.as_str())))),
            in_supplement: dois.iter().any(|doi| ["_suppl", "suppl_"].iter().any(|mark| doi.as_str().contains(mark))),
            dois: sorted(dois.iter().map(|doi| hash(without_view(doi.as_str())))),
            pmids: sorted(pmids),
            issns: sorted(of_series),
            isbns: sorted(of_books).into_boxed_slice(),
            registry: sorted(registered).into_boxed_slice(),
            cochrane,
        }
    }

    /// Whether there is a DOI, a PMID or an ISBN: something that by itself names a work.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.dois.is_empty() || !self.pmids.is_empty() || !self.isbns.is_empty()
    }
}

/// Where identifiers stand; CENTRAL and the exports of registries have the number of a registration, or its page, for the author and
/// the journal.
const WANTED: FieldSet = FieldSet::of(&[
    Field::Doi,
    Field::Url,
    Field::Pmid,
    Field::Accession,
    Field::RegistryNumber,
    Field::Author,
    Field::Journal,
    Field::JournalAbbreviation,
    Field::ContainerTitle,
]);

/// "NCT01234567," of a registration, which has no author.
fn number_for_author(value: &str) -> Option<u64> {
    // Nearly all end here.
    let last = value.bytes().rev().find(|byte| !matches!(byte, b',' | b'.' | b' '))?;
    let number = || value.trim_end_matches([',', '.', ' ']);
    (last.is_ascii_digit() && registrations::is_number(number())).then(|| registrations::number(number())).flatten()
}

/// A DOI whose suffix does not end in the middle: "10.17705/1cais." is a landing page and names no article.
pub(super) fn complete_doi(value: &str) -> Option<Doi> {
    if !Doi::may_stand_in(value) {
        return None;
    }
    let cut =
        value.trim_end().ends_with('.') && !value.trim_end().trim_end_matches('.').bytes().rev().take(4).any(|byte| byte.is_ascii_digit());
    Doi::parse(value).filter(|doi| !cut && !is_of_journal(doi.as_str()))
}

/// The one DOI of a value that has other numbers beside it: "S0731-7085(15)30056-X [pii];10.1016/j.jpba.2015.07.001 [doi]".
fn doi_among_others(value: &str) -> Option<Doi> {
    let is_list = value.contains("[pii]") || value.contains("[doi]");
    let mut parts =
        value.split([';', ' ']).filter(|part| is_list && part.starts_with("10.")).map(|part| complete_doi(part.trim_end_matches(',')));
    parts.next().flatten().filter(|first| parts.all(|other| other.as_ref() == Some(first)))
}

/// A DOI without what a publisher's page adds to it: "10.1111/x.12345/abstract", "10.1136/bmj.b1.short", "….?needAccess=true".
fn without_view(doi: &str) -> &str {
    const VIEWS: [&str; 10] = ["/abstract", "/full", "/pdf", "/epdf", "/summary", ".short", ".long", ".full", ".pdf", "/meta"];
    let doi = memchr::memchr(b'?', doi.as_bytes()).map_or(doi, |at| &doi[..at]);
    // "…#sec1" names a section, and a lone "#" ends some DOIs.
    let section = memchr::memchr(b'#', doi.as_bytes()).filter(|at| doi[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    let doi = section.map_or(doi, |at| &doi[..at]);
    // As nearly all do.
    if doi.ends_with(|c: char| c.is_ascii_digit()) {
        return doi;
    }
    VIEWS.iter().find_map(|view| doi.strip_suffix(view)).unwrap_or(doi)
}

/// Whether a DOI is no more than the beginning that all of its journal share: "10.1016/s0140-6736", "10.1002/(sici)1097-0258(19980815)17:15".
fn is_of_journal(doi: &str) -> bool {
    let Some((_, suffix)) = doi.split_once('/') else { return false };
    let is_issn = |text: &str| {
        text.len() == 9
            && text.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() || byte == b'x' })
    };
    suffix.strip_prefix('s').is_some_and(is_issn) || (suffix.starts_with("(sici)") && !suffix.contains(['<', ';']))
}

/// "10.1002/14651858.cd002273.pub2" and "….pub3", "10.1101/2020.01.02.3/v1" and "…v2" are versions of one text.
fn without_version(doi: &str) -> &str {
    let bare = doi.trim_end_matches(|c: char| c.is_ascii_digit());
    let marked = [".pub", "/v", ".v"].into_iter().find_map(|mark| bare.strip_suffix(mark));
    let glued = || bare.strip_suffix('v').filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    marked.or_else(glued).filter(|_| bare.len() < doi.len()).unwrap_or(doi)
}

fn is_labelled(value: &str) -> bool {
    let is_label = |at: usize| value.as_bytes()[at..].first_chunk().is_some_and(|four: &[u8; 4]| four.eq_ignore_ascii_case(b"PMID"));
    memchr::memchr2_iter(b'P', b'p', value.as_bytes()).any(is_label)
}

/// The PMID of a link to PubMed that is nothing else.
fn pmid_of_link(value: &str) -> Option<Pmid> {
    let rest = ["https://", "http://", "www."].iter().fold(trimmed(value), |rest, start| rest.strip_prefix(start).unwrap_or(rest));
    let rest = rest.strip_prefix("ncbi.nlm.nih.gov/pubmed/").or_else(|| rest.strip_prefix("pubmed.ncbi.nlm.nih.gov/"))?;
    Pmid::parse(rest.trim_end_matches('/'))
}

/// "CD002273" anywhere at a start, whatever its case.
fn cochrane_number(value: &str) -> Option<u32> {
    let value = value.trim();
    let digits = value.get(..2).filter(|start| start.eq_ignore_ascii_case("cd")).and_then(|_| value.get(2..8))?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The values in order, each once.
fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Few<T> {
    let mut values: Few<T> = values.into_iter().collect();
    values.sort_unstable();
    values.dedup();
    values.shrink_to_fit();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_doi() {
        for (input, expected) in [
            ("10.1002/14651858.cd002273.pub2", "10.1002/14651858.cd002273"),
            ("10.21203/rs.3.rs-1/v2", "10.21203/rs.3.rs-1"),
            ("10.1000/abc12", "10.1000/abc12"),
            ("10.1000/conv12", "10.1000/conv12"),
            ("10.1101/2020.01.02.3v1", "10.1101/2020.01.02.3"),
        ] {
            assert_eq!(without_version(input), expected, "{input}");
        }
    }

    #[test]
    fn few_values_are_sorted_and_each_stands_once() {
        for (values, expected) in [(&[][..], &[][..]), (&[3], &[3]), (&[3, 3], &[3]), (&[3, 1, 3, 2], &[1, 2, 3])] {
            assert_eq!(*sorted(values.iter().copied()), *expected);
        }
        assert!(!sorted([3, 3, 3]).spilled(), "one value takes no memory of its own");
    }

    #[test]
    fn what_a_page_adds_is_no_part_of_a_doi() {
        for (doi, expected) in [
            ("10.1111/x.12345/abstract", "10.1111/x.12345"),
            ("10.1080/1.2?needaccess=true", "10.1080/1.2"),
            ("10.1136/bmj.b1.short", "10.1136/bmj.b1"),
            ("10.1136/bmj.b1", "10.1136/bmj.b1"),
            ("10.1000/a(1)", "10.1000/a(1)"),
        ] {
            assert_eq!(without_view(doi), expected);
        }
        let of_list = |value| doi_among_others(value).map(|doi| doi.as_str().to_owned());
        assert_eq!(of_list("S0731-7085(15)30056-X [pii];10.1016/j.a.1 [doi]").as_deref(), Some("10.1016/j.a.1"));
        assert_eq!(of_list("10.1016/j.a.1 [doi]; 10.1016/j.a.2 [doi]"), None);
        assert_eq!(of_list("see 10.1016/j.a.1"), None);
    }

    #[test]
    fn a_cut_doi_names_nothing() {
        for (value, is_whole) in [
            ("10.1016/S0140-6736", false),
            ("10.1016/S0140-6736(05)66912-7", true),
            ("10.1002/(SICI)1097-0258(19980815)17:15", false),
            ("10.1002/(SICI)1097-0258(19980815)17:15<1::AID-SIM1>3.0.CO;2-A", true),
        ] {
            assert_eq!(complete_doi(value).is_some(), is_whole, "{value}");
        }
        assert!(complete_doi("10.17705/1CAIS.").is_none());
        assert!(complete_doi("10.17705/1CAIS.05003.").is_some());
    }
}
