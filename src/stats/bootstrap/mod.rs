//! Bootstrap intervals: how a figure would move had other units of the same kind been drawn.
//!
//! Whole units are drawn with replacement, so whatever hangs together within a unit stays together (Efron & Tibshirani
//! 1993, An Introduction to the Bootstrap). Limits are percentiles of the resampled figures, as values of the inverse
//! distribution function without interpolation (type 1 of Hyndman & Fan 1996). Such intervals are too narrow for few
//! units: with fewer than ten a side they hold the true value in about 85 to 90 per cent of cases instead of 95.
//!
//! As in [`super::permutation`], draws belong to places in the caller's order, and nothing else moves the result.

mod rates;
mod statistic;

pub use rates::{Bootstrapped, pooled_rate_differences};
pub use statistic::{Resampled, resample};

/// How many resamples, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of resamples; 5,000 or more for limits at 95 per cent.
    pub draws: u32,
    /// Where the random numbers start; printed with the result so that anyone can repeat it.
    pub seed: u64,
}

impl Resampling {
    /// 9,999 resamples: a number with which exchanging two sides exchanges the limits to the last digit.
    #[must_use]
    pub fn usual(seed: u64) -> Self {
        Self { draws: 9_999, seed }
    }
}

/// The smallest of the ascending `values` that at least the share `p` of them does not exceed.
fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    // A product that misses a whole number only by rounding is that number.
    let rank = (ascending.len() as f64 * p * (1.0 - 1e-12)).ceil() as usize;
    ascending.get(rank.saturating_sub(1)).copied()
}

/// Both limits at once.
fn limits(ascending: &[f64], confidence: super::Confidence) -> Option<super::Interval> {
    let tail = confidence.tail();
    Some(super::Interval { lower: quantile(ascending, tail)?, upper: quantile(ascending, 1.0 - tail)? })
}
