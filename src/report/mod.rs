//! Results -> documents: tables (text, CSV, JSON), the summary of a run, the page that shows it.
//!
//! Goes in: records, clusters, hits, as values. Comes out: text. Writing it anywhere is left to `cli`.

pub mod duplicates;
mod explanation;
pub mod html;
mod shown;
pub mod summary;
pub mod table;

pub use explanation::explanation_in_words;
pub use shown::{Shown, ShownText};
pub use summary::{LineRow, SourceRow, Summary};
pub use table::{Cell, Table};
