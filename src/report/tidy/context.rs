//! Themes in the same segment or document, themes over time, words that set phases apart.

use super::Study;
use super::table::{Column, Kind, TidyTable, Value};
use crate::report::together::{coefficients, flag_id};
use crate::report::{Grain, Period, Term, per_thousand};

impl Study<'_> {
    pub(super) fn together(&self) -> TidyTable {
        let mut columns: Vec<Column> =
            ["first", "first_path", "second", "second_path"].map(|name| self.column(name, Kind::Text)).to_vec();
        columns.push(self.place_columns()[1].clone());
        columns.push(self.column("unit", Kind::Text));
        columns
            .extend(["both", "first_total", "second_total", "units_total"].map(|name| self.column(name, Kind::Count)));
        columns.extend(
            ["c_coefficient", "second_given_first", "first_given_second", "npmi"]
                .map(|name| self.column(name, Kind::Fine)),
        );
        columns.push(self.column("flags", Kind::Text));
        let table = &self.report.together;
        let mut rows = Vec::new();
        for pair in table.pairs.iter().filter(|pair| pair.documents[0].both > 0) {
            for (cell, of_cell) in table.cells.iter().enumerate() {
                for (unit, meeting) in [("segment", pair.segments[cell]), ("document", pair.documents[cell])] {
                    let mut row = self.code_values(pair.first).to_vec();
                    row.extend(self.code_values(pair.second));
                    row.push(of_cell.value.as_ref().map_or(Value::Empty, Value::text));
                    row.push(Value::text(unit));
                    row.extend([meeting.both, meeting.first, meeting.second, meeting.units].map(Value::Count));
                    row.extend(coefficients(meeting).map(Value::number));
                    let flags: Vec<&str> = pair.flags[cell].iter().map(|flag| flag_id(*flag)).collect();
                    let has_flags = unit == "segment" && !flags.is_empty();
                    row.push(if has_flags { Value::text(flags.join(" ")) } else { Value::Empty });
                    rows.push(row);
                }
            }
        }
        TidyTable { name: "together", title: self.lang.term(Term::TogetherSection).to_owned(), columns, rows }
    }

    pub(super) fn timeline(&self) -> TidyTable {
        let mut columns = vec![self.column("period", Kind::Text)];
        columns.extend(self.code_columns());
        columns.extend(["mentions", "documents_total", "words_total"].map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("per_1000_words", Kind::Rate));
        let row = |grain: Grain, period: &Period, code: usize| {
            let mut row = vec![Value::text(iso(grain, period))];
            row.extend(self.code_values(code));
            row.extend([period.mentions[code], period.documents, period.words].map(Value::Count));
            row.push(Value::number(per_thousand(period.mentions[code], period.words)));
            row
        };
        let codes = self.report.tree();
        let mut rows = Vec::new();
        if let Some(timeline) = &self.report.timeline {
            for period in &timeline.periods {
                rows.extend(codes.iter().map(|code| row(timeline.grain, period, *code)));
            }
        }
        TidyTable { name: "timeline", title: self.lang.term(Term::TimelineSection).to_owned(), columns, rows }
    }

    pub(super) fn words(&self) -> TidyTable {
        let mut columns = vec![self.place_columns()[1].clone(), self.column("form", Kind::Text)];
        columns.extend(["count", "documents"].map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("per_1000_words", Kind::Rate));
        columns.extend(["rest_count", "rest_documents"].map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("rest_per_1000_words", Kind::Rate));
        columns.extend(["g2", "log_ratio", "bic", "dp_norm"].map(|name| self.column(name, Kind::Rate)));
        let rows = self.report.words.iter().flat_map(|list| {
            let group = &list.group;
            group.words.iter().map(move |word| {
                let keyness = word.keyness;
                vec![
                    Value::text(&list.name),
                    Value::text(&word.form),
                    Value::Count(word.count),
                    Value::Count(word.documents as u64),
                    Value::number(per_thousand(word.count, group.words_total)),
                    Value::Count(word.rest_count),
                    Value::Count(word.rest_documents as u64),
                    Value::number(per_thousand(word.rest_count, group.rest_words_total)),
                    Value::number(Some(keyness.g2)),
                    Value::number(Some(keyness.log_ratio)),
                    Value::number(Some(keyness.bic)),
                    Value::number(keyness.dp_norm),
                ]
            })
        });
        TidyTable { name: "words", title: self.lang.term(Term::WordsSection).to_owned(), rows: rows.collect(), columns }
    }
}

/// A period as programs sort it: `2016-03`, `2016-Q1`, `2016`.
fn iso(grain: Grain, period: &Period) -> String {
    match grain {
        Grain::Month => format!("{:04}-{:02}", period.year, period.part),
        Grain::Quarter => format!("{:04}-Q{}", period.year, period.part),
        Grain::Year => format!("{:04}", period.year),
    }
}
