//! Every code in every cell and sum, with its denominators.

use super::table::{Kind, TidyTable, Value};
use super::{Study, level};
use crate::report::number::RATIOS;
use crate::report::{Headline, Summed, Term};
use crate::tally::{COUNTS, TOTALS};

impl Study<'_> {
    pub(super) fn frequencies(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.column("level", Kind::Text));
        columns.extend(self.place_columns());
        columns.extend(COUNTS.map(|column| self.column(column.name, Kind::Count)));
        columns.extend(TOTALS.map(|column| self.column(column.name, Kind::Count)));
        let kind = |name: &str| if name.ends_with("_share") { Kind::Share } else { Kind::Rate };
        columns.extend(RATIOS.map(|(name, _)| self.column(name, kind(name))));
        columns.push(self.column("few_persons", Kind::Text));
        columns.push(self.column("summed_over", Kind::Text));
        let places = self.places();
        let rows = self.report.tree().into_iter().flat_map(|code| {
            let row = move |at: &Summed| self.frequency(code, *at);
            places.iter().map(row).collect::<Vec<_>>()
        });
        TidyTable {
            name: "frequencies",
            title: self.lang.term(Term::AllNumbers).to_owned(),
            rows: rows.collect(),
            columns,
        }
    }

    fn frequency(&self, code: usize, at: Summed) -> Vec<Value> {
        let mut row = self.code_values(code).to_vec();
        row.push(level(at));
        row.extend(self.place_values(at));
        let Some(headline) = self.report.headline(code, at) else {
            row.extend(std::iter::repeat_n(Value::Empty, COUNTS.len() + TOTALS.len() + RATIOS.len() + 1));
            row.push(self.summed_over(at));
            return row;
        };
        let Headline { counts, totals } = headline;
        row.extend(COUNTS.iter().map(|column| Value::count((column.of)(&counts))));
        row.extend(TOTALS.iter().map(|column| Value::count((column.of)(&totals))));
        row.extend(RATIOS.iter().map(|(_, of)| Value::number(of(&counts, &totals))));
        row.push(if headline.points_at_few() { Value::text("°") } else { Value::Empty });
        row.push(self.summed_over(at));
        row
    }
}
