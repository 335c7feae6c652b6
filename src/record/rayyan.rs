//! The part of a note in which Rayyan exports what people decided.
//!
//! ```text
//! RAYYAN-INCLUSION: {"Kofi"=>"Excluded", "Ana"=>"Included"} | RAYYAN-LABELS: ML, Hospital |
//! RAYYAN-EXCLUSION-REASONS: wrong population,foreign language | USER-NOTES: {"Kofi"=>["check", "second"]}
//! ```
//!
//! (one line; Rayyan help, article 45958666246161). Any of the four parts may be missing. They are told by what they begin
//! with and not by `|`, which notes may hold. Quotes may be doubled (a table read without its quoting), escaped or
//! entities. Labels and reasons name nobody: where one person is named, they are that person's, else nobody's.

use super::{Decision, decision::Verdict};
use std::collections::BTreeMap;
use std::ops::Range;

/// One of the four parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Inclusion,
    Labels,
    Reasons,
    Notes,
}

const PREFIXES: [(&str, Part); 4] = [
    ("RAYYAN-INCLUSION:", Part::Inclusion),
    ("RAYYAN-LABELS:", Part::Labels),
    ("RAYYAN-EXCLUSION-REASONS:", Part::Reasons),
    ("USER-NOTES:", Part::Notes),
];

/// A reason that Rayyan exports among the labels.
const REASON_AMONG_LABELS: &str = "__EXR__";

/// Where the parts stand in `text`, each to the end of what belongs to it.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    parts(text).into_iter().map(|(_, start, content)| start..content.end).collect()
}

/// The parts: which, where its prefix begins, where its content stands.
fn parts(text: &str) -> Vec<(Part, usize, Range<usize>)> {
    let mut starts: Vec<(usize, usize, Part)> = Vec::new();
    for (prefix, part) in PREFIXES {
        for start in memchr::memmem::find_iter(text.as_bytes(), prefix.as_bytes()) {
            let is_word_start = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            let content = &text[start + prefix.len()..];
            // Others have notes of users, too.
            if is_word_start && (part != Part::Notes || content.trim_start().trim_start_matches('\\').starts_with('{')) {
                starts.push((start, start + prefix.len(), part));
            }
        }
    }
    starts.sort_unstable_by_key(|(start, ..)| *start);
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
    let stretches = starts.iter().zip(ends);
    stretches.map(|((start, content, part), end)| (*part, *start, *content..content + content_len(*part, &text[*content..end]))).collect()
}

/// How much of `text` belongs to the part whose content begins it.
fn content_len(part: Part, text: &str) -> usize {
    if matches!(part, Part::Inclusion | Part::Notes)
        && let Some((_, len)) = people(text)
    {
        return len;
    }
    let ends = ["\n", "\r", "<", "[refsieve-"].iter().filter_map(|end| text.find(end));
    let text = &text[..ends.min().unwrap_or(text.len())];
    text.trim_end_matches(|c: char| c.is_whitespace() || "|;,".contains(c)).len()
}

/// The decisions that Rayyan's part of a note holds, by person, in the order they are named; what names nobody comes last.
pub(super) fn parse(text: &str) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    let mut at_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut nobodys = Decision::default();
    for (part, _, content) in parts(text) {
        let content = &text[content];
        match part {
            Part::Labels => append(&mut nobodys, labelled(&list(content))),
            Part::Reasons => nobodys.reasons.extend(list(content)),
            Part::Inclusion | Part::Notes => match people(content) {
                Some((people, _)) => {
                    for (name, values) in people {
                        let at = *at_of.entry(name.clone()).or_insert(decisions.len());
                        if at == decisions.len() {
                            decisions.push(Decision { who: Some(name), ..Decision::default() });
                        }
                        add(&mut decisions[at], part, values);
                    }
                }
                None if content.trim().is_empty() => {}
                None => nobodys.notes.push(content.trim().to_owned()),
            },
        }
    }
    if nobodys != Decision::default() {
        match decisions.as_mut_slice() {
            [only] => append(only, nobodys),
            _ => decisions.push(nobodys),
        }
    }
    if decisions.is_empty() {
        decisions.push(Decision { notes: vec![text.trim().to_owned()], ..Decision::default() });
    }
    decisions
}

