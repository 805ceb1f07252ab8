//! A codebook as a plain table: `code`, `parent`, `definition`, `pattern`, and what else a codebook file can say.
//!
//! One row for each pattern; what a code says of itself stands in its first row. Patterns are in our own language,
//! so nothing is lost on the way to a spreadsheet and back.

use std::collections::BTreeMap;
use std::path::Path;

use super::dictionary::{self, Value, Values};
use super::draft::{CUES, Draft, DraftCode, DraftPattern, name_in};
use crate::codebook::{COMPOUNDS, STANCES, pattern};
use crate::diag::{Diagnostic, capped, shortened};
use crate::language::{Compounds, Stance};
use crate::report::{CsvStyle, of_cell, text_csv_in};
use crate::sheet::{Cell, Table};

/// The columns that are written.
const COLUMNS: [&str; 12] = [
    "code",
    "parent",
    "label",
    "definition",
    "include",
    "exclude",
    "color",
    "pattern",
    "role",
    "compounds",
    "derive",
    "stance",
];
/// What a row's pattern is, beside one that is matched.
const ROLES: [&str; 4] = ["not", "form-not", "example", "near-miss"];

/// The column that a heading stands for.
fn column(heading: &str) -> Option<&'static str> {
    let heading = heading.trim().to_lowercase();
    let same = COLUMNS.iter().find(|name| **name == heading);
    Some(match heading.as_str() {
        _ if same.is_some() => same.copied()?,
        "id" | "kode" | "tema" | "theme" | "category" | "kategori" => "code",
        "forelder" | "overordnet" | "overordna" | "overkode" | "parent code" => "parent",
        "name" | "navn" | "namn" | "etikett" | "merkelapp" => "label",
        "definisjon" | "description" | "beskrivelse" | "skildring" => "definition",
        "inkluder" | "inklusjon" | "inclusion" => "include",
        "ekskluder" | "eksklusjon" | "exclusion" => "exclude",
        "farge" | "colour" => "color",
        "mønster" | "mønstre" | "patterns" | "ord" | "word" | "words" | "term" | "terms" | "value" => "pattern",
        "rolle" | "kind" => "role",
        _ => return None,
    })
}

/// Reads the table; its patterns by `values`, where they are words of a dictionary.
pub(super) fn read(path: &Path, values: Option<Values>) -> Result<(Draft, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (table, mut notes) = Table::read(path, |name| column(name).is_some())?;
    let columns: Vec<Option<&'static str>> = table.header.iter().map(|cell| column(&cell.text)).collect();
    if !columns.contains(&Some("code")) {
        let place = table.header_place("expected `code`, and any of `parent`, `definition`, `pattern`");
        return Err(vec![Diagnostic::error("dictionary/no-code-column", "this table has no column `code`").at(place)]);
    }
    for (cell, _) in table.header.iter().zip(&columns).filter(|(_, column)| column.is_none()) {
        let note = Diagnostic::warning("dictionary/unknown-column", format!("the column `{}` is not used", cell.text));
        notes.push(note.at(table.place(cell, "")).hint(format!("columns: {}", COLUMNS.join(", "))));
    }
    let mut reader = Reader {
        table: &table,
        values,
        codes: Vec::new(),
        parents: Vec::new(),
        by_id: BTreeMap::new(),
        errors: Vec::new(),
    };
    for row in &table.rows {
        let cells: Cells<'_> = columns
            .iter()
            .zip(row)
            .filter_map(|(column, cell)| Some(((*column)?, cell)))
            .filter(|(_, cell)| !cell.text.is_empty())
            .collect();
        reader.row(&cells);
    }
    reader.resolve_parents();
    if !reader.errors.is_empty() {
        return Err(capped(reader.errors, "cells like this"));
    }
    let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok((Draft { name, codes: reader.codes, ..Draft::default() }, notes))
}

/// The cells of a row that are not empty, by their columns.
type Cells<'t> = BTreeMap<&'static str, &'t Cell>;

