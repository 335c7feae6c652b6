//! The page of one run: self-contained HTML, pictures as SVG, one short script of its own to sort and filter, nothing loaded
//! from anywhere.

use super::summary::{LineRow, Summary};
use super::table::grouped;
use std::fmt::Write as _;

/// Pixels a cell of the overlap picture.
const CELL: usize = 58;
/// Pixels for the sources' names to the left of the picture and above it.
const MARGIN: usize = 150;
/// Longest name shown beside the picture, in characters.
const LONGEST_NAME: usize = 22;

const STYLE: &str = "\
:root{--ink:#1d2733;--soft:#5b6b7b;--line:#d9e0e7;--paper:#fff;--wash:#f4f7fa;--blue:#1f6feb;--bar:#8db8f7}\
@media(prefers-color-scheme:dark){:root{--ink:#e4eaf0;--soft:#9aa9b8;--line:#33404d;--paper:#151b22;--wash:#1d252e;--blue:#6ea8fe;--bar:#2f5fa8}}\
*{box-sizing:border-box}body{margin:0 auto;max-width:70rem;padding:2rem 1.5rem 4rem;color:var(--ink);background:var(--paper);\
font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.6rem 0 .6rem}p{margin:.4rem 0}.soft{color:var(--soft)}\
.flow{display:flex;flex-wrap:wrap;gap:1rem;margin:1.4rem 0}.flow div{background:var(--wash);border:1px solid var(--line);border-radius:8px;\
padding:.8rem 1.1rem;min-width:9rem}.flow b{display:block;font-size:1.7rem;line-height:1.2}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);\
vertical-align:top}th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
tfoot td{font-weight:600}code{font:.86em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}\
.bar{width:30%;min-width:7rem}.bar i{display:block;height:.85rem;margin-top:.25rem;background:var(--bar);border-radius:2px}\
svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .cell{fill:var(--blue)}svg .none{fill:var(--wash)}\
details{margin:.3rem 0}summary{cursor:pointer;color:var(--soft)}.record{border-left:3px solid var(--line);margin:.5rem 0;padding:.1rem .8rem}\
.record p{margin:.15rem 0}mark{background:#ffe58a;color:#1d2733;border-radius:2px}#lines th{cursor:pointer}\
input[type=search]{font:inherit;padding:.3rem .6rem;width:22rem;max-width:100%}\
.cannot{color:#b42318}@media(prefers-color-scheme:dark){.cannot{color:#ff8a7a}}";

/// Sorts the lines by a column whose name is clicked, and hides lines and records without the text that is typed.
const SCRIPT: &str = "\
(function(){var t=document.getElementById('lines'),f=document.getElementById('filter'),d=1,l=-1;\
function v(b,i){var s=b.rows[0].cells[i].textContent.trim(),n=s.replace(/[^0-9]/g,'');return /^[0-9][0-9\\s,.\\u2009\\u00a0]*$/.test(s)?+n:s.toLowerCase()}\
[].forEach.call(t.tHead.rows[0].cells,function(h,i){h.onclick=function(){d=i===l?-d:1;l=i;\
[].slice.call(t.tBodies).sort(function(a,b){var x=v(a,i),y=v(b,i);return(x<y?-1:x>y?1:0)*d}).forEach(function(b){t.appendChild(b)})}});\
f.oninput=function(){var q=f.value.toLowerCase();[].forEach.call(t.tBodies,function(b){var any=b.querySelector('code').textContent.toLowerCase().indexOf(q)>=0,hit=false;\
[].forEach.call(b.querySelectorAll('.record'),function(r){var m=any||r.textContent.toLowerCase().indexOf(q)>=0;r.hidden=!m;hit=hit||m});b.hidden=!(any||hit)})}})()";

/// The page for `summary`. Everything that came from a file is escaped.
#[must_use]
pub fn page(summary: &Summary) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>refsieve report</title><style>{STYLE}</style></head>\n<body>\n<h1>Report of a refsieve run</h1>\n\
         <p class=\"soft\">Made by {} on this machine; no record left it.</p>\n",
        escape(&summary.program)
    );
    flow(&mut out, summary);
    sources(&mut out, summary);
    overlap(&mut out, summary);
    lines(&mut out, summary);
    diagnostics(&mut out, summary);
    if let Some(attribution) = summary.attribution {
        let _ = writeln!(out, "<p class=\"soft\">Headings were exploded with {}.</p>", escape(attribution));
    }
    out.push_str("</body></html>\n");
    out
}