fn add(decision: &mut Decision, part: Part, values: Vec<String>) {
    for value in values {
        match Verdict::named(&value).filter(|_| part == Part::Inclusion && decision.verdict.is_none()) {
            Some(verdict) => decision.verdict = Some(verdict),
            None => decision.notes.push(value),
        }
    }
}

fn append(decision: &mut Decision, other: Decision) {
    decision.labels.extend(other.labels);
    decision.reasons.extend(other.reasons);
    decision.notes.extend(other.notes);
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Labels, and the reasons that stand among them.
pub(super) fn labelled(items: &[String]) -> Decision {
    let mut decision = Decision::default();
    for item in items {
        match item.strip_prefix(REASON_AMONG_LABELS) {
            Some(reason) => decision.reasons.push(reason.trim().to_owned()),
            None => decision.labels.push(item.clone()),
        }
    }
    decision
}

/// How the quotes around names look in different exports: opening, closing.
const QUOTES: [(&str, &str); 7] = [
    ("&quot;", "&quot;"),
    ("\\\"\\\"", "\\\"\\\""),
    ("\\\"", "\\\""),
    ("\"\"", "\"\""),
    ("\"", "\""),
    ("\u{201c}", "\u{201d}"),
    ("'", "'"),
];

/// Names, and what stands behind each.
type People = Vec<(String, Vec<String>)>;

/// Reads `{"Kofi"=>"Excluded", "Ana"=>["a", "b"]}`: names with what stands behind each, and the length up to the end of
/// the bracket. `None` where it is not written so.
fn people(text: &str) -> Option<(People, usize)> {
    let mut reader = Reader { text, at: 0, quotes: ("", "") };
    reader.expect("{")?;
    let mut people = Vec::new();
    reader.skip();
    if reader.expect("}").is_some() {
        return Some((people, reader.at));
    }
    reader.quotes = *QUOTES.iter().find(|(open, _)| reader.rest().starts_with(open))?;
    loop {
        let name = reader.string()?;
        reader.expect("=>").or_else(|| reader.expect("=&gt;")).or_else(|| reader.expect(":"))?;
        let mut values = Vec::new();
        if reader.expect("[").is_some() {
            while reader.expect("]").is_none() {
                values.push(reader.string()?);
                let _ = reader.expect(",");
            }
        } else {
            values.push(reader.string()?);
        }
        people.push((name, values));
        if reader.expect(",").is_none() {
            reader.expect("}")?;
            return Some((people, reader.at));
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    quotes: (&'static str, &'static str),
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Goes behind `token`, blanks and a backslash (of BibTeX) before it aside, if it comes next.
    fn expect(&mut self, token: &str) -> Option<()> {
        let rest = self.rest().trim_start();
        let rest = rest.strip_prefix('\\').filter(|rest| token.len() == 1 && rest.starts_with(token)).unwrap_or(rest);
        self.at = self.text.len() - rest.strip_prefix(token)?.len();
        Some(())
    }

    /// The string that comes next. Quotes inside of it that are not escaped do not end it, unless they look so.
    fn string(&mut self) -> Option<String> {
        self.skip();
        let (open, close) = self.quotes;
        let start = self.at + self.rest().strip_prefix(open).map(|_| open.len())?;
        for (end, _) in self.text[start..].match_indices(close) {
            let end = start + end;
            let backslashes = self.text[start..end].bytes().rev().take_while(|byte| *byte == b'\\').count();
            let behind = self.text[end + close.len()..].trim_start().trim_start_matches('\\');
            let ends = behind.is_empty() || behind.starts_with(['=', ',', ']', '}', ':']);
            if ends && backslashes % 2 == 0 {
                self.at = end + close.len();
                return Some(unescaped(&self.text[start..end]));
            }
        }
        None
    }
}

/// Without the escapes of the program's language and, where quotes were entities, of HTML.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let digits: String = characters.clone().take(4).collect();
                match u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4).and_then(char::from_u32) {
                    Some(decoded) => {
                        out.push(decoded);
                        characters.nth(3);
                    }
                    None => out.push_str("\\u"),
                }
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    if out.contains('&') {
        for (entity, plain) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")] {
            out = out.replace(entity, plain);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(who: &str, verdict: Option<Verdict>, labels: &[&str], reasons: &[&str], notes: &[&str]) -> Decision {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let who = (!who.is_empty()).then(|| who.to_owned());
        Decision { who, verdict, labels: owned(labels), reasons: owned(reasons), notes: owned(notes) }
    }

    #[test]
    fn parts_are_told_by_their_beginnings() {
        let kofi = |notes: &[&str]| decision("Kofi", Some(Verdict::Excluded), &[], &[], notes);
        for (input, expected) in [
            (r#"RAYYAN-INCLUSION: {"Kofi"=>"Excluded"}"#, vec![kofi(&[])]),
            (r#" RAYYAN-INCLUSION: { "Kofi" => "Excluded" }"#, vec![kofi(&[])]),
            (r#"RAYYAN-INCLUSION: {""Kofi""=>""Excluded""}"#, vec![kofi(&[])]),
            (r#"RAYYAN-INCLUSION: {\"Kofi\"=>\"Excluded\"}"#, vec![kofi(&[])]),
            (r#"RAYYAN-INCLUSION: \{"Kofi"=>"Excluded"\}"#, vec![kofi(&[])]),
            ("RAYYAN-INCLUSION: {&quot;Kofi&quot;=&gt;&quot;Excluded&quot;}", vec![kofi(&[])]),
            ("RAYYAN-INCLUSION: {“Kofi”=>“Excluded”}", vec![kofi(&[])]),
            (r#"RAYYAN-INCLUSION: {"Kofi":"Excluded"}"#, vec![kofi(&[])]),
            (
                r#"RAYYAN-INCLUSION: {"Kofi"=>"Excluded", "Ana"=>"Included", "ルミ"=>"Maybe"} | RAYYAN-LABELS: ML, Hospital | RAYYAN-EXCLUSION-REASONS: wrong population,foreign language | USER-NOTES: {"Kofi"=>["check | {this}", "se\"co\"nd\n\u00e9"]}"#,
                vec![
                    kofi(&["check | {this}", "se\"co\"nd\né"]),
                    decision("Ana", Some(Verdict::Included), &[], &[], &[]),
                    decision("ルミ", Some(Verdict::Maybe), &[], &[], &[]),
                    decision("", None, &["ML", "Hospital"], &["wrong population", "foreign language"], &[]),
                ],
            ),
            (
                r#"RAYYAN-INCLUSION: {"Kofi"=>"Excluded"} | RAYYAN-LABELS: ML,__EXR__no data"#,
                vec![decision("Kofi", Some(Verdict::Excluded), &["ML"], &["no data"], &[])],
            ),
            ("RAYYAN-LABELS: ML", vec![decision("", None, &["ML"], &[], &[])]),
            (
                r#"USER-NOTES: {"A"=>["say "yes" now"], "B"=>[]}"#,
                vec![decision("A", None, &[], &[], &["say \"yes\" now"]), decision("B", None, &[], &[], &[])],
            ),
            (r#"RAYYAN-INCLUSION: {"Kofi"=>"Conflict"}"#, vec![decision("Kofi", None, &[], &[], &["Conflict"])]),
            (r#"RAYYAN-INCLUSION: {"Kofi"=>"Exc"#, vec![decision("", None, &[], &[], &[r#"{"Kofi"=>"Exc"#])]),
            ("RAYYAN-INCLUSION: {}", vec![decision("", None, &[], &[], &["RAYYAN-INCLUSION: {}"])]),
        ] {
            assert_eq!(parse(input), expected, "{input}");
        }
    }

    #[test]
    fn parts_end_where_other_text_begins() {
        for (input, expected) in [
            (r#"x RAYYAN-INCLUSION: {"K"=>"Maybe"} more"#, vec![r#"RAYYAN-INCLUSION: {"K"=>"Maybe"}"#]),
            ("RAYYAN-LABELS: a, b | \nmore", vec!["RAYYAN-LABELS: a, b"]),
            ("RAYYAN-LABELS: a [refsieve-origin: id=1]", vec!["RAYYAN-LABELS: a"]),
            ("USER-NOTES: none of Rayyan's", vec![]),
            ("X-RAYYAN-LABELS: a", vec![]),
        ] {
            let found: Vec<&str> = find(input).into_iter().map(|range| &input[range]).collect();
            assert_eq!(found, expected, "{input}");
        }
    }
}
