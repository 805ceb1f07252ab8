//! Sheets of Excel workbooks.

use std::collections::{BTreeMap, BTreeSet};

use super::super::archive::Archive;
use super::super::error::IngestError;
use super::super::limits::Budget;
use super::super::xml::{Element, Node, Xml};
use super::dates::iso_from_serial;
use super::{Book, Marks, Sheet};
use crate::sheet::without_escapes;

/// Reads the visible sheets of an open package, and the names of the others.
pub(super) fn read(archive: &mut Archive<'_>, budget: &Budget) -> Result<Book, IngestError> {
    let main = "xl/workbook.xml";
    let Some(part) = archive.part(main)? else {
        return Err(budget.unreadable(format!("expected the part `{main}`, found no such part")));
    };
    let book = Directory::read(Xml::new(part, main, budget)?)?;
    let targets = targets(archive, budget)?;
    let shared = match archive.part("xl/sharedStrings.xml")? {
        Some(part) => Shared::read(Xml::new(part, "xl/sharedStrings.xml", budget)?, budget)?,
        None => Shared::default(),
    };
    let dates = match archive.part("xl/styles.xml")? {
        Some(part) => date_styles(Xml::new(part, "xl/styles.xml", budget)?)?,
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for (index, (name, id)) in book.sheets.into_iter().enumerate() {
        let usual = format!("xl/worksheets/sheet{}.xml", index + 1);
        let target = targets.get(&id).unwrap_or(&usual);
        // A sheet may also be a chart, which has no cells.
        let Some(part) = archive.part(target)? else { continue };
        let xml = Xml::new(part, target, budget)?;
        let cells = Cells { xml, shared: &shared, dates: &dates, counts_from_1904: book.counts_from_1904, budget };
        let (rows, marks) = cells.read()?;
        sheets.push(Sheet { name, rows, marks });
    }
    Ok(Book { sheets, hidden: book.hidden })
}

/// What the workbook says of its sheets.
struct Directory {
    /// Names and relationship ids of the visible sheets.
    sheets: Vec<(String, String)>,
    /// Names of the others.
    hidden: Vec<String>,
    counts_from_1904: bool,
}

impl Directory {
    fn read(mut xml: Xml<'_>) -> Result<Self, IngestError> {
        let mut book = Self { sheets: Vec::new(), hidden: Vec::new(), counts_from_1904: false };
        loop {
            match xml.next()? {
                Node::Start(element) => match element.name() {
                    "sheet" => {
                        let name = element.attribute("name").unwrap_or_default();
                        let state = element.attribute("state").unwrap_or_default();
                        if state.to_lowercase().contains("hidden") {
                            book.hidden.push(name);
                        } else {
                            book.sheets.push((name, element.attribute("id").unwrap_or_default()));
                        }
                    }
                    "workbookPr" => {
                        book.counts_from_1904 = matches!(element.attribute("date1904").as_deref(), Some("1" | "true"));
                    }
                    _ => {}
                },
                Node::Done => return Ok(book),
                _ => {}
            }
        }
    }
}

/// The parts of the workbook's relationships, by id.
fn targets(archive: &mut Archive<'_>, budget: &Budget) -> Result<BTreeMap<String, String>, IngestError> {
    let name = "xl/_rels/workbook.xml.rels";
    let mut targets = BTreeMap::new();
    let Some(part) = archive.part(name)? else { return Ok(targets) };
    let mut xml = Xml::new(part, name, budget)?;
    loop {
        match xml.next()? {
            Node::Start(element) if element.name() == "Relationship" => {
                if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
                    let target = target.replace('\\', "/");
                    let target = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{}", target.trim_start_matches("./")),
                    };
                    targets.insert(id, target);
                }
            }
            Node::Done => return Ok(targets),
            _ => {}
        }
    }
}

/// The texts that cells refer to by number, in one string.
#[derive(Default)]
struct Shared {
    text: String,
    ends: Vec<usize>,
}

impl Shared {
    fn read(mut xml: Xml<'_>, budget: &Budget) -> Result<Self, IngestError> {
        let mut shared = Self::default();
        loop {
            match xml.next()? {
                Node::Start(element) if element.name() == "si" => {
                    rich_text(&mut xml, &mut shared.text)?;
                    shared.ends.push(shared.text.len());
                    budget.hold(shared.text.len() + shared.ends.len() * size_of::<usize>())?;
                }
                Node::Done => return Ok(shared),
                _ => {}
            }
        }
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        start.zip(self.ends.get(number)).map_or("", |(start, end)| &self.text[start..*end])
    }
}

/// Appends the text of the element whose start was just read, without the reading aids of East Asian scripts.
fn rich_text(xml: &mut Xml<'_>, text: &mut String) -> Result<(), IngestError> {
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        match xml.next()? {
            Node::Start(element) => match element.name() {
                "t" => text.push_str(&without_escapes(&xml.text()?)),
                "rPh" => xml.skip()?,
                _ => {}
            },
            Node::Done => break,
            _ => {}
        }
    }
    Ok(())
}

/// For each cell style, whether it shows a number as a date.
fn date_styles(mut xml: Xml<'_>) -> Result<Vec<bool>, IngestError> {
    let mut formats: BTreeMap<u32, bool> = BTreeMap::new();
    let mut styles = Vec::new();
    let mut is_cell_style = false;
    let number = |element: &Element<'_>| element.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
    loop {
        match xml.next()? {
            Node::Start(element) => match element.name() {
                "numFmt" => {
                    if let Some(id) = number(&element) {
                        formats.insert(id, is_date_format(&element.attribute("formatCode").unwrap_or_default()));
                    }
                }
                "cellXfs" => is_cell_style = true,
                "xf" if is_cell_style => {
                    let id = number(&element).unwrap_or(0);
                    styles
                        .push(formats.get(&id).copied().unwrap_or(matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)));
                }
                _ => {}
            },
            Node::End(element) if element.name() == "cellXfs" => is_cell_style = false,
            Node::Done => return Ok(styles),
            _ => {}
        }
    }
}

