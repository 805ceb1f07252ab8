//! Rates of counted events per exposure, one or two of them, with exact Poisson limits.
//!
//! All of them assume that events fall independently at one constant rate. Events that come in clusters (many in one
//! unit, none in the next) make these limits too narrow and the p too small: then the unit is what must be permuted
//! or resampled ([`super::permutation`], [`super::bootstrap`]).

use super::distribution::{beta_quantile, binomial_two_sided, chi_squared_quantile};
use super::{Confidence, Interval};

/// Events and the exposure in which they were counted (words, hours, units): all that a rate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposed {
    /// Number of events.
    pub count: u64,
    /// What they could have happened in; the same unit on both sides of a comparison.
    pub exposure: u64,
}

impl Exposed {
    /// Events per one unit of exposure; `None` without exposure.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.exposure > 0).then(|| self.count as f64 / self.exposure as f64)
    }
}

/// A rate per 1,000 units of exposure with its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePer1000 {
    /// 1000 x / n.
    pub rate: f64,
    /// Exact Poisson limits, per 1,000 like the rate.
    pub interval: Interval,
}

/// Rate per 1,000 with the exact Poisson interval of Garwood (1936), Biometrika 28:437–442.
///
/// Lower limit ½ χ²(α/2; 2x), upper ½ χ²(1 - α/2; 2x + 2), each over the exposure. `None` without exposure.
///
/// ```
/// use temakart::stats::{Confidence, Exposed, rate_per_1000};
///
/// let found = rate_per_1000(Exposed { count: 10, exposure: 1000 }, Confidence::P95).unwrap();
/// assert_eq!(found.rate, 10.0);
/// assert_eq!(format!("{:.3} {:.3}", found.interval.lower, found.interval.upper), "4.795 18.390");
/// ```
#[must_use]
pub fn rate_per_1000(of: Exposed, confidence: Confidence) -> Option<RatePer1000> {
    let rate = of.rate()? * 1000.0;
    let twice = 2.0 * of.count as f64;
    let tail = confidence.tail();
    let lower = if of.count == 0 { 0.0 } else { 0.5 * chi_squared_quantile(tail, twice) };
    let upper = 0.5 * chi_squared_quantile(1.0 - tail, twice + 2.0);
    Some(RatePer1000 { rate, interval: Interval { lower, upper }.scaled(1000.0 / of.exposure as f64) })
}

/// The ratio of two rates, with what the counts say about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// First rate over second; `None` when the second is 0.
    pub ratio: Option<f64>,
    /// Exact limits of the ratio; the upper one is infinite when the second count is 0.
    pub interval: Interval,
    /// Two-sided p of equal rates, from the binomial distribution of the first count given the sum.
    pub p: f64,
}

/// Exact comparison of two Poisson rates, conditional on the sum of the counts (Przyborowski & Wilenski 1940; the
/// figures are those of R's `poisson.test`).
///
/// Given the sum, the first count is binomial with π = r c / (r c + d) where r is the ratio and c, d the exposures; the
/// Clopper–Pearson limits of π carry over to r. `None` without exposure on a side or without any event.
#[must_use]
pub fn rate_ratio(first: Exposed, second: Exposed, confidence: Confidence) -> Option<RateRatio> {
    let (rate_1, rate_2) = (first.rate()?, second.rate()?);
    let (a, b) = (first.count as f64, second.count as f64);
    let total = first.count + second.count;
    if total == 0 {
        return None;
    }
    let odds = second.exposure as f64 / first.exposure as f64;
    let tail = confidence.tail();
    let lower = if first.count == 0 {
        0.0
    } else {
        let share = beta_quantile(tail, a, b + 1.0);
        share / (1.0 - share) * odds
    };
    let upper = if second.count == 0 {
        f64::INFINITY
    } else {
        // The share of the second count is taken, so that nothing is lost when it is close to 0.
        let other = beta_quantile(tail, b, a + 1.0);
        (1.0 - other) / other * odds
    };
    let share_if_equal = first.exposure as f64 / (first.exposure as f64 + second.exposure as f64);
    Some(RateRatio {
        ratio: (second.count > 0).then(|| rate_1 / rate_2),
        interval: Interval { lower, upper },
        p: binomial_two_sided(first.count, total, share_if_equal),
    })
}

/// Difference of two rates within strata, averaged over the strata: first less second, per one unit of exposure.
///
/// Mantel–Haenszel weights c d / (c + d) (Greenland & Robins 1985, Biometrics 41:55–68). Unlike the difference of
/// pooled rates it cannot be moved by the strata's shares of the two sides. A stratum that lacks exposure on a side
/// has no weight; `None` when all do.
#[must_use]
pub fn rate_difference_within(strata: &[(Exposed, Exposed)]) -> Option<f64> {
    let mut sum = 0.0;
    let mut weights = 0.0;
    for (first, second) in strata {
        let (Some(rate_1), Some(rate_2)) = (first.rate(), second.rate()) else { continue };
        let (c, d) = (first.exposure as f64, second.exposure as f64);
        let weight = c * d / (c + d);
        sum += weight * (rate_1 - rate_2);
        weights += weight;
    }
    (weights > 0.0).then(|| sum / weights)
}
