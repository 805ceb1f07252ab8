//! All reassignments of the units' labels within their strata, or a seeded sample of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::tails::{Permuted, Tails};
use super::{Method, Plan};
use crate::stats::random::Random;

/// Reassignments that are evaluated side by side, so that one pass over the counts serves all of them.
pub(super) const LANES: usize = 16;

/// The observed labels and the reassignments that a test will look at, numbered from 0.
pub(super) struct Reassignments {
    /// Label of each unit as observed, 0 to the number of labels less 1.
    labels: Vec<u8>,
    strata: Vec<Stratum>,
    method: Method,
    seed: u64,
    /// How many reassignments will be looked at.
    pub(super) assignments: u64,
    /// Smallest p a full count could give.
    least: f64,
}

/// The units of one stratum.
struct Stratum {
    places: Vec<usize>,
    /// How many units have each label.
    sizes: Vec<u64>,
    /// How many ways there are to assign these labels; saturates.
    ways: u128,
}

impl Stratum {
    fn new(places: Vec<usize>, labels: &[u8], n_labels: usize) -> Self {
        let mut sizes = vec![0_u64; n_labels];
        for &place in &places {
            sizes[usize::from(labels[place])] += 1;
        }
        let mut ways = 1_u128;
        let mut assigned = 0_u64;
        for &size in &sizes {
            // The multinomial coefficient, one binomial a label.
            ways = ways.saturating_mul(binomial(assigned + size, size));
            assigned += size;
        }
        Self { places, sizes, ways }
    }

    /// Writes the labels of reassignment number `index` of this stratum.
    ///
    /// At every unit, the number of reassignments that give it label l is ways · (units left with l) / (units left);
    /// those with a smaller label come first.
    fn write_numbered(&self, mut index: u128, labels: &mut [u8]) {
        let mut left = self.sizes.clone();
        let mut ways = self.ways;
        for (done, &place) in self.places.iter().enumerate() {
            let units = (self.places.len() - done) as u128;
            for (label, left) in left.iter_mut().enumerate() {
                let with_label = ways * u128::from(*left) / units;
                if index < with_label {
                    labels[place] = label as u8;
                    *left -= 1;
                    ways = with_label;
                    break;
                }
                index -= with_label;
            }
        }
    }
}

/// n over k, saturating.
fn binomial(n: u64, k: u64) -> u128 {
    let mut value = 1_u128;
    for step in 1..=k.min(n - k) {
        match value.checked_mul(u128::from(n - step + 1)) {
            Some(product) => value = product / u128::from(step),
            None => return u128::MAX,
        }
    }
    value
}

/// When a reassignment has a mirror image whose statistic is as far from 0, on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mirror {
    /// When the scores of all units are mirrored at once.
    AllAtOnce,
    /// When each stratum's scores are mirrored about their own middle: the statistic is made of differences within
    /// strata, and a stratum with one score has no part in it.
    EachStratum,
}

impl Mirror {
    /// Whether every reassignment has such an image among the reassignments.
    fn is_in(self, scores: &[u16], strata: &[Stratum]) -> bool {
        let of = |stratum: &Stratum| -> Vec<(u16, u64)> {
            let all = scores.iter().copied().zip(stratum.sizes.iter().copied());
            all.filter(|(_, size)| self == Self::AllAtOnce || *size > 0).collect()
        };
        strata.iter().all(|stratum| reads_the_same_backwards(&of(stratum)))
    }
}

/// Whether scores and sizes do, a score being told by how far it is from the middle.
fn reads_the_same_backwards(sizes: &[(u16, u64)]) -> bool {
    let span = |low: u16, high: u16| u32::from(low) + u32::from(high);
    let whole = sizes.first().zip(sizes.last()).map(|(first, last)| span(first.0, last.0));
    let mut both = sizes.iter().zip(sizes.iter().rev());
    both.all(|(low, high)| Some(span(low.0, high.0)) == whole && low.1 == high.1)
}

