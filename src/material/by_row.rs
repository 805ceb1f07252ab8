//! A number for each row, of which most materials have none.

use super::axis::NOWHERE;

/// A number for each row of the corpus, or [`NOWHERE`]. Takes no room until a row has one.
#[derive(Debug)]
pub(super) struct ByRow {
    n_rows: usize,
    numbers: Vec<u32>,
}

impl ByRow {
    /// No row of so many has a number.
    pub(super) fn new(n_rows: usize) -> Self {
        Self { n_rows, numbers: Vec::new() }
    }

    /// Whether no row has a number.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The number of a row, or [`NOWHERE`].
    pub(super) fn get(&self, row: usize) -> u32 {
        self.numbers.get(row).copied().unwrap_or(NOWHERE)
    }

    /// Gives a row a number; [`NOWHERE`] is none.
    pub(super) fn set(&mut self, row: usize, number: u32) {
        if number == NOWHERE && self.is_empty() {
            return;
        }
        if self.is_empty() {
            self.numbers.resize(self.n_rows, NOWHERE);
        }
        self.numbers[row] = number;
    }
}
