//! A [`Table`] that somebody made: its header, its rows, and where each cell stands, so that a message can point at it.
//!
//! CSV as programs and people write it, or the first sheet of a workbook. [`Columns`] finds columns by name; what they
//! mean is for those to say who ask for them. Sheets whose cells need no place are read by `ingest`, as documents are.
//! [`Lines`] are the same as JSON: an object a row.
//!
//! A leaf: it knows how tables are written, not what they are about.

mod columns;
mod csv;
mod escapes;
mod lines;
mod number;
mod table;
#[cfg(test)]
pub(crate) mod testing;
mod workbook;

pub(crate) use self::{
    columns::Columns,
    csv::Cell,
    escapes::without_escapes,
    lines::{LineIds, Lines, first_object},
    number::whole_number,
    table::{Table, letters},
};
