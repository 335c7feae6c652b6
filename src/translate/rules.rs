//! What a platform is to the walk over a tree: a table of its signs, and two functions for headings and limits.

use super::{Effect, Loss};
use crate::strategy::Limit;
use crate::thesaurus::Thesaurus;

/// The signs of a platform.
pub(super) struct Rules {
    /// What in the text of a line the platform may not read as it is meant.
    pub(super) doubt: Option<fn(&str) -> Option<String>>,
    /// Its own name.
    pub(super) name: &'static str,
    /// What stands before the number of a line: `#3`, `S3`.
    pub(super) reference: &'static str,
    /// The operator of a difference.
    pub(super) not: &'static str,
    /// What stands around a phrase.
    pub(super) quote: char,
    /// How words are found near each other and next to each other.
    pub(super) proximity: Proximity,
    pub(super) wildcards: Wildcards,
    pub(super) fields: Fields,
    /// What is written for a heading.
    pub(super) heading: fn(&Heading) -> Written,
    /// What is written for any heading with this qualifier.
    pub(super) qualifier: fn(&Qualifier) -> Option<String>,
    /// What is written for the records that pass a limit.
    pub(super) limit: fn(&Limit, &Thesaurus) -> Option<Written>,
}

/// Words near each other.
pub(super) enum Proximity {
    /// Operators between words, phrases and groups of them.
    Infix {
        /// What stands before the number: `NEAR/`, `N`.
        near: &'static str,
        /// What Ovid's number is lessened by: 0 where steps are counted, 1 where the words between are.
        less: u8,
        /// The operator for the very next word; `None` where only phrases say it.
        next: Option<&'static str>,
    },
    /// A distance behind two or more plain words, as only PubMed has it.
    Tag {
        /// The tags of fields that take a distance.
        tags: &'static [&'static str],
    },
}

/// The wildcards of a platform.
pub(super) struct Wildcards {
    /// Exactly one character.
    pub(super) one: Option<&'static str>,
    /// One character or none.
    pub(super) one_or_none: Option<&'static str>,
    /// At most so many characters: what stands before and behind the number.
    pub(super) at_most: Option<(&'static str, &'static str)>,
    /// Whether `*` may stand within a word.
    pub(super) inside: bool,
    /// Whether wildcards work between quotation marks.
    pub(super) in_phrases: bool,
    /// So many characters must stand before `*`.
    pub(super) shortest: usize,
}

/// The fields of a platform.
pub(super) struct Fields {
    pub(super) style: FieldStyle,
    /// Codes that are written together: what they become, and how well that fits.
    pub(super) together: &'static [Row<&'static [&'static str]>],
    /// What one code becomes.
    pub(super) alone: &'static [Row<&'static str>],
    /// What stands for all fields, where a code has none of its own.
    pub(super) everywhere: &'static [&'static str],
    /// Tags that have one for both: `TITLE` and `ABS` are `TITLE-ABS`.
    pub(super) merged: &'static [(&'static str, &'static str, &'static str)],
}

/// Where a field stands.
pub(super) enum FieldStyle {
    /// Behind each word or phrase: `peer[ti]`.
    EachTerm,
    /// Behind a group: `(peer OR support):ti,ab`.
    Behind,
    /// Before a group, with this between tag and bracket: `TI=(peer)`. Where a comma is given several tags stand
    /// together.
    Before { open: &'static str, comma: Option<&'static str> },
}

/// Codes of Ovid, the tags they become (an empty one: no tag), and how well that fits.
pub(super) struct Row<C> {
    pub(super) codes: C,
    pub(super) tags: &'static [&'static str],
    pub(super) fit: Fit,
}

/// How well the fields of a platform are those of Ovid.
#[derive(Clone, Copy)]
pub(super) enum Fit {
    /// They are the same, as far as two databases have the same fields.
    Same,
    /// They are what is used for them; what is different is worth knowing once.
    Note(&'static str),
    /// More is searched: what.
    Wider(&'static str),
    /// Less is searched: what is not.
    Narrower(&'static str),
}

pub(super) const fn row(codes: &'static str, tags: &'static [&'static str], fit: Fit) -> Row<&'static str> {
    Row { codes, tags, fit }
}

/// A heading to be written.
pub(super) struct Heading {
    /// Its name as the thesaurus has it, else as it was written; without quotation marks.
    pub(super) name: String,
    /// Whether the thesaurus, MeSH, has it.
    pub(super) is_known: bool,
    pub(super) explode: bool,
    pub(super) focus: bool,
    pub(super) qualifiers: Vec<Qualifier>,
}

/// A qualifier by its two letters and by its name.
pub(super) struct Qualifier {
    pub(super) code: String,
    pub(super) name: String,
}

/// Text, and what it does not say.
#[derive(Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// Whether it can be an operand without brackets around it.
    pub(super) is_whole: bool,
    pub(super) losses: Vec<Loss>,
    pub(super) notes: Vec<String>,
}

impl Written {
    /// One operand, of which nothing is lost.
    pub(super) fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_whole: true, ..Self::default() }
    }

    /// Operands with `operator` between them.
    pub(super) fn joined(parts: &[String], operator: &str) -> Self {
        Self { text: parts.join(operator), is_whole: parts.len() == 1, ..Self::default() }
    }

    /// The same, with something lost.
    pub(super) fn but(mut self, effect: Effect, sentence: impl Into<String>) -> Self {
        self.losses.push(Loss { effect, sentence: sentence.into() });
        self
    }

    /// The same, with something to know.
    pub(super) fn knowing(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

impl Heading {
    /// One text for each qualifier, or one without any.
    pub(super) fn each(&self, write: impl Fn(Option<&Qualifier>) -> String) -> Written {
        match self.qualifiers.as_slice() {
            [] => Written::whole(write(None)),
            qualifiers => Written::joined(&qualifiers.iter().map(|qualifier| write(Some(qualifier))).collect::<Vec<_>>(), " OR "),
        }
    }

    /// For platforms that have no headings: its name as words, in both orders where a comma turns it round.
    pub(super) fn words(&self, quote: char) -> Vec<String> {
        let plain =
            |text: &str| text.chars().map(|c| if matches!(c, '"' | '\'' | '(' | ')' | '[' | ']') { ' ' } else { c }).collect::<String>();
        let plain = |text: &str| plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut names = vec![plain(&self.name.replace(',', " "))];
        if let Some((head, rest)) = self.name.split_once(',')
            && !rest.contains(',')
        {
            names.insert(0, plain(&format!("{rest} {head}")));
        }
        names.into_iter().map(|name| format!("{quote}{name}{quote}")).collect()
    }

    /// The heading as it stands in Ovid, for sentences.
    pub(super) fn shown(&self) -> String {
        let (explode, focus) = (if self.explode { "exp " } else { "" }, if self.focus { "*" } else { "" });
        let codes: Vec<&str> = self.qualifiers.iter().map(|qualifier| qualifier.code.as_str()).collect();
        format!("{explode}{focus}{}/{}", self.name, codes.join(","))
    }
}

/// A name of one word as it stands, another between quotation marks.
pub(super) fn named(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) { name.to_owned() } else { format!("\"{}\"", name.replace('"', " ")) }
}

/// Years from and to, with a sign between; one year alone.
pub(super) fn span(from: u16, sign: char, to: u16) -> String {
    if from == to { from.to_string() } else { format!("{from}{sign}{to}") }
}
