//! The slow, obvious twin of the search: it scans all records for every line and has no index.
//!
//! Its own tokenizer, wildcards, distances and readings of headings are written from the rules and share nothing with
//! src/index and src/search but the folding of characters, the table of field codes and the thesaurus.

use refsieve::record::{Field, Heading, Record, qualifier};
use refsieve::strategy::{
    CodeKind, Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Pattern, PatternPart, Strategy, Text, TextLeaf,
    field_code, group_headings,
};
use refsieve::text::{Folded, fold_into, greek_name, is_word_char, plain};
use refsieve::thesaurus::Thesaurus;
use std::collections::BTreeSet;

type Numbers = BTreeSet<u32>;

/// The records each line finds; `None` for a line that cannot be run.
pub(crate) fn run(strategy: &Strategy, records: &[Record], thesaurus: &Thesaurus) -> Vec<Option<Numbers>> {
    let records: Vec<Read> = records.iter().map(Read::of).collect();
    let mut done: Vec<Option<Numbers>> = Vec::new();
    for at in 0..strategy.lines.len() {
        let hits = strategy.lines[at].tree.as_ref().and_then(|tree| set(tree, at, strategy, &done, &records, thesaurus));
        done.push(hits);
    }
    done
}

/// A record as the twin reads it.
struct Read {
    /// Field and entry, lists taken apart.
    entries: Vec<(Field, String)>,
    headings: Vec<Assigned>,
    year: Option<u16>,
    /// The date of publication, of eight digits.
    published: Option<u32>,
}

struct Assigned {
    descriptor: String,
    major: bool,
    qualifiers: Vec<String>,
}

impl Read {
    fn of(record: &Record) -> Self {
        let mut entries = Vec::new();
        let mut headings = Vec::new();
        for entry in record.entries() {
            use Field::*;
            let value = plain(entry.value).into_owned();
            let is_list = matches!(
                entry.field,
                Author
                    | FullAuthor
                    | Editor
                    | CorporateAuthor
                    | SerialNumber
                    | Keyword
                    | AuthorKeyword
                    | Heading
                    | Substance
                    | Language
                    | PublicationType
                    | RegistryNumber
            );
            let parts: Vec<&str> = if is_list { value.split([';', '\n', '\r']).collect() } else { vec![&value] };
            for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
                entries.push((entry.field, part.to_owned()));
                if matches!(entry.field, Heading | Keyword) {
                    headings.extend(assigned(part, entry.field));
                }
            }
        }
        Read {
            entries,
            headings,
            year: record.date().map(|date| date.year),
            published: record.date().map(refsieve::record::PartialDate::number),
        }
    }

    fn of_fields<'a>(&'a self, fields: &'a [Field]) -> impl Iterator<Item = &'a (Field, String)> {
        self.entries.iter().filter(|(field, _)| fields.contains(field))
    }
}

fn assigned(entry: &str, field: Field) -> Option<Assigned> {
    let heading = Heading::parse(entry)?;
    let codes: Vec<Option<&str>> = heading.qualifiers.iter().map(|written| qualifier::code(written.name)).collect();
    if field == Field::Keyword && codes.contains(&None) {
        return Some(Assigned { descriptor: folded(entry), major: false, qualifiers: Vec::new() });
    }
    let qualifiers = heading.qualifiers.iter().zip(codes).map(|(written, code)| code.map_or_else(|| folded(written.name), str::to_owned));
    Some(Assigned { descriptor: folded(heading.descriptor), major: heading.major, qualifiers: qualifiers.collect() })
}

fn folded(text: &str) -> String {
    Folded::words(text).as_str().to_owned()
}

