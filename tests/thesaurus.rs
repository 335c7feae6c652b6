//! Headings: what a name means, and what `exp` adds to it.

use refsieve::thesaurus::{ATTRIBUTION, ResolvedBy, Thesaurus};

/// Name, what it resolves to, and how.
const NAMES: &[(&str, Option<(&str, ResolvedBy)>)] = &[
    ("Peer Group", Some(("Peer Group", ResolvedBy::Exact))),
    ("peer  GROUP", Some(("Peer Group", ResolvedBy::Exact))),
    ("Diabetes Mellitus, Type 2", Some(("Diabetes Mellitus, Type 2", ResolvedBy::Exact))),
    ("diabetes mellitus type 2", Some(("Diabetes Mellitus, Type 2", ResolvedBy::Exact))),
    ("Menière Disease", Some(("Meniere Disease", ResolvedBy::Exact))),
    ("Sjögren’s Syndrome", Some(("Sjogren's Syndrome", ResolvedBy::Exact))),
    ("Slaughterhouses", Some(("Abattoirs", ResolvedBy::EntryTerm))),
    ("House, Slaughter", Some(("Abattoirs", ResolvedBy::EntryTerm))),
    ("peer worker", None),
    ("", None),
];

#[test]
fn names_resolve() {
    for (name, expected) in NAMES {
        let found = Thesaurus::mesh().resolve(name).map(|resolution| (resolution.descriptor.heading(), resolution.by));
        assert_eq!(found, *expected, "{name}");
    }
}

/// Narrower headings in MeSH 2024, without the heading itself.
const NARROWER: &[(&str, usize)] = &[
    ("Peer Group", 1),
    ("Cooperative Behavior", 0),
    ("Public Sector", 0),
    ("Health Care Sector", 0),
    ("Mental Health Services", 12),
    ("Mental Health", 0),
    ("State Medicine", 0),
    ("Primary Health Care", 12),
    ("Delivery of Health Care", 106),
    ("Health Services", 282),
    ("Social Work", 1),
    ("Community Mental Health Services", 0),
];

#[test]
fn explosion_gives_the_known_numbers_of_narrower_headings() {
    for (name, expected) in NARROWER {
        let headings = Thesaurus::mesh().resolve(name).expect(name).descriptor.explode();
        assert_eq!(headings.first().map(|descriptor| descriptor.heading()), Some(*name));
        assert_eq!(headings.len() - 1, *expected, "{name}");
    }
}

#[test]
fn explosion_is_the_union_over_all_places_in_the_tree() {
    let table = "D1\tA\tX1|Y2\t\nD2\tB\tX1.1\t\nD3\tC\tX10\t\nD4\tD\tY2.3.4|X1.1.7\t\nD5\tE\tX1-1\t\n\t\t\t\nD7\tG\t\t\r\n";
    let thesaurus = Thesaurus::from_table(table.into());
    let explode = |name: &str| -> Vec<&str> {
        thesaurus.resolve(name).unwrap().descriptor.explode().iter().map(|descriptor| descriptor.heading()).collect()
    };
    assert_eq!(thesaurus.len(), 6);
    assert_eq!(explode("A"), ["A", "B", "D"]);
    assert_eq!(explode("B"), ["B", "D"]);
    assert_eq!(explode("C"), ["C"]);
    assert_eq!(explode("G"), ["G"]);
}

#[test]
fn the_table_is_whole() {
    assert_eq!(Thesaurus::mesh().len(), 30_764);
    assert!(ATTRIBUTION.contains("National Library of Medicine"));
}

#[test]
fn an_empty_thesaurus_knows_nothing() {
    assert!(Thesaurus::empty().is_empty());
    assert!(Thesaurus::empty().resolve("Peer Group").is_none());
}
