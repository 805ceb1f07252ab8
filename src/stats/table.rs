//! Tests of a two-by-two table of counts: χ², G², Fisher's exact test, and McNemar's for pairs.
//!
//! Rows and columns are two yes-or-no properties of independent units. The large-sample tests want expected counts of
//! about five; Fisher's and McNemar's exact forms hold at any size.

use super::distribution::{binomial_at_most, chi_squared_upper};
use super::keyness::x_ln_ratio;

/// Four counts: `[[o11, o12], [o21, o22]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoByTwo(pub [[u64; 2]; 2]);

/// A χ² statistic of one degree of freedom with its p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquared {
    /// The statistic.
    pub value: f64,
    /// Area of χ² with one degree of freedom above it.
    pub p: f64,
}

impl ChiSquared {
    fn new(value: f64) -> Self {
        Self { value, p: chi_squared_upper(value, 1.0) }
    }
}

impl TwoByTwo {
    fn cells(self) -> [[f64; 2]; 2] {
        self.0.map(|row| row.map(|count| count as f64))
    }

    fn rows(self) -> [f64; 2] {
        self.cells().map(|[left, right]| left + right)
    }

    fn columns(self) -> [f64; 2] {
        let [[a, b], [c, d]] = self.cells();
        [a + c, b + d]
    }

    fn total(self) -> f64 {
        self.rows().iter().sum()
    }

    /// o11 o22 - o12 o21, exact.
    fn determinant(self) -> f64 {
        let [[a, b], [c, d]] = self.0.map(|row| row.map(i128::from));
        // Counts above 2⁶³ on a diagonal would overflow; no material has them, and saturating keeps the sign.
        a.saturating_mul(d).saturating_sub(b.saturating_mul(c)) as f64
    }

    /// Product of the four margins; `None` when one of them is 0 and the table can say nothing.
    fn margins(self) -> Option<f64> {
        let product = self.rows().iter().chain(&self.columns()).product::<f64>();
        (product > 0.0).then_some(product)
    }

    /// Pearson's χ² = N (ad - bc)² / product of the margins. `None` when a row or column is empty.
    #[must_use]
    pub fn chi_squared(self) -> Option<ChiSquared> {
        Some(ChiSquared::new(self.total() * self.determinant().powi(2) / self.margins()?))
    }

    /// χ² with Yates' (1934) continuity correction: |ad - bc| less N/2, not below 0. `None` as without.
    #[must_use]
    pub fn chi_squared_yates(self) -> Option<ChiSquared> {
        let corrected = (self.determinant().abs() - self.total() / 2.0).max(0.0);
        Some(ChiSquared::new(self.total() * corrected.powi(2) / self.margins()?))
    }

    /// φ = (ad - bc) / √(product of the margins), from -1 to 1. `None` when a row or column is empty.
    #[must_use]
    pub fn phi(self) -> Option<f64> {
        Some(self.determinant() / self.margins()?.sqrt())
    }

    /// Log-likelihood ratio over all four cells, 2 Σ O ln(O/E) (Dunning 1993, Computational Linguistics 19(1)).
    ///
    /// `None` when a row or column is empty.
    #[must_use]
    pub fn g2(self) -> Option<ChiSquared> {
        self.margins()?;
        let (rows, columns, total) = (self.rows(), self.columns(), self.total());
        let mut sum = 0.0;
        for (row, row_total) in self.cells().iter().zip(rows) {
            for (&observed, column_total) in row.iter().zip(columns) {
                sum += x_ln_ratio(observed, row_total * column_total / total);
            }
        }
        Some(ChiSquared::new((2.0 * sum).max(0.0)))
    }

    /// Williams' (1976, Biometrika 63:33–37) divisor of G² for small samples:
    /// 1 + (N/r1 + N/r2 - 1)(N/k1 + N/k2 - 1) / (6N).
    ///
    /// `None` when a row or column is empty.
    #[must_use]
    pub fn williams(self) -> Option<f64> {
        self.margins()?;
        let total = self.total();
        let part = |[one, two]: [f64; 2]| total / one + total / two - 1.0;
        Some(1.0 + part(self.rows()) * part(self.columns()) / (6.0 * total))
    }

    /// Odds ratio of the sample, ad / bc; `None` when bc is 0.
    #[must_use]
    pub fn odds_ratio(self) -> Option<f64> {
        let [[a, b], [c, d]] = self.cells();
        (b * c > 0.0).then(|| a * d / (b * c))
    }
}

/// McNemar's test of paired yes-or-no answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// (b - c)² / (b + c).
    pub chi_squared: ChiSquared,
    /// With continuity correction: (|b - c| - 1)² / (b + c), 0 when b = c.
    pub chi_squared_corrected: ChiSquared,
    /// Two-sided exact p: the pairs that differ, thrown like a fair coin.
    pub p_exact: f64,
}

/// McNemar (1947, Psychometrika 12:153–157): whether a property is as frequent at the first as at the second of two
/// occasions, from the pairs that have it at one of them only.
///
/// `only_first` pairs have it only at the first occasion, `only_second` only at the second. Pairs that do not change say
/// nothing about the difference. Assumes independent pairs. `None` when no pair changes.
#[must_use]
pub fn mcnemar(only_first: u64, only_second: u64) -> Option<McNemar> {
    let changed = only_first + only_second;
    if changed == 0 {
        return None;
    }
    let gap = only_first.abs_diff(only_second) as f64;
    let statistic = |gap: f64| ChiSquared::new(gap * gap / changed as f64);
    Some(McNemar {
        chi_squared: statistic(gap),
        chi_squared_corrected: statistic((gap - 1.0).max(0.0)),
        p_exact: (2.0 * binomial_at_most(only_first.min(only_second), changed, 0.5)).min(1.0),
    })
}