fn set(expr: &Expr, at: usize, strategy: &Strategy, done: &[Option<Numbers>], records: &[Read], thesaurus: &Thesaurus) -> Option<Numbers> {
    let sub = |expr: &Expr| set(expr, at, strategy, done, records, thesaurus);
    let line = |label: u32| {
        let above: Vec<usize> = (0..at).filter(|above| strategy.lines[*above].label == label).collect();
        if let [only] = above.as_slice() { done[*only].clone() } else { None }
    };
    let all = |sets: Vec<Option<Numbers>>| sets.into_iter().collect::<Option<Vec<Numbers>>>();
    let and = |sets: Vec<Numbers>| sets.into_iter().reduce(|a, b| &a & &b).unwrap();
    let or = |sets: Vec<Numbers>| sets.into_iter().flatten().collect::<Numbers>();
    match &expr.kind {
        ExprKind::And(parts) => all(parts.iter().map(sub).collect()).map(and),
        ExprKind::Or(parts) => all(parts.iter().map(sub).collect()).map(or),
        ExprKind::Not(left, right) => Some(&sub(left)? - &sub(right)?),
        ExprKind::Reference(label) => line(*label),
        ExprKind::Group(Combination::And, labels) => all(labels.iter().map(|label| line(*label)).collect()).map(and),
        ExprKind::Group(Combination::Or, labels) => all(labels.iter().map(|label| line(*label)).collect()).map(or),
        ExprKind::Text(leaf) => Some(filter(records, |record| matches_text(record, leaf))),
        ExprKind::Heading(leaf) => Some(filter(records, |record| matches_heading(record, leaf, thesaurus))),
        ExprKind::Limit(label, limits) => {
            let passing = filter(records, |record| limits.iter().all(|limit| passes(record, limit)));
            Some(&line(*label)? & &passing)
        }
        ExprKind::Passing(limits) => Some(filter(records, |record| limits.iter().all(|limit| passes(record, limit)))),
        ExprKind::Unique(label) => {
            let mut kept = Numbers::new();
            for number in line(*label)? {
                if kept.iter().all(|other| group(*other) != group(number)) {
                    kept.insert(number);
                }
            }
            Some(kept)
        }
        ExprKind::Database(inner, name) => Some(&sub(inner)? & &filter(records, |record| is_of_database(record, name))),
        other => panic!("the twin does not know {other:?}"),
    }
}

/// The group of duplicates of a record: two by two.
pub(crate) fn group(record: u32) -> u32 {
    record / 2
}

fn is_of_database(record: &Read, name: &str) -> bool {
    let word = match name {
        "medall" | "medline" => "medline",
        "oemezd" | "embase" => "embase",
        _ => "psycinfo",
    };
    record.of_fields(&[Field::Database]).any(|(_, entry)| words(entry).concat().iter().any(|form| form == word))
}

fn filter(records: &[Read], matches: impl Fn(&Read) -> bool) -> Numbers {
    (0u32..).zip(records).filter(|(_, record)| matches(record)).map(|(number, _)| number).collect()
}

fn passes(record: &Read, limit: &Limit) -> bool {
    match limit {
        Limit::Language(names) => record.of_fields(&[Field::Language]).any(|(_, entry)| {
            entry.split([',', '/', '|']).map(folded).any(|entry| names.iter().any(|name| same_language(&entry, &folded(name))))
        }),
        Limit::Years(from, to) => record.year.is_some_and(|year| from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to)),
        Limit::Humans => record.headings.iter().any(|heading| ["humans", "human"].contains(&heading.descriptor.as_str())),
        Limit::Animals => record.headings.iter().any(|heading| ["animals", "animal"].contains(&heading.descriptor.as_str())),
        Limit::PublicationType(name) => record.of_fields(&[Field::PublicationType]).any(|(_, entry)| {
            let is_trial = || folded(entry).starts_with("clinical trial") || folded(entry) == "randomized controlled trial";
            folded(entry) == folded(name) || (name == "clinical trial, all" && is_trial())
        }),
        Limit::Dates(code, from, to) => {
            let is_within = |date: u32| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
            match code.as_str() {
                "ed" => record.of_fields(&[Field::OtherDate]).filter_map(|(_, entry)| day(entry)).any(is_within),
                _ => record.published.is_some_and(is_within),
            }
        }
        Limit::Group(name) => {
            let names: Vec<String> = group_headings(name).iter().map(|name| folded(name)).collect();
            record.headings.iter().any(|heading| names.contains(&heading.descriptor))
        }
        Limit::Abstracts => record.of_fields(&[Field::Abstract]).any(|(_, entry)| !words(entry).is_empty()),
        Limit::Database(name) => is_of_database(record, name),
        Limit::Any(alternatives) => alternatives.iter().any(|limits| limits.iter().all(|limit| passes(record, limit))),
        other => panic!("the twin does not know {other:?}"),
    }
}

