//! How much material there is in each cell, the documents, and what must be known.

use super::table::{Kind, TidyTable, Value};
use super::{Study, level};
use crate::report::Term;

impl Study<'_> {
    pub(super) fn material(&self) -> TidyTable {
        let mut columns = vec![self.column("level", Kind::Text)];
        columns.extend(self.place_columns());
        columns.extend(
            ["documents_total", "segments_total", "words_total", "speakers_total"]
                .map(|name| self.column(name, Kind::Count)),
        );
        columns.push(self.column("summed_over", Kind::Text));
        let row = |at| {
            let totals = self.report.totals(at);
            let mut row = vec![level(at)];
            row.extend(self.place_values(at));
            row.extend([
                Value::count(totals.map(|totals| totals.documents_total)),
                Value::count(totals.map(|totals| totals.segments_total)),
                Value::count(totals.map(|totals| totals.words_total)),
                Value::count(totals.and_then(|totals| totals.speakers_total)),
                self.summed_over(at),
            ]);
            row
        };
        TidyTable {
            name: "material",
            title: self.lang.term(Term::Material).to_owned(),
            columns,
            rows: self.places().into_iter().map(row).collect(),
        }
    }

    /// Those that were read, with their hashes, then those that could not be.
    pub(super) fn documents(&self) -> TidyTable {
        let mut columns = vec![self.column("document", Kind::Wide)];
        columns.extend(self.place_columns());
        columns.extend(["date", "type"].map(|name| self.column(name, Kind::Text)));
        columns.extend(["segments", "words", "mentions"].map(|name| self.column(name, Kind::Count)));
        columns.push(self.column("sha256", Kind::Text));
        columns.push(self.column("not_read", Kind::Long));
        let hash = |path: &str| {
            let files = &self.report.files;
            let found = files.binary_search_by(|input| input.path.as_str().cmp(path));
            found.map_or(Value::Empty, |found| Value::text(&files[found].sha256))
        };
        let text = |text: &Option<String>| text.as_ref().map_or(Value::Empty, Value::text);
        let read = self.report.documents.iter().map(|document| {
            let mut row = vec![Value::text(&document.path)];
            row.extend(self.axis_values(document.case, document.phase));
            row.extend([
                text(&document.date),
                text(&document.kind),
                Value::Count(document.segments),
                Value::Count(document.words),
                Value::Count(document.codings),
                hash(&document.path),
                Value::Empty,
            ]);
            row
        });
        let skipped = self.report.skipped.iter().map(|skipped| {
            let mut row = vec![Value::text(&skipped.path)];
            row.extend(self.axis_values(skipped.case, skipped.phase));
            row.extend(std::iter::repeat_n(Value::Empty, 5));
            row.extend([hash(&skipped.path), Value::text(&skipped.reason)]);
            row
        });
        TidyTable {
            name: "documents",
            title: self.lang.term(Term::UnitDocuments).to_owned(),
            rows: read.chain(skipped).collect(),
            columns,
        }
    }

    pub(super) fn warnings(&self) -> TidyTable {
        let columns =
            vec![self.column("id", Kind::Wide), self.column("about", Kind::Wide), self.column("message", Kind::Long)];
        let remarks = self.lang.remarks(self.report);
        let row = |id: &str, about: &str, message: &str| {
            let about = if about.is_empty() { Value::Empty } else { Value::text(about) };
            vec![Value::text(id), about, Value::text(message)]
        };
        let mut rows = Vec::new();
        for remark in &remarks {
            rows.push(row(&remark.id, "", &remark.text));
            rows.extend(remark.about.iter().map(|about| row(&remark.id, about, &remark.text)));
        }
        TidyTable { name: "warnings", title: self.lang.term(Term::WarningsHeading).to_owned(), columns, rows }
    }
}
