//! The cells of a table: one for every combination of the values of its attributes.

use super::frequencies::Frequency;
use crate::material::{Axis, NOWHERE};
use crate::text::narrow;

/// The product of some axes; a cell's number runs fastest over the last axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    axes: Vec<Axis>,
}

/// More cells than anybody reads, those of the margins among them.
const MAX_CELLS: usize = 1_000_000;
/// For each margin it is known which of its cells each cell is in.
const MAX_PLACES: usize = 20_000_000;
/// What the rows of a table may take in memory, one for each code and cell; written as JSON they take three times as much
/// again. Those of 2,000 respondents by 30 questions and 100 codes, six million, are less.
const MAX_BYTES: usize = 1 << 30;

impl Cells {
    /// The product of `axes`; `None` if there would be more than a million cells, margins among them.
    #[must_use]
    pub fn new(axes: Vec<Axis>) -> Option<Self> {
        let product = |of: &dyn Fn(usize) -> usize| {
            // An attribute without values has no cell, but its margin has one.
            let mut all = axes.iter().map(|axis| of(axis.values.len().max(1)));
            all.try_fold(1_usize, usize::checked_mul)
        };
        let (len, places) = (product(&|n| n + 1)?, product(&|n| 2 * n)?);
        (len <= MAX_CELLS && places <= MAX_PLACES).then_some(Self { axes })
    }

    /// How many rows a table of so many codes has, those of the margins among them, and whether memory is large enough for
    /// them.
    #[must_use]
    pub fn rows(&self, n_codes: usize) -> (usize, bool) {
        let n_cells: usize = self.axes.iter().map(|axis| axis.values.len().max(1) + 1).product();
        let n_rows = n_cells.saturating_mul(n_codes);
        (n_rows, n_rows.saturating_mul(size_of::<Frequency>()) <= MAX_BYTES)
    }

    /// The attributes.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// How many cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// Whether there is none: an attribute without values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value on each axis of the cell that a row counts in; `None` for rows that are in no cell.
    #[must_use]
    pub fn place_of(&self, row: usize) -> Option<Vec<usize>> {
        self.axes.iter().map(|axis| axis.value_of(row)).collect()
    }

    /// The cell of each row, or [`NOWHERE`].
    pub(crate) fn of_rows(&self, n_rows: usize) -> Vec<u32> {
        let mut cells = vec![0_u32; n_rows];
        self.axes.iter().for_each(|axis| divide(&mut cells, axis, axis.of_rows()));
        cells
    }

    /// The cell of each document, or [`NOWHERE`]; `None` where an attribute varies within documents.
    pub(super) fn of_documents(&self, n_documents: usize) -> Option<Vec<u32>> {
        let mut cells = vec![0_u32; n_documents];
        for axis in &self.axes {
            divide(&mut cells, axis, axis.of_documents()?);
        }
        Some(cells)
    }

    /// The combinations of axes that are summed over in the margins: `true` for an axis that is kept. First
    /// those that sum over one axis, the last axis first; all together last.
    pub(super) fn margins(&self) -> Vec<Vec<bool>> {
        let n_axes = self.axes.len();
        let mut margins: Vec<Vec<bool>> = (0..(1_usize << n_axes).saturating_sub(1))
            .map(|kept| (0..n_axes).map(|axis| kept >> (n_axes - 1 - axis) & 1 == 1).collect())
            .collect();
        margins.sort_by_key(|kept: &Vec<bool>| {
            let summed = kept.iter().filter(|kept| !**kept).count();
            (summed, std::cmp::Reverse(kept.clone()))
        });
        margins
    }

    /// For each cell, the cell of the margin that keeps only the axes in `kept`, and how many those are.
    pub(super) fn margin_of(&self, kept: &[bool]) -> (Vec<u32>, usize) {
        let len = self.len();
        let mut margin = vec![0_u32; len];
        let mut n_margin = 1;
        let mut run = len;
        for (axis, kept) in self.axes.iter().zip(kept) {
            let n_values = axis.values.len().max(1);
            run /= n_values;
            if *kept {
                for (cell, target) in margin.iter_mut().enumerate() {
                    *target = *target * narrow(n_values) + narrow(cell / run.max(1) % n_values);
                }
                n_margin *= n_values;
            }
        }
        (margin, n_margin)
    }

