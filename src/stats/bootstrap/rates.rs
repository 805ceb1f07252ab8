//! Bootstrap of the difference of two pooled rates, for many measures at once.

use rayon::prelude::*;

use super::{Resampling, limits};
use crate::stats::permutation::{Method, Side, Unit};
use crate::stats::random::Random;
use crate::stats::{Confidence, Interval};

/// Resamples worked on side by side.
const LANES: usize = 8;

/// Up to so many units a side, all resamples are formed (4⁴ · 4⁴ = 65,536) instead of drawn.
const EXACT_UP_TO: usize = 4;

/// A difference of pooled rates with its bootstrap interval, all per one unit of exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrapped {
    /// First rate less second, as observed.
    pub observed: f64,
    /// Percentile limits.
    pub interval: Interval,
    /// Mean over the resamples.
    pub mean: f64,
    /// Standard deviation over the resamples: the standard error of the difference.
    pub standard_error: f64,
    /// Whether all resamples were formed.
    pub method: Method,
    /// How many were.
    pub resamples: u64,
}

/// Resamples the units of each side, counts and exposure together, and gives for every measure the interval of the
/// difference Σ counts / Σ exposure, first side less second.
///
/// `counts` has one row a measure, with one count a unit. Strata are not kept apart: a resample may have more of one
/// and less of another, as another sample would. All resamples are formed with up to four units a side. `None` when a
/// side has no unit with exposure, or no draws were asked for.
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn pooled_rate_differences(
    units: &[Unit],
    counts: &[Vec<u32>],
    confidence: Confidence,
    resampling: Resampling,
) -> Option<Vec<Bootstrapped>> {
    let sides = Sides::of(units)?;
    let (method, resamples) = sides.method(resampling);
    if resamples == 0 {
        return None;
    }
    let columns: Vec<[Vec<(usize, u32)>; 2]> = counts
        .iter()
        .map(|row| {
            assert_eq!(row.len(), units.len(), "a measure has one count for every unit");
            [0, 1].map(|side| sides.units[side].iter().map(|&unit| (unit, row[unit])).filter(|&(_, n)| n > 0).collect())
        })
        .collect();

    let mut weights = vec![[0; LANES]; units.len()];
    for unit in sides.units.iter().flatten() {
        weights[*unit][0] = 1;
    }
    let exposure = exposures(&sides, units, &weights);
    let observed: Vec<f64> = columns.iter().map(|column| differences(column, &weights, &exposure)[0]).collect();

    let lanes = LANES as u64;
    let batches: Vec<Vec<[f64; LANES]>> = (0..resamples.div_ceil(lanes))
        .into_par_iter()
        .map(|batch| {
            let mut weights = vec![[0; LANES]; units.len()];
            for (lane, index) in (batch * lanes..(batch + 1) * lanes).enumerate() {
                // Lanes past the last resample repeat it and are cut off below.
                let index = index.min(resamples - 1);
                sides.write(method, resampling.seed, index, |unit| weights[unit][lane] += 1);
            }
            let exposure = exposures(&sides, units, &weights);
            columns.iter().map(|column| differences(column, &weights, &exposure)).collect()
        })
        .collect();

    let summarise = |(measure, observed)| {
        let mut values: Vec<f64> =
            batches.iter().flat_map(|batch: &Vec<[f64; LANES]>| batch[measure]).take(resamples as usize).collect();
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        let interval = limits(&values, confidence)?;
        Some(Bootstrapped { observed, interval, mean, standard_error: variance.sqrt(), method, resamples })
    };
    observed.into_iter().enumerate().map(summarise).collect()
}

/// The units with exposure of the first and the second side.
struct Sides {
    units: [Vec<usize>; 2],
    /// The side that the caller's first unit is on: it is drawn first, so exchanging the names of the sides draws the
    /// same units.
    leading: usize,
}

impl Sides {
    fn of(units: &[Unit]) -> Option<Self> {
        let side = |unit: &Unit| usize::from(unit.side == Side::Second);
        let on = |wanted: usize| {
            let is_on = |&place: &usize| units[place].exposure > 0 && side(&units[place]) == wanted;
            (0..units.len()).filter(is_on).collect::<Vec<usize>>()
        };
        let sides = [on(0), on(1)];
        let leading = usize::from(sides[1].first()? < sides[0].first()?);
        Some(Self { units: sides, leading })
    }

    fn method(&self, resampling: Resampling) -> (Method, u64) {
        let [first, second] = &self.units;
        if first.len().max(second.len()) <= EXACT_UP_TO {
            let all = |n: usize| (n as u64).pow(n as u32);
            (Method::Exact, all(first.len()) * all(second.len()))
        } else {
            (Method::MonteCarlo, u64::from(resampling.draws))
        }
    }

    /// Names the units of resample number `index`, one side after the other.
    fn write(&self, method: Method, seed: u64, index: u64, mut draw: impl FnMut(usize)) {
        let mut random = Random::stream(seed, index);
        let mut digits = index;
        for side in [self.leading, 1 - self.leading] {
            let units = &self.units[side];
            for _ in units {
                let place = match method {
                    Method::Exact => {
                        let digit = digits % units.len() as u64;
                        digits /= units.len() as u64;
                        digit as usize
                    }
                    Method::MonteCarlo => random.below(units.len() as u32) as usize,
                };
                draw(units[place]);
            }
        }
    }
}

/// Σ exposure of each side and lane.
fn exposures(sides: &Sides, units: &[Unit], weights: &[[u32; LANES]]) -> [[f64; LANES]; 2] {
    [0, 1].map(|side| {
        let entries: Vec<(usize, u32)> = sides.units[side].iter().map(|&unit| (unit, units[unit].exposure)).collect();
        weighted(&entries, weights).map(|sum| sum as f64)
    })
}

/// First rate less second in each lane.
fn differences(
    column: &[Vec<(usize, u32)>; 2],
    weights: &[[u32; LANES]],
    exposure: &[[f64; LANES]; 2],
) -> [f64; LANES] {
    let [first, second] = column.each_ref().map(|entries| weighted(entries, weights));
    std::array::from_fn(|lane| first[lane] as f64 / exposure[0][lane] - second[lane] as f64 / exposure[1][lane])
}

/// Σ value · weight in each lane.
fn weighted(entries: &[(usize, u32)], weights: &[[u32; LANES]]) -> [u64; LANES] {
    let mut sums = [0_u64; LANES];
    for &(unit, value) in entries {
        for (sum, &weight) in sums.iter_mut().zip(&weights[unit]) {
            *sum += u64::from(value) * u64::from(weight);
        }
    }
    sums
}
