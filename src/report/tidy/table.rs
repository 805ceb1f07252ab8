//! A table whose numbers are numbers, and how it is written as CSV.

use crate::report::csv::{CsvStyle, Sheet};

/// A table of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct TidyTable {
    /// What its file is called: English, without an ending.
    pub name: &'static str,
    /// What its sheet is called, in the report's language.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in files: English, as in JSON.
    pub name: String,
    /// Its name in a workbook, in the report's language.
    pub label: String,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A short text.
    Text,
    /// A longer text.
    Wide,
    /// Sentences.
    Long,
    /// Whole numbers.
    Count,
    /// Numbers with two decimals.
    Rate,
    /// From 0 to 1.
    Share,
    /// Numbers with three decimals, such as p.
    Fine,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, which is not 0.
    Empty,
    /// A text; any characters.
    Text(String),
    /// A whole number.
    Count(u64),
    /// Any number.
    Number(f64),
}

impl Column {
    pub(super) fn new(name: impl Into<String>, kind: Kind, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), kind }
    }
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Empty, Self::Count)
    }

    /// Rounded to 6 significant digits, as everywhere.
    pub(super) fn number(number: Option<f64>) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Self::Empty, |number| Self::Number(crate::report::round(number)))
    }
}

impl TidyTable {
    /// The table as CSV.
    #[must_use]
    pub fn csv(&self, style: CsvStyle) -> Vec<u8> {
        let header: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let mut sheet = Sheet::new(style, &header);
        for row in &self.rows {
            for value in row {
                match value {
                    Value::Empty => sheet.text(""),
                    Value::Text(text) => sheet.text(text),
                    Value::Count(count) => sheet.count(Some(*count)),
                    Value::Number(number) => sheet.number(Some(*number)),
                }
            }
            sheet.end_row();
        }
        sheet.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_not_zero_and_a_formula_is_a_text() {
        let table = TidyTable {
            name: "x",
            title: String::new(),
            columns: vec![Column::new("a", Kind::Text, "A"), Column::new("b", Kind::Rate, "B")],
            rows: vec![
                vec![Value::text("=1+1"), Value::number(Some(2.5))],
                vec![Value::text("ø;å"), Value::number(Some(f64::NAN))],
                vec![Value::Empty, Value::Count(0)],
            ],
        };
        assert_eq!(String::from_utf8(table.csv(CsvStyle::Tidy)).unwrap(), "a,b\n'=1+1,2.5\nø;å,\n,0\n");
        let excel = String::from_utf8(table.csv(CsvStyle::Excel)).unwrap();
        assert_eq!(excel, "\u{feff}a;b\r\n'=1+1;2,5\r\n\"ø;å\";\r\n;0\r\n");
    }
}
