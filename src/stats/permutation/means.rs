//! Permutation of units that carry one value each, such as a rate: difference of means.

use super::reassignment::{LANES, Measure, Mirror, Reassignments};
use super::{Permuted, Plan, Side};

/// Tests, for every measure, whether the mean differs between the sides.
///
/// `units` gives each unit's stratum and side, `values` one row a measure with one value a unit. The statistic is the
/// mean of the first side less that of the second, in the unit of the values; every unit counts the same, whatever its
/// size. `None` when a side is empty or a value is not finite.
///
/// # Panics
/// When a row of `values` has another length than `units`.
#[must_use]
pub fn mean_differences(units: &[(u32, Side)], values: &[Vec<f64>], plan: Plan) -> Option<Vec<Permuted>> {
    let labels: Vec<u8> = units.iter().map(|&(_, side)| u8::from(side == Side::First)).collect();
    let n_first = labels.iter().filter(|&&label| label == 1).count();
    let n_second = units.len() - n_first;
    if n_first == 0 || n_second == 0 || values.iter().flatten().any(|value| !value.is_finite()) {
        return None;
    }
    let (n_first, n_second) = (n_first as f64, n_second as f64);
    let sums: Vec<f64> = values
        .iter()
        .map(|row| {
            assert_eq!(row.len(), units.len(), "a measure has one value for every unit");
            row.iter().sum()
        })
        .collect();
    // The size of the first side never changes, so its sum decides.
    let difference = |first: f64, sum: f64| first / n_first - (sum - first) / n_second;

    let strata = units.iter().map(|&(stratum, _)| stratum);
    let reassignments = Reassignments::new(strata, labels, &[0, 1], Mirror::AllAtOnce, plan);
    let measures: Vec<Measure> = values
        .iter()
        .zip(&sums)
        .map(|(row, &sum)| {
            let first = row.iter().zip(reassignments.observed()).map(|(value, &label)| value * f64::from(label)).sum();
            let size: f64 = row.iter().map(|value| value.abs()).sum();
            Measure { observed: difference(first, sum), tolerance: 1e-12 * size * (1.0 / n_first + 1.0 / n_second) }
        })
        .collect();
    Some(reassignments.count(
        &measures,
        || vec![[0.0; LANES]; units.len()],
        |first, lane, labels| {
            for (first, &label) in first.iter_mut().zip(labels) {
                first[lane] = f64::from(label);
            }
        },
        |first, measure| {
            let mut in_first = [0.0; LANES];
            for (value, first) in values[measure].iter().zip(first) {
                for (sum, first) in in_first.iter_mut().zip(first) {
                    *sum += value * *first;
                }
            }
            in_first.map(|in_first| difference(in_first, sums[measure]))
        },
    ))
}
