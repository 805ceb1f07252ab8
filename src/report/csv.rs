//! Tidy tables: UTF-8, comma, point, one header; or as a Norwegian spreadsheet reads them.

use super::escape::cell;
use super::number::RATIOS;
use crate::codebook::Codebook;
use crate::tally::{COUNTS, Cell, Counts, Frequencies, TOTALS};

/// Who a sheet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvStyle {
    /// R, Python, version control.
    Tidy,
    /// Norwegian Excel: byte order mark, `;`, decimal comma.
    Excel,
}

/// One sheet in the making.
pub(super) struct Sheet {
    writer: csv::Writer<Vec<u8>>,
    style: CsvStyle,
    row: Vec<String>,
}

impl Sheet {
    pub(super) fn new(style: CsvStyle, header: &[&str]) -> Self {
        let mut bytes = Vec::new();
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::Any(b'\n'));
        if style == CsvStyle::Excel {
            bytes.extend_from_slice("\u{feff}".as_bytes());
            builder.delimiter(b';').terminator(csv::Terminator::CRLF);
        }
        let mut sheet = Self { writer: builder.from_writer(bytes), style, row: Vec::new() };
        header.iter().for_each(|name| sheet.text(name));
        sheet.end_row();
        sheet
    }

    pub(super) fn text(&mut self, text: &str) {
        self.row.push(cell(text));
    }

    pub(super) fn count(&mut self, count: Option<u64>) {
        self.row.push(count.map(|count| count.to_string()).unwrap_or_default());
    }

    pub(super) fn number(&mut self, number: Option<f64>) {
        let text = number.map(|number| number.to_string()).unwrap_or_default();
        self.row.push(if self.style == CsvStyle::Excel { text.replace('.', ",") } else { text });
    }

    pub(super) fn end_row(&mut self) {
        self.writer.write_record(&self.row).expect("rows go to memory and are equally long");
        self.row.clear();
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner().expect("rows go to memory")
    }
}

/// Every code in every cell with its denominators, and the margins, where a summed attribute is empty.
///
/// A document that lacks an attribute has an empty value too: `summed_over` tells the two apart.
#[must_use]
pub fn frequencies_csv(codebook: &Codebook, frequencies: &Frequencies, style: CsvStyle) -> Vec<u8> {
    let mut header = vec!["code", "label", "level"];
    header.extend(frequencies.by.iter().map(String::as_str));
    header.extend(COUNTS.map(|column| column.name));
    header.extend(TOTALS.map(|column| column.name));
    header.extend(RATIOS.map(|(name, _)| name));
    header.push("summed_over");
    let mut sheet = Sheet::new(style, &header);
    for (code, entry) in codebook.codes.iter().enumerate() {
        for (index, cell) in frequencies.material.iter().enumerate() {
            row(&mut sheet, entry, ("cell", &frequencies.by), cell, frequencies.counts(code, index));
        }
        for (index, cell) in frequencies.material_margins.iter().enumerate() {
            row(&mut sheet, entry, ("margin", &frequencies.by), cell, frequencies.margin_counts(code, index));
        }
    }
    sheet.finish()
}

fn row(
    sheet: &mut Sheet,
    code: &crate::codebook::Code,
    (level, by): (&str, &[String]),
    cell: &Cell,
    counts: Option<&Counts>,
) {
    sheet.text(&code.id);
    sheet.text(&code.label);
    sheet.text(level);
    cell.key.iter().for_each(|value| sheet.text(value.as_deref().unwrap_or_default()));
    COUNTS.iter().for_each(|column| sheet.count(counts.and_then(column.of)));
    TOTALS.iter().for_each(|column| sheet.count(cell.totals.as_ref().and_then(column.of)));
    let both = counts.zip(cell.totals.as_ref());
    RATIOS.iter().for_each(|(_, of)| sheet.number(both.and_then(|(counts, totals)| of(counts, totals))));
    let summed = by.iter().zip(&cell.key).filter(|(_, value)| value.is_none()).map(|(name, _)| name.as_str());
    // Names of attributes hold no spaces.
    sheet.text(&summed.collect::<Vec<_>>().join(" "));
    sheet.end_row();
}

/// A sheet of texts, made safe for spreadsheets.
#[must_use]
pub fn text_csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    text_csv_in(CsvStyle::Tidy, header, rows)
}

/// A table as CSV like [`text_csv`], in the style of the program that it is for.
#[must_use]
pub fn text_csv_in(style: CsvStyle, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut sheet = Sheet::new(style, header);
    for row in rows {
        row.iter().for_each(|cell| sheet.text(cell));
        sheet.end_row();
    }
    sheet.finish()
}
