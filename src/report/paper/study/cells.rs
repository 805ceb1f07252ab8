//! Tables of codes by cells: which columns there are, and how they are cut to the width of a page.

use super::super::parts::{Grid, GridCell, GridRow, Head, Orientation};
use super::{Draft, code_anchor};
use crate::report::{Headline, Summed, Term};

/// Studies with more cells get their sums only.
const MAX_CELLS: usize = 144;
/// Twentieths of a point that the text is wide on a page, upright and lying, and that the column with the codes takes.
const UPRIGHT: usize = 9_298;
const LYING: usize = 14_230;
const LABEL: usize = 2_500;
/// What a letter of a column's name takes, and the margins beside it; names are not broken.
const LETTER: usize = 84;
const MARGINS: usize = 110;
/// Columns hold numbers of so many characters in any case.
const MIN_WIDTH: usize = 6;

/// Columns of numbers that stand under one name.
struct Group {
    name: String,
    columns: Vec<(String, Summed)>,
}

impl Draft<'_> {
    /// Whether the study has so many cells that only sums are shown.
    pub(super) fn shows_sums_only(&self) -> bool {
        self.report.case.values.len() * self.report.phase.values.len() > MAX_CELLS
    }

    /// How pages must lie for so many columns of numbers with these names over them.
    pub(super) fn orientation_for<'n>(&self, columns: usize, names: impl Iterator<Item = &'n str>) -> Orientation {
        if columns > fitting(Orientation::Portrait, names) { Orientation::Landscape } else { Orientation::Portrait }
    }

    /// How pages must lie for tables of all cells.
    pub(super) fn orientation_of_cells(&self) -> Orientation {
        let groups = self.groups();
        let columns = || groups.iter().flat_map(|group| &group.columns);
        self.orientation_for(columns().count(), columns().map(|(name, _)| name.as_str()))
    }

    /// The cells case by case and the sum of all; or the sums by phase.
    fn groups(&self) -> Vec<Group> {
        let phases = 0..self.report.phase.values.len();
        let phase = |phase: usize| self.lang.value(&self.report.phase, phase).to_owned();
        let total = (self.term(Term::Total), Summed::All);
        if self.shows_sums_only() {
            let columns = phases.map(|index| (phase(index), Summed::Phase(index))).chain([total]);
            return vec![Group { name: String::new(), columns: columns.collect() }];
        }
        let case = |case: usize| Group {
            name: self.lang.value(&self.report.case, case).to_owned(),
            columns: phases.clone().map(|index| (phase(index), Summed::Cell(case, index))).collect(),
        };
        let all = Group { name: String::new(), columns: vec![total] };
        (0..self.report.case.values.len()).map(case).chain([all]).collect()
    }

    /// Tables with a row a code and a column a cell, as many as are needed.
    pub(super) fn tables_of_cells(&self, unit: Term, cell: &dyn Fn(usize, Option<Headline>) -> GridCell) -> Vec<Grid> {
        let groups = self.groups();
        let names = groups.iter().flat_map(|group| &group.columns).map(|(name, _)| name.as_str());
        let most = fitting(self.orientation, names);
        let pages = pages(groups, most);
        let n_pages = pages.len();
        let caption = self.lang.cells_caption(self.report, unit);
        let table = |(page, groups): (usize, Vec<Group>)| {
            let columns: Vec<(String, Summed)> =
                groups.iter().flat_map(|group| group.columns.iter().cloned()).collect();
            let row = |code: usize| GridRow {
                cells: std::iter::once(self.code_cell(code))
                    .chain(columns.iter().map(|(_, at)| cell(code, self.report.headline(code, *at))))
                    .collect(),
                is_strong: false,
            };
            let first = Head { text: String::new(), columns: 1 };
            let over = groups.iter().map(|group| Head { text: group.name.clone(), columns: group.columns.len() });
            let has_names = groups.iter().any(|group| !group.name.is_empty());
            Grid {
                caption: match n_pages {
                    1 => caption.clone(),
                    _ => format!("{caption} {}", self.lang.part_of(page + 1, n_pages)),
                },
                groups: if has_names { std::iter::once(first).chain(over).collect() } else { Vec::new() },
                header: std::iter::once(self.term(Term::Code))
                    .chain(columns.iter().map(|(name, _)| name.clone()))
                    .collect(),
                widths: widths(columns.len()),
                left: Vec::new(),
                rows: self.report.tree().into_iter().map(row).collect(),
                key: None,
            }
        };
        pages.into_iter().enumerate().map(table).collect()
    }

    /// A code's label, moved in under its parent, leading to its quotes.
    pub(super) fn code_cell(&self, code: usize) -> GridCell {
        GridCell {
            text: self.report.codebook.codes[code].label.clone(),
            indent: u8::try_from(self.report.depth(code).min(6)).unwrap_or(0),
            link: Some(code_anchor(code)),
            shade: 0,
        }
    }
}

/// How many columns of numbers with these names fit on a page; at least one.
pub(super) fn fitting<'n>(orientation: Orientation, names: impl Iterator<Item = &'n str>) -> usize {
    let word = |name: &str| name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let longest = names.map(word).max().unwrap_or(0).max(MIN_WIDTH);
    let width = if orientation == Orientation::Portrait { UPRIGHT } else { LYING };
    ((width - LABEL) / (longest * LETTER + MARGINS)).max(1)
}

/// A wide column and so many narrow ones, which share what it leaves.
pub(super) fn widths(numbers: usize) -> Vec<u32> {
    // With few columns the first one need not be narrow.
    let label = if numbers > 6 { 26 } else { 34 };
    std::iter::once(label).chain(std::iter::repeat_n(if numbers > 6 { 9 } else { 12 }, numbers)).collect()
}

/// Groups on as few pages as they fit; one that is wider than a page is cut.
fn pages(groups: Vec<Group>, most: usize) -> Vec<Vec<Group>> {
    let mut pages: Vec<Vec<Group>> = vec![Vec::new()];
    let mut used = 0;
    for group in groups {
        for columns in group.columns.chunks(most) {
            if used + columns.len() > most && used > 0 {
                pages.push(Vec::new());
                used = 0;
            }
            used += columns.len();
            let piece = Group { name: group.name.clone(), columns: columns.to_vec() };
            pages.last_mut().expect("there is a page from the start").push(piece);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(groups: &[usize], most: usize, expected: &[&[usize]]) {
        let group =
            |columns: &usize| Group { name: String::new(), columns: vec![(String::new(), Summed::All); *columns] };
        let found: Vec<Vec<usize>> = pages(groups.iter().map(group).collect(), most)
            .iter()
            .map(|page| page.iter().map(|group| group.columns.len()).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_of_a_case_stay_together_where_they_fit() {
        check(&[3, 3, 3, 1], 12, &[&[3, 3, 3, 1]]);
        check(&[3, 3, 3, 1], 7, &[&[3, 3], &[3, 1]]);
        check(&[5, 1], 2, &[&[2], &[2], &[1, 1]]);
    }
}
