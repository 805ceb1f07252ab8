//! A tidy table as a sheet, or as several where it has more rows than a sheet can have.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::text::{SheetNames, cell_text, looks_like_formula};
use crate::report::tidy::{Kind, TidyTable, Value};

/// Rows of a sheet below its header.
const MAX_ROWS: usize = 1_048_575;

/// One sheet: some rows of a table.
pub(super) struct Plan<'a> {
    /// What the sheet is called.
    pub(super) name: String,
    table: &'a TidyTable,
    rows: &'a [Vec<Value>],
}

/// The sheets that a table needs; none where it has no rows.
pub(super) fn plans<'a>(table: &'a TidyTable, names: &mut SheetNames) -> Vec<Plan<'a>> {
    table.rows.chunks(MAX_ROWS).map(|rows| Plan { name: names.take(&table.title), table, rows }).collect()
}

/// Writes one sheet: the header stays in sight and filters.
pub(super) fn write(sheet: &mut Worksheet, plan: &Plan<'_>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_background_color("E9EEF1").set_text_wrap().set_align(FormatAlign::Bottom);
    let formats: Vec<Formats> = plan.table.columns.iter().map(|column| Formats::of(column.kind)).collect();
    for (column, of) in (0..).zip(&plan.table.columns) {
        sheet.write_string_with_format(0, column, cell_text(&of.label), &bold)?;
        sheet.set_column_width(column, width(of.kind))?;
    }
    for (line, row) in (1..).zip(plan.rows) {
        for ((column, value), format) in (0..).zip(row).zip(&formats) {
            match value {
                Value::Empty => {}
                Value::Text(text) => {
                    let quoted = if looks_like_formula(text) { &format.quoted } else { &format.plain };
                    sheet.write_string_with_format(line, column, cell_text(text), quoted)?;
                }
                Value::Count(count) => {
                    sheet.write_number_with_format(line, column, *count as f64, &format.plain)?;
                }
                Value::Number(number) => {
                    sheet.write_number_with_format(line, column, *number, &format.plain)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last_row = u32::try_from(plan.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(plan.table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// How the cells of a column look.
struct Formats {
    plain: Format,
    /// Excel takes what is typed into such a cell for text, whatever it begins with.
    quoted: Format,
}

impl Formats {
    fn of(kind: Kind) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let plain = match kind {
            Kind::Text | Kind::Wide => top,
            Kind::Long => top.set_text_wrap(),
            Kind::Count => top.set_num_format("#,##0"),
            Kind::Rate => top.set_num_format("0.00"),
            Kind::Share => top.set_num_format("0.0%"),
            Kind::Fine => top.set_num_format("0.000"),
        };
        Self { quoted: plain.clone().set_quote_prefix(), plain }
    }
}

/// In characters.
fn width(kind: Kind) -> u16 {
    match kind {
        Kind::Text => 16,
        Kind::Wide => 32,
        Kind::Long => 60,
        Kind::Count | Kind::Rate | Kind::Share | Kind::Fine => 12,
    }
}
