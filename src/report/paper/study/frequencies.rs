//! How often each theme comes up in each cell, and how the passages put it.

use super::super::parts::{Grid, GridCell, GridRow, Head, Part};
use super::Draft;
use super::cells::{fitting, widths};
use crate::report::{Headline, Summed, Term};
use crate::tally::Counts;

/// What a cell without material holds.
pub(super) const NOTHING: &str = "–";
/// What marks a number that stands on one or two persons.
const FEW: &str = "°";
/// How a theme is put, in the order of the table's columns.
const STANCES: [Term; 4] = [Term::Present, Term::Missing, Term::Mixed, Term::Needed];

impl Draft<'_> {
    pub(super) fn frequencies(&mut self) {
        let orientation = self.orientation_of_cells();
        self.chapter(Term::FrequencyMap, orientation);
        if self.shows_sums_only() {
            let cells = self.report.case.values.len() * self.report.phase.values.len();
            self.paragraph(self.lang.too_many_cells(cells));
        }
        let highest = self.highest_rate();
        let rate = |_: usize, headline: Option<Headline>| match headline.and_then(|found| found.per_1000_words()) {
            Some(rate) => GridCell { shade: shade(rate, highest), ..GridCell::text(self.lang.rate(Some(rate))) },
            None => GridCell::text(NOTHING),
        };
        let mentions = |_: usize, headline: Option<Headline>| match headline {
            Some(headline) => {
                let mark = if headline.points_at_few() { FEW } else { "" };
                GridCell::text(format!("{}{mark}", self.lang.count(headline.counts.mentions)))
            }
            None => GridCell::text(NOTHING),
        };
        let documents = |_: usize, headline: Option<Headline>| match headline {
            Some(headline) => GridCell::text(self.lang.count(headline.counts.documents)),
            None => GridCell::text(NOTHING),
        };
        let has_gaps = !self.report.gaps().is_empty() && !self.shows_sums_only();
        let has_few = self.report.few_persons().numbers > 0;
        let tables = [
            (Term::UnitRate, self.tables_of_cells(Term::UnitRate, &rate)),
            (Term::UnitMentions, self.tables_of_cells(Term::UnitMentions, &mentions)),
            (Term::UnitDocuments, self.tables_of_cells(Term::UnitDocuments, &documents)),
        ];
        for (unit, mut tables) in tables {
            if unit == Term::UnitRate
                && let Some(last) = tables.last_mut()
            {
                last.key = Some(self.lang.shade_note());
            }
            self.parts.extend(tables.into_iter().map(Part::Table));
            self.note(self.lang.marks_note(has_gaps, has_few && unit == Term::UnitMentions));
        }
    }

    /// The highest rate that any cell shows.
    fn highest_rate(&self) -> f64 {
        let codes = 0..self.report.codebook.codes.len();
        let rates = codes.flat_map(|code| {
            self.report.cells().filter_map(move |at| self.report.headline(code, at)?.per_1000_words())
        });
        rates.fold(0.0, f64::max)
    }

    pub(super) fn stances(&mut self) {
        let phases: Vec<Summed> = (0..self.report.phase.values.len()).map(Summed::Phase).collect();
        // One phase is all there is: its sums are those of everything.
        let places = if phases.len() == 1 { vec![Summed::All] } else { phases };
        let names = || STANCES.map(|stance| self.lang.term(stance)).into_iter();
        let orientation = self.orientation_for(STANCES.len() * places.len(), names());
        let abreast = (fitting(orientation, names()) / STANCES.len()).max(1);
        self.chapter(Term::StanceSection, orientation);
        let pages: Vec<&[Summed]> = places.chunks(abreast).collect();
        for (page, places) in pages.iter().enumerate() {
            let caption = self.lang.stance_caption(self.report);
            let table = self.stance_table(
                match pages.len() {
                    1 => caption,
                    n => format!("{caption} {}", self.lang.part_of(page + 1, n)),
                },
                places,
            );
            self.parts.push(Part::Table(table));
        }
    }

    fn stance_table(&self, caption: String, places: &[Summed]) -> Grid {
        let present = |counts: &Counts| counts.mentions - counts.missing - counts.mixed - counts.needed;
        let row = |code: usize| {
            let numbers = places.iter().flat_map(|at| match self.report.headline(code, *at) {
                Some(Headline { counts, .. }) => [present(&counts), counts.missing, counts.mixed, counts.needed]
                    .map(|count| GridCell::text(self.lang.count(count))),
                None => [NOTHING; 4].map(GridCell::text),
            });
            GridRow { cells: std::iter::once(self.code_cell(code)).chain(numbers).collect(), is_strong: false }
        };
        let group = |at: &Summed| Head { text: self.lang.place(self.report, *at), columns: STANCES.len() };
        let names = places.iter().flat_map(|_| STANCES.map(|stance| self.term(stance)));
        Grid {
            caption,
            groups: std::iter::once(Head { text: String::new(), columns: 1 }).chain(places.iter().map(group)).collect(),
            header: std::iter::once(self.term(Term::Code)).chain(names).collect(),
            widths: widths(STANCES.len() * places.len()),
            left: Vec::new(),
            rows: self.report.tree().into_iter().map(row).collect(),
            key: None,
        }
    }
}

/// How dark a rate is beside the highest one: steps of equal width in its square root, since rates are skewed.
fn shade(rate: f64, highest: f64) -> u8 {
    if rate <= 0.0 || highest <= 0.0 {
        return 0;
    }
    let step = (f64::from(GridCell::DARKEST) * (rate / highest).sqrt()).ceil();
    (1..GridCell::DARKEST).find(|shade| step <= f64::from(*shade)).unwrap_or(GridCell::DARKEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_rise_with_rates() {
        let shades: Vec<u8> = [0.0, 0.01, 1.0, 4.0, 10.0].map(|rate| shade(rate, 10.0)).to_vec();
        assert_eq!(shades, [0, 1, 2, 4, 5]);
        assert_eq!(shade(12.0, 10.0), GridCell::DARKEST);
        assert_eq!(shade(1.0, 0.0), 0);
    }
}
