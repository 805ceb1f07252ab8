//! How it was done, what it cannot tell, the codebook, and what the numbers were made from.

use super::super::parts::{Grid, GridCell, GridRow, Orientation, Part};
use super::Draft;
use crate::codebook::CodePattern;
use crate::report::Term;

impl Draft<'_> {
    pub(super) fn method(&mut self) {
        self.chapter(Term::MethodSection, Orientation::Portrait);
        self.section(&self.term(Term::MethodParagraph));
        self.paragraph(self.lang.method_paragraph(self.report));
        self.section(&self.term(Term::DataParagraph));
        self.paragraph(self.lang.data_paragraph(self.report));
        self.section(&self.term(Term::CountingRules));
        self.list(self.lang.counting_rules().iter().map(|rule| (*rule).to_owned()));
        self.section(&self.term(Term::Limits));
        self.list(self.lang.limits(self.report).into_iter().map(str::to_owned));
    }

    pub(super) fn codebook(&mut self) {
        self.chapter(Term::CodebookAppendix, Orientation::Portrait);
        for code in self.report.tree() {
            let entry = &self.report.codebook.codes[code];
            let path = self.report.code_path(code);
            self.parts.push(Part::Heading(3, format!("{path} ({})", entry.id), None));
            self.entry(Term::Definition, &entry.definition);
            self.entry(Term::Include, &entry.include);
            self.entry(Term::Exclude, &entry.exclude);
            self.note(format!("{}: {}", self.lang.term(Term::Patterns), patterns(&entry.patterns)));
            self.entry(Term::VoidedBy, &patterns(&entry.not));
            // Examples are often taken from the material.
            if self.report.shows_quotes {
                let examples: Vec<&str> = entry.examples.iter().map(|example| example.text.as_str()).collect();
                self.entry(Term::Examples, &examples.join(" / "));
            }
        }
    }

    pub(super) fn versions(&mut self) {
        self.chapter(Term::Versions, Orientation::Portrait);
        let run = &self.report.run;
        let repeated = if run.options.unique { Term::CountedOnce } else { Term::CountedEachTime };
        let mut rows = vec![
            (self.term(Term::Program), format!("temakart {}", run.temakart)),
            (self.term(Term::CodebookLabel), format!("{}, SHA-256 {}", run.codebook.path, run.codebook.sha256)),
            (self.term(Term::RepeatedText), self.term(repeated)),
            (self.term(Term::Decisions), run.options.decisions.clone()),
        ];
        rows.extend(run.options.filter.iter().map(|filter| (self.term(Term::ChosenMaterial), filter.clone())));
        rows.extend(self.report.comparison.iter().map(|found| (self.term(Term::Seed), found.plan.seed.to_string())));
        rows.extend(run.project_files.iter().map(|file| (file.path.clone(), format!("SHA-256 {}", file.sha256))));
        self.pairs(self.term(Term::Versions), [self.term(Term::Item), self.term(Term::ItemValue)], rows);
        if !self.report.skipped.is_empty() {
            let rows =
                self.report.skipped.iter().map(|skipped| (skipped.path.clone(), skipped.reason.clone())).collect();
            let header = [self.term(Term::DocumentLabel), self.term(Term::Reason)];
            self.pairs(self.term(Term::SkippedHeading), header, rows);
        }
    }

    fn pairs(&mut self, caption: String, header: [String; 2], rows: Vec<(String, String)>) {
        let row = |(name, text): (String, String)| GridRow {
            cells: vec![GridCell::text(name), GridCell::text(text)],
            is_strong: false,
        };
        self.parts.push(Part::Table(Grid {
            caption,
            groups: Vec::new(),
            header: header.to_vec(),
            widths: vec![30, 70],
            left: vec![1],
            rows: rows.into_iter().map(row).collect(),
            key: None,
        }));
    }
}

fn patterns(patterns: &[CodePattern]) -> String {
    patterns.iter().map(|pattern| pattern.source.as_str()).collect::<Vec<_>>().join(" · ")
}
