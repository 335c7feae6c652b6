//! `refsieve explain`: a strategy, exports (or an index) and one record in, why each line finds the record or not out.

use super::args::{Common, ExplainArguments};
use super::language::Language;
use super::outcome::Outcome;
use super::progress::Bars;
use super::search::{Corpus, Searched};
use super::{inputs, show, target};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Names;
use crate::record::{Format, Record};
use crate::report::explanation_in_words;
use crate::search::{Explainer, Explanation};
use serde::Serialize;

/// So many records of one name are listed.
const MOST_LISTED: usize = 8;

/// The JSON of an explanation.
#[derive(Serialize)]
struct Json<'a> {
    id: String,
    file: &'a str,
    ordinal: u32,
    title: Option<&'a str>,
    /// Whether the last line finds it; null where that cannot be run.
    found: Option<bool>,
    #[serde(flatten)]
    explanation: &'a Explanation,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

pub(super) fn run(arguments: &ExplainArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    inputs::refuse_standard_input_twice(arguments.input.files.iter().chain([&arguments.strategy]))?;
    let text = inputs::read_text(&arguments.strategy)?;
    let language = Language::new(&arguments.reading)?;
    let corpus = Corpus {
        input: &arguments.input,
        unique: arguments.unique,
        works: &arguments.works,
        target: target::with_provenance(Format::default()),
    };
    let (inputs, index) = corpus.records_and_index(bars)?;
    let (number, record) = the_record(&arguments.record, &inputs.records)?;
    let searched = Searched::new(&arguments.strategy, &text, &index, &language, || corpus.groups(&inputs.records, bars), bars)?;
    let explainer = Explainer::new(&searched.strategy, &index, language.thesaurus(), &searched.settings, bars)?;
    bars.finish();
    inputs.notes.print(common.quiet);
    let explanation = explainer.explain(number, record);
    if arguments.json {
        let json = Json {
            id: record.id(),
            file: &record.source().name,
            ordinal: record.ordinal(),
            title: record.title(),
            found: explanation.lines.last().and_then(|line| line.found),
            explanation: &explanation,
            attribution: searched.attribution(),
        };
        show::print_json(&json)?;
        return Ok(searched.outcome());
    }
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    searched.print_diagnostics(&text, common.quiet);
    let title = record.title().unwrap_or("no title");
    let head = format!("{}  {title}\n{}, record {}\n\n", record.id(), record.source().name, record.ordinal());
    show::print(&(head + &explanation_in_words(&explanation)))?;
    if let Some(attribution) = searched.attribution() {
        show::print(&format!("\n{attribution}\n"))?;
    }
    Ok(searched.outcome())
}

/// The one record that goes by this name: by its id or place where there is one, else by any name.
fn the_record<'r>(name: &str, records: &'r [Record]) -> Result<(u32, &'r Record)> {
    let names = Names::of(records);
    let by_id = names.with_id(name).to_vec();
    let found = if by_id.is_empty() { names.find(name) } else { by_id };
    let place = |record: &Record| format!("{}#{}", record.source().name, record.ordinal());
    let found: Vec<(u32, &Record)> = found.into_iter().filter_map(|number| Some((number, records.get(number as usize)?))).collect();
    let message = match &found[..] {
        [one] => return Ok(*one),
        [] => format!("expected the id, PMID, DOI or accession number of a record, found {name:?}, which none of the records has"),
        several => {
            let places: Vec<String> = several.iter().take(MOST_LISTED).map(|(_, record)| place(record)).collect();
            let more = if several.len() > MOST_LISTED { ", …" } else { "" };
            let n = several.len();
            format!("expected the name of one record, found {name:?}, which {n} records have; say which: {}{more}", places.join(", "))
        }
    };
    Err(Error::new(ErrorKind::Settings, "--record", message))
}
