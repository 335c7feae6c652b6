//! Writes a record as each database exports it: one function a database, after real exports.
//!
//! What goes in is what the database says of a work (a `Work`, noise applied) and the record's place in
//! the file; every quirk a reader meets is meant: prose between records, dates in four forms, DOIs of cited works.

use crate::databases::{embase_number, oclc_number, oria_number, psycinfo_number, scopus_number, web_of_science_number};
use crate::fields::{
    dotted, enw, first_and_last, full_name, hyphenated, joined_initials, month, nbib, nbib_some, pages_or_number, put, range, ris,
    ris_filled, ris_some, ris_type, ris_year, serials, spaced_initials, styled, title, type_name,
};
use crate::grammar::capitalise_at;
use crate::noise::{percent_encoded, plain_letters};
use crate::works::{Kind, Pages, Work};

/// What EndNote puts before the first record and behind the last.
pub const XML_OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><xml><records>";
pub const XML_CLOSING: &str = "</records></xml>\n";

/// PubMed's format: tags of four columns, continuation by six blanks.
pub fn medline(out: &mut String, work: &Work, _ordinal: u64) {
    nbib(out, "PMID", &work.pmid.to_string());
    nbib(out, "OWN", "NLM");
    nbib(out, "STAT", "MEDLINE");
    let [print, electronic] = &work.serials;
    nbib(out, "IS", &format!("{} (Electronic)", hyphenated(electronic)));
    nbib(out, "IS", &format!("{} (Linking)", hyphenated(print)));
    nbib_some(out, "VI", work.volume.as_deref());
    nbib_some(out, "IP", work.issue.as_deref());
    let date = work.year.map(|year| format!("{year} {}", month(work)));
    nbib_some(out, "DP", date.as_deref());
    let title = title(work, ": ");
    let title = title.trim_end_matches('.');
    let foreign = work.original_title.is_some() && !title.starts_with('[');
    nbib(out, "TI", &if foreign { format!("[{title}].") } else { format!("{title}.") });
    let pages = range(work);
    nbib_some(out, "PG", pages.as_deref());
    let doi = work.doi.as_ref().map(|doi| format!("{doi} [doi]"));
    nbib_some(out, "LID", doi.as_deref());
    nbib_some(out, "AB", work.abstract_text.as_deref());
    for (place, author) in work.authors.iter().enumerate() {
        if author.given.is_empty() {
            nbib(out, "CN", &author.family);
            continue;
        }
        nbib(out, "FAU", &full_name(author, ""));
        nbib(out, "AU", &joined_initials(author, " "));
        if place == 0 {
            nbib(out, "AD", &format!("{}.", work.institution));
        }
    }
    nbib(out, "LA", work.language.1);
    nbib(out, "PT", type_name(work.kind));
    if let Some(original) = &work.original_title {
        nbib(out, "TT", &format!("{original}."));
    }
    nbib(out, "PL", work.publisher.2);
    nbib(out, "TA", &work.journal_abbreviation);
    nbib(out, "JT", &work.journal);
    for heading in &work.headings {
        nbib(out, "MH", heading);
    }
    for keyword in &work.keywords {
        nbib(out, "OT", keyword);
    }
    let source = format!(
        "{}. {};{}{}:{}.",
        work.journal_abbreviation,
        date.unwrap_or_default(),
        work.volume.as_deref().unwrap_or_default(),
        work.issue.as_ref().map(|issue| format!("({issue})")).unwrap_or_default(),
        pages.unwrap_or_default(),
    );
    nbib(out, "SO", &source);
    out.push('\n');
}

