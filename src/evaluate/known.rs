//! Records that are known to be relevant -> where they stand among the records that are searched.
//!
//! Goes in: names (ids, PMIDs, DOIs, accession numbers), or records of another export, and the records searched. Comes
//! out: for each known record the numbers of its copies there; none where it is not among them.

use crate::record::{Doi, Pmid, Provenance, Record};
use roaring::RoaringBitmap;
use std::collections::HashMap;

/// Under which names records are known.
#[derive(Debug, Default)]
pub struct Names {
    /// Ids, and file and ordinal, which are those of one record in most cases.
    ids: HashMap<String, Vec<u32>>,
    /// Accession numbers of the export, of the records that were merged into one, and the ids these had.
    accessions: HashMap<String, Vec<u32>>,
    dois: HashMap<Doi, Vec<u32>>,
    pmids: HashMap<Pmid, Vec<u32>>,
}

/// One record that is known to be relevant.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// How it was named; the names of one record with " = " between them where it was named more than once.
    pub name: String,
    /// Its title, where the record searched or the record given has one.
    pub title: Option<String>,
    /// The numbers of its copies among the records searched; empty where it is not among them.
    pub records: RoaringBitmap,
}

impl Names {
    /// The names of `records`.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let mut names = Self::default();
        for (number, record) in (0u32..).zip(records) {
            let place = format!("{}#{}", record.source().file_name(), record.ordinal());
            for id in [record.id(), place, format!("{}#{}", record.source().name, record.ordinal())] {
                add(&mut names.ids, id, number);
            }
            for accession in accessions(record) {
                add(&mut names.accessions, accession, number);
            }
            if let Some(doi) = record.doi() {
                add(&mut names.dois, doi, number);
            }
            if let Some(pmid) = record.pmid() {
                add(&mut names.pmids, pmid, number);
            }
        }
        names
    }

    /// The records whose id this is, or whose file and ordinal (`scopus.ris#3`).
    #[must_use]
    pub fn with_id(&self, id: &str) -> &[u32] {
        self.ids.get(id.trim()).map_or(&[], Vec::as_slice)
    }

    /// The records that go by this name in any way: id, DOI, PMID, accession number, or that of a record that was merged
    /// into them. Ascending, each once.
    ///
    /// A number that is a PMID is an accession number of another database too, by chance; both are found.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<u32> {
        let name = name.trim();
        let by_doi = Doi::parse(name).and_then(|doi| self.dois.get(&doi));
        let by_pmid = Pmid::parse(name).and_then(|pmid| self.pmids.get(&pmid));
        let found = [self.ids.get(name), self.accessions.get(name), by_doi, by_pmid];
        sorted(found.into_iter().flatten().flatten().copied().collect())
    }

    /// The copies of `record`, which is of another set: those with its DOI or PMID; where there are none, those with its
    /// accession number.
    #[must_use]
    pub fn copies(&self, record: &Record) -> Vec<u32> {
        let by_doi = record.doi().and_then(|doi| self.dois.get(&doi));
        let by_pmid = record.pmid().and_then(|pmid| self.pmids.get(&pmid));
        let found: Vec<u32> = [by_doi, by_pmid].into_iter().flatten().flatten().copied().collect();
        if found.is_empty() {
            let found = accessions(record).into_iter().filter_map(|accession| self.accessions.get(&accession));
            return sorted(found.flatten().copied().collect());
        }
        sorted(found)
    }
}

/// The known records that `text` lists: one a line, its name in the first column of those that tabs divide. Blank lines and
/// those that begin with `#` are passed over.
///
/// ```
/// use refsieve::evaluate::{Names, known_in_list};
/// let known = known_in_list("# seed articles\n10.1000/abc\tSmith 2020\n", &Names::default(), &[]);
/// assert_eq!((known.len(), known[0].name.as_str(), known[0].records.len()), (1, "10.1000/abc", 0));
/// ```
#[must_use]
pub fn known_in_list(text: &str, names: &Names, records: &[Record]) -> Vec<Known> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed = lines.map(|line| line.split('\t').next().unwrap_or(line).trim());
    united(listed.map(|name| known(name.to_owned(), None, names.find(name), records)))
}

/// The known records that another export holds.
#[must_use]
pub fn known_in_records(given: &[Record], names: &Names, records: &[Record]) -> Vec<Known> {
    united(given.iter().map(|record| known(record.id(), record.title().map(str::to_owned), names.copies(record), records)))
}

fn known(name: String, title: Option<String>, found: Vec<u32>, records: &[Record]) -> Known {
    let of_record = || found.iter().find_map(|number| records.get(*number as usize)?.title()).map(str::to_owned);
    Known { name, title: title.or_else(of_record), records: found.into_iter().collect() }
}

