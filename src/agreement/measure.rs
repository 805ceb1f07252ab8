//! How far two coders agree, code by code, with intervals.

use std::collections::BTreeMap;

use super::judged::Coder;
use crate::language::Stance;
use crate::stats::agreement::{TwoRaters, two_raters};
use crate::stats::bootstrap::{Resampled, Resampling, resample};
use crate::stats::{Confidence, Finds, Interval, Share, wilson};

/// A figure and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The figure; `None` where it does not exist.
    pub value: Option<f64>,
    /// 95 per cent; `None` where it cannot be told: too many resamples have no such figure, or none differs.
    pub interval: Option<Interval>,
}

impl Measured {
    pub(super) fn new(value: Option<f64>, resampled: &Resampled) -> Self {
        // Where no resample differs, resampling cannot tell how sure one may be.
        let interval = value.and(resampled.interval).filter(|interval| interval.lower < interval.upper);
        Self { value, interval }
    }
}

/// The agreement on one code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CodeAgreement {
    /// Judged segments.
    pub units: u64,
    /// Of them, those to which the first coder, the gold, gave the code.
    pub gold: u64,
    /// Units to which the second coder gave the code.
    pub found: u64,
    /// Units to which both coders gave the code.
    pub both: u64,
    /// Share of segments with the code, mean of both coders.
    pub prevalence: Option<f64>,
    /// Share of the found that are gold.
    pub precision: Measured,
    /// Share of the gold that was found.
    pub recall: Measured,
    /// Harmonic mean of the two.
    pub f1: Measured,
    /// Krippendorff's nominal α over having the code or not.
    pub alpha: Measured,
    /// Cohen's κ.
    pub kappa: Option<f64>,
    /// Gwet's AC1.
    pub ac1: Option<f64>,
    /// Segments judged alike, as a share.
    pub percent: Option<f64>,
}

/// The agreement on how segments put their codes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StanceAgreement {
    /// Segments and codes for which the gold says a stance.
    pub gold: u64,
    /// Of them, those for which the second coder says one too, so has the code.
    pub units: u64,
    /// Of those, the ones with the same stance.
    pub agree: u64,
}

/// The agreement of two coders.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// By code.
    pub codes: Vec<CodeAgreement>,
    /// Mean F1 of the codes that the gold has.
    pub macro_f1: Measured,
    /// How many those are.
    pub macro_codes: usize,
    /// Stances, all codes together.
    pub stance: StanceAgreement,
    /// By code.
    pub stances: Vec<StanceAgreement>,
    /// Segments of the material that the judged ones stand for, where they were drawn by strata.
    pub stand_for: Option<u64>,
    /// How intervals were drawn.
    pub resampling: Resampling,
}

/// Which coders gave a code to a unit; neither is not listed.
#[derive(Clone, Copy)]
enum Who {
    Both,
    OnlyGold,
    OnlyFound,
}

/// Figures of one code for which intervals are drawn: precision, recall, F1, α.
const FIGURES: usize = 4;

/// Compares two coders on the same units. `sizes` gives for each unit its stratum and how many segments of the
/// material lie in that stratum; without it each unit stands for itself.
///
/// In a sample by strata a unit has the weight N/n of its stratum, so that figures estimate what judging the whole
/// material would give; coefficients are computed from the estimated table, rounded to whole segments. Intervals
/// are percentiles of `resampling` resamples of units within strata; those of precision and recall where nothing is
/// weighted are Wilson's, which say something for few and for perfect finds too.
#[must_use]
pub fn measure(gold: &Coder, found: &Coder, sizes: Option<&[(u32, u32)]>, resampling: Resampling) -> Agreement {
    let n_codes = gold.has.len();
    let n_units = gold.has.first().map_or(0, Vec::len);
    let weighted = Weighted::new(n_units, sizes);
    let cells: Vec<Vec<(usize, Who)>> = (0..n_codes).map(|code| listed(&gold.has[code], &found.has[code])).collect();
    let in_gold: Vec<bool> = gold.has.iter().map(|units| units.contains(&true)).collect();
    let macro_f1 = |f1: &dyn Fn(usize) -> Option<f64>| {
        let all: Vec<f64> = (0..n_codes).filter(|code| in_gold[*code]).filter_map(f1).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    };
    let resampled = resample(&weighted.strata, n_codes * FIGURES + 1, Confidence::P95, resampling, |times, figures| {
        for (code, cells) in cells.iter().enumerate() {
            let table = weighted.table(cells, Some(times));
            let finds = table.finds();
            let alpha = table.raters().and_then(|raters| raters.alpha);
            figures[code * FIGURES..][..FIGURES].copy_from_slice(&[
                finds.precision(),
                finds.recall(),
                finds.f1(),
                alpha,
            ]);
        }
        let f1 = macro_f1(&|code| figures[code * FIGURES + 2]);
        figures[n_codes * FIGURES] = f1;
    });
    let share_of = |part: u64, whole: u64, value: Option<f64>, resampled: &Resampled| match sizes {
        None => Measured { value, interval: Share::new(part, whole).map(|share| wilson(share, Confidence::P95)) },
        Some(_) => Measured::new(value, resampled),
    };
    let codes: Vec<CodeAgreement> = (0..n_codes)
        .map(|code| {
            let table = weighted.table(&cells[code], None);
            let (finds, raters) = (table.finds(), table.raters());
            let drawn = &resampled[code * FIGURES..];
            let count = |coder: &Coder| coder.has[code].iter().filter(|has| **has).count() as u64;
            let share = 2.0 * table.both + table.only_gold + table.only_found;
            let both = cells[code].iter().filter(|(_, who)| matches!(who, Who::Both)).count() as u64;
            let (n_gold, n_found) = (count(gold), count(found));
            CodeAgreement {
                units: n_units as u64,
                gold: n_gold,
                found: n_found,
                both,
                prevalence: (n_units > 0).then(|| share / (2.0 * table.all)),
                precision: share_of(both, n_found, finds.precision(), &drawn[0]),
                recall: share_of(both, n_gold, finds.recall(), &drawn[1]),
                f1: Measured::new(finds.f1(), &drawn[2]),
                alpha: Measured::new(raters.and_then(|raters| raters.alpha), &drawn[3]),
                kappa: raters.and_then(|raters| raters.kappa),
                ac1: raters.and_then(|raters| raters.ac1),
                percent: raters.map(|raters| raters.percent),
            }
        })
        .collect();
    let stances: Vec<StanceAgreement> =
        (0..n_codes).map(|code| stance(&gold.stance[code], &found.stance[code])).collect();
    let macro_value = macro_f1(&|code| codes[code].f1.value);
    Agreement {
        macro_f1: Measured::new(macro_value, &resampled[n_codes * FIGURES]),
        macro_codes: in_gold.iter().filter(|has| **has).count(),
        stance: stances.iter().fold(StanceAgreement::default(), |sum, one| StanceAgreement {
            gold: sum.gold + one.gold,
            units: sum.units + one.units,
            agree: sum.agree + one.agree,
        }),
        stances,
        codes,
        stand_for: sizes.map(|_| weighted.all.round() as u64),
        resampling,
    }
}

