//! Withdrawn consent: a document leaves index, results and decisions, and never comes in again.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::index_folder::{index_error, index_folder, other_index_folder};
use crate::decisions;
use crate::diag::{Diagnostic, Place, few};
use crate::disk;
use crate::index::{self, Lock};
use crate::ingest;
use crate::project::{self, FORGOTTEN as FILE, Meant, Project, Source, path_of};

/// What a whole run writes in `results/`, and the page that `report` wrote there under its usual name.
const OF_RUNS: [&str; 5] = ["codings.jsonl", "frequencies.csv", "forms.csv", "run.json", "report.html"];

/// Tables that `export` and `report` once wrote there, with columns that tell them from a person's own under that name.
/// Their codebook.csv is not among them: it tells of no document, and may have been edited since.
const TABLES: [(&str, &[&str]); 10] = [
    ("codings.csv", &["id", "document", "segment", "code", "quote", "pattern", "form", "grade", "stance", "coder"]),
    ("documents.csv", &["document", "format", "language", "words_total", "segments_total"]),
    ("documents.csv", &["document", "segments", "words", "mentions"]),
    ("material.csv", &["level", "documents_total", "segments_total", "words_total"]),
    ("change.csv", &["code", "code_path", "from", "to", "from_mentions", "to_mentions"]),
    ("together.csv", &["first", "second", "unit", "both", "first_total", "second_total"]),
    ("timeline.csv", &["period", "code", "mentions", "documents_total"]),
    ("words.csv", &["form", "count", "documents", "rest_count", "rest_documents"]),
    ("quotes.csv", &["code", "code_path", "left", "quote", "right", "document", "segment"]),
    ("warnings.csv", &["id", "about", "message"]),
];

/// Longer first lines are no header of ours, in bytes.
const MAX_HEADER_LENGTH: u64 = 1 << 16;

/// Takes `document` out of the project in `folder`, and tells line by line what was done.
///
/// The file itself stays where it is, since it may be the only copy; the last line says so. Traces of a
/// document are removed even if its file no longer exists.
///
/// # Errors
/// When there is no such document, several may be meant, or a file cannot be rewritten.
pub fn forget(folder: &Path, document: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let project = project::open(folder, None, ingest::is_readable)?;
    let source = find(&project, document)?;
    let (dir, _) = index_folder(folder)?;
    // Before anything is done: one that cannot be cleaned must not be left with the text in it.
    let places: Vec<PathBuf> = std::iter::once(dir.clone()).chain(other_index_folder(folder, &dir)).collect();
    let locks: Vec<Lock> =
        places.iter().map(|dir| Lock::take(dir, |_| {})).collect::<Result<_, _>>().map_err(index_error)?;
    let path = source.map_or_else(|| gone(&project, document), |source| source.path.clone());
    let mut is_known = source.is_some() || is_told_of(folder, &path)?;
    for dir in &places {
        is_known = is_known || index::FoundIndex::open(dir).map_err(index_error)?.holds(&path);
    }
    // Before the index is cleaned: killed in between, the document must not be read anew.
    if is_known {
        put_on_list(folder, &path)?;
    }
    let mut done =
        vec![format!("it is left out of every run from now on (recorded in `{FILE}`, which contains no names)")];
    for place in &places {
        if index::forget(place, &path).map_err(index_error)? {
            let which = if *place == dir { "" } else { " in the user's cache folder" };
            done.push(format!("its text was removed from the index{which}"));
        }
    }
    if !is_known {
        return Err(vec![unknown(&project, &path)]);
    }
    for file in ours_in(&folder.join("results")) {
        std::fs::remove_file(&file).map_err(|error| unwritable("remove", &file, error))?;
        let name = file.file_name().unwrap_or_default().display();
        done.push(format!("`results/{name}` was removed"));
    }
    done.extend(others_in(&folder.join("results")));
    let decisions = folder.join("decisions");
    for (name, removed) in decisions::forget(folder, &path).map_err(|error| unwritable("rewrite", &decisions, error))? {
        let lines = if removed == 1 { "1 line was".to_owned() } else { format!("{removed} lines were") };
        done.push(format!("{lines} removed from `decisions/{name}`"));
    }
    drop(locks);
    done.push("if documents.csv or speakers.csv has rows that name it, remove them yourself".to_owned());
    done.extend(source.map(|source| {
        format!("the file itself has not been deleted; delete it yourself: {}", source.location.path().display())
    }));
    Ok(done)
}

