//! Permutation tests: how often chance alone, reassigning the labels, would show as much as was observed.
//!
//! The only assumption is that without an effect every assignment of the labels to the units (within strata, where there
//! are strata) was as likely as the observed one. Nothing is assumed about the counts, which may be clustered in any way.
//! If the reassignments are few, all are counted; if they are many, a seeded sample is drawn, and then
//! p = (1 + hits) / (draws + 1) (Phipson & Smyth 2010, SAGMB 9(1), article 39), which is never smaller than the draws
//! can support.
//!
//! Draws belong to places in the caller's order of units: hand units over in an order that does not depend on how they
//! were read (by name), and the result depends on nothing else, neither threads nor the other measures.

mod means;
mod plan;
mod rates;
mod reassignment;
mod sign_flip;
mod slopes;
mod tails;

pub use means::mean_differences;
pub use plan::{Method, Plan};
pub use rates::{ScoredUnit, Side, Unit, pooled_rates, rate_slopes, rates_within_strata};
pub use sign_flip::sign_flip;
pub use tails::Permuted;
