//! Files that are no documents, and documents that something is missing of, named in notes so that nothing is
//! left out in silence.

use std::collections::BTreeMap;

use super::sources::Source;
use crate::diag::{Diagnostic, MAX_NAMED, and_more, counted, few, shortened};

/// Paths by what is to be said of them.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    /// The name of the manifest, where there is one.
    pub(super) manifest: String,
    /// The layout that paths were read by.
    pub(super) layout: String,
    /// Whether the project says nothing of itself.
    pub(super) is_bare: bool,
    /// Folders that are projects of their own.
    pub(super) projects: Vec<String>,
    /// Files that the manifest does not list, where it decides.
    pub(super) not_listed: Vec<String>,
    /// Documents that the manifest does not list, where it does not decide.
    pub(super) unlisted_documents: Vec<String>,
    /// Files of types that are not read.
    pub(super) unread: Vec<String>,
    /// Files that are no documents because their path does not fit the layout.
    pub(super) outside_layout: Vec<String>,
    /// Files that look like documents and are in none of the documents folders.
    pub(super) outside_folders: Vec<String>,
    /// The documents folders.
    pub(super) folders: Vec<String>,
    /// Documents whose path does not fit the layout.
    pub(super) without_place: Vec<String>,
}

impl Leftovers {
    /// One message for each kind.
    pub(super) fn report(&self, sources: &[Source], notes: &mut Vec<Diagnostic>) {
        let (manifest, layout) = (&self.manifest, &self.layout);
        notes.extend(self.other_projects().filter(|_| !sources.is_empty()));
        if !self.not_listed.is_empty() {
            let head = counted(self.not_listed.len(), "file is", "files are");
            let files = folders_or_files(&self.not_listed, sources);
            let documents = if self.not_listed.len() == 1 { "a document" } else { "documents" };
            notes.push(Diagnostic::note(
                "project/not-listed",
                format!("{head} not listed in `{manifest}` and therefore not {documents}: {files}"),
            ));
        }
        if !self.unlisted_documents.is_empty() {
            let head = counted(self.unlisted_documents.len(), "document is", "documents are");
            let files = few(&self.unlisted_documents);
            notes.push(
                Diagnostic::note("project/not-in-manifest", format!("{head} not listed in `{manifest}`: {files}"))
                    .hint("what is known of them comes from their paths and from the documents themselves"),
            );
        }
        if !self.unread.is_empty() {
            let head = counted(self.unread.len(), "file is of a type", "files are of types");
            let files = by_type(&self.unread);
            notes.push(Diagnostic::note("project/unread-type", format!("{head} that temakart does not read: {files}")));
        }
        if !self.outside_layout.is_empty() {
            let head = counted(self.outside_layout.len(), "file does", "files do");
            let files = folders_or_files(&self.outside_layout, sources);
            let (are, documents) =
                if self.outside_layout.len() == 1 { ("is", "a document") } else { ("are", "documents") };
            notes.push(Diagnostic::note(
                "project/no-document",
                format!("{head} not match the layout `{layout}` and {are} therefore not {documents}: {files}"),
            ));
        }
        if !self.outside_folders.is_empty() {
            let head = counted(self.outside_folders.len(), "file is", "files are");
            let files = folders_or_files(&self.outside_folders, sources);
            let message = format!("{head} outside {} and not read: {files}", few(&self.folders));
            notes.push(Diagnostic::note("project/outside-documents", message).hint(
                "to read them, name their folder in `documents` in temakart.toml; to leave them out, in `ignore`",
            ));
        }
        if !self.without_place.is_empty() {
            let head = counted(self.without_place.len(), "document does", "documents do");
            let files = few(&self.without_place);
            notes.push(
                Diagnostic::warning(
                    "project/outside-layout",
                    format!("{head} not match the layout `{layout}`: {files}"),
                )
                .hint("their case and phase must come from a manifest or their front matter"),
            );
        }
    }
}

impl Leftovers {
    /// Projects in the folder, whose documents somebody may take to be counted.
    fn other_projects(&self) -> Option<Diagnostic> {
        let (first, others) = self.projects.split_first()?;
        let are = if others.is_empty() { "is a project of its own" } else { "are projects of their own" };
        let message = format!("{} {are} and not read", few(&self.projects));
        let hint = match self.is_bare {
            // A folder that says nothing of itself is hardly the one that is meant.
            true => format!(
                "this folder has no `temakart.toml`; if you mean a project in it, name that: `{}`",
                shortened(first)
            ),
            false => "to count its documents here, remove its `temakart.toml`".to_owned(),
        };
        Some(Diagnostic::warning("project/other-project", message).hint(hint))
    }
}

/// The first few paths, like [`few`], with the files of a folder without any document taken together.
fn folders_or_files(paths: &[String], sources: &[Source]) -> String {
    let mut by_folder: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let folder = path.find('/').map_or("", |end| &path[..=end]);
        by_folder.entry(folder).or_default().push(path);
    }
    let mut named = Vec::new();
    let mut n_named = 0;
    for (folder, files) in &by_folder {
        let first_after = sources.partition_point(|source| source.path.as_str() < *folder);
        let has_documents = sources.get(first_after).is_some_and(|source| source.path.starts_with(folder));
        if files.len() > 1 && !folder.is_empty() && !has_documents {
            named.push(format!("`{}` ({} files)", shortened(folder), files.len()));
            n_named += files.len();
        } else {
            named.extend(files.iter().take(MAX_NAMED).map(|path| format!("`{}`", shortened(path))));
            n_named += files.len().min(MAX_NAMED);
        }
        if named.len() >= MAX_NAMED {
            break;
        }
    }
    let n_more = paths.len() - n_named;
    let n = named.len() + n_more;
    and_more(named, n)
}

/// The paths if they are few, like [`few`]; otherwise how many there are of each file ending.
fn by_type(paths: &[String]) -> String {
    if paths.len() <= MAX_NAMED {
        return few(paths);
    }
    let mut n_by_type: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name
            .rsplit_once('.')
            .map_or("no ending".to_owned(), |(_, ending)| format!("`.{}`", shortened(&ending.to_lowercase())));
        *n_by_type.entry(ending).or_default() += 1;
    }
    let mut types: Vec<(String, usize)> = n_by_type.into_iter().collect();
    types.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let rest: usize = types.iter().skip(MAX_NAMED).map(|(_, n)| n).sum();
    let named: Vec<String> = types
        .iter()
        .take(MAX_NAMED)
        .map(|(ending, n)| format!("{ending} ({})", counted(*n, "file", "files")))
        .collect();
    let n = named.len() + rest;
    and_more(named, n)
}
