//! `refsieve codes`: the list of everything that refsieve can find odd; with a code, the page about it.

use super::args::CodesArguments;
use super::outcome::Outcome;
use super::show;
use crate::diagnostic::{Code, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::report::Table;
use std::fmt::Write as _;

pub(super) fn run(arguments: &CodesArguments) -> Result<Outcome> {
    let codes: Vec<Code> = match &arguments.code {
        None => Code::ALL.to_vec(),
        Some(name) => vec![named(name)?],
    };
    if let ([code], true, false) = (codes.as_slice(), arguments.code.is_some(), arguments.format.json || arguments.format.csv) {
        show::print(&page(*code))?;
    } else {
        show::print_table(&table(&codes), arguments.format)?;
    }
    Ok(Outcome::Done)
}

fn named(name: &str) -> Result<Code> {
    let wanted = name.trim().to_ascii_lowercase();
    Code::ALL
        .iter()
        .copied()
        .find(|code| code.name() == wanted)
        .ok_or_else(|| Error::new(ErrorKind::Settings, name, "expected one of the codes that `refsieve codes` lists, found another word"))
}

fn table(codes: &[Code]) -> Table {
    let mut table = Table::new(&["code", "severity", "expected", "done", "why", "repair"]);
    for code in codes {
        let advice = code.advice();
        table.push(vec![
            code.name().into(),
            severity(*code).into(),
            code.expected().into(),
            code.done().into(),
            advice.map_or("", |advice| advice.why).into(),
            advice.map_or("", |advice| advice.repair).into(),
        ]);
    }
    table
}

fn page(code: Code) -> String {
    let mut page = format!("{} ({})\n\nexpected: {}\ndone:     {}\n", code.name(), severity(code), code.expected(), code.done());
    if let Some(advice) = code.advice() {
        let _ = writeln!(page, "why:      {}\nrepair:   {}", advice.why, advice.repair);
    }
    if let Some(advice) = code.advice_for_pubmed().filter(|_| code.advice_for_pubmed() != code.advice()) {
        let _ = writeln!(page, "in a strategy of PubMed:\n  why:    {}\n  repair: {}", advice.why, advice.repair);
    }
    page
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
