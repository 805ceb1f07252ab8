//! Where documents lie: what is written there would be one in the next run.

use std::fs;
use std::path::Path;

use globset::GlobSet;

use super::config::is_within;
use super::layout::Layout;
use super::model::Project;
use super::plan::Plan;
use super::sources::Own;
use super::walk::normal_path;
use crate::disk::folder_of;

/// What decides whether a new file would be a document.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) plan: Plan,
    pub(super) layout: Layout,
    pub(super) ignore: GlobSet,
    pub(super) own: Own,
}

impl Places {
    /// Whether a file at this path, from the project, lies where documents do.
    fn hold(&self, path: &str) -> bool {
        let is_below = |folder: &str| folder.is_empty() || is_within(path, folder);
        !self.own.holds(path)
            && !self.ignore.is_match(path)
            && match &self.plan {
                Plan::Listed(base) => base.as_deref().is_some_and(|base| !base.is_empty() && is_below(base)),
                Plan::Folders(folders) => folders.iter().any(|(folder, _)| is_below(folder)),
                Plan::Layout => self.layout.read(path).is_some(),
            }
    }
}

impl Project {
    /// Whether `file`, which need not be there, lies where documents of the project do.
    #[must_use]
    pub fn is_among_documents(&self, file: &Path) -> bool {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let (Some(root), Some(folder), Some(name)) = (real(self.folder()), real(folder_of(file)), file.file_name())
        else {
            return false;
        };
        let Ok(inside) = folder.strip_prefix(&root) else { return false };
        let path = inside.join(name).to_str().and_then(normal_path);
        let is_beside = |location: &Path| real(folder_of(location)).as_ref() == Some(&folder);
        path.is_some_and(|path| self.places.hold(&path))
            || folder != root && self.files().any(|source| is_beside(&source.location.path()))
    }
}
