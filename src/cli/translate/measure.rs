//! `refsieve translate --measure`: a strategy and its translation in, what each finds on the same records out.

use super::super::language::Language;
use super::super::progress::Bars;
use super::super::search;
use super::super::show;
use crate::dedupe;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{self, Difference};
use crate::index::Index;
use crate::record::Record;
use crate::report::table::grouped;
use crate::report::{Cell, Table};
use crate::strategy::{self, ExprKind, Strategy};
use crate::translate::{Platform, Translation};
use roaring::RoaringBitmap;
use serde::Serialize;

/// So many records that one of the two finds alone are listed for a line, for the eye; JSON and CSV have them all.
const MOST_LISTED: u64 = 10;
/// Longest query shown beside its many numbers, in characters.
const WIDEST_QUERY: usize = 44;

/// What was measured, as JSON has it.
#[derive(Serialize)]
pub(super) struct Measured {
    /// Records that both were run on.
    records: usize,
    /// Lines that find the same records in both languages.
    same: usize,
    lines: Vec<MeasuredLine>,
    #[serde(skip)]
    platform: Platform,
    /// The text of the translation, for the diagnostics about it.
    #[serde(skip)]
    text: String,
    /// What was odd when the translation was read and run.
    #[serde(skip)]
    of_translation: Vec<Diagnostic>,
    /// What was odd when the strategy was run.
    #[serde(skip)]
    pub(super) of_original: Vec<Diagnostic>,
    pub(super) attribution: Option<&'static str>,
}

#[derive(Serialize)]
struct MeasuredLine {
    label: u32,
    query: String,
    translation: Option<String>,
    /// Records that the line finds; null where it cannot be run.
    original_records: Option<u64>,
    translation_records: Option<u64>,
    only_original: Option<Vec<Found>>,
    only_translation: Option<Vec<Found>>,
}

#[derive(Serialize)]
struct Found {
    id: String,
    title: Option<String>,
}

/// The language in which a translation for `platform` can be run here; an error where there is none.
pub(super) fn language_of(platform: Platform) -> Result<strategy::Language> {
    platform.language().ok_or_else(|| {
        let readable: Vec<&str> =
            Platform::ALL.iter().filter(|platform| platform.language().is_some()).map(|platform| platform.id()).collect();
        let message = format!(
            "expected a platform whose language refsieve reads ({}), found {}: its lines cannot be run here; without --measure they are translated",
            readable.join(", "),
            platform.id()
        );
        Error::new(ErrorKind::Settings, "--measure", message)
    })
}

/// Runs `strategy` (of the file `name`) and its translation, in the language that `platform_language` is, on `records`.
pub(super) fn measure(
    (name, strategy): (&str, &Strategy),
    (translation, platform_language): (&Translation, strategy::Language),
    (records, index): (&[Record], &Index),
    language: &Language,
    bars: &Bars,
) -> Result<Measured> {
    let text = translation.to_string();
    let name_of_translation = format!("{name}, for {}", translation.platform.name());
    let (again, mut of_translation) = strategy::parse_in(platform_language, &name_of_translation, &text, language.readings);
    let mut settings = language.settings.clone();
    let removes = |line: &strategy::Line| matches!(&line.tree, Some(tree) if matches!(tree.kind, ExprKind::Unique(_)));
    if strategy.lines.iter().any(removes) {
        settings.groups = Some(dedupe::dedupe(records, &dedupe::Settings::default(), bars).cluster_of.into());
    }
    let original = crate::search::run(strategy, name, index, language.thesaurus(), &settings, bars)?;
    let other = crate::search::run(&again, &name_of_translation, index, language.thesaurus(), &settings, bars)?;
    // That a line was not translated is said as its loss.
    let lines_of_text = |number: u32| translation.lines.get((number as usize).saturating_sub(1));
    of_translation.extend(other.diagnostics.iter().cloned());
    of_translation.retain(|diagnostic| diagnostic.severity() > Severity::Note);
    of_translation.retain(|diagnostic| lines_of_text(diagnostic.line).is_none_or(|line| line.text.is_some()));
    let differences = evaluate::differences(&original, &other);
    let lines = strategy.lines.iter().zip(&differences).zip(&translation.lines);
    Ok(Measured {
        records: records.len(),
        same: differences.iter().filter(|difference| difference.is_none()).count(),
        lines: lines
            .map(|((line, difference), translated)| measured_line(&line.query, translated.text.clone(), difference, records))
            .collect(),
        platform: translation.platform,
        text,
        of_translation,
        attribution: language.attribution(&original),
        of_original: original.diagnostics,
    })
}

