//! A study's report as tidy tables: one line a thing, one column a property, numbers as numbers.
//!
//! - `table`: what a table is, and how it is written as CSV.
//! - `material`, `frequencies`, `change`, `context`, `quotes`, `codebook`: the tables.
//!
//! `workbook` writes the same tables as sheets. Every code stands with its path, every cell with case and phase.

mod change;
mod codebook;
mod context;
mod frequencies;
mod material;
mod quotes;
mod table;

pub use table::{Column, Kind, TidyTable, Value};

use super::{Lang, Report, Summed};

/// All tables of a report, also those without rows, so that none of an earlier report stays beside them; titles and column labels in a language.
#[must_use]
pub fn tidy_tables(report: &Report, lang: Lang) -> Vec<TidyTable> {
    let study = Study { report, lang };
    vec![
        study.material(),
        study.frequencies(),
        study.change(),
        study.together(),
        study.timeline(),
        study.words(),
        study.quotes(),
        study.forms(),
        study.codebook(),
        study.documents(),
        study.warnings(),
    ]
}

struct Study<'a> {
    report: &'a Report,
    lang: Lang,
}

impl Study<'_> {
    /// The columns that say which code a line is about.
    fn code_columns(&self) -> [Column; 2] {
        [
            Column::new("code", Kind::Text, self.lang.column("code")),
            Column::new("code_path", Kind::Wide, self.lang.column("code_path")),
        ]
    }

    fn code_values(&self, code: usize) -> [Value; 2] {
        [Value::text(&self.report.codebook.codes[code].id), Value::text(self.report.code_path(code))]
    }

    /// The columns that say which cell a line is about.
    fn place_columns(&self) -> [Column; 2] {
        let column = |axis: &super::LabelledAxis| Column::new(axis.name.clone(), Kind::Text, self.lang.axis(axis));
        [column(&self.report.case), column(&self.report.phase)]
    }

    /// The cell's values; empty where they are summed over.
    fn place_values(&self, at: Summed) -> [Value; 2] {
        let (case, phase) = match at {
            Summed::Cell(case, phase) => (Some(case), Some(phase)),
            Summed::Case(case) => (Some(case), None),
            Summed::Phase(phase) => (None, Some(phase)),
            Summed::All => (None, None),
        };
        self.axis_values(case, phase)
    }

    fn axis_values(&self, case: Option<usize>, phase: Option<usize>) -> [Value; 2] {
        let value = |axis: &super::LabelledAxis, at: Option<usize>| {
            at.and_then(|at| axis.values.get(at)).map_or(Value::Empty, |value| Value::text(&value.id))
        };
        [value(&self.report.case, case), value(&self.report.phase, phase)]
    }

    /// All cells, then all sums.
    fn places(&self) -> Vec<Summed> {
        let cases = (0..self.report.case.values.len()).map(Summed::Case);
        let phases = (0..self.report.phase.values.len()).map(Summed::Phase);
        self.report.cells().chain(cases).chain(phases).chain([Summed::All]).collect()
    }

    fn column(&self, name: &'static str, kind: Kind) -> Column {
        Column::new(name, kind, self.lang.column(name))
    }
}

impl Study<'_> {
    /// What a place sums over; nothing for a cell, also where a document lacks an attribute.
    fn summed_over(&self, at: Summed) -> Value {
        let (case, phase) = (&self.report.case.name, &self.report.phase.name);
        match at {
            Summed::Cell(..) => Value::Empty,
            Summed::Case(_) => Value::text(phase),
            Summed::Phase(_) => Value::text(case),
            Summed::All => Value::text(format!("{case} {phase}")),
        }
    }
}

/// Whether a place is a cell or a sum over cells.
fn level(at: Summed) -> Value {
    Value::text(if matches!(at, Summed::Cell(..)) { "cell" } else { "margin" })
}
