//! What another codebook, or another run, changed: mentions gained, lost and changed, code by code.
//!
//! 1. A run, or [`read_results`] for what one wrote, gives its mentions → [`FoundMention`], by document and place.
//! 2. [`compare`] pairs the mentions of two of them → [`Changes`].

mod mentions;
mod pair;

pub use mentions::{FoundMention, read_codes, read_results};
pub use pair::{Change, Changes, CodeChanges, compare};
