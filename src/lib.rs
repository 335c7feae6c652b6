//! refsieve reads the exports of bibliographic databases, finds the duplicates among their records,
//! and runs Ovid search strategies on what is left. Everything happens on the user's own machine.
//!
//! # Map
//!
//! Bytes and search strategies go in at the bottom; unique records, hits and reports come out at the top.
//! A module may use the modules of lower layers and nothing else; `tests/layers.rs` enforces it.
//!
//! | layer | modules | may use |
//! |---|---|---|
//! | 0 | [`error`], [`diagnostic`], [`progress`] | nothing of the crate |
//! | 1 | [`record`], [`text`] | 0; not each other |
//! | 2 | [`formats`], [`normalize`], [`strategy`], [`thesaurus`] | 0, 1; not each other (`strategy` takes only `record::field`, `record::qualifier` and `text`) |
//! | 3 | [`dedupe`] (uses `normalize`), [`index`] | 0, 1; not each other |
//! | 4 | [`search`], [`translate`] | 0, 1, `strategy`, `thesaurus`, `index`; not each other |
//! | 5 | [`evaluate`], [`report`] | 0 to 4, without `translate` |
//! | 6 | [`cli`] | everything |
//!
//! # Glossary
//!
//! | word | meaning | words we avoid |
//! |---|---|---|
//! | record | what one database said about one work | reference, citation, entry, item |
//! | work | the article, book, report in the world | study, paper, document |
//! | cluster | the records of one work | group, duplicate set |
//! | source | one file (or standard input) that records were read from | library, input |
//! | entry | one tag and value of a record, in the order of the file | attribute |
//! | field | what a value is about, whatever its tag was ([`record::Field`]) | column |
//! | decision | what a person or a machine decided about a record while screening it ([`record::Decision`]) | rating, vote |
//! | provenance | where the records came from that a merged record was made of ([`record::Provenance`]) | history |
//! | heading | a descriptor with its qualifiers, as assigned by an indexer | subject, MeSH term |
//! | blocking key | a hash that records must share to be compared | bucket |
//! | candidate pair | two records that share a blocking key | potential match |
//! | line | one numbered statement of a strategy; the set it finds is its hits | query, search |
//! | known record | a record that is known to be relevant before a strategy is run ([`evaluate::Known`]) | seed, gold standard |
//! | platform | where a strategy can be run: Ovid, PubMed, Embase.com, … | database, provider, interface |
//! | loss | what a translated line does not say as the line did, and whether it finds more or fewer for it | warning, error |
//! | diagnostic | a problem of content, reported beside the result | warning, exception |

#![warn(unreachable_pub)]

pub mod cli;
pub mod dedupe;
pub mod diagnostic;
pub mod error;
pub mod evaluate;
pub mod formats;
pub mod index;
pub mod normalize;
pub mod progress;
pub mod record;
pub mod report;
pub mod search;
pub mod strategy;
pub mod text;
pub mod thesaurus;
pub mod translate;

pub use error::{Error, ErrorKind};
