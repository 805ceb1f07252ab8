//! The sheet that a person codes: a row a drawn segment, nothing of what the rules found.

use std::io::Error;

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::csv::text_csv;
use super::ordered_json::pretty;
use crate::agreement::Sample;
use crate::codebook::{Code, Codebook};
use crate::index::Corpus;

/// What stands over the columns; the last is for the person's own use.
const HEADER: [&str; 6] = ["document", "segment", "draw", "text", "codes", "note"];
/// Widths of the columns in a workbook, in characters.
const WIDTHS: [u16; 6] = [24, 9, 9, 90, 30, 30];
/// What stands over the columns of the codes, and how wide those are.
const CODE_HEADER: [&str; 5] = ["code", "label", "definition", "include", "exclude"];
const CODE_WIDTHS: [u16; 5] = [24, 24, 60, 60, 60];
/// The name of the sheet with the codes; what is to be coded stands in the first.
const SEGMENTS: &str = "segments";
const CODES: &str = "codes";
/// A cell of a workbook holds no more characters.
const MAX_CELL_LENGTH: usize = 32_767;

/// A drawn sheet, ready to be written.
#[derive(Debug)]
pub struct SampleSheet<'a> {
    /// What was drawn.
    pub sample: &'a Sample,
    /// The index, for the texts.
    pub corpus: &'a Corpus,
    /// The codes, which the person must know.
    pub codebook: &'a Codebook,
}

impl SampleSheet<'_> {
    fn rows(&self) -> std::io::Result<Vec<[String; 6]>> {
        let rows = self.corpus.rows();
        // Its stratum would tell whether the rules found anything.
        let row = |(place, drawn): (usize, &crate::agreement::Drawn)| {
            let text = self.corpus.part_of(drawn.row).texts()?.get(drawn.row)?.text;
            let document =
                rows.document(drawn.row).map_or("", |document| self.corpus.documents()[document].path.as_str());
            let number = rows.number(drawn.row).to_string();
            Ok([document.to_owned(), number, place.to_string(), text, String::new(), String::new()])
        };
        (1..).zip(&self.sample.drawn).map(row).collect()
    }

    /// The sheet as CSV.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn csv(&self) -> std::io::Result<Vec<u8>> {
        Ok(text_csv(&HEADER, self.rows()?.into_iter().map(Vec::from)))
    }

    /// What each code means, as CSV.
    #[must_use]
    pub fn codes_csv(&self) -> Vec<u8> {
        text_csv(&CODE_HEADER, self.codes().into_iter().map(Vec::from))
    }

    fn codes(&self) -> Vec<[String; 5]> {
        let row =
            |code: &Code| [&code.id, &code.label, &code.definition, &code.include, &code.exclude].map(Clone::clone);
        self.codebook.codes.iter().map(row).collect()
    }

    /// The sheet as a workbook, with a second sheet that says what each code means; texts are texts, never formulas.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn xlsx(&self) -> std::io::Result<Vec<u8>> {
        let rows = self.rows()?;
        workbook(&rows, &self.codes()).map_err(Error::other)
    }

    /// The file beside the sheet that tells what each row stands for.
    #[must_use]
    pub fn weights(&self) -> String {
        pretty(&self.sample.weights)
    }
}

fn workbook(rows: &[[String; 6]], codes: &[[String; 5]]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock in what we write.
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let sheet = workbook.add_worksheet().set_name(SEGMENTS)?;
    write(sheet, HEADER, WIDTHS, rows, &[1, 2])?;
    let sheet = workbook.add_worksheet().set_name(CODES)?;
    write(sheet, CODE_HEADER, CODE_WIDTHS, codes, &[])?;
    workbook.save_to_buffer()
}

/// Writes `rows` below `header`; `numbers` are the columns whose numbers are written as such.
fn write<const N: usize>(
    sheet: &mut Worksheet,
    header: [&str; N],
    widths: [u16; N],
    rows: &[[String; N]],
    numbers: &[u16],
) -> Result<(), XlsxError> {
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    for ((column, name), width) in (0..).zip(header).zip(widths) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<u32>() {
                Ok(number) if numbers.contains(&column) => {
                    sheet.write_number_with_format(line, column, number, &wrapped)?;
                }
                _ => {
                    let cell: String = cell.chars().take(MAX_CELL_LENGTH).collect();
                    sheet.write_string_with_format(line, column, cell, &wrapped)?;
                }
            }
        }
    }
    Ok(())
}
