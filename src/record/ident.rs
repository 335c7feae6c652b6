//! Identifiers that have passed their check.

use std::borrow::Cow;
use std::fmt;

/// A DOI: `10.`, a registrant of 4 to 9 digits (with sub-codes), a slash, a suffix; in lower case, since DOIs are compared
/// without regard to case (DOI Handbook §2.4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doi(Box<str>);

/// A PubMed identifier: one to eight digits, not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmid(u32);

/// Words beside a DOI that say that it is one, or of which edition.
const LABELS: [&str; 8] = ["[doi]", "doi:", "doi", "(doi)", "(print)", "(online)", "(electronic)", "[electronic]"];

/// The addresses that nearly all links by DOI begin with.
const RESOLVERS: [&str; 4] = ["https://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/", "http://doi.org/"];

impl Doi {
    /// The DOI that `value` as a whole is: bare, with `doi:`, as a URL of the DOI system, of a library's proxy in front of
    /// it or of a publisher's page of it, percent- or entity-encoded, with a typographic hyphen, with MEDLINE's ` [doi]`
    /// or `(print)` behind. `None` where the value is anything else or only holds one somewhere: a DOI inside a longer
    /// text is often that of another work.
    ///
    /// ```
    /// use refsieve::record::Doi;
    /// assert_eq!(Doi::parse("https://dx.doi.org/10.1000/ABC%281%29").unwrap().as_str(), "10.1000/abc(1)");
    /// assert!(Doi::parse("Erratum (DOI: 10.1000/abc)").is_none());
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        // As most exports write it: bare, as MEDLINE does, or as a link.
        let bare = value.strip_suffix(" [doi]").unwrap_or(value);
        let bare = RESOLVERS.iter().find_map(|address| bare.strip_prefix(address)).unwrap_or(bare);
        if is_plain_doi(bare) {
            return Self::parse_plain(bare);
        }
        if !Self::may_stand_in(value) {
            return None;
        }
        if let Some(closed) = without_blanks_at_slash(value) {
            return Self::parse_words(&closed);
        }
        Self::parse_words(value)
    }

    /// Whether "10.", which every DOI begins with, stands anywhere in `value`.
    pub(crate) fn may_stand_in(value: &str) -> bool {
        memchr::memchr_iter(b'1', value.as_bytes()).any(|at| value[at + 1..].starts_with("0."))
    }

    /// [`Doi::parse`] where [`is_plain_doi`].
    fn parse_plain(value: &str) -> Option<Self> {
        let text = value.trim_end_matches(['.', '/']);
        let (registrant, suffix) = text.split_once('/')?;
        (is_registrant(registrant) && !suffix.is_empty()).then(|| Self(text.to_ascii_lowercase().into_boxed_str()))
    }

    fn parse_words(value: &str) -> Option<Self> {
        let mut words = value.split_whitespace().filter(|word| !is_label(word)).map(Self::parse_word);
        let first = words.next()??;
        words.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    fn parse_word(word: &str) -> Option<Self> {
        let bare = without_address(word);
        // Nothing else becomes "10.", whatever is decoded in it: most links end here.
        if !bare.starts_with(['1', '%', '&']) {
            return None;
        }
        let decoded = decode(bare);
        let text = decoded.strip_suffix("</a>").unwrap_or(&decoded);
        let text = text.trim_end_matches(['.', ',', ';', '"', '\'', '/']).to_lowercase();
        let (registrant, suffix) = text.split_once('/')?;
        (is_registrant(registrant) && !suffix.is_empty()).then(|| Self(text.into_boxed_str()))
    }

    /// The DOI in lower case, beginning with `10.`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Doi {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Pmid {
    /// The PMID that `value` as a whole is, also with MEDLINE's version suffix ("12345.1"), `PMID:`, `PubMed ID:`, `[PMID]`
    /// or `PUBMED`, and as CENTRAL lists it beside others ("PUBMED 12345,EMBASE 678").
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let listed = value.split(',').map(str::trim).find(|number| number.starts_with("PUBMED "));
        let mut text = listed.unwrap_or(value.trim());
        // As most exports write it.
        if (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().filter(|number| *number > 0).map(Self);
        }
        for affix in ["PubMed ID:", "PMID:", "PMID", "PUBMED", "[PMID]", "[pmid]"] {
            text = text.strip_prefix(affix).or_else(|| text.strip_suffix(affix)).unwrap_or(text).trim();
        }
        let digits = text.split_once('.').map_or(text, |(number, _)| number);
        let valid = !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !valid {
            return None;
        }
        digits.parse().ok().filter(|number| *number > 0).map(Self)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Pmid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

fn is_label(word: &str) -> bool {
    LABELS.iter().any(|label| word.eq_ignore_ascii_case(label))
}

/// Whether `value` begins like a bare DOI and holds nothing that has to be decoded or taken off, as most do.
fn is_plain_doi(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_' | b'(' | b')' | b':');
    value.starts_with("10.") && value.bytes().all(is_plain)
}

/// "10." and a registrant's number of 4 to 9 digits, sub-codes behind.
fn is_registrant(text: &str) -> bool {
    let Some(digits) = text.strip_prefix("10.") else { return false };
    let mut parts = digits.as_bytes().split(|byte| *byte == b'.');
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    parts.next().is_some_and(|first| (4..=9).contains(&first.len()) && is_number(first)) && parts.all(is_number)
}

/// "10.1000 / abc" in one piece; `None` where the slash behind the registrant has no blanks beside it.
fn without_blanks_at_slash(value: &str) -> Option<String> {
    let (before, behind) = value.split_once('/')?;
    let (registrant, suffix) = (before.trim_end(), behind.trim_start());
    let has_blanks = registrant.len() < before.len() || suffix.len() < behind.len();
    // "10.1000/ [doi]" has lost its suffix.
    if suffix.split_whitespace().next().is_none_or(is_label) {
        return None;
    }
    let last_word = registrant.rsplit(char::is_whitespace).next().unwrap_or_default();
    (has_blanks && is_registrant(strip_labels(last_word))).then(|| format!("{registrant}/{suffix}"))
}

/// Where the pages of publishers have the DOI of the article they show: `/doi/10.1000/1`, `/doi/full/10.1000/1`.
const PAGE_KINDS: [&str; 8] = ["full/", "abs/", "pdf/", "epdf/", "pdfplus/", "pdfdirect/", "epub/", "full-xml/"];
/// What may stand behind it there.
const PAGE_ENDS: [&str; 6] = ["/full", "/abstract", "/pdf", "/epdf", "/epub", "/summary"];

/// `word` without "doi:" or the address that the DOI is the last part of, and without the query of such an address.
fn without_address(word: &str) -> &str {
    if word.starts_with("10.") {
        return word;
    }
    let text = strip_labels(word);
    // A library's proxy, with the address proper as its last part.
    let text = text.split_once("url=").filter(|(proxy, _)| without_scheme(proxy).is_some()).map_or(text, |(_, address)| address);
    let (scheme, address) = without_scheme(text).map_or((false, text), |address| (true, address));
    let Some((host, path)) = split_host(address) else { return strip_labels(address) };
    if !scheme && !host.contains('.') {
        return text;
    }
    let path = path.split('?').next().unwrap_or(path);
    if is_doi_resolver(host) {
        return strip_labels(path);
    }
    let Some(page) = strip_prefix(path, "doi/") else { return text };
    let doi = PAGE_KINDS.iter().find_map(|kind| strip_prefix(page, kind)).unwrap_or(page);
    PAGE_ENDS.iter().find_map(|end| doi.strip_suffix(end)).unwrap_or(doi)
}

/// doi.org, also as proxies of libraries write it: doi-org.proxy.example, doi.org.proxy.example.
fn is_doi_resolver(host: &str) -> bool {
    let host = strip_prefix(host, "www.").unwrap_or(host);
    let host = strip_prefix(host, "dx.").or_else(|| strip_prefix(host, "dx-")).unwrap_or(host);
    ["doi.org", "doi.dx.org", "doi-org"]
        .iter()
        .filter_map(|resolver| strip_prefix(host, resolver).map(|rest| (resolver, rest)))
        .any(|(resolver, rest)| rest.starts_with('.') || (rest.is_empty() && resolver.contains('.')))
}

/// Behind "https://", also where its colon and slashes are percent-encoded.
fn without_scheme(text: &str) -> Option<&str> {
    ["https://", "http://", "https%3a%2f%2f", "http%3a%2f%2f"].iter().find_map(|scheme| strip_prefix(text, scheme))
}

fn split_host(address: &str) -> Option<(&str, &str)> {
    let encoded = || address.split_once("%2F").or_else(|| address.split_once("%2f"));
    match address.split_once('/') {
        Some((host, path)) if !host.contains('%') => Some((host, path)),
        _ => encoded(),
    }
}

/// Without "doi:" and its kin.
fn strip_labels(text: &str) -> &str {
    ["urn:", "info:", "doi:", "doi/", "doi"].iter().fold(text, |text, label| match strip_prefix(text, label) {
        // Not the "doi" of "doi.org".
        Some(rest) if *label != "doi" || rest.starts_with("10.") => rest,
        _ => text,
    })
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// What DOIs are damaged by: entities, hyphens of typesetters.
const SPELLINGS: [(&str, &str); 11] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&#8208;", "-"),
    ("&#8209;", "-"),
    ("&#8211;", "-"),
    ("&#x2010;", "-"),
    ("\u{2010}", "-"),
    ("\u{2011}", "-"),
    ("\u{2012}", "-"),
    ("\u{2013}", "-"),
];

/// The plain spelling: percent-decoded, where the result is UTF-8, without entities and typesetters' hyphens.
fn decode(text: &str) -> Cow<'_, str> {
    match percent_decoded(text) {
        Some(decoded) => Cow::Owned(plain_spelling(&decoded).into_owned()),
        None => plain_spelling(text),
    }
}

