//! Tables: header lines that every page repeats, rows that are not broken over pages, shaded cells.

use super::body::{TextWidth, anchor, text_run};
use super::styles;
use super::xml::Xml;
use crate::report::paper::{Grid, GridCell, GridRow};

/// From hardly to very; one hue, so that colour-blind readers and grey prints see the same order.
const SHADES: [&str; 5] = ["EAF2F8", "C9DFEF", "94C0DF", "4A90C2", "1F5F99"];
/// What is written on the darkest shade.
const ON_DARK: &str = "FFFFFF";
/// The shade of header lines.
const HEADER: &str = "E9EEF1";
/// Tables with no more rows are kept on one page.
const SHORT: usize = 20;

/// Writes the table over the whole width of the text.
pub(super) fn write(xml: &mut Xml, grid: &Grid, width: TextWidth) {
    let widths = twips(&grid.widths, grid.header.len(), width);
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.value("w:tblStyle", "TableGrid");
    xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
    xml.empty("w:tblLayout", &[("w:type", "fixed")]);
    xml.empty(
        "w:tblLook",
        &[
            ("w:val", "0420"),
            ("w:firstRow", "1"),
            ("w:lastRow", "0"),
            ("w:firstColumn", "0"),
            ("w:lastColumn", "0"),
            ("w:noHBand", "0"),
            ("w:noVBand", "1"),
        ],
    );
    xml.value("w:tblCaption", &grid.caption);
    xml.close();
    xml.open("w:tblGrid", &[]);
    widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
    xml.close();
    if !grid.groups.is_empty() {
        header_row(xml, |xml| {
            let mut column = 0;
            for group in &grid.groups {
                let width = widths.iter().skip(column).take(group.columns).sum();
                let cell =
                    Look { width, span: group.columns, is_header: true, is_left: column == 0, ..Look::default() };
                write_cell(xml, &GridCell::text(group.text.as_str()), cell);
                column += group.columns;
            }
        });
    }
    let is_left = |column: usize| column == 0 || grid.left.contains(&column);
    header_row(xml, |xml| {
        for (column, name) in grid.header.iter().enumerate() {
            let width = widths[column];
            let cell = Look { width, is_header: true, is_left: is_left(column), ..Look::default() };
            write_cell(xml, &GridCell::text(name.as_str()), cell);
        }
    });
    for (at, row) in grid.rows.iter().enumerate() {
        let keeps_next = grid.rows.len() <= SHORT && at + 1 < grid.rows.len();
        body_row(xml, row, &widths, keeps_next, &is_left);
    }
    xml.close();
}

/// The columns' widths in twentieths of a point, which add up to the text's.
fn twips(relative: &[u32], columns: usize, width: TextWidth) -> Vec<u32> {
    let relative: Vec<u32> = (0..columns).map(|column| relative.get(column).copied().unwrap_or(1).max(1)).collect();
    let sum: u32 = relative.iter().sum();
    relative.iter().map(|own| width.0 * own / sum.max(1)).collect()
}

fn header_row(xml: &mut Xml, cells: impl FnOnce(&mut Xml)) {
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.empty("w:cantSplit", &[]);
    xml.empty("w:tblHeader", &[]);
    xml.close();
    cells(xml);
    xml.close();
}

fn body_row(xml: &mut Xml, row: &GridRow, widths: &[u32], keeps_next: bool, is_left: &dyn Fn(usize) -> bool) {
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.empty("w:cantSplit", &[]);
    xml.close();
    for (column, width) in widths.iter().enumerate() {
        let cell = row.cells.get(column).cloned().unwrap_or_default();
        let look =
            Look { width: *width, is_strong: row.is_strong, keeps_next, is_left: is_left(column), ..Look::default() };
        write_cell(xml, &cell, look);
    }
    xml.close();
}

#[derive(Default)]
struct Look {
    width: u32,
    /// Columns that it reaches over; 0 and 1 are the same.
    span: usize,
    is_header: bool,
    is_strong: bool,
    /// Whether the next row stands on the same page.
    keeps_next: bool,
    is_left: bool,
}

fn write_cell(xml: &mut Xml, cell: &GridCell, look: Look) {
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.empty("w:tcW", &[("w:w", &look.width.to_string()), ("w:type", "dxa")]);
    if look.span > 1 {
        xml.value("w:gridSpan", &look.span.to_string());
    }
    let shade = cell.shade.checked_sub(1).and_then(|shade| SHADES.get(usize::from(shade))).copied();
    if let Some(fill) = shade.or(look.is_header.then_some(HEADER)) {
        xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)]);
    }
    xml.value("w:vAlign", if look.is_header { "bottom" } else { "top" });
    xml.close();
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.value("w:pStyle", if look.is_header { styles::HEADER } else { styles::CELL });
    if look.is_header || look.keeps_next {
        xml.empty("w:keepNext", &[]);
    }
    if cell.indent > 0 {
        xml.empty("w:ind", &[("w:left", &(170 * u32::from(cell.indent)).to_string())]);
    }
    if !look.is_left {
        xml.value("w:jc", if look.span > 1 { "center" } else { "right" });
    }
    xml.close();
    let is_strong = look.is_strong;
    let color = (cell.shade >= GridCell::DARKEST).then_some(ON_DARK);
    match &cell.link {
        Some(target) => {
            xml.open("w:hyperlink", &[("w:anchor", &anchor(target)), ("w:history", "1")]);
            text_run(xml, &cell.text, is_strong, Some("Hyperlink"), color);
            xml.close();
        }
        None => text_run(xml, &cell.text, is_strong, None, color),
    }
    xml.close();
    xml.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width() {
        assert_eq!(twips(&[2, 1, 1], 3, TextWidth(1_000)), [500, 250, 250]);
        assert_eq!(twips(&[], 2, TextWidth(1_000)), [500, 500]);
        assert_eq!(twips(&[0], 1, TextWidth(1_000)), [1_000]);
    }
}
