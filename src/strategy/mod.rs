//! Search text -> tree -> text. Knows nothing of any index, record or thesaurus.

pub mod ast;
mod fields;

pub use ast::{
    Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf, physical_lines,
};
pub use fields::{CodeKind, DEFAULT_CODE, FIELD_CODES, FieldCode, field_code, nearest_codes};
