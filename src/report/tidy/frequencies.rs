//! Every code in every cell and sum, with its denominators.

use super::table::{Kind, TidyTable, Value};
use super::{Study, level};
use crate::report::{Headline, Summed, Term, per_thousand, share};

/// What is counted, in the order of the columns.
const COUNTS: [&str; 15] = [
    "mentions",
    "own_mentions",
    "segments",
    "documents",
    "speakers",
    "missing",
    "mixed",
    "needed",
    "exact",
    "inflection",
    "derived",
    "head",
    "modifier",
    "pattern",
    "phrase",
];
const TOTALS: [&str; 4] = ["words_total", "segments_total", "documents_total", "speakers_total"];

impl Study<'_> {
    pub(super) fn frequencies(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.column("level", Kind::Text));
        columns.extend(self.place_columns());
        columns.extend(COUNTS.map(|name| self.column(name, Kind::Count)));
        columns.extend(TOTALS.map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("per_1000_words", Kind::Rate));
        columns.extend(["segment_share", "document_share"].map(|name| self.column(name, Kind::Share)));
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
            row.extend(std::iter::repeat_n(Value::Empty, COUNTS.len() + TOTALS.len() + 4));
            row.push(self.summed_over(at));
            return row;
        };
        let Headline { counts, totals } = headline;
        row.extend(
            [
                Some(counts.mentions),
                Some(counts.own_mentions),
                Some(counts.segments),
                Some(counts.documents),
                counts.speakers,
                Some(counts.missing),
                Some(counts.mixed),
                Some(counts.needed),
                Some(counts.exact),
                Some(counts.inflection),
                Some(counts.derived),
                Some(counts.head),
                Some(counts.modifier),
                Some(counts.pattern),
                Some(counts.phrase),
                Some(totals.words_total),
                Some(totals.segments_total),
                Some(totals.documents_total),
                totals.speakers_total,
            ]
            .map(Value::count),
        );
        row.push(Value::number(per_thousand(counts.mentions, totals.words_total)));
        row.push(Value::number(share(counts.segments, totals.segments_total)));
        row.push(Value::number(share(counts.documents, totals.documents_total)));
        row.push(if headline.points_at_few() { Value::text("°") } else { Value::Empty });
        row.push(self.summed_over(at));
        row
    }
}