fn plain_spelling(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(SPELLINGS.iter().fold(text.to_owned(), |text, (odd, plain)| text.replace(odd, plain)))
}

fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok())).flatten();
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_dois_are_read_as_all_are(value in "10\\.[0-9.]{0,7}[/.A-Za-z0-9():_-]{0,12}") {
            prop_assert!(is_plain_doi(&value));
            prop_assert_eq!(Doi::parse_plain(&value), Doi::parse_words(&value));
        }
    }

    #[test]
    fn dois_in_the_places_meant_for_them() {
        for (input, expected) in [
            ("10.1000/AbC", Some("10.1000/abc")),
            ("https://dx.doi.org/10.1000/abc", Some("10.1000/abc")),
            ("http://doi.org/10.1000/abc.", Some("10.1000/abc")),
            ("doi: 10.1000/abc", Some("10.1000/abc")),
            ("DOI:10.1000/abc", Some("10.1000/abc")),
            ("10.1002/(SICI)1097&lt;1::AID-X1&gt;3.0.CO;2-A", Some("10.1002/(sici)1097<1::aid-x1>3.0.co;2-a")),
            ("10.1000/a%2Fb", Some("10.1000/a/b")),
            ("10.1016/j.x.2016.01.001 [doi]", Some("10.1016/j.x.2016.01.001")),
            ("10.1000/abc\nhttps://doi.org/10.1000/abc", Some("10.1000/abc")),
            ("10.17705/1CAIS.", Some("10.17705/1cais")),
            ("https://proxy.uio.no/login?url=https://doi.org/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("http://proxy.example/login?url=https%3A%2F%2Fdoi.org%2F10.1000%2Fxyz-123", Some("10.1000/xyz-123")),
            ("https://doi-org.ezproxy.uio.no/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("https://doi.org.ezproxy.uio.no/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("https://doi.org/10.1000/xyz-123?utm=1", Some("10.1000/xyz-123")),
            ("https://doi.org/doi:10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("dx.doi.org/10.1000/xyz-123/", Some("10.1000/xyz-123")),
            ("10.1000/xyz-123/", Some("10.1000/xyz-123")),
            ("10.1000/xyz-123?utm=1", Some("10.1000/xyz-123?utm=1")),
            ("10.1000 / xyz-123", Some("10.1000/xyz-123")),
            ("doi: 10.1000/ xyz-123", Some("10.1000/xyz-123")),
            ("10.1000/ [doi]", None),
            ("10.1000 / (print)", None),
            ("10.1000/xyz\u{2010}123", Some("10.1000/xyz-123")),
            ("10.1000/xyz\u{2011}123", Some("10.1000/xyz-123")),
            ("10.1000/xyz\u{2013}123", Some("10.1000/xyz-123")),
            ("10.1000/xyz&#8208;123", Some("10.1000/xyz-123")),
            ("DOI10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("info:doi/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("urn:doi:10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("10.1000/xyz-123 (print)", Some("10.1000/xyz-123")),
            ("10.1000/xyz-123</a>", Some("10.1000/xyz-123")),
            ("https://www.tandfonline.com/doi/full/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("https://www.tandfonline.com/doi/abs/10.1000/xyz-123?journalCode=a", Some("10.1000/xyz-123")),
            ("http://journals.example.org/doi/pdf/10.1000/xyz-123", Some("10.1000/xyz-123")),
            ("https://onlinelibrary.example.com/doi/10.1000/xyz-123/abstract", Some("10.1000/xyz-123")),
            ("https://example.org/central/doi/10.1000/xyz-123", None),
            ("https://example.org/doi/suppl/10.1000/xyz-123/suppl_file/a.pdf", None),
            ("https://example.org/search?q=10.1000/xyz-123", None),
            ("https://example.org/10.1000/xyz-123", None),
            ("https://doi-organisation.example/10.1000/xyz-123", None),
            ("https://notdoi.org/10.1000/xyz-123", None),
            ("Print edition 10.1000/xyz-123", None),
            ("10.1000/xyz-123 / 10.1000/other", None),
            ("the reply to 10.1000 / xyz-123", None),
            ("curl=10.1000/xyz-123", None),
            ("see 10.1000/abc for more", None),
            ("10.1000/", None),
            ("11.1000/abc", None),
            ("10.10/abc", None),
            ("", None),
        ] {
            assert_eq!(Doi::parse(input).as_ref().map(Doi::as_str), expected, "{input}");
        }
    }

    #[test]
    fn pmids() {
        for (input, expected) in [
            ("12345678", Some(12_345_678)),
            ("PMID: 7", Some(7)),
            ("PubMed ID: 7", Some(7)),
            ("7 [PMID]", Some(7)),
            ("7.1", Some(7)),
            ("PUBMED 7,EMBASE 8", Some(7)),
            ("EMBASE 8,PUBMED 7", Some(7)),
            ("EMBASE 8", None),
            ("PMC12", None),
            ("0", None),
            ("123456789", None),
        ] {
            assert_eq!(Pmid::parse(input).map(Pmid::get), expected, "{input}");
        }
    }
}
