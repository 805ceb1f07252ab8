//! What the material is, where it has gaps, and what must be known with the numbers.

use super::super::parts::{Grid, GridCell, GridRow, Orientation, Part, Run};
use super::Draft;
use crate::report::{Summed, Term};

/// Documents that a warning names; the others are counted.
const MAX_NAMED_IN_REMARK: usize = 8;

impl Draft<'_> {
    pub(super) fn material(&mut self) {
        self.chapter(Term::Material, Orientation::Portrait);
        let places: Vec<Summed> = if self.shows_sums_only() {
            (0..self.report.case.values.len())
                .map(Summed::Case)
                .chain((0..self.report.phase.values.len()).map(Summed::Phase))
                .collect()
        } else {
            self.report.cells().collect()
        };
        let mut rows: Vec<GridRow> = places.into_iter().map(|at| self.material_row(at, false)).collect();
        rows.push(self.material_row(Summed::All, true));
        let (case, phase) = (&self.report.case, &self.report.phase);
        self.parts.push(Part::Table(Grid {
            caption: self.lang.material_caption(self.report),
            groups: Vec::new(),
            header: vec![
                self.lang.axis(case).to_owned(),
                self.lang.axis(phase).to_owned(),
                self.term(Term::UnitDocuments),
                self.term(Term::UnitSegments),
                self.term(Term::WordsLabel),
                self.term(Term::UnitSpeakers),
            ],
            widths: vec![30, 22, 14, 16, 14, 12],
            left: vec![1],
            rows,
            key: None,
        }));
        self.remarks();
    }

    fn material_row(&self, at: Summed, is_strong: bool) -> GridRow {
        let (case, phase) = match at {
            Summed::Cell(case, phase) => (Some(case), Some(phase)),
            Summed::Case(case) => (Some(case), None),
            Summed::Phase(phase) => (None, Some(phase)),
            Summed::All => (None, None),
        };
        let case = case.map(|case| self.lang.value(&self.report.case, case).to_owned());
        let phase = phase.map(|phase| self.lang.value(&self.report.phase, phase).to_owned());
        let name = case.unwrap_or_else(|| if phase.is_some() { self.term(Term::All) } else { self.term(Term::Total) });
        let numbers = match self.report.totals(at) {
            Some(totals) => vec![
                self.lang.count(totals.documents_total),
                self.lang.count(totals.segments_total),
                self.lang.count(totals.words_total),
                totals.speakers_total.map_or_else(|| self.term(Term::Unknown), |speakers| self.lang.count(speakers)),
            ],
            None => vec![self.term(Term::NoMaterial), String::new(), String::new(), String::new()],
        };
        let cells = [name, phase.unwrap_or_default()].into_iter().chain(numbers);
        GridRow { cells: cells.map(GridCell::text).collect(), is_strong }
    }

    fn remarks(&mut self) {
        let remarks = self.lang.remarks(self.report);
        if remarks.is_empty() {
            return;
        }
        self.section(&self.term(Term::WarningsHeading));
        for remark in remarks {
            let mut runs = vec![Run::plain(remark.text.as_str())];
            let (all, between) = remark.named();
            let named: Vec<String> = all.iter().take(MAX_NAMED_IN_REMARK).cloned().collect();
            if !named.is_empty() {
                let more = all.len() - named.len();
                let more = if more > 0 { format!(" (+{})", self.lang.count(more as u64)) } else { String::new() };
                runs.push(Run::plain(format!(" {}{more}.", named.join(between))));
            }
            self.parts.push(Part::Notice(runs));
        }
    }
}
