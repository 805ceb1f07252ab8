//! The report as an Excel workbook: a sheet a table, numbers as numbers, texts as texts.
//!
//! - `front`: what the workbook is, how the numbers were made, which sheets there are.
//! - `matrix`: codes by cells, shaded by what stands in them.
//! - `sheet`: tidy tables, with filters and a header that stays.
//! - `text`: what a cell can hold.

mod front;
mod matrix;
mod sheet;
mod text;

use std::io::Error;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::tidy::{TidyTable, tidy_tables};
use super::{Lang, Report, Term};

/// The report as a workbook; the same bytes for the same report.
///
/// # Errors
/// When the workbook cannot be made, which would be a bug of ours.
pub fn workbook(report: &Report, lang: Lang) -> std::io::Result<Vec<u8>> {
    write(report, lang).map_err(Error::other)
}

fn write(report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock in what we write.
    let properties = DocProperties::new()
        .set_title(text::cell_text(&report.project))
        .set_author("temakart")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let units = [Term::UnitMentions, Term::UnitRate, Term::UnitDocuments];
    let tables: Vec<TidyTable> = tidy_tables(report, lang);
    let mut names = text::SheetNames::default();
    let front = names.take(lang.term(Term::Report));
    let matrices = units.map(|unit| names.take(lang.term(unit)));
    let plans: Vec<sheet::Plan<'_>> = tables.iter().flat_map(|table| sheet::plans(table, &mut names)).collect();
    let listed = matrices.iter().cloned().chain(plans.iter().map(|plan| plan.name.clone()));
    front::write(workbook.add_worksheet().set_name(&front)?, report, lang, listed)?;
    for (unit, name) in units.into_iter().zip(&matrices) {
        matrix::write(workbook.add_worksheet().set_name(name)?, report, lang, unit)?;
    }
    for plan in &plans {
        sheet::write(workbook.add_worksheet().set_name(&plan.name)?, plan)?;
    }
    workbook.save_to_buffer()
}
