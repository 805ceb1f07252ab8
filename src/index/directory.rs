//! The folder of an index as tantivy sees it: files mapped into memory, but for stored texts and what is known of rows.
//!
//! Texts are the larger half of an index and are read in order: mapped, all that was ever read of them would count as
//! the program's memory until it ends. Of rows most is read once, at the start.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy_common::file_slice::WrapFile;

/// How the files of an index part end that hold its texts, and what is known of its rows.
const READ: [&str; 2] = ["store", super::row_file::EXTENSION];

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct IndexDirectory {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl IndexDirectory {
    pub(super) fn open(folder: &Path) -> std::result::Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), mapped: MmapDirectory::open(folder)? })
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        // Elsewhere threads that read one file would have to take turns.
        if !cfg!(unix) || !path.extension().is_some_and(|own| READ.map(OsStr::new).contains(&own)) {
            return self.mapped.get_file_handle(path);
        }
        match File::open(self.folder.join(path)).and_then(WrapFile::new) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
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
