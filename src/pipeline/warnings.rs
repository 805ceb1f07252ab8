//! What must be known with every number of a study.

use super::{Study, cells};
use crate::diag::{Diagnostic, Severity, Warning};
use crate::index::DocumentRecord;
use crate::ingest::Notice;
use crate::{material, tally};

/// Those of the documents, of what the project says, of the material, and of what people decided.
pub(super) fn of_study(study: &Study) -> Vec<Warning> {
    let Study { project, corpus, material, .. } = study;
    let mut warnings = Vec::new();
    for document in corpus.documents() {
        warnings.extend(document.outcome.all_problems().map(|problem| of_document(document, problem)));
    }
    warnings.extend(of_unseen(study));
    let messages = project.messages().iter().filter(|message| message.severity == Severity::Warning);
    warnings.extend(messages.chain(material.diagnostics()).map(|message| of_message(study, message)));
    // What is wrong with a codebook is told of where it is used.
    let is_coded = |language: &str| study.codebook().is_ok_and(|(codebook, _)| codebook.is_in(language));
    warnings.extend(material::warnings(material, corpus, project.languages(), &is_coded));
    // More cells than a table can have are told of where the table is asked for.
    if let Ok(cells) = cells(study, None) {
        let unequal = tally::unequal_lines(material, &tally::unequal(corpus, material, &cells), &cells);
        warnings.extend(unequal.into_iter().map(|message| Warning::new("material/unequal", message)));
        warnings.extend(material::confounded(material, corpus, &cells.axes()[1]));
    }
    warnings.extend(study.decisions.problems.iter().cloned());
    warnings
}

/// Those about folders that could not be looked into.
pub(super) fn of_unseen(study: &Study) -> impl Iterator<Item = Warning> {
    let folders = study.project.unseen().iter();
    folders.map(|folder| of_message(study, &folder.diagnostic(study.project.folder(), Severity::Warning)))
}

/// The one about a document that could not be read.
pub(super) fn of_unread(document: &DocumentRecord) -> Option<Warning> {
    Some(of_document(document, document.outcome.failure.as_ref()?))
}

/// The same as an error, where all documents must be read.
pub(super) fn unreadable(document: &DocumentRecord) -> Option<Diagnostic> {
    let failure = document.outcome.failure.as_ref()?;
    Some(Diagnostic::error("ingest/unreadable", format!("`{}`: {}", document.path, failure.message)))
}

/// What became of a document.
fn of_document(document: &DocumentRecord, problem: &Notice) -> Warning {
    let is_why = document.outcome.failure.as_ref() == Some(problem);
    let effect = if is_why { ": not coded, not in any denominator" } else { "" };
    Warning::new(problem.id.clone(), format!("{}{effect}", problem.message)).about(&document.path)
}

/// A message with the document that it is about, and what was meant.
fn of_message(study: &Study, message: &Diagnostic) -> Warning {
    let file = message.places.first().and_then(|place| place.path.strip_prefix(study.project.folder()).ok());
    let path = file.and_then(|file| file.to_str()).filter(|path| study.corpus.document_at(path).is_some());
    let meant = message.hints.iter().find(|hint| hint.starts_with("did you mean"));
    let text = meant.map_or_else(|| message.message.clone(), |meant| format!("{}; {meant}", message.message));
    let warning = Warning::new(message.id, text);
    match path {
        Some(path) => warning.about(path),
        None => warning,
    }
}
