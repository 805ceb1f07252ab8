//! The folder of an index as tantivy sees it: files mapped into memory, but for stored texts, what is known of rows,
//! and the postings of large indexes.
//!
//! Texts are the larger half of an index and are read in order: mapped, all that was ever read of them would count as
//! the program's memory until it ends. Of rows most is read once, at the start. Postings are asked for form by form,
//! which is quickest in mapped files, so of those as much is mapped as [`MAX_MAPPED`] allows.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    /// Bytes of postings and positions mapped so far.
    n_mapped: Arc<AtomicUsize>,
}

impl IndexDirectory {
    pub(super) fn open(folder: &Path) -> std::result::Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), mapped: MmapDirectory::open(folder)?, n_mapped: Arc::default() })
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
        if is_readable && is_any_of(POSTINGS) {
            let n_mapped = self.n_mapped.fetch_add(file.len(), Ordering::Relaxed) + file.len();
            if n_mapped > MAX_MAPPED {
                return self.read(path);
            }
        }
        Ok(file)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
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
