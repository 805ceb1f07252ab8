//! Decisions from a table: CSV of any delimiter and encoding, or the first sheet of a workbook.

use std::collections::BTreeMap;
use std::path::Path;

use super::gold::{GoldRow, Role, codes_of, stance_of, unknown_stance};
use crate::diag::{Diagnostic, Place, capped, shortened};
use crate::language::Stance;
use crate::sheet::{Cell, Columns, Table, whole_number};

/// The rows of the table at `path`.
pub(super) fn read(path: &Path) -> Result<Vec<GoldRow>, Vec<Diagnostic>> {
    let (table, _) = Table::read(path, |name| Role::of(name) != Role::Other)?;
    let mut errors = Vec::new();
    let Some(columns) = Roles::of(&table, &mut errors) else { return Err(errors) };
    let mut bad = Vec::new();
    let mut rows = Vec::new();
    for cells in &table.rows {
        let Some(first) = cells.iter().find(|cell| !cell.text.is_empty()) else { continue };
        rows.extend(SheetRow { table: &table, columns: &columns, cells, first }.read(&mut bad));
    }
    errors.extend(capped(bad, "rows like this"));
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// The columns of a table, by what they hold.
struct Roles {
    document: usize,
    segment: usize,
    codes: usize,
    start: Option<usize>,
    end: Option<usize>,
    draw: Option<usize>,
    text: Option<usize>,
    /// The code that each is of; `None` for all codes of its row.
    stances: Vec<(Option<String>, usize)>,
}

impl Roles {
    /// `None` where one is lacking that a table must have.
    fn of(table: &Table, errors: &mut Vec<Diagnostic>) -> Option<Self> {
        let columns = Columns::of(table, str::to_owned, errors);
        let of_role =
            |role: &Role| columns.in_order().iter().find(|(name, _)| Role::of(name) == *role).map(|(_, index)| *index);
        let mut needed = |role: Role, name: &str| {
            let column = of_role(&role);
            if column.is_none() {
                errors.push(Columns::missing(table, "agreement/missing-column", name));
            }
            column
        };
        let (document, segment) = (needed(Role::Document, "document"), needed(Role::Segment, "segment"));
        let codes = needed(Role::Codes, "codes");
        let end = of_role(&Role::End);
        let stance = |(name, index): (&str, usize)| match Role::of(name) {
            Role::Stance(code) => Some((code, index)),
            _ => None,
        };
        Some(Self {
            document: document?,
            segment: segment?,
            codes: codes?,
            // Alone, `start` holds the first words of the segment; with `end` it is a place.
            start: of_role(&Role::Start).filter(|_| end.is_some()),
            text: of_role(&Role::Text).or_else(|| of_role(&Role::Start).filter(|_| end.is_none())),
            end,
            draw: of_role(&Role::Draw),
            stances: columns.in_order().into_iter().filter_map(stance).collect(),
        })
    }
}

/// A row of a table that holds something.
struct SheetRow<'t> {
    table: &'t Table,
    columns: &'t Roles,
    cells: &'t [Cell],
    /// Its first cell that holds something.
    first: &'t Cell,
}

impl<'t> SheetRow<'t> {
    /// `None` where it does not say what it is of, which goes to `bad` like all that is wrong with it.
    fn read(&self, bad: &mut Vec<Diagnostic>) -> Option<GoldRow> {
        let Some(path) = self.cell(self.columns.document) else {
            let error = Diagnostic::error("agreement/no-document", "a row names no document");
            bad.push(error.at(self.place(None)));
            return None;
        };
        let Some(segment) = self.number(self.columns.segment) else {
            let written = self.cell(self.columns.segment);
            let message =
                format!("`{}` is not a segment number", shortened(written.map_or("", |cell| cell.text.as_str())));
            bad.push(
                Diagnostic::error("agreement/no-segment", message)
                    .at(self.place(written))
                    .hint("segments are counted from 1 in each document"),
            );
            return None;
        };
        let codes = self.cell(self.columns.codes);
        let (written, says_none) = codes.map_or((Vec::new(), false), |cell| codes_of(&cell.text));
        let Roles { start, end, draw, text, .. } = *self.columns;
        Some(GoldRow {
            document: path.text.replace('\\', "/"),
            segment,
            codes: written,
            says_none,
            stances: self.stances(bad),
            text: text.and_then(|column| self.cell(column)).map(|cell| cell.text.clone()),
            passage: self.whole(start).zip(self.whole(end)).filter(|(start, end)| start < end),
            draw: draw.and_then(|column| self.number(column)),
            place: self.place(codes.or(Some(path))),
        })
    }

    fn stances(&self, bad: &mut Vec<Diagnostic>) -> BTreeMap<Option<String>, Stance> {
        let mut found = BTreeMap::new();
        for (code, column) in &self.columns.stances {
            let Some(cell) = self.cell(*column) else { continue };
            match stance_of(&cell.text) {
                Ok(stance) => found.extend(stance.map(|stance| (code.clone(), stance))),
                Err(()) => bad.push(unknown_stance(&cell.text, self.place(Some(cell)))),
            }
        }
        found
    }

    /// The cell of a column; `None` where it is empty.
    fn cell(&self, column: usize) -> Option<&'t Cell> {
        self.cells.get(column).filter(|cell| !cell.text.is_empty())
    }

    fn whole(&self, column: Option<usize>) -> Option<u32> {
        whole_number(&self.cell(column?)?.text)
    }

    /// A whole number, from 1.
    fn number(&self, column: usize) -> Option<u32> {
        self.whole(Some(column)).filter(|number| *number > 0)
    }

    /// Where a cell stands, or else the row.
    fn place(&self, cell: Option<&Cell>) -> Place {
        self.table.place(cell.unwrap_or(self.first), "")
    }
}
