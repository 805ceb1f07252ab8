//! One writer at a time, and no reader in the middle of a line.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use super::read::FOLDER;

/// Held while decisions are read or written; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// For writing: waits for all others. Makes the folder where there is none.
    pub(super) fn exclusive(folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder.join(FOLDER))?;
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path(folder))?;
        file.lock()?;
        Ok(Self { _file: file })
    }

    /// For reading, where there ever was a writer.
    pub(super) fn shared(folder: &Path) -> Option<Self> {
        let file = File::open(path(folder)).ok()?;
        file.lock_shared().ok()?;
        Some(Self { _file: file })
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FOLDER).join(".lock")
}
