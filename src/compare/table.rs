//! Counts and denominators of every code in every group and value of a comparison.

use super::units::Units;
use super::{Question, Themes};
use crate::material::{Axis, NOWHERE};
use crate::tally::{Cells, Counts, Frequencies, Totals, tally};

/// What was counted of every code, by group and value of the attribute.
pub(super) struct Table {
    frequencies: Frequencies,
    n_values: usize,
    /// Where rows are made within groups: for each value, its margin over all groups.
    over_groups: Option<Vec<usize>>,
}

impl Table {
    /// `None` when the table would have more than a million cells.
    pub(super) fn new(themes: Themes<'_>, question: &Question, units: &Units) -> Option<Self> {
        let attribute = match question.pairs {
            None => question.attribute.clone(),
            Some(_) => only_pairs(&question.attribute, units),
        };
        let n_values = attribute.values.len();
        let axes = question.rows.iter().cloned().chain([attribute]).collect();
        let Themes { corpus, material, codebook, codings } = themes;
        let frequencies = tally(corpus, material, codebook, codings, &Cells::new(axes)?);
        let margin = |value: &String| {
            let is_it = |key: &[Option<String>]| matches!(key, [None, Some(own)] if own == value);
            let margin = frequencies.material_margins.iter().position(|cell| is_it(&cell.key));
            margin.expect("the margin over all groups has a cell for each value")
        };
        let over_groups = question.rows.is_some().then(|| question.attribute.values.iter().map(margin).collect());
        Some(Self { n_values, over_groups, frequencies })
    }

    pub(super) fn totals(&self, group: Option<usize>, value: usize) -> Option<Totals> {
        match (group, &self.over_groups) {
            (Some(group), _) => self.frequencies.material[group * self.n_values + value].totals,
            (None, Some(margins)) => self.frequencies.material_margins[margins[value]].totals,
            (None, None) => self.frequencies.material[value].totals,
        }
    }

    pub(super) fn counts(&self, code: usize, group: Option<usize>, value: usize) -> Option<Counts> {
        let counts = match (group, &self.over_groups) {
            (Some(group), _) => self.frequencies.counts(code, group * self.n_values + value),
            (None, Some(margins)) => self.frequencies.margin_counts(code, margins[value]),
            (None, None) => self.frequencies.counts(code, value),
        };
        counts.copied()
    }
}

/// The axis without what has no partner on the other side.
fn only_pairs(axis: &Axis, units: &Units) -> Axis {
    let is_paired = |unit: u32| units.list.get(unit as usize).is_some_and(|unit| unit.pair != NOWHERE);
    axis.only(|row| is_paired(units.of_row[row]))
}