/// PsycINFO by Ovid: numbered records, prose behind each, no letters beyond ASCII.
pub fn psycinfo(out: &mut String, work: &Work, ordinal: u64) {
    let start = out.len();
    let id = psycinfo_number(work);
    let link = work.doi.as_ref().map(|doi| if doi.starts_with("10.") { format!("https://dx.doi.org/{doi}") } else { doi.clone() });
    put(out, &[&ordinal.to_string(), ". \n"]);
    ris(out, "TY", ris_type(work.kind));
    ris(out, "ID", &id);
    ris_some(out, "DO", link.as_deref());
    ris(out, "T1", &format!("{}.", title(work, ": ").trim_end_matches('.')));
    for author in &work.authors {
        ris(out, "A1", &full_name(author, ""));
    }
    ris_year(out, "Y1", work, "//");
    ris_some(out, "N2", work.abstract_text.as_deref());
    for heading in &work.headings {
        ris(out, "KW", &format!("*{heading}"));
    }
    for keyword in &work.keywords {
        ris(out, "KW", keyword);
    }
    ris(out, "M3", "Community & Social Services [3373]");
    ris_filled(out, "JF", &work.journal);
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    match &work.pages {
        None => {
            ris(out, "SP", "No");
            ris(out, "EP", "Specified");
        }
        Some(pages) => first_and_last(out, pages),
    }
    ris(out, "PB", work.publisher.0);
    ris(out, "PB", work.publisher.2);
    serials(out, work);
    if let Some(cited) = &work.cited {
        ris(out, "M1", cited);
    }
    ris_some(out, "DO", link.as_deref());
    put(
        out,
        &[
            "ER  -  \n\nLink to the Ovid Full Text or citation: http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=fulltext&D=psyc&AN=",
            &id,
            "\n\n",
        ],
    );
    let plain = plain_letters(&out[start..]);
    out.truncate(start);
    out.push_str(&plain);
}

/// Embase.com: type first, the accession number in U2, PubMed's in C5.
pub fn embase(out: &mut String, work: &Work, _ordinal: u64) {
    let id = embase_number(work);
    ris(out, "TY", "JOUR");
    ris(out, "M3", type_name(work.kind));
    ris_year(out, "Y1", work, "");
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    if let Some(pages @ (Pages::Range(..) | Pages::Lettered(..) | Pages::Raw(_))) = &work.pages {
        first_and_last(out, pages);
    }
    ris(out, "SN", &hyphenated(&work.serials[1]));
    ris_filled(out, "JF", &work.journal);
    ris_filled(out, "JO", &dotted(&work.journal_abbreviation));
    put(out, &["UR  - https://www.embase.com/search/results?subaction=viewrecord&id=", &id, "&from=export\n"]);
    ris(out, "U2", &id);
    if work.number.is_multiple_of(3) {
        ris(out, "C5", &work.pmid.to_string());
        ris(out, "DB", "Embase");
        ris(out, "DB", "Medline");
    } else {
        ris(out, "DB", "Embase");
    }
    if let Some(doi) = &work.doi {
        let bare = doi.starts_with("10.");
        ris(out, "L2", &if bare { format!("http://dx.doi.org/{doi}") } else { doi.clone() });
        ris(out, "DO", doi);
    }
    for author in &work.authors {
        ris(out, "A1", &spaced_initials(author));
    }
    ris(out, "T1", &title(work, ": "));
    ris(out, "LA", work.language.0);
    for heading in &work.headings {
        ris(out, "KW", &heading.to_lowercase());
    }
    for keyword in &work.keywords {
        ris(out, "KW", keyword);
    }
    ris_some(out, "N2", work.abstract_text.as_deref());
    out.push_str("ER  - \n\n");
}