/// The files in the folder of results that a verb wrote.
fn ours_in(results: &Path) -> BTreeSet<PathBuf> {
    let of_runs = OF_RUNS.map(|name| results.join(name));
    let tables = || TABLES.iter().map(|(name, columns)| (results.join(name), columns));
    // A run that was killed leaves a part, with quotes in it.
    let parts = of_runs.iter().map(|file| disk::part_of(file)).chain(tables().map(|(file, _)| disk::part_of(&file)));
    let whole = tables().filter(|(file, columns)| has_columns(file, columns)).map(|(file, _)| file);
    let all = parts.collect::<Vec<_>>().into_iter().chain(of_runs).chain(whole);
    all.filter(|file| file.is_file()).collect()
}

/// Whether the first line of a table names these columns, in either style that tables are written in.
fn has_columns(file: &Path, columns: &[&str]) -> bool {
    let mut first = Vec::new();
    let line =
        File::open(file).and_then(|file| BufReader::new(file.take(MAX_HEADER_LENGTH)).read_until(b'\n', &mut first));
    let first = String::from_utf8_lossy(&first);
    let header = first.trim_start_matches('\u{feff}').trim_end();
    let names: BTreeSet<&str> = header.split([',', ';']).map(|name| name.trim_matches('"')).collect();
    line.is_ok() && columns.iter().all(|column| names.contains(column))
}

/// Says what lies in the folder of results that no verb wrote, as far as that can be told.
fn others_in(results: &Path) -> Option<String> {
    let names = std::fs::read_dir(results).and_then(|entries| {
        let name = |entry: std::fs::DirEntry| format!("results/{}", entry.file_name().to_string_lossy());
        entries.map(|entry| entry.map(name)).collect::<std::io::Result<BTreeSet<String>>>()
    });
    match names {
        Ok(names) if names.is_empty() => None,
        Ok(names) => {
            let names: Vec<String> = names.into_iter().collect();
            Some(format!("{}: if these contain anything from it, remove that yourself", few(&names)))
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
        Err(error) => {
            Some(format!("`results` cannot be looked into ({error}): remove anything from it there yourself"))
        }
    }
}

/// What was left out of a project.
pub(super) struct LeftOut {
    /// How many documents were forgotten, also such as have no file any more.
    pub(super) forgotten: u64,
    /// Says that files are still there that were forgotten.
    pub(super) note: Option<Diagnostic>,
}

/// Sets the documents aside that were forgotten, so that no step of a run sees them.
///
/// # Errors
/// When there is no other, or the list of them cannot be read.
pub(super) fn leave_out(project: &mut Project) -> Result<LeftOut, Vec<Diagnostic>> {
    // A line for each: the SHA-256 of its path, which names nobody.
    let lines = list(project.folder())?;
    let names: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let left_out = project.set_aside(|source| !names.is_empty() && names.contains(&name_of(&source.path).as_str()));
    let paths: Vec<String> = left_out.iter().map(|source| source.path.clone()).collect();
    if project.sources().is_empty() && !paths.is_empty() {
        let error = Diagnostic::error("project/no-documents", "no documents are left: all were forgotten");
        let why = format!("`{FILE}` excludes them; a document under another path counts as a new one");
        return Err(vec![error.at(Place::file(project.folder())).hint(why)]);
    }
    let named = few(&paths);
    let message = match paths.len() {
        1 => format!("a file that is still there was forgotten and is left out: {named}"),
        n => format!("{n} files that are still there were forgotten and are left out: {named}"),
    };
    let note = (!paths.is_empty()).then(|| Diagnostic::note("project/forgotten", message));
    Ok(LeftOut { forgotten: names.len() as u64, note })
}

/// Puts a document on the list of those that were forgotten.
fn put_on_list(folder: &Path, path: &str) -> Result<(), Vec<Diagnostic>> {
    let mut lines = list(folder)?;
    let name = name_of(path);
    // Said again, it is still one document that left.
    if lines.lines().any(|line| line.trim() == name) {
        return Ok(());
    }
    lines.push_str(if lines.is_empty() || lines.ends_with('\n') { "" } else { "\n" });
    lines.push_str(&name);
    lines.push('\n');
    let list = folder.join(FILE);
    disk::replace(&list, lines.as_bytes()).map_err(|error| unwritable("write", &list, error))?;
    disk::sync_folder(&list);
    Ok(())
}

fn unwritable(action: &str, path: &Path, error: std::io::Error) -> Vec<Diagnostic> {
    vec![Diagnostic::error("forget/unwritable", format!("cannot {action} `{}`: {error}", path.display()))]
}

/// What the list of forgotten documents holds, without the mark that editors put before UTF-8; nothing where there is none.
///
/// # Errors
/// When it cannot be read: taken for empty, it would bring back what it names.
fn list(folder: &Path) -> Result<String, Vec<Diagnostic>> {
    let path = folder.join(FILE);
    let error = match std::fs::read_to_string(&path) {
        Ok(lines) => return Ok(lines.trim_start_matches('\u{feff}').to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => error,
    };
    let (why, hint) = match error.kind() {
        ErrorKind::InvalidData => ("is not UTF-8".to_owned(), "save it as UTF-8, or take it from a backup"),
        _ => (format!("cannot be read: {error}"), "make it readable, or take it from a backup"),
    };
    let message = format!("`{FILE}`, which says what was forgotten, {why}");
    let error = Diagnostic::error("forget/unreadable-list", message).at(Place::file(path));
    Err(vec![error.hint(format!("{hint}; without it, the forgotten documents would come back"))])
}

/// The document of the project that is meant; `None` where the project has no such file.
fn find<'a>(project: &'a Project, document: &Path) -> Result<Option<&'a Source>, Vec<Diagnostic>> {
    match project.find(document) {
        Meant::One(source) => Ok(Some(source)),
        Meant::None(_) => Ok(None),
        Meant::Several(several) => {
            let paths: Vec<String> = several.iter().map(|source| format!("`{}`", source.path)).collect();
            let message = format!("`{}` matches {} documents", path_of(document), paths.len());
            let error = Diagnostic::error("forget/several-documents", message);
            Err(vec![error.hint(format!("give the whole path: {}", paths.join(", ")))])
        }
    }
}

