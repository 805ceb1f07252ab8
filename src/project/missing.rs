//! What a manifest or a project promises and does not hold: listed documents, columns, documents at all.

use super::{
    config::is_within,
    leftover::Leftovers,
    manifest::{Listed, Manifest},
    names::{CASE, PHASE},
    plan::Plan,
    sources::{Gathering, Source},
    walk::{PassedBy, is_hidden, walk},
};
use crate::diag::{Diagnostic, MAX_ERRORS, Place, capped, few, in_backticks, nearest_path, shortened};
use crate::sheet::Columns;

impl Gathering<'_> {
    /// The rows of the manifest whose documents are not there.
    pub(super) fn without_file(&self, listed: Vec<Listed>) -> Vec<Diagnostic> {
        let Some(manifest) = self.manifest else { return Vec::new() };
        let walked = walk(self.root, &[(String::new(), self.root.to_owned())], |path| self.own.holds(path));
        let paths: Vec<&str> = walked.files.iter().map(|file| file.path.as_str()).collect();
        let is_there = |row: &Listed| paths.binary_search(&row.path.as_str()).is_ok();
        let lost: Vec<Listed> = listed.into_iter().filter(|row| !is_there(row)).collect();
        if lost.is_empty() { Vec::new() } else { self.missing_documents(manifest, lost, &walked.passed, &paths) }
    }

    /// Why the documents of the rows `lost` were not found. `passed` was not entered; `paths` are files that are there.
    pub(super) fn missing_documents(
        &self,
        manifest: &Manifest,
        mut lost: Vec<Listed>,
        passed: &PassedBy,
        paths: &[&str],
    ) -> Vec<Diagnostic> {
        lost.sort_by_key(|row| row.cell.span);
        let mut errors = Vec::new();
        for row in &lost {
            // Looking for the nearest of many thousand files is only worth it for an error that is told.
            let candidates = if errors.len() < MAX_ERRORS { paths } else { &[] };
            errors.push(self.missing_document(manifest, row, passed, candidates));
        }
        capped(errors, "listed documents that are not there")
    }

    fn missing_document(&self, manifest: &Manifest, row: &Listed, passed: &PassedBy, paths: &[&str]) -> Diagnostic {
        let path = shortened(&row.path);
        let error = |id, message: String, label: &str| {
            Diagnostic::error(id, message).at(manifest.table.place(&row.cell, label))
        };
        let around = |folders: &[String]| folders.iter().find(|folder| is_within(&row.path, folder)).cloned();
        if self.own.holds(&row.path) {
            let message = format!("`{path}` is one of temakart's own files and cannot be a document");
            error("manifest/never-a-document", message, "remove this row")
        } else if row.path.split('/').any(is_hidden) {
            let message = format!("`{path}` is hidden and cannot be a document");
            error("manifest/never-a-document", message, "names that begin with `.` or `~$` are never read")
        } else if let Some(other) = around(&passed.projects) {
            let message = format!("`{path}` is in `{}`, which is a project of its own", shortened(&other));
            error("manifest/other-project", message, "documents of another project are not read")
        } else if let Some(results) = around(&passed.results) {
            let message = format!("`{path}` is in `{}`, which `temakart code` wrote", shortened(&results));
            error("manifest/never-a-document", message, "results are never documents")
        } else if let Some(folder) = passed.unseen.iter().find(|folder| is_within(&row.path, &folder.path)) {
            let message = format!("`{path}` cannot be looked for");
            error("manifest/unreadable-folder", message, "its folder cannot be read").hint(format!(
                "`{}`: {}",
                shortened(&folder.path),
                folder.reason
            ))
        } else if around(&passed.links).is_some() {
            let message = format!("`{path}` is reached by a link that is not followed");
            error("manifest/link", message, "links to folders, and out of the project, are not followed")
        } else if self.root.join(&row.path).is_dir() {
            error("manifest/not-a-file", format!("`{path}` is a folder"), "list each document in it")
        } else {
            let message = format!("`{path}` does not exist");
            let error = error("manifest/no-such-file", message, "no file of the project has this path");
            match nearest_path(&row.path, paths) {
                Some(near) => error.hint(format!("did you mean `{}`?", shortened(near))),
                None => error.hint("paths are relative to the project folder"),
            }
        }
    }

    /// Columns that the manifest must have, since nothing else says what they would: case and phase, where neither
    /// the paths say them nor the project's own layout leaves them out.
    pub(super) fn missing_columns(&self, sources: &[Source]) -> Vec<Diagnostic> {
        let Some(manifest) = self.manifest else { return Vec::new() };
        let is_missing = |name: &&str| {
            let is_left_out = self.config.says_layout && !self.config.layout.names(name);
            let is_elsewhere = sources.iter().any(|source| source.from_path.contains_key(*name));
            !manifest.attributes.iter().any(|attribute| attribute == name) && !is_left_out && !is_elsewhere
        };
        let error = |name| {
            Columns::missing(&manifest.table, "manifest/missing-column", name)
                .hint("cells may be empty for documents that have none")
        };
        [CASE, PHASE].into_iter().filter(is_missing).map(error).collect()
    }

    /// The error for a project without documents.
    pub(super) fn no_documents(&self, plan: &Plan, left: &Leftovers) -> Diagnostic {
        let is_bare = self.file.is_none() && self.manifest.is_none();
        let message = if is_bare {
            "this is not a project: it has no `temakart.toml`, and there are no documents in it"
        } else {
            "there are no documents"
        };
        let error = Diagnostic::error("project/no-documents", message).at(Place::file(self.root));
        match left.projects.as_slice() {
            [] => {}
            [only] => return error.hint(format!("`{}` is a project of its own: name it", shortened(only))),
            several => return error.hint(format!("these are projects of their own: {}; name one", few(several))),
        }
        let error = match plan {
            Plan::Listed(_) => error.hint(format!("`{}` lists no documents", left.manifest)),
            Plan::Folders(folders) => {
                let names: Vec<&str> = folders.iter().map(|(folder, _)| folder.as_str()).collect();
                error.hint(format!("there are no readable files in {}", in_backticks(&names)))
            }
            Plan::Layout => {
                error.hint(format!("no readable file matches the layout `{}`", self.config.layout.source)).hint(
                    "put the documents in a folder for each case with a subfolder for each phase, or list them in \
                     documents.csv",
                )
            }
        };
        let error = if is_bare { error.hint("`temakart new DIR` creates a project to start from") } else { error };
        let mut others = left.unread.iter().chain(&left.outside_layout);
        match (others.next(), others.count()) {
            (None, _) => error,
            (Some(path), 0) => error.hint(format!("1 other file was found: `{}`", shortened(path))),
            (Some(path), more) => {
                error.hint(format!("{} other files were found, such as `{}`", more + 1, shortened(path)))
            }
        }
    }
}