/// Oria (Primo VE): library punctuation, serial and book numbers mixed, a tag order of its own.
pub fn oria(out: &mut String, work: &Work, ordinal: u64) {
    let book = matches!(work.kind, Kind::Book | Kind::Thesis);
    ris(
        out,
        "TY",
        match work.kind {
            Kind::Book => "BOOK",
            Kind::Thesis => "thes",
            _ => "JOUR",
        },
    );
    let (publisher, town, _) = work.publisher;
    ris(out, "PB", &if ordinal.is_multiple_of(3) { format!("{}: {publisher}", town.to_uppercase()) } else { publisher.to_string() });
    ris_year(out, "Y1", work, "");
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    if let Some(Pages::Range(_, last)) = work.pages {
        ris(out, "EP", &last.to_string());
    }
    ris(out, "ID", &oria_number(work, ordinal));
    // An abstract is cut at semicolons and becomes several fields.
    for part in work.abstract_text.iter().flat_map(|text| text.split("; ")) {
        ris(out, "N2", part);
    }
    for heading in &work.headings {
        ris(out, "KW", &if book { heading.replace(", ", " -- ") } else { format!(" {heading}") });
    }
    for keyword in &work.keywords {
        ris(out, "KW", &format!(" {keyword}"));
    }
    for author in &work.authors {
        ris(out, "AU", &full_name(author, ""));
    }
    ris_filled(out, "JF", &work.journal);
    serials(out, work);
    ris_some(out, "DO", work.doi.as_deref());
    ris(out, "T1", &title(work, " : "));
    match &work.pages {
        Some(Pages::Range(first, _)) => ris(out, "SP", &first.to_string()),
        Some(pages) => first_and_last(out, pages),
        None => {}
    }
    out.push_str("ER  - \n\n");
}

/// WorldCat: OCLC's number, names that end in commas, all ISBNs on one line, no DOI.
pub fn worldcat(out: &mut String, work: &Work, ordinal: u64) {
    ris(out, "TY", ris_type(work.kind));
    ris(out, "DB", "/z-wcorg/");
    ris(out, "DP", "http://worldcat.org");
    ris(out, "ID", &oclc_number(ordinal).to_string());
    ris(out, "LA", work.language.0);
    ris(out, "T1", &title(work, " : "));
    for author in &work.authors {
        ris(out, "A1", &format!("{},", full_name(author, "")));
    }
    ris_filled(out, "JF", &work.journal);
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    if let Some(pages) = &work.pages {
        first_and_last(out, pages);
    }
    ris(out, "PB", work.publisher.0);
    ris(out, "CY", &format!("{} ;", work.publisher.1));
    ris_year(out, "Y1", work, "///");
    let [first, second] = &work.serials;
    ris(out, "SN", &format!("{first}  {second}"));
    for heading in &work.headings {
        ris(out, "KW", &format!("{heading}."));
    }
    // A catalogue has a summary of some works only.
    if !ordinal.is_multiple_of(3) {
        ris_some(out, "N2", work.abstract_text.as_deref());
    }
    out.push_str("ER  - \n\n");
}

/// Google Scholar's EndNote format: no abstract, no DOI, no number, two blank lines behind a record.
pub fn google_scholar(out: &mut String, work: &Work, _ordinal: u64) {
    let kind = match work.kind {
        Kind::Book => "Book",
        Kind::Thesis => "Thesis",
        _ => "Journal Article",
    };
    enw(out, "%0", Some(kind));
    enw(out, "%T", Some(&title(work, ": ")));
    for author in &work.authors {
        enw(out, "%A", Some(&joined_initials(author, ", ")));
    }
    enw(out, "%J", Some(work.journal.as_str()).filter(|journal| !journal.is_empty()));
    enw(out, "%V", work.volume.as_deref());
    enw(out, "%N", work.issue.as_deref());
    enw(out, "%P", range(work).as_deref());
    enw(out, "%@", Some(&hyphenated(&work.serials[0])));
    enw(out, "%D", work.year.map(|year| year.to_string()).as_deref());
    enw(out, "%I", Some(work.publisher.0));
    out.push_str("\n\n");
}