/// The path that a document had whose file is gone already.
fn gone(project: &Project, document: &Path) -> String {
    path_of(document.strip_prefix(project.folder()).unwrap_or(document))
}

/// Whether results or decisions tell of the document.
///
/// # Errors
/// When there are results that cannot be read.
fn is_told_of(folder: &Path, path: &str) -> Result<bool, Vec<Diagnostic>> {
    let file = folder.join("results/codings.jsonl");
    // Decisions that cannot be read are met again, and told of, when they are rewritten.
    let by_results = lines_name(&file, path).map_err(|error| unwritable("read", &file, error))?;
    Ok(by_results || decisions::tell_of(folder, path).unwrap_or(true))
}

/// Whether a line of the codings in `file` is about the document. There may be more of them than fit in memory.
fn lines_name(file: &Path, path: &str) -> std::io::Result<bool> {
    let mut lines = match File::open(file) {
        Ok(file) => BufReader::new(file),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(false),
        Err(error) => return Err(error),
    };
    let document = format!("\"document\":{}", serde_json::Value::from(path));
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if String::from_utf8_lossy(&line).contains(&document) {
            return Ok(true);
        }
        line.clear();
    }
    Ok(false)
}

fn unknown(project: &Project, path: &str) -> Diagnostic {
    let error = Diagnostic::error("forget/unknown-document", format!("there is no document `{path}` in this project"));
    match project.find(Path::new(path)) {
        Meant::None(Some(meant)) => error.hint(format!("did you mean `{meant}`?")),
        _ => error.hint("`temakart documents` lists them"),
    }
}

fn name_of(path: &str) -> String {
    disk::sha256(path.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_that_is_not_there_is_empty() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        assert_eq!(list(folder.path()), Ok(String::new()));
        std::fs::create_dir(folder.path().join(FILE)).expect("a folder for the test");
        let errors = list(folder.path()).expect_err("a folder is no list");
        assert_eq!(errors[0].id, "forget/unreadable-list");
    }

    #[test]
    fn a_list_that_cannot_be_written_leaves_the_index_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for (path, text) in [("A/start/x.txt", "Vi har hatt kurs."), ("A/slutt/y.txt", "Vi hadde kurs.")] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder for the test");
            std::fs::write(path, text).expect("a file for the test");
        }
        let request = super::super::Request::of(folder.path(), 1);
        let observer = super::super::Observer { reading: &|_, _| {}, waiting: &|_| {} };
        drop(super::super::open(&request, &observer).expect("it can be read"));
        std::fs::create_dir(folder.path().join(FILE)).expect("a folder for the test");
        forget(folder.path(), Path::new("A/start/x.txt")).expect_err("the list cannot be written");
        let index = index::FoundIndex::open(&folder.path().join(".temakart")).expect("it can be read");
        assert!(index.holds("A/start/x.txt"));
        drop(index);
        std::fs::remove_dir(folder.path().join(FILE)).expect("it is there");
        forget(folder.path(), Path::new("A/start/x.txt")).expect("the list can be written");
        let index = index::FoundIndex::open(&folder.path().join(".temakart")).expect("it can be read");
        assert!(!index.holds("A/start/x.txt"));
    }
}
