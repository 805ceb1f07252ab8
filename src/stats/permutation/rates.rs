//! Permutation of units that carry counts and exposures: difference of pooled rates, and its slope over ordered groups.

use super::reassignment::{LANES, Measure, Reassignments};
use super::{Permuted, Plan};

/// Which of two groups a unit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The group whose rate comes first: differences are first less second.
    First,
    /// The group it is compared with.
    Second,
}

/// A unit of one of two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Labels move only between units of one stratum; all 0 where there are no strata.
    pub stratum: u32,
    /// Its group.
    pub side: Side,
    /// Size in what rates are per (words, or 1 for a share of units); a unit without any is left out.
    pub exposure: u32,
}

/// A unit of one of several ordered groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoredUnit {
    /// Labels move only between units of one stratum, as in [`Unit`].
    pub stratum: u32,
    /// The group's place on a line: 0, 1, 2, or years.
    pub score: i16,
    /// Size in what rates are per, as in [`Unit`].
    pub exposure: u32,
}

/// Tests, for every measure, whether the pooled rate differs between the sides.
///
/// `counts` has one row a measure, with one count a unit. The statistic is Σ counts / Σ exposure of the first side less
/// that of the second, per one unit of exposure. One set of reassignments serves all measures, so their p are those of one
/// experiment; exactly counted when there are few. `None` when a side has no unit with exposure, when exposure sums to
/// 2⁴⁷ or more, or a measure to 2³² or more.
///
/// Where strata differ in rate and are divided differently between the sides, chance does not centre the statistic on
/// 0, and p may miss a difference that goes against the mix of strata: [`super::rates_within_strata`] does not.
///
/// ```
/// use temakart::stats::permutation::{Plan, Side, Unit, pooled_rates};
///
/// let unit = |side, exposure| Unit { stratum: 0, side, exposure };
/// let units = [unit(Side::First, 900), unit(Side::First, 1100), unit(Side::Second, 700), unit(Side::Second, 1300)];
/// let found = pooled_rates(&units, &[vec![9, 7, 0, 2]], Plan::usual(1)).unwrap()[0];
/// assert_eq!(found.observed, 0.007);
/// // The observed assignment and its mirror image, of six: two against two cannot show more.
/// assert_eq!((found.p, found.p_min, found.assignments), (2.0 / 6.0, 2.0 / 6.0, 6));
/// ```
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn pooled_rates(units: &[Unit], counts: &[Vec<u32>], plan: Plan) -> Option<Vec<Permuted>> {
    let scored = |unit: &Unit| ScoredUnit {
        stratum: unit.stratum,
        score: match unit.side {
            Side::First => 1,
            Side::Second => 0,
        },
        exposure: unit.exposure,
    };
    rate_slopes(&units.iter().map(scored).collect::<Vec<_>>(), counts, plan)
}

/// Tests, for every measure, whether the rate rises or falls with the groups' scores.
///
/// The statistic is the least-squares slope of the units' rates on their scores, weighted by exposure w, per one unit
/// of exposure and one step of score: (Σ s x · Σ w - Σ x · Σ s w) / (Σ s² w · Σ w - (Σ s w)²), x being the counts. With
/// the two scores 1 and 0 it is the difference of pooled rates, and everything said of [`pooled_rates`] holds here.
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn rate_slopes(units: &[ScoredUnit], counts: &[Vec<u32>], plan: Plan) -> Option<Vec<Permuted>> {
    let kept: Vec<usize> = (0..units.len()).filter(|&place| units[place].exposure > 0).collect();
    let scores = Scores::of(kept.iter().map(|&place| units[place].score))?;
    let exposure: Vec<u64> = kept.iter().map(|&place| u64::from(units[place].exposure)).collect();
    let total = total_exposure(&exposure)?;
    let columns = columns(counts, units.len(), &kept)?;

    let labels: Vec<u8> = kept.iter().map(|&place| scores.label(units[place].score)).collect();
    let reassignments =
        Reassignments::new(kept.iter().map(|&place| units[place].stratum), labels, &scores.values, plan);
    let material = Material { exposure, total, columns, scores: scores.values };
    let measures: Vec<Measure> = material
        .observed(reassignments.observed())
        .into_iter()
        .map(|observed| Measure { observed, tolerance: observed.abs() * 1e-12 })
        .collect();
    Some(reassignments.count(
        &measures,
        || Batch::new(&material),
        |batch, lane, labels| batch.prepare(&material, lane, labels),
        |batch, measure| batch.statistics(&material, &material.columns[measure]),
    ))
}

/// The distinct scores, ascending and shifted to begin at 0 (which no slope notices); a label is an index into them.
struct Scores {
    least: i16,
    values: Vec<u16>,
}

