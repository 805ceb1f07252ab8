//! What a table is counted by, as it was asked for.

use super::Study;
use crate::diag::{Diagnostic, MAX_NAMED, and_more, shortened};
use crate::material::Axis;
use crate::project;
use crate::tally::Cells;

/// The cells of a table by the attributes that are asked for, or by case and phase.
///
/// # Errors
/// When there is no such attribute, or far too many cells.
pub fn cells(study: &Study, by: Option<&[String]>) -> Result<Cells, Vec<Diagnostic>> {
    let default = [project::CASE.to_owned(), project::PHASE.to_owned()];
    let mut errors = Vec::new();
    let mut axes: Vec<Axis> = Vec::new();
    for raw in by.unwrap_or(&default) {
        let name = study.project.attribute_name(raw);
        if axes.iter().any(|axis| axis.name == name) {
            errors.push(Diagnostic::error("tally/attribute-twice", format!("`{name}` is given twice in `--by`")));
            continue;
        }
        let order = match name.as_str() {
            project::CASE => study.cases.clone(),
            project::PHASE => study.phases.values.clone(),
            _ => Vec::new(),
        };
        match study.material.axis(&study.corpus, &name, &order) {
            Ok(mut axis) => {
                if order.is_empty() {
                    let ordered = study.project.order(&name, axis.values.iter().map(String::as_str)).values;
                    axis = study.material.axis(&study.corpus, &name, &ordered).map_err(|error| vec![error])?;
                }
                axes.push(axis);
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let by = counted_by(&axes);
    Cells::new(axes).ok_or_else(|| too_many_cells(format!("{by} make more than a million cells, totals included")))
}

/// Refuses a table of more rows than anybody can have meant.
///
/// # Errors
/// When so many codes make too many rows.
pub(super) fn check_rows(cells: &Cells, n_codes: usize) -> Result<(), Vec<Diagnostic>> {
    match cells.rows(n_codes) {
        (_, true) => Ok(()),
        (n_rows, false) => {
            let by = counted_by(cells.axes());
            Err(too_many_cells(format!("{n_codes} codes by {by} make {n_rows} rows, totals included")))
        }
    }
}

/// The attributes of a table, and how many values each has.
fn counted_by(axes: &[Axis]) -> String {
    let named = axes.iter().take(MAX_NAMED).map(|axis| match axis.values.len() {
        1 => format!("`{}` with 1 value", shortened(&axis.name)),
        n => format!("`{}` with {n} values", shortened(&axis.name)),
    });
    and_more(named.collect(), axes.len())
}

fn too_many_cells(message: String) -> Vec<Diagnostic> {
    let error = Diagnostic::error("tally/too-many-cells", message);
    vec![error.hint("count by fewer attributes, or by attributes with fewer values")]
}
