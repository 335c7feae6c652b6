//! Search text -> tree -> text. Knows nothing of any index, record or thesaurus.

pub mod ast;

pub use ast::{Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf};
