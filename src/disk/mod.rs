//! Files that are on the disk, and are read from there, whole or not at all.

mod digest;
mod input;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub use self::{digest::Sha256, input::Input};
pub(crate) use self::{digest::sha256, input::read_bytes};

/// Writes a file whole or not at all: readers see the old one until the new one is complete and on the disk.
///
/// # Errors
/// When the folder cannot be written, or `write` fails; what stood there before stands there still.
pub fn replace_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
    replace_or(path, write, |error| error)
}

/// [`replace_with`] for what fails in ways of its own, and yields something; `unwritable` makes such a failure of one of
/// the disk.
///
/// # Errors
/// Likewise.
pub fn replace_or<T, E>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, E>,
    unwritable: impl Fn(std::io::Error) -> E,
) -> Result<T, E> {
    let part = part_of(path);
    let result = (|| {
        let mut file = BufWriter::with_capacity(1 << 16, File::create(&part).map_err(&unwritable)?);
        let written = write(&mut file)?;
        // Renamed before its bytes are on the disk, it could be empty after a power cut.
        let file = file.into_inner().map_err(std::io::IntoInnerError::into_error);
        file.and_then(|file| file.sync_all()).and_then(|()| fs::rename(&part, path)).map_err(&unwritable)?;
        Ok(written)
    })();
    if result.is_err() {
        // The error of the write is the one to tell; a part that stays is overwritten by the next run.
        let _ = fs::remove_file(&part);
    }
    result
}

/// [`replace_with`] for a file whose bytes are at hand.
///
/// # Errors
/// When the folder cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// Sees to it that the name of a file is on the disk too: after a power cut there could else be none, or the old one.
pub fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
        // Where folders cannot be synced, as on Windows, the system sees to it.
        let _ = folder.sync_all();
    }
}

/// The folder that a file lies in; for a bare name the current one.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a file is called until it is complete; a run that is killed leaves it. The name is always the same, so that the
/// next run overwrites what was left, and `forget` finds it.
#[must_use]
pub fn part_of(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_fails_leaves_what_was_there_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let path = dir.path().join("tabell.csv");
        replace(&path, b"gammel").expect("it can be written");
        let failing = |file: &mut dyn Write| file.write_all(b"ny").and(Err(std::io::ErrorKind::StorageFull.into()));
        let error = replace_with(&path, failing).expect_err("it fails");
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).expect("it is there"), b"gammel");
        assert!(!part_of(&path).exists());
        replace(&path, b"ny").expect("it can be written");
        assert_eq!(fs::read(&path).expect("it is there"), b"ny");
    }
}
