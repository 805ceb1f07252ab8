//! Decisions from a table: CSV of any delimiter and encoding, or the first sheet of a workbook.

use std::collections::BTreeMap;
use std::path::Path;

use super::gold::{GoldRow, Role, codes_of, stance_of, unknown_stance};
use crate::diag::{Diagnostic, capped, shortened};
use crate::sheet::{Cell, Columns, Table};

/// The rows of the table at `path`.
pub(super) fn read(path: &Path) -> Result<Vec<GoldRow>, Vec<Diagnostic>> {
    let (table, _) = Table::read(path, |name| Role::of(name) != Role::Other)?;
    let mut errors = Vec::new();
    let columns = Columns::of(&table, str::to_owned, &mut errors);
    let of_role =
        |role: &Role| columns.in_order().iter().find(|(name, _)| Role::of(name) == *role).map(|(_, index)| *index);
    let mut needed = |role: Role, name: &str| {
        let column = of_role(&role);
        if column.is_none() {
            errors.push(Columns::missing(&table, "agreement/missing-column", name));
        }
        column
    };
    let (document, segment) = (needed(Role::Document, "document"), needed(Role::Segment, "segment"));
    let codes = needed(Role::Codes, "codes");
    let (Some(document), Some(segment), Some(codes)) = (document, segment, codes) else { return Err(errors) };
    let (end, draw) = (of_role(&Role::End), of_role(&Role::Draw));
    // Alone, `start` holds the first words of the segment; with `end` it is a place.
    let start = of_role(&Role::Start).filter(|_| end.is_some());
    let text = of_role(&Role::Text).or_else(|| of_role(&Role::Start).filter(|_| end.is_none()));
    let stances: Vec<(Option<String>, usize)> = columns
        .in_order()
        .into_iter()
        .filter_map(|(name, index)| match Role::of(name) {
            Role::Stance(code) => Some((code, index)),
            _ => None,
        })
        .collect();
    let mut rows = Vec::new();
    let mut bad = Vec::new();
    for cells in &table.rows {
        let Some(first) = cells.iter().find(|cell| !cell.text.is_empty()) else { continue };
        let cell = |index: usize| cells.get(index).filter(|cell| !cell.text.is_empty());
        let place_of = |index: usize| cell(index).and_then(|cell| whole(&cell.text));
        let number = |index: usize| place_of(index).filter(|number| *number > 0);
        let place = |cell: Option<&Cell>, label: &str| table.place(cell.unwrap_or(first), label);
        let Some(path) = cell(document) else {
            bad.push(Diagnostic::error("agreement/no-document", "a row names no document").at(place(None, "")));
            continue;
        };
        let Some(number_of_segment) = number(segment) else {
            let written = cell(segment).map_or("", |cell| cell.text.as_str());
            let message = format!("`{}` is not a segment number", shortened(written));
            bad.push(
                Diagnostic::error("agreement/no-segment", message)
                    .at(place(cell(segment), ""))
                    .hint("segments are counted from 1 in each document"),
            );
            continue;
        };
        let mut found: BTreeMap<Option<String>, _> = BTreeMap::new();
        for (code, index) in &stances {
            let Some(cell) = cell(*index) else { continue };
            match stance_of(&cell.text) {
                Ok(stance) => found.extend(stance.map(|stance| (code.clone(), stance))),
                Err(()) => bad.push(unknown_stance(&cell.text, table.place(cell, ""))),
            }
        }
        let (written, says_none) = cell(codes).map_or((Vec::new(), false), |cell| codes_of(&cell.text));
        rows.push(GoldRow {
            document: path.text.replace('\\', "/"),
            segment: number_of_segment,
            codes: written,
            says_none,
            stances: found,
            text: text.and_then(cell).map(|cell| cell.text.clone()),
            passage: start.and_then(place_of).zip(end.and_then(place_of)).filter(|(start, end)| start < end),
            draw: draw.and_then(number),
            place: place(cell(codes).or(Some(path)), ""),
        });
    }
    errors.extend(capped(bad, "rows like this"));
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// A whole number, also as a spreadsheet may write it: `3.0`.
fn whole(text: &str) -> Option<u32> {
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    text.parse().ok()
}
