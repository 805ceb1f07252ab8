//! Several raters, by how many of them put each unit in each category: Fleiss' κ, Gwet's AC1.

/// How many raters put each unit in each of `categories`, from judgements where `None` is a missing one.
///
/// # Panics
/// When a judgement is not below `categories`.
#[must_use]
pub fn tabulate(units: &[Vec<Option<usize>>], categories: usize) -> Vec<Vec<u64>> {
    units
        .iter()
        .map(|judgements| {
            let mut counts = vec![0; categories];
            for &category in judgements.iter().flatten() {
                counts[category] += 1;
            }
            counts
        })
        .collect()
}

/// Fleiss' κ with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fleiss {
    /// Mean share of agreeing pairs of raters in a unit.
    pub observed: f64,
    /// Σ p_k², the share that chance would give.
    pub expected: f64,
    /// (observed - expected) / (1 - expected); `None` when only one category was used.
    pub kappa: Option<f64>,
}

/// Fleiss' κ (1971, Psychological Bulletin 76:378–382) from counts by unit and category.
///
/// P̄ = 1 / (N n (n - 1)) Σ (Σ n_ij² - n), P̄e = Σ p_j². Every unit must have the same number of judgements, two or
/// more; who gave them may differ. `None` otherwise, or without units.
#[must_use]
pub fn fleiss_kappa(counts: &[Vec<u64>]) -> Option<Fleiss> {
    let raters: u64 = counts.first()?.iter().sum();
    if raters < 2 || counts.iter().any(|unit| unit.iter().sum::<u64>() != raters) {
        return None;
    }
    let (units, n) = (counts.len() as f64, raters as f64);
    let pairs: u64 = counts.iter().flatten().map(|&count| count * count.saturating_sub(1)).sum();
    let observed = pairs as f64 / (units * n * (n - 1.0));
    let categories = counts.iter().map(Vec::len).max().unwrap_or(0);
    let total = |category: usize| counts.iter().filter_map(|unit| unit.get(category)).sum::<u64>();
    let expected: f64 = (0..categories).map(|category| (total(category) as f64 / (units * n)).powi(2)).sum();
    let one_category = (0..categories).any(|category| total(category) == raters * counts.len() as u64);
    let kappa = (!one_category).then(|| (observed - expected) / (1.0 - expected));
    Some(Fleiss { observed, expected, kappa })
}

/// Gwet's AC1 with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GwetAc1 {
    /// Mean share of agreeing pairs, over units with at least two judgements.
    pub observed: f64,
    /// Σ π_k (1 - π_k) / (q - 1), the share that chance would give.
    pub expected: f64,
    /// (observed - expected) / (1 - expected).
    pub ac1: f64,
}

/// Gwet's AC1 (2008, Br. J. Math. Stat. Psychol. 61:29–48; with missing judgements Gwet 2014, Handbook of Inter-Rater
/// Reliability, 4th ed.) from counts by unit and category.
///
/// π_k is the mean, over units with at least one judgement, of the share of its judgements that are k. `None` with
/// fewer than two categories or no unit with two judgements.
#[must_use]
pub fn gwet_ac1(counts: &[Vec<u64>]) -> Option<GwetAc1> {
    let categories = counts.iter().map(Vec::len).max()?;
    let judged: Vec<(&Vec<u64>, f64)> =
        counts.iter().map(|unit| (unit, unit.iter().sum::<u64>() as f64)).filter(|&(_, n)| n >= 1.0).collect();
    let paired: Vec<f64> = judged
        .iter()
        .filter(|&&(_, n)| n >= 2.0)
        .map(|&(unit, n)| {
            unit.iter().map(|&count| count * count.saturating_sub(1)).sum::<u64>() as f64 / (n * (n - 1.0))
        })
        .collect();
    if categories < 2 || paired.is_empty() {
        return None;
    }
    let observed = paired.iter().sum::<f64>() / paired.len() as f64;
    let habit = |category: usize| {
        judged.iter().map(|&(unit, n)| unit.get(category).map_or(0.0, |&count| count as f64 / n)).sum::<f64>()
            / judged.len() as f64
    };
    let variation: f64 = (0..categories).map(habit).map(|share| share * (1.0 - share)).sum();
    let expected = variation / (categories as f64 - 1.0);
    Some(GwetAc1 { observed, expected, ac1: (observed - expected) / (1.0 - expected) })
}
