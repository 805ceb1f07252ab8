//! A file as bytes, read whole or not at all, and hashed when it is read.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use serde::Serialize;

use super::{digest::sha256, folder_of};
use crate::diag::{Diagnostic, Place, did_you_mean, file_name, shortened};

/// A file that numbers depend on, for the record of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its name without folders, where whoever read it gives it no other.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The whole file at `path`, which may have at most `most` bytes.
pub(crate) fn read_bytes(path: &Path, most: u64) -> Result<(Input, Vec<u8>), Diagnostic> {
    let name = file_name(path);
    let failed = |why: &str| {
        Diagnostic::error("file/unreadable", format!("`{name}` cannot be read: {why}")).at(Place::file(path))
    };
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => failed("it is a link that leads nowhere"),
        io::ErrorKind::NotFound => missing(path, &name),
        _ => failed(&error.to_string()),
    })?;
    // Reading a pipe would wait for ever.
    if !metadata.is_file() {
        return Err(failed("it is not a file"));
    }
    let file = fs::File::open(path).map_err(|error| failed(&error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| failed(&error.to_string()))?;
    if bytes.len() as u64 > most {
        return Err(failed(&format!("it is larger than {} MB", most >> 20)));
    }
    Ok((Input { path: name, sha256: sha256(&bytes) }, bytes))
}

/// The error for a file that is not there.
fn missing(path: &Path, name: &str) -> Diagnostic {
    let error = Diagnostic::error("file/not-found", format!("`{name}` does not exist")).at(Place::file(path));
    let folder = folder_of(path);
    if !folder.is_dir() {
        return error.hint(format!("there is no folder `{}`", shortened(&folder.to_string_lossy())));
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    match did_you_mean(name, names.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{}`?", shortened(near))),
        None => error.hint("paths are relative to the current folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &Path, id: &str, message: &str, hints: &[&str]) {
        let error = read_bytes(path, 3).expect_err("it cannot be read");
        assert_eq!((error.id, error.message.as_str()), (id, message));
        assert_eq!(error.hints, hints);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_of_with_what_to_do() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("gull.csv"), "abcd").expect("a file for the test");
        check(&at("gul.csv"), "file/not-found", "`gul.csv` does not exist", &["did you mean `gull.csv`?"]);
        let hint = "paths are relative to the current folder";
        check(&at("ark.xlsx"), "file/not-found", "`ark.xlsx` does not exist", &[hint]);
        let error = read_bytes(&at("borte/ark.xlsx"), 3).expect_err("it is not there");
        assert!(error.hints[0].starts_with("there is no folder `"), "{:?}", error.hints);
        check(&at("gull.csv"), "file/unreadable", "`gull.csv` cannot be read: it is larger than 0 MB", &[]);
        assert_eq!(read_bytes(folder.path(), 3).map_err(|error| error.id), Err("file/unreadable"));
    }
}
