//! Speakers that ask by their labels and are counted nevertheless, since the project's own list names others.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, few};
use crate::project::Project;

/// One warning that names them, if there are any; `found` are the labels, each with in how many documents it may ask.
pub(super) fn askers(project: &Project, found: &BTreeMap<&str, usize>) -> Option<Diagnostic> {
    if !project.speakers().has_own_list() {
        return None;
    }
    let (names, n): (Vec<&str>, Vec<usize>) = found.iter().unzip();
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
