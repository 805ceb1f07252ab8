//! How well one set of finds meets another that is taken as true: precision, recall, F1.
//!
//! Counts may be weighted: in a sample drawn by strata every unit stands for N/n units of its stratum, and sums of such
//! weights in place of counts estimate what the whole material would give (the combined ratio estimator, Cochran 1977,
//! Sampling Techniques, 6.11). Where a denominator is 0 the measure does not exist.

/// Units, or sums of their weights, by who found them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Finds {
    /// Found, and rightly.
    pub both: f64,
    /// Found, but not true.
    pub only_found: f64,
    /// True, but not found.
    pub only_true: f64,
}

impl Finds {
    /// Share of the finds that are true.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        share(self.both, self.both + self.only_found)
    }

    /// Share of what is true that was found.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        share(self.both, self.both + self.only_true)
    }

    /// Harmonic mean of precision and recall, 2 both / (2 both + only found + only true); exists when either does.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        share(2.0 * self.both, 2.0 * self.both + self.only_found + self.only_true)
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
