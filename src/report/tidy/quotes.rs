//! Every coding with its passage and citation.

use super::Study;
use super::table::{Kind, TidyTable, Value};
use crate::report::codings::time_code;
use crate::report::{Quote, Term};

impl Study<'_> {
    pub(super) fn quotes(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.column("counts_for", Kind::Text));
        columns.extend(self.place_columns());
        columns.push(self.column("citation", Kind::Wide));
        columns.push(self.column("left", Kind::Long));
        columns.push(self.column("quote", Kind::Wide));
        columns.push(self.column("right", Kind::Long));
        columns.extend(["stance", "stance_label", "cue"].map(|name| self.column(name, Kind::Text)));
        columns.push(self.column("document", Kind::Wide));
        columns.push(self.column("segment", Kind::Count));
        columns.push(self.column("speaker", Kind::Text));
        columns.extend(["line", "page"].map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("time", Kind::Text));
        columns.push(self.column("pattern", Kind::Text));
        columns.push(self.column("form", Kind::Text));
        columns.extend(["grade", "grade_id"].map(|name| self.column(name, Kind::Text)));
        columns.push(self.column("id", Kind::Text));
        TidyTable {
            name: "quotes",
            title: self.lang.term(Term::QuotesSection).to_owned(),
            columns,
            rows: self.report.quotes.iter().map(|quote| self.quote(quote)).collect(),
        }
    }

    fn quote(&self, quote: &Quote) -> Vec<Value> {
        let some = |text: &str| if text.is_empty() { Value::Empty } else { Value::text(text) };
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let document = self.report.documents.get(quote.document).map_or("", |document| document.path.as_str());
        let codes = &self.report.codebook.codes;
        let counts_for: Vec<&str> = quote.rows.iter().map(|code| codes[*code].id.as_str()).collect();
        let mut row = self.code_values(quote.code).to_vec();
        row.push(some(&counts_for.join(" ")));
        row.extend(self.axis_values(quote.case, quote.phase));
        row.extend([
            Value::text(self.lang.citation(self.report, quote)),
            some(&format!("{}{}", cut(quote.is_cut_left && self.report.shows_quotes), quote.left)),
            some(&quote.words),
            some(&format!("{}{}", quote.right, cut(quote.is_cut_right && self.report.shows_quotes))),
            Value::text(quote.stance.name()),
            Value::text(self.lang.stance(quote.stance)),
            some(quote.cue.as_deref().unwrap_or_default()),
            Value::text(document),
            Value::Count(u64::from(quote.segment)),
            some(quote.speaker.as_deref().unwrap_or_default()),
            Value::Count(u64::from(quote.line)),
            Value::count(quote.page.map(u64::from)),
            quote.time.map_or(Value::Empty, |time| Value::text(time_code(time))),
            Value::text(&quote.pattern),
            some(&quote.form),
            Value::text(self.lang.grade(quote.grade)),
            Value::text(quote.grade.name()),
            Value::text(&quote.id),
        ]);
        row
    }
}
