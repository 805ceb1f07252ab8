//! The project's own files as bytes, each hashed when it is read.

use std::{fs, io::Read, path::Path};

use sha2::{Digest, Sha256};

use super::table::name_of;
use crate::diag::{Diagnostic, Place};

/// A file that says what the project is, for the record of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in the project folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The bytes of the file at `path`, which lies in the project folder and may have `most` bytes.
pub(crate) fn read_bytes(path: &Path, most: u64) -> Result<(Input, Vec<u8>), Diagnostic> {
    let name = name_of(path);
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
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((Input { path: name, sha256 }, bytes))
}
