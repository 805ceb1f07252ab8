//! A table that a researcher made, whatever wrote it: CSV of any delimiter and encoding, or a workbook.
//!
//! Finds the form and says which it found.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    csv::{self, Cell, CsvError},
    workbook,
};
use crate::{
    diag::{Diagnostic, Place, capped, file_name, shortened},
    disk::{Input, read_bytes},
    text::{Doubt, Span, decode},
};

/// A list of a hundred thousand documents is smaller.
const MAX_BYTES: u64 = 64 << 20;

/// The rows of a table below its header, each with as many cells as the header or fewer.
#[derive(Debug)]
pub(crate) struct Table {
    /// As the user would name it.
    pub(crate) path: PathBuf,
    /// The file's text, or for a workbook a text that shows it.
    pub(crate) text: Arc<str>,
    pub(crate) header: Vec<Cell>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// How it was read: delimiter and encoding, or the sheet.
    pub(crate) form: String,
    pub(crate) input: Input,
    /// Whether people find a cell by the letter of its column, and the text is none that they have seen.
    is_workbook: bool,
}

impl Table {
    /// Reads the table at `path`. `is_known` says which column names are expected.
    ///
    /// Doubts about the characters come with the table.
    pub(crate) fn read(
        path: &Path,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (input, bytes) = read_bytes(path, MAX_BYTES).map_err(|error| vec![error])?;
        let is_workbook = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
        let (mut table, doubts) = if is_workbook {
            (Self::of_workbook(path, input, &bytes)?, Vec::new())
        } else {
            Self::of_text(path, input, &bytes, is_known)?
        };
        table.check_width()?;
        Ok((table, doubts))
    }

    /// The same with doubts added to `notes`; `None` where it cannot be read, which is added to `errors`.
    pub(crate) fn read_or_tell(
        path: &Path,
        is_known: impl Fn(&str) -> bool,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match Self::read(path, is_known) {
            Ok((table, doubts)) => {
                notes.extend(doubts);
                Some(table)
            }
            Err(wrong) => {
                errors.extend(wrong);
                None
            }
        }
    }

    fn of_workbook(path: &Path, input: Input, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let sheet = workbook::first_sheet(bytes).map_err(|error| vec![unreadable(path, &error.to_string())])?;
        let form = format!("sheet `{}`", shortened(&sheet.name));
        let mut rows = sheet.rows;
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Ok(Self { path: path.to_owned(), text: Arc::from(sheet.text), header, rows, form, input, is_workbook: true })
    }

    fn of_text(
        path: &Path,
        input: Input,
        bytes: &[u8],
        is_known: impl Fn(&str) -> bool,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let decoded = decode(bytes).map_err(|error| vec![unreadable(path, &error.to_string())])?;
        let text: Arc<str> = Arc::from(decoded.text);
        let delimiter = csv::delimiter(&text, is_known);
        let mut rows = csv::rows(&text, delimiter).map_err(|error| vec![not_csv(path, &text, error)])?;
        if rows.is_empty() {
            return Err(vec![
                Diagnostic::error("table/empty", format!("`{}` is empty", file_name(path))).at(Place::file(path)),
            ]);
        }
        let header = rows.remove(0);
        let form = format!("{} between columns, {}", csv::name(delimiter), decoded.encoding);
        let doubts = decoded.doubts.iter().filter_map(|doubt| doubtful(path, &text, doubt)).collect();
        Ok((Self { path: path.to_owned(), text, header, rows, form, input, is_workbook: false }, doubts))
    }

    /// Cells beyond the header's last column say that a delimiter stands where none was meant.
    fn check_width(&mut self) -> Result<(), Vec<Diagnostic>> {
        let width = self.header.len();
        let mut errors = Vec::new();
        for row in &self.rows {
            let beyond = row.get(width..).and_then(|cells| cells.iter().find(|cell| !cell.text.is_empty()));
            let Some(beyond) = beyond else { continue };
            let error = Diagnostic::error(
                "table/too-many-cells",
                format!("a row has more cells than the header, which has {width}"),
            )
            .at(self.place(beyond, "this cell belongs to no column"))
            .hint("text that contains the column separator must be in quotation marks");
            errors.push(error);
        }
        self.rows.iter_mut().for_each(|row| row.truncate(width));
        if errors.is_empty() { Ok(()) } else { Err(capped(errors, "rows like this")) }
    }

    /// The file's name, for messages.
    pub(crate) fn name(&self) -> String {
        file_name(&self.path)
    }

