//! Permutation of units that carry counts and exposures: differences of rates, and their slope over ordered groups.

use super::slopes::{Weighed, slopes};
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
/// 0, and p may miss a difference that goes against the mix of strata: [`rates_within_strata`] does not.
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
    slopes(&scored(units), counts, plan, Weighed::Together)
}

/// Tests, for every measure, whether the rate differs between the sides of the same stratum.
///
/// The statistic is the Mantel–Haenszel difference of rates, [`crate::stats::rate_difference_within`]: each stratum's
/// difference, first side less second, weighted by c d / (c + d) with c and d the exposures of its sides; per one unit
/// of exposure. With one stratum it is the difference of pooled rates, and p that of [`pooled_rates`]. With several it
/// stays centred on 0 however the sides are spread over strata, so a difference between strata is never taken for one
/// between sides, nor hides one.
///
/// `counts` has one row a measure, with one count a unit. `None` when no stratum has exposure on both sides, and where
/// [`pooled_rates`] gives none.
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn rates_within_strata(units: &[Unit], counts: &[Vec<u32>], plan: Plan) -> Option<Vec<Permuted>> {
    slopes(&scored(units), counts, plan, Weighed::WithinStrata)
}

/// Tests, for every measure, whether the rate rises or falls with the groups' scores within strata.
///
/// The statistic is the least-squares slope of the units' rates on their scores, weighted by exposure w, with a level of
/// its own for each stratum: Σ (s - s̄) x / Σ w (s - s̄)², x being the counts and s̄ the mean score of the stratum,
/// weighted likewise; per one unit of exposure and one step of score. With the two scores 1 and 0 it is the difference
/// of [`rates_within_strata`], and everything said there holds here.
///
/// # Panics
/// When a row of `counts` has another length than `units`.
#[must_use]
pub fn rate_slopes(units: &[ScoredUnit], counts: &[Vec<u32>], plan: Plan) -> Option<Vec<Permuted>> {
    slopes(units, counts, plan, Weighed::WithinStrata)
}

fn scored(units: &[Unit]) -> Vec<ScoredUnit> {
    let scored = |unit: &Unit| ScoredUnit {
        stratum: unit.stratum,
        score: match unit.side {
            Side::First => 1,
            Side::Second => 0,
        },
        exposure: unit.exposure,
    };
    units.iter().map(scored).collect()
}
