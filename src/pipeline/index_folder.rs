//! Where the index of a run lies: in the project, in the user's cache folder, or nowhere for long.

use std::path::{Path, PathBuf};

use super::{IndexPlace, Observer, Request};
use crate::diag::Diagnostic;
use crate::index::{self, IndexError, Lock};

/// The index of a run, locked, as it was found.
pub(super) struct OpenedIndex {
    pub(super) index: index::FoundIndex,
    pub(super) lock: Lock,
    pub(super) temporary: Option<tempfile::TempDir>,
    pub(super) is_writable: bool,
}

impl OpenedIndex {
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

/// Whether the project has an index. Nothing is created in a folder that is not a project.
pub(super) fn has_index(request: &Request) -> bool {
    request.index == IndexPlace::Kept && own_folder(&request.folder).join("meta.json").exists()
}

/// Where the index of a project lies: in the project, or in the user's cache folder if that may not be written; and
/// whether the project's folder may be.
///
/// # Errors
/// When neither can be written.
pub(super) fn index_folder(folder: &Path) -> Result<(PathBuf, bool), Vec<Diagnostic>> {
    let own = own_folder(folder);
    let is_writable = can_write(folder);
    // On a shared disk the folder may be ours to write and the index in it another's, or the other way round.
    if is_writable {
        // Another run may make it at the same moment, so what matters is whether it is there then.
        let _ = std::fs::create_dir(&own);
    }
    if own.is_dir() && can_write(&own) && Lock::is_open_to_us(&own) {
        return Ok((own, is_writable));
    }
    let unwritable = |why: &str, hint: &str| {
        let message = format!("cannot write an index for `{}`: {why}", folder.display());
        vec![Diagnostic::error("index/unwritable", message).hint(hint)]
    };
    let Some(dir) = cached_folder(folder) else {
        let why = "it is read-only, and the user's cache folder is not known";
        return Err(unwritable(why, "set XDG_CACHE_HOME to a folder that only you can read"));
    };
    make_private(&dir).map_err(|error| {
        let hint = "the project and the cache folder are both read-only; set XDG_CACHE_HOME to a folder that is not";
        unwritable(&error.to_string(), hint)
    })?;
    Ok((dir, is_writable))
}

/// The other folder that holds an index of the project, besides the one in use: it was used when the other could not be
/// written.
pub(super) fn other_index_folder(folder: &Path, used: &Path) -> Option<PathBuf> {
    let all = [Some(own_folder(folder)), cached_folder(folder)].into_iter().flatten();
    all.filter(|dir| dir != used).find(|dir| dir.is_dir())
}

fn own_folder(folder: &Path) -> PathBuf {
    folder.join(".temakart")
}

/// Where in the user's cache folder the index of a project lies that is read-only. Never in a folder that all users
/// share: the index holds the texts.
fn cached_folder(folder: &Path) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache"))).or_else(|| set("LOCALAPPDATA"))?;
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = format!("{:016x}", index::stamp_of(absolute.as_os_str().as_encoded_bytes()));
    Some(cache.join("temakart").join(name))
}

/// Makes a folder that other users cannot look into, where there is none.
#[cfg(unix)]
fn make_private(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    // One of an older version was open to others.
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)
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
            .hint("the index can be rebuilt: delete `.temakart` and run again"),
    ]
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn an_index_outside_the_project_is_for_its_user_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let cache = tempfile::tempdir().expect("a folder for the test");
        let dir = cache.path().join("temakart").join("0123");
        let mode = |dir: &std::path::Path| std::fs::metadata(dir).expect("it is there").permissions().mode() & 0o777;
        super::make_private(&dir).expect("it can be made");
        assert_eq!((mode(&dir), mode(&cache.path().join("temakart"))), (0o700, 0o700));
        std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        super::make_private(&dir).expect("it is there");
        assert_eq!(mode(&dir), 0o700);
    }
}
