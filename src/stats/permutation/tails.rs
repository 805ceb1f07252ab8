//! From counts of reassignments to p values.

use std::ops::AddAssign;

use super::Method;

/// What a permutation test gives for one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// The statistic as observed; its unit is documented by the function that computes it.
    pub observed: f64,
    /// Two-sided p: share of reassignments whose statistic lies at least as far from 0.
    pub p: f64,
    /// Share of reassignments with a statistic at least as large.
    pub p_greater: f64,
    /// Share of reassignments with a statistic at least as small.
    pub p_less: f64,
    /// The smallest two-sided p that this many units, divided in this way, can give: above .05 nothing could have been shown.
    pub p_min: f64,
    /// Whether all reassignments were counted.
    pub method: Method,
    /// Number of reassignments looked at: all of them, or the draws.
    pub assignments: u64,
}

/// Reassignments at least as extreme as the observed assignment, by side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tails {
    either: u64,
    greater: u64,
    less: u64,
}

impl Tails {
    /// Counts one reassignment's statistic; values closer than `tolerance` are ties, and a tie counts as extreme.
    pub(super) fn count(&mut self, statistic: f64, observed: f64, tolerance: f64) {
        self.either += u64::from(statistic.abs() >= observed.abs() - tolerance);
        self.greater += u64::from(statistic >= observed - tolerance);
        self.less += u64::from(statistic <= observed + tolerance);
    }

    /// The p values, given the number of reassignments looked at and the smallest p of a full count.
    pub(super) fn permuted(self, observed: f64, method: Method, assignments: u64, least: f64) -> Permuted {
        let share = |extreme: u64| match method {
            Method::Exact => extreme as f64 / assignments as f64,
            Method::MonteCarlo => (extreme + 1) as f64 / (assignments + 1) as f64,
        };
        let p_min = match method {
            Method::Exact => least,
            Method::MonteCarlo => least.max(share(0)),
        };
        Permuted {
            observed,
            p: share(self.either),
            p_greater: share(self.greater),
            p_less: share(self.less),
            p_min,
            method,
            assignments,
        }
    }
}

impl AddAssign for Tails {
    fn add_assign(&mut self, other: Self) {
        self.either += other.either;
        self.greater += other.greater;
        self.less += other.less;
    }
}