/// Scopus: notes of several kinds, reference lists on lines without a tag, links that hold the only number.
pub fn scopus(out: &mut String, work: &Work, _ordinal: u64) {
    ris(out, "TY", ris_type(work.kind));
    let bracketed = work.original_title.as_ref().map(|original| format!(" [{original}]"));
    ris(out, "TI", &format!("{}{}", title(work, ": "), bracketed.unwrap_or_default()));
    ris_filled(out, "T2", &work.journal);
    ris_filled(out, "J2", &dotted(&work.journal_abbreviation));
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    pages_or_number(out, work);
    ris_year(out, "PY", work, "");
    ris_some(out, "DO", work.doi.as_deref());
    ris(out, "SN", &format!("{} (ISSN) ", work.serials[0]));
    for author in &work.authors {
        ris(out, "AU", &spaced_initials(author));
    }
    ris(out, "AD", &work.institution);
    ris(out, "AB", work.abstract_text.as_deref().unwrap_or("[No abstract available]"));
    for keyword in &work.keywords {
        ris(out, "KW", keyword);
    }
    for heading in &work.headings {
        ris(out, "KW", &heading.to_lowercase());
    }
    put(out, &["N1  - Cited By :", &(work.number % 83).to_string(), "\n"]);
    if let Some(cited) = &work.cited {
        put(out, &["N1  - References: ", cited, ";\nWorld Health Organization, Mental Health Atlas (2018)\n"]);
    }
    ris(out, "LA", work.language.0);
    ris(out, "M3", type_name(work.kind));
    ris(out, "DB", "Scopus");
    let doi = work.doi.as_deref().filter(|doi| doi.starts_with("10.")).map(|doi| format!("&doi={}", percent_encoded(doi)));
    put(out, &["UR  - https://www.scopus.com/inward/record.uri?eid=", &scopus_number(work), doi.as_deref().unwrap_or_default(), "\n"]);
    out.push_str("ER  - \n\n");
}

/// Academic Search Elite (EBSCO): the DOI in L3, everything again in one packed note, a second abstract on copyright.
pub fn academic_search(out: &mut String, work: &Work, _ordinal: u64) {
    ris(out, "TY", "JOUR");
    for author in &work.authors {
        ris(out, "AU", &full_name(author, "."));
    }
    ris(out, "T1", &format!("{}.", title(work, ": ").trim_end_matches('.')));
    ris(out, "JO", &work.journal);
    ris(out, "JF", &work.journal);
    ris_year(out, "Y1", work, &format!("/{:02}//", work.month));
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    ris(out, "M3", type_name(work.kind));
    match &work.pages {
        Some(Pages::Number(_)) => {
            // Without printed pages the last one is the number of pages.
            ris(out, "SP", "1");
            ris(out, "EP", &(5 + work.number % 15).to_string());
        }
        Some(pages) => first_and_last(out, pages),
        None => {}
    }
    ris(out, "PB", work.publisher.0);
    ris(out, "SN", &work.serials[0]);
    ris_some(out, "AB", work.abstract_text.as_deref());
    if work.number.is_multiple_of(2) {
        put(
            out,
            &[
                "AB  - Copyright of ",
                &work.journal,
                " is the property of ",
                work.publisher.0,
                " and its content may not be copied or emailed to multiple sites without the copyright holder's express written permission.\n",
            ],
        );
    }
    for heading in &work.headings {
        let (first, rest) = heading.split_once(' ').unwrap_or((heading, ""));
        ris(out, "KW", format!("{} {}", first.to_uppercase(), rest.to_lowercase()).trim_end());
    }
    for keyword in &work.keywords {
        let mut keyword = keyword.clone();
        capitalise_at(&mut keyword, 0);
        ris(out, "KW", &keyword);
    }
    let accession = (100_000_000 + work.number * 11).to_string();
    let packed = work.authors.iter().fold(String::new(), |packed, author| packed + &full_name(author, ".") + " 1; ");
    put(
        out,
        &["N1  - Accession Number: ", &accession, "; ", &packed, "Affiliations: 1: ", &work.institution, "; Document Type: Article\n"],
    );
    ris_some(out, "L3", work.doi.as_deref());
    put(out, &["UR  - https://search.ebscohost.com/login.aspx?direct=true&db=afh&AN=", &accession, "&site=ehost-live\n"]);
    out.push_str("DP  - EBSCOhost\nDB  - afh\nER  - \n\n");
}

