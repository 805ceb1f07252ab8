//! What `check` found, in every form.

use serde::Serialize;

use super::ordered_json::pretty;
use super::{TableStyle, Views, list_markdown, text_csv};
use crate::decisions::PlacedDecisions;
use crate::diag::{Diagnostic, Severity, Warning};

/// What a check found.
#[derive(Debug)]
pub struct CheckReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// Documents of the project.
    pub documents: usize,
    /// Documents that could not be read.
    pub unreadable: usize,
    /// What is wrong or odd with the codebook.
    pub codebook: &'a [Diagnostic],
    /// What people decided.
    pub decisions: &'a PlacedDecisions,
    /// What must be known of material and decisions.
    pub warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    project: &'a str,
    documents: usize,
    unreadable: usize,
    problems: Vec<Problem<'a>>,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Problem<'a> {
    id: &'a str,
    severity: &'a str,
    message: &'a str,
}

impl Views for CheckReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
        let problems = self.codebook.iter().map(|problem| Problem {
            id: problem.id,
            severity: severity(problem),
            message: &problem.message,
        });
        pretty(&Object {
            format: 1,
            project: self.project,
            documents: self.documents,
            unreadable: self.unreadable,
            problems: problems.collect(),
            warnings: self.warnings,
        })
    }

    /// A row for each problem of the codebook, then for each warning about the material.
    fn csv(&self) -> Vec<u8> {
        let of_codebook = self.codebook.iter().map(|problem| {
            let path = problem.places.first().map(|place| place.path.display().to_string()).unwrap_or_default();
            vec![severity(problem).to_owned(), problem.id.to_owned(), path, problem.message.clone()]
        });
        let of_material = self.warnings.iter().map(|warning| {
            let path = warning.path.clone().unwrap_or_default();
            vec!["warning".to_owned(), warning.id.to_string(), path, warning.message.clone()]
        });
        text_csv(&["severity", "id", "path", "message"], of_codebook.chain(of_material))
    }

    /// How much of what there is, as a list.
    fn markdown(&self) -> String {
        list_markdown(&self.lines())
    }

    /// How much of what there is, line by line.
    fn text(&self, _: TableStyle) -> String {
        format!("{}\n", self.lines().join("\n"))
    }
}

impl CheckReport<'_> {
    fn lines(&self) -> [String; 4] {
        let decisions = self.decisions;
        let of_decisions = decisions.problems.len();
        let lost =
            if decisions.n_lost > 0 { format!(", {} of them not applied", decisions.n_lost) } else { String::new() };
        let problems = self.codebook.iter().filter(|problem| problem.severity != Severity::Note);
        let readable = match self.unreadable {
            0 => "all of them readable".to_owned(),
            n => format!("{n} of them unreadable"),
        };
        [
            format!("documents: {}, {readable}", self.documents),
            format!("warnings about the material: {}", self.warnings.len() - of_decisions),
            format!("problems of the codebook: {}", problems.count()),
            format!("decisions: {}{lost}; problems: {of_decisions}", decisions.n_decisions),
        ]
    }
}

fn severity(problem: &Diagnostic) -> &'static str {
    match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
