//! How much more often something is counted in one body of material than in another, the way corpus linguistics
//! measures it: two-cell G², Log Ratio, %DIFF, BIC, ELL, simple maths.
//!
//! `a` and `b` are counts, `c` and `d` the sizes (in the unit that was counted, usually words), N = c + d. The tests
//! here take every word as an independent draw. Real counts cluster, and then G² calls more than half of all chance
//! differences significant: use them to find candidates, never to claim a difference.

use super::Exposed;
use super::distribution::chi_squared_upper;

/// The two-cell log-likelihood ratio and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoCellG2 {
    /// Count expected on the first side if the rates were equal.
    pub expected_1: f64,
    /// Count expected on the second side if the rates were equal.
    pub expected_2: f64,
    /// G², never negative.
    pub g2: f64,
    /// G² with the sign of the difference: positive when the first rate is higher.
    pub signed: f64,
    /// Area of χ² with one degree of freedom above G².
    pub p: f64,
}

/// Log-likelihood ratio over the two cells that hold the counts (Rayson & Garside 2000, Workshop on Comparing
/// Corpora, ACL).
///
/// E1 = c (a + b) / N, E2 = d (a + b) / N, G² = 2 (a ln(a/E1) + b ln(b/E2)) with 0 ln 0 = 0. `None` without exposure
/// on a side.
#[must_use]
pub fn g2_two_cell(first: Exposed, second: Exposed) -> Option<TwoCellG2> {
    let (rate_1, rate_2) = (first.rate()?, second.rate()?);
    let (a, b) = (first.count as f64, second.count as f64);
    let (c, d) = (first.exposure as f64, second.exposure as f64);
    let expected_1 = c * (a + b) / (c + d);
    let expected_2 = d * (a + b) / (c + d);
    // Rounding can leave a trace below 0 when the rates are equal.
    let g2 = (2.0 * (x_ln_ratio(a, expected_1) + x_ln_ratio(b, expected_2))).max(0.0);
    let signed = if rate_1 < rate_2 { -g2 } else { g2 };
    Some(TwoCellG2 { expected_1, expected_2, g2, signed, p: chi_squared_upper(g2, 1.0) })
}

/// x ln(x / expected), 0 when x is 0.
pub(super) fn x_ln_ratio(x: f64, expected: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * (x / expected).ln() }
}

/// A Log Ratio, and whether a count of 0 had to be replaced to form it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRatio {
    /// Number of doublings: 1 means twice as frequent on the first side, -1 half as frequent.
    pub log2: f64,
    /// Whether a 0 was counted as ½: then the value only shows a direction.
    pub zero_replaced: bool,
}

/// Log Ratio (Hardie 2014): log2((a/c) / (b/d)), a count of 0 taken as ½.
///
/// `None` without exposure on a side, or when both counts are 0.
#[must_use]
pub fn log_ratio(first: Exposed, second: Exposed) -> Option<LogRatio> {
    first.rate()?;
    second.rate()?;
    if first.count == 0 && second.count == 0 {
        return None;
    }
    let rate = |side: Exposed| if side.count == 0 { 0.5 } else { side.count as f64 } / side.exposure as f64;
    Some(LogRatio { log2: (rate(first) / rate(second)).log2(), zero_replaced: first.count == 0 || second.count == 0 })
}

/// %DIFF (Gabrielatos & Marchi 2012): 100 (r1 - r2) / r2, so 100 is a doubling.
///
/// `None` when the second rate is 0 or does not exist. (The authors add a tiny constant there; "new" says it better.)
#[must_use]
pub fn percent_difference(first: Exposed, second: Exposed) -> Option<f64> {
    let (rate_1, rate_2) = (first.rate()?, second.rate()?);
    (rate_2 > 0.0).then(|| 100.0 * (rate_1 - rate_2) / rate_2)
}

/// Ratio of two rates, r1 / r2 (relative risk); `None` when the second is 0 or a rate does not exist.
#[must_use]
pub fn relative_risk(first: Exposed, second: Exposed) -> Option<f64> {
    let (rate_1, rate_2) = (first.rate()?, second.rate()?);
    (rate_2 > 0.0).then(|| rate_1 / rate_2)
}

/// Odds ratio, a (d - b) / (b (c - a)), counts being parts of their sizes.
///
/// `None` when the denominator is 0 or a count exceeds its size.
#[must_use]
pub fn odds_ratio(first: Exposed, second: Exposed) -> Option<f64> {
    let rest_1 = first.exposure.checked_sub(first.count)? as f64;
    let rest_2 = second.exposure.checked_sub(second.count)? as f64;
    let denominator = second.count as f64 * rest_1;
    (denominator > 0.0).then(|| first.count as f64 * rest_2 / denominator)
}

/// Approximate Bayes factor of a G² with one degree of freedom (Wilson 2013, CL2013): G² - ln N.
///
/// Below 0 the data favour no difference; 2, 6 and 10 are the usual steps to positive, strong and very strong evidence.
/// `None` when N is 0.
#[must_use]
pub fn bic(g2: f64, total_size: u64) -> Option<f64> {
    (total_size > 0).then(|| g2 - (total_size as f64).ln())
}

/// Effect size for log-likelihood (Johnston, Berry & Mielke 2006, Perceptual and Motor Skills 103): G² / (N ln min E),
/// between 0 and 1.
///
/// `None` when the smaller expected count is not above 1, where the logarithm has no use.
#[must_use]
pub fn ell(g2: TwoCellG2, total_size: u64) -> Option<f64> {
    let smallest = g2.expected_1.min(g2.expected_2);
    (smallest > 1.0 && total_size > 0).then(|| g2.g2 / (total_size as f64 * smallest.ln()))
}

/// Simple maths for keywords (Kilgarriff 2009, Corpus Linguistics): (f1 + k) / (f2 + k), frequencies per million.
///
/// A large `k` brings up common things, a small one rare things. `None` unless `k` is above 0 and neither frequency
/// below it.
#[must_use]
pub fn simple_maths(per_million_1: f64, per_million_2: f64, k: f64) -> Option<f64> {
    (k > 0.0 && per_million_1 >= 0.0 && per_million_2 >= 0.0).then(|| (per_million_1 + k) / (per_million_2 + k))
}
