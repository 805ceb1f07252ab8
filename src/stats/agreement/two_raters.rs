//! Two raters, every unit judged by both: percent, κ, π, S, AC1, α.

/// Coefficients of one square table; each is `None` where it does not exist.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoRaters {
    /// Units judged alike, as a share.
    pub percent: f64,
    /// Cohen's κ (1960): chance is each rater's own habit, pe = Σ r_k c_k.
    pub kappa: Option<f64>,
    /// Scott's π (1955): chance is the raters' common habit, pe = Σ ((r_k + c_k) / 2)².
    pub pi: Option<f64>,
    /// Bennett, Alpert & Goldstein's S (1954): all categories equally likely, pe = 1/q.
    pub s: Option<f64>,
    /// Gwet's AC1 (2008): pe = Σ m_k (1 - m_k) / (q - 1), m the common habit. Stays up where a category is rare.
    pub ac1: Option<f64>,
    /// Krippendorff's nominal α: π with a correction for few units, 1 - Do/De, De over 2n (2n - 1) pairs of judgements.
    pub alpha: Option<f64>,
}

/// Coefficients of the table whose cell `[r][c]`, at `cells[r * categories + c]`, counts the units that the first rater
/// put in category r and the second in c.
///
/// `None` without units.
///
/// # Panics
/// When `cells` does not hold `categories` squared numbers.
#[must_use]
pub fn two_raters(categories: usize, cells: &[u64]) -> Option<TwoRaters> {
    assert_eq!(cells.len(), categories * categories, "a table of agreement is square");
    let units: u64 = cells.iter().sum();
    if units == 0 {
        return None;
    }
    let n = units as f64;
    let q = categories as f64;
    let by_first = |k: usize| cells[k * categories..(k + 1) * categories].iter().sum::<u64>();
    let by_second = |k: usize| cells.iter().skip(k).step_by(categories).sum::<u64>();
    let over_categories = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        (0..categories).map(|k| term(by_first(k) as f64 / n, by_second(k) as f64 / n)).sum()
    };
    let agreed: u64 = (0..categories).map(|k| cells[k * categories + k]).sum();
    let percent = agreed as f64 / n;
    let beyond = |chance: f64| (percent - chance) / (1.0 - chance);
    // With one category in use the habits are 1 and 0 exactly, so chance is exactly 1.
    let one_category = (0..categories).any(|k| by_first(k) + by_second(k) == 2 * units);
    let varied = |value: f64| (!one_category).then_some(value);
    let several = categories > 1;

    let kappa = beyond(over_categories(&|r, c| r * c));
    let pi = beyond(over_categories(&|r, c| ((r + c) / 2.0).powi(2)));
    let ac1 = beyond(over_categories(&|r, c| (r + c) / 2.0 * (1.0 - (r + c) / 2.0)) / (q - 1.0));
    let expected = over_categories(&|r, c| (r + c) * n * (2.0 * n - (r + c) * n)) / (2.0 * n * (2.0 * n - 1.0));
    Some(TwoRaters {
        percent,
        kappa: varied(kappa),
        pi: varied(pi),
        s: several.then(|| beyond(1.0 / q)),
        ac1: several.then_some(ac1),
        alpha: varied(1.0 - (1.0 - percent) / expected),
    })
}
