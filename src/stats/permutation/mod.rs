//! Permutation tests: how often chance alone, dealing the labels anew, would show as much as was seen.
//!
//! The only assumption is that without an effect every dealing of the labels to the units (within strata, where there
//! are strata) was as likely as the one seen. Nothing is assumed of the counts, which may cluster as they like. Few
//! dealings are counted one by one; of many a seeded sample is drawn, and then p = (1 + hits) / (draws + 1) (Phipson &
//! Smyth 2010, SAGMB 9(1), article 39), which never claims more than the draws can carry.
//!
//! Draws belong to places in the caller's order of units: hand units over in an order that does not depend on how they
//! were read (by name), and the result depends on nothing else, neither threads nor the other measures.

mod dealing;
mod means;
mod plan;
mod rates;
mod sign_flip;
mod tails;
mod within;

pub use means::mean_differences;
pub use plan::{Method, Plan};
pub use rates::{ScoredUnit, Side, Unit, pooled_rates, rate_slopes};
pub use sign_flip::sign_flip;
pub use tails::Permuted;
pub use within::rates_within_strata;
