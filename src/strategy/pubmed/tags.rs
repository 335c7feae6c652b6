//! PubMed's field tags: by which names they are written, and what of a record they are about.
//!
//! Goes in: what stands in square brackets. Comes out: a row of [`TAGS`] and its modifiers. The table follows the list of
//! field tags in PubMed's User Guide. What a tag covers is said in the field codes of the tree, which are Ovid's; a tag whose
//! field no export carries is known, and a line with it is not run.

use super::super::typography::plain_lower;
use std::collections::BTreeSet;

/// What a tag says about its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Words in the fields of these codes.
    Words(&'static [&'static str]),
    /// A whole name in the field of this code: publication types, journals.
    Name(&'static [&'static str]),
    /// An author, whose initials PubMed truncates unless the name is quoted.
    Author(&'static str),
    /// A heading; whether only as a major topic.
    Heading { focus: bool },
    /// A qualifier of any heading.
    Subheading,
    /// A date, by the code of its milestone.
    Date(&'static str),
    /// A filter by its name.
    Filter,
    /// A field that no export carries.
    Absent(&'static str),
}

/// One tag.
pub(super) struct Tag {
    /// Its names in lower case, the short one first.
    pub(super) names: &'static [&'static str],
    pub(super) meaning: Meaning,
}

use Meaning::{Absent, Author, Date, Filter, Heading, Name, Subheading, Words};

const fn tag(names: &'static [&'static str], meaning: Meaning) -> Tag {
    Tag { names, meaning }
}

/// Every known tag.
pub(super) const TAGS: &[Tag] = &[
    // Words. PubMed's titles and abstracts include author keywords; its text words, headings and substances.
    tag(&["tiab", "title/abstract", "title abstract", "title and abstract"], Words(&["ti", "ab", "kf"])),
    tag(&["ti", "title"], Words(&["ti"])),
    tag(&["ab", "abstract"], Words(&["ab"])),
    tag(&["tw", "text word", "text words", "textword", "text"], Words(&["mp"])),
    tag(&["all", "all fields", "all field"], Words(&["af"])),
    tag(&["ot", "other term", "other terms", "keyword"], Words(&["kf"])),
    tag(&["tt", "transliterated title"], Words(&["ot"])),
    tag(&["nm", "supplementary concept", "substance name", "substance"], Words(&["nm"])),
    tag(&["rn", "ec/rn number", "registry number"], Name(&["rn"])),
    tag(&["ad", "affiliation"], Words(&["in"])),
    tag(&["gr", "grants and funding", "grant number", "grant"], Words(&["gi", "no"])),
    tag(&["book", "book title"], Words(&["bt"])),
    tag(&["pubn", "publisher"], Words(&["pu"])),
    // Headings.
    tag(&["mh", "mesh", "mesh terms", "mesh term", "mesh heading", "mesh headings"], Heading { focus: false }),
    tag(&["majr", "mesh major topic", "mesh major topics", "major topic"], Heading { focus: true }),
    tag(&["sh", "mesh subheading", "mesh subheadings", "subheading", "subheadings"], Subheading),
    // Whole names.
    tag(&["pt", "publication type", "publication types", "ptyp"], Name(&["pt"])),
    tag(&["la", "lang", "language"], Name(&["la"])),
    tag(&["ta", "jour", "journal", "journal title"], Name(&["jn", "ja"])),
    tag(&["pl", "place of publication"], Name(&["cp"])),
    tag(&["vi", "volume"], Name(&["vo"])),
    tag(&["ip", "issue"], Name(&["ip"])),
    tag(&["pg", "pagination", "page", "first page"], Name(&["pg"])),
    tag(&["is", "issn"], Name(&["is"])),
    tag(&["si", "secondary source id"], Name(&["si"])),
    tag(&["pmid", "uid"], Name(&["pm"])),
    tag(&["aid", "article identifier", "doi", "lid", "location id"], Name(&["do"])),
    tag(&["au", "author", "authors", "auth"], Author("au")),
    tag(&["fau", "full author name", "author - full"], Author("fa")),
    tag(&["1au", "first author name", "first author", "author - first"], Author("pa")),
    tag(&["cn", "corporate author", "author - corporate"], Words(&["au"])),
    // Dates, by the code of the milestone.
    tag(&["dp", "pdat", "date - publication", "publication date", "date of publication", "ppdat"], Date("dp")),
    tag(&["epdat", "date - electronic publication", "electronic publication date"], Date("ep")),
    tag(&["crdt", "date - create", "create date", "date - creation"], Date("dt")),
    tag(&["edat", "date - entrez", "date - entry", "entrez date", "entry date"], Date("ez")),
    tag(&["mhda", "date - mesh", "mesh date"], Date("ed")),
    tag(&["dcom", "date - completion", "completion date"], Date("ed")),
    tag(&["lr", "date - modification", "modification date", "mdat"], Date("rd")),
    // Filters and subsets.
    tag(&["filter"], Filter),
    tag(&["sb", "subset"], Words(&["sb"])),
    // What exports do not carry, or not as a field of its own.
    tag(&["pa", "pharmacological action"], Absent("pharmacological action")),
    tag(&["ps", "personal name as subject", "subject - personal name"], Absent("personal name as subject")),
    tag(&["ir", "investigator", "fir", "full investigator name"], Absent("investigator")),
    tag(&["ed", "editor"], Absent("editor")),
    tag(&["lastau", "last author name", "author - last"], Absent("last author")),
    tag(&["auid", "author identifier", "author - identifier"], Absent("author identifier")),
    tag(&["isbn"], Absent("ISBN")),
    tag(&["cois", "conflict of interest statements"], Absent("conflict of interest statement")),
    tag(&["jid", "nlm unique id"], Absent("NLM's number of the journal")),
    tag(&["own", "owner", "stat", "status"], Absent("status of the record")),
];

