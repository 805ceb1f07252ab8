//! Which neighbouring cells hold unlike amounts of material, from the same denominators as the table's.

use super::cells::Cells;
use super::frequencies::totals_of_cells;
use crate::index::Corpus;
use crate::material::{Material, NOWHERE, RowState};

/// Material of neighbouring cells is unlike when one has more than so many times as much as the other.
const UNEQUAL: u64 = 2;

/// What two neighbouring cells are unlike in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Number of documents.
    Documents,
    /// Number of words.
    Words,
    /// Words in the median segment.
    SegmentLength,
}

/// Two neighbouring cells of which one has more than twice as much material.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unequal {
    /// Their numbers, in the order of the table.
    pub cells: [usize; 2],
    /// In what.
    pub what: Amount,
    /// How much each of them has.
    pub amounts: [u64; 2],
}

/// Neighbours of a table of two attributes with unlike amounts: the same value of the first and the next of the second
/// that has material, and the same of the second and the next of the first.
#[must_use]
pub fn unequal(corpus: &Corpus, material: &Material, cells: &Cells) -> Vec<Unequal> {
    let [rows, columns] = cells.axes() else { return Vec::new() };
    let totals = totals_of_cells(corpus, material, cells);
    let medians = medians(corpus, material, cells);
    let (n_rows, n_columns) = (rows.values.len(), columns.values.len());
    let mut found = Vec::new();
    let mut compare = |line: Vec<usize>| {
        let with: Vec<usize> = line.into_iter().filter(|cell| totals[*cell].is_some()).collect();
        for pair in with.windows(2) {
            let Some((one, other)) = totals[pair[0]].zip(totals[pair[1]]) else { continue };
            let amounts = [
                (Amount::Documents, [one.documents_total, other.documents_total]),
                (Amount::Words, [one.words_total, other.words_total]),
                (Amount::SegmentLength, [medians[pair[0]], medians[pair[1]]]),
            ];
            let unlike = amounts.into_iter().filter(|(_, [one, other])| one.max(other) > &(UNEQUAL * one.min(other)));
            found.extend(unlike.map(|(what, amounts)| Unequal { cells: [pair[0], pair[1]], what, amounts }));
        }
    };
    (0..n_rows).for_each(|row| compare((0..n_columns).map(|column| row * n_columns + column).collect()));
    (0..n_columns).for_each(|column| compare((0..n_rows).map(|row| row * n_columns + column).collect()));
    found
}

/// A line for each two cells that are unlike, which stands alone.
#[must_use]
pub fn unequal_lines(material: &Material, unequal: &[Unequal], cells: &Cells) -> Vec<String> {
    // An attribute that nothing has names no cell.
    let has_names: Vec<bool> = cells.axes().iter().map(|axis| axis.values.iter().any(|v| !v.is_empty())).collect();
    let name = |cell: usize| -> String {
        let values = cells.axes().iter().zip(cells.key(cell, &has_names));
        let values = values.filter_map(|(axis, value)| Some(material.label_of(&axis.name, value?)));
        let named = values.map(|value| if value.is_empty() { "(none)" } else { value });
        named.collect::<Vec<_>>().join(" · ")
    };
    let amount = |unequal: &Unequal| {
        let what = match unequal.what {
            Amount::Documents => "documents",
            Amount::Words => "words",
            Amount::SegmentLength => "words in the median segment",
        };
        format!("{} vs {} {what}", unequal.amounts[0], unequal.amounts[1])
    };
    let line = |pair: &[Unequal]| {
        let [one, other] = pair[0].cells;
        let amounts: Vec<String> = pair.iter().map(amount).collect();
        format!("{} and {}: {}", name(one), name(other), amounts.join("; "))
    };
    unequal.chunk_by(|one, other| one.cells == other.cells).map(line).collect()
}

/// By cell: words in the median of its material segments; 0 without any.
fn medians(corpus: &Corpus, material: &Material, cells: &Cells) -> Vec<u64> {
    let rows = corpus.rows();
    let mut lengths: Vec<Vec<u32>> = vec![Vec::new(); cells.len()];
    for (row, cell) in cells.of_rows(rows.len()).into_iter().enumerate() {
        if cell != NOWHERE && material.state(row) == RowState::Material {
            lengths[cell as usize].push(rows.n_words(row));
        }
    }
    let median = |mut lengths: Vec<u32>| {
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).map_or(0, |words| u64::from(*words))
    };
    lengths.into_iter().map(median).collect()
}
