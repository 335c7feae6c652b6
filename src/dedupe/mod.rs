//! (to be written)
pub mod block;
pub mod compare;
pub mod corpus;
pub mod similarity;