struct Reader<'t> {
    table: &'t Table,
    values: Option<Values>,
    codes: Vec<DraftCode>,
    /// The parent that each code names, with its place.
    parents: Vec<Option<&'t Cell>>,
    by_id: BTreeMap<String, usize>,
    errors: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    fn row(&mut self, cells: &Cells<'t>) {
        let text = |name: &str| cells.get(name).map_or("", |cell| of_cell(&cell.text));
        // A row without a code goes on with the one above, as people write tables.
        let index = match (text("code"), self.codes.len()) {
            ("", 0) => return,
            ("", n) => n - 1,
            (id, n) => *self.by_id.entry(id.to_owned()).or_insert_with(|| {
                self.codes.push(DraftCode { id: id.to_owned(), label: id.to_owned(), ..DraftCode::default() });
                self.parents.push(None);
                n
            }),
        };
        if let Some(parent) = cells.get("parent") {
            self.parents[index].get_or_insert(parent);
        }
        let code = &mut self.codes[index];
        if !text("label").is_empty() {
            code.label = text("label").to_owned();
        }
        for (name, into) in
            [("definition", &mut code.definition), ("include", &mut code.include), ("exclude", &mut code.exclude)]
        {
            if into.is_empty() {
                text(name).clone_into(into);
            }
        }
        if code.color.is_none() {
            code.color = Some(text("color").to_owned()).filter(|color| !color.is_empty());
        }
        if let Some(cell) = cells.get("pattern") {
            self.pattern(index, cell, cells);
        }
    }

    fn pattern(&mut self, code: usize, cell: &'t Cell, cells: &Cells<'t>) {
        let role = cells.get("role").map_or("", |cell| cell.text.as_str());
        let text = of_cell(&cell.text);
        if let Some(cue) = CUES.iter().position(|cue| *cue == role) {
            self.codes[code].cues[cue].push(text.to_owned());
            return;
        }
        match role {
            "form-not" => return self.codes[code].forms_not.push(text.to_owned()),
            "example" => return self.codes[code].examples.push(text.to_owned()),
            "near-miss" => return self.codes[code].near_misses.push(text.to_owned()),
            "" | "not" | "pattern" => {}
            other => {
                let message = format!("`{}` is not a role of a pattern", shortened(other));
                let place = self.table.place(cells["role"], "expected nothing, or one of the roles");
                let roles: Vec<&str> = ROLES.into_iter().chain(CUES).collect();
                let error = Diagnostic::error("dictionary/unknown-role", message).at(place);
                self.errors.push(error.hint(format!("roles: {}", roles.join(", "))));
                return;
            }
        }
        // Several in a cell stand in lines of their own.
        for text in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let source = match self.values {
                None => pattern::parse(text, pattern::Context::Codebook)
                    .map(|_| text.to_owned())
                    .map_err(|problems| problems.first().map_or_else(String::new, |problem| problem.message.clone())),
                Some(values) => {
                    let value = Value { text: text.to_owned(), is_regex: false };
                    dictionary::pattern_of(&value, values).map(|(source, _)| source)
                }
            };
            match source {
                Ok(source) => {
                    let pattern = DraftPattern {
                        source,
                        compounds: self.choice(cells, "compounds", COMPOUNDS),
                        derive: self.choice(cells, "derive", &[("true", true), ("false", false)]),
                        stance: self.choice(cells, "stance", STANCES),
                    };
                    let code = &mut self.codes[code];
                    if role == "not" { &mut code.not } else { &mut code.patterns }.push(pattern);
                }
                Err(why) => {
                    let message = format!("`{}` cannot be read as a pattern", shortened(text));
                    let error = Diagnostic::error("dictionary/bad-pattern", message);
                    self.errors.push(error.at(self.table.place(cell, why)));
                }
            }
        }
    }

    fn choice<T: Copy>(&mut self, cells: &Cells<'t>, name: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let cell = cells.get(name)?;
        let said = cell.text.to_lowercase();
        let found = choices.iter().find(|(choice, _)| *choice == said).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = choices.iter().map(|(choice, _)| *choice).collect();
            let message = format!("`{}` is not known in `{name}`", shortened(&cell.text));
            let place = self.table.place(cell, format!("expected one of {}", known.join(", ")));
            self.errors.push(Diagnostic::error("dictionary/unknown-value", message).at(place));
        }
        found
    }

    fn resolve_parents(&mut self) {
        for (index, cell) in self.parents.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let name = of_cell(&cell.text);
            let by_label = || self.codes.iter().position(|code| code.label == name);
            if let Some(parent) = self.by_id.get(name).copied().or_else(by_label) {
                self.codes[index].parent = Some(parent);
            } else {
                let message =
                    format!("code `{}` has unknown parent `{}`", shortened(&self.codes[index].id), shortened(name));
                let error = Diagnostic::error("codebook/unknown-parent", message);
                self.errors.push(error.at(self.table.place(cell, "no code has this id")));
            }
        }
    }
}

/// The whole codebook as a table.
pub(super) fn write(draft: &Draft) -> Vec<u8> {
    let mut rows = Vec::new();
    for code in &draft.codes {
        let parent = code.parent.map_or("", |parent| draft.codes[parent].id.as_str());
        let label = if code.label == code.id { "" } else { &code.label };
        let color = code.color.as_deref().unwrap_or_default();
        let mut head = Some([&code.id, parent, label, &code.definition, &code.include, &code.exclude, color]);
        let mut row = |pattern: &str, role: &str, options: [&str; 3]| {
            let head = head.take().unwrap_or([&code.id, "", "", "", "", "", ""]);
            rows.push(head.into_iter().chain([pattern, role]).chain(options).map(str::to_owned).collect::<Vec<_>>());
        };
        for (patterns, role) in [(&code.patterns, ""), (&code.not, "not")] {
            patterns.iter().for_each(|pattern| row(&pattern.source, role, options(pattern, draft)));
        }
        for (texts, role) in [
            (&code.forms_not, "form-not"),
            (&code.examples, "example"),
            (&code.near_misses, "near-miss"),
            (&code.cues[0], CUES[0]),
            (&code.cues[1], CUES[1]),
            (&code.cues[2], CUES[2]),
        ] {
            texts.iter().for_each(|text| row(text, role, [""; 3]));
        }
        // A code that only has children stands in the table too.
        if head.is_some() {
            rows.push(
                head.take()
                    .into_iter()
                    .flatten()
                    .map(str::to_owned)
                    .chain(std::iter::repeat_n(String::new(), 5))
                    .collect(),
            );
        }
    }
    text_csv_in(CsvStyle::Tidy, &COLUMNS, rows)
}

/// What a pattern says otherwise than a codebook that says nothing.
fn options(pattern: &DraftPattern, draft: &Draft) -> [&'static str; 3] {
    let compounds = pattern.compounds.or(draft.compounds).filter(|compounds| *compounds != Compounds::default());
    let derive = pattern.derive.unwrap_or(draft.derive);
    [
        compounds.map_or("", |compounds| name_in::<Compounds>(COMPOUNDS, &compounds)),
        if derive { "true" } else { "" },
        pattern.stance.map_or("", |stance| name_in::<Stance>(STANCES, &stance)),
    ]
}
