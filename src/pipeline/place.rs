//! Where the index of a run lies: in the project, in the user's cache folder, or nowhere for long.

use std::path::{Path, PathBuf};

use super::{IndexPlace, Observer, Request};
use crate::diag::Diagnostic;
use crate::index::{self, IndexError, Lock};

/// The index of a run, locked, as it was found.
pub(super) struct Place {
    pub(super) index: index::FoundIndex,
    pub(super) lock: Lock,
    pub(super) temporary: Option<tempfile::TempDir>,
    pub(super) is_writable: bool,
}

impl Place {
    pub(super) fn take(request: &Request, observer: &Observer<'_>) -> Result<Self, Vec<Diagnostic>> {
        let temporary = match request.index {
            IndexPlace::Kept => None,
            IndexPlace::Temporary => Some(tempfile::tempdir().map_err(no_temporary)?),
        };
        let (dir, is_writable) = match &temporary {
            None => index_folder(&request.folder)?,
            Some(folder) => (folder.path().to_owned(), false),
        };
        let lock = Lock::take(&dir, observer.waiting).map_err(index_error)?;
        let index = index::FoundIndex::open(&dir).map_err(index_error)?;
        Ok(Self { index, lock, temporary, is_writable })
    }
}

/// Whether the project has been indexed: in a folder that is none, nothing is made.
pub(super) fn has_index(request: &Request) -> bool {
    request.index == IndexPlace::Kept && request.folder.join(".temakart").join("meta.json").exists()
}

/// Where the index of a project lies: in the project, or in the user's cache folder if that may not be written; and
/// whether the project's folder may be.
///
/// # Errors
/// When neither can be written.
pub(super) fn index_folder(folder: &Path) -> Result<(PathBuf, bool), Vec<Diagnostic>> {
    let own = folder.join(".temakart");
    let is_writable = can_write(folder);
    // On a shared disk the folder may be ours to write and the index in it another's, or the other way round.
    if is_writable {
        // Another run may make it at the same moment, so what matters is whether it is there then.
        let _ = std::fs::create_dir(&own);
    }
    if own.is_dir() && can_write(&own) && Lock::is_open_to_us(&own) {
        return Ok((own, is_writable));
    }
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .or_else(|| std::env::var_os("LOCALAPPDATA").map(PathBuf::from))
        .unwrap_or_else(std::env::temp_dir);
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = format!("{:016x}", index::stamp_of(absolute.to_string_lossy().as_bytes()));
    let dir = cache.join("temakart").join(name);
    std::fs::create_dir_all(&dir).map_err(|error| {
        vec![
            Diagnostic::error("index/unwritable", format!("cannot write an index for `{}`: {error}", folder.display()))
                .hint(
                    "the project and the cache folder are both read-only; set XDG_CACHE_HOME to a folder that is not",
                ),
        ]
    })?;
    Ok((dir, is_writable))
}

/// Whether the folder's own mode lets anybody write, and the system lets us.
fn can_write(folder: &Path) -> bool {
    // Windows marks folders so that it shows in a way of their own: they can be written all the same.
    let is_closed = |metadata: std::fs::Metadata| cfg!(not(windows)) && metadata.permissions().readonly();
    std::fs::metadata(folder).is_ok_and(|metadata| !is_closed(metadata)) && tempfile::tempfile_in(folder).is_ok()
}

fn no_temporary(error: std::io::Error) -> Vec<Diagnostic> {
    vec![Diagnostic::error("index/unwritable", format!("cannot make a temporary folder: {error}"))]
}

pub(super) fn index_error(error: IndexError) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error("index/unusable", error.to_string())
            .hint("the index holds nothing of its own: delete `.temakart` and run again"),
    ]
}
