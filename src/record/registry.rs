//! Numbers of trials in registries.

use std::fmt;

/// The number of a trial in a registry, in the registry's own spelling: "NCT01234567".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistryId(Box<str>);

/// What a registry's numbers look like.
struct Pattern {
    registry: &'static str,
    /// What they begin with, in the registry's spelling.
    prefix: &'static str,
    /// What follows: `9` stands for a digit, `A` for a letter or digit, `*` behind either for any number of it.
    rest: &'static str,
}

const fn pattern(registry: &'static str, prefix: &'static str, rest: &'static str) -> Pattern {
    Pattern { registry, prefix, rest }
}

/// The registries of the WHO's network and those before it, by what they print on their own pages.
const PATTERNS: &[Pattern] = &[
    pattern("ClinicalTrials.gov", "NCT", "99999999"),
    pattern("ISRCTN", "ISRCTN", "99999999"),
    pattern("EU Clinical Trials Register", "EUCTR", "9999-999999-99"),
    pattern("EU Clinical Trials Register", "EUCTR", "9999-999999-99-AA"),
    pattern("EU Clinical Trials Register", "CTIS", "9999-999999-99-99"),
    pattern("EU Clinical Trials Register", "EudraCT", "9999-999999-99"),
    pattern("EU Clinical Trials Register", "", "9999-999999-99-99"),
    pattern("EU Clinical Trials Register", "", "9999-999999-99"),
    pattern("ANZCTR", "ACTRN", "99999999999999"),
    pattern("ANZCTR", "ACTRN", "999999999999"),
    pattern("ChiCTR", "ChiCTR", "9999999999"),
    pattern("ChiCTR", "ChiCTR", "-A*-9999999*"),
    pattern("CTRI", "CTRI/", "9999/99/999999"),
    pattern("CTRI", "CTRI/", "9999/99*/999*/999999"),
    pattern("DRKS", "DRKS", "99999999"),
    pattern("IRCT", "IRCT", "99999999*N9*"),
    pattern("JPRN", "JPRN-UMIN", "999999999"),
    pattern("JPRN", "UMIN", "999999999"),
    pattern("JPRN", "JapicCTI-", "999999"),
    pattern("JPRN", "jRCT", "9999999999"),
    pattern("JPRN", "jRCTs", "999999999"),
    pattern("CRiS", "KCT", "9999999"),
    pattern("Netherlands Trial Register", "NTR", "999*"),
    pattern("Netherlands Trial Register", "NL", "9999*"),
    pattern("PACTR", "PACTR", "999999999999999*"),
    pattern("ReBec", "RBR-", "AAAAAA*"),
    pattern("SLCTR", "SLCTR/", "9999/999"),
    pattern("TCTR", "TCTR", "99999999999"),
    pattern("LBCTR", "LBCTR", "9999999999"),
    pattern("REPEC", "PER-", "999-99"),
    pattern("RPCEC", "RPCEC", "99999999"),
];

/// What databases write before a number to say whose it is, in lower case.
const LABELS: &[&str] = &["clinicaltrials.gov", "isrctn", "eudract", "actrn", "chictr", "ctri", "drks", "anzctr", "jprn", "umin-ctr"];

