//! Permutation of units with counts and exposures: the difference of rates within strata.

use super::rates::{Column, columns, total_exposure};
use super::reassignment::{LANES, Measure, Reassignments};
use super::{Permuted, Plan, Side, Unit};

/// Tests, for every measure, whether the rate differs between the sides of the same stratum.
///
/// The statistic is the Mantel–Haenszel difference of rates, [`crate::stats::rate_difference_within`]: each stratum's
/// difference, first side less second, weighted by c d / (c + d) with c and d the exposures of its sides; per one unit
/// of exposure. With one stratum it is the difference of pooled rates, and p that of [`super::pooled_rates`]. With
/// several it stays centred on 0 however the sides are spread over strata, so a difference between strata is never
/// taken for one between sides, nor hides one.
///
/// `counts` has one row a measure, with one count a unit. `None` when no stratum has exposure on both sides, and where
/// [`super::pooled_rates`] gives none.
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn rates_within_strata(units: &[Unit], counts: &[Vec<u32>], plan: Plan) -> Option<Vec<Permuted>> {
    let kept: Vec<usize> = (0..units.len()).filter(|&place| units[place].exposure > 0).collect();
    let mut names: Vec<u32> = kept.iter().map(|&place| units[place].stratum).collect();
    names.sort_unstable();
    names.dedup();
    let stratum_of: Vec<usize> =
        kept.iter().map(|&place| names.partition_point(|&name| name < units[place].stratum)).collect();
    let exposure: Vec<u64> = kept.iter().map(|&place| u64::from(units[place].exposure)).collect();
    total_exposure(&exposure)?;
    let columns = columns(counts, units.len(), &kept)?;

    let mut exposures = vec![0_u64; names.len()];
    for (&stratum, exposure) in stratum_of.iter().zip(&exposure) {
        exposures[stratum] += exposure;
    }
    let by_stratum = |column: &Column| {
        let mut sums = vec![0_u64; names.len()];
        for &(unit, count) in &column.entries {
            sums[stratum_of[unit as usize]] += u64::from(count);
        }
        sums.into_iter().enumerate().filter(|&(_, sum)| sum > 0).map(|(stratum, sum)| (stratum, sum as f64)).collect()
    };
    let sums = columns.iter().map(by_stratum).collect();
    let material = Material { exposure, stratum_of, exposures, columns, sums };

    let labels: Vec<u8> = kept.iter().map(|&place| u8::from(units[place].side == Side::First)).collect();
    let mut observed = Batch::new(&material);
    observed.prepare(&material, 0, &labels);
    if observed.weight[0] <= 0.0 {
        return None;
    }
    let measures: Vec<Measure> = (0..material.columns.len())
        .map(|measure| {
            // Terms of the size of the measure's sum cancel, so that is what rounding is relative to.
            let scale = material.columns[measure].sum as f64 / observed.weight[0];
            Measure { observed: observed.statistics(&material, measure)[0], tolerance: 1e-12 * scale }
        })
        .collect();
    let reassignments = Reassignments::new(kept.iter().map(|&place| units[place].stratum), labels, &[0, 1], plan);
    Some(reassignments.count(
        &measures,
        || Batch::new(&material),
        |batch, lane, labels| batch.prepare(&material, lane, labels),
        |batch, measure| batch.statistics(&material, measure),
    ))
}

/// What no reassignment changes.
struct Material {
    exposure: Vec<u64>,
    /// Number of each unit's stratum, from 0.
    stratum_of: Vec<usize>,
    /// Exposure of each stratum.
    exposures: Vec<u64>,
    columns: Vec<Column>,
    /// For each measure, the strata where it was counted, with its sum there.
    sums: Vec<Vec<(usize, f64)>>,
}

/// Working space for [`LANES`] reassignments.
struct Batch {
    /// For each unit: all bits set in the lanes that put it on the first side.
    first: Vec<[u32; LANES]>,
    /// For each stratum and lane: the share of its exposure that is on the first side.
    share: Vec<[f64; LANES]>,
    /// Σ c d / (c + d) of each lane.
    weight: [f64; LANES],
}

impl Batch {
    fn new(material: &Material) -> Self {
        Self {
            first: vec![[0; LANES]; material.exposure.len()],
            share: vec![[0.0; LANES]; material.exposures.len()],
            weight: [1.0; LANES],
        }
    }

    fn prepare(&mut self, material: &Material, lane: usize, labels: &[u8]) {
        let mut first = vec![0_u64; material.exposures.len()];
        let units = labels.iter().zip(&mut self.first).zip(material.exposure.iter().zip(&material.stratum_of));
        for ((&label, masks), (exposure, &stratum)) in units {
            masks[lane] = if label == 1 { u32::MAX } else { 0 };
            first[stratum] += u64::from(label) * exposure;
        }
        self.weight[lane] = 0.0;
        for ((share, &exposure), first) in self.share.iter_mut().zip(&material.exposures).zip(first) {
            share[lane] = first as f64 / exposure as f64;
            self.weight[lane] += first as f64 * ((exposure - first) as f64 / exposure as f64);
        }
    }

    /// Σ of each stratum's (count on the first side - its share of the stratum's count), over Σ c d / (c + d).
    fn statistics(&self, material: &Material, measure: usize) -> [f64; LANES] {
        let counted = material.columns[measure].masked(&self.first);
        let mut expected = [0.0; LANES];
        for &(stratum, sum) in &material.sums[measure] {
            for (expected, share) in expected.iter_mut().zip(&self.share[stratum]) {
                *expected += sum * share;
            }
        }
        std::array::from_fn(|lane| (f64::from(counted[lane]) - expected[lane]) / self.weight[lane])
    }
}
