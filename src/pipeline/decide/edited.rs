//! Codings that a person edited in a sheet or an editor → what changed in them.
//!
//! A row with an `id` is about that coding: its `action` says what was decided, or another `code` than the coding has
//! recodes it; a row that was left as it is says nothing. A row without an `id` adds the coding that its `document`,
//! `quote` and `code` describe.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Addition, Desk, unknown_coding};
use crate::decisions::Action;
use crate::diag::{Diagnostic, Place, capped, shortened};
use crate::sheet::{Columns, LineIds, Lines, Table, whole_number};

/// Lines of a million codings are fewer bytes.
const MAX_BYTES: u64 = 1 << 30;
const IDS: LineIds = LineIds { not_utf_8: "decide/not-utf-8", syntax: "decide/syntax" };
/// The columns or fields that are read.
const FIELDS: [&str; 9] = ["id", "action", "code", "document", "quote", "segment", "before", "after", "note"];

/// One row, by field.
struct Edited {
    fields: BTreeMap<&'static str, String>,
    place: Place,
}

impl Edited {
    fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

impl Desk<'_> {
    pub(super) fn take_edited(&mut self, path: &Path, rejects_missing: bool) -> Result<(), Vec<Diagnostic>> {
        let rows = if Lines::is_named(path) { of_lines(path)? } else { of_table(path)? };
        let sites = self.sites(None)?;
        let mut errors = Vec::new();
        let mut unknown = Vec::new();
        for row in &rows {
            match row.get("id").map(|id| (id, sites.get(id))) {
                Some((id, None)) => {
                    let mut warning = unknown_coding(id).at(row.place.clone());
                    warning.severity = crate::diag::Severity::Warning;
                    unknown.push(warning);
                }
                Some((_, Some(site))) => match self.change(row, self.codebook.codes[site.code].id.as_str()) {
                    Ok(None) => {}
                    Ok(Some((action, code))) => {
                        self.on_site(action, *site, code)?;
                        self.note(row);
                    }
                    Err(error) => errors.push(error),
                },
                None => match self.addition(row) {
                    Ok(()) => self.note(row),
                    Err(found) => errors.extend(found.into_iter().map(|error| error.at(row.place.clone()))),
                },
            }
        }
        if !errors.is_empty() {
            return Err(capped(errors, "rows like this"));
        }
        if rejects_missing {
            let ids = rows.iter().filter_map(|row| Some((row.get("id")?, &row.place))).collect();
            return self.reject_missing(path, &ids, &sites);
        }
        self.decided.warnings.extend(capped(unknown, "rows like this, also left out"));
        Ok(())
    }

    /// What a row decides about the coding that it is about, which has the code `own`.
    fn change(&self, row: &Edited, own: &str) -> Result<Option<(Action, Option<usize>)>, Diagnostic> {
        let action = row.get("action").map(|word| action_of(word, row)).transpose()?;
        let new = row.get("code");
        let new = new.map(|code| self.codebook.find(code).map_err(|error| error.at(row.place.clone()))).transpose()?;
        // However it is written, it may be the code that is there.
        let new = new.filter(|new| self.codebook.codes[*new].id != own);
        match (action, new) {
            (None | Some(Action::Recode | Action::Accept), Some(new)) => Ok(Some((Action::Recode, Some(new)))),
            (None, None) if row.get("note").is_some() => Ok(Some((Action::Note, None))),
            (None, None) => Ok(None),
            (Some(Action::Recode), None) => {
                let message = format!("a row is to be recoded, but its `code` is already `{own}`");
                Err(Diagnostic::error("decide/same-code", message).at(row.place.clone()))
            }
            (Some(action), _) => Ok(Some((action, None))),
        }
    }

