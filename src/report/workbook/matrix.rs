//! Codes by cells in one unit: what people look at first, with colours that follow the numbers.

use rust_xlsxwriter::{ConditionalFormat2ColorScale, Format, FormatAlign, Worksheet, XlsxError};

use super::text::cell_text;
use crate::report::{Headline, Lang, Report, Summed, Term};

/// Lines above the codes: what it shows, cases, phases.
const FIRST: u32 = 3;
/// Excel's last column.
const LAST_COLUMN: u16 = 16_383;

/// Writes the sheet of one unit.
pub(super) fn write(sheet: &mut Worksheet, report: &Report, lang: Lang, unit: Term) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Bottom).set_text_wrap();
    let number = Format::new().set_num_format(if unit == Term::UnitRate { "0.00" } else { "#,##0" });
    let places: Vec<Summed> = report
        .cells()
        .chain((0..report.case.values.len()).map(Summed::Case))
        .chain((0..report.phase.values.len()).map(Summed::Phase))
        .chain([Summed::All])
        .take(usize::from(LAST_COLUMN))
        .collect();
    sheet.write_string_with_format(0, 0, cell_text(&lang.cells_caption(report, unit)), &Format::new().set_bold())?;
    sheet.write_string_with_format(1, 0, cell_text(lang.axis(&report.case)), &bold)?;
    sheet.write_string_with_format(2, 0, cell_text(lang.axis(&report.phase)), &bold)?;
    sheet.set_column_width(0, 34)?;
    for (column, at) in (1..).zip(&places) {
        let (case, phase) = match *at {
            Summed::Cell(case, phase) => (Some(case), Some(phase)),
            Summed::Case(case) => (Some(case), None),
            Summed::Phase(phase) => (None, Some(phase)),
            Summed::All => (None, None),
        };
        let name = |axis: &crate::report::LabelledAxis, at: Option<usize>| {
            at.map_or(lang.term(Term::Total), |at| lang.value(axis, at)).to_owned()
        };
        sheet.write_string_with_format(1, column, cell_text(&name(&report.case, case)), &bold)?;
        sheet.write_string_with_format(2, column, cell_text(&name(&report.phase, phase)), &bold)?;
        sheet.set_column_width(column, 13)?;
    }
    let codes = report.tree();
    for (row, code) in (FIRST..).zip(&codes) {
        let depth = u8::try_from(report.depth(*code)).unwrap_or(u8::MAX).min(15);
        let label = Format::new().set_indent(depth);
        sheet.write_string_with_format(row, 0, cell_text(&report.codebook.codes[*code].label), &label)?;
        for (column, at) in (1..).zip(&places) {
            // A cell without material stays empty: it is not 0.
            let Some(found) = report.headline(*code, *at).and_then(|headline| in_unit(&headline, unit)) else {
                continue;
            };
            sheet.write_number_with_format(row, column, found, &number)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 1)?;
    let cells = u16::try_from(report.cells().count()).unwrap_or(LAST_COLUMN).min(LAST_COLUMN);
    let last = u32::try_from(codes.len()).unwrap_or(1) + FIRST - 1;
    if cells > 0 && last >= FIRST {
        let scale = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("4A90C2");
        sheet.add_conditional_format(FIRST, 1, last, cells, &scale)?;
    }
    Ok(())
}

fn in_unit(headline: &Headline, unit: Term) -> Option<f64> {
    match unit {
        Term::UnitRate => headline.per_1000_words(),
        Term::UnitDocuments => Some(headline.counts.documents as f64),
        _ => Some(headline.counts.mentions as f64),
    }
}