impl RegistryId {
    /// The number that `value` as a whole is, also behind the registry's name ("ClinicalTrials.gov/NCT01234567") and with a
    /// blank or colon between letters and digits. `None` for anything else and for registries that are not known.
    ///
    /// ```
    /// use refsieve::record::RegistryId;
    /// let id = RegistryId::parse("ClinicalTrials.gov/nct 01234567").unwrap();
    /// assert_eq!((id.as_str(), id.registry()), ("NCT01234567", "ClinicalTrials.gov"));
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        /// No number is longer, with its registry's name before it.
        const LONGEST: usize = 64;
        let value = value.trim().trim_end_matches('.');
        if value.len() > LONGEST {
            return None;
        }
        Self::parse_bare(value).or_else(|| {
            let lower = value.to_ascii_lowercase();
            let label = LABELS.iter().find(|label| lower.starts_with(**label))?;
            Self::parse_bare(value[label.len()..].trim_start_matches(['/', ':', ' ', '-']))
        })
    }

    fn parse_bare(value: &str) -> Option<Self> {
        PATTERNS.iter().find_map(|pattern| {
            let (start, rest) = value.split_at_checked(pattern.prefix.len())?;
            let rest = if pattern.prefix.is_empty() { rest } else { rest.trim_start_matches([' ', ':']) };
            let rest = rest.to_ascii_uppercase();
            let fits = start.eq_ignore_ascii_case(pattern.prefix) && fits(pattern.rest.as_bytes(), rest.as_bytes());
            fits.then(|| Self(format!("{}{rest}", pattern.prefix).into()))
        })
    }

    /// The number, in the registry's spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the registry.
    #[must_use]
    pub fn registry(&self) -> &'static str {
        let is_of =
            |pattern: &&Pattern| self.0.strip_prefix(pattern.prefix).is_some_and(|rest| fits(pattern.rest.as_bytes(), rest.as_bytes()));
        PATTERNS.iter().find(is_of).map_or("", |pattern| pattern.registry)
    }
}

impl fmt::Display for RegistryId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let Some((sign, after)) = pattern.split_first() else { return text.is_empty() };
    let is_one = |byte: &u8| match sign {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_alphanumeric(),
        other => byte == other,
    };
    if after.first() == Some(&b'*') {
        let run = text.iter().take_while(|byte| is_one(byte)).count();
        return fits(&after[1..], &text[run..]);
    }
    text.split_first().is_some_and(|(byte, rest)| is_one(byte) && fits(after, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_registries() {
        for (input, expected) in [
            ("NCT01234567", Some("NCT01234567")),
            ("nct 01234567", Some("NCT01234567")),
            ("ClinicalTrials.gov/NCT01234567", Some("NCT01234567")),
            ("ClinicalTrials.gov: NCT01234567.", Some("NCT01234567")),
            ("ISRCTN12345678", Some("ISRCTN12345678")),
            ("ISRCTN/ISRCTN12345678", Some("ISRCTN12345678")),
            ("ISRCTN: 12345678", Some("ISRCTN12345678")),
            ("EUCTR2004-000446-20-GB", Some("EUCTR2004-000446-20-GB")),
            ("EudraCT 2004-000446-20", Some("EudraCT2004-000446-20")),
            ("EudraCT/2004-000446-20", Some("2004-000446-20")),
            ("2004-000446-20", Some("2004-000446-20")),
            ("2022-500024-30-00", Some("2022-500024-30-00")),
            ("ACTRN12605000001606", Some("ACTRN12605000001606")),
            ("ChiCTR-TRC-10000987", Some("ChiCTR-TRC-10000987")),
            ("chictr1800012345", Some("ChiCTR1800012345")),
            ("CTRI/2018/01/011000", Some("CTRI/2018/01/011000")),
            ("DRKS00001234", Some("DRKS00001234")),
            ("IRCT20100101000001N2", Some("IRCT20100101000001N2")),
            ("JPRN-UMIN000001234", Some("JPRN-UMIN000001234")),
            ("jRCTs031180123", Some("jRCTs031180123")),
            ("NTR123", Some("NTR123")),
            ("RBR-6vv55b", Some("RBR-6VV55B")),
            ("GENBANK/AB012345", None),
            ("NCT0123456", None),
            ("NCT012345678", None),
            ("see NCT01234567", None),
            ("", None),
        ] {
            assert_eq!(RegistryId::parse(input).as_ref().map(RegistryId::as_str), expected, "{input}");
        }
        let registries = ["NCT01234567", "2004-000446-20", "ACTRN12605000001606"].map(|id| RegistryId::parse(id).unwrap().registry());
        assert_eq!(registries, ["ClinicalTrials.gov", "EU Clinical Trials Register", "ANZCTR"]);
    }
}