    fn addition(&mut self, row: &Edited) -> Result<(), Vec<Diagnostic>> {
        match row.get("action").map(|word| action_of(word, row)).transpose().map_err(|error| vec![error])? {
            None | Some(Action::Add) => {}
            Some(Action::Read) => return self.read(&[row.get("document").unwrap_or_default().to_owned()]),
            Some(action) => {
                let message = format!("a row without `id` cannot `{}` a coding", action.name());
                return Err(vec![
                    Diagnostic::error("decide/no-id", message).hint("without an `id`, a row can only add a coding"),
                ]);
            }
        }
        let needed = |field: &'static str| {
            row.get(field).map(str::to_owned).ok_or_else(|| {
                Diagnostic::error("decide/missing-field", format!("a row that adds a coding has no `{field}`"))
                    .hint("a row that adds a coding needs `document`, `quote` and `code`")
            })
        };
        let (document, quote, code) = match (needed("document"), needed("quote"), needed("code")) {
            (Ok(document), Ok(quote), Ok(code)) => (document, quote, code),
            (document, quote, code) => {
                return Err([document.err(), quote.err(), code.err()].into_iter().flatten().collect());
            }
        };
        let text = |field: &str| row.get(field).unwrap_or_default().to_owned();
        let segment = row.get("segment").map(|segment| {
            whole_number(segment).ok_or_else(|| {
                let message = format!("`{}` is not a segment number", shortened(segment));
                vec![
                    Diagnostic::error("decide/bad-segment", message)
                        .hint("segments count from 1; without a number, the words may be in any segment"),
                ]
            })
        });
        let segment = segment.transpose()?;
        let quote = crate::report::of_cell(&quote).to_owned();
        self.add(&Addition { document, quote, code, segment, before: text("before"), after: text("after") })
    }

    /// Gives the last decision the row's note.
    fn note(&mut self, row: &Edited) {
        if let Some(last) = self.decided.decisions.last_mut() {
            last.note = row.get("note").map(str::to_owned);
        }
    }
}

fn action_of(word: &str, row: &Edited) -> Result<Action, Diagnostic> {
    Ok(match word.to_lowercase().as_str() {
        "accept" | "godta" => Action::Accept,
        "reject" | "avvis" => Action::Reject,
        "add" | "legg til" => Action::Add,
        "recode" | "omkod" => Action::Recode,
        "note" | "notat" => Action::Note,
        "read" | "lest" => Action::Read,
        _ => {
            let message = format!("`{}` is not an action", shortened(word));
            return Err(Diagnostic::error("decide/unknown-action", message)
                .at(row.place.clone())
                .hint("`accept`, `reject`, `recode`, `add`, `read` or `note`, or nothing"));
        }
    })
}

fn of_table(path: &Path) -> Result<Vec<Edited>, Vec<Diagnostic>> {
    let (table, _) = Table::read(path, |name| FIELDS.contains(&name))?;
    let mut errors = Vec::new();
    let columns = Columns::of(&table, |name| name.trim().to_lowercase(), &mut errors);
    let has_kind = columns.index("id").is_some() || columns.index("quote").is_some();
    if !has_kind {
        errors
            .push(Columns::missing(&table, "decide/missing-column", "id").hint(
                "a sheet of `sample` has `document`, `segment` and `codes`; edited codings have `id` and `code`",
            ));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let rows = table.rows.iter().filter_map(|cells| {
        let place = table.place(cells.iter().find(|cell| !cell.text.is_empty())?, "");
        let field = |field: &'static str| Some((field, cells.get(columns.index(field)?)?.text.clone()));
        Some(Edited { fields: FIELDS.into_iter().filter_map(field).collect(), place })
    });
    Ok(rows.collect())
}

fn of_lines(path: &Path) -> Result<Vec<Edited>, Vec<Diagnostic>> {
    let lines = Lines::read(path, MAX_BYTES, IDS).map_err(|error| vec![error])?;
    lines.rows(|object, place| {
        let field = |field: &'static str| match object.get(field)? {
            Value::String(text) => Some((field, text.clone())),
            Value::Number(number) => Some((field, number.to_string())),
            _ => None,
        };
        Ok(Edited { fields: FIELDS.into_iter().filter_map(field).collect(), place })
    })
}
