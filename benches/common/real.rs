//! Real exports as one input of about 60 MB, where the folder that has them is at hand.

use std::fs;
use std::path::Path;

/// How large an input is made, in bytes.
const SIZE: usize = 60_000_000;

/// The real exports of `format`, as the manifest calls it, joined and repeated to about [`SIZE`].
pub fn joined(fixtures: &Path, format: &str) -> Vec<u8> {
    let mut once = Vec::new();
    for bytes in files(fixtures, |row| row == format) {
        once.extend_from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        once.extend_from_slice(b"\n\n");
    }
    once.repeat(SIZE.div_ceil(once.len()))
}

/// The records of the real EndNote XML exports in one document, repeated to about [`SIZE`].
pub fn one_document(fixtures: &Path) -> Vec<u8> {
    let mut records = Vec::new();
    for bytes in files(fixtures, |row| row == "endnote-xml") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let (Some(start), Some(end)) = (text.find("<record>"), text.rfind("</record>")) {
            records.extend_from_slice(&text.as_bytes()[start..end + "</record>".len()]);
        }
    }
    [&b"<xml><records>"[..], &records.repeat(SIZE.div_ceil(records.len())), b"</records></xml>"].concat()
}

/// The largest real table whose format begins with `format`, its rows repeated to about [`SIZE`].
pub fn largest(fixtures: &Path, format: &str) -> Vec<u8> {
    let bytes = files(fixtures, |row| row.starts_with(format)).into_iter().max_by_key(Vec::len).unwrap();
    let header_end = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let (header, rows) = bytes.split_at(header_end);
    let mut rows = rows.to_vec();
    if !rows.ends_with(b"\n") {
        rows.push(b'\n');
    }
    [header, &rows.repeat(SIZE.div_ceil(rows.len()))].concat()
}

fn files(fixtures: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let manifest = fs::read_to_string(fixtures.join("MANIFEST.tsv")).unwrap();
    let rows = manifest.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.filter(|row| is_wanted(row[1])).map(|row| fs::read(fixtures.join(row[0])).unwrap()).collect()
}
