//! `documents.csv` or `manifest.csv`: which files are documents, and their attributes.
//!
//! Knows the table alone; whether the files are there is seen by [`super::sources`].

use std::{collections::BTreeMap, path::Path};

use super::{
    config::Config,
    dates::{DateForm, HOW_TO_WRITE_A_DATE, form_of_column, forms_of_dates},
    dimension::Dimension,
    names::{CASE, DATE, PHASE, is_reserved, normal_form},
    walk::normal_path,
};
use crate::diag::{Diagnostic, capped, shortened};
use crate::sheet::{Cell, Columns, Table};
use crate::text::is_iso_date;

/// Names of the files that are a manifest, the first that is there being the one.
pub(super) const FILES: [&str; 4] = ["documents.csv", "documents.xlsx", "manifest.csv", "manifest.xlsx"];
/// What the column with the documents' paths may be called; of several the first.
const PATH_COLUMNS: [&str; 11] = [
    "path",
    "sti",
    "filsti",
    "document",
    "dokument",
    "file",
    "fil",
    "filename",
    "file_name",
    "filnavn",
    "document_path",
];

/// A manifest that is right in itself.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) table: Table,
    /// Names of the attribute columns, in the file's order.
    pub(super) attributes: Vec<String>,
    /// The listed documents, in the file's order, each path once.
    pub(super) listed: Vec<Listed>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Listed {
    /// From the project, `/` between, NFC.
    pub(super) path: String,
    /// The cell that names it.
    pub(super) cell: Cell,
    /// What its row says, empty cells left out; case and phase by id, dates in ISO form.
    pub(super) attributes: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the manifest at `path`. `None` where it cannot be used at all; what is wrong is added to `errors`,
    /// what was found out to `notes`.
    pub(super) fn read(
        path: &Path,
        config: &Config,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let canonical = |name: &str| config.names.canonical(name);
        let is_known = |name: &str| {
            let name = canonical(name);
            PATH_COLUMNS.contains(&name.as_str()) || [CASE, PHASE, DATE].contains(&name.as_str())
        };
        let table = Table::read_or_tell(path, is_known, errors, notes)?;
        let columns = Columns::of(&table, canonical, errors);
        let Some(path_name) = PATH_COLUMNS.into_iter().find(|name| columns.index(name).is_some()) else {
            errors.push(
                Columns::missing(&table, "manifest/missing-column", "path")
                    .hint("the column with the documents' paths is called `path`, `document` or `file`"),
            );
            return None;
        };
        let path_column = columns.index(path_name)?;
        let mut attributes = Vec::new();
        for (name, index) in columns.in_order() {
            if index == path_column {
            } else if is_reserved(name) {
                errors.push(reserved(&table, &table.header[index], name));
            } else {
                let cells = table.rows.iter().map(|row| row.get(index).map_or("", |cell| &cell.text));
                let forms = match name {
                    CASE | PHASE => Vec::new(),
                    DATE => forms_of_dates(cells),
                    _ => form_of_column(cells, false).into_iter().collect(),
                };
                attributes.push(Column { name: name.to_owned(), index, forms });
            }
        }
        let mut reader =
            Rows { table: &table, columns: &attributes, config, listed: Vec::new(), seen: BTreeMap::new() };
        reader.read(path_column, errors);
        let listed = reader.listed;
        notes.push(form_note(&table, path_column, &attributes, listed.len()));
        notes.extend(
            attributes.iter().filter(|column| column.name == DATE).filter_map(|column| no_dates(&table, column)),
        );
        let attributes = attributes.into_iter().map(|column| column.name).collect();
        Some(Self { table, attributes, listed })
    }
}

/// A column that holds an attribute.
struct Column {
    name: String,
    index: usize,
    /// The forms of its dates, if it holds any.
    forms: Vec<DateForm>,
}

impl Column {
    /// The ISO date that a cell of this column gives.
    fn date(&self, text: &str) -> Option<String> {
        self.forms.iter().find_map(|form| form.read(text))
    }
}

struct Rows<'r> {
    table: &'r Table,
    columns: &'r [Column],
    config: &'r Config,
    listed: Vec<Listed>,
    /// Index in `listed` by path.
    seen: BTreeMap<String, usize>,
}

