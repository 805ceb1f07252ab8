//! How strongly two properties go together in the same units.
//!
//! n1 and n2 units have the one and the other, n12 both, of n in all. Descriptions, not tests. A unit counts once
//! however often it has a property; with overlapping pieces counted as units, c can leave its range.

use super::TwoByTwo;

/// Counts of two properties among the same units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    both: u64,
    first: u64,
    second: u64,
    units: u64,
}

impl Together {
    /// `both` of the `first` and of the `second`, each of the `units`; `None` when these cannot all be.
    #[must_use]
    pub fn new(both: u64, first: u64, second: u64, units: u64) -> Option<Self> {
        let possible = both <= first.min(second) && first.max(second) <= units && first + second - both <= units;
        possible.then_some(Self { both, first, second, units })
    }

    /// c coefficient n12 / (n1 + n2 - n12), which is Jaccard's: from 0 never to 1 always together.
    #[must_use]
    pub fn c_coefficient(self) -> Option<f64> {
        ratio(self.both, self.first + self.second - self.both)
    }

    /// Dice's coefficient 2 n12 / (n1 + n2), from 0 to 1.
    #[must_use]
    pub fn dice(self) -> Option<f64> {
        ratio(2 * self.both, self.first + self.second)
    }

    /// Share of the first property's units that have the second too, n12 / n1.
    #[must_use]
    pub fn second_given_first(self) -> Option<f64> {
        ratio(self.both, self.first)
    }

    /// Share of the second property's units that have the first too, n12 / n2.
    #[must_use]
    pub fn first_given_second(self) -> Option<f64> {
        ratio(self.both, self.second)
    }

    /// Lift n n12 / (n1 n2): 1 when the properties do not depend on each other.
    #[must_use]
    pub fn lift(self) -> Option<f64> {
        // Whole products, so that what chance would have is 1 to the last digit.
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        (self.first > 0 && self.second > 0)
            .then(|| product(self.both, self.units) as f64 / product(self.first, self.second) as f64)
    }

    /// Pointwise mutual information in bits, log2 of the lift (Church & Hanks 1990, Computational Linguistics 16(1)).
    ///
    /// `None` also when the two never meet. High for rare pairs: not to be read below about five meetings.
    #[must_use]
    pub fn pmi(self) -> Option<f64> {
        self.lift().filter(|&lift| lift > 0.0).map(f64::log2)
    }

    /// Normalised PMI, PMI / -log2(n12/n) (Bouma 2009): -1 never, 0 as chance would have it, 1 always together.
    ///
    /// `None` when a property does not occur.
    #[must_use]
    pub fn npmi(self) -> Option<f64> {
        if self.first == 0 || self.second == 0 {
            None
        } else if self.both == 0 {
            Some(-1.0)
        } else if self.both == self.first && self.both == self.second {
            // Also where every unit has both and the formula would be 0/0.
            Some(1.0)
        } else {
            Some(self.pmi()? / -(self.both as f64 / self.units as f64).log2())
        }
    }

    /// φ of the two properties over all units, from -1 to 1; `None` when one of them is everywhere or nowhere.
    #[must_use]
    pub fn phi(self) -> Option<f64> {
        self.table().phi()
    }

    /// The four counts: first by second.
    #[must_use]
    pub fn table(self) -> TwoByTwo {
        let only_first = self.first - self.both;
        let only_second = self.second - self.both;
        TwoByTwo([[self.both, only_first], [only_second, self.units - self.first - only_second]])
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_would_have_is_0_to_the_last_digit() {
        for (both, first, second, units) in [(44, 44, 48, 48), (6, 18, 97, 291), (1, 3, 7, 21)] {
            let together = Together::new(both, first, second, units).unwrap();
            assert_eq!(together.npmi(), Some(0.0), "{together:?}");
        }
    }
}
