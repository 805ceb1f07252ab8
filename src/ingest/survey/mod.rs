//! Survey answers in sheets: a row per respondent, a column per question.
//!
//! Each kind of file becomes [`Sheet`]s; what their columns mean is decided once, in `answers`.

mod answers;
mod column_words;
mod columns;
mod csv;
mod dates;
mod ods;
mod xlsx;

use super::archive::Archive;
use super::error::IngestError;
use super::extracted::Extracted;
use super::format::Format;
use super::limits::Budget;
pub use columns::SurveyColumns;

/// One sheet: rows of cells as text, rows from the first, cells from the left; empty cells are empty texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, empty where the format has none.
    pub name: String,
    /// Its rows; trailing empty cells and empty rows may be missing.
    pub rows: Vec<Vec<String>>,
}

/// Reads answers separated by commas, semicolons or tabs.
pub(crate) fn read_csv(bytes: &[u8], columns: &SurveyColumns, budget: &Budget) -> Result<Extracted, IngestError> {
    let (sheet, decoded) = csv::read(bytes, budget)?;
    let mut extracted = answers::read(&[sheet], columns, &decoded.doubts, budget)?;
    extracted.encoding = Some(decoded.encoding.to_owned());
    Ok(extracted)
}

/// Reads the answers of a workbook.
pub(crate) fn read_workbook(
    archive: &mut Archive<'_>,
    columns: &SurveyColumns,
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    answers::read(&workbook(archive, budget)?, columns, &[], budget)
}

/// Reads the answers of an OpenDocument sheet that is one XML file.
pub(crate) fn read_flat(bytes: &[u8], columns: &SurveyColumns, budget: &Budget) -> Result<Extracted, IngestError> {
    answers::read(&ods::read_flat(bytes, budget)?, columns, &[], budget)
}

/// The one sheet of a file of separated values.
pub(crate) fn csv_sheet(bytes: &[u8], budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    csv::read(bytes, budget).map(|(sheet, _)| vec![sheet])
}

/// The sheets of a workbook of either kind.
pub(crate) fn workbook(archive: &mut Archive<'_>, budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    if budget.format() == Format::Ods { ods::read(archive, budget) } else { xlsx::read(archive, budget) }
}