/// What stands behind a colon in a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Modifiers {
    /// `:noexp`
    pub(super) no_explosion: bool,
    /// `:~3`: at most so many words between.
    pub(super) between: Option<u32>,
}

/// The meaning of what stands in the brackets of a tag; `None` where no tag has this name, or where it has a modifier that
/// is none.
pub(super) fn read(inside: &str) -> Option<(Meaning, Modifiers)> {
    let text = plain_lower(inside);
    let mut parts = text.split(':').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let tag = TAGS.iter().find(|tag| tag.names.contains(&name))?;
    let mut modifiers = Modifiers::default();
    for part in parts {
        match part.strip_prefix('~') {
            Some(digits) => modifiers.between = Some(digits.trim().parse().ok()?),
            None if matches!(part, "noexp" | "no exp" | "noexplode") => modifiers.no_explosion = true,
            None => return None,
        }
    }
    Some((tag.meaning, modifiers))
}

/// The short name of the tag that searches words in the fields of these codes and no others.
pub(in crate::strategy) fn tag_of(codes: &BTreeSet<&str>) -> Option<&'static str> {
    let is_it = |tag: &&Tag| matches!(tag.meaning, Words(of_tag) if of_tag.iter().copied().collect::<BTreeSet<_>>() == *codes);
    TAGS.iter().find(is_it).and_then(|tag| tag.names.first().copied())
}

/// The short names of the tags that a person may have meant by `unknown`, the likeliest first, at most three: those that
/// differ in fewest letters.
///
/// ```
/// use refsieve::strategy::nearest_tags;
/// assert_eq!(nearest_tags("tibb")[0], "tiab");
/// assert_eq!(nearest_tags("mesh trems")[0], "mh");
/// ```
#[must_use]
pub fn nearest_tags(unknown: &str) -> Vec<&'static str> {
    let unknown = plain_lower(unknown);
    let unknown = unknown.split(':').next().unwrap_or_default().trim();
    let nearest = |tag: &Tag| tag.names.iter().map(|name| edits(name, unknown)).min().unwrap_or(usize::MAX);
    let mut near: Vec<(usize, &'static str)> = TAGS.iter().filter_map(|tag| Some((nearest(tag), *tag.names.first()?))).collect();
    near.retain(|(distance, _)| *distance <= 2.max(unknown.chars().count() / 3));
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How many letters must be added, taken away or changed.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, left) in from.chars().enumerate() {
        let mut diagonal = line;
        row[0] = line + 1;
        for (column, right) in to.iter().enumerate() {
            let changed = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::super::super::field_code;
    use super::*;

    #[test]
    fn names_are_lower_case_and_stand_once_and_codes_are_known() {
        let names: Vec<&str> = TAGS.iter().flat_map(|tag| tag.names).copied().collect();
        for (at, name) in names.iter().enumerate() {
            assert_eq!(plain_lower(name), *name);
            assert!(!names[..at].contains(name), "{name} stands twice");
        }
        for tag in TAGS {
            let codes: &[&str] = match &tag.meaning {
                Words(codes) | Name(codes) => codes,
                Author(code) | Date(code) => &[code],
                _ => &[],
            };
            assert!(codes.iter().all(|code| field_code(code).is_some()), "{:?}", tag.names);
        }
    }

    #[test]
    fn tags_are_read_in_all_their_spellings() {
        let heading = |no_explosion| Some((Heading { focus: false }, Modifiers { no_explosion, between: None }));
        for (inside, expected) in [
            ("MeSH Terms", heading(false)),
            ("mesh:NoExp", heading(true)),
            (" MH : noexp ", heading(true)),
            ("Title/Abstract:~3", Some((Words(&["ti", "ab", "kf"]), Modifiers { no_explosion: false, between: Some(3) }))),
            ("tiab:~x", None),
            ("tiab:foo", None),
            ("zz", None),
        ] {
            assert_eq!(read(inside), expected, "{inside}");
        }
    }
}
