//! Sheets of OpenDocument workbooks.

use super::super::archive::Archive;
use super::super::error::IngestError;
use super::super::limits::Budget;
use super::super::odt::refuse_encrypted;
use super::super::xml::{Element, Node, Xml};
use super::Sheet;

/// Reads the sheets of an open package.
pub(super) fn read(archive: &mut Archive<'_>, budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    refuse_encrypted(archive, budget)?;
    let Some(part) = archive.part("content.xml")? else {
        return Err(budget.unreadable("expected the part `content.xml`, found no such part"));
    };
    sheets(Xml::new(part, "content.xml", budget)?, budget)
}

/// Reads the sheets of a workbook that is one XML file.
pub(super) fn read_flat(bytes: &[u8], budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    sheets(Xml::new(bytes, "the workbook", budget)?, budget)
}

fn sheets(mut xml: Xml<'_>, budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    let mut sheets = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) if element.name() == "table" => {
                let name = element.attribute("name").unwrap_or_default();
                sheets.push(Sheet { name, rows: rows(&mut xml, budget)?, ..Sheet::default() });
            }
            Node::Done => return Ok(sheets),
            _ => {}
        }
    }
}

/// The rows of the table whose start was just read. Empty rows at its end, often a million, are left out.
fn rows(xml: &mut Xml<'_>, budget: &Budget) -> Result<Vec<Vec<String>>, IngestError> {
    let outside = xml.depth() - 1;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut empty = 0;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Start(element) if element.name() == "table-row" => {
                let times = repeated(&element, "number-rows-repeated");
                let row = cells(xml, budget)?;
                if row.is_empty() {
                    empty += times;
                    continue;
                }
                budget.lines(rows.len() + empty + times)?;
                rows.resize(rows.len() + std::mem::take(&mut empty), Vec::new());
                for _ in 1..times {
                    row.iter().try_for_each(|cell| budget.keep_cell(cell.len()))?;
                    rows.push(row.clone());
                }
                rows.push(row);
            }
            Node::Done => break,
            _ => {}
        }
    }
    Ok(rows)
}

/// The cells of the row whose start was just read, without the empty ones at its end.
fn cells(xml: &mut Xml<'_>, budget: &Budget) -> Result<Vec<String>, IngestError> {
    let outside = xml.depth() - 1;
    let mut cells: Vec<String> = Vec::new();
    let mut empty = 0;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Start(element) if matches!(element.name(), "table-cell" | "covered-table-cell") => {
                let times = repeated(&element, "number-columns-repeated");
                let date = element.attribute("date-value");
                let shown = cell(xml, budget)?;
                let value = date.unwrap_or(shown);
                if value.is_empty() {
                    empty += times;
                    continue;
                }
                for _ in 0..std::mem::take(&mut empty) {
                    budget.keep_cell(0)?;
                    cells.push(String::new());
                }
                for _ in 0..times {
                    budget.keep_cell(value.len())?;
                    cells.push(value.clone());
                }
            }
            Node::Done => break,
            _ => {}
        }
    }
    Ok(cells)
}

/// What the cell whose start was just read shows; comments on it are not shown.
fn cell(xml: &mut Xml<'_>, budget: &Budget) -> Result<String, IngestError> {
    let outside = xml.depth() - 1;
    let mut value = String::new();
    let mut paragraphs = 0;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Start(element) => match element.name() {
                "annotation" | "table" => xml.skip()?,
                "p" => {
                    if paragraphs > 0 {
                        value.push('\n');
                    }
                    paragraphs += 1;
                }
                "s" => value.push(' '),
                "tab" => value.push('\t'),
                "line-break" => value.push('\n'),
                _ => {}
            },
            Node::Text(text) if paragraphs > 0 => {
                value.push_str(&text);
                budget.hold(value.len())?;
            }
            Node::Done => break,
            _ => {}
        }
    }
    value.truncate(value.trim_end().len());
    Ok(value)
}

/// How often a row or cell stands for itself.
fn repeated(element: &Element<'_>, attribute: &str) -> usize {
    element.attribute(attribute).and_then(|times| times.parse::<u32>().ok()).map_or(1, |times| times.max(1) as usize)
}
