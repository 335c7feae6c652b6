//! A user's own thesaurus: files of MeSH as the National Library of Medicine gives them, or lists of narrower headings.
//!
//! Goes in: the text of `descYYYY.xml`, `mtreesYYYY.bin`, or a list with a heading, a tab and a narrower heading a line
//! (for Emtree, the APA thesaurus, CINAHL headings). Comes out: a [`Thesaurus`].

use super::Thesaurus;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Folded;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Descriptors put together from several files.
#[derive(Debug, Default)]
pub struct Builder {
    rows: BTreeMap<Folded, Row>,
    /// Headings, as first written, and those directly below.
    narrower: BTreeMap<Folded, BTreeSet<Folded>>,
}

#[derive(Debug, Default)]
struct Row {
    id: String,
    heading: String,
    tree_numbers: BTreeSet<String>,
    entry_terms: BTreeSet<String>,
}

/// So many places in a tree are more than any thesaurus has; a list that makes more is no list of narrower headings.
const MOST_PLACES: usize = 2_000_000;

impl Builder {
    /// Adds a file of MeSH: XML of descriptors (`descYYYY.xml`), or a list of "heading;tree number" (`mtreesYYYY.bin`).
    ///
    /// # Errors
    ///
    /// Text that is neither.
    pub fn add_mesh(&mut self, name: &str, text: &str) -> Result<()> {
        let before = self.rows.len();
        if text.trim_start().starts_with('<') {
            self.add_xml(name, text)?;
        } else {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let Some((heading, tree_number)) = line.trim_end().rsplit_once(';') else {
                    return Err(unreadable(name, number + 1, "a heading, a semicolon and a tree number", line));
                };
                self.row(heading).tree_numbers.insert(tree_number.trim().to_owned());
            }
        }
        if self.rows.len() == before {
            return Err(Error::new(ErrorKind::Settings, name, "expected descriptors of MeSH (descYYYY.xml or mtreesYYYY.bin), found none"));
        }
        Ok(())
    }

    /// Adds a list of narrower headings: on each line a heading, a tab, and a heading directly below it.
    ///
    /// # Errors
    ///
    /// A line without a tab.
    pub fn add_narrower(&mut self, name: &str, text: &str) -> Result<()> {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            let mut cells = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
            let (Some(broader), Some(narrower), None) = (cells.next(), cells.next(), cells.next()) else {
                return Err(unreadable(name, number + 1, "a heading, a tab and a narrower heading", line));
            };
            self.row(broader);
            self.row(narrower);
            self.narrower.entry(Folded::words(broader)).or_default().insert(Folded::words(narrower));
        }
        Ok(())
    }

    /// The thesaurus.
    ///
    /// # Errors
    ///
    /// Headings that are, by way of others, below themselves.
    pub fn finish(mut self) -> Result<Thesaurus> {
        self.place_in_tree()?;
        let mut table = String::new();
        for row in self.rows.values() {
            let list = |texts: &BTreeSet<String>| texts.iter().map(|text| clean(text)).collect::<Vec<_>>().join("|");
            table.push_str(&[clean(&row.id), clean(&row.heading), list(&row.tree_numbers), list(&row.entry_terms)].join("\t"));
            table.push('\n');
        }
        Ok(Thesaurus::from_table(table))
    }

    /// Gives headings of lists their places in a tree: one for each way from the top.
    fn place_in_tree(&mut self) -> Result<()> {
        let below: BTreeSet<&Folded> = self.narrower.values().flatten().collect();
        let tops = self.narrower.keys().filter(|heading| !below.contains(heading)).enumerate();
        let mut open: Vec<(Folded, String, Vec<Folded>)> =
            tops.map(|(number, heading)| (heading.clone(), format!("own{number}"), Vec::new())).collect();
        let mut placed: BTreeSet<Folded> = BTreeSet::new();
        let mut n_places = 0;
        while let Some((heading, number, path)) = open.pop() {
            n_places += 1;
            if path.contains(&heading) || n_places > MOST_PLACES {
                return Err(circle(heading.as_str()));
            }
            placed.insert(heading.clone());
            if let Some(row) = self.rows.get_mut(&heading) {
                row.tree_numbers.insert(number.clone());
            }
            let children = self.narrower.get(&heading).into_iter().flatten().enumerate();
            for (at, child) in children {
                let mut path = path.clone();
                path.push(heading.clone());
                open.push((child.clone(), format!("{number}.{at}"), path));
            }
        }
        match self.narrower.keys().find(|heading| !placed.contains(*heading)) {
            Some(heading) => Err(circle(heading.as_str())),
            None => Ok(()),
        }
    }

    fn row(&mut self, heading: &str) -> &mut Row {
        let row = self.rows.entry(Folded::words(heading)).or_default();
        if row.heading.is_empty() {
            heading.trim().clone_into(&mut row.heading);
        }
        row
    }

    fn add_xml(&mut self, name: &str, text: &str) -> Result<()> {
        let mut reader = Reader::from_str(text);
        let mut path: Vec<String> = Vec::new();
        let mut row = Row::default();
        let mut text_here = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    path.push(start.local_name().as_ref().to_owned());
                    text_here.clear();
                    if path.last().is_some_and(|last| last == "DescriptorRecord") {
                        row = Row::default();
                    }
                }
                Ok(Event::End(_)) => {
                    let here = text_here.trim().to_owned();
                    text_here.clear();
                    let at: Vec<&str> = path.iter().rev().take(2).map(String::as_str).collect();
                    match at.as_slice() {
                        ["DescriptorUI", "DescriptorRecord"] => row.id = here,
                        // Not the headings that a descriptor refers to, which stand deeper.
                        ["String", "DescriptorName"] if path.len() <= 4 => row.heading = here,
                        ["TreeNumber", "TreeNumberList"] => _ = row.tree_numbers.insert(here),
                        ["String", "Term"] => _ = row.entry_terms.insert(here),
                        _ => {}
                    }
                    if path.pop().is_some_and(|last| last == "DescriptorRecord") && !row.heading.is_empty() {
                        let done = std::mem::take(&mut row);
                        let known = self.row(&done.heading);
                        known.id = done.id;
                        known.tree_numbers.extend(done.tree_numbers);
                        known.entry_terms.extend(done.entry_terms);
                    }
                }
                Ok(Event::Text(piece)) => text_here.push_str(&piece.into_inner()),
                Ok(Event::GeneralRef(reference)) => text_here.push_str(match reference.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "apos" => "'",
                    "quot" => "\"",
                    _ => " ",
                }),
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(error) => {
                    return Err(Error::new(ErrorKind::Settings, name, "expected well-formed XML of MeSH descriptors").because(error));
                }
            }
        }
    }
}

