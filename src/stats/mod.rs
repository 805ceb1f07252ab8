//! Numbers in, numbers out: the statistics, which know nothing of what was counted.
//!
//! Each function names its formula, its source, what it assumes and the unit of what it gives. A number that does not
//! exist is `None`: a rate without exposure, the agreement of raters who only ever used one category. Whole numbers are
//! counted in parallel, floats computed after, and random draws belong to numbered streams, so the same input gives the
//! same output with any number of threads.
//!
//! It is offered as a library: measures that no command prints are here for those who compare with other programs.
//!
//! | question | where |
//! |---|---|
//! | how often, per exposure | [`rate_per_1000`], [`rate_ratio`], [`rate_difference_within`] |
//! | in what share of units | [`wilson`], [`newcombe`], [`TwoByTwo`], [`fisher()`] |
//! | is there a difference between groups of units | [`permutation`], [`mann_whitney`], [`welch`] |
//! | between two occasions for the same units | [`permutation::sign_flip`], [`mcnemar`] |
//! | over ordered groups | [`permutation::rate_slopes`], [`cochran_armitage`], [`kruskal_wallis`] |
//! | with what certainty | [`bootstrap`] |
//! | after asking many questions | [`adjust()`] |
//! | how evenly spread | [`dispersion()`] |
//! | what goes together | [`Together`] |
//! | what sets two bodies of material apart | [`g2_two_cell`], [`log_ratio`] and their neighbours |
//! | do raters agree | [`agreement`] |
//! | was it found, and rightly | [`Finds`] |

mod adjust;
pub mod agreement;
pub mod bootstrap;
mod cooccurrence;
mod detection;
mod dispersion;
pub mod distribution;
mod fisher;
mod interval;
mod keyness;
mod mean;
pub mod permutation;
mod random;
mod rank;
mod rate;
mod share;
mod table;

pub use adjust::{Adjustment, adjust};
pub use cooccurrence::Together;
pub use detection::Finds;
pub use dispersion::{Dispersion, dispersion};
pub use fisher::{Fisher, fisher};
pub use interval::{Confidence, Interval};
pub use keyness::{
    LogRatio, TwoCellG2, bic, ell, g2_two_cell, log_ratio, odds_ratio, percent_difference, relative_risk, simple_maths,
};
pub use mean::{Welch, welch};
pub use random::Random;
pub use rank::{KruskalWallis, MannWhitney, kruskal_wallis, mann_whitney};
pub use rate::{Exposed, RatePer1000, RateRatio, rate_difference_within, rate_per_1000, rate_ratio};
pub use share::{Share, ShareDifference, Trend, cochran_armitage, newcombe, wilson, wilson_corrected};
pub use table::{ChiSquared, McNemar, TwoByTwo, mcnemar};
