//! Where files may be written: never over what the project is made of.

use std::path::{Path, PathBuf};

use super::exit::Stop;
use crate::diag::Diagnostic;
use crate::ingest::is_readable;
use crate::project::Project;

/// Refuses files that are documents of the project, or say what the project is: a manifest, a codebook, a speaker list;
/// and such as would be documents in the next run.
///
/// # Errors
/// Names the file that would be lost.
pub(super) fn is_not_ours<'p>(project: &Project, files: impl IntoIterator<Item = &'p Path>) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inputs = project.inputs().iter().map(|input| project.folder().join(&input.path));
    let ours: Vec<PathBuf> = inputs.chain([project.codebook().to_owned()]).filter_map(|path| real(&path)).collect();
    for file in files {
        let is_document =
            |target: &PathBuf| project.files().any(|source| real(&source.location.path()).as_ref() == Some(target));
        if real(file).is_some_and(|target| ours.contains(&target) || is_document(&target)) {
            return Err(own_file(file, "belongs to the project"));
        }
        // What nothing reads as a document, a picture or a project of another program, is none there either.
        if is_readable(file) && project.is_among_documents(file) {
            let message = format!("`{}` would lie among the documents of the project", file.display());
            return Err(Diagnostic::error("output/among-documents", message)
                .hint("name a file in another folder")
                .into());
        }
    }
    Ok(())
}

/// Refuses files that are the codebook at `codebook`, which may be no project's.
///
/// # Errors
/// Names it.
pub(super) fn is_not_codebook<'p>(codebook: &Path, files: impl IntoIterator<Item = &'p Path>) -> Result<(), Stop> {
    let real = std::fs::canonicalize(codebook).ok();
    let mut files = files.into_iter();
    let it = files.find(|file| real.is_some() && std::fs::canonicalize(file).ok() == real);
    it.map_or(Ok(()), |file| Err(own_file(file, "is the codebook itself")))
}

fn own_file(file: &Path, why: &str) -> Stop {
    let message = format!("`{}` {why}, and would be lost", file.display());
    Diagnostic::error("output/own-file", message).hint("name another file").into()
}

/// Refuses a folder that holds documents of the project: what is written there would be taken for documents, or take
/// the place of one.
///
/// # Errors
/// Names a document that lies there.
pub(super) fn holds_no_documents(project: &Project, folder: &Path) -> Result<(), Stop> {
    let Ok(inside) = std::fs::canonicalize(folder) else { return Ok(()) };
    let is_inside = |path: &Path| std::fs::canonicalize(path).is_ok_and(|location| location.starts_with(&inside));
    match project.files().find(|source| is_inside(&source.location.path())) {
        None => Ok(()),
        Some(source) => {
            let message = format!("`{}` holds documents of the project, such as `{}`", folder.display(), source.path);
            Err(Diagnostic::error("output/documents-inside", message).hint("name a folder of its own").into())
        }
    }
}

/// Refuses a folder of documents, but not that of the project, where no file that results have can be a document.
///
/// # Errors
/// As [`holds_no_documents`].
pub(super) fn is_not_among_documents(project: &Project, folder: &Path) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if real(folder) == real(project.folder()) { Ok(()) } else { holds_no_documents(project, folder) }
}

/// Refuses the project's folder of results: what a run writes there has some of the names that tables have, and is
/// otherwise made up.
///
/// # Errors
/// Names it.
pub(super) fn is_not_results(project: &Project, folder: &Path) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let results = project.folder().join("results");
    // It may not be there yet.
    let is_there = real(folder).is_some() && real(folder) == real(&results);
    let parent = real(crate::disk::folder_of(folder));
    if is_there || parent == real(project.folder()) && folder.file_name().is_some_and(|name| name == "results") {
        let message =
            format!("`{}` is for what `temakart code` writes, under some of the same names", folder.display());
        return Err(Diagnostic::error("output/results", message)
            .hint("name a folder of its own, such as `tabeller`")
            .into());
    }
    Ok(())
}
