//! How a project's documents are to be found: by its manifest, in its folders, or by the layout of its paths.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use super::{config::Config, walk::is_hidden};
use crate::diag::{Diagnostic, TomlFile, did_you_mean, shortened};
use crate::text::tidy;

/// The folder that holds the documents where the project does not say.
const DEFAULT_FOLDER: &str = "documents";

/// How documents are found. Folders are given by their path from the project and their location.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// Exactly those that the manifest lists; the layout, if it holds at all, is read from this folder.
    Listed(Option<String>),
    /// What lies in these folders, and what a manifest lists besides.
    Folders(Vec<(String, PathBuf)>),
    /// What fits the layout, and what a manifest lists besides.
    Layout,
}

impl Plan {
    /// The plan for the project in `root` with the project file `file`, if it has one. Named folders that are not
    /// there are errors.
    pub(super) fn of(
        root: &Path,
        config: &Config,
        file: Option<&TomlFile>,
        has_manifest: bool,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        if let Some(named) = &config.documents {
            return Self::named(root, named, file, errors);
        }
        let default = locate(root, DEFAULT_FOLDER).filter(|folder| folder.is_dir() && !folder.is_symlink());
        match (has_manifest, file, default) {
            (true, None, _) => Self::Listed(None),
            (true, Some(_), Some(_)) => Self::Listed(Some(DEFAULT_FOLDER.to_owned())),
            (true, Some(_), None) => Self::Listed(config.says_layout.then(String::new)),
            (false, Some(_), Some(location)) => Self::Folders(vec![(DEFAULT_FOLDER.to_owned(), location)]),
            (false, _, _) => Self::Layout,
        }
    }

    fn named(
        root: &Path,
        named: &[(String, Range<usize>)],
        file: Option<&TomlFile>,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        if named.iter().any(|(folder, _)| folder.is_empty()) {
            return Self::Layout;
        }
        let mut folders = Vec::new();
        for (folder, range) in named {
            match locate(root, folder) {
                Some(location) if location.is_dir() && !location.is_symlink() => {
                    folders.push((folder.clone(), location));
                }
                location => errors.extend(file.map(|file| no_folder(root, file, folder, range, location))),
            }
        }
        Self::Folders(folders)
    }

    /// The folders that must be looked through.
    pub(super) fn starts(&self, root: &Path) -> Vec<(String, PathBuf)> {
        match self {
            Self::Listed(_) | Self::Layout => vec![(String::new(), root.to_owned())],
            Self::Folders(folders) => folders.clone(),
        }
    }
}

fn no_folder(root: &Path, file: &TomlFile, folder: &str, range: &Range<usize>, found: Option<PathBuf>) -> Diagnostic {
    let error =
        Diagnostic::error("project/no-folder", format!("the documents folder `{}` does not exist", shortened(folder)));
    let at = |label: &str| file.place(range.clone(), label);
    match found {
        Some(location) if location.is_symlink() => error.at(at("this is a link; links to folders are not followed")),
        Some(_) => error.at(at("this is a file")),
        None => {
            let error = error.at(at("not a folder of the project"));
            match did_you_mean(folder, names_in(root).iter().map(String::as_str)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error,
            }
        }
    }
}

/// The names in a folder, in order and in NFC; none where it cannot be looked into.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| tidy(&entry.file_name().to_string_lossy()).into_owned());
    let mut names: Vec<String> = names.filter(|name| !is_hidden(name)).collect();
    names.sort_unstable();
    names
}

/// Where the folder that is called `path` in NFC lies, however the system composes its name.
fn locate(root: &Path, path: &str) -> Option<PathBuf> {
    let mut location = root.to_owned();
    for name in path.split('/') {
        let next = location.join(name);
        location = if next.exists() || next.is_symlink() {
            next
        } else {
            let mut entries = fs::read_dir(&location).ok()?.flatten();
            entries.find(|entry| tidy(&entry.file_name().to_string_lossy()) == name)?.path()
        };
    }
    Some(location)
}