fn flow(out: &mut String, summary: &Summary) {
    out.push_str("<div class=\"flow\">");
    let last = summary.lines.last().map(|line| (line.count, format!("found by line {}", line.label)));
    let boxes = [
        (Some(summary.read), "records read".to_owned()),
        (Some(summary.removed), "duplicates removed".to_owned()),
        (Some(summary.unique), "unique records".to_owned()),
        (Some(summary.unsure), "pairs to look at".to_owned()),
    ];
    for (count, words) in boxes.into_iter().chain(last) {
        let shown = count.map_or_else(|| "–".to_owned(), grouped);
        let _ = write!(out, "<div><b>{shown}</b>{}</div>", escape(&words));
    }
    out.push_str("</div>\n");
}

fn sources(out: &mut String, summary: &Summary) {
    out.push_str(
        "<h2>Sources</h2>\n<div class=\"wide\"><table><thead><tr><th>File</th><th>Database</th><th>Format</th><th>Encoding</th>\
         <th class=\"n\">Records</th><th class=\"n\">Unique</th><th class=\"n\">Removed</th><th class=\"n\">Only here</th></tr></thead><tbody>\n",
    );
    for row in &summary.sources {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            escape(&row.path),
            row.database.unwrap_or("not told"),
            row.format,
            row.encoding,
            grouped(row.records),
            grouped(row.unique),
            grouped(row.removed),
            grouped(row.only_here)
        );
    }
    let only_here = summary.sources.iter().map(|row| row.only_here).sum();
    let _ = writeln!(
        out,
        "</tbody><tfoot><tr><td colspan=\"4\">Total</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr></tfoot></table></div>",
        grouped(summary.read),
        grouped(summary.unique),
        grouped(summary.removed),
        grouped(only_here)
    );
    out.push_str("<p class=\"soft\">Read = unique + removed. “Only here” counts the works that no other source has.</p>\n");
    if !summary.skipped.is_empty() {
        let names: Vec<String> = summary.skipped.iter().map(|path| escape(path)).collect();
        let _ = writeln!(out, "<p class=\"soft\">Skipped, since they are no exports: {}.</p>", names.join(", "));
    }
}

fn overlap(out: &mut String, summary: &Summary) {
    let n_sources = summary.sources.len();
    if n_sources < 2 {
        return;
    }
    let most = (0..n_sources).flat_map(|row| (0..n_sources).filter(move |column| *column != row).map(move |column| (row, column)));
    let most = most.filter_map(|(row, column)| summary.overlap.get(row)?.get(column)).copied().max().unwrap_or(0).max(1);
    let (width, height) = (MARGIN + n_sources * CELL + 10, MARGIN + n_sources * CELL + 10);
    out.push_str("<h2>Duplicates between sources</h2>\n<p class=\"soft\">Works that both sources have; on the diagonal, all works of the source.</p>\n<div class=\"wide\">");
    let _ = writeln!(
        out,
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"works shared by each pair of sources\">"
    );
    for (row, source) in summary.sources.iter().enumerate() {
        let middle = MARGIN + row * CELL + CELL / 2;
        let name = escape(&short_name(source.database.unwrap_or(&source.path)));
        let _ = writeln!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{name}</text>", MARGIN - 8, middle + 4);
        let _ = writeln!(out, "<text transform=\"translate({},{}) rotate(-45)\">{name}</text>", middle - 4, MARGIN - 8);
        for (column, shared) in summary.overlap.get(row).into_iter().flatten().enumerate() {
            let (x, y) = (MARGIN + column * CELL, MARGIN + row * CELL);
            let (class, opacity) =
                if row == column || *shared == 0 { ("none", 1.0) } else { ("cell", 0.15 + 0.6 * (*shared as f64 / most as f64)) };
            let _ = writeln!(
                out,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{0}\" height=\"{0}\" rx=\"4\" fill-opacity=\"{opacity:.2}\"><title>{1} and {2}: {shared}</title></rect>\
                 <text x=\"{3}\" y=\"{4}\" text-anchor=\"middle\">{5}</text>",
                CELL - 3,
                escape(&source.path),
                escape(summary.sources.get(column).map_or("", |source| &source.path)),
                x + CELL / 2 - 1,
                y + CELL / 2 + 4,
                grouped(*shared)
            );
        }
    }
    out.push_str("</svg></div>\n");
}

