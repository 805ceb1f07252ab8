//! Three phases or more: whether a theme's rate rises or falls with them.

use super::contrast::{ComparisonRow, Family, Table};
use super::units::Unit;
use super::{LEVEL, MIN_MENTIONS, MIN_UNITS, Question};
use crate::stats::permutation::{Permuted, ScoredUnit, rate_slopes};
use crate::stats::{Adjustment, Share, adjust, cochran_armitage};
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

/// Fills in the trends of one group's rows, where the attribute has an order and three values with material.
pub(super) fn trends(
    question: &Question,
    table: &Table,
    members: &[(usize, Unit)],
    mentions: &[Vec<u32>],
    rows: &mut [ComparisonRow],
) {
    if !question.is_ordered || question.pairs.is_some() {
        return;
    }
    let names = &question.attribute.values;
    let group = rows.first().and_then(|row| row.group);
    let with_material = |value: &usize| !names[*value].is_empty() && table.totals(group, *value).is_some();
    let values: Vec<usize> = (0..names.len()).filter(with_material).collect();
    if values.len() < 3 {
        return;
    }
    let score_of = |unit: &Unit| values.iter().position(|value| *value == unit.value as usize);
    let units: Vec<(usize, usize, Unit)> = members
        .iter()
        .filter(|(_, unit)| unit.words > 0)
        .filter_map(|(place, unit)| Some((*place, score_of(unit)?, *unit)))
        .collect();
    let is_large = (0..values.len()).all(|score| units.iter().filter(|unit| unit.1 == score).count() >= MIN_UNITS);
    for row in rows.iter_mut() {
        let value =
            |value: &usize| Some((*value, table.counts(row.code, group, *value)?, table.totals(group, *value)?));
        row.trend = Some(Trend {
            values: values.iter().filter_map(value).collect(),
            slope: None,
            p: None,
            p_min: None,
            p_adjusted: None,
            presence: None,
            direction: Direction::TooLittleMaterial,
        });
    }
    let is_tested = |row: &&mut ComparisonRow| {
        let trend = row.trend.as_ref();
        is_large && trend.is_some_and(|trend| trend.values.iter().all(|(_, counts, _)| counts.mentions >= MIN_MENTIONS))
    };
    let mut rows: Vec<&mut ComparisonRow> = rows.iter_mut().filter(is_tested).collect();
    let scored = |(_, score, unit): &(usize, usize, Unit)| ScoredUnit {
        stratum: unit.stratum,
        score: i16::try_from(*score).unwrap_or(i16::MAX),
        exposure: unit.words,
    };
    let scored: Vec<ScoredUnit> = units.iter().map(scored).collect();
    let counts: Vec<Vec<u32>> =
        rows.iter().map(|row| units.iter().map(|(place, _, _)| mentions[row.code][*place]).collect()).collect();
    let Some(found) = rate_slopes(&scored, &counts, question.plan) else { return };
    for (row, permuted) in rows.iter_mut().zip(found) {
        if let Some(trend) = &mut row.trend {
            trend.fill(permuted);
        }
    }
}

impl Trend {
    fn fill(&mut self, permuted: Permuted) {
        self.slope = Some(1_000.0 * permuted.observed);
        self.p = Some(permuted.p);
        self.p_min = Some(permuted.p_min);
        let share = |(score, (_, counts, totals)): (u32, &(usize, Counts, Totals))| {
            Some((Share::new(counts.documents, totals.documents_total)?, f64::from(score)))
        };
        let shares: Option<Vec<(Share, f64)>> = (0..).zip(&self.values).map(share).collect();
        self.presence = shares.and_then(|shares| cochran_armitage(&shares));
    }
}

/// Adjusts the p values of one family of trends, and gives its size.
pub(super) fn adjust_trends(rows: &mut [ComparisonRow], adjustment: Adjustment, family: Family) -> usize {
    let own = rows.iter_mut().filter(|row| family.holds(row)).filter_map(|row| row.trend.as_mut());
    let mut family: Vec<&mut Trend> = own.filter(|trend| trend.p.is_some()).collect();
    let p: Vec<f64> = family.iter().filter_map(|trend| trend.p).collect();
    for (trend, p_adjusted) in family.iter_mut().zip(adjust(&p, adjustment)) {
        trend.p_adjusted = Some(p_adjusted);
        let slope = trend.slope.unwrap_or_default();
        trend.direction = match p_adjusted <= LEVEL {
            true if slope > 0.0 => Direction::Rising,
            true if slope < 0.0 => Direction::Falling,
            _ => Direction::NoTrendShown,
        };
    }
    p.len()
}
