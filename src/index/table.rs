//! The table of documents: one file beside the index, named by the commit that it belongs to.
//!
//! A commit of tantivy carries the name of its table, so rows and table change together or not at all.
//! A row whose document number is not in the table is dead, whatever else the index says.

use std::path::{Path, PathBuf};

use super::{DocumentRecord, IndexError};

const PREFIX: &str = "documents-";

/// All documents of one commit, by path, and the number that the next reading gets.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Table {
    pub(super) generation: u64,
    pub(super) next_id: u32,
    pub(super) documents: Vec<DocumentRecord>,
}

impl Table {
    /// The table that a commit's payload names; an empty one before the first commit.
    pub(super) fn load(dir: &Path, payload: Option<&str>) -> Result<Self, IndexError> {
        let Some(name) = payload else {
            return Ok(Self::default());
        };
        let path = dir.join(name);
        let bytes = std::fs::read(&path).map_err(IndexError::io("read", &path))?;
        postcard::from_bytes(&bytes).map_err(|error| IndexError::Damaged { path, detail: error.to_string() })
    }

    /// Writes the table under a name of its own and returns that name, the payload of the commit to come.
    pub(super) fn save(&mut self, dir: &Path) -> Result<String, IndexError> {
        self.generation += 1;
        self.documents.sort_by(|a, b| a.path.cmp(&b.path));
        let name = format!("{PREFIX}{}.bin", self.generation);
        let path = dir.join(&name);
        let bytes = postcard::to_stdvec(self)
            .map_err(|error| IndexError::Damaged { path: path.clone(), detail: error.to_string() })?;
        let write = |path: &PathBuf| {
            let mut file = std::fs::File::create(path)?;
            std::io::Write::write_all(&mut file, &bytes)?;
            file.sync_all()
        };
        write(&path).map_err(IndexError::io("write", &path))?;
        Ok(name)
    }

    /// Removes the tables of other commits than the one that `keep` belongs to.
    pub(super) fn remove_others(dir: &Path, keep: &str) {
        let Ok(entries) = std::fs::read_dir(dir) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name != keep) {
                // A table that stays behind is only a wasted file; the next commit tries again.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// The place of the document at `path` in the table.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path)).ok()
    }
}
