//! The report as running text: what stands below what, ready for a word processor or for Markdown.
//!
//! - `parts`: headings, paragraphs, quotes, tables and charts.
//! - `study`: the chapters of a study's report.
//! - `markdown`: all of it as Markdown. `word` writes the same as a Word file.

mod markdown;
mod parts;
mod study;

pub use parts::{Chart, ChartKind, Grid, GridCell, GridRow, Head, Orientation, Paper, Part, Run, Series};
