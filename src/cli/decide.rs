//! `refsieve decide`: a sheet of pairs, or of duplicates, that a person filled in, and a file of decisions that it is added to.

use super::args::DecideArguments;
use super::outcome::Outcome;
use super::output::Staged;
use super::{inputs, sheet, show, works};
use crate::dedupe::Decisions;
use crate::dedupe::rules::Verdict;
use crate::error::{Error, ErrorKind, Result};

pub(super) fn run(arguments: &DecideArguments) -> Result<Outcome> {
    let name = arguments.sheet.display().to_string();
    let (rows, first) = sheet::rows(&arguments.sheet, inputs::bytes_of(&arguments.sheet)?)?;
    let mut decisions = if arguments.decisions.exists() { works::decisions(&arguments.decisions)? } else { Decisions::default() };
    let n_before = decisions.len();
    let Some((header, rows)) = rows.split_first() else {
        return Err(Error::new(ErrorKind::Decisions, name, "expected a sheet of pairs, found an empty one; nothing was changed"));
    };
    let column = |wanted: &str| {
        sheet::column(header, wanted).ok_or_else(|| {
            let message = format!(
                "expected a column {wanted:?} (decision, left_key and right_key say what was decided), found none; nothing was changed"
            );
            Error::new(ErrorKind::Decisions, name.clone(), message)
        })
    };
    let [decision, left, right] = sheet::COLUMNS;
    if sheet::columns(header, decision).count() > 1 {
        let message = format!("expected one column {decision:?}, found several; nothing was changed");
        return Err(Error::new(ErrorKind::Decisions, name, message));
    }
    let (decision, left, right) = (column(decision)?, column(left)?, column(right)?);
    // In a list of duplicates the removed record's title has no side.
    let titles = (column("left_title").or_else(|_| column("title")).ok(), column("right_title").ok());
    let mut n_open = 0;
    for (row, number) in rows.iter().zip(first + 1..) {
        let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
        let Some(verdict) = sheet::verdict(cell(decision)) else {
            let found = cell(decision);
            let message =
                format!("row {number}: expected \"same\", \"different\" or nothing as decision, found {found:?}; nothing was changed");
            return Err(Error::new(ErrorKind::Decisions, name, message));
        };
        if verdict == Verdict::Unsure {
            // A row of blanks is none.
            n_open += usize::from(!cell(left).is_empty());
            continue;
        }
        let (Some(left), Some(right)) = (sheet::key(cell(left)), sheet::key(cell(right))) else {
            let message = format!(
                "row {number}: expected keys of sixteen hexadecimal digits, found {:?} and {:?}; nothing was changed",
                cell(left),
                cell(right)
            );
            return Err(Error::new(ErrorKind::Decisions, name, message));
        };
        let title = |at: Option<usize>| at.map_or("", cell);
        let remark = if title(titles.0) == title(titles.1) || title(titles.1).is_empty() {
            title(titles.0).to_owned()
        } else {
            format!("{} / {}", title(titles.0), title(titles.1))
        };
        decisions.insert(&name, left, right, verdict, &remark)?;
    }
    decisions.check(&name)?;
    let mut staged = Staged::beside([]).and([&arguments.sheet]);
    staged.add_over(&arguments.decisions, |out| out.write_all(decisions.to_text().as_bytes()))?;
    staged.commit()?;
    let n_new = decisions.len() - n_before;
    show::print(&format!("{n_new} new decisions, {} in {}; {n_open} pairs left open\n", decisions.len(), arguments.decisions.display()))?;
    Ok(Outcome::Done)
}
