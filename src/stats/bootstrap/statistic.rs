//! Bootstrap of any figures that can be computed from units with multiplicities.

use rayon::prelude::*;

use super::{Resampling, limits};
use crate::stats::random::Random;
use crate::stats::{Confidence, Interval};

/// More undefined resamples than this share, and no interval is given: what is left would be a picked sample.
const MAX_UNDEFINED: f64 = 0.05;

/// The interval of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampled {
    /// Percentile limits; `None` when the figure did not exist in more than 5 per cent of the resamples.
    pub interval: Option<Interval>,
    /// In how many resamples the figure did not exist.
    pub undefined: u32,
}

/// Resamples units with replacement within their strata and gives intervals of the figures that `statistic` computes.
///
/// `strata` has the stratum of each unit (all 0 where there are none): a sample drawn by strata is resampled by strata.
/// `statistic` is told how often each unit is in the resample, and writes the figures; one that does not exist there it
/// leaves `None`. All figures are of the same resamples, so it pays to compute many (every code, every coefficient) at
/// once. Computing only from units that have something is quick where most have nothing.
#[must_use]
pub fn resample(
    strata: &[u32],
    n_figures: usize,
    confidence: Confidence,
    resampling: Resampling,
    statistic: impl Fn(&[u32], &mut [Option<f64>]) + Sync,
) -> Vec<Resampled> {
    let mut places: Vec<usize> = (0..strata.len()).collect();
    places.sort_by_key(|&place| strata[place]);
    let groups: Vec<&[usize]> = places.chunk_by(|&a, &b| strata[a] == strata[b]).collect();

    let drawn: Vec<Vec<Option<f64>>> = (0..u64::from(resampling.draws))
        .into_par_iter()
        .map_init(
            || vec![0_u32; strata.len()],
            |multiplicity, index| {
                multiplicity.fill(0);
                let mut random = Random::stream(resampling.seed, index);
                for group in &groups {
                    for _ in *group {
                        multiplicity[group[random.below(group.len() as u32) as usize]] += 1;
                    }
                }
                let mut figures = vec![None; n_figures];
                statistic(multiplicity, &mut figures);
                figures
            },
        )
        .collect();

    let summarise = |figure: usize| {
        let mut values: Vec<f64> = drawn.iter().filter_map(|figures| figures[figure]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let undefined = drawn.len() - values.len();
        let enough = undefined as f64 <= MAX_UNDEFINED * drawn.len() as f64;
        let interval = if enough { limits(&values, confidence) } else { None };
        Resampled { interval, undefined: undefined as u32 }
    };
    (0..n_figures).map(summarise).collect()
}
