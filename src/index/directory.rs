//! The folder of an index as tantivy sees it: files mapped into memory, but for stored texts, what is known of rows,
//! and the postings of large indexes.
//!
//! Texts are the larger half of an index and are read in order: mapped, all that was ever read of them would count as
//! the program's memory until it ends. Of rows most is read once, at the start. Postings are asked for form by form,
//! which is quickest in mapped files, so of those as much is mapped as [`MAX_MAPPED`] allows.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy_common::file_slice::WrapFile;

/// How the files of an index part end that hold its texts, and what is known of its rows.
const READ: [&str; 2] = ["store", super::row_file::EXTENSION];

/// How those end that hold its postings and positions.
const POSTINGS: [&str; 2] = ["idx", "pos"];

/// Bytes of postings and positions that are mapped; what an index holds beyond them is read when it is asked for.
/// A study of 100 MB of text stays below.
const MAX_MAPPED: usize = 48 << 20;

/// Opens an index's files for tantivy, each in the way that suits what it holds.
#[derive(Debug, Clone)]
pub(super) struct IndexDirectory {
    folder: PathBuf,
    mapped: MmapDirectory,
    postings: Arc<Mutex<MappedPostings>>,
}

/// Which files of postings are mapped. Each is opened several times, and again when the index has changed.
#[derive(Debug, Default)]
struct MappedPostings(BTreeMap<PathBuf, usize>);

impl MappedPostings {
    /// Whether a file of so many bytes is mapped: it was before, or there is room for it.
    fn take(&mut self, path: &Path, n_bytes: usize) -> bool {
        let is_mapped =
            self.0.contains_key(path) || self.0.values().sum::<usize>().saturating_add(n_bytes) <= MAX_MAPPED;
        if is_mapped {
            self.0.insert(path.to_owned(), n_bytes);
        }
        is_mapped
    }

    /// Gives back the room of a file that is gone.
    fn forget(&mut self, path: &Path) {
        self.0.remove(path);
    }
}

impl IndexDirectory {
    pub(super) fn open(folder: &Path) -> std::result::Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), mapped: MmapDirectory::open(folder)?, postings: Arc::default() })
    }

    /// Which postings are mapped; what a thread that panicked left is still right.
    fn postings(&self) -> std::sync::MutexGuard<'_, MappedPostings> {
        self.postings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file of which each piece is read when it is asked for.
    fn read(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        match File::open(self.folder.join(path)).and_then(WrapFile::new) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_any_of = |kinds: [&str; 2]| path.extension().is_some_and(|own| kinds.map(OsStr::new).contains(&own));
        // Elsewhere threads that read one file would have to take turns.
        let is_readable = cfg!(unix);
        if is_readable && is_any_of(READ) {
            return self.read(path);
        }
        let file = self.mapped.get_file_handle(path)?;
        if is_readable && is_any_of(POSTINGS) && !self.postings().take(path, file.len()) {
            return self.read(path);
        }
        Ok(file)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        self.postings().forget(path);
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_once_and_one_without_room_takes_none() {
        let mut postings = MappedPostings::default();
        let (half, path) = (MAX_MAPPED / 2, Path::new);
        assert!(postings.take(path("a.pos"), half));
        assert!(postings.take(path("a.pos"), half), "it is mapped already");
        assert!(!postings.take(path("b.pos"), half + 1), "there is no room");
        assert!(postings.take(path("c.pos"), half), "what was not mapped took no room");
        postings.forget(path("a.pos"));
        assert!(postings.take(path("d.pos"), half), "the room of a file that is gone is free");
    }
}
