//! Places in text, composing, folding, decoding and dates: a leaf that every phase may use, which knows no word of the
//! domain.

mod code_points;
mod composed;
mod date;
mod decode;
mod fold;
mod narrow;
mod span;

pub use code_points::CodePoints;
pub(crate) use composed::{composed, tidy};
pub(crate) use date::{MONTHS, date_of_day, date_time, is_date_time, is_day, is_iso_date, leading_date, number};
pub use decode::{DecodeError, Decoded, Doubt, decode};
pub use fold::{as_seen, differs_in_case_only, fold, fold_into, is_unseen};
pub(crate) use narrow::narrow;
pub use span::{LineIndex, Span};
