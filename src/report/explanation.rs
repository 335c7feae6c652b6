//! Why a record is found or not, for a person.

use crate::search::{ExplainedLine, Explanation, Loss, LossKind, Reason};

/// The lines one after the other, each with its reasons below it; then what loses the record.
#[must_use]
pub fn explanation_in_words(explanation: &Explanation) -> String {
    let mut out: Vec<String> = Vec::new();
    let widest = explanation.lines.iter().map(|line| line.label.to_string().len()).max().unwrap_or(1);
    for line in &explanation.lines {
        let found = match line.found {
            Some(true) => "yes",
            Some(false) => "no ",
            None => "-  ",
        };
        out.push(format!("{:>widest$}  {found}  {}", line.label, on_one_line(&line.query)));
        out.extend(reasons_of_line(line).iter().map(|reason| format!("{:widest$}       {reason}", "")));
    }
    let end = match explanation.lines.last().map(|line| line.found) {
        Some(Some(true)) => "The last line finds it.",
        Some(Some(false)) => "The last line does not find it. It is lost by",
        Some(None) => "The last line cannot be run.",
        None => "There is no line.",
    };
    out.extend([String::new(), end.to_owned()]);
    for loss in &explanation.losses {
        out.push(format!("  line {}: {}", loss.label, on_one_line(&loss.part)));
        out.extend(way(loss).map(|way| format!("    {way}")));
        let is_itself = |reason: &Reason| reason.label == loss.label && loss.because.len() == 1;
        let shown = |reason: &Reason| {
            if is_itself(reason) {
                format!("    {}", reason.why)
            } else {
                format!("    {:>widest$}  {}: {}", reason.label, on_one_line(&reason.part), reason.why)
            }
        };
        out.extend(loss.because.iter().map(shown));
    }
    out.join("\n") + "\n"
}

/// The reasons of a line; with the part of the line each is about where there are several. Those that are about nothing but
/// another line stand together.
fn reasons_of_line(line: &ExplainedLine) -> Vec<String> {
    let is_number = |reason: &&Reason| reason.part.bytes().all(|byte| byte.is_ascii_digit());
    let (numbers, others): (Vec<&Reason>, Vec<&Reason>) = line.because.iter().partition(is_number);
    let numbers = numbers.iter().map(|reason| reason.why.as_str()).collect::<Vec<_>>().join("; ");
    let is_alone = line.because.len() == 1;
    let shown = |reason: &&Reason| if is_alone { reason.why.clone() } else { format!("{}: {}", on_one_line(&reason.part), reason.why) };
    let numbers = (!numbers.is_empty()).then_some(numbers);
    numbers.into_iter().chain(others.iter().map(shown)).collect()
}

fn way(loss: &Loss) -> Option<&'static str> {
    match loss.kind {
        LossKind::NotFound | LossKind::Limited => None,
        LossKind::Excluded => Some("finds it, and not takes it out:"),
        LossKind::Duplicate => Some("takes it for a duplicate"),
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
