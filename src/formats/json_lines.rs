//! refsieve's own JSON Lines: one object a line, which holds everything that a record says.
//!
//! ```json
//! {"refsieve":1,"id":"31234567","format":"nbib",
//!  "origin":{"file":"medline.nbib","database":"Medline","dialect":"PubMed","encoding":"UTF-8","ordinal":12,"lines":[220,245]},
//!  "entries":[{"tag":"PMID","field":"pmid","value":"31234567"},{"tag":"TI","field":"title","value":"A title"}],
//!  "typed":{"kind":"Article","title":"A title","year":2019,"doi":null,"pmid":31234567}}
//! ```
//!
//! (On one line.) `entries` are the record: every tag as the export wrote it, what its value is about
//! ([`Field::name`](crate::record::Field::name)), and the value, in order. `format` is the format it was first read from,
//! so that its tags keep their meaning. `origin` and `typed` are for other programs: they follow from the file and from the
//! entries, and are not read back; where a record came from is in its entries where it is to travel on (field
//! `provenance`). Keys that are not known are passed over. A line that is no such object costs itself only.

use super::origin::Origin;
use super::{Content, OutsideText, lines};
use crate::diagnostic::{Code, Span};
use crate::record::{Dialect, Field, Format, RecordBuilder, Source};
use serde::Deserialize;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Which version of the object is written and read.
pub(super) const VERSION: u32 = 1;

/// Whether a text that begins with `start` is in this format.
pub(super) fn is(start: &str) -> bool {
    let first_line = lines::lines(start, 0, start.len()).next().map_or("", |line| line.text);
    first_line.starts_with('{') && first_line.contains("\"refsieve\"") && first_line.contains("\"entries\"")
}

/// Which database and program the export `text` comes from.
pub(super) fn origin(_text: &str) -> Origin {
    Origin { dialect: Dialect::Refsieve, ..Origin::default() }
}

#[derive(Deserialize)]
struct Object<'a> {
    refsieve: u32,
    #[serde(borrow, default)]
    format: Cow<'a, str>,
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    tag: Cow<'a, str>,
    #[serde(borrow, default)]
    field: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

/// The records of the stretch `range` of `source`; lines and ordinals count from its start.
pub(super) fn read(source: &Arc<Source>, range: Range<usize>) -> Content {
    let mut content = Content::default();
    let mut builder = RecordBuilder::default();
    for line in lines::lines(&source.text, range.start, range.end).filter(|line| !line.is_blank()) {
        let object = match serde_json::from_str::<Object<'_>>(line.text) {
            Ok(object) if object.refsieve <= VERSION && !object.entries.is_empty() => object,
            other => {
                let found = match other {
                    Ok(object) if object.entries.is_empty() => "an object without entries".to_owned(),
                    Ok(object) => format!("an object of version {}", object.refsieve),
                    Err(error) => format!("{} ({error})", super::quoted(line.text)),
                };
                content.tally.add(Code::BrokenObject, line.number, Span::new(0, line.text.len()), || found);
                content.outside.push(OutsideText { line: line.number, range: line.start..line.end() });
                continue;
            }
        };
        for entry in &object.entries {
            let field = Field::named(&entry.field).unwrap_or_else(|| {
                let found = || format!("the field {:?}", entry.field);
                content.tally.add(Code::UnknownTag, line.number, Span::default(), found);
                Field::Other
            });
            push(&mut builder, source, entry, field);
        }
        let ordinal = u32::try_from(content.records.len() + 1).unwrap_or(u32::MAX);
        let mut record = builder.finish(source, line.start..line.end(), (line.number, line.number), ordinal);
        // Its tags mean what they meant in the format they come from.
        if let Some(format) = Format::ALL.iter().find(|format| format.id() == object.format) {
            record.set_format(*format);
        }
        content.records.push(record);
    }
    content
}

/// Adds an entry; texts without escapes stay ranges of the source.
fn push(builder: &mut RecordBuilder, source: &Arc<Source>, entry: &Entry<'_>, field: Field) {
    let range = |text: &Cow<'_, str>| match text {
        Cow::Borrowed(text) => Some(text.as_ptr() as usize - source.text.as_ptr() as usize).map(|start| start..start + text.len()),
        Cow::Owned(_) => None,
    };
    match (range(&entry.tag), range(&entry.value)) {
        (Some(tag), Some(value)) if !entry.tag.is_empty() => builder.push_range(tag, field, value),
        (Some(tag), None) if !entry.tag.is_empty() => builder.push_value(tag, field, &entry.value),
        _ => builder.push_text(&entry.tag, field, &entry.value),
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Format;

    fn read(text: &str) -> crate::formats::Parsed {
        crate::formats::read("a.jsonl", text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_broken_line_costs_itself_only() {
        let text = "{\"refsieve\":1,\"format\":\"nbib\",\"entries\":[{\"tag\":\"PMID\",\"field\":\"pmid\",\"value\":\"7\"},\
                    {\"tag\":\"TI\",\"field\":\"title\",\"value\":\"A \\\"quoted\\\" title\"}]}\n{\"refsieve\":1,\"entries\":[{\n\n\
                    {\"refsieve\":2,\"entries\":[{\"value\":\"x\"}]}\n{\"refsieve\":1,\"entries\":[]}\n\
                    {\"refsieve\":1,\"more\":[],\"entries\":[{\"tag\":\"X\",\"field\":\"nowhere\",\"value\":\"y\"}]}\n";
        let parsed = read(text);
        let records: Vec<_> = parsed.records.iter().map(|record| (record.id(), record.format(), record.lines())).collect();
        assert_eq!(records, [("7".to_owned(), Format::Medline, (1, 1)), ("a.jsonl#2".to_owned(), Format::JsonLines, (6, 6))]);
        assert_eq!(parsed.records[0].title(), Some("A \"quoted\" title"));
        let outside: Vec<_> = parsed.outside.iter().map(|outside| outside.line).collect();
        assert_eq!(outside, [2, 4, 5]);
        let codes: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| (diagnostic.line, diagnostic.code.name())).collect();
        assert_eq!(codes, [(2, "broken-object"), (4, "broken-object"), (5, "broken-object"), (6, "unknown-tag")]);
    }
}
