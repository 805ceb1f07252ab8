//! The columns of a table by name: each named once, none unnamed that holds anything.

use std::collections::BTreeMap;

use super::table::Table;
use crate::diag::{Diagnostic, did_you_mean, in_backticks, shortened};

/// The columns of a table, each under the name that its header means.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Index in the header by name.
    by_name: BTreeMap<String, usize>,
}

impl Columns {
    /// The columns of `table`, their names made canonical; two of one name, and unnamed ones, are errors.
    pub(crate) fn of(table: &Table, canonical: impl Fn(&str) -> String, errors: &mut Vec<Diagnostic>) -> Self {
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for (index, cell) in table.header.iter().enumerate() {
            let name = canonical(&cell.text);
            if name.is_empty() {
                let used = table.rows.iter().filter_map(|row| row.get(index)).find(|cell| !cell.text.is_empty());
                if let Some(used) = used {
                    errors.push(
                        Diagnostic::error("table/unnamed-column", format!("column {} has no name", index + 1))
                            .at(table.place(cell, "the name belongs here"))
                            .at(table.place(used, "this cell belongs to it")),
                    );
                }
                continue;
            }
            if let Some(first) = by_name.get(&name) {
                errors.push(
                    Diagnostic::error("table/same-column", format!("two columns are called `{}`", shortened(&name)))
                        .at(table.place(cell, ""))
                        .at(table.place(&table.header[*first], "the first of them")),
                );
                continue;
            }
            by_name.insert(name, index);
        }
        Self { by_name }
    }

    /// The index of the column `name`.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Names and indices, in the table's order.
    pub(crate) fn in_order(&self) -> Vec<(&str, usize)> {
        let mut columns: Vec<(&str, usize)> =
            self.by_name.iter().map(|(name, index)| (name.as_str(), *index)).collect();
        columns.sort_by_key(|(_, index)| *index);
        columns
    }

    /// The error for a column `name` that `table` must have and has not.
    pub(crate) fn missing(table: &Table, id: &'static str, name: &str) -> Diagnostic {
        let found: Vec<&str> =
            table.header.iter().map(|cell| cell.text.as_str()).filter(|name| !name.is_empty()).collect();
        let error = Diagnostic::error(id, format!("`{}` has no column `{name}`", table.name()))
            .at(table.header_place("the header names the columns"));
        match did_you_mean(name, found.iter().copied()) {
            Some(near) => error.hint(format!("is the column `{}` meant?", shortened(near))),
            None if found.len() == 1 && found[0].contains([',', ';', '\t']) => {
                error.hint("the whole header is one cell: is each row enclosed in quotation marks?")
            }
            None => error.hint(format!("the columns are {}", shortened(&in_backticks(&found)))),
        }
    }
}
