//! Codings × material → frequencies: counts with their unit and their denominator, never a bare number.
//!
//! Cells are the product of the values of the attributes that a run counts by. Every count `x` is "with a
//! mention"; every `x_total` is all of the same material. Where there is no material there is no number.

mod cells;
mod columns;
mod count;
mod frequencies;
mod unequal;

pub use cells::Cells;
pub use columns::{COUNTS, Column, TOTALS};
pub use count::{Counts, Totals};
pub use frequencies::{Cell, Frequencies, Frequency, tally};
pub use unequal::{Amount, Unequal, unequal, unequal_lines};
