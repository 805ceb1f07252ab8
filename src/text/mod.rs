//! Places in text, composing, folding and decoding: a leaf that every phase may use, which knows no word of the domain.

mod code_points;
mod composed;
mod decode;
mod fold;
mod narrow;
mod span;

pub use code_points::CodePoints;
pub(crate) use composed::{composed, tidy};
pub use decode::{DecodeError, Decoded, Doubt, decode};
pub use fold::{as_seen, differs_in_case_only, fold, fold_into, is_unseen};
pub(crate) use narrow::narrow;
pub use span::{LineIndex, Span};