/// The units that either coder gave the code.
fn listed(gold: &[bool], found: &[bool]) -> Vec<(usize, Who)> {
    let who = |(unit, pair): (usize, (&bool, &bool))| match pair {
        (true, true) => Some((unit, Who::Both)),
        (true, false) => Some((unit, Who::OnlyGold)),
        (false, true) => Some((unit, Who::OnlyFound)),
        (false, false) => None,
    };
    gold.iter().zip(found).enumerate().filter_map(who).collect()
}

fn stance(gold: &[Option<Stance>], found: &[Option<Stance>]) -> StanceAgreement {
    let mut agreement = StanceAgreement::default();
    for (gold, found) in gold.iter().zip(found).filter(|(gold, _)| gold.is_some()) {
        agreement.gold += 1;
        agreement.units += u64::from(found.is_some());
        agreement.agree += u64::from(gold == found);
    }
    agreement
}

/// Units with their strata and weights.
struct Weighted {
    strata: Vec<u32>,
    weights: Vec<f64>,
    all: f64,
}

impl Weighted {
    fn new(n_units: usize, sizes: Option<&[(u32, u32)]>) -> Self {
        let Some(sizes) = sizes else {
            return Self { strata: vec![0; n_units], weights: vec![1.0; n_units], all: n_units as f64 };
        };
        let mut n_judged: BTreeMap<u32, f64> = BTreeMap::new();
        let mut all = 0.0;
        for (stratum, size) in sizes {
            let judged = n_judged.entry(*stratum).or_default();
            if *judged == 0.0 {
                all += f64::from(*size);
            }
            *judged += 1.0;
        }
        Self {
            strata: sizes.iter().map(|(stratum, _)| *stratum).collect(),
            weights: sizes.iter().map(|(stratum, size)| f64::from(*size) / n_judged[stratum]).collect(),
            all,
        }
    }

    /// The table of one code; `times` is how often each unit is in a resample, which leaves the sum of all weights.
    fn table(&self, cells: &[(usize, Who)], times: Option<&[u32]>) -> Table {
        let mut table = Table { both: 0.0, only_gold: 0.0, only_found: 0.0, all: self.all };
        for (unit, who) in cells {
            let weight = self.weights[*unit] * times.map_or(1.0, |times| f64::from(times[*unit]));
            match who {
                Who::Both => table.both += weight,
                Who::OnlyGold => table.only_gold += weight,
                Who::OnlyFound => table.only_found += weight,
            }
        }
        table
    }
}

/// Segments, or weights, by who gave them the code.
struct Table {
    both: f64,
    only_gold: f64,
    only_found: f64,
    all: f64,
}

impl Table {
    fn finds(&self) -> Finds {
        Finds { both: self.both, only_found: self.only_found, only_true: self.only_gold }
    }

    fn raters(&self) -> Option<TwoRaters> {
        let whole = |weight: f64| weight.round() as u64;
        let (both, gold, found) = (whole(self.both), whole(self.only_gold), whole(self.only_found));
        let neither = whole(self.all).saturating_sub(both + gold + found);
        two_raters(2, &[neither, found, gold, both])
    }
}
