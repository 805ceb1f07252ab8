//! What `check` asks of a codebook, and its report as data.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::codebook_file::CodebookFile;
use super::{Request, Study};
use crate::coding;
use crate::decisions;
use crate::diag::{Diagnostic, Place, Severity};
use crate::report::{self, WarningRow};

/// Everything that is wrong or odd with the study's codebook, its examples included.
#[must_use]
pub fn check_codebook(study: &Study) -> Vec<Diagnostic> {
    checked(&study.codebook)
}

/// The same of the codebook at `path`, where the project itself could not be opened.
#[must_use]
pub fn check_codebook_alone(path: &Path) -> Vec<Diagnostic> {
    checked(&CodebookFile::new(path))
}

fn checked(codebook: &CodebookFile) -> Vec<Diagnostic> {
    let (codebook, warnings) = match codebook.read() {
        Ok(read) => read,
        Err(found) => return found,
    };
    let mut found = warnings.to_vec();
    match coding::check_examples(codebook) {
        Ok(examples) => found.extend(examples),
        Err(error) => found.push(Diagnostic::error("index/unreadable", format!("cannot index the examples: {error}"))),
    }
    found
}

/// What is wrong with the lines of decisions, where the project itself could not be opened to find their places.
#[must_use]
pub fn check_decisions(request: &Request) -> Vec<Diagnostic> {
    let problems = match decisions::read(&request.folder) {
        Ok(decisions) => decisions.problems,
        Err(errors) => return errors,
    };
    let warning = |problem: decisions::Problem| {
        let warning = Diagnostic::warning(problem.id, problem.message);
        match problem.path {
            Some(path) => warning.at(Place::file(request.folder.join(path))),
            None => warning,
        }
    };
    problems.into_iter().map(warning).collect()
}

/// Where the codebook is when the project itself could not be opened.
#[must_use]
pub fn likely_codebook(request: &Request) -> PathBuf {
    request.codebook.clone().unwrap_or_else(|| request.folder.join("codebook.toml"))
}

/// Whether the message is about a codebook's own example: a check that failed, not input that is bad.
#[must_use]
pub fn is_failed_example(diagnostic: &Diagnostic) -> bool {
    [coding::CODED, coding::NOT_CODED].contains(&diagnostic.id)
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    project: &'a str,
    documents: usize,
    unreadable: usize,
    problems: Vec<Problem<'a>>,
    warnings: &'a [WarningRow],
}

#[derive(Serialize)]
struct Problem<'a> {
    id: &'a str,
    severity: &'a str,
    message: &'a str,
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The report as a sheet: a row for each problem of the codebook, then for each warning about the material.
#[must_use]
pub fn check_csv(study: &Study, found: &[Diagnostic]) -> Vec<u8> {
    let of_codebook = found.iter().map(|diagnostic| {
        let path = diagnostic.places.first().map(|place| place.path.display().to_string()).unwrap_or_default();
        vec![severity(diagnostic).to_owned(), diagnostic.id.to_owned(), path, diagnostic.message.clone()]
    });
    let of_material = study.warnings().iter().map(|warning| {
        let path = warning.path.clone().unwrap_or_default();
        vec!["warning".to_owned(), warning.id.clone(), path, warning.message.clone()]
    });
    report::text_csv(&["severity", "id", "path", "message"], of_codebook.chain(of_material))
}

/// The report as one JSON object, with a final line end.
#[must_use]
pub fn check_json(study: &Study, found: &[Diagnostic]) -> String {
    let problems = found.iter().map(|diagnostic| Problem {
        id: diagnostic.id,
        severity: severity(diagnostic),
        message: &diagnostic.message,
    });
    let object = Object {
        format: 1,
        project: study.project.name(),
        documents: study.corpus.documents().len(),
        unreadable: study.skipped,
        problems: problems.collect(),
        warnings: study.warnings(),
    };
    let mut json = serde_json::to_string_pretty(&object).expect("an object of ours has text keys only");
    json.push('\n');
    json
}
