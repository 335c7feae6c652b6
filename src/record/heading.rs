//! Subject headings as indexers assigned them: a descriptor, its qualifiers, and whether it is a major topic.

/// One assigned heading. The texts are as the export wrote them, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The descriptor ("Peer Group").
    pub descriptor: &'a str,
    /// Whether the descriptor, or any of its qualifiers, is marked as a major topic.
    pub major: bool,
    /// Its qualifiers (subheadings), in the order of the export.
    pub qualifiers: Vec<Qualifier<'a>>,
}

/// A qualifier of a heading, by name ("psychology", MEDLINE) or by two-letter code ("px", Ovid).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qualifier<'a> {
    /// Name or code, as written.
    pub name: &'a str,
    /// Whether it is marked as a major topic.
    pub major: bool,
}

impl<'a> Heading<'a> {
    /// Reads MEDLINE's "Peer Group/*psychology" and Ovid's "*Peer Group/px, ed [Psychology, Education]"; `None` for
    /// what is blank. A slash that is no start of qualifiers does not occur in descriptors.
    ///
    /// ```
    /// use refsieve::record::Heading;
    /// let heading = Heading::parse("Peer Group/*psychology/ethics").unwrap();
    /// assert_eq!((heading.descriptor, heading.major, heading.qualifiers.len()), ("Peer Group", true, 2));
    /// ```
    #[must_use]
    pub fn parse(value: &'a str) -> Option<Self> {
        let value = without_gloss(value);
        let mut parts = value.split('/');
        let (descriptor, mut major) = without_star(parts.next()?);
        if descriptor.is_empty() {
            return None;
        }
        let mut qualifiers = Vec::new();
        for name in parts.flat_map(|part| part.split(',')) {
            let (name, name_is_major) = without_star(name.split(" [").next().unwrap_or(name));
            if !name.is_empty() {
                major |= name_is_major;
                qualifiers.push(Qualifier { name, major: name_is_major });
            }
        }
        Some(Self { descriptor, major, qualifiers })
    }
}

/// Ovid's gloss of the codes: "Heading/ae [Adverse Effects]" without the bracket.
fn without_gloss(value: &str) -> &str {
    let value = value.trim();
    match value.rfind(" [") {
        Some(at) if value.ends_with(']') && value[..at].contains('/') => value[..at].trim_end(),
        _ => value,
    }
}

fn without_star(part: &str) -> (&str, bool) {
    let part = part.trim();
    match part.strip_prefix('*') {
        Some(rest) => (rest.trim(), true),
        None => (part, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_medline_and_ovid() {
        for (input, descriptor, major, qualifiers) in [
            ("Humans", "Humans", false, vec![]),
            ("*Mental Health", "Mental Health", true, vec![]),
            ("Peer Group/*psychology", "Peer Group", true, vec!["psychology"]),
            (
                "Delivery of Health Care/organization & administration/*trends",
                "Delivery of Health Care",
                true,
                vec!["organization & administration", "trends"],
            ),
            ("*Peer Group/px, ed [Psychology, Education]", "Peer Group", true, vec!["px", "ed"]),
            ("*depression/dt [Drug Therapy], th [Therapy]", "depression", true, vec!["dt", "th"]),
            ("Hypertension/ae [Adverse Effects]", "Hypertension", false, vec!["ae"]),
            ("Receptors [old name]", "Receptors [old name]", false, vec![]),
        ] {
            let heading = Heading::parse(input).unwrap();
            assert_eq!((heading.descriptor, heading.major), (descriptor, major), "{input}");
            assert_eq!(heading.qualifiers.iter().map(|qualifier| qualifier.name).collect::<Vec<_>>(), qualifiers, "{input}");
        }
        assert_eq!(Heading::parse(" * "), None);
    }
}
