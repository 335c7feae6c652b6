//! The comparable face of a record: what is the same after folding, and what says nothing.

use refsieve::normalize::{Class, NormalForm};
use refsieve::record::Kind;

fn form(ris: &str) -> NormalForm {
    let text = format!("TY  - JOUR\n{ris}\nER  - \n");
    NormalForm::of(&refsieve::formats::read("case.ris", text.into_bytes()).expect("the case is RIS").records[0])
}

/// One line for each field that says something.
fn check(ris: &str, expected: &[&str]) {
    let form = form(ris);
    let mut found = Vec::new();
    let title = |title: &refsieve::normalize::Title| format!("{} | {}", title.main(), title.text());
    found.extend(form.title.as_ref().map(|value| format!("title {}", title(value))));
    found.extend(form.other_title.as_ref().map(|value| format!("other {}", title(value))));
    found.extend(form.authors.iter().map(|name| format!("author {} {}", name.family, name.initials).trim_end().to_owned()));
    found.extend(form.journal.names().map(|name| format!("journal {name}")));
    found.extend(form.year.map(|year| format!("year {year}")));
    found.extend(form.volume.map(|volume| format!("volume {}", volume.number)));
    found.extend(form.issue.map(|issue| format!("issue {}", issue.number)));
    found.extend(
        form.pages.map(|pages| {
            format!("pages {} {}", pages.first, pages.last.map_or(String::new(), |last| last.to_string())).trim_end().to_owned()
        }),
    );
    found.extend((!form.identifiers.dois.is_empty()).then(|| format!("dois {}", form.identifiers.dois.len())));
    found.extend(form.identifiers.pmids.iter().map(|pmid| format!("pmid {pmid}")));
    found.extend(Class::ALL.iter().filter(|class| form.classes.has(**class)).map(|class| class.name().to_owned()));
    assert_eq!(found, expected, "{ris}");
}

#[test]
fn what_readers_need_makes_a_record_full() {
    for (ris, expected) in [
        ("", 1),
        ("TI  - Peers", 42),
        ("TI  - Peers\nAB  - Two\nDO  - 10.5555/a", 104),
        ("TI  - Peers\nDO  -  \nKW  - a\nKW  - b", 44),
        ("AB  - Two\nN2  - Two again", 43),
        ("PY  - 2020\nVL  - 1\nSP  - 5\nJO  - A journal", 25),
    ] {
        assert_eq!(form(ris).completeness, expected, "{ris}");
    }
}

#[test]
fn the_name_of_the_journal_is_a_title_that_many_texts_have() {
    check(
        "TI  - Mentoring in mental health\nJO  - Journal of Mentoring in Mental Health",
        &["title mentoring in mental health | mentoring in mental health", "journal journal mentoring mental health", "column"],
    );
    check("TI  - volume 3 page 12", &[]);
}

#[test]
fn registrations_are_told_by_their_database_and_types_by_whole_words() {
    let portal = "<Trials_downloaded_from_ICTRP><Trial><TrialID>NCT04100000</TrialID><Public_title>Peers</Public_title></Trial></Trials_downloaded_from_ICTRP>";
    let parsed = refsieve::formats::read("a.xml", portal.into()).unwrap();
    assert!(NormalForm::of(&parsed.records[0]).classes.has(Class::TrialRegistration));
    assert!(!form("TI  - Peers\nM3  - Evidence Synthesis").classes.has(Class::Thesis));
    assert!(form("TI  - Peers\nM3  - Master's thesis").classes.has(Class::Thesis));
}

#[test]
fn fields_that_say_something() {
    check(
        "TI  - Peer workers in wards: a <i>scoping</i> review. [Review] [33 refs]\nAU  - Le Quintrec, M.\nAU  - Moe TA\nJO  - Psychiatr Neurol (Basel)\nPY  - 2016/05//\nVL  - 12\nIS  - 3\nSP  - 211-24\nDO  - https://doi.org/10.5555/A",
        &[
            "title peer workers in wards | peer workers in wards a scoping review",
            "author le quintrec m",
            "author moe ta",
            "journal psychiatr neurol",
            "year 2016",
            "volume 12",
            "issue 3",
            "pages 211 224",
            "dois 1",
        ],
    );
    check(
        "TI  - Sopp som rusmiddel i norske byer. [Mushrooms as narcotics in towns]\nSP  - 5\nEP  - 9",
        &[
            "title sopp som rusmiddel i norske byer | sopp som rusmiddel i norske byer",
            "other mushrooms as narcotics in towns | mushrooms as narcotics in towns",
            "pages 5 9",
        ],
    );
    check(
        "JO  - Circulation. Conference: 9th Meeting of Wards. Oslo\nVL  - Conference: 9th Meeting 143\nUR  - https://www.ncbi.nlm.nih.gov/pubmed/8357329",
        &["journal circulation", "volume 143", "pmid 8357329"],
    );
    check(
        "TI  - Erratum: Peer workers in wards\nJO  - medRxiv",
        &["title erratum peer workers in wards | erratum peer workers in wards", "journal medrxiv", "erratum", "preprint"],
    );
}

#[test]
fn damage_and_placeholders_say_nothing() {
    check("TI  - #NAME?\nSP  - 06-Oct\nVL  - No\nIS  - Specified\nAU  - Anonymous", &[]);
    check("TI  - UNKNOWN\nAU  - UNKNOWN\nDO  - 10.17705/1CAIS.", &[]);
    check(
        "TI  - Nordic Journal of Peer Support Volume 52 Paper 41\nJO  - Nordic Journal of Peer Support",
        &["journal nordic journal peer support"],
    );
    check("VL  - 2016\nPY  - 2016", &["year 2016"]);
}

#[test]
fn a_form_identifies_by_title_identifier_or_abstract_with_a_place() {
    let text = "AB  - Peer workers are people with lived experience who are employed to support others in mental health services and we asked forty of them.";
    for (ris, expected) in [
        ("AU  - Hagen, S.", false),
        ("TI  - Peer work", true),
        ("DO  - 10.5555/a", true),
        ("SN  - 0-306-40615-2", true),
        ("SN  - 1361-6137", false),
        (text, false),
        (&format!("{text}\nSP  - 5"), true),
    ] {
        assert_eq!(form(ris).identifies(), expected, "{ris}");
    }
    assert_eq!(form("TI  - x").kind, Kind::Article);
}

#[test]
fn content_is_what_the_record_says_not_where_it_comes_from() {
    let paper = "TI  - Peer work\nAU  - Hagen, S.";
    assert_eq!(form(&format!("{paper}\nID  - 1\nDB  - Medline")).content, form(&format!("ID  - 2\n{paper}\nDP  - Ovid")).content);
    assert_ne!(form(paper).content, form(&format!("{paper}\nPY  - 2016")).content);
}
