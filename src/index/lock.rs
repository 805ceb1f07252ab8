//! One run at a time on one index.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;

use super::IndexError;

/// Held as long as a run uses the index; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Said to the user while another run holds the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The process that holds it, as it wrote itself down; empty if it did not get that far.
    pub holder: String,
}

impl Lock {
    /// Takes the lock of the index in `dir`, waiting for another run to end; `waiting` is called once
    /// before a wait begins.
    ///
    /// # Errors
    /// When the lock file cannot be made or locked.
    pub fn take(dir: &Path, waiting: impl FnOnce(&Waiting)) -> Result<Self, IndexError> {
        std::fs::create_dir_all(dir).map_err(IndexError::io("create", dir))?;
        let path = dir.join("lock");
        let mut file = open(&path).map_err(IndexError::io("open", &path))?;
        if file.try_lock().is_err() {
            let mut holder = String::new();
            // Only to name the holder: an unreadable name is an empty one.
            let _ = file.read_to_string(&mut holder);
            waiting(&Waiting { holder: holder.trim().to_owned() });
            file.lock().map_err(IndexError::io("lock", &path))?;
        }
        let name = format!("process {}\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(name.as_bytes()))
            .map_err(IndexError::io("write", &path))?;
        Ok(Self { _file: file })
    }

    /// Whether this user may take the lock of the index in `dir`: on a shared disk its file may be another's.
    #[must_use]
    pub fn is_open_to_us(dir: &Path) -> bool {
        open(&dir.join("lock")).map_or_else(|error| error.kind() != ErrorKind::PermissionDenied, |_| true)
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}
