//! Withdrawn consent: a document leaves index, results and decisions, and never comes in again.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::index_folder;
use crate::decisions;
use crate::diag::{Diagnostic, did_you_mean};
use crate::index::{self, Lock};
use crate::ingest;
use crate::project::{self, Project, Source};

/// A line for each document that was forgotten: the SHA-256 of its path, which names nobody.
pub(super) const FILE: &str = "forgotten.txt";

/// What a whole run writes into `results/`.
const RESULTS: [&str; 7] =
    ["codings.jsonl", "frequencies.csv", "forms.csv", "run.json", "codings.csv", "documents.csv", "report.html"];

/// Takes `document` out of the project in `folder`, and tells line by line what was done.
///
/// The file itself stays where it is, since it may be the only copy; the last line says so.
///
/// # Errors
/// When there is no such document, or a file cannot be rewritten.
pub fn forget(folder: &Path, document: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let project = project::open(folder, None, ingest::is_readable)?;
    let source = find(&project, document)?;
    let io = |action: &str, path: &Path, error: std::io::Error| {
        vec![Diagnostic::error("forget/unwritable", format!("cannot {action} `{}`: {error}", path.display()))]
    };
    let (dir, _) = index_folder(folder)?;
    let lock = Lock::take(&dir, |_| {}).map_err(super::index_error)?;
    let mut done = Vec::new();
    let list = folder.join(FILE);
    let mut lines = std::fs::read_to_string(&list).unwrap_or_default();
    lines.push_str(&name_of(&source.path));
    lines.push('\n');
    write(&list, &lines).map_err(|error| io("write", &list, error))?;
    done.push(format!("it is left out of every run from now on (`{FILE}`, which names nobody)"));
    if index::forget(&dir, &source.path).map_err(super::index_error)? {
        done.push("its text is out of the index".to_owned());
    }
    for path in RESULTS.map(|name| folder.join("results").join(name)) {
        if path.is_file() {
            std::fs::remove_file(&path).map_err(|error| io("remove", &path, error))?;
            done.push(format!("`results/{}` was removed", path.file_name().unwrap_or_default().to_string_lossy()));
        }
    }
    let decisions = folder.join("decisions");
    for (name, removed) in decisions::forget(folder, &source.path).map_err(|error| io("rewrite", &decisions, error))? {
        let lines = if removed == 1 { "1 line was".to_owned() } else { format!("{removed} lines were") };
        done.push(format!("{lines} removed from `decisions/{name}`"));
    }
    drop(lock);
    done.push("a row of documents.csv or speakers.csv that names it is yours to remove".to_owned());
    done.push(format!("the file itself is still there, for you to delete: {}", source.location.display()));
    Ok(done)
}

/// The documents that were not forgotten, and how many were.
pub(super) fn without_forgotten<'s>(folder: &Path, sources: &'s [Source]) -> (Vec<&'s Source>, u64) {
    let lines = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
    let names: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_kept = |source: &&Source| names.is_empty() || !names.contains(&name_of(&source.path).as_str());
    (sources.iter().filter(is_kept).collect(), names.len() as u64)
}

fn find<'a>(project: &'a Project, document: &Path) -> Result<&'a Source, Vec<Diagnostic>> {
    let typed = document.to_string_lossy().replace('\\', "/");
    let by_location = std::fs::canonicalize(document).ok();
    let is_it = |source: &&Source| {
        source.path == typed
            || by_location.is_some() && std::fs::canonicalize(&source.location).ok() == by_location
            || source.path.strip_suffix(&typed).is_some_and(|rest| rest.ends_with('/'))
    };
    project.sources().iter().find(is_it).ok_or_else(|| {
        let error =
            Diagnostic::error("forget/unknown-document", format!("there is no document `{typed}` in this project"));
        let paths = project.sources().iter().map(|source| source.path.as_str());
        vec![match did_you_mean(&typed, paths) {
            Some(meant) => error.hint(format!("did you mean `{meant}`?")),
            None => error.hint("`temakart documents` lists them"),
        }]
    })
}

fn name_of(path: &str) -> String {
    Sha256::digest(path.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    crate::report::write_atomically(path, |file| file.write_all(text.as_bytes()))
}
