//! The table of documents: one file beside the index, named by the commit that it belongs to.
//!
//! A commit of tantivy carries the name of its table, so rows and table change together or not at all.
//! A row whose document number is not in the table is dead, whatever else the index says.

use std::path::{Path, PathBuf};

use super::rows::NONE;
use super::{DocumentRecord, IndexError};

const PREFIX: &str = "documents-";

/// All documents of one commit, by path, and the number that the next reading gets.
#[derive(Debug, Default, serde::Serialize)]
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
        Self::read(&bytes).map_err(|error| IndexError::Damaged { path, detail: error.to_string() })
    }

    /// Reads document by document: serde makes room for a list bit by bit, whatever length it is said to have.
    fn read(bytes: &[u8]) -> postcard::Result<Self> {
        let ((generation, next_id, n_documents), mut rest) = postcard::take_from_bytes::<(u64, u32, usize)>(bytes)?;
        let mut documents = Vec::with_capacity(n_documents.min(rest.len() / DocumentRecord::MIN_BYTES));
        for _ in 0..n_documents {
            let (document, behind) = postcard::take_from_bytes::<DocumentRecord>(rest)?;
            if document.id >= next_id {
                return Err(postcard::Error::DeserializeBadEncoding);
            }
            documents.push(document);
            rest = behind;
        }
        Ok(Self { generation, next_id, documents })
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

    /// The place in the table of each document by its number; [`NONE`] where there is none any more.
    pub(super) fn index_of_id(&self) -> Vec<u32> {
        let n_ids = self.documents.iter().map(|document| document.id as usize + 1).max().unwrap_or(0);
        let mut index_of_id = vec![NONE; n_ids];
        for (index, document) in (0..).zip(&self.documents) {
            index_of_id[document.id as usize] = index;
        }
        index_of_id
    }

    /// The place of the document at `path` in the table.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written_and_one_that_is_cut_is_an_error() {
        let documents = ["a.txt", "b.txt"].map(|path| DocumentRecord::in_memory(7, path.to_owned(), 3));
        let table = Table { generation: 4, next_id: 9, documents: documents.to_vec() };
        let bytes = postcard::to_stdvec(&table).expect("it can be written");
        let read = Table::read(&bytes).expect("it is whole");
        assert_eq!((read.generation, read.next_id, read.documents), (4, 9, documents.to_vec()));
        assert!((0..bytes.len()).all(|length| Table::read(&bytes[..length]).is_err()));
        let unknown = postcard::to_stdvec(&Table { next_id: 7, ..table }).expect("it can be written");
        assert!(Table::read(&unknown).is_err(), "no document has a number that was not given yet");
        let many = postcard::to_stdvec(&(1_u64, 1_u32, usize::MAX)).expect("it can be written");
        assert!(Table::read(&many).is_err(), "so many documents take no room that they are not given");
    }

    #[test]
    fn no_record_is_smaller_than_is_reckoned() {
        let mut least = DocumentRecord::in_memory(0, String::new(), 0);
        least.format = None;
        assert_eq!(postcard::to_stdvec(&least).expect("it can be written").len(), DocumentRecord::MIN_BYTES);
    }
}
