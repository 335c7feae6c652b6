//! Search text -> tree -> text. Knows nothing of any index, record or thesaurus.

pub mod ast;
mod check;
mod fields;
mod foreign;
mod leaves;
mod lexer;
mod limits;
mod operands;
mod parser;
mod print;
mod typography;
mod words;

pub use ast::{
    Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf, physical_lines,
};
pub use fields::{CodeKind, DEFAULT_CODE, FIELD_CODES, FieldCode, field_code, nearest_codes};
pub use lexer::{Token, TokenKind, tokens};