    /// The values of a cell, or of a cell of a margin: `None` for an axis that is summed over.
    #[must_use]
    pub fn key(&self, cell: usize, kept: &[bool]) -> Vec<Option<&str>> {
        let mut rest = cell;
        let mut key: Vec<Option<&str>> = self
            .axes
            .iter()
            .zip(kept)
            .rev()
            .map(|(axis, kept)| {
                kept.then(|| {
                    // An attribute without values has no cell, but its margin has one.
                    let n_values = axis.values.len().max(1);
                    let value = rest % n_values;
                    rest /= n_values;
                    axis.values.get(value).map_or("", String::as_str)
                })
            })
            .collect();
        key.reverse();
        key
    }
}

/// Divides each cell by one more axis: `values` are those of what lies in the cells, rows or documents.
fn divide(cells: &mut [u32], axis: &Axis, values: &[u32]) {
    let n_values = narrow(axis.values.len());
    for (cell, value) in cells.iter_mut().zip(values) {
        *cell = if *cell == NOWHERE || *value == NOWHERE { NOWHERE } else { *cell * n_values + value };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(name: &str, values: &[&str]) -> Axis {
        Axis::of_values(name, values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn cells_and_margins_name_their_values() {
        let cells = Cells::new(vec![axis("case", &["a", "b"]), axis("phase", &["1", "2", "3"])]).unwrap();
        assert_eq!(cells.key(4, &[true, true]), [Some("b"), Some("2")]);
        assert_eq!(cells.margins(), [vec![true, false], vec![false, true], vec![false, false]]);
        let (of_cell, n) = cells.margin_of(&[true, false]);
        assert_eq!((of_cell, n), (vec![0, 0, 0, 1, 1, 1], 2));
        let (of_cell, n) = cells.margin_of(&[false, true]);
        assert_eq!((of_cell, n), (vec![0, 1, 2, 0, 1, 2], 3));
        let (of_cell, n) = cells.margin_of(&[false, false]);
        assert_eq!((of_cell, n), (vec![0; 6], 1));
        assert_eq!(cells.key(2, &[false, true]), [None, Some("3")]);
    }

    #[test]
    fn margins_and_codes_count_towards_what_is_too_much() {
        let values: Vec<String> = (0..1_000).map(|value| value.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let of = |ns: &[usize]| Cells::new(ns.iter().map(|n| axis("x", &values[..*n])).collect());
        assert!(of(&[999, 999]).is_some());
        assert!(of(&[1_000, 1_000]).is_none());
        // 2^24 margins of one cell, and more axes than a number has bits.
        assert!(of(&[1; 24]).is_none());
        assert!(of(&[1; 70]).is_none());
        assert!(of(&[0; 70]).is_none());
        // A million cells with margins, and a hundred million places in them.
        assert!(of(&[2; 12]).is_some());
        assert!(of(&[2; 13]).is_none());
        // 1,000 respondents by 61 answers are as many as 2,000 by 30; a hundred thousand cells are too many by 200 codes.
        let cells = of(&[999, 61]).expect("they are sixty thousand");
        assert_eq!(cells.rows(100), (6_200_000, true));
        let cells = of(&[999, 99]).expect("they are a hundred thousand");
        assert_eq!(cells.rows(80), (8_000_000, false));
        assert_eq!(cells.rows(200), (20_000_000, false));
    }

    #[test]
    fn an_attribute_without_values_has_no_cells() {
        let cells = Cells::new(vec![axis("case", &[]), axis("phase", &["1"])]).unwrap();
        assert_eq!(cells.len(), 0);
        assert_eq!(cells.key(0, &[true, false]), [Some(""), None]);
    }

    #[test]
    fn a_table_by_nothing_has_one_cell_and_no_margin() {
        let cells = Cells::new(Vec::new()).unwrap();
        assert_eq!((cells.len(), cells.margins().len()), (1, 0));
    }
}
