//! PubMed's language -> the same tree as Ovid's.
//!
//! Goes in: a line as PubMed takes it or prints it. Comes out: its tree and what is to be said about it. By PubMed's
//! User Guide: operators from left to right without precedence, brackets first; words side by side are anded; a tag in
//! square brackets belongs to the term right before it; `[mh]` explodes and takes a subheading with those below it, unless
//! `:noexp` stands in it; `*` truncates; `"two words"[tiab:~N]` finds words with at most N between, in any order. Automatic
//! term mapping, which turns untagged words into headings, cannot be copied: such words are searched in all fields, and
//! that is said.

mod download;
mod lexer;
mod parser;
mod tags;
mod terms;

pub(super) use download::read as read_download;
pub(super) use parser::parse_line;
pub use tags::nearest_tags;
pub(super) use tags::tag_of;
