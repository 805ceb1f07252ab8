//! Krippendorff's α for any number of raters, with missing judgements, on four scales.

/// What the values mean, and so how far apart two of them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Names: equal or not.
    Nominal,
    /// Places in an order: how many values lie between.
    Ordinal,
    /// Numbers: their difference, squared.
    Interval,
    /// Positive numbers with a true zero: their difference over their sum, squared.
    Ratio,
}

/// Krippendorff's α with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// Number of values that can be paired with another of the same unit.
    pub pairable: u64,
    /// Observed disagreement.
    pub observed: f64,
    /// Disagreement expected if the same values had fallen to units by chance.
    pub expected: f64,
    /// 1 - observed / expected; `None` when all values are one and the same.
    pub alpha: Option<f64>,
}

/// Krippendorff's α (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
///
/// `units` has one row a unit with one place a rater, `None` where there is no judgement. Coincidences o_ck count the
/// ordered pairs of values in a unit, each unit's over its values less one; Do = Σ o_ck δ² / n and De = Σ n_c n_k δ²
/// / (n (n - 1)). Units with fewer than two values are left out. `None` when nothing can be paired or a value is not
/// finite.
#[must_use]
pub fn krippendorff_alpha(units: &[Vec<Option<f64>>], scale: Scale) -> Option<Alpha> {
    // Adding 0 makes -0 into 0, which `total_cmp` would tell apart.
    let paired: Vec<Vec<f64>> = units
        .iter()
        .map(|unit| unit.iter().flatten().map(|value| value + 0.0).collect::<Vec<f64>>())
        .filter(|unit| unit.len() >= 2)
        .collect();
    let mut values: Vec<f64> = paired.iter().flatten().copied().collect();
    if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len() as f64;
    let frequencies: Vec<(f64, f64)> =
        values.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect();
    let distances = Distances::new(&frequencies, scale);

    let mut observed = 0.0;
    for unit in &paired {
        let places: Vec<usize> =
            unit.iter().map(|value| frequencies.partition_point(|&(one, _)| one < *value)).collect();
        let mut apart = 0.0;
        for (index, &one) in places.iter().enumerate() {
            for &other in &places[..index] {
                apart += 2.0 * distances.squared(one, other);
            }
        }
        observed += apart / (places.len() - 1) as f64;
    }
    let mut expected = 0.0;
    for one in 0..frequencies.len() {
        for other in 0..one {
            expected += 2.0 * frequencies[one].1 * frequencies[other].1 * distances.squared(one, other);
        }
    }
    let (observed, expected) = (observed / n, expected / (n * (n - 1.0)));
    let alpha = (expected > 0.0).then(|| 1.0 - observed / expected);
    Some(Alpha { pairable: values.len() as u64, observed, expected, alpha })
}

/// How far apart the distinct values are, by their places in ascending order.
struct Distances {
    /// On an ordinal scale the middle rank of each value, else the value.
    at: Vec<f64>,
    scale: Scale,
}

impl Distances {
    fn new(frequencies: &[(f64, f64)], scale: Scale) -> Self {
        let mut below = 0.0;
        let at = frequencies
            .iter()
            .map(|&(value, count)| {
                below += count;
                if scale == Scale::Ordinal { below - count / 2.0 } else { value }
            })
            .collect();
        Self { at, scale }
    }

    fn squared(&self, one: usize, other: usize) -> f64 {
        let (a, b) = (self.at[one], self.at[other]);
        match self.scale {
            Scale::Nominal => f64::from(u8::from(one != other)),
            // Krippendorff sums the frequencies from one value to the other, half of the ends': the gap of middle
            // ranks.
            Scale::Ordinal | Scale::Interval => (a - b).powi(2),
            // Both zero cannot be: the values are distinct.
            Scale::Ratio => ((a - b) / (a + b)).powi(2),
        }
    }
}