impl Rows<'_> {
    fn read(&mut self, path_column: usize, errors: &mut Vec<Diagnostic>) {
        let (mut nameless, mut outside, mut twice) = (Vec::new(), Vec::new(), Vec::new());
        for row in &self.table.rows {
            let Some(cell) = row.get(path_column).filter(|cell| !cell.text.is_empty()) else {
                let place = row.iter().find(|cell| !cell.text.is_empty()).or(row.first());
                let error = Diagnostic::error("manifest/no-path", "a row names no document");
                nameless.extend(place.map(|cell| error.at(self.table.place(cell, "this row has no path"))));
                continue;
            };
            let Some(path) = normal_path(&cell.text).filter(|path| !path.is_empty()) else {
                let error = Diagnostic::error(
                    "manifest/outside",
                    format!("`{}` is outside the project", shortened(&cell.text)),
                )
                .at(self.table.place(cell, "must be a file of the project"))
                .hint("paths are relative to the project folder");
                outside.push(error);
                continue;
            };
            let attributes = self.attributes(row);
            if let Some(first) = self.seen.get(&path) {
                twice.push(self.twice(cell, &attributes, &self.listed[*first]));
                continue;
            }
            self.seen.insert(path.clone(), self.listed.len());
            self.listed.push(Listed { path, cell: cell.clone(), attributes });
        }
        errors.extend(capped(nameless, "rows without a path"));
        errors.extend(capped(outside, "paths outside the project"));
        errors.extend(capped(twice, "documents that are listed twice"));
        for (name, dimension) in [(CASE, &self.config.case), (PHASE, &self.config.phase)] {
            if let Some(column) = self.columns.iter().find(|column| column.name == name) {
                errors.extend(unknown_values(self.table, "manifest/unknown-value", (name, column.index), dimension));
            }
        }
    }

    fn attributes(&self, row: &[Cell]) -> BTreeMap<String, String> {
        let mut attributes = BTreeMap::new();
        for column in self.columns {
            let Some(text) = row.get(column.index).map(|cell| &cell.text).filter(|text| !text.is_empty()) else {
                continue;
            };
            let value = match column.name.as_str() {
                CASE => self.config.case.resolve(text),
                PHASE => self.config.phase.resolve(text),
                _ => column.date(text).or_else(|| Some(text.clone())),
            };
            if let Some(value) = value {
                attributes.insert(column.name.clone(), value);
            }
        }
        attributes
    }

    fn twice(&self, cell: &Cell, attributes: &BTreeMap<String, String>, first: &Listed) -> Diagnostic {
        let path = shortened(&first.path);
        let differing = |name: &str| match (first.attributes.get(name), attributes.get(name)) {
            (Some(one), Some(other)) if one != other => {
                Some(format!("`{}` and `{}`", shortened(one), shortened(other)))
            }
            _ => None,
        };
        let error = if let Some(both) = differing(CASE) {
            Diagnostic::error("manifest/two-cases", format!("`{path}` is listed in two cases, {both}"))
                .hint("list a joint meeting once, and give each speaker's case in speakers.csv")
        } else if let Some(both) = differing(PHASE) {
            Diagnostic::error("manifest/two-phases", format!("`{path}` is listed in two phases, {both}"))
        } else {
            Diagnostic::error("manifest/listed-twice", format!("`{path}` is listed twice"))
        };
        error.at(self.table.place(cell, "listed again here")).at(self.table.place(&first.cell, "listed first here"))
    }
}

/// The errors for the cells of a column (its name and index) whose value `dimension` does not know, one for each value.
pub(super) fn unknown_values(
    table: &Table,
    id: &'static str,
    column: (&str, usize),
    dimension: &Dimension,
) -> Vec<Diagnostic> {
    let (name, index) = column;
    let mut unknown: BTreeMap<&str, (&Cell, usize)> = BTreeMap::new();
    for cell in table.rows.iter().filter_map(|row| row.get(index)) {
        if !cell.text.is_empty() && dimension.resolve(&cell.text).is_none() {
            unknown.entry(&cell.text).or_insert((cell, 0)).1 += 1;
        }
    }
    let mut unknown: Vec<_> = unknown.into_iter().collect();
    unknown.sort_by_key(|(_, (cell, _))| cell.span);
    let errors = unknown.into_iter().map(|(value, (cell, n))| {
        let label = if n == 1 {
            "not an id, label or alias".to_owned()
        } else {
            format!("not an id, label or alias; the same in {n} rows")
        };
        Diagnostic::error(id, format!("`{}` is not a declared value of `{name}`", shortened(value)))
            .at(table.place(cell, label))
            .hint(dimension.hint(value))
    });
    capped(errors.collect(), "unknown values")
}

fn reserved(table: &Table, cell: &Cell, name: &str) -> Diagnostic {
    let written =
        if normal_form(&cell.text) == name { String::new() } else { format!(" (`{}`)", shortened(&cell.text)) };
    Diagnostic::error("manifest/reserved-column", format!("a column may not be called `{name}`{written}"))
        .at(table.place(cell, "this name has another meaning in results"))
        .hint("rename the column, or remove it")
}

/// What was found out about the file, which the researcher should be able to check.
fn form_note(table: &Table, path_column: usize, columns: &[Column], n: usize) -> Diagnostic {
    let documents = if n == 1 { "1 document" } else { &format!("{n} documents") };
    let mut message = format!("`{}` lists {documents}; {}", table.name(), table.form);
    let path = (path_column, "path", [].as_slice());
    for (index, name, forms) in std::iter::once(path)
        .chain(columns.iter().map(|column| (column.index, column.name.as_str(), column.forms.as_slice())))
    {
        let written = &table.header[index].text;
        if normal_form(written) != name {
            message += &format!("; `{}` is `{name}`", shortened(written));
        }
        if !forms.is_empty() {
            let forms: Vec<String> = forms.iter().map(DateForm::to_string).collect();
            message += &format!("; dates in `{}` written as {}", shortened(written), forms.join(", "));
        }
    }
    Diagnostic::note("manifest/form", message)
}

/// The warning for cells of the date column that give no date: a filter by date does not find their documents.
fn no_dates(table: &Table, column: &Column) -> Option<Diagnostic> {
    let cells = table.rows.iter().filter_map(|row| row.get(column.index));
    let mut none =
        cells.filter(|cell| !cell.text.is_empty() && !is_iso_date(&cell.text) && column.date(&cell.text).is_none());
    let first = none.next()?;
    let more = none.count();
    let others = match more {
        0 => String::new(),
        1 => ", nor is 1 more".to_owned(),
        n => format!(", nor are {n} more"),
    };
    let message = format!("`{}` in `{}` is not a date{others}", shortened(&first.text), table.name());
    Some(
        Diagnostic::warning("manifest/no-date", message)
            .at(table.place(first, "kept as it is"))
            .hint(HOW_TO_WRITE_A_DATE),
    )
}
