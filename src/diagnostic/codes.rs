//! The closed list of diagnostic codes: name, severity, what is expected, what is done.
//!
//! A code's name is stable: scripts and decisions of users refer to it. To add one, add a row to the table.

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident, $expected:literal, $done:literal;)*) => {
        /// A stable name for one sort of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What is expected at such a place, in words that can follow "expected".
            #[must_use]
            pub fn expected(self) -> &'static str {
                match self { $(Code::$variant => $expected,)* }
            }

            /// What refsieve does about it: the last clause of the message.
            #[must_use]
            pub fn done(self) -> &'static str {
                match self { $(Code::$variant => $done,)* }
            }
        }
    };
}

codes! {
    // --- reading exports ---
    /// A tag that the dialect's table does not know.
    UnknownTag = "unknown-tag", Note, "a tag of this format", "kept in its place";
    /// A tag line whose separator is misshapen: one blank, a tab, another dash, lower case, an indent.
    LooseTag = "loose-tag", Warning, "a tag, two blanks, a hyphen and a blank", "read as a tag line";
    /// An unknown tag straight after an abstract or note: perhaps a line of its text.
    TagInText = "tag-in-text", Warning, "text or a known tag after a long text", "kept as a tag of its own";
    /// A record starts before the one before has ended.
    MissingRecordEnd = "missing-record-end", Warning, "the end of the record", "the record ends here";
    /// The file ends within a record: perhaps the download was cut off.
    TruncatedFile = "truncated-file", Warning, "the end of the last record", "kept what there is of it; check whether the file is whole";
    /// A record that does not begin with its type.
    MissingRecordStart = "missing-record-start", Warning, "a line that starts the record", "read as a record all the same";
    /// "ER" with text behind it, and the record goes on: a line of its text that happens to begin so.
    EndInText = "end-in-text", Warning, "nothing after \"ER  -\"", "kept as text of the value before";
    /// An end of record where none is open.
    StrayRecordEnd = "stray-record-end", Note, "a record before its end", "passed over";
    /// A line that looks like the start of a record of another format, and is not followed by what belongs to one.
    MixedFormats = "mixed-formats", Warning, "one format in a file", "read as a line of the format around it";
    /// Records of another format from here on: files of two formats were joined.
    JoinedFormats = "joined-formats", Warning, "one format in a file", "read from here on in that format";
    /// A record whose markup is damaged.
    BrokenRecord = "broken-record", Warning, "well-formed XML", "kept what could be read of the record";
    /// A line of JSON Lines that is no object that refsieve wrote.
    BrokenObject = "broken-object", Warning, "an object of JSON with a record's entries", "kept as text outside of records; the other lines are read";
    /// A record without any content.
    EmptyRecord = "empty-record", Warning, "a record with content", "left out";
    /// The end of a record and the start of the next on one line.
    GluedRecords = "glued-records", Warning, "the next record on a line of its own", "separated";
    /// Text outside of records: numbers, links, headings of the platform.
    OutsideText = "outside-text", Note, "only records", "kept as text outside of records";
    /// Tag lines outside of records, which name no work.
    OutsideTags = "outside-tags", Warning, "tags only inside a record", "kept as text outside of records";
    /// NUL or Ctrl-Z.
    ControlCharacter = "control-character", Warning, "text", "left out";
    /// A byte order mark in mid-file: files were joined.
    ByteOrderMark = "byte-order-mark", Note, "it at the start of the file only", "left out";
    /// Bytes that are not UTF-8 in a file without another encoding's marks.
    NotUtf8 = "not-utf8", Warning, "UTF-8", "read as Windows-1252";
    /// UTF-8 that a program took for Windows-1252 and encoded again: "Ã©" for "é".
    Mojibake = "mojibake", Warning, "text that was decoded rightly before it was exported", "kept as it is; such words are compared as they were meant, and found by no search";
    /// Damaged UTF-16.
    UndecodableText = "undecodable-text", Warning, "whole characters", "shown as the replacement character";

    // --- tables ---
    /// A column whose name says nothing that is known.
    UnknownColumn = "unknown-column", Note, "columns whose names say what they hold", "their values are kept under these names, and are searched and compared as nothing; a column map can say what they are";
    /// A row with more or fewer cells than the header has names.
    UnevenRow = "uneven-row", Warning, "as many cells as the header has names", "read as far as it goes; cells in excess are kept under a name of their own";
    /// A row that a line break in a cell without quotation marks has cut.
    BrokenRow = "broken-row", Warning, "line breaks only between quotation marks", "joined with the lines below, which make it a whole row";
    /// The header again in mid-table: files were joined.
    RepeatedHeader = "repeated-header", Note, "the header at the start only", "passed over";
    /// A quotation mark inside a quoted cell that is not doubled.
    StrayQuote = "stray-quote", Warning, "quotation marks doubled inside a quoted cell", "kept as part of its text";
    /// A cell that begins with a quotation mark and is never closed.
    UnclosedCell = "unclosed-cell", Warning, "a second quotation mark at the end of a cell that begins with one", "kept as part of its text; the cell ends at the next delimiter";
    /// A value that a spreadsheet program has replaced: pages that became a date, a long number in powers of ten.
    SpreadsheetDamage = "spreadsheet-damage", Warning, "a value as its database wrote it", "kept as text that is no value; what stood there before is lost in this file";
    /// Tags of another format behind a value (Rayyan).
    GluedTags = "glued-tags", Warning, "one value in a cell or line", "kept apart from the value before it";

    // --- tagged formats ---
    /// A line that goes on with a value and has no margin, in a format that indents such lines.
    LostMargin = "lost-margin", Warning, "a tag, or a margin before a line that goes on", "read as going on with the value before";

    // --- BibTeX ---
    /// An entry with a brace or quotation mark too many, without a comma or key, or with text that belongs to no field.
    RepairedEntry = "repaired-entry", Warning, "fields of the form name = {value}, with commas between", "read as far as its lines tell what belongs together";
    /// An entry or value of BibTeX whose closing brace is missing before the next entry.
    UnclosedEntry = "unclosed-entry", Warning, "the closing brace of the entry", "the entry ends before the next one; check its last values";
    /// A macro that no `@string` before it defines.
    UnknownMacro = "unknown-macro", Note, "the name of a macro that @string defines, or braces around a value", "the name is kept as the value";
    /// "and others" in a list of people.
    MoreAuthors = "more-authors", Note, "every author", "kept, and not as an author";
    /// An entry inside of `@comment`.
    CommentedEntry = "commented-entry", Note, "no entries inside of a comment", "kept as text outside of records";

    // --- CSL-JSON ---
    /// An item of CSL-JSON that is no JSON.
    BrokenItem = "broken-item", Warning, "an item in JSON", "kept as text outside of records; the other items are read";
    /// JSON with a comma too many or too few between items, or that ends before its last bracket.
    LooseJson = "loose-json", Warning, "items of JSON with commas between, in square brackets", "read as far as its brackets tell what belongs together";


    // --- reading strategies ---
    /// Text before, between or after the numbered lines that is no line of the strategy: a header, a remark.
    SkippedLine = "skipped-line", Note, "a line of the strategy", "skipped";
    /// A text without any line of a strategy.
    EmptyStrategy = "empty-strategy", Error, "at least one line of a search strategy", "nothing is run";
    /// A line of a numbered strategy that has no number and continues none.
    UnnumberedLine = "unnumbered-line", Warning, "a number before each line of a numbered strategy", "this line is left out";
    /// A line that had lost its number got the one number that was missing at its place.
    NumberRestored = "number-restored", Warning, "a number before each line of a numbered strategy", "given the number that is missing here";
    /// Two lines carry the same number.
    DuplicateLabel = "duplicate-label", Warning, "each line number once", "both lines are run, but no line can refer to this number";
    /// Numbers are left out, or run backwards.
    MissingLabel = "missing-label", Note, "line numbers without a gap", "the numbers are kept as written";
    /// Typographic quotes, dashes or stars, invisible characters: damage of a word processor.
    PasteDamage = "paste-damage", Note, "plain quotes, hyphens, stars and blanks", "read as the plain character, here and wherever it occurs";
    /// Nothing stands where a search term should.
    ExpectedOperand = "expected-operand", Error, "a word, heading or line number", "the line is not run";
    /// Something stands between two operands that is no operator.
    ExpectedOperator = "expected-operator", Error, "an operator or the end of the line", "the line is not run";
    /// An opening bracket without its closing one, or the other way round.
    UnbalancedBracket = "unbalanced-bracket", Error, "as many closing as opening brackets", "the line is not run";
    /// A quotation mark without its partner.
    UnclosedQuote = "unclosed-quote", Error, "a closing quotation mark", "the line is not run";
    /// Brackets or operators nested deeper than any person writes them.
    TooDeep = "too-deep", Error, "at most 100 levels of brackets and operators", "the line is not run";
    /// A field code that no Ovid database has.
    UnknownFieldCode = "unknown-field-code", Error, "a field code", "the line is not run, because searching other fields would find other records";
    /// Dots where commas belong: `.ti.ab.`
    SuffixSeparator = "suffix-separator", Warning, "commas between field codes", "read as a list of fields";
    /// A field suffix in the middle of an adjacency.
    SuffixInsideAdj = "suffix-inside-adj", Error, "one field suffix after the whole adjacency", "the line is not run";
    /// `(or/1-3).ti.`
    SuffixOnSet = "suffix-on-set", Error, "a field on words", "the line is not run";
    /// Set operators, headings or sets where only words have a position.
    SetInsideAdj = "set-inside-adj", Error, "words, phrases and or-groups on both sides of adj", "the line is not run";
    /// `adj0`, `adj100`.
    AdjDistance = "adj-distance", Error, "a distance of 1 to 99 from word to word", "the line is not run";
    /// A wildcard that begins a word.
    LeadingWildcard = "leading-wildcard", Error, "a letter or digit before the first wildcard of a word", "the line is not run; write the beginnings out, as in (estrogen* or oestrogen*)";
    /// A truncation sign in the middle of a word, where Ovid documents it for the end only.
    InternalTruncation = "internal-truncation", Note, "unlimited truncation at the end of a word only", "read as any run of characters inside the word";
    /// A number in a phrase without quotes, which Ovid may take for a line number.
    UnquotedNumber = "unquoted-number", Note, "quotation marks around a phrase with a number in it", "read as a word, not as a line number";
    /// `he/she`, or a heading with a slip: `human/s`.
    SlashInPhrase = "slash-in-phrase", Warning, "a slash only after a heading", "read as a blank between two words";
    /// Different operators without brackets, where the order of evaluation matters.
    MixedOperators = "mixed-operators", Warning, "brackets where and, or, not are mixed", "and is applied first, then not, then or";
    /// `and not`, `or not`.
    AndNot = "and-not", Warning, "not alone between two sets", "read as not";
    /// A reference to a line that does not stand above.
    UnknownReference = "unknown-reference", Error, "the number of a line above this one", "the line is not run";
    /// A reference to a number that several lines carry.
    AmbiguousReference = "ambiguous-reference", Error, "the number of exactly one line above", "the line is not run, because nobody can know which one is meant";
    /// A malformed `or/1-13`.
    LineRange = "line-range", Error, "line numbers and rising ranges, as in or/1-3,5", "the line is not run";
    /// `exp Public Sector`, printed without the slash that Ovid needs.
    HeadingWithoutSlash = "heading-without-slash", Note, "a slash after a heading", "read as a heading, because exp stands before it";
    /// A limit that is not built.
    UnsupportedLimit = "unsupported-limit", Error, "a limit to languages, years, dates, humans, animals, an age group, a sex, abstracts, a database or a publication type", "the line is not run: exported records do not say what this limit asks for, or it is no limit";
    /// A command that steers a session of Ovid and makes no set.
    SessionCommand = "session-command", Note, "a search", "passed over: such a command makes no set";
    /// A malformed `/freq=3`.
    Frequency = "frequency", Error, "words, a field suffix, /freq= and a number from 1 on, as in cancer.ab./freq=3", "the line is not run";
    /// `1/px` or `*1/` on a line that is not made of headings alone.
    Postqualification = "postqualification", Error, "the number of a line above that is made of headings alone", "the line is not run, because only headings can be narrowed to a focus or a qualifier";
    /// The same operator twice: `or or`.
    DoubledOperator = "doubled-operator", Warning, "one operator between two operands", "read as one";
    /// `or 1-13` for or/1-13.
    GroupWithoutSlash = "group-without-slash", Warning, "a slash after the operator of a group, as in or/1-13", "read as a group of these lines";
    /// `Heading/ exp`.
    ExpBehindHeading = "exp-behind-heading", Warning, "exp before the heading", "read as if it stood before";
    /// What is left of a hit count that was cut off: `asthma.tw. (1`.
    CutHitCount = "cut-hit-count", Warning, "a closing bracket behind a hit count", "passed over as what is left of one";
    /// `limit` or `use` inside of a search, or malformed.
    CommandNotAlone = "command-not-alone", Error, "a command as a line of its own: limit 3 to english, 3 use medall", "the line is not run";
    /// An ellipsis: part of the strategy was not printed.
    Elision = "elision", Error, "a line that is printed in full", "the line is not run, because what was left out cannot be guessed";
    /// The syntax of another platform.
    ForeignSyntax = "foreign-syntax", Error, "Ovid syntax", "the line is not run";

    // --- reading strategies of PubMed ---
    /// A term without a field tag, which PubMed would map to headings.
    UntaggedTerm = "untagged-term", Note, "a field tag after a term", "each of its words is searched in all fields, and all must be found; PubMed adds headings of its own to such a term";
    /// Different operators without brackets, which PubMed applies as they stand.
    LeftToRight = "left-to-right", Note, "brackets where AND, OR, NOT are mixed", "applied from left to right, as PubMed does";
    /// An operator in lower case.
    LowerCaseOperator = "lower-case-operator", Note, "operators in capitals", "read as an operator";
    /// The number of a line without a hash before it.
    NumberWithoutHash = "number-without-hash", Warning, "# before the number of a line", "read as the number of a line; PubMed would search for the number";
    /// Lines that are named by a number and a letter, as authors print them.
    LetteredLine = "lettered-line", Error, "a number alone before a line", "this line is not run, because no line can be referred to by a letter";
    /// A character that PubMed passes over: another platform's wildcard.
    PubmedCharacter = "pubmed-character", Warning, "letters, digits and * in a term", "read as a blank, as PubMed does";
    /// Truncation that PubMed does not do: behind fewer than four characters, or with a distance.
    PubmedTruncation = "pubmed-truncation", Warning, "truncation behind four characters or more, and none in a term with a distance", "searched as written; PubMed itself does not truncate here";
    /// A publication type, to which PubMed adds the narrower ones.
    PublicationTypeAlone = "publication-type-alone", Note, "a publication type with :noexp, or its narrower types beside it", "searched alone, without the narrower types that PubMed adds";
    /// An author's last name alone, which PubMed finds with any initials.
    AuthorWithoutInitials = "author-without-initials", Note, "initials after the name of an author", "found where a record gives the name exactly so";
    /// Three or more words with a distance.
    NearMany = "near-many", Note, "two words in a term with a distance", "each word is searched so far from those before it, which may find more than PubMed does";
    /// `exp Child[mesh]`
    ExpBeforeTag = "exp-before-tag", Warning, "the name of a heading alone", "read without exp: a heading is exploded unless :noexp stands in its tag";

    // --- running strategies ---
    /// A bare line that is the name of a heading.
    AssumedHeading = "assumed-heading", Note, "a slash after a heading", "read as a heading; write it in brackets to search for the words";
    /// A heading under another of its names.
    EntryTerm = "entry-term", Note, "a heading by its own name", "searched as that heading";
    /// A heading that the thesaurus does not have.
    UnknownHeading = "unknown-heading", Warning, "a heading of the thesaurus", "found only where a record carries it exactly so, and not exploded";
    /// A qualifier that MeSH does not have.
    UnknownQualifier = "unknown-qualifier", Warning, "a qualifier of the thesaurus", "found only where a record carries it exactly so";
    /// A field that is known and that no export carries.
    EmptyField = "empty-field", Warning, "a field that exports carry", "nothing is found in it";
    /// Truncation so wide that it was hardly meant.
    WideTruncation = "wide-truncation", Warning, "a longer beginning before the truncation", "all of them are searched";
    /// Truncation that stands for more words than are searched.
    TooManyForms = "too-many-forms", Error, "a truncation that stands for fewer words", "the line is not run, because a part of them would find a part of the records";
    /// A database of `use` or of a limit that is not known.
    UnknownDatabase = "unknown-database", Error, "a database by Ovid's name of it, as medall, oemezd or psyh", "the line is not run";
    /// `remove duplicates from` where nothing is known about duplicates.
    DuplicatesUnknown = "duplicates-unknown", Warning, "groups of duplicates among the records", "every record is kept";
    /// A limit to something that some records do not say.
    LimitWithoutData = "limit-without-data", Note, "every record to say what the limit asks for", "they do not pass the limit";
    /// A reference to a line that could not be run.
    BrokenReference = "broken-reference", Error, "the number of a line that can be run", "this line is not run either";

    // --- checking strategies ---
    /// A line that no line below uses, and that is not the last one.
    UnusedLine = "unused-line", Warning, "every line to be used by a line below, but for the last one", "it is run and changes nothing";
    /// Lines that are never combined.
    NotCombined = "not-combined", Warning, "a line that combines the lines", "each line is run by itself; the last one is the result";
    /// A line that searches what a line above has searched.
    RepeatedLine = "repeated-line", Warning, "each search once", "it is run again and finds the same";
    /// A line number that stands twice in one combination.
    RepeatedReference = "repeated-reference", Warning, "each line number once in a combination", "the second one changes nothing";
    /// A line number beside that of a line which holds it already.
    RedundantReference = "redundant-reference", Note, "line numbers that add something", "it changes nothing";
    /// A term that another one beside it finds too.
    RedundantTerm = "redundant-term", Note, "terms that add something", "it is searched and adds nothing";
    /// `or/5-5`.
    GroupOfOne = "group-of-one", Note, "several lines in a group", "it is the set of that line";
    /// `adj1`, which is not adj.
    AdjOne = "adj-one", Note, "adj where the order of two neighbours matters, adj1 where it does not", "both orders are found";
    /// A distance so large that adj is hardly more than and.
    WideAdj = "wide-adj", Note, "a distance of less than ten words", "searched as written";
    /// Truncation of three letters or fewer.
    ShortTruncation = "short-truncation", Warning, "at least four letters before unlimited truncation", "searched as written";
    /// Truncation behind the ending of a plural.
    TruncatedPlural = "truncated-plural", Note, "truncation before the ending of the plural", "searched as written: the singular is not found";
    /// Truncation inside quotation marks.
    QuotedTruncation = "quoted-truncation", Note, "quotation marks around whole words", "the truncation counts here, as it does in Ovid; other platforms ignore it in quotation marks";
    /// A word in an unquoted phrase that Ovid may drop.
    StopwordInPhrase = "stopword-in-phrase", Note, "quotation marks around a phrase with such a word", "the word must stand there";
    /// A British or American spelling without the other.
    SpellingVariant = "spelling-variant", Note, "both spellings of a word", "only the one that is written is found";
    /// Words without a field in a strategy that names fields elsewhere.
    NoSuffix = "no-suffix", Note, "a field suffix, as other lines have one", "searched in the default fields (.mp.)";
    /// A field that another one of the same suffix covers.
    RedundantField = "redundant-field", Note, "each field once", "it changes nothing";
    /// Words that are searched in the title alone.
    TitleOnly = "title-only", Note, "title and abstract", "searched in the title alone";
    /// A strategy that nowhere searches the authors' keywords.
    KeywordsNotSearched = "keywords-not-searched", Note, "the authors' keywords beside title and abstract", "they are not searched";
    /// Text lines that search different fields.
    UnevenFields = "uneven-fields", Note, "the same fields in all lines of words", "searched as written";
    /// Animals excluded together with the studies of both.
    AnimalExclusion = "animal-exclusion", Warning, "not (animals not humans)", "records about humans and animals are excluded too";
    /// NOT with a subject.
    NotExcludes = "not-excludes", Note, "no not, but for animals and publication types", "records that are about both are excluded too";
    /// A limit to a language.
    LanguageLimit = "language-limit", Note, "no limit to a language", "records in other languages do not pass";
    /// A truncated heading.
    WildcardInHeading = "wildcard-in-heading", Warning, "a heading as the thesaurus has it", "looked for as it is written, sign and all";
    /// A heading as a major topic only.
    Focus = "focus", Note, "a heading that need not be a major topic", "records in which it is none are not found";
    /// `exp` on a heading with nothing below it.
    ExplodedLeaf = "exploded-leaf", Note, "narrower headings below an exploded one", "the heading alone is searched";
    /// A heading with narrower ones that is not exploded.
    NotExploded = "not-exploded", Note, "an exploded heading where it has narrower ones", "the narrower ones are not searched";
    /// A heading whose words no line searches.
    HeadingWithoutWords = "heading-without-words", Note, "the words of a heading in a line of words too", "records that are not indexed yet are not found";
    /// Words that are a heading which no line searches.
    WordsWithoutHeading = "words-without-heading", Note, "the heading of these words in a line too", "searched as words alone";
    /// A heading that no record carries.
    HeadingInNoRecord = "heading-in-no-record", Note, "a heading that some record carries", "nothing is found by it";
    /// A line that finds nothing.
    LineWithoutRecords = "line-without-records", Warning, "at least one record", "the line is empty";
    /// A word that no record has.
    UnknownWord = "unknown-word", Note, "a word that some record has", "nothing is found by it";
    /// A plural that stands in records and that no term finds.
    PluralMissing = "plural-missing", Note, "singular and plural", "only the form that is written is found";

    // --- at the edge ---
    /// A file that was named is no export: a web page, an empty file, a picture.
    NotAnExport = "not-an-export", Error, "an export in a format that `refsieve formats` lists", "nothing was read from it";
    /// A file of a folder or archive that is no export.
    SkippedFile = "skipped-file", Warning, "only exports", "skipped";
    /// A command could not be done at all: a file that cannot be read, a file that is no export, a setting that makes no sense.
    CannotBeDone = "cannot-be-done", Error, "files and settings that can be used", "nothing was done and nothing was written";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_kebab() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        }
    }
}
