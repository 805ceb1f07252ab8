//! A file as bytes, read whole or not at all, and hashed when it is read.

use std::{fs, io::Read, path::Path};

use serde::Serialize;

use super::digest::sha256;
use crate::diag::{Diagnostic, Place, file_name};

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
        Diagnostic::error("project/unreadable", format!("`{name}` cannot be read: {why}")).at(Place::file(path))
    };
    let metadata = fs::metadata(path).map_err(|error| failed(&error.to_string()))?;
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