/// CINAHL by way of EndNote: XML on one line, a style round every value.
pub fn cinahl(out: &mut String, work: &Work, ordinal: u64) {
    let number = ordinal.to_string();
    put(
        out,
        &[
            "<record><database name=\"cinahl.enl\" path=\"cinahl.enl\">cinahl.enl</database><source-app name=\"EndNote\" version=\"20.4\">EndNote</source-app><rec-number>",
            &number,
            "</rec-number>",
        ],
    );
    put(
        out,
        &[
            "<foreign-keys><key app=\"EN\" db-id=\"zv5s0e9r\">",
            &number,
            "</key></foreign-keys><ref-type name=\"Journal Article\">17</ref-type><contributors><authors>",
        ],
    );
    for author in &work.authors {
        // EndNote marks a group by a comma at the end.
        let name = if author.given.is_empty() { format!("{},", author.family) } else { full_name(author, ".") };
        styled(out, "author", Some(&name));
    }
    out.push_str("</authors></contributors>");
    styled(out, "auth-address", Some(&work.institution));
    out.push_str("<titles>");
    styled(out, "title", Some(&title(work, ": ")));
    styled(out, "secondary-title", Some(&work.journal));
    out.push_str("</titles><periodical>");
    styled(out, "full-title", Some(&work.journal));
    styled(out, "abbr-1", Some(&work.journal_abbreviation));
    out.push_str("</periodical>");
    styled(out, "pages", range(work).as_deref());
    styled(out, "volume", work.volume.as_deref());
    styled(out, "number", work.issue.as_deref());
    out.push_str("<keywords>");
    for heading in &work.headings {
        styled(out, "keyword", Some(heading));
    }
    for keyword in &work.keywords {
        styled(out, "keyword", Some(keyword));
    }
    out.push_str("</keywords><dates>");
    styled(out, "year", work.year.map(|year| year.to_string()).as_deref());
    out.push_str("</dates>");
    let [print, electronic] = &work.serials;
    styled(out, "isbn", Some(&format!("{}\r{}", hyphenated(print), hyphenated(electronic))));
    styled(out, "accession-num", Some(&(130_000_000 + work.number * 3).to_string()));
    styled(out, "abstract", work.abstract_text.as_deref());
    out.push_str("<urls></urls>");
    styled(out, "electronic-resource-num", work.doi.as_deref());
    styled(out, "remote-database-name", Some("ccm"));
    styled(out, "remote-database-provider", Some("EBSCOhost"));
    styled(out, "language", Some(work.language.0));
    out.push_str("</record>");
}

/// Web of Science: journals in capitals, initials without stops, no blank behind ER.
pub fn web_of_science(out: &mut String, work: &Work, _ordinal: u64) {
    ris(out, "TY", ris_type(work.kind));
    for author in &work.authors {
        ris(out, "AU", &joined_initials(author, ", "));
    }
    ris(out, "TI", &title(work, ": "));
    ris_filled(out, "T2", &work.journal.to_uppercase());
    ris(out, "LA", work.language.0);
    for keyword in &work.keywords {
        ris(out, "KW", keyword);
    }
    for heading in &work.headings {
        ris(out, "KW", &heading.to_uppercase());
    }
    ris_some(out, "AB", work.abstract_text.as_deref());
    ris(out, "AD", &work.institution);
    serials(out, work);
    ris_filled(out, "J9", &work.journal_abbreviation.to_uppercase());
    ris(out, "DA", &month(work).to_uppercase());
    ris_year(out, "PY", work, "");
    ris_some(out, "VL", work.volume.as_deref());
    ris_some(out, "IS", work.issue.as_deref());
    pages_or_number(out, work);
    ris_some(out, "DO", work.doi.as_deref());
    ris(out, "AN", &web_of_science_number(work));
    out.push_str("ER  -\n\n");
}