/// The date of an entry as eight digits.
fn day(entry: &str) -> Option<u32> {
    let digits: String = entry.split(' ').next()?.chars().filter(char::is_ascii_digit).collect();
    format!("{digits:0<8}").parse::<u32>().ok().filter(|day| *day > 0)
}

/// Languages as far as the tests use them.
fn same_language(a: &str, b: &str) -> bool {
    const NAMES: &[&[&str]] = &[
        &["english", "eng", "en", "en us"],
        &["norwegian", "nor", "no", "nob"],
        &["german", "ger", "deu", "de"],
        &["french", "fre", "fra", "fr"],
    ];
    a == b || NAMES.iter().any(|names| names.contains(&a) && names.contains(&b))
}

// --- headings ---

fn matches_heading(record: &Read, leaf: &HeadingLeaf, thesaurus: &Thesaurus) -> bool {
    let resolution = thesaurus.resolve(&leaf.name);
    if leaf.certainty == HeadingCertainty::IfKnown && resolution.is_none() {
        let words =
            folded(&leaf.name).split(' ').map(|word| Text::Word(Pattern { parts: vec![PatternPart::Literal(word.into())] })).collect();
        return matches_text(record, &TextLeaf { text: Text::Sequence(words), codes: Vec::new(), at_least: 1 });
    }
    let mut names = vec![folded(&leaf.name)];
    let mut types = Vec::new();
    if let Some(resolution) = resolution {
        let descriptors = if leaf.explode { resolution.descriptor.explode() } else { vec![resolution.descriptor] };
        for descriptor in descriptors {
            names.push(folded(descriptor.heading()));
            if descriptor.tree_numbers().any(|number| number.starts_with('V')) {
                types.push(folded(descriptor.heading()));
            }
        }
    }
    let wanted: Vec<String> =
        leaf.qualifiers.iter().map(|written| qualifier::code(written).map_or_else(|| folded(written), str::to_owned)).collect();
    let as_heading = record.headings.iter().any(|heading| {
        names.contains(&heading.descriptor)
            && (heading.major || !leaf.focus)
            && (wanted.is_empty() || wanted.iter().any(|qualifier| heading.qualifiers.contains(qualifier)))
    });
    let plain = !leaf.focus && leaf.qualifiers.is_empty();
    as_heading || (plain && record.of_fields(&[Field::PublicationType]).any(|(_, entry)| types.contains(&folded(entry))))
}

// --- words ---

fn matches_text(record: &Read, leaf: &TextLeaf) -> bool {
    let default = vec!["mp".to_owned()];
    let codes = if leaf.codes.is_empty() { &default } else { &leaf.codes };
    codes.iter().any(|code| {
        let row = field_code(code).unwrap();
        if ["fs", "xs", "fx"].contains(&row.code) {
            let carried = record.headings.iter().flat_map(|heading| &heading.qualifiers);
            let name_of = |code: &str| qualifier::name(code).map_or_else(|| code.to_owned(), folded);
            if has_distance(&leaf.text) {
                let names: Vec<String> = carried.map(|code| name_of(code)).collect();
                return stands_so_often(leaf, names.iter().map(String::as_str));
            }
            let is_meant = |code: &str| matches_whole(&leaf.text, code) || matches_whole(&leaf.text, &name_of(code));
            let broader = |code: &str| {
                qualifier::QUALIFIERS
                    .iter()
                    .filter(|(broad, _)| qualifier::explode(broad).contains(&code))
                    .any(|(broad, _)| is_meant(broad) && !has_wildcard(&leaf.text))
            };
            return carried.into_iter().any(|code| is_meant(code) || (row.code != "fs" && broader(code)));
        }
        if row.code == "ed" && !has_distance(&leaf.text) && leaf.at_least == 1 {
            let dates = record.of_fields(&[Field::OtherDate]).filter_map(|(_, entry)| day(entry));
            return dates.into_iter().any(|date| matches_whole(&leaf.text, &date.to_string()));
        }
        if row.kind != CodeKind::Word && !has_distance(&leaf.text) && leaf.at_least == 1 {
            return record.of_fields(row.fields).any(|(field, entry)| matches_entry(*field, entry, &leaf.text))
                || (row.fields.contains(&Field::Year) && record.year.is_some_and(|year| matches_whole(&leaf.text, &year.to_string())));
        }
        // Counted in each field by itself, over all its entries.
        let in_words = row.fields.iter().any(|field| {
            let text =
                |entry| if *field == Field::Heading { Heading::parse(entry).map_or("", |heading| heading.descriptor) } else { entry };
            stands_so_often(leaf, record.of_fields(&[*field]).map(|(_, entry)| text(entry.as_str())))
        });
        let qualifiers = record.headings.iter().flat_map(|heading| &heading.qualifiers);
        in_words
            || (["mp", "af"].contains(&row.code) && stands_so_often(leaf, qualifiers.map(|code| qualifier::name(code).unwrap_or(code))))
    })
}