fn lines(out: &mut String, summary: &Summary) {
    let Some(strategy) = &summary.strategy else { return };
    let most = summary.lines.iter().filter_map(|line| line.count).max().unwrap_or(0).max(1);
    let is_published = summary.lines.iter().any(|line| line.published.is_some());
    let _ = writeln!(
        out,
        "<h2>Strategy</h2>\n<p class=\"soft\">{} on the unique records. A click on a line shows records that it finds, with the words marked; \
         a click on a column’s name sorts by it.</p>\n<p><input id=\"filter\" type=\"search\" placeholder=\"Filter lines and records\" aria-label=\"Filter lines and records\"></p>\n\
         <div class=\"wide\"><table id=\"lines\"><thead><tr><th class=\"n\">Line</th><th>Query</th><th class=\"n\">Records</th>{}<th class=\"bar\"></th></tr></thead>",
        escape(strategy),
        if is_published { "<th class=\"n\">Published</th>" } else { "" }
    );
    for line in &summary.lines {
        let (count, share) = match line.count {
            Some(count) => (grouped(count), 100.0 * count as f64 / most as f64),
            None => ("<span class=\"cannot\">cannot be run</span>".to_owned(), 0.0),
        };
        let published = match (is_published, line.published) {
            (true, published) => format!("<td class=\"n\">{}</td>", published.map_or_else(String::new, grouped)),
            (false, _) => String::new(),
        };
        let _ = write!(out, "<tbody><tr><td class=\"n\">{}</td><td><code>{}</code>", escape(&line.label), escape(&line.query));
        records(out, line);
        let _ = writeln!(
            out,
            "</td><td class=\"n\">{count}</td>{published}<td class=\"bar\"><i style=\"width:{share:.1}%\"></i></td></tr></tbody>"
        );
    }
    out.push_str("</table></div>\n");
    let _ = writeln!(out, "<script>{SCRIPT}</script>");
}

/// The records of a line that are shown, folded away.
fn records(out: &mut String, line: &LineRow) {
    if line.shown.is_empty() {
        return;
    }
    let more = match line.count.map(|count| count.saturating_sub(line.shown.len() as u64)) {
        Some(more) if more > 0 => format!(" of {}", grouped(more + line.shown.len() as u64)),
        _ => String::new(),
    };
    let _ = write!(out, "<details><summary>{}{more} records</summary>", line.shown.len());
    for record in &line.shown {
        let _ = write!(out, "<div class=\"record\"><span class=\"soft\">{}</span>", escape(&record.id));
        for text in &record.texts {
            let _ = write!(out, "<p><span class=\"soft\">{}</span> ", escape(text.field));
            for (piece, is_marked) in text.pieces() {
                if is_marked {
                    let _ = write!(out, "<mark>{}</mark>", escape(piece));
                } else {
                    out.push_str(&escape(piece));
                }
            }
            out.push_str("</p>");
        }
        out.push_str("</div>");
    }
    out.push_str("</details>");
}

fn diagnostics(out: &mut String, summary: &Summary) {
    if summary.diagnostics.is_empty() {
        return;
    }
    out.push_str(
        "<h2>What was found odd</h2>\n<div class=\"wide\"><table><thead><tr><th>Place</th><th>Code</th><th>What</th></tr></thead><tbody>\n",
    );
    for diagnostic in &summary.diagnostics {
        let place = if diagnostic.line > 0 { format!("{}:{}", diagnostic.file, diagnostic.line) } else { diagnostic.file.to_string() };
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&place),
            diagnostic.code.name(),
            escape(&diagnostic.message())
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn short_name(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.chars().count() <= LONGEST_NAME { name.to_owned() } else { name.chars().take(LONGEST_NAME - 1).chain(['…']).collect() }
}

fn escape(text: &str) -> String {
    html_escape::encode_text(text).into_owned()
}
