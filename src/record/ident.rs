//! Identifiers that have passed their check.

use std::fmt;

/// A DOI: `10.`, a registrant of 4 to 9 digits (with sub-codes), a slash, a suffix; in lower case, since DOIs are compared
/// without regard to case (DOI Handbook §2.4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doi(Box<str>);

/// A PubMed identifier: one to eight digits, not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmid(u32);

impl Doi {
    /// The DOI that `value` as a whole is: bare, with `doi:`, as a URL, percent- or entity-encoded, with MEDLINE's
    /// ` [doi]` behind. `None` where the value is anything else or only holds one somewhere: a DOI inside a longer text
    /// is often that of another work.
    ///
    /// ```
    /// use refsieve::record::Doi;
    /// assert_eq!(Doi::parse("https://dx.doi.org/10.1000/ABC%281%29").unwrap().as_str(), "10.1000/abc(1)");
    /// assert!(Doi::parse("Erratum (DOI: 10.1000/abc)").is_none());
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let is_label = |word: &&str| ["[doi]", "doi:", "doi"].iter().any(|label| word.eq_ignore_ascii_case(label));
        let mut words = value.split_whitespace().filter(|word| !is_label(word)).map(Self::parse_word);
        let first = words.next()??;
        words.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    fn parse_word(word: &str) -> Option<Self> {
        let decoded = decode(strip_prefixes(word));
        let text = decoded.trim_end_matches(['.', ',', ';', '"', '\'']).to_lowercase();
        let (registrant, suffix) = text.split_once('/')?;
        let digits = registrant.strip_prefix("10.")?;
        let valid = digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            && (4..=9).contains(&digits.split('.').next().map_or(0, str::len))
            && !suffix.is_empty();
        valid.then(|| Self(text.into_boxed_str()))
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
    /// or `PUBMED`.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut text = value.trim();
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

/// Without "doi:", "doi.org/" and their kin.
fn strip_prefixes(text: &str) -> &str {
    const PREFIXES: [&str; 10] = ["https://", "http://", "www.", "dx.", "doi.org/", "doi.dx.org/", "doi:", "urn:doi:", "info:doi/", "doi/"];
    let mut text = text;
    for prefix in PREFIXES {
        if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            text = text[prefix.len()..].trim_start();
        }
    }
    text
}

/// Percent-decoding, where the result is UTF-8, and the three entities that occur in DOIs of old Wiley articles.
fn decode(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    if !text.contains('%') {
        return text;
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok())).flatten();
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("PMC12", None),
            ("0", None),
            ("123456789", None),
        ] {
            assert_eq!(Pmid::parse(input).map(Pmid::get), expected, "{input}");
        }
    }
}
