//! Slopes of rates over scores, and how often chance gives steeper ones.

use super::rates::ScoredUnit;
use super::reassignment::{LANES, Measure, Mirror, Reassignments};
use super::{Permuted, Plan};

/// How units of several strata make one slope. Labels move only within strata, however the slope is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighed {
    /// As if there were one stratum.
    Together,
    /// Each unit against the others of its stratum.
    WithinStrata,
}

/// Tests the slope of each measure's rates on the units' scores; `None` when no units that are weighed against each other
/// differ in score, or when sums would not fit.
pub(super) fn slopes(units: &[ScoredUnit], counts: &[Vec<u32>], plan: Plan, weighed: Weighed) -> Option<Vec<Permuted>> {
    let kept: Vec<usize> = (0..units.len()).filter(|&place| units[place].exposure > 0).collect();
    let scores = Scores::of(kept.iter().map(|&place| units[place].score))?;
    let stratum_of: Vec<usize> = match weighed {
        Weighed::Together => vec![0; kept.len()],
        Weighed::WithinStrata => {
            let mut names: Vec<u32> = kept.iter().map(|&place| units[place].stratum).collect();
            names.sort_unstable();
            names.dedup();
            kept.iter().map(|&place| names.partition_point(|&name| name < units[place].stratum)).collect()
        }
    };
    let exposure: Vec<u64> = kept.iter().map(|&place| u64::from(units[place].exposure)).collect();
    total_exposure(&exposure)?;
    let columns = columns(counts, units.len(), &kept)?;
    let labels: Vec<u8> = kept.iter().map(|&place| scores.label(units[place].score)).collect();
    let mirror = match weighed {
        Weighed::Together => Mirror::AllAtOnce,
        Weighed::WithinStrata => Mirror::EachStratum,
    };
    let strata = kept.iter().map(|&place| units[place].stratum);
    let reassignments = Reassignments::new(strata, labels, &scores.values, mirror, plan);

    let material = Material::new(exposure, stratum_of, columns, scores.values);
    let mut observed = Batch::new(&material);
    observed.prepare(&material, 0, reassignments.observed());
    if observed.spread[0] <= 0.0 {
        return None;
    }
    let measures: Vec<Measure> = (0..material.columns.len())
        .map(|measure| {
            // Terms of the size of the measure's sum cancel, so that is what rounding is relative to.
            let scale = material.columns[measure].sum as f64 * material.largest_score() / observed.spread[0];
            Measure { observed: observed.statistics(&material, measure)[0], tolerance: 1e-12 * scale }
        })
        .collect();
    Some(reassignments.count(
        &measures,
        || Batch::new(&material),
        |batch, lane, labels| batch.prepare(&material, lane, labels),
        |batch, measure| batch.statistics(&material, measure),
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
fn total_exposure(exposure: &[u64]) -> Option<u64> {
    exposure.iter().try_fold(0_u64, |sum, &one| sum.checked_add(one)).filter(|&sum| sum < 1 << 47)
}

/// The measures' counts at the units that are kept.
fn columns(counts: &[Vec<u32>], n_units: usize, kept: &[usize]) -> Option<Vec<Column>> {
    let column = |row: &Vec<u32>| {
        assert_eq!(row.len(), n_units, "a measure has one count for every unit");
        Column::new(kept.iter().map(|&place| row[place]))
    };
    counts.iter().map(column).collect()
}

/// The counts of one measure where they are not 0, as (unit, count).
struct Column {
    entries: Vec<(u32, u32)>,
    sum: u64,
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
    fn masked(&self, masks: &[[u32; LANES]]) -> [u32; LANES] {
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
    /// Number of the stratum that each unit is weighed in, from 0.
    stratum_of: Vec<usize>,
    /// Exposure of each stratum.
    exposures: Vec<u64>,
    columns: Vec<Column>,
    /// For each measure, the strata where it was counted, with its sum there.
    sums: Vec<Vec<(usize, f64)>>,
    /// Score of each label, ascending from 0.
    scores: Vec<u16>,
}

impl Material {
    fn new(exposure: Vec<u64>, stratum_of: Vec<usize>, columns: Vec<Column>, scores: Vec<u16>) -> Self {
        let n_strata = stratum_of.iter().max().map_or(0, |last| last + 1);
        let mut exposures = vec![0_u64; n_strata];
        for (&stratum, exposure) in stratum_of.iter().zip(&exposure) {
            exposures[stratum] += exposure;
        }
        let by_stratum = |column: &Column| {
            let mut sums = vec![0_u64; n_strata];
            for &(unit, count) in &column.entries {
                sums[stratum_of[unit as usize]] += u64::from(count);
            }
            let sums = sums.into_iter().enumerate().filter(|&(_, sum)| sum > 0);
            sums.map(|(stratum, sum)| (stratum, sum as f64)).collect()
        };
        let sums = columns.iter().map(by_stratum).collect();
        Self { exposure, stratum_of, exposures, columns, sums, scores }
    }

    fn largest_score(&self) -> f64 {
        f64::from(self.scores[self.scores.len() - 1])
    }
}

/// Working space for [`LANES`] reassignments.
struct Batch {
    /// For each step from one score to the next, and each unit: all bits set in the lanes that put it above the step.
    above: Vec<Vec<[u32; LANES]>>,
    /// For each stratum and lane: the mean score s̄, weighted by exposure.
    mean: Vec<[f64; LANES]>,
    /// Σ w (s - s̄)² of each lane, over all strata.
    spread: [f64; LANES],
    /// Σ s w and Σ s² w of each stratum in the lane that is prepared.
    moments: Vec<(u64, u128)>,
}

impl Batch {
    fn new(material: &Material) -> Self {
        let (steps, n_strata) = (material.scores.len() - 1, material.exposures.len());
        Self {
            above: vec![vec![[0; LANES]; material.exposure.len()]; steps],
            mean: vec![[0.0; LANES]; n_strata],
            spread: [1.0; LANES],
            moments: vec![(0, 0); n_strata],
        }
    }

    fn prepare(&mut self, material: &Material, lane: usize, labels: &[u8]) {
        for (step, above) in self.above.iter_mut().enumerate() {
            for (masks, &label) in above.iter_mut().zip(labels) {
                masks[lane] = if usize::from(label) > step { u32::MAX } else { 0 };
            }
        }
        self.moments.fill((0, 0));
        for ((&label, &exposure), &stratum) in labels.iter().zip(&material.exposure).zip(&material.stratum_of) {
            let score = u64::from(material.scores[usize::from(label)]);
            let (scored, squared) = &mut self.moments[stratum];
            *scored += score * exposure;
            *squared += u128::from(score * score) * u128::from(exposure);
        }
        self.spread[lane] = 0.0;
        for ((mean, &(scored, squared)), &exposure) in self.mean.iter_mut().zip(&self.moments).zip(&material.exposures)
        {
            mean[lane] = scored as f64 / exposure as f64;
            // In whole numbers up to the division: the terms nearly cancel.
            let spread = squared * u128::from(exposure) - u128::from(scored) * u128::from(scored);
            self.spread[lane] += spread as f64 / exposure as f64;
        }
    }

    /// The slope in each lane.
    fn statistics(&self, material: &Material, measure: usize) -> [f64; LANES] {
        let mut scored = [0_u64; LANES];
        for (above, scores) in self.above.iter().zip(material.scores.windows(2)) {
            for (scored, sum) in scored.iter_mut().zip(material.columns[measure].masked(above)) {
                *scored += u64::from(scores[1] - scores[0]) * u64::from(sum);
            }
        }
        let mut expected = [0.0; LANES];
        for &(stratum, sum) in &material.sums[measure] {
            for (expected, mean) in expected.iter_mut().zip(&self.mean[stratum]) {
                *expected += sum * mean;
            }
        }
        std::array::from_fn(|lane| (scored[lane] as f64 - expected[lane]) / self.spread[lane])
    }
}
