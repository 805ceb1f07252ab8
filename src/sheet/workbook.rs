//! The first sheet of an `.xlsx` workbook, as rows of cells.
//!
//! The cells are written out as text, one line a row, so that messages can show a row and point at a cell as they
//! do in a CSV file.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::csv::Cell;
use super::escapes::without_escapes;
use crate::text::{Span, tidy};

/// All files in a workbook together, unpacked; a sheet of a million short cells is smaller.
const MAX_UNPACKED: u64 = 64 << 20;
/// Columns; a table that people fill in has fewer.
const MAX_COLUMNS: u32 = 1_000;
/// Cells, empty ones between others included.
const MAX_CELLS: usize = 2_000_000;

/// A sheet's name, its text, and its rows as places in that text.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Why a workbook cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum SheetError {
    #[error("not a workbook that can be read: {0}")]
    Unreadable(String),
    #[error("the workbook unpacks to more than {} MB", MAX_UNPACKED >> 20)]
    TooLarge,
    #[error("the sheet `{0}` has more than {MAX_COLUMNS} columns")]
    TooWide(String),
    #[error("the sheet `{0}` has more than {MAX_CELLS} cells")]
    TooManyCells(String),
    #[error("every sheet of the workbook is empty")]
    Empty,
}

/// The first sheet of the workbook that holds anything.
pub(super) fn first_sheet(bytes: &[u8]) -> Result<Sheet, SheetError> {
    check_size(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    for name in workbook.sheet_names() {
        let mut grid = Grid::default();
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            // A chart or a macro sheet; there is nothing in it for us.
            continue;
        };
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if column >= MAX_COLUMNS {
                return Err(SheetError::TooWide(name));
            }
            grid.put(row, column, &text);
            if grid.n_cells > MAX_CELLS {
                return Err(SheetError::TooManyCells(name));
            }
        }
        if !grid.text.trim().is_empty() {
            return Ok(Sheet { name, text: grid.text, rows: grid.rows });
        }
    }
    Err(SheetError::Empty)
}

/// Unpacks everything once without keeping it: what a file in a zip says of its own size may be a lie.
fn check_size(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(unreadable)?;
        left -= io::copy(&mut file.take(left), &mut io::sink()).map_err(unreadable)?;
        if left == 0 {
            return Err(SheetError::TooLarge);
        }
    }
    Ok(())
}

fn unreadable(error: impl Into<XlsxError>) -> SheetError {
    SheetError::Unreadable(error.into().to_string())
}

/// Rows as they come, with the text that stands for them.
#[derive(Default)]
struct Grid {
    text: String,
    rows: Vec<Vec<Cell>>,
    /// The row of the sheet, from 0, that the last line of `text` stands for.
    row: u32,
    n_cells: usize,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, text: &str) {
        // Cells come in order; one that steps back would be a second value for a place, and is not used.
        if self.rows.is_empty() || row > self.row {
            self.text.extend((self.row..row).map(|_| '\n'));
            self.row = row;
            self.rows.push(Vec::new());
        }
        let Some(cells) = self.rows.last_mut() else { return };
        if row < self.row || (column as usize) < cells.len() {
            return;
        }
        loop {
            if !cells.is_empty() {
                self.text.push('\t');
            }
            let start = self.text.len();
            let is_here = cells.len() == column as usize;
            if is_here {
                self.text.push_str(text);
            }
            let text = if is_here { text.to_owned() } else { String::new() };
            cells.push(Cell { text, span: Span::new(start, self.text.len()) });
            self.n_cells += 1;
            if is_here {
                return;
            }
        }
    }
}

/// What a cell shows, on one line; dates as ISO dates.
fn shown(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty => return String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => without_escapes(text).into_owned(),
        DataRef::SharedString(text) => without_escapes(text).into_owned(),
        DataRef::Bool(answer) => answer.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    };
    tidy(&text).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{text_cell, workbook};
    use super::*;

    #[test]
    fn cells_keep_their_places_and_dates_become_iso() {
        let data = format!(
            r#"<row r="2">{}{}</row><row r="4">{}<c r="B4" s="1"><v>42441</v></c><c r="D4"><v>3</v></c><c r="E4"><v>3.5</v></c><c r="F4" t="b"><v>1</v></c></row>"#,
            text_cell("A2", "sti"),
            text_cell("B2", "dato"),
            text_cell("A4", "a_x000D_\nb.txt"),
        );
        let sheet = first_sheet(&workbook(&data)).expect("it can be read");
        let rows: Vec<Vec<&str>> =
            sheet.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(rows, [vec!["sti", "dato"], vec!["a b.txt", "2016-03-12", "", "3", "3.5", "true"]]);
        assert_eq!(sheet.name, "Ark1");
        assert_eq!(sheet.text, "\nsti\tdato\n\na b.txt\t2016-03-12\t\t3\t3.5\ttrue");
        assert!(sheet.rows.iter().flatten().all(|cell| cell.span.of(&sheet.text) == cell.text));
    }

    #[track_caller]
    fn check_error(bytes: &[u8], expected: &str) {
        let error = first_sheet(bytes).expect_err("it cannot be read").to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn what_is_no_sheet_says_so() {
        check_error(b"path,case", "not a workbook that can be read: ");
        check_error(&workbook(""), "every sheet of the workbook is empty");
        check_error(
            &workbook(&format!("<row>{}</row>", text_cell("XFD1", "x"))),
            "the sheet `Ark1` has more than 1000 columns",
        );
        let whole = workbook(&format!("<row>{}</row>", text_cell("A1", "x")));
        for length in 0..whole.len() {
            assert!(first_sheet(&whole[..length]).is_err());
        }
    }
}
