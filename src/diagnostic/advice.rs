//! Why a code about strategies matters, and how to repair what it found: the rest of the page that a message begins.
//!
//! The elements of a search that are looked at are those of the PRESS 2015 guideline statement (McGowan et al., Journal of
//! Clinical Epidemiology 75, 2016): translation of the question, Boolean and proximity operators, subject headings, text
//! words, spelling and syntax, limits.

use super::Code;

/// Why a finding matters, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub repair: &'static str,
}

#[expect(clippy::unnecessary_wraps, reason = "the rows of a table of which some are empty")]
const fn advice(why: &'static str, repair: &'static str) -> Option<Advice> {
    Some(Advice { why, repair })
}

impl Code {
    /// Why it matters and what to do, for codes about strategies; none for the others.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn advice(self) -> Option<Advice> {
        match self {
            Code::SkippedLine => advice("headers and remarks of a pasted history are no searches", "nothing, if it is no search"),
            Code::EmptyStrategy => advice("nothing in the text looks like a search", "paste the lines of the strategy, one a line"),
            Code::UnnumberedLine => advice(
                "in a numbered strategy a line without a number is a remark, or a line that lost its number",
                "give it the number it had, or take it out",
            ),
            Code::NumberRestored => advice("a number was lost in copying, and later lines refer to it", "write the number before the line"),
            Code::DuplicateLabel => advice("a reference to such a number could mean either line", "give each line a number of its own"),
            Code::MissingLabel => {
                advice("a line may have been left out in copying", "compare with the original; if nothing is missing, nothing")
            }
            Code::PasteDamage => {
                advice("word processors replace plain signs", "nothing; or replace them, if the strategy goes back to Ovid")
            }
            Code::ExpectedOperand | Code::ExpectedOperator => advice(
                "the line is no whole search as it stands",
                "look at the place that is marked: a word or operator is missing or too many",
            ),
            Code::UnbalancedBracket => advice("nobody can know where the bracket belongs", "add or remove one bracket"),
            Code::UnclosedQuote => advice("nobody can know where the quotation ends", "add or remove one quotation mark"),
            Code::TooDeep => advice("no person nests so deep; the text is probably damaged", "split the line"),
            Code::UnknownFieldCode => advice(
                "searching all fields instead would find other records",
                "write one that the database has; the message names the nearest ones",
            ),
            Code::SuffixSeparator => advice("Ovid reads dots between codes in its own way", "write commas: .ti,ab."),
            Code::SuffixInsideAdj => {
                advice("words of different fields have no distance", "write one suffix after the whole adjacency: (a adj2 b).ti.")
            }
            Code::SuffixOnSet => advice("a set of records has no field", "write the suffix on the words of the lines"),
            Code::SetInsideAdj => {
                advice("records and headings have no position in a text", "combine with and, or search words on both sides of adj")
            }
            Code::AdjDistance => advice("adj takes a distance of 1 to 99", "write the distance: adj3"),
            Code::LeadingWildcard => {
                advice("Ovid does not search words by their ends", "write the beginnings out: (estrogen* or oestrogen*)")
            }
            Code::InternalTruncation => {
                advice("Ovid documents truncation for the end of words only", "use # or ? inside of words, or write the forms out")
            }
            Code::UnquotedNumber => advice("Ovid may take a number for that of a line", "put the phrase in quotation marks"),
            Code::SlashInPhrase => {
                advice("a slash ends a heading; between words it is probably a slip", "write a blank, or: heading/ not heading/")
            }
            Code::MixedOperators => advice(
                "guides differ about the order in which and, or and not are applied, and the sets differ with it",
                "put brackets around what belongs together",
            ),
            Code::AndNot => advice("other platforms write and not; Ovid writes not", "write not"),
            Code::UnknownReference => advice("a line can only use lines above it", "correct the number"),
            Code::AmbiguousReference => advice("several lines carry this number", "number the lines anew and correct the references"),
            Code::BrokenReference => advice("a line that cannot be run has no set", "repair that line first"),
            Code::LineRange => advice("nobody can know how these lines are to be combined", "write or/1-13, and/1,3 or 1 and 2"),
            Code::HeadingWithoutSlash => advice("articles print headings without the slash that Ovid needs", "write the slash"),
            Code::UnsupportedLimit => advice(
                "exported records do not say what this limit asks for (a filter of Ovid's, full text, peer review), or it is no limit",
                "leave the limit out, or write the filter out as a search",
            ),
            Code::SessionCommand => advice("commands of a session make no set", "nothing"),
            Code::Frequency => advice("a count needs words in a field", "write it behind the suffix: cancer.ab./freq=3"),
            Code::Postqualification => advice("only headings have qualifiers and a focus", "refer to a line of headings"),
            Code::CommandNotAlone => advice(
                "inside of a search its words would be searched for",
                "write the command on a line of its own, and use the number of that line",
            ),
            Code::DoubledOperator => advice("a word between the two may have been lost", "take one out, or write what is missing"),
            Code::GroupWithoutSlash => advice("Ovid needs the slash", "write or/1-13"),
            Code::ExpBehindHeading => advice("Ovid reads exp before a heading only", "write exp Heading/"),
            Code::CutHitCount => advice("an open bracket and a number behind a field suffix can be nothing else", "take it out"),
            Code::Elision => {
                advice("what was left out in print cannot be guessed", "find the whole line: in the supplement, or from the authors")
            }
            Code::ForeignSyntax => {
                advice("the line was written for another platform", "translate it by hand, or read it as the language it is in")
            }
            Code::UntaggedTerm => advice(
                "PubMed adds headings to a term without a tag, and changes them from year to year (PRESS: syntax)",
                "write the heading and the words, each with its tag: \"Asthma\"[Mesh] OR asthma*[tiab]",
            ),
            Code::LeftToRight => advice("other platforms apply them in another order", "put brackets around what belongs together"),
            Code::LowerCaseOperator => advice("PubMed documents its operators in capitals", "write AND, OR, NOT"),
            Code::NumberWithoutHash => advice("PubMed searches for the number itself", "write #1 AND #2"),
            Code::LetteredLine => advice("PubMed's lines have numbers alone", "number the lines anew"),
            Code::PubmedCharacter => {
                advice("PubMed passes over this sign, and finds other words than were meant", "write the forms out, or truncate with *")
            }
            Code::PubmedTruncation => {
                advice("PubMed finds such a word as it is written, or not at all", "write a longer beginning, or the forms that are meant")
            }
            Code::PublicationTypeAlone => {
                advice("PubMed adds the types below it: clinical trials have many", "nothing; or name the types below it too")
            }
            Code::AuthorWithoutInitials => advice("PubMed finds the name with any initials", "add the initials, or * behind the name"),
            Code::NearMany => {
                advice("PubMed wants all the words within one stretch of text", "write pairs of words, or look at what is found")
            }
            Code::ExpBeforeTag => advice("it is the word of another platform", "leave it out"),
            Code::AssumedHeading => {
                advice("a bare line that is a heading's name has probably lost its slash", "write the slash, or brackets around the words")
            }
            Code::EntryTerm => {
                advice("the thesaurus knows this under another name, perhaps a former one", "write the heading's present name")
            }
            Code::UnknownHeading => advice(
                "the thesaurus has no heading of this name: a slip, a former heading, or one of another database",
                "look the heading up; for another database's headings give its thesaurus",
            ),
            Code::UnknownQualifier => advice("the thesaurus has no qualifier with this code", "look the qualifier up: `px` is psychology"),
            Code::EmptyField => advice("no export carries this field, so nothing can be found in it here", "search other fields too"),
            Code::WideTruncation => {
                advice("so many different words are hardly all meant", "write a longer beginning, or the forms that are meant")
            }
            Code::TooManyForms => advice("a truncation that stands for nearly every word says nothing", "write a longer beginning"),
            Code::UnknownDatabase => {
                advice("keeping nothing, or everything, would both be wrong", "write a segment that is known, or leave the restriction out")
            }
            Code::DuplicatesUnknown => advice("without groups of duplicates none can be removed", "deduplicate first"),
            Code::LimitWithoutData => advice(
                "exports often lack what a limit asks for, and such records do not pass: a study can be lost by it",
                "look at these records, or join a search for the value to a search for everything that lacks it",
            ),
            Code::UnusedLine => advice("it was probably forgotten in a combination (PRESS: Boolean operators)", "use it, or take it out"),
            Code::NotCombined => advice("without a combination the last line alone is the result", "add a line such as or/1-3 or 1 and 2"),
            Code::RepeatedLine => advice("one of the two was probably meant otherwise", "correct it or take it out"),
            Code::RepeatedReference => advice("another number was probably meant", "correct it or take it out"),
            Code::RedundantReference => {
                advice("a line that is already part of another one adds nothing; another number may have been meant", "check the number")
            }
            Code::RedundantTerm => {
                advice("a shorter truncation beside it finds it already", "take it out, or shorten neither if the other was a slip")
            }
            Code::GroupOfOne => advice("a group of one line is often a range that was cut off", "check the range"),
            Code::AdjOne => advice("adj1 finds both orders, adj only the one that is written", "write adj where the order matters"),
            Code::WideAdj => advice("at ten words and more, most abstracts that have both words match", "write a smaller distance, or and"),
            Code::ShortTruncation => {
                advice("a short beginning stands for many words that are not meant", "write a longer beginning or the forms that are meant")
            }
            Code::TruncatedPlural => advice("workers* finds neither worker nor worker's", "truncate before the s: worker*"),
            Code::QuotedTruncation => advice(
                "PubMed, Web of Science and others treat truncation in quotation marks in their own ways",
                "write adj between the words where the strategy is to be translated",
            ),
            Code::StopwordInPhrase => advice(
                "Ovid drops some words from unquoted phrases in some databases, and matches others there",
                "put the phrase in quotation marks, or use adj with a distance",
            ),
            Code::SpellingVariant => advice(
                "half of the literature spells the word in the other way (PRESS: spelling)",
                "add the other spelling, or a wildcard: behavio?r*",
            ),
            Code::NoSuffix => advice("the default fields reach words of headings, which the other lines do not", "write the fields"),
            Code::RedundantField => advice("a field inside another one adds nothing", "write it once"),
            Code::TitleOnly => {
                advice("many relevant records name the subject in the abstract alone", "search the abstract too, if recall matters")
            }
            Code::KeywordsNotSearched => advice("authors' keywords often hold the very term (PRESS: text words)", "write .ti,ab,kf."),
            Code::UnevenFields => {
                advice("lines of one concept that search different fields lose records unevenly", "use one set of fields throughout")
            }
            Code::AnimalExclusion => advice("studies of animals and humans carry both headings", "write: not (exp animals/ not humans/)"),
            Code::NotExcludes => advice(
                "not removes records that are about both subjects (PRESS: Boolean operators)",
                "check what is lost; leave it out where you can",
            ),
            Code::LanguageLimit => advice(
                "a limit to a language biases a review, and records without a language are lost (PRESS: limits)",
                "screen by language instead",
            ),
            Code::WildcardInHeading => advice("headings cannot be truncated", "write the heading, or search its words with .hw."),
            Code::Focus => advice(
                "indexers name few major topics; a focus trades recall for precision (PRESS: subject headings)",
                "leave the star out, if recall matters",
            ),
            Code::ExplodedLeaf => advice("nothing lies below this heading", "nothing; or check that the right heading is exploded"),
            Code::NotExploded => advice(
                "indexers use the most specific heading, and those below this one are not searched (PRESS: subject headings)",
                "write exp before it, unless the narrower ones are not meant",
            ),
            Code::HeadingWithoutWords => {
                advice("new records have no headings yet, and other databases have others", "search its words in title and abstract too")
            }
            Code::WordsWithoutHeading => {
                advice("records are indexed under this heading whatever words their authors use", "add the heading")
            }
            Code::HeadingInNoRecord => {
                advice("the records come from other databases, or the heading is rarely used", "check that the exports carry headings")
            }
            Code::LineWithoutRecords => advice(
                "a slip, a heading of another database, or nothing on it among these records (PRESS: spelling and syntax)",
                "check the spelling and the fields",
            ),
            Code::UnknownWord => advice(
                "no record has it in the fields that are searched; it may be misspelled (PRESS: spelling)",
                "correct it, if the word that is named was meant",
            ),
            Code::PluralMissing => advice("records use the other form (PRESS: text words)", "add it, or truncate"),
            _ => None,
        }
    }

    /// The same for a strategy in PubMed's language: [`Code::advice`] where that names nothing of Ovid's.
    #[must_use]
    pub fn advice_for_pubmed(self) -> Option<Advice> {
        match self {
            Code::PasteDamage => {
                advice("word processors replace plain signs", "nothing; or replace them, if the strategy goes back to PubMed")
            }
            Code::SuffixOnSet => advice("a set of records has no field", "write the tag behind each term: (a[ti] OR b[ti])"),
            Code::AdjDistance => {
                advice("a distance is a small number of words", "write it behind a colon and a tilde: \"two words\"[tiab:~3]")
            }
            Code::LeadingWildcard => {
                advice("PubMed does not search words by their ends", "write the beginnings out: (estrogen*[tiab] OR oestrogen*[tiab])")
            }
            Code::InternalTruncation => advice("PubMed documents truncation for the end of words only", "write the forms out"),
            Code::UnsupportedLimit => advice(
                "exported records do not say what this filter asks for (full text, age in months), or it is no filter or date",
                "leave it out, or write it out as a search",
            ),
            Code::UnknownQualifier => {
                advice("the thesaurus has no subheading of this name", "look the subheading up: \"Asthma/psychology\"[mh]")
            }
            Code::NotCombined => {
                advice("without a combination the last line alone is the result", "add a line such as #1 OR #2, or #1 AND #2")
            }
            Code::WideAdj => advice("at ten words and more, most abstracts that have both words match", "write a smaller distance, or AND"),
            Code::SpellingVariant => advice(
                "half of the literature spells the word in the other way (PRESS: spelling)",
                "add the other spelling: (behavior*[tiab] OR behaviour*[tiab])",
            ),
            Code::KeywordsNotSearched => {
                advice("authors' keywords often hold the very term (PRESS: text words)", "write [tiab], which has them")
            }
            Code::TitleOnly => {
                advice("many relevant records name the subject in the abstract alone", "write [tiab] instead of [ti], if recall matters")
            }
            Code::AnimalExclusion => {
                advice("studies of animals and humans carry both headings", "write: NOT (\"Animals\"[Mesh] NOT \"Humans\"[Mesh])")
            }
            Code::WildcardInHeading => advice("headings cannot be truncated", "write the heading, or search its words with [tw]"),
            Code::Focus => advice(
                "indexers name few major topics; a focus trades recall for precision (PRESS: subject headings)",
                "write [Mesh] instead of [Majr], if recall matters",
            ),
            Code::NotExploded => advice(
                "indexers use the most specific heading, and those below this one are not searched (PRESS: subject headings)",
                "leave :NoExp out, unless the narrower ones are not meant",
            ),
            _ => self.advice(),
        }
    }
}
