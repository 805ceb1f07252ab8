//! Where files may be written: never over what the project is made of.

use std::path::{Path, PathBuf};

use super::exit::Stop;
use crate::diag::Diagnostic;
use crate::ingest::is_readable;
use crate::project::Project;

/// Refuses to write to a file that belongs to the project (a document, the manifest, the codebook or the speaker list), or
/// that the next run would read as a document.
///
/// # Errors
/// Names the file that would be overwritten, or that would be among the documents.
pub(super) fn refuse_project_files<'p>(
    project: &Project,
    files: impl IntoIterator<Item = &'p Path>,
) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inputs = project.inputs().iter().map(|input| project.folder().join(&input.path));
    let ours: Vec<PathBuf> = inputs.chain([project.codebook().to_owned()]).filter_map(|path| real(&path)).collect();
    for file in files {
        let is_document =
            |target: &PathBuf| project.files().any(|source| real(&source.location.path()).as_ref() == Some(target));
        if real(file).is_some_and(|target| ours.contains(&target) || is_document(&target)) {
            return Err(own_file(file, "belongs to the project"));
        }
        // A file that is never read as a document, such as a picture or another program's project, is safe there too.
        if is_readable(file) && project.is_among_documents(file) {
            let message = format!("`{}` would be among the documents of the project", file.display());
            return Err(Diagnostic::error("output/among-documents", message)
                .hint("name a file in another folder")
                .into());
        }
    }
    Ok(())
}

/// Refuses to write to the codebook at `codebook`, which need not belong to a project.
///
/// # Errors
/// Names the file that is the codebook.
pub(super) fn refuse_codebook<'p>(codebook: &Path, files: impl IntoIterator<Item = &'p Path>) -> Result<(), Stop> {
    let real = std::fs::canonicalize(codebook).ok();
    let mut files = files.into_iter();
    let it = files.find(|file| real.is_some() && std::fs::canonicalize(file).ok() == real);
    it.map_or(Ok(()), |file| Err(own_file(file, "is the codebook itself")))
}

fn own_file(file: &Path, why: &str) -> Stop {
    let message = format!("`{}` {why} and would be overwritten", file.display());
    Diagnostic::error("output/own-file", message).hint("name another file").into()
}

/// Refuses a folder that contains documents of the project: files written there would be read as documents, or overwrite
/// one.
///
/// # Errors
/// Names a document in the folder.
pub(super) fn refuse_document_folder(project: &Project, folder: &Path) -> Result<(), Stop> {
    let Ok(inside) = std::fs::canonicalize(folder) else { return Ok(()) };
    let is_inside = |path: &Path| std::fs::canonicalize(path).is_ok_and(|location| location.starts_with(&inside));
    match project.files().find(|source| is_inside(&source.location.path())) {
        None => Ok(()),
        Some(source) => {
            let message =
                format!("`{}` contains documents of the project, such as `{}`", folder.display(), source.path);
            Err(Diagnostic::error("output/documents-inside", message).hint("choose a separate folder").into())
        }
    }
}

/// Refuses a folder that contains documents, except the project folder itself, where no results file can be read as a
/// document.
///
/// # Errors
/// Names a document in the folder.
pub(super) fn refuse_among_documents(project: &Project, folder: &Path) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if real(folder) == real(project.folder()) { Ok(()) } else { refuse_document_folder(project, folder) }
}

/// Refuses the project's `results` folder: a run writes files there under some of the same names as exported tables, with
/// other columns.
///
/// # Errors
/// Names the folder.
pub(super) fn refuse_results_folder(project: &Project, folder: &Path) -> Result<(), Stop> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let results = project.folder().join("results");
    // It may not be there yet.
    let is_there = real(folder).is_some() && real(folder) == real(&results);
    let parent = real(crate::disk::folder_of(folder));
    if is_there || parent == real(project.folder()) && folder.file_name().is_some_and(|name| name == "results") {
        let message = format!(
            "`{}` is reserved for `temakart code`, which writes files under some of the same names",
            folder.display()
        );
        return Err(Diagnostic::error("output/results", message)
            .hint("choose a separate folder, such as `tabeller`")
            .into());
    }
    Ok(())
}