    /// Where `cell` stands.
    pub(crate) fn place(&self, cell: &Cell, label: impl Into<String>) -> Place {
        let place = Place::within(&self.path, &self.text, cell.span, label);
        if !self.is_workbook {
            return place;
        }
        let (row, column) = self.row_and_column(cell.span);
        let name = self.header.get(column).map_or("", |cell| cell.text.as_str());
        let name = if name.is_empty() { String::new() } else { format!(" (`{}`)", shortened(name)) };
        place.told_as(format!("row {row}, column {}{name}", letters(column)))
    }

    /// The row of a workbook's sheet, from 1, and the column, from 0, that a span of its text stands for.
    fn row_and_column(&self, span: Span) -> (usize, usize) {
        let before = &self.text[..span.start()];
        let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        (before.matches('\n').count() + 1, line.matches('\t').count())
    }

    /// The header row.
    pub(crate) fn header_place(&self, label: impl Into<String>) -> Place {
        let start = self.header.first().map_or(0, |cell| cell.span.start());
        let end = self.header.last().map_or(start, |cell| cell.span.end());
        let place = Place::within(&self.path, &self.text, Span::new(start, end), label);
        if !self.is_workbook {
            return place;
        }
        place.told_as(format!("row {}", self.row_and_column(Span::new(start, end)).0))
    }
}

/// What spreadsheets call the column at `index`: `A`, `B`, …, `Z`, `AA`, …
pub(crate) fn letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut left = index + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error("table/unreadable", format!("`{}` cannot be read: {why}", file_name(path))).at(Place::file(path))
}

fn not_csv(path: &Path, text: &Arc<str>, error: CsvError) -> Diagnostic {
    match error {
        CsvError::OpenQuote(span) => Diagnostic::error("table/open-quote", "a quotation mark is never closed")
            .at(Place::within(path, text, span, "opened here; all that follows would be one cell")),
        CsvError::TooManyCells => unreadable(path, "it has too many cells"),
    }
}

/// What is to be said about characters that may not be what their author wrote.
fn doubtful(path: &Path, text: &Arc<str>, doubt: &Doubt) -> Option<Diagnostic> {
    let (line, message) = match doubt {
        Doubt::Guessed { encoding, rival: Some(rival) } => {
            (1, format!("`{}` is read as {encoding}, but could be {rival}", file_name(path)))
        }
        Doubt::Mixed { encoding, line, .. } => (*line, format!("`{}` mixes UTF-8 and {encoding}", file_name(path))),
        Doubt::Replaced { count, line } => {
            (*line, format!("`{}` contains {count} characters that could not be decoded", file_name(path)))
        }
        Doubt::EncodedTwice { line, mended, .. } => {
            let done = if *mended { "was corrected" } else { "is used as it is" };
            (*line, format!("`{}` was encoded twice (`Ã¥` for `å`) and {done}", file_name(path)))
        }
        Doubt::Nul { line, .. } => (*line, format!("`{}` contains NUL characters", file_name(path))),
        Doubt::Direction { line, .. } => {
            (*line, format!("`{}` contains characters that change the writing direction", file_name(path)))
        }
        Doubt::Guessed { rival: None, .. } => return None,
    };
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    let span = Span::new(start, start + length);
    Some(Diagnostic::warning("table/characters", message).at(Place::within(path, text, span, "")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{text_cell, workbook};
    use super::*;

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        for (index, expected) in
            [(0, "A"), (4, "E"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(index), expected);
        }
    }

    #[test]
    fn cells_of_a_workbook_are_told_by_row_and_column() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("ark.xlsx");
        let row = |n: u32, cells: &[(&str, &str)]| {
            let cells: String = cells.iter().map(|(column, text)| text_cell(&format!("{column}{n}"), text)).collect();
            format!(r#"<row r="{n}">{cells}</row>"#)
        };
        let data = row(2, &[("A", "document"), ("C", "codes")]) + &row(5, &[("A", "a.txt"), ("B", "x"), ("C", "tid")]);
        std::fs::write(&path, workbook(&data)).expect("a file for the test");
        let (table, _) = Table::read(&path, |_| true).expect("it can be read");
        let told = |column: usize| table.place(&table.rows[0][column], "").cell.unwrap_or_default();
        assert_eq!([told(1), told(2)], ["row 5, column B", "row 5, column C (`codes`)"]);
        assert_eq!(table.header_place("").cell.as_deref(), Some("row 2"));
    }
}
