//! How sure an interval is meant to be, and the interval itself.

use super::distribution::normal_quantile;

/// The share of cases in which an interval is meant to hold the true value: 0.95 for "95 per cent".
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 per cent.
    pub const P95: Self = Self(0.95);

    /// A confidence strictly between 0 and 1.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        (share > 0.0 && share < 1.0).then_some(Self(share))
    }

    /// The share itself.
    #[must_use]
    pub fn share(self) -> f64 {
        self.0
    }

    /// What is left out on each side: 0.025 for 95 per cent.
    pub(super) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The normal deviate that leaves out [`Confidence::tail`] on each side: 1.96 for 95 per cent.
    pub(super) fn z(self) -> f64 {
        -normal_quantile(self.tail())
    }
}

/// Two limits, the lower one first, in the unit of the value they belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit; infinite where nothing bounds the value from above.
    pub upper: f64,
}

impl Interval {
    /// Whether `value` lies inside or on a limit.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self { lower: self.lower * factor, upper: self.upper * factor }
    }
}