/// Whether the entries together have the text so often, without overlap, by trying every choice of its places.
fn stands_so_often<'a>(leaf: &TextLeaf, entries: impl Iterator<Item = &'a str>) -> bool {
    fn most(places: &[(usize, usize)], from: usize) -> usize {
        let Some((first, rest)) = places.split_first() else { return 0 };
        let without = most(rest, from);
        if first.0 >= from { without.max(1 + most(rest, first.1 + 1)) } else { without }
    }
    let count = |entry| {
        let places: Vec<_> = spans(&leaf.text, &words(entry)).into_iter().collect();
        if leaf.at_least == 1 { usize::from(!places.is_empty()) } else { most(&places, 0) }
    };
    entries.map(count).sum::<usize>() >= leaf.at_least as usize
}

fn has_wildcard(text: &Text) -> bool {
    match text {
        Text::Word(pattern) => pattern.parts.iter().any(|part| !matches!(part, PatternPart::Literal(_))),
        Text::Sequence(parts) | Text::Or(parts) => parts.iter().any(has_wildcard),
        Text::Near { left, right, .. } => has_wildcard(left) || has_wildcard(right),
    }
}

fn has_distance(text: &Text) -> bool {
    match text {
        Text::Word(_) => false,
        Text::Sequence(parts) | Text::Or(parts) => parts.iter().any(has_distance),
        Text::Near { .. } => true,
    }
}

fn matches_entry(field: Field, entry: &str, text: &Text) -> bool {
    let whole = |entry: &str| matches_whole(text, &folded(entry));
    match field {
        Field::Language => match text {
            Text::Word(Pattern { parts }) => match parts.as_slice() {
                [PatternPart::Literal(name)] => entry.split([',', '/', '|']).any(|entry| same_language(&folded(entry), name)),
                _ => entry.split([',', '/', '|']).any(whole),
            },
            _ => entry.split([',', '/', '|']).any(whole),
        },
        Field::Year => false,
        Field::Heading => Heading::parse(entry).is_some_and(|heading| whole(heading.descriptor)),
        Field::Keyword => whole(entry) || assigned(entry, field).is_some_and(|heading| whole(&heading.descriptor)),
        _ => whole(entry),
    }
}

/// Whether `text` is the whole of `entry`.
fn matches_whole(text: &Text, entry: &str) -> bool {
    let entry: Vec<char> = entry.chars().collect();
    ends(text, &entry, 0).contains(&entry.len())
}

/// Where `text` can end when it begins at `from`.
fn ends(text: &Text, entry: &[char], from: usize) -> BTreeSet<usize> {
    match text {
        Text::Word(pattern) => (from..=entry.len()).filter(|end| matches_pattern(&pattern.parts, &entry[from..*end])).collect(),
        Text::Or(parts) => parts.iter().flat_map(|part| ends(part, entry, from)).collect(),
        Text::Sequence(parts) => {
            let mut starts = BTreeSet::from([from]);
            for (number, part) in parts.iter().enumerate() {
                let blank = usize::from(number > 0);
                let starts_here = starts.iter().filter(|start| blank == 0 || entry.get(**start) == Some(&' '));
                starts = starts_here.flat_map(|start| ends(part, entry, start + blank)).collect();
            }
            starts
        }
        Text::Near { .. } => panic!("an entry has no distances"),
    }
}

