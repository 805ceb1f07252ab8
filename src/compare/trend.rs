//! Three phases or more: whether a theme's rate rises or falls with them.

use super::draft::Group;
use super::units::Unit;
use super::{LEVEL, MIN_MENTIONS, MIN_UNITS};
use crate::stats::permutation::{Permuted, ScoredUnit, rate_slopes};
use crate::stats::{Share, cochran_armitage};
use crate::tally::{Counts, Totals};

/// What may be said of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Mentioned more often from phase to phase.
    Rising,
    /// Mentioned less often from phase to phase.
    Falling,
    /// Tested, and not shown.
    NoTrendShown,
    /// Not tested.
    TooLittleMaterial,
}

/// A code over all phases that have material.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Indices into [`super::Comparison::values`], with what was counted there and its denominators.
    pub values: Vec<(usize, Counts, Totals)>,
    /// Slope of the rate, per 1,000 words and phase; `None` where nothing is tested, as all that follows.
    pub slope: Option<f64>,
    /// Two-sided p of the slope, with documents reassigned within their strata.
    pub p: Option<f64>,
    /// The smallest p that so many units can give.
    pub p_min: Option<f64>,
    /// Adjusted for the rows of its family.
    pub p_adjusted: Option<f64>,
    /// Cochran & Armitage's test of the share of documents with the theme, not adjusted and in no verdict.
    pub presence: Option<crate::stats::Trend>,
    /// What may be said.
    pub direction: Direction,
}

/// A trend that lacks its adjusted p, and so its direction.
pub(super) struct TrendDraft {
    values: Vec<(usize, Counts, Totals)>,
    permuted: Option<Permuted>,
}

impl Group<'_> {
    /// By code: the trend, where the attribute has an order and three values with material.
    pub(super) fn trends(&self) -> Vec<Option<TrendDraft>> {
        let codes = 0..self.themes.codebook.codes.len();
        if !self.question.is_ordered || self.question.pairs.is_some() {
            return codes.map(|_| None).collect();
        }
        let names = &self.question.attribute.values;
        let with_material =
            |value: &usize| !names[*value].is_empty() && self.table.totals(self.index, *value).is_some();
        let values: Vec<usize> = (0..names.len()).filter(with_material).collect();
        if values.len() < 3 {
            return codes.map(|_| None).collect();
        }
        let counted: Vec<Vec<(usize, Counts, Totals)>> = codes.map(|code| self.in_values(code, &values)).collect();
        let permuted = self.slopes(&values, &counted);
        let trend = |(values, permuted)| Some(TrendDraft { values, permuted });
        counted.into_iter().zip(permuted).map(trend).collect()
    }

    /// What was counted of a code in each of the values.
    fn in_values(&self, code: usize, values: &[usize]) -> Vec<(usize, Counts, Totals)> {
        let value = |value: &usize| {
            let counts = self.table.counts(code, self.index, *value)?;
            Some((*value, counts, self.table.totals(self.index, *value)?))
        };
        values.iter().filter_map(value).collect()
    }

    /// By code: the permutation of its slope over the values; `None` with too little material in one of them.
    fn slopes(&self, values: &[usize], counted: &[Vec<(usize, Counts, Totals)>]) -> Vec<Option<Permuted>> {
        let mut slopes = vec![None; counted.len()];
        let score_of = |unit: &Unit| values.iter().position(|value| *value == unit.value as usize);
        let units: Vec<(usize, usize, Unit)> = self
            .members
            .iter()
            .filter(|(_, unit)| unit.words > 0)
            .filter_map(|(place, unit)| Some((*place, score_of(unit)?, *unit)))
            .collect();
        if (0..values.len()).any(|score| units.iter().filter(|unit| unit.1 == score).count() < MIN_UNITS) {
            return slopes;
        }
        let is_tested = |code: &usize| counted[*code].iter().all(|(_, counts, _)| counts.mentions >= MIN_MENTIONS);
        let codes: Vec<usize> = (0..counted.len()).filter(is_tested).collect();
        let scored = |(_, score, unit): &(usize, usize, Unit)| ScoredUnit {
            stratum: unit.stratum,
            // No slope is tested over as many values as would not fit.
            score: i16::try_from(*score).unwrap_or(i16::MAX),
            exposure: unit.words,
        };
        let scored: Vec<ScoredUnit> = units.iter().map(scored).collect();
        let counts: Vec<Vec<u32>> =
            codes.iter().map(|code| units.iter().map(|(place, _, _)| self.mentions[*code][*place]).collect()).collect();
        let found = rate_slopes(&scored, &counts, self.question.plan);
        for (code, permuted) in codes.into_iter().zip(found.into_iter().flatten()) {
            slopes[code] = Some(permuted);
        }
        slopes
    }
}

impl TrendDraft {
    /// p before it is adjusted; `None` where nothing is tested.
    pub(super) fn p(&self) -> Option<f64> {
        self.permuted.map(|permuted| permuted.p)
    }

    pub(super) fn finish(self, p_adjusted: Option<f64>) -> Trend {
        let slope = self.permuted.map(|permuted| 1_000.0 * permuted.observed);
        Trend {
            slope,
            p: self.p(),
            p_min: self.permuted.map(|permuted| permuted.p_min),
            p_adjusted,
            presence: self.permuted.and_then(|_| self.presence()),
            direction: Direction::of(slope.zip(p_adjusted)),
            values: self.values,
        }
    }

    fn presence(&self) -> Option<crate::stats::Trend> {
        let share = |(score, (_, counts, totals)): (u32, &(usize, Counts, Totals))| {
            Some((Share::new(counts.documents, totals.documents_total)?, f64::from(score)))
        };
        let shares: Option<Vec<(Share, f64)>> = (0..).zip(&self.values).map(share).collect();
        cochran_armitage(&shares?)
    }
}

impl Direction {
    /// `tested` is the slope with its adjusted p.
    fn of(tested: Option<(f64, f64)>) -> Self {
        match tested {
            None => Self::TooLittleMaterial,
            Some((_, p_adjusted)) if p_adjusted > LEVEL => Self::NoTrendShown,
            Some((slope, _)) if slope > 0.0 => Self::Rising,
            Some((slope, _)) if slope < 0.0 => Self::Falling,
            Some(_) => Self::NoTrendShown,
        }
    }
}
