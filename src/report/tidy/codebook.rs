//! The codes as they are defined, and the forms that they caught.

use super::Study;
use super::table::{Kind, TidyTable, Value};
use crate::codebook::CodePattern;
use crate::report::Term;

impl Study<'_> {
    pub(super) fn codebook(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.column("parent", Kind::Text));
        columns.extend(
            ["definition", "include", "exclude", "patterns", "not", "examples"]
                .map(|name| self.column(name, Kind::Long)),
        );
        let codes = &self.report.codebook.codes;
        let some = |text: &str| if text.is_empty() { Value::Empty } else { Value::text(text) };
        let sources = |patterns: &[CodePattern]| {
            some(&patterns.iter().map(|pattern| pattern.source.as_str()).collect::<Vec<_>>().join("\n"))
        };
        let row = |code: usize| {
            let entry = &codes[code];
            // Examples are often taken from the material.
            let examples: Vec<&str> = match self.report.shows_quotes {
                true => entry.examples.iter().map(|example| example.text.as_str()).collect(),
                false => Vec::new(),
            };
            let mut row = self.code_values(code).to_vec();
            row.push(entry.parent.map_or(Value::Empty, |parent| Value::text(&codes[parent].id)));
            row.extend([
                some(&entry.definition),
                some(&entry.include),
                some(&entry.exclude),
                sources(&entry.patterns),
                sources(&entry.not),
                some(&examples.join("\n")),
            ]);
            row
        };
        TidyTable {
            name: "codebook",
            title: self.lang.term(Term::CodebookAppendix).to_owned(),
            rows: self.report.tree().into_iter().map(row).collect(),
            columns,
        }
    }

    pub(super) fn forms(&self) -> TidyTable {
        let mut columns = self.code_columns().to_vec();
        columns.push(self.column("pattern", Kind::Wide));
        columns.push(self.column("form", Kind::Wide));
        columns.extend(["grade", "grade_id"].map(|name| self.column(name, Kind::Text)));
        columns.push(self.column("count", Kind::Count));
        let mut rows = Vec::new();
        for code in self.report.tree() {
            for caught in self.report.forms.get(code).into_iter().flatten() {
                for form in &caught.forms {
                    let mut row = self.code_values(code).to_vec();
                    row.extend([
                        Value::text(&caught.pattern),
                        Value::text(&form.form),
                        Value::text(self.lang.grade(form.grade)),
                        Value::text(form.grade.name()),
                        Value::Count(form.count),
                    ]);
                    rows.push(row);
                }
            }
        }
        TidyTable { name: "forms", title: self.lang.term(Term::FormsCaught).to_owned(), columns, rows }
    }
}