fn measured_line(query: &str, translation: Option<String>, difference: &Difference, records: &[Record]) -> MeasuredLine {
    let found = |hits: RoaringBitmap| {
        let records = hits.into_iter().filter_map(|hit| records.get(hit as usize));
        records.map(|record| Found { id: record.id(), title: record.title().map(str::to_owned) }).collect()
    };
    // A line that was not translated is a remark in brackets to its reader, and finds nothing that counts.
    let translated = translation.as_ref().and(difference.translation.as_ref());
    MeasuredLine {
        label: difference.label,
        query: query.split_whitespace().collect::<Vec<_>>().join(" "),
        original_records: difference.original.as_ref().map(RoaringBitmap::len),
        translation_records: translated.map(RoaringBitmap::len),
        only_original: translated.and_then(|_| difference.only_original()).map(found),
        only_translation: translated.and_then(|_| difference.only_translation()).map(found),
        translation,
    }
}

impl Measured {
    /// Whether every line could be run in both languages.
    pub(super) fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.original_records.is_some() && line.translation_records.is_some())
    }

    /// Prints what was found odd in the translation.
    pub(super) fn print_diagnostics(&self, quiet: bool) {
        search::print_diagnostics(&self.of_translation, &self.text, quiet);
    }

    /// One row a line, with the ids of the records that differ.
    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&[
            "line",
            "query",
            "translation",
            "original_records",
            "translation_records",
            "only_original",
            "only_translation",
            "ids_only_original",
            "ids_only_translation",
        ]);
        let ids = |found: &Option<Vec<Found>>| {
            found.as_ref().map(|found| found.iter().map(|record| record.id.as_str()).collect::<Vec<_>>().join(" "))
        };
        for line in &self.lines {
            table.push(vec![
                line.label.to_string().into(),
                line.query.as_str().into(),
                line.translation.clone().into(),
                line.original_records.into(),
                line.translation_records.into(),
                line.only_original.as_ref().map(Vec::len).into(),
                line.only_translation.as_ref().map(Vec::len).into(),
                ids(&line.only_original).into(),
                ids(&line.only_translation).into(),
            ]);
        }
        table
    }

    /// The counts of each line, and the records that differ, for a person.
    pub(super) fn in_words(&self) -> String {
        let mut counts = Table::new(&["line", "query", "original", "translation", "only_original", "only_translation"]);
        let mut records = Table::new(&["line", "only_found_by", "record", "title"]);
        for line in &self.lines {
            counts.push(vec![
                line.label.to_string().into(),
                line.query.as_str().into(),
                line.original_records.into(),
                line.translation_records.into(),
                line.only_original.as_ref().map(Vec::len).into(),
                line.only_translation.as_ref().map(Vec::len).into(),
            ]);
            for (by, found) in [("the original", &line.only_original), ("the translation", &line.only_translation)] {
                list(&mut records, line.label, by, found.as_deref().unwrap_or_default());
            }
        }
        let (name, all, n) = (self.platform.name(), self.lines.len(), grouped(self.records as u64));
        let mut out = counts.to_text(WIDEST_QUERY);
        if !records.rows.is_empty() {
            out = format!("{out}\n{}", records.to_text(show::WIDEST));
        }
        format!(
            "{out}\n{} of {all} lines find the same as their translation among {n} records. Both were run here, as refsieve reads them, and not in {name}.\n",
            self.same
        )
    }
}

fn list(table: &mut Table, label: u32, by: &str, found: &[Found]) {
    for (at, record) in (0..).zip(found) {
        let row = |record: Cell, title: Cell| vec![label.to_string().into(), by.into(), record, title];
        if at == MOST_LISTED {
            table.push(row("…".into(), format!("and {} more: --json and --csv list them", found.len() as u64 - MOST_LISTED).into()));
            break;
        }
        table.push(row(record.id.as_str().into(), record.title.clone().into()));
    }
}