fn matches_pattern(parts: &[PatternPart], word: &[char]) -> bool {
    let Some((part, rest)) = parts.split_first() else { return word.is_empty() };
    let lengths: Vec<usize> = match part {
        PatternPart::Literal(text) => {
            let text: Vec<char> = text.chars().collect();
            if word.starts_with(&text) { vec![text.len()] } else { vec![] }
        }
        PatternPart::Stopword(_) => panic!("no test of the twin reads stopwords so"),
        PatternPart::One => vec![1],
        PatternPart::OneOrNone => vec![0, 1],
        PatternPart::Any(None) => (0..=word.len()).collect(),
        PatternPart::Any(Some(most)) => (0..=usize::from(*most)).collect(),
    };
    lengths.into_iter().any(|length| length <= word.len() && matches_pattern(rest, &word[length..]))
}

/// First and last word of every place where `text` stands; each word of the entry is given in all its forms.
fn spans(text: &Text, words: &[Vec<String>]) -> BTreeSet<(usize, usize)> {
    match text {
        Text::Word(pattern) => {
            let matches = |form: &String| matches_pattern(&pattern.parts, &form.chars().collect::<Vec<_>>());
            (0..words.len()).filter(|at| words[*at].iter().any(matches)).map(|at| (at, at)).collect()
        }
        Text::Or(parts) => parts.iter().flat_map(|part| spans(part, words)).collect(),
        Text::Sequence(parts) => {
            let mut found = spans(&parts[0], words);
            for part in &parts[1..] {
                let next = spans(part, words);
                found = pairs(&found, &next, |a, b| b.0 == a.1 + 1);
            }
            found
        }
        Text::Near { n, left, right } => {
            let n = usize::from(*n);
            pairs(&spans(left, words), &spans(right, words), |a, b| (a.1 < b.0 && b.0 - a.1 <= n) || (b.1 < a.0 && a.0 - b.1 <= n))
        }
    }
}

fn pairs(
    left: &BTreeSet<(usize, usize)>,
    right: &BTreeSet<(usize, usize)>,
    fits: impl Fn((usize, usize), (usize, usize)) -> bool,
) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for a in left {
        for b in right {
            if fits(*a, *b) {
                found.insert((a.0.min(b.0), a.1.max(b.1)));
            }
        }
    }
    found
}

/// The words of an entry, each in all its forms: letters and digits; an apostrophe between two of them belongs to the
/// word, which then also counts without it and as its parts of two or more letters; Greek letters also count by name.
fn words(entry: &str) -> Vec<Vec<String>> {
    let mut text = String::new();
    fold_into(entry, &mut text);
    let text: Vec<char> = text.chars().collect();
    let mut written: Vec<String> = vec![String::new()];
    for (at, character) in text.iter().enumerate() {
        let between = at > 0 && is_word_char(text[at - 1]) && text.get(at + 1).is_some_and(|next| is_word_char(*next));
        if is_word_char(*character) || (*character == '\'' && between) {
            written.last_mut().unwrap().push(*character);
        } else {
            written.push(String::new());
        }
    }
    written.into_iter().filter(|word| !word.is_empty()).map(|word| forms(&word)).collect()
}

fn forms(word: &str) -> Vec<String> {
    let joined = word.replace('\'', "");
    let mut forms = vec![joined.clone()];
    if word.contains('\'') {
        forms.extend(word.split('\'').filter(|part| part.chars().count() >= 2).map(str::to_owned));
    }
    let letters: Vec<char> = joined.chars().collect();
    let is_greek = |letter: &char| greek_name(*letter).is_some();
    let is_greek_word = letters.windows(3).any(|three| three.iter().all(is_greek));
    if letters.iter().any(is_greek) && !is_greek_word {
        forms.push(letters.iter().map(|letter| greek_name(*letter).map_or_else(|| letter.to_string(), str::to_owned)).collect());
    }
    forms
}
