//! A report as a Word file (.docx), in Word's own styles, with charts that can be edited.
//!
//! - `xml`: elements and text, escaped.
//! - `styles`: what headings, quotes, captions and tables look like.
//! - `body`: the parts of the report as paragraphs.
//! - `grid`: tables.
//! - `chart`: charts, each with the workbook that it is drawn from.
//! - `package`: the archive that holds it all; the same bytes for the same report.
//!
//! Charts are Word's own instead of pictures, so that colours and type can follow the report that they are pasted
//! into; a heat map is a table with shaded cells.

mod body;
mod chart;
mod grid;
mod package;
mod styles;
mod xml;

pub use package::docx;
