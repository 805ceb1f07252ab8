//! Codebook × index → codings.
//!
//! 1. `resolve`: every word of every pattern → the forms of the vocabulary that it accepts, and how (`matcher`: by
//!    everything but inflection).
//! 2. `evaluate`: postings of those forms → where each pattern fits, by the pattern's operators.
//! 3. `overlap`: matches of a code → its mentions. The counting rule stands there.
//! 4. `quote`: mentions → codings with exact words, place and stance (`stance`, `own_words`); the only step that reads
//!    texts. With them, `pool`: what counts for parents.

mod codings;
mod evaluate;
mod examples;
mod forms;
mod matcher;
mod mention;
mod order;
mod overlap;
mod own_words;
mod people;
mod pool;
mod quote;
mod resolve;
mod shut_out;
mod stance;

pub use codings::{Codings, Counted};
pub use examples::check_examples;
pub use forms::{FormCount, FormCounts, Reason, RejectedForm, rejected_forms};
pub use mention::{Mention, Mentions, NO_PATTERN, Query, apply, find, words};
pub use overlap::{Place, resolve_overlaps};
pub use own_words::OwnWords;
pub use people::People;
pub use pool::Pool;
pub use quote::{Coding, QuoteError, coding_id, quote};
pub use resolve::{Accepted, AtomUse, Resolved, resolve};
pub use shut_out::{ShutOut, shut_out};
pub use stance::StanceRules;