impl Reassignments {
    /// The reassignments of `labels` within `strata`; `scores` has the score of each label.
    pub(super) fn new(
        strata: impl Iterator<Item = u32>,
        labels: Vec<u8>,
        scores: &[u16],
        mirror: Mirror,
        plan: Plan,
    ) -> Self {
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, stratum) in strata.enumerate() {
            places.entry(stratum).or_default().push(place);
        }
        let strata: Vec<Stratum> =
            places.into_values().map(|places| Stratum::new(places, &labels, scores.len())).collect();
        let ways = strata.iter().fold(1_u128, |product, stratum| product.saturating_mul(stratum.ways));
        let (method, assignments) = plan.method(u64::try_from(ways).ok());
        let mirrored = ways > 1 && mirror.is_in(scores, &strata);
        let least = if mirrored { 2.0 } else { 1.0 } / ways as f64;
        Self { labels, strata, method, seed: plan.seed, assignments, least }
    }

    pub(super) fn observed(&self) -> &[u8] {
        &self.labels
    }

    /// Writes the labels of reassignment number `index`.
    fn write(&self, index: u64, labels: &mut [u8]) {
        match self.method {
            Method::Exact => {
                let mut index = u128::from(index);
                for stratum in &self.strata {
                    stratum.write_numbered(index % stratum.ways, labels);
                    index /= stratum.ways;
                }
            }
            Method::MonteCarlo => {
                // Observed labels move between places, so exchanging two labels exchanges them in every draw.
                labels.copy_from_slice(&self.labels);
                let mut random = Random::stream(self.seed, index);
                for stratum in self.strata.iter().filter(|stratum| stratum.ways > 1) {
                    for last in (1..stratum.places.len()).rev() {
                        let other = random.below(last as u32 + 1) as usize;
                        labels.swap(stratum.places[last], stratum.places[other]);
                    }
                }
            }
        }
    }

    /// Goes through all reassignments in batches of up to [`LANES`] and counts, for each of `measures`, those at least as
    /// extreme as observed.
    ///
    /// `prepare` fills a batch's working space from the labels of one reassignment per lane; `evaluate` returns one
    /// statistic per lane. Batches run in parallel, and only whole numbers are added across them.
    pub(super) fn count<B: Send>(
        &self,
        measures: &[Measure],
        space: impl Fn() -> B + Sync,
        prepare: impl Fn(&mut B, usize, &[u8]) + Sync,
        evaluate: impl Fn(&B, usize) -> [f64; LANES] + Sync,
    ) -> Vec<Permuted> {
        let lanes = LANES as u64;
        let n_batches = self.assignments.div_ceil(lanes);
        let tails = (0..n_batches)
            .into_par_iter()
            .fold(
                || (space(), vec![0; self.labels.len()], vec![Tails::default(); measures.len()]),
                |(mut batch, mut labels, mut tails), number| {
                    let used = (self.assignments - number * lanes).min(lanes) as usize;
                    for lane in 0..used {
                        self.write(number * lanes + lane as u64, &mut labels);
                        prepare(&mut batch, lane, &labels);
                    }
                    for (index, (measure, tails)) in measures.iter().zip(&mut tails).enumerate() {
                        for statistic in &evaluate(&batch, index)[..used] {
                            tails.count(*statistic, measure.observed, measure.tolerance);
                        }
                    }
                    (batch, labels, tails)
                },
            )
            .map(|(_, _, tails)| tails)
            .reduce(
                || vec![Tails::default(); measures.len()],
                |mut into, from| {
                    into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
                    into
                },
            );
        measures
            .iter()
            .zip(tails)
            .map(|(measure, tails)| tails.permuted(measure.observed, self.method, self.assignments, self.least))
            .collect()
    }
}

/// A statistic as observed, and how close another must come to count as equal.
pub(super) struct Measure {
    pub(super) observed: f64,
    pub(super) tolerance: f64,
}