/// Whether a number format has a year, month, day or hour outside quoted text and brackets.
fn is_date_format(code: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for character in code.chars() {
        match character {
            _ if std::mem::take(&mut is_escaped) => {}
            '\\' | '_' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            ';' if !is_quoted => return false,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' if !is_quoted && !is_bracketed => return true,
            _ => {}
        }
    }
    false
}

/// Walks through a sheet.
struct Cells<'read, 'doc> {
    xml: Xml<'doc>,
    shared: &'read Shared,
    dates: &'read [bool],
    counts_from_1904: bool,
    budget: &'read Budget,
}

/// A row of more cells is damage: Excel has no more columns.
const MAX_COLUMNS: usize = 16_384;

impl Cells<'_, '_> {
    fn read(mut self) -> Result<(Vec<Vec<String>>, Marks), IngestError> {
        let mut marks = Marks::default();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut row = 0;
        let mut column = 0;
        loop {
            let element = match self.xml.next()? {
                Node::Start(element) => element,
                Node::Done => return Ok((rows, marks)),
                _ => continue,
            };
            match element.name() {
                "row" => {
                    row = element.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                    if is_hidden(&element) && row > 0 {
                        marks.hidden_rows.push(row - 1);
                    }
                }
                "col" if is_hidden(&element) => hide(&element, &mut marks.hidden_columns, self.budget)?,
                "c" => {
                    column = element.attribute("r").and_then(|place| column_of(&place)).unwrap_or(column + 1);
                    let kind = element.attribute("t").unwrap_or_default();
                    let style = element.attribute("s").and_then(|style| style.parse::<usize>().ok());
                    let value = self.value(&kind, style)?;
                    if value.is_none() && row > 0 {
                        self.budget.keep_cell(0)?;
                        marks.formulas.push((row - 1, column - 1));
                    }
                    let value = value.unwrap_or_default();
                    if value.is_empty() || row == 0 || column > MAX_COLUMNS {
                        continue;
                    }
                    self.budget.lines(row)?;
                    if rows.len() < row {
                        rows.resize(row, Vec::new());
                    }
                    let cells = &mut rows[row - 1];
                    for _ in cells.len()..column {
                        self.budget.keep_cell(0)?;
                        cells.push(String::new());
                    }
                    self.budget.keep_cell(value.len())?;
                    cells[column - 1] = value;
                }
                _ => {}
            }
        }
    }

    /// The value of the cell whose start was just read; `None` for a formula whose value the file does not hold.
    fn value(&mut self, kind: &str, style: Option<usize>) -> Result<Option<String>, IngestError> {
        let outside = self.xml.depth() - 1;
        let mut is_formula = false;
        let mut value = String::new();
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Node::Start(element) => match element.name() {
                    "f" => is_formula = true,
                    "v" => value = self.xml.text()?,
                    "is" => rich_text(&mut self.xml, &mut value)?,
                    _ => {}
                },
                Node::Done => break,
                _ => {}
            }
        }
        // A formula that gives an empty text says that it is a text.
        if is_formula && value.is_empty() && kind != "str" {
            return Ok(None);
        }
        Ok(Some(match kind {
            "s" => value.trim().parse().map_or(String::new(), |number| self.shared.get(number).to_owned()),
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => String::new(),
            "str" => without_escapes(&value).into_owned(),
            "inlineStr" | "d" => value,
            _ => self.number(value.trim(), style),
        }))
    }

    /// A number as people would write it, a date as ISO has it.
    fn number(&self, value: &str, style: Option<usize>) -> String {
        let Ok(number) = value.parse::<f64>() else { return value.to_owned() };
        let is_date = style.and_then(|style| self.dates.get(style)).copied().unwrap_or(false);
        let date = is_date.then(|| iso_from_serial(number, self.counts_from_1904)).flatten();
        date.unwrap_or_else(|| number.to_string())
    }
}

/// Whether a row or columns are hidden.
fn is_hidden(element: &Element<'_>) -> bool {
    matches!(element.attribute("hidden").as_deref(), Some("1" | "true"))
}

/// Adds the columns that `element` speaks of.
fn hide(element: &Element<'_>, hidden: &mut BTreeSet<usize>, budget: &Budget) -> Result<(), IngestError> {
    let number = |name: &str| element.attribute(name).and_then(|number| number.parse::<usize>().ok());
    let (Some(from), Some(to)) = (number("min"), number("max")) else { return Ok(()) };
    for column in from.max(1)..=to.min(MAX_COLUMNS) {
        budget.tick()?;
        hidden.insert(column - 1);
    }
    Ok(())
}

/// The column of `BC12`, from 1.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take(4).take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    (column > 0).then_some(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_formats() {
        assert_eq!(column_of("A1"), Some(1));
        assert_eq!(column_of("bc12"), Some(55));
        assert_eq!(column_of("XFD1"), Some(MAX_COLUMNS));
        assert_eq!(column_of("12"), None);
        for (code, expected) in [
            ("dd.mm.yyyy", true),
            ("General", false),
            ("0.00", false),
            ("[Red]0", false),
            ("\"dag\" 0", false),
            ("[$-414]d. mmmm yyyy", true),
            ("#,##0\\ \"kr\"", false),
        ] {
            assert_eq!(is_date_format(code), expected, "{code}");
        }
    }
}