/// Each known record once: those that share a copy, or a name where there is no copy, are one.
fn united(all: impl Iterator<Item = Known>) -> Vec<Known> {
    let mut apart: Vec<Known> = Vec::new();
    for mut known in all {
        let is_same = |other: &Known| {
            if known.records.is_empty() { known.name == other.name } else { !known.records.is_disjoint(&other.records) }
        };
        let same: Vec<usize> = (0..apart.len()).filter(|at| is_same(&apart[*at])).collect();
        let Some((first, more)) = same.split_first() else {
            apart.push(known);
            continue;
        };
        // It may be what joins several that were apart so far.
        for at in more.iter().rev() {
            let other = apart.remove(*at);
            join(&mut apart[*first], other);
        }
        known.title = None;
        join(&mut apart[*first], known);
    }
    apart
}

fn join(into: &mut Known, other: Known) {
    if into.name.split(" = ").all(|name| name != other.name) {
        into.name = format!("{} = {}", into.name, other.name);
    }
    into.title = into.title.take().or(other.title);
    into.records |= other.records;
}

/// The accession numbers that a record and those merged into it go by, and the ids that these had. Not `<file>#<ordinal>` of
/// the record itself, which is no name in another set.
fn accessions(record: &Record) -> Vec<String> {
    let own = record.accession().map(str::to_owned).into_iter().chain(record.accessions().into_iter().map(String::from));
    let of_origin = |origin: Provenance| [origin.id].into_iter().chain(origin.accessions).collect::<Vec<_>>();
    let mut accessions: Vec<String> = own.chain(record.provenance().into_iter().flat_map(of_origin)).collect();
    accessions.sort_unstable();
    accessions.dedup();
    accessions
}

fn add<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<u32>>, key: K, number: u32) {
    let numbers = map.entry(key).or_default();
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    const RECORDS: &str = "\
TY  - JOUR\nTI  - First\nDO  - 10.5555/one\nER  - \n\nTY  - JOUR\nTI  - Second\nDO  - 10.5555/TWO\nAN  - 7001\nER  - \n\n\
TY  - JOUR\nTI  - First again\nDO  - 10.5555/one\nAN  - 7002\nER  - \n\nTY  - JOUR\nTI  - Merged\nAN  - 7003\n\
N1  - [refsieve-origin: database=Medline; ordinal=1; id=88; file=b.nbib]\nER  - \n";

    fn records() -> Vec<Record> {
        formats::read("a.ris", RECORDS.into()).unwrap().records
    }

    /// The names and copies of what `list` lists.
    fn check(list: &str, expected: &[(&str, &[u32])]) {
        let records = records();
        let found = known_in_list(list, &Names::of(&records), &records);
        let found: Vec<_> = found.iter().map(|known| (known.name.as_str(), known.records.iter().collect::<Vec<_>>())).collect();
        let expected: Vec<_> = expected.iter().map(|(name, records)| (*name, records.to_vec())).collect();
        assert_eq!(found, expected, "{list}");
    }

    #[test]
    fn names_of_any_sort_are_found() {
        check("# seeds\n\nhttps://doi.org/10.5555/two\tRuiz 2020\n", &[("https://doi.org/10.5555/two", &[1])]);
        check("7001\r\na.ris#1\n", &[("7001", &[1]), ("a.ris#1", &[0])]);
        check("10.5555/one", &[("10.5555/one", &[0, 2])]);
        check("88", &[("88", &[3])]);
        check("10.5555/none\n10.5555/none\nnobody", &[("10.5555/none", &[]), ("nobody", &[])]);
    }

    #[test]
    fn a_record_that_is_named_twice_is_one() {
        check("7001\n10.5555/two\n7001", &[("7001 = 10.5555/two", &[1])]);
        check("a.ris#1\n7002\n10.5555/one", &[("a.ris#1 = 7002 = 10.5555/one", &[0, 2])]);
    }

    #[test]
    fn records_of_another_export_are_matched_by_identifier_and_not_by_place() {
        let records = records();
        let other = "TY  - JOUR\nTI  - No name\nER  - \n\nTY  - JOUR\nTI  - By DOI\nDO  - 10.5555/one\nAN  - 7001\nER  - \n\n\
                     TY  - JOUR\nTI  - By number\nDO  - 10.5555/other\nAN  - 7003\nER  - \n";
        let given = formats::read("a.ris", other.into()).unwrap().records;
        let found = known_in_records(&given, &Names::of(&records), &records);
        let found: Vec<_> = found.iter().map(|known| (known.title.as_deref(), known.records.iter().collect::<Vec<_>>())).collect();
        assert_eq!(found, [(Some("No name"), vec![]), (Some("By DOI"), vec![0, 2]), (Some("By number"), vec![3])]);
    }
}
