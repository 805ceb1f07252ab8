//! What another codebook, or another run, changed: mentions gained, lost and changed, code by code.
//!
//! 1. [`Mentions`] takes the lines of a `codings.jsonl`, from a file or straight from a run.
//! 2. [`compare`] pairs the mentions of two of them → [`Changes`].

mod mentions;
mod pair;

pub use mentions::{Found, Mentions, read_results};
pub use pair::{Change, Changes, CodeChanges, compare};