/// Without what separates the cells of the table.
fn clean(text: &str) -> String {
    text.replace(['\t', '|', '\n', '\r'], " ")
}

fn unreadable(name: &str, line: usize, expected: &str, found: &str) -> Error {
    Error::new(ErrorKind::Settings, format!("{name}:{line}"), format!("expected {expected}, found {found:?}"))
}

fn circle(heading: &str) -> Error {
    Error::new(ErrorKind::Settings, "--narrower", format!("expected a hierarchy, found that {heading:?} is below itself"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exploded(thesaurus: &Thesaurus, name: &str) -> Vec<String> {
        let found = thesaurus.resolve(name).unwrap();
        let mut names: Vec<String> = found.descriptor.explode().iter().map(|descriptor| descriptor.heading().to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn lists_of_narrower_headings() {
        let mut builder = Builder::default();
        builder
            .add_narrower(
                "emtree.tsv",
                "# mine\nhealth care\tmental health care\nmental health care\tpsychiatry\nhealth care\tnursing\nart\tnursing\n",
            )
            .unwrap();
        let thesaurus = builder.finish().unwrap();
        assert_eq!(exploded(&thesaurus, "Health care"), ["health care", "mental health care", "nursing", "psychiatry"]);
        assert_eq!(exploded(&thesaurus, "art"), ["art", "nursing"]);
        assert!(Builder::default().add_narrower("x", "a\tb\nno tab\n").unwrap_err().to_string().contains("x:2"));
        for circle in ["a\tb\nb\ta\n", "top\ta\na\tb\nb\ta\n"] {
            let mut builder = Builder::default();
            builder.add_narrower("x", circle).unwrap();
            assert!(builder.finish().unwrap_err().to_string().contains("below itself"), "{circle}");
        }
    }

    #[test]
    fn files_of_mesh() {
        let mut builder = Builder::default();
        builder.add_mesh("mtrees.bin", "Care;N01\nHome Care;N01.200\n").unwrap();
        assert_eq!(exploded(&builder.finish().unwrap(), "care"), ["Care", "Home Care"]);
        let xml = "<?xml version=\"1.0\"?><DescriptorRecordSet><DescriptorRecord><DescriptorUI>D1</DescriptorUI><DescriptorName><String>Care &amp; Cure</String></DescriptorName>\
                   <AllowableQualifiersList/><SeeRelatedList><SeeRelatedDescriptor><DescriptorReferredTo><DescriptorName><String>Other</String></DescriptorName>\
                   </DescriptorReferredTo></SeeRelatedDescriptor></SeeRelatedList><TreeNumberList><TreeNumber>N1</TreeNumber></TreeNumberList>\
                   <ConceptList><Concept><TermList><Term><String>Caring &amp; More</String></Term></TermList></Concept></ConceptList></DescriptorRecord></DescriptorRecordSet>";
        let mut builder = Builder::default();
        builder.add_mesh("desc.xml", xml).unwrap();
        let thesaurus = builder.finish().unwrap();
        assert_eq!(thesaurus.resolve("caring & more").unwrap().descriptor.heading(), "Care & Cure");
        assert!(thesaurus.resolve("other").is_none());
        assert!(Builder::default().add_mesh("x", "<a/>").is_err());
        assert!(Builder::default().add_mesh("x", "no tree\n").is_err());
    }
}
