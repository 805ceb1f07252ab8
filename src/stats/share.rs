//! Shares of units, one, two or a series of them: Wilson, Newcombe, Cochran–Armitage.
//!
//! All assume that units are independent of each other and each either has the property or not.

use super::distribution::normal_two_sided;
use super::{Confidence, Interval};

/// How many of how many: `part` is never more than `whole`, and `whole` never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// `part` out of `whole`; `None` when `whole` is 0 or less than `part`.
    #[must_use]
    pub fn new(part: u64, whole: u64) -> Option<Self> {
        (whole > 0 && part <= whole).then_some(Self { part, whole })
    }

    /// Units with the property.
    #[must_use]
    pub fn part(self) -> u64 {
        self.part
    }

    /// All units.
    #[must_use]
    pub fn whole(self) -> u64 {
        self.whole
    }

    /// The share, from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    fn complement(self) -> f64 {
        (self.whole - self.part) as f64 / self.whole as f64
    }
}

/// Score interval of a share (Wilson 1927, JASA 22:209–212): (2np + z² ± z √(z² + 4npq)) / (2(n + z²)).
#[must_use]
pub fn wilson(share: Share, confidence: Confidence) -> Interval {
    let z = confidence.z();
    let (n, p, q) = (share.whole as f64, share.value(), share.complement());
    let middle = 2.0 * n * p + z * z;
    let reach = z * (z * z + 4.0 * n * p * q).sqrt();
    limits(share, (middle - reach) / (2.0 * (n + z * z)), (middle + reach) / (2.0 * (n + z * z)))
}

/// Wilson's interval with continuity correction (Newcombe 1998, Statistics in Medicine 17:857–872, method 4): wider,
/// and never covering less than it says.
#[must_use]
pub fn wilson_corrected(share: Share, confidence: Confidence) -> Interval {
    let z = confidence.z();
    let (n, p, q) = (share.whole as f64, share.value(), share.complement());
    let middle = 2.0 * n * p + z * z;
    let reach = |sign: f64| z * (z * z - sign * 2.0 - 1.0 / n + 4.0 * p * (n * q + sign)).max(0.0).sqrt();
    let lower = (middle - 1.0 - reach(1.0)) / (2.0 * (n + z * z));
    let upper = (middle + 1.0 + reach(-1.0)) / (2.0 * (n + z * z));
    limits(share, lower, upper)
}

/// Limits kept inside 0 and 1, which they meet exactly when no unit or every unit has the property.
fn limits(share: Share, lower: f64, upper: f64) -> Interval {
    Interval {
        lower: if share.part == 0 { 0.0 } else { lower.max(0.0) },
        upper: if share.part == share.whole { 1.0 } else { upper.min(1.0) },
    }
}

/// A difference of two shares, first less second, with its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareDifference {
    /// p1 - p2.
    pub difference: f64,
    /// Limits of the difference.
    pub interval: Interval,
}

/// Difference of two independent shares with Newcombe's hybrid score interval (Newcombe 1998, Statistics in Medicine
/// 17:873–890, method 10): d - √((p1-l1)² + (u2-p2)²) to d + √((u1-p1)² + (p2-l2)²), l and u being Wilson's limits.
#[must_use]
pub fn newcombe(first: Share, second: Share, confidence: Confidence) -> ShareDifference {
    let (p1, p2) = (first.value(), second.value());
    let (one, two) = (wilson(first, confidence), wilson(second, confidence));
    let difference = p1 - p2;
    let below = (p1 - one.lower).hypot(two.upper - p2);
    let above = (one.upper - p1).hypot(p2 - two.lower);
    ShareDifference { difference, interval: Interval { lower: difference - below, upper: difference + above } }
}

/// A straight-line trend of shares over ordered groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Signed square root of `chi_squared`: positive when shares rise with the scores.
    pub z: f64,
    /// The statistic, one degree of freedom.
    pub chi_squared: f64,
    /// Two-sided p.
    pub p: f64,
}

/// Cochran–Armitage test for a trend in shares (Cochran 1954, Armitage 1955; the figures are those of R's
/// `prop.trend.test`).
///
/// χ² = (Σ x_i (s_i - s̄))² / (p q Σ n_i (s_i - s̄)²), scores s being the groups' places in time, s̄ their mean over
/// units. A large-sample test. `None` when all or no units have the property, or all have one score.
#[must_use]
pub fn cochran_armitage(groups: &[(Share, f64)]) -> Option<Trend> {
    let units: f64 = groups.iter().map(|(share, _)| share.whole as f64).sum();
    let having: f64 = groups.iter().map(|(share, _)| share.part as f64).sum();
    let mean = groups.iter().map(|(share, score)| share.whole as f64 * score).sum::<f64>() / units;
    let p = having / units;
    let spread: f64 = groups.iter().map(|(share, score)| share.whole as f64 * (score - mean).powi(2)).sum();
    let variance = p * (1.0 - p) * spread;
    // Written so that a not-a-number (no groups, a score that is none) fails the test too.
    if variance.is_nan() || variance <= 0.0 {
        return None;
    }
    let slope: f64 = groups.iter().map(|(share, score)| share.part as f64 * (score - mean)).sum();
    let z = slope / variance.sqrt();
    Some(Trend { z, chi_squared: z * z, p: normal_two_sided(z) })
}
