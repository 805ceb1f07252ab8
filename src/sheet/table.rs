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

    fn of_workbook(path: &Path, input: Input, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let sheet = workbook::first_sheet(bytes).map_err(|error| vec![unreadable(path, &error.to_string())])?;
        let form = format!("sheet `{}`", shortened(&sheet.name));
        let mut rows = sheet.rows;
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Ok(Self { path: path.to_owned(), text: Arc::from(sheet.text), header, rows, form, input })
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
        Ok((Self { path: path.to_owned(), text, header, rows, form, input }, doubts))
    }

    /// Cells beyond the header's last column say that a delimiter stands where none was meant.
    fn check_width(&mut self) -> Result<(), Vec<Diagnostic>> {
        let width = self.header.len();
        let mut errors = Vec::new();
        for row in &mut self.rows {
            let Some(beyond) = row.get(width..).and_then(|cells| cells.iter().find(|cell| !cell.text.is_empty()))
            else {
                row.truncate(width);
                continue;
            };
            let error = Diagnostic::error(
                "table/too-many-cells",
                format!("a row has more cells than the header, which has {width}"),
            )
            .at(Place::within(&self.path, &self.text, beyond.span, "this cell belongs to no column"))
            .hint("text that contains the column separator must be in quotation marks");
            errors.push(error);
        }
        if errors.is_empty() { Ok(()) } else { Err(capped(errors, "rows like this")) }
    }

    /// The file's name, for messages.
    pub(crate) fn name(&self) -> String {
        file_name(&self.path)
    }

    /// Where `cell` stands.
    pub(crate) fn place(&self, cell: &Cell, label: impl Into<String>) -> Place {
        Place::within(&self.path, &self.text, cell.span, label)
    }

    /// The header row.
    pub(crate) fn header_place(&self, label: impl Into<String>) -> Place {
        let start = self.header.first().map_or(0, |cell| cell.span.start());
        let end = self.header.last().map_or(start, |cell| cell.span.end());
        Place::within(&self.path, &self.text, Span::new(start, end), label)
    }
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
