//! What can go wrong between the index and the disk.

use std::io::ErrorKind;
use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::diag::Diagnostic;

/// A failure of the index itself; unreadable documents are no such failure (see [`super::Outcome::failure`]).
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file or folder of the index could not be read or written.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried, as in "cannot `create`".
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index library refused.
    #[error("the index in `{}` could not be used: {source}", path.display())]
    Tantivy {
        /// The index folder.
        path: PathBuf,
        /// What it said.
        source: TantivyError,
    },
    /// A file of the index does not hold what it should.
    #[error("the index file `{}` is damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
}

impl IndexError {
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    pub(super) fn tantivy(path: impl Into<PathBuf>) -> impl FnOnce(TantivyError) -> Self {
        let path = path.into();
        move |source| Self::Tantivy { path, source }
    }

    /// Whether the system refused to read what is there, which tells nothing of what is in it: too many files are open,
    /// or it is another's.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::Io { source, .. } => is_refusal(source),
            Self::Tantivy { source, .. } => match source {
                TantivyError::IoError(error)
                | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: error, .. })
                | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
                | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
                | TantivyError::LockFailure(LockError::IoError(error), _) => is_refusal(error),
                _ => false,
            },
            Self::Damaged { .. } => false,
        }
    }
}

/// A file that is not there is damage to the index.
pub(super) fn is_refusal(error: &std::io::Error) -> bool {
    error.raw_os_error().is_some() && error.kind() != ErrorKind::NotFound
}

/// What is told when an index that is open already cannot be read.
#[must_use]
pub fn unreadable(error: std::io::Error) -> Diagnostic {
    Diagnostic::error("index/unreadable", format!("cannot read the index: {error}"))
        .hint("delete the folder `.temakart` in the project and run again: it is rebuilt from the documents")
}

#[cfg(test)]
mod tests {
    use std::io::Error;

    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_the_system_refuses_is_no_damage() {
        let (no_permission, too_many_files, missing) = (13, 24, 2);
        for (code, expected) in [(no_permission, true), (too_many_files, true), (missing, false)] {
            let error = || Error::from_raw_os_error(code);
            let opened = OpenReadError::wrap_io_error(error(), "x.store".into());
            assert_eq!(IndexError::io("read", "x")(error()).is_refusal(), expected, "{code}");
            assert_eq!(IndexError::tantivy("x")(opened.into()).is_refusal(), expected, "{code}");
        }
        assert!(!IndexError::io("read", "x")(ErrorKind::UnexpectedEof.into()).is_refusal());
    }
}
