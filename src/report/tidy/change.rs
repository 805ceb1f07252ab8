//! From the first phase to the last: a line a code, overall and within each case.

use super::Study;
use super::table::{Kind, TidyTable, Value};
use crate::compare::{Comparison, ComparisonRow, Side};
use crate::report::Term;
use crate::report::comparison::{remark_id, verdict_id};

const OF_SIDE: [&str; 6] = ["mentions", "segments", "documents", "words_total", "segments_total", "documents_total"];
const FINE: [&str; 8] =
    ["difference", "interval_low", "interval_high", "log_ratio", "difference_tested", "p", "p_min", "p_adjusted"];

impl Study<'_> {
    pub(super) fn change(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.place_columns()[0].clone());
        columns.extend(["from", "to"].map(|name| self.column(name, Kind::Text)));
        for side in ["from", "to"] {
            let mut column = |name: &'static str, kind| {
                let mut column = self.column("", kind);
                column.name = format!("{side}_{name}");
                column.label = format!("{} ({})", self.lang.column(name), self.lang.column(side));
                columns.push(column);
            };
            OF_SIDE.iter().for_each(|name| column(name, Kind::Count));
            column("per_1000_words", Kind::Rate);
        }
        columns.extend(FINE.map(|name| self.column(name, Kind::Fine)));
        columns.extend(["verdict", "verdict_label"].map(|name| self.column(name, Kind::Wide)));
        columns.push(self.column("flags", Kind::Wide));
        columns.push(self.column("in_words", Kind::Long));
        let rows = self
            .report
            .comparison
            .iter()
            .flat_map(|comparison| comparison.rows.iter().map(move |row| self.change_row(comparison, row)));
        TidyTable {
            name: "change",
            title: self.lang.term(Term::ChangeSection).to_owned(),
            columns,
            rows: rows.collect(),
        }
    }

    fn change_row(&self, comparison: &Comparison, row: &ComparisonRow) -> Vec<Value> {
        let mut values = self.code_values(row.code).to_vec();
        values.push(row.group.map_or(Value::Empty, |group| Value::text(&comparison.groups[group])));
        values.extend([comparison.from, comparison.to].map(|value| Value::text(&comparison.values[value])));
        values.extend(of_side(&row.from));
        values.extend(of_side(&row.to));
        values.extend(
            [
                row.difference,
                row.interval.map(|interval| interval.lower),
                row.interval.map(|interval| interval.upper),
                row.log_ratio.map(|ratio| ratio.log2),
                row.tested.map(|tested| tested.statistic),
                row.tested.map(|tested| tested.p),
                row.tested.map(|tested| tested.p_min),
                row.tested.map(|tested| tested.p_adjusted),
            ]
            .map(Value::number),
        );
        let flags: Vec<&str> = row.remarks.iter().map(|remark| remark_id(*remark)).collect();
        values.push(Value::text(verdict_id(row.verdict)));
        values.push(Value::text(self.lang.verdict(row.verdict)));
        values.push(if flags.is_empty() { Value::Empty } else { Value::text(flags.join(" ")) });
        values.push(Value::text(self.lang.change(self.report, row)));
        values
    }
}

fn of_side(side: &Side) -> Vec<Value> {
    let (counts, totals) = (side.counts, side.totals);
    let mut values: Vec<Value> = [
        counts.map(|counts| counts.mentions),
        counts.map(|counts| counts.segments),
        counts.map(|counts| counts.documents),
        totals.map(|totals| totals.words_total),
        totals.map(|totals| totals.segments_total),
        totals.map(|totals| totals.documents_total),
    ]
    .map(Value::count)
    .to_vec();
    values.push(Value::number(side.per_1000_words()));
    values
}