impl Scores {
    /// `None` unless there are from 2 to 256 different scores.
    fn of(scores: impl Iterator<Item = i16>) -> Option<Self> {
        let mut distinct: Vec<i16> = scores.collect();
        distinct.sort_unstable();
        distinct.dedup();
        let least = *distinct.first()?;
        let values: Vec<u16> = distinct.iter().map(|score| score.abs_diff(least)).collect();
        (2..=256).contains(&values.len()).then_some(Self { least, values })
    }

    fn label(&self, score: i16) -> u8 {
        let place = self.values.partition_point(|&value| value < score.abs_diff(self.least));
        u8::try_from(place).expect("there are at most 256 scores")
    }
}

/// Σ exposure, unless it is so large that products of it would not fit whole numbers.
pub(super) fn total_exposure(exposure: &[u64]) -> Option<u64> {
    exposure.iter().try_fold(0_u64, |sum, &one| sum.checked_add(one)).filter(|&sum| sum < 1 << 47)
}

/// The measures' counts at the units that are kept.
pub(super) fn columns(counts: &[Vec<u32>], n_units: usize, kept: &[usize]) -> Option<Vec<Column>> {
    let column = |row: &Vec<u32>| {
        assert_eq!(row.len(), n_units, "a measure has one count for every unit");
        Column::new(kept.iter().map(|&place| row[place]))
    };
    counts.iter().map(column).collect()
}

/// The counts of one measure where they are not 0, as (unit, count).
pub(super) struct Column {
    pub(super) entries: Vec<(u32, u32)>,
    pub(super) sum: u64,
}

impl Column {
    fn new(counts: impl Iterator<Item = u32>) -> Option<Self> {
        let entries: Vec<(u32, u32)> =
            counts.enumerate().filter(|&(_, count)| count > 0).map(|(unit, count)| (unit as u32, count)).collect();
        let sum = entries.iter().map(|&(_, count)| u64::from(count)).sum();
        // Sides are summed in 32 bits below.
        (sum <= u64::from(u32::MAX)).then_some(Self { entries, sum })
    }

    /// The sum of the counts that the masks let through, in each lane.
    pub(super) fn masked(&self, masks: &[[u32; LANES]]) -> [u32; LANES] {
        let mut sums = [0_u32; LANES];
        for &(unit, count) in &self.entries {
            for (sum, mask) in sums.iter_mut().zip(&masks[unit as usize]) {
                *sum += count & mask;
            }
        }
        sums
    }
}

/// What no reassignment changes.
struct Material {
    exposure: Vec<u64>,
    total: u64,
    columns: Vec<Column>,
    scores: Vec<u16>,
}

impl Material {
    /// The statistic of each measure under `labels`.
    fn observed(&self, labels: &[u8]) -> Vec<f64> {
        let mut batch = Batch::new(self);
        batch.prepare(self, 0, labels);
        self.columns.iter().map(|column| batch.statistics(self, column)[0]).collect()
    }
}

/// Working space for [`LANES`] reassignments.
struct Batch {
    /// For each step from one score to the next, and each unit: all bits set in the lanes that put it above the step.
    above: Vec<Vec<[u32; LANES]>>,
    /// Σ s w of each lane.
    scored: [u64; LANES],
    /// Σ s² w · Σ w - (Σ s w)² of each lane.
    spread: [f64; LANES],
}

impl Batch {
    fn new(material: &Material) -> Self {
        let steps = material.scores.len() - 1;
        let above = vec![vec![[0; LANES]; material.exposure.len()]; steps];
        Self { above, scored: [0; LANES], spread: [1.0; LANES] }
    }

    fn prepare(&mut self, material: &Material, lane: usize, labels: &[u8]) {
        for (step, above) in self.above.iter_mut().enumerate() {
            for (masks, &label) in above.iter_mut().zip(labels) {
                masks[lane] = if usize::from(label) > step { u32::MAX } else { 0 };
            }
        }
        let (mut scored, mut squared) = (0_u64, 0_u128);
        for (&label, exposure) in labels.iter().zip(&material.exposure) {
            let score = u64::from(material.scores[usize::from(label)]);
            scored += score * exposure;
            squared += u128::from(score * score) * u128::from(*exposure);
        }
        self.scored[lane] = scored;
        self.spread[lane] = (squared * u128::from(material.total) - u128::from(scored) * u128::from(scored)) as f64;
    }

    /// The slope in each lane; differences are formed in whole numbers, so equal reassignments give equal values.
    fn statistics(&self, material: &Material, column: &Column) -> [f64; LANES] {
        let mut scored_counts = [0_u64; LANES];
        for (above, scores) in self.above.iter().zip(material.scores.windows(2)) {
            for (scored, sum) in scored_counts.iter_mut().zip(column.masked(above)) {
                *scored += u64::from(scores[1] - scores[0]) * u64::from(sum);
            }
        }
        std::array::from_fn(|lane| {
            let seen = i128::from(scored_counts[lane]) * i128::from(material.total);
            let expected = i128::from(column.sum) * i128::from(self.scored[lane]);
            (seen - expected) as f64 / self.spread[lane]
        })
    }
}
