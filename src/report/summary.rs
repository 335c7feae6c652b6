//! The numbers of one run, which must add up: read = unique + removed, for every source and in total.

use super::shown::Shown;
use super::table::Table;
use crate::dedupe::Deduplication;
use crate::diagnostic::Diagnostic;
use crate::record::{Database, Record, Source};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything a run found, as it stands in `summary.json` and on the page.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Name and version of the program.
    pub program: String,
    /// One row a source, in the order they were given.
    pub sources: Vec<SourceRow>,
    /// Files of a given folder that are no exports.
    pub skipped: Vec<String>,
    /// Records read.
    pub read: u64,
    /// Records kept, one a work.
    pub unique: u64,
    /// Records removed as duplicates.
    pub removed: u64,
    /// Candidate pairs that were compared.
    pub compared: u64,
    /// Pairs left to a person.
    pub unsure: u64,
    /// The ids of records that have neither a title nor an identifier: they name no work, are kept, and never merge.
    pub nameless: Vec<String>,
    /// `overlap[i][j]`: works found in source i and in source j; `overlap[i][i]`: works found in source i.
    pub overlap: Vec<Vec<u64>>,
    /// The strategy's file, where one was run.
    pub strategy: Option<String>,
    /// The strategy's lines.
    pub lines: Vec<LineRow>,
    /// How the search language was read where guides to it differ.
    pub readings: BTreeMap<&'static str, &'static str>,
    /// Where the headings' tree comes from, if a heading was exploded.
    pub attribution: Option<&'static str>,
    /// All problems of content.
    pub diagnostics: Vec<Diagnostic>,
}

/// One source in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow {
    /// The file as the user named it.
    pub path: String,
    /// Export format.
    pub format: &'static str,
    /// Database of origin, where it can be told.
    pub database: Option<&'static str>,
    /// Character encoding of the file.
    pub encoding: &'static str,
    /// Records read.
    pub records: u64,
    /// Records kept.
    pub unique: u64,
    /// Records removed.
    pub removed: u64,
    /// Works that no other source has.
    pub only_here: u64,
    /// Diagnostics about this file.
    pub diagnostics: u64,
}

/// One line of a strategy in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct LineRow {
    /// The line's label.
    pub label: String,
    /// The query as written.
    pub query: String,
    /// Records found; `None` where the line could not be run.
    pub count: Option<u64>,
    /// The records that the pasted strategy itself says it found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<u64>,
    /// The records found by the database they came from, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_database: Option<BTreeMap<&'static str, u64>>,
    /// The first of the records found, with the words that were found marked; for the page.
    #[serde(skip)]
    pub shown: Vec<Shown>,
    /// The ids of the records found, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<Vec<String>>,
}

impl Summary {
    /// The numbers of `records`, read from `sources` (in that order), and of their deduplication.
    #[must_use]
    pub fn new(sources: &[Arc<Source>], records: &[Record], result: &Deduplication, diagnostics: Vec<Diagnostic>) -> Self {
        let source_of: Vec<Option<usize>> =
            records.iter().map(|record| sources.iter().position(|source| Arc::ptr_eq(source, record.source()))).collect();
        let clusters = sources_of_clusters(&source_of, result);
        let mut rows: Vec<SourceRow> = sources.iter().map(|source| row(source, &diagnostics)).collect();
        for (index, source) in source_of.iter().enumerate() {
            let Some(row) = source.and_then(|source| rows.get_mut(source)) else { continue };
            row.records += 1;
            if result.cluster_of.get(index).is_some_and(|kept| *kept as usize == index) {
                row.unique += 1;
            } else {
                row.removed += 1;
            }
        }
        for cluster in &clusters {
            if let [source] = cluster[..] {
                rows[source].only_here += 1;
            }
        }
        Self {
            program: format!("refsieve {}", env!("CARGO_PKG_VERSION")),
            read: rows.iter().map(|row| row.records).sum(),
            unique: rows.iter().map(|row| row.unique).sum(),
            removed: rows.iter().map(|row| row.removed).sum(),
            compared: result.counts.candidates as u64,
            unsure: result.unsure.len() as u64,
            nameless: result.nameless.iter().filter_map(|at| records.get(*at as usize)).map(Record::id).collect(),
            sources: rows,
            skipped: Vec::new(),
            overlap: overlap(sources.len(), &clusters),
            strategy: None,
            lines: Vec::new(),
            readings: BTreeMap::new(),
            attribution: None,
            diagnostics,
        }
    }

    /// Whether read = unique + removed, for every source and in total, as it must be.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.read == self.unique + self.removed && self.sources.iter().all(|row| row.records == row.unique + row.removed)
    }

    /// The sources as a table.
    #[must_use]
    pub fn sources_table(&self) -> Table {
        let mut table = Table::new(&["file", "format", "database", "records", "unique", "removed", "only_here", "diagnostics"]);
        for row in &self.sources {
            table.push(vec![
                row.path.as_str().into(),
                row.format.into(),
                row.database.into(),
                row.records.into(),
                row.unique.into(),
                row.removed.into(),
                row.only_here.into(),
                row.diagnostics.into(),
            ]);
        }
        table
    }

    /// The strategy's lines as a table.
    #[must_use]
    pub fn lines_table(&self) -> Table {
        lines_table(&self.lines)
    }
}

/// A strategy's lines as a table: line, query, records; the published numbers where there are any, and a column a database
/// where they were counted by it.
#[must_use]
pub fn lines_table(lines: &[LineRow]) -> Table {
    let is_published = lines.iter().any(|row| row.published.is_some());
    let databases: BTreeSet<&'static str> =
        lines.iter().filter_map(|row| row.by_database.as_ref()).flat_map(|counts| counts.keys().copied()).collect();
    let mut names = vec!["line", "query", "records"];
    names.extend(is_published.then_some("published"));
    names.extend(&databases);
    let mut table = Table::new(&names);
    for row in lines {
        let mut cells = vec![row.label.as_str().into(), row.query.as_str().into(), row.count.into()];
        if is_published {
            cells.push(row.published.into());
        }
        cells.extend(databases.iter().map(|name| row.by_database.as_ref().and_then(|counts| counts.get(name)).copied().into()));
        table.push(cells);
    }
    table
}

fn row(source: &Source, diagnostics: &[Diagnostic]) -> SourceRow {
    SourceRow {
        path: source.name.clone(),
        format: source.format.name(),
        database: source.database.map(Database::name),
        encoding: source.encoding,
        records: 0,
        unique: 0,
        removed: 0,
        only_here: 0,
        diagnostics: diagnostics.iter().filter(|diagnostic| *diagnostic.file == *source.name).count() as u64,
    }
}

/// For each cluster the sources that have it, sorted, each once.
fn sources_of_clusters(source_of: &[Option<usize>], result: &Deduplication) -> Vec<Vec<usize>> {
    let present_in = |cluster: Vec<u32>| {
        let mut sources: Vec<usize> = cluster.iter().filter_map(|record| source_of.get(*record as usize).copied().flatten()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    };
    result.clusters().into_iter().map(present_in).collect()
}

fn overlap(n_sources: usize, clusters: &[Vec<usize>]) -> Vec<Vec<u64>> {
    let mut overlap = vec![vec![0; n_sources]; n_sources];
    for sources in clusters {
        for &left in sources {
            for &right in sources {
                overlap[left][right] += 1;
            }
        }
    }
    overlap
}
