//! Speakers that ask by their labels and are counted nevertheless, since the project's own list names others.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, few};
use crate::index::Corpus;
use crate::project::Project;

/// One warning that names them, if there are any.
pub(super) fn askers(project: &Project, corpus: &Corpus) -> Option<Diagnostic> {
    let speakers = project.speakers();
    if !speakers.has_own_list() {
        return None;
    }
    let rows = corpus.rows();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (document, record) in corpus.documents().iter().enumerate() {
        let mut labels: Vec<u32> = corpus.rows_of(document).filter_map(|row| rows.speaker(row)).collect();
        labels.sort_unstable();
        labels.dedup();
        for label in labels.into_iter().map(|label| corpus.label(label)) {
            if speakers.may_ask(&record.path, label) {
                *found.entry(label).or_default() += 1;
            }
        }
    }
    let (names, n): (Vec<&str>, Vec<usize>) = found.into_iter().unzip();
    let documents = match n.iter().max()? {
        1 => "a document".to_owned(),
        n => format!("{n} documents"),
    };
    let are = if names.len() == 1 { "is" } else { "are" };
    let them = if names.len() == 1 { "this label" } else { "these labels" };
    let message =
        format!("{} in {documents} {are} counted because `[speakers] exclude` does not list {them}", few(&names));
    Some(Diagnostic::warning("speakers/not-excluded", message).hint(
        "add interviewers to that list; to count a speaker on purpose, write `nei` under `exclude` in speakers.csv",
    ))
}
