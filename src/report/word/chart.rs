//! Charts as Office draws them: each with the workbook of its numbers, which opens at “Edit data”.
//!
//! The drawing is the one that `rust_xlsxwriter` makes for a workbook; Word takes the same, and only needs to be told
//! where the numbers lie.

use std::io::{Cursor, Read as _};

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxis, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, DocProperties, ExcelDateTime, Workbook, XlsxError,
};
use thiserror::Error;

use crate::report::escape::visible;
use crate::report::paper::{Chart, ChartKind};

/// Why a chart could not be made.
#[derive(Debug, Error)]
pub(super) enum ChartError {
    /// Its workbook.
    #[error("cannot make the workbook of a chart: {0}")]
    Workbook(#[from] XlsxError),
    /// The archive that holds the drawing or the report.
    #[error("cannot write an archive: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// Its parts.
    #[error("cannot write an archive: {0}")]
    Io(#[from] std::io::Error),
}

/// A chart, ready for the archive.
pub(super) struct Parts {
    /// The drawing.
    pub(super) xml: String,
    /// The workbook that it is drawn from.
    pub(super) workbook: Vec<u8>,
}

/// Told apart by colour-blind readers and in grey (Okabe and Ito 2008).
const COLORS: [&str; 8] = ["0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "999999", "000000"];
const SHEET: &str = "Data";

/// The chart, whose workbook is the relation `data`, with numbers as the language `tag` writes them.
pub(super) fn parts(chart: &Chart, tag: &str) -> Result<Parts, ChartError> {
    let with_drawing = workbook(chart, true)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(with_drawing))?;
    let mut xml = String::new();
    archive.by_name("xl/charts/chart1.xml")?.read_to_string(&mut xml)?;
    Ok(Parts { xml: for_word(&xml, tag, chart.kind == ChartKind::Lines), workbook: workbook(chart, false)? })
}

/// How a workbook prints a chart is of no use in Word; where its numbers lie is. A number that is not there is a gap, and
/// lines between points are straight, which must be said.
fn for_word(xml: &str, tag: &str, is_line: bool) -> String {
    let data = "<c:externalData r:id=\"data\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>";
    let end = xml.find("<c:printSettings>").or_else(|| xml.rfind("</c:chartSpace>")).unwrap_or(xml.len());
    let shown = "<c:plotVisOnly val=\"1\"/>";
    let drawing = xml[..end]
        .replace(shown, &format!("{shown}<c:dispBlanksAs val=\"gap\"/>"))
        .replace("</c:val></c:ser>", if is_line { "</c:val><c:smooth val=\"0\"/></c:ser>" } else { "</c:val></c:ser>" })
        .replace("lang val=\"en-US\"", &format!("lang val=\"{tag}\""))
        .replace("lang=\"en-US\"", &format!("lang=\"{tag}\""));
    format!("{drawing}{data}")
}

fn workbook(chart: &Chart, is_drawn: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock in what we write.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    for (row, category) in (1..).zip(&chart.categories) {
        sheet.write_string(row, 0, visible(category))?;
    }
    for (column, series) in (1..).zip(&chart.series) {
        sheet.write_string(0, column, visible(&series.name))?;
        for (row, value) in (1..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write_number(row, column, *value)?;
            }
        }
    }
    if is_drawn {
        sheet.insert_chart(0, 0, &drawing(chart))?;
    }
    workbook.save_to_buffer()
}

fn drawing(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Lines => ChartType::Line,
    });
    let last = u32::try_from(chart.categories.len()).unwrap_or(u32::MAX);
    for (column, color) in (1..).zip(COLORS.iter().cycle()).take(chart.series.len()) {
        let series = drawing.add_series();
        series
            .set_name((SHEET, 0, column))
            .set_categories((SHEET, 1, 0, last, 0))
            .set_values((SHEET, 1, column, last, column));
        match chart.kind {
            ChartKind::Bars => {
                let fill = ChartSolidFill::new().set_color(*color).clone();
                series.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(60).set_overlap(0);
            }
            ChartKind::Lines => {
                let line = ChartLine::new().set_color(*color).set_width(2.0).clone();
                let fill = ChartSolidFill::new().set_color(*color).clone();
                let mut marker = ChartMarker::new();
                marker
                    .set_type(ChartMarkerType::Circle)
                    .set_size(6)
                    .set_format(ChartFormat::new().set_solid_fill(&fill).set_no_border());
                series.set_format(ChartFormat::new().set_line(&line)).set_marker(&marker);
            }
        }
    }
    let font = ChartFont::new().set_size(9).clone();
    let faint = ChartLine::new().set_color("D9D9D9").set_width(0.75).clone();
    let categories = axis(&mut drawing, chart.kind == ChartKind::Bars).set_font(&font);
    if chart.kind == ChartKind::Bars {
        // Bars are drawn from below; people read from above.
        categories.set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
    }
    let numbers = axis(&mut drawing, chart.kind == ChartKind::Lines);
    numbers.set_font(&font).set_min(0).set_major_gridlines(true).set_major_gridlines_line(&faint);
    numbers.set_name(visible(&chart.unit).as_str()).set_name_font(font.clone().unset_bold());
    drawing.title().set_hidden();
    drawing.legend().set_position(ChartLegendPosition::Top).set_font(&font);
    drawing
}

/// The axis that stands, or the one that lies.
fn axis(drawing: &mut Drawing, is_standing: bool) -> &mut ChartAxis {
    if is_standing { drawing.y_axis() } else { drawing.x_axis() }
}
