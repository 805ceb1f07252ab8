//! Survey answers in sheets: a row per respondent, a column per question.
//!
//! Each kind of file becomes [`Sheet`]s; what their columns mean is decided once, in `answers`.

mod answers;
mod column_words;
mod columns;
mod csv;
mod dates;
mod notices;
mod ods;
mod quotes;
mod table;
mod xlsx;

use std::collections::BTreeSet;

use super::archive::Archive;
use super::error::IngestError;
use super::extracted::Extracted;
use super::format::Format;
use super::limits::Budget;
pub use columns::SurveyColumns;
use csv::Spaced;
use quotes::OpenQuote;

/// One sheet: rows of cells as text, rows from the first, cells from the left; empty cells are empty texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, empty where the format has none.
    pub name: String,
    /// Its rows; trailing empty cells and empty rows may be missing.
    pub rows: Vec<Vec<String>>,
    /// What else its file says of it, or what was odd about it.
    marks: Marks,
}

/// What a sheet's file says beside the cells; rows and columns by index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Marks {
    /// What parts the cells, in a file of separated values.
    delimiter: Option<char>,
    /// Quotation marks that are never closed.
    open_quotes: Vec<OpenQuote>,
    /// Rows that the program does not show.
    hidden_rows: Vec<usize>,
    /// Columns that the program does not show.
    hidden_columns: BTreeSet<usize>,
    /// Row and column of each formula whose value the file does not hold.
    formulas: Vec<(usize, usize)>,
}

/// The sheets of a file.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Sheet>,
    /// The names of those that are hidden and were not read.
    hidden: Vec<String>,
}

impl Book {
    /// A book without hidden sheets.
    fn of(sheets: Vec<Sheet>) -> Self {
        Self { sheets, hidden: Vec::new() }
    }
}

/// Reads answers separated by commas, semicolons or tabs.
pub(crate) fn read_csv(bytes: &[u8], columns: &SurveyColumns, budget: &Budget) -> Result<Extracted, IngestError> {
    let (sheet, decoded) = csv::read(bytes, Spaced::Punctuation, budget)?;
    let mut extracted = answers::read(Book::of(vec![sheet]), columns, &decoded.doubts, budget)?;
    extracted.encoding = Some(decoded.encoding.to_owned());
    Ok(extracted)
}

/// Reads the answers of a workbook.
pub(crate) fn read_workbook(
    archive: &mut Archive<'_>,
    columns: &SurveyColumns,
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    answers::read(book(archive, budget)?, columns, &[], budget)
}

/// Reads the answers of an OpenDocument sheet that is one XML file.
pub(crate) fn read_flat(bytes: &[u8], columns: &SurveyColumns, budget: &Budget) -> Result<Extracted, IngestError> {
    answers::read(Book::of(ods::read_flat(bytes, budget)?), columns, &[], budget)
}

/// The one sheet of a file of separated values.
pub(crate) fn csv_sheet(bytes: &[u8], budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    csv::read(bytes, Spaced::Separator, budget).map(|(sheet, _)| vec![sheet])
}

/// The sheets of a workbook of either kind.
pub(crate) fn workbook(archive: &mut Archive<'_>, budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    book(archive, budget).map(|book| book.sheets)
}

fn book(archive: &mut Archive<'_>, budget: &Budget) -> Result<Book, IngestError> {
    if budget.format() == Format::Ods { ods::read(archive, budget).map(Book::of) } else { xlsx::read(archive, budget) }
}
