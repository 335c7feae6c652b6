//! Text as readers, normalizer and tokenizer share it: folding for comparison, entities, markup, what was read in another encoding.
//!
//! Goes in: text as a database wrote it. Comes out: the same text folded so that spellings which mean the same letters
//! are the same characters. What is folded is for comparing and indexing, never for showing or writing.

mod entities;
mod fold;
mod markup;
mod mojibake;

pub mod latex;

pub use entities::unescape;
pub(crate) use fold::{APOSTROPHE, BLOCK, IN_WORD, fold_block};
pub use fold::{Folded, fold_into, greek_name, is_word_char};
pub use markup::strip;
pub use mojibake::mended;

use std::borrow::Cow;

/// `value` without blanks at either end: nearly every one has none but those of ASCII, and that is seen at once.
#[must_use]
pub fn trimmed(value: &str) -> &str {
    let value = value.trim_ascii();
    let is_seen = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_seen(value.as_bytes().first()) && is_seen(value.as_bytes().last()) { value } else { value.trim() }
}

/// `text` without entities and markup: "CO&lt;sub&gt;2&lt;/sub&gt;" becomes "CO2". Borrowed where there is none of either.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    match unescape(text) {
        Cow::Borrowed(same) => strip(same),
        Cow::Owned(unescaped) => match strip(&unescaped) {
            Cow::Borrowed(_) => Cow::Owned(unescaped),
            Cow::Owned(stripped) => Cow::Owned(stripped),
        },
    }
}
